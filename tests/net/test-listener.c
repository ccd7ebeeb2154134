/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The listener against browsers, and against whatever else runs on this computer. */

#include "config.h"

#include "smm-endpoints.h"
#include "smm-listener.h"
#include "smm-secret.h"

#include <string.h>
#include <sys/resource.h>

#define CODE "AQD/x+y~code"
#define CODE_ESCAPED "AQD%2Fx%2By~code"
#define MEGABYTE (1024 * 1024)

/* --- A browser of plain sockets, in a thread --- */

typedef struct
{
  guint16 port;
  char *request;
  guint64 repeat; /* of the last byte of @request, if more than one */
  gboolean leave; /* without reading the answer */
  char *reply;
  guint64 sent;
  int done;
} Browser;

static guint16
get_port (SmmListener *listener)
{
  const char *uri = smm_listener_get_redirect_uri (listener);

  g_assert_true (g_str_has_prefix (uri, "http://localhost:"));
  g_assert_true (g_str_has_suffix (uri, "/callback"));
  return g_ascii_strtoull (uri + strlen ("http://localhost:"), NULL, 10);
}

static gpointer
run_browser (gpointer data)
{
  Browser *browser = data;
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) connection = NULL;
  g_autoptr (GString) reply = g_string_new (NULL);
  GOutputStream *output;
  char chunk[4096];
  gsize n = strlen (browser->request), written;
  gssize got;

  g_socket_client_set_timeout (client, 10);
  g_socket_client_set_enable_proxy (client, FALSE);
  connection = g_socket_client_connect_to_host (client, "127.0.0.1", browser->port, NULL, NULL);
  if (connection != NULL)
    {
      output = g_io_stream_get_output_stream (G_IO_STREAM (connection));
      g_output_stream_write_all (output, browser->request, n, &written, NULL, NULL);
      browser->sent = written;
      memset (chunk, n > 0 ? browser->request[n - 1] : 0, sizeof chunk);
      while (browser->repeat > browser->sent - n
             && g_output_stream_write_all (output, chunk, sizeof chunk, &written, NULL, NULL))
        browser->sent += written;
      while (!browser->leave
             && (got = g_input_stream_read (g_io_stream_get_input_stream (G_IO_STREAM (connection)),
                                            chunk, sizeof chunk, NULL, NULL))
                    > 0)
        g_string_append_len (reply, chunk, got);
    }
  browser->reply = g_string_free (g_steal_pointer (&reply), FALSE);
  g_atomic_int_set (&browser->done, 1);
  g_main_context_wakeup (NULL);
  return NULL;
}

/* Free with g_free. */
static char *
browse_with (Browser *browser)
{
  GThread *thread = g_thread_new ("browser", run_browser, browser);

  while (!g_atomic_int_get (&browser->done))
    g_main_context_iteration (NULL, TRUE);
  g_thread_join (thread);
  return browser->reply;
}

static char *
browse_raw (SmmListener *listener, const char *request)
{
  Browser browser = { .port = get_port (listener), .request = (char *)request };

  return browse_with (&browser);
}

static char *
make_get (const char *target)
{
  return g_strdup_printf ("GET %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
                          target);
}

static char *
browse (SmmListener *listener, const char *target)
{
  g_autofree char *request = make_get (target);

  return browse_raw (listener, request);
}

static char *
make_target (SmmListener *listener, const char *parameters)
{
  return g_strdup_printf ("/callback?%s&state=%s", parameters, smm_listener_get_state (listener));
}

static char *
browse_back (SmmListener *listener, const char *parameters)
{
  g_autofree char *target = make_target (listener, parameters);

  return browse (listener, target);
}

static void
assert_status (const char *reply, int status)
{
  g_autofree char *start = g_strdup_printf ("HTTP/1.1 %d ", status);

  if (!g_str_has_prefix (reply, start))
    g_test_message ("%s", reply);
  g_assert_true (g_str_has_prefix (reply, start));
}

/* --- Who waits --- */

typedef struct
{
  char *code;
  GError *error;
  guint n_calls;
} Waiter;

static void
on_code (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Waiter *waiter = user_data;

  waiter->n_calls++;
  smm_wipe_free (waiter->code);
  g_clear_error (&waiter->error);
  waiter->code = smm_listener_wait_finish (SMM_LISTENER (source), result, &waiter->error);
}

static void
clear_waiter (Waiter *waiter)
{
  smm_wipe_free (waiter->code);
  g_clear_error (&waiter->error);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Waiter, clear_waiter)

static void
wait_for (Waiter *waiter)
{
  gint64 end = g_get_monotonic_time () + 5 * G_TIME_SPAN_SECOND;

  while (waiter->n_calls == 0 && g_get_monotonic_time () < end)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (2000);
  g_assert_cmpuint (waiter->n_calls, ==, 1);
}

static void
let_pass (guint ms)
{
  gint64 end = g_get_monotonic_time () + ms * G_TIME_SPAN_MILLISECOND;

  while (g_get_monotonic_time () < end)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (2000);
}

static SmmListener *
make_listener (void)
{
  g_autoptr (GError) error = NULL;
  SmmListener *listener = smm_listener_new (0, &error);

  g_assert_no_error (error);
  return listener;
}

/* The listener is still good for the real answer, in the second after the many. */
static void
assert_still_waits (SmmListener *listener, Waiter *waiter)
{
  g_autofree char *reply = NULL;

  let_pass (1010 - g_get_monotonic_time () % G_USEC_PER_SEC / 1000);
  g_assert_cmpuint (waiter->n_calls, ==, 0);
  reply = browse_back (listener, "code=" CODE_ESCAPED);
  assert_status (reply, 200);
  wait_for (waiter);
  g_assert_no_error (waiter->error);
  g_assert_cmpstr (waiter->code, ==, CODE);
}

/* --- Answers --- */

static void
test_right_answer (void)
{
  g_autoptr (SmmListener) listener = make_listener ();
  g_auto (Waiter) waiter = { 0 };
  g_autofree char *reply = NULL;

  smm_listener_wait_async (listener, NULL, on_code, &waiter);
  reply = browse_back (listener, "code=" CODE_ESCAPED "&scope=pages_show_list");
  wait_for (&waiter);
  g_assert_no_error (waiter.error);
  g_assert_cmpstr (waiter.code, ==, CODE);
  assert_status (reply, 200);
  /* Nothing of the sign-in stays in the browser. */
  g_assert_nonnull (strstr (reply, "\r\nCache-Control: no-store\r\n"));
  g_assert_nonnull (strstr (reply, "\r\nReferrer-Policy: no-referrer\r\n"));
  g_assert_null (strstr (reply, "AQD"));
  g_assert_null (strstr (reply, smm_listener_get_state (listener)));
}

static const struct
{
  const char *name;
  const char *query; /* %s: the state */
  int code;          /* SMM_NET_ERROR_ */
} ends[] = {
  { "wrong state", "code=a&state=someoneelse", SMM_NET_ERROR_STATE },
  { "empty state", "code=a&state=", SMM_NET_ERROR_STATE },
  { "state and more", "code=a&state=%sx", SMM_NET_ERROR_STATE },
  { "denied with a wrong state", "error=access_denied&state=x", SMM_NET_ERROR_STATE },
  { "denied", "error=access_denied&error_reason=user_denied&state=%s", SMM_NET_ERROR_DENIED },
  { "denied with a code", "code=a&error=access_denied&state=%s", SMM_NET_ERROR_DENIED },
  { "another error", "error=server_error&state=%s", SMM_NET_ERROR_ANSWER },
  { "no code", "state=%s", SMM_NET_ERROR_ANSWER },
  { "empty code", "code=&state=%s", SMM_NET_ERROR_ANSWER },
};

static char *
fill_in (SmmListener *listener, const char *query)
{
  g_auto (GStrv) parts = g_strsplit (query, "%s", -1);

  return g_strjoinv (smm_listener_get_state (listener), parts);
}

static void
test_end (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr (SmmListener) listener = make_listener ();
  g_auto (Waiter) waiter = { 0 };
  g_autofree char *query = fill_in (listener, ends[i].query);
  g_autofree char *target = g_strconcat ("/callback?", query, NULL);
  g_autofree char *reply = NULL;

  smm_listener_wait_async (listener, NULL, on_code, &waiter);
  reply = browse (listener, target);
  wait_for (&waiter);
  g_assert_error (waiter.error, SMM_NET_ERROR, ends[i].code);
  g_assert_null (waiter.code);
  assert_status (reply, 400);
}

/* One letter off, at any place. */
static void
test_state_letters (void)
{
  const int places[] = { 0, 31, 63 };

  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    {
      g_autoptr (SmmListener) listener = make_listener ();
      g_autofree char *state = g_strdup (smm_listener_get_state (listener));
      g_autofree char *address = NULL;
      g_autoptr (GError) error = NULL;

      state[places[i]] = state[places[i]] == 'a' ? 'b' : 'a';
      address
          = g_strdup_printf ("%s?code=a&state=%s", smm_listener_get_redirect_uri (listener), state);
      g_assert_null (smm_listener_take_address (listener, address, &error));
      g_assert_error (error, SMM_NET_ERROR, SMM_NET_ERROR_STATE);
    }
}

static void
test_replayed (void)
{
  g_autoptr (SmmListener) listener = make_listener ();
  g_auto (Waiter) waiter = { 0 };
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *address = NULL;
  g_autoptr (GError) error = NULL;

  smm_listener_wait_async (listener, NULL, on_code, &waiter);
  first = browse_back (listener, "code=" CODE_ESCAPED);
  wait_for (&waiter);
  g_assert_cmpstr (waiter.code, ==, CODE);
  second = browse_back (listener, "code=" CODE_ESCAPED);
  assert_status (second, 410);
  address = g_strdup_printf ("%s?code=a&state=%s", smm_listener_get_redirect_uri (listener),
                             smm_listener_get_state (listener));
  g_assert_null (smm_listener_take_address (listener, address, &error));
  g_assert_error (error, SMM_NET_ERROR, SMM_NET_ERROR_STATE);
  let_pass (50);
  g_assert_cmpuint (waiter.n_calls, ==, 1);
}

/* After a wrong answer the right one comes too late: the sign-in starts again. */
static void
test_right_after_wrong (void)
{
  g_autoptr (SmmListener) listener = make_listener ();
  g_auto (Waiter) waiter = { 0 };
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  smm_listener_wait_async (listener, NULL, on_code, &waiter);
  first = browse (listener, "/callback?code=a&state=wrong");
  wait_for (&waiter);
  g_assert_error (waiter.error, SMM_NET_ERROR, SMM_NET_ERROR_STATE);
  second = browse_back (listener, "code=a");
  assert_status (second, 410);
}

static void
test_before_the_wait (void)
{
  const char *parameters[] = { "code=" CODE_ESCAPED, "error=access_denied" };

  for (gsize i = 0; i < G_N_ELEMENTS (parameters); i++)
    {
      g_autoptr (SmmListener) listener = make_listener ();
      g_auto (Waiter) waiter = { 0 };
      G_GNUC_UNUSED g_autofree char *reply = browse_back (listener, parameters[i]);

      let_pass (50);
      smm_listener_wait_async (listener, NULL, on_code, &waiter);
      wait_for (&waiter);
      if (i == 0)
        g_assert_cmpstr (waiter.code, ==, CODE);
      else
        g_assert_error (waiter.error, SMM_NET_ERROR, SMM_NET_ERROR_DENIED);
    }
}

static void
test_browser_leaves (void)
{
  g_autoptr (SmmListener) listener = make_listener ();
  g_auto (Waiter) waiter = { 0 };
  g_autofree char *target = make_target (listener, "code=" CODE_ESCAPED);
  g_autofree char *request = make_get (target);
  Browser browser = { .port = get_port (listener), .request = request, .leave = TRUE };

  smm_listener_wait_async (listener, NULL, on_code, &waiter);
  g_free (browse_with (&browser));
  wait_for (&waiter);
  g_assert_no_error (waiter.error);
  g_assert_cmpstr (waiter.code, ==, CODE);
}

/* --- A pasted address --- */

static void
test_pasted (void)
{
  g_autoptr (SmmListener) listener = make_listener ();
  g_auto (Waiter) waiter = { 0 };
  g_autofree char *address
      = g_strdup_printf ("  %s?code=%s&state=%s#_=_\n", smm_listener_get_redirect_uri (listener),
                         CODE_ESCAPED, smm_listener_get_state (listener));
  g_autofree char *late = NULL;
  g_autoptr (GError) error = NULL;
  char *code;

  smm_listener_wait_async (listener, NULL, on_code, &waiter);
  code = smm_listener_take_address (listener, address, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (code, ==, CODE);
  smm_wipe_free (code);
  wait_for (&waiter);
  g_assert_cmpstr (waiter.code, ==, CODE);
  /* Pasted again, or brought by the browser after all: used up. */
  g_assert_null (smm_listener_take_address (listener, address, &error));
  g_assert_error (error, SMM_NET_ERROR, SMM_NET_ERROR_STATE);
  late = browse_back (listener, "code=" CODE_ESCAPED);
  assert_status (late, 410);
  let_pass (50);
  g_assert_cmpuint (waiter.n_calls, ==, 1);
}

/* A wrong paste is answered, and the wait goes on. */
static void
test_pasted_wrong (void)
{
  const char *wrong[] = { "",
                          "hello",
                          "http://",
                          "http://localhost/callback",
                          "http://localhost/callback?code=a",
                          "https://example.com/?state=a&code=b",
                          "\xff\xfe",
                          "http://localhost/callback?state=%ZZ&code=%00" };
  g_autoptr (SmmListener) listener = make_listener ();
  g_auto (Waiter) waiter = { 0 };

  smm_listener_wait_async (listener, NULL, on_code, &waiter);
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (smm_listener_take_address (listener, wrong[i], &error));
      g_assert_error (error, SMM_NET_ERROR, SMM_NET_ERROR_STATE);
    }
  assert_still_waits (listener, &waiter);
}

/* --- What does not end a sign-in --- */

static void
test_nothing_here (void)
{
  const char *targets[] = { "/", "/favicon.ico", "/callback/", "/callback", "/callback?code=a" };
  const int statuses[] = { 404, 404, 404, 400, 400 };
  g_autoptr (SmmListener) listener = make_listener ();
  g_auto (Waiter) waiter = { 0 };

  smm_listener_wait_async (listener, NULL, on_code, &waiter);
  for (gsize i = 0; i < G_N_ELEMENTS (targets); i++)
    {
      g_autofree char *reply = browse (listener, targets[i]);

      assert_status (reply, statuses[i]);
    }
  assert_still_waits (listener, &waiter);
}

/* A page in a browser can make it send a form here; only a visit counts. */
static void
test_other_methods (void)
{
  const char *methods[] = { "POST", "PUT", "DELETE", "OPTIONS" };
  g_autoptr (SmmListener) listener = make_listener ();
  g_auto (Waiter) waiter = { 0 };

  smm_listener_wait_async (listener, NULL, on_code, &waiter);
  for (gsize i = 0; i < G_N_ELEMENTS (methods); i++)
    {
      g_autofree char *request
          = g_strdup_printf ("%s /callback?code=a&state=%s HTTP/1.1\r\nHost: localhost\r\n"
                             "Content-Length: 0\r\nConnection: close\r\n\r\n",
                             methods[i], smm_listener_get_state (listener));
      g_autofree char *reply = browse_raw (listener, request);

      assert_status (reply, 404);
    }
  assert_still_waits (listener, &waiter);
}

static void
test_garbage (void)
{
  const char *garbage[] = { "\x16\x03\x01\x02\x01\x01\xfc\r\n\r\n", "\r\n\r\n\r\n\r\n",
                            "GET\r\n\r\n", "GET /callback?state=%zz HTTP/9.9\r\n\r\n" };
  g_autoptr (SmmListener) listener = make_listener ();
  g_auto (Waiter) waiter = { 0 };

  smm_listener_wait_async (listener, NULL, on_code, &waiter);
  for (gsize i = 0; i < G_N_ELEMENTS (garbage); i++)
    {
      Browser browser
          = { .port = get_port (listener), .request = (char *)garbage[i], .leave = i == 1 };
      g_autofree char *reply = browse_with (&browser);

      g_assert_false (g_str_has_prefix (reply, "HTTP/1.1 200"));
    }
  assert_still_waits (listener, &waiter);
}

static void
test_too_many (void)
{
  g_autoptr (SmmListener) listener = make_listener ();
  g_auto (Waiter) waiter = { 0 };
  guint n_refused = 0;
  gint64 start = g_get_monotonic_time ();

  smm_listener_wait_async (listener, NULL, on_code, &waiter);
  for (int i = 0; i < 40; i++)
    {
      g_autofree char *reply = browse (listener, "/callback?code=a");

      n_refused += g_str_has_prefix (reply, "HTTP/1.1 429 ");
    }
  /* Five in each second that was begun. */
  g_assert_cmpuint (n_refused, >=,
                    40 - 5 * (2 + (g_get_monotonic_time () - start) / G_TIME_SPAN_SECOND));
  assert_still_waits (listener, &waiter);
}

static gint64
get_peak_memory (void)
{
  struct rusage usage;

  g_assert_cmpint (getrusage (RUSAGE_SELF, &usage), ==, 0);
  return (gint64)usage.ru_maxrss * 1024;
}

static const struct
{
  const char *name;
  const char *request; /* the last letter comes 100 MB long */
} huge[] = {
  { "target", "GET /callback?code=a" },
  { "header", "GET /callback?code=a HTTP/1.1\r\nHost: localhost\r\nX-A: a" },
  { "empty lines", "\n" },
  { "body", "POST /callback HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4000000000\r\n\r\na" },
  { "body of a visit",
    "GET /callback?code=a HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4000000000\r\n\r\na" },
  { "body without a length", "POST /callback HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: "
                             "chunked\r\n\r\n5f5e100\r\na" },
};

static void
test_huge (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr (SmmListener) listener = make_listener ();
  g_auto (Waiter) waiter = { 0 };
  Browser browser = { .port = get_port (listener),
                      .request = (char *)huge[i].request,
                      .repeat = 100 * MEGABYTE };
  gint64 memory = get_peak_memory ();
  gint64 start = g_get_monotonic_time ();
  g_autofree char *reply = NULL;

  smm_listener_wait_async (listener, NULL, on_code, &waiter);
  reply = browse_with (&browser);
  g_assert_false (g_str_has_prefix (reply, "HTTP/1.1 200"));
  g_assert_cmpint (get_peak_memory () - memory, <, 16 * MEGABYTE);
  g_assert_cmpint (g_get_monotonic_time () - start, <, 5 * G_TIME_SPAN_SECOND);
  assert_still_waits (listener, &waiter);
}

static void
test_long_code (void)
{
  g_autoptr (SmmListener) listener = make_listener ();
  g_autofree char *code = g_strnfill (8193, 'a');
  g_autofree char *address
      = g_strdup_printf ("%s?code=%s&state=%s", smm_listener_get_redirect_uri (listener), code,
                         smm_listener_get_state (listener));
  g_autoptr (GError) error = NULL;

  g_assert_null (smm_listener_take_address (listener, address, &error));
  g_assert_error (error, SMM_NET_ERROR, SMM_NET_ERROR_ANSWER);
}

/* --- Ends without an answer --- */

static void
test_timed_out (void)
{
  g_autoptr (SmmListener) listener = make_listener ();
  g_auto (Waiter) waiter = { 0 };
  gint64 start = g_get_monotonic_time ();
  g_autofree char *reply = NULL;

  smm_listener_set_wait (listener, 300);
  smm_listener_wait_async (listener, NULL, on_code, &waiter);
  wait_for (&waiter);
  g_assert_cmpint (g_get_monotonic_time () - start, >=, 290 * G_TIME_SPAN_MILLISECOND);
  g_assert_error (waiter.error, SMM_NET_ERROR, SMM_NET_ERROR_TIMED_OUT);
  /* The port is free again: nobody answers. */
  reply = browse_back (listener, "code=a");
  g_assert_cmpstr (reply, ==, "");
}

static void
test_cancelled (void)
{
  g_autoptr (SmmListener) listener = make_listener ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_auto (Waiter) waiter = { 0 };
  g_autofree char *reply = NULL;

  smm_listener_wait_async (listener, cancellable, on_code, &waiter);
  let_pass (20);
  g_assert_cmpuint (waiter.n_calls, ==, 0);
  g_cancellable_cancel (cancellable);
  wait_for (&waiter);
  g_assert_error (waiter.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  reply = browse_back (listener, "code=a");
  g_assert_false (g_str_has_prefix (reply, "HTTP/1.1 200"));
}

/* --- Where it listens, and its secrets --- */

static void
test_loopback_only (void)
{
  const char *tables[] = { "/proc/self/net/tcp", "/proc/self/net/tcp6" };
  g_autoptr (SmmListener) listener = make_listener ();
  g_autofree char *port = g_strdup_printf (":%04X", get_port (listener));
  int n = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      g_autofree char *text = NULL;
      g_auto (GStrv) lines = NULL;

      if (!g_file_get_contents (tables[i], &text, NULL, NULL))
        continue;
      lines = g_strsplit (text, "\n", -1);
      for (char **line = lines; *line != NULL; line++)
        {
          g_auto (GStrv) words = g_strsplit_set (g_strstrip (*line), " ", -1);

          if (g_strv_length (words) < 4 || !g_str_has_suffix (words[1], port)
              || strcmp (words[3], "0A") != 0)
            continue;
          g_assert_true (g_str_has_prefix (words[1], "0100007F:")
                         || g_str_has_prefix (words[1], "00000000000000000000000001000000:"));
          n++;
        }
    }
  if (n == 0)
    g_test_skip ("this system does not tell who listens");
}

static void
test_port_in_use (void)
{
  g_autoptr (SmmListener) listener = make_listener ();
  g_autoptr (GError) error = NULL;

  g_assert_null (smm_listener_new (get_port (listener), &error));
  g_assert_error (error, SMM_NET_ERROR, SMM_NET_ERROR_LISTEN);
}

static void
test_port_chosen (void)
{
  g_autoptr (SmmListener) listener = make_listener ();
  guint16 port = get_port (listener);
  g_autoptr (SmmListener) again = NULL;
  g_autoptr (GError) error = NULL;

  g_clear_object (&listener);
  again = smm_listener_new (port, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (get_port (again), ==, port);
}

static void
test_secrets (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (int i = 0; i < 20; i++)
    {
      g_autoptr (SmmListener) listener = make_listener ();
      const char *secrets[]
          = { smm_listener_get_state (listener), smm_listener_get_verifier (listener) };
      g_autofree char *challenge = smm_listener_get_challenge_s256 (listener);
      g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
      guint8 expected[32];
      g_autofree guint8 *given = NULL;
      g_autofree char *padded = g_strconcat (challenge, "=", NULL);
      gsize n = sizeof expected, n_given;

      for (gsize j = 0; j < G_N_ELEMENTS (secrets); j++)
        {
          g_assert_cmpuint (strlen (secrets[j]), ==, 64);
          g_assert_cmpuint (strspn (secrets[j], G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "-_"), ==,
                            64);
          g_assert_true (g_hash_table_add (seen, g_strdup (secrets[j])));
        }
      /* RFC 7636 section 4.2 */
      g_checksum_update (checksum, (const guchar *)secrets[1], -1);
      g_checksum_get_digest (checksum, expected, &n);
      g_assert_cmpuint (strlen (challenge), ==, 43);
      g_strdelimit (padded, "-", '+');
      g_strdelimit (padded, "_", '/');
      given = g_base64_decode (padded, &n_given);
      g_assert_cmpmem (given, n_given, expected, n);
    }
}

/* TikTok's form: the address with the numbers and a slash at the end, and only that. */
static void
test_other_form (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SmmListener) listener = smm_listener_new_for (0, "127.0.0.1", "/callback/", &error);
  const char *uri = smm_listener_get_redirect_uri (listener);
  g_auto (Waiter) waiter = { 0 };
  g_autofree char *wrong = make_get ("/callback?code=a&state=b");
  g_autofree char *target = g_strconcat ("/callback/?code=" CODE_ESCAPED "&scopes=a%2Cb&state=",
                                         smm_listener_get_state (listener), NULL);
  g_autofree char *right = make_get (target);
  g_autofree char *refused = NULL;
  g_autofree char *taken = NULL;
  Browser browser = { .request = wrong };

  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (uri, "http://127.0.0.1:"));
  g_assert_true (g_str_has_suffix (uri, "/callback/"));
  browser.port = g_ascii_strtoull (uri + strlen ("http://127.0.0.1:"), NULL, 10);
  smm_listener_wait_async (listener, NULL, on_code, &waiter);
  refused = browse_with (&browser);
  g_assert_true (g_str_has_prefix (refused, "HTTP/1.1 404"));
  browser = (Browser){ .port = browser.port, .request = right };
  taken = browse_with (&browser);
  g_assert_true (g_str_has_prefix (taken, "HTTP/1.1 200"));
  wait_for (&waiter);
  g_assert_cmpstr (waiter.code, ==, CODE);
}

static void
test_hex_challenge (void)
{
  g_autoptr (SmmListener) listener = smm_listener_new (0, NULL);
  g_autofree char *hex = smm_listener_get_challenge_hex (listener);
  g_autofree char *plain = smm_listener_get_challenge_s256 (listener);
  g_autofree char *base64 = g_strconcat (plain, "=", NULL);
  g_autofree guchar *digest = NULL;
  g_autoptr (GString) same = g_string_new (NULL);
  gsize n;

  g_strdelimit (base64, "-", '+');
  g_strdelimit (base64, "_", '/');
  digest = g_base64_decode (base64, &n);
  for (gsize i = 0; i < n; i++)
    g_string_append_printf (same, "%02x", digest[i]);
  g_assert_cmpuint (strlen (hex), ==, 64);
  g_assert_cmpstr (hex, ==, same->str);
}

#define ADD_CASES(cases, folder, func)                                                             \
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)                                                 \
    {                                                                                              \
      g_autofree char *path = g_strconcat ("/listener/" folder "/", cases[i].name, NULL);          \
                                                                                                   \
      g_test_add_data_func (path, GSIZE_TO_POINTER (i), func);                                     \
    }

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/listener/right-answer", test_right_answer);
  ADD_CASES (ends, "end", test_end);
  g_test_add_func ("/listener/state-letters", test_state_letters);
  g_test_add_func ("/listener/replayed", test_replayed);
  g_test_add_func ("/listener/right-after-wrong", test_right_after_wrong);
  g_test_add_func ("/listener/before-the-wait", test_before_the_wait);
  g_test_add_func ("/listener/browser-leaves", test_browser_leaves);
  g_test_add_func ("/listener/pasted", test_pasted);
  g_test_add_func ("/listener/pasted-wrong", test_pasted_wrong);
  g_test_add_func ("/listener/nothing-here", test_nothing_here);
  g_test_add_func ("/listener/other-methods", test_other_methods);
  g_test_add_func ("/listener/garbage", test_garbage);
  g_test_add_func ("/listener/too-many", test_too_many);
  ADD_CASES (huge, "huge", test_huge);
  g_test_add_func ("/listener/long-code", test_long_code);
  g_test_add_func ("/listener/timed-out", test_timed_out);
  g_test_add_func ("/listener/cancelled", test_cancelled);
  g_test_add_func ("/listener/loopback-only", test_loopback_only);
  g_test_add_func ("/listener/port-in-use", test_port_in_use);
  g_test_add_func ("/listener/port-chosen", test_port_chosen);
  g_test_add_func ("/listener/secrets", test_secrets);
  g_test_add_func ("/listener/other-form", test_other_form);
  g_test_add_func ("/listener/hex-challenge", test_hex_challenge);

  return g_test_run ();
}

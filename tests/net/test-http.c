/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * What the sender promises the engine: a POST is sent once, every request ends at its own deadline,
 * an answer costs only so much memory, and the response says what may have left this computer.
 */

#include "config.h"

#include "client.h"
#include "scripted-server.h"
#include "smm-http.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#define TOKEN "EAAB-token-of-nobody"
#define BIG (G_GINT64_CONSTANT (200) * 1000 * 1000)
#define MEGABYTE (1024 * 1024)

/* --- The side under test --- */

static SmmRequest *
make_request (const char *method)
{
  SmmRequest *request = smm_request_new (method, SMM_ENDPOINT_META_GRAPH, "/v1/me/feed");

  request->timeout_ms = 8000;
  request->auth = SMM_AUTH_BEARER;
  if (strcmp (method, "POST") == 0)
    {
      request->body = SMM_BODY_FORM;
      smm_request_add_param (request, "message", "Hello & good-bye");
    }
  return request;
}

typedef struct
{
  SmmResponse *response;
  guint n_calls;
} Sent;

static void
on_sent (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Sent *sent = user_data;

  sent->n_calls++;
  g_clear_pointer (&sent->response, smm_response_unref);
  sent->response = smm_http_send_finish (SMM_HTTP (source), result);
}

static gboolean
on_wake_up (gpointer user_data)
{
  gboolean *over = user_data;

  *over = TRUE;
  return G_SOURCE_REMOVE;
}

/* Whatever comes late, comes in here. */
static void
let_pass (guint ms)
{
  gboolean over = FALSE;

  g_timeout_add (ms, on_wake_up, &over);
  while (!over)
    g_main_context_iteration (NULL, TRUE);
}

static SmmResponse *
send_with (SmmHttp *http, SmmRequest *request, GCancellable *cancellable)
{
  Sent sent = { 0 };

  smm_http_send_async (http, request, TOKEN, cancellable, on_sent, &sent);
  while (sent.n_calls == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (smm_http_get_n_pending (http), ==, 0);
  let_pass (20);
  g_assert_cmpuint (sent.n_calls, ==, 1);
  g_assert_nonnull (sent.response);
  g_assert_true ((sent.response->sent == SMM_SENT_ANSWERED) == (sent.response->status != 0));
  return sent.response;
}

static SmmResponse *
send_now (SmmHttp *http, SmmRequest *request)
{
  return send_with (http, request, NULL);
}

static double
seconds_since (gint64 start)
{
  return (g_get_monotonic_time () - start) / 1e6;
}

static const char *
get_body (SmmResponse *response)
{
  static char text[64];
  gsize n;
  const char *bytes = g_bytes_get_data (response->body, &n);

  n = MIN (n, sizeof text - 1);
  if (n > 0)
    memcpy (text, bytes, n);
  text[n] = '\0';
  return text;
}

static gint64
get_peak_memory (void)
{
  struct rusage usage;

  g_assert_cmpint (getrusage (RUSAGE_SELF, &usage), ==, 0);
  return (gint64)usage.ru_maxrss * 1024;
}

/* --- Scripts --- */

static void
answer_ok (Server *server, GIOStream *stream)
{
  while (server_read (server, stream))
    server_answer (server, stream, "200 OK", "{\"id\":\"1\"}");
}

static void
close_unread (Server *server, GIOStream *stream)
{
}

static void
close_after_reading (Server *server, GIOStream *stream)
{
  server_read (server, stream);
}

static void
reset_after_reading (Server *server, GIOStream *stream)
{
  server_read (server, stream);
  server_reset (stream);
}

static void
reset_while_reading (Server *server, GIOStream *stream)
{
  char some[16];

  g_input_stream_read (g_io_stream_get_input_stream (stream), some, sizeof some, NULL, NULL);
  server_reset (stream);
}

static void
close_in_status_line (Server *server, GIOStream *stream)
{
  server_read (server, stream);
  server_write (server, stream, "HTTP/1.1 20");
}

static void
close_in_headers (Server *server, GIOStream *stream)
{
  server_read (server, stream);
  server_write (server, stream, "HTTP/1.1 200 OK\r\nContent-Le");
}

static void
close_in_body (Server *server, GIOStream *stream)
{
  server_read (server, stream);
  server_write (server, stream, "HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\n{\"id\"");
}

static void
close_in_chunk (Server *server, GIOStream *stream)
{
  server_read (server, stream);
  server_write (server, stream,
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nb\r\n{\"id\"");
}

static void
close_before_last_chunk (Server *server, GIOStream *stream)
{
  server_read (server, stream);
  server_write (server, stream,
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"id\"\r\n");
}

static void
talk_garbage (Server *server, GIOStream *stream)
{
  server_read (server, stream);
  server_write (server, stream, "220 mail.example.com ESMTP ready\r\n\r\n");
}

/* Answers once, then does it to the second request of the same connection. */
static void
answer_then_close (Server *server, GIOStream *stream)
{
  if (!server_read (server, stream))
    return;
  server_answer (server, stream, "200 OK", "{}");
  server_read (server, stream);
}

static void
answer_then_reset (Server *server, GIOStream *stream)
{
  if (!server_read (server, stream))
    return;
  server_answer (server, stream, "200 OK", "{}");
  if (server_read (server, stream))
    server_reset (stream);
}

static void
answer_then_hang_up_idle (Server *server, GIOStream *stream)
{
  if (!server_read (server, stream))
    return;
  if (server_count_requests (server, "POST") == 0)
    server_answer (server, stream, "200 OK", "{}");
}

static const struct
{
  const char *name;
  ServerScript script;
  gboolean reused;     /* the POST is the second request of a connection */
  guint n_posts;       /* that were read whole */
  guint n_connections; /* 0: does not matter */
} once_cases[] = {
  { "closed unread", close_unread, FALSE, 0, 1 },
  { "closed after reading", close_after_reading, FALSE, 1, 1 },
  { "reset after reading", reset_after_reading, FALSE, 1, 1 },
  { "reset while reading", reset_while_reading, FALSE, 0, 1 },
  { "closed in the status line", close_in_status_line, FALSE, 1, 1 },
  { "closed in the headers", close_in_headers, FALSE, 1, 1 },
  { "closed in the body", close_in_body, FALSE, 1, 1 },
  { "closed in a chunk", close_in_chunk, FALSE, 1, 1 },
  { "closed before the last chunk", close_before_last_chunk, FALSE, 1, 1 },
  { "garbage", talk_garbage, FALSE, 1, 1 },
  { "closed after reading, connection used before", answer_then_close, TRUE, 1, 1 },
  { "reset after reading, connection used before", answer_then_reset, TRUE, 1, 1 },
  { "connection hung up while idle", answer_then_hang_up_idle, TRUE, 1, 0 },
};

static void
test_post_once (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr (Server) server = server_start (once_cases[i].script, NULL);
  g_autoptr (SmmHttp) http = client_new ("[meta]\ngraph", "http", server_get_port (server));
  g_autoptr (SmmRequest) request = make_request ("POST");
  g_autoptr (SmmRequest) before = make_request ("GET");
  g_autoptr (SmmResponse) response = NULL;

  if (once_cases[i].reused)
    {
      g_autoptr (SmmResponse) first = send_now (http, before);

      g_assert_cmpint (first->sent, ==, SMM_SENT_ANSWERED);
    }
  response = send_now (http, request);
  g_assert_cmpint (response->sent, ==, SMM_SENT_MAYBE);
  g_assert_cmpstr (response->error_code, ==, "reset");
  g_assert_nonnull (response->error);
  /* A repetition would come from the main loop. */
  let_pass (250);
  g_assert_cmpuint (server_count_requests (server, "POST"), ==, once_cases[i].n_posts);
  if (once_cases[i].n_connections > 0)
    g_assert_cmpuint (server_count_connections (server), ==, once_cases[i].n_connections);
  g_clear_object (&http);
}

static void
test_answered (void)
{
  g_autoptr (Server) server = server_start (answer_ok, NULL);
  g_autoptr (SmmHttp) http = client_new ("[meta]\ngraph", "http", server_get_port (server));

  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (SmmRequest) request = make_request ("POST");
      g_autoptr (SmmResponse) response = send_now (http, request);
      ServerRequest *seen = server_get_request (server, i);

      g_assert_cmpint (response->sent, ==, SMM_SENT_ANSWERED);
      g_assert_cmpuint (response->status, ==, 200);
      g_assert_cmpstr (get_body (response), ==, "{\"id\":\"1\"}");
      g_assert_true (g_str_has_prefix (seen->head, "POST /v1/me/feed HTTP/1.1\r\n"));
      g_assert_nonnull (strstr (seen->head, "\r\nAuthorization: Bearer " TOKEN "\r\n"));
      g_assert_cmpmem (seen->body->data, seen->body->len, "message=Hello%20%26%20good-bye", 30);
    }
  /* What reuses connections proves the cases of a connection used before. */
  g_assert_cmpuint (server_count_connections (server), ==, 1);
  g_clear_object (&http);
}

/* --- Deadlines --- */

static void
stay_silent (Server *server, GIOStream *stream)
{
  server_read (server, stream);
  server_sleep (server, 20000);
}

static void
never_shake_hands (Server *server, GIOStream *stream)
{
  server_sleep (server, 20000);
}

static void
drip (Server *server, GIOStream *stream, const char *start, const char *drop)
{
  server_read (server, stream);
  server_write (server, stream, start);
  while (server_sleep (server, 100) && server_write (server, stream, drop))
    ;
}

static void
drip_status_line (Server *server, GIOStream *stream)
{
  drip (server, stream, "HTTP/1.1 200 O", "K");
}

static void
drip_headers (Server *server, GIOStream *stream)
{
  drip (server, stream, "HTTP/1.1 200 OK\r\nX-A: ", "a");
}

static void
drip_body (Server *server, GIOStream *stream)
{
  drip (server, stream, "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n", "a");
}

static void
drip_continues (Server *server, GIOStream *stream)
{
  drip (server, stream, "", "HTTP/1.1 100 Continue\r\n\r\n");
}

static const struct
{
  const char *name;
  ServerScript script;
  const char *scheme;
  SmmSent sent;
} deadline_cases[] = {
  { "silent server", stay_silent, "http", SMM_SENT_MAYBE },
  { "no TLS handshake", never_shake_hands, "https", SMM_SENT_NOTHING },
  { "status line drips", drip_status_line, "http", SMM_SENT_MAYBE },
  { "headers drip", drip_headers, "http", SMM_SENT_MAYBE },
  { "body drips", drip_body, "http", SMM_SENT_MAYBE },
  { "endless 100 Continue", drip_continues, "http", SMM_SENT_MAYBE },
};

static void
test_deadline (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr (Server) server = server_start (deadline_cases[i].script, NULL);
  g_autoptr (SmmHttp) http
      = client_new ("[meta]\ngraph", deadline_cases[i].scheme, server_get_port (server));
  g_autoptr (SmmRequest) request = make_request ("POST");
  gint64 start = g_get_monotonic_time ();
  g_autoptr (SmmResponse) response = NULL;

  request->timeout_ms = 600;
  response = send_now (http, request);
  g_assert_cmpfloat (seconds_since (start), >=, 0.55);
  g_assert_cmpfloat (seconds_since (start), <, 3);
  g_assert_cmpint (response->sent, ==, deadline_cases[i].sent);
  g_assert_cmpstr (response->error_code, ==, "timeout");
  g_assert_cmpuint (server_count_connections (server), ==, 1);
  g_clear_object (&http);
}

/* --- Answers that are too large, or lie --- */

static void
pour (Server *server, GIOStream *stream, gboolean chunked)
{
  g_autofree char *zeros = g_malloc0 (0x10000);

  for (gint64 n = 0; n < BIG; n += 0x10000)
    if ((chunked && !server_write (server, stream, "10000\r\n"))
        || !server_write_bytes (server, stream, zeros, 0x10000)
        || (chunked && !server_write (server, stream, "\r\n")))
      return;
}

static void
pour_known_length (Server *server, GIOStream *stream)
{
  server_read (server, stream);
  server_write (server, stream, "HTTP/1.1 200 OK\r\nContent-Length: 200015872\r\n\r\n");
  pour (server, stream, FALSE);
}

static void
pour_chunks (Server *server, GIOStream *stream)
{
  server_read (server, stream);
  server_write (server, stream, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
  pour (server, stream, TRUE);
}

static void
pour_to_the_end (Server *server, GIOStream *stream)
{
  server_read (server, stream);
  server_write (server, stream, "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n");
  pour (server, stream, FALSE);
}

static void
pour_one_header (Server *server, GIOStream *stream)
{
  server_read (server, stream);
  server_write (server, stream, "HTTP/1.1 200 OK\r\nX-A: ");
  pour (server, stream, FALSE);
}

static void
pour_headers (Server *server, GIOStream *stream)
{
  g_autoptr (GString) lines = g_string_new (NULL);

  for (int i = 0; i < 1000; i++)
    g_string_append_printf (lines, "X-%d: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\n", i);
  server_read (server, stream);
  server_write (server, stream, "HTTP/1.1 200 OK\r\n");
  for (gint64 n = 0; n < BIG && server_write (server, stream, lines->str); n += lines->len)
    ;
}

static const struct
{
  const char *name;
  ServerScript script;
  const char *code;
} large_cases[] = {
  { "known length", pour_known_length, "too-large" }, { "chunks", pour_chunks, "too-large" },
  { "until the end", pour_to_the_end, "too-large" },  { "one header", pour_one_header, "reset" },
  { "many headers", pour_headers, "reset" },
};

static void
test_large (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr (Server) server = server_start (large_cases[i].script, NULL);
  g_autoptr (SmmHttp) http = client_new ("[meta]\ngraph", "http", server_get_port (server));
  g_autoptr (SmmRequest) request = make_request ("POST");
  gint64 memory = get_peak_memory ();
  g_autoptr (SmmResponse) response = send_now (http, request);

  g_assert_cmpint (response->sent, ==, SMM_SENT_MAYBE);
  g_assert_cmpstr (response->error_code, ==, large_cases[i].code);
  g_assert_cmpuint (g_bytes_get_size (response->body), ==, 0);
  let_pass (100);
  /* What the two kernels' buffers hold is all that may still go out. */
  g_assert_cmpuint (server_get_written (server), <, 24 * MEGABYTE);
  g_assert_cmpint (get_peak_memory () - memory, <, 24 * MEGABYTE);
  g_assert_cmpuint (server_count_requests (server, "POST"), ==, 1);
  g_clear_object (&http);
}

static void
answer_exactly (Server *server, GIOStream *stream)
{
  gsize *n = server_get_data (server);
  g_autofree char *body = g_strnfill (*n, 'x');

  while (server_read (server, stream))
    server_answer (server, stream, "200 OK", body);
}

/* The limit itself still passes, one byte more does not. */
static void
test_reply_limit (void)
{
  const struct
  {
    gsize max, n;
    gboolean passes;
  } cases[] = {
    { 1000, 1000, TRUE },
    { 1000, 1001, FALSE },
    { 0, MEGABYTE, TRUE },
    { 0, MEGABYTE + 1, FALSE },
    { 4 * MEGABYTE, 4 * MEGABYTE, TRUE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gsize n = cases[i].n;
      g_autoptr (Server) server = server_start (answer_exactly, &n);
      g_autoptr (SmmHttp) http = client_new ("[meta]\ngraph", "http", server_get_port (server));
      g_autoptr (SmmRequest) request = make_request ("GET");
      g_autoptr (SmmResponse) response = NULL;

      request->max_reply = cases[i].max;
      response = send_now (http, request);
      g_assert_cmpint (response->sent, ==, cases[i].passes ? SMM_SENT_ANSWERED : SMM_SENT_MAYBE);
      g_assert_cmpuint (g_bytes_get_size (response->body), ==, cases[i].passes ? n : 0);
      g_clear_object (&http);
    }
}

static void
answer_raw (Server *server, GIOStream *stream)
{
  server_read (server, stream);
  server_write (server, stream, server_get_data (server));
}

/* A length that was promised and not kept is no answer: the rest might have been an error. */
static void
test_lying_length (void)
{
  const struct
  {
    const char *headers;
    SmmSent sent;
    const char *body;
  } cases[] = {
    { "Content-Length: 4\r\n\r\nabcd", SMM_SENT_ANSWERED, "abcd" },
    { "Content-Length: 5\r\n\r\nabcd", SMM_SENT_MAYBE, "" },
    { "Content-Length: 200000000\r\n\r\nabcd", SMM_SENT_MAYBE, "" },
    { "Content-Length: 9223372036854775807\r\n\r\nabcd", SMM_SENT_MAYBE, "" },
    { "Content-Length: 3\r\n\r\nabcd", SMM_SENT_ANSWERED, "abc" },
    { "Content-Length: 0\r\n\r\nabcd", SMM_SENT_ANSWERED, "" },
    { "Transfer-Encoding: chunked\r\n\r\n4\r\nabcd\r\n0\r\n\r\n", SMM_SENT_ANSWERED, "abcd" },
    { "Transfer-Encoding: chunked\r\n\r\n7fffffff\r\nabcd\r\n", SMM_SENT_MAYBE, "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *answer = g_strconcat ("HTTP/1.1 200 OK\r\n", cases[i].headers, NULL);
      g_autoptr (Server) server = server_start (answer_raw, answer);
      g_autoptr (SmmHttp) http = client_new ("[meta]\ngraph", "http", server_get_port (server));
      g_autoptr (SmmRequest) request = make_request ("POST");
      g_autoptr (SmmResponse) response = send_now (http, request);

      g_test_message ("%s", cases[i].headers);
      g_assert_cmpint (response->sent, ==, cases[i].sent);
      g_assert_cmpstr (get_body (response), ==, cases[i].body);
      g_clear_object (&http);
    }
}

/* What is packed stays packed: a few bytes never become many. */
static void
test_packed (void)
{
  char answer[] = "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\nabcd";
  g_autoptr (Server) server = server_start (answer_raw, answer);
  g_autoptr (SmmHttp) http = client_new ("[meta]\ngraph", "http", server_get_port (server));
  g_autoptr (SmmRequest) request = make_request ("GET");
  g_autoptr (SmmResponse) response = send_now (http, request);
  ServerRequest *seen = server_get_request (server, 0);

  g_assert_cmpint (response->sent, ==, SMM_SENT_ANSWERED);
  g_assert_cmpstr (get_body (response), ==, "abcd");
  g_assert_null (strstr (seen->head, "Accept-Encoding:"));
  g_clear_object (&http);
}

/* "Wait until" is told as seconds whichever way the server wrote it, by the server's own clock. */
static void
test_retry_after (void)
{
  static const struct
  {
    const char *headers, *seconds;
  } cases[] = {
    { "Retry-After: 30\r\n", "30" },
    { "Date: Wed, 25 Nov 2020 09:00:00 GMT\r\nRetry-After: Wed, 25 Nov 2020 09:02:00 GMT\r\n",
      "120" },
    { "Date: Wed, 25 Nov 2020 09:00:00 GMT\r\nRetry-After: Wed, 25 Nov 2020 08:00:00 GMT\r\n",
      "0" },
    { "Retry-After: soon\r\n", "soon" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *answer = g_strconcat ("HTTP/1.1 429 Too Many Requests\r\n", cases[i].headers,
                                             "Content-Length: 0\r\n\r\n", NULL);
      g_autoptr (Server) server = server_start (answer_raw, answer);
      g_autoptr (SmmHttp) http = client_new ("[meta]\ngraph", "http", server_get_port (server));
      g_autoptr (SmmRequest) request = make_request ("POST");
      g_autoptr (SmmResponse) response = send_now (http, request);

      g_assert_cmpstr (smm_response_get_header (response, "retry-after"), ==, cases[i].seconds);
      g_clear_object (&http);
    }
}

/* --- Redirects --- */

static void
redirect (Server *server, GIOStream *stream)
{
  while (server_read (server, stream))
    server_answer (server, stream, server_get_data (server), "{}");
}

static void
test_redirect (void)
{
  const int statuses[] = { 300, 301, 302, 303, 307, 308 };
  const char *methods[] = { "POST", "GET", "DELETE" };

  for (gsize i = 0; i < G_N_ELEMENTS (statuses) * G_N_ELEMENTS (methods); i++)
    {
      int status = statuses[i / G_N_ELEMENTS (methods)];
      g_autoptr (Server) other = server_start (answer_ok, NULL);
      g_autofree char *answer
          = g_strdup_printf ("%d Elsewhere\r\nLocation: http://127.0.0.1:%u/v1/me/feed", status,
                             server_get_port (other));
      g_autoptr (Server) server = server_start (redirect, answer);
      g_autoptr (SmmHttp) http = client_new ("[meta]\ngraph", "http", server_get_port (server));
      g_autoptr (SmmRequest) request = make_request (methods[i % G_N_ELEMENTS (methods)]);
      g_autoptr (SmmResponse) response = send_now (http, request);

      let_pass (20);
      g_assert_cmpint (response->sent, ==, SMM_SENT_ANSWERED);
      g_assert_cmpuint (response->status, ==, status);
      g_assert_nonnull (smm_response_get_header (response, "location"));
      g_assert_nonnull (strstr (server_get_request (server, 0)->head, TOKEN));
      g_assert_cmpuint (server_count_requests (server, request->method), ==, 1);
      g_assert_cmpuint (server_count_connections (other), ==, 0);
      g_clear_object (&http);
    }
}

/* --- TLS and connections that never stand --- */

static void
test_self_signed (void)
{
  g_autoptr (GTlsCertificate) certificate = client_make_certificate ("127.0.0.1");
  g_autoptr (Server) server = server_start (answer_ok, NULL);
  g_autoptr (SmmHttp) http = client_new ("[meta]\ngraph", "https", server_get_port (server));
  g_autoptr (SmmRequest) request = make_request ("POST");
  g_autoptr (SmmResponse) response = NULL;

  if (certificate == NULL)
    {
      g_test_skip ("openssl is not installed");
      return;
    }
  server_set_certificate (server, certificate);
  response = send_now (http, request);
  g_assert_cmpint (response->sent, ==, SMM_SENT_NOTHING);
  g_assert_cmpstr (response->error_code, ==, "certificate");
  let_pass (100);
  g_assert_cmpuint (server_count_connections (server), ==, 1);
  g_assert_cmpuint (server_count_requests (server, "POST"), ==, 0);
  g_clear_object (&http);
}

static void
talk_first (Server *server, GIOStream *stream)
{
  server_write (server, stream, "HTTP/1.1 400 Bad Request\r\n\r\n");
  server_read (server, stream);
}

static void
test_no_tls (void)
{
  g_autoptr (Server) server = server_start (talk_first, NULL);
  g_autoptr (SmmHttp) http = client_new ("[meta]\ngraph", "https", server_get_port (server));
  g_autoptr (SmmRequest) request = make_request ("POST");
  g_autoptr (SmmResponse) response = send_now (http, request);

  g_assert_cmpint (response->sent, ==, SMM_SENT_NOTHING);
  g_assert_cmpstr (response->error_code, ==, "tls");
  g_clear_object (&http);
}

static void
test_refused (void)
{
  Server *server = server_start (answer_ok, NULL);
  g_autoptr (SmmHttp) http = client_new ("[meta]\ngraph", "http", server_get_port (server));
  g_autoptr (SmmRequest) request = make_request ("POST");
  g_autoptr (SmmResponse) response = NULL;

  server_stop (server);
  response = send_now (http, request);
  g_assert_cmpint (response->sent, ==, SMM_SENT_NOTHING);
  g_assert_cmpstr (response->error_code, ==, "connect");
}

static void
test_no_endpoint (void)
{
  g_autoptr (SmmHttp) http = client_new ("[meta]\ngraph", "http", 9);
  g_autoptr (SmmRequest) request = smm_request_new ("POST", SMM_ENDPOINT_TIKTOK_API, "/v2/post");
  g_autoptr (SmmResponse) response = send_now (http, request);

  g_assert_cmpint (response->sent, ==, SMM_SENT_NOTHING);
  g_assert_cmpstr (response->error_code, ==, "endpoint");
}

/* --- Cancelling --- */

static gboolean
on_cancel_time (gpointer user_data)
{
  g_cancellable_cancel (user_data);
  return G_SOURCE_REMOVE;
}

static void
test_cancelled_before (void)
{
  g_autoptr (Server) server = server_start (answer_ok, NULL);
  g_autoptr (SmmHttp) http = client_new ("[meta]\ngraph", "http", server_get_port (server));
  g_autoptr (SmmRequest) request = make_request ("POST");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (SmmResponse) response = NULL;

  g_cancellable_cancel (cancellable);
  response = send_with (http, request, cancellable);
  g_assert_cmpint (response->sent, ==, SMM_SENT_NOTHING);
  g_assert_cmpstr (response->error_code, ==, "cancelled");
  let_pass (50);
  g_assert_cmpuint (server_count_requests (server, "POST"), ==, 0);
  g_clear_object (&http);
}

static void
test_cancelled_waiting (void)
{
  const ServerScript scripts[] = { stay_silent, drip_headers, drip_body };

  for (gsize i = 0; i < G_N_ELEMENTS (scripts); i++)
    {
      g_autoptr (Server) server = server_start (scripts[i], NULL);
      g_autoptr (SmmHttp) http = client_new ("[meta]\ngraph", "http", server_get_port (server));
      g_autoptr (SmmRequest) request = make_request ("POST");
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      gint64 start = g_get_monotonic_time ();
      g_autoptr (SmmResponse) response = NULL;

      g_timeout_add (250, on_cancel_time, cancellable);
      response = send_with (http, request, cancellable);
      g_assert_cmpfloat (seconds_since (start), <, 2);
      g_assert_cmpint (response->sent, ==, SMM_SENT_MAYBE);
      g_assert_cmpstr (response->error_code, ==, "cancelled");
      g_assert_cmpuint (server_count_requests (server, "POST"), ==, 1);
      g_clear_object (&http);
    }
}

/* --- Uploads --- */

static char *
make_file (gsize n, GByteArray **bytes)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (n);
  char *path = g_build_filename (g_get_user_data_dir (), "video.mp4", NULL);

  *bytes = g_byte_array_sized_new (n + 4);
  g_byte_array_set_size (*bytes, n);
  for (gsize i = 0; i < n; i++)
    (*bytes)->data[i] = g_rand_int (rand) >> 24;
  g_assert_cmpint (g_mkdir_with_parents (g_get_user_data_dir (), 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, (char *)(*bytes)->data, n, NULL));
  return path;
}

static void
test_upload_file (void)
{
  const struct
  {
    gsize n;
    gint64 offset, length;
    gsize first, sent;
  } cases[] = {
    { 1, 0, -1, 0, 1 },
    { 3000001, 0, -1, 0, 3000001 },
    { 3000001, 1000000, -1, 1000000, 2000001 },
    { 3000001, 1234567, 1000000, 1234567, 1000000 },
    { 100000, 99999, 1, 99999, 1 },
    { 100000, 0, 100000, 0, 100000 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GByteArray) bytes = NULL;
      g_autofree char *path = make_file (cases[i].n, &bytes);
      g_autoptr (Server) server = server_start (answer_ok, NULL);
      g_autoptr (SmmHttp) http = client_new ("[meta]\ngraph", "http", server_get_port (server));
      g_autoptr (SmmRequest) request = make_request ("POST");
      g_autoptr (SmmResponse) response = NULL;
      ServerRequest *seen;

      request->body = SMM_BODY_FILE;
      smm_request_set_file (request, path, NULL, NULL, "video/mp4");
      request->file_offset = cases[i].offset;
      request->file_length = cases[i].length;
      response = send_now (http, request);
      g_assert_cmpint (response->sent, ==, SMM_SENT_ANSWERED);
      seen = server_get_request (server, 0);
      g_assert_cmpint (seen->promised, ==, cases[i].sent);
      g_assert_cmpmem (seen->body->data, seen->body->len, bytes->data + cases[i].first,
                       cases[i].sent);
      g_assert_nonnull (strstr (seen->head, "\r\nContent-Type: video/mp4\r\n"));
      g_clear_object (&http);
    }
}

static void
test_upload_multipart (void)
{
  g_autoptr (GByteArray) bytes = NULL;
  g_autofree char *path = make_file (2000003, &bytes);
  g_autoptr (Server) server = server_start (answer_ok, NULL);
  g_autoptr (SmmHttp) http = client_new ("[meta]\ngraph", "http", server_get_port (server));
  g_autoptr (SmmRequest) request = make_request ("POST");
  g_autoptr (SmmResponse) response = NULL;
  g_autofree char *boundary = NULL;
  g_autofree char *head = NULL;
  g_autofree char *tail = NULL;
  g_autoptr (GByteArray) expected = g_byte_array_new ();
  ServerRequest *seen;
  const char *mark;

  request->body = SMM_BODY_MULTIPART;
  smm_request_set_file (request, path, "source", "a \"good\"\r\nname.mp4", "video/mp4");
  response = send_now (http, request);
  g_assert_cmpint (response->sent, ==, SMM_SENT_ANSWERED);
  seen = server_get_request (server, 0);
  mark = strstr (seen->head, "multipart/form-data; boundary=");
  g_assert_nonnull (mark);
  mark = strchr (mark, '=') + 1;
  boundary = g_strndup (mark, strcspn (mark, "\r"));
  head = g_strdup_printf ("--%s\r\nContent-Disposition: form-data; name=\"message\"\r\n\r\n"
                          "Hello & good-bye\r\n--%s\r\nContent-Disposition: form-data; "
                          "name=\"source\"; filename=\"a %%22good%%22name.mp4\"\r\n"
                          "Content-Type: video/mp4\r\n\r\n",
                          boundary, boundary);
  tail = g_strdup_printf ("\r\n--%s--\r\n", boundary);
  g_byte_array_append (expected, (guint8 *)head, strlen (head));
  g_byte_array_append (expected, bytes->data, bytes->len);
  g_byte_array_append (expected, (guint8 *)tail, strlen (tail));
  g_assert_cmpmem (seen->body->data, seen->body->len, expected->data, expected->len);
  g_assert_cmpint (seen->promised, ==, expected->len);
  g_clear_object (&http);
}

/* One piece of a file as a part: the resumable upload of Facebook's videos. */
static void
test_upload_chunk (void)
{
  static const struct
  {
    gint64 offset, length;
  } cases[] = { { 0, 1000000 }, { 1000000, 1000000 }, { 2000000, 3 }, { 1999999, -1 } };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GByteArray) bytes = NULL;
      g_autofree char *path = make_file (2000003, &bytes);
      g_autoptr (Server) server = server_start (answer_ok, NULL);
      g_autoptr (SmmHttp) http = client_new ("[meta]\ngraph", "http", server_get_port (server));
      g_autoptr (SmmRequest) request = make_request ("POST");
      g_autoptr (SmmResponse) response = NULL;
      gsize length = cases[i].length > 0 ? cases[i].length : 2000003 - cases[i].offset;
      ServerRequest *seen;
      const char *body;
      gsize head;

      request->body = SMM_BODY_MULTIPART;
      smm_request_set_file (request, path, "video_file_chunk", "video", "video/mp4");
      request->file_offset = cases[i].offset;
      request->file_length = cases[i].length;
      response = send_now (http, request);
      g_assert_cmpint (response->sent, ==, SMM_SENT_ANSWERED);
      seen = server_get_request (server, 0);
      body = (const char *)seen->body->data;
      head = g_strstr_len (body, MIN (seen->body->len, 4096), "Content-Type: video/mp4\r\n\r\n")
             + strlen ("Content-Type: video/mp4\r\n\r\n") - body;
      g_assert_cmpint (seen->promised, ==, seen->body->len);
      g_assert_cmpuint (seen->body->len, >, head + length);
      g_assert_cmpmem (body + head, length, bytes->data + cases[i].offset, length);
      g_assert_true (memcmp (body + head + length, "\r\n--", 4) == 0);
      g_clear_object (&http);
    }
}

static void
read_slowly (Server *server, GIOStream *stream)
{
  const char *path = server_get_data (server);
  char some[1];

  g_input_stream_read (g_io_stream_get_input_stream (stream), some, sizeof some, NULL, NULL);
  g_assert_cmpint (truncate (path, 100), ==, 0);
  server_read (server, stream);
}

/* A file that shrinks on its way breaks the request; it is never filled up. */
static void
test_upload_shrinks (void)
{
  g_autoptr (GByteArray) bytes = NULL;
  g_autofree char *path = make_file (30 * MEGABYTE, &bytes);
  g_autoptr (Server) server = server_start (read_slowly, path);
  g_autoptr (SmmHttp) http = client_new ("[meta]\ngraph", "http", server_get_port (server));
  g_autoptr (SmmRequest) request = make_request ("POST");
  g_autoptr (SmmResponse) response = NULL;

  request->body = SMM_BODY_FILE;
  smm_request_set_file (request, path, NULL, NULL, "video/mp4");
  response = send_now (http, request);
  g_assert_cmpint (response->sent, ==, SMM_SENT_MAYBE);
  g_clear_object (&http);
  g_assert_false (server_get_request (server, 0)->complete);
}

static void
never_read (Server *server, GIOStream *stream)
{
  server_sleep (server, 20000);
}

static void
answer_at_once (Server *server, GIOStream *stream)
{
  server_write (server, stream, "HTTP/1.1 500 No\r\nContent-Length: 2\r\n\r\nno");
}

static void
let_go (guint ms)
{
  gint64 until = g_get_monotonic_time () + ms * 1000;

  while (g_get_monotonic_time () < until)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (1000);
}

/* The request ends while its body is on the way: at its deadline, or by an answer that came early.
 */
static void
test_upload_ended (void)
{
  const ServerScript scripts[] = { never_read, answer_at_once };
  g_autoptr (GByteArray) bytes = NULL;
  g_autofree char *path = make_file (30 * MEGABYTE, &bytes);

  for (guint i = 0; i < 2 * G_N_ELEMENTS (scripts); i++)
    {
      g_autoptr (Server) server = server_start (scripts[i / 2], NULL);
      g_autoptr (SmmHttp) http = client_new ("[meta]\ngraph", "http", server_get_port (server));
      g_autoptr (SmmRequest) request = make_request ("POST");
      g_autoptr (SmmResponse) response = NULL;

      request->timeout_ms = 1000;
      request->body = SMM_BODY_FILE;
      smm_request_set_file (request, path, NULL, NULL, "video/mp4");
      response = send_now (http, request);
      g_assert_cmpint (response->sent, ==, SMM_SENT_MAYBE);
      /* What is still done with it, before the connections end and after. */
      if (i % 2 == 0)
        let_go (200);
      g_clear_object (&http);
      let_go (200);
    }
}

static void
test_upload_impossible (void)
{
  const struct
  {
    const char *name;
    gint64 offset, length;
  } cases[] = {
    { "pipe", 0, -1 },
    { "folder", 0, -1 },
    { "missing", 0, -1 },
    { "empty", 0, -1 },
    { "video.mp4", -1, -1 },
    { "video.mp4", 1000, -1 },
    { "video.mp4", 0, 0 },
    { "video.mp4", 0, 1001 },
    { "video.mp4", 999, 2 },
    { "video.mp4", 2000, 1 },
    { "video.mp4", G_MAXINT64, G_MAXINT64 },
    { "video.mp4", 1, G_MAXINT64 },
  };
  g_autoptr (GByteArray) bytes = NULL;
  G_GNUC_UNUSED g_autofree char *file = make_file (1000, &bytes);
  const char *folder = g_get_user_data_dir ();
  g_autofree char *pipe_path = g_build_filename (folder, "pipe", NULL);
  g_autofree char *folder_path = g_build_filename (folder, "folder", NULL);
  g_autofree char *empty_path = g_build_filename (folder, "empty", NULL);
  g_autoptr (Server) server = server_start (answer_ok, NULL);
  g_autoptr (SmmHttp) http = client_new ("[meta]\ngraph", "http", server_get_port (server));

  g_assert_cmpint (mkfifo (pipe_path, 0600), ==, 0);
  g_assert_cmpint (g_mkdir (folder_path, 0700), ==, 0);
  g_assert_true (g_file_set_contents (empty_path, "", 0, NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_build_filename (folder, cases[i].name, NULL);
      g_autoptr (SmmRequest) request = make_request ("POST");
      g_autoptr (SmmResponse) response = NULL;
      gint64 start = g_get_monotonic_time ();

      g_test_message ("%s from %" G_GINT64_FORMAT ", %" G_GINT64_FORMAT, cases[i].name,
                      cases[i].offset, cases[i].length);
      request->body = i % 2 == 0 ? SMM_BODY_FILE : SMM_BODY_MULTIPART;
      smm_request_set_file (request, path, "source", "name", "video/mp4");
      request->file_offset = cases[i].offset;
      request->file_length = cases[i].length;
      response = send_now (http, request);
      g_assert_cmpint (response->sent, ==, SMM_SENT_NOTHING);
      g_assert_cmpstr (response->error_code, ==, "file");
      g_assert_cmpfloat (seconds_since (start), <, 1);
    }
  g_assert_cmpuint (server_count_connections (server), ==, 0);
  g_clear_object (&http);
}

/* --- The ledger --- */

static void
on_ledger (SmmLedgerEntry *entry, gpointer user_data)
{
  g_ptr_array_add (user_data, g_object_ref (entry));
}

static void
test_ledger (void)
{
  const struct
  {
    ServerScript script;
    const char *result;
  } cases[]
      = { { answer_ok, "200" }, { close_after_reading, "reset" }, { stay_silent, "timeout" } };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (Server) server = server_start (cases[i].script, NULL);
      g_autoptr (SmmHttp) http = client_new ("[meta]\ngraph", "http", server_get_port (server));
      g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func (g_object_unref);
      g_autoptr (SmmRequest) request = make_request ("POST");
      g_autofree char *host = g_strdup_printf ("127.0.0.1:%u", server_get_port (server));
      g_autoptr (SmmResponse) response = NULL;
      SmmLedgerEntry *entry;

      smm_http_set_ledger (http, on_ledger, entries);
      request->purpose = g_strdup ("publish");
      request->account_id = g_strdup ("account-1");
      request->timeout_ms = 300;
      response = send_now (http, request);
      let_pass (50);
      g_assert_cmpuint (entries->len, ==, 1);
      entry = entries->pdata[0];
      g_assert_cmpstr (entry->host, ==, host);
      g_assert_cmpstr (entry->purpose, ==, "publish");
      g_assert_cmpstr (entry->account_id, ==, "account-1");
      g_assert_cmpstr (entry->result, ==, cases[i].result);
      g_assert_cmpint (entry->bytes_sent, ==, strlen ("message=Hello%20%26%20good-bye"));
      g_assert_cmpint (entry->bytes_received, ==, i == 0 ? strlen ("{\"id\":\"1\"}") : 0);
      g_clear_object (&http);
    }
}

/* --- An address that came in an answer --- */

static SmmRequest *
make_part (const char *path, char *url)
{
  SmmRequest *request = smm_request_new ("PUT", SMM_ENDPOINT_TIKTOK_API, "/upload");

  request->url = url;
  request->timeout_ms = 8000;
  request->purpose = g_strdup ("publish");
  smm_request_set_file (request, path, NULL, NULL, "video/mp4");
  request->file_offset = 1000;
  request->file_length = 2000;
  smm_request_add_header (request, "Content-Range", "bytes 1000-2999/5000");
  return request;
}

static void
test_part (void)
{
  static const char query[] = "/video/?upload_id=1&upload_token=a%2Bb~c";
  g_autoptr (GByteArray) bytes = NULL;
  g_autofree char *path = make_file (5000, &bytes);
  g_autoptr (Server) server = server_start (answer_ok, NULL);
  g_autoptr (SmmHttp) http = client_new ("[tiktok]\napi", "http", server_get_port (server));
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (SmmRequest) request = make_part (
      path, g_strdup_printf ("http://127.0.0.1:%u%s", server_get_port (server), query));
  g_autofree char *line = g_strdup_printf ("PUT %s HTTP/1.1\r\n", query);
  g_autofree char *host = g_strdup_printf ("127.0.0.1:%u", server_get_port (server));
  g_autoptr (SmmResponse) response = NULL;
  ServerRequest *seen;

  smm_http_set_ledger (http, on_ledger, entries);
  response = send_now (http, request);
  let_pass (50);
  g_assert_cmpint (response->sent, ==, SMM_SENT_ANSWERED);
  seen = server_get_request (server, 0);
  /* Letter by letter as it was given, and nobody's token goes with it. */
  g_assert_true (g_str_has_prefix (seen->head, line));
  g_assert_null (strstr (seen->head, "Authorization"));
  g_assert_null (strstr (seen->head, "chunked"));
  g_assert_nonnull (strstr (seen->head, "\r\nContent-Range: bytes 1000-2999/5000\r\n"));
  g_assert_nonnull (strstr (seen->head, "\r\nContent-Type: video/mp4\r\n"));
  g_assert_cmpint (seen->promised, ==, 2000);
  g_assert_cmpmem (seen->body->data, seen->body->len, bytes->data + 1000, 2000);
  /* The ledger knows the host, and not what lets anybody upload. */
  g_assert_cmpuint (entries->len, ==, 1);
  g_assert_cmpstr (((SmmLedgerEntry *)entries->pdata[0])->host, ==, host);
  g_clear_object (&http);
}

static void
test_part_elsewhere (void)
{
  static const char *const urls[]
      = { "https://open-upload.tiktokapis.com/video/?a=b", "http://192.0.2.1/x", "https://x/",
          "file:///etc/passwd", "" };
  g_autoptr (GByteArray) bytes = NULL;
  g_autofree char *path = make_file (5000, &bytes);
  g_autoptr (SmmHttp) http = client_new ("[tiktok]\napi", "http", 9);

  for (gsize i = 0; i < G_N_ELEMENTS (urls); i++)
    {
      g_autoptr (SmmRequest) request = make_part (path, g_strdup (urls[i]));
      g_autoptr (SmmResponse) response = send_now (http, request);

      g_assert_cmpint (response->sent, ==, SMM_SENT_NOTHING);
      g_assert_cmpstr (response->error_code, ==, "endpoint");
      g_assert_null (strstr (response->error, "tiktokapis"));
    }
}

/* Nothing but the person who asks repeats a part. */
static void
test_part_once (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr (GByteArray) bytes = NULL;
  g_autofree char *path = make_file (5000, &bytes);
  g_autoptr (Server) server = server_start (once_cases[i].script, NULL);
  g_autoptr (SmmHttp) http = client_new ("[tiktok]\napi", "http", server_get_port (server));
  g_autoptr (SmmRequest) request
      = make_part (path, g_strdup_printf ("http://127.0.0.1:%u/x", server_get_port (server)));
  g_autoptr (SmmRequest) before = smm_request_new ("GET", SMM_ENDPOINT_TIKTOK_API, "/x");
  g_autoptr (SmmResponse) response = NULL;

  before->timeout_ms = 8000;
  if (once_cases[i].reused)
    {
      g_autoptr (SmmResponse) first = send_now (http, before);

      g_assert_cmpint (first->sent, ==, SMM_SENT_ANSWERED);
    }
  response = send_now (http, request);
  let_pass (250);
  g_assert_cmpuint (server_count_requests (server, "PUT"), <=, 1);
  g_clear_object (&http);
}

#define ADD_CASES(cases, folder, func)                                                             \
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)                                                 \
    {                                                                                              \
      g_autofree char *path = g_strconcat ("/http/" folder "/", cases[i].name, NULL);              \
                                                                                                   \
      g_test_add_data_func (path, GSIZE_TO_POINTER (i), func);                                     \
    }

int
main (int argc, char **argv)
{
  /* The desktop's proxy settings are none of these tests' business. */
  g_setenv ("GIO_USE_PROXY_RESOLVER", "dummy", TRUE);
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/http/answered", test_answered);
  ADD_CASES (once_cases, "post-once", test_post_once);
  ADD_CASES (deadline_cases, "deadline", test_deadline);
  ADD_CASES (large_cases, "large", test_large);
  g_test_add_func ("/http/reply-limit", test_reply_limit);
  g_test_add_func ("/http/lying-length", test_lying_length);
  g_test_add_func ("/http/packed", test_packed);
  g_test_add_func ("/http/retry-after", test_retry_after);
  g_test_add_func ("/http/redirect", test_redirect);
  g_test_add_func ("/http/self-signed", test_self_signed);
  g_test_add_func ("/http/no-tls", test_no_tls);
  g_test_add_func ("/http/refused", test_refused);
  g_test_add_func ("/http/no-endpoint", test_no_endpoint);
  g_test_add_func ("/http/cancelled-before", test_cancelled_before);
  g_test_add_func ("/http/cancelled-waiting", test_cancelled_waiting);
  g_test_add_func ("/http/upload/file", test_upload_file);
  g_test_add_func ("/http/upload/multipart", test_upload_multipart);
  g_test_add_func ("/http/upload/chunk", test_upload_chunk);
  g_test_add_func ("/http/upload/shrinks", test_upload_shrinks);
  g_test_add_func ("/http/upload/ended", test_upload_ended);
  g_test_add_func ("/http/upload/impossible", test_upload_impossible);
  g_test_add_func ("/http/part", test_part);
  g_test_add_func ("/http/part-elsewhere", test_part_elsewhere);
  ADD_CASES (once_cases, "part-once", test_part_once);
  g_test_add_func ("/http/ledger", test_ledger);

  return g_test_run ();
}

/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * What a request meets on its way to a server and over a connection that was used before: nothing
 * with an effect is sent twice, whatever dies when, and every wait ends at the deadline.
 */

#include "config.h"

#include "client.h"
#include "scripted-server.h"

#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define TOKEN "EAAB-token-of-nobody"
#define MAX_CONNECTIONS 64

/* --- A connection used before dies --- */

typedef struct
{
  GMutex mutex;
  guint n_heads; /* of requests that are not the first */
  guint n_open;
} Seen;

typedef enum
{
  READ_NOTHING, /* but see that there is something */
  READ_HEAD,
  READ_ALL,
} HowMuch;

typedef struct
{
  const char *name;
  HowMuch how_much;
  gboolean reset;
} Death;

static const Death deaths[] = {
  { "closed unread", READ_NOTHING, FALSE },      { "reset unread", READ_NOTHING, TRUE },
  { "closed after the head", READ_HEAD, FALSE }, { "reset after the head", READ_HEAD, TRUE },
  { "closed after reading", READ_ALL, FALSE },   { "reset after reading", READ_ALL, TRUE },
};

static const struct
{
  const char *method;
  SmmBody body;
} requests[] = {
  { "POST", SMM_BODY_FORM }, { "POST", SMM_BODY_FILE }, { "POST", SMM_BODY_NONE },
  { "PUT", SMM_BODY_FILE },  { "PUT", SMM_BODY_NONE },  { "DELETE", SMM_BODY_NONE },
};

static const Death *death;
static Seen seen;

static gboolean
read_head (GIOStream *stream)
{
  g_autoptr (GString) head = g_string_new (NULL);
  char c;

  while (!g_str_has_suffix (head->str, "\r\n\r\n"))
    if (g_input_stream_read (g_io_stream_get_input_stream (stream), &c, 1, NULL, NULL) != 1)
      return FALSE;
    else
      g_string_append_c (head, c);
  return TRUE;
}

/* The first connection answers once and then dies as told; every other one answers everything: a
 * repetition would succeed, and be seen. */
static void
die_used (Server *server, GIOStream *stream)
{
  struct pollfd wait
      = { g_socket_get_fd (g_socket_connection_get_socket (G_SOCKET_CONNECTION (stream))), POLLIN,
          0 };
  gboolean first;

  g_mutex_lock (&seen.mutex);
  first = seen.n_open++ == 0;
  g_mutex_unlock (&seen.mutex);
  if (first && server_read (server, stream))
    server_answer (server, stream, "200 OK", "{}");
  else
    {
      while (server_read (server, stream))
        {
          g_mutex_lock (&seen.mutex);
          seen.n_heads++;
          g_mutex_unlock (&seen.mutex);
          server_answer (server, stream, "200 OK", "{}");
        }
      return;
    }
  poll (&wait, 1, 10000);
  if (death->how_much == READ_ALL ? server_read (server, stream)
                                  : death->how_much == READ_HEAD && read_head (stream))
    {
      g_mutex_lock (&seen.mutex);
      seen.n_heads++;
      g_mutex_unlock (&seen.mutex);
    }
  if (death->reset)
    server_reset (stream);
}

static void
test_once (gconstpointer data)
{
  death = &deaths[GPOINTER_TO_SIZE (data)];
  for (guint i = 0; i < G_N_ELEMENTS (requests); i++)
    {
      g_autoptr (Server) server = server_start (die_used, NULL);
      g_autoptr (SmmHttp) http = client_new ("[meta]\ngraph", "http", server_get_port (server));
      g_autoptr (SmmRequest) before = client_make_request ("GET", SMM_BODY_NONE);
      g_autoptr (SmmRequest) request = client_make_request (requests[i].method, requests[i].body);
      g_autoptr (SmmResponse) first = NULL;
      g_autoptr (SmmResponse) response = NULL;
      g_autoptr (SmmResponse) next = NULL;

      g_test_message ("%s, body %d", requests[i].method, requests[i].body);
      seen.n_heads = seen.n_open = 0;
      first = client_send (http, before, TOKEN);
      g_assert_cmpint (first->sent, ==, SMM_SENT_ANSWERED);
      response = client_send (http, request, TOKEN);
      g_assert_cmpint (response->sent, ==, SMM_SENT_MAYBE);
      g_assert_cmpstr (response->error_code, ==, "reset");
      client_let_pass (100);
      g_assert_cmpuint (seen.n_heads, ==, death->how_much == READ_NOTHING ? 0 : 1);
      g_assert_cmpuint (server_count_connections (server), ==, 1);
      /* And the next one goes out as if nothing had been. */
      next = client_send (http, request, TOKEN);
      g_assert_cmpint (next->sent, ==, SMM_SENT_ANSWERED);
      g_clear_object (&http);
    }
}

/* What has no effect is asked again. */
static void
test_question (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (deaths); i++)
    {
      g_autoptr (Server) server = server_start (die_used, NULL);
      g_autoptr (SmmHttp) http = client_new ("[meta]\ngraph", "http", server_get_port (server));
      g_autoptr (SmmRequest) request = client_make_request ("GET", SMM_BODY_NONE);
      g_autoptr (SmmResponse) first = NULL;
      g_autoptr (SmmResponse) response = NULL;

      death = &deaths[i];
      seen.n_heads = seen.n_open = 0;
      first = client_send (http, request, TOKEN);
      response = client_send (http, request, TOKEN);
      g_assert_cmpint (response->sent, ==, SMM_SENT_ANSWERED);
      g_assert_cmpuint (server_count_connections (server), ==, 2);
      g_clear_object (&http);
    }
}

/* --- Connections are used again, and are not too many --- */

static void
answer_ok (Server *server, GIOStream *stream)
{
  while (server_read (server, stream))
    server_answer (server, stream, "200 OK", "{}");
}

static void
test_reuse (void)
{
  g_autoptr (Server) server = server_start (answer_ok, NULL);
  g_autoptr (SmmHttp) http = client_new ("[meta]\ngraph", "http", server_get_port (server));
  SmmResponse *responses[10] = { NULL };

  for (guint round = 0; round < 5; round++)
    {
      for (guint i = 0; i < G_N_ELEMENTS (responses); i++)
        {
          g_autoptr (SmmRequest) request
              = client_make_request (i % 2 == 0 ? "POST" : "PUT", SMM_BODY_FILE);

          smm_http_send_async (http, request, TOKEN, NULL, client_on_sent, &responses[i]);
        }
      g_assert_cmpuint (smm_http_get_n_pending (http), ==, G_N_ELEMENTS (responses));
      while (smm_http_get_n_pending (http) > 0)
        g_main_context_iteration (NULL, TRUE);
      for (guint i = 0; i < G_N_ELEMENTS (responses); i++)
        {
          g_assert_cmpint (responses[i]->sent, ==, SMM_SENT_ANSWERED);
          g_clear_pointer (&responses[i], smm_response_unref);
        }
    }
  g_assert_cmpuint (server_count_connections (server), <=, G_N_ELEMENTS (responses));
  g_clear_object (&http);
}

static int
listen_here (int backlog, guint16 *port)
{
  int fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  g_autoptr (GSocket) opened = g_socket_new_from_fd (fd, NULL);
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) bound = NULL;

  g_socket_set_listen_backlog (opened, backlog);
  g_assert_true (g_socket_bind (opened, address, TRUE, NULL));
  g_assert_true (g_socket_listen (opened, NULL));
  bound = g_socket_get_local_address (opened, NULL);
  *port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound));
  return fcntl (fd, F_DUPFD_CLOEXEC, 3);
}

/* Those that wait for a connection end at their deadline as well, and were not sent. */
static void
test_too_many (void)
{
  guint16 port;
  int listener = listen_here (2 * MAX_CONNECTIONS, &port);
  g_autoptr (SmmHttp) http = client_new ("[meta]\ngraph", "http", port);
  g_autoptr (GArray) accepted = g_array_new (FALSE, FALSE, sizeof (int));
  SmmResponse *responses[MAX_CONNECTIONS + 10] = { NULL };
  guint n_unsent = 0;
  int fd;

  for (guint i = 0; i < G_N_ELEMENTS (responses); i++)
    {
      g_autoptr (SmmRequest) request = client_make_request ("POST", SMM_BODY_FORM);

      request->timeout_ms = i < MAX_CONNECTIONS ? 2500 : 1000;
      smm_http_send_async (http, request, TOKEN, NULL, client_on_sent, &responses[i]);
    }
  while (smm_http_get_n_pending (http) > 0)
    {
      g_main_context_iteration (NULL, TRUE);
      while ((fd = accept (listener, NULL, NULL)) >= 0)
        g_array_append_val (accepted, fd);
    }
  for (guint i = 0; i < G_N_ELEMENTS (responses); i++)
    {
      g_assert_cmpstr (responses[i]->error_code, ==, "timeout");
      n_unsent += responses[i]->sent == SMM_SENT_NOTHING;
      smm_response_unref (responses[i]);
    }
  g_assert_cmpuint (n_unsent, ==, 10);
  g_assert_cmpuint (accepted->len, ==, MAX_CONNECTIONS);
  for (guint i = 0; i < accepted->len; i++)
    close (g_array_index (accepted, int, i));
  close (listener);
}

/* --- The deadline before there is a connection --- */

/* Whose queue is full, answers no call. */
static void
test_deadline_connecting (void)
{
  guint16 port;
  int listener = listen_here (0, &port);
  g_autoptr (SmmHttp) http = client_new ("[meta]\ngraph", "http", port);
  g_autoptr (SmmRequest) filler = client_make_request ("GET", SMM_BODY_NONE);
  g_autoptr (SmmRequest) request = client_make_request ("POST", SMM_BODY_FORM);
  g_autoptr (SmmResponse) response = NULL;
  SmmResponse *others[8] = { NULL };
  gint64 start;

  filler->timeout_ms = 1500;
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    smm_http_send_async (http, filler, TOKEN, NULL, client_on_sent, &others[i]);
  client_let_pass (200);
  request->timeout_ms = 400;
  start = g_get_monotonic_time ();
  response = client_send (http, request, TOKEN);
  g_assert_cmpint (response->sent, ==, SMM_SENT_NOTHING);
  g_assert_cmpstr (response->error_code, ==, "timeout");
  g_assert_cmpint (g_get_monotonic_time () - start, <, 5 * G_USEC_PER_SEC);
  while (smm_http_get_n_pending (http) > 0)
    g_main_context_iteration (NULL, TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    smm_response_unref (others[i]);
  close (listener);
}

/* --- The desktop's name service and proxies, as the test wants them --- */

#define TEST_TYPE_RESOLVER (test_resolver_get_type ())
G_DECLARE_FINAL_TYPE (TestResolver, test_resolver, TEST, RESOLVER, GResolver)
struct _TestResolver
{
  GResolver parent_instance;
  guint n_asked, n_ended;
};
G_DEFINE_FINAL_TYPE (TestResolver, test_resolver, G_TYPE_RESOLVER)

static gboolean
on_given_up (GCancellable *cancellable, gpointer user_data)
{
  GTask *task = user_data;

  TEST_RESOLVER (g_task_get_source_object (task))->n_ended++;
  g_task_return_error_if_cancelled (task);
  return G_SOURCE_REMOVE;
}

/* "slow.example" is looked up until whoever asks gives up; "two.example" has two addresses; nothing
 * else is known. */
static void
look_up (GResolver *resolver, const char *name, GCancellable *cancellable,
         GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (resolver, cancellable, callback, user_data);
  g_autoptr (GSource) source = NULL;

  TEST_RESOLVER (resolver)->n_asked++;
  if (strcmp (name, "two.example") == 0)
    {
      GList *addresses = g_list_append (NULL, g_inet_address_new_from_string ("::1"));

      addresses = g_list_append (addresses, g_inet_address_new_from_string ("127.0.0.1"));
      g_task_return_pointer (task, addresses, NULL);
      return;
    }
  if (strcmp (name, "slow.example") != 0)
    {
      g_task_return_new_error (task, G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND, "none");
      return;
    }
  source = g_cancellable_source_new (cancellable);
  g_task_attach_source (task, source, G_SOURCE_FUNC (on_given_up));
}

static GList *
look_up_finish (GResolver *resolver, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
test_resolver_class_init (TestResolverClass *klass)
{
  G_RESOLVER_CLASS (klass)->lookup_by_name_async = look_up;
  G_RESOLVER_CLASS (klass)->lookup_by_name_finish = look_up_finish;
}

static void
test_resolver_init (TestResolver *self)
{
}

#define TEST_TYPE_PROXIES (test_proxies_get_type ())
G_DECLARE_FINAL_TYPE (TestProxies, test_proxies, TEST, PROXIES, GObject)
struct _TestProxies
{
  GObject parent_instance;
  char *proxy;
  char *asked;
};
static void test_proxies_resolver_init (GProxyResolverInterface *iface);
G_DEFINE_TYPE_WITH_CODE (TestProxies, test_proxies, G_TYPE_OBJECT,
                         G_IMPLEMENT_INTERFACE (G_TYPE_PROXY_RESOLVER, test_proxies_resolver_init))

static void
find_proxy (GProxyResolver *resolver, const char *uri, GCancellable *cancellable,
            GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (resolver, cancellable, callback, user_data);
  TestProxies *self = TEST_PROXIES (resolver);
  const char *proxies[] = { self->proxy, "direct://", NULL };

  g_free (self->asked);
  self->asked = g_strdup (uri);
  g_task_return_pointer (task, g_strdupv ((char **)proxies), (GDestroyNotify)g_strfreev);
}

static char **
find_proxy_finish (GProxyResolver *resolver, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static gboolean
is_supported (GProxyResolver *resolver)
{
  return TRUE;
}

static void
test_proxies_resolver_init (GProxyResolverInterface *iface)
{
  iface->is_supported = is_supported;
  iface->lookup_async = find_proxy;
  iface->lookup_finish = find_proxy_finish;
}

static void
test_proxies_finalize (GObject *object)
{
  TestProxies *self = TEST_PROXIES (object);

  g_free (self->proxy);
  g_free (self->asked);
  G_OBJECT_CLASS (test_proxies_parent_class)->finalize (object);
}

static void
test_proxies_class_init (TestProxiesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = test_proxies_finalize;
}

static void
test_proxies_init (TestProxies *self)
{
}

static TestResolver *names;
static TestProxies *proxies;

static void set_proxy (const char *format, ...) G_GNUC_PRINTF (1, 2);

static void
set_proxy (const char *format, ...)
{
  va_list args;

  va_start (args, format);
  g_free (proxies->proxy);
  proxies->proxy = g_strdup_vprintf (format, args);
  va_end (args);
}

static SmmResponse *
ask_stranger (const char *host, gboolean outside, GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SmmEndpoints) endpoints = smm_endpoints_new_default (&error);
  g_autoptr (SmmHttp) http = smm_http_new (endpoints);
  g_autoptr (SmmRequest) request = smm_request_new ("PUT", SMM_ENDPOINT_WEB_SPACE, "%s", "");
  SmmResponse *response = NULL;

  g_assert_no_error (error);
  request->url = g_strdup_printf ("https://%s/secret/place?key=value", host);
  request->timeout_ms = 600;
  smm_request_add_header (request, "Authorization", "Basic " TOKEN);
  if (outside)
    smm_http_send_outside_async (http, request, cancellable, client_on_sent, &response);
  else
    smm_http_send_async (http, request, NULL, cancellable, client_on_sent, &response);
  while (response == NULL)
    g_main_context_iteration (NULL, TRUE);
  return response;
}

static gboolean
on_cancel_time (gpointer user_data)
{
  g_cancellable_cancel (user_data);
  return G_SOURCE_REMOVE;
}

/* A name service that says nothing holds nobody up, and is not asked on. */
static void
test_names (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (SmmResponse) late = NULL;
  g_autoptr (SmmResponse) cancelled = NULL;
  g_autoptr (SmmResponse) unknown = NULL;

  set_proxy ("direct://");
  names->n_asked = names->n_ended = 0;
  late = ask_stranger ("slow.example", FALSE, NULL);
  g_assert_cmpint (late->sent, ==, SMM_SENT_NOTHING);
  g_assert_cmpstr (late->error_code, ==, "timeout");
  g_timeout_add (100, on_cancel_time, cancellable);
  cancelled = ask_stranger ("slow.example", TRUE, cancellable);
  g_assert_cmpint (cancelled->sent, ==, SMM_SENT_NOTHING);
  g_assert_cmpstr (cancelled->error_code, ==, "cancelled");
  unknown = ask_stranger ("nowhere.example", FALSE, NULL);
  g_assert_cmpint (unknown->sent, ==, SMM_SENT_NOTHING);
  g_assert_cmpstr (unknown->error_code, ==, "dns");
  client_let_pass (50);
  g_assert_cmpuint (names->n_asked, ==, 3);
  g_assert_cmpuint (names->n_ended, ==, 2);
}

static void
say_nothing (Server *server, GIOStream *stream)
{
  server_read (server, stream);
  server_sleep (server, 20000);
}

/* Where the first address leads nowhere, the second is tried; outside, neither. */
static void
test_two_addresses (void)
{
  g_autoptr (Server) server = server_start (say_nothing, NULL);
  g_autofree char *host = g_strdup_printf ("two.example:%u", server_get_port (server));
  g_autoptr (SmmResponse) response = NULL;
  g_autoptr (SmmResponse) outside = NULL;

  set_proxy ("direct://");
  outside = ask_stranger (host, TRUE, NULL);
  g_assert_cmpstr (outside->error_code, ==, "private");
  g_assert_cmpuint (server_count_connections (server), ==, 0);
  response = ask_stranger (host, FALSE, NULL);
  g_assert_cmpint (response->sent, ==, SMM_SENT_NOTHING);
  g_assert_cmpstr (response->error_code, ==, "timeout");
  g_assert_cmpuint (server_count_connections (server), ==, 1);
}

/* --- A proxy --- */

static void
refuse_tunnel (Server *server, GIOStream *stream)
{
  while (server_read (server, stream))
    server_answer (server, stream, "403 Forbidden\r\nSet-Cookie: a=b", "no");
}

static void
break_tunnel (Server *server, GIOStream *stream)
{
  server_read (server, stream);
  server_write (server, stream, "HTTP/1.1 200 Connected\r\n\r\n");
}

static void
ask_for_password (Server *server, GIOStream *stream)
{
  while (server_read (server, stream))
    server_answer (server, stream, "407 Who are you\r\nProxy-Authenticate: Basic realm=\"proxy\"",
                   "no");
}

static void
test_proxy (void)
{
  static const struct
  {
    ServerScript script;
    const char *code;
  } cases[] = {
    { refuse_tunnel, "connect" },
    { ask_for_password, "connect" },
    { break_tunnel, "tls" },
    { say_nothing, "timeout" },
  };

  for (guint i = 0; i < 2 * G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (Server) server = server_start (cases[i / 2].script, NULL);
      g_autoptr (SmmResponse) response = NULL;
      ServerRequest *tunnel;

      set_proxy ("http://127.0.0.1:%u", server_get_port (server));
      names->n_asked = 0;
      /* Where a proxy leads is the proxy's to judge. */
      response = ask_stranger ("brand.example", i % 2 == 1, NULL);
      g_assert_cmpint (response->sent, ==, SMM_SENT_NOTHING);
      g_assert_cmpstr (response->error_code, ==, cases[i / 2].code);
      g_assert_cmpstr (proxies->asked, ==, "https://brand.example:443/");
      g_assert_cmpuint (names->n_asked, ==, 0);
      g_assert_cmpuint (server_count_connections (server), ==, 1);
      /* It learns where to, and nothing else. */
      tunnel = server_get_request (server, 0);
      g_assert_true (g_str_has_prefix (tunnel->head, "CONNECT brand.example:443 HTTP/1.1\r\n"));
      g_assert_null (strstr (tunnel->head, "Authorization"));
      g_assert_null (strstr (tunnel->head, "secret"));
    }
}

/* Kinds of proxies, and none that is known. */
static void
test_proxy_kinds (void)
{
  g_autoptr (Server) server = server_start (say_nothing, NULL);
  g_autoptr (SmmResponse) socks = NULL;
  g_autoptr (SmmResponse) unknown = NULL;
  g_autoptr (SmmResponse) elsewhere = NULL;

  set_proxy ("socks://127.0.0.1:%u", server_get_port (server));
  names->n_asked = 0;
  socks = ask_stranger ("brand.example", FALSE, NULL);
  g_assert_cmpint (socks->sent, ==, SMM_SENT_NOTHING);
  g_assert_cmpstr (socks->error_code, ==, "timeout");
  g_assert_cmpuint (server_count_connections (server), ==, 1);
  g_assert_cmpuint (names->n_asked, ==, 0);
  /* The next of the list is taken, which is none. */
  set_proxy ("carrier-pigeon://127.0.0.1:%u", server_get_port (server));
  unknown = ask_stranger ("brand.example", FALSE, NULL);
  g_assert_cmpstr (unknown->error_code, ==, "dns");
  g_assert_cmpuint (names->n_asked, ==, 1);
  set_proxy ("http://proxy.example:3128");
  elsewhere = ask_stranger ("brand.example", FALSE, NULL);
  g_assert_cmpstr (elsewhere->error_code, ==, "dns");
  g_assert_cmpuint (server_count_connections (server), ==, 1);
}

#define ADD_CASES(cases, folder, func)                                                             \
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)                                                 \
    {                                                                                              \
      g_autofree char *path = g_strconcat ("/connections/" folder "/", cases[i].name, NULL);       \
                                                                                                   \
      g_test_add_data_func (path, GSIZE_TO_POINTER (i), func);                                     \
    }

int
main (int argc, char **argv)
{
  int result;

  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_unsetenv ("SMM_ENDPOINTS");
  /* Nobody's environment moves a request. */
  g_setenv ("https_proxy", "http://127.0.0.1:9", TRUE);
  g_setenv ("http_proxy", "http://127.0.0.1:9", TRUE);
  g_setenv ("all_proxy", "http://127.0.0.1:9", TRUE);
  names = g_object_new (TEST_TYPE_RESOLVER, NULL);
  g_resolver_set_default (G_RESOLVER (names));
  g_setenv ("GIO_USE_PROXY_RESOLVER", "test", TRUE);
  g_io_extension_point_register (G_PROXY_RESOLVER_EXTENSION_POINT_NAME);
  g_io_extension_point_implement (G_PROXY_RESOLVER_EXTENSION_POINT_NAME, TEST_TYPE_PROXIES, "test",
                                  100);
  proxies = TEST_PROXIES (g_proxy_resolver_get_default ());

  ADD_CASES (deaths, "once", test_once);
  g_test_add_func ("/connections/question", test_question);
  g_test_add_func ("/connections/reuse", test_reuse);
  g_test_add_func ("/connections/too-many", test_too_many);
  g_test_add_func ("/connections/deadline-connecting", test_deadline_connecting);
  g_test_add_func ("/connections/names", test_names);
  g_test_add_func ("/connections/two-addresses", test_two_addresses);
  g_test_add_func ("/connections/proxy", test_proxy);
  g_test_add_func ("/connections/proxy-kinds", test_proxy_kinds);
  result = g_test_run ();
  g_object_unref (names);
  return result;
}

/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * HTTP/2 over TLS, as the platforms speak it: many requests on one connection, and none of them
 * sent twice when it, or its stream, dies. The server here knows just enough of RFC 9113 for that.
 */

#include "config.h"

#include "client.h"
#include "scripted-server.h"

#include <string.h>

#define DATA 0
#define HEADERS 1
#define RST_STREAM 3
#define SETTINGS 4
#define PING 6
#define GOAWAY 7
#define END_STREAM 1
#define ACK 1
#define END_HEADERS 4
#define NO_STREAM 0
#define INTERNAL_ERROR 2
#define REFUSED_STREAM 7
#define HTTP_1_1_REQUIRED 13

static GTlsCertificate *certificate, *wrong_certificate;

/* --- The server --- */

typedef enum
{
  DO_ANSWER,
  DO_HOLD, /* say nothing, once */
  DO_CLOSE,
  DO_FAIL,    /* the stream */
  DO_REFUSE,  /* the stream: the server says it has done nothing */
  DO_LEAVE,   /* the connection: as above */
  DO_SEND_ON, /* to HTTP/1.1 */
} Deed;

typedef struct
{
  Deed deed;
  GMutex mutex;
  guint n_whole; /* requests that came in whole, but for the first of the first connection */
  guint n_started;
  gboolean held;
} Plan;

static void
put32 (guint8 *at, guint32 value)
{
  value = GUINT32_TO_BE (value);
  memcpy (at, &value, 4);
}

static gboolean
write_frame (Server *server, GIOStream *stream, guint8 type, guint8 flags, guint32 id,
             const void *payload, guint length)
{
  guint8 frame[64];

  g_assert_cmpuint (length, <=, sizeof frame - 9);
  put32 (frame, length << 8);
  frame[3] = type;
  frame[4] = flags;
  put32 (frame + 5, id);
  if (length > 0)
    memcpy (frame + 9, payload, length);
  return server_write_bytes (server, stream, frame, 9 + length);
}

static void
answer (Server *server, GIOStream *stream, guint32 id)
{
  /* ":status: 200" of HPACK's table. */
  write_frame (server, stream, HEADERS, END_HEADERS, id, "\x88", 1);
  write_frame (server, stream, DATA, END_STREAM, id, "{}", 2);
}

static void
reset_stream (Server *server, GIOStream *stream, guint32 id, guint32 why)
{
  guint8 code[4];

  put32 (code, why);
  write_frame (server, stream, RST_STREAM, 0, id, code, sizeof code);
}

/* FALSE: the connection ends. */
static gboolean
do_deed (Server *server, GIOStream *stream, guint32 id, Deed deed)
{
  guint8 last[8] = { 0 };

  switch (deed)
    {
    case DO_CLOSE:
      return FALSE;
    case DO_FAIL:
      reset_stream (server, stream, id, INTERNAL_ERROR);
      return TRUE;
    case DO_REFUSE:
      reset_stream (server, stream, id, REFUSED_STREAM);
      return TRUE;
    case DO_SEND_ON:
      reset_stream (server, stream, id, HTTP_1_1_REQUIRED);
      return TRUE;
    case DO_LEAVE:
      put32 (last, id - 2);
      write_frame (server, stream, GOAWAY, 0, NO_STREAM, last, sizeof last);
      return TRUE;
    case DO_ANSWER:
    default:
      answer (server, stream, id);
      return TRUE;
    }
}

static gboolean
read_exactly (GIOStream *stream, void *to, gsize n)
{
  gsize got;

  return g_input_stream_read_all (g_io_stream_get_input_stream (stream), to, n, &got, NULL, NULL)
         && got == n;
}

/* The plan's deed is done to every request but the first of the first connection. */
static gboolean
take_request (Server *server, GIOStream *stream, guint32 id)
{
  Plan *plan = server_get_data (server);
  gboolean first = FALSE;

  g_mutex_lock (&plan->mutex);
  if (plan->n_started++ == 0)
    first = TRUE;
  else
    plan->n_whole++;
  if (!first && plan->deed == DO_HOLD && !plan->held)
    {
      plan->held = TRUE;
      g_mutex_unlock (&plan->mutex);
      return TRUE;
    }
  g_mutex_unlock (&plan->mutex);
  return do_deed (server, stream, id, first ? DO_ANSWER : plan->deed);
}

static void
speak (Server *server, GIOStream *stream)
{
  static const char *const protocols[] = { "h2", NULL };
  guint8 head[24], payload[16384];

  g_tls_connection_set_advertised_protocols (G_TLS_CONNECTION (stream), protocols);
  if (!read_exactly (stream, head, 24) || memcmp (head, "PRI * HTTP/2.0", 14) != 0)
    return;
  write_frame (server, stream, SETTINGS, 0, NO_STREAM, NULL, 0);
  while (read_exactly (stream, head, 9))
    {
      guint32 length = head[0] << 16 | head[1] << 8 | head[2];
      guint32 id = head[5] << 24 | head[6] << 16 | head[7] << 8 | head[8];
      guint8 type = head[3], flags = head[4];

      if (length > sizeof payload || !read_exactly (stream, payload, length))
        return;
      if (type == SETTINGS && (flags & ACK) == 0)
        write_frame (server, stream, SETTINGS, ACK, NO_STREAM, NULL, 0);
      else if (type == PING && (flags & ACK) == 0)
        write_frame (server, stream, PING, ACK, NO_STREAM, payload, length);
      else if (type == GOAWAY)
        return;
      else if ((type == HEADERS || type == DATA) && (flags & END_STREAM) != 0
               && !take_request (server, stream, id))
        return;
    }
}

/* --- Requests --- */

/* A sender that trusts only @authority. */
static SmmHttp *
make_http (guint16 port, GTlsCertificate *authority)
{
  SmmHttp *http = client_new ("[meta]\ngraph", "https", port);
  g_autofree char *path = g_build_filename (g_get_user_data_dir (), "authority.pem", NULL);
  g_autofree char *pem = NULL;

  g_object_get (authority, "certificate-pem", &pem, NULL);
  g_assert_true (g_file_set_contents (path, pem, -1, NULL));
  smm_http_set_authorities (http, path);
  return http;
}

/* --- The tests --- */

static void
test_one_connection (void)
{
  Plan plan = { DO_ANSWER };
  g_autoptr (Server) server = server_start (speak, &plan);
  g_autoptr (SmmHttp) http = NULL;
  SmmResponse *responses[30] = { NULL };

  server_set_certificate (server, certificate);
  http = make_http (server_get_port (server), certificate);
  for (guint round = 0; round < 2; round++)
    {
      for (guint i = 0; i < G_N_ELEMENTS (responses); i++)
        {
          g_autoptr (SmmRequest) request = client_make_request ("POST", SMM_BODY_FORM);

          smm_http_send_async (http, request, NULL, NULL, client_on_sent, &responses[i]);
        }
      while (smm_http_get_n_pending (http) > 0)
        g_main_context_iteration (NULL, TRUE);
      for (guint i = 0; i < G_N_ELEMENTS (responses); i++)
        {
          g_assert_cmpint (responses[i]->sent, ==, SMM_SENT_ANSWERED);
          g_assert_cmpuint (responses[i]->status, ==, 200);
          g_assert_cmpuint (g_bytes_get_size (responses[i]->body), ==, 2);
          g_clear_pointer (&responses[i], smm_response_unref);
        }
    }
  g_assert_cmpuint (plan.n_started, ==, 2 * G_N_ELEMENTS (responses));
  g_assert_cmpuint (server_count_connections (server), ==, 1);
  g_clear_object (&http);
}

/* One that ends at its deadline leaves the others alone. */
static void
test_deadline (void)
{
  Plan plan = { DO_HOLD };
  g_autoptr (Server) server = server_start (speak, &plan);
  g_autoptr (SmmHttp) http = NULL;
  g_autoptr (SmmRequest) request = client_make_request ("POST", SMM_BODY_FORM);
  g_autoptr (SmmRequest) short_one = client_make_request ("POST", SMM_BODY_FORM);
  g_autoptr (SmmResponse) first = NULL;
  g_autoptr (SmmResponse) late = NULL;
  g_autoptr (SmmResponse) next = NULL;

  server_set_certificate (server, certificate);
  http = make_http (server_get_port (server), certificate);
  first = client_send (http, request, NULL);
  short_one->timeout_ms = 300;
  late = client_send (http, short_one, NULL);
  g_assert_cmpint (late->sent, ==, SMM_SENT_MAYBE);
  g_assert_cmpstr (late->error_code, ==, "timeout");
  next = client_send (http, request, NULL);
  g_assert_cmpint (next->sent, ==, SMM_SENT_ANSWERED);
  g_assert_cmpuint (plan.n_whole, ==, 2);
  g_assert_cmpuint (server_count_connections (server), ==, 1);
  g_clear_object (&http);
}

static void
answer_old (Server *server, GIOStream *stream)
{
  while (server_read (server, stream))
    server_answer (server, stream, "200 OK", "{}");
}

/* Those that waited to learn whether the first connection takes them all, get their own. */
static void
test_only_http1 (void)
{
  g_autoptr (Server) server = server_start (answer_old, NULL);
  g_autoptr (SmmHttp) http = NULL;
  SmmResponse *responses[10] = { NULL };

  server_set_certificate (server, certificate);
  http = make_http (server_get_port (server), certificate);
  for (guint i = 0; i < G_N_ELEMENTS (responses); i++)
    {
      g_autoptr (SmmRequest) request = client_make_request ("POST", SMM_BODY_FORM);

      smm_http_send_async (http, request, NULL, NULL, client_on_sent, &responses[i]);
    }
  while (smm_http_get_n_pending (http) > 0)
    g_main_context_iteration (NULL, TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (responses); i++)
    {
      g_assert_cmpint (responses[i]->sent, ==, SMM_SENT_ANSWERED);
      smm_response_unref (responses[i]);
    }
  g_assert_cmpuint (server_count_requests (server, "POST"), ==, G_N_ELEMENTS (responses));
  g_clear_object (&http);
}

static const struct
{
  const char *name;
  Deed deed;
} deaths[] = {
  { "closed", DO_CLOSE },        { "stream failed", DO_FAIL },     { "stream refused", DO_REFUSE },
  { "server leaves", DO_LEAVE }, { "sent on to 1.1", DO_SEND_ON },
};

static const struct
{
  const char *method;
  SmmBody body;
} requests[] = {
  { "POST", SMM_BODY_FORM }, { "POST", SMM_BODY_FILE }, { "POST", SMM_BODY_NONE },
  { "PUT", SMM_BODY_FILE },  { "PUT", SMM_BODY_NONE },  { "DELETE", SMM_BODY_NONE },
};

static void
test_once (gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (requests); i++)
    {
      Plan plan = { deaths[GPOINTER_TO_SIZE (data)].deed };
      g_autoptr (Server) server = server_start (speak, &plan);
      g_autoptr (SmmHttp) http = NULL;
      g_autoptr (SmmRequest) before = client_make_request ("GET", SMM_BODY_NONE);
      g_autoptr (SmmRequest) request = client_make_request (requests[i].method, requests[i].body);
      g_autoptr (SmmResponse) first = NULL;
      g_autoptr (SmmResponse) response = NULL;

      g_test_message ("%s, body %d", requests[i].method, requests[i].body);
      server_set_certificate (server, certificate);
      http = make_http (server_get_port (server), certificate);
      first = client_send (http, before, NULL);
      g_assert_cmpint (first->sent, ==, SMM_SENT_ANSWERED);
      response = client_send (http, request, NULL);
      g_assert_cmpint (response->sent, ==, SMM_SENT_MAYBE);
      g_assert_cmpstr (response->error_code, ==, "reset");
      client_let_pass (100);
      g_assert_cmpuint (plan.n_whole, ==, 1);
      g_clear_object (&http);
    }
}

static void
test_certificates (void)
{
  Plan plan = { DO_ANSWER };
  g_autoptr (Server) server = server_start (speak, &plan);
  g_autoptr (SmmRequest) request = client_make_request ("POST", SMM_BODY_FORM);
  GTlsCertificate *shown[] = { certificate, wrong_certificate, wrong_certificate };
  GTlsCertificate *trusted[] = { wrong_certificate, certificate, wrong_certificate };

  /* Nobody's who is trusted; and one who is trusted shows another's name. */
  for (guint i = 0; i < G_N_ELEMENTS (shown); i++)
    {
      g_autoptr (SmmHttp) http = make_http (server_get_port (server), trusted[i]);
      g_autoptr (SmmResponse) response = NULL;

      server_set_certificate (server, shown[i]);
      response = client_send (http, request, NULL);
      g_assert_cmpint (response->sent, ==, SMM_SENT_NOTHING);
      g_assert_cmpstr (response->error_code, ==, "certificate");
    }
  g_assert_cmpuint (plan.n_started, ==, 0);
}

int
main (int argc, char **argv)
{
  int result;

  g_setenv ("GIO_USE_PROXY_RESOLVER", "dummy", TRUE);
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  certificate = client_make_certificate ("127.0.0.1");
  wrong_certificate = client_make_certificate ("127.0.0.2");
  if (certificate == NULL || wrong_certificate == NULL)
    {
      g_print ("1..0 # SKIP openssl is not installed\n");
      return 0;
    }
  g_test_add_func ("/http2/one-connection", test_one_connection);
  g_test_add_func ("/http2/deadline", test_deadline);
  g_test_add_func ("/http2/only-http1", test_only_http1);
  g_test_add_func ("/http2/certificates", test_certificates);
  for (gsize i = 0; i < G_N_ELEMENTS (deaths); i++)
    {
      g_autofree char *path = g_strconcat ("/http2/once/", deaths[i].name, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_once);
    }
  result = g_test_run ();
  g_object_unref (certificate);
  g_object_unref (wrong_certificate);
  return result;
}

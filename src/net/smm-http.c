/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-http.h"

#include "smm-body-stream.h"
#include "smm-public-address.h"
#include "smm-secret.h"

#include <glib/gi18n-lib.h>
#include <libsoup/soup.h>
#include <string.h>

#define DEFAULT_TIMEOUT_MS 60000
#define UPLOAD_TIMEOUT_MS (15 * 60 * 1000)
#define DEFAULT_MAX_REPLY (1024 * 1024)
#define CHUNK (8 * 1024)
#define MAX_CONNECTIONS 64
/* libsoup probes every idle connection of a session before each request, with a system call: in a
 * burst nothing costs more. So there are several sessions with few connections each, of which the
 * first that has room is used. HTTP/2 has one connection for all: there the first is enough. */
#define N_SESSIONS 16
#define SESSION_FULL 3

struct _SmmHttp
{
  GObject parent_instance;

  SoupSession *sessions[N_SESSIONS]; /* made when they are needed */
  guint n_flights[N_SESSIONS];
  gboolean multiplexes; /* the last answer came by HTTP/2 */
  SmmEndpoints *endpoints;
  SmmLedgerFunc ledger;
  gpointer ledger_data;
  guint n_pending;
};

G_DEFINE_TYPE (SmmHttp, smm_http, G_TYPE_OBJECT)

/* One request on its way. The task is answered once: by the end, the deadline or the caller. */
typedef struct
{
  SmmHttp *http;
  SmmRequest *request;
  SoupMessage *message;
  guint session;             /* which one */
  GCancellable *cancellable; /* ours; the caller's and the deadline end in it */
  GCancellable *caller;
  gulong caller_id;
  GSource *deadline;
  GInputStream *stream;
  GByteArray *body;
  gsize max_reply, room;
  gint64 bytes_sent, bytes_received;
  gboolean wrote; /* the request may have left this computer */
  gboolean late;
  gboolean led_inside;
  gboolean answered;
} Flight;

static void
flight_free (gpointer data)
{
  Flight *flight = data;

  if (flight->deadline != NULL)
    {
      g_source_destroy (flight->deadline);
      g_source_unref (flight->deadline);
    }
  if (flight->caller != NULL)
    g_cancellable_disconnect (flight->caller, flight->caller_id);
  g_clear_object (&flight->caller);
  g_clear_object (&flight->cancellable);
  if (flight->message != NULL)
    g_signal_handlers_disconnect_by_data (flight->message, flight);
  g_clear_object (&flight->message);
  g_clear_object (&flight->stream);
  g_clear_pointer (&flight->body, g_byte_array_unref);
  smm_request_unref (flight->request);
  g_object_unref (flight->http);
  g_free (flight);
}

/* --- What is told about it --- */

static void
write_ledger (Flight *flight, SmmResponse *response)
{
  SmmHttp *self = flight->http;
  g_autoptr (SmmLedgerEntry) entry = NULL;
  GUri *uri;

  if (self->ledger == NULL || flight->message == NULL)
    return;
  entry = smm_ledger_entry_new ();
  uri = soup_message_get_uri (flight->message);
  entry->at = g_get_real_time ();
  entry->host = g_uri_get_port (uri) > 0 && g_uri_get_port (uri) != 443
                    ? g_strdup_printf ("%s:%d", g_uri_get_host (uri), g_uri_get_port (uri))
                    : g_strdup (g_uri_get_host (uri));
  entry->purpose = g_strdup (flight->request->purpose != NULL ? flight->request->purpose : "other");
  entry->account_id = g_strdup (flight->request->account_id);
  entry->bytes_sent = flight->bytes_sent;
  entry->bytes_received = flight->bytes_received;
  entry->result = response->sent == SMM_SENT_ANSWERED ? g_strdup_printf ("%u", response->status)
                                                      : g_strdup (response->error_code);
  self->ledger (entry, self->ledger_data);
}

static void
finish (GTask *task, SmmResponse *response)
{
  Flight *flight = g_task_get_task_data (task);

  if (flight->answered)
    {
      smm_response_unref (response);
      return;
    }
  flight->answered = TRUE;
  flight->http->n_pending--;
  flight->http->n_flights[flight->session]--;
  write_ledger (flight, response);
  g_task_return_pointer (task, response, (GDestroyNotify)smm_response_unref);
}

static const char *
name_error (Flight *flight, const GError *error)
{
  if (flight->late)
    return "timeout";
  if (flight->led_inside && !flight->wrote)
    return "private";
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return "cancelled";
  if (error->domain == G_RESOLVER_ERROR)
    return "dns";
  if (error->domain == G_TLS_ERROR)
    return g_error_matches (error, G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE) ? "certificate"
                                                                             : "tls";
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    return "timeout";
  return flight->wrote ? "reset" : "connect";
}

static void
fail (GTask *task, const GError *error)
{
  Flight *flight = g_task_get_task_data (task);
  SmmSent sent = flight->wrote ? SMM_SENT_MAYBE : SMM_SENT_NOTHING;
  g_autofree char *message = NULL;

  if (flight->late)
    message = g_strdup (_ ("The platform did not answer in time"));
  else if (flight->led_inside && !flight->wrote)
    message = g_strdup (_ ("The address leads into a private network"));
  else
    message = g_strdup_printf (
        flight->wrote ? _ ("The connection broke: %s") : _ ("No connection: %s"), error->message);
  finish (task, smm_response_new_error (sent, name_error (flight, error), message));
}

/* --- Reading the answer, with a limit --- */

static void
copy_header (const char *name, const char *value, gpointer user_data)
{
  SmmResponse *response = user_data;

  /* Headers end in the journal and on the bus, which take text only. */
  if (g_hash_table_size (response->headers) < 100 && strlen (value) < 16384
      && g_utf8_validate (value, -1, NULL) && g_utf8_validate (name, -1, NULL))
    g_hash_table_insert (response->headers, g_ascii_strdown (name, -1), g_strdup (value));
}

static GDateTime *
read_date (SmmResponse *response, const char *name)
{
  const char *text = smm_response_get_header (response, name);

  return text != NULL ? soup_date_time_new_from_http_string (text) : NULL;
}

/* A date becomes seconds, by the server's own clock where it tells it: adapters have none. */
static void
count_retry_after (SmmResponse *response)
{
  g_autoptr (GDateTime) until = read_date (response, "retry-after");
  g_autoptr (GDateTime) now = read_date (response, "date");
  gint64 seconds;

  if (until == NULL)
    return;
  if (now == NULL)
    now = g_date_time_new_now_utc ();
  seconds = g_date_time_difference (until, now) / G_USEC_PER_SEC;
  g_hash_table_insert (response->headers, g_strdup ("retry-after"),
                       g_strdup_printf ("%" G_GINT64_FORMAT, MAX (seconds, 0)));
}

static void
finish_answered (GTask *task)
{
  Flight *flight = g_task_get_task_data (task);
  g_autoptr (GBytes) body = g_byte_array_free_to_bytes (g_steal_pointer (&flight->body));
  SmmResponse *response;

  flight->http->multiplexes = soup_message_get_http_version (flight->message) == SOUP_HTTP_2_0;
  response = smm_response_new (SMM_SENT_ANSWERED, soup_message_get_status (flight->message), body);
  soup_message_headers_foreach (soup_message_get_response_headers (flight->message), copy_header,
                                response);
  count_retry_after (response);
  finish (task, response);
}

static goffset
get_promised (Flight *flight)
{
  return soup_message_headers_get_content_length (
      soup_message_get_response_headers (flight->message));
}

/* Straight to where it stays. One byte more than was promised shows the end. */
static guint8 *
make_room (Flight *flight)
{
  guint at = flight->body->len;
  goffset promised = get_promised (flight); /* 0: nothing was */

  flight->room = CHUNK;
  if (promised > 0 && promised >= at && promised - at < CHUNK)
    flight->room = promised - at + 1;
  g_byte_array_set_size (flight->body, at + flight->room);
  return flight->body->data + at;
}

/* What was read, or why nothing was; %FALSE: that was all, and the task is answered. */
static gboolean
take (GTask *task, gssize n, const GError *error)
{
  Flight *flight = g_task_get_task_data (task);
  goffset promised;

  flight->body->len -= flight->room - MAX (n, 0);
  if (n < 0)
    {
      fail (task, error);
      return FALSE;
    }
  if (n == 0)
    {
      promised = get_promised (flight);
      if (promised > 0 && promised > (goffset)flight->body->len
          && strcmp (flight->request->method, "HEAD") != 0)
        finish (task,
                smm_response_new_error (SMM_SENT_MAYBE, "reset", _ ("The answer was cut off")));
      else
        finish_answered (task);
      return FALSE;
    }
  flight->bytes_received += n;
  if (flight->body->len <= flight->max_reply)
    return TRUE;
  finish (task, smm_response_new_error (SMM_SENT_MAYBE, "too-large",
                                        _ ("The answer is larger than any real one")));
  g_cancellable_cancel (flight->cancellable);
  return FALSE;
}

static void read_more (GTask *task);

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  gssize n = g_input_stream_read_finish (G_INPUT_STREAM (source), result, &error);

  if (take (task, n, error))
    read_more (g_steal_pointer (&task));
}

/* Most answers are here whole with their headers: those need no further turn of the loop. Takes
 * @task. */
static void
read_more (GTask *task)
{
  Flight *flight = g_task_get_task_data (task);
  guint8 *to;

  for (;;)
    {
      g_autoptr (GError) error = NULL;
      gssize n;

      to = make_room (flight);
      if (!G_IS_POLLABLE_INPUT_STREAM (flight->stream)
          || !g_pollable_input_stream_can_poll (G_POLLABLE_INPUT_STREAM (flight->stream)))
        break;
      n = g_pollable_input_stream_read_nonblocking (G_POLLABLE_INPUT_STREAM (flight->stream), to,
                                                    flight->room, flight->cancellable, &error);
      if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
        break;
      if (!take (task, n, error))
        {
          g_object_unref (task);
          return;
        }
    }
  g_input_stream_read_async (flight->stream, to, flight->room, G_PRIORITY_DEFAULT,
                             flight->cancellable, on_read, task);
}

static void
on_sent (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Flight *flight = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  flight->stream = soup_session_send_finish (SOUP_SESSION (source), result, &error);
  if (flight->stream == NULL)
    {
      fail (task, error);
      return;
    }
  flight->body = g_byte_array_new ();
  read_more (g_steal_pointer (&task));
}

/* --- Sending --- */

static void
on_starting (SoupMessage *message, gpointer user_data)
{
  Flight *flight = user_data;

  /* From here on bytes are written to a connection that stands, TLS included. */
  flight->wrote = TRUE;
}

/* A name says nothing about where it leads: every address is looked at right before it is connected
 * to, so that no second answer of the name service can take its place. What a proxy connects to is
 * the proxy's to judge. */
static void
on_network_event (SoupMessage *message, GSocketClientEvent event, GIOStream *stream,
                  gpointer user_data)
{
  Flight *flight = user_data;
  GSocketConnection *connection;
  g_autoptr (GSocketAddress) address = NULL;

  if (event != G_SOCKET_CLIENT_CONNECTING || !G_IS_SOCKET_CONNECTION (stream))
    return;
  connection = G_SOCKET_CONNECTION (stream);
  address = g_socket_connection_get_remote_address (connection, NULL);
  if (address != NULL
      && (G_IS_PROXY_ADDRESS (address)
          || (G_IS_INET_SOCKET_ADDRESS (address)
              && smm_public_address_check (
                  g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (address))))))
    return;
  flight->led_inside = TRUE;
  g_socket_close (g_socket_connection_get_socket (connection), NULL);
}

static void
on_wrote_data (SoupMessage *message, guint size, gpointer user_data)
{
  Flight *flight = user_data;

  flight->bytes_sent += size;
}

static gboolean
on_deadline (gpointer user_data)
{
  GTask *task = user_data;
  Flight *flight = g_task_get_task_data (task);
  g_autoptr (GError) error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "deadline");

  /* Answered here and now: a session does not always let go of a request it was told to end. */
  flight->late = TRUE;
  g_object_ref (task);
  fail (task, error);
  g_cancellable_cancel (flight->cancellable);
  g_object_unref (task);
  return G_SOURCE_REMOVE;
}

static void
on_caller_cancelled (GCancellable *caller, gpointer user_data)
{
  g_cancellable_cancel (user_data);
}

static GBytes *
make_form (GPtrArray *params)
{
  GString *form = g_string_new (NULL);

  for (guint i = 0; i < params->len; i++)
    {
      SmmParam *param = params->pdata[i];

      if (form->len > 0)
        g_string_append_c (form, '&');
      g_string_append_uri_escaped (form, param->name, NULL, FALSE);
      g_string_append_c (form, '=');
      g_string_append_uri_escaped (form, param->value, NULL, FALSE);
    }
  return g_string_free_to_bytes (form);
}

static gboolean
set_body (Flight *flight, GError **error)
{
  SmmRequest *request = flight->request;
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *type = NULL;
  goffset length;

  switch (request->body)
    {
    case SMM_BODY_FORM:
      bytes = make_form (request->params);
      soup_message_set_request_body_from_bytes (flight->message,
                                                "application/x-www-form-urlencoded", bytes);
      return TRUE;
    case SMM_BODY_JSON:
      bytes = g_bytes_new (request->body_json, strlen (request->body_json));
      soup_message_set_request_body_from_bytes (flight->message, "application/json", bytes);
      return TRUE;
    case SMM_BODY_FILE:
    case SMM_BODY_MULTIPART:
      stream = smm_body_stream_new (request, &type, &length, error);
      if (stream == NULL)
        return FALSE;
      soup_message_set_request_body (flight->message, type, stream, length);
      return TRUE;
    case SMM_BODY_NONE:
    default:
      return TRUE;
    }
}

static void
set_headers (Flight *flight, const char *token)
{
  SoupMessageHeaders *headers = soup_message_get_request_headers (flight->message);
  SmmRequest *request = flight->request;

  for (guint i = 0; i < request->headers->len; i++)
    {
      SmmParam *param = request->headers->pdata[i];

      soup_message_headers_replace (headers, param->name, param->value);
    }
  if (request->auth != SMM_AUTH_NONE && token != NULL)
    {
      char *value
          = g_strconcat (request->auth == SMM_AUTH_OAUTH ? "OAuth " : "Bearer ", token, NULL);

      soup_message_headers_replace (headers, "Authorization", value);
      smm_wipe_free (value);
    }
}

static void
set_deadline (GTask *task, Flight *flight)
{
  guint ms = flight->request->timeout_ms;

  if (ms == 0)
    ms = flight->request->file_path != NULL ? UPLOAD_TIMEOUT_MS : DEFAULT_TIMEOUT_MS;
  flight->deadline = g_timeout_source_new (ms);
  g_source_set_callback (flight->deadline, on_deadline, task, NULL);
  g_source_attach (flight->deadline, g_main_context_get_thread_default ());
}

static SoupSession *
new_session (void)
{
  SoupSession *session = soup_session_new_with_options (
      "max-conns", MAX_CONNECTIONS, "max-conns-per-host", MAX_CONNECTIONS, "idle-timeout", 30,
      "timeout", 0, "user-agent", "nkonsept-smm/" SMM_VERSION, NULL);

  /* Tokens are in the requests already: no server gets more because it asks for it. */
  soup_session_remove_feature_by_type (session, SOUP_TYPE_AUTH_MANAGER);
  /* What is small on the wire stays small in memory. */
  soup_session_remove_feature_by_type (session, SOUP_TYPE_CONTENT_DECODER);
  return session;
}

/* The first that is not full; when all are, the emptiest. */
static guint
choose_session (SmmHttp *self)
{
  guint n = self->multiplexes ? 1 : N_SESSIONS;
  guint best = 0;

  for (guint i = 0; i < n; i++)
    {
      if (self->n_flights[i] < SESSION_FULL)
        {
          best = i;
          break;
        }
      if (self->n_flights[i] < self->n_flights[best])
        best = i;
    }
  if (self->sessions[best] == NULL)
    self->sessions[best] = new_session ();
  return best;
}

static void
send_request (SmmHttp *self, SmmRequest *request, const char *token, gboolean guarded,
              GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);
  Flight *flight = g_new0 (Flight, 1);
  g_autoptr (GError) error = NULL;
  char *url;

  flight->http = g_object_ref (self);
  flight->request = smm_request_ref (request);
  flight->cancellable = g_cancellable_new ();
  flight->max_reply = request->max_reply > 0 ? request->max_reply : DEFAULT_MAX_REPLY;
  g_task_set_source_tag (task, smm_http_send_async);
  g_task_set_task_data (task, flight, flight_free);
  flight->session = choose_session (self);
  self->n_flights[flight->session]++;
  self->n_pending++;
  url = smm_endpoints_get_url (self->endpoints, request);
  if (url != NULL)
    flight->message = soup_message_new (request->method, url);
  /* Whoever has an upload's address may upload. */
  smm_wipe_free (url);
  if (flight->message == NULL)
    {
      finish (task, smm_response_new_error (SMM_SENT_NOTHING, "endpoint",
                                            _ ("This platform has no address here")));
      return;
    }
  if (!set_body (flight, &error))
    {
      finish (task, smm_response_new_error (SMM_SENT_NOTHING, "file", error->message));
      return;
    }
  /* IDEMPOTENT lets libsoup use a connection again; a POST that dies on one is not sent twice
   * (tests/net checks that of the libsoup at hand). */
  soup_message_set_flags (flight->message, SOUP_MESSAGE_NO_REDIRECT | SOUP_MESSAGE_IDEMPOTENT);
  /* A PUT that dies on a used connection would be sent again by itself: it gets one of its own. */
  if (strcmp (request->method, "PUT") == 0 || guarded)
    soup_message_add_flags (flight->message, SOUP_MESSAGE_NEW_CONNECTION);
  set_headers (flight, token);
  if (guarded)
    g_signal_connect (flight->message, "network-event", G_CALLBACK (on_network_event), flight);
  g_signal_connect (flight->message, "starting", G_CALLBACK (on_starting), flight);
  g_signal_connect (flight->message, "wrote-body-data", G_CALLBACK (on_wrote_data), flight);
  if (cancellable != NULL)
    {
      flight->caller = g_object_ref (cancellable);
      flight->caller_id = g_cancellable_connect (cancellable, G_CALLBACK (on_caller_cancelled),
                                                 flight->cancellable, NULL);
    }
  set_deadline (task, flight);
  soup_session_send_async (self->sessions[flight->session], flight->message, G_PRIORITY_DEFAULT,
                           flight->cancellable, on_sent, g_object_ref (task));
}

/**
 * smm_http_send_async:
 * @self: the sender
 * @request: what to send
 * @token: (nullable): for its Authorization header; copied
 * @cancellable: (nullable): ends it early
 * @callback: called exactly once, at the latest at the request's deadline
 * @user_data: for @callback
 *
 * A request is sent once: redirects are answers, and nothing is repeated by itself but what the
 * protocol says was not processed.
 */
void
smm_http_send_async (SmmHttp *self, SmmRequest *request, const char *token,
                     GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (SMM_IS_HTTP (self));

  send_request (self, request, token, FALSE, cancellable, callback, user_data);
}

/**
 * smm_http_send_outside_async:
 * @self: the sender
 * @request: what to send; it carries no token
 * @cancellable: (nullable): ends it early
 * @callback: called exactly once, at the latest at the request's deadline
 * @user_data: for @callback
 *
 * As smm_http_send_async(), to a server that anybody may have named (a redirect of a website): it
 * is sent to public addresses of the internet only, else the error code is "private". Where every
 * endpoint is on this computer (the sandbox), this computer is where it goes.
 */
void
smm_http_send_outside_async (SmmHttp *self, SmmRequest *request, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (SMM_IS_HTTP (self));
  g_return_if_fail (request->auth == SMM_AUTH_NONE);

  send_request (self, request, NULL, !smm_endpoints_is_loopback (self->endpoints), cancellable,
                callback, user_data);
}

/**
 * smm_http_send_finish:
 * @self: the sender
 * @result: from the callback
 *
 * Returns: (transfer full): what happened; never %NULL
 */
SmmResponse *
smm_http_send_finish (SmmHttp *self, GAsyncResult *result)
{
  return g_task_propagate_pointer (G_TASK (result), NULL);
}

static void
smm_http_finalize (GObject *object)
{
  SmmHttp *self = SMM_HTTP (object);

  for (guint i = 0; i < N_SESSIONS; i++)
    g_clear_object (&self->sessions[i]);
  g_clear_object (&self->endpoints);

  G_OBJECT_CLASS (smm_http_parent_class)->finalize (object);
}

static void
smm_http_class_init (SmmHttpClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = smm_http_finalize;
}

static void
smm_http_init (SmmHttp *self)
{
}

/**
 * smm_http_new:
 * @endpoints: where the hosts are
 *
 * Returns: (transfer full): a sender with one session
 */
SmmHttp *
smm_http_new (SmmEndpoints *endpoints)
{
  SmmHttp *self = g_object_new (SMM_TYPE_HTTP, NULL);

  self->endpoints = g_object_ref (endpoints);
  return self;
}

SmmEndpoints *
smm_http_get_endpoints (SmmHttp *self)
{
  return self->endpoints;
}

void
smm_http_set_ledger (SmmHttp *self, SmmLedgerFunc func, gpointer user_data)
{
  self->ledger = func;
  self->ledger_data = user_data;
}

guint
smm_http_get_n_pending (SmmHttp *self)
{
  return self->n_pending;
}

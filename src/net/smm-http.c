/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-http.h"

#include "smm-message.h"
#include "smm-secret.h"
#include "smm-transfers.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define DEFAULT_TIMEOUT_MS 60000
#define UPLOAD_TIMEOUT_MS (15 * 60 * 1000)

struct _SmmHttp
{
  GObject parent_instance;

  SmmTransfers *transfers;
  SmmRoutes *routes;
  SmmEndpoints *endpoints;
  SmmLedgerFunc ledger;
  gpointer ledger_data;
  char *authorities;
  guint n_pending;
};

G_DEFINE_TYPE (SmmHttp, smm_http, G_TYPE_OBJECT)

/* One request on its way. The task is answered once: by the end, the deadline or the caller. */
typedef struct
{
  SmmHttp *http;
  SmmMessage *message;
  SmmTransfer *transfer; /* while it runs */
  GCancellable *look_up; /* while the way is looked up */
  GSource *cancelled;    /* by the caller */
  GSource *deadline;
  gboolean answered;
} Flight;

static void
drop_source (GSource **source)
{
  if (*source == NULL)
    return;
  g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

static void
flight_free (gpointer data)
{
  Flight *flight = data;

  g_clear_pointer (&flight->message, smm_message_free);
  g_object_unref (flight->http);
  g_free (flight);
}

/* --- What is told about it --- */

static void
write_ledger (Flight *flight, SmmResponse *response, gint64 bytes_sent)
{
  SmmHttp *self = flight->http;
  SmmMessage *message = flight->message;
  g_autoptr (SmmLedgerEntry) entry = NULL;
  const char *purpose;

  if (self->ledger == NULL || message == NULL)
    return;
  entry = smm_ledger_entry_new ();
  purpose = message->request->purpose;
  entry->at = g_get_real_time ();
  entry->host = message->port != 443 ? g_strdup_printf ("%s:%d", message->host, message->port)
                                     : g_strdup (message->host);
  entry->purpose = g_strdup (purpose != NULL ? purpose : "other");
  entry->account_id = g_strdup (message->request->account_id);
  entry->bytes_sent = bytes_sent;
  entry->bytes_received = message->bytes_received;
  entry->result = response->sent == SMM_SENT_ANSWERED ? g_strdup_printf ("%u", response->status)
                                                      : g_strdup (response->error_code);
  self->ledger (entry, self->ledger_data);
}

/* Ends whatever is still under way for it. Takes @response, and the one reference of @task that a
 * flight has of itself. */
static void
finish (GTask *task, SmmResponse *response)
{
  Flight *flight = g_task_get_task_data (task);
  curl_off_t bytes_sent = 0;

  flight->answered = TRUE;
  flight->http->n_pending--;
  drop_source (&flight->deadline);
  drop_source (&flight->cancelled);
  if (flight->look_up != NULL)
    g_cancellable_cancel (flight->look_up);
  g_clear_object (&flight->look_up);
  if (flight->transfer != NULL)
    {
      curl_easy_getinfo (smm_transfer_get_easy (flight->transfer), CURLINFO_SIZE_UPLOAD_T,
                         &bytes_sent);
      smm_transfers_give_back (flight->http->transfers, g_steal_pointer (&flight->transfer),
                               response->sent == SMM_SENT_ANSWERED
                                   && flight->message->n_written == 1);
    }
  write_ledger (flight, response, bytes_sent);
  g_task_return_pointer (task, response, (GDestroyNotify)smm_response_unref);
  g_object_unref (task);
}

static void
fail (GTask *task, const char *code, const char *message)
{
  Flight *flight = g_task_get_task_data (task);
  gboolean wrote = flight->message != NULL && flight->message->n_written > 0;

  finish (task, smm_response_new_error (wrote ? SMM_SENT_MAYBE : SMM_SENT_NOTHING, code, message));
}

static void
fail_because (GTask *task, const char *code, const char *why)
{
  Flight *flight = g_task_get_task_data (task);
  g_autofree char *message = g_strdup_printf (
      flight->message->n_written > 0 ? _ ("The connection broke: %s") : _ ("No connection: %s"),
      why);

  fail (task, code, message);
}

static const char *
name_failure (SmmMessage *message, CURLcode code)
{
  switch (code)
    {
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_RESOLVE_PROXY:
      return "dns";
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_ISSUER_ERROR:
    case CURLE_SSL_INVALIDCERTSTATUS:
    case CURLE_SSL_CACERT_BADFILE:
      return "certificate";
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_SSL_CIPHER:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_USE_SSL_FAILED:
      return "tls";
    case CURLE_OPERATION_TIMEDOUT:
      return "timeout";
    default:
      return message->n_written > 0 ? "reset" : "connect";
    }
}

/* libcurl speaks English only, the system not. */
static const char *
explain_failure (SmmMessage *message, CURL *easy, CURLcode code, const char *name)
{
  long system_error = 0;

  if (message->error != NULL)
    return message->error->message;
  if (strcmp (name, "dns") == 0)
    return _ ("the name of the server is not known");
  if (strcmp (name, "certificate") == 0)
    return _ ("the certificate of the server is not trusted");
  if (strcmp (name, "tls") == 0)
    return _ ("the server could not agree on encryption");
  if (code == CURLE_WEIRD_SERVER_REPLY || code == CURLE_UNSUPPORTED_PROTOCOL
      || code == CURLE_WRITE_ERROR)
    return _ ("the answer can’t be read");
  curl_easy_getinfo (easy, CURLINFO_OS_ERRNO, &system_error);
  if (system_error != 0)
    return g_strerror (system_error);
  return message->n_written > 0 ? _ ("the server hung up") : _ ("the server can’t be reached");
}

static void
on_transfer_ended (SmmTransfer *transfer, CURLcode code, gpointer user_data)
{
  GTask *task = user_data;
  Flight *flight = g_task_get_task_data (task);
  SmmMessage *message = flight->message;
  CURL *easy = smm_transfer_get_easy (transfer);
  SmmResponse *response = NULL;
  const char *name = name_failure (message, code);

  if (code == CURLE_OK)
    response = smm_message_make_response (message, easy);
  if (response != NULL)
    finish (task, response);
  else if (message->too_large)
    fail (task, "too-large", _ ("The answer is larger than any real one"));
  else if (code == CURLE_OK || code == CURLE_PARTIAL_FILE)
    fail (task, "reset", _ ("The answer was cut off"));
  else if (message->led_inside && message->n_written == 0)
    fail (task, "private", _ ("The address leads into a private network"));
  else
    {
      /* Perhaps it has moved. */
      if (message->n_written == 0)
        smm_routes_forget (flight->http->routes, message->origin);
      fail_because (task, name, explain_failure (message, easy, code, name));
    }
}

static gboolean
on_deadline (gpointer user_data)
{
  fail (user_data, "timeout", _ ("The platform did not answer in time"));
  return G_SOURCE_REMOVE;
}

static gboolean
on_cancelled (GCancellable *cancellable, gpointer user_data)
{
  fail_because (user_data, "cancelled", _ ("it was cancelled"));
  return G_SOURCE_REMOVE;
}

/* --- Sending --- */

static void
start_transfer (GTask *task, const SmmRoute *route)
{
  Flight *flight = g_task_get_task_data (task);
  SmmTransfers *transfers = flight->http->transfers;

  flight->transfer = smm_transfers_take (transfers);
  smm_message_prepare (flight->message, smm_transfer_get_easy (flight->transfer), route);
  smm_transfers_start (transfers, flight->transfer, on_transfer_ended, task);
}

static void
on_looked_up (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Flight *flight = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (SmmRoute) route = smm_routes_look_up_finish (result, &error);

  if (flight->answered)
    return;
  g_clear_object (&flight->look_up);
  if (route != NULL)
    start_transfer (task, route);
  else
    fail_because (task, error->domain == G_RESOLVER_ERROR ? "dns" : "connect", error->message);
}

/* For all of it, the search for the way included. */
static void
set_limits (GTask *task, SmmRequest *request, GCancellable *cancellable)
{
  Flight *flight = g_task_get_task_data (task);
  guint ms = request->timeout_ms;

  if (ms == 0)
    ms = request->file_path != NULL ? UPLOAD_TIMEOUT_MS : DEFAULT_TIMEOUT_MS;
  flight->deadline = g_timeout_source_new (ms);
  g_source_set_callback (flight->deadline, on_deadline, task, NULL);
  g_source_attach (flight->deadline, g_main_context_get_thread_default ());
  if (cancellable == NULL)
    return;
  flight->cancelled = g_cancellable_source_new (cancellable);
  g_source_set_callback (flight->cancelled, G_SOURCE_FUNC (on_cancelled), task, NULL);
  g_source_attach (flight->cancelled, g_main_context_get_thread_default ());
}

static void
start (GTask *task)
{
  Flight *flight = g_task_get_task_data (task);
  SmmRoutes *routes = flight->http->routes;
  const SmmRoute *route = smm_routes_get (routes, flight->message->origin);

  if (route != NULL)
    {
      start_transfer (task, route);
      return;
    }
  flight->look_up = g_cancellable_new ();
  smm_routes_look_up_async (routes, flight->message->origin, flight->look_up, on_looked_up,
                            g_object_ref (task));
}

static void
send_request (SmmHttp *self, SmmRequest *request, const char *token, gboolean guarded,
              GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);
  Flight *flight = g_new0 (Flight, 1);
  g_autoptr (GError) error = NULL;
  char *url;

  flight->http = g_object_ref (self);
  g_task_set_source_tag (task, smm_http_send_async);
  g_task_set_task_data (task, flight, flight_free);
  self->n_pending++;
  url = smm_endpoints_get_url (self->endpoints, request);
  if (url != NULL)
    flight->message = smm_message_new (request, url);
  /* Whoever has an upload's address may upload. */
  smm_wipe_free (url);
  if (flight->message == NULL)
    {
      fail (task, "endpoint", _ ("This platform has no address here"));
      return;
    }
  if (!smm_message_set_body (flight->message, &error))
    {
      fail (task, "file", error->message);
      return;
    }
  if (g_cancellable_is_cancelled (cancellable))
    {
      on_cancelled (cancellable, task);
      return;
    }
  flight->message->guarded = guarded;
  flight->message->authorities = g_strdup (self->authorities);
  smm_message_set_headers (flight->message, token);
  set_limits (task, request, cancellable);
  start (task);
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

  smm_transfers_free (self->transfers);
  smm_routes_unref (self->routes);
  g_clear_object (&self->endpoints);
  g_free (self->authorities);

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
  self->transfers = smm_transfers_new ();
  self->routes = smm_routes_new ();
}

/**
 * smm_http_new:
 * @endpoints: where the hosts are
 *
 * Returns: (transfer full): a sender with connections of its own
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

/**
 * smm_http_set_authorities:
 * @self: the sender, before its first request
 * @path: (nullable): a PEM file of whose certificates are trusted, and nobody else's; %NULL: the
 *   system's
 */
void
smm_http_set_authorities (SmmHttp *self, const char *path)
{
  g_free (self->authorities);
  self->authorities = g_strdup (path);
}

guint
smm_http_get_n_pending (SmmHttp *self)
{
  return self->n_pending;
}

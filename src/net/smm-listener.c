/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-listener.h"

#include "smm-endpoints.h"
#include "smm-secret.h"

#include <glib/gi18n-lib.h>
#include <libsoup/soup.h>
#include <stdlib.h>
#include <string.h>

#define WAIT_MS (5 * 60 * 1000)
#define MAX_REQUESTS_A_SECOND 5
#define RANDOM_BYTES 48 /* 64 characters of base64url */

struct _SmmListener
{
  GObject parent_instance;

  SoupServer *server;
  char *redirect_uri;
  char *host, *path; /* of it */
  char *state;
  char *verifier;

  GTask *task; /* who waits */
  char *code;  /* what came before anybody waited; wiped */
  GError *problem;
  guint wait_ms;
  guint timeout_id;
  GSource *cancelled;
  gboolean used;
  gint64 second;
  int n_in_second;
};

G_DEFINE_TYPE (SmmListener, smm_listener, G_TYPE_OBJECT)

static char *
to_base64url (const guint8 *bytes, gsize n)
{
  char *text = g_base64_encode (bytes, n);

  g_strdelimit (text, "+", '-');
  g_strdelimit (text, "/", '_');
  text[strcspn (text, "=")] = '\0';
  return text;
}

static char *
make_random_text (GError **error)
{
  guint8 bytes[RANDOM_BYTES];
  char *text;

  if (!smm_random_bytes (bytes, sizeof bytes, error))
    return NULL;
  text = to_base64url (bytes, sizeof bytes);
  explicit_bzero (bytes, sizeof bytes);
  return text;
}

/* Takes as long whatever the two are: the state can't be guessed letter by letter. */
static gboolean
is_same (const char *expected, const char *given)
{
  gsize n = strlen (expected);
  guchar difference = strlen (given) != n;

  for (gsize i = 0; i < n; i++)
    difference |= (guchar)expected[i] ^ (guchar)given[MIN (i, strlen (given))];
  return difference == 0;
}

/* --- What the browser brings --- */

static char *
take_parameters (SmmListener *self, GHashTable *parameters, GError **error)
{
  const char *state = parameters != NULL ? g_hash_table_lookup (parameters, "state") : NULL;
  const char *code = parameters != NULL ? g_hash_table_lookup (parameters, "code") : NULL;
  const char *refusal = parameters != NULL ? g_hash_table_lookup (parameters, "error") : NULL;

  if (state == NULL || !is_same (self->state, state))
    {
      g_set_error (error, SMM_NET_ERROR, SMM_NET_ERROR_STATE,
                   _ ("This answer belongs to another sign-in. Start the sign-in again."));
      return NULL;
    }
  if (refusal != NULL && strcmp (refusal, "access_denied") == 0)
    {
      g_set_error (error, SMM_NET_ERROR, SMM_NET_ERROR_DENIED,
                   _ ("You did not allow the access. Nothing was connected."));
      return NULL;
    }
  if (code == NULL || *code == '\0' || strlen (code) > 8192)
    {
      g_set_error (error, SMM_NET_ERROR, SMM_NET_ERROR_ANSWER,
                   _ ("The platform’s answer holds no sign-in code"));
      return NULL;
    }
  return g_strdup (code);
}

static void
forget_cancelled (SmmListener *self)
{
  if (self->cancelled != NULL)
    g_source_destroy (self->cancelled);
  g_clear_pointer (&self->cancelled, g_source_unref);
}

static void
stop_waiting (SmmListener *self)
{
  g_clear_handle_id (&self->timeout_id, g_source_remove);
  forget_cancelled (self);
  if (self->server != NULL)
    soup_server_disconnect (self->server);
}

static void
settle (SmmListener *self, char *code, GError *error)
{
  g_autoptr (GTask) task = g_steal_pointer (&self->task);

  self->used = TRUE;
  if (task == NULL)
    {
      self->code = code;
      self->problem = error;
      return;
    }
  g_clear_handle_id (&self->timeout_id, g_source_remove);
  forget_cancelled (self);
  if (code != NULL)
    g_task_return_pointer (task, code, (GDestroyNotify)smm_wipe_free);
  else
    g_task_return_error (task, error);
}

static char *
make_page (const char *title, const char *text)
{
  g_autofree char *safe_title = g_markup_escape_text (title, -1);
  g_autofree char *safe_text = g_markup_escape_text (text, -1);

  return g_strdup_printf (
      "<!doctype html><meta charset=utf-8><meta name=color-scheme content='light dark'>"
      "<meta name=viewport content='width=device-width'><title>nkonsept SMM</title>"
      "<style>body{font:16px/1.5 system-ui,sans-serif;display:grid;place-items:center;"
      "min-height:90vh;margin:0}main{max-width:26em;padding:2em;text-align:center}"
      "h1{font-size:1.4em}</style><main><h1>%s</h1><p>%s</p></main>",
      safe_title, safe_text);
}

static void
answer (SoupServerMessage *message, guint status, const char *title, const char *text)
{
  g_autofree char *page = make_page (title, text);
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);

  soup_message_headers_replace (headers, "Cache-Control", "no-store");
  soup_message_headers_replace (headers, "Referrer-Policy", "no-referrer");
  soup_message_headers_replace (headers, "Connection", "close");
  soup_server_message_set_status (message, status, NULL);
  soup_server_message_set_response (message, "text/html; charset=utf-8", SOUP_MEMORY_COPY, page,
                                    strlen (page));
}

/* The page is on its way before who waits goes on, and perhaps lets the listener go. */
typedef struct
{
  SmmListener *self;
  char *code;
  GError *error;
} Settled;

static void
on_page_sent (SoupServerMessage *message, gpointer user_data)
{
  Settled *settled = user_data;
  SmmListener *self = settled->self;

  g_signal_handlers_disconnect_by_data (message, settled);
  settle (self, settled->code, settled->error);
  g_free (settled);
  g_object_unref (self);
}

static gboolean
is_too_fast (SmmListener *self)
{
  gint64 second = g_get_monotonic_time () / G_USEC_PER_SEC;

  if (second != self->second)
    {
      self->second = second;
      self->n_in_second = 0;
    }
  return ++self->n_in_second > MAX_REQUESTS_A_SECOND;
}

/* Before a body is read: a visit has none, and nobody may fill the memory with one. */
static void
on_headers (SoupServer *server, SoupServerMessage *message, const char *path,
            GHashTable *parameters, gpointer user_data)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  g_autoptr (GIOStream) stream = NULL;

  if (soup_message_headers_get_encoding (headers) == SOUP_ENCODING_NONE
      || (soup_message_headers_get_one (headers, "Transfer-Encoding") == NULL
          && soup_message_headers_get_content_length (headers) == 0))
    return;
  stream = soup_server_message_steal_connection (message);
  g_io_stream_close (stream, NULL, NULL);
}

static void
on_request (SoupServer *server, SoupServerMessage *message, const char *path,
            GHashTable *parameters, gpointer user_data)
{
  SmmListener *self = user_data;
  GError *error = NULL;
  Settled *settled;
  char *code;

  if (is_too_fast (self))
    {
      answer (message, 429, _ ("Too many requests"), _ ("Wait a moment."));
      return;
    }
  if (strcmp (path, self->path) != 0 || strcmp (soup_server_message_get_method (message), "GET"))
    {
      answer (message, 404, _ ("Nothing here"), _ ("This page belongs to a sign-in."));
      return;
    }
  if (self->used)
    {
      answer (message, 410, _ ("This sign-in is over"), _ ("You can close this page."));
      return;
    }
  /* Any page can send a browser here; only an answer to a sign-in ends this one. */
  if (parameters == NULL || !g_hash_table_contains (parameters, "state"))
    {
      answer (message, 400, _ ("Nothing here"), _ ("This page belongs to a sign-in."));
      return;
    }
  code = take_parameters (self, parameters, &error);
  if (code != NULL)
    answer (message, 200, _ ("Back to nkonsept SMM"),
            _ ("The sign-in continues there. You can close this page."));
  else
    answer (message, 400, _ ("The sign-in did not work"), error->message);
  self->used = TRUE;
  settled = g_new0 (Settled, 1);
  settled->self = g_object_ref (self);
  settled->code = code;
  settled->error = error;
  g_signal_connect (message, "finished", G_CALLBACK (on_page_sent), settled);
}

/* --- GObject --- */

static void
smm_listener_dispose (GObject *object)
{
  SmmListener *self = SMM_LISTENER (object);

  stop_waiting (self);
  g_clear_object (&self->task);
  g_clear_object (&self->server);

  G_OBJECT_CLASS (smm_listener_parent_class)->dispose (object);
}

static void
smm_listener_finalize (GObject *object)
{
  SmmListener *self = SMM_LISTENER (object);

  g_free (self->redirect_uri);
  g_free (self->host);
  g_free (self->path);
  smm_wipe_free (self->state);
  smm_wipe_free (self->verifier);
  smm_wipe_free (self->code);
  g_clear_error (&self->problem);

  G_OBJECT_CLASS (smm_listener_parent_class)->finalize (object);
}

static void
smm_listener_class_init (SmmListenerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = smm_listener_dispose;
  G_OBJECT_CLASS (klass)->finalize = smm_listener_finalize;
}

static void
smm_listener_init (SmmListener *self)
{
  self->wait_ms = WAIT_MS;
}

static gboolean
listen_on_loopback (SmmListener *self, guint16 port, GError **error)
{
  g_autoptr (GError) problem = NULL;
  GSList *uris;

  if (!soup_server_listen_local (self->server, port, SOUP_SERVER_LISTEN_IPV4_ONLY, &problem))
    {
      if (port != 0)
        g_set_error (error, SMM_NET_ERROR, SMM_NET_ERROR_LISTEN,
                     _ ("No answer can be received on port %u of this computer: %s. Choose another "
                        "port."),
                     port, problem->message);
      else
        g_set_error (error, SMM_NET_ERROR, SMM_NET_ERROR_LISTEN,
                     _ ("No port of this computer is free to receive the answer: %s"),
                     problem->message);
      return FALSE;
    }
  uris = soup_server_get_uris (self->server);
  port = g_uri_get_port (uris->data);
  g_slist_free_full (uris, (GDestroyNotify)g_uri_unref);
  /* A browser may take "localhost" for ::1; without IPv6 there is nothing to lose. */
  if (strcmp (self->host, "localhost") == 0)
    soup_server_listen_local (self->server, port, SOUP_SERVER_LISTEN_IPV6_ONLY, NULL);
  self->redirect_uri = g_strdup_printf ("http://%s:%u%s", self->host, port, self->path);
  return TRUE;
}

SmmListener *
smm_listener_new (guint16 port, GError **error)
{
  return smm_listener_new_for (port, NULL, NULL, error);
}

/**
 * smm_listener_new_for:
 * @port: the port, or 0 for any
 * @host: (nullable): how the address names this computer: "localhost" or "127.0.0.1"
 * @path: (nullable): where the browser comes back to: "/callback" or "/callback/"
 * @error: SMM_NET_ERROR_LISTEN, SMM_NET_ERROR_RANDOM
 *
 * Returns: (transfer full) (nullable): a listener on loopback addresses only
 */
SmmListener *
smm_listener_new_for (guint16 port, const char *host, const char *path, GError **error)
{
  g_autoptr (SmmListener) self = g_object_new (SMM_TYPE_LISTENER, NULL);

  self->host = g_strdup (host != NULL ? host : "localhost");
  self->path = g_strdup (path != NULL ? path : "/callback");
  self->state = make_random_text (error);
  self->verifier = self->state != NULL ? make_random_text (error) : NULL;
  if (self->verifier == NULL)
    return NULL;
  self->server = soup_server_new ("server-header", "nkonsept-smm", NULL);
  soup_server_add_early_handler (self->server, NULL, on_headers, self, NULL);
  soup_server_add_handler (self->server, NULL, on_request, self, NULL);
  if (!listen_on_loopback (self, port, error))
    return NULL;
  return g_steal_pointer (&self);
}

const char *
smm_listener_get_redirect_uri (SmmListener *self)
{
  return self->redirect_uri;
}

const char *
smm_listener_get_state (SmmListener *self)
{
  return self->state;
}

void
smm_listener_add_port (SmmListener *self)
{
  const char *colon = strrchr (self->redirect_uri, ':');
  char *state;

  g_return_if_fail (SMM_IS_LISTENER (self));

  state = g_strdup_printf ("%s.%d", self->state, atoi (colon + 1));
  smm_wipe_free (self->state);
  self->state = state;
}

const char *
smm_listener_get_verifier (SmmListener *self)
{
  return self->verifier;
}

/**
 * smm_listener_get_challenge_s256:
 * @self: a listener
 *
 * Returns: (transfer full): the PKCE challenge (RFC 7636, S256) of its verifier
 */
char *
smm_listener_get_challenge_s256 (SmmListener *self)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  guint8 digest[32];
  gsize n = sizeof digest;

  g_checksum_update (checksum, (const guchar *)self->verifier, -1);
  g_checksum_get_digest (checksum, digest, &n);
  return to_base64url (digest, n);
}

/**
 * smm_listener_get_challenge_hex:
 * @self: a listener
 *
 * Returns: (transfer full): the same digest as 64 lower-case hex digits (api/tiktok.md section 2.4)
 */
char *
smm_listener_get_challenge_hex (SmmListener *self)
{
  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, self->verifier, -1);
}

/**
 * smm_listener_set_wait:
 * @self: a listener nobody waits for yet
 * @milliseconds: how long to wait for the browser, instead of five minutes
 */
void
smm_listener_set_wait (SmmListener *self, guint milliseconds)
{
  g_return_if_fail (SMM_IS_LISTENER (self));

  self->wait_ms = milliseconds;
}

static gboolean
on_timeout (gpointer user_data)
{
  SmmListener *self = user_data;

  self->timeout_id = 0;
  settle (self, NULL,
          g_error_new (SMM_NET_ERROR, SMM_NET_ERROR_TIMED_OUT,
                       _ ("Nobody came back from the browser within five minutes. Start the "
                          "sign-in again.")));
  stop_waiting (self);
  return G_SOURCE_REMOVE;
}

static gboolean
on_cancelled (GCancellable *cancellable, gpointer user_data)
{
  SmmListener *self = user_data;

  if (self->task != NULL)
    settle (self, NULL, g_error_new (G_IO_ERROR, G_IO_ERROR_CANCELLED, _ ("Cancelled")));
  return G_SOURCE_REMOVE;
}

/**
 * smm_listener_wait_async:
 * @self: a listener; one wait
 * @cancellable: (nullable): ends it
 * @callback: called when the browser came back, or did not in time
 * @user_data: for @callback
 */
void
smm_listener_wait_async (SmmListener *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_return_if_fail (SMM_IS_LISTENER (self));
  g_return_if_fail (self->task == NULL);

  self->task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (self->task, smm_listener_wait_async);
  if (self->code != NULL || self->problem != NULL)
    {
      settle (self, g_steal_pointer (&self->code), g_steal_pointer (&self->problem));
      return;
    }
  self->timeout_id = g_timeout_add (self->wait_ms, on_timeout, self);
  if (cancellable != NULL)
    {
      self->cancelled = g_cancellable_source_new (cancellable);
      g_source_set_callback (self->cancelled, G_SOURCE_FUNC (on_cancelled), self, NULL);
      g_source_attach (self->cancelled, g_main_context_get_thread_default ());
    }
}

/**
 * smm_listener_wait_finish:
 * @self: a listener
 * @result: from the callback
 * @error: SMM_NET_ERROR TIMED_OUT, DENIED, STATE, ANSWER; G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): the code; free with smm_wipe_free()
 */
char *
smm_listener_wait_finish (SmmListener *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * smm_listener_take_address:
 * @self: a listener
 * @address: the address the browser ended on, pasted by the user
 * @error: as smm_listener_wait_finish()
 *
 * Ends the wait as if the browser had come back.
 *
 * Returns: (transfer full) (nullable): the code; the same goes to who waits
 */
char *
smm_listener_take_address (SmmListener *self, const char *address, GError **error)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (address));
  g_autoptr (GUri) uri = g_uri_parse (trimmed, G_URI_FLAGS_ENCODED_QUERY, NULL);
  const char *query = uri != NULL ? g_uri_get_query (uri) : NULL;
  g_autoptr (GHashTable) parameters
      = query != NULL ? g_uri_parse_params (query, -1, "&", G_URI_PARAMS_WWW_FORM, NULL) : NULL;
  g_autoptr (GError) problem = NULL;
  char *code;

  if (self->used)
    {
      g_set_error (error, SMM_NET_ERROR, SMM_NET_ERROR_STATE,
                   _ ("This sign-in is over. Start the sign-in again."));
      return NULL;
    }
  code = take_parameters (self, parameters, &problem);
  if (code != NULL)
    settle (self, g_strdup (code), NULL);
  /* What is no answer can be followed by one; a refusal is one. */
  else if (g_error_matches (problem, SMM_NET_ERROR, SMM_NET_ERROR_DENIED))
    settle (self, NULL, g_error_copy (problem));
  if (problem != NULL)
    g_propagate_error (error, g_steal_pointer (&problem));
  return code;
}

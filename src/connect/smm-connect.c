/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-connect-private.h"

#include "smm-account-token.h"
#include "smm-signin-client.h"
#include "smm-secret.h"
#include "smm-workspace.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_SIGN_IN_REQUESTS 100

G_DEFINE_TYPE (SmmConnect, smm_connect, G_TYPE_OBJECT)

/**
 * smm_connect_name_app:
 * @platform: a platform
 * @login: (nullable): "instagram": Instagram Login
 *
 * Facebook and Instagram are reached by one app; Instagram Login has an id and a secret of its own
 * (api/meta.md section 2.12).
 *
 * Returns: (transfer none): "meta", "instagram" or "tiktok"
 */
const char *
smm_connect_name_app (SmmPlatformId platform, const char *login)
{
  if (platform == SMM_PLATFORM_INSTAGRAM && g_strcmp0 (login, "instagram") == 0)
    return "instagram";
  return platform == SMM_PLATFORM_TIKTOK ? "tiktok" : "meta";
}

char *
smm_connect_make_app_item (SmmPlatformId platform, const char *login)
{
  return g_strconcat ("app/", smm_connect_name_app (platform, login), NULL);
}

static const char *
label_app (SmmConnect *self)
{
  if (self->login != NULL)
    return "Instagram";
  return self->platform->id == SMM_PLATFORM_TIKTOK ? "TikTok" : "Meta";
}

static const SmmPlatform *
find_platform (SmmPlatformId platform, const char *login)
{
  g_autoptr (SmmAccount) account = smm_account_new ();

  account->platform = platform;
  account->login = g_strdup (login);
  return smm_platform_get_for (account);
}

static void
forget_sign_in (SmmConnect *self)
{
  g_clear_object (&self->listener);
  g_clear_pointer (&self->redirect_uri, g_free);
  g_clear_pointer (&self->address, smm_wipe_free);
  g_clear_pointer (&self->app_id, g_free);
  g_clear_pointer (&self->app_secret, smm_vault_secret_free);
}

static void
smm_connect_finalize (GObject *object)
{
  SmmConnect *self = SMM_CONNECT (object);

  forget_sign_in (self);
  g_free (self->login);
  g_free (self->relay);
  g_clear_object (&self->library);
  g_clear_object (&self->keeper);
  g_clear_object (&self->vault);
  g_clear_object (&self->http);

  G_OBJECT_CLASS (smm_connect_parent_class)->finalize (object);
}

static void
smm_connect_class_init (SmmConnectClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = smm_connect_finalize;
}

static void
smm_connect_init (SmmConnect *self)
{
}

static void
on_ledger_kept (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GVariant *kept = smm_library_apply_finish (SMM_LIBRARY (source), result, NULL);

  g_clear_pointer (&kept, g_variant_unref);
}

/* What is asked for a sign-in stands on the same ledger as everything else. */
static void
on_ledger (SmmLedgerEntry *entry, gpointer user_data)
{
  SmmConnect *self = user_data;
  g_auto (GVariantDict) dict = G_VARIANT_DICT_INIT (NULL);
  g_autoptr (SmmCommand) command = NULL;

  g_variant_dict_insert (&dict, "at", "x", entry->at);
  g_variant_dict_insert (&dict, "host", "s", entry->host);
  g_variant_dict_insert (&dict, "purpose", "s", entry->purpose);
  if (entry->account_id != NULL)
    g_variant_dict_insert (&dict, "account", "s", entry->account_id);
  g_variant_dict_insert (&dict, "sent", "x", entry->bytes_sent);
  g_variant_dict_insert (&dict, "received", "x", entry->bytes_received);
  g_variant_dict_insert (&dict, "result", "s", entry->result != NULL ? entry->result : "");
  command = smm_command_new ("ledger.add", g_variant_dict_end (&dict));
  smm_library_apply_async (self->library, command, NULL, on_ledger_kept, NULL);
}

/**
 * smm_connect_new:
 * @library: where accounts go
 * @vault: where tokens go
 * @http: the sender
 *
 * Returns: (transfer full): for one sign-in at a time
 */
SmmConnect *
smm_connect_new (SmmLibrary *library, SmmVault *vault, SmmHttp *http)
{
  SmmConnect *self = g_object_new (SMM_TYPE_CONNECT, NULL);

  self->library = g_object_ref (library);
  self->vault = g_object_ref (vault);
  self->http = g_object_ref (http);
  self->keeper = smm_token_keeper_new (vault, http);
  smm_http_set_ledger (http, on_ledger, self);
  return self;
}

/* --- App keys --- */

static void
on_app_saved (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) saved = smm_library_apply_finish (SMM_LIBRARY (source), result, &error);

  if (saved != NULL)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
on_secret_stored (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  SmmConnect *self = g_task_get_source_object (task);
  SmmCommand *command = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  if (!smm_vault_store_finish (SMM_VAULT (source), result, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  smm_library_apply_async (self->library, command, NULL, on_app_saved, g_steal_pointer (&task));
}

void
smm_connect_set_app_async (SmmConnect *self, const char *platform, const char *app_id,
                           const char *app_secret, GCancellable *cancellable,
                           GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autofree char *name = g_strconcat ("app/", platform, NULL);
  GVariant *args = g_variant_new_parsed ("{'platform': <%s>, 'app-id': <%s>}", platform, app_id);

  g_task_set_source_tag (task, smm_connect_set_app_async);
  g_task_set_task_data (task, smm_command_new ("app.set", args), (GDestroyNotify)smm_command_unref);
  smm_vault_store_async (self->vault, name, app_secret, cancellable, on_secret_stored,
                         g_steal_pointer (&task));
}

gboolean
smm_connect_set_app_finish (SmmConnect *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* Where the platform sends the browser. */
static char *
make_redirect_uri (SmmConnect *self)
{
  if (self->way == SMM_WAY_RELAY)
    return g_strdup (self->relay);
  if ((self->way == SMM_WAY_WINDOW || self->way == SMM_WAY_PASTE)
      && self->platform->landing != NULL)
    return g_strdup (self->platform->landing);
  return g_strdup (smm_listener_get_redirect_uri (self->listener));
}

/* --- Begin: keyring, app keys, listener, address --- */

/* @port: 0: where the platform's app expects it */
static gboolean
listen_for_browser (SmmConnect *self, guint16 port, GError **error)
{
  guint16 expected = port == 0 ? smm_connect_get_port (self->login, self->way) : 0;
  g_autoptr (GError) problem = NULL;

  self->listener
      = smm_listener_new_for (expected != 0 ? expected : port, self->platform->redirect_host,
                              self->platform->redirect_path, &problem);
  if (self->listener != NULL)
    return TRUE;
  if (expected != 0 && g_error_matches (problem, SMM_NET_ERROR, SMM_NET_ERROR_LISTEN))
    g_set_error (error, SMM_NET_ERROR, SMM_NET_ERROR_LISTEN,
                 _ ("Another program has port %u of this computer, where your %s app sends the "
                    "browser"),
                 expected, label_app (self));
  else
    g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

static void
on_app_secret (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  SmmConnect *self = g_task_get_source_object (task);
  guint16 port = GPOINTER_TO_UINT (g_task_get_task_data (task));
  SmmEndpoints *endpoints = smm_http_get_endpoints (self->http);
  g_autoptr (SmmRequest) request = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *challenge = NULL;
  char *url;

  self->app_secret = smm_vault_lookup_finish (SMM_VAULT (source), result, &error);
  if (self->app_secret == NULL)
    {
      if (g_error_matches (error, SMM_VAULT_ERROR, SMM_VAULT_ERROR_NOT_FOUND))
        g_task_return_new_error (task, SMM_LIBRARY_ERROR, SMM_LIBRARY_ERROR_INVALID,
                                 _ ("The secret of your %s app is not in the keyring. Enter the "
                                    "app’s keys again."),
                                 label_app (self));
      else if (g_error_matches (error, SMM_VAULT_ERROR, SMM_VAULT_ERROR_TAMPERED))
        g_task_return_new_error (task, SMM_LIBRARY_ERROR, SMM_LIBRARY_ERROR_INVALID,
                                 _ ("The secret of your %s app does not open: it was changed by "
                                    "something else. Enter the app’s keys again."),
                                 label_app (self));
      else
        g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  if (!listen_for_browser (self, port, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  if (smm_endpoints_get_sign_in (endpoints) > 0)
    smm_listener_set_wait (self->listener, smm_endpoints_get_sign_in (endpoints) * 1000);
  if (self->way == SMM_WAY_RELAY)
    smm_listener_add_port (self->listener);
  self->redirect_uri = make_redirect_uri (self);
  challenge = self->platform->hex_challenge ? smm_listener_get_challenge_hex (self->listener)
                                            : smm_listener_get_challenge_s256 (self->listener);
  request
      = self->platform->authorize (self->app_id, self->redirect_uri,
                                   smm_listener_get_state (self->listener), challenge, self->again);
  url = smm_endpoints_get_url (endpoints, request);
  self->address = g_strdup (url);
  if (url != NULL)
    g_task_return_pointer (task, url, g_free);
  else
    g_task_return_new_error (task, SMM_NET_ERROR, SMM_NET_ERROR_ENDPOINTS,
                             _ ("This platform has no address here"));
}

static void
on_vault_checked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  SmmConnect *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  g_autofree char *name = NULL;

  if (!smm_vault_check_finish (SMM_VAULT (source), result, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  name = smm_connect_make_app_item (self->platform->id, self->login);
  smm_vault_lookup_async (self->vault, name, NULL, on_app_secret, g_steal_pointer (&task));
}

void
smm_connect_begin_async (SmmConnect *self, SmmPlatformId platform, const char *login,
                         gboolean again, guint16 port, GCancellable *cancellable,
                         GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  SmmStore *store = smm_library_get_store (self->library);
  g_autoptr (GError) error = NULL;

  g_task_set_source_tag (task, smm_connect_begin_async);
  g_task_set_task_data (task, GUINT_TO_POINTER ((guint)port), NULL);
  forget_sign_in (self);
  g_free (self->login);
  self->login = platform == SMM_PLATFORM_INSTAGRAM ? g_strdup (login) : NULL;
  self->platform = find_platform (platform, self->login);
  self->again = again;
  if (self->platform == NULL)
    {
      g_task_return_new_error (task, SMM_LIBRARY_ERROR, SMM_LIBRARY_ERROR_INVALID,
                               _ ("%s can’t be connected yet"),
                               smm_platform_id_get_label (platform));
      return;
    }
  if (!smm_workspace_check_platform (store, platform, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  if (!smm_connect_can_way (platform, self->login, self->way)
      || (self->way == SMM_WAY_RELAY && !smm_connect_check_relay (self->relay, &error)))
    {
      if (error == NULL)
        error = g_error_new (SMM_LIBRARY_ERROR, SMM_LIBRARY_ERROR_INVALID,
                             _ ("%s can’t be signed in to this way. Choose another one."),
                             smm_platform_id_get_label (platform));
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  self->app_id = store != NULL
                     ? smm_store_get_app_id (store, smm_connect_name_app (platform, self->login))
                     : NULL;
  if (self->app_id == NULL)
    {
      g_task_return_new_error (task, SMM_LIBRARY_ERROR, SMM_LIBRARY_ERROR_INVALID,
                               self->login != NULL
                                   ? _ ("Enter the Instagram app ID and the Instagram app secret "
                                        "of your app first")
                               : platform == SMM_PLATFORM_TIKTOK
                                   ? _ ("Enter the client key and the client secret of your TikTok "
                                        "app first")
                                   : _ ("Enter the App ID and the App Secret of your Meta app "
                                        "first"));
      return;
    }
  smm_vault_check_async (self->vault, cancellable, on_vault_checked, g_steal_pointer (&task));
}

char *
smm_connect_begin_finish (SmmConnect *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* --- Wait: the browser, the code, the chain of requests --- */

typedef struct
{
  SmmGrant *grant;
  GHashTable *progress;
  char *code;
  guint n;
} SignIn;

static void
sign_in_free (gpointer data)
{
  SignIn *sign_in = data;

  smm_grant_free (sign_in->grant);
  g_hash_table_unref (sign_in->progress);
  smm_wipe_free (sign_in->code);
  g_free (sign_in);
}

static void next_request (GTask *task);

static void
on_sign_in_answer (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  SmmConnect *self = g_task_get_source_object (task);
  SignIn *sign_in = g_task_get_task_data (task);
  g_autoptr (SmmResponse) response = smm_http_send_finish (SMM_HTTP (source), result);
  g_autoptr (GError) error = NULL;

  if (!self->platform->apply_sign_in (sign_in->grant, sign_in->progress, response, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  next_request (g_steal_pointer (&task));
}

/* Each is sent once: a code that was used up by an answer that got lost means starting again. */
static void
next_request (GTask *task)
{
  SmmConnect *self = g_task_get_source_object (task);
  SignIn *sign_in = g_task_get_task_data (task);
  g_autoptr (SmmRequest) request = NULL;
  SmmGrant *grant;

  if (sign_in->n++ < MAX_SIGN_IN_REQUESTS)
    request = self->platform->next_sign_in (sign_in->grant, sign_in->progress, self->app_id,
                                            self->app_secret, self->redirect_uri, sign_in->code,
                                            smm_listener_get_verifier (self->listener));
  if (request != NULL)
    {
      smm_http_send_async (self->http, request, NULL, g_task_get_cancellable (task),
                           on_sign_in_answer, task);
      return;
    }
  grant = g_steal_pointer (&sign_in->grant);
  self->granted_at = g_get_real_time ();
  if (grant->person_token_expires_at > 0)
    grant->person_token_expires_at
        = self->granted_at + grant->person_token_expires_at * G_USEC_PER_SEC;
  g_task_return_pointer (task, grant, (GDestroyNotify)smm_grant_free);
  g_object_unref (task);
}

static void
on_code (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  SignIn *sign_in = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  sign_in->code = smm_listener_wait_finish (SMM_LISTENER (source), result, &error);
  if (sign_in->code == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  next_request (g_steal_pointer (&task));
}

/* The window's answer is looked at as the browser's is. */
static void
on_window (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  SmmConnect *self = g_task_get_source_object (task);
  SignIn *sign_in = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  char *address = smm_signin_run_finish (result, &error);

  if (address != NULL)
    sign_in->code = smm_listener_take_address (self->listener, address, &error);
  smm_wipe_free (address);
  if (sign_in->code == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    next_request (g_steal_pointer (&task));
}

void
smm_connect_wait_async (SmmConnect *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                        gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  SignIn *sign_in = g_new0 (SignIn, 1);

  g_return_if_fail (self->listener != NULL);

  sign_in->grant = smm_grant_new ();
  sign_in->progress = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_task_set_source_tag (task, smm_connect_wait_async);
  g_task_set_task_data (task, sign_in, sign_in_free);
  if (self->way == SMM_WAY_WINDOW)
    smm_signin_run_async (self->platform, self->address, self->redirect_uri, cancellable, on_window,
                          task);
  else
    smm_listener_wait_async (self->listener, cancellable, on_code, task);
}

SmmGrant *
smm_connect_wait_finish (SmmConnect *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

gboolean
smm_connect_paste_address (SmmConnect *self, const char *address, GError **error)
{
  char *code;
  gboolean taken;

  g_return_val_if_fail (self->listener != NULL, FALSE);

  code = smm_listener_take_address (self->listener, address, error);
  taken = code != NULL;
  smm_wipe_free (code);
  return taken;
}

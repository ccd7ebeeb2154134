/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Keeping what a sign-in brought; checking and disconnecting accounts. */

#include "config.h"

#include "smm-connect-private.h"

#include "smm-account-token.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define ACCESS_DAYS 90

static char *
make_item_name (const char *account_id)
{
  return g_strconcat ("account/", account_id, NULL);
}

/* --- Commit --- */

typedef struct
{
  GPtrArray *accounts; /* SmmAccount*, to be written */
  GPtrArray *values;   /* the keyring's values, wiped; parallel */
  guint n;
} Commit;

static void
commit_free (gpointer data)
{
  Commit *commit = data;

  g_clear_pointer (&commit->accounts, g_ptr_array_unref);
  g_ptr_array_unref (commit->values);
  g_free (commit);
}

/* 0: does not end, or nobody knows when. */
static gint64
add_seconds (gint64 at, gint64 seconds)
{
  return seconds > 0 ? at + seconds * G_USEC_PER_SEC : 0;
}

static char *
pack_tokens (SmmConnect *self, SmmGrant *grant, const SmmCandidate *candidate)
{
  const SmmAccountTokens tokens
      = { .account = candidate->token,
          .person = grant->person_token,
          .refresh = candidate->refresh_token,
          .expires_at = add_seconds (self->granted_at, candidate->token_expires_in),
          .refresh_expires_at = add_seconds (self->granted_at, candidate->refresh_expires_in) };

  return smm_account_tokens_pack (&tokens);
}

static SmmAccount *
make_account (SmmConnect *self, SmmGrant *grant, const SmmCandidate *candidate,
              const char *brand_id)
{
  SmmStore *store = smm_library_get_store (self->library);
  g_autoptr (SmmAccount) known
      = smm_store_find_account (store, brand_id, candidate->platform, candidate->remote_id);
  SmmAccount *account = smm_account_new ();

  /* A reconnect keeps the id, and with it posts and history. */
  account->id = known != NULL ? g_strdup (known->id) : smm_id_new ();
  account->brand_id = g_strdup (brand_id);
  account->platform = candidate->platform;
  account->remote_id = g_strdup (candidate->remote_id);
  account->parent_remote_id = g_strdup (candidate->parent_remote_id);
  account->name = g_strdup (candidate->name);
  account->username = g_strdup (candidate->username);
  account->person_id = g_strdup (grant->person_id);
  account->app_id = g_strdup (self->app_id);
  account->scopes = g_strdup (grant->scopes);
  account->login = g_strdup (self->login);
  account->followers = candidate->followers;
  account->connected_at = g_get_real_time ();
  account->checked_at = account->connected_at;
  /* What the person has to renew: a token that we can renew ends unnoticed. */
  if (candidate->refresh_token != NULL)
    account->token_expires_at = add_seconds (self->granted_at, candidate->refresh_expires_in);
  else
    account->token_expires_at = add_seconds (self->granted_at, candidate->token_expires_in);
  if (candidate->platform == SMM_PLATFORM_INSTAGRAM && self->login == NULL)
    account->access_expires_at
        = account->connected_at + ACCESS_DAYS * (gint64)86400 * G_USEC_PER_SEC;
  return account;
}

static void commit_next (GTask *task);

static void
on_account_put (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Commit *commit = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) put = smm_library_apply_finish (SMM_LIBRARY (source), result, &error);

  if (put == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  commit->n++;
  commit_next (g_steal_pointer (&task));
}

static void
on_token_stored (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  SmmConnect *self = g_task_get_source_object (task);
  Commit *commit = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (SmmCommand) command = NULL;

  if (!smm_vault_store_finish (SMM_VAULT (source), result, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  command = smm_command_new (
      "account.put",
      g_variant_new_parsed ("{'account': <%@a{sv}>}",
                            smm_account_to_variant (commit->accounts->pdata[commit->n])));
  smm_library_apply_async (self->library, command, NULL, on_account_put, g_steal_pointer (&task));
}

/* The token is in the keyring, read back, before the account is in the library. */
static void
commit_next (GTask *task)
{
  SmmConnect *self = g_task_get_source_object (task);
  Commit *commit = g_task_get_task_data (task);
  g_autofree char *name = NULL;

  if (commit->n == commit->accounts->len)
    {
      g_task_return_pointer (task, g_steal_pointer (&commit->accounts),
                             (GDestroyNotify)g_ptr_array_unref);
      g_object_unref (task);
      return;
    }
  name = make_item_name (((SmmAccount *)commit->accounts->pdata[commit->n])->id);
  smm_vault_store_async (self->vault, name, commit->values->pdata[commit->n], NULL, on_token_stored,
                         task);
}

void
smm_connect_commit_async (SmmConnect *self, SmmGrant *grant, const char *brand_id,
                          const char *const *remote_ids, GCancellable *cancellable,
                          GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Commit *commit = g_new0 (Commit, 1);

  commit->accounts = g_ptr_array_new_with_free_func (g_object_unref);
  commit->values = g_ptr_array_new_with_free_func ((GDestroyNotify)smm_vault_secret_free);
  g_task_set_source_tag (task, smm_connect_commit_async);
  g_task_set_task_data (task, commit, commit_free);
  for (guint i = 0; i < grant->candidates->len; i++)
    {
      SmmCandidate *candidate = grant->candidates->pdata[i];

      /* Nothing never takes the place of a good token. */
      if (candidate->token == NULL || candidate->problem != NULL
          || !g_strv_contains (remote_ids, candidate->remote_id))
        continue;
      g_ptr_array_add (commit->accounts, make_account (self, grant, candidate, brand_id));
      g_ptr_array_add (commit->values, pack_tokens (self, grant, candidate));
    }
  commit_next (task);
}

GPtrArray *
smm_connect_commit_finish (SmmConnect *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* --- Check and disconnect: both begin with account and token --- */

typedef struct
{
  SmmAccount *account;
  const SmmPlatform *platform;
  SmmRequest *request;
  char *token;       /* that was sent, wiped */
  gint64 expires_at; /* µs UTC: what the person has to renew; 0: unknown */
  gboolean renewed;  /* after it was refused */
  gboolean revoke;
  gboolean revoked;
} Visit;

static void
visit_free (gpointer data)
{
  Visit *visit = data;

  g_clear_object (&visit->account);
  g_clear_pointer (&visit->request, smm_request_unref);
  smm_vault_secret_free (visit->token);
  g_free (visit);
}

static void
on_visit_kept (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  SmmConnect *self = g_task_get_source_object (task);
  Visit *visit = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) kept = smm_library_apply_finish (SMM_LIBRARY (source), result, &error);
  SmmStore *store = smm_library_get_store (self->library);

  if (kept == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, smm_store_get_account (store, visit->account->id), g_object_unref);
}

static void
set_state (GTask *task, SmmAccountState state, const char *reason)
{
  SmmConnect *self = g_task_get_source_object (task);
  Visit *visit = g_task_get_task_data (task);
  g_auto (GVariantDict) dict = G_VARIANT_DICT_INIT (NULL);
  g_autoptr (SmmCommand) command = NULL;

  g_variant_dict_insert (&dict, "id", "s", visit->account->id);
  g_variant_dict_insert (&dict, "state", "i", (gint32)state);
  if (reason != NULL)
    g_variant_dict_insert (&dict, "reason", "s", reason);
  if (state == SMM_ACCOUNT_OK && visit->expires_at > 0)
    g_variant_dict_insert (&dict, "token-expires-at", "x", visit->expires_at);
  command = smm_command_new ("account.set-state", g_variant_dict_end (&dict));
  smm_library_apply_async (self->library, command, NULL, on_visit_kept, task);
}

static void
on_wiped (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  if (!smm_vault_delete_finish (SMM_VAULT (source), result, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  set_state (g_steal_pointer (&task), SMM_ACCOUNT_DISCONNECTED, NULL);
}

static void
wipe_token (GTask *task)
{
  SmmConnect *self = g_task_get_source_object (task);
  Visit *visit = g_task_get_task_data (task);
  g_autofree char *name = make_item_name (visit->account->id);

  smm_vault_delete_async (self->vault, name, NULL, on_wiped, task);
}

static void send_visit (GTask *task);
static void on_visit_token (GObject *source, GAsyncResult *result, gpointer user_data);

static void
settle_check (GTask *task, const SmmOutcome *outcome)
{
  switch (outcome->kind)
    {
    case SMM_OUTCOME_DONE:
      set_state (task, SMM_ACCOUNT_OK, NULL);
      break;
    case SMM_OUTCOME_SIGNED_OUT:
      set_state (task, SMM_ACCOUNT_SIGNED_OUT, outcome->message);
      break;
    case SMM_OUTCOME_BLOCKED:
      set_state (task, SMM_ACCOUNT_RESTRICTED, outcome->message);
      break;
    default:
      g_task_return_new_error (task, SMM_NET_ERROR, SMM_NET_ERROR_ANSWER, "%s",
                               outcome->message != NULL ? outcome->message
                                                        : _ ("The platform did not answer"));
      g_object_unref (task);
      break;
    }
}

static void
on_visited (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  SmmConnect *self = g_task_get_source_object (task);
  Visit *visit = g_task_get_task_data (task);
  g_autoptr (SmmResponse) response = smm_http_send_finish (SMM_HTTP (source), result);
  g_autoptr (SmmOutcome) outcome = NULL;

  if (!visit->renewed && smm_token_keeper_is_refusal (visit->account, visit->request, response))
    {
      visit->renewed = TRUE;
      smm_token_keeper_get_async (self->keeper, visit->account, visit->token,
                                  g_task_get_cancellable (task), on_visit_token, task);
      return;
    }
  if (!visit->revoke)
    {
      outcome = visit->platform->apply_check (visit->account, response);
      settle_check (task, outcome);
      return;
    }
  outcome = visit->platform->apply_revoke (visit->account, response);
  /* A token that is dead already needs no revoking. */
  visit->revoked = outcome->kind == SMM_OUTCOME_DONE || outcome->kind == SMM_OUTCOME_SIGNED_OUT;
  wipe_token (task);
}

static void
send_visit (GTask *task)
{
  SmmConnect *self = g_task_get_source_object (task);
  Visit *visit = g_task_get_task_data (task);

  smm_http_send_async (self->http, visit->request, visit->token, g_task_get_cancellable (task),
                       on_visited, task);
}

/* A form takes what an adapter never sees: the app's secret and the token. */
static void
on_revoke_secret (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Visit *visit = g_task_get_task_data (task);
  char *secret = smm_vault_lookup_finish (SMM_VAULT (source), result, NULL);

  if (secret == NULL || visit->token == NULL)
    {
      smm_vault_secret_free (secret);
      wipe_token (task);
      return;
    }
  smm_request_add_secret (visit->request, "client_secret", secret);
  smm_request_add_secret (visit->request, "token", visit->token);
  smm_vault_secret_free (secret);
  send_visit (task);
}

/* %TRUE when there is no token and the visit has ended otherwise. */
static gboolean
is_without_token (GTask *task, const GError *error)
{
  Visit *visit = g_task_get_task_data (task);

  if (error == NULL)
    return FALSE;
  if (g_error_matches (error, SMM_PLATFORM_ERROR, SMM_PLATFORM_ERROR_DENIED))
    {
      /* What is refused for good needs no revoking. */
      visit->revoked = visit->revoke;
      if (visit->revoke)
        wipe_token (task);
      else
        set_state (task, SMM_ACCOUNT_SIGNED_OUT, error->message);
    }
  /* A token nobody can open any more, or that can't be renewed now, can still be wiped. */
  else if (visit->revoke
           && (error->domain == SMM_PLATFORM_ERROR
               || g_error_matches (error, SMM_VAULT_ERROR, SMM_VAULT_ERROR_TAMPERED)
               || g_error_matches (error, SMM_VAULT_ERROR, SMM_VAULT_ERROR_KEY)))
    wipe_token (task);
  else if (g_error_matches (error, SMM_VAULT_ERROR, SMM_VAULT_ERROR_NOT_FOUND))
    set_state (task, visit->revoke ? SMM_ACCOUNT_DISCONNECTED : SMM_ACCOUNT_SIGNED_OUT,
               visit->revoke ? NULL : error->message);
  else
    {
      g_task_return_error (task, g_error_copy (error));
      g_object_unref (task);
    }
  return TRUE;
}

static void
on_visit_token (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  SmmConnect *self = g_task_get_source_object (task);
  Visit *visit = g_task_get_task_data (task);
  g_auto (SmmAccountTokens) tokens = { 0 };
  g_autoptr (GError) error = NULL;
  char *value = smm_token_keeper_get_finish (SMM_TOKEN_KEEPER (source), result, &error);

  if (is_without_token (task, error))
    return;
  g_clear_pointer (&visit->request, smm_request_unref);
  if (visit->revoke && visit->platform->revoke == NULL)
    {
      /* No program can end this sign-in there; the person is told where to. */
      smm_vault_secret_free (value);
      wipe_token (task);
      return;
    }
  visit->request = visit->revoke ? visit->platform->revoke (visit->account)
                                 : visit->platform->check (visit->account);
  smm_vault_secret_free (visit->token);
  visit->token = smm_account_token_get (value, visit->request->token);
  if (smm_account_tokens_unpack (value, &tokens))
    visit->expires_at = tokens.refresh != NULL ? tokens.refresh_expires_at : tokens.expires_at;
  smm_vault_secret_free (value);
  if (visit->revoke && visit->request->auth == SMM_AUTH_NONE
      && visit->request->body == SMM_BODY_FORM)
    {
      g_autofree char *name
          = smm_connect_make_app_item (visit->account->platform, visit->account->login);

      smm_vault_lookup_async (self->vault, name, NULL, on_revoke_secret, task);
      return;
    }
  send_visit (task);
}

static void
visit (SmmConnect *self, const char *account_id, gboolean revoke, GCancellable *cancellable,
       GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  SmmStore *store = smm_library_get_store (self->library);
  Visit *data = g_new0 (Visit, 1);

  g_task_set_source_tag (task, visit);
  g_task_set_task_data (task, data, visit_free);
  data->account = store != NULL ? smm_store_get_account (store, account_id) : NULL;
  data->platform = data->account != NULL ? smm_platform_get_for (data->account) : NULL;
  data->revoke = revoke;
  if (data->platform == NULL)
    {
      g_task_return_new_error (task, SMM_LIBRARY_ERROR, SMM_LIBRARY_ERROR_NOT_FOUND,
                               _ ("There is no account “%s”"), account_id);
      return;
    }
  smm_token_keeper_get_async (self->keeper, data->account, NULL, cancellable, on_visit_token,
                              g_steal_pointer (&task));
}

void
smm_connect_check_async (SmmConnect *self, const char *account_id, GCancellable *cancellable,
                         GAsyncReadyCallback callback, gpointer user_data)
{
  visit (self, account_id, FALSE, cancellable, callback, user_data);
}

SmmAccount *
smm_connect_check_finish (SmmConnect *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
smm_connect_disconnect_async (SmmConnect *self, const char *account_id, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer user_data)
{
  visit (self, account_id, TRUE, cancellable, callback, user_data);
}

gboolean
smm_connect_disconnect_finish (SmmConnect *self, GAsyncResult *result, gboolean *revoked,
                               GError **error)
{
  Visit *data = g_task_get_task_data (G_TASK (result));
  g_autoptr (SmmAccount) account = g_task_propagate_pointer (G_TASK (result), error);

  if (revoked != NULL)
    *revoked = data->revoked;
  return account != NULL;
}

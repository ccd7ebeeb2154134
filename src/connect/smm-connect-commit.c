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
  account->followers = candidate->followers;
  account->connected_at = g_get_real_time ();
  account->checked_at = account->connected_at;
  if (candidate->platform == SMM_PLATFORM_INSTAGRAM)
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
      g_ptr_array_add (commit->values,
                       smm_account_token_pack (candidate->token, grant->person_token));
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
  gboolean revoke;
  gboolean revoked;
} Visit;

static void
visit_free (gpointer data)
{
  Visit *visit = data;

  g_clear_object (&visit->account);
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

static void
on_visited (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Visit *visit = g_task_get_task_data (task);
  g_autoptr (SmmResponse) response = smm_http_send_finish (SMM_HTTP (source), result);
  g_autoptr (SmmOutcome) outcome = visit->revoke
                                       ? visit->platform->apply_revoke (visit->account, response)
                                       : visit->platform->apply_check (visit->account, response);

  if (visit->revoke)
    {
      /* A token that is dead already needs no revoking. */
      visit->revoked = outcome->kind == SMM_OUTCOME_DONE || outcome->kind == SMM_OUTCOME_SIGNED_OUT;
      wipe_token (g_steal_pointer (&task));
    }
  else if (outcome->kind == SMM_OUTCOME_DONE)
    set_state (g_steal_pointer (&task), SMM_ACCOUNT_OK, NULL);
  else if (outcome->kind == SMM_OUTCOME_SIGNED_OUT)
    set_state (g_steal_pointer (&task), SMM_ACCOUNT_SIGNED_OUT, outcome->message);
  else if (outcome->kind == SMM_OUTCOME_BLOCKED)
    set_state (g_steal_pointer (&task), SMM_ACCOUNT_RESTRICTED, outcome->message);
  else
    g_task_return_new_error (task, SMM_NET_ERROR, SMM_NET_ERROR_ANSWER, "%s",
                             outcome->message != NULL ? outcome->message
                                                      : _ ("The platform did not answer"));
}

static void
on_visit_token (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  SmmConnect *self = g_task_get_source_object (task);
  Visit *visit = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  char *value = smm_vault_lookup_finish (SMM_VAULT (source), result, &error);
  g_autoptr (SmmRequest) request = NULL;
  GCancellable *cancellable;
  char *token;

  /* A token nobody can open any more can still be wiped. */
  if (value == NULL && visit->revoke
      && (g_error_matches (error, SMM_VAULT_ERROR, SMM_VAULT_ERROR_TAMPERED)
          || g_error_matches (error, SMM_VAULT_ERROR, SMM_VAULT_ERROR_KEY)))
    {
      wipe_token (g_steal_pointer (&task));
      return;
    }
  if (value == NULL && g_error_matches (error, SMM_VAULT_ERROR, SMM_VAULT_ERROR_NOT_FOUND))
    {
      if (visit->revoke)
        set_state (g_steal_pointer (&task), SMM_ACCOUNT_DISCONNECTED, NULL);
      else
        set_state (g_steal_pointer (&task), SMM_ACCOUNT_SIGNED_OUT, error->message);
      return;
    }
  if (value == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  request = visit->revoke ? visit->platform->revoke (visit->account)
                          : visit->platform->check (visit->account);
  token = smm_account_token_get (value, request->token);
  smm_vault_secret_free (value);
  cancellable = g_task_get_cancellable (task);
  smm_http_send_async (self->http, request, token, cancellable, on_visited,
                       g_steal_pointer (&task));
  if (token != NULL)
    smm_vault_secret_free (token);
}

static void
visit (SmmConnect *self, const char *account_id, gboolean revoke, GCancellable *cancellable,
       GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  SmmStore *store = smm_library_get_store (self->library);
  Visit *data = g_new0 (Visit, 1);
  g_autofree char *name = make_item_name (account_id);

  g_task_set_source_tag (task, visit);
  g_task_set_task_data (task, data, visit_free);
  data->account = store != NULL ? smm_store_get_account (store, account_id) : NULL;
  data->platform = data->account != NULL ? smm_platform_get (data->account->platform) : NULL;
  data->revoke = revoke;
  if (data->platform == NULL)
    {
      g_task_return_new_error (task, SMM_LIBRARY_ERROR, SMM_LIBRARY_ERROR_NOT_FOUND,
                               _ ("There is no account “%s”"), account_id);
      return;
    }
  smm_vault_lookup_async (self->vault, name, cancellable, on_visit_token, g_steal_pointer (&task));
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

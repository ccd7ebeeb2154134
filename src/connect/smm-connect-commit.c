/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Keeping what a sign-in brought. */

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

static void drop_untold (GTask *task);

static void
on_untold_dropped (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Commit *commit = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  if (smm_connect_disconnect_finish (SMM_CONNECT (source), result, NULL, &error))
    {
      drop_untold (task);
      return;
    }
  /* It stays in the keyring, and the accounts are connected all the same. */
  g_task_return_pointer (task, g_steal_pointer (&commit->accounts),
                         (GDestroyNotify)g_ptr_array_unref);
  g_object_unref (task);
}

/* A revocation that still waits for a connection would end what was just allowed. */
static void
drop_untold (GTask *task)
{
  SmmConnect *self = g_task_get_source_object (task);
  Commit *commit = g_task_get_task_data (task);
  g_autoptr (SmmAccount) untold = NULL;

  for (guint i = 0; i < commit->accounts->len && untold == NULL; i++)
    untold = smm_connect_find_untold (smm_library_get_store (self->library),
                                      commit->accounts->pdata[i]);
  if (untold != NULL)
    {
      smm_connect_disconnect_async (self, untold->id, SMM_SIBLINGS_KEEP, NULL, on_untold_dropped,
                                    task);
      return;
    }
  g_task_return_pointer (task, g_steal_pointer (&commit->accounts),
                         (GDestroyNotify)g_ptr_array_unref);
  g_object_unref (task);
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
      drop_untold (task);
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

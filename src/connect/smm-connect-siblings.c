/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * One sign-in of a person can stand behind many accounts: at Meta a revocation ends every Page and
 * every linked Instagram account of that person and app (api/meta.md section 2.10), at TikTok the
 * account itself, which may be connected to more than one brand.
 */

#include "config.h"

#include "smm-connect-private.h"

#include <string.h>

static gboolean
is_sibling (SmmAccount *account, SmmAccount *other)
{
  const char *app = smm_connect_name_app (account->platform, account->login);

  if (strcmp (account->id, other->id) == 0
      || strcmp (app, smm_connect_name_app (other->platform, other->login)) != 0
      || g_strcmp0 (account->app_id, other->app_id) != 0)
    return FALSE;
  if (strcmp (app, "meta") == 0)
    return account->person_id != NULL && g_strcmp0 (account->person_id, other->person_id) == 0;
  return strcmp (account->remote_id, other->remote_id) == 0;
}

/**
 * smm_connect_list_siblings:
 * @store: where the accounts are
 * @account: one of them
 *
 * Returns: (transfer full) (element-type SmmAccount): the connected accounts that end with @account
 *   when its sign-in is ended at the platform; empty where that can't be done
 */
GPtrArray *
smm_connect_list_siblings (SmmStore *store, SmmAccount *account)
{
  const SmmPlatform *platform = smm_platform_get_for (account);
  g_autoptr (GPtrArray) accounts = smm_store_list_accounts (store, NULL);
  GPtrArray *siblings = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; platform != NULL && platform->revoke != NULL && i < accounts->len; i++)
    {
      SmmAccount *other = accounts->pdata[i];

      if (other->state != SMM_ACCOUNT_DISCONNECTED && is_sibling (account, other))
        g_ptr_array_add (siblings, g_object_ref (other));
    }
  return siblings;
}

/**
 * smm_connect_find_untold:
 * @store: where the accounts are
 * @account: one that was signed in just now
 *
 * Returns: (transfer full) (nullable): a disconnected account of the same sign-in that the platform
 *   was not told of yet; told now, it would end what was just allowed
 */
SmmAccount *
smm_connect_find_untold (SmmStore *store, SmmAccount *account)
{
  g_autoptr (GPtrArray) accounts = smm_store_list_accounts (store, NULL);

  for (guint i = 0; i < accounts->len; i++)
    {
      SmmAccount *other = accounts->pdata[i];

      if (other->state == SMM_ACCOUNT_DISCONNECTED && other->revoke_until > 0
          && is_sibling (account, other))
        return g_object_ref (other);
    }
  return NULL;
}

/* --- What became of them --- */

static void ask_next (GTask *task);

static void
on_asked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  G_GNUC_UNUSED g_autoptr (SmmAccount) account
      = smm_connect_check_finish (SMM_CONNECT (source), result, NULL);

  /* What can't be asked now is found by the daily look. */
  ask_next (user_data);
}

static void
ask_next (GTask *task)
{
  GPtrArray *siblings = g_task_get_task_data (task);
  g_autoptr (SmmAccount) account = NULL;

  if (siblings->len == 0)
    {
      g_task_return_boolean (task, TRUE);
      g_object_unref (task);
      return;
    }
  account = g_ptr_array_steal_index (siblings, siblings->len - 1);
  smm_connect_check_async (g_task_get_source_object (task), account->id,
                           g_task_get_cancellable (task), on_asked, task);
}

/**
 * smm_connect_ask_siblings_async:
 * @self: a connection
 * @account: whose sign-in was ended
 * @cancellable: (nullable): a cancellable
 * @callback: when each was asked
 * @user_data: for @callback
 *
 * Whether a Page's token dies with the person's is not documented: the platform's own word counts.
 */
void
smm_connect_ask_siblings_async (SmmConnect *self, SmmAccount *account, GCancellable *cancellable,
                                GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  SmmStore *store = smm_library_get_store (self->library);

  g_task_set_source_tag (task, smm_connect_ask_siblings_async);
  g_task_set_task_data (task, smm_connect_list_siblings (store, account),
                        (GDestroyNotify)g_ptr_array_unref);
  ask_next (task);
}

void
smm_connect_ask_siblings_finish (SmmConnect *self, GAsyncResult *result)
{
  g_task_propagate_boolean (G_TASK (result), NULL);
}

/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* In this order: without the library nobody knows which sign-ins there were, and without its key
 * they could not be ended. */

#include "config.h"

#include "smm-erase.h"

#include "smm-library-remote.h"

typedef struct
{
  SmmConnect *connect;
  SmmVault *vault;
  GPtrArray *accounts; /* SmmAccount *, those that are to be disconnected */
  guint next;
  SmmEraseFacts facts;
} Erasure;

static void
erasure_free (gpointer data)
{
  Erasure *erasure = data;

  g_object_unref (erasure->connect);
  g_object_unref (erasure->vault);
  g_ptr_array_unref (erasure->accounts);
  g_free (erasure);
}

static void
on_erased (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply
      = smm_library_remote_call_finish (SMM_LIBRARY_REMOTE (source), result, &error);

  if (reply != NULL)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
on_wiped (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  SmmLibrary *library = g_task_get_source_object (task);
  SmmStore *store = smm_library_get_store (library);
  g_autoptr (GError) error = NULL;
  gboolean wiped = smm_vault_wipe_finish (SMM_VAULT (source), result, &error);

  /* Without a keyring there is nothing in it; a locked one has to be opened first. */
  if (!wiped && !g_error_matches (error, SMM_VAULT_ERROR, SMM_VAULT_ERROR_ABSENT))
    g_task_return_error (task, g_steal_pointer (&error));
  else if (SMM_IS_LIBRARY_REMOTE (library))
    smm_library_remote_call_async (SMM_LIBRARY_REMOTE (library), "Erase",
                                   g_variant_new ("(s)", smm_store_get_paths (store)->data_dir),
                                   NULL, on_erased, g_steal_pointer (&task));
  else
    g_task_return_boolean (task, TRUE);
}

static void go_on (GTask *task);

static void
on_disconnected (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Erasure *erasure = g_task_get_task_data (task);
  SmmRevocation revocation = SMM_REVOCATION_NEVER;
  g_autoptr (GError) error = NULL;

  if (smm_connect_disconnect_finish (SMM_CONNECT (source), result, &revocation, &error)
      && revocation == SMM_REVOCATION_DONE)
    erasure->facts.n_ended++;
  else
    erasure->facts.n_untold++;
  go_on (task);
}

static void
go_on (GTask *task)
{
  Erasure *erasure = g_task_get_task_data (task);

  if (erasure->next < erasure->accounts->len)
    {
      SmmAccount *account = erasure->accounts->pdata[erasure->next++];

      smm_connect_disconnect_async (erasure->connect, account->id, SMM_SIBLINGS_END, NULL,
                                    on_disconnected, g_object_ref (task));
    }
  else
    smm_vault_wipe_async (erasure->vault, NULL, on_wiped, g_object_ref (task));
}

/**
 * smm_erase_all_async:
 * @library: to be erased; it can be read
 * @connect: ends the sign-ins
 * @vault: has them
 * @callback: called when all is gone, or something was refused
 * @user_data: for @callback
 */
void
smm_erase_all_async (SmmLibrary *library, SmmConnect *connect, SmmVault *vault,
                     GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (library, NULL, callback, user_data);
  g_autoptr (GPtrArray) accounts
      = smm_store_list_all_accounts (smm_library_get_store (library), NULL);
  Erasure *erasure = g_new0 (Erasure, 1);

  g_task_set_source_tag (task, smm_erase_all_async);
  erasure->connect = g_object_ref (connect);
  erasure->vault = g_object_ref (vault);
  erasure->accounts = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < accounts->len; i++)
    {
      SmmAccount *account = accounts->pdata[i];

      if (account->state != SMM_ACCOUNT_DISCONNECTED || account->revoke_until > 0)
        g_ptr_array_add (erasure->accounts, g_object_ref (account));
    }
  g_task_set_task_data (task, erasure, erasure_free);
  go_on (task);
}

/**
 * smm_erase_all_finish:
 * @library: the library
 * @result: of the callback
 * @facts: (out): what became of the sign-ins
 * @error: SMM_VAULT_ERROR: the keyring can't be opened, the library is as it was, its accounts are
 *   disconnected; SMM_LIBRARY_ERROR
 */
gboolean
smm_erase_all_finish (SmmLibrary *library, GAsyncResult *result, SmmEraseFacts *facts,
                      GError **error)
{
  Erasure *erasure = g_task_get_task_data (G_TASK (result));

  *facts = erasure->facts;
  return g_task_propagate_boolean (G_TASK (result), error);
}

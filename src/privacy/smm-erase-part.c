/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* As with all of it: sign-ins first, while it is known which there are, then the keyring, then the
 * library. */

#include "config.h"

#include "smm-erase.h"

typedef struct
{
  SmmConnect *connect;
  SmmVault *vault;
  GPtrArray *accounts; /* SmmAccount * */
  SmmCommand *command;
  guint next;
  SmmEraseFacts facts;
} Part;

static void
part_free (gpointer data)
{
  Part *part = data;

  g_clear_object (&part->connect);
  g_clear_object (&part->vault);
  g_clear_pointer (&part->accounts, g_ptr_array_unref);
  g_clear_pointer (&part->command, smm_command_unref);
  g_free (part);
}

static void
on_erased (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  SmmLibrary *library = SMM_LIBRARY (source);
  SmmPaths *paths = smm_store_get_paths (smm_library_get_store (library));
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = smm_library_apply_finish (library, result, &error);
  g_autofree const char **media = NULL;

  if (reply == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  /* The desktop's cache is nobody's, and knows files by their place. */
  if (g_variant_lookup (reply, "media", "^a&s", &media))
    for (guint i = 0; media[i] != NULL; i++)
      {
        g_autofree char *path = smm_paths_get_media (paths, media[i]);

        smm_erase_thumbnails_of (path);
      }
  g_task_return_boolean (task, TRUE);
}

static void go_on (GTask *task);

static void
on_wiped (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  /* Without a keyring there is nothing in it; a locked one has to be opened first. */
  if (!smm_vault_delete_finish (SMM_VAULT (source), result, &error)
      && !g_error_matches (error, SMM_VAULT_ERROR, SMM_VAULT_ERROR_ABSENT)
      && !g_error_matches (error, SMM_VAULT_ERROR, SMM_VAULT_ERROR_NOT_FOUND))
    g_task_return_error (task, g_steal_pointer (&error));
  else
    go_on (task);
}

/* Whatever the platform said: a token of an account that is gone could never be ended later. */
static void
on_disconnected (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Part *part = g_task_get_task_data (task);
  SmmAccount *account = part->accounts->pdata[part->next - 1];
  SmmRevocation revocation = SMM_REVOCATION_NEVER;
  g_autofree char *name = g_strconcat ("account/", account->id, NULL);
  g_autoptr (GError) error = NULL;

  if (!smm_connect_disconnect_finish (SMM_CONNECT (source), result, &revocation, &error)
      || revocation == SMM_REVOCATION_LATER || revocation == SMM_REVOCATION_NEVER)
    part->facts.n_untold++;
  else
    part->facts.n_ended++;
  smm_vault_delete_async (part->vault, name, NULL, on_wiped, g_steal_pointer (&task));
}

/* A sign-in that accounts live on which stay is not ended at the platform. */
static SmmSiblings
get_siblings (Part *part, SmmStore *store, SmmAccount *account)
{
  g_autoptr (GPtrArray) siblings = smm_connect_list_siblings (store, account);

  for (guint i = 0; i < siblings->len; i++)
    {
      SmmAccount *sibling = siblings->pdata[i];
      gboolean goes = FALSE;

      for (guint n = 0; n < part->accounts->len; n++)
        goes = goes || g_str_equal (((SmmAccount *)part->accounts->pdata[n])->id, sibling->id);
      if (!goes)
        return SMM_SIBLINGS_KEEP;
    }
  return SMM_SIBLINGS_END;
}

static void
go_on (GTask *task)
{
  SmmLibrary *library = g_task_get_source_object (task);
  Part *part = g_task_get_task_data (task);

  if (part->next < part->accounts->len)
    {
      SmmAccount *account = part->accounts->pdata[part->next++];

      smm_connect_disconnect_async (part->connect, account->id,
                                    get_siblings (part, smm_library_get_store (library), account),
                                    NULL, on_disconnected, g_object_ref (task));
    }
  else
    smm_library_apply_async (library, part->command, NULL, on_erased, g_object_ref (task));
}

static void
erase (SmmLibrary *library, SmmConnect *connect, SmmVault *vault, const char *brand_id,
       const char *account_id, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (library, NULL, callback, user_data);
  SmmStore *store = smm_library_get_store (library);
  g_autoptr (SmmAccount) account
      = account_id != NULL ? smm_store_get_account (store, account_id) : NULL;
  Part *part = g_new0 (Part, 1);

  g_task_set_task_data (task, part, part_free);
  part->connect = g_object_ref (connect);
  part->vault = g_object_ref (vault);
  part->command = smm_command_new (
      brand_id != NULL ? "brand.erase" : "account.erase",
      g_variant_new_parsed ("{'id': <%s>}", brand_id != NULL ? brand_id : account_id));
  if (brand_id != NULL)
    part->accounts = smm_store_list_all_accounts (store, brand_id);
  else
    part->accounts = g_ptr_array_new_with_free_func (g_object_unref);
  if (account != NULL)
    g_ptr_array_add (part->accounts, g_steal_pointer (&account));
  /* The owner looks again; nothing is signed out for what it would refuse. */
  if (smm_store_is_busy (store, brand_id, account_id))
    part->next = part->accounts->len;
  go_on (task);
}

/**
 * smm_erase_brand_async:
 * @library: has it
 * @connect: ends the sign-ins of its accounts
 * @vault: has them
 * @brand_id: a brand, also one that was deleted and could come back
 * @callback: called when it is gone, or something was refused
 * @user_data: for @callback
 */
void
smm_erase_brand_async (SmmLibrary *library, SmmConnect *connect, SmmVault *vault,
                       const char *brand_id, GAsyncReadyCallback callback, gpointer user_data)
{
  erase (library, connect, vault, brand_id, NULL, callback, user_data);
}

/**
 * smm_erase_account_async:
 * @library: has it
 * @connect: ends its sign-in
 * @vault: has it
 * @account_id: an account
 * @callback: called when it is gone, or something was refused
 * @user_data: for @callback
 */
void
smm_erase_account_async (SmmLibrary *library, SmmConnect *connect, SmmVault *vault,
                         const char *account_id, GAsyncReadyCallback callback, gpointer user_data)
{
  erase (library, connect, vault, NULL, account_id, callback, user_data);
}

/**
 * smm_erase_part_finish:
 * @library: the library
 * @result: of the callback
 * @facts: (out): what became of the sign-ins
 * @error: SMM_LIBRARY_ERROR: it still has posts on their way, or is not there;
 *   SMM_VAULT_ERROR: the keyring can't be opened, the accounts are disconnected, nothing else
 * changed
 */
gboolean
smm_erase_part_finish (SmmLibrary *library, GAsyncResult *result, SmmEraseFacts *facts,
                       GError **error)
{
  Part *part = g_task_get_task_data (G_TASK (result));

  *facts = part->facts;
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* An account or a brand is deleted for good: what goes is said before, and what would keep it. */

#include "config.h"

#include "smm-erase-dialog.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "smm-erase.h"
#include "smm-question.h"

typedef struct
{
  SmmLibrary *library;
  SmmPaths *paths;             /* the application's */
  char *brand_id, *account_id; /* one of them */
  char *name;
  SmmEraseTell tell;
  gpointer user_data;
} Erasure;

static void
erasure_free (gpointer data)
{
  Erasure *erasure = data;

  g_object_unref (erasure->library);
  g_free (erasure->brand_id);
  g_free (erasure->account_id);
  g_free (erasure->name);
  g_clear_object (&erasure->user_data);
  g_free (erasure);
}

static void
end (Erasure *erasure, const char *text)
{
  erasure->tell (text, TRUE, erasure->user_data);
  erasure_free (erasure);
}

static void
on_erased (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Erasure *erasure = user_data;
  SmmEraseFacts facts;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  if (!smm_erase_part_finish (SMM_LIBRARY (source), result, &facts, &error))
    text = g_strdup (error->message);
  else if (facts.n_untold > 0)
    text = g_strdup_printf (_ ("%s is deleted here. Not every platform could be told: remove the "
                               "app in your account’s settings there."),
                            erasure->name);
  else
    text = g_strdup_printf (_ ("%s is deleted for good"), erasure->name);
  end (erasure, text);
}

static void
erase (Erasure *erasure)
{
  SmmStore *store = smm_library_get_store (erasure->library);
  g_autoptr (GError) error = NULL;
  g_autoptr (SmmEndpoints) endpoints = smm_endpoints_new_default (&error);
  g_autoptr (SmmHttp) http = NULL;
  g_autoptr (SmmVault) vault = NULL;
  g_autoptr (SmmConnect) connect = NULL;
  g_autofree char *text = g_strdup_printf (_ ("Deleting %s…"), erasure->name);

  if (endpoints == NULL || store == NULL)
    {
      end (erasure, error != NULL ? error->message : _ ("There is no library yet"));
      return;
    }
  http = smm_http_new (endpoints);
  vault = smm_vault_new (erasure->paths->data_dir, smm_store_get_library_id (store));
  connect = smm_connect_new (erasure->library, vault, http);
  erasure->tell (text, FALSE, erasure->user_data);
  if (erasure->brand_id != NULL)
    smm_erase_brand_async (erasure->library, connect, vault, erasure->brand_id, on_erased, erasure);
  else
    smm_erase_account_async (erasure->library, connect, vault, erasure->account_id, on_erased,
                             erasure);
}

static void
on_answer (AdwMessageDialog *dialog, const char *response, gpointer data)
{
  Erasure *erasure = data;

  if (g_str_equal (response, "delete"))
    erase (erasure);
  else
    erasure_free (erasure);
}

static void
ask (GtkWidget *asker, const char *body, Erasure *erasure)
{
  g_autofree char *heading = g_strdup_printf (_ ("Delete %s for Good?"), erasure->name);
  GtkWidget *dialog = smm_question_new (asker, heading, body, "delete", _ ("_Delete for Good"));

  g_signal_connect (dialog, "response", G_CALLBACK (on_answer), erasure);
  gtk_window_present (GTK_WINDOW (dialog));
}

static Erasure *
erasure_new (SmmLibrary *library, SmmPaths *paths, SmmEraseTell tell, gpointer user_data)
{
  Erasure *erasure = g_new0 (Erasure, 1);

  erasure->library = g_object_ref (library);
  erasure->paths = paths;
  erasure->tell = tell;
  erasure->user_data = user_data;
  return erasure;
}

/**
 * smm_erase_dialog_ask_account:
 * @asker: in whose window it is asked
 * @library: has it
 * @paths: where the keys of the sign-ins are
 * @account: what is to be deleted
 * @tell: called when it begins, and with what came of it
 * @user_data: (transfer full): an object, for @tell
 */
void
smm_erase_dialog_ask_account (GtkWidget *asker, SmmLibrary *library, SmmPaths *paths,
                              SmmAccount *account, SmmEraseTell tell, gpointer user_data)
{
  Erasure *erasure = erasure_new (library, paths, tell, user_data);

  erasure->account_id = g_strdup (account->id);
  erasure->name = smm_account_dup_handle (account);
  ask (asker,
       _ ("The sign-in is ended, and the account goes with what became of posts there, its results "
          "and posts that went there alone. Backups hold it too and are deleted; what was done "
          "before can’t be undone any more. What is public stays public. This can’t be brought "
          "back: “Disconnect” ends the sign-in and keeps all else."),
       erasure);
}

/**
 * smm_erase_dialog_ask_brand:
 * @asker: in whose window it is asked
 * @library: has it
 * @paths: where the keys of the sign-ins are
 * @brand: what is to be deleted
 * @tell: called when it begins, and with what came of it
 * @user_data: (transfer full): an object, for @tell
 */
void
smm_erase_dialog_ask_brand (GtkWidget *asker, SmmLibrary *library, SmmPaths *paths, SmmBrand *brand,
                            SmmEraseTell tell, gpointer user_data)
{
  Erasure *erasure = erasure_new (library, paths, tell, user_data);

  erasure->brand_id = g_strdup (brand->id);
  erasure->name = g_strdup (brand->name);
  ask (
      asker,
      _ ("All of it goes: its accounts and their sign-ins, posts, results, plans, notes, and media "
         "that nothing else uses. Backups hold it too and are deleted; what was done before can’t "
         "be undone any more. What is public stays public. This can’t be brought back."),
      erasure);
}

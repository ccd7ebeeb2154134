/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-disconnect-dialog.h"

#include <glib/gi18n.h>

#include "smm-platform-marks.h"
#include "smm-state-icon.h"

/* More than these would make the dialog higher than a small screen: the rest is a number. */
#define MAX_ROWS 5

static void
append_row (GtkWidget *list, SmmAccount *account, SmmBrand *brand)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *marks = smm_platform_marks_new ();
  g_autofree char *handle = smm_account_dup_handle (account);

  smm_platform_marks_set (SMM_PLATFORM_MARKS (marks), 1u << account->platform);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), handle);
  if (brand != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), brand->name);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), marks);
  gtk_widget_set_focusable (row, FALSE);
  gtk_list_box_append (GTK_LIST_BOX (list), row);
}

/* Another brand's account is named with it: nobody would look there. */
static GtkWidget *
create_siblings (SmmStore *store, SmmAccount *account, GPtrArray *siblings)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *list = gtk_list_box_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  smm_widget_set_label (list, _ ("Accounts that end too"));
  for (guint i = 0; i < MIN (siblings->len, MAX_ROWS); i++)
    {
      SmmAccount *other = siblings->pdata[i];
      g_autoptr (SmmBrand) brand = g_strcmp0 (other->brand_id, account->brand_id) != 0
                                       ? smm_store_get_brand (store, other->brand_id)
                                       : NULL;

      append_row (list, other, brand);
    }
  gtk_box_append (GTK_BOX (box), list);
  if (siblings->len > MAX_ROWS)
    {
      guint n = siblings->len - MAX_ROWS;
      g_autofree char *text
          = g_strdup_printf (g_dngettext (NULL, "and %u more", "and %u more", n), n);

      gtk_box_append (GTK_BOX (box), gtk_label_new (text));
    }
  return box;
}

/**
 * smm_disconnect_dialog_new:
 * @parent: the window it belongs to
 * @store: where brands are read
 * @account: who is to be disconnected
 * @siblings: (element-type SmmAccount): the accounts that end with it
 *
 * Returns: (transfer full): the question; its responses are SMM_DISCONNECT_ALL, which ends the
 *   siblings too, SMM_DISCONNECT_ONLY and "cancel"
 */
GtkWidget *
smm_disconnect_dialog_new (GtkWindow *parent, SmmStore *store, SmmAccount *account,
                           GPtrArray *siblings)
{
  const char *platform = smm_platform_id_get_label (account->platform);
  g_autofree char *handle = smm_account_dup_handle (account);
  g_autofree char *heading = g_strdup_printf (_ ("Disconnect %s?"), handle);
  g_autofree char *all = NULL;
  GtkWidget *dialog = adw_message_dialog_new (parent, heading, NULL);
  AdwMessageDialog *message = ADW_MESSAGE_DIALOG (dialog);

  adw_message_dialog_add_response (message, "cancel", _ ("_Cancel"));
  if (siblings->len == 0)
    {
      adw_message_dialog_set_body (message, _ ("The sign-in is ended and removed from your "
                                               "keyring. Posts that wait for this account stay "
                                               "and are held until you reconnect."));
      adw_message_dialog_add_response (message, SMM_DISCONNECT_ALL, _ ("_Disconnect"));
    }
  else
    {
      adw_message_dialog_format_body (
          message,
          _ ("Posts that wait for it stay and are held until you reconnect. These accounts are of "
             "the same sign-in. They end too if it is ended at %s; else only this one is "
             "forgotten here."),
          platform);
      adw_message_dialog_set_extra_child (message, create_siblings (store, account, siblings));
      all = g_strdup_printf (
          g_dngettext (NULL, "_End %u Account", "_End All %u Accounts", siblings->len + 1),
          siblings->len + 1);
      adw_message_dialog_add_response (message, SMM_DISCONNECT_ONLY, _ ("_Keep the Others"));
      adw_message_dialog_add_response (message, SMM_DISCONNECT_ALL, all);
    }
  adw_message_dialog_set_response_appearance (message, SMM_DISCONNECT_ALL,
                                              ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (message, "cancel");
  return dialog;
}

/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-question.h"

#include <glib/gi18n.h>

/**
 * smm_question_new:
 * @asker: in whose window it is asked
 * @heading: the question
 * @body: what comes of it
 * @response: the id of the answer that does it
 * @label: that answer, with a mnemonic
 *
 * For what can't be undone: Return, Escape and the other button do nothing ("cancel").
 *
 * Returns: (transfer none): an AdwMessageDialog to be presented
 */
GtkWidget *
smm_question_new (GtkWidget *asker, const char *heading, const char *body, const char *response,
                  const char *label)
{
  GtkRoot *root = gtk_widget_get_root (asker);
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (root), heading, body);

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Cancel"), response,
                                    label, NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), response,
                                              ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  return dialog;
}

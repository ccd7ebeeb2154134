/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Posts from files and into files, and holidays. */

#include "config.h"

#include "smm-window-private.h"

#include "smm-export-dialog.h"
#include "smm-holidays-dialog.h"
#include "smm-import-dialog.h"

static void
import_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  SmmWindow *self = SMM_WINDOW (widget);
  GtkWidget *dialog;

  if (self->library == NULL || self->brand == NULL)
    return;
  dialog = smm_import_dialog_new (GTK_WINDOW (self), self->library, self->brand);
  g_signal_connect_object (dialog, "toast", G_CALLBACK (smm_window_on_page_toast), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
export_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  SmmWindow *self = SMM_WINDOW (widget);
  GtkWidget *dialog;

  if (self->library == NULL || self->brand == NULL)
    return;
  dialog = smm_export_dialog_new (GTK_WINDOW (self), self->library, self->brand);
  g_signal_connect_object (dialog, "toast", G_CALLBACK (smm_window_on_page_toast), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static SmmHolidaysDialog *
present_holidays (SmmWindow *self)
{
  GtkWidget *dialog = smm_holidays_dialog_new (GTK_WINDOW (self), self->library, self->brand);

  g_signal_connect_object (dialog, "toast", G_CALLBACK (smm_window_on_page_toast), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
  return SMM_HOLIDAYS_DIALOG (dialog);
}

static void
holidays_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  SmmWindow *self = SMM_WINDOW (widget);

  if (self->library != NULL && self->brand != NULL)
    present_holidays (self);
}

/* A calendar that was dropped on a day is none of its posts. FALSE: it is something else. */
gboolean
smm_window_take_calendar (SmmWindow *self, GListModel *files)
{
  g_autoptr (GFile) file = g_list_model_get_item (files, 0);

  if (g_list_model_get_n_items (files) != 1 || !smm_holidays_is_calendar (file)
      || self->library == NULL || self->brand == NULL)
    return FALSE;
  smm_holidays_dialog_add (present_holidays (self), file);
  return TRUE;
}

void
smm_window_class_install_exchange (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.import", NULL, import_action);
  gtk_widget_class_install_action (widget_class, "win.export", NULL, export_action);
  gtk_widget_class_install_action (widget_class, "win.holidays", NULL, holidays_action);
}

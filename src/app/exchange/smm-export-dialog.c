/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-export-dialog.h"

#include <glib/gi18n.h>

#include "smm-export-writer.h"
#include "smm-toast.h"

#define WIDTH 420

struct _SmmExportDialog
{
  AdwWindow parent_instance;

  AdwToastOverlay *toasts;
  GtkWidget *start;
  GtkSpinner *spinner;
  AdwActionRow *all_row;
  AdwActionRow *filtered_row;
  AdwActionRow *chosen_row;
  GtkCheckButton *all;
  GtkCheckButton *filtered;
  GtkCheckButton *chosen;
  GtkCheckButton *csv;
  GtkCheckButton *ics;
  GtkCheckButton *json;

  SmmLibrary *library;
  SmmBrand *brand;
  SmmPostFilter filter; /* its strings are its own */
  char **ids;
  GtkFileChooserNative *chooser;
  GCancellable *cancellable; /* while it is written */
  char *name;                /* of the file */
};

enum
{
  TOAST,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SmmExportDialog, smm_export_dialog, ADW_TYPE_WINDOW)

static void
set_busy (SmmExportDialog *self, gboolean busy)
{
  gtk_widget_set_sensitive (self->start, !busy);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), busy);
  gtk_spinner_set_spinning (self->spinner, busy);
}

static SmmExportFormat
get_format (SmmExportDialog *self)
{
  if (gtk_check_button_get_active (self->ics))
    return SMM_EXPORT_ICS;
  return gtk_check_button_get_active (self->json) ? SMM_EXPORT_JSON : SMM_EXPORT_CSV;
}

/* --- Writing --- */

static void
on_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SmmExportDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  int n = smm_export_write_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->cancellable);
  set_busy (self, FALSE);
  if (error != NULL)
    {
      smm_toast_show (self->toasts, error->message, FALSE);
      return;
    }
  /* Translators: the name of a file */
  text = g_strdup_printf (
      g_dngettext (NULL, "%'d post written to “%s”", "%'d posts written to “%s”", n), n,
      self->name);
  g_signal_emit (self, signals[TOAST], 0, text, FALSE);
  gtk_window_close (GTK_WINDOW (self));
}

static void
write_file (SmmExportDialog *self, GFile *file)
{
  SmmStore *store = smm_library_get_store (self->library);
  SmmPostFilter all = { .brand_id = self->brand->id, .state = -1 };
  gboolean filtered = gtk_check_button_get_active (self->filtered);
  gboolean chosen = gtk_check_button_get_active (self->chosen);

  if (store == NULL)
    return;
  g_free (self->name);
  self->name = g_file_get_basename (file);
  self->cancellable = g_cancellable_new ();
  set_busy (self, TRUE);
  smm_export_write_async (smm_store_get_paths (store), filtered ? &self->filter : &all,
                          chosen ? (const char *const *)self->ids : NULL, get_format (self), file,
                          self->cancellable, on_written, g_object_ref (self));
}

static void
on_chosen (GtkNativeDialog *dialog, int response, SmmExportDialog *self)
{
  g_autoptr (GFile) file = response == GTK_RESPONSE_ACCEPT
                               ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog))
                               : NULL;

  g_clear_object (&self->chooser);
  if (file != NULL)
    write_file (self, file);
}

static void
on_start (GtkButton *button, SmmExportDialog *self)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *day = g_date_time_format (now, "%Y-%m-%d");
  g_autofree char *name = g_strdup_printf ("%s %s.%s", self->brand->name, day,
                                           smm_export_format_get_suffix (get_format (self)));

  if (self->chooser != NULL)
    return;
  g_strdelimit (name, "/", '-');
  self->chooser = gtk_file_chooser_native_new (_ ("Export Posts"), GTK_WINDOW (self),
                                               GTK_FILE_CHOOSER_ACTION_SAVE, _ ("_Save"), NULL);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (self->chooser), name);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  g_signal_connect (self->chooser, "response", G_CALLBACK (on_chosen), self);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static void
on_cancel (GtkButton *button, SmmExportDialog *self)
{
  gtk_window_close (GTK_WINDOW (self));
}

/* --- The window --- */

static void
clear_filter (SmmExportDialog *self)
{
  g_free ((char *)self->filter.brand_id);
  g_free ((char *)self->filter.account_id);
  g_free ((char *)self->filter.tag_id);
  g_free ((char *)self->filter.search);
  self->filter = (SmmPostFilter){ .state = -1 };
}

static void
smm_export_dialog_dispose (GObject *object)
{
  SmmExportDialog *self = SMM_EXPORT_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->chooser != NULL)
    gtk_native_dialog_destroy (GTK_NATIVE_DIALOG (self->chooser));
  g_clear_object (&self->chooser);
  g_clear_object (&self->library);
  g_clear_object (&self->brand);
  clear_filter (self);
  g_clear_pointer (&self->ids, g_strfreev);
  g_clear_pointer (&self->name, g_free);
  G_OBJECT_CLASS (smm_export_dialog_parent_class)->dispose (object);
}

static void
smm_export_dialog_class_init (SmmExportDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = smm_export_dialog_dispose;
  signals[TOAST] = g_signal_new ("toast", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_BOOLEAN);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/com/nkonsept/Smm/ui/exchange/smm-export-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, SmmExportDialog, toasts);
  gtk_widget_class_bind_template_child (widget_class, SmmExportDialog, start);
  gtk_widget_class_bind_template_child (widget_class, SmmExportDialog, spinner);
  gtk_widget_class_bind_template_child (widget_class, SmmExportDialog, all_row);
  gtk_widget_class_bind_template_child (widget_class, SmmExportDialog, filtered_row);
  gtk_widget_class_bind_template_child (widget_class, SmmExportDialog, chosen_row);
  gtk_widget_class_bind_template_child (widget_class, SmmExportDialog, all);
  gtk_widget_class_bind_template_child (widget_class, SmmExportDialog, filtered);
  gtk_widget_class_bind_template_child (widget_class, SmmExportDialog, chosen);
  gtk_widget_class_bind_template_child (widget_class, SmmExportDialog, csv);
  gtk_widget_class_bind_template_child (widget_class, SmmExportDialog, ics);
  gtk_widget_class_bind_template_child (widget_class, SmmExportDialog, json);
  gtk_widget_class_bind_template_callback (widget_class, on_start);
  gtk_widget_class_bind_template_callback (widget_class, on_cancel);
}

static void
smm_export_dialog_init (SmmExportDialog *self)
{
  self->filter.state = -1;
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
count_row (AdwActionRow *row, guint n)
{
  g_autofree char *text = g_strdup_printf (g_dngettext (NULL, "%'u post", "%'u posts", n), n);

  adw_action_row_set_subtitle (row, text);
}

/**
 * smm_export_dialog_new:
 * @parent: over this window
 * @library: where the posts are
 * @brand: whose posts they are
 *
 * Returns: (transfer none): a dialog, to be presented
 */
GtkWidget *
smm_export_dialog_new (GtkWindow *parent, SmmLibrary *library, SmmBrand *brand)
{
  SmmExportDialog *self = g_object_new (SMM_TYPE_EXPORT_DIALOG, "transient-for", parent, NULL);
  SmmStore *store;
  g_autofree char *name = NULL;
  int width;

  g_return_val_if_fail (SMM_IS_LIBRARY (library), NULL);
  g_return_val_if_fail (SMM_IS_BRAND (brand), NULL);

  self->library = g_object_ref (library);
  self->brand = g_object_ref (brand);
  /* No wider than what it is over. */
  width = gtk_widget_get_width (GTK_WIDGET (parent));
  if (width > 0)
    gtk_window_set_default_size (GTK_WINDOW (self), MIN (WIDTH, width), -1);
  store = smm_library_get_store (library);
  name = g_markup_printf_escaped (_ ("All of “%s”"), brand->name);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->all_row), name);
  count_row (self->all_row, store != NULL ? smm_store_count_posts (store, brand->id) : 0);
  return GTK_WIDGET (self);
}

/**
 * smm_export_dialog_set_filter:
 * @self: a dialog
 * @filter: what is listed
 * @n: how many that are
 */
void
smm_export_dialog_set_filter (SmmExportDialog *self, const SmmPostFilter *filter, guint n)
{
  g_return_if_fail (SMM_IS_EXPORT_DIALOG (self));

  clear_filter (self);
  self->filter = *filter;
  self->filter.brand_id = g_strdup (filter->brand_id);
  self->filter.account_id = g_strdup (filter->account_id);
  self->filter.tag_id = g_strdup (filter->tag_id);
  self->filter.search = g_strdup (filter->search);
  count_row (self->filtered_row, n);
  gtk_widget_set_visible (GTK_WIDGET (self->filtered_row), TRUE);
  gtk_check_button_set_active (self->filtered, TRUE);
}

void
smm_export_dialog_set_chosen (SmmExportDialog *self, const char *const *ids)
{
  g_return_if_fail (SMM_IS_EXPORT_DIALOG (self));

  g_strfreev (self->ids);
  self->ids = g_strdupv ((char **)ids);
  count_row (self->chosen_row, g_strv_length (self->ids));
  gtk_widget_set_visible (GTK_WIDGET (self->chosen_row), TRUE);
  gtk_check_button_set_active (self->chosen, TRUE);
}

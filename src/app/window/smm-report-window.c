/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-report-window.h"

#include <glib/gi18n.h>
#include <string.h>

#include "smm-report.h"
#include "smm-toast.h"

#define WIDTH 680
#define HEIGHT 640

struct _SmmReportWindow
{
  AdwWindow parent_instance;

  AdwToastOverlay *toasts;
  GtkWidget *copy, *save;
  GtkStack *stack;
  GtkTextView *text;

  char *report; /* once it is there */
  GtkFileChooserNative *chooser;
};

G_DEFINE_FINAL_TYPE (SmmReportWindow, smm_report_window, ADW_TYPE_WINDOW)

/* --- Putting it together --- */

static void
write_in_thread (GTask *task, gpointer source, gpointer paths, GCancellable *cancellable)
{
  g_autofree char *programs = g_strdup_printf ("GTK %u.%u.%u, libadwaita %u.%u.%u",
                                               gtk_get_major_version (), gtk_get_minor_version (),
                                               gtk_get_micro_version (), adw_get_major_version (),
                                               adw_get_minor_version (), adw_get_micro_version ());

  g_task_return_pointer (task, smm_report_write (paths, programs), g_free);
}

static void
on_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  SmmReportWindow *self = SMM_REPORT_WINDOW (source);

  self->report = g_task_propagate_pointer (G_TASK (result), NULL);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->text), self->report, -1);
  gtk_stack_set_visible_child_name (self->stack, "text");
  gtk_widget_set_sensitive (self->copy, TRUE);
  gtk_widget_set_sensitive (self->save, TRUE);
}

/* --- Taking it along --- */

static void
on_copy (SmmReportWindow *self)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), self->report);
  smm_toast_show (self->toasts, _ ("The report is copied"), FALSE);
}

static void
on_saved (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SmmReportWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean saved = g_file_replace_contents_finish (G_FILE (source), result, NULL, &error);

  smm_toast_show (self->toasts, saved ? _ ("The report is saved") : error->message, FALSE);
}

static void
on_chosen (GtkNativeDialog *dialog, int response, SmmReportWindow *self)
{
  g_autoptr (GFile) file = response == GTK_RESPONSE_ACCEPT
                               ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog))
                               : NULL;
  g_autoptr (GBytes) bytes = g_bytes_new (self->report, strlen (self->report));

  g_clear_object (&self->chooser);
  if (file != NULL)
    g_file_replace_contents_bytes_async (file, bytes, NULL, FALSE,
                                         G_FILE_CREATE_PRIVATE | G_FILE_CREATE_REPLACE_DESTINATION,
                                         NULL, on_saved, g_object_ref (self));
}

static void
on_save (SmmReportWindow *self)
{
  if (self->chooser != NULL)
    return;
  self->chooser = gtk_file_chooser_native_new (_ ("Save the Report"), GTK_WINDOW (self),
                                               GTK_FILE_CHOOSER_ACTION_SAVE, _ ("_Save"), NULL);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (self->chooser), "nkonsept-smm-report.txt");
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  g_signal_connect (self->chooser, "response", G_CALLBACK (on_chosen), self);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

/* --- GObject --- */

static void
smm_report_window_dispose (GObject *object)
{
  SmmReportWindow *self = SMM_REPORT_WINDOW (object);

  if (self->chooser != NULL)
    gtk_native_dialog_destroy (GTK_NATIVE_DIALOG (self->chooser));
  g_clear_object (&self->chooser);
  G_OBJECT_CLASS (smm_report_window_parent_class)->dispose (object);
}

static void
smm_report_window_finalize (GObject *object)
{
  g_free (SMM_REPORT_WINDOW (object)->report);
  G_OBJECT_CLASS (smm_report_window_parent_class)->finalize (object);
}

static void
smm_report_window_class_init (SmmReportWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = smm_report_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = smm_report_window_finalize;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/nkonsept/Smm/ui/window/smm-report-window.ui");
  gtk_widget_class_bind_template_child (widget_class, SmmReportWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, SmmReportWindow, copy);
  gtk_widget_class_bind_template_child (widget_class, SmmReportWindow, save);
  gtk_widget_class_bind_template_child (widget_class, SmmReportWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, SmmReportWindow, text);
  gtk_widget_class_bind_template_callback (widget_class, on_copy);
  gtk_widget_class_bind_template_callback (widget_class, on_save);
}

static void
smm_report_window_init (SmmReportWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * smm_report_window_present:
 * @parent: the window it belongs to
 * @paths: where the library is, or was to be
 */
void
smm_report_window_present (GtkWindow *parent, SmmPaths *paths)
{
  SmmReportWindow *self = g_object_new (SMM_TYPE_REPORT_WINDOW, "transient-for", parent,
                                        "application", gtk_window_get_application (parent), NULL);
  g_autoptr (GTask) task = g_task_new (self, NULL, on_written, NULL);

  gtk_window_set_default_size (GTK_WINDOW (self),
                               MIN (WIDTH, gtk_widget_get_width (GTK_WIDGET (parent))),
                               MIN (HEIGHT, gtk_widget_get_height (GTK_WIDGET (parent))));
  g_task_set_source_tag (task, smm_report_window_present);
  g_task_set_task_data (task, smm_paths_new (paths->profile), (GDestroyNotify)smm_paths_free);
  g_task_run_in_thread (task, write_in_thread);
  gtk_window_present (GTK_WINDOW (self));
}

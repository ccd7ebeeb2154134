/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-holidays-dialog.h"

#include <glib/gi18n.h>
#include <string.h>

#include "smm-holidays.h"
#include "smm-state-icon.h"
#include "smm-text-scale.h"
#include "smm-toast.h"

#define WIDTH 360
#define HEIGHT 420

struct _SmmHolidaysDialog
{
  AdwWindow parent_instance;

  GtkWidget *add;
  AdwToastOverlay *overlay;
  GtkStack *pages;
  AdwPreferencesGroup *group;

  SmmLibrary *library;
  char *brand_id;
  GPtrArray *rows; /* GtkWidget *, borrowed */
  GCancellable *cancellable;
  GtkFileChooserNative *chooser;
};

enum
{
  TOAST,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SmmHolidaysDialog, smm_holidays_dialog, ADW_TYPE_WINDOW)

/* --- Changing --- */

static void load (SmmHolidaysDialog *self);

static void
on_applied (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SmmHolidaysDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = smm_library_apply_finish (SMM_LIBRARY (source), result, &error);
  const char *label = NULL;

  if (reply == NULL)
    smm_toast_show (self->overlay, error->message, FALSE);
  else if (g_variant_lookup (reply, "label", "&s", &label))
    g_signal_emit (self, signals[TOAST], 0, label, TRUE);
  /* Also after what failed: a switch is where the library says. */
  load (self);
}

static void
apply (SmmHolidaysDialog *self, const char *name, GVariant *args)
{
  g_autoptr (SmmCommand) command = smm_command_new (name, args);

  smm_library_apply_async (self->library, command, NULL, on_applied, g_object_ref (self));
}

static void
on_switched (GtkSwitch *button, GParamSpec *pspec, SmmHolidaysDialog *self)
{
  apply (self, "holidays.show",
         g_variant_new_parsed ("{'id': <%s>, 'shown': <%b>}",
                               g_object_get_data (G_OBJECT (button), "id"),
                               gtk_switch_get_active (button)));
}

static void
on_remove (GtkButton *button, SmmHolidaysDialog *self)
{
  apply (self, "holidays.delete",
         g_variant_new_parsed ("{'id': <%s>}", g_object_get_data (G_OBJECT (button), "id")));
}

/* --- From a file --- */

static void
read_file (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  GError *error = NULL;
  SmmHolidays *found = smm_holidays_read (task_data, cancellable, &error);

  if (found != NULL)
    g_task_return_pointer (task, found, (GDestroyNotify)smm_holidays_free);
  else
    g_task_return_error (task, error);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  SmmHolidaysDialog *self = SMM_HOLIDAYS_DIALOG (source);
  g_autoptr (GError) error = NULL;
  g_autoptr (SmmHolidays) found = g_task_propagate_pointer (G_TASK (result), &error);
  g_autofree char *id = smm_id_new ();

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  gtk_widget_set_sensitive (self->add, TRUE);
  if (found == NULL)
    {
      smm_toast_show (self->overlay, error->message, FALSE);
      return;
    }
  apply (self, "holidays.add", smm_holidays_to_args (found, id, self->brand_id));
  if (found->n_left_out > 0)
    {
      g_autofree char *text = g_strdup_printf (
          g_dngettext (NULL, "%u event left out: no whole day, or not yearly",
                       "%u events left out: no whole days, or not yearly", found->n_left_out),
          found->n_left_out);

      smm_toast_show (self->overlay, text, FALSE);
    }
}

/**
 * smm_holidays_dialog_add:
 * @self: a dialog
 * @file: a calendar file
 *
 * Adds its whole days, or says why that can't be.
 */
void
smm_holidays_dialog_add (SmmHolidaysDialog *self, GFile *file)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (SMM_IS_HOLIDAYS_DIALOG (self));
  g_return_if_fail (G_IS_FILE (file));

  task = g_task_new (self, self->cancellable, on_read, NULL);
  g_task_set_source_tag (task, smm_holidays_dialog_add);
  g_task_set_task_data (task, g_object_ref (file), g_object_unref);
  gtk_widget_set_sensitive (self->add, FALSE);
  g_task_run_in_thread (task, read_file);
}

gboolean
smm_holidays_is_calendar (GFile *file)
{
  g_autofree char *name = g_file_get_basename (file);
  gsize n = name != NULL ? strlen (name) : 0;

  return n > 4 && g_ascii_strcasecmp (name + n - 4, ".ics") == 0;
}

static void
on_chosen (GtkNativeDialog *dialog, int response, SmmHolidaysDialog *self)
{
  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));

      if (file != NULL)
        smm_holidays_dialog_add (self, file);
    }
  g_clear_object (&self->chooser);
}

static void
on_choose (GtkButton *button, SmmHolidaysDialog *self)
{
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

  if (self->chooser != NULL)
    return;
  self->chooser = gtk_file_chooser_native_new (_ ("Add Holidays"), GTK_WINDOW (self),
                                               GTK_FILE_CHOOSER_ACTION_OPEN, _ ("_Open"), NULL);
  gtk_file_filter_set_name (filter, _ ("Calendars (ICS)"));
  gtk_file_filter_add_mime_type (filter, "text/calendar");
  gtk_file_filter_add_suffix (filter, "ics");
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (self->chooser), filter);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  g_signal_connect (self->chooser, "response", G_CALLBACK (on_chosen), self);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static gboolean
on_dropped (GtkDropTarget *target, const GValue *value, double x, double y, SmmHolidaysDialog *self)
{
  GFile *file = g_value_get_object (value);

  if (file == NULL || !gtk_widget_get_sensitive (self->add))
    return FALSE;
  smm_holidays_dialog_add (self, file);
  return TRUE;
}

/* --- What is there --- */

static GtkWidget *
make_row (SmmHolidaysDialog *self, SmmHolidaysRecord *record)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *shown = gtk_switch_new ();
  GtkWidget *remove = gtk_button_new_from_icon_name ("user-trash-symbolic");
  g_autofree char *days
      = g_strdup_printf (g_dngettext (NULL, "%u day", "%u days", record->n_days), record->n_days);
  /* Translators: %s is the name of a calendar of holidays */
  g_autofree char *show_name = g_strdup_printf (_ ("Show “%s”"), record->name);
  /* Translators: %s is the name of a calendar of holidays */
  g_autofree char *remove_name = g_strdup_printf (_ ("Remove “%s”"), record->name);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), record->name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), days);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  gtk_switch_set_active (GTK_SWITCH (shown), record->shown);
  gtk_widget_set_valign (shown, GTK_ALIGN_CENTER);
  smm_widget_set_label (shown, show_name);
  g_object_set_data_full (G_OBJECT (shown), "id", g_strdup (record->id), g_free);
  g_signal_connect (shown, "notify::active", G_CALLBACK (on_switched), self);
  gtk_widget_set_valign (remove, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (remove, "flat");
  gtk_widget_set_tooltip_text (remove, _ ("Remove"));
  smm_widget_set_label (remove, remove_name);
  g_object_set_data_full (G_OBJECT (remove), "id", g_strdup (record->id), g_free);
  g_signal_connect (remove, "clicked", G_CALLBACK (on_remove), self);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), shown);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), remove);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), shown);
  return row;
}

/* The same calendars as before: the keyboard stays where it is. */
static gboolean
keep_rows (SmmHolidaysDialog *self, GPtrArray *all)
{
  if (all->len != self->rows->len)
    return FALSE;
  for (guint i = 0; i < all->len; i++)
    {
      SmmHolidaysRecord *record = all->pdata[i];
      GtkWidget *shown = adw_action_row_get_activatable_widget (self->rows->pdata[i]);

      if (g_strcmp0 (g_object_get_data (G_OBJECT (shown), "id"), record->id) != 0)
        return FALSE;
      g_signal_handlers_block_by_func (shown, on_switched, self);
      gtk_switch_set_active (GTK_SWITCH (shown), record->shown);
      g_signal_handlers_unblock_by_func (shown, on_switched, self);
    }
  return TRUE;
}

static void
load (SmmHolidaysDialog *self)
{
  SmmStore *store = self->library != NULL ? smm_library_get_store (self->library) : NULL;
  g_autoptr (GPtrArray) all = NULL;

  if (store == NULL)
    return;
  all = smm_store_list_holidays (store, self->brand_id, NULL);
  if (keep_rows (self, all))
    return;
  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (self->group, self->rows->pdata[i]);
  g_ptr_array_set_size (self->rows, 0);
  for (guint i = 0; i < all->len; i++)
    {
      GtkWidget *row = make_row (self, all->pdata[i]);

      adw_preferences_group_add (self->group, row);
      g_ptr_array_add (self->rows, row);
    }
  gtk_stack_set_visible_child_name (self->pages, all->len > 0 ? "list" : "empty");
}

/* --- The window --- */

static void
smm_holidays_dialog_dispose (GObject *object)
{
  SmmHolidaysDialog *self = SMM_HOLIDAYS_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  if (self->chooser != NULL)
    gtk_native_dialog_destroy (GTK_NATIVE_DIALOG (self->chooser));
  g_clear_object (&self->chooser);
  g_clear_object (&self->library);
  G_OBJECT_CLASS (smm_holidays_dialog_parent_class)->dispose (object);
}

static void
smm_holidays_dialog_finalize (GObject *object)
{
  SmmHolidaysDialog *self = SMM_HOLIDAYS_DIALOG (object);

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_free (self->brand_id);
  G_OBJECT_CLASS (smm_holidays_dialog_parent_class)->finalize (object);
}

static void
smm_holidays_dialog_class_init (SmmHolidaysDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = smm_holidays_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = smm_holidays_dialog_finalize;
  signals[TOAST] = g_signal_new ("toast", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_BOOLEAN);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/com/nkonsept/Smm/ui/calendar/smm-holidays-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, SmmHolidaysDialog, add);
  gtk_widget_class_bind_template_child (widget_class, SmmHolidaysDialog, overlay);
  gtk_widget_class_bind_template_child (widget_class, SmmHolidaysDialog, pages);
  gtk_widget_class_bind_template_child (widget_class, SmmHolidaysDialog, group);
  gtk_widget_class_bind_template_callback (widget_class, on_choose);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
smm_holidays_dialog_init (SmmHolidaysDialog *self)
{
  GtkDropTarget *drop = gtk_drop_target_new (G_TYPE_FILE, GDK_ACTION_COPY);

  gtk_widget_init_template (GTK_WIDGET (self));
  self->rows = g_ptr_array_new ();
  self->cancellable = g_cancellable_new ();
  g_signal_connect (drop, "drop", G_CALLBACK (on_dropped), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drop));
}

/**
 * smm_holidays_dialog_new:
 * @parent: over this window
 * @library: where holidays are kept
 * @brand: whose they are
 *
 * Returns: (transfer none): a dialog, to be presented
 */
GtkWidget *
smm_holidays_dialog_new (GtkWindow *parent, SmmLibrary *library, SmmBrand *brand)
{
  SmmHolidaysDialog *self = g_object_new (SMM_TYPE_HOLIDAYS_DIALOG, "transient-for", parent, NULL);
  double scale = smm_text_scale (GTK_WIDGET (self));
  int width = gtk_widget_get_width (GTK_WIDGET (parent));
  int height = gtk_widget_get_height (GTK_WIDGET (parent));

  /* As large as its words need, but no larger than what it is over. */
  if (width > 0)
    gtk_window_set_default_size (GTK_WINDOW (self), MIN ((int)(WIDTH * scale), width),
                                 MIN ((int)(HEIGHT * scale), height));
  self->library = g_object_ref (library);
  self->brand_id = g_strdup (brand->id);
  g_signal_connect_object (library, "changed", G_CALLBACK (load), self, G_CONNECT_SWAPPED);
  load (self);
  return GTK_WIDGET (self);
}

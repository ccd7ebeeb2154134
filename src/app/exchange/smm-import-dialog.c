/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-import-dialog.h"

#include <glib/gi18n.h>

#include "smm-app-time.h"
#include "smm-import-fields.h"
#include "smm-import-files.h"
#include "smm-import-list.h"
#include "smm-import-reader.h"
#include "smm-import-rows.h"
#include "smm-state-icon.h"
#include "smm-toast.h"

/* Below this there is no room for a column of times. */
#define NARROW 560

struct _SmmImportDialog
{
  AdwWindow parent_instance;

  AdwToastOverlay *toasts;
  GtkWidget *title;
  GtkWidget *switcher;
  GtkWidget *back;
  GtkStack *pages;
  AdwViewStack *plan;
  AdwBin *fields_place;
  GtkWidget *fields; /* SmmImportFields */
  GtkLabel *source;
  GtkWidget *problems_only;
  GtkColumnView *table;
  GtkColumnViewColumn *line_column;
  GtkColumnViewColumn *post_column;
  GtkColumnViewColumn *when_column;
  GtkWidget *looking;
  GtkLabel *summary;
  GtkWidget *accept;
  AdwStatusPage *progress_page;
  GtkProgressBar *progress;
  GtkWidget *cancel;

  SmmLibrary *library;
  SmmBrand *brand;
  SmmImport *import;
  SmmImportList *list;
  SmmImportFiles *files; /* while they are looked at or taken */
  SmmImportRows rows;
  GCancellable *reading;
  GtkFileChooserNative *chooser;
  char *name; /* of the file */
  guint pulse;
  gboolean saving; /* it can't be stopped any more */
};

enum
{
  TOAST,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SmmImportDialog, smm_import_dialog, ADW_TYPE_WINDOW)

/* --- Pages --- */

static void
show_page (SmmImportDialog *self, const char *page)
{
  gboolean plan = g_str_equal (page, "plan");

  gtk_stack_set_visible_child_name (self->pages, page);
  gtk_widget_set_visible (self->title, !plan);
  gtk_widget_set_visible (self->switcher, plan);
  gtk_widget_set_visible (self->back, plan);
}

static void
stop_files (SmmImportDialog *self)
{
  if (self->files == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->files, self);
  smm_import_files_stop (self->files);
  g_clear_object (&self->files);
}

static void
stop_reading (SmmImportDialog *self)
{
  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
}

static gboolean
on_pulse (gpointer user_data)
{
  gtk_progress_bar_pulse (SMM_IMPORT_DIALOG (user_data)->progress);
  return G_SOURCE_CONTINUE;
}

static void
set_pulsing (SmmImportDialog *self, gboolean pulsing)
{
  if (pulsing && self->pulse == 0)
    self->pulse = g_timeout_add (120, on_pulse, self);
  else if (!pulsing)
    g_clear_handle_id (&self->pulse, g_source_remove);
}

/* --- The result in words --- */

static const char *
get_format_sentence (SmmImport *import)
{
  static const struct
  {
    const char *format, *sentence;
  } formats[] = {
    { "buffer", N_ ("a table as Buffer has them") },
    { "hootsuite", N_ ("a table as Hootsuite has them") },
    { "metricool", N_ ("a table as Metricool has them") },
    { "publer", N_ ("a table as Publer has them") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    if (g_str_equal (import->format, formats[i].format))
      return _ (formats[i].sentence);
  return _ ("a table whose columns are known by their names");
}

typedef struct
{
  guint n_good, n_bad, n_warned, n_drafts, n_files;
  gint64 first, last;
} Count;

static Count
count (SmmImport *import)
{
  Count count = { .first = G_MAXINT64 };

  for (guint i = 0; i < import->rows->len; i++)
    {
      SmmImportRow *row = import->rows->pdata[i];

      if (!smm_import_row_is_good (row))
        {
          count.n_bad++;
          continue;
        }
      count.n_good++;
      count.n_warned += row->problems->len > 0;
      count.n_drafts += row->draft;
      count.n_files += row->files->len;
      if (row->draft || row->post->due_at == 0)
        continue;
      count.first = MIN (count.first, row->post->due_at);
      count.last = MAX (count.last, row->post->due_at);
    }
  return count;
}

static void
add_sentence (GString *text, char *sentence)
{
  if (text->len > 0)
    g_string_append_c (text, ' ');
  g_string_append (text, sentence);
  g_free (sentence);
}

static void
add_dates (SmmImportDialog *self, GString *text, const Count *count)
{
  g_autoptr (GTimeZone) zone = smm_app_zone_new (self->brand->timezone);
  g_autofree char *first = NULL, *last = NULL;

  if (count->last == 0)
    return;
  /* Translators: a day, like 14 October 2026 */
  first = smm_day_format (smm_time_get_day (count->first, zone), _ ("%-e %B %Y"));
  last = smm_day_format (smm_time_get_day (count->last, zone), _ ("%-e %B %Y"));
  if (g_str_equal (first, last))
    /* Translators: %s is a day */
    add_sentence (text,
                  g_strdup_printf (g_dngettext (NULL, "It goes out on %s.", "They go out on %s.",
                                                count->n_good - count->n_drafts),
                                   first));
  else
    /* Translators: both are days */
    add_sentence (text, g_strdup_printf (_ ("They go out between %s and %s."), first, last));
}

static char *
tell (SmmImportDialog *self, const Count *count)
{
  GString *text = g_string_new (NULL);
  guint n = count->n_good, bad = count->n_bad, drafts = count->n_drafts;
  guint scheduled = n - drafts;
  guint tags = self->import->n_new_tags;

  if (n == 0)
    add_sentence (text, g_strdup (_ ("No row can become a post.")));
  if (scheduled > 0)
    add_sentence (text,
                  g_strdup_printf (g_dngettext (NULL, "%'u row becomes a scheduled post.",
                                                "%'u rows become scheduled posts.", scheduled),
                                   scheduled));
  add_dates (self, text, count);
  if (drafts > 0)
    add_sentence (text, g_strdup_printf (g_dngettext (NULL, "%'u row becomes a draft.",
                                                      "%'u rows become drafts.", drafts),
                                         drafts));
  if (bad > 0)
    add_sentence (text,
                  g_strdup_printf (g_dngettext (NULL, "%'u row has a problem and is left out.",
                                                "%'u rows have problems and are left out.", bad),
                                   bad));
  if (n > 0 && tags > 0)
    add_sentence (
        text,
        g_strdup_printf (g_dngettext (NULL, "%'u tag is new.", "%'u tags are new.", tags), tags));
  return g_string_free (text, FALSE);
}

static void
update_summary (SmmImportDialog *self)
{
  Count now = count (self->import);
  g_autofree char *told = tell (self, &now);
  g_autofree char *rows = NULL, *source = NULL, *accept = NULL;
  guint n_rows = self->import->rows->len;
  gboolean looking = self->files != NULL;

  rows = g_strdup_printf (g_dngettext (NULL, "%'u row", "%'u rows", n_rows), n_rows);
  /* Translators: name of a file, what it is, how many rows: bread.csv: a table as Buffer has them,
   * 240 rows */
  source = g_strdup_printf (_ ("%s: %s, %s"), self->name, get_format_sentence (self->import), rows);
  gtk_label_set_label (self->source, source);
  gtk_label_set_label (self->summary, told);
  gtk_widget_set_visible (self->problems_only, now.n_bad + now.n_warned > 0);
  gtk_widget_set_visible (self->looking, looking);
  accept = g_strdup_printf (g_dngettext (NULL, "_Import %'u Post", "_Import %'u Posts", now.n_good),
                            now.n_good);
  gtk_button_set_label (GTK_BUTTON (self->accept), accept);
  gtk_widget_set_sensitive (self->accept, now.n_good > 0 && !looking);
}

/* --- Looking at files --- */

static void
on_row_checked (SmmImportFiles *files, guint n, SmmImportDialog *self)
{
  smm_import_list_row_changed (self->list, n);
}

static void
on_look_progress (SmmImportFiles *files, guint done, guint total, SmmImportDialog *self)
{
  g_autofree char *text = g_strdup_printf (_ ("Looking at files: %'u of %'u"), done, total);

  gtk_progress_bar_set_text (GTK_PROGRESS_BAR (self->looking), text);
  gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (self->looking),
                                 total > 0 ? (double)done / total : 0);
}

static void
on_looked (SmmImportFiles *files, GError *error, SmmImportDialog *self)
{
  if (error != NULL)
    smm_toast_show (self->toasts, error->message, FALSE);
  g_signal_handlers_disconnect_by_data (files, self);
  g_clear_object (&self->files);
  smm_import_list_set_problems_only (
      self->list, gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->problems_only)));
  update_summary (self);
}

static gboolean
has_files (SmmImport *import)
{
  for (guint i = 0; i < import->rows->len; i++)
    if (((SmmImportRow *)import->rows->pdata[i])->files->len > 0)
      return TRUE;
  return FALSE;
}

static void
look_at_files (SmmImportDialog *self)
{
  stop_files (self);
  if (!has_files (self->import))
    return;
  self->files = smm_import_files_new (self->library, self->import);
  g_signal_connect (self->files, "row", G_CALLBACK (on_row_checked), self);
  g_signal_connect (self->files, "progress", G_CALLBACK (on_look_progress), self);
  g_signal_connect (self->files, "ended", G_CALLBACK (on_looked), self);
  smm_import_files_look (self->files);
}

/* --- Reading --- */

static void
take_import (SmmImportDialog *self, SmmImport *import)
{
  gboolean fresh = self->import == NULL;

  g_clear_pointer (&self->import, smm_import_unref);
  self->import = import;
  smm_import_fields_show (SMM_IMPORT_FIELDS (self->fields), import);
  smm_import_list_set_import (self->list, import);
  look_at_files (self);
  update_summary (self);
  show_page (self, "plan");
  if (fresh)
    adw_view_stack_set_visible_child_name (
        self->plan,
        smm_import_fields_need_choice (SMM_IMPORT_FIELDS (self->fields)) ? "columns" : "preview");
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SmmImportDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  SmmImport *import = smm_import_read_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->reading);
  if (import != NULL)
    take_import (self, import);
  else
    {
      smm_toast_show (self->toasts, error->message, FALSE);
      show_page (self, self->import != NULL ? "plan" : "choose");
    }
}

static void
read_file (SmmImportDialog *self, GFile *file)
{
  SmmStore *store = smm_library_get_store (self->library);

  if (store == NULL)
    return;
  stop_reading (self);
  stop_files (self);
  smm_toast_forget (self->toasts);
  g_free (self->name);
  self->name = g_file_get_basename (file);
  g_clear_pointer (&self->import, smm_import_unref);
  smm_import_list_set_import (self->list, NULL);
  self->reading = g_cancellable_new ();
  show_page (self, "busy");
  smm_import_read_async (smm_store_get_paths (store), file, self->brand->id, NULL, self->reading,
                         on_read, g_object_ref (self));
}

/* What is shown stays until the new plan is there. */
static void
on_fields_changed (SmmImportFields *fields, SmmImportDialog *self)
{
  SmmStore *store = smm_library_get_store (self->library);

  if (store == NULL || self->import == NULL)
    return;
  stop_reading (self);
  stop_files (self);
  self->reading = g_cancellable_new ();
  gtk_widget_set_sensitive (self->accept, FALSE);
  smm_import_read_again_async (smm_store_get_paths (store), self->import,
                               smm_import_fields_get_choices (fields), self->reading, on_read,
                               g_object_ref (self));
}

/* --- Choosing a file --- */

static void
on_chosen (GtkNativeDialog *dialog, int response, SmmImportDialog *self)
{
  g_autoptr (GFile) file = response == GTK_RESPONSE_ACCEPT
                               ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog))
                               : NULL;

  g_clear_object (&self->chooser);
  if (file != NULL)
    read_file (self, file);
}

static void
on_choose (GtkButton *button, SmmImportDialog *self)
{
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();
  g_autoptr (GtkFileFilter) all = gtk_file_filter_new ();

  if (self->chooser != NULL)
    return;
  self->chooser = gtk_file_chooser_native_new (_ ("Import Posts"), GTK_WINDOW (self),
                                               GTK_FILE_CHOOSER_ACTION_OPEN, _ ("_Open"), NULL);
  gtk_file_filter_set_name (filter, _ ("Tables (CSV)"));
  gtk_file_filter_add_mime_type (filter, "text/csv");
  gtk_file_filter_add_mime_type (filter, "text/plain");
  gtk_file_filter_add_suffix (filter, "csv");
  gtk_file_filter_add_suffix (filter, "tsv");
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (self->chooser), filter);
  gtk_file_filter_set_name (all, _ ("All Files"));
  gtk_file_filter_add_pattern (all, "*");
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (self->chooser), all);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  g_signal_connect (self->chooser, "response", G_CALLBACK (on_chosen), self);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static gboolean
on_dropped (GtkDropTarget *target, const GValue *value, double x, double y, SmmImportDialog *self)
{
  GFile *file = g_value_get_object (value);

  if (file == NULL || self->saving
      || g_str_equal (gtk_stack_get_visible_child_name (self->pages), "importing"))
    return FALSE;
  read_file (self, file);
  return TRUE;
}

static void
on_back (GtkButton *button, SmmImportDialog *self)
{
  stop_reading (self);
  stop_files (self);
  smm_import_list_set_import (self->list, NULL);
  g_clear_pointer (&self->import, smm_import_unref);
  show_page (self, "choose");
}

static void
on_problems_only (GtkToggleButton *toggle, SmmImportDialog *self)
{
  smm_import_list_set_problems_only (self->list, gtk_toggle_button_get_active (toggle));
}

/* --- Importing --- */

static void
give_up (SmmImportDialog *self, const char *text)
{
  set_pulsing (self, FALSE);
  self->saving = FALSE;
  if (text != NULL)
    smm_toast_show (self->toasts, text, FALSE);
  show_page (self, "plan");
  update_summary (self);
}

static void
on_applied (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SmmImportDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = smm_library_apply_finish (SMM_LIBRARY (source), result, &error);
  const char *label = "";
  gboolean undoable = FALSE;

  if (reply == NULL)
    {
      give_up (self, error->message);
      return;
    }
  set_pulsing (self, FALSE);
  self->saving = FALSE;
  g_variant_lookup (reply, "label", "&s", &label);
  g_variant_lookup (reply, "undoable", "b", &undoable);
  g_signal_emit (self, signals[TOAST], 0, label, undoable);
  gtk_window_close (GTK_WINDOW (self));
}

static void
on_command_made (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SmmImportDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SmmCommand) command = smm_import_make_command_finish (result, &error);

  if (command == NULL)
    give_up (self, error->message);
  else
    smm_library_apply_async (self->library, command, NULL, on_applied, g_object_ref (self));
}

static void
save (SmmImportDialog *self)
{
  SmmStore *store = smm_library_get_store (self->library);

  if (store == NULL)
    return;
  self->saving = TRUE;
  gtk_widget_set_visible (self->cancel, FALSE);
  adw_status_page_set_description (self->progress_page,
                                   _ ("The posts are written into the library"));
  set_pulsing (self, TRUE);
  smm_import_make_command_async (smm_store_get_paths (store), self->import, NULL, on_command_made,
                                 g_object_ref (self));
}

static void
on_take_progress (SmmImportFiles *files, guint done, guint total, SmmImportDialog *self)
{
  g_autofree char *text = g_strdup_printf (_ ("Files copied: %'u of %'u"), done, total);

  adw_status_page_set_description (self->progress_page, text);
  gtk_progress_bar_set_fraction (self->progress, total > 0 ? (double)done / total : 0);
}

static void
on_taken (SmmImportFiles *files, GError *error, SmmImportDialog *self)
{
  g_autofree char *problem = error != NULL ? g_strdup (error->message) : NULL;

  if (problem != NULL)
    {
      stop_files (self);
      give_up (self, problem);
      return;
    }
  g_signal_handlers_disconnect_by_data (files, self);
  g_clear_object (&self->files);
  save (self);
}

static void
on_accept (GtkButton *button, SmmImportDialog *self)
{
  smm_toast_forget (self->toasts);
  show_page (self, "importing");
  gtk_widget_set_visible (self->cancel, TRUE);
  gtk_progress_bar_set_fraction (self->progress, 0);
  adw_status_page_set_description (self->progress_page, "");
  if (!has_files (self->import))
    {
      save (self);
      return;
    }
  self->files = smm_import_files_new (self->library, self->import);
  g_signal_connect (self->files, "progress", G_CALLBACK (on_take_progress), self);
  g_signal_connect (self->files, "ended", G_CALLBACK (on_taken), self);
  smm_import_files_take (self->files);
}

static void
on_cancel (GtkButton *button, SmmImportDialog *self)
{
  stop_files (self);
  give_up (self, _ ("Nothing was imported"));
}

/* --- The window --- */

static gboolean
smm_import_dialog_close_request (GtkWindow *window)
{
  SmmImportDialog *self = SMM_IMPORT_DIALOG (window);

  if (self->saving)
    return GDK_EVENT_STOP;
  stop_reading (self);
  stop_files (self);
  return GTK_WINDOW_CLASS (smm_import_dialog_parent_class)->close_request (window);
}

static void
on_width_changed (GObject *object, GParamSpec *pspec, SmmImportDialog *self)
{
  int width = 0, height = 0;

  /* GTK 4.8 writes both, wanted or not. */
  gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);
  self->rows.narrow = width < NARROW;
  gtk_column_view_column_set_visible (self->when_column, !self->rows.narrow);
  gtk_column_view_column_set_fixed_width (self->when_column, self->rows.narrow ? 0 : 150);
}

static void
smm_import_dialog_dispose (GObject *object)
{
  SmmImportDialog *self = SMM_IMPORT_DIALOG (object);

  set_pulsing (self, FALSE);
  stop_reading (self);
  stop_files (self);
  if (self->chooser != NULL)
    gtk_native_dialog_destroy (GTK_NATIVE_DIALOG (self->chooser));
  g_clear_object (&self->chooser);
  if (self->table != NULL)
    gtk_column_view_set_model (self->table, NULL);
  self->table = NULL;
  g_clear_object (&self->list);
  g_clear_object (&self->library);
  g_clear_object (&self->brand);
  g_clear_pointer (&self->import, smm_import_unref);
  g_clear_pointer (&self->rows.zone, g_time_zone_unref);
  g_clear_pointer (&self->name, g_free);
  G_OBJECT_CLASS (smm_import_dialog_parent_class)->dispose (object);
}

static void
smm_import_dialog_class_init (SmmImportDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = smm_import_dialog_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = smm_import_dialog_close_request;
  signals[TOAST] = g_signal_new ("toast", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_BOOLEAN);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/com/nkonsept/Smm/ui/exchange/smm-import-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, SmmImportDialog, toasts);
  gtk_widget_class_bind_template_child (widget_class, SmmImportDialog, title);
  gtk_widget_class_bind_template_child (widget_class, SmmImportDialog, switcher);
  gtk_widget_class_bind_template_child (widget_class, SmmImportDialog, back);
  gtk_widget_class_bind_template_child (widget_class, SmmImportDialog, pages);
  gtk_widget_class_bind_template_child (widget_class, SmmImportDialog, plan);
  gtk_widget_class_bind_template_child (widget_class, SmmImportDialog, fields_place);
  gtk_widget_class_bind_template_child (widget_class, SmmImportDialog, source);
  gtk_widget_class_bind_template_child (widget_class, SmmImportDialog, problems_only);
  gtk_widget_class_bind_template_child (widget_class, SmmImportDialog, table);
  gtk_widget_class_bind_template_child (widget_class, SmmImportDialog, line_column);
  gtk_widget_class_bind_template_child (widget_class, SmmImportDialog, post_column);
  gtk_widget_class_bind_template_child (widget_class, SmmImportDialog, when_column);
  gtk_widget_class_bind_template_child (widget_class, SmmImportDialog, looking);
  gtk_widget_class_bind_template_child (widget_class, SmmImportDialog, summary);
  gtk_widget_class_bind_template_child (widget_class, SmmImportDialog, accept);
  gtk_widget_class_bind_template_child (widget_class, SmmImportDialog, progress_page);
  gtk_widget_class_bind_template_child (widget_class, SmmImportDialog, progress);
  gtk_widget_class_bind_template_child (widget_class, SmmImportDialog, cancel);
  gtk_widget_class_bind_template_callback (widget_class, on_choose);
  gtk_widget_class_bind_template_callback (widget_class, on_back);
  gtk_widget_class_bind_template_callback (widget_class, on_problems_only);
  gtk_widget_class_bind_template_callback (widget_class, on_accept);
  gtk_widget_class_bind_template_callback (widget_class, on_cancel);
}

static void
smm_import_dialog_init (SmmImportDialog *self)
{
  g_autoptr (GtkNoSelection) selection = NULL;
  GtkDropTarget *drop = gtk_drop_target_new (G_TYPE_FILE, GDK_ACTION_COPY);

  gtk_widget_init_template (GTK_WIDGET (self));
  self->fields = smm_import_fields_new ();
  adw_bin_set_child (self->fields_place, self->fields);
  g_signal_connect (self->fields, "changed", G_CALLBACK (on_fields_changed), self);
  self->list = smm_import_list_new ();
  smm_import_rows_set_up (&self->rows, self->line_column, self->post_column, self->when_column);
  selection = gtk_no_selection_new (G_LIST_MODEL (g_object_ref (self->list)));
  gtk_column_view_set_model (self->table, GTK_SELECTION_MODEL (selection));
  g_signal_connect (drop, "drop", G_CALLBACK (on_dropped), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drop));
  g_signal_connect (self, "notify::default-width", G_CALLBACK (on_width_changed), self);
  show_page (self, "choose");
}

/**
 * smm_import_dialog_new:
 * @parent: over this window
 * @library: where posts go
 * @brand: whose posts they are going to be
 *
 * Returns: (transfer none): a window, to be presented
 */
GtkWidget *
smm_import_dialog_new (GtkWindow *parent, SmmLibrary *library, SmmBrand *brand)
{
  SmmImportDialog *self = g_object_new (SMM_TYPE_IMPORT_DIALOG, "transient-for", parent, NULL);
  int width = 0;

  g_return_val_if_fail (SMM_IS_LIBRARY (library), NULL);
  g_return_val_if_fail (SMM_IS_BRAND (brand), NULL);

  self->library = g_object_ref (library);
  self->brand = g_object_ref (brand);
  self->rows.zone = smm_app_zone_new (brand->timezone);
  /* No wider than what it is over. */
  width = gtk_widget_get_width (GTK_WIDGET (parent));
  if (width > 0)
    gtk_window_set_default_size (GTK_WINDOW (self), MIN (760, width), 620);
  return GTK_WIDGET (self);
}

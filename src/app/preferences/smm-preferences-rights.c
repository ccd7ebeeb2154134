/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Taking everything along, and deleting it. */

#include "config.h"

#include "smm-preferences-rights.h"

#include "smm-preferences-closing.h"
#include "smm-preferences-private.h"

#include <glib/gi18n.h>

#include "smm-archive.h"
#include "smm-connect.h"
#include "smm-erase-dialog.h"
#include "smm-erase.h"
#include "smm-question.h"
#include "smm-state-icon.h"
#include "smm-toast.h"

#define BRAND "smm-brand"

struct _SmmPreferencesRights
{
  AdwPreferencesGroup parent_instance;

  GtkWidget *export_button, *erase_button;
  AdwActionRow *erase_row;
  SmmPreferencesClosing *closing;
  GtkSpinner *erase_spinner;
  char *erase_text; /* what the row says while nothing is erased */
  AdwExpanderRow *brands;
  GPtrArray *rows; /* of them; borrowed */
  char *names;     /* what they show, in one line */

  SmmPreferences *window; /* NULL: the page is closed */
  GtkFileChooserNative *chooser;
};

G_DEFINE_FINAL_TYPE (SmmPreferencesRights, smm_preferences_rights, ADW_TYPE_PREFERENCES_GROUP)

/* --- Taking it along --- */

typedef struct
{
  SmmPaths *paths;
  char *file;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  smm_paths_free (job->paths);
  g_free (job->file);
  g_free (job);
}

static void
write_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Job *job = task_data;
  g_autoptr (GError) error = NULL;

  if (smm_archive_write (job->paths, job->file, NULL, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
on_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  SmmPreferencesRights *self = SMM_PREFERENCES_RIGHTS (source);
  g_autoptr (GError) error = NULL;
  gboolean written = g_task_propagate_boolean (G_TASK (result), &error);

  if (self->window == NULL)
    return;
  gtk_widget_set_sensitive (self->export_button, TRUE);
  smm_preferences_tell (self->window, written ? _ ("Everything is in the file") : error->message);
}

static void
on_chosen (GtkNativeDialog *dialog, int response, SmmPreferencesRights *self)
{
  g_autoptr (GFile) file = response == GTK_RESPONSE_ACCEPT
                               ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog))
                               : NULL;
  g_autoptr (GTask) task = NULL;
  Job *job;

  g_clear_object (&self->chooser);
  if (file == NULL || g_file_peek_path (file) == NULL)
    return;
  job = g_new0 (Job, 1);
  job->paths = smm_paths_new (self->window->paths->profile);
  job->file = g_file_get_path (file);
  task = g_task_new (self, NULL, on_written, NULL);
  g_task_set_source_tag (task, on_chosen);
  g_task_set_task_data (task, job, job_free);
  gtk_widget_set_sensitive (self->export_button, FALSE);
  smm_preferences_toast (self->window, _ ("Writing everything into the file…"), FALSE);
  g_task_run_in_thread (task, write_in_thread);
}

static void
on_export (SmmPreferencesRights *self)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *name = g_date_time_format (now, "nkonsept-smm-%Y-%m-%d.zip");

  if (self->chooser != NULL)
    return;
  self->chooser
      = gtk_file_chooser_native_new (_ ("Take Everything with You"), GTK_WINDOW (self->window),
                                     GTK_FILE_CHOOSER_ACTION_SAVE, _ ("_Save"), NULL);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (self->chooser), name);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  g_signal_connect (self->chooser, "response", G_CALLBACK (on_chosen), self);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

/* --- Deleting --- */

/* Platforms are asked, which takes a while. */
static void
show_erasing (SmmPreferencesRights *self, gboolean erasing)
{
  gtk_widget_set_sensitive (GTK_WIDGET (self->window), !erasing);
  gtk_spinner_set_spinning (self->erase_spinner, erasing);
  gtk_widget_set_visible (self->erase_button, !erasing);
  adw_action_row_set_subtitle (
      self->erase_row,
      erasing ? _ ("Deleting… The platforms are told that the sign-ins end.") : self->erase_text);
}

static void
on_erased (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SmmPreferencesRights) self = user_data;
  SmmEraseFacts facts;
  g_autoptr (GError) error = NULL;

  /* There is nothing left to show, and whoever stayed would have a new library made. */
  if (smm_erase_all_finish (SMM_LIBRARY (source), result, &facts, &error))
    {
      g_application_quit (g_application_get_default ());
      return;
    }
  if (self->window == NULL)
    return;
  show_erasing (self, FALSE);
  smm_preferences_tell (self->window, error->message);
}

static void
erase (SmmPreferencesRights *self)
{
  SmmLibrary *library = self->window->library;
  SmmStore *store = smm_library_get_store (library);
  g_autoptr (GError) error = NULL;
  g_autoptr (SmmEndpoints) endpoints = smm_endpoints_new_default (&error);
  g_autoptr (SmmHttp) http = NULL;
  g_autoptr (SmmVault) vault = NULL;
  g_autoptr (SmmConnect) connect = NULL;

  if (endpoints == NULL || store == NULL)
    {
      smm_preferences_tell (self->window,
                            error != NULL ? error->message : _ ("There is no library yet"));
      return;
    }
  http = smm_http_new (endpoints);
  vault = smm_vault_new (self->window->paths->data_dir, smm_store_get_library_id (store));
  connect = smm_connect_new (library, vault, http);
  show_erasing (self, TRUE);
  smm_erase_all_async (library, connect, vault, on_erased, g_object_ref (self));
}

static void
on_answer (AdwMessageDialog *dialog, const char *response, SmmPreferencesRights *self)
{
  if (self->window != NULL && g_str_equal (response, "delete"))
    erase (self);
}

static void
on_erase (SmmPreferencesRights *self)
{
  g_autofree char *body = g_strdup_printf (
      _ ("The sign-ins are ended at the platforms. Then the folder “%s” with all posts, media and "
         "backups is removed, and what is in the keyring. Posts that are scheduled do not go out. "
         "What is public stays there. This can’t be undone; nkonsept SMM closes after it."),
      self->window->paths->data_dir);
  GtkWidget *dialog = smm_question_new (GTK_WIDGET (self->window), _ ("Delete Everything Here?"),
                                        body, "delete", _ ("_Delete Everything"));

  g_signal_connect_object (dialog, "response", G_CALLBACK (on_answer), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* --- One brand --- */

static void
on_erasing_brand (const char *text, gboolean over, gpointer user_data)
{
  SmmPreferencesRights *self = user_data;

  if (self->window == NULL)
    return;
  gtk_widget_set_sensitive (GTK_WIDGET (self->brands), over);
  if (!over)
    {
      smm_preferences_toast (self->window, text, FALSE);
      return;
    }
  smm_toast_forget (self->window->toasts);
  smm_preferences_tell (self->window, text);
}

static void
on_erase_brand (GtkButton *button, SmmPreferencesRights *self)
{
  smm_erase_dialog_ask_brand (GTK_WIDGET (self), self->window->library, self->window->paths,
                              g_object_get_data (G_OBJECT (button), BRAND), on_erasing_brand,
                              g_object_ref (self));
}

static void
add_brand (SmmPreferencesRights *self, SmmBrand *brand, gboolean deleted)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *button = gtk_button_new_with_label (_ ("Delete…"));
  g_autofree char *label = g_strdup_printf (_ ("Delete %s for Good…"), brand->name);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), brand->name);
  if (deleted)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _ ("Deleted, and could come back"));
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  smm_widget_set_label (button, label);
  g_object_set_data_full (G_OBJECT (button), BRAND, g_object_ref (brand), g_object_unref);
  g_signal_connect (button, "clicked", G_CALLBACK (on_erase_brand), self);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  adw_expander_row_add_row (self->brands, row);
  g_ptr_array_add (self->rows, row);
}

/**
 * smm_preferences_rights_fill:
 * @self: the group
 * @store: what is in it now
 *
 * Rows are made anew only when there are other brands: somebody may be just pressing one.
 */
void
smm_preferences_rights_fill (SmmPreferencesRights *self, SmmStore *store)
{
  g_autoptr (GPtrArray) here = smm_store_list_brands (store);
  g_autoptr (GPtrArray) deleted = smm_store_list_deleted_brands (store);
  GPtrArray *lists[] = { here, deleted };
  g_autoptr (GString) names = g_string_new (NULL);

  smm_preferences_closing_fill (self->closing, store);
  for (guint n = 0; n < G_N_ELEMENTS (lists); n++)
    for (guint i = 0; i < lists[n]->len; i++)
      g_string_append_printf (names, "%u %s %s\n", n, ((SmmBrand *)lists[n]->pdata[i])->id,
                              ((SmmBrand *)lists[n]->pdata[i])->name);
  if (g_strcmp0 (names->str, self->names) == 0)
    return;
  g_free (self->names);
  self->names = g_strdup (names->str);
  for (guint i = 0; i < self->rows->len; i++)
    adw_expander_row_remove (self->brands, self->rows->pdata[i]);
  g_ptr_array_set_size (self->rows, 0);
  for (guint n = 0; n < G_N_ELEMENTS (lists); n++)
    for (guint i = 0; i < lists[n]->len; i++)
      add_brand (self, lists[n]->pdata[i], n == 1);
  gtk_widget_set_visible (GTK_WIDGET (self->brands), self->rows->len > 0);
}

void
smm_preferences_rights_bind (SmmPreferencesRights *self, SmmPreferences *window)
{
  self->window = window;
  smm_preferences_closing_bind (self->closing, window);
}

static void
smm_preferences_rights_dispose (GObject *object)
{
  SmmPreferencesRights *self = SMM_PREFERENCES_RIGHTS (object);

  self->window = NULL;
  if (self->chooser != NULL)
    gtk_native_dialog_destroy (GTK_NATIVE_DIALOG (self->chooser));
  g_clear_object (&self->chooser);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->names, g_free);
  g_clear_pointer (&self->erase_text, g_free);
  G_OBJECT_CLASS (smm_preferences_rights_parent_class)->dispose (object);
}

static void
smm_preferences_rights_class_init (SmmPreferencesRightsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = smm_preferences_rights_dispose;
  g_type_ensure (SMM_TYPE_PREFERENCES_CLOSING);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/com/nkonsept/Smm/ui/preferences/smm-preferences-rights.ui");
  gtk_widget_class_bind_template_child (widget_class, SmmPreferencesRights, export_button);
  gtk_widget_class_bind_template_child (widget_class, SmmPreferencesRights, erase_button);
  gtk_widget_class_bind_template_child (widget_class, SmmPreferencesRights, erase_row);
  gtk_widget_class_bind_template_child (widget_class, SmmPreferencesRights, closing);
  gtk_widget_class_bind_template_child (widget_class, SmmPreferencesRights, erase_spinner);
  gtk_widget_class_bind_template_child (widget_class, SmmPreferencesRights, brands);
  gtk_widget_class_bind_template_callback (widget_class, on_export);
  gtk_widget_class_bind_template_callback (widget_class, on_erase);
}

static void
smm_preferences_rights_init (SmmPreferencesRights *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  self->erase_text = g_strdup (adw_action_row_get_subtitle (self->erase_row));
}

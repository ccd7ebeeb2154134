/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Backups: made and checked in threads with a reader of their own; restored by the publisher. */

#include "config.h"

#include "smm-preferences-private.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include "smm-app-time.h"
#include "smm-question.h"
#include "smm-state-icon.h"
#include "smm-wrap.h"

#define NAME "smm-backup"
#define MAX_ROWS 12

/* Names begin with the time: 2026-11-24T040744-manual.db, in UTC. */
static char *
describe_time (const char *name)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autoptr (GDateTime) made = NULL;
  int year, month, day, hour, minute;

  if (sscanf (name, "%4d-%2d-%2dT%2d%2d", &year, &month, &day, &hour, &minute) == 5)
    made = g_date_time_new_utc (year, month, day, hour, minute, 0);
  if (made == NULL)
    return g_strdup (name);
  return smm_time_format_long (g_date_time_to_unix (made) * G_USEC_PER_SEC, zone);
}

static const char *
describe_why (const char *name)
{
  if (strstr (name, "-weekly") != NULL)
    return _ ("Weekly");
  if (strstr (name, "-migrate") != NULL)
    return _ ("Before an update");
  return _ ("By hand");
}

/* --- Making --- */

static void
back_up_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  SmmPreferences *self = source;
  g_autoptr (GError) error = NULL;
  g_autoptr (SmmStore) reader = smm_store_open_reader (self->paths, &error);
  char *name = reader != NULL ? smm_store_backup (reader, "manual", &error) : NULL;

  if (name != NULL)
    g_task_return_pointer (task, name, g_free);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
on_backed_up (GObject *source, GAsyncResult *result, gpointer user_data)
{
  SmmPreferences *self = SMM_PREFERENCES (source);
  g_autoptr (GError) error = NULL;
  g_autofree char *name = g_task_propagate_pointer (G_TASK (result), &error);

  if (self->library == NULL)
    return;
  gtk_widget_set_sensitive (self->backup_now, TRUE);
  smm_preferences_toast (self, name != NULL ? _ ("The backup is made and checked") : error->message,
                         FALSE);
  smm_preferences_fill_backups (self);
}

void
smm_preferences_back_up (SmmPreferences *self)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, on_backed_up, NULL);

  gtk_widget_set_sensitive (self->backup_now, FALSE);
  g_task_run_in_thread (task, back_up_in_thread);
}

/* --- Checking --- */

static void
verify_in_thread (GTask *task, gpointer source, gpointer name, GCancellable *cancellable)
{
  SmmPreferences *self = source;
  g_autoptr (GError) error = NULL;

  if (smm_paths_verify_backup (self->paths, name, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
on_verified (GObject *source, GAsyncResult *result, gpointer user_data)
{
  SmmPreferences *self = SMM_PREFERENCES (source);
  g_autoptr (GError) error = NULL;
  gboolean good = g_task_propagate_boolean (G_TASK (result), &error);

  if (self->library != NULL)
    smm_preferences_toast (self, good ? _ ("This backup can be restored") : error->message, FALSE);
}

static void
on_verify (GtkButton *button, SmmPreferences *self)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, on_verified, NULL);

  g_task_set_task_data (task, g_strdup (g_object_get_data (G_OBJECT (button), NAME)), g_free);
  g_task_run_in_thread (task, verify_in_thread);
}

/* --- Restoring --- */

static void
on_restoring (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SmmPreferences) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply
      = smm_library_remote_call_finish (SMM_LIBRARY_REMOTE (source), result, &error);

  if (reply != NULL)
    return;
  g_clear_pointer (&self->restoring, g_free);
  smm_preferences_toast (self, error->message, FALSE);
}

/* The publisher left, put the backup in place, and another one came. */
void
smm_preferences_on_connected (SmmPreferences *self)
{
  if (self->restoring == NULL
      || !smm_library_remote_get_connected (SMM_LIBRARY_REMOTE (self->library)))
    return;
  g_clear_pointer (&self->restoring, g_free);
  smm_preferences_fill_backups (self);
  smm_preferences_tell (self,
                        _ ("The backup is restored. What may have gone out since is checked."));
}

static void
on_answer (AdwMessageDialog *dialog, const char *response, SmmPreferences *self)
{
  const char *name = g_object_get_data (G_OBJECT (dialog), NAME);

  if (!g_str_equal (response, "restore") || !SMM_IS_LIBRARY_REMOTE (self->library)
      || self->restoring != NULL)
    return;
  self->restoring = g_strdup (name);
  smm_library_remote_call_async (SMM_LIBRARY_REMOTE (self->library), "Restore",
                                 g_variant_new ("(s)", name), NULL, on_restoring,
                                 g_object_ref (self));
}

static void
on_restore (GtkButton *button, SmmPreferences *self)
{
  const char *name = g_object_get_data (G_OBJECT (button), NAME);
  g_autofree char *when = describe_time (name);
  g_autofree char *body = g_strdup_printf (
      _ ("Everything goes back to %s. The library as it is now is kept beside it. Posts that may "
         "have gone out since are looked for before anything is sent again."),
      when);
  GtkWidget *dialog = smm_question_new (GTK_WIDGET (self), _ ("Restore This Backup?"), body,
                                        "restore", _ ("_Restore"));

  g_object_set_data_full (G_OBJECT (dialog), NAME, g_strdup (name), g_free);
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_answer), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* --- The list --- */

static GtkWidget *
make_button (SmmPreferences *self, const char *label, const char *what, const char *name,
             GCallback clicked)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  smm_widget_set_label (button, what);
  g_object_set_data_full (G_OBJECT (button), NAME, g_strdup (name), g_free);
  g_signal_connect (button, "clicked", clicked, self);
  return button;
}

static GtkWidget *
make_row (SmmPreferences *self, const char *name)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *buttons = smm_wrap_new (6);
  g_autofree char *when = describe_time (name);
  g_autofree char *path = g_build_filename (self->paths->backup_dir, name, NULL);
  g_autofree char *size = NULL;
  g_autofree char *detail = NULL;
  g_autofree char *verify = g_strdup_printf (_ ("Check the backup of %s"), when);
  g_autofree char *restore = g_strdup_printf (_ ("Restore the backup of %s"), when);
  GStatBuf info = { 0 };

  if (g_stat (path, &info) == 0)
    size = g_format_size (info.st_size);
  detail = g_strdup_printf ("%s · %s", describe_why (name), size != NULL ? size : "?");
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), when);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), detail);
  /* One below the other where both beside the time would leave it no room. */
  smm_wrap_set_at_end (SMM_WRAP (buttons), TRUE);
  gtk_widget_set_valign (buttons, GTK_ALIGN_CENTER);
  smm_wrap_append (SMM_WRAP (buttons),
                   make_button (self, _ ("Check"), verify, name, G_CALLBACK (on_verify)));
  smm_wrap_append (SMM_WRAP (buttons),
                   make_button (self, _ ("Restore…"), restore, name, G_CALLBACK (on_restore)));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), buttons);
  return row;
}

void
smm_preferences_fill_backups (SmmPreferences *self)
{
  g_autoptr (GPtrArray) names = smm_paths_list_backups (self->paths);

  for (guint i = 0; i < self->backup_rows->len; i++)
    adw_preferences_group_remove (self->backups, self->backup_rows->pdata[i]);
  g_ptr_array_set_size (self->backup_rows, 0);
  adw_preferences_group_set_description (self->backups,
                                         names->len == 0 ? _ ("There is no backup yet") : NULL);
  for (guint i = 0; i < MIN (names->len, MAX_ROWS); i++)
    {
      GtkWidget *row = make_row (self, names->pdata[i]);

      adw_preferences_group_add (self->backups, row);
      g_ptr_array_add (self->backup_rows, row);
    }
}

/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-problem-page.h"

#include <glib/gi18n.h>

#include "smm-app-time.h"
#include "smm-store.h"

struct _SmmProblemPage
{
  AdwBin parent_instance;

  GtkWidget *status;
  GtkWidget *restore;
  GtkWidget *retry;
  GtkWidget *quit;
  GtkWidget *report;

  SmmLibraryRemote *library;
  SmmPaths *paths; /* the application's */
  char *backup;    /* the newest one's name */
};

G_DEFINE_FINAL_TYPE (SmmProblemPage, smm_problem_page, ADW_TYPE_BIN)

static const char *
get_title (const GError *problem)
{
  switch (problem->code)
    {
    case SMM_STORE_ERROR_CORRUPT:
      return _ ("The Library Is Damaged");
    case SMM_STORE_ERROR_NEWER:
      return _ ("The Library Is Newer Than This Program");
    case SMM_STORE_ERROR_FULL:
      return _ ("The Disk Is Full");
    case SMM_STORE_ERROR_READ_ONLY:
      return _ ("The Library Can’t Be Written");
    case SMM_STORE_ERROR_ERASED:
      return _ ("Everything Was Deleted");
    case SMM_STORE_ERROR_GONE:
      return _ ("The Library Is Gone");
    default:
      return _ ("The Library Can’t Be Opened");
    }
}

/* Names begin with the time: 2026-11-24T040744-manual.db, in UTC. */
static char *
describe_backup (const char *name)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autoptr (GDateTime) made = NULL;
  g_autofree char *when = NULL;
  int year, month, day, hour, minute;

  if (sscanf (name, "%4d-%2d-%2dT%2d%2d", &year, &month, &day, &hour, &minute) == 5)
    made = g_date_time_new_utc (year, month, day, hour, minute, 0);
  if (made == NULL)
    return g_strdup (_ ("_Restore the Last Backup"));
  when = smm_time_format_long (g_date_time_to_unix (made) * G_USEC_PER_SEC, zone);
  /* Translators: %s is a day and a time */
  return g_strdup_printf (_ ("_Restore the Backup of %s"), when);
}

/* --- Restoring --- */

static void
restore_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  SmmProblemPage *self = source;
  GError *error = NULL;

  if (smm_store_restore (self->paths, data, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
on_restored (GObject *source, GAsyncResult *result, gpointer user_data)
{
  SmmProblemPage *self = SMM_PROBLEM_PAGE (source);
  g_autoptr (GError) error = NULL;

  gtk_widget_set_sensitive (self->restore, TRUE);
  if (g_task_propagate_boolean (G_TASK (result), &error))
    smm_library_remote_retry (self->library);
  else
    smm_problem_page_set_problem (self, error);
}

static void
on_restore (SmmProblemPage *self)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, on_restored, NULL);

  gtk_widget_set_sensitive (self->restore, FALSE);
  g_task_set_task_data (task, g_strdup (self->backup), g_free);
  g_task_run_in_thread (task, restore_in_thread);
}

static void
on_retry (SmmProblemPage *self)
{
  if (smm_problem_page_is_loss (smm_library_remote_get_problem (self->library)))
    gtk_widget_activate_action (GTK_WIDGET (self), "app.start-again", NULL);
  else
    smm_library_remote_retry (self->library);
}

/* --- Building --- */

static GtkWidget *
create_button (SmmProblemPage *self, const char *label, GCallback clicked)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gtk_widget_add_css_class (button, "pill");
  g_signal_connect_swapped (button, "clicked", clicked, self);
  return button;
}

static void
smm_problem_page_dispose (GObject *object)
{
  SmmProblemPage *self = SMM_PROBLEM_PAGE (object);

  g_clear_object (&self->library);
  g_clear_pointer (&self->backup, g_free);
  G_OBJECT_CLASS (smm_problem_page_parent_class)->dispose (object);
}

static void
smm_problem_page_class_init (SmmProblemPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = smm_problem_page_dispose;
}

static void
smm_problem_page_init (SmmProblemPage *self)
{
  GtkWidget *page = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  adw_header_bar_set_title_widget (ADW_HEADER_BAR (header),
                                   adw_window_title_new ("nkonsept SMM", NULL));
  gtk_widget_add_css_class (header, "flat");
  self->restore = create_button (self, "", G_CALLBACK (on_restore));
  gtk_widget_add_css_class (self->restore, "suggested-action");
  self->retry = create_button (self, _ ("_Try Again"), G_CALLBACK (on_retry));
  gtk_box_append (GTK_BOX (buttons), self->restore);
  self->quit = gtk_button_new_with_mnemonic (_ ("_Quit"));
  gtk_widget_add_css_class (self->quit, "pill");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->quit), "app.quit");
  gtk_box_append (GTK_BOX (buttons), self->retry);
  gtk_box_append (GTK_BOX (buttons), self->quit);
  self->report = gtk_button_new_with_mnemonic (_ ("Report a Pro_blem…"));
  gtk_widget_add_css_class (self->report, "pill");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->report), "app.report");
  gtk_box_append (GTK_BOX (buttons), self->report);
  gtk_widget_set_halign (buttons, GTK_ALIGN_CENTER);
  self->status = adw_status_page_new ();
  adw_status_page_set_icon_name (ADW_STATUS_PAGE (self->status), "dialog-warning-symbolic");
  adw_status_page_set_child (ADW_STATUS_PAGE (self->status), buttons);
  gtk_widget_set_vexpand (self->status, TRUE);
  gtk_box_append (GTK_BOX (page), header);
  gtk_box_append (GTK_BOX (page), self->status);
  adw_bin_set_child (ADW_BIN (self), page);
}

/**
 * smm_problem_page_is_loss:
 * @problem: why there is no library
 *
 * Returns: whether there was one, and nothing that is shown of it is true any more
 */
gboolean
smm_problem_page_is_loss (const GError *problem)
{
  return g_error_matches (problem, SMM_STORE_ERROR, SMM_STORE_ERROR_ERASED)
         || g_error_matches (problem, SMM_STORE_ERROR, SMM_STORE_ERROR_GONE);
}

/**
 * smm_problem_page_new:
 * @library: what can't be opened
 * @paths: where it is; must outlive the page
 *
 * Returns: (transfer full): the page
 */
GtkWidget *
smm_problem_page_new (SmmLibraryRemote *library, SmmPaths *paths)
{
  SmmProblemPage *self = g_object_new (SMM_TYPE_PROBLEM_PAGE, NULL);

  self->library = g_object_ref (library);
  self->paths = paths;
  return GTK_WIDGET (self);
}

/**
 * smm_problem_page_set_problem:
 * @self: the page
 * @problem: why the library can't be opened
 */
void
smm_problem_page_set_problem (SmmProblemPage *self, const GError *problem)
{
  g_autoptr (GPtrArray) backups = smm_paths_list_backups (self->paths);
  g_autofree char *escaped = g_markup_escape_text (problem->message, -1);
  gboolean helps = g_error_matches (problem, SMM_STORE_ERROR, SMM_STORE_ERROR_CORRUPT)
                   || g_error_matches (problem, SMM_STORE_ERROR, SMM_STORE_ERROR_NEWER);
  gboolean lost = smm_problem_page_is_loss (problem);

  adw_status_page_set_title (ADW_STATUS_PAGE (self->status), get_title (problem));
  adw_status_page_set_description (ADW_STATUS_PAGE (self->status), escaped);
  g_clear_pointer (&self->backup, g_free);
  if (helps && backups->len > 0)
    {
      g_autofree char *label = NULL;

      self->backup = g_strdup (backups->pdata[0]);
      label = describe_backup (self->backup);
      gtk_button_set_label (GTK_BUTTON (self->restore), label);
    }
  gtk_widget_set_visible (self->restore, self->backup != NULL);
  gtk_button_set_label (GTK_BUTTON (self->retry), lost ? _ ("_Start Again") : _ ("_Try Again"));
  gtk_widget_set_visible (self->quit, lost);
  gtk_widget_set_visible (self->report, !lost);
  adw_status_page_set_icon_name (ADW_STATUS_PAGE (self->status),
                                 lost ? "user-trash-symbolic" : "dialog-warning-symbolic");
}

/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-application.h"

#include <glib/gi18n.h>

#include "smm-clicks.h"
#include "smm-clock.h"
#include "smm-erase.h"
#include "smm-library-remote.h"
#include "smm-names.h"
#include "smm-policy-window.h"
#include "smm-policy.h"
#include "smm-practice.h"
#include "smm-preferences.h"
#include "smm-report-window.h"
#include "smm-settings.h"
#include "smm-speller.h"
#include "smm-thumbnail-cache.h"
#include "smm-thumbnail.h"
#include "smm-window.h"

struct _SmmApplication
{
  AdwApplication parent_instance;

  SmmPaths *paths;
  SmmLibrary *library;
  SmmPractice *sandbox;
  GSettings *settings;
  const char
      *wanted;     /* "post", "account" or "view": to be opened when there is a window; or NULL */
  char *wanted_id; /* of that one */
  gboolean wants_new_post;
  gboolean practice;
};

G_DEFINE_FINAL_TYPE (SmmApplication, smm_application, ADW_TYPE_APPLICATION)

static SmmWindow *
get_window (SmmApplication *self)
{
  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (self)); l != NULL; l = l->next)
    if (SMM_IS_WINDOW (l->data))
      return l->data;
  return NULL;
}

static void
toast (SmmApplication *self, const char *text)
{
  SmmWindow *window = get_window (self);

  if (window != NULL)
    smm_window_toast (window, text, FALSE);
}

/* --- Undo and redo --- */

typedef struct
{
  SmmApplication *self;
  gboolean undo;
} Step;

static void
on_stepped (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Step *step = user_data;
  g_autoptr (SmmApplication) self = step->self;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = smm_library_apply_finish (SMM_LIBRARY (source), result, &error);
  const char *label = NULL;

  if (g_error_matches (error, SMM_LIBRARY_ERROR, SMM_LIBRARY_ERROR_EMPTY))
    toast (self, step->undo ? _ ("There is nothing to undo") : _ ("There is nothing to redo"));
  else if (reply == NULL)
    toast (self, error->message);
  else if (g_variant_lookup (reply, "label", "&s", &label) && *label != '\0')
    {
      /* Translators: %s says what was done: Undone: Move post */
      g_autofree char *text
          = g_strdup_printf (step->undo ? _ ("Undone: %s") : _ ("Redone: %s"), label);

      toast (self, text);
    }
  else
    toast (self, step->undo ? _ ("Undone") : _ ("Redone"));
}

static void
step_library (SmmApplication *self, gboolean undo)
{
  g_autoptr (SmmCommand) command = smm_command_new (undo ? "undo" : "redo", NULL);
  Step *step;

  if (self->library == NULL)
    return;
  step = g_new0 (Step, 1);
  step->self = g_object_ref (self);
  step->undo = undo;
  smm_library_apply_async (self->library, command, NULL, on_stepped, step);
}

/* Where something is being written the last step of that is meant, not of the library. */
static gboolean
step_focus (SmmApplication *self, gboolean undo)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (self));
  GtkWidget *focus = window != NULL ? gtk_window_get_focus (window) : NULL;

  return focus != NULL
         && (gtk_widget_activate_action (focus, undo ? "composer.undo" : "composer.redo", NULL)
             || gtk_widget_activate_action (focus, undo ? "text.undo" : "text.redo", NULL));
}

static void
on_undo (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  if (!step_focus (user_data, TRUE))
    step_library (user_data, TRUE);
}

static void
on_redo (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  if (!step_focus (user_data, FALSE))
    step_library (user_data, FALSE);
}

/* --- Other actions --- */

static void
on_quit (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  SmmWindow *window = get_window (user_data);

  /* Closing keeps size and view. */
  if (window != NULL)
    gtk_window_close (GTK_WINDOW (window));
  g_application_quit (G_APPLICATION (user_data));
}

static void
on_about (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  SmmWindow *window = get_window (user_data);
  g_autoptr (SmmPolicy) policy = smm_policy_new ();
  g_autofree char *text = smm_policy_to_text (policy);
  g_autofree char *escaped = g_markup_escape_text (text, -1);
  AdwAboutWindow *about;

  about = g_object_new (
      ADW_TYPE_ABOUT_WINDOW, "transient-for", window, "modal", TRUE, "application-name",
      "nkonsept SMM", "application-icon", SMM_APPLICATION_ID, "developer-name",
      _ ("The nkonsept SMM authors"), "version", SMM_VERSION, "license-type", GTK_LICENSE_GPL_3_0,
      "copyright", "© 2026 The nkonsept SMM authors", "comments",
      _ ("Plans, publishes and measures posts on Facebook, Instagram and TikTok, from this "
         "computer. Facebook, Instagram, TikTok and OpenAI are marks of their owners, who have "
         "nothing to do with this program."),
      NULL);
  adw_about_window_add_legal_section (about, _ ("What Happens with Your Data"), NULL,
                                      GTK_LICENSE_CUSTOM, escaped);
  gtk_window_present (GTK_WINDOW (about));
}

static void
on_report (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  SmmApplication *self = user_data;
  SmmWindow *window = get_window (self);

  if (window != NULL)
    smm_report_window_present (GTK_WINDOW (window), self->paths);
}

static void
on_practice (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  SmmApplication *self = user_data;
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;

  /* A process of its own: no request of Practice mode can meet this one's tokens or endpoints. */
  process = g_subprocess_new (G_SUBPROCESS_FLAGS_NONE, &error,
                              program != NULL ? program : "nkonsept-smm", "--practice", NULL);
  if (process == NULL)
    {
      toast (self, error->message);
      return;
    }
  if (get_window (self) != NULL)
    gtk_window_close (GTK_WINDOW (get_window (self)));
}

static void
on_preferences (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  SmmApplication *self = user_data;
  SmmWindow *window = get_window (self);
  GtkWidget *preferences;

  if (window == NULL || self->library == NULL)
    return;
  preferences = smm_preferences_new (GTK_WINDOW (window), self->library, self->paths);
  if (parameter != NULL)
    smm_preferences_show_page (SMM_PREFERENCES (preferences),
                               g_variant_get_string (parameter, NULL));
  gtk_window_present (GTK_WINDOW (preferences));
}

static void
open_post (SmmApplication *self, SmmWindow *window, SmmStore *store, const char *id)
{
  g_autoptr (SmmPost) post = smm_store_get_post (store, id);

  if (post == NULL)
    {
      toast (self, _ ("This post is not there any more"));
      return;
    }
  gtk_widget_activate_action (GTK_WIDGET (window), "win.brand", "s", post->brand_id);
  gtk_widget_activate_action (GTK_WIDGET (window),
                              smm_post_get_worst_state (post) == SMM_TARGET_DRAFT ? "win.edit-post"
                                                                                  : "win.show-post",
                              "s", post->id);
}

static void
open_account (SmmApplication *self, SmmWindow *window, SmmStore *store, const char *id)
{
  g_autoptr (SmmAccount) account = smm_store_get_account (store, id);

  if (account == NULL)
    {
      toast (self, _ ("This account is not there any more"));
      return;
    }
  gtk_widget_activate_action (GTK_WIDGET (window), "win.brand", "s", account->brand_id);
  gtk_widget_activate_action (GTK_WIDGET (window), "win.show-account", "s", account->id);
}

static void
open_wanted (SmmApplication *self)
{
  SmmWindow *window = get_window (self);
  SmmStore *store = self->library != NULL ? smm_library_get_store (self->library) : NULL;
  const char *wanted = self->wanted;
  g_autofree char *id = NULL;

  if (window == NULL || store == NULL || wanted == NULL)
    return;
  self->wanted = NULL;
  id = g_steal_pointer (&self->wanted_id);
  if (g_str_equal (wanted, "post"))
    open_post (self, window, store, id);
  else if (g_str_equal (wanted, "account"))
    open_account (self, window, store, id);
  else
    gtk_widget_activate_action (GTK_WIDGET (window), "win.show-view", "s", id);
}

static void
on_open (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  SmmApplication *self = user_data;

  self->wanted = g_action_get_name (G_ACTION (action)) + strlen ("open-");
  g_free (self->wanted_id);
  self->wanted_id = g_variant_dup_string (parameter, NULL);
  open_wanted (self);
}

static void
open_new_post (SmmApplication *self)
{
  SmmWindow *window = get_window (self);

  if (window != NULL && self->library != NULL && self->wants_new_post)
    {
      self->wants_new_post = FALSE;
      gtk_widget_activate_action (GTK_WIDGET (window), "win.new-post", NULL);
    }
}

static void
on_new_post (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  SmmApplication *self = user_data;

  self->wants_new_post = TRUE;
  open_new_post (self);
}

/* Everything was erased: nothing of the window before is true any more. */
static void
on_start_again (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  SmmApplication *self = user_data;
  SmmWindow *window = get_window (self);

  g_application_hold (G_APPLICATION (self));
  if (window != NULL)
    gtk_window_destroy (GTK_WINDOW (window));
  g_clear_object (&self->sandbox);
  g_clear_object (&self->library);
  g_application_activate (G_APPLICATION (self));
  g_application_release (G_APPLICATION (self));
}

static const GActionEntry actions[] = {
  { "open-post", on_open, "s" },
  { "open-account", on_open, "s" },
  { "open-view", on_open, "s" },
  { "new-post", on_new_post },
  { "undo", on_undo },
  { "redo", on_redo },
  { "preferences", on_preferences },
  { "preferences-page", on_preferences, "s" },
  { "practice", on_practice },
  { "report", on_report },
  { "about", on_about },
  { "start-again", on_start_again },
  { "quit", on_quit },
};

/* --- Start --- */

static void
erase_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  smm_erase_thumbnails (data);
  g_task_return_boolean (task, TRUE);
}

/* Switched off, also those go that are there. */
static void
heed_thumbnails (SmmApplication *self)
{
  SmmStore *store = smm_library_get_store (self->library);
  gboolean kept = smm_settings_get_boolean (store, SMM_SETTING_THUMBNAILS);
  g_autoptr (GTask) task = NULL;

  if (store == NULL || kept == smm_thumbnail_cache_get_kept ())
    return;
  smm_thumbnail_cache_set_kept (kept);
  if (kept)
    return;
  task = g_task_new (self, NULL, NULL, NULL);
  g_task_set_task_data (task, smm_paths_new (self->paths->profile), (GDestroyNotify)smm_paths_free);
  g_task_run_in_thread (task, erase_in_thread);
}

/* Whatever is on screen may say a time. */
static void
tell_times_anew (SmmApplication *self)
{
  smm_library_emit_changed (self->library, (const char *const[]){ "*", NULL });
}

static void
use_library (SmmApplication *self, SmmWindow *window)
{
  self->library = SMM_LIBRARY (smm_library_remote_new (self->paths));
  g_signal_connect_object (smm_clock_get_default (), "changed", G_CALLBACK (tell_times_anew), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->library, "changed", G_CALLBACK (heed_thumbnails), self,
                           G_CONNECT_SWAPPED);
  heed_thumbnails (self);
  smm_window_set_library (window, self->library, self->paths);
  if (!self->practice)
    smm_policy_window_watch (GTK_WINDOW (window), self->library);
  open_wanted (self);
  open_new_post (self);
}

static void
on_seeded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SmmApplication) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean seeded = smm_practice_seed_finish (SMM_PRACTICE (source), result, &error);
  SmmWindow *window = get_window (self);

  if (window == NULL)
    return;
  smm_window_set_preparing (window, NULL);
  if (!seeded)
    smm_window_toast (window, error->message, FALSE);
}

static void
on_sandbox_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SmmApplication) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean ready = smm_practice_start_finish (SMM_PRACTICE (source), result, &error);
  SmmWindow *window = get_window (self);

  if (window == NULL)
    return;
  if (!ready)
    {
      smm_window_set_preparing (window, error->message);
      return;
    }
  use_library (self, window);
  if (smm_practice_needs_seed (self->sandbox, self->library))
    smm_window_set_preparing (window, _ ("A bakery moves in. This takes a few seconds, once."));
  smm_practice_seed_async (self->sandbox, self->library, NULL, on_seeded, g_object_ref (self));
}

static void
smm_application_activate (GApplication *application)
{
  SmmApplication *self = SMM_APPLICATION (application);
  SmmWindow *window = get_window (self);

  if (window != NULL)
    {
      gtk_window_present (GTK_WINDOW (window));
      return;
    }
  window = smm_window_new (GTK_APPLICATION (self), self->settings, self->practice);
  if (self->practice)
    {
      smm_window_set_preparing (window, _ ("Starting the simulator on this computer."));
      self->sandbox = smm_practice_new (self->paths);
      smm_practice_start_async (self->sandbox, NULL, on_sandbox_ready, g_object_ref (self));
    }
  else
    use_library (self, window);
  gtk_window_present (GTK_WINDOW (window));
}

static GSettings *
open_settings (void)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema = NULL;

  /* Not installed yet (run from the build tree): everything works, nothing is remembered. */
  if (source != NULL)
    schema = g_settings_schema_source_lookup (source, SMM_APPLICATION_ID, TRUE);
  return schema != NULL ? g_settings_new_full (schema, NULL, NULL) : NULL;
}

static void
smm_application_startup (GApplication *application)
{
  SmmApplication *self = SMM_APPLICATION (application);
  static const struct
  {
    const char *action;
    const char *accels[3];
  } accels[] = {
    { "win.new-post", { "<Control>n" } },
    { "win.search", { "<Control>f" } },
    { "win.show-help-overlay", { "<Control>question" } },
    { "app.preferences", { "<Control>comma" } },
    { "app.undo", { "<Control>z" } },
    { "app.redo", { "<Control><Shift>z" } },
    { "app.quit", { "<Control>q" } },
    { "win.show-view('calendar')", { "<Control>1" } },
    { "win.show-view('posts')", { "<Control>2" } },
    { "win.show-view('accounts')", { "<Control>3" } },
  };

  G_APPLICATION_CLASS (smm_application_parent_class)->startup (application);
  smm_clicks_keep ();
  smm_names_keep ();
  self->paths = smm_paths_new (self->practice ? "practice" : NULL);
  smm_thumbnail_set_paths (self->paths);
  self->settings = open_settings ();
  smm_speller_set_settings (smm_speller_get_default (), self->settings);
  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
  for (guint i = 0; i < G_N_ELEMENTS (accels); i++)
    gtk_application_set_accels_for_action (GTK_APPLICATION (self), accels[i].action,
                                           accels[i].accels);
}

/* The one application that runs does it, whichever was started. */
static int
smm_application_handle_local_options (GApplication *application, GVariantDict *options)
{
  static const char *const wanted[] = { "post", "account", "view" };
  const char *id = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (wanted); i++)
    if (g_variant_dict_lookup (options, wanted[i], "&s", &id)
        && g_application_register (application, NULL, NULL))
      {
        g_autofree char *action = g_strconcat ("open-", wanted[i], NULL);

        g_action_group_activate_action (G_ACTION_GROUP (application), action,
                                        g_variant_new_string (id));
      }
  if (g_variant_dict_contains (options, "new-post")
      && g_application_register (application, NULL, NULL))
    g_action_group_activate_action (G_ACTION_GROUP (application), "new-post", NULL);
  return -1;
}

static void
smm_application_finalize (GObject *object)
{
  SmmApplication *self = SMM_APPLICATION (object);

  g_free (self->wanted_id);
  smm_thumbnail_set_paths (NULL);
  g_clear_object (&self->sandbox);
  g_clear_object (&self->library);
  g_clear_object (&self->settings);
  g_clear_pointer (&self->paths, smm_paths_free);
  G_OBJECT_CLASS (smm_application_parent_class)->finalize (object);
}

static void
smm_application_class_init (SmmApplicationClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = smm_application_finalize;
  G_APPLICATION_CLASS (klass)->activate = smm_application_activate;
  G_APPLICATION_CLASS (klass)->startup = smm_application_startup;
  G_APPLICATION_CLASS (klass)->handle_local_options = smm_application_handle_local_options;
}

static void
smm_application_init (SmmApplication *self)
{
  const GOptionEntry entries[] = {
    { "practice", 0, 0, G_OPTION_ARG_NONE, NULL,
      N_ ("Practice mode: a sample brand, nothing leaves this computer"), NULL },
    { "post", 0, 0, G_OPTION_ARG_STRING, NULL, N_ ("Open this post"), N_ ("ID") },
    { "account", 0, 0, G_OPTION_ARG_STRING, NULL, N_ ("Show this account"), N_ ("ID") },
    { "view", 0, 0, G_OPTION_ARG_STRING, NULL, N_ ("Show the calendar, posts, library or accounts"),
      N_ ("VIEW") },
    { "new-post", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Begin a new post"), NULL },
    { NULL },
  };

  g_application_add_main_option_entries (G_APPLICATION (self), entries);
}

/**
 * smm_application_new:
 * @practice: whether to run in Practice mode
 *
 * Returns: (transfer full): the application
 */
SmmApplication *
smm_application_new (gboolean practice)
{
  SmmApplication *self
      = g_object_new (SMM_TYPE_APPLICATION, "application-id",
                      practice ? SMM_APPLICATION_ID ".Practice" : SMM_APPLICATION_ID,
                      "resource-base-path", "/com/nkonsept/Smm", NULL);

  self->practice = practice;
  return self;
}

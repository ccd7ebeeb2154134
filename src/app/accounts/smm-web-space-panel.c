/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-web-space-panel.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <string.h>

#include "smm-question.h"
#include "smm-state-icon.h"

#define KIND_S3 0

struct _SmmWebSpacePanel
{
  GtkBox parent_instance;

  GtkWidget *title;
  GtkWidget *error, *error_icon, *error_label, *error_hint, *error_button;
  GtkWidget *kind, *url, *bucket, *region, *folder, *user, *secret, *secret_note, *public_url;
  GtkWidget *use, *test_lead, *steps, *remove;
  GtkWidget *close, *test, *save;
  GtkWidget *step_icons[SMM_WEB_SPACE_N_STEPS], *step_rows[SMM_WEB_SPACE_N_STEPS];

  SmmLibrary *library;
  SmmConnect *connect;
  GCancellable *cancellable;
  gboolean busy;
};

enum
{
  CLOSED,
  TOAST,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SmmWebSpacePanel, smm_web_space_panel, GTK_TYPE_BOX)

static const char *
get_text (GtkWidget *row)
{
  return gtk_editable_get_text (GTK_EDITABLE (row));
}

static gboolean
is_s3 (SmmWebSpacePanel *self)
{
  return adw_combo_row_get_selected (ADW_COMBO_ROW (self->kind)) == KIND_S3;
}

static void
show_problem (SmmWebSpacePanel *self, const GError *error)
{
  gboolean locked = g_error_matches (error, SMM_VAULT_ERROR, SMM_VAULT_ERROR_LOCKED);

  gtk_label_set_label (GTK_LABEL (self->error_label), error != NULL ? error->message : "");
  gtk_widget_set_visible (self->error_hint, FALSE);
  gtk_button_set_label (GTK_BUTTON (self->error_button), _ ("Unlock Keyring"));
  gtk_widget_set_visible (self->error_button, locked);
  gtk_widget_set_visible (self->error, error != NULL);
}

static void
update (SmmWebSpacePanel *self)
{
  g_autoptr (SmmWebSpace) known
      = self->connect != NULL ? smm_connect_get_web_space (self->connect, NULL) : NULL;
  gboolean s3 = is_s3 (self);
  gboolean filled = *get_text (self->url) != '\0' && *get_text (self->user) != '\0'
                    && (!s3 || *get_text (self->bucket) != '\0')
                    && (known != NULL || *get_text (self->secret) != '\0');

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->url),
                                 s3 ? _ ("Server") : _ ("Address of the Folder"));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->user),
                                 s3 ? _ ("Access Key ID") : _ ("User Name"));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->secret),
                                 s3 ? _ ("Secret Access Key") : _ ("Password"));
  gtk_widget_set_visible (self->bucket, s3);
  gtk_widget_set_visible (self->region, s3);
  gtk_widget_set_visible (self->folder, s3);
  gtk_label_set_label (GTK_LABEL (self->secret_note),
                       known != NULL
                           ? _ ("The keyring has the secret. Enter it only to change it.")
                           : _ ("The secret is sealed in your keyring, never in a file."));
  gtk_widget_set_sensitive (self->test, filled && !self->busy);
  gtk_widget_set_sensitive (self->save, filled && !self->busy);
  gtk_widget_set_visible (self->remove, known != NULL);
  gtk_widget_set_sensitive (self->remove, !self->busy);
}

static SmmWebSpace *
read_form (SmmWebSpacePanel *self, GError **error)
{
  g_autoptr (GHashTable) fields = g_hash_table_new (g_str_hash, g_str_equal);

  g_hash_table_insert (fields, (gpointer) "kind", (gpointer)(is_s3 (self) ? "s3" : "webdav"));
  g_hash_table_insert (fields, (gpointer) "url", (gpointer)get_text (self->url));
  g_hash_table_insert (fields, (gpointer) "bucket", (gpointer)get_text (self->bucket));
  g_hash_table_insert (fields, (gpointer) "region", (gpointer)get_text (self->region));
  g_hash_table_insert (fields, (gpointer) "folder", (gpointer)get_text (self->folder));
  g_hash_table_insert (fields, (gpointer) "user", (gpointer)get_text (self->user));
  g_hash_table_insert (fields, (gpointer) "public-url", (gpointer)get_text (self->public_url));
  return smm_web_space_new (fields, smm_connect_is_loopback (self->connect), error);
}

/* --- The test --- */

static void
show_steps (SmmWebSpacePanel *self, gboolean show)
{
  gtk_widget_set_visible (self->test_lead, show);
  gtk_widget_set_visible (self->steps, show);
  for (guint i = 0; i < SMM_WEB_SPACE_N_STEPS; i++)
    {
      gtk_image_set_from_icon_name (GTK_IMAGE (self->step_icons[i]), "content-loading-symbolic");
      smm_widget_set_label (self->step_icons[i], _ ("Not yet"));
      gtk_widget_set_css_classes (self->step_icons[i], (const char *[]){ "dim-label", NULL });
      adw_action_row_set_subtitle (ADW_ACTION_ROW (self->step_rows[i]), "");
    }
}

static void
on_step (SmmWebSpaceStep step, SmmWebSpaceStepState state, const char *message, gpointer user_data)
{
  SmmWebSpacePanel *self = user_data;
  GtkImage *icon = GTK_IMAGE (self->step_icons[step]);

  gtk_widget_set_css_classes (GTK_WIDGET (icon), (const char *[]){ NULL });
  switch (state)
    {
    case SMM_WEB_SPACE_STEP_BEGUN:
      smm_state_image_set (icon, SMM_TARGET_PUBLISHING);
      smm_widget_set_label (GTK_WIDGET (icon), _ ("Under way"));
      break;
    case SMM_WEB_SPACE_STEP_GOOD:
      smm_state_image_set (icon, SMM_TARGET_PUBLISHED);
      smm_widget_set_label (GTK_WIDGET (icon), _ ("Good"));
      break;
    case SMM_WEB_SPACE_STEP_DOUBTFUL:
      smm_state_image_set (icon, SMM_TARGET_UNCONFIRMED);
      smm_widget_set_label (GTK_WIDGET (icon), _ ("In doubt"));
      break;
    case SMM_WEB_SPACE_STEP_BAD:
    default:
      smm_state_image_set (icon, SMM_TARGET_FAILED);
      smm_widget_set_label (GTK_WIDGET (icon), _ ("Failed"));
      break;
    }
  if (message != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (self->step_rows[step]), message);
}

static void
on_tested (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SmmWebSpacePanel) self = user_data;
  g_autoptr (GError) error = NULL;

  self->busy = FALSE;
  if (smm_connect_test_web_space_finish (SMM_CONNECT (source), result, &error))
    g_signal_emit (self, signals[TOAST], 0, _ ("The web space works"), FALSE);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    show_problem (self, error);
  update (self);
}

/* @space NULL: the one that is set up. */
static void
run_test (SmmWebSpacePanel *self, SmmWebSpace *space)
{
  const char *secret = space != NULL ? get_text (self->secret) : "";

  self->busy = TRUE;
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  show_problem (self, NULL);
  show_steps (self, TRUE);
  update (self);
  smm_connect_test_web_space_async (self->connect, space, *secret != '\0' ? secret : NULL, on_step,
                                    self, self->cancellable, on_tested, g_object_ref (self));
}

static void
on_test (SmmWebSpacePanel *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SmmWebSpace) space = NULL;

  if (self->busy || self->connect == NULL)
    return;
  space = read_form (self, &error);
  if (space == NULL)
    show_problem (self, error);
  else
    run_test (self, space);
}

/* --- Saving --- */

static void
on_saved (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SmmWebSpacePanel) self = user_data;
  g_autoptr (GError) error = NULL;

  self->busy = FALSE;
  if (smm_connect_set_web_space_finish (SMM_CONNECT (source), result, &error))
    {
      gtk_editable_set_text (GTK_EDITABLE (self->secret), "");
      g_signal_emit (self, signals[TOAST], 0, _ ("Web space saved"), TRUE);
      run_test (self, NULL);
    }
  else
    show_problem (self, error);
  update (self);
}

static void
on_save (SmmWebSpacePanel *self)
{
  const char *secret = get_text (self->secret);
  g_autoptr (GError) error = NULL;
  g_autoptr (SmmWebSpace) space = NULL;

  if (self->busy || self->connect == NULL)
    return;
  space = read_form (self, &error);
  if (space == NULL)
    {
      show_problem (self, error);
      return;
    }
  self->busy = TRUE;
  show_problem (self, NULL);
  update (self);
  smm_connect_set_web_space_async (self->connect, space, *secret != '\0' ? secret : NULL,
                                   gtk_switch_get_active (GTK_SWITCH (self->use)) ? "always"
                                                                                  : "fallback",
                                   on_saved, g_object_ref (self));
}

static void
on_removed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SmmWebSpacePanel) self = user_data;
  g_autoptr (GError) error = NULL;

  self->busy = FALSE;
  if (smm_connect_clear_web_space_finish (SMM_CONNECT (source), result, &error))
    {
      g_signal_emit (self, signals[TOAST], 0, _ ("The web space is removed, and its secret wiped"),
                     FALSE);
      g_signal_emit (self, signals[CLOSED], 0);
    }
  else
    show_problem (self, error);
  update (self);
}

static void
on_remove_answer (AdwMessageDialog *dialog, const char *response, SmmWebSpacePanel *self)
{
  if (!g_str_equal (response, "remove") || self->busy || self->connect == NULL)
    return;
  self->busy = TRUE;
  update (self);
  smm_connect_clear_web_space_async (self->connect, on_removed, g_object_ref (self));
}

static void
on_remove (SmmWebSpacePanel *self)
{
  GtkWidget *dialog
      = smm_question_new (GTK_WIDGET (self), _ ("Remove Web Space?"),
                          _ ("Its secret is wiped from the keyring, which can’t be undone. "
                             "Pictures of accounts without "
                             "a Page can’t go out until there is another one."),
                          "remove", _ ("_Remove"));

  g_signal_connect_object (dialog, "response", G_CALLBACK (on_remove_answer), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
on_close (SmmWebSpacePanel *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  gtk_editable_set_text (GTK_EDITABLE (self->secret), "");
  g_signal_emit (self, signals[CLOSED], 0);
}

static void
on_edited (SmmWebSpacePanel *self)
{
  update (self);
}

/* --- GObject --- */

static void
smm_web_space_panel_dispose (GObject *object)
{
  SmmWebSpacePanel *self = SMM_WEB_SPACE_PANEL (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->connect);
  g_clear_object (&self->library);
  G_OBJECT_CLASS (smm_web_space_panel_parent_class)->dispose (object);
}

#define BIND(name) gtk_widget_class_bind_template_child (widget_class, SmmWebSpacePanel, name)

static void
smm_web_space_panel_class_init (SmmWebSpacePanelClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = smm_web_space_panel_dispose;
  signals[CLOSED] = g_signal_new ("closed", SMM_TYPE_WEB_SPACE_PANEL, G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);
  signals[TOAST] = g_signal_new ("toast", SMM_TYPE_WEB_SPACE_PANEL, G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_BOOLEAN);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/com/nkonsept/Smm/ui/accounts/smm-web-space-panel.ui");
  BIND (title);
  BIND (error);
  BIND (error_icon);
  BIND (error_label);
  BIND (error_hint);
  BIND (error_button);
  BIND (kind);
  BIND (url);
  BIND (bucket);
  BIND (region);
  BIND (folder);
  BIND (user);
  BIND (secret);
  BIND (secret_note);
  BIND (public_url);
  BIND (use);
  BIND (test_lead);
  BIND (steps);
  BIND (remove);
  BIND (close);
  BIND (test);
  BIND (save);
  gtk_widget_class_bind_template_callback (widget_class, on_edited);
  gtk_widget_class_bind_template_callback (widget_class, on_test);
  gtk_widget_class_bind_template_callback (widget_class, on_save);
  gtk_widget_class_bind_template_callback (widget_class, on_remove);
  gtk_widget_class_bind_template_callback (widget_class, on_close);
}

static void
smm_web_space_panel_init (SmmWebSpacePanel *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  smm_state_image_set (GTK_IMAGE (self->error_icon), SMM_TARGET_FAILED);
  smm_widget_set_label (self->error_icon, _ ("Problem"));
  for (guint i = 0; i < SMM_WEB_SPACE_N_STEPS; i++)
    {
      self->step_rows[i] = adw_action_row_new ();
      self->step_icons[i] = gtk_image_new ();
      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self->step_rows[i]), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->step_rows[i]),
                                     smm_web_space_step_get_label (i));
      adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (self->step_rows[i]), 0);
      adw_action_row_add_prefix (ADW_ACTION_ROW (self->step_rows[i]), self->step_icons[i]);
      gtk_list_box_append (GTK_LIST_BOX (self->steps), self->step_rows[i]);
    }
}

GtkWidget *
smm_web_space_panel_new (SmmLibrary *library)
{
  SmmWebSpacePanel *self = g_object_new (SMM_TYPE_WEB_SPACE_PANEL, NULL);

  self->library = g_object_ref (library);
  return GTK_WIDGET (self);
}

/**
 * smm_web_space_panel_start:
 * @self: the panel
 * @connect: what sets it up
 */
void
smm_web_space_panel_start (SmmWebSpacePanel *self, SmmConnect *connect)
{
  g_autoptr (SmmWebSpace) space = NULL;
  SmmStore *store = smm_library_get_store (self->library);
  g_autofree char *use = store != NULL ? smm_store_get_setting (store, "web-space.use") : NULL;

  g_set_object (&self->connect, connect);
  space = smm_connect_get_web_space (connect, NULL);
  adw_combo_row_set_selected (ADW_COMBO_ROW (self->kind),
                              space != NULL && space->kind == SMM_WEB_SPACE_WEBDAV ? 1 : KIND_S3);
  gtk_editable_set_text (GTK_EDITABLE (self->url), space != NULL ? space->url : "");
  gtk_editable_set_text (GTK_EDITABLE (self->bucket), space != NULL ? space->bucket : "");
  gtk_editable_set_text (GTK_EDITABLE (self->region), space != NULL ? space->region : "");
  gtk_editable_set_text (GTK_EDITABLE (self->folder), space != NULL ? space->folder : "");
  gtk_editable_set_text (GTK_EDITABLE (self->user), space != NULL ? space->user : "");
  gtk_editable_set_text (GTK_EDITABLE (self->public_url), space != NULL ? space->public_url : "");
  gtk_editable_set_text (GTK_EDITABLE (self->secret), "");
  gtk_switch_set_active (GTK_SWITCH (self->use), g_strcmp0 (use, "always") == 0);
  show_problem (self, NULL);
  show_steps (self, FALSE);
  update (self);
  gtk_widget_grab_focus (self->kind);
}

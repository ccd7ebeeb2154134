/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-welcome-page.h"

#include <string.h>

#include "smm-policy-window.h"
#include "smm-settings.h"
#include "smm-welcome-draft.h"
#include "smm-wrap.h"

#define KEEP_MS 400

struct _SmmWelcomePage
{
  GtkBox parent_instance;

  GtkStack *stack;
  GtkWidget *back;
  GtkWidget *practice_card;
  GtkWidget *set_up;
  GtkWidget *name;
  GtkWidget *email;
  GtkWidget *organization;
  AdwActionRow *data_row;
  AdwActionRow *draft_row;
  GtkWidget *confirm;
  GtkLabel *problem;

  SmmLibrary *library;
  SmmPaths *paths;   /* the application's */
  guint keep_source; /* while something typed is not in the draft */
  gboolean busy;
};

G_DEFINE_FINAL_TYPE (SmmWelcomePage, smm_welcome_page, GTK_TYPE_BOX)

static void
show_problem (SmmWelcomePage *self, const char *text)
{
  gtk_label_set_label (self->problem, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), text != NULL);
}

static void
show_page (SmmWelcomePage *self, const char *name)
{
  gboolean cards = g_str_equal (name, "cards");

  show_problem (self, NULL);
  gtk_stack_set_visible_child_name (self->stack, name);
  gtk_widget_set_visible (self->back, !cards);
  gtk_widget_grab_focus (cards ? self->set_up : self->name);
}

/* TRUE: who uses this computer was asked before. */
static gboolean
is_confirmed (SmmWelcomePage *self)
{
  SmmStore *store = smm_library_get_store (self->library);
  g_autofree char *at = store != NULL ? smm_store_get_setting (store, SMM_SETTING_AGE) : NULL;

  return at != NULL;
}

/* --- What is typed and not settled --- */

static char *
dup_text (GtkWidget *row)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (row))));
}

/* The window may be closed at any time after this, and the session end: a few bytes, at once. */
static void
keep_draft (SmmWelcomePage *self)
{
  g_autofree char *name = dup_text (self->name);
  g_autofree char *email = dup_text (self->email);
  g_autofree char *organization = dup_text (self->organization);
  const SmmWelcomeDraft draft = { name, email, organization };
  g_autoptr (GError) error = NULL;

  g_clear_handle_id (&self->keep_source, g_source_remove);
  if (!smm_welcome_draft_write (self->paths, &draft, &error))
    show_problem (self, error->message);
}

static gboolean
keep_draft_cb (gpointer user_data)
{
  SmmWelcomePage *self = user_data;

  self->keep_source = 0;
  keep_draft (self);
  return G_SOURCE_REMOVE;
}

static void
on_typed (SmmWelcomePage *self)
{
  if (self->paths == NULL)
    return;
  g_clear_handle_id (&self->keep_source, g_source_remove);
  self->keep_source = g_timeout_add (KEEP_MS, keep_draft_cb, self);
}

static void
forget_draft (SmmWelcomePage *self)
{
  const SmmWelcomeDraft nothing = { (char *)"", (char *)"", (char *)"" };

  g_clear_handle_id (&self->keep_source, g_source_remove);
  smm_welcome_draft_write (self->paths, &nothing, NULL);
}

static void
resume_draft (SmmWelcomePage *self)
{
  g_autoptr (SmmWelcomeDraft) draft = smm_welcome_draft_read (self->paths);

  if (draft == NULL)
    return;
  gtk_editable_set_text (GTK_EDITABLE (self->name), draft->name);
  gtk_editable_set_text (GTK_EDITABLE (self->email), draft->email);
  gtk_editable_set_text (GTK_EDITABLE (self->organization), draft->organization);
  g_clear_handle_id (&self->keep_source, g_source_remove);
}

/* --- Going on --- */

static void
go_on (SmmWelcomePage *self)
{
  show_page (self, "cards");
  gtk_widget_activate_action (GTK_WIDGET (self), "win.new-brand", NULL);
}

static void
end (SmmWelcomePage *self, const GError *error)
{
  self->busy = FALSE;
  gtk_widget_set_sensitive (self->confirm, TRUE);
  if (error != NULL)
    show_problem (self, error->message);
  else
    {
      forget_draft (self);
      go_on (self);
    }
}

static void
on_confirmed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SmmWelcomePage) self = user_data;
  g_autoptr (GError) error = NULL;
  G_GNUC_UNUSED g_autoptr (GVariant) reply
      = smm_library_apply_finish (SMM_LIBRARY (source), result, &error);

  end (self, error);
}

static void
confirm (SmmWelcomePage *self)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *at = g_date_time_format_iso8601 (now);
  g_autoptr (SmmCommand) command = smm_command_new (
      "setting.set", g_variant_new_parsed ("{'key': <%s>, 'value': <%s>}", SMM_SETTING_AGE, at));

  smm_library_apply_async (self->library, command, NULL, on_confirmed, g_object_ref (self));
}

/* Going on says both: what the page asks, and that its text was read. */
static void
on_accepted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SmmWelcomePage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = smm_library_apply_finish (SMM_LIBRARY (source), result, &error);

  if (reply == NULL)
    end (self, error);
  else
    confirm (self);
}

static void
accept_policy (SmmWelcomePage *self)
{
  g_autoptr (SmmCommand) command = smm_command_new (
      "policy.accept", g_variant_new_parsed ("{'version': <%i>}", SMM_POLICY_VERSION));

  smm_library_apply_async (self->library, command, NULL, on_accepted, g_object_ref (self));
}

static void
on_profile_set (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SmmWelcomePage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = smm_library_apply_finish (SMM_LIBRARY (source), result, &error);

  if (reply == NULL)
    end (self, error);
  else
    accept_policy (self);
}

static void
on_confirm (GtkButton *button, SmmWelcomePage *self)
{
  g_autofree char *name = dup_text (self->name);
  g_autofree char *email = dup_text (self->email);
  g_autofree char *organization = dup_text (self->organization);
  g_autoptr (SmmCommand) command = NULL;

  if (self->busy)
    return;
  self->busy = TRUE;
  gtk_widget_set_sensitive (self->confirm, FALSE);
  show_problem (self, NULL);
  if (*name == '\0' && *email == '\0' && *organization == '\0')
    {
      accept_policy (self);
      return;
    }
  command = smm_command_new (
      "profile.set", g_variant_new_parsed ("{'name': <%s>, 'email': <%s>, 'organization': <%s>}",
                                           name, email, organization));
  smm_library_apply_async (self->library, command, NULL, on_profile_set, g_object_ref (self));
}

static void
on_start_practice (GtkButton *button, SmmWelcomePage *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "app.practice", NULL);
}

static void
on_set_up (GtkButton *button, SmmWelcomePage *self)
{
  if (is_confirmed (self))
    go_on (self);
  else
    show_page (self, "you");
}

static void
on_policy (GtkButton *button, SmmWelcomePage *self)
{
  smm_policy_window_present (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), self->library);
}

static void
on_back (GtkButton *button, SmmWelcomePage *self)
{
  show_page (self, "cards");
}

static void
smm_welcome_page_dispose (GObject *object)
{
  SmmWelcomePage *self = SMM_WELCOME_PAGE (object);

  if (self->keep_source != 0)
    keep_draft (self);
  g_clear_object (&self->library);
  G_OBJECT_CLASS (smm_welcome_page_parent_class)->dispose (object);
}

static void
smm_welcome_page_class_init (SmmWelcomePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = smm_welcome_page_dispose;
  g_type_ensure (SMM_TYPE_WRAP);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/nkonsept/Smm/ui/welcome/smm-welcome-page.ui");
  gtk_widget_class_bind_template_child (widget_class, SmmWelcomePage, stack);
  gtk_widget_class_bind_template_child (widget_class, SmmWelcomePage, back);
  gtk_widget_class_bind_template_child (widget_class, SmmWelcomePage, practice_card);
  gtk_widget_class_bind_template_child (widget_class, SmmWelcomePage, set_up);
  gtk_widget_class_bind_template_child (widget_class, SmmWelcomePage, name);
  gtk_widget_class_bind_template_child (widget_class, SmmWelcomePage, email);
  gtk_widget_class_bind_template_child (widget_class, SmmWelcomePage, organization);
  gtk_widget_class_bind_template_child (widget_class, SmmWelcomePage, data_row);
  gtk_widget_class_bind_template_child (widget_class, SmmWelcomePage, draft_row);
  gtk_widget_class_bind_template_child (widget_class, SmmWelcomePage, confirm);
  gtk_widget_class_bind_template_child (widget_class, SmmWelcomePage, problem);
  gtk_widget_class_bind_template_callback (widget_class, on_start_practice);
  gtk_widget_class_bind_template_callback (widget_class, on_set_up);
  gtk_widget_class_bind_template_callback (widget_class, on_confirm);
  gtk_widget_class_bind_template_callback (widget_class, on_back);
  gtk_widget_class_bind_template_callback (widget_class, on_policy);
  gtk_widget_class_bind_template_callback (widget_class, on_typed);
}

static void
smm_welcome_page_init (SmmWelcomePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* The folder as people write it: ~/.local/share/… */
static char *
dup_short_path (const char *path)
{
  const char *home = g_get_home_dir ();

  if (g_str_has_prefix (path, home) && path[strlen (home)] == '/')
    return g_strconcat ("~", path + strlen (home), NULL);
  return g_strdup (path);
}

static void
show_path (AdwActionRow *row, const char *path)
{
  g_autofree char *shown = dup_short_path (path);
  g_autofree char *escaped = g_markup_escape_text (shown, -1);

  adw_action_row_set_subtitle (row, escaped);
}

/**
 * smm_welcome_page_new:
 * @library: where the profile goes
 * @paths: where all of it is kept
 * @practice: whether this already is Practice mode
 *
 * Returns: (transfer full): the page
 */
GtkWidget *
smm_welcome_page_new (SmmLibrary *library, SmmPaths *paths, gboolean practice)
{
  SmmWelcomePage *self = g_object_new (SMM_TYPE_WELCOME_PAGE, NULL);
  g_autofree char *draft = smm_welcome_draft_get_path (paths);

  self->library = g_object_ref (library);
  self->paths = paths;
  gtk_widget_set_visible (self->practice_card, !practice);
  show_path (self->data_row, paths->data_dir);
  show_path (self->draft_row, draft);
  resume_draft (self);
  return GTK_WIDGET (self);
}

/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-preferences-closing.h"

#include "smm-preferences-private.h"

#include <glib/gi18n.h>

#include "smm-app-time.h"
#include "smm-question.h"
#include "smm-workspace.h"

#define MAX_NAMED 5
#define MAX_CHARS 50
#define DAYS "smm-days"

struct _SmmPreferencesClosing
{
  AdwActionRow parent_instance;

  GtkWidget *close, *reopen;
  char *subtitle; /* while it is not being closed */

  SmmPreferences *window; /* NULL: the page is closed */
};

G_DEFINE_FINAL_TYPE (SmmPreferencesClosing, smm_preferences_closing, ADW_TYPE_ACTION_ROW)

/* --- Asking --- */

static void
add_title (GString *text, SmmPost *post)
{
  g_autofree char *line = smm_text_dup_first_line (post->text, MAX_CHARS + 1);
  gboolean more = g_utf8_strlen (line, -1) > MAX_CHARS;

  if (more)
    *g_utf8_offset_to_pointer (line, MAX_CHARS) = '\0';
  g_string_append_printf (text, "\n• %s%s", *line != '\0' ? line : _ ("A post without text"),
                          more ? "…" : "");
}

/* Which posts it is about, by how they begin. */
static char *
describe (SmmStore *store)
{
  g_autoptr (GPtrArray) posts = smm_workspace_list_scheduled (store, MAX_NAMED);
  guint n = smm_store_count_scheduled_posts (store);
  GString *text = g_string_new (
      _ ("From now on nothing goes out and nothing new is scheduled. Accounts are still checked "
         "every day, so that undoing works. When the days are over and this computer is on, "
         "everything is deleted as by “Delete Everything Here”."));

  if (n == 0)
    return g_string_free (text, FALSE);
  g_string_append (text, "\n\n");
  g_string_append_printf (
      text,
      g_dngettext (
          GETTEXT_PACKAGE,
          "%u scheduled post is held, unless its platform is about to "
          "publish it:",
          "%u scheduled posts are held, unless their platform is about to publish them:", n),
      n);
  for (guint i = 0; i < posts->len; i++)
    add_title (text, posts->pdata[i]);
  if (n > posts->len)
    g_string_append (text, "\n• …");
  return g_string_free (text, FALSE);
}

static void
on_answer (AdwMessageDialog *dialog, const char *response, SmmPreferencesClosing *self)
{
  GtkSpinButton *days = g_object_get_data (G_OBJECT (dialog), DAYS);

  if (self->window != NULL && g_str_equal (response, "close-workspace"))
    smm_preferences_apply (
        self->window, "workspace.close",
        g_variant_new_parsed ("{'days': <%i>}", gtk_spin_button_get_value_as_int (days)),
        _ ("The workspace is being closed"));
}

static void
on_close (SmmPreferencesClosing *self)
{
  SmmStore *store = smm_library_get_store (self->window->library);
  GtkWidget *days = gtk_spin_button_new_with_range (1, SMM_WORKSPACE_MAX_DAYS, 1);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *label = gtk_label_new_with_mnemonic (_ ("_Days until everything is deleted"));
  g_autofree char *body = NULL;
  GtkWidget *dialog;

  if (store == NULL)
    return;
  body = describe (store);
  dialog = smm_question_new (GTK_WIDGET (self->window), _ ("Close Your Workspace?"), body,
                             "close-workspace", _ ("Close _Workspace"));
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (days), SMM_WORKSPACE_MAX_DAYS);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_label_set_mnemonic_widget (GTK_LABEL (label), days);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), days);
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), box);
  g_object_set_data (G_OBJECT (dialog), DAYS, days);
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_answer), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
on_reopen (SmmPreferencesClosing *self)
{
  smm_preferences_apply (self->window, "workspace.reopen", NULL, _ ("The workspace goes on"));
}

/* --- Showing --- */

void
smm_preferences_closing_fill (SmmPreferencesClosing *self, SmmStore *store)
{
  gint64 at = smm_store_get_erase_at (store);
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autofree char *when = at > 0 ? smm_time_format_long (at, zone) : NULL;
  g_autofree char *text
      = at > 0 ? g_strdup_printf (_ ("Everything here is deleted on %s"), when) : NULL;

  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), text != NULL ? text : self->subtitle);
  gtk_widget_set_visible (self->close, at == 0);
  gtk_widget_set_visible (self->reopen, at > 0);
}

void
smm_preferences_closing_bind (SmmPreferencesClosing *self, SmmPreferences *window)
{
  self->window = window;
}

static void
smm_preferences_closing_dispose (GObject *object)
{
  SmmPreferencesClosing *self = SMM_PREFERENCES_CLOSING (object);

  self->window = NULL;
  g_clear_pointer (&self->subtitle, g_free);
  G_OBJECT_CLASS (smm_preferences_closing_parent_class)->dispose (object);
}

static void
smm_preferences_closing_class_init (SmmPreferencesClosingClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = smm_preferences_closing_dispose;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/com/nkonsept/Smm/ui/preferences/smm-preferences-closing.ui");
  gtk_widget_class_bind_template_child (widget_class, SmmPreferencesClosing, close);
  gtk_widget_class_bind_template_child (widget_class, SmmPreferencesClosing, reopen);
  gtk_widget_class_bind_template_callback (widget_class, on_close);
  gtk_widget_class_bind_template_callback (widget_class, on_reopen);
}

static void
smm_preferences_closing_init (SmmPreferencesClosing *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->subtitle = g_strdup (adw_action_row_get_subtitle (ADW_ACTION_ROW (self)));
}

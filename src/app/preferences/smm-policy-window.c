/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-policy-window.h"

#include <glib/gi18n.h>

#include "smm-library-remote.h"
#include "smm-policy.h"
#include "smm-settings.h"

#define WIDTH 620
#define HEIGHT 680

struct _SmmPolicyWindow
{
  AdwWindow parent_instance;

  AdwWindowTitle *title;
  GtkBox *text;
  GtkWidget *question;
  GtkWidget *accept;
  GtkLabel *problem;

  SmmLibrary *library;
};

G_DEFINE_FINAL_TYPE (SmmPolicyWindow, smm_policy_window, ADW_TYPE_WINDOW)

/* --- The text --- */

static GtkWidget *
add_label (GtkBox *box, const char *text, const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  /* Not a stop of the keyboard for each paragraph. */
  gtk_widget_set_focusable (label, FALSE);
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  gtk_box_append (box, label);
  return label;
}

static void
add_paragraphs (GtkBox *box, const char *text, const char *bullet)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_autofree char *line = g_strconcat (bullet, lines[i], NULL);

      add_label (box, line, NULL);
    }
}

static void
add_changes (SmmPolicyWindow *self, SmmPolicy *policy, int accepted)
{
  g_autofree char *changes = smm_policy_describe_changes (policy, accepted);
  GtkWidget *card;

  if (accepted == 0 || *changes == '\0')
    return;
  card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_widget_add_css_class (card, "card");
  gtk_widget_add_css_class (card, "policy-changes");
  add_label (GTK_BOX (card), _ ("What Is New"), "heading");
  add_paragraphs (GTK_BOX (card), changes, "• ");
  gtk_box_append (self->text, card);
}

static void
fill (SmmPolicyWindow *self)
{
  g_autoptr (SmmPolicy) policy = smm_policy_new ();
  SmmStore *store = smm_library_get_store (self->library);
  int accepted = smm_policy_get_accepted (store);
  g_autofree char *midnight = g_strconcat (policy->date, "T00:00:00Z", NULL);
  g_autoptr (GDateTime) date = g_date_time_new_from_iso8601 (midnight, NULL);
  g_autofree char *day = date != NULL ? g_date_time_format (date, "%x") : g_strdup (policy->date);
  g_autofree char *version = g_strdup_printf (_ ("Version %d of %s"), policy->version, day);

  adw_window_title_set_subtitle (self->title, version);
  add_changes (self, policy, accepted);
  for (guint i = 0; i < policy->parts->len; i++)
    {
      SmmPolicyPart *part = policy->parts->pdata[i];
      GtkWidget *heading = add_label (self->text, part->heading, "title-4");

      if (i > 0)
        gtk_widget_add_css_class (heading, "policy-heading");
      add_paragraphs (self->text, part->text, "");
    }
  gtk_widget_set_visible (self->question, store != NULL && accepted < policy->version);
}

/* --- The answer --- */

static void
on_accepted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SmmPolicyWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = smm_library_apply_finish (SMM_LIBRARY (source), result, &error);

  if (self->library == NULL)
    return;
  gtk_widget_set_sensitive (self->accept, TRUE);
  if (reply != NULL)
    {
      gtk_window_close (GTK_WINDOW (self));
      return;
    }
  gtk_label_set_label (self->problem, error->message);
  gtk_widget_set_visible (GTK_WIDGET (self->problem), TRUE);
}

static void
on_accept (SmmPolicyWindow *self)
{
  g_autoptr (SmmCommand) command = smm_command_new (
      "policy.accept", g_variant_new_parsed ("{'version': <%i>}", SMM_POLICY_VERSION));

  gtk_widget_set_sensitive (self->accept, FALSE);
  smm_library_apply_async (self->library, command, NULL, on_accepted, g_object_ref (self));
}

static void
smm_policy_window_dispose (GObject *object)
{
  SmmPolicyWindow *self = SMM_POLICY_WINDOW (object);

  g_clear_object (&self->library);
  G_OBJECT_CLASS (smm_policy_window_parent_class)->dispose (object);
}

static void
smm_policy_window_class_init (SmmPolicyWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = smm_policy_window_dispose;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/com/nkonsept/Smm/ui/preferences/smm-policy-window.ui");
  gtk_widget_class_bind_template_child (widget_class, SmmPolicyWindow, title);
  gtk_widget_class_bind_template_child (widget_class, SmmPolicyWindow, text);
  gtk_widget_class_bind_template_child (widget_class, SmmPolicyWindow, question);
  gtk_widget_class_bind_template_child (widget_class, SmmPolicyWindow, accept);
  gtk_widget_class_bind_template_child (widget_class, SmmPolicyWindow, problem);
  gtk_widget_class_bind_template_callback (widget_class, on_accept);
}

static void
smm_policy_window_init (SmmPolicyWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * smm_policy_window_present:
 * @parent: the window it belongs to
 * @library: where the answer goes
 */
void
smm_policy_window_present (GtkWindow *parent, SmmLibrary *library)
{
  SmmPolicyWindow *self = g_object_new (SMM_TYPE_POLICY_WINDOW, "transient-for", parent,
                                        "application", gtk_window_get_application (parent), NULL);

  int width = gtk_widget_get_width (GTK_WIDGET (parent));
  int height = gtk_widget_get_height (GTK_WIDGET (parent));

  /* Over a window that is not on the screen yet, as large as it likes. */
  gtk_window_set_default_size (GTK_WINDOW (self), width > 0 ? MIN (WIDTH, width) : WIDTH,
                               height > 0 ? MIN (HEIGHT, height) : HEIGHT);
  self->library = g_object_ref (library);
  fill (self);
  gtk_window_present (GTK_WINDOW (self));
}

/* --- When it is new --- */

static void
ask (SmmLibrary *library, GParamSpec *pspec, GtkWindow *parent)
{
  SmmStore *store = smm_library_get_store (library);
  int accepted = smm_policy_get_accepted (store);

  if (store == NULL)
    return;
  g_signal_handlers_disconnect_by_func (library, ask, parent);
  if (accepted > 0 && accepted < SMM_POLICY_VERSION)
    smm_policy_window_present (parent, library);
}

/**
 * smm_policy_window_watch:
 * @parent: the main window
 * @library: an owner elsewhere
 *
 * A library of an older version may have to be brought up to date by its owner before it can be
 * read.
 */
void
smm_policy_window_watch (GtkWindow *parent, SmmLibrary *library)
{
  g_signal_connect_object (library, "notify::connected", G_CALLBACK (ask), parent, 0);
  ask (library, NULL, parent);
}

/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-target-view.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <string.h>

#include "smm-app-time.h"
#include "smm-library-remote.h"
#include "smm-platform-marks.h"
#include "smm-platform.h"
#include "smm-question.h"
#include "smm-state-icon.h"
#include "smm-telling.h"
#include "smm-window.h"
#include "smm-wrap.h"

struct _SmmTargetView
{
  GtkBox parent_instance;

  SmmLibrary *library;
  char *post_id;
};

enum
{
  DONE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SmmTargetView, smm_target_view, GTK_TYPE_BOX)

static void
send (SmmTargetView *self, const char *name, const char *target, const char *text)
{
  g_autoptr (SmmCommand) command = NULL;
  GVariantDict args;

  g_variant_dict_init (&args, NULL);
  g_variant_dict_insert (&args, "id", "s", self->post_id);
  if (target != NULL)
    g_variant_dict_insert (&args, "target", "s", target);
  command = smm_command_new (name, g_variant_dict_end (&args));
  smm_apply_telling (GTK_WIDGET (self), self->library, command, text, TRUE);
}

static void
done (SmmTargetView *self)
{
  g_signal_emit (self, signals[DONE], 0);
}

/* --- What the buttons do. Each carries its target's id as data "target". --- */

static void
on_look_now (GtkButton *button, SmmTargetView *self)
{
  const char *target = g_object_get_data (G_OBJECT (button), "target");

  if (SMM_IS_LIBRARY_REMOTE (self->library))
    smm_look_now_telling (GTK_WIDGET (self), SMM_LIBRARY_REMOTE (self->library), target);
}

static void
on_retry (GtkButton *button, SmmTargetView *self)
{
  send (self, "post.retry", g_object_get_data (G_OBJECT (button), "target"), _ ("Trying again"));
}

static void
on_publish_late (GtkButton *button, SmmTargetView *self)
{
  send (self, "post.publish-now", NULL, _ ("Publishing now"));
  done (self);
}

static void
on_reconnect (GtkButton *button, SmmTargetView *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.show-view", "s", "accounts");
  done (self);
}

static void
on_edit (GtkButton *button, SmmTargetView *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.edit-post", "s", self->post_id);
  done (self);
}

/* --- Removing what is public --- */

static void
on_remove_answer (AdwMessageDialog *dialog, const char *response, SmmTargetView *self)
{
  const char *target = g_object_get_data (G_OBJECT (dialog), "target");
  const char *post_id = g_object_get_data (G_OBJECT (dialog), "post");
  g_autoptr (SmmCommand) command = NULL;

  if (!g_str_equal (response, "remove") || self->library == NULL)
    return;
  command = smm_command_new (
      "post.remove", g_variant_new_parsed ("{'id': <%s>, 'target': <%s>}", post_id, target));
  smm_apply_telling (GTK_WIDGET (self), self->library, command, _ ("Removing it"), FALSE);
}

static void
on_remove (GtkButton *button, SmmTargetView *self)
{
  SmmTarget *target = g_object_get_data (G_OBJECT (button), "record");
  const char *platform = smm_platform_id_get_label (target->platform);
  g_autofree char *heading = g_strdup_printf (_ ("Remove this post from %s?"), platform);
  g_autofree char *body
      = g_strdup_printf (_ ("It disappears from %s for everybody, with its likes, comments and "
                            "shares. This can’t be undone. Here it stays as a record, and "
                            "“Duplicate” makes a new post of it."),
                         platform);
  GtkWidget *dialog = smm_question_new (GTK_WIDGET (self), heading, body, "remove", _ ("_Remove"));

  adw_message_dialog_set_response_label (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Keep It"));
  g_object_set_data_full (G_OBJECT (dialog), "target", g_strdup (target->id), g_free);
  g_object_set_data_full (G_OBJECT (dialog), "post", g_strdup (self->post_id), g_free);
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_remove_answer), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static gboolean
can_remove (SmmTarget *target)
{
  const SmmPlatform *platform = smm_platform_get (target->platform);

  return target->state == SMM_TARGET_PUBLISHED && target->remote_id != NULL && platform != NULL
         && platform->remove != NULL && g_strcmp0 (target->reason_code, "removing") != 0;
}

static void
on_launched (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkRoot) window = user_data;
  g_autoptr (GError) error = NULL;

  if (!g_app_info_launch_default_for_uri_finish (result, &error) && SMM_IS_WINDOW (window))
    smm_window_toast (SMM_WINDOW (window), error->message, FALSE);
}

static void
on_open_link (GtkButton *button, SmmTargetView *self)
{
  const char *link = g_object_get_data (G_OBJECT (button), "link");

  /* The address came from the platform: a browser may get it, no other program. */
  if (!g_str_has_prefix (link, "https://") && !g_str_has_prefix (link, "http://"))
    return;
  g_app_info_launch_default_for_uri_async (link, NULL, NULL, on_launched,
                                           g_object_ref (gtk_widget_get_root (GTK_WIDGET (self))));
}

static const struct
{
  const char *fix;
  const char *label;
  void (*clicked) (GtkButton *button, SmmTargetView *self);
} fixes[] = {
  { "reconnect", N_ ("Reconnect"), on_reconnect },
  { "retry", N_ ("Try Again"), on_retry },
  { "unlock", N_ ("Try Again"), on_retry },
  { "edit", N_ ("Edit"), on_edit },
  { "look-now", N_ ("Look Now"), on_look_now },
  { "publish-late", N_ ("Publish Now"), on_publish_late },
};

static GtkWidget *
label_new (const char *text, const char *css, gboolean wrap)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), wrap);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  if (!wrap)
    gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  if (css != NULL)
    gtk_widget_add_css_class (label, css);
  return label;
}

static void
append_fix (SmmTargetView *self, GtkWidget *box, SmmTarget *target)
{
  for (guint i = 0; i < G_N_ELEMENTS (fixes); i++)
    if (g_strcmp0 (target->fix, fixes[i].fix) == 0)
      {
        GtkWidget *button = gtk_button_new_with_label (_ (fixes[i].label));

        gtk_widget_add_css_class (button, "suggested-action");
        gtk_widget_set_halign (button, GTK_ALIGN_START);
        g_object_set_data_full (G_OBJECT (button), "target", g_strdup (target->id), g_free);
        g_signal_connect (button, "clicked", G_CALLBACK (fixes[i].clicked), self);
        gtk_box_append (GTK_BOX (box), button);
      }
}

/* What a target in its usual course can still have to say: a comment that failed, a hand-over. */
static void
append_reason (GtkWidget *box, SmmTarget *target)
{
  static const char *const troubles[]
      = { "comment-failed", "comment-unclear", "remove-failed", "no-verdict", "untold", NULL };
  gboolean usual = target->state == SMM_TARGET_SCHEDULED || target->state == SMM_TARGET_PUBLISHED
                   || target->state == SMM_TARGET_DRAFT;
  gboolean told = target->reason != NULL && *target->reason != '\0';
  GtkWidget *row, *icon, *label;

  if (usual && !told)
    return;
  label = label_new (told ? target->reason : smm_state_get_sentence (target->state), NULL, TRUE);
  if (!usual || target->reason_code == NULL || !g_strv_contains (troubles, target->reason_code))
    {
      gtk_box_append (GTK_BOX (box), label);
      return;
    }
  row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  icon = gtk_image_new ();
  smm_state_image_set (GTK_IMAGE (icon), SMM_TARGET_UNCONFIRMED);
  smm_widget_set_label (icon, _ ("Warning"));
  gtk_widget_set_valign (icon, GTK_ALIGN_START);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (row), icon);
  gtk_box_append (GTK_BOX (row), label);
  gtk_box_append (GTK_BOX (box), row);
}

static void
append_links (SmmTargetView *self, GtkWidget *box, SmmTarget *target)
{
  const char *platform = smm_platform_id_get_label (target->platform);
  gboolean linked = target->permalink != NULL && *target->permalink != '\0';
  GtkWidget *row;

  if (!linked && !can_remove (target))
    return;
  row = smm_wrap_new (6);
  gtk_box_append (GTK_BOX (box), row);
  if (linked)
    {
      /* Translators: %s is a platform: Open on Instagram */
      g_autofree char *text = g_strdup_printf (_ ("Open on %s"), platform);
      GtkWidget *button = gtk_button_new_with_label (text);

      g_object_set_data_full (G_OBJECT (button), "link", g_strdup (target->permalink), g_free);
      gtk_widget_set_tooltip_text (button, target->permalink);
      g_signal_connect (button, "clicked", G_CALLBACK (on_open_link), self);
      smm_wrap_append (SMM_WRAP (row), button);
    }
  if (can_remove (target))
    {
      /* Translators: %s is a platform: Remove from Facebook… */
      g_autofree char *text = g_strdup_printf (_ ("Remove from %s…"), platform);
      GtkWidget *button = gtk_button_new_with_label (text);

      g_object_set_data_full (G_OBJECT (button), "record", g_object_ref (target), g_object_unref);
      g_signal_connect (button, "clicked", G_CALLBACK (on_remove), self);
      smm_wrap_append (SMM_WRAP (row), button);
    }
}

static void
fill (SmmTargetView *self, SmmStore *store, SmmTarget *target, GTimeZone *zone)
{
  g_autoptr (SmmAccount) account = smm_store_get_account (store, target->account_id);
  GtkWidget *box = GTK_WIDGET (self);
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *marks = smm_platform_marks_new ();
  GtkWidget *icon = gtk_image_new ();
  g_autofree char *state = smm_state_dup_word (
      target->state, smm_state_is_handed_over (target) ? target->platform : 0);
  GtkWidget *word = gtk_label_new (state);
  GtkWidget *name;

  gtk_widget_add_css_class (box, "target");
  smm_state_style (box, target->state);
  smm_platform_marks_set (SMM_PLATFORM_MARKS (marks), 1u << target->platform);
  gtk_box_append (GTK_BOX (head), marks);
  name = label_new (account != NULL ? account->name : smm_platform_id_get_label (target->platform),
                    NULL, FALSE);
  gtk_widget_set_hexpand (name, TRUE);
  gtk_box_append (GTK_BOX (head), name);
  smm_state_image_set (GTK_IMAGE (icon), target->state);
  gtk_box_append (GTK_BOX (head), icon);
  smm_state_style (word, target->state);
  gtk_widget_add_css_class (word, "state-word");
  gtk_box_append (GTK_BOX (head), word);
  gtk_box_append (GTK_BOX (box), head);

  append_reason (box, target);
  if (target->state == SMM_TARGET_UNCONFIRMED && target->next_at > 0)
    {
      g_autofree char *at = smm_time_format_clock (target->next_at, zone);
      /* Translators: %s is a time of day */
      g_autofree char *text
          = g_strdup_printf (_ ("Looking never posts. Next look by itself at %s."), at);

      gtk_box_append (GTK_BOX (box), label_new (text, "dim-label", TRUE));
    }
  append_fix (self, box, target);
  append_links (self, box, target);
}

static void
smm_target_view_dispose (GObject *object)
{
  SmmTargetView *self = SMM_TARGET_VIEW (object);

  g_clear_object (&self->library);
  g_clear_pointer (&self->post_id, g_free);
  G_OBJECT_CLASS (smm_target_view_parent_class)->dispose (object);
}

static void
smm_target_view_class_init (SmmTargetViewClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = smm_target_view_dispose;
  signals[DONE]
      = g_signal_new ("done", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
smm_target_view_init (SmmTargetView *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 6);
}

/**
 * smm_target_view_new:
 * @library: the library
 * @target: what it shows, as it is now
 * @zone: zone of its times
 *
 * Returns: (transfer full): one account of a post
 */
GtkWidget *
smm_target_view_new (SmmLibrary *library, SmmTarget *target, GTimeZone *zone)
{
  SmmTargetView *self = g_object_new (SMM_TYPE_TARGET_VIEW, NULL);
  SmmStore *store = smm_library_get_store (library);

  self->library = g_object_ref (library);
  self->post_id = g_strdup (target->post_id);
  if (store != NULL)
    fill (self, store, target, zone);
  return GTK_WIDGET (self);
}

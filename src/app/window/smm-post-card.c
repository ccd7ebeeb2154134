/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-post-card.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <string.h>

#include "smm-app-time.h"
#include "smm-state-icon.h"
#include "smm-target-view.h"
#include "smm-telling.h"
#include "smm-thumbnail.h"

#define WIDTH 330
#define MAX_HEIGHT 520

static void fit (SmmPostCard *self);

struct _SmmPostCard
{
  GtkBox parent_instance;

  GtkWidget *scroller;
  GtkWidget *body;
  GtkWidget *expander; /* of the journal, while there is one */

  SmmLibrary *library;
  GTimeZone *zone;
  char *post_id;
};

enum
{
  DONE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SmmPostCard, smm_post_card, GTK_TYPE_BOX)

static void
send (SmmPostCard *self, const char *name, const char *text)
{
  g_autoptr (SmmCommand) command
      = smm_command_new (name, g_variant_new_parsed ("{'id': <%s>}", self->post_id));

  smm_apply_telling (GTK_WIDGET (self), self->library, command, text, TRUE);
}

static void
done (SmmPostCard *self)
{
  g_signal_emit (self, signals[DONE], 0);
}

/* --- What the buttons do --- */

static void
on_edit (GtkButton *button, SmmPostCard *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.edit-post", "s", self->post_id);
  done (self);
}

static void
on_details (GtkButton *button, SmmPostCard *self)
{
  g_autofree char *id = g_strdup (self->post_id);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  done (self);
  gtk_widget_activate_action (GTK_WIDGET (root), "win.show-post", "s", id);
}

static void
on_cancel (GtkButton *button, SmmPostCard *self)
{
  send (self, "post.cancel", _ ("Cancelled, it will not be published"));
  done (self);
}

static void
on_unschedule (GtkButton *button, SmmPostCard *self)
{
  send (self, "post.unschedule", _ ("Back among the drafts"));
  done (self);
}

static void
on_delete (GtkButton *button, SmmPostCard *self)
{
  send (self, "post.delete", _ ("Post deleted"));
  done (self);
}

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
append_target (SmmPostCard *self, SmmTarget *target)
{
  GtkWidget *view = smm_target_view_new (self->library, target, self->zone);

  g_signal_connect_object (view, "done", G_CALLBACK (done), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self->body), view);
}

static void
append_journal (SmmPostCard *self, SmmStore *store, gboolean expanded)
{
  g_autoptr (GPtrArray) journal = smm_store_list_journal (store, self->post_id);
  GtkWidget *list;

  if (journal->len == 0)
    return;
  list = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_widget_add_css_class (list, "journal");
  for (guint i = 0; i < journal->len; i++)
    {
      SmmJournalEntry *entry = journal->pdata[i];
      g_autofree char *clock = smm_time_format (entry->started_at, self->zone, "%H:%M:%S");
      g_autoptr (GString) detail = g_string_new (NULL);
      GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
      GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
      GtkWidget *when = gtk_label_new (clock);
      gboolean noted = entry->note != NULL && *entry->note != '\0';

      gtk_widget_set_valign (when, GTK_ALIGN_START);
      gtk_widget_add_css_class (when, "journal-time");
      gtk_box_append (GTK_BOX (row), when);
      gtk_box_append (GTK_BOX (column), label_new (noted ? entry->note : entry->step, NULL, TRUE));
      g_string_append_printf (detail, "%s · %s", entry->step, entry->state);
      if (entry->http_status > 0)
        g_string_append_printf (detail, " · HTTP %d", entry->http_status);
      if (entry->error != NULL && *entry->error != '\0')
        g_string_append_printf (detail, " · %s", entry->error);
      if (entry->request_id != NULL && *entry->request_id != '\0')
        g_string_append_printf (detail, " · %s", entry->request_id);
      {
        GtkWidget *second = label_new (detail->str, "dim-label", TRUE);

        gtk_widget_add_css_class (second, "caption");
        gtk_label_set_selectable (GTK_LABEL (second), TRUE);
        gtk_box_append (GTK_BOX (column), second);
      }
      gtk_widget_set_hexpand (column, TRUE);
      gtk_box_append (GTK_BOX (row), column);
      gtk_box_append (GTK_BOX (list), row);
    }
  self->expander = gtk_expander_new (_ ("What happened"));
  smm_widget_set_label (self->expander, _ ("What happened"));
  gtk_expander_set_expanded (GTK_EXPANDER (self->expander), expanded);
  gtk_expander_set_child (GTK_EXPANDER (self->expander), list);
  g_signal_connect_swapped (self->expander, "notify::expanded", G_CALLBACK (fit), self);
  gtk_box_append (GTK_BOX (self->body), self->expander);
}

static GtkWidget *
append_button (GtkWidget *box, const char *icon, const char *label, GCallback clicked,
               SmmPostCard *self)
{
  GtkWidget *button
      = icon != NULL ? gtk_button_new_from_icon_name (icon) : gtk_button_new_with_label (label);

  if (icon != NULL)
    {
      gtk_widget_set_tooltip_text (button, label);
      smm_widget_set_label (button, label);
      gtk_widget_add_css_class (button, "flat");
    }
  g_signal_connect (button, "clicked", clicked, self);
  gtk_box_append (GTK_BOX (box), button);
  return button;
}

static void
append_actions (SmmPostCard *self, SmmPost *post)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *space;
  gboolean pinned = FALSE, scheduled = FALSE, offered = FALSE;

  for (guint i = 0; i < post->targets->len; i++)
    {
      SmmTarget *target = post->targets->pdata[i];

      pinned = pinned || smm_state_is_pinned (target->state);
      scheduled = scheduled || target->state == SMM_TARGET_SCHEDULED;
      offered = offered || g_strcmp0 (target->fix, "edit") == 0;
    }
  append_button (box, NULL, _ ("Details"), G_CALLBACK (on_details), self);
  if (pinned && !scheduled)
    {
      GtkWidget *note = label_new (_ ("Published posts are pinned."), "dim-label", TRUE);

      gtk_box_append (GTK_BOX (box), note);
      gtk_box_append (GTK_BOX (self->body), box);
      return;
    }
  if (!offered)
    append_button (box, NULL, _ ("Edit"), G_CALLBACK (on_edit), self);
  if (scheduled)
    append_button (box, NULL, _ ("Unschedule"), G_CALLBACK (on_unschedule), self);
  space = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_set_hexpand (space, TRUE);
  gtk_box_append (GTK_BOX (box), space);
  if (scheduled)
    append_button (box, "media-playback-stop-symbolic", _ ("Cancel This Post"),
                   G_CALLBACK (on_cancel), self);
  append_button (box, "user-trash-symbolic", _ ("Delete This Post"), G_CALLBACK (on_delete), self);
  gtk_box_append (GTK_BOX (self->body), box);
}

/* A scrolled window asks its child for a height without telling the width, and cuts wrapped text.
 */
static void
fit (SmmPostCard *self)
{
  int height;

  gtk_widget_measure (self->body, GTK_ORIENTATION_VERTICAL, WIDTH, NULL, &height, NULL, NULL);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (self->scroller),
                                              MIN (height, MAX_HEIGHT));
}

static void
fill (SmmPostCard *self)
{
  SmmStore *store = smm_library_get_store (self->library);
  g_autoptr (SmmPost) post = NULL;
  gboolean expanded
      = self->expander != NULL && gtk_expander_get_expanded (GTK_EXPANDER (self->expander));
  GtkWidget *child;

  self->expander = NULL;
  while ((child = gtk_widget_get_first_child (self->body)) != NULL)
    gtk_box_remove (GTK_BOX (self->body), child);
  if (store != NULL)
    post = smm_store_get_post (store, self->post_id);
  if (post == NULL)
    {
      gtk_box_append (GTK_BOX (self->body),
                      label_new (_ ("This post is no longer there."), NULL, TRUE));
      return;
    }
  {
    GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
    GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
    GtkWidget *text;

    if (post->media->len > 0)
      {
        GtkWidget *picture = smm_thumbnail_new (72);
        SmmMedia *media = post->media->pdata[0];

        smm_thumbnail_set_sha256 (SMM_THUMBNAIL (picture), media->sha256);
        if (media->alt != NULL && *media->alt != '\0')
          smm_widget_set_label (picture, media->alt);
        gtk_widget_set_valign (picture, GTK_ALIGN_START);
        gtk_box_append (GTK_BOX (head), picture);
      }
    if (post->due_at != 0)
      {
        g_autofree char *when = smm_time_format_long (post->due_at, self->zone);

        gtk_box_append (GTK_BOX (column), label_new (when, "heading", TRUE));
      }
    text = label_new (*post->text != '\0' ? post->text : _ ("No text"), NULL, TRUE);
    gtk_label_set_lines (GTK_LABEL (text), 5);
    gtk_label_set_ellipsize (GTK_LABEL (text), PANGO_ELLIPSIZE_END);
    gtk_box_append (GTK_BOX (column), text);
    gtk_widget_set_hexpand (column, TRUE);
    gtk_box_append (GTK_BOX (head), column);
    gtk_box_append (GTK_BOX (self->body), head);
  }
  for (guint i = 0; i < post->targets->len; i++)
    append_target (self, post->targets->pdata[i]);
  append_actions (self, post);
  append_journal (self, store, expanded);
  fit (self);
}

static void
on_changed (SmmLibrary *library, const char *const *ids, SmmPostCard *self)
{
  if (self->post_id != NULL)
    fill (self);
}

static void
smm_post_card_dispose (GObject *object)
{
  SmmPostCard *self = SMM_POST_CARD (object);

  g_clear_object (&self->library);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  g_clear_pointer (&self->post_id, g_free);
  G_OBJECT_CLASS (smm_post_card_parent_class)->dispose (object);
}

static void
smm_post_card_class_init (SmmPostCardClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = smm_post_card_dispose;
  signals[DONE]
      = g_signal_new ("done", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
smm_post_card_init (SmmPostCard *self)
{
  gtk_widget_add_css_class (GTK_WIDGET (self), "post-card");
  self->body = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  self->scroller = gtk_scrolled_window_new ();
  g_object_set (self->scroller, "hscrollbar-policy", GTK_POLICY_NEVER, "child", self->body, NULL);
  gtk_widget_set_size_request (self->scroller, WIDTH, -1);
  gtk_widget_set_hexpand (self->scroller, TRUE);
  smm_widget_set_label (self->scroller, _ ("Post"));
  gtk_box_append (GTK_BOX (self), self->scroller);
}

/**
 * smm_post_card_new:
 * @library: the library
 *
 * Returns: (transfer full): a card of no post yet
 */
GtkWidget *
smm_post_card_new (SmmLibrary *library)
{
  SmmPostCard *self = g_object_new (SMM_TYPE_POST_CARD, NULL);

  self->library = g_object_ref (library);
  g_signal_connect_object (library, "changed", G_CALLBACK (on_changed), self, 0);
  return GTK_WIDGET (self);
}

/**
 * smm_post_card_set_post:
 * @self: a card
 * @post_id: the post to show; it stays up to date
 * @zone: zone of its times
 */
void
smm_post_card_set_post (SmmPostCard *self, const char *post_id, GTimeZone *zone)
{
  g_return_if_fail (SMM_IS_POST_CARD (self));
  g_return_if_fail (post_id != NULL && zone != NULL);

  g_free (self->post_id);
  self->post_id = g_strdup (post_id);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  self->zone = g_time_zone_ref (zone);
  fill (self);
}

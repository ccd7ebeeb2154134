/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-preview.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "smm-app-time.h"
#include "smm-platform-marks.h"
#include "smm-state-icon.h"
#include "smm-thumbnail.h"

#define PICTURE 280
#define UPRIGHT 180
#define SEAM 2
#define FACEBOOK_LINES 5
#define INSTAGRAM_LINES 3

struct _SmmPreview
{
  GtkBox parent_instance;

  SmmPlatformId platform;
  GtkWidget *avatar;
  GtkWidget *name;
  GtkWidget *when;
  GtkWidget *above; /* Facebook: the text stands above the pictures */
  GtkWidget *below;
  GtkWidget *pictures;
  GtkWidget *first;
  GtkWidget *others;
  GtkWidget *count;
  GtkWidget *link;
};

G_DEFINE_FINAL_TYPE (SmmPreview, smm_preview, GTK_TYPE_BOX)

static GtkWidget *
create_text (int lines)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_lines (GTK_LABEL (label), lines);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 32);
  gtk_widget_set_margin_start (label, 12);
  gtk_widget_set_margin_end (label, 12);
  gtk_widget_set_margin_top (label, 6);
  gtk_widget_set_margin_bottom (label, 10);
  return label;
}

static void
smm_preview_class_init (SmmPreviewClass *klass)
{
}

static void
smm_preview_init (SmmPreview *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 6);
}

/**
 * smm_preview_new:
 * @platform: whose looks to show
 *
 * Returns: (transfer full): an empty preview
 */
GtkWidget *
smm_preview_new (SmmPlatformId platform)
{
  SmmPreview *self = g_object_new (SMM_TYPE_PREVIEW, NULL);
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *mark = smm_platform_marks_new ();
  GtkWidget *title = gtk_label_new (smm_platform_id_get_label (platform));
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *who = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *names = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *overlay = gtk_overlay_new ();
  g_autofree char *label
      = g_strdup_printf (_ ("Preview on %s"), smm_platform_id_get_label (platform));

  self->platform = platform;
  smm_widget_set_label (GTK_WIDGET (self), label);
  smm_platform_marks_set (SMM_PLATFORM_MARKS (mark), 1u << platform);
  gtk_widget_add_css_class (title, "caption-heading");
  gtk_widget_add_css_class (title, "dim-label");
  gtk_box_append (GTK_BOX (head), mark);
  gtk_box_append (GTK_BOX (head), title);
  gtk_box_append (GTK_BOX (self), head);

  self->avatar = adw_avatar_new (30, NULL, TRUE);
  self->name = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->name), 0);
  gtk_label_set_ellipsize (GTK_LABEL (self->name), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (self->name, "heading");
  self->when = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->when), 0);
  gtk_widget_add_css_class (self->when, "caption");
  gtk_widget_add_css_class (self->when, "dim-label");
  gtk_widget_set_valign (names, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (names), self->name);
  gtk_box_append (GTK_BOX (names), self->when);
  gtk_box_append (GTK_BOX (who), self->avatar);
  gtk_box_append (GTK_BOX (who), names);
  gtk_widget_set_margin_start (who, 12);
  gtk_widget_set_margin_end (who, 12);
  gtk_widget_set_margin_top (who, 10);
  gtk_widget_set_margin_bottom (who, 6);

  self->above = create_text (FACEBOOK_LINES);
  self->below = create_text (INSTAGRAM_LINES);
  self->pictures = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, SEAM);
  self->first = smm_thumbnail_new (PICTURE);
  self->others = gtk_box_new (GTK_ORIENTATION_VERTICAL, SEAM);
  self->count = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->count, "preview-count");
  gtk_widget_set_halign (self->count, GTK_ALIGN_END);
  gtk_widget_set_valign (self->count, GTK_ALIGN_START);
  gtk_widget_set_margin_top (self->count, 8);
  gtk_widget_set_margin_end (self->count, 8);
  gtk_overlay_set_child (GTK_OVERLAY (overlay), self->first);
  gtk_overlay_add_overlay (GTK_OVERLAY (overlay), self->count);
  gtk_box_append (GTK_BOX (self->pictures), overlay);
  gtk_box_append (GTK_BOX (self->pictures), self->others);
  gtk_widget_set_halign (self->pictures, GTK_ALIGN_CENTER);
  self->link = gtk_label_new (NULL);
  gtk_label_set_ellipsize (GTK_LABEL (self->link), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (self->link), 0);
  gtk_widget_add_css_class (self->link, "caption-heading");
  gtk_widget_set_margin_start (self->link, 12);
  gtk_widget_set_margin_end (self->link, 12);
  gtk_widget_set_margin_top (self->link, 6);
  gtk_widget_set_margin_bottom (self->link, 10);

  gtk_widget_add_css_class (card, "card");
  gtk_widget_set_overflow (card, GTK_OVERFLOW_HIDDEN);
  gtk_box_append (GTK_BOX (card), who);
  gtk_box_append (GTK_BOX (card), self->above);
  gtk_box_append (GTK_BOX (card), self->pictures);
  gtk_box_append (GTK_BOX (card), self->link);
  gtk_box_append (GTK_BOX (card), self->below);
  gtk_box_append (GTK_BOX (self), card);
  gtk_widget_set_size_request (card, PICTURE, -1);
  return GTK_WIDGET (self);
}

static void
show_pictures (SmmPreview *self, SmmPost *post)
{
  GtkWidget *child;
  guint n = post->media->len;
  gboolean upright = post->kind != SMM_POST_KIND_FEED || self->platform == SMM_PLATFORM_TIKTOK;
  gboolean grid = self->platform == SMM_PLATFORM_FACEBOOK && n > 1 && !upright;
  SmmMedia *first = n > 0 ? post->media->pdata[0] : NULL;
  g_autofree char *count = NULL;
  int k, edge;

  gtk_widget_set_visible (self->pictures, n > 0);
  smm_thumbnail_set_sha256 (SMM_THUMBNAIL (self->first), first != NULL ? first->sha256 : NULL);
  /* The first picture is as high as the others together, and all are as wide as the card. */
  k = MIN (n, 4) - 1;
  edge = grid ? (PICTURE - SEAM * k) / (k + 1) : 0;
  smm_thumbnail_set_size (SMM_THUMBNAIL (self->first), grid      ? PICTURE - SEAM - edge
                                                       : upright ? UPRIGHT
                                                                 : PICTURE);
  /* Reels, stories and TikTok fill a telephone: 9:16. */
  gtk_widget_set_size_request (self->first, -1, upright ? UPRIGHT * 16 / 9 : -1);
  while ((child = gtk_widget_get_first_child (self->others)) != NULL)
    gtk_box_remove (GTK_BOX (self->others), child);
  if (grid)
    for (guint i = 1; i < MIN (n, 4); i++)
      {
        SmmMedia *media = post->media->pdata[i];
        GtkWidget *picture = smm_thumbnail_new (edge);

        smm_thumbnail_set_sha256 (SMM_THUMBNAIL (picture), media->sha256);
        gtk_box_append (GTK_BOX (self->others), picture);
      }
  if (grid && n > 4)
    count = g_strdup_printf (_ ("+%u more"), n - 4);
  else if (self->platform != SMM_PLATFORM_FACEBOOK && n > 1 && !upright)
    count = g_strdup_printf ("1/%u", n);
  gtk_label_set_label (GTK_LABEL (self->count), count != NULL ? count : "");
  gtk_widget_set_visible (self->count, count != NULL);
}

/**
 * smm_preview_set:
 * @self: a preview
 * @post: what to show
 * @account: (nullable): who says it
 * @zone: the zone times are shown in
 */
void
smm_preview_set (SmmPreview *self, SmmPost *post, SmmAccount *account, GTimeZone *zone)
{
  gboolean facebook = self->platform == SMM_PLATFORM_FACEBOOK;
  gboolean texts = *post->text != '\0' && post->kind != SMM_POST_KIND_STORY;
  const char *name = account == NULL ? "" : account->name;
  g_autofree char *when = NULL;

  g_return_if_fail (SMM_IS_PREVIEW (self));

  if (account != NULL && !facebook && account->username != NULL)
    name = account->username;
  adw_avatar_set_text (ADW_AVATAR (self->avatar), account != NULL ? account->name : NULL);
  gtk_label_set_label (GTK_LABEL (self->name), name);
  when = post->due_at != 0 ? smm_time_format_long (post->due_at, zone)
                           : g_strdup (_ ("No time yet"));
  gtk_label_set_label (GTK_LABEL (self->when), when);
  gtk_widget_set_visible (self->when, facebook);
  gtk_label_set_label (GTK_LABEL (self->above), post->text);
  gtk_widget_set_visible (self->above, facebook && texts);
  show_pictures (self, post);
  /* Facebook shows a link's card only without pictures; elsewhere links are not clickable. */
  gtk_widget_set_visible (self->link, facebook && post->link != NULL && post->media->len == 0
                                          && post->kind == SMM_POST_KIND_FEED);
  gtk_label_set_label (GTK_LABEL (self->link), post->link != NULL ? post->link : "");
  if (!facebook)
    {
      g_autofree char *bold = g_markup_printf_escaped ("<b>%s</b> %s", name, post->text);

      gtk_label_set_markup (GTK_LABEL (self->below), bold);
    }
  gtk_widget_set_visible (self->below, !facebook && texts);
}

/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-preview.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <string.h>

#include "smm-app-time.h"
#include "smm-media-picture.h"
#include "smm-platform-marks.h"
#include "smm-state-icon.h"
#include "smm-text-tools.h"

/* Pixels. */
#define WIDTH 248
#define TALL_WIDTH 218
#define SEAM 2
#define MAX_IN_GRID 4
/* What the feeds show without a touch; nobody documents it, these are what is seen. */
#define FACEBOOK_CHARACTERS 200
#define FACEBOOK_LINES 5
#define INSTAGRAM_CHARACTERS 125
#define INSTAGRAM_LINES 3
#define TALL_CHARACTERS 90
#define TALL_LINES 2
/* Section 4.2 of api/meta.md. */
#define NARROWEST 0.8
#define WIDEST 1.91

struct _SmmPreview
{
  GtkBox parent_instance;

  SmmPlatformId platform;
  SmmPost *post; /* what is shown */
  guint page;    /* which of its media */
  GtkWidget *turn;
  GtkWidget *state;
  GtkWidget *feed;
  GtkWidget *avatar;
  GtkWidget *name;
  GtkWidget *when;
  GtkWidget *above; /* Facebook: the text stands above the pictures */
  GtkWidget *below;
  GtkWidget *pictures;
  GtkWidget *grid;
  GtkWidget *count;
  GtkWidget *link;
  GtkWidget *link_host;
  GtkWidget *link_note;
  GtkWidget *tall;
  GtkWidget *tall_picture;
  GtkWidget *tall_avatar;
  GtkWidget *tall_name;
  GtkWidget *tall_text;
  GtkWidget *tall_icons;
  GtkWidget *story_bar;
  GtkWidget *deeds;

  char *shown; /* the media in the grid, to leave them alone while nothing changes */
};

G_DEFINE_FINAL_TYPE (SmmPreview, smm_preview, GTK_TYPE_BOX)

static void
smm_preview_finalize (GObject *object)
{
  g_free (SMM_PREVIEW (object)->shown);
  g_clear_object (&SMM_PREVIEW (object)->post);
  G_OBJECT_CLASS (smm_preview_parent_class)->finalize (object);
}

static void
smm_preview_class_init (SmmPreviewClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = smm_preview_finalize;
}

static void
smm_preview_init (SmmPreview *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 6);
}

static void on_previous (SmmPreview *self);
static void on_next (SmmPreview *self);

static gboolean
is_tall (SmmPreview *self, SmmPost *post)
{
  return post->kind != SMM_POST_KIND_FEED || self->platform == SMM_PLATFORM_TIKTOK;
}

/* --- Making the widgets --- */

static GtkWidget *
create_text (const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 28);
  gtk_widget_add_css_class (label, css_class);
  return label;
}

static GtkWidget *
create_name (int size, GtkWidget **avatar)
{
  GtkWidget *label = gtk_label_new (NULL);
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();

  /* A name has the hyphens that are in it, no others. */
  pango_attr_list_insert (attributes, pango_attr_insert_hyphens_new (FALSE));
  gtk_label_set_attributes (GTK_LABEL (label), attributes);
  *avatar = adw_avatar_new (size, NULL, TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_add_css_class (label, "heading");
  return label;
}

static GtkWidget *
create_who (SmmPreview *self)
{
  GtkWidget *who = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *names = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *more = gtk_image_new_from_icon_name ("view-more-horizontal-symbolic");

  self->name = create_name (30, &self->avatar);
  self->when = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->when), 0);
  gtk_label_set_ellipsize (GTK_LABEL (self->when), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (self->when, "caption");
  gtk_widget_add_css_class (self->when, "dim-label");
  gtk_widget_set_valign (names, GTK_ALIGN_CENTER);
  gtk_widget_set_hexpand (names, TRUE);
  gtk_box_append (GTK_BOX (names), self->name);
  gtk_box_append (GTK_BOX (names), self->when);
  gtk_box_append (GTK_BOX (who), self->avatar);
  gtk_box_append (GTK_BOX (who), names);
  gtk_box_append (GTK_BOX (who), more);
  gtk_widget_add_css_class (who, "preview-who");
  return who;
}

static GtkWidget *
create_pictures (SmmPreview *self)
{
  self->pictures = gtk_overlay_new ();
  self->grid = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, SEAM);
  self->count = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->count, "preview-count");
  gtk_widget_set_halign (self->count, GTK_ALIGN_END);
  gtk_widget_set_valign (self->count,
                         self->platform == SMM_PLATFORM_FACEBOOK ? GTK_ALIGN_END : GTK_ALIGN_START);
  gtk_overlay_set_child (GTK_OVERLAY (self->pictures), self->grid);
  gtk_overlay_add_overlay (GTK_OVERLAY (self->pictures), self->count);
  return self->pictures;
}

/* The card that Facebook makes of a link. What is on it comes from the page, which Facebook reads
 * and we do not: a page is told of a visit by nobody who only writes about it. */
static GtkWidget *
create_link (SmmPreview *self)
{
  GtkWidget *picture = gtk_image_new_from_icon_name ("smm-link-symbolic");
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);

  self->link = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  self->link_host = gtk_label_new (NULL);
  gtk_label_set_ellipsize (GTK_LABEL (self->link_host), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (self->link_host), 0);
  gtk_widget_add_css_class (self->link_host, "caption-heading");
  self->link_note = create_text ("caption");
  gtk_widget_add_css_class (self->link_note, "dim-label");
  gtk_image_set_pixel_size (GTK_IMAGE (picture), 24);
  gtk_widget_add_css_class (picture, "preview-link-picture");
  gtk_widget_add_css_class (words, "preview-link-words");
  gtk_box_append (GTK_BOX (words), self->link_host);
  gtk_box_append (GTK_BOX (words), self->link_note);
  gtk_box_append (GTK_BOX (self->link), picture);
  gtk_box_append (GTK_BOX (self->link), words);
  gtk_widget_add_css_class (self->link, "preview-link");
  return self->link;
}

static GtkWidget *
create_deed (const char *icon, const char *word)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name (icon));
  gtk_box_append (GTK_BOX (box), gtk_label_new (word));
  gtk_widget_set_hexpand (box, TRUE);
  gtk_widget_set_halign (box, GTK_ALIGN_CENTER);
  return box;
}

static GtkWidget *
create_deeds (SmmPreview *self)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  self->deeds = row;
  gtk_widget_add_css_class (row, "preview-deeds");
  if (self->platform == SMM_PLATFORM_FACEBOOK)
    {
      gtk_box_append (GTK_BOX (row), create_deed ("smm-like-symbolic", _ ("Like")));
      gtk_box_append (GTK_BOX (row), create_deed ("smm-comment-symbolic", _ ("Comment")));
      gtk_box_append (GTK_BOX (row), create_deed ("smm-share-symbolic", _ ("Share")));
      return row;
    }
  gtk_box_set_spacing (GTK_BOX (row), 12);
  gtk_box_append (GTK_BOX (row), gtk_image_new_from_icon_name ("smm-heart-symbolic"));
  gtk_box_append (GTK_BOX (row), gtk_image_new_from_icon_name ("smm-comment-symbolic"));
  gtk_box_append (GTK_BOX (row), gtk_image_new_from_icon_name ("smm-share-symbolic"));
  gtk_box_append (GTK_BOX (row), gtk_image_new_from_icon_name ("smm-bookmark-symbolic"));
  gtk_widget_set_hexpand (gtk_widget_get_last_child (row), TRUE);
  gtk_widget_set_halign (gtk_widget_get_last_child (row), GTK_ALIGN_END);
  return row;
}

static GtkWidget *
create_feed (SmmPreview *self)
{
  self->feed = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  self->above = create_text ("preview-text");
  self->below = create_text ("preview-text");
  gtk_box_append (GTK_BOX (self->feed), create_who (self));
  gtk_box_append (GTK_BOX (self->feed), self->above);
  gtk_box_append (GTK_BOX (self->feed), create_pictures (self));
  gtk_box_append (GTK_BOX (self->feed), create_link (self));
  gtk_box_append (GTK_BOX (self->feed), create_deeds (self));
  gtk_box_append (GTK_BOX (self->feed), self->below);
  gtk_widget_add_css_class (self->feed, "card");
  gtk_widget_set_overflow (self->feed, GTK_OVERFLOW_HIDDEN);
  gtk_widget_set_size_request (self->feed, WIDTH, -1);
  return self->feed;
}

static GtkWidget *
create_tall_icons (SmmPreview *self)
{
  static const char *const icons[] = { "smm-heart-symbolic", "smm-comment-symbolic",
                                       "smm-bookmark-symbolic", "smm-share-symbolic" };
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 16);

  for (guint i = 0; i < G_N_ELEMENTS (icons); i++)
    {
      GtkWidget *image = gtk_image_new_from_icon_name (icons[i]);

      gtk_image_set_pixel_size (GTK_IMAGE (image), 20);
      gtk_box_append (GTK_BOX (column), image);
    }
  gtk_widget_set_halign (column, GTK_ALIGN_END);
  gtk_widget_set_valign (column, GTK_ALIGN_END);
  gtk_widget_add_css_class (column, "preview-side");
  return column;
}

/* The whole of a telephone: reels, stories, TikTok. */
static GtkWidget *
create_tall (SmmPreview *self)
{
  GtkWidget *foot = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  GtkWidget *who = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->tall = gtk_overlay_new ();
  self->tall_picture = smm_media_picture_new ();
  smm_media_picture_set_width (SMM_MEDIA_PICTURE (self->tall_picture), TALL_WIDTH);
  smm_media_picture_set_limited (SMM_MEDIA_PICTURE (self->tall_picture), TRUE);
  self->tall_name = create_name (24, &self->tall_avatar);
  self->tall_text = create_text ("caption");
  self->tall_icons = create_tall_icons (self);
  self->story_bar = gtk_separator_new (GTK_ORIENTATION_HORIZONTAL);
  gtk_widget_set_valign (self->story_bar, GTK_ALIGN_START);
  gtk_widget_add_css_class (self->story_bar, "preview-story");
  gtk_box_append (GTK_BOX (who), self->tall_avatar);
  gtk_box_append (GTK_BOX (who), self->tall_name);
  gtk_widget_set_hexpand (self->tall_name, TRUE);
  gtk_box_append (GTK_BOX (foot), who);
  gtk_box_append (GTK_BOX (foot), self->tall_text);
  gtk_widget_set_valign (foot, GTK_ALIGN_END);
  gtk_widget_add_css_class (foot, "preview-foot");
  gtk_overlay_set_child (GTK_OVERLAY (self->tall), self->tall_picture);
  gtk_overlay_add_overlay (GTK_OVERLAY (self->tall), foot);
  gtk_overlay_add_overlay (GTK_OVERLAY (self->tall), self->tall_icons);
  gtk_overlay_add_overlay (GTK_OVERLAY (self->tall), self->story_bar);
  gtk_widget_set_overflow (self->tall, GTK_OVERFLOW_HIDDEN);
  gtk_widget_add_css_class (self->tall, "preview-tall");
  gtk_widget_set_halign (self->tall, GTK_ALIGN_START);
  gtk_widget_set_hexpand (self->tall, FALSE);
  return self->tall;
}

static GtkWidget *
create_turn_button (SmmPreview *self, const char *icon, const char *label, GCallback callback)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "preview-turn");
  gtk_widget_set_tooltip_text (button, label);
  smm_widget_set_label (button, label);
  g_signal_connect_swapped (button, "clicked", callback, self);
  return button;
}

/* Beside the picture of the post, in which nothing can be used. */
static GtkWidget *
create_turn (SmmPreview *self)
{
  self->turn = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_box_append (GTK_BOX (self->turn),
                  create_turn_button (self, "go-previous-symbolic", _ ("Previous Picture or Video"),
                                      G_CALLBACK (on_previous)));
  gtk_box_append (GTK_BOX (self->turn),
                  create_turn_button (self, "go-next-symbolic", _ ("Next Picture or Video"),
                                      G_CALLBACK (on_next)));
  return self->turn;
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
  GtkWidget *clamp = adw_clamp_new ();
  g_autofree char *label
      = g_strdup_printf (_ ("Preview on %s"), smm_platform_id_get_label (platform));

  self->platform = platform;
  smm_widget_set_label (GTK_WIDGET (self), label);
  smm_platform_marks_set (SMM_PLATFORM_MARKS (mark), 1u << platform);
  gtk_widget_add_css_class (title, "caption-heading");
  gtk_widget_add_css_class (title, "dim-label");
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_widget_set_hexpand (title, TRUE);
  self->state = gtk_image_new ();
  gtk_box_append (GTK_BOX (head), mark);
  gtk_box_append (GTK_BOX (head), title);
  gtk_box_append (GTK_BOX (head), create_turn (self));
  gtk_box_append (GTK_BOX (head), self->state);
  gtk_box_append (GTK_BOX (self), head);
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), WIDTH);
  adw_clamp_set_tightening_threshold (ADW_CLAMP (clamp), WIDTH);
  adw_clamp_set_child (ADW_CLAMP (clamp), create_feed (self));
  gtk_box_append (GTK_BOX (self), clamp);
  gtk_box_append (GTK_BOX (self), create_tall (self));
  /* It is a picture of a post: nothing in it can be used. */
  gtk_widget_set_can_focus (clamp, FALSE);
  gtk_widget_set_can_target (clamp, FALSE);
  gtk_widget_set_can_focus (self->tall, FALSE);
  gtk_widget_set_can_target (self->tall, FALSE);
  /* A post is as high as what is in it, however much room there is. */
  gtk_widget_set_vexpand (GTK_WIDGET (self), FALSE);
  return GTK_WIDGET (self);
}

/* --- Showing a post --- */

static GtkWidget *
create_picture (SmmMedia *media, int width, double ratio)
{
  GtkWidget *picture = smm_media_picture_new ();

  smm_media_picture_set_width (SMM_MEDIA_PICTURE (picture), width);
  smm_media_picture_set_limited (SMM_MEDIA_PICTURE (picture), TRUE);
  smm_media_picture_set (SMM_MEDIA_PICTURE (picture), media, -1, ratio);
  return picture;
}

static double
get_ratio (SmmMedia *media)
{
  double own = media->height > 0 ? (double)media->width / media->height : 1;

  return CLAMP (own, NARROWEST, WIDEST);
}

/* Facebook: the first picture is as high as the others together, and all are as wide as the card.
 */
static void
fill_grid (SmmPreview *self, SmmPost *post, guint n)
{
  GtkWidget *others = gtk_box_new (GTK_ORIENTATION_VERTICAL, SEAM);
  int k = (int)n - 1;
  int edge = (WIDTH - SEAM * k) / (k + 1);

  gtk_box_append (GTK_BOX (self->grid),
                  create_picture (post->media->pdata[0], WIDTH - SEAM - edge, 1));
  gtk_widget_set_hexpand (gtk_widget_get_first_child (self->grid), TRUE);
  for (guint i = 1; i < n; i++)
    {
      GtkWidget *picture = create_picture (post->media->pdata[i], edge, 1);

      gtk_widget_set_vexpand (picture, TRUE);
      gtk_box_append (GTK_BOX (others), picture);
    }
  gtk_box_append (GTK_BOX (self->grid), others);
}

static void
fill_pictures (SmmPreview *self, SmmPost *post)
{
  GtkWidget *child;
  guint n = post->media->len;

  while ((child = gtk_widget_get_first_child (self->grid)) != NULL)
    gtk_box_remove (GTK_BOX (self->grid), child);
  if (n == 0)
    return;
  if (self->platform == SMM_PLATFORM_FACEBOOK && n > 1)
    fill_grid (self, post, MIN (n, MAX_IN_GRID));
  else
    /* A carousel has the shape of its first medium. */
    gtk_box_append (GTK_BOX (self->grid), create_picture (post->media->pdata[self->page], WIDTH,
                                                          get_ratio (post->media->pdata[0])));
  gtk_widget_set_hexpand (gtk_widget_get_first_child (self->grid), TRUE);
}

static void
show_pictures (SmmPreview *self, SmmPost *post)
{
  g_autoptr (GString) shown = g_string_new (NULL);
  g_autofree char *count = NULL;
  guint n = post->media->len;

  for (guint i = 0; i < n; i++)
    g_string_append (shown, ((SmmMedia *)post->media->pdata[i])->sha256);
  g_string_append_printf (shown, "/%u", self->page);
  if (g_strcmp0 (self->shown, shown->str) != 0)
    {
      g_free (self->shown);
      self->shown = g_strdup (shown->str);
      fill_pictures (self, post);
    }
  gtk_widget_set_visible (self->pictures, n > 0);
  if (self->platform == SMM_PLATFORM_FACEBOOK && n > MAX_IN_GRID)
    count = g_strdup_printf (_ ("+%u more"), n - MAX_IN_GRID);
  else if (self->platform != SMM_PLATFORM_FACEBOOK && n > 1)
    count = g_strdup_printf ("\u2066%u/%u\u2069", self->page + 1, n);
  gtk_label_set_label (GTK_LABEL (self->count), count != NULL ? count : "");
  gtk_widget_set_visible (self->count, count != NULL);
}

/* The beginning of the text, with what the platform writes where it goes on. */
static char *
make_text (const char *text, const char *name, glong characters, guint lines, const char *more)
{
  gboolean cut;
  g_autofree char *begin = smm_text_cut (text, characters, lines, &cut);
  g_autofree char *markup = smm_text_to_markup (begin);
  g_autofree char *who = name != NULL ? g_markup_printf_escaped ("<b>%s</b> ", name) : NULL;

  return g_strconcat (who != NULL ? who : "", markup, cut ? "… <b>" : "", cut ? more : "",
                      cut ? "</b>" : "", NULL);
}

/* Facebook shows a link's card only without pictures; elsewhere links are not clickable. Of a link
 * that only stands in the text nobody says what Facebook's interface for programs makes of it. */
static void
show_link (SmmPreview *self, SmmPost *post)
{
  g_autofree char *in_text = smm_text_find_link (post->text);
  const char *link = post->link != NULL ? post->link : in_text;
  g_autoptr (GUri) uri = link != NULL ? g_uri_parse (link, G_URI_FLAGS_NONE, NULL) : NULL;
  const char *host = uri != NULL ? g_uri_get_host (uri) : NULL;

  gtk_widget_set_visible (self->link, self->platform == SMM_PLATFORM_FACEBOOK && link != NULL
                                          && post->media->len == 0);
  gtk_label_set_label (GTK_LABEL (self->link_host), host != NULL ? host : link != NULL ? link : "");
  gtk_label_set_label (GTK_LABEL (self->link_note),
                       post->link != NULL
                           ? _ ("Facebook makes this preview itself: title and picture come from "
                                "the page")
                           : _ ("Facebook may make a preview of this link. As the link of the post "
                                "it has one."));
}

/* What can be done with a post is said in words where they have room, in large text by signs. */
static void
fit_deeds (SmmPreview *self)
{
  gboolean fit = TRUE;

  for (int pass = 0; pass < 2; pass++)
    {
      int width;

      for (GtkWidget *deed = gtk_widget_get_first_child (self->deeds); deed != NULL;
           deed = gtk_widget_get_next_sibling (deed))
        if (GTK_IS_BOX (deed))
          gtk_widget_set_visible (gtk_widget_get_last_child (deed), fit);
      gtk_widget_measure (self->deeds, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &width, NULL, NULL);
      fit = width <= WIDTH;
      if (fit)
        break;
    }
}

/* Of a name too long for its line, what follows a dot goes below; one that has no place to break is
 * cut. Assistive tools are told all of it. */
static void
show_name (GtkWidget *label, const char *name)
{
  g_auto (GStrv) parts = g_strsplit (name, ".", -1);
  g_autofree char *text = g_strjoinv (".\u200b", parts);

  gtk_label_set_lines (GTK_LABEL (label), strpbrk (name, " ._-") != NULL ? 2 : 1);
  gtk_label_set_label (GTK_LABEL (label), text);
  smm_widget_set_label (label, name);
}

/* Instagram names one collaborator beside the author, and counts several. */
static char *
add_collaborators (SmmPreview *self, SmmPost *post, const char *name)
{
  const char *list = g_hash_table_lookup (post->options, SMM_OPTION_COLLABORATORS);
  g_auto (GStrv) others = g_strsplit (list != NULL ? list : "", ",", -1);
  guint n = g_strv_length (others);

  if (self->platform != SMM_PLATFORM_INSTAGRAM || post->kind == SMM_POST_KIND_STORY || n == 0)
    return g_strdup (name);
  if (n == 1)
    /* Translators: two user names on Instagram */
    return g_strdup_printf (_ ("%s and %s"), name, others[0]);
  /* Translators: a user name on Instagram and how many others */
  return g_strdup_printf (g_dngettext (NULL, "%s and %u other", "%s and %u others", n), name, n);
}

static void
show_feed (SmmPreview *self, SmmPost *post, SmmAccount *account, const char *name, GTimeZone *zone)
{
  gboolean facebook = self->platform == SMM_PLATFORM_FACEBOOK;
  g_autofree char *when = post->due_at != 0 ? smm_time_format_long (post->due_at, zone)
                                            : g_strdup (_ ("No time yet"));
  g_autofree char *names = add_collaborators (self, post, name);
  g_autofree char *text
      = facebook ? make_text (post->text, NULL, FACEBOOK_CHARACTERS, FACEBOOK_LINES, _ ("See more"))
                 : make_text (post->text, name, INSTAGRAM_CHARACTERS, INSTAGRAM_LINES, _ ("more"));

  adw_avatar_set_text (ADW_AVATAR (self->avatar), account->name);
  show_name (self->name, names);
  gtk_label_set_label (GTK_LABEL (self->when), when);
  gtk_widget_set_visible (self->when, facebook);
  gtk_label_set_markup (GTK_LABEL (facebook ? self->above : self->below), text);
  gtk_widget_set_visible (self->above, facebook && *post->text != '\0');
  gtk_widget_set_visible (self->below, !facebook && *post->text != '\0');
  show_pictures (self, post);
  show_link (self, post);
  fit_deeds (self);
}

/* The moment of a video that stands for it; -1: none was chosen. */
static gint64
get_cover (SmmPost *post, SmmMedia *media)
{
  const char *cover = g_hash_table_lookup (post->options, SMM_OPTION_COVER_MS);

  if (cover == NULL || media == NULL || !smm_media_is_video (media)
      || post->kind == SMM_POST_KIND_STORY)
    return -1;
  return CLAMP (g_ascii_strtoll (cover, NULL, 10) * 1000, 0, media->duration);
}

static void
show_tall_picture (SmmPreview *self, SmmPost *post)
{
  SmmMedia *media = post->media->len > 0 ? post->media->pdata[self->page] : NULL;

  smm_media_picture_set (SMM_MEDIA_PICTURE (self->tall_picture), media, get_cover (post, media),
                         9.0 / 16.0);
}

static void
show_tall (SmmPreview *self, SmmPost *post, SmmAccount *account, const char *name)
{
  gboolean story = post->kind == SMM_POST_KIND_STORY;
  g_autofree char *names = add_collaborators (self, post, name);
  g_autofree char *text = make_text (post->text, NULL, TALL_CHARACTERS, TALL_LINES, _ ("more"));

  adw_avatar_set_text (ADW_AVATAR (self->tall_avatar), account->name);
  show_name (self->tall_name, names);
  show_tall_picture (self, post);
  gtk_label_set_markup (GTK_LABEL (self->tall_text), text);
  /* A story shows no text, and nobody writes below it. */
  gtk_widget_set_visible (self->tall_text, !story && *post->text != '\0');
  gtk_widget_set_visible (self->tall_icons, !story);
  gtk_widget_set_visible (self->story_bar, story);
}

/* Who looks at a carousel sees one medium at a time; Facebook's feed shows several at once. */
static gboolean
has_pages (SmmPreview *self, SmmPost *post)
{
  return post->media->len > 1
         && (self->platform != SMM_PLATFORM_FACEBOOK || post->kind != SMM_POST_KIND_FEED);
}

static void
turn_page (SmmPreview *self, guint by)
{
  self->page = (self->page + by) % self->post->media->len;
  if (is_tall (self, self->post))
    show_tall_picture (self, self->post);
  else
    show_pictures (self, self->post);
}

static void
on_previous (SmmPreview *self)
{
  turn_page (self, self->post->media->len - 1);
}

static void
on_next (SmmPreview *self)
{
  turn_page (self, 1);
}

/**
 * smm_preview_set:
 * @self: a preview
 * @post: what to show
 * @account: who says it
 * @zone: the zone times are shown in
 * @state: what stands in the way
 */
void
smm_preview_set (SmmPreview *self, SmmPost *post, SmmAccount *account, GTimeZone *zone,
                 SmmTargetState state)
{
  gboolean tall = is_tall (self, post);
  const char *name = account->name;

  g_return_if_fail (SMM_IS_PREVIEW (self));

  g_set_object (&self->post, post);
  if (!has_pages (self, post) || self->page >= post->media->len)
    self->page = 0;
  gtk_widget_set_visible (self->turn, has_pages (self, post));

  if (self->platform != SMM_PLATFORM_FACEBOOK && account->username != NULL)
    name = account->username;
  smm_state_image_set (GTK_IMAGE (self->state), state);
  smm_widget_set_label (self->state, state == SMM_TARGET_PUBLISHED     ? _ ("Nothing is in the way")
                                     : state == SMM_TARGET_FAILED      ? _ ("Problem")
                                     : state == SMM_TARGET_UNCONFIRMED ? _ ("Warning")
                                                                       : _ ("Waits"));
  gtk_widget_set_visible (self->feed, !tall);
  gtk_widget_set_visible (self->tall, tall);
  if (tall)
    show_tall (self, post, account, name);
  else
    show_feed (self, post, account, name, zone);
}

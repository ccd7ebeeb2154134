/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The rows that only some accounts or kinds of post have. One that does not apply is hidden, unless
 * something is written in it: what is there and stands in the way has to be seen.
 */

#include "config.h"

#include "smm-composer-private.h"

#include <glib/gi18n.h>

#include "smm-account-chips.h"
#include "smm-kind-switch.h"
#include "smm-media-strip.h"
#include "smm-options.h"
#include "smm-platform-marks.h"
#include "smm-platform.h"
#include "smm-state-icon.h"
#include "smm-spell-button.h"
#include "smm-text-row.h"
#include "smm-tiktok-panel.h"
#include "smm-time-row.h"

/* Section 3.2 of api/meta.md, with room for clocks and uploads. */
#define HAND_OVER_MIN (15 * 60 * (gint64)G_USEC_PER_SEC)
#define HAND_OVER_MAX (29 * 24 * 60 * 60 * (gint64)G_USEC_PER_SEC)
/* Section 6 of api/meta.md names no unit and several limits; the longest one told is a caption's.
 */
#define INSTAGRAM_COMMENT 2200

static guint
get_platforms (SmmPost *post)
{
  guint platforms = 0;

  for (guint i = 0; i < post->targets->len; i++)
    platforms |= 1u << ((SmmTarget *)post->targets->pdata[i])->platform;
  return platforms;
}

static gboolean
has (guint platforms, SmmPlatformId platform)
{
  return (platforms & (1u << platform)) != 0;
}

static gboolean
has_text (GtkWidget *row)
{
  return *gtk_editable_get_text (GTK_EDITABLE (row)) != '\0';
}

/* --- The rows --- */

/* The row's own label does not reach assistive tools in an expander. */
static GtkWidget *
create_entry_row (const char *title)
{
  GtkWidget *row = adw_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  smm_widget_set_label (GTK_WIDGET (gtk_editable_get_delegate (GTK_EDITABLE (row))), title);
  return row;
}

GtkWidget *
smm_composer_create_comment (SmmComposer *self)
{
  self->comment = smm_text_row_new (_ ("First comment"));
  self->comment_marks = smm_platform_marks_new ();
  gtk_widget_set_valign (self->comment_marks, GTK_ALIGN_CENTER);
  smm_text_row_add_prefix (SMM_TEXT_ROW (self->comment), self->comment_marks);
  self->comment_count = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->comment_count, "caption");
  gtk_widget_add_css_class (self->comment_count, "dim-label");
  smm_text_row_add_suffix (SMM_TEXT_ROW (self->comment), self->comment_count);
  smm_spell_button_add_view (SMM_SPELL_BUTTON (self->spelling),
                             smm_text_row_get_view (SMM_TEXT_ROW (self->comment)));
  return self->comment;
}

static GtkWidget *
create_switch_row (const char *title, const char *subtitle, GtkWidget **toggle)
{
  GtkWidget *row = adw_action_row_new ();

  *toggle = gtk_switch_new ();
  gtk_widget_set_valign (*toggle, GTK_ALIGN_CENTER);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), *toggle);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), *toggle);
  return row;
}

GtkWidget *
smm_composer_create_hand_over (SmmComposer *self)
{
  GtkWidget *marks = smm_platform_marks_new ();

  self->hand_over_row = create_switch_row (_ ("Let Facebook publish it"), NULL, &self->hand_over);
  smm_platform_marks_set (SMM_PLATFORM_MARKS (marks), 1u << SMM_PLATFORM_FACEBOOK);
  gtk_widget_set_valign (marks, GTK_ALIGN_CENTER);
  adw_action_row_add_prefix (ADW_ACTION_ROW (self->hand_over_row), marks);
  return self->hand_over_row;
}

GtkWidget *
smm_composer_create_more (SmmComposer *self)
{
  self->more = adw_expander_row_new ();
  self->reel_title = create_entry_row (_ ("Title of the video on Facebook"));
  self->share_row = create_switch_row (
      _ ("Share to the feed"), _ ("The reel also stands among your Instagram posts"), &self->share);
  self->collaborators = create_entry_row (_ ("Collaborators on Instagram, at most 3 user names"));
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self->more), self->reel_title);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self->more), self->share_row);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self->more), self->collaborators);
  self->people = create_entry_row (_ ("People tagged on Instagram, by user name"));
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self->more), self->people);
  return self->more;
}

/* --- From and to the post --- */

static const char *
get_option (SmmComposer *self, const char *key)
{
  const char *value = g_hash_table_lookup (self->options, key);

  return value != NULL ? value : "";
}

/**
 * smm_composer_load_options:
 * @self: a composer
 * @post: (nullable): what to show; %NULL: nothing chosen yet
 *
 * What is the same on all accounts whatever is written for one: the kind.
 */
void
smm_composer_load_options (SmmComposer *self, SmmPost *post)
{
  smm_kind_switch_set (SMM_KIND_SWITCH (self->kind),
                       post != NULL ? post->kind : SMM_POST_KIND_FEED);
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (self->more), FALSE);
}

/**
 * smm_composer_show_options:
 * @self: a composer
 * @options: (element-type utf8 utf8): those of all accounts, or of the one that is shown
 *
 * Puts them into the rows. What has no row is kept as it is.
 */
void
smm_composer_show_options (SmmComposer *self, GHashTable *options)
{
  gboolean loading = self->loading;
  g_autofree char *names = NULL;
  g_autofree char *people = NULL;

  self->loading = TRUE;
  smm_options_copy (self->options, options);
  smm_composer_turn_tiktok (self);
  gtk_switch_set_active (GTK_SWITCH (self->hand_over),
                         g_str_equal (get_option (self, SMM_OPTION_HAND_OVER), "true"));
  gtk_editable_set_text (GTK_EDITABLE (self->reel_title), get_option (self, SMM_OPTION_TITLE));
  gtk_switch_set_active (GTK_SWITCH (self->share),
                         !g_str_equal (get_option (self, SMM_OPTION_SHARE_TO_FEED), "false"));
  names = smm_names_show (get_option (self, SMM_OPTION_COLLABORATORS));
  gtk_editable_set_text (GTK_EDITABLE (self->collaborators), names);
  people = smm_user_tags_list_names (get_option (self, SMM_OPTION_USER_TAGS));
  gtk_editable_set_text (GTK_EDITABLE (self->people), people);
  smm_media_strip_set_cover (SMM_MEDIA_STRIP (self->media),
                             g_ascii_strtoll (get_option (self, SMM_OPTION_COVER_MS), NULL, 10)
                                 * 1000);
  smm_tiktok_panel_load (SMM_TIKTOK_PANEL (self->tiktok), self->options);
  self->loading = loading;
}

/**
 * smm_composer_take_options:
 * @self: a composer
 *
 * Brings self->options to what the rows say.
 */
void
smm_composer_take_options (SmmComposer *self)
{
  GHashTable *options = self->options;
  g_autofree char *title
      = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->reel_title))));
  g_autofree char *names
      = smm_names_read (gtk_editable_get_text (GTK_EDITABLE (self->collaborators)));
  g_autofree char *people = smm_user_tags_from_names (
      gtk_editable_get_text (GTK_EDITABLE (self->people)), get_option (self, SMM_OPTION_USER_TAGS));

  smm_options_set (options, SMM_OPTION_HAND_OVER,
                   gtk_switch_get_active (GTK_SWITCH (self->hand_over)) ? "true" : NULL);
  smm_options_set (options, SMM_OPTION_TITLE, title);
  smm_options_set (options, SMM_OPTION_SHARE_TO_FEED,
                   gtk_switch_get_active (GTK_SWITCH (self->share)) ? NULL : "false");
  smm_options_set (options, SMM_OPTION_COLLABORATORS, names);
  smm_options_set (options, SMM_OPTION_USER_TAGS, people);
  smm_tiktok_panel_read (SMM_TIKTOK_PANEL (self->tiktok), options);
}

/**
 * smm_composer_read_options:
 * @self: a composer
 * @post: with its targets and their variants; gets kind and options
 */
void
smm_composer_read_options (SmmComposer *self, SmmPost *post)
{
  post->kind = smm_kind_switch_get (SMM_KIND_SWITCH (self->kind));
  smm_options_copy (post->options, self->common->options);
  /* Facebook’s own schedule takes no stories: section 3.2. */
  if (!has (get_platforms (post), SMM_PLATFORM_FACEBOOK) || post->kind == SMM_POST_KIND_STORY)
    g_hash_table_remove (post->options, SMM_OPTION_HAND_OVER);
  for (guint i = 0; i < post->targets->len && post->kind == SMM_POST_KIND_STORY; i++)
    {
      SmmVariant *own = ((SmmTarget *)post->targets->pdata[i])->variant;

      if (own != NULL && own->options != NULL)
        g_hash_table_remove (own->options, SMM_OPTION_HAND_OVER);
    }
}

/* --- What applies now --- */

static void
update_kind (SmmComposer *self, SmmPost *post)
{
  const char *text = NULL;

  if (post->kind == SMM_POST_KIND_REEL)
    text = _ ("One upright video. A reel shows no link preview.");
  else if (post->kind == SMM_POST_KIND_STORY)
    text = _ ("One picture or video for 24 hours. A story shows no text, link or comment; what you "
              "wrote stays with this post.");
  gtk_label_set_label (GTK_LABEL (self->kind_hint), text != NULL ? text : "");
  gtk_widget_set_visible (self->kind_hint, text != NULL);
}

static void
update_comment (SmmComposer *self, SmmPost *post, guint platforms)
{
  /* TikTok lets no app write comments. */
  guint with = platforms & ~(1u << SMM_PLATFORM_TIKTOK);
  gboolean possible = with != 0 && post->kind != SMM_POST_KIND_STORY;
  const char *text = smm_text_row_get_text (SMM_TEXT_ROW (self->comment));
  glong count = MAX (smm_text_code_points (text), smm_text_utf16_units (text));
  gboolean limited = has (platforms, SMM_PLATFORM_INSTAGRAM);
  g_autofree char *shown
      = limited ? g_strdup_printf ("\u2066%'ld / %'d\u2069", count, INSTAGRAM_COMMENT)
                : g_strdup_printf ("%'ld", count);
  g_autofree char *name = limited ? g_strdup_printf (_ ("First comment: %ld of %d characters"),
                                                     count, INSTAGRAM_COMMENT)
                                  : g_strdup_printf (_ ("First comment: %ld characters"), count);

  gtk_widget_set_visible (self->comment, possible || *text != '\0');
  smm_platform_marks_set (SMM_PLATFORM_MARKS (self->comment_marks), with);
  gtk_widget_set_visible (self->comment_marks, with != 0);
  gtk_label_set_label (GTK_LABEL (self->comment_count), shown);
  gtk_widget_set_visible (self->comment_count, count > 0);
  smm_widget_set_label (self->comment_count, name);
  if (limited && count > INSTAGRAM_COMMENT)
    gtk_widget_add_css_class (self->comment_count, "state-failed");
  else
    gtk_widget_remove_css_class (self->comment_count, "state-failed");
}

static void
update_hand_over (SmmComposer *self, SmmPost *post, guint platforms)
{
  gboolean on = gtk_switch_get_active (GTK_SWITCH (self->hand_over));
  gint64 due = smm_time_row_get_due (SMM_TIME_ROW (self->time));
  gint64 ahead = due - g_get_real_time ();
  gboolean fits = due != 0 && ahead >= HAND_OVER_MIN && ahead <= HAND_OVER_MAX;
  gboolean possible = has (platforms, SMM_PLATFORM_FACEBOOK) && post->kind != SMM_POST_KIND_STORY;
  const char *text = _ ("It gets the post ahead and publishes it at its time, also when this "
                        "computer is off");

  if (due != 0 && ahead < HAND_OVER_MIN)
    text = _ ("Too near for Facebook’s own schedule: the post goes out from this computer");
  else if (due != 0 && ahead > HAND_OVER_MAX)
    text = _ ("Facebook takes posts 29 days ahead: it gets this one then, when this computer is "
              "on");
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->hand_over_row), text);
  gtk_widget_set_visible (self->hand_over_row, possible && (fits || on));
}

static void
update_more (SmmComposer *self, SmmPost *post, guint platforms)
{
  gboolean facebook, instagram, share, collaborators, people;
  gboolean all = self->shown == NULL;
  gboolean video = post->kind == SMM_POST_KIND_REEL;

  for (guint i = 0; i < post->media->len && post->kind == SMM_POST_KIND_FEED; i++)
    video = video || smm_media_is_video (post->media->pdata[i]);
  facebook = has (platforms, SMM_PLATFORM_FACEBOOK) && video;
  share = has (platforms, SMM_PLATFORM_INSTAGRAM) && post->kind == SMM_POST_KIND_REEL;
  people = has (platforms, SMM_PLATFORM_INSTAGRAM) || (all && has_text (self->people));
  collaborators
      = (has (platforms, SMM_PLATFORM_INSTAGRAM) && post->kind != SMM_POST_KIND_STORY)
        || ((all || has (platforms, SMM_PLATFORM_INSTAGRAM)) && has_text (self->collaborators));
  facebook = facebook
             || ((all || has (platforms, SMM_PLATFORM_FACEBOOK)) && has_text (self->reel_title));
  instagram = share || collaborators || people;
  gtk_widget_set_visible (self->reel_title, facebook);
  gtk_widget_set_visible (self->share_row, share);
  gtk_widget_set_visible (self->collaborators, collaborators);
  gtk_widget_set_visible (self->people, people);
  gtk_widget_set_visible (self->more, facebook || instagram);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->more),
                                 facebook && instagram ? _ ("More for Facebook and Instagram")
                                 : facebook            ? _ ("More for Facebook")
                                                       : _ ("More for Instagram"));
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self->more),
                                 all ? "" : _ ("For the account that is shown alone"));
}

/**
 * smm_composer_update_options:
 * @self: a composer
 * @post: the post as it is on screen
 *
 * Shows what applies to the post's kind and accounts.
 */
void
smm_composer_update_options (SmmComposer *self, SmmPost *post)
{
  g_autoptr (SmmPost) sent = NULL;
  SmmTarget *target = self->shown != NULL ? smm_composer_find_target (post, self->shown) : NULL;
  guint platforms = target != NULL ? 1u << target->platform : get_platforms (post);

  sent = smm_post_for_target (post, target);
  update_kind (self, post);
  update_comment (self, sent, platforms);
  update_hand_over (self, sent, platforms);
  update_more (self, sent, platforms);
  gtk_widget_set_sensitive (self->kind, !self->read_only);
  gtk_widget_set_sensitive (self->comment, !self->read_only);
  gtk_widget_set_sensitive (self->hand_over_row, !self->read_only);
  gtk_widget_set_sensitive (self->reel_title, !self->read_only);
  gtk_widget_set_sensitive (self->share_row, !self->read_only);
  gtk_widget_set_sensitive (self->collaborators, !self->read_only);
  gtk_widget_set_sensitive (self->people, !self->read_only);
}

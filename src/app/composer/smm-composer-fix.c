/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the buttons beside the problems do. */

#include "config.h"

#include "smm-composer-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "smm-kind-switch.h"
#include "smm-media-fix.h"
#include "smm-media-strip.h"
#include "smm-platform.h"
#include "smm-problem-list.h"
#include "smm-text-row.h"
#include "smm-tiktok-panel.h"

/* Section 4.2 of api/meta.md. */
#define INSTAGRAM_HASHTAGS 30
#define MAX_ALT 1000

/* Where a button helps with the text it may concern one account only. */
static const char *
get_part (const char *fix)
{
  static const char *const media[] = { "crop",         "pad",          "re-encode", "trim-video",
                                       "remove-media", "choose-media", "trim-alt",  NULL };
  static const char *const options[] = { "choose-privacy", "choose-options", "show-collaborators",
                                         "show-people",    "drop-cover",     NULL };

  return g_strv_contains (media, fix)          ? "media"
         : g_strv_contains (options, fix)      ? "options"
         : g_str_equal (fix, "trim-comment")   ? "comment"
         : g_str_has_prefix (fix, "trim-")     ? "text"
         : g_str_equal (fix, "show-text")      ? "text"
         : g_str_equal (fix, "link-into-text") ? "text"
         : g_str_equal (fix, "correct-link")   ? "link"
         : g_str_equal (fix, "fill-in")        ? "shared"
                                               : NULL;
}

static void
trim_text (SmmComposer *self, SmmPlatformId platform)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->text));
  GtkTextIter start, cut, end, word;
  glong limit;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  cut = end;
  for (;;)
    {
      g_autofree char *text = gtk_text_buffer_get_text (buffer, &start, &cut, FALSE);
      glong over = smm_problem_count_text (platform, text, &limit) - limit;

      if (over <= 0)
        break;
      /* A character is at most two units, so half the excess never cuts too much. */
      if (!gtk_text_iter_backward_cursor_positions (&cut, (int)MAX (1, over / 4)))
        break;
    }
  word = cut;
  if (!gtk_text_iter_is_end (&cut) && !gtk_text_iter_starts_word (&word)
      && gtk_text_iter_backward_word_start (&word)
      && gtk_text_iter_get_offset (&cut) - gtk_text_iter_get_offset (&word) < 40)
    cut = word;
  gtk_text_buffer_begin_user_action (buffer);
  gtk_text_buffer_delete (buffer, &cut, &end);
  gtk_text_buffer_end_user_action (buffer);
  gtk_widget_grab_focus (self->text);
}

/* What a button can’t do by itself it leads to. */
static void
lead_to_accounts (SmmComposer *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.show-view", "s", "accounts");
  gtk_widget_activate_action (GTK_WIDGET (self), "composer.close", NULL);
}

static void
remove_media (SmmComposer *self, int index)
{
  SmmMediaStrip *strip = SMM_MEDIA_STRIP (self->media);
  guint n = smm_media_strip_get_media (strip)->len;

  if (n > 0)
    smm_media_strip_remove (strip, index >= 0 ? (guint)index : n - 1);
}

/* Takes hashtags away from the end until no more than @max are left. */
static void
trim_hashtags (SmmComposer *self, guint max)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->text));
  GtkTextIter start, end, mark, from, to;

  gtk_text_buffer_begin_user_action (buffer);
  for (;;)
    {
      g_autofree char *text = NULL;

      gtk_text_buffer_get_bounds (buffer, &start, &end);
      text = gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
      if (smm_text_count_hashtags (text) <= max
          || !gtk_text_iter_backward_search (&end, "#", 0, &from, &mark, NULL))
        break;
      to = mark;
      while (!gtk_text_iter_is_end (&to) && !g_unichar_isspace (gtk_text_iter_get_char (&to))
             && gtk_text_iter_get_char (&to) != '#')
        gtk_text_iter_forward_char (&to);
      /* The space before it goes with it. */
      while (gtk_text_iter_backward_char (&from))
        if (gtk_text_iter_get_char (&from) != ' ')
          {
            gtk_text_iter_forward_char (&from);
            break;
          }
      gtk_text_buffer_delete (buffer, &from, &to);
    }
  gtk_text_buffer_end_user_action (buffer);
  gtk_widget_grab_focus (self->text);
}

static void
trim_comment (SmmComposer *self, SmmPlatformId platform)
{
  g_autofree char *text = g_strdup (smm_text_row_get_text (SMM_TEXT_ROW (self->comment)));
  glong limit;

  while (*text != '\0' && smm_problem_count_text (platform, text, &limit) > limit)
    *g_utf8_prev_char (text + strlen (text)) = '\0';
  smm_text_row_set_text (SMM_TEXT_ROW (self->comment), g_strchomp (text));
  gtk_widget_grab_focus (self->comment);
}

/* The text says it then, for the platforms that show no preview; it is no longer the post's link.
 */
static void
put_link_into_text (SmmComposer *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->text));
  g_autofree char *link = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->link))));
  GtkTextIter end, last;

  gtk_text_buffer_get_end_iter (buffer, &end);
  last = end;
  gtk_text_buffer_begin_user_action (buffer);
  if (gtk_text_iter_backward_char (&last) && gtk_text_iter_get_char (&last) != '\n')
    gtk_text_buffer_insert (buffer, &end, "\n", -1);
  gtk_text_buffer_insert (buffer, &end, link, -1);
  gtk_text_buffer_end_user_action (buffer);
  gtk_editable_set_text (GTK_EDITABLE (self->link), "");
  gtk_widget_grab_focus (self->text);
}

/* An address that only lacks its beginning gets it; what else is wrong is seen there. */
static void
correct_link (SmmComposer *self)
{
  g_autofree char *link = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->link))));
  g_autofree char *whole = g_strconcat ("https://", link, NULL);

  if (strstr (link, "://") == NULL && strchr (link, '.') != NULL && strchr (link, ' ') == NULL
      && g_uri_is_valid (whole, G_URI_FLAGS_NONE, NULL))
    gtk_editable_set_text (GTK_EDITABLE (self->link), whole);
  gtk_widget_grab_focus (self->link);
  gtk_editable_set_position (GTK_EDITABLE (self->link), -1);
}

static void
trim_alt (SmmComposer *self, int index)
{
  SmmMediaStrip *strip = SMM_MEDIA_STRIP (self->media);
  GPtrArray *media = smm_media_strip_get_media (strip);
  g_autoptr (GPtrArray) shorter = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < media->len; i++)
    {
      SmmMedia *copy = smm_media_copy (media->pdata[i]);

      if ((int)i == index && copy->alt != NULL && g_utf8_strlen (copy->alt, -1) > MAX_ALT)
        *g_utf8_offset_to_pointer (copy->alt, MAX_ALT) = '\0';
      g_ptr_array_add (shorter, copy);
    }
  smm_media_strip_change_media (strip, shorter, _ ("Description shortened"));
}

static void
make_post (SmmComposer *self)
{
  smm_kind_switch_set (SMM_KIND_SWITCH (self->kind), SMM_POST_KIND_FEED);
  smm_composer_changed (self);
}

static void
drop_cover (SmmComposer *self)
{
  g_hash_table_remove (self->options, SMM_OPTION_COVER_MS);
  smm_media_strip_set_cover (SMM_MEDIA_STRIP (self->media), 0);
  smm_composer_changed (self);
}

static void
show_option (SmmComposer *self, GtkWidget *row)
{
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (self->more), TRUE);
  gtk_widget_grab_focus (row);
}

static void
edit_media (SmmComposer *self, const char *fix, SmmAccount *account, int index)
{
  g_autoptr (SmmPost) whole = smm_composer_build_post (self);
  g_autoptr (SmmPost) post
      = smm_post_for_target (whole, smm_composer_find_target (whole, account->id));
  g_autofree char *doing = NULL;
  g_autofree char *done = NULL;
  SmmMediaEdit edit;

  if (smm_media_fix_plan (fix, post, account->platform, index, &edit, &doing, &done))
    smm_media_strip_edit (SMM_MEDIA_STRIP (self->media), (guint)index, &edit, doing, done);
}

/**
 * smm_composer_fix:
 * @self: a composer
 * @fix: what would help, see SmmProblem
 * @account: whose problem it is
 * @media_index: the medium it is about, -1: none
 */
void
smm_composer_fix (SmmComposer *self, const char *fix, SmmAccount *account, int media_index)
{
  SmmPlatformId platform = account->platform;
  const char *part = get_part (fix);

  if (part != NULL)
    smm_composer_turn_to (self, account, part);
  if (g_str_equal (fix, "trim-text"))
    trim_text (self, platform);
  else if (g_str_equal (fix, "trim-hashtags"))
    trim_hashtags (self, INSTAGRAM_HASHTAGS);
  else if (g_str_equal (fix, "trim-comment"))
    trim_comment (self, platform);
  else if (g_str_equal (fix, "remove-media"))
    remove_media (self, media_index);
  else if (g_str_equal (fix, "link-into-text"))
    put_link_into_text (self);
  else if (g_str_equal (fix, "fill-in"))
    smm_composer_fill_in (self);
  else if (g_str_equal (fix, "choose-privacy") || g_str_equal (fix, "choose-options"))
    smm_tiktok_panel_ask_privacy (SMM_TIKTOK_PANEL (self->tiktok));
  else if (g_str_equal (fix, "show-text"))
    gtk_widget_grab_focus (self->text);
  else if (g_str_equal (fix, "show-collaborators"))
    show_option (self, self->collaborators);
  else if (g_str_equal (fix, "show-people"))
    show_option (self, self->people);
  else if (g_str_equal (fix, "trim-alt"))
    trim_alt (self, media_index);
  else if (g_str_equal (fix, "correct-link"))
    correct_link (self);
  else if (g_str_equal (fix, "make-post"))
    make_post (self);
  else if (g_str_equal (fix, "drop-cover"))
    drop_cover (self);
  else if (g_str_equal (fix, "choose-media"))
    smm_media_strip_choose (SMM_MEDIA_STRIP (self->media));
  else if (g_str_equal (fix, "reconnect") || g_str_equal (fix, "accounts")
           || g_str_equal (fix, "web-space"))
    lead_to_accounts (self);
  else
    edit_media (self, fix, account, media_index);
}

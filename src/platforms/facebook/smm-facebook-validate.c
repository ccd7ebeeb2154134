/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What Facebook takes (api/meta.md sections 3.1 to 3.7). Codes: smm-platform.h. */

#include "config.h"

#include "smm-facebook-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_TEXT 63206
#define MAX_PHOTOS 10

static const char *const containers[] = { "mp4", "mov", NULL };
static const char *const video_codecs[] = { "h264", "h265", NULL };
static const char *const audio_codecs[] = { "aac", NULL };

/* Nothing more is documented for videos in the feed: Facebook encodes them itself. */
static const SmmMetaVideoLimits feed_limits = { .what = N_ ("A Facebook video") };

static const SmmMetaVideoLimits reel_limits = {
  .what = N_ ("A Facebook reel"),
  .containers = containers,
  .video_codecs = video_codecs,
  .audio_codecs = audio_codecs,
  .min_seconds = 3,
  .max_seconds = 90,
  .min_rate = 24,
  .max_rate = 60,
  .min_ratio = 9.0 / 16.0,
  .max_ratio = 9.0 / 16.0,
  .min_width = 540,
  .min_height = 960,
  .max_audio_rate = 48000,
  .max_channels = 2,
};

static const SmmMetaVideoLimits story_limits = {
  .what = N_ ("A Facebook story"),
  .containers = containers,
  .video_codecs = video_codecs,
  .audio_codecs = audio_codecs,
  .max_seconds = 60,
};

static void
validate_video (const SmmMetaVideoLimits *kind, SmmMedia *media, guint i, GPtrArray *problems)
{
  SmmMetaVideoLimits limits = *kind;

  limits.what = _ (kind->what);
  smm_meta_validate_video (media, i, &limits, problems);
}

static guint
count_videos (const SmmPost *post)
{
  guint n = 0;

  for (guint i = 0; i < post->media->len; i++)
    n += smm_media_is_video (post->media->pdata[i]);
  return n;
}

static void
validate_feed (const SmmPost *post, GPtrArray *problems)
{
  g_autofree char *stripped = g_strstrip (g_strdup (post->text));
  guint n_videos = count_videos (post);

  if (*stripped == '\0' && post->link == NULL && post->media->len == 0)
    smm_meta_add_problem (problems, "empty", -1, "choose-media",
                          _ ("Facebook needs a text, a link, a picture or a video"));
  if (n_videos > 0 && n_videos < post->media->len)
    smm_meta_add_problem (
        problems, "mixed-media", -1, "remove-media",
        _ ("A Facebook post takes pictures or one video; this one has %u pictures "
           "and %u videos"),
        post->media->len - n_videos, n_videos);
  else if (n_videos > 1)
    smm_meta_add_problem (problems, "too-many-media", 1, "remove-media",
                          _ ("A Facebook post takes one video; this one has %u"), n_videos);
  if (post->media->len > MAX_PHOTOS)
    smm_meta_add_problem (problems, "too-many-media", MAX_PHOTOS, "remove-media",
                          _ ("A Facebook post takes %d pictures; this one has %u"), MAX_PHOTOS,
                          post->media->len);
  if (post->link != NULL && post->media->len > 0)
    smm_meta_add_warning (problems, "link-and-media", -1, "link-into-text",
                          _ ("Facebook shows a link preview or pictures, not both: the link is "
                             "left out"));
}

/* A reel is one video; a story one video or picture. */
static void
validate_single (const SmmPost *post, GPtrArray *problems)
{
  gboolean reel = post->kind == SMM_POST_KIND_REEL;

  if (post->media->len == 0)
    smm_meta_add_problem (problems, "media-missing", -1, "choose-media",
                          reel ? _ ("A reel needs a video")
                               : _ ("A story needs a picture or a video"));
  if (post->media->len > 1)
    smm_meta_add_problem (problems, "too-many-media", 1, "remove-media",
                          reel ? _ ("A reel takes one video; this one has %u media")
                               : _ ("A story takes one picture or video; this one has %u"),
                          post->media->len);
  for (guint i = 0; reel && i < post->media->len; i++)
    if (!smm_media_is_video (post->media->pdata[i]))
      smm_meta_add_problem (problems, "media-unsupported", i, "remove-media",
                            _ ("A reel takes no pictures; medium %u is one"), i + 1);
  if (post->link != NULL)
    smm_meta_add_warning (problems, "link-unsupported", -1, reel ? "link-into-text" : NULL,
                          _ ("Reels and stories have no link previews: the link is left out"));
}

static void
validate_story (const SmmPost *post, GPtrArray *problems)
{
  const char *hand_over = g_hash_table_lookup (post->options, SMM_OPTION_HAND_OVER);

  if (*post->text != '\0')
    smm_meta_add_warning (problems, "caption-ignored", -1, "trim-text",
                          _ ("A story shows no text; the %ld characters are left out"),
                          g_utf8_strlen (post->text, -1));
  if (g_strcmp0 (hand_over, "true") == 0)
    smm_meta_add_problem (problems, "hand-over-unsupported", -1, NULL,
                          _ ("Facebook does not publish stories by itself at a time. Leave it to "
                             "this computer."));
}

GPtrArray *
smm_facebook_validate (const SmmPost *post, const SmmAccount *account)
{
  GPtrArray *problems = g_ptr_array_new_with_free_func ((GDestroyNotify)smm_problem_free);
  gboolean valid = g_utf8_validate (post->text, -1, NULL);
  glong length = valid ? smm_text_utf16_units (post->text) : 0;
  const SmmMetaVideoLimits *limits = post->kind == SMM_POST_KIND_REEL    ? &reel_limits
                                     : post->kind == SMM_POST_KIND_STORY ? &story_limits
                                                                         : &feed_limits;

  smm_meta_validate_common (post, problems);
  if (post->kind == SMM_POST_KIND_FEED)
    validate_feed (post, problems);
  else
    validate_single (post, problems);
  if (post->kind == SMM_POST_KIND_STORY && valid)
    validate_story (post, problems);
  if (length > MAX_TEXT)
    smm_meta_add_problem (problems, "text-too-long", -1, "trim-text",
                          _ ("Facebook takes %d characters; this text has %ld"), MAX_TEXT, length);
  for (guint i = 0; i < post->media->len; i++)
    if (smm_media_is_video (post->media->pdata[i]))
      validate_video (limits, post->media->pdata[i], i, problems);
  return problems;
}

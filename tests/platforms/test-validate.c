/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Preflight of every kind of post: api/meta.md sections 3.3 to 3.7, 4.2, 4.10. One change to a post
 * that is fine, and what is then said of it: code@medium/fix, a warning in brackets.
 */

#include "config.h"

#include "smm-test-platform.h"

#include <string.h>

static char *
problems_of (SmmPlatformId id, SmmPost *post)
{
  g_autoptr (SmmAccount) account = test_account (id);
  g_autoptr (GPtrArray) problems = smm_platform_get (id)->validate (post, account);
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < problems->len; i++)
    {
      SmmProblem *problem = problems->pdata[i];

      g_assert_true (g_utf8_validate (problem->message, -1, NULL));
      g_string_append_printf (out, "%s%s%s", i > 0 ? " " : "", problem->fatal ? "" : "(",
                              problem->code);
      if (problem->media_index >= 0)
        g_string_append_printf (out, "@%d", problem->media_index);
      if (problem->fix != NULL)
        g_string_append_printf (out, "/%s", problem->fix);
      if (!problem->fatal)
        g_string_append_c (out, ')');
    }
  return g_string_free (out, FALSE);
}

/* --- Videos --- */

#define F SMM_PLATFORM_FACEBOOK
#define I SMM_PLATFORM_INSTAGRAM
#define FEED SMM_POST_KIND_FEED
#define REEL SMM_POST_KIND_REEL
#define STORY SMM_POST_KIND_STORY
#define SECONDS(n) ((gint64)((n)*1000) * 1000)
#define MIB ((gint64)1024 * 1024)

/* What differs from a video that every kind takes; 0 and NULL: nothing. */
typedef struct
{
  const char *name;
  SmmPlatformId id;
  SmmPostKind kind;
  SmmMedia change;
  const char *problems;
} Video;

static const Video videos[] = {
  { "f-feed", F, FEED, { .width = 0 }, "" },
  { "f-feed-anything-goes",
    F,
    FEED,
    { .width = 320,
      .height = 240,
      .duration = SECONDS (3600),
      .video_codec = (char *)"vp9",
      .container = (char *)"webm",
      .frame_rate = 15,
      .flags = SMM_MEDIA_MOOV_LATE },
    "" },
  { "f-feed-no-length", F, FEED, { .duration = -1 }, "video-unreadable@0/choose-media" },
  { "f-reel", F, REEL, { .width = 0 }, "" },
  { "f-reel-3-s", F, REEL, { .duration = SECONDS (3) }, "" },
  { "f-reel-short", F, REEL, { .duration = SECONDS (2.9) }, "video-too-short@0/choose-media" },
  { "f-reel-90-s", F, REEL, { .duration = SECONDS (90) }, "" },
  { "f-reel-long", F, REEL, { .duration = SECONDS (91) }, "video-too-long@0/trim-video" },
  { "f-reel-540", F, REEL, { .width = 540, .height = 960 }, "" },
  { "f-reel-small", F, REEL, { .width = 539, .height = 958 }, "too-small@0/choose-media" },
  { "f-reel-square", F, REEL, { .width = 1080, .height = 1080 }, "aspect-ratio@0/crop" },
  { "f-reel-wide", F, REEL, { .width = 1920, .height = 1080 }, "aspect-ratio@0/crop" },
  { "f-reel-23.976", F, REEL, { .frame_rate = 23.976 }, "" },
  { "f-reel-slow", F, REEL, { .frame_rate = 23 }, "frame-rate@0/re-encode" },
  { "f-reel-fast", F, REEL, { .frame_rate = 120 }, "frame-rate@0/re-encode" },
  { "f-reel-webm", F, REEL, { .container = (char *)"webm" }, "video-container@0/re-encode" },
  { "f-reel-vp9", F, REEL, { .video_codec = (char *)"vp9" }, "video-codec@0/re-encode" },
  { "f-reel-h265", F, REEL, { .video_codec = (char *)"h265" }, "" },
  { "f-reel-opus", F, REEL, { .audio_codec = (char *)"opus" }, "audio-codec@0/re-encode" },
  { "f-reel-96-khz", F, REEL, { .audio_rate = 96000 }, "audio-rate@0/re-encode" },
  { "f-reel-surround", F, REEL, { .audio_channels = 6 }, "audio-channels@0/re-encode" },
  { "f-story-60-s", F, STORY, { .duration = SECONDS (60) }, "" },
  { "f-story-long", F, STORY, { .duration = SECONDS (61) }, "video-too-long@0/trim-video" },
  { "i-feed", I, FEED, { .width = 0 }, "(becomes-reel@0)" },
  { "i-reel", I, REEL, { .width = 0 }, "" },
  { "i-reel-mov", I, REEL, { .container = (char *)"mov" }, "" },
  { "i-reel-webm", I, REEL, { .container = (char *)"webm" }, "video-container@0/re-encode" },
  { "i-reel-av1", I, REEL, { .video_codec = (char *)"av1" }, "video-codec@0/re-encode" },
  { "i-reel-mp3", I, REEL, { .audio_codec = (char *)"mp3" }, "audio-codec@0/re-encode" },
  { "i-reel-300-mib", I, REEL, { .bytes = 300 * MIB }, "" },
  { "i-reel-big", I, REEL, { .bytes = 300 * MIB + 1 }, "file-too-big@0/re-encode" },
  { "i-reel-short", I, REEL, { .duration = SECONDS (2) }, "video-too-short@0/choose-media" },
  { "i-reel-15-min", I, REEL, { .duration = SECONDS (900) }, "" },
  { "i-reel-long", I, REEL, { .duration = SECONDS (901) }, "video-too-long@0/trim-video" },
  { "i-reel-4k", I, REEL, { .width = 3840, .height = 2160 }, "too-wide@0/re-encode" },
  { "i-reel-tower", I, REEL, { .width = 10, .height = 2000 }, "aspect-ratio@0/crop" },
  { "i-reel-slow", I, REEL, { .frame_rate = 15 }, "frame-rate@0/re-encode" },
  { "i-reel-fast", I, REEL, { .frame_rate = 61 }, "frame-rate@0/re-encode" },
  { "i-reel-25-mbit", I, REEL, { .bit_rate = 25000000 }, "" },
  { "i-reel-bits", I, REEL, { .bit_rate = 25000001 }, "bit-rate@0/re-encode" },
  { "i-reel-96-khz", I, REEL, { .audio_rate = 96000 }, "audio-rate@0/re-encode" },
  { "i-reel-surround", I, REEL, { .audio_channels = 6 }, "audio-channels@0/re-encode" },
  { "i-reel-moov", I, REEL, { .flags = SMM_MEDIA_MOOV_LATE }, "moov-late@0/re-encode" },
  { "i-reel-edit-list", I, REEL, { .flags = SMM_MEDIA_EDIT_LIST }, "edit-list@0/re-encode" },
  { "i-reel-interlaced", I, REEL, { .flags = SMM_MEDIA_INTERLACED }, "interlaced@0/re-encode" },
  { "i-reel-chroma", I, REEL, { .flags = SMM_MEDIA_NOT_420 }, "chroma@0/re-encode" },
  { "i-story", I, STORY, { .width = 0 }, "" },
  { "i-story-big", I, STORY, { .bytes = 100 * MIB + 1 }, "file-too-big@0/re-encode" },
  { "i-story-long", I, STORY, { .duration = SECONDS (61) }, "video-too-long@0/trim-video" },
  { "i-story-banner", I, STORY, { .width = 1910, .height = 100 }, "aspect-ratio@0/crop" },
};

static void
replace (char **value, const char *with)
{
  if (with == NULL)
    return;
  g_free (*value);
  *value = g_strdup (with);
}

static void
test_video_row (gconstpointer data)
{
  const Video *row = data;
  g_autoptr (SmmPost) post = smm_post_new ();
  SmmMedia *media = test_video ();
  g_autofree char *problems = NULL;

  post->kind = row->kind;
  if (row->change.width > 0)
    {
      media->width = row->change.width;
      media->height = row->change.height;
    }
  if (row->change.duration != 0)
    media->duration = MAX (row->change.duration, 0);
  if (row->change.bytes > 0)
    media->bytes = row->change.bytes;
  if (row->change.frame_rate > 0)
    media->frame_rate = row->change.frame_rate;
  if (row->change.bit_rate > 0)
    media->bit_rate = row->change.bit_rate;
  if (row->change.audio_rate > 0)
    media->audio_rate = row->change.audio_rate;
  if (row->change.audio_channels > 0)
    media->audio_channels = row->change.audio_channels;
  media->flags = row->change.flags;
  replace (&media->container, row->change.container);
  replace (&media->video_codec, row->change.video_codec);
  replace (&media->audio_codec, row->change.audio_codec);
  g_ptr_array_add (post->media, media);
  problems = problems_of (row->id, post);
  g_assert_cmpstr (problems, ==, row->problems);
}

/* What nobody could find out about a file is not held against it. */
static void
test_unknown (void)
{
  g_autoptr (SmmPost) post = smm_post_new ();
  SmmMedia *media = test_video ();
  g_autofree char *problems = NULL;

  g_clear_pointer (&media->container, g_free);
  g_clear_pointer (&media->video_codec, g_free);
  g_clear_pointer (&media->audio_codec, g_free);
  media->frame_rate = media->bit_rate = media->audio_rate = media->audio_channels = 0;
  post->kind = REEL;
  g_ptr_array_add (post->media, media);
  problems = problems_of (I, post);
  g_assert_cmpstr (problems, ==, "");
}

static void
test_unreadable (void)
{
  g_autoptr (SmmPost) post = smm_post_new ();
  SmmMedia *media = test_video ();
  g_autofree char *problems = NULL;

  media->width = media->height = 0;
  media->duration = 0;
  post->kind = REEL;
  g_ptr_array_add (post->media, media);
  problems = problems_of (F, post);
  g_assert_cmpstr (problems, ==, "video-unreadable@0/choose-media video-unreadable@0/choose-media");
}

/* --- Posts --- */

typedef struct
{
  const char *name;
  SmmPlatformId id;
  SmmPostKind kind;
  const char *media, *text, *key, *value, *problems;
} Post;

static const Post posts[] = {
  { "f-mixed", F, FEED, "pv", "", NULL, NULL, "mixed-media/remove-media" },
  { "f-two-videos", F, FEED, "vv", "", NULL, NULL, "too-many-media@1/remove-media" },
  { "f-reel-without", F, REEL, "", "", NULL, NULL, "media-missing/choose-media" },
  { "f-reel-picture", F, REEL, "p", "", NULL, NULL, "media-unsupported@0/remove-media" },
  { "f-reel-two", F, REEL, "vv", "", NULL, NULL, "too-many-media@1/remove-media" },
  { "f-story-picture", F, STORY, "p", "", NULL, NULL, "" },
  { "f-story-two", F, STORY, "pp", "", NULL, NULL, "too-many-media@1/remove-media" },
  { "f-story-text", F, STORY, "p", "Hi", NULL, NULL, "(caption-ignored/trim-text)" },
  { "f-story-hand-over", F, STORY, "p", "", SMM_OPTION_HAND_OVER, "true", "hand-over-unsupported" },
  { "f-reel-hand-over", F, REEL, "v", "", SMM_OPTION_HAND_OVER, "true", "" },
  { "f-story-link", F, STORY, "p", "", "link", "https://example.com", "(link-unsupported)" },
  { "f-reel-link", F, REEL, "v", "", "link", "https://example.com",
    "(link-unsupported/link-into-text)" },
  { "f-link-and-picture", F, FEED, "p", "", "link", "https://example.com",
    "(link-and-media/link-into-text)" },
  { "f-link-broken", F, FEED, "", "Hi", "link", "nowhere", "link-broken" },
  { "i-link", I, FEED, "p", "", "link", "https://example.com",
    "(link-unsupported/link-into-text)" },
  { "i-story-link", I, STORY, "v", "", "link", "https://example.com", "(link-unsupported)" },
  { "f-feed-comment", F, FEED, "p", "", "comment", "Hi", "" },
  { "f-story-comment", F, STORY, "p", "", "comment", "Hi", "(first-comment-unsupported)" },
  { "f-broken-comment", F, FEED, "p", "", "comment", "\xff", "comment-broken" },
  { "i-mixed", I, FEED, "pvp", "", NULL, NULL, "(carousel-ratio@1/crop)" },
  { "i-reel-without", I, REEL, "", "", NULL, NULL, "media-missing/choose-media" },
  { "i-reel-picture", I, REEL, "p", "", NULL, NULL, "media-unsupported@0/remove-media" },
  { "i-story-text", I, STORY, "v", "Hi", NULL, NULL, "(caption-ignored/trim-text)" },
  { "i-story-picture", I, STORY, "p", "", NULL, NULL, "(story-ratio@0/pad)" },
  { "i-story-comment", I, STORY, "v", "", "comment", "Hi", "(first-comment-unsupported)" },
  { "i-comment", I, REEL, "v", "", "comment", "Hi", "" },
  { "i-tags", I, FEED, "p", "", SMM_OPTION_USER_TAGS, "ana.r@0.5,0.5;bob@0,1", "" },
  { "i-tags-broken", I, FEED, "p", "", SMM_OPTION_USER_TAGS, "ana.r", "user-tags-broken" },
  { "i-tags-outside", I, FEED, "p", "", SMM_OPTION_USER_TAGS, "ana.r@2,0", "user-tags-broken" },
  { "i-tags-nan", I, FEED, "p", "", SMM_OPTION_USER_TAGS, "ana.r@nan,0", "user-tags-broken" },
  { "i-tags-quote", I, FEED, "p", "", SMM_OPTION_USER_TAGS, "a\"b@0,0", "user-tags-broken" },
  { "i-tags-21", I, FEED, "p", "", SMM_OPTION_USER_TAGS,
    "a@0,0;a@0,0;a@0,0;a@0,0;a@0,0;a@0,0;a@0,0;a@0,0;a@0,0;a@0,0;a@0,0;"
    "a@0,0;a@0,0;a@0,0;a@0,0;a@0,0;a@0,0;a@0,0;a@0,0;a@0,0;a@0,0",
    "too-many-tags" },
  { "i-collaborators", I, REEL, "v", "", SMM_OPTION_COLLABORATORS, "a,b,c", "" },
  { "i-collaborators-4", I, REEL, "v", "", SMM_OPTION_COLLABORATORS, "a,b,c,d",
    "too-many-collaborators" },
  { "i-collaborators-broken", I, REEL, "v", "", SMM_OPTION_COLLABORATORS, "a b",
    "collaborators-broken" },
  { "i-collaborators-story", I, STORY, "v", "", SMM_OPTION_COLLABORATORS, "a",
    "collaborators-unsupported" },
  { "i-cover", I, REEL, "v", "", SMM_OPTION_COVER_MS, "10000", "" },
  { "i-cover-outside", I, REEL, "v", "", SMM_OPTION_COVER_MS, "10001", "cover-outside@0" },
  { "i-cover-broken", I, REEL, "v", "", SMM_OPTION_COVER_MS, "-1", "cover-broken" },
};

static void
test_post_row (gconstpointer data)
{
  const Post *row = data;
  g_autoptr (TestPub) test = test_pub_new_kind (row->id, row->kind, row->text, NULL, row->media);
  g_autofree char *problems = NULL;

  if (g_strcmp0 (row->key, "link") == 0)
    test->pub.post->link = g_strdup (row->value);
  else if (g_strcmp0 (row->key, "comment") == 0)
    test->pub.post->first_comment = g_strdup (row->value);
  else if (row->key != NULL)
    test_pub_set_option (test, row->key, row->value);
  problems = problems_of (row->id, test->pub.post);
  g_assert_cmpstr (problems, ==, row->problems);
}

static void
test_alt (void)
{
  g_autoptr (SmmPost) post = smm_post_new ();
  SmmMedia *media = test_media (1080, 1080, "image/jpeg");
  g_autofree char *fine = NULL;
  g_autofree char *much = NULL;
  g_autofree char *broken = NULL;

  media->alt = g_strnfill (1000, 'x');
  g_ptr_array_add (post->media, media);
  fine = problems_of (I, post);
  g_assert_cmpstr (fine, ==, "");
  g_free (media->alt);
  media->alt = g_strnfill (1001, 'x');
  much = problems_of (F, post);
  g_assert_cmpstr (much, ==, "alt-too-long@0/trim-text");
  strcpy (media->alt, "\xf0");
  broken = problems_of (I, post);
  g_assert_cmpstr (broken, ==, "text-broken@0");
}

/* A message names the limit and the value. */
static void
test_message (void)
{
  g_autoptr (SmmPost) post = smm_post_new ();
  SmmMedia *media = test_video ();
  g_autoptr (GPtrArray) problems = NULL;
  SmmProblem *problem;

  media->duration = SECONDS (125);
  post->kind = REEL;
  g_ptr_array_add (post->media, media);
  problems = smm_platform_get (F)->validate (post, NULL);
  problem = problems->pdata[0];
  g_assert_cmpstr (problem->message, ==, "A Facebook reel may have 90 seconds; video 1 has 125.0");
}

#define ADD_TABLE(path, table, function)                                                           \
  for (guint i = 0; i < G_N_ELEMENTS (table); i++)                                                 \
    {                                                                                              \
      g_autofree char *name = g_strconcat (path, table[i].name, NULL);                             \
                                                                                                   \
      g_test_add_data_func (name, &table[i], function);                                            \
    }

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD_TABLE ("/validate/video/", videos, test_video_row);
  ADD_TABLE ("/validate/post/", posts, test_post_row);
  g_test_add_func ("/validate/unknown", test_unknown);
  g_test_add_func ("/validate/unreadable", test_unreadable);
  g_test_add_func ("/validate/alt", test_alt);
  g_test_add_func ("/validate/message", test_message);
  return g_test_run ();
}

/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Preflight: what both platforms check before anything is sent. Of pictures the shape is checked,
 * not the file: the media program makes a new one of the right format and size. Videos go as they
 * are, so everything about the file counts (api/meta.md section 4.10). What is not known of a file
 * is not held against it. The codes are listed in smm-platform.h.
 */

#include "config.h"

#include "smm-meta.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_ALT 1000
#define MEGABYTE (1024 * 1024)

static SmmProblem *add_problem (GPtrArray *problems, gboolean fatal, const char *code,
                                int media_index, const char *fix, const char *format, va_list args)
    G_GNUC_PRINTF (6, 0);

static SmmProblem *
add_problem (GPtrArray *problems, gboolean fatal, const char *code, int media_index,
             const char *fix, const char *format, va_list args)
{
  SmmProblem *problem = g_new0 (SmmProblem, 1);

  problem->code = g_strdup (code);
  problem->fatal = fatal;
  problem->media_index = media_index;
  problem->fix = g_strdup (fix);
  problem->message = g_strdup_vprintf (format, args);
  g_ptr_array_add (problems, problem);
  return problem;
}

SmmProblem *
smm_meta_add_problem (GPtrArray *problems, const char *code, int media_index, const char *fix,
                      const char *format, ...)
{
  SmmProblem *problem;
  va_list args;

  va_start (args, format);
  problem = add_problem (problems, TRUE, code, media_index, fix, format, args);
  va_end (args);
  return problem;
}

SmmProblem *
smm_meta_add_warning (GPtrArray *problems, const char *code, int media_index, const char *fix,
                      const char *format, ...)
{
  SmmProblem *problem;
  va_list args;

  va_start (args, format);
  problem = add_problem (problems, FALSE, code, media_index, fix, format, args);
  va_end (args);
  return problem;
}

static gboolean
is_web_address (const char *link)
{
  g_autoptr (GUri) uri = g_uri_parse (link, G_URI_FLAGS_NONE, NULL);

  return uri != NULL && g_uri_get_host (uri) != NULL && *g_uri_get_host (uri) != '\0'
         && (strcmp (g_uri_get_scheme (uri), "https") == 0
             || strcmp (g_uri_get_scheme (uri), "http") == 0);
}

void
smm_meta_validate_common (const SmmPost *post, GPtrArray *problems)
{
  if (!g_utf8_validate (post->text, -1, NULL))
    smm_meta_add_problem (problems, "text-broken", -1, NULL, _ ("The text is not valid UTF-8"));
  if (post->first_comment != NULL && !g_utf8_validate (post->first_comment, -1, NULL))
    smm_meta_add_problem (problems, "comment-broken", -1, NULL,
                          _ ("The first comment is not valid UTF-8"));
  if (post->first_comment != NULL && post->kind == SMM_POST_KIND_STORY)
    smm_meta_add_warning (problems, "first-comment-unsupported", -1, NULL,
                          _ ("A story has no comments: the first one is left out"));
  if (post->link != NULL && !is_web_address (post->link))
    smm_meta_add_problem (problems, "link-broken", -1, NULL,
                          _ ("“%s” is not a web address like https://example.com"), post->link);
  for (guint i = 0; i < post->media->len; i++)
    {
      SmmMedia *media = post->media->pdata[i];
      gboolean valid = media->alt == NULL || g_utf8_validate (media->alt, -1, NULL);
      glong length = media->alt != NULL && valid ? g_utf8_strlen (media->alt, -1) : 0;

      if (!g_str_has_prefix (media->mime, "image/") && !g_str_has_prefix (media->mime, "video/"))
        smm_meta_add_problem (problems, "media-unsupported", i, "remove-media",
                              _ ("“%s” is neither a picture nor a video"), media->file_name);
      if (!valid)
        smm_meta_add_problem (problems, "text-broken", i, NULL,
                              _ ("The alternative text of medium %u is not valid UTF-8"), i + 1);
      if (length > MAX_ALT)
        smm_meta_add_problem (problems, "alt-too-long", i, "trim-text",
                              _ ("The alternative text of medium %u has %ld characters; %d are "
                                 "allowed"),
                              i + 1, length, MAX_ALT);
    }
}

/* --- Videos --- */

static void
check_file (SmmMedia *media, guint i, const SmmMetaVideoLimits *limits, GPtrArray *problems)
{
  if (limits->containers != NULL && media->container != NULL
      && !g_strv_contains (limits->containers, media->container))
    smm_meta_add_problem (problems, "video-container", i, "re-encode",
                          _ ("%s must be an MP4 file; video %u is %s"), limits->what, i + 1,
                          media->container);
  if (limits->video_codecs != NULL && media->video_codec != NULL
      && !g_strv_contains (limits->video_codecs, media->video_codec))
    smm_meta_add_problem (problems, "video-codec", i, "re-encode",
                          _ ("%s needs H.264 or H.265; video %u is %s"), limits->what, i + 1,
                          media->video_codec);
  if (limits->audio_codecs != NULL && media->audio_codec != NULL
      && !g_strv_contains (limits->audio_codecs, media->audio_codec))
    smm_meta_add_problem (problems, "audio-codec", i, "re-encode",
                          _ ("%s needs AAC sound; video %u has %s"), limits->what, i + 1,
                          media->audio_codec);
  if (limits->max_bytes > 0 && media->bytes > limits->max_bytes)
    smm_meta_add_problem (
        problems, "file-too-big", i, "re-encode", _ ("%s may have %.0f MiB; video %u has %.1f"),
        limits->what, (double)limits->max_bytes / MEGABYTE, i + 1, (double)media->bytes / MEGABYTE);
  if (limits->max_bit_rate > 0 && media->bit_rate > limits->max_bit_rate)
    smm_meta_add_problem (problems, "bit-rate", i, "re-encode",
                          _ ("%s may have %.0f Mbit/s; video %u has %.1f"), limits->what,
                          limits->max_bit_rate / 1e6, i + 1, media->bit_rate / 1e6);
}

static void
check_picture (SmmMedia *media, guint i, const SmmMetaVideoLimits *limits, GPtrArray *problems)
{
  double ratio = media->height > 0 ? (double)media->width / media->height : 0;

  if (media->width <= 0 || media->height <= 0)
    {
      smm_meta_add_problem (problems, "video-unreadable", i, "choose-media",
                            _ ("“%s” has no pictures that can be read"), media->file_name);
      return;
    }
  if (media->width < limits->min_width || media->height < limits->min_height)
    smm_meta_add_problem (problems, "too-small", i, "choose-media",
                          _ ("%s needs at least %d × %d pixels; video %u has %d × %d"),
                          limits->what, limits->min_width, limits->min_height, i + 1, media->width,
                          media->height);
  if (limits->max_width > 0 && media->width > limits->max_width)
    smm_meta_add_problem (problems, "too-wide", i, "re-encode",
                          _ ("%s may be %d pixels wide; video %u has %d"), limits->what,
                          limits->max_width, i + 1, media->width);
  if (limits->max_ratio > 0
      && (ratio < limits->min_ratio * 0.99 || ratio > limits->max_ratio * 1.01))
    smm_meta_add_problem (problems, "aspect-ratio", i, "crop",
                          _ ("%s needs %.2f:1 to %.2f:1; video %u is %d × %d (%.2f:1)"),
                          limits->what, limits->min_ratio, limits->max_ratio, i + 1, media->width,
                          media->height, ratio);
}

static void
check_time (SmmMedia *media, guint i, const SmmMetaVideoLimits *limits, GPtrArray *problems)
{
  double seconds = (double)media->duration / G_USEC_PER_SEC;

  if (media->duration <= 0)
    smm_meta_add_problem (problems, "video-unreadable", i, "choose-media",
                          _ ("How long “%s” is can’t be read"), media->file_name);
  else if (seconds < limits->min_seconds)
    smm_meta_add_problem (problems, "video-too-short", i, "choose-media",
                          _ ("%s needs at least %.0f seconds; video %u has %.1f"), limits->what,
                          limits->min_seconds, i + 1, seconds);
  /* A frame over the limit is no reason: encoders round. */
  if (limits->max_seconds > 0 && seconds > limits->max_seconds + 0.1)
    smm_meta_add_problem (problems, "video-too-long", i, "trim-video",
                          _ ("%s may have %.0f seconds; video %u has %.1f"), limits->what,
                          limits->max_seconds, i + 1, seconds);
  /* 23.976 is what people call 24. */
  if (media->frame_rate > 0
      && ((limits->min_rate > 0 && media->frame_rate < limits->min_rate - 0.1)
          || (limits->max_rate > 0 && media->frame_rate > limits->max_rate + 0.1)))
    smm_meta_add_problem (problems, "frame-rate", i, "re-encode",
                          _ ("%s needs %.0f to %.0f frames a second; video %u has %.2f"),
                          limits->what, limits->min_rate, limits->max_rate, i + 1,
                          media->frame_rate);
}

static void
check_details (SmmMedia *media, guint i, const SmmMetaVideoLimits *limits, GPtrArray *problems)
{
  SmmMediaFlags bad = media->flags & limits->flags;

  if (limits->max_audio_rate > 0 && media->audio_rate > limits->max_audio_rate)
    smm_meta_add_problem (problems, "audio-rate", i, "re-encode",
                          _ ("%s may have sound of %d Hz; video %u has %d"), limits->what,
                          limits->max_audio_rate, i + 1, media->audio_rate);
  if (limits->max_channels > 0 && media->audio_channels > limits->max_channels)
    smm_meta_add_problem (problems, "audio-channels", i, "re-encode",
                          _ ("%s may have %d channels of sound; video %u has %d"), limits->what,
                          limits->max_channels, i + 1, media->audio_channels);
  if (bad & SMM_MEDIA_MOOV_LATE)
    smm_meta_add_problem (problems, "moov-late", i, "re-encode",
                          _ ("%s needs its index at the beginning; that of video %u is at the end"),
                          limits->what, i + 1);
  if (bad & SMM_MEDIA_EDIT_LIST)
    smm_meta_add_problem (problems, "edit-list", i, "re-encode",
                          _ ("%s may have no edit lists; video %u has some"), limits->what, i + 1);
  if (bad & SMM_MEDIA_INTERLACED)
    smm_meta_add_problem (problems, "interlaced", i, "re-encode",
                          _ ("%s must have whole frames; video %u is interlaced"), limits->what,
                          i + 1);
  if (bad & SMM_MEDIA_NOT_420)
    smm_meta_add_problem (problems, "chroma", i, "re-encode",
                          _ ("%s needs colours as 4:2:0; those of video %u are not"), limits->what,
                          i + 1);
}

/**
 * smm_meta_validate_video:
 * @media: a video as probed
 * @i: its place in the post
 * @limits: of the kind of post
 * @problems: (element-type SmmProblem): added to
 */
void
smm_meta_validate_video (SmmMedia *media, guint i, const SmmMetaVideoLimits *limits,
                         GPtrArray *problems)
{
  check_file (media, i, limits, problems);
  check_picture (media, i, limits, problems);
  check_time (media, i, limits, problems);
  check_details (media, i, limits, problems);
}

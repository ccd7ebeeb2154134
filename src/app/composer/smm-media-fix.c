/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Shapes, lengths and rates that the platforms take: sections 3.6, 3.7 and 4.10 of api/meta.md and
 * 6.11 of api/tiktok.md. The adapters decide what is wrong; this decides what would be right. */

#include "config.h"

#include "smm-media-fix.h"

#include <glib/gi18n.h>
#include <math.h>

#define SECOND ((gint64)G_USEC_PER_SEC)
#define MEGABYTE (1024.0 * 1024.0)
/* Instagram's feed. */
#define NARROWEST 0.8
#define WIDEST 1.91
#define UPRIGHT (9.0 / 16.0)

static double
get_own_ratio (SmmMedia *media)
{
  return media->height > 0 ? (double)media->width / media->height : 1;
}

static double
get_ratio (SmmPost *post, SmmPlatformId platform, guint index)
{
  SmmMedia *media = post->media->pdata[index];

  if (post->kind != SMM_POST_KIND_FEED || platform == SMM_PLATFORM_TIKTOK)
    return UPRIGHT;
  /* A carousel has the shape of its first medium. */
  if (index > 0 && platform == SMM_PLATFORM_INSTAGRAM)
    media = post->media->pdata[0];
  return CLAMP (get_own_ratio (media), NARROWEST, WIDEST);
}

static gint64
get_max_duration (SmmPost *post, SmmPlatformId platform)
{
  if (platform == SMM_PLATFORM_TIKTOK)
    return 10 * 60 * SECOND;
  if (post->kind == SMM_POST_KIND_STORY)
    return 60 * SECOND;
  if (platform == SMM_PLATFORM_FACEBOOK)
    return post->kind == SMM_POST_KIND_REEL ? 90 * SECOND : 0;
  return 15 * 60 * SECOND;
}

/* What keeps the file below the platform's size, whatever its length. */
static gint64
get_max_bit_rate (SmmPost *post, SmmPlatformId platform, gint64 duration)
{
  double seconds = (double)MAX (duration, SECOND) / SECOND;
  double bytes = (post->kind == SMM_POST_KIND_STORY ? 100 : 300) * MEGABYTE * 0.9;

  if (platform != SMM_PLATFORM_INSTAGRAM)
    return 0;
  return (gint64)CLAMP (bytes * 8 / seconds, 300e3, 20e6);
}

/* "4:5", "9:16", "1.91:1" */
static char *
format_ratio (double ratio)
{
  static const int known[][2] = { { 1, 1 }, { 4, 5 }, { 9, 16 }, { 16, 9 }, { 3, 4 }, { 4, 3 } };

  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    if (fabs (ratio - (double)known[i][0] / known[i][1]) < 0.005)
      return g_strdup_printf ("%d:%d", known[i][0], known[i][1]);
  return g_strdup_printf ("%.2f:1", ratio);
}

static char *
format_duration (gint64 duration)
{
  gint64 seconds = duration / SECOND;

  return g_strdup_printf ("%d:%02d", (int)(seconds / 60), (int)(seconds % 60));
}

/**
 * smm_media_fix_plan:
 * @fix: what the platform needs
 * @post: the post
 * @platform: the platform
 * @index: the medium
 * @edit: (out): what to make of it
 * @doing: (out): says that it is being made
 * @done: (out): says that it was made
 *
 * Returns: %FALSE when there is nothing to make
 */
gboolean
smm_media_fix_plan (const char *fix, SmmPost *post, SmmPlatformId platform, int index,
                    SmmMediaEdit *edit, char **doing, char **done)
{
  SmmMedia *media;
  const char *what;

  if (index < 0 || (guint)index >= post->media->len)
    return FALSE;
  media = post->media->pdata[index];
  what = smm_media_is_video (media) ? _ ("video") : _ ("picture");
  *edit = (SmmMediaEdit){ 0 };
  if (g_str_equal (fix, "crop") || g_str_equal (fix, "pad"))
    {
      gboolean crop = g_str_equal (fix, "crop");
      g_autofree char *shape = NULL;

      edit->kind = crop ? SMM_MEDIA_EDIT_CROP : SMM_MEDIA_EDIT_PAD;
      edit->ratio = get_ratio (post, platform, (guint)index);
      edit->blur = TRUE;
      shape = format_ratio (edit->ratio);
      /* Translators: %s is “picture” or “video”, then its number, then a shape like 4:5 */
      *doing = g_strdup_printf (crop ? _ ("Cropping %s %d to %s…") : _ ("Padding %s %d to %s…"),
                                what, index + 1, shape);
      *done = g_strdup_printf (crop ? _ ("Cropped %s %d to %s") : _ ("Padded %s %d to %s"), what,
                               index + 1, shape);
    }
  else if (g_str_equal (fix, "re-encode"))
    {
      edit->kind = SMM_MEDIA_EDIT_TRANSCODE;
      edit->max_bit_rate = get_max_bit_rate (post, platform, media->duration);
      *doing = g_strdup_printf (_ ("Converting video %d…"), index + 1);
      *done = g_strdup_printf (_ ("Converted video %d"), index + 1);
    }
  else if (g_str_equal (fix, "trim-video") && get_max_duration (post, platform) > 0)
    {
      gint64 duration = get_max_duration (post, platform);
      g_autofree char *length = format_duration (duration);

      edit->kind = SMM_MEDIA_EDIT_TRANSCODE;
      /* A frame less: the last one may not stand beyond the limit. */
      edit->trim_to = duration - SECOND / 10;
      edit->max_bit_rate = get_max_bit_rate (post, platform, duration);
      *doing = g_strdup_printf (_ ("Cutting video %d to %s…"), index + 1, length);
      *done = g_strdup_printf (_ ("Cut video %d to %s"), index + 1, length);
    }
  else
    return FALSE;
  /* Width and rate that all of them take. */
  if (smm_media_is_video (media))
    {
      edit->max_width = 1920;
      edit->max_frame_rate = 60;
      if (edit->max_bit_rate == 0)
        edit->max_bit_rate = get_max_bit_rate (post, platform, media->duration);
    }
  return TRUE;
}

/**
 * smm_media_fix_describe:
 * @fix: what the platform needs
 * @post: the post
 * @platform: the platform
 * @index: the medium
 *
 * Returns: (transfer full) (nullable): what would be lost
 */
char *
smm_media_fix_describe (const char *fix, SmmPost *post, SmmPlatformId platform, int index)
{
  SmmMedia *media;
  g_autofree char *text = NULL;
  double own, wanted;
  int percent;

  if (fix == NULL || index < 0 || (guint)index >= post->media->len)
    return NULL;
  media = post->media->pdata[index];
  if (g_str_equal (fix, "trim-video") && get_max_duration (post, platform) > 0)
    {
      text = format_duration (MAX (media->duration - get_max_duration (post, platform), SECOND));
      return g_strdup_printf (_ ("The last %s would be left out"), text);
    }
  if (!g_str_equal (fix, "crop") && !g_str_equal (fix, "pad"))
    return NULL;
  own = get_own_ratio (media);
  wanted = get_ratio (post, platform, (guint)index);
  text = format_ratio (wanted);
  percent = (int)ceil ((own > wanted ? 1 - wanted / own : 1 - own / wanted) * 100 - 0.5);
  if (percent < 1)
    return NULL;
  return own > wanted
             ? g_strdup_printf (_ ("Cropping to %s removes %d %% of its width"), text, percent)
             : g_strdup_printf (_ ("Cropping to %s removes %d %% of its height"), text, percent);
}

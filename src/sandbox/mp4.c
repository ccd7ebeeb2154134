/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "smm-sandbox.h"

#include <string.h>

/*
 * A small reader of the boxes of an mp4 or mov file: what the platform's checks need and no more.
 * Files come from strangers: nothing is read past its box, depth and number of boxes have a limit.
 */

#define DEPTH_LIMIT 8
#define BOX_LIMIT 20000
#define EDIT_LIMIT 10000

typedef struct
{
  gboolean has_size;
  int width;
  int height;
  guint32 handler;
  char codec[5];
  guint64 samples;
  guint64 timescale;
  guint64 duration;
} Track;

typedef struct
{
  const guint8 *data;
  SimMp4 *mp4;
  Track *track;
  guint boxes;
  gboolean has_ftyp;
  gboolean has_moov;
  gboolean has_mdat;
  gboolean has_video;
} Reader;

static guint32
be32 (const guint8 *p)
{
  return (guint32)p[0] << 24 | p[1] << 16 | p[2] << 8 | p[3];
}

static guint64
be64 (const guint8 *p)
{
  return (guint64)be32 (p) << 32 | be32 (p + 4);
}

#define FOURCC(a, b, c, d) ((guint32)(a) << 24 | (b) << 16 | (c) << 8 | (d))

/* mvhd and mdhd: the time scale and the length in it */
static void
read_times (const guint8 *p, gsize size, guint64 *timescale, guint64 *duration)
{
  if (size >= 20 && p[0] == 0)
    {
      *timescale = be32 (p + 12);
      *duration = be32 (p + 16);
    }
  else if (size >= 32 && p[0] == 1)
    {
      *timescale = be32 (p + 20);
      *duration = be64 (p + 24);
    }
}

/* The size on the screen: a quarter turn in the matrix exchanges width and height. */
static void
read_track_size (const guint8 *p, gsize size, Track *track)
{
  gsize matrix = p[0] == 1 ? 52 : 40;

  if (size < matrix + 44)
    return;
  track->width = be32 (p + matrix + 36) >> 16;
  track->height = be32 (p + matrix + 40) >> 16;
  track->has_size = track->width > 0 && track->height > 0;
  if (be32 (p + matrix) == 0 && be32 (p + matrix + 4) != 0)
    {
      int width = track->width;
      track->width = track->height;
      track->height = width;
    }
}

/*
 * One entry is what every muxer writes to move the start; more than one really cuts, and that is
 * what the platform does not play.
 */
static gboolean
has_edits (const guint8 *p, gsize size)
{
  guint32 count = MIN (be32 (p + 4), EDIT_LIMIT);
  gsize entry = p[0] == 1 ? 20 : 12;
  int real = 0;

  for (guint32 i = 0; i < count && 8 + (i + 1) * entry <= size; i++)
    {
      const guint8 *at = p + 8 + i * entry;
      gboolean empty = p[0] == 1 ? be64 (at + 8) == G_MAXUINT64 : be32 (at + 4) == G_MAXUINT32;
      if (!empty)
        real++;
    }
  return real > 1;
}

static guint64
count_samples (const guint8 *p, gsize size)
{
  guint32 count = be32 (p + 4);
  guint64 samples = 0;

  for (guint32 i = 0; i < count && 8 + ((gsize)i + 1) * 8 <= size; i++)
    samples += be32 (p + 8 + (gsize)i * 8);
  return samples;
}

static void
read_leaf (Reader *self, guint32 type, const guint8 *p, gsize size)
{
  guint64 timescale = 0;
  guint64 duration = 0;

  if (size < 8)
    return;
  switch (type)
    {
    case FOURCC ('m', 'v', 'h', 'd'):
      read_times (p, size, &timescale, &duration);
      if (timescale > 0 && duration < G_MAXUINT32 * timescale)
        self->mp4->duration_ms = (gint64)((double)duration * 1000 / timescale);
      break;
    case FOURCC ('t', 'k', 'h', 'd'):
      if (self->track != NULL)
        read_track_size (p, size, self->track);
      break;
    case FOURCC ('m', 'd', 'h', 'd'):
      if (self->track != NULL)
        read_times (p, size, &self->track->timescale, &self->track->duration);
      break;
    case FOURCC ('h', 'd', 'l', 'r'):
      if (self->track != NULL && size >= 12)
        self->track->handler = be32 (p + 8);
      break;
    case FOURCC ('s', 't', 's', 'd'):
      if (self->track != NULL && size >= 16 && be32 (p + 4) > 0)
        memcpy (self->track->codec, p + 12, 4);
      break;
    case FOURCC ('s', 't', 't', 's'):
      if (self->track != NULL)
        self->track->samples = count_samples (p, size);
      break;
    case FOURCC ('e', 'l', 's', 't'):
      self->mp4->edited = self->mp4->edited || has_edits (p, size);
      break;
    default:
      break;
    }
}

static void
take_track (Reader *self, const Track *track)
{
  gboolean is_video
      = track->handler == FOURCC ('v', 'i', 'd', 'e') || (track->handler == 0 && track->has_size);

  if (is_video && track->has_size && !self->has_video)
    {
      self->has_video = TRUE;
      self->mp4->width = track->width;
      self->mp4->height = track->height;
      memcpy (self->mp4->video_codec, track->codec, sizeof track->codec);
      if (track->samples > 0 && track->duration > 0)
        self->mp4->fps = (double)track->samples * track->timescale / track->duration;
    }
  else if (track->handler == FOURCC ('s', 'o', 'u', 'n'))
    memcpy (self->mp4->audio_codec, track->codec, sizeof track->codec);
}

static gboolean
is_container (guint32 type)
{
  return type == FOURCC ('m', 'o', 'o', 'v') || type == FOURCC ('t', 'r', 'a', 'k')
         || type == FOURCC ('m', 'd', 'i', 'a') || type == FOURCC ('m', 'i', 'n', 'f')
         || type == FOURCC ('s', 't', 'b', 'l') || type == FOURCC ('e', 'd', 't', 's');
}

static void
see_top (Reader *self, guint32 type)
{
  if (type == FOURCC ('f', 't', 'y', 'p'))
    self->has_ftyp = self->boxes == 1;
  else if (type == FOURCC ('m', 'd', 'a', 't'))
    self->has_mdat = TRUE;
  else if (type == FOURCC ('m', 'o', 'o', 'v'))
    {
      self->has_moov = TRUE;
      self->mp4->moov_first = !self->has_mdat;
    }
}

/* FALSE when the boxes between @at and @end are not well formed. */
static gboolean
walk (Reader *self, gsize at, gsize end, int depth)
{
  while (at < end)
    {
      guint64 size;
      gsize header = 8;
      guint32 type;
      Track track = { 0 };

      if (end - at < 8 || ++self->boxes > BOX_LIMIT)
        return FALSE;
      size = be32 (self->data + at);
      type = be32 (self->data + at + 4);
      if (size == 1)
        {
          if (end - at < 16)
            return FALSE;
          size = be64 (self->data + at + 8);
          header = 16;
        }
      else if (size == 0)
        size = end - at;
      if (size < header || size > end - at)
        return FALSE;
      if (depth == 0)
        see_top (self, type);
      if (!is_container (type))
        read_leaf (self, type, self->data + at + header, size - header);
      else if (depth < DEPTH_LIMIT)
        {
          if (type == FOURCC ('t', 'r', 'a', 'k'))
            self->track = &track;
          if (!walk (self, at + header, at + size, depth + 1))
            return FALSE;
          if (type == FOURCC ('t', 'r', 'a', 'k'))
            {
              take_track (self, &track);
              self->track = NULL;
            }
        }
      at += size;
    }
  return TRUE;
}

/* Fills @mp4; its member mp4 is FALSE when @data is no film the platform could read at all. */
void
sim_mp4_read (const guint8 *data, gsize size, SimMp4 *mp4)
{
  Reader reader = { .data = data, .mp4 = mp4 };

  memset (mp4, 0, sizeof *mp4);
  mp4->mp4 = walk (&reader, 0, size, 0) && reader.has_ftyp && reader.has_moov && reader.has_mdat
             && reader.has_video;
}

/* What a file does not say is not held against it: hand-made files need no sample table. */
static gboolean
codecs_good (const SimMp4 *mp4)
{
  static const char *const video[] = { "", "avc1", "avc3", "hvc1", "hev1", NULL };
  static const char *const audio[] = { "", "mp4a", NULL };

  return g_strv_contains (video, mp4->video_codec) && g_strv_contains (audio, mp4->audio_codec);
}

/*
 * What Facebook's processing says about a film, or NULL: reels 3 to 90 s, 9:16, from 540 x 960,
 * 24 to 60 frames (3.6), video stories up to 60 s (3.7). 23.976 counts as 24.
 */
const char *
sim_mp4_facebook_problem (const SimMp4 *mp4, SimVideoUse use)
{
  if (!mp4->mp4 || !codecs_good (mp4))
    return "The video file you selected is in a format that we don't support.";
  if (mp4->duration_ms <= 0)
    return "The video has no duration.";
  if (use == SIM_VIDEO_POST)
    return NULL;
  if (use == SIM_VIDEO_STORY)
    return mp4->duration_ms > 60 * 1000 ? "Video too long. A story can have 60 seconds." : NULL;
  if (mp4->duration_ms < 3 * 1000)
    return "Video too short. A reel must have at least 3 seconds.";
  if (mp4->duration_ms > 90 * 1000)
    return "Video too long. A reel can have at most 90 seconds.";
  if (mp4->width < 540 || mp4->height < 960)
    return "Resolution too low. Video must have a minimum resolution of 540p.";
  if (ABS (mp4->width * 16 - mp4->height * 9) * 50 > mp4->height * 9)
    return "Aspect ratio not supported. A reel must be 9:16.";
  if (mp4->fps > 0 && (mp4->fps < 23.9 || mp4->fps > 60.1))
    return "Frame rate not supported. A reel must have 24 to 60 frames per second.";
  return NULL;
}

/* The subcode Instagram's processing ends with, or 0 (4.10). @thumb_offset: ms, -1 = none. */
int
sim_mp4_instagram_problem (const SimMp4 *mp4, gboolean story, gint64 thumb_offset)
{
  gint64 longest = story ? 60 * 1000 : 15 * 60 * 1000;
  double ratio;

  if (!mp4->mp4 || !mp4->moov_first || mp4->edited || !codecs_good (mp4)
      || mp4->duration_ms < 3 * 1000 || mp4->duration_ms > longest || mp4->width > 1920
      || (mp4->fps > 0 && (mp4->fps < 22.9 || mp4->fps > 60.1)))
    return 2207026;
  ratio = (double)mp4->width / mp4->height;
  if (ratio < (story ? 0.1 : 0.01) || ratio > 10)
    return 2207026;
  return thumb_offset > mp4->duration_ms ? 2207057 : 0;
}

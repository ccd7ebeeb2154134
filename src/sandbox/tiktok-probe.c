/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tiktok.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

/* What a side may measure (6.11). */
#define SIDE_MINIMUM 360
#define SIDE_MAXIMUM 4096
/* A file is hostile until it is read: this many boxes in all, this deep. */
#define BOX_LIMIT 4096
#define DEPTH_LIMIT 3

typedef struct
{
  int fd;
  int boxes;
  gboolean has_header;
  guint64 duration;
  guint32 timescale;
  int width;
  int height;
} Probe;

static gboolean
read_at (int fd, gint64 at, guint8 *to, gsize size)
{
  gsize done = 0;

  while (done < size)
    {
      gssize got = pread (fd, to + done, size - done, at + (gint64)done);
      if (got < 0 && errno == EINTR)
        continue;
      if (got <= 0)
        return FALSE;
      done += got;
    }
  return TRUE;
}

static guint32
number32 (const guint8 *bytes)
{
  return (guint32)bytes[0] << 24 | (guint32)bytes[1] << 16 | (guint32)bytes[2] << 8 | bytes[3];
}

static guint64
number64 (const guint8 *bytes)
{
  return (guint64)number32 (bytes) << 32 | number32 (bytes + 4);
}

/* mvhd: version, flags, two times, timescale, duration; the three last are wider in version 1. */
static void
read_movie_header (Probe *self, gint64 at, gint64 size)
{
  guint8 bytes[32];
  gboolean wide;

  if (size < 20 || !read_at (self->fd, at, bytes, 20))
    return;
  wide = bytes[0] == 1;
  if (wide && (size < 32 || !read_at (self->fd, at, bytes, 32)))
    return;
  self->timescale = number32 (bytes + (wide ? 20 : 12));
  self->duration = wide ? number64 (bytes + 24) : number32 (bytes + 16);
  self->has_header = self->timescale > 0;
}

/* tkhd ends in width and height as 16.16 numbers; sound has none. */
static void
read_track_header (Probe *self, gint64 at, gint64 size)
{
  guint8 bytes[8];

  if (size < 84 || self->width > 0 || !read_at (self->fd, at + size - 8, bytes, 8))
    return;
  self->width = number32 (bytes) >> 16;
  self->height = number32 (bytes + 4) >> 16;
}

/* The boxes from @at to @end. FALSE when they do not fill it: the file is broken. */
static gboolean
walk (Probe *self, gint64 at, gint64 end, int depth)
{
  while (end - at >= 8)
    {
      guint8 head[16];
      gint64 size;
      gint64 skip = 8;

      if (++self->boxes > BOX_LIMIT || !read_at (self->fd, at, head, 8))
        return FALSE;
      size = number32 (head);
      if (size == 1)
        {
          if (end - at < 16 || !read_at (self->fd, at, head, 16) || head[8] > 0x7f)
            return FALSE;
          size = number64 (head + 8);
          skip = 16;
        }
      else if (size == 0)
        size = end - at;
      if (size < skip || size > end - at)
        return FALSE;
      if (memcmp (head + 4, "mvhd", 4) == 0 && depth == 1)
        read_movie_header (self, at + skip, size - skip);
      else if (memcmp (head + 4, "tkhd", 4) == 0 && depth == 2)
        read_track_header (self, at + skip, size - skip);
      else if (((memcmp (head + 4, "moov", 4) == 0 && depth == 0)
                || (memcmp (head + 4, "trak", 4) == 0 && depth == 1))
               && depth < DEPTH_LIMIT && !walk (self, at + skip, at + size, depth + 1))
        return FALSE;
      at += size;
    }
  return at == end;
}

/* A movie file begins with its type, or, in older QuickTime files, with one of these. */
static gboolean
is_movie (const guint8 *head)
{
  return memcmp (head + 4, "ftyp", 4) == 0 || memcmp (head + 4, "moov", 4) == 0
         || memcmp (head + 4, "mdat", 4) == 0 || memcmp (head + 4, "wide", 4) == 0
         || memcmp (head + 4, "free", 4) == 0;
}

/*
 * Looks at a file of @video's size. Sets duration (ms), width and height where the file tells them
 * (an MP4 or MOV; a WebM is taken by its first bytes alone). Returns a fail_reason, or NULL.
 */
const char *
sim_tiktok_probe (int fd, SimTiktokVideo *video)
{
  static const guint8 webm[] = { 0x1a, 0x45, 0xdf, 0xa3 };
  Probe self = { .fd = fd };
  guint8 head[12];

  if (!read_at (fd, 0, head, sizeof head))
    return "file_format_check_failed";
  if (memcmp (head, webm, sizeof webm) == 0)
    return NULL;
  if (!is_movie (head) || !walk (&self, 0, video->size, 0) || !self.has_header)
    return "file_format_check_failed";
  video->duration_ms = (gint64)((double)self.duration * 1000.0 / self.timescale);
  video->width = self.width;
  video->height = self.height;
  if (self.width > 0
      && (MIN (self.width, self.height) < SIDE_MINIMUM
          || MAX (self.width, self.height) > SIDE_MAXIMUM))
    return "picture_size_check_failed";
  return NULL;
}

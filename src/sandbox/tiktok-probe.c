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
/* Elements of a WebM */
#define ID_SEGMENT 0x18538067
#define ID_INFO 0x1549a966
#define ID_SCALE 0x2ad7b1
#define ID_DURATION 0x4489
#define ID_TRACKS 0x1654ae6b
#define ID_TRACK 0xae
#define ID_VIDEO 0xe0
#define ID_WIDTH 0xb0
#define ID_HEIGHT 0xba
#define ID_CLUSTER 0x1f43b675

typedef struct
{
  int fd;
  int boxes;
  gboolean has_header;
  guint64 duration;
  guint32 timescale;
  guint64 scale; /* of a WebM: ns of one unit of its duration */
  double length;
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

/* One to eight bytes whose first tells how many; an id keeps the mark of the length, a size not. */
static gboolean
read_variable (Probe *self, gint64 *at, gint64 end, int longest, gboolean is_id, guint64 *value,
               gboolean *unknown)
{
  guint8 bytes[8];
  int length = 1;
  gboolean all_ones;

  if (*at >= end || !read_at (self->fd, *at, bytes, 1) || bytes[0] == 0)
    return FALSE;
  while (!(bytes[0] & (0x80 >> (length - 1))))
    length++;
  if (length > longest || end - *at < length || !read_at (self->fd, *at, bytes, length))
    return FALSE;
  *value = is_id ? bytes[0] : bytes[0] & (0xff >> length);
  all_ones = (bytes[0] & (0xff >> length)) == (0xff >> length);
  for (int i = 1; i < length; i++)
    {
      *value = *value << 8 | bytes[i];
      all_ones = all_ones && bytes[i] == 0xff;
    }
  *unknown = all_ones;
  *at += length;
  return TRUE;
}

static void
read_element (Probe *self, guint64 id, gint64 at, gint64 size)
{
  guint8 bytes[8] = { 0 };
  guint64 number = 0;

  if (size < 1 || size > 8 || !read_at (self->fd, at, bytes, size))
    return;
  for (gint64 i = 0; i < size; i++)
    number = number << 8 | bytes[i];
  if (id == ID_SCALE)
    self->scale = number;
  else if (id == ID_WIDTH && self->width == 0)
    self->width = (int)MIN (number, G_MAXINT);
  else if (id == ID_HEIGHT && self->height == 0)
    self->height = (int)MIN (number, G_MAXINT);
  else if (id == ID_DURATION && size == 4)
    {
      guint32 bits = (guint32)number;
      float value;
      memcpy (&value, &bits, sizeof value);
      self->length = value;
    }
  else if (id == ID_DURATION && size == 8)
    memcpy (&self->length, &number, sizeof number);
}

/* The elements from @at to @end. FALSE when one of them is cut off or makes no sense. */
static gboolean
walk_webm (Probe *self, gint64 at, gint64 end, int depth)
{
  while (at < end)
    {
      guint64 id;
      guint64 size;
      gboolean unknown;

      if (++self->boxes > BOX_LIMIT || !read_variable (self, &at, end, 4, TRUE, &id, &unknown)
          || !read_variable (self, &at, end, 8, FALSE, &size, &unknown))
        return FALSE;
      /* A recording that was streamed does not know its sizes: it ends where what holds it ends. */
      if (unknown)
        size = end - at;
      if (size > (guint64)(end - at))
        return FALSE;
      if (id == ID_CLUSTER && unknown)
        return TRUE;
      if (id == ID_INFO)
        self->has_header = TRUE;
      if ((depth == 0 && id == ID_SEGMENT) || (depth == 1 && (id == ID_INFO || id == ID_TRACKS))
          || (depth == 2 && id == ID_TRACK) || (depth == 3 && id == ID_VIDEO))
        {
          if (!walk_webm (self, at, at + (gint64)size, depth + 1))
            return FALSE;
        }
      else if (depth >= 2)
        read_element (self, id, at, (gint64)size);
      at += (gint64)size;
    }
  return TRUE;
}

static gboolean
probe_webm (Probe *self, SimTiktokVideo *video)
{
  double ms;

  self->scale = 1000000;
  if (!walk_webm (self, 0, video->size, 0) || !self->has_header)
    return FALSE;
  ms = self->length * (double)self->scale / 1e6;
  video->duration_ms = ms > 0 && ms < 1e12 ? (gint64)ms : 0;
  return TRUE;
}

static gboolean
probe_movie (Probe *self, SimTiktokVideo *video)
{
  double ms;

  if (!walk (self, 0, video->size, 0) || !self->has_header)
    return FALSE;
  ms = (double)self->duration * 1000.0 / self->timescale;
  /* All ones is “unknown”, and no film lasts thirty years. */
  video->duration_ms = ms < 1e12 ? (gint64)ms : 0;
  return TRUE;
}

/*
 * Looks at a file of @video's size, an MP4, MOV or WebM. Sets duration (ms, 0 = it does not tell),
 * width and height. Returns a fail_reason, or NULL.
 */
const char *
sim_tiktok_probe (int fd, SimTiktokVideo *video)
{
  static const guint8 webm[] = { 0x1a, 0x45, 0xdf, 0xa3 };
  Probe self = { .fd = fd };
  guint8 head[12];

  if (!read_at (fd, 0, head, sizeof head))
    return "file_format_check_failed";
  if (!(memcmp (head, webm, sizeof webm) == 0 ? probe_webm (&self, video)
                                              : is_movie (head) && probe_movie (&self, video)))
    return "file_format_check_failed";
  video->width = self.width;
  video->height = self.height;
  if (self.width > 0
      && (MIN (self.width, self.height) < SIDE_MINIMUM
          || MAX (self.width, self.height) > SIDE_MAXIMUM))
    return "picture_size_check_failed";
  return NULL;
}

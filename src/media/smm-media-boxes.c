/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Reads the boxes of MP4 and MOV (ISO/IEC 14496-12, QuickTime) and the first elements of WebM. */

#include "config.h"

#include "smm-media-boxes.h"

#include <glib/gi18n-lib.h>
#include <string.h>
#include <unistd.h>

#define MAX_BOXES 200000
#define MAX_DEPTH 8
#define MAX_MOOV ((gint64)256 * 1024 * 1024)
#define TABLE_CHUNK (64 * 1024)
/* Samples that AAC encoders begin early, and a little more. An edit that hides them hides nothing.
 */
#define PRIMING 4096

#define TYPE(a, b, c, d) ((guint32)(a) << 24 | (guint32)(b) << 16 | (guint32)(c) << 8 | (d))

typedef struct
{
  guint32 handler;
  guint32 timescale;
  guint64 samples, ticks;
  gint64 media_duration; /* in its timescale */
  gint64 first_offset;   /* of the first picture, by ctts */
  guint32 n_edits;
  gint64 edit_start, edit_length; /* of the first edit; length in the film's timescale */
  gboolean edit_odd;              /* of another speed, or with a gap */
  int rotation;
  gboolean interlaced;
} Track;

typedef struct
{
  int fd;
  gint64 size;
  guint n_boxes;
  guint32 film_timescale;
  gint64 moov_at, mdat_at; /* -1: none */
  gboolean has_video;
  gboolean drop_edits;
  Track track; /* the one that is being read */
  SmmBoxes *boxes;
  GError **error;
} Walk;

typedef struct
{
  guint32 type;
  gint64 at, body, end;
} Box;

static gboolean
broken (Walk *walk, const char *message)
{
  if (walk->error != NULL && *walk->error == NULL)
    g_set_error_literal (walk->error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, message);
  return FALSE;
}

static gboolean
nonsense (Walk *walk)
{
  return broken (walk, _ ("The video is damaged: its index contradicts itself"));
}

static gboolean
cut_off (Walk *walk)
{
  return broken (walk, _ ("The video is cut off: a part of the file is missing"));
}

static guint16
get16 (const guint8 *data)
{
  return (guint16)(data[0] << 8 | data[1]);
}

static guint32
get32 (const guint8 *data)
{
  return (guint32)data[0] << 24 | (guint32)data[1] << 16 | (guint32)data[2] << 8 | data[3];
}

static guint64
get64 (const guint8 *data)
{
  return (guint64)get32 (data) << 32 | get32 (data + 4);
}

static gboolean
read_at (Walk *walk, const Box *box, gint64 offset, void *data, gsize n)
{
  if (box->body + offset + (gint64)n > box->end)
    return nonsense (walk);
  if (!smm_media_file_read (walk->fd, box->body + offset, data, n))
    return cut_off (walk);
  return TRUE;
}

/* The box at @at; it must end by @end. */
static gboolean
open_box (Walk *walk, gint64 at, gint64 end, Box *box)
{
  guint8 head[16];
  guint64 length;

  if (++walk->n_boxes > MAX_BOXES)
    return nonsense (walk);
  if (!smm_media_file_read (walk->fd, at, head, 8))
    return cut_off (walk);
  length = get32 (head);
  box->type = get32 (head + 4);
  box->at = at;
  box->body = at + 8;
  if (length == 1)
    {
      if (end - at < 16 || !smm_media_file_read (walk->fd, at + 8, head + 8, 8))
        return cut_off (walk);
      length = get64 (head + 8);
      box->body = at + 16;
    }
  else if (length == 0)
    length = end - at;
  if (length < (guint64)(box->body - at))
    return nonsense (walk);
  if (length > (guint64)(end - at))
    return end == walk->size ? cut_off (walk) : nonsense (walk);
  box->end = at + (gint64)length;
  return TRUE;
}

/* --- Tables --- */

typedef gboolean (*EntryFunc) (Walk *walk, const guint8 *entry, gpointer data);

/* @count entries of @width bytes from @offset of the box on. */
static gboolean
read_table (Walk *walk, const Box *box, gint64 offset, guint32 count, gsize width, EntryFunc func,
            gpointer data)
{
  g_autofree guint8 *chunk = NULL;
  guint32 per_chunk = TABLE_CHUNK / width;

  if ((gint64)count * (gint64)width > box->end - box->body - offset)
    return nonsense (walk);
  chunk = g_malloc (TABLE_CHUNK);
  for (guint32 done = 0; done < count;)
    {
      guint32 n = MIN (per_chunk, count - done);

      if (!read_at (walk, box, offset + (gint64)done * width, chunk, n * width))
        return FALSE;
      for (guint32 i = 0; i < n; i++)
        if (!func (walk, chunk + i * width, data))
          return FALSE;
      done += n;
    }
  return TRUE;
}

static gboolean
add_size (Walk *walk, const guint8 *entry, gpointer data)
{
  guint64 *sum = data;

  *sum += get32 (entry);
  return TRUE;
}

/* All samples of a track fit into the file, or a part of it is missing. */
static gboolean
read_stsz (Walk *walk, const Box *box)
{
  guint8 head[12];
  guint64 sum = 0;

  if (!read_at (walk, box, 0, head, sizeof head))
    return FALSE;
  walk->track.samples = get32 (head + 8);
  if (get32 (head + 4) != 0)
    sum = (guint64)get32 (head + 4) * walk->track.samples;
  else if (!read_table (walk, box, 12, (guint32)walk->track.samples, 4, add_size, &sum))
    return FALSE;
  return sum <= (guint64)walk->size || cut_off (walk);
}

static gboolean
check_stco (Walk *walk, const guint8 *entry, gpointer data)
{
  return get32 (entry) < (guint64)walk->size || cut_off (walk);
}

static gboolean
check_co64 (Walk *walk, const guint8 *entry, gpointer data)
{
  return get64 (entry) < (guint64)walk->size || cut_off (walk);
}

static gboolean
add_ticks (Walk *walk, const guint8 *entry, gpointer data)
{
  walk->track.ticks += (guint64)get32 (entry) * get32 (entry + 4);
  return TRUE;
}

static gboolean
read_counted (Walk *walk, const Box *box, gsize width, EntryFunc func)
{
  guint8 head[8];

  return read_at (walk, box, 0, head, sizeof head)
         && read_table (walk, box, 8, get32 (head + 4), width, func, NULL);
}

static gboolean
read_ctts (Walk *walk, const Box *box)
{
  guint8 head[16];

  if (!read_at (walk, box, 0, head, 8))
    return FALSE;
  if (get32 (head + 4) > 0 && read_at (walk, box, 0, head, 16))
    walk->track.first_offset = (gint32)get32 (head + 12);
  return TRUE;
}

/* --- Boxes with few facts --- */

static gboolean
read_mvhd (Walk *walk, const Box *box)
{
  guint8 head[24];

  if (!read_at (walk, box, 0, head, sizeof head))
    return FALSE;
  walk->film_timescale = get32 (head + (head[0] == 1 ? 20 : 12));
  return TRUE;
}

static gboolean
read_tkhd (Walk *walk, const Box *box)
{
  guint8 version, matrix[20];
  gint32 a, b;

  if (!read_at (walk, box, 0, &version, 1)
      || !read_at (walk, box, version == 1 ? 52 : 40, matrix, sizeof matrix))
    return FALSE;
  a = (gint32)get32 (matrix);
  b = (gint32)get32 (matrix + 4);
  walk->track.rotation = a > 0 ? 0 : a < 0 ? 180 : b > 0 ? 90 : b < 0 ? 270 : 0;
  return TRUE;
}

static gboolean
read_mdhd (Walk *walk, const Box *box)
{
  guint8 head[32] = { 0 };
  gboolean wide;

  if (!read_at (walk, box, 0, head, 20))
    return FALSE;
  wide = head[0] == 1;
  if (wide && !read_at (walk, box, 0, head, sizeof head))
    return FALSE;
  walk->track.timescale = get32 (head + (wide ? 20 : 12));
  walk->track.media_duration
      = wide ? (gint64)MIN (get64 (head + 24), G_MAXINT64) : get32 (head + 16);
  return TRUE;
}

static gboolean
read_hdlr (Walk *walk, const Box *box, guint32 parent)
{
  guint8 head[12];

  /* QuickTime has a second one, of the data, in minf. */
  if (parent != TYPE ('m', 'd', 'i', 'a'))
    return TRUE;
  if (!read_at (walk, box, 0, head, sizeof head))
    return FALSE;
  walk->track.handler = get32 (head + 8);
  return TRUE;
}

static gboolean
read_elst (Walk *walk, const Box *box)
{
  guint8 head[8], entry[20];
  gboolean wide;
  gint16 rate;

  if (!read_at (walk, box, 0, head, sizeof head))
    return FALSE;
  wide = head[0] == 1;
  walk->track.n_edits = get32 (head + 4);
  if (walk->track.n_edits == 0)
    return TRUE;
  if (!read_at (walk, box, 8, entry, wide ? 20 : 12))
    return FALSE;
  walk->track.edit_length = wide ? (gint64)get64 (entry) : get32 (entry);
  walk->track.edit_start = wide ? (gint64)get64 (entry + 8) : (gint32)get32 (entry + 4);
  rate = (gint16)get16 (entry + (wide ? 16 : 8));
  walk->track.edit_odd = rate != 1 || walk->track.edit_start < 0;
  return TRUE;
}

/* In the first picture description: 'fiel' says how many fields a picture has. */
static gboolean
read_stsd (Walk *walk, const Box *box)
{
  Box entry, child;
  guint8 fields;

  if (walk->track.handler != TYPE ('v', 'i', 'd', 'e') || box->end - box->body < 16)
    return TRUE;
  if (!open_box (walk, box->body + 8, box->end, &entry))
    return FALSE;
  for (gint64 at = entry.body + 78; entry.end - at >= 8; at = child.end)
    {
      /* QuickTime ends the list with four zeros, or with anything. */
      if (!open_box (walk, at, entry.end, &child))
        {
          if (walk->n_boxes > MAX_BOXES)
            return FALSE;
          g_clear_error (walk->error);
          return TRUE;
        }
      if (child.type == TYPE ('f', 'i', 'e', 'l') && read_at (walk, &child, 0, &fields, 1))
        walk->track.interlaced = fields == 2;
    }
  return TRUE;
}

/* --- Tracks --- */

static gint64
to_time (guint64 ticks, guint32 timescale)
{
  double time = timescale > 0 ? (double)ticks * G_USEC_PER_SEC / timescale : 0;

  return time < 1e15 ? (gint64)time : 0;
}

/* An edit list that begins with the first picture, and with the first sound after what the encoder
 * needed to get going, and goes on to the end, does nothing. */
static gboolean
has_real_edits (Walk *walk)
{
  const Track *track = &walk->track;
  gboolean is_sound = track->handler == TYPE ('s', 'o', 'u', 'n');
  gint64 allowed = is_sound ? PRIMING : MAX (track->first_offset, 0);
  gint64 shown, all;

  if (track->n_edits == 0)
    return FALSE;
  if (track->n_edits > 1 || track->edit_odd || track->edit_start > allowed)
    return TRUE;
  if (walk->boxes->fragmented || track->edit_length == 0)
    return FALSE;
  shown = to_time (track->edit_length, walk->film_timescale);
  all = to_time (track->media_duration - MIN (track->edit_start, track->media_duration),
                 track->timescale);
  return shown + G_USEC_PER_SEC / 4 < all;
}

static void
end_track (Walk *walk)
{
  const Track *track = &walk->track;
  gboolean is_video = track->handler == TYPE ('v', 'i', 'd', 'e');

  if ((is_video || track->handler == TYPE ('s', 'o', 'u', 'n')) && has_real_edits (walk))
    walk->boxes->flags |= SMM_MEDIA_EDIT_LIST;
  if (!is_video || walk->has_video)
    return;
  walk->has_video = TRUE;
  walk->boxes->rotation = track->rotation;
  walk->boxes->duration = to_time (track->ticks, track->timescale);
  if (track->samples > 1 && track->ticks > 0)
    walk->boxes->frame_rate = (double)track->samples * track->timescale / track->ticks;
  if (track->interlaced)
    walk->boxes->flags |= SMM_MEDIA_INTERLACED;
}

static gboolean walk_boxes (Walk *walk, gint64 at, gint64 end, guint32 parent, int depth);

static gboolean
read_track (Walk *walk, const Box *box, int depth)
{
  memset (&walk->track, 0, sizeof walk->track);
  if (!walk_boxes (walk, box->body, box->end, box->type, depth))
    return FALSE;
  end_track (walk);
  return TRUE;
}

static gboolean
enter_moov (Walk *walk, const Box *box, int depth)
{
  if (walk->moov_at >= 0 || box->end - box->at > MAX_MOOV)
    return nonsense (walk);
  walk->moov_at = box->at;
  return walk_boxes (walk, box->body, box->end, box->type, depth);
}

static gboolean
read_edts (Walk *walk, const Box *box, int depth)
{
  if (walk->drop_edits)
    return pwrite (walk->fd, "free", 4, box->at + 4) == 4;
  return walk_boxes (walk, box->body, box->end, box->type, depth);
}

static gboolean
read_box (Walk *walk, const Box *box, guint32 parent, int depth)
{
  switch (box->type)
    {
    case TYPE ('m', 'o', 'o', 'v'):
      return enter_moov (walk, box, depth + 1);
    case TYPE ('t', 'r', 'a', 'k'):
      return read_track (walk, box, depth + 1);
    case TYPE ('e', 'd', 't', 's'):
      return read_edts (walk, box, depth + 1);
    case TYPE ('m', 'd', 'i', 'a'):
    case TYPE ('m', 'i', 'n', 'f'):
    case TYPE ('s', 't', 'b', 'l'):
      return walk_boxes (walk, box->body, box->end, box->type, depth + 1);
    case TYPE ('m', 'v', 'e', 'x'):
      walk->boxes->fragmented = TRUE;
      return TRUE;
    case TYPE ('m', 'v', 'h', 'd'):
      return read_mvhd (walk, box);
    case TYPE ('t', 'k', 'h', 'd'):
      return read_tkhd (walk, box);
    case TYPE ('m', 'd', 'h', 'd'):
      return read_mdhd (walk, box);
    case TYPE ('h', 'd', 'l', 'r'):
      return read_hdlr (walk, box, parent);
    case TYPE ('e', 'l', 's', 't'):
      return read_elst (walk, box);
    case TYPE ('s', 't', 's', 'd'):
      return read_stsd (walk, box);
    case TYPE ('s', 't', 's', 'z'):
      return read_stsz (walk, box);
    case TYPE ('s', 't', 't', 's'):
      return read_counted (walk, box, 8, add_ticks);
    case TYPE ('c', 't', 't', 's'):
      return read_ctts (walk, box);
    case TYPE ('s', 't', 'c', 'o'):
      return read_counted (walk, box, 4, check_stco);
    case TYPE ('c', 'o', '6', '4'):
      return read_counted (walk, box, 8, check_co64);
    default:
      return TRUE;
    }
}

static gboolean
walk_boxes (Walk *walk, gint64 at, gint64 end, guint32 parent, int depth)
{
  Box box;

  if (depth > MAX_DEPTH)
    return nonsense (walk);
  /* Fewer than eight bytes at the end are padding, in QuickTime. */
  for (; end - at >= 8; at = box.end)
    if (!open_box (walk, at, end, &box) || !read_box (walk, &box, parent, depth))
      return FALSE;
  return TRUE;
}

static gboolean
walk_file (Walk *walk)
{
  Box box;

  for (gint64 at = 0; walk->size - at >= 8; at = box.end)
    {
      if (!open_box (walk, at, walk->size, &box))
        return FALSE;
      if (box.type == TYPE ('m', 'd', 'a', 't') && walk->mdat_at < 0)
        walk->mdat_at = at;
      else if (box.type == TYPE ('m', 'o', 'o', 'f'))
        walk->boxes->fragmented = TRUE;
      else if (box.type == TYPE ('m', 'o', 'o', 'v') && !read_box (walk, &box, 0, 0))
        return FALSE;
    }
  return TRUE;
}

gboolean
smm_boxes_read (int fd, gint64 size, SmmBoxes *boxes, GError **error)
{
  g_autoptr (GError) problem = NULL;
  Walk walk
      = { .fd = fd, .size = size, .moov_at = -1, .mdat_at = -1, .boxes = boxes, .error = &problem };
  gboolean done;

  *boxes = (SmmBoxes){ 0 };
  done = walk_file (&walk);
  if (done && walk.moov_at < 0)
    done = broken (&walk, _ ("The video has no index: its recording was not finished, or the file "
                             "is cut off"));
  if (!done)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  if (walk.mdat_at >= 0 && walk.mdat_at < walk.moov_at)
    boxes->flags |= SMM_MEDIA_MOOV_LATE;
  return TRUE;
}

gboolean
smm_boxes_drop_edit_lists (int fd, gint64 size)
{
  SmmBoxes boxes = { 0 };
  g_autoptr (GError) problem = NULL;
  Walk walk = { .fd = fd,
                .size = size,
                .moov_at = -1,
                .mdat_at = -1,
                .drop_edits = TRUE,
                .boxes = &boxes,
                .error = &problem };

  return walk_file (&walk);
}

/* --- WebM --- */

/* A number whose first set bit tells its length. @keep: the bit belongs to it (an id). */
static gboolean
read_number (int fd, gint64 *at, gboolean keep, guint64 *value, gboolean *unknown)
{
  guint8 data[8];
  int length = 1;

  if (!smm_media_file_read (fd, *at, data, 1) || data[0] == 0)
    return FALSE;
  while (!(data[0] & (0x80 >> (length - 1))))
    length++;
  if (length > 1 && !smm_media_file_read (fd, *at + 1, data + 1, length - 1))
    return FALSE;
  *value = keep ? data[0] : data[0] & (0xff >> length);
  for (int i = 1; i < length; i++)
    *value = *value << 8 | data[i];
  if (unknown != NULL)
    *unknown = *value == (G_GUINT64_CONSTANT (1) << (7 * length)) - 1;
  *at += length;
  return TRUE;
}

static void
read_doc_type (int fd, gint64 at, gint64 end, gboolean *is_webm)
{
  while (at < end)
    {
      char text[5] = { 0 };
      guint64 id, length;

      if (!read_number (fd, &at, TRUE, &id, NULL) || !read_number (fd, &at, FALSE, &length, NULL)
          || length > (guint64)(end - at))
        return;
      if (id == 0x4282 && length >= 4 && smm_media_file_read (fd, at, text, 4))
        *is_webm = strcmp (text, "webm") == 0;
      at += (gint64)length;
    }
}

gboolean
smm_ebml_read (int fd, gint64 size, gboolean *is_webm, GError **error)
{
  Walk walk = { .fd = fd, .size = size, .error = error };
  gint64 at = 0;
  guint64 id, length;
  gboolean unknown;

  *is_webm = FALSE;
  for (int i = 0; i < 16 && at < size; i++)
    {
      if (!read_number (fd, &at, TRUE, &id, NULL)
          || !read_number (fd, &at, FALSE, &length, &unknown))
        return cut_off (&walk);
      /* A recording that was sent while it was made does not know its length. */
      if (id == 0x18538067 && unknown)
        return TRUE;
      if (length > (guint64)(size - at))
        return cut_off (&walk);
      if (id == 0x18538067)
        return TRUE;
      if (id == 0x1a45dfa3)
        read_doc_type (fd, at, at + (gint64)length, is_webm);
      at += (gint64)length;
    }
  return cut_off (&walk);
}

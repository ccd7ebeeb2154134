/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "smm-media-file.h"

G_BEGIN_DECLS

/* What stands in the boxes of an MP4 or MOV file and what GStreamer keeps to itself. */
typedef struct
{
  gboolean fragmented;     /* its pictures stand in fragments: counts and durations are not here */
  int rotation;            /* clockwise degrees: 0, 90, 180, 270 */
  double frame_rate;       /* mean of the first video track; 0: unknown */
  gint64 duration;         /* µs, of the first video track; 0: unknown */
  SmmMediaFlags flags;     /* MOOV_LATE, EDIT_LIST, INTERLACED */
} SmmBoxes;

/* Fails when the file is cut off or its boxes can't be. Time and memory are bounded by the number of
 * boxes and the size of the tables, not by what the tables claim. */
gboolean smm_boxes_read (int fd, gint64 size, SmmBoxes *boxes, GError **error);

/* WebM: the same question, is it whole? @is_webm: FALSE for another kind of Matroska. */
gboolean smm_ebml_read (int fd, gint64 size, gboolean *is_webm, GError **error);

/* Takes the edit lists of all tracks out of a file that this program has written. */
gboolean smm_boxes_drop_edit_lists (int fd, gint64 size);

G_END_DECLS

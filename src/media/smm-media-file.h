/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "smm-types.h"

G_BEGIN_DECLS

/* What is found out about a file. Strings live as long as the program. */
typedef struct
{
  const char *mime;
  int width, height;           /* as people see it: orientation and shape of the pixels applied */
  gint64 bytes;
  gint64 duration;             /* µs; 0: a picture, as is all that follows */
  const char *container;
  const char *video_codec;
  const char *audio_codec;     /* NULL: silent */
  double frame_rate;           /* 0: unknown */
  gint64 bit_rate;             /* bits a second of the whole file */
  int audio_rate, audio_channels;
  SmmMediaFlags flags;
} SmmMediaFacts;

/* Opens an ordinary file and says what its bytes claim to be: fills mime, bytes and, for a video,
 * container. Returns a descriptor, or -1 with @code ("media-missing" …) and a sentence for people. */
int smm_media_file_open (const char *path, SmmMediaFacts *facts, const char **code, GError **error);
/* Reads exactly @n bytes at @offset. */
gboolean smm_media_file_read (int fd, gint64 offset, void *data, gsize n);
/* Sets both; returns FALSE. */
gboolean smm_media_fail (const char **code, const char *which, GError **error, const char *message);

G_END_DECLS

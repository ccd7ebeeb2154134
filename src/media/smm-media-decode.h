/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gst/app/gstappsink.h>
#include <gst/gst.h>

#include "smm-media-file.h"

G_BEGIN_DECLS

/* A video that is being decoded: raw pictures and sound, upright and progressive, from two sinks. */
typedef struct
{
  char *video_tail, *audio_tail;   /* what to do with them at last, as elements; NULL: no sound */
  GstElement *pipeline;
  GstAppSink *video, *audio;       /* owned; NULL: there is none */
  gboolean missing;                /* a decoder */
} SmmDecoder;

/* Opens and decodes the first picture. Codes: "media-no-decoder", "media-broken". */
SmmDecoder *smm_decoder_new (const char *path, const char *video_tail, const char *audio_tail,
                             const char **code, GError **error);
/* To [@from, @to) in µs, exactly; @to 0: the end. Waits until it is there. */
gboolean smm_decoder_seek (SmmDecoder *self, gint64 from, gint64 to);
void smm_decoder_free (SmmDecoder *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmmDecoder, smm_decoder_free)

/* FALSE with a code when the decoder is what failed. */
gboolean smm_decoder_fail (SmmDecoder *self, const char **code, GError **error);

G_END_DECLS

/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gdk-pixbuf/gdk-pixbuf.h>

#include "smm-media-plan.h"

G_BEGIN_DECLS

typedef struct
{
  int max_width, max_height;   /* 0: no limit */
  gint64 max_bytes;            /* 0: no limit */
  int quality;                 /* 1..100 */
} SmmRenderLimits;

/* Pictures. @facts come from smm_media_file_open. Error codes on the program's output are the @code of
 * these; messages are for people. */
gboolean smm_image_probe (const char *path, SmmMediaFacts *facts, const char **code,
                          GError **error);
gboolean smm_image_render (const char *path, const char *out, const SmmRenderLimits *limits,
                           SmmMediaFacts *facts, const char **code, GError **error);
gboolean smm_image_edit (const char *path, const char *out, const SmmEditRequest *request,
                         SmmMediaFacts *facts, const char **code, GError **error);
/* The way out for every picture: JPEG without metadata, whole or not at all. */
gboolean smm_image_write (GdkPixbuf *pixbuf, const char *out, const SmmRenderLimits *limits,
                          SmmMediaFacts *facts, const char **code, GError **error);

G_END_DECLS

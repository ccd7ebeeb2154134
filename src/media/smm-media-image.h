/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct
{
  const char *mime;
  int width, height;     /* with the orientation tag applied */
  gint64 bytes;
} SmmImageFacts;

typedef struct
{
  int max_width, max_height;   /* 0: no limit */
  gint64 max_bytes;            /* 0: no limit */
  int quality;                 /* 1..100 */
} SmmRenderLimits;

/* Error codes on the program's output are the @code of these; messages are for people. */
gboolean smm_image_probe (const char *path, SmmImageFacts *facts, const char **code,
                          GError **error);
gboolean smm_image_render (const char *path, const char *out, const SmmRenderLimits *limits,
                           SmmImageFacts *facts, const char **code, GError **error);

G_END_DECLS

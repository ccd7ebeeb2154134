/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "smm-paths.h"

G_BEGIN_DECLS

#define SMM_TYPE_THUMBNAIL (smm_thumbnail_get_type ())
G_DECLARE_FINAL_TYPE (SmmThumbnail, smm_thumbnail, SMM, THUMBNAIL, GtkWidget)

/* Where the pictures are; once, at start, before the first thumbnail shows anything. */
void smm_thumbnail_set_paths (SmmPaths *paths);
SmmPaths *smm_thumbnail_get_paths (void);

/* A square picture of @size pixels, cut to fill it; loaded off the main loop. A video is shown by one
 * of its frames with a mark on it. */
GtkWidget *smm_thumbnail_new (int size);
/* All of the picture is seen, within the square. */
void smm_thumbnail_set_whole (SmmThumbnail *self, gboolean whole);
/* @sha256: of a medium in the library; NULL: nothing to show. */
void smm_thumbnail_set_sha256 (SmmThumbnail *self, const char *sha256);
void smm_thumbnail_set_size (SmmThumbnail *self, int size);

G_END_DECLS

/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "smm-records.h"

G_BEGIN_DECLS

#define SMM_TYPE_MEDIA_PICTURE (smm_media_picture_get_type ())
G_DECLARE_FINAL_TYPE (SmmMediaPicture, smm_media_picture, SMM, MEDIA_PICTURE, GtkWidget)

/*
 * A medium as large as the widget, cut to a shape; of a video one of its frames. It is decoded by the
 * media program and kept in the cache. Signal "loaded" ().
 */
GtkWidget *smm_media_picture_new (void);
/* @at: of a video, µs; -1: its poster. @ratio: width / height shown; 0: the medium's own. */
void smm_media_picture_set (SmmMediaPicture *self, SmmMedia *media, gint64 at, double ratio);
/* Natural width, pixels; the height follows from the ratio. */
void smm_media_picture_set_width (SmmMediaPicture *self, int width);
/* Wider than its natural width it gets no higher: where the surroundings have a width of their own. */
void smm_media_picture_set_limited (SmmMediaPicture *self, gboolean limited);
/* NULL until it is loaded. */
GdkTexture *smm_media_picture_get_texture (SmmMediaPicture *self);

G_END_DECLS

/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "smm-records.h"

G_BEGIN_DECLS

#define SMM_TYPE_FILM_STRIP (smm_film_strip_get_type ())
G_DECLARE_FINAL_TYPE (SmmFilmStrip, smm_film_strip, SMM, FILM_STRIP, GtkWidget)

/*
 * The frames of a video in a row, with handles for its beginning and end and a mark for the cover, all
 * to be dragged; who uses the keyboard has number fields beside it. Signal "changed" (), when
 * somebody drags.
 */
GtkWidget *smm_film_strip_new (void);
void smm_film_strip_set_media (SmmFilmStrip *self, SmmMedia *media);
/* µs from the start of the video. */
void smm_film_strip_set (SmmFilmStrip *self, gint64 from, gint64 to, gint64 cover);
void smm_film_strip_get (SmmFilmStrip *self, gint64 *from, gint64 *to, gint64 *cover);

G_END_DECLS

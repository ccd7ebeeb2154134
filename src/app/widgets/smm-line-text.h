/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/*
 * DESIGN: app/widgets.
 *
 * One line of words of a widget that draws itself, in the widget's font, laid out when it is asked
 * for. The widget calls forget() where its style, direction or a system setting changes.
 */
typedef struct _SmmLineText SmmLineText;

SmmLineText *smm_line_text_new (GtkWidget *widget);
void smm_line_text_free (SmmLineText *self);
/* NULL or "": none. Copied. */
void smm_line_text_set_words (SmmLineText *self, const char *words);
/* NULL: none. */
const char *smm_line_text_get_words (SmmLineText *self);
void smm_line_text_set_bold (SmmLineText *self, gboolean bold);
void smm_line_text_set_struck (SmmLineText *self, gboolean struck);
void smm_line_text_forget (SmmLineText *self);
/* Pixels of all of it; 0 without words. */
int smm_line_text_get_width (SmmLineText *self);
/* Pixels; 0 without words. */
int smm_line_text_get_height (SmmLineText *self);
/* Ends it with an ellipsis where it is wider than @width pixels. */
void smm_line_text_cut (SmmLineText *self, int width);
/* At the start, as people read, of @width pixels from @x on. */
void smm_line_text_draw (SmmLineText *self, GtkSnapshot *snapshot, double x, double y, int width,
                         const GdkRGBA *color);

G_END_DECLS

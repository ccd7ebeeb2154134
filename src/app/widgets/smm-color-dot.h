/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SMM_TYPE_COLOR_DOT (smm_color_dot_get_type ())
G_DECLARE_FINAL_TYPE (SmmColorDot, smm_color_dot, SMM, COLOR_DOT, GtkWidget)

/* A round patch of a colour, "#rrggbb"; NULL: empty. For eyes only: what it means is said beside it. */
GtkWidget *smm_color_dot_new (const char *color);
void smm_color_dot_set_color (SmmColorDot *self, const char *color);

G_END_DECLS

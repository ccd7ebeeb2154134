/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SMM_TYPE_PLATFORM_MARKS (smm_platform_marks_get_type ())
G_DECLARE_FINAL_TYPE (SmmPlatformMarks, smm_platform_marks, SMM, PLATFORM_MARKS, GtkWidget)

#define SMM_PLATFORM_MARK 14 /* pixels of the edge of one */

/* One small mark for every platform of a set; @platforms: bit (1 << SmmPlatformId). */
GtkWidget *smm_platform_marks_new (void);
void smm_platform_marks_set (SmmPlatformMarks *self, guint platforms);
/* The marks alone, of a widget that draws itself: what they need, pixels; from (@x, @y) on. */
int smm_platform_marks_get_width (guint platforms);
void smm_platform_marks_paint (GtkWidget *widget, GtkSnapshot *snapshot, guint platforms, double x,
                               double y, const GdkRGBA *color);
/* "Facebook and Instagram"; free with g_free. */
char *smm_platforms_to_text (guint platforms);

G_END_DECLS

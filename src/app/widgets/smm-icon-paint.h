/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Draws a symbolic icon as a GtkImage would, without one; @size: pixels of its edge. */
void smm_icon_paint (GtkWidget *widget, GtkSnapshot *snapshot, const char *name, double x, double y,
                     int size, const GdkRGBA *color);

G_END_DECLS

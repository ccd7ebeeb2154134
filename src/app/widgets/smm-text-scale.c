/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-text-scale.h"

/**
 * smm_text_scale:
 * @widget: a widget
 *
 * How much larger than usual people read: what is as wide as a text needs, and is given in pixels,
 * is multiplied by it. Style sheets have "em" for that.
 *
 * Returns: 1: as usual; from 0.5 to 3
 */
double
smm_text_scale (GtkWidget *widget)
{
  int dpi; /* in 1024ths; -1: the default */

  g_object_get (gtk_widget_get_settings (widget), "gtk-xft-dpi", &dpi, NULL);
  return dpi > 0 ? CLAMP (dpi / 1024.0 / 96, 0.5, 3) : 1;
}

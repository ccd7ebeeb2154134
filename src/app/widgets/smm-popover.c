/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-popover.h"

/**
 * smm_popover_drop:
 * @popover: a popover with a parent
 *
 * Takes it off its parent, also from a handler of "closed": GTK emits that half-way, and looks at
 * the popover again after it.
 */
void
smm_popover_drop (GtkWidget *popover)
{
  g_idle_add_once (g_object_unref, g_object_ref (popover));
  gtk_widget_unparent (popover);
}

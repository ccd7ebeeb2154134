/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void smm_popover_drop (GtkWidget *popover);
void smm_menu_button_set_menu (GtkMenuButton *button, GMenu *menu);

G_END_DECLS

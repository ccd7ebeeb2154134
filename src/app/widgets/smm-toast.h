/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

void smm_toast_show (AdwToastOverlay *overlay, const char *text, gboolean undoable);
void smm_toast_forget (AdwToastOverlay *overlay);
void smm_toast_keep_off (AdwToastOverlay *overlay, GtkWidget *bar, gboolean shown);

G_END_DECLS

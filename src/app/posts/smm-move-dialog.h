/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define SMM_TYPE_MOVE_DIALOG (smm_move_dialog_get_type ())
G_DECLARE_FINAL_TYPE (SmmMoveDialog, smm_move_dialog, SMM, MOVE_DIALOG, AdwWindow)

/*
 * Asks where many posts shall move: all by the same time, or spread from a first to a last one.
 * Signals "shift" (int minutes) and "spread" (string from, string to, string zone: wall times).
 */
GtkWidget *smm_move_dialog_new (GtkWindow *parent, guint n_posts, const char *zone);

G_END_DECLS

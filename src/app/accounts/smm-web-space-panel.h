/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "smm-connect.h"

G_BEGIN_DECLS

#define SMM_TYPE_WEB_SPACE_PANEL (smm_web_space_panel_get_type ())
G_DECLARE_FINAL_TYPE (SmmWebSpacePanel, smm_web_space_panel, SMM, WEB_SPACE_PANEL, GtkBox)

/*
 * The user's own web space: where it is, and a test that shows each of its steps as it goes.
 * Signals: "closed" (), "toast" (string text, boolean undoable).
 */
GtkWidget *smm_web_space_panel_new (SmmLibrary *library);
/* Shows what is set up. */
void smm_web_space_panel_start (SmmWebSpacePanel *self, SmmConnect *connect);

G_END_DECLS

/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "smm-library.h"

G_BEGIN_DECLS

#define SMM_TYPE_SLOT_PANEL (smm_slot_panel_get_type ())
G_DECLARE_FINAL_TYPE (SmmSlotPanel, smm_slot_panel, SMM, SLOT_PANEL, AdwBin)

/*
 * The times of the week at which a brand, or one of its accounts, posts.
 * Signal "toast" (string, boolean undoable).
 */
void smm_slot_panel_set_library (SmmSlotPanel *self, SmmLibrary *library);
/* NULL: nothing. */
void smm_slot_panel_set_brand (SmmSlotPanel *self, const char *brand_id);
void smm_slot_panel_set_narrow (SmmSlotPanel *self, gboolean narrow);

G_END_DECLS

/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "smm-library.h"

G_BEGIN_DECLS

#define SMM_TYPE_TAG_PANEL (smm_tag_panel_get_type ())
G_DECLARE_FINAL_TYPE (SmmTagPanel, smm_tag_panel, SMM, TAG_PANEL, AdwBin)

/* The tags and campaigns of a brand. Signal "toast" (string, boolean undoable). */
void smm_tag_panel_set_library (SmmTagPanel *self, SmmLibrary *library);
void smm_tag_panel_set_brand (SmmTagPanel *self, const char *brand_id);

G_END_DECLS

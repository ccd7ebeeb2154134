/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "smm-library.h"

G_BEGIN_DECLS

#define SMM_TYPE_SERIES_PANEL (smm_series_panel_get_type ())
G_DECLARE_FINAL_TYPE (SmmSeriesPanel, smm_series_panel, SMM, SERIES_PANEL, AdwBin)

/* The recurring posts of a brand. Signal "toast" (string, boolean undoable). */
void smm_series_panel_set_library (SmmSeriesPanel *self, SmmLibrary *library);
void smm_series_panel_set_brand (SmmSeriesPanel *self, const char *brand_id);

G_END_DECLS

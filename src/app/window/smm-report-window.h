/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "smm-paths.h"

G_BEGIN_DECLS

#define SMM_TYPE_REPORT_WINDOW (smm_report_window_get_type ())
G_DECLARE_FINAL_TYPE (SmmReportWindow, smm_report_window, SMM, REPORT_WINDOW, AdwWindow)

/* What can be told about a problem without telling anything of anybody: to be read first, then
 * copied or saved. Works without a library. */
void smm_report_window_present (GtkWindow *parent, SmmPaths *paths);

G_END_DECLS

/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "smm-library.h"

G_BEGIN_DECLS

#define SMM_TYPE_TARGET_VIEW (smm_target_view_get_type ())
G_DECLARE_FINAL_TYPE (SmmTargetView, smm_target_view, SMM, TARGET_VIEW, GtkBox)

/*
 * One account of a post: its state, why, the one button that fixes it, the link, and how to take it
 * away there. The window it is in says what came of that. Signal "done" (): an action led elsewhere.
 */
GtkWidget *smm_target_view_new (SmmLibrary *library, SmmTarget *target, GTimeZone *zone);

G_END_DECLS

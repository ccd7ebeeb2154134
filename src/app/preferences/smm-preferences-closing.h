/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "smm-preferences.h"
#include "smm-store.h"

G_BEGIN_DECLS

/* The row that closes the workspace, and takes that back. */
#define SMM_TYPE_PREFERENCES_CLOSING (smm_preferences_closing_get_type ())
G_DECLARE_FINAL_TYPE (SmmPreferencesClosing, smm_preferences_closing, SMM, PREFERENCES_CLOSING,
                      AdwActionRow)

void smm_preferences_closing_bind (SmmPreferencesClosing *self, SmmPreferences *window);
void smm_preferences_closing_fill (SmmPreferencesClosing *self, SmmStore *store);

G_END_DECLS

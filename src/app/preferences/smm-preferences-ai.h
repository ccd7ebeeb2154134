/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "smm-preferences.h"

G_BEGIN_DECLS

/* The AI provider, what it may cost and what it did cost. */
#define SMM_TYPE_PREFERENCES_AI (smm_preferences_ai_get_type ())
G_DECLARE_FINAL_TYPE (SmmPreferencesAi, smm_preferences_ai, SMM, PREFERENCES_AI,
                      AdwPreferencesPage)

/* Once; the window outlives the page. */
void smm_preferences_ai_bind (SmmPreferencesAi *self, SmmPreferences *window);
void smm_preferences_ai_fill (SmmPreferencesAi *self, SmmStore *store);

G_END_DECLS

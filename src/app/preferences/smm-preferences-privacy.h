/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "smm-preferences.h"

G_BEGIN_DECLS

/* What happens with data: where it is, what was agreed to, what is kept for how long. */
#define SMM_TYPE_PREFERENCES_PRIVACY (smm_preferences_privacy_get_type ())
G_DECLARE_FINAL_TYPE (SmmPreferencesPrivacy, smm_preferences_privacy, SMM, PREFERENCES_PRIVACY,
                      AdwPreferencesPage)

/* Once; the window outlives the page. */
void smm_preferences_privacy_bind (SmmPreferencesPrivacy *self, SmmPreferences *window);
void smm_preferences_privacy_fill (SmmPreferencesPrivacy *self, SmmStore *store);

G_END_DECLS

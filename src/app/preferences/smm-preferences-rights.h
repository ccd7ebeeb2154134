/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "smm-preferences.h"

G_BEGIN_DECLS

/* Taking everything along as one file, and deleting everything. */
#define SMM_TYPE_PREFERENCES_RIGHTS (smm_preferences_rights_get_type ())
G_DECLARE_FINAL_TYPE (SmmPreferencesRights, smm_preferences_rights, SMM, PREFERENCES_RIGHTS,
                      AdwPreferencesGroup)

/* Once; the window outlives the group. */
void smm_preferences_rights_fill (SmmPreferencesRights *self, SmmStore *store);
void smm_preferences_rights_bind (SmmPreferencesRights *self, SmmPreferences *window);

G_END_DECLS

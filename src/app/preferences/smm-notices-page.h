/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "smm-preferences.h"
#include "smm-store.h"

G_BEGIN_DECLS

/* A page of the preferences: what its user is told of, by the desktop and by mail, and when not; and
 * the way to Resend. */
#define SMM_TYPE_NOTICES_PAGE (smm_notices_page_get_type ())
G_DECLARE_FINAL_TYPE (SmmNoticesPage, smm_notices_page, SMM, NOTICES_PAGE, AdwPreferencesPage)

/* @preferences is borrowed; its library is there. */
void smm_notices_page_bind (SmmNoticesPage *self, SmmPreferences *preferences);
/* As the library is now. */
void smm_notices_page_fill (SmmNoticesPage *self, SmmStore *store);

G_END_DECLS

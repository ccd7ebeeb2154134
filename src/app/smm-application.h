/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define SMM_TYPE_APPLICATION (smm_application_get_type ())
G_DECLARE_FINAL_TYPE (SmmApplication, smm_application, SMM, APPLICATION, AdwApplication)

/* Practice mode has an id, a library and a publisher of its own, so both can run side by side. */
SmmApplication *smm_application_new (gboolean practice);

G_END_DECLS

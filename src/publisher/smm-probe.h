/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "smm-connect.h"

G_BEGIN_DECLS

/*
 * Once a day each account is asked whether its sign-in still works, as "account check" does: Meta
 * asks for that (api/meta.md section 2.6), and a sign-in that ended shows before a post needs it.
 * It is done when the publisher is awake anyway, and twice a day at the least.
 */
#define SMM_TYPE_PROBE (smm_probe_get_type ())
G_DECLARE_FINAL_TYPE (SmmProbe, smm_probe, SMM, PROBE, GObject)

SmmProbe *smm_probe_new (SmmLibrary *library, SmmVault *vault, SmmEndpoints *endpoints);
/* Something happened: whoever was not asked for a day is asked. */
void smm_probe_wake (SmmProbe *self);

G_END_DECLS

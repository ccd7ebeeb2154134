/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "smm-rule.h"

G_BEGIN_DECLS

/* "Every 2 weeks on Monday and Thursday at 09:30, until 24 Dec 2026"; free with g_free. */
char *smm_rule_describe (const SmmRule *rule, const char *time);

G_END_DECLS

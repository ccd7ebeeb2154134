/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "smm-commands-private.h"
#include "smm-series-pause.h"

#include "smm-rule.h"

G_BEGIN_DECLS

gint64 smm_series_resolve (SmmSeries *series, const char *day);
gboolean smm_series_is_as_made (SmmOccurrence *occurrence, SmmPost *post);
gboolean smm_series_is_untouched (SmmOccurrence *occurrence, SmmPost *post);
gboolean smm_series_top_up (SmmChange *change, SmmSeries *series, GError **error);

G_END_DECLS

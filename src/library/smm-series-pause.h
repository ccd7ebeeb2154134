/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "smm-records.h"

G_BEGIN_DECLS

/* Among what a series holds: that it is stopped only for a while (as: posts that were called back from
 * a platform for that). */
#define SMM_SERIES_PAUSED "paused"

/* Whether it can be resumed. */
gboolean smm_series_is_paused (SmmSeries *series);

G_END_DECLS

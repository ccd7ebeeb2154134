/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "smm-store.h"

G_BEGIN_DECLS

/*
 * Hours of each day in which nobody is told anything; posts still go out at their time. Minutes of
 * the day by the clock of this computer; they may go past midnight. From and until the same: never.
 */
typedef struct
{
  gboolean on;
  int from, until;
} SmmQuietHours;

void smm_quiet_hours_read (SmmQuietHours *hours, SmmStore *store);
gint64 smm_quiet_hours_get_end (const SmmQuietHours *hours, gint64 now, GTimeZone *zone);

/* "07:30" as minutes of the day; -1: it is no time. */
int smm_time_of_day_parse (const char *text);

G_END_DECLS

/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Whether times are told by 12 hours or by 24, and how they are written either way. */

#define SMM_TYPE_CLOCK (smm_clock_get_type ())
G_DECLARE_FINAL_TYPE (SmmClock, smm_clock, SMM, CLOCK, GObject)

/* The program's only one; borrowed. Signal "changed" (): times are told the other way now. */
SmmClock *smm_clock_get_default (void);
gboolean smm_clock_has_12_hours (SmmClock *self);

/* A pattern of g_date_time_format() with %H:%M in it, as times are told; free with g_free. */
char *smm_clock_adapt (const char *pattern);
/* "17:30" or "5:30 PM", of the minute of a day; free with g_free. */
char *smm_clock_format (int minute);
/* By a pattern of its own. */
char *smm_clock_print (int minute, const char *pattern);
/* "17:00" or "5 PM", for the hours of a day, 0–23; free with g_free. */
char *smm_clock_format_hour (int hour);
/* Room for a time, in characters. */
int smm_clock_get_width (void);
/* The minute of the day of "9:30", "9:30 pm" or "9 PM"; -1: it is no time. */
int smm_clock_parse (const char *text);

G_END_DECLS

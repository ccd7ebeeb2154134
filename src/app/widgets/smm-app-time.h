/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "smm-clock.h"

G_BEGIN_DECLS

/* Wall times and days in a brand's zone. Times are µs UTC; 0 is no time. */

GTimeZone *smm_app_zone_new (const char *name);
/* "Helsinki" of "Europe/Helsinki"; free with g_free. */
char *smm_zone_get_city (const char *name);
/* "17:30" */
char *smm_time_format_clock (gint64 at, GTimeZone *zone);
/* "today 17:30", "tomorrow 08:00", "Fri 16 Oct 07:30" */
char *smm_time_format_relative (gint64 at, GTimeZone *zone);
/* "Wednesday 14 October, 14:00" */
char *smm_time_format_long (gint64 at, GTimeZone *zone);
/* By a pattern of g_date_time_format(): %H:%M is told by 12 hours where times are told so. */
char *smm_time_format (gint64 at, GTimeZone *zone, const char *pattern);
GDateTime *smm_time_to_date_time (gint64 at, GTimeZone *zone);
/* The day @at falls on, as a GDate-style julian day number; 0 when @at is 0. */
guint32 smm_time_get_day (gint64 at, GTimeZone *zone);
/* Minutes since midnight on the clocks of @zone; -1 when @at is 0. */
int smm_time_get_minute (gint64 at, GTimeZone *zone);
/* The moment a clock shows @minute of a day; minutes before 0 and after 1439 are other days. */
gint64 smm_day_get_time (guint32 day, int minute, GTimeZone *zone);
/* First moment of a julian day. */
gint64 smm_day_get_start (guint32 day, GTimeZone *zone);
/* "2026-10-22T17:30:00": the wall time of day @day at the clock time of @at. */
char *smm_day_get_wall (guint32 day, int hour, int minute, int second);
guint32 smm_day_today (GTimeZone *zone);
/* 1 = Monday … 7 = Sunday, from the locale. */
int smm_locale_first_weekday (void);
/* Free with g_free. */
char *smm_day_format (guint32 day, const char *pattern);
char *smm_weekday_format (int weekday, const char *pattern);

G_END_DECLS

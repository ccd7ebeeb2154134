/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-app-time.h"

#include "smm-library.h"

#include <glib/gi18n.h>
#include <langinfo.h>
#include <locale.h>
#include <string.h>

/**
 * smm_app_zone_new:
 * @name: (nullable): IANA name
 *
 * Returns: (transfer full): the zone; this computer's when the name is unknown
 */
GTimeZone *
smm_app_zone_new (const char *name)
{
  GTimeZone *zone = smm_zone_new (name);

  return zone != NULL ? zone : g_time_zone_new_local ();
}

/**
 * smm_zone_get_city:
 * @name: (nullable): IANA name
 *
 * Returns: (transfer full): its last part, for people
 */
char *
smm_zone_get_city (const char *name)
{
  const char *slash;

  if (name == NULL || *name == '\0')
    return g_strdup (_ ("this computer’s zone"));
  slash = strrchr (name, '/');
  return g_strdelimit (g_strdup (slash != NULL ? slash + 1 : name), "_", ' ');
}

/**
 * smm_time_to_date_time:
 * @at: µs UTC
 * @zone: a zone
 *
 * Returns: (transfer full): the same moment in @zone
 */
GDateTime *
smm_time_to_date_time (gint64 at, GTimeZone *zone)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (at / G_USEC_PER_SEC);

  return g_date_time_to_timezone (utc, zone);
}

/**
 * smm_time_format:
 * @at: µs UTC
 * @zone: a zone
 * @pattern: for g_date_time_format(), with %H:%M or %H:%M:%S where a time is told
 *
 * Returns: (transfer full): the time as text, by 12 hours where times are told so
 */
char *
smm_time_format (gint64 at, GTimeZone *zone, const char *pattern)
{
  g_autoptr (GDateTime) time = smm_time_to_date_time (at, zone);
  g_autofree char *adapted = smm_clock_adapt (pattern);

  return g_date_time_format (time, adapted);
}

/**
 * smm_time_format_clock:
 * @at: µs UTC
 * @zone: a zone
 *
 * Returns: (transfer full): hours and minutes
 */
char *
smm_time_format_clock (gint64 at, GTimeZone *zone)
{
  return smm_time_format (at, zone, "%H:%M");
}

/**
 * smm_time_format_relative:
 * @at: µs UTC
 * @zone: a zone
 *
 * Returns: (transfer full): "today 17:30" for the days around today, else with the date
 */
char *
smm_time_format_relative (gint64 at, GTimeZone *zone)
{
  guint32 day = smm_time_get_day (at, zone);
  guint32 today = smm_day_today (zone);

  if (day == today)
    /* Translators: a time today, in the middle of a sentence */
    return smm_time_format (at, zone, _ ("today %H:%M"));
  if (day == today + 1)
    return smm_time_format (at, zone, _ ("tomorrow %H:%M"));
  if (day + 1 == today)
    return smm_time_format (at, zone, _ ("yesterday %H:%M"));
  /* Translators: a day and a time in the middle of a sentence: Fri 16 Oct 07:30 */
  return smm_time_format (at, zone, _ ("%a %-e %b %H:%M"));
}

/**
 * smm_time_format_long:
 * @at: µs UTC
 * @zone: a zone
 *
 * Returns: (transfer full): weekday, day, month and time
 */
char *
smm_time_format_long (gint64 at, GTimeZone *zone)
{
  /* Translators: Wednesday 14 October, 14:00 */
  return smm_time_format (at, zone, _ ("%A %-e %B, %H:%M"));
}

/**
 * smm_time_get_day:
 * @at: µs UTC; 0: none
 * @zone: a zone
 *
 * Returns: the julian day (#GDate's) @at falls on; 0 for none
 */
guint32
smm_time_get_day (gint64 at, GTimeZone *zone)
{
  g_autoptr (GDateTime) time = NULL;
  GDate date;
  int year, month, day;

  if (at == 0)
    return 0;
  time = smm_time_to_date_time (at, zone);
  g_date_time_get_ymd (time, &year, &month, &day);
  g_date_clear (&date, 1);
  g_date_set_dmy (&date, day, month, year);
  return g_date_get_julian (&date);
}

/**
 * smm_time_get_minute:
 * @at: µs UTC; 0: none
 * @zone: a zone
 *
 * Returns: minutes since midnight as a clock shows them, 0–1439; -1 for none
 */
int
smm_time_get_minute (gint64 at, GTimeZone *zone)
{
  g_autoptr (GDateTime) time = NULL;

  if (at == 0)
    return -1;
  time = smm_time_to_date_time (at, zone);
  return g_date_time_get_hour (time) * 60 + g_date_time_get_minute (time);
}

/**
 * smm_day_get_time:
 * @day: a julian day
 * @minute: minutes since its midnight; below 0 and above 1439 other days are meant
 * @zone: a zone
 *
 * Returns: the moment, µs UTC
 */
gint64
smm_day_get_time (guint32 day, int minute, GTimeZone *zone)
{
  g_autoptr (GDateTime) time = NULL;
  GDate date;

  day += (minute - ((minute % 1440) + 1440) % 1440) / 1440;
  minute = ((minute % 1440) + 1440) % 1440;
  g_date_clear (&date, 1);
  g_date_set_julian (&date, day);
  time = g_date_time_new (zone, g_date_get_year (&date), g_date_get_month (&date),
                          g_date_get_day (&date), minute / 60, minute % 60, 0);
  return g_date_time_to_unix (time) * G_USEC_PER_SEC;
}

/**
 * smm_day_get_start:
 * @day: a julian day
 * @zone: a zone
 *
 * Returns: the day's first moment, µs UTC
 */
gint64
smm_day_get_start (guint32 day, GTimeZone *zone)
{
  g_autoptr (GDateTime) time = NULL;
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_julian (&date, day);
  time = g_date_time_new (zone, g_date_get_year (&date), g_date_get_month (&date),
                          g_date_get_day (&date), 0, 0, 0);
  return g_date_time_to_unix (time) * G_USEC_PER_SEC;
}

/**
 * smm_day_get_wall:
 * @day: a julian day
 * @hour: 0–23
 * @minute: 0–59
 * @second: 0–59
 *
 * Returns: (transfer full): the wall time in the form commands take
 */
char *
smm_day_get_wall (guint32 day, int hour, int minute, int second)
{
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_julian (&date, day);
  return g_strdup_printf ("%04d-%02d-%02dT%02d:%02d:%02d", g_date_get_year (&date),
                          g_date_get_month (&date), g_date_get_day (&date), hour, minute, second);
}

/**
 * smm_day_today:
 * @zone: a zone
 *
 * Returns: today's julian day
 */
guint32
smm_day_today (GTimeZone *zone)
{
  return smm_time_get_day (g_get_real_time (), zone);
}

/**
 * smm_locale_first_weekday:
 *
 * Returns: 1 (Monday) … 7 (Sunday)
 */
int
smm_locale_first_weekday (void)
{
#ifdef __GLIBC__
  /* glibc: _NL_TIME_WEEK_1STDAY is a date as an integer; _NL_TIME_FIRST_WEEKDAY counts from it. */
  union
  {
    unsigned int word;
    char *string;
  } origin;
  const char *first = nl_langinfo (_NL_TIME_FIRST_WEEKDAY);
  const char *locale = setlocale (LC_TIME, NULL);
  int offset;

  if (locale == NULL || locale[0] == 'C' || g_str_equal (locale, "POSIX"))
    return 1; /* no country: as ISO 8601 counts */
  origin.string = nl_langinfo (_NL_TIME_WEEK_1STDAY);
  offset = origin.word == 19971130 ? 0 : 1; /* a Sunday, else a Monday */
  if (first != NULL && *first > 0)
    return (*first - 1 + offset + 6) % 7 + 1;
#endif
  return 1;
}

/**
 * smm_day_format:
 * @day: a julian day
 * @pattern: as for g_date_time_format()
 *
 * Returns: (transfer full): the day as text
 */
char *
smm_day_format (guint32 day, const char *pattern)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();

  return smm_time_format (smm_day_get_start (day, utc), utc, pattern);
}

/**
 * smm_weekday_format:
 * @weekday: 1 (Monday) to 7
 * @pattern: as for g_date_time_format()
 *
 * Returns: (transfer full): the day of the week as text
 */
char *
smm_weekday_format (int weekday, const char *pattern)
{
  GDate monday;

  g_date_clear (&monday, 1);
  g_date_set_dmy (&monday, 1, G_DATE_JANUARY, 2024);
  return smm_day_format (g_date_get_julian (&monday) + weekday - 1, pattern);
}

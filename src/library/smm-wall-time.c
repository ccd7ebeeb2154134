/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-library.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define DAY ((gint64)24 * 60 * 60)
/* 1970-01-01 as GDate counts days. */
#define EPOCH 719163
/* 1000-01-03 and 9999-12-29, UTC: every zone can show them, with four digits. */
#define FIRST_SECOND (G_GINT64_CONSTANT (-30610051200))
#define LAST_SECOND (G_GINT64_CONSTANT (253402041600))

/* GLib reads the file of a zone anew unless somebody holds it: the last few are held. */
#define N_HELD 8

static GTimeZone *
hold (GTimeZone *zone)
{
  static GMutex mutex;
  static GTimeZone *held[N_HELD];
  static guint next;
  gboolean known = FALSE;

  if (zone == NULL)
    return NULL;
  g_mutex_lock (&mutex);
  for (guint i = 0; i < N_HELD; i++)
    known |= held[i] == zone;
  if (!known)
    {
      g_clear_pointer (&held[next], g_time_zone_unref);
      held[next] = g_time_zone_ref (zone);
      next = (next + 1) % N_HELD;
    }
  g_mutex_unlock (&mutex);
  return zone;
}

/**
 * smm_zone_new:
 * @zone: (nullable): an IANA zone, "Europe/Helsinki"
 *
 * GLib opens the file that a zone names, wherever that is, and trusts what it reads there: only
 * names that stay in the system's folder of zones are let through.
 *
 * Returns: (transfer full) (nullable): the zone; %NULL when this computer knows none of that name
 */
GTimeZone *
smm_zone_new (const char *zone)
{
  static const char letters[]
      = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_+-/";

  if (zone == NULL || !g_ascii_isalpha (*zone) || strlen (zone) > 64
      || strspn (zone, letters) != strlen (zone))
    return NULL;
  return hold (g_time_zone_new_identifier (zone));
}

/* Seconds east of UTC in @tz at the instant @utc (seconds). */
static gint64
offset_at (GTimeZone *tz, gint64 utc)
{
  int interval = g_time_zone_find_interval (tz, G_TIME_TYPE_UNIVERSAL, utc);

  return interval < 0 ? 0 : g_time_zone_get_offset (tz, interval);
}

/* The first instant in (low, high] at which the offset of @high is in force. */
static gint64
find_transition (GTimeZone *tz, gint64 low, gint64 high)
{
  gint64 after = offset_at (tz, high);

  while (high - low > 1)
    {
      gint64 middle = low + (high - low) / 2;

      if (offset_at (tz, middle) == after)
        high = middle;
      else
        low = middle;
    }
  return high;
}

/* @n digits from @text on; -1: something else. */
static int
read_digits (const char *text, guint n)
{
  int number = 0;

  for (guint i = 0; i < n; i++)
    {
      if (!g_ascii_isdigit (text[i]))
        return -1;
      number = number * 10 + (text[i] - '0');
    }
  return number;
}

/* "2026-12-01T09:00" or "2026-12-01T09:00:00", nothing else: an offset here would be a lie. Read by
 * hand, for a table has 10,000 of them. */
static gboolean
parse_wall (const char *wall, gint64 *seconds)
{
  gsize length = wall != NULL ? strlen (wall) : 0;
  int year, month, day, hour, minute, second;
  GDate date;

  if ((length != 16 && length != 19) || wall[4] != '-' || wall[7] != '-'
      || (wall[10] != 'T' && wall[10] != ' ') || wall[13] != ':'
      || (length == 19 && wall[16] != ':'))
    return FALSE;
  year = read_digits (wall, 4);
  month = read_digits (wall + 5, 2);
  day = read_digits (wall + 8, 2);
  hour = read_digits (wall + 11, 2);
  minute = read_digits (wall + 14, 2);
  second = length == 19 ? read_digits (wall + 17, 2) : 0;
  if (year < 1 || month < 1 || day < 1
      || !g_date_valid_dmy ((GDateDay)day, (GDateMonth)month, (GDateYear)year) || hour < 0
      || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59)
    return FALSE;
  g_date_clear (&date, 1);
  g_date_set_dmy (&date, (GDateDay)day, (GDateMonth)month, (GDateYear)year);
  *seconds = ((gint64)g_date_get_julian (&date) - EPOCH) * DAY + hour * 3600 + minute * 60 + second;
  /* A zone must be able to show it, and the days around it. */
  return *seconds > FIRST_SECOND + 2 * DAY && *seconds < LAST_SECOND - 2 * DAY;
}

static void
set_unreadable (const char *wall, GError **error)
{
  g_set_error (error, SMM_LIBRARY_ERROR, SMM_LIBRARY_ERROR_INVALID,
               _ ("“%s” is not a time like 2026-12-01T09:00"), wall != NULL ? wall : "");
}

/**
 * smm_wall_time_add:
 * @wall: "2026-12-01T09:00", seconds optional
 * @minutes: how much later, negative: earlier
 * @error: SMM_LIBRARY_ERROR_INVALID
 *
 * Returns: (transfer full) (nullable): "2026-12-02T09:00:00" for a day later
 */
char *
smm_wall_time_add (const char *wall, int minutes, GError **error)
{
  g_autoptr (GDateTime) moved = NULL;
  gint64 seconds;

  if (!parse_wall (wall, &seconds))
    {
      set_unreadable (wall, error);
      return NULL;
    }
  moved = g_date_time_new_from_unix_utc (seconds + (gint64)minutes * 60);
  if (moved == NULL || g_date_time_get_year (moved) < 1000)
    {
      g_set_error (error, SMM_LIBRARY_ERROR, SMM_LIBRARY_ERROR_INVALID,
                   _ ("This is too far away in time"));
      return NULL;
    }
  return g_date_time_format (moved, "%Y-%m-%dT%H:%M:%S");
}

/**
 * smm_wall_time_resolve:
 * @wall: "2026-12-01T09:00", seconds optional
 * @zone: an IANA zone
 * @utc: (out): µs UTC
 * @note: (out) (optional) (nullable): "gap" when clocks skip this time (the next valid minute was
 *   taken), "fold" when it comes twice (the first was taken)
 * @error: SMM_LIBRARY_ERROR_INVALID
 */
gboolean
smm_wall_time_resolve (const char *wall, const char *zone, gint64 *utc, const char **note,
                       GError **error)
{
  g_autoptr (GTimeZone) tz = NULL;
  gint64 local, early, late;
  gboolean early_fits, late_fits;
  const char *found = NULL;

  if (!parse_wall (wall, &local))
    {
      set_unreadable (wall, error);
      return FALSE;
    }
  tz = smm_zone_new (zone);
  if (tz == NULL)
    {
      g_set_error (error, SMM_LIBRARY_ERROR, SMM_LIBRARY_ERROR_INVALID,
                   _ ("“%s” is not a time zone this computer knows, like Europe/Helsinki"),
                   zone != NULL ? zone : "");
      return FALSE;
    }
  early = local - offset_at (tz, local - DAY);
  late = local - offset_at (tz, local + DAY);
  early_fits = early + offset_at (tz, early) == local;
  late_fits = late + offset_at (tz, late) == local;
  if (early_fits && late_fits && early != late)
    {
      found = "fold";
      *utc = MIN (early, late) * G_USEC_PER_SEC;
    }
  else if (early_fits || late_fits)
    *utc = (early_fits ? early : late) * G_USEC_PER_SEC;
  else
    {
      found = "gap";
      *utc
          = find_transition (tz, MIN (early, late) - DAY, MAX (early, late) + DAY) * G_USEC_PER_SEC;
    }
  if (note != NULL)
    *note = found;
  return TRUE;
}

/**
 * smm_wall_time_format:
 * @utc: µs UTC
 * @zone: an IANA zone
 *
 * Returns: (transfer full): "2026-12-01T09:00:00" as clocks in @zone show it
 */
char *
smm_wall_time_format (gint64 utc, const char *zone)
{
  g_autoptr (GTimeZone) tz = smm_zone_new (zone);
  g_autoptr (GDateTime) instant = NULL;
  g_autoptr (GDateTime) there = NULL;

  if (tz == NULL)
    tz = g_time_zone_new_utc ();
  /* A calendar ends somewhere: what lies beyond is shown as its last day. */
  instant = g_date_time_new_from_unix_utc (CLAMP (utc / G_USEC_PER_SEC, FIRST_SECOND, LAST_SECOND));
  there = g_date_time_to_timezone (instant, tz);
  return g_date_time_format (there, "%Y-%m-%dT%H:%M:%S");
}

/**
 * smm_wall_time_express:
 * @utc: µs UTC
 * @zone: (inout): an IANA zone; "UTC" afterwards where its clocks show this time twice and the
 * other one is meant by it
 *
 * What is written here is read back as the same second.
 *
 * Returns: (transfer full): "2026-12-01T09:00:00" as clocks in @zone show it
 */
char *
smm_wall_time_express (gint64 utc, const char **zone)
{
  char *wall = smm_wall_time_format (utc, *zone);
  gint64 again;

  if (!smm_wall_time_resolve (wall, *zone, &again, NULL, NULL)
      || again / G_USEC_PER_SEC == utc / G_USEC_PER_SEC)
    return wall;
  g_free (wall);
  *zone = "UTC";
  return smm_wall_time_format (utc, *zone);
}

/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-quiet-hours.h"

#include <string.h>

#include "smm-settings.h"

int
smm_time_of_day_parse (const char *text)
{
  int hour, minute;

  if (strlen (text) != 5 || text[2] != ':' || !g_ascii_isdigit (text[0])
      || !g_ascii_isdigit (text[1]) || !g_ascii_isdigit (text[3]) || !g_ascii_isdigit (text[4]))
    return -1;
  hour = (text[0] - '0') * 10 + text[1] - '0';
  minute = (text[3] - '0') * 10 + text[4] - '0';
  return hour < 24 && minute < 60 ? hour * 60 + minute : -1;
}

/**
 * smm_quiet_hours_read:
 * @hours: (out caller-allocates): what the settings say
 * @store: (nullable): the library
 */
void
smm_quiet_hours_read (SmmQuietHours *hours, SmmStore *store)
{
  g_autofree char *from = smm_settings_dup (store, SMM_SETTING_QUIET_FROM);
  g_autofree char *until = smm_settings_dup (store, SMM_SETTING_QUIET_UNTIL);

  hours->on = smm_settings_get_boolean (store, SMM_SETTING_QUIET_ON);
  hours->from = smm_time_of_day_parse (from);
  hours->until = smm_time_of_day_parse (until);
}

/**
 * smm_quiet_hours_get_end:
 * @hours: when it is quiet
 * @now: µs UTC
 * @zone: whose clock counts
 *
 * Returns: µs UTC at which the quiet that holds at @now ends; 0: it is not quiet
 */
gint64
smm_quiet_hours_get_end (const SmmQuietHours *hours, gint64 now, GTimeZone *zone)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (now / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local = utc != NULL ? g_date_time_to_timezone (utc, zone) : NULL;
  g_autoptr (GDateTime) day = NULL;
  g_autoptr (GDateTime) end = NULL;
  gboolean past_midnight = hours->from > hours->until;
  gboolean quiet;
  int minute;

  if (!hours->on || hours->from == hours->until || local == NULL)
    return 0;
  minute = g_date_time_get_hour (local) * 60 + g_date_time_get_minute (local);
  quiet = past_midnight ? minute >= hours->from || minute < hours->until
                        : minute >= hours->from && minute < hours->until;
  if (!quiet)
    return 0;
  day = g_date_time_add_days (local, past_midnight && minute >= hours->from ? 1 : 0);
  end = g_date_time_new (zone, g_date_time_get_year (day), g_date_time_get_month (day),
                         g_date_time_get_day_of_month (day), hours->until / 60, hours->until % 60,
                         0);
  /* Where a clock is put back that minute may have been already, by its first turn. */
  return end != NULL ? MAX (g_date_time_to_unix (end) * G_USEC_PER_SEC, now + G_TIME_SPAN_MINUTE)
                     : now + G_TIME_SPAN_HOUR;
}

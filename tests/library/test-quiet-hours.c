/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-library.h"
#include "smm-quiet-hours.h"
#include "smm-settings.h"

static gint64
at (const char *wall, const char *zone)
{
  gint64 utc = 0;

  g_assert_true (smm_wall_time_resolve (wall, zone, &utc, NULL, NULL));
  return utc;
}

static void
test_times (void)
{
  static const struct
  {
    const char *text;
    int minutes;
  } cases[] = { { "00:00", 0 },  { "07:30", 450 }, { "23:59", 1439 }, { "24:00", -1 },
                { "7:30", -1 },  { "07:60", -1 },  { "07.30", -1 },   { "", -1 },
                { "07:3a", -1 }, { "-7:30", -1 },  { "07:300", -1 } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (smm_time_of_day_parse (cases[i].text), ==, cases[i].minutes);
  g_assert_true (smm_setting_check (SMM_SETTING_QUIET_FROM, "21:15", NULL));
  g_assert_false (smm_setting_check (SMM_SETTING_QUIET_FROM, "quarter past nine", NULL));
}

static void
test_ends (void)
{
  static const struct
  {
    const char *from, *until, *zone, *now, *end; /* end NULL: it is not quiet */
  } cases[] = {
    { "22:00", "07:00", "Europe/Helsinki", "2026-11-28T21:59", NULL },
    { "22:00", "07:00", "Europe/Helsinki", "2026-11-28T22:00", "2026-11-29T07:00" },
    { "22:00", "07:00", "Europe/Helsinki", "2026-12-31T23:30", "2027-01-01T07:00" },
    { "22:00", "07:00", "Europe/Helsinki", "2026-11-29T06:59", "2026-11-29T07:00" },
    { "22:00", "07:00", "Europe/Helsinki", "2026-11-29T07:00", NULL },
    { "12:00", "13:30", "UTC", "2026-11-28T12:45", "2026-11-28T13:30" },
    { "12:00", "13:30", "UTC", "2026-11-28T13:30", NULL },
    { "00:00", "07:00", "UTC", "2026-11-28T00:00", "2026-11-28T07:00" },
    { "22:00", "00:00", "UTC", "2026-11-28T23:00", "2026-11-29T00:00" },
    { "09:00", "09:00", "UTC", "2026-11-28T09:00", NULL },
    /* The night in which clocks go forward, and the one in which they go back. */
    { "22:00", "07:00", "Europe/Helsinki", "2026-03-28T23:00", "2026-03-29T07:00" },
    { "22:00", "07:00", "Europe/Helsinki", "2026-10-24T23:00", "2026-10-25T07:00" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      SmmQuietHours hours
          = { TRUE, smm_time_of_day_parse (cases[i].from), smm_time_of_day_parse (cases[i].until) };
      g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (cases[i].zone);
      gint64 now = at (cases[i].now, cases[i].zone);
      gint64 end = cases[i].end != NULL ? at (cases[i].end, cases[i].zone) : 0;

      g_test_message ("%s", cases[i].now);
      g_assert_cmpint (smm_quiet_hours_get_end (&hours, now, zone), ==, end);
      hours.on = FALSE;
      g_assert_cmpint (smm_quiet_hours_get_end (&hours, now, zone), ==, 0);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/quiet-hours/times", test_times);
  g_test_add_func ("/quiet-hours/ends", test_ends);
  return g_test_run ();
}

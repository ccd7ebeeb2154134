/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a time on a clock means where clocks jump: 09:00 stays 09:00. */

#include "config.h"

#include "smm-library.h"

#include <string.h>

typedef struct
{
  const char *zone, *wall, *utc, *note;
} WallRow;

static const WallRow rows[] = {
  { "UTC", "2026-12-01T09:00", "2026-12-01T09:00:00", NULL },
  { "UTC", "2026-12-01T09:00:59", "2026-12-01T09:00:59", NULL },
  { "UTC", "2026-12-01 09:00", "2026-12-01T09:00:00", NULL },
  { "Asia/Kathmandu", "2026-12-01T09:00", "2026-12-01T03:15:00", NULL },
  { "Pacific/Kiritimati", "2026-12-01T09:00", "2026-11-30T19:00:00", NULL },
  { "Asia/Tokyo", "2028-02-29T00:00", "2028-02-28T15:00:00", NULL },
  { "Europe/Berlin", "2026-03-28T09:00", "2026-03-28T08:00:00", NULL },
  { "Europe/Berlin", "2026-03-29T09:00", "2026-03-29T07:00:00", NULL },
  /* Clocks go forward: the next valid minute. */
  { "Europe/Berlin", "2026-03-29T01:59", "2026-03-29T00:59:00", NULL },
  { "Europe/Berlin", "2026-03-29T02:00", "2026-03-29T01:00:00", "gap" },
  { "Europe/Berlin", "2026-03-29T02:30", "2026-03-29T01:00:00", "gap" },
  { "Europe/Berlin", "2026-03-29T02:59:59", "2026-03-29T01:00:00", "gap" },
  { "Europe/Berlin", "2026-03-29T03:00", "2026-03-29T01:00:00", NULL },
  /* Clocks go back: the first of the two. */
  { "Europe/Berlin", "2026-10-25T01:59", "2026-10-24T23:59:00", NULL },
  { "Europe/Berlin", "2026-10-25T02:00", "2026-10-25T00:00:00", "fold" },
  { "Europe/Berlin", "2026-10-25T02:30", "2026-10-25T00:30:00", "fold" },
  { "Europe/Berlin", "2026-10-25T03:00", "2026-10-25T02:00:00", NULL },
  { "Europe/London", "2026-03-29T01:30", "2026-03-29T01:00:00", "gap" },
  { "Europe/London", "2026-10-25T01:30", "2026-10-25T00:30:00", "fold" },
  /* Ireland's summer is its standard time. */
  { "Europe/Dublin", "2026-03-29T01:30", "2026-03-29T01:00:00", "gap" },
  { "Europe/Dublin", "2026-10-25T01:30", "2026-10-25T00:30:00", "fold" },
  { "America/New_York", "2026-03-08T02:30", "2026-03-08T07:00:00", "gap" },
  { "America/New_York", "2026-11-01T01:30", "2026-11-01T05:30:00", "fold" },
  { "America/St_Johns", "2026-03-08T02:30", "2026-03-08T05:30:00", "gap" },
  { "America/St_Johns", "2026-11-01T01:30", "2026-11-01T04:00:00", "fold" },
  /* The south: the other way round. */
  { "Australia/Sydney", "2026-10-04T02:30", "2026-10-03T16:00:00", "gap" },
  { "Australia/Sydney", "2026-04-05T02:30", "2026-04-04T15:30:00", "fold" },
  { "Pacific/Auckland", "2026-09-27T02:30", "2026-09-26T14:00:00", "gap" },
  { "Pacific/Auckland", "2026-04-05T02:30", "2026-04-04T13:30:00", "fold" },
  /* By half an hour, and by two hours. */
  { "Australia/Lord_Howe", "2026-10-04T02:15", "2026-10-03T15:30:00", "gap" },
  { "Australia/Lord_Howe", "2026-10-04T02:30", "2026-10-03T15:30:00", NULL },
  { "Australia/Lord_Howe", "2026-04-05T01:45", "2026-04-04T14:45:00", "fold" },
  { "Antarctica/Troll", "2026-03-29T02:30", "2026-03-29T01:00:00", "gap" },
  { "Antarctica/Troll", "2026-10-25T02:30", "2026-10-25T00:30:00", "fold" },
  /* A day that never was. */
  { "Pacific/Apia", "2011-12-30T12:00", "2011-12-30T10:00:00", "gap" },
  { "Pacific/Apia", "2011-12-29T23:59", "2011-12-30T09:59:00", NULL },
  { "Pacific/Apia", "2011-12-31T00:00", "2011-12-30T10:00:00", NULL },
};

static void
test_resolve (gconstpointer data)
{
  const WallRow *row = data;
  const char *note = "untouched";
  g_autoptr (GError) error = NULL;
  g_autofree char *utc = NULL, *back = NULL;
  gint64 instant;

  if (!smm_wall_time_resolve (row->wall, row->zone, &instant, &note, &error))
    {
      g_assert_no_error (error);
      return;
    }
  utc = smm_wall_time_format (instant, "UTC");
  g_assert_cmpstr (utc, ==, row->utc);
  g_assert_cmpstr (note, ==, row->note);
  /* But for the gap, clocks there show what was meant. */
  back = smm_wall_time_format (instant, row->zone);
  if (row->note == NULL || strcmp (row->note, "fold") == 0)
    {
      g_assert_true (strncmp (back, row->wall, 10) == 0);
      g_assert_true (strncmp (back + 11, row->wall + 11, strlen (row->wall) - 11) == 0);
    }
  else
    g_assert_cmpstr (back, >, row->wall);
}

/* An instant that is written on clocks is the same when it is read, and the hour after it as well.
 */
static void
assert_expressed (gint64 instant, const char *zone)
{
  for (int i = 0; i < 2; i++, instant += G_TIME_SPAN_HOUR)
    {
      const char *there = zone;
      g_autofree char *wall = smm_wall_time_express (instant, &there);
      gint64 again;

      g_assert_true (smm_wall_time_resolve (wall, there, &again, NULL, NULL));
      g_assert_cmpint (again, ==, instant);
    }
}

/* Every hour of a year, in zones of each kind: never earlier than asked, at most a jump later. */
static void
test_all_hours (void)
{
  static const char *const zones[]
      = { "Europe/Berlin", "America/New_York",  "Australia/Lord_Howe", "Antarctica/Troll",
          "Asia/Kolkata",  "Africa/Casablanca", "America/Santiago" };
  g_autoptr (GTimeZone) plain = g_time_zone_new_utc ();
  g_autoptr (GDateTime) start = g_date_time_new (plain, 2026, 1, 1, 0, 30, 0);

  for (guint z = 0; z < G_N_ELEMENTS (zones); z++)
    {
      /* Kept, so that the file of the zone is not read a hundred thousand times. */
      G_GNUC_UNUSED g_autoptr (GTimeZone) kept = g_time_zone_new_identifier (zones[z]);
      gint64 before = 0;
      guint n_gaps = 0, n_folds = 0;

      for (int hour = 0; hour < 365 * 24; hour++)
        {
          g_autoptr (GDateTime) there = g_date_time_add_hours (start, hour);
          g_autofree char *wall = g_date_time_format (there, "%Y-%m-%dT%H:%M:%S");
          g_autofree char *back = NULL;
          const char *note;
          gint64 instant;

          g_assert_true (smm_wall_time_resolve (wall, zones[z], &instant, &note, NULL));
          back = smm_wall_time_format (instant, zones[z]);
          g_assert_cmpint (instant, >=, before);
          assert_expressed (instant, zones[z]);
          g_assert_cmpint (strcmp (back, wall), >=, 0);
          g_assert_cmpint (g_strcmp0 (note, "gap") != 0, ==, strcmp (back, wall) == 0);
          n_gaps += note != NULL && strcmp (note, "gap") == 0;
          n_folds += note != NULL && strcmp (note, "fold") == 0;
          before = instant;
        }
      if (strcmp (zones[z], "Asia/Kolkata") == 0)
        g_assert_cmpuint (n_gaps + n_folds, ==, 0);
      if (strcmp (zones[z], "Europe/Berlin") == 0)
        g_assert_true (n_gaps == 1 && n_folds == 1);
    }
}

static void
test_refused (void)
{
  static const char *const walls[] = { NULL,
                                       "",
                                       "09:00",
                                       "tomorrow",
                                       "2026-12-01",
                                       "2026-12-01T9:00",
                                       "2026-13-01T09:00",
                                       "2026-02-30T09:00",
                                       "2027-02-29T09:00",
                                       "2026-12-01T24:00",
                                       "2026-12-01T09:60",
                                       "2026-12-01T09:00Z",
                                       "2026-12-01T09:00+01",
                                       "2026-12-01T09:00:00Z",
                                       "0000-01-01T09:00",
                                       "-026-12-01T09:00",
                                       "2026-W49-2T09:00",
                                       "2026-335T09:00:00",
                                       "2026/12/01T09:00",
                                       "2026-12-01T09:00:00.5",
                                       "٢٠٢٦-12-01T09:00" };
  static const char *const zones[] = {
    NULL, "", "Mars/Base", "Europe", "../../etc/passwd", "Europe/Berlin ", "europe/berlin\n"
  };
  gint64 utc;

  for (guint i = 0; i < G_N_ELEMENTS (walls); i++)
    {
      g_autoptr (GError) error = NULL;

      if (smm_wall_time_resolve (walls[i], "UTC", &utc, NULL, &error))
        g_error ("“%s” was taken", walls[i]);
      g_assert_error (error, SMM_LIBRARY_ERROR, SMM_LIBRARY_ERROR_INVALID);
    }
  for (guint i = 0; i < G_N_ELEMENTS (zones); i++)
    {
      g_autoptr (GError) error = NULL;

      if (smm_wall_time_resolve ("2026-12-01T09:00", zones[i], &utc, NULL, &error))
        g_error ("“%s” was taken", zones[i]);
      g_assert_error (error, SMM_LIBRARY_ERROR, SMM_LIBRARY_ERROR_INVALID);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *zone = g_strdelimit (g_strdup (rows[i].zone), "/", '-');
      g_autofree char *name = g_strdup_printf ("/wall-time/%s/%s", zone, rows[i].wall);

      g_test_add_data_func (name, &rows[i], test_resolve);
    }
  g_test_add_func ("/wall-time/all-hours", test_all_hours);
  g_test_add_func ("/wall-time/refused", test_refused);
  return g_test_run ();
}

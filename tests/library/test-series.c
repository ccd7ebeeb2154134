/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Recurring posts: made ahead, once for each local date, whatever clocks do; changed and taken
 * back. The library's time is Monday 2026-11-30 10:00 in Berlin. */

#include "config.h"

#include "smm-test-library.h"

#include "smm-rule.h"

#include <string.h>

#define HOUR (G_GINT64_CONSTANT (3600) * G_USEC_PER_SEC)
#define DAY (24 * HOUR)
#define ACCOUNTS "'accounts': <['" TEST_FACEBOOK "', '" TEST_INSTAGRAM "']>"

static void
apply (SmmLibraryLocal *library, const char *name, const char *args)
{
  g_autoptr (GError) error = NULL;
  GVariant *result = test_apply (library, name, args, &error);

  g_assert_no_error (error);
  g_variant_unref (result);
}

static void
add (SmmLibraryLocal *library, const char *id, const char *rule, const char *time, const char *zone)
{
  g_autofree char *args = g_strdup_printf (
      "{'id': <'%s'>, 'brand': <'" TEST_BRAND "'>, 'rule': <'%s'>, 'time': <'%s'>, "
      "'zone': <'%s'>, 'texts': <['One', 'Two', 'Three']>, " ACCOUNTS "}",
      id, rule, time, zone);

  apply (library, "series.add", args);
}

/* "12-01 One, 12-08 Two": the posts that are there, by their wall time. */
static char *
show (SmmLibraryLocal *library, const char *id, guint limit)
{
  g_autoptr (GPtrArray) days = smm_store_list_occurrences (test_store (library), id, NULL);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < days->len && limit > 0; i++)
    {
      SmmOccurrence *occurrence = days->pdata[i];
      g_autoptr (SmmPost) post = smm_store_get_post (test_store (library), occurrence->post_id);

      if (post == NULL)
        continue;
      g_assert_true (g_str_has_prefix (post->wall_time, occurrence->day));
      g_string_append_printf (text, "%s%.11s %s", text->len > 0 ? ", " : "", post->wall_time + 5,
                              post->text);
      limit--;
    }
  return g_string_free (text, FALSE);
}

static void
assert_days (SmmLibraryLocal *library, const char *id, guint limit, const char *expected)
{
  g_autofree char *found = show (library, id, limit);

  g_assert_cmpstr (found, ==, expected);
}

static guint
count (SmmLibraryLocal *library, const char *id)
{
  g_autoptr (GPtrArray) days = smm_store_list_occurrences (test_store (library), id, NULL);

  return days->len;
}

static void
test_made (void)
{
  g_autoptr (SmmLibraryLocal) library = test_library_new ();
  g_autoptr (GPtrArray) days = NULL;
  g_autoptr (SmmPost) post = NULL;

  /* This Monday's time has passed. */
  add (library, "s", "2026-11-30 FREQ=WEEKLY;BYDAY=MO,TH", "09:00", "Europe/Berlin");
  assert_days (library, "s", 4,
               "12-03T09:00 Two, 12-07T09:00 Three, 12-10T09:00 One, 12-14T09:00 Two");
  days = smm_store_list_occurrences (test_store (library), "s", NULL);
  post = smm_store_get_post (test_store (library), ((SmmOccurrence *)days->pdata[0])->post_id);
  g_assert_cmpuint (post->targets->len, ==, 2);
  g_assert_cmpint (smm_post_get_worst_state (post), ==, SMM_TARGET_SCHEDULED);
  apply (library, "undo", "{}");
  assert_days (library, "s", 4, "");
  g_assert_null (smm_store_get_series (test_store (library), "s"));
  apply (library, "redo", "{}");
  assert_days (library, "s", 2, "12-03T09:00 Two, 12-07T09:00 Three");
}

static void
test_ends (void)
{
  g_autoptr (SmmLibraryLocal) library = test_library_new ();

  add (library, "c", "2026-12-01 FREQ=DAILY;COUNT=3", "09:00", "Europe/Berlin");
  assert_days (library, "c", 9, "12-01T09:00 One, 12-02T09:00 Two, 12-03T09:00 Three");
  /* What has passed counts. */
  add (library, "p", "2026-11-28 FREQ=DAILY;COUNT=4", "09:00", "Europe/Berlin");
  assert_days (library, "p", 9, "12-01T09:00 One");
  add (library, "u", "2026-12-01 FREQ=DAILY;UNTIL=20261202", "09:00", "Europe/Berlin");
  assert_days (library, "u", 9, "12-01T09:00 One, 12-02T09:00 Two");
  g_assert_cmpint (smm_store_get_next_top_up (test_store (library)), ==, 0);
}

/* Two years, looked at only when the library says so: always ten posts and eight weeks ahead, each
 * local date once, and after a restart the same. */
static void
check_two_years (const char *rule, const char *zone, guint every_days)
{
  SmmLibraryLocal *library = test_library_new ();
  gint64 end = TEST_NOW + 730 * DAY, last = 0;
  g_autoptr (GPtrArray) days = NULL;
  guint looks = 0;

  add (library, "s", rule, "02:30", zone);
  while (test_now < end)
    {
      gint64 next = smm_store_get_next_top_up (test_store (library));
      guint before = count (library, "s"), ahead = 0;
      gint64 newest = 0;

      g_assert_cmpint (next, >, test_now);
      /* Just before there is nothing to do. */
      test_now = next - 1;
      g_assert_true (smm_library_local_top_up (library, NULL));
      g_assert_cmpuint (count (library, "s"), ==, before);
      g_clear_pointer (&days, g_ptr_array_unref);
      days = smm_store_list_occurrences (test_store (library), "s", NULL);
      for (guint i = 0; i < days->len; i++)
        {
          g_autoptr (SmmPost) post = smm_store_get_post (
              test_store (library), ((SmmOccurrence *)days->pdata[i])->post_id);

          ahead += post->due_at > test_now;
          newest = post->due_at;
        }
      g_assert_cmpuint (ahead, >=, 10);
      g_assert_cmpint (newest, >=, test_now + 56 * DAY);
      test_now = next;
      if (looks++ % 7 == 3)
        {
          gint64 kept = test_now;

          library = test_library_reopen (library);
          test_now = kept;
        }
      g_assert_true (smm_library_local_top_up (library, NULL));
    }
  for (guint i = 0; i < days->len; i++)
    {
      g_autoptr (SmmPost) post
          = smm_store_get_post (test_store (library), ((SmmOccurrence *)days->pdata[i])->post_id);
      gint64 gap = post->due_at - last;

      if (i > 0)
        {
          g_assert_cmpint (gap, >=, every_days * DAY - 2 * HOUR);
          g_assert_cmpint (gap, <=, every_days * DAY + 2 * HOUR);
        }
      last = post->due_at;
    }
  /* Not woken for nothing: some two weeks lie between two looks. */
  g_assert_cmpuint (looks, <, 730 / 13 + 5);
  g_object_unref (library);
}

static void
test_years_berlin (void)
{
  check_two_years ("2026-12-01 FREQ=DAILY", "Europe/Berlin", 1);
}

/* Clocks move by half an hour there. */
static void
test_years_lord_howe (void)
{
  check_two_years ("2026-12-01 FREQ=DAILY", "Australia/Lord_Howe", 1);
}

static void
test_years_weeks (void)
{
  check_two_years ("2026-12-01 FREQ=WEEKLY;INTERVAL=3", "America/Santiago", 21);
}

/* --- Every zone --- */

static GPtrArray *
list_zones (void)
{
  GPtrArray *zones = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *table = NULL;
  g_auto (GStrv) lines = NULL;

  if (g_file_get_contents ("/usr/share/zoneinfo/zone1970.tab", &table, NULL, NULL)
      || g_file_get_contents ("/usr/share/zoneinfo/zone.tab", &table, NULL, NULL))
    lines = g_strsplit (table, "\n", -1);
  for (guint i = 0; lines != NULL && lines[i] != NULL; i++)
    {
      g_auto (GStrv) parts = g_strsplit (lines[i], "\t", 4);

      if (*lines[i] != '#' && g_strv_length (parts) >= 3)
        g_ptr_array_add (zones, g_strdup (parts[2]));
    }
  return zones;
}

/* The three days around a change of clocks, at each quarter of the hours that it touches. */
static void
check_around (const char *zone, gint64 change)
{
  g_autoptr (GTimeZone) tz = smm_zone_new (zone);
  g_autoptr (GDateTime) instant = g_date_time_new_from_unix_utc (change);
  g_autoptr (GDateTime) there = g_date_time_to_timezone (instant, tz);

  for (int quarter = 0; quarter < 96; quarter++)
    {
      gint64 last = 0;

      for (int offset = -2; offset <= 2; offset++)
        {
          g_autoptr (GDateTime) day = g_date_time_add_days (there, offset);
          g_autofree char *date = g_date_time_format (day, "%Y-%m-%d");
          g_autofree char *wall
              = g_strdup_printf ("%sT%02d:%02d:00", date, quarter / 4, quarter % 4 * 15);
          g_autofree char *shown = NULL;
          const char *note;
          gint64 due;

          g_assert_true (smm_wall_time_resolve (wall, zone, &due, &note, NULL));
          shown = smm_wall_time_format (due, zone);
          if (g_strcmp0 (note, "gap") != 0)
            g_assert_cmpstr (shown, ==, wall);
          /* Greenland skips the last hour of a day: there it is the first minute of the next. */
          else if (!g_str_has_prefix (shown, date))
            g_assert_true (g_str_has_suffix (shown, "T00:00:00"));
          g_assert_cmpint (due, >, last);
          if (last > 0)
            g_assert_cmpint (due - last, <=, DAY + 3 * HOUR);
          last = due;
        }
    }
}

static void
test_all_zones (void)
{
  g_autoptr (GPtrArray) zones = list_zones ();
  g_autoptr (GDateTime) first = g_date_time_new_utc (2025, 1, 1, 0, 0, 0);
  g_autoptr (GDateTime) last = g_date_time_new_utc (2036, 1, 1, 0, 0, 0);
  guint n_changes = 0;

  if (zones->len == 0)
    {
      g_test_skip ("This computer has no table of zones");
      return;
    }
  for (guint i = 0; i < zones->len; i++)
    {
      g_autoptr (GTimeZone) tz = smm_zone_new (zones->pdata[i]);
      gint64 at = g_date_time_to_unix (first), end = g_date_time_to_unix (last);
      int before, step = 7 * 24 * 3600;

      g_assert_nonnull (tz);
      before
          = g_time_zone_get_offset (tz, g_time_zone_find_interval (tz, G_TIME_TYPE_UNIVERSAL, at));
      for (; at < end; at += step)
        {
          int offset = g_time_zone_get_offset (
              tz, g_time_zone_find_interval (tz, G_TIME_TYPE_UNIVERSAL, at));
          gint64 low = at - step, high = at;

          if (offset == before)
            continue;
          while (high - low > 1)
            {
              gint64 middle = low + (high - low) / 2;
              int there = g_time_zone_get_offset (
                  tz, g_time_zone_find_interval (tz, G_TIME_TYPE_UNIVERSAL, middle));

              if (there == offset)
                high = middle;
              else
                low = middle;
            }
          check_around (zones->pdata[i], high);
          before = offset;
          n_changes++;
        }
    }
  g_test_message ("%u zones, %u changes of clocks", zones->len, n_changes);
  g_assert_cmpuint (n_changes, >, 1000);
}

/* --- Changing --- */

static char *
get_post_id (SmmLibraryLocal *library, guint n)
{
  g_autoptr (GPtrArray) days = smm_store_list_occurrences (test_store (library), "s", NULL);

  return g_strdup (((SmmOccurrence *)days->pdata[n])->post_id);
}

/* All: what was changed on its own, and what is public, stays as it is. */
static void
test_edit_all (void)
{
  g_autoptr (SmmLibraryLocal) library = test_library_new ();
  g_autofree char *first = NULL, *third = NULL, *args = NULL, *before = NULL, *after = NULL;
  g_autofree char *target = NULL;
  g_autoptr (SmmPost) post = NULL;

  add (library, "s", "2026-12-01 FREQ=DAILY", "09:00", "Europe/Berlin");
  first = get_post_id (library, 0);
  third = get_post_id (library, 2);
  post = smm_store_get_post (test_store (library), first);
  target = g_strdup (((SmmTarget *)post->targets->pdata[0])->id);
  test_set_state (library, target, SMM_TARGET_SCHEDULED, SMM_TARGET_PUBLISHED, NULL);
  args = g_strdup_printf ("{'id': <'%s'>, 'text': <'Mine'>}", third);
  apply (library, "post.edit", args);
  before = show (library, "s", 99);
  apply (library, "series.edit", "{'id': <'s'>, 'time': <'11:30'>, 'texts': <['New']>}");
  assert_days (library, "s", 4,
               "12-01T09:00 One, 12-02T11:30 New, 12-03T09:00 Mine, 12-04T11:30 New");
  apply (library, "undo", "{}");
  after = show (library, "s", 99);
  g_assert_cmpstr (before, ==, after);
  apply (library, "redo", "{}");
  assert_days (library, "s", 4,
               "12-01T09:00 One, 12-02T11:30 New, 12-03T09:00 Mine, 12-04T11:30 New");
}

static void
test_edit_following (void)
{
  g_autoptr (SmmLibraryLocal) library = test_library_new ();
  g_autofree char *before = NULL, *after = NULL;

  add (library, "s", "2026-12-01 FREQ=DAILY;COUNT=6", "09:00", "Europe/Berlin");
  before = show (library, "s", 99);
  apply (library, "series.edit",
         "{'id': <'s'>, 'from-day': <'2026-12-04'>, 'new-id': <'t'>, 'time': <'18:00'>}");
  assert_days (library, "s", 99, "12-01T09:00 One, 12-02T09:00 Two, 12-03T09:00 Three");
  assert_days (library, "t", 99, "12-04T18:00 One, 12-05T18:00 Two, 12-06T18:00 Three");
  apply (library, "undo", "{}");
  after = show (library, "s", 99);
  g_assert_cmpstr (before, ==, after);
  assert_days (library, "t", 99, "");
  apply (library, "redo", "{}");
  assert_days (library, "t", 99, "12-04T18:00 One, 12-05T18:00 Two, 12-06T18:00 Three");
}

static void
test_stop (void)
{
  g_autoptr (SmmLibraryLocal) library = test_library_new ();
  g_autofree char *before = NULL, *after = NULL, *second = NULL, *args = NULL;

  add (library, "s", "2026-12-01 FREQ=DAILY", "09:00", "Europe/Berlin");
  second = get_post_id (library, 1);
  args = g_strdup_printf ("{'id': <'%s'>}", second);
  apply (library, "post.delete", args);
  before = show (library, "s", 99);
  /* A day that was deleted does not come back by itself. */
  test_now += 20 * DAY;
  g_assert_true (smm_library_local_top_up (library, NULL));
  assert_days (library, "s", 2, "12-01T09:00 One, 12-03T09:00 Three");
  test_now -= 20 * DAY;
  apply (library, "series.stop", "{'id': <'s'>}");
  assert_days (library, "s", 99, "");
  g_assert_cmpint (smm_store_get_next_top_up (test_store (library)), ==, 0);
  apply (library, "undo", "{}");
  after = show (library, "s", 99);
  g_assert_true (g_str_has_prefix (after, before));
}

/* What Facebook has already is called back, or it would go out all the same. */
static void
test_stop_handed_over (void)
{
  g_autoptr (SmmLibraryLocal) library = test_library_new ();
  g_autofree char *first = NULL;
  g_autoptr (SmmPost) post = NULL;
  SmmTransition handed = { .state = SMM_TARGET_SCHEDULED,
                           .attempt = 1,
                           .reason_code = "handed-over",
                           .remote_id = "100_200" };
  SmmTarget *target;

  add (library, "s", "2026-12-05 FREQ=DAILY", "09:00", "Europe/Berlin");
  first = get_post_id (library, 0);
  post = smm_store_get_post (test_store (library), first);
  target = post->targets->pdata[0];
  g_assert_true (smm_store_transition (test_store (library), target->id, SMM_TARGET_SCHEDULED, 0,
                                       &handed, NULL));
  apply (library, "series.stop", "{'id': <'s'>}");
  g_clear_object (&post);
  post = smm_store_get_post (test_store (library), first);
  g_assert_nonnull (post);
  target = post->targets->pdata[0];
  g_assert_cmpstr (target->reason_code, ==, "recall-cancel");
  g_assert_cmpint (((SmmTarget *)post->targets->pdata[1])->state, ==, SMM_TARGET_CANCELLED);
  assert_days (library, "s", 99, "12-05T09:00 One");
}

static void
assert_refused (SmmLibraryLocal *library, const char *name)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (test_apply (library, name, "{'id': <'s'>}", &error));
  g_assert_error (error, SMM_LIBRARY_ERROR, SMM_LIBRARY_ERROR_EMPTY);
}

/* What is planned goes and comes back, without the days that pass; what a person did stays. */
static void
test_pause (void)
{
  g_autoptr (SmmLibraryLocal) library = test_library_new ();
  g_autofree char *before = NULL, *after = NULL, *second = NULL, *third = NULL;
  g_autofree char *delete = NULL, *edit = NULL;

  add (library, "s", "2026-12-01 FREQ=DAILY", "09:00", "Europe/Berlin");
  assert_refused (library, "series.resume");
  second = get_post_id (library, 1);
  delete = g_strdup_printf ("{'id': <'%s'>}", second);
  apply (library, "post.delete", delete);
  third = get_post_id (library, 2);
  edit = g_strdup_printf ("{'id': <'%s'>, 'text': <'Mine'>}", third);
  apply (library, "post.edit", edit);
  before = show (library, "s", 99);
  apply (library, "series.pause", "{'id': <'s'>}");
  assert_days (library, "s", 99, "12-03T09:00 Mine");
  g_assert_cmpint (smm_store_get_next_top_up (test_store (library)), ==, 0);
  assert_refused (library, "series.pause");
  apply (library, "undo", "{}");
  after = show (library, "s", 99);
  g_assert_cmpstr (after, ==, before);
  apply (library, "redo", "{}");

  library = test_library_reopen (g_steal_pointer (&library));
  test_now += 3 * DAY;
  g_assert_true (smm_library_local_top_up (library, NULL));
  assert_days (library, "s", 99, "12-03T09:00 Mine");
  apply (library, "series.resume", "{'id': <'s'>}");
  assert_days (library, "s", 3, "12-03T09:00 Mine, 12-04T09:00 One, 12-05T09:00 Two");
  g_assert_cmpint (smm_store_get_next_top_up (test_store (library)), >, test_now);
  apply (library, "undo", "{}");
  assert_days (library, "s", 99, "12-03T09:00 Mine");
  apply (library, "series.stop", "{'id': <'s'>}");
  assert_refused (library, "series.resume");
  assert_refused (library, "series.stop");
}

/* A day comes back when the platform has given its post back, and never while it may yet go out. */
static void
test_pause_handed_over (void)
{
  g_autoptr (SmmLibraryLocal) library = test_library_new ();
  SmmTransition handed = { .state = SMM_TARGET_SCHEDULED,
                           .attempt = 1,
                           .reason_code = "handed-over",
                           .remote_id = "100_200" };
  SmmTransition given_back = { .state = SMM_TARGET_CANCELLED, .attempt = 2 };

  add (library, "s", "2026-12-05 FREQ=DAILY", "09:00", "Europe/Berlin");
  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *id = get_post_id (library, i);
      g_autoptr (SmmPost) post = smm_store_get_post (test_store (library), id);
      SmmTarget *target = post->targets->pdata[0];

      g_assert_true (smm_store_transition (test_store (library), target->id, SMM_TARGET_SCHEDULED,
                                           0, &handed, NULL));
    }
  apply (library, "series.pause", "{'id': <'s'>}");
  assert_days (library, "s", 99, "12-05T09:00 One, 12-06T09:00 Two");
  {
    g_autofree char *id = get_post_id (library, 0);
    g_autoptr (SmmPost) post = smm_store_get_post (test_store (library), id);
    SmmTarget *target = post->targets->pdata[0];

    g_assert_cmpstr (target->reason_code, ==, "recall-cancel");
    g_assert_true (smm_store_transition (test_store (library), target->id, SMM_TARGET_SCHEDULED, 1,
                                         &given_back, NULL));
  }
  apply (library, "series.resume", "{'id': <'s'>}");
  assert_days (library, "s", 3, "12-05T09:00 One, 12-06T09:00 Two, 12-07T09:00 Three");
  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *id = get_post_id (library, i);
      g_autoptr (SmmPost) post = smm_store_get_post (test_store (library), id);
      SmmTarget *target = post->targets->pdata[0];

      g_assert_cmpint (target->state, ==, SMM_TARGET_SCHEDULED);
      g_assert_cmpstr (target->reason_code, ==, i == 1 ? "recall-cancel" : NULL);
    }
}

/* An account that went: the post is a draft that can be seen, or goes to the others. */
static void
test_accounts_gone (void)
{
  g_autoptr (SmmLibraryLocal) library = test_library_new ();
  g_autoptr (SmmPost) post = NULL;
  g_autofree char *first = NULL;

  apply (library, "account.set-state", "{'id': <'" TEST_FACEBOOK "'>, 'state': <3>}");
  add (library, "s", "2026-12-01 FREQ=DAILY", "09:00", "Europe/Berlin");
  first = get_post_id (library, 0);
  post = smm_store_get_post (test_store (library), first);
  g_assert_cmpuint (post->targets->len, ==, 1);
  apply (library, "account.set-state", "{'id': <'" TEST_INSTAGRAM "'>, 'state': <3>}");
  apply (library, "series.edit", "{'id': <'s'>, 'time': <'10:00'>}");
  g_clear_pointer (&first, g_free);
  g_clear_object (&post);
  first = get_post_id (library, 0);
  post = smm_store_get_post (test_store (library), first);
  g_assert_cmpuint (post->targets->len, ==, 0);
  g_assert_cmpint (smm_post_get_worst_state (post), ==, SMM_TARGET_DRAFT);
  g_assert_cmpstr (post->wall_time, ==, "2026-12-01T10:00:00");
}

/* The database itself refuses a second post for a day. */
static void
test_unique (void)
{
  g_autoptr (SmmLibraryLocal) library = test_library_new ();
  g_autoptr (SmmOccurrence) twice = smm_occurrence_new ();
  SmmStore *store = test_store (library);

  add (library, "s", "2026-12-01 FREQ=DAILY", "09:00", "Europe/Berlin");
  twice->series_id = g_strdup ("s");
  twice->day = g_strdup ("2026-12-01");
  twice->post_id = g_strdup ("other");
  twice->digest = g_strdup ("");
  g_assert_true (smm_store_begin (store, NULL));
  g_assert_false (smm_store_add_occurrence (store, twice, NULL));
  smm_store_rollback (store);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/series/made", test_made);
  g_test_add_func ("/series/ends", test_ends);
  g_test_add_func ("/series/years-berlin", test_years_berlin);
  g_test_add_func ("/series/years-lord-howe", test_years_lord_howe);
  g_test_add_func ("/series/years-weeks", test_years_weeks);
  g_test_add_func ("/series/all-zones", test_all_zones);
  g_test_add_func ("/series/edit-all", test_edit_all);
  g_test_add_func ("/series/edit-following", test_edit_following);
  g_test_add_func ("/series/stop", test_stop);
  g_test_add_func ("/series/pause", test_pause);
  g_test_add_func ("/series/pause-handed-over", test_pause_handed_over);
  g_test_add_func ("/series/stop-handed-over", test_stop_handed_over);
  g_test_add_func ("/series/accounts-gone", test_accounts_gone);
  g_test_add_func ("/series/unique", test_unique);
  return g_test_run ();
}

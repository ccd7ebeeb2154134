/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Slots: what they mean as instants, which are taken, and the queue. The library's time is Monday
 * 2026-11-30 10:00 in Berlin. */

#include "config.h"

#include "smm-test-library.h"

#include "smm-slots.h"

#include <string.h>

#define HOUR (G_GINT64_CONSTANT (3600) * G_USEC_PER_SEC)

static void
apply (SmmLibraryLocal *library, const char *name, const char *args)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) result = test_apply (library, name, args, &error);

  g_assert_no_error (error);
}

/* "2026-12-01T10:00:00! …": the times in order, ! where one is taken. */
static char *
show (SmmLibraryLocal *library, const char *account_id, const char *from, const char *to)
{
  const char *const accounts[] = { account_id, NULL };
  g_autoptr (GPtrArray) times = NULL;
  GString *text = g_string_new (NULL);
  gint64 first, last;

  g_assert_true (smm_wall_time_resolve (from, "Europe/Berlin", &first, NULL, NULL));
  g_assert_true (smm_wall_time_resolve (to, "Europe/Berlin", &last, NULL, NULL));
  times = smm_slots_list_between (test_store (library), TEST_BRAND,
                                  account_id != NULL ? accounts : NULL, first, last);
  for (guint i = 0; i < times->len; i++)
    {
      SmmSlotTime *time = times->pdata[i];

      g_string_append_printf (text, "%s%s ", time->wall, time->taken ? "!" : "");
    }
  return g_string_free (text, FALSE);
}

static void
assert_slots (SmmLibraryLocal *library, const char *account_id, const char *from, const char *to,
              const char *expected)
{
  g_autofree char *found = show (library, account_id, from, to);

  g_assert_cmpstr (found, ==, expected);
}

/* Tuesday at 10 is when the library's posts are due, on Facebook and one on Instagram. */
static void
test_taken (void)
{
  g_autoptr (SmmLibraryLocal) library = test_library_new ();

  apply (library, "slots.set",
         "{'brand': <'" TEST_BRAND "'>, 'slots': <[(2, '10:00'), (4, '18:30')]>}");
  assert_slots (library, NULL, "2026-11-30T00:00", "2026-12-07T00:00",
                "2026-12-01T10:00:00! 2026-12-03T18:30:00 ");
  assert_slots (library, TEST_FACEBOOK, "2026-12-01T10:00", "2026-12-08T10:00",
                "2026-12-01T10:00:00! 2026-12-03T18:30:00 ");
  /* Only cancelled, the slot is free again. */
  for (int state = 0; state < SMM_N_TARGET_STATES; state++)
    if (state != SMM_TARGET_CANCELLED)
      {
        g_autoptr (SmmPost) post
            = smm_store_get_post (test_store (library), smm_target_state_to_string (state));

        g_assert_true (smm_store_begin (test_store (library), NULL));
        g_assert_true (smm_store_set_post_deleted (test_store (library), post->id, 1, NULL));
        g_assert_true (smm_store_commit (test_store (library), NULL));
      }
  assert_slots (library, TEST_INSTAGRAM, "2026-12-01T00:00", "2026-12-02T00:00",
                "2026-12-01T10:00:00! ");
  g_assert_true (smm_store_begin (test_store (library), NULL));
  g_assert_true (smm_store_set_post_deleted (test_store (library), "two", 1, NULL));
  g_assert_true (smm_store_commit (test_store (library), NULL));
  assert_slots (library, TEST_INSTAGRAM, "2026-12-01T00:00", "2026-12-02T00:00",
                "2026-12-01T10:00:00 ");
  assert_slots (library, TEST_FACEBOOK, "2026-12-01T00:00", "2026-12-02T00:00",
                "2026-12-01T10:00:00 ");
}

static void
test_own_slots (void)
{
  g_autoptr (SmmLibraryLocal) library = test_library_new ();
  g_autofree char *all = NULL;

  apply (library, "slots.set", "{'brand': <'" TEST_BRAND "'>, 'slots': <[(3, '09:00')]>}");
  apply (library, "slot.add",
         "{'brand': <'" TEST_BRAND "'>, 'account': <'" TEST_INSTAGRAM "'>, 'weekday': <5>, "
         "'time': <'12:15'>}");
  assert_slots (library, TEST_FACEBOOK, "2026-11-30T00:00", "2026-12-07T00:00",
                "2026-12-02T09:00:00 ");
  assert_slots (library, TEST_INSTAGRAM, "2026-11-30T00:00", "2026-12-07T00:00",
                "2026-12-04T12:15:00 ");
  assert_slots (library, NULL, "2026-11-30T00:00", "2026-12-07T00:00",
                "2026-12-02T09:00:00 2026-12-04T12:15:00 ");
}

/* Clocks skip 02:00 to 03:00 on 2027-03-28 and go back on 2026-10-25 / 2027-10-31. */
static void
test_clocks (void)
{
  g_autoptr (SmmLibraryLocal) library = test_library_new ();
  g_autoptr (GPtrArray) times = NULL;
  gint64 from;

  apply (library, "slots.set",
         "{'brand': <'" TEST_BRAND "'>, 'slots': <[(7, '02:15'), (7, '02:45'), (7, '09:00')]>}");
  g_assert_true (smm_wall_time_resolve ("2027-03-28T00:00", "Europe/Berlin", &from, NULL, NULL));
  times = smm_slots_list_between (test_store (library), TEST_BRAND, NULL, from, from + 24 * HOUR);
  /* Both are at three then, the next valid minute: one slot. Nine stays nine. */
  g_assert_cmpuint (times->len, ==, 2);
  g_assert_cmpint (((SmmSlotTime *)times->pdata[0])->at, ==, from + 2 * HOUR);
  g_assert_cmpint (((SmmSlotTime *)times->pdata[1])->at, ==, from + 8 * HOUR);
  g_clear_pointer (&times, g_ptr_array_unref);
  g_assert_true (smm_wall_time_resolve ("2027-10-31T00:00", "Europe/Berlin", &from, NULL, NULL));
  times = smm_slots_list_between (test_store (library), TEST_BRAND, NULL, from, from + 26 * HOUR);
  g_assert_cmpuint (times->len, ==, 3);
  g_assert_cmpint (((SmmSlotTime *)times->pdata[0])->at, ==, from + 2 * HOUR + HOUR / 4);
  g_assert_cmpint (((SmmSlotTime *)times->pdata[2])->at, ==, from + 10 * HOUR);
}

static void
assert_due (SmmLibraryLocal *library, const char *id, const char *wall)
{
  g_autoptr (SmmPost) post = smm_store_get_post (test_store (library), id);
  gint64 due;

  g_assert_nonnull (post);
  g_assert_cmpstr (post->wall_time, ==, wall);
  g_assert_cmpstr (post->zone, ==, "Europe/Berlin");
  g_assert_true (smm_wall_time_resolve (wall, "Europe/Berlin", &due, NULL, NULL));
  g_assert_cmpint (post->due_at, ==, due);
  g_assert_cmpint (smm_post_get_worst_state (post), ==, SMM_TARGET_SCHEDULED);
}

/* Posts go into the queue one after another, each into a slot of its own; undo frees it. */
static void
test_queue (void)
{
  g_autoptr (SmmLibraryLocal) library = test_library_new ();
  g_autoptr (GError) error = NULL;

  g_assert_null (test_apply (library, "post.queue", "{'id': <'draft'>}", &error));
  g_assert_error (error, SMM_LIBRARY_ERROR, SMM_LIBRARY_ERROR_EMPTY);
  apply (library, "slots.set",
         "{'brand': <'" TEST_BRAND "'>, 'slots': <[(1, '10:00'), (2, '10:00'), (4, '18:30')]>}");
  /* Monday's is now and Tuesday's is taken. */
  apply (library, "post.queue", "{'id': <'draft'>}");
  assert_due (library, "draft", "2026-12-03T18:30:00");
  apply (library, "post.add",
         "{'id': <'new'>, 'brand': <'" TEST_BRAND "'>, 'text': <'x'>, 'queue': <true>, "
         "'targets': <[('n1', '" TEST_FACEBOOK "')]>}");
  assert_due (library, "new", "2026-12-07T10:00:00");
  apply (library, "undo", "{}");
  apply (library, "post.add",
         "{'id': <'other'>, 'brand': <'" TEST_BRAND "'>, 'text': <'x'>, 'queue': <true>, "
         "'targets': <[('n2', '" TEST_FACEBOOK "')]>}");
  assert_due (library, "other", "2026-12-07T10:00:00");
}

/* A year that is full says so. */
static void
test_full (void)
{
  g_autoptr (SmmLibraryLocal) library = test_library_new ();
  g_autoptr (GError) error = NULL;

  apply (library, "slots.set", "{'brand': <'" TEST_BRAND "'>, 'slots': <[(4, '18:30')]>}");
  for (int i = 0; i < 55; i++)
    {
      g_autofree char *args = g_strdup_printf ("{'id': <'q%d'>, 'brand': <'" TEST_BRAND
                                               "'>, 'text': <'x'>, 'queue': <true>, "
                                               "'targets': <[('t%d', '" TEST_FACEBOOK "')]>}",
                                               i, i);

      apply (library, "post.add", args);
    }
  g_assert_null (test_apply (library, "post.queue", "{'id': <'draft'>}", &error));
  g_assert_error (error, SMM_LIBRARY_ERROR, SMM_LIBRARY_ERROR_EMPTY);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/slots/taken", test_taken);
  g_test_add_func ("/slots/own", test_own_slots);
  g_test_add_func ("/slots/clocks", test_clocks);
  g_test_add_func ("/slots/queue", test_queue);
  g_test_add_func ("/slots/full", test_full);
  return g_test_run ();
}

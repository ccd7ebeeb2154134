/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How many are in work at once, and what is written together. */

#include "config.h"

#include "smm-test-engine.h"

#define N_POSTS 3

static void
add_posts (TestEngine *engine)
{
  g_autofree char *wall = smm_wall_time_format (START, "UTC");

  for (guint i = 0; i < N_POSTS; i++)
    {
      g_autofree char *args = g_strdup_printf (
          "{'id': <'p%u'>, 'brand': <'b'>, 'text': <'A text'>, 'targets': <[('t%u', 'a')]>, "
          "'wall': <'%s'>, 'zone': <'UTC'>}",
          i, i, wall);

      test_engine_apply (engine, "post.add", args);
    }
}

/* One place: each waits for the one before, and no longer than for its answer. Of a post there are
 * four commits: the claim, what was prepared, the intent, the outcome; the outcome of one and the
 * claim of the next are one. */
static void
test_place_is_free (void)
{
  static const char *const lines[] = {
    "prepare DONE prepared=1",
    "commit DONE remote_id=1 permalink=x",
    "prepare DONE prepared=2",
    "commit DONE remote_id=2 permalink=y",
    "prepare DONE prepared=3",
    "commit DONE remote_id=3 permalink=z",
    NULL,
  };
  g_autoptr (TestEngine) engine = test_engine_new ();
  SmmStore *store = test_engine_get_store (engine);
  guint64 commits;

  smm_engine_set_max_in_flight (test_engine_get_engine (engine), 1);
  test_engine_script (engine, lines);
  add_posts (engine);
  commits = smm_store_get_n_commits (store);
  test_engine_run (engine, START + SECOND);
  test_engine_assert_script_done (engine);
  g_assert_cmpuint (smm_store_get_n_commits (store) - commits, ==, 4 * N_POSTS - (N_POSTS - 1));
  for (guint i = 0; i < N_POSTS; i++)
    {
      g_autofree char *id = g_strdup_printf ("t%u", i);
      g_autoptr (SmmTarget) target = smm_store_get_target (store, id);

      g_assert_cmpint (target->state, ==, SMM_TARGET_PUBLISHED);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/engine/places/free-once-answered", test_place_is_free);
  return g_test_run ();
}

/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Removing what is public: the engine against a scripted platform. */

#include "config.h"

#include "smm-test-engine.h"

static TestEngine *
publish_one (void)
{
  static const char *const lines[]
      = { "prepare DONE prepared=1", "commit DONE remote_id=1 permalink=https://example.com/1",
          NULL };
  TestEngine *engine = test_engine_new ();

  test_engine_script (engine, lines);
  test_engine_add_post (engine, START, "");
  test_engine_run (engine, START + SECOND);
  test_engine_assert_state (engine, "published");
  return engine;
}

static void
test_remove (void)
{
  static const char *const lines[] = { "remove LOST", "remove DONE", NULL };
  g_autoptr (TestEngine) engine = publish_one ();
  g_autoptr (SmmTarget) target = NULL;

  test_engine_script (engine, lines);
  test_engine_apply (engine, "post.remove", "{'id': <'p'>}");
  test_engine_run (engine, START + HOUR);
  test_engine_assert_script_done (engine);
  test_engine_assert_state (engine, "cancelled removed");
  target = test_engine_get_target (engine);
  g_assert_null (target->remote_id);
  g_assert_false (test_engine_try (engine, "post.remove", "{'id': <'p'>}"));
}

/* However often no answer comes: whether it is gone is known only when one does. */
static void
test_remove_lost (void)
{
  static const char *const lines[] = { "remove LOST",
                                       "remove UNREACHED",
                                       "remove UNREACHED",
                                       "remove UNREACHED",
                                       "remove UNREACHED",
                                       "remove UNREACHED",
                                       "remove UNREACHED",
                                       "remove UNREACHED",
                                       "remove UNREACHED",
                                       "remove DONE",
                                       NULL };
  g_autoptr (TestEngine) engine = publish_one ();

  test_engine_script (engine, lines);
  test_engine_apply (engine, "post.remove", "{'id': <'p'>}");
  test_engine_run (engine, START + HOUR);
  test_engine_assert_state (engine, "published removing");
  test_engine_run (engine, START + 4 * HOUR);
  test_engine_assert_script_done (engine);
  test_engine_assert_state (engine, "cancelled removed");
}

/* Nothing left this computer, so nothing is gone. */
static void
test_remove_unreached (void)
{
  static const char *const lines[] = { "remove UNREACHED", "remove UNREACHED", "remove UNREACHED",
                                       "remove UNREACHED", "remove UNREACHED", "remove UNREACHED",
                                       "remove UNREACHED", "remove UNREACHED", NULL };
  g_autoptr (TestEngine) engine = publish_one ();

  test_engine_script (engine, lines);
  test_engine_apply (engine, "post.remove", "{'id': <'p'>}");
  test_engine_run (engine, START + 4 * HOUR);
  test_engine_assert_script_done (engine);
  test_engine_assert_state (engine, "published remove-failed");
}

static void
test_remove_refused (void)
{
  static const char *const lines[] = { "remove REFUSED", NULL };
  g_autoptr (TestEngine) engine = publish_one ();

  test_engine_script (engine, lines);
  test_engine_apply (engine, "post.remove", "{'id': <'p'>}");
  test_engine_run (engine, START + HOUR);
  test_engine_assert_state (engine, "published remove-failed");
}

/* The request whose answer was lost can arrive after the one that was refused: that one's answer
 * does not count yet. */
static void
test_remove_overtaken (void)
{
  static const char *const lines[] = { "remove LOST", "remove REFUSED", "remove DONE", NULL };
  g_autoptr (TestEngine) engine = publish_one ();

  test_engine_script (engine, lines);
  test_engine_apply (engine, "post.remove", "{'id': <'p'>}");
  test_engine_run (engine, START + HOUR);
  test_engine_assert_script_done (engine);
  test_engine_assert_state (engine, "cancelled removed");
}

/* Neither does it when the one that may still arrive was sent by a publisher that died. */
static void
test_remove_killed (void)
{
  static const char *const first[] = { "remove KILLED", NULL };
  static const char *const rest[] = { "remove REFUSED", "remove DONE", NULL };
  g_autoptr (TestEngine) engine = publish_one ();

  test_engine_script (engine, first);
  test_engine_apply (engine, "post.remove", "{'id': <'p'>}");
  test_engine_run (engine, START + 2 * SECOND);
  test_engine_script (engine, rest);
  test_engine_restart (engine);
  test_engine_run (engine, START + HOUR);
  test_engine_assert_script_done (engine);
  test_engine_assert_state (engine, "cancelled removed");
}

/* Asked again with nothing under way, a refusal is one. */
static void
test_remove_refused_twice (void)
{
  static const char *const lines[] = { "remove LOST", "remove REFUSED", "remove REFUSED", NULL };
  g_autoptr (TestEngine) engine = publish_one ();

  test_engine_script (engine, lines);
  test_engine_apply (engine, "post.remove", "{'id': <'p'>}");
  test_engine_run (engine, START + HOUR);
  test_engine_assert_script_done (engine);
  test_engine_assert_state (engine, "published remove-failed");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/engine/remove", test_remove);
  g_test_add_func ("/engine/remove-lost", test_remove_lost);
  g_test_add_func ("/engine/remove-unreached", test_remove_unreached);
  g_test_add_func ("/engine/remove-refused", test_remove_refused);
  g_test_add_func ("/engine/remove-overtaken", test_remove_overtaken);
  g_test_add_func ("/engine/remove-killed", test_remove_killed);
  g_test_add_func ("/engine/remove-refused-twice", test_remove_refused_twice);
  return g_test_run ();
}

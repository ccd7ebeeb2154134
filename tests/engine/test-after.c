/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Verdicts, first comments, removal, handing over, limits: the engine against a scripted platform.
 */

#include "config.h"

#include "smm-test-engine.h"

#define COMMENT "'first-comment': <'First!'>"
#define HAND_OVER "'options': <{'hand-over': 'true'}>"
#define PUBLIC "DONE remote_id=1 permalink=https://example.com/1"

typedef struct
{
  const char *name;
  const char *more; /* of the post */
  gint64 due_in;    /* from START */
  gint64 run;       /* for so long after the due time */
  const char *script[12];
  const char *log;
  const char *state;
} Case;

static const Case cases[] = {
  { "verdict",
    "",
    0,
    HOUR,
    { "prepare DONE prepared=1", "commit DONE accepted=1", "verdict WAIT 3", "verdict " PUBLIC },
    "prepare commit verdict verdict",
    "published" },
  { "verdict-refused",
    "",
    0,
    HOUR,
    { "prepare DONE prepared=1", "commit DONE accepted=1", "verdict REFUSED" },
    "prepare commit verdict",
    "failed no-answer" },
  { "verdict-restart",
    "",
    0,
    HOUR,
    { "prepare DONE prepared=1", "commit DONE accepted=1", "verdict RESTART",
      "prepare DONE prepared=1", "commit DONE accepted=1", "verdict " PUBLIC },
    "prepare commit verdict prepare commit verdict",
    "published" },
  { "verdict-signed-out",
    "",
    0,
    MINUTE,
    { "prepare DONE prepared=1", "commit DONE accepted=1", "verdict SIGNED_OUT" },
    "prepare commit verdict",
    "unconfirmed signed-out" },
  { "verdict-limited",
    "",
    0,
    HOUR,
    { "prepare DONE prepared=1", "commit DONE accepted=1", "verdict LIMITED 60",
      "verdict " PUBLIC },
    "prepare commit verdict verdict",
    "published" },
  { "verdict-unreached",
    "",
    0,
    HOUR,
    { "prepare DONE prepared=1", "commit DONE accepted=1", "verdict UNREACHED", "verdict LOST",
      "verdict " PUBLIC },
    "prepare commit verdict verdict verdict",
    "published" },
  { "commit-lost-then-accepted",
    "",
    0,
    HOUR,
    { "prepare DONE prepared=1", "commit LOST", "look ACCEPTED", "verdict " PUBLIC },
    "prepare commit look verdict",
    "published" },
  /* Its preparation is used up: an earlier commit that nobody could find may have done that. */
  { "gone-after-doubt",
    "",
    0,
    HOUR,
    { "prepare DONE prepared=1", "commit LOST", "look NOT_PUBLISHED", "look NOT_PUBLISHED",
      "commit RESTART", "look PUBLISHED remote_id=1 permalink=https://example.com/1" },
    "prepare commit look look commit look",
    "published" },
  { "commit-lost-then-accepted-word",
    "",
    0,
    HOUR,
    { "prepare DONE prepared=1", "commit LOST", "look ACCEPTED accepted=upload-7",
      "verdict " PUBLIC },
    "prepare commit look verdict:upload-7",
    "published" },
  { "commit-lost-then-refused",
    "",
    0,
    HOUR,
    { "prepare DONE prepared=1", "commit LOST", "look REFUSED", "look REFUSED" },
    "prepare commit look look",
    "failed refused-there" },
  /* What is on its way may arrive after the platform said that it had failed. */
  { "refused-before-it-arrived",
    "",
    0,
    HOUR,
    { "prepare DONE prepared=1", "commit LOST", "look REFUSED",
      "look PUBLISHED remote_id=1 permalink=https://example.com/1" },
    "prepare commit look look",
    "published" },
  /* A post with that text may be another's, and ours on its way: that is seen the second time. */
  { "found-by-its-text",
    "",
    0,
    HOUR,
    { "prepare DONE prepared=1", "commit LOST", "look PUBLISHED weak=1 remote_id=1",
      "look PUBLISHED weak=1 remote_id=2 permalink=https://example.com/2" },
    "prepare commit look look",
    "published" },
  { "found-by-its-text-beside-another",
    "",
    0,
    10 * MINUTE,
    { "prepare DONE prepared=1", "commit LOST", "look PUBLISHED weak=1 remote_id=1",
      "look UNKNOWN 3600" },
    "prepare commit look look",
    "unconfirmed looking" },
  { "commit-lost-then-absent",
    "",
    0,
    HOUR,
    { "prepare DONE prepared=1", "commit LOST", "look NOT_PUBLISHED", "look NOT_PUBLISHED",
      "commit DONE accepted=1", "verdict " PUBLIC },
    "prepare commit look look commit verdict",
    "published" },
  { "retry-keeps-facts",
    "",
    0,
    HOUR,
    { "prepare RETRY secret.address=x", "prepare DONE prepared=1", "commit " PUBLIC },
    "prepare prepare!x commit!x",
    "published" },

  { "comment",
    COMMENT,
    0,
    HOUR,
    { "prepare DONE prepared=1", "commit " PUBLIC, "comment DONE comment_id=2" },
    "prepare commit comment",
    "published" },
  { "comment-found",
    COMMENT,
    0,
    HOUR,
    { "prepare DONE prepared=1", "commit " PUBLIC, "comment LOST", "find PUBLISHED" },
    "prepare commit comment find",
    "published" },
  { "comment-absent",
    COMMENT,
    0,
    HOUR,
    { "prepare DONE prepared=1", "commit " PUBLIC, "comment LOST", "find NOT_PUBLISHED",
      "find NOT_PUBLISHED", "comment DONE" },
    "prepare commit comment find find comment",
    "published" },
  { "comment-refused",
    COMMENT,
    0,
    HOUR,
    { "prepare DONE prepared=1", "commit " PUBLIC, "comment REFUSED" },
    "prepare commit comment",
    "published comment-failed" },
  { "comment-later",
    COMMENT,
    0,
    HOUR,
    { "prepare DONE prepared=1", "commit " PUBLIC, "comment UNREACHED", "find NOT_PUBLISHED",
      "find NOT_PUBLISHED", "comment LIMITED 60", "comment DONE" },
    "prepare commit comment find find comment comment",
    "published" },
  { "comment-after-look",
    COMMENT,
    0,
    HOUR,
    { "prepare DONE prepared=1", "commit LOST",
      "look PUBLISHED remote_id=1 permalink=https://example.com/1", "comment DONE" },
    "prepare commit look comment",
    "published" },

  /* Public for certain, but which one? Nothing can be written to it. */
  { "comment-unnamed",
    COMMENT,
    0,
    HOUR,
    { "prepare DONE prepared=1", "commit LOST", "look PUBLISHED permalink=https://example.com/" },
    "prepare commit look",
    "published comment-failed" },

  { "hand-over",
    HAND_OVER,
    HOUR,
    HOUR,
    { "prepare DONE prepared=1", "commit DONE remote_id=1 handed_over=1795600800",
      "verdict WAIT 60", "verdict DONE public=1 permalink=https://example.com/1" },
    "prepare@1795600800 commit@1795600800 verdict verdict",
    "published" },
  { "hand-over-removed-there",
    HAND_OVER,
    HOUR,
    HOUR,
    { "prepare DONE prepared=1", "commit DONE remote_id=1 handed_over=1795600800",
      "verdict REFUSED" },
    "prepare@1795600800 commit@1795600800 verdict",
    "failed no-answer" },
  { "hand-over-too-near",
    HAND_OVER,
    5 * MINUTE,
    HOUR,
    { "prepare DONE prepared=1", "commit " PUBLIC },
    "prepare commit",
    "published" },
  { "hand-over-lost",
    HAND_OVER,
    HOUR,
    HOUR,
    { "prepare DONE prepared=1", "commit LOST", "look ACCEPTED remote_id=1 handed_over=1795600800",
      "verdict DONE public=1 permalink=https://example.com/1" },
    "prepare@1795600800 commit@1795600800 look@1795600800 verdict",
    "published" },
  { "hand-over-absent",
    HAND_OVER,
    HOUR,
    HOUR,
    { "prepare DONE prepared=1", "commit LOST", "look NOT_PUBLISHED", "look NOT_PUBLISHED",
      "commit DONE remote_id=1 handed_over=1795600800",
      "verdict DONE public=1 permalink=https://example.com/1" },
    "prepare@1795600800 commit@1795600800 look@1795600800 look@1795600800 commit@1795600800 "
    "verdict",
    "published" },
};

static void
test_case (gconstpointer data)
{
  const Case *test = data;
  g_autoptr (TestEngine) engine = test_engine_new ();
  g_autofree char *log = NULL;

  test_engine_script (engine, test->script);
  test_engine_add_post (engine, START + test->due_in, test->more);
  test_engine_run (engine, START + test->due_in + test->run);
  test_engine_assert_script_done (engine);
  log = test_engine_take_log (engine);
  g_assert_cmpstr (log, ==, test->log);
  test_engine_assert_state (engine, test->state);
}

static void
script (TestEngine *engine, const char *one, const char *two, const char *three)
{
  const char *lines[] = { one, two, three, NULL };

  test_engine_script (engine, lines);
}

/* The platform took it, the publisher dies: the next one asks and sends nothing. */
static void
test_killed_before_verdict (void)
{
  g_autoptr (TestEngine) engine = test_engine_new ();
  g_autofree char *log = NULL;

  script (engine, "prepare DONE prepared=1", "commit DONE accepted=1", "verdict KILLED");
  test_engine_add_post (engine, START, "");
  test_engine_run (engine, START + SECOND);
  script (engine, "verdict " PUBLIC, NULL, NULL);
  test_engine_restart (engine);
  test_engine_run (engine, START + HOUR);
  log = test_engine_take_log (engine);
  g_assert_cmpstr (log, ==, "prepare commit verdict verdict");
  test_engine_assert_state (engine, "published");
}

/* A comment that may have been written is looked for before it is written again. */
static void
test_killed_with_comment (void)
{
  g_autoptr (TestEngine) engine = test_engine_new ();
  g_autofree char *log = NULL;

  script (engine, "prepare DONE prepared=1", "commit " PUBLIC, "comment KILLED");
  test_engine_add_post (engine, START, COMMENT);
  test_engine_run (engine, START + SECOND);
  test_engine_assert_state (engine, "published");
  script (engine, "find PUBLISHED", NULL, NULL);
  test_engine_restart (engine);
  test_engine_run (engine, START + HOUR);
  log = test_engine_take_log (engine);
  g_assert_cmpstr (log, ==, "prepare commit comment find");
  test_engine_assert_state (engine, "published");
}

/* An upload address is nothing for the disk: it is there for the next job, not after a death. */
static void
test_secret (void)
{
  g_autoptr (TestEngine) engine = test_engine_new ();
  g_autoptr (GHashTable) facts = NULL;
  g_autofree char *log = NULL;

  script (engine, "prepare WAIT 3 prepared=1 secret.address=https://x", "commit WAIT 5",
          "commit KILLED");
  test_engine_add_post (engine, START, "");
  test_engine_run (engine, START + SECOND);
  facts = smm_store_get_facts (test_engine_get_store (engine), "t");
  g_assert_cmpstr (g_hash_table_lookup (facts, "prepared"), ==, "1");
  g_assert_null (g_hash_table_lookup (facts, "secret.address"));
  test_engine_run (engine, START + 4 * SECOND);
  log = test_engine_take_log (engine);
  g_assert_cmpstr (log, ==, "prepare commit!https://x");
}

static void
publish_one (TestEngine *engine)
{
  script (engine, "prepare DONE prepared=1", "commit " PUBLIC, NULL);
  test_engine_add_post (engine, START, "");
  test_engine_run (engine, START + SECOND);
  test_engine_assert_state (engine, "published");
}

/* What is asked while the keyring is locked is done when it opens. */
static void
test_remove_locked (void)
{
  g_autoptr (TestEngine) engine = test_engine_new ();

  publish_one (engine);
  test_engine_lock_keyring (engine, TRUE);
  test_engine_apply (engine, "post.remove", "{'id': <'p'>}");
  test_engine_run (engine, START + MINUTE);
  test_engine_assert_state (engine, "published removing");
  script (engine, "remove DONE", NULL, NULL);
  test_engine_lock_keyring (engine, FALSE);
  test_engine_run (engine, START + 2 * MINUTE);
  test_engine_assert_state (engine, "cancelled removed");
}

/* A keyring that is locked costs a published post neither its time nor its comment. */
static void
test_comment_locked (void)
{
  g_autoptr (TestEngine) engine = test_engine_new ();
  g_autoptr (SmmTarget) target = NULL;

  script (engine, "prepare DONE prepared=1", "commit " PUBLIC, "comment LIMITED 60");
  test_engine_add_post (engine, START, COMMENT);
  test_engine_run (engine, START + SECOND);
  test_engine_lock_keyring (engine, TRUE);
  test_engine_run (engine, START + 2 * MINUTE);
  target = test_engine_get_target (engine);
  g_assert_cmpint (target->published_at, >=, START);
  script (engine, "comment UNREACHED", "find NOT_PUBLISHED", "find PUBLISHED");
  test_engine_lock_keyring (engine, FALSE);
  test_engine_run (engine, START + HOUR);
  test_engine_assert_script_done (engine);
  test_engine_assert_state (engine, "published");
}

/* The removal fails: the comment is written all the same, and the failure stays to be read. */
static void
test_remove_failed_comment (void)
{
  g_autoptr (TestEngine) engine = test_engine_new ();

  script (engine, "prepare DONE prepared=1", "commit " PUBLIC, "comment LIMITED 600");
  test_engine_add_post (engine, START, COMMENT);
  test_engine_run (engine, START + SECOND);
  script (engine, "remove REFUSED", "comment DONE", NULL);
  test_engine_apply (engine, "post.remove", "{'id': <'p'>}");
  test_engine_run (engine, START + HOUR);
  test_engine_assert_script_done (engine);
  test_engine_assert_state (engine, "published remove-failed");
}

/* Asked for while the comment is on its way: done after it. */
static void
test_remove_meanwhile (void)
{
  static const char *const lines[]
      = { "prepare DONE prepared=1", "commit " PUBLIC,
          "comment ASKED_post.remove DONE comment_id=2", "remove DONE", NULL };
  g_autoptr (TestEngine) engine = test_engine_new ();

  test_engine_script (engine, lines);
  test_engine_add_post (engine, START, COMMENT);
  test_engine_run (engine, START + HOUR);
  test_engine_assert_script_done (engine);
  test_engine_assert_state (engine, "cancelled removed");
}

/* --- Handing over --- */

static TestEngine *
hand_over_one (void)
{
  TestEngine *engine = test_engine_new ();
  g_autoptr (GPtrArray) chips = NULL;
  g_autofree char *log = NULL;

  script (engine, "prepare DONE prepared=1", "commit DONE remote_id=1 handed_over=1795600800",
          NULL);
  test_engine_add_post (engine, START + HOUR, HAND_OVER);
  test_engine_run (engine, START + SECOND);
  test_engine_assert_state (engine, "scheduled handed-over");
  chips = smm_store_list_chips (test_engine_get_store (engine), NULL, START, START + 2 * HOUR);
  g_assert_cmpuint (chips->len, ==, 1);
  g_assert_cmpuint (((SmmChip *)chips->pdata[0])->handed_over, ==, SMM_PLATFORM_FACEBOOK);
  g_assert_cmpuint (((SmmChip *)chips->pdata[0])->platforms, ==, 1 << SMM_PLATFORM_FACEBOOK);
  log = test_engine_take_log (engine);
  return engine;
}

static void
test_move (void)
{
  g_autoptr (TestEngine) engine = hand_over_one ();
  g_autofree char *log = NULL;

  script (engine, "move LOST", "move DONE",
          "verdict DONE public=1 permalink=https://example.com/1");
  test_engine_apply (engine, "post.reschedule",
                     "{'id': <'p'>, 'wall': <'2026-11-25T12:00:00'>, 'zone': <'UTC'>}");
  test_engine_run (engine, START + 2 * HOUR);
  test_engine_assert_state (engine, "scheduled handed-over");
  test_engine_run (engine, START + 4 * HOUR);
  log = test_engine_take_log (engine);
  g_assert_cmpstr (log, ==, "move@1795608000 move@1795608000 verdict");
  test_engine_assert_state (engine, "published");
}

/* Sooner than the platform moves it: taken back there, and sent from here. */
static void
test_move_near (void)
{
  g_autoptr (TestEngine) engine = hand_over_one ();
  g_autofree char *log = NULL;

  script (engine, "remove DONE", "prepare DONE prepared=1", "commit " PUBLIC);
  test_engine_apply (engine, "post.reschedule",
                     "{'id': <'p'>, 'wall': <'2026-11-25T09:05:00'>, 'zone': <'UTC'>}");
  test_engine_run (engine, START + HOUR);
  log = test_engine_take_log (engine);
  g_assert_cmpstr (log, ==, "remove prepare commit");
  test_engine_assert_state (engine, "published");
}

static void
test_recall (void)
{
  static const struct
  {
    const char *command, *state;
  } ends[] = { { "post.cancel", "cancelled" }, { "post.unschedule", "draft" } };

  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      g_autoptr (TestEngine) engine = hand_over_one ();
      g_autoptr (SmmTarget) target = NULL;

      script (engine, "remove UNREACHED", "remove DONE", NULL);
      test_engine_apply (engine, ends[i].command, "{'id': <'p'>}");
      /* Not called cancelled before the platform agreed. */
      target = test_engine_get_target (engine);
      g_assert_cmpint (target->state, ==, SMM_TARGET_SCHEDULED);
      test_engine_run (engine, START + 3 * HOUR);
      test_engine_assert_script_done (engine);
      test_engine_assert_state (engine, ends[i].state);
    }
}

/* The platform could not be told in time: what is public is called public. */
static void
test_recall_too_late (void)
{
  g_autoptr (TestEngine) engine = hand_over_one ();

  test_engine_run (engine, START + HOUR - 4 * MINUTE);
  for (int i = 0; i < 7; i++)
    script (engine, "remove LIMITED 40", NULL, NULL);
  script (engine, "verdict DONE public=1 permalink=https://example.com/1", NULL, NULL);
  test_engine_apply (engine, "post.cancel", "{'id': <'p'>}");
  test_engine_run (engine, START + 3 * HOUR);
  test_engine_assert_script_done (engine);
  test_engine_assert_state (engine, "published untold");
}

static void
test_edit_handed_over (void)
{
  g_autoptr (TestEngine) engine = hand_over_one ();
  g_autofree char *log = NULL;

  script (engine, "remove DONE", "prepare DONE prepared=1",
          "commit DONE remote_id=2 handed_over=1795600800");
  test_engine_apply (engine, "post.edit", "{'id': <'p'>, 'text': <'Another'>}");
  test_engine_run (engine, START + MINUTE);
  log = test_engine_take_log (engine);
  g_assert_cmpstr (log, ==, "remove prepare@1795600800 commit@1795600800");
  test_engine_assert_state (engine, "scheduled handed-over");
  g_assert_false (test_engine_try (engine, "post.delete", "{'id': <'p'>}"));
  test_engine_run (engine, START + HOUR - 2 * MINUTE);
  g_assert_false (test_engine_try (engine, "post.edit", "{'id': <'p'>, 'text': <'Late'>}"));
}

static void
test_recall_locked (void)
{
  g_autoptr (TestEngine) engine = hand_over_one ();

  test_engine_lock_keyring (engine, TRUE);
  test_engine_apply (engine, "post.cancel", "{'id': <'p'>}");
  test_engine_run (engine, START + MINUTE);
  test_engine_assert_state (engine, "scheduled recall-cancel");
  script (engine, "remove DONE", NULL, NULL);
  test_engine_lock_keyring (engine, FALSE);
  test_engine_run (engine, START + 2 * MINUTE);
  test_engine_assert_state (engine, "cancelled");
}

/* A new time while the old one is being told, and no time at all. */
static void
test_ask_meanwhile (void)
{
  g_autoptr (TestEngine) engine = hand_over_one ();
  g_autofree char *log = NULL;

  script (engine, "move ASKED_post.cancel DONE", "remove DONE", NULL);
  test_engine_apply (engine, "post.reschedule",
                     "{'id': <'p'>, 'wall': <'2026-11-25T12:00:00'>, 'zone': <'UTC'>}");
  test_engine_run (engine, START + MINUTE);
  log = test_engine_take_log (engine);
  g_assert_cmpstr (log, ==, "move@1795608000 remove");
  test_engine_assert_state (engine, "cancelled");
}

/* Undone: the platform is told of that, too, of text as of time. */
static void
test_undo (void)
{
  static const struct
  {
    const char *command, *args, *told;
  } rows[] = {
    { "post.edit", "{'id': <'p'>, 'text': <'Another'>}", "remove DONE" },
    { "post.reschedule", "{'id': <'p'>, 'wall': <'2026-11-25T12:00:00'>, 'zone': <'UTC'>}",
      "move DONE" },
    { "post.cancel", "{'id': <'p'>}", "remove DONE" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (TestEngine) engine = hand_over_one ();
      gboolean edit = strcmp (rows[i].command, "post.edit") == 0;

      script (engine, rows[i].told, edit ? "prepare DONE prepared=1" : NULL,
              edit ? "commit DONE remote_id=2 handed_over=1795600800" : NULL);
      test_engine_apply (engine, rows[i].command, rows[i].args);
      test_engine_run (engine, START + MINUTE);
      test_engine_assert_script_done (engine);
      if (strcmp (rows[i].command, "post.cancel") == 0)
        script (engine, "prepare DONE prepared=1", "commit DONE remote_id=3 handed_over=1795600800",
                NULL);
      else
        script (engine, "remove DONE", "prepare DONE prepared=1",
                "commit DONE remote_id=3 handed_over=1795600800");
      test_engine_apply (engine, "undo", "@a{sv} {}");
      test_engine_run (engine, START + 2 * MINUTE);
      test_engine_assert_script_done (engine);
      test_engine_assert_state (engine, "scheduled handed-over");
    }
}

/* Taken off the calendar twice and once back is off the calendar; so it is after an edit. */
static void
test_wanted_off (void)
{
  for (int edit = 0; edit < 2; edit++)
    {
      g_autoptr (TestEngine) engine = hand_over_one ();

      test_engine_apply (engine, "post.unschedule", "{'id': <'p'>}");
      if (edit)
        test_engine_apply (engine, "post.edit", "{'id': <'p'>, 'text': <'Another'>}");
      else
        {
          test_engine_apply (engine, "post.unschedule", "{'id': <'p'>}");
          test_engine_apply (engine, "undo", "@a{sv} {}");
        }
      script (engine, "remove DONE", NULL, NULL);
      test_engine_run (engine, START + 3 * HOUR);
      test_engine_assert_script_done (engine);
      test_engine_assert_state (engine, "draft");
    }
}

/* What the platform dropped is tried again as something new. */
static void
test_retry_removed_there (void)
{
  g_autoptr (TestEngine) engine = hand_over_one ();
  g_autofree char *log = NULL;

  script (engine, "verdict REFUSED", NULL, NULL);
  test_engine_run (engine, START + 2 * HOUR);
  test_engine_assert_state (engine, "failed no-answer");
  log = test_engine_take_log (engine);
  g_clear_pointer (&log, g_free);
  script (engine, "prepare DONE prepared=1", "commit " PUBLIC, NULL);
  test_engine_apply (engine, "post.publish-now", "{'id': <'p'>}");
  test_engine_run (engine, START + 3 * HOUR);
  log = test_engine_take_log (engine);
  g_assert_cmpstr (log, ==, "prepare commit");
  test_engine_assert_state (engine, "published");
}

/* Its verdict is in doubt, and looks find nothing: the id of what is gone must not pass for a post.
 */
static void
test_doubted_then_absent (void)
{
  static const char *const lines[]
      = { "verdict SIGNED_OUT", "look NOT_PUBLISHED", "look NOT_PUBLISHED", NULL };
  g_autoptr (TestEngine) engine = hand_over_one ();
  g_autofree char *log = NULL;

  test_engine_script (engine, lines);
  test_engine_run (engine, START + 4 * HOUR);
  log = test_engine_take_log (engine);
  g_assert_cmpstr (log, ==, "verdict look@1795600800 look@1795600800");
  test_engine_assert_state (engine, "held signed-out");
}

/* The platform publishes the old text before it could be told of the new one: that is said. */
static void
test_untold (void)
{
  g_autoptr (TestEngine) engine = hand_over_one ();

  test_engine_run (engine, START + HOUR - 4 * MINUTE);
  script (engine, "remove LIMITED 3600", "verdict DONE public=1 permalink=https://example.com/1",
          NULL);
  test_engine_apply (engine, "post.edit", "{'id': <'p'>, 'text': <'Another'>}");
  test_engine_run (engine, START + 3 * HOUR);
  test_engine_assert_script_done (engine);
  test_engine_assert_state (engine, "published untold");
}

/* By a clock that was set back it was in time, while the answer said that it is public. */
static void
test_untold_clock_back (void)
{
  g_autoptr (TestEngine) engine = hand_over_one ();

  script (engine, "verdict BACK_post.cancel DONE public=1 permalink=https://example.com/1", NULL,
          NULL);
  test_engine_run (engine, START + 2 * HOUR);
  test_engine_assert_script_done (engine);
  test_engine_assert_state (engine, "published untold");
}

/* Also when nobody could ask at first what came of it. */
static void
test_untold_unconfirmed (void)
{
  static const char *const lines[]
      = { "remove REFUSED", "verdict SIGNED_OUT", "look PUBLISHED remote_id=1", NULL };
  g_autoptr (TestEngine) engine = hand_over_one ();

  test_engine_run (engine, START + HOUR - 4 * MINUTE);
  test_engine_script (engine, lines);
  test_engine_apply (engine, "post.edit", "{'id': <'p'>, 'text': <'Another'>}");
  test_engine_run (engine, START + 4 * HOUR);
  test_engine_assert_script_done (engine);
  test_engine_assert_state (engine, "published untold");
}

/* And stays said when the comment fails, too. */
static void
test_untold_comment (void)
{
  static const char *const lines[]
      = { "prepare DONE prepared=1", "commit DONE remote_id=1 handed_over=1795600800",
          "remove LIMITED 3600",     "verdict DONE public=1 permalink=https://example.com/1",
          "comment REFUSED",         NULL };
  g_autoptr (TestEngine) engine = test_engine_new ();

  test_engine_script (engine, lines);
  test_engine_add_post (engine, START + HOUR, HAND_OVER ", " COMMENT);
  test_engine_run (engine, START + HOUR - 4 * MINUTE);
  test_engine_apply (engine, "post.edit", "{'id': <'p'>, 'text': <'Another'>}");
  test_engine_run (engine, START + 3 * HOUR);
  test_engine_assert_script_done (engine);
  test_engine_assert_state (engine, "published untold");
}

/* What the platform may publish later is not settled by not being public now. */
static void
test_resolve_later (void)
{
  g_autoptr (TestEngine) engine = test_engine_new ();

  script (engine, "prepare DONE prepared=1", "commit LOST", "look UNKNOWN 7200");
  test_engine_add_post (engine, START + HOUR, HAND_OVER);
  test_engine_run (engine, START + 10 * MINUTE);
  test_engine_assert_state (engine, "unconfirmed looking");
  g_assert_false (
      test_engine_try (engine, "target.resolve", "{'target': <'t'>, 'published': <false>}"));
  test_engine_run (engine, START + HOUR + 15 * MINUTE);
  test_engine_apply (engine, "target.resolve", "{'target': <'t'>, 'published': <false>}");
  test_engine_assert_state (engine, "failed you-said-not-public");
}

/* Farther ahead than the platform takes it: handed over when it does. */
static void
test_hand_over_far (void)
{
  g_autoptr (TestEngine) engine = test_engine_new ();
  gint64 day = 24 * HOUR;

  test_engine_add_post (engine, START + 40 * day, HAND_OVER);
  test_engine_run (engine, START + 10 * day);
  test_engine_assert_state (engine, "scheduled");
  script (engine, "prepare DONE prepared=1", "commit DONE remote_id=1 handed_over=1799053200",
          NULL);
  test_engine_run (engine, START + 12 * day);
  test_engine_assert_script_done (engine);
  test_engine_assert_state (engine, "scheduled handed-over");
}

/* --- Late, and clocks that jump --- */

static void
test_late (void)
{
  static const struct
  {
    const char *policy;
    gint64 late;
    const char *state;
  } rows[] = {
    { "publish", HOUR, "published" },    { "publish", 3 * HOUR, "held too-late" },
    { "ask", 5 * MINUTE, "published" },  { "ask", HOUR, "held too-late" },
    { "skip", 5 * MINUTE, "published" }, { "skip", HOUR, "cancelled too-late" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (TestEngine) engine = test_engine_new ();
      g_autofree char *edit = g_strdup_printf (
          "{'id': <'b'>, 'late-policy': <'%s'>, 'late-hours': <2>}", rows[i].policy);

      test_engine_apply (engine, "brand.edit", edit);
      test_engine_add_post (engine, START + HOUR, "");
      test_engine_run (engine, START);
      if (g_str_equal (rows[i].state, "published"))
        script (engine, "prepare DONE prepared=1", "commit " PUBLIC, NULL);
      test_engine_set_clock (engine, START + HOUR + rows[i].late);
      test_engine_run (engine, START + HOUR + rows[i].late);
      test_engine_assert_script_done (engine);
      test_engine_assert_state (engine, rows[i].state);
      if (!g_str_equal (rows[i].state, "held too-late"))
        continue;
      script (engine, "prepare DONE prepared=1", "commit " PUBLIC, NULL);
      test_engine_apply (engine, "post.publish-now", "{'id': <'p'>}");
      test_engine_run (engine, START + 10 * HOUR);
      test_engine_assert_state (engine, "published");
    }
}

/* State decides, not time: a clock set back sends nothing again. */
static void
test_clock_back (void)
{
  g_autoptr (TestEngine) engine = test_engine_new ();

  publish_one (engine);
  test_engine_set_clock (engine, START - HOUR);
  test_engine_run (engine, START + 2 * HOUR);
  test_engine_assert_state (engine, "published");
}

/* The clock is set back after the commit was sent: the looks still wait for the settling time. */
static void
test_clock_back_in_doubt (void)
{
  g_autoptr (TestEngine) engine = test_engine_new ();
  g_autofree char *log = NULL;

  script (engine, "prepare DONE prepared=1", "commit LOST", NULL);
  test_engine_add_post (engine, START, "");
  test_engine_run (engine, START + SECOND);
  test_engine_set_clock (engine, START - HOUR);
  script (engine, "look NOT_PUBLISHED",
          "look PUBLISHED remote_id=1 permalink=https://example.com/1", NULL);
  test_engine_run (engine, START + 2 * HOUR);
  log = test_engine_take_log (engine);
  g_assert_cmpstr (log, ==, "prepare commit look look");
  test_engine_assert_state (engine, "published");
}

/* --- Limits --- */

static void
add_numbered (TestEngine *engine, int n)
{
  g_autofree char *wall = smm_wall_time_format (START, "UTC");
  g_autofree char *args = g_strdup_printf (
      "{'id': <'p%d'>, 'brand': <'b'>, 'text': <'%d'>, 'targets': <[('t%d', 'a')]>, "
      "'wall': <'%s'>, 'zone': <'UTC'>}",
      n, n, n, wall);

  test_engine_apply (engine, "post.add", args);
}

static guint
count_published (TestEngine *engine)
{
  g_autoptr (GPtrArray) list = smm_store_list_posts (
      test_engine_get_store (engine), &(SmmPostFilter){ .state = SMM_TARGET_PUBLISHED });

  return list->len;
}

static void
test_budget (void)
{
  static const SmmBudget budgets[] = { { "commit", 2, 3600 }, { NULL, 0, 0 } };
  g_autoptr (TestEngine) engine = test_engine_new ();
  g_autoptr (SmmTarget) waiting = NULL;

  test_engine_set_budgets (engine, budgets);
  for (int i = 0; i < 5; i++)
    {
      g_autofree char *commit
          = g_strdup_printf ("commit DONE remote_id=%d permalink=https://example.com/%d", i, i);

      add_numbered (engine, i);
      script (engine, "prepare DONE prepared=1", commit, NULL);
      test_engine_run (engine, START + i);
      if (i >= 2)
        {
          /* The commit waits for its turn. */
          g_assert_cmpuint (count_published (engine), ==, 2);
          break;
        }
    }
  waiting = smm_store_get_target (test_engine_get_store (engine), "t2");
  g_assert_cmpstr (waiting->reason_code, ==, "spread");
  /* A new publisher knows what the old one has sent. */
  test_engine_restart (engine);
  test_engine_run (engine, START + HOUR - SECOND);
  g_assert_cmpuint (count_published (engine), ==, 2);
  test_engine_run (engine, START + HOUR + SECOND);
  g_assert_cmpuint (count_published (engine), ==, 3);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/engine/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/engine/killed-before-verdict", test_killed_before_verdict);
  g_test_add_func ("/engine/killed-with-comment", test_killed_with_comment);
  g_test_add_func ("/engine/secret", test_secret);
  g_test_add_func ("/engine/remove-locked", test_remove_locked);
  g_test_add_func ("/engine/comment-locked", test_comment_locked);
  g_test_add_func ("/engine/remove-failed-comment", test_remove_failed_comment);
  g_test_add_func ("/engine/remove-meanwhile", test_remove_meanwhile);
  g_test_add_func ("/engine/hand-over/recall-locked", test_recall_locked);
  g_test_add_func ("/engine/hand-over/ask-meanwhile", test_ask_meanwhile);
  g_test_add_func ("/engine/hand-over/undo", test_undo);
  g_test_add_func ("/engine/hand-over/wanted-off", test_wanted_off);
  g_test_add_func ("/engine/hand-over/retry-removed-there", test_retry_removed_there);
  g_test_add_func ("/engine/hand-over/doubted-then-absent", test_doubted_then_absent);
  g_test_add_func ("/engine/hand-over/untold", test_untold);
  g_test_add_func ("/engine/hand-over/untold-clock-back", test_untold_clock_back);
  g_test_add_func ("/engine/hand-over/untold-unconfirmed", test_untold_unconfirmed);
  g_test_add_func ("/engine/hand-over/untold-comment", test_untold_comment);
  g_test_add_func ("/engine/hand-over/resolve-later", test_resolve_later);
  g_test_add_func ("/engine/hand-over/move", test_move);
  g_test_add_func ("/engine/hand-over/move-near", test_move_near);
  g_test_add_func ("/engine/hand-over/recall", test_recall);
  g_test_add_func ("/engine/hand-over/recall-too-late", test_recall_too_late);
  g_test_add_func ("/engine/hand-over/edit", test_edit_handed_over);
  g_test_add_func ("/engine/hand-over/far", test_hand_over_far);
  g_test_add_func ("/engine/late", test_late);
  g_test_add_func ("/engine/clock/back", test_clock_back);
  g_test_add_func ("/engine/clock/back-in-doubt", test_clock_back_in_doubt);
  g_test_add_func ("/engine/budget", test_budget);
  return g_test_run ();
}

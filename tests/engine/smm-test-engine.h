/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The real engine, library and store with a clock that stands still until it is set, and a platform
 * that says what the test tells it to. Each request takes the next line of the script that names
 * it:
 *
 *   "commit DONE accepted=1"   step, outcome, facts       "verdict WAIT 3"   seconds
 *   "look NOT_PUBLISHED"       a look                     "commit LOST"      no answer comes
 *   "look PUBLISHED weak=1"    by its text alone
 *   "move ASKED_post.cancel DONE"   the app does that while the answer is on its way
 *   "move BACK_post.cancel DONE"    and before it somebody set the clock back by two hours
 *   "remove KILLED"            no answer comes to this publisher
 * Steps are prepare, commit, verdict, confirm; others are comment, find, remove, move, look.
 */

#pragma once

#include "smm-engine.h"
#include "smm-store-write.h"

G_BEGIN_DECLS

#define SECOND ((gint64)G_USEC_PER_SEC)
#define MINUTE (60 * SECOND)
#define HOUR (60 * MINUTE)
/* 2026-11-25T09:00:00Z */
#define START (G_GINT64_CONSTANT (1795597200) * SECOND)

typedef struct _TestEngine TestEngine;

TestEngine *test_engine_new (void);
void test_engine_free (TestEngine *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TestEngine, test_engine_free)

/* One line a request, in order; a request without a line fails the test. */
void test_engine_script (TestEngine *self, const char *const *lines);
/* Lines that were not used; all are to be. */
void test_engine_assert_script_done (TestEngine *self);
/* What was asked so far, "prepare commit@1795600800 verdict"; cleared by the call. */
char *test_engine_take_log (TestEngine *self);

/* A post with the target "t"; @more: further members of the command, or "". */
void test_engine_add_post (TestEngine *self, gint64 due, const char *more);
void test_engine_apply (TestEngine *self, const char *name, const char *args);
gboolean test_engine_try (TestEngine *self, const char *name, const char *args);
/* Runs what is due until nothing is, then sets the clock ahead, as often as needed, up to @until.
 */
void test_engine_run (TestEngine *self, gint64 until);
/* The computer slept, or somebody set its clock. */
void test_engine_set_clock (TestEngine *self, gint64 now);
/* SIGKILL, and a new publisher. */
void test_engine_restart (TestEngine *self);
SmmTarget *test_engine_get_target (TestEngine *self);
SmmStore *test_engine_get_store (TestEngine *self);
SmmEngine *test_engine_get_engine (TestEngine *self);
void test_engine_lock_keyring (TestEngine *self, gboolean locked);
void test_engine_set_budgets (TestEngine *self, const SmmBudget *budgets);
/* "published", "scheduled handed-over", "failed refused-there" … */
void test_engine_assert_state (TestEngine *self, const char *state);

G_END_DECLS

/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What an answer to a step means for the target. */

#include "config.h"

#include "smm-engine-private.h"

#include "smm-crash-point.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_PREPARE_TRIES 8
#define MAX_RESTARTS 5
#define MAX_CONFIRM_TRIES 5
#define MAX_VERDICT_TRIES 8
#define MAX_VERDICT_TIME (24 * HOUR)
#define LIMIT_FIRST (15 * MINUTE)
#define LIMIT_MAX (2 * HOUR)
#define WAIT_CAP (24 * HOUR)

static void
go_on (SmmJob *job)
{
  smm_job_next_step (job);
}

static void
on_done (SmmJob *job, SmmResponse *response, SmmOutcome *outcome)
{
  SmmWrite *write;
  SmmStep *ahead;
  gboolean finished;

  smm_job_merge_facts (job, outcome->facts);
  smm_job_forget_count (job, "tries");
  if (job->step->kind == SMM_STEP_COMMIT && job->pub.schedule_at > 0
      && smm_job_get_fact (job, "handed_over") != NULL)
    {
      smm_job_keep_handed_over (job, response, outcome->request_id);
      return;
    }
  ahead = job->platform->next_step (&job->pub);
  finished = ahead == NULL;
  if (ahead != NULL)
    smm_step_free (ahead);
  if (finished)
    {
      smm_job_publish (job, response, outcome->request_id);
      return;
    }
  write = smm_write_new (job, SMM_TARGET_PUBLISHING, job->attempt);
  smm_write_fill_journal (job, write, response, "done", NULL, NULL, outcome->request_id);
  write->then = go_on;
  smm_write_submit (write);
}

/* Writes what the step brought and parks the target until @next_at. */
static void
park_step (SmmJob *job, SmmResponse *response, SmmOutcome *outcome, SmmTargetState state,
           int attempt, gint64 next_at, const char *journal_state)
{
  SmmWrite *write = smm_write_new (job, state, attempt);

  smm_write_fill_journal (job, write, response, journal_state, outcome->error, outcome->message,
                          outcome->request_id);
  write->to.next_at = next_at;
  if (outcome->kind != SMM_OUTCOME_WAIT)
    {
      write->to.reason_code = g_strdup (outcome->code != NULL ? outcome->code : "no-answer");
      write->to.reason = g_strdup (outcome->message != NULL ? outcome->message : response->error);
      if (write->to.reason == NULL)
        write->to.reason = g_strdup (_ ("The platform does not answer as it should"));
      write->to.fix = g_strdup (outcome->fix);
    }
  if (outcome->kind == SMM_OUTCOME_LIMITED)
    write->rest_until = next_at;
  else if (outcome->kind == SMM_OUTCOME_SIGNED_OUT)
    write->account_state = SMM_ACCOUNT_SIGNED_OUT;
  else if (outcome->kind == SMM_OUTCOME_BLOCKED)
    write->account_state = SMM_ACCOUNT_RESTRICTED;
  write->account_reason = g_strdup (outcome->message);
  write->came_to_nothing
      = job->step->kind == SMM_STEP_VERDICT
        && (outcome->kind == SMM_OUTCOME_REFUSED || outcome->kind == SMM_OUTCOME_RESTART);
  write->ends = TRUE;
  smm_write_submit (write);
}

static gboolean
has_waited_long (SmmJob *job)
{
  return job->pub.commit_sent_at > 0
         && smm_engine_now (job->engine)
                > MAX (job->pub.commit_sent_at, job->due_at) + MAX_VERDICT_TIME;
}

/* The platform took it and does not tell what came of it: so do we. It is asked on. */
static void
doubt_verdict (SmmJob *job, SmmResponse *response, SmmOutcome *outcome)
{
  if (outcome->message == NULL)
    outcome->message
        = g_strdup (_ ("The platform has the post and has not told what came of it. It is asked "
                       "again."));
  g_free (outcome->code);
  outcome->code = g_strdup ("no-verdict");
  g_free (outcome->fix);
  outcome->fix = g_strdup ("look-now");
  outcome->kind = SMM_OUTCOME_RETRY;
  park_step (job, response, outcome, SMM_TARGET_UNCONFIRMED, job->attempt,
             smm_engine_now (job->engine) + HOUR, "unclear");
}

static void
on_wait (SmmJob *job, SmmResponse *response, SmmOutcome *outcome)
{
  gint64 wait = MIN ((gint64)outcome->wait_ms * 1000, WAIT_CAP);

  if (job->engine->host.container_poll > 0)
    wait = (gint64)(job->engine->host.container_poll * SECOND);
  smm_job_merge_facts (job, outcome->facts);
  smm_job_forget_count (job, "tries");
  if (job->step->kind == SMM_STEP_VERDICT && has_waited_long (job))
    {
      doubt_verdict (job, response, outcome);
      return;
    }
  park_step (job, response, outcome, SMM_TARGET_PUBLISHING, job->attempt,
             smm_engine_now (job->engine) + MAX (wait, 1), "done");
}

/* A commit that certainly did not happen, or came to nothing, needs an attempt of its own to be
 * sent again. */
static int
attempt_after (SmmJob *job)
{
  return job->step->kind == SMM_STEP_COMMIT || job->step->kind == SMM_STEP_VERDICT
             ? job->attempt + 1
             : job->attempt;
}

static void
on_retry (SmmJob *job, SmmResponse *response, SmmOutcome *outcome)
{
  gint64 now = smm_engine_now (job->engine);
  int tries = smm_job_count (job, "tries");
  gint64 wait = outcome->wait_ms > 0 ? MIN ((gint64)outcome->wait_ms * 1000, WAIT_CAP)
                                     : smm_job_backoff (job, tries);

  smm_job_merge_facts (job, outcome->facts);
  if (job->step->kind == SMM_STEP_CONFIRM && tries >= MAX_CONFIRM_TRIES)
    {
      smm_job_publish (job, response, outcome->request_id);
      return;
    }
  if (job->step->kind == SMM_STEP_VERDICT)
    {
      if (tries >= MAX_VERDICT_TRIES)
        doubt_verdict (job, response, outcome);
      else
        park_step (job, response, outcome, SMM_TARGET_PUBLISHING, job->attempt, now + wait,
                   "unclear");
      return;
    }
  /* No way to the platform: that ends by the brand's rule for late posts, not by counting. */
  if (tries >= MAX_PREPARE_TRIES && response->sent != SMM_SENT_NOTHING)
    {
      g_free (outcome->fix);
      outcome->fix = g_strdup ("retry");
      park_step (job, response, outcome, SMM_TARGET_FAILED, job->attempt, 0, "refused");
      return;
    }
  park_step (job, response, outcome, SMM_TARGET_PUBLISHING, attempt_after (job), now + wait,
             "refused");
}

static void
on_restart (SmmJob *job, SmmResponse *response, SmmOutcome *outcome)
{
  gint64 wait = MIN ((gint64)outcome->wait_ms * 1000, WAIT_CAP);

  smm_job_drop_facts (job, outcome->drop_prefix != NULL ? outcome->drop_prefix : "");
  smm_job_set_fact (job, "accepted", NULL);
  smm_job_set_fact (job, "remote_id", NULL);
  smm_job_merge_facts (job, outcome->facts);
  smm_job_forget_count (job, "looked-again");
  if (smm_job_count (job, "restarts") > MAX_RESTARTS)
    {
      g_free (outcome->fix);
      outcome->fix = g_strdup ("retry");
      park_step (job, response, outcome, SMM_TARGET_FAILED, job->attempt, 0, "refused");
      return;
    }
  park_step (job, response, outcome, SMM_TARGET_PUBLISHING, attempt_after (job),
             smm_engine_now (job->engine) + wait, "refused");
}

static void
on_limited (SmmJob *job, SmmResponse *response, SmmOutcome *outcome)
{
  gint64 wait = (gint64)outcome->wait_ms * 1000;
  int attempt = job->step->kind == SMM_STEP_COMMIT ? job->attempt + 1 : job->attempt;

  smm_job_merge_facts (job, outcome->facts);
  if (wait <= 0)
    wait = MIN (LIMIT_FIRST << MIN (smm_job_count (job, "limits") - 1, 8), LIMIT_MAX);
  park_step (job, response, outcome, SMM_TARGET_PUBLISHING, attempt,
             smm_engine_now (job->engine) + MIN (wait, WAIT_CAP), "refused");
}

static void
on_unclear (SmmJob *job, SmmResponse *response, SmmOutcome *outcome)
{
  gint64 next_at = job->platform->can_list
                       ? smm_engine_now (job->engine) + smm_engine_settle (job->engine, 1)
                       : 0;

  smm_job_merge_facts (job, outcome->facts);
  park_step (job, response, outcome, SMM_TARGET_UNCONFIRMED, job->attempt, next_at, "unclear");
}

/* The person must act. Of what the platform has taken already nobody may say that it waits here. */
static void
on_person (SmmJob *job, SmmResponse *response, SmmOutcome *outcome)
{
  gboolean taken = job->step->kind == SMM_STEP_VERDICT;

  g_free (outcome->code);
  outcome->code = g_strdup (outcome->kind == SMM_OUTCOME_SIGNED_OUT ? "signed-out" : "restricted");
  if (taken)
    park_step (job, response, outcome, SMM_TARGET_UNCONFIRMED, job->attempt,
               smm_engine_now (job->engine) + HOUR, "unclear");
  else
    park_step (job, response, outcome, SMM_TARGET_HELD, job->attempt, 0, "refused");
}

/* An adapter says UNCLEAR only of commits; of another step it can only mean "try again". */
static void
sanitise (SmmJob *job, SmmResponse *response, SmmOutcome *outcome)
{
  if (outcome->kind == SMM_OUTCOME_UNCLEAR && job->step->kind != SMM_STEP_COMMIT)
    outcome->kind = SMM_OUTCOME_RETRY;
  if (job->step->kind == SMM_STEP_COMMIT && response->sent == SMM_SENT_MAYBE)
    outcome->kind = SMM_OUTCOME_UNCLEAR;
  /* "What you prepared is gone" may mean that an earlier commit, which nobody could find, used it
   * up: once more is looked before anything is made anew. */
  if (job->step->kind == SMM_STEP_COMMIT && outcome->kind == SMM_OUTCOME_RESTART && job->doubted
      && smm_job_count (job, "looked-again") == 1)
    outcome->kind = SMM_OUTCOME_UNCLEAR;
  /* It is public already: nothing that happens to the confirmation makes it otherwise. */
  if (job->step->kind == SMM_STEP_CONFIRM && outcome->kind != SMM_OUTCOME_DONE
      && outcome->kind != SMM_OUTCOME_WAIT)
    outcome->kind = SMM_OUTCOME_RETRY;
}

typedef struct
{
  char *account_id;
  gint64 until;
} Rest;

static gboolean
apply_rest (SmmEngine *self, gpointer data, GError **error)
{
  Rest *rest = data;

  return smm_store_put_rest (self->store, rest->account_id, rest->until, error);
}

static void
rest_done (SmmEngine *self, gpointer data, gboolean written)
{
  Rest *rest = data;

  g_free (rest->account_id);
  g_free (rest);
}

/* The headers of an answer say how much of the account's budget is left: what has not begun waits
 * before the platform has to refuse it. */
static void
note_usage (SmmJob *job, SmmResponse *response)
{
  guint64 wait;
  Rest *rest;

  if (job->platform->usage_wait_ms == NULL || response->sent != SMM_SENT_ANSWERED)
    return;
  wait = job->platform->usage_wait_ms (job->account, response);
  if (wait == 0)
    return;
  rest = g_new0 (Rest, 1);
  rest->account_id = g_strdup (job->account->id);
  rest->until
      = smm_engine_now (job->engine) + MIN ((gint64)MIN (wait, G_MAXUINT32) * 1000, WAIT_CAP);
  smm_engine_write (job->engine, apply_rest, rest_done, rest, FALSE);
}

/**
 * smm_job_take_outcome:
 * @job: a job with a step
 * @response: what came back
 * @outcome: what it means for the step
 */
void
smm_job_take_outcome (SmmJob *job, SmmResponse *response, SmmOutcome *outcome)
{
  sanitise (job, response, outcome);
  switch (outcome->kind)
    {
    case SMM_OUTCOME_DONE:
      on_done (job, response, outcome);
      break;
    case SMM_OUTCOME_WAIT:
      on_wait (job, response, outcome);
      break;
    case SMM_OUTCOME_RETRY:
      on_retry (job, response, outcome);
      break;
    case SMM_OUTCOME_RESTART:
      on_restart (job, response, outcome);
      break;
    case SMM_OUTCOME_LIMITED:
      on_limited (job, response, outcome);
      break;
    case SMM_OUTCOME_UNCLEAR:
      on_unclear (job, response, outcome);
      break;
    case SMM_OUTCOME_SIGNED_OUT:
    case SMM_OUTCOME_BLOCKED:
      on_person (job, response, outcome);
      break;
    case SMM_OUTCOME_REFUSED:
    default:
      if (job->step->kind == SMM_STEP_VERDICT)
        smm_job_forget_there (job);
      park_step (job, response, outcome, SMM_TARGET_FAILED, job->attempt, 0, "refused");
      break;
    }
}

/**
 * smm_job_on_answer:
 * @response: the answer to the job's step
 * @user_data: the job
 */
void
smm_job_on_answer (SmmResponse *response, gpointer user_data)
{
  SmmJob *job = user_data;
  g_autoptr (SmmOutcome) outcome = NULL;

  smm_crash_point (job->step->kind == SMM_STEP_COMMIT ? "got_response" : "prepare_response");
  note_usage (job, response);
  outcome = job->platform->apply (&job->pub, job->step, response);
  smm_job_take_outcome (job, response, outcome);
}

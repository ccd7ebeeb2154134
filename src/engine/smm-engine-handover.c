/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Handing over: the platform gets the post ahead and publishes it at its time, also when this
 * computer is off. On disk such a target is scheduled and has a remote id and the fact
 * "handed_over", the time the platform was told. What the user changes meanwhile is told to the
 * platform first and called done when it has agreed:
 *   another time      the target's due time and the fact differ: move, or take back and go on here
 *   "recall-cancel"   take back, then cancelled        "recall-draft"  take back, then a draft
 *   "recall-edit"     take back, then hand over anew
 * After its time the platform is asked what came of it, like after any commit.
 */

#include "config.h"

#include "smm-engine-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* The platform's own clock decides; asked sooner it would only say "not yet". */
#define AFTER_TIME (30 * SECOND)
#define RETRY_MAX (10 * MINUTE)

gboolean
smm_job_wants_hand_over (SmmJob *job)
{
  const char *wanted = g_hash_table_lookup (job->post->options, SMM_OPTION_HAND_OVER);

  return g_strcmp0 (wanted, "true") == 0 && job->platform->hand_over_max > 0;
}

/**
 * smm_job_prepare_hand_over:
 * @job: a target that is not handed over yet
 *
 * Returns: %TRUE: go on, the steps hand it over or, at its time, publish it; %FALSE: it was parked
 */
gboolean
smm_job_prepare_hand_over (SmmJob *job)
{
  gint64 now = smm_engine_now (job->engine);
  gint64 ahead = job->due_at - now;
  SmmTargetState state = job->claimed ? SMM_TARGET_PUBLISHING : SMM_TARGET_SCHEDULED;

  job->pub.schedule_at = 0;
  smm_job_set_fact (job, "engine.schedule_at", NULL);
  if (ahead > job->platform->hand_over_max)
    {
      smm_job_park (job, state, job->attempt, job->due_at - job->platform->hand_over_max, NULL,
                    NULL, NULL);
      return FALSE;
    }
  if (ahead >= job->platform->hand_over_min)
    {
      g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, job->due_at);

      job->pub.schedule_at = job->due_at;
      smm_job_set_fact (job, "engine.schedule_at", text);
      return TRUE;
    }
  if (ahead > 0)
    {
      smm_job_park (job, state, job->attempt, job->due_at, "too-near",
                    _ ("It is too near for the platform’s own schedule: it goes out from here."),
                    NULL);
      return FALSE;
    }
  return TRUE;
}

static void
set_handed_over (SmmJob *job, SmmWrite *write)
{
  write->to.next_at = job->due_at + AFTER_TIME;
  write->to.reason_code = g_strdup ("handed-over");
  write->to.reason
      = g_strdup_printf (_ ("%s publishes it at its time, also when this computer is off"),
                         smm_platform_id_get_label (job->platform->id));
  write->ends = TRUE;
}

/**
 * smm_job_keep_handed_over:
 * @job: its commit was answered: the platform has the post
 * @response: the answer
 * @request_id: (nullable): the platform's name for it
 */
void
smm_job_keep_handed_over (SmmJob *job, SmmResponse *response, const char *request_id)
{
  SmmWrite *write = smm_write_new (job, SMM_TARGET_SCHEDULED, job->attempt);

  smm_write_fill_journal (job, write, response, "done", NULL, NULL, request_id);
  set_handed_over (job, write);
  smm_write_submit (write);
}

static gint64
get_time_there (SmmJob *job)
{
  const char *text = smm_job_get_fact (job, "handed_over");

  return text != NULL ? g_ascii_strtoll (text, NULL, 10) * SECOND : 0;
}

static gboolean
is_moved (SmmJob *job)
{
  return get_time_there (job) / SECOND != job->due_at / SECOND;
}

static void
on_moved (SmmResponse *response, gpointer user_data)
{
  SmmJob *job = user_data;
  g_autoptr (SmmOutcome) outcome = job->platform->apply_move (&job->pub, response);
  gint64 now = smm_engine_now (job->engine);
  SmmWrite *write;

  if (outcome->kind == SMM_OUTCOME_DONE)
    {
      g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, job->due_at / SECOND);

      smm_job_set_fact (job, "handed_over", text);
      smm_job_forget_count (job, "tries");
      write = smm_write_new (job, SMM_TARGET_SCHEDULED, job->attempt);
      set_handed_over (job, write);
      smm_write_submit (write);
      return;
    }
  /* It may be public already, or gone: what it is now decides. */
  if (now >= get_time_there (job))
    {
      smm_job_next_step (job);
      return;
    }
  smm_job_park (job, SMM_TARGET_SCHEDULED, job->attempt,
                MIN (now + MIN (smm_job_backoff (job, smm_job_count (job, "tries")), RETRY_MAX),
                     get_time_there (job) + AFTER_TIME),
                "moving",
                outcome->message != NULL ? outcome->message
                                         : _ ("The platform was not told the new time yet"),
                NULL);
}

/**
 * smm_job_begin_handed_over:
 * @job: a scheduled target that the platform has; its token is ready
 */
void
smm_job_begin_handed_over (SmmJob *job)
{
  gint64 now = smm_engine_now (job->engine);
  gint64 ahead = job->due_at - now;
  g_autoptr (SmmRequest) request = NULL;

  if (!smm_engine_may_send (job->engine))
    smm_job_park (job, job->state, job->attempt, now, job->reason_code, NULL, NULL);
  /* Its time there has come: whatever was wanted, it may be public. */
  else if (now >= get_time_there (job) + AFTER_TIME)
    {
      if (smm_is_ask (job->reason_code) || is_moved (job))
        smm_job_set_fact (job, "engine.untold", "1");
      smm_job_next_step (job);
    }
  else if (job->reason_code != NULL && g_str_has_prefix (job->reason_code, "recall"))
    smm_job_remove (job);
  else if (is_moved (job)
           && (ahead < job->platform->hand_over_min || ahead > job->platform->hand_over_max
               || !smm_job_wants_hand_over (job)))
    smm_job_remove (job);
  else if (is_moved (job))
    {
      job->pub.schedule_at = job->due_at;
      request = job->platform->move (&job->pub);
      smm_job_send (job, request, "move", on_moved);
    }
  else
    smm_job_park (job, job->state, job->attempt, job->due_at + AFTER_TIME, "handed-over", NULL,
                  NULL);
}

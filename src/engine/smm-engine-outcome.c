/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * What came of a step, on its way to the disk: state, facts, journal and account in one piece,
 * written with the other outcomes of a turn of the loop in one commit.
 */

#include "config.h"

#include "smm-engine-private.h"

#include "smm-crash-point.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static void
write_free (SmmWrite *write)
{
  g_free (write->target_id);
  g_free (write->post_id);
  g_free (write->account_id);
  g_free ((char *)write->to.reason_code);
  g_free ((char *)write->to.reason);
  g_free ((char *)write->to.fix);
  g_free ((char *)write->to.remote_id);
  g_free ((char *)write->to.permalink);
  g_clear_pointer (&write->facts, g_hash_table_unref);
  g_free (write->journal_state);
  g_free (write->step);
  g_free (write->kind);
  g_free (write->error);
  g_free (write->note);
  g_free (write->request_id);
  g_free (write->account_reason);
  g_free (write);
}

SmmWrite *
smm_write_new (SmmJob *job, SmmTargetState state, int attempt)
{
  SmmWrite *write = g_new0 (SmmWrite, 1);

  write->job = job;
  write->target_id = g_strdup (job->target_id);
  write->post_id = g_strdup (job->post_id);
  write->account_id = job->account != NULL ? g_strdup (job->account->id) : NULL;
  write->from = job->state;
  write->from_attempt = job->attempt;
  write->to.state = state;
  write->to.attempt = attempt;
  write->to.remote_id = g_strdup (smm_job_get_fact (job, "remote_id"));
  write->to.permalink = g_strdup (smm_job_get_fact (job, "permalink"));
  write->to.published_at = job->published_at;
  write->facts = g_hash_table_ref (job->pub.facts);
  write->account_state = -1;
  return write;
}

/* The platform took it and made nothing of it: the journal must not say otherwise. */
static gboolean
void_commit (SmmEngine *self, SmmWrite *write, GError **error)
{
  g_autoptr (SmmJournalEntry) commit = smm_store_get_last_commit (self->store, write->target_id);

  return commit == NULL
         || smm_store_journal_end (self->store, commit->id, "refused", write->ended_at,
                                   commit->http_status, commit->error,
                                   _ ("The platform says that it came to nothing"),
                                   commit->request_id, error);
}

static gboolean
write_journal (SmmEngine *self, SmmWrite *write, GError **error)
{
  gint64 id = write->journal_id;

  if (write->journal_state == NULL)
    return TRUE;
  if (id == 0)
    id = smm_store_journal_start (self->store, write->target_id, write->from_attempt, write->step,
                                  write->kind, write->started_at, error);
  if (id == 0
      || !smm_store_journal_end (self->store, id, write->journal_state, write->ended_at,
                                 write->http_status, write->error, write->note, write->request_id,
                                 error))
    return FALSE;
  return !write->came_to_nothing || void_commit (self, write, error);
}

static gboolean
write_account (SmmEngine *self, SmmWrite *write, GError **error)
{
  g_autoptr (SmmAccount) account = NULL;

  if (write->rest_until > 0
      && !smm_store_put_rest (self->store, write->account_id, write->rest_until, error))
    return FALSE;
  if (write->to.state == SMM_TARGET_PUBLISHED && write->from != SMM_TARGET_PUBLISHED
      && !smm_store_set_account_published (self->store, write->account_id, write->to.published_at,
                                           error))
    return FALSE;
  if (write->account_state < 0)
    return TRUE;
  account = smm_store_get_account (self->store, write->account_id);
  if (account == NULL || (int)account->state == SMM_ACCOUNT_DISCONNECTED)
    return TRUE;
  account->state = write->account_state;
  g_free (account->state_reason);
  account->state_reason = g_strdup (write->account_reason);
  smm_engine_add_changed (self, account->id);
  return smm_store_put_account (self->store, account, error);
}

gboolean
smm_is_ask (const char *reason_code)
{
  return reason_code != NULL
         && (strcmp (reason_code, "removing") == 0 || strcmp (reason_code, "moving") == 0
             || g_str_has_prefix (reason_code, "recall"));
}

/* Taken back there: what it is now is what people wanted last. */
static void
end_recall (SmmEngine *self, SmmWrite *write, const char *asked)
{
  write->to.state = smm_target_state_after_recall (asked);
  write->to.next_at = write->to.state == SMM_TARGET_SCHEDULED ? smm_engine_now (self) : 0;
}

/* The platform has published it, or is about to, and what was asked came too late for that. */
static void
note_untold (SmmWrite *write, const char *asked)
{
  if (!smm_is_ask (asked))
    return;
  smm_job_set_fact (write->job, "engine.untold", "1");
  if (write->to.state != SMM_TARGET_PUBLISHED || write->to.reason_code != NULL)
    return;
  write->to.reason_code = g_strdup ("untold");
  write->to.reason = smm_job_describe_untold (write->job);
}

/* People may ask for a change of what the platform has at any moment, also while a step is on its
 * way: what was asked since the job began is kept, and looked at now. */
static void
heed_asks (SmmEngine *self, SmmWrite *write)
{
  SmmJob *job = write->job;
  g_autoptr (SmmTarget) target = NULL;

  if (write->from != SMM_TARGET_PUBLISHED
      && !(write->from == SMM_TARGET_SCHEDULED && job->handed_over))
    return;
  target = smm_store_get_target (self->store, write->target_id);
  if (target == NULL
      || (g_strcmp0 (target->reason_code, job->reason_code) == 0 && target->due_at == job->due_at))
    return;
  if (write->from == SMM_TARGET_SCHEDULED && !g_hash_table_contains (write->facts, "handed_over"))
    {
      end_recall (self, write, target->reason_code);
      return;
    }
  if (write->to.state != write->from)
    {
      note_untold (write, target->reason_code);
      return;
    }
  g_free ((char *)write->to.reason_code);
  g_free ((char *)write->to.reason);
  g_free ((char *)write->to.fix);
  write->to.reason_code = g_strdup (target->reason_code);
  write->to.reason = g_strdup (target->reason);
  write->to.fix = g_strdup (target->fix);
  write->to.next_at = smm_engine_now (self);
}

static gboolean
apply_write (SmmEngine *self, gpointer data, GError **error)
{
  SmmWrite *write = data;
  g_autoptr (GError) problem = NULL;

  heed_asks (self, write);
  smm_crash_point (smm_target_state_is_final (write->to.state) ? "outcome_begin" : "step_begin");
  if (!smm_store_transition (self->store, write->target_id, write->from, write->from_attempt,
                             &write->to, &problem))
    {
      if (problem != NULL)
        g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  smm_engine_add_changed (self, write->post_id);
  return write_journal (self, write, error) && write_account (self, write, error)
         && ((write->to.state == SMM_TARGET_PUBLISHED && !write->keeps_facts)
             || smm_store_put_facts (self->store, write->target_id, write->facts, error));
}

static void
write_done (SmmEngine *self, gpointer data, gboolean written)
{
  SmmWrite *write = data;
  SmmJob *job = write->job;

  smm_crash_point (smm_target_state_is_final (write->to.state) ? "outcome_done" : "step_done");
  if (written && write->then != NULL && !write->ends)
    {
      job->state = write->to.state;
      job->attempt = write->to.attempt;
      write->then (job);
    }
  else
    {
      if (written)
        job->state = write->to.state;
      smm_job_end (job);
    }
  write_free (write);
}

/* Outcomes are kept until they are on disk, whatever the disk says meanwhile. */
void
smm_write_submit (SmmWrite *write)
{
  if (write->ends && !write->job->leaving)
    {
      write->job->leaving = TRUE;
      write->job->engine->n_leaving++;
    }
  smm_engine_write (write->job->engine, apply_write, write_done, write, TRUE);
}

void
smm_job_park (SmmJob *job, SmmTargetState state, int attempt, gint64 next_at,
              const char *reason_code, const char *reason, const char *fix)
{
  SmmWrite *write = smm_write_new (job, state, attempt);

  write->to.next_at = next_at;
  write->to.reason_code = g_strdup (reason_code);
  write->to.reason = g_strdup (reason);
  write->to.fix = g_strdup (fix);
  write->ends = TRUE;
  smm_write_submit (write);
}

void
smm_write_fill_journal (SmmJob *job, SmmWrite *write, SmmResponse *response, const char *state,
                        const char *error, const char *note, const char *request_id)
{
  static const char *const kinds[] = { "prepare", "commit", "verdict", "confirm" };

  write->journal_id = job->journal_id;
  write->journal_state = g_strdup (state);
  write->step = g_strdup (job->step->name);
  write->kind = g_strdup (kinds[job->step->kind]);
  write->started_at = job->step_started_at;
  write->ended_at = smm_engine_now (job->engine);
  write->http_status = response->status;
  write->error = g_strdup (error != NULL ? error : response->error_code);
  write->note = g_strdup (note != NULL ? note : response->error);
  write->request_id = g_strdup (request_id);
  job->journal_id = 0;
}

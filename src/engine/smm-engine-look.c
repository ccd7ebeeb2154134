/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Reconciling: a commit was sent and no clear answer came. The platform's own lists are the truth,
 * but they may lag: a look before the settling time proves nothing, and only two looks that did not
 * find the post, the second after the second settling time, allow another attempt. What they say
 * has failed is no different: the commit may still arrive. Nor is what has only its text in common
 * with ours: somebody may have posted that by hand, and ours be on its way or not listed yet.
 */

#include "config.h"

#include "smm-engine-private.h"

#include "smm-crash-point.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

#define MAX_ATTEMPTS 6
#define ABSENT_SINCE "engine.absent-since"
#define MAX_REQUESTS_A_LOOK 20
#define UNKNOWN_FIRST MINUTE
/* The other may be waiting itself, for its limits. */
#define RIVAL_FIRST (5 * SECOND)
#define RIVAL_MAX (15 * MINUTE)
#define UNKNOWN_MAX HOUR

/**
 * smm_engine_settle:
 * @self: the engine
 * @look: 1 or 2
 *
 * Returns: µs after the commit was sent before this look counts
 */
gint64
smm_engine_settle (SmmEngine *self, int look)
{
  return (gint64)((look <= 1 ? self->host.settle_first : self->host.settle_second) * SECOND);
}

/* What a look found, to be written. */
typedef struct
{
  SmmJob *job;
  SmmTransition to;
  char *reason_code, *reason, *fix;
  const char *journal_state;
  const char *commit_note; /* translated: what is known of the commit now; NULL nothing */
  char *note, *error, *request_id;
  int http_status;
  gint64 started_at, ended_at;
  gboolean absent; /* the old commit certainly did not happen, or came to nothing */
} LookWrite;

static void
set_reason (LookWrite *write, const char *code, const char *reason, const char *fix)
{
  g_free (write->reason_code);
  g_free (write->reason);
  g_free (write->fix);
  write->reason_code = g_strdup (code);
  write->reason = g_strdup (reason);
  write->fix = g_strdup (fix);
  write->to.reason_code = write->reason_code;
  write->to.reason = write->reason;
  write->to.fix = write->fix;
}

/* Two targets with the same text must not take one post for themselves: this one looks again, with
 * the other settled. */
static void
yield_to_rival (SmmEngine *self, LookWrite *write)
{
  SmmJob *job = write->job;

  if ((write->to.state != SMM_TARGET_PUBLISHED && write->to.state != SMM_TARGET_SCHEDULED)
      || write->to.remote_id == NULL
      || !smm_store_has_rival (self->store, job->account->id, job->target_id, write->to.remote_id))
    return;
  write->to.state = SMM_TARGET_UNCONFIRMED;
  write->to.next_at = write->ended_at
                      + MIN (RIVAL_FIRST << MIN (smm_job_count (job, "rival") - 1, 10), RIVAL_MAX);
  write->to.published_at = 0;
  write->commit_note = NULL;
  smm_job_set_fact (job, "comment.state", NULL);
  write->journal_state = "unclear";
  g_clear_pointer ((char **)&write->to.remote_id, g_free);
  g_clear_pointer ((char **)&write->to.permalink, g_free);
  smm_job_forget_there (job);
  set_reason (write, "looking",
              _ ("Another post with the same text is being settled. It is looked at again."),
              "look-now");
}

static gboolean
apply_look_write (SmmEngine *self, gpointer data, GError **error)
{
  LookWrite *write = data;
  SmmJob *job = write->job;
  g_autoptr (SmmJournalEntry) commit = NULL;
  g_autoptr (GError) problem = NULL;
  g_autofree char *step = g_strdup_printf ("look:%d", job->look);
  gint64 id;

  smm_crash_point ("look_begin");
  yield_to_rival (self, write);
  if (!smm_store_transition (self->store, job->target_id, job->state, job->attempt, &write->to,
                             &problem))
    {
      if (problem != NULL)
        g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  smm_engine_add_changed (self, job->post_id);
  id = smm_store_journal_start (self->store, job->target_id, job->attempt, step, "reconcile",
                                write->started_at, error);
  if (id == 0
      || !smm_store_journal_end (self->store, id, write->journal_state, write->ended_at,
                                 write->http_status, write->error, write->note, write->request_id,
                                 error))
    return FALSE;
  commit = smm_store_get_last_commit (self->store, job->target_id);
  if (commit != NULL && write->commit_note != NULL
      && !smm_store_journal_end (self->store, commit->id, write->absent ? "refused" : "done",
                                 write->ended_at, commit->http_status, commit->error,
                                 write->commit_note, commit->request_id, error))
    return FALSE;
  if (write->to.state == SMM_TARGET_PUBLISHED
      && !smm_store_set_account_published (self->store, job->account->id, write->to.published_at,
                                           error))
    return FALSE;
  return smm_store_put_facts (self->store, job->target_id, job->pub.facts, error);
}

static void
look_written (SmmEngine *self, gpointer data, gboolean written)
{
  LookWrite *write = data;

  smm_crash_point ("look_done");
  smm_job_end (write->job);
  g_free (write->reason_code);
  g_free (write->reason);
  g_free (write->fix);
  g_free (write->note);
  g_free (write->error);
  g_free (write->request_id);
  g_free ((char *)write->to.remote_id);
  g_free ((char *)write->to.permalink);
  g_free (write);
}

static LookWrite *
look_write_new (SmmJob *job, SmmResponse *response, const SmmReconcile *found)
{
  LookWrite *write = g_new0 (LookWrite, 1);

  write->job = job;
  write->to.state = SMM_TARGET_UNCONFIRMED;
  write->to.attempt = job->attempt;
  write->to.remote_id = g_strdup (g_hash_table_lookup (job->pub.facts, "remote_id"));
  write->to.permalink = g_strdup (g_hash_table_lookup (job->pub.facts, "permalink"));
  write->journal_state = "done";
  write->started_at = job->step_started_at;
  write->ended_at = smm_engine_now (job->engine);
  write->http_status = response->status;
  write->note = g_strdup (found->message != NULL ? found->message : response->error);
  write->error = g_strdup (found->error != NULL ? found->error : response->error_code);
  write->request_id = g_strdup (found->request_id);
  return write;
}

/* The Date header of an answer: "Tue, 24 Nov 2026 06:00:00 GMT" → µs UTC; 0: none. */
static gint64
read_date (SmmResponse *response)
{
  static const char *const months = "JanFebMarAprMayJunJulAugSepOctNovDec";
  const char *text = smm_response_get_header (response, "date");
  int day, year, hour, minute, second;
  char month[4] = "";
  const char *found;
  g_autoptr (GDateTime) time = NULL;

  if (text == NULL
      || sscanf (text, "%*3s, %2d %3s %4d %2d:%2d:%2d GMT", &day, month, &year, &hour, &minute,
                 &second)
             != 6)
    return 0;
  found = strlen (month) == 3 ? strstr (months, month) : NULL;
  if (found == NULL)
    return 0;
  time = g_date_time_new_utc (year, (int)(found - months) / 3 + 1, day, hour, minute, second);
  return time != NULL ? g_date_time_to_unix (time) * SECOND : 0;
}

/**
 * smm_job_get_rest_by_date:
 * @job: a job that looked for something and did not find it
 * @response: what the platform said
 * @since_fact: which keeps when that was for the first time, by the platform's clock; the caller
 *   forgets it with what was looked for
 *
 * Our clock may be set between two looks; the platform's tells how long it really was.
 *
 * Returns: µs still to wait before this look is a second one; not positive: it is one, or nobody
 *   told the time
 */
gint64
smm_job_get_rest_by_date (SmmJob *job, SmmResponse *response, const char *since_fact)
{
  gint64 date = read_date (response);
  gint64 between = smm_engine_settle (job->engine, 2) - smm_engine_settle (job->engine, 1);
  const char *first = smm_job_get_fact (job, since_fact);
  gint64 since = first != NULL ? g_ascii_strtoll (first, NULL, 10) : 0;

  if (date == 0)
    return 0;
  if (since == 0 || since > date)
    {
      g_hash_table_insert (job->pub.facts, g_strdup (since_fact),
                           g_strdup_printf ("%" G_GINT64_FORMAT, date));
      since = date;
    }
  /* Dates are whole seconds. */
  return since + between - 2 * SECOND - date;
}

static void
forget_there (SmmJob *job, LookWrite *write)
{
  smm_job_forget_there (job);
  g_clear_pointer ((char **)&write->to.remote_id, g_free);
  g_clear_pointer ((char **)&write->to.permalink, g_free);
}

/* At its time a post that was handed over leaves one list and comes into another, which may show it
 * late; the time is the platform's, if it tells it. Returns µs until it would be shown, if it has
 * to be waited for. */
static gint64
get_rest_of_move (SmmJob *job, SmmResponse *response)
{
  gint64 date = read_date (response);
  gint64 there = date != 0 ? date : smm_engine_now (job->engine);
  gint64 at = job->pub.schedule_at;

  if (at == 0 || there < at - smm_engine_settle (job->engine, 1))
    return 0;
  return at + smm_engine_settle (job->engine, 2) - there;
}

/* Whether what a look says may be believed. Until the second settling time has passed the request
 * may still be on its way and arrive. Returns FALSE: not for certain, and it is looked at again in
 * time. */
static gboolean
is_certain (SmmJob *job, LookWrite *write, SmmResponse *response)
{
  gint64 rest = MAX (smm_job_get_rest_by_date (job, response, ABSENT_SINCE),
                     get_rest_of_move (job, response));
  gint64 now = write->ended_at;
  gint64 sent = MIN (job->pub.commit_sent_at, now);
  gint64 second_at = sent + smm_engine_settle (job->engine, 2);

  if (now < sent + smm_engine_settle (job->engine, 1))
    {
      /* Too early to count: asked for by hand, or the clock was set back. */
      write->journal_state = "unclear";
      write->to.next_at = sent + smm_engine_settle (job->engine, 1);
    }
  else if (job->look < 2 || now < second_at)
    write->to.next_at = MAX (second_at, now + SECOND);
  else if (rest > 0)
    write->to.next_at = now + rest;
  else
    return TRUE;
  return FALSE;
}

static void
on_published (SmmJob *job, LookWrite *write, SmmResponse *response, const SmmReconcile *found)
{
  const char *at;

  if (found->weak && !is_certain (job, write, response))
    {
      forget_there (job, write);
      set_reason (write, "looking",
                  _ ("A post with this text is public. It is looked at again before it is taken "
                     "for this one."),
                  "look-now");
      return;
    }
  at = g_hash_table_lookup (job->pub.facts, "published_at");
  write->commit_note = _ ("A look found it: it happened");
  write->to.state = SMM_TARGET_PUBLISHED;
  if (smm_job_wants_comment (job))
    {
      smm_job_set_fact (job, "comment.state", "todo");
      write->to.next_at = write->ended_at;
    }
  write->to.published_at = at != NULL ? g_ascii_strtoll (at, NULL, 10) : 0;
  if (write->to.published_at <= 0)
    write->to.published_at = job->pub.commit_sent_at;
  if (smm_job_get_fact (job, "engine.untold") != NULL)
    {
      g_autofree char *untold = smm_job_describe_untold (job);

      set_reason (write, "untold", untold, NULL);
    }
}

static void
on_not_published (SmmJob *job, LookWrite *write, SmmResponse *response)
{
  if (!is_certain (job, write, response))
    {
      set_reason (write, "looking",
                  _ ("The platform has not answered clearly. Its own list does not show the post "
                     "yet; it is looked at again before anything is repeated."),
                  "look-now");
      return;
    }
  write->absent = TRUE;
  smm_job_set_fact (job, ABSENT_SINCE, NULL);
  write->commit_note = _ ("Two looks did not find it: it did not happen");
  forget_there (job, write);
  if (job->attempt >= MAX_ATTEMPTS)
    {
      write->to.state = SMM_TARGET_FAILED;
      set_reason (write, "gave-up",
                  _ ("It was tried several times and the platform never showed the post"), "retry");
      return;
    }
  write->to.state = SMM_TARGET_PUBLISHING;
  write->to.attempt = job->attempt + 1;
  write->to.next_at = write->ended_at;
}

/* It arrived; what comes of it is asked like after any commit that was answered. */
static void
on_accepted (SmmJob *job, LookWrite *write)
{
  write->commit_note = _ ("A look found it: it arrived");
  if (job->pub.schedule_at > 0 && smm_job_get_fact (job, "handed_over") != NULL)
    {
      write->to.state = SMM_TARGET_SCHEDULED;
      write->to.next_at = write->ended_at;
      set_reason (write, "handed-over", NULL, NULL);
      return;
    }
  /* The adapter's own word, if it has one, says what was accepted. */
  if (smm_job_get_fact (job, "accepted") == NULL)
    smm_job_set_fact (job, "accepted", "1");
  write->to.state = SMM_TARGET_PUBLISHING;
  write->to.next_at = write->ended_at;
}

/* A platform may call what has not arrived yet a failure, and take it when it does. */
static void
on_refused (SmmJob *job, LookWrite *write, SmmResponse *response, const SmmReconcile *found)
{
  if (!is_certain (job, write, response))
    {
      set_reason (write, "looking",
                  _ ("The platform says that nothing came of the post. It is looked at again "
                     "before that is believed."),
                  "look-now");
      return;
    }
  write->absent = TRUE;
  smm_job_set_fact (job, ABSENT_SINCE, NULL);
  write->commit_note = _ ("The platform says that it came to nothing");
  forget_there (job, write);
  write->to.state = SMM_TARGET_FAILED;
  set_reason (write, "refused-there",
              found->message != NULL ? found->message
                                     : _ ("The platform took the post and then refused it"),
              "retry");
}

static void
on_unknown (SmmJob *job, LookWrite *write, const SmmReconcile *found)
{
  int n = smm_job_count (job, "unknown");
  gint64 wait = found->wait_ms > 0 ? (gint64)found->wait_ms * 1000
                                   : MIN (UNKNOWN_FIRST << MIN (n - 1, 10), UNKNOWN_MAX);

  write->journal_state = "unclear";
  write->to.next_at = write->ended_at + wait;
  set_reason (write, found->signed_out ? "signed-out" : "looking",
              found->message != NULL
                  ? found->message
                  : _ ("The platform has not told yet whether the post is public. It is asked "
                       "again."),
              found->signed_out ? "reconnect" : "look-now");
}

static void send_look (SmmJob *job);

static void
on_look_answer (SmmResponse *response, gpointer user_data)
{
  SmmJob *job = user_data;
  g_autoptr (SmmReconcile) found = NULL;
  LookWrite *write;

  smm_crash_point ("look_response");
  found = job->platform->apply_look (&job->pub, job->look, response);
  smm_job_merge_facts (job, found->facts);
  if (found->kind == SMM_RECONCILE_MORE && ++job->n_more < MAX_REQUESTS_A_LOOK)
    {
      send_look (job);
      return;
    }
  write = look_write_new (job, response, found);
  if (found->kind == SMM_RECONCILE_PUBLISHED)
    on_published (job, write, response, found);
  else if (found->kind == SMM_RECONCILE_NOT_PUBLISHED)
    on_not_published (job, write, response);
  else if (found->kind == SMM_RECONCILE_ACCEPTED)
    on_accepted (job, write);
  else if (found->kind == SMM_RECONCILE_REFUSED)
    on_refused (job, write, response, found);
  else
    on_unknown (job, write, found);
  smm_engine_write (job->engine, apply_look_write, look_written, write, TRUE);
}

static void
send_look (SmmJob *job)
{
  g_autoptr (SmmRequest) request = job->platform->next_look (&job->pub, job->look);

  smm_job_send (job, request, "look", on_look_answer);
}

static void
begin_look (SmmJob *job)
{
  job->step_started_at = smm_engine_now (job->engine);
  send_look (job);
}

/**
 * smm_job_begin_look:
 * @job: an unconfirmed target whose time to be asked about has come
 */
void
smm_job_begin_look (SmmJob *job)
{
  const char *scheduled;

  if (job->post == NULL || job->account == NULL || job->platform == NULL
      || !job->platform->can_list)
    {
      smm_job_park (job, job->state, job->attempt, 0, "ask-user",
                    _ ("This platform can’t be asked. Look there and say whether the post is "
                       "public."),
                    "resolve");
      return;
    }
  /* A library restored from a backup doubts posts it has no commit of. */
  if (job->pub.commit_sent_at == 0)
    job->pub.commit_sent_at = job->due_at;
  /* What an earlier look found out is forgotten: each starts from nothing. */
  smm_job_drop_facts (job, "look.");
  scheduled = smm_job_get_fact (job, "engine.schedule_at");
  job->pub.schedule_at = scheduled != NULL ? g_ascii_strtoll (scheduled, NULL, 10) : 0;
  g_clear_pointer (&job->pub.claimed, g_hash_table_unref);
  job->pub.claimed = smm_store_get_claimed (job->engine->store, job->account->id, job->target_id);
  job->look = (int)smm_store_count_looks (job->engine->store, job->target_id, job->attempt) + 1;
  smm_job_with_tokens (job, begin_look);
}

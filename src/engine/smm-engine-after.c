/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * After a post is public: its first comment, and its removal when the user asks for that. Nothing
 * here makes a published post anything else but, once the platform agreed, a removed one.
 *
 * A comment is a commit of its own: "comment.state" is todo → sending (on disk before it is sent) →
 * done; after an unclear answer or a death it is searched for, twice with the settling times
 * between, before it is written again.
 */

#include "config.h"

#include "smm-engine-private.h"

#include "smm-crash-point.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_COMMENTS 3
#define MAX_TRIES 8
#define COMMENT_ABSENT_SINCE "engine.comment-absent-since"
/* On the disk while a removal is on its way. */
#define REMOVE_SENT "engine.remove-sent"
#define MAX_REQUESTS 20
#define GIVE_UP (48 * HOUR)

gboolean
smm_job_wants_comment (SmmJob *job)
{
  /* A story has no comments; the adapters say that it is left out. */
  return job->post->first_comment != NULL && *job->post->first_comment != '\0'
         && job->post->kind != SMM_POST_KIND_STORY && job->platform->comment != NULL
         && smm_job_get_fact (job, "comment.state") == NULL;
}

static gint64
get_comment_sent_at (SmmJob *job)
{
  const char *text = smm_job_get_fact (job, "comment.sent_at");

  return text != NULL ? g_ascii_strtoll (text, NULL, 10) : 0;
}

/* That a removal failed, or a change came too late, stays to be read, whatever else is done. */
static void
keep_reason (SmmJob *job, SmmWrite *write)
{
  g_autoptr (SmmTarget) target = NULL;

  if (g_strcmp0 (job->reason_code, "remove-failed") != 0
      && g_strcmp0 (job->reason_code, "untold") != 0)
    return;
  target = smm_store_get_target (job->engine->store, job->target_id);
  if (target == NULL)
    return;
  write->to.reason_code = g_strdup (target->reason_code);
  write->to.reason = strcmp (job->reason_code, "untold") == 0 ? smm_job_describe_untold (job)
                                                              : g_strdup (target->reason);
  write->to.fix = g_strdup (target->fix);
}

/* A change that came too late and what there is to say of the comment are said together. */
static void
add_untold (SmmJob *job, SmmWrite *write)
{
  g_autofree char *untold = smm_job_describe_untold (job);
  char *both;

  if (g_strcmp0 (job->reason_code, "untold") != 0)
    return;
  both = g_strdup_printf ("%s\n%s", untold, write->to.reason);
  g_free ((char *)write->to.reason_code);
  g_free ((char *)write->to.reason);
  write->to.reason_code = g_strdup ("untold");
  write->to.reason = both;
}

/* The target as it is, with what there is to say of its comment. */
static SmmWrite *
write_new (SmmJob *job, gint64 next_at, const char *code, const char *reason, const char *fix)
{
  SmmWrite *write = smm_write_new (job, job->state, job->attempt);

  write->to.next_at = next_at;
  write->to.reason_code = g_strdup (code);
  write->to.reason = g_strdup (reason);
  write->to.fix = g_strdup (fix);
  write->keeps_facts = TRUE;
  write->ends = TRUE;
  if (code == NULL)
    keep_reason (job, write);
  else if (g_str_has_prefix (code, "comment"))
    add_untold (job, write);
  return write;
}

/* When to go on with the comment after a removal that failed; 0: it is settled. */
static gint64
get_comment_time (SmmJob *job)
{
  const char *state = smm_job_get_fact (job, "comment.state");
  gboolean open = g_strcmp0 (state, "todo") == 0 || g_strcmp0 (state, "sending") == 0;

  return open && job->state == SMM_TARGET_PUBLISHED ? smm_engine_now (job->engine) : 0;
}

static void
fill_journal (SmmJob *job, SmmWrite *write, SmmResponse *response, const char *step,
              const char *kind, const char *state, const char *error, const char *note,
              const char *request_id)
{
  write->journal_id = job->journal_id;
  write->journal_state = g_strdup (state);
  write->step = g_strdup (step);
  write->kind = g_strdup (kind);
  write->started_at = job->step_started_at;
  write->ended_at = smm_engine_now (job->engine);
  write->http_status = response->status;
  write->error = g_strdup (error != NULL ? error : response->error_code);
  write->note = g_strdup (note != NULL ? note : response->error);
  write->request_id = g_strdup (request_id);
  job->journal_id = 0;
}

static void
give_up_comment (SmmJob *job, SmmResponse *response, const char *kind, const char *message)
{
  g_autofree char *reason = NULL;
  SmmWrite *write;

  smm_job_set_fact (job, "comment.state", "failed");
  reason = g_strdup_printf (_ ("The post is public; its first comment is not: %s"),
                            message != NULL ? message
                                            : _ ("the platform does not answer as it should"));
  write = write_new (job, 0, "comment-failed", reason, NULL);
  if (response != NULL)
    fill_journal (job, write, response, "comment", kind, "refused", NULL, message, NULL);
  smm_write_submit (write);
}

/* --- Looking for a comment --- */

static void send_find (SmmJob *job);

static void
on_absent (SmmJob *job, SmmResponse *response, SmmReconcile *found)
{
  gint64 sent = get_comment_sent_at (job);
  gint64 now = smm_engine_now (job->engine);
  gint64 second_at = sent + smm_engine_settle (job->engine, 2);
  gint64 rest;
  int looks;
  SmmWrite *write;

  if (now < sent + smm_engine_settle (job->engine, 1))
    {
      smm_write_submit (
          write_new (job, sent + smm_engine_settle (job->engine, 1), NULL, NULL, NULL));
      return;
    }
  looks = smm_job_count (job, "comment-looks");
  rest = smm_job_get_rest_by_date (job, response, COMMENT_ABSENT_SINCE);
  if (looks >= 2 && now >= second_at && rest <= 0)
    {
      smm_job_set_fact (job, "comment.state", "todo");
      smm_job_set_fact (job, COMMENT_ABSENT_SINCE, NULL);
      smm_job_forget_count (job, "comment-looks");
      write = write_new (job, now, NULL, NULL, NULL);
    }
  else
    write = write_new (job, MAX (second_at, now + MAX (rest, SECOND)), "comment-unclear",
                       _ ("The post is public. Whether its first comment is, is being found out."),
                       NULL);
  fill_journal (job, write, response, "comment-look", "reconcile", "done", found->error,
                found->message, found->request_id);
  smm_write_submit (write);
}

static void
on_found_answer (SmmResponse *response, gpointer user_data)
{
  SmmJob *job = user_data;
  g_autoptr (SmmReconcile) found = job->platform->apply_find_comment (&job->pub, response);
  SmmWrite *write;

  smm_job_merge_facts (job, found->facts);
  if (found->kind == SMM_RECONCILE_MORE && ++job->n_more < MAX_REQUESTS)
    {
      send_find (job);
      return;
    }
  if (found->kind == SMM_RECONCILE_NOT_PUBLISHED)
    {
      on_absent (job, response, found);
      return;
    }
  if (found->kind == SMM_RECONCILE_PUBLISHED)
    {
      smm_job_set_fact (job, "comment.state", "done");
      write = write_new (job, 0, NULL, NULL, NULL);
    }
  else if (smm_engine_now (job->engine) > job->published_at + GIVE_UP)
    {
      smm_job_set_fact (job, "comment.state", "failed");
      write = write_new (job, 0, "comment-unclear",
                         _ ("The post is public. The platform never told whether its first comment "
                            "is: look there."),
                         NULL);
    }
  else
    write = write_new (job,
                       smm_engine_now (job->engine)
                           + smm_job_backoff (job, smm_job_count (job, "comment-unknown") + 4),
                       "comment-unclear",
                       _ ("The post is public. Whether its first comment is, is being found out."),
                       NULL);
  fill_journal (job, write, response, "comment-look", "reconcile",
                found->kind == SMM_RECONCILE_PUBLISHED ? "done" : "unclear", found->error,
                found->message, found->request_id);
  smm_write_submit (write);
}

static void
send_find (SmmJob *job)
{
  g_autoptr (SmmRequest) request = job->platform->find_comment (&job->pub);

  smm_job_send (job, request, "comment", on_found_answer);
}

static void
find_comment (SmmJob *job)
{
  job->step_started_at = smm_engine_now (job->engine);
  smm_job_drop_facts (job, "look.");
  job->pub.commit_sent_at = get_comment_sent_at (job);
  send_find (job);
}

/* --- Writing it --- */

static void
on_comment_unclear (SmmJob *job, SmmResponse *response, SmmOutcome *outcome)
{
  SmmWrite *write = write_new (
      job, smm_engine_now (job->engine) + smm_engine_settle (job->engine, 1), "comment-unclear",
      _ ("The post is public. Whether its first comment is, is being found out."), NULL);

  fill_journal (job, write, response, "comment", "comment", "unclear", outcome->error,
                outcome->message, outcome->request_id);
  smm_write_submit (write);
}

static void
on_comment_later (SmmJob *job, SmmResponse *response, SmmOutcome *outcome)
{
  int tries = smm_job_count (job, "comment-later");
  gint64 now = smm_engine_now (job->engine);
  gint64 wait
      = outcome->wait_ms > 0 ? (gint64)outcome->wait_ms * 1000 : smm_job_backoff (job, tries);
  SmmWrite *write;

  if (outcome->kind == SMM_OUTCOME_SIGNED_OUT || outcome->kind == SMM_OUTCOME_BLOCKED)
    wait = HOUR;
  if (now + wait > job->published_at + GIVE_UP
      || (tries >= MAX_TRIES && outcome->kind == SMM_OUTCOME_RETRY
          && response->sent != SMM_SENT_NOTHING))
    {
      give_up_comment (job, response, "comment", outcome->message);
      return;
    }
  smm_job_set_fact (job, "comment.state", "todo");
  write = write_new (job, now + MIN (wait, 24 * HOUR), "comment-waits",
                     _ ("The post is public; its first comment waits."), outcome->fix);
  if (outcome->kind == SMM_OUTCOME_SIGNED_OUT)
    {
      write->account_state = SMM_ACCOUNT_SIGNED_OUT;
      write->account_reason = g_strdup (outcome->message);
    }
  fill_journal (job, write, response, "comment", "comment", "refused", outcome->error,
                outcome->message, outcome->request_id);
  smm_write_submit (write);
}

static void
on_comment_answer (SmmResponse *response, gpointer user_data)
{
  SmmJob *job = user_data;
  g_autoptr (SmmOutcome) outcome = NULL;
  SmmWrite *write;

  smm_crash_point ("comment_response");
  outcome = job->platform->apply_comment (&job->pub, response);
  if (response->sent == SMM_SENT_MAYBE)
    outcome->kind = SMM_OUTCOME_UNCLEAR;
  smm_job_merge_facts (job, outcome->facts);
  switch (outcome->kind)
    {
    case SMM_OUTCOME_DONE:
      smm_job_set_fact (job, "comment.state", "done");
      write = write_new (job, 0, NULL, NULL, NULL);
      fill_journal (job, write, response, "comment", "comment", "done", NULL, NULL,
                    outcome->request_id);
      smm_write_submit (write);
      break;
    case SMM_OUTCOME_UNCLEAR:
      on_comment_unclear (job, response, outcome);
      break;
    case SMM_OUTCOME_REFUSED:
    case SMM_OUTCOME_RESTART:
      give_up_comment (job, response, "comment", outcome->message);
      break;
    case SMM_OUTCOME_WAIT:
    case SMM_OUTCOME_RETRY:
    case SMM_OUTCOME_LIMITED:
    case SMM_OUTCOME_SIGNED_OUT:
    case SMM_OUTCOME_BLOCKED:
    default:
      on_comment_later (job, response, outcome);
      break;
    }
}

/* What is about to be sent is on the disk first, like the intent of a commit. */
static gboolean
put_intent (SmmEngine *self, SmmJob *job, const char *step, GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autoptr (SmmTarget) target = NULL;
  SmmTransition to = {
    .state = job->state,
    .attempt = job->attempt,
    /* Whoever comes after a death gives it time to arrive. */
    .next_at = job->step_started_at + smm_engine_settle (self, 1),
    .remote_id = smm_job_get_fact (job, "remote_id"),
    .permalink = smm_job_get_fact (job, "permalink"),
    .published_at = job->published_at,
  };

  /* What was asked for meanwhile comes first. */
  target = smm_store_get_target (self->store, job->target_id);
  if (target == NULL || g_strcmp0 (target->reason_code, job->reason_code) != 0)
    return FALSE;
  to.reason_code = target->reason_code;
  to.reason = target->reason;
  to.fix = target->fix;
  if (!smm_store_transition (self->store, job->target_id, job->state, job->attempt, &to, &problem))
    {
      if (problem != NULL)
        g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  job->journal_id = smm_store_journal_start (self->store, job->target_id, job->attempt, step, step,
                                             job->step_started_at, error);
  return job->journal_id != 0
         && smm_store_put_facts (self->store, job->target_id, job->pub.facts, error);
}

static gboolean
apply_intent (SmmEngine *self, gpointer data, GError **error)
{
  smm_crash_point ("comment_begin");
  return put_intent (self, data, "comment", error);
}

static void
intent_done (SmmEngine *self, gpointer data, gboolean written)
{
  SmmJob *job = data;
  g_autoptr (SmmRequest) request = NULL;

  smm_crash_point ("comment_intent");
  if (!written || self->stopping)
    {
      smm_job_end (job);
      return;
    }
  request = job->platform->comment (&job->pub);
  smm_job_send (job, request, "comment", on_comment_answer);
  smm_crash_point ("comment_sent");
}

static void
write_comment (SmmJob *job)
{
  gint64 now = smm_engine_now (job->engine);
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, now);

  /* None is wanted any more. */
  if (job->post->first_comment == NULL || *job->post->first_comment == '\0')
    {
      smm_job_set_fact (job, "comment.state", NULL);
      smm_write_submit (write_new (job, 0, NULL, NULL, NULL));
      return;
    }
  if (smm_job_count (job, "comments") > MAX_COMMENTS)
    {
      give_up_comment (job, NULL, "comment",
                       _ ("it was written several times and never showed there"));
      return;
    }
  smm_job_set_fact (job, "comment.state", "sending");
  smm_job_set_fact (job, "comment.sent_at", text);
  job->step_started_at = now;
  smm_engine_write (job->engine, apply_intent, intent_done, job, FALSE);
}

/* --- Removing --- */

static SmmWrite *
removed_write (SmmJob *job)
{
  SmmTargetState state = smm_target_state_after_recall (job->reason_code);
  const char *code = NULL;
  g_autofree char *reason = NULL;
  SmmWrite *write;

  if (job->state == SMM_TARGET_PUBLISHED)
    {
      state = SMM_TARGET_CANCELLED;
      code = "removed";
      reason = g_strdup_printf (_ ("It was public and has been removed from %s"),
                                smm_platform_id_get_label (job->platform->id));
    }
  /* What was there is gone: nothing of it is used again. */
  g_hash_table_remove_all (job->pub.facts);
  write = smm_write_new (job, state, job->attempt);
  write->to.next_at = state == SMM_TARGET_SCHEDULED ? smm_engine_now (job->engine) : 0;
  write->to.reason_code = g_strdup (code);
  write->to.reason = g_strdup (reason);
  write->ends = TRUE;
  return write;
}

/* An answer that was lost may have been one that says that it is gone. */
static gboolean
may_be_removed (SmmJob *job, SmmResponse *response, SmmOutcome *outcome)
{
  if (response->sent != SMM_SENT_NOTHING
      && (outcome->kind == SMM_OUTCOME_RETRY || outcome->kind == SMM_OUTCOME_UNCLEAR))
    smm_job_count (job, "remove-doubts");
  return smm_job_get_fact (job, "engine.remove-doubts") != NULL;
}

static SmmWrite *
not_removed_write (SmmJob *job, SmmResponse *response, SmmOutcome *outcome)
{
  int tries = smm_job_count (job, "remove-tries");
  gboolean doubtful = may_be_removed (job, response, outcome);
  gboolean passing = outcome->kind != SMM_OUTCOME_REFUSED && outcome->kind != SMM_OUTCOME_RESTART;
  gint64 next_at = smm_engine_now (job->engine) + smm_job_backoff (job, tries);
  const char *code = job->reason_code;
  const char *message = outcome->message != NULL ? outcome->message : response->error;

  if (outcome->wait_ms > 0)
    next_at = smm_engine_now (job->engine) + (gint64)outcome->wait_ms * 1000;
  if (outcome->kind == SMM_OUTCOME_SIGNED_OUT || outcome->kind == SMM_OUTCOME_BLOCKED)
    next_at = smm_engine_now (job->engine) + HOUR;
  /* Asking again harms nothing, and only an answer tells whether it is gone. */
  if (tries >= MAX_TRIES && doubtful)
    next_at = MAX (next_at, smm_engine_now (job->engine) + HOUR);
  /* The request whose answer was lost may arrive after one that was refused: once it can't any
   * more, the platform is asked again, and that answer counts. */
  if (!passing && doubtful)
    {
      smm_job_forget_count (job, "remove-doubts");
      next_at = MAX (next_at, smm_engine_now (job->engine) + smm_engine_settle (job->engine, 2));
    }
  if (job->state == SMM_TARGET_PUBLISHED && !doubtful && (!passing || tries >= MAX_TRIES))
    {
      code = "remove-failed";
      next_at = get_comment_time (job);
    }
  /* Of what the platform will publish, its time is the last moment to look. */
  else if (job->handed_over)
    {
      const char *there = smm_job_get_fact (job, "handed_over");

      next_at = MIN (passing ? next_at : G_MAXINT64,
                     g_ascii_strtoll (there, NULL, 10) * SECOND + MINUTE);
    }
  return write_new (job, next_at, code,
                    message != NULL ? message : _ ("The platform has not removed it yet"),
                    outcome->fix);
}

static void
on_removed (SmmResponse *response, gpointer user_data)
{
  SmmJob *job = user_data;
  g_autoptr (SmmOutcome) outcome = NULL;
  SmmWrite *write;

  smm_crash_point ("remove_response");
  smm_job_set_fact (job, REMOVE_SENT, NULL);
  outcome = job->platform->apply_remove (&job->pub, response);
  if (outcome->kind == SMM_OUTCOME_DONE)
    write = removed_write (job);
  else
    write = not_removed_write (job, response, outcome);
  fill_journal (job, write, response, "remove", "remove",
                outcome->kind == SMM_OUTCOME_DONE ? "done" : "refused", outcome->error,
                outcome->message, outcome->request_id);
  smm_write_submit (write);
}

static gboolean
apply_remove_intent (SmmEngine *self, gpointer data, GError **error)
{
  smm_crash_point ("remove_begin");
  return put_intent (self, data, "remove", error);
}

static void
remove_intent_done (SmmEngine *self, gpointer data, gboolean written)
{
  SmmJob *job = data;
  g_autoptr (SmmRequest) request = NULL;

  smm_crash_point ("remove_intent");
  if (!written || self->stopping)
    {
      smm_job_end (job);
      return;
    }
  request = job->platform->remove (&job->pub);
  smm_job_send (job, request, "remove", on_removed);
}

/**
 * smm_job_remove:
 * @job: a target that the platform has; its token is ready
 *
 * Takes the post away there. That may be repeated: what is gone is gone.
 */
void
smm_job_remove (SmmJob *job)
{
  if (job->platform->remove == NULL)
    {
      g_autofree char *reason
          = g_strdup_printf (_ ("%s lets no program remove a post. Remove it there."),
                             smm_platform_id_get_label (job->platform->id));

      smm_write_submit (write_new (job, get_comment_time (job), "remove-failed", reason, NULL));
      return;
    }
  /* A publisher that died has sent it, and it may still arrive. */
  if (smm_job_get_fact (job, REMOVE_SENT) != NULL)
    smm_job_count (job, "remove-doubts");
  smm_job_set_fact (job, REMOVE_SENT, "1");
  job->step_started_at = smm_engine_now (job->engine);
  smm_engine_write (job->engine, apply_remove_intent, remove_intent_done, job, FALSE);
}

/* --- Beginning --- */

static void
begin (SmmJob *job)
{
  const char *state = smm_job_get_fact (job, "comment.state");
  gint64 now = smm_engine_now (job->engine);

  if (!smm_engine_may_send (job->engine))
    smm_write_submit (write_new (job, now, job->reason_code, NULL, NULL));
  else if (g_strcmp0 (job->reason_code, "removing") == 0)
    smm_job_remove (job);
  else if (g_strcmp0 (state, "todo") == 0 && smm_job_get_fact (job, "remote_id") == NULL)
    give_up_comment (job, NULL, "comment",
                     _ ("the platform has not told which of its posts it is"));
  else if (g_strcmp0 (state, "todo") == 0 && job->platform->comment != NULL)
    write_comment (job);
  else if (g_strcmp0 (state, "sending") == 0 && job->platform->find_comment != NULL)
    find_comment (job);
  else
    smm_write_submit (write_new (job, 0, NULL, NULL, NULL));
}

/**
 * smm_job_begin_after:
 * @job: a published target of which there is more to do
 */
void
smm_job_begin_after (SmmJob *job)
{
  if (job->post == NULL || job->account == NULL || job->platform == NULL)
    smm_write_submit (write_new (job, 0, job->reason_code, NULL, NULL));
  else
    smm_job_with_tokens (job, begin);
}

/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Publishing one target: from due to public, or to the reason why not. */

#include "config.h"

#include "smm-engine-private.h"

#include "smm-crash-point.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_PREPARE_TRIES 8
#define MAX_RESTARTS 5
#define MAX_CONFIRM_TRIES 5
#define BACKOFF_FIRST (2 * SECOND)
#define BACKOFF_MAX (5 * MINUTE)
#define LIMIT_FIRST (15 * MINUTE)
#define LIMIT_MAX (2 * HOUR)
#define WAIT_CAP (24 * HOUR)
#define KEYRING_WAIT (5 * MINUTE)

static void next_step (SmmJob *job);

/* --- Life of a job --- */

static void
rendition_free (gpointer data)
{
  SmmRendition *rendition = data;

  g_free (rendition->path);
  g_free (rendition->mime);
  g_free (rendition->alt);
  g_free (rendition);
}

static void
wipe (char **secret)
{
  if (*secret != NULL)
    explicit_bzero (*secret, strlen (*secret));
  g_clear_pointer (secret, g_free);
}

SmmJob *
smm_job_new (SmmEngine *engine, SmmTarget *target)
{
  SmmJob *job = g_new0 (SmmJob, 1);

  job->engine = engine;
  job->target_id = g_strdup (target->id);
  job->post_id = g_strdup (target->post_id);
  job->state = target->state;
  job->attempt = target->attempt;
  job->due_at = target->due_at;
  job->claimed = target->state == SMM_TARGET_PUBLISHING;
  job->post = smm_store_get_post (engine->store, target->post_id);
  job->account = smm_store_get_account (engine->store, target->account_id);
  job->platform = engine->platforms (target->platform);
  if (job->account != NULL && job->account->app_id != NULL)
    job->app_id = g_strdup (job->account->app_id);
  job->pub.account = job->account;
  job->pub.post = job->post;
  job->pub.app_id = job->app_id;
  job->pub.renditions = g_ptr_array_new_with_free_func (rendition_free);
  if (target->attempt > 0)
    {
      g_autoptr (SmmJournalEntry) commit = smm_store_get_last_commit (engine->store, target->id);

      job->pub.facts = smm_store_get_facts (engine->store, target->id);
      if (commit != NULL)
        {
          job->pub.commit_sent_at = commit->started_at;
          job->doubted = strcmp (commit->state, "unclear") == 0;
        }
    }
  else
    job->pub.facts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  return job;
}

void
smm_job_free (SmmJob *job)
{
  if (job->step != NULL)
    smm_step_free (job->step);
  g_ptr_array_unref (job->pub.renditions);
  g_hash_table_unref (job->pub.facts);
  g_clear_pointer (&job->pub.claimed, g_hash_table_unref);
  g_clear_object (&job->post);
  g_clear_object (&job->account);
  wipe (&job->token);
  wipe (&job->person_token);
  g_free (job->app_id);
  g_free (job->target_id);
  g_free (job->post_id);
  g_free (job);
}

/* The job is over; the queue may have more. */
void
smm_job_end (SmmJob *job)
{
  SmmEngine *engine = job->engine;

  g_hash_table_remove (engine->jobs, job->target_id);
  smm_job_free (job);
  smm_engine_wake (engine);
}

void
smm_job_merge_facts (SmmJob *job, GHashTable *facts)
{
  GHashTableIter iter;
  gpointer key, value;

  if (facts == NULL)
    return;
  g_hash_table_iter_init (&iter, facts);
  while (g_hash_table_iter_next (&iter, &key, &value))
    g_hash_table_insert (job->pub.facts, g_strdup (key), g_strdup (value));
}

static void
drop_facts (SmmJob *job, const char *prefix)
{
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, job->pub.facts);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    if (g_str_has_prefix (key, prefix) && !g_str_has_prefix (key, "engine."))
      g_hash_table_iter_remove (&iter);
}

/* Counts in the facts, so that a restart does not forget: returns 1 the first time. */
int
smm_job_count (SmmJob *job, const char *what)
{
  char *key = g_strconcat ("engine.", what, NULL);
  const char *old = g_hash_table_lookup (job->pub.facts, key);
  int n = (old != NULL ? atoi (old) : 0) + 1;

  g_hash_table_insert (job->pub.facts, key, g_strdup_printf ("%d", n));
  return n;
}

static void
forget_count (SmmJob *job, const char *what)
{
  g_autofree char *key = g_strconcat ("engine.", what, NULL);

  g_hash_table_remove (job->pub.facts, key);
}

const char *
smm_job_get_fact (SmmJob *job, const char *key)
{
  return g_hash_table_lookup (job->pub.facts, key);
}

/* Spread, but the same for the same target and try: a simulation can be repeated. */
static gint64
backoff (SmmJob *job, int tries)
{
  gint64 wait = MIN (BACKOFF_FIRST << MIN (tries - 1, 12), BACKOFF_MAX);
  guint32 spread = g_str_hash (job->target_id) * 2654435761u + tries * 40503u;

  return wait + (gint64)(spread % 1000) * wait / 4000;
}

static void
hold (SmmJob *job, const char *code, const char *reason, const char *fix)
{
  smm_job_park (job, SMM_TARGET_HELD, job->attempt, 0, code, reason, fix);
}

static void
fail (SmmJob *job, const char *code, const char *reason, const char *fix)
{
  smm_job_park (job, SMM_TARGET_FAILED, job->attempt, 0, code, reason, fix);
}

/* --- Getting ready: nothing is on disk or on the wire yet --- */

typedef struct
{
  SmmJob *job;
  void (*then) (SmmJob *job);
  SmmTokenKind kind;
} TokenWait;

static void
on_keyring_silent (SmmJob *job, const char *message)
{
  gint64 now = smm_engine_now (job->engine);
  /* What is under way stays so; what has not begun is shown as waiting for the user. Either way it
   * is tried again: the keyring may open any moment, and nothing was sent. */
  SmmTargetState state = job->state == SMM_TARGET_SCHEDULED ? SMM_TARGET_HELD : job->state;

  smm_job_park (job, state, job->attempt, now + KEYRING_WAIT, "keyring", message, "unlock");
}

static void
on_token (SmmTokenStatus status, const char *token, const char *message, gpointer user_data)
{
  TokenWait *wait = user_data;
  SmmJob *job = wait->job;
  void (*then) (SmmJob *) = wait->then;
  gboolean person = wait->kind == SMM_TOKEN_PERSON;

  g_free (wait);
  if (status == SMM_TOKEN_LOCKED)
    {
      on_keyring_silent (job, message);
      return;
    }
  if (status == SMM_TOKEN_MISSING && !person)
    {
      if (job->state == SMM_TARGET_UNCONFIRMED)
        smm_job_park (job, job->state, job->attempt, smm_engine_now (job->engine) + HOUR,
                      "signed-out", message, "reconnect");
      else
        hold (job, "signed-out", message, "reconnect");
      return;
    }
  if (!person)
    {
      TokenWait *next = g_new0 (TokenWait, 1);

      job->token = g_strdup (token);
      next->job = job;
      next->then = then;
      next->kind = SMM_TOKEN_PERSON;
      job->engine->host.lookup_token (job->engine->host_data, job->account->id, SMM_TOKEN_PERSON,
                                      on_token, next);
      return;
    }
  job->person_token = g_strdup (token);
  then (job);
}

void
smm_job_with_tokens (SmmJob *job, void (*then) (SmmJob *job))
{
  TokenWait *wait;

  if (job->token != NULL)
    {
      then (job);
      return;
    }
  wait = g_new0 (TokenWait, 1);
  wait->job = job;
  wait->then = then;
  wait->kind = SMM_TOKEN_ACCOUNT;
  job->engine->host.lookup_token (job->engine->host_data, job->account->id, SMM_TOKEN_ACCOUNT,
                                  on_token, wait);
}

static void render_next (SmmJob *job);

static void
on_rendered (SmmRendition *rendition, const char *code, const char *message, gpointer user_data)
{
  SmmJob *job = user_data;

  if (rendition == NULL)
    {
      fail (job, code, message, "edit");
      return;
    }
  g_ptr_array_add (job->pub.renditions, rendition);
  render_next (job);
}

static void
render_next (SmmJob *job)
{
  guint n = job->pub.renditions->len;

  if (n == job->post->media->len)
    {
      next_step (job);
      return;
    }
  job->engine->host.render (job->engine->host_data, job->post->media->pdata[n], job->platform->id,
                            on_rendered, job);
}

static gboolean
find_problem (SmmJob *job, char **code, char **message)
{
  g_autoptr (GPtrArray) problems = job->platform->validate (job->post, job->account);

  for (guint i = 0; i < problems->len; i++)
    {
      SmmProblem *problem = problems->pdata[i];

      if (!problem->fatal)
        continue;
      *code = g_strdup (problem->code);
      *message = g_strdup (problem->message);
      return TRUE;
    }
  return FALSE;
}

/* %TRUE when the post is late by more than its brand allows and was dealt with. */
static gboolean
handle_lateness (SmmJob *job)
{
  g_autoptr (SmmBrand) brand = smm_store_get_brand (job->engine->store, job->post->brand_id);
  gint64 late = smm_engine_now (job->engine) - job->due_at;

  if (brand == NULL || late <= brand->late_hours * HOUR)
    return FALSE;
  if (brand->late_policy == SMM_LATE_SKIP)
    smm_job_park (job, SMM_TARGET_CANCELLED, job->attempt, 0, "too-late",
                  _ ("Skipped: this computer was off at its time, as the brand’s rule says"), NULL);
  else
    hold (job, "too-late",
          _ ("Its time passed while nothing could be sent. Publish it now, or choose a new time."),
          "publish-late");
  return TRUE;
}

static gboolean
handle_account (SmmJob *job)
{
  gint64 rest = smm_store_get_rest (job->engine->store, job->account->id);

  switch (job->account->state)
    {
    case SMM_ACCOUNT_SIGNED_OUT:
      hold (job, "signed-out", job->account->state_reason, "reconnect");
      return TRUE;
    case SMM_ACCOUNT_RESTRICTED:
      hold (job, "restricted", job->account->state_reason, "reconnect");
      return TRUE;
    case SMM_ACCOUNT_DISCONNECTED:
      hold (job, "disconnected", _ ("The account is disconnected"), "reconnect");
      return TRUE;
    case SMM_ACCOUNT_OK:
    default:
      break;
    }
  if (rest <= smm_engine_now (job->engine))
    return FALSE;
  smm_job_park (job, job->state, job->attempt, rest, "limited",
                _ ("The platform asked for a pause. The post goes out after it."), NULL);
  return TRUE;
}

/**
 * smm_job_begin:
 * @job: a scheduled or publishing target whose time has come
 */
void
smm_job_begin (SmmJob *job)
{
  g_autofree char *code = NULL;
  g_autofree char *message = NULL;

  if (job->post == NULL || job->account == NULL)
    {
      fail (job, "gone", _ ("The post or its account was deleted"), NULL);
      return;
    }
  if (job->platform == NULL)
    {
      fail (job, "unsupported", _ ("This platform can’t be published to yet"), "edit");
      return;
    }
  /* Past the commit only the confirmation is left: it has no time limit and needs no pictures. */
  if (smm_job_get_fact (job, "remote_id") != NULL)
    {
      smm_job_with_tokens (job, next_step);
      return;
    }
  if (handle_account (job) || handle_lateness (job))
    return;
  if (!job->claimed && find_problem (job, &code, &message))
    {
      fail (job, code, message, "edit");
      return;
    }
  smm_job_with_tokens (job, render_next);
}

/* --- Steps --- */

static void on_answer (SmmResponse *response, gpointer user_data);

static void
send_step (SmmJob *job)
{
  SmmEngine *engine = job->engine;
  SmmRequest *request = job->step->request;
  const char *token = request->token == SMM_TOKEN_PERSON && job->person_token != NULL
                          ? job->person_token
                          : job->token;

  engine->host.progress (engine->host_data, job->post_id, job->target_id, -1, job->step->name);
  engine->host.send (engine->host_data, request, token, on_answer, job);
  if (job->step->kind == SMM_STEP_COMMIT)
    smm_crash_point ("commit_sent");
  else
    smm_crash_point ("prepare_sent");
}

/* The claim, and with a committing step its intent, in one transaction. */
static gboolean
apply_claim (SmmEngine *self, gpointer data, GError **error)
{
  SmmJob *job = data;
  g_autoptr (GError) problem = NULL;
  SmmTransition to = {
    .state = SMM_TARGET_PUBLISHING,
    .attempt = job->claimed ? job->attempt : job->attempt + 1,
    .remote_id = smm_job_get_fact (job, "remote_id"),
    .permalink = smm_job_get_fact (job, "permalink"),
  };

  smm_crash_point ("claim_begin");
  if (!job->claimed)
    {
      g_autoptr (SmmPost) present = smm_store_get_post (self->store, job->post_id);

      /* An edit that came between reading the post and now wins: start again with what it says. */
      if (present == NULL || present->updated_at != job->post->updated_at)
        return FALSE;
    }
  if (!smm_store_transition (self->store, job->target_id, job->state, job->attempt, &to, &problem))
    {
      if (problem != NULL)
        g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  smm_engine_add_changed (self, job->post_id);
  if (job->step->kind == SMM_STEP_COMMIT)
    {
      job->journal_id
          = smm_store_journal_start (self->store, job->target_id, to.attempt, job->step->name,
                                     "commit", job->step_started_at, error);
      if (job->journal_id == 0)
        return FALSE;
    }
  return TRUE;
}

static void
claim_done (SmmEngine *self, gpointer data, gboolean written)
{
  SmmJob *job = data;

  smm_crash_point ("claim_done");
  if (!written && job->claimed)
    {
      /* The intent is not on disk, so nothing leaves; the target is under way and needs a moment at
       * which it goes on. */
      smm_job_park (job, job->state, job->attempt, smm_engine_now (self), NULL, NULL, NULL);
      return;
    }
  if (!written || self->stopping)
    {
      /* Claimed, but we are going: the next publisher sees the intent and asks first. */
      smm_job_end (job);
      return;
    }
  if (!job->claimed)
    job->attempt++;
  job->claimed = TRUE;
  job->state = SMM_TARGET_PUBLISHING;
  if (job->step->kind == SMM_STEP_COMMIT)
    job->pub.commit_sent_at = job->step_started_at;
  send_step (job);
}

static void
publish (SmmJob *job, SmmResponse *response, const SmmOutcome *outcome)
{
  SmmWrite *write = smm_write_new (job, SMM_TARGET_PUBLISHED, job->attempt);
  const char *at = smm_job_get_fact (job, "published_at");

  write->to.published_at = at != NULL ? g_ascii_strtoll (at, NULL, 10) : 0;
  if (write->to.published_at <= 0)
    write->to.published_at
        = job->pub.commit_sent_at > 0 ? job->pub.commit_sent_at : smm_engine_now (job->engine);
  if (response != NULL && job->step != NULL)
    smm_write_fill_journal (job, write, response, "done", NULL, NULL,
                            outcome != NULL ? outcome->request_id : NULL);
  write->ends = TRUE;
  smm_write_submit (write);
}

static void
next_step (SmmJob *job)
{
  SmmEngine *engine = job->engine;

  g_clear_pointer (&job->step, smm_step_free);
  job->step = job->platform->next_step (&job->pub);
  if (job->step == NULL)
    {
      publish (job, NULL, NULL);
      return;
    }
  if (engine->stopping || engine->store_retry_at > 0)
    {
      /* Between two steps: parked as it is, taken up by whoever comes next. What it was held for,
       * the keyring, is over. */
      smm_job_park (job, job->state == SMM_TARGET_HELD ? SMM_TARGET_SCHEDULED : job->state,
                    job->attempt, smm_engine_now (engine), NULL, NULL, NULL);
      return;
    }
  job->step_started_at = smm_engine_now (engine);
  if (!job->claimed || job->step->kind == SMM_STEP_COMMIT)
    smm_engine_write (engine, apply_claim, claim_done, job, FALSE);
  else
    send_step (job);
}

/* --- Answers --- */

static void
go_on (SmmJob *job)
{
  next_step (job);
}

static void
on_done (SmmJob *job, SmmResponse *response, SmmOutcome *outcome)
{
  SmmWrite *write;
  SmmStep *ahead;
  gboolean finished;

  smm_job_merge_facts (job, outcome->facts);
  forget_count (job, "tries");
  ahead = job->platform->next_step (&job->pub);
  finished = ahead == NULL;
  if (ahead != NULL)
    smm_step_free (ahead);
  if (finished)
    {
      publish (job, response, outcome);
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
  write->ends = TRUE;
  smm_write_submit (write);
}

static void
on_wait (SmmJob *job, SmmResponse *response, SmmOutcome *outcome)
{
  gint64 wait = MIN ((gint64)outcome->wait_ms * 1000, WAIT_CAP);

  if (job->engine->host.container_poll > 0)
    wait = (gint64)(job->engine->host.container_poll * SECOND);
  smm_job_merge_facts (job, outcome->facts);
  forget_count (job, "tries");
  park_step (job, response, outcome, SMM_TARGET_PUBLISHING, job->attempt,
             smm_engine_now (job->engine) + wait, "done");
}

/* A commit that certainly did not happen needs an attempt of its own to be sent again. */
static int
attempt_after (SmmJob *job)
{
  return job->step->kind == SMM_STEP_COMMIT ? job->attempt + 1 : job->attempt;
}

static void
on_retry (SmmJob *job, SmmResponse *response, SmmOutcome *outcome)
{
  gint64 now = smm_engine_now (job->engine);
  int tries = smm_job_count (job, "tries");
  gint64 wait = outcome->wait_ms > 0 ? MIN ((gint64)outcome->wait_ms * 1000, WAIT_CAP)
                                     : backoff (job, tries);

  if (job->step->kind == SMM_STEP_CONFIRM && tries >= MAX_CONFIRM_TRIES)
    {
      publish (job, response, outcome);
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

  drop_facts (job, outcome->drop_prefix != NULL ? outcome->drop_prefix : "");
  forget_count (job, "looked-again");
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

  if (wait <= 0)
    wait = MIN (LIMIT_FIRST << MIN (smm_job_count (job, "limits") - 1, 8), LIMIT_MAX);
  park_step (job, response, outcome, SMM_TARGET_PUBLISHING, attempt_after (job),
             smm_engine_now (job->engine) + MIN (wait, WAIT_CAP), "refused");
}

static void
on_unclear (SmmJob *job, SmmResponse *response, SmmOutcome *outcome)
{
  gint64 next_at = job->platform->can_list
                       ? smm_engine_now (job->engine) + smm_engine_settle (job->engine, 1)
                       : 0;

  park_step (job, response, outcome, SMM_TARGET_UNCONFIRMED, job->attempt, next_at, "unclear");
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

static void
on_answer (SmmResponse *response, gpointer user_data)
{
  SmmJob *job = user_data;
  g_autoptr (SmmOutcome) outcome = NULL;

  smm_crash_point (job->step->kind == SMM_STEP_COMMIT ? "got_response" : "prepare_response");
  outcome = job->platform->apply (&job->pub, job->step, response);
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
      {
        const char *code = outcome->kind == SMM_OUTCOME_SIGNED_OUT ? "signed-out" : "restricted";

        g_free (outcome->code);
        outcome->code = g_strdup (code);
        park_step (job, response, outcome, SMM_TARGET_HELD, job->attempt, 0, "refused");
        break;
      }
    case SMM_OUTCOME_REFUSED:
    default:
      park_step (job, response, outcome, SMM_TARGET_FAILED, job->attempt, 0, "refused");
      break;
    }
}

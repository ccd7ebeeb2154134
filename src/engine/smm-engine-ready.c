/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Getting a job ready: nothing of it is on the wire yet. */

#include "config.h"

#include "smm-engine-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define KEYRING_WAIT (5 * MINUTE)
/* "Ask" and "skip" are for a computer that was off, not for one that was busy. */
#define LATE_GRACE (10 * MINUTE)

/* What is misread from a disk that fails is no reason for anything: the target stays as it is, and
 * is taken up again when the disk works. */
static gboolean
end_if_doubtful (SmmJob *job)
{
  if (!smm_store_is_doubtful (job->engine->store))
    return FALSE;
  smm_job_end (job);
  return TRUE;
}

void
smm_job_hold (SmmJob *job, const char *code, const char *reason, const char *fix)
{
  if (end_if_doubtful (job))
    return;
  smm_job_park (job, SMM_TARGET_HELD, job->attempt, 0, code, reason, fix);
}

void
smm_job_fail (SmmJob *job, const char *code, const char *reason, const char *fix)
{
  if (end_if_doubtful (job))
    return;
  smm_job_park (job, SMM_TARGET_FAILED, job->attempt, 0, code, reason, fix);
}

/* --- Tokens --- */

typedef struct
{
  SmmJob *job;
  void (*then) (SmmJob *job);
  SmmTokenKind kind;
} TokenWait;

/* Only what has not begun, or may be begun again, waits for the user; of what the platform may
 * have, the state stays what it is. */
static gboolean
may_be_held (SmmJob *job)
{
  return job->state != SMM_TARGET_UNCONFIRMED && job->state != SMM_TARGET_PUBLISHED
         && !job->handed_over && smm_job_get_fact (job, "accepted") == NULL
         && smm_job_get_fact (job, "remote_id") == NULL;
}

static void
on_keyring_silent (SmmJob *job, const char *message)
{
  gint64 now = smm_engine_now (job->engine);
  /* What is under way stays so; what has not begun is shown as waiting for the user. Either way it
   * is tried again: the keyring may open any moment, and nothing was sent. */
  SmmTargetState state
      = job->state == SMM_TARGET_SCHEDULED && !job->handed_over ? SMM_TARGET_HELD : job->state;

  /* What people asked for must not be forgotten over it. */
  smm_job_park (job, state, job->attempt, now + KEYRING_WAIT,
                smm_is_ask (job->reason_code) ? job->reason_code : "keyring", message, "unlock");
}

static void
on_token_missing (SmmJob *job, const char *message)
{
  SmmTargetState state = job->state;

  if (may_be_held (job))
    {
      smm_job_hold (job, "signed-out", message, "reconnect");
      return;
    }
  if (state == SMM_TARGET_PUBLISHING)
    state = SMM_TARGET_UNCONFIRMED;
  smm_job_park (job, state, job->attempt, smm_engine_now (job->engine) + HOUR,
                smm_is_ask (job->reason_code) ? job->reason_code : "signed-out", message,
                "reconnect");
}

static void
on_token (SmmTokenStatus status, const char *token, const char *message, gpointer user_data)
{
  TokenWait *wait = user_data;
  SmmJob *job = wait->job;
  void (*then) (SmmJob *) = wait->then;
  gboolean person = wait->kind == SMM_TOKEN_PERSON;

  g_free (wait);
  if (status != SMM_TOKEN_READY && end_if_doubtful (job))
    return;
  if (status == SMM_TOKEN_LOCKED)
    {
      on_keyring_silent (job, message);
      return;
    }
  if (status == SMM_TOKEN_MISSING && !person)
    {
      on_token_missing (job, message);
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

/* --- Files --- */

static void render_next (SmmJob *job);

static void
on_rendered (SmmRendition *rendition, const char *code, const char *message, gpointer user_data)
{
  SmmJob *job = user_data;

  if (rendition == NULL)
    {
      smm_job_fail (job, code, message, "edit");
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
      smm_job_next_step (job);
      return;
    }
  job->engine->host.render (job->engine->host_data, job->post->media->pdata[n], job->platform->id,
                            on_rendered, job);
}

/* --- May it go out? --- */

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
  gint64 late = smm_engine_now (job->engine) - job->due_at;
  g_autoptr (SmmBrand) brand = NULL;

  /* No rule is about so little. */
  if (late <= LATE_GRACE)
    return FALSE;
  brand = smm_store_get_brand (job->engine->store, job->post->brand_id);
  if (brand == NULL
      || late <= (brand->late_policy == SMM_LATE_PUBLISH ? brand->late_hours * HOUR : LATE_GRACE))
    return FALSE;
  if (brand->late_policy == SMM_LATE_SKIP)
    smm_job_park (job, SMM_TARGET_CANCELLED, job->attempt, 0, "too-late",
                  _ ("Skipped: this computer was off at its time, as the brand’s rule says"), NULL);
  else
    smm_job_hold (
        job, "too-late",
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
      smm_job_hold (job, "signed-out", job->account->state_reason, "reconnect");
      return TRUE;
    case SMM_ACCOUNT_RESTRICTED:
      smm_job_hold (job, "restricted", job->account->state_reason, "reconnect");
      return TRUE;
    case SMM_ACCOUNT_DISCONNECTED:
      smm_job_hold (job, "disconnected", _ ("The account is disconnected"), "reconnect");
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

/* A new try by the user counts from one again. */
static void
forget_counts (SmmJob *job)
{
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, job->pub.facts);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    if (g_str_has_prefix (key, "engine."))
      g_hash_table_iter_remove (&iter);
}

static gboolean
is_past_commit (SmmJob *job)
{
  return smm_job_get_fact (job, "remote_id") != NULL || smm_job_get_fact (job, "accepted") != NULL
         || smm_job_get_fact (job, "published") != NULL;
}

static void
begin_fresh (SmmJob *job)
{
  g_autofree char *code = NULL;
  g_autofree char *message = NULL;

  if (!job->claimed && job->state == SMM_TARGET_SCHEDULED)
    forget_counts (job);
  if (smm_job_wants_hand_over (job) && !smm_job_prepare_hand_over (job))
    return;
  if (handle_account (job) || (job->pub.schedule_at == 0 && handle_lateness (job)))
    return;
  if (!job->claimed && find_problem (job, &code, &message))
    {
      smm_job_fail (job, code, message, "edit");
      return;
    }
  smm_job_with_tokens (job, render_next);
}

/**
 * smm_job_begin:
 * @job: a scheduled, held or publishing target whose time has come
 */
void
smm_job_begin (SmmJob *job)
{
  if (job->post == NULL || job->account == NULL)
    smm_job_fail (job, "gone", _ ("The post or its account was deleted"), NULL);
  else if (job->platform == NULL)
    smm_job_fail (job, "unsupported", _ ("This platform can’t be published to yet"), "edit");
  else if (job->handed_over && job->state == SMM_TARGET_SCHEDULED)
    smm_job_with_tokens (job, smm_job_begin_handed_over);
  /* Past the commit only the verdict and the confirmation are left: they have no time limit and
   * need no files. */
  else if (is_past_commit (job))
    smm_job_with_tokens (job, smm_job_next_step);
  else
    begin_fresh (job);
}

/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Publishing one target: the life of a job, its facts, and its steps one after the other. */

#include "config.h"

#include "smm-engine-private.h"

#include "smm-crash-point.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define BACKOFF_FIRST (2 * SECOND)
#define BACKOFF_MAX (5 * MINUTE)
#define SECRET_PREFIX "secret."

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

static GHashTable *
new_facts (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

static void
load_facts (SmmJob *job, SmmTarget *target)
{
  SmmEngine *engine = job->engine;
  g_autoptr (SmmJournalEntry) commit = NULL;

  if (target->attempt == 0)
    {
      job->pub.facts = new_facts ();
      return;
    }
  job->pub.facts = smm_store_get_facts (engine->store, target->id);
  smm_job_merge_facts (job, g_hash_table_lookup (engine->secrets, target->id));
  if (target->state == SMM_TARGET_PUBLISHED && target->remote_id != NULL)
    smm_job_set_fact (job, "remote_id", target->remote_id);
  if (target->state == SMM_TARGET_PUBLISHED && target->permalink != NULL)
    smm_job_set_fact (job, "permalink", target->permalink);
  job->handed_over = target->state != SMM_TARGET_PUBLISHED
                     && g_hash_table_contains (job->pub.facts, "handed_over");
  commit = smm_store_get_last_commit (engine->store, target->id);
  if (commit != NULL)
    job->pub.commit_sent_at = commit->started_at;
  /* Looks that found nothing have closed the earlier ones, which may be public all the same. */
  job->doubted
      = (commit != NULL && strcmp (commit->state, "unclear") == 0)
        || (target->attempt > 1 && smm_store_count_looks (engine->store, target->id, 0) > 0);
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
  job->published_at = target->published_at;
  job->reason_code = g_strdup (target->reason_code);
  /* All that follows, from the first check to the last look, is about what this account gets. */
  job->post = smm_store_get_post_to_send (engine->store, target);
  job->account = smm_store_get_account (engine->store, target->account_id);
  job->platform = job->account != NULL ? engine->platforms (job->account) : NULL;
  if (job->account != NULL && job->account->app_id != NULL)
    job->app_id = g_strdup (job->account->app_id);
  job->pub.account = job->account;
  job->pub.post = job->post;
  job->pub.app_id = job->app_id;
  job->pub.renditions = g_ptr_array_new_with_free_func (rendition_free);
  load_facts (job, target);
  job->claimed = target->state == SMM_TARGET_PUBLISHING || job->handed_over;
  job->listed = TRUE;
  engine->n_listed++;
  return job;
}

/* Upload addresses outlive the job that got them, in memory only. */
static void
keep_secrets (SmmJob *job)
{
  g_autoptr (GHashTable) secrets = new_facts ();
  GHashTableIter iter;
  gpointer key, value;

  g_hash_table_iter_init (&iter, job->pub.facts);
  while (g_hash_table_iter_next (&iter, &key, &value))
    if (g_str_has_prefix (key, SECRET_PREFIX))
      g_hash_table_insert (secrets, g_strdup (key), g_strdup (value));
  if (g_hash_table_size (secrets) > 0 && !smm_target_state_is_final (job->state))
    g_hash_table_replace (job->engine->secrets, g_strdup (job->target_id),
                          g_steal_pointer (&secrets));
  else
    g_hash_table_remove (job->engine->secrets, job->target_id);
}

/* The queue lists it no more: a claim that is on the disk is due at no time. */
static void
unlist (SmmJob *job)
{
  if (job->listed)
    job->engine->n_listed--;
  job->listed = FALSE;
}

void
smm_job_free (SmmJob *job)
{
  unlist (job);
  if (job->leaving)
    job->engine->n_leaving--;
  if (job->step != NULL)
    smm_step_free (job->step);
  g_ptr_array_unref (job->pub.renditions);
  g_hash_table_unref (job->pub.facts);
  g_clear_pointer (&job->pub.claimed, g_hash_table_unref);
  g_clear_object (&job->post);
  g_clear_object (&job->account);
  wipe (&job->token);
  wipe (&job->person_token);
  g_free (job->reason_code);
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

  keep_secrets (job);
  g_hash_table_remove (engine->jobs, job->target_id);
  smm_job_free (job);
  smm_engine_wake (engine);
}

/* --- Facts --- */

void
smm_job_merge_facts (SmmJob *job, GHashTable *facts)
{
  GHashTableIter iter;
  gpointer key, value;

  if (facts == NULL)
    return;
  g_hash_table_iter_init (&iter, facts);
  while (g_hash_table_iter_next (&iter, &key, &value))
    smm_job_set_fact (job, key, value);
}

/* Forgets what was prepared; the engine's own counts stay. */
void
smm_job_drop_facts (SmmJob *job, const char *prefix)
{
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, job->pub.facts);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    if (g_str_has_prefix (key, prefix) && !g_str_has_prefix (key, "engine."))
      g_hash_table_iter_remove (&iter);
}

int
smm_job_count (SmmJob *job, const char *what)
{
  char *key = g_strconcat ("engine.", what, NULL);
  const char *old = g_hash_table_lookup (job->pub.facts, key);
  int n = (old != NULL ? atoi (old) : 0) + 1;

  g_hash_table_insert (job->pub.facts, key, g_strdup_printf ("%d", n));
  return n;
}

void
smm_job_forget_count (SmmJob *job, const char *what)
{
  g_autofree char *key = g_strconcat ("engine.", what, NULL);

  g_hash_table_remove (job->pub.facts, key);
}

const char *
smm_job_get_fact (SmmJob *job, const char *key)
{
  return g_hash_table_lookup (job->pub.facts, key);
}

/* %NULL as @value: there is no such fact any more. */
void
smm_job_set_fact (SmmJob *job, const char *key, const char *value)
{
  if (value != NULL)
    g_hash_table_insert (job->pub.facts, g_strdup (key), g_strdup (value));
  else
    g_hash_table_remove (job->pub.facts, key);
}

/* The platform has it no more: a new try owes nothing to it. */
void
smm_job_forget_there (SmmJob *job)
{
  static const char *const facts[]
      = { "accepted", "handed_over", "remote_id", "permalink", "published_at" };

  for (guint i = 0; i < G_N_ELEMENTS (facts); i++)
    smm_job_set_fact (job, facts[i], NULL);
}

/* Spread, but the same for the same target and try: a simulation can be repeated. */
gint64
smm_job_backoff (SmmJob *job, int tries)
{
  gint64 wait = MIN (BACKOFF_FIRST << MIN (tries - 1, 12), BACKOFF_MAX);
  guint32 spread = g_str_hash (job->target_id) * 2654435761u + tries * 40503u;

  return wait + (gint64)(spread % 1000) * wait / 4000;
}

/* --- Steps --- */

void
smm_job_send (SmmJob *job, SmmRequest *request, const char *progress, SmmSendFunc callback)
{
  SmmEngine *engine = job->engine;
  const char *token = request->token == SMM_TOKEN_PERSON && job->person_token != NULL
                          ? job->person_token
                          : job->token;

  engine->host.progress (engine->host_data, job->post_id, job->target_id, -1, progress);
  engine->host.send (engine->host_data, request, token, callback, job);
}

static void
send_step (SmmJob *job)
{
  if (job->step->place)
    {
      smm_job_place (job);
      return;
    }
  smm_engine_spend (job, job->step);
  smm_job_send (job, job->step->request, job->step->name, smm_job_on_answer);
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
  g_autofree char *digest
      = job->step->kind == SMM_STEP_COMMIT ? smm_post_get_digest (job->post) : NULL;
  SmmTransition to = {
    .state = SMM_TARGET_PUBLISHING,
    .attempt = job->claimed ? job->attempt : job->attempt + 1,
    .remote_id = smm_job_get_fact (job, "remote_id"),
    .permalink = smm_job_get_fact (job, "permalink"),
  };

  smm_crash_point ("claim_begin");
  /* An edit that came between reading the post and now wins: start again with what it says. */
  if (!job->claimed
      && smm_store_get_updated_at (self->store, job->post_id) != job->post->updated_at)
    return FALSE;
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
          = smm_store_journal_start_commit (self->store, job->target_id, to.attempt,
                                            job->step->name, job->step_started_at, digest, error);
      if (job->journal_id == 0)
        return FALSE;
    }
  /* Whoever looks for it later must know that it was to be handed over. */
  return job->claimed || job->pub.schedule_at == 0
         || smm_store_put_facts (self->store, job->target_id, job->pub.facts, error);
}

/* After an error of the disk the claim may be on it all the same, of which nothing will have left.
 */
static void
note_unsent (SmmEngine *self, SmmJob *job, gboolean written)
{
  if (written || !smm_store_is_doubtful (self->store))
    g_hash_table_remove (self->unsent, job->target_id);
  else
    g_hash_table_insert (self->unsent, g_strdup (job->target_id),
                         GINT_TO_POINTER (job->claimed ? job->attempt : job->attempt + 1));
}

static void
claim_done (SmmEngine *self, gpointer data, gboolean written)
{
  SmmJob *job = data;

  smm_crash_point ("claim_done");
  note_unsent (self, job, written);
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
  unlist (job);
  if (!job->claimed)
    job->attempt++;
  job->claimed = TRUE;
  job->state = SMM_TARGET_PUBLISHING;
  if (job->step->kind == SMM_STEP_COMMIT)
    job->pub.commit_sent_at = job->step_started_at;
  send_step (job);
}

/* Of what was handed over: the platform was faster than we could tell it. */
char *
smm_job_describe_untold (SmmJob *job)
{
  return g_strdup_printf (_ ("%s published it as it was: the last change did not reach it in time"),
                          smm_platform_id_get_label (job->platform->id));
}

/* It is public, and the platform said so itself. */
void
smm_job_publish (SmmJob *job, SmmResponse *response, const char *request_id)
{
  SmmWrite *write;
  const char *at = smm_job_get_fact (job, "published_at");

  if (smm_job_wants_comment (job))
    smm_job_set_fact (job, "comment.state", "todo");
  write = smm_write_new (job, SMM_TARGET_PUBLISHED, job->attempt);
  write->to.published_at = at != NULL ? g_ascii_strtoll (at, NULL, 10) : 0;
  if (write->to.published_at <= 0)
    write->to.published_at
        = job->pub.commit_sent_at > 0 ? job->pub.commit_sent_at : smm_engine_now (job->engine);
  if (response != NULL && job->step != NULL)
    smm_write_fill_journal (job, write, response, "done", NULL, NULL, request_id);
  if (smm_job_get_fact (job, "comment.state") != NULL)
    {
      write->keeps_facts = TRUE;
      write->to.next_at = smm_engine_now (job->engine);
    }
  if (smm_job_get_fact (job, "engine.untold") != NULL)
    {
      write->to.reason_code = g_strdup ("untold");
      write->to.reason = smm_job_describe_untold (job);
    }
  write->ends = TRUE;
  smm_write_submit (write);
}

/* A limit that is known is kept by waiting, before the claim and after it. */
static gboolean
wait_for_budget (SmmJob *job)
{
  g_autofree char *said = NULL;
  gint64 until = smm_engine_check_budget (job, job->step, &said);

  if (until == 0)
    return FALSE;
  smm_job_park (job, job->state, job->attempt, until, "spread", said, NULL);
  return TRUE;
}

void
smm_job_next_step (SmmJob *job)
{
  SmmEngine *engine = job->engine;

  g_clear_pointer (&job->step, smm_step_free);
  job->step = job->platform->next_step (&job->pub);
  if (job->step == NULL)
    {
      smm_job_publish (job, NULL, NULL);
      return;
    }
  /* Which may find that the disk has failed. */
  if (wait_for_budget (job))
    return;
  if (!smm_engine_may_send (engine))
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

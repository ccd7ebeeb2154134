/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Commands that change when, and whether, a post goes out. */

#include "config.h"

#include "smm-commands-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* After its time, how long the platform may still take. */
#define COMES_LATER (10 * 60 * (gint64)G_USEC_PER_SEC)

static gboolean
post_reschedule (SmmChange *change, GError **error)
{
  g_autoptr (SmmPost) before = smm_change_get_post (change, error);
  g_autoptr (SmmPost) post = NULL;
  gint64 due;

  if (before == NULL || !smm_change_check_not_pinned (change, before, error)
      || !smm_change_read_time (change, &due, error)
      || !smm_change_check_not_past (change, due, error))
    return FALSE;
  if (before->targets->len == 0)
    return smm_change_fail (error, SMM_LIBRARY_ERROR_INVALID,
                            _ ("This draft has no account yet. Open it and choose one."));
  post = smm_store_get_post (change->store, before->id);
  smm_post_set_time (post, due, smm_command_get_string (change->command, "wall"),
                     smm_command_get_string (change->command, "zone"));
  for (guint i = 0; i < post->targets->len; i++)
    {
      SmmTarget *target = post->targets->pdata[i];

      if (smm_target_is_handed_over (target))
        smm_change_recall (change, target, "moving", due);
      else
        smm_change_put_into_state (change, post, target, SMM_TARGET_SCHEDULED, due);
    }
  change->label = smm_post_get_worst_state (before) == SMM_TARGET_DRAFT ? _ ("Post scheduled")
                                                                        : _ ("Post moved");
  smm_change_can_go_back_to (change, before);
  return smm_change_save_post (change, post, error);
}

static gboolean
change_state (SmmChange *change, SmmTargetState state, gboolean forget_time, const char *label,
              GError **error)
{
  g_autoptr (SmmPost) before = smm_change_get_post (change, error);
  g_autoptr (SmmPost) post = NULL;

  if (before == NULL || !smm_change_check_not_pinned (change, before, error))
    return FALSE;
  post = smm_store_get_post (change->store, before->id);
  if (forget_time)
    smm_post_set_time (post, 0, NULL, NULL);
  for (guint i = 0; i < post->targets->len; i++)
    smm_change_put_into_state (change, post, post->targets->pdata[i], state, post->due_at);
  change->label = label;
  smm_change_can_go_back_to (change, before);
  return smm_change_save_post (change, post, error);
}

static gboolean
post_unschedule (SmmChange *change, GError **error)
{
  return change_state (change, SMM_TARGET_DRAFT, TRUE, _ ("Post taken off the calendar"), error);
}

/* What is not on its way is cancelled; what is public stays public and is told. */
static gboolean
post_cancel (SmmChange *change, GError **error)
{
  g_autoptr (SmmPost) before = smm_change_get_post (change, error);
  g_autoptr (SmmPost) post = NULL;
  guint n = 0;

  if (before == NULL)
    return FALSE;
  post = smm_store_get_post (change->store, before->id);
  for (guint i = 0; i < post->targets->len; i++)
    {
      SmmTarget *target = post->targets->pdata[i];

      if (smm_target_is_pinned (target->state) || target->state == SMM_TARGET_CANCELLED
          || (smm_target_is_handed_over (target)
              && target->due_at - HAND_OVER_PINNED < change->now))
        continue;
      smm_change_put_into_state (change, post, target, SMM_TARGET_CANCELLED, target->due_at);
      n++;
    }
  if (n == 0)
    return smm_change_check_not_pinned (change, before, error)
               ? smm_change_fail (error, SMM_LIBRARY_ERROR_EMPTY, _ ("Nothing is left to cancel"))
               : FALSE;
  change->label = _ ("Post cancelled");
  smm_change_can_go_back_to (change, before);
  return smm_change_save_post (change, post, error);
}

static gboolean
post_retry (SmmChange *change, GError **error)
{
  const char *only = smm_command_get_string (change->command, "target");
  g_autoptr (SmmPost) before = smm_change_get_post (change, error);
  g_autoptr (SmmPost) post = NULL;
  guint n = 0;

  if (before == NULL)
    return FALSE;
  post = smm_store_get_post (change->store, before->id);
  for (guint i = 0; i < post->targets->len; i++)
    {
      SmmTarget *target = post->targets->pdata[i];

      if (only != NULL && strcmp (only, target->id) != 0)
        continue;
      if (target->state == SMM_TARGET_UNCONFIRMED)
        return smm_change_fail (error, SMM_LIBRARY_ERROR_PINNED,
                                _ ("%s has not told whether this post is public. Sending it again "
                                   "could post it twice: look first."),
                                smm_platform_id_get_label (target->platform));
      if (target->state != SMM_TARGET_FAILED && target->state != SMM_TARGET_HELD)
        continue;
      smm_change_put_into_state (change, post, target, SMM_TARGET_SCHEDULED,
                                 MAX (change->now, post->due_at));
      n++;
    }
  if (n == 0)
    return smm_change_fail (error, SMM_LIBRARY_ERROR_EMPTY, _ ("Nothing here has to be retried"));
  change->label = _ ("Post retried");
  return smm_change_save_post (change, post, error);
}

static gboolean
post_publish_now (SmmChange *change, GError **error)
{
  g_autoptr (SmmPost) before = smm_change_get_post (change, error);
  g_autoptr (SmmPost) post = NULL;
  g_autoptr (SmmBrand) brand = NULL;
  g_autofree char *wall = NULL;
  const char *zone;

  if (before == NULL || !smm_change_check_not_pinned (change, before, error))
    return FALSE;
  if (before->targets->len == 0)
    return smm_change_fail (error, SMM_LIBRARY_ERROR_INVALID, _ ("Choose an account to post to"));
  brand = smm_store_get_brand (change->store, before->brand_id);
  zone = brand != NULL ? brand->timezone : "UTC";
  wall = smm_wall_time_express (change->now, &zone);
  post = smm_store_get_post (change->store, before->id);
  smm_post_set_time (post, change->now, wall, zone);
  for (guint i = 0; i < post->targets->len; i++)
    smm_change_put_into_state (change, post, post->targets->pdata[i], SMM_TARGET_SCHEDULED,
                               change->now);
  change->label = _ ("Post is going out");
  return smm_change_save_post (change, post, error);
}

static gboolean
post_delete (SmmChange *change, GError **error)
{
  g_autoptr (SmmPost) before = smm_change_get_post (change, error);
  g_autoptr (SmmPost) post = NULL;

  if (before == NULL || !smm_change_check_not_pinned (change, before, error))
    return FALSE;
  post = smm_store_get_post (change->store, before->id);
  for (guint i = 0; i < post->targets->len; i++)
    if (!smm_target_check_not_there (post->targets->pdata[i], error))
      return FALSE;
  for (guint i = 0; i < post->targets->len; i++)
    smm_change_put_into_state (change, post, post->targets->pdata[i], SMM_TARGET_CANCELLED, 0);
  change->label = _ ("Post deleted");
  smm_change_can_go_back_to (change, before);
  return smm_change_save_post (change, post, error)
         && smm_store_set_post_deleted (change->store, post->id, change->now, error);
}

/* Takes what is public away at the platform; the engine does it and tells what came of it. */
static gboolean
post_remove (SmmChange *change, GError **error)
{
  const char *only = smm_command_get_string (change->command, "target");
  g_autoptr (SmmPost) post = smm_change_get_post (change, error);
  guint n = 0;

  if (post == NULL)
    return FALSE;
  for (guint i = 0; i < post->targets->len; i++)
    {
      SmmTarget *target = post->targets->pdata[i];

      if ((only != NULL && strcmp (only, target->id) != 0) || target->state != SMM_TARGET_PUBLISHED
          || target->remote_id == NULL)
        continue;
      smm_target_clear_reason (target);
      target->reason_code = g_strdup ("removing");
      target->reason = g_strdup_printf (_ ("It is being removed from %s"),
                                        smm_platform_id_get_label (target->platform));
      target->next_at = change->now;
      n++;
    }
  if (n == 0)
    return smm_change_fail (error, SMM_LIBRARY_ERROR_EMPTY,
                            _ ("Nothing of this post is public that could be removed"));
  change->label = _ ("Post is being removed");
  return smm_change_save_post (change, post, error);
}

/* What the platform may publish by itself later is not settled by not being public now. */
static gboolean
may_come_later (SmmChange *change, const char *target_id)
{
  g_autoptr (GHashTable) facts = smm_store_get_facts (change->store, target_id);
  const char *at = g_hash_table_lookup (facts, "engine.schedule_at");

  return at != NULL && g_ascii_strtoll (at, NULL, 10) + COMES_LATER > change->now;
}

/* The person looked and says whether it is public; only where the platform can't be asked. */
static gboolean
target_resolve (SmmChange *change, GError **error)
{
  const char *id = smm_command_get_string (change->command, "target");
  gboolean published = smm_command_get_boolean (change->command, "published", FALSE);
  g_autoptr (SmmTarget) target = smm_store_get_target (change->store, id);
  g_autoptr (SmmJournalEntry) commit = smm_store_get_last_commit (change->store, id);
  SmmTransition to = { 0 };

  if (target == NULL)
    return smm_change_fail (error, SMM_LIBRARY_ERROR_NOT_FOUND, _ ("There is no target “%s”"), id);
  if (target->state != SMM_TARGET_UNCONFIRMED)
    return smm_change_fail (error, SMM_LIBRARY_ERROR_PINNED,
                            _ ("What became of this post is known already"));
  if (!published && may_come_later (change, id))
    return smm_change_fail (
        error, SMM_LIBRARY_ERROR_PINNED,
        _ ("%s may have this post and publish it at its time. It can be settled "
           "after that."),
        smm_platform_id_get_label (target->platform));
  to.state = published ? SMM_TARGET_PUBLISHED : SMM_TARGET_FAILED;
  to.attempt = target->attempt;
  to.reason_code = published ? "you-said-public" : "you-said-not-public";
  to.reason = published ? _ ("You said that this post is public")
                        : _ ("You said that this post is not public");
  to.fix = published ? NULL : "retry";
  to.remote_id = target->remote_id;
  to.permalink = target->permalink;
  to.published_at = published ? change->now : 0;
  change->label = _ ("Post settled");
  smm_change_add (change, target->post_id);
  if (commit != NULL
      && !smm_store_journal_end (change->store, commit->id, published ? "done" : "refused",
                                 change->now, commit->http_status, commit->error, to.reason,
                                 commit->request_id, error))
    return FALSE;
  return smm_store_transition (change->store, id, target->state, target->attempt, &to, error);
}

const SmmCommandSpec smm_schedule_commands[] = {
  { "post.reschedule", "id:s! wall:s! zone:s!", post_reschedule },
  { "post.unschedule", "id:s!", post_unschedule },
  { "post.cancel", "id:s!", post_cancel },
  { "post.retry", "id:s! target:s", post_retry },
  { "post.publish-now", "id:s!", post_publish_now },
  { "post.delete", "id:s!", post_delete },
  { "post.remove", "id:s! target:s", post_remove },
  { "target.resolve", "target:s! published:b!", target_resolve },
  { NULL, NULL, NULL },
};

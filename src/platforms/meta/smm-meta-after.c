/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What may follow a public post: its first comment and its removal (sections 3.8, 4.8, 6). */

#include "config.h"

#include "smm-meta.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static gboolean
is_instagram (const SmmPublication *pub)
{
  return pub->account->platform == SMM_PLATFORM_INSTAGRAM;
}

/* The post is public: that it can't be commented on or removed must not hold up the account. */
static void
keep_account (SmmOutcome *outcome)
{
  if (outcome->kind == SMM_OUTCOME_BLOCKED && g_strcmp0 (outcome->code, "permission") == 0)
    outcome->kind = SMM_OUTCOME_REFUSED;
  if (outcome->kind == SMM_OUTCOME_RESTART)
    {
      outcome->kind = SMM_OUTCOME_RETRY;
      g_clear_pointer (&outcome->drop_prefix, g_free);
    }
}

SmmRequest *
smm_meta_comment (const SmmPublication *pub)
{
  SmmRequest *request = smm_meta_request ("POST", pub->account, "comment", "%s/comments",
                                          smm_meta_fact (pub, "remote_id"));

  smm_request_add_param (request, "message", pub->post->first_comment);
  return request;
}

SmmOutcome *
smm_meta_apply_comment (const SmmPublication *pub, SmmResponse *response)
{
  g_auto (SmmMetaAnswer) answer = { 0 };
  g_autofree char *id = NULL;
  SmmOutcome *outcome;

  smm_meta_answer_read (&answer, response);
  if (smm_meta_answer_is_good (&answer, response))
    id = smm_json_dup_id (answer.object, "id");
  if (smm_meta_is_id (id))
    {
      outcome = smm_meta_outcome_new (SMM_OUTCOME_DONE);
      outcome->request_id = g_strdup (answer.request_id);
      smm_meta_outcome_add (outcome, "comment_id", id);
      return outcome;
    }
  /* Not repeatable, so it is classed as a commit is. */
  outcome = smm_meta_classify (pub->account, SMM_STEP_COMMIT, &answer, response);
  if (outcome->kind == SMM_OUTCOME_UNCLEAR)
    smm_meta_outcome_say (outcome, outcome->code, "look-now",
                          _ ("The platform has not told whether the first comment is there. It is "
                             "being found out."));
  keep_account (outcome);
  return outcome;
}

SmmRequest *
smm_meta_find_comment (const SmmPublication *pub)
{
  SmmRequest *request = smm_meta_request ("GET", pub->account, "look", "%s/comments",
                                          smm_meta_fact (pub, "remote_id"));

  if (is_instagram (pub))
    smm_request_add_param (request, "fields", "id,text,timestamp,username,from");
  else
    {
      smm_request_add_param (request, "fields", "id,message,created_time,from{id}");
      smm_request_add_param (request, "filter", "toplevel");
      smm_request_add_param (request, "order", "reverse_chronological");
    }
  smm_request_add_param (request, "limit", "50");
  return request;
}

typedef enum
{
  COMMENT_OTHER,
  COMMENT_OWN,
  COMMENT_UNKNOWN, /* the same text, and its author is not told */
} CommentKind;

static CommentKind
judge_comment (const SmmPublication *pub, JsonObject *item)
{
  const char *text = smm_json_get_string (item, is_instagram (pub) ? "text" : "message");
  JsonObject *from = smm_json_get_object (item, "from");
  g_autofree char *from_id = from != NULL ? smm_json_dup_id (from, "id") : NULL;
  const char *username = smm_json_get_string (item, "username");

  if (!smm_meta_same_text (text, pub->post->first_comment))
    return COMMENT_OTHER;
  if (from_id != NULL && strcmp (from_id, pub->account->remote_id) == 0)
    return COMMENT_OWN;
  if (is_instagram (pub) && username != NULL && pub->account->username != NULL)
    return strcmp (username, pub->account->username) == 0 ? COMMENT_OWN : COMMENT_OTHER;
  return from_id != NULL ? COMMENT_OTHER : COMMENT_UNKNOWN;
}

/**
 * smm_meta_apply_find_comment:
 * @pub: the publication
 * @response: the comments
 *
 * Returns: (transfer full): PUBLISHED only for exactly one of ours with the same text;
 *   NOT_PUBLISHED only for a list that was read whole and holds none that may be ours
 */
SmmReconcile *
smm_meta_apply_find_comment (const SmmPublication *pub, SmmResponse *response)
{
  g_auto (SmmMetaAnswer) answer = { 0 };
  g_autofree char *own = NULL;
  SmmReconcile *found;
  JsonArray *list;
  guint n_own = 0, n_unknown = 0;

  smm_meta_answer_read (&answer, response);
  list = smm_meta_answer_is_good (&answer, response) ? smm_json_get_array (answer.object, "data")
                                                     : NULL;
  if (list == NULL)
    return smm_meta_reconcile_failed (pub->account, &answer, response);
  found = smm_meta_reconcile_new (SMM_RECONCILE_UNKNOWN);
  found->request_id = g_strdup (answer.request_id);
  for (guint i = 0; i < json_array_get_length (list); i++)
    {
      JsonObject *item = smm_meta_get_item (list, i);
      g_autofree char *id = item != NULL ? smm_json_dup_id (item, "id") : NULL;
      CommentKind kind;

      if (!smm_meta_is_id (id))
        return found;
      kind = judge_comment (pub, item);
      n_own += kind == COMMENT_OWN;
      n_unknown += kind == COMMENT_UNKNOWN;
      if (kind == COMMENT_OWN && own == NULL)
        own = g_steal_pointer (&id);
    }
  if (n_own == 1)
    {
      found->kind = SMM_RECONCILE_PUBLISHED;
      smm_meta_reconcile_add (found, "comment_id", own);
    }
  else if (n_own == 0 && n_unknown == 0
           && smm_json_get_string (smm_json_get_object (answer.object, "paging"), "next") == NULL)
    found->kind = SMM_RECONCILE_NOT_PUBLISHED;
  return found;
}

/* A video goes with its own id: without it the video would stay on the Page. */
SmmRequest *
smm_meta_remove (const SmmPublication *pub)
{
  const char *video = is_instagram (pub) ? NULL : smm_meta_fact (pub, "video");

  return smm_meta_request ("DELETE", pub->account, "remove", "%s",
                           video != NULL ? video : smm_meta_fact (pub, "remote_id"));
}

SmmOutcome *
smm_meta_apply_remove (const SmmPublication *pub, SmmResponse *response)
{
  g_auto (SmmMetaAnswer) answer = { 0 };
  SmmOutcome *outcome;
  gsize n;
  const char *body = g_bytes_get_data (response->body, &n);

  smm_meta_answer_read (&answer, response);
  if ((smm_meta_answer_is_good (&answer, response)
       && smm_json_get_bool (answer.object, "success", FALSE))
      || (response->sent == SMM_SENT_ANSWERED && response->status == 200 && n == 4
          && memcmp (body, "true", 4) == 0)
      /* Gone already: section 3.8. */
      || (response->status >= 400 && response->status < 500
          && smm_meta_answer_is_missing (&answer)))
    {
      outcome = smm_meta_outcome_new (SMM_OUTCOME_DONE);
      outcome->request_id = g_strdup (answer.request_id);
      return outcome;
    }
  outcome = smm_meta_classify (pub->account, SMM_STEP_PREPARE, &answer, response);
  keep_account (outcome);
  if (outcome->kind == SMM_OUTCOME_REFUSED)
    smm_meta_outcome_say (outcome, outcome->code, NULL,
                          _ ("The platform did not remove the post: %s"),
                          answer.message != NULL ? answer.message : _ ("no reason was given"));
  return outcome;
}

/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Facebook Pages: text, link, photos and photo stories (api/meta.md section 3). Photos are uploaded
 * unpublished, which nobody sees, and made public by the one post that attaches them. A post that
 * is handed over is made at once, unpublished, with the time at which Facebook publishes it.
 */

#include "config.h"

#include "smm-facebook-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MINUTE (60 * (gint64)G_USEC_PER_SEC)
#define POLL_SCHEDULED_MS (60 * 1000)
/* Both tokens in turn, for about four minutes: lists and reads lag behind a publication. */
#define MAX_MISSING 8

gint64
smm_facebook_get_schedule (const SmmPublication *pub)
{
  return pub->schedule_at / G_USEC_PER_SEC;
}

/* Stories can't be scheduled: section 3.2. */
static gboolean
is_handed_over (const SmmPublication *pub)
{
  return pub->schedule_at > 0 && pub->post->kind != SMM_POST_KIND_STORY;
}

void
smm_facebook_add_schedule (const SmmPublication *pub, SmmRequest *request)
{
  g_autofree char *at = g_strdup_printf ("%" G_GINT64_FORMAT, smm_facebook_get_schedule (pub));

  smm_request_add_param (request, "published", "false");
  smm_request_add_param (request, "scheduled_publish_time", at);
  smm_request_add_param (request, "unpublished_content_type", "SCHEDULED");
}

/* --- Steps --- */

static SmmStep *
photo_step (const SmmPublication *pub, guint n)
{
  const SmmRendition *rendition = pub->renditions->pdata[n];
  SmmRequest *request
      = smm_meta_request ("POST", pub->account, "publish", "%s/photos", pub->account->remote_id);
  g_autofree char *name = g_strdup_printf ("photo:%u", n);

  smm_request_add_param (request, "published", "false");
  if (is_handed_over (pub))
    smm_request_add_param (request, "temporary", "true");
  if (rendition->alt != NULL)
    smm_request_add_param (request, "alt_text_custom", rendition->alt);
  smm_request_set_file (request, rendition->path, "source", "photo.jpg", rendition->mime);
  return smm_meta_step (name, SMM_STEP_PREPARE, request);
}

static SmmStep *
feed_step (const SmmPublication *pub)
{
  SmmRequest *request
      = smm_meta_request ("POST", pub->account, "publish", "%s/feed", pub->account->remote_id);

  smm_request_add_query (request, "fields", "id,permalink_url,created_time,is_published");
  if (*pub->post->text != '\0')
    smm_request_add_param (request, "message", pub->post->text);
  if (pub->post->link != NULL && pub->post->media->len == 0)
    smm_request_add_param (request, "link", pub->post->link);
  for (guint i = 0; i < pub->post->media->len; i++)
    {
      g_autofree char *name = g_strdup_printf ("attached_media[%u]", i);
      g_autofree char *value
          = g_strdup_printf ("{\"media_fbid\":\"%s\"}", smm_meta_fact (pub, "photo:%u", i));

      smm_request_add_param (request, name, value);
    }
  if (is_handed_over (pub))
    smm_facebook_add_schedule (pub, request);
  return smm_meta_step ("feed", SMM_STEP_COMMIT, request);
}

static SmmStep *
photo_story_step (const SmmPublication *pub)
{
  SmmRequest *request = smm_meta_request ("POST", pub->account, "publish", "%s/photo_stories",
                                          pub->account->remote_id);

  smm_request_add_param (request, "photo_id", smm_meta_fact (pub, "photo:%u", 0u));
  return smm_meta_step ("photo-story", SMM_STEP_COMMIT, request);
}

static SmmStep *
permalink_step (const SmmPublication *pub)
{
  SmmRequest *request;

  /* A story's address stands in the list of stories only: section 3.7. */
  if (pub->post->kind == SMM_POST_KIND_STORY)
    {
      request = smm_meta_request ("GET", pub->account, "publish", "%s/stories",
                                  pub->account->remote_id);
      smm_request_add_param (request, "fields", "post_id,creation_time,media_id,url");
      return smm_meta_step ("permalink", SMM_STEP_CONFIRM, request);
    }
  request
      = smm_meta_request ("GET", pub->account, "publish", "%s", smm_meta_fact (pub, "remote_id"));
  smm_request_add_param (request, "fields", "id,permalink_url,created_time");
  return smm_meta_step ("permalink", SMM_STEP_CONFIRM, request);
}

gboolean
smm_facebook_is_video_there (const SmmPublication *pub)
{
  const char *id = smm_meta_fact (pub, "remote_id");

  return id != NULL && g_strcmp0 (smm_meta_fact (pub, "video"), id) == 0;
}

/* After its time: did Facebook publish what it was given? */
static SmmStep *
scheduled_step (const SmmPublication *pub)
{
  const char *id = smm_meta_fact (pub, "remote_id");

  return smm_meta_step ("scheduled", SMM_STEP_VERDICT,
                        smm_meta_read_request (pub, id,
                                               smm_facebook_is_video_there (pub)
                                                   ? SMM_FACEBOOK_VIDEO_FIELDS
                                                   : "id,is_published,permalink_url,created_time"));
}

/* A story that is to be handed over would be public at once: nothing is prepared, and the harmless
 * question is answered by a refusal. Preflight says so before. */
static SmmStep *
unsupported_step (const SmmPublication *pub)
{
  SmmRequest *request
      = smm_meta_request ("GET", pub->account, "publish", "%s", pub->account->remote_id);

  smm_request_add_param (request, "fields", "id");
  return smm_meta_step ("unsupported", SMM_STEP_PREPARE, request);
}

static SmmOutcome *
refuse_unsupported (void)
{
  SmmOutcome *outcome = smm_meta_outcome_new (SMM_OUTCOME_REFUSED);

  smm_meta_outcome_say (
      outcome, "hand-over-unsupported", "edit",
      _ ("Facebook does not publish stories by itself at a time. Leave it to this "
         "computer."));
  return outcome;
}

static SmmStep *
facebook_next_step (const SmmPublication *pub)
{
  if (smm_meta_fact (pub, "remote_id") != NULL)
    {
      if (smm_meta_fact (pub, "handed_over") != NULL && smm_meta_fact (pub, "public") == NULL)
        return scheduled_step (pub);
      return smm_meta_fact (pub, "permalink") == NULL ? permalink_step (pub) : NULL;
    }
  if (pub->schedule_at > 0 && !is_handed_over (pub) && smm_meta_fact (pub, "accepted") == NULL)
    return unsupported_step (pub);
  if (smm_facebook_is_video (pub))
    return smm_meta_fact (pub, "accepted") != NULL && smm_meta_fact (pub, "video") != NULL
               ? smm_facebook_verdict_step (pub)
               : smm_facebook_video_step (pub);
  for (guint i = 0; i < pub->post->media->len; i++)
    if (smm_meta_fact (pub, "photo:%u", i) == NULL)
      return photo_step (pub, i);
  if (pub->post->kind == SMM_POST_KIND_STORY && pub->post->media->len > 0)
    return photo_story_step (pub);
  return feed_step (pub);
}

/* --- Answers --- */

static void
add_time (SmmOutcome *outcome, gint64 at)
{
  if (at > 0)
    smm_meta_outcome_add_int (outcome, "published_at", at);
}

static void
add_post_facts (SmmOutcome *outcome, JsonObject *object, const char *id)
{
  const char *permalink = smm_json_get_string (object, "permalink_url");

  smm_meta_outcome_add (outcome, "remote_id", id);
  if (permalink != NULL && g_str_has_prefix (permalink, "https://"))
    smm_meta_outcome_add (outcome, "permalink", permalink);
  add_time (outcome, smm_meta_parse_time (smm_json_get_string (object, "created_time")));
}

static SmmOutcome *
on_feed (const SmmPublication *pub, JsonObject *object)
{
  g_autofree char *id = smm_json_dup_id (object, "id");
  SmmOutcome *outcome;

  if (!smm_meta_is_id (id))
    return NULL;
  outcome = smm_meta_outcome_new (SMM_OUTCOME_DONE);
  /* Posts have gone public in spite of published=false (section 3.9): then that is the truth. */
  if (is_handed_over (pub) && !smm_json_get_bool (object, "is_published", FALSE))
    {
      smm_meta_outcome_add (outcome, "remote_id", id);
      smm_meta_outcome_add_int (outcome, "handed_over", smm_facebook_get_schedule (pub));
    }
  else
    add_post_facts (outcome, object, id);
  return outcome;
}

static SmmOutcome *
on_photo_story (JsonObject *object)
{
  g_autofree char *id = smm_json_dup_id (object, "post_id");
  SmmOutcome *outcome;

  if (!smm_json_get_bool (object, "success", FALSE) || !smm_meta_is_id (id))
    return NULL;
  outcome = smm_meta_outcome_new (SMM_OUTCOME_DONE);
  smm_meta_outcome_add (outcome, "remote_id", id);
  return outcome;
}

static SmmOutcome *
on_photo (const SmmStep *step, JsonObject *object)
{
  g_autofree char *id = smm_json_dup_id (object, "id");
  SmmOutcome *outcome;

  if (!smm_meta_is_id (id))
    return NULL;
  outcome = smm_meta_outcome_new (SMM_OUTCOME_DONE);
  smm_meta_outcome_add (outcome, step->name, id);
  return outcome;
}

static SmmOutcome *
on_story_permalink (const SmmPublication *pub, JsonObject *object)
{
  const char *own = smm_meta_fact (pub, "remote_id");
  JsonArray *list = smm_json_get_array (object, "data");
  SmmOutcome *outcome;
  JsonObject *match = NULL;

  if (list == NULL)
    return NULL;
  for (guint i = 0; match == NULL && i < json_array_get_length (list); i++)
    {
      JsonObject *item = smm_meta_get_item (list, i);
      g_autofree char *id = item != NULL ? smm_json_dup_id (item, "post_id") : NULL;

      if (g_strcmp0 (id, own) == 0)
        match = item;
    }
  outcome = smm_meta_outcome_new (SMM_OUTCOME_DONE);
  smm_facebook_add_permalink (outcome->facts, match, "url", own);
  if (match != NULL)
    {
      gint64 at = smm_meta_get_number (match, "creation_time", 0);

      if (at < G_MAXINT64 / G_USEC_PER_SEC)
        add_time (outcome, at * G_USEC_PER_SEC);
    }
  return outcome;
}

static SmmOutcome *
on_permalink (const SmmPublication *pub, JsonObject *object)
{
  g_autofree char *id = smm_json_dup_id (object, "id");
  SmmOutcome *outcome;

  if (pub->post->kind == SMM_POST_KIND_STORY)
    return on_story_permalink (pub, object);
  if (!smm_meta_is_id (id))
    return NULL;
  outcome = smm_meta_outcome_new (SMM_OUTCOME_DONE);
  add_post_facts (outcome, object, smm_meta_fact (pub, "remote_id"));
  smm_facebook_add_permalink (outcome->facts, object, "permalink_url", id);
  return outcome;
}

static SmmOutcome *
removed_there (void)
{
  SmmOutcome *outcome = smm_meta_outcome_new (SMM_OUTCOME_REFUSED);

  smm_meta_outcome_say (outcome, "removed-there", NULL,
                        _ ("The post that Facebook was to publish is not there any more. Somebody "
                           "removed it at Facebook."));
  outcome->error = g_strdup ("100/33");
  return outcome;
}

static SmmOutcome *
on_scheduled (const SmmPublication *pub, JsonObject *object)
{
  g_autofree char *id = smm_json_dup_id (object, "id");
  gint64 created = smm_meta_parse_time (smm_json_get_string (object, "created_time"));
  JsonNode *published = json_object_get_member (object, "is_published");
  SmmOutcome *outcome;

  if (!smm_meta_is_id (id) || published == NULL || !JSON_NODE_HOLDS_VALUE (published)
      || json_node_get_value_type (published) != G_TYPE_BOOLEAN)
    return NULL;
  if (!json_node_get_boolean (published))
    {
      outcome = smm_meta_outcome_new (SMM_OUTCOME_WAIT);
      outcome->wait_ms = POLL_SCHEDULED_MS;
      smm_meta_outcome_forget (pub, outcome, "missing");
      return outcome;
    }
  outcome = smm_meta_outcome_new (SMM_OUTCOME_DONE);
  smm_meta_outcome_add (outcome, "public", "1");
  smm_facebook_add_permalink (outcome->facts, object, "permalink_url",
                              smm_meta_fact (pub, "remote_id"));
  /* It may have been created long before. */
  add_time (outcome,
            MAX (created, smm_meta_fact_int (pub, "handed_over") * (gint64)G_USEC_PER_SEC));
  return outcome;
}

static SmmOutcome *
apply_scheduled (const SmmPublication *pub, const SmmStep *step, SmmResponse *response)
{
  g_auto (SmmMetaAnswer) answer = { 0 };
  SmmOutcome *outcome = NULL;

  smm_meta_answer_read (&answer, response);
  if (smm_meta_answer_is_missing (&answer))
    return smm_meta_fact_int (pub, "missing") < MAX_MISSING ? smm_meta_wait_missing (pub)
                                                            : removed_there ();
  if (smm_facebook_is_video_there (pub))
    {
      outcome = smm_facebook_video_apply (pub, step, response);
      if (outcome->kind == SMM_OUTCOME_WAIT)
        outcome->wait_ms = POLL_SCHEDULED_MS;
      /* Its time has come and the file is gone: to begin anew is for the person to say. */
      if (outcome->kind == SMM_OUTCOME_RESTART)
        {
          outcome->kind = SMM_OUTCOME_REFUSED;
          g_clear_pointer (&outcome->drop_prefix, g_free);
        }
      return outcome;
    }
  if (smm_meta_answer_is_good (&answer, response))
    outcome = on_scheduled (pub, answer.object);
  if (outcome == NULL)
    return smm_meta_classify (pub->account, step->kind, &answer, response);
  outcome->request_id = g_strdup (answer.request_id);
  return outcome;
}

/* "You posted that already" may be about this very post: it is looked for, never just refused. */
static void
judge_duplicate (const SmmPublication *pub, SmmOutcome *outcome)
{
  if (g_strcmp0 (outcome->code, "duplicate") != 0)
    return;
  /* Evidence that the one in doubt went out: no look may now say that it did not. */
  if (smm_meta_fact (pub, "doubted") != NULL)
    smm_meta_outcome_add (outcome, "duplicate", "1");
}

static SmmOutcome *
facebook_apply (const SmmPublication *pub, const SmmStep *step, SmmResponse *response)
{
  g_auto (SmmMetaAnswer) answer = { 0 };
  SmmOutcome *outcome = NULL;

  if (strcmp (step->name, "scheduled") == 0)
    return apply_scheduled (pub, step, response);
  if (strcmp (step->name, "unsupported") == 0)
    return refuse_unsupported ();
  if (step->kind != SMM_STEP_CONFIRM && smm_facebook_is_video (pub))
    return smm_facebook_video_apply (pub, step, response);
  smm_meta_answer_read (&answer, response);
  if (smm_meta_answer_is_good (&answer, response))
    {
      if (step->kind == SMM_STEP_PREPARE)
        outcome = on_photo (step, answer.object);
      else if (step->kind == SMM_STEP_CONFIRM)
        outcome = on_permalink (pub, answer.object);
      else if (strcmp (step->name, "photo-story") == 0)
        outcome = on_photo_story (answer.object);
      else
        outcome = on_feed (pub, answer.object);
    }
  if (outcome == NULL)
    {
      outcome = smm_meta_classify (pub->account, step->kind, &answer, response);
      if (step->kind == SMM_STEP_COMMIT)
        judge_duplicate (pub, outcome);
      return outcome;
    }
  outcome->request_id = g_strdup (answer.request_id);
  return outcome;
}

/* --- Moving what was handed over --- */

static SmmRequest *
facebook_move (const SmmPublication *pub)
{
  SmmRequest *request
      = smm_meta_request ("POST", pub->account, "move", "%s", smm_meta_fact (pub, "remote_id"));
  g_autofree char *at = g_strdup_printf ("%" G_GINT64_FORMAT, smm_facebook_get_schedule (pub));

  smm_request_add_param (request, "scheduled_publish_time", at);
  return request;
}

static SmmOutcome *
facebook_apply_move (const SmmPublication *pub, SmmResponse *response)
{
  g_auto (SmmMetaAnswer) answer = { 0 };
  SmmOutcome *outcome;

  smm_meta_answer_read (&answer, response);
  if (!smm_meta_answer_is_good (&answer, response)
      || !smm_json_get_bool (answer.object, "success", FALSE))
    return smm_meta_classify (pub->account, SMM_STEP_PREPARE, &answer, response);
  outcome = smm_meta_outcome_new (SMM_OUTCOME_DONE);
  outcome->request_id = g_strdup (answer.request_id);
  smm_meta_outcome_add_int (outcome, "handed_over", smm_facebook_get_schedule (pub));
  return outcome;
}

static gboolean
facebook_apply_sign_in (SmmGrant *grant, GHashTable *progress, SmmResponse *response,
                        GError **error)
{
  return smm_meta_apply_sign_in (grant, progress, response, SMM_PLATFORM_FACEBOOK, error);
}

/* Section 3.6: 30 reels in 24 hours for a Page. */
static const SmmBudget budgets[] = { { "reel-finish", 30, 24 * 60 * 60 }, { NULL, 0, 0 } };

const SmmPlatform smm_facebook_platform = {
  .id = SMM_PLATFORM_FACEBOOK,
  .can_list = TRUE,
  .next_step = facebook_next_step,
  .apply = facebook_apply,
  .next_look = smm_facebook_next_look,
  .apply_look = smm_facebook_apply_look,
  .validate = smm_facebook_validate,
  .authorize = smm_meta_authorize,
  .next_sign_in = smm_meta_next_sign_in,
  .apply_sign_in = facebook_apply_sign_in,
  .check = smm_meta_check,
  .apply_check = smm_meta_apply_check,
  .landing = SMM_META_LANDING,
  .pages = smm_meta_pages,
  .parts = smm_meta_parts,
  .revoke = smm_meta_revoke,
  .apply_revoke = smm_meta_apply_revoke,
  .usage_wait_ms = smm_meta_usage_wait_ms,
  .budgets = budgets,
  .comment = smm_meta_comment,
  .apply_comment = smm_meta_apply_comment,
  .find_comment = smm_meta_find_comment,
  .apply_find_comment = smm_meta_apply_find_comment,
  .remove = smm_meta_remove,
  .apply_remove = smm_meta_apply_remove,
  /* Section 3.2: what all kinds of post have in common, with room for clocks and uploads. */
  .hand_over_min = 15 * MINUTE,
  .hand_over_max = 29 * 24 * 60 * MINUTE,
  .move = facebook_move,
  .apply_move = facebook_apply_move,
};

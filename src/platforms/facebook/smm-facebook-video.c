/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Videos, reels and video stories (api/meta.md sections 3.5 to 3.7): start yields an id that can be
 * asked for, the bytes go up, finish commits, and the video's status says what came of it. A finish
 * that is repeated for the same id can't make a second post.
 */

#include "config.h"

#include "smm-facebook-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define KEY "upload"
/* About a day of polls, after which "ready, but not published" is an answer. */
#define MAX_POLLS 1500
/* Asked with both tokens in turn; then an upload begins anew. A verdict is asked for ever. */
#define MAX_MISSING 6

static const char *const forget[]
    = { "video",   "session",     "end",         "lost",      "post_id", KEY,
        "missing", "resume:" KEY, "offset:" KEY, "cuts:" KEY, NULL };
/* Section 3.5: the same chunk again. */
static const gint64 again_subcodes[] = { 1363030, 1363019, 1363033, 1363021, 1363041 };
#define WRONG_OFFSET 1363037

gboolean
smm_facebook_is_video (const SmmPublication *pub)
{
  return smm_meta_is_video (pub, 0);
}

static gboolean
is_classic (const SmmPublication *pub)
{
  return pub->post->kind == SMM_POST_KIND_FEED;
}

static const char *
get_edge (const SmmPublication *pub)
{
  switch (pub->post->kind)
    {
    case SMM_POST_KIND_REEL:
      return "video_reels";
    case SMM_POST_KIND_STORY:
      return "video_stories";
    case SMM_POST_KIND_FEED:
    default:
      return "videos";
    }
}

/* Names begin with the kind: the budget of reels counts "reel-finish". */
static char *
make_name (const SmmPublication *pub, const char *what)
{
  return g_strdup_printf ("%s-%s",
                          pub->post->kind == SMM_POST_KIND_REEL    ? "reel"
                          : pub->post->kind == SMM_POST_KIND_STORY ? "story"
                                                                   : "video",
                          what);
}

static SmmRequest *
make_request (const SmmPublication *pub, const char *phase)
{
  SmmRequest *request = smm_meta_request ("POST", pub->account, "publish", "%s/%s",
                                          pub->account->remote_id, get_edge (pub));

  if (is_classic (pub))
    request->endpoint = SMM_ENDPOINT_META_GRAPH_VIDEO;
  smm_request_add_param (request, "upload_phase", phase);
  return request;
}

/* --- Steps --- */

static SmmStep *
start_step (const SmmPublication *pub)
{
  const SmmRendition *rendition = pub->renditions->pdata[0];
  SmmRequest *request = make_request (pub, "start");
  g_autofree char *name = make_name (pub, "start");

  if (is_classic (pub))
    {
      g_autofree char *size = g_strdup_printf ("%" G_GINT64_FORMAT, rendition->bytes);

      smm_request_add_param (request, "file_size", size);
    }
  return smm_meta_step (name, SMM_STEP_PREPARE, request);
}

static SmmStep *
transfer_step (const SmmPublication *pub)
{
  const SmmRendition *rendition = pub->renditions->pdata[0];
  gint64 offset = smm_meta_fact_int (pub, "offset:" KEY);
  gint64 end = smm_meta_fact_int (pub, "end");
  SmmRequest *request = make_request (pub, "transfer");
  g_autofree char *from = g_strdup_printf ("%" G_GINT64_FORMAT, offset);

  smm_request_add_param (request, "upload_session_id", smm_meta_fact (pub, "session"));
  smm_request_add_param (request, "start_offset", from);
  smm_request_set_file (request, rendition->path, "video_file_chunk", "video",
                        "application/octet-stream");
  request->file_offset = offset;
  request->file_length = end - offset;
  request->timeout_ms = smm_meta_upload_timeout (end - offset);
  return smm_meta_step ("video-transfer", SMM_STEP_PREPARE, request);
}

static SmmStep *
status_step (const SmmPublication *pub)
{
  g_autofree char *name = make_name (pub, "status");

  return smm_meta_step (name, SMM_STEP_PREPARE,
                        smm_meta_read_request (pub, smm_meta_fact (pub, "video"), "status"));
}

static void
add_words (const SmmPublication *pub, SmmRequest *request)
{
  const char *title = smm_meta_option (pub, SMM_OPTION_TITLE);

  if (title != NULL)
    smm_request_add_param (request, "title", title);
  if (*pub->post->text != '\0')
    smm_request_add_param (request, "description", pub->post->text);
}

static SmmStep *
finish_step (const SmmPublication *pub)
{
  SmmRequest *request = make_request (pub, "finish");
  g_autofree char *name = make_name (pub, "finish");

  if (is_classic (pub))
    {
      smm_request_add_param (request, "upload_session_id", smm_meta_fact (pub, "session"));
      if (pub->schedule_at > 0)
        smm_facebook_add_schedule (pub, request);
      else
        smm_request_add_param (request, "published", "true");
      add_words (pub, request);
    }
  else
    {
      smm_request_add_param (request, "video_id", smm_meta_fact (pub, "video"));
      if (pub->post->kind == SMM_POST_KIND_REEL)
        {
          smm_request_add_param (request, "video_state",
                                 pub->schedule_at > 0 ? "SCHEDULED" : "PUBLISHED");
          if (pub->schedule_at > 0)
            {
              g_autofree char *at
                  = g_strdup_printf ("%" G_GINT64_FORMAT, smm_facebook_get_schedule (pub));

              smm_request_add_param (request, "scheduled_publish_time", at);
            }
          add_words (pub, request);
        }
    }
  return smm_meta_step (name, SMM_STEP_COMMIT, request);
}

SmmStep *
smm_facebook_video_step (const SmmPublication *pub)
{
  const char *video = smm_meta_fact (pub, "video");
  g_autofree char *name = NULL;

  if (video == NULL || smm_meta_fact (pub, "lost") != NULL
      || (is_classic (pub) && smm_meta_fact (pub, "session") == NULL))
    return start_step (pub);
  if (smm_meta_fact (pub, KEY) != NULL)
    return finish_step (pub);
  if (smm_meta_fact (pub, "resume:" KEY) != NULL)
    return status_step (pub);
  if (is_classic (pub))
    return transfer_step (pub);
  name = make_name (pub, "upload");
  return smm_meta_upload_step (pub, name, "video-upload", video, pub->renditions->pdata[0], KEY);
}

SmmStep *
smm_facebook_verdict_step (const SmmPublication *pub)
{
  g_autofree char *name = make_name (pub, "verdict");

  return smm_meta_step (
      name, SMM_STEP_VERDICT,
      smm_meta_read_request (pub, smm_meta_fact (pub, "video"), SMM_FACEBOOK_VIDEO_FIELDS));
}

/* --- Answers --- */

/* The offsets that the platform wants next; FALSE when they make no sense for this file. */
static gboolean
take_offsets (const SmmPublication *pub, SmmOutcome *outcome, JsonObject *object)
{
  const SmmRendition *rendition = pub->renditions->pdata[0];
  gint64 start = smm_meta_get_number (object, "start_offset", -1);
  gint64 end = smm_meta_get_number (object, "end_offset", -1);

  if (start < 0 || end < start || end > rendition->bytes
      || (start == end && start != rendition->bytes))
    return FALSE;
  if (start == end)
    smm_meta_outcome_add (outcome, KEY, "1");
  smm_meta_outcome_add_int (outcome, "offset:" KEY, start);
  smm_meta_outcome_add_int (outcome, "end", end);
  return TRUE;
}

static SmmOutcome *
on_start (const SmmPublication *pub, JsonObject *object)
{
  g_autofree char *video = smm_json_dup_id (object, "video_id");
  g_autofree char *session = smm_json_dup_id (object, "upload_session_id");
  g_autoptr (SmmOutcome) outcome = smm_meta_outcome_new (SMM_OUTCOME_DONE);

  if (!smm_meta_is_id (video))
    return NULL;
  for (guint i = 0; forget[i] != NULL; i++)
    smm_meta_outcome_forget (pub, outcome, forget[i]);
  smm_meta_outcome_add (outcome, "video", video);
  if (is_classic (pub))
    {
      if (!smm_meta_is_id (session) || !take_offsets (pub, outcome, object))
        return NULL;
      smm_meta_outcome_add (outcome, "session", session);
    }
  return g_steal_pointer (&outcome);
}

static gboolean
is_same_chunk_again (const SmmMetaAnswer *answer)
{
  for (guint i = 0; i < G_N_ELEMENTS (again_subcodes); i++)
    if (answer->subcode == again_subcodes[i])
      return TRUE;
  return answer->subcode == WRONG_OFFSET;
}

/* error_data is an object, or the text of one (section 7.1). */
static gboolean
take_error_offsets (const SmmPublication *pub, SmmOutcome *outcome, const SmmMetaAnswer *answer)
{
  JsonObject *error = smm_json_get_object (answer->object, "error");
  JsonObject *data = smm_json_get_object (error, "error_data");
  const char *text = smm_json_get_string (error, "error_data");
  g_autoptr (GBytes) bytes = text != NULL ? g_bytes_new (text, strlen (text)) : NULL;
  g_autoptr (JsonNode) root = bytes != NULL ? smm_json_parse (bytes, NULL) : NULL;

  if (data == NULL && root != NULL)
    data = json_node_get_object (root);
  return data != NULL && take_offsets (pub, outcome, data);
}

static SmmOutcome *
apply_transfer (const SmmPublication *pub, const SmmMetaAnswer *answer, SmmResponse *response)
{
  g_autoptr (SmmOutcome) outcome = NULL;

  if (smm_meta_answer_is_good (answer, response))
    {
      outcome = smm_meta_outcome_new (SMM_OUTCOME_DONE);
      if (take_offsets (pub, outcome, answer->object))
        {
          if (smm_meta_fact_int (pub, "offset:" KEY)
              < smm_meta_get_number (answer->object, "start_offset", 0))
            smm_meta_outcome_forget (pub, outcome, "cuts:" KEY);
          return g_steal_pointer (&outcome);
        }
      return smm_meta_upload_cut (pub, KEY, forget);
    }
  if (answer->is_error && is_same_chunk_again (answer))
    {
      outcome = smm_meta_upload_cut (pub, KEY, forget);
      /* Told where to go on, or to send the same again: nothing has to be asked. */
      if (g_hash_table_contains (outcome->facts, "resume:" KEY)
          && (answer->subcode != WRONG_OFFSET || take_error_offsets (pub, outcome, answer)))
        smm_meta_outcome_forget (pub, outcome, "resume:" KEY);
      return g_steal_pointer (&outcome);
    }
  outcome = smm_meta_classify (pub->account, SMM_STEP_PREPARE, answer, response);
  if (outcome->kind != SMM_OUTCOME_RETRY || response->sent == SMM_SENT_NOTHING)
    return g_steal_pointer (&outcome);
  return smm_meta_upload_cut (pub, KEY, forget);
}

/* Where to go on. The classic upload goes on in pieces of the size it had. */
static SmmOutcome *
on_status (const SmmPublication *pub, JsonObject *object)
{
  const SmmRendition *rendition = pub->renditions->pdata[0];
  gint64 offset = smm_meta_fact_int (pub, "offset:" KEY);
  gint64 length = smm_meta_fact_int (pub, "end") - offset;
  SmmMetaVideo video;
  SmmOutcome *outcome;

  smm_meta_video_read (&video, object);
  if (video.stage == SMM_META_VIDEO_UNREADABLE)
    return NULL;
  /* Not told: the same chunk again; the platform says when it is the wrong one. */
  if (is_classic (pub) && video.received < 0)
    video.received = offset;
  outcome = smm_meta_apply_received (pub, KEY, &video, rendition, forget);
  if (outcome->kind == SMM_OUTCOME_DONE)
    {
      smm_meta_outcome_forget (pub, outcome, "missing");
      if (is_classic (pub))
        smm_meta_outcome_add_int (outcome, "end",
                                  length > 0 && length < rendition->bytes - video.received
                                      ? video.received + length
                                      : rendition->bytes);
    }
  return outcome;
}

static SmmOutcome *
on_finish (const SmmPublication *pub, JsonObject *object)
{
  g_autofree char *post = smm_json_dup_id (object, "post_id");
  SmmOutcome *outcome;

  if (!smm_json_get_bool (object, "success", FALSE))
    return NULL;
  outcome = smm_meta_outcome_new (SMM_OUTCOME_DONE);
  if (smm_meta_is_id (post))
    smm_meta_outcome_add (outcome, "post_id", post);
  if (pub->schedule_at > 0 && pub->post->kind != SMM_POST_KIND_STORY)
    {
      smm_meta_outcome_add (outcome, "remote_id", smm_meta_fact (pub, "video"));
      smm_meta_outcome_add_int (outcome, "handed_over", smm_facebook_get_schedule (pub));
    }
  else
    smm_meta_outcome_add (outcome, "accepted", "1");
  return outcome;
}

void
smm_facebook_add_permalink (GHashTable *facts, JsonObject *object, const char *member,
                            const char *id)
{
  const char *link = smm_json_get_string (object, member);
  char *value;

  if (link != NULL && g_str_has_prefix (link, "https://"))
    value = g_strdup (link);
  else if (link != NULL && *link == '/' && link[1] != '/')
    value = g_strconcat ("https://www.facebook.com", link, NULL);
  else
    /* Documented: an id's own address works (section 3.1). */
    value = g_strconcat ("https://www.facebook.com/", id, NULL);
  g_hash_table_insert (facts, g_strdup ("permalink"), value);
}

void
smm_facebook_add_video_facts (const SmmPublication *pub, GHashTable *facts,
                              const SmmMetaVideo *video, JsonObject *object)
{
  g_autofree char *told = smm_json_dup_id (object, "post_id");
  const char *post = smm_meta_is_id (told) ? told : smm_meta_fact (pub, "post_id");
  char *id;

  if (post == NULL)
    id = g_strdup (smm_meta_fact (pub, "video"));
  /* A post's id holds its Page's, which the status leaves out; a story's does not. */
  else if (strchr (post, '_') != NULL || pub->post->kind == SMM_POST_KIND_STORY)
    id = g_strdup (post);
  else
    id = g_strdup_printf ("%s_%s", pub->account->remote_id, post);
  smm_facebook_add_permalink (facts, object, "permalink_url", id);
  g_hash_table_insert (facts, g_strdup ("remote_id"), id);
  if (video->publish_time > 0)
    g_hash_table_insert (facts, g_strdup ("published_at"),
                         g_strdup_printf ("%" G_GINT64_FORMAT, video->publish_time));
}

static SmmOutcome *
refuse_video (const SmmMetaVideo *video)
{
  SmmOutcome *outcome = smm_meta_outcome_new (SMM_OUTCOME_REFUSED);

  smm_meta_outcome_say (outcome, "video-refused", "edit", _ ("Facebook can’t use this video: %s"),
                        video->why != NULL && *video->why != '\0' ? video->why
                                                                  : _ ("no reason was given"));
  return outcome;
}

static SmmOutcome *
on_verdict (const SmmPublication *pub, JsonObject *object)
{
  SmmMetaVideo video;
  SmmOutcome *outcome;

  smm_meta_video_read (&video, object);
  switch (video.stage)
    {
    case SMM_META_VIDEO_PUBLISHED:
      outcome = smm_meta_outcome_new (SMM_OUTCOME_DONE);
      smm_facebook_add_video_facts (pub, outcome->facts, &video, object);
      if (smm_meta_fact (pub, "handed_over") != NULL)
        smm_meta_outcome_add (outcome, "public", "1");
      return outcome;
    case SMM_META_VIDEO_FAILED:
      return refuse_video (&video);
    case SMM_META_VIDEO_LOST:
      outcome = smm_meta_outcome_new (SMM_OUTCOME_RESTART);
      outcome->drop_prefix = g_strdup ("");
      smm_meta_outcome_say (outcome, "expired", "retry", _ ("Facebook lost the uploaded video"));
      return outcome;
    case SMM_META_VIDEO_UNREADABLE:
      return NULL;
    case SMM_META_VIDEO_READY:
      if (smm_meta_fact_int (pub, "polls:verdict") < MAX_POLLS)
        break;
      outcome = smm_meta_outcome_new (SMM_OUTCOME_REFUSED);
      smm_meta_outcome_say (outcome, "never-published", "retry",
                            _ ("Facebook has had the video for a day and has not published it"));
      return outcome;
    case SMM_META_VIDEO_UPLOADING:
    case SMM_META_VIDEO_PROCESSING:
    case SMM_META_VIDEO_PUBLISHING:
    case SMM_META_VIDEO_SCHEDULED:
    default:
      break;
    }
  outcome = smm_meta_wait (pub, "polls:verdict");
  smm_meta_outcome_forget (pub, outcome, "missing");
  return outcome;
}

/* A refusal of a finish that repeats one in doubt may mean that the first one arrived. */
static void
doubt (const SmmPublication *pub, SmmOutcome *outcome)
{
  if (smm_meta_fact (pub, "doubted") == NULL
      || (outcome->kind != SMM_OUTCOME_REFUSED && outcome->kind != SMM_OUTCOME_RESTART))
    return;
  outcome->kind = SMM_OUTCOME_UNCLEAR;
  g_clear_pointer (&outcome->drop_prefix, g_free);
}

SmmOutcome *
smm_facebook_video_apply (const SmmPublication *pub, const SmmStep *step, SmmResponse *response)
{
  const char *what = strchr (step->name, '-');
  g_auto (SmmMetaAnswer) answer = { 0 };
  SmmOutcome *outcome = NULL;
  gboolean good;

  if (what != NULL && strcmp (what, "-upload") == 0)
    return smm_meta_apply_upload (pub, KEY, forget, response);
  smm_meta_answer_read (&answer, response);
  good = smm_meta_answer_is_good (&answer, response);
  if (g_strcmp0 (what, "-transfer") == 0)
    outcome = apply_transfer (pub, &answer, response);
  else if (g_strcmp0 (what, "-start") == 0)
    outcome = good ? on_start (pub, answer.object) : NULL;
  else if (g_strcmp0 (what, "-status") == 0)
    outcome = good ? on_status (pub, answer.object) : NULL;
  else if (g_strcmp0 (what, "-finish") == 0)
    outcome = good ? on_finish (pub, answer.object) : NULL;
  else
    outcome = good ? on_verdict (pub, answer.object) : NULL;
  if (outcome == NULL && step->kind != SMM_STEP_COMMIT && smm_meta_answer_is_missing (&answer)
      && strcmp (step->request->method, "GET") == 0)
    outcome = step->kind == SMM_STEP_PREPARE && smm_meta_fact_int (pub, "missing") >= MAX_MISSING
                  ? smm_meta_upload_again (pub, forget)
                  : smm_meta_wait_missing (pub);
  if (outcome == NULL)
    {
      outcome = smm_meta_classify (pub->account, step->kind, &answer, response);
      if (step->kind == SMM_STEP_COMMIT)
        doubt (pub, outcome);
    }
  if (outcome->request_id == NULL)
    outcome->request_id = g_strdup (answer.request_id);
  return outcome;
}

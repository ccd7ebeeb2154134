/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Videos: what their status says, and raw bytes to rupload that go on where they were cut off
 * (api/meta.md sections 3.5, 3.6, 4.3). The documentation and the specification spell members
 * differently; both are read.
 */

#include "config.h"

#include "smm-meta.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Failures in a row after which an upload begins anew, and beginnings after which it is given up.
 */
#define MAX_CUTS 8
#define MAX_UPLOADS 3
/* Slower than this is taken for a connection that is stuck. */
#define SLOWEST 32768

gboolean
smm_meta_is_video (const SmmPublication *pub, guint n)
{
  /* Files are rendered only for what is still to be uploaded; what the post has is always known. */
  return n < pub->post->media->len && smm_media_is_video (pub->post->media->pdata[n]);
}

/* --- Status --- */

static gboolean
is_complete (const char *status)
{
  return g_strcmp0 (status, "complete") == 0 || g_strcmp0 (status, "completed") == 0;
}

static const char *
find_error (JsonObject *phase)
{
  JsonObject *error = smm_json_get_object (phase, "error");
  JsonArray *errors = smm_json_get_array (phase, "errors");
  const char *message;

  if (error == NULL && errors != NULL && json_array_get_length (errors) > 0)
    error = smm_meta_get_item (errors, 0);
  message = smm_json_get_string (error, "message");
  if (message != NULL)
    return message;
  return error != NULL || g_strcmp0 (smm_json_get_string (phase, "status"), "error") == 0 ? ""
                                                                                          : NULL;
}

void
smm_meta_video_read_phases (SmmMetaVideo *video, JsonObject *phases)
{
  JsonObject *uploading = smm_json_get_object (phases, "uploading_phase");
  gint64 received = smm_meta_get_number (uploading, "bytes_transfered", -1);

  if (received < 0)
    received = smm_meta_get_number (uploading, "bytes_transferred", -1);
  video->received = MAX (received, -1);
  video->uploaded = is_complete (smm_json_get_string (uploading, "status"));
}

static gboolean
is_worked_on (const char *word, JsonObject *processing, const char *publishing)
{
  const char *phase = smm_json_get_string (processing, "status");

  return g_strcmp0 (word, "uploading") == 0 || g_strcmp0 (word, "upload_complete") == 0
         || g_strcmp0 (word, "processing") == 0 || (phase != NULL && !is_complete (phase))
         || (publishing != NULL && !is_complete (publishing));
}

static SmmMetaVideoStage
read_stage (SmmMetaVideo *video, JsonObject *status, gboolean published)
{
  const char *word = smm_json_get_string (status, "video_status");
  JsonObject *uploading = smm_json_get_object (status, "uploading_phase");
  JsonObject *processing = smm_json_get_object (status, "processing_phase");
  JsonObject *publishing = smm_json_get_object (status, "publishing_phase");
  const char *publish = smm_json_get_string (publishing, "publish_status");
  const char *phase = smm_json_get_string (publishing, "status");

  if (g_strcmp0 (publish, "published") == 0)
    return SMM_META_VIDEO_PUBLISHED;
  video->why = find_error (processing);
  if (video->why == NULL)
    video->why = find_error (publishing);
  if (video->why == NULL && (g_strcmp0 (word, "error") == 0 || g_strcmp0 (publish, "error") == 0))
    video->why = "";
  if (video->why != NULL)
    return SMM_META_VIDEO_FAILED;
  if (g_strcmp0 (word, "expired") == 0 || g_strcmp0 (word, "upload_failed") == 0
      || find_error (uploading) != NULL)
    return SMM_META_VIDEO_LOST;
  /* It says so from the finish on: what is worked on is not public yet. */
  if (published)
    return is_worked_on (word, processing, phase) ? SMM_META_VIDEO_PUBLISHING
                                                  : SMM_META_VIDEO_PUBLISHED;
  if (g_strcmp0 (publish, "scheduled") == 0)
    return SMM_META_VIDEO_SCHEDULED;
  if (g_strcmp0 (publish, "draft") != 0
      && (is_complete (phase) || !g_strcmp0 (phase, "in_progress")))
    return SMM_META_VIDEO_PUBLISHING;
  if (g_strcmp0 (word, "ready") == 0)
    return SMM_META_VIDEO_READY;
  if (g_strcmp0 (word, "upload_complete") == 0 || video->uploaded)
    return SMM_META_VIDEO_PROCESSING;
  return word != NULL || uploading != NULL ? SMM_META_VIDEO_UPLOADING : SMM_META_VIDEO_UNREADABLE;
}

/**
 * smm_meta_video_read:
 * @video: (out caller-allocates): what the status says
 * @object: the answer to GET /{video}?fields=status,published,…
 *
 * Only "published" from the platform itself is PUBLISHED.
 */
void
smm_meta_video_read (SmmMetaVideo *video, JsonObject *object)
{
  JsonObject *status = smm_json_get_object (object, "status");
  JsonObject *publishing = smm_json_get_object (status, "publishing_phase");
  gboolean published = smm_json_get_bool (object, "published", FALSE);
  gint64 at = smm_meta_get_number (publishing, "publish_time", 0);

  memset (video, 0, sizeof *video);
  smm_meta_video_read_phases (video, status);
  video->stage = status != NULL ? read_stage (video, status, published)
                 : published    ? SMM_META_VIDEO_PUBLISHED
                                : SMM_META_VIDEO_UNREADABLE;
  /* A time that can't be in µs is no time. */
  video->publish_time = at > 0 && at < G_MAXINT64 / G_USEC_PER_SEC ? at * G_USEC_PER_SEC : 0;
  if (video->publish_time == 0)
    video->publish_time = smm_meta_parse_time (smm_json_get_string (object, "created_time"));
}

/* --- Upload --- */

guint
smm_meta_upload_timeout (gint64 bytes)
{
  return (guint)MIN (60 + bytes / SLOWEST, 12 * 60 * 60) * 1000;
}

SmmStep *
smm_meta_upload_step (const SmmPublication *pub, const char *name, const char *folder,
                      const char *id, const SmmRendition *rendition, const char *key)
{
  gint64 offset = smm_meta_fact_int (pub, "offset:%s", key);
  SmmRequest *request = smm_request_new ("POST", SMM_ENDPOINT_META_RUPLOAD,
                                         "/%s/" SMM_GRAPH_VERSION "/%s", folder, id);
  g_autofree char *from = NULL;
  g_autofree char *size = g_strdup_printf ("%" G_GINT64_FORMAT, rendition->bytes);

  if (offset < 0 || offset >= rendition->bytes)
    offset = 0;
  from = g_strdup_printf ("%" G_GINT64_FORMAT, offset);
  request->auth = SMM_AUTH_OAUTH;
  request->purpose = g_strdup ("publish");
  request->account_id = g_strdup (pub->account->id);
  smm_request_add_header (request, "offset", from);
  smm_request_add_header (request, "file_size", size);
  smm_request_set_file (request, rendition->path, NULL, NULL, "application/octet-stream");
  request->file_offset = offset;
  request->file_length = rendition->bytes - offset;
  request->timeout_ms = smm_meta_upload_timeout (rendition->bytes - offset);
  return smm_meta_step (name, SMM_STEP_PREPARE, request);
}

static void
add_keyed (SmmOutcome *outcome, const char *what, const char *key, gint64 value)
{
  g_autofree char *name = g_strconcat (what, key, NULL);

  smm_meta_outcome_add_int (outcome, name, value);
}

static void
forget_keyed (const SmmPublication *pub, SmmOutcome *outcome, const char *what, const char *key)
{
  g_autofree char *name = g_strconcat (what, key, NULL);

  smm_meta_outcome_forget (pub, outcome, name);
}

/* With a new id, since the old one does not take the bytes. */
SmmOutcome *
smm_meta_upload_again (const SmmPublication *pub, const char *const *forget)
{
  gint64 n = smm_meta_fact_int (pub, "uploads") + 1;
  SmmOutcome *outcome;

  if (n >= MAX_UPLOADS)
    {
      outcome = smm_meta_outcome_new (SMM_OUTCOME_REFUSED);
      smm_meta_outcome_say (outcome, "upload-failed", "retry",
                            _ ("The video could not be uploaded, though it was begun %d times"),
                            MAX_UPLOADS);
      return outcome;
    }
  outcome = smm_meta_outcome_new (SMM_OUTCOME_RETRY);
  outcome->wait_ms = n * 30 * 1000;
  smm_meta_outcome_say (outcome, "upload-again", "retry",
                        _ ("The upload of the video has to begin anew"));
  for (; *forget != NULL; forget++)
    smm_meta_outcome_forget (pub, outcome, *forget);
  smm_meta_outcome_add_int (outcome, "uploads", n);
  return outcome;
}

/* Bytes may have arrived: how many is asked before any are sent again. */
SmmOutcome *
smm_meta_upload_cut (const SmmPublication *pub, const char *key, const char *const *forget)
{
  gint64 n = smm_meta_fact_int (pub, "cuts:%s", key) + 1;
  SmmOutcome *outcome;

  if (n > MAX_CUTS)
    return smm_meta_upload_again (pub, forget);
  outcome = smm_meta_outcome_new (SMM_OUTCOME_RETRY);
  outcome->wait_ms = (guint64)(1 << CLAMP (n, 0, MAX_CUTS)) * 1000;
  smm_meta_outcome_say (outcome, "upload-cut", "retry",
                        _ ("The upload of the video was cut off. It goes on where it stopped."));
  add_keyed (outcome, "resume:", key, 1);
  add_keyed (outcome, "cuts:", key, n);
  return outcome;
}

static gboolean
is_final (JsonObject *object)
{
  JsonObject *info = smm_json_get_object (object, "debug_info");
  const char *type = smm_json_get_string (info, "type");

  return info != NULL && !smm_json_get_bool (info, "retriable", TRUE)
         && g_strcmp0 (type, "OffsetInvalidError") != 0
         && g_strcmp0 (type, "PartialRequestError") != 0;
}

SmmOutcome *
smm_meta_apply_upload (const SmmPublication *pub, const char *key, const char *const *forget,
                       SmmResponse *response)
{
  g_auto (SmmMetaAnswer) answer = { 0 };
  SmmOutcome *outcome;

  smm_meta_answer_read (&answer, response);
  if (smm_meta_answer_is_good (&answer, response)
      && smm_json_get_bool (answer.object, "success", FALSE))
    {
      outcome = smm_meta_outcome_new (SMM_OUTCOME_DONE);
      smm_meta_outcome_add (outcome, key, "1");
      return outcome;
    }
  if (response->sent == SMM_SENT_NOTHING || response->status == 429
      || (answer.is_error && answer.code != 0))
    {
      outcome = smm_meta_classify (pub->account, SMM_STEP_PREPARE, &answer, response);
      if (outcome->kind != SMM_OUTCOME_RETRY || response->sent == SMM_SENT_NOTHING)
        return outcome;
      smm_outcome_free (outcome);
    }
  outcome = is_final (answer.object) ? smm_meta_upload_again (pub, forget)
                                     : smm_meta_upload_cut (pub, key, forget);
  outcome->request_id = g_strdup (answer.request_id);
  return outcome;
}

/**
 * smm_meta_apply_received:
 * @pub: the publication
 * @key: of the upload
 * @video: what the status says
 * @rendition: what is uploaded
 * @forget: facts to drop when it must begin anew
 *
 * Returns: (transfer full): DONE with the offset to go on from, or RETRY from the beginning
 */
SmmOutcome *
smm_meta_apply_received (const SmmPublication *pub, const char *key, const SmmMetaVideo *video,
                         const SmmRendition *rendition, const char *const *forget)
{
  gint64 received = MAX (video->received, 0);
  SmmOutcome *outcome;

  if (video->stage == SMM_META_VIDEO_FAILED || video->stage == SMM_META_VIDEO_LOST
      || received > rendition->bytes)
    return smm_meta_upload_again (pub, forget);
  outcome = smm_meta_outcome_new (SMM_OUTCOME_DONE);
  forget_keyed (pub, outcome, "resume:", key);
  if (video->uploaded || received == rendition->bytes)
    smm_meta_outcome_add (outcome, key, "1");
  else
    add_keyed (outcome, "offset:", key, received);
  if (received > smm_meta_fact_int (pub, "offset:%s", key))
    forget_keyed (pub, outcome, "cuts:", key);
  return outcome;
}

/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The bytes (api/tiktok.md sections 6.5 and 6.6). Nothing can become public before TikTok has all
 * of them: every part but the last is prepared, the last one is the commit.
 */

#include "config.h"

#include "smm-tiktok.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_SINGLE 64000000
#define CHUNK 32000000
#define MAX_MISFITS 6

/**
 * smm_tiktok_plan:
 * @size: bytes of the video, > 0
 * @chunk_size: (out): bytes of each part but the last, which takes what remains as well
 * @count: (out): parts
 */
void
smm_tiktok_plan (gint64 size, gint64 *chunk_size, gint64 *count)
{
  *chunk_size = size <= MAX_SINGLE ? size : CHUNK;
  *count = *chunk_size > 0 ? size / *chunk_size : 1;
}

static gint64
get_number (const SmmPublication *pub, const char *key)
{
  const char *text = smm_tiktok_fact (pub, key);

  return text != NULL ? g_ascii_strtoll (text, NULL, 10) : 0;
}

static void
add_number (SmmOutcome *outcome, const char *key, gint64 value)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, value);

  smm_tiktok_outcome_add (outcome, key, text);
}

/* Where the part that begins at @offset ends, and which it is. */
static gint64
find_end (gint64 size, gint64 offset, gint64 *index)
{
  gint64 chunk_size, count;

  smm_tiktok_plan (size, &chunk_size, &count);
  *index = MIN (offset / chunk_size, count - 1);
  return *index == count - 1 ? size : (*index + 1) * chunk_size;
}

static gint64
get_offset (const SmmPublication *pub, gint64 size)
{
  gint64 offset = get_number (pub, "offset");

  return offset > 0 && offset < size ? offset : 0;
}

/**
 * smm_tiktok_chunk_step:
 * @pub: a publication with an upload address
 *
 * Returns: (transfer full): the next part, from the fact "offset" on
 */
SmmStep *
smm_tiktok_chunk_step (const SmmPublication *pub)
{
  const SmmRendition *rendition = pub->renditions->pdata[0];
  gint64 offset = get_offset (pub, rendition->bytes);
  gint64 index, end = find_end (rendition->bytes, offset, &index);
  SmmRequest *request = smm_request_new ("PUT", SMM_ENDPOINT_TIKTOK_API, "/upload");
  SmmStep *step = g_new0 (SmmStep, 1);
  g_autofree char *range
      = g_strdup_printf ("bytes %" G_GINT64_FORMAT "-%" G_GINT64_FORMAT "/%" G_GINT64_FORMAT,
                         offset, end - 1, rendition->bytes);

  request->url = g_strdup (smm_tiktok_fact (pub, "secret.upload_url"));
  smm_request_set_file (request, rendition->path, NULL, NULL, rendition->mime);
  request->file_offset = offset;
  request->file_length = end - offset;
  smm_request_add_header (request, "Content-Range", range);
  request->purpose = g_strdup ("publish");
  request->account_id = g_strdup (pub->account->id);
  step->name = g_strdup_printf ("chunk:%" G_GINT64_FORMAT, index);
  step->kind = end == rendition->bytes ? SMM_STEP_COMMIT : SMM_STEP_PREPARE;
  step->request = request;
  return step;
}

/* "bytes 0-N/TOTAL": N + 1, or -1 when it says nothing that can be. */
static gint64
read_progress (SmmResponse *response, gint64 size)
{
  const char *range = smm_response_get_header (response, "content-range");
  char *end = NULL;
  gint64 last, total;

  if (range == NULL || !g_str_has_prefix (range, "bytes 0-"))
    return -1;
  range += strlen ("bytes 0-");
  if (!g_ascii_isdigit (*range))
    return -1;
  last = g_ascii_strtoll (range, &end, 10);
  if (*end != '/' || !g_ascii_isdigit (end[1]))
    return -1;
  total = g_ascii_strtoll (end + 1, &end, 10);
  return *end == '\0' && total == size && last >= 0 && last < size ? last + 1 : -1;
}

static SmmOutcome *
start_again (void)
{
  SmmOutcome *outcome = smm_tiktok_outcome_new (SMM_OUTCOME_RESTART);

  outcome->drop_prefix = g_strdup ("");
  outcome->wait_ms = 10 * 1000;
  smm_tiktok_outcome_say (outcome, "upload-lost", "retry",
                          _ ("TikTok gave up on the upload. It begins again."));
  return outcome;
}

/* The server has another part of the file than we thought. */
static SmmOutcome *
on_misfit (const SmmPublication *pub, const SmmStep *step, SmmResponse *response, gint64 size)
{
  gint64 progress = read_progress (response, size);
  gint64 misfits = get_number (pub, "misfits") + 1;
  gboolean commit = step->kind == SMM_STEP_COMMIT;
  SmmOutcome *outcome;

  if (commit && progress == size)
    {
      /* An earlier try brought the last part. */
      outcome = smm_tiktok_outcome_new (SMM_OUTCOME_DONE);
      smm_tiktok_outcome_add (outcome, "accepted", smm_tiktok_fact (pub, "publish_id"));
      return outcome;
    }
  if (progress < 0 && commit)
    {
      outcome = smm_tiktok_outcome_new (SMM_OUTCOME_UNCLEAR);
      smm_tiktok_outcome_say (outcome, "no-clear-answer", "look-now",
                              _ ("TikTok did not say whether it has the whole video"));
      return outcome;
    }
  if (misfits > MAX_MISFITS)
    return start_again ();
  outcome = smm_tiktok_outcome_new (SMM_OUTCOME_RETRY);
  outcome->wait_ms = 2 * 1000;
  smm_tiktok_outcome_say (outcome, "range", "retry",
                          _ ("TikTok has another part of the video. The upload goes on there."));
  add_number (outcome, "misfits", misfits);
  if (progress < 0 || progress == size)
    smm_tiktok_outcome_add (outcome, "ask", "1");
  else
    add_number (outcome, "offset", progress);
  return outcome;
}

static SmmOutcome *
on_stored (const SmmPublication *pub, const SmmStep *step)
{
  SmmOutcome *outcome = smm_tiktok_outcome_new (SMM_OUTCOME_DONE);

  if (step->kind == SMM_STEP_COMMIT)
    smm_tiktok_outcome_add (outcome, "accepted", smm_tiktok_fact (pub, "publish_id"));
  else
    add_number (outcome, "offset", step->request->file_offset + step->request->file_length);
  return outcome;
}

static SmmOutcome *
on_trouble (const SmmStep *step, SmmResponse *response)
{
  gboolean commit = step->kind == SMM_STEP_COMMIT;
  SmmOutcome *outcome;

  if (response->sent == SMM_SENT_NOTHING)
    {
      outcome = smm_tiktok_outcome_new (SMM_OUTCOME_RETRY);
      smm_tiktok_outcome_say (outcome, "no-connection", "retry", _ ("TikTok can’t be reached: %s"),
                              response->error != NULL ? response->error : "");
      return outcome;
    }
  outcome = smm_tiktok_outcome_new (commit ? SMM_OUTCOME_UNCLEAR : SMM_OUTCOME_RETRY);
  smm_tiktok_outcome_say (outcome, "no-clear-answer", commit ? "look-now" : "retry",
                          _ ("TikTok did not say whether it has this part of the video"));
  return outcome;
}

/**
 * smm_tiktok_apply_chunk:
 * @pub: the publication
 * @step: the part
 * @response: a bare status; a body says nothing
 *
 * Returns: (transfer full): of the last part DONE brings "accepted": a verdict is to come
 */
SmmOutcome *
smm_tiktok_apply_chunk (const SmmPublication *pub, const SmmStep *step, SmmResponse *response)
{
  const SmmRendition *rendition = pub->renditions->pdata[0];
  SmmOutcome *outcome;

  switch (response->sent == SMM_SENT_ANSWERED ? response->status : 0)
    {
    case 200:
    case 201:
      return on_stored (pub, step);
    case 206:
      if (step->kind == SMM_STEP_COMMIT)
        return on_misfit (pub, step, response, rendition->bytes);
      return on_stored (pub, step);
    case 400:
      if (step->kind == SMM_STEP_COMMIT)
        break;
      outcome = smm_tiktok_outcome_new (SMM_OUTCOME_REFUSED);
      smm_tiktok_outcome_say (outcome, "upload-refused", "retry",
                              _ ("TikTok refused a part of the video as malformed"));
      outcome->error = g_strdup ("400");
      return outcome;
    case 403:
    case 404:
      return start_again ();
    case 416:
      return on_misfit (pub, step, response, rendition->bytes);
    default:
      break;
    }
  return on_trouble (step, response);
}

/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * A TikTok account (api/tiktok.md section 6): a place for the bytes, parts in order, a status that
 * lags, posts that get an id only after moderation, drafts in the inbox. The last part makes it
 * public; nothing lists what was posted. Upload addresses live for an hour.
 */

#include "config.h"

#include "sim.h"

#include <json-glib/json-glib.h>
#include <string.h>

#define URL_LIFE HOUR
#define API "/v2/post/publish/"

/* Requests of one kind in a minute: section 6.2. */
enum
{
  CALL_INIT,
  CALL_CREATOR,
  CALL_STATUS,
  N_CALLS
};

void
sim_upload_free (gpointer data)
{
  SimUpload *upload = data;

  g_free (upload->publish_id);
  g_free (upload->url);
  g_free (upload->file);
  g_free (upload->text);
  g_free (upload);
}

/* --- Answers --- */

static void
answer_error (SimAnswer *answer, guint status, const char *code)
{
  sim_answer (answer, status,
              "{\"data\":{},\"error\":{\"code\":\"%s\",\"message\":\"No.\",\"log_id\":\"L1\"}}",
              code);
}

static void
answer_data (SimAnswer *answer, const char *data)
{
  sim_answer (answer, 200,
              "{\"data\":{%s},\"error\":{\"code\":\"ok\",\"message\":\"\",\"log_id\":\"L1\"}}",
              data);
}

/* TRUE: that were too many in a minute. */
static gboolean
refuse_rate (Sim *sim, guint call, SimAnswer *answer)
{
  static const guint limits[N_CALLS] = { 6, 20, 30 };
  guint n = 0;

  if (sim->calls[call] == NULL)
    sim->calls[call] = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_array_append_val (sim->calls[call], sim->now);
  for (guint i = 0; i < sim->calls[call]->len; i++)
    n += g_array_index (sim->calls[call], gint64, i) > sim->now - MINUTE;
  if (n <= limits[call] && !sim_chance (sim, sim->rates.limit))
    return FALSE;
  sim_tell (sim, "  too many calls");
  answer_error (answer, 429, "rate_limit_exceeded");
  return TRUE;
}

/* --- The creator --- */

static gboolean
refuse_spam (Sim *sim, guint status, SimAnswer *answer)
{
  static const char *const codes[]
      = { "spam_risk_too_many_posts", "spam_risk_user_banned_from_posting",
          "reached_active_user_cap" };
  SimAccount *account = &sim->accounts[SIM_TIKTOK];

  if (sim_chance (sim, sim->rates.spam))
    account->quota_until = sim->now + sim_between (sim, 1, 90) * MINUTE;
  if (sim->now >= account->quota_until)
    return FALSE;
  sim_tell (sim, "  the account may not post now");
  answer_error (answer, status, codes[sim_between (sim, 0, 2)]);
  return TRUE;
}

static void
query_creator (Sim *sim, SimAnswer *answer)
{
  if (refuse_rate (sim, CALL_CREATOR, answer) || refuse_spam (sim, 200, answer))
    return;
  answer_data (
      answer,
      "\"creator_avatar_url\":\"https://tt.test/a\",\"creator_username\":\"tt\","
      "\"creator_nickname\":\"TT\",\"privacy_level_options\":[\"PUBLIC_TO_EVERYONE\","
      "\"MUTUAL_FOLLOW_FRIENDS\",\"SELF_ONLY\"],\"comment_disabled\":false,"
      "\"duet_disabled\":false,\"stitch_disabled\":true,\"max_video_post_duration_sec\":600");
}

/* --- A place for the bytes --- */

static JsonObject *
read_body (SmmRequest *request, JsonParser *parser)
{
  if (request->body_json == NULL
      || !json_parser_load_from_data (parser, request->body_json, -1, NULL))
    return NULL;
  return json_node_get_object (json_parser_get_root (parser));
}

/* Section 6.5. */
static gboolean
is_plan_well (gint64 size, gint64 chunk, gint64 count)
{
  if (size < 5 * 1000 * 1000)
    return chunk == size && count == 1;
  return chunk >= 5 * 1000 * 1000 && chunk <= 64 * 1000 * 1000 && count == size / chunk
         && size - (count - 1) * chunk <= 128 * 1000 * 1000;
}

static void
begin_upload (Sim *sim, SmmRequest *request, gboolean inbox, SimAnswer *answer)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonObject *body = read_body (request, parser);
  JsonObject *source = body != NULL ? json_object_get_object_member (body, "source_info") : NULL;
  JsonObject *info
      = body != NULL && !inbox ? json_object_get_object_member (body, "post_info") : NULL;
  SimUpload *upload;
  g_autofree char *data = NULL;

  if (source == NULL || (info == NULL && !inbox)
      || !is_plan_well (json_object_get_int_member (source, "video_size"),
                        json_object_get_int_member (source, "chunk_size"),
                        json_object_get_int_member (source, "total_chunk_count")))
    {
      sim_fault (sim, "TikTok is asked for what it does not know");
      return;
    }
  if (refuse_rate (sim, CALL_INIT, answer))
    return;
  if (inbox && sim_chance (sim, sim->rates.quota))
    {
      sim_tell (sim, "  five drafts wait there");
      answer_error (answer, 403, "spam_risk_too_many_pending_share");
      return;
    }
  if (!inbox && refuse_spam (sim, 403, answer))
    return;
  upload = g_new0 (SimUpload, 1);
  upload->publish_id = sim_make_id (sim, inbox ? "v_inbox_file~v2." : "v_pub_file~v2-1.");
  upload->url
      = g_strdup_printf ("https://open-upload.tiktokapis.com/video/?upload_id=%u&upload_token=%u",
                         sim->n_ids, sim->n_ids);
  upload->size = json_object_get_int_member (source, "video_size");
  upload->chunk = json_object_get_int_member (source, "chunk_size");
  upload->made_at = sim->now;
  upload->inbox = inbox;
  upload->text = g_strdup (inbox ? "" : json_object_get_string_member (info, "title"));
  upload->private
      = !inbox
        && g_strcmp0 (json_object_get_string_member (info, "privacy_level"), "SELF_ONLY") == 0;
  g_ptr_array_add (sim->uploads, upload);
  data = g_strdup_printf ("\"publish_id\":\"%s\",\"upload_url\":\"%s\"", upload->publish_id,
                          upload->url);
  answer_data (answer, data);
}

/* --- Bytes --- */

static void
finish_upload (Sim *sim, gpointer data, gboolean alive)
{
  SimUpload *upload = data;

  if (upload->failed != NULL)
    {
      upload->visible->gone = TRUE;
      upload->visible->gone_at = sim->now;
      sim->world_version++;
      sim_tell (sim, "nothing comes of %s: %s", upload->publish_id, upload->failed);
      return;
    }
  sim_move (sim, upload->visible, sim->now);
  upload->id_at = sim->now + (sim_chance (sim, 0.3) ? sim_between (sim, 0, 7200) : 0) * SECOND;
}

/* The last part came: what follows is not ours to do any more. */
static void
complete (Sim *sim, SimUpload *upload)
{
  static const char *const reasons[]
      = { "internal", "file_format_check_failed", "spam_risk_text", "publish_cancelled" };
  SimVisible *visible
      = sim_show_later (sim, SIM_TIKTOK, upload->inbox ? upload->file : upload->text, 0);

  visible->textless = upload->inbox;
  visible->group = sim_get_file_group (upload->file);
  visible->kind = SMM_POST_KIND_FEED;
  visible->alias = g_strdup (upload->publish_id);
  visible->id = sim_make_id (sim, "7561000000000");
  upload->visible = visible;
  if (sim_chance (sim, sim->rates.container_error))
    upload->failed = reasons[sim_between (sim, 0, 3)];
  upload->ready_at = sim->now
                     + (sim->rates.processing > 0 ? sim_between (sim, 0, sim->rates.processing) : 0)
                     + SECOND;
  sim_add_event (sim, upload->ready_at, 0, finish_upload, upload);
}

static SimUpload *
find_upload (Sim *sim, const char *url, const char *publish_id)
{
  for (guint i = 0; i < sim->uploads->len; i++)
    {
      SimUpload *upload = sim->uploads->pdata[i];

      if (g_strcmp0 (upload->url, url) == 0 || g_strcmp0 (upload->publish_id, publish_id) == 0)
        return upload;
    }
  return NULL;
}

static void
answer_misfit (Sim *sim, SimUpload *upload, SimAnswer *answer)
{
  sim_tell (sim, "  416, it has %" G_GINT64_FORMAT " bytes", upload->received);
  sim_answer (answer, 416, "%s", "");
  if (upload->received > 0 && sim_chance (sim, 0.5))
    answer->range = g_strdup_printf ("bytes 0-%" G_GINT64_FORMAT "/%" G_GINT64_FORMAT,
                                     upload->received - 1, upload->size);
}

static void
take_part (Sim *sim, SmmRequest *request, SimAnswer *answer)
{
  SimUpload *upload = find_upload (sim, request->url, NULL);
  g_autofree char *range = g_strdup_printf (
      "bytes %" G_GINT64_FORMAT "-%" G_GINT64_FORMAT "/%" G_GINT64_FORMAT, request->file_offset,
      request->file_offset + request->file_length - 1, upload != NULL ? upload->size : 0);

  if (request->auth != SMM_AUTH_NONE || upload == NULL
      || g_strcmp0 (sim_get_header (request, "Content-Range"), range) != 0)
    {
      sim_fault (sim, "a part that does not say what it is");
      return;
    }
  if (upload->made_at + URL_LIFE < sim->now || sim_chance (sim, sim->rates.gone))
    {
      sim_tell (sim, "  the address is not good any more");
      sim_answer (answer, sim_chance (sim, 0.5) ? 403 : 404, "%s", "");
      return;
    }
  if (request->file_offset != upload->received)
    {
      answer_misfit (sim, upload, answer);
      return;
    }
  if (sim_chance (sim, sim->rates.cut))
    {
      sim_tell (sim, "  the part is broken and thrown away");
      sim_answer (answer, 502, "%s", "");
      return;
    }
  if (sim->now >= upload->shown_at)
    upload->shown = upload->received;
  upload->shown_at = sim->now + sim_lag (sim);
  upload->received += request->file_length;
  g_free (upload->file);
  upload->file = g_strdup (request->file_path);
  answer->range = g_strdup_printf ("bytes 0-%" G_GINT64_FORMAT "/%" G_GINT64_FORMAT,
                                   upload->received - 1, upload->size);
  if (upload->received < upload->size)
    {
      sim_answer (answer, 206, "%s", "");
      return;
    }
  complete (sim, upload);
  answer->committed = TRUE;
  sim_answer (answer, 201, "%s", "");
}

/* --- Status --- */

static char *
print_status (Sim *sim, SimUpload *upload)
{
  gint64 bytes = sim->now >= upload->shown_at ? upload->received : upload->shown;

  if (bytes < upload->size || upload->ready_at == 0)
    return g_strdup_printf ("\"status\":\"PROCESSING_UPLOAD\",\"uploaded_bytes\":%" G_GINT64_FORMAT,
                            bytes);
  if (upload->failed != NULL && sim->now >= upload->ready_at)
    return g_strdup_printf ("\"status\":\"FAILED\",\"fail_reason\":\"%s\"", upload->failed);
  if (upload->visible->pending || upload->visible->listed_at > sim->now)
    return g_strdup_printf ("\"status\":\"%s\",\"uploaded_bytes\":%" G_GINT64_FORMAT,
                            sim_chance (sim, 0.2) ? "PROCESSING_SOMETHING" : "PROCESSING_UPLOAD",
                            bytes);
  if (upload->inbox)
    return g_strdup ("\"status\":\"SEND_TO_USER_INBOX\"");
  if (!upload->private && upload->id_at <= sim->now)
    return g_strdup_printf ("\"status\":\"PUBLISH_COMPLETE\",\"publicaly_available_post_id\":[%s]",
                            upload->visible->id);
  return g_strdup ("\"status\":\"PUBLISH_COMPLETE\"");
}

static void
fetch_status (Sim *sim, SmmRequest *request, SimAnswer *answer)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonObject *body = read_body (request, parser);
  const char *id = body != NULL ? json_object_get_string_member (body, "publish_id") : NULL;
  SimUpload *upload = find_upload (sim, NULL, id);
  g_autofree char *data = NULL;

  if (refuse_rate (sim, CALL_STATUS, answer))
    return;
  if (upload == NULL)
    {
      sim_fault (sim, "the status of an upload that never was");
      return;
    }
  if (sim_chance (sim, sim->rates.missing))
    {
      answer_error (answer, 400, "invalid_publish_id");
      return;
    }
  data = print_status (sim, upload);
  sim_tell (sim, "  %s: %s", upload->publish_id, data);
  answer_data (answer, data);
}

/**
 * sim_tiktok:
 * @sim: a history
 * @flight: a request that arrived
 * @answer: what TikTok says
 */
void
sim_tiktok (Sim *sim, SimFlight *flight, SimAnswer *answer)
{
  SmmRequest *request = flight->request;
  const char *path = request->path;

  if (strcmp (request->method, "PUT") == 0)
    {
      take_part (sim, request, answer);
      return;
    }
  if (request->auth != SMM_AUTH_BEARER
      || sim_is_token_dead (sim, flight, &sim->accounts[SIM_TIKTOK]))
    {
      sim_tell (sim, "  the token is dead");
      answer_error (answer, 401, "access_token_invalid");
      return;
    }
  if (sim_chance (sim, sim->rates.transient))
    {
      sim_tell (sim, "  internal_error, nothing was done");
      answer_error (answer, 500, "internal_error");
    }
  else if (strcmp (path, API "creator_info/query/") == 0)
    query_creator (sim, answer);
  else if (strcmp (path, API "video/init/") == 0)
    begin_upload (sim, request, FALSE, answer);
  else if (strcmp (path, API "inbox/video/init/") == 0)
    begin_upload (sim, request, TRUE, answer);
  else if (strcmp (path, API "status/fetch/") == 0)
    fetch_status (sim, request, answer);
  else
    sim_fault (sim, "TikTok knows no %s", path);
}

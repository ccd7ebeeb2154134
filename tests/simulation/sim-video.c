/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * A Page's videos, reels and video stories (api/meta.md sections 3.5 to 3.7), and rupload, which
 * takes the bytes of these and of Instagram's. From its start on a video has an id; the finish
 * publishes it when the platform has worked on it. Its status lags, spells members in two ways and
 * may call it published too early. A finish that is repeated makes no second post: it is the same
 * video.
 */

#include "config.h"

#include "sim.h"

#include <string.h>

#define VIDEO_LIFE (24 * HOUR)
/* What the classic upload asks for at a time. */
#define CHUNK_BYTES (8 * 1000 * 1000)

void
sim_video_free (gpointer data)
{
  SimVideo *video = data;

  g_free (video->id);
  g_free (video->session);
  g_free (video->file);
  g_free (video->text);
  g_free (video);
}

static SimVideo *
find_video (Sim *sim, const char *id)
{
  for (guint i = 0; id != NULL && i < sim->videos->len; i++)
    {
      SimVideo *video = sim->videos->pdata[i];

      if (strcmp (video->id, id) == 0 || g_strcmp0 (video->session, id) == 0)
        return video;
    }
  return NULL;
}

/* Of what was finished its end is known when nothing can come of it any more. */
static gboolean
has_ended (Sim *sim, SimVideo *video, const char *end)
{
  return video->ready_at > 0 && sim->now >= video->ready_at && strcmp (video->end, end) == 0
         && (video->visible == NULL || video->visible->gone);
}

static gboolean
is_lost (Sim *sim, SimVideo *video)
{
  return has_ended (sim, video, "expired");
}

/* Where bytes are missing; all there: the platform begins to work on it. */
static void
take_bytes (Sim *sim, SimVideo *video, gint64 n, const char *file)
{
  video->received += n;
  g_free (video->file);
  video->file = g_strdup (file);
  if (video->received < video->size)
    return;
  video->ready_at
      = sim->now + (sim->rates.processing > 0 ? sim_between (sim, 0, sim->rates.processing) : 0);
  sim_tell (sim, "  %s is complete", video->id);
}

/* --- rupload --- */

static void
answer_offset (SimAnswer *answer)
{
  sim_answer (answer, 400,
              "{\"debug_info\":{\"retriable\":true,\"type\":\"OffsetInvalidError\","
              "\"message\":\"Request starting offset is invalid\"}}");
}

/* How much of what was sent arrived before the connection broke, if it did. */
static gint64
cut (Sim *sim, gint64 bytes)
{
  return sim_chance (sim, sim->rates.cut) ? sim_between (sim, 0, bytes - 1) : bytes;
}

static void
answer_upload (Sim *sim, gboolean whole, SimAnswer *answer)
{
  if (whole)
    sim_answer (answer, 200, "{\"success\":true,\"message\":\"Upload successful.\"}");
  else
    {
      sim_tell (sim, "  a part of it arrived");
      sim_answer (answer, 400,
                  "{\"debug_info\":{\"retriable\":true,\"type\":\"PartialRequestError\","
                  "\"message\":\"Partial request\"}}");
    }
}

static void
upload_video (Sim *sim, SmmRequest *request, SimVideo *video, gint64 offset, SimAnswer *answer)
{
  gint64 bytes = cut (sim, request->file_length);

  if (is_lost (sim, video) || video->session != NULL)
    sim_answer_error (answer, 100, 33, "Unsupported post request");
  else if (offset != video->received)
    answer_offset (answer);
  else
    {
      take_bytes (sim, video, bytes, request->file_path);
      answer_upload (sim, bytes == request->file_length, answer);
    }
}

static void
upload_container (Sim *sim, SmmRequest *request, SimContainer *container, gint64 offset,
                  SimAnswer *answer)
{
  gint64 bytes = cut (sim, request->file_length);

  if (!container->video)
    sim_fault (sim, "a video for a container that wants none");
  else if (offset != container->received)
    answer_offset (answer);
  else
    {
      container->received += bytes;
      g_free (container->file);
      container->file = g_strdup (request->file_path);
      if (container->received == container->size)
        sim_container_uploaded (sim, container);
      answer_upload (sim, bytes == request->file_length, answer);
    }
}

gboolean
sim_rupload (Sim *sim, SimFlight *flight, SimAnswer *answer)
{
  SmmRequest *request = flight->request;
  const char *offset = sim_get_header (request, "offset");
  const char *size = sim_get_header (request, "file_size");
  const char *id = strrchr (request->path, '/') + 1;
  SimVideo *video = find_video (sim, id);
  SimContainer *container = sim_find_container (sim, id);

  if (request->endpoint != SMM_ENDPOINT_META_RUPLOAD)
    return FALSE;
  if (offset == NULL || size == NULL || request->file_path == NULL
      || g_ascii_strtoll (offset, NULL, 10) != request->file_offset)
    {
      sim_fault (sim, "an upload that does not say what it is");
      return TRUE;
    }
  if (video != NULL)
    {
      video->size = g_ascii_strtoll (size, NULL, 10);
      upload_video (sim, request, video, request->file_offset, answer);
    }
  else if (container != NULL)
    {
      container->size = g_ascii_strtoll (size, NULL, 10);
      upload_container (sim, request, container, request->file_offset, answer);
    }
  else
    return FALSE;
  return TRUE;
}

/* --- Start and transfer --- */

static void
print_offsets (SimVideo *video, SimAnswer *answer, const char *before)
{
  sim_answer (answer, 200,
              "{%s\"start_offset\":\"%" G_GINT64_FORMAT "\",\"end_offset\":\"%" G_GINT64_FORMAT
              "\"}",
              before, video->received, MIN (video->received + CHUNK_BYTES, video->size));
}

static void
start (Sim *sim, SmmRequest *request, SmmPostKind kind, SimAnswer *answer)
{
  SimVideo *video = g_new0 (SimVideo, 1);
  const char *size = sim_get (request, "file_size");
  g_autofree char *before = NULL;

  video->id = sim_make_id (sim, "1199");
  video->kind = kind;
  video->end = sim_chance (sim, sim->rates.container_error)     ? "error"
               : sim_chance (sim, sim->rates.container_expired) ? "expired"
                                                                : "ready";
  g_ptr_array_add (sim->videos, video);
  if (kind != SMM_POST_KIND_FEED)
    {
      sim_answer (answer, 200,
                  "{\"video_id\":\"%s\",\"upload_url\":\"https://rupload.facebook.com/video-upload/"
                  "v26.0/%s\"}",
                  video->id, video->id);
      return;
    }
  video->session = sim_make_id (sim, "1198");
  video->size = size != NULL ? g_ascii_strtoll (size, NULL, 10) : 0;
  before = g_strdup_printf ("\"video_id\":\"%s\",\"upload_session_id\":\"%s\",", video->id,
                            video->session);
  print_offsets (video, answer, before);
}

static void
transfer (Sim *sim, SmmRequest *request, SimAnswer *answer)
{
  SimVideo *video = find_video (sim, sim_get (request, "upload_session_id"));
  const char *offset = sim_get (request, "start_offset");

  if (video == NULL || offset == NULL || request->file_path == NULL || is_lost (sim, video))
    sim_answer_error (answer, 6000, 1363019, "There was a problem uploading your video file.");
  else if (g_ascii_strtoll (offset, NULL, 10) != video->received)
    sim_answer (
        answer, 400,
        "{\"error\":{\"message\":\"Invalid offset\",\"type\":\"OAuthException\",\"code\":6001,"
        "\"error_subcode\":1363037,\"error_data\":{\"start_offset\":\"%" G_GINT64_FORMAT
        "\",\"end_offset\":\"%" G_GINT64_FORMAT "\"}}}",
        video->received, MIN (video->received + CHUNK_BYTES, video->size));
  else if (cut (sim, request->file_length) < request->file_length)
    {
      sim_tell (sim, "  the part is broken");
      sim_answer_error (answer, 6000, 1363030, "Upload timed out");
    }
  else
    {
      take_bytes (sim, video, request->file_length, request->file_path);
      print_offsets (video, answer, "");
    }
}

/* --- Finish --- */

/* The platform has worked on it. */
static void
publish_video (Sim *sim, gpointer data, gboolean alive)
{
  SimVideo *video = data;
  SimVisible *visible = video->visible;

  if (strcmp (video->end, "ready") != 0)
    {
      /* Nothing comes of it. */
      visible->pending = FALSE;
      visible->gone = TRUE;
      visible->gone_at = sim->now;
      sim->world_version++;
      sim_tell (sim, "nothing can be made of %s", video->id);
      return;
    }
  /* Made by sim_show_later(), which shows it now. */
  sim_move (sim, visible, MAX (sim->now, video->publish_at));
}

static void
make_post (Sim *sim, SimVideo *video, gint64 at)
{
  gint64 ready_at = MAX (video->ready_at, sim->now);
  gboolean story = video->kind == SMM_POST_KIND_STORY;
  /* Pending until then: what publishes it is not ours to do any more. */
  SimVisible *visible = sim_show_later (sim, SIM_FACEBOOK, story ? video->file : video->text, 0);

  visible->textless = story;
  visible->kind = video->kind;
  visible->group = sim_get_file_group (video->file);
  visible->alias = g_strdup (video->id);
  visible->id = sim_make_id (sim, story ? "1228" : "1048576001_155");
  visible->publish_at = at;
  visible->scheduled = at > 0;
  video->visible = visible;
  video->publish_at = at;
  video->finished_at = sim->now;
  video->shown_at = sim->now + sim_lag (sim);
  sim_add_event (sim, ready_at + sim_between (sim, 0, 3) * SECOND, 0, publish_video, video);
}

static gboolean
is_scheduled (SmmRequest *request)
{
  return sim_get (request, "scheduled_publish_time") != NULL;
}

/* What a finish must say: section 3.5 and 3.6. */
static gboolean
is_finish_well (SmmRequest *request, SmmPostKind kind)
{
  const char *published = sim_get (request, "published");
  const char *state = sim_get (request, "video_state");

  switch (kind)
    {
    case SMM_POST_KIND_FEED:
      return g_strcmp0 (published, is_scheduled (request) ? "false" : "true") == 0;
    case SMM_POST_KIND_REEL:
      return g_strcmp0 (state, is_scheduled (request) ? "SCHEDULED" : "PUBLISHED") == 0;
    case SMM_POST_KIND_STORY:
    default:
      return !is_scheduled (request);
    }
}

static void
finish (Sim *sim, SimFlight *flight, SmmPostKind kind, SimAnswer *answer)
{
  SmmRequest *request = flight->request;
  SimVideo *video = find_video (
      sim, sim_get (request, kind == SMM_POST_KIND_FEED ? "upload_session_id" : "video_id"));
  const char *text = sim_get (request, "description");
  gint64 at;

  if (sim_answer_commit_trouble (sim, flight, answer)
      || !sim_check_schedule (sim, request, &at, answer))
    return;
  if (!is_finish_well (request, kind))
    {
      sim_fault (sim, "a finish that says the wrong thing");
      return;
    }
  if (video == NULL || video->received < video->size || is_lost (sim, video))
    {
      sim_tell (sim, "  there is no such video, or not all of it");
      sim_answer_error (answer, 100, 0, "Invalid video");
      return;
    }
  if (video->visible != NULL)
    sim_tell (sim, "  it was finished before");
  else
    {
      video->text = g_strdup (text != NULL ? text : "");
      make_post (sim, video, at);
    }
  if (video->finished_at < sim->now && sim_chance (sim, 0.5))
    {
      sim_answer_error (answer, 100, 0, "Invalid video");
      return;
    }
  answer->committed = TRUE;
  if (kind == SMM_POST_KIND_STORY || sim_chance (sim, 0.3))
    {
      const char *bar = strrchr (video->visible->id, '_');

      sim_answer (answer, 200, "{\"success\":true,\"post_id\":\"%s\"}",
                  bar != NULL ? bar + 1 : video->visible->id);
    }
  else
    sim_answer (answer, 200, "{\"success\":true}");
}

/* --- Status --- */

static gboolean
is_finish_known (Sim *sim, SimVideo *video)
{
  return video->finished_at > 0 && video->shown_at <= sim->now;
}

static gboolean
is_public (Sim *sim, SimVideo *video)
{
  return is_finish_known (sim, video) && sim_is_shown (sim, video->visible)
         && video->visible->listed_at <= sim->now;
}

static const char *
get_word (Sim *sim, SimVideo *video)
{
  if (is_lost (sim, video))
    return "expired";
  if (video->ready_at == 0)
    return "uploading";
  if (sim->now < video->ready_at)
    return video->received % 2 == 0 ? "upload_complete" : "processing";
  return has_ended (sim, video, "error")     ? "error"
         : strcmp (video->end, "ready") == 0 ? "ready"
                                             : "processing";
}

static char *
print_publishing (Sim *sim, SimVideo *video)
{
  if (is_public (sim, video))
    return g_strdup_printf ("{\"status\":\"complete\",\"publish_status\":\"published\","
                            "\"publish_time\":%" G_GINT64_FORMAT "}",
                            video->visible->created_at / SECOND);
  if (!is_finish_known (sim, video))
    return g_strdup ("{\"status\":\"not_started\"}");
  if (video->visible->publish_at > sim->now)
    return g_strdup ("{\"status\":\"in_progress\",\"publish_status\":\"scheduled\"}");
  return g_strdup ("{\"status\":\"in_progress\"}");
}

static void
read_video (Sim *sim, SimFlight *flight, SimVideo *video, SimAnswer *answer)
{
  gboolean spec = sim->n_ids % 2 == 0; /* whose spelling: the specification's or the guide's */
  const char *word = get_word (sim, video);
  gboolean failed = strcmp (word, "error") == 0;
  g_autofree char *publishing = print_publishing (sim, video);
  g_autofree char *time = sim_meta_time (video->finished_at > 0 ? video->finished_at : START);
  g_autofree char *post = NULL;
  const char *processing = failed                       ? "error"
                           : video->ready_at == 0       ? "not_started"
                           : sim->now < video->ready_at ? "in_progress"
                           : spec                       ? "completed"
                                                        : "complete";
  gboolean published
      = is_public (sim, video)
        || (is_finish_known (sim, video) && video->publish_at == 0 && !failed
            && sim->now < video->ready_at && sim_chance (sim, sim->rates.early_published));

  if ((video->visible != NULL && video->visible->gone && strcmp (video->end, "ready") == 0)
      || (sim_chance (sim, sim->rates.missing) && !g_str_has_prefix (flight->token, "person")))
    {
      sim_tell (sim, "  100/33: says that it is not there");
      sim_answer_error (answer, 100, 33, "Unsupported get request");
      return;
    }
  if (is_public (sim, video))
    {
      const char *bar = strrchr (video->visible->id, '_');

      post = g_strdup_printf (",\"post_id\":\"%s\",\"permalink_url\":\"/reel/%s/\"",
                              bar != NULL && spec ? bar + 1 : video->visible->id, video->id);
    }
  sim_tell (sim, "  it is %s, %s%s", word, publishing, published ? ", published" : "");
  sim_answer (answer, 200,
              "{\"status\":{\"video_status\":\"%s\",\"uploading_phase\":{\"status\":\"%s\","
              "\"%s\":%" G_GINT64_FORMAT "},\"processing_phase\":{\"status\":\"%s\"%s},"
              "\"publishing_phase\":%s},\"published\":%s%s,\"created_time\":\"%s\",\"id\":\"%s\"}",
              word, video->ready_at > 0 ? "complete" : "in_progress",
              spec ? "bytes_transferred" : "bytes_transfered", video->received, processing,
              !failed ? ""
              : spec  ? ",\"errors\":[{\"message\":\"Too short\"}]"
                      : ",\"error\":{\"message\":\"Too short\"}",
              publishing, published ? "true" : "false", post != NULL ? post : "", time, video->id);
}

/* Section 3.8: POST /{video-id}. */
static gboolean
change_video (Sim *sim, SimFlight *flight, SimVideo *video, SimAnswer *answer)
{
  gint64 at;

  if (sim_get (flight->request, "scheduled_publish_time") == NULL)
    return FALSE;
  if (sim_answer_commit_trouble (sim, flight, answer))
    return TRUE;
  if (video->visible == NULL || video->visible->gone)
    sim_answer_error (answer, 100, 33, "Unsupported post request");
  else if (!video->visible->pending || video->publish_at == 0)
    sim_answer_error (answer, 100, 0, "The video is published already");
  else if (sim_check_schedule (sim, flight->request, &at, answer))
    {
      sim_tell (sim, "  %s is moved", video->id);
      video->publish_at = at;
      sim_move (sim, video->visible, at);
      sim_answer (answer, 200, "{\"success\":true}");
    }
  return TRUE;
}

gboolean
sim_video (Sim *sim, SimFlight *flight, SimAnswer *answer)
{
  static const struct
  {
    const char *edge;
    SmmPostKind kind;
  } edges[] = { { "/videos", SMM_POST_KIND_FEED },
                { "/video_reels", SMM_POST_KIND_REEL },
                { "/video_stories", SMM_POST_KIND_STORY } };
  SmmRequest *request = flight->request;
  const char *path = request->path + strlen ("/v26.0/");
  const char *phase = sim_get (request, "upload_phase");
  gboolean post = strcmp (request->method, "POST") == 0;
  SimVideo *video = find_video (sim, path);

  if (video != NULL && strcmp (request->method, "GET") == 0)
    {
      read_video (sim, flight, video, answer);
      return TRUE;
    }
  if (video != NULL && post)
    return change_video (sim, flight, video, answer);
  for (guint i = 0; post && phase != NULL && i < G_N_ELEMENTS (edges); i++)
    {
      if (!g_str_has_suffix (path, edges[i].edge))
        continue;
      if (strcmp (phase, "start") == 0)
        start (sim, request, edges[i].kind, answer);
      else if (strcmp (phase, "transfer") == 0)
        transfer (sim, request, answer);
      else
        finish (sim, flight, edges[i].kind, answer);
      return TRUE;
    }
  return FALSE;
}

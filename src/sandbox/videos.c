/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "smm-sandbox.h"

#include <string.h>

/*
 * The video node of Facebook (3.5): videos, reels and video stories share it. The bytes come, then
 * finish says what is wanted, then the processing runs, and only then something is public.
 */

#define MONTHS_6 (183 * 24 * 60 * 60)
#define DAYS_29 (29 * 24 * 60 * 60)

static const char *const video_fields[] = {
  "id",           "status",       "published", "post_id",     "permalink_url",          "length",
  "created_time", "updated_time", "title",     "description", "scheduled_publish_time", "source",
  "picture",      "from",         NULL
};

SimVideo *
sim_video_new (SimPage *page, SimVideoUse use)
{
  SimVideo *video = g_new0 (SimVideo, 1);

  video->page = page;
  video->use = use;
  sim_add_node (&video->node, SIM_VIDEO, sim_new_id ("1199", 12));
  g_ptr_array_add (page->videos, video);
  return video;
}

/* An upload nobody finishes is dropped after a day. */
gboolean
sim_video_is_expired (SimVideo *video)
{
  return video->state == NULL && sim_now () - video->node.created > SIM_DAY;
}

/* All bytes are there: the processing begins, and its verdict is in the file. */
void
sim_video_uploaded (SimVideo *video)
{
  const char *problem;

  sim_mp4_read (video->upload.data->data, video->upload.data->len, &video->mp4);
  problem = sim_mp4_facebook_problem (&video->mp4, video->use);
  if (sim_world->settings.next_video_error != 0)
    {
      video->error = sim_world->settings.next_video_error;
      problem = "The video could not be processed.";
      sim_world->settings.next_video_error = 0;
    }
  else if (problem != NULL)
    video->error = 1363061;
  g_free (video->problem);
  video->problem = g_strdup (problem);
  video->ready_at = sim_now () + sim_world->settings.processing_ms * (gint64)1000;
  sim_world->dirty = TRUE;
}

/* @state: PUBLISHED, SCHEDULED or DRAFT. It comes about when the processing is over. */
void
sim_video_finish (SimVideo *video, const char *state, gint64 scheduled)
{
  gint64 now = sim_now ();

  video->state = g_intern_string (state);
  video->scheduled = scheduled;
  video->due = MAX (video->ready_at, now + sim_world->settings.processing_ms * (gint64)1000);
  if (!g_ptr_array_find (sim_world->videos, video, NULL))
    g_ptr_array_add (sim_world->videos, video);
  sim_world->dirty = TRUE;
}

static void
make_post (SimVideo *video)
{
  SimPage *page = video->page;

  if (video->post == NULL)
    {
      video->post = sim_post_new (page, video->description, NULL);
      video->post->published = FALSE;
      video->post->video = video;
      g_ptr_array_add (page->posts, video->post);
    }
}

static void
publish (SimVideo *video)
{
  static const char *const effects[] = { "video_published", "reel_published", "story_published" };

  make_post (video);
  sim_post_publish (video->post, sim_now ());
  sim_effect (effects[video->use]);
}

static void
come_about (SimVideo *video)
{
  video->due = 0;
  if (video->error != 0)
    {
      if (video->post != NULL)
        video->post->node.gone = TRUE;
      sim_effect ("video_failed");
    }
  else if (strcmp (video->state, "PUBLISHED") == 0)
    publish (video);
  else if (strcmp (video->state, "SCHEDULED") == 0)
    {
      make_post (video);
      video->post->scheduled = video->scheduled;
      sim_world_schedule (video->post);
    }
  sim_world->dirty = TRUE;
}

/* Publishes and schedules what has been processed by now. */
void
sim_videos_tick (void)
{
  gint64 now;

  if (sim_world->videos->len == 0)
    return;
  now = sim_now ();
  for (guint i = 0; i < sim_world->videos->len;)
    {
      SimVideo *video = g_ptr_array_index (sim_world->videos, i);

      if (!video->node.gone && video->due > now)
        {
          i++;
          continue;
        }
      if (!video->node.gone && video->due != 0)
        come_about (video);
      g_ptr_array_remove_index (sim_world->videos, i);
    }
}

/* The docs and the spec spell some names differently; clients must take both. */
gboolean
sim_in_docs_shape (void)
{
  if (sim_world->settings.shapes != 0)
    return sim_world->settings.shapes == 1;
  return sim_world->turns++ % 2 == 0;
}

static gboolean
is_ready (SimVideo *video)
{
  return video->ready_at != 0 && sim_now () >= video->ready_at;
}

static gboolean
is_published (SimVideo *video)
{
  return video->post != NULL && !video->post->node.gone && video->post->published;
}

static const char *
overall_status (SimVideo *video, gboolean docs)
{
  gboolean complete = sim_upload_is_complete (&video->upload);

  if (sim_video_is_expired (video))
    return "expired";
  if (!complete)
    return docs ? "processing" : "uploading";
  if (!is_ready (video))
    return video->state == NULL && !docs ? "upload_complete" : "processing";
  if (video->error != 0)
    return docs ? "processing" : "error";
  return "ready";
}

static JsonObject *
uploading_phase (SimVideo *video, gboolean docs)
{
  JsonObject *phase = json_object_new ();
  gboolean complete = sim_upload_is_complete (&video->upload);
  gsize length = sim_upload_length (&video->upload);
  const char *done = docs ? "complete" : "completed";

  json_object_set_string_member (phase, "status",
                                 complete     ? done
                                 : length > 0 ? "in_progress"
                                              : "not_started");
  if (length > 0)
    json_object_set_int_member (phase, docs ? "bytes_transfered" : "bytes_transferred", length);
  if (!docs && video->upload.size > 0)
    json_object_set_int_member (phase, "source_file_size", video->upload.size);
  return phase;
}

static JsonObject *
processing_phase (SimVideo *video, gboolean docs)
{
  JsonObject *phase = json_object_new ();
  JsonObject *error;
  gboolean complete = sim_upload_is_complete (&video->upload);

  if (!complete || !is_ready (video))
    json_object_set_string_member (phase, "status", complete ? "in_progress" : "not_started");
  else if (video->error == 0)
    json_object_set_string_member (phase, "status", docs ? "complete" : "completed");
  else
    {
      error = json_object_new ();
      json_object_set_string_member (error, "message", video->problem);
      json_object_set_string_member (phase, "status", docs ? "not_started" : "error");
      if (docs)
        json_object_set_object_member (phase, "error", error);
      else
        {
          JsonArray *errors = json_array_new ();
          json_object_set_int_member (error, "code", video->error);
          json_array_add_object_element (errors, error);
          json_object_set_array_member (phase, "errors", errors);
        }
    }
  return phase;
}

static JsonObject *
publishing_phase (SimVideo *video, gboolean docs)
{
  JsonObject *phase = json_object_new ();

  if (is_published (video))
    {
      json_object_set_string_member (phase, "status", docs ? "complete" : "completed");
      json_object_set_string_member (phase, "publish_status", "published");
      json_object_set_int_member (phase, "publish_time",
                                  video->post->node.created / G_USEC_PER_SEC);
      return phase;
    }
  json_object_set_string_member (phase, "status", "not_started");
  if (video->due != 0 || video->state == NULL)
    return phase;
  if (video->error != 0)
    {
      if (!docs)
        json_object_set_string_member (phase, "publish_status", "error");
    }
  else if (strcmp (video->state, "SCHEDULED") == 0 && video->post != NULL
           && video->post->scheduled != 0)
    {
      json_object_set_string_member (phase, "publish_status", "scheduled");
      json_object_set_int_member (phase, "publish_time", video->post->scheduled);
    }
  else
    json_object_set_string_member (phase, "publish_status", "draft");
  return phase;
}

static JsonObject *
status_of (SimVideo *video)
{
  gboolean docs = sim_in_docs_shape ();
  JsonObject *status = json_object_new ();

  json_object_set_string_member (status, "video_status", overall_status (video, docs));
  json_object_set_object_member (status, "uploading_phase", uploading_phase (video, docs));
  json_object_set_object_member (status, "processing_phase", processing_phase (video, docs));
  json_object_set_object_member (status, "publishing_phase", publishing_phase (video, docs));
  return status;
}

static void
set_more (JsonObject *full, SimVideo *video, GPtrArray *fields)
{
  g_autofree char *created = sim_time_text (video->node.created);
  g_autofree char *film = sim_film_url (&video->node);
  g_autofree char *permalink = NULL;

  if (sim_fields_find (fields, "status") != NULL)
    json_object_set_object_member (full, "status", status_of (video));
  json_object_set_boolean_member (full, "published", is_published (video));
  json_object_set_string_member (full, "created_time", created);
  if (video->mp4.duration_ms > 0 && is_ready (video))
    json_object_set_double_member (full, "length", video->mp4.duration_ms / 1000.0);
  if (video->title != NULL)
    json_object_set_string_member (full, "title", video->title);
  if (video->post != NULL && video->post->scheduled != 0)
    json_object_set_int_member (full, "scheduled_publish_time", video->post->scheduled);
  if (sim_upload_is_complete (&video->upload))
    json_object_set_string_member (full, "source", film);
  if (!is_published (video))
    return;
  permalink = video->use == SIM_VIDEO_REEL
                  ? g_strdup_printf ("/reel/%s/", video->node.id)
                  : g_strdup_printf ("/%s/videos/%s/", video->page->profile_id, video->node.id);
  json_object_set_string_member (full, "permalink_url", permalink);
  json_object_set_string_member (full, "post_id", strchr (video->post->node.id, '_') + 1);
}

static JsonObject *
render_video (SimNode *node, GPtrArray *fields)
{
  SimVideo *video = (SimVideo *)node;
  JsonObject *full = json_object_new ();
  g_autofree char *updated
      = sim_time_text (is_published (video) ? video->post->node.created : node->created);

  if (video->description != NULL)
    json_object_set_string_member (full, "description", video->description);
  json_object_set_string_member (full, "updated_time", updated);
  json_object_set_string_member (full, "id", node->id);
  if (fields == NULL)
    return full;
  set_more (full, video, fields);
  return sim_project (full, fields);
}

/* Lists lag behind what is public, counted from when it became so. */
static gboolean
is_listed (SimVideo *video)
{
  gint64 lag = sim_world->settings.lag_ms * (gint64)1000;

  return is_published (video) && (lag == 0 || sim_now () - video->post->node.created >= lag);
}

static gboolean
only_reels (SimNode *node, gpointer data)
{
  return ((SimVideo *)node)->use == SIM_VIDEO_REEL && is_listed ((SimVideo *)node);
}

/* Facebook counts a reel as a video as well. */
static gboolean
only_videos (SimNode *node, gpointer data)
{
  return ((SimVideo *)node)->use != SIM_VIDEO_STORY && is_listed ((SimVideo *)node);
}

/* GET /{page}/videos or /{page}/video_reels: what is public of them */
void
sim_video_list (SimRequest *self, SimPage *page, SimVideoUse use)
{
  if (!sim_require_page_read (self, page, "pages_read_engagement")
      || !sim_fields_check (self, self->fields, video_fields, "Video"))
    return;
  sim_reply_list (self, page->videos, 100, TRUE, use == SIM_VIDEO_REEL ? only_reels : only_videos,
                  NULL, render_video);
}

/* A new time for what waits for its own. */
static gboolean
reschedule (SimRequest *self, SimVideo *video, gint64 scheduled)
{
  if (video->state == NULL || is_published (video) || strcmp (video->state, "SCHEDULED") != 0)
    {
      sim_fail_parameter (self, "scheduled_publish_time");
      return FALSE;
    }
  if (sim_schedule_is_fixed (self, video->scheduled))
    return FALSE;
  video->scheduled = scheduled;
  if (video->post != NULL)
    {
      video->post->scheduled = scheduled;
      sim_world_schedule (video->post);
    }
  return TRUE;
}

static gboolean
publish_now (SimRequest *self, SimVideo *video)
{
  if (video->state == NULL || video->error != 0)
    {
      sim_fail_parameter (self, "published");
      return FALSE;
    }
  if (is_published (video))
    return TRUE;
  if (video->post != NULL)
    video->post->scheduled = 0;
  sim_video_finish (video, "PUBLISHED", 0);
  sim_effect ("video_publish");
  return TRUE;
}

static void
update_video (SimRequest *self, SimVideo *video)
{
  const char *name = sim_get (self, "name");
  const char *description = sim_get (self, "description");
  gboolean published;
  gint64 scheduled;

  if (video->use == SIM_VIDEO_STORY)
    {
      sim_fail_missing (self, video->node.id);
      return;
    }
  if (!sim_get_boolean (self, "published", is_published (video), &published)
      || !sim_read_schedule (self, published, video->use == SIM_VIDEO_REEL ? DAYS_29 : MONTHS_6,
                             &scheduled))
    return;
  if (is_published (video) && !published)
    {
      sim_fail_parameter (self, "published");
      return;
    }
  if ((scheduled != 0 && !reschedule (self, video, scheduled))
      || (published && !publish_now (self, video)))
    return;
  if (name != NULL)
    {
      g_free (video->title);
      video->title = g_strdup (name);
    }
  if (description != NULL)
    {
      g_free (video->description);
      video->description = g_strdup (description);
    }
  if (description != NULL && video->post != NULL)
    {
      g_free (video->post->message);
      video->post->message = g_strdup (description);
    }
  sim_effect ("video_updated");
  sim_reply_success (self);
}

void
sim_video (SimRequest *self, SimVideo *video)
{
  if (sim_is (self, "GET"))
    {
      if (!sim_require_page_read (self, video->page, "pages_read_engagement")
          || !sim_fields_check (self, self->fields, video_fields, "Video"))
        return;
      sim_reply_object (self, render_video (&video->node, self->fields));
      return;
    }
  if (!sim_require_page_write (self, video->page, "pages_manage_posts", "CREATE_CONTENT"))
    return;
  if (!sim_is (self, "DELETE"))
    {
      update_video (self, video);
      return;
    }
  video->node.gone = TRUE;
  if (video->post != NULL)
    video->post->node.gone = TRUE;
  sim_effect ("video_deleted");
  sim_reply_success (self);
}

/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "smm-sandbox.h"

#include <string.h>

/* Reels (3.6) and video stories (3.7): start, bytes to rupload, finish. */

#define DAYS_29 (29 * 24 * 60 * 60)
#define REELS_A_DAY 30

static void
start (SimRequest *self, SimPage *page, SimVideoUse use)
{
  SimVideo *video = sim_video_new (page, use);

  sim_effect (use == SIM_VIDEO_REEL ? "reel_start" : "video_story_start");
  sim_reply_text (self, 200, "application/json; charset=UTF-8",
                  g_strdup_printf ("{\"video_id\":\"%s\",\"upload_url\":\"%s/rupload/video-upload/"
                                   "%s/%s\"}",
                                   video->node.id, sim_world->base, SIM_VERSION, video->node.id));
}

/* The video that is to be finished, or NULL and an error answer. */
static SimVideo *
take_video (SimRequest *self, SimPage *page, SimVideoUse use)
{
  SimVideo *video = (SimVideo *)sim_find (sim_get (self, "video_id"), SIM_VIDEO);

  if (video == NULL || video->page != page || video->use != use || video->state != NULL
      || sim_video_is_expired (video))
    {
      sim_fail_parameter (self, "video_id");
      return NULL;
    }
  if (!sim_upload_is_complete (&video->upload))
    {
      sim_fail_incomplete (self, video, video->upload.size);
      return NULL;
    }
  return video;
}

static gboolean
read_state (SimRequest *self, const char **state, gint64 *scheduled)
{
  static const char *const states[] = { "PUBLISHED", "SCHEDULED", "DRAFT", NULL };
  gboolean later;

  *state = sim_get (self, "video_state");
  if (*state == NULL || !g_strv_contains (states, *state))
    {
      sim_fail_parameter (self, "video_state");
      return FALSE;
    }
  later = strcmp (*state, "SCHEDULED") == 0;
  if (later != (sim_get (self, "scheduled_publish_time") != NULL))
    {
      sim_fail_parameter (self, "scheduled_publish_time");
      return FALSE;
    }
  return sim_read_schedule (self, FALSE, DAYS_29, scheduled);
}

static gboolean
check_words (SimRequest *self)
{
  static const char *const names[] = { "title", "description" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (sim_get (self, names[i]) != NULL && !g_utf8_validate (sim_get (self, names[i]), -1, NULL))
      {
        sim_fail_parameter (self, names[i]);
        return FALSE;
      }
  return TRUE;
}

static void
finish_reel (SimRequest *self, SimPage *page)
{
  SimVideo *video = take_video (self, page, SIM_VIDEO_REEL);
  int total = sim_world->settings.reels_total > 0 ? sim_world->settings.reels_total : REELS_A_DAY;
  const char *state;
  gint64 scheduled;

  if (video == NULL || !read_state (self, &state, &scheduled) || !check_words (self))
    return;
  if ((int)sim_ig_recent (&page->reels) >= total)
    {
      sim_fail (self, 613, 0,
                "(#613) Calls to this api have exceeded the rate limit: 30 reels in 24 hours.");
      return;
    }
  sim_ig_remember (&page->reels);
  video->title = g_strdup (sim_get (self, "title"));
  video->description = g_strdup (sim_get (self, "description"));
  sim_video_finish (video, state, scheduled);
  sim_effect ("video_reels");
  sim_reply_success (self);
}

/* The id of the post is told at once; the public sees it when the processing went well. */
static void
finish_story (SimRequest *self, SimPage *page)
{
  SimVideo *video = take_video (self, page, SIM_VIDEO_STORY);
  SimPost *post;

  if (video == NULL)
    return;
  post = sim_post_new (page, NULL, NULL);
  post->story = TRUE;
  post->published = FALSE;
  post->video = video;
  video->post = post;
  g_ptr_array_add (page->stories, post);
  sim_video_finish (video, "PUBLISHED", 0);
  sim_effect ("video_stories");
  sim_reply_text (
      self, 200, "application/json; charset=UTF-8",
      g_strdup_printf ("{\"success\":true,\"post_id\":\"%s\"}", strchr (post->node.id, '_') + 1));
}

static gboolean
check_phase (SimRequest *self, SimPage *page, const char **phase)
{
  if (!sim_require_page_write (self, page, "pages_manage_posts", "CREATE_CONTENT"))
    return FALSE;
  *phase = sim_get (self, "upload_phase");
  if (*phase != NULL && (strcmp (*phase, "start") == 0 || strcmp (*phase, "finish") == 0))
    return TRUE;
  sim_fail_parameter (self, "upload_phase");
  return FALSE;
}

void
sim_reel_create (SimRequest *self, SimPage *page)
{
  const char *phase;

  if (!check_phase (self, page, &phase))
    return;
  if (strcmp (phase, "start") == 0)
    start (self, page, SIM_VIDEO_REEL);
  else
    finish_reel (self, page);
}

void
sim_video_story_create (SimRequest *self, SimPage *page)
{
  const char *phase;

  if (!check_phase (self, page, &phase))
    return;
  if (strcmp (phase, "start") == 0)
    start (self, page, SIM_VIDEO_STORY);
  else
    finish_story (self, page);
}

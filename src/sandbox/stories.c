/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "smm-sandbox.h"

#include <string.h>

/* GET /{page}/stories: photos and films, up to their day and after it (3.7). */

static const char *
status_of (SimPost *post)
{
  return sim_now () - post->node.created > SIM_DAY ? "ARCHIVED" : "PUBLISHED";
}

static JsonObject *
render_story (SimNode *node, GPtrArray *fields)
{
  SimPost *post = (SimPost *)node;
  SimNode *media = post->video != NULL ? &post->video->node : g_ptr_array_index (post->photos, 0);
  JsonObject *object = json_object_new ();
  gint64 created = node->created / G_USEC_PER_SEC;
  g_autofree char *time = g_strdup_printf ("%" G_GINT64_FORMAT, created);
  g_autofree char *url = g_strdup_printf ("https://facebook.com/stories/%s/%s",
                                          post->page->profile_id, strchr (node->id, '_') + 1);

  json_object_set_string_member (object, "post_id", strchr (node->id, '_') + 1);
  json_object_set_string_member (object, "status", status_of (post));
  json_object_set_string_member (object, "creation_time", time);
  json_object_set_string_member (object, "media_type", post->video != NULL ? "video" : "photo");
  json_object_set_string_member (object, "media_id", media->id);
  json_object_set_string_member (object, "url", url);
  return object;
}

/* @data: the parameter status, a word or a list of words, or NULL for all */
static gboolean
wanted (SimNode *node, gpointer data)
{
  SimPost *post = (SimPost *)node;

  if (!post->published || (post->video == NULL && post->photos == NULL))
    return FALSE;
  return data == NULL || strstr (data, status_of (post)) != NULL;
}

void
sim_stories_list (SimRequest *self, SimPage *page)
{
  if (sim_require_page_read (self, page, "pages_read_engagement"))
    sim_reply_list (self, page->stories, 100, TRUE, wanted, (gpointer)sim_get (self, "status"),
                    render_story);
}

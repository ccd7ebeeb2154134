/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "smm-sandbox.h"

#include <string.h>

static void
unknown_path (SimRequest *self)
{
  g_autofree char *message = g_strdup_printf ("Unknown path components: /%s", self->segments[1]);

  sim_fail (self, 2500, 0, message);
}

/* Gone on every version since 2026-10-27. */
static gboolean
check_removed (SimRequest *self)
{
  static const char *const removed[] = { "pretty", "debug", "date_format" };

  for (guint i = 0; i < G_N_ELEMENTS (removed); i++)
    if (sim_get (self, removed[i]) != NULL)
      {
        g_autofree char *message
            = g_strdup_printf ("(#12) %s is deprecated for all versions", removed[i]);
        sim_fail (self, 12, 0, message);
        return FALSE;
      }
  if (self->n_segments == 0 && sim_get (self, "ids") != NULL)
    {
      sim_fail (self, 12, 0, "(#12) ids is deprecated for all versions");
      return FALSE;
    }
  return TRUE;
}

/* Methods, removed parameters, the body and the fields; FALSE and an error answer. */
gboolean
sim_graph_prepare (SimRequest *self)
{
  const char *fields = sim_get (self, "fields");

  if (!sim_is (self, "GET") && !sim_is (self, "POST") && !sim_is (self, "DELETE"))
    {
      sim_fail (self, 100, 0, "Unsupported method");
      return FALSE;
    }
  if (!check_removed (self))
    return FALSE;

  if (sim_get (self, "\001body") != NULL)
    {
      sim_fail (self, 100, 0, "(#100) The body of the request could not be read");
      return FALSE;
    }
  if (fields == NULL || fields[0] == '\0')
    return TRUE;
  self->fields = sim_fields_parse (fields);
  if (self->fields != NULL)
    return TRUE;
  sim_fail (self, 2500, 0, "Syntax error in the fields parameter");
  return FALSE;
}

static gboolean
on_video_host (SimRequest *self)
{
  return g_strcmp0 (self->host, "graph-video") == 0;
}

static void
fail_host (SimRequest *self)
{
  sim_fail (self, 100, 0, "(#100) Videos are taken on graph-video.facebook.com only");
}

static void
page_edge (SimRequest *self, SimPage *page, const char *edge)
{
  gboolean is_post = sim_is (self, "POST");

  if (strcmp (edge, "videos") == 0 && is_post)
    on_video_host (self) ? sim_video_create (self, page) : fail_host (self);
  else if (strcmp (edge, "feed") == 0 && is_post)
    sim_feed_create (self, page);
  else if (strcmp (edge, "video_reels") == 0 && is_post)
    sim_reel_create (self, page);
  else if (strcmp (edge, "video_stories") == 0 && is_post)
    sim_video_story_create (self, page);
  else if (strcmp (edge, "photos") == 0 && is_post)
    sim_photo_create (self, page);
  else if (strcmp (edge, "photo_stories") == 0 && is_post)
    sim_photo_story_create (self, page);
  else if (!sim_is (self, "GET"))
    sim_fail_missing (self, page->node.id);
  else if (strcmp (edge, "feed") == 0 || strcmp (edge, "posts") == 0
           || strcmp (edge, "published_posts") == 0 || strcmp (edge, "scheduled_posts") == 0)
    sim_feed_list (self, page, edge);
  else if (strcmp (edge, "stories") == 0)
    sim_stories_list (self, page);
  else if (strcmp (edge, "videos") == 0)
    sim_video_list (self, page, SIM_VIDEO_POST);
  else if (strcmp (edge, "video_reels") == 0)
    sim_video_list (self, page, SIM_VIDEO_REEL);
  else
    unknown_path (self);
}

static void
ig_edge (SimRequest *self, SimIg *ig, const char *edge)
{
  gboolean is_post = sim_is (self, "POST");

  if (strcmp (edge, "media") == 0 && is_post)
    sim_ig_container_create (self, ig);
  else if (strcmp (edge, "media_publish") == 0 && is_post)
    sim_ig_publish (self, ig);
  else if (!sim_is (self, "GET"))
    sim_fail_missing (self, ig->node.id);
  else if (strcmp (edge, "media") == 0 || strcmp (edge, "stories") == 0)
    sim_ig_media_list (self, ig, edge[0] == 's');
  else if (strcmp (edge, "content_publishing_limit") == 0)
    sim_ig_limit (self, ig);
  else if (strcmp (edge, "media_publish") == 0)
    sim_fail_missing (self, ig->node.id);
  else
    unknown_path (self);
}

static void
node_edge (SimRequest *self, SimNode *node, const char *edge)
{
  /* The comments of a video are those of its post. */
  if (node->kind == SIM_VIDEO && strcmp (edge, "comments") == 0 && ((SimVideo *)node)->post != NULL
      && !((SimVideo *)node)->post->node.gone)
    node = &((SimVideo *)node)->post->node;
  if (node->kind == SIM_PAGE)
    page_edge (self, (SimPage *)node, edge);
  else if (node->kind == SIM_IG)
    ig_edge (self, (SimIg *)node, edge);
  else if ((node->kind == SIM_POST || node->kind == SIM_MEDIA || node->kind == SIM_COMMENT)
           && (strcmp (edge, "comments") == 0 || strcmp (edge, "replies") == 0))
    sim_comments (self, node);
  else
    unknown_path (self);
}

static void
node_itself (SimRequest *self, SimNode *node)
{
  switch (node->kind)
    {
    case SIM_PAGE:
      sim_page (self, (SimPage *)node);
      break;
    case SIM_IG:
      sim_ig (self, (SimIg *)node);
      break;
    case SIM_PHOTO:
      if (((SimPhoto *)node)->page == NULL)
        sim_fail_missing (self, node->id);
      else
        sim_photo (self, (SimPhoto *)node);
      break;
    case SIM_VIDEO:
      sim_video (self, (SimVideo *)node);
      break;
    case SIM_POST:
      sim_post (self, (SimPost *)node);
      break;
    case SIM_CONTAINER:
      sim_ig_container (self, (SimContainer *)node);
      break;
    case SIM_MEDIA:
      sim_ig_media (self, (SimMedia *)node);
      break;
    case SIM_COMMENT:
      sim_comment (self, (SimComment *)node);
      break;
    case SIM_USER:
    default:
      sim_fail_missing (self, node->id);
      break;
    }
}

static void
me (SimRequest *self)
{
  const char *edge = self->n_segments > 1 ? self->segments[1] : NULL;

  if (edge == NULL)
    sim_user (self);
  else if (strcmp (edge, "accounts") == 0)
    sim_accounts (self);
  else if (strcmp (edge, "permissions") == 0)
    sim_oauth_permissions (self);
  else if (!sim_require_token (self))
    return;
  else if (self->token->page != NULL)
    node_edge (self, &self->token->page->node, edge);
  else
    unknown_path (self);
}

/* @node (NULL: there is none) or its edge, as the second part of the path says */
void
sim_graph_node (SimRequest *self, SimNode *node)
{
  const char *first = self->segments[0];

  if (node == NULL)
    sim_fail_missing (self, g_utf8_validate (first, -1, NULL) ? first : "");
  else if (self->n_segments == 1)
    node_itself (self, node);
  else if (self->n_segments > 2)
    unknown_path (self);
  else
    node_edge (self, node, self->segments[1]);
}

void
sim_graph (SimRequest *self)
{
  const char *first = self->n_segments > 0 ? self->segments[0] : NULL;
  const char *second = self->n_segments > 1 ? self->segments[1] : NULL;

  if (!sim_graph_prepare (self))
    return;
  if (first == NULL)
    {
      sim_fail (self, 100, 33, "Unsupported get request. The root cannot be read");
      return;
    }
  if (on_video_host (self) && (!sim_is (self, "POST") || g_strcmp0 (second, "videos") != 0))
    {
      sim_fail_missing (self, g_utf8_validate (first, -1, NULL) ? first : "");
      return;
    }
  if (strcmp (first, "oauth") == 0 && g_strcmp0 (second, "access_token") == 0)
    {
      sim_oauth_access_token (self);
      return;
    }
  if (strcmp (first, "debug_token") == 0)
    {
      sim_oauth_debug_token (self);
      return;
    }
  if (!sim_authenticate (self))
    return;
  if (strcmp (first, "me") == 0 || strcmp (first, sim_world->user.id) == 0)
    {
      me (self);
      return;
    }
  if (!sim_require_token (self))
    return;
  sim_graph_node (self, sim_find_any (first));
}

/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "smm-sandbox.h"

#include <string.h>

static const char *const media_fields[] = { "id",
                                            "caption",
                                            "media_type",
                                            "media_product_type",
                                            "media_url",
                                            "thumbnail_url",
                                            "permalink",
                                            "shortcode",
                                            "timestamp",
                                            "username",
                                            "like_count",
                                            "comments_count",
                                            "is_comment_enabled",
                                            "alt_text",
                                            "children",
                                            "comments",
                                            "owner",
                                            "is_shared_to_feed",
                                            NULL };

char *
sim_media_permalink (SimMedia *media)
{
  const char *type = media->container != NULL ? media->container->media_type : "IMAGE";

  if (strcmp (type, "STORIES") == 0)
    return g_strdup_printf ("https://www.instagram.com/stories/%s/%s/", media->ig->username,
                            media->node.id);
  return g_strdup_printf ("https://www.instagram.com/%s/%s/",
                          strcmp (type, "REELS") == 0 ? "reel" : "p", media->shortcode);
}

SimMedia *
sim_media_new (SimIg *ig, SimContainer *container, const char *caption)
{
  SimMedia *media = g_new0 (SimMedia, 1);
  g_autofree char *random = sim_random_text (9);

  media->ig = ig;
  media->container = container;
  media->caption = g_strdup (caption);
  media->shortcode = g_strconcat ("DR", random, NULL);
  sim_add_node (&media->node, SIM_MEDIA, sim_new_id ("1792", 13));
  g_ptr_array_add (ig->media, media);
  return media;
}

static void
fail_builder (SimRequest *self, const char *id)
{
  g_autofree char *why = g_strdup_printf (
      "The media builder with creation id = %s does not exist or has been expired.", id);

  sim_fail_full (self, 400, 24, 2207008, "The requested resource does not exist", "Media not found",
                 why);
}

static gboolean
is_story (SimMedia *media)
{
  return media->container != NULL && strcmp (media->container->media_type, "STORIES") == 0;
}

void
sim_ig_publish (SimRequest *self, SimIg *ig)
{
  const char *id = sim_get (self, "creation_id");
  SimContainer *container;
  SimMedia *media;
  const char *status;
  gint64 *now;

  if (!sim_require_ig (self, ig, "instagram_content_publish"))
    return;
  if (id == NULL || id[0] == '\0')
    {
      sim_fail (self, 100, 0, "(#100) The parameter creation_id is required");
      return;
    }
  container = (SimContainer *)sim_find (id, SIM_CONTAINER);
  if (container == NULL || container->ig != ig)
    {
      fail_builder (self, g_utf8_validate (id, -1, NULL) ? id : "");
      return;
    }
  status = sim_container_status (container);
  if (strcmp (status, "PUBLISHED") == 0 || strcmp (status, "EXPIRED") == 0)
    {
      fail_builder (self, id);
      return;
    }
  if (container->carousel_item)
    {
      sim_fail_full (self, 400, 100, 0, "Invalid parameter", "Carousel item",
                     "A carousel item cannot be published by itself.");
      return;
    }
  if (strcmp (status, "FINISHED") != 0)
    {
      sim_fail_full (self, 400, 9007, 2207027, "Media ID is not available", "Media is not ready",
                     "The media is not ready for publishing, please wait for a moment");
      return;
    }
  if ((int)sim_ig_recent (&ig->published) >= sim_world->settings.ig_quota_total)
    {
      sim_fail_full (self, 400, 9, 2207042, "Application request limit reached", "Too many posts",
                     "You reached maximum number of posts that is allowed to be published by "
                     "Content Publishing API.");
      return;
    }
  media = sim_media_new (ig, container, container->caption);
  container->media_id = g_strdup (media->node.id);
  container->used = TRUE;
  now = g_new (gint64, 1);
  *now = sim_now ();
  g_queue_push_tail (&ig->published, now);
  sim_effect ("media_publish");
  sim_reply_text (self, 200, "application/json; charset=UTF-8",
                  g_strdup_printf ("{\"id\":\"%s\"}", media->node.id));
}

static void
set_media_url (JsonObject *object, SimContainer *container)
{
  g_autofree char *url = NULL;

  if (container->photo == NULL && !container->is_video)
    return;
  url = container->photo != NULL ? sim_photo_url (container->photo, 0)
                                 : sim_film_url (&container->node);
  json_object_set_string_member (object, "media_url", url);
}

static void
set_children (JsonObject *full, SimContainer *container)
{
  JsonObject *edge = json_object_new ();
  JsonArray *list = json_array_new ();

  for (guint i = 0; i < container->children->len; i++)
    {
      SimContainer *child = g_ptr_array_index (container->children, i);
      JsonObject *object = json_object_new ();
      /* The published child is an object of its own, with an id of its own. */
      g_autofree char *id = g_strconcat ("1793", child->node.id + 4, NULL);
      json_object_set_string_member (object, "id", id);
      json_object_set_string_member (object, "media_type", child->is_video ? "VIDEO" : "IMAGE");
      set_media_url (object, child);
      json_array_add_object_element (list, object);
    }
  json_object_set_array_member (edge, "data", list);
  json_object_set_object_member (full, "children", edge);
}

static JsonObject *
render_media (SimNode *node, GPtrArray *fields)
{
  SimMedia *media = (SimMedia *)node;
  SimContainer *container = media->container;
  const char *type = container != NULL ? container->media_type : "IMAGE";
  JsonObject *full = json_object_new ();
  g_autofree char *time = sim_time_text (node->created);
  g_autofree char *permalink = NULL;
  SimField *field;

  json_object_set_string_member (full, "id", node->id);
  if (fields == NULL)
    return full;
  permalink = sim_media_permalink (media);
  if (media->caption != NULL && !is_story (media))
    json_object_set_string_member (full, "caption", media->caption);
  json_object_set_string_member (full, "media_type",
                                 strcmp (type, "CAROUSEL") == 0             ? "CAROUSEL_ALBUM"
                                 : container != NULL && container->is_video ? "VIDEO"
                                                                            : "IMAGE");
  json_object_set_string_member (full, "media_product_type",
                                 strcmp (type, "REELS") == 0     ? "REELS"
                                 : strcmp (type, "STORIES") == 0 ? "STORY"
                                                                 : "FEED");
  if (container != NULL)
    set_media_url (full, container->children != NULL ? g_ptr_array_index (container->children, 0)
                                                     : container);
  if (container != NULL && container->cover != NULL)
    {
      g_autofree char *cover = sim_photo_url (container->cover, 0);
      json_object_set_string_member (full, "thumbnail_url", cover);
    }
  if (strcmp (type, "REELS") == 0)
    json_object_set_boolean_member (full, "is_shared_to_feed", container->share_to_feed);
  json_object_set_string_member (full, "permalink", permalink);
  json_object_set_string_member (full, "shortcode", media->shortcode);
  json_object_set_string_member (full, "timestamp", time);
  json_object_set_string_member (full, "username", media->ig->username);
  json_object_set_int_member (full, "like_count", 0);
  json_object_set_int_member (full, "comments_count", node->comments ? node->comments->len : 0);
  json_object_set_boolean_member (full, "is_comment_enabled", TRUE);
  if (container != NULL && container->alt != NULL)
    json_object_set_string_member (full, "alt_text", container->alt);
  if (container != NULL && container->children != NULL)
    set_children (full, container);
  field = sim_fields_find (fields, "comments");
  if (field != NULL)
    json_object_set_object_member (full, "comments", sim_comment_list (node, field, "text"));
  return sim_project (full, fields);
}

static gboolean
only_feed (SimNode *node, gpointer data)
{
  return !is_story ((SimMedia *)node);
}

static gboolean
only_live_stories (SimNode *node, gpointer data)
{
  return is_story ((SimMedia *)node) && sim_now () - node->created < SIM_DAY;
}

void
sim_ig_media_list (SimRequest *self, SimIg *ig, gboolean stories)
{
  if (!sim_require_ig (self, ig, "instagram_basic")
      || !sim_fields_check (self, self->fields, media_fields, "IGMedia"))
    return;
  sim_reply_list (self, ig->media, 100, TRUE, stories ? only_live_stories : only_feed, NULL,
                  render_media);
}

void
sim_ig_media (SimRequest *self, SimMedia *media)
{
  if (sim_is (self, "GET"))
    {
      if (!sim_require_ig (self, media->ig, "instagram_basic") || sim_ig_outage (self, &media->node)
          || !sim_fields_check (self, self->fields, media_fields, "IGMedia"))
        return;
      sim_reply_object (self, render_media (&media->node, self->fields));
    }
  else if (sim_is (self, "DELETE"))
    {
      if (!sim_require_ig (self, media->ig, "instagram_manage_contents"))
        return;
      media->node.gone = TRUE;
      sim_effect ("media_deleted");
      sim_reply_success (self);
    }
  else if (sim_get (self, "comment_enabled") != NULL)
    {
      if (sim_require_ig (self, media->ig, "instagram_manage_comments"))
        sim_reply_success (self);
    }
  else
    sim_fail_missing (self, media->node.id);
}

void
sim_ig_limit (SimRequest *self, SimIg *ig)
{
  static const char *const known[] = { "quota_usage", "config", NULL };
  JsonObject *root;
  JsonObject *entry;
  JsonObject *config;
  JsonArray *data;

  if (!sim_require_ig (self, ig, "instagram_content_publish")
      || !sim_fields_check (self, self->fields, known, "ContentPublishingLimitResponse"))
    return;
  root = json_object_new ();
  entry = json_object_new ();
  config = json_object_new ();
  data = json_array_new ();
  json_object_set_int_member (entry, "quota_usage", sim_ig_recent (&ig->published));
  json_object_set_int_member (config, "quota_total", sim_world->settings.ig_quota_total);
  json_object_set_int_member (config, "quota_duration", 86400);
  json_object_set_object_member (entry, "config", config);
  json_array_add_object_element (data, self->fields ? sim_project (entry, self->fields) : entry);
  json_object_set_array_member (root, "data", data);
  sim_reply_object (self, root);
}

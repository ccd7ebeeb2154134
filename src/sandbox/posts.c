/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "smm-sandbox.h"

#include <string.h>

#define MESSAGE_LIMIT 63206
#define SCHEDULE_MINIMUM (10 * 60)
#define SCHEDULE_MAXIMUM (30 * 24 * 60 * 60)
#define SCHEDULE_FIXED (3 * 60)
#define REEL_MAXIMUM (29 * 24 * 60 * 60)
#define VIDEO_MAXIMUM (183 * 24 * 60 * 60)

static const char *const post_fields[] = { "id",
                                           "message",
                                           "story",
                                           "created_time",
                                           "updated_time",
                                           "permalink_url",
                                           "full_picture",
                                           "status_type",
                                           "is_published",
                                           "is_hidden",
                                           "scheduled_publish_time",
                                           "from",
                                           "application",
                                           "attachments",
                                           "shares",
                                           "reactions",
                                           "comments",
                                           "likes",
                                           "child_attachments",
                                           NULL };

char *
sim_post_permalink (SimPost *post)
{
  if (post->video != NULL && post->video->use == SIM_VIDEO_REEL)
    return g_strdup_printf ("https://www.facebook.com/reel/%s", post->video->node.id);
  return g_strdup_printf ("https://www.facebook.com/%s/posts/%s", post->page->profile_id,
                          strchr (post->node.id, '_') + 1);
}

static JsonObject *
photo_attachment (SimPhoto *photo)
{
  JsonObject *object = json_object_new ();
  JsonObject *target = json_object_new ();
  JsonObject *media = json_object_new ();
  JsonObject *image = json_object_new ();
  g_autofree char *url
      = g_strdup_printf ("https://www.facebook.com/photo.php?fbid=%s", photo->node.id);
  g_autofree char *source = sim_photo_url (photo, 0);

  json_object_set_string_member (object, "type", "photo");
  json_object_set_string_member (object, "media_type", "photo");
  json_object_set_string_member (target, "id", photo->node.id);
  json_object_set_string_member (target, "url", url);
  json_object_set_object_member (object, "target", target);
  json_object_set_int_member (image, "height", photo->height);
  json_object_set_string_member (image, "src", source);
  json_object_set_int_member (image, "width", photo->width);
  json_object_set_object_member (media, "image", image);
  json_object_set_object_member (object, "media", media);
  json_object_set_string_member (object, "url", url);
  return object;
}

static JsonObject *
video_attachment (SimVideo *video)
{
  JsonObject *object = json_object_new ();
  JsonObject *target = json_object_new ();
  g_autofree char *url = g_strdup_printf ("https://www.facebook.com/%s/videos/%s",
                                          video->page->profile_id, video->node.id);

  json_object_set_string_member (object, "type", "video_inline");
  json_object_set_string_member (object, "media_type", "video");
  json_object_set_string_member (target, "id", video->node.id);
  json_object_set_string_member (target, "url", url);
  json_object_set_object_member (object, "target", target);
  json_object_set_string_member (object, "url", url);
  if (video->title != NULL)
    json_object_set_string_member (object, "title", video->title);
  return object;
}

static JsonObject *
attachments_of (SimPost *post)
{
  JsonObject *edge = json_object_new ();
  JsonArray *data = json_array_new ();

  json_object_set_array_member (edge, "data", data);
  if (post->video != NULL)
    json_array_add_object_element (data, video_attachment (post->video));
  else if (post->photos != NULL && post->photos->len == 1)
    json_array_add_object_element (data, photo_attachment (g_ptr_array_index (post->photos, 0)));
  else if (post->photos != NULL && post->photos->len > 1)
    {
      JsonObject *album = json_object_new ();
      JsonObject *target = json_object_new ();
      JsonObject *sub = json_object_new ();
      JsonArray *list = json_array_new ();
      const char *number = strchr (post->node.id, '_') + 1;
      g_autofree char *url
          = g_strdup_printf ("https://www.facebook.com/media/set/?set=pcb.%s", number);

      for (guint i = 0; i < post->photos->len; i++)
        json_array_add_object_element (list,
                                       photo_attachment (g_ptr_array_index (post->photos, i)));
      json_object_set_string_member (album, "type", "album");
      json_object_set_string_member (album, "media_type", "album");
      json_object_set_string_member (album, "url", url);
      json_object_set_string_member (target, "id", number);
      json_object_set_string_member (target, "url", url);
      json_object_set_object_member (album, "target", target);
      json_object_set_array_member (sub, "data", list);
      json_object_set_object_member (album, "subattachments", sub);
      json_array_add_object_element (data, album);
    }
  else if (post->link != NULL)
    {
      JsonObject *share = json_object_new ();
      JsonObject *target = json_object_new ();
      json_object_set_string_member (share, "type", "share");
      json_object_set_string_member (share, "media_type", "link");
      json_object_set_string_member (share, "title", post->link);
      json_object_set_string_member (share, "url", post->link);
      json_object_set_string_member (target, "url", post->link);
      json_object_set_object_member (share, "target", target);
      json_array_add_object_element (data, share);
    }
  return edge;
}

static JsonObject *
reactions_of (SimPost *post)
{
  JsonObject *edge = json_object_new ();
  JsonObject *summary = json_object_new ();

  json_object_set_int_member (summary, "total_count", 0);
  json_object_set_string_member (summary, "viewer_reaction", "NONE");
  json_object_set_array_member (edge, "data", json_array_new ());
  json_object_set_object_member (edge, "summary", summary);
  return edge;
}

static JsonObject *
render_post (SimNode *node, GPtrArray *fields)
{
  SimPost *post = (SimPost *)node;
  JsonObject *full = json_object_new ();
  g_autofree char *created = sim_time_text (node->created);
  g_autofree char *updated = sim_time_text (post->updated);
  SimField *field;

  json_object_set_string_member (full, "id", node->id);
  json_object_set_string_member (full, "created_time", created);
  if (post->message != NULL)
    json_object_set_string_member (full, "message", post->message);
  if (fields == NULL)
    return full;
  json_object_set_string_member (full, "updated_time", updated);
  json_object_set_boolean_member (full, "is_published", post->published);
  json_object_set_boolean_member (full, "is_hidden", FALSE);
  json_object_set_string_member (full, "status_type",
                                 post->video    ? "added_video"
                                 : post->photos ? "added_photos"
                                 : post->link   ? "shared_story"
                                                : "mobile_status_update");
  if (post->scheduled != 0)
    json_object_set_int_member (full, "scheduled_publish_time", post->scheduled);
  if (sim_fields_find (fields, "permalink_url") != NULL)
    {
      g_autofree char *permalink = sim_post_permalink (post);
      json_object_set_string_member (full, "permalink_url", permalink);
    }
  if (sim_fields_find (fields, "full_picture") != NULL && post->photos != NULL)
    {
      g_autofree char *source = sim_photo_url (g_ptr_array_index (post->photos, 0), 0);
      json_object_set_string_member (full, "full_picture", source);
    }
  if (sim_fields_find (fields, "from") != NULL)
    {
      JsonObject *from = json_object_new ();
      json_object_set_string_member (from, "name", post->page->name);
      json_object_set_string_member (from, "id", post->page->node.id);
      json_object_set_object_member (full, "from", from);
    }
  if (sim_fields_find (fields, "application") != NULL && post->by_app)
    {
      JsonObject *application = json_object_new ();
      json_object_set_string_member (application, "name", sim_world->app_name);
      json_object_set_string_member (application, "id", sim_world->app_id);
      json_object_set_object_member (full, "application", application);
    }
  if (sim_fields_find (fields, "attachments") != NULL
      && (post->photos != NULL || post->link != NULL || post->video != NULL))
    json_object_set_object_member (full, "attachments", attachments_of (post));
  if (sim_fields_find (fields, "reactions") != NULL)
    json_object_set_object_member (full, "reactions", reactions_of (post));
  field = sim_fields_find (fields, "comments");
  if (field != NULL)
    json_object_set_object_member (full, "comments", sim_comment_list (node, field, "message"));
  return sim_project (full, fields);
}

static gboolean
check_link (const char *link)
{
  g_autoptr (GUri) uri = g_uri_parse (link, G_URI_FLAGS_NONE, NULL);

  return uri != NULL
         && (strcmp (g_uri_get_scheme (uri), "http") == 0
             || strcmp (g_uri_get_scheme (uri), "https") == 0)
         && g_uri_get_host (uri) != NULL && strchr (g_uri_get_host (uri), '.') != NULL;
}

static gboolean
take_photo (SimRequest *self, SimPage *page, JsonNode *node, GPtrArray *photos)
{
  const char *id = NULL;
  g_autofree char *number = NULL;
  SimPhoto *photo;

  if (JSON_NODE_HOLDS_OBJECT (node)
      && json_object_has_member (json_node_get_object (node), "media_fbid"))
    {
      JsonNode *member = json_object_get_member (json_node_get_object (node), "media_fbid");
      if (JSON_NODE_HOLDS_VALUE (member) && json_node_get_value_type (member) == G_TYPE_STRING)
        id = json_node_get_string (member);
      else if (JSON_NODE_HOLDS_VALUE (member))
        id = number = g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (member));
    }
  if (id == NULL)
    {
      sim_fail_parameter (self, "attached_media");
      return FALSE;
    }
  photo = (SimPhoto *)sim_find (id, SIM_PHOTO);
  if (photo == NULL || photo->page != page)
    {
      sim_fail_full (self, 400, 100, 33, "Invalid parameter: the photo does not exist",
                     "Invalid "
                     "photo",
                     "A photo of this post does not exist any more.");
      return FALSE;
    }
  if (photo->published || photo->post != NULL || g_ptr_array_find (photos, photo, NULL))
    {
      sim_fail_full (self, 400, 100, 1366051, "Invalid parameter", "Already Posted",
                     "These photos were already posted.");
      return FALSE;
    }
  g_ptr_array_add (photos, photo);
  return TRUE;
}

static gboolean
parse_media (SimRequest *self, SimPage *page, const char *text, gboolean list, GPtrArray *photos)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonNode *root;

  if (!json_parser_load_from_data (parser, text, -1, NULL)
      || (root = json_parser_get_root (parser)) == NULL)
    {
      sim_fail_parameter (self, "attached_media");
      return FALSE;
    }
  if (list && JSON_NODE_HOLDS_ARRAY (root))
    {
      JsonArray *array = json_node_get_array (root);
      for (guint i = 0; i < json_array_get_length (array); i++)
        if (!take_photo (self, page, json_array_get_element (array, i), photos))
          return FALSE;
      return TRUE;
    }
  return take_photo (self, page, root, photos);
}

/* attached_media=[…] or attached_media[0]={…}, [1] … without a gap. */
static gboolean
collect_media (SimRequest *self, SimPage *page, GPtrArray *photos)
{
  const char *list = sim_get (self, "attached_media");

  if (list != NULL && !parse_media (self, page, list, TRUE, photos))
    return FALSE;
  for (guint i = 0;; i++)
    {
      g_autofree char *name = g_strdup_printf ("attached_media[%u]", i);
      const char *text = sim_get (self, name);
      if (text == NULL)
        break;
      if (!parse_media (self, page, text, FALSE, photos))
        return FALSE;
    }
  return TRUE;
}

/*
 * scheduled_publish_time between ten minutes and @maximum seconds from now; *seconds is 0 when
 * there is none. FALSE and an error answer when it cannot be (3.2).
 */
gboolean
sim_read_schedule (SimRequest *self, gboolean published, gint64 maximum, gint64 *seconds)
{
  const char *text = sim_get (self, "scheduled_publish_time");
  gint64 now = sim_now () / G_USEC_PER_SEC;

  *seconds = 0;
  if (text == NULL)
    return TRUE;
  if (published || !sim_parse_time (text, seconds))
    {
      sim_fail_full (self, 400, 100, 1349125, "(#100) Param scheduled_publish_time is invalid.",
                     NULL, "A scheduled post must have published=false and a valid time.");
      return FALSE;
    }
  if (*seconds < now + SCHEDULE_MINIMUM || *seconds > now + maximum)
    {
      g_autofree char *why
          = g_strdup_printf ("The specified scheduled publish time must be between 10 minutes and "
                             "%d days from now.",
                             (int)(maximum / (24 * 60 * 60)));
      sim_fail_full (self, 400, 100, 1349125, "(#100) Param scheduled_publish_time is invalid.",
                     NULL, why);
      return FALSE;
    }
  return TRUE;
}

/* TRUE and an error answer in the last three minutes before @scheduled (Unix seconds, 0: none). */
gboolean
sim_schedule_is_fixed (SimRequest *self, gint64 scheduled)
{
  if (scheduled == 0 || scheduled - sim_now () / G_USEC_PER_SEC >= SCHEDULE_FIXED)
    return FALSE;
  sim_fail_full (self, 400, 100, 1349125, "(#100) Param scheduled_publish_time is invalid.", NULL,
                 "The post is about to be published. Its time cannot be changed any more.");
  return TRUE;
}

static gint64
longest_wait (SimPost *post)
{
  if (post->video == NULL)
    return SCHEDULE_MAXIMUM;
  return post->video->use == SIM_VIDEO_REEL ? REEL_MAXIMUM : VIDEO_MAXIMUM;
}

static gboolean
check_text (SimRequest *self, const char *message)
{
  if (message == NULL)
    return TRUE;
  if (!g_utf8_validate (message, -1, NULL))
    {
      sim_fail (self, 100, 0, "(#100) Param message must be valid UTF-8");
      return FALSE;
    }
  if (g_utf8_strlen (message, -1) > MESSAGE_LIMIT)
    {
      sim_fail (self, 100, 0, "(#100) Param message is too long");
      return FALSE;
    }
  return TRUE;
}

static gboolean
is_duplicate (SimPage *page, const char *message)
{
  gint64 window = sim_world->settings.duplicate_window_s * (gint64)G_USEC_PER_SEC;

  return window > 0 && message != NULL && g_strcmp0 (page->last_message, message) == 0
         && sim_now () - page->last_message_at < window;
}

static gboolean
is_blank (const char *text)
{
  return text == NULL || text[strspn (text, " \t\r\n")] == '\0';
}

void
sim_feed_create (SimRequest *self, SimPage *page)
{
  const char *message = sim_get (self, "message");
  const char *link = sim_get (self, "link");
  g_autoptr (GPtrArray) photos = g_ptr_array_new ();
  gboolean published;
  gint64 scheduled;
  SimPost *post;

  if (!sim_require_page_write (self, page, "pages_manage_posts", "CREATE_CONTENT")
      || !sim_get_boolean (self, "published", TRUE, &published) || !check_text (self, message)
      || !sim_read_schedule (self, published, SCHEDULE_MAXIMUM, &scheduled)
      || !sim_fields_check (self, self->fields, post_fields, "Post")
      || !collect_media (self, page, photos))
    return;
  if (is_blank (message) && is_blank (link) && photos->len == 0)
    {
      sim_fail (self, 100, 0, "(#100) You must provide a message, link or attached media");
      return;
    }
  if (link != NULL && link[0] != '\0' && !check_link (link))
    {
      sim_fail (self, 1609005, 0, "(#1609005) There was a problem with the provided link.");
      return;
    }
  if (link != NULL && link[0] != '\0' && photos->len > 0)
    {
      sim_fail (self, 100, 0, "(#100) link and attached_media exclude each other");
      return;
    }
  if (scheduled != 0 && photos->len > 0
      && g_strcmp0 (sim_get (self, "unpublished_content_type"), "SCHEDULED") != 0)
    {
      sim_fail_parameter (self, "unpublished_content_type");
      return;
    }
  if (is_duplicate (page, message))
    {
      sim_fail_full (self, 400, 506, 0, "Duplicate status message", "Duplicate Status Update",
                     "This status update is identical to the last one you posted.");
      return;
    }
  post = sim_post_new (page, is_blank (message) ? NULL : message,
                       link != NULL && link[0] != '\0' ? link : NULL);
  post->published = published;
  post->scheduled = scheduled;
  for (guint i = 0; i < photos->len; i++)
    ((SimPhoto *)g_ptr_array_index (photos, i))->post = post;
  if (photos->len > 0)
    post->photos = g_steal_pointer (&photos);
  g_ptr_array_add (page->posts, post);
  if (sim_world->settings.duplicate_window_s > 0)
    {
      g_free (page->last_message);
      page->last_message = g_strdup (message);
      page->last_message_at = sim_now ();
    }
  if (scheduled != 0)
    sim_world_schedule (post);
  sim_effect ("feed");
  if (self->fields != NULL)
    sim_reply_object (self, render_post (&post->node, self->fields));
  else
    sim_reply_text (self, 200, "application/json; charset=UTF-8",
                    g_strdup_printf ("{\"id\":\"%s\"}", post->node.id));
}

static gboolean
only_published (SimNode *node, gpointer data)
{
  return ((SimPost *)node)->published;
}

static gboolean
only_scheduled (SimNode *node, gpointer data)
{
  SimPost *post = (SimPost *)node;

  return !post->published && post->scheduled != 0;
}

void
sim_feed_list (SimRequest *self, SimPage *page, const char *edge)
{
  SimListFilter filter = NULL;

  if (!sim_require_page_read (self, page, "pages_read_engagement")
      || !sim_fields_check (self, self->fields, post_fields, "PagePost"))
    return;
  if (strcmp (edge, "scheduled_posts") == 0)
    filter = only_scheduled;
  else if (strcmp (edge, "feed") != 0)
    filter = only_published;
  sim_reply_list (self, page->posts, 100, TRUE, filter, NULL, render_post);
}

static void
update_post (SimRequest *self, SimPost *post)
{
  const char *message = sim_get (self, "message");
  gboolean publish;
  gint64 scheduled;

  if (!post->by_app)
    {
      sim_fail (self, 200, 0, "(#200) Only posts made by this app can be changed");
      return;
    }
  if (!check_text (self, message)
      || !sim_get_boolean (self, "is_published", post->published, &publish)
      || !sim_read_schedule (self, publish, longest_wait (post), &scheduled)
      || (scheduled != 0 && sim_schedule_is_fixed (self, post->scheduled)))
    return;
  if (post->published && !publish)
    {
      sim_fail_parameter (self, "is_published");
      return;
    }
  if (message != NULL)
    {
      g_free (post->message);
      post->message = g_strdup (message);
    }
  if (!post->published && publish)
    {
      sim_post_publish (post, sim_now ());
      sim_effect ("post_published");
    }
  else if (scheduled != 0)
    {
      post->scheduled = scheduled;
      if (post->video != NULL)
        post->video->scheduled = scheduled;
      sim_world_schedule (post);
    }
  post->updated = sim_now ();
  sim_effect ("post_updated");
  sim_reply_success (self);
}

void
sim_post (SimRequest *self, SimPost *post)
{
  if (sim_is (self, "GET"))
    {
      if (!sim_require_page_read (self, post->page, "pages_read_engagement")
          || !sim_fields_check (self, self->fields, post_fields, "PagePost"))
        return;
      sim_reply_object (self, render_post (&post->node, self->fields));
      return;
    }
  if (!sim_require_page_write (self, post->page, "pages_manage_posts", "CREATE_CONTENT"))
    return;
  if (sim_is (self, "DELETE"))
    {
      post->node.gone = TRUE;
      if (post->video != NULL)
        post->video->node.gone = TRUE;
      sim_effect ("post_deleted");
      sim_reply_success (self);
    }
  else
    update_post (self, post);
}

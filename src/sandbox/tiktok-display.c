/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tiktok.h"

#include <string.h>

#define PER_MINUTE 600
#define PAGE_LIMIT 20
#define PAGE_DEFAULT 10
/* The API cuts captions here, even of longer ones. */
#define TITLE_LIMIT 150
#define COVER_LIFE_S (6 * 60 * 60)

typedef struct
{
  const char *name;
  const char *scope;
} UserField;

static const UserField user_fields[] = {
  { "open_id", "user.info.basic" },
  { "union_id", "user.info.basic" },
  { "avatar_url", "user.info.basic" },
  { "avatar_url_100", "user.info.basic" },
  { "avatar_large_url", "user.info.basic" },
  { "display_name", "user.info.basic" },
  { "bio_description", "user.info.profile" },
  { "profile_deep_link", "user.info.profile" },
  { "profile_web_link", "user.info.profile" },
  { "is_verified", "user.info.profile" },
  { "username", "user.info.profile" },
  { "follower_count", "user.info.stats" },
  { "following_count", "user.info.stats" },
  { "likes_count", "user.info.stats" },
  { "video_count", "user.info.stats" },
};

static const char *const video_fields[]
    = { "id",         "create_time", "cover_image_url", "share_url",   "video_description",
        "title",      "duration",    "height",          "width",       "embed_html",
        "embed_link", "like_count",  "comment_count",   "share_count", "view_count",
        "is_aigc",    NULL };

/* The names asked for, or NULL and the answer. */
static char **
take_fields (SimRequest *self)
{
  const char *text = sim_get (self, "fields");

  if (text == NULL || text[0] == '\0')
    {
      sim_tiktok_fail (self, "invalid_params", "Invalid fields: at least one is required.");
      return NULL;
    }
  return g_strsplit (text, ",", -1);
}

static void
fail_field (SimRequest *self, const char *name)
{
  g_autofree char *shown = g_utf8_make_valid (name, -1);
  g_autofree char *message = g_strdup_printf ("Invalid fields: %s is not known.", shown);

  sim_tiktok_fail (self, "invalid_params", message);
}

static gboolean
is_listed (SimTiktokPost *post)
{
  gint64 now = sim_now ();

  return g_strcmp0 (post->video->privacy, "PUBLIC_TO_EVERYONE") == 0
         && post->available_at + sim_world->settings.lag_ms * (gint64)1000 <= now;
}

static int
count_listed (void)
{
  int count = 0;

  for (guint i = 0; i < sim_tiktok->posts->len; i++)
    if (is_listed (g_ptr_array_index (sim_tiktok->posts, i)))
      count++;
  return count;
}

static JsonObject *
user_object (void)
{
  JsonObject *user = json_object_new ();
  g_autofree char *avatar
      = g_strdup_printf ("%s/cdn/face-%s.png?x-expires=%" G_GINT64_FORMAT, sim_world->base,
                         sim_tiktok->open_id, sim_now () / G_USEC_PER_SEC + COVER_LIFE_S);
  g_autofree char *web = g_strconcat ("https://www.tiktok.com/@", sim_tiktok->username, NULL);

  json_object_set_string_member (user, "open_id", sim_tiktok->open_id);
  json_object_set_string_member (user, "union_id", sim_tiktok->union_id);
  json_object_set_string_member (user, "avatar_url", avatar);
  json_object_set_string_member (user, "avatar_url_100", avatar);
  json_object_set_string_member (user, "avatar_large_url", avatar);
  json_object_set_string_member (user, "display_name", sim_tiktok->nickname);
  json_object_set_string_member (user, "bio_description", "A practice account.");
  json_object_set_string_member (user, "profile_deep_link", "https://vm.tiktok.com/ZMpractice/");
  json_object_set_string_member (user, "profile_web_link", web);
  json_object_set_boolean_member (user, "is_verified", FALSE);
  json_object_set_string_member (user, "username", sim_tiktok->username);
  json_object_set_int_member (user, "follower_count", sim_tiktok->followers);
  json_object_set_int_member (user, "following_count", 120);
  json_object_set_int_member (user, "likes_count", sim_tiktok->followers * 7);
  json_object_set_int_member (user, "video_count", count_listed ());
  return user;
}

/* TRUE when the field is known and granted, else the answer. */
static gboolean
check_user_field (SimRequest *self, SimTiktokToken *token, const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (user_fields); i++)
    {
      if (strcmp (user_fields[i].name, name) != 0)
        continue;
      if (sim_tiktok_token_has (token, user_fields[i].scope))
        return TRUE;
      sim_tiktok_fail (
          self, "scope_not_authorized",
          "The user did not authorize the scope required for completing this request.");
      return FALSE;
    }
  fail_field (self, name);
  return FALSE;
}

static JsonObject *
pick (JsonObject *full, char **fields)
{
  JsonObject *picked = json_object_new ();

  for (guint i = 0; fields[i] != NULL; i++)
    json_object_set_member (picked, fields[i],
                            json_node_copy (json_object_get_member (full, fields[i])));
  json_object_unref (full);
  return picked;
}

void
sim_tiktok_user_info (SimRequest *self)
{
  SimTiktokToken *token = sim_tiktok_authorize (self, "user.info.basic");
  g_auto (GStrv) fields = NULL;
  JsonObject *data;

  if (token == NULL || !sim_tiktok_limit (self, "user_info", PER_MINUTE)
      || (fields = take_fields (self)) == NULL)
    return;
  for (guint i = 0; fields[i] != NULL; i++)
    if (!check_user_field (self, token, fields[i]))
      return;
  data = json_object_new ();
  json_object_set_object_member (data, "user", pick (user_object (), fields));
  sim_tiktok_ok (self, data);
}

static void
set_counts (JsonObject *object, SimTiktokPost *post)
{
  gint64 minutes = MAX (0, sim_now () - post->created) / (60 * (gint64)G_USEC_PER_SEC);
  gint64 views = MIN (minutes * 3, 40000);

  json_object_set_int_member (object, "view_count", views);
  json_object_set_int_member (object, "like_count", views / 17);
  json_object_set_int_member (object, "comment_count", views / 400);
  json_object_set_int_member (object, "share_count", views / 620);
}

static JsonObject *
video_object (SimTiktokPost *post)
{
  JsonObject *object = json_object_new ();
  g_autofree char *caption = g_utf8_substring (
      post->video->text, 0, MIN (TITLE_LIMIT, g_utf8_strlen (post->video->text, -1)));
  g_autofree char *cover
      = g_strdup_printf ("%s/cdn/face-%s.png?x-expires=%" G_GINT64_FORMAT, sim_world->base,
                         post->id, sim_now () / G_USEC_PER_SEC + COVER_LIFE_S);
  g_autofree char *share
      = g_strdup_printf ("https://www.tiktok.com/@%s/video/%s?utm_campaign=tt4d_open_api"
                         "&utm_source=%s",
                         sim_tiktok->username, post->id, sim_tiktok->client_key);
  g_autofree char *embed = g_strconcat ("https://www.tiktok.com/player/v1/", post->id, NULL);
  g_autofree char *html = g_strdup_printf ("<iframe src=\"%s\"></iframe>", embed);

  json_object_set_string_member (object, "id", post->id);
  json_object_set_int_member (object, "create_time", post->created / G_USEC_PER_SEC);
  json_object_set_string_member (object, "cover_image_url", cover);
  json_object_set_string_member (object, "share_url", share);
  json_object_set_string_member (object, "video_description", caption);
  json_object_set_string_member (object, "title", caption);
  json_object_set_int_member (object, "duration", post->video->duration_ms / 1000);
  json_object_set_int_member (object, "height", post->video->height);
  json_object_set_int_member (object, "width", post->video->width);
  json_object_set_string_member (object, "embed_html", html);
  json_object_set_string_member (object, "embed_link", embed);
  json_object_set_boolean_member (object, "is_aigc", post->video->ai);
  set_counts (object, post);
  return object;
}

static gint
compare_newest (gconstpointer a, gconstpointer b)
{
  const SimTiktokPost *one = *(SimTiktokPost *const *)a;
  const SimTiktokPost *two = *(SimTiktokPost *const *)b;

  return one->created < two->created ? 1 : one->created > two->created ? -1 : 0;
}

/* Fields that are asked for, all known; or NULL and the answer. */
static char **
begin (SimRequest *self, const char *limit)
{
  g_auto (GStrv) fields = NULL;

  if (sim_tiktok_authorize (self, "video.list") == NULL
      || !sim_tiktok_limit (self, limit, PER_MINUTE) || (fields = take_fields (self)) == NULL)
    return NULL;
  for (guint i = 0; fields[i] != NULL; i++)
    if (!g_strv_contains (video_fields, fields[i]))
      {
        fail_field (self, fields[i]);
        return NULL;
      }
  return g_steal_pointer (&fields);
}

/* FALSE and the answer when the member is there and no whole number. */
static gboolean
take_number (SimRequest *self, JsonObject *body, const char *name, gint64 *value)
{
  JsonNode *node = json_object_get_member (body, name);

  if (node == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_INT64)
    {
      g_autofree char *message = g_strdup_printf ("Invalid %s: must be a number.", name);
      sim_tiktok_fail (self, "invalid_params", message);
      return FALSE;
    }
  *value = json_node_get_int (node);
  return TRUE;
}

static void
reply_page (SimRequest *self, char **fields, gint64 cursor, guint count)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new ();
  JsonObject *data = json_object_new ();
  JsonArray *videos = json_array_new ();

  for (guint i = 0; i < sim_tiktok->posts->len; i++)
    {
      SimTiktokPost *post = g_ptr_array_index (sim_tiktok->posts, i);
      if (is_listed (post) && (cursor == 0 || post->created / 1000 < cursor))
        g_ptr_array_add (found, post);
    }
  g_ptr_array_sort (found, compare_newest);
  for (guint i = 0; i < MIN (count, found->len); i++)
    {
      SimTiktokPost *post = g_ptr_array_index (found, i);
      json_array_add_object_element (videos, pick (video_object (post), fields));
      cursor = post->created / 1000;
    }
  json_object_set_array_member (data, "videos", videos);
  json_object_set_int_member (data, "cursor", cursor);
  json_object_set_boolean_member (data, "has_more", found->len > count);
  sim_tiktok_ok (self, data);
}

void
sim_tiktok_video_list (SimRequest *self)
{
  g_auto (GStrv) fields = begin (self, "video_list");
  g_autoptr (JsonParser) parser = NULL;
  JsonObject *body;
  gint64 cursor = 0;
  gint64 count = PAGE_DEFAULT;

  if (fields == NULL || (body = sim_tiktok_body (self, "invalid_params", &parser)) == NULL
      || !take_number (self, body, "cursor", &cursor)
      || !take_number (self, body, "max_count", &count))
    return;
  if (count < 1 || count > PAGE_LIMIT)
    {
      sim_tiktok_fail (self, "invalid_params", "Invalid max_count: must be between 1 and 20.");
      return;
    }
  if (cursor < 0)
    {
      sim_tiktok_fail (self, "invalid_params", "Invalid cursor: must not be negative.");
      return;
    }
  if (sim_tiktok->settings.short_pages)
    count = MAX (1, count / 2);
  reply_page (self, fields, cursor, count);
}

/* The ids asked for, or NULL and the answer. */
static JsonArray *
take_ids (SimRequest *self, JsonObject *body)
{
  JsonNode *filters = json_object_get_member (body, "filters");
  JsonNode *ids = filters != NULL && JSON_NODE_HOLDS_OBJECT (filters)
                      ? json_object_get_member (json_node_get_object (filters), "video_ids")
                      : NULL;
  JsonArray *array = ids != NULL && JSON_NODE_HOLDS_ARRAY (ids) ? json_node_get_array (ids) : NULL;

  if (array == NULL || json_array_get_length (array) < 1
      || json_array_get_length (array) > PAGE_LIMIT)
    {
      sim_tiktok_fail (self, "invalid_params", "Invalid video_ids: 1 to 20 are required.");
      return NULL;
    }
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
        {
          sim_tiktok_fail (self, "invalid_params", "Invalid video_ids: must be strings.");
          return NULL;
        }
    }
  return array;
}

void
sim_tiktok_video_query (SimRequest *self)
{
  g_auto (GStrv) fields = begin (self, "video_query");
  g_autoptr (JsonParser) parser = NULL;
  JsonObject *body;
  JsonObject *data;
  JsonArray *ids;
  JsonArray *videos;

  if (fields == NULL || (body = sim_tiktok_body (self, "invalid_params", &parser)) == NULL
      || (ids = take_ids (self, body)) == NULL)
    return;
  videos = json_array_new ();
  for (guint i = 0; i < json_array_get_length (ids); i++)
    for (guint j = 0; j < sim_tiktok->posts->len; j++)
      {
        SimTiktokPost *post = g_ptr_array_index (sim_tiktok->posts, j);
        if (is_listed (post) && strcmp (post->id, json_array_get_string_element (ids, i)) == 0)
          json_array_add_object_element (videos, pick (video_object (post), fields));
      }
  data = json_object_new ();
  json_object_set_array_member (data, "videos", videos);
  sim_tiktok_ok (self, data);
}

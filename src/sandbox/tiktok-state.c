/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tiktok.h"

#include <string.h>

/*
 * TikTok's part of the state file: tokens, uploads and posts. Codes and the windows of the rate
 * limits are short-lived and end with the process. Chunks lie beside the file (tiktok-upload.c).
 */

static void
set_text (JsonObject *object, const char *name, const char *value)
{
  if (value != NULL)
    json_object_set_string_member (object, name, value);
}

static char *
text_of (JsonObject *object, const char *name)
{
  return g_strdup (json_object_get_string_member_with_default (object, name, NULL));
}

static gint64
int_of (JsonObject *object, const char *name)
{
  return json_object_get_int_member_with_default (object, name, 0);
}

static gboolean
flag_of (JsonObject *object, const char *name)
{
  return json_object_get_boolean_member_with_default (object, name, FALSE);
}

static JsonObject *
save_video (SimTiktokVideo *video)
{
  JsonObject *object = json_object_new ();

  set_text (object, "text", video->text);
  set_text (object, "privacy", video->privacy);
  set_text (object, "sha256", video->sha256);
  json_object_set_boolean_member (object, "comments", video->comments);
  json_object_set_boolean_member (object, "duet", video->duet);
  json_object_set_boolean_member (object, "stitch", video->stitch);
  json_object_set_boolean_member (object, "your_brand", video->your_brand);
  json_object_set_boolean_member (object, "branded", video->branded);
  json_object_set_boolean_member (object, "ai", video->ai);
  json_object_set_int_member (object, "cover_ms", video->cover_ms);
  json_object_set_int_member (object, "size", video->size);
  json_object_set_int_member (object, "duration_ms", video->duration_ms);
  json_object_set_int_member (object, "width", video->width);
  json_object_set_int_member (object, "height", video->height);
  return object;
}

static SimTiktokVideo *
load_video (JsonObject *parent)
{
  SimTiktokVideo *video = sim_tiktok_video_new ();
  JsonObject *object = json_object_has_member (parent, "video")
                           ? json_object_get_object_member (parent, "video")
                           : NULL;

  video->text = g_strdup (
      object != NULL ? json_object_get_string_member_with_default (object, "text", "") : "");
  if (object == NULL)
    return video;
  video->privacy = text_of (object, "privacy");
  video->sha256 = text_of (object, "sha256");
  video->comments = flag_of (object, "comments");
  video->duet = flag_of (object, "duet");
  video->stitch = flag_of (object, "stitch");
  video->your_brand = flag_of (object, "your_brand");
  video->branded = flag_of (object, "branded");
  video->ai = flag_of (object, "ai");
  video->cover_ms = int_of (object, "cover_ms");
  video->size = int_of (object, "size");
  video->duration_ms = int_of (object, "duration_ms");
  video->width = int_of (object, "width");
  video->height = int_of (object, "height");
  return video;
}

static JsonObject *
save_token (SimTiktokToken *token)
{
  JsonObject *object = json_object_new ();
  g_autofree char *scopes = g_strjoinv (",", token->scopes);

  set_text (object, "access", token->access);
  set_text (object, "refresh", token->refresh);
  set_text (object, "scopes", scopes);
  json_object_set_int_member (object, "access_ends", token->access_ends);
  json_object_set_int_member (object, "refresh_ends", token->refresh_ends);
  json_object_set_boolean_member (object, "replaced", token->replaced);
  return object;
}

static void
load_token (JsonObject *object)
{
  SimTiktokToken *token;

  if (!json_object_has_member (object, "access") || !json_object_has_member (object, "refresh"))
    return;
  token = g_new0 (SimTiktokToken, 1);
  token->access = text_of (object, "access");
  token->refresh = text_of (object, "refresh");
  token->scopes
      = g_strsplit (json_object_get_string_member_with_default (object, "scopes", ""), ",", -1);
  token->access_ends = int_of (object, "access_ends");
  token->refresh_ends = int_of (object, "refresh_ends");
  token->replaced = flag_of (object, "replaced");
  sim_tiktok_index_token (token);
}

static JsonObject *
save_publish (SimTiktokPublish *publish)
{
  JsonObject *object = json_object_new ();

  set_text (object, "id", publish->id);
  set_text (object, "upload_id", publish->upload_id);
  set_text (object, "upload_token", publish->upload_token);
  set_text (object, "fail_reason", publish->fail_reason);
  set_text (object, "post_id", publish->post_id);
  json_object_set_int_member (object, "status", publish->status);
  json_object_set_boolean_member (object, "draft", publish->draft);
  json_object_set_boolean_member (object, "photo", publish->photo);
  json_object_set_int_member (object, "made", publish->made);
  json_object_set_int_member (object, "ready_at", publish->ready_at);
  json_object_set_int_member (object, "chunk_size", publish->chunk_size);
  json_object_set_int_member (object, "chunk_count", publish->chunk_count);
  json_object_set_int_member (object, "received", publish->received);
  json_object_set_object_member (object, "video", save_video (publish->video));
  return object;
}

static void
load_publish (JsonObject *object)
{
  SimTiktokPublish *publish;

  if (!json_object_has_member (object, "id"))
    return;
  publish = sim_tiktok_publish_new ();
  sim_tiktok_video_unref (publish->video);
  publish->id = text_of (object, "id");
  publish->upload_id = text_of (object, "upload_id");
  publish->upload_token = text_of (object, "upload_token");
  publish->fail_reason = text_of (object, "fail_reason");
  publish->post_id = text_of (object, "post_id");
  publish->status = int_of (object, "status");
  publish->draft = flag_of (object, "draft");
  publish->photo = flag_of (object, "photo");
  publish->made = int_of (object, "made");
  publish->ready_at = int_of (object, "ready_at");
  publish->chunk_size = int_of (object, "chunk_size");
  publish->chunk_count = int_of (object, "chunk_count");
  publish->received = int_of (object, "received");
  publish->video = load_video (object);
  sim_tiktok_index_publish (publish);
}

static JsonObject *
save_post (SimTiktokPost *post)
{
  JsonObject *object = json_object_new ();

  set_text (object, "id", post->id);
  set_text (object, "publish_id", post->publish_id);
  json_object_set_int_member (object, "seq", post->seq);
  json_object_set_int_member (object, "created", post->created);
  json_object_set_int_member (object, "available_at", post->available_at);
  json_object_set_object_member (object, "video", save_video (post->video));
  return object;
}

static void
load_post (JsonObject *object)
{
  SimTiktokPost *post;

  if (!json_object_has_member (object, "id"))
    return;
  post = g_new0 (SimTiktokPost, 1);
  post->id = text_of (object, "id");
  post->publish_id = text_of (object, "publish_id");
  post->seq = int_of (object, "seq");
  post->created = int_of (object, "created");
  post->available_at = int_of (object, "available_at");
  post->video = load_video (object);
  g_ptr_array_add (sim_tiktok->posts, post);
}

JsonObject *
sim_tiktok_save (void)
{
  JsonObject *root = json_object_new ();
  JsonArray *tokens = json_array_new ();
  JsonArray *publishes = json_array_new ();
  JsonArray *posts = json_array_new ();

  for (guint i = 0; i < sim_tiktok->tokens->len; i++)
    json_array_add_object_element (tokens, save_token (g_ptr_array_index (sim_tiktok->tokens, i)));
  for (guint i = 0; i < sim_tiktok->publishes->len; i++)
    json_array_add_object_element (publishes,
                                   save_publish (g_ptr_array_index (sim_tiktok->publishes, i)));
  for (guint i = 0; i < sim_tiktok->posts->len; i++)
    json_array_add_object_element (posts, save_post (g_ptr_array_index (sim_tiktok->posts, i)));
  json_object_set_array_member (root, "tokens", tokens);
  json_object_set_array_member (root, "publishes", publishes);
  json_object_set_array_member (root, "posts", posts);
  return root;
}

static void
load_each (JsonObject *root, const char *name, void (*load) (JsonObject *object))
{
  JsonNode *node = json_object_get_member (root, name);
  JsonArray *array
      = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    if (JSON_NODE_HOLDS_OBJECT (json_array_get_element (array, i)))
      load (json_array_get_object_element (array, i));
}

/* @root: what sim_tiktok_save gave, or NULL for a file from before TikTok. */
void
sim_tiktok_load (JsonObject *root)
{
  if (root == NULL)
    return;
  load_each (root, "tokens", load_token);
  load_each (root, "publishes", load_publish);
  load_each (root, "posts", load_post);
}

/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "smm-sandbox.h"
#include "tiktok.h"

#include <glib/gstdio.h>
#include <string.h>

/*
 * The world as one JSON file, written whole after each change and before the answer leaves, so that
 * a killed sandbox has kept what it promised. Pictures lie beside it, one file each, written once.
 */

static char *
picture_path (const char *id)
{
  return g_strdup_printf ("%s.media/%s", sim_world->options->state_file, id);
}

static void
set_text (JsonObject *object, const char *name, const char *value)
{
  if (value != NULL)
    json_object_set_string_member (object, name, value);
}

static JsonArray *
id_array (GPtrArray *nodes)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; nodes != NULL && i < nodes->len; i++)
    json_array_add_string_element (array, ((SimNode *)g_ptr_array_index (nodes, i))->id);
  return array;
}

static JsonArray *
time_array (GQueue *times)
{
  JsonArray *array = json_array_new ();

  for (GList *l = times->head; l != NULL; l = l->next)
    json_array_add_int_element (array, *(gint64 *)l->data);
  return array;
}

static void
save_picture (SimPhoto *photo)
{
  g_autofree char *path = picture_path (photo->node.id);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (GError) error = NULL;

  if (g_file_test (path, G_FILE_TEST_EXISTS))
    return;
  g_mkdir_with_parents (folder, 0700);
  if (!g_file_set_contents_full (path, g_bytes_get_data (photo->bytes, NULL),
                                 g_bytes_get_size (photo->bytes), G_FILE_SET_CONTENTS_CONSISTENT,
                                 0600, &error))
    g_warning ("A picture was not kept: %s", error->message);
}

/* A film grows; its file is written again when more of it is there. */
static void
save_upload (JsonObject *object, SimNode *node, SimUpload *upload)
{
  g_autofree char *path = picture_path (node->id);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (GError) error = NULL;
  GStatBuf status;

  json_object_set_int_member (object, "size", upload->size);
  set_text (object, "signature", upload->signature);
  if (upload->data == NULL
      || (g_stat (path, &status) == 0 && (guint64)status.st_size == upload->data->len))
    return;
  g_mkdir_with_parents (folder, 0700);
  if (!g_file_set_contents_full (path, (char *)upload->data->data, upload->data->len,
                                 G_FILE_SET_CONTENTS_CONSISTENT, 0600, &error))
    g_warning ("A film was not kept: %s", error->message);
}

static void
save_video (JsonObject *object, SimVideo *video)
{
  save_upload (object, &video->node, &video->upload);
  set_text (object, "page", video->page->node.id);
  set_text (object, "session", video->session);
  set_text (object, "title", video->title);
  set_text (object, "description", video->description);
  set_text (object, "thumb", video->thumb != NULL ? video->thumb->node.id : NULL);
  set_text (object, "post", video->post != NULL ? video->post->node.id : NULL);
  set_text (object, "state", video->state);
  set_text (object, "problem", video->problem);
  json_object_set_int_member (object, "use", video->use);
  json_object_set_int_member (object, "scheduled", video->scheduled);
  json_object_set_int_member (object, "ready", video->ready_at);
  json_object_set_int_member (object, "due", video->due);
  json_object_set_int_member (object, "error", video->error);
}

static void
save_post (JsonObject *object, SimPost *post)
{
  set_text (object, "film", post->video != NULL ? post->video->node.id : NULL);
  set_text (object, "page", post->page->node.id);
  set_text (object, "message", post->message);
  set_text (object, "link", post->link);
  json_object_set_array_member (object, "photos", id_array (post->photos));
  json_object_set_boolean_member (object, "published", post->published);
  json_object_set_boolean_member (object, "by_app", post->by_app);
  json_object_set_boolean_member (object, "story", post->story);
  json_object_set_int_member (object, "scheduled", post->scheduled);
  json_object_set_int_member (object, "updated", post->updated);
}

static void
save_photo (JsonObject *object, SimPhoto *photo)
{
  save_picture (photo);
  set_text (object, "page", photo->page != NULL ? photo->page->node.id : NULL);
  set_text (object, "caption", photo->caption);
  set_text (object, "alt", photo->alt);
  set_text (object, "signature", photo->signature);
  json_object_set_boolean_member (object, "published", photo->published);
  set_text (object, "post", photo->post != NULL ? photo->post->node.id : NULL);
}

static void
save_container (JsonObject *object, SimContainer *container)
{
  set_text (object, "ig", container->ig->node.id);
  set_text (object, "type", container->media_type);
  set_text (object, "caption", container->caption);
  set_text (object, "alt", container->alt);
  set_text (object, "photo", container->photo != NULL ? container->photo->node.id : NULL);
  set_text (object, "media", container->media_id);
  json_object_set_array_member (object, "children", id_array (container->children));
  json_object_set_boolean_member (object, "item", container->carousel_item);
  json_object_set_boolean_member (object, "resumable", container->resumable);
  json_object_set_boolean_member (object, "video", container->is_video);
  json_object_set_boolean_member (object, "used", container->used);
  if (container->is_video)
    save_upload (object, &container->node, &container->upload);
  set_text (object, "cover", container->cover != NULL ? container->cover->node.id : NULL);
  set_text (object, "user_tags", container->user_tags);
  set_text (object, "collaborators", container->collaborators);
  set_text (object, "location", container->location);
  json_object_set_int_member (object, "thumb_offset", container->thumb_offset);
  json_object_set_boolean_member (object, "share_to_feed", container->share_to_feed);
  json_object_set_int_member (object, "ready", container->ready_at);
  json_object_set_int_member (object, "error", container->error);
}

static JsonObject *
save_node (SimNode *node)
{
  JsonObject *object = json_object_new ();

  json_object_set_int_member (object, "kind", node->kind);
  json_object_set_string_member (object, "id", node->id);
  json_object_set_int_member (object, "seq", node->seq);
  json_object_set_int_member (object, "created", node->created);
  json_object_set_boolean_member (object, "gone", node->gone);
  if (node->kind == SIM_POST)
    save_post (object, (SimPost *)node);
  else if (node->kind == SIM_PHOTO)
    save_photo (object, (SimPhoto *)node);
  else if (node->kind == SIM_CONTAINER)
    save_container (object, (SimContainer *)node);
  else if (node->kind == SIM_VIDEO)
    save_video (object, (SimVideo *)node);
  else if (node->kind == SIM_MEDIA)
    {
      SimMedia *media = (SimMedia *)node;
      set_text (object, "ig", media->ig->node.id);
      set_text (object, "container", media->container ? media->container->node.id : NULL);
      set_text (object, "caption", media->caption);
      set_text (object, "shortcode", media->shortcode);
    }
  else if (node->kind == SIM_COMMENT)
    {
      SimComment *comment = (SimComment *)node;
      set_text (object, "parent", comment->parent->id);
      set_text (object, "text", comment->text);
      set_text (object, "from_id", comment->from_id);
      set_text (object, "from_name", comment->from_name);
      json_object_set_boolean_member (object, "hidden", comment->hidden);
      json_object_set_boolean_member (object, "own", comment->own);
    }
  else if (node->kind == SIM_IG)
    {
      SimIg *ig = (SimIg *)node;
      json_object_set_array_member (object, "containers_made", time_array (&ig->containers_made));
      json_object_set_array_member (object, "times", time_array (&ig->published));
    }
  return object;
}

static JsonObject *
save_token (SimToken *token)
{
  JsonObject *object = json_object_new ();
  g_autofree char *scopes = g_strjoinv (",", token->scopes);

  set_text (object, "value", token->value);
  set_text (object, "page", token->page != NULL ? token->page->node.id : NULL);
  set_text (object, "ig", token->ig != NULL ? token->ig->node.id : NULL);
  set_text (object, "scopes", scopes);
  json_object_set_int_member (object, "issued", token->issued);
  json_object_set_int_member (object, "expires", token->expires);
  json_object_set_int_member (object, "dead", token->dead);
  json_object_set_boolean_member (object, "long_lived", token->long_lived);
  return object;
}

/* The reels of a Page's day; what else there is of a Page is in the world's file. */
static JsonObject *
save_reels (void)
{
  JsonObject *object = json_object_new ();

  for (guint i = 0; i < sim_world->pages->len; i++)
    {
      SimPage *page = g_ptr_array_index (sim_world->pages, i);
      json_object_set_array_member (object, page->node.id, time_array (&page->reels));
    }
  return object;
}

static int
compare_seq (gconstpointer a, gconstpointer b)
{
  const SimNode *one = *(SimNode *const *)a;
  const SimNode *two = *(SimNode *const *)b;

  return one->seq < two->seq ? -1 : one->seq > two->seq ? 1 : 0;
}

void
sim_state_save (void)
{
  g_autoptr (JsonObject) root = NULL;
  g_autoptr (GPtrArray) nodes = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  JsonArray *list;
  JsonObject *granted;
  GHashTableIter iter;
  gpointer key;
  gpointer value;

  if (sim_world->options->state_file == NULL)
    return;
  root = json_object_new ();
  json_object_set_int_member (root, "version", 1);
  json_object_set_int_member (root, "seq", sim_world->seq);
  granted = json_object_new ();
  g_hash_table_iter_init (&iter, sim_world->granted);
  while (g_hash_table_iter_next (&iter, &key, &value))
    json_object_set_string_member (granted, key, value);
  json_object_set_object_member (root, "granted", granted);
  json_object_set_object_member (root, "reels", save_reels ());
  list = json_array_new ();
  g_hash_table_iter_init (&iter, sim_world->tokens);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    json_array_add_object_element (list, save_token (value));
  json_object_set_array_member (root, "tokens", list);
  g_hash_table_iter_init (&iter, sim_world->nodes);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (((SimNode *)value)->kind != SIM_PAGE)
      g_ptr_array_add (nodes, value);
  g_ptr_array_sort (nodes, compare_seq);
  list = json_array_new ();
  for (guint i = 0; i < nodes->len; i++)
    json_array_add_object_element (list, save_node (g_ptr_array_index (nodes, i)));
  json_object_set_array_member (root, "nodes", list);
  json_object_set_object_member (root, "tiktok", sim_tiktok_save ());
  text = sim_json_to_text (root);
  if (!g_file_set_contents_full (sim_world->options->state_file, text, -1,
                                 G_FILE_SET_CONTENTS_CONSISTENT, 0600, &error))
    g_warning ("The world was not kept: %s", error->message);
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

static gpointer
node_of (JsonObject *object, const char *name, SimKind kind)
{
  const char *id = json_object_get_string_member_with_default (object, name, NULL);
  SimNode *node = id != NULL ? g_hash_table_lookup (sim_world->nodes, id) : NULL;

  return node != NULL && node->kind == kind ? node : NULL;
}

static void
load_times (JsonObject *object, const char *name, GQueue *times)
{
  JsonArray *array = json_object_get_array_member (object, name);

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      gint64 *time = g_new (gint64, 1);
      *time = json_array_get_int_element (array, i);
      g_queue_push_tail (times, time);
    }
}

static void
load_reels (JsonObject *root)
{
  JsonObject *object = json_object_has_member (root, "reels")
                           ? json_object_get_object_member (root, "reels")
                           : NULL;

  for (guint i = 0; object != NULL && i < sim_world->pages->len; i++)
    {
      SimPage *page = g_ptr_array_index (sim_world->pages, i);
      if (json_object_has_member (object, page->node.id))
        load_times (object, page->node.id, &page->reels);
    }
}

static void
load_upload (JsonObject *object, SimUpload *upload, SimMp4 *mp4)
{
  g_autofree char *path
      = picture_path (json_object_get_string_member_with_default (object, "id", ""));
  g_autofree char *data = NULL;
  gsize size = 0;

  upload->size = int_of (object, "size");
  if (g_file_get_contents (path, &data, &size, NULL))
    sim_upload_take (upload, (guint8 *)data, size);
  g_free (upload->signature);
  upload->signature = text_of (object, "signature");
  if (sim_upload_is_complete (upload))
    sim_mp4_read (upload->data->data, upload->data->len, mp4);
}

static SimNode *
load_video (JsonObject *object)
{
  SimVideo *video = g_new0 (SimVideo, 1);

  video->page = node_of (object, "page", SIM_PAGE);
  video->use = int_of (object, "use");
  video->session = text_of (object, "session");
  video->title = text_of (object, "title");
  video->description = text_of (object, "description");
  video->problem = text_of (object, "problem");
  video->state
      = g_intern_string (json_object_get_string_member_with_default (object, "state", NULL));
  video->scheduled = int_of (object, "scheduled");
  video->ready_at = int_of (object, "ready");
  video->due = int_of (object, "due");
  video->error = int_of (object, "error");
  load_upload (object, &video->upload, &video->mp4);
  return &video->node;
}

static void
load_container_extras (JsonObject *object, SimContainer *container)
{
  container->user_tags = text_of (object, "user_tags");
  container->collaborators = text_of (object, "collaborators");
  container->location = text_of (object, "location");
  container->thumb_offset = int_of (object, "thumb_offset");
  container->share_to_feed = flag_of (object, "share_to_feed");
  if (!container->is_video)
    return;
  load_upload (object, &container->upload, &container->mp4);
  /* A fetch does not survive the fetcher. */
  if (!container->resumable && container->ready_at == 0)
    {
      container->error = 2207053;
      container->ready_at = sim_now ();
    }
}

static SimNode *
load_node (JsonObject *object)
{
  SimKind kind = int_of (object, "kind");
  SimNode *node = NULL;

  if (kind == SIM_IG)
    {
      SimIg *ig = node_of (object, "id", SIM_IG);
      if (ig != NULL)
        {
          load_times (object, "containers_made", &ig->containers_made);
          load_times (object, "times", &ig->published);
        }
      return NULL;
    }
  if (kind == SIM_POST)
    {
      SimPost *post = g_new0 (SimPost, 1);
      node = &post->node;
      post->page = node_of (object, "page", SIM_PAGE);
      post->message = text_of (object, "message");
      post->link = text_of (object, "link");
      post->published = flag_of (object, "published");
      post->by_app = flag_of (object, "by_app");
      post->story = flag_of (object, "story");
      post->scheduled = int_of (object, "scheduled");
      post->updated = int_of (object, "updated");
    }
  else if (kind == SIM_PHOTO)
    {
      SimPhoto *photo = g_new0 (SimPhoto, 1);
      g_autofree char *path
          = picture_path (json_object_get_string_member_with_default (object, "id", ""));
      char *data = NULL;
      gsize size = 0;
      node = &photo->node;
      photo->page = node_of (object, "page", SIM_PAGE);
      photo->caption = text_of (object, "caption");
      photo->alt = text_of (object, "alt");
      photo->signature = text_of (object, "signature");
      photo->published = flag_of (object, "published");
      photo->mime = "image/jpeg";
      if (g_file_get_contents (path, &data, &size, NULL))
        photo->bytes = g_bytes_new_take (data, size);
      else
        photo->bytes = g_bytes_new (NULL, 0);
      sim_image_probe (photo->bytes, &photo->mime, &photo->width, &photo->height);
    }
  else if (kind == SIM_CONTAINER)
    {
      SimContainer *container = g_new0 (SimContainer, 1);
      node = &container->node;
      container->ig = node_of (object, "ig", SIM_IG);
      container->media_type = text_of (object, "type");
      container->caption = text_of (object, "caption");
      container->alt = text_of (object, "alt");
      container->media_id = text_of (object, "media");
      container->carousel_item = flag_of (object, "item");
      container->resumable = flag_of (object, "resumable");
      container->is_video = flag_of (object, "video");
      container->used = flag_of (object, "used");
      container->ready_at = int_of (object, "ready");
      container->error = int_of (object, "error");
      load_container_extras (object, container);
    }
  else if (kind == SIM_VIDEO)
    node = load_video (object);
  else if (kind == SIM_MEDIA)
    {
      SimMedia *media = g_new0 (SimMedia, 1);
      node = &media->node;
      media->ig = node_of (object, "ig", SIM_IG);
      media->caption = text_of (object, "caption");
      media->shortcode = text_of (object, "shortcode");
    }
  else if (kind == SIM_COMMENT)
    {
      SimComment *comment = g_new0 (SimComment, 1);
      node = &comment->node;
      comment->text = text_of (object, "text");
      comment->from_id = text_of (object, "from_id");
      comment->from_name = text_of (object, "from_name");
      comment->hidden = flag_of (object, "hidden");
      comment->own = flag_of (object, "own");
    }
  else
    return NULL;
  node->created = int_of (object, "created");
  node->gone = flag_of (object, "gone");
  sim_add_node (node, kind, text_of (object, "id"));
  node->seq = int_of (object, "seq");
  return node;
}

static GPtrArray *
load_ids (JsonObject *object, const char *name)
{
  JsonArray *array = json_object_get_array_member (object, name);
  GPtrArray *nodes = NULL;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      SimNode *node
          = g_hash_table_lookup (sim_world->nodes, json_array_get_string_element (array, i));
      if (node == NULL)
        continue;
      if (nodes == NULL)
        nodes = g_ptr_array_new ();
      g_ptr_array_add (nodes, node);
    }
  return nodes;
}

/* FALSE when what the node needs is not in this world. */
static gboolean
link_node (SimNode *node, JsonObject *object)
{
  if (node->kind == SIM_POST)
    {
      SimPost *post = (SimPost *)node;
      if (post->page == NULL)
        return FALSE;
      post->photos = load_ids (object, "photos");
      post->video = node_of (object, "film", SIM_VIDEO);
      g_ptr_array_add (post->story ? post->page->stories : post->page->posts, post);
      if (!post->published && post->scheduled != 0)
        sim_world_schedule (post);
    }
  else if (node->kind == SIM_PHOTO)
    {
      ((SimPhoto *)node)->post = node_of (object, "post", SIM_POST);
      return ((SimPhoto *)node)->page != NULL || ((SimPhoto *)node)->published;
    }
  else if (node->kind == SIM_VIDEO)
    {
      SimVideo *video = (SimVideo *)node;
      if (video->page == NULL)
        return FALSE;
      video->thumb = node_of (object, "thumb", SIM_PHOTO);
      video->post = node_of (object, "post", SIM_POST);
      g_ptr_array_add (video->page->videos, video);
      if (video->due != 0)
        g_ptr_array_add (sim_world->videos, video);
    }
  else if (node->kind == SIM_CONTAINER)
    {
      SimContainer *container = (SimContainer *)node;
      container->photo = node_of (object, "photo", SIM_PHOTO);
      container->cover = node_of (object, "cover", SIM_PHOTO);
      container->children = load_ids (object, "children");
      return container->ig != NULL;
    }
  else if (node->kind == SIM_MEDIA)
    {
      SimMedia *media = (SimMedia *)node;
      if (media->ig == NULL)
        return FALSE;
      media->container = node_of (object, "container", SIM_CONTAINER);
      g_ptr_array_add (media->ig->media, media);
    }
  else if (node->kind == SIM_COMMENT)
    {
      SimComment *comment = (SimComment *)node;
      const char *id = json_object_get_string_member_with_default (object, "parent", "");
      comment->parent = g_hash_table_lookup (sim_world->nodes, id);
      if (comment->parent == NULL)
        return FALSE;
      if (comment->parent->comments == NULL)
        comment->parent->comments = g_ptr_array_new ();
      g_ptr_array_add (comment->parent->comments, comment);
    }
  return TRUE;
}

static void
load_token (JsonObject *object)
{
  g_auto (GStrv) scopes
      = g_strsplit (json_object_get_string_member_with_default (object, "scopes", ""), ",", -1);
  SimToken *token;

  if (!json_object_has_member (object, "value"))
    return;
  token = sim_token_new (node_of (object, "page", SIM_PAGE), scopes, 0,
                         flag_of (object, "long_lived"));
  g_hash_table_steal (sim_world->tokens, token->value);
  g_free (token->value);
  token->value = text_of (object, "value");
  token->ig = node_of (object, "ig", SIM_IG);
  token->issued = int_of (object, "issued");
  token->expires = int_of (object, "expires");
  token->dead = int_of (object, "dead");
  g_hash_table_replace (sim_world->tokens, token->value, token);
}

static void
load_root (JsonObject *root)
{
  JsonArray *nodes = json_object_get_array_member (root, "nodes");
  JsonArray *tokens = json_object_get_array_member (root, "tokens");
  JsonObject *granted = json_object_get_object_member (root, "granted");
  g_autoptr (GPtrArray) loaded = g_ptr_array_new ();
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  for (guint i = 0; i < json_array_get_length (nodes); i++)
    g_ptr_array_add (loaded, load_node (json_array_get_object_element (nodes, i)));
  for (guint i = 0; i < loaded->len; i++)
    if (g_ptr_array_index (loaded, i) != NULL
        && !link_node (g_ptr_array_index (loaded, i), json_array_get_object_element (nodes, i)))
      ((SimNode *)g_ptr_array_index (loaded, i))->gone = TRUE;
  for (guint i = 0; i < json_array_get_length (tokens); i++)
    load_token (json_array_get_object_element (tokens, i));
  json_object_iter_init (&iter, granted);
  while (json_object_iter_next (&iter, &name, &node))
    g_hash_table_insert (sim_world->granted, g_strdup (name), json_node_dup_string (node));
  sim_tiktok_load (json_object_has_member (root, "tiktok")
                       ? json_object_get_object_member (root, "tiktok")
                       : NULL);
  load_reels (root);
  sim_world->seq = MAX (sim_world->seq, (guint64)int_of (root, "seq"));
}

gboolean
sim_state_load (GError **error)
{
  const char *path = sim_world->options->state_file;
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonNode *root;

  if (path == NULL || !g_file_test (path, G_FILE_TEST_EXISTS))
    return TRUE;
  if (!json_parser_load_from_file (parser, path, error))
    return FALSE;
  root = json_parser_get_root (parser);
  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root)
      || int_of (json_node_get_object (root), "version") != 1
      || !json_object_has_member (json_node_get_object (root), "nodes")
      || !json_object_has_member (json_node_get_object (root), "tokens")
      || !json_object_has_member (json_node_get_object (root), "granted"))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "%s is not a world of this version",
                   path);
      return FALSE;
    }
  load_root (json_node_get_object (root));
  return TRUE;
}

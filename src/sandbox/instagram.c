/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "smm-sandbox.h"

#include <string.h>

#define CAPTION_LIMIT 2200
#define HASHTAG_LIMIT 30
#define MENTION_LIMIT 20
#define ALT_LIMIT 1000
#define IMAGE_LIMIT (8 * 1024 * 1024)
#define MINIMUM_WIDTH 320

static const char *const ig_fields[] = { "id",
                                         "username",
                                         "name",
                                         "profile_picture_url",
                                         "followers_count",
                                         "follows_count",
                                         "media_count",
                                         "biography",
                                         "website",
                                         NULL };
static const char *const container_fields[]
    = { "id", "status_code", "status", "video_status", "copyright_check_status", NULL };

void
sim_ig (SimRequest *self, SimIg *ig)
{
  JsonObject *full;
  g_autofree char *face = NULL;

  if (!sim_require_ig (self, ig, "instagram_basic"))
    return;
  if (!sim_is (self, "GET"))
    {
      sim_fail_missing (self, ig->node.id);
      return;
    }
  if (!sim_fields_check (self, self->fields, ig_fields, "IGUser"))
    return;
  full = json_object_new ();
  json_object_set_string_member (full, "id", ig->node.id);
  if (self->fields != NULL)
    {
      face = g_strdup_printf ("%s/cdn/face-%s.png", sim_world->base, ig->node.id);
      json_object_set_string_member (full, "username", ig->username);
      json_object_set_string_member (full, "name", ig->name);
      json_object_set_string_member (full, "profile_picture_url", face);
      json_object_set_int_member (full, "followers_count", ig->followers);
      json_object_set_int_member (full, "follows_count", 120);
      json_object_set_int_member (full, "media_count", ig->media->len);
    }
  sim_reply_object (self, sim_project (full, self->fields));
}

/* How many of @times lie in the rolling day. */
guint
sim_ig_recent (GQueue *times)
{
  gint64 *first;

  while ((first = g_queue_peek_head (times)) != NULL && sim_now () - *first > SIM_DAY)
    g_free (g_queue_pop_head (times));
  return g_queue_get_length (times);
}

void
sim_ig_remember (GQueue *times)
{
  gint64 *now = g_new (gint64, 1);

  *now = sim_now ();
  g_queue_push_tail (times, now);
}

/* A mark counts at the start of a word, as people see it. */
static int
count_marks (const char *text, char mark)
{
  int count = 0;

  for (const char *p = text; *p; p++)
    if (*p == mark && p[1] != '\0' && !g_ascii_isspace (p[1]) && p[1] != mark
        && (p == text || !(g_ascii_isalnum (p[-1]) || p[-1] == '_')))
      count++;
  return count;
}

static gboolean
check_caption (SimRequest *self, const char *caption, gboolean carousel_item)
{
  if (caption == NULL)
    return TRUE;
  if (carousel_item)
    {
      sim_fail (self, 100, 0, "(#100) Param caption is not allowed for carousel items");
      return FALSE;
    }
  if (!g_utf8_validate (caption, -1, NULL))
    {
      sim_fail_parameter (self, "caption");
      return FALSE;
    }
  if (g_utf8_strlen (caption, -1) > CAPTION_LIMIT)
    {
      g_autofree char *why = g_strdup_printf (
          "The submitted image's caption was %ld characters long. The maximum number of characters "
          "permitted for a caption is 2200.",
          g_utf8_strlen (caption, -1));
      sim_fail_full (self, 400, 36004, 2207010, "The caption was too long.", NULL, why);
      return FALSE;
    }
  if (count_marks (caption, '#') > HASHTAG_LIMIT)
    {
      sim_fail_full (self, 400, 100, 0, "(#100) Param caption is invalid.", "Too many hashtags",
                     "A caption can have 30 hashtags at most.");
      return FALSE;
    }
  if (count_marks (caption, '@') > MENTION_LIMIT)
    {
      sim_fail_full (self, 400, 100, 2207040, "Invalid parameter", "Too many tags",
                     "A caption can have 20 @ tags at most.");
      return FALSE;
    }
  return TRUE;
}

void
sim_ig_fail_fetch (SimRequest *self, const char *url)
{
  g_autofree char *why = g_strdup_printf ("The media could not be fetched from this URI: %s. "
                                          "Please check the limitations on media URIs "
                                          "in our developer document.",
                                          url);

  sim_fail_full (self, 400, 9004, 2207052, "Only photo or video can be accepted as media type.",
                 "Media download has failed. The media URI doesn't meet our requirements.", why);
}

/* A picture of this server, or of another one on this computer. */
static SimPhoto *
find_image (const char *url, int *width, int *height)
{
  SimPhoto *photo = sim_photo_from_url (url, width, height);
  g_autoptr (GBytes) bytes = NULL;

  if (photo != NULL)
    return photo;
  bytes = sim_fetch (url, IMAGE_LIMIT);
  photo = bytes != NULL ? sim_photo_keep (bytes) : NULL;
  if (photo != NULL)
    {
      *width = photo->width;
      *height = photo->height;
    }
  return photo;
}

/* NULL and an error answer when there is no JPEG at @url that may be posted. */
SimPhoto *
sim_ig_fetch_image (SimRequest *self, const char *url, gboolean any_shape)
{
  int width = 0;
  int height = 0;
  SimPhoto *photo = g_utf8_validate (url, -1, NULL) ? find_image (url, &width, &height) : NULL;

  if (photo == NULL)
    {
      sim_ig_fail_fetch (self, g_utf8_validate (url, -1, NULL) ? url : "");
      return NULL;
    }
  if (strcmp (photo->mime, "image/jpeg") != 0)
    {
      g_autofree char *why = g_strdup_printf (
          "The image format %s is not supported. Supported formats are: JPEG.", photo->mime);
      sim_fail_full (self, 400, 36001, 2207005, "The image format is not supported.",
                     "Unsupported format", why);
      return NULL;
    }
  if (g_bytes_get_size (photo->bytes) > IMAGE_LIMIT)
    {
      sim_fail_full (self, 400, 36000, 2207004, "The image size is too large.",
                     "Image size too large",
                     "The image is too large to download. It should be less than 8 MiB.");
      return NULL;
    }
  /* 4:5 … 1.91:1, compared without division; stories take any shape */
  if (width < MINIMUM_WIDTH
      || (!any_shape && (width * 5 < height * 4 || width * 100 > height * 191)))
    {
      g_autofree char *why = g_strdup_printf (
          "The submitted image with aspect ratio ('%d/%d',) cannot be published. Please submit an "
          "image with a valid aspect ratio.",
          width, height);
      sim_fail_full (self, 400, 36003, 2207009, "The aspect ratio is not supported.",
                     "Image aspect ratio error", why);
      return NULL;
    }
  return photo;
}

static void
fail_carousel (SimRequest *self)
{
  sim_fail_full (self, 400, 100, 2207028, "Invalid parameter", "Carousel validation failed",
                 "Your post won't work as a carousel. Carousels need at least 2 photos/videos and "
                 "no more than 10 photos/videos.");
}

/* A JSON list, or ids separated by commas */
static char **
split_children (const char *text)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  if (text[0] != '[')
    return g_strsplit (text, ",", -1);
  if (!json_parser_load_from_data (parser, text, -1, NULL)
      || !JSON_NODE_HOLDS_ARRAY (json_parser_get_root (parser)))
    return NULL;
  for (guint i = 0; i < json_array_get_length (json_node_get_array (json_parser_get_root (parser)));
       i++)
    {
      JsonNode *node
          = json_array_get_element (json_node_get_array (json_parser_get_root (parser)), i);
      if (!JSON_NODE_HOLDS_VALUE (node))
        return NULL;
      if (json_node_get_value_type (node) == G_TYPE_STRING)
        g_strv_builder_add (builder, json_node_get_string (node));
      else
        {
          g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (node));
          g_strv_builder_add (builder, number);
        }
    }
  return g_strv_builder_end (builder);
}

static GPtrArray *
take_children (SimRequest *self, SimIg *ig)
{
  g_auto (GStrv) ids = NULL;
  g_autoptr (GPtrArray) children = g_ptr_array_new ();

  if (sim_get (self, "children") == NULL
      || (ids = split_children (sim_get (self, "children"))) == NULL)
    {
      fail_carousel (self);
      return NULL;
    }
  if (g_strv_length (ids) < 2 || g_strv_length (ids) > 10)
    {
      fail_carousel (self);
      return NULL;
    }
  for (guint i = 0; ids[i] != NULL; i++)
    {
      SimContainer *child = (SimContainer *)sim_find (g_strstrip (ids[i]), SIM_CONTAINER);
      if (child == NULL || child->ig != ig || !child->carousel_item || child->used
          || g_ptr_array_find (children, child, NULL))
        {
          sim_fail_parameter (self, "children");
          return NULL;
        }
      if (strcmp (sim_container_status (child), "FINISHED") != 0)
        {
          sim_fail_full (self, 400, 9007, 2207027, "Media ID is not available",
                         "Media is not ready",
                         "The media is not ready for publishing, please wait for a moment");
          return NULL;
        }
      g_ptr_array_add (children, child);
    }
  return g_steal_pointer (&children);
}

static gboolean
check_alt (SimRequest *self, const char *alt, const char *type)
{
  if (alt == NULL)
    return TRUE;
  if (!g_utf8_validate (alt, -1, NULL) || g_utf8_strlen (alt, -1) > ALT_LIMIT
      || strcmp (type, "IMAGE") != 0)
    {
      sim_fail_parameter (self, "alt_text");
      return FALSE;
    }
  return TRUE;
}

/* The type a container gets, or NULL and an error answer. */
static const char *
decide_type (SimRequest *self, gboolean carousel_item)
{
  static const char *const types[] = { "IMAGE", "VIDEO", "CAROUSEL", "REELS", "STORIES", NULL };
  const char *type = sim_get (self, "media_type");

  if (type == NULL)
    return "IMAGE";
  if (!g_strv_contains (types, type))
    {
      sim_fail_full (self, 400, 100, 2207023, "Invalid parameter", "Unknown media type",
                     "The media type is unknown.");
      return NULL;
    }
  if ((strcmp (type, "VIDEO") == 0 && !carousel_item)
      || (carousel_item && strcmp (type, "IMAGE") != 0 && strcmp (type, "VIDEO") != 0))
    {
      sim_fail_full (self, 400, 100, 2207023, "Invalid parameter", "Unknown media type",
                     "This media type cannot be used here.");
      return NULL;
    }
  return type;
}

static gboolean
fill_media (SimRequest *self, SimContainer *container)
{
  const char *image_url = sim_get (self, "image_url");
  const char *video_url = sim_get (self, "video_url");
  const char *upload = sim_get (self, "upload_type");
  gboolean is_image = strcmp (container->media_type, "IMAGE") == 0;
  gboolean story = strcmp (container->media_type, "STORIES") == 0;

  if (strcmp (container->media_type, "CAROUSEL") == 0)
    {
      container->children = take_children (self, container->ig);
      return container->children != NULL;
    }
  if (upload != NULL && (strcmp (upload, "resumable") != 0 || is_image || image_url != NULL))
    {
      sim_fail_parameter (self, "upload_type");
      return FALSE;
    }
  if (upload != NULL)
    {
      container->resumable = container->is_video = TRUE;
      return TRUE;
    }
  if (image_url != NULL && (is_image || story) && video_url == NULL)
    {
      container->photo = sim_ig_fetch_image (self, image_url, story);
      return container->photo != NULL;
    }
  if (video_url != NULL && !is_image && image_url == NULL)
    {
      if (g_str_is_ascii (video_url)
          && (g_str_has_prefix (video_url, "http://") || g_str_has_prefix (video_url, "https://")))
        {
          container->is_video = TRUE;
          return TRUE;
        }
      sim_ig_fail_fetch (self, g_utf8_validate (video_url, -1, NULL) ? video_url : "");
      return FALSE;
    }
  sim_fail (self, 100, 0,
            is_image ? "(#100) The parameter image_url is required"
                     : "(#100) The parameter video_url is required");
  return FALSE;
}

static void
discard (SimContainer *container)
{
  g_clear_pointer (&container->children, g_ptr_array_unref);
  g_free (container->media_type);
  g_free (container->user_tags);
  g_free (container->collaborators);
  g_free (container->location);
  g_free (container);
}

/* All bytes are there, or will never be: the processing begins, and its verdict is in the film. */
void
sim_ig_uploaded (SimContainer *container)
{
  if (sim_upload_is_complete (&container->upload))
    sim_mp4_read (container->upload.data->data, container->upload.data->len, &container->mp4);
  if (container->error == 0)
    container->error = sim_mp4_instagram_problem (
        &container->mp4, strcmp (container->media_type, "STORIES") == 0, container->thumb_offset);
  container->ready_at = sim_now () + sim_world->settings.processing_ms * (gint64)1000;
  sim_world->dirty = TRUE;
}

static void
add_container (SimRequest *self, SimContainer *container)
{
  for (guint i = 0; container->children != NULL && i < container->children->len; i++)
    ((SimContainer *)g_ptr_array_index (container->children, i))->used = TRUE;
  if (strcmp (container->media_type, "STORIES") != 0)
    container->caption = g_strdup (sim_get (self, "caption"));
  container->alt = g_strdup (sim_get (self, "alt_text"));
  if (!container->is_video)
    container->ready_at = sim_now () + sim_world->settings.processing_ms * (gint64)1000;
  container->error = sim_world->settings.next_container_error;
  sim_world->settings.next_container_error = 0;
  sim_add_node (&container->node, SIM_CONTAINER, sim_new_id ("1788", 13));
  sim_ig_remember (&container->ig->containers_made);
  sim_effect ("media");
  if (container->is_video && !container->resumable)
    sim_fetch_film (container, sim_get (self, "video_url"));
}

void
sim_ig_container_create (SimRequest *self, SimIg *ig)
{
  gboolean carousel_item;
  const char *type;
  SimContainer *container;

  if (!sim_require_ig (self, ig, "instagram_content_publish")
      || !sim_get_boolean (self, "is_carousel_item", FALSE, &carousel_item)
      || (type = decide_type (self, carousel_item)) == NULL
      || !check_caption (self, sim_get (self, "caption"), carousel_item)
      || !check_alt (self, sim_get (self, "alt_text"), type))
    return;
  if ((int)sim_ig_recent (&ig->containers_made) >= sim_world->settings.ig_container_total)
    {
      sim_fail_full (self, 400, 9, 2207042, "Application request limit reached", "Too many posts",
                     "You reached maximum number of containers for one day.");
      return;
    }
  container = g_new0 (SimContainer, 1);
  container->ig = ig;
  container->media_type = g_strdup (type);
  container->carousel_item = carousel_item;
  if (!sim_ig_take_extras (self, container) || !fill_media (self, container))
    {
      discard (container);
      return;
    }
  add_container (self, container);
  if (container->resumable)
    sim_reply_text (self, 200, "application/json; charset=UTF-8",
                    g_strdup_printf ("{\"id\":\"%s\",\"uri\":\"%s/rupload/ig-api-upload/%s/%s\"}",
                                     container->node.id, sim_world->base, SIM_VERSION,
                                     container->node.id));
  else
    sim_reply_text (self, 200, "application/json; charset=UTF-8",
                    g_strdup_printf ("{\"id\":\"%s\"}", container->node.id));
}

const char *
sim_container_status (SimContainer *container)
{
  if (container->media_id != NULL)
    return "PUBLISHED";
  if (sim_now () - container->node.created > SIM_DAY)
    return "EXPIRED";
  if (container->ready_at == 0 || sim_now () < container->ready_at)
    return "IN_PROGRESS";
  return container->error != 0 ? "ERROR" : "FINISHED";
}

/* TRUE and 100/33, although @node is there: Page tokens saw this for weeks (4.4). */
gboolean
sim_ig_outage (SimRequest *self, SimNode *node)
{
  if (!sim_world->settings.ig_page_outage || self->token->page == NULL)
    return FALSE;
  sim_fail_missing (self, node->id);
  return TRUE;
}

static JsonObject *
video_status (SimContainer *container, const char *code)
{
  JsonObject *status = json_object_new ();
  JsonObject *uploading = json_object_new ();
  JsonObject *processing = json_object_new ();
  gboolean docs = sim_in_docs_shape ();
  gboolean complete = sim_upload_is_complete (&container->upload);
  gboolean over = strcmp (code, "IN_PROGRESS") != 0;

  json_object_set_string_member (uploading, "status",
                                 complete ? (docs ? "complete" : "completed") : "in_progress");
  json_object_set_int_member (uploading, docs ? "bytes_transfered" : "bytes_transferred",
                              sim_upload_length (&container->upload));
  json_object_set_string_member (processing, "status",
                                 strcmp (code, "ERROR") == 0 ? "error"
                                 : over && complete          ? (docs ? "complete" : "completed")
                                 : complete                  ? "in_progress"
                                                             : "not_started");
  json_object_set_object_member (status, "uploading_phase", uploading);
  json_object_set_object_member (status, "processing_phase", processing);
  return status;
}

void
sim_ig_container (SimRequest *self, SimContainer *container)
{
  const char *code = sim_container_status (container);
  g_autofree char *status = NULL;
  JsonObject *full;

  if (!sim_require_ig (self, container->ig, "instagram_basic"))
    return;
  if (!sim_is (self, "GET"))
    {
      sim_fail_missing (self, container->node.id);
      return;
    }
  if (sim_ig_outage (self, &container->node))
    return;
  if (!sim_fields_check (self, self->fields, container_fields, "IGMediaBuilder"))
    return;
  if (strcmp (code, "ERROR") == 0)
    status
        = g_strdup_printf ("Error: Media upload has failed with error code %d", container->error);
  else if (strcmp (code, "FINISHED") == 0)
    status = g_strdup ("Finished: Media has been uploaded and it is ready to be published.");
  else if (strcmp (code, "PUBLISHED") == 0)
    status = g_strdup ("Published: Media has been published.");
  else if (strcmp (code, "EXPIRED") == 0)
    status = g_strdup ("Expired");
  else
    status = g_strdup ("In Progress: Media is still being processed.");
  full = json_object_new ();
  json_object_set_string_member (full, "id", container->node.id);
  if (self->fields != NULL)
    {
      json_object_set_string_member (full, "status_code", code);
      json_object_set_string_member (full, "status", status);
      if (container->is_video)
        json_object_set_object_member (full, "video_status", video_status (container, code));
    }
  sim_reply_object (self, sim_project (full, self->fields));
}

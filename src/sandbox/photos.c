/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "smm-sandbox.h"

#include <stdlib.h>
#include <string.h>

#define PHOTO_LIMIT (10 * 1024 * 1024)
#define SMALLER_WIDTH 320

static const char *const photo_fields[]
    = { "id",           "images",       "page_story_id", "width",           "height",
        "created_time", "updated_time", "name",          "alt_text_custom", "alt_text",
        "link",         "from",         "picture",       "can_delete",      NULL };

static guint
be16 (const guint8 *p)
{
  return p[0] << 8 | p[1];
}

static guint
be32 (const guint8 *p)
{
  return (guint)p[0] << 24 | p[1] << 16 | p[2] << 8 | p[3];
}

static guint
le16 (const guint8 *p)
{
  return p[0] | p[1] << 8;
}

/* Walks the segments up to the frame header and wants image data to follow. */
static gboolean
probe_jpeg (const guint8 *data, gsize size, int *width, int *height)
{
  gsize at = 2;
  gboolean frame = FALSE;

  while (at + 4 <= size)
    {
      guint8 marker;
      guint length;

      if (data[at] != 0xff)
        return FALSE;
      marker = data[at + 1];
      if (marker == 0xff)
        {
          at++;
          continue;
        }
      if (marker == 0x01 || (marker >= 0xd0 && marker <= 0xd7))
        {
          at += 2;
          continue;
        }
      length = be16 (data + at + 2);
      if (length < 2 || at + 2 + length > size)
        return FALSE;
      if (marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc)
        {
          if (length < 8)
            return FALSE;
          *height = be16 (data + at + 5);
          *width = be16 (data + at + 7);
          frame = *width > 0 && *height > 0;
        }
      if (marker == 0xda)
        return frame && at + 2 + length < size;
      at += 2 + length;
    }
  return FALSE;
}

/* jpeg, png, gif, bmp and tiff by their bytes; the declared type is not believed. */
gboolean
sim_image_probe (GBytes *bytes, const char **mime, int *width, int *height)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);

  *width = *height = 0;
  if (size < 32)
    return FALSE;
  if (data[0] == 0xff && data[1] == 0xd8)
    {
      *mime = "image/jpeg";
      return probe_jpeg (data, size, width, height);
    }
  if (memcmp (data, "\x89PNG\r\n\x1a\n", 8) == 0 && memcmp (data + 12, "IHDR", 4) == 0)
    {
      *mime = "image/png";
      *width = be32 (data + 16);
      *height = be32 (data + 20);
      return *width > 0 && *height > 0;
    }
  if (memcmp (data, "GIF87a", 6) == 0 || memcmp (data, "GIF89a", 6) == 0)
    {
      *mime = "image/gif";
      *width = le16 (data + 6);
      *height = le16 (data + 8);
      return *width > 0 && *height > 0;
    }
  if (memcmp (data, "BM", 2) == 0)
    {
      *mime = "image/bmp";
      *width = le16 (data + 18);
      *height = le16 (data + 22);
      return *width > 0 && *height > 0;
    }
  if (memcmp (data, "II*\0", 4) == 0 || memcmp (data, "MM\0*", 4) == 0)
    {
      *mime = "image/tiff";
      return TRUE;
    }
  return FALSE;
}

/* What was never used in a post is deleted after a day. */
gboolean
sim_photo_is_gone (SimPhoto *photo)
{
  return photo->node.gone
         || (!photo->published && photo->post == NULL
             && sim_now () - photo->node.created > SIM_DAY);
}

static const char *
extension_of (SimPhoto *photo)
{
  return strcmp (photo->mime, "image/jpeg") == 0 ? "jpg" : photo->mime + strlen ("image/");
}

/* @width 0: as uploaded. The address is signed and ends, as the platform's do. */
char *
sim_photo_url (SimPhoto *photo, int width)
{
  g_autofree char *stp = width > 0 ? g_strdup_printf ("stp=dst-jpg_w%d&", width) : g_strdup ("");

  return g_strdup_printf ("%s/cdn/%s.%s?%s_nc_cat=1&oh=00_%s&oe=%" G_GINT64_MODIFIER "X",
                          sim_world->base, photo->node.id, extension_of (photo), stp,
                          photo->signature, photo->node.created / G_USEC_PER_SEC + 3 * 24 * 3600);
}

static SimPhoto *
photo_from_path (const char *path, GHashTable *query, int *wanted)
{
  g_autofree char *id = NULL;
  const char *dot = strchr (path, '.');
  const char *oh;
  const char *oe;
  const char *stp;
  SimPhoto *photo;

  if (dot == NULL || query == NULL)
    return NULL;
  id = g_strndup (path, dot - path);
  photo = (SimPhoto *)sim_find (id, SIM_PHOTO);
  if (photo == NULL || strcmp (dot + 1, extension_of (photo)) != 0)
    return NULL;
  oh = g_hash_table_lookup (query, "oh");
  oe = g_hash_table_lookup (query, "oe");
  stp = g_hash_table_lookup (query, "stp");
  if (oh == NULL || oe == NULL || !g_str_has_prefix (oh, "00_")
      || strcmp (oh + 3, photo->signature) != 0
      || g_ascii_strtoll (oe, NULL, 16) < sim_now () / G_USEC_PER_SEC)
    return NULL;
  *wanted = stp != NULL && g_str_has_prefix (stp, "dst-jpg_w") ? atoi (stp + 9) : 0;
  return photo;
}

/* What Instagram's fetcher reaches: only this server's own signed addresses. */
SimPhoto *
sim_photo_from_url (const char *url, int *width, int *height)
{
  g_autoptr (GHashTable) query = NULL;
  g_autoptr (GUri) uri = NULL;
  g_autofree char *prefix = g_strconcat (sim_world->base, "/cdn/", NULL);
  SimPhoto *photo;
  int wanted = 0;

  if (!g_str_has_prefix (url, prefix) || !g_str_is_ascii (url))
    return NULL;
  uri = g_uri_parse (url, G_URI_FLAGS_ENCODED_QUERY, NULL);
  if (uri == NULL)
    return NULL;
  query = soup_form_decode (g_uri_get_query (uri) ? g_uri_get_query (uri) : "");
  photo = photo_from_path (g_uri_get_path (uri) + strlen ("/cdn/"), query, &wanted);
  if (photo == NULL)
    return NULL;
  *width = photo->width;
  *height = photo->height;
  if (wanted > 0 && wanted < photo->width)
    {
      *width = wanted;
      *height = MAX (1, (int)((gint64)photo->height * wanted / photo->width));
    }
  return photo;
}

/* A picture of no Page: fetched, or a cover. NULL when @bytes are no picture. */
SimPhoto *
sim_photo_keep (GBytes *bytes)
{
  const char *mime = NULL;
  int width = 0;
  int height = 0;
  SimPhoto *photo;

  if (!sim_image_probe (bytes, &mime, &width, &height))
    return NULL;
  photo = g_new0 (SimPhoto, 1);
  photo->bytes = g_bytes_ref (bytes);
  photo->mime = mime;
  photo->width = width;
  photo->height = height;
  photo->published = TRUE;
  photo->signature = sim_random_text (22);
  sim_add_node (&photo->node, SIM_PHOTO, sim_new_id ("1221", 14));
  return photo;
}

static JsonObject *
image_object (SimPhoto *photo, int width)
{
  JsonObject *object = json_object_new ();
  g_autofree char *url = sim_photo_url (photo, width);

  json_object_set_int_member (
      object, "height", width > 0 ? (gint64)photo->height * width / photo->width : photo->height);
  json_object_set_string_member (object, "source", url);
  json_object_set_int_member (object, "width", width > 0 ? width : photo->width);
  return object;
}

static JsonObject *
render_photo (SimPhoto *photo, GPtrArray *fields)
{
  JsonObject *full = json_object_new ();
  JsonArray *images = json_array_new ();
  g_autofree char *time = sim_time_text (photo->node.created);

  json_object_set_string_member (full, "id", photo->node.id);
  json_object_set_string_member (full, "created_time", time);
  if (photo->caption != NULL)
    json_object_set_string_member (full, "name", photo->caption);
  json_array_add_object_element (images, image_object (photo, 0));
  if (photo->width > SMALLER_WIDTH)
    json_array_add_object_element (images, image_object (photo, SMALLER_WIDTH));
  if (fields == NULL)
    {
      json_array_unref (images);
      return full;
    }
  json_object_set_array_member (full, "images", images);
  json_object_set_int_member (full, "width", photo->width);
  json_object_set_int_member (full, "height", photo->height);
  if (photo->alt != NULL)
    json_object_set_string_member (full, "alt_text_custom", photo->alt);
  if (photo->post != NULL)
    json_object_set_string_member (full, "page_story_id", photo->post->node.id);
  return sim_project (full, fields);
}

static void
fail_image (SimRequest *self, const char *message, const char *why)
{
  sim_fail_full (self, 400, 324, 2069019, message, "Invalid file", why);
}

void
sim_photo_create (SimRequest *self, SimPage *page)
{
  gboolean published;
  gboolean temporary;
  const char *mime = NULL;
  int width = 0;
  int height = 0;
  SimFile *file;
  SimPhoto *photo;

  if (!sim_require_page_write (self, page, "pages_manage_posts", "CREATE_CONTENT")
      || !sim_get_boolean (self, "published", TRUE, &published)
      || !sim_get_boolean (self, "temporary", FALSE, &temporary)
      || !sim_fields_check (self, self->fields, photo_fields, "Photo"))
    return;
  if (self->files->len == 0)
    {
      fail_image (self, "(#324) Requires upload file",
                  sim_get (self, "url") ? "The image at this address could not be fetched."
                                        : "Your photo could not be read.");
      return;
    }
  file = g_ptr_array_index (self->files, 0);
  if (self->files->len > 1)
    {
      sim_fail (self, 100, 0, "(#100) Only one file can be uploaded at a time");
      return;
    }
  if (g_bytes_get_size (file->bytes) > PHOTO_LIMIT)
    {
      fail_image (self, "(#324) Missing or invalid image file",
                  "The photo must be smaller than 10 MB.");
      return;
    }
  if (!sim_image_probe (file->bytes, &mime, &width, &height))
    {
      fail_image (self, "(#324) Missing or invalid image file",
                  "Photos should be saved as JPEG, PNG, GIF, BMP or TIFF.");
      return;
    }
  photo = g_new0 (SimPhoto, 1);
  photo->page = page;
  photo->bytes = g_bytes_ref (file->bytes);
  photo->mime = mime;
  photo->width = width;
  photo->height = height;
  photo->caption = g_strdup (sim_get (self, "caption"));
  photo->alt = g_strdup (sim_get (self, "alt_text_custom"));
  photo->published = published;
  photo->temporary = temporary;
  photo->signature = sim_random_text (22);
  sim_add_node (&photo->node, SIM_PHOTO, sim_new_id ("1221", 14));
  sim_effect ("photos");
  if (published)
    {
      SimPost *post = sim_post_new (page, photo->caption, NULL);
      post->photos = g_ptr_array_new ();
      g_ptr_array_add (post->photos, photo);
      photo->post = post;
      g_ptr_array_add (page->posts, post);
      sim_effect ("feed");
    }
  if (self->fields != NULL)
    sim_reply_object (self, render_photo (photo, self->fields));
  else if (photo->post != NULL)
    sim_reply_text (self, 200, "application/json; charset=UTF-8",
                    g_strdup_printf ("{\"id\":\"%s\",\"post_id\":\"%s\"}", photo->node.id,
                                     photo->post->node.id));
  else
    sim_reply_text (self, 200, "application/json; charset=UTF-8",
                    g_strdup_printf ("{\"id\":\"%s\"}", photo->node.id));
}

void
sim_photo (SimRequest *self, SimPhoto *photo)
{
  if (sim_is (self, "GET"))
    {
      if (!sim_require_page_read (self, photo->page, "pages_read_engagement")
          || !sim_fields_check (self, self->fields, photo_fields, "Photo"))
        return;
      sim_reply_object (self, render_photo (photo, self->fields));
    }
  else if (sim_is (self, "DELETE"))
    {
      if (!sim_require_page_write (self, photo->page, "pages_manage_posts", "CREATE_CONTENT"))
        return;
      photo->node.gone = TRUE;
      sim_effect ("photo_deleted");
      sim_reply_success (self);
    }
  else
    sim_fail_missing (self, photo->node.id);
}

void
sim_photo_story_create (SimRequest *self, SimPage *page)
{
  SimPhoto *photo;
  SimPost *post;

  if (!sim_require_page_write (self, page, "pages_manage_posts", "CREATE_CONTENT"))
    return;
  photo = (SimPhoto *)sim_find (sim_get (self, "photo_id"), SIM_PHOTO);
  if (photo == NULL || photo->page != page)
    {
      sim_fail_parameter (self, "photo_id");
      return;
    }
  if (photo->published || photo->post != NULL)
    {
      sim_fail_full (self, 400, 100, 1366051, "Invalid parameter", "Already Posted",
                     "These photos were already posted.");
      return;
    }
  post = sim_post_new (page, NULL, NULL);
  post->story = TRUE;
  post->photos = g_ptr_array_new ();
  g_ptr_array_add (post->photos, photo);
  photo->post = post;
  g_ptr_array_add (page->stories, post);
  sim_effect ("photo_stories");
  sim_reply_text (
      self, 200, "application/json; charset=UTF-8",
      g_strdup_printf ("{\"success\":true,\"post_id\":\"%s\"}", strchr (post->node.id, '_') + 1));
}

static void
reply_film (SimRequest *self)
{
  g_autofree char *id = g_strndup (self->segments[1], strlen (self->segments[1]) - 4);
  SimNode *node = sim_find_any (id);
  SimUpload *upload = node != NULL ? sim_upload_of (node) : NULL;
  const char *oh = sim_get (self, "oh");

  if (upload == NULL || upload->signature == NULL || oh == NULL || !g_str_has_prefix (oh, "00_")
      || strcmp (oh + 3, upload->signature) != 0 || !sim_upload_is_complete (upload))
    {
      sim_reply_text (self, 403, "text/plain", g_strdup ("URL signature mismatch"));
      return;
    }
  self->status = 200;
  self->type = g_strdup ("video/mp4");
  self->body = g_bytes_new (upload->data->data, upload->data->len);
}

/* /cdn/ID.jpg?oh=…: no token, as on the platform, but a signature and an end. */
void
sim_cdn (SimRequest *self)
{
  int wanted = 0;
  SimPhoto *photo = NULL;

  if (self->n_segments == 2 && g_str_has_prefix (self->segments[1], "face-"))
    {
      sim_face (self);
      return;
    }
  if (self->n_segments == 2 && g_str_has_suffix (self->segments[1], ".mp4"))
    {
      reply_film (self);
      return;
    }
  if (self->n_segments == 2 && (sim_is (self, "GET") || sim_is (self, "HEAD")))
    photo = photo_from_path (self->segments[1], self->parameters, &wanted);
  if (photo == NULL)
    {
      sim_reply_text (self, 403, "text/plain", g_strdup ("URL signature mismatch"));
      return;
    }
  self->status = 200;
  self->type = g_strdup (photo->mime);
  self->body = g_bytes_ref (photo->bytes);
}

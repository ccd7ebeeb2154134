/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "smm-sandbox.h"

#include <string.h>

/*
 * The host rupload (3.6, 4.3): raw bytes of a film, from an offset on. What has arrived stays, also
 * when the connection breaks off in the middle of a body; the next request goes on behind it.
 */

#define FILM_LIMIT (1024 * 1024 * 1024)
#define REEL_LIMIT (300 * 1000 * 1000)
#define STORY_LIMIT (100 * 1000 * 1000)

void
sim_upload_clear (SimUpload *self)
{
  g_clear_pointer (&self->data, g_byte_array_unref);
  g_clear_pointer (&self->signature, g_free);
}

void
sim_upload_take (SimUpload *self, const guint8 *data, gsize size)
{
  if (self->data == NULL)
    self->data = g_byte_array_new ();
  if (size > 0)
    g_byte_array_append (self->data, data, size);
  if (self->signature == NULL)
    self->signature = sim_random_text (22);
  sim_world->dirty = TRUE;
}

gsize
sim_upload_length (const SimUpload *self)
{
  return self->data != NULL ? self->data->len : 0;
}

gboolean
sim_upload_is_complete (const SimUpload *self)
{
  return self->size > 0 && sim_upload_length (self) == self->size;
}

/* NULL when @node has no film. */
SimUpload *
sim_upload_of (SimNode *node)
{
  if (node->kind == SIM_VIDEO)
    return &((SimVideo *)node)->upload;
  if (node->kind == SIM_CONTAINER && ((SimContainer *)node)->is_video)
    return &((SimContainer *)node)->upload;
  return NULL;
}

/* Signed and with an end, as the addresses of pictures. */
char *
sim_film_url (SimNode *node)
{
  SimUpload *upload = sim_upload_of (node);

  return g_strdup_printf ("%s/cdn/%s.mp4?_nc_cat=1&oh=00_%s&oe=%" G_GINT64_MODIFIER "X",
                          sim_world->base, node->id,
                          upload->signature != NULL ? upload->signature : "",
                          node->created / G_USEC_PER_SEC + 3 * 24 * 3600);
}

static void
fail_upload (SimRequest *self, guint status, const char *type, const char *message)
{
  JsonObject *root = json_object_new ();
  JsonObject *info = json_object_new ();

  json_object_set_boolean_member (info, "retriable", strcmp (type, "ProcessingFailedError") != 0);
  json_object_set_string_member (info, "type", type);
  json_object_set_string_member (info, "message", message);
  json_object_set_object_member (root, "debug_info", info);
  sim_reply_object (self, root);
  self->status = status;
}

/* What no second try mends. */
static void
refuse (SimRequest *self, guint status, const char *message)
{
  fail_upload (self, status, "ProcessingFailedError", message);
}

static void
refuse_token (SimRequest *self)
{
  refuse (self, 401, "{\"success\":false,\"error\":{\"message\":\"unauthorized user request\"}}");
}

/* The film the path speaks of: /video-upload/v26.0/VIDEO or /ig-api-upload/v26.0/CONTAINER */
static SimNode *
find_target (SimRequest *self)
{
  SimNode *node;

  if (self->n_segments != 3 || strcmp (self->segments[1], SIM_VERSION) != 0)
    return NULL;
  if (strcmp (self->segments[0], "video-upload") == 0)
    {
      node = sim_find (self->segments[2], SIM_VIDEO);
      /* The classic protocol has its own way in. */
      return node != NULL && ((SimVideo *)node)->use != SIM_VIDEO_POST ? node : NULL;
    }
  if (strcmp (self->segments[0], "ig-api-upload") != 0)
    return NULL;
  node = sim_find (self->segments[2], SIM_CONTAINER);
  return node != NULL && ((SimContainer *)node)->resumable ? node : NULL;
}

static gboolean
token_fits (SimRequest *self, SimNode *node)
{
  const char *authorization = soup_message_headers_get_one (
      soup_server_message_get_request_headers (self->message), "Authorization");
  SimIg *ig;

  if (authorization == NULL || !g_str_has_prefix (authorization, "OAuth ") || self->token == NULL)
    return FALSE;
  if (node->kind == SIM_VIDEO)
    return self->token->page == ((SimVideo *)node)->page;
  ig = ((SimContainer *)node)->ig;
  return self->token->page == NULL || self->token->page == ig->page;
}

static gboolean
is_open (SimNode *node)
{
  if (node->kind == SIM_VIDEO)
    return ((SimVideo *)node)->state == NULL && !sim_video_is_expired ((SimVideo *)node);
  return strcmp (sim_container_status ((SimContainer *)node), "IN_PROGRESS") == 0;
}

static guint64
size_limit (SimNode *node)
{
  if (node->kind == SIM_VIDEO)
    return FILM_LIMIT;
  return strcmp (((SimContainer *)node)->media_type, "STORIES") == 0 ? STORY_LIMIT : REEL_LIMIT;
}

/* FALSE and an error answer when the headers do not fit what is there. */
static gboolean
check_headers (SimRequest *self, SimNode *node, SimUpload *upload, guint64 *size)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (self->message);
  const char *offset_text = soup_message_headers_get_one (headers, "offset");
  const char *size_text = soup_message_headers_get_one (headers, "file_size");
  guint64 offset;

  if (soup_message_headers_get_one (headers, "file_url") != NULL)
    refuse (self, 400, "The file could not be fetched");
  else if (soup_message_headers_get_encoding (headers) == SOUP_ENCODING_CHUNKED)
    refuse (self, 400, "Content-Length is required");
  else if (offset_text == NULL || size_text == NULL
           || !g_ascii_string_to_unsigned (offset_text, 10, 0, G_MAXINT64, &offset, NULL)
           || !g_ascii_string_to_unsigned (size_text, 10, 1, G_MAXINT64, size, NULL))
    refuse (self, 400, "offset and file_size are required");
  else if (*size > size_limit (node))
    refuse (self, 400, "The file is too large");
  else if (upload->size != 0 && upload->size != *size)
    refuse (self, 400, "file_size differs from the first one");
  else if (offset != sim_upload_length (upload) || sim_upload_is_complete (upload))
    fail_upload (self, 400, "OffsetInvalidError", "Request starting offset is invalid");
  else
    return TRUE;
  return FALSE;
}

static void
complete (SimRequest *self, SimNode *node)
{
  if (node->kind == SIM_VIDEO)
    {
      sim_video_uploaded ((SimVideo *)node);
      sim_effect ("video_upload");
      sim_reply_success (self);
      return;
    }
  sim_ig_uploaded ((SimContainer *)node);
  sim_effect ("ig_upload");
  sim_reply_text (self, 200, "application/json; charset=UTF-8",
                  g_strdup ("{\"success\":true,\"message\":\"Upload successful. Your video is "
                            "being processed.\"}"));
}

/* Takes at most @keep bytes of the body. */
static void
receive (SimRequest *self, gsize keep)
{
  SimNode *node = find_target (self);
  SimUpload *upload = node != NULL ? sim_upload_of (node) : NULL;
  g_autoptr (GBytes) body = NULL;
  guint64 size = 0;
  gsize length;

  if (!sim_is (self, "POST") || node == NULL)
    {
      refuse (self, 404, "No such upload");
      return;
    }
  if (!token_fits (self, node))
    {
      refuse_token (self);
      return;
    }
  if (!is_open (node))
    {
      refuse (self, 400, "The upload is over");
      return;
    }
  if (!check_headers (self, node, upload, &size))
    return;
  body = soup_message_body_flatten (soup_server_message_get_request_body (self->message));
  length = MIN (keep, g_bytes_get_size (body));
  if (sim_upload_length (upload) + length > size)
    {
      refuse (self, 400, "More bytes than file_size");
      return;
    }
  upload->size = size;
  sim_upload_take (upload, g_bytes_get_data (body, NULL), length);
  if (sim_upload_is_complete (upload))
    complete (self, node);
  else
    fail_upload (self, 400, "PartialRequestError", "More data is needed");
}

/* Every request to the host. */
void
sim_upload (SimRequest *self)
{
  if (!sim_authenticate (self))
    refuse_token (self);
  else
    receive (self, G_MAXSIZE);
}

/* As if the connection had broken after @bytes of the body; the answer is nobody's. */
void
sim_upload_cut (SimRequest *self, gsize bytes)
{
  if (g_strcmp0 (self->host, "rupload") != 0 || !sim_authenticate (self))
    return;
  receive (self, bytes);
  if (sim_world->dirty)
    sim_state_save ();
  sim_world->dirty = FALSE;
}

static void
on_read (SoupServer *server, SoupServerMessage *message, gpointer data)
{
  g_object_set_data (G_OBJECT (message), "sim-read", (gpointer) "");
}

static void
on_aborted (SoupServer *server, SoupServerMessage *message, gpointer data)
{
  g_autoptr (SimRequest) self = NULL;
  GUri *uri = soup_server_message_get_uri (message);

  /* Whole requests have had their handler; this one never will. */
  if (g_object_get_data (G_OBJECT (message), "sim-read") != NULL || uri == NULL
      || !g_str_has_prefix (g_uri_get_path (uri), "/rupload/"))
    return;
  self = sim_request_new (message, g_uri_get_path (uri), NULL);
  sim_upload_cut (self, G_MAXSIZE);
}

/* Keeps what arrived of a body that broke off. */
void
sim_upload_watch (SoupServer *server)
{
  g_signal_connect (server, "request-read", G_CALLBACK (on_read), NULL);
  g_signal_connect (server, "request-aborted", G_CALLBACK (on_aborted), NULL);
}

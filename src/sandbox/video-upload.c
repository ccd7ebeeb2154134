/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "smm-sandbox.h"

#include <string.h>

/* POST /{page}/videos on graph-video: a small file at once, or start, transfer, finish (3.5). */

#define MONTHS_6 (183 * 24 * 60 * 60)
#define FILM_LIMIT (1024 * 1024 * 1024)
#define CHUNK (1024 * 1024)
#define SMALLEST 64
#define TITLE_LIMIT 255

static SimFile *
find_file (SimRequest *self, const char *name)
{
  for (guint i = 0; i < self->files->len; i++)
    {
      SimFile *file = g_ptr_array_index (self->files, i);
      if (strcmp (file->name, name) == 0)
        return file;
    }
  return NULL;
}

/* What is wanted of the video: at once, at a time, or not in public. */
static gboolean
read_state (SimRequest *self, const char **state, gint64 *scheduled)
{
  gboolean published;

  if (!sim_get_boolean (self, "published", TRUE, &published)
      || !sim_read_schedule (self, published, MONTHS_6, scheduled))
    return FALSE;
  *state = published ? "PUBLISHED" : *scheduled != 0 ? "SCHEDULED" : "DRAFT";
  return TRUE;
}

static gboolean
check_words (SimRequest *self)
{
  const char *title = sim_get (self, "title");
  const char *description = sim_get (self, "description");

  if (title != NULL
      && (!g_utf8_validate (title, -1, NULL) || g_utf8_strlen (title, -1) > TITLE_LIMIT))
    sim_fail_parameter (self, "title");
  else if (description != NULL && !g_utf8_validate (description, -1, NULL))
    sim_fail_parameter (self, "description");
  else
    return TRUE;
  return FALSE;
}

/* FALSE and an error answer when there is a thumb and it is no picture. */
static gboolean
take_thumb (SimRequest *self, SimPhoto **thumb)
{
  SimFile *file = find_file (self, "thumb");

  *thumb = NULL;
  if (file == NULL)
    return TRUE;
  *thumb = sim_photo_keep (file->bytes);
  if (*thumb == NULL)
    sim_fail_parameter (self, "thumb");
  return *thumb != NULL;
}

static void
finish_video (SimRequest *self, SimVideo *video, const char *state, gint64 scheduled,
              SimPhoto *thumb)
{
  video->title = g_strdup (sim_get (self, "title"));
  video->description = g_strdup (sim_get (self, "description"));
  video->thumb = thumb;
  sim_video_finish (video, state, scheduled);
  sim_effect ("videos");
}

static void
create_simple (SimRequest *self, SimPage *page)
{
  SimFile *file = find_file (self, "source");
  const char *state;
  gint64 scheduled;
  gsize size;
  const guint8 *data;
  SimVideo *video;
  SimPhoto *thumb;
  SimMp4 mp4;

  if (sim_get (self, "file_url") != NULL)
    {
      sim_fail (self, 389, 1363057, "(#389) Unable to fetch video file from URL.");
      return;
    }
  if (file == NULL)
    {
      sim_fail (self, 100, 0, "(#100) No video file was sent: source is required");
      return;
    }
  data = g_bytes_get_data (file->bytes, &size);
  if (size < SMALLEST)
    {
      sim_fail (self, 382, 0, "(#382) The video file you tried to upload is too small.");
      return;
    }
  sim_mp4_read (data, size, &mp4);
  if (!mp4.mp4)
    {
      sim_fail (self, 6000, 0,
                "(#6000) There was a problem uploading your video file. Please try again with "
                "another file.");
      return;
    }
  if (!read_state (self, &state, &scheduled) || !check_words (self) || !take_thumb (self, &thumb))
    return;
  video = sim_video_new (page, SIM_VIDEO_POST);
  video->upload.size = size;
  sim_upload_take (&video->upload, data, size);
  sim_video_uploaded (video);
  finish_video (self, video, state, scheduled, thumb);
  sim_reply_text (self, 200, "application/json; charset=UTF-8",
                  g_strdup_printf ("{\"id\":\"%s\"}", video->node.id));
}

static guint64
chunk_end (SimVideo *video)
{
  guint64 chunk = sim_world->settings.video_chunk_bytes > 0
                      ? (guint64)sim_world->settings.video_chunk_bytes
                      : CHUNK;

  return MIN (video->upload.size, sim_upload_length (&video->upload) + chunk);
}

static void
start (SimRequest *self, SimPage *page)
{
  const char *text = sim_get (self, "file_size");
  guint64 size;
  SimVideo *video;

  if (text == NULL || !g_ascii_string_to_unsigned (text, 10, 1, FILM_LIMIT, &size, NULL))
    {
      sim_fail_parameter (self, "file_size");
      return;
    }
  if (size < SMALLEST)
    {
      sim_fail (self, 382, 0, "(#382) The video file you tried to upload is too small.");
      return;
    }
  video = sim_video_new (page, SIM_VIDEO_POST);
  video->upload.size = size;
  video->session = sim_new_id ("1199", 12);
  sim_effect ("video_start");
  sim_reply_text (
      self, 200, "application/json; charset=UTF-8",
      g_strdup_printf (
          "{\"video_id\":\"%s\",\"start_offset\":\"0\",\"end_offset\":\"%" G_GUINT64_FORMAT
          "\",\"upload_session_id\":\"%s\"}",
          video->node.id, chunk_end (video), video->session));
}

/* The answer to a chunk at the wrong place, or to an end before the last byte. */
void
sim_fail_incomplete (SimRequest *self, SimVideo *video, guint64 end)
{
  g_autofree char *trace = sim_random_text (23);

  sim_reply_text (
      self, 400, "application/json; charset=UTF-8",
      g_strdup_printf ("{\"error\":{\"message\":\"There was a problem uploading your video. Please "
                       "try uploading it again.\",\"type\":\"OAuthException\",\"code\":6001,"
                       "\"error_data\":{\"start_offset\":%" G_GSIZE_FORMAT
                       ",\"end_offset\":%" G_GUINT64_FORMAT
                       "},\"error_subcode\":1363037,\"is_transient\":false,\"error_user_title\":"
                       "\"Video Upload Is Missing Data\",\"error_user_msg\":\"Some of the video "
                       "data did not arrive.\",\"fbtrace_id\":\"%s\"}}",
                       sim_upload_length (&video->upload), end, trace));
}

static SimVideo *
find_session (SimRequest *self, SimPage *page)
{
  const char *session = sim_get (self, "upload_session_id");

  for (guint i = page->videos->len; session != NULL && i > 0; i--)
    {
      SimVideo *video = g_ptr_array_index (page->videos, i - 1);
      if (g_strcmp0 (video->session, session) == 0 && !video->node.gone && video->state == NULL
          && !sim_video_is_expired (video))
        return video;
    }
  sim_fail_parameter (self, "upload_session_id");
  return NULL;
}

static void
transfer (SimRequest *self, SimPage *page)
{
  SimVideo *video = find_session (self, page);
  SimFile *file = find_file (self, "video_file_chunk");
  const char *text = sim_get (self, "start_offset");
  guint64 offset;
  guint64 end;
  gsize size;
  const guint8 *data;

  if (video == NULL)
    return;
  if (file == NULL || g_bytes_get_size (file->bytes) == 0)
    {
      sim_fail_parameter (self, "video_file_chunk");
      return;
    }
  if (text == NULL || !g_ascii_string_to_unsigned (text, 10, 0, FILM_LIMIT, &offset, NULL))
    {
      sim_fail_parameter (self, "start_offset");
      return;
    }
  data = g_bytes_get_data (file->bytes, &size);
  end = chunk_end (video);
  if (offset != sim_upload_length (&video->upload) || offset + size > end)
    {
      sim_fail_incomplete (self, video, end);
      return;
    }
  sim_upload_take (&video->upload, data, size);
  sim_effect ("video_chunk");
  if (sim_upload_is_complete (&video->upload))
    sim_video_uploaded (video);
  sim_reply_text (self, 200, "application/json; charset=UTF-8",
                  g_strdup_printf ("{\"start_offset\":\"%" G_GSIZE_FORMAT
                                   "\",\"end_offset\":\"%" G_GUINT64_FORMAT "\"}",
                                   sim_upload_length (&video->upload), chunk_end (video)));
}

static void
finish (SimRequest *self, SimPage *page)
{
  SimVideo *video = find_session (self, page);
  const char *state;
  gint64 scheduled;
  SimPhoto *thumb;

  if (video == NULL)
    return;
  if (!sim_upload_is_complete (&video->upload))
    {
      sim_fail_incomplete (self, video, chunk_end (video));
      return;
    }
  if (!read_state (self, &state, &scheduled) || !check_words (self) || !take_thumb (self, &thumb))
    return;
  finish_video (self, video, state, scheduled, thumb);
  sim_reply_success (self);
}

static void
cancel (SimRequest *self, SimPage *page)
{
  SimVideo *video = find_session (self, page);

  if (video == NULL)
    return;
  video->node.gone = TRUE;
  sim_effect ("video_cancelled");
  sim_reply_success (self);
}

void
sim_video_create (SimRequest *self, SimPage *page)
{
  const char *phase = sim_get (self, "upload_phase");

  if (!sim_require_page_write (self, page, "pages_manage_posts", "CREATE_CONTENT"))
    return;
  if (phase == NULL)
    create_simple (self, page);
  else if (sim_get (self, "file_url") != NULL)
    sim_fail_parameter (self, "file_url");
  else if (strcmp (phase, "start") == 0)
    start (self, page);
  else if (strcmp (phase, "transfer") == 0)
    transfer (self, page);
  else if (strcmp (phase, "finish") == 0)
    finish (self, page);
  else if (strcmp (phase, "cancel") == 0)
    cancel (self, page);
  else
    sim_fail_parameter (self, "upload_phase");
}

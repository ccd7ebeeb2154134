/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tiktok.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define URL_LIFE (60 * 60 * (gint64)G_USEC_PER_SEC)
#define HASH_STEP (1024 * 1024)

/* Where chunks wait until the file is complete: beside the state file, so that kill -9 loses none.
 */
static char *
spool_path (SimTiktokPublish *publish)
{
  if (sim_world->options->state_file == NULL || publish->upload_id == NULL)
    return NULL;
  return g_strdup_printf ("%s.media/tiktok-%s", sim_world->options->state_file, publish->upload_id);
}

static gboolean
open_spool (SimTiktokPublish *publish)
{
  g_autofree char *path = spool_path (publish);
  g_autofree char *temporary = NULL;

  if (publish->spool >= 0)
    return TRUE;
  if (path != NULL)
    {
      g_autofree char *folder = g_path_get_dirname (path);
      g_mkdir_with_parents (folder, 0700);
      publish->spool = g_open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    }
  else
    {
      publish->spool = g_file_open_tmp ("smm-sandbox-XXXXXX", &temporary, NULL);
      if (publish->spool >= 0)
        g_unlink (temporary);
    }
  return publish->spool >= 0;
}

/* Forgets the chunks, unless the upload goes on after a restart. */
void
sim_tiktok_close_spool (SimTiktokPublish *publish)
{
  gboolean goes_on = publish->status == SIM_TIKTOK_UPLOADING && publish->ready_at == 0;
  g_autofree char *path = goes_on ? NULL : spool_path (publish);

  if (publish->spool >= 0)
    close (publish->spool);
  publish->spool = -1;
  if (path != NULL)
    g_unlink (path);
}

static gboolean
write_chunk (SimTiktokPublish *publish, GBytes *bytes)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  gsize done = 0;

  if (!open_spool (publish))
    return FALSE;
  while (done < size)
    {
      gssize written
          = pwrite (publish->spool, data + done, size - done, publish->received + (gint64)done);
      if (written < 0 && errno == EINTR)
        continue;
      if (written <= 0)
        return FALSE;
      done += written;
    }
  return TRUE;
}

static char *
hash_spool (SimTiktokPublish *publish)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree guchar *buffer = g_malloc (HASH_STEP);
  gint64 at = 0;
  gssize got;

  while ((got = pread (publish->spool, buffer, HASH_STEP, at)) > 0)
    {
      g_checksum_update (checksum, buffer, got);
      at += got;
    }
  return g_strdup (g_checksum_get_string (checksum));
}

/* The last chunk is here: the file is judged now, the verdict is told after the processing time. */
static void
complete (SimTiktokPublish *publish)
{
  SimTiktokSettings *settings = &sim_tiktok->settings;
  SimTiktokVideo *video = publish->video;
  int ms
      = settings->processing_ms >= 0 ? settings->processing_ms : sim_world->settings.processing_ms;
  const char *reason = sim_tiktok_probe (publish->spool, video);

  video->sha256 = hash_spool (publish);
  if (reason == NULL && video->duration_ms > settings->max_duration_s * (gint64)1000)
    reason = "duration_check_failed";
  if (settings->next_fail[0] != '\0')
    publish->fail_reason = g_strdup (settings->next_fail);
  else
    publish->fail_reason = g_strdup (reason);
  settings->next_fail[0] = '\0';
  publish->ready_at = sim_now () + MAX (ms, 0) * (gint64)1000;
  sim_tiktok_close_spool (publish);
  g_ptr_array_add (sim_tiktok->processing, publish);
}

static void
reply_status (SimRequest *self, guint status)
{
  sim_reply_text (self, status, "text/plain", g_strdup (""));
}

/* The header tells how far the file is; nothing is there to tell before the first chunk. */
static void
reply_range (SimRequest *self, guint status, SimTiktokPublish *publish)
{
  g_autofree char *range
      = publish->received > 0 ? g_strdup_printf ("bytes 0-%" G_GINT64_FORMAT "/%" G_GINT64_FORMAT,
                                                 publish->received - 1, publish->video->size)
                              : g_strdup_printf ("bytes */%" G_GINT64_FORMAT, publish->video->size);

  soup_message_headers_replace (soup_server_message_get_response_headers (self->message),
                                "Content-Range", range);
  reply_status (self, status);
}

/* “bytes FIRST-LAST/TOTAL”, digits only. */
static gboolean
parse_range (const char *text, gint64 *first, gint64 *last, gint64 *total)
{
  g_autoptr (GRegex) form = g_regex_new ("^bytes ([0-9]{1,15})-([0-9]{1,15})/([0-9]{1,15})$",
                                         G_REGEX_DOLLAR_ENDONLY, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  gint64 *values[] = { first, last, total };

  if (text == NULL || !g_regex_match (form, text, 0, &match))
    return FALSE;
  for (int i = 0; i < 3; i++)
    {
      g_autofree char *digits = g_match_info_fetch (match, i + 1);
      *values[i] = g_ascii_strtoll (digits, NULL, 10);
    }
  return TRUE;
}

static gboolean
check_headers (SimRequest *self, gint64 length)
{
  static const char *const types[] = { "video/mp4", "video/quicktime", "video/webm", NULL };
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (self->message);
  const char *type = soup_message_headers_get_content_type (headers, NULL);

  /* The token in the address is the credential; the access token has no business here. */
  return type != NULL && g_strv_contains (types, type)
         && soup_message_headers_get_encoding (headers) == SOUP_ENCODING_CONTENT_LENGTH
         && soup_message_headers_get_content_length (headers) == length
         && soup_message_headers_get_one (headers, "Authorization") == NULL;
}

static SimTiktokPublish *
find_upload (SimRequest *self)
{
  const char *id = sim_get (self, "upload_id");
  const char *token = sim_get (self, "upload_token");
  SimTiktokPublish *publish = id != NULL ? g_hash_table_lookup (sim_tiktok->upload_ids, id) : NULL;

  if (publish == NULL || g_strcmp0 (token, publish->upload_token) != 0
      || (publish->status == SIM_TIKTOK_FAILED && publish->ready_at == 0))
    return NULL;
  return publish;
}

/* Chunks in their order, each of the size that was planned; the last takes the remainder (6.5). */
void
sim_tiktok_upload (SimRequest *self)
{
  g_autoptr (GBytes) body
      = soup_message_body_flatten (soup_server_message_get_request_body (self->message));
  gint64 length = g_bytes_get_size (body);
  SimTiktokPublish *publish = find_upload (self);
  gint64 first;
  gint64 last;
  gint64 total;
  gint64 end;

  if (publish == NULL)
    {
      reply_status (self, 404);
      return;
    }
  if (sim_now () - publish->made >= URL_LIFE)
    {
      reply_status (self, 403);
      return;
    }
  if (!check_headers (self, length)
      || !parse_range (
          soup_message_headers_get_one (soup_server_message_get_request_headers (self->message),
                                        "Content-Range"),
          &first, &last, &total)
      || total != publish->video->size || last >= total || last - first + 1 != length)
    {
      reply_status (self, 400);
      return;
    }
  if (first != publish->received)
    {
      reply_range (self, 416, publish);
      return;
    }
  end = first / publish->chunk_size + 1 >= publish->chunk_count ? total
                                                                : first + publish->chunk_size;
  if (last + 1 != end)
    {
      reply_status (self, 400);
      return;
    }
  if (!write_chunk (publish, body))
    {
      reply_status (self, 500);
      return;
    }
  publish->received = end;
  sim_effect ("tiktok_chunk");
  if (end == total)
    complete (publish);
  reply_range (self, end == total ? 201 : 206, publish);
}

/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "smm-sandbox.h"

#include <string.h>
#include <sys/socket.h>

#define CHUNK 65536

/* Messages whose answer never comes */
static GPtrArray *hanging;

typedef struct
{
  SoupServerMessage *message;
  GIOStream *stream;
  gboolean reset;
  GBytes *bytes;
  gsize sent;
  gsize total; /* bytes are repeated up to here */
  guint interval_ms;
} Raw;

static void
raw_free (Raw *raw)
{
  if (raw->stream != NULL)
    g_io_stream_close (raw->stream, NULL, NULL);
  g_clear_object (&raw->stream);
  g_clear_object (&raw->message);
  g_clear_pointer (&raw->bytes, g_bytes_unref);
  g_free (raw);
}

/* The connection is taken from the server in a turn of its own, not inside its handler. */
static gboolean
take (Raw *raw)
{
  GSocket *socket = soup_server_message_get_socket (raw->message);

  if (socket != NULL && raw->reset)
    {
      struct linger linger = { .l_onoff = 1, .l_linger = 0 };
      setsockopt (g_socket_get_fd (socket), SOL_SOCKET, SO_LINGER, &linger, sizeof linger);
    }
  if (socket == NULL || g_socket_is_closed (socket))
    return FALSE;
  raw->stream = soup_server_message_steal_connection (raw->message);
  return raw->stream != NULL;
}

static gboolean
on_close (gpointer data)
{
  Raw *raw = data;

  take (raw);
  raw_free (raw);
  return G_SOURCE_REMOVE;
}

void
sim_raw_close (SoupServerMessage *message, gboolean reset)
{
  Raw *raw = g_new0 (Raw, 1);

  raw->message = g_object_ref (message);
  raw->reset = reset;
  soup_server_message_pause (message);
  g_idle_add_full (G_PRIORITY_DEFAULT, on_close, raw, NULL);
}

void
sim_raw_hang (SoupServerMessage *message)
{
  if (hanging == NULL)
    hanging = g_ptr_array_new_with_free_func (g_object_unref);
  soup_server_message_pause (message);
  g_ptr_array_add (hanging, g_object_ref (message));
}

void
sim_raw_drop_hanging (void)
{
  g_autoptr (GPtrArray) dropped = g_steal_pointer (&hanging);

  for (guint i = 0; dropped != NULL && i < dropped->len; i++)
    sim_raw_close (g_ptr_array_index (dropped, i), FALSE);
}

static void write_more (Raw *raw);

static gboolean
on_interval (gpointer data)
{
  write_more (data);
  return G_SOURCE_REMOVE;
}

static void
on_written (GObject *source, GAsyncResult *result, gpointer data)
{
  Raw *raw = data;
  gssize written = g_output_stream_write_finish (G_OUTPUT_STREAM (source), result, NULL);

  if (written > 0)
    raw->sent += written;
  if (written <= 0 || raw->sent >= raw->total)
    raw_free (raw);
  else if (raw->interval_ms > 0)
    g_timeout_add (raw->interval_ms, on_interval, raw);
  else
    write_more (raw);
}

static void
write_more (Raw *raw)
{
  gsize size;
  const char *data = g_bytes_get_data (raw->bytes, &size);
  gsize at = raw->sent < size ? raw->sent : size - CHUNK + (raw->sent - size) % CHUNK;
  gsize length = MIN (size - at, raw->total - raw->sent);

  if (raw->interval_ms > 0)
    length = 1;
  g_output_stream_write_async (g_io_stream_get_output_stream (raw->stream), data + at,
                               MIN (length, CHUNK), G_PRIORITY_DEFAULT, NULL, on_written, raw);
}

static gboolean
on_send (gpointer data)
{
  Raw *raw = data;

  if (!take (raw))
    {
      raw_free (raw);
      return G_SOURCE_REMOVE;
    }
  write_more (raw);
  return G_SOURCE_REMOVE;
}

/*
 * Writes @bytes as they are and closes. When @total is larger, the last 64 KiB (which must then be
 * there) repeat until it is reached. @interval_ms > 0: one byte at a time.
 */
void
sim_raw_send (SoupServerMessage *message, GBytes *bytes, gsize total, guint interval_ms)
{
  Raw *raw = g_new0 (Raw, 1);

  raw->message = g_object_ref (message);
  raw->bytes = g_bytes_ref (bytes);
  raw->total = MAX (total, g_bytes_get_size (bytes));
  if (g_bytes_get_size (bytes) < CHUNK)
    raw->total = g_bytes_get_size (bytes);
  raw->interval_ms = interval_ms;
  soup_server_message_pause (message);
  g_idle_add_full (G_PRIORITY_DEFAULT, on_send, raw, NULL);
}

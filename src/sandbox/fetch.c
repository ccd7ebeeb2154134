/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "smm-sandbox.h"

#include <string.h>

/*
 * The platform fetches image_url and video_url by itself (4.7). Here only plain http from this
 * computer is fetched: a practice run must not reach out, and no address is let in that would.
 */

#define FILM_LIMIT (300 * 1000 * 1000)
#define TIMEOUT_S 5
#define DEADLINE (20 * (gint64)G_USEC_PER_SEC)
#define PIECE 65536

static gboolean
is_fetchable (const char *url)
{
  g_autoptr (GUri) uri = NULL;
  const char *host;

  if (!g_str_is_ascii (url))
    return FALSE;
  uri = g_uri_parse (url, G_URI_FLAGS_NONE, NULL);
  if (uri == NULL || strcmp (g_uri_get_scheme (uri), "http") != 0
      || g_uri_get_userinfo (uri) != NULL)
    return FALSE;
  host = g_uri_get_host (uri);
  /* This server cannot wait for itself; its pictures are found without a fetch. */
  return (g_strcmp0 (host, "127.0.0.1") == 0 || g_strcmp0 (host, "localhost") == 0)
         && g_uri_get_port (uri) != (int)sim_world->port;
}

static GBytes *
read_all (GInputStream *stream, gsize limit)
{
  g_autoptr (GByteArray) array = g_byte_array_new ();
  g_autofree guint8 *piece = g_malloc (PIECE);
  gint64 end = g_get_monotonic_time () + DEADLINE;
  gssize length;

  while ((length = g_input_stream_read (stream, piece, PIECE, NULL, NULL)) > 0)
    {
      g_byte_array_append (array, piece, length);
      if (array->len > limit)
        break;
      if (g_get_monotonic_time () > end)
        return NULL;
    }
  return length < 0 ? NULL : g_byte_array_free_to_bytes (g_steal_pointer (&array));
}

/* May run in any thread. */
static GBytes *
fetch (const char *url, gsize limit)
{
  g_autoptr (SoupSession) session = soup_session_new_with_options (
      "timeout", TIMEOUT_S, "user-agent", "facebookexternalhit/1.1", NULL);
  g_autoptr (SoupMessage) message = soup_message_new ("GET", url);
  g_autoptr (GInputStream) stream = NULL;
  const char *type;

  if (message == NULL)
    return NULL;
  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);
  stream = soup_session_send (session, message, NULL, NULL);
  if (stream == NULL || soup_message_get_status (message) != 200)
    return NULL;
  type = soup_message_headers_get_content_type (soup_message_get_response_headers (message), NULL);
  if (type != NULL && g_str_has_prefix (type, "text/"))
    return NULL;
  return read_all (stream, limit);
}

/* What is at @url, cut off above @limit, or NULL. No redirect, no page, no other computer. */
GBytes *
sim_fetch (const char *url, gsize limit)
{
  return is_fetchable (url) ? fetch (url, limit) : NULL;
}

typedef struct
{
  char *id;
  char *url;
  guint ticket;
  GBytes *bytes;
} Film;

/* In the main thread. The world may be another one by now; then nobody has this ticket. */
static gboolean
on_film (gpointer data)
{
  Film *film = data;
  SimContainer *container = (SimContainer *)sim_find (film->id, SIM_CONTAINER);

  if (container != NULL && container->ticket == film->ticket)
    {
      gsize size = 0;
      const guint8 *bytes = film->bytes != NULL ? g_bytes_get_data (film->bytes, &size) : NULL;

      container->ticket = 0;
      if (size > 0 && size <= FILM_LIMIT)
        {
          container->upload.size = size;
          sim_upload_take (&container->upload, bytes, size);
        }
      else if (container->error == 0)
        container->error = 2207077;
      sim_ig_uploaded (container);
      sim_state_save ();
    }
  g_clear_pointer (&film->bytes, g_bytes_unref);
  g_free (film->id);
  g_free (film->url);
  g_free (film);
  return G_SOURCE_REMOVE;
}

static gpointer
run (gpointer data)
{
  Film *film = data;

  if (film->url != NULL)
    film->bytes = fetch (film->url, FILM_LIMIT);
  g_idle_add (on_film, film);
  return NULL;
}

/* The container waits for what is at @url, or for the error that it could not be had. */
void
sim_fetch_film (SimContainer *container, const char *url)
{
  static guint last_ticket;
  Film *film = g_new0 (Film, 1);

  container->ticket = film->ticket = ++last_ticket;
  film->id = g_strdup (container->node.id);
  film->url = is_fetchable (url) ? g_strdup (url) : NULL;
  g_thread_unref (g_thread_new ("fetch", run, film));
}

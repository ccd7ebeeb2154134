/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "scripted-server.h"

#include <string.h>
#include <sys/socket.h>

#define MAX_HEAD (256 * 1024)

struct _Server
{
  GSocketService *service;
  GTlsCertificate *certificate;
  guint16 port;
  ServerScript script;
  gpointer data;

  GMutex mutex;
  GCond cond;
  gboolean stopped;
  guint n_connections, n_running;
  guint64 written;
  GPtrArray *requests; /* ServerRequest* */
};

static void
request_free (gpointer data)
{
  ServerRequest *request = data;

  g_free (request->head);
  g_byte_array_unref (request->body);
  g_free (request);
}

static gboolean
on_run (GThreadedSocketService *service, GSocketConnection *connection, GObject *source,
        gpointer user_data)
{
  Server *server = user_data;
  g_autoptr (GIOStream) stream = g_object_ref (G_IO_STREAM (connection));

  g_socket_set_timeout (g_socket_connection_get_socket (connection), 10);
  g_mutex_lock (&server->mutex);
  server->n_connections++;
  server->n_running++;
  g_mutex_unlock (&server->mutex);
  if (server->certificate != NULL)
    {
      GIOStream *tls = g_tls_server_connection_new (stream, server->certificate, NULL);

      g_object_unref (stream);
      stream = tls;
    }
  server->script (server, stream);
  g_io_stream_close (stream, NULL, NULL);
  g_mutex_lock (&server->mutex);
  server->n_running--;
  g_cond_broadcast (&server->cond);
  g_mutex_unlock (&server->mutex);
  return TRUE;
}

Server *
server_start (ServerScript script, gpointer data)
{
  Server *server = g_new0 (Server, 1);
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) effective = NULL;
  g_autoptr (GError) error = NULL;

  g_mutex_init (&server->mutex);
  g_cond_init (&server->cond);
  server->requests = g_ptr_array_new_with_free_func (request_free);
  server->script = script;
  server->data = data;
  server->service = g_threaded_socket_service_new (16);
  g_socket_listener_add_address (G_SOCKET_LISTENER (server->service), address, G_SOCKET_TYPE_STREAM,
                                 G_SOCKET_PROTOCOL_TCP, NULL, &effective, &error);
  g_assert_no_error (error);
  server->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (effective));
  g_signal_connect (server->service, "run", G_CALLBACK (on_run), server);
  g_socket_service_start (server->service);
  return server;
}

void
server_stop (Server *server)
{
  g_socket_service_stop (server->service);
  g_socket_listener_close (G_SOCKET_LISTENER (server->service));
  g_mutex_lock (&server->mutex);
  server->stopped = TRUE;
  g_cond_broadcast (&server->cond);
  while (server->n_running > 0)
    g_cond_wait (&server->cond, &server->mutex);
  g_mutex_unlock (&server->mutex);
  /* A thread holds the service a moment longer than its script runs. */
  g_signal_handlers_disconnect_by_data (server->service, server);
  g_object_unref (server->service);
  g_clear_object (&server->certificate);
  g_ptr_array_unref (server->requests);
  g_mutex_clear (&server->mutex);
  g_cond_clear (&server->cond);
  g_free (server);
}

void
server_set_certificate (Server *server, GTlsCertificate *certificate)
{
  g_set_object (&server->certificate, certificate);
}

guint16
server_get_port (Server *server)
{
  return server->port;
}

gpointer
server_get_data (Server *server)
{
  return server->data;
}

guint
server_count_connections (Server *server)
{
  guint n;

  g_mutex_lock (&server->mutex);
  n = server->n_connections;
  g_mutex_unlock (&server->mutex);
  return n;
}

guint
server_count_requests (Server *server, const char *method)
{
  g_autofree char *start = g_strconcat (method, " ", NULL);
  guint n = 0;

  g_mutex_lock (&server->mutex);
  for (guint i = 0; i < server->requests->len; i++)
    {
      ServerRequest *request = server->requests->pdata[i];

      n += g_str_has_prefix (request->head, start);
    }
  g_mutex_unlock (&server->mutex);
  return n;
}

ServerRequest *
server_get_request (Server *server, guint n)
{
  gint64 end = g_get_monotonic_time () + 5 * G_TIME_SPAN_SECOND;
  ServerRequest *request = NULL;

  g_mutex_lock (&server->mutex);
  while (server->requests->len <= n && g_cond_wait_until (&server->cond, &server->mutex, end))
    ;
  if (n < server->requests->len)
    request = server->requests->pdata[n];
  g_mutex_unlock (&server->mutex);
  g_assert_nonnull (request);
  return request;
}

guint64
server_get_written (Server *server)
{
  guint64 written;

  g_mutex_lock (&server->mutex);
  written = server->written;
  g_mutex_unlock (&server->mutex);
  return written;
}

static gint64
get_promised (const char *head)
{
  const char *field = g_strstr_len (head, -1, "\r\nContent-Length: ");

  return field != NULL ? g_ascii_strtoll (field + strlen ("\r\nContent-Length: "), NULL, 10) : -1;
}

static char *
read_head (GInputStream *input)
{
  g_autoptr (GString) head = g_string_new (NULL);
  char c;

  while (head->len < MAX_HEAD && g_input_stream_read (input, &c, 1, NULL, NULL) == 1)
    {
      g_string_append_c (head, c);
      if (g_str_has_suffix (head->str, "\r\n\r\n"))
        return g_string_free (g_steal_pointer (&head), FALSE);
    }
  return NULL;
}

gboolean
server_read (Server *server, GIOStream *stream)
{
  GInputStream *input = g_io_stream_get_input_stream (stream);
  g_autoptr (GByteArray) body = g_byte_array_new ();
  char *head = read_head (input);
  ServerRequest *request;
  guint8 chunk[16384];
  gssize n;

  if (head == NULL)
    return FALSE;
  request = g_new0 (ServerRequest, 1);
  request->head = head;
  request->promised = get_promised (head);
  while ((gint64)body->len < request->promised
         && (n = g_input_stream_read (input, chunk,
                                      MIN ((gint64)sizeof chunk, request->promised - body->len),
                                      NULL, NULL))
                > 0)
    g_byte_array_append (body, chunk, n);
  request->complete = request->promised < 0 || (gint64)body->len == request->promised;
  request->body = g_steal_pointer (&body);
  g_mutex_lock (&server->mutex);
  g_ptr_array_add (server->requests, request);
  g_cond_broadcast (&server->cond);
  g_mutex_unlock (&server->mutex);
  return request->complete;
}

gboolean
server_write_bytes (Server *server, GIOStream *stream, const void *bytes, gsize n)
{
  gsize written;
  gboolean done = g_output_stream_write_all (g_io_stream_get_output_stream (stream), bytes, n,
                                             &written, NULL, NULL);

  g_mutex_lock (&server->mutex);
  server->written += written;
  done = done && !server->stopped;
  g_mutex_unlock (&server->mutex);
  return done;
}

gboolean
server_write (Server *server, GIOStream *stream, const char *text)
{
  return server_write_bytes (server, stream, text, strlen (text));
}

void
server_answer (Server *server, GIOStream *stream, const char *status_and_headers, const char *body)
{
  g_autofree char *answer = g_strdup_printf ("HTTP/1.1 %s\r\nContent-Length: %zu\r\n\r\n%s",
                                             status_and_headers, strlen (body), body);

  server_write (server, stream, answer);
}

void
server_reset (GIOStream *stream)
{
  GSocket *socket = g_socket_connection_get_socket (G_SOCKET_CONNECTION (stream));
  struct linger linger = { 1, 0 };

  setsockopt (g_socket_get_fd (socket), SOL_SOCKET, SO_LINGER, &linger, sizeof linger);
  g_socket_close (socket, NULL);
}

gboolean
server_sleep (Server *server, guint ms)
{
  gint64 end = g_get_monotonic_time () + ms * G_TIME_SPAN_MILLISECOND;
  gboolean stopped;

  g_mutex_lock (&server->mutex);
  while (!server->stopped && g_cond_wait_until (&server->cond, &server->mutex, end))
    ;
  stopped = server->stopped;
  g_mutex_unlock (&server->mutex);
  return !stopped;
}

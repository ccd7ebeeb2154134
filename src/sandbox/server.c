/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "smm-sandbox.h"
#include "tiktok.h"

#include <glib-unix.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

static FILE *log_stream;

static gboolean
is_id (const char *segment)
{
  return g_ascii_isdigit (segment[0]) && strspn (segment, "0123456789_") == strlen (segment);
}

static void
count_request (SimRequest *self)
{
  GString *name = g_string_new (self->method);
  guint64 *count;

  g_string_append_c (name, ' ');
  if (self->host != NULL)
    g_string_append_printf (name, "/%s", self->host);
  for (guint i = 0; i < self->n_segments; i++)
    g_string_append_printf (name, "/%s", is_id (self->segments[i]) ? "{id}" : self->segments[i]);
  sim_world->total++;
  count = g_hash_table_lookup (sim_world->request_counts, name->str);
  if (count == NULL)
    {
      /* What nobody expects is counted together, so that the table stays small. */
      if (g_hash_table_size (sim_world->request_counts) > 500)
        g_string_assign (name, "other");
      count = g_hash_table_lookup (sim_world->request_counts, name->str);
    }
  if (count != NULL)
    (*count)++;
  else
    {
      count = g_new (guint64, 1);
      *count = 1;
      g_hash_table_insert (sim_world->request_counts, g_strdup (name->str), count);
    }
  g_string_free (name, TRUE);
}

static void
set_usage_headers (SimRequest *self)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (self->message);

  soup_message_headers_replace (headers, "facebook-api-version", self->version);
  soup_message_headers_replace (headers, "x-app-usage",
                                "{\"call_count\":1,\"total_cputime\":0,\"total_time\":1}");
  soup_message_headers_replace (headers, "Cache-Control", "private, no-cache, no-store");
  if (self->subject != NULL)
    {
      g_autofree char *usage = g_strdup_printf (
          "{\"%s\":[{\"type\":\"%s\",\"call_count\":1,\"total_cputime\":0,\"total_time\":1,"
          "\"estimated_time_to_regain_access\":0}]}",
          self->subject->id, self->subject->kind == SIM_IG ? "instagram" : "pages");
      soup_message_headers_replace (headers, "x-business-use-case-usage", usage);
    }
}

static void
log_request (SimRequest *self, guint status)
{
  if (log_stream == NULL)
    return;
  fprintf (log_stream, "%s %s %u %.3f\n", self->method, self->path, status,
           (g_get_monotonic_time () - self->started) / 1000.0);
  fflush (log_stream);
}

static void
send_reply (SimRequest *self)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (self->message);
  SoupMessageBody *body = soup_server_message_get_response_body (self->message);

  soup_server_message_set_status (self->message, self->status ? self->status : 500, NULL);
  if (self->type != NULL)
    soup_message_headers_set_content_type (headers, self->type, NULL);
  if (self->body != NULL && g_bytes_get_size (self->body) > 0)
    soup_message_body_append_bytes (body, self->body);
  log_request (self, self->status);
}

static void
run_handler (SimRequest *self)
{
  const char *first = self->n_segments > 0 ? self->segments[0] : "";

  sim_world_tick ();
  if (g_strcmp0 (self->host, "rupload") == 0)
    sim_upload (self);
  else if (self->host != NULL && g_str_has_prefix (self->host, "instagram-"))
    {
      sim_instagram_login (self);
      if (strcmp (self->host, "instagram-graph") == 0)
        set_usage_headers (self);
    }
  else if (strcmp (first, "dialog") == 0 && self->n_segments == 2
           && strcmp (self->segments[1], "oauth") == 0)
    sim_oauth_dialog (self);
  else if (strcmp (first, "cdn") == 0)
    sim_cdn (self);
  else if (sim_tiktok_is_path (self->path))
    sim_tiktok_request (self);
  else if (strcmp (first, "openai") == 0)
    sim_openai (self);
  else if (strcmp (first, "website") == 0)
    sim_website (self);
  else if (strcmp (first, "resend") == 0)
    sim_resend (self);
  else
    {
      sim_graph (self);
      set_usage_headers (self);
    }
  if (sim_world->dirty)
    {
      sim_state_save ();
      sim_world->dirty = FALSE;
    }
}

typedef struct
{
  SimRequest *request;
  SimFault *fault;
  gboolean handled;
} Delayed;

static void
finish (SimRequest *self, SimFault *fault)
{
  if (fault != NULL && sim_fault_delay (fault, NULL) < 0)
    sim_fault_apply (fault, self);
  else
    send_reply (self);
  if (fault != NULL)
    sim_fault_release (fault);
}

static gboolean
on_delay_over (gpointer data)
{
  Delayed *delayed = data;
  SoupServerMessage *message = g_object_ref (delayed->request->message);

  if (!delayed->handled)
    run_handler (delayed->request);
  finish (delayed->request, delayed->fault);
  sim_request_free (delayed->request);
  g_free (delayed);
  soup_server_message_unpause (message);
  g_object_unref (message);
  return G_SOURCE_REMOVE;
}

/* Takes @self. */
static void
delay (SimRequest *self, SimFault *fault, int ms, gboolean handled)
{
  Delayed *delayed = g_new (Delayed, 1);

  delayed->request = self;
  delayed->fault = fault;
  delayed->handled = handled;
  soup_server_message_pause (self->message);
  g_timeout_add (ms, on_delay_over, delayed);
}

static void
on_request (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query,
            gpointer data)
{
  g_autoptr (SimRequest) self = sim_request_new (message, path, query);
  SimFault *fault;

  if (self->n_segments > 0 && strcmp (self->segments[0], "_sandbox") == 0)
    {
      sim_control (self);
      send_reply (self);
      return;
    }
  count_request (self);
  fault = sim_fault_match (self);
  if (fault != NULL && sim_fault_delay (fault, "before") >= 0)
    {
      delay (g_steal_pointer (&self), fault, sim_fault_delay (fault, "before"), FALSE);
      return;
    }
  if (fault == NULL || !sim_fault_is_before (fault))
    run_handler (self);
  if (fault != NULL && sim_fault_delay (fault, "after") >= 0)
    {
      delay (g_steal_pointer (&self), fault, sim_fault_delay (fault, "after"), TRUE);
      return;
    }
  finish (self, fault);
}

static gboolean
on_signal (gpointer loop)
{
  g_main_loop_quit (loop);
  return G_SOURCE_CONTINUE;
}

/* The library's own backlog of 10 drops connections of a burst, which then cost a second each. */
static gboolean
open_socket (SoupServer *server, int port, GError **error)
{
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new (loopback, port);
  g_autoptr (GSocket) listener
      = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, error);

  if (listener == NULL)
    return FALSE;
  g_socket_set_listen_backlog (listener, 1024);
  return g_socket_bind (listener, address, TRUE, error) && g_socket_listen (listener, error)
         && soup_server_listen_socket (server, listener, 0, error);
}

static gboolean
listen_on (SoupServer *server, SimOptions *options, GError **error)
{
  GSList *uris;

  if (!open_socket (server, options->port, error))
    return FALSE;
  uris = soup_server_get_uris (server);
  sim_world->port = g_uri_get_port (uris->data);
  g_slist_free_full (uris, (GDestroyNotify)g_uri_unref);
  sim_world->base = g_strdup_printf ("http://127.0.0.1:%u", sim_world->port);
  if (options->endpoints_file != NULL && !sim_write_endpoints (options, sim_world->base, error))
    return FALSE;
  if (options->log_file != NULL)
    {
      log_stream = fopen (options->log_file, "ae");
      if (log_stream == NULL)
        {
          g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "%s could not be opened",
                       options->log_file);
          return FALSE;
        }
    }
  return TRUE;
}

int
sim_server_run (SimOptions *options)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (SoupServer) server = NULL;
  g_autoptr (GError) error = NULL;

  if (options->exit_with_parent)
    {
      pid_t parent = getppid ();
      if (prctl (PR_SET_PDEATHSIG, SIGTERM) != 0 || getppid () != parent)
        return EXIT_FAILURE;
    }
  if (sim_world_new (options, &error) == NULL)
    {
      g_printerr ("nkonsept-smm-sandbox: %s\n", error->message);
      return EXIT_FAILURE;
    }
  server = soup_server_new ("server-header", "sandbox", NULL);
  soup_server_add_handler (server, NULL, on_request, NULL, NULL);
  sim_upload_watch (server);
  if (!listen_on (server, options, &error))
    {
      g_printerr ("nkonsept-smm-sandbox: %s\n", error->message);
      return EXIT_FAILURE;
    }
  g_unix_signal_add (SIGTERM, on_signal, loop);
  g_unix_signal_add (SIGINT, on_signal, loop);
  printf ("READY %s\n", sim_world->base);
  fflush (stdout);
  g_main_loop_run (loop);
  sim_faults_clear ();
  sim_raw_drop_hanging ();
  soup_server_disconnect (server);
  g_clear_pointer (&log_stream, fclose);
  sim_world_free (sim_world);
  return EXIT_SUCCESS;
}

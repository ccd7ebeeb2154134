/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "smm-sandbox.h"
#include "tiktok.h"

#include <locale.h>
#include <stdlib.h>

void
sim_options_free (SimOptions *self)
{
  g_free (self->endpoints_file);
  g_free (self->state_file);
  g_free (self->world_file);
  g_free (self->log_file);
  g_free (self->app_id);
  g_free (self->app_secret);
  g_free (self->tiktok_client_key);
  g_free (self->tiktok_client_secret);
  g_free (self);
}

static gboolean
read_secret (const char *path, char **secret, GError **error)
{
  if (path == NULL)
    return TRUE;
  if (!g_file_get_contents (path, secret, NULL, error))
    return FALSE;
  g_strstrip (*secret);
  return TRUE;
}

SimOptions *
sim_options_parse (int argc, char **argv, int *status)
{
  SimOptions *self = g_new0 (SimOptions, 1);
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *secret_file = NULL;
  g_autofree char *tiktok_secret_file = NULL;
  GOptionEntry entries[] = {
    { "port", 0, 0, G_OPTION_ARG_INT, &self->port, "Port on 127.0.0.1 (0: any)", "N" },
    { "endpoints-file", 0, 0, G_OPTION_ARG_FILENAME, &self->endpoints_file,
      "Write the key file for SMM_ENDPOINTS there", "PATH" },
    { "app-id", 0, 0, G_OPTION_ARG_STRING, &self->app_id, "App id", "ID" },
    { "app-secret-file", 0, 0, G_OPTION_ARG_FILENAME, &secret_file,
      "App secret (default: " SIM_PRACTICE_SECRET ")", "PATH" },
    { "tiktok-client-key", 0, 0, G_OPTION_ARG_STRING, &self->tiktok_client_key,
      "TikTok’s client key (default: " SIM_TIKTOK_KEY ")", "KEY" },
    { "tiktok-client-secret-file", 0, 0, G_OPTION_ARG_FILENAME, &tiktok_secret_file,
      "TikTok’s client secret (default: " SIM_PRACTICE_SECRET ")", "PATH" },
    { "auto-approve", 0, 0, G_OPTION_ARG_NONE, &self->settings.auto_approve,
      "The dialog consents at once", NULL },
    { "state-file", 0, 0, G_OPTION_ARG_FILENAME, &self->state_file,
      "Keep the world there across restarts", "PATH" },
    { "world", 0, 0, G_OPTION_ARG_FILENAME, &self->world_file, "Another world", "FILE" },
    { "lag-ms", 0, 0, G_OPTION_ARG_INT, &self->settings.lag_ms,
      "Lists show what is new after this time", "N" },
    { "processing-ms", 0, 0, G_OPTION_ARG_INT, &self->settings.processing_ms,
      "Processing time of films, containers and TikTok videos", "N" },
    { "exit-with-parent", 0, 0, G_OPTION_ARG_NONE, &self->exit_with_parent,
      "End when the process that started this one ends", NULL },
    { "log", 0, 0, G_OPTION_ARG_FILENAME, &self->log_file, "Log of requests", "FILE" },
    { "settle-first", 0, 0, G_OPTION_ARG_DOUBLE, &self->settle_first, "For the key file", "S" },
    { "settle-second", 0, 0, G_OPTION_ARG_DOUBLE, &self->settle_second, "For the key file", "S" },
    { "container-poll", 0, 0, G_OPTION_ARG_DOUBLE, &self->container_poll, "For the key file", "S" },
    { NULL },
  };

  self->settings.processing_ms = 1500;
  self->settings.ig_quota_total = 50;
  self->settings.ig_container_total = 400;
  self->settle_first = 2;
  self->settle_second = 4;
  self->container_poll = 1;
  g_option_context_set_summary (
      context, "Simulates Meta and TikTok on this computer, for practice, demos and tests.");
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error) || argc > 1)
    {
      g_printerr ("nkonsept-smm-sandbox: %s\n", error ? error->message : "unknown argument");
      *status = 2;
      g_clear_pointer (&self, sim_options_free);
      return NULL;
    }
  if (self->port < 0 || self->port > 65535)
    {
      g_printerr ("nkonsept-smm-sandbox: --port must be 0 to 65535\n");
      *status = 2;
      g_clear_pointer (&self, sim_options_free);
      return NULL;
    }
  if (!read_secret (secret_file, &self->app_secret, &error)
      || !read_secret (tiktok_secret_file, &self->tiktok_client_secret, &error))
    {
      g_printerr ("nkonsept-smm-sandbox: %s\n", error->message);
      *status = EXIT_FAILURE;
      g_clear_pointer (&self, sim_options_free);
      return NULL;
    }
  return self;
}

gboolean
sim_write_endpoints (SimOptions *options, const char *base, GError **error)
{
  static const char *const meta[] = { "graph", "dialog" };
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *tiktok_www = g_strconcat (base, "/tiktok-www", NULL);
  g_autofree char *tiktok = g_strconcat (base, "/tiktok", NULL);
  g_autofree char *openai = g_strconcat (base, "/openai/v1", NULL);
  g_autofree char *resend = g_strconcat (base, "/resend", NULL);
  g_autofree char *graph_video = g_strconcat (base, "/graph-video", NULL);
  g_autofree char *rupload = g_strconcat (base, "/rupload", NULL);
  g_autofree char *ig_graph = g_strconcat (base, "/instagram-graph", NULL);
  g_autofree char *ig_api = g_strconcat (base, "/instagram-api", NULL);
  g_autofree char *ig_dialog = g_strconcat (base, "/instagram-www", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (meta); i++)
    g_key_file_set_string (file, "meta", meta[i], base);
  g_key_file_set_string (file, "meta", "graph-video", graph_video);
  g_key_file_set_string (file, "meta", "rupload", rupload);
  g_key_file_set_string (file, "meta", "instagram-graph", ig_graph);
  g_key_file_set_string (file, "meta", "instagram-api", ig_api);
  g_key_file_set_string (file, "meta", "instagram-dialog", ig_dialog);
  g_key_file_set_string (file, "tiktok", "authorize", tiktok_www);
  g_key_file_set_string (file, "tiktok", "api", tiktok);
  g_key_file_set_string (file, "openai", "base", openai);
  g_key_file_set_string (file, "resend", "base", resend);
  g_key_file_set_double (file, "timing", "settle-first", options->settle_first);
  g_key_file_set_double (file, "timing", "settle-second", options->settle_second);
  g_key_file_set_double (file, "timing", "container-poll", options->container_poll);
  return g_key_file_save_to_file (file, options->endpoints_file, error);
}

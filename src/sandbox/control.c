/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "smm-sandbox.h"
#include "tiktok.h"

#include <string.h>

static JsonObject *
counts (GHashTable *table)
{
  JsonObject *object = json_object_new ();
  GHashTableIter iter;
  const char *name;
  guint64 *count;

  g_hash_table_iter_init (&iter, table);
  while (g_hash_table_iter_next (&iter, (gpointer *)&name, (gpointer *)&count))
    json_object_set_int_member (object, name, *count);
  return object;
}

static void
reply_log (SimRequest *self)
{
  JsonObject *root = json_object_new ();

  json_object_set_object_member (root, "requests", counts (sim_world->request_counts));
  json_object_set_object_member (root, "effects", counts (sim_world->effect_counts));
  json_object_set_int_member (root, "faults", sim_world->fault_hits);
  json_object_set_int_member (root, "total", sim_world->total);
  sim_reply_object (self, root);
}

static void
refuse (SimRequest *self, const char *why)
{
  JsonObject *root = json_object_new ();

  json_object_set_string_member (root, "error", why);
  sim_reply_object (self, root);
  self->status = 400;
}

static void
reply_settings (SimRequest *self)
{
  JsonObject *root = json_object_new ();
  SimSettings *settings = &sim_world->settings;
  JsonArray *decline = json_array_new ();

  for (guint i = 0; settings->decline != NULL && settings->decline[i] != NULL; i++)
    json_array_add_string_element (decline, settings->decline[i]);
  json_object_set_int_member (root, "lag_ms", settings->lag_ms);
  json_object_set_int_member (root, "processing_ms", settings->processing_ms);
  json_object_set_boolean_member (root, "auto_approve", settings->auto_approve);
  json_object_set_string_member (root, "app_mode", settings->live ? "live" : "development");
  json_object_set_int_member (root, "duplicate_window_s", settings->duplicate_window_s);
  json_object_set_int_member (root, "ig_quota_total", settings->ig_quota_total);
  json_object_set_int_member (root, "ig_container_total", settings->ig_container_total);
  json_object_set_int_member (root, "clock_offset_s", settings->clock_offset / G_USEC_PER_SEC);
  json_object_set_int_member (root, "next_container_error", settings->next_container_error);
  json_object_set_int_member (root, "next_video_error", settings->next_video_error);
  json_object_set_int_member (root, "ig_token_life_s", settings->ig_token_life);
  json_object_set_boolean_member (root, "ig_page_outage", settings->ig_page_outage);
  json_object_set_int_member (root, "reels_total", settings->reels_total);
  json_object_set_int_member (root, "video_chunk_bytes", settings->video_chunk_bytes);
  json_object_set_string_member (root, "shapes",
                                 settings->shapes == 1   ? "docs"
                                 : settings->shapes == 2 ? "spec"
                                                         : "turn");
  json_object_set_string_member (root, "instagram_login",
                                 settings->instagram_login ? settings->instagram_login : "");
  json_object_set_array_member (root, "decline", decline);
  sim_tiktok_report_settings (root);
  sim_reply_object (self, root);
}

/* A JSON array of texts, as text. */
static char **
read_list (const char *value)
{
  g_autofree char *plain = g_strdup (value);

  g_strdelimit (plain, "[]\" ", ',');
  return g_strsplit (plain, ",", -1);
}

/* The parameters of a JSON body are texts here; numbers are read back. */
static void
take_settings (SimRequest *self)
{
  SimSettings *settings = &sim_world->settings;
  GHashTableIter iter;
  const char *name;
  const char *value;

  g_hash_table_iter_init (&iter, self->parameters);
  while (g_hash_table_iter_next (&iter, (gpointer *)&name, (gpointer *)&value))
    {
      gint64 number = g_ascii_strtoll (value, NULL, 10);
      if (strcmp (name, "lag_ms") == 0)
        settings->lag_ms = number;
      else if (strcmp (name, "processing_ms") == 0)
        settings->processing_ms = number;
      else if (strcmp (name, "auto_approve") == 0)
        settings->auto_approve = strcmp (value, "true") == 0;
      else if (strcmp (name, "app_mode") == 0)
        settings->live = strcmp (value, "live") == 0;
      else if (strcmp (name, "duplicate_window_s") == 0)
        settings->duplicate_window_s = number;
      else if (strcmp (name, "ig_quota_total") == 0)
        settings->ig_quota_total = number;
      else if (strcmp (name, "ig_container_total") == 0)
        settings->ig_container_total = number;
      else if (strcmp (name, "clock_offset_s") == 0)
        settings->clock_offset = number * G_USEC_PER_SEC;
      else if (strcmp (name, "next_container_error") == 0)
        settings->next_container_error = number;
      else if (strcmp (name, "next_video_error") == 0)
        settings->next_video_error = number;
      else if (strcmp (name, "ig_token_life_s") == 0)
        settings->ig_token_life = number;
      else if (strcmp (name, "ig_page_outage") == 0)
        settings->ig_page_outage = strcmp (value, "true") == 0;
      else if (strcmp (name, "reels_total") == 0)
        settings->reels_total = number;
      else if (strcmp (name, "video_chunk_bytes") == 0)
        settings->video_chunk_bytes = number;
      else if (strcmp (name, "shapes") == 0)
        settings->shapes = strcmp (value, "docs") == 0 ? 1 : strcmp (value, "spec") == 0 ? 2 : 0;
      else if (strcmp (name, "instagram_login") == 0)
        {
          g_free (settings->instagram_login);
          settings->instagram_login = g_strdup (value);
        }
      else if (strcmp (name, "decline") == 0)
        {
          g_strfreev (settings->decline);
          settings->decline = read_list (value);
        }
      else if (strcmp (name, "redirects") == 0)
        {
          g_strfreev (sim_world->redirects);
          sim_world->redirects = read_list (value);
        }
      else if (!sim_tiktok_setting (name, value) && !sim_resend_setting (name, value))
        {
          refuse (self, "no such setting");
          return;
        }
    }
  reply_settings (self);
}

static void
revoke_tokens (SimRequest *self)
{
  const char *subcode = sim_get (self, "subcode");
  const char *id = sim_get (self, "page");
  const char *tiktok = sim_get (self, "tiktok");
  const char *ig_id = sim_get (self, "instagram");
  SimPage *page = id != NULL ? (SimPage *)sim_find (id, SIM_PAGE) : NULL;
  SimIg *ig = ig_id != NULL ? (SimIg *)sim_find (ig_id, SIM_IG) : NULL;

  if (tiktok != NULL)
    {
      sim_tiktok_revoke (strcmp (tiktok, "access") == 0);
      sim_reply_success (self);
      return;
    }
  if ((id != NULL && page == NULL) || (ig_id != NULL && ig == NULL))
    {
      refuse (self, "no such account");
      return;
    }
  sim_world_revoke (subcode ? (int)g_ascii_strtoll (subcode, NULL, 10) : 467, page, ig);
  sim_reply_success (self);
}

static void
post_by_hand (SimRequest *self)
{
  SimPage *page = (SimPage *)sim_find (sim_get (self, "page"), SIM_PAGE);
  SimIg *ig = (SimIg *)sim_find (sim_get (self, "instagram"), SIM_IG);
  SimNode *node;

  if (sim_tiktok_post_by_hand (self))
    return;
  if (page != NULL)
    {
      SimPost *post = sim_post_new (page, sim_get (self, "text"), NULL);
      post->by_app = FALSE;
      g_ptr_array_add (page->posts, post);
      node = &post->node;
    }
  else if (ig != NULL)
    node = &sim_media_new (ig, NULL, sim_get (self, "text"))->node;
  else
    {
      refuse (self, "page, instagram or tiktok is needed");
      return;
    }
  sim_reply_text (self, 200, "application/json", g_strdup_printf ("{\"id\":\"%s\"}", node->id));
}

static void
comment_by_hand (SimRequest *self)
{
  SimNode *node = sim_find_any (sim_get (self, "object"));
  SimComment *comment;
  const char *name = sim_get (self, "name");

  if (node == NULL || sim_get (self, "text") == NULL
      || (node->kind != SIM_POST && node->kind != SIM_MEDIA && node->kind != SIM_COMMENT))
    {
      refuse (self, "object and text are needed");
      return;
    }
  comment = sim_comment_new (node, sim_get (self, "text"), "7001000200030004",
                             name ? name : "A reader", FALSE);
  sim_reply_text (self, 200, "application/json",
                  g_strdup_printf ("{\"id\":\"%s\"}", comment->node.id));
}

/* {"page":ID,"tasks":"ANALYZE,MODERATE"}: what the person may do there from now on; "" takes the
 * Page from them. */
static void
take_tasks (SimRequest *self)
{
  const char *page = sim_get (self, "page");
  SimNode *node = page != NULL ? sim_find_any (page) : NULL;

  if (node == NULL || node->kind != SIM_PAGE || sim_get (self, "tasks") == NULL)
    {
      refuse (self, "page and tasks are needed");
      return;
    }
  g_strfreev (((SimPage *)node)->tasks);
  ((SimPage *)node)->tasks = g_strsplit (sim_get (self, "tasks"), ",", -1);
  sim_world->dirty = TRUE;
  sim_reply_success (self);
}

static void
reply_style (SimRequest *self)
{
  self->body = g_resources_lookup_data ("/com/nkonsept/Smm/sandbox/sandbox.css", 0, NULL);
  self->status = self->body != NULL ? 200 : 404;
  self->type = g_strdup ("text/css");
}

void
sim_control (SimRequest *self)
{
  const char *what = self->n_segments > 1 ? self->segments[1] : "";
  gboolean is_post = sim_is (self, "POST");

  sim_world_tick ();
  if (strcmp (what, "faults") == 0)
    sim_faults_control (self);
  else if (strcmp (what, "settings") == 0)
    is_post ? take_settings (self) : reply_settings (self);
  else if (strcmp (what, "revoke") == 0 && is_post)
    revoke_tokens (self);
  else if (strcmp (what, "tasks") == 0 && is_post)
    take_tasks (self);
  else if (strcmp (what, "reset") == 0 && is_post)
    {
      sim_faults_clear ();
      sim_raw_drop_hanging ();
      sim_world_reset ();
      sim_resend_reset ();
      sim_openai_reset ();
      sim_reply_success (self);
    }
  else if (strcmp (what, "post") == 0 && is_post)
    post_by_hand (self);
  else if (strcmp (what, "comment") == 0 && is_post)
    comment_by_hand (self);
  else if (strcmp (what, "mails") == 0)
    sim_resend_list (self);
  else if (strcmp (what, "openai") == 0)
    sim_openai_control (self);
  else if (strcmp (what, "log") == 0)
    reply_log (self);
  else if (strcmp (what, "public.json") == 0)
    sim_reply_object (self, sim_public_json ());
  else if (strcmp (what, "public") == 0)
    sim_public_page (self);
  else if (strcmp (what, "style.css") == 0)
    reply_style (self);
  else if (strcmp (what, "health") == 0)
    sim_reply_text (self, 200, "application/json", g_strdup ("{\"ok\":true}"));
  else
    {
      refuse (self, "no such control");
      self->status = 404;
    }
  if (sim_world->dirty)
    {
      sim_state_save ();
      sim_world->dirty = FALSE;
    }
}

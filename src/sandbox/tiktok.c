/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tiktok.h"

#include <string.h>

#define MINUTE (60 * (gint64)G_USEC_PER_SEC)

typedef struct
{
  const char *method;
  const char *path;
  void (*handle) (SimRequest *self);
} Route;

static const Route routes[] = {
  { "GET", "/tiktok-www/v2/auth/authorize/", sim_tiktok_consent },
  { "POST", "/tiktok-www/v2/auth/authorize/", sim_tiktok_consent },
  { "POST", "/tiktok/v2/oauth/token/", sim_tiktok_token },
  { "POST", "/tiktok/v2/oauth/revoke/", sim_tiktok_revoke_token },
  { "GET", "/tiktok/v2/user/info/", sim_tiktok_user_info },
  { "POST", "/tiktok/v2/video/list/", sim_tiktok_video_list },
  { "POST", "/tiktok/v2/video/query/", sim_tiktok_video_query },
  { "POST", "/tiktok/v2/post/publish/creator_info/query/", sim_tiktok_creator_info },
  { "POST", "/tiktok/v2/post/publish/video/init/", sim_tiktok_video_init },
  { "POST", "/tiktok/v2/post/publish/inbox/video/init/", sim_tiktok_inbox_init },
  { "POST", "/tiktok/v2/post/publish/content/init/", sim_tiktok_content_init },
  { "POST", "/tiktok/v2/post/publish/status/fetch/", sim_tiktok_status },
  { "POST", "/tiktok/v2/post/publish/cancel/", sim_tiktok_cancel },
  { "PUT", "/tiktok-upload/video/", sim_tiktok_upload },
};

gboolean
sim_tiktok_is_path (const char *path)
{
  return g_str_has_prefix (path, "/tiktok/") || g_str_has_prefix (path, "/tiktok-www/")
         || g_str_has_prefix (path, "/tiktok-upload/");
}

void
sim_tiktok_request (SimRequest *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (routes); i++)
    if (sim_is (self, routes[i].method) && strcmp (self->path, routes[i].path) == 0)
      {
        routes[i].handle (self);
        return;
      }
  sim_reply_text (self, 404, "text/plain; charset=utf-8", g_strdup ("Unsupported path"));
}

/* The moment, then twenty hexadecimal digits: what TikTok's support asks for. */
char *
sim_tiktok_log_id (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_utc (sim_now () / G_USEC_PER_SEC);
  g_autofree char *moment = g_date_time_format (now, "%Y%m%d%H%M%S");

  return g_strdup_printf ("%s%08X%08X%04X", moment, g_random_int (), g_random_int (),
                          g_random_int () & 0xffff);
}

static void
reply (SimRequest *self, guint http, JsonObject *data, const char *code, const char *message)
{
  JsonObject *root = json_object_new ();
  JsonObject *error = json_object_new ();
  g_autofree char *log_id = sim_tiktok_log_id ();

  json_object_set_string_member (error, "code", code);
  json_object_set_string_member (error, "message", message);
  json_object_set_string_member (error, "log_id", log_id);
  json_object_set_object_member (root, "data", data);
  json_object_set_object_member (root, "error", error);
  sim_reply_object (self, root);
  self->status = http;
}

/* Takes @data. */
void
sim_tiktok_ok (SimRequest *self, JsonObject *data)
{
  reply (self, 200, data, "ok", "");
}

static guint
http_of (const char *code)
{
  static const struct
  {
    const char *code;
    guint http;
  } table[] = {
    { "ok", 200 },
    { "access_token_invalid", 401 },
    { "scope_not_authorized", 401 },
    { "rate_limit_exceeded", 429 },
    { "internal_error", 500 },
    { "reached_active_user_cap", 403 },
    { "unaudited_client_can_only_post_to_private_accounts", 403 },
    { "url_ownership_unverified", 403 },
    { "privacy_level_option_mismatch", 403 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    if (strcmp (table[i].code, code) == 0)
      return table[i].http;
  return g_str_has_prefix (code, "spam_risk") ? 403 : 400;
}

void
sim_tiktok_fail (SimRequest *self, const char *code, const char *message)
{
  reply (self, http_of (code), json_object_new (), code, message);
}

/* A planned error in the shape of the host and path that is asked; @http 0: the code's own. */
void
sim_tiktok_fault (SimRequest *self, const char *code, const char *message, guint http)
{
  JsonObject *root;
  g_autofree char *log_id = NULL;

  if (!g_str_has_prefix (self->path, "/tiktok/v2/oauth/"))
    {
      sim_tiktok_fail (self, code, message);
      if (g_str_has_prefix (self->path, "/tiktok-upload/"))
        sim_reply_text (self, self->status, "text/plain", g_strdup (""));
    }
  else
    {
      root = json_object_new ();
      log_id = sim_tiktok_log_id ();
      json_object_set_string_member (root, "error", code);
      json_object_set_string_member (root, "error_description", message);
      json_object_set_string_member (root, "log_id", log_id);
      sim_reply_object (self, root);
      self->status = http_of (code);
    }
  if (http != 0)
    self->status = http;
}

/* A sliding window of one minute for each name. FALSE and the answer when it is full. */
gboolean
sim_tiktok_limit (SimRequest *self, const char *name, int per_minute)
{
  GQueue *times = g_hash_table_lookup (sim_tiktok->windows, name);
  gint64 now = sim_now ();
  gint64 *made;

  if (times == NULL)
    {
      times = g_queue_new ();
      g_hash_table_insert (sim_tiktok->windows, g_strdup (name), times);
    }
  /* A clock that was set back leaves no one locked out. */
  while ((made = g_queue_peek_head (times)) != NULL && (now - *made >= MINUTE || *made > now))
    g_free (g_queue_pop_head (times));
  if ((int)g_queue_get_length (times) >= per_minute)
    {
      sim_tiktok_fail (self, "rate_limit_exceeded",
                       "The API rate limit was exceeded. Please try again later.");
      return FALSE;
    }
  made = g_new (gint64, 1);
  *made = now;
  g_queue_push_tail (times, made);
  return TRUE;
}

gboolean
sim_tiktok_token_has (SimTiktokToken *token, const char *scope)
{
  return g_strv_contains ((const char *const *)token->scopes, scope);
}

/* The living token of the header, with @scope unless that is NULL; else NULL and the answer. */
SimTiktokToken *
sim_tiktok_authorize (SimRequest *self, const char *scope)
{
  const char *header = soup_message_headers_get_one (
      soup_server_message_get_request_headers (self->message), "Authorization");
  SimTiktokToken *token = NULL;

  if (header != NULL && g_str_has_prefix (header, "Bearer "))
    token = g_hash_table_lookup (sim_tiktok->by_access, header + strlen ("Bearer "));
  if (token == NULL || token->access_ends <= sim_now ())
    {
      sim_tiktok_fail (self, "access_token_invalid",
                       "The access token is invalid or not found in the request.");
      return NULL;
    }
  if (scope == NULL)
    return token;
  if (!g_strv_contains ((const char *const *)sim_tiktok->settings.app_scopes, scope))
    {
      sim_tiktok_fail (self, "scope_permission_missed",
                       "The app does not have the scope required for completing this request.");
      return NULL;
    }
  if (!sim_tiktok_token_has (token, scope))
    {
      sim_tiktok_fail (
          self, "scope_not_authorized",
          "The user did not authorize the scope required for completing this request.");
      return NULL;
    }
  return token;
}

/*
 * The JSON object of the body, which @parser owns; an empty object when there is no body. NULL and
 * an answer with @code when it is something else, or does not say that it is JSON.
 */
JsonObject *
sim_tiktok_body (SimRequest *self, const char *code, JsonParser **parser)
{
  g_autoptr (GBytes) bytes
      = soup_message_body_flatten (soup_server_message_get_request_body (self->message));
  const char *type = soup_message_headers_get_content_type (
      soup_server_message_get_request_headers (self->message), NULL);
  gsize size = g_bytes_get_size (bytes);

  *parser = json_parser_new ();
  if (size == 0)
    {
      json_parser_load_from_data (*parser, "{}", 2, NULL);
      return json_node_get_object (json_parser_get_root (*parser));
    }
  if (g_strcmp0 (type, "application/json") != 0)
    {
      sim_tiktok_fail (self, code, "Content-Type must be application/json.");
      return NULL;
    }
  if (!g_utf8_validate (g_bytes_get_data (bytes, NULL), size, NULL)
      || !json_parser_load_from_data (*parser, g_bytes_get_data (bytes, NULL), size, NULL)
      || json_parser_get_root (*parser) == NULL
      || !JSON_NODE_HOLDS_OBJECT (json_parser_get_root (*parser)))
    {
      sim_tiktok_fail (self, code, "The request body is not a JSON object.");
      return NULL;
    }
  return json_node_get_object (json_parser_get_root (*parser));
}

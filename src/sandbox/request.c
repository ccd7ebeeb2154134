/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "smm-sandbox.h"

#include <string.h>

static void
free_file (gpointer data)
{
  SimFile *file = data;

  g_free (file->name);
  g_free (file->filename);
  g_free (file->type);
  g_clear_pointer (&file->bytes, g_bytes_unref);
  g_free (file);
}

static void
take_table (SimRequest *self, GHashTable *table)
{
  GHashTableIter iter;
  gpointer key;
  gpointer value;

  if (table == NULL)
    return;
  g_hash_table_iter_init (&iter, table);
  while (g_hash_table_iter_next (&iter, &key, &value))
    g_hash_table_insert (self->parameters, g_strdup (key), g_strdup (value ? value : ""));
}

static void
take_json (SimRequest *self, GBytes *body)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  if (!json_parser_load_from_data (parser, g_bytes_get_data (body, NULL), g_bytes_get_size (body),
                                   NULL)
      || json_parser_get_root (parser) == NULL
      || !JSON_NODE_HOLDS_OBJECT (json_parser_get_root (parser)))
    {
      g_hash_table_insert (self->parameters, g_strdup ("\001body"), g_strdup ("invalid"));
      return;
    }
  json_object_iter_init (&iter, json_node_get_object (json_parser_get_root (parser)));
  while (json_object_iter_next (&iter, &name, &node))
    {
      if (JSON_NODE_HOLDS_NULL (node))
        continue;
      if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
        g_hash_table_insert (self->parameters, g_strdup (name), json_node_dup_string (node));
      else
        g_hash_table_insert (self->parameters, g_strdup (name), json_to_string (node, FALSE));
    }
}

static void
take_multipart (SimRequest *self, GBytes *body)
{
  g_autoptr (SoupMultipart) multipart = soup_multipart_new_from_message (
      soup_server_message_get_request_headers (self->message), body);

  if (multipart == NULL)
    {
      g_hash_table_insert (self->parameters, g_strdup ("\001body"), g_strdup ("invalid"));
      return;
    }
  for (int i = 0; i < soup_multipart_get_length (multipart); i++)
    {
      SoupMessageHeaders *headers;
      GBytes *part;
      g_autofree char *disposition = NULL;
      g_autoptr (GHashTable) parameters = NULL;
      const char *name;
      const char *filename;

      if (!soup_multipart_get_part (multipart, i, &headers, &part)
          || !soup_message_headers_get_content_disposition (headers, &disposition, &parameters))
        continue;
      name = g_hash_table_lookup (parameters, "name");
      filename = g_hash_table_lookup (parameters, "filename");
      if (name == NULL)
        continue;
      if (filename != NULL)
        {
          SimFile *file = g_new0 (SimFile, 1);
          file->name = g_strdup (name);
          file->filename = g_strdup (filename);
          file->type = g_strdup (soup_message_headers_get_content_type (headers, NULL));
          file->bytes = g_bytes_ref (part);
          g_ptr_array_add (self->files, file);
        }
      else
        g_hash_table_insert (self->parameters, g_strdup (name),
                             g_strndup (g_bytes_get_data (part, NULL), g_bytes_get_size (part)));
    }
}

static void
take_body (SimRequest *self)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (self->message);
  const char *type = soup_message_headers_get_content_type (headers, NULL);
  SoupMessageBody *message_body = soup_server_message_get_request_body (self->message);
  g_autoptr (GBytes) body = NULL;

  if (type == NULL || message_body->length == 0)
    return;
  body = soup_message_body_flatten (message_body);
  if (g_ascii_strcasecmp (type, "application/x-www-form-urlencoded") == 0)
    {
      g_autofree char *text = g_strndup (g_bytes_get_data (body, NULL), g_bytes_get_size (body));
      g_autoptr (GHashTable) table = soup_form_decode (text);
      take_table (self, table);
    }
  else if (g_ascii_strcasecmp (type, "multipart/form-data") == 0)
    take_multipart (self, body);
  else if (g_ascii_strcasecmp (type, "application/json") == 0)
    take_json (self, body);
}

static gboolean
is_version (const char *segment)
{
  const char *p = segment;

  if (*p++ != 'v' || !g_ascii_isdigit (*p))
    return FALSE;
  while (g_ascii_isdigit (*p))
    p++;
  if (*p++ != '.' || !g_ascii_isdigit (*p))
    return FALSE;
  while (g_ascii_isdigit (*p))
    p++;
  return *p == '\0';
}

/* Hosts of Meta that are told apart by the first part of the path here. */
static const char *
take_host (SimRequest *self)
{
  static const char *const hosts[]
      = { "graph-video", "rupload", "instagram-www", "instagram-graph", "instagram-api", NULL };

  for (guint h = 0; hosts[h] != NULL; h++)
    if (self->segments[0] != NULL && strcmp (self->segments[0], hosts[h]) == 0)
      {
        g_free (self->segments[0]);
        for (guint i = 0; (self->segments[i] = self->segments[i + 1]) != NULL; i++)
          ;
        return hosts[h];
      }
  return NULL;
}

SimRequest *
sim_request_new (SoupServerMessage *message, const char *path, GHashTable *query)
{
  SimRequest *self = g_new0 (SimRequest, 1);
  const char *rest = path;

  self->message = g_object_ref (message);
  self->method = g_strdup (soup_server_message_get_method (message));
  self->path = g_strdup (path);
  self->started = g_get_monotonic_time ();
  self->parameters = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->files = g_ptr_array_new_with_free_func (free_file);
  while (*rest == '/')
    rest++;
  self->segments = g_strsplit (rest, "/", 8);
  self->host = take_host (self);
  if (self->segments[0] != NULL && is_version (self->segments[0]))
    {
      self->version = self->segments[0];
      for (guint i = 0; (self->segments[i] = self->segments[i + 1]) != NULL; i++)
        ;
    }
  else
    self->version = g_strdup (SIM_VERSION);
  self->n_segments = g_strv_length (self->segments);
  if (self->n_segments > 0 && self->segments[self->n_segments - 1][0] == '\0')
    {
      g_clear_pointer (&self->segments[--self->n_segments], g_free);
    }
  take_table (self, query);
  take_body (self);
  return self;
}

void
sim_request_free (SimRequest *self)
{
  g_object_unref (self->message);
  g_free (self->method);
  g_free (self->path);
  g_free (self->version);
  g_strfreev (self->segments);
  g_hash_table_unref (self->parameters);
  g_ptr_array_unref (self->files);
  g_clear_pointer (&self->fields, g_ptr_array_unref);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_free (self->type);
  g_free (self);
}

const char *
sim_get (SimRequest *self, const char *name)
{
  return g_hash_table_lookup (self->parameters, name);
}

gboolean
sim_is (SimRequest *self, const char *method)
{
  return strcmp (self->method, method) == 0;
}

/* FALSE and an error answer when the value is no boolean. */
gboolean
sim_get_boolean (SimRequest *self, const char *name, gboolean fallback, gboolean *value)
{
  const char *text = sim_get (self, name);

  *value = fallback;
  if (text == NULL)
    return TRUE;
  if (g_ascii_strcasecmp (text, "true") == 0 || strcmp (text, "1") == 0)
    *value = TRUE;
  else if (g_ascii_strcasecmp (text, "false") == 0 || strcmp (text, "0") == 0)
    *value = FALSE;
  else
    {
      g_autofree char *what = g_strdup_printf ("(#100) Param %s must be a boolean", name);
      sim_fail (self, 100, 0, what);
      return FALSE;
    }
  return TRUE;
}

void
sim_reply_text (SimRequest *self, guint status, const char *type, char *text)
{
  self->status = status;
  g_free (self->type);
  self->type = g_strdup (type);
  g_clear_pointer (&self->body, g_bytes_unref);
  self->body = g_bytes_new_take (text, strlen (text));
}

char *
sim_json_to_text (JsonObject *object)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);

  json_node_set_object (node, object);
  return json_to_string (node, FALSE);
}

/* Takes @object. */
void
sim_reply_object (SimRequest *self, JsonObject *object)
{
  sim_reply_text (self, 200, "application/json; charset=UTF-8", sim_json_to_text (object));
  json_object_unref (object);
}

void
sim_reply_success (SimRequest *self)
{
  sim_reply_text (self, 200, "application/json; charset=UTF-8", g_strdup ("{\"success\":true}"));
}

void
sim_fail_full (SimRequest *self, guint http, int code, int subcode, const char *message,
               const char *title, const char *explanation)
{
  JsonObject *root = json_object_new ();
  JsonObject *error = json_object_new ();
  g_autofree char *trace = sim_random_text (23);
  const char *type = "OAuthException";

  if (code == 100 && subcode == 33)
    type = "GraphMethodException";
  else if (code == 1609005)
    type = "FacebookApiException";
  json_object_set_string_member (error, "message", message);
  json_object_set_string_member (error, "type", type);
  json_object_set_int_member (error, "code", code);
  if (subcode != 0)
    json_object_set_int_member (error, "error_subcode", subcode);
  if (code == 2 || title != NULL || explanation != NULL)
    json_object_set_boolean_member (error, "is_transient", code == 2 || code == -2);
  if (title != NULL)
    json_object_set_string_member (error, "error_user_title", title);
  if (explanation != NULL)
    json_object_set_string_member (error, "error_user_msg", explanation);
  json_object_set_string_member (error, "fbtrace_id", trace);
  json_object_set_object_member (root, "error", error);
  sim_reply_object (self, root);
  self->status = http;
}

void
sim_fail (SimRequest *self, int code, int subcode, const char *message)
{
  guint http = 400;

  if (code == 190 || code == 102)
    http = 401;
  else if (code == 10 || (code >= 200 && code < 300))
    http = 403;
  else if (code == 1 || code == 2)
    http = 500;
  sim_fail_full (self, http, code, subcode, message, NULL, NULL);
}

void
sim_fail_parameter (SimRequest *self, const char *name)
{
  g_autofree char *message = g_strdup_printf ("(#100) Param %s is invalid.", name);

  sim_fail (self, 100, 0, message);
}

void
sim_fail_missing (SimRequest *self, const char *id)
{
  g_autofree char *method = g_ascii_strdown (self->method, -1);
  g_autofree char *message = g_strdup_printf (
      "Unsupported %s request. Object with ID '%s' does not exist, cannot be loaded due to missing "
      "permissions, or does not support this operation",
      method, id);

  sim_fail (self, 100, 33, message);
}

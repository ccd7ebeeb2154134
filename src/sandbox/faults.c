/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "smm-sandbox.h"
#include "tiktok.h"

#include <string.h>

struct _SimFault
{
  int references;
  int id;
  char *method;
  GRegex *path;
  guint64 nth;
  guint64 times;      /* 0 = for ever */
  double probability; /* 0 = by count */
  guint64 seen;
  guint64 hits;
  char *kind;
  JsonObject *fault;
};

static GPtrArray *plan;
static int last_id;

static const char *const before_kinds[]
    = { "close-before", "reset-before", "hang-before", "status-before", "error", "429",
        "redirect",     "cut-upload",   NULL };
static const char *const after_kinds[]
    = { "close-after", "reset-after", "hang-after", "status-after", "error-after",
        "malformed",   "truncated",   "empty",      "html",         "huge",
        "deep",        "wrong-types", "drip",       "delay",        NULL };

void
sim_fault_release (SimFault *self)
{
  if (--self->references > 0)
    return;
  g_free (self->method);
  g_clear_pointer (&self->path, g_regex_unref);
  g_free (self->kind);
  json_object_unref (self->fault);
  g_free (self);
}

static gint64
number (SimFault *self, const char *name, gint64 fallback)
{
  return json_object_get_int_member_with_default (self->fault, name, fallback);
}

/* A reference for the request that is hit, or NULL. The first rule that fires wins. */
SimFault *
sim_fault_match (SimRequest *request)
{
  for (guint i = 0; plan != NULL && i < plan->len; i++)
    {
      SimFault *self = g_ptr_array_index (plan, i);

      if (self->method != NULL && strcmp (self->method, request->method) != 0)
        continue;
      if (self->path != NULL && !g_regex_match (self->path, request->path, 0, NULL))
        continue;
      self->seen++;
      if (self->times != 0 && self->hits >= self->times)
        continue;
      if (self->probability > 0 ? g_random_double () >= self->probability : self->seen < self->nth)
        continue;
      self->hits++;
      self->references++;
      sim_world->fault_hits++;
      return self;
    }
  return NULL;
}

gboolean
sim_fault_is_before (SimFault *self)
{
  return g_strv_contains (before_kinds, self->kind)
         || json_object_get_boolean_member_with_default (self->fault, "before", FALSE);
}

/* Milliseconds when this is a delay of that kind (@when NULL: of any), else -1. */
int
sim_fault_delay (SimFault *self, const char *when)
{
  if (strcmp (self->kind, "delay") != 0)
    return -1;
  if (when != NULL
      && strcmp (json_object_get_string_member_with_default (self->fault, "when", "before"), when)
             != 0)
    return -1;
  return number (self, "ms", 1000);
}

static void
reply_plain (SimRequest *request, guint status, const char *type, char *text)
{
  soup_server_message_set_status (request->message, status, NULL);
  soup_message_headers_set_content_type (
      soup_server_message_get_response_headers (request->message), type, NULL);
  if (text[0] == '\0')
    g_free (text);
  else
    soup_message_body_append_take (soup_server_message_get_response_body (request->message),
                                   (guchar *)text, strlen (text));
}

static char *
handler_text (SimRequest *request)
{
  return request->body != NULL
             ? g_strndup (g_bytes_get_data (request->body, NULL), g_bytes_get_size (request->body))
             : g_strdup ("{}");
}

static void
reply_error (SimFault *self, SimRequest *request)
{
  int code = number (self, "code", 1);
  JsonObject *error;
  g_autofree char *text = NULL;
  g_autoptr (JsonParser) parser = json_parser_new ();

  if (sim_tiktok_is_path (request->path))
    {
      sim_tiktok_fault (
          request,
          json_object_get_string_member_with_default (self->fault, "tiktok_code", "internal_error"),
          json_object_get_string_member_with_default (self->fault, "message",
                                                      "Something went wrong on our side."),
          number (self, "http", 0));
      reply_plain (request, request->status, request->type, handler_text (request));
      return;
    }
  sim_fail (request, code, number (self, "subcode", 0),
            json_object_get_string_member_with_default (self->fault, "message",
                                                        "An unknown error occurred"));
  text = handler_text (request);
  json_parser_load_from_data (parser, text, -1, NULL);
  error = json_object_get_object_member (json_node_get_object (json_parser_get_root (parser)),
                                         "error");
  if (json_object_has_member (self->fault, "is_transient"))
    json_object_set_boolean_member (error, "is_transient",
                                    json_object_get_boolean_member (self->fault, "is_transient"));
  reply_plain (request, number (self, "http", 400), "application/json; charset=UTF-8",
               json_to_string (json_parser_get_root (parser), FALSE));
}

static void
reply_limited (SimFault *self, SimRequest *request)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (request->message);

  if (json_object_has_member (self->fault, "retry_after"))
    {
      JsonNode *node = json_object_get_member (self->fault, "retry_after");
      g_autofree char *text = json_node_get_value_type (node) == G_TYPE_STRING
                                  ? json_node_dup_string (node)
                                  : g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (node));
      soup_message_headers_replace (headers, "Retry-After", text);
    }
  if (sim_tiktok_is_path (request->path))
    {
      sim_tiktok_fault (request, "rate_limit_exceeded",
                        "The API rate limit was exceeded. Please try again later.", 0);
      reply_plain (request, 429, request->type, handler_text (request));
      return;
    }
  reply_plain (request, 429, "application/json; charset=UTF-8",
               g_strdup ("{\"error\":{\"message\":\"(#4) Application request limit reached\","
                         "\"type\":\"OAuthException\",\"code\":4,\"fbtrace_id\":\"A\"}}"));
}

static void
reply_redirect (SimFault *self, SimRequest *request)
{
  soup_message_headers_replace (soup_server_message_get_response_headers (request->message),
                                "Location",
                                json_object_get_string_member_with_default (
                                    self->fault, "location", "http://127.0.0.1:9/elsewhere"));
  reply_plain (request, number (self, "status", 302), "text/html", g_strdup (""));
}

/* A header that promises more than is sent. */
static void
send_cut (SimRequest *request)
{
  g_autofree char *text = handler_text (request);
  gsize length = strlen (text);
  g_autofree char *raw = g_strdup_printf (
      "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %" G_GSIZE_FORMAT
      "\r\n\r\n%.*s",
      length, (int)(length / 2), text);
  g_autoptr (GBytes) bytes = g_bytes_new (raw, strlen (raw));

  sim_raw_send (request->message, bytes, 0, 0);
}

static void
send_drip (SimFault *self, SimRequest *request)
{
  g_autofree char *text = handler_text (request);
  g_autofree char *raw = g_strdup_printf (
      "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %" G_GSIZE_FORMAT
      "\r\n\r\n%s",
      strlen (text), text);
  g_autoptr (GBytes) bytes = g_bytes_new (raw, strlen (raw));

  sim_raw_send (request->message, bytes, 0, MAX (1, number (self, "interval_ms", 1000)));
}

static void
send_huge (SimFault *self, SimRequest *request)
{
  gint64 wanted = number (self, "bytes", 200 * 1024 * 1024);
  GString *raw = g_string_new (NULL);
  g_autoptr (GBytes) bytes = NULL;
  gsize head;

  g_string_append_printf (raw,
                          "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
                          "%" G_GINT64_FORMAT "\r\n\r\n{\"id\":\"",
                          wanted);
  head = raw->len - strlen ("{\"id\":\"");
  for (guint i = 0; i < 2 * 65536; i++)
    g_string_append_c (raw, '7');
  bytes = g_string_free_to_bytes (raw);
  sim_raw_send (request->message, bytes, head + wanted, 0);
}

static void
reply_deep (SimFault *self, SimRequest *request)
{
  gint64 levels = CLAMP (number (self, "levels", 100000), 1, 5000000);
  GString *text = g_string_sized_new (levels * 2 + 1);

  for (gint64 i = 0; i < levels; i++)
    g_string_append_c (text, '[');
  for (gint64 i = 0; i < levels; i++)
    g_string_append_c (text, ']');
  reply_plain (request, 200, "application/json", g_string_free (text, FALSE));
}

void
sim_fault_apply (SimFault *self, SimRequest *request)
{
  const char *kind = self->kind;

  if (g_str_has_prefix (kind, "close-"))
    sim_raw_close (request->message, FALSE);
  else if (strcmp (kind, "cut-upload") == 0)
    {
      sim_upload_cut (request, MAX (0, number (self, "bytes", 1000)));
      sim_raw_close (request->message, FALSE);
    }
  else if (g_str_has_prefix (kind, "reset-"))
    sim_raw_close (request->message, TRUE);
  else if (g_str_has_prefix (kind, "hang-"))
    sim_raw_hang (request->message);
  else if (g_str_has_prefix (kind, "status-"))
    reply_plain (request, number (self, "http", 500), "text/plain", g_strdup (""));
  else if (g_str_has_prefix (kind, "error"))
    reply_error (self, request);
  else if (strcmp (kind, "429") == 0)
    reply_limited (self, request);
  else if (strcmp (kind, "redirect") == 0)
    reply_redirect (self, request);
  else if (strcmp (kind, "malformed") == 0)
    reply_plain (request, 200, "application/json", g_strdup ("{\"id\":\"12\",,\"\xff\xfe\": nul"));
  else if (strcmp (kind, "empty") == 0)
    reply_plain (request, 200, "application/json", g_strdup (""));
  else if (strcmp (kind, "html") == 0)
    reply_plain (request, number (self, "http", 200), "text/html",
                 g_strdup ("<html><title>Error</title><body>Sorry, something went wrong.</html>"));
  else if (strcmp (kind, "wrong-types") == 0)
    reply_plain (request, 200, "application/json",
                 g_strdup ("{\"id\":{\"a\":[1]},\"data\":\"x\",\"paging\":7,\"status_code\":[],"
                           "\"access_token\":false,\"error\":3}"));
  else if (strcmp (kind, "truncated") == 0)
    send_cut (request);
  else if (strcmp (kind, "drip") == 0)
    send_drip (self, request);
  else if (strcmp (kind, "huge") == 0)
    send_huge (self, request);
  else if (strcmp (kind, "deep") == 0)
    reply_deep (self, request);
}

void
sim_faults_clear (void)
{
  for (guint i = 0; plan != NULL && i < plan->len; i++)
    sim_fault_release (g_ptr_array_index (plan, i));
  g_clear_pointer (&plan, g_ptr_array_unref);
}

static int
add_fault (JsonNode *node, GError **error)
{
  JsonObject *object;
  JsonObject *match;
  JsonObject *fault;
  const char *kind;
  const char *path;
  SimFault *self;

  if (!JSON_NODE_HOLDS_OBJECT (node)
      || !json_object_has_member (json_node_get_object (node), "fault"))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "an object with fault is needed");
      return 0;
    }
  object = json_node_get_object (node);
  fault = json_object_get_object_member (object, "fault");
  kind = json_object_get_string_member_with_default (fault, "kind", "");
  if (!g_strv_contains (before_kinds, kind) && !g_strv_contains (after_kinds, kind))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "no such kind: %s", kind);
      return 0;
    }
  self = g_new0 (SimFault, 1);
  self->references = 1;
  self->kind = g_strdup (kind);
  self->fault = json_object_ref (fault);
  self->nth = self->times = 1;
  match = json_object_has_member (object, "match") ? json_object_get_object_member (object, "match")
                                                   : NULL;
  if (match != NULL)
    {
      self->method = g_strdup (json_object_get_string_member_with_default (match, "method", NULL));
      path = json_object_get_string_member_with_default (match, "path_regex", NULL);
      if (path != NULL && (self->path = g_regex_new (path, G_REGEX_OPTIMIZE, 0, error)) == NULL)
        {
          sim_fault_release (self);
          return 0;
        }
      self->probability = json_object_get_double_member_with_default (match, "probability", 0);
      self->nth = json_object_get_int_member_with_default (match, "nth", 1);
      self->times
          = json_object_get_int_member_with_default (match, "times", self->probability > 0 ? 0 : 1);
    }
  self->id = ++last_id;
  if (plan == NULL)
    plan = g_ptr_array_new ();
  g_ptr_array_add (plan, self);
  return self->id;
}

static void
list_faults (SimRequest *request)
{
  JsonObject *root = json_object_new ();
  JsonArray *list = json_array_new ();

  for (guint i = 0; plan != NULL && i < plan->len; i++)
    {
      SimFault *self = g_ptr_array_index (plan, i);
      JsonObject *object = json_object_new ();
      json_object_set_int_member (object, "id", self->id);
      json_object_set_string_member (object, "kind", self->kind);
      json_object_set_int_member (object, "seen", self->seen);
      json_object_set_int_member (object, "hits", self->hits);
      json_object_set_int_member (object, "left",
                                  self->times == 0 ? -1 : (gint64)(self->times - self->hits));
      json_array_add_object_element (list, object);
    }
  json_object_set_array_member (root, "faults", list);
  sim_reply_object (request, root);
}

static void
add_faults (SimRequest *request)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  SoupMessageBody *body = soup_server_message_get_request_body (request->message);
  g_autoptr (GBytes) bytes = soup_message_body_flatten (body);
  g_autoptr (GError) error = NULL;
  JsonObject *answer = json_object_new ();
  JsonArray *ids = json_array_new ();
  JsonNode *root = NULL;
  int id = 0;

  if (json_parser_load_from_data (parser, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes),
                                  &error))
    root = json_parser_get_root (parser);
  if (root != NULL && JSON_NODE_HOLDS_ARRAY (root))
    {
      JsonArray *array = json_node_get_array (root);
      for (guint i = 0; i < json_array_get_length (array) && error == NULL; i++)
        {
          id = add_fault (json_array_get_element (array, i), &error);
          json_array_add_int_element (ids, id);
        }
      json_object_set_array_member (answer, "ids", json_array_ref (ids));
    }
  else if (root != NULL)
    {
      id = add_fault (root, &error);
      json_object_set_int_member (answer, "id", id);
    }
  json_array_unref (ids);
  if (error != NULL || root == NULL)
    json_object_set_string_member (answer, "error", error ? error->message : "no JSON");
  sim_reply_object (request, answer);
  if (error != NULL || root == NULL)
    request->status = 400;
}

void
sim_faults_control (SimRequest *request)
{
  if (sim_is (request, "POST"))
    add_faults (request);
  else if (sim_is (request, "DELETE"))
    {
      sim_faults_clear ();
      sim_raw_drop_hanging ();
      sim_reply_success (request);
    }
  else
    list_faults (request);
}

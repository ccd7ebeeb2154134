/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * OpenAI's Responses and Chat Completions (api/openai.md sections 3 to 5), as strict as the
 * platform about what is sent. Nobody thinks here: the answer is made up from the schema.
 *
 * GET /_sandbox/openai {"requests":[{"path","body"}]} oldest first. POST /_sandbox/openai
 * {"answer":A}: how all that follow are answered, of "good", "refusal", "cut", "filtered",
 * "failed", "silent" (no message), "nonsense" (no JSON), "odd" (JSON of other types), "hostile"
 * (JSON of the right types whose values can't stand anywhere), "fence" (JSON within other text).
 */

#include "smm-sandbox.h"

#include <string.h>

#define MAX_DEPTH 5
#define TOKENS_IN 900
#define TOKENS_OUT 300

static GPtrArray *bodies; /* char*: {"path":…,"body":…} */
static char *answer;

static void
fail (SimRequest *self, guint status, const char *code, const char *param, const char *message)
{
  sim_reply_text (self, status, "application/json",
                  g_strdup_printf ("{\"error\":{\"message\":\"%s\",\"type\":"
                                   "\"invalid_request_error\",\"param\":\"%s\",\"code\":\"%s\"}}",
                                   message, param, code));
}

static const char *
get_string (JsonObject *object, const char *member)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, member) : NULL;

  return node != NULL && JSON_NODE_HOLDS_VALUE (node)
                 && json_node_get_value_type (node) == G_TYPE_STRING
             ? json_node_get_string (node)
             : NULL;
}

static JsonObject *
get_object (JsonObject *object, const char *member)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, member) : NULL;

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static JsonArray *
get_array (JsonObject *object, const char *member)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, member) : NULL;

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

/* The first member that is not one of @known; NULL: all are. */
static char *
find_unknown (JsonObject *object, const char *const *known)
{
  g_autoptr (GList) names = json_object_get_members (object);

  for (GList *at = names; at != NULL; at = at->next)
    if (!g_strv_contains (known, at->data))
      return g_strdup (at->data);
  return NULL;
}

/* --- Schemas, strict mode --- */

static gboolean
lists_all (JsonObject *properties, JsonArray *required)
{
  g_autoptr (GList) names = json_object_get_members (properties);

  if (required == NULL || json_array_get_length (required) != g_list_length (names))
    return FALSE;
  for (guint i = 0; i < json_array_get_length (required); i++)
    if (!json_object_has_member (properties, json_array_get_string_element (required, i)))
      return FALSE;
  return TRUE;
}

static const char *
judge_schema (JsonObject *schema, guint depth)
{
  static const char *const known[]
      = { "type",    "properties", "required",    "additionalProperties",
          "items",   "enum",       "description", "minimum",
          "maximum", "minItems",   "maxItems",    "pattern",
          NULL };
  const char *type = get_string (schema, "type");
  JsonObject *properties = get_object (schema, "properties");
  g_autofree char *unknown = find_unknown (schema, known);
  g_autoptr (GList) names = NULL;

  if (depth > MAX_DEPTH)
    return "the schema is nested too deep";
  if (unknown != NULL || type == NULL)
    return "a keyword is not permitted, or type is missing";
  if (strcmp (type, "array") == 0)
    return get_object (schema, "items") == NULL
               ? "items is missing"
               : judge_schema (get_object (schema, "items"), depth + 1);
  if (strcmp (type, "object") != 0)
    return depth == 1 ? "the root must be an object" : NULL;
  if (properties == NULL || !lists_all (properties, get_array (schema, "required")))
    return "required must name every property";
  if (!json_object_has_member (schema, "additionalProperties")
      || json_object_get_boolean_member (schema, "additionalProperties"))
    return "additionalProperties must be false";
  names = json_object_get_members (properties);
  for (GList *at = names; at != NULL; at = at->next)
    {
      JsonObject *each = get_object (properties, at->data);
      const char *wrong = each != NULL ? judge_schema (each, depth + 1) : "not a schema";

      if (wrong != NULL)
        return wrong;
    }
  return NULL;
}

/* --- Values --- */

static const char *
invent_text (const char *name, guint n)
{
  static const struct
  {
    const char *name, *texts[3];
  } known[] = {
    { "description", { "A bakery with a wood oven: sourdough, rye, pastries." } },
    { "audience", { "Neighbours of 25 to 60 who come early" } },
    { "languages", { "English" } },
    { "topics", { "Rye with caraway", "Croissants on weekends", "The wood oven" } },
    { "hashtags", { "#northsidebread", "#sourdough", "#rye" } },
    { "colors", { "#8f5f2c", "#f4e9d8" } },
    { "captions",
      { "Thirty layers, two days, gone by ten.", "The oven is on. So are we.",
        "Rye with caraway, still warm." } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    if (strcmp (known[i].name, name) == 0)
      return known[i].texts[n % 3] != NULL ? known[i].texts[n % 3] : known[i].texts[0];
  return "Text";
}

static JsonNode *
invent (JsonObject *schema, const char *name, guint n)
{
  gboolean hostile = g_strcmp0 (answer, "hostile") == 0;
  const char *type = get_string (schema, "type");
  JsonNode *node = json_node_new (JSON_NODE_VALUE);

  if (strcmp (type, "object") == 0)
    {
      JsonObject *object = json_object_new ();
      JsonObject *properties = get_object (schema, "properties");
      g_autoptr (GList) names = json_object_get_members (properties);

      for (GList *at = names; at != NULL; at = at->next)
        json_object_set_member (object, at->data,
                                invent (get_object (properties, at->data), at->data, 0));
      json_node_init_object (node, object);
      json_object_unref (object);
    }
  else if (strcmp (type, "array") == 0)
    {
      JsonArray *array = json_array_new ();
      guint length = hostile ? 60 : strcmp (name, "colors") == 0 ? 2 : 3;

      for (guint i = 0; i < length; i++)
        json_array_add_element (array, invent (get_object (schema, "items"), name, i));
      json_node_init_array (node, array);
      json_array_unref (array);
    }
  else if (strcmp (type, "integer") == 0 || strcmp (type, "number") == 0)
    json_node_set_int (node, hostile ? G_MAXINT64 : strcmp (name, "playful") == 0 ? 25 : 40);
  else if (strcmp (type, "boolean") == 0)
    json_node_set_boolean (node, TRUE);
  else if (hostile)
    {
      g_autofree char *long_text = g_strnfill (5000, 'x');

      json_node_set_string (node, n % 2 == 0 ? long_text : "<b>\u202e\a& no word");
    }
  else
    json_node_set_string (node, invent_text (name, n));
  return node;
}

static char *
invent_answer (JsonObject *schema)
{
  g_autoptr (JsonNode) node = schema != NULL ? invent (schema, "", 0) : NULL;
  g_autofree char *text = node != NULL ? json_to_string (node, FALSE) : g_strdup ("Yes.");

  if (g_strcmp0 (answer, "nonsense") == 0)
    return g_strdup ("I would rather talk about something else.");
  if (g_strcmp0 (answer, "odd") == 0)
    return g_strdup ("{\"description\":{\"a\":[1]},\"audience\":7,\"topics\":\"one\",\"tone\":[],"
                     "\"hashtags\":[null,{}],\"colors\":[[[]]],\"captions\":{\"x\":1}}");
  if (g_strcmp0 (answer, "fence") == 0)
    return g_strdup_printf ("<think>Hm.</think>Here it is:\n```json\n%s\n```", text);
  if (g_strcmp0 (answer, "cut") == 0)
    return g_strndup (text, strlen (text) / 2);
  return g_steal_pointer (&text);
}

/* --- Requests --- */

static gboolean
check_model (SimRequest *self, JsonObject *root)
{
  static const char *const models[] = { "gpt-5.6-terra", "gpt-5.6-luna", "gpt-4o", NULL };
  const char *model = get_string (root, "model");

  if (model != NULL && g_strv_contains (models, model))
    return TRUE;
  fail (self, model != NULL ? 404 : 400, "model_not_found", "model", "The model does not exist");
  return FALSE;
}

/* @format: {"type":"json_schema", …} with name, strict and schema; NULL: as text. */
static gboolean
check_format (SimRequest *self, JsonObject *format, const char *param, JsonObject **schema)
{
  const char *name = get_string (format, "name");
  const char *wrong;

  *schema = get_object (format, "schema");
  if (format == NULL)
    return TRUE;
  if (name == NULL || strlen (name) > 64
      || strspn (name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-")
             != strlen (name))
    wrong = "name is missing or has other characters than letters, digits, _ and -";
  else if (*schema == NULL || !json_object_has_member (format, "strict")
           || !json_object_get_boolean_member (format, "strict"))
    wrong = "only strict schemas are known here";
  else
    wrong = judge_schema (*schema, 1);
  if (wrong != NULL)
    fail (self, 400, "invalid_json_schema", param, wrong);
  return wrong == NULL;
}

static gboolean
check_messages (SimRequest *self, JsonArray *messages, const char *param)
{
  static const char *const roles[] = { "user", "system", "developer", "assistant", NULL };

  for (guint i = 0; messages != NULL && i < json_array_get_length (messages); i++)
    {
      JsonNode *node = json_array_get_element (messages, i);
      JsonObject *message = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
      const char *role = get_string (message, "role");

      if (role == NULL || !g_strv_contains (roles, role)
          || (get_string (message, "content") == NULL && get_array (message, "content") == NULL))
        messages = NULL;
    }
  if (messages != NULL && json_array_get_length (messages) > 0)
    return TRUE;
  fail (self, 400, "invalid_type", param, "Messages with role and content are needed");
  return FALSE;
}

static gboolean
check_members (SimRequest *self, JsonObject *root, const char *const *known)
{
  g_autofree char *unknown = find_unknown (root, known);

  if (unknown != NULL)
    fail (self, 400, "unknown_parameter", "body", "Unknown parameter");
  return unknown == NULL;
}

static gboolean
is_answer (const char *name)
{
  return g_strcmp0 (answer, name) == 0;
}

static JsonBuilder *
begin_reply (const char *id, const char *object, const char *model)
{
  JsonBuilder *builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "id");
  json_builder_add_string_value (builder, id);
  json_builder_set_member_name (builder, "object");
  json_builder_add_string_value (builder, object);
  json_builder_set_member_name (builder, "model");
  json_builder_add_string_value (builder, model);
  return builder;
}

static void
add_usage (JsonBuilder *builder, const char *input, const char *output)
{
  json_builder_set_member_name (builder, "usage");
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, input);
  json_builder_add_int_value (builder, TOKENS_IN);
  json_builder_set_member_name (builder, output);
  json_builder_add_int_value (builder, TOKENS_OUT);
  json_builder_set_member_name (builder, "total_tokens");
  json_builder_add_int_value (builder, TOKENS_IN + TOKENS_OUT);
  json_builder_end_object (builder);
}

static void
end_reply (SimRequest *self, JsonBuilder *builder)
{
  g_autoptr (JsonNode) root = NULL;

  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  sim_reply_text (self, 200, "application/json", json_to_string (root, FALSE));
  g_object_unref (builder);
}

static void
add_part (JsonBuilder *builder, const char *type, const char *member, const char *text)
{
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "type");
  json_builder_add_string_value (builder, type);
  json_builder_set_member_name (builder, member);
  json_builder_add_string_value (builder, text);
  json_builder_end_object (builder);
}

static void
add_message (JsonBuilder *builder, const char *text)
{
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "type");
  json_builder_add_string_value (builder, "message");
  json_builder_set_member_name (builder, "role");
  json_builder_add_string_value (builder, "assistant");
  json_builder_set_member_name (builder, "content");
  json_builder_begin_array (builder);
  if (is_answer ("refusal"))
    add_part (builder, "refusal", "refusal", "I can't help with that.");
  else
    add_part (builder, "output_text", "text", text);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

static void
reply_response (SimRequest *self, JsonObject *root, JsonObject *schema)
{
  JsonBuilder *builder = begin_reply ("resp_5a4d", "response", get_string (root, "model"));
  gboolean incomplete = is_answer ("cut") || is_answer ("filtered");
  g_autofree char *text = invent_answer (schema);

  json_builder_set_member_name (builder, "status");
  json_builder_add_string_value (builder, incomplete             ? "incomplete"
                                          : is_answer ("failed") ? "failed"
                                                                 : "completed");
  json_builder_set_member_name (builder, "error");
  if (is_answer ("failed"))
    {
      json_builder_begin_object (builder);
      json_builder_set_member_name (builder, "code");
      json_builder_add_string_value (builder, "server_error");
      json_builder_set_member_name (builder, "message");
      json_builder_add_string_value (builder, "The model had trouble.");
      json_builder_end_object (builder);
    }
  else
    json_builder_add_null_value (builder);
  json_builder_set_member_name (builder, "incomplete_details");
  if (incomplete)
    {
      json_builder_begin_object (builder);
      json_builder_set_member_name (builder, "reason");
      json_builder_add_string_value (builder,
                                     is_answer ("cut") ? "max_output_tokens" : "content_filter");
      json_builder_end_object (builder);
    }
  else
    json_builder_add_null_value (builder);
  json_builder_set_member_name (builder, "output");
  json_builder_begin_array (builder);
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "type");
  json_builder_add_string_value (builder, "reasoning");
  json_builder_end_object (builder);
  if (!is_answer ("silent") && !is_answer ("failed"))
    add_message (builder, text);
  json_builder_end_array (builder);
  add_usage (builder, "input_tokens", "output_tokens");
  end_reply (self, builder);
}

static void
post_response (SimRequest *self, JsonObject *root)
{
  static const char *const known[] = { "model",
                                       "input",
                                       "instructions",
                                       "store",
                                       "max_output_tokens",
                                       "reasoning",
                                       "text",
                                       "stream",
                                       "safety_identifier",
                                       "metadata",
                                       NULL };
  JsonObject *text = get_object (root, "text");
  JsonObject *schema = NULL;

  if (!check_members (self, root, known) || !check_model (self, root)
      || !check_messages (self, get_array (root, "input"), "input")
      || !check_format (self, get_object (text, "format"), "text.format.schema", &schema))
    return;
  if (json_object_has_member (root, "max_output_tokens")
      && json_object_get_int_member (root, "max_output_tokens") < 16)
    fail (self, 400, "integer_below_min_value", "max_output_tokens", "Expected 16 or more");
  else
    reply_response (self, root, schema);
}

static void
reply_chat (SimRequest *self, JsonObject *root, JsonObject *schema)
{
  JsonBuilder *builder
      = begin_reply ("chatcmpl-5a4d", "chat.completion", get_string (root, "model"));
  g_autofree char *text = invent_answer (schema);
  gboolean none = is_answer ("refusal") || is_answer ("silent");

  json_builder_set_member_name (builder, "choices");
  json_builder_begin_array (builder);
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "index");
  json_builder_add_int_value (builder, 0);
  json_builder_set_member_name (builder, "finish_reason");
  json_builder_add_string_value (builder, is_answer ("cut")        ? "length"
                                          : is_answer ("filtered") ? "content_filter"
                                                                   : "stop");
  json_builder_set_member_name (builder, "message");
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "role");
  json_builder_add_string_value (builder, "assistant");
  json_builder_set_member_name (builder, "content");
  none ? json_builder_add_null_value (builder) : json_builder_add_string_value (builder, text);
  json_builder_set_member_name (builder, "refusal");
  is_answer ("refusal") ? json_builder_add_string_value (builder, "I can't help with that.")
                        : json_builder_add_null_value (builder);
  json_builder_end_object (builder);
  json_builder_end_object (builder);
  json_builder_end_array (builder);
  add_usage (builder, "prompt_tokens", "completion_tokens");
  end_reply (self, builder);
}

static void
post_chat (SimRequest *self, JsonObject *root)
{
  static const char *const known[] = { "model",       "messages",         "max_tokens",
                                       "stream",      "response_format",  "max_completion_tokens",
                                       "temperature", "reasoning_effort", NULL };
  JsonObject *format = get_object (root, "response_format");
  JsonObject *schema = NULL;

  if (check_members (self, root, known) && check_model (self, root)
      && check_messages (self, get_array (root, "messages"), "messages")
      && check_format (self, get_object (format, "json_schema"), "response_format", &schema))
    reply_chat (self, root, schema);
}

static void
note_request (SimRequest *self, JsonNode *root)
{
  g_autofree char *body = json_to_string (root, FALSE);

  if (bodies == NULL)
    bodies = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (bodies, g_strdup_printf ("{\"path\":\"%s\",\"body\":%s}", self->path, body));
}

gboolean
sim_openai_answer (SimRequest *self)
{
  gboolean chat = strcmp (self->path, "/openai/v1/chat/completions") == 0;
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (self->message);
  const char *type = soup_message_headers_get_content_type (headers, NULL);
  SoupMessageBody *sent = soup_server_message_get_request_body (self->message);
  g_autoptr (GBytes) body = NULL;
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonNode *root;

  if (!chat && strcmp (self->path, "/openai/v1/responses") != 0)
    return FALSE;
  body = soup_message_body_flatten (sent);
  root = json_parser_load_from_data (parser, g_bytes_get_data (body, NULL), g_bytes_get_size (body),
                                     NULL)
             ? json_parser_get_root (parser)
             : NULL;
  if (!sim_is (self, "POST"))
    fail (self, 405, "method_not_allowed", "", "Not allowed to do that");
  else if (g_strcmp0 (type, "application/json") != 0 || root == NULL
           || !JSON_NODE_HOLDS_OBJECT (root))
    fail (self, 400, "invalid_json", "", "We could not parse the JSON body of your request");
  else
    {
      note_request (self, root);
      chat ? post_chat (self, json_node_get_object (root))
           : post_response (self, json_node_get_object (root));
    }
  return TRUE;
}

void
sim_openai_control (SimRequest *self)
{
  GString *all;

  if (sim_is (self, "POST"))
    {
      g_free (answer);
      answer = g_strdup (sim_get (self, "answer"));
      sim_reply_success (self);
      return;
    }
  all = g_string_new ("{\"requests\":[");
  for (guint i = 0; bodies != NULL && i < bodies->len; i++)
    g_string_append_printf (all, "%s%s", i > 0 ? "," : "", (char *)bodies->pdata[i]);
  g_string_append (all, "]}");
  sim_reply_text (self, 200, "application/json", g_string_free (all, FALSE));
}

void
sim_openai_reset (void)
{
  g_clear_pointer (&bodies, g_ptr_array_unref);
  g_clear_pointer (&answer, g_free);
}

/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-ai-prompt.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "smm-platform.h"

#define TIMEOUT_MS 120000 /* models that think are silent for long */

void
smm_ai_prompt_free (SmmAiPrompt *self)
{
  g_free (self->instructions);
  g_free (self->input);
  g_free (self->schema);
  g_free (self);
}

/**
 * smm_ai_prompt_describe:
 * @self: a question
 *
 * Returns: (transfer full): instructions, input and the form of the answer, as they are sent
 */
char *
smm_ai_prompt_describe (const SmmAiPrompt *self)
{
  return g_strdup_printf ("%s\n\n%s\n\n%s", self->instructions, self->input, self->schema);
}

/* --- Sending --- */

static void
add_string (JsonBuilder *builder, const char *member, const char *value)
{
  json_builder_set_member_name (builder, member);
  json_builder_add_string_value (builder, value);
}

static void
add_message (JsonBuilder *builder, const char *role, const char *content)
{
  json_builder_begin_object (builder);
  add_string (builder, "role", role);
  add_string (builder, "content", content);
  json_builder_end_object (builder);
}

static void
add_schema (const SmmAiPrompt *self, JsonBuilder *builder)
{
  add_string (builder, "name", self->name);
  json_builder_set_member_name (builder, "strict");
  json_builder_add_boolean_value (builder, TRUE);
  json_builder_set_member_name (builder, "schema");
  json_builder_add_value (builder, json_from_string (self->schema, NULL));
}

/* Responses (api/openai.md section 3.1). */
static void
build_response (const SmmAiPrompt *self, JsonBuilder *builder)
{
  add_string (builder, "instructions", self->instructions);
  json_builder_set_member_name (builder, "input");
  json_builder_begin_array (builder);
  add_message (builder, "user", self->input);
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "store");
  json_builder_add_boolean_value (builder, FALSE);
  json_builder_set_member_name (builder, "max_output_tokens");
  json_builder_add_int_value (builder, self->max_output);
  json_builder_set_member_name (builder, "text");
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "format");
  json_builder_begin_object (builder);
  add_string (builder, "type", "json_schema");
  add_schema (self, builder);
  json_builder_end_object (builder);
  json_builder_end_object (builder);
}

/* Chat Completions, which is what other servers speak (api/openai.md sections 4, 11). */
static void
build_chat (const SmmAiPrompt *self, JsonBuilder *builder)
{
  json_builder_set_member_name (builder, "messages");
  json_builder_begin_array (builder);
  add_message (builder, "system", self->instructions);
  add_message (builder, "user", self->input);
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "max_tokens");
  json_builder_add_int_value (builder, self->max_output);
  json_builder_set_member_name (builder, "response_format");
  json_builder_begin_object (builder);
  add_string (builder, "type", "json_schema");
  json_builder_set_member_name (builder, "json_schema");
  json_builder_begin_object (builder);
  add_schema (self, builder);
  json_builder_end_object (builder);
  json_builder_end_object (builder);
}

/**
 * smm_ai_prompt_new_request:
 * @self: a question
 * @provider: who is asked
 * @error: SMM_AI_ERROR_MODEL: none is chosen
 *
 * Returns: (transfer full) (nullable): for smm_ai_client_send_async()
 */
SmmRequest *
smm_ai_prompt_new_request (const SmmAiPrompt *self, const SmmAiProvider *provider, GError **error)
{
  gboolean chat = !provider->needs_key;
  g_autoptr (JsonBuilder) builder = NULL;
  g_autoptr (JsonNode) root = NULL;
  SmmRequest *request;

  if (!smm_ai_provider_check_model (provider, error))
    return NULL;
  builder = json_builder_new ();
  json_builder_begin_object (builder);
  add_string (builder, "model", provider->model);
  chat ? build_chat (self, builder) : build_response (self, builder);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  request
      = smm_ai_provider_new_request (provider, "POST", chat ? "/chat/completions" : "/responses");
  request->body = SMM_BODY_JSON;
  request->body_json = json_to_string (root, FALSE);
  request->timeout_ms = TIMEOUT_MS;
  return request;
}

/* --- What came --- */

static JsonObject *
get_element (JsonArray *array, guint i)
{
  JsonNode *node = json_array_get_element (array, i);

  return JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

/* Every output_text of every message; sets @refused. */
static char *
read_output (JsonObject *root, gboolean *refused)
{
  JsonArray *output = smm_json_get_array (root, "output");
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; output != NULL && i < json_array_get_length (output); i++)
    {
      JsonObject *item = get_element (output, i);
      JsonArray *content = item != NULL ? smm_json_get_array (item, "content") : NULL;

      if (item == NULL || g_strcmp0 (smm_json_get_string (item, "type"), "message") != 0)
        continue;
      for (guint n = 0; content != NULL && n < json_array_get_length (content); n++)
        {
          JsonObject *part = get_element (content, n);
          const char *said = part != NULL ? smm_json_get_string (part, "text") : NULL;

          *refused |= part != NULL && smm_json_get_string (part, "refusal") != NULL;
          if (said != NULL)
            g_string_append (text, said);
        }
    }
  return text->len > 0 ? g_strdup (text->str) : NULL;
}

static char *
read_choice (JsonObject *root, gboolean *refused, gboolean *cut, gboolean *filtered)
{
  JsonArray *choices = smm_json_get_array (root, "choices");
  JsonObject *choice
      = choices != NULL && json_array_get_length (choices) > 0 ? get_element (choices, 0) : NULL;
  JsonObject *message = choice != NULL ? smm_json_get_object (choice, "message") : NULL;
  const char *reason = choice != NULL ? smm_json_get_string (choice, "finish_reason") : NULL;

  *cut = g_strcmp0 (reason, "length") == 0;
  *filtered = g_strcmp0 (reason, "content_filter") == 0;
  if (message == NULL)
    return NULL;
  *refused = smm_json_get_string (message, "refusal") != NULL;
  return g_strdup (smm_json_get_string (message, "content"));
}

static char *
read_answer (const SmmAiProvider *provider, JsonObject *root, GError **error)
{
  const char *name = provider->name;
  gboolean refused = FALSE, cut = FALSE, filtered = FALSE, failed = FALSE;
  g_autofree char *text = NULL;

  if (!json_object_has_member (root, "output"))
    text = read_choice (root, &refused, &cut, &filtered);
  else
    {
      JsonObject *details = smm_json_get_object (root, "incomplete_details");
      const char *status = smm_json_get_string (root, "status");
      const char *reason = details != NULL ? smm_json_get_string (details, "reason") : NULL;

      filtered = g_strcmp0 (reason, "content_filter") == 0;
      cut = g_strcmp0 (status, "incomplete") == 0 && !filtered;
      failed = g_strcmp0 (status, "failed") == 0 || g_strcmp0 (status, "cancelled") == 0;
      text = read_output (root, &refused);
    }
  if (refused || filtered)
    g_set_error (error, SMM_AI_ERROR, SMM_AI_ERROR_ANSWER,
                 _ ("%s does not want to answer this. Nothing was changed."), name);
  else if (cut)
    g_set_error (error, SMM_AI_ERROR, SMM_AI_ERROR_ANSWER,
                 _ ("The answer of %s was cut off. Try again, or choose a model that thinks less "
                    "in Preferences, AI."),
                 name);
  else if (failed)
    g_set_error (error, SMM_AI_ERROR, SMM_AI_ERROR_BUSY,
                 _ ("%s could not work this out. Try again in a minute."), name);
  else if (text == NULL || *text == '\0')
    g_set_error (error, SMM_AI_ERROR, SMM_AI_ERROR_ANSWER,
                 _ ("%s answered nothing. Try again, or choose another model."), name);
  else
    return g_steal_pointer (&text);
  return NULL;
}

/* What is refused because of what was asked, and not of who asks. */
static gboolean
set_wrong_question (const SmmAiProvider *provider, SmmResponse *response, GError **error)
{
  if (response->status == 404)
    g_set_error (error, SMM_AI_ERROR, SMM_AI_ERROR_MODEL,
                 _ ("%s does not have the model “%s” (any more). Choose another one."),
                 provider->name, provider->model);
  else if (response->status == 400 || response->status == 413 || response->status == 422)
    g_set_error (error, SMM_AI_ERROR, SMM_AI_ERROR_ANSWER,
                 _ ("%s does not take this question (HTTP %u). Choose another model in "
                    "Preferences, AI."),
                 provider->name, response->status);
  else
    return FALSE;
  return TRUE;
}

/**
 * smm_ai_prompt_judge:
 * @provider: who was asked
 * @response: what came
 * @error: SMM_AI_ERROR: what is wrong and what to do; G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): what the AI said (api/openai.md sections 3.2, 4, 6)
 */
char *
smm_ai_prompt_judge (const SmmAiProvider *provider, SmmResponse *response, GError **error)
{
  g_autoptr (JsonNode) root = NULL;

  if (response->sent != SMM_SENT_ANSWERED && g_strcmp0 (response->error_code, "cancelled") == 0)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, _ ("Asking was cancelled"));
      return NULL;
    }
  if (response->sent == SMM_SENT_ANSWERED && response->status != 200
      && set_wrong_question (provider, response, error))
    return NULL;
  if (!smm_ai_provider_check_answered (provider, response, error))
    return NULL;
  root = smm_json_parse (response->body, NULL);
  if (root != NULL && JSON_NODE_HOLDS_OBJECT (root))
    return read_answer (provider, json_node_get_object (root), error);
  g_set_error (error, SMM_AI_ERROR, SMM_AI_ERROR_ANSWER,
               _ ("%s answers in a way that AI servers do not (HTTP %u). Check the address."),
               provider->name, response->status);
  return NULL;
}

static JsonNode *
parse_part (const char *start, gsize length)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (start, length);
  g_autoptr (JsonNode) node = smm_json_parse (bytes, NULL);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? g_steal_pointer (&node) : NULL;
}

/**
 * smm_ai_prompt_parse:
 * @text: what an AI said
 * @error: SMM_AI_ERROR_ANSWER
 *
 * Models of small servers think aloud and put a fence around what they were asked for.
 *
 * Returns: (transfer full) (nullable): the object in it
 */
JsonNode *
smm_ai_prompt_parse (const char *text, GError **error)
{
  const char *thought = strstr (text, "</think>");
  const char *said = thought != NULL ? thought + strlen ("</think>") : text;
  const char *start = strchr (said, '{');
  const char *end = strrchr (said, '}');
  JsonNode *node = parse_part (said, strlen (said));

  if (node == NULL && start != NULL && end != NULL && end > start)
    node = parse_part (start, end - start + 1);
  if (node == NULL)
    g_set_error_literal (error, SMM_AI_ERROR, SMM_AI_ERROR_ANSWER,
                         _ ("The AI did not answer in the form that was asked for. Try again, or "
                            "choose another model."));
  return node;
}

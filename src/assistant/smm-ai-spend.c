/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-ai-spend.h"

#include "smm-platform.h"

static void
on_applied (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = smm_library_apply_finish (SMM_LIBRARY (source), result, &error);

  if (reply != NULL)
    g_task_return_pointer (task, g_strdup (g_task_get_task_data (task)), g_free);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
apply (SmmLibrary *library, const char *name, GVariant *args, const char *id, gpointer tag,
       GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (SmmCommand) command = smm_command_new (name, args);
  GTask *task = g_task_new (library, cancellable, callback, user_data);

  g_task_set_source_tag (task, tag);
  g_task_set_task_data (task, g_strdup (id), g_free);
  smm_library_apply_async (library, command, cancellable, on_applied, task);
}

/**
 * smm_ai_spend_reserve_async:
 * @library: keeps count
 * @provider: "openai", "openai-eu", or the origin of a server
 * @most: what the request is for, and the most it can use
 * @cancellable: (nullable): ends it
 * @callback: called when the request may be sent, or must not
 * @user_data: for @callback
 */
void
smm_ai_spend_reserve_async (SmmLibrary *library, const char *provider, const SmmAiMost *most,
                            GCancellable *cancellable, GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autofree char *id = g_uuid_string_random ();

  apply (library, "ai.reserve",
         g_variant_new_parsed ("{'id': <%s>, 'provider': <%s>, 'model': <%s>, 'purpose': <%s>, "
                               "'input-tokens': <%x>, 'output-tokens': <%x>}",
                               id, provider, most->model, most->purpose, most->input_tokens,
                               most->output_tokens),
         id, smm_ai_spend_reserve_async, cancellable, callback, user_data);
}

char *
smm_ai_spend_reserve_finish (SmmLibrary *library, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * smm_ai_spend_end_async:
 * @library: keeps count
 * @id: what was reserved
 * @end: what came of it
 * @input_tokens: used; only for SMM_AI_END_SETTLED
 * @output_tokens: the same
 * @callback: called when it is on the disk, or is not
 * @user_data: for @callback
 */
void
smm_ai_spend_end_async (SmmLibrary *library, const char *id, SmmAiEnd end, gint64 input_tokens,
                        gint64 output_tokens, GAsyncReadyCallback callback, gpointer user_data)
{
  GVariant *args
      = end == SMM_AI_END_SETTLED
            ? g_variant_new_parsed ("{'id': <%s>, 'input-tokens': <%x>, 'output-tokens': <%x>}", id,
                                    input_tokens, output_tokens)
            : g_variant_new_parsed ("{'id': <%s>}", id);

  apply (library,
         end == SMM_AI_END_SETTLED   ? "ai.settle"
         : end == SMM_AI_END_ASSUMED ? "ai.assume"
                                     : "ai.release",
         args, id, smm_ai_spend_end_async, NULL, callback, user_data);
}

gboolean
smm_ai_spend_end_finish (SmmLibrary *library, GAsyncResult *result, GError **error)
{
  g_autofree char *id = g_task_propagate_pointer (G_TASK (result), error);

  return id != NULL;
}

/* Responses and Chat Completions call the same two numbers differently (api/openai.md 3.2, 4). */
static gboolean
read_usage (GBytes *body, gint64 *input, gint64 *output)
{
  g_autoptr (JsonNode) root = smm_json_parse (body, NULL);
  JsonObject *usage = root != NULL && JSON_NODE_HOLDS_OBJECT (root)
                          ? smm_json_get_object (json_node_get_object (root), "usage")
                          : NULL;

  if (usage == NULL)
    return FALSE;
  *input = smm_json_get_int (usage, "input_tokens", smm_json_get_int (usage, "prompt_tokens", -1));
  *output = smm_json_get_int (usage, "output_tokens",
                              smm_json_get_int (usage, "completion_tokens", -1));
  return *input >= 0 && *output >= 0;
}

SmmAiEnd
smm_ai_spend_judge (const SmmAiMost *most, SmmResponse *response, gint64 *input_tokens,
                    gint64 *output_tokens)
{
  *input_tokens = *output_tokens = 0;
  if (response->sent == SMM_SENT_NOTHING)
    return SMM_AI_END_RELEASED;
  if (*most->model == '\0')
    return SMM_AI_END_SETTLED;
  /* Refused as it is, before anything was worked on. */
  if (response->sent == SMM_SENT_ANSWERED && response->status >= 300 && response->status < 500)
    return SMM_AI_END_RELEASED;
  if (response->sent == SMM_SENT_ANSWERED && response->status == 200
      && read_usage (response->body, input_tokens, output_tokens))
    return SMM_AI_END_SETTLED;
  *input_tokens = *output_tokens = 0;
  return SMM_AI_END_ASSUMED;
}

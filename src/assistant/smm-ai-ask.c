/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-ai-ask.h"

#include <string.h>

#include "smm-spending.h"

void
smm_ai_answer_free (SmmAiAnswer *self)
{
  g_free (self->text);
  g_free (self->model);
  g_free (self);
}

typedef struct
{
  SmmAiProvider *provider;
  SmmAiPrompt *prompt;
} Errand;

static void
errand_free (gpointer data)
{
  Errand *errand = data;

  g_clear_pointer (&errand->provider, smm_ai_provider_free);
  smm_ai_prompt_free (errand->prompt);
  g_free (errand);
}

static gint64
count_cost (SmmStore *store, const SmmAiProvider *provider, gint64 input_tokens,
            gint64 output_tokens)
{
  gint64 input, output;

  if (store == NULL || provider->model == NULL
      || smm_price_find (store, provider->id, provider->model, &input, &output)
             == SMM_PRICE_UNKNOWN)
    return -1;
  return smm_price_count (input_tokens, input) + smm_price_count (output_tokens, output);
}

/**
 * smm_ai_ask_estimate:
 * @store: has the prices
 * @provider: who would be asked
 * @prompt: what
 *
 * Returns: what is reserved for it, in millionths of a dollar; -1: nobody knows
 */
gint64
smm_ai_ask_estimate (SmmStore *store, const SmmAiProvider *provider, const SmmAiPrompt *prompt)
{
  g_autoptr (SmmRequest) request = smm_ai_prompt_new_request (prompt, provider, NULL);

  if (request == NULL)
    return -1;
  return count_cost (store, provider, (gint64)strlen (request->body_json), prompt->max_output);
}

static void
on_answer (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Errand *errand = g_task_get_task_data (task);
  SmmAiMost most = { errand->prompt->purpose, errand->provider->model, 0, 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (SmmResponse) response
      = smm_ai_client_send_finish (SMM_AI_CLIENT (source), result, &error);
  g_autofree char *text = NULL;
  gint64 input, output;
  SmmAiAnswer *answer;

  if (g_task_return_error_if_cancelled (task))
    return;
  if (response != NULL)
    text = smm_ai_prompt_judge (errand->provider, response, &error);
  if (text == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  answer = g_new0 (SmmAiAnswer, 1);
  answer->text = g_steal_pointer (&text);
  answer->model = g_strdup (errand->provider->model);
  answer->cost = -1;
  if (smm_ai_spend_judge (&most, response, &input, &output) == SMM_AI_END_SETTLED)
    answer->cost = count_cost (smm_ai_client_get_store (SMM_AI_CLIENT (source)), errand->provider,
                               input, output);
  g_task_return_pointer (task, answer, (GDestroyNotify)smm_ai_answer_free);
}

/**
 * smm_ai_ask_async:
 * @client: a client
 * @prompt: (transfer full): what to ask
 * @cancellable: (nullable): ends it; what may have been worked on is paid all the same
 * @callback: called when there is an answer, or none
 * @user_data: for @callback
 */
void
smm_ai_ask_async (SmmAiClient *client, SmmAiPrompt *prompt, GCancellable *cancellable,
                  GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (client, cancellable, callback, user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (SmmRequest) request = NULL;
  Errand *errand = g_new0 (Errand, 1);
  SmmAiMost most;

  errand->prompt = prompt;
  g_task_set_source_tag (task, smm_ai_ask_async);
  g_task_set_task_data (task, errand, errand_free);
  errand->provider = smm_ai_client_get_provider (client, &error);
  if (errand->provider != NULL)
    request = smm_ai_prompt_new_request (prompt, errand->provider, &error);
  if (request == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  most = (SmmAiMost){ prompt->purpose, errand->provider->model, 0, prompt->max_output };
  smm_ai_client_send_async (client, request, &most, cancellable, on_answer,
                            g_steal_pointer (&task));
}

/**
 * smm_ai_ask_finish:
 * @client: a client
 * @result: of the callback
 * @error: SMM_AI_ERROR, SMM_VAULT_ERROR, SMM_LIBRARY_ERROR_LIMIT, _PRICE, _POLICY;
 *   G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): what came
 */
SmmAiAnswer *
smm_ai_ask_finish (SmmAiClient *client, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-ai-client.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _SmmAiClient
{
  GObject parent_instance;

  SmmLibrary *library;
  SmmVault *vault;
  SmmHttp *http;
};

G_DEFINE_FINAL_TYPE (SmmAiClient, smm_ai_client, G_TYPE_OBJECT)

SmmStore *
smm_ai_client_get_store (SmmAiClient *self)
{
  return smm_library_get_store (self->library);
}

SmmAiProvider *
smm_ai_client_get_provider (SmmAiClient *self, GError **error)
{
  return smm_ai_provider_new (smm_library_get_store (self->library),
                              smm_endpoints_is_loopback (smm_http_get_endpoints (self->http)),
                              error);
}

/* --- The key --- */

void
smm_ai_client_set_key_async (SmmAiClient *self, const char *key, GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (SmmAiProvider) provider = smm_ai_client_get_provider (self, &error);

  g_task_set_source_tag (task, smm_ai_client_set_key_async);
  if (provider == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    smm_vault_keep (self->vault, provider->item, key, g_steal_pointer (&task));
}

gboolean
smm_ai_client_set_key_finish (SmmAiClient *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* --- The way out --- */

typedef struct
{
  SmmAiProvider *provider;
  SmmRequest *request;
  SmmAiMost most;
  char *purpose, *model; /* of most */
  char *key;
  char *id; /* of what is reserved */
  SmmResponse *response;
} Errand;

static void
errand_free (gpointer data)
{
  Errand *errand = data;

  smm_ai_provider_free (errand->provider);
  smm_request_unref (errand->request);
  g_clear_pointer (&errand->response, smm_response_unref);
  g_clear_pointer (&errand->key, smm_vault_secret_free);
  g_free (errand->purpose);
  g_free (errand->model);
  g_free (errand->id);
  g_free (errand);
}

/* Whether it could be written down or not, the answer is there. */
static void
on_ended (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Errand *errand = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  if (!smm_ai_spend_end_finish (SMM_LIBRARY (source), result, &error))
    g_warning ("What the AI cost can't be kept: %s", error->message);
  g_task_return_pointer (task, g_steal_pointer (&errand->response),
                         (GDestroyNotify)smm_response_unref);
}

static void
on_answer (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  SmmAiClient *self = g_task_get_source_object (task);
  Errand *errand = g_task_get_task_data (task);
  gint64 input, output;
  SmmAiEnd end;

  errand->response = smm_http_send_finish (SMM_HTTP (source), result);
  end = smm_ai_spend_judge (&errand->most, errand->response, &input, &output);
  smm_ai_spend_end_async (self->library, errand->id, end, input, output, on_ended, task);
}

static void
on_reserved (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  SmmAiClient *self = g_task_get_source_object (task);
  Errand *errand = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  g_autoptr (GError) error = NULL;

  errand->id = smm_ai_spend_reserve_finish (SMM_LIBRARY (source), result, &error);
  if (errand->id == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  errand->request->auth = errand->key != NULL ? SMM_AUTH_BEARER : SMM_AUTH_NONE;
  smm_http_send_async (self->http, errand->request, errand->key, cancellable, on_answer,
                       g_steal_pointer (&task));
  g_clear_pointer (&errand->key, smm_vault_secret_free);
}

static void
on_key (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  SmmAiClient *self = g_task_get_source_object (task);
  Errand *errand = g_task_get_task_data (task);
  SmmAiProvider *provider = errand->provider;
  g_autoptr (GError) error = NULL;

  errand->key = smm_vault_lookup_finish (SMM_VAULT (source), result, &error);
  /* A server on one's own computer mostly wants none, and then needs no keyring either. */
  if (errand->key == NULL && g_error_matches (error, SMM_VAULT_ERROR, SMM_VAULT_ERROR_TAMPERED))
    g_task_return_new_error (task, SMM_AI_ERROR, SMM_AI_ERROR_KEY,
                             _ ("The key for %s does not open: something else changed it. Enter "
                                "it again."),
                             provider->name);
  else if (errand->key == NULL && provider->needs_key
           && g_error_matches (error, SMM_VAULT_ERROR, SMM_VAULT_ERROR_NOT_FOUND))
    g_task_return_new_error (task, SMM_AI_ERROR, SMM_AI_ERROR_KEY,
                             _ ("There is no key for %s in the keyring. Enter it first."),
                             provider->name);
  else if (errand->key == NULL && provider->needs_key)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    /* Once begun it is ended, by whichever way the sending goes. */
    smm_ai_spend_reserve_async (self->library, provider->id, &errand->most, NULL, on_reserved,
                                g_steal_pointer (&task));
}

/**
 * smm_ai_client_send_async:
 * @self: a client
 * @request: of smm_ai_provider_new_request()
 * @most: the most it can use
 * @cancellable: (nullable): ends it; what may have been worked on counts all the same
 * @callback: called when the provider answered, or did not
 * @user_data: for @callback
 *
 * Sends one request to the provider that is chosen: the only way there is. Nothing is sent before
 * the most it can cost is reserved (see smm-ai-spend.h).
 */
void
smm_ai_client_send_async (SmmAiClient *self, SmmRequest *request, const SmmAiMost *most,
                          GCancellable *cancellable, GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr (GError) error = NULL;
  SmmAiProvider *provider = smm_ai_client_get_provider (self, &error);
  Errand *errand;

  g_task_set_source_tag (task, smm_ai_client_send_async);
  if (provider == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  errand = g_new0 (Errand, 1);
  errand->provider = provider;
  errand->request = smm_request_ref (request);
  errand->purpose = g_strdup (most->purpose);
  errand->model = g_strdup (most->model);
  errand->most
      = (SmmAiMost){ errand->purpose, errand->model, most->input_tokens, most->output_tokens };
  if (most->input_tokens == 0 && request->body_json != NULL)
    errand->most.input_tokens = strlen (request->body_json);
  g_free (request->purpose);
  request->purpose = g_strdup (most->purpose);
  g_task_set_task_data (task, errand, errand_free);
  smm_vault_lookup_async (self->vault, provider->item, cancellable, on_key,
                          g_steal_pointer (&task));
}

/**
 * smm_ai_client_send_finish:
 * @self: a client
 * @result: of the callback
 * @error: SMM_AI_ERROR; SMM_VAULT_ERROR; SMM_LIBRARY_ERROR_LIMIT, _PRICE, _POLICY: nothing was sent
 *
 * Returns: (transfer full) (nullable): what came, good or not
 */
SmmResponse *
smm_ai_client_send_finish (SmmAiClient *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* --- Models --- */

static void
on_models (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SmmResponse) response
      = smm_ai_client_send_finish (SMM_AI_CLIENT (source), result, &error);
  GPtrArray *models = NULL;

  if (g_task_return_error_if_cancelled (task))
    return;
  if (response != NULL)
    models = smm_ai_provider_judge_models (g_task_get_task_data (task), response, &error);
  if (models != NULL)
    g_task_return_pointer (task, models, (GDestroyNotify)g_ptr_array_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/**
 * smm_ai_client_list_models_async:
 * @self: a client
 * @cancellable: (nullable): ends it
 * @callback: called when the provider answered, or did not
 * @user_data: for @callback
 */
void
smm_ai_client_list_models_async (SmmAiClient *self, GCancellable *cancellable,
                                 GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr (GError) error = NULL;
  SmmAiProvider *provider = smm_ai_client_get_provider (self, &error);
  SmmAiMost most = { "ai-models", "", 0, 0 };
  g_autoptr (SmmRequest) request = NULL;

  g_task_set_source_tag (task, smm_ai_client_list_models_async);
  if (provider == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  g_task_set_task_data (task, provider, (GDestroyNotify)smm_ai_provider_free);
  request = smm_ai_provider_ask_models (provider);
  smm_ai_client_send_async (self, request, &most, cancellable, on_models, g_steal_pointer (&task));
}

/**
 * smm_ai_client_list_models_finish:
 * @self: a client
 * @result: of the callback
 * @error: as smm_ai_client_send_finish(); G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable) (element-type utf8): ids, sorted
 */
GPtrArray *
smm_ai_client_list_models_finish (SmmAiClient *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * smm_ai_client_check_model:
 * @self: a client
 * @models: (element-type utf8): what the provider has
 * @error: SMM_AI_ERROR_MODEL
 *
 * Returns: whether the chosen model is one of them, or none is chosen
 */
gboolean
smm_ai_client_check_model (SmmAiClient *self, GPtrArray *models, GError **error)
{
  g_autoptr (SmmAiProvider) provider = smm_ai_client_get_provider (self, error);

  if (provider == NULL)
    return FALSE;
  if (provider->model == NULL
      || g_ptr_array_find_with_equal_func (models, provider->model, g_str_equal, NULL))
    return TRUE;
  g_set_error (error, SMM_AI_ERROR, SMM_AI_ERROR_MODEL,
               _ ("%s does not have the model “%s” (any more). Choose another one."),
               provider->name, provider->model);
  return FALSE;
}

static void
smm_ai_client_finalize (GObject *object)
{
  SmmAiClient *self = SMM_AI_CLIENT (object);

  g_clear_object (&self->library);
  g_clear_object (&self->vault);
  g_clear_object (&self->http);
  G_OBJECT_CLASS (smm_ai_client_parent_class)->finalize (object);
}

static void
smm_ai_client_class_init (SmmAiClientClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = smm_ai_client_finalize;
}

static void
smm_ai_client_init (SmmAiClient *self)
{
}

/**
 * smm_ai_client_new:
 * @library: has the settings
 * @vault: has the keys
 * @http: the sender; whoever made it keeps its ledger
 *
 * Returns: (transfer full): a client for whichever provider is chosen
 */
SmmAiClient *
smm_ai_client_new (SmmLibrary *library, SmmVault *vault, SmmHttp *http)
{
  SmmAiClient *self = g_object_new (SMM_TYPE_AI_CLIENT, NULL);

  self->library = g_object_ref (library);
  self->vault = g_object_ref (vault);
  self->http = g_object_ref (http);
  return self;
}

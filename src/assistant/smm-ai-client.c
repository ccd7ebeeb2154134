/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-ai-client.h"

#include <glib/gi18n-lib.h>

struct _SmmAiClient
{
  GObject parent_instance;

  SmmLibrary *library;
  SmmVault *vault;
  SmmHttp *http;
};

G_DEFINE_FINAL_TYPE (SmmAiClient, smm_ai_client, G_TYPE_OBJECT)

SmmAiProvider *
smm_ai_client_get_provider (SmmAiClient *self, GError **error)
{
  return smm_ai_provider_new (smm_library_get_store (self->library),
                              smm_endpoints_is_loopback (smm_http_get_endpoints (self->http)),
                              error);
}

/* --- The key --- */

static void
on_stored (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  if (smm_vault_store_finish (SMM_VAULT (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
on_deleted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  if (smm_vault_delete_finish (SMM_VAULT (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

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
  else if (*key == '\0')
    smm_vault_delete_async (self->vault, provider->item, NULL, on_deleted, g_steal_pointer (&task));
  else
    smm_vault_store_async (self->vault, provider->item, key, NULL, on_stored,
                           g_steal_pointer (&task));
}

gboolean
smm_ai_client_set_key_finish (SmmAiClient *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* --- Models --- */

static void
on_answer (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (SmmResponse) response = smm_http_send_finish (SMM_HTTP (source), result);
  g_autoptr (GError) error = NULL;
  GPtrArray *models = NULL;

  if (g_task_return_error_if_cancelled (task))
    return;
  models = smm_ai_provider_judge_models (g_task_get_task_data (task), response, &error);
  if (models != NULL)
    g_task_return_pointer (task, models, (GDestroyNotify)g_ptr_array_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
on_key (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  SmmAiClient *self = g_task_get_source_object (task);
  SmmAiProvider *provider = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  g_autoptr (GError) error = NULL;
  char *key = smm_vault_lookup_finish (SMM_VAULT (source), result, &error);
  g_autoptr (SmmRequest) request = smm_ai_provider_ask_models (provider, key != NULL);

  /* A server on one's own computer mostly wants none, and then needs no keyring either. */
  if (key == NULL && g_error_matches (error, SMM_VAULT_ERROR, SMM_VAULT_ERROR_TAMPERED))
    g_task_return_new_error (task, SMM_AI_ERROR, SMM_AI_ERROR_KEY,
                             _ ("The key for %s does not open: something else changed it. Enter "
                                "it again."),
                             provider->name);
  else if (key == NULL && provider->needs_key
           && g_error_matches (error, SMM_VAULT_ERROR, SMM_VAULT_ERROR_NOT_FOUND))
    g_task_return_new_error (task, SMM_AI_ERROR, SMM_AI_ERROR_KEY,
                             _ ("There is no key for %s in the keyring. Enter it first."),
                             provider->name);
  else if (key == NULL && provider->needs_key)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    smm_http_send_async (self->http, request, key, cancellable, on_answer, g_steal_pointer (&task));
  smm_vault_secret_free (key);
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

  g_task_set_source_tag (task, smm_ai_client_list_models_async);
  if (provider == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  g_task_set_task_data (task, provider, (GDestroyNotify)smm_ai_provider_free);
  smm_vault_lookup_async (self->vault, provider->item, cancellable, on_key,
                          g_steal_pointer (&task));
}

/**
 * smm_ai_client_list_models_finish:
 * @self: a client
 * @result: of the callback
 * @error: SMM_AI_ERROR; SMM_VAULT_ERROR; G_IO_ERROR_CANCELLED
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

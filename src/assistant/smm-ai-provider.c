/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-ai-provider.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "smm-platform.h"
#include "smm-settings.h"
#include "smm-spending.h"

#define EU_BASE "https://eu.api.openai.com/v1"
#define MAX_MODELS 1000
#define MAX_ID 200
#define TIMEOUT_MS 20000

G_DEFINE_QUARK (smm - ai - error - quark, smm_ai_error)

void
smm_ai_provider_free (SmmAiProvider *self)
{
  g_free (self->name);
  g_free (self->base);
  g_free (self->id);
  g_free (self->item);
  g_free (self->model);
  g_free (self);
}

/* A key belongs to one host: at another address there is none until it is entered. */
static gboolean
set_server (SmmAiProvider *self, const char *address, GError **error)
{
  g_autoptr (GUri) uri = *address != '\0' ? g_uri_parse (address, G_URI_FLAGS_ENCODED, NULL) : NULL;
  g_autofree char *origin = NULL;
  g_autofree char *hash = NULL;
  gsize n = strlen (address);

  if (uri == NULL)
    {
      g_set_error (error, SMM_AI_ERROR, SMM_AI_ERROR_NOT_SET,
                   _ ("Enter the address of the AI server first, such as "
                      "http://127.0.0.1:11434/v1"));
      return FALSE;
    }
  while (n > 0 && address[n - 1] == '/')
    n--;
  origin = g_strdup_printf ("%s://%s:%d", g_uri_get_scheme (uri), g_uri_get_host (uri),
                            g_uri_get_port (uri));
  hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, origin, -1);
  hash[32] = '\0';
  self->id = g_uri_join (G_URI_FLAGS_NONE, g_uri_get_scheme (uri), NULL, g_uri_get_host (uri),
                         g_uri_get_port (uri), "", NULL, NULL);
  self->name = g_strdup (g_uri_get_host (uri));
  self->base = g_strndup (address, n);
  self->item = g_strconcat ("ai/", hash, NULL);
  return TRUE;
}

/**
 * smm_ai_provider_new:
 * @store: (nullable): the library
 * @loopback: every endpoint is on this computer: OpenAI's hosts are the simulator
 * @error: SMM_AI_ERROR_NOT_SET
 *
 * Returns: (transfer full) (nullable): what the settings say
 */
SmmAiProvider *
smm_ai_provider_new (SmmStore *store, gboolean loopback, GError **error)
{
  g_autoptr (SmmAiProvider) self = g_new0 (SmmAiProvider, 1);
  g_autofree char *chosen = smm_settings_dup (store, SMM_SETTING_AI_PROVIDER);
  g_autofree char *server = smm_settings_dup (store, SMM_SETTING_AI_SERVER);

  self->model = smm_settings_dup (store, SMM_SETTING_AI_MODEL);
  if (*self->model == '\0')
    g_clear_pointer (&self->model, g_free);
  self->needs_key = strcmp (chosen, "server") != 0;
  if (strcmp (chosen, "openai") == 0)
    {
      self->name = g_strdup ("OpenAI");
      self->id = g_strdup (SMM_AI_PROVIDER_OPENAI);
      self->item = g_strdup ("app/openai");
    }
  else if (strcmp (chosen, "openai-eu") == 0)
    {
      self->name = g_strdup (_ ("OpenAI in the EU"));
      self->id = g_strdup (SMM_AI_PROVIDER_OPENAI_EU);
      self->item = g_strdup ("app/openai-eu");
      self->base = loopback ? NULL : g_strdup (EU_BASE);
    }
  else if (strcmp (chosen, "none") == 0)
    {
      g_set_error (error, SMM_AI_ERROR, SMM_AI_ERROR_NOT_SET, _ ("Choose an AI provider first"));
      return NULL;
    }
  else if (!set_server (self, server, error))
    return NULL;
  return g_steal_pointer (&self);
}

SmmRequest *
smm_ai_provider_new_request (const SmmAiProvider *self, const char *method, const char *path)
{
  SmmRequest *request = smm_request_new (
      method, self->base != NULL ? SMM_ENDPOINT_AI_SERVER : SMM_ENDPOINT_OPENAI, "%s", path);

  if (self->base != NULL)
    request->url = g_strconcat (self->base, path, NULL);
  return request;
}

/* GET /models (api/openai.md section 8). */
SmmRequest *
smm_ai_provider_ask_models (const SmmAiProvider *self)
{
  SmmRequest *request = smm_ai_provider_new_request (self, "GET", "/models");

  request->timeout_ms = TIMEOUT_MS;
  return request;
}

/* --- What an answer means --- */

static gboolean
is_out_of_credit (SmmResponse *response)
{
  static const char *const codes[] = { "insufficient_quota",
                                       "credit_balance_exhausted",
                                       "organization_spend_limit_exceeded",
                                       "project_spend_limit_exceeded",
                                       "organization_usage_limit_exceeded",
                                       NULL };
  g_autoptr (JsonNode) root = smm_json_parse (response->body, NULL);
  JsonObject *error = root != NULL && JSON_NODE_HOLDS_OBJECT (root)
                          ? smm_json_get_object (json_node_get_object (root), "error")
                          : NULL;
  const char *code = error != NULL ? smm_json_get_string (error, "code") : NULL;
  const char *type = error != NULL ? smm_json_get_string (error, "type") : NULL;

  return (code != NULL && g_strv_contains (codes, code))
         || g_strcmp0 (type, "insufficient_quota") == 0;
}

/* api/openai.md section 6. */
static void
set_refusal (const SmmAiProvider *self, SmmResponse *response, GError **error)
{
  const char *name = self->name;

  if (response->status == 401)
    g_set_error (error, SMM_AI_ERROR, SMM_AI_ERROR_DENIED,
                 _ ("%s does not accept the key. Make a new one there and enter it here."), name);
  else if (response->status == 403)
    g_set_error (error, SMM_AI_ERROR, SMM_AI_ERROR_DENIED,
                 _ ("%s does not allow this key here. Look there at the rights of the key and at "
                    "the region of its project."),
                 name);
  else if (response->status == 404 || response->status == 405)
    g_set_error (error, SMM_AI_ERROR, SMM_AI_ERROR_ANSWER,
                 _ ("%s has no list of models at this address. Such an address mostly ends "
                    "in /v1."),
                 name);
  else if (response->status == 429 && is_out_of_credit (response))
    g_set_error (error, SMM_AI_ERROR, SMM_AI_ERROR_QUOTA,
                 _ ("The credit at %s is used up, or a spending limit is reached. Look at the "
                    "billing page there."),
                 name);
  else if (response->status == 429 || response->status >= 500)
    g_set_error (error, SMM_AI_ERROR, SMM_AI_ERROR_BUSY,
                 _ ("%s has too much to do or has trouble (HTTP %u). Try again in a minute."), name,
                 response->status);
  else
    g_set_error (error, SMM_AI_ERROR, SMM_AI_ERROR_ANSWER,
                 _ ("%s answers in a way that AI servers do not (HTTP %u). Check the address."),
                 name, response->status);
}

gboolean
smm_ai_provider_check_model (const SmmAiProvider *self, GError **error)
{
  if (self->model != NULL)
    return TRUE;
  g_set_error (error, SMM_AI_ERROR, SMM_AI_ERROR_MODEL,
               _ ("No model of %s is chosen. Choose one in Preferences, AI."), self->name);
  return FALSE;
}

/**
 * smm_ai_provider_check_answered:
 * @self: who was asked
 * @response: what came
 * @error: SMM_AI_ERROR
 *
 * Returns: whether it is an answer with status 200
 */
gboolean
smm_ai_provider_check_answered (const SmmAiProvider *self, SmmResponse *response, GError **error)
{
  if (response->sent == SMM_SENT_ANSWERED && response->status == 200)
    return TRUE;
  if (response->sent == SMM_SENT_ANSWERED)
    set_refusal (self, response, error);
  else
    g_set_error (error, SMM_AI_ERROR, SMM_AI_ERROR_UNREACHABLE,
                 _ ("%s can’t be reached: %s. Check the address and that the server runs."),
                 self->name, response->error);
  return FALSE;
}

/* Shown and sent back: nothing in it may mislead an eye or a server. */
static gboolean
is_model_id (const char *id)
{
  gsize n = id != NULL ? strlen (id) : 0;

  if (n == 0 || n > MAX_ID)
    return FALSE;
  for (gsize i = 0; i < n; i++)
    if (!g_ascii_isgraph (id[i]) && id[i] != ' ')
      return FALSE;
  return TRUE;
}

static int
compare_ids (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

static GPtrArray *
read_models (JsonArray *data)
{
  g_autoptr (GPtrArray) models = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < json_array_get_length (data) && models->len < MAX_MODELS; i++)
    {
      JsonNode *node = json_array_get_element (data, i);
      const char *id = JSON_NODE_HOLDS_OBJECT (node)
                           ? smm_json_get_string (json_node_get_object (node), "id")
                           : NULL;

      if (is_model_id (id) && g_hash_table_add (known, (gpointer)id))
        g_ptr_array_add (models, g_strdup (id));
    }
  g_ptr_array_sort (models, compare_ids);
  return g_steal_pointer (&models);
}

/**
 * smm_ai_provider_judge_models:
 * @self: who was asked
 * @response: what came
 * @error: SMM_AI_ERROR: what is wrong and what to do
 *
 * Returns: (transfer full) (nullable) (element-type utf8): ids of models, sorted, each once and of
 *   printable ASCII; at most 1000
 */
GPtrArray *
smm_ai_provider_judge_models (const SmmAiProvider *self, SmmResponse *response, GError **error)
{
  g_autoptr (JsonNode) root = NULL;
  JsonArray *data;

  if (!smm_ai_provider_check_answered (self, response, error))
    return NULL;
  root = smm_json_parse (response->body, NULL);
  data = root != NULL && JSON_NODE_HOLDS_OBJECT (root)
             ? smm_json_get_array (json_node_get_object (root), "data")
             : NULL;
  if (data == NULL)
    {
      g_set_error (error, SMM_AI_ERROR, SMM_AI_ERROR_ANSWER,
                   _ ("What %s answers is no list of models. Check the address; it mostly ends "
                      "in /v1."),
                   self->name);
      return NULL;
    }
  return read_models (data);
}

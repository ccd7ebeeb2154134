/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The AI provider: its key and its models. Which one it is, settings say (ai.…). */

#include "config.h"

#include "smm-ctl.h"

#include <glib/gi18n.h>

#include "smm-ai-client.h"

static SmmAiClient *
open_client (SmmCtl *ctl, GError **error)
{
  if (!smm_ctl_open_connect (ctl, error))
    return NULL;
  return smm_ai_client_new (ctl->library, ctl->vault, ctl->http);
}

static int
ai_set_key (SmmCtl *ctl)
{
  g_autoptr (SmmAiClient) client = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  JsonBuilder *builder;
  gboolean empty;
  char *key;

  if (!smm_ctl_has (ctl, "secret-stdin"))
    return smm_ctl_usage (ctl, _ ("Give the secret on standard input, with --secret-stdin"));
  client = open_client (ctl, &error);
  if (client == NULL)
    return smm_ctl_fail (ctl, error);
  key = smm_ctl_read_secret ();
  empty = *key == '\0';
  smm_ai_client_set_key_async (client, key, smm_ctl_callback (), ctl);
  smm_vault_secret_free (key);
  result = smm_ctl_wait (ctl);
  if (!smm_ai_client_set_key_finish (client, result, &error))
    return smm_ctl_fail (ctl, error);
  builder = smm_ctl_begin ("done");
  smm_json_string (builder, "command", "ai.set-key");
  smm_ctl_end (ctl, builder,
               empty ? _ ("The key is taken out of the keyring") : _ ("The key is in the keyring"));
  return SMM_CTL_DONE;
}

/* Also the test: fails as the preferences say it, and when the chosen model is not there. */
static int
ai_models (SmmCtl *ctl)
{
  g_autoptr (SmmAiClient) client = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) models = NULL;
  g_autoptr (GError) error = NULL;

  client = open_client (ctl, &error);
  if (client == NULL)
    return smm_ctl_fail (ctl, error);
  smm_ai_client_list_models_async (client, NULL, smm_ctl_callback (), ctl);
  result = smm_ctl_wait (ctl);
  models = smm_ai_client_list_models_finish (client, result, &error);
  if (models == NULL)
    return smm_ctl_fail (ctl, error);
  for (guint i = 0; i < models->len; i++)
    {
      JsonBuilder *builder = smm_ctl_begin ("model");

      smm_json_string (builder, "id", models->pdata[i]);
      smm_ctl_end (ctl, builder, models->pdata[i]);
    }
  if (!smm_ai_client_check_model (client, models, &error))
    return smm_ctl_fail (ctl, error);
  return SMM_CTL_DONE;
}

const SmmCtlCommand smm_ctl_ai_commands[] = {
  { "ai set-key", "--secret-stdin", ai_set_key },
  { "ai models", "", ai_models },
  { NULL, NULL, NULL },
};

/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "smm-ai-provider.h"
#include "smm-ai-spend.h"
#include "smm-http.h"
#include "smm-library.h"
#include "smm-vault.h"

G_BEGIN_DECLS

#define SMM_TYPE_AI_CLIENT (smm_ai_client_get_type ())
G_DECLARE_FINAL_TYPE (SmmAiClient, smm_ai_client, SMM, AI_CLIENT, GObject)

SmmAiClient *smm_ai_client_new (SmmLibrary *library, SmmVault *vault, SmmHttp *http);
/* Of its library; NULL: there is none yet. */
SmmStore *smm_ai_client_get_store (SmmAiClient *self);
/* As the settings are now. */
SmmAiProvider *smm_ai_client_get_provider (SmmAiClient *self, GError **error);

/* Of the provider that is chosen; an empty @key is taken out of the keyring. */
void smm_ai_client_set_key_async (SmmAiClient *self, const char *key, GAsyncReadyCallback callback,
                                  gpointer user_data);
gboolean smm_ai_client_set_key_finish (SmmAiClient *self, GAsyncResult *result, GError **error);

void smm_ai_client_send_async (SmmAiClient *self, SmmRequest *request, const SmmAiMost *most,
                               GCancellable *cancellable, GAsyncReadyCallback callback,
                               gpointer user_data);
SmmResponse *smm_ai_client_send_finish (SmmAiClient *self, GAsyncResult *result, GError **error);

/*
 * Asks for the models. Errors: SMM_AI_ERROR, SMM_VAULT_ERROR. A chosen model that is not among them
 * is no error of the list: see smm_ai_client_check_model.
 */
void smm_ai_client_list_models_async (SmmAiClient *self, GCancellable *cancellable,
                                      GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *smm_ai_client_list_models_finish (SmmAiClient *self, GAsyncResult *result,
                                             GError **error);
gboolean smm_ai_client_check_model (SmmAiClient *self, GPtrArray *models, GError **error);

G_END_DECLS

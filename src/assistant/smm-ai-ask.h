/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Asks one question of the provider that is chosen. */

#pragma once

#include "smm-ai-client.h"
#include "smm-ai-prompt.h"

G_BEGIN_DECLS

typedef struct
{
  char *text;
  char *model;
  gint64 cost; /* millionths of a dollar; -1: nobody told, or the price is not known */
} SmmAiAnswer;

void smm_ai_answer_free (SmmAiAnswer *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmmAiAnswer, smm_ai_answer_free)

/* The most that @prompt can cost; -1: the price is not known. */
gint64 smm_ai_ask_estimate (SmmStore *store, const SmmAiProvider *provider,
                            const SmmAiPrompt *prompt);

/* @prompt is consumed. Errors: as smm_ai_client_send_finish(), smm_ai_prompt_judge(). */
void smm_ai_ask_async (SmmAiClient *client, SmmAiPrompt *prompt, GCancellable *cancellable,
                       GAsyncReadyCallback callback, gpointer user_data);
SmmAiAnswer *smm_ai_ask_finish (SmmAiClient *client, GAsyncResult *result, GError **error);

G_END_DECLS

/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * One question to an AI whose answer is JSON of a given form: what is sent, and what came. Pure. The
 * same prompt is shown to people before it is sent: nothing else is told to the AI.
 */

#pragma once

#include <json-glib/json-glib.h>

#include "smm-ai-provider.h"

G_BEGIN_DECLS

typedef struct
{
  const char *purpose; /* static; for the ledger: "ai-brand" */
  const char *name;    /* static; of the schema, letters and _ */
  char *instructions;
  char *input;
  char *schema;        /* JSON, strict (api/openai.md section 5) */
  gint64 max_output;   /* tokens, reasoning included */
} SmmAiPrompt;

void smm_ai_prompt_free (SmmAiPrompt *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmmAiPrompt, smm_ai_prompt_free)

/* All that is told, word for word. Free with g_free. */
char *smm_ai_prompt_describe (const SmmAiPrompt *self);
/* SMM_AI_ERROR_MODEL: none is chosen. */
SmmRequest *smm_ai_prompt_new_request (const SmmAiPrompt *self, const SmmAiProvider *provider,
                                       GError **error);
/* The text of the answer, not parsed. Errors: SMM_AI_ERROR; G_IO_ERROR_CANCELLED. */
char *smm_ai_prompt_judge (const SmmAiProvider *provider, SmmResponse *response, GError **error);
/* The JSON object in @text, which may be anything; NULL with SMM_AI_ERROR_ANSWER. */
JsonNode *smm_ai_prompt_parse (const char *text, GError **error);

G_END_DECLS

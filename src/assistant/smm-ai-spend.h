/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * What every request to an AI passes: it is reserved at the most it can cost before it leaves, and
 * ended with what came of it. smm_ai_client_send_async() does both around one request and is the
 * room's only way out. Whoever reserves and ends nothing (a crash) has spent the most, as far as
 * the limit goes. See smm-spending.h.
 */

#pragma once

#include "smm-library.h"
#include "smm-request.h"

G_BEGIN_DECLS

/* What a request is for, and the most it can use. */
typedef struct
{
  const char *purpose;  /* for the ledger: "ai-models", "ai-caption" … */
  const char *model;    /* "" when none is asked */
  gint64 input_tokens;  /* 0 with a body: as many as it has bytes, which is never too few */
  gint64 output_tokens; /* as the request allows, reasoning included */
} SmmAiMost;

typedef enum
{
  SMM_AI_END_SETTLED,  /* what was used is known */
  SMM_AI_END_ASSUMED,  /* it may have been worked on, nobody said how much */
  SMM_AI_END_RELEASED, /* it never left, or was refused: it costs nothing */
} SmmAiEnd;

/* Errors: SMM_LIBRARY_ERROR_LIMIT, _PRICE, _POLICY; nothing is to be sent then. */
void smm_ai_spend_reserve_async (SmmLibrary *library, const char *provider, const SmmAiMost *most,
                                 GCancellable *cancellable, GAsyncReadyCallback callback,
                                 gpointer user_data);
/* Id of what is reserved; g_free. */
char *smm_ai_spend_reserve_finish (SmmLibrary *library, GAsyncResult *result, GError **error);

/* Runs on by itself: what is not ended counts at its most, and later tries lose nothing. */
void smm_ai_spend_end_async (SmmLibrary *library, const char *id, SmmAiEnd end, gint64 input_tokens,
                             gint64 output_tokens, GAsyncReadyCallback callback,
                             gpointer user_data);
gboolean smm_ai_spend_end_finish (SmmLibrary *library, GAsyncResult *result, GError **error);

/* What an answer means for the bill. Tokens are set when it is SETTLED. */
SmmAiEnd smm_ai_spend_judge (const SmmAiMost *most, SmmResponse *response, gint64 *input_tokens,
                             gint64 *output_tokens);

G_END_DECLS

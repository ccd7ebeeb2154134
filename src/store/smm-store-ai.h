/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the AI costs, as the library has it. Money is in millionths of a US dollar. */

#pragma once

#include "smm-store.h"

G_BEGIN_DECLS

typedef enum
{
  SMM_AI_USE_RESERVED, /* sent, or about to be: counted at the most it can cost */
  SMM_AI_USE_SETTLED,  /* the provider said what it used */
  SMM_AI_USE_ASSUMED,  /* it may have been worked on and nobody said: stays at the most */
} SmmAiUseState;

typedef struct
{
  const char *id, *month, *provider, *model, *purpose;
  SmmAiUseState state;
  gint64 at; /* µs UTC */
  gint64 input_tokens, output_tokens;
  gint64 cost;
} SmmAiUse;

typedef struct
{
  char *provider, *model;
  gint64 input, output; /* for a million tokens */
} SmmAiPrice;
void smm_ai_price_free (SmmAiPrice *price);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmmAiPrice, smm_ai_price_free)

typedef struct
{
  gint64 settled, reserved, assumed;
  guint n_requests, n_assumed;
} SmmAiSums;
void smm_store_sum_ai_use (SmmStore *self, const char *month, SmmAiSums *sums);
/* FALSE: there is none. @provider, @model: (out): free with g_free. */
gboolean smm_store_get_ai_use (SmmStore *self, const char *id, SmmAiUseState *state,
                               char **provider, char **model);
gboolean smm_store_add_ai_use (SmmStore *self, const SmmAiUse *use, GError **error);
gboolean smm_store_settle_ai_use (SmmStore *self, const SmmAiUse *use, GError **error);
gboolean smm_store_assume_ai_use (SmmStore *self, const char *id, GError **error);
gboolean smm_store_drop_ai_use (SmmStore *self, const char *id, GError **error);
/* Those nobody settled since before then. */
gboolean smm_store_assume_old_ai_use (SmmStore *self, gint64 before, GError **error);

/* What the user entered; NULL: nothing. */
SmmAiPrice *smm_store_get_ai_price (SmmStore *self, const char *provider, const char *model);
GPtrArray *smm_store_list_ai_prices (SmmStore *self); /* SmmAiPrice* */
gboolean smm_store_put_ai_price (SmmStore *self, const SmmAiPrice *price, GError **error);
gboolean smm_store_drop_ai_price (SmmStore *self, const char *provider, const char *model,
                                  GError **error);

G_END_DECLS

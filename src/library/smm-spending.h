/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * What the AI may cost and does cost. Money is in millionths of a US dollar, prices are for a
 * million tokens: a token of a model that costs 2 $ is two millionths. Months are those of UTC.
 *
 * Every request is reserved at the most it can cost before it is sent and settled after it, both by
 * commands of the library's one owner (ai.reserve, ai.settle …): many at once, or a crash between
 * the two, can't spend more than the limit. See src/assistant/smm-ai-spend.h for who asks.
 */

#pragma once

#include "smm-library.h"
#include "smm-store-ai.h"

G_BEGIN_DECLS

#define SMM_DOLLAR G_GINT64_CONSTANT (1000000)
#define SMM_AI_PROVIDER_OPENAI "openai"
#define SMM_AI_PROVIDER_OPENAI_EU "openai-eu"

typedef enum
{
  SMM_SPENDING_GOOD,
  SMM_SPENDING_NEAR, /* four fifths of the limit */
  SMM_SPENDING_REACHED,
} SmmSpendingState;

typedef struct
{
  char month[8]; /* "2026-11" */
  SmmAiSums sums;
  gint64 spent; /* all of them */
  gint64 limit; /* -1: none */
  SmmSpendingState state;
} SmmSpending;

void smm_spending_read (SmmSpending *self, SmmStore *store, gint64 now);
void smm_spending_read_month (SmmSpending *self, SmmStore *store, const char *month);
const char *smm_spending_state_to_string (SmmSpendingState state);
/* "$3.20"; less than a cent: "$0.0042". */
char *smm_money_format (gint64 amount);

/* Where a price is from. */
typedef enum
{
  SMM_PRICE_UNKNOWN,
  SMM_PRICE_ENTERED,
  SMM_PRICE_BUILT_IN,
  SMM_PRICE_FREE, /* a server on this computer */
} SmmPriceSource;
SmmPriceSource smm_price_find (SmmStore *store, const char *provider, const char *model,
                               gint64 *input, gint64 *output);
const char *smm_price_source_to_string (SmmPriceSource source);
/* The nth model that comes with a price; NULL at the end. */
const char *smm_price_get_built_in (guint n);
/* Rounded up. */
gint64 smm_price_count (gint64 tokens, gint64 price);

G_END_DECLS

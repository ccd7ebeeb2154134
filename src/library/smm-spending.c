/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-spending.h"

#include <stdio.h>
#include <string.h>

#include "smm-settings.h"

#define CENT (SMM_DOLLAR / 100)
#define MILLION G_GINT64_CONSTANT (1000000)

/* api/openai.md section 8, in cents for a million tokens. Whoever pays other prices enters them. */
static const struct
{
  const char *model;
  int input, output;
} built_in[] = {
  { "gpt-5.6", 400, 2000 },    { "gpt-5.6-sol", 400, 2000 },  { "gpt-5.6-terra", 200, 1200 },
  { "gpt-5.6-luna", 20, 120 }, { "gpt-6-astra", 1000, 5000 }, { "gpt-6-sol", 200, 1000 },
  { "gpt-6-luna", 10, 50 },
};

/* The same document, section 2: what it costs more to stay in a region. */
#define EU_PERCENT 110

gint64
smm_price_count (gint64 tokens, gint64 price)
{
  return (tokens * price + MILLION - 1) / MILLION;
}

const char *
smm_price_get_built_in (guint n)
{
  return n < G_N_ELEMENTS (built_in) ? built_in[n].model : NULL;
}

/* "gpt-5.6-luna-2026-08-01" is a "gpt-5.6-luna". */
static gboolean
is_model (const char *model, const char *name)
{
  gsize length = strlen (name);
  const char *rest = model + length;
  int year, month, day, end = 0;

  if (strncmp (model, name, length) != 0)
    return FALSE;
  return *rest == '\0'
         || (sscanf (rest, "-%4d-%2d-%2d%n", &year, &month, &day, &end) == 3 && end == 11
             && rest[end] == '\0');
}

static gboolean
is_on_this_computer (const char *provider)
{
  g_autoptr (GUri) uri = g_uri_parse (provider, G_URI_FLAGS_NONE, NULL);

  return uri != NULL && g_uri_get_host (uri) != NULL
         && smm_host_is_this_computer (g_uri_get_host (uri));
}

/**
 * smm_price_find:
 * @store: the library
 * @provider: "openai", "openai-eu", or the origin of a server
 * @model: its id
 * @input: (out): millionths of a US dollar for a million tokens
 * @output: (out): the same
 *
 * Returns: where the price is from; nothing is set for SMM_PRICE_UNKNOWN
 */
SmmPriceSource
smm_price_find (SmmStore *store, const char *provider, const char *model, gint64 *input,
                gint64 *output)
{
  g_autoptr (SmmAiPrice) entered = smm_store_get_ai_price (store, provider, model);
  gboolean eu = strcmp (provider, SMM_AI_PROVIDER_OPENAI_EU) == 0;
  int percent = eu ? EU_PERCENT : 100;

  if (entered != NULL)
    {
      *input = entered->input;
      *output = entered->output;
      return SMM_PRICE_ENTERED;
    }
  for (guint i = 0; i < G_N_ELEMENTS (built_in); i++)
    if ((eu || strcmp (provider, SMM_AI_PROVIDER_OPENAI) == 0)
        && is_model (model, built_in[i].model))
      {
        *input = built_in[i].input * CENT * percent / 100;
        *output = built_in[i].output * CENT * percent / 100;
        return SMM_PRICE_BUILT_IN;
      }
  if (!is_on_this_computer (provider))
    return SMM_PRICE_UNKNOWN;
  *input = *output = 0;
  return SMM_PRICE_FREE;
}

const char *
smm_price_source_to_string (SmmPriceSource source)
{
  static const char *const names[] = { "unknown", "entered", "built-in", "free" };

  return names[source];
}

const char *
smm_spending_state_to_string (SmmSpendingState state)
{
  static const char *const names[] = { "good", "near", "reached" };

  return names[state];
}

/**
 * smm_spending_read_month:
 * @self: (out): what was spent
 * @store: the library
 * @month: "2026-11"
 */
void
smm_spending_read_month (SmmSpending *self, SmmStore *store, const char *month)
{
  *self = (SmmSpending){ .limit = -1 };
  g_strlcpy (self->month, month, sizeof self->month);
  smm_store_sum_ai_use (store, self->month, &self->sums);
  self->spent = self->sums.settled + self->sums.reserved + self->sums.assumed;
  if (!smm_settings_get_boolean (store, SMM_SETTING_AI_LIMITED))
    return;
  self->limit = smm_settings_get_int (store, SMM_SETTING_AI_LIMIT) * CENT;
  if (self->spent >= self->limit)
    self->state = SMM_SPENDING_REACHED;
  else if (self->spent * 5 >= self->limit * 4)
    self->state = SMM_SPENDING_NEAR;
}

void
smm_spending_read (SmmSpending *self, SmmStore *store, gint64 now)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (now / G_USEC_PER_SEC);
  g_autofree char *month = g_date_time_format (time, "%Y-%m");

  smm_spending_read_month (self, store, month);
}

char *
smm_money_format (gint64 amount)
{
  if (amount > 0 && amount < CENT)
    return g_strdup_printf ("$%.4f", MAX (amount, 100) / (double)SMM_DOLLAR);
  return g_strdup_printf ("$%" G_GINT64_FORMAT ".%02d", amount / SMM_DOLLAR,
                          (int)(amount % SMM_DOLLAR / CENT));
}

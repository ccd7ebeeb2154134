/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-store-ai.h"
#include "smm-store-private.h"

void
smm_ai_price_free (SmmAiPrice *price)
{
  g_free (price->provider);
  g_free (price->model);
  g_free (price);
}

/**
 * smm_store_sum_ai_use:
 * @self: a store
 * @month: "2026-11"
 * @sums: (out): what was spent then, millionths of a US dollar
 */
void
smm_store_sum_ai_use (SmmStore *self, const char *month, SmmAiSums *sums)
{
  sqlite3_stmt *stmt = smm_store_prepare (
      self, "SELECT state, sum (cost), count (*) FROM ai_use WHERE month = ?1 GROUP BY state");

  *sums = (SmmAiSums){ 0 };
  smm_store_bind (stmt, "s", month);
  while (smm_store_next_row (stmt))
    {
      SmmAiUseState state = sqlite3_column_int (stmt, 0);
      gint64 cost = sqlite3_column_int64 (stmt, 1);
      int n = sqlite3_column_int (stmt, 2);

      sums->n_requests += n;
      if (state == SMM_AI_USE_SETTLED)
        sums->settled = cost;
      else if (state == SMM_AI_USE_RESERVED)
        sums->reserved = cost;
      else
        {
          sums->assumed = cost;
          sums->n_assumed = n;
        }
    }
}

gboolean
smm_store_get_ai_use (SmmStore *self, const char *id, SmmAiUseState *state, char **provider,
                      char **model)
{
  sqlite3_stmt *stmt
      = smm_store_prepare (self, "SELECT state, provider, model FROM ai_use WHERE id = ?1");
  gboolean found = FALSE;

  smm_store_bind (stmt, "s", id);
  while (smm_store_next_row (stmt))
    {
      found = TRUE;
      *state = sqlite3_column_int (stmt, 0);
      *provider = smm_store_dup_text (stmt, 1);
      *model = smm_store_dup_text (stmt, 2);
    }
  return found;
}

gboolean
smm_store_add_ai_use (SmmStore *self, const SmmAiUse *use, GError **error)
{
  sqlite3_stmt *stmt = smm_store_prepare (
      self, "INSERT INTO ai_use (id, at, month, provider, model, purpose, state, input_tokens, "
            "output_tokens, cost) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)");

  smm_store_bind (stmt, "slssssilll", use->id, use->at, use->month, use->provider, use->model,
                  use->purpose, use->state, use->input_tokens, use->output_tokens, use->cost);
  return smm_store_run (self, stmt, error);
}

gboolean
smm_store_settle_ai_use (SmmStore *self, const SmmAiUse *use, GError **error)
{
  sqlite3_stmt *stmt = smm_store_prepare (
      self, "UPDATE ai_use SET state = 1, input_tokens = ?2, output_tokens = ?3, cost = ?4 "
            "WHERE id = ?1");

  smm_store_bind (stmt, "slll", use->id, use->input_tokens, use->output_tokens, use->cost);
  return smm_store_run (self, stmt, error);
}

gboolean
smm_store_assume_ai_use (SmmStore *self, const char *id, GError **error)
{
  sqlite3_stmt *stmt
      = smm_store_prepare (self, "UPDATE ai_use SET state = 2 WHERE id = ?1 AND state = 0");

  smm_store_bind (stmt, "s", id);
  return smm_store_run (self, stmt, error);
}

gboolean
smm_store_drop_ai_use (SmmStore *self, const char *id, GError **error)
{
  sqlite3_stmt *stmt = smm_store_prepare (self, "DELETE FROM ai_use WHERE id = ?1 AND state = 0");

  smm_store_bind (stmt, "s", id);
  return smm_store_run (self, stmt, error);
}

gboolean
smm_store_assume_old_ai_use (SmmStore *self, gint64 before, GError **error)
{
  sqlite3_stmt *stmt
      = smm_store_prepare (self, "UPDATE ai_use SET state = 2 WHERE state = 0 AND at < ?1");

  smm_store_bind (stmt, "l", before);
  return smm_store_run (self, stmt, error);
}

/* --- Prices --- */

static GPtrArray *
read_prices (sqlite3_stmt *stmt)
{
  GPtrArray *prices = g_ptr_array_new_with_free_func ((GDestroyNotify)smm_ai_price_free);

  while (smm_store_next_row (stmt))
    {
      SmmAiPrice *price = g_new0 (SmmAiPrice, 1);

      price->provider = smm_store_dup_text (stmt, 0);
      price->model = smm_store_dup_text (stmt, 1);
      price->input = sqlite3_column_int64 (stmt, 2);
      price->output = sqlite3_column_int64 (stmt, 3);
      g_ptr_array_add (prices, price);
    }
  return prices;
}

SmmAiPrice *
smm_store_get_ai_price (SmmStore *self, const char *provider, const char *model)
{
  sqlite3_stmt *stmt = smm_store_prepare (self, "SELECT provider, model, input, output "
                                                "FROM ai_price WHERE provider = ?1 AND model = ?2");
  g_autoptr (GPtrArray) prices = NULL;

  smm_store_bind (stmt, "ss", provider, model);
  prices = read_prices (stmt);
  return prices->len > 0 ? g_ptr_array_steal_index (prices, 0) : NULL;
}

GPtrArray *
smm_store_list_ai_prices (SmmStore *self)
{
  return read_prices (smm_store_prepare (
      self, "SELECT provider, model, input, output FROM ai_price ORDER BY provider, model"));
}

gboolean
smm_store_put_ai_price (SmmStore *self, const SmmAiPrice *price, GError **error)
{
  sqlite3_stmt *stmt = smm_store_prepare (
      self, "INSERT INTO ai_price (provider, model, input, output) VALUES (?1, ?2, ?3, ?4) "
            "ON CONFLICT (provider, model) DO UPDATE SET input = ?3, output = ?4");

  smm_store_bind (stmt, "ssll", price->provider, price->model, price->input, price->output);
  return smm_store_run (self, stmt, error);
}

gboolean
smm_store_drop_ai_price (SmmStore *self, const char *provider, const char *model, GError **error)
{
  sqlite3_stmt *stmt
      = smm_store_prepare (self, "DELETE FROM ai_price WHERE provider = ?1 AND model = ?2");

  smm_store_bind (stmt, "ss", provider, model);
  return smm_store_run (self, stmt, error);
}

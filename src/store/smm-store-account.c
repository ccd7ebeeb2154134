/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is known of accounts beside their sign-in: for their cards. */

#include "config.h"

#include "smm-store-private.h"

void
smm_account_health_free (SmmAccountHealth *health)
{
  if (health == NULL)
    return;
  g_free (health->tasks);
  g_free (health);
}

/**
 * smm_store_get_account_health:
 * @self: a store
 * @account_id: an account
 *
 * Returns: (transfer full) (nullable): what its platform said last; %NULL: it was never asked
 */
SmmAccountHealth *
smm_store_get_account_health (SmmStore *self, const char *account_id)
{
  sqlite3_stmt *stmt = smm_store_prepare (
      self, "SELECT asked_at, tasks FROM account_health WHERE account_id = ?1");
  SmmAccountHealth *health = NULL;

  smm_store_bind (stmt, "s", account_id);
  while (smm_store_next_row (stmt))
    {
      health = g_new0 (SmmAccountHealth, 1);
      health->asked_at = sqlite3_column_int64 (stmt, 0);
      health->tasks = smm_store_dup_text (stmt, 1);
    }
  return health;
}

gboolean
smm_store_put_account_health (SmmStore *self, const char *account_id,
                              const SmmAccountHealth *health, GError **error)
{
  sqlite3_stmt *stmt = smm_store_prepare (
      self, "INSERT INTO account_health (account_id, asked_at, tasks) VALUES (?1, ?2, ?3) "
            "ON CONFLICT (account_id) DO UPDATE SET asked_at = excluded.asked_at, "
            "tasks = excluded.tasks");

  smm_store_bind (stmt, "sls", account_id, health->asked_at, health->tasks);
  return smm_store_run (self, stmt, error);
}

/**
 * smm_store_count_steps:
 * @self: a store
 * @since: µs UTC
 *
 * Returns: (transfer full) (element-type utf8 GHashTable): by account, how often each step of its
 *   publications was sent after @since: tables of the step's name and GUINT_TO_POINTER() of a
 * number
 */
GHashTable *
smm_store_count_steps (SmmStore *self, gint64 since)
{
  /* Rows are written in time order: from the newest back to the first one that is too old. */
  sqlite3_stmt *stmt = smm_store_prepare (
      self, "SELECT started_at, account_id, step FROM journal "
            "JOIN target ON target.id = journal.target_id ORDER BY journal.id DESC");
  GHashTable *accounts
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_hash_table_unref);

  while (smm_store_next_row (stmt) && sqlite3_column_int64 (stmt, 0) > since)
    {
      const char *account = (const char *)sqlite3_column_text (stmt, 1);
      const char *step = (const char *)sqlite3_column_text (stmt, 2);
      GHashTable *steps = g_hash_table_lookup (accounts, account);
      guint n;

      if (steps == NULL)
        {
          steps = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
          g_hash_table_insert (accounts, g_strdup (account), steps);
        }
      n = GPOINTER_TO_UINT (g_hash_table_lookup (steps, step));
      g_hash_table_replace (steps, g_strdup (step), GUINT_TO_POINTER (n + 1));
    }
  if (stmt != NULL)
    sqlite3_reset (stmt);
  return accounts;
}

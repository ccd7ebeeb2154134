/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the engine asks: which targets are due, and what it knows of them. */

#include "config.h"

#include "smm-store-private.h"

static GPtrArray *
list_next (SmmStore *self, const char *sql, gint64 now, int limit)
{
  sqlite3_stmt *stmt = smm_store_prepare (self, sql);

  smm_store_bind (stmt, "li", now, limit);
  return smm_store_read_targets (stmt);
}

GPtrArray *
smm_store_list_due (SmmStore *self, gint64 now, int limit)
{
  return list_next (self,
                    "SELECT " SMM_STORE_TARGET_COLUMNS " FROM target INDEXED BY target_next "
                    "WHERE next_at > 0 AND next_at <= ?1 AND state = 1 "
                    "ORDER BY next_at LIMIT ?2",
                    now, limit);
}

GPtrArray *
smm_store_list_pending (SmmStore *self, gint64 now, int limit)
{
  return list_next (self,
                    "SELECT " SMM_STORE_TARGET_COLUMNS " FROM target INDEXED BY target_pending "
                    "WHERE next_at > 0 AND next_at <= ?1 AND state <> 1 "
                    "ORDER BY next_at LIMIT ?2",
                    now, limit);
}

/**
 * smm_store_list_in_state:
 * @self: a store
 * @state: publishing, unconfirmed, failed or held: few are, and an index knows them
 * @limit: how many at most
 *
 * Returns: (transfer full) (element-type SmmTarget): oldest first
 */
GPtrArray *
smm_store_list_in_state (SmmStore *self, SmmTargetState state, int limit)
{
  sqlite3_stmt *stmt = smm_store_prepare (
      self, "SELECT " SMM_STORE_TARGET_COLUMNS " FROM target INDEXED BY target_unsettled "
            "WHERE state = ?1 AND state > 1 AND state <> 3 AND state < 7 "
            "ORDER BY due_at LIMIT ?2");

  smm_store_bind (stmt, "ii", (int)state, limit);
  return smm_store_read_targets (stmt);
}

/**
 * smm_store_list_post_ids:
 * @self: a store
 * @state: of one of its targets
 * @reason_code: (nullable): of the same target
 * @limit: how many at most
 *
 * Looks at all targets.
 *
 * Returns: (transfer full) (element-type utf8): ids of posts, by time
 */
GPtrArray *
smm_store_list_post_ids (SmmStore *self, SmmTargetState state, const char *reason_code, int limit)
{
  GPtrArray *ids = g_ptr_array_new_with_free_func (g_free);
  sqlite3_stmt *stmt = smm_store_prepare (
      self, "SELECT id FROM post WHERE deleted_at = 0 AND EXISTS (SELECT 1 FROM target WHERE "
            "post_id = post.id AND state = ?1 AND (?2 IS NULL OR reason_code = ?2)) "
            "ORDER BY due_at, id LIMIT ?3");

  smm_store_bind (stmt, "isi", (int)state, reason_code, limit);
  while (smm_store_next_row (stmt))
    g_ptr_array_add (ids, smm_store_dup_text (stmt, 0));
  return ids;
}

static guint
count_posts (SmmStore *self, const char *sql, const char *reason_code)
{
  sqlite3_stmt *stmt = smm_store_prepare (self, sql);
  guint n = 0;

  smm_store_bind (stmt, "s", reason_code);
  while (smm_store_next_row (stmt))
    n = sqlite3_column_int (stmt, 0);
  return n;
}

guint
smm_store_count_scheduled_posts (SmmStore *self)
{
  return count_posts (self,
                      "SELECT count (DISTINCT post_id) FROM target WHERE state = 1 "
                      "AND ?1 IS NULL",
                      NULL);
}

/* Few are held, and an index knows them. */
guint
smm_store_count_held_posts (SmmStore *self, const char *reason_code)
{
  return count_posts (self,
                      "SELECT count (DISTINCT post_id) FROM target INDEXED BY target_unsettled "
                      "WHERE state = 6 AND state > 1 AND state <> 3 AND state < 7 "
                      "AND reason_code = ?1",
                      reason_code);
}

guint
smm_store_count_scheduled (SmmStore *self, guint platforms)
{
  sqlite3_stmt *stmt = smm_store_prepare (
      self, "SELECT count (*) FROM target WHERE state = 1 AND (1 << platform) & ?1 <> 0");
  guint n = 0;

  smm_store_bind (stmt, "i", (int)platforms);
  while (smm_store_next_row (stmt))
    n = sqlite3_column_int (stmt, 0);
  return n;
}

gint64
smm_store_get_next_wake (SmmStore *self)
{
  sqlite3_stmt *stmt = smm_store_prepare (
      self, "SELECT next_at FROM target INDEXED BY target_next WHERE next_at > 0 "
            "ORDER BY next_at LIMIT 1");
  gint64 next = 0;

  while (smm_store_next_row (stmt))
    next = sqlite3_column_int64 (stmt, 0);
  return next;
}

GHashTable *
smm_store_get_facts (SmmStore *self, const char *target_id)
{
  sqlite3_stmt *stmt = smm_store_prepare (self, "SELECT key, value FROM fact WHERE target_id = ?1");
  GHashTable *facts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  smm_store_bind (stmt, "s", target_id);
  while (smm_store_next_row (stmt))
    g_hash_table_insert (facts, smm_store_dup_text (stmt, 0), smm_store_dup_text (stmt, 1));
  return facts;
}

GHashTable *
smm_store_get_claimed (SmmStore *self, const char *account_id, const char *target_id)
{
  sqlite3_stmt *stmt
      = smm_store_prepare (self, "SELECT remote_id FROM target INDEXED BY target_claimed "
                                 "WHERE account_id = ?1 AND id <> ?2 AND remote_id IS NOT NULL "
                                 "ORDER BY published_at DESC LIMIT 1000");
  GHashTable *claimed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  smm_store_bind (stmt, "ss", account_id, target_id);
  while (smm_store_next_row (stmt))
    g_hash_table_add (claimed, smm_store_dup_text (stmt, 0));
  return claimed;
}

/**
 * smm_store_list_step_times:
 * @self: a store
 * @account_id: an account
 * @step: how the names of the steps begin
 * @since: µs UTC
 *
 * Returns: (transfer full) (element-type gint64): when such steps were sent after @since, oldest
 *   first
 */
GArray *
smm_store_list_step_times (SmmStore *self, const char *account_id, const char *step, gint64 since)
{
  /* Rows are written in time order: from the newest back to the first one that is too old. */
  sqlite3_stmt *stmt = smm_store_prepare (
      self, "SELECT started_at, step, account_id FROM journal "
            "JOIN target ON target.id = journal.target_id ORDER BY journal.id DESC");
  GArray *times = g_array_new (FALSE, FALSE, sizeof (gint64));

  while (smm_store_next_row (stmt))
    {
      gint64 at = sqlite3_column_int64 (stmt, 0);

      if (at <= since)
        break;
      if (g_strcmp0 ((const char *)sqlite3_column_text (stmt, 2), account_id) == 0
          && g_str_has_prefix ((const char *)sqlite3_column_text (stmt, 1), step))
        g_array_prepend_val (times, at);
    }
  if (stmt != NULL)
    sqlite3_reset (stmt);
  return times;
}

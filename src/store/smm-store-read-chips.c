/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a calendar shows of posts, by covering indexes. */

#include "config.h"

#include "smm-store-private.h"

/* Only of what is scheduled the targets are looked at, by their index. A platform is told when no
 * part of the post waits for this computer. */
/* From bit 8 on, "platforms" says who has all that is scheduled of the post and publishes it. */
#define HANDED_OVER_SHIFT 8
/* ?1: a brand, or NULL for all that are not deleted. A brand that is named is looked up once and
 * not for each row. */
#define OF_BRAND                                                                                   \
  "AND CASE WHEN ?1 IS NULL THEN brand_id NOT IN (SELECT id FROM brand WHERE deleted_at > 0) "     \
  "ELSE brand_id = ?1 AND NOT EXISTS (SELECT 1 FROM brand WHERE id = ?1 AND deleted_at > 0) END "

/* A row of SMM_STORE_CHIP_COLUMNS. */
SmmChip *
smm_store_read_chip (sqlite3_stmt *stmt)
{
  SmmChip *chip = smm_chip_new ();

  chip->post_id = smm_store_dup_text (stmt, 0);
  chip->brand_id = smm_store_dup_text (stmt, 1);
  chip->title = smm_store_dup_text (stmt, 2);
  chip->due_at = sqlite3_column_int64 (stmt, 3);
  chip->state = sqlite3_column_int (stmt, 4);
  chip->platforms = sqlite3_column_int (stmt, 5) & ((1 << HANDED_OVER_SHIFT) - 1);
  chip->thumbnail = smm_store_dup_text (stmt, 6);
  chip->handed_over = sqlite3_column_int (stmt, 5) >> HANDED_OVER_SHIFT;
  return chip;
}

static GPtrArray *
read_chips (sqlite3_stmt *stmt)
{
  GPtrArray *chips = smm_store_new_records ();

  while (smm_store_next_row (stmt))
    g_ptr_array_add (chips, smm_store_read_chip (stmt));
  return chips;
}

/**
 * smm_store_list_chips:
 * @self: a store
 * @brand_id: (nullable): only of this brand
 * @from: µs UTC, included
 * @to: µs UTC, not included
 *
 * One scan of a covering index: the text of the posts is not touched.
 *
 * Returns: (transfer full) (element-type SmmChip): in time order
 */
GPtrArray *
smm_store_list_chips (SmmStore *self, const char *brand_id, gint64 from, gint64 to)
{
  sqlite3_stmt *stmt = smm_store_prepare (
      self, "SELECT " SMM_STORE_CHIP_COLUMNS " FROM post INDEXED BY post_calendar "
            "WHERE deleted_at = 0 AND due_at >= ?2 AND due_at < ?3 " OF_BRAND "ORDER BY due_at");

  smm_store_bind (stmt, "sll", brand_id, MAX (from, 1), to);
  return read_chips (stmt);
}

/**
 * smm_store_list_account_chips:
 * @self: a store
 * @brand_id: (nullable): only of this brand
 * @account_id: (nullable): only what goes to this account
 * @from: µs UTC, included
 * @to: µs UTC, not included
 *
 * The scan of smm_store_list_chips(), and a look into an index for each post it finds.
 *
 * Returns: (transfer full) (element-type SmmChip): in time order
 */
GPtrArray *
smm_store_list_account_chips (SmmStore *self, const char *brand_id, const char *account_id,
                              gint64 from, gint64 to)
{
  sqlite3_stmt *stmt;

  if (account_id == NULL)
    return smm_store_list_chips (self, brand_id, from, to);
  stmt = smm_store_prepare (
      self, "SELECT " SMM_STORE_CHIP_COLUMNS " FROM post INDEXED BY post_calendar "
            "WHERE deleted_at = 0 AND due_at >= ?2 AND due_at < ?3 " OF_BRAND
            "AND EXISTS (SELECT 1 FROM target "
            "WHERE target.post_id = post.id AND target.account_id = ?4) ORDER BY due_at");
  smm_store_bind (stmt, "slls", brand_id, MAX (from, 1), to, account_id);
  return read_chips (stmt);
}

/**
 * smm_store_list_drafts:
 * @self: a store
 * @brand_id: (nullable): only of this brand
 * @limit: how many at most
 *
 * Returns: (transfer full) (element-type SmmChip): posts without a time, newest first
 */
GPtrArray *
smm_store_list_drafts (SmmStore *self, const char *brand_id, int limit)
{
  sqlite3_stmt *stmt = smm_store_prepare (
      self, "SELECT " SMM_STORE_CHIP_COLUMNS
            " FROM post WHERE deleted_at = 0 AND due_at = 0 AND state = 0 " OF_BRAND
            "ORDER BY updated_at DESC LIMIT ?2");

  smm_store_bind (stmt, "si", brand_id, limit);
  return read_chips (stmt);
}

/**
 * smm_store_get_next_chip:
 * @self: a store
 * @brand_id: (nullable): only of this brand
 * @now: µs UTC
 *
 * Returns: (transfer full) (nullable): the next post that will go out
 */
SmmChip *
smm_store_get_next_chip (SmmStore *self, const char *brand_id, gint64 now)
{
  sqlite3_stmt *stmt = smm_store_prepare (
      self,
      "SELECT " SMM_STORE_CHIP_COLUMNS " FROM post INDEXED BY post_calendar "
      "WHERE deleted_at = 0 AND due_at >= ?2 AND state = 1 " OF_BRAND "ORDER BY due_at LIMIT 1");

  smm_store_bind (stmt, "sl", brand_id, now);
  return smm_store_take_first (read_chips (stmt));
}

static guint
count (SmmStore *self, const char *brand_id)
{
  sqlite3_stmt *stmt
      = brand_id != NULL
            ? smm_store_prepare (self, "SELECT count (*) FROM post INDEXED BY post_attention "
                                       "WHERE deleted_at = 0 AND state > 3 AND state < 7 "
                                       "AND brand_id = (SELECT id FROM brand WHERE id = ?1 "
                                       "                AND brand.deleted_at = 0)")
            : smm_store_prepare (self, "SELECT count (*) FROM post INDEXED BY post_attention "
                                       "WHERE deleted_at = 0 AND state > 3 AND state < 7 "
                                       "AND brand_id IN (SELECT id FROM brand "
                                       "                 WHERE brand.deleted_at = 0)");
  guint n = 0;

  if (brand_id != NULL)
    smm_store_bind (stmt, "s", brand_id);
  while (smm_store_next_row (stmt))
    n = sqlite3_column_int (stmt, 0);
  return n;
}

/* Forgets what was counted before anybody wrote something. */
static void
check_attention (SmmStore *self)
{
  sqlite3_stmt *stmt = smm_store_prepare (self, "PRAGMA data_version");
  int version = -1, changes = sqlite3_total_changes (self->db);

  while (smm_store_next_row (stmt))
    version = sqlite3_column_int (stmt, 0);
  if (version >= 0 && version == self->attention_version && changes == self->attention_changes)
    return;
  g_hash_table_remove_all (self->attention);
  self->attention_version = version;
  self->attention_changes = changes;
}

/**
 * smm_store_count_attention:
 * @self: a store
 * @brand_id: (nullable): only of this brand
 *
 * Counted anew only when the library has changed: views ask whenever they are drawn, and there may
 * be tens of thousands after a bad night.
 *
 * Returns: how many posts are unconfirmed, failed or need the user
 */
guint
smm_store_count_attention (SmmStore *self, const char *brand_id)
{
  const char *key = brand_id != NULL ? brand_id : "";
  gpointer known;

  if (self->db == NULL)
    return 0;
  /* What this transaction wrote may be rolled back. */
  if (sqlite3_txn_state (self->db, NULL) == SQLITE_TXN_WRITE)
    return count (self, brand_id);
  check_attention (self);
  if (!g_hash_table_lookup_extended (self->attention, key, NULL, &known))
    {
      known = GUINT_TO_POINTER (count (self, brand_id));
      g_hash_table_insert (self->attention, g_strdup (key), known);
    }
  return GPOINTER_TO_UINT (known);
}

/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Notes on days of a brand's calendar. */

#include "config.h"

#include "smm-store-private.h"

/**
 * smm_store_list_notes:
 * @self: a store
 * @brand_id: the brand
 * @first: "2026-12-01"
 * @last: the last day, included
 *
 * Returns: (transfer full) (element-type utf8 utf8): day → note, of the days that have one
 */
GHashTable *
smm_store_list_notes (SmmStore *self, const char *brand_id, const char *first, const char *last)
{
  GHashTable *notes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  sqlite3_stmt *stmt = smm_store_prepare (
      self, "SELECT day, text FROM note WHERE brand_id = ?1 AND day BETWEEN ?2 AND ?3");

  smm_store_bind (stmt, "sss", brand_id, first, last);
  while (smm_store_next_row (stmt))
    g_hash_table_insert (notes, smm_store_dup_text (stmt, 0), smm_store_dup_text (stmt, 1));
  return notes;
}

/**
 * smm_store_put_note:
 * @self: the owner's store, inside a transaction
 * @brand_id: the brand
 * @day: "2026-12-01"
 * @text: (nullable): what the day's note is now; %NULL: there is none
 * @error: where to say what went wrong
 */
gboolean
smm_store_put_note (SmmStore *self, const char *brand_id, const char *day, const char *text,
                    GError **error)
{
  sqlite3_stmt *stmt;

  if (text == NULL)
    stmt = smm_store_prepare (self, "DELETE FROM note WHERE brand_id = ?1 AND day = ?2");
  else
    stmt = smm_store_prepare (self, "INSERT OR REPLACE INTO note (brand_id, day, text) "
                                    "VALUES (?1, ?2, ?3)");
  smm_store_bind (stmt, text != NULL ? "sss" : "ss", brand_id, day, text);
  return smm_store_run (self, stmt, error);
}

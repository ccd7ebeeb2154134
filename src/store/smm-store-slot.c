/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Slots of the week, and the times that are taken. */

#include "config.h"

#include "smm-store-private.h"

/**
 * smm_store_list_slots:
 * @self: a store
 * @brand_id: the brand
 *
 * Returns: (transfer full) (element-type SmmSlot): those of the brand first, then those of its
 *   accounts; each from Monday on
 */
GPtrArray *
smm_store_list_slots (SmmStore *self, const char *brand_id)
{
  GPtrArray *slots = smm_store_new_records ();
  sqlite3_stmt *stmt
      = smm_store_prepare (self, "SELECT nullif (account_id, ''), weekday, minute FROM slot "
                                 "WHERE brand_id = ?1 ORDER BY account_id, weekday, minute");

  smm_store_bind (stmt, "s", brand_id);
  while (smm_store_next_row (stmt))
    {
      SmmSlot *slot = smm_slot_new ();

      slot->account_id = smm_store_dup_text (stmt, 0);
      slot->weekday = sqlite3_column_int (stmt, 1);
      slot->minute = sqlite3_column_int (stmt, 2);
      g_ptr_array_add (slots, slot);
    }
  return slots;
}

/**
 * smm_store_list_due_times:
 * @self: a store
 * @brand_id: the brand
 * @account_id: (nullable): only what goes to this account
 * @from: µs UTC, included
 * @to: µs UTC, not included
 *
 * Returns: (transfer full) (element-type gint64): when posts are due that were not cancelled,
 * drafts with a time too; in order
 */
GArray *
smm_store_list_due_times (SmmStore *self, const char *brand_id, const char *account_id, gint64 from,
                          gint64 to)
{
  GArray *times = g_array_new (FALSE, FALSE, sizeof (gint64));
  sqlite3_stmt *stmt = smm_store_prepare (
      self, "SELECT due_at FROM post INDEXED BY post_calendar WHERE deleted_at = 0 "
            "AND due_at >= ?3 AND due_at < ?4 AND brand_id = ?1 AND iif (?2 IS NULL, state <> 7, "
            "EXISTS (SELECT 1 FROM target WHERE post_id = post.id AND account_id = ?2 "
            "AND target.state <> 7)) ORDER BY due_at");

  smm_store_bind (stmt, "ssll", brand_id, account_id, MAX (from, 1), to);
  while (smm_store_next_row (stmt))
    {
      gint64 at = sqlite3_column_int64 (stmt, 0);

      g_array_append_val (times, at);
    }
  return times;
}

/**
 * smm_store_put_slots:
 * @self: the owner's store, inside a transaction
 * @brand_id: the brand
 * @account_id: (nullable): the account they are of; %NULL: the brand's own
 * @slots: (element-type SmmSlot): take the place of those that were there
 * @error: where to say what went wrong
 */
gboolean
smm_store_put_slots (SmmStore *self, const char *brand_id, const char *account_id, GPtrArray *slots,
                     GError **error)
{
  const char *account = account_id != NULL ? account_id : "";
  sqlite3_stmt *stmt
      = smm_store_prepare (self, "DELETE FROM slot WHERE brand_id = ?1 AND account_id = ?2");

  smm_store_bind (stmt, "ss", brand_id, account);
  if (!smm_store_run (self, stmt, error))
    return FALSE;
  for (guint i = 0; i < slots->len; i++)
    {
      SmmSlot *slot = slots->pdata[i];

      stmt = smm_store_prepare (self, "INSERT OR IGNORE INTO slot (brand_id, account_id, weekday, "
                                      "minute) VALUES (?1, ?2, ?3, ?4)");
      smm_store_bind (stmt, "ssii", brand_id, account, slot->weekday, slot->minute);
      if (!smm_store_run (self, stmt, error))
        return FALSE;
    }
  return TRUE;
}

/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Named days that a brand took from calendar files. */

#include "config.h"

#include "smm-store-private.h"

#include <string.h>

#define COLUMNS                                                                                    \
  "id, brand_id, name, shown, "                                                                    \
  "(SELECT count (*) FROM holiday WHERE holidays_id = holidays.id)"

static void
record_free (gpointer data)
{
  SmmHolidaysRecord *record = data;

  g_free (record->id);
  g_free (record->brand_id);
  g_free (record->name);
  g_free (record);
}

static GPtrArray *
read_records (sqlite3_stmt *stmt)
{
  GPtrArray *all = g_ptr_array_new_with_free_func (record_free);

  while (smm_store_next_row (stmt))
    {
      SmmHolidaysRecord *record = g_new0 (SmmHolidaysRecord, 1);

      record->id = smm_store_dup_text (stmt, 0);
      record->brand_id = smm_store_dup_text (stmt, 1);
      record->name = smm_store_dup_text (stmt, 2);
      record->shown = sqlite3_column_int (stmt, 3) != 0;
      record->n_days = (guint)sqlite3_column_int (stmt, 4);
      g_ptr_array_add (all, record);
    }
  return all;
}

/**
 * smm_store_list_holidays:
 * @self: a store
 * @brand_id: (nullable): the brand; %NULL: all
 * @id: (nullable): this one only
 *
 * Returns: (transfer full) (element-type SmmHolidaysRecord): calendars of holidays, oldest first
 */
GPtrArray *
smm_store_list_holidays (SmmStore *self, const char *brand_id, const char *id)
{
  sqlite3_stmt *stmt = smm_store_prepare (
      self,
      "SELECT " COLUMNS " FROM holidays WHERE deleted_at = 0 "
      "AND (?1 IS NULL OR brand_id = ?1) AND (?2 IS NULL OR id = ?2) ORDER BY created_at, id");

  smm_store_bind (stmt, "ss", brand_id, id);
  return read_records (stmt);
}

/**
 * smm_store_list_holiday_names:
 * @self: a store
 * @brand_id: the brand
 * @first: "2026-12-01"
 * @last: the last day, included
 *
 * Returns: (transfer full) (element-type utf8 utf8): day → its names, of calendars that are shown;
 *   what fewer of these days are called comes first, so that weeks of school holidays do not hide a
 *   feast
 */
GHashTable *
smm_store_list_holiday_names (SmmStore *self, const char *brand_id, const char *first,
                              const char *last)
{
  GHashTable *names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  sqlite3_stmt *stmt = smm_store_prepare (
      self, "SELECT day, name FROM (SELECT DISTINCT day, holiday.name AS name FROM holidays "
            "JOIN holiday ON holidays_id = holidays.id WHERE brand_id = ?1 AND shown = 1 "
            "AND deleted_at = 0 AND day BETWEEN ?2 AND ?3) "
            "ORDER BY day, count (*) OVER (PARTITION BY name), name");

  smm_store_bind (stmt, "sss", brand_id, first, last);
  while (smm_store_next_row (stmt))
    {
      g_autofree char *day = smm_store_dup_text (stmt, 0);
      g_autofree char *name = smm_store_dup_text (stmt, 1);
      const char *before = g_hash_table_lookup (names, day);
      char *all = before != NULL ? g_strconcat (before, ", ", name, NULL) : g_strdup (name);

      g_hash_table_replace (names, g_steal_pointer (&day), all);
    }
  return names;
}

/* One of that id that was deleted. */
static gboolean
forget (SmmStore *self, const char *id, GError **error)
{
  sqlite3_stmt *stmt = smm_store_prepare (self, "DELETE FROM holiday WHERE holidays_id = ?1");

  smm_store_bind (stmt, "s", id);
  if (!smm_store_run (self, stmt, error))
    return FALSE;
  stmt = smm_store_prepare (self, "DELETE FROM holidays WHERE id = ?1");
  smm_store_bind (stmt, "s", id);
  return smm_store_run (self, stmt, error);
}

/**
 * smm_store_add_holidays:
 * @self: the owner's store, inside a transaction
 * @record: a new calendar, or one that was deleted
 * @days: a(ss): day and name of each
 * @at: now, µs UTC
 * @error: where to say what went wrong
 */
gboolean
smm_store_add_holidays (SmmStore *self, const SmmHolidaysRecord *record, GVariant *days, gint64 at,
                        GError **error)
{
  sqlite3_stmt *stmt;
  GVariantIter iter;
  const char *day, *name;

  if (!forget (self, record->id, error))
    return FALSE;
  stmt = smm_store_prepare (
      self, "INSERT INTO holidays (id, brand_id, name, shown, created_at) VALUES (?1, ?2, ?3, 1, "
            "?4)");
  smm_store_bind (stmt, "sssl", record->id, record->brand_id, record->name, at);
  if (!smm_store_run (self, stmt, error))
    return FALSE;
  g_variant_iter_init (&iter, days);
  while (g_variant_iter_next (&iter, "(&s&s)", &day, &name))
    {
      stmt = smm_store_prepare (
          self, "INSERT OR IGNORE INTO holiday (holidays_id, day, name) VALUES (?1, ?2, ?3)");
      smm_store_bind (stmt, "sss", record->id, day, name);
      if (!smm_store_run (self, stmt, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
smm_store_set_holidays_shown (SmmStore *self, const char *id, gboolean shown, GError **error)
{
  sqlite3_stmt *stmt = smm_store_prepare (self, "UPDATE holidays SET shown = ?2 WHERE id = ?1");

  smm_store_bind (stmt, "si", id, shown ? 1 : 0);
  return smm_store_run (self, stmt, error);
}

gboolean
smm_store_set_holidays_deleted (SmmStore *self, const char *id, gint64 at, GError **error)
{
  sqlite3_stmt *stmt
      = smm_store_prepare (self, "UPDATE holidays SET deleted_at = ?2 WHERE id = ?1");

  smm_store_bind (stmt, "sl", id, at);
  return smm_store_run (self, stmt, error);
}

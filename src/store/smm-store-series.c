/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Recurring posts and the days they were made for. */

#include "config.h"

#include "smm-store-private.h"

#define SERIES_COLUMNS                                                                             \
  "id, brand_id, rule, time, zone, content, cursor_day, cursor_n, top_up_at, revision, "           \
  "created_at, stopped_at"

#define BRAND_LIVES "AND brand_id IN (SELECT id FROM brand WHERE brand.deleted_at = 0) "

static GPtrArray *
read_series (sqlite3_stmt *stmt)
{
  GPtrArray *all = smm_store_new_records ();

  while (smm_store_next_row (stmt))
    {
      SmmSeries *series = smm_series_new ();
      const char *content = (const char *)sqlite3_column_text (stmt, 5);

      series->id = smm_store_dup_text (stmt, 0);
      series->brand_id = smm_store_dup_text (stmt, 1);
      series->rule = smm_store_dup_text (stmt, 2);
      series->time = smm_store_dup_text (stmt, 3);
      series->zone = smm_store_dup_text (stmt, 4);
      series->content = g_variant_parse (G_VARIANT_TYPE_VARDICT, content, NULL, NULL, NULL);
      if (series->content == NULL)
        series->content = g_variant_ref_sink (g_variant_new ("a{sv}", NULL));
      series->cursor_day = smm_store_dup_text (stmt, 6);
      series->cursor_n = sqlite3_column_int (stmt, 7);
      series->top_up_at = sqlite3_column_int64 (stmt, 8);
      series->revision = sqlite3_column_int (stmt, 9);
      series->created_at = sqlite3_column_int64 (stmt, 10);
      series->stopped_at = sqlite3_column_int64 (stmt, 11);
      g_ptr_array_add (all, series);
    }
  return all;
}

/**
 * smm_store_list_series:
 * @self: a store
 * @brand_id: (nullable): only of this brand
 *
 * Returns: (transfer full) (element-type SmmSeries): recurring posts, oldest first; stopped ones
 * too
 */
GPtrArray *
smm_store_list_series (SmmStore *self, const char *brand_id)
{
  sqlite3_stmt *stmt = smm_store_prepare (
      self, "SELECT " SERIES_COLUMNS " FROM series WHERE deleted_at = 0 "
            "AND (?1 IS NULL OR brand_id = ?1) "
            "AND brand_id IN (SELECT id FROM brand WHERE brand.deleted_at = 0) "
            "ORDER BY created_at, id");

  smm_store_bind (stmt, "s", brand_id);
  return read_series (stmt);
}

SmmSeries *
smm_store_get_series (SmmStore *self, const char *id)
{
  sqlite3_stmt *stmt = smm_store_prepare (self, "SELECT " SERIES_COLUMNS
                                                " FROM series WHERE id = ?1 AND deleted_at = 0");

  smm_store_bind (stmt, "s", id);
  return smm_store_take_first (read_series (stmt));
}

/* Those that need more posts at @now. */
GPtrArray *
smm_store_list_series_to_top_up (SmmStore *self, gint64 now)
{
  sqlite3_stmt *stmt = smm_store_prepare (
      self, "SELECT " SERIES_COLUMNS " FROM series WHERE top_up_at > 0 AND top_up_at <= ?1 "
            "AND deleted_at = 0 " BRAND_LIVES "ORDER BY top_up_at, id");

  smm_store_bind (stmt, "l", now);
  return read_series (stmt);
}

/* When the first of them does; 0: never. */
gint64
smm_store_get_next_top_up (SmmStore *self)
{
  sqlite3_stmt *stmt;
  gint64 at = 0;

  /* What would be made must not go out. */
  if (smm_store_get_erase_at (self) > 0)
    return 0;
  stmt = smm_store_prepare (self,
                            "SELECT coalesce (min (top_up_at), 0) FROM series WHERE top_up_at > 0 "
                            "AND deleted_at = 0 " BRAND_LIVES);
  while (smm_store_next_row (stmt))
    at = sqlite3_column_int64 (stmt, 0);
  return at;
}

static GPtrArray *
read_occurrences (sqlite3_stmt *stmt)
{
  GPtrArray *all = smm_store_new_records ();

  while (smm_store_next_row (stmt))
    {
      SmmOccurrence *occurrence = smm_occurrence_new ();

      occurrence->series_id = smm_store_dup_text (stmt, 0);
      occurrence->day = smm_store_dup_text (stmt, 1);
      occurrence->n = sqlite3_column_int (stmt, 2);
      occurrence->post_id = smm_store_dup_text (stmt, 3);
      occurrence->digest = smm_store_dup_text (stmt, 4);
      g_ptr_array_add (all, occurrence);
    }
  return all;
}

/**
 * smm_store_list_occurrences:
 * @self: a store
 * @series_id: a recurring post
 * @from_day: (nullable): "2026-12-01": from this day on; %NULL: all
 *
 * Returns: (transfer full) (element-type SmmOccurrence): by day, also of posts that were deleted
 */
GPtrArray *
smm_store_list_occurrences (SmmStore *self, const char *series_id, const char *from_day)
{
  sqlite3_stmt *stmt
      = smm_store_prepare (self, "SELECT series_id, day, n, post_id, digest FROM occurrence "
                                 "WHERE series_id = ?1 AND day >= coalesce (?2, '') ORDER BY day");

  smm_store_bind (stmt, "ss", series_id, from_day);
  return read_occurrences (stmt);
}

/* The series that made the post; NULL: none did. */
SmmOccurrence *
smm_store_get_occurrence (SmmStore *self, const char *post_id)
{
  sqlite3_stmt *stmt = smm_store_prepare (
      self, "SELECT series_id, day, n, post_id, digest FROM occurrence WHERE post_id = ?1");

  smm_store_bind (stmt, "s", post_id);
  return smm_store_take_first (read_occurrences (stmt));
}

gboolean
smm_store_put_series (SmmStore *self, SmmSeries *series, GError **error)
{
  g_autofree char *content = g_variant_print (series->content, TRUE);
  sqlite3_stmt *stmt = smm_store_prepare (
      self, "INSERT INTO series (" SERIES_COLUMNS ") "
            "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12) "
            "ON CONFLICT (id) DO UPDATE SET rule = excluded.rule, time = excluded.time, "
            "zone = excluded.zone, content = excluded.content, cursor_day = excluded.cursor_day, "
            "cursor_n = excluded.cursor_n, top_up_at = excluded.top_up_at, "
            "revision = max (revision, excluded.revision), stopped_at = excluded.stopped_at, "
            "deleted_at = 0");

  smm_store_bind (stmt, "sssssssilill", series->id, series->brand_id, series->rule, series->time,
                  series->zone, content, series->cursor_day, series->cursor_n, series->top_up_at,
                  series->revision, series->created_at, series->stopped_at);
  return smm_store_run (self, stmt, error);
}

gboolean
smm_store_set_series_deleted (SmmStore *self, const char *id, gint64 at, GError **error)
{
  sqlite3_stmt *stmt = smm_store_prepare (self, "UPDATE series SET deleted_at = ?2 WHERE id = ?1");

  smm_store_bind (stmt, "sl", id, at);
  return smm_store_run (self, stmt, error);
}

/* Refused by the database when the day has one already. */
gboolean
smm_store_add_occurrence (SmmStore *self, SmmOccurrence *occurrence, GError **error)
{
  sqlite3_stmt *stmt
      = smm_store_prepare (self, "INSERT INTO occurrence (series_id, day, n, post_id, digest) "
                                 "VALUES (?1, ?2, ?3, ?4, ?5)");

  smm_store_bind (stmt, "ssiss", occurrence->series_id, occurrence->day, occurrence->n,
                  occurrence->post_id, occurrence->digest);
  return smm_store_run (self, stmt, error);
}

gboolean
smm_store_delete_occurrence (SmmStore *self, const char *post_id, GError **error)
{
  sqlite3_stmt *stmt = smm_store_prepare (self, "DELETE FROM occurrence WHERE post_id = ?1");

  smm_store_bind (stmt, "s", post_id);
  return smm_store_run (self, stmt, error);
}

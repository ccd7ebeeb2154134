/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Tags and campaigns, and which posts have them. */

#include "config.h"

#include "smm-store-private.h"

#define TAG_COLUMNS                                                                                \
  "tag.id, tag.brand_id, tag.kind, tag.name, tag.color, tag.first_day, tag.last_day, "             \
  "tag.created_at"
#define IN_ORDER "tag.kind DESC, tag.name COLLATE NOCASE, tag.id"

static SmmTag *
read_tag (sqlite3_stmt *stmt)
{
  SmmTag *tag = smm_tag_new ();

  tag->id = smm_store_dup_text (stmt, 0);
  tag->brand_id = smm_store_dup_text (stmt, 1);
  tag->kind = sqlite3_column_int (stmt, 2);
  tag->name = smm_store_dup_text (stmt, 3);
  tag->color = smm_store_dup_text (stmt, 4);
  tag->first_day = smm_store_dup_text (stmt, 5);
  tag->last_day = smm_store_dup_text (stmt, 6);
  tag->created_at = sqlite3_column_int64 (stmt, 7);
  return tag;
}

static GPtrArray *
read_tags (sqlite3_stmt *stmt)
{
  GPtrArray *tags = smm_store_new_records ();

  while (smm_store_next_row (stmt))
    g_ptr_array_add (tags, read_tag (stmt));
  return tags;
}

/**
 * smm_store_list_tags:
 * @self: a store
 * @brand_id: (nullable): only of this brand
 *
 * Returns: (transfer full) (element-type SmmTag): campaigns first, each by name
 */
GPtrArray *
smm_store_list_tags (SmmStore *self, const char *brand_id)
{
  sqlite3_stmt *stmt = smm_store_prepare (
      self, "SELECT " TAG_COLUMNS " FROM tag WHERE deleted_at = 0 "
            "AND (?1 IS NULL OR brand_id = ?1) "
            "AND brand_id IN (SELECT id FROM brand WHERE brand.deleted_at = 0) ORDER BY " IN_ORDER);

  smm_store_bind (stmt, "s", brand_id);
  return read_tags (stmt);
}

/**
 * smm_store_get_tag:
 * @self: a store
 * @id: its id
 *
 * Returns: (transfer full) (nullable): the tag; %NULL when there is none or it was deleted
 */
SmmTag *
smm_store_get_tag (SmmStore *self, const char *id)
{
  sqlite3_stmt *stmt = smm_store_prepare (self, "SELECT " TAG_COLUMNS
                                                " FROM tag WHERE id = ?1 AND deleted_at = 0");

  smm_store_bind (stmt, "s", id);
  return smm_store_take_first (read_tags (stmt));
}

/**
 * smm_store_find_tag:
 * @self: a store
 * @brand_id: the brand
 * @name: what it is called; A to Z in either case
 *
 * Returns: (transfer full) (nullable): the tag of that name, else the campaign
 */
SmmTag *
smm_store_find_tag (SmmStore *self, const char *brand_id, const char *name)
{
  sqlite3_stmt *stmt = smm_store_prepare (
      self, "SELECT " TAG_COLUMNS " FROM tag WHERE brand_id = ?1 AND name = ?2 COLLATE NOCASE "
            "AND deleted_at = 0 ORDER BY kind");

  smm_store_bind (stmt, "ss", brand_id, name);
  return smm_store_take_first (read_tags (stmt));
}

/**
 * smm_store_count_tagged:
 * @self: a store
 * @tag_id: a tag or a campaign
 *
 * Returns: how many posts have it
 */
guint
smm_store_count_tagged (SmmStore *self, const char *tag_id)
{
  sqlite3_stmt *stmt
      = smm_store_prepare (self, "SELECT count (*) FROM post_tag JOIN post ON post.id = post_id "
                                 "WHERE tag_id = ?1 AND post.deleted_at = 0");
  guint count = 0;

  smm_store_bind (stmt, "s", tag_id);
  while (smm_store_next_row (stmt))
    count = sqlite3_column_int (stmt, 0);
  return count;
}

/**
 * smm_store_list_tags_between:
 * @self: a store
 * @brand_id: (nullable): only of this brand
 * @from: µs UTC, included
 * @to: µs UTC, not included
 *
 * For a calendar: what to colour chips with, and which to show when one tag is asked for.
 *
 * Returns: (transfer full) (element-type utf8 GPtrArray): id of a post that is due then → its
 *   SmmTag*, the campaign first; posts without a tag are not in it
 */
GHashTable *
smm_store_list_tags_between (SmmStore *self, const char *brand_id, gint64 from, gint64 to)
{
  GHashTable *by_post
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_ptr_array_unref);
  g_autoptr (GHashTable) known
      = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_object_unref);
  sqlite3_stmt *stmt = smm_store_prepare (
      self, "SELECT " TAG_COLUMNS ", post.id FROM post INDEXED BY post_calendar "
            "CROSS JOIN post_tag ON post_id = post.id CROSS JOIN tag ON tag.id = tag_id "
            "WHERE post.deleted_at = 0 AND due_at >= ?2 AND due_at < ?3 AND tag.deleted_at = 0 "
            "AND (?1 IS NULL OR post.brand_id = ?1) ORDER BY " IN_ORDER);

  smm_store_bind (stmt, "sll", brand_id, MAX (from, 1), to);
  while (smm_store_next_row (stmt))
    {
      const char *post_id = (const char *)sqlite3_column_text (stmt, 8);
      const char *tag_id = (const char *)sqlite3_column_text (stmt, 0);
      GPtrArray *tags = g_hash_table_lookup (by_post, post_id);
      SmmTag *tag = g_hash_table_lookup (known, tag_id);

      if (tag == NULL)
        {
          tag = read_tag (stmt);
          g_hash_table_insert (known, tag->id, tag);
        }
      if (tags == NULL)
        {
          tags = g_ptr_array_new_with_free_func (g_object_unref);
          g_hash_table_insert (by_post, g_strdup (post_id), tags);
        }
      g_ptr_array_add (tags, g_object_ref (tag));
    }
  return by_post;
}

void
smm_store_load_tags (SmmStore *self, SmmPost *post)
{
  sqlite3_stmt *stmt
      = smm_store_prepare (self, "SELECT " TAG_COLUMNS " FROM post_tag JOIN tag ON tag.id = tag_id "
                                 "WHERE post_id = ?1 AND deleted_at = 0 ORDER BY " IN_ORDER);

  smm_store_bind (stmt, "s", post->id);
  g_ptr_array_unref (post->tags);
  post->tags = read_tags (stmt);
}

gboolean
smm_store_put_tag (SmmStore *self, SmmTag *tag, GError **error)
{
  sqlite3_stmt *stmt = smm_store_prepare (
      self, "INSERT INTO tag (id, brand_id, kind, name, color, first_day, last_day, created_at) "
            "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT (id) DO UPDATE SET "
            "name = excluded.name, color = excluded.color, first_day = excluded.first_day, "
            "last_day = excluded.last_day, deleted_at = 0");

  smm_store_bind (stmt, "ssissssl", tag->id, tag->brand_id, (int)tag->kind, tag->name, tag->color,
                  tag->first_day, tag->last_day, tag->created_at);
  return smm_store_run (self, stmt, error);
}

gboolean
smm_store_set_tag_deleted (SmmStore *self, const char *id, gint64 at, GError **error)
{
  sqlite3_stmt *stmt = smm_store_prepare (self, "UPDATE tag SET deleted_at = ?2 WHERE id = ?1");

  smm_store_bind (stmt, "sl", id, at);
  return smm_store_run (self, stmt, error);
}

/* A link to what was deleted stays: with it the tag comes back as it was. */
gboolean
smm_store_delete_post_tags (SmmStore *self, SmmPost *post, GError **error)
{
  sqlite3_stmt *stmt
      = smm_store_prepare (self, "DELETE FROM post_tag WHERE post_id = ?1 "
                                 "AND tag_id IN (SELECT id FROM tag WHERE deleted_at = 0)");

  smm_store_bind (stmt, "s", post->id);
  return smm_store_run (self, stmt, error);
}

gboolean
smm_store_add_post_tags (SmmStore *self, SmmPost *post, GError **error)
{
  for (guint i = 0; i < post->tags->len; i++)
    {
      sqlite3_stmt *stmt = smm_store_prepare (
          self, "INSERT OR IGNORE INTO post_tag (post_id, tag_id) VALUES (?1, ?2)");

      smm_store_bind (stmt, "ss", post->id, ((SmmTag *)post->tags->pdata[i])->id);
      if (!smm_store_run (self, stmt, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
smm_store_put_post_tags (SmmStore *self, SmmPost *post, GError **error)
{
  return smm_store_delete_post_tags (self, post, error)
         && smm_store_add_post_tags (self, post, error);
}

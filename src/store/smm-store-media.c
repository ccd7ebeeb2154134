/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Pictures and videos of the library: finding them, and who uses them. */

#include "config.h"

#include "smm-store-private.h"

#include <glib/gstdio.h>
#include <string.h>

#define DEFAULT_LIMIT 2000

/* Live posts that show the medium, in one of their variants or in all. */
#define USED_BY                                                                                    \
  "(id IN (SELECT post_id FROM post_media WHERE sha256 = ?1) "                                     \
  "OR id IN (SELECT target.post_id FROM variant_media JOIN target ON target.id = target_id "       \
  "          WHERE sha256 = ?1))"

static char *
make_pattern (const char *search)
{
  g_autoptr (GString) pattern = g_string_new ("%");

  for (; *search != '\0'; search++)
    {
      if (strchr ("%_\\", *search) != NULL)
        g_string_append_c (pattern, '\\');
      g_string_append_c (pattern, *search);
    }
  g_string_append_c (pattern, '%');
  return g_string_free (g_steal_pointer (&pattern), FALSE);
}

/**
 * smm_store_find_media:
 * @self: a store
 * @filter: (nullable): what to list
 *
 * Returns: (transfer full) (element-type SmmMedia): media of the library, newest first, with what
 *   people said of them
 */
GPtrArray *
smm_store_find_media (SmmStore *self, const SmmMediaFilter *filter)
{
  static const SmmMediaFilter everything = { 0 };
  sqlite3_stmt *stmt = smm_store_prepare (
      self,
      "SELECT " SMM_STORE_MEDIA_COLUMNS ", description, tags FROM media WHERE deleted_at = 0 "
      "AND (?1 IS NULL OR file_name LIKE ?1 ESCAPE '\\' OR description LIKE ?1 ESCAPE '\\' "
      "     OR tags LIKE ?1 ESCAPE '\\' "
      "     OR sha256 IN (SELECT sha256 FROM post_media WHERE post_media.alt LIKE ?1 ESCAPE '\\')) "
      "AND (?2 = 0 OR (mime LIKE 'video/%') = (?2 = 2)) "
      "AND (?3 IS NULL OR instr (char (10) || tags || char (10), char (10) || ?3 || char (10)) > "
      "0) "
      "AND (?4 = 0 OR (sha256 NOT IN (SELECT sha256 FROM post_media JOIN post ON post.id = post_id "
      "                               WHERE post.deleted_at = 0) "
      "     AND sha256 NOT IN (SELECT sha256 FROM variant_media))) "
      "ORDER BY created_at DESC, sha256 LIMIT ?5");
  GPtrArray *media = smm_store_new_records ();
  g_autofree char *pattern = NULL;

  if (filter == NULL)
    filter = &everything;
  if (filter->search != NULL && *filter->search != '\0'
      && g_utf8_validate (filter->search, -1, NULL))
    pattern = make_pattern (filter->search);
  smm_store_bind (stmt, "sisii", pattern, (int)filter->kind, filter->tag, (int)filter->unused,
                  filter->limit > 0 ? filter->limit : DEFAULT_LIMIT);
  while (smm_store_next_row (stmt))
    {
      SmmMedia *medium = smm_store_read_medium (stmt);

      medium->alt = smm_store_dup_text (stmt, 15);
      medium->tags = smm_store_dup_text (stmt, 16);
      g_ptr_array_add (media, medium);
    }
  return media;
}

/**
 * smm_store_get_library_media:
 * @self: a store
 * @sha256: of a medium
 *
 * Returns: (transfer full) (nullable): the medium with what people said of it; %NULL when it is not
 *   in the library, or was deleted from it
 */
SmmMedia *
smm_store_get_library_media (SmmStore *self, const char *sha256)
{
  sqlite3_stmt *stmt
      = smm_store_prepare (self, "SELECT " SMM_STORE_MEDIA_COLUMNS ", description, tags FROM media "
                                 "WHERE sha256 = ?1 AND deleted_at = 0");
  SmmMedia *media = NULL;

  smm_store_bind (stmt, "s", sha256);
  while (smm_store_next_row (stmt))
    {
      media = smm_store_read_medium (stmt);
      media->alt = smm_store_dup_text (stmt, 15);
      media->tags = smm_store_dup_text (stmt, 16);
    }
  return media;
}

/**
 * smm_store_list_uses:
 * @self: a store
 * @sha256: of a medium
 *
 * Returns: (transfer full) (element-type SmmChip): the posts that show it, the latest first
 */
GPtrArray *
smm_store_list_uses (SmmStore *self, const char *sha256)
{
  sqlite3_stmt *stmt = smm_store_prepare (self, "SELECT " SMM_STORE_CHIP_COLUMNS
                                                " FROM post WHERE deleted_at = 0 AND " USED_BY
                                                " ORDER BY due_at = 0 DESC, due_at DESC LIMIT 200");
  GPtrArray *chips = smm_store_new_records ();

  smm_store_bind (stmt, "s", sha256);
  while (smm_store_next_row (stmt))
    g_ptr_array_add (chips, smm_store_read_chip (stmt));
  return chips;
}

/**
 * smm_store_find_logo_brand:
 * @self: a store
 * @sha256: of a medium
 *
 * Returns: (transfer full) (nullable): the name of a brand whose logo it is
 */
char *
smm_store_find_logo_brand (SmmStore *self, const char *sha256)
{
  sqlite3_stmt *stmt = smm_store_prepare (
      self, "SELECT name FROM brand WHERE logo = ?1 AND deleted_at = 0 LIMIT 1");
  char *name = NULL;

  smm_store_bind (stmt, "s", sha256);
  while (smm_store_next_row (stmt))
    name = smm_store_dup_text (stmt, 0);
  return name;
}

gboolean
smm_store_describe_media (SmmStore *self, const char *sha256, const char *file_name,
                          const char *alt, const char *tags, GError **error)
{
  sqlite3_stmt *stmt = smm_store_prepare (
      self, "UPDATE media SET file_name = ?2, description = ?3, tags = ?4 WHERE sha256 = ?1");

  smm_store_bind (stmt, "ssss", sha256, file_name, alt, tags);
  return smm_store_run (self, stmt, error);
}

gboolean
smm_store_set_media_deleted (SmmStore *self, const char *sha256, gint64 at, GError **error)
{
  sqlite3_stmt *stmt
      = smm_store_prepare (self, "UPDATE media SET deleted_at = ?2 WHERE sha256 = ?1");

  smm_store_bind (stmt, "sl", sha256, at);
  return smm_store_run (self, stmt, error);
}

/**
 * smm_store_purge_media:
 * @self: the owner's store
 * @before: µs UTC
 * @error: SMM_STORE_ERROR
 *
 * Takes away the rows of what was deleted from the library before then and no post, deleted ones
 * included, has any use for. The files are left: see smm_store_is_stray().
 */
gboolean
smm_store_purge_media (SmmStore *self, gint64 before, GError **error)
{
  sqlite3_stmt *stmt = smm_store_prepare (
      self,
      "DELETE FROM media WHERE deleted_at > 0 AND deleted_at < ?1 "
      "AND NOT EXISTS (SELECT 1 FROM post_media WHERE post_media.sha256 = media.sha256) "
      "AND NOT EXISTS (SELECT 1 FROM variant_media WHERE variant_media.sha256 = media.sha256) "
      "AND NOT EXISTS (SELECT 1 FROM brand WHERE logo = media.sha256)");

  smm_store_bind (stmt, "l", before);
  return smm_store_run (self, stmt, error);
}

/**
 * smm_store_purge_posts:
 * @self: the owner's store
 * @before: µs UTC
 * @error: SMM_STORE_ERROR
 *
 * Takes away what was deleted before then and nothing is to happen to any more, many at a time.
 */
gboolean
smm_store_purge_posts (SmmStore *self, gint64 before, GError **error)
{
  sqlite3_stmt *stmt = smm_store_prepare (
      self,
      "DELETE FROM post WHERE id IN (SELECT id FROM post WHERE deleted_at > 0 AND deleted_at < ?1 "
      "AND NOT EXISTS (SELECT 1 FROM target WHERE target.post_id = post.id "
      "AND (target.state IN (1, 2, 4) OR target.next_at > 0)) "
      "AND NOT EXISTS (SELECT 1 FROM web_file JOIN target ON target.id = web_file.target_id "
      "WHERE target.post_id = post.id) LIMIT 500)");

  smm_store_bind (stmt, "l", before);
  return smm_store_run (self, stmt, error);
}

/**
 * smm_store_is_stray:
 * @self: a store
 * @name: a file in the folder of media
 *
 * Returns: whether it is called as a medium is, and the library knows none of this name
 */
gboolean
smm_store_is_stray (SmmStore *self, const char *name)
{
  sqlite3_stmt *stmt;
  gboolean known = FALSE;

  if (strlen (name) != 64 || strspn (name, "0123456789abcdef") != 64)
    return FALSE;
  stmt = smm_store_prepare (self, "SELECT 1 FROM media WHERE sha256 = ?1");
  smm_store_bind (stmt, "s", name);
  while (smm_store_next_row (stmt))
    known = TRUE;
  return !known;
}

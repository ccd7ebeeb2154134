/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Pictures and videos of the library: finding them, and who uses them. */

#include "config.h"

#include "smm-store-private.h"

#include <glib/gstdio.h>
#include <string.h>

/* So many that nobody looks through them: a list of them all takes a tenth of a second. */
#define MAX_MEDIA 50000

/* Live posts that show the medium, in one of their variants or in all. */
#define USED_BY                                                                                    \
  "(id IN (SELECT post_id FROM post_media WHERE sha256 = ?1) "                                     \
  "OR id IN (SELECT target.post_id FROM variant_media JOIN target ON target.id = target_id "       \
  "          WHERE sha256 = ?1))"

/* Without case and accents. */
static char *
fold (const char *text)
{
  g_autofree char *apart = g_utf8_normalize (text, -1, G_NORMALIZE_ALL);
  g_autoptr (GString) plain = g_string_new (NULL);

  for (const char *p = apart; p != NULL && *p != '\0'; p = g_utf8_next_char (p))
    if (!g_unichar_ismark (g_utf8_get_char (p)))
      g_string_append_unichar (plain, g_utf8_get_char (p));
  return g_utf8_casefold (plain->str, (gssize)plain->len);
}

/* NULL: nothing is looked for. */
static char **
make_words (const char *search)
{
  g_autofree char *folded
      = search != NULL && g_utf8_validate (search, -1, NULL) ? fold (search) : g_strdup ("");

  g_strstrip (folded);
  return *folded != '\0' ? g_strsplit_set (folded, " \t\n", -1) : NULL;
}

/* Each of the words somewhere in what is said of the medium, here or in a post. */
static gboolean
matches (SmmMedia *media, const char *said_in_posts, char **words)
{
  g_autofree char *all = g_strjoin ("\n", media->file_name, media->alt != NULL ? media->alt : "",
                                    media->tags != NULL ? media->tags : "", said_in_posts, NULL);
  g_autofree char *folded = fold (all);

  for (; *words != NULL; words++)
    if (strstr (folded, *words) == NULL)
      return FALSE;
  return TRUE;
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
      "SELECT " SMM_STORE_MEDIA_COLUMNS ", description, tags, "
      "       iif (?1, (SELECT group_concat (alt, char (10)) FROM post_media "
      "                 WHERE post_media.sha256 = media.sha256), NULL) "
      "FROM media WHERE deleted_at = 0 "
      "AND (?2 = 0 OR (mime LIKE 'video/%') = (?2 = 2)) "
      "AND (?3 IS NULL OR instr (char (10) || tags || char (10), char (10) || ?3 || char (10)) > "
      "0) "
      "AND (?4 = 0 OR (sha256 NOT IN (SELECT sha256 FROM post_media JOIN post ON post.id = post_id "
      "                               WHERE post.deleted_at = 0) "
      "     AND sha256 NOT IN (SELECT sha256 FROM variant_media))) "
      "ORDER BY created_at DESC, sha256");
  GPtrArray *media = smm_store_new_records ();
  g_auto (GStrv) words = NULL;
  guint limit;

  if (filter == NULL)
    filter = &everything;
  limit = filter->limit > 0 ? (guint)filter->limit : MAX_MEDIA;
  words = make_words (filter->search);
  smm_store_bind (stmt, "iisi", words != NULL, (int)filter->kind, filter->tag, (int)filter->unused);
  while (media->len < limit && smm_store_next_row (stmt))
    {
      g_autoptr (SmmMedia) medium = smm_store_read_medium (stmt);

      medium->alt = smm_store_dup_text (stmt, 15);
      medium->tags = smm_store_dup_text (stmt, 16);
      if (words == NULL || matches (medium, (const char *)sqlite3_column_text (stmt, 17), words))
        g_ptr_array_add (media, g_steal_pointer (&medium));
    }
  sqlite3_reset (stmt);
  return media;
}

static gint
compare_names (gconstpointer a, gconstpointer b)
{
  return g_utf8_collate (*(const char *const *)a, *(const char *const *)b);
}

/**
 * smm_store_list_media_tags:
 * @self: a store
 *
 * Returns: (transfer full): the tags of media in the library, in order, %NULL-terminated
 */
char **
smm_store_list_media_tags (SmmStore *self)
{
  sqlite3_stmt *stmt = smm_store_prepare (
      self, "SELECT DISTINCT tags FROM media WHERE deleted_at = 0 AND tags IS NOT NULL");
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer name;

  while (smm_store_next_row (stmt))
    {
      g_auto (GStrv) tags = g_strsplit ((const char *)sqlite3_column_text (stmt, 0), "\n", -1);

      for (guint i = 0; tags[i] != NULL; i++)
        if (*tags[i] != '\0')
          g_hash_table_add (seen, g_strdup (tags[i]));
    }
  g_hash_table_iter_init (&iter, seen);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);
  g_ptr_array_add (names, NULL);
  return (char **)g_ptr_array_free (g_steal_pointer (&names), FALSE);
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

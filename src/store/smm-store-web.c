/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What lies in the user's web space, and what will have to. */

#include "config.h"

#include "smm-store-private.h"

/* A post that was put off by more than this gets its files anew. */
#define KEEP_US (60 * 60 * (gint64)G_USEC_PER_SEC)
#define COLUMNS                                                                                    \
  "web_file.object, web_file.target_id, web_file.position, web_file.path, web_file.space, "        \
  "web_file.ready_at, web_file.next_at, web_file.tries"

SmmWebFile *
smm_web_file_new (const char *object, const char *target_id, int position, const char *path,
                  const char *space)
{
  SmmWebFile *file = g_new0 (SmmWebFile, 1);

  file->object = g_strdup (object);
  file->target_id = g_strdup (target_id);
  file->position = position;
  file->path = g_strdup (path);
  file->space = g_strdup (space);
  return file;
}

void
smm_web_file_free (SmmWebFile *file)
{
  if (file == NULL)
    return;
  g_free (file->object);
  g_free (file->target_id);
  g_free (file->path);
  g_free (file->space);
  g_free (file);
}

static SmmWebFile *
read_file (sqlite3_stmt *stmt)
{
  SmmWebFile *file = g_new0 (SmmWebFile, 1);

  file->object = smm_store_dup_text (stmt, 0);
  file->target_id = smm_store_dup_text (stmt, 1);
  file->position = sqlite3_column_int (stmt, 2);
  file->path = smm_store_dup_text (stmt, 3);
  file->space = smm_store_dup_text (stmt, 4);
  file->ready_at = sqlite3_column_int64 (stmt, 5);
  file->next_at = sqlite3_column_int64 (stmt, 6);
  file->tries = sqlite3_column_int (stmt, 7);
  return file;
}

gboolean
smm_store_put_web_file (SmmStore *self, const SmmWebFile *file, GError **error)
{
  sqlite3_stmt *stmt = smm_store_prepare (
      self, "INSERT INTO web_file (object, target_id, position, path, space, ready_at, next_at, "
            "tries) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT (object) DO UPDATE SET "
            "ready_at = excluded.ready_at, next_at = excluded.next_at, tries = excluded.tries");

  smm_store_bind (stmt, "ssisslli", file->object, file->target_id, file->position, file->path,
                  file->space, file->ready_at, file->next_at, file->tries);
  return smm_store_run (self, stmt, error);
}

gboolean
smm_store_drop_web_file (SmmStore *self, const char *object, GError **error)
{
  sqlite3_stmt *stmt = smm_store_prepare (self, "DELETE FROM web_file WHERE object = ?1");

  smm_store_bind (stmt, "s", object);
  return smm_store_run (self, stmt, error);
}

SmmWebFile *
smm_store_find_web_file (SmmStore *self, const char *target_id, int position, const char *path,
                         const char *space)
{
  sqlite3_stmt *stmt = smm_store_prepare (
      self, "SELECT " COLUMNS " FROM web_file WHERE target_id = ?1 AND position = ?2 "
            "AND path = ?3 AND space = ?4 AND ready_at > 0 AND tries = 0 "
            "ORDER BY ready_at DESC LIMIT 1");
  SmmWebFile *file = NULL;

  smm_store_bind (stmt, "siss", target_id, position, path, space);
  while (smm_store_next_row (stmt))
    file = read_file (stmt);
  return file;
}

/**
 * smm_store_list_web_files_to_delete:
 * @self: a store
 * @now: µs UTC
 * @next: (out): when the next failed deletion is to be tried again; 0 never
 *
 * A file goes when its post is settled, one way or the other; when its time was moved away; when it
 * never became good. While a post is being published, or nobody knows whether it was, it stays.
 *
 * Returns: (transfer full) (element-type SmmWebFile): a few of them
 */
GPtrArray *
smm_store_list_web_files_to_delete (SmmStore *self, gint64 now, gint64 *next)
{
  GPtrArray *files = g_ptr_array_new_with_free_func ((GDestroyNotify)smm_web_file_free);
  sqlite3_stmt *stmt = smm_store_prepare (
      self,
      "SELECT " COLUMNS " FROM web_file LEFT JOIN target ON target.id = web_file.target_id "
      "LEFT JOIN post ON post.id = target.post_id WHERE target.id IS NULL OR post.deleted_at > 0 "
      "OR target.state IN (0, 3, 5, 6, 7) OR web_file.tries > 0 "
      "OR (target.state = 1 AND target.due_at > ?1) ORDER BY web_file.next_at LIMIT 50");

  *next = 0;
  smm_store_bind (stmt, "l", now + KEEP_US);
  while (smm_store_next_row (stmt))
    {
      SmmWebFile *file = read_file (stmt);

      if (file->next_at <= now)
        {
          g_ptr_array_add (files, file);
          continue;
        }
      if (*next == 0)
        *next = file->next_at;
      smm_web_file_free (file);
    }
  return files;
}

guint
smm_store_count_web_files (SmmStore *self)
{
  sqlite3_stmt *stmt = smm_store_prepare (self, "SELECT count(*) FROM web_file");
  guint n = 0;

  while (smm_store_next_row (stmt))
    n = sqlite3_column_int (stmt, 0);
  return n;
}

GPtrArray *
smm_store_list_coming (SmmStore *self, gint64 now, gint64 until, gint64 *next)
{
  GPtrArray *targets = smm_store_new_records ();
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  sqlite3_stmt *stmt = smm_store_prepare (
      self, "SELECT id, due_at FROM target WHERE next_at > ?1 AND state = 1 AND platform = 2 "
            "AND ((SELECT login FROM account WHERE account.id = account_id) IS 'instagram' "
            "OR (SELECT value FROM setting WHERE key = 'web-space.use') IS 'always') "
            "ORDER BY next_at LIMIT 100");

  *next = 0;
  smm_store_bind (stmt, "l", now);
  while (smm_store_next_row (stmt))
    {
      if (sqlite3_column_int64 (stmt, 1) <= until)
        g_ptr_array_add (ids, smm_store_dup_text (stmt, 0));
      else if (*next == 0)
        *next = sqlite3_column_int64 (stmt, 1);
    }
  for (guint i = 0; i < ids->len; i++)
    {
      SmmTarget *target = smm_store_get_target (self, ids->pdata[i]);

      if (target != NULL)
        g_ptr_array_add (targets, target);
    }
  return targets;
}

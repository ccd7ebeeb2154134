/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * What goes with a brand, or with one of its accounts, for good. In each statement ?1 is the brand
 * and ?2 the account; the one that is not meant is NULL and equals nothing.
 */

#include "config.h"

#include "smm-store-private.h"
#include "smm-store-write.h"

#include <glib/gstdio.h>

/* What the change that erases leaves to be done: ALL, then LOG, until what was copied of it before
 * is gone, too. */
#define LEFT "erase.unfinished"
#define ALL "1"
#define LOG "log"
/* Those who read do so for a moment, a backup for some. */
#define TRY_MS 250
#define MAX_TRIES 40
/* A write waits for that long while the library is written anew. */
#define COMPACT_TIMEOUT_MS (10 * 60 * 1000)

#define ACCOUNTS "(SELECT id FROM account WHERE brand_id = ?1 OR id = ?2)"
/* Of an account those that went there alone, but for drafts: these wait for another account. */
#define POSTS                                                                                      \
  "(SELECT id FROM post WHERE brand_id = ?1 OR (EXISTS (SELECT 1 FROM target WHERE post_id = "     \
  "post.id AND account_id = ?2 AND state <> 0) AND NOT EXISTS (SELECT 1 FROM target WHERE "        \
  "post_id = post.id AND account_id <> ?2)))"
#define TARGETS "(SELECT id FROM target WHERE account_id IN " ACCOUNTS " OR post_id IN " POSTS ")"

static sqlite3_stmt *
prepare (SmmStore *self, const char *sql, const char *brand_id, const char *account_id)
{
  sqlite3_stmt *stmt = smm_store_prepare (self, sql);

  smm_store_bind (stmt, "ss", brand_id, account_id);
  return stmt;
}

/**
 * smm_store_is_busy:
 * @self: a store
 * @brand_id: (nullable): a brand
 * @account_id: (nullable): or an account
 *
 * Returns: whether something of it may still go out, or is being settled
 */
gboolean
smm_store_is_busy (SmmStore *self, const char *brand_id, const char *account_id)
{
  sqlite3_stmt *stmt = prepare (
      self,
      "SELECT 1 FROM target WHERE (state IN (1, 2, 4) OR next_at > 0) AND (account_id IN " ACCOUNTS
      " OR post_id IN (SELECT id FROM post WHERE brand_id = ?1)) "
      "UNION ALL SELECT 1 FROM series WHERE ?2 IS NOT NULL AND stopped_at = 0 AND deleted_at = 0 "
      "AND instr (content, ?2) > 0 LIMIT 1",
      brand_id, account_id);
  gboolean busy = smm_store_next_row (stmt);

  if (stmt != NULL)
    sqlite3_reset (stmt);
  return busy;
}

/* The media that nothing else will have any use for. */
static GPtrArray *
list_media (SmmStore *self, const char *brand_id, const char *account_id)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  sqlite3_stmt *stmt = prepare (
      self,
      "SELECT sha256 FROM media WHERE (sha256 IN (SELECT sha256 FROM post_media WHERE post_id "
      "IN " POSTS ") OR sha256 IN (SELECT sha256 FROM variant_media WHERE target_id IN " TARGETS
      ") OR sha256 IN (SELECT logo FROM brand WHERE id = ?1) "
      "OR EXISTS (SELECT 1 FROM series WHERE brand_id = ?1 AND instr (content, sha256) > 0)) "
      "AND NOT EXISTS (SELECT 1 FROM post_media WHERE post_media.sha256 = media.sha256 "
      "AND post_id NOT IN " POSTS ") "
      "AND NOT EXISTS (SELECT 1 FROM variant_media WHERE variant_media.sha256 = media.sha256 "
      "AND target_id NOT IN " TARGETS ") "
      "AND NOT EXISTS (SELECT 1 FROM brand WHERE logo = media.sha256 AND id IS NOT ?1) "
      "AND NOT EXISTS (SELECT 1 FROM series WHERE brand_id IS NOT ?1 "
      "AND instr (content, media.sha256) > 0)",
      brand_id, account_id);

  while (smm_store_next_row (stmt))
    g_ptr_array_add (names, g_strdup ((const char *)sqlite3_column_text (stmt, 0)));
  return names;
}

/* Posts that stay without one of their targets are as good or bad as their others. */
static gboolean
leave_posts (SmmStore *self, const char *account_id, GError **error)
{
  g_autoptr (GPtrArray) targets = g_ptr_array_new_with_free_func (g_free);
  sqlite3_stmt *stmt = smm_store_prepare (self, "SELECT id FROM target WHERE account_id = ?1");

  smm_store_bind (stmt, "s", account_id);
  while (smm_store_next_row (stmt))
    g_ptr_array_add (targets, g_strdup ((const char *)sqlite3_column_text (stmt, 0)));
  for (guint i = 0; i < targets->len; i++)
    if (!smm_store_delete_target (self, targets->pdata[i], error))
      return FALSE;
  return TRUE;
}

#define SUBJECTS                                                                                   \
  "(SELECT id FROM account WHERE id IN " ACCOUNTS                                                  \
  " UNION ALL SELECT id FROM target WHERE id IN " TARGETS ")"

/* In this order: nobody may be left pointing to what is gone. Mails tell of several things at once:
 * what else one that was not sent yet would have told is told anew. What was done is noted with all
 * of its words, and can't be told apart by brand: nothing before can be undone any more. */
static const char *const before_posts[] = {
  "UPDATE notice SET mail = CASE (SELECT state FROM mail WHERE id = notice.mail) WHEN 0 THEN 0 "
  "ELSE -1 END WHERE mail > 0 AND subject NOT IN " SUBJECTS
  " AND mail IN (SELECT mail FROM notice AS other WHERE other.subject IN " SUBJECTS ")",
  "DELETE FROM mail WHERE id IN (SELECT mail FROM notice WHERE subject IN " SUBJECTS ")",
  "DELETE FROM notice WHERE subject IN " SUBJECTS,
  "DELETE FROM ledger WHERE account_id IN " ACCOUNTS,
  "DELETE FROM occurrence WHERE post_id IN " POSTS
  " OR series_id IN (SELECT id FROM series WHERE brand_id = ?1)",
  "DELETE FROM post WHERE id IN " POSTS,
};
static const char *const after_posts[] = {
  "DELETE FROM slot WHERE brand_id = ?1 OR account_id = ?2",
  "DELETE FROM account_health WHERE account_id IN " ACCOUNTS,
  "DELETE FROM account WHERE id IN " ACCOUNTS,
  "DELETE FROM series WHERE brand_id = ?1 AND ?2 IS NULL",
  "DELETE FROM tag WHERE brand_id = ?1 AND ?2 IS NULL",
  "DELETE FROM note WHERE brand_id = ?1 AND ?2 IS NULL",
  "DELETE FROM holiday WHERE ?2 IS NULL AND holidays_id IN (SELECT id FROM holidays "
  "WHERE brand_id = ?1)",
  "DELETE FROM holidays WHERE brand_id = ?1 AND ?2 IS NULL",
  "DELETE FROM brand WHERE id = ?1 AND ?2 IS NULL",
  "DELETE FROM activity WHERE ?1 IS NOT NULL OR ?2 IS NOT NULL",
};

static gboolean
run_all (SmmStore *self, const char *const *statements, gsize n, const char *brand_id,
         const char *account_id, GError **error)
{
  for (gsize i = 0; i < n; i++)
    if (!smm_store_run (self, prepare (self, statements[i], brand_id, account_id), error))
      return FALSE;
  return TRUE;
}

/**
 * smm_store_erase:
 * @self: the owner's store, in a transaction
 * @brand_id: (nullable): a brand, with all of its accounts
 * @account_id: (nullable): or an account
 * @error: SMM_STORE_ERROR
 *
 * What is left of it elsewhere goes with smm_store_finish_erasing() when the transaction is over;
 * if that does not come to it, whoever opens the library next does it.
 *
 * Returns: (transfer full) (nullable) (element-type utf8): the media that went with it; their files
 *   are left
 */
GPtrArray *
smm_store_erase (SmmStore *self, const char *brand_id, const char *account_id, GError **error)
{
  g_autoptr (GPtrArray) media = list_media (self, brand_id, account_id);

  if (!run_all (self, before_posts, G_N_ELEMENTS (before_posts), brand_id, account_id, error)
      || (account_id != NULL && !leave_posts (self, account_id, error)))
    return NULL;
  for (guint i = 0; i < media->len; i++)
    {
      sqlite3_stmt *stmt = smm_store_prepare (self, "DELETE FROM media WHERE sha256 = ?1");

      smm_store_bind (stmt, "s", media->pdata[i]);
      if (!smm_store_run (self, stmt, error))
        return NULL;
    }
  /* The index keeps words of what was taken from it until its parts are made one. */
  if (!run_all (self, after_posts, G_N_ELEMENTS (after_posts), brand_id, account_id, error)
      || !smm_store_index_words (self, error)
      || !smm_store_run (
          self,
          smm_store_prepare (self, "INSERT INTO post_search (post_search) VALUES ('optimize')"),
          error)
      || !smm_store_put_setting (self, LEFT, ALL, error))
    return NULL;
  return g_steal_pointer (&media);
}

gint64
smm_store_get_erase_at (SmmStore *self)
{
  g_autofree char *at = smm_store_get_setting (self, SMM_STORE_ERASE_AT);

  return at != NULL ? MAX (g_ascii_strtoll (at, NULL, 10), 0) : 0;
}

gboolean
smm_store_is_erasing (SmmStore *self)
{
  g_autofree char *left = smm_store_get_setting (self, LEFT);

  return g_strcmp0 (left, ALL) == 0;
}

/* Writes the library anew, so that nothing of what was deleted is left in its file. */
static gboolean
compact (SmmStore *self)
{
  g_autoptr (GError) error = NULL;

  if (smm_store_run (self, smm_store_prepare (self, "VACUUM"), &error))
    return TRUE;
  g_warning ("What was deleted may still be in the library's file: %s", error->message);
  return FALSE;
}

static void
remove_files (const char *folder, const char *prefix)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_str_has_prefix (name, prefix) && g_unlink (path) != 0)
        g_warning ("%s can't be removed", path);
    }
}

static void
set_left (SmmStore *self, const char *left)
{
  g_autoptr (GError) error = NULL;

  if (!smm_store_put_setting (self, LEFT, left, &error))
    g_warning ("What was deleted will be looked for again: %s", error->message);
}

/* The pages from before are in the library's file until the log is written into it, and in the log
 * until that begins anew: neither can be while somebody reads what was. */
static gboolean
empty_log (SmmStore *self, int timeout_ms)
{
  int code;

  sqlite3_busy_timeout (self->db, timeout_ms);
  code = sqlite3_wal_checkpoint_v2 (self->db, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
  sqlite3_busy_timeout (self->db, SMM_STORE_BUSY_TIMEOUT_MS);
  if (code == SQLITE_OK)
    set_left (self, "");
  return code == SQLITE_OK;
}

/* A backup that is being made has its file before it reads, so that this one is removed as well,
 * and its maker finds that it failed. */
static void
remove_copies (SmmStore *self)
{
  g_autofree char *name = g_path_get_basename (self->paths->database);
  g_autofree char *aside = g_strconcat (name, ".", NULL);

  remove_files (self->paths->backup_dir, "");
  remove_files (self->paths->data_dir, aside);
}

/**
 * smm_store_finish_erasing:
 * @self: the owner's store, outside of a transaction
 *
 * The library does not have it any more: nor may files that are a copy of what it was, or pages
 * that it was written on. Takes as long as all of the library takes to be written.
 */
void
smm_store_finish_erasing (SmmStore *self)
{
  remove_copies (self);
  if (!compact (self))
    set_left (self, ALL);
  else if (!empty_log (self, SMM_STORE_BUSY_TIMEOUT_MS))
    set_left (self, LOG);
}

/**
 * smm_store_resume_erasing:
 * @self: the owner's store, just opened
 *
 * Finishes what was interrupted. An owner that this ends, too, is not kept from its library: it is
 * tried once.
 */
void
smm_store_resume_erasing (SmmStore *self)
{
  g_autofree char *left = smm_store_get_setting (self, LEFT);

  if (g_strcmp0 (left, ALL) == 0)
    {
      set_left (self, "");
      smm_store_finish_erasing (self);
    }
  else
    smm_store_settle_erasing (self);
}

/**
 * smm_store_settle_erasing:
 * @self: the owner's store, outside of a transaction
 *
 * Empties the log when somebody's reading kept an erasing from it; now and then, until it works.
 */
void
smm_store_settle_erasing (SmmStore *self)
{
  g_autofree char *left = smm_store_get_setting (self, LEFT);

  if (g_strcmp0 (left, LOG) == 0)
    empty_log (self, 0);
}

/* --- The same, in a thread --- */

/* A connection of its own, which never writes the log into the library: that is the owner's. */
static void
compact_in_thread (GTask *task, gpointer source, gpointer path, GCancellable *cancellable)
{
  sqlite3 *db = NULL;
  gboolean done
      = sqlite3_open_v2 (path, &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL) == SQLITE_OK;

  if (done)
    {
      sqlite3_busy_timeout (db, SMM_STORE_BUSY_TIMEOUT_MS);
      sqlite3_db_config (db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
      done = sqlite3_exec (db,
                           "PRAGMA wal_autocheckpoint = 0; PRAGMA synchronous = FULL;"
                           "PRAGMA temp_store = MEMORY; VACUUM",
                           NULL, NULL, NULL)
             == SQLITE_OK;
    }
  if (!done)
    g_warning ("What was deleted may still be in the library's file: %s", sqlite3_errmsg (db));
  sqlite3_close (db);
  g_task_return_boolean (task, done);
}

typedef struct
{
  GTask *task;
  guint tries;
} Emptying;

static gboolean
on_empty (gpointer user_data)
{
  Emptying *emptying = user_data;
  SmmStore *self = g_task_get_source_object (emptying->task);

  if (self->n_erasing == 1 && !self->doubtful && ++emptying->tries < MAX_TRIES
      && !empty_log (self, 0))
    return G_SOURCE_CONTINUE;
  self->n_erasing--;
  g_task_return_boolean (emptying->task, TRUE);
  return G_SOURCE_REMOVE;
}

static void
emptying_free (gpointer data)
{
  Emptying *emptying = data;

  g_object_unref (emptying->task);
  g_free (emptying);
}

static void
on_compacted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  SmmStore *self = SMM_STORE (source);
  g_autoptr (GTask) task = user_data;
  gboolean compacted = g_task_propagate_boolean (G_TASK (result), NULL);
  Emptying *emptying;

  if (self->n_erasing == 1 && !self->doubtful)
    sqlite3_busy_timeout (self->db, SMM_STORE_BUSY_TIMEOUT_MS);
  /* A later one does it for both; whoever opens the library anew does it as well. */
  if (!compacted || self->n_erasing > 1 || self->doubtful)
    {
      self->n_erasing--;
      g_task_return_boolean (task, TRUE);
      return;
    }
  set_left (self, LOG);
  emptying = g_new0 (Emptying, 1);
  emptying->task = g_steal_pointer (&task);
  g_timeout_add_full (G_PRIORITY_DEFAULT, TRY_MS, on_empty, emptying, emptying_free);
}

/**
 * smm_store_finish_erasing_async:
 * @self: the owner's store, outside of a transaction
 * @callback: called when it is done, or will be when nobody reads any more
 * @user_data: for @callback
 *
 * As smm_store_finish_erasing(). What is written meanwhile waits until the library was; what is
 * read does not.
 */
void
smm_store_finish_erasing_async (SmmStore *self, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);
  g_autoptr (GTask) compacting = g_task_new (self, NULL, on_compacted, task);

  g_task_set_source_tag (task, smm_store_finish_erasing_async);
  remove_copies (self);
  self->n_erasing++;
  sqlite3_busy_timeout (self->db, COMPACT_TIMEOUT_MS);
  g_task_set_task_data (compacting, g_strdup (self->paths->database), g_free);
  g_task_run_in_thread (compacting, compact_in_thread);
}

void
smm_store_finish_erasing_finish (SmmStore *self, GAsyncResult *result)
{
  g_task_propagate_boolean (G_TASK (result), NULL);
}

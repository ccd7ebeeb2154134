/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Opening the library, for the first time and again after its disk has failed.
 *
 * What a failed sync should have kept is still in the kernel's memory, marked as if it were on the
 * disk: whoever reads the file, also after a restart of the process, sees what the next power cut
 * takes away, and everything written behind it. So the owner writes the log again, as it reads it,
 * before it believes it; a checkpoint then puts all of it into the library itself.
 */

#include "config.h"

#include "smm-store-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

GResource *smm_store_get_resource (void);

#define MIGRATION_PREFIX "/com/nkonsept/Smm/sql/"
#define PIECE (64 * 1024)

/* Of a page that can't be read SQLite may say that it is damaged; who believes that restores a
 * backup for nothing. */
static gboolean
can_be_read (sqlite3 *db, int which)
{
  sqlite3_file *file = NULL;
  g_autofree char *piece = g_malloc (PIECE);
  sqlite3_int64 size = 0;

  if (sqlite3_file_control (db, "main", which, &file) != SQLITE_OK || file == NULL
      || file->pMethods == NULL)
    return TRUE;
  if (file->pMethods->xFileSize (file, &size) != SQLITE_OK)
    return FALSE;
  for (sqlite3_int64 at = 0; at < size; at += PIECE)
    if (file->pMethods->xRead (file, piece, (int)MIN (PIECE, size - at), at) != SQLITE_OK)
      return FALSE;
  return TRUE;
}

static void
set_check_error (GError **error, SmmStoreError code, const char *path, const char *answer)
{
  /* A file that can't be checked, because of its folder or of others, is not a damaged one. */
  if (code == SMM_STORE_ERROR_IO)
    g_set_error (error, SMM_STORE_ERROR, code,
                 _ ("The disk fails: the library “%s” can’t be read (%s). Nothing is published "
                    "from it. If that stays so, restore the last backup on another disk."),
                 path, answer);
  else if (code != SMM_STORE_ERROR_CORRUPT && code != SMM_STORE_ERROR_FAILED)
    g_set_error (error, SMM_STORE_ERROR, code, _ ("The library “%s” can’t be opened: %s"), path,
                 answer);
  else
    g_set_error (error, SMM_STORE_ERROR, SMM_STORE_ERROR_CORRUPT,
                 _ ("The library “%s” is damaged (%s). Nothing is published from it. "
                    "Restore the last backup."),
                 path, answer);
}

gboolean
smm_store_check_file (sqlite3 *db, const char *path, GError **error)
{
  SmmStoreError code = SMM_STORE_ERROR_CORRUPT;
  sqlite3_stmt *stmt = NULL;
  g_autofree char *answer = NULL;

  if (sqlite3_prepare_v2 (db, "PRAGMA quick_check(1)", -1, &stmt, NULL) == SQLITE_OK
      && sqlite3_step (stmt) == SQLITE_ROW)
    answer = g_strdup ((const char *)sqlite3_column_text (stmt, 0));
  else
    {
      answer = g_strdup (sqlite3_errmsg (db));
      code = smm_store_get_error_code (db);
    }
  sqlite3_finalize (stmt);
  if (g_strcmp0 (answer, "ok") == 0)
    return TRUE;
  if (!can_be_read (db, SQLITE_FCNTL_FILE_POINTER)
      || !can_be_read (db, SQLITE_FCNTL_JOURNAL_POINTER))
    code = SMM_STORE_ERROR_IO;
  set_check_error (error, code, path, answer);
  return FALSE;
}

static gboolean
exec (SmmStore *self, const char *sql, GError **error)
{
  if (sqlite3_exec (self->db, sql, NULL, NULL, NULL) == SQLITE_OK)
    return TRUE;
  smm_store_set_error (self, error, _ ("Preparing the library"));
  return FALSE;
}

/* Of the schema; -1: it can't be read. */
int
smm_store_read_version (sqlite3 *db)
{
  sqlite3_stmt *stmt = NULL;
  int version = -1;

  if (sqlite3_prepare_v2 (db, "PRAGMA user_version", -1, &stmt, NULL) == SQLITE_OK
      && sqlite3_step (stmt) == SQLITE_ROW)
    version = sqlite3_column_int (stmt, 0);
  sqlite3_finalize (stmt);
  return version;
}

static gint
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

/* Names of the migrations in order: "0001-library.sql" … */
static GPtrArray *
list_migrations (void)
{
  g_auto (GStrv) names
      = g_resource_enumerate_children (smm_store_get_resource (), MIGRATION_PREFIX, 0, NULL);
  GPtrArray *sorted = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; names[i] != NULL; i++)
    g_ptr_array_add (sorted, g_strdup (names[i]));
  g_ptr_array_sort (sorted, compare_names);
  return sorted;
}

static gboolean
apply_migration (SmmStore *self, const char *name, GError **error)
{
  g_autofree char *path = g_strconcat (MIGRATION_PREFIX, name, NULL);
  g_autoptr (GBytes) sql = g_resource_lookup_data (smm_store_get_resource (), path, 0, error);
  g_autofree char *whole = NULL;

  if (sql == NULL)
    return FALSE;
  whole = g_strdup_printf ("BEGIN IMMEDIATE;\n%s\nPRAGMA user_version = %d;\nCOMMIT;",
                           (const char *)g_bytes_get_data (sql, NULL), atoi (name));
  if (exec (self, whole, error))
    return TRUE;
  sqlite3_exec (self->db, "ROLLBACK", NULL, NULL, NULL);
  return FALSE;
}

static int
get_newest_version (void)
{
  g_autoptr (GPtrArray) names = list_migrations ();

  return atoi (names->pdata[names->len - 1]);
}

gboolean
smm_store_check_not_newer (sqlite3 *db, const char *path, GError **error)
{
  if (smm_store_read_version (db) <= get_newest_version ())
    return TRUE;
  g_set_error (
      error, SMM_STORE_ERROR, SMM_STORE_ERROR_NEWER,
      _ ("The library “%s” was made by a newer version of nkonsept SMM. It was not touched. "
         "Install that version, or restore a backup made before."),
      path);
  return FALSE;
}

static gboolean
migrate (SmmStore *self, GError **error)
{
  g_autoptr (GPtrArray) names = list_migrations ();
  int version = smm_store_read_version (self->db);

  if (version > 0 && version < get_newest_version ())
    {
      g_autofree char *backup = smm_store_backup (self, "migrate", error);

      if (backup == NULL)
        return FALSE;
    }
  for (guint i = 0; i < names->len; i++)
    if (atoi (names->pdata[i]) > version && !apply_migration (self, names->pdata[i], error))
      return FALSE;
  return TRUE;
}

static gboolean
take_lock (SmmStore *self, GError **error)
{
  self->lock_fd = open (self->paths->lock, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (self->lock_fd < 0)
    {
      g_set_error (error, SMM_STORE_ERROR, SMM_STORE_ERROR_READ_ONLY,
                   _ ("The library can’t be opened for writing, “%s”: %s"), self->paths->lock,
                   g_strerror (errno));
      return FALSE;
    }
  if (flock (self->lock_fd, LOCK_EX | LOCK_NB) == 0)
    return TRUE;
  g_set_error (error, SMM_STORE_ERROR, SMM_STORE_ERROR_OWNED,
               _ ("Another program of yours owns the library “%s”"), self->paths->data_dir);
  return FALSE;
}

static gboolean
open_database (SmmStore *self, int flags, GError **error)
{
  sqlite3 *db = NULL;
  int code = sqlite3_open_v2 (self->paths->database, &db, flags | SQLITE_OPEN_NOMUTEX, NULL);

  smm_store_take_db (self, db);
  if (code != SQLITE_OK)
    {
      smm_store_set_error (self, error, _ ("Opening"));
      return FALSE;
    }
  sqlite3_db_config (self->db, SQLITE_DBCONFIG_LOOKASIDE, NULL, 512, 250);
  sqlite3_busy_timeout (self->db, SMM_STORE_BUSY_TIMEOUT_MS);
  sqlite3_extended_result_codes (self->db, 1);
  sqlite3_db_config (self->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
  sqlite3_db_config (self->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  sqlite3_db_config (self->db, SQLITE_DBCONFIG_ENABLE_FKEY, 1, NULL);
  return TRUE;
}

/* The file is made by us, so that it is never readable by others for a moment. */
static gboolean
create_private_file (SmmStore *self, GError **error)
{
  int fd = open (self->paths->database, O_RDWR | O_CREAT | O_CLOEXEC, 0600);

  if (fd < 0)
    {
      g_set_error (error, SMM_STORE_ERROR,
                   errno == ENOSPC ? SMM_STORE_ERROR_FULL : SMM_STORE_ERROR_READ_ONLY,
                   _ ("The library “%s” can’t be opened for writing: %s"), self->paths->database,
                   g_strerror (errno));
      return FALSE;
    }
  close (fd);
  return TRUE;
}

static gboolean
ensure_library_id (SmmStore *self, GError **error)
{
  g_free (self->library_id);
  self->library_id = smm_store_get_setting (self, "library.id");
  if (self->library_id != NULL)
    return TRUE;
  self->library_id = smm_id_new ();
  return smm_store_put_setting (self, "library.id", self->library_id, error);
}

static SmmPaths *
copy_paths (SmmPaths *paths)
{
  return smm_paths_new (paths->profile);
}

/* An acknowledged intent must survive a power cut: refuse to work with less than FULL. */
static gboolean
check_synchronous (SmmStore *self, GError **error)
{
  sqlite3_stmt *stmt = NULL;
  int value = -1;

  if (sqlite3_prepare_v2 (self->db, "PRAGMA synchronous", -1, &stmt, NULL) == SQLITE_OK
      && sqlite3_step (stmt) == SQLITE_ROW)
    value = sqlite3_column_int (stmt, 0);
  sqlite3_finalize (stmt);
  if (value >= 2)
    return TRUE;
  g_set_error (error, SMM_STORE_ERROR, SMM_STORE_ERROR_FAILED,
               _ ("The library can’t be written durably"));
  return FALSE;
}

/* --- The log --- */

static gboolean
set_io_error (SmmStore *self, GError **error)
{
  g_set_error (error, SMM_STORE_ERROR, SMM_STORE_ERROR_IO,
               _ ("The disk fails: “%s” can’t be kept on it"), self->paths->database);
  return FALSE;
}

/* The write-ahead log, which a connection that has read something has open; NULL: there is none. */
static sqlite3_file *
get_log (SmmStore *self)
{
  sqlite3_file *log = NULL;

  if (sqlite3_file_control (self->db, "main", SQLITE_FCNTL_JOURNAL_POINTER, &log) != SQLITE_OK
      || log == NULL || log->pMethods == NULL)
    return NULL;
  return log;
}

/* The same bytes in the same places, so that they are on the disk when the sync says so. Those who
 * read meanwhile see no difference. */
static gboolean
write_log_again (SmmStore *self, GError **error)
{
  sqlite3_file *log = get_log (self);
  g_autofree char *piece = g_malloc (PIECE);
  sqlite3_int64 size = 0;

  if (log == NULL)
    return TRUE;
  if (log->pMethods->xFileSize (log, &size) != SQLITE_OK)
    return set_io_error (self, error);
  for (sqlite3_int64 at = 0; at < size; at += PIECE)
    {
      int n = (int)MIN (PIECE, size - at);

      if (log->pMethods->xRead (log, piece, n, at) != SQLITE_OK
          || log->pMethods->xWrite (log, piece, n, at) != SQLITE_OK)
        return set_io_error (self, error);
    }
  if (size > 0 && log->pMethods->xSync (log, SQLITE_SYNC_NORMAL) != SQLITE_OK)
    return set_io_error (self, error);
  return TRUE;
}

/* All of the log into the library. One that reads an older state may keep the log from being
 * emptied, which harms nothing: what is in it is on the disk. */
static gboolean
checkpoint (SmmStore *self, GError **error)
{
  int code;

  sqlite3_busy_timeout (self->db, 0);
  code = sqlite3_wal_checkpoint_v2 (self->db, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
  sqlite3_busy_timeout (self->db, SMM_STORE_BUSY_TIMEOUT_MS);
  if (code == SQLITE_OK || (code & 0xff) == SQLITE_BUSY || (code & 0xff) == SQLITE_LOCKED)
    return TRUE;
  smm_store_set_error (self, error, _ ("Keeping the log"));
  return FALSE;
}

/* --- The owner --- */

static gboolean
open_and_check (SmmStore *self, GError **error)
{
  if (!open_database (self, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, error))
    return FALSE;
  /* A file that is refused stays as it is, with its log. */
  sqlite3_db_config (self->db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
  return smm_store_check_file (self->db, self->paths->database, error);
}

/* A page that could not be read may be one that can be read now. */
static gboolean
open_and_check_again (SmmStore *self, GError **error)
{
  g_autoptr (GError) problem = NULL;

  if (open_and_check (self, &problem))
    return TRUE;
  if (!g_error_matches (problem, SMM_STORE_ERROR, SMM_STORE_ERROR_CORRUPT))
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  smm_store_close (self);
  return open_and_check (self, error);
}

static gboolean
open_checked (SmmStore *self, GError **error)
{
  const char *path = self->paths->database;

  if (!create_private_file (self, error) || !open_and_check_again (self, error))
    return FALSE;
  /* A large change stays in memory until its commit, pages it read and what it could have to take
   * back as well: else most of them are written and read again for each of its rows. See
   * smm_store_commit() for what is kept afterwards. In a burst the same pages change again and
   * again: they go from the log into the library when it has 16 MiB, not 4. */
  if (!smm_store_check_not_newer (self->db, path, error) || !write_log_again (self, error)
      || !exec (self,
                "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; "
                "PRAGMA cache_size = -32768; PRAGMA temp_store = MEMORY; "
                "PRAGMA wal_autocheckpoint = 4096;",
                error)
      || !check_synchronous (self, error) || !checkpoint (self, error))
    return FALSE;
  sqlite3_db_config (self->db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 0, NULL);
  /* From here on it may be written. */
  self->doubtful = FALSE;
  if (migrate (self, error) && smm_store_index_words (self, error)
      && ensure_library_id (self, error) && !self->doubtful)
    {
      smm_store_resume_erasing (self);
      return TRUE;
    }
  self->doubtful = TRUE;
  return FALSE;
}

/**
 * smm_store_lock_owner:
 * @paths: where the library is; copied
 * @error: OWNED, READ_ONLY, FULL
 *
 * Takes the lock and opens nothing yet: smm_store_open() does, which takes a while for a large
 * library.
 *
 * Returns: (transfer full) (nullable): the owner's store
 */
SmmStore *
smm_store_lock_owner (SmmPaths *paths, GError **error)
{
  g_autoptr (SmmStore) self = g_object_new (SMM_TYPE_STORE, NULL);
  g_autoptr (GError) problem = NULL;

  self->paths = copy_paths (paths);
  self->owner = self->doubtful = TRUE;
  if (smm_paths_ensure (paths, &problem) && take_lock (self, &problem))
    return g_steal_pointer (&self);
  if (!g_error_matches (problem, SMM_STORE_ERROR, SMM_STORE_ERROR_OWNED))
    smm_store_note_failure (paths, problem);
  g_propagate_error (error, g_steal_pointer (&problem));
  return NULL;
}

/**
 * smm_store_open:
 * @self: of smm_store_lock_owner(), or one whose disk has failed
 * @error: every code of SMM_STORE_ERROR but MISSING and OWNED
 *
 * Checks the library, brings it up to date and opens it for writing; what was open is closed. The
 * lock is kept. It may be called in any thread, while no other uses the store. Why it could not is
 * kept for those who only read, see smm_store_read_failure(); what can be read then is not to be
 * relied on.
 */
gboolean
smm_store_open (SmmStore *self, GError **error)
{
  g_autoptr (GError) problem = NULL;
  gboolean opened;

  g_return_val_if_fail (SMM_IS_STORE (self) && self->owner, FALSE);

  if (self->openers != NULL)
    {
      g_set_error (error, SMM_STORE_ERROR, SMM_STORE_ERROR_BUSY,
                   _ ("The library is being checked. Try again in a moment."));
      return FALSE;
    }
  self->doubtful = TRUE;
  self->generation++;
  /* Nothing is written before it was checked. */
  if (self->db != NULL)
    sqlite3_db_config (self->db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
  smm_store_close (self);
  opened = open_checked (self, &problem);
  smm_store_note_failure (self->paths, problem);
  if (!opened)
    g_propagate_error (error, g_steal_pointer (&problem));
  return opened;
}

/* --- The same, in a thread --- */

static void
open_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  SmmStore *fresh = data;
  GError *error = NULL;

  if (open_checked (fresh, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* What @fresh has opened and checked becomes @self's. */
static void
adopt (SmmStore *self, SmmStore *fresh)
{
  GHashTable *statements = fresh->statements;
  char *library_id = fresh->library_id;
  sqlite3 *db = g_steal_pointer (&fresh->db);

  smm_store_close (self);
  fresh->statements = self->statements;
  self->statements = statements;
  fresh->library_id = self->library_id;
  self->library_id = library_id;
  smm_store_take_db (self, db);
  self->doubtful = FALSE;
  self->generation++;
}

static void
on_opened (GObject *source, GAsyncResult *result, gpointer user_data)
{
  SmmStore *self = SMM_STORE (source);
  g_autoptr (GPtrArray) openers = g_steal_pointer (&self->openers);
  g_autoptr (GError) error = NULL;
  gboolean opened = g_task_propagate_boolean (G_TASK (result), &error);

  smm_store_note_failure (self->paths, error);
  if (opened)
    adopt (self, g_task_get_task_data (G_TASK (result)));
  for (guint i = 0; i < openers->len; i++)
    if (opened)
      g_task_return_boolean (openers->pdata[i], TRUE);
    else
      g_task_return_error (openers->pdata[i], g_error_copy (error));
}

/**
 * smm_store_open_async:
 * @self: the owner's store, whose disk has failed
 * @callback: called when it is known
 * @user_data: for @callback
 *
 * What smm_store_open() does, by a second connection in a thread, which becomes the store's when
 * all is well. Until then the store is doubtful, as it was: nothing is written.
 */
void
smm_store_open_async (SmmStore *self, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *opener = g_task_new (self, NULL, callback, user_data);
  g_autoptr (GTask) task = NULL;
  SmmStore *fresh;

  g_return_if_fail (SMM_IS_STORE (self) && self->owner && self->doubtful);

  g_task_set_source_tag (opener, smm_store_open_async);
  if (self->openers != NULL)
    {
      g_ptr_array_add (self->openers, opener);
      return;
    }
  self->openers = g_ptr_array_new_with_free_func (g_object_unref);
  g_ptr_array_add (self->openers, opener);
  /* Nothing is written before it was checked. */
  smm_store_end_read (self);
  if (self->db != NULL)
    sqlite3_db_config (self->db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
  fresh = g_object_new (SMM_TYPE_STORE, NULL);
  fresh->paths = copy_paths (self->paths);
  fresh->owner = fresh->doubtful = TRUE;
  task = g_task_new (self, NULL, on_opened, NULL);
  g_task_set_task_data (task, fresh, g_object_unref);
  g_task_run_in_thread (task, open_in_thread);
}

/**
 * smm_store_open_finish:
 * @self: the store
 * @result: from the callback
 * @error: see smm_store_open()
 *
 * Returns: whether the library is open and whole
 */
gboolean
smm_store_open_finish (SmmStore *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

gboolean
smm_store_is_opening (SmmStore *self)
{
  return self->openers != NULL;
}

gboolean
smm_store_is_in_thread (SmmStore *self)
{
  return self->openers != NULL || self->n_erasing > 0;
}

/**
 * smm_store_open_owner:
 * @paths: where the library is; copied
 * @error: every code of SMM_STORE_ERROR but MISSING
 *
 * smm_store_lock_owner() and smm_store_open() in one.
 *
 * Returns: (transfer full) (nullable): the store
 */
SmmStore *
smm_store_open_owner (SmmPaths *paths, GError **error)
{
  g_autoptr (SmmStore) self = smm_store_lock_owner (paths, error);

  if (self == NULL || !smm_store_open (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * smm_store_open_reader:
 * @paths: where the library is; copied
 * @error: MISSING, NEWER, CORRUPT, FAILED
 *
 * Returns: (transfer full) (nullable): a store that can only read and never checkpoints
 */
SmmStore *
smm_store_open_reader (SmmPaths *paths, GError **error)
{
  g_autoptr (SmmStore) self = g_object_new (SMM_TYPE_STORE, NULL);
  int version;

  self->paths = copy_paths (paths);
  if (!g_file_test (paths->database, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, SMM_STORE_ERROR, SMM_STORE_ERROR_MISSING, _ ("There is no library yet"));
      return NULL;
    }
  if (!open_database (self, SQLITE_OPEN_READONLY, error))
    return NULL;
  sqlite3_db_config (self->db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
  version = smm_store_read_version (self->db);
  if (version < 0)
    {
      smm_store_set_error (self, error, _ ("Opening"));
      return NULL;
    }
  if (version == 0)
    {
      g_set_error (error, SMM_STORE_ERROR, SMM_STORE_ERROR_MISSING, _ ("There is no library yet"));
      return NULL;
    }
  /* A reader does not check every page, but what it reads first must be readable. */
  if (!smm_store_check_not_newer (self->db, paths->database, error)
      || !exec (self, "SELECT value FROM setting WHERE key = 'library.id'", error))
    return NULL;
  self->library_id = smm_store_get_setting (self, "library.id");
  /* The owner writes it last: until then the library is still being made, and a sign-in that was
   * kept for a library without a name would never be found again. */
  if (self->library_id == NULL)
    {
      g_set_error (error, SMM_STORE_ERROR, SMM_STORE_ERROR_MISSING, _ ("There is no library yet"));
      return NULL;
    }
  return g_steal_pointer (&self);
}

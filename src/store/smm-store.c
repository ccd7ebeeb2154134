/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-store-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

GResource *smm_store_get_resource (void);

#define BUSY_TIMEOUT_MS 5000
#define MIGRATION_PREFIX "/com/nkonsept/Smm/sql/"

G_DEFINE_QUARK (smm - store - error - quark, smm_store_error)
G_DEFINE_TYPE (SmmStore, smm_store, G_TYPE_OBJECT)

static void
smm_store_finalize (GObject *object)
{
  SmmStore *self = SMM_STORE (object);

  g_clear_pointer (&self->statements, g_hash_table_unref);
  g_clear_pointer (&self->db, sqlite3_close_v2);
  if (self->lock_fd >= 0)
    close (self->lock_fd);
  g_clear_pointer (&self->paths, smm_paths_free);
  g_free (self->library_id);

  G_OBJECT_CLASS (smm_store_parent_class)->finalize (object);
}

static void
smm_store_class_init (SmmStoreClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = smm_store_finalize;
}

static void
finalize_statement (gpointer stmt)
{
  sqlite3_finalize (stmt);
}

static void
smm_store_init (SmmStore *self)
{
  self->lock_fd = -1;
  self->statements = g_hash_table_new_full (NULL, NULL, NULL, finalize_statement);
}

/* --- Statements --- */

static SmmStoreError
get_error_code (sqlite3 *db)
{
  switch (sqlite3_errcode (db) & 0xff)
    {
    case SQLITE_FULL:
      return SMM_STORE_ERROR_FULL;
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_CANTOPEN:
      return SMM_STORE_ERROR_READ_ONLY;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return SMM_STORE_ERROR_BUSY;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return SMM_STORE_ERROR_CORRUPT;
    default:
      return SMM_STORE_ERROR_FAILED;
    }
}

void
smm_store_set_error (SmmStore *self, GError **error, const char *doing)
{
  g_set_error (error, SMM_STORE_ERROR, get_error_code (self->db), _ ("%s failed in “%s”: %s"),
               doing, self->paths->database, sqlite3_errmsg (self->db));
}

sqlite3_stmt *
smm_store_prepare (SmmStore *self, const char *sql)
{
  sqlite3_stmt *stmt = g_hash_table_lookup (self->statements, sql);

  if (stmt != NULL)
    {
      sqlite3_reset (stmt);
      sqlite3_clear_bindings (stmt);
      return stmt;
    }
  if (sqlite3_prepare_v3 (self->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &stmt, NULL) != SQLITE_OK)
    {
      g_warning ("The library can't prepare a statement: %s", sqlite3_errmsg (self->db));
      return NULL;
    }
  g_hash_table_insert (self->statements, (gpointer)sql, stmt);
  return stmt;
}

gboolean
smm_store_run (SmmStore *self, sqlite3_stmt *stmt, GError **error)
{
  int code;

  if (stmt == NULL)
    {
      smm_store_set_error (self, error, _ ("Preparing"));
      return FALSE;
    }
  while ((code = sqlite3_step (stmt)) == SQLITE_ROW)
    ;
  if (code != SQLITE_DONE)
    smm_store_set_error (self, error, _ ("Writing"));
  sqlite3_reset (stmt);
  return code == SQLITE_DONE;
}

void
smm_store_bind_text (sqlite3_stmt *stmt, int index, const char *text)
{
  if (text != NULL)
    sqlite3_bind_text (stmt, index, text, -1, SQLITE_TRANSIENT);
  else
    sqlite3_bind_null (stmt, index);
}

void
smm_store_bind (sqlite3_stmt *stmt, const char *types, ...)
{
  va_list args;

  if (stmt == NULL)
    return;
  va_start (args, types);
  for (int i = 0; types[i] != '\0'; i++)
    switch (types[i])
      {
      case 's':
        smm_store_bind_text (stmt, i + 1, va_arg (args, const char *));
        break;
      case 'i':
        sqlite3_bind_int (stmt, i + 1, va_arg (args, int));
        break;
      case 'l':
        sqlite3_bind_int64 (stmt, i + 1, va_arg (args, gint64));
        break;
      case 'd':
        sqlite3_bind_double (stmt, i + 1, va_arg (args, double));
        break;
      default:
        g_assert_not_reached ();
      }
  va_end (args);
}

char *
smm_store_dup_text (sqlite3_stmt *stmt, int column)
{
  return g_strdup ((const char *)sqlite3_column_text (stmt, column));
}

/* --- Opening --- */

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
      code = get_error_code (db);
    }
  sqlite3_finalize (stmt);
  if (g_strcmp0 (answer, "ok") == 0)
    return TRUE;
  /* A file that can't be checked, because of its folder or of others, is not a damaged one. */
  if (code != SMM_STORE_ERROR_CORRUPT && code != SMM_STORE_ERROR_FAILED)
    {
      g_set_error (error, SMM_STORE_ERROR, code, _ ("The library “%s” can’t be opened: %s"), path,
                   answer);
      return FALSE;
    }
  g_set_error (error, SMM_STORE_ERROR, SMM_STORE_ERROR_CORRUPT,
               _ ("The library “%s” is damaged (%s). Nothing is published from it. "
                  "Restore the last backup."),
               path, answer);
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

static int
read_version (sqlite3 *db)
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
  if (read_version (db) <= get_newest_version ())
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
  int version = read_version (self->db);

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
  if (sqlite3_open_v2 (self->paths->database, &self->db, flags | SQLITE_OPEN_NOMUTEX, NULL)
      != SQLITE_OK)
    {
      smm_store_set_error (self, error, _ ("Opening"));
      return FALSE;
    }
  sqlite3_busy_timeout (self->db, BUSY_TIMEOUT_MS);
  sqlite3_extended_result_codes (self->db, 1);
  sqlite3_db_config (self->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
  sqlite3_db_config (self->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
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

static SmmStore *
open_owner (SmmPaths *paths, GError **error)
{
  g_autoptr (SmmStore) self = g_object_new (SMM_TYPE_STORE, NULL);

  self->paths = copy_paths (paths);
  self->owner = TRUE;
  if (!smm_paths_ensure (paths, error) || !take_lock (self, error)
      || !create_private_file (self, error)
      || !open_database (self, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, error))
    return NULL;
  /* A file that is refused stays as it is, with its WAL. */
  sqlite3_db_config (self->db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
  if (!smm_store_check_file (self->db, paths->database, error)
      || !smm_store_check_not_newer (self->db, paths->database, error))
    return NULL;
  sqlite3_db_config (self->db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 0, NULL);
  if (!exec (self,
             "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;",
             error)
      || !check_synchronous (self, error) || !migrate (self, error)
      || !smm_store_index_words (self, error) || !ensure_library_id (self, error))
    return NULL;

  return g_steal_pointer (&self);
}

/**
 * smm_store_open_owner:
 * @paths: where the library is; copied
 * @error: every code of SMM_STORE_ERROR but MISSING
 *
 * Takes the lock, makes the library if there is none, migrates it after a backup, and checks it.
 * Why it could not is kept for those who only read, see smm_store_read_failure().
 *
 * Returns: (transfer full) (nullable): the store
 */
SmmStore *
smm_store_open_owner (SmmPaths *paths, GError **error)
{
  g_autoptr (GError) problem = NULL;
  SmmStore *self = open_owner (paths, &problem);

  if (!g_error_matches (problem, SMM_STORE_ERROR, SMM_STORE_ERROR_OWNED))
    smm_store_note_failure (paths, problem);
  if (self == NULL)
    g_propagate_error (error, g_steal_pointer (&problem));
  return self;
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
  version = read_version (self->db);
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

  return g_steal_pointer (&self);
}

gboolean
smm_store_is_owner (SmmStore *self)
{
  g_return_val_if_fail (SMM_IS_STORE (self), FALSE);

  return self->owner;
}

/**
 * smm_store_get_paths:
 * @self: a store
 *
 * Returns: (transfer none): where it is
 */
SmmPaths *
smm_store_get_paths (SmmStore *self)
{
  g_return_val_if_fail (SMM_IS_STORE (self), NULL);

  return self->paths;
}

/**
 * smm_store_get_library_id:
 * @self: a store
 *
 * Returns: (transfer none) (nullable): random id made with the library
 */
const char *
smm_store_get_library_id (SmmStore *self)
{
  g_return_val_if_fail (SMM_IS_STORE (self), NULL);

  return self->library_id;
}

/* --- Transactions --- */

/**
 * smm_store_begin:
 * @self: the owner's store
 * @error: BUSY, FULL, READ_ONLY, FAILED
 */
gboolean
smm_store_begin (SmmStore *self, GError **error)
{
  return smm_store_run (self, smm_store_prepare (self, "BEGIN IMMEDIATE"), error);
}

/**
 * smm_store_commit:
 * @self: the owner's store
 * @error: FULL, FAILED …
 *
 * Returns: %TRUE once everything since smm_store_begin() is on disk. After %FALSE the transaction
 *   was rolled back here, but may still be on disk after a crash: re-read before deciding.
 */
gboolean
smm_store_commit (SmmStore *self, GError **error)
{
  if (smm_store_index_words (self, error)
      && smm_store_run (self, smm_store_prepare (self, "COMMIT"), error))
    {
      self->n_commits++;
      return TRUE;
    }
  smm_store_rollback (self);
  return FALSE;
}

void
smm_store_rollback (SmmStore *self)
{
  if (sqlite3_get_autocommit (self->db) == 0)
    smm_store_run (self, smm_store_prepare (self, "ROLLBACK"), NULL);
}

gboolean
smm_store_begin_part (SmmStore *self, GError **error)
{
  return smm_store_run (self, smm_store_prepare (self, "SAVEPOINT part"), error);
}

gboolean
smm_store_end_part (SmmStore *self, gboolean keep, GError **error)
{
  if (!keep && !smm_store_run (self, smm_store_prepare (self, "ROLLBACK TO part"), error))
    return FALSE;
  return smm_store_run (self, smm_store_prepare (self, "RELEASE part"), error);
}

guint64
smm_store_get_n_commits (SmmStore *self)
{
  return self->n_commits;
}

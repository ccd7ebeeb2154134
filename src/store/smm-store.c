/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-store-private.h"

#include <glib/gi18n-lib.h>
#include <unistd.h>

#define STORE_OF_DB "smm-store"
/* What SQLite uses unless told otherwise. */
#define KEPT_CACHE (2 * 1024 * 1024)

enum
{
  DOUBTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_QUARK (smm - store - error - quark, smm_store_error)
G_DEFINE_TYPE (SmmStore, smm_store, G_TYPE_OBJECT)

static void
smm_store_finalize (GObject *object)
{
  SmmStore *self = SMM_STORE (object);

  smm_store_close (self);
  g_clear_pointer (&self->statements, g_hash_table_unref);
  g_clear_pointer (&self->attention, g_hash_table_unref);
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

  /* The disk has just failed, whoever it was that read or wrote, perhaps within a change: the store
   * is to be opened anew, though not by a handler. */
  signals[DOUBTED] = g_signal_new ("doubted", SMM_TYPE_STORE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
  /* Nobody asks SQLite how much memory it has; counting locks a mutex at each piece. */
  sqlite3_config (SQLITE_CONFIG_MEMSTATUS, 0);
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
  self->attention = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

/**
 * smm_store_take_db:
 * @self: a store without a connection
 * @db: (transfer full): the connection
 */
void
smm_store_take_db (SmmStore *self, sqlite3 *db)
{
  self->db = db;
  if (db != NULL)
    g_dataset_set_data (db, STORE_OF_DB, self);
}

void
smm_store_close (SmmStore *self)
{
  g_hash_table_remove_all (self->statements);
  g_hash_table_remove_all (self->attention);
  self->reading = FALSE;
  if (self->db != NULL)
    g_dataset_destroy (self->db);
  g_clear_pointer (&self->db, sqlite3_close_v2);
}

/* --- Doubt --- */

/* After an error of the disk neither what was written nor what is read is believed: a COMMIT that
 * failed may be there after all. Nothing is written any more before smm_store_open(). */
void
smm_store_note_result (SmmStore *self, int code)
{
  switch (code & 0xff)
    {
    case SQLITE_IOERR:
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      if (self->doubtful)
        break;
      self->doubtful = TRUE;
      g_signal_emit (self, signals[DOUBTED], 0);
      break;
    default:
      break;
    }
}

/**
 * smm_store_is_doubtful:
 * @self: a store
 *
 * Returns: whether its disk failed since it was opened: what it says may be wrong, nothing can be
 *   written, and nothing may be sent because of it before smm_store_open()
 */
gboolean
smm_store_is_doubtful (SmmStore *self)
{
  return self->doubtful;
}

/**
 * smm_store_get_generation:
 * @self: a store
 *
 * Returns: how often it was opened anew: whoever knows something about its rows reads them again
 *   when this has changed
 */
guint
smm_store_get_generation (SmmStore *self)
{
  return self->generation;
}

/* --- Statements --- */

/* Steps; at the end, or on an error, resets and returns %FALSE. */
gboolean
smm_store_next_row (sqlite3_stmt *stmt)
{
  int code;

  if (stmt == NULL)
    return FALSE;
  code = sqlite3_step (stmt);
  if (code == SQLITE_ROW)
    return TRUE;
  if (code != SQLITE_DONE)
    {
      sqlite3 *db = sqlite3_db_handle (stmt);
      SmmStore *self = g_dataset_get_data (db, STORE_OF_DB);

      g_warning ("Reading the library failed: %s", sqlite3_errmsg (db));
      if (self != NULL)
        smm_store_note_result (self, code);
    }
  sqlite3_reset (stmt);
  return FALSE;
}

SmmStoreError
smm_store_get_error_code (sqlite3 *db)
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
    case SQLITE_IOERR:
      return SMM_STORE_ERROR_IO;
    default:
      return SMM_STORE_ERROR_FAILED;
    }
}

void
smm_store_set_error (SmmStore *self, GError **error, const char *doing)
{
  g_set_error (error, SMM_STORE_ERROR, smm_store_get_error_code (self->db),
               _ ("%s failed in “%s”: %s"), doing, self->paths->database,
               sqlite3_errmsg (self->db));
}

static void
set_doubtful_error (SmmStore *self, GError **error)
{
  g_set_error (error, SMM_STORE_ERROR, SMM_STORE_ERROR_IO,
               _ ("The disk failed: “%s” has to be checked before it is written again"),
               self->paths->database);
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
      smm_store_note_result (self, sqlite3_errcode (self->db));
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
  /* An error of the disk, of a read as well, ends the transaction: what is written after it would
   * be kept without the rest. */
  if (self->doubtful && !sqlite3_stmt_readonly (stmt))
    {
      set_doubtful_error (self, error);
      return FALSE;
    }
  while ((code = sqlite3_step (stmt)) == SQLITE_ROW)
    ;
  if (code != SQLITE_DONE)
    {
      smm_store_note_result (self, code);
      smm_store_set_error (self, error, _ ("Writing"));
    }
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
 * smm_store_begin_read:
 * @self: a store
 *
 * Until smm_store_end_read() or a change, what is read is of one moment, and costs less: otherwise
 * each query locks the file for itself. Within another one, or a transaction, it does nothing.
 */
void
smm_store_begin_read (SmmStore *self)
{
  if (self->db != NULL && sqlite3_get_autocommit (self->db) != 0)
    self->reading = smm_store_run (self, smm_store_prepare (self, "BEGIN"), NULL);
}

void
smm_store_end_read (SmmStore *self)
{
  if (!self->reading)
    return;
  self->reading = FALSE;
  if (self->db != NULL && !smm_store_run (self, smm_store_prepare (self, "COMMIT"), NULL))
    smm_store_rollback (self);
}

/**
 * smm_store_begin:
 * @self: the owner's store
 * @error: BUSY, FULL, READ_ONLY, IO, FAILED
 */
gboolean
smm_store_begin (SmmStore *self, GError **error)
{
  if (self->doubtful)
    {
      set_doubtful_error (self, error);
      return FALSE;
    }
  smm_store_end_read (self);
  return smm_store_run (self, smm_store_prepare (self, "BEGIN IMMEDIATE"), error);
}

/* A service that waits for days needs no more memory than before a large change, or a long read. */
void
smm_store_shrink (SmmStore *self)
{
  int used = 0, highest;

  sqlite3_db_status (self->db, SQLITE_DBSTATUS_CACHE_USED, &used, &highest, FALSE);
  if (used > KEPT_CACHE)
    sqlite3_db_release_memory (self->db);
}

/**
 * smm_store_commit:
 * @self: the owner's store
 * @error: FULL, FAILED …
 *
 * Returns: %TRUE once everything since smm_store_begin() is on disk. After %FALSE the transaction
 *   was rolled back here, but with IO it may be there when the file is opened again: re-read before
 *   deciding.
 */
gboolean
smm_store_commit (SmmStore *self, GError **error)
{
  /* What was decided on was perhaps misread. */
  if (self->doubtful)
    set_doubtful_error (self, error);
  else if (smm_store_index_words (self, error)
           && smm_store_run (self, smm_store_prepare (self, "COMMIT"), error))
    {
      self->n_commits++;
      smm_store_shrink (self);
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

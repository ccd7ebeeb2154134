/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * What a publisher's connection to its library costs, it costs at its start: SQLite reads the whole
 * schema and compiles each statement. Histories are full of starts, so that was half of their time.
 * The linker brings the store's calls here, and the connection of a publisher that was killed is
 * kept for the next one, with what it has read of the schema and with its statements: to SQLite it
 * is a program that had the library open all along and now meets what others left of it. What it
 * has of the pages, the log and its index is worth nothing then: the index is gone with the dead
 * (sim-disk.c), so it recovers the log as whoever comes first does. A connection that is closed in
 * peace and puts its log into the library is closed, and in each sixteenth history all are new, and
 * the library has the pages that it has in the product.
 */

#include "config.h"

#include "sim.h"

#include "smm-store-private.h"

#include <string.h>

#define AS_IN_THE_PRODUCT 16

/* What the linker calls the library's own, and what it calls ours (--wrap). */
int __real_sqlite3_open_v2 (const char *path, sqlite3 **db, int flags, const char *vfs);
int __real_sqlite3_close_v2 (sqlite3 *db);
int __real_sqlite3_prepare_v2 (sqlite3 *db, const char *sql, int n, sqlite3_stmt **stmt,
                               const char **tail);
int __real_sqlite3_prepare_v3 (sqlite3 *db, const char *sql, int n, unsigned int flags,
                               sqlite3_stmt **stmt, const char **tail);
int __real_sqlite3_finalize (sqlite3_stmt *stmt);
int __real_sqlite3_db_config (sqlite3 *db, int what, ...);
int __wrap_sqlite3_open_v2 (const char *path, sqlite3 **db, int flags, const char *vfs);
int __wrap_sqlite3_close_v2 (sqlite3 *db);
int __wrap_sqlite3_prepare_v2 (sqlite3 *db, const char *sql, int n, sqlite3_stmt **stmt,
                               const char **tail);
int __wrap_sqlite3_prepare_v3 (sqlite3 *db, const char *sql, int n, unsigned int flags,
                               sqlite3_stmt **stmt, const char **tail);
int __wrap_sqlite3_finalize (sqlite3_stmt *stmt);
int __wrap_sqlite3_db_config (sqlite3 *db, int what, ...);

static sqlite3 *kept; /* NULL: none is, and none is in use that may be */
static gboolean in_use;
static const char *page_size; /* what sets it; only a library that is being made heeds it */
static int no_checkpoint;     /* on its close */
/* Of @kept. The store's own are literals, known by where they are. */
static GHashTable *free_statements; /* const char * (SQL) → sqlite3_stmt *, those not in use */
static GHashTable *literals;        /* sqlite3_stmt * → const char * (SQL) */

gboolean
sim_is_quick (Sim *sim)
{
  return sim->seed % AS_IN_THE_PRODUCT != 0;
}

void
sim_connection_set_pages (SimPageSize pages)
{
  page_size = pages == SIM_SMALL_PAGES ? "PRAGMA page_size = 1024" : NULL;
}

void
sim_connection_forget_pages (Sim *sim)
{
  sqlite3_db_release_memory (smm_library_get_store (SMM_LIBRARY (sim->library))->db);
}

int
__wrap_sqlite3_open_v2 (const char *path, sqlite3 **db, int flags, const char *vfs)
{
  gboolean anew = in_use || !sim_is_quick (sim_current) || !(flags & SQLITE_OPEN_READWRITE);
  int code;

  if (!anew && kept != NULL && sim_disk_reopen (path))
    {
      in_use = TRUE;
      no_checkpoint = 0;
      *db = kept;
      return SQLITE_OK;
    }
  code = __real_sqlite3_open_v2 (path, db, flags, vfs);
  if (code == SQLITE_OK && page_size != NULL)
    sqlite3_exec (*db, page_size, NULL, NULL, NULL);
  if (anew || kept != NULL || code != SQLITE_OK)
    return code;
  kept = *db;
  in_use = TRUE;
  no_checkpoint = 0;
  free_statements = g_hash_table_new (NULL, NULL);
  literals = g_hash_table_new (NULL, NULL);
  return code;
}

/* Nothing may be under way on it. */
static gboolean
calm_down (sqlite3 *db)
{
  sqlite3_file *log = NULL;

  if (!sqlite3_get_autocommit (db))
    sqlite3_exec (db, "ROLLBACK", NULL, NULL, NULL);
  for (sqlite3_stmt *stmt = NULL; (stmt = sqlite3_next_stmt (db, stmt)) != NULL;)
    if (sqlite3_stmt_busy (stmt))
      return FALSE;
  return g_hash_table_size (free_statements) == g_hash_table_size (literals)
         && sqlite3_txn_state (db, NULL) == SQLITE_TXN_NONE
         && sqlite3_file_control (db, "main", SQLITE_FCNTL_JOURNAL_POINTER, &log) == SQLITE_OK
         && log != NULL && log->pMethods != NULL;
}

int
__wrap_sqlite3_close_v2 (sqlite3 *db)
{
  GHashTableIter iter;
  gpointer stmt;

  if (db == NULL || db != kept)
    return __real_sqlite3_close_v2 (db);
  in_use = FALSE;
  if ((no_checkpoint || sim_disk_is_frozen ()) && calm_down (db))
    {
      sim_disk_drop_index ();
      return SQLITE_OK;
    }
  g_hash_table_iter_init (&iter, free_statements);
  while (g_hash_table_iter_next (&iter, NULL, &stmt))
    __real_sqlite3_finalize (stmt);
  g_clear_pointer (&free_statements, g_hash_table_unref);
  g_clear_pointer (&literals, g_hash_table_unref);
  kept = NULL;
  __real_sqlite3_db_config (db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, no_checkpoint, NULL);
  return __real_sqlite3_close_v2 (db);
}

int
__wrap_sqlite3_prepare_v2 (sqlite3 *db, const char *sql, int n, sqlite3_stmt **stmt,
                           const char **tail)
{
  /* As long as neither power nor disk failed since the last check, there is only what SQLite
   * itself wrote. */
  if (strcmp (sql, "PRAGMA quick_check(1)") == 0 && sim_disk_is_sound ()
      && sim_is_quick (sim_current))
    sql = "SELECT 'ok'";
  return __real_sqlite3_prepare_v2 (db, sql, n, stmt, tail);
}

/* The store keeps what this makes, and so is @sql a literal. */
int
__wrap_sqlite3_prepare_v3 (sqlite3 *db, const char *sql, int n, unsigned int flags,
                           sqlite3_stmt **stmt, const char **tail)
{
  int code;

  if (db == kept && (*stmt = g_hash_table_lookup (free_statements, sql)) != NULL)
    {
      g_hash_table_remove (free_statements, sql);
      return SQLITE_OK;
    }
  code = __real_sqlite3_prepare_v3 (db, sql, n, flags, stmt, tail);
  if (db == kept && code == SQLITE_OK)
    g_hash_table_insert (literals, *stmt, (gpointer)sql);
  return code;
}

int
__wrap_sqlite3_finalize (sqlite3_stmt *stmt)
{
  const char *sql = literals != NULL ? g_hash_table_lookup (literals, stmt) : NULL;

  if (sql == NULL)
    return __real_sqlite3_finalize (stmt);
  sqlite3_reset (stmt);
  sqlite3_clear_bindings (stmt);
  if (g_hash_table_insert (free_statements, (gpointer)sql, stmt))
    return SQLITE_OK;
  g_assert_not_reached ();
}

/* Each change of a switch makes SQLite compile all statements anew; this one matters at the close
 * alone. */
int
__wrap_sqlite3_db_config (sqlite3 *db, int what, ...)
{
  va_list args;
  int on, *was;

  va_start (args, what);
  on = va_arg (args, int);
  was = va_arg (args, int *);
  va_end (args);
  if (db != kept || what != SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE)
    return __real_sqlite3_db_config (db, what, on, was);
  no_checkpoint = on;
  return SQLITE_OK;
}

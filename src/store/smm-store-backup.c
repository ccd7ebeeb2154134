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

static gboolean
sync_path (const char *path)
{
  int fd = open (path, O_RDONLY | O_CLOEXEC);
  gboolean done;

  if (fd < 0)
    return FALSE;
  done = fsync (fd) == 0;
  close (fd);
  return done;
}

static gboolean
fail (GError **error, const char *path, const char *why)
{
  g_set_error (error, SMM_STORE_ERROR, SMM_STORE_ERROR_FAILED, _ ("The backup “%s” failed: %s"),
               path, why);
  return FALSE;
}

/* Whoever erases something removes every copy from before, also one that is being made. */
static gboolean
fail_overtaken (GError **error)
{
  g_clear_error (error);
  g_set_error (error, SMM_STORE_ERROR, SMM_STORE_ERROR_ERASED,
               _ ("Something was deleted for good while the backup was made, so the backup was "
                  "deleted with it. Make another one."));
  return FALSE;
}

/* Copies one database into another file, page by page, and checks the copy. */
static gboolean
copy_database (sqlite3 *from, const char *to_path, GError **error)
{
  sqlite3 *to = NULL;
  sqlite3_backup *backup;
  gboolean done = FALSE;
  int fd = open (to_path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

  if (fd < 0)
    return fail (error, to_path, g_strerror (errno));
  close (fd);
  if (sqlite3_open_v2 (to_path, &to, SQLITE_OPEN_READWRITE, NULL) == SQLITE_OK
      && (backup = sqlite3_backup_init (to, "main", from, "main")) != NULL)
    {
      sqlite3_backup_step (backup, -1);
      done = sqlite3_backup_finish (backup) == SQLITE_OK
             && sqlite3_exec (to, "PRAGMA journal_mode = DELETE", NULL, NULL, NULL) == SQLITE_OK;
    }
  if (!done)
    fail (error, to_path, sqlite3_errmsg (to));
  else
    done = smm_store_check_file (to, to_path, error);
  sqlite3_close (to);
  if (done && !sync_path (to_path))
    done = fail (error, to_path, g_strerror (errno));
  if (access (to_path, F_OK) != 0 && errno == ENOENT)
    return fail_overtaken (error);
  if (!done)
    g_unlink (to_path);
  return done;
}

/**
 * smm_store_backup:
 * @self: a store
 * @why: one word for the name: "weekly", "migrate", "manual"
 * @error: where to say what went wrong
 *
 * Copies the library while it is in use and checks the copy.
 *
 * Returns: (transfer full) (nullable): name of the file in the backup folder
 */
char *
smm_store_backup (SmmStore *self, const char *why, GError **error)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *stamp = g_date_time_format (now, "%Y-%m-%dT%H%M%S");
  g_autofree char *name = NULL;

  g_return_val_if_fail (SMM_IS_STORE (self), NULL);

  for (int n = 0; n < 100; n++)
    {
      g_autofree char *path = NULL;

      g_free (name);
      name = n == 0 ? g_strdup_printf ("%s-%s.db", stamp, why)
                    : g_strdup_printf ("%s-%s-%d.db", stamp, why, n);
      path = g_build_filename (self->paths->backup_dir, name, NULL);
      if (g_file_test (path, G_FILE_TEST_EXISTS))
        continue;
      return copy_database (self->db, path, error) ? g_steal_pointer (&name) : NULL;
    }
  fail (error, self->paths->backup_dir, _ ("there are too many of this second"));
  return NULL;
}

static gint
compare_newest_first (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)b, *(const char *const *)a);
}

/**
 * smm_paths_list_backups:
 * @paths: the places
 *
 * Returns: (transfer full) (element-type utf8): names, newest first
 */
GPtrArray *
smm_paths_list_backups (SmmPaths *paths)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) dir = g_dir_open (paths->backup_dir, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (name, ".db"))
      g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_newest_first);
  return names;
}

/**
 * smm_paths_verify_backup:
 * @paths: the places
 * @name: of smm_paths_list_backups()
 * @error: CORRUPT, NEWER or FAILED
 *
 * Returns: whether it could be restored. Reads all of it: not for the main loop
 */
gboolean
smm_paths_verify_backup (SmmPaths *paths, const char *name, GError **error)
{
  g_autofree char *path = NULL;
  sqlite3 *db = NULL;
  gboolean good = FALSE;

  if (strchr (name, '/') != NULL)
    return fail (error, name, _ ("that is not a name of a backup"));
  path = g_build_filename (paths->backup_dir, name, NULL);
  if (!g_file_test (path, G_FILE_TEST_IS_REGULAR))
    return fail (error, name, _ ("there is no such backup"));
  if (sqlite3_open_v2 (path, &db, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK)
    fail (error, name, sqlite3_errmsg (db));
  else
    good = smm_store_check_file (db, path, error) && smm_store_check_not_newer (db, path, error);
  sqlite3_close (db);
  return good;
}

/* A mail that waited then may have been sent since, and who was to be told was; of what is doubted
 * now they are told. A backup of an older version knows neither. */
static char *
get_sql_for_notices (sqlite3 *db, const char *doubted)
{
  gboolean has
      = sqlite3_table_column_metadata (db, NULL, "notice", NULL, NULL, NULL, NULL, NULL, NULL)
        == SQLITE_OK;

  return has ? g_strdup_printf (
             "UPDATE notice SET desktop = 1 WHERE desktop = 0;"
             "UPDATE notice SET mail = -1 WHERE mail = 0;"
             "UPDATE mail SET state = 3, ended_at = made_at WHERE state = "
             "0;" SMM_STORE_NOTE_TARGETS ("3", SMM_STORE_NOW, "0", "0", "%s") ";",
             doubted)
             : g_strdup ("");
}

/* What the backup did not live to see may have gone out: nothing of it is sent blindly. */
static gboolean
doubt_the_past (sqlite3 *db, GError **error)
{
  g_autofree char *doubted = g_strdup_printf (
      "(state = 2 OR (state = 1 AND due_at <= %" G_GINT64_FORMAT "))", g_get_real_time ());
  g_autofree char *notices = get_sql_for_notices (db, doubted);
  g_autofree char *sql = g_strdup_printf (
      "BEGIN IMMEDIATE; %s"
      "DELETE FROM setting WHERE key = '" SMM_STORE_ERASE_AT "';"
      "UPDATE target SET state = 4, next_at = 0, reason_code = 'restored', fix = 'look-now' "
      "WHERE %s;"
      "UPDATE post SET state = 4 WHERE state NOT IN (5, 6) "
      "AND id IN (SELECT post_id FROM target WHERE state = 4);"
      "COMMIT;",
      notices, doubted);
  char *message = NULL;

  if (sqlite3_exec (db, sql, NULL, NULL, &message) == SQLITE_OK)
    return TRUE;
  g_set_error (error, SMM_STORE_ERROR, SMM_STORE_ERROR_FAILED,
               _ ("The backup can’t be restored: %s"), message);
  sqlite3_free (message);
  return FALSE;
}

static gboolean
prepare_restored (const char *source, const char *ready, GError **error)
{
  sqlite3 *from = NULL, *copy = NULL;
  gboolean done = FALSE;

  g_unlink (ready);
  if (sqlite3_open_v2 (source, &from, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK)
    fail (error, source, sqlite3_errmsg (from));
  else if (smm_store_check_file (from, source, error)
           && smm_store_check_not_newer (from, source, error) && copy_database (from, ready, error))
    {
      done = sqlite3_open_v2 (ready, &copy, SQLITE_OPEN_READWRITE, NULL) == SQLITE_OK
             && doubt_the_past (copy, error);
      sqlite3_close (copy);
    }
  sqlite3_close (from);
  return done && sync_path (ready);
}

/**
 * smm_store_restore:
 * @paths: the places
 * @name: of smm_paths_list_backups()
 * @error: OWNED while a publisher runs; CORRUPT; FAILED
 *
 * Sets the present library aside as "library.db.before-TIME" and puts the backup in its place.
 * Posts that may have gone out since the backup become unconfirmed.
 */
gboolean
smm_store_restore (SmmPaths *paths, const char *name, GError **error)
{
  static const char *const companions[] = { "-wal", "-shm" };
  g_autofree char *source = NULL, *ready = NULL, *aside = NULL;
  gboolean done;
  int fd;

  if (strchr (name, '/') != NULL)
    return fail (error, name, _ ("that is not a name of a backup"));
  source = g_build_filename (paths->backup_dir, name, NULL);
  if (!g_file_test (source, G_FILE_TEST_IS_REGULAR))
    return fail (error, name, _ ("there is no such backup"));
  if (!smm_paths_ensure (paths, error))
    return FALSE;
  fd = open (paths->lock, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (fd < 0 || flock (fd, LOCK_EX | LOCK_NB) != 0)
    {
      g_set_error (error, SMM_STORE_ERROR, SMM_STORE_ERROR_OWNED,
                   _ ("Stop the publisher first: it owns the library"));
      if (fd >= 0)
        close (fd);
      return FALSE;
    }
  ready = g_strconcat (paths->database, ".restoring", NULL);
  aside = g_strdup_printf ("%s.before-%" G_GINT64_FORMAT, paths->database,
                           g_get_real_time () / G_USEC_PER_SEC);
  done = prepare_restored (source, ready, error);
  if (done)
    {
      for (guint i = 0; i < G_N_ELEMENTS (companions); i++)
        {
          g_autofree char *from = g_strconcat (paths->database, companions[i], NULL);
          g_autofree char *to = g_strconcat (aside, companions[i], NULL);

          g_rename (from, to);
        }
      g_rename (paths->database, aside);
      done = g_rename (ready, paths->database) == 0 && sync_path (paths->data_dir);
      if (!done)
        fail (error, name, g_strerror (errno));
    }
  close (fd);
  return done;
}

/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A disk that can't be read, for one read or in one place, each in its turn: a change is there
 * whole or not at all, and a library that can't be read is not called a damaged one. */

#include "config.h"

#include "smm-test-store.h"

#include "smm-store-private.h"

#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

#define N_POSTS 40
#define PAGE 4096
#define MAX_READS 10000
/* Of more than one page. */
#define LONG_TEXT 20000

/* Reads that still work; negative: all do. */
static int reads_left = -1;
/* A place in the library that can't be read; negative: all of it can. */
static gint64 bad_place = -1;
static ino_t library;
static gboolean has_failed;
/* SQLite takes EIO for a damaged page and any other for an error of the disk, which ends the
 * transaction. */
static int number;

static gboolean
is_library (int fd)
{
  struct stat info;

  return fstat (fd, &info) == 0 && info.st_ino == library;
}

static gboolean
fails (int fd, size_t n, gint64 at)
{
  gboolean is_bad = bad_place >= at && bad_place < at + (gint64)n && is_library (fd);

  if (reads_left != 0 && !is_bad)
    {
      reads_left -= reads_left > 0;
      return FALSE;
    }
  reads_left = -1;
  has_failed = TRUE;
  errno = number;
  return TRUE;
}

static ssize_t
read_or_fail (int fd, void *buffer, size_t n)
{
  return fails (fd, n, lseek (fd, 0, SEEK_CUR)) ? -1 : read (fd, buffer, n);
}

static ssize_t
read_at_or_fail (int fd, void *buffer, size_t n, off_t at)
{
  return fails (fd, n, at) ? -1 : pread (fd, buffer, n, at);
}

/* Which of them SQLite uses is decided when it is built. */
static void
take_over_reads (void)
{
  sqlite3_vfs *vfs = sqlite3_vfs_find (NULL);

  vfs->xSetSystemCall (vfs, "read", (sqlite3_syscall_ptr)read_or_fail);
  vfs->xSetSystemCall (vfs, "pread", (sqlite3_syscall_ptr)read_at_or_fail);
#if GLIB_SIZEOF_SIZE_T == 8
  vfs->xSetSystemCall (vfs, "pread64", (sqlite3_syscall_ptr)read_at_or_fail);
#endif
}

static void
fail_read (int n)
{
  reads_left = n;
  has_failed = FALSE;
}

static gboolean
put_text (SmmStore *store, const char *id, const char *text, GError **error)
{
  g_autoptr (SmmPost) post = smm_store_get_post (store, id);

  /* One that can't be read is one that a change goes on without. */
  if (post == NULL)
    return TRUE;
  g_free (post->text);
  post->text = g_strdup (text);
  return smm_store_put_post (store, post, error);
}

static gboolean
change_two (SmmStore *store, const char *text, GError **error)
{
  if (!smm_store_begin (store, error))
    return FALSE;
  if (put_text (store, "post-1", text, error) && put_text (store, "post-39", text, error))
    return smm_store_commit (store, error);
  smm_store_rollback (store);
  return FALSE;
}

static void
test_change (gconstpointer data)
{
  g_autoptr (SmmStore) store = test_open_owner ();
  g_autofree char *long_text = g_strnfill (LONG_TEXT, 'x');
  GLogLevelFlags fatal = g_log_set_always_fatal (G_LOG_LEVEL_ERROR | G_LOG_LEVEL_CRITICAL);
  int n;

  number = GPOINTER_TO_INT (data);
  test_fill_accounts (store);
  test_fill_posts (store, 0, N_POSTS, SMM_TARGET_SCHEDULED);
  g_assert_true (change_two (store, long_text, NULL));
  for (n = 0; n < MAX_READS; n++)
    {
      g_autofree char *text = g_strdup_printf ("%*d", LONG_TEXT, n);
      g_autoptr (GError) error = NULL;
      g_autoptr (SmmPost) one = NULL, two = NULL;
      gboolean written;

      /* A large library is not in memory. */
      sqlite3_db_release_memory (store->db);
      fail_read (n);
      written = change_two (store, text, &error);
      reads_left = -1;
      g_assert_true (written || error != NULL);
      g_assert_true (!has_failed || smm_store_is_doubtful (store));
      g_clear_error (&error);
      if (smm_store_is_doubtful (store))
        smm_store_open (store, &error);
      g_assert_no_error (error);
      one = smm_store_get_post (store, "post-1");
      two = smm_store_get_post (store, "post-39");
      g_assert_cmpint (g_str_equal (one->text, text), ==, written);
      g_assert_cmpint (g_str_equal (two->text, text), ==, written);
      if (!has_failed)
        break;
    }
  g_log_set_always_fatal (fatal);
  g_assert_cmpint (n, >, 3);
  g_assert_cmpint (n, <, MAX_READS);
}

static void
test_opening (gconstpointer data)
{
  g_autoptr (SmmPaths) paths = smm_paths_new (NULL);
  g_autoptr (SmmStore) first = test_open_owner ();
  GLogLevelFlags fatal = g_log_set_always_fatal (G_LOG_LEVEL_ERROR | G_LOG_LEVEL_CRITICAL);
  int n;

  number = GPOINTER_TO_INT (data);
  test_fill_accounts (first);
  test_fill_posts (first, 0, N_POSTS, SMM_TARGET_SCHEDULED);
  g_clear_object (&first);
  for (n = 0; n < MAX_READS; n++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (SmmStore) store = NULL;

      fail_read (n);
      store = smm_store_open_owner (paths, &error);
      reads_left = -1;
      if (store != NULL)
        g_assert_cmpuint (test_count_posts (store), ==, N_POSTS);
      else
        g_assert_error (error, SMM_STORE_ERROR, SMM_STORE_ERROR_IO);
      if (!has_failed)
        break;
    }
  g_log_set_always_fatal (fatal);
  g_assert_cmpint (n, >, 20);
  g_assert_cmpint (n, <, MAX_READS);
}

static void
test_bad_places (gconstpointer data)
{
  g_autoptr (SmmPaths) paths = smm_paths_new (NULL);
  g_autoptr (SmmStore) first = test_open_owner ();
  struct stat info;

  number = GPOINTER_TO_INT (data);
  test_fill_accounts (first);
  test_fill_posts (first, 0, N_POSTS, SMM_TARGET_SCHEDULED);
  g_clear_object (&first);
  g_assert_cmpint (stat (paths->database, &info), ==, 0);
  library = info.st_ino;
  g_assert_cmpint (info.st_size, >, 20 * PAGE);
  for (gint64 at = PAGE / 2; at < info.st_size; at += PAGE)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (SmmStore) store = NULL;

      bad_place = at;
      store = smm_store_open_owner (paths, &error);
      bad_place = -1;
      g_assert_null (store);
      g_assert_error (error, SMM_STORE_ERROR, SMM_STORE_ERROR_IO);
      store = smm_store_open_owner (paths, &error);
      g_assert_cmpuint (test_count_posts (store), ==, N_POSTS);
    }
}

static void
add (const char *name, int how, GTestDataFunc func)
{
  g_autofree char *path
      = g_strdup_printf ("/store/unreadable/%s/%s", name, how == EIO ? "io" : "stale");

  g_test_add_data_func (path, GINT_TO_POINTER (how), func);
}

int
main (int argc, char **argv)
{
  static const int numbers[] = { EIO, ESTALE };

  take_over_reads ();
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      add ("change", numbers[i], test_change);
      add ("opening", numbers[i], test_opening);
      add ("bad-places", numbers[i], test_bad_places);
    }
  return g_test_run ();
}

/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What disks, other programs and power cuts do to a library. */

#include "config.h"

#include "smm-test-store.h"

#include "smm-store-private.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#define N_POSTS 40

static SmmPaths *
make_library (void)
{
  SmmPaths *paths = smm_paths_new (NULL);
  g_autoptr (SmmStore) store = test_open_owner ();

  test_fill_accounts (store);
  test_fill_posts (store, 0, N_POSTS, SMM_TARGET_SCHEDULED);
  return paths;
}

/* --- Corruption --- */

typedef struct
{
  char *bytes;
  gsize n;
  guint page;
} File;

static File *
read_file (const char *path)
{
  File *file = g_new0 (File, 1);

  g_assert_true (g_file_get_contents (path, &file->bytes, &file->n, NULL));
  file->page = ((guchar)file->bytes[16] << 8) + (guchar)file->bytes[17];
  g_assert_cmpuint (file->n % file->page, ==, 0);
  return file;
}

static void
file_free (File *file)
{
  g_free (file->bytes);
  g_free (file);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (File, file_free)

static void
write_file (SmmPaths *paths, const char *bytes, gsize n)
{
  static const char *const companions[] = { "-wal", "-shm" };

  for (guint i = 0; i < G_N_ELEMENTS (companions); i++)
    {
      g_autofree char *path = g_strconcat (paths->database, companions[i], NULL);

      g_unlink (path);
    }
  g_assert_true (g_file_set_contents (paths->database, bytes, n, NULL));
}

/* Opens what was written; FALSE when it was refused, and then as it has to be refused. */
static gboolean
open_damaged (SmmPaths *paths)
{
  g_autofree char *before = test_hash_file (paths->database);
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (SmmStore) store = smm_store_open_owner (paths, &error);

  if (store != NULL)
    {
      G_GNUC_UNUSED g_autoptr (GPtrArray) posts = smm_store_list_posts (store, NULL);
      G_GNUC_UNUSED g_autoptr (GPtrArray) chips = smm_store_list_chips (store, NULL, 0, G_MAXINT64);

      return TRUE;
    }
  g_assert_error (error, SMM_STORE_ERROR, SMM_STORE_ERROR_CORRUPT);
  g_assert_nonnull (strstr (error->message, paths->database));
  g_assert_nonnull (strstr (error->message, "Restore the last backup"));
  /* What can't be read is kept as it is, for who can. */
  after = test_hash_file (paths->database);
  g_assert_cmpstr (after, ==, before);
  return FALSE;
}

static void
open_damaged_reader (SmmPaths *paths)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SmmStore) store = smm_store_open_reader (paths, &error);

  if (store == NULL)
    g_assert_true (g_error_matches (error, SMM_STORE_ERROR, SMM_STORE_ERROR_CORRUPT)
                   || g_error_matches (error, SMM_STORE_ERROR, SMM_STORE_ERROR_NEWER)
                   || g_error_matches (error, SMM_STORE_ERROR, SMM_STORE_ERROR_MISSING)
                   || g_error_matches (error, SMM_STORE_ERROR, SMM_STORE_ERROR_FAILED));
}

static void
test_not_a_library (void)
{
  static const char *const texts[]
      = { "x", "This is not a database, it is a letter to a baker. ", "SQLite format 3" };
  g_autoptr (SmmPaths) paths = make_library ();

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);

      while (text->len < 4096)
        g_string_append (text, texts[i]);
      write_file (paths, text->str, text->len);
      g_assert_false (open_damaged (paths));
      open_damaged_reader (paths);
    }
}

static void
test_truncated (void)
{
  g_autoptr (SmmPaths) paths = make_library ();
  g_autoptr (File) file = read_file (paths->database);
  g_autofree char *zeros = g_malloc0 (file->n);

  g_assert_cmpuint (file->n / file->page, >, 10);
  for (gsize n = file->page; n < file->n; n += file->page)
    {
      write_file (paths, file->bytes, n);
      g_assert_false (open_damaged (paths));
    }
  write_file (paths, file->bytes, 50);
  g_assert_false (open_damaged (paths));
  write_file (paths, file->bytes, file->page / 2);
  g_assert_false (open_damaged (paths));
  write_file (paths, zeros, file->n);
  g_assert_false (open_damaged (paths));
}

static void
test_pages (void)
{
  g_autoptr (SmmPaths) paths = make_library ();
  g_autoptr (File) file = read_file (paths->database);

  /* The head of each page, then all of it. */
  for (gsize at = 0; at < file->n; at += file->page)
    for (guint n = 8; n <= file->page; n += file->page - 8)
      {
        g_autofree char *bytes = g_memdup2 (file->bytes, file->n);

        memset (bytes + at, 0, n);
        write_file (paths, bytes, file->n);
        g_assert_false (open_damaged (paths));
        open_damaged_reader (paths);
      }
}

/* Single bytes: SQLite has no checksums, so not each is found; none may do harm. */
static void
test_bytes (void)
{
  g_autoptr (SmmPaths) paths = make_library ();
  g_autoptr (File) file = read_file (paths->database);
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  /* What the check at the opening does not see may be met in reading, which warns. */
  GLogLevelFlags fatal = g_log_set_always_fatal (G_LOG_LEVEL_ERROR | G_LOG_LEVEL_CRITICAL);
  guint n_refused = 0;

  for (guint i = 0; i < 250; i++)
    {
      g_autofree char *bytes = g_memdup2 (file->bytes, file->n);
      gsize at = i < 100 ? i : (gsize)g_rand_int_range (rand, 0, file->n);
      g_autoptr (GError) error = NULL;
      g_autoptr (SmmStore) store = NULL;

      bytes[at] ^= 1 << g_rand_int_range (rand, 0, 8);
      write_file (paths, bytes, file->n);
      open_damaged_reader (paths);
      /* The bytes 18, 19 and 60 are versions: other words for "not with this program". */
      if (at == 18 || at == 19 || (at >= 60 && at < 64))
        {
          store = smm_store_open_owner (paths, &error);
          continue;
        }
      n_refused += !open_damaged (paths);
    }
  g_assert_cmpuint (n_refused, >, 25);
  g_log_set_always_fatal (fatal);
}

/* --- The WAL --- */

static int
write_and_die (gpointer data)
{
  SmmPaths *paths = data;
  SmmStore *store = smm_store_open_owner (paths, NULL);

  if (store == NULL)
    return 1;
  test_fill_posts (store, N_POSTS, 10, SMM_TARGET_SCHEDULED);
  kill (getpid (), SIGKILL);
  return 2;
}

static void
test_killed (void)
{
  g_autoptr (SmmPaths) paths = make_library ();
  g_autofree char *wal = g_strconcat (paths->database, "-wal", NULL);
  g_autoptr (SmmStore) store = NULL;

  g_assert_cmpint (test_wait (test_fork (write_and_die, paths)), ==, 128 + SIGKILL);
  g_assert_true (g_file_test (wal, G_FILE_TEST_EXISTS));
  store = test_open_owner ();
  g_assert_cmpuint (test_count_posts (store), ==, N_POSTS + 10);
}

/* A WAL that is cut or scribbled over ends at its last whole commit; no more than that is lost. */
static void
test_wal_damaged (void)
{
  g_autoptr (SmmPaths) paths = make_library ();
  g_autofree char *wal = g_strconcat (paths->database, "-wal", NULL);
  g_autofree char *shm = g_strconcat (paths->database, "-shm", NULL);
  g_autofree char *database = NULL, *log = NULL;
  gsize n_database, n_log;
  guint before = 0;

  g_assert_cmpint (test_wait (test_fork (write_and_die, paths)), ==, 128 + SIGKILL);
  g_assert_true (g_file_get_contents (paths->database, &database, &n_database, NULL));
  g_assert_true (g_file_get_contents (wal, &log, &n_log, NULL));
  for (guint tenth = 0; tenth <= 20; tenth++)
    {
      gsize n = n_log * MIN (tenth, 10) / 10;
      g_autofree char *cut = g_memdup2 (log, n_log);
      g_autoptr (SmmStore) store = NULL;
      g_autoptr (GError) error = NULL;
      guint count;

      g_assert_true (g_file_set_contents (paths->database, database, n_database, NULL));
      g_unlink (shm);
      if (tenth > 10)
        {
          /* The second round flips a byte instead. */
          cut[n_log * (tenth - 10) / 10 - 1] ^= 0x40;
          n = n_log;
        }
      if (n == 0)
        g_unlink (wal);
      else
        g_assert_true (g_file_set_contents (wal, cut, n, NULL));
      store = smm_store_open_owner (paths, &error);
      g_assert_no_error (error);
      count = test_count_posts (store);
      g_assert_cmpuint (count, >=, N_POSTS);
      g_assert_cmpuint (count, <=, N_POSTS + 10);
      /* More of the log is never less of the library. */
      if (tenth <= 10)
        {
          g_assert_cmpuint (count, >=, before);
          before = count;
        }
    }
  g_assert_cmpuint (before, ==, N_POSTS + 10);
}

/* --- The owner --- */

typedef struct
{
  SmmPaths *paths;
  int ready[2];
} Owner;

static int
own_for_ever (gpointer data)
{
  Owner *owner = data;
  SmmStore *store = smm_store_open_owner (owner->paths, NULL);

  if (write (owner->ready[1], store != NULL ? "y" : "n", 1) != 1)
    return 1;
  for (;;)
    pause ();
}

static void
test_second_owner (void)
{
  g_autoptr (SmmPaths) paths = make_library ();
  Owner owner = { paths, { -1, -1 } };
  g_autoptr (SmmStore) second = NULL;
  g_autoptr (SmmStore) reader = NULL;
  g_autoptr (GError) error = NULL;
  char answer;
  pid_t child;

  g_assert_cmpint (pipe (owner.ready), ==, 0);
  child = test_fork (own_for_ever, &owner);
  g_assert_cmpint (read (owner.ready[0], &answer, 1), ==, 1);
  g_assert_cmpint (answer, ==, 'y');

  second = smm_store_open_owner (paths, &error);
  g_assert_error (error, SMM_STORE_ERROR, SMM_STORE_ERROR_OWNED);
  g_assert_null (second);
  g_clear_error (&error);
  g_assert_false (smm_store_restore (paths, "none.db", &error));
  g_clear_error (&error);
  reader = smm_store_open_reader (paths, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (test_count_posts (reader), ==, N_POSTS);

  kill (child, SIGKILL);
  g_assert_cmpint (test_wait (child), ==, 128 + SIGKILL);
  second = smm_store_open_owner (paths, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (test_count_posts (second), ==, N_POSTS);
  close (owner.ready[0]);
  close (owner.ready[1]);
}

static void
test_second_owner_in_process (void)
{
  g_autoptr (SmmPaths) paths = make_library ();
  g_autoptr (SmmStore) first = test_open_owner ();
  g_autoptr (GError) error = NULL;

  g_assert_null (smm_store_open_owner (paths, &error));
  g_assert_error (error, SMM_STORE_ERROR, SMM_STORE_ERROR_OWNED);
  g_clear_object (&first);
  g_clear_error (&error);
  first = smm_store_open_owner (paths, &error);
  g_assert_no_error (error);
}

/* --- Read-only --- */

/* Root writes everywhere: the child becomes somebody else, to whom the files belong. */
static gboolean
become_nobody (void)
{
  return geteuid () != 0 || (setgid (65534) == 0 && setuid (65534) == 0);
}

static void
give_away (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  if (geteuid () != 0)
    return;
  if (lchown (path, 65534, 65534) != 0)
    g_test_message ("%s stays root's: %s", path, g_strerror (errno));
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *inner = g_build_filename (path, name, NULL);

      give_away (inner);
    }
}

/* The folders above the test's own are made for their owner only. */
static void
open_the_way (const char *path)
{
  g_autofree char *parent = g_path_get_dirname (path);

  if (g_str_equal (parent, g_get_tmp_dir ()) || g_str_equal (parent, "/")
      || g_str_equal (parent, "."))
    return;
  g_chmod (parent, 0711);
  open_the_way (parent);
}

static int
open_as_nobody (gpointer data)
{
  SmmPaths *paths = data;
  g_autoptr (GError) error = NULL;
  SmmStore *store;

  if (!become_nobody ())
    return 77;
  store = smm_store_open_owner (paths, &error);
  if (store != NULL)
    return 0;
  if (error->domain != SMM_STORE_ERROR || strstr (error->message, "library") == NULL)
    return 99;
  return 10 + error->code;
}

typedef struct
{
  const char *name;
  int folder, database, lock; /* modes; 0: the file is not there */
  int status;
} ReadOnlyRow;

static const ReadOnlyRow read_only_rows[] = {
  { "nothing", 0700, 0600, 0600, 0 },
  { "database", 0700, 0400, 0600, 10 + SMM_STORE_ERROR_READ_ONLY },
  { "database-unreadable", 0700, 0000, 0600, 10 + SMM_STORE_ERROR_READ_ONLY },
  { "lock", 0700, 0600, 0400, 10 + SMM_STORE_ERROR_READ_ONLY },
  { "folder-without-lock", 0500, 0600, 0, 10 + SMM_STORE_ERROR_READ_ONLY },
  /* Both files can be written, but not the WAL beside them. */
  { "folder", 0500, 0600, 0600, 10 + SMM_STORE_ERROR_READ_ONLY },
};

static void
test_read_only (gconstpointer data)
{
  const ReadOnlyRow *row = data;
  g_autoptr (SmmPaths) paths = make_library ();
  g_autofree char *before = test_hash_file (paths->database);
  g_autofree char *after = NULL;
  const char *folders[]
      = { g_get_user_data_dir (), g_get_user_cache_dir (), g_get_user_state_dir () };
  int status;

  for (guint i = 0; i < G_N_ELEMENTS (folders); i++)
    {
      give_away (folders[i]);
      open_the_way (folders[i]);
    }
  if (row->lock == 0)
    g_unlink (paths->lock);
  else
    g_chmod (paths->lock, row->lock);
  g_chmod (paths->database, row->database);
  g_chmod (paths->data_dir, row->folder);
  status = test_wait (test_fork (open_as_nobody, paths));
  g_chmod (paths->data_dir, 0700);
  g_chmod (paths->database, 0600);
  if (status == 77)
    {
      g_test_skip ("can't become another user here");
      return;
    }
  g_assert_cmpint (status, ==, row->status);
  after = test_hash_file (paths->database);
  g_assert_cmpstr (after, ==, before);
}

/* --- Full --- */

static gboolean
add_post (SmmStore *store, guint n, GError **error)
{
  g_autoptr (SmmPost) post = smm_post_new ();

  post->id = g_strdup_printf ("big-%u", n);
  post->brand_id = g_strdup (TEST_BRAND);
  g_free (post->text);
  post->text = g_strnfill (20000, 'x');
  if (!smm_store_begin (store, error))
    return FALSE;
  if (smm_store_put_post (store, post, error))
    return smm_store_commit (store, error);
  smm_store_rollback (store);
  return FALSE;
}

static void
test_full (void)
{
  G_GNUC_UNUSED g_autoptr (SmmPaths) paths = make_library ();
  g_autoptr (SmmStore) store = test_open_owner ();
  g_autoptr (GError) error = NULL;
  guint n = 0;

  sqlite3_exec (store->db, "PRAGMA max_page_count = 100", NULL, NULL, NULL);
  while (n < 1000 && add_post (store, n, &error))
    n++;
  g_assert_error (error, SMM_STORE_ERROR, SMM_STORE_ERROR_FULL);
  g_assert_cmpuint (n, >, 0);
  /* What was acknowledged is there; room again, and it goes on. */
  g_assert_cmpuint (test_count_posts (store), ==, N_POSTS + n);
  sqlite3_exec (store->db, "PRAGMA max_page_count = 100000", NULL, NULL, NULL);
  g_clear_error (&error);
  g_assert_true (add_post (store, n, &error));
  g_assert_no_error (error);
  g_clear_object (&store);
  store = test_open_owner ();
  g_assert_cmpuint (test_count_posts (store), ==, N_POSTS + n + 1);
}

/* The file can't grow any more, in the middle of whatever SQLite is writing. */
static int
fill_up (gpointer data)
{
  SmmPaths *paths = data;
  SmmStore *store = smm_store_open_owner (paths, NULL);
  struct rlimit limit = { 600 * 1024, RLIM_INFINITY };
  g_autoptr (GError) error = NULL;
  guint n = 0;

  signal (SIGXFSZ, SIG_IGN);
  if (store == NULL || setrlimit (RLIMIT_FSIZE, &limit) != 0)
    return 101;
  while (n < 90 && add_post (store, n, &error))
    n++;
  if (n == 90 || error == NULL || error->domain != SMM_STORE_ERROR)
    return 102;
  /* A second try after a failed one is refused too, and does not crash. */
  if (add_post (store, 99, NULL) && test_count_posts (store) != N_POSTS + n + 1)
    return 103;
  return (int)n;
}

static void
test_file_too_large (void)
{
  g_autoptr (SmmPaths) paths = make_library ();
  int n = test_wait (test_fork (fill_up, paths));
  g_autoptr (SmmStore) store = NULL;

  g_assert_cmpint (n, >, 0);
  g_assert_cmpint (n, <, 90);
  store = test_open_owner ();
  /* At least what was acknowledged; a commit that failed may be on disk all the same. */
  g_assert_cmpint (test_count_posts (store), >=, N_POSTS + n);
  g_assert_cmpint (test_count_posts (store), <=, N_POSTS + n + 2);
  g_assert_true (add_post (store, 200, NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/damage/not-a-library", test_not_a_library);
  g_test_add_func ("/damage/truncated", test_truncated);
  g_test_add_func ("/damage/pages", test_pages);
  g_test_add_func ("/damage/bytes", test_bytes);
  g_test_add_func ("/damage/killed", test_killed);
  g_test_add_func ("/damage/wal", test_wal_damaged);
  g_test_add_func ("/damage/second-owner", test_second_owner);
  g_test_add_func ("/damage/second-owner-in-process", test_second_owner_in_process);
  for (guint i = 0; i < G_N_ELEMENTS (read_only_rows); i++)
    {
      g_autofree char *name = g_strconcat ("/damage/read-only/", read_only_rows[i].name, NULL);

      g_test_add_data_func (name, &read_only_rows[i], test_read_only);
    }
  g_test_add_func ("/damage/full", test_full);
  g_test_add_func ("/damage/file-too-large", test_file_too_large);
  return g_test_run ();
}

/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-test-store.h"

#include <glib/gstdio.h>
#include <string.h>

static char *
backup_path (SmmPaths *paths, const char *name)
{
  return g_build_filename (paths->backup_dir, name, NULL);
}

static void
test_round_trip (void)
{
  g_autoptr (SmmPaths) paths = smm_paths_new (NULL);
  g_autoptr (SmmStore) store = test_open_owner ();
  g_autofree char *library_id = g_strdup (smm_store_get_library_id (store));
  g_autofree char *name = NULL, *path = NULL;
  g_autoptr (GPtrArray) names = NULL;
  g_autoptr (SmmBrand) brand = NULL;
  g_autoptr (GError) error = NULL;
  GStatBuf buf;

  test_fill_accounts (store);
  test_fill_posts (store, 0, 5, SMM_TARGET_SCHEDULED);
  name = smm_store_backup (store, "manual", &error);
  g_assert_no_error (error);
  g_assert_true (g_str_has_suffix (name, "-manual.db"));
  path = backup_path (paths, name);
  g_assert_cmpint (g_stat (path, &buf), ==, 0);
  g_assert_cmpuint (buf.st_mode & 0777, ==, 0600);
  /* It stands alone: without a WAL beside it. */
  g_assert_cmpint (test_query (path, "SELECT count (*) FROM post"), ==, 5);
  test_fill_posts (store, 5, 5, SMM_TARGET_SCHEDULED);

  /* The owner's lock keeps the library from being changed under it. */
  g_assert_false (smm_store_restore (paths, name, &error));
  g_assert_error (error, SMM_STORE_ERROR, SMM_STORE_ERROR_OWNED);
  g_clear_error (&error);
  g_clear_object (&store);
  g_assert_true (smm_store_restore (paths, name, &error));
  g_assert_no_error (error);

  store = test_open_owner ();
  g_assert_cmpuint (test_count_posts (store), ==, 5);
  g_assert_cmpstr (smm_store_get_library_id (store), ==, library_id);
  brand = smm_store_get_brand (store, TEST_BRAND);
  g_assert_cmpstr (brand->name, ==, "Northside");
  /* The backup is still there, and can be taken again. */
  names = smm_paths_list_backups (paths);
  g_assert_cmpuint (names->len, ==, 1);
  g_clear_object (&store);
  g_assert_true (smm_store_restore (paths, name, &error));
}

/* The library that was replaced is kept, with all that was in it. */
static void
test_set_aside (void)
{
  g_autoptr (SmmPaths) paths = smm_paths_new (NULL);
  g_autoptr (SmmStore) store = test_open_owner ();
  g_autofree char *name = NULL;
  g_autoptr (GDir) dir = NULL;
  const char *entry;
  guint n = 0;

  test_fill_accounts (store);
  name = smm_store_backup (store, "manual", NULL);
  test_fill_posts (store, 0, 7, SMM_TARGET_SCHEDULED);
  g_clear_object (&store);
  g_assert_true (smm_store_restore (paths, name, NULL));
  dir = g_dir_open (paths->data_dir, 0, NULL);
  while ((entry = g_dir_read_name (dir)) != NULL)
    if (g_str_has_prefix (entry, "library.db.before-") && !g_str_has_suffix (entry, "-wal")
        && !g_str_has_suffix (entry, "-shm"))
      {
        g_autofree char *path = g_build_filename (paths->data_dir, entry, NULL);

        g_assert_cmpint (test_query (path, "SELECT count (*) FROM post"), ==, 7);
        n++;
      }
  g_assert_cmpuint (n, ==, 1);
}

/* A damaged library is no obstacle: that is what backups are for. */
static void
test_over_damage (void)
{
  g_autoptr (SmmPaths) paths = smm_paths_new (NULL);
  g_autoptr (SmmStore) store = test_open_owner ();
  g_autofree char *name = NULL;
  g_autoptr (GError) error = NULL;

  test_fill_accounts (store);
  test_fill_posts (store, 0, 3, SMM_TARGET_SCHEDULED);
  name = smm_store_backup (store, "weekly", NULL);
  g_clear_object (&store);
  g_assert_true (g_file_set_contents (paths->database, "rubbish", -1, NULL));
  g_assert_null (smm_store_open_owner (paths, &error));
  g_assert_error (error, SMM_STORE_ERROR, SMM_STORE_ERROR_CORRUPT);
  g_assert_true (smm_store_restore (paths, name, NULL));
  store = test_open_owner ();
  g_assert_cmpuint (test_count_posts (store), ==, 3);
}

static void
test_refused (void)
{
  g_autoptr (SmmPaths) paths = smm_paths_new (NULL);
  g_autoptr (SmmStore) store = test_open_owner ();
  g_autofree char *name = NULL, *path = NULL, *bytes = NULL, *before = NULL, *after = NULL;
  static const char *const names[] = { "none.db", "../library.db", "", ".", ".." };
  g_autoptr (GError) error = NULL;
  gsize n;

  test_fill_accounts (store);
  test_fill_posts (store, 0, 3, SMM_TARGET_SCHEDULED);
  name = smm_store_backup (store, "manual", NULL);
  path = backup_path (paths, name);
  g_clear_object (&store);
  before = test_hash_file (paths->database);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_assert_false (smm_store_restore (paths, names[i], &error));
      g_assert_error (error, SMM_STORE_ERROR, SMM_STORE_ERROR_FAILED);
      g_clear_error (&error);
    }
  /* A damaged backup is found out before anything is replaced. */
  g_assert_true (g_file_get_contents (path, &bytes, &n, NULL));
  memset (bytes + n / 2 / 4096 * 4096, 0, 4096);
  g_assert_true (g_file_set_contents (path, bytes, n, NULL));
  g_assert_false (smm_store_restore (paths, name, &error));
  g_assert_error (error, SMM_STORE_ERROR, SMM_STORE_ERROR_CORRUPT);
  g_clear_error (&error);
  g_assert_true (g_file_set_contents (path, bytes, n / 2, NULL));
  g_assert_false (smm_store_restore (paths, name, &error));
  g_assert_error (error, SMM_STORE_ERROR, SMM_STORE_ERROR_CORRUPT);
  after = test_hash_file (paths->database);
  g_assert_cmpstr (after, ==, before);
  store = test_open_owner ();
  g_assert_cmpuint (test_count_posts (store), ==, 3);
}

/* One made by a newer program would leave the user with a library that can't be opened. */
static void
test_newer (void)
{
  g_autoptr (SmmPaths) paths = smm_paths_new (NULL);
  g_autoptr (SmmStore) store = test_open_owner ();
  g_autofree char *name = smm_store_backup (store, "manual", NULL);
  g_autofree char *path = backup_path (paths, name);
  g_autoptr (GError) error = NULL;

  g_clear_object (&store);
  test_exec (path, "PRAGMA user_version = 9999");
  g_assert_false (smm_store_restore (paths, name, &error));
  g_assert_error (error, SMM_STORE_ERROR, SMM_STORE_ERROR_NEWER);
  store = test_open_owner ();
}

/* What may have gone out after the backup was made is doubted, the rest is not. */
static void
test_doubts (void)
{
  static const struct
  {
    SmmTargetState state;
    gint64 due; /* seconds from now */
    SmmTargetState after;
  } rows[] = {
    { SMM_TARGET_DRAFT, -3600, SMM_TARGET_DRAFT },
    { SMM_TARGET_SCHEDULED, -3600, SMM_TARGET_UNCONFIRMED },
    { SMM_TARGET_SCHEDULED, 3600, SMM_TARGET_SCHEDULED },
    { SMM_TARGET_PUBLISHING, -3600, SMM_TARGET_UNCONFIRMED },
    { SMM_TARGET_PUBLISHING, 3600, SMM_TARGET_UNCONFIRMED },
    { SMM_TARGET_PUBLISHED, -3600, SMM_TARGET_PUBLISHED },
    { SMM_TARGET_UNCONFIRMED, -3600, SMM_TARGET_UNCONFIRMED },
    { SMM_TARGET_FAILED, -3600, SMM_TARGET_FAILED },
    { SMM_TARGET_HELD, -3600, SMM_TARGET_HELD },
    { SMM_TARGET_CANCELLED, -3600, SMM_TARGET_CANCELLED },
  };
  g_autoptr (SmmPaths) paths = smm_paths_new (NULL);
  g_autoptr (SmmStore) store = test_open_owner ();
  g_autofree char *name = NULL;
  g_autoptr (GPtrArray) chips = NULL;
  gint64 now = g_get_real_time ();

  test_fill_accounts (store);
  test_fill_posts (store, 0, G_N_ELEMENTS (rows), SMM_TARGET_DRAFT);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *id = g_strdup_printf ("target-%u", i);
      g_autoptr (SmmTarget) target = smm_store_get_target (store, id);
      g_autoptr (SmmTarget) other = smm_target_new ();

      target->state = rows[i].state;
      target->due_at = target->next_at = now + rows[i].due * G_USEC_PER_SEC;
      g_assert_true (smm_store_put_target (store, target, NULL));
      /* Each post has a failed target as well, which stays the one to see first. */
      other->id = g_strdup_printf ("other-%u", i);
      other->post_id = g_strdup (target->post_id);
      other->account_id = g_strdup (TEST_INSTAGRAM);
      other->platform = SMM_PLATFORM_INSTAGRAM;
      other->state = SMM_TARGET_FAILED;
      g_assert_true (smm_store_put_target (store, other, NULL));
    }
  name = smm_store_backup (store, "manual", NULL);
  g_clear_object (&store);
  g_assert_true (smm_store_restore (paths, name, NULL));
  store = test_open_owner ();
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *id = g_strdup_printf ("target-%u", i);
      g_autoptr (SmmTarget) target = smm_store_get_target (store, id);

      g_assert_cmpint (target->state, ==, rows[i].after);
      if (target->state == SMM_TARGET_UNCONFIRMED && rows[i].state != SMM_TARGET_UNCONFIRMED)
        {
          g_assert_cmpstr (target->reason_code, ==, "restored");
          g_assert_cmpstr (target->fix, ==, "look-now");
        }
    }
  chips = smm_store_list_chips (store, NULL, 0, G_MAXINT64);
  g_assert_cmpuint (chips->len, ==, G_N_ELEMENTS (rows));
  for (guint i = 0; i < chips->len; i++)
    {
      SmmChip *chip = chips->pdata[i];
      g_autoptr (SmmPost) post = smm_store_get_post (store, chip->post_id);

      g_assert_cmpint (chip->state, ==, smm_post_get_worst_state (post));
    }
}

/* Many of one second, and listed with the newest first. */
static void
test_names (void)
{
  g_autoptr (SmmPaths) paths = smm_paths_new (NULL);
  g_autoptr (SmmStore) store = test_open_owner ();
  g_autoptr (GPtrArray) names = NULL;
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *older = NULL;

  for (guint i = 0; i < 5; i++)
    {
      char *name = smm_store_backup (store, "manual", NULL);

      g_assert_nonnull (name);
      g_assert_true (g_hash_table_add (seen, name));
    }
  older = backup_path (paths, "2020-01-01T000000-weekly.db");
  g_assert_true (g_file_set_contents (older, "", 0, NULL));
  names = smm_paths_list_backups (paths);
  g_assert_cmpuint (names->len, ==, 6);
  g_assert_cmpstr (names->pdata[5], ==, "2020-01-01T000000-weekly.db");
}

/* No room for the copy: an error, no half of one, and the library goes on. */
static void
test_no_folder (void)
{
  g_autoptr (SmmPaths) paths = smm_paths_new (NULL);
  g_autoptr (SmmStore) store = test_open_owner ();
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_rmdir (paths->backup_dir), ==, 0);
  g_assert_null (smm_store_backup (store, "manual", &error));
  g_assert_error (error, SMM_STORE_ERROR, SMM_STORE_ERROR_FAILED);
  g_assert_nonnull (strstr (error->message, paths->backup_dir));
  test_fill_accounts (store);
}

/* Interrupted between the change and the files: whoever opens the library next removes them, once.
 */
static void
test_erased (void)
{
  g_autoptr (SmmPaths) paths = smm_paths_new (NULL);
  g_autoptr (SmmStore) store = test_open_owner ();
  g_autoptr (GPtrArray) media = NULL, names = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *before = NULL, *later = NULL, *bytes = NULL;
  gsize n;

  test_fill_accounts (store);
  before = smm_store_backup (store, "manual", NULL);
  g_assert_true (smm_store_begin (store, &error));
  media = smm_store_erase (store, TEST_BRAND, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (smm_store_commit (store, &error));
  g_clear_object (&store);
  names = smm_paths_list_backups (paths);
  g_assert_cmpuint (names->len, ==, 1);

  store = test_open_owner ();
  g_clear_pointer (&names, g_ptr_array_unref);
  names = smm_paths_list_backups (paths);
  g_assert_cmpuint (names->len, ==, 0);
  later = smm_store_backup (store, "manual", NULL);
  g_clear_object (&store);
  g_assert_true (g_file_get_contents (paths->database, &bytes, &n, NULL));
  g_assert_null (memmem (bytes, n, "Northside", strlen ("Northside")));

  store = test_open_owner ();
  g_clear_pointer (&names, g_ptr_array_unref);
  names = smm_paths_list_backups (paths);
  g_assert_cmpuint (names->len, ==, 1);
  g_assert_cmpstr (names->pdata[0], ==, later);
}

static gboolean
files_have (SmmPaths *paths, const char *text)
{
  g_autofree char *log = g_strconcat (paths->database, "-wal", NULL);
  const char *const files[] = { paths->database, log };
  gboolean found = FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *bytes = NULL;
      gsize n = 0;

      if (g_file_get_contents (files[i], &bytes, &n, NULL))
        found |= n > 0 && memmem (bytes, n, text, strlen (text)) != NULL;
    }
  return found;
}

static void
erase_brand (SmmStore *store)
{
  g_autoptr (GPtrArray) media = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (smm_store_begin (store, &error));
  media = smm_store_erase (store, TEST_BRAND, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (smm_store_commit (store, &error));
}

static void
on_finished (GObject *source, GAsyncResult *result, gpointer user_data)
{
  smm_store_finish_erasing_finish (SMM_STORE (source), result);
  *(gboolean *)user_data = TRUE;
}

static gboolean
end_read_cb (gpointer reader)
{
  smm_store_end_read (reader);
  return G_SOURCE_REMOVE;
}

/* While somebody reads what was, as a backup does, it is there still; then it is not. */
static void
test_erased_while_read (void)
{
  g_autoptr (SmmPaths) paths = smm_paths_new (NULL);
  g_autoptr (SmmStore) store = test_open_owner ();
  g_autoptr (SmmStore) reader = NULL;
  g_autoptr (GPtrArray) brands = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *kept = NULL;
  gboolean finished = FALSE;

  test_fill_accounts (store);
  reader = smm_store_open_reader (paths, &error);
  g_assert_no_error (error);
  smm_store_begin_read (reader);
  brands = smm_store_list_brands (reader);
  erase_brand (store);
  smm_store_finish_erasing_async (store, on_finished, &finished);
  /* What is changed meanwhile waits, and is kept. */
  g_assert_true (smm_store_put_setting (store, "a.setting", "kept", &error));
  g_timeout_add (600, end_read_cb, reader);
  while (!finished)
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (files_have (paths, "Northside"));
  kept = smm_store_get_setting (store, "a.setting");
  g_assert_cmpstr (kept, ==, "kept");
}

/* Without a loop to wait in it is left to whoever keeps house. */
static void
test_erased_later (void)
{
  g_autoptr (SmmPaths) paths = smm_paths_new (NULL);
  g_autoptr (SmmStore) store = test_open_owner ();
  g_autoptr (SmmStore) reader = NULL;
  g_autoptr (GPtrArray) brands = NULL;
  g_autoptr (GError) error = NULL;

  test_fill_accounts (store);
  reader = smm_store_open_reader (paths, &error);
  g_assert_no_error (error);
  smm_store_begin_read (reader);
  brands = smm_store_list_brands (reader);
  erase_brand (store);
  smm_store_finish_erasing (store);
  g_assert_true (files_have (paths, "Northside"));
  smm_store_settle_erasing (store);
  g_assert_true (files_have (paths, "Northside"));
  smm_store_end_read (reader);
  smm_store_settle_erasing (store);
  g_assert_false (files_have (paths, "Northside"));
}

/* Whatever comes into the folder is removed, as an erasing does. */
static gpointer
remove_all_thread (gpointer data)
{
  SmmPaths *paths = data;

  for (int removed = 0; removed == 0;)
    {
      g_autoptr (GDir) dir = g_dir_open (paths->backup_dir, 0, NULL);
      const char *name;

      while ((name = g_dir_read_name (dir)) != NULL)
        {
          g_autofree char *path = backup_path (paths, name);

          removed += g_unlink (path) == 0;
        }
    }
  return NULL;
}

static void
test_overtaken (void)
{
  g_autoptr (SmmPaths) paths = smm_paths_new (NULL);
  g_autoptr (SmmStore) store = test_open_owner ();
  g_autoptr (GError) error = NULL;

  test_fill_accounts (store);
  test_fill_posts (store, 0, 500, SMM_TARGET_SCHEDULED);
  /* One that was whole before it went is not of interest. */
  for (int i = 0; i < 1000 && error == NULL; i++)
    {
      GThread *thread = g_thread_new ("erase", remove_all_thread, paths);
      G_GNUC_UNUSED g_autofree char *name = smm_store_backup (store, "manual", &error);

      g_thread_join (thread);
    }
  g_assert_error (error, SMM_STORE_ERROR, SMM_STORE_ERROR_ERASED);
  g_assert_nonnull (strstr (error->message, "deleted for good"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/backup/round-trip", test_round_trip);
  g_test_add_func ("/backup/set-aside", test_set_aside);
  g_test_add_func ("/backup/over-damage", test_over_damage);
  g_test_add_func ("/backup/refused", test_refused);
  g_test_add_func ("/backup/newer", test_newer);
  g_test_add_func ("/backup/doubts", test_doubts);
  g_test_add_func ("/backup/names", test_names);
  g_test_add_func ("/backup/no-folder", test_no_folder);
  g_test_add_func ("/backup/erased", test_erased);
  g_test_add_func ("/backup/erased-while-read", test_erased_while_read);
  g_test_add_func ("/backup/erased-later", test_erased_later);
  g_test_add_func ("/backup/overtaken", test_overtaken);
  return g_test_run ();
}

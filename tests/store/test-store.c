/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-test-store.h"

#include "smm-store-private.h"

#include <glib/gstdio.h>
#include <string.h>

GResource *smm_store_get_resource (void);

#define SQL_FOLDER "/com/nkonsept/Smm/sql/"

/* --- Opening --- */

static void
assert_private (const char *path, guint mode)
{
  GStatBuf buf;

  g_assert_cmpint (g_stat (path, &buf), ==, 0);
  g_assert_cmpuint (buf.st_mode & 07777, ==, mode);
}

static void
test_fresh (void)
{
  g_autoptr (SmmPaths) paths = smm_paths_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (SmmStore) none = smm_store_open_reader (paths, &error);
  g_autofree char *library_id = NULL;

  g_assert_error (error, SMM_STORE_ERROR, SMM_STORE_ERROR_MISSING);
  g_assert_null (none);
  {
    g_autoptr (SmmStore) store = test_open_owner ();
    g_autoptr (GPtrArray) posts = smm_store_list_posts (store, NULL);
    g_autoptr (GPtrArray) brands = smm_store_list_brands (store);

    g_assert_true (smm_store_is_owner (store));
    g_assert_cmpuint (posts->len, ==, 0);
    g_assert_cmpuint (brands->len, ==, 0);
    g_assert_null (smm_store_get_profile (store));
    g_assert_null (smm_store_get_post (store, "x"));
    g_assert_cmpint (smm_store_get_next_wake (store), ==, 0);
    library_id = g_strdup (smm_store_get_library_id (store));
    g_assert_true (g_uuid_string_is_valid (library_id));
    assert_private (paths->database, 0600);
    assert_private (paths->lock, 0600);
    assert_private (paths->data_dir, 0700);
    assert_private (paths->media_dir, 0700);
    assert_private (paths->backup_dir, 0700);
  }
  {
    g_autoptr (SmmStore) again = test_open_owner ();
    g_autoptr (SmmStore) reader = smm_store_open_reader (paths, NULL);

    g_assert_cmpstr (smm_store_get_library_id (again), ==, library_id);
    g_assert_cmpstr (smm_store_get_library_id (reader), ==, library_id);
    g_assert_false (smm_store_is_owner (reader));
  }
}

/* Its name comes last: who reads before would keep sign-ins for a library of no name. */
static void
test_not_made_yet (void)
{
  g_autoptr (SmmPaths) paths = smm_paths_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (SmmStore) reader = NULL;

  g_object_unref (test_open_owner ());
  test_exec (paths->database, "DELETE FROM setting WHERE key = 'library.id'");
  reader = smm_store_open_reader (paths, &error);
  g_assert_error (error, SMM_STORE_ERROR, SMM_STORE_ERROR_MISSING);
  g_assert_null (reader);
  g_object_unref (test_open_owner ());
  reader = smm_store_open_reader (paths, NULL);
  g_assert_nonnull (smm_store_get_library_id (reader));
}

/* Practice mode has a library of its own. */
static void
test_profiles (void)
{
  g_autoptr (SmmPaths) own = smm_paths_new (NULL);
  g_autoptr (SmmPaths) practice = smm_paths_new ("practice");
  g_autoptr (SmmStore) one = smm_store_open_owner (own, NULL);
  g_autoptr (SmmStore) other = smm_store_open_owner (practice, NULL);

  g_assert_cmpstr (own->database, !=, practice->database);
  g_assert_cmpstr (own->cache_dir, !=, practice->cache_dir);
  g_assert_cmpstr (own->bus_name, !=, practice->bus_name);
  g_assert_cmpstr (smm_store_get_library_id (one), !=, smm_store_get_library_id (other));
}

static gint64
pragma (SmmStore *store, const char *sql)
{
  sqlite3_stmt *stmt = NULL;
  gint64 value;

  g_assert_cmpint (sqlite3_prepare_v2 (store->db, sql, -1, &stmt, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (stmt), ==, SQLITE_ROW);
  value = sqlite3_column_int64 (stmt, 0);
  sqlite3_finalize (stmt);
  return value;
}

static void
test_settings_of_the_database (void)
{
  g_autoptr (SmmStore) store = test_open_owner ();
  sqlite3_stmt *stmt = NULL;
  int value;

  /* FULL, so that an acknowledged intent survives a power cut. */
  g_assert_cmpint (pragma (store, "PRAGMA synchronous"), >=, 2);
  g_assert_cmpint (pragma (store, "PRAGMA foreign_keys"), ==, 1);
  g_assert_cmpint (sqlite3_db_config (store->db, SQLITE_DBCONFIG_DEFENSIVE, -1, &value), ==,
                   SQLITE_OK);
  g_assert_cmpint (value, ==, 1);
  g_assert_cmpint (sqlite3_db_config (store->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, -1, &value), ==,
                   SQLITE_OK);
  g_assert_cmpint (value, ==, 0);
  g_assert_cmpint (sqlite3_prepare_v2 (store->db, "PRAGMA journal_mode", -1, &stmt, NULL), ==,
                   SQLITE_OK);
  g_assert_cmpint (sqlite3_step (stmt), ==, SQLITE_ROW);
  g_assert_cmpstr ((const char *)sqlite3_column_text (stmt, 0), ==, "wal");
  sqlite3_finalize (stmt);
}

static void
test_strict (void)
{
  g_autoptr (SmmStore) store = test_open_owner ();

  /* Every table, so that a text can never sit in a time. */
  g_assert_cmpint (pragma (store, "SELECT count (*) FROM pragma_table_list WHERE schema = 'main' "
                                  "AND type = 'table' AND name NOT LIKE 'sqlite_%'"),
                   >, 10);
  g_assert_cmpint (pragma (store, "SELECT count (*) FROM pragma_table_list WHERE schema = 'main' "
                                  "AND type = 'table' AND name NOT LIKE 'sqlite_%' "
                                  "AND strict = 0"),
                   ==, 0);
  g_assert_cmpint (sqlite3_exec (store->db,
                                 "INSERT INTO brand (id, name, timezone, created_at) "
                                 "VALUES ('b', 'n', 'UTC', 'noon')",
                                 NULL, NULL, NULL),
                   ==, SQLITE_CONSTRAINT_DATATYPE);
}

static void
test_foreign_keys (void)
{
  g_autoptr (SmmStore) store = test_open_owner ();
  g_autoptr (SmmTarget) target = smm_target_new ();
  g_autoptr (GError) error = NULL;

  test_fill_accounts (store);
  target->id = g_strdup ("t");
  target->post_id = g_strdup ("no-such-post");
  target->account_id = g_strdup (TEST_FACEBOOK);
  g_assert_false (smm_store_put_target (store, target, &error));
  g_assert_error (error, SMM_STORE_ERROR, SMM_STORE_ERROR_FAILED);
}

static void
test_reader_cannot_write (void)
{
  g_autoptr (SmmPaths) paths = smm_paths_new (NULL);
  g_autoptr (SmmStore) owner = test_open_owner ();
  g_autoptr (SmmStore) reader = smm_store_open_reader (paths, NULL);
  g_autoptr (GError) error = NULL;

  test_fill_accounts (owner);
  test_fill_posts (owner, 0, 3, SMM_TARGET_SCHEDULED);
  g_assert_cmpuint (test_count_posts (reader), ==, 3);
  g_assert_false (smm_store_put_setting (reader, "a", "b", &error));
  g_assert_error (error, SMM_STORE_ERROR, SMM_STORE_ERROR_READ_ONLY);
}

/* --- Versions --- */

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

static char **
list_migrations (void)
{
  char **names = g_resource_enumerate_children (smm_store_get_resource (), SQL_FOLDER, 0, NULL);

  g_assert_nonnull (names);
  qsort (names, g_strv_length (names), sizeof *names, compare_names);
  return names;
}

/* A file as the version that knew only the first @n migrations left it. */
static void
make_library_of_version (SmmPaths *paths, char **names, guint n)
{
  g_assert_true (smm_paths_ensure (paths, NULL));
  test_exec (paths->database, "PRAGMA journal_mode = WAL");
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *path = g_strconcat (SQL_FOLDER, names[i], NULL);
      g_autoptr (GBytes) sql = g_resource_lookup_data (smm_store_get_resource (), path, 0, NULL);
      g_autofree char *whole
          = g_strdup_printf ("%s\nPRAGMA user_version = %d",
                             (const char *)g_bytes_get_data (sql, NULL), atoi (names[i]));

      g_assert_cmpint (atoi (names[i]), ==, (int)i + 1);
      test_exec (paths->database, whole);
    }
  if (n > 0)
    test_exec (paths->database, "INSERT INTO setting VALUES ('library.id', 'kept');"
                                "INSERT INTO brand (id, name, timezone, created_at) "
                                "VALUES ('b', 'Kept', 'UTC', 1)");
}

static void
test_migrations (void)
{
  g_auto (GStrv) names = list_migrations ();
  guint newest = g_strv_length (names);

  for (guint version = 0; version <= newest; version++)
    {
      g_autofree char *profile = g_strdup_printf ("from-%u", version);
      g_autoptr (SmmPaths) paths = smm_paths_new (profile);
      g_autoptr (SmmStore) store = NULL;
      g_autoptr (SmmBrand) brand = NULL;
      g_autoptr (GPtrArray) backups = NULL;
      g_autoptr (GError) error = NULL;

      make_library_of_version (paths, names, version);
      store = smm_store_open_owner (paths, &error);
      g_assert_no_error (error);
      g_assert_cmpint (pragma (store, "PRAGMA user_version"), ==, newest);
      g_assert_cmpint (pragma (store, "SELECT count (*) FROM pragma_foreign_key_check"), ==, 0);
      backups = smm_paths_list_backups (paths);
      g_assert_cmpuint (backups->len, ==, version > 0 && version < newest ? 1 : 0);
      brand = smm_store_get_brand (store, "b");
      g_assert_cmpint (brand != NULL, ==, version > 0);
      if (version > 0)
        g_assert_cmpstr (smm_store_get_library_id (store), ==, "kept");
    }
}

static void
test_newer (void)
{
  g_autoptr (SmmPaths) paths = smm_paths_new (NULL);
  g_autofree char *wal = g_strconcat (paths->database, "-wal", NULL);
  g_autofree char *database_before = NULL, *wal_before = NULL;
  g_autofree char *database_after = NULL, *wal_after = NULL;
  g_autoptr (SmmStore) store = NULL;
  g_autoptr (GError) error = NULL;
  sqlite3 *db = NULL;

  g_object_unref (test_open_owner ());
  /* As the newer program left it when it was killed: with a change that is only in the WAL. */
  g_assert_cmpint (sqlite3_open (paths->database, &db), ==, SQLITE_OK);
  sqlite3_db_config (db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
  g_assert_cmpint (
      sqlite3_exec (db, "PRAGMA user_version = 9999; CREATE TABLE novel (x)", NULL, NULL, NULL), ==,
      SQLITE_OK);
  sqlite3_close (db);
  database_before = test_hash_file (paths->database);
  wal_before = test_hash_file (wal);
  g_assert_cmpstr (wal_before, !=, "none");

  store = smm_store_open_owner (paths, &error);
  g_assert_error (error, SMM_STORE_ERROR, SMM_STORE_ERROR_NEWER);
  g_assert_nonnull (strstr (error->message, paths->database));
  g_assert_null (store);
  g_clear_error (&error);
  store = smm_store_open_reader (paths, &error);
  g_assert_error (error, SMM_STORE_ERROR, SMM_STORE_ERROR_NEWER);
  g_assert_null (store);

  database_after = test_hash_file (paths->database);
  wal_after = test_hash_file (wal);
  g_assert_cmpstr (database_after, ==, database_before);
  g_assert_cmpstr (wal_after, ==, wal_before);
}

/* --- Records --- */

static void
test_round_trip (void)
{
  g_autoptr (SmmStore) store = test_open_owner ();
  g_autoptr (SmmBrand) brand = NULL;
  g_autoptr (SmmAccount) account = NULL;
  g_autoptr (SmmAccount) found = NULL;
  g_autoptr (SmmMedia) media = smm_media_new ();
  g_autoptr (SmmPost) post = smm_post_new ();
  g_autoptr (SmmPost) read = NULL;
  SmmMedia *first;

  test_fill_accounts (store);
  brand = smm_store_get_brand (store, TEST_BRAND);
  g_assert_cmpstr (brand->timezone, ==, "Europe/Berlin");
  g_assert_cmpint (brand->late_policy, ==, SMM_LATE_ASK);
  g_assert_cmpint (brand->late_hours, ==, 3);
  account = smm_store_get_account (store, TEST_INSTAGRAM);
  g_assert_cmpint (account->platform, ==, SMM_PLATFORM_INSTAGRAM);
  g_assert_cmpstr (account->parent_remote_id, ==, "100");
  g_assert_cmpstr (account->scopes, ==, "a b");
  g_assert_cmpint (account->token_expires_at, ==, 5);
  g_assert_cmpint (account->access_expires_at, ==, 6);
  g_assert_cmpint (account->followers, ==, 7);
  found = smm_store_find_account (store, TEST_BRAND, SMM_PLATFORM_FACEBOOK, "100");
  g_assert_cmpstr (found->id, ==, TEST_FACEBOOK);

  media->sha256 = g_strnfill (64, 'b');
  media->mime = g_strdup ("image/png");
  media->file_name = g_strdup ("bröd \"x\".png");
  media->bytes = G_GINT64_CONSTANT (5000000000);
  media->width = 3;
  media->height = 4;
  media->alt = g_strdup ("A loaf");
  g_assert_true (smm_store_put_media (store, media, NULL));
  post->id = g_strdup ("p");
  post->brand_id = g_strdup (TEST_BRAND);
  post->kind = SMM_POST_KIND_STORY;
  g_free (post->text);
  post->text = g_strdup ("🍞 'quotes' \"and\" \\ % _ ; DROP TABLE post\n\nend");
  post->link = g_strdup ("https://example.com");
  post->first_comment = g_strdup ("");
  g_hash_table_insert (post->options, g_strdup ("a=\"b\""), g_strdup ("'c', {d}"));
  post->due_at = TEST_DUE;
  post->wall_time = g_strdup ("2026-12-01T10:00:00");
  post->zone = g_strdup ("Europe/Berlin");
  post->created_at = 11;
  post->updated_at = 12;
  g_ptr_array_add (post->media, g_object_ref (media));
  g_assert_true (smm_store_put_post (store, post, NULL));

  read = smm_store_get_post (store, "p");
  g_assert_cmpstr (read->text, ==, post->text);
  g_assert_cmpint (read->kind, ==, SMM_POST_KIND_STORY);
  g_assert_cmpstr (read->link, ==, post->link);
  g_assert_cmpstr (read->first_comment, ==, "");
  g_assert_cmpstr (g_hash_table_lookup (read->options, "a=\"b\""), ==, "'c', {d}");
  g_assert_cmpint (read->due_at, ==, TEST_DUE);
  g_assert_cmpstr (read->wall_time, ==, post->wall_time);
  g_assert_cmpstr (read->zone, ==, post->zone);
  g_assert_cmpint (read->created_at, ==, 11);
  g_assert_cmpint (read->updated_at, ==, 12);
  g_assert_cmpuint (read->media->len, ==, 1);
  first = read->media->pdata[0];
  g_assert_cmpstr (first->file_name, ==, media->file_name);
  g_assert_cmpint (first->bytes, ==, media->bytes);
  g_assert_cmpstr (first->alt, ==, "A loaf");

  g_assert_true (smm_store_set_post_deleted (store, "p", 5, NULL));
  g_assert_null (smm_store_get_post (store, "p"));
}

static void
test_search (void)
{
  static const struct
  {
    const char *search;
    guint n;
  } rows[] = { { NULL, 3 }, { "", 3 },  { "bread", 2 }, { "50%", 1 },
               { "%", 1 },  { "_", 0 }, { "\\", 0 },    { "' OR 1=1 --", 0 } };
  static const char *const texts[] = { "Rye bread", "bread at 50% off", "Rolls" };
  g_autoptr (SmmStore) store = test_open_owner ();

  test_fill_accounts (store);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (SmmPost) post = smm_post_new ();

      post->id = g_strdup_printf ("p%u", i);
      post->brand_id = g_strdup (TEST_BRAND);
      g_free (post->text);
      post->text = g_strdup (texts[i]);
      g_assert_true (smm_store_put_post (store, post, NULL));
    }
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      SmmPostFilter filter = { .state = -1, .search = rows[i].search };
      g_autoptr (GPtrArray) posts = smm_store_list_posts (store, &filter);

      g_assert_cmpuint (posts->len, ==, rows[i].n);
    }
}

/* --- The calendar --- */

/* The statement that the function just ran, explained by SQLite. */
static char *
explain_last (SmmStore *store, const char *mark)
{
  g_autofree char *sql = NULL;
  GString *plan = g_string_new (NULL);
  sqlite3_stmt *stmt = NULL;

  while ((stmt = sqlite3_next_stmt (store->db, stmt)) != NULL)
    if (strstr (sqlite3_sql (stmt), mark) != NULL)
      {
        g_assert_null (sql);
        sql = g_strconcat ("EXPLAIN QUERY PLAN ", sqlite3_sql (stmt), NULL);
      }
  g_assert_nonnull (sql);
  g_assert_cmpint (sqlite3_prepare_v2 (store->db, sql, -1, &stmt, NULL), ==, SQLITE_OK);
  while (sqlite3_step (stmt) == SQLITE_ROW)
    g_string_append_printf (plan, "%s\n", sqlite3_column_text (stmt, 3));
  sqlite3_finalize (stmt);
  return g_string_free (plan, FALSE);
}

static void
test_calendar_plan (void)
{
  g_autoptr (SmmStore) store = test_open_owner ();
  G_GNUC_UNUSED g_autoptr (GPtrArray) chips = smm_store_list_chips (store, TEST_BRAND, 1, 2);
  g_autofree char *calendar = explain_last (store, "due_at < ?3");
  G_GNUC_UNUSED g_autoptr (SmmChip) next = smm_store_get_next_chip (store, NULL, 1);
  g_autofree char *coming = explain_last (store, "AND state = 1 AND CASE");
  G_GNUC_UNUSED g_autoptr (GPtrArray) due = smm_store_list_due (store, 1, 1);
  g_autofree char *engine = explain_last (store, "AND state = 1 ORDER BY next_at");
  G_GNUC_UNUSED g_autoptr (GHashTable) known
      = smm_store_get_claimed (store, TEST_INSTAGRAM, "target-0");
  g_autofree char *claimed = explain_last (store, "AND remote_id IS NOT NULL");

  /* One scan of the index, no visit to the table, no sort. */
  g_assert_true (g_str_has_prefix (
      calendar, "SEARCH post USING COVERING INDEX post_calendar (due_at>? AND due_at<?)\n"));
  g_assert_true (
      g_str_has_prefix (coming, "SEARCH post USING COVERING INDEX post_calendar (due_at>?)\n"));
  g_assert_null (strstr (calendar, "TEMP B-TREE"));
  g_assert_null (strstr (coming, "TEMP B-TREE"));
  g_assert_null (strstr (calendar, "CORRELATED"));
  g_assert_nonnull (strstr (engine, "USING INDEX target_next"));
  g_assert_null (strstr (engine, "TEMP B-TREE"));
  g_assert_null (strstr (claimed, "TEMP B-TREE"));
}

static void
test_chips (void)
{
  g_autoptr (SmmStore) store = test_open_owner ();
  g_autoptr (GPtrArray) chips = NULL;
  g_autoptr (GPtrArray) none = NULL;
  g_autoptr (SmmChip) next = NULL;
  SmmChip *chip;

  test_fill_accounts (store);
  test_fill_posts (store, 0, 5, SMM_TARGET_SCHEDULED);
  /* [from, to): the first is in, the one at the end is not. */
  chips = smm_store_list_chips (store, NULL, TEST_DUE + G_USEC_PER_SEC,
                                TEST_DUE + 4 * G_USEC_PER_SEC);
  g_assert_cmpuint (chips->len, ==, 3);
  chip = chips->pdata[0];
  g_assert_cmpstr (chip->post_id, ==, "post-1");
  g_assert_cmpstr (chip->title, ==, "Post number 1");
  g_assert_cmpint (chip->state, ==, SMM_TARGET_SCHEDULED);
  g_assert_cmpuint (chip->platforms, ==, 1 << SMM_PLATFORM_FACEBOOK);
  none = smm_store_list_chips (store, "other-brand", 0, G_MAXINT64);
  g_assert_cmpuint (none->len, ==, 0);
  next = smm_store_get_next_chip (store, TEST_BRAND, TEST_DUE + 1);
  g_assert_cmpstr (next->post_id, ==, "post-1");
}

/* The chip's state is the same as the model's idea of the worst one. */
static void
test_summary (void)
{
  g_autoptr (SmmStore) store = test_open_owner ();

  test_fill_accounts (store);
  test_fill_posts (store, 0, 1, SMM_TARGET_DRAFT);
  for (int a = 0; a < SMM_N_TARGET_STATES; a++)
    for (int b = 0; b < SMM_N_TARGET_STATES; b++)
      {
        g_autoptr (SmmTarget) other = smm_target_new ();
        g_autoptr (SmmTarget) target = smm_store_get_target (store, "target-0");
        g_autoptr (SmmPost) post = NULL;
        g_autoptr (GPtrArray) chips = NULL;
        SmmChip *chip;

        target->state = a;
        other->id = g_strdup ("other");
        other->post_id = g_strdup ("post-0");
        other->account_id = g_strdup (TEST_INSTAGRAM);
        other->platform = SMM_PLATFORM_INSTAGRAM;
        other->state = b;
        g_assert_true (smm_store_put_target (store, target, NULL));
        g_assert_true (smm_store_put_target (store, other, NULL));
        post = smm_store_get_post (store, "post-0");
        chips = smm_store_list_chips (store, NULL, 0, G_MAXINT64);
        chip = chips->pdata[0];
        g_assert_cmpint (chip->state, ==, smm_post_get_worst_state (post));
        g_assert_cmpuint (chip->platforms, ==, (1 << 1) | (1 << 2));
      }
}

/* It is there from the start of a new post, and follows when the post is put again as a whole. */
static void
test_summary_of_new (void)
{
  g_autoptr (SmmStore) store = test_open_owner ();
  g_autoptr (SmmPost) post = smm_post_new ();
  g_autoptr (SmmTarget) target = smm_target_new ();
  g_autoptr (GPtrArray) fresh = NULL, changed = NULL, handed_over = NULL;
  SmmChip *chip;

  test_fill_accounts (store);
  post->id = g_strdup ("new");
  post->brand_id = g_strdup (TEST_BRAND);
  post->due_at = TEST_DUE;
  target->id = g_strdup ("target-of-new");
  target->post_id = g_strdup ("new");
  target->account_id = g_strdup (TEST_INSTAGRAM);
  target->platform = SMM_PLATFORM_INSTAGRAM;
  target->state = SMM_TARGET_SCHEDULED;
  g_ptr_array_add (post->targets, g_object_ref (target));
  g_assert_true (smm_store_put_post_with_targets (store, post, NULL));
  fresh = smm_store_list_chips (store, NULL, 0, G_MAXINT64);
  chip = fresh->pdata[0];
  g_assert_cmpint (chip->state, ==, SMM_TARGET_SCHEDULED);
  g_assert_cmpuint (chip->platforms, ==, 1 << SMM_PLATFORM_INSTAGRAM);
  target->state = SMM_TARGET_FAILED;
  g_assert_true (smm_store_put_post_with_targets (store, post, NULL));
  changed = smm_store_list_chips (store, NULL, 0, G_MAXINT64);
  chip = changed->pdata[0];
  g_assert_cmpint (chip->state, ==, SMM_TARGET_FAILED);
  /* That a platform has it is told by the reason alone, of a new post as well. */
  g_free (post->id);
  post->id = g_strdup ("handed-over");
  g_free (target->id);
  target->id = g_strdup ("target-of-handed-over");
  g_free (target->post_id);
  target->post_id = g_strdup ("handed-over");
  post->due_at = TEST_DUE + G_USEC_PER_SEC;
  target->state = SMM_TARGET_SCHEDULED;
  target->reason_code = g_strdup ("handed-over");
  g_assert_true (smm_store_put_post_with_targets (store, post, NULL));
  handed_over = smm_store_list_chips (store, NULL, 0, G_MAXINT64);
  chip = handed_over->pdata[1];
  g_assert_cmpint (chip->handed_over, ==, SMM_PLATFORM_INSTAGRAM);
}

/* Who asks again gets the number of now, whoever wrote meanwhile. */
static void
test_attention (void)
{
  g_autoptr (SmmStore) store = test_open_owner ();
  g_autoptr (SmmStore) reader = smm_store_open_reader (smm_store_get_paths (store), NULL);
  g_autoptr (SmmTarget) target = NULL;
  g_autoptr (SmmBrand) brand = NULL;

  test_fill_accounts (store);
  test_fill_posts (store, 0, 3, SMM_TARGET_FAILED);
  test_fill_posts (store, 3, 2, SMM_TARGET_SCHEDULED);
  for (int i = 0; i < 2; i++)
    {
      g_assert_cmpuint (smm_store_count_attention (store, TEST_BRAND), ==, 3);
      g_assert_cmpuint (smm_store_count_attention (reader, TEST_BRAND), ==, 3);
      g_assert_cmpuint (smm_store_count_attention (reader, NULL), ==, 3);
      g_assert_cmpuint (smm_store_count_attention (reader, "other"), ==, 0);
    }
  target = smm_store_get_target (store, "target-3");
  target->state = SMM_TARGET_HELD;
  g_assert_true (smm_store_put_target (store, target, NULL));
  g_assert_cmpuint (smm_store_count_attention (store, TEST_BRAND), ==, 4);
  g_assert_cmpuint (smm_store_count_attention (reader, TEST_BRAND), ==, 4);
  g_assert_true (smm_store_set_post_deleted (store, "post-0", 1, NULL));
  g_assert_cmpuint (smm_store_count_attention (store, NULL), ==, 3);
  g_assert_cmpuint (smm_store_count_attention (reader, NULL), ==, 3);
  /* What is rolled back never was. */
  g_assert_true (smm_store_begin (store, NULL));
  g_assert_true (smm_store_set_post_deleted (store, "post-1", 1, NULL));
  g_assert_cmpuint (smm_store_count_attention (store, NULL), ==, 2);
  g_assert_cmpuint (smm_store_count_attention (reader, NULL), ==, 3);
  smm_store_rollback (store);
  g_assert_cmpuint (smm_store_count_attention (store, NULL), ==, 3);
  brand = smm_store_get_brand (store, TEST_BRAND);
  g_assert_true (smm_store_set_brand_deleted (store, brand->id, 1, NULL));
  g_assert_cmpuint (smm_store_count_attention (store, NULL), ==, 0);
  g_assert_cmpuint (smm_store_count_attention (reader, TEST_BRAND), ==, 0);
}

/* --- The engine's part --- */

static void
test_transition (void)
{
  g_autoptr (SmmStore) store = test_open_owner ();
  SmmTransition claim = { .state = SMM_TARGET_PUBLISHING, .attempt = 1, .next_at = 5 };
  g_autoptr (SmmTarget) target = NULL;
  g_autoptr (GError) error = NULL;

  test_fill_accounts (store);
  test_fill_posts (store, 0, 1, SMM_TARGET_SCHEDULED);
  g_assert_false (smm_store_transition (store, "target-0", SMM_TARGET_DRAFT, 0, &claim, &error));
  g_assert_false (
      smm_store_transition (store, "target-0", SMM_TARGET_SCHEDULED, 1, &claim, &error));
  g_assert_false (smm_store_transition (store, "none", SMM_TARGET_SCHEDULED, 0, &claim, &error));
  g_assert_true (smm_store_transition (store, "target-0", SMM_TARGET_SCHEDULED, 0, &claim, &error));
  /* The second of two that both read "scheduled" loses. */
  g_assert_false (
      smm_store_transition (store, "target-0", SMM_TARGET_SCHEDULED, 0, &claim, &error));
  g_assert_no_error (error);
  target = smm_store_get_target (store, "target-0");
  g_assert_cmpint (target->state, ==, SMM_TARGET_PUBLISHING);
  g_assert_cmpint (target->attempt, ==, 1);
}

static void
test_journal (void)
{
  g_autoptr (SmmStore) store = test_open_owner ();
  g_autoptr (SmmJournalEntry) last = NULL;
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (GError) error = NULL;
  gint64 id;

  test_fill_accounts (store);
  test_fill_posts (store, 0, 1, SMM_TARGET_PUBLISHING);
  g_assert_cmpint (smm_store_journal_start (store, "target-0", 1, "photo:0", "prepare", 1, NULL), >,
                   0);
  g_assert_cmpint (smm_store_journal_start (store, "target-0", 1, "photo:0", "prepare", 2, NULL), >,
                   0);
  id = smm_store_journal_start (store, "target-0", 1, "feed", "commit", 3, NULL);
  g_assert_cmpint (id, >, 0);
  /* One attempt, one committing request: whatever the code above believes. */
  g_assert_cmpint (smm_store_journal_start (store, "target-0", 1, "publish", "commit", 4, &error),
                   ==, 0);
  g_assert_error (error, SMM_STORE_ERROR, SMM_STORE_ERROR_FAILED);
  last = smm_store_get_last_commit (store, "target-0");
  g_assert_cmpint (last->id, ==, id);
  g_assert_cmpstr (last->state, ==, "intent");
  g_assert_true (smm_store_journal_end (store, id, "refused", 5, 400, "100", "no", "trace", NULL));
  g_assert_null (smm_store_get_last_commit (store, "target-0"));
  g_assert_cmpint (smm_store_journal_start (store, "target-0", 2, "feed", "commit", 6, NULL), >, 0);
  g_assert_cmpint (smm_store_journal_start (store, "target-0", 2, "look:1", "reconcile", 7, NULL),
                   >, 0);
  g_assert_cmpuint (smm_store_count_looks (store, "target-0", 2), ==, 0);
  entries = smm_store_list_journal (store, "post-0");
  g_assert_cmpuint (entries->len, ==, 5);
}

static void
test_many_reads (void)
{
  g_autoptr (SmmStore) store = test_open_owner ();
  g_autoptr (SmmStore) reader = smm_store_open_reader (smm_store_get_paths (store), NULL);
  g_autofree char *before = NULL;
  g_autofree char *during = NULL;
  g_autofree char *after = NULL;

  g_assert_nonnull (reader);
  smm_store_begin_read (reader);
  before = smm_store_get_setting (reader, "key");
  g_assert_null (before);
  /* A change ends the owner's; one within another is none. */
  smm_store_begin_read (store);
  smm_store_begin_read (store);
  g_assert_true (smm_store_begin (store, NULL));
  g_assert_true (smm_store_put_setting (store, "key", "value", NULL));
  smm_store_begin_read (store);
  g_assert_true (smm_store_commit (store, NULL));
  smm_store_end_read (store);
  during = smm_store_get_setting (reader, "key");
  g_assert_null (during);
  smm_store_end_read (reader);
  after = smm_store_get_setting (reader, "key");
  g_assert_cmpstr (after, ==, "value");
  smm_store_begin_read (store);
  smm_store_end_read (store);
  g_assert_true (smm_store_begin (store, NULL));
  smm_store_rollback (store);
}

static void
test_lists_of_the_engine (void)
{
  g_autoptr (SmmStore) store = test_open_owner ();
  g_autoptr (GPtrArray) due = NULL;
  g_autoptr (GPtrArray) pending = NULL;
  g_autoptr (GHashTable) claimed = NULL;
  g_autoptr (GHashTable) facts = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) read = NULL;
  SmmTransition published = {
    .state = SMM_TARGET_PUBLISHED, .remote_id = "100_1", .permalink = "https://x", .published_at = 9
  };

  test_fill_accounts (store);
  test_fill_posts (store, 0, 3, SMM_TARGET_SCHEDULED);
  test_fill_posts (store, 3, 1, SMM_TARGET_UNCONFIRMED);
  g_assert_cmpint (smm_store_get_next_wake (store), ==, TEST_DUE);
  due = smm_store_list_due (store, TEST_DUE + G_USEC_PER_SEC, 10);
  g_assert_cmpuint (due->len, ==, 2);
  pending = smm_store_list_pending (store, G_MAXINT64, 10);
  g_assert_cmpuint (pending->len, ==, 1);
  g_assert_true (
      smm_store_transition (store, "target-0", SMM_TARGET_SCHEDULED, 0, &published, NULL));
  g_assert_cmpint (smm_store_get_next_wake (store), ==, TEST_DUE + G_USEC_PER_SEC);
  claimed = smm_store_get_claimed (store, TEST_FACEBOOK, "target-1");
  g_assert_true (g_hash_table_contains (claimed, "100_1"));
  g_hash_table_insert (facts, (char *)"photo:0", (char *)"77");
  g_assert_true (smm_store_put_facts (store, "target-1", facts, NULL));
  read = smm_store_get_facts (store, "target-1");
  g_assert_cmpstr (g_hash_table_lookup (read, "photo:0"), ==, "77");
  g_hash_table_remove_all (facts);
  g_assert_true (smm_store_put_facts (store, "target-1", facts, NULL));
  g_clear_pointer (&read, g_hash_table_unref);
  read = smm_store_get_facts (store, "target-1");
  g_assert_cmpuint (g_hash_table_size (read), ==, 0);
}

/* A table that SQLite makes for a change costs more than the change: an index whose condition holds
 * a list needs two. */
static void
test_plain_changes (void)
{
  g_autoptr (SmmStore) store = test_open_owner ();
  SmmTransition claim = { .state = SMM_TARGET_PUBLISHING, .attempt = 1 };
  GHashTableIter iter;
  gpointer stmt;
  guint n = 0;

  test_fill_accounts (store);
  test_fill_posts (store, 0, 1, SMM_TARGET_SCHEDULED);
  g_assert_true (smm_store_begin (store, NULL));
  g_assert_true (smm_store_transition (store, "target-0", SMM_TARGET_SCHEDULED, 0, &claim, NULL));
  g_assert_true (smm_store_commit (store, NULL));
  g_hash_table_iter_init (&iter, store->statements);
  while (g_hash_table_iter_next (&iter, NULL, &stmt))
    {
      g_autofree char *sql = g_strconcat ("EXPLAIN ", sqlite3_sql (stmt), NULL);
      sqlite3_stmt *plan;

      if (!g_str_has_prefix (sqlite3_sql (stmt), "UPDATE "))
        continue;
      n++;
      g_assert_cmpint (sqlite3_prepare_v2 (store->db, sql, -1, &plan, NULL), ==, SQLITE_OK);
      while (sqlite3_step (plan) == SQLITE_ROW)
        g_assert_cmpstr ((const char *)sqlite3_column_text (plan, 1), !=, "OpenEphemeral");
      sqlite3_finalize (plan);
    }
  g_assert_cmpuint (n, >=, 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/store/fresh", test_fresh);
  g_test_add_func ("/store/not-made-yet", test_not_made_yet);
  g_test_add_func ("/store/profiles", test_profiles);
  g_test_add_func ("/store/database", test_settings_of_the_database);
  g_test_add_func ("/store/strict", test_strict);
  g_test_add_func ("/store/foreign-keys", test_foreign_keys);
  g_test_add_func ("/store/reader-cannot-write", test_reader_cannot_write);
  g_test_add_func ("/store/migrations", test_migrations);
  g_test_add_func ("/store/newer", test_newer);
  g_test_add_func ("/store/round-trip", test_round_trip);
  g_test_add_func ("/store/search", test_search);
  g_test_add_func ("/store/calendar-plan", test_calendar_plan);
  g_test_add_func ("/store/chips", test_chips);
  g_test_add_func ("/store/summary", test_summary);
  g_test_add_func ("/store/summary-of-new", test_summary_of_new);
  g_test_add_func ("/store/attention", test_attention);
  g_test_add_func ("/store/transition", test_transition);
  g_test_add_func ("/store/plain-changes", test_plain_changes);
  g_test_add_func ("/store/journal", test_journal);
  g_test_add_func ("/store/many-reads", test_many_reads);
  g_test_add_func ("/store/engine-lists", test_lists_of_the_engine);
  return g_test_run ();
}

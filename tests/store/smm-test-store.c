/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-test-store.h"

#include <sqlite3.h>
#include <sys/wait.h>
#include <unistd.h>

SmmStore *
test_open_owner (void)
{
  g_autoptr (SmmPaths) paths = smm_paths_new (NULL);
  g_autoptr (GError) error = NULL;
  SmmStore *store = smm_store_open_owner (paths, &error);

  g_assert_no_error (error);
  return store;
}

static SmmAccount *
make_account (const char *id, SmmPlatformId platform, const char *remote_id, const char *parent)
{
  SmmAccount *account = smm_account_new ();

  account->id = g_strdup (id);
  account->brand_id = g_strdup (TEST_BRAND);
  account->platform = platform;
  account->remote_id = g_strdup (remote_id);
  account->parent_remote_id = g_strdup (parent);
  account->name = g_strdup ("Northside Bread");
  account->username = g_strdup ("northside");
  account->person_id = g_strdup ("7");
  account->app_id = g_strdup ("42");
  account->scopes = g_strdup ("a b");
  account->token_expires_at = 5;
  account->access_expires_at = 6;
  account->followers = 7;
  account->connected_at = 8;
  account->checked_at = 9;
  return account;
}

void
test_fill_accounts (SmmStore *store)
{
  g_autoptr (SmmBrand) brand = smm_brand_new ();
  g_autoptr (SmmAccount) facebook
      = make_account (TEST_FACEBOOK, SMM_PLATFORM_FACEBOOK, "100", NULL);
  g_autoptr (SmmAccount) instagram
      = make_account (TEST_INSTAGRAM, SMM_PLATFORM_INSTAGRAM, "200", "100");

  brand->id = g_strdup (TEST_BRAND);
  brand->name = g_strdup ("Northside");
  brand->timezone = g_strdup ("Europe/Berlin");
  brand->late_policy = SMM_LATE_ASK;
  brand->late_hours = 3;
  brand->created_at = 1;
  g_assert_true (smm_store_put_brand (store, brand, NULL));
  g_assert_true (smm_store_put_account (store, facebook, NULL));
  g_assert_true (smm_store_put_account (store, instagram, NULL));
}

void
test_fill_posts (SmmStore *store, guint first, guint n, SmmTargetState state)
{
  for (guint i = first; i < first + n; i++)
    {
      g_autoptr (SmmPost) post = smm_post_new ();
      g_autoptr (SmmTarget) target = smm_target_new ();

      post->id = g_strdup_printf ("post-%u", i);
      post->brand_id = g_strdup (TEST_BRAND);
      g_free (post->text);
      post->text = g_strdup_printf ("Post number %u\nand more of it", i);
      post->due_at = TEST_DUE + i * G_USEC_PER_SEC;
      post->wall_time = g_strdup ("2026-12-01T10:00:00");
      post->zone = g_strdup ("Europe/Berlin");
      post->created_at = post->updated_at = 1;
      target->id = g_strdup_printf ("target-%u", i);
      target->post_id = g_strdup (post->id);
      target->account_id = g_strdup (TEST_FACEBOOK);
      target->platform = SMM_PLATFORM_FACEBOOK;
      target->state = state;
      target->due_at = target->next_at = post->due_at;
      g_assert_true (smm_store_begin (store, NULL));
      g_assert_true (smm_store_put_post (store, post, NULL));
      g_assert_true (smm_store_put_target (store, target, NULL));
      g_assert_true (smm_store_commit (store, NULL));
    }
}

guint
test_count_posts (SmmStore *store)
{
  g_autoptr (GPtrArray) posts = smm_store_list_posts (store, NULL);

  return posts->len;
}

static sqlite3 *
open_raw (const char *path)
{
  sqlite3 *db = NULL;

  g_assert_cmpint (sqlite3_open_v2 (path, &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL),
                   ==, SQLITE_OK);
  return db;
}

void
test_exec (const char *path, const char *sql)
{
  sqlite3 *db = open_raw (path);
  char *message = NULL;

  sqlite3_exec (db, sql, NULL, NULL, &message);
  g_assert_cmpstr (message, ==, NULL);
  g_assert_cmpint (sqlite3_close (db), ==, SQLITE_OK);
}

gint64
test_query (const char *path, const char *sql)
{
  sqlite3 *db = open_raw (path);
  sqlite3_stmt *stmt = NULL;
  gint64 value;

  g_assert_cmpint (sqlite3_prepare_v2 (db, sql, -1, &stmt, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (stmt), ==, SQLITE_ROW);
  value = sqlite3_column_int64 (stmt, 0);
  sqlite3_finalize (stmt);
  g_assert_cmpint (sqlite3_close (db), ==, SQLITE_OK);
  return value;
}

/* "none" when there is no such file. */
char *
test_hash_file (const char *path)
{
  g_autofree char *text = NULL;
  gsize n;

  if (!g_file_get_contents (path, &text, &n, NULL))
    return g_strdup ("none");
  return g_compute_checksum_for_data (G_CHECKSUM_SHA256, (guchar *)text, n);
}

pid_t
test_fork (TestChild function, gpointer data)
{
  pid_t child = fork ();

  g_assert_cmpint (child, >=, 0);
  if (child == 0)
    _exit (function (data));
  return child;
}

/* Exit status; 128 and more: the signal that ended it. */
int
test_wait (pid_t child)
{
  int status;

  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  return WIFEXITED (status) ? WEXITSTATUS (status) : 128 + WTERMSIG (status);
}

/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A backup every week, and forgetting what is old. */

#include "config.h"

#include "smm-housekeeping.h"
#include "smm-settings.h"
#include "smm-store-write.h"

#include <glib/gstdio.h>
#include <string.h>
#include <utime.h>

static gint64 now;

static gint64
get_now (gpointer user_data)
{
  return now;
}

static SmmLibraryLocal *
open_library (SmmPaths *paths)
{
  g_autoptr (GError) error = NULL;
  SmmLibraryLocal *library = smm_library_local_new (paths, &error);

  g_assert_no_error (error);
  smm_library_local_set_now (library, get_now, NULL);
  return library;
}

static void
set (SmmLibraryLocal *library, const char *key, const char *value)
{
  g_autoptr (SmmCommand) command = smm_command_new (
      "setting.set", g_variant_new_parsed ("{'key': <%s>, 'value': <%s>}", key, value));
  g_autoptr (GError) error = NULL;
  G_GNUC_UNUSED g_autoptr (GVariant) reply = smm_library_local_apply (library, command, &error);

  g_assert_no_error (error);
}

static void
on_done (gpointer data)
{
  *(gboolean *)data = TRUE;
}

static void
keep_house (SmmHousekeeping *housekeeping)
{
  gboolean done = FALSE;

  smm_housekeeping_run (housekeeping, now, (GCallback)on_done, &done);
  while (!done)
    g_main_context_iteration (NULL, TRUE);
}

static void
add_backup (SmmPaths *paths, int days_ago, const char *why)
{
  g_autoptr (GDateTime) made
      = g_date_time_new_from_unix_utc (now / G_USEC_PER_SEC - days_ago * 86400);
  g_autofree char *stamp = g_date_time_format (made, "%Y-%m-%dT%H%M%S");
  g_autofree char *name = g_strdup_printf ("%s-%s.db", stamp, why);
  g_autofree char *path = g_build_filename (paths->backup_dir, name, NULL);

  g_assert_true (g_file_set_contents (path, "old", -1, NULL));
}

static guint
count (SmmPaths *paths, const char *why)
{
  g_autoptr (GPtrArray) names = smm_paths_list_backups (paths);
  guint n = 0;

  for (guint i = 0; i < names->len; i++)
    n += strstr (names->pdata[i], why) != NULL;
  return n;
}

static void
test_weekly (void)
{
  g_autoptr (SmmPaths) paths = smm_paths_new (NULL);
  g_autoptr (SmmLibraryLocal) library = NULL;
  g_autoptr (SmmHousekeeping) housekeeping = NULL;
  g_autoptr (GPtrArray) names = NULL;
  g_autoptr (GError) error = NULL;

  now = g_get_real_time ();
  library = open_library (paths);
  housekeeping = smm_housekeeping_new (library);
  set (library, SMM_SETTING_BACKUP_WEEKLY, "false");
  keep_house (housekeeping);
  g_assert_cmpuint (count (paths, "weekly"), ==, 0);
  set (library, SMM_SETTING_BACKUP_WEEKLY, "true");
  keep_house (housekeeping);
  g_assert_cmpuint (count (paths, "weekly"), ==, 1);
  names = smm_paths_list_backups (paths);
  g_assert_true (smm_paths_verify_backup (paths, names->pdata[0], &error));
  g_assert_no_error (error);
  keep_house (housekeeping);
  now += 6 * G_TIME_SPAN_DAY;
  keep_house (housekeeping);
  g_assert_cmpuint (count (paths, "weekly"), ==, 1);
  now += G_TIME_SPAN_DAY + G_TIME_SPAN_MINUTE;
  keep_house (housekeeping);
  g_assert_cmpuint (count (paths, "weekly"), ==, 2);
}

static void
test_old_backups (void)
{
  g_autoptr (SmmPaths) paths = smm_paths_new (NULL);
  g_autoptr (SmmLibraryLocal) library = NULL;
  g_autoptr (SmmHousekeeping) housekeeping = NULL;
  g_autofree char *foreign = NULL;

  now = g_get_real_time ();
  library = open_library (paths);
  housekeeping = smm_housekeeping_new (library);
  set (library, SMM_SETTING_BACKUP_WEEKLY, "false");
  foreign = g_build_filename (paths->backup_dir, "mine.db", NULL);
  g_assert_true (g_file_set_contents (foreign, "x", -1, NULL));
  add_backup (paths, 27, "weekly");
  add_backup (paths, 29, "weekly");
  add_backup (paths, 40, "manual");
  keep_house (housekeeping);
  g_assert_cmpuint (count (paths, "weekly"), ==, 1);
  g_assert_cmpuint (count (paths, "manual"), ==, 0);
  g_assert_cmpuint (count (paths, "mine"), ==, 1);
  set (library, SMM_SETTING_BACKUP_DAYS, "7");
  add_backup (paths, 1, "manual");
  keep_house (housekeeping);
  g_assert_cmpuint (count (paths, "weekly"), ==, 0);
  g_assert_cmpuint (count (paths, "manual"), ==, 1);
}

static void
add_request (SmmStore *store, int days_ago)
{
  g_autoptr (SmmLedgerEntry) entry = smm_ledger_entry_new ();

  entry->at = now - days_ago * G_TIME_SPAN_DAY;
  entry->host = g_strdup ("example.com");
  entry->purpose = g_strdup ("publish");
  entry->result = g_strdup ("200");
  g_assert_true (smm_store_add_ledger (store, entry, NULL));
}

static void
test_ledger (void)
{
  g_autoptr (SmmPaths) paths = smm_paths_new (NULL);
  g_autoptr (SmmLibraryLocal) library = NULL;
  g_autoptr (SmmHousekeeping) housekeeping = NULL;
  g_autoptr (GPtrArray) before = NULL;
  g_autoptr (GPtrArray) after = NULL;
  SmmActivity *undo;
  SmmStore *store;

  now = g_get_real_time ();
  library = open_library (paths);
  housekeeping = smm_housekeeping_new (library);
  store = smm_library_get_store (SMM_LIBRARY (library));
  set (library, SMM_SETTING_BACKUP_WEEKLY, "false");
  add_request (store, 1);
  add_request (store, 29);
  add_request (store, 31);
  keep_house (housekeeping);
  before = smm_store_list_ledger (store, 10);
  g_assert_cmpuint (before->len, ==, 2);
  undo = smm_store_peek_undo (store);
  g_assert_nonnull (undo);
  g_clear_pointer (&undo, smm_activity_free);
  set (library, SMM_SETTING_LEDGER_DAYS, "7");
  now += 40 * G_TIME_SPAN_DAY;
  keep_house (housekeeping);
  after = smm_store_list_ledger (store, 10);
  g_assert_cmpuint (after->len, ==, 0);
  undo = smm_store_peek_undo (store);
  g_assert_null (undo);
}

/* The file of a medium that is gone goes too, unless it came just now. */
static void
test_stray (void)
{
  g_autoptr (SmmPaths) paths = smm_paths_new (NULL);
  g_autoptr (SmmLibraryLocal) library = NULL;
  g_autoptr (SmmHousekeeping) housekeeping = NULL;
  g_autofree char *old = NULL, *fresh = NULL, *other = NULL;
  struct utimbuf long_ago = { 1000, 1000 };

  now = g_get_real_time ();
  library = open_library (paths);
  housekeeping = smm_housekeeping_new (library);
  old = g_build_filename (paths->media_dir,
                          "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", NULL);
  fresh = g_build_filename (
      paths->media_dir, "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb", NULL);
  other = g_build_filename (paths->media_dir, "notes.txt", NULL);
  g_assert_true (g_file_set_contents (old, "x", 1, NULL));
  g_assert_true (g_file_set_contents (fresh, "x", 1, NULL));
  g_assert_true (g_file_set_contents (other, "x", 1, NULL));
  g_assert_cmpint (g_utime (old, &long_ago), ==, 0);
  g_assert_cmpint (g_utime (other, &long_ago), ==, 0);
  keep_house (housekeeping);
  g_assert_false (g_file_test (old, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (fresh, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (other, G_FILE_TEST_EXISTS));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/housekeeping/weekly", test_weekly);
  g_test_add_func ("/housekeeping/old-backups", test_old_backups);
  g_test_add_func ("/housekeeping/ledger", test_ledger);
  g_test_add_func ("/housekeeping/stray", test_stray);
  return g_test_run ();
}

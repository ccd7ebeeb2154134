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

/* --- A workspace that is closed --- */

static GError *
change (SmmLibraryLocal *library, const char *name, const char *args)
{
  g_autoptr (SmmCommand) command
      = smm_command_new (name, g_variant_new_parsed (args != NULL ? args : "@a{sv} {}"));
  GError *error = NULL;
  G_GNUC_UNUSED g_autoptr (GVariant) reply = smm_library_local_apply (library, command, &error);

  return error;
}

static void
must_change (SmmLibraryLocal *library, const char *name, const char *args)
{
  g_autoptr (GError) error = change (library, name, args);

  g_assert_no_error (error);
}

static void
add_post (SmmLibraryLocal *library, const char *id, int hours)
{
  g_autofree char *wall = smm_wall_time_format (now + hours * G_TIME_SPAN_HOUR, "UTC");
  g_autofree char *args
      = g_strdup_printf ("{'id': <'%s'>, 'brand': <'b'>, 'kind': <'feed'>, 'text': <'Bread'>, "
                         "'targets': <[('t-%s', 'a')]>, 'wall': <'%s'>, 'zone': <'UTC'>}",
                         id, id, wall);

  must_change (library, "post.add", args);
}

static SmmTargetState
get_state (SmmLibraryLocal *library, const char *target_id, gint64 *due)
{
  g_autoptr (SmmTarget) target
      = smm_store_get_target (smm_library_get_store (SMM_LIBRARY (library)), target_id);

  if (due != NULL)
    *due = target->due_at;
  return target->state;
}

/* As the engine does with an attempt that is to be repeated. */
static void
come_back (SmmLibraryLocal *library, const char *target_id)
{
  SmmStore *store = smm_library_get_store (SMM_LIBRARY (library));
  SmmTransition to = { .state = SMM_TARGET_SCHEDULED };
  const char *const ids[] = { "one", NULL };

  g_assert_true (smm_store_begin (store, NULL));
  g_assert_true (smm_store_transition (store, target_id, SMM_TARGET_HELD, 0, &to, NULL));
  g_assert_true (smm_store_commit (store, NULL));
  smm_library_emit_changed (SMM_LIBRARY (library), ids);
}

static void
look (SmmHousekeeping *housekeeping, gint64 span)
{
  now += span;
  keep_house (housekeeping);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
test_closing (void)
{
  g_autoptr (SmmPaths) paths = smm_paths_new (NULL);
  g_autoptr (SmmLibraryLocal) library = NULL;
  g_autoptr (SmmHousekeeping) housekeeping = NULL;
  g_autoptr (GError) refused = NULL, past = NULL, draft = NULL;
  gboolean erased = FALSE;
  gint64 due, again;

  now = g_get_real_time ();
  library = open_library (paths);
  set (library, SMM_SETTING_BACKUP_WEEKLY, "false");
  must_change (library, "brand.add", "{'id': <'b'>, 'name': <'Bakery'>, 'timezone': <'UTC'>}");
  must_change (library, "account.put",
               "{'account': <@a{sv} {'id': <'a'>, 'brand': <'b'>, 'platform': <'facebook'>, "
               "'remote-id': <'100'>, 'name': <'Bakery'>}>}");
  add_post (library, "one", 24);
  g_assert_cmpint (get_state (library, "t-one", &due), ==, SMM_TARGET_SCHEDULED);
  housekeeping = smm_housekeeping_new (library);
  smm_housekeeping_set_erased (housekeeping, on_done, &erased);

  /* Held, and nothing comes in anew; a draft goes nowhere. */
  past = change (library, "workspace.close", "{'days': <31>}");
  g_assert_error (past, SMM_LIBRARY_ERROR, SMM_LIBRARY_ERROR_INVALID);
  must_change (library, "workspace.close", "{'days': <2>}");
  g_assert_cmpint (get_state (library, "t-one", NULL), ==, SMM_TARGET_HELD);
  refused = change (library, "post.retry", "{'id': <'one'>}");
  g_assert_error (refused, SMM_LIBRARY_ERROR, SMM_LIBRARY_ERROR_CLOSING);
  draft = change (library, "post.add",
                  "{'id': <'two'>, 'brand': <'b'>, 'kind': <'feed'>, 'text': <'Rye'>, "
                  "'targets': <[('t-two', 'a')]>, 'draft': <true>}");
  g_assert_no_error (draft);
  must_change (library, "post.delete", "{'id': <'two'>}");
  must_change (library, "undo", NULL);
  must_change (library, "undo", NULL);

  /* Undone, all is as it was; redone, too. */
  must_change (library, "undo", NULL);
  g_assert_cmpint (get_state (library, "t-one", &again), ==, SMM_TARGET_SCHEDULED);
  g_assert_cmpint (again, ==, due);
  must_change (library, "redo", NULL);
  g_assert_cmpint (get_state (library, "t-one", NULL), ==, SMM_TARGET_HELD);
  /* At once, and not only in the next round. */
  come_back (library, "t-one");
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpint (get_state (library, "t-one", NULL), ==, SMM_TARGET_HELD);

  /* It is over when the clock has said so for a while. */
  look (housekeeping, 2 * G_TIME_SPAN_DAY - G_TIME_SPAN_MINUTE);
  look (housekeeping, 2 * G_TIME_SPAN_MINUTE);
  look (housekeeping, -G_TIME_SPAN_DAY);
  look (housekeeping, G_TIME_SPAN_DAY + 9 * G_TIME_SPAN_MINUTE);
  look (housekeeping, 9 * G_TIME_SPAN_MINUTE);
  g_assert_false (erased);
  look (housekeeping, 2 * G_TIME_SPAN_MINUTE);
  while (!erased)
    g_main_context_iteration (NULL, TRUE);
}

/* Until the end it can be undone, and then nothing is erased. */
static void
test_reopened (void)
{
  g_autoptr (SmmPaths) paths = smm_paths_new (NULL);
  g_autoptr (SmmLibraryLocal) library = NULL;
  g_autoptr (SmmHousekeeping) housekeeping = NULL;
  g_autoptr (GError) error = NULL;
  gboolean erased = FALSE;

  now = g_get_real_time ();
  library = open_library (paths);
  set (library, SMM_SETTING_BACKUP_WEEKLY, "false");
  housekeeping = smm_housekeeping_new (library);
  smm_housekeeping_set_erased (housekeeping, on_done, &erased);
  must_change (library, "workspace.close", "{'days': <1>}");
  look (housekeeping, G_TIME_SPAN_DAY + G_TIME_SPAN_MINUTE);
  must_change (library, "workspace.reopen", NULL);
  look (housekeeping, G_TIME_SPAN_DAY);
  look (housekeeping, G_TIME_SPAN_DAY);
  g_assert_false (erased);
  error = change (library, "workspace.reopen", NULL);
  g_assert_error (error, SMM_LIBRARY_ERROR, SMM_LIBRARY_ERROR_EMPTY);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/housekeeping/weekly", test_weekly);
  g_test_add_func ("/housekeeping/old-backups", test_old_backups);
  g_test_add_func ("/housekeeping/ledger", test_ledger);
  g_test_add_func ("/housekeeping/stray", test_stray);
  g_test_add_func ("/housekeeping/reopened", test_reopened);
  g_test_add_func ("/housekeeping/closing", test_closing);
  return g_test_run ();
}

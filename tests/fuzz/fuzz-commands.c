/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Commands as they come from the bus, applied by the owner to a library that is the same for each
 * input: name, a line's end, arguments (see smm_fuzz_take_vardict()), byte 0x1e, the next command.
 */

#include "config.h"

#include "smm-fuzz.h"

#include "smm-store-private.h"
#include "smm-test-library.h"

#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define MAX_COMMANDS 6

static char *folder;
static SmmLibraryLocal *library;
static char *current; /* what a user sees of it now */

static gint64
get_now (gpointer user_data)
{
  return TEST_NOW;
}

static int
count_changes (void)
{
  return sqlite3_total_changes (test_store (library)->db);
}

static void
note_current (void)
{
  g_free (current);
  current = test_dump (library);
}

static void
remove_folder (void)
{
  g_autofree char *command = g_strdup_printf ("rm -rf '%s'", folder);

  if (system (command) != 0)
    g_printerr ("“%s” was left\n", folder);
}

int
LLVMFuzzerInitialize (int *argc, char ***argv)
{
  const char *memory = g_access ("/dev/shm", W_OK) == 0 ? "/dev/shm" : g_get_tmp_dir ();
  g_autofree char *pattern = g_build_filename (memory, "smm-fuzz-XXXXXX", NULL);
  g_autoptr (SmmPaths) paths = NULL;
  g_autoptr (GError) error = NULL;

  smm_fuzz_be_strict ();
  folder = g_strdup (g_mkdtemp (pattern));
  g_assert (folder != NULL);
  atexit (remove_folder);
  g_setenv ("XDG_DATA_HOME", folder, TRUE);
  g_setenv ("XDG_CACHE_HOME", folder, TRUE);
  g_setenv ("XDG_STATE_HOME", folder, TRUE);
  paths = smm_paths_new (NULL);
  library = test_library_new ();
  g_clear_object (&library);
  library = smm_library_local_new (paths, &error);
  g_assert_no_error (error);
  smm_library_local_set_now (library, get_now, NULL);
  note_current ();
  return 0;
}

/* What the linker calls SQLite's own, and what it calls ours (--wrap). */
int __real_sqlite3_prepare_v3 (sqlite3 *db, const char *sql, int n, unsigned int flags,
                               sqlite3_stmt **stmt, const char **tail);
int __wrap_sqlite3_prepare_v3 (sqlite3 *db, const char *sql, int n, unsigned int flags,
                               sqlite3_stmt **stmt, const char **tail);

/* An input is one transaction, taken back at its end; those of its commands are within it. */
int
__wrap_sqlite3_prepare_v3 (sqlite3 *db, const char *sql, int n, unsigned int flags,
                           sqlite3_stmt **stmt, const char **tail)
{
  static const char *const within[][2] = { { "BEGIN IMMEDIATE", "SAVEPOINT command" },
                                           { "COMMIT", "RELEASE command" },
                                           { "ROLLBACK", "ROLLBACK TO command" } };

  for (guint i = 0; i < G_N_ELEMENTS (within); i++)
    if (strcmp (sql, within[i][0]) == 0)
      sql = within[i][1];
  return __real_sqlite3_prepare_v3 (db, sql, n, flags, stmt, tail);
}

static void
run_sql (const char *sql)
{
  g_assert (sqlite3_exec (test_store (library)->db, sql, NULL, NULL, NULL) == SQLITE_OK);
}

/* A post that is public, or may be, stays as it is, whatever is asked for. */
static void
check_pinned (void)
{
  static const struct
  {
    const char *id;
    SmmTargetState state;
  } pinned[] = { { "t-published", SMM_TARGET_PUBLISHED },
                 { "t-publishing", SMM_TARGET_PUBLISHING },
                 { "t-unconfirmed", SMM_TARGET_UNCONFIRMED } };

  for (guint i = 0; i < G_N_ELEMENTS (pinned); i++)
    {
      g_autoptr (SmmTarget) target = smm_store_get_target (test_store (library), pinned[i].id);

      g_assert (target != NULL && target->state == pinned[i].state && target->attempt == 0);
      g_assert (target->due_at == TEST_DUE);
    }
}

/* Whether it wrote anything; @current is up to date then. */
static GVariant *
run (SmmCommand *command, gboolean *wrote, GError **error)
{
  int before = count_changes ();
  GVariant *result = smm_library_local_apply (library, command, error);

  *wrote = count_changes () != before;
  if (*wrote)
    {
      note_current ();
      smm_fuzz_check_text (current);
      check_pinned ();
    }
  return result;
}

static void
apply (const char *name, GVariant *args)
{
  g_autoptr (SmmCommand) command = smm_command_new (name, args);
  g_autoptr (SmmCommand) undo = smm_command_new ("undo", NULL);
  g_autofree char *before = g_strdup (current);
  g_autoptr (GError) error = NULL;
  gboolean wrote, undoable = FALSE;
  g_autoptr (GVariant) result = run (command, &wrote, &error);
  g_autoptr (GVariant) undone = NULL;

  g_assert ((result == NULL) == (error != NULL));
  if (error != NULL)
    {
      g_assert (error->domain == SMM_LIBRARY_ERROR);
      smm_fuzz_check_text (error->message);
      /* A refusal changes nothing that a user could see. */
      g_assert_cmpstr (before, ==, current);
      return;
    }
  g_variant_lookup (result, "undoable", "b", &undoable);
  if (!undoable || strcmp (name, "undo") == 0 || strcmp (name, "redo") == 0)
    return;
  undone = run (undo, &wrote, &error);
  if (undone != NULL)
    {
      g_autoptr (SmmCommand) redo = smm_command_new ("redo", NULL);
      g_autoptr (GVariant) redone = NULL;

      g_assert_cmpstr (before, ==, current);
      redone = run (redo, &wrote, NULL);
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  SmmFuzzInput input = { data, size };
  g_autofree char *first = g_strdup (current);

  run_sql ("BEGIN");
  for (int i = 0; i < MAX_COMMANDS && input.size > 0; i++)
    {
      g_autofree char *name = smm_fuzz_take_text (&input, '\n');
      g_autoptr (GVariant) args = smm_fuzz_take_vardict (&input, '\x1e');

      if (args != NULL && g_utf8_validate (name, -1, NULL))
        apply (name, args);
    }
  run_sql ("ROLLBACK");
  g_free (current);
  current = g_steal_pointer (&first);
  return 0;
}

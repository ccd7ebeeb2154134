/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Commands as they come from the bus, applied by the owner to a library of its own: name, a line's
 * end, arguments (see smm_fuzz_take_vardict()), byte 0x1e, the next command.
 */

#include "config.h"

#include "smm-fuzz.h"

#include "smm-test-library.h"

#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define MAX_COMMANDS 6

static GBytes *template;
static SmmPaths *paths;
static char *folder;

static gint64
get_now (gpointer user_data)
{
  return TEST_NOW;
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
  g_autoptr (SmmLibraryLocal) library = NULL;
  char *data;
  gsize n;

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
  g_assert (g_file_get_contents (paths->database, &data, &n, NULL));
  template = g_bytes_new_take (data, n);
  return 0;
}

/* The same library each time. */
static SmmLibraryLocal *
open_library (void)
{
  g_autofree char *wal = g_strconcat (paths->database, "-wal", NULL);
  g_autofree char *shm = g_strconcat (paths->database, "-shm", NULL);
  g_autoptr (GError) error = NULL;
  FILE *file = g_fopen (paths->database, "we");
  SmmLibraryLocal *library;
  gsize n;
  const void *data = g_bytes_get_data (template, &n);

  g_unlink (wal);
  g_unlink (shm);
  g_assert (file != NULL && fwrite (data, 1, n, file) == n);
  fclose (file);
  library = smm_library_local_new (paths, &error);
  g_assert_no_error (error);
  smm_library_local_set_now (library, get_now, NULL);
  return library;
}

/* A post that is public, or may be, stays as it is, whatever is asked for. */
static void
check_pinned (SmmLibraryLocal *library)
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

static void
apply (SmmLibraryLocal *library, const char *name, GVariant *args)
{
  g_autoptr (SmmCommand) command = smm_command_new (name, args);
  g_autoptr (SmmCommand) undo = smm_command_new ("undo", NULL);
  g_autofree char *before = test_dump (library);
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) result = smm_library_local_apply (library, command, &error);
  g_autoptr (GVariant) undone = NULL;
  gboolean undoable = FALSE;

  g_assert ((result == NULL) == (error != NULL));
  check_pinned (library);
  after = test_dump (library);
  smm_fuzz_check_text (after);
  if (error != NULL)
    {
      g_assert (error->domain == SMM_LIBRARY_ERROR);
      smm_fuzz_check_text (error->message);
      /* A refusal changes nothing that a user could see. */
      g_assert_cmpstr (before, ==, after);
      return;
    }
  g_variant_lookup (result, "undoable", "b", &undoable);
  if (!undoable || strcmp (name, "undo") == 0 || strcmp (name, "redo") == 0)
    return;
  undone = smm_library_local_apply (library, undo, &error);
  if (undone != NULL)
    {
      g_autofree char *again = test_dump (library);
      g_autoptr (SmmCommand) redo = smm_command_new ("redo", NULL);
      g_autoptr (GVariant) redone = NULL;

      g_assert_cmpstr (before, ==, again);
      redone = smm_library_local_apply (library, redo, NULL);
    }
  check_pinned (library);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  SmmFuzzInput input = { data, size };
  g_autoptr (SmmLibraryLocal) library = open_library ();

  for (int i = 0; i < MAX_COMMANDS && input.size > 0; i++)
    {
      g_autofree char *name = smm_fuzz_take_text (&input, '\n');
      g_autoptr (GVariant) args = smm_fuzz_take_vardict (&input, '\x1e');

      if (args != NULL && g_utf8_validate (name, -1, NULL))
        apply (library, name, args);
    }
  return 0;
}

/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 *   fuzz-TARGET FOLDER-OR-FILE…
 * Gives every file to the target and names it first: the last name is the one that ended the
 * program. Nothing to give is a failure.
 */

#include "config.h"

#include "smm-fuzz.h"

static guint n_done;

static void
play_file (const char *path)
{
  g_autofree char *data = NULL;
  g_autofree guint8 *copy = NULL;
  gsize size;

  if (!g_file_get_contents (path, &data, &size, NULL))
    g_error ("“%s” can’t be read", path);
  /* Without the NUL that GLib puts behind it: reading past the end is noticed. */
  copy = g_memdup2 (data, size);
  g_print ("%s\n", path);
  LLVMFuzzerTestOneInput (copy, size);
  n_done++;
}

static void
play (const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;

  if (folder == NULL)
    {
      play_file (path);
      return;
    }
  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *inner = g_build_filename (path, name, NULL);

      play_file (inner);
    }
}

int
main (int argc, char **argv)
{
  LLVMFuzzerInitialize (&argc, &argv);
  for (int i = 1; i < argc; i++)
    play (argv[i]);
  g_print ("%u inputs\n", n_done);
  return n_done > 0 ? 0 : 1;
}

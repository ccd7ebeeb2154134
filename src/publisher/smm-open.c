/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-open.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>

/* The application beside this program (an uninstalled tree) or the installed one. */
static char *
find_application (void)
{
  g_autofree char *self_path = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = self_path != NULL ? g_path_get_dirname (self_path) : NULL;
  const char *const names[] = { "nkonsept-smm", "../app/nkonsept-smm" };

  for (guint i = 0; folder != NULL && i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (folder, names[i], NULL);

      if (g_file_test (path, G_FILE_TEST_IS_EXECUTABLE))
        return g_steal_pointer (&path);
    }
  return g_find_program_in_path ("nkonsept-smm");
}

/**
 * smm_open_application:
 * @paths: of the library: Practice mode has a window of its own
 * @option: (nullable): "--post", "--account", "--view" or "--new-post"
 * @value: (nullable): of @option
 * @error: it is not installed, or can't be started
 *
 * One that runs already is asked by the one that is started.
 */
gboolean
smm_open_application (SmmPaths *paths, const char *option, const char *value, GError **error)
{
  g_autofree char *program = find_application ();
  g_autoptr (GPtrArray) words = g_ptr_array_new ();
  g_autoptr (GSubprocess) process = NULL;

  if (program == NULL)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                   _ ("The application is not installed on this computer"));
      return FALSE;
    }
  g_ptr_array_add (words, program);
  if (paths->profile != NULL)
    g_ptr_array_add (words, (gpointer) "--practice");
  if (option != NULL)
    g_ptr_array_add (words, (gpointer)option);
  if (value != NULL)
    g_ptr_array_add (words, (gpointer)value);
  g_ptr_array_add (words, NULL);
  process = g_subprocess_newv ((const char *const *)words->pdata, G_SUBPROCESS_FLAGS_NONE, error);
  return process != NULL;
}

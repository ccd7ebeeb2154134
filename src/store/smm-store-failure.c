/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-store-private.h"

#include <glib/gstdio.h>

#define GROUP "failure"

static char *
failure_path (SmmPaths *paths)
{
  return g_build_filename (paths->state_dir, "library-failure.ini", NULL);
}

/**
 * smm_store_note_failure:
 * @paths: where the library is
 * @problem: (nullable): why it could not be opened; %NULL: it could
 *
 * Keeps the reason for smm_store_read_failure(). It is only a message: losing it harms nothing.
 */
void
smm_store_note_failure (SmmPaths *paths, const GError *problem)
{
  g_autofree char *path = failure_path (paths);
  g_autoptr (GKeyFile) file = NULL;

  if (problem == NULL)
    {
      g_unlink (path);
      return;
    }
  file = g_key_file_new ();
  g_key_file_set_integer (file, GROUP, "code",
                          problem->domain == SMM_STORE_ERROR ? problem->code
                                                             : SMM_STORE_ERROR_FAILED);
  g_key_file_set_string (file, GROUP, "message", problem->message);
  g_key_file_save_to_file (file, path, NULL);
}

/**
 * smm_store_read_failure:
 * @paths: where the library is
 *
 * Returns: (transfer full) (nullable): why the last owner could not open it, %NULL when it could
 */
GError *
smm_store_read_failure (SmmPaths *paths)
{
  g_autofree char *path = failure_path (paths);
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *message = NULL;
  int code;

  if (!g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, NULL))
    return NULL;
  message = g_key_file_get_string (file, GROUP, "message", NULL);
  code = g_key_file_get_integer (file, GROUP, "code", NULL);
  if (message == NULL || code < 0 || code > SMM_STORE_ERROR_IO)
    return NULL;
  return g_error_new_literal (SMM_STORE_ERROR, code, message);
}

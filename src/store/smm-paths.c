/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-paths.h"

#include "smm-store.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

/**
 * smm_paths_new:
 * @profile: (nullable): "practice", or %NULL for the user's own library
 *
 * Returns: (transfer full): the places; nothing is made on disk
 */
SmmPaths *
smm_paths_new (const char *profile)
{
  SmmPaths *paths = g_new0 (SmmPaths, 1);
  g_autofree char *folder = NULL;

  folder
      = profile != NULL ? g_strconcat ("nkonsept-smm-", profile, NULL) : g_strdup ("nkonsept-smm");
  paths->profile = g_strdup (profile);
  paths->data_dir = g_build_filename (g_get_user_data_dir (), folder, NULL);
  paths->database = g_build_filename (paths->data_dir, "library.db", NULL);
  paths->lock = g_build_filename (paths->data_dir, "library.lock", NULL);
  paths->media_dir = g_build_filename (paths->data_dir, "media", NULL);
  paths->backup_dir = g_build_filename (paths->data_dir, "backups", NULL);
  paths->cache_dir = g_build_filename (g_get_user_cache_dir (), folder, NULL);
  paths->state_dir = g_build_filename (g_get_user_state_dir (), folder, NULL);
  paths->bus_name = profile != NULL ? g_strdup (SMM_APPLICATION_ID ".Practice.Publisher")
                                    : g_strdup (SMM_APPLICATION_ID ".Publisher");

  return paths;
}

void
smm_paths_free (SmmPaths *paths)
{
  if (paths == NULL)
    return;
  g_free (paths->profile);
  g_free (paths->data_dir);
  g_free (paths->database);
  g_free (paths->lock);
  g_free (paths->media_dir);
  g_free (paths->backup_dir);
  g_free (paths->cache_dir);
  g_free (paths->state_dir);
  g_free (paths->bus_name);
  g_free (paths);
}

/**
 * smm_paths_ensure:
 * @paths: the places
 * @error: SMM_STORE_ERROR_READ_ONLY or _FULL, naming the folder
 *
 * Makes the folders, readable by their owner only.
 */
gboolean
smm_paths_ensure (SmmPaths *paths, GError **error)
{
  const char *folders[] = { paths->data_dir, paths->media_dir, paths->backup_dir, paths->cache_dir,
                            paths->state_dir };

  for (guint i = 0; i < G_N_ELEMENTS (folders); i++)
    if (g_mkdir_with_parents (folders[i], 0700) != 0)
      {
        int code = errno == ENOSPC ? SMM_STORE_ERROR_FULL : SMM_STORE_ERROR_READ_ONLY;

        g_set_error (error, SMM_STORE_ERROR, code, _ ("The folder “%s” can’t be made: %s"),
                     folders[i], g_strerror (errno));
        return FALSE;
      }
  return TRUE;
}

/**
 * smm_paths_get_media:
 * @paths: the places
 * @sha256: the medium's hash
 *
 * Returns: (transfer full): path of its file, which may be missing
 */
char *
smm_paths_get_media (SmmPaths *paths, const char *sha256)
{
  return g_build_filename (paths->media_dir, sha256, NULL);
}

/**
 * smm_paths_get_thumbnail:
 * @paths: the places
 * @sha256: the medium's hash
 * @size: longest side in pixels
 *
 * Returns: (transfer full): path of its cached thumbnail, which may not exist yet
 */
char *
smm_paths_get_thumbnail (SmmPaths *paths, const char *sha256, int size)
{
  g_autofree char *name = g_strdup_printf ("%s-%d.png", sha256, size);

  return g_build_filename (paths->cache_dir, "thumbnails", name, NULL);
}

/**
 * smm_paths_get_avatar:
 * @paths: the places
 * @account_id: an account
 *
 * Returns: (transfer full): path of its cached picture, which may not exist
 */
char *
smm_paths_get_avatar (SmmPaths *paths, const char *account_id)
{
  return g_build_filename (paths->cache_dir, "avatars", account_id, NULL);
}

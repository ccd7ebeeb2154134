/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-erase.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <unistd.h>

/* The thumbnail managing standard of freedesktop.org, version 0.9. */
void
smm_erase_thumbnails_of (const char *file)
{
  static const char *const sizes[] = { "normal", "large", "x-large", "xx-large" };
  g_autofree char *whole = g_canonicalize_filename (file, NULL);
  g_autofree char *uri = g_filename_to_uri (whole, NULL, NULL);
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_MD5, uri, -1);
  g_autofree char *name = g_strconcat (digest, ".png", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autofree char *path
          = g_build_filename (g_get_user_cache_dir (), "thumbnails", sizes[i], name, NULL);

      g_unlink (path);
    }
}

static void
empty_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_unlink (path);
    }
}

void
smm_erase_thumbnails (SmmPaths *paths)
{
  g_autoptr (GDir) dir = g_dir_open (paths->media_dir, 0, NULL);
  g_autofree char *frames = g_build_filename (paths->cache_dir, "thumbnails", NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (paths->media_dir, name, NULL);

      smm_erase_thumbnails_of (path);
    }
  empty_folder (frames);
}

/* --- All files of a library --- */

/* Links are removed, not followed. The folder itself may be somebody's mount. */
static int
remove_one (const char *path, const struct stat *info, int kind, struct FTW *where)
{
  if (where->level == 0)
    return 0;
  return remove (path) == 0 || errno == ENOENT ? 0 : errno;
}

static gboolean
remove_folder (const char *folder, GError **error)
{
  /* The folder of a library may have been moved to another disk, with a link in its place. */
  g_autofree char *real = realpath (folder, NULL);
  int problem = 0;

  if (real != NULL)
    problem = nftw (real, remove_one, 16, FTW_DEPTH | FTW_PHYS | FTW_MOUNT);
  if (problem == 0)
    {
      if (real != NULL)
        g_rmdir (real);
      g_remove (folder);
      return TRUE;
    }
  g_set_error (error, SMM_STORE_ERROR, SMM_STORE_ERROR_READ_ONLY,
               _ ("Not everything in “%s” can be removed: %s"), folder,
               g_strerror (problem > 0 ? problem : errno));
  return FALSE;
}

gboolean
smm_erase_files (SmmPaths *paths, GError **error)
{
  int fd = open (paths->lock, O_RDWR | O_CLOEXEC);
  gboolean done;

  if (fd >= 0 && flock (fd, LOCK_EX | LOCK_NB) != 0)
    {
      close (fd);
      g_set_error (error, SMM_STORE_ERROR, SMM_STORE_ERROR_OWNED,
                   _ ("Stop the publisher first: it owns the library"));
      return FALSE;
    }
  smm_erase_thumbnails (paths);
  done = remove_folder (paths->data_dir, error) && remove_folder (paths->cache_dir, error)
         && remove_folder (paths->state_dir, error);
  if (fd >= 0)
    close (fd);
  return done;
}

/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-erase.h"

#include <glib/gstdio.h>

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

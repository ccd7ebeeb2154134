/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-thumbnail-cache.h"

#include <glib/gstdio.h>
#include <string.h>

#define SIZE "large"
#define EDGE 256

static int dropped; /* atomic */

void
smm_thumbnail_cache_set_kept (gboolean kept)
{
  g_atomic_int_set (&dropped, !kept);
}

gboolean
smm_thumbnail_cache_get_kept (void)
{
  return !g_atomic_int_get (&dropped);
}

static char *
get_folder (void)
{
  return g_build_filename (g_get_user_cache_dir (), "thumbnails", NULL);
}

static char *
make_path (const char *uri)
{
  g_autofree char *folder = get_folder ();
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_MD5, uri, -1);
  g_autofree char *name = g_strconcat (digest, ".png", NULL);

  return g_build_filename (folder, SIZE, name, NULL);
}

/* NULL: it has no address, or lies among the thumbnails. */
static char *
get_uri (const char *file)
{
  g_autofree char *whole = g_canonicalize_filename (file, NULL);
  g_autofree char *folder = get_folder ();
  g_autofree char *inside = g_strconcat (folder, "/", NULL);

  return g_str_has_prefix (whole, inside) ? NULL : g_filename_to_uri (whole, NULL, NULL);
}

char *
smm_thumbnail_cache_get_path (const char *file)
{
  g_autofree char *uri = get_uri (file);

  return uri != NULL ? make_path (uri) : NULL;
}

static gboolean
says (GdkPixbuf *pixbuf, const char *key, const char *value)
{
  return g_strcmp0 (gdk_pixbuf_get_option (pixbuf, key), value) == 0;
}

/**
 * smm_thumbnail_cache_load:
 * @file: path of a picture or a video
 * @is_video: (out): whether it is a video
 *
 * Returns: (transfer full) (nullable): its thumbnail, if it is of this file as it is now
 */
GdkPixbuf *
smm_thumbnail_cache_load (const char *file, gboolean *is_video)
{
  g_autofree char *uri = get_uri (file);
  g_autofree char *path = uri != NULL ? make_path (uri) : NULL;
  g_autofree char *mtime = NULL;
  g_autoptr (GdkPixbuf) pixbuf = NULL;
  const char *mime;
  GStatBuf told;

  *is_video = FALSE;
  if (path == NULL || !smm_thumbnail_cache_get_kept () || g_stat (file, &told) != 0)
    return NULL;
  pixbuf = gdk_pixbuf_new_from_file (path, NULL);
  mtime = g_strdup_printf ("%" G_GINT64_FORMAT, (gint64)told.st_mtime);
  if (pixbuf == NULL || !says (pixbuf, "tEXt::Thumb::URI", uri)
      || !says (pixbuf, "tEXt::Thumb::MTime", mtime))
    return NULL;
  mime = gdk_pixbuf_get_option (pixbuf, "tEXt::Thumb::Mimetype");
  *is_video = mime != NULL && g_str_has_prefix (mime, "video/");
  return g_steal_pointer (&pixbuf);
}

/* Never larger than it was. */
static GdkPixbuf *
shrink (GdkPixbuf *pixbuf)
{
  int width = gdk_pixbuf_get_width (pixbuf), height = gdk_pixbuf_get_height (pixbuf);
  int longest = MAX (width, height);

  if (longest <= EDGE)
    return g_object_ref (pixbuf);
  return gdk_pixbuf_scale_simple (pixbuf, MAX (1, width * EDGE / longest),
                                  MAX (1, height * EDGE / longest), GDK_INTERP_BILINEAR);
}

/**
 * smm_thumbnail_cache_save:
 * @file: path of a picture or a video
 * @pixbuf: what it looks like, upright
 * @mime: (nullable): what it is
 *
 * Folders are for their owner alone (0700), files as well (0600), and appear whole or not at all.
 */
gboolean
smm_thumbnail_cache_save (const char *file, GdkPixbuf *pixbuf, const char *mime)
{
  g_autofree char *uri = get_uri (file);
  g_autofree char *path = uri != NULL ? make_path (uri) : NULL;
  g_autofree char *folder = path != NULL ? g_path_get_dirname (path) : NULL;
  g_autofree char *mtime = NULL, *bytes = NULL, *data = NULL;
  g_autoptr (GdkPixbuf) small = NULL;
  GStatBuf told;
  gsize size;

  if (path == NULL || !smm_thumbnail_cache_get_kept () || g_stat (file, &told) != 0
      || g_mkdir_with_parents (folder, 0700) != 0)
    return FALSE;
  mtime = g_strdup_printf ("%" G_GINT64_FORMAT, (gint64)told.st_mtime);
  bytes = g_strdup_printf ("%" G_GINT64_FORMAT, (gint64)told.st_size);
  small = shrink (pixbuf);
  return gdk_pixbuf_save_to_buffer (
             small, &data, &size, "png", NULL, "compression", "1", "tEXt::Software", "nkonsept SMM",
             "tEXt::Thumb::URI", uri, "tEXt::Thumb::MTime", mtime, "tEXt::Thumb::Size", bytes,
             "tEXt::Thumb::Mimetype", mime != NULL ? mime : "image/png", NULL)
         && g_file_set_contents_full (path, data, (gssize)size, G_FILE_SET_CONTENTS_CONSISTENT,
                                      0600, NULL);
}

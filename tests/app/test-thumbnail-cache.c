/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Thumbnails as the standard of freedesktop.org wants them. */

#include "config.h"

#include "smm-thumbnail-cache.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <utime.h>

static GdkPixbuf *
make_picture (int width, int height)
{
  GdkPixbuf *pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, width, height);

  gdk_pixbuf_fill (pixbuf, 0xaa6633ff);
  return pixbuf;
}

static char *
make_file (int width, int height)
{
  g_autoptr (GdkPixbuf) pixbuf = make_picture (width, height);
  g_autofree char *folder = g_dir_make_tmp (NULL, NULL);
  char *path = g_build_filename (folder, "a loaf.png", NULL);

  g_assert_true (gdk_pixbuf_save (pixbuf, path, "png", NULL, NULL));
  return path;
}

static int
mode_of (const char *path)
{
  GStatBuf told;

  g_assert_cmpint (g_stat (path, &told), ==, 0);
  return told.st_mode & 0777;
}

static void
test_round (void)
{
  g_autofree char *file = make_file (600, 300), *uri = g_filename_to_uri (file, NULL, NULL);
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_MD5, uri, -1);
  g_autofree char *name = g_strconcat (digest, ".png", NULL);
  g_autofree char *expected
      = g_build_filename (g_get_user_cache_dir (), "thumbnails", "large", name, NULL);
  g_autofree char *path = smm_thumbnail_cache_get_path (file);
  g_autofree char *folder = g_path_get_dirname (path), *above = g_path_get_dirname (folder);
  g_autoptr (GdkPixbuf) full = make_picture (600, 300);
  g_autoptr (GdkPixbuf) found = NULL;
  gboolean is_video = TRUE;

  g_assert_cmpstr (path, ==, expected);
  g_assert_null (smm_thumbnail_cache_load (file, &is_video));
  g_assert_true (smm_thumbnail_cache_save (file, full, "image/png"));
  g_assert_cmpint (mode_of (path), ==, 0600);
  g_assert_cmpint (mode_of (folder), ==, 0700);
  g_assert_cmpint (mode_of (above), ==, 0700);
  found = smm_thumbnail_cache_load (file, &is_video);
  g_assert_nonnull (found);
  g_assert_false (is_video);
  g_assert_cmpint (gdk_pixbuf_get_width (found), ==, 256);
  g_assert_cmpint (gdk_pixbuf_get_height (found), ==, 128);
  g_assert_cmpstr (gdk_pixbuf_get_option (found, "tEXt::Thumb::URI"), ==, uri);
}

/* What is small stays small, and what it shows is told. */
static void
test_video (void)
{
  g_autofree char *file = make_file (60, 30);
  g_autoptr (GdkPixbuf) full = make_picture (60, 30);
  g_autoptr (GdkPixbuf) found = NULL;
  gboolean is_video = FALSE;

  g_assert_true (smm_thumbnail_cache_save (file, full, "video/mp4"));
  found = smm_thumbnail_cache_load (file, &is_video);
  g_assert_nonnull (found);
  g_assert_true (is_video);
  g_assert_cmpint (gdk_pixbuf_get_width (found), ==, 60);
}

/* A file that changed since is another one; so is one that another thumbnail was put in place of.
 */
static void
test_stale (void)
{
  g_autofree char *file = make_file (300, 300), *other = make_file (300, 300);
  g_autofree char *path = smm_thumbnail_cache_get_path (file);
  g_autofree char *place = smm_thumbnail_cache_get_path (other);
  g_autoptr (GdkPixbuf) full = make_picture (300, 300);
  gboolean is_video;

  g_assert_true (smm_thumbnail_cache_save (file, full, "image/png"));
  g_assert_cmpint (g_rename (path, place), ==, 0);
  g_assert_null (smm_thumbnail_cache_load (other, &is_video));
  g_assert_true (smm_thumbnail_cache_save (file, full, "image/png"));
  g_assert_cmpint (utime (file, &(struct utimbuf){ 1000000000, 1000000000 }), ==, 0);
  g_assert_null (smm_thumbnail_cache_load (file, &is_video));
}

static void
test_thumbnail_of_thumbnail (void)
{
  g_autofree char *file = make_file (300, 300);
  g_autofree char *path = smm_thumbnail_cache_get_path (file);
  g_autoptr (GdkPixbuf) full = make_picture (300, 300);

  g_assert_true (smm_thumbnail_cache_save (file, full, "image/png"));
  g_assert_null (smm_thumbnail_cache_get_path (path));
  g_assert_false (smm_thumbnail_cache_save (path, full, "image/png"));
}

/* Switched off, nothing is written, and nothing believed. */
static void
test_dropped (void)
{
  g_autofree char *file = make_file (60, 30);
  g_autofree char *path = smm_thumbnail_cache_get_path (file);
  g_autoptr (GdkPixbuf) full = make_picture (60, 30);
  g_autoptr (GdkPixbuf) found = NULL;
  gboolean is_video;

  smm_thumbnail_cache_set_kept (FALSE);
  g_assert_false (smm_thumbnail_cache_save (file, full, "image/png"));
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  smm_thumbnail_cache_set_kept (TRUE);
  g_assert_true (smm_thumbnail_cache_save (file, full, "image/png"));
  smm_thumbnail_cache_set_kept (FALSE);
  g_assert_null (smm_thumbnail_cache_load (file, &is_video));
  smm_thumbnail_cache_set_kept (TRUE);
  found = smm_thumbnail_cache_load (file, &is_video);
  g_assert_nonnull (found);
}

int
main (int argc, char **argv)
{
  g_autofree char *cache = g_dir_make_tmp (NULL, NULL);

  /* Not isolated altogether: what kind of file it is is read in the system's data. */
  g_setenv ("XDG_CACHE_HOME", cache, TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/thumbnail-cache/round", test_round);
  g_test_add_func ("/thumbnail-cache/video", test_video);
  g_test_add_func ("/thumbnail-cache/stale", test_stale);
  g_test_add_func ("/thumbnail-cache/of-a-thumbnail", test_thumbnail_of_thumbnail);
  g_test_add_func ("/thumbnail-cache/dropped", test_dropped);
  return g_test_run ();
}

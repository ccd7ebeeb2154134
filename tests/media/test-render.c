/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What leaves the computer: sRGB JPEG, upright, small enough, without a word about its maker. */

#include "config.h"

#include "smm-renderer.h"
#include "smm-test-media.h"

#include <glib/gstdio.h>
#include <string.h>

static GdkPixbuf *
load (const char *path)
{
  g_autoptr (GError) error = NULL;
  GdkPixbuf *pixbuf = gdk_pixbuf_new_from_file (path, &error);

  g_assert_no_error (error);
  return pixbuf;
}

/* 'r', 'g', 'b', 'w' or '?' at a share of the width and height in percent. */
static char
colour_at (GdkPixbuf *pixbuf, int x_percent, int y_percent)
{
  int x = gdk_pixbuf_get_width (pixbuf) * x_percent / 100;
  int y = gdk_pixbuf_get_height (pixbuf) * y_percent / 100;
  const guchar *p = gdk_pixbuf_get_pixels (pixbuf) + y * gdk_pixbuf_get_rowstride (pixbuf)
                    + x * gdk_pixbuf_get_n_channels (pixbuf);
  gboolean r = p[0] > 180, g = p[1] > 180, b = p[2] > 180;

  if (r && g && b)
    return 'w';
  if (p[0] + p[1] + p[2] > 255 + 150)
    return '?';
  return r ? 'r' : g ? 'g' : b ? 'b' : '?';
}

/* Every segment up to the pixels: only what is needed to decode it. */
static void
assert_bare (const char *path)
{
  static const char *const secrets[]
      = { "Exif", "Secret", "1999:12:31", "http://", "xmp", "Photoshop", "ICC_PROFILE" };
  g_autofree char *text = NULL;
  const guint8 *data;
  gsize n;

  g_assert_true (g_file_get_contents (path, &text, &n, NULL));
  data = (const guint8 *)text;
  g_assert_cmpmem (data, 3, "\xff\xd8\xff", 3);
  for (gsize i = 2; i + 4 < n && data[i + 1] != 0xda; i += 2 + (data[i + 2] << 8) + data[i + 3])
    {
      g_assert_cmpuint (data[i], ==, 0xff);
      /* JFIF is the only APPn; no comments. */
      g_assert_true (data[i + 1] < 0xe1 || data[i + 1] > 0xef);
      g_assert_cmpuint (data[i + 1], !=, 0xfe);
    }
  for (guint i = 0; i < G_N_ELEMENTS (secrets); i++)
    g_assert_null (g_strstr_len (text, n, secrets[i]) != NULL ? secrets[i] : NULL);
}

static void
write_bytes (const char *path, GBytes *bytes)
{
  test_write (path, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

static SmmMedia *
render (const char *in, const char *out, int width, int height, gint64 bytes)
{
  g_autoptr (GError) error = NULL;
  SmmMedia *media = test_render (in, out, width, height, bytes, &error);
  GStatBuf buf;

  g_assert_no_error (error);
  g_assert_cmpstr (media->mime, ==, "image/jpeg");
  g_assert_cmpint (g_stat (out, &buf), ==, 0);
  g_assert_cmpint (buf.st_size, ==, media->bytes);
  g_assert_cmpuint (buf.st_mode & 0777, ==, 0600);
  assert_bare (out);
  return media;
}

static void
test_orientation (void)
{
  static const struct
  {
    char left, right; /* at the top */
    gboolean turned;
  } rows[] = { { 'r', 'g', FALSE }, { 'g', 'r', FALSE }, { 'w', 'b', FALSE }, { 'b', 'w', FALSE },
               { 'r', 'b', TRUE },  { 'b', 'r', TRUE },  { 'w', 'g', TRUE },  { 'g', 'w', TRUE } };
  g_autofree char *in = test_path ("in.jpg");
  g_autofree char *out = test_path ("out.jpg");
  g_autoptr (GdkPixbuf) picture = test_quarters (96, 64);
  g_autoptr (GBytes) plain = test_encode (picture, "jpeg", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GBytes) bytes = test_add_metadata (plain, i + 1);
      g_autoptr (SmmMedia) media = NULL;
      g_autoptr (GdkPixbuf) result = NULL;

      write_bytes (in, bytes);
      media = render (in, out, 0, 0, 0);
      g_assert_cmpint (media->width, ==, rows[i].turned ? 64 : 96);
      g_assert_cmpint (media->height, ==, rows[i].turned ? 96 : 64);
      result = load (out);
      g_assert_cmpint (colour_at (result, 25, 25), ==, rows[i].left);
      g_assert_cmpint (colour_at (result, 75, 25), ==, rows[i].right);
    }
}

/* Colours are what people saw, also when the picture had to be turned. */
static void
test_profile (void)
{
  static const int orientations[] = { 1, 3, 6, 8 };
  g_autofree char *in = test_path ("in.jpg");
  g_autofree char *out = test_path ("out.jpg");
  g_autofree char *profile = test_swapped_profile ();
  g_autoptr (GdkPixbuf) picture = test_quarters (96, 64);
  g_autoptr (GBytes) plain = test_encode (picture, "jpeg", profile);

  for (guint i = 0; i < G_N_ELEMENTS (orientations); i++)
    {
      static const char *const corners[] = { "gr", "wb", "bg", "rw" };
      g_autoptr (GBytes) bytes = test_add_metadata (plain, orientations[i]);
      g_autoptr (SmmMedia) media = NULL;
      g_autoptr (GdkPixbuf) result = NULL;

      write_bytes (in, bytes);
      media = render (in, out, 0, 0, 0);
      result = load (out);
      g_assert_cmpint (colour_at (result, 25, 25), ==, corners[i][0]);
      g_assert_cmpint (colour_at (result, 75, 25), ==, corners[i][1]);
    }
}

/* A profile that is rubbish is left aside. */
static void
test_broken_profile (void)
{
  g_autofree char *in = test_path ("in.jpg");
  g_autofree char *out = test_path ("out.jpg");
  /* Its length is right, and nothing else. */
  const guchar data[132] = { 0, 0, 0, 132, 'n', 'o', 'n', 'e' };
  g_autofree char *rubbish = g_base64_encode (data, sizeof data);
  g_autoptr (GdkPixbuf) picture = test_quarters (96, 64);
  g_autoptr (GBytes) bytes = test_encode (picture, "jpeg", rubbish);
  g_autoptr (SmmMedia) media = NULL;
  g_autoptr (GdkPixbuf) result = NULL;

  write_bytes (in, bytes);
  media = render (in, out, 0, 0, 0);
  result = load (out);
  g_assert_cmpint (colour_at (result, 25, 25), ==, 'r');
}

static void
test_size (void)
{
  static const struct
  {
    int width, height, max_width, max_height, out_width, out_height;
  } rows[] = {
    { 3000, 2000, 1440, 0, 1440, 960 },    { 1440, 1800, 1440, 0, 1440, 1800 },
    { 1441, 1000, 1440, 0, 1440, 999 },    { 100, 50, 1440, 0, 100, 50 },
    { 1000, 3000, 2048, 2048, 683, 2048 }, { 3000, 2, 1440, 0, 1440, 1 },
    { 3000, 1, 1440, 0, 1440, 1 },
  };
  g_autofree char *in = test_path ("in.png");
  g_autofree char *out = test_path ("out.jpg");

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GdkPixbuf) picture = test_quarters (rows[i].width, rows[i].height);
      g_autoptr (GBytes) bytes = test_encode (picture, "png", NULL);
      g_autoptr (SmmMedia) media = NULL;
      g_autoptr (GdkPixbuf) result = NULL;

      write_bytes (in, bytes);
      media = render (in, out, rows[i].max_width, rows[i].max_height, 8 * 1000 * 1000);
      result = load (out);
      g_assert_cmpint (media->width, ==, gdk_pixbuf_get_width (result));
      g_assert_cmpint (media->height, ==, gdk_pixbuf_get_height (result));
      g_assert_cmpint (media->width, ==, rows[i].out_width);
      g_assert_cmpint (ABS (media->height - rows[i].out_height), <=, 1);
    }
}

static void
test_bytes (void)
{
  g_autofree char *in = test_path ("in.png");
  g_autofree char *out = test_path ("out.jpg");
  g_autoptr (GdkPixbuf) picture = test_noise (600, 600);
  g_autoptr (GBytes) bytes = test_encode (picture, "png", NULL);
  g_autoptr (SmmMedia) free_size = NULL;
  g_autoptr (SmmMedia) small = NULL;
  g_autoptr (SmmMedia) none = NULL;
  g_autoptr (GError) error = NULL;

  write_bytes (in, bytes);
  free_size = render (in, out, 0, 0, 0);
  g_assert_cmpint (free_size->bytes, >, 200000);
  small = render (in, out, 0, 0, free_size->bytes * 7 / 10);
  g_assert_cmpint (small->bytes, <=, free_size->bytes * 7 / 10);
  g_assert_cmpint (g_unlink (out), ==, 0);
  none = test_render (in, out, 0, 0, 2000, &error);
  g_assert_null (none);
  g_assert_cmpstr (smm_media_error_get_name (error), ==, "media-too-large");
  g_assert_false (g_file_test (out, G_FILE_TEST_EXISTS));
}

/* What shines through is white, not black. */
static void
test_alpha (void)
{
  g_autofree char *in = test_path ("in.png");
  g_autofree char *out = test_path ("out.jpg");
  g_autoptr (GdkPixbuf) picture = gdk_pixbuf_new (GDK_COLORSPACE_RGB, TRUE, 8, 64, 64);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (SmmMedia) media = NULL;
  g_autoptr (GdkPixbuf) result = NULL;

  gdk_pixbuf_fill (picture, 0x00000000);
  bytes = test_encode (picture, "png", NULL);
  write_bytes (in, bytes);
  media = render (in, out, 0, 0, 0);
  result = load (out);
  g_assert_cmpint (colour_at (result, 50, 50), ==, 'w');
}

static void
test_errors (void)
{
  g_autofree char *in = test_path ("in.png");
  g_autofree char *missing = test_path ("missing.png");
  g_autofree char *out = test_path ("out.jpg");
  g_autofree char *nowhere = test_path ("no/such/folder/out.jpg");
  g_autoptr (GdkPixbuf) picture = test_quarters (8, 8);
  g_autoptr (GBytes) bytes = test_encode (picture, "png", NULL);
  g_autoptr (GError) error = NULL;

  write_bytes (in, bytes);
  g_assert_null (test_render (missing, out, 0, 0, 0, &error));
  g_assert_cmpstr (smm_media_error_get_name (error), ==, "media-missing");
  g_clear_error (&error);
  g_assert_null (test_render (in, nowhere, 0, 0, 0, &error));
  g_assert_error (error, SMM_MEDIA_ERROR, SMM_MEDIA_ERROR_DISK);
  g_clear_error (&error);
  test_write (in, "rubbish", 7);
  g_assert_null (test_render (in, out, 0, 0, 0, &error));
  g_assert_cmpstr (smm_media_error_get_name (error), ==, "media-unknown");
  g_assert_false (g_file_test (out, G_FILE_TEST_EXISTS));
}

/* --- The renderer of the publisher --- */

typedef struct
{
  gboolean done;
  char *path, *alt, *code, *message;
  int width;
  gint64 bytes;
} Rendered;

static void
rendered_cb (SmmRendition *rendition, const char *code, const char *message, gpointer user_data)
{
  Rendered *rendered = user_data;

  rendered->done = TRUE;
  rendered->code = g_strdup (code);
  rendered->message = g_strdup (message);
  if (rendition == NULL)
    return;
  rendered->path = rendition->path;
  rendered->alt = rendition->alt;
  rendered->width = rendition->width;
  rendered->bytes = rendition->bytes;
  g_free (rendition->mime);
  g_free (rendition);
}

static void
rendered_clear (Rendered *rendered)
{
  g_free (rendered->path);
  g_free (rendered->alt);
  g_free (rendered->code);
  g_free (rendered->message);
  memset (rendered, 0, sizeof *rendered);
}

static void
run_renderer (SmmRenderer *renderer, SmmMedia *media, SmmPlatformId platform, Rendered *rendered)
{
  rendered_clear (rendered);
  smm_renderer_render (renderer, media, platform, rendered_cb, rendered);
  while (!rendered->done)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_renderer (void)
{
  g_autoptr (SmmPaths) paths = smm_paths_new (NULL);
  g_autoptr (SmmRenderer) renderer = smm_renderer_new (paths);
  g_autoptr (GdkPixbuf) picture = test_noise (2400, 1800);
  g_autoptr (GBytes) bytes = test_encode (picture, "jpeg", NULL);
  g_autofree char *in = test_path ("bread.jpg");
  g_autoptr (SmmMedia) media = NULL;
  g_autofree char *first = NULL, *place = NULL;
  Rendered rendered = { 0 };

  write_bytes (in, bytes);
  media = test_import (in, paths->media_dir, NULL);
  g_assert_nonnull (media);
  media->alt = g_strdup ("A loaf");
  run_renderer (renderer, media, SMM_PLATFORM_INSTAGRAM, &rendered);
  g_assert_null (rendered.code);
  g_assert_cmpint (rendered.width, ==, 1440);
  g_assert_cmpint (rendered.bytes, <=, 8 * 1000 * 1000);
  g_assert_cmpstr (rendered.alt, ==, "A loaf");
  g_assert_true (g_str_has_prefix (rendered.path, paths->cache_dir));
  assert_bare (rendered.path);
  first = g_strdup (rendered.path);
  run_renderer (renderer, media, SMM_PLATFORM_FACEBOOK, &rendered);
  g_assert_cmpint (rendered.width, ==, 2048);
  g_assert_cmpint (rendered.bytes, <=, 4 * 1000 * 1000);
  g_assert_cmpstr (rendered.path, !=, first);

  /* The cache may be emptied at any time. */
  g_assert_cmpint (g_unlink (first), ==, 0);
  run_renderer (renderer, media, SMM_PLATFORM_INSTAGRAM, &rendered);
  g_assert_null (rendered.code);
  g_assert_cmpint (g_unlink (first), ==, 0);

  /* What somebody put in its place is not published. */
  place = smm_paths_get_media (paths, media->sha256);
  write_bytes (place, bytes);
  {
    g_autofree char *text = NULL;
    gsize n;

    g_assert_true (g_file_get_contents (place, &text, &n, NULL));
    text[n - 3] ^= 1;
    test_write (place, text, n);
  }
  run_renderer (renderer, media, SMM_PLATFORM_INSTAGRAM, &rendered);
  g_assert_cmpstr (rendered.code, ==, "media-changed");
  g_assert_nonnull (strstr (rendered.message, "bread.jpg"));
  g_assert_cmpint (g_unlink (place), ==, 0);
  run_renderer (renderer, media, SMM_PLATFORM_INSTAGRAM, &rendered);
  g_assert_cmpstr (rendered.code, ==, "media-missing");
  rendered_clear (&rendered);
}

static void
add_tests (void)
{
  g_test_add_func ("/render/orientation", test_orientation);
  g_test_add_func ("/render/profile", test_profile);
  g_test_add_func ("/render/broken-profile", test_broken_profile);
  g_test_add_func ("/render/size", test_size);
  g_test_add_func ("/render/bytes", test_bytes);
  g_test_add_func ("/render/alpha", test_alpha);
  g_test_add_func ("/render/errors", test_errors);
  g_test_add_func ("/render/renderer", test_renderer);
}

int
main (int argc, char **argv)
{
  return test_media_run (&argc, &argv, add_tests);
}

/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-test-media.h"

#include <ftw.h>
#include <glib/gstdio.h>
#include <lcms2.h>
#include <string.h>

static char *folder;

static int
remove_cb (const char *path, const struct stat *buf, int type, struct FTW *info)
{
  return g_remove (path);
}

int
test_media_run (int *argc, char ***argv, void (*add) (void))
{
  static const char *const names[] = { "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME" };
  int status;

  folder = g_dir_make_tmp ("smm-media-XXXXXX", NULL);
  g_assert_nonnull (folder);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (folder, names[i], NULL);

      g_setenv (names[i], path, TRUE);
    }
  g_test_init (argc, argv, NULL);
  add ();
  status = g_test_run ();
  nftw (folder, remove_cb, 16, FTW_DEPTH | FTW_PHYS);
  g_clear_pointer (&folder, g_free);
  return status;
}

char *
test_path (const char *name)
{
  g_autofree char *test = g_build_filename (folder, g_test_get_path (), NULL);

  g_assert_cmpint (g_mkdir_with_parents (test, 0700), ==, 0);
  return g_build_filename (test, name, NULL);
}

void
test_write (const char *path, const void *data, gsize n)
{
  g_assert_true (g_file_set_contents (path, data, n, NULL));
}

GdkPixbuf *
test_quarters (int width, int height)
{
  static const guchar colours[4][3]
      = { { 255, 0, 0 }, { 0, 255, 0 }, { 0, 0, 255 }, { 255, 255, 255 } };
  GdkPixbuf *pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, width, height);
  guchar *pixels = gdk_pixbuf_get_pixels (pixbuf);
  int stride = gdk_pixbuf_get_rowstride (pixbuf);

  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      memcpy (pixels + y * stride + x * 3, colours[(y >= height / 2) * 2 + (x >= width / 2)], 3);
  return pixbuf;
}

GdkPixbuf *
test_noise (int width, int height)
{
  GdkPixbuf *pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, width, height);
  guchar *pixels = gdk_pixbuf_get_pixels (pixbuf);
  int stride = gdk_pixbuf_get_rowstride (pixbuf);
  guint32 state = 1;

  for (int y = 0; y < height; y++)
    for (int x = 0; x < width * 3; x++)
      {
        state = state * 1664525 + 1013904223;
        pixels[y * stride + x] = state >> 24;
      }
  return pixbuf;
}

GBytes *
test_encode (GdkPixbuf *pixbuf, const char *type, const char *icc_base64)
{
  g_autoptr (GError) error = NULL;
  char *data = NULL;
  gsize n = 0;

  if (icc_base64 != NULL)
    gdk_pixbuf_save_to_buffer (pixbuf, &data, &n, type, &error, "icc-profile", icc_base64, NULL);
  else
    gdk_pixbuf_save_to_buffer (pixbuf, &data, &n, type, &error, NULL);
  g_assert_no_error (error);
  return g_bytes_new_take (data, n);
}

char *
test_swapped_profile (void)
{
  cmsCIExyY white = { 0.3127, 0.3290, 1 };
  cmsCIExyYTRIPLE primaries = { { 0.30, 0.60, 1 }, { 0.64, 0.33, 1 }, { 0.15, 0.06, 1 } };
  cmsToneCurve *curve = cmsBuildGamma (NULL, 2.2);
  cmsToneCurve *curves[3] = { curve, curve, curve };
  cmsHPROFILE profile = cmsCreateRGBProfile (&white, &primaries, curves);
  g_autofree guchar *data = NULL;
  cmsUInt32Number n = 0;

  g_assert_true (cmsSaveProfileToMem (profile, NULL, &n));
  data = g_malloc (n);
  g_assert_true (cmsSaveProfileToMem (profile, data, &n));
  cmsCloseProfile (profile);
  cmsFreeToneCurve (curve);
  return g_base64_encode (data, n);
}

static void
append_segment (GByteArray *out, guint8 marker, const void *data, gsize n)
{
  const guint8 head[] = { 0xff, marker, (n + 2) >> 8, (n + 2) & 0xff };

  g_byte_array_append (out, head, sizeof head);
  g_byte_array_append (out, data, n);
}

/* TIFF directory, little endian: orientation, a camera's name, a place. */
static GByteArray *
make_exif (int orientation)
{
  static const guint8 head[] = { 'E', 'x', 'i', 'f', 0, 0, 'I', 'I', 42, 0, 8, 0, 0, 0 };
  const guint8 entries[] = {
    3,    0,    0x0f, 0x01, 2,    0, 12, 0, 0,
    0,    50,   0,    0,    0, /* Make, at 50 */
    0x12, 0x01, 3,    0,    1,    0, 0,  0, (guint8)orientation,
    0,    0,    0,    0x25, 0x88, 4, 0,  1, 0,
    0,    0,    62,   0,    0,    0, /* GPS directory, at 62 */
    0,    0,    0,    0,
  };
  static const char make[12] = "SecretCamer";
  static const guint8 gps[] = {
    1, 0, 0x1d, 0x00, 2, 0, 11, 0, 0, 0, 80, 0, 0, 0, /* GPSDateStamp, at 80 */
    0, 0, 0,    0,
  };
  static const char date[12] = "1999:12:31";
  GByteArray *exif = g_byte_array_new ();

  g_byte_array_append (exif, head, sizeof head);
  g_byte_array_append (exif, entries, sizeof entries);
  g_assert_cmpuint (exif->len - 6, ==, 50);
  g_byte_array_append (exif, (const guint8 *)make, sizeof make);
  g_byte_array_append (exif, gps, sizeof gps);
  g_byte_array_append (exif, (const guint8 *)date, sizeof date);
  return exif;
}

GBytes *
test_add_metadata (GBytes *jpeg, int orientation)
{
  static const char xmp[] = "http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>SecretPlace</x:xmpmeta>";
  static const char iptc[] = "Photoshop 3.0\0SecretCaption";
  static const char comment[] = "SecretComment";
  g_autoptr (GByteArray) exif = make_exif (orientation);
  GByteArray *out = g_byte_array_new ();
  gsize n;
  const guint8 *data = g_bytes_get_data (jpeg, &n);

  g_byte_array_append (out, data, 2);
  append_segment (out, 0xe1, exif->data, exif->len);
  append_segment (out, 0xe1, xmp, sizeof xmp);
  append_segment (out, 0xed, iptc, sizeof iptc);
  append_segment (out, 0xfe, comment, sizeof comment);
  g_byte_array_append (out, data + 2, n - 2);
  return g_byte_array_free_to_bytes (out);
}

static guint32
crc_of (const guint8 *data, gsize n)
{
  guint32 crc = 0xffffffff;

  for (gsize i = 0; i < n; i++)
    {
      crc ^= data[i];
      for (int bit = 0; bit < 8; bit++)
        crc = crc & 1 ? 0xedb88320 ^ (crc >> 1) : crc >> 1;
    }
  return crc ^ 0xffffffff;
}

static void
append_chunk (GByteArray *out, const char *type, const guint8 *data, guint32 n)
{
  guint32 length = GUINT32_TO_BE (n);
  guint start;
  guint32 crc;

  g_byte_array_append (out, (const guint8 *)&length, 4);
  start = out->len;
  g_byte_array_append (out, (const guint8 *)type, 4);
  if (n > 0)
    g_byte_array_append (out, data, n);
  crc = GUINT32_TO_BE (crc_of (out->data + start, out->len - start));
  g_byte_array_append (out, (const guint8 *)&crc, 4);
}

GBytes *
test_hollow_png (guint32 width, guint32 height)
{
  /* zlib: an empty stored block. */
  static const guint8 nothing[] = { 0x78, 0x01, 0x01, 0, 0, 0xff, 0xff, 0, 0, 0, 1 };
  guint8 header[13] = { 0 };
  guint32 be = GUINT32_TO_BE (width);
  GByteArray *out = g_byte_array_new ();

  memcpy (header, &be, 4);
  be = GUINT32_TO_BE (height);
  memcpy (header + 4, &be, 4);
  header[8] = 8;
  header[9] = 6;
  g_byte_array_append (out, (const guint8 *)"\x89PNG\r\n\x1a\n", 8);
  append_chunk (out, "IHDR", header, sizeof header);
  append_chunk (out, "IDAT", nothing, sizeof nothing);
  append_chunk (out, "IEND", NULL, 0);
  return g_byte_array_free_to_bytes (out);
}

/* --- The asynchronous calls, waited for --- */

static void
keep_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GAsyncResult **kept = user_data;

  *kept = g_object_ref (result);
}

SmmMedia *
test_import (const char *path, const char *media_dir, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  smm_media_import_async (path, media_dir, NULL, keep_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return smm_media_import_finish (result, error);
}

SmmMedia *
test_render (const char *path, const char *out, int max_width, int max_height, gint64 max_bytes,
             GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  smm_media_render_async (path, out, max_width, max_height, max_bytes, NULL, keep_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return smm_media_render_finish (result, error);
}

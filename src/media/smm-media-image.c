/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-media-image.h"

#include <errno.h>
#include <fcntl.h>
#include <gdk-pixbuf/gdk-pixbuf.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <lcms2.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define MAX_PIXELS (120 * 1000 * 1000)
#define MAX_FILE_BYTES ((gint64)512 * 1024 * 1024)
#define MIN_QUALITY 40

static gboolean
fail (const char **code, const char *which, GError **error, const char *message)
{
  *code = which;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, message);
  return FALSE;
}

/* What the bytes say; the name of a file is no evidence. */
static const char *
sniff (const guint8 *head, gsize n)
{
  if (n >= 3 && memcmp (head, "\xff\xd8\xff", 3) == 0)
    return "image/jpeg";
  if (n >= 8 && memcmp (head, "\x89PNG\r\n\x1a\n", 8) == 0)
    return "image/png";
  if (n >= 6 && (memcmp (head, "GIF87a", 6) == 0 || memcmp (head, "GIF89a", 6) == 0))
    return "image/gif";
  if (n >= 12 && memcmp (head, "RIFF", 4) == 0 && memcmp (head + 8, "WEBP", 4) == 0)
    return "image/webp";
  if (n >= 4 && (memcmp (head, "II*\0", 4) == 0 || memcmp (head, "MM\0*", 4) == 0))
    return "image/tiff";
  if (n >= 2 && memcmp (head, "BM", 2) == 0)
    return "image/bmp";
  if (n >= 12 && memcmp (head + 4, "ftyp", 4) == 0)
    return memcmp (head + 8, "hei", 3) == 0 || memcmp (head + 8, "mif1", 4) == 0 ? "image/heic"
           : memcmp (head + 8, "avif", 4) == 0                                   ? "image/avif"
                                                                                 : "video/mp4";
  return NULL;
}

static gboolean
open_image (const char *path, SmmImageFacts *facts, const char **code, GError **error)
{
  guint8 head[16] = { 0 };
  struct stat info;
  int fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  ssize_t n = 0;
  gboolean regular;

  if (fd < 0)
    return fail (code, errno == ENOENT ? "media-missing" : "media-unreadable", error,
                 errno == ENOENT ? _ ("The file does not exist") : _ ("The file can’t be read"));
  regular = fstat (fd, &info) == 0 && S_ISREG (info.st_mode);
  if (regular)
    n = read (fd, head, sizeof head);
  close (fd);
  if (!regular)
    return fail (code, "media-unreadable", error, _ ("This is not a file"));
  if (info.st_size == 0)
    return fail (code, "media-empty", error, _ ("The file is empty"));
  if (n < 0)
    return fail (code, "media-unreadable", error, _ ("The file can’t be read"));
  if (info.st_size > MAX_FILE_BYTES)
    return fail (code, "media-too-large", error, _ ("The file is larger than 512 MB"));
  facts->bytes = info.st_size;
  facts->mime = sniff (head, n);
  if (facts->mime == NULL)
    return fail (code, "media-unknown", error, _ ("This is not a picture of a known kind"));
  if (g_str_has_prefix (facts->mime, "video/"))
    return fail (code, "media-unsupported", error, _ ("Videos can’t be posted yet"));
  return TRUE;
}

static gboolean
check_size (const char *path, const char **code, GError **error)
{
  int width = 0, height = 0;

  if (gdk_pixbuf_get_file_info (path, &width, &height) == NULL || width <= 0 || height <= 0)
    return fail (code, "media-broken", error,
                 _ ("The picture is damaged, or of a kind this computer can’t open"));
  if ((gint64)width * height > MAX_PIXELS)
    return fail (code, "media-too-large", error, _ ("The picture has more than 120 megapixels"));
  return TRUE;
}

/* The decoder fills up a cut-off JPEG with grey and says nothing: its end marker must be there. */
static gboolean
is_whole_jpeg (const guint8 *data, gsize n)
{
  gsize i = 2;

  while (i + 4 <= n && data[i] == 0xff)
    {
      guint8 marker = data[i + 1];

      if (marker == 0xd9)
        return TRUE;
      if (marker == 0xff)
        {
          i++;
          continue;
        }
      i += 2 + (data[i + 2] << 8) + data[i + 3];
      if (marker != 0xda)
        continue;
      /* Pixels, up to a marker that is neither a stuffed byte nor a restart. */
      while (i + 2 <= n && (data[i] != 0xff || data[i + 1] == 0 || (data[i + 1] & 0xf8) == 0xd0))
        i++;
    }
  return i + 2 <= n && data[i] == 0xff && data[i + 1] == 0xd9;
}

static gboolean
is_whole (const char *path, const char *mime)
{
  g_autoptr (GMappedFile) file = NULL;

  if (strcmp (mime, "image/jpeg") != 0)
    return TRUE;
  file = g_mapped_file_new (path, FALSE, NULL);
  return file != NULL
         && is_whole_jpeg ((const guint8 *)g_mapped_file_get_contents (file),
                           g_mapped_file_get_length (file));
}

static GdkPixbuf *
load (const char *path, const char *mime, const char **code, GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autoptr (GdkPixbuf) raw = NULL;
  GdkPixbuf *upright;
  const char *profile;

  if (!check_size (path, code, error))
    return NULL;
  raw = is_whole (path, mime) ? gdk_pixbuf_new_from_file (path, &problem) : NULL;
  if (raw == NULL)
    {
      fail (code, "media-broken", error, _ ("The picture is damaged"));
      return NULL;
    }
  upright = gdk_pixbuf_apply_embedded_orientation (raw);
  /* Turning forgets the colour profile. */
  profile = gdk_pixbuf_get_option (raw, "icc-profile");
  if (profile != NULL && gdk_pixbuf_get_option (upright, "icc-profile") == NULL)
    gdk_pixbuf_set_option (upright, "icc-profile", profile);
  return upright;
}

/**
 * smm_image_probe:
 * @path: a file
 * @facts: (out caller-allocates): what it is
 * @code: (out): on failure: "media-missing", "media-broken" …
 * @error: a sentence for people
 *
 * Decodes the whole picture: one that is cut off is found now and not when it is due.
 */
gboolean
smm_image_probe (const char *path, SmmImageFacts *facts, const char **code, GError **error)
{
  g_autoptr (GdkPixbuf) pixbuf = NULL;

  if (!open_image (path, facts, code, error))
    return FALSE;
  pixbuf = load (path, facts->mime, code, error);
  if (pixbuf == NULL)
    return FALSE;
  facts->width = gdk_pixbuf_get_width (pixbuf);
  facts->height = gdk_pixbuf_get_height (pixbuf);
  return TRUE;
}

/* A picture on white, without an alpha channel. */
static GdkPixbuf *
flatten (GdkPixbuf *pixbuf)
{
  if (!gdk_pixbuf_get_has_alpha (pixbuf))
    return g_object_ref (pixbuf);
  return gdk_pixbuf_composite_color_simple (pixbuf, gdk_pixbuf_get_width (pixbuf),
                                            gdk_pixbuf_get_height (pixbuf), GDK_INTERP_NEAREST, 255,
                                            16, 0xffffff, 0xffffff);
}

/* From the embedded colour profile to sRGB; without a profile it is taken for sRGB. */
static GdkPixbuf *
convert_to_srgb (GdkPixbuf *pixbuf, const char *profile_base64)
{
  gsize n;
  g_autofree guchar *data = NULL;
  cmsHPROFILE from, to;
  cmsHTRANSFORM transform = NULL;
  GdkPixbuf *copy = gdk_pixbuf_copy (pixbuf);

  if (profile_base64 == NULL)
    return copy;
  data = g_base64_decode (profile_base64, &n);
  from = cmsOpenProfileFromMem (data, n);
  to = cmsCreate_sRGBProfile ();
  if (from != NULL && cmsGetColorSpace (from) == cmsSigRgbData)
    transform = cmsCreateTransform (from, TYPE_RGB_8, to, TYPE_RGB_8, INTENT_PERCEPTUAL, 0);
  if (transform != NULL)
    {
      guchar *pixels = gdk_pixbuf_get_pixels (copy);
      int stride = gdk_pixbuf_get_rowstride (copy);

      for (int y = 0; y < gdk_pixbuf_get_height (copy); y++)
        cmsDoTransform (transform, pixels + (gsize)y * stride, pixels + (gsize)y * stride,
                        gdk_pixbuf_get_width (copy));
      cmsDeleteTransform (transform);
    }
  if (from != NULL)
    cmsCloseProfile (from);
  cmsCloseProfile (to);
  return copy;
}

static GdkPixbuf *
scale_down (GdkPixbuf *pixbuf, const SmmRenderLimits *limits)
{
  int width = gdk_pixbuf_get_width (pixbuf), height = gdk_pixbuf_get_height (pixbuf);
  double scale = 1;

  if (limits->max_width > 0)
    scale = MIN (scale, (double)limits->max_width / width);
  if (limits->max_height > 0)
    scale = MIN (scale, (double)limits->max_height / height);
  if (scale >= 1)
    return g_object_ref (pixbuf);
  return gdk_pixbuf_scale_simple (pixbuf, MAX (1, (int)(width * scale + 0.5)),
                                  MAX (1, (int)(height * scale + 0.5)), GDK_INTERP_HYPER);
}

static gboolean
write_durably (const char *out, const char *data, gsize n, const char **code, GError **error)
{
  g_autoptr (GError) problem = NULL;

  if (g_file_set_contents_full (out, data, n,
                                G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600,
                                &problem))
    return TRUE;
  return fail (
      code, g_error_matches (problem, G_FILE_ERROR, G_FILE_ERROR_NOSPC) ? "disk-full" : "read-only",
      error, problem->message);
}

/**
 * smm_image_render:
 * @path: a picture
 * @out: where to write
 * @limits: what the platform allows
 * @facts: (out caller-allocates): what was written
 * @code: (out): on failure
 * @error: a sentence for people
 *
 * Writes an sRGB JPEG without any metadata: place, camera and orientation tag stay behind.
 */
gboolean
smm_image_render (const char *path, const char *out, const SmmRenderLimits *limits,
                  SmmImageFacts *facts, const char **code, GError **error)
{
  g_autoptr (GdkPixbuf) loaded = NULL;
  g_autoptr (GdkPixbuf) flat = NULL;
  g_autoptr (GdkPixbuf) coloured = NULL;
  g_autoptr (GdkPixbuf) scaled = NULL;
  const char *profile;

  if (!open_image (path, facts, code, error))
    return FALSE;
  loaded = load (path, facts->mime, code, error);
  if (loaded == NULL)
    return FALSE;
  profile = gdk_pixbuf_get_option (loaded, "icc-profile");
  flat = flatten (loaded);
  coloured = convert_to_srgb (flat, profile);
  scaled = scale_down (coloured, limits);
  for (int quality = limits->quality; quality >= MIN_QUALITY; quality -= 10)
    {
      g_autofree char *text = g_strdup_printf ("%d", quality);
      g_autofree char *data = NULL;
      gsize n;

      if (!gdk_pixbuf_save_to_buffer (scaled, &data, &n, "jpeg", NULL, "quality", text, NULL))
        return fail (code, "media-broken", error, _ ("The picture can’t be written as JPEG"));
      if (limits->max_bytes > 0 && (gint64)n > limits->max_bytes)
        continue;
      facts->mime = "image/jpeg";
      facts->width = gdk_pixbuf_get_width (scaled);
      facts->height = gdk_pixbuf_get_height (scaled);
      facts->bytes = n;
      return write_durably (out, data, n, code, error);
    }
  return fail (code, "media-too-large", error, _ ("The picture can’t be made small enough"));
}

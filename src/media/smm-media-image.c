/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-media-image.h"

#include <glib/gi18n-lib.h>
#include <lcms2.h>
#include <string.h>

#define MAX_PIXELS (120 * 1000 * 1000)
#define MIN_QUALITY 40
#define EDIT_QUALITY 92
/* A picture shrunk to this and enlarged again is a smooth blur. */
#define BLUR_SIDE 24

static gboolean
check_size (const char *path, const char **code, GError **error)
{
  int width = 0, height = 0;

  if (gdk_pixbuf_get_file_info (path, &width, &height) == NULL || width <= 0 || height <= 0)
    return smm_media_fail (code, "media-broken", error,
                           _ ("The picture is damaged, or of a kind this computer can’t open"));
  if ((gint64)width * height > MAX_PIXELS)
    return smm_media_fail (code, "media-too-large", error,
                           _ ("The picture has more than 120 megapixels"));
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
      smm_media_fail (code, "media-broken", error, _ ("The picture is damaged"));
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
smm_image_probe (const char *path, SmmMediaFacts *facts, const char **code, GError **error)
{
  g_autoptr (GdkPixbuf) pixbuf = NULL;

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
  return smm_media_fail (
      code, g_error_matches (problem, G_FILE_ERROR, G_FILE_ERROR_NOSPC) ? "disk-full" : "read-only",
      error, problem->message);
}

/* As people see it: upright, on white, in sRGB. */
static GdkPixbuf *
load_plain (const char *path, const SmmMediaFacts *facts, const char **code, GError **error)
{
  g_autoptr (GdkPixbuf) loaded = load (path, facts->mime, code, error);
  g_autoptr (GdkPixbuf) flat = NULL;

  if (loaded == NULL)
    return NULL;
  flat = flatten (loaded);
  return convert_to_srgb (flat, gdk_pixbuf_get_option (loaded, "icc-profile"));
}

gboolean
smm_image_write (GdkPixbuf *pixbuf, const char *out, const SmmRenderLimits *limits,
                 SmmMediaFacts *facts, const char **code, GError **error)
{
  for (int quality = limits->quality; quality >= MIN_QUALITY; quality -= 10)
    {
      g_autofree char *text = g_strdup_printf ("%d", quality);
      g_autofree char *data = NULL;
      gsize n;

      if (!gdk_pixbuf_save_to_buffer (pixbuf, &data, &n, "jpeg", NULL, "quality", text, NULL))
        return smm_media_fail (code, "media-broken", error,
                               _ ("The picture can’t be written as JPEG"));
      if (limits->max_bytes > 0 && (gint64)n > limits->max_bytes)
        continue;
      *facts = (SmmMediaFacts){ .mime = "image/jpeg",
                                .width = gdk_pixbuf_get_width (pixbuf),
                                .height = gdk_pixbuf_get_height (pixbuf),
                                .bytes = n };
      return write_durably (out, data, n, code, error);
    }
  return smm_media_fail (code, "media-too-large", error,
                         _ ("The picture can’t be made small enough"));
}

/**
 * smm_image_render:
 * @path: a picture
 * @out: where to write
 * @limits: what the platform allows
 * @facts: (inout): of the file; then what was written
 * @code: (out): on failure
 * @error: a sentence for people
 *
 * Writes an sRGB JPEG without any metadata: place, camera and orientation tag stay behind.
 */
gboolean
smm_image_render (const char *path, const char *out, const SmmRenderLimits *limits,
                  SmmMediaFacts *facts, const char **code, GError **error)
{
  g_autoptr (GdkPixbuf) plain = load_plain (path, facts, code, error);
  g_autoptr (GdkPixbuf) scaled = NULL;

  if (plain == NULL)
    return FALSE;
  scaled = scale_down (plain, limits);
  return smm_image_write (scaled, out, limits, facts, code, error);
}

/* --- Edits --- */

/* The mean of the outermost pixels, as 0xRRGGBBAA. */
static guint32
edge_colour (GdkPixbuf *pixbuf)
{
  const guchar *pixels = gdk_pixbuf_read_pixels (pixbuf);
  int width = gdk_pixbuf_get_width (pixbuf), height = gdk_pixbuf_get_height (pixbuf);
  gsize stride = gdk_pixbuf_get_rowstride (pixbuf);
  guint64 sum[3] = { 0 }, n = 0;

  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x += y == 0 || y == height - 1 ? 1 : MAX (width - 1, 1), n++)
      for (int c = 0; c < 3; c++)
        sum[c] += pixels[y * stride + (gsize)x * 3 + c];
  return (guint32)(sum[0] / n) << 24 | (guint32)(sum[1] / n) << 16 | (guint32)(sum[2] / n) << 8
         | 0xff;
}

static GdkPixbuf *
make_background (GdkPixbuf *pixbuf, const SmmEditRequest *request, const SmmEditPlan *plan)
{
  GdkPixbuf *plain
      = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, plan->out_width, plan->out_height);
  g_autoptr (GdkPixbuf) small = NULL;

  if (plain == NULL)
    return NULL;
  gdk_pixbuf_fill (plain, edge_colour (pixbuf));
  if (!request->blur)
    return plain;
  small = gdk_pixbuf_scale_simple (pixbuf, BLUR_SIDE, BLUR_SIDE, GDK_INTERP_TILES);
  gdk_pixbuf_scale (small, plain, 0, 0, plan->out_width, plan->out_height, 0, 0,
                    (double)plan->out_width / BLUR_SIDE, (double)plan->out_height / BLUR_SIDE,
                    GDK_INTERP_BILINEAR);
  return plain;
}

/**
 * smm_image_edit:
 * @path: a picture
 * @out: where to write
 * @request: to crop or to pad
 * @facts: (inout): of the file; then what was written
 * @code: (out): on failure
 * @error: a sentence for people
 *
 * Writes an sRGB JPEG of quality 92 without metadata.
 */
gboolean
smm_image_edit (const char *path, const char *out, const SmmEditRequest *request,
                SmmMediaFacts *facts, const char **code, GError **error)
{
  const SmmRenderLimits limits = { .quality = EDIT_QUALITY };
  g_autoptr (GdkPixbuf) plain = NULL;
  g_autoptr (GdkPixbuf) part = NULL;
  g_autoptr (GdkPixbuf) result = NULL;
  SmmEditPlan plan;

  if (request->kind == SMM_EDIT_TRANSCODE)
    return smm_media_fail (code, "media-unsupported", error, _ ("This is a picture, not a video"));
  plain = load_plain (path, facts, code, error);
  if (plain == NULL)
    return FALSE;
  if (!smm_edit_plan (request, gdk_pixbuf_get_width (plain), gdk_pixbuf_get_height (plain), FALSE,
                      &plan)
      || (gint64)plan.out_width * plan.out_height > MAX_PIXELS)
    return smm_media_fail (code, "media-unsupported", error,
                           _ ("The picture can’t be given this shape"));
  part = gdk_pixbuf_new_subpixbuf (plain, plan.x, plan.y, plan.width, plan.height);
  result = make_background (part, request, &plan);
  if (result == NULL)
    return smm_media_fail (code, "media-too-large", error, _ ("There is not enough memory"));
  gdk_pixbuf_scale (part, result, plan.dest_x, plan.dest_y, plan.dest_width, plan.dest_height,
                    plan.dest_x, plan.dest_y, (double)plan.dest_width / plan.width,
                    (double)plan.dest_height / plan.height, GDK_INTERP_BILINEAR);
  return smm_image_write (result, out, &limits, facts, code, error);
}

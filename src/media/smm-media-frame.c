/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One picture out of a video. */

#include "config.h"

#include <gst/video/video.h>

#include "smm-media-decode.h"
#include "smm-media-image.h"
#include "smm-media-video.h"

#define FRAME_QUALITY 90
#define PULL_SECONDS 10
/* The last picture begins before the end. */
#define BEFORE_END (100 * 1000)

static GdkPixbuf *
pixbuf_from_sample (GstSample *sample, int width, int height)
{
  GstVideoInfo info;
  GstVideoFrame frame;
  g_autoptr (GdkPixbuf) whole = NULL;
  GdkPixbuf *scaled = NULL;

  if (!gst_video_info_from_caps (&info, gst_sample_get_caps (sample))
      || GST_VIDEO_INFO_FORMAT (&info) != GST_VIDEO_FORMAT_RGB
      || !gst_video_frame_map (&frame, &info, gst_sample_get_buffer (sample), GST_MAP_READ))
    return NULL;
  whole
      = gdk_pixbuf_new_from_data (GST_VIDEO_FRAME_PLANE_DATA (&frame, 0), GDK_COLORSPACE_RGB, FALSE,
                                  8, GST_VIDEO_INFO_WIDTH (&info), GST_VIDEO_INFO_HEIGHT (&info),
                                  GST_VIDEO_FRAME_PLANE_STRIDE (&frame, 0), NULL, NULL);
  /* Always a copy: the pixels go with the frame. Stretches pixels that are not square, too. */
  scaled = gdk_pixbuf_scale_simple (whole, width, height, GDK_INTERP_BILINEAR);
  gst_video_frame_unmap (&frame);
  return scaled;
}

static GstSample *
pull (SmmDecoder *decoder, gint64 at)
{
  if (!smm_decoder_seek (decoder, at, 0))
    return NULL;
  return gst_app_sink_try_pull_preroll (decoder->video, PULL_SECONDS * GST_SECOND);
}

gboolean
smm_video_frame (const char *path, const char *out, gint64 at, int max_width, int max_height,
                 SmmMediaFacts *facts, const char **code, GError **error)
{
  const SmmRenderLimits limits = { .quality = FRAME_QUALITY };
  g_autoptr (SmmDecoder) decoder
      = smm_decoder_new (path, "videoconvert ! video/x-raw,format=RGB", NULL, code, error);
  g_autoptr (GstSample) sample = NULL;
  g_autoptr (GdkPixbuf) pixbuf = NULL;
  double scale = 1;

  if (decoder == NULL)
    return FALSE;
  sample = pull (decoder, MIN (at, MAX (facts->duration - BEFORE_END, 0)));
  if (sample == NULL)
    sample = pull (decoder, 0);
  if (max_width > 0)
    scale = MIN (scale, (double)max_width / facts->width);
  if (max_height > 0)
    scale = MIN (scale, (double)max_height / facts->height);
  if (sample != NULL)
    pixbuf = pixbuf_from_sample (sample, MAX (1, (int)(facts->width * scale + 0.5)),
                                 MAX (1, (int)(facts->height * scale + 0.5)));
  if (pixbuf == NULL)
    return smm_decoder_fail (decoder, code, error);
  return smm_image_write (pixbuf, out, &limits, facts, code, error);
}

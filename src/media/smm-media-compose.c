/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-media-compose.h"

/* A picture shrunk to this and enlarged again is a smooth blur. */
#define BLUR_SIDE 24

struct _SmmComposer
{
  SmmEditPlan plan;
  int width, height;
  gboolean blur, pads;

  GstVideoInfo in, out, small;
  GstVideoConverter *main, *shrink, *enlarge;
  GstBuffer *blurred; /* BLUR_SIDE square */
  guint32 border;     /* ARGB; of the first picture */
};

SmmComposer *
smm_composer_new (int width, int height, const SmmEditPlan *plan, gboolean blur)
{
  SmmComposer *self = g_new0 (SmmComposer, 1);

  self->plan = *plan;
  self->width = width;
  self->height = height;
  self->pads = plan->dest_width < plan->out_width || plan->dest_height < plan->out_height;
  self->blur = blur && self->pads;
  gst_video_info_init (&self->in);
  gst_video_info_set_format (&self->out, GST_VIDEO_FORMAT_I420, plan->out_width, plan->out_height);
  gst_video_colorimetry_from_string (&self->out.colorimetry, GST_VIDEO_COLORIMETRY_BT709);
  gst_video_info_set_format (&self->small, GST_VIDEO_FORMAT_I420, BLUR_SIDE, BLUR_SIDE);
  self->small.colorimetry = self->out.colorimetry;
  return self;
}

static void
drop_converters (SmmComposer *self)
{
  g_clear_pointer (&self->main, gst_video_converter_free);
  g_clear_pointer (&self->shrink, gst_video_converter_free);
  g_clear_pointer (&self->enlarge, gst_video_converter_free);
}

void
smm_composer_free (SmmComposer *self)
{
  drop_converters (self);
  gst_clear_buffer (&self->blurred);
  g_free (self);
}

GstCaps *
smm_composer_get_caps (SmmComposer *self, int rate_n, int rate_d)
{
  GstVideoInfo info = self->out;

  info.fps_n = rate_n;
  info.fps_d = rate_d;
  return gst_video_info_to_caps (&info);
}

/* The mean of the outermost pixels of the part that is shown, from the small picture's brightness
 * and colours: good enough for a border, and one colour for the whole video, so that it does not
 * flicker. */
static guint32
edge_colour (SmmComposer *self, GstVideoFrame *frame)
{
  const double side = BLUR_SIDE;
  double sum[3] = { 0 }, r, g, b;
  int n[3] = { 0 };

  for (int c = 0; c < 3; c++)
    for (int y = 0; y < (c == 0 ? side : side / 2); y++)
      for (int x = 0; x < (c == 0 ? side : side / 2); x++)
        {
          int last = c == 0 ? BLUR_SIDE - 1 : BLUR_SIDE / 2 - 1;
          const guint8 *row = (guint8 *)GST_VIDEO_FRAME_PLANE_DATA (frame, c)
                              + y * GST_VIDEO_FRAME_PLANE_STRIDE (frame, c);

          if (x > 0 && x < last && y > 0 && y < last)
            continue;
          sum[c] += row[x];
          n[c]++;
        }
  for (int c = 0; c < 3; c++)
    sum[c] = sum[c] / n[c] - (c == 0 ? 16 : 128);
  r = 1.1644 * sum[0] + 1.7927 * sum[2];
  g = 1.1644 * sum[0] - 0.2132 * sum[1] - 0.5329 * sum[2];
  b = 1.1644 * sum[0] + 2.1124 * sum[1];
  return 0xff000000u | (guint32)CLAMP (r, 0, 255) << 16 | (guint32)CLAMP (g, 0, 255) << 8
         | (guint32)CLAMP (b, 0, 255);
}

/* The plan thinks of square pixels; the decoder's may be of another shape. */
static void
scale_part (SmmComposer *self, int *x, int *y, int *width, int *height)
{
  double across = (double)GST_VIDEO_INFO_WIDTH (&self->in) / self->width;
  double down = (double)GST_VIDEO_INFO_HEIGHT (&self->in) / self->height;

  *x = CLAMP ((int)(self->plan.x * across + 0.5), 0, GST_VIDEO_INFO_WIDTH (&self->in) - 1);
  *y = CLAMP ((int)(self->plan.y * down + 0.5), 0, GST_VIDEO_INFO_HEIGHT (&self->in) - 1);
  *width = CLAMP ((int)(self->plan.width * across + 0.5), 1, GST_VIDEO_INFO_WIDTH (&self->in) - *x);
  *height
      = CLAMP ((int)(self->plan.height * down + 0.5), 1, GST_VIDEO_INFO_HEIGHT (&self->in) - *y);
}

static GstVideoConverter *
make_converter (SmmComposer *self, GstVideoInfo *out, gboolean into_place)
{
  const SmmEditPlan *plan = &self->plan;
  GstStructure *options;
  int x, y, width, height;

  scale_part (self, &x, &y, &width, &height);
  options = gst_structure_new ("options", GST_VIDEO_CONVERTER_OPT_SRC_X, G_TYPE_INT, x,
                               GST_VIDEO_CONVERTER_OPT_SRC_Y, G_TYPE_INT, y,
                               GST_VIDEO_CONVERTER_OPT_SRC_WIDTH, G_TYPE_INT, width,
                               GST_VIDEO_CONVERTER_OPT_SRC_HEIGHT, G_TYPE_INT, height, NULL);
  if (into_place)
    gst_structure_set (options, GST_VIDEO_CONVERTER_OPT_DEST_X, G_TYPE_INT, plan->dest_x,
                       GST_VIDEO_CONVERTER_OPT_DEST_Y, G_TYPE_INT, plan->dest_y,
                       GST_VIDEO_CONVERTER_OPT_DEST_WIDTH, G_TYPE_INT, plan->dest_width,
                       GST_VIDEO_CONVERTER_OPT_DEST_HEIGHT, G_TYPE_INT, plan->dest_height,
                       GST_VIDEO_CONVERTER_OPT_FILL_BORDER, G_TYPE_BOOLEAN, !self->blur,
                       GST_VIDEO_CONVERTER_OPT_BORDER_ARGB, G_TYPE_UINT, self->border, NULL);
  return gst_video_converter_new (&self->in, out, options);
}

/* The part, shrunk: for the blur, and for the colour of the border. */
static gboolean
shrink (SmmComposer *self, GstVideoFrame *in)
{
  GstVideoFrame frame;

  if (self->shrink == NULL)
    self->shrink = make_converter (self, &self->small, FALSE);
  if (self->blurred == NULL)
    self->blurred = gst_buffer_new_allocate (NULL, GST_VIDEO_INFO_SIZE (&self->small), NULL);
  if (self->shrink == NULL
      || !gst_video_frame_map (&frame, &self->small, self->blurred, GST_MAP_READWRITE))
    return FALSE;
  gst_video_converter_frame (self->shrink, in, &frame);
  if (self->border == 0)
    self->border = edge_colour (self, &frame);
  gst_video_frame_unmap (&frame);
  return TRUE;
}

static gboolean
draw_blur (SmmComposer *self, GstVideoFrame *out)
{
  GstVideoFrame frame;

  if (self->enlarge == NULL)
    self->enlarge = gst_video_converter_new (
        &self->small, &self->out,
        gst_structure_new ("options", GST_VIDEO_CONVERTER_OPT_RESAMPLER_METHOD,
                           GST_TYPE_VIDEO_RESAMPLER_METHOD, GST_VIDEO_RESAMPLER_METHOD_LINEAR,
                           NULL));
  if (self->enlarge == NULL
      || !gst_video_frame_map (&frame, &self->small, self->blurred, GST_MAP_READ))
    return FALSE;
  gst_video_converter_frame (self->enlarge, &frame, out);
  gst_video_frame_unmap (&frame);
  return TRUE;
}

static gboolean
draw (SmmComposer *self, GstVideoFrame *in, GstVideoFrame *out)
{
  if (self->pads && (self->blur || self->border == 0) && !shrink (self, in))
    return FALSE;
  if (self->blur && !draw_blur (self, out))
    return FALSE;
  if (self->main == NULL)
    self->main = make_converter (self, &self->out, TRUE);
  if (self->main == NULL)
    return FALSE;
  gst_video_converter_frame (self->main, in, out);
  return TRUE;
}

GstBuffer *
smm_composer_compose (SmmComposer *self, GstSample *sample)
{
  GstVideoFrame in, out;
  GstVideoInfo info;
  GstBuffer *buffer;
  gboolean done;

  if (!gst_video_info_from_caps (&info, gst_sample_get_caps (sample)))
    return NULL;
  /* The converter minds these two; here, pictures come one by one and are whole. */
  info.fps_n = 0;
  info.fps_d = 1;
  info.interlace_mode = GST_VIDEO_INTERLACE_MODE_PROGRESSIVE;
  /* Some videos change their size on the way. */
  if (!gst_video_info_is_equal (&info, &self->in))
    drop_converters (self);
  self->in = info;
  if (!gst_video_frame_map (&in, &self->in, gst_sample_get_buffer (sample), GST_MAP_READ))
    return NULL;
  buffer = gst_buffer_new_allocate (NULL, GST_VIDEO_INFO_SIZE (&self->out), NULL);
  done = gst_video_frame_map (&out, &self->out, buffer, GST_MAP_READWRITE);
  if (done)
    {
      done = draw (self, &in, &out);
      gst_video_frame_unmap (&out);
    }
  gst_video_frame_unmap (&in);
  if (!done)
    gst_clear_buffer (&buffer);
  return buffer;
}

/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * A video made anew: MP4 with the index in front and without edit lists, H.264 4:2:0 progressive
 * with closed groups of at most two seconds, AAC-LC stereo (api/meta.md section 4.10, tiktok.md).
 *
 * Two pipelines: one decodes, and can so be moved to where the part begins; the other encodes. In
 * between the pictures are cropped, padded and scaled, and their times made to begin at zero.
 */

#include "config.h"

#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <gst/app/gstappsrc.h>
#include <stdio.h>
#include <unistd.h>

#include "smm-media-boxes.h"
#include "smm-media-compose.h"
#include "smm-media-decode.h"
#include "smm-media-video.h"

#define AUDIO_BIT_RATE 128000
#define MIN_FRAME_RATE 23.0
#define USUAL_FRAME_RATE 30.0
#define USUAL_BIT_RATE 16000000
#define MIN_BIT_RATE 200000
/* The index goes in front at the end: a whole file is copied on a disk that may be slow. */
#define STALL_SECONDS 240
#define POLL_MS 100
#define TELL_US (200 * 1000)

typedef struct
{
  SmmDecoder *decoder;
  SmmComposer *composer;
  GstElement *pipeline;
  GstElement *video, *audio; /* appsrc; audio NULL: silent */
  GstClockTime until;        /* of the result; for progress */
  gint64 reached;            /* µs; atomic by the lock */
  GMutex lock;
} Transcode;

/* --- Encoders --- */

/* The first that is installed. %d: kbit/s, bit/s, pictures in a group. */
static const struct
{
  const char *element;
  const char *description;
} video_encoders[] = {
  { "x264enc", "x264enc pass=qual quantizer=20 speed-preset=faster bframes=0 bitrate=%1$d "
               "vbv-buf-capacity=1000 key-int-max=%3$d option-string=open-gop=0 aud=false" },
  { "openh264enc", "openh264enc rate-control=bitrate bitrate=%2$d max-bitrate=%2$d gop-size=%3$d "
                   "complexity=medium" },
  { "vah264enc", "vah264enc rate-control=vbr bitrate=%1$d key-int-max=%3$d b-frames=0" },
  { "vah264lpenc", "vah264lpenc rate-control=vbr bitrate=%1$d key-int-max=%3$d b-frames=0" },
  { "nvh264enc", "nvh264enc rc-mode=vbr bitrate=%1$d gop-size=%3$d bframes=0" },
};

static const struct
{
  const char *element;
  const char *description;
} audio_encoders[] = {
  { "fdkaacenc", "fdkaacenc bitrate=%d" },
  { "avenc_aac", "avenc_aac bitrate=%d" },
  { "voaacenc", "voaacenc bitrate=%d" },
};

static gboolean
is_installed (const char *element)
{
  g_autoptr (GstElementFactory) factory = gst_element_factory_find (element);

  return factory != NULL;
}

static char *
describe_video_encoder (int bit_rate, int group)
{
  for (guint i = 0; i < G_N_ELEMENTS (video_encoders); i++)
    if (is_installed (video_encoders[i].element))
      {
        GString *text = g_string_new (video_encoders[i].description);
        g_autofree char *kilo = g_strdup_printf ("%d", bit_rate / 1000);
        g_autofree char *plain = g_strdup_printf ("%d", bit_rate);
        g_autofree char *pictures = g_strdup_printf ("%d", group);

        g_string_replace (text, "%1$d", kilo, 0);
        g_string_replace (text, "%2$d", plain, 0);
        g_string_replace (text, "%3$d", pictures, 0);
        return g_string_free (text, FALSE);
      }
  return NULL;
}

static char *
describe_audio_encoder (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (audio_encoders); i++)
    if (is_installed (audio_encoders[i].element))
      return g_strdup_printf ("%s bitrate=%d", audio_encoders[i].element, AUDIO_BIT_RATE);
  return NULL;
}

static gboolean
fail_no_encoder (const char **code, GError **error)
{
  return smm_media_fail (
      code, "media-no-encoder", error,
      _ ("This computer can’t make H.264 video with AAC sound. Install gstreamer1.0-plugins-ugly, "
         "gstreamer1.0-plugins-bad and gstreamer1.0-libav (Debian, Ubuntu), "
         "gstreamer1-plugin-openh264 and gstreamer1-plugin-libav (Fedora), or gst-plugins-ugly and "
         "gst-libav (Arch)"));
}

/* --- From the decoder to the encoder --- */

static GstClockTime
get_start (GstSample *sample)
{
  return gst_segment_to_running_time (gst_sample_get_segment (sample), GST_FORMAT_TIME,
                                      GST_BUFFER_PTS (gst_sample_get_buffer (sample)));
}

static GstFlowReturn
push (GstElement *source, GstBuffer *buffer, GstClockTime start, GstClockTime duration)
{
  GST_BUFFER_PTS (buffer) = start;
  GST_BUFFER_DTS (buffer) = GST_CLOCK_TIME_NONE;
  GST_BUFFER_DURATION (buffer) = duration;
  GST_BUFFER_OFFSET (buffer) = GST_BUFFER_OFFSET_NONE;
  GST_BUFFER_FLAG_UNSET (buffer, GST_BUFFER_FLAG_DISCONT);
  return gst_app_src_push_buffer (GST_APP_SRC (source), buffer);
}

static GstFlowReturn
on_picture (GstAppSink *sink, gpointer user_data)
{
  Transcode *self = user_data;
  g_autoptr (GstSample) sample = gst_app_sink_pull_sample (sink);
  GstClockTime start = sample != NULL ? get_start (sample) : GST_CLOCK_TIME_NONE;
  GstBuffer *buffer;

  if (sample == NULL)
    return GST_FLOW_EOS;
  if (!GST_CLOCK_TIME_IS_VALID (start))
    return GST_FLOW_OK;
  buffer = smm_composer_compose (self->composer, sample);
  if (buffer == NULL)
    return GST_FLOW_ERROR;
  g_mutex_lock (&self->lock);
  self->reached = MAX (self->reached, (gint64)(start / 1000));
  g_mutex_unlock (&self->lock);
  return push (self->video, buffer, start, GST_BUFFER_DURATION (gst_sample_get_buffer (sample)));
}

static GstFlowReturn
on_sound (GstAppSink *sink, gpointer user_data)
{
  Transcode *self = user_data;
  g_autoptr (GstSample) sample = gst_app_sink_pull_sample (sink);
  GstClockTime start = sample != NULL ? get_start (sample) : GST_CLOCK_TIME_NONE;
  GstBuffer *buffer;

  if (sample == NULL)
    return GST_FLOW_EOS;
  if (!GST_CLOCK_TIME_IS_VALID (start))
    return GST_FLOW_OK;
  buffer = gst_buffer_copy (gst_sample_get_buffer (sample));
  return push (self->audio, buffer, start, GST_BUFFER_DURATION (buffer));
}

static void
on_end (GstAppSink *sink, gpointer user_data)
{
  Transcode *self = user_data;

  gst_app_src_end_of_stream (
      GST_APP_SRC (sink == self->decoder->video ? self->video : self->audio));
}

static void
connect_both (Transcode *self)
{
  GstAppSinkCallbacks pictures = { .eos = on_end, .new_sample = on_picture };
  GstAppSinkCallbacks sounds = { .eos = on_end, .new_sample = on_sound };

  gst_app_sink_set_callbacks (self->decoder->video, &pictures, self, NULL);
  if (self->audio != NULL)
    gst_app_sink_set_callbacks (self->decoder->audio, &sounds, self, NULL);
}

/* --- The encoder --- */

static gboolean
build (Transcode *self, const char *out, int bit_rate, int group)
{
  g_autofree char *video = describe_video_encoder (bit_rate, group);
  g_autofree char *audio = describe_audio_encoder ();
  g_autofree char *description = NULL;
  g_autofree char *aside = g_strconcat (out, ".part", NULL);
  g_autoptr (GstElement) mux = NULL;
  g_autoptr (GstElement) sink = NULL;
  gboolean has_audio = self->decoder->audio != NULL;

  if (video == NULL || (has_audio && audio == NULL))
    return FALSE;
  description = g_strdup_printf (
      "appsrc name=video format=time block=true max-bytes=0 max-buffers=6 ! videoconvert ! %s ! "
      "h264parse ! queue max-size-buffers=0 max-size-bytes=67108864 max-size-time=0 ! mux. "
      "%s%s%s mp4mux name=mux faststart=true ! filesink name=sink",
      video,
      has_audio ? "appsrc name=audio format=time block=true max-bytes=4000000 ! audioconvert ! "
                : "",
      has_audio ? audio : "",
      has_audio ? " ! aacparse ! queue max-size-buffers=0 max-size-bytes=8388608 max-size-time=0 ! "
                  "mux."
                : "");
  self->pipeline = gst_parse_launch_full (description, NULL, GST_PARSE_FLAG_FATAL_ERRORS, NULL);
  if (self->pipeline == NULL)
    return FALSE;
  self->video = gst_bin_get_by_name (GST_BIN (self->pipeline), "video");
  self->audio = gst_bin_get_by_name (GST_BIN (self->pipeline), "audio");
  mux = gst_bin_get_by_name (GST_BIN (self->pipeline), "mux");
  sink = gst_bin_get_by_name (GST_BIN (self->pipeline), "sink");
  g_object_set (mux, "faststart-file", aside, NULL);
  g_object_set (sink, "location", out, NULL);
  return TRUE;
}

static void
set_caps (Transcode *self, int rate_n, int rate_d)
{
  g_autoptr (GstCaps) video = smm_composer_get_caps (self->composer, rate_n, rate_d);
  g_autoptr (GstCaps) audio
      = gst_caps_from_string ("audio/x-raw,format=S16LE,layout=interleaved,rate=48000,channels=2");

  gst_app_src_set_caps (GST_APP_SRC (self->video), video);
  if (self->audio != NULL)
    gst_app_src_set_caps (GST_APP_SRC (self->audio), audio);
}

/* --- Running --- */

static gint64
get_reached (Transcode *self)
{
  gint64 reached;

  g_mutex_lock (&self->lock);
  reached = self->reached;
  g_mutex_unlock (&self->lock);
  return reached;
}

static void
tell_progress (Transcode *self, gint64 reached)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];
  double share = CLAMP ((double)reached * 1000 / MAX (self->until, 1), 0, 0.99);

  printf ("progress %s\n", g_ascii_formatd (text, sizeof text, "%.2f", share));
  fflush (stdout);
}

/* "" fine, NULL goes on. */
static const char *
look_at_buses (Transcode *self, GstBus *in, GstBus *out)
{
  g_autoptr (GstMessage) message = gst_bus_timed_pop_filtered (out, POLL_MS * GST_MSECOND,
                                                               GST_MESSAGE_ERROR | GST_MESSAGE_EOS);
  g_autoptr (GstMessage) problem = gst_bus_pop_filtered (in, GST_MESSAGE_ERROR);
  g_autoptr (GError) error = NULL;

  if (message != NULL && GST_MESSAGE_TYPE (message) == GST_MESSAGE_EOS)
    return "";
  if (message == NULL)
    return problem != NULL ? "media-broken" : NULL;
  gst_message_parse_error (message, &error, NULL);
  return g_error_matches (error, GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_NO_SPACE_LEFT) ? "disk-full"
         : error->domain == GST_RESOURCE_ERROR                                         ? "read-only"
                                               : "media-broken";
}

static const char *
run (Transcode *self)
{
  g_autoptr (GstBus) in = gst_element_get_bus (self->decoder->pipeline);
  g_autoptr (GstBus) out = gst_element_get_bus (self->pipeline);
  gint64 told = 0, moved = g_get_monotonic_time (), before = -1;
  const char *end = NULL;

  gst_element_set_state (self->pipeline, GST_STATE_PLAYING);
  gst_element_set_state (self->decoder->pipeline, GST_STATE_PLAYING);
  while (end == NULL)
    {
      gint64 now, reached;

      end = look_at_buses (self, in, out);
      now = g_get_monotonic_time ();
      reached = get_reached (self);
      if (reached != before)
        moved = now;
      if (reached != before && now - told > TELL_US)
        {
          tell_progress (self, reached);
          told = now;
        }
      before = reached;
      if (now - moved > STALL_SECONDS * G_USEC_PER_SEC)
        end = "media-broken";
    }
  gst_element_set_state (self->pipeline, GST_STATE_NULL);
  gst_element_set_state (self->decoder->pipeline, GST_STATE_NULL);
  return end;
}

/* --- The whole --- */

static double
choose_frame_rate (const SmmEditRequest *request, const SmmMediaFacts *facts)
{
  double rate = facts->frame_rate >= MIN_FRAME_RATE ? facts->frame_rate : USUAL_FRAME_RATE;
  double most = request->max_frame_rate > 0 ? MAX (request->max_frame_rate, 1) : 60;

  return MIN (rate, most);
}

/* 29.97 is 30000/1001, whatever a file's clock made of it. */
static void
to_fraction (double rate, int *n, int *d)
{
  for (int whole = 24; whole <= 60; whole += 6)
    if (rate > whole / 1.0015 && rate < whole / 1.0005)
      {
        *n = whole * 1000;
        *d = 1001;
        return;
      }
  if (rate - (int)(rate + 0.5) < 0.02 && rate - (int)(rate + 0.5) > -0.02)
    {
      *n = (int)(rate + 0.5);
      *d = 1;
      return;
    }
  *n = (int)(rate * 1000);
  *d = 1000;
}

static int
choose_bit_rate (const SmmEditRequest *request)
{
  gint64 rate = request->max_bit_rate > 0 ? request->max_bit_rate - AUDIO_BIT_RATE : USUAL_BIT_RATE;

  return (int)CLAMP (rate, MIN_BIT_RATE, 100000000);
}

static SmmDecoder *
open_decoder (const char *path, const SmmEditRequest *request, const SmmMediaFacts *facts,
              int rate_n, int rate_d, const char **code, GError **error)
{
  g_autofree char *video
      = g_strdup_printf ("videorate ! video/x-raw,framerate=%d/%d", rate_n, rate_d);
  g_autoptr (SmmDecoder) decoder
      = smm_decoder_new (path, video,
                         facts->audio_codec != NULL
                             ? "audioresample ! audiorate ! "
                               "audio/x-raw,format=S16LE,layout=interleaved,rate=48000,channels=2"
                             : NULL,
                         code, error);

  if (decoder == NULL)
    return NULL;
  /* Sound that stays behind would not be noticed before it is public. */
  if (facts->audio_codec != NULL && decoder->audio == NULL)
    decoder->missing = TRUE;
  if (!decoder->missing && smm_decoder_seek (decoder, request->from, request->to))
    return g_steal_pointer (&decoder);
  smm_decoder_fail (decoder, code, error);
  return NULL;
}

static gboolean
finish_file (const char *out, SmmMediaFacts *facts, const char **code, GError **error)
{
  int fd = open (out, O_RDWR | O_CLOEXEC);
  gboolean done = FALSE;

  *facts = (SmmMediaFacts){ .mime = "video/mp4", .container = "mp4" };
  if (fd >= 0)
    {
      facts->bytes = lseek (fd, 0, SEEK_END);
      done = facts->bytes > 0 && smm_boxes_drop_edit_lists (fd, facts->bytes) && fsync (fd) == 0;
    }
  if (done)
    done = smm_video_probe (fd, out, facts, code, error);
  else
    smm_media_fail (code, "media-broken", error, _ ("The video could not be made"));
  if (fd >= 0)
    close (fd);
  return done;
}

static gboolean
transcode (Transcode *self, const char *out, const SmmEditRequest *request, int rate_n, int rate_d,
           SmmMediaFacts *facts, const char **code, GError **error)
{
  gint64 to = request->to > 0 ? MIN (request->to, facts->duration) : facts->duration;
  const char *end;

  if (!build (self, out, choose_bit_rate (request), MAX (1, 2 * rate_n / rate_d)))
    return fail_no_encoder (code, error);
  self->until = (GstClockTime)MAX (to - request->from, 1) * 1000;
  set_caps (self, rate_n, rate_d);
  connect_both (self);
  end = run (self);
  if (*end != '\0')
    return smm_media_fail (code, end, error,
                           g_str_equal (end, "disk-full") ? _ ("The disk is full")
                           : g_str_equal (end, "read-only")
                               ? _ ("The new file can’t be written")
                               : _ ("The video is damaged, or can’t be encoded"));
  return finish_file (out, facts, code, error);
}

/**
 * smm_video_transcode:
 * @path: a video
 * @out: where to write
 * @request: what to do
 * @facts: (inout): of the file; then of what was written
 * @code: (out): on failure: "media-no-encoder" …
 * @error: a sentence for people
 */
gboolean
smm_video_transcode (const char *path, const char *out, const SmmEditRequest *request,
                     SmmMediaFacts *facts, const char **code, GError **error)
{
  Transcode self = { 0 };
  SmmEditPlan plan;
  int rate_n, rate_d;
  gboolean done;

  if (request->from >= facts->duration)
    return smm_media_fail (code, "media-unsupported", error,
                           _ ("The part begins behind the end of the video"));
  if (!smm_edit_plan (request, facts->width, facts->height, TRUE, &plan))
    return smm_media_fail (code, "media-unsupported", error,
                           _ ("The video can’t be given this shape"));
  to_fraction (choose_frame_rate (request, facts), &rate_n, &rate_d);
  self.decoder = open_decoder (path, request, facts, rate_n, rate_d, code, error);
  if (self.decoder == NULL)
    return FALSE;
  g_mutex_init (&self.lock);
  self.composer = smm_composer_new (facts->width, facts->height, &plan,
                                    request->kind == SMM_EDIT_PAD && request->blur);
  done = transcode (&self, out, request, rate_n, rate_d, facts, code, error);
  smm_decoder_free (self.decoder);
  gst_clear_object (&self.video);
  gst_clear_object (&self.audio);
  gst_clear_object (&self.pipeline);
  smm_composer_free (self.composer);
  g_mutex_clear (&self.lock);
  if (!done)
    g_unlink (out);
  return done;
}

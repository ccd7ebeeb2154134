/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * What a video is. Its streams are taken apart and parsed but not decoded: it needs no decoder, and
 * a hostile file meets less code.
 */

#include "config.h"

#include "smm-media-video.h"

#include <glib/gi18n-lib.h>
#include <gst/gst.h>
#include <string.h>

#include "smm-media-boxes.h"

#define PROBE_SECONDS 20
#define MAX_STREAMS 32
#define MAX_SIDE 16384
/* Pictures after which a stream has told what it will tell. */
#define ENOUGH_PICTURES 90
#define MAX_DURATION (G_GINT64_CONSTANT (24 * 3600) * G_USEC_PER_SEC)

/**
 * smm_video_init:
 * @code: (out): on failure
 * @error: a sentence for people
 *
 * GStreamer's list of plugins is kept in our cache: that of the user may be written by nobody but
 * the user's own programs.
 */
gboolean
smm_video_init (const char **code, GError **error)
{
  g_autofree char *folder = g_build_filename (g_get_user_cache_dir (), "nkonsept-smm", NULL);
  g_autofree char *registry = g_build_filename (folder, "gstreamer-registry.bin", NULL);

  g_mkdir_with_parents (folder, 0700);
  g_setenv ("GST_REGISTRY", registry, FALSE);
  g_setenv ("GST_DEBUG", "0", FALSE);
  if (gst_init_check (NULL, NULL, NULL))
    return TRUE;
  return smm_media_fail (code, "media-failed", error, _ ("GStreamer can’t be started"));
}

/* --- Names --- */

typedef struct
{
  const char *caps;   /* as GStreamer calls it */
  const char *name;   /* as platforms call it */
  const char *parser; /* NULL: not needed */
} Codec;

static const Codec codecs[] = {
  { "video/x-h264", "h264", "h264parse" },
  { "video/x-h265", "h265", "h265parse" },
  { "video/x-vp8", "vp8", NULL },
  { "video/x-vp9", "vp9", "vp9parse" },
  { "video/x-av1", "av1", "av1parse" },
  { "video/x-h263", "h263", NULL },
  { "video/x-prores", "prores", NULL },
  { "image/jpeg", "mjpeg", NULL },
  { "audio/x-opus", "opus", NULL },
  { "audio/x-vorbis", "vorbis", NULL },
  { "audio/x-alac", "alac", NULL },
  { "audio/x-raw", "pcm", NULL },
  { "audio/x-ac3", "ac3", NULL },
  { "audio/x-eac3", "eac3", NULL },
  { "audio/AMR", "amr", NULL },
  { "audio/AMR-WB", "amr-wb", NULL },
};

static const Codec mpeg4_video = { "video/mpeg", "mpeg4", "mpeg4videoparse" };
static const Codec mpeg2_video = { "video/mpeg", "mpeg2", "mpegvideoparse" };
static const Codec aac = { "audio/mpeg", "aac", "aacparse" };
static const Codec mp3 = { "audio/mpeg", "mp3", "mpegaudioparse" };

static Codec
find_codec (const GstStructure *caps)
{
  const char *name = gst_structure_get_name (caps);
  int version = 0;

  gst_structure_get_int (caps, "mpegversion", &version);
  if (strcmp (name, "video/mpeg") == 0)
    return version == 4 ? mpeg4_video : mpeg2_video;
  if (strcmp (name, "audio/mpeg") == 0)
    return version == 1 ? mp3 : aac;
  for (guint i = 0; i < G_N_ELEMENTS (codecs); i++)
    if (strcmp (codecs[i].caps, name) == 0)
      return codecs[i];
  return (Codec){ name, "other", NULL };
}

/* --- Taking apart --- */

typedef struct _Probe Probe;

typedef struct
{
  Probe *probe;
  gboolean is_video;
  Codec codec;
  GstCaps *caps;
  guint n_buffers;
  GstClockTime first, last; /* when the first picture starts, and when the last one ends */
  gboolean done;
} Stream;

struct _Probe
{
  GstElement *pipeline;
  GMutex lock;
  GPtrArray *streams;
  gboolean no_more;    /* streams */
  gboolean to_the_end; /* the file does not say how long it is */
  gboolean told;
};

static void
stream_free (gpointer data)
{
  Stream *stream = data;

  gst_clear_caps (&stream->caps);
  g_free (stream);
}

/* With the lock. */
static void
tell_when_enough (Probe *probe)
{
  gboolean all = TRUE, enough = FALSE;

  for (guint i = 0; i < probe->streams->len; i++)
    {
      Stream *stream = probe->streams->pdata[i];

      all = all && stream->done;
      enough = enough || (stream->is_video && stream->n_buffers >= ENOUGH_PICTURES);
    }
  if (probe->told || !probe->no_more || probe->to_the_end || (!all && !enough))
    return;
  probe->told = TRUE;
  gst_element_post_message (probe->pipeline,
                            gst_message_new_application (GST_OBJECT (probe->pipeline),
                                                         gst_structure_new_empty ("enough")));
}

static void
count_buffer (Stream *stream, GstBuffer *buffer)
{
  GstClockTime at = GST_BUFFER_PTS (buffer);
  int n = 0, d = 1;

  stream->n_buffers++;
  if (GST_CLOCK_TIME_IS_VALID (at))
    {
      GstClockTime end
          = at + (GST_BUFFER_DURATION_IS_VALID (buffer) ? GST_BUFFER_DURATION (buffer) : 0);

      if (!GST_CLOCK_TIME_IS_VALID (stream->first) || at < stream->first)
        stream->first = at;
      if (!GST_CLOCK_TIME_IS_VALID (stream->last) || end > stream->last)
        stream->last = end;
    }
  if (stream->caps != NULL)
    gst_structure_get_fraction (gst_caps_get_structure (stream->caps, 0), "framerate", &n, &d);
  if (!stream->is_video || n > 0 || stream->n_buffers >= ENOUGH_PICTURES)
    stream->done = TRUE;
}

static GstPadProbeReturn
on_data (GstPad *pad, GstPadProbeInfo *info, gpointer user_data)
{
  Stream *stream = user_data;

  g_mutex_lock (&stream->probe->lock);
  if (info->type & GST_PAD_PROBE_TYPE_BUFFER)
    count_buffer (stream, GST_PAD_PROBE_INFO_BUFFER (info));
  else
    {
      GstEvent *event = GST_PAD_PROBE_INFO_EVENT (info);
      GstCaps *caps = NULL;

      if (GST_EVENT_TYPE (event) == GST_EVENT_CAPS)
        {
          gst_event_parse_caps (event, &caps);
          gst_caps_replace (&stream->caps, caps);
        }
      else if (GST_EVENT_TYPE (event) == GST_EVENT_EOS)
        stream->done = TRUE;
    }
  tell_when_enough (stream->probe);
  g_mutex_unlock (&stream->probe->lock);
  return GST_PAD_PROBE_OK;
}

/* pad → parser, if there is one → nowhere */
static void
add_branch (Probe *probe, Stream *stream, GstPad *pad)
{
  GstElement *sink = gst_element_factory_make ("fakesink", NULL);
  GstElement *parser
      = stream->codec.parser != NULL ? gst_element_factory_make (stream->codec.parser, NULL) : NULL;
  g_autoptr (GstPad) sink_pad = gst_element_get_static_pad (sink, "sink");
  g_autoptr (GstPad) first = NULL;

  g_object_set (sink, "sync", FALSE, "async", FALSE, NULL);
  gst_pad_add_probe (sink_pad, GST_PAD_PROBE_TYPE_BUFFER | GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM,
                     on_data, stream, NULL);
  gst_bin_add (GST_BIN (probe->pipeline), sink);
  gst_element_sync_state_with_parent (sink);
  if (parser != NULL)
    {
      gst_bin_add (GST_BIN (probe->pipeline), parser);
      gst_element_link (parser, sink);
      gst_element_sync_state_with_parent (parser);
    }
  first = gst_element_get_static_pad (parser != NULL ? parser : sink, "sink");
  gst_pad_link (pad, first);
}

static void
on_pad_added (GstElement *demuxer, GstPad *pad, gpointer user_data)
{
  Probe *probe = user_data;
  g_autoptr (GstCaps) caps = gst_pad_get_current_caps (pad);
  const GstStructure *structure
      = caps != NULL && !gst_caps_is_empty (caps) ? gst_caps_get_structure (caps, 0) : NULL;
  const char *name = structure != NULL ? gst_structure_get_name (structure) : "";
  gboolean is_video = g_str_has_prefix (name, "video/") || g_str_has_prefix (name, "image/");
  Stream *stream;

  if (!is_video && !g_str_has_prefix (name, "audio/"))
    return;
  stream = g_new0 (Stream, 1);
  stream->probe = probe;
  stream->is_video = is_video;
  stream->codec = find_codec (structure);
  stream->caps = gst_caps_ref (caps);
  stream->first = stream->last = GST_CLOCK_TIME_NONE;
  g_mutex_lock (&probe->lock);
  if (probe->streams->len >= MAX_STREAMS)
    g_clear_pointer (&stream, stream_free);
  else
    g_ptr_array_add (probe->streams, stream);
  g_mutex_unlock (&probe->lock);
  if (stream != NULL)
    add_branch (probe, stream, pad);
}

static void
on_no_more_pads (GstElement *demuxer, gpointer user_data)
{
  Probe *probe = user_data;
  gint64 duration = 0;

  g_mutex_lock (&probe->lock);
  probe->no_more = TRUE;
  probe->to_the_end
      = !gst_element_query_duration (demuxer, GST_FORMAT_TIME, &duration) || duration <= 0;
  tell_when_enough (probe);
  g_mutex_unlock (&probe->lock);
}

static gboolean
wait_for_facts (Probe *probe)
{
  g_autoptr (GstBus) bus = gst_element_get_bus (probe->pipeline);
  g_autoptr (GstMessage) message
      = gst_bus_timed_pop_filtered (bus, PROBE_SECONDS * GST_SECOND,
                                    GST_MESSAGE_ERROR | GST_MESSAGE_EOS | GST_MESSAGE_APPLICATION);

  return message != NULL && GST_MESSAGE_TYPE (message) != GST_MESSAGE_ERROR;
}

static gboolean
build (Probe *probe, const char *path, gboolean is_webm)
{
  GstElement *source = gst_element_factory_make ("filesrc", NULL);
  GstElement *demuxer = gst_element_factory_make (is_webm ? "matroskademux" : "qtdemux", "demuxer");

  probe->pipeline = gst_pipeline_new (NULL);
  if (source == NULL || demuxer == NULL)
    {
      gst_clear_object (&source);
      gst_clear_object (&demuxer);
      return FALSE;
    }
  g_object_set (source, "location", path, NULL);
  gst_bin_add_many (GST_BIN (probe->pipeline), source, demuxer, NULL);
  gst_element_link (source, demuxer);
  g_signal_connect (demuxer, "pad-added", G_CALLBACK (on_pad_added), probe);
  g_signal_connect (demuxer, "no-more-pads", G_CALLBACK (on_no_more_pads), probe);
  return TRUE;
}

/* --- Reading off --- */

static void
read_video (const Stream *stream, SmmMediaFacts *facts)
{
  const GstStructure *caps = gst_caps_get_structure (stream->caps, 0);
  const char *interlace = gst_structure_get_string (caps, "interlace-mode");
  const char *chroma = gst_structure_get_string (caps, "chroma-format");
  const char *profile = gst_structure_get_string (caps, "profile");
  const char *coded = gst_structure_get_string (caps, "coded-picture-structure");
  int n = 0, d = 1;

  facts->video_codec = stream->codec.name;
  gst_structure_get_int (caps, "width", &facts->width);
  gst_structure_get_int (caps, "height", &facts->height);
  if (gst_structure_get_fraction (caps, "pixel-aspect-ratio", &n, &d) && n > 0 && d > 0
      && facts->width > 0)
    facts->width = (int)MIN (gst_util_uint64_scale_int_round (facts->width, n, d), G_MAXINT);
  if (gst_structure_get_fraction (caps, "framerate", &n, &d) && n > 0 && d > 0)
    facts->frame_rate = (double)n / d;
  else if (stream->n_buffers > 1 && stream->last > stream->first)
    facts->frame_rate
        = (double)(stream->n_buffers - 1) * GST_SECOND / (stream->last - stream->first);
  if ((interlace != NULL && strcmp (interlace, "progressive") != 0)
      || (coded != NULL && strcmp (coded, "frame") != 0))
    facts->flags |= SMM_MEDIA_INTERLACED;
  if (chroma != NULL
          ? strcmp (chroma, "4:2:0") != 0
          : profile != NULL && strstr (profile, "4:2:0") == NULL
                && (strstr (profile, "4:2:2") != NULL || strstr (profile, "4:4:4") != NULL))
    facts->flags |= SMM_MEDIA_NOT_420;
}

static void
read_audio (const Stream *stream, SmmMediaFacts *facts)
{
  const GstStructure *caps = gst_caps_get_structure (stream->caps, 0);

  facts->audio_codec = stream->codec.name;
  gst_structure_get_int (caps, "rate", &facts->audio_rate);
  gst_structure_get_int (caps, "channels", &facts->audio_channels);
  facts->audio_rate = MAX (facts->audio_rate, 0);
  facts->audio_channels = MAX (facts->audio_channels, 0);
}

static void
read_duration (Probe *probe, SmmMediaFacts *facts)
{
  g_autoptr (GstElement) demuxer = gst_bin_get_by_name (GST_BIN (probe->pipeline), "demuxer");
  gint64 duration = 0;

  if (!probe->to_the_end && gst_element_query_duration (demuxer, GST_FORMAT_TIME, &duration))
    facts->duration = duration / 1000;
  for (guint i = 0; probe->to_the_end && i < probe->streams->len; i++)
    {
      const Stream *stream = probe->streams->pdata[i];

      if (GST_CLOCK_TIME_IS_VALID (stream->last))
        facts->duration = MAX (facts->duration, (gint64)(stream->last / 1000));
    }
}

static void
read_streams (Probe *probe, SmmMediaFacts *facts)
{
  g_mutex_lock (&probe->lock);
  for (guint i = 0; i < probe->streams->len; i++)
    {
      const Stream *stream = probe->streams->pdata[i];

      if (stream->is_video && facts->video_codec == NULL)
        read_video (stream, facts);
      else if (!stream->is_video && facts->audio_codec == NULL)
        read_audio (stream, facts);
    }
  read_duration (probe, facts);
  g_mutex_unlock (&probe->lock);
}

static gboolean
take_apart (const char *path, gboolean is_webm, SmmMediaFacts *facts, const char **code,
            GError **error)
{
  Probe probe = { 0 };
  gboolean built, known = FALSE;

  g_mutex_init (&probe.lock);
  probe.streams = g_ptr_array_new_with_free_func (stream_free);
  built = build (&probe, path, is_webm);
  if (built)
    {
      gst_element_set_state (probe.pipeline, GST_STATE_PLAYING);
      known = wait_for_facts (&probe);
      if (known)
        read_streams (&probe, facts);
      gst_element_set_state (probe.pipeline, GST_STATE_NULL);
    }
  gst_object_unref (probe.pipeline);
  g_ptr_array_unref (probe.streams);
  g_mutex_clear (&probe.lock);
  if (!built)
    return smm_media_fail (code, "media-no-decoder", error,
                           _ ("This computer can’t open videos. Install the GStreamer plugins "
                              "“good” (gstreamer1.0-plugins-good)"));
  if (!known)
    return smm_media_fail (code, "media-broken", error, _ ("The video is damaged"));
  return TRUE;
}

/* What the boxes say is exact where GStreamer rounds or guesses. */
static void
merge_boxes (const SmmBoxes *boxes, SmmMediaFacts *facts)
{
  facts->flags |= boxes->flags;
  if (boxes->rotation == 90 || boxes->rotation == 270)
    {
      int width = facts->width;

      facts->width = facts->height;
      facts->height = width;
    }
  if (!boxes->fragmented && boxes->frame_rate > 0 && boxes->frame_rate < 1000)
    facts->frame_rate = boxes->frame_rate;
  if (facts->duration <= 0)
    facts->duration = boxes->duration;
}

static gboolean
check_facts (SmmMediaFacts *facts, const char **code, GError **error)
{
  if (facts->video_codec == NULL)
    return smm_media_fail (code, "media-unsupported", error,
                           _ ("There are no pictures in this file, only sound"));
  if (facts->width <= 0 || facts->height <= 0 || facts->duration <= 0
      || !(facts->frame_rate >= 0 && facts->frame_rate <= 10000))
    return smm_media_fail (code, "media-broken", error, _ ("The video is damaged"));
  if (facts->width > MAX_SIDE || facts->height > MAX_SIDE || facts->duration > MAX_DURATION)
    return smm_media_fail (code, "media-too-large", error,
                           _ ("The video is larger than 16384 pixels, or longer than a day"));
  facts->bit_rate = (gint64)((double)facts->bytes * 8 * G_USEC_PER_SEC / facts->duration);
  return TRUE;
}

/**
 * smm_video_probe:
 * @fd: the file
 * @path: the same
 * @facts: (inout): what it is
 * @code: (out): on failure
 * @error: a sentence for people
 */
gboolean
smm_video_probe (int fd, const char *path, SmmMediaFacts *facts, const char **code, GError **error)
{
  gboolean is_webm = strcmp (facts->mime, "video/webm") == 0;
  gboolean is_plain_webm = FALSE;
  SmmBoxes boxes = { 0 };

  *code = "media-broken";
  if (is_webm ? !smm_ebml_read (fd, facts->bytes, &is_plain_webm, error)
              : !smm_boxes_read (fd, facts->bytes, &boxes, error))
    return FALSE;
  if (is_webm && !is_plain_webm)
    return smm_media_fail (code, "media-unsupported", error,
                           _ ("Videos of this kind can’t be posted; MP4, MOV and WebM can"));
  if (!take_apart (path, is_webm, facts, code, error))
    return FALSE;
  merge_boxes (&boxes, facts);
  return check_facts (facts, code, error);
}

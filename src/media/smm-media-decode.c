/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-media-decode.h"

#include <glib/gi18n-lib.h>

#define OPEN_SECONDS 20

/* Turning and weaving know 8-bit 4:2:0 best, and it is what all codecs here end in. */
#define VIDEO_HEAD                                                                                 \
  "videoconvert ! video/x-raw,format=I420 ! deinterlace mode=auto ! "                              \
  "videoflip video-direction=auto ! "
#define SINK " ! appsink name=sink sync=false max-buffers=4 wait-on-eos=false"

gboolean
smm_decoder_fail (SmmDecoder *self, const char **code, GError **error)
{
  if (self->missing)
    return smm_media_fail (
        code, "media-no-decoder", error,
        _ ("This computer can’t decode this video. Install gstreamer1.0-libav (Debian, Ubuntu), "
           "gstreamer1-plugin-libav (Fedora) or gst-libav (Arch)"));
  return smm_media_fail (code, "media-broken", error, _ ("The video is damaged"));
}

static gboolean
connect_tail (SmmDecoder *self, GstPad *pad, const char *head, const char *tail, GstAppSink **sink)
{
  g_autofree char *description = g_strconcat (head, tail, SINK, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GstPad) first = NULL;
  GstElement *bin = gst_parse_bin_from_description (description, TRUE, &error);

  if (bin == NULL || error != NULL)
    {
      gst_clear_object (&bin);
      self->missing = TRUE;
      return FALSE;
    }
  *sink = GST_APP_SINK (gst_bin_get_by_name (GST_BIN (bin), "sink"));
  gst_bin_add (GST_BIN (self->pipeline), bin);
  first = gst_element_get_static_pad (bin, "sink");
  gst_pad_link (pad, first);
  gst_element_sync_state_with_parent (bin);
  return TRUE;
}

/* The first pictures and the first sound; a second sound track is another language. */
static void
on_pad_added (GstElement *decodebin, GstPad *pad, gpointer user_data)
{
  SmmDecoder *self = user_data;
  g_autoptr (GstCaps) caps = gst_pad_query_caps (pad, NULL);
  const char *name = gst_caps_is_any (caps) || gst_caps_is_empty (caps)
                         ? ""
                         : gst_structure_get_name (gst_caps_get_structure (caps, 0));

  if (g_str_equal (name, "video/x-raw") && self->video == NULL)
    connect_tail (self, pad, VIDEO_HEAD, self->video_tail, &self->video);
  else if (g_str_equal (name, "audio/x-raw") && self->audio == NULL && self->audio_tail != NULL)
    connect_tail (self, pad, "audioconvert ! ", self->audio_tail, &self->audio);
}

static void
note_message (SmmDecoder *self, GstMessage *message)
{
  g_autoptr (GError) problem = NULL;

  if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_ELEMENT)
    {
      const GstStructure *structure = gst_message_get_structure (message);
      const char *detail
          = structure != NULL ? gst_structure_get_string (structure, "detail") : NULL;

      /* Subtitles and the like are not needed; sound is, when it was asked for. */
      if (structure != NULL && gst_structure_has_name (structure, "missing-plugin"))
        self->missing
            |= detail == NULL || !g_str_has_prefix (detail, "audio/") || self->audio_tail != NULL;
      return;
    }
  gst_message_parse_error (message, &problem, NULL);
  self->missing |= g_error_matches (problem, GST_STREAM_ERROR, GST_STREAM_ERROR_CODEC_NOT_FOUND)
                   || g_error_matches (problem, GST_CORE_ERROR, GST_CORE_ERROR_MISSING_PLUGIN);
}

static gboolean
wait_until_ready (SmmDecoder *self)
{
  g_autoptr (GstBus) bus = gst_element_get_bus (self->pipeline);
  gint64 until = g_get_monotonic_time () + OPEN_SECONDS * G_USEC_PER_SEC;

  for (gint64 left; (left = until - g_get_monotonic_time ()) > 0;)
    {
      g_autoptr (GstMessage) message = gst_bus_timed_pop_filtered (
          bus, left * 1000,
          GST_MESSAGE_ERROR | GST_MESSAGE_ASYNC_DONE | GST_MESSAGE_ELEMENT | GST_MESSAGE_EOS);

      if (message == NULL || GST_MESSAGE_TYPE (message) == GST_MESSAGE_EOS)
        return FALSE;
      if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_ASYNC_DONE)
        return TRUE;
      note_message (self, message);
      if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_ERROR)
        return FALSE;
    }
  return FALSE;
}

static gboolean
build (SmmDecoder *self, const char *path)
{
  GstElement *source = gst_element_factory_make ("filesrc", NULL);
  GstElement *decodebin = gst_element_factory_make ("decodebin", NULL);

  self->pipeline = gst_pipeline_new (NULL);
  if (source == NULL || decodebin == NULL)
    {
      gst_clear_object (&source);
      gst_clear_object (&decodebin);
      self->missing = TRUE;
      return FALSE;
    }
  g_object_set (source, "location", path, NULL);
  /* What the graphics card's driver makes of a hostile file, no limit of ours holds in. */
  g_object_set (decodebin, "force-sw-decoders", TRUE, NULL);
  gst_bin_add_many (GST_BIN (self->pipeline), source, decodebin, NULL);
  gst_element_link (source, decodebin);
  g_signal_connect (decodebin, "pad-added", G_CALLBACK (on_pad_added), self);
  return TRUE;
}

SmmDecoder *
smm_decoder_new (const char *path, const char *video_tail, const char *audio_tail,
                 const char **code, GError **error)
{
  g_autoptr (SmmDecoder) self = g_new0 (SmmDecoder, 1);

  self->video_tail = g_strdup (video_tail);
  self->audio_tail = g_strdup (audio_tail);
  if (build (self, path))
    {
      gst_element_set_state (self->pipeline, GST_STATE_PAUSED);
      if (wait_until_ready (self) && self->video != NULL && !self->missing)
        return g_steal_pointer (&self);
    }
  smm_decoder_fail (self, code, error);
  return NULL;
}

gboolean
smm_decoder_seek (SmmDecoder *self, gint64 from, gint64 to)
{
  if (!gst_element_seek (self->pipeline, 1.0, GST_FORMAT_TIME,
                         GST_SEEK_FLAG_FLUSH | GST_SEEK_FLAG_ACCURATE, GST_SEEK_TYPE_SET,
                         from * 1000, to > 0 ? GST_SEEK_TYPE_SET : GST_SEEK_TYPE_NONE,
                         to > 0 ? to * 1000 : -1))
    return FALSE;
  return wait_until_ready (self);
}

void
smm_decoder_free (SmmDecoder *self)
{
  if (self->pipeline != NULL)
    gst_element_set_state (self->pipeline, GST_STATE_NULL);
  gst_clear_object (&self->video);
  gst_clear_object (&self->audio);
  gst_clear_object (&self->pipeline);
  g_free (self->video_tail);
  g_free (self->audio_tail);
  g_free (self);
}

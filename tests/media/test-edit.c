/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* New media out of old ones. */

#include "config.h"

#include "smm-test-video.h"

#include <glib/gstdio.h>
#include <gst/gst.h>
#include <string.h>
#include <unistd.h>

#define CAN_ENCODE                                                                                 \
  ((test_has_element ("x264enc") || test_has_element ("openh264enc"))                              \
   && (test_has_element ("avenc_aac") || test_has_element ("voaacenc")))

static guint
count_files (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;

  while (dir != NULL && g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

/* --- Pictures --- */

static SmmMedia *
edit_picture (int width, int height, int orientation, const SmmMediaEdit *edit, char **out)
{
  g_autofree char *media_dir = test_path ("media");
  g_autofree char *path = test_path ("bread.jpg");
  g_autoptr (GdkPixbuf) picture = test_quarters (width, height);
  g_autoptr (GBytes) plain = test_encode (picture, "jpeg", NULL);
  g_autoptr (GBytes) bytes = test_add_metadata (plain, orientation);
  g_autoptr (GError) error = NULL;
  SmmMedia *media;

  test_write (path, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  media = test_edit (path, media_dir, edit, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (media->mime, ==, "image/jpeg");
  g_assert_cmpstr (media->file_name, ==, "bread.jpg");
  *out = g_build_filename (media_dir, media->sha256, NULL);
  return media;
}

static void
test_picture (void)
{
  static const struct
  {
    int width, height, orientation;
    SmmMediaEdit edit;
    int out_width, out_height;
    const char *corners; /* top left, top right, bottom left, bottom right */
  } rows[] = {
    { 400, 300, 1, { SMM_MEDIA_EDIT_CROP, 1.0 }, 300, 300, "rgbw" },
    { 300, 400, 1, { SMM_MEDIA_EDIT_CROP, 0.8 }, 300, 375, "rgbw" },
    { 333, 500, 1, { SMM_MEDIA_EDIT_CROP, 0.8 }, 333, 416, "rgbw" },
    { 1000, 300, 1, { SMM_MEDIA_EDIT_CROP, 1.91 }, 573, 300, "rgbw" },
    /* What people see is cropped, not what is in the file: turned to the right it is red at the
       right. */
    { 400, 300, 6, { SMM_MEDIA_EDIT_CROP, 1.0 }, 300, 300, "brwg" },
    { 400, 300, 1, { SMM_MEDIA_EDIT_CROP, 0, 0.5, 0, 0.5, 0.5 }, 200, 150, "gggg" },
    { 400, 300, 1, { SMM_MEDIA_EDIT_CROP, 1.0, .max_width = 150 }, 150, 150, "rgbw" },
    { 400, 300, 1, { SMM_MEDIA_EDIT_PAD, 0.8 }, 400, 500, NULL },
    { 400, 300, 1, { SMM_MEDIA_EDIT_PAD, 1.91 }, 573, 300, NULL },
    { 400, 300, 1, { SMM_MEDIA_EDIT_PAD, 0.8, .blur = TRUE, .max_width = 200 }, 200, 250, "rgbw" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      static const int places[4][2] = { { 5, 5 }, { 95, 5 }, { 5, 95 }, { 95, 95 } };
      g_autofree char *out = NULL;
      g_autoptr (SmmMedia) media
          = edit_picture (rows[i].width, rows[i].height, rows[i].orientation, &rows[i].edit, &out);
      g_autoptr (GBytes) bytes = test_read (out);
      g_autofree char *hash = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);

      g_assert_cmpint (media->width, ==, rows[i].out_width);
      g_assert_cmpint (media->height, ==, rows[i].out_height);
      g_assert_cmpstr (media->sha256, ==, hash);
      g_assert_cmpint (media->bytes, ==, g_bytes_get_size (bytes));
      g_assert_cmpint (test_find_box (bytes, "Secr", 0), ==, -1);
      for (guint c = 0; rows[i].corners != NULL && c < 4; c++)
        g_assert_cmpint (test_colour_at (out, places[c][0], places[c][1]), ==, rows[i].corners[c]);
    }
}

/* The middle is the picture, and above and below is one colour. */
static void
test_border (void)
{
  const SmmMediaEdit edit = { SMM_MEDIA_EDIT_PAD, 0.5 };
  g_autofree char *out = NULL;
  g_autoptr (SmmMedia) media = edit_picture (400, 300, 1, &edit, &out);

  g_assert_cmpint (media->height, ==, 800);
  g_assert_cmpint (test_colour_at (out, 10, 40), ==, 'r');
  g_assert_cmpint (test_colour_at (out, 90, 60), ==, 'w');
  g_assert_cmpint (test_colour_at (out, 10, 5), ==, test_colour_at (out, 90, 95));
}

static void
test_impossible (void)
{
  static const SmmMediaEdit edits[] = {
    { SMM_MEDIA_EDIT_CROP },       { SMM_MEDIA_EDIT_CROP, -1 },
    { SMM_MEDIA_EDIT_CROP, 1000 }, { SMM_MEDIA_EDIT_CROP, 0, 0.6, 0, 0.5, 0.5 },
    { SMM_MEDIA_EDIT_PAD },        { SMM_MEDIA_EDIT_TRANSCODE },
  };
  g_autofree char *media_dir = test_path ("media");
  g_autofree char *path = test_path ("a.png");
  g_autoptr (GdkPixbuf) picture = test_quarters (40, 30);
  g_autoptr (GBytes) bytes = test_encode (picture, "png", NULL);
  g_autoptr (GError) error = NULL;

  test_write (path, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  for (guint i = 0; i < G_N_ELEMENTS (edits); i++)
    {
      g_assert_null (test_edit (path, media_dir, &edits[i], NULL, &error));
      g_assert_error (error, SMM_MEDIA_ERROR, SMM_MEDIA_ERROR_UNSUPPORTED);
      g_clear_error (&error);
    }
  test_write (path, "rubbish", 7);
  g_assert_null (
      test_edit (path, media_dir, &(SmmMediaEdit){ SMM_MEDIA_EDIT_CROP, 1 }, NULL, &error));
  g_assert_cmpstr (smm_media_error_get_name (error), ==, "media-unknown");
  g_assert_cmpuint (count_files (media_dir), ==, 0);
}

/* --- Videos --- */

/* What platforms ask for: no edit list, no late index, groups of at most two seconds. */
static void
assert_sound_file (const char *path, guint pictures_in_group)
{
  g_autoptr (GBytes) bytes = test_read (path);
  const guint8 *data = g_bytes_get_data (bytes, NULL);
  gssize moov = test_find_box (bytes, "moov", 0), mdat = test_find_box (bytes, "mdat", 0);
  gssize stss = test_find_box (bytes, "stss", 0);
  guint32 n, last = 1;

  g_assert_cmpint (moov, >, 0);
  g_assert_cmpint (mdat, >, moov);
  g_assert_cmpint (test_find_box (bytes, "edts", 0), ==, -1);
  if (stss < 0)
    return;
  memcpy (&n, data + stss + 8, 4);
  for (guint32 i = 0; i < GUINT32_FROM_BE (n); i++)
    {
      guint32 at;

      memcpy (&at, data + stss + 12 + 4 * i, 4);
      at = GUINT32_FROM_BE (at);
      g_assert_cmpuint (at - last, <=, pictures_in_group);
      last = at;
    }
}

static void
test_transcode (void)
{
  static const struct
  {
    const char *description;
    SmmMediaEdit edit;
    int width, height;
    double rate;
    gint64 duration;
    gboolean turned, has_sound;
  } rows[] = {
    { TEST_GOOD, { SMM_MEDIA_EDIT_TRANSCODE }, 320, 240, 30, 2000000, FALSE, TRUE },
    { TEST_GOOD,
      { SMM_MEDIA_EDIT_TRANSCODE, .trim_from = 500000, .trim_to = 1500000, .max_width = 160 },
      160,
      120,
      30,
      1000000,
      FALSE,
      TRUE },
    { TEST_GOOD, { SMM_MEDIA_EDIT_CROP, 0.8 }, 192, 240, 30, 2000000, FALSE, TRUE },
    { TEST_GOOD, { SMM_MEDIA_EDIT_PAD, 0.5625, .blur = TRUE }, 320, 568, 30, 2000000, FALSE, TRUE },
    { TEST_GOOD, { SMM_MEDIA_EDIT_PAD, 1 }, 320, 320, 30, 2000000, FALSE, TRUE },
    { TEST_GOOD, { SMM_MEDIA_EDIT_TRANSCODE }, 240, 320, 30, 2000000, TRUE, TRUE },
    { TEST_PICTURES ("smpte", "Y42B", 320, 240, 60) TEST_H264 "mp4mux name=mux ! filesink name=out",
      { SMM_MEDIA_EDIT_TRANSCODE, .max_frame_rate = 30, .max_bit_rate = 500000 },
      320,
      240,
      30,
      1000000,
      FALSE,
      FALSE },
    { "videotestsrc num-buffers=30 ! video/x-raw,format=I420,width=160,height=128,"
      "framerate=15/1,interlace-mode=interleaved ! x264enc interlaced=true ! h264parse ! "
      "mux. " TEST_MP4,
      { SMM_MEDIA_EDIT_TRANSCODE },
      160,
      128,
      30,
      2000000,
      FALSE,
      FALSE },
    { TEST_PICTURES ("smpte", "I420", 161, 121, 30) "vp8enc deadline=1 ! mux. "
                                                    "webmmux name=mux ! filesink name=out",
      { SMM_MEDIA_EDIT_TRANSCODE },
      160,
      120,
      30,
      1000000,
      FALSE,
      FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *media_dir = test_path ("media");
      g_autofree char *path = test_path ("film.mov");
      g_autofree char *out = NULL;
      g_autoptr (SmmMedia) media = NULL;
      g_autoptr (SmmMedia) again = NULL;
      g_autoptr (GError) error = NULL;
      double progress = -1;

      if (!CAN_ENCODE || !test_make_video (path, rows[i].description))
        {
          g_test_skip ("no encoder");
          return;
        }
      if (rows[i].turned)
        test_turn (path);
      media = test_edit (path, media_dir, &rows[i].edit, &progress, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (media->mime, ==, "video/mp4");
      g_assert_cmpstr (media->video_codec, ==, "h264");
      g_assert_cmpstr (media->audio_codec, ==, rows[i].has_sound ? "aac" : NULL);
      if (rows[i].has_sound)
        {
          g_assert_cmpint (media->audio_rate, ==, 48000);
          g_assert_cmpint (media->audio_channels, ==, 2);
        }
      g_assert_cmpint (media->width, ==, rows[i].width);
      g_assert_cmpint (media->height, ==, rows[i].height);
      g_assert_cmpuint (media->flags, ==, 0);
      g_assert_cmpfloat_with_epsilon (media->frame_rate, rows[i].rate, 0.5);
      g_assert_cmpint (ABS (media->duration - rows[i].duration), <, 110000);
      g_assert_cmpfloat (progress, >=, 0);
      if (rows[i].edit.max_bit_rate > 0)
        g_assert_cmpint (media->bit_rate, <, rows[i].edit.max_bit_rate * 3 / 2);
      out = g_build_filename (media_dir, media->sha256, NULL);
      assert_sound_file (out, 60);
      /* What came out goes in again, as the same medium. */
      again = test_import (out, media_dir, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (again->sha256, ==, media->sha256);
      g_assert_cmpint (count_files (media_dir), ==, i + 1);
    }
}

/* The part that was asked for, and the picture where it belongs. */
static void
test_content (void)
{
  const SmmMediaEdit trim = { SMM_MEDIA_EDIT_TRANSCODE, .trim_from = 1200000 };
  const SmmMediaEdit pad = { SMM_MEDIA_EDIT_PAD, 0.5, .trim_to = 900000 };
  g_autofree char *media_dir = test_path ("media");
  g_autofree char *path = test_path ("a.mp4");
  g_autofree char *frame = test_path ("frame.jpg");
  g_autofree char *trimmed_path = NULL, *padded_path = NULL;
  g_autoptr (SmmMedia) trimmed = NULL;
  g_autoptr (SmmMedia) padded = NULL;
  g_autoptr (SmmMedia) facts = NULL;
  g_autoptr (SmmMedia) more = NULL;
  g_autoptr (GError) error = NULL;

  if (!CAN_ENCODE
      || !test_make_video (
          path, "concat name=c ! x264enc speed-preset=ultrafast ! h264parse ! mux. " TEST_MP4
                " videotestsrc pattern=red num-buffers=30 ! "
                "video/x-raw,format=I420,width=320,height=240,framerate=30/1 ! c. "
                "videotestsrc pattern=blue num-buffers=30 ! "
                "video/x-raw,format=I420,width=320,height=240,framerate=30/1 ! c. "))
    {
      g_test_skip ("no encoder");
      return;
    }
  trimmed = test_edit (path, media_dir, &trim, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (ABS (trimmed->duration - 800000), <, 70000);
  trimmed_path = g_build_filename (media_dir, trimmed->sha256, NULL);
  facts = test_frame (trimmed_path, frame, 0, 0, 0, &error);
  g_assert_no_error (error);
  g_assert_cmpint (test_colour_at (frame, 50, 50), ==, 'b');
  padded = test_edit (path, media_dir, &pad, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (padded->height, ==, 640);
  padded_path = g_build_filename (media_dir, padded->sha256, NULL);
  more = test_frame (padded_path, frame, 800000, 0, 0, &error);
  g_assert_no_error (error);
  g_assert_cmpint (test_colour_at (frame, 50, 50), ==, 'r');
  /* The border has the colour of the edges: red as well. */
  g_assert_cmpint (test_colour_at (frame, 50, 3), ==, 'r');
}

/* --- Ending it --- */

typedef struct
{
  GCancellable *cancellable;
  gboolean done;
} Cancel;

static void
cancel_cb (double done, gpointer user_data)
{
  Cancel *cancel = user_data;

  g_cancellable_cancel (cancel->cancellable);
}

static void
cancelled_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Cancel *cancel = user_data;
  g_autoptr (GError) error = NULL;

  g_assert_null (smm_media_edit_finish (result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  cancel->done = TRUE;
}

static void
test_cancel (void)
{
  const SmmMediaEdit edit = { SMM_MEDIA_EDIT_TRANSCODE };
  g_autofree char *media_dir = test_path ("media");
  g_autofree char *path = test_path ("a.mp4");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Cancel cancel = { cancellable, FALSE };

  if (!CAN_ENCODE
      || !test_make_video (path, "videotestsrc pattern=snow num-buffers=300 ! "
                                 "video/x-raw,format=I420,width=640,height=480,framerate=30/1 ! "
                                 "x264enc speed-preset=ultrafast ! h264parse ! mux. " TEST_MP4))
    {
      g_test_skip ("no encoder");
      return;
    }
  smm_media_edit_async (path, media_dir, &edit, cancellable, cancel_cb, &cancel, cancelled_cb,
                        &cancel);
  while (!cancel.done)
    g_main_context_iteration (NULL, TRUE);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (count_files (media_dir), ==, 0);
}

/* --- Without plugins --- */

/* GStreamer with these plugins and no others. */
static void
with_plugins (const char *const *names)
{
  g_autofree char *folder = test_path ("plugins");
  g_autofree char *registry = test_path ("registry.bin");

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  for (; *names != NULL; names++)
    {
      g_autoptr (GstPlugin) plugin = gst_registry_find_plugin (gst_registry_get (), *names);
      g_autofree char *base = NULL;
      g_autofree char *link = NULL;

      g_assert_nonnull (plugin);
      base = g_path_get_basename (gst_plugin_get_filename (plugin));
      link = g_build_filename (folder, base, NULL);
      g_assert_cmpint (symlink (gst_plugin_get_filename (plugin), link), ==, 0);
    }
  g_setenv ("GST_PLUGIN_SYSTEM_PATH_1_0", folder, TRUE);
  g_setenv ("GST_REGISTRY", registry, TRUE);
}

static void
test_no_plugins (void)
{
  static const char *const parsers[] = { "coreelements",      "isomp4",       "videoparsersbad",
                                         "audioparsers",      "playback",     "typefindfunctions",
                                         "videoconvertscale", "videorate",    "videofilter",
                                         "deinterlace",       "audioconvert", "audioresample",
                                         "audiorate",         "app",          NULL };
  static const char *const decoders[] = { "libav", NULL };
  const SmmMediaEdit edit = { SMM_MEDIA_EDIT_TRANSCODE };
  g_autofree char *kept = g_strdup (g_getenv ("GST_REGISTRY"));
  g_autofree char *media_dir = test_path ("media");
  g_autofree char *path = test_path ("a.mp4");
  g_autofree char *out = test_path ("frame.jpg");
  g_autoptr (SmmMedia) media = NULL;
  g_autoptr (GError) error = NULL;

  if (!test_make_video (path, TEST_GOOD) || !test_has_element ("avdec_h264"))
    return;
  /* Facts need no decoder. */
  with_plugins (parsers);
  media = test_import (path, media_dir, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (media->audio_codec, ==, "aac");
  g_assert_null (test_frame (path, out, 0, 0, 0, &error));
  g_assert_cmpstr (smm_media_error_get_name (error), ==, "media-no-decoder");
  g_assert_nonnull (strstr (error->message, "gstreamer1.0-libav"));
  g_clear_error (&error);
  g_assert_null (test_edit (path, media_dir, &edit, NULL, &error));
  g_assert_cmpstr (smm_media_error_get_name (error), ==, "media-no-decoder");
  g_clear_error (&error);
  with_plugins (decoders);
  g_assert_null (test_edit (path, media_dir, &edit, NULL, &error));
  g_assert_cmpstr (smm_media_error_get_name (error), ==, "media-no-encoder");
  g_assert_nonnull (strstr (error->message, "gstreamer1.0-plugins-ugly"));
  g_assert_cmpuint (count_files (media_dir), ==, 1);
  g_unsetenv ("GST_PLUGIN_SYSTEM_PATH_1_0");
  if (kept != NULL)
    g_setenv ("GST_REGISTRY", kept, TRUE);
  else
    g_unsetenv ("GST_REGISTRY");
}

static void
add_tests (void)
{
  g_test_add_func ("/edit/picture", test_picture);
  g_test_add_func ("/edit/border", test_border);
  g_test_add_func ("/edit/impossible", test_impossible);
  g_test_add_func ("/edit/transcode", test_transcode);
  g_test_add_func ("/edit/content", test_content);
  g_test_add_func ("/edit/cancel", test_cancel);
  g_test_add_func ("/edit/no-plugins", test_no_plugins);
}

int
main (int argc, char **argv)
{
  return test_media_run (&argc, &argv, add_tests);
}

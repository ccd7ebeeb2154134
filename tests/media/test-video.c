/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Videos that come in: their facts, their frames, and those that are not whole. */

#include "config.h"

#include "smm-renderer.h"
#include "smm-test-video.h"

#include <glib/gstdio.h>
#include <string.h>

static SmmMedia *
import (const char *path)
{
  g_autofree char *media_dir = test_path ("media");
  g_autoptr (GError) error = NULL;
  SmmMedia *media = test_import (path, media_dir, &error);

  g_assert_no_error (error);
  return media;
}

static void
assert_refused (const char *path, const char *code)
{
  g_autofree char *media_dir = test_path ("media");
  g_autoptr (GError) error = NULL;
  g_autoptr (SmmMedia) media = test_import (path, media_dir, &error);

  if (media != NULL || strcmp (smm_media_error_get_name (error), code) != 0)
    g_error ("%s: wanted %s, got %s", path, code, media != NULL ? "nothing wrong" : error->message);
}

/* --- Facts --- */

static const struct
{
  const char *name;
  const char *description;
  const char *mime, *container, *video, *audio;
  int width, height;
  double rate;
  guint flags;
} rows[] = {
  { "good", TEST_GOOD, "video/mp4", "mp4", "h264", "aac", 320, 240, 30, 0 },
  { "late",
    TEST_PICTURES ("smpte", "I420", 320, 240, 30) TEST_H264 "mp4mux name=mux ! filesink name=out",
    "video/mp4", "mp4", "h264", NULL, 320, 240, 30, SMM_MEDIA_MOOV_LATE },
  { "mov",
    TEST_PICTURES ("smpte", "I420", 320, 240, 25) TEST_H264 TEST_SOUND TEST_AAC
    "qtmux name=mux faststart=true ! filesink name=out",
    "video/quicktime", "mov", "h264", "aac", 320, 240, 25, 0 },
  { "fast", TEST_PICTURES ("smpte", "I420", 160, 120, 60) TEST_H264 TEST_MP4, "video/mp4", "mp4",
    "h264", NULL, 160, 120, 60, 0 },
  { "422", TEST_PICTURES ("smpte", "Y42B", 160, 120, 30) TEST_H264 TEST_MP4, "video/mp4", "mp4",
    "h264", NULL, 160, 120, 30, SMM_MEDIA_NOT_420 },
  { "interlaced",
    "videotestsrc num-buffers=50 ! video/x-raw,format=I420,width=160,height=128,"
    "framerate=25/1,interlace-mode=interleaved ! x264enc interlaced=true ! h264parse ! "
    "mux. " TEST_MP4,
    "video/mp4", "mp4", "h264", NULL, 160, 128, 25, SMM_MEDIA_INTERLACED },
  { "fragments",
    TEST_PICTURES ("smpte", "I420", 160, 120, 30) TEST_H264 TEST_SOUND TEST_AAC
    "mp4mux name=mux fragment-duration=500 ! filesink name=out",
    "video/mp4", "mp4", "h264", "aac", 160, 120, 30, 0 },
  { "webm",
    TEST_PICTURES ("smpte", "I420", 160, 120,
                   30) "vp8enc deadline=1 ! mux. " TEST_SOUND
                       "audioconvert ! vorbisenc ! mux. webmmux name=mux ! filesink name=out",
    "video/webm", "webm", "vp8", "vorbis", 160, 120, 30, 0 },
  { "webm-vp9",
    TEST_PICTURES ("smpte", "I420", 160, 120, 30) "vp9enc deadline=1 cpu-used=8 ! mux. "
                                                  "webmmux name=mux ! filesink name=out",
    "video/webm", "webm", "vp9", NULL, 160, 120, 30, 0 },
  /* As browsers record: no duration in it, and no length of anything. */
  { "webm-live",
    TEST_PICTURES ("smpte", "I420", 160, 120,
                   30) "vp8enc deadline=1 ! mux. "
                       "webmmux name=mux streamable=true ! filesink name=out",
    "video/webm", "webm", "vp8", NULL, 160, 120, 30, 0 },
};

static gint64
length_of (const char *name)
{
  return strcmp (name, "good") == 0 || strcmp (name, "interlaced") == 0 ? 2000000 : 1000000;
}

static void
test_facts (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autofree char *path = test_path ("a.txt");
  g_autofree char *place = NULL;
  g_autoptr (SmmMedia) media = NULL;
  g_autofree char *hash = NULL;
  g_autoptr (GBytes) bytes = NULL;

  if (!test_make_video (path, rows[i].description))
    return;
  media = import (path);
  g_assert_cmpstr (media->mime, ==, rows[i].mime);
  g_assert_cmpstr (media->container, ==, rows[i].container);
  g_assert_cmpstr (media->video_codec, ==, rows[i].video);
  g_assert_cmpstr (media->audio_codec, ==, rows[i].audio);
  g_assert_cmpint (media->width, ==, rows[i].width);
  g_assert_cmpint (media->height, ==, rows[i].height);
  g_assert_cmpfloat_with_epsilon (media->frame_rate, rows[i].rate, 0.1);
  g_assert_cmpuint (media->flags, ==, rows[i].flags);
  if (rows[i].audio != NULL)
    {
      g_assert_cmpint (media->audio_rate, ==, 44100);
      g_assert_cmpint (media->audio_channels, ==, 2);
    }
  /* The sound lasts two seconds; where the pictures are shorter, the longer one counts. */
  if (rows[i].audio == NULL)
    g_assert_cmpint (ABS (media->duration - length_of (rows[i].name)), <, 60000);
  else
    g_assert_cmpint (ABS (media->duration - 2000000), <, 60000);
  bytes = test_read (path);
  g_assert_cmpint (media->bytes, ==, g_bytes_get_size (bytes));
  g_assert_cmpint (ABS (media->bit_rate - media->bytes * 8 * 1000000 / media->duration), <, 10);
  hash = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
  g_assert_cmpstr (media->sha256, ==, hash);
  {
    g_autofree char *media_dir = test_path ("media");
    g_autoptr (GBytes) copy = NULL;

    place = g_build_filename (media_dir, hash, NULL);
    copy = test_read (place);
    g_assert_true (g_bytes_equal (copy, bytes));
  }
}

static void
test_turned (void)
{
  g_autofree char *path = test_path ("a.mp4");
  g_autofree char *out = test_path ("frame.jpg");
  g_autoptr (SmmMedia) media = NULL;
  g_autoptr (SmmMedia) frame = NULL;
  g_autoptr (GError) error = NULL;

  if (!test_make_video (path, TEST_GOOD))
    return;
  test_turn (path);
  media = import (path);
  g_assert_cmpint (media->width, ==, 240);
  g_assert_cmpint (media->height, ==, 320);
  frame = test_frame (path, out, 0, 0, 0, &error);
  g_assert_no_error (error);
  g_assert_cmpint (frame->width, ==, 240);
  g_assert_cmpint (frame->height, ==, 320);
  /* The bars, grey at the left and blue at the right, lie now: grey on top, blue below. */
  g_assert_cmpint (test_colour_at (out, 90, 5), ==, 'w');
  g_assert_cmpint (test_colour_at (out, 90, 95), ==, 'b');
}

/* --- Edit lists --- */

static void
put32 (guint8 *at, guint32 value)
{
  value = GUINT32_TO_BE (value);
  memcpy (at, &value, 4);
}

static void
test_edit_list (void)
{
  static const struct
  {
    gint32 start;
    guint32 percent;
    gint16 speed;
    gboolean real;
  } edits[] = {
    { 0, 100, 1, FALSE }, { 20000, 100, 1, TRUE }, { 0, 50, 1, TRUE },
    { -1, 100, 1, TRUE }, { 0, 100, 2, TRUE },
  };
  g_autofree char *path = test_path ("a.mp4");
  g_autoptr (GBytes) bytes = NULL;
  const guint8 *data;
  gssize at;
  guint32 length;

  if (!test_make_video (path, TEST_PICTURES ("smpte", "I420", 320, 240, 30) TEST_H264 TEST_MP4))
    return;
  bytes = test_read (path);
  at = test_find_box (bytes, "elst", 0);
  g_assert_cmpint (at, >, 0);
  data = (const guint8 *)g_bytes_get_data (bytes, NULL) + at;
  g_assert_cmpint (data[4], ==, 0);
  memcpy (&length, data + 12, 4);
  length = GUINT32_FROM_BE (length);
  for (guint i = 0; i < G_N_ELEMENTS (edits); i++)
    {
      g_autoptr (SmmMedia) media = NULL;
      guint8 entry[12] = { 0 };

      put32 (entry, (guint32)((guint64)length * edits[i].percent / 100));
      put32 (entry + 4, (guint32)edits[i].start);
      entry[9] = (guint8)edits[i].speed;
      test_patch (path, at + 12, entry, sizeof entry);
      media = import (path);
      g_assert_cmpint ((media->flags & SMM_MEDIA_EDIT_LIST) != 0, ==, edits[i].real);
    }
}

/* --- Wrong ones --- */

static void
test_wrong (void)
{
  g_autofree char *path = test_path ("a.mp4");
  g_autofree char *late = test_path ("late.mp4");
  g_autofree char *sound = test_path ("sound.mp4");
  g_autofree char *matroska = test_path ("a.mkv");
  g_autofree char *avi = test_path ("a.avi");
  g_autoptr (GBytes) bytes = NULL;
  gssize moov;

  test_write (path, "This is a text and not a film.", 30);
  assert_refused (path, "media-unknown");
  test_write (path, "", 0);
  assert_refused (path, "media-empty");
  test_write (path, "\x1a\x45\xdf\xa3", 4);
  assert_refused (path, "media-broken");
  if (!test_make_video (late, TEST_PICTURES ("smpte", "I420", 320, 240, 30) TEST_H264
                        "mp4mux name=mux ! filesink name=out")
      || !test_make_video (sound, TEST_SOUND TEST_AAC TEST_MP4)
      || !test_make_video (matroska, TEST_PICTURES ("smpte", "I420", 160, 120, 30) TEST_H264
                           "matroskamux name=mux ! filesink name=out")
      || !test_make_video (avi,
                           TEST_PICTURES ("smpte", "I420", 160, 120,
                                          30) "jpegenc ! mux. avimux name=mux ! filesink name=out"))
    return;
  assert_refused (sound, "media-unsupported");
  assert_refused (matroska, "media-unsupported");
  assert_refused (avi, "media-unsupported");
  /* A camera whose battery ended: all the pictures, and no index. */
  bytes = test_read (late);
  moov = test_find_box (bytes, "moov", 0);
  test_write (late, g_bytes_get_data (bytes, NULL), moov - 4);
  assert_refused (late, "media-broken");
}

static void
test_truncated (void)
{
  g_autofree char *path = test_path ("a.mp4");
  g_autofree char *webm = test_path ("a.webm");
  g_autofree char *cut = test_path ("cut");
  const char *paths[] = { path, webm };

  if (!test_make_video (path, TEST_GOOD)
      || !test_make_video (
          webm, TEST_PICTURES ("smpte", "I420", 160, 120,
                               30) "vp8enc deadline=1 ! mux. webmmux name=mux ! filesink name=out"))
    return;
  for (guint p = 0; p < G_N_ELEMENTS (paths); p++)
    for (int percent = 1; percent < 100; percent += 14)
      {
        g_autoptr (GBytes) bytes = test_read (paths[p]);

        test_write (cut, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes) * percent / 100);
        assert_refused (cut, "media-broken");
      }
}

/* Whatever the bytes are, it ends with facts or with a documented code. */
static void
test_mutations (void)
{
  g_autofree char *media_dir = test_path ("media");
  g_autofree char *good = test_path ("good.mp4");
  g_autofree char *path = test_path ("mutant");
  g_autoptr (GRand) rand = g_rand_new_with_seed (12);
  g_autoptr (GBytes) bytes = NULL;
  gssize mdat;
  guint n_refused = 0;

  if (!test_make_video (good, TEST_GOOD))
    return;
  bytes = test_read (good);
  mdat = test_find_box (bytes, "mdat", 0);
  for (guint i = 0; i < 60; i++)
    {
      gsize n = g_bytes_get_size (bytes);
      g_autofree guint8 *copy = g_memdup2 (g_bytes_get_data (bytes, NULL), n);
      g_autoptr (SmmMedia) media = NULL;
      g_autoptr (GError) error = NULL;

      for (int flips = 0; flips < 5; flips++)
        copy[g_rand_int_range (rand, 8, flips < 4 ? mdat : n)] = g_rand_int_range (rand, 0, 256);
      test_write (path, copy, n);
      media = test_import (path, media_dir, &error);
      if (media != NULL)
        continue;
      n_refused++;
      g_assert_true (error->domain == SMM_MEDIA_ERROR);
      g_assert_cmpstr (smm_media_error_get_name (error), !=, "media-failed");
    }
  g_assert_cmpuint (n_refused, >, 5);
  g_assert_cmpuint (n_refused, <, 60);
}

/* --- Frames --- */

#define RED_THEN_BLUE                                                                              \
  "concat name=c ! x264enc speed-preset=ultrafast key-int-max=300 ! h264parse ! mux. " TEST_MP4    \
  " videotestsrc pattern=red num-buffers=30 ! "                                                    \
  "video/x-raw,format=I420,width=320,height=240,framerate=30/1 ! c. "                              \
  "videotestsrc pattern=blue num-buffers=30 ! "                                                    \
  "video/x-raw,format=I420,width=320,height=240,framerate=30/1 ! c. "

static void
test_frames (void)
{
  g_autofree char *path = test_path ("a.mp4");
  g_autofree char *out = test_path ("frame.jpg");
  g_autofree char *picture = test_path ("a.png");
  g_autoptr (GdkPixbuf) pixbuf = test_quarters (8, 8);
  g_autoptr (GBytes) bytes = test_encode (pixbuf, "png", NULL);
  g_autoptr (GError) error = NULL;
  static const struct
  {
    gint64 at;
    char colour;
  } frames[] = {
    { 0, 'r' }, { 900000, 'r' }, { 1100000, 'b' }, { 1990000, 'b' }, { 99000000, 'b' },
  };

  if (!test_make_video (path, RED_THEN_BLUE))
    return;
  for (guint i = 0; i < G_N_ELEMENTS (frames); i++)
    {
      g_autoptr (SmmMedia) media = test_frame (path, out, frames[i].at, 100, 100, &error);

      g_assert_no_error (error);
      g_assert_cmpstr (media->mime, ==, "image/jpeg");
      g_assert_cmpint (media->width, ==, 100);
      g_assert_cmpint (media->height, ==, 75);
      g_assert_cmpint (test_colour_at (out, 50, 50), ==, frames[i].colour);
    }
  test_write (picture, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_assert_null (test_frame (picture, out, 0, 0, 0, &error));
  g_assert_error (error, SMM_MEDIA_ERROR, SMM_MEDIA_ERROR_UNSUPPORTED);
}

/* --- The renderer of the publisher --- */

typedef struct
{
  gboolean done;
  SmmRendition *rendition;
  char *code;
} Rendered;

static void
rendered_cb (SmmRendition *rendition, const char *code, const char *message, gpointer user_data)
{
  Rendered *rendered = user_data;

  rendered->done = TRUE;
  rendered->rendition = rendition;
  g_free (rendered->code);
  rendered->code = g_strdup (code);
}

static void
free_rendition (SmmRendition *rendition)
{
  g_free (rendition->path);
  g_free (rendition->mime);
  g_free (rendition->alt);
  g_free (rendition);
}

static void
render (SmmRenderer *renderer, SmmMedia *media, Rendered *rendered)
{
  g_clear_pointer (&rendered->rendition, free_rendition);
  rendered->done = FALSE;
  smm_renderer_render (renderer, media, SMM_PLATFORM_INSTAGRAM, rendered_cb, rendered);
  while (!rendered->done)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_renderer (void)
{
  g_autoptr (SmmPaths) paths = smm_paths_new (NULL);
  g_autoptr (SmmRenderer) renderer = smm_renderer_new (paths);
  g_autofree char *path = test_path ("loaf.mp4");
  g_autofree char *place = NULL;
  g_autoptr (SmmMedia) media = NULL;
  Rendered rendered = { 0 };

  if (!test_make_video (path, TEST_GOOD))
    return;
  media = test_import (path, paths->media_dir, NULL);
  g_assert_nonnull (media);
  place = smm_paths_get_media (paths, media->sha256);
  for (int i = 0; i < 2; i++)
    {
      render (renderer, media, &rendered);
      g_assert_null (rendered.code);
      g_assert_cmpstr (rendered.rendition->path, ==, place);
      g_assert_cmpstr (rendered.rendition->mime, ==, "video/mp4");
      g_assert_cmpint (rendered.rendition->bytes, ==, media->bytes);
      g_assert_cmpint (rendered.rendition->width, ==, 320);
      g_assert_cmpint (rendered.rendition->height, ==, 240);
      g_assert_cmpint (rendered.rendition->duration, ==, media->duration);
    }
  test_patch (place, media->bytes - 3, "xyz", 3);
  render (renderer, media, &rendered);
  g_assert_cmpstr (rendered.code, ==, "media-changed");
  g_assert_cmpint (g_unlink (place), ==, 0);
  render (renderer, media, &rendered);
  g_assert_cmpstr (rendered.code, ==, "media-missing");
  g_free (rendered.code);
}

static void
add_tests (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *name = g_strconcat ("/video/facts/", rows[i].name, NULL);

      g_test_add_data_func (name, GUINT_TO_POINTER (i), test_facts);
    }
  g_test_add_func ("/video/turned", test_turned);
  g_test_add_func ("/video/edit-list", test_edit_list);
  g_test_add_func ("/video/wrong", test_wrong);
  g_test_add_func ("/video/truncated", test_truncated);
  g_test_add_func ("/video/mutations", test_mutations);
  g_test_add_func ("/video/frames", test_frames);
  g_test_add_func ("/video/renderer", test_renderer);
}

int
main (int argc, char **argv)
{
  return test_media_run (&argc, &argv, add_tests);
}

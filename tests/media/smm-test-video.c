/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-test-video.h"

#include <gst/gst.h>
#include <string.h>

static void
start (void)
{
  g_autoptr (GError) error = NULL;

  gst_init_check (NULL, NULL, &error);
  g_assert_no_error (error);
}

gboolean
test_has_element (const char *name)
{
  g_autoptr (GstElementFactory) factory = NULL;

  start ();
  factory = gst_element_factory_find (name);
  return factory != NULL;
}

gboolean
test_make_video (const char *path, const char *description)
{
  g_autoptr (GstElement) pipeline = NULL;
  g_autoptr (GstElement) sink = NULL;
  g_autoptr (GstBus) bus = NULL;
  g_autoptr (GstMessage) message = NULL;
  g_autoptr (GError) error = NULL;

  start ();
  pipeline = gst_parse_launch_full (description, NULL, GST_PARSE_FLAG_FATAL_ERRORS, &error);
  if (g_error_matches (error, GST_PARSE_ERROR, GST_PARSE_ERROR_NO_SUCH_ELEMENT))
    {
      g_test_skip (error->message);
      return FALSE;
    }
  g_assert_no_error (error);
  sink = gst_bin_get_by_name (GST_BIN (pipeline), "out");
  g_object_set (sink, "location", path, NULL);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  bus = gst_element_get_bus (pipeline);
  message = gst_bus_timed_pop_filtered (bus, 60 * GST_SECOND, GST_MESSAGE_EOS | GST_MESSAGE_ERROR);
  g_assert_nonnull (message);
  if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_ERROR)
    gst_message_parse_error (message, &error, NULL);
  g_assert_no_error (error);
  gst_element_set_state (pipeline, GST_STATE_NULL);
  return TRUE;
}

gssize
test_find_box (GBytes *file, const char *type, guint n)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (file, &size);
  gsize at = 0;

  for (;;)
    {
      const guint8 *found = memmem (data + at, size - at, type, 4);

      if (found == NULL)
        return -1;
      if (n-- == 0)
        return found - data;
      at = found - data + 1;
    }
}

GBytes *
test_read (const char *path)
{
  char *data;
  gsize n;

  g_assert_true (g_file_get_contents (path, &data, &n, NULL));
  return g_bytes_new_take (data, n);
}

void
test_patch (const char *path, gsize offset, const void *data, gsize n)
{
  g_autofree char *text = NULL;
  gsize size;

  g_assert_true (g_file_get_contents (path, &text, &size, NULL));
  g_assert_cmpuint (offset + n, <=, size);
  memcpy (text + offset, data, n);
  test_write (path, text, size);
}

void
test_turn (const char *path)
{
  static const guint8 matrix[]
      = { 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 0, 0, 0, 0, 0, 0 };
  g_autoptr (GBytes) bytes = test_read (path);
  gssize at = test_find_box (bytes, "tkhd", 0);
  const guint8 *data = g_bytes_get_data (bytes, NULL);

  g_assert_cmpint (at, >, 0);
  test_patch (path, at + 4 + (data[at + 4] == 1 ? 52 : 40), matrix, sizeof matrix);
}

/* --- The asynchronous calls, waited for --- */

static void
keep_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GAsyncResult **kept = user_data;

  *kept = g_object_ref (result);
}

SmmMedia *
test_frame (const char *path, const char *out, gint64 at, int max_width, int max_height,
            GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  smm_media_frame_async (path, out, at, max_width, max_height, NULL, keep_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return smm_media_frame_finish (result, error);
}

static void
progress_cb (double done, gpointer user_data)
{
  double *most = user_data;

  if (most == NULL)
    return;
  g_assert_cmpfloat (done, >=, *most);
  *most = done;
}

SmmMedia *
test_edit (const char *path, const char *media_dir, const SmmMediaEdit *edit, double *progress,
           GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  smm_media_edit_async (path, media_dir, edit, NULL, progress_cb, progress, keep_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return smm_media_edit_finish (result, error);
}

char
test_colour_at (const char *jpeg, int x, int y)
{
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new_from_file (jpeg, NULL);
  const guchar *p;
  gboolean r, g, b;

  g_assert_nonnull (pixbuf);
  p = gdk_pixbuf_read_pixels (pixbuf)
      + (gdk_pixbuf_get_height (pixbuf) * y / 100) * gdk_pixbuf_get_rowstride (pixbuf)
      + (gdk_pixbuf_get_width (pixbuf) * x / 100) * 3;
  r = p[0] > 150;
  g = p[1] > 150;
  b = p[2] > 150;
  return r && g && b ? 'w' : r && !g && !b ? 'r' : !r && g && !b ? 'g' : !r && !g && b ? 'b' : '?';
}

/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The walker of boxes by itself: thousands of damaged indexes, and those made to cost time. */

#include "config.h"

#include "smm-media-boxes.h"
#include "smm-test-video.h"

#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* A file of @size bytes that begins with @n; the rest, which nobody reads here, is a hole. */
static int
open_part (const void *data, gsize n, gsize size)
{
  int fd = memfd_create ("boxes", MFD_CLOEXEC);

  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (pwrite (fd, data, n, 0), ==, n);
  g_assert_cmpint (ftruncate (fd, (off_t)size), ==, 0);
  return fd;
}

static int
open_bytes (const void *data, gsize n)
{
  return open_part (data, n, n);
}

static gboolean
read_part (const void *data, gsize n, gsize size, SmmBoxes *boxes)
{
  int fd = open_part (data, MIN (n, size), size);
  g_autoptr (GError) error = NULL;
  gboolean done = smm_boxes_read (fd, (gint64)size, boxes, &error);

  g_assert_cmpint (done, ==, error == NULL);
  if (error != NULL)
    g_assert_cmpuint (strlen (error->message), >, 10);
  close (fd);
  return done;
}

static gboolean
read_boxes (const void *data, gsize n, SmmBoxes *boxes)
{
  return read_part (data, n, n, boxes);
}

/* Where the pictures begin, behind the index. */
static gsize
find_pictures (const guint8 *data, gsize n)
{
  return (const guint8 *)memmem (data, n, "mdat", 4) - data + 12;
}

static guint8 *
make_good (gsize *n)
{
  g_autofree char *path = test_path ("good.mp4");
  g_autoptr (GBytes) bytes = NULL;

  if (!test_make_video (path, TEST_GOOD))
    return NULL;
  bytes = test_read (path);
  *n = g_bytes_get_size (bytes);
  return g_memdup2 (g_bytes_get_data (bytes, NULL), *n);
}

static void
test_mutations (void)
{
  gsize n;
  g_autofree guint8 *good = make_good (&n);
  g_autofree guint8 *copy = g_malloc (1);
  g_autoptr (GRand) rand = g_rand_new_with_seed (13);
  guint n_read = 0, n_refused = 0;
  gsize index;
  SmmBoxes boxes;

  if (good == NULL)
    return;
  index = find_pictures (good, n);
  g_assert_true (read_boxes (good, n, &boxes));
  g_assert_cmpfloat_with_epsilon (boxes.frame_rate, 30, 0.01);
  for (guint i = 0; i < 3000; i++)
    {
      g_free (copy);
      copy = g_memdup2 (good, index);
      for (int flips = 0; flips < 3; flips++)
        {
          static const guint8 nasty[] = { 0, 1, 0x7f, 0x80, 0xff };
          gint at = g_rand_int_range (rand, 0, (gint)index);

          copy[at] = flips == 0 ? nasty[g_rand_int_range (rand, 0, 5)]
                                : (guint8)g_rand_int_range (rand, 0, 256);
        }
      if (read_part (copy, index, n, &boxes))
        n_read++;
      else
        n_refused++;
      g_assert_true (boxes.rotation % 90 == 0);
      g_assert_true (boxes.frame_rate >= 0);
      g_assert_cmpint (boxes.duration, >=, 0);
    }
  g_assert_cmpuint (n_read, >, 100);
  g_assert_cmpuint (n_refused, >, 100);
}

/* Cut anywhere in the index, or in what it points to, it is not whole. */
static void
test_cuts (void)
{
  gsize n;
  g_autofree guint8 *good = make_good (&n);
  SmmBoxes boxes;

  if (good == NULL)
    return;
  for (gsize at = 1; at < n; at += 97)
    g_assert_false (read_part (good, find_pictures (good, n), at, &boxes));
}

static void
append_box (GByteArray *out, guint32 length, const char *type)
{
  guint32 be = GUINT32_TO_BE (length);

  g_byte_array_append (out, (const guint8 *)&be, 4);
  g_byte_array_append (out, (const guint8 *)type, 4);
}

/* Boxes in boxes in boxes, and as many as fit: an end in good time. */
static void
test_floods (void)
{
  g_autoptr (GByteArray) deep = g_byte_array_new ();
  g_autoptr (GByteArray) wide = g_byte_array_new ();
  g_autoptr (GByteArray) table = g_byte_array_new ();
  static const guint8 counts[12] = { 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 0xff, 0xff };
  gint64 began = g_get_monotonic_time ();
  SmmBoxes boxes;

  for (guint i = 0; i < 1000; i++)
    append_box (deep, 8 * (1000 - i), i == 0 ? "moov" : "mdia");
  g_assert_false (read_boxes (deep->data, deep->len, &boxes));
  append_box (wide, 8 + 300000 * 8, "moov");
  for (guint i = 0; i < 300000; i++)
    append_box (wide, 8, "free");
  g_assert_false (read_boxes (wide->data, wide->len, &boxes));
  /* Four thousand million sizes in a box that ends after their number. */
  append_box (table, 28, "moov");
  append_box (table, 20, "stsz");
  g_byte_array_append (table, counts, sizeof counts);
  g_assert_false (read_boxes (table->data, table->len, &boxes));
  g_assert_cmpint (g_get_monotonic_time () - began, <, 20 * G_USEC_PER_SEC);
}

static void
test_drop_edit_lists (void)
{
  gsize n;
  g_autofree guint8 *good = make_good (&n);
  g_autofree guint8 *after = NULL;
  SmmBoxes boxes;
  int fd;

  if (good == NULL)
    return;
  g_assert_nonnull (memmem (good, n, "edts", 4));
  fd = open_bytes (good, n);
  g_assert_true (smm_boxes_drop_edit_lists (fd, n));
  after = g_malloc (n);
  g_assert_cmpint (pread (fd, after, n, 0), ==, n);
  close (fd);
  g_assert_null (memmem (after, n, "edts", 4));
  g_assert_true (read_boxes (after, n, &boxes));
}

static void
test_webm (void)
{
  static const guint8 webm[]
      = "\x1a\x45\xdf\xa3\x87\x42\x82\x84webm\x18\x53\x80\x67\x01\xff\xff\xff\xff\xff\xff\xff";
  static const guint8 matroska[] = "\x1a\x45\xdf\xa3\x8b\x42\x82\x88matroska\x18\x53\x80\x67\x84"
                                   "1234";
  static const guint8 cut[] = "\x1a\x45\xdf\xa3\x87\x42\x82\x84webm\x18\x53\x80\x67\x85"
                              "1234";
  const struct
  {
    const guint8 *data;
    gsize n;
    gboolean whole, is_webm;
  } rows[] = {
    { webm, sizeof webm - 1, TRUE, TRUE },
    { matroska, sizeof matroska - 1, TRUE, FALSE },
    { cut, sizeof cut - 1, FALSE, TRUE },
  };
  g_autoptr (GRand) rand = g_rand_new_with_seed (14);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      int fd = open_bytes (rows[i].data, rows[i].n);
      g_autoptr (GError) error = NULL;
      gboolean is_webm;

      g_assert_cmpint (smm_ebml_read (fd, rows[i].n, &is_webm, &error), ==, rows[i].whole);
      g_assert_cmpint (is_webm, ==, rows[i].is_webm);
      close (fd);
    }
  for (guint i = 0; i < 2000; i++)
    {
      guint8 copy[sizeof webm - 1];
      g_autoptr (GError) error = NULL;
      gboolean is_webm;
      int fd;

      memcpy (copy, webm, sizeof copy);
      for (int flips = 0; flips < 3; flips++)
        copy[g_rand_int_range (rand, 0, sizeof copy)] = (guint8)g_rand_int_range (rand, 0, 256);
      fd = open_bytes (copy, sizeof copy);
      g_assert_cmpint (smm_ebml_read (fd, sizeof copy, &is_webm, &error), ==, error == NULL);
      close (fd);
    }
}

static void
add_tests (void)
{
  g_test_add_func ("/boxes/mutations", test_mutations);
  g_test_add_func ("/boxes/cuts", test_cuts);
  g_test_add_func ("/boxes/floods", test_floods);
  g_test_add_func ("/boxes/drop-edit-lists", test_drop_edit_lists);
  g_test_add_func ("/boxes/webm", test_webm);
}

int
main (int argc, char **argv)
{
  return test_media_run (&argc, &argv, add_tests);
}

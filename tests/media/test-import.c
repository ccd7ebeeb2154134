/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Files that come in: good ones, wrong ones, and ones made to do harm. */

#include "config.h"

#include "smm-test-media.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

static guint
count_files (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;

  while (dir != NULL && g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

static void
assert_refused (const char *path, const char *code)
{
  g_autofree char *media_dir = test_path ("media");
  g_autoptr (GError) error = NULL;
  g_autoptr (SmmMedia) media = test_import (path, media_dir, &error);

  if (media != NULL)
    g_error ("%s was taken", path);
  g_assert_true (error->domain == SMM_MEDIA_ERROR);
  if (strcmp (smm_media_error_get_name (error), code) != 0)
    g_error ("%s: wanted %s, got %s: %s", path, code, smm_media_error_get_name (error),
             error->message);
  g_assert_cmpuint (strlen (error->message), >, 5);
  /* Nothing of it stays. */
  g_assert_cmpuint (count_files (media_dir), ==, 0);
}

/* --- Good ones --- */

static void
test_good (void)
{
  static const char *const types[] = { "jpeg", "png", "bmp", "tiff" };
  /* What it is called is no evidence. */
  static const char *const names[] = { "a.jpg", "b.txt", "c d\"'`$;.png", "löffel.exe" };
  g_autofree char *media_dir = test_path ("media");
  g_autoptr (GdkPixbuf) picture = test_quarters (64, 48);

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    {
      g_autofree char *path = test_path (names[i]);
      g_autofree char *mime = g_strconcat ("image/", types[i], NULL);
      g_autofree char *hash = NULL, *place = NULL, *copy = NULL;
      g_autoptr (GBytes) bytes = test_encode (picture, types[i], NULL);
      g_autoptr (SmmMedia) media = NULL;
      g_autoptr (GError) error = NULL;
      GStatBuf buf;
      gsize n;

      test_write (path, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
      media = test_import (path, media_dir, &error);
      g_assert_no_error (error);
      hash = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
      g_assert_cmpstr (media->sha256, ==, hash);
      g_assert_cmpstr (media->mime, ==, mime);
      g_assert_cmpstr (media->file_name, ==, names[i]);
      g_assert_cmpint (media->bytes, ==, g_bytes_get_size (bytes));
      g_assert_cmpint (media->width, ==, 64);
      g_assert_cmpint (media->height, ==, 48);
      place = g_build_filename (media_dir, hash, NULL);
      g_assert_true (g_file_get_contents (place, &copy, &n, NULL));
      g_assert_cmpmem (copy, n, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
      g_assert_cmpint (g_stat (place, &buf), ==, 0);
      g_assert_cmpuint (buf.st_mode & 0777, ==, 0600);
      g_assert_cmpuint (count_files (media_dir), ==, i + 1);
    }
}

/* The same picture twice is one file; so is one that is in the library already. */
static void
test_twice (void)
{
  g_autofree char *media_dir = test_path ("media");
  g_autofree char *path = test_path ("a.png");
  g_autoptr (GdkPixbuf) picture = test_quarters (8, 8);
  g_autoptr (GBytes) bytes = test_encode (picture, "png", NULL);
  g_autoptr (SmmMedia) one = NULL;
  g_autoptr (SmmMedia) two = NULL;
  g_autoptr (SmmMedia) three = NULL;
  g_autofree char *place = NULL;

  test_write (path, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  one = test_import (path, media_dir, NULL);
  two = test_import (path, media_dir, NULL);
  g_assert_cmpstr (one->sha256, ==, two->sha256);
  place = g_build_filename (media_dir, one->sha256, NULL);
  three = test_import (place, media_dir, NULL);
  g_assert_cmpstr (three->sha256, ==, one->sha256);
  g_assert_cmpuint (count_files (media_dir), ==, 1);
}

/* The size that people see, not the one in the file. */
static void
test_orientation (void)
{
  g_autofree char *media_dir = test_path ("media");
  g_autofree char *path = test_path ("a.jpg");
  g_autoptr (GdkPixbuf) picture = test_quarters (64, 48);
  g_autoptr (GBytes) plain = test_encode (picture, "jpeg", NULL);
  g_autoptr (GBytes) turned = test_add_metadata (plain, 6);
  g_autoptr (SmmMedia) media = NULL;

  test_write (path, g_bytes_get_data (turned, NULL), g_bytes_get_size (turned));
  media = test_import (path, media_dir, NULL);
  g_assert_cmpint (media->width, ==, 48);
  g_assert_cmpint (media->height, ==, 64);
}

/* --- Wrong ones --- */

static void
test_not_files (void)
{
  g_autofree char *missing = test_path ("missing.jpg");
  g_autofree char *below = test_path ("empty/below.jpg");
  g_autofree char *folder = test_path ("folder");
  g_autofree char *fifo = test_path ("fifo.jpg");
  g_autofree char *loop = test_path ("loop.jpg");
  g_autofree char *empty = test_path ("empty");
  g_autofree char *dangling = test_path ("dangling.jpg");

  test_write (empty, "", 0);
  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  g_assert_cmpint (mkfifo (fifo, 0600), ==, 0);
  g_assert_cmpint (symlink (loop, loop), ==, 0);
  g_assert_cmpint (symlink (missing, dangling), ==, 0);
  assert_refused (missing, "media-missing");
  assert_refused (dangling, "media-missing");
  assert_refused ("", "media-missing");
  assert_refused (below, "media-unreadable");
  assert_refused (folder, "media-unreadable");
  assert_refused (fifo, "media-unreadable");
  assert_refused (loop, "media-unreadable");
  assert_refused ("/dev/zero", "media-unreadable");
  assert_refused (empty, "media-empty");
}

static void
test_no_right (void)
{
  g_autofree char *path = test_path ("a.jpg");

  test_write (path, "\xff\xd8\xff\xe0", 4);
  g_assert_cmpint (g_chmod (path, 0), ==, 0);
  if (access (path, R_OK) == 0)
    {
      g_test_skip ("root reads everything");
      return;
    }
  assert_refused (path, "media-unreadable");
}

static void
test_wrong_kinds (void)
{
  static const struct
  {
    const char *name;
    const char *head;
    gsize n;
    const char *code;
  } rows[] = {
    { "page.jpg", "<!DOCTYPE html><html></html>", 28, "media-unknown" },
    { "drawing.svg", "<svg xmlns='http://www.w3.org/2000/svg' width='9999999'/>", 56,
      "media-unknown" },
    { "text.png", "hello", 5, "media-unknown" },
    { "byte.png", "x", 1, "media-unknown" },
    { "program.gif",
      "\x7f"
      "ELF\2\1\1",
      7, "media-unknown" },
    { "document.jpg", "%PDF-1.7\n", 9, "media-unknown" },
    { "archive.jpg", "PK\3\4", 4, "media-unknown" },
    { "film.jpg",
      "\0\0\0\x18"
      "ftypmp42\0\0\0\0",
      16, "media-broken" },
    { "film.mov",
      "\0\0\0\x14"
      "ftypqt  \0\0\0\0",
      16, "media-broken" },
    { "head-only.jpg", "\xff\xd8\xff\xe0", 4, "media-broken" },
    { "head-only.png", "\x89PNG\r\n\x1a\n", 8, "media-broken" },
    { "head-only.gif", "GIF89a", 6, "media-broken" },
    { "head-only.webp", "RIFF\0\0\0\0WEBP", 12, "media-broken" },
    { "head-only.tiff", "II*\0", 4, "media-broken" },
    { "head-only.bmp", "BM", 2, "media-broken" },
    { "photo.heic",
      "\0\0\0\x18"
      "ftypheic\0\0\0\0",
      16, "media-broken" },
    { "jpeg-in-png.png", "\x89PNG\r\n\x1a\n\xff\xd8\xff\xe0", 12, "media-broken" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = test_path (rows[i].name);

      test_write (path, rows[i].head, rows[i].n);
      assert_refused (path, rows[i].code);
    }
}

/* Half a picture is found out now, and not when it is due. */
static void
test_truncated (void)
{
  static const char *const types[] = { "jpeg", "png" };
  g_autoptr (GdkPixbuf) picture = test_noise (120, 90);

  for (guint t = 0; t < G_N_ELEMENTS (types); t++)
    {
      g_autoptr (GBytes) bytes = test_encode (picture, types[t], NULL);
      gsize n = g_bytes_get_size (bytes);

      for (int percent = 10; percent <= 90; percent += 20)
        {
          g_autofree char *name = g_strdup_printf ("cut-%d.%s", percent, types[t]);
          g_autofree char *path = test_path (name);

          test_write (path, g_bytes_get_data (bytes, NULL), n * percent / 100);
          assert_refused (path, "media-broken");
        }
    }
}

/* --- Ones made to do harm --- */

static glong
get_child_kilobytes (void)
{
  struct rusage usage;

  g_assert_cmpint (getrusage (RUSAGE_CHILDREN, &usage), ==, 0);
  return usage.ru_maxrss;
}

static void
test_bombs (void)
{
  static const struct
  {
    guint32 width, height;
    const char *code;
  } rows[] = {
    { 30000, 30000, "media-too-large" },
    { 12001, 10000, "media-too-large" },
    { 1, 0x7fffffff, "media-too-large" },
    { 0x7fffffff, 0x7fffffff, "media-broken" },
    { 0, 10, "media-broken" },
    { 0xffffffff, 1, "media-broken" },
  };
  glong before = get_child_kilobytes ();

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = test_path ("bomb.png");
      g_autofree char *media_dir = test_path ("media");
      g_autoptr (GBytes) bytes = test_hollow_png (rows[i].width, rows[i].height);
      g_autoptr (SmmMedia) media = NULL;
      g_autoptr (GError) error = NULL;

      test_write (path, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
      media = test_import (path, media_dir, &error);
      g_assert_null (media);
      /* Some decoders refuse such sizes by themselves. */
      if (strcmp (smm_media_error_get_name (error), "media-broken") != 0)
        g_assert_cmpstr (smm_media_error_get_name (error), ==, rows[i].code);
    }
  /* A file of 80 bytes that claims gigabytes has cost less than 100 MB. */
  g_assert_cmpint (get_child_kilobytes () - before, <, 100 * 1024);
}

static void
test_too_large_file (void)
{
  g_autofree char *path = test_path ("large.jpg");

  test_write (path, "\xff\xd8\xff\xe0", 4);
  g_assert_cmpint (truncate (path, (off_t)513 * 1024 * 1024), ==, 0);
  assert_refused (path, "media-too-large");
  test_write (path, "\0\0\0\x08mdat", 8);
  g_assert_cmpint (truncate (path, (off_t)4 * 1024 * 1024 * 1024 + 1), ==, 0);
  assert_refused (path, "media-too-large");
}

/* Whatever the bytes are, it ends with facts or with a documented code. */
static void
test_mutations (void)
{
  static const char *const types[] = { "jpeg", "png", "bmp", "tiff" };
  g_autofree char *media_dir = test_path ("media");
  g_autoptr (GdkPixbuf) picture = test_noise (40, 30);
  g_autoptr (GRand) rand = g_rand_new_with_seed (11);
  guint n_refused = 0;

  for (guint i = 0; i < 100; i++)
    {
      g_autofree char *path = test_path ("mutant");
      g_autoptr (GBytes) bytes = test_encode (picture, types[i % 4], NULL);
      gsize n = g_bytes_get_size (bytes);
      g_autofree guint8 *copy = g_memdup2 (g_bytes_get_data (bytes, NULL), n);
      g_autoptr (SmmMedia) media = NULL;
      g_autoptr (GError) error = NULL;

      /* Mostly in the head, where the sizes are. */
      for (int flips = 0; flips < 4; flips++)
        copy[g_rand_int_range (rand, 4, flips < 3 ? 80 : n)] = g_rand_int_range (rand, 0, 256);
      test_write (path, copy, n);
      media = test_import (path, media_dir, &error);
      if (media != NULL)
        continue;
      n_refused++;
      g_assert_true (error->domain == SMM_MEDIA_ERROR);
      g_assert_cmpstr (smm_media_error_get_name (error), !=, "media-failed");
    }
  g_assert_cmpuint (n_refused, >, 10);
}

/* --- The program itself --- */

static void
with_program (const char *script)
{
  g_autofree char *folder = test_path ("libexec");
  g_autofree char *program = g_build_filename (folder, "nkonsept-smm-media", NULL);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_unlink (program);
  if (script != NULL)
    {
      test_write (program, script, strlen (script));
      g_assert_cmpint (g_chmod (program, 0700), ==, 0);
    }
  g_setenv ("SMM_LIBEXECDIR", folder, TRUE);
}

/* A decoder that was taken over may print anything. */
static void
test_taken_over (void)
{
  static const char *const outputs[] = {
    "true",
    "exit 1",
    "kill -SEGV $$",
    "echo hello",
    "echo '[]'",
    "echo '{\"mime\":5}'",
    "echo '{\"mime\":null,\"width\":{}}'",
    "echo '{\"mime\":\"image/png\",\"width\":\"x\",\"height\":[1],\"bytes\":{}}'",
    "echo '{\"mime\":\"image/png\",\"width\":-1,\"height\":5,\"bytes\":5}'",
    "echo '{\"mime\":\"text/html\",\"width\":5,\"height\":5,\"bytes\":5}'",
    "echo '{\"error\":5}'",
    "echo '{\"error\":{\"code\":7,\"message\":[]}}'",
    "echo '{\"error\":{\"code\":\"media-nonsense\",\"message\":\"x\"}}'",
    "printf '\\377\\376'",
    "printf '{\"mime\":'; head -c 900000 /dev/zero | tr '\\0' '['",
    "printf '{\"a\":/*\"*/'; head -c 900000 /dev/zero | tr '\\0' '['",
  };
  g_autofree char *media_dir = test_path ("media");
  g_autofree char *path = test_path ("a.png");
  g_autofree char *kept = g_strdup (g_getenv ("SMM_LIBEXECDIR"));

  test_write (path, "x", 1);
  for (guint i = 0; i < G_N_ELEMENTS (outputs); i++)
    {
      g_autofree char *script = g_strdup_printf ("#!/bin/sh\n%s\n", outputs[i]);
      g_autoptr (GError) error = NULL;
      g_autoptr (SmmMedia) media = NULL;

      with_program (script);
      media = test_import (path, media_dir, &error);
      if (media != NULL)
        g_error ("“%s” was taken", outputs[i]);
      g_assert_nonnull (error);
    }
  g_assert_cmpuint (count_files (media_dir), ==, 0);
  with_program (NULL);
  assert_refused (path, "media-failed");
  if (kept != NULL)
    g_setenv ("SMM_LIBEXECDIR", kept, TRUE);
  else
    g_unsetenv ("SMM_LIBEXECDIR");
}

static void
cancelled_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  gboolean *done = user_data;

  g_assert_null (smm_media_import_finish (result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  *done = TRUE;
}

static void
test_cancel (void)
{
  g_autofree char *media_dir = test_path ("media");
  g_autofree char *path = test_path ("a.png");
  g_autoptr (GdkPixbuf) picture = test_quarters (8, 8);
  g_autoptr (GBytes) bytes = test_encode (picture, "png", NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  gboolean done = FALSE;

  test_write (path, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  smm_media_import_async (path, media_dir, cancellable, cancelled_cb, &done);
  g_cancellable_cancel (cancellable);
  while (!done)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (count_files (media_dir), ==, 0);
}

static void
add_tests (void)
{
  g_test_add_func ("/import/good", test_good);
  g_test_add_func ("/import/twice", test_twice);
  g_test_add_func ("/import/orientation", test_orientation);
  g_test_add_func ("/import/not-files", test_not_files);
  g_test_add_func ("/import/no-right", test_no_right);
  g_test_add_func ("/import/wrong-kinds", test_wrong_kinds);
  g_test_add_func ("/import/truncated", test_truncated);
  g_test_add_func ("/import/bombs", test_bombs);
  g_test_add_func ("/import/too-large-file", test_too_large_file);
  g_test_add_func ("/import/mutations", test_mutations);
  g_test_add_func ("/import/taken-over", test_taken_over);
  g_test_add_func ("/import/cancel", test_cancel);
}

int
main (int argc, char **argv)
{
  return test_media_run (&argc, &argv, add_tests);
}

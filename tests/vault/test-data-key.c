/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-data-key.h"
#include "smm-vault.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define FILE_BYTES (8 + sizeof (SmmDataKeys))

static char *
make_path (void)
{
  return g_build_filename (g_get_user_data_dir (), "keys", "vault.key", NULL);
}

static void
make_keys (SmmDataKeys *keys, gboolean two)
{
  g_autoptr (GError) error = NULL;

  memset (keys, 0, sizeof *keys);
  g_assert_true (smm_data_key_make (&keys->now, &error));
  if (two)
    g_assert_true (smm_data_key_make (&keys->before, &error));
  g_assert_no_error (error);
}

static void
save (const char *path, const SmmDataKeys *keys)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (smm_data_keys_save (path, keys, &error));
  g_assert_no_error (error);
}

static void
assert_loads (const char *path, const SmmDataKeys *expected)
{
  SmmDataKeys keys;
  g_autoptr (GError) error = NULL;

  g_assert_true (smm_data_keys_load (path, &keys, &error));
  g_assert_no_error (error);
  g_assert_cmpmem (&keys, sizeof keys, expected, sizeof *expected);
}

static void
assert_fails (const char *path, int code)
{
  SmmDataKeys keys;
  g_autoptr (GError) error = NULL;

  g_assert_false (smm_data_keys_load (path, &keys, &error));
  g_assert_error (error, SMM_VAULT_ERROR, code);
}

static int
get_mode (const char *path)
{
  struct stat info;

  g_assert_cmpint (g_lstat (path, &info), ==, 0);
  return info.st_mode & 07777;
}

static void
test_round_trip (void)
{
  g_autofree char *path = make_path ();
  g_autofree char *folder = g_path_get_dirname (path);
  SmmDataKeys keys;

  for (int two = 0; two < 2; two++)
    {
      make_keys (&keys, two);
      save (path, &keys);
      assert_loads (path, &keys);
      g_assert_cmphex (get_mode (path), ==, 0600);
      g_assert_cmphex (get_mode (folder), ==, 0700);
    }
}

/* Whatever the umask lets through. */
static void
test_mode_of_new (void)
{
  g_autofree char *path = make_path ();
  mode_t before = umask (0);
  SmmDataKeys keys;

  make_keys (&keys, FALSE);
  save (path, &keys);
  umask (before);
  g_assert_cmphex (get_mode (path), ==, 0600);
}

static void
test_mode_of_old (void)
{
  const int refused[] = { 0601, 0602, 0604, 0610, 0620, 0640, 0644, 0660, 0666, 0777 };
  g_autofree char *path = make_path ();
  SmmDataKeys keys;

  make_keys (&keys, FALSE);
  save (path, &keys);
  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_assert_cmpint (g_chmod (path, refused[i]), ==, 0);
      assert_fails (path, SMM_VAULT_ERROR_KEY);
    }
  g_assert_cmpint (g_chmod (path, 0600), ==, 0);
  assert_loads (path, &keys);
}

static void
test_missing (void)
{
  g_autofree char *path = make_path ();

  assert_fails (path, SMM_VAULT_ERROR_NOT_FOUND);
}

static void
write_file (const char *path, const void *bytes, gsize n)
{
  g_autoptr (GError) error = NULL;

  g_file_set_contents_full (path, bytes, n, G_FILE_SET_CONTENTS_CONSISTENT, 0600, &error);
  g_assert_no_error (error);
}

/* Cut off anywhere it is damaged, not missing: a new key over it would lose every sign-in. */
static void
test_truncated (void)
{
  g_autofree char *path = make_path ();
  g_autofree char *bytes = NULL;
  SmmDataKeys keys;
  gsize n;

  make_keys (&keys, TRUE);
  save (path, &keys);
  g_assert_true (g_file_get_contents (path, &bytes, &n, NULL));
  g_assert_cmpuint (n, ==, FILE_BYTES);
  for (gsize i = 0; i < n; i++)
    {
      write_file (path, bytes, i);
      assert_fails (path, SMM_VAULT_ERROR_KEY);
    }
  write_file (path, bytes, n);
  assert_loads (path, &keys);
}

static void
test_garbage (void)
{
  g_autofree char *path = make_path ();
  guint8 bytes[FILE_BYTES];
  SmmDataKeys keys;

  make_keys (&keys, FALSE);
  save (path, &keys);
  memset (bytes, 'a', sizeof bytes);
  write_file (path, bytes, sizeof bytes);
  assert_fails (path, SMM_VAULT_ERROR_KEY);
  memcpy (bytes, "SMMKEY2\n", 8);
  write_file (path, bytes, sizeof bytes);
  assert_fails (path, SMM_VAULT_ERROR_KEY);
}

static void
test_no_file (void)
{
  g_autofree char *path = make_path ();
  g_autofree char *other = g_strconcat (path, ".other", NULL);
  SmmDataKeys keys;

  make_keys (&keys, FALSE);
  save (other, &keys);
  g_assert_cmpint (symlink (other, path), ==, 0);
  assert_fails (path, SMM_VAULT_ERROR_KEY);
  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_cmpint (g_mkdir (path, 0700), ==, 0);
  assert_fails (path, SMM_VAULT_ERROR_KEY);
}

/* A crash leaves the file that was being written, in any state: the one that counts is whole. */
static void
test_left_over (void)
{
  g_autofree char *path = make_path ();
  g_autofree char *fresh = g_strconcat (path, ".new", NULL);
  SmmDataKeys keys, next;

  make_keys (&keys, FALSE);
  save (path, &keys);
  make_keys (&next, TRUE);
  for (gsize n = 0; n < 3; n++)
    {
      g_assert_true (g_file_set_contents (fresh, "SMMKEY1\n", n * 4, NULL));
      g_assert_cmpint (g_chmod (fresh, 0666), ==, 0);
      assert_loads (path, &keys);
    }
  save (path, &next);
  assert_loads (path, &next);
  g_assert_cmphex (get_mode (path), ==, 0600);
  g_assert_false (g_file_test (fresh, G_FILE_TEST_EXISTS));
}

/* Who put a link there does not get the key written where it leads. */
static void
test_left_over_link (void)
{
  g_autofree char *path = make_path ();
  g_autofree char *fresh = g_strconcat (path, ".new", NULL);
  g_autofree char *target = g_strconcat (path, ".target", NULL);
  SmmDataKeys keys;

  make_keys (&keys, FALSE);
  save (path, &keys);
  g_assert_true (g_file_set_contents (target, "untouched", -1, NULL));
  g_assert_cmpint (symlink (target, fresh), ==, 0);
  save (path, &keys);
  {
    g_autofree char *text = NULL;

    g_assert_true (g_file_get_contents (target, &text, NULL, NULL));
    g_assert_cmpstr (text, ==, "untouched");
  }
}

static void
test_not_writable (void)
{
  g_autofree char *folder = g_build_filename (g_get_user_data_dir (), "file", NULL);
  g_autofree char *path = g_build_filename (folder, "vault.key", NULL);
  SmmDataKeys keys;
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir_with_parents (g_get_user_data_dir (), 0700), ==, 0);
  g_assert_true (g_file_set_contents (folder, "", 0, NULL));
  make_keys (&keys, FALSE);
  g_assert_false (smm_data_keys_save (path, &keys, &error));
  g_assert_error (error, SMM_VAULT_ERROR, SMM_VAULT_ERROR_KEY);
}

static void
test_find (void)
{
  SmmDataKeys keys;
  guint64 other;

  make_keys (&keys, TRUE);
  g_assert_true (smm_data_keys_find (&keys, keys.now.id) == &keys.now);
  g_assert_true (smm_data_keys_find (&keys, keys.before.id) == &keys.before);
  for (other = 1; other == keys.now.id || other == keys.before.id; other++)
    ;
  g_assert_null (smm_data_keys_find (&keys, other));
  make_keys (&keys, FALSE);
  /* "There is none before" is no key. */
  g_assert_null (smm_data_keys_find (&keys, 0));
}

static void
test_make (void)
{
  SmmDataKeys keys;
  const guint8 zeros[SMM_KEY_BYTES] = { 0 };

  for (int i = 0; i < 100; i++)
    {
      make_keys (&keys, TRUE);
      g_assert_cmpuint (keys.now.id, !=, 0);
      g_assert_cmpuint (keys.now.id, !=, keys.before.id);
      g_assert_cmpint (memcmp (keys.now.key, keys.before.key, SMM_KEY_BYTES), !=, 0);
      g_assert_cmpint (memcmp (keys.now.key, zeros, SMM_KEY_BYTES), !=, 0);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/data-key/round-trip", test_round_trip);
  g_test_add_func ("/data-key/mode-of-new", test_mode_of_new);
  g_test_add_func ("/data-key/mode-of-old", test_mode_of_old);
  g_test_add_func ("/data-key/missing", test_missing);
  g_test_add_func ("/data-key/truncated", test_truncated);
  g_test_add_func ("/data-key/garbage", test_garbage);
  g_test_add_func ("/data-key/no-file", test_no_file);
  g_test_add_func ("/data-key/left-over", test_left_over);
  g_test_add_func ("/data-key/left-over-link", test_left_over_link);
  g_test_add_func ("/data-key/not-writable", test_not_writable);
  g_test_add_func ("/data-key/find", test_find);
  g_test_add_func ("/data-key/make", test_make);

  return g_test_run ();
}

/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The vault over a real keyring, in a session of its own (build-aux/with-session). */

#include "config.h"

#include "smm-data-key.h"
#include "smm-vault.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <libsecret/secret.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define SECRET "EAAB-a-token-ÄÖ-of-nobody"

static const SecretSchema schema = {
  SMM_APPLICATION_ID ".Secret",
  SECRET_SCHEMA_NONE,
  {
      { "library", SECRET_SCHEMA_ATTRIBUTE_STRING },
      { "name", SECRET_SCHEMA_ATTRIBUTE_STRING },
      { NULL, 0 },
  },
};

/* --- Calls, waited for --- */

static void
on_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GAsyncResult **done = user_data;

  *done = g_object_ref (result);
}

static GAsyncResult *
wait_for (GAsyncResult **done)
{
  while (*done == NULL)
    g_main_context_iteration (NULL, TRUE);
  return *done;
}

static gboolean
store (SmmVault *vault, const char *name, const char *value, GError **error)
{
  g_autoptr (GAsyncResult) done = NULL;

  smm_vault_store_async (vault, name, value, NULL, on_done, &done);
  return smm_vault_store_finish (vault, wait_for (&done), error);
}

static char *
look_up (SmmVault *vault, const char *name, GError **error)
{
  g_autoptr (GAsyncResult) done = NULL;

  smm_vault_lookup_async (vault, name, NULL, on_done, &done);
  return smm_vault_lookup_finish (vault, wait_for (&done), error);
}

static gboolean delete (SmmVault *vault, const char *name, GError **error)
{
  g_autoptr (GAsyncResult) done = NULL;

  smm_vault_delete_async (vault, name, NULL, on_done, &done);
  return smm_vault_delete_finish (vault, wait_for (&done), error);
}

static gboolean
check (SmmVault *vault, GError **error)
{
  g_autoptr (GAsyncResult) done = NULL;

  smm_vault_check_async (vault, NULL, on_done, &done);
  return smm_vault_check_finish (vault, wait_for (&done), error);
}

static gboolean
rotate (SmmVault *vault, GError **error)
{
  g_autoptr (GAsyncResult) done = NULL;

  smm_vault_rotate_async (vault, NULL, on_done, &done);
  return smm_vault_rotate_finish (vault, wait_for (&done), error);
}

static void
assert_stores (SmmVault *vault, const char *name, const char *value)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (store (vault, name, value, &error));
  g_assert_no_error (error);
}

static void
assert_holds (SmmVault *vault, const char *name, const char *expected)
{
  g_autoptr (GError) error = NULL;
  char *value = look_up (vault, name, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (value, ==, expected);
  smm_vault_secret_free (value);
}

static void
assert_fails (SmmVault *vault, const char *name, int code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (look_up (vault, name, &error));
  g_assert_error (error, SMM_VAULT_ERROR, code);
}

/* --- Fixture: each test has its own library, and so its own items and key --- */

typedef struct
{
  char *id, *key_dir, *key_path;
  SmmVault *vault;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  static int n = 0;

  fixture->id = g_strdup_printf ("library-%d", ++n);
  fixture->key_dir = g_build_filename (g_getenv ("HOME"), "keys", fixture->id, NULL);
  fixture->key_path = g_build_filename (fixture->key_dir, "vault.key", NULL);
  fixture->vault = smm_vault_new (fixture->key_dir, fixture->id);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_object_unref (fixture->vault);
  g_free (fixture->key_path);
  g_free (fixture->key_dir);
  g_free (fixture->id);
}

static char *
get_sealed (Fixture *fixture, const char *name)
{
  g_autoptr (GError) error = NULL;
  char *found = secret_password_lookup_sync (&schema, NULL, &error, "library", fixture->id, "name",
                                             name, NULL);
  char *sealed = g_strdup (found);

  g_assert_no_error (error);
  secret_password_free (found);
  return sealed;
}

static void
set_sealed (const char *library, const char *name, const char *sealed)
{
  g_autoptr (GError) error = NULL;

  secret_password_store_sync (&schema, SECRET_COLLECTION_DEFAULT, "test", sealed, NULL, &error,
                              "library", library, "name", name, NULL);
  g_assert_no_error (error);
}

static void
load_keys (Fixture *fixture, SmmDataKeys *keys)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (smm_data_keys_load (fixture->key_path, keys, &error));
  g_assert_no_error (error);
}

static void
save_keys (Fixture *fixture, const SmmDataKeys *keys)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (smm_data_keys_save (fixture->key_path, keys, &error));
  g_assert_no_error (error);
}

static guint64
get_key_id (Fixture *fixture, const char *name)
{
  g_autofree char *sealed = get_sealed (fixture, name);
  guint64 id = 0;

  g_assert_nonnull (sealed);
  g_assert_true (smm_seal_get_key_id (sealed, &id));
  return id;
}

/* --- Store, look up, delete --- */

static void
test_round_trip (Fixture *fixture, gconstpointer data)
{
  g_autofree char *large = g_strnfill (64 * 1024, 'x');
  const char *values[] = { SECRET, "", "1\naccount\nperson", large, "short again" };
  g_autoptr (GError) error = NULL;

  g_assert_true (check (fixture->vault, &error));
  g_assert_no_error (error);
  assert_fails (fixture->vault, "account/1", SMM_VAULT_ERROR_NOT_FOUND);
  for (gsize i = 0; i < G_N_ELEMENTS (values); i++)
    {
      assert_stores (fixture->vault, "account/1", values[i]);
      assert_holds (fixture->vault, "account/1", values[i]);
    }
  assert_stores (fixture->vault, "account/2", SECRET);
  for (int i = 0; i < 2; i++)
    {
      g_assert_true (delete (fixture->vault, "account/1", &error));
      g_assert_no_error (error);
      assert_fails (fixture->vault, "account/1", SMM_VAULT_ERROR_NOT_FOUND);
    }
  assert_holds (fixture->vault, "account/2", SECRET);
  g_assert_true (check (fixture->vault, &error));
  g_assert_no_error (error);
}

static void
test_refused_values (Fixture *fixture, gconstpointer data)
{
  g_autofree char *large = g_strnfill (64 * 1024 + 1, 'x');
  const char *values[] = { large, "\xff\xfe" };

  assert_stores (fixture->vault, "account/1", SECRET);
  for (gsize i = 0; i < G_N_ELEMENTS (values); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (store (fixture->vault, "account/1", values[i], &error));
      g_assert_error (error, SMM_VAULT_ERROR, SMM_VAULT_ERROR_FAILED);
    }
  assert_holds (fixture->vault, "account/1", SECRET);
}

static void
test_sealed (Fixture *fixture, gconstpointer data)
{
  g_autofree char *sealed = NULL;
  g_autofree guint8 *bytes = NULL;
  struct stat info;
  gsize n;

  assert_stores (fixture->vault, "account/1", SECRET);
  sealed = get_sealed (fixture, "account/1");
  g_assert_nonnull (sealed);
  g_assert_null (strstr (sealed, "token"));
  bytes = g_base64_decode (sealed, &n);
  g_assert_null (memmem (bytes, n, "token", 5));
  g_assert_cmpint (g_stat (fixture->key_path, &info), ==, 0);
  g_assert_cmphex (info.st_mode & 07777, ==, 0600);
  g_assert_cmpint (g_stat (fixture->key_dir, &info), ==, 0);
  g_assert_cmphex (info.st_mode & 07777, ==, 0700);
}

static void
test_moved (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SmmVault) other = smm_vault_new (fixture->key_dir, "another library");
  g_autofree char *sealed = NULL;

  assert_stores (fixture->vault, "account/1", SECRET);
  assert_stores (fixture->vault, "account/2", "another secret");
  sealed = get_sealed (fixture, "account/1");
  set_sealed (fixture->id, "account/2", sealed);
  assert_fails (fixture->vault, "account/2", SMM_VAULT_ERROR_TAMPERED);
  assert_holds (fixture->vault, "account/1", SECRET);
  /* To another library, even with the same key. */
  assert_fails (other, "account/1", SMM_VAULT_ERROR_NOT_FOUND);
  set_sealed ("another library", "account/1", sealed);
  assert_fails (other, "account/1", SMM_VAULT_ERROR_TAMPERED);
}

static void
test_tampered (Fixture *fixture, gconstpointer data)
{
  const char *others[] = { "", "EAAB-a-token-in-plain-text", "AQ==" };
  g_autofree char *sealed = NULL;

  assert_stores (fixture->vault, "account/1", SECRET);
  sealed = get_sealed (fixture, "account/1");
  sealed[60] = sealed[60] == 'A' ? 'B' : 'A';
  set_sealed (fixture->id, "account/1", sealed);
  assert_fails (fixture->vault, "account/1", SMM_VAULT_ERROR_TAMPERED);
  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    {
      set_sealed (fixture->id, "account/1", others[i]);
      assert_fails (fixture->vault, "account/1", SMM_VAULT_ERROR_TAMPERED);
    }
  assert_stores (fixture->vault, "account/1", "a new one");
  assert_holds (fixture->vault, "account/1", "a new one");
}

static void
test_key_file (Fixture *fixture, gconstpointer data)
{
  SmmDataKeys keys, wrong = { 0 };

  assert_stores (fixture->vault, "account/1", SECRET);
  load_keys (fixture, &keys);
  g_assert_cmpint (g_chmod (fixture->key_path, 0644), ==, 0);
  assert_fails (fixture->vault, "account/1", SMM_VAULT_ERROR_KEY);
  g_assert_cmpint (g_unlink (fixture->key_path), ==, 0);
  assert_fails (fixture->vault, "account/1", SMM_VAULT_ERROR_KEY);
  g_assert_true (smm_data_key_make (&wrong.now, NULL));
  save_keys (fixture, &wrong);
  assert_fails (fixture->vault, "account/1", SMM_VAULT_ERROR_TAMPERED);
  wrong.now.id = keys.now.id;
  save_keys (fixture, &wrong);
  assert_fails (fixture->vault, "account/1", SMM_VAULT_ERROR_TAMPERED);
  save_keys (fixture, &keys);
  assert_holds (fixture->vault, "account/1", SECRET);
}

/* A damaged key file is never written over: it may come back from a backup. */
static void
test_damaged_key_file (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir_with_parents (fixture->key_dir, 0700), ==, 0);
  g_file_set_contents_full (fixture->key_path, "damaged", -1, G_FILE_SET_CONTENTS_NONE, 0600,
                            &error);
  g_assert_no_error (error);
  g_assert_false (store (fixture->vault, "account/1", SECRET, &error));
  g_assert_error (error, SMM_VAULT_ERROR, SMM_VAULT_ERROR_KEY);
  g_assert_true (g_file_get_contents (fixture->key_path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "damaged");
  assert_fails (fixture->vault, "account/1", SMM_VAULT_ERROR_NOT_FOUND);
}

/* App, command line and publisher may make the key at the same time. */
static void
test_together (Fixture *fixture, gconstpointer data)
{
  SmmVault *vaults[8];
  GAsyncResult *done[8] = { NULL };

  for (gsize i = 0; i < G_N_ELEMENTS (vaults); i++)
    {
      g_autofree char *name = g_strdup_printf ("account/%zu", i);

      vaults[i] = smm_vault_new (fixture->key_dir, fixture->id);
      smm_vault_store_async (vaults[i], name, name, NULL, on_done, &done[i]);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (vaults); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_true (smm_vault_store_finish (vaults[i], wait_for (&done[i]), &error));
      g_assert_no_error (error);
      g_object_unref (done[i]);
      g_object_unref (vaults[i]);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (vaults); i++)
    {
      g_autofree char *name = g_strdup_printf ("account/%zu", i);

      assert_holds (fixture->vault, name, name);
    }
}

static void
test_cancelled (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) done = NULL;
  g_autoptr (GError) error = NULL;

  assert_stores (fixture->vault, "account/1", SECRET);
  g_cancellable_cancel (cancellable);
  smm_vault_lookup_async (fixture->vault, "account/1", cancellable, on_done, &done);
  g_assert_null (smm_vault_lookup_finish (fixture->vault, wait_for (&done), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  assert_holds (fixture->vault, "account/1", SECRET);
}

/* --- Rotation --- */

static void
store_three (Fixture *fixture)
{
  assert_stores (fixture->vault, "account/1", SECRET);
  assert_stores (fixture->vault, "account/2", "two");
  assert_stores (fixture->vault, "app/meta", "three");
}

static void
assert_rotated (Fixture *fixture, SmmDataKeys *old)
{
  const SmmDataKey none = { 0 };
  SmmDataKeys keys;

  load_keys (fixture, &keys);
  g_assert_cmphex (keys.now.id, !=, old->now.id);
  g_assert_cmpmem (&keys.before, sizeof keys.before, &none, sizeof none);
  g_assert_cmphex (get_key_id (fixture, "account/1"), ==, keys.now.id);
  g_assert_cmphex (get_key_id (fixture, "app/meta"), ==, keys.now.id);
  assert_holds (fixture->vault, "account/1", SECRET);
  assert_holds (fixture->vault, "app/meta", "three");
}

static void
test_rotate (Fixture *fixture, gconstpointer data)
{
  SmmDataKeys old;
  g_autoptr (GError) error = NULL;

  store_three (fixture);
  for (int i = 0; i < 2; i++)
    {
      load_keys (fixture, &old);
      g_assert_true (rotate (fixture->vault, &error));
      g_assert_no_error (error);
      assert_rotated (fixture, &old);
      assert_holds (fixture->vault, "account/2", "two");
    }
}

static void
test_rotate_nothing (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (rotate (fixture->vault, &error));
  g_assert_no_error (error);
  assert_stores (fixture->vault, "account/1", SECRET);
  assert_holds (fixture->vault, "account/1", SECRET);
}

/* An item nobody can open stays what it is; the others get the new key. */
static void
test_rotate_around_broken (Fixture *fixture, gconstpointer data)
{
  g_autofree char *moved = NULL;
  SmmDataKeys old, gone = { 0 };
  g_autofree char *foreign = NULL;
  g_autoptr (GError) error = NULL;

  store_three (fixture);
  load_keys (fixture, &old);
  moved = get_sealed (fixture, "account/1");
  g_assert_true (smm_data_key_make (&gone.now, NULL));
  foreign = smm_seal (gone.now.key, gone.now.id, "x", "y", NULL);
  set_sealed (fixture->id, "account/2", moved);
  set_sealed (fixture->id, "account/3", foreign);
  set_sealed (fixture->id, "account/0", "no envelope at all");
  g_assert_true (rotate (fixture->vault, &error));
  g_assert_no_error (error);
  assert_rotated (fixture, &old);
  assert_fails (fixture->vault, "account/2", SMM_VAULT_ERROR_TAMPERED);
  {
    g_autofree char *kept = get_sealed (fixture, "account/3");
    g_autofree char *kept_too = get_sealed (fixture, "account/0");

    g_assert_cmpstr (kept, ==, foreign);
    g_assert_cmpstr (kept_too, ==, "no envelope at all");
  }
}

/* Killed after the new key was written, after some of the items, and after the last. */
static void
test_rotate_crashed (Fixture *fixture, gconstpointer data)
{
  const char *names[] = { "account/1", "account/2", "app/meta" };
  const char *values[] = { SECRET, "two", "three" };

  for (gsize n_done = 0; n_done <= G_N_ELEMENTS (names); n_done++)
    {
      SmmDataKeys keys, old;
      g_autoptr (GError) error = NULL;

      store_three (fixture);
      load_keys (fixture, &old);
      keys = old;
      keys.before = keys.now;
      g_assert_true (smm_data_key_make (&keys.now, NULL));
      save_keys (fixture, &keys);
      for (gsize i = 0; i < n_done; i++)
        assert_stores (fixture->vault, names[i], values[i]);
      for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
        {
          g_assert_cmphex (get_key_id (fixture, names[i]), ==,
                           i < n_done ? keys.now.id : keys.before.id);
          assert_holds (fixture->vault, names[i], values[i]);
        }
      /* Ended by the next rotation, with the key that was made then. */
      g_assert_true (rotate (fixture->vault, &error));
      g_assert_no_error (error);
      assert_rotated (fixture, &old);
      g_assert_cmphex (get_key_id (fixture, "account/1"), ==, keys.now.id);
      assert_holds (fixture->vault, "account/2", "two");
    }
}

/* --- What stays in memory --- */

#define MASK 0x55

/* "A token like no other", masked: this file and its constants don't count as found. */
static void
make_needle (guint8 *needle, gsize n)
{
  for (gsize i = 0; i < n; i++)
    needle[i] = ('a' + (i * 7 + i / 3) % 26) ^ MASK;
}

static char *
make_plain (const guint8 *needle, gsize n)
{
  char *plain = g_malloc0 (n + 1);

  for (gsize i = 0; i < n; i++)
    plain[i] = needle[i] ^ MASK;
  return plain;
}

static guint
count_in (const guint8 *bytes, gsize size, const guint8 *needle, gsize n)
{
  guint found = 0;
  gsize j;

  for (gsize i = 0; i + n <= size; i++)
    {
      for (j = 0; j < n && (bytes[i + j] ^ MASK) == needle[j]; j++)
        ;
      found += j == n;
    }
  return found;
}

static guint
count_in_memory (const guint8 *needle, gsize n)
{
  static guint8 buffer[1024 * 1024];
  g_autofree char *maps = NULL;
  g_auto (GStrv) lines = NULL;
  int fd = open ("/proc/self/mem", O_RDONLY | O_CLOEXEC);
  guint found = 0;

  g_assert_cmpint (fd, >=, 0);
  g_assert_true (g_file_get_contents ("/proc/self/maps", &maps, NULL, NULL));
  lines = g_strsplit (maps, "\n", -1);
  for (char **line = lines; *line != NULL; line++)
    {
      char *end_text = NULL;
      guint64 start = g_ascii_strtoull (*line, &end_text, 16);
      guint64 end = *end_text == '-' ? g_ascii_strtoull (end_text + 1, &end_text, 16) : 0;

      /* No heap of ours is that large, but what a sanitizer reserves is. */
      if (!g_str_has_prefix (end_text, " rw") || end - start > (G_GUINT64_CONSTANT (1) << 30))
        continue;
      for (guint64 at = start; at < end; at += sizeof buffer - n)
        {
          gssize got;

          if (at < (guintptr)buffer + sizeof buffer && at + sizeof buffer > (guintptr)buffer)
            continue;
          got = pread (fd, buffer, MIN (sizeof buffer, end - at), at);
          if (got > 0)
            found += count_in (buffer, got, needle, n);
        }
    }
  memset (buffer, 0, sizeof buffer);
  close (fd);
  return found;
}

static void
on_ignored (GObject *source, GAsyncResult *result, gpointer user_data)
{
  gboolean *called = user_data;

  *called = TRUE;
}

/* The thread that did the work may let go of it a little later. */
static void
assert_soon_gone (const guint8 *needle, gsize n)
{
  for (int i = 0; i < 100 && count_in_memory (needle, n) > 0; i++)
    g_usleep (20000);
  g_assert_cmpuint (count_in_memory (needle, n), ==, 0);
}

static void
test_wiped (Fixture *fixture, gconstpointer data)
{
  guint8 needle[40];
  char *plain;
  gboolean called = FALSE;
  g_autoptr (GError) error = NULL;

  make_needle (needle, sizeof needle);
  plain = make_plain (needle, sizeof needle);
  g_assert_cmpuint (count_in_memory (needle, sizeof needle), >=, 1);
  assert_stores (fixture->vault, "account/1", plain);
  smm_vault_secret_free (plain);
  assert_soon_gone (needle, sizeof needle);
  plain = look_up (fixture->vault, "account/1", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (count_in_memory (needle, sizeof needle), >=, 1);
  smm_vault_secret_free (plain);
  assert_soon_gone (needle, sizeof needle);
  /* Who asked is gone and never takes the answer. */
  smm_vault_lookup_async (fixture->vault, "account/1", NULL, on_ignored, &called);
  while (!called)
    g_main_context_iteration (NULL, TRUE);
  assert_soon_gone (needle, sizeof needle);
}

/* --- Locked; the last, for nobody is here to unlock it again --- */

static void
test_locked (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GDBusConnection) bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  g_autoptr (GVariant) answer = NULL;
  g_autoptr (GError) error = NULL;

  assert_stores (fixture->vault, "account/1", SECRET);
  smm_vault_set_limits (fixture->vault, 3000, 3000);
  answer = g_dbus_connection_call_sync (
      bus, "org.freedesktop.secrets", "/org/freedesktop/secrets", "org.freedesktop.Secret.Service",
      "Lock", g_variant_new_parsed ("([objectpath '/org/freedesktop/secrets/collection/login'],)"),
      NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);
  g_assert_no_error (error);
  assert_fails (fixture->vault, "account/1", SMM_VAULT_ERROR_LOCKED);
  assert_fails (fixture->vault, "account/2", SMM_VAULT_ERROR_LOCKED);
  g_assert_false (check (fixture->vault, &error));
  g_assert_error (error, SMM_VAULT_ERROR, SMM_VAULT_ERROR_LOCKED);
  g_clear_error (&error);
  g_assert_false (store (fixture->vault, "account/1", "new", &error));
  g_assert_error (error, SMM_VAULT_ERROR, SMM_VAULT_ERROR_LOCKED);
  g_clear_error (&error);
  g_assert_false (delete (fixture->vault, "account/1", &error));
  g_assert_error (error, SMM_VAULT_ERROR, SMM_VAULT_ERROR_LOCKED);
  g_clear_error (&error);
  g_assert_false (rotate (fixture->vault, &error));
  g_assert_error (error, SMM_VAULT_ERROR, SMM_VAULT_ERROR_LOCKED);
}

static void
add (const char *path, void (*func) (Fixture *fixture, gconstpointer data))
{
  g_test_add (path, Fixture, NULL, set_up, func, tear_down);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  add ("/vault/round-trip", test_round_trip);
  add ("/vault/refused-values", test_refused_values);
  add ("/vault/sealed", test_sealed);
  add ("/vault/moved", test_moved);
  add ("/vault/tampered", test_tampered);
  add ("/vault/key-file", test_key_file);
  add ("/vault/damaged-key-file", test_damaged_key_file);
  add ("/vault/together", test_together);
  add ("/vault/cancelled", test_cancelled);
  add ("/vault/rotate", test_rotate);
  add ("/vault/rotate-nothing", test_rotate_nothing);
  add ("/vault/rotate-around-broken", test_rotate_around_broken);
  add ("/vault/rotate-crashed", test_rotate_crashed);
  add ("/vault/wiped", test_wiped);
  add ("/vault/locked", test_locked);

  return g_test_run ();
}

/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A disk of which one read fails while a change is made, each in its turn: what is told of the
 * change is so. */

#include "config.h"

#include "smm-test-library.h"

#include "smm-store-private.h"

#include <errno.h>
#include <unistd.h>

#define MAX_READS 2000

/* Reads that still work; negative: all do. */
static int reads_left = -1;
static gboolean has_failed;

static ssize_t
read_at_or_fail (int fd, void *buffer, size_t n, off_t at)
{
  if (reads_left != 0)
    {
      reads_left -= reads_left > 0;
      return pread (fd, buffer, n, at);
    }
  reads_left = -1;
  has_failed = TRUE;
  errno = ENXIO;
  return -1;
}

static ssize_t
read_or_fail (int fd, void *buffer, size_t n)
{
  off_t at = lseek (fd, 0, SEEK_CUR);
  ssize_t done = read_at_or_fail (fd, buffer, n, at);

  if (done > 0)
    lseek (fd, at + done, SEEK_SET);
  return done;
}

/* Which of them SQLite uses is decided when it is built. */
static void
take_over_reads (void)
{
  sqlite3_vfs *vfs = sqlite3_vfs_find (NULL);

  vfs->xSetSystemCall (vfs, "read", (sqlite3_syscall_ptr)read_or_fail);
  vfs->xSetSystemCall (vfs, "pread", (sqlite3_syscall_ptr)read_at_or_fail);
#if GLIB_SIZEOF_SIZE_T == 8
  vfs->xSetSystemCall (vfs, "pread64", (sqlite3_syscall_ptr)read_at_or_fail);
#endif
}

static GVariant *
apply (SmmLibraryLocal *library, const char *name, GVariant *args, GError **error)
{
  g_autoptr (SmmCommand) command = smm_command_new (name, args);

  return smm_library_local_apply (library, command, error);
}

static void
test_told (void)
{
  g_autoptr (SmmLibraryLocal) library = test_library_new ();
  SmmStore *store = test_store (library);
  GLogLevelFlags fatal = g_log_set_always_fatal (G_LOG_LEVEL_ERROR | G_LOG_LEVEL_CRITICAL);
  g_autoptr (GVariant) first = apply (
      library, "post.edit", g_variant_new_parsed ("{'id': <'draft'>, 'text': <'x'>}"), NULL);
  int n;

  g_assert_nonnull (first);
  for (n = 0; n < MAX_READS; n++)
    {
      g_autofree char *text = g_strdup_printf ("Text %d", n);
      g_autoptr (GError) error = NULL;
      g_autoptr (GVariant) result = NULL;
      g_autoptr (SmmPost) post = NULL;

      /* A large library is not in memory. */
      sqlite3_db_release_memory (store->db);
      has_failed = FALSE;
      reads_left = n;
      result = apply (library, "post.edit",
                      g_variant_new_parsed ("{'id': <'draft'>, 'text': <%s>}", text), &error);
      reads_left = -1;
      g_assert_true ((result == NULL) == (error != NULL));
      if (smm_store_is_doubtful (store))
        smm_store_open (store, NULL);
      post = smm_store_get_post (store, "draft");
      g_assert_nonnull (post);
      g_assert_cmpint (g_str_equal (post->text, text), ==, result != NULL);
      if (!has_failed)
        break;
    }
  g_log_set_always_fatal (fatal);
  g_assert_cmpint (n, >, 3);
  g_assert_cmpint (n, <, MAX_READS);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  take_over_reads ();
  g_test_add_func ("/library/unreadable/told", test_told);
  return g_test_run ();
}

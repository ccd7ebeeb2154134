/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A disk that fails under others than the engine: the engine opens the library anew by itself. */

#include "config.h"

#include "smm-test-engine.h"

#include <errno.h>
#include <sqlite3.h>
#include <unistd.h>

static gboolean is_full_of_errors;

static ssize_t
write_or_fail (int fd, const void *data, size_t n, off_t at)
{
  if (!is_full_of_errors)
    return pwrite (fd, data, n, at);
  errno = EIO;
  return -1;
}

static void
take_over_writes (void)
{
  sqlite3_vfs *vfs = sqlite3_vfs_find (NULL);

  vfs->xSetSystemCall (vfs, "pwrite", (sqlite3_syscall_ptr)write_or_fail);
#if GLIB_SIZEOF_SIZE_T == 8
  vfs->xSetSystemCall (vfs, "pwrite64", (sqlite3_syscall_ptr)write_or_fail);
#endif
}

/* Somebody asks for a look, and the disk fails: that is settled now, not at the time of the look.
 */
static void
test_look_fails (void)
{
  static const char *const lines[] = { "prepare DONE prepared=1", "commit LOST", NULL };
  g_autoptr (TestEngine) engine = test_engine_new ();
  GLogLevelFlags fatal = g_log_set_always_fatal (G_LOG_LEVEL_ERROR | G_LOG_LEVEL_CRITICAL);

  test_engine_script (engine, lines);
  test_engine_add_post (engine, START, "");
  test_engine_run (engine, START + SECOND);
  is_full_of_errors = TRUE;
  g_assert_false (smm_engine_look_now (test_engine_get_engine (engine), "t", NULL));
  is_full_of_errors = FALSE;
  g_assert_true (smm_store_is_doubtful (test_engine_get_store (engine)));
  test_engine_run (engine, START + 10 * SECOND);
  g_assert_false (smm_store_is_doubtful (test_engine_get_store (engine)));
  g_assert_null (smm_engine_get_problem (test_engine_get_engine (engine)));
  test_engine_assert_state (engine, "unconfirmed no-answer");
  g_log_set_always_fatal (fatal);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  take_over_writes ();
  g_test_add_func ("/engine/doubt/look-fails", test_look_fails);
  return g_test_run ();
}

/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * To be preloaded: a disk that fails. The file named by SMM_FAIL_DISK says how, and may change at
 * any time: "write N TIMES" or "sync N TIMES": after N such calls on the library or its log, TIMES
 * of them end with EIO (-1: all). No file: a disk that works. Each failure is a line in the file
 * with ".log" behind its name.
 */

/* Both names of each call are needed, not two of one. */
#undef _FILE_OFFSET_BITS

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

#define MAX_FDS 1024

static bool is_library[MAX_FDS];
static long seen;
static struct timespec known;

static bool
ends_with (const char *text, const char *end)
{
  size_t n = strlen (text), m = strlen (end);

  return n >= m && strcmp (text + n - m, end) == 0;
}

static int
note_open (int fd, const char *path)
{
  if (fd >= 0 && fd < MAX_FDS)
    is_library[fd] = ends_with (path, "library.db") || ends_with (path, "library.db-wal");
  return fd;
}

static void
note_failure (const char *control, const char *what)
{
  char path[512];
  FILE *log;

  snprintf (path, sizeof path, "%s.log", control);
  log = fopen (path, "a");
  if (log == NULL)
    return;
  fprintf (log, "%s\n", what);
  fclose (log);
}

/* Counts this call; whether it has to fail. */
static bool
fails (int fd, const char *what)
{
  const char *control = getenv ("SMM_FAIL_DISK");
  struct stat facts;
  char kind[16] = "";
  long after = 0, times = 0;
  FILE *file;

  if (fd < 0 || fd >= MAX_FDS || !is_library[fd] || control == NULL || stat (control, &facts) != 0)
    return false;
  file = fopen (control, "r");
  if (file == NULL || fscanf (file, "%15s %ld %ld", kind, &after, &times) != 3)
    times = 0;
  if (file != NULL)
    fclose (file);
  if (memcmp (&known, &facts.st_mtim, sizeof known) != 0)
    {
      known = facts.st_mtim;
      seen = 0;
    }
  if (times == 0 || strcmp (kind, what) != 0)
    return false;
  seen++;
  if (seen <= after || (times > 0 && seen > after + times))
    return false;
  note_failure (control, what);
  errno = EIO;
  return true;
}

#define NEXT(name) ((__typeof__ (&name))dlsym (RTLD_NEXT, #name))

#define OPEN(name)                                                                                 \
  int name (const char *path, int flags, ...)                                                      \
  {                                                                                                \
    va_list args;                                                                                  \
    mode_t mode = 0;                                                                               \
                                                                                                   \
    va_start (args, flags);                                                                        \
    if (flags & (O_CREAT | O_TMPFILE))                                                             \
      mode = va_arg (args, mode_t);                                                                \
    va_end (args);                                                                                 \
    return note_open (NEXT (name) (path, flags, mode), path);                                      \
  }

#define WRITE(name, offset_t)                                                                      \
  ssize_t name (int fd, const void *data, size_t n, offset_t at)                                   \
  {                                                                                                \
    return fails (fd, "write") ? -1 : NEXT (name) (fd, data, n, at);                               \
  }

#define SYNC(name)                                                                                 \
  int name (int fd) { return fails (fd, "sync") ? -1 : NEXT (name) (fd); }

OPEN (open)
OPEN (open64)
WRITE (pwrite, off_t)
WRITE (pwrite64, off64_t)
SYNC (fsync)
SYNC (fdatasync)

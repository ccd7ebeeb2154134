/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * To be preloaded: a disk that fails. The file named by SMM_FAIL_DISK says how, and may change at
 * any time: "write N TIMES" or "sync N TIMES": after N such calls on the library or its log, TIMES
 * of them end with EIO (-1: all); "slow MS 1": each read takes so long. No file: a disk that works.
 * Each failure is a line in the file with ".log" behind its name.
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
#include <time.h>
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

/* What is planned for calls of this kind on this file. */
static bool
read_plan (int fd, const char *what, struct stat *facts, long *after, long *times)
{
  const char *control = getenv ("SMM_FAIL_DISK");
  char kind[16] = "";
  bool planned;
  FILE *file;

  if (fd < 0 || fd >= MAX_FDS || !is_library[fd] || control == NULL || stat (control, facts) != 0)
    return false;
  file = fopen (control, "r");
  if (file == NULL)
    return false;
  planned = fscanf (file, "%15s %ld %ld", kind, after, times) == 3 && strcmp (kind, what) == 0;
  fclose (file);
  return planned;
}

static void
slow_down (int fd)
{
  struct stat facts;
  long ms, n;
  struct timespec time;

  if (!read_plan (fd, "slow", &facts, &ms, &n))
    return;
  time.tv_sec = ms / 1000;
  time.tv_nsec = ms % 1000 * 1000000;
  nanosleep (&time, NULL);
}

/* Counts this call; whether it has to fail. */
static bool
fails (int fd, const char *what)
{
  struct stat facts;
  long after, times;

  if (!read_plan (fd, what, &facts, &after, &times))
    return false;
  if (memcmp (&known, &facts.st_mtim, sizeof known) != 0)
    {
      known = facts.st_mtim;
      seen = 0;
    }
  seen++;
  if (seen <= after || (times > 0 && seen > after + times))
    return false;
  note_failure (getenv ("SMM_FAIL_DISK"), what);
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

#define READ(name, offset_t)                                                                       \
  ssize_t name (int fd, void *data, size_t n, offset_t at)                                         \
  {                                                                                                \
    slow_down (fd);                                                                                \
    return NEXT (name) (fd, data, n, at);                                                          \
  }

#define SYNC(name)                                                                                 \
  int name (int fd) { return fails (fd, "sync") ? -1 : NEXT (name) (fd); }

OPEN (open)
OPEN (open64)
READ (pread, off_t)
READ (pread64, off64_t)
WRITE (pwrite, off_t)
WRITE (pwrite64, off64_t)
SYNC (fsync)
SYNC (fdatasync)

/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * LD_PRELOAD=libbusy.so SMM_BUSY=FILE PROGRAM
 * Writes a line for each stretch in which the main thread did not wait: when it ended (µs of the
 * monotonic clock) and how much of the processor's time the thread took in it (µs; what others take
 * on the same cores does not count). Shorter ones than half a millisecond are left out.
 */

#include <dlfcn.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#define SHORTEST 500

static FILE *file;
static int64_t began;

static int64_t
read_clock (clockid_t clock)
{
  struct timespec at;

  clock_gettime (clock, &at);
  return at.tv_sec * INT64_C (1000000) + at.tv_nsec / 1000;
}

int
poll (struct pollfd *fds, nfds_t n, int timeout)
{
  static int (*real) (struct pollfd *, nfds_t, int);
  int64_t spent;
  int result;

  if (real == NULL)
    real = (int (*) (struct pollfd *, nfds_t, int))dlsym (RTLD_NEXT, "poll");
  if (file == NULL || gettid () != getpid ())
    return real (fds, n, timeout);
  spent = read_clock (CLOCK_THREAD_CPUTIME_ID) - began;
  if (spent >= SHORTEST)
    fprintf (file, "%lld %lld\n", (long long)read_clock (CLOCK_MONOTONIC), (long long)spent);
  /* A look that does not wait belongs to the stretch around it. */
  result = real (fds, n, timeout);
  if (timeout != 0 || spent >= SHORTEST)
    began = read_clock (CLOCK_THREAD_CPUTIME_ID);
  return result;
}

__attribute__ ((constructor)) static void
open_file (void)
{
  const char *path = getenv ("SMM_BUSY");

  file = path != NULL ? fopen (path, "we") : NULL;
  if (file != NULL)
    setvbuf (file, NULL, _IOLBF, 0);
  unsetenv ("LD_PRELOAD");
}

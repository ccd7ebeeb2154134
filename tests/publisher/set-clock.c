/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * To be preloaded: the computer's clock is off by the seconds in the file named by SMM_CLOCK, which
 * may change at any time. A timer that runs knows nothing of that, as after a sleep.
 */

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/time.h>
#include <sys/timerfd.h>
#include <time.h>

int gettimeofday (struct timeval *restrict now, void *restrict zone);

static long
get_skew (void)
{
  const char *path = getenv ("SMM_CLOCK");
  FILE *file = path != NULL ? fopen (path, "re") : NULL;
  long skew = 0;

  if (file == NULL)
    return 0;
  if (fscanf (file, "%ld", &skew) != 1)
    skew = 0;
  fclose (file);
  return skew;
}

int
clock_gettime (clockid_t clock, struct timespec *now)
{
  static int (*real) (clockid_t, struct timespec *);
  int result;

  if (real == NULL)
    *(void **)&real = dlsym (RTLD_NEXT, "clock_gettime");
  result = real (clock, now);
  if (result == 0 && clock == CLOCK_REALTIME)
    now->tv_sec += get_skew ();
  return result;
}

int
gettimeofday (struct timeval *restrict now, void *restrict zone)
{
  struct timespec precise;

  clock_gettime (CLOCK_REALTIME, &precise);
  now->tv_sec = precise.tv_sec;
  now->tv_usec = precise.tv_nsec / 1000;
  return 0;
}

time_t
time (time_t *now)
{
  struct timespec precise;

  clock_gettime (CLOCK_REALTIME, &precise);
  if (now != NULL)
    *now = precise.tv_sec;
  return precise.tv_sec;
}

int
timerfd_settime (int fd, int flags, const struct itimerspec *at, struct itimerspec *before)
{
  static int (*real) (int, int, const struct itimerspec *, struct itimerspec *);
  struct itimerspec moved = *at;

  if (real == NULL)
    *(void **)&real = dlsym (RTLD_NEXT, "timerfd_settime");
  if (flags & TFD_TIMER_ABSTIME)
    moved.it_value.tv_sec -= get_skew ();
  return real (fd, flags, &moved, before);
}

/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-crash-point.h"

#ifdef SMM_CRASH_POINTS

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char *crash_name;
static int crash_count;

static void
read_environment (void)
{
  static gsize done = 0;

  if (g_once_init_enter (&done))
    {
      const char *value = g_getenv ("SMM_CRASH");
      const char *colon = value != NULL ? strchr (value, ':') : NULL;

      if (colon != NULL)
        {
          crash_name = g_strndup (value, colon - value);
          crash_count = atoi (colon + 1);
        }
      g_once_init_leave (&done, 1);
    }
}

gboolean
smm_crash_point_is_armed (const char *name)
{
  read_environment ();
  return crash_name != NULL && strcmp (crash_name, name) == 0;
}

void
smm_crash_point (const char *name)
{
  if (smm_crash_point_is_armed (name) && --crash_count == 0)
    kill (getpid (), SIGKILL);
}

#endif

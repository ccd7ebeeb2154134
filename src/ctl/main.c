/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-ctl.h"
#include "smm-locale.h"

#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>

int
main (int argc, char **argv)
{
  const struct rlimit none = { 0, 0 };

  smm_locale_init ();
  umask (077);
  setrlimit (RLIMIT_CORE, &none);
  prctl (PR_SET_DUMPABLE, 0, 0, 0, 0);

  return smm_ctl_run (argc, argv);
}

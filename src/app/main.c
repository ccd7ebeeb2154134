/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "smm-application.h"
#include "smm-locale.h"
#include "smm-practice.h"

int
main (int argc, char *argv[])
{
  g_autoptr (SmmApplication) application = NULL;
  gboolean practice = FALSE;

  smm_locale_init ();

  for (int i = 1; i < argc; i++)
    practice = practice || strcmp (argv[i], "--practice") == 0;
  /* Before there is a second thread: the environment is read from everywhere. */
  if (practice)
    smm_practice_prepare_environment ();
  application = smm_application_new (practice);
  return g_application_run (G_APPLICATION (application), argc, argv);
}

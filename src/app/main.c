/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>
#include <locale.h>
#include <string.h>

#include "smm-application.h"
#include "smm-practice.h"

int
main (int argc, char *argv[])
{
  g_autoptr (SmmApplication) application = NULL;
  gboolean practice = FALSE;

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, SMM_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  for (int i = 1; i < argc; i++)
    practice = practice || strcmp (argv[i], "--practice") == 0;
  /* Before there is a second thread: the environment is read from everywhere. */
  if (practice)
    smm_practice_prepare_environment ();
  application = smm_application_new (practice);
  return g_application_run (G_APPLICATION (application), argc, argv);
}

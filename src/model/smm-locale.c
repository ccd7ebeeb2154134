/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-locale.h"

#include <glib/gi18n.h>
#include <locale.h>

/**
 * smm_locale_init:
 *
 * Takes on the user's language; the first thing that every program does. The translations lie where
 * they were installed, or in the folder that SMM_LOCALEDIR names: a build tree has its own in po.
 */
void
smm_locale_init (void)
{
  const char *folder = g_getenv ("SMM_LOCALEDIR");

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, folder != NULL ? folder : SMM_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
}

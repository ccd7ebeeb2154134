/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Wall time and zone, a line each; then an instant in µs as decimal text. */

#include "config.h"

#include "smm-fuzz.h"

#include "smm-library.h"

#include <string.h>

int
LLVMFuzzerInitialize (int *argc, char ***argv)
{
  smm_fuzz_be_strict ();
  return 0;
}

static void
check_resolved (const char *wall, const char *zone, gint64 utc, const char *note)
{
  g_autofree char *shown = smm_wall_time_format (utc, zone);
  gint64 again;

  smm_fuzz_check_text (shown);
  g_assert (shown != NULL);
  /* A zone is a name, never a way to a file. */
  g_assert (*zone != '/' && strchr (zone, '.') == NULL);
  if (note != NULL)
    g_assert (strcmp (note, "gap") == 0 || strcmp (note, "fold") == 0);
  /* What is shown for an instant means this instant, but for a fold's second time. */
  if (g_strcmp0 (note, "gap") != 0)
    {
      g_assert (strncmp (shown, wall, 10) == 0);
      g_assert (strncmp (shown + 11, wall + 11, strlen (wall) - 11) == 0);
    }
  g_assert (smm_wall_time_resolve (shown, zone, &again, NULL, NULL));
  g_assert (again == utc);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  SmmFuzzInput input = { data, size };
  g_autofree char *wall = smm_fuzz_take_text (&input, '\n');
  g_autofree char *zone = smm_fuzz_take_text (&input, '\n');
  gboolean is_text = g_utf8_validate (wall, -1, NULL) && g_utf8_validate (zone, -1, NULL);
  g_autofree char *instant = smm_fuzz_take_text (&input, '\n');
  g_autofree char *shown = smm_wall_time_format (g_ascii_strtoll (instant, NULL, 10), zone);
  g_autoptr (GError) error = NULL;
  const char *note = NULL;
  gint64 utc = 0;

  g_assert (shown != NULL);
  if (!is_text)
    return 0;
  if (smm_wall_time_resolve (wall, zone, &utc, &note, &error))
    check_resolved (wall, zone, utc, note);
  else
    {
      g_assert_error (error, SMM_LIBRARY_ERROR, SMM_LIBRARY_ERROR_INVALID);
      smm_fuzz_check_text (error->message);
    }
  return 0;
}

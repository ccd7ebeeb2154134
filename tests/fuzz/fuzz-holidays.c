/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Calendar files as people bring them along: what comes of one is what the library takes. */

#include "config.h"

#include "smm-fuzz.h"

#include "smm-holidays.h"
#include "smm-records.h"

#include <string.h>

int
LLVMFuzzerInitialize (int *argc, char ***argv)
{
  smm_fuzz_be_strict ();
  return 0;
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SmmHolidays) found = smm_holidays_parse ((const char *)data, size, 2025, 2036, &error);

  g_assert ((found == NULL) == (error != NULL));
  if (found == NULL)
    {
      smm_fuzz_check_text (error->message);
      return 0;
    }
  g_assert (found->days->len > 0 && found->days->len <= SMM_HOLIDAYS_MAX_DAYS);
  if (found->name != NULL)
    smm_fuzz_check_text (found->name);
  for (guint i = 0; i < found->days->len; i++)
    {
      SmmHoliday *holiday = found->days->pdata[i];

      smm_fuzz_check_text (holiday->name);
      g_assert (*holiday->name != '\0'
                && g_utf8_strlen (holiday->name, -1) <= SMM_HOLIDAYS_MAX_NAME);
      g_assert (strpbrk (holiday->name, "\r\n\t") == NULL);
      g_assert (smm_day_is_valid (holiday->day));
      g_assert (strcmp (holiday->day, "2025-01-01") >= 0
                && strcmp (holiday->day, "2036-12-31") <= 0);
    }
  return 0;
}

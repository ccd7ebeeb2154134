/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Headers that tell how much of a budget is used: platform, then "name: value" lines. */

#include "config.h"

#include "smm-fuzz.h"

#include "smm-platform.h"

#include <string.h>

/* Longer than this no platform's window is; a hostile answer must not silence an account for ever.
 */
#define LONGEST_WAIT_MS (G_GUINT64_CONSTANT (31) * 24 * 60 * 60 * 1000)

int
LLVMFuzzerInitialize (int *argc, char ***argv)
{
  smm_fuzz_be_strict ();
  return 0;
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  SmmFuzzInput input = { data, size };
  const SmmPlatform *platform = smm_platform_get (1 + smm_fuzz_take_choice (&input, 3));
  g_autoptr (SmmAccount) account = smm_account_new ();
  g_autoptr (GBytes) empty = g_bytes_new_static ("", 0);
  g_autoptr (SmmResponse) response = smm_response_new (SMM_SENT_ANSWERED, 200, empty);

  if (platform == NULL || platform->usage_wait_ms == NULL)
    return 0;
  account->id = g_strdup ("a1");
  account->platform = platform->id;
  account->remote_id = g_strdup ("17841400123456789");
  account->parent_remote_id = g_strdup ("104857600123456");
  while (input.size > 0 && g_hash_table_size (response->headers) < 100)
    {
      g_autofree char *line = smm_fuzz_take_text (&input, '\n');
      char *colon = strstr (line, ": ");

      if (colon != NULL)
        g_hash_table_insert (response->headers, g_ascii_strdown (line, colon - line),
                             g_strdup (colon + 2));
    }
  g_assert (platform->usage_wait_ms (account, response) <= LONGEST_WAIT_MS);
  return 0;
}

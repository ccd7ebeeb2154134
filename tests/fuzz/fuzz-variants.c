/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Media and accounts as they come from the bus. */

#include "config.h"

#include "smm-fuzz.h"

#include "smm-command.h"

int
LLVMFuzzerInitialize (int *argc, char ***argv)
{
  smm_fuzz_be_strict ();
  return 0;
}

static void
check_media (GVariant *variant)
{
  g_autoptr (SmmMedia) media = smm_media_from_variant (variant);
  g_autoptr (GVariant) one = NULL;
  g_autoptr (GVariant) other = NULL;
  g_autoptr (SmmMedia) again = NULL;

  if (media == NULL)
    return;
  smm_fuzz_check_text (media->file_name);
  smm_fuzz_check_text (media->mime);
  one = g_variant_ref_sink (smm_media_to_variant (media));
  again = smm_media_from_variant (one);
  g_assert (again != NULL);
  other = g_variant_ref_sink (smm_media_to_variant (again));
  g_assert (g_variant_equal (one, other));
}

static void
check_account (GVariant *variant)
{
  g_autoptr (SmmAccount) account = smm_account_from_variant (variant);
  g_autoptr (GVariant) one = NULL;
  g_autoptr (GVariant) other = NULL;
  g_autoptr (SmmAccount) again = NULL;

  if (account == NULL)
    return;
  smm_fuzz_check_text (account->name);
  g_assert (account->remote_id != NULL && account->name != NULL);
  one = g_variant_ref_sink (smm_account_to_variant (account));
  again = smm_account_from_variant (one);
  g_assert (again != NULL);
  other = g_variant_ref_sink (smm_account_to_variant (again));
  g_assert (g_variant_equal (one, other));
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  SmmFuzzInput input = { data, size };
  g_autoptr (GVariant) variant = smm_fuzz_take_vardict (&input, '\x1e');

  if (variant == NULL)
    return 0;
  check_media (variant);
  check_account (variant);
  return 0;
}

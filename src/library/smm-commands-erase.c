/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is deleted for good, with everything that tells of it: there is no way back. */

#include "config.h"

#include "smm-commands-private.h"

#include <glib/gi18n-lib.h>

static gboolean
erase (SmmChange *change, const char *brand_id, const char *account_id, GError **error)
{
  if (smm_store_is_busy (change->store, brand_id, account_id))
    return smm_change_fail (error, SMM_LIBRARY_ERROR_PINNED,
                            brand_id != NULL
                                ? _ ("This brand still has posts on their way. Cancel them first.")
                                : _ ("This account still has posts on their way, or recurring "
                                     "ones. Cancel or stop them first."));
  change->erased = smm_store_erase (change->store, brand_id, account_id, error);
  if (change->erased == NULL)
    return FALSE;
  change->label = brand_id != NULL ? _ ("Brand deleted for good") : _ ("Account deleted for good");
  /* A note of it would be what was to go. */
  change->unlogged = TRUE;
  smm_change_add (change, "*");
  return TRUE;
}

/* Also of one that was deleted before, and could come back until now. */
static gboolean
brand_erase (SmmChange *change, GError **error)
{
  const char *id = smm_command_get_string (change->command, "id");

  if (!smm_store_has_brand (change->store, id))
    return smm_change_fail (error, SMM_LIBRARY_ERROR_NOT_FOUND, _ ("There is no brand “%s”"), id);
  return erase (change, id, NULL, error);
}

static gboolean
account_erase (SmmChange *change, GError **error)
{
  const char *id = smm_command_get_string (change->command, "id");
  g_autoptr (SmmAccount) account = smm_store_get_account (change->store, id);

  if (account == NULL)
    return smm_change_fail (error, SMM_LIBRARY_ERROR_NOT_FOUND, _ ("There is no account “%s”"), id);
  return erase (change, NULL, id, error);
}

const SmmCommandSpec smm_erase_commands[] = {
  { "brand.erase", "id:s!", brand_erase },
  { "account.erase", "id:s!", account_erase },
  { NULL, NULL, NULL },
};

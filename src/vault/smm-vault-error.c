/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What libsecret and the bus say, in our words. */

#include "config.h"

#include "smm-vault-error.h"

#include "smm-vault.h"

#include <glib/gi18n-lib.h>
#include <libsecret/secret.h>
#include <string.h>

G_DEFINE_QUARK (smm - vault - error - quark, smm_vault_error)

static gboolean
is_about_absence (const GError *problem)
{
  static const int codes[] = {
    G_DBUS_ERROR_SERVICE_UNKNOWN,
    G_DBUS_ERROR_NAME_HAS_NO_OWNER,
    G_DBUS_ERROR_SPAWN_EXEC_FAILED,
    G_DBUS_ERROR_SPAWN_FAILED,
    G_DBUS_ERROR_SPAWN_CHILD_EXITED,
    G_DBUS_ERROR_UNKNOWN_METHOD,
    G_DBUS_ERROR_SPAWN_SERVICE_NOT_FOUND,
    G_DBUS_ERROR_UNKNOWN_OBJECT,
    G_DBUS_ERROR_NO_SERVER,
  };

  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
    if (g_error_matches (problem, G_DBUS_ERROR, codes[i]))
      return TRUE;
  /* No session bus at all. */
  return g_error_matches (problem, G_IO_ERROR, G_IO_ERROR_FAILED)
         || g_error_matches (problem, G_IO_ERROR, G_IO_ERROR_NOT_FOUND)
         || g_error_matches (problem, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED);
}

static gboolean
is_about_time (const GError *problem)
{
  return g_error_matches (problem, G_DBUS_ERROR, G_DBUS_ERROR_NO_REPLY)
         || g_error_matches (problem, G_DBUS_ERROR, G_DBUS_ERROR_TIMEOUT)
         || g_error_matches (problem, G_DBUS_ERROR, G_DBUS_ERROR_TIMED_OUT)
         || g_error_matches (problem, G_IO_ERROR, G_IO_ERROR_TIMED_OUT);
}

void
smm_vault_set_timed_out (GError **error)
{
  g_set_error (error, SMM_VAULT_ERROR, SMM_VAULT_ERROR_TIMED_OUT,
               _ ("The keyring does not answer. Log out and in again if this stays."));
}

/**
 * smm_vault_translate_error:
 * @error: (inout): what libsecret, the bus or the vault itself say
 *
 * Puts it into SMM_VAULT_ERROR and into words that say what to do.
 */
void
smm_vault_translate_error (GError **error)
{
  g_autoptr (GError) problem = g_steal_pointer (error);

  if (problem->domain == SMM_VAULT_ERROR)
    *error = g_steal_pointer (&problem);
  else if (g_error_matches (problem, SECRET_ERROR, SECRET_ERROR_IS_LOCKED)
           || strstr (problem->message, "user interaction failed") != NULL)
    g_set_error (error, SMM_VAULT_ERROR, SMM_VAULT_ERROR_LOCKED,
                 _ ("The keyring is locked. Unlock it, then try again."));
  else if (is_about_time (problem))
    smm_vault_set_timed_out (error);
  else if (is_about_absence (problem))
    g_set_error (error, SMM_VAULT_ERROR, SMM_VAULT_ERROR_ABSENT,
                 _ ("This session has no keyring to keep sign-ins in. Install and start one, such "
                    "as GNOME Keyring or KWallet. Nothing is ever stored in plain text."));
  else
    g_set_error (error, SMM_VAULT_ERROR, SMM_VAULT_ERROR_FAILED, _ ("The keyring refused: %s"),
                 problem->message);
}

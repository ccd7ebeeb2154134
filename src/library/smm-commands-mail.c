/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Commands on mails that are to tell people something. */

#include "config.h"

#include "smm-commands-private.h"

#include <glib/gi18n-lib.h>

#include "smm-notices.h"
#include "smm-settings.h"

/* Nobody got it, so it is a new mail to the service: with a key of its own, from and to whom the
 * settings say now. */
static gboolean
send_again (SmmChange *change, SmmMail *mail, const char *sender, const char *recipients,
            GError **error)
{
  g_autofree char *id = smm_id_new ();

  g_free (mail->key);
  mail->key = g_strconcat ("notice/", id, NULL);
  g_free (mail->sender);
  mail->sender = g_strdup (sender);
  g_free (mail->recipients);
  mail->recipients = g_strdup (recipients);
  mail->state = SMM_MAIL_WAITING;
  mail->made_at = change->now;
  mail->next_at = mail->unclear_at = mail->ended_at = 0;
  mail->tries = 0;
  return smm_store_put_mail (change->store, mail, error);
}

/* Can't be taken back: what is sent is sent. */
static gboolean
mail_retry (SmmChange *change, GError **error)
{
  g_autofree char *sender = smm_settings_dup (change->store, SMM_SETTING_MAIL_FROM);
  g_autofree char *recipients = smm_settings_dup (change->store, SMM_SETTING_MAIL_TO);
  g_autoptr (GPtrArray) mails = smm_store_list_refused_mails (change->store);

  if (mails->len == 0)
    return smm_change_fail (error, SMM_LIBRARY_ERROR_NOT_FOUND,
                            _ ("There is no mail that was refused"));
  if (*sender == '\0' || *recipients == '\0')
    return smm_change_fail (error, SMM_LIBRARY_ERROR_INVALID,
                            _ ("Say first from and to which address mails go"));
  for (guint i = 0; i < mails->len; i++)
    if (!send_again (change, mails->pdata[i], sender, recipients, error))
      return FALSE;
  change->label = _ ("Mails are sent again");
  smm_change_add (change, SMM_MAIL_CHANGED);
  return TRUE;
}

const SmmCommandSpec smm_mail_commands[] = {
  { "mail.retry", "", mail_retry },
  { NULL, NULL, NULL },
};

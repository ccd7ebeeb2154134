/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "smm-http.h"
#include "smm-library-local.h"
#include "smm-vault.h"

G_BEGIN_DECLS

/*
 * The outbox: mails what the library notes (smm-notices.h), if its user asked for that. What happens
 * within half a minute is one mail, and in an hour there are few. A mail and what it tells are written
 * in one commit; it is written, too, before each attempt, that it may have gone: so a crash neither
 * loses a mail nor sends one twice. It is tried until its fate is known, or can't be known any more;
 * then nothing is sent, and the library says so. It wakes for mails and notices only.
 */
#define SMM_TYPE_MAILER (smm_mailer_get_type ())
G_DECLARE_FINAL_TYPE (SmmMailer, smm_mailer, SMM, MAILER, GObject)

/* @at_once: this run ends by itself: nothing is gathered. */
SmmMailer *smm_mailer_new (SmmLibraryLocal *library, SmmVault *vault, SmmHttp *http,
                           gboolean at_once, GError **error);
/* Posts, accounts or settings with these ids changed. */
void smm_mailer_changed (SmmMailer *self, const char *const *ids);
/* The keyring opened: what waits for it is sent now. */
void smm_mailer_retry_keyring (SmmMailer *self);
/* Nothing new begins. */
void smm_mailer_stop (SmmMailer *self);
/* Nothing on its way, nothing to be sent now. */
gboolean smm_mailer_is_idle (SmmMailer *self);

G_END_DECLS

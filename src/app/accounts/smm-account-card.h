/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "smm-account-facts.h"

G_BEGIN_DECLS

#define SMM_TYPE_ACCOUNT_CARD (smm_account_card_get_type ())
G_DECLARE_FINAL_TYPE (SmmAccountCard, smm_account_card, SMM, ACCOUNT_CARD, GtkBox)

/* One account and how it is. Signals: "reconnect" (), "check" (), "disconnect" (), "erase" (). */
GtkWidget *smm_account_card_new (SmmAccount *account, const SmmAccountUse *use, SmmPaths *paths,
                                 GTimeZone *zone);
SmmAccount *smm_account_card_get_account (SmmAccountCard *self);
/* While something is asked of the platform the buttons rest. */
void smm_account_card_set_busy (SmmAccountCard *self, gboolean busy);
void smm_account_card_set_can_act (SmmAccountCard *self, gboolean can_act);
/* It stands out from the others. */
void smm_account_card_set_chosen (SmmAccountCard *self, gboolean chosen);
/* What helps with this account gets the keyboard: before the card is on screen, as soon as it is.
 */
void smm_account_card_focus (SmmAccountCard *self);

G_END_DECLS

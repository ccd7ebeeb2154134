/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "smm-records.h"

G_BEGIN_DECLS

#define SMM_TYPE_VARIANT_BAR (smm_variant_bar_get_type ())
G_DECLARE_FINAL_TYPE (SmmVariantBar, smm_variant_bar, SMM, VARIANT_BAR, GtkBox)

/*
 * Whose text is being written: that of all accounts, or of one. Below the tabs it says what differs
 * there, with a button back, which then gives it again. Signals: "changed" (), when somebody
 * chooses another; "reset" ().
 */
GtkWidget *smm_variant_bar_new (void);
/* @accounts: SmmAccount* the post is for; the bar hides when there is only one. */
void smm_variant_bar_set_accounts (SmmVariantBar *self, GPtrArray *accounts);
/* NULL: all accounts. Emits nothing. */
void smm_variant_bar_choose (SmmVariantBar *self, const char *account_id);
const char *smm_variant_bar_get_chosen (SmmVariantBar *self);
/* What differs on the chosen account: "own text, own media"; NULL: nothing, or all accounts.
 * @was_reset: it differed until the button was pressed, which takes that back now. */
void smm_variant_bar_set_difference (SmmVariantBar *self, const char *text, gboolean was_reset);

G_END_DECLS

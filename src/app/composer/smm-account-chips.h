/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "smm-records.h"

G_BEGIN_DECLS

#define SMM_TYPE_ACCOUNT_CHIPS (smm_account_chips_get_type ())
G_DECLARE_FINAL_TYPE (SmmAccountChips, smm_account_chips, SMM, ACCOUNT_CHIPS, AdwBin)

/* The accounts of a brand as toggles. Signal: "changed", when somebody toggles one. */
GtkWidget *smm_account_chips_new (void);
void smm_account_chips_clear (SmmAccountChips *self);
void smm_account_chips_add (SmmAccountChips *self, SmmAccount *account, gboolean chosen);
/* The second line of one; NULL: the usual one. */
void smm_account_chips_set_detail (SmmAccountChips *self, const char *account_id,
                                   const char *text);
GPtrArray *smm_account_chips_get_chosen (SmmAccountChips *self);
gboolean smm_account_chips_is_empty (SmmAccountChips *self);

G_END_DECLS

/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * DESIGN: the accounts view.
 *
 * The brand's accounts as cards that say how they are, and beside them the assistant that signs in
 * (SmmConnectPanel). All talking to platforms and the keyring is done by SmmConnect, which the view
 * makes once there is a library.
 */

#pragma once

#include <adwaita.h>

#include "smm-connect.h"
#include "smm-library.h"

G_BEGIN_DECLS

#define SMM_TYPE_ACCOUNTS_VIEW (smm_accounts_view_get_type ())
G_DECLARE_FINAL_TYPE (SmmAccountsView, smm_accounts_view, SMM, ACCOUNTS_VIEW, AdwBin)

/* Signal "toast" (string text, boolean undoable). Brings its own header bar. */
SmmAccountsView *smm_accounts_view_new (SmmLibrary *library, SmmPaths *paths);
void smm_accounts_view_set_brand (SmmAccountsView *self, const char *brand_id);
/* Opens the assistant. */
void smm_accounts_view_start (SmmAccountsView *self);
void smm_accounts_view_show_account (SmmAccountsView *self, const char *account_id);
void smm_accounts_view_set_narrow (SmmAccountsView *self, gboolean narrow);

G_END_DECLS

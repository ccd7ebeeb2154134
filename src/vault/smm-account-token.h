/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "smm-request.h"

G_BEGIN_DECLS

/*
 * The value of the keyring item "account/ID": the account's own token (a Page token) and the
 * person's (the long-lived user token), each of which may be missing.
 */
char *smm_account_token_pack (const char *account_token, const char *person_token);
/* The token of @kind, or NULL. Free with smm_vault_secret_free(). */
char *smm_account_token_get (const char *value, SmmTokenKind kind);

G_END_DECLS

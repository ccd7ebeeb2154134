/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "smm-request.h"

G_BEGIN_DECLS

/*
 * The value of the keyring item "account/ID": the account's own token (a Page token, TikTok's access
 * token), the person's (the long-lived user token), the one that buys the next pair, and when the
 * first and the last end. Each may be missing.
 */
typedef struct
{
  char *account, *person, *refresh;
  gint64 expires_at;           /* µs UTC, of @account; 0: does not end or unknown */
  gint64 refresh_expires_at;   /* µs UTC; 0: does not end or unknown */
} SmmAccountTokens;
/* Wipes the secrets. */
void smm_account_tokens_clear (SmmAccountTokens *tokens);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SmmAccountTokens, smm_account_tokens_clear)

/* Free with smm_vault_secret_free(). */
char *smm_account_tokens_pack (const SmmAccountTokens *tokens);
/* FALSE when @value is of another format; @tokens is empty then. */
gboolean smm_account_tokens_unpack (const char *value, SmmAccountTokens *tokens);

/* Tokens that do not end. */
char *smm_account_token_pack (const char *account_token, const char *person_token);
/* The token of @kind, or NULL. Free with smm_vault_secret_free(). */
char *smm_account_token_get (const char *value, SmmTokenKind kind);

G_END_DECLS

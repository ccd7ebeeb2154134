/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Tokens that end are renewed here, and only here. Where a platform rotates them, each renewal kills
 * the token it was bought with: two at a time would lock the account out. So there is one renewal at
 * a time for an account, in this process (all who ask meanwhile get its result) and across processes
 * (a lock on a file next to the data key; who had to wait reads the keyring again first). The new
 * pair is in the keyring, read back, before anybody sees it.
 * A crash between the answer and the keyring is a loss that can't be avoided: the platform refuses
 * the old token then, and the user is told to sign in again.
 */

#pragma once

#include "smm-http.h"
#include "smm-platform.h"
#include "smm-vault.h"

G_BEGIN_DECLS

/* The keeper's world; each function answers exactly once. */
typedef void (*SmmKeeperValueFunc) (char *value, const GError *error, gpointer user_data); /* full */
typedef void (*SmmKeeperStoredFunc) (const GError *error, gpointer user_data);
typedef void (*SmmKeeperSentFunc) (SmmResponse *response, gpointer user_data);
typedef struct
{
  gint64 (*now) (gpointer host);   /* µs UTC */
  void (*lookup) (gpointer host, const char *name, SmmKeeperValueFunc callback,
                  gpointer user_data);
  /* Stored and read back before it counts. */
  void (*store) (gpointer host, const char *name, const char *value, SmmKeeperStoredFunc callback,
                 gpointer user_data);
  void (*send) (gpointer host, SmmRequest *request, SmmKeeperSentFunc callback,
                gpointer user_data);
} SmmTokenKeeperHost;

#define SMM_TYPE_TOKEN_KEEPER (smm_token_keeper_get_type ())
G_DECLARE_FINAL_TYPE (SmmTokenKeeper, smm_token_keeper, SMM, TOKEN_KEEPER, GObject)

SmmTokenKeeper *smm_token_keeper_new (SmmVault *vault, SmmHttp *http);
/* @host is copied, @data must outlive the keeper; @lock_dir: folder of the locks. */
SmmTokenKeeper *smm_token_keeper_new_with (const SmmTokenKeeperHost *host, gpointer data,
                                           const char *lock_dir);

/*
 * The value of the keyring item "account/ID" (smm_account_token_get() reads it), renewed before when
 * it is about to end, or when @refused is the account's token in it: the platform does not take it.
 * Errors: of the vault; SMM_PLATFORM_ERROR DENIED: sign in again; ANSWER and REFUSED: it ended and
 * can't be renewed at present.
 */
void smm_token_keeper_get_async (SmmTokenKeeper *self, SmmAccount *account, const char *refused,
                                 GCancellable *cancellable, GAsyncReadyCallback callback,
                                 gpointer user_data);
/* Free with smm_vault_secret_free(). */
char *smm_token_keeper_get_finish (SmmTokenKeeper *self, GAsyncResult *result, GError **error);

/* @response says that the account's token is no longer taken, and a new one can be bought. */
gboolean smm_token_keeper_is_refusal (SmmAccount *account, SmmRequest *request,
                                      SmmResponse *response);

G_END_DECLS

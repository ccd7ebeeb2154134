/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "smm-http.h"
#include "smm-mail-message.h"
#include "smm-vault.h"

G_BEGIN_DECLS

#define SMM_TYPE_MAIL_CLIENT (smm_mail_client_get_type ())
G_DECLARE_FINAL_TYPE (SmmMailClient, smm_mail_client, SMM, MAIL_CLIENT, GObject)

/* @http: whoever made it keeps its ledger. */
SmmMailClient *smm_mail_client_new (SmmVault *vault, SmmHttp *http);

/* An empty @key is taken out of the keyring. */
void smm_mail_client_set_key_async (SmmMailClient *self, const char *key,
                                    GAsyncReadyCallback callback, gpointer user_data);
gboolean smm_mail_client_set_key_finish (SmmMailClient *self, GAsyncResult *result, GError **error);

/* Sends @mail once. The outcome says all; there is no error. */
void smm_mail_client_send_async (SmmMailClient *self, const SmmMail *mail,
                                 GCancellable *cancellable, GAsyncReadyCallback callback,
                                 gpointer user_data);
SmmMailOutcome *smm_mail_client_send_finish (SmmMailClient *self, GAsyncResult *result);

/* A test as the settings of @store are; each one is a mail of its own. */
void smm_mail_client_test_async (SmmMailClient *self, SmmStore *store, GCancellable *cancellable,
                                 GAsyncReadyCallback callback, gpointer user_data);
gboolean smm_mail_client_test_finish (SmmMailClient *self, GAsyncResult *result, GError **error);

/* What became of a mail that was taken. */
void smm_mail_client_look_async (SmmMailClient *self, const char *remote_id,
                                 GCancellable *cancellable, GAsyncReadyCallback callback,
                                 gpointer user_data);
char *smm_mail_client_look_finish (SmmMailClient *self, GAsyncResult *result, GError **error);

G_END_DECLS

/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "smm-endpoints.h"
#include "smm-records.h"

G_BEGIN_DECLS

#define SMM_TYPE_HTTP (smm_http_get_type ())
G_DECLARE_FINAL_TYPE (SmmHttp, smm_http, SMM, HTTP, GObject)

SmmHttp *smm_http_new (SmmEndpoints *endpoints);
SmmEndpoints *smm_http_get_endpoints (SmmHttp *self);

/* Called once per finished request, on the main loop, with what the ledger may know. */
typedef void (*SmmLedgerFunc) (SmmLedgerEntry *entry, gpointer user_data);
void smm_http_set_ledger (SmmHttp *self, SmmLedgerFunc func, gpointer user_data);

/* Whose certificates are trusted instead of the system's: a PEM file. */
void smm_http_set_authorities (SmmHttp *self, const char *path);

/*
 * Sends @request with @token (may be NULL when request->auth is SMM_AUTH_NONE; copied, wiped
 * after). Never fails as a GError: what happened is in the response. The callback always runs,
 * exactly once, at the latest when the request's own deadline ends, also when the cancellable is
 * cancelled.
 */
void smm_http_send_async (SmmHttp *self, SmmRequest *request, const char *token,
                          GCancellable *cancellable, GAsyncReadyCallback callback,
                          gpointer user_data);
/* To public addresses only; it carries no token. */
void smm_http_send_outside_async (SmmHttp *self, SmmRequest *request, GCancellable *cancellable,
                                  GAsyncReadyCallback callback, gpointer user_data);
SmmResponse *smm_http_send_finish (SmmHttp *self, GAsyncResult *result);

/* Requests in flight. */
guint smm_http_get_n_pending (SmmHttp *self);

G_END_DECLS

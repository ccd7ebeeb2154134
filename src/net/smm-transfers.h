/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <curl/curl.h>
#include <glib.h>

G_BEGIN_DECLS

/* libcurl's transfers on the main loop: one set of connections, its sockets and timers as one
 * source of the context that was the default when it was made. */
typedef struct _SmmTransfers SmmTransfers;
typedef struct _SmmTransfer SmmTransfer;

/* It ended by itself. Called from the main loop, never while libcurl is at work: whatever is
 * wanted may be done in it. */
typedef void (*SmmTransferFunc) (SmmTransfer *transfer, CURLcode code, gpointer user_data);

SmmTransfers *smm_transfers_new (void);
void smm_transfers_free (SmmTransfers *self);

/* A blank one, to be given its options; then it is started, and in the end given back, which ends
 * it when it still runs. @clean: it sent one request and got the answer, so that another may have
 * it; of what went wrong libcurl keeps traces. */
SmmTransfer *smm_transfers_take (SmmTransfers *self);
CURL *smm_transfer_get_easy (SmmTransfer *transfer);
void smm_transfers_start (SmmTransfers *self, SmmTransfer *transfer, SmmTransferFunc func,
                          gpointer user_data);
void smm_transfers_give_back (SmmTransfers *self, SmmTransfer *transfer, gboolean clean);

G_END_DECLS

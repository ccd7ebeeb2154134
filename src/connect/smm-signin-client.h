/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "smm-endpoints.h"
#include "smm-platform.h"

G_BEGIN_DECLS

/* nkonsept-smm-signin, the window with the platform's page: the line it is given and the one it
 * tells are in src/signin/smm-signin-rules.h. */
/* NULL when it is not installed. */
char *smm_signin_find_program (void);
/* @address to open, @redirect where it ends; the result is the address it ended at, which carries
 * the code: wipe with smm_wipe_free(). Errors: SMM_NET_ERROR CLOSED, TIMED_OUT, ANSWER. */
void smm_signin_run_async (const SmmPlatform *platform, const char *address, const char *redirect,
                           GCancellable *cancellable, GAsyncReadyCallback callback,
                           gpointer user_data);
char *smm_signin_run_finish (GAsyncResult *result, GError **error);

G_END_DECLS

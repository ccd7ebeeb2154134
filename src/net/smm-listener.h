/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * Loopback listener for one sign-in: 127.0.0.1 only, one answer, five minutes, a few requests a
 * second. It makes the PKCE verifier and the state with getrandom(2).
 */
#define SMM_TYPE_LISTENER (smm_listener_get_type ())
G_DECLARE_FINAL_TYPE (SmmListener, smm_listener, SMM, LISTENER, GObject)

/* @port 0: the system chooses. Listens at once. */
SmmListener *smm_listener_new (guint16 port, GError **error);
/* @host "localhost" or "127.0.0.1", @path "/callback" …: as the platform has them registered; NULL:
 * "localhost" (Meta's Development mode knows it: api/meta.md 2.3) and "/callback". */
SmmListener *smm_listener_new_for (guint16 port, const char *host, const char *path,
                                   GError **error);
/* "http://localhost:PORT/callback": sent byte for byte the same twice. */
const char *smm_listener_get_redirect_uri (SmmListener *self);
const char *smm_listener_get_state (SmmListener *self);
/* The state ends with ".PORT", for a page that sends the browser on; before it is asked for. */
void smm_listener_add_port (SmmListener *self);
const char *smm_listener_get_verifier (SmmListener *self);      /* PKCE, 64 characters */
char *smm_listener_get_challenge_s256 (SmmListener *self);      /* base64url, no padding */
char *smm_listener_get_challenge_hex (SmmListener *self);       /* lower-case hex (TikTok) */

/* Instead of five minutes; before the wait. */
void smm_listener_set_wait (SmmListener *self, guint milliseconds);

/* Waits for the browser: the result is the code (wipe with smm_wipe_free). Checks state. */
void smm_listener_wait_async (SmmListener *self, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer user_data);
char *smm_listener_wait_finish (SmmListener *self, GAsyncResult *result, GError **error);

/* For "paste the final address": parses a redirect URL, checks state; same errors. */
char *smm_listener_take_address (SmmListener *self, const char *address, GError **error);

G_END_DECLS

/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * DESIGN: the connect room.
 *
 * Signing in, checking and disconnecting accounts: the flow that joins the pure adapters, the
 * loopback listener, the vault and the library. Used by the app's accounts view and the command
 * line alike; what renews tokens that end (smm-token-keeper.h), by the publisher as well. Above
 * library, below app, publisher and ctl.
 */

#pragma once

#include "smm-http.h"
#include "smm-library.h"
#include "smm-listener.h"
#include "smm-platform.h"
#include "smm-tiktok-creator.h"
#include "smm-vault.h"
#include "smm-web-space-client.h"

G_BEGIN_DECLS

#define SMM_TYPE_CONNECT (smm_connect_get_type ())
G_DECLARE_FINAL_TYPE (SmmConnect, smm_connect, SMM, CONNECT, GObject)

SmmConnect *smm_connect_new (SmmLibrary *library, SmmVault *vault, SmmHttp *http);

/* Whose keys a sign-in needs: "meta", "instagram" (Instagram Login) or "tiktok". */
const char *smm_connect_name_app (SmmPlatformId platform, const char *login);

/* Keyring item "app/PLATFORM" and command app.set; @platform "meta", "tiktok" … */
void smm_connect_set_app_async (SmmConnect *self, const char *platform, const char *app_id,
                                const char *app_secret, GCancellable *cancellable,
                                GAsyncReadyCallback callback, gpointer user_data);
gboolean smm_connect_set_app_finish (SmmConnect *self, GAsyncResult *result, GError **error);

/* How the browser's answer comes back (DESIGN section 4). */
typedef enum
{
  SMM_WAY_BROWSER, /* the browser visits this computer */
  SMM_WAY_WINDOW,  /* nkonsept-smm-signin shows the page */
  SMM_WAY_PASTE,   /* the browser ends on a page of the platform, its address is pasted */
  SMM_WAY_RELAY,   /* a page of the user's own sends the browser on to this computer */
} SmmSignInWay;
#define SMM_N_WAYS 4
/* "browser", "window", "paste", "relay". */
const char *smm_sign_in_way_to_string (SmmSignInWay way);
gboolean smm_sign_in_way_from_string (const char *text, SmmSignInWay *way);
/* FALSE: not at this platform, or not with what is installed. */
gboolean smm_connect_can_way (SmmPlatformId platform, const char *login, SmmSignInWay way);
/* For the next sign-in; @relay: the page, for SMM_WAY_RELAY. */
void smm_connect_set_way (SmmConnect *self, SmmSignInWay way, const char *relay);
/* The address that the user's app at the platform has to list before this way can work; NULL: none.
 * Of SMM_WAY_RELAY it is the page. */
const char *smm_connect_get_redirect (SmmPlatformId platform, const char *login, SmmSignInWay way);
/* What the user puts there: it hands the browser's answer on to this computer, and only there. */
char *smm_connect_make_relay_page (void);
gboolean smm_connect_check_relay (const char *address, GError **error);

/*
 * One sign-in. begin: checks the keyring and the app keys, opens the listener; the result is the
 * address to open in a browser. wait: until the browser came back, the code was exchanged and the
 * accounts were listed; the result is an SmmGrant. finish with commit: stores tokens of the chosen
 * candidates in the vault (read back), then the accounts in the library; reconnecting an account
 * that is known keeps its id and posts, and never overwrites a good token with nothing.
 */
/* @login: "instagram" for Instagram Login, without a Page; else NULL. @port: where this computer
 * listens; 0: where the platform's app expects it, else any. */
void smm_connect_begin_async (SmmConnect *self, SmmPlatformId platform, const char *login,
                              gboolean again, guint16 port, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer user_data);
char *smm_connect_begin_finish (SmmConnect *self, GAsyncResult *result, GError **error);
void smm_connect_wait_async (SmmConnect *self, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer user_data);
SmmGrant *smm_connect_wait_finish (SmmConnect *self, GAsyncResult *result, GError **error);
/* "Paste the final address": ends the wait as if the browser had come back. */
gboolean smm_connect_paste_address (SmmConnect *self, const char *address, GError **error);
/* @remote_ids: NULL-terminated, of candidates without a problem. Result: SmmAccount* array. */
void smm_connect_commit_async (SmmConnect *self, SmmGrant *grant, const char *brand_id,
                               const char *const *remote_ids, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *smm_connect_commit_finish (SmmConnect *self, GAsyncResult *result, GError **error);

/* One read at the platform; updates the account's state in the library. */
void smm_connect_check_async (SmmConnect *self, const char *account_id, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer user_data);
SmmAccount *smm_connect_check_finish (SmmConnect *self, GAsyncResult *result, GError **error);

/* What is granted now, the person's tasks on each Page, and the pictures: of this account and all of
 * the same sign-in, kept in the library and its cache. */
void smm_connect_health_async (SmmConnect *self, const char *account_id, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer user_data);
gboolean smm_connect_health_finish (SmmConnect *self, GAsyncResult *result, GError **error);

/* What a TikTok account may post now; changes nothing in the library. */
void smm_connect_creator_async (SmmConnect *self, const char *account_id,
                                GCancellable *cancellable, GAsyncReadyCallback callback,
                                gpointer user_data);
SmmTiktokCreator *smm_connect_creator_finish (SmmConnect *self, GAsyncResult *result,
                                              GError **error);

/* What became of the sign-in at the platform. */
typedef enum
{
  SMM_REVOCATION_NEVER, /* it can't be told: the person removes the app there */
  SMM_REVOCATION_DONE,
  SMM_REVOCATION_LATER, /* it could not be reached: the publisher goes on trying */
  SMM_REVOCATION_KEPT,  /* it was not told, for the sake of the siblings */
} SmmRevocation;

/* What becomes of the accounts that end with this one when the platform is told. */
typedef enum
{
  SMM_SIBLINGS_END,  /* the platform is told; each of them is asked afterwards what it is now */
  SMM_SIBLINGS_KEEP, /* only the account's own token is wiped; the platform is not told */
} SmmSiblings;

/* The connected accounts of the same sign-in at the platform, of any brand. */
GPtrArray *smm_connect_list_siblings (SmmStore *store, SmmAccount *account);

/* Revokes at the platform, wipes the keyring item, marks the account. Where the platform can't be
 * reached, the token stays sealed until it was, or account->revoke_until; nothing else is done with
 * it. Repeated for an account that is disconnected, it tries again. */
void smm_connect_disconnect_async (SmmConnect *self, const char *account_id, SmmSiblings siblings,
                                   GCancellable *cancellable, GAsyncReadyCallback callback,
                                   gpointer user_data);
gboolean smm_connect_disconnect_finish (SmmConnect *self, GAsyncResult *result,
                                        SmmRevocation *revocation, GError **error);

/* --- The user's own web space: smm-connect-web.c --- */
void smm_connect_set_web_space_async (SmmConnect *self, SmmWebSpace *space, const char *secret,
                                      const char *use, GAsyncReadyCallback callback,
                                      gpointer user_data);
gboolean smm_connect_set_web_space_finish (SmmConnect *self, GAsyncResult *result, GError **error);
/* Everything is on this computer: http to it is allowed. */
gboolean smm_connect_is_loopback (SmmConnect *self);
SmmWebSpace *smm_connect_get_web_space (SmmConnect *self, GError **error);
void smm_connect_test_web_space_async (SmmConnect *self, SmmWebSpace *space, const char *secret,
                                       SmmWebSpaceStepFunc func, gpointer func_data,
                                       GCancellable *cancellable, GAsyncReadyCallback callback,
                                       gpointer user_data);
gboolean smm_connect_test_web_space_finish (SmmConnect *self, GAsyncResult *result,
                                            GError **error);
void smm_connect_clear_web_space_async (SmmConnect *self, GAsyncReadyCallback callback,
                                        gpointer user_data);
gboolean smm_connect_clear_web_space_finish (SmmConnect *self, GAsyncResult *result,
                                             GError **error);

G_END_DECLS

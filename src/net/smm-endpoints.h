/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * DESIGN: the net room.
 *
 * Everything that talks over a socket: where the hosts are (SmmEndpoints), how a request is sent
 * (SmmHttp, by libcurl), and how a browser finds its way back after a sign-in
 * (SmmListener). It knows the values of model/ and nothing of posts, accounts or databases: tokens
 * and the ledger are reached through two callbacks its user sets.
 */

#pragma once

#include "smm-request.h"

G_BEGIN_DECLS

#define SMM_NET_ERROR (smm_net_error_quark ())
typedef enum
{
  SMM_NET_ERROR_ENDPOINTS,  /* the endpoint file is wrong: names file, group, key */
  SMM_NET_ERROR_LISTEN,     /* no listener could be opened (port in use …) */
  SMM_NET_ERROR_TIMED_OUT,  /* nobody came back from the browser in time */
  SMM_NET_ERROR_DENIED,     /* the person refused on the platform's page */
  SMM_NET_ERROR_CLOSED,     /* the person closed the sign-in window */
  SMM_NET_ERROR_STATE,      /* the answer belongs to another sign-in */
  SMM_NET_ERROR_ANSWER,     /* the platform's answer was an error or unreadable */
  SMM_NET_ERROR_RANDOM,     /* the system gave no random bytes */
} SmmNetError;
GQuark smm_net_error_quark (void);

#define SMM_TYPE_ENDPOINTS (smm_endpoints_get_type ())
G_DECLARE_FINAL_TYPE (SmmEndpoints, smm_endpoints, SMM, ENDPOINTS, GObject)

/* The built-in table, or the file named by SMM_ENDPOINTS when that is set (DESIGN section 6). */
SmmEndpoints *smm_endpoints_new_default (GError **error);
SmmEndpoints *smm_endpoints_new_from_file (const char *path, GError **error);

/* Origin plus path prefix without a trailing slash: "https://graph.facebook.com". */
const char *smm_endpoints_get_base (SmmEndpoints *self, SmmEndpoint endpoint);
/* TRUE when every endpoint is on this computer: the sandbox. Only then are timings honoured. */
gboolean smm_endpoints_is_loopback (SmmEndpoints *self);
/* Seconds; settle_first 60, settle_second 300, container_poll 0 (= the adapter's own rhythm). */
double smm_endpoints_get_settle_first (SmmEndpoints *self);
double smm_endpoints_get_settle_second (SmmEndpoints *self);
double smm_endpoints_get_container_poll (SmmEndpoints *self);
/* How long a browser is waited for; 0: as long as the listener does by itself. */
double smm_endpoints_get_sign_in (SmmEndpoints *self);
/* How long events are gathered for one mail: 30. */
double smm_endpoints_get_mail_gather (SmmEndpoints *self);
/* Full URL of a request, query included (for a browser: the authorize page). Free with g_free. */
char *smm_endpoints_get_url (SmmEndpoints *self, SmmRequest *request);

G_END_DECLS

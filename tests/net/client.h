/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The side under test: senders to a server on this computer, and requests to have something to send. */

#pragma once

#include "smm-http.h"

G_BEGIN_DECLS

/* @endpoint: section and key of an endpoint file, "[meta]\ngraph". */
SmmHttp *client_new (const char *endpoint, const char *scheme, guint16 port);
/* To the Graph API, with 8 s to be answered; it has a few bytes of the kind of @body. */
SmmRequest *client_make_request (const char *method, SmmBody body);
/* Puts the response where @user_data points to; there must be none yet. */
void client_on_sent (GObject *source, GAsyncResult *result, gpointer user_data);
/* Waits for it. */
SmmResponse *client_send (SmmHttp *http, SmmRequest *request, const char *token);
void client_let_pass (guint ms);
/* Signed by itself, for an IP address; NULL when openssl is not installed. */
GTlsCertificate *client_make_certificate (const char *address);

G_END_DECLS

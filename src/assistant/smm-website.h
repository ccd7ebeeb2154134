/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Reads one page of a website, when somebody asks for it: over https, from public addresses of the
 * internet, within limits of size and time, following redirects that stay on the site. Nothing of
 * the library is sent.
 */

#pragma once

#include "smm-http.h"
#include "smm-web-page.h"

G_BEGIN_DECLS

#define SMM_WEBSITE_ERROR (smm_website_error_quark ())
typedef enum
{
  SMM_WEBSITE_ERROR_ADDRESS,     /* no address, or not one that is read */
  SMM_WEBSITE_ERROR_UNREACHABLE, /* offline, no such server, too slow, TLS */
  SMM_WEBSITE_ERROR_PRIVATE,     /* it leads into a private network */
  SMM_WEBSITE_ERROR_ELSEWHERE,   /* it leads to another site, or round in circles */
  SMM_WEBSITE_ERROR_REFUSED,     /* the server does not give it out */
  SMM_WEBSITE_ERROR_TOO_LARGE,
  SMM_WEBSITE_ERROR_NO_PAGE,     /* not a web page, or one without a word */
} SmmWebsiteError;
GQuark smm_website_error_quark (void);

/* What is fetched for what a brand has as its website; NULL with SMM_WEBSITE_ERROR_ADDRESS. */
char *smm_website_get_address (SmmEndpoints *endpoints, const char *website, GError **error);

void smm_website_read_async (SmmHttp *http, const char *website, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer user_data);
/* Errors: SMM_WEBSITE_ERROR; G_IO_ERROR_CANCELLED. */
SmmWebPage *smm_website_read_finish (SmmHttp *http, GAsyncResult *result, GError **error);

G_END_DECLS

/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <curl/curl.h>

#include "smm-request.h"
#include "smm-routes.h"

G_BEGIN_DECLS

/* A request as libcurl takes it, and its answer as far as it has come. */
typedef struct
{
  SmmRequest *request;
  char *url;    /* a secret */
  char *origin; /* "https://host:port" */
  char *host;
  int port;
  struct curl_slist *headers;
  struct curl_slist *addresses;

  GBytes *bytes;         /* the body, or */
  GInputStream *stream;  /* where it is read */
  char *type;            /* of the body */
  goffset length, given; /* of it; -1: there is none */

  GByteArray *body; /* of the answer */
  gsize max_reply, header_bytes;
  gint64 bytes_received;
  GError *error; /* why the body can't be read */

  char *authorities;   /* a file of certificates; NULL: the system's */
  gboolean guarded;    /* to public addresses only */
  guint n_written;     /* how often the request may have left this computer */
  gboolean led_inside; /* and was not followed */
  gboolean headers_whole, too_large;
} SmmMessage;

/* @url: smm_endpoints_get_url(). NULL: it is no address that a request can be sent to. */
SmmMessage *smm_message_new (SmmRequest *request, const char *url);
void smm_message_free (SmmMessage *self);
/* FALSE with @error when the file can't be read. */
gboolean smm_message_set_body (SmmMessage *self, GError **error);
void smm_message_set_headers (SmmMessage *self, const char *token);
/* Gives a blank handle all it needs; @self must stay until the transfer ended. */
void smm_message_prepare (SmmMessage *self, CURL *easy, const SmmRoute *route);
/* A whole answer; NULL: it was none. */
SmmResponse *smm_message_make_response (SmmMessage *self, CURL *easy);

G_END_DECLS

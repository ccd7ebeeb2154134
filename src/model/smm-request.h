/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The two values that travel between the pure adapters (platforms/) and the network (net/): what to
 * send and what came back. An adapter never sees a token: it says whose token the sender must add.
 */

#pragma once

#include <gio/gio.h>

#include "smm-types.h"

G_BEGIN_DECLS

/* Hosts a request can name; the endpoint table (net/) turns them into an origin. */
typedef enum
{
  SMM_ENDPOINT_META_GRAPH,
  SMM_ENDPOINT_META_GRAPH_VIDEO,
  SMM_ENDPOINT_META_RUPLOAD,
  SMM_ENDPOINT_META_DIALOG,
  SMM_ENDPOINT_META_INSTAGRAM_GRAPH,
  SMM_ENDPOINT_META_INSTAGRAM_API,
  SMM_ENDPOINT_META_INSTAGRAM_DIALOG,
  SMM_ENDPOINT_TIKTOK_AUTHORIZE,
  SMM_ENDPOINT_TIKTOK_API,
  SMM_ENDPOINT_OPENAI,
  SMM_ENDPOINT_RESEND,
  SMM_N_ENDPOINTS,
  /* The user's own: the request has its address. */
  SMM_ENDPOINT_WEB_SPACE = SMM_N_ENDPOINTS,
  SMM_ENDPOINT_AI_SERVER
} SmmEndpoint;

typedef enum
{
  SMM_AUTH_NONE,
  SMM_AUTH_BEARER,       /* Authorization: Bearer TOKEN */
  SMM_AUTH_OAUTH,        /* Authorization: OAuth TOKEN (rupload) */
} SmmAuth;

/* Which of an account's tokens the sender adds. */
typedef enum
{
  SMM_TOKEN_ACCOUNT,     /* the Page token; TikTok's access token */
  SMM_TOKEN_PERSON,      /* the long-lived user token */
} SmmTokenKind;

typedef enum
{
  SMM_BODY_NONE,
  SMM_BODY_FORM,         /* params as application/x-www-form-urlencoded */
  SMM_BODY_MULTIPART,    /* params and the file as multipart/form-data */
  SMM_BODY_FILE,         /* the file's bytes, raw */
  SMM_BODY_JSON,         /* body_json */
} SmmBody;

typedef struct _SmmParam
{
  char *name;
  char *value;
  gboolean secret;       /* keep out of every log and error; wiped when freed */
} SmmParam;

#define SMM_TYPE_REQUEST (smm_request_get_type ())
typedef struct _SmmRequest
{
  int ref_count;
  char *method;          /* "GET", "HEAD", "POST", "PUT", "DELETE" */
  SmmEndpoint endpoint;
  char *path;            /* "/v26.0/123/feed", no query */
  char *url;             /* instead of endpoint and path: an address the platform gave for an upload,
                            or in the user's web space; used untouched; a secret. The sender checks
                            its host */
  GPtrArray *query;      /* SmmParam*: always go into the URL */
  GPtrArray *params;     /* SmmParam*: query for GET/DELETE, body for FORM and MULTIPART */
  GPtrArray *headers;    /* SmmParam* */
  SmmAuth auth;
  SmmTokenKind token;
  SmmBody body;
  char *body_json;
  char *file_path;       /* FILE, MULTIPART */
  char *file_part;       /* MULTIPART: name of the part ("source") */
  char *file_name;       /* MULTIPART: file name shown to the server */
  char *file_mime;
  gint64 file_offset;    /* FILE, MULTIPART: first byte to send */
  gint64 file_length;    /* FILE, MULTIPART: bytes to send; -1: to the end */
  guint timeout_ms;      /* whole request; 0: the sender's default */
  gsize max_reply;       /* bytes; 0: the sender's default (1 MiB) */
  char *purpose;         /* for the ledger: "publish", "sign-in", "check", "revoke" … */
  char *account_id;      /* for the ledger and the token; may be NULL */
} SmmRequest;

GType smm_request_get_type (void);
SmmRequest *smm_request_new (const char *method, SmmEndpoint endpoint, const char *path_format, ...)
    G_GNUC_PRINTF (3, 4);
SmmRequest *smm_request_ref (SmmRequest *self);
void smm_request_unref (SmmRequest *self);
void smm_request_add_query (SmmRequest *self, const char *name, const char *value);
void smm_request_add_param (SmmRequest *self, const char *name, const char *value);
void smm_request_add_secret (SmmRequest *self, const char *name, const char *value);
void smm_request_add_header (SmmRequest *self, const char *name, const char *value);
void smm_request_set_file (SmmRequest *self, const char *path, const char *part, const char *name,
                           const char *mime);
const char *smm_request_get_param (SmmRequest *self, const char *name);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmmRequest, smm_request_unref)

/* What may have left this computer (reliability.md section 2, rule 5). */
typedef enum
{
  SMM_SENT_NOTHING,      /* certainly not received: DNS, connect, TLS failed before the request */
  SMM_SENT_MAYBE,        /* a byte of the request was written and no whole answer came */
  SMM_SENT_ANSWERED,     /* a whole answer arrived within the limits */
} SmmSent;

#define SMM_TYPE_RESPONSE (smm_response_get_type ())
typedef struct _SmmResponse
{
  int ref_count;
  SmmSent sent;
  guint status;          /* HTTP status; 0 unless ANSWERED */
  GHashTable *headers;   /* lower-case char* → char*, UTF-8; never NULL */
  GBytes *body;          /* never NULL */
  char *error;           /* one sentence for the journal when not ANSWERED: "timed out after 30 s" */
  char *error_code;      /* "dns", "connect", "tls", "timeout", "reset", "too-large", "cancelled" */
} SmmResponse;

GType smm_response_get_type (void);
SmmResponse *smm_response_new (SmmSent sent, guint status, GBytes *body);
SmmResponse *smm_response_new_error (SmmSent sent, const char *code, const char *message);
SmmResponse *smm_response_ref (SmmResponse *self);
void smm_response_unref (SmmResponse *self);
const char *smm_response_get_header (SmmResponse *self, const char *name);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmmResponse, smm_response_unref)

G_END_DECLS

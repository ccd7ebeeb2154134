/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * DESIGN: the web space room.
 *
 * Instagram fetches pictures itself (api/meta.md section 4.7): an account that is signed in without
 * a Page needs a place on the web that is the user's own, S3-compatible storage or a WebDAV folder.
 * A picture lies there under a name nobody can guess, from shortly before its post is due until the
 * post is settled.
 *
 * Where it lies, what is asked of the server and what its answers mean are values here: no clock, no
 * socket, no secret that stays. SmmWebSpaceClient (smm-web-space-client.h) sends them through net/,
 * with the secret from the keyring, and looks at each file as a stranger does before anybody relies
 * on it. Knows nothing of posts and databases.
 */

#pragma once

#include "smm-request.h"

G_BEGIN_DECLS

#define SMM_WEB_SPACE_ERROR (smm_web_space_error_quark ())
typedef enum
{
  SMM_WEB_SPACE_ERROR_INVALID,     /* what was entered can't be right; names the field */
  SMM_WEB_SPACE_ERROR_UNREACHABLE, /* no connection, no whole answer: may pass */
  SMM_WEB_SPACE_ERROR_BUSY,        /* 429, 5xx: may pass */
  SMM_WEB_SPACE_ERROR_DENIED,      /* user, key or secret are not taken, or may not write */
  SMM_WEB_SPACE_ERROR_NO_PLACE,    /* there is no such bucket or folder */
  SMM_WEB_SPACE_ERROR_FULL,        /* no room, or a quota is used up */
  SMM_WEB_SPACE_ERROR_REFUSED,     /* another no */
  SMM_WEB_SPACE_ERROR_NOT_PUBLIC,  /* a stranger is refused or sent to a sign-in */
  SMM_WEB_SPACE_ERROR_MISSING,     /* a stranger finds nothing at the public address */
  SMM_WEB_SPACE_ERROR_CONTENT,     /* a stranger gets another type, length or content */
  SMM_WEB_SPACE_ERROR_PRIVATE,     /* the address is of this computer or its own network */
  SMM_WEB_SPACE_ERROR_NOT_SET,     /* there is none */
} SmmWebSpaceError;
GQuark smm_web_space_error_quark (void);
/* May it pass by itself? */
gboolean smm_web_space_error_is_passing (const GError *error);

typedef enum
{
  SMM_WEB_SPACE_S3 = 1,
  SMM_WEB_SPACE_WEBDAV = 2,
} SmmWebSpaceKind;

/* Where pictures go. Constant once made; no secret is in it. */
#define SMM_TYPE_WEB_SPACE (smm_web_space_get_type ())
typedef struct
{
  int ref_count;
  SmmWebSpaceKind kind;
  char *url;        /* S3: the server, "https://s3.eu-central-1.amazonaws.com"; WebDAV: the folder */
  char *bucket;     /* S3; else "" */
  char *region;     /* S3; else "" */
  char *folder;     /* S3: within the bucket, "" or "a/b"; else "" */
  char *user;       /* access key id, user name */
  char *public_url; /* what the public sees of the folder */
} SmmWebSpace;
GType smm_web_space_get_type (void);

/*
 * @fields: char* → char*: "kind" ("s3", "webdav"), "url", "bucket", "region", "folder", "user",
 * "public-url" (may be missing: worked out). @loopback: http to this computer is allowed (tests,
 * Practice mode).
 */
SmmWebSpace *smm_web_space_new (GHashTable *fields, gboolean loopback, GError **error);
SmmWebSpace *smm_web_space_ref (SmmWebSpace *self);
void smm_web_space_unref (SmmWebSpace *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmmWebSpace, smm_web_space_unref)

/* a{ss}, as @fields above; and as text for the database. */
GVariant *smm_web_space_to_variant (SmmWebSpace *self);
SmmWebSpace *smm_web_space_from_variant (GVariant *variant, gboolean loopback, GError **error);
char *smm_web_space_to_text (SmmWebSpace *self);
SmmWebSpace *smm_web_space_from_text (const char *text, gboolean loopback, GError **error);
const char *smm_web_space_kind_to_string (SmmWebSpaceKind kind);

/* The keyring item of its secret: "webspace/HASH", another one for another server or user. */
char *smm_web_space_make_item (SmmWebSpace *self);
/* "s3.example.org", for people. */
char *smm_web_space_dup_host (SmmWebSpace *self);
/* 128 random bits as hex with the ending of @mime; NULL when the system has none. */
char *smm_web_space_make_name (const char *mime, GError **error);
char *smm_web_space_make_upload_url (SmmWebSpace *self, const char *object);
char *smm_web_space_make_public_url (SmmWebSpace *self, const char *object);

/* --- Requests. @secret: secret key or password; @now: µs UTC, for the signature. --- */
/* @sha256: of the file, hex. */
SmmRequest *smm_web_space_put (SmmWebSpace *self, const char *secret, const char *object,
                               const char *path, const char *mime, const char *sha256, gint64 now);
SmmRequest *smm_web_space_head (SmmWebSpace *self, const char *secret, const char *object,
                                gint64 now);
SmmRequest *smm_web_space_delete (SmmWebSpace *self, const char *secret, const char *object,
                                  gint64 now);
/* As a stranger: "HEAD", or "GET" where a server takes no HEAD. */
SmmRequest *smm_web_space_look (const char *public_url, const char *method, gsize max_bytes);

/* --- What answers mean. FALSE with SMM_WEB_SPACE_ERROR: a sentence with the way out. --- */
gboolean smm_web_space_judge_put (SmmWebSpace *self, SmmResponse *response, GError **error);
/* The server's own word on the file: @bytes long. */
gboolean smm_web_space_judge_head (SmmWebSpace *self, gint64 bytes, SmmResponse *response,
                                   GError **error);
/* What is gone already is a success. */
gboolean smm_web_space_judge_delete (SmmWebSpace *self, SmmResponse *response, GError **error);
/* @ask_get: (out): the server takes no HEAD, or does not say enough: GET tells. */
gboolean smm_web_space_judge_look (const char *public_url, const char *method, const char *mime,
                                   gint64 bytes, const char *sha256, SmmResponse *response,
                                   gboolean *ask_get, GError **error);
/* After a delete: nobody gets it any more. */
gboolean smm_web_space_judge_gone (const char *public_url, SmmResponse *response, GError **error);
/* @addresses: GInetAddress*, of the public host. */
gboolean smm_web_space_judge_addresses (const char *public_url, GList *addresses,
                                        gboolean loopback, GError **error);

/* --- AWS Signature Version 4 --- */
typedef struct
{
  const char *method, *path; /* path: as sent, percent-encoded */
  const char *query;         /* canonical: sorted, encoded; "" none */
  GPtrArray *headers;        /* SmmParam*, to be signed, "host" included */
  const char *payload;       /* SHA-256 of the body, hex */
  const char *region, *key_id, *secret;
  gint64 now;                /* µs UTC */
} SmmWebSign;
/* Value of the Authorization header. */
char *smm_web_sign (const SmmWebSign *sign);
/* "20130524T000000Z" */
char *smm_web_sign_format_time (gint64 now);

G_END_DECLS

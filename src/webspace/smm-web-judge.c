/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * What a web space's answers mean. Each no is one sentence that says what happened and one that
 * says what to do.
 */

#include "config.h"

#include "smm-web-space.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_CODE 64

static gboolean fail (GError **error, SmmWebSpaceError code, const char *format, ...)
    G_GNUC_PRINTF (3, 4);

static gboolean
fail (GError **error, SmmWebSpaceError code, const char *format, ...)
{
  g_autofree char *message = NULL;
  va_list args;

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error_literal (error, SMM_WEB_SPACE_ERROR, code, message);
  return FALSE;
}

static char *
dup_url_host (const char *url)
{
  g_autoptr (GUri) uri = g_uri_parse (url, G_URI_FLAGS_ENCODED, NULL);

  return g_strdup (uri != NULL ? g_uri_get_host (uri) : url);
}

/* The text between <@tag> and the next tag: S3 says its errors in small XML. */
static char *
find_element (SmmResponse *response, const char *tag)
{
  g_autofree char *open = g_strdup_printf ("<%s>", tag);
  gsize size;
  const char *body = g_bytes_get_data (response->body, &size);
  const char *at = body != NULL ? g_strstr_len (body, size, open) : NULL;
  const char *end;

  if (at == NULL)
    return NULL;
  at += strlen (open);
  end = memchr (at, '<', MIN ((gsize)(body + size - at), MAX_CODE + 1));
  if (end == NULL || !g_utf8_validate (at, end - at, NULL))
    return NULL;
  return g_strndup (at, end - at);
}

static gboolean
judge_arrival (const char *host, SmmResponse *response, GError **error)
{
  if (response->sent == SMM_SENT_ANSWERED)
    return TRUE;
  if (g_strcmp0 (response->error_code, "certificate") == 0)
    return fail (error, SMM_WEB_SPACE_ERROR_REFUSED,
                 _ ("The certificate of %s is not valid. Instagram would refuse it too: have it "
                    "renewed, or check the address."),
                 host);
  if (g_strcmp0 (response->error_code, "endpoint") == 0)
    return fail (error, SMM_WEB_SPACE_ERROR_PRIVATE,
                 _ ("%s can’t be used from here: only https addresses can."), host);
  if (g_strcmp0 (response->error_code, "file") == 0)
    return fail (error, SMM_WEB_SPACE_ERROR_REFUSED, "%s", response->error);
  return fail (error, SMM_WEB_SPACE_ERROR_UNREACHABLE,
               _ ("%s could not be reached (%s). Check the connection and the address."), host,
               response->error != NULL ? response->error : "");
}

/* --- S3 --- */

typedef struct
{
  const char *code;
  SmmWebSpaceError error;
  const char *message;
} S3Code;

static const S3Code s3_codes[] = {
  { "SignatureDoesNotMatch", SMM_WEB_SPACE_ERROR_DENIED,
    N_ ("The secret access key does not belong to the access key ID. Enter it again.") },
  { "InvalidAccessKeyId", SMM_WEB_SPACE_ERROR_DENIED,
    N_ ("The server does not know this access key ID. Check it, or make a new key there.") },
  { "AccessDenied", SMM_WEB_SPACE_ERROR_DENIED,
    N_ ("The key may not write into this bucket. Allow it to put and delete objects there.") },
  { "NoSuchBucket", SMM_WEB_SPACE_ERROR_NO_PLACE,
    N_ ("There is no bucket of this name. Check the name, or make it on the server.") },
  { "RequestTimeTooSkewed", SMM_WEB_SPACE_ERROR_REFUSED,
    N_ ("The clock of this computer is wrong: the server refuses the request. Set the clock.") },
  { "QuotaExceeded", SMM_WEB_SPACE_ERROR_FULL,
    N_ ("The web space is full. Delete something there, or get more room.") },
  { "SlowDown", SMM_WEB_SPACE_ERROR_BUSY, N_ ("The server asks to wait. It is tried again.") },
};

static gboolean
judge_s3 (SmmResponse *response, GError **error)
{
  g_autofree char *code = find_element (response, "Code");
  g_autofree char *region = find_element (response, "Region");

  if (region != NULL)
    return fail (error, SMM_WEB_SPACE_ERROR_REFUSED,
                 _ ("The bucket is in the region %s. Enter that region."), region);
  for (guint i = 0; i < G_N_ELEMENTS (s3_codes); i++)
    if (g_strcmp0 (code, s3_codes[i].code) == 0)
      return fail (error, s3_codes[i].error, "%s", _ (s3_codes[i].message));
  return TRUE;
}

/* --- What both kinds have in common --- */

static gboolean
judge_status (SmmWebSpace *self, SmmResponse *response, GError **error)
{
  g_autofree char *host = smm_web_space_dup_host (self);
  guint status = response->status;

  if (!judge_arrival (host, response, error))
    return FALSE;
  if (status >= 200 && status < 300)
    return TRUE;
  if (self->kind == SMM_WEB_SPACE_S3 && !judge_s3 (response, error))
    return FALSE;
  if (status == 401 || status == 403)
    return self->kind == SMM_WEB_SPACE_S3
               ? fail (
                   error, SMM_WEB_SPACE_ERROR_DENIED,
                   _ ("%s refuses the key. Check the access key ID, the secret and what the key "
                      "may do."),
                   host)
               : fail (error, SMM_WEB_SPACE_ERROR_DENIED,
                       _ ("%s refuses the user name or the password, or the user may not write "
                          "there."),
                       host);
  if (status == 404 || status == 409)
    return fail (error, SMM_WEB_SPACE_ERROR_NO_PLACE,
                 _ ("There is no such folder on %s. Check the address, or make the folder there."),
                 host);
  if (status == 405 || status == 501)
    return fail (error, SMM_WEB_SPACE_ERROR_REFUSED,
                 _ ("%s takes no files at this address. Check that it is the WebDAV or S3 "
                    "address, not the one people open in a browser."),
                 host);
  if (status == 413 || status == 507)
    return fail (error, SMM_WEB_SPACE_ERROR_FULL,
                 _ ("The web space on %s is full, or takes no file of this size. Make room there."),
                 host);
  if (status == 429 || status >= 500)
    return fail (error, SMM_WEB_SPACE_ERROR_BUSY,
                 _ ("%s has trouble at present (%u). It is tried again."), host, status);
  if (status >= 300 && status < 400)
    return fail (error, SMM_WEB_SPACE_ERROR_REFUSED,
                 _ ("%s sends uploads to another address. Enter that address instead."), host);
  return fail (error, SMM_WEB_SPACE_ERROR_REFUSED, _ ("%s refuses the file (%u)."), host, status);
}

gboolean
smm_web_space_judge_put (SmmWebSpace *self, SmmResponse *response, GError **error)
{
  return judge_status (self, response, error);
}

/* -1: it does not say. */
static gint64
get_length (SmmResponse *response)
{
  const char *text = smm_response_get_header (response, "content-length");
  gint64 length = -1;

  return text != NULL && g_ascii_string_to_signed (text, 10, 0, G_MAXINT64, &length, NULL) ? length
                                                                                           : -1;
}

gboolean
smm_web_space_judge_head (SmmWebSpace *self, gint64 bytes, SmmResponse *response, GError **error)
{
  gint64 length;

  if (!judge_status (self, response, error))
    return FALSE;
  length = get_length (response);
  if (length >= 0 && length != bytes)
    {
      g_autofree char *wanted = g_strdup_printf ("%" G_GINT64_FORMAT, bytes);
      g_autofree char *got = g_strdup_printf ("%" G_GINT64_FORMAT, length);

      return fail (error, SMM_WEB_SPACE_ERROR_CONTENT,
                   _ ("The server keeps %s bytes of a file of %s. Its disk may be full."), got,
                   wanted);
    }
  return TRUE;
}

gboolean
smm_web_space_judge_delete (SmmWebSpace *self, SmmResponse *response, GError **error)
{
  if (response->sent == SMM_SENT_ANSWERED && (response->status == 404 || response->status == 410))
    return TRUE;
  return judge_status (self, response, error);
}

/* --- As a stranger --- */

/* "text/html; charset=…" → "text/html" */
static char *
get_type (SmmResponse *response)
{
  const char *text = smm_response_get_header (response, "content-type");
  char *type = g_ascii_strdown (text != NULL ? text : "", -1);

  type[strcspn (type, ";")] = '\0';
  return g_strstrip (type);
}

static gboolean
judge_look_status (const char *host, SmmResponse *response, GError **error)
{
  guint status = response->status;
  const char *location = smm_response_get_header (response, "location");

  if (status == 401 || status == 403)
    return fail (error, SMM_WEB_SPACE_ERROR_NOT_PUBLIC,
                 _ ("The file arrived, but strangers may not read it, and Instagram is one. Allow "
                    "everybody to read the folder, or give the address of its public share."));
  if (status >= 300 && status < 400)
    {
      g_autofree char *to = location != NULL ? dup_url_host (location) : g_strdup ("?");

      return fail (error, SMM_WEB_SPACE_ERROR_NOT_PUBLIC,
                   _ ("%s sends strangers elsewhere (to %s), perhaps to a sign-in. Instagram does "
                      "not follow: give the address at which the file itself lies."),
                   host, to);
    }
  if (status == 404 || status == 410)
    return fail (error, SMM_WEB_SPACE_ERROR_MISSING,
                 _ ("The file arrived, but is not at the public address. Check the public address: "
                    "it must show the same folder."));
  if (status == 429 || status >= 500)
    return fail (error, SMM_WEB_SPACE_ERROR_BUSY,
                 _ ("%s has trouble at present (%u). It is tried again."), host, status);
  if (status != 200)
    return fail (error, SMM_WEB_SPACE_ERROR_NOT_PUBLIC,
                 _ ("%s gives strangers no file (%u). Allow everybody to read the folder."), host,
                 status);
  return TRUE;
}

static gboolean
judge_look_type (const char *host, const char *mime, SmmResponse *response, GError **error)
{
  g_autofree char *type = get_type (response);

  if (strcmp (type, mime) == 0)
    return TRUE;
  if (strcmp (type, "text/html") == 0)
    return fail (
        error, SMM_WEB_SPACE_ERROR_NOT_PUBLIC,
        _ ("At the public address %s shows a page, perhaps a sign-in, instead of the file. "
           "Give the address at which the file itself lies."),
        host);
  return fail (error, SMM_WEB_SPACE_ERROR_CONTENT,
               _ ("%s says that the picture is “%s”, not “%s”. Instagram goes by that: set the "
                  "types of files on the server right."),
               host, type, mime);
}

gboolean
smm_web_space_judge_look (const char *public_url, const char *method, const char *mime,
                          gint64 bytes, const char *sha256, SmmResponse *response,
                          gboolean *ask_get, GError **error)
{
  g_autofree char *host = dup_url_host (public_url);
  gboolean whole = strcmp (method, "GET") == 0;
  gint64 length;

  *ask_get = FALSE;
  if (!judge_arrival (host, response, error))
    return FALSE;
  if (!whole && (response->status == 405 || response->status == 501 || response->status == 400))
    {
      *ask_get = TRUE;
      return TRUE;
    }
  if (!judge_look_status (host, response, error) || !judge_look_type (host, mime, response, error))
    return FALSE;
  length = whole ? (gint64)g_bytes_get_size (response->body) : get_length (response);
  if (length < 0)
    {
      *ask_get = TRUE;
      return TRUE;
    }
  if (whole && length == bytes)
    {
      g_autofree char *hash = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, response->body);

      if (strcmp (hash, sha256) == 0)
        return TRUE;
    }
  else if (length == bytes)
    return TRUE;
  return fail (error, SMM_WEB_SPACE_ERROR_CONTENT,
               _ ("What strangers get from %s is not the file that was sent. Something on the way "
                  "changes pictures: switch it off for this folder."),
               host);
}

gboolean
smm_web_space_judge_gone (const char *public_url, SmmResponse *response, GError **error)
{
  g_autofree char *host = dup_url_host (public_url);

  if (!judge_arrival (host, response, error))
    return FALSE;
  if (response->status != 200)
    return TRUE;
  return fail (error, SMM_WEB_SPACE_ERROR_REFUSED,
               _ ("The file was deleted, and %s still shows it. A cache may keep it for a while."),
               host);
}

/* Networks that are not the internet. */
static gboolean
is_inside (GInetAddress *address)
{
  const guint8 *bytes = g_inet_address_to_bytes (address);

  if (g_inet_address_get_is_loopback (address) || g_inet_address_get_is_link_local (address)
      || g_inet_address_get_is_site_local (address) || g_inet_address_get_is_any (address))
    return TRUE;
  /* fc00::/7, and the carriers' 100.64.0.0/10 */
  if (g_inet_address_get_family (address) == G_SOCKET_FAMILY_IPV6)
    return (bytes[0] & 0xfe) == 0xfc;
  return bytes[0] == 100 && (bytes[1] & 0xc0) == 64;
}

/**
 * smm_web_space_judge_addresses:
 * @public_url: what Instagram will be given
 * @addresses: (element-type GInetAddress): of its host
 * @loopback: whether this computer itself will do
 * @error: SMM_WEB_SPACE_ERROR_PRIVATE
 *
 * Being seen from here is not being seen from the internet.
 */
gboolean
smm_web_space_judge_addresses (const char *public_url, GList *addresses, gboolean loopback,
                               GError **error)
{
  g_autofree char *host = dup_url_host (public_url);

  for (GList *l = addresses; l != NULL; l = l->next)
    if (!is_inside (l->data) || (loopback && g_inet_address_get_is_loopback (l->data)))
      return TRUE;
  return fail (error, SMM_WEB_SPACE_ERROR_PRIVATE,
               _ ("%s is a computer in your own network. Instagram can’t reach it: give an address "
                  "of the internet."),
               host);
}

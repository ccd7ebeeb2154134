/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where a web space is, and what is asked of it. */

#include "config.h"

#include "smm-web-space.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "smm-secret.h"

#define DEFAULT_REGION "us-east-1"
#define MAX_FIELD 1024
#define NAME_BYTES 16
#define TIMEOUT_MS (60 * 1000)
#define EMPTY_SHA256 "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

G_DEFINE_QUARK (smm - web - space - error - quark, smm_web_space_error)
G_DEFINE_BOXED_TYPE (SmmWebSpace, smm_web_space, smm_web_space_ref, smm_web_space_unref)

static const char *const field_names[]
    = { "kind", "url", "bucket", "region", "folder", "user", "public-url" };

SmmWebSpace *
smm_web_space_ref (SmmWebSpace *self)
{
  g_atomic_int_inc (&self->ref_count);
  return self;
}

void
smm_web_space_unref (SmmWebSpace *self)
{
  if (!g_atomic_int_dec_and_test (&self->ref_count))
    return;
  g_free (self->url);
  g_free (self->bucket);
  g_free (self->region);
  g_free (self->folder);
  g_free (self->user);
  g_free (self->public_url);
  g_free (self);
}

const char *
smm_web_space_kind_to_string (SmmWebSpaceKind kind)
{
  return kind == SMM_WEB_SPACE_S3 ? "s3" : "webdav";
}

gboolean
smm_web_space_error_is_passing (const GError *error)
{
  return g_error_matches (error, SMM_WEB_SPACE_ERROR, SMM_WEB_SPACE_ERROR_UNREACHABLE)
         || g_error_matches (error, SMM_WEB_SPACE_ERROR, SMM_WEB_SPACE_ERROR_BUSY);
}

/* --- Checking what was entered --- */

static gboolean fail (GError **error, const char *format, ...) G_GNUC_PRINTF (2, 3);

static gboolean
fail (GError **error, const char *format, ...)
{
  g_autofree char *message = NULL;
  va_list args;

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error_literal (error, SMM_WEB_SPACE_ERROR, SMM_WEB_SPACE_ERROR_INVALID, message);
  return FALSE;
}

static gboolean
is_loopback_host (const char *host)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (host);

  return g_ascii_strcasecmp (host, "localhost") == 0
         || (address != NULL && g_inet_address_get_is_loopback (address));
}

static gboolean
has_odd_letters (const char *value)
{
  for (; *value != '\0'; value++)
    if (!g_ascii_isgraph (*value) || strchr ("\\\"<>^`{|}", *value) != NULL)
      return TRUE;
  return FALSE;
}

static gboolean
check_address (const char *value, const char *what, gboolean loopback, GError **error)
{
  g_autoptr (GUri) uri = has_odd_letters (value) || strstr (value, "/..") != NULL
                             ? NULL
                             : g_uri_parse (value, G_URI_FLAGS_ENCODED, NULL);
  const char *host = uri != NULL ? g_uri_get_host (uri) : NULL;

  if (host == NULL || *host == '\0' || g_uri_get_userinfo (uri) != NULL
      || g_uri_get_query (uri) != NULL || g_uri_get_fragment (uri) != NULL)
    return fail (error, _ ("%s: “%s” is not an address like https://example.org/pictures"), what,
                 value);
  if (strcmp (g_uri_get_scheme (uri), "https") == 0)
    return TRUE;
  if (strcmp (g_uri_get_scheme (uri), "http") == 0 && loopback && is_loopback_host (host))
    return TRUE;
  return fail (error,
               _ ("%s: the address must begin with https. Without it anybody on the way could read "
                  "the password."),
               what);
}

static gboolean
consists_of (const char *value, const char *letters)
{
  return strspn (value, letters) == strlen (value);
}

#define LOWER "abcdefghijklmnopqrstuvwxyz0123456789"
#define UPPER "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

static gboolean
check_s3 (SmmWebSpace *self, GError **error)
{
  gsize length = strlen (self->bucket);

  if (length < 3 || length > 63 || !consists_of (self->bucket, LOWER ".-")
      || !g_ascii_isalnum (self->bucket[0]))
    return fail (error,
                 _ ("“%s” can’t be the name of a bucket: 3 to 63 small letters, digits, "
                    "dots and hyphens"),
                 self->bucket);
  if (strlen (self->region) > 64 || !consists_of (self->region, LOWER "-"))
    return fail (error, _ ("“%s” is not a region like eu-central-1"), self->region);
  if (!consists_of (self->folder, LOWER UPPER "._~-/") || strstr (self->folder, "..") != NULL
      || strstr (self->folder, "//") != NULL)
    return fail (error, _ ("The folder “%s” may have letters, digits, dots, hyphens and slashes"),
                 self->folder);
  return TRUE;
}

static gboolean
check (SmmWebSpace *self, gboolean loopback, GError **error)
{
  if (!check_address (self->url,
                      self->kind == SMM_WEB_SPACE_S3 ? _ ("Server") : _ ("Folder on the server"),
                      loopback, error)
      || !check_address (self->public_url, _ ("Public address"), loopback, error))
    return FALSE;
  if (self->kind == SMM_WEB_SPACE_S3
      && (*self->user == '\0' || !g_str_is_ascii (self->user)
          || strpbrk (self->user, ":/, ") != NULL))
    return fail (error, _ ("The access key ID is missing, or has letters that none has"));
  /* Basic authentication has the colon between name and password. */
  if (*self->user == '\0' || strchr (self->user, ':') != NULL)
    return fail (error, _ ("The user name is missing, or has a colon in it"));
  return self->kind != SMM_WEB_SPACE_S3 || check_s3 (self, error);
}

/* Trimmed, without slashes at the end. */
static char *
dup_field (GHashTable *fields, const char *name)
{
  const char *value = g_hash_table_lookup (fields, name);
  char *copy = g_strstrip (g_strdup (value != NULL ? value : ""));
  gsize length = strlen (copy);

  while (length > 0 && copy[length - 1] == '/')
    copy[--length] = '\0';
  return copy;
}

static gboolean
check_lengths (GHashTable *fields, GError **error)
{
  GHashTableIter iter;
  gpointer name, value;

  g_hash_table_iter_init (&iter, fields);
  while (g_hash_table_iter_next (&iter, &name, &value))
    if (strlen (value) > MAX_FIELD || !g_utf8_validate (value, -1, NULL)
        || strpbrk (value, "\r\n\t") != NULL)
      return fail (error, _ ("“%s” is too long, or not text"), (const char *)name);
  return TRUE;
}

/**
 * smm_web_space_new:
 * @fields: what was entered
 * @loopback: whether http to this computer itself will do
 * @error: SMM_WEB_SPACE_ERROR_INVALID, names the field
 *
 * Returns: (transfer full) (nullable): the web space
 */
SmmWebSpace *
smm_web_space_new (GHashTable *fields, gboolean loopback, GError **error)
{
  g_autoptr (SmmWebSpace) self = g_new0 (SmmWebSpace, 1);
  const char *kind = g_hash_table_lookup (fields, "kind");

  self->ref_count = 1;
  if (!check_lengths (fields, error))
    return NULL;
  if (g_strcmp0 (kind, "s3") == 0)
    self->kind = SMM_WEB_SPACE_S3;
  else if (g_strcmp0 (kind, "webdav") == 0)
    self->kind = SMM_WEB_SPACE_WEBDAV;
  else
    {
      fail (error, _ ("A web space is either s3 or webdav"));
      return NULL;
    }
  self->url = dup_field (fields, "url");
  self->user = dup_field (fields, "user");
  self->public_url = dup_field (fields, "public-url");
  self->bucket = self->kind == SMM_WEB_SPACE_S3 ? dup_field (fields, "bucket") : g_strdup ("");
  self->region = self->kind == SMM_WEB_SPACE_S3 ? dup_field (fields, "region") : g_strdup ("");
  self->folder = self->kind == SMM_WEB_SPACE_S3 ? dup_field (fields, "folder") : g_strdup ("");
  while (*self->folder == '/')
    memmove (self->folder, self->folder + 1, strlen (self->folder));
  if (self->kind == SMM_WEB_SPACE_S3 && *self->region == '\0')
    {
      g_free (self->region);
      self->region = g_strdup (DEFAULT_REGION);
    }
  if (*self->public_url == '\0')
    {
      g_free (self->public_url);
      self->public_url = self->kind == SMM_WEB_SPACE_WEBDAV
                             ? g_strdup (self->url)
                             : g_strconcat (self->url, "/", self->bucket,
                                            *self->folder != '\0' ? "/" : "", self->folder, NULL);
    }
  return check (self, loopback, error) ? g_steal_pointer (&self) : NULL;
}

/* --- As a value --- */

GVariant *
smm_web_space_to_variant (SmmWebSpace *self)
{
  const char *values[] = { smm_web_space_kind_to_string (self->kind),
                           self->url,
                           self->bucket,
                           self->region,
                           self->folder,
                           self->user,
                           self->public_url };
  g_auto (GVariantBuilder) builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a{ss}"));

  for (guint i = 0; i < G_N_ELEMENTS (field_names); i++)
    g_variant_builder_add (&builder, "{ss}", field_names[i], values[i]);
  return g_variant_builder_end (&builder);
}

SmmWebSpace *
smm_web_space_from_variant (GVariant *variant, gboolean loopback, GError **error)
{
  g_autoptr (GHashTable) fields = g_hash_table_new (g_str_hash, g_str_equal);
  GVariantIter iter;
  const char *name, *value;

  g_variant_iter_init (&iter, variant);
  while (g_variant_iter_next (&iter, "{&s&s}", &name, &value))
    g_hash_table_insert (fields, (gpointer)name, (gpointer)value);
  return smm_web_space_new (fields, loopback, error);
}

char *
smm_web_space_to_text (SmmWebSpace *self)
{
  g_autoptr (GVariant) variant = g_variant_ref_sink (smm_web_space_to_variant (self));

  return g_variant_print (variant, FALSE);
}

SmmWebSpace *
smm_web_space_from_text (const char *text, gboolean loopback, GError **error)
{
  g_autoptr (GVariant) variant = NULL;

  /* The parser believes that it gets text. */
  if (!g_utf8_validate (text, -1, NULL))
    {
      g_set_error (error, SMM_WEB_SPACE_ERROR, SMM_WEB_SPACE_ERROR_INVALID,
                   _ ("The web space is incomplete"));
      return NULL;
    }
  variant = g_variant_parse (G_VARIANT_TYPE ("a{ss}"), text, NULL, NULL, error);
  return variant != NULL ? smm_web_space_from_variant (variant, loopback, error) : NULL;
}

char *
smm_web_space_make_item (SmmWebSpace *self)
{
  g_autofree char *text = g_strdup_printf ("%s\n%s\n%s", smm_web_space_kind_to_string (self->kind),
                                           self->url, self->user);
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);

  hash[32] = '\0';
  return g_strconcat ("webspace/", hash, NULL);
}

char *
smm_web_space_dup_host (SmmWebSpace *self)
{
  g_autoptr (GUri) uri = g_uri_parse (self->url, G_URI_FLAGS_ENCODED, NULL);

  return g_strdup (g_uri_get_host (uri));
}

char *
smm_web_space_make_name (const char *mime, GError **error)
{
  guint8 bytes[NAME_BYTES];
  GString *name = g_string_new (NULL);

  if (!smm_random_bytes (bytes, sizeof bytes, error))
    {
      g_string_free (name, TRUE);
      return NULL;
    }
  for (guint i = 0; i < sizeof bytes; i++)
    g_string_append_printf (name, "%02x", bytes[i]);
  g_string_append (name, g_strcmp0 (mime, "image/jpeg") == 0  ? ".jpg"
                         : g_strcmp0 (mime, "image/png") == 0 ? ".png"
                         : g_strcmp0 (mime, "video/mp4") == 0 ? ".mp4"
                                                              : "");
  return g_string_free (name, FALSE);
}

char *
smm_web_space_make_upload_url (SmmWebSpace *self, const char *object)
{
  if (self->kind == SMM_WEB_SPACE_WEBDAV)
    return g_strconcat (self->url, "/", object, NULL);
  return g_strconcat (self->url, "/", self->bucket, "/", self->folder,
                      *self->folder != '\0' ? "/" : "", object, NULL);
}

char *
smm_web_space_make_public_url (SmmWebSpace *self, const char *object)
{
  return g_strconcat (self->public_url, "/", object, NULL);
}

/* --- Requests --- */

static char *
make_host (GUri *uri)
{
  int port = g_uri_get_port (uri);
  gboolean usual = port == -1 || port == (strcmp (g_uri_get_scheme (uri), "https") == 0 ? 443 : 80);

  return usual ? g_strdup (g_uri_get_host (uri))
               : g_strdup_printf ("%s:%d", g_uri_get_host (uri), port);
}

/* Signs host, type, time and body. */
static void
sign_request (SmmWebSpace *self, SmmRequest *request, const char *secret, const char *payload,
              gint64 now)
{
  g_autoptr (GUri) uri = g_uri_parse (request->url, G_URI_FLAGS_ENCODED, NULL);
  g_autofree char *host = make_host (uri);
  g_autofree char *time = smm_web_sign_format_time (now);
  SmmParam host_header = { (char *)"host", host, FALSE };
  g_autoptr (GPtrArray) headers = g_ptr_array_new ();
  SmmWebSign sign = { .method = request->method,
                      .path = g_uri_get_path (uri),
                      .query = "",
                      .headers = headers,
                      .payload = payload,
                      .region = self->region,
                      .key_id = self->user,
                      .secret = secret,
                      .now = now };
  g_autofree char *authorization = NULL;

  smm_request_add_header (request, "x-amz-content-sha256", payload);
  smm_request_add_header (request, "x-amz-date", time);
  for (guint i = 0; i < request->headers->len; i++)
    g_ptr_array_add (headers, request->headers->pdata[i]);
  g_ptr_array_add (headers, &host_header);
  authorization = smm_web_sign (&sign);
  smm_request_add_header (request, "Authorization", authorization);
}

static void
add_basic (SmmWebSpace *self, SmmRequest *request, const char *secret)
{
  char *both = g_strconcat (self->user, ":", secret, NULL);
  char *coded = g_base64_encode ((const guchar *)both, strlen (both));
  char *value = g_strconcat ("Basic ", coded, NULL);

  smm_request_add_header (request, "Authorization", value);
  smm_wipe_free (value);
  smm_wipe_free (coded);
  smm_wipe_free (both);
}

static SmmRequest *
make_request (SmmWebSpace *self, const char *method, const char *secret, const char *object,
              const char *payload, gint64 now)
{
  SmmRequest *request = smm_request_new (method, SMM_ENDPOINT_WEB_SPACE, "%s", "");

  request->url = smm_web_space_make_upload_url (self, object);
  request->purpose = g_strdup ("web-space");
  request->timeout_ms = TIMEOUT_MS;
  if (self->kind == SMM_WEB_SPACE_S3)
    sign_request (self, request, secret, payload, now);
  else
    add_basic (self, request, secret);
  return request;
}

SmmRequest *
smm_web_space_put (SmmWebSpace *self, const char *secret, const char *object, const char *path,
                   const char *mime, const char *sha256, gint64 now)
{
  SmmRequest *request = make_request (self, "PUT", secret, object, sha256, now);

  smm_request_set_file (request, path, NULL, NULL, mime);
  return request;
}

SmmRequest *
smm_web_space_head (SmmWebSpace *self, const char *secret, const char *object, gint64 now)
{
  return make_request (self, "HEAD", secret, object, EMPTY_SHA256, now);
}

SmmRequest *
smm_web_space_delete (SmmWebSpace *self, const char *secret, const char *object, gint64 now)
{
  return make_request (self, "DELETE", secret, object, EMPTY_SHA256, now);
}

/**
 * smm_web_space_look:
 * @public_url: what Instagram will be given
 * @method: "HEAD" or "GET"
 * @max_bytes: of a body
 *
 * Returns: (transfer full): a request of somebody without any sign-in
 */
SmmRequest *
smm_web_space_look (const char *public_url, const char *method, gsize max_bytes)
{
  SmmRequest *request = smm_request_new (method, SMM_ENDPOINT_WEB_SPACE, "%s", "");

  request->url = g_strdup (public_url);
  request->purpose = g_strdup ("web-space-look");
  request->timeout_ms = TIMEOUT_MS;
  request->max_reply = max_bytes;
  return request;
}

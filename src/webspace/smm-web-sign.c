/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * AWS Signature Version 4 for single requests, as S3-compatible servers check it (Amazon S3 API
 * reference, "Authenticating Requests: Using the Authorization Header").
 */

#include "config.h"

#include "smm-web-space.h"

#include <string.h>

#define ALGORITHM "AWS4-HMAC-SHA256"
#define DIGEST 32

char *
smm_web_sign_format_time (gint64 now)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (now / G_USEC_PER_SEC);

  return g_date_time_format (time, "%Y%m%dT%H%M%SZ");
}

static void
hmac (const guint8 *key, gsize key_length, const char *text, guint8 *digest)
{
  g_autoptr (GHmac) hmac = g_hmac_new (G_CHECKSUM_SHA256, key, key_length);
  gsize length = DIGEST;

  g_hmac_update (hmac, (const guchar *)text, strlen (text));
  g_hmac_get_digest (hmac, digest, &length);
}

static gint
compare_headers (gconstpointer a, gconstpointer b)
{
  const SmmParam *one = *(const SmmParam *const *)a;
  const SmmParam *other = *(const SmmParam *const *)b;

  return g_ascii_strcasecmp (one->name, other->name);
}

static char *
trim_value (const char *value)
{
  GString *out = g_string_new (NULL);

  for (const char *p = value; *p != '\0'; p++)
    if (*p != ' ' || (out->len > 0 && out->str[out->len - 1] != ' '))
      g_string_append_c (out, *p);
  while (out->len > 0 && out->str[out->len - 1] == ' ')
    g_string_truncate (out, out->len - 1);
  return g_string_free (out, FALSE);
}

/* "name:value\n" of each, in order; @names: "a;b;c". */
static char *
make_headers (GPtrArray *headers, char **names)
{
  g_autoptr (GPtrArray) sorted = g_ptr_array_copy (headers, NULL, NULL);
  g_autoptr (GString) all = g_string_new (NULL);
  GString *lines = g_string_new (NULL);

  /* The copy borrows. */
  g_ptr_array_set_free_func (sorted, NULL);
  g_ptr_array_sort (sorted, compare_headers);
  for (guint i = 0; i < sorted->len; i++)
    {
      SmmParam *header = sorted->pdata[i];
      g_autofree char *name = g_ascii_strdown (header->name, -1);
      g_autofree char *value = trim_value (header->value);

      g_string_append_printf (lines, "%s:%s\n", name, value);
      g_string_append_printf (all, "%s%s", i > 0 ? ";" : "", name);
    }
  *names = g_string_free (g_steal_pointer (&all), FALSE);
  return g_string_free (lines, FALSE);
}

/* The key of one day, region and service. */
static void
derive_key (const SmmWebSign *sign, const char *day, guint8 *key)
{
  char *first = g_strconcat ("AWS4", sign->secret, NULL);

  hmac ((const guint8 *)first, strlen (first), day, key);
  hmac (key, DIGEST, sign->region, key);
  hmac (key, DIGEST, "s3", key);
  hmac (key, DIGEST, "aws4_request", key);
  explicit_bzero (first, strlen (first));
  g_free (first);
}

/**
 * smm_web_sign:
 * @sign: the request
 *
 * Returns: (transfer full): the value of its Authorization header
 */
char *
smm_web_sign (const SmmWebSign *sign)
{
  g_autofree char *time = smm_web_sign_format_time (sign->now);
  g_autofree char *day = g_strndup (time, 8);
  g_autofree char *scope = g_strdup_printf ("%s/%s/s3/aws4_request", day, sign->region);
  g_autofree char *names = NULL;
  g_autofree char *headers = make_headers (sign->headers, &names);
  g_autofree char *canonical = g_strdup_printf ("%s\n%s\n%s\n%s\n%s\n%s", sign->method, sign->path,
                                                sign->query, headers, names, sign->payload);
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, canonical, -1);
  g_autofree char *text = g_strdup_printf (ALGORITHM "\n%s\n%s\n%s", time, scope, hash);
  guint8 key[DIGEST];
  g_autofree char *signature = NULL;

  derive_key (sign, day, key);
  signature = g_compute_hmac_for_string (G_CHECKSUM_SHA256, key, DIGEST, text, -1);
  explicit_bzero (key, sizeof key);
  return g_strdup_printf (ALGORITHM " Credential=%s/%s,SignedHeaders=%s,Signature=%s", sign->key_id,
                          scope, names, signature);
}

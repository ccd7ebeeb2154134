/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-seal.h"

#include "smm-vault.h"

#include <errno.h>
#include <gcrypt.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/random.h>

#define VERSION 1
#define HEAD_BYTES (1 + 8 + SMM_NONCE_BYTES)

static void
ensure_gcrypt (void)
{
  static gsize done = 0;

  if (g_once_init_enter (&done))
    {
      gcry_check_version (NULL);
      gcry_control (GCRYCTL_INITIALIZATION_FINISHED, 0);
      g_once_init_leave (&done, 1);
    }
}

static gcry_cipher_hd_t
open_cipher (const guint8 *key, const guint8 *nonce, const guint8 *aad, gsize aad_n)
{
  gcry_cipher_hd_t cipher = NULL;

  ensure_gcrypt ();
  if (gcry_cipher_open (&cipher, GCRY_CIPHER_AES256, GCRY_CIPHER_MODE_GCM, 0) != 0)
    return NULL;
  if (gcry_cipher_setkey (cipher, key, SMM_KEY_BYTES) == 0
      && gcry_cipher_setiv (cipher, nonce, SMM_NONCE_BYTES) == 0
      && (aad_n == 0 || gcry_cipher_authenticate (cipher, aad, aad_n) == 0))
    return cipher;
  gcry_cipher_close (cipher);
  return NULL;
}

gboolean
smm_gcm_encrypt (const guint8 *key, const guint8 *nonce, const guint8 *aad, gsize aad_n,
                 const guint8 *plain, gsize n, guint8 *out, guint8 *tag)
{
  gcry_cipher_hd_t cipher = open_cipher (key, nonce, aad, aad_n);
  gboolean done;

  if (cipher == NULL)
    return FALSE;
  gcry_cipher_final (cipher);
  done = (n == 0 || gcry_cipher_encrypt (cipher, out, n, plain, n) == 0)
         && gcry_cipher_gettag (cipher, tag, SMM_TAG_BYTES) == 0;
  gcry_cipher_close (cipher);
  return done;
}

gboolean
smm_gcm_decrypt (const guint8 *key, const guint8 *nonce, const guint8 *aad, gsize aad_n,
                 const guint8 *cipher_text, gsize n, const guint8 *tag, guint8 *out)
{
  gcry_cipher_hd_t cipher = open_cipher (key, nonce, aad, aad_n);
  gboolean done;

  if (cipher == NULL)
    return FALSE;
  gcry_cipher_final (cipher);
  done = (n == 0 || gcry_cipher_decrypt (cipher, out, n, cipher_text, n) == 0)
         && gcry_cipher_checktag (cipher, tag, SMM_TAG_BYTES) == 0;
  gcry_cipher_close (cipher);
  if (!done && n > 0)
    explicit_bzero (out, n);
  return done;
}

/* What is authenticated beside the value: where it belongs, and the envelope's own head. */
static guint8 *
make_aad (const char *name, const guint8 *envelope, gsize *n)
{
  gsize length = strlen (name);
  guint8 *aad = g_malloc (length + 1 + 9);

  memcpy (aad, name, length + 1);
  memcpy (aad + length + 1, envelope, 9);
  *n = length + 1 + 9;
  return aad;
}

/**
 * smm_seal:
 * @key: SMM_KEY_BYTES bytes
 * @key_id: tells which key it is
 * @name: where the value belongs; part of what is authenticated
 * @plain: the secret
 * @error: SMM_VAULT_ERROR_FAILED
 *
 * Returns: (transfer full) (nullable): printable text
 */
char *
smm_seal (const guint8 *key, guint64 key_id, const char *name, const char *plain, GError **error)
{
  gsize n = strlen (plain);
  gsize size = HEAD_BYTES + n + SMM_TAG_BYTES;
  g_autofree guint8 *envelope = g_malloc (size);
  g_autofree guint8 *aad = NULL;
  guint64 id = GUINT64_TO_BE (key_id);
  gsize aad_n;
  ssize_t got;

  envelope[0] = VERSION;
  memcpy (envelope + 1, &id, 8);
  aad = make_aad (name, envelope, &aad_n);
  do
    got = getrandom (envelope + 9, SMM_NONCE_BYTES, 0);
  while (got < 0 && errno == EINTR);
  if (got != SMM_NONCE_BYTES
      || !smm_gcm_encrypt (key, envelope + 9, aad, aad_n, (const guint8 *)plain, n,
                           envelope + HEAD_BYTES, envelope + HEAD_BYTES + n))
    {
      g_set_error (error, SMM_VAULT_ERROR, SMM_VAULT_ERROR_FAILED,
                   _ ("The secret can’t be encrypted"));
      return NULL;
    }
  return g_base64_encode (envelope, size);
}

gboolean
smm_seal_get_key_id (const char *sealed, guint64 *key_id)
{
  gsize size;
  g_autofree guint8 *envelope = g_base64_decode (sealed, &size);
  guint64 id;

  if (size < HEAD_BYTES + SMM_TAG_BYTES || envelope[0] != VERSION)
    return FALSE;
  memcpy (&id, envelope + 1, 8);
  *key_id = GUINT64_FROM_BE (id);
  return TRUE;
}

/**
 * smm_unseal:
 * @key: SMM_KEY_BYTES bytes
 * @name: where the value was found
 * @sealed: what smm_seal() made
 * @error: SMM_VAULT_ERROR_TAMPERED
 *
 * Returns: (transfer full) (nullable): the secret; free with smm_vault_secret_free()
 */
char *
smm_unseal (const guint8 *key, const char *name, const char *sealed, GError **error)
{
  gsize size;
  g_autofree guint8 *envelope = g_base64_decode (sealed, &size);
  g_autofree guint8 *aad = NULL;
  char *plain = NULL;
  gsize n, aad_n;

  if (size >= HEAD_BYTES + SMM_TAG_BYTES && envelope[0] == VERSION)
    {
      n = size - HEAD_BYTES - SMM_TAG_BYTES;
      aad = make_aad (name, envelope, &aad_n);
      plain = g_malloc0 (n + 1);
      if (smm_gcm_decrypt (key, envelope + 9, aad, aad_n, envelope + HEAD_BYTES, n,
                           envelope + HEAD_BYTES + n, (guint8 *)plain)
          && strlen (plain) == n && g_utf8_validate (plain, n, NULL))
        return plain;
      explicit_bzero (plain, n);
      g_free (plain);
    }
  g_set_error (error, SMM_VAULT_ERROR, SMM_VAULT_ERROR_TAMPERED,
               _ ("A stored sign-in was changed by something else, or belongs to another library. "
                  "Sign in again."));
  return NULL;
}

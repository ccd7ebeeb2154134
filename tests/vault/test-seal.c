/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-seal.h"
#include "smm-vault.h"

#include <string.h>

#define NAME "smm1|library|account/1"
#define SECRET "EAAB-a-token-ÄÖ-of-nobody"

/* --- The cipher against the published vectors --- */

#define ZERO16 "00000000000000000000000000000000"
#define KEY_15 "feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308"
#define PLAIN_16                                                                                   \
  "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"                               \
  "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39"
#define CIPHER_16                                                                                  \
  "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"                               \
  "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662"

/* The GCM proposal to NIST, cases 13 to 16; NIST CAVP gcmEncryptExtIV256, the first of a group. */
static const struct
{
  const char *name, *key, *nonce, *aad, *plain, *cipher, *tag;
} vectors[] = {
  { "proposal-13", ZERO16 ZERO16, "000000000000000000000000", "", "", "",
    "530f8afbc74536b9a963b4f1c4cb738b" },
  { "proposal-14", ZERO16 ZERO16, "000000000000000000000000", "", ZERO16,
    "cea7403d4d606b6e074ec5d3baf39d18", "d0d1c8a799996bf0265b98b5d48ab919" },
  { "proposal-15", KEY_15, "cafebabefacedbaddecaf888", "", PLAIN_16 "1aafd255",
    CIPHER_16 "898015ad", "b094dac5d93471bdec1a502270e3cc6c" },
  { "proposal-16", KEY_15, "cafebabefacedbaddecaf888", "feedfacedeadbeeffeedfacedeadbeefabaddad2",
    PLAIN_16, CIPHER_16, "76fc6ece0f4e1768cddf8853bb2d551b" },
  { "cavp-0-0", "b52c505a37d78eda5dd34f20c22540ea1b58963cf8e5bf8ffa85f9f2492505b4",
    "516c33929df5a3284ff463d7", "", "", "", "bdc1ac884d332457a1d2664f168c76f0" },
  { "cavp-128-0", "31bdadd96698c204aa9ce1448ea94ae1fb4a9a0b3c9d773b51bb1822666b8f22",
    "0d18e06c7c725ac9e362e1ce", "", "2db5168e932556f8089a0622981d017d",
    "fa4362189661d163fcd6a56d8bf0405a", "d636ac1bbedd5cc3ee727dc2ab4a9489" },
  { "cavp-128-128", "92e11dcdaa866f5ce790fd24501f92509aacf4cb8b1339d50c9c1240935dd08b",
    "ac93a1a6145299bde902f21a", "1e0889016f67601c8ebea4943bc23ad6",
    "2d71bcfa914e4ac045b2aa60955fad24", "8995ae2e6df3dbf96fac7b7137bae67f",
    "eca5aa77d51d4a0a14d9c51e1da474ab" },
};

static GByteArray *
from_hex (const char *hex)
{
  GByteArray *bytes = g_byte_array_new ();

  for (; *hex != '\0'; hex += 2)
    {
      guint8 byte = g_ascii_xdigit_value (hex[0]) * 16 + g_ascii_xdigit_value (hex[1]);

      g_byte_array_append (bytes, &byte, 1);
    }
  return bytes;
}

static void
test_vector (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr (GByteArray) key = from_hex (vectors[i].key);
  g_autoptr (GByteArray) nonce = from_hex (vectors[i].nonce);
  g_autoptr (GByteArray) aad = from_hex (vectors[i].aad);
  g_autoptr (GByteArray) plain = from_hex (vectors[i].plain);
  g_autoptr (GByteArray) cipher = from_hex (vectors[i].cipher);
  g_autoptr (GByteArray) tag = from_hex (vectors[i].tag);
  guint8 out[128] = { 0 }, out_tag[SMM_TAG_BYTES], zeros[128] = { 0 };

  g_assert_cmpuint (key->len, ==, SMM_KEY_BYTES);
  g_assert_cmpuint (nonce->len, ==, SMM_NONCE_BYTES);
  g_assert_cmpuint (tag->len, ==, SMM_TAG_BYTES);
  g_assert_true (smm_gcm_encrypt (key->data, nonce->data, aad->data, aad->len, plain->data,
                                  plain->len, out, out_tag));
  g_assert_cmpmem (out, plain->len, cipher->data, cipher->len);
  g_assert_cmpmem (out_tag, SMM_TAG_BYTES, tag->data, tag->len);
  g_assert_true (smm_gcm_decrypt (key->data, nonce->data, aad->data, aad->len, cipher->data,
                                  cipher->len, tag->data, out));
  g_assert_cmpmem (out, cipher->len, plain->data, plain->len);
  for (gsize j = 0; j < SMM_TAG_BYTES * 8; j++)
    {
      tag->data[j / 8] ^= 1 << j % 8;
      memset (out, 0xaa, sizeof out);
      g_assert_false (smm_gcm_decrypt (key->data, nonce->data, aad->data, aad->len, cipher->data,
                                       cipher->len, tag->data, out));
      /* Nothing that was not authenticated is handed out. */
      g_assert_cmpmem (out, cipher->len, zeros, cipher->len);
      tag->data[j / 8] ^= 1 << j % 8;
    }
}

/* --- The envelope --- */

static const guint8 some_key[SMM_KEY_BYTES] = "0123456789abcdef0123456789abcde";
static const guint64 some_id = G_GUINT64_CONSTANT (0x8123456789abcdef);

static char *
seal (const char *plain)
{
  g_autoptr (GError) error = NULL;
  char *sealed = smm_seal (some_key, some_id, NAME, plain, &error);

  g_assert_no_error (error);
  g_assert_nonnull (sealed);
  return sealed;
}

static void
assert_closed (const guint8 *key, const char *name, const char *sealed)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (smm_unseal (key, name, sealed, &error));
  g_assert_error (error, SMM_VAULT_ERROR, SMM_VAULT_ERROR_TAMPERED);
}

static void
assert_opens (const char *sealed, const char *expected)
{
  g_autoptr (GError) error = NULL;
  char *plain = smm_unseal (some_key, NAME, sealed, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (plain, ==, expected);
  smm_vault_secret_free (plain);
}

static void
test_round_trip (void)
{
  g_autofree char *large = g_strnfill (64 * 1024, 'x');
  const char *plains[] = { "", "a", SECRET, "1\naccount\nperson", large };

  for (gsize i = 0; i < G_N_ELEMENTS (plains); i++)
    {
      g_autofree char *sealed = seal (plains[i]);
      g_autofree char *again = seal (plains[i]);
      guint64 id = 0;

      assert_opens (sealed, plains[i]);
      g_assert_true (smm_seal_get_key_id (sealed, &id));
      g_assert_cmphex (id, ==, some_id);
      g_assert_cmpuint (strlen (sealed), ==,
                        strspn (sealed, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "+/="));
      /* A nonce is never used twice. */
      g_assert_cmpstr (sealed, !=, again);
    }
}

static void
test_nonces (void)
{
  g_autoptr (GHashTable) seen
      = g_hash_table_new_full (g_bytes_hash, g_bytes_equal, (GDestroyNotify)g_bytes_unref, NULL);

  for (int i = 0; i < 1000; i++)
    {
      g_autofree char *sealed = seal (SECRET);
      gsize n;
      g_autofree guint8 *bytes = g_base64_decode (sealed, &n);

      g_assert_true (g_hash_table_add (seen, g_bytes_new (bytes + 9, SMM_NONCE_BYTES)));
    }
}

/* Version, key id, nonce, cipher and tag: not one bit of them can change. */
static void
test_tampered (void)
{
  g_autofree char *sealed = seal (SECRET);
  gsize n;
  g_autofree guint8 *bytes = g_base64_decode (sealed, &n);

  g_assert_cmpuint (n, ==, 1 + 8 + SMM_NONCE_BYTES + strlen (SECRET) + SMM_TAG_BYTES);
  for (gsize i = 0; i < n * 8; i++)
    {
      g_autofree char *changed = NULL;

      bytes[i / 8] ^= 1 << i % 8;
      changed = g_base64_encode (bytes, n);
      assert_closed (some_key, NAME, changed);
      bytes[i / 8] ^= 1 << i % 8;
    }
  assert_opens (sealed, SECRET);
}

static void
test_moved (void)
{
  const char *names[] = { "",
                          "smm1|library|account/2",
                          "smm1|library|account/10",
                          "smm1|library|account/",
                          "smm1|other|account/1",
                          "smm1|library|app/meta" };
  g_autofree char *sealed = seal (SECRET);

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    assert_closed (some_key, names[i], sealed);
}

static void
test_truncated (void)
{
  g_autofree char *sealed = seal (SECRET);
  gsize n;
  g_autofree guint8 *bytes = g_base64_decode (sealed, &n);
  g_autofree guint8 *longer = g_malloc0 (n + 1);
  g_autofree char *added = NULL;

  for (gsize i = 0; i < n; i++)
    {
      g_autofree char *cut = g_base64_encode (bytes, i);

      assert_closed (some_key, NAME, cut);
    }
  memcpy (longer, bytes, n);
  added = g_base64_encode (longer, n + 1);
  assert_closed (some_key, NAME, added);
  for (gsize i = 0; i < strlen (sealed); i += 3)
    {
      g_autofree char *cut = g_strndup (sealed, i);

      assert_closed (some_key, NAME, cut);
    }
}

static void
test_wrong_key (void)
{
  g_autofree char *sealed = seal (SECRET);
  guint8 key[SMM_KEY_BYTES];

  for (gsize i = 0; i < SMM_KEY_BYTES; i++)
    {
      memcpy (key, some_key, sizeof key);
      key[i] ^= 1;
      assert_closed (key, NAME, sealed);
    }
}

static void
test_no_envelope (void)
{
  const char *texts[]
      = { "", "A", "AQ==", SECRET, "EAABwzLixnjYBO", "!!!!", "=====", "1\naccount\nperson" };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      guint64 id;

      assert_closed (some_key, NAME, texts[i]);
      g_assert_false (smm_seal_get_key_id (texts[i], &id));
    }
}

/* Only text comes out, even of an envelope that was sealed with the right key. */
static void
test_not_text (void)
{
  const char *plains[] = { "\xff\xfe", "a\xc3" };

  for (gsize i = 0; i < G_N_ELEMENTS (plains); i++)
    {
      g_autofree char *sealed = seal (plains[i]);

      assert_closed (some_key, NAME, sealed);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_autofree char *path = g_strconcat ("/seal/vector/", vectors[i].name, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_vector);
    }
  g_test_add_func ("/seal/round-trip", test_round_trip);
  g_test_add_func ("/seal/nonces", test_nonces);
  g_test_add_func ("/seal/tampered", test_tampered);
  g_test_add_func ("/seal/moved", test_moved);
  g_test_add_func ("/seal/truncated", test_truncated);
  g_test_add_func ("/seal/wrong-key", test_wrong_key);
  g_test_add_func ("/seal/no-envelope", test_no_envelope);
  g_test_add_func ("/seal/not-text", test_not_text);

  return g_test_run ();
}

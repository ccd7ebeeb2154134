/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define SMM_KEY_BYTES 32
#define SMM_NONCE_BYTES 12
#define SMM_TAG_BYTES 16

/* AES-256-GCM. @out has room for @n bytes; @tag for SMM_TAG_BYTES. */
gboolean smm_gcm_encrypt (const guint8 *key, const guint8 *nonce, const guint8 *aad, gsize aad_n,
                          const guint8 *plain, gsize n, guint8 *out, guint8 *tag);
gboolean smm_gcm_decrypt (const guint8 *key, const guint8 *nonce, const guint8 *aad, gsize aad_n,
                          const guint8 *cipher, gsize n, const guint8 *tag, guint8 *out);

/* Envelope: base64 of version, key id, nonce, cipher, tag. @name is the associated data. */
char *smm_seal (const guint8 *key, guint64 key_id, const char *name, const char *plain,
                GError **error);
/* Key the envelope was sealed with; FALSE: not an envelope of ours. */
gboolean smm_seal_get_key_id (const char *sealed, guint64 *key_id);
char *smm_unseal (const guint8 *key, const char *name, const char *sealed, GError **error);

G_END_DECLS

/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * DESIGN: the vault room.
 *
 * Secrets live in the system keyring through libsecret, one item per secret, the value sealed with
 * AES-256-GCM (libgcrypt). The data key is a 0600 file outside the keyring, so neither the keyring
 * nor a copied disk alone gives anything away. The item's name is the associated data: a sealed
 * value moved to another item does not open. There is no fallback to plain text.
 * The only room that includes libsecret and the cipher.
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define SMM_VAULT_ERROR (smm_vault_error_quark ())
typedef enum
{
  SMM_VAULT_ERROR_ABSENT,     /* no Secret Service, or no collection: message says how to get one */
  SMM_VAULT_ERROR_LOCKED,     /* the keyring is locked (or the unlock was refused) */
  SMM_VAULT_ERROR_TIMED_OUT,  /* the keyring does not answer (10 s) */
  SMM_VAULT_ERROR_NOT_FOUND,  /* unlocked, and there is no such secret */
  SMM_VAULT_ERROR_TAMPERED,   /* the envelope does not open: changed, moved, or another key */
  SMM_VAULT_ERROR_KEY,        /* the data key file is missing, unreadable or has wrong permissions */
  SMM_VAULT_ERROR_FAILED,
} SmmVaultError;
GQuark smm_vault_error_quark (void);

#define SMM_TYPE_VAULT (smm_vault_get_type ())
G_DECLARE_FINAL_TYPE (SmmVault, smm_vault, SMM, VAULT, GObject)

/*
 * @key_dir: folder that holds the data key file "vault.key" (0700); made on first store.
 * @label_prefix: shown in keyring managers, "nkonsept SMM".
 * Names are "account/ID" and "app/meta"; @library_id keeps two libraries of one user apart.
 */
SmmVault *smm_vault_new (const char *key_dir, const char *library_id);
const char *smm_vault_get_key_dir (SmmVault *self);

/* Milliseconds, instead of 10 s, and 120 s where a person may be asked for a password. */
void smm_vault_set_limits (SmmVault *self, guint lookup_ms, guint prompt_ms);

/* The value is UTF-8 text up to 64 KiB, else FAILED. Stored, read back and compared before it counts. */
void smm_vault_store_async (SmmVault *self, const char *name, const char *value,
                            GCancellable *cancellable, GAsyncReadyCallback callback,
                            gpointer user_data);
gboolean smm_vault_store_finish (SmmVault *self, GAsyncResult *result, GError **error);

/* Result in non-pageable memory where the system gives it: free with smm_vault_secret_free. */
void smm_vault_lookup_async (SmmVault *self, const char *name, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer user_data);
char *smm_vault_lookup_finish (SmmVault *self, GAsyncResult *result, GError **error);
void smm_vault_secret_free (char *secret);

/* Deleting what is not there is a success. */
void smm_vault_delete_async (SmmVault *self, const char *name, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer user_data);
gboolean smm_vault_delete_finish (SmmVault *self, GAsyncResult *result, GError **error);

/* For what people enter and take away: keeps @value, or deletes it when that is "". Ends @task,
 * which is consumed, with TRUE or the error. */
void smm_vault_keep (SmmVault *self, const char *name, const char *value, GTask *task);

/* Every secret of this library, sign-ins and keys. */
void smm_vault_wipe_async (SmmVault *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                           gpointer user_data);
gboolean smm_vault_wipe_finish (SmmVault *self, GAsyncResult *result, GError **error);

/* Succeeds when secrets can be read and written now; otherwise ABSENT, LOCKED, TIMED_OUT. */
void smm_vault_check_async (SmmVault *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                            gpointer user_data);
gboolean smm_vault_check_finish (SmmVault *self, GAsyncResult *result, GError **error);

/* Makes a new data key, seals every item of this library again, drops the old key; crash-safe. */
void smm_vault_rotate_async (SmmVault *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                             gpointer user_data);
gboolean smm_vault_rotate_finish (SmmVault *self, GAsyncResult *result, GError **error);

G_END_DECLS

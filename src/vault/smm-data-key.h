/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "smm-seal.h"

G_BEGIN_DECLS

/* The data key outside the keyring; during a rotation also the one before. */
typedef struct
{
  guint64 id;
  guint8 key[SMM_KEY_BYTES];
} SmmDataKey;

typedef struct
{
  SmmDataKey now;
  SmmDataKey before;    /* id 0: there is none */
} SmmDataKeys;

gboolean smm_data_keys_load (const char *path, SmmDataKeys *keys, GError **error);
gboolean smm_data_keys_save (const char *path, const SmmDataKeys *keys, GError **error);
gboolean smm_data_key_make (SmmDataKey *key, GError **error);
const SmmDataKey *smm_data_keys_find (const SmmDataKeys *keys, guint64 id);

G_END_DECLS

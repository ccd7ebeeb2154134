/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "smm-connect.h"

G_BEGIN_DECLS

/* What the desktop's cache keeps of how a file looks: every size, and that it could not be shown. */
void smm_erase_thumbnails_of (const char *file);
/* Of all media of a library. Reads a folder: not for the main loop. */
void smm_erase_thumbnails (SmmPaths *paths);

/*
 * Everything the program has of its user: sign-ins are ended at the platforms and wiped from the
 * keyring, then the library, media, backups, caches and the data key are removed. What is public at a
 * platform stays there.
 */

/* The files of a library nobody owns. Blocks. SMM_STORE_ERROR_OWNED, _READ_ONLY. */
gboolean smm_erase_files (SmmPaths *paths, GError **error);

typedef struct
{
  guint n_ended;   /* sign-ins the platform was told about */
  guint n_untold;  /* gone here, but the platform could not be told */
} SmmEraseFacts;

/*
 * All of it. The publisher that owns the library removes the files and ends; a library of this
 * process's own is to be closed after that, and its files removed by smm_erase_files().
 */
void smm_erase_all_async (SmmLibrary *library, SmmConnect *connect, SmmVault *vault,
                          GAsyncReadyCallback callback, gpointer user_data);
gboolean smm_erase_all_finish (SmmLibrary *library, GAsyncResult *result, SmmEraseFacts *facts,
                               GError **error);

G_END_DECLS

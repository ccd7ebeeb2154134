/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "smm-connect.h"

G_BEGIN_DECLS

/* What the desktop's cache keeps of how a file looks: every size, and that it could not be shown.
 */
void smm_erase_thumbnails_of (const char *file);
/* Of all media of a library. Reads a folder: not for the main loop. */
void smm_erase_thumbnails (SmmPaths *paths);

/*
 * Everything the program has of its user: sign-ins are ended at the platforms and wiped from the
 * keyring, then the library, media, backups, caches and the data key are removed. What is public at
 * a platform stays there.
 */

/* The files of a library nobody owns. Blocks. SMM_STORE_ERROR_OWNED, _READ_ONLY. */
gboolean smm_erase_files (SmmPaths *paths, GError **error);

typedef struct
{
  guint n_ended;  /* sign-ins the platform was told about */
  guint n_untold; /* gone here, but the platform could not be told */
} SmmEraseFacts;

/*
 * All of it. The publisher that owns the library removes the files and ends; a library of this
 * process's own is to be closed after that, and its files removed by smm_erase_files().
 */
void smm_erase_all_async (SmmLibrary *library, SmmConnect *connect, SmmVault *vault,
                          GAsyncReadyCallback callback, gpointer user_data);
gboolean smm_erase_all_finish (SmmLibrary *library, GAsyncResult *result, SmmEraseFacts *facts,
                               GError **error);

/*
 * A brand with all that belongs to it, or an account with what became of posts there: rows, words
 * of the index, media that nothing else uses, sign-ins. Backups go too, as they hold it, and what
 * was done before can't be undone any more. Refused while posts are on their way.
 */
void smm_erase_brand_async (SmmLibrary *library, SmmConnect *connect, SmmVault *vault,
                            const char *brand_id, GAsyncReadyCallback callback, gpointer user_data);
void smm_erase_account_async (SmmLibrary *library, SmmConnect *connect, SmmVault *vault,
                              const char *account_id, GAsyncReadyCallback callback,
                              gpointer user_data);
gboolean smm_erase_part_finish (SmmLibrary *library, GAsyncResult *result, SmmEraseFacts *facts,
                                GError **error);

G_END_DECLS

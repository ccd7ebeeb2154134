/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "smm-import.h"

G_BEGIN_DECLS

/* What somebody decided about a table; all of it may be NULL or 0: as the table tells. */
typedef struct
{
  char **fields;         /* of each column */
  char **accounts;       /* ids: for rows that name none */
  SmmImportDates dates;
} SmmImportChoices;
void smm_import_choices_clear (SmmImportChoices *self);

/*
 * A table read, planned and checked in a thread, which reads the library by a reader of its own. Rows
 * with files are checked later, when these are known: see smm-import-files.h.
 */
void smm_import_read_async (SmmPaths *paths, GFile *file, const char *brand_id,
                            const SmmImportChoices *choices, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer user_data);
/* The same table once more, with other choices; @before stays as it is. */
void smm_import_read_again_async (SmmPaths *paths, SmmImport *before,
                                  const SmmImportChoices *choices, GCancellable *cancellable,
                                  GAsyncReadyCallback callback, gpointer user_data);
SmmImport *smm_import_read_finish (GAsyncResult *result, GError **error);

/* The command for all good rows; @import must not be changed meanwhile. */
void smm_import_make_command_async (SmmPaths *paths, SmmImport *import, GCancellable *cancellable,
                                    GAsyncReadyCallback callback, gpointer user_data);
SmmCommand *smm_import_make_command_finish (GAsyncResult *result, GError **error);

G_END_DECLS

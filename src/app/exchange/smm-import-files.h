/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "smm-import.h"

G_BEGIN_DECLS

#define SMM_TYPE_IMPORT_FILES (smm_import_files_get_type ())
G_DECLARE_FINAL_TYPE (SmmImportFiles, smm_import_files, SMM, IMPORT_FILES, GObject)

/*
 * The files that rows of a table name, opened one after the other by the media program. Looking at
 * them leaves nothing behind: each row gets its media and its problems, the platforms' as well. Taking
 * them puts those of good rows into the library's folder, for smm_import_add_media(); ended before its
 * time it takes away again what nobody knows of.
 *
 * Signals: "row" (uint n): a row is checked; "progress" (uint done, uint total); "ended" (GError*):
 * NULL when all went well.
 */
SmmImportFiles *smm_import_files_new (SmmLibrary *library, SmmImport *import);
void smm_import_files_look (SmmImportFiles *self);
void smm_import_files_take (SmmImportFiles *self);
/* Ends without a signal. */
void smm_import_files_stop (SmmImportFiles *self);
guint smm_import_files_get_total (SmmImportFiles *self);

G_END_DECLS

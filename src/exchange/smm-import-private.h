/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "smm-import.h"

G_BEGIN_DECLS

const char *smm_import_find_format (SmmCsv *csv);
char **smm_import_find_fields (SmmCsv *csv);
/* "2026-12-01 09:00" and so on; @wall "2026-12-01T09:00:00", or @utc when it has an offset. */
typedef enum
{
  SMM_IMPORT_TIME_WALL,
  SMM_IMPORT_TIME_UTC,
  SMM_IMPORT_TIME_AMBIGUOUS,
  SMM_IMPORT_TIME_UNREADABLE,
} SmmImportTime;
SmmImportTime smm_import_read_time (const char *text, SmmImportDates dates, char **wall,
                                    gint64 *utc);
/* In which order days and months of "01/12/2026" stand, if a cell of the table tells. */
SmmImportDates smm_import_find_dates (SmmImport *self);
void smm_import_fit (SmmCsv *csv);

/* Whether a table means the account by @name: id, name, user name, platform:NAME. */
gboolean smm_import_is_meant (SmmAccount *account, const char *name);

/* --- Cells: smm-import-cells.c --- */

const char *smm_import_unprotect (const char *cell);
char **smm_import_split (const char *cell, const char *separators, gboolean keep);
void smm_import_add_parts (GPtrArray *list, const char *cell, const char *separators,
                           gboolean keep);
gboolean smm_import_says_yes (const char *cell);
char *smm_import_read_option (const char *cell);
void smm_import_read_kind (SmmImportRow *row, const char *cell, gboolean *said);
void smm_import_read_alts (SmmImport *self, SmmImportRow *row, const char *cell);
char *smm_import_read_comment (SmmImport *self, SmmImportRow *row, const char *cell);
void smm_import_read_files (SmmImport *self, SmmImportRow *row, const char *cell);

G_END_DECLS

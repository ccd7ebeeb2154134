/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * DESIGN: the exchange room.
 *
 * Posts as files: tables that people bring along, and calendars and tables that they take away. A
 * table goes through three hands, each of which can be looked at: SmmCsv (bytes → cells, knows
 * nothing of posts), SmmImport (cells → posts with their problems, reads the library), and one
 * command, "posts.import". Nothing here writes or sends, and smm_csv_read() alone opens a file.
 *
 * A file is a stranger: its size, rows, columns and cells are limited, its bytes must be text.
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define SMM_CSV_MAX_BYTES (32 * 1024 * 1024)
#define SMM_CSV_MAX_ROWS 10000
#define SMM_CSV_MAX_COLUMNS 200
#define SMM_CSV_MAX_CELL (256 * 1024)

#define SMM_CSV_ERROR (smm_csv_error_quark ())
typedef enum
{
  SMM_CSV_ERROR_EMPTY,     /* "csv-empty": no row beyond the names of the columns */
  SMM_CSV_ERROR_TOO_LARGE, /* "csv-too-large": bytes, rows, columns or a cell */
  SMM_CSV_ERROR_ENCODING,  /* "csv-encoding": neither UTF-8 nor UTF-16, or not text */
  SMM_CSV_ERROR_QUOTE,     /* "csv-quote": a quote that is never closed */
} SmmCsvError;
GQuark smm_csv_error_quark (void);
const char *smm_csv_error_get_name (const GError *error);

typedef struct
{
  int ref_count;    /* atomic: a table is never changed once it was read */
  char separator;   /* ',', ';' or tab, as found */
  GPtrArray *names; /* char*: of the columns */
  GPtrArray *rows;  /* GPtrArray of char*, as many as names at most; empty rows are left out */
  GArray *lines;    /* guint: the line of the file on which each row begins */
} SmmCsv;

SmmCsv *smm_csv_parse (GBytes *bytes, GError **error);
/* A whole file; blocks, so not for a main loop. Also G_IO_ERROR. */
SmmCsv *smm_csv_read (GFile *file, GCancellable *cancellable, GError **error);
SmmCsv *smm_csv_ref (SmmCsv *self);
void smm_csv_unref (SmmCsv *self);
/* "" where a row is too short. */
const char *smm_csv_get (SmmCsv *self, guint row, int column);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmmCsv, smm_csv_unref)

/* Appends a cell, quoted where that is needed, and so that a spreadsheet takes it for text. */
void smm_csv_append (GString *out, const char *cell, gboolean last);

G_END_DECLS

/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Rows of a table as posts. Columns are known by their names, in any order and case:
 *
 *   text            the caption (also message, content, caption)
 *   when            2026-12-01 09:00, 2026-12-01T09:00+02:00, 01.12.2026 09:00; or
 *   date, time      the same in two columns. 01/02/2026 is refused: nobody can tell what is meant
 *   zone            an IANA zone; without one the brand's
 *   accounts        ids, names, user names, facebook:NAME, facebook, all; semicolons between
 *   kind            feed, reel, story
 *   link, first comment
 *   media           files in the folder of the table or below, semicolons between
 *   alt             texts for them, "|" between
 *   tags, campaign  by name; new ones are made
 *   draft           yes: not scheduled
 *   set:KEY         a platform's option, as --set KEY=VALUE
 *
 * The columns that Buffer (Text, Image URL, Tags, Posting Time), Publer (Date - Intl. format or
 * prompt, …) and Metricool (Text, Date, Time, Facebook, Picture Url 1, …) ask for are known too.
 */

#pragma once

#include "smm-csv.h"
#include "smm-library.h"

G_BEGIN_DECLS

typedef struct
{
  char *code;          /* "time-unreadable", "media-outside" … or a problem of a platform */
  gboolean fatal;      /* the row is not imported with it */
  char *message;       /* translated */
} SmmImportProblem;

typedef struct
{
  guint line;          /* of the file */
  SmmPost *post;       /* id, targets with accounts, text …; media once smm_import_set_media() */
  gboolean draft;
  GPtrArray *files;    /* char*: absolute paths of what is to be media */
  GPtrArray *alts;     /* char*: as many as there are, "" none */
  GPtrArray *tags;     /* char*: names */
  char *campaign;      /* name; NULL */
  GPtrArray *problems; /* SmmImportProblem* */
} SmmImportRow;

typedef struct
{
  SmmStore *store;     /* borrowed */
  SmmBrand *brand;
  SmmCsv *csv;         /* owned */
  char *folder;        /* of the file; media are there or below */
  char **fields;       /* what each column is: "text", "set:privacy" …; "" ignored */
  const char *format;  /* "buffer", "publer", "metricool", "own" */
  GPtrArray *rows;     /* SmmImportRow* */
} SmmImport;

/* Takes @csv. NULL with @error: SMM_LIBRARY_ERROR_NOT_FOUND, no such brand. */
SmmImport *smm_import_new (SmmStore *store, SmmCsv *csv, const char *brand_id, const char *folder,
                           GError **error);
void smm_import_free (SmmImport *self);
/* Says what the column @name is: a field as above, or "" to leave it out. */
gboolean smm_import_map (SmmImport *self, const char *name, const char *field, GError **error);
/* Makes the rows. @account_ids: for rows that name none; may be NULL. */
void smm_import_plan (SmmImport *self, const char *const *account_ids, gint64 now);
/* What platforms say of the row, once its media are known. */
void smm_import_check (SmmImport *self, SmmImportRow *row);
void smm_import_add_problem (SmmImportRow *row, const char *code, gboolean fatal,
                             const char *format, ...) G_GNUC_PRINTF (4, 5);
gboolean smm_import_row_is_good (SmmImportRow *row);
/* Arguments of posts.import with the rows that are good; floating a{sv}. */
GVariant *smm_import_to_args (SmmImport *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmmImport, smm_import_free)

G_END_DECLS

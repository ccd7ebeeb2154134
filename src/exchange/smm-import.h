/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Rows of a table as posts. Columns are known by their names, in any order and case:
 *
 *   text            the caption (also message, content, caption)
 *   when            2026-12-01 09:00, 2026-12-01T09:00+02:00, 01.12.2026 09:00, 12/31/26 9:00 PM;
 * or date, time      the same in two columns. 01/02/2026 is refused unless another cell of the
 * table or somebody tells whether it is January or February zone            an IANA zone; without
 * one the brand's accounts        ids, names, user names, facebook:NAME, facebook, all; semicolons
 * between kind            feed, reel, story link, first comment media           files in the folder
 * of the table or below, semicolons or commas between; of an address on the web, the file of that
 * name alt             texts for them, "|" between tags, campaign  by name; new ones are made draft
 * yes: not scheduled set:KEY         a platform's option, as --set KEY=VALUE text on ACCOUNT what
 * the post is on that account only; link, first comment, media, alt and set:KEY likewise. "(none)":
 * nothing there. Media are of the library: sha256:…
 *
 * The columns that Buffer (Text, Image URL, Tags, Posting Time), Publer (Date - Intl. format or
 * prompt, …) and Metricool (Text, Date, Time, Facebook, Picture Url 1, …) ask for are known too,
 * and the tables without names of Hootsuite (date, message, link).
 */

#pragma once

#include "smm-csv.h"
#include "smm-library.h"

G_BEGIN_DECLS

typedef struct
{
  char *code;     /* "time-unreadable", "media-outside" … or a problem of a platform */
  gboolean fatal; /* the row is not imported with it */
  char *message;  /* translated */
} SmmImportProblem;

typedef struct
{
  guint line;    /* of the file */
  SmmPost *post; /* id, targets with accounts, text …; media once smm_import_set_media() */
  gboolean draft;
  GPtrArray *files;    /* char*: absolute paths of what is to be media */
  GPtrArray *alts;     /* char*: as many as there are, "" none */
  GPtrArray *tags;     /* char*: names */
  char *campaign;      /* name; NULL */
  GPtrArray *problems; /* SmmImportProblem* */
} SmmImportRow;

typedef enum
{
  SMM_IMPORT_DATES_UNKNOWN,
  SMM_IMPORT_DATES_DAY_FIRST,
  SMM_IMPORT_DATES_MONTH_FIRST,
} SmmImportDates;

typedef struct
{
  int ref_count;   /* atomic */
  SmmStore *store; /* borrowed; of whoever plans, and used by nothing else */
  SmmBrand *brand;
  SmmCsv *csv;
  char *folder;         /* of the file; media are there or below */
  char **fields;        /* what each column is: "text", "set:privacy" …; "" ignored */
  const char *format;   /* "buffer", "hootsuite", "metricool", "publer", "own" */
  SmmImportDates dates; /* unless set before it is planned: what the table tells */
  GPtrArray *accounts;  /* SmmAccount*: of the brand, connected; once planned */
  GPtrArray *rows;      /* SmmImportRow* */
  guint n_new_tags;     /* tags and campaigns of good rows that the brand has not; once planned */
  GPtrArray *media;     /* SmmMedia*: new ones, whose files are there; smm_import_add_media() */
} SmmImport;

/* Takes @csv. NULL with @error: SMM_LIBRARY_ERROR_NOT_FOUND, no such brand. */
SmmImport *smm_import_new (SmmStore *store, SmmCsv *csv, const char *brand_id, const char *folder,
                           GError **error);
SmmImport *smm_import_ref (SmmImport *self);
void smm_import_unref (SmmImport *self);
/* Says what the column @name is: a field as above, or "" to leave it out. */
gboolean smm_import_map (SmmImport *self, const char *name, const char *field, GError **error);
/* Makes the rows. @account_ids: for rows that name none; may be NULL. */
void smm_import_plan (SmmImport *self, const char *const *account_ids, gint64 now);
/* What platforms say of the row, once its media are known. */
void smm_import_check (SmmImport *self, SmmImportRow *row);
void smm_import_add_problem (SmmImportRow *row, const char *code, gboolean fatal,
                             const char *format, ...) G_GNUC_PRINTF (4, 5);
gboolean smm_import_row_is_good (SmmImportRow *row);
/* Fields that columns can be, NULL-terminated; "set:…" besides. */
const char *const *smm_import_list_fields (void);
/* The library is to have @media as well, with the posts or not at all. */
void smm_import_add_media (SmmImport *self, SmmMedia *media);
/* Arguments of posts.import with the rows that are good; floating a{sv}. */
GVariant *smm_import_to_args (SmmImport *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmmImport, smm_import_unref)

G_END_DECLS

/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "smm-import-private.h"

G_BEGIN_DECLS

/*
 * What a post is on one account only, in columns named "text on ACCOUNT": the same of link, first
 * comment, media, alt and set:KEY. ACCOUNT is named as in "accounts". An empty cell: as on all
 * accounts; "(none)": nothing there, although there is on the others.
 */

/* The field a column of that name is, as "first-comment on ACCOUNT"; NULL: it is none of these. */
char *smm_own_find_field (const char *name);
/* What stands for @text in a cell; free with g_free. */
char *smm_own_write (const char *text);
/* Takes the cells of row @n into the variants of @row's targets. */
void smm_own_read (SmmImport *self, SmmImportRow *row, guint n);
/* SmmOwnColumn of what differs in any of @posts, by account, in the order of the fields. */
typedef struct
{
  char *account_id;
  char *field; /* without the account; "first comment" as in a name */
} SmmOwnColumn;
GPtrArray *smm_own_list_columns (GPtrArray *posts);
/* The cell of @post in a column; NULL: nothing differs. */
char *smm_own_get_cell (SmmPost *post, const SmmOwnColumn *column);

G_END_DECLS

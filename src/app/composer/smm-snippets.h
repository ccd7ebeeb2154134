/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "smm-library.h"

G_BEGIN_DECLS

typedef enum
{
  SMM_SNIPPET_HASHTAGS, /* a group of hashtags */
  SMM_SNIPPET_TEMPLATE, /* a text with {brand}, {date}, {link} in it */
} SmmSnippetKind;

/* A text kept for the posts of a brand, in its setting "brand.ID.snippets". */
typedef struct
{
  SmmSnippetKind kind;
  char *name;
  char *text;
} SmmSnippet;

/* SmmSnippet*; what can't be read is nothing. */
GPtrArray *smm_snippets_parse (const char *setting);
char *smm_snippets_print (GPtrArray *snippets);
/* One of a kind has a name: the same name again takes its place. */
void smm_snippets_put (GPtrArray *snippets, SmmSnippetKind kind, const char *name,
                       const char *text);

char *smm_snippets_get_key (const char *brand_id);
GPtrArray *smm_snippets_read (SmmLibrary *library, const char *brand_id);
/* Sends them to the library; the change can be undone there. */
void smm_snippets_write (SmmLibrary *library, const char *brand_id, GPtrArray *snippets);

G_END_DECLS

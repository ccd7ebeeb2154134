/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * What a brand says of itself, as a table: the store, the commands, the command line and the pages
 * all go through it, so a text is known everywhere or nowhere.
 */

#pragma once

#include "smm-records.h"

G_BEGIN_DECLS

typedef enum
{
  SMM_BRAND_TEXT_PLAIN,     /* one line */
  SMM_BRAND_TEXT_LINES,     /* several lines; empty ones are taken out */
  SMM_BRAND_TEXT_WEBSITE,   /* http(s) address */
  SMM_BRAND_TEXT_COLORS,    /* up to SMM_BRAND_MAX_COLORS of "#rrggbb" */
  SMM_BRAND_TEXT_HASHTAGS,  /* words that begin with # */
  SMM_BRAND_TEXT_MEDIUM,    /* sha256 of a picture */
} SmmBrandTextKind;

#define SMM_BRAND_MAX_COLORS 4

typedef struct
{
  const char *key;          /* "website": argument of brand.edit, option of the command line */
  gsize offset;             /* of the char * in SmmBrand */
  SmmBrandTextKind kind;
  int max_length;           /* characters */
} SmmBrandText;

/* Ends with an entry whose key is NULL. */
const SmmBrandText *smm_brand_get_texts (void);
char **smm_brand_get_text (SmmBrand *brand, const SmmBrandText *text);
char *smm_brand_text_clean (const SmmBrandText *text, const char *value, char **problem);

SmmBrand *smm_brand_copy (SmmBrand *brand);
char *smm_brand_describe (SmmBrand *brand);
char *smm_brand_describe_tone (SmmBrand *brand);
char *smm_brand_compose_sample (SmmBrand *brand, guint n);

G_END_DECLS

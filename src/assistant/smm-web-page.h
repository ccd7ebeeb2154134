/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * What can be read on a web page, without asking anybody: pure, bytes in, text out. The page is
 * whatever a stranger's server sent.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define SMM_WEB_PAGE_MAX_TEXT 12000 /* characters */
#define SMM_WEB_PAGE_MAX_COLORS 4

typedef struct
{
  char *address;     /* where it was, after redirects; NULL before somebody knows */
  char *title;       /* NULL: it has none; so are all but @text */
  char *site;        /* the site's name, as it says itself */
  char *description; /* as it tells search engines */
  char *language;    /* "fi" */
  char *colors;      /* "#1c71d8 #f6f5f4": its own, as SmmBrand.colors has them */
  char *text;        /* a paragraph a line, headings begin with "# "; may be empty */
  gboolean cut;      /* there was more text */
} SmmWebPage;

SmmWebPage *smm_web_page_parse (GBytes *html, const char *charset);
void smm_web_page_free (SmmWebPage *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmmWebPage, smm_web_page_free)

/* All of it as text, as people are shown it and an AI is told it. Free with g_free. */
char *smm_web_page_describe (SmmWebPage *self);

G_END_DECLS

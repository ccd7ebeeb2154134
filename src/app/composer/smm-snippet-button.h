/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "smm-snippets.h"

G_BEGIN_DECLS

#define SMM_TYPE_SNIPPET_BUTTON (smm_snippet_button_get_type ())
G_DECLARE_FINAL_TYPE (SmmSnippetButton, smm_snippet_button, SMM, SNIPPET_BUTTON, AdwBin)

/*
 * The texts kept for a brand, to be put into a post, and a field to keep another one. Signals:
 * "open" (): it is about to be seen, say what it is about; "insert" (string text).
 */
GtkWidget *smm_snippet_button_new (SmmLibrary *library, SmmSnippetKind kind);
/* @own: what the brand itself brings, shown first; NULL: nothing. @keep: what would be kept; NULL:
 * nothing. @date, @link: what {date} and {link} mean now, NULL: nothing yet. */
void smm_snippet_button_set (SmmSnippetButton *self, SmmBrand *brand, const char *own,
                             const char *keep, const char *date, const char *link);

G_END_DECLS

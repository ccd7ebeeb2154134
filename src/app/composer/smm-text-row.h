/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define SMM_TYPE_TEXT_ROW (smm_text_row_get_type ())
G_DECLARE_FINAL_TYPE (SmmTextRow, smm_text_row, SMM, TEXT_ROW, AdwPreferencesRow)

/*
 * A row of a list with a text of several lines, as an AdwEntryRow has one of one line. Tab leaves
 * it. Signal "changed".
 */
GtkWidget *smm_text_row_new (const char *title);
/* Where it is written. */
GtkTextView *smm_text_row_get_view (SmmTextRow *self);
/* Borrowed until the next change. */
const char *smm_text_row_get_text (SmmTextRow *self);
/* What is the same already stays as it is, with its cursor; what is not can’t be undone. */
void smm_text_row_set_text (SmmTextRow *self, const char *text);
void smm_text_row_add_prefix (SmmTextRow *self, GtkWidget *widget);
void smm_text_row_add_suffix (SmmTextRow *self, GtkWidget *widget);

G_END_DECLS

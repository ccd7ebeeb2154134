/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "smm-library.h"

G_BEGIN_DECLS

#define SMM_TYPE_TAG_ROW (smm_tag_row_get_type ())
G_DECLARE_FINAL_TYPE (SmmTagRow, smm_tag_row, SMM, TAG_ROW, GtkBox)

/*
 * The tags of a post and its campaign: coloured words, and a list to choose from by typing, where a
 * new tag is made on the spot. Signals: "changed" (): the user chose; "failed" (string).
 */
GtkWidget *smm_tag_row_new (SmmLibrary *library);
/* @tags: SmmTag*, copied references. */
void smm_tag_row_set (SmmTagRow *self, const char *brand_id, GPtrArray *tags);
/* SmmTag* that the library has yet; transfer full. */
GPtrArray *smm_tag_row_get (SmmTagRow *self);

G_END_DECLS

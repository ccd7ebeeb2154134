/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SMM_TYPE_TEXT_AREA (smm_text_area_get_type ())
G_DECLARE_FINAL_TYPE (SmmTextArea, smm_text_area, SMM, TEXT_AREA, GtkBox)

/*
 * A few lines of text under a title; Tab leaves it. Properties: "title", "hint" (shown while it is
 * empty). Signal "changed".
 */
char *smm_text_area_dup_text (SmmTextArea *self);
void smm_text_area_set_text (SmmTextArea *self, const char *text);

G_END_DECLS

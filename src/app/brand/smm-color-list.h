/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define SMM_TYPE_COLOR_LIST (smm_color_list_get_type ())
G_DECLARE_FINAL_TYPE (SmmColorList, smm_color_list, SMM, COLOR_LIST, AdwActionRow)

/*
 * The colours of a brand, in their order: each can be changed, moved and removed, by a menu or by
 * keys (Delete, Alt with an arrow). Signal "changed": by the person.
 */

/* "#rrggbb #rrggbb", as the library has them. */
char *smm_color_list_dup_text (SmmColorList *self);
void smm_color_list_set_text (SmmColorList *self, const char *text);

G_END_DECLS

/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define SMM_TYPE_SPELL_BUTTON (smm_spell_button_get_type ())
G_DECLARE_FINAL_TYPE (SmmSpellButton, smm_spell_button, SMM, SPELL_BUTTON, AdwBin)

/* Whether, and in which language, the spelling in @view is checked: for all texts of a brand. Not
 * to be seen where there is no dictionary. */
GtkWidget *smm_spell_button_new (GtkTextView *view);
/* Of which there can be more. */
void smm_spell_button_add_view (SmmSpellButton *self, GtkTextView *view);
/* @languages: as the brand says ("English, Finnish"), nullable. */
void smm_spell_button_set_brand (SmmSpellButton *self, const char *brand_id, const char *languages);

G_END_DECLS

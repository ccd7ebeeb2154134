/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SMM_TYPE_SPELL_MARKS (smm_spell_marks_get_type ())
G_DECLARE_FINAL_TYPE (SmmSpellMarks, smm_spell_marks, SMM, SPELL_MARKS, GObject)

/* Underlines what is wrong in a text view, whatever buffer it shows, and adds better words to its
 * context menu. Borrowed: it lives as long as @view. Looks a moment after typing has paused, at the
 * lines that changed; the word that is being typed is left alone until the cursor leaves it. */
SmmSpellMarks *smm_spell_marks_new (GtkTextView *view);
/* NULL: nothing is looked at, and no mark stays. */
void smm_spell_marks_set_language (SmmSpellMarks *self, const char *language);

G_END_DECLS

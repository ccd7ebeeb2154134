/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Where a word stands in its text, in bytes. */
typedef struct
{
  gsize start, end;
} SmmSpellWord;

/* The words of @text that a dictionary can judge, in order: SmmSpellWord. Left out are hashtags,
 * mentions, addresses, {variables}, what has digits in it, single letters, and scripts that do not
 * part their words. Pure. */
GArray *smm_spell_find_words (const char *text);
/* The word at @start to @end as dictionaries write it, with ' for ’. */
char *smm_spell_get_word (const char *text, const SmmSpellWord *word);

G_END_DECLS

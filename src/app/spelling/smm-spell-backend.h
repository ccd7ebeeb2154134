/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The dictionaries of the system, through Enchant; a build without it has none. Loading one takes
 * up to half a second and a suggestion a tenth: all of this is called in one thread at a time,
 * never the main one.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  SMM_SPELLING_UNKNOWN, /* not looked at yet */
  SMM_SPELLING_RIGHT,
  SMM_SPELLING_OWN, /* right because the user said so */
  SMM_SPELLING_WRONG,
} SmmSpelling;

typedef enum
{
  SMM_SPELL_ADD,    /* to the user's own dictionary, which other programs read too */
  SMM_SPELL_REMOVE, /* from there */
  SMM_SPELL_IGNORE, /* until the program ends */
} SmmSpellTeach;

/* Tags like "en_US", with NULL at the end. */
char **smm_spell_backend_list (void);
SmmSpelling smm_spell_backend_check (const char *language, const char *word);
/* NULL: none. */
char **smm_spell_backend_suggest (const char *language, const char *word);
void smm_spell_backend_teach (const char *language, const char *word, SmmSpellTeach how);

G_END_DECLS

/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A build without Enchant: no dictionary, so nothing is ever asked of one. */

#include "config.h"

#include "smm-spell-backend.h"

char **
smm_spell_backend_list (void)
{
  return g_new0 (char *, 1);
}

SmmSpelling
smm_spell_backend_check (const char *language, const char *word)
{
  return SMM_SPELLING_RIGHT;
}

char **
smm_spell_backend_suggest (const char *language, const char *word)
{
  return NULL;
}

void
smm_spell_backend_teach (const char *language, const char *word, SmmSpellTeach how)
{
}

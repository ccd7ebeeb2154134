/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * DESIGN: spelling.
 *
 * What a dictionary says of single words. The dictionaries are the system's, reached through
 * Enchant (smm-spell-backend.h) in a thread of their own; what they said is kept, so that most
 * words are known at once. smm-spell-words.c finds the words of a text, smm-spell-marks.c marks the
 * wrong ones in a text view and offers better ones, smm-spell-button.c is the menu with the
 * languages. Without Enchant or without dictionaries there is none of it to be seen.
 */

#pragma once

#include <gio/gio.h>

#include "smm-languages.h"
#include "smm-spell-backend.h"

G_BEGIN_DECLS

#define SMM_TYPE_SPELLER (smm_speller_get_type ())
G_DECLARE_FINAL_TYPE (SmmSpeller, smm_speller, SMM, SPELLER, GObject)

/* The program's only one; borrowed. Signals: "ready" (): the languages are known; "learnt" (boolean
 * anew): more words are, or (@anew) some are judged otherwise now. */
SmmSpeller *smm_speller_get_default (void);
/* Looks which dictionaries there are, if nobody did yet. */
void smm_speller_load (SmmSpeller *self);
/* SmmLanguage, by name; NULL until they are known. */
GPtrArray *smm_speller_get_languages (SmmSpeller *self);

SmmSpelling smm_speller_look_up (SmmSpeller *self, const char *language, const char *word);
/* Has them judged; "learnt" when that is done. */
void smm_speller_ask (SmmSpeller *self, const char *language, const char *const *words);
void smm_speller_suggest_async (SmmSpeller *self, const char *language, const char *word,
                                GCancellable *cancellable, GAsyncReadyCallback callback,
                                gpointer user_data);
/* NULL: none, or cancelled (@error). */
char **smm_speller_suggest_finish (SmmSpeller *self, GAsyncResult *result, GError **error);
void smm_speller_teach (SmmSpeller *self, const char *language, const char *word,
                        SmmSpellTeach how);

/* What the user chose; kept in @settings from when they are known (nullable). */
void smm_speller_set_settings (SmmSpeller *self, GSettings *settings);
gboolean smm_speller_is_on (SmmSpeller *self);
void smm_speller_set_on (SmmSpeller *self, gboolean on);
/* The language of a brand's posts; NULL: nobody chose one. */
char *smm_speller_dup_choice (SmmSpeller *self, const char *brand_id);
void smm_speller_choose (SmmSpeller *self, const char *brand_id, const char *language);

G_END_DECLS

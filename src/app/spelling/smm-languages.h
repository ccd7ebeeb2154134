/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A language there is a dictionary of. */
typedef struct
{
  char *tag; /* "en_US" */
  char
      *name; /* for people, translated: "English (United States)"; the tag where nothing is known */
  char *english; /* "English" */
  char *local;   /* "Englisch", as people who read this program call it */
} SmmLanguage;

/* Names come from the ISO lists of the system, which this reads: not for the main thread. By name.
 */
GPtrArray *smm_languages_describe (const char *const *tags);
/* The dictionary for what a brand says of its languages ("English, Finnish") or, if it says
 * nothing, for the first of @locale (g_get_language_names()); NULL: there is none. @missing: the
 * language that was wanted then; NULL if none was. */
const SmmLanguage *smm_languages_pick (GPtrArray *languages, const char *wanted,
                                       const char *const *locale, char **missing);

G_END_DECLS

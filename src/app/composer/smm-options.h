/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "smm-records.h"

G_BEGIN_DECLS

/*
 * The options of a post (SMM_OPTION_…, char* → char*) and what differs from them on one account: a
 * table of its own in which "" takes one away.
 */
/* NULL and "" take it away. */
void smm_options_set (GHashTable *options, const char *key, const char *value);
void smm_options_copy (GHashTable *to, GHashTable *from);
/* What an account has; @common and @own may be NULL. */
GHashTable *smm_options_merge (GHashTable *common, GHashTable *own);
/* What makes @shown of @common; NULL: nothing. */
GHashTable *smm_options_differ (GHashTable *shown, GHashTable *common);
/* "Own options: audience, cover" */
char *smm_options_describe (GHashTable *own);

/* Of SMM_OPTION_COLLABORATORS: "@anna , ben" → "anna,ben" → "anna, ben". */
char *smm_names_read (const char *text);
char *smm_names_show (const char *names);
/* Of SMM_OPTION_USER_TAGS, as people write and read names: "anna, ben". */
char *smm_user_tags_list_names (const char *tags);
/* Names of @tags stay where they were tagged; new ones stand beside each other. */
char *smm_user_tags_from_names (const char *names, const char *tags);

G_END_DECLS

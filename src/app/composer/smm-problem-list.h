/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "smm-records.h"

G_BEGIN_DECLS

#define SMM_TYPE_PROBLEM_LIST (smm_problem_list_get_type ())
G_DECLARE_FINAL_TYPE (SmmProblemList, smm_problem_list, SMM, PROBLEM_LIST, GtkBox)

/*
 * Why a post can't go out as it is, said while it is written, with a button where the app can help.
 * Signal "fix" (string fix, SmmAccount whose it is, int media index).
 */
GtkWidget *smm_problem_list_new (void);
/* @accounts: SmmAccount* the post is for. TRUE: one of the problems stops the post.
 * @tiktok: account id → what TikTok's own part of the form says, for people. */
gboolean smm_problem_list_update (SmmProblemList *self, SmmPost *post, GPtrArray *accounts,
                                  GHashTable *tiktok);
/* Whether the buttons stand below the words. */
void smm_problem_list_set_narrow (SmmProblemList *self, gboolean narrow);
/* What stands in the way of @post, as the account gets it: PUBLISHED nothing, UNCONFIRMED warnings,
 * HELD: it waits for the account, FAILED. */
SmmTargetState smm_problem_find_worst (SmmPost *post, SmmAccount *account);
/* Characters as @platform counts them, and how many it takes. */
glong smm_problem_count_text (SmmPlatformId platform, const char *text, glong *limit);

G_END_DECLS

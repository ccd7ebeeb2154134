/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "smm-media-client.h"

G_BEGIN_DECLS

/*
 * What to make of a medium so that a platform takes it. @fix as SmmProblem has it: "crop", "pad",
 * "re-encode", "trim-video". @doing and @done: sentences for people, free with g_free.
 */
gboolean smm_media_fix_plan (const char *fix, SmmPost *post, SmmPlatformId platform, int index,
                             SmmMediaEdit *edit, char **doing, char **done);
/* What it would take away: "Cropping to 4:5 removes 6 % of its height"; NULL nothing to say. */
char *smm_media_fix_describe (const char *fix, SmmPost *post, SmmPlatformId platform, int index);

G_END_DECLS

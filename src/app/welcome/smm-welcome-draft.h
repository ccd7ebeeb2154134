/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "smm-paths.h"

G_BEGIN_DECLS

/*
 * What was typed about oneself before one went on: nothing of it is in the library yet. A file of a
 * few lines in the folder for state, gone when one goes on, when nothing is typed any more, and
 * with all else that is erased. Whoever can write there may have changed it: what can't be what
 * this wrote counts as nothing.
 */
typedef struct
{
  char *name, *email, *organization;
} SmmWelcomeDraft;

void smm_welcome_draft_free (SmmWelcomeDraft *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmmWelcomeDraft, smm_welcome_draft_free)

/* Path of the file, which may not exist. (transfer full) */
char *smm_welcome_draft_get_path (SmmPaths *paths);
/* (nullable): there is none, or none to be believed. Blocks, for a small file. */
SmmWelcomeDraft *smm_welcome_draft_read (SmmPaths *paths);
/* With nothing in it the file is removed. Blocks, for a small file. */
gboolean smm_welcome_draft_write (SmmPaths *paths, const SmmWelcomeDraft *self, GError **error);

G_END_DECLS

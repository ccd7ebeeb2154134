/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * DESIGN: the composer.
 *
 * One post, written once for all its accounts. It is kept as a draft while it is written (300 ms
 * after the last change, 700 ms after the first, and on closing), a scheduled post is edited in
 * place, a published one can only be read. smm-composer.c shows and reads the widgets, smm-composer-save.c keeps the post in
 * the library by commands. Nothing typed is ever dropped: what can't be saved stays on screen and
 * the reason is said above it.
 */

#pragma once

#include <adwaita.h>

#include "smm-library.h"

G_BEGIN_DECLS

#define SMM_TYPE_COMPOSER (smm_composer_get_type ())
G_DECLARE_FINAL_TYPE (SmmComposer, smm_composer, SMM, COMPOSER, AdwBin)

/* Signals: "closed" (), "toast" (string text, boolean undoable). */
SmmComposer *smm_composer_new (SmmLibrary *library);
/* @due_at: µs UTC, 0: no time yet. @files: GFile*, nullable. */
void smm_composer_open_new (SmmComposer *self, const char *brand_id, gint64 due_at,
                            GListModel *files);
void smm_composer_open_post (SmmComposer *self, const char *post_id);

G_END_DECLS

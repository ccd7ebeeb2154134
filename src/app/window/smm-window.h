/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * DESIGN: the app room.
 *
 * What people see. The window shows pages (calendar, posts, accounts) beside a sidebar that folds,
 * the welcome page while there is no brand, and the composer over everything. Pages read the
 * library's read-only store (a few ms, on the main loop), change it with commands, and are told to
 * read again when the library says "changed", at most once a frame. Nothing here knows SQL, HTTP or
 * a token; nothing is sent before the first paint. Pages talk to the window through actions
 * ("win.new-post-at" …) and the signal "toast" (text, undoable).
 */

#pragma once

#include <adwaita.h>

#include "smm-library.h"

G_BEGIN_DECLS

#define SMM_TYPE_WINDOW (smm_window_get_type ())
G_DECLARE_FINAL_TYPE (SmmWindow, smm_window, SMM, WINDOW, AdwApplicationWindow)

/* @settings: may be NULL where the schema is not installed. */
SmmWindow *smm_window_new (GtkApplication *application, GSettings *settings, gboolean practice);
void smm_window_set_library (SmmWindow *self, SmmLibrary *library, SmmPaths *paths);
void smm_window_toast (SmmWindow *self, const char *text, gboolean undoable);
/* Practice mode: what is being prepared; NULL @text: done. */
void smm_window_set_preparing (SmmWindow *self, const char *text);

G_END_DECLS

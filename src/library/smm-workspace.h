/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "smm-store.h"

G_BEGIN_DECLS

/*
 * Closing the workspace: from then on nothing is scheduled, what was is held, and when the days of
 * grace are over everything here is erased. Until the end all of it can be undone. The same, but for
 * the end, for the platforms of a company that somebody switched off. What is on its way already is
 * followed to its end, as nobody could tell otherwise what became of it.
 */
#define SMM_WORKSPACE_MAX_DAYS 30
/* The reason codes of targets that are held for it. */
#define SMM_WORKSPACE_CLOSING "closing"
#define SMM_WORKSPACE_OFF "switched-off"

/* Which posts would go out or be made public by a platform: SmmPost*, the next one first. */
GPtrArray *smm_workspace_list_scheduled (SmmStore *store, int limit);
/* Those that are held because the workspace is being closed. */
GPtrArray *smm_workspace_list_held (SmmStore *store, int limit);

/* FALSE: its company was switched off, and nothing but the end of a sign-in is told to it. @error:
 * SMM_LIBRARY_ERROR_OFF, for people */
gboolean smm_workspace_check_platform (SmmStore *store, SmmPlatformId platform, GError **error);
/* Whether there is anybody to whom nothing may go out. */
gboolean smm_workspace_bans_any (SmmStore *store);
/* How many targets are scheduled that must not go out. */
guint smm_workspace_count_banned (SmmStore *store);

G_END_DECLS

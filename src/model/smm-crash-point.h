/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * SMM_CRASH=name:n makes a build for tests kill itself with SIGKILL at the n-th passage of the point
 * called name. Builds for users have no such code.
 */
#ifdef SMM_CRASH_POINTS
void smm_crash_point (const char *name);
gboolean smm_crash_point_is_armed (const char *name);
#else
#define smm_crash_point(name) ((void) 0)
#define smm_crash_point_is_armed(name) FALSE
#endif

G_END_DECLS

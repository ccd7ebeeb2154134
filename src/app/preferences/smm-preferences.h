/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * DESIGN: app/preferences.
 *
 * What can be set, as it is in the library (library/smm-settings.h): each row is one setting, changed
 * by a command when it is touched, so that Undo and the command line know it too. The window keeps
 * nothing of its own. Backups are made and checked in threads; restoring one is the publisher's work.
 */

#pragma once

#include <adwaita.h>

#include "smm-library-remote.h"

G_BEGIN_DECLS

#define SMM_TYPE_PREFERENCES (smm_preferences_get_type ())
G_DECLARE_FINAL_TYPE (SmmPreferences, smm_preferences, SMM, PREFERENCES, AdwWindow)

GtkWidget *smm_preferences_new (GtkWindow *parent, SmmLibrary *library, SmmPaths *paths);
/* @name: "general", "notices", "ai", "backups" or "privacy". */
void smm_preferences_show_page (SmmPreferences *self, const char *name);

G_END_DECLS

/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "smm-engine.h"
#include "smm-library-local.h"

G_BEGIN_DECLS

/*
 * An icon in the desktop's tray (org.kde.StatusNotifierItem), where there is one and its user wants
 * it: what comes next, whether something needs somebody, and a menu. Without a tray nothing is on the
 * bus; it comes with the tray, also later. It looks at the library only after changes.
 */
#define SMM_TYPE_TRAY (smm_tray_get_type ())
G_DECLARE_FINAL_TYPE (SmmTray, smm_tray, SMM, TRAY, GObject)

/* Publishing was paused or goes on: whoever shows that is to be told. */
typedef void (*SmmTrayPausedFunc) (gpointer user_data);

/* @engine and @user_data are borrowed: free the tray first. */
SmmTray *smm_tray_new (GDBusConnection *bus, SmmLibraryLocal *library, SmmEngine *engine,
                       SmmTrayPausedFunc paused, gpointer user_data);
/* Something in the library changed, or publishing was paused. Many calls are one look. */
void smm_tray_changed (SmmTray *self);

G_END_DECLS

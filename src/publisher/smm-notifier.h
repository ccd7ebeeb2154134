/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "smm-engine.h"
#include "smm-library-local.h"

G_BEGIN_DECLS

/*
 * Tells the desktop (org.freedesktop.Notifications) what the library notes (smm-notices.h): once for
 * each event, with what can be done about it. Without a notification service nothing happens. In
 * quiet hours notices stay in the library, and what is still so is told when they end, or are switched
 * off, by whichever publisher runs then.
 */
#define SMM_TYPE_NOTIFIER (smm_notifier_get_type ())
G_DECLARE_FINAL_TYPE (SmmNotifier, smm_notifier, SMM, NOTIFIER, GObject)

/* @engine is borrowed: free the notifier first. */
SmmNotifier *smm_notifier_new (GDBusConnection *bus, SmmLibraryLocal *library, SmmEngine *engine);
/* Posts, accounts or settings with these ids changed. */
void smm_notifier_changed (SmmNotifier *self, const char *const *ids);

G_END_DECLS

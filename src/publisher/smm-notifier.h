/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "smm-engine.h"
#include "smm-library-local.h"

G_BEGIN_DECLS

/*
 * Tells the desktop (org.freedesktop.Notifications) when a post was published, failed, is in doubt or
 * needs its user: once for each event, with what can be done about it. What was so when the publisher
 * started is not told again. Without a notification service nothing happens. In quiet hours what
 * happens is kept, and what is still so is told when they end (or are switched off); a publisher that
 * is stopped meanwhile leaves it to the window.
 */
#define SMM_TYPE_NOTIFIER (smm_notifier_get_type ())
G_DECLARE_FINAL_TYPE (SmmNotifier, smm_notifier, SMM, NOTIFIER, GObject)

/* @engine is borrowed: free the notifier first. */
SmmNotifier *smm_notifier_new (GDBusConnection *bus, SmmLibraryLocal *library, SmmEngine *engine);
/* Posts with these ids changed. */
void smm_notifier_changed (SmmNotifier *self, const char *const *ids);

G_END_DECLS

/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "smm-store.h"

G_BEGIN_DECLS

/* Every request that left this computer, newest first, in a window of its own. */
void smm_ledger_window_present (GtkWindow *parent, SmmStore *store, GTimeZone *zone);

G_END_DECLS

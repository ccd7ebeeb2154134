/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void smm_calendar_watch_days (GtkWidget *calendar, GSourceFunc clicked, GObject *owner);

G_END_DECLS

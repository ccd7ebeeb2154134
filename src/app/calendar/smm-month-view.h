/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "smm-records.h"

G_BEGIN_DECLS

#define SMM_TYPE_MONTH_VIEW (smm_month_view_get_type ())
G_DECLARE_FINAL_TYPE (SmmMonthView, smm_month_view, SMM, MONTH_VIEW, GtkWidget)

/*
 * The weeks of a month as a grid of days. It asks for the posts of what it shows with the signal
 * "load" (int64 from, int64 to) → GPtrArray of SmmChip, and tells what people do:
 *   "chip-activated" (SmmChip *, GtkWidget *beside)
 *   "chip-moved" (SmmChip *, uint day)
 *   "files-dropped" (GListModel *, uint day), "new-post" (uint day)
 *   "month-changed" ()
 */
GtkWidget *smm_month_view_new (void);
void smm_month_view_set_zone (SmmMonthView *self, GTimeZone *zone);
/* Asks for the posts again and shows what changed. */
void smm_month_view_reload (SmmMonthView *self);
/* @delta: months; 0 with @today: the month of today. */
void smm_month_view_move (SmmMonthView *self, int delta);
void smm_month_view_show_today (SmmMonthView *self);
/* "October 2026"; free with g_free. */
char *smm_month_view_get_title (SmmMonthView *self);
guint32 smm_month_view_get_selected_day (SmmMonthView *self);

G_END_DECLS

/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "smm-day-cell.h"

G_BEGIN_DECLS

#define SMM_TYPE_DAY_COLUMN (smm_day_column_get_type ())
G_DECLARE_FINAL_TYPE (SmmDayColumn, smm_day_column, SMM, DAY_COLUMN, GtkWidget)

/*
 * One day of a week from midnight to midnight: chips at their hours, side by side where they meet,
 * the hour the keyboard is on, and where something would land. Signals as SmmDayCell:
 * "chip-activated" (SmmChip *, GtkWidget *), "new-post" (int minute), "show-posts" (GtkWidget *).
 */
GtkWidget *smm_day_column_new (SmmCalendarModel *model, int min_lane);
/* Pixels of an hour and of a chip. */
void smm_day_column_set_scale (SmmDayColumn *self, int hour, int chip);
void smm_day_column_set_day (SmmDayColumn *self, guint32 day, SmmDayFlags flags, GPtrArray *chips,
                             GTimeZone *zone);
/* int, minutes at which slots are free: outlines that start a post. After set_day. */
void smm_day_column_set_free (SmmDayColumn *self, GArray *minutes);
int smm_day_column_find_free (SmmDayColumn *self, int minute, int before, int after);
guint32 smm_day_column_get_day (SmmDayColumn *self);
/* Whether the keyboard is on this day, and on which hour. */
void smm_day_column_set_current (SmmDayColumn *self, gboolean current, int hour);
void smm_day_column_for_each_chip (SmmDayColumn *self, SmmChipViewFunc func, gpointer user_data);
/* The chip in time order; step -1 or 1 from @view. NULL: there is none. */
GtkWidget *smm_day_column_get_neighbour (SmmDayColumn *self, GtkWidget *view, int step);
/* The chip nearest to a minute of the day, or NULL; @within: minutes away at most. */
GtkWidget *smm_day_column_get_nearest (SmmDayColumn *self, int minute, int within);
void smm_day_column_show_landing (SmmDayColumn *self, int minute, gboolean refused);

G_END_DECLS

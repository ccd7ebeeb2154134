/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "smm-calendar-view.h"

G_BEGIN_DECLS

typedef enum
{
  SMM_DAY_OTHER_MONTH = 1 << 0,
  SMM_DAY_PAST = 1 << 1,
  SMM_DAY_TODAY = 1 << 2,
  SMM_DAY_FIRST = 1 << 3, /* name the month beside the number */
} SmmDayFlags;

#define SMM_TYPE_DAY_CELL (smm_day_cell_get_type ())
G_DECLARE_FINAL_TYPE (SmmDayCell, smm_day_cell, SMM, DAY_CELL, GtkWidget)

/*
 * One day of a month: number, as many chips as fit (problems first, what is over last), "+N more",
 * and while something is dragged over it a ruler of the hours. Signals: "chip-activated"
 * (SmmChip *, GtkWidget *), "new-post" (int minute, -1: any), "show-posts" (GtkWidget *beside).
 */
GtkWidget *smm_day_cell_new (SmmCalendarModel *model);
/* @chips: SmmChip* of the day in time order. Does nothing where nothing changed. */
void smm_day_cell_set_day (SmmDayCell *self, guint32 day, SmmDayFlags flags, GPtrArray *chips,
                           GTimeZone *zone);
/* What the brand notes on the day; NULL: nothing. */
void smm_day_cell_set_note (SmmDayCell *self, const char *note);
/* int, minutes at which slots are free. After set_day. */
void smm_day_cell_set_free (SmmDayCell *self, GArray *minutes);
/* The next month has more weeks or fewer. Before set_day. */
void smm_day_cell_expect_height (SmmDayCell *self, int height);
guint32 smm_day_cell_get_day (SmmDayCell *self);
/* Whether the keyboard is on this day. */
void smm_day_cell_set_current (SmmDayCell *self, gboolean current);
void smm_day_cell_for_each_chip (SmmDayCell *self, SmmChipViewFunc func, gpointer user_data);
/* The chip @step after @view (-1: before) that is in sight; NULL: there is none. */
GtkWidget *smm_day_cell_get_neighbour (SmmDayCell *self, GtkWidget *view, int step);
/* The @index-th chip in sight, or the last one; NULL: there is none. */
GtkWidget *smm_day_cell_get_nth (SmmDayCell *self, int index);
/* The minute of the day under @x of the cell. */
int smm_day_cell_get_minute (SmmDayCell *self, double x, const SmmGrip *grip);
/* Shows the ruler with a mark at @minute; -1: no ruler. */
void smm_day_cell_show_landing (SmmDayCell *self, int minute, gboolean refused);

G_END_DECLS

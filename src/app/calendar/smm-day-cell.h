/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "smm-records.h"

G_BEGIN_DECLS

#define SMM_TYPE_DAY_CELL (smm_day_cell_get_type ())
G_DECLARE_FINAL_TYPE (SmmDayCell, smm_day_cell, SMM, DAY_CELL, GtkWidget)

/*
 * One day of the month: its number, as many chips as fit, "+N more". Signals:
 *   "chip-activated" (SmmChip *, GtkWidget *chip): open the post beside the widget
 *   "chip-dropped" (SmmChip *): move the post to this day
 *   "files-dropped" (GListModel * of GFile): start a post here with these
 *   "new-post" (): start a post here
 */
typedef enum
{
  SMM_DAY_OTHER_MONTH = 1 << 0,
  SMM_DAY_PAST = 1 << 1,
  SMM_DAY_TODAY = 1 << 2,
  SMM_DAY_FIRST = 1 << 3,    /* first cell shown, or first of a month: names the month */
} SmmDayFlags;

GtkWidget *smm_day_cell_new (void);
/* @chips: SmmChip* in time order. */
void smm_day_cell_set_day (SmmDayCell *self, guint32 day, SmmDayFlags flags, GPtrArray *chips,
                           GTimeZone *zone);
guint32 smm_day_cell_get_day (SmmDayCell *self);
/* Only the selected day and its chips are stops of the Tab key. */
void smm_day_cell_set_selected (SmmDayCell *self, gboolean selected);

/* When a post moves to another day it keeps its clock time; without one, the morning. µs UTC. */
gint64 smm_day_get_landing (guint32 day, SmmChip *chip, GTimeZone *zone, char **wall);

G_END_DECLS

/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "smm-calendar-view.h"

G_BEGIN_DECLS

#define SMM_TYPE_CALENDAR_DRAG (smm_calendar_drag_get_type ())
G_DECLARE_FINAL_TYPE (SmmCalendarDrag, smm_calendar_drag, SMM, CALENDAR_DRAG, GObject)

/*
 * Pointer work on the calendar: chips are dragged (Ctrl copies, Shift does not snap, Escape ends
 * it), files of other programs are dropped, a band selects, clicks select. Signals:
 *   "chips-dropped" (GPtrArray of SmmChip, SmmChip *held, uint day, int minute, boolean copy)
 *   "chips-unscheduled" (GPtrArray of SmmChip)
 *   "files-dropped" (GListModel *, uint day, int minute)
 *   "refused" (string): why letting go did nothing
 *   "range" (SmmChip *from, SmmChip *to): Shift and a click
 */
SmmCalendarDrag *smm_calendar_drag_new (GtkOverlay *stage, SmmCalendarModel *model);
void smm_calendar_drag_set_view (SmmCalendarDrag *self, SmmCalendarView *view);
void smm_calendar_drag_set_shelf (SmmCalendarDrag *self, GtkWidget *shelf);
gboolean smm_calendar_drag_is_active (SmmCalendarDrag *self);
void smm_calendar_drag_cancel (SmmCalendarDrag *self);

G_END_DECLS

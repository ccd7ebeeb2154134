/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "smm-calendar-model.h"

G_BEGIN_DECLS

#define SMM_TYPE_CALENDAR_CHANGES (smm_calendar_changes_get_type ())
G_DECLARE_FINAL_TYPE (SmmCalendarChanges, smm_calendar_changes, SMM, CALENDAR_CHANGES, GObject)

/*
 * What people do to posts in the calendar, as commands. However many posts: one command, one step
 * of undo, one toast. Signals "toast" (string, boolean undoable), "applied" (): the library
 * answered, whatever it said.
 */
SmmCalendarChanges *smm_calendar_changes_new (SmmCalendarModel *model);

/* Where @chips land when @anchor lands on @minute of @day and the others keep their distance to it:
 * one gint64 (µs UTC) for each. */
GArray *smm_calendar_plan_landings (GPtrArray *chips, SmmChip *anchor, guint32 day, int minute,
                                    GTimeZone *zone);
/* Where they land when each moves by days and minutes on the clock. */
GArray *smm_calendar_plan_shift (GPtrArray *chips, int days, int minutes, GTimeZone *zone);

/* Why @chips can't be moved, for people; NULL: they can. @at: their landings, or NULL. */
const char *smm_calendar_why_not (GPtrArray *chips, GArray *at, gboolean copies);

/* TRUE: on its way to the library; FALSE: refused or nothing to do, which a toast says. */
gboolean smm_calendar_changes_move (SmmCalendarChanges *self, GPtrArray *chips, GArray *at,
                                    gboolean copies);
gboolean smm_calendar_changes_unschedule (SmmCalendarChanges *self, GPtrArray *chips);
/* What the Delete key means: what is planned is cancelled, what never will be is deleted. */
gboolean smm_calendar_changes_remove (SmmCalendarChanges *self, GPtrArray *chips);

/* @day: "2026-12-01"; @text: "" takes the note away. */
void smm_calendar_changes_set_note (SmmCalendarChanges *self, const char *brand_id, const char *day,
                                    const char *text);

G_END_DECLS

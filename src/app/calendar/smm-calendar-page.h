/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "smm-library.h"

G_BEGIN_DECLS

#define SMM_TYPE_CALENDAR_PAGE (smm_calendar_page_get_type ())
G_DECLARE_FINAL_TYPE (SmmCalendarPage, smm_calendar_page, SMM, CALENDAR_PAGE, GtkBox)

/*
 * The calendar with its header bar: month, week, day and agenda, the drafts shelf. Property "view"
 * ("month", "week", "day", "agenda"). Signals "toast" (string text, boolean undoable),
 * "files-dropped" (GListModel *, int64 due).
 */
GtkWidget *smm_calendar_page_new (SmmLibrary *library, const char *view);
void smm_calendar_page_set_brand (SmmCalendarPage *self, SmmBrand *brand);
void smm_calendar_page_set_narrow (SmmCalendarPage *self, gboolean narrow);
void smm_calendar_page_reload (SmmCalendarPage *self);
/* When Ctrl+N is pressed here the new post is for the selected day; 0: no day chosen. */
gint64 smm_calendar_page_get_new_post_time (SmmCalendarPage *self);

G_END_DECLS

/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "smm-calendar-view.h"

G_BEGIN_DECLS

#define SMM_TYPE_DAY_PANEL (smm_day_panel_get_type ())
G_DECLARE_FINAL_TYPE (SmmDayPanel, smm_day_panel, SMM, DAY_PANEL, GtkBox)

/*
 * All posts of a day, over the calendar and inside its window, so that they can be dragged out of
 * it as from anywhere. Signals "chip-activated" (SmmChip *, GtkWidget *), "closed" ().
 */
GtkWidget *smm_day_panel_new (SmmCalendarModel *model, guint32 day);
void smm_day_panel_reload (SmmDayPanel *self);
void smm_day_panel_focus (SmmDayPanel *self);

G_END_DECLS

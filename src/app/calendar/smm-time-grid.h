/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "smm-calendar-view.h"

G_BEGIN_DECLS

#define SMM_TYPE_TIME_GRID (smm_time_grid_get_type ())
G_DECLARE_FINAL_TYPE (SmmTimeGrid, smm_time_grid, SMM, TIME_GRID, GtkWidget)

/* A week or a day, hour by hour; a SmmCalendarView. */
GtkWidget *smm_time_grid_new (SmmCalendarModel *model, int n_days);

G_END_DECLS

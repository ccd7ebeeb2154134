/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "smm-day-column.h"

G_BEGIN_DECLS

#define SMM_TYPE_TIME_BOARD (smm_time_board_get_type ())
G_DECLARE_FINAL_TYPE (SmmTimeBoard, smm_time_board, SMM, TIME_BOARD, GtkWidget)

/* The tall part of a week that scrolls: hours at the start, columns beside them, the present moment
 * across. The line moves by a timer that runs only while it is on screen. */
GtkWidget *smm_time_board_new (SmmCalendarModel *model, int n_days);
SmmDayColumn *smm_time_board_get_column (SmmTimeBoard *self, int i);
/* Pixels of the hours' names and of an hour. */
int smm_time_board_get_gutter (SmmTimeBoard *self);
int smm_time_board_get_hour_height (SmmTimeBoard *self);
/* Draws the line anew, for the days the columns show now. */
void smm_time_board_update_now (SmmTimeBoard *self);

G_END_DECLS

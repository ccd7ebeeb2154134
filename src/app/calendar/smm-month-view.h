/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "smm-calendar-view.h"

G_BEGIN_DECLS

#define SMM_TYPE_MONTH_VIEW (smm_month_view_get_type ())
G_DECLARE_FINAL_TYPE (SmmMonthView, smm_month_view, SMM, MONTH_VIEW, GtkWidget)

/* The weeks of a month as a grid of days; a SmmCalendarView. */
GtkWidget *smm_month_view_new (SmmCalendarModel *model);

G_END_DECLS

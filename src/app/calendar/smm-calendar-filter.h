/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "smm-calendar-model.h"

G_BEGIN_DECLS

/* A popover to choose what the calendar shows: brands, platforms, an account, states. */
GtkWidget *smm_calendar_filter_new (SmmCalendarModel *model);
/* What is shown, in words: "Instagram, Needs you"; NULL: everything. Free with g_free. */
char *smm_calendar_filter_describe (SmmCalendarModel *model);

G_END_DECLS

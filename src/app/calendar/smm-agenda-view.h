/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "smm-calendar-view.h"

G_BEGIN_DECLS

#define SMM_TYPE_AGENDA_VIEW (smm_agenda_view_get_type ())
G_DECLARE_FINAL_TYPE (SmmAgendaView, smm_agenda_view, SMM, AGENDA_VIEW, GtkWidget)

/* The days one below the other: a week strip, then the posts of that week and the five that
 * follow; a SmmCalendarView. Its rows are recycled. */
GtkWidget *smm_agenda_view_new (SmmCalendarModel *model);

G_END_DECLS

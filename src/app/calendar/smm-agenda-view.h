/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "smm-records.h"

G_BEGIN_DECLS

#define SMM_TYPE_AGENDA_VIEW (smm_agenda_view_get_type ())
G_DECLARE_FINAL_TYPE (SmmAgendaView, smm_agenda_view, SMM, AGENDA_VIEW, GtkWidget)

/*
 * The days one below the other, for narrow windows: a week strip, then the posts of that week and
 * the five that follow. Signals: "load" as SmmMonthView, "chip-activated" (SmmChip *, GtkWidget *),
 * "week-changed" ().
 */
GtkWidget *smm_agenda_view_new (void);
void smm_agenda_view_set_zone (SmmAgendaView *self, GTimeZone *zone);
void smm_agenda_view_reload (SmmAgendaView *self);
void smm_agenda_view_move (SmmAgendaView *self, int weeks);
void smm_agenda_view_show_day (SmmAgendaView *self, guint32 day);
/* Month and year of the week shown; free with g_free. */
char *smm_agenda_view_get_title (SmmAgendaView *self);

G_END_DECLS

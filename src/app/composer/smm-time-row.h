/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SMM_TYPE_TIME_ROW (smm_time_row_get_type ())
G_DECLARE_FINAL_TYPE (SmmTimeRow, smm_time_row, SMM, TIME_ROW, GtkBox)

/*
 * When a post goes out: a day, a clock time and the zone they mean, with a note in words when the
 * time is past, unreadable or touched by a change of the clocks. Signals "changed" () and
 * "free-slot" (): the next free slot is wanted.
 */
GtkWidget *smm_time_row_new (void);
void smm_time_row_set_narrow (SmmTimeRow *self, gboolean narrow);
/* @wall: "2026-12-01T09:00:00" or NULL: no time yet. @zone: IANA name. Emits nothing. */
void smm_time_row_set (SmmTimeRow *self, const char *wall, const char *zone);
/* As if the person had chosen it: emits "changed". */
void smm_time_row_choose (SmmTimeRow *self, const char *wall, const char *zone);
/* Whether the next free slot can be asked for. */
void smm_time_row_offer_slots (SmmTimeRow *self, gboolean offered);
/* NULL when there is no time or it can't be read. */
const char *smm_time_row_get_wall (SmmTimeRow *self);
const char *smm_time_row_get_zone (SmmTimeRow *self);
/* µs UTC; 0: none. */
gint64 smm_time_row_get_due (SmmTimeRow *self);
gboolean smm_time_row_is_past (SmmTimeRow *self);
/* Asks for a time: puts the cursor there. */
void smm_time_row_ask (SmmTimeRow *self);

G_END_DECLS

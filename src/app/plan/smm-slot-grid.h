/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "smm-records.h"

G_BEGIN_DECLS

#define SMM_TYPE_SLOT_GRID (smm_slot_grid_get_type ())
G_DECLARE_FINAL_TYPE (SmmSlotGrid, smm_slot_grid, SMM, SLOT_GRID, AdwBin)

/*
 * The week as a table: a column for each day, a row for each time. It changes nothing itself.
 * Signals: "toggled" (int weekday, int minute, boolean on); "edited" (GVariant a(is) as slots.set
 * takes it, string: what happened).
 */
GtkWidget *smm_slot_grid_new (void);
/* SmmSlot*, of one owner. */
void smm_slot_grid_set_slots (SmmSlotGrid *self, GPtrArray *slots);
/* Forgets the rows that are only kept because their last slot was just taken away. */
void smm_slot_grid_forget (SmmSlotGrid *self);
gboolean smm_slot_grid_has_rows (SmmSlotGrid *self);
/* One letter for a day. */
void smm_slot_grid_set_narrow (SmmSlotGrid *self, gboolean narrow);

G_END_DECLS

/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "smm-calendar-view.h"

G_BEGIN_DECLS

#define SMM_TYPE_DRAFTS_SHELF (smm_drafts_shelf_get_type ())
G_DECLARE_FINAL_TYPE (SmmDraftsShelf, smm_drafts_shelf, SMM, DRAFTS_SHELF, GtkWidget)

/*
 * Drafts without a time, as cards that can be dragged onto a day; a scheduled post dropped here
 * loses its time (SmmCalendarDrag does both). Signal "chip-activated" (SmmChip *, GtkWidget *).
 */
void smm_drafts_shelf_set_model (SmmDraftsShelf *self, SmmCalendarModel *model);
void smm_drafts_shelf_reload (SmmDraftsShelf *self);

G_END_DECLS

/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "smm-records.h"

G_BEGIN_DECLS

#define SMM_TYPE_DRAFTS_SHELF (smm_drafts_shelf_get_type ())
G_DECLARE_FINAL_TYPE (SmmDraftsShelf, smm_drafts_shelf, SMM, DRAFTS_SHELF, GtkWidget)

/*
 * Drafts without a time, as cards that can be dragged onto a day; a scheduled post dropped here
 * loses its time. Signals: "chip-activated" (SmmChip *, GtkWidget *), "chip-dropped" (SmmChip *).
 */
GtkWidget *smm_drafts_shelf_new (void);
/* @chips: SmmChip*, newest first. */
void smm_drafts_shelf_set_chips (SmmDraftsShelf *self, GPtrArray *chips);

G_END_DECLS

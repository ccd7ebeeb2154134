/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "smm-post-list.h"

G_BEGIN_DECLS

#define SMM_TYPE_BULK_BAR (smm_bulk_bar_get_type ())
G_DECLARE_FINAL_TYPE (SmmBulkBar, smm_bulk_bar, SMM, BULK_BAR, GtkBox)

/*
 * What can be done to the chosen posts of a list; shows itself while there are some. Each button is
 * one command and one step of undo. Signals "toast" (string, boolean), "done" (): the user is.
 */
GtkWidget *smm_bulk_bar_new (SmmLibrary *library, SmmPostList *list);
/* Whose tags can be given, and the zone of the times that are asked for; NULL: none. */
void smm_bulk_bar_set_brand (SmmBulkBar *self, SmmBrand *brand);
void smm_bulk_bar_set_narrow (SmmBulkBar *self, gboolean narrow);
/* Shown also while nothing is chosen yet. */
void smm_bulk_bar_set_choosing (SmmBulkBar *self, gboolean choosing);

G_END_DECLS

/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "smm-library.h"

G_BEGIN_DECLS

#define SMM_TYPE_MEDIA_GRID (smm_media_grid_get_type ())
G_DECLARE_FINAL_TYPE (SmmMediaGrid, smm_media_grid, SMM, MEDIA_GRID, AdwBin)

/*
 * Media of the library, to look at, to choose among with Ctrl and Shift, and to drag as files to
 * wherever files are taken. Signals: "chosen" (): other ones are; "activated" (): Return or a
 * double click on the one that is chosen.
 */
GtkWidget *smm_media_grid_new (SmmLibrary *library);
/* Reads what the library has of it; what was chosen stays so, as far as it is there. Returns how
 * many there are. */
guint smm_media_grid_show (SmmMediaGrid *self, const SmmMediaFilter *filter);
/* SmmMedia*, in the order of the grid; full. */
GPtrArray *smm_media_grid_list_chosen (SmmMediaGrid *self);
guint smm_media_grid_get_n_chosen (SmmMediaGrid *self);
/* NULL: none. */
void smm_media_grid_choose (SmmMediaGrid *self, const char *sha256);
/* The keyboard goes to the first one that is chosen, or to the first one. */
void smm_media_grid_focus (SmmMediaGrid *self);

G_END_DECLS

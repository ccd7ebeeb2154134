/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * DESIGN: app/brand.
 *
 * One page sets up a brand and edits it later. Its steps are left in any order; what was changed is
 * saved when a step is left, as one command, so that each can be undone. A brand that is being set up
 * remembers its next step (SmmBrand.setup_step): closing the page, or the program, loses nothing.
 * Nothing here needs the network or an AI.
 */

#pragma once

#include <adwaita.h>

#include "smm-library.h"

G_BEGIN_DECLS

#define SMM_TYPE_BRAND_PAGE (smm_brand_page_get_type ())
G_DECLARE_FINAL_TYPE (SmmBrandPage, smm_brand_page, SMM, BRAND_PAGE, AdwBin)

/*
 * Signals: "finished" (string brand id, boolean connect: the user wants to connect accounts),
 * "closed" (), "toast" (string, boolean undoable).
 */
GtkWidget *smm_brand_page_new (SmmLibrary *library, SmmPaths *paths);
void smm_brand_page_start_new (SmmBrandPage *self);
/* Goes on with what is being set up; else edits. */
void smm_brand_page_open (SmmBrandPage *self, const char *brand_id);

G_END_DECLS

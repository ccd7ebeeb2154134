/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "smm-library-remote.h"

G_BEGIN_DECLS

#define SMM_TYPE_PROBLEM_PAGE (smm_problem_page_get_type ())
G_DECLARE_FINAL_TYPE (SmmProblemPage, smm_problem_page, SMM, PROBLEM_PAGE, AdwBin)

/* The library can't be opened: says why, and offers the last backup where that helps. */
GtkWidget *smm_problem_page_new (SmmLibraryRemote *library, SmmPaths *paths);
void smm_problem_page_set_problem (SmmProblemPage *self, const GError *problem);
gboolean smm_problem_page_is_loss (const GError *problem);

G_END_DECLS

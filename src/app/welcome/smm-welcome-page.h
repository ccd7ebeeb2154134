/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "smm-library.h"

G_BEGIN_DECLS

#define SMM_TYPE_WELCOME_PAGE (smm_welcome_page_get_type ())
G_DECLARE_FINAL_TYPE (SmmWelcomePage, smm_welcome_page, SMM, WELCOME_PAGE, GtkBox)

/*
 * What people meet first: try Practice mode or set up a brand. Who they are and what is kept where
 * is asked and told once; then "win.new-brand" goes on. Left half-way, it begins where it was.
 */
GtkWidget *smm_welcome_page_new (SmmLibrary *library, SmmPaths *paths, gboolean practice);

G_END_DECLS

/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "smm-library.h"

G_BEGIN_DECLS

#define SMM_TYPE_WELCOME_PAGE (smm_welcome_page_get_type ())
G_DECLARE_FINAL_TYPE (SmmWelcomePage, smm_welcome_page, SMM, WELCOME_PAGE, GtkBox)

/*
 * What people meet first: try Practice mode or set up a brand. The form is also used for one more
 * brand. Signals: "done" (string brand id, boolean connect), "back" ().
 */
GtkWidget *smm_welcome_page_new (SmmLibrary *library, gboolean practice);
/* @another: there is a brand already; the profile is not asked for again. */
void smm_welcome_page_show_form (SmmWelcomePage *self, gboolean another);

G_END_DECLS

/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "smm-library.h"

G_BEGIN_DECLS

#define SMM_TYPE_HOLIDAYS_DIALOG (smm_holidays_dialog_get_type ())
G_DECLARE_FINAL_TYPE (SmmHolidaysDialog, smm_holidays_dialog, SMM, HOLIDAYS_DIALOG, AdwWindow)

/* The calendars of holidays that a brand has: to be added from a file, hidden and removed. Signal
 * "toast" (string, boolean: it can be undone). */
GtkWidget *smm_holidays_dialog_new (GtkWindow *parent, SmmLibrary *library, SmmBrand *brand);
void smm_holidays_dialog_add (SmmHolidaysDialog *self, GFile *file);
/* Whether its name ends like that of a calendar file. */
gboolean smm_holidays_is_calendar (GFile *file);

G_END_DECLS

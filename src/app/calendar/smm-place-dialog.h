/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "smm-records.h"

G_BEGIN_DECLS

#define SMM_TYPE_PLACE_DIALOG (smm_place_dialog_get_type ())
G_DECLARE_FINAL_TYPE (SmmPlaceDialog, smm_place_dialog, SMM, PLACE_DIALOG, AdwWindow)

/*
 * Asks for day and time, by keyboard as well. Signal "chosen" (uint day, int minute): where the
 * first of the posts is to go; it has closed then.
 */
GtkWidget *smm_place_dialog_new (GtkWindow *parent, GPtrArray *chips, guint32 day,
                                 const char *zone);
GPtrArray *smm_place_dialog_get_chips (SmmPlaceDialog *self);

G_END_DECLS

/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SMM_TYPE_DAY_BUTTON (smm_day_button_get_type ())
G_DECLARE_FINAL_TYPE (SmmDayButton, smm_day_button, SMM, DAY_BUTTON, GtkWidget)

/* A day and a calendar to choose it from. Signal "changed" (): the user chose. */
/* @none: what it says without a day, and of the choice to have none; NULL: there is always one. */
GtkWidget *smm_day_button_new (const char *name, const char *none);
/* "2026-12-01" or NULL. */
void smm_day_button_set (SmmDayButton *self, const char *day);
const char *smm_day_button_get (SmmDayButton *self);

G_END_DECLS

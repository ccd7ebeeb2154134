/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "smm-rule.h"

G_BEGIN_DECLS

#define SMM_TYPE_REPEAT_DIALOG (smm_repeat_dialog_get_type ())
G_DECLARE_FINAL_TYPE (SmmRepeatDialog, smm_repeat_dialog, SMM, REPEAT_DIALOG, AdwWindow)

/*
 * On which days something comes again, at what time, and with which texts in turn.
 * Signal "chosen" (string rule, string time, GStrv texts).
 */
GtkWidget *smm_repeat_dialog_new (GtkWindow *parent, const SmmRule *rule, const char *time,
                                  const char *const *texts);

G_END_DECLS

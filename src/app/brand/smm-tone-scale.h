/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SMM_TYPE_TONE_SCALE (smm_tone_scale_get_type ())
G_DECLARE_FINAL_TYPE (SmmToneScale, smm_tone_scale, SMM, TONE_SCALE, GtkBox)

/*
 * One scale of a brand's tone: two words over a slider whose filled part grows from the middle.
 * Properties: "low", "high" (words), "value" (-100..100).
 */
int smm_tone_scale_get_value (SmmToneScale *self);
void smm_tone_scale_set_value (SmmToneScale *self, int value);

G_END_DECLS

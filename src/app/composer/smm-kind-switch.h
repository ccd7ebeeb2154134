/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "smm-types.h"

G_BEGIN_DECLS

#define SMM_TYPE_KIND_SWITCH (smm_kind_switch_get_type ())
G_DECLARE_FINAL_TYPE (SmmKindSwitch, smm_kind_switch, SMM, KIND_SWITCH, GtkBox)

/* Post, reel or story, as a segmented control. Signal "changed", when somebody chooses another. */
GtkWidget *smm_kind_switch_new (void);
SmmPostKind smm_kind_switch_get (SmmKindSwitch *self);
/* Emits nothing. */
void smm_kind_switch_set (SmmKindSwitch *self, SmmPostKind kind);

G_END_DECLS

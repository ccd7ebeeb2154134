/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define SMM_TYPE_ZONE_CHOOSER (smm_zone_chooser_get_type ())
G_DECLARE_FINAL_TYPE (SmmZoneChooser, smm_zone_chooser, SMM, ZONE_CHOOSER, AdwBin)

/* The time zones of the world by their cities, to be searched. Signal "changed" (), when somebody
 * chooses another. */
GtkWidget *smm_zone_chooser_new (void);
/* IANA name; emits nothing. */
void smm_zone_chooser_set (SmmZoneChooser *self, const char *zone);
const char *smm_zone_chooser_get (SmmZoneChooser *self);

G_END_DECLS

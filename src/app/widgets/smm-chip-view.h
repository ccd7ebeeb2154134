/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "smm-records.h"

G_BEGIN_DECLS

#define SMM_TYPE_CHIP_VIEW (smm_chip_view_get_type ())
G_DECLARE_FINAL_TYPE (SmmChipView, smm_chip_view, SMM, CHIP_VIEW, GtkWidget)

/*
 * One post in a calendar: state, time, marks, title where six letters fit, picture. Signal
 * "activated": clicked or Enter. It is a drag source of an SmmChip unless the post is pinned.
 */
GtkWidget *smm_chip_view_new (void);
void smm_chip_view_set_chip (SmmChipView *self, SmmChip *chip, GTimeZone *zone);
SmmChip *smm_chip_view_get_chip (SmmChipView *self);

/* Sentence for assistive tools and tooltips; free with g_free. */
char *smm_chip_describe (SmmChip *chip, GTimeZone *zone);

G_END_DECLS

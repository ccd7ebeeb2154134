/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "smm-records.h"

G_BEGIN_DECLS

typedef enum
{
  SMM_CHIP_ROW,   /* one line: a month */
  SMM_CHIP_BLOCK, /* two lines and a tall picture: a week, a day */
  SMM_CHIP_CARD,  /* picture, title, marks: a draft on the shelf */
} SmmChipShape;

#define SMM_TYPE_CHIP_VIEW (smm_chip_view_get_type ())
G_DECLARE_FINAL_TYPE (SmmChipView, smm_chip_view, SMM, CHIP_VIEW, GtkWidget)

/*
 * One post in a calendar: state, time, marks, title where six letters fit, picture. What does not
 * fit is left out, not cut. Signal "activated": clicked or Enter. Dragging and selecting are its
 * surroundings' business.
 */
GtkWidget *smm_chip_view_new (SmmChipShape shape);
void smm_chip_view_set_chip (SmmChipView *self, SmmChip *chip, GTimeZone *zone);
SmmChip *smm_chip_view_get_chip (SmmChipView *self);
SmmChipShape smm_chip_view_get_shape (SmmChipView *self);
void smm_chip_view_set_selected (SmmChipView *self, gboolean selected);
/* The place a chip that is being dragged came from. */
void smm_chip_view_set_hole (SmmChipView *self, gboolean hole);

/* Sentence for assistive tools and tooltips; free with g_free. */
char *smm_chip_describe (SmmChip *chip, GTimeZone *zone);

G_END_DECLS

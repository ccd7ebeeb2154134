/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "smm-chip-view.h"

G_BEGIN_DECLS

#define SMM_TYPE_DRAG_LAYER (smm_drag_layer_get_type ())
G_DECLARE_FINAL_TYPE (SmmDragLayer, smm_drag_layer, SMM, DRAG_LAYER, GtkWidget)

/*
 * What floats over the calendar while something is dragged: the chip, what it would mean to let go
 * here, and the band that selects. It takes no input.
 */
GtkWidget *smm_drag_layer_new (void);
/* A chip of @width pixels, held at (@grip_x, @grip_y) of it; @n: how many posts it stands for. */
void smm_drag_layer_carry (SmmDragLayer *self, SmmChip *chip, GTimeZone *zone, SmmChipShape shape,
                           int width, double grip_x, double grip_y, guint n);
/* The pointer, in the layer's coordinates. */
void smm_drag_layer_move (SmmDragLayer *self, double x, double y);
/* The label beside the pointer; NULL: none. @refused: letting go here does nothing. */
void smm_drag_layer_tell (SmmDragLayer *self, const char *text, const char *detail,
                          gboolean refused);
/* NULL: none. */
void smm_drag_layer_set_band (SmmDragLayer *self, const graphene_rect_t *band);
void smm_drag_layer_clear (SmmDragLayer *self);

G_END_DECLS

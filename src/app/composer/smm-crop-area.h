/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "smm-records.h"

G_BEGIN_DECLS

#define SMM_TYPE_CROP_AREA (smm_crop_area_get_type ())
G_DECLARE_FINAL_TYPE (SmmCropArea, smm_crop_area, SMM, CROP_AREA, GtkWidget)

/*
 * A picture with a frame on it that is moved and sized by pointer (inside, corners) and keyboard
 * (arrows, with Shift farther; plus and minus). Signal "changed" ().
 */
GtkWidget *smm_crop_area_new (void);
void smm_crop_area_set_media (SmmCropArea *self, SmmMedia *media);
/* @ratio: width / height in pixels; 0: any. The frame becomes as large as it can be. */
void smm_crop_area_set_ratio (SmmCropArea *self, double ratio);
/* Fractions of the whole. */
void smm_crop_area_get (SmmCropArea *self, graphene_rect_t *frame);

/* Pure: the largest frame of @ratio in a picture of @picture (width / height), its middle as near to
 * that of @frame as it can be. */
void smm_crop_fit (graphene_rect_t *frame, double picture, double ratio);

G_END_DECLS

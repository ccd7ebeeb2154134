/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gst/video/video.h>

#include "smm-media-plan.h"

G_BEGIN_DECLS

/* Crops, pads and scales the pictures of a video. For one thread. */
typedef struct _SmmComposer SmmComposer;

/* @width and @height: the size in which @plan thinks of the source. */
SmmComposer *smm_composer_new (int width, int height, const SmmEditPlan *plan, gboolean blur);
void smm_composer_free (SmmComposer *self);
GstCaps *smm_composer_get_caps (SmmComposer *self, int rate_n, int rate_d);
/* NULL: the picture can't be read. */
GstBuffer *smm_composer_compose (SmmComposer *self, GstSample *sample);

G_END_DECLS

/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "smm-brand.h"
#include "smm-brand-desk.h"

G_BEGIN_DECLS

/* Captions that the AI writes in the tone of the brand, when it is asked. */
#define SMM_TYPE_BRAND_SAMPLES (smm_brand_samples_get_type ())
G_DECLARE_FINAL_TYPE (SmmBrandSamples, smm_brand_samples, SMM, BRAND_SAMPLES, GtkBox)

void smm_brand_samples_bind (SmmBrandSamples *self, SmmBrandDesk *desk);
/* The brand as it stands on the page now; of another one than before nothing is shown yet. */
void smm_brand_samples_set_brand (SmmBrandSamples *self, SmmBrand *brand);

G_END_DECLS

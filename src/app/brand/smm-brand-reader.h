/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Reads the brand's website when it is told to, shows what was read, asks the AI what it would say
 * of the brand, and lets each proposal be used. Signal "use" (a GPtrArray of SmmBrandProposal*): the
 * user wants these in the brand.
 */

#pragma once

#include <adwaita.h>

#include "smm-brand-ai.h"
#include "smm-brand-desk.h"

G_BEGIN_DECLS

#define SMM_TYPE_BRAND_READER (smm_brand_reader_get_type ())
G_DECLARE_FINAL_TYPE (SmmBrandReader, smm_brand_reader, SMM, BRAND_READER, AdwBin)

void smm_brand_reader_bind (SmmBrandReader *self, SmmBrandDesk *desk);
/* The brand as it stands on the page now; another one than before: what was read is forgotten. */
void smm_brand_reader_set_brand (SmmBrandReader *self, SmmBrand *brand);

G_END_DECLS

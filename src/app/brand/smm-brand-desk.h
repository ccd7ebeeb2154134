/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "smm-ai-ask.h"
#include "smm-library.h"

G_BEGIN_DECLS

/* What the page of a brand asks others with: the sender and the AI. Made when first needed, so that
 * a page that only shows things opens nothing. */
#define SMM_TYPE_BRAND_DESK (smm_brand_desk_get_type ())
G_DECLARE_FINAL_TYPE (SmmBrandDesk, smm_brand_desk, SMM, BRAND_DESK, GObject)

SmmBrandDesk *smm_brand_desk_new (SmmLibrary *library, SmmPaths *paths);
SmmLibrary *smm_brand_desk_get_library (SmmBrandDesk *self);
/* Borrowed; NULL with @error: the table of endpoints can't be read, or there is no library yet. */
SmmHttp *smm_brand_desk_get_http (SmmBrandDesk *self, GError **error);
SmmAiClient *smm_brand_desk_get_ai (SmmBrandDesk *self, GError **error);

G_END_DECLS

/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "smm-paths.h"
#include "smm-records.h"

G_BEGIN_DECLS

/* The face of a brand: its logo, else its initial on its main colour, else what the toolkit makes of
 * its name. The logo is loaded off the main loop. @brand may be NULL. */
void smm_brand_avatar_show (AdwAvatar *avatar, SmmBrand *brand, SmmPaths *paths);
/* The main colour; FALSE: the brand has none. */
gboolean smm_brand_get_color (SmmBrand *brand, GdkRGBA *color);

G_END_DECLS

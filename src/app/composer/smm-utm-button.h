/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "smm-library.h"

G_BEGIN_DECLS

#define SMM_TYPE_UTM_BUTTON (smm_utm_button_get_type ())
G_DECLARE_FINAL_TYPE (SmmUtmButton, smm_utm_button, SMM, UTM_BUTTON, AdwBin)

/*
 * What tells a website's own statistics where a visitor came from: utm_source, utm_medium and
 * utm_campaign, as the brand has them ("brand.ID.utm"). Signals: "add" (), "remove" ().
 */
GtkWidget *smm_utm_button_new (SmmLibrary *library);
void smm_utm_button_set_brand (SmmUtmButton *self, const char *brand_id);
/* The link with them; NULL: it is no web address. */
char *smm_utm_button_tag (SmmUtmButton *self, const char *link);
/* Whether the brand wants them on every link. */
gboolean smm_utm_button_is_automatic (SmmUtmButton *self);

G_END_DECLS

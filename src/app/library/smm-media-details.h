/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "smm-library.h"

G_BEGIN_DECLS

#define SMM_TYPE_MEDIA_DETAILS (smm_media_details_get_type ())
G_DECLARE_FINAL_TYPE (SmmMediaDetails, smm_media_details, SMM, MEDIA_DETAILS, GtkBox)

/*
 * One medium: what it is, what it is called, how it is described for those who can't see it, its
 * tags, and the posts that use it. Signals "toast" (string, boolean), "closed" ().
 */
GtkWidget *smm_media_details_new (SmmLibrary *library);
/* @sha256: NULL: nothing. */
void smm_media_details_show (SmmMediaDetails *self, const char *sha256, GTimeZone *zone);

G_END_DECLS

/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * DESIGN: app/library.
 *
 * The pictures and videos of the library. SmmMediaPage is a SmmMediaGrid with its search,
 * SmmMediaDetails what is known of the chosen one and where it is used, SmmMediaMany what can be
 * done to several, SmmMediaImport brings files in, one after the other. SmmMediaPicker is the grid
 * for whoever writes a post. A medium is what its bytes are: the same file added twice is one
 * medium.
 */

#pragma once

#include <adwaita.h>

#include "smm-library.h"

G_BEGIN_DECLS

#define SMM_TYPE_MEDIA_PAGE (smm_media_page_get_type ())
G_DECLARE_FINAL_TYPE (SmmMediaPage, smm_media_page, SMM, MEDIA_PAGE, GtkBox)

/* Signal "toast" (string, boolean). */
GtkWidget *smm_media_page_new (SmmLibrary *library);
void smm_media_page_set_zone (SmmMediaPage *self, const char *zone);
void smm_media_page_set_narrow (SmmMediaPage *self, gboolean narrow);
void smm_media_page_reload (SmmMediaPage *self);
void smm_media_page_start_search (SmmMediaPage *self);

G_END_DECLS

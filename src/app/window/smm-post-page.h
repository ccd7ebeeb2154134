/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "smm-library.h"

G_BEGIN_DECLS

#define SMM_TYPE_POST_PAGE (smm_post_page_get_type ())
G_DECLARE_FINAL_TYPE (SmmPostPage, smm_post_page, SMM, POST_PAGE, GtkBox)

/*
 * One post with a page to itself: what it is, what each account says of it, what happened there step
 * by step, and what can be done. It stays up to date. Signals "closed" (), "toast" (string, boolean).
 */
GtkWidget *smm_post_page_new (SmmLibrary *library);
void smm_post_page_show (SmmPostPage *self, const char *post_id, GTimeZone *zone);

G_END_DECLS

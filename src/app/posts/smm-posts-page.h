/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "smm-library.h"

G_BEGIN_DECLS

#define SMM_TYPE_POSTS_PAGE (smm_posts_page_get_type ())
G_DECLARE_FINAL_TYPE (SmmPostsPage, smm_posts_page, SMM, POSTS_PAGE, GtkBox)

/* All posts as a table with search, filters and what can be done to many. Signal "toast" (string, boolean). */
GtkWidget *smm_posts_page_new (SmmLibrary *library);
void smm_posts_page_set_brand (SmmPostsPage *self, SmmBrand *brand);
void smm_posts_page_set_narrow (SmmPostsPage *self, gboolean narrow);
void smm_posts_page_reload (SmmPostsPage *self);
/* Puts the cursor into the search entry. */
void smm_posts_page_start_search (SmmPostsPage *self);
/* Shows only held, failed and unconfirmed posts. */
void smm_posts_page_show_attention (SmmPostsPage *self);

G_END_DECLS

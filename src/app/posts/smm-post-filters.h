/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "smm-library.h"

G_BEGIN_DECLS

#define SMM_TYPE_POST_FILTERS (smm_post_filters_get_type ())
G_DECLARE_FINAL_TYPE (SmmPostFilters, smm_post_filters, SMM, POST_FILTERS, GtkBox)

/* The filters over a table of posts: state, platform, account, tag, period, brand. Signal "changed" (). */
GtkWidget *smm_post_filters_new (void);
/* Which accounts and brands there are to choose from; @store: may be NULL. */
void smm_post_filters_load (SmmPostFilters *self, SmmStore *store, SmmBrand *brand);
/* Writes what is chosen into @filter; its strings belong to the filters. */
void smm_post_filters_fill (SmmPostFilters *self, SmmPostFilter *filter, GTimeZone *zone);
gboolean smm_post_filters_is_any (SmmPostFilters *self);
/* Nothing but the posts that need somebody. Emits nothing. */
void smm_post_filters_show_attention (SmmPostFilters *self);
void smm_post_filters_reset (SmmPostFilters *self);

G_END_DECLS

/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SMM_TYPE_SPLIT (smm_split_get_type ())
G_DECLARE_FINAL_TYPE (SmmSplit, smm_split, SMM, SPLIT, GtkWidget)

/*
 * A sidebar beside the content; below 700 pixels it folds away ("narrow") and, when asked for
 * ("show-sidebar"), comes back over the content. Properties: "sidebar", "content", "narrow"
 * (read), "show-sidebar".
 */
GtkWidget *smm_split_new (void);
gboolean smm_split_get_narrow (SmmSplit *self);
void smm_split_set_show_sidebar (SmmSplit *self, gboolean show);
gboolean smm_split_get_show_sidebar (SmmSplit *self);

G_END_DECLS

/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SMM_TYPE_WRAP (smm_wrap_get_type ())
G_DECLARE_FINAL_TYPE (SmmWrap, smm_wrap, SMM, WRAP, GtkWidget)

/*
 * Children one after another at their natural width, in as many lines as it takes. GtkFlowBox makes
 * columns of equal width; this is for chips.
 */
GtkWidget *smm_wrap_new (int spacing);
void smm_wrap_set_at_end (SmmWrap *self, gboolean at_end);
void smm_wrap_append (SmmWrap *self, GtkWidget *child);
void smm_wrap_clear (SmmWrap *self);

G_END_DECLS

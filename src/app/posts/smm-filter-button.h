/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SMM_TYPE_FILTER_BUTTON (smm_filter_button_get_type ())
G_DECLARE_FINAL_TYPE (SmmFilterButton, smm_filter_button, SMM, FILTER_BUTTON, GtkBox)

/*
 * A pill with a menu of what to show: "State ▾", or "Failed, Drafts ×" once something is chosen.
 * Signal "changed" (): the user chose; not when the program did.
 */
/* @exclusive: one choice at most. */
GtkWidget *smm_filter_button_new (const char *title, gboolean exclusive);
/* @icon: may be NULL. @css: class of the icon, may be NULL. */
void smm_filter_button_add (SmmFilterButton *self, const char *id, const char *label,
                            const char *icon, const char *css);
/* Takes all choices away; what was chosen and is added again is chosen again. */
void smm_filter_button_clear (SmmFilterButton *self);
gboolean smm_filter_button_is_chosen (SmmFilterButton *self, const char *id);
/* The first choice, or NULL. */
const char *smm_filter_button_get_chosen (SmmFilterButton *self);
/* @ids: NULL-terminated; NULL: nothing. Emits nothing. */
void smm_filter_button_choose (SmmFilterButton *self, const char *const *ids);

G_END_DECLS

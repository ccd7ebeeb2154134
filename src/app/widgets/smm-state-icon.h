/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * DESIGN: app/widgets.
 *
 * Small widgets every view uses: a chip, platform marks, state icons, thumbnails, the split that
 * folds the sidebar. They show records of model/ and know no library. Colours come from CSS classes
 * ("state-scheduled" …), never from C; what GTK calls differently in later versions is wrapped here.
 */

#pragma once

#include <gtk/gtk.h>

#include "smm-records.h"

G_BEGIN_DECLS

/* Icon name and CSS class of a state. Both are static strings. */
const char *smm_state_icon_name (SmmTargetState state);
const char *smm_state_css_class (SmmTargetState state);
/* Of what draws itself: the colour's name in the style sheet, also a static string. */
const char *smm_state_color_name (SmmTargetState state);
/* Swaps the "state-…" class of any widget. */
void smm_state_style (GtkWidget *widget, SmmTargetState state);
/* Sets icon, class and accessible name of an image. */
void smm_state_image_set (GtkImage *image, SmmTargetState state);
/* Published, publishing and unconfirmed posts can't be changed. */
gboolean smm_state_is_pinned (SmmTargetState state);
/* The state's sentence for people: "Instagram has not told us if this is live" … */
const char *smm_state_get_sentence (SmmTargetState state);

/* The state in a word or two, or who will publish it; @handed_over: SmmPlatformId or 0. Free with
 * g_free. */
char *smm_state_dup_word (SmmTargetState state, guint handed_over);
/* Whether the platform has the target and will publish it. */
gboolean smm_state_is_handed_over (SmmTarget *target);

/* An accessible name for a widget; copies @label. */
void smm_widget_set_label (GtkWidget *widget, const char *label);
/* A tip for the pointer, or none; copies @text. */
void smm_widget_set_tip (GtkWidget *widget, const char *text);

G_END_DECLS

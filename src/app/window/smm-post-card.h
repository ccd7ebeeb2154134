/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "smm-library.h"

G_BEGIN_DECLS

#define SMM_TYPE_POST_CARD (smm_post_card_get_type ())
G_DECLARE_FINAL_TYPE (SmmPostCard, smm_post_card, SMM, POST_CARD, GtkBox)

/*
 * One post, for a popover: text, picture, what each account says, why, and the one button that
 * fixes it; the journal is folded below. Signal "done" (): an action led elsewhere, the popover may
 * close.
 */
GtkWidget *smm_post_card_new (SmmLibrary *library);
void smm_post_card_set_post (SmmPostCard *self, const char *post_id, GTimeZone *zone);

G_END_DECLS

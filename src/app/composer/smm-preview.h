/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "smm-records.h"

G_BEGIN_DECLS

#define SMM_TYPE_PREVIEW (smm_preview_get_type ())
G_DECLARE_FINAL_TYPE (SmmPreview, smm_preview, SMM, PREVIEW, GtkBox)

/* About how a post will look on one platform: in a feed, or upright as reels and stories are. */
GtkWidget *smm_preview_new (SmmPlatformId platform);
/* @post: as the account gets it. @state: PUBLISHED: nothing is in the way, UNCONFIRMED: something is
 * to be said, FAILED: it can't go out like this, HELD: it waits for the account. */
void smm_preview_set (SmmPreview *self, SmmPost *post, SmmAccount *account, GTimeZone *zone,
                      SmmTargetState state);

G_END_DECLS

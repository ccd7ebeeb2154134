/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "smm-records.h"
#include "smm-tiktok-creator.h"

G_BEGIN_DECLS

#define SMM_TYPE_TIKTOK_PANEL (smm_tiktok_panel_get_type ())
G_DECLARE_FINAL_TYPE (SmmTiktokPanel, smm_tiktok_panel, SMM, TIKTOK_PANEL, GtkBox)

/* Kept with the post so that a disclosure that was begun is not forgotten; no adapter reads it. */
#define SMM_OPTION_COMMERCIAL "commercial-content"

/*
 * What TikTok's audit looks for in the form of a post (api/tiktok.md section 6.12): who posts, an
 * audience chosen by hand, what others may do with it, commercial content, and the consent.
 * Signals: "changed" (), "ask" (): the creator has to be asked for, again.
 */
GtkWidget *smm_tiktok_panel_new (void);
/* Takes the options of a stored post; the creator is as unknown as before. */
void smm_tiktok_panel_load (SmmTiktokPanel *self, GHashTable *options);
/* Writes what is chosen into the options of a post, or of what it is on one account. */
void smm_tiktok_panel_read (SmmTiktokPanel *self, GHashTable *options);
/* While it is being asked (both NULL), when TikTok has told (@creator, which has to stay), and when
 * it could not be asked. */
void smm_tiktok_panel_set_creator (SmmTiktokPanel *self, const SmmTiktokCreator *creator,
                                   const char *problem);
void smm_tiktok_panel_set_read_only (SmmTiktokPanel *self, gboolean read_only);
void smm_tiktok_panel_ask_privacy (SmmTiktokPanel *self);

/* smm-tiktok-obstacle.c: why @post may not go to TikTok; NULL: nothing is in the way. Free with
 * g_free. */
char *smm_tiktok_find_obstacle (const SmmTiktokCreator *creator, const char *problem,
                                SmmPost *post);

G_END_DECLS

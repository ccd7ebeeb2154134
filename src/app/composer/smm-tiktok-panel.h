/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "smm-records.h"
#include "smm-tiktok-creator.h"

G_BEGIN_DECLS

#define SMM_TYPE_TIKTOK_PANEL (smm_tiktok_panel_get_type ())
G_DECLARE_FINAL_TYPE (SmmTiktokPanel, smm_tiktok_panel, SMM, TIKTOK_PANEL, GtkBox)

/*
 * What TikTok's audit looks for in the form of a post (api/tiktok.md section 6.12): who posts, an
 * audience chosen by hand, what others may do with it, commercial content, and the consent. Signals:
 * "changed" (), "ask" (): the creator has to be asked for, again.
 */
GtkWidget *smm_tiktok_panel_new (void);
/* Takes the options of a stored post; the creator is as unknown as before. */
void smm_tiktok_panel_load (SmmTiktokPanel *self, GHashTable *options);
/* Writes what is chosen into the post's options. */
void smm_tiktok_panel_read (SmmTiktokPanel *self, SmmPost *post);
/* While it is being asked (both NULL), when TikTok has told (@creator, owned by the panel from then
 * on), and when it could not be asked. */
void smm_tiktok_panel_set_creator (SmmTiktokPanel *self, SmmTiktokCreator *creator,
                                   const char *problem);
void smm_tiktok_panel_set_read_only (SmmTiktokPanel *self, gboolean read_only);
/* Why the post may not go to TikTok; NULL: nothing is in the way. Free with g_free. */
char *smm_tiktok_panel_get_obstacle (SmmTiktokPanel *self, SmmPost *post);
gboolean smm_tiktok_panel_is_asking (SmmTiktokPanel *self);
gboolean smm_tiktok_panel_is_stopped (SmmTiktokPanel *self);
void smm_tiktok_panel_ask_privacy (SmmTiktokPanel *self);

G_END_DECLS

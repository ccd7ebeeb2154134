/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "smm-platform.h"

G_BEGIN_DECLS

/* What a TikTok account may post at the moment. Asked for afresh whenever the form is shown
 * (api/tiktok.md sections 6.3 and 6.12). */
typedef struct
{
  char *nickname;          /* never NULL */
  char *username;          /* without @; NULL unknown */
  char *avatar_url;        /* valid for two hours; NULL none */
  GStrv privacy;           /* "PUBLIC_TO_EVERYONE" … in TikTok's order; never NULL */
  gboolean comment_disabled, duet_disabled, stitch_disabled;
  int max_duration;        /* s, of a video; 0 unknown */
  char *stopped;           /* translated: why it can't post now; NULL it can */
} SmmTiktokCreator;
void smm_tiktok_creator_free (SmmTiktokCreator *creator);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmmTiktokCreator, smm_tiktok_creator_free)

SmmRequest *smm_tiktok_creator_request (const SmmAccount *account);
/* NULL with SMM_PLATFORM_ERROR when there is no answer that says it. */
SmmTiktokCreator *smm_tiktok_creator_parse (const SmmAccount *account, SmmResponse *response,
                                            GError **error);

G_END_DECLS

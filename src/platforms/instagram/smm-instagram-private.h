/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Instagram (api/meta.md section 4). Facts, N the medium's place: "photo:N" and "source:N" (the
 * address of a picture), "container:N", "upload:N" (a video's bytes are there), "ready:N"; of a
 * carousel "container" and "ready"; "quota" when it was read; "fetches" how often something was
 * prepared anew; "published" when a container says so, "unnamed" when no list tells which post it
 * is; "doubted" when a look did not find what was committed.
 */

#pragma once

#include "../meta/smm-meta.h"

G_BEGIN_DECLS

gboolean smm_instagram_is_carousel (const SmmPublication *pub);
gboolean smm_instagram_is_story (const SmmPublication *pub);
const char *smm_instagram_final_container (const SmmPublication *pub);
char *smm_instagram_dup_profile (const SmmPublication *pub);

SmmStep *smm_instagram_next_step (const SmmPublication *pub);
gboolean smm_instagram_needs_place (const SmmPublication *pub, guint n);
SmmOutcome *smm_instagram_apply (const SmmPublication *pub, const SmmStep *step,
                                 SmmResponse *response);

/* The list the post must show up in, and the unique one of it that is ours. */
SmmRequest *smm_instagram_list_request (const SmmPublication *pub, const char *purpose);
typedef struct
{
  guint n;         /* posts that may be ours */
  JsonObject *one; /* which is ours for certain, as nothing else can be it; NULL none */
  gboolean older;  /* one like ours that was made before, if our clock was right then */
  gboolean whole;  /* read back to before the commit */
  gboolean broken; /* holds posts that can't be read */
} SmmInstagramMatch;
void smm_instagram_match (const SmmPublication *pub, JsonObject *answer, SmmInstagramMatch *match);
/* remote_id, permalink, published_at. */
void smm_instagram_adopt (const SmmPublication *pub, GHashTable *facts, JsonObject *item);

SmmRequest *smm_instagram_next_look (const SmmPublication *pub, int look);
SmmReconcile *smm_instagram_apply_look (const SmmPublication *pub, int look, SmmResponse *response);

GPtrArray *smm_instagram_validate (const SmmPost *post, const SmmAccount *account);
/* SMM_OPTION_USER_TAGS and _COLLABORATORS as JSON lists for the API; NULL none, or not readable. */
char *smm_instagram_format_tags (const char *option, gboolean with_place, guint *n);
char *smm_instagram_format_names (const char *option, guint *n);

/* Instagram Login: section 2.12. */
SmmRequest *smm_instagram_login_authorize (const char *app_id, const char *redirect_uri,
                                           const char *state, const char *challenge,
                                           gboolean again);
SmmRequest *smm_instagram_login_next_sign_in (SmmGrant *grant, GHashTable *progress,
                                              const char *app_id, const char *app_secret,
                                              const char *redirect_uri, const char *code,
                                              const char *verifier);
gboolean smm_instagram_login_apply_sign_in (SmmGrant *grant, GHashTable *progress,
                                            SmmResponse *response, GError **error);
SmmRequest *smm_instagram_login_check (const SmmAccount *account);
SmmOutcome *smm_instagram_login_apply_check (const SmmAccount *account, SmmResponse *response);
SmmRequest *smm_instagram_login_refresh (const SmmAccount *account, const SmmTokens *tokens,
                                         const char *app_id, const char *app_secret);
gboolean smm_instagram_login_apply_refresh (const SmmAccount *account, SmmTokens *tokens,
                                            SmmResponse *response, gint64 now, GError **error);

G_END_DECLS

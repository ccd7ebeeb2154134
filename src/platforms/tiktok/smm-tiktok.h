/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * TikTok: one video from a file of this computer, posted directly or left as a draft in the
 * account's inbox (api/tiktok.md). Three answers are told apart by who gave them, never guessed: the
 * OAuth endpoints', the API's, and the bare status of an upload (section 1).
 */

#pragma once

#include "smm-platform.h"

G_BEGIN_DECLS

extern const SmmPlatform smm_tiktok_platform;

/* --- Answers of the API (not of OAuth) --- */
typedef struct
{
  JsonNode *root;        /* NULL: no answer, or not one that can be read */
  JsonObject *data;      /* NULL when there is none */
  gboolean is_ok;
  char *code;            /* error.code; NULL when ok or unreadable */
  char *message;         /* from TikTok; may be NULL */
  char *log_id;
} SmmTiktokAnswer;
void smm_tiktok_answer_read (SmmTiktokAnswer *answer, SmmResponse *response);
void smm_tiktok_answer_clear (SmmTiktokAnswer *answer);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SmmTiktokAnswer, smm_tiktok_answer_clear)

SmmOutcome *smm_tiktok_outcome_new (SmmOutcomeKind kind);
void smm_tiktok_outcome_add (SmmOutcome *outcome, const char *key, const char *value);
void smm_tiktok_outcome_say (SmmOutcome *outcome, const char *code, const char *fix,
                             const char *format, ...) G_GNUC_PRINTF (4, 5);
/* Classes an answer that is not the expected success (section 5). @only_reads: nothing this answer
 * says can mean that the post is not public: never REFUSED. */
SmmOutcome *smm_tiktok_classify (const SmmAccount *account, gboolean only_reads,
                                 const SmmTiktokAnswer *answer, SmmResponse *response);

/* --- Facts and options --- */
const char *smm_tiktok_fact (const SmmPublication *pub, const char *key);
gboolean smm_tiktok_switch (const SmmPost *post, const char *option);
gboolean smm_tiktok_is_user_name (const char *name);

/* --- The upload (section 6.5) --- */
void smm_tiktok_plan (gint64 size, gint64 *chunk_size, gint64 *count);
SmmStep *smm_tiktok_chunk_step (const SmmPublication *pub);
SmmOutcome *smm_tiktok_apply_chunk (const SmmPublication *pub, const SmmStep *step,
                                    SmmResponse *response);

/* --- What became of it (section 6.10) --- */
SmmRequest *smm_tiktok_status_request (const SmmPublication *pub, const char *purpose);
SmmOutcome *smm_tiktok_apply_status (const SmmPublication *pub, const SmmStep *step,
                                     SmmResponse *response);
SmmRequest *smm_tiktok_next_look (const SmmPublication *pub, int look);
SmmReconcile *smm_tiktok_apply_look (const SmmPublication *pub, int look, SmmResponse *response);

GPtrArray *smm_tiktok_validate (const SmmPost *post, const SmmAccount *account);

/* --- Sign-in (section 2) --- */
SmmRequest *smm_tiktok_authorize (const char *app_id, const char *redirect_uri, const char *state,
                                  const char *challenge, gboolean again);
SmmRequest *smm_tiktok_next_sign_in (SmmGrant *grant, GHashTable *progress, const char *app_id,
                                     const char *app_secret, const char *redirect_uri,
                                     const char *code, const char *verifier);
gboolean smm_tiktok_apply_sign_in (SmmGrant *grant, GHashTable *progress, SmmResponse *response,
                                   GError **error);
SmmRequest *smm_tiktok_check (const SmmAccount *account);
SmmOutcome *smm_tiktok_apply_check (const SmmAccount *account, SmmResponse *response);
SmmRequest *smm_tiktok_revoke (const SmmAccount *account);
SmmOutcome *smm_tiktok_apply_revoke (const SmmAccount *account, SmmResponse *response);
SmmRequest *smm_tiktok_refresh (const SmmAccount *account, const SmmTokens *tokens,
                                const char *app_id, const char *app_secret);
gboolean smm_tiktok_apply_refresh (const SmmAccount *account, SmmTokens *tokens,
                                   SmmResponse *response, gint64 now, GError **error);

G_END_DECLS

/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What Facebook Pages and Instagram share: the Graph API's requests, errors, limits and sign-in. */

#pragma once

#include "smm-platform.h"

G_BEGIN_DECLS

extern const SmmPlatform smm_facebook_platform;
extern const SmmPlatform smm_instagram_platform;

/* --- Requests --- */
SmmRequest *smm_meta_request (const char *method, const SmmAccount *account, const char *purpose,
                              const char *path_format, ...) G_GNUC_PRINTF (4, 5);
SmmStep *smm_meta_step (const char *name, SmmStepKind kind, SmmRequest *request);
const char *smm_meta_fact (const SmmPublication *pub, const char *format, ...)
    G_GNUC_PRINTF (2, 3);

/* --- Answers --- */
typedef struct
{
  JsonNode *root;        /* NULL: no answer, or not one that can be read */
  JsonObject *object;
  gboolean is_error;
  gint64 code, subcode;
  gboolean transient;
  char *message;         /* for people, from the platform */
  char *request_id;
} SmmMetaAnswer;
void smm_meta_answer_read (SmmMetaAnswer *answer, SmmResponse *response);
void smm_meta_answer_clear (SmmMetaAnswer *answer);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SmmMetaAnswer, smm_meta_answer_clear)

SmmOutcome *smm_meta_outcome_new (SmmOutcomeKind kind);
void smm_meta_outcome_add (SmmOutcome *outcome, const char *key, const char *value);
/* Classes an answer that is not the expected success (api/meta.md section 7.2). */
SmmOutcome *smm_meta_classify (const SmmAccount *account, SmmStepKind kind,
                               const SmmMetaAnswer *answer, SmmResponse *response);
SmmReconcile *smm_meta_reconcile_new (SmmReconcileKind kind);
/* A look that brought no list: UNKNOWN with the reason. */
SmmReconcile *smm_meta_reconcile_failed (const SmmAccount *account, const SmmMetaAnswer *answer,
                                         SmmResponse *response);
guint64 smm_meta_usage_wait_ms (const SmmAccount *account, SmmResponse *response);

gint64 smm_meta_parse_time (const char *text);           /* µs UTC; 0 unreadable */
gboolean smm_meta_same_text (const char *one, const char *other);

/* --- Validation --- */
void smm_meta_add_problem (GPtrArray *problems, const char *code, int media_index, const char *fix,
                           const char *format, ...) G_GNUC_PRINTF (5, 6);
/* What holds for both: kind, text, link, pictures that can be opened. */
void smm_meta_validate_common (const SmmPost *post, GPtrArray *problems);

/* --- Sign-in (api/meta.md section 2) --- */
SmmRequest *smm_meta_authorize (const char *app_id, const char *redirect_uri, const char *state,
                                const char *challenge, gboolean again);
SmmRequest *smm_meta_next_sign_in (SmmGrant *grant, GHashTable *progress, const char *app_id,
                                   const char *app_secret, const char *redirect_uri,
                                   const char *code, const char *verifier);
gboolean smm_meta_apply_sign_in (SmmGrant *grant, GHashTable *progress, SmmResponse *response,
                                 SmmPlatformId platform, GError **error);
SmmRequest *smm_meta_check (const SmmAccount *account);
SmmOutcome *smm_meta_apply_check (const SmmAccount *account, SmmResponse *response);
SmmRequest *smm_meta_revoke (const SmmAccount *account);
SmmOutcome *smm_meta_apply_revoke (const SmmAccount *account, SmmResponse *response);

G_END_DECLS

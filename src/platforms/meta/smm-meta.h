/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * What Facebook Pages and Instagram share: the Graph API's requests, errors, limits and sign-in,
 * and what both do with videos, comments and removal.
 *
 * Facts: an empty value counts as none, because a RETRY can write facts but not take them away.
 */

#pragma once

#include "smm-platform.h"

G_BEGIN_DECLS

extern const SmmPlatform smm_facebook_platform;
extern const SmmPlatform smm_instagram_platform;
extern const SmmPlatform smm_instagram_login_platform;

/* --- Requests --- */
SmmRequest *smm_meta_request (const char *method, const SmmAccount *account, const char *purpose,
                              const char *path_format, ...) G_GNUC_PRINTF (4, 5);
/* A read that asks as the person every second time that the platform says "missing" (100/33). */
SmmRequest *smm_meta_read_request (const SmmPublication *pub, const char *id, const char *fields);
SmmStep *smm_meta_step (const char *name, SmmStepKind kind, SmmRequest *request);
const char *smm_meta_fact (const SmmPublication *pub, const char *format, ...)
    G_GNUC_PRINTF (2, 3);
gint64 smm_meta_fact_int (const SmmPublication *pub, const char *format, ...) G_GNUC_PRINTF (2, 3);
const char *smm_meta_option (const SmmPublication *pub, const char *key); /* NULL or not empty */
gboolean smm_meta_is_login (const SmmAccount *account); /* Instagram Login: section 2.12 */
/* Ids go into paths: only what ids are made of is taken. */
gboolean smm_meta_is_id (const char *id);

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
/* Answered, below 300, an object, no error in it. */
gboolean smm_meta_answer_is_good (const SmmMetaAnswer *answer, SmmResponse *response);
gboolean smm_meta_answer_is_missing (const SmmMetaAnswer *answer); /* 100/33: proves nothing */

SmmOutcome *smm_meta_outcome_new (SmmOutcomeKind kind);
void smm_meta_outcome_add (SmmOutcome *outcome, const char *key, const char *value);
void smm_meta_outcome_add_int (SmmOutcome *outcome, const char *key, gint64 value);
void smm_meta_outcome_forget (const SmmPublication *pub, SmmOutcome *outcome, const char *key);
void smm_meta_outcome_say (SmmOutcome *outcome, const char *code, const char *fix,
                           const char *format, ...) G_GNUC_PRINTF (4, 5);
/* WAIT by the rhythm of section 4.4; @key counts. */
SmmOutcome *smm_meta_wait (const SmmPublication *pub, const char *key);
/* WAIT, then the same read with the other token. */
SmmOutcome *smm_meta_wait_missing (const SmmPublication *pub);
/* Classes an answer that is not the expected success (api/meta.md section 7.2). */
SmmOutcome *smm_meta_classify (const SmmAccount *account, SmmStepKind kind,
                               const SmmMetaAnswer *answer, SmmResponse *response);
SmmReconcile *smm_meta_reconcile_new (SmmReconcileKind kind);
void smm_meta_reconcile_add (SmmReconcile *found, const char *key, const char *value);
/* A look that brought no list: UNKNOWN with the reason. */
SmmReconcile *smm_meta_reconcile_failed (const SmmAccount *account, const SmmMetaAnswer *answer,
                                         SmmResponse *response);
guint64 smm_meta_usage_wait_ms (const SmmAccount *account, SmmResponse *response);

gint64 smm_meta_parse_time (const char *text);           /* µs UTC; 0 unreadable */
/* A number, or text of digits, which Meta mixes (section 1.4). */
gint64 smm_meta_get_number (JsonObject *object, const char *member, gint64 fallback);
gboolean smm_meta_same_text (const char *one, const char *other);
JsonObject *smm_meta_get_item (JsonArray *list, guint i); /* NULL when it is no object */

/* --- Videos (smm-meta-video.c) --- */
typedef enum
{
  SMM_META_VIDEO_UNREADABLE,
  SMM_META_VIDEO_UPLOADING,
  SMM_META_VIDEO_PROCESSING,
  SMM_META_VIDEO_READY,      /* could be published, and is not */
  SMM_META_VIDEO_PUBLISHING, /* the commit arrived */
  SMM_META_VIDEO_SCHEDULED,
  SMM_META_VIDEO_PUBLISHED,
  SMM_META_VIDEO_FAILED,     /* the platform can't use it */
  SMM_META_VIDEO_LOST,       /* what was uploaded is gone */
} SmmMetaVideoStage;

/* What a video's status says; text borrowed from the answer. Section 3.5. */
typedef struct
{
  SmmMetaVideoStage stage;
  gint64 received;           /* bytes; -1: not told */
  gboolean uploaded;         /* all of them */
  const char *why;           /* of FAILED; NULL */
  gint64 publish_time;       /* µs; 0: not told */
} SmmMetaVideo;
void smm_meta_video_read (SmmMetaVideo *video, JsonObject *object);
/* The uploading phase alone, as an Instagram container has it under "video_status". */
void smm_meta_video_read_phases (SmmMetaVideo *video, JsonObject *phases);

/*
 * Raw bytes to rupload. Facts: @key "1" when all is there, "resume:@key" when the platform must be
 * asked how much it has, "offset:@key" from where to go on, "cuts:@key" failures without progress.
 */
SmmStep *smm_meta_upload_step (const SmmPublication *pub, const char *name, const char *folder,
                               const char *id, const SmmRendition *rendition, const char *key);
/* @forget: facts to drop when it must begin anew, NULL-terminated. */
SmmOutcome *smm_meta_apply_upload (const SmmPublication *pub, const char *key,
                                   const char *const *forget, SmmResponse *response);
SmmOutcome *smm_meta_upload_cut (const SmmPublication *pub, const char *key,
                                 const char *const *forget);
SmmOutcome *smm_meta_upload_again (const SmmPublication *pub, const char *const *forget);
SmmOutcome *smm_meta_apply_received (const SmmPublication *pub, const char *key,
                                     const SmmMetaVideo *video, const SmmRendition *rendition,
                                     const char *const *forget);
gboolean smm_meta_is_video (const SmmPublication *pub, guint n);
guint smm_meta_upload_timeout (gint64 bytes);

/* --- After publishing (smm-meta-after.c) --- */
SmmRequest *smm_meta_comment (const SmmPublication *pub);
SmmOutcome *smm_meta_apply_comment (const SmmPublication *pub, SmmResponse *response);
SmmRequest *smm_meta_find_comment (const SmmPublication *pub);
SmmReconcile *smm_meta_apply_find_comment (const SmmPublication *pub, SmmResponse *response);
SmmRequest *smm_meta_remove (const SmmPublication *pub);
SmmOutcome *smm_meta_apply_remove (const SmmPublication *pub, SmmResponse *response);

/* --- Validation (smm-meta-validate.c) --- */
SmmProblem *smm_meta_add_problem (GPtrArray *problems, const char *code, int media_index,
                                  const char *fix, const char *format, ...) G_GNUC_PRINTF (5, 6);
SmmProblem *smm_meta_add_warning (GPtrArray *problems, const char *code, int media_index,
                                  const char *fix, const char *format, ...) G_GNUC_PRINTF (5, 6);

/* What a kind of video may be; 0: no limit. */
typedef struct
{
  const char *what;                      /* for people: "an Instagram reel" */
  const char *const *containers;         /* NULL: any */
  const char *const *video_codecs, *const *audio_codecs;
  gint64 max_bytes;
  double min_seconds, max_seconds;
  double min_rate, max_rate;             /* frames a second */
  double min_ratio, max_ratio;           /* width : height */
  int min_width, min_height, max_width;
  gint64 max_bit_rate;
  int max_audio_rate, max_channels;
  SmmMediaFlags flags;                   /* those that are refused */
} SmmMetaVideoLimits;
void smm_meta_validate_video (SmmMedia *media, guint i, const SmmMetaVideoLimits *limits,
                              GPtrArray *problems);
/* What holds for both: text, link, alternative texts, files that are neither picture nor video. */
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

/* Section 2.3: the address Meta prescribes for desktop programs; it works in Live mode too. */
#define SMM_META_LANDING "https://www.facebook.com/connect/login_success.html"
extern const char *const smm_meta_pages[], *const smm_meta_parts[];

G_END_DECLS

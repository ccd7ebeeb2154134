/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * What only the owner may do: used by library/ (commands) and engine/ (claims and outcomes).
 */

#pragma once

#include "smm-store.h"

G_BEGIN_DECLS

/* BEGIN IMMEDIATE … COMMIT. COMMIT is durable (synchronous=FULL) when it returns TRUE. After FALSE
 * nothing may be assumed: the caller re-reads. */
gboolean smm_store_begin (SmmStore *self, GError **error);
gboolean smm_store_commit (SmmStore *self, GError **error);
void smm_store_rollback (SmmStore *self);
/* A part of the transaction that can be given up alone. Parts don't nest. */
gboolean smm_store_begin_part (SmmStore *self, GError **error);
gboolean smm_store_end_part (SmmStore *self, gboolean keep, GError **error);
/* Commits since the store was opened (for the benchmark). */
guint64 smm_store_get_n_commits (SmmStore *self);

gboolean smm_store_put_profile (SmmStore *self, SmmProfile *profile, GError **error);
gboolean smm_store_put_brand (SmmStore *self, SmmBrand *brand, GError **error);
gboolean smm_store_set_brand_deleted (SmmStore *self, const char *id, gint64 at, GError **error);
gboolean smm_store_put_account (SmmStore *self, SmmAccount *account, GError **error);
gboolean smm_store_put_account_health (SmmStore *self, const char *account_id,
                                       const SmmAccountHealth *health, GError **error);
gboolean smm_store_set_account_published (SmmStore *self, const char *account_id, gint64 at,
                                          GError **error);
gboolean smm_store_put_app_id (SmmStore *self, const char *platform, const char *app_id,
                               GError **error);
/* What was deleted is there again. */
gboolean smm_store_put_media (SmmStore *self, SmmMedia *media, GError **error);
/* @alt, @tags (a line each): NULL: none. */
gboolean smm_store_describe_media (SmmStore *self, const char *sha256, const char *file_name,
                                   const char *alt, const char *tags, GError **error);
gboolean smm_store_set_media_deleted (SmmStore *self, const char *sha256, gint64 at,
                                      GError **error);
gboolean smm_store_purge_media (SmmStore *self, gint64 before, GError **error);
gboolean smm_store_purge_posts (SmmStore *self, gint64 before, GError **error);
gboolean smm_store_put_setting (SmmStore *self, const char *key, const char *value, GError **error);
gboolean smm_store_put_tag (SmmStore *self, SmmTag *tag, GError **error);
gboolean smm_store_set_tag_deleted (SmmStore *self, const char *id, gint64 at, GError **error);
gboolean smm_store_put_slots (SmmStore *self, const char *brand_id, const char *account_id,
                              GPtrArray *slots, GError **error);
gboolean smm_store_put_note (SmmStore *self, const char *brand_id, const char *day,
                             const char *text, GError **error);
gboolean smm_store_add_holidays (SmmStore *self, const SmmHolidaysRecord *record, GVariant *days,
                                 gint64 at, GError **error);
gboolean smm_store_set_holidays_shown (SmmStore *self, const char *id, gboolean shown,
                                       GError **error);
gboolean smm_store_set_holidays_deleted (SmmStore *self, const char *id, gint64 at, GError **error);
gboolean smm_store_put_series (SmmStore *self, SmmSeries *series, GError **error);
gboolean smm_store_set_series_deleted (SmmStore *self, const char *id, gint64 at, GError **error);
gboolean smm_store_add_occurrence (SmmStore *self, SmmOccurrence *occurrence, GError **error);
gboolean smm_store_delete_occurrence (SmmStore *self, const char *post_id, GError **error);
GPtrArray *smm_store_list_series_to_top_up (SmmStore *self, gint64 now); /* SmmSeries* */
gint64 smm_store_get_next_top_up (SmmStore *self);                       /* 0: never */
gboolean smm_store_put_post_tags (SmmStore *self, SmmPost *post, GError **error);
/* Writes the post's own row, its media and its tags; targets are written one by one. */
gboolean smm_store_put_post (SmmStore *self, SmmPost *post, GError **error);
gboolean smm_store_set_post_deleted (SmmStore *self, const char *id, gint64 at, GError **error);
gboolean smm_store_put_target (SmmStore *self, SmmTarget *target, GError **error);
/* Both, for all its targets at once. */
gboolean smm_store_put_post_with_targets (SmmStore *self, SmmPost *post, GError **error);
/* Its variant, once the target is stored. */
gboolean smm_store_put_variant (SmmStore *self, SmmTarget *target, GError **error);
gboolean smm_store_delete_target (SmmStore *self, const char *id, GError **error);

/* --- Activity: commands with their inverses; undo and redo. --- */
typedef struct
{
  gint64 seq;
  char *label;
  GVariant *command; /* (sa{sv}) */
  GVariant *inverse; /* (sa{sv}); NULL: can't be undone */
} SmmActivity;
void smm_activity_free (SmmActivity *activity);
gboolean smm_store_add_activity (SmmStore *self, const char *client_id, const char *label,
                                 GVariant *command, GVariant *inverse, GError **error);
SmmActivity *smm_store_peek_undo (SmmStore *self);
SmmActivity *smm_store_peek_redo (SmmStore *self);
gboolean smm_store_set_undone (SmmStore *self, gint64 seq, gboolean undone, GVariant *inverse,
                               GError **error);
/* Takes a step off what can be undone and redone. */
gboolean smm_store_drop_activity (SmmStore *self, gint64 seq, GError **error);
gint64 smm_store_get_last_activity (SmmStore *self); /* its seq; 0: none */
gboolean smm_store_has_client_id (SmmStore *self, const char *client_id);

/* --- The engine's part. All inside a transaction of the caller. --- */

/* Scheduled targets with due_at <= now, oldest first; SmmTarget*. */
GPtrArray *smm_store_list_due (SmmStore *self, gint64 now, int limit);
/* Publishing or unconfirmed targets with 0 < next_at <= now. */
GPtrArray *smm_store_list_pending (SmmStore *self, gint64 now, int limit);
/* Targets that are under way or need people, whatever their next_at. */
GPtrArray *smm_store_list_in_state (SmmStore *self, SmmTargetState state, int limit);
/* Earliest moment at which one of the two lists above grows; 0: never. */
gint64 smm_store_get_next_wake (SmmStore *self);

/* Compare-and-set on (state, attempt): FALSE without error when somebody else was first.
 * Fields that are NULL/0 in @to are cleared. */
typedef struct
{
  SmmTargetState state;
  int attempt;
  gint64 next_at;
  const char *reason_code, *reason, *fix;
  const char *remote_id, *permalink;
  gint64 published_at;
} SmmTransition;
gboolean smm_store_transition (SmmStore *self, const char *target_id, SmmTargetState from_state,
                               int from_attempt, const SmmTransition *to, GError **error);

/* Journal. start returns the row id (> 0), 0 on error. UNIQUE (target, attempt, step) for commits.
 */
gint64 smm_store_journal_start (SmmStore *self, const char *target_id, int attempt,
                                const char *step, const char *kind, gint64 at, GError **error);
/* @digest: of what it is to publish, see smm_post_get_digest(). */
gint64 smm_store_journal_start_commit (SmmStore *self, const char *target_id, int attempt,
                                       const char *step, gint64 at, const char *digest,
                                       GError **error);
gboolean smm_store_journal_end (SmmStore *self, gint64 id, const char *state, gint64 at,
                                int http_status, const char *error_code, const char *note,
                                const char *request_id, GError **error);
/* Newest commit row of the target that is not "refused"; NULL when there is none. */
SmmJournalEntry *smm_store_get_last_commit (SmmStore *self, const char *target_id);
guint smm_store_count_looks (SmmStore *self, const char *target_id, int attempt); /* 0: of all */

/* Whether another target of the account has this remote id, or is publishing the same text just
 * now: then what a look found may be the other's. */
gboolean smm_store_has_rival (SmmStore *self, const char *account_id, const char *target_id,
                              const char *remote_id);
/* Set of the remote ids that other targets of the account have. */
GHashTable *smm_store_get_claimed (SmmStore *self, const char *account_id, const char *target_id);
/* For limits: when steps of this name were sent; gint64, oldest first. */
GArray *smm_store_list_step_times (SmmStore *self, const char *account_id, const char *step,
                                   gint64 since);
GHashTable *smm_store_get_facts (SmmStore *self, const char *target_id);
gboolean smm_store_put_facts (SmmStore *self, const char *target_id, GHashTable *facts,
                              GError **error);

/* --- The user's web space: smm-store-web.c --- */
typedef struct
{
  char *object, *target_id, *path, *space;
  int position;
  gint64 ready_at, next_at;
  int tries;
} SmmWebFile;
SmmWebFile *smm_web_file_new (const char *object, const char *target_id, int position,
                              const char *path, const char *space);
void smm_web_file_free (SmmWebFile *file);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmmWebFile, smm_web_file_free)
gboolean smm_store_put_web_file (SmmStore *self, const SmmWebFile *file, GError **error);
gboolean smm_store_drop_web_file (SmmStore *self, const char *object, GError **error);
/* The one that was seen by a stranger, of this file, in this place; NULL none. */
SmmWebFile *smm_store_find_web_file (SmmStore *self, const char *target_id, int position,
                                     const char *path, const char *space);
/* Those whose post is settled, or that never became good; SmmWebFile*. @next: (out) (optional):
 * when more may have to go; 0: not by the clock. */
GPtrArray *smm_store_list_web_files_to_delete (SmmStore *self, gint64 now, gint64 *next);
guint smm_store_count_web_files (SmmStore *self);
/* Scheduled Instagram targets with now < due <= @until, soonest first; SmmTarget*. @next: (out):
 * due time of the first one after those; 0 none. */
GPtrArray *smm_store_list_coming (SmmStore *self, gint64 now, gint64 until, gint64 *next);

/* --- What people are told: smm-store-notice.c --- */
GPtrArray *smm_store_list_notices (SmmStore *self, SmmNoticeChannel channel, int limit);
void smm_store_want_notices (SmmStore *self, SmmNoticeChannel channel, guint kinds);
gboolean smm_store_add_notice (SmmStore *self, int kind, const char *subject, const char *occasion,
                               gint64 at, GError **error);
gboolean smm_store_has_notice (SmmStore *self, int kind, const char *subject, const char *occasion);
gboolean smm_store_end_notice (SmmStore *self, gint64 id, GError **error);
gboolean smm_store_set_notice_mail (SmmStore *self, gint64 id, gint64 mail, GError **error);
gboolean smm_store_put_mail (SmmStore *self, SmmMail *mail, GError **error);
SmmMail *smm_store_get_next_mail (SmmStore *self);        /* NULL: none waits */
GPtrArray *smm_store_list_refused_mails (SmmStore *self); /* SmmMail* */
gint64 smm_store_get_last_mail_at (SmmStore *self);
gboolean smm_store_sweep_notices (SmmStore *self, gint64 before, GError **error);

/* A brand or an account, for good: smm-store-erase.c. */
GPtrArray *smm_store_erase (SmmStore *self, const char *brand_id, const char *account_id,
                            GError **error);
void smm_store_finish_erasing (SmmStore *self);
void smm_store_finish_erasing_async (SmmStore *self, GAsyncReadyCallback callback,
                                     gpointer user_data);
void smm_store_finish_erasing_finish (SmmStore *self, GAsyncResult *result);
void smm_store_settle_erasing (SmmStore *self);
/* Forgets requests and changes from before these moments, µs UTC. */
gboolean smm_store_sweep (SmmStore *self, gint64 ledger_before, gint64 activity_before,
                          GError **error);
gboolean smm_store_add_ledger (SmmStore *self, SmmLedgerEntry *entry, GError **error);
/* What waits for the keyring is due now. */
gboolean smm_store_wake_keyring (SmmStore *self, gint64 now, GError **error);
/* Held targets of the account (NULL: of all) with this reason code become scheduled again, due at
 * their time; returns their post ids, NULL on error. */
GPtrArray *smm_store_release_held (SmmStore *self, const char *account_id, const char *reason_code,
                                   GError **error);
gboolean smm_store_put_rest (SmmStore *self, const char *account_id, gint64 until, GError **error);

G_END_DECLS

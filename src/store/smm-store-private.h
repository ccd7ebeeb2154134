/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <sqlite3.h>

#include "smm-store-write.h"

G_BEGIN_DECLS

struct _SmmStore
{
  GObject parent_instance;

  SmmPaths *paths;
  char *library_id;

  sqlite3 *db;
  GHashTable *statements; /* const char * (static SQL) → sqlite3_stmt * */
  int lock_fd;
  gboolean owner;
  gboolean doubtful; /* the disk failed */
  gboolean reading;  /* between smm_store_begin_read() and its end */
  guint generation;
  GPtrArray *openers; /* GTask*: wait for the library that is being opened in a thread; else NULL */
  guint64 n_commits;
  GHashTable *attention; /* brand, "" all → what smm_store_count_attention() says at that moment: */
  int attention_version; /* of what others wrote */
  int attention_changes; /* by this connection */
  guint n_erasing;    /* how many smm_store_finish_erasing_async() go on */
  guint not_told[2];  /* by channel: bits of kinds, see smm_store_want_notices() */
};

/* How long a read or write waits for another one. */
#define SMM_STORE_BUSY_TIMEOUT_MS 5000

void smm_store_take_db (SmmStore *self, sqlite3 *db);
void smm_store_close (SmmStore *self);
SmmStoreError smm_store_get_error_code (sqlite3 *db);
void smm_store_shrink (SmmStore *self);
void smm_store_note_result (SmmStore *self, int code);

/* A kept statement, reset and ready to bind. @sql must be a string literal: it is the key. */
sqlite3_stmt *smm_store_prepare (SmmStore *self, const char *sql);
/* Steps a statement that returns no rows, then resets it. */
gboolean smm_store_run (SmmStore *self, sqlite3_stmt *stmt, GError **error);
void smm_store_set_error (SmmStore *self, GError **error, const char *doing);
void smm_store_bind_text (sqlite3_stmt *stmt, int index, const char *text);
char *smm_store_dup_text (sqlite3_stmt *stmt, int column);

/* Binds by the type letter: 's' const char*, 'i' int, 'l' gint64. */
void smm_store_bind (sqlite3_stmt *stmt, const char *types, ...);

/* Shared by the readers. */
gboolean smm_store_next_row (sqlite3_stmt *stmt);
GPtrArray *smm_store_new_records (void);
gpointer smm_store_take_first (GPtrArray *records);
#define SMM_STORE_TARGET_COLUMNS                                                                   \
  "target.id, target.post_id, target.account_id, target.platform, target.state, target.attempt, "  \
  "target.due_at, target.next_at, target.reason_code, target.reason, target.fix, "                 \
  "target.remote_id, target.permalink, target.published_at"
GPtrArray *smm_store_read_targets (sqlite3_stmt *stmt);
#define SMM_STORE_POST_COLUMNS                                                                     \
  "id, brand_id, kind, text, link, first_comment, options, due_at, wall_time, zone, created_at, "  \
  "updated_at"
SmmPost *smm_store_read_post (sqlite3_stmt *stmt);
void smm_store_load_parts (SmmStore *self, SmmPost *post);
#define SMM_STORE_CHIP_COLUMNS "id, brand_id, title, due_at, state, platforms, thumbnail"
SmmChip *smm_store_read_chip (sqlite3_stmt *stmt);
#define SMM_STORE_MEDIA_COLUMNS                                                                    \
  "media.sha256, mime, file_name, bytes, width, height, duration, container, video_codec, "        \
  "audio_codec, frame_rate, bit_rate, audio_rate, audio_channels, flags"
SmmMedia *smm_store_read_medium (sqlite3_stmt *stmt);
GPtrArray *smm_store_read_media_with_alt (sqlite3_stmt *stmt);
/* Options as they are kept: a{ss} in GVariant text form. NULL: none. */
GHashTable *smm_store_read_options (const char *text);
char *smm_store_print_options (GHashTable *options);
void smm_store_load_variants (SmmStore *self, SmmPost *post);
void smm_store_load_variant (SmmStore *self, SmmTarget *target);
void smm_store_load_tags (SmmStore *self, SmmPost *post);

gboolean smm_store_check_file (sqlite3 *db, const char *path, GError **error);
gboolean smm_store_check_not_newer (sqlite3 *db, const char *path, GError **error);
void smm_store_note_failure (SmmPaths *paths, const GError *problem);
gboolean smm_store_index_words (SmmStore *self, GError **error);
void smm_store_resume_erasing (SmmStore *self);
gboolean smm_store_update_summary (SmmStore *self, const char *post_id, GError **error);
gboolean smm_store_update_summary_of (SmmStore *self, const char *target_id, GError **error);
int smm_store_read_version (sqlite3 *db);
/* What people are to be told of targets: @kind, @at, @desktop and @mail are expressions, @which
 * chooses targets. Once of each attempt. */
#define SMM_STORE_NOTE_TARGETS(kind, at, desktop, mail, which)                                     \
  "INSERT INTO notice (kind, subject, occasion, at, desktop, mail) "                               \
  "SELECT " kind ", id, attempt || ' ' || due_at, " at ", " desktop ", " mail                      \
  " FROM target WHERE " which " ON CONFLICT DO NOTHING"
#define SMM_STORE_NOW "CAST ((julianday ('now') - 2440587.5) * 86400000000 AS INTEGER)"
/* Whoever changes a target's state asks before and tells after: smm-store-notice.c. */
gboolean smm_store_is_news (SmmStore *self, const char *target_id, int from_state,
                            SmmTargetState state, const char *reason_code);
gboolean smm_store_note_target (SmmStore *self, const char *target_id, SmmTargetState state,
                                const char *reason_code, GError **error);

/* The parts of smm_store_put_post_tags(); a new post has no tags to delete. */
gboolean smm_store_delete_post_tags (SmmStore *self, SmmPost *post, GError **error);
gboolean smm_store_add_post_tags (SmmStore *self, SmmPost *post, GError **error);

G_END_DECLS

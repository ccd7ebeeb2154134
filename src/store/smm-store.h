/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * DESIGN: the store room.
 *
 * The library on disk: one SQLite file, numbered migrations (resources/sql), queries that return
 * model records, backups. The only room that includes sqlite3.h. There is exactly one writing and
 * checkpointing connection, the owner's, protected by a lock file held for its life: Debian 12's
 * SQLite can corrupt a WAL under two checkpointers. Everybody else opens a reader. Statements are
 * prepared once and kept. Functions are for the thread that opened the store.
 */

#pragma once

#include "smm-paths.h"
#include "smm-records.h"

G_BEGIN_DECLS

#define SMM_STORE_ERROR (smm_store_error_quark ())
typedef enum
{
  SMM_STORE_ERROR_FAILED,    /* SQLite said no; message names file and cause */
  SMM_STORE_ERROR_MISSING,   /* reader: there is no library yet */
  SMM_STORE_ERROR_NEWER,     /* made by a newer version: untouched */
  SMM_STORE_ERROR_CORRUPT,   /* quick_check failed: nothing is sent from it */
  SMM_STORE_ERROR_OWNED,     /* another program owns the library */
  SMM_STORE_ERROR_FULL,      /* the disk is full */
  SMM_STORE_ERROR_READ_ONLY, /* file or folder can't be written */
  SMM_STORE_ERROR_BUSY,
  SMM_STORE_ERROR_IO, /* the disk failed: what it holds is not known before it is reopened */
  SMM_STORE_ERROR_ERASED, /* somebody else erased the library, or a backup, while it was open here */
  SMM_STORE_ERROR_GONE,   /* its file was taken away while it was open here */
} SmmStoreError;
GQuark smm_store_error_quark (void);

#define SMM_TYPE_STORE (smm_store_get_type ())
G_DECLARE_FINAL_TYPE (SmmStore, smm_store, SMM, STORE, GObject)

/* Takes the lock, checks, migrates (after a backup). The lock lasts as long as the object. */
SmmStore *smm_store_open_owner (SmmPaths *paths, GError **error);
SmmStore *smm_store_lock_owner (SmmPaths *paths, GError **error);
gboolean smm_store_open (SmmStore *self, GError **error);
/* The same in a thread; the store stays as it is meanwhile, doubtful, and what was open is read.
 * Many calls are one check. */
void smm_store_open_async (SmmStore *self, GAsyncReadyCallback callback, gpointer user_data);
gboolean smm_store_open_finish (SmmStore *self, GAsyncResult *result, GError **error);
gboolean smm_store_is_opening (SmmStore *self);
/* A thread has it: it is opened, or written anew after an erasing. Its lock is kept until then. */
gboolean smm_store_is_in_thread (SmmStore *self);
/* The disk failed: nothing is written or believed before smm_store_open() worked. */
gboolean smm_store_is_doubtful (SmmStore *self);
guint smm_store_get_generation (SmmStore *self);
/* Why the last owner could not open the library (the publisher has no window to say it in); NULL
 * when it could. */
GError *smm_store_read_failure (SmmPaths *paths);
/* Read-only; fails with MISSING when there is no library. */
SmmStore *smm_store_open_reader (SmmPaths *paths, GError **error);
gboolean smm_store_is_owner (SmmStore *self);
SmmPaths *smm_store_get_paths (SmmStore *self);
/* Random id of this library, made with it: keeps two libraries apart in the keyring. */
const char *smm_store_get_library_id (SmmStore *self);

/* --- All there is --- */
typedef struct
{
  const char *name; /* of the column */
  enum
  {
    SMM_VALUE_NULL,
    SMM_VALUE_NUMBER,
    SMM_VALUE_TEXT,
    SMM_VALUE_BYTES,
  } kind;
  gint64 number;
  const char *text; /* until the next row */
  gsize size;       /* of BYTES */
} SmmValue;
typedef gboolean (*SmmDumpFunc) (const SmmValue *row, int n_columns, gpointer user_data);
GPtrArray *smm_store_list_tables (SmmStore *self); /* char* */
char *smm_store_describe_tables (SmmStore *self);
gboolean smm_store_dump (SmmStore *self, const char *table, SmmDumpFunc func, gpointer user_data,
                         GError **error);

/* For a report that strangers may read; lines without anything of anybody (smm-store-report.c). */
GPtrArray *smm_store_list_report_troubles (SmmStore *self, int limit); /* char* */
GPtrArray *smm_store_list_report_activity (SmmStore *self, int limit); /* char* */
GPtrArray *smm_store_list_report_requests (SmmStore *self, int limit); /* char* */
int smm_store_get_schema (SmmStore *self);
const char *smm_store_get_engine_version (void);

/* Many reads as one: they see the same moment, and the file is locked once. A change in between
 * ends it. Not around a return to the main loop. */
void smm_store_begin_read (SmmStore *self);
void smm_store_end_read (SmmStore *self);

/* --- Reading. Arrays own their records (GObject free func); never NULL. --- */
SmmProfile *smm_store_get_profile (SmmStore *self); /* NULL: none yet */
GPtrArray *smm_store_list_brands (SmmStore *self);
SmmBrand *smm_store_get_brand (SmmStore *self, const char *id);
GPtrArray *smm_store_list_accounts (SmmStore *self, const char *brand_id); /* NULL: all */
SmmAccount *smm_store_get_account (SmmStore *self, const char *id);
SmmAccount *smm_store_find_account (SmmStore *self, const char *brand_id, SmmPlatformId platform,
                                    const char *remote_id);
/* What its platform said last, beside whether its sign-in works. */
typedef struct
{
  gint64 asked_at; /* µs UTC */
  char *tasks;     /* the person's on its Page, space separated; "": none; NULL: not known, or
                      there is no Page */
} SmmAccountHealth;
void smm_account_health_free (SmmAccountHealth *health);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmmAccountHealth, smm_account_health_free)
SmmAccountHealth *smm_store_get_account_health (SmmStore *self,
                                                const char *account_id); /* or NULL */
/* Until when the platform asked the account to wait, µs UTC; 0: not at all. */
gint64 smm_store_get_rest (SmmStore *self, const char *account_id);
/* What was sent since then, µs UTC: account → step → number. */
GHashTable *smm_store_count_steps (SmmStore *self, gint64 since);
char *smm_store_get_app_id (SmmStore *self, const char *platform); /* "meta" …; NULL */
SmmMedia *smm_store_get_media (SmmStore *self, const char *sha256);
typedef enum
{
  SMM_MEDIA_KIND_ANY,
  SMM_MEDIA_KIND_PICTURE,
  SMM_MEDIA_KIND_VIDEO,
} SmmMediaKind;
typedef struct
{
  const char *search; /* NULL: all; else a part of the name, a description or a tag */
  SmmMediaKind kind;
  const char *tag; /* NULL: all */
  gboolean unused; /* only what no post shows */
  int limit;       /* 0: 50,000 */
} SmmMediaFilter;
GPtrArray *smm_store_find_media (SmmStore *self, const SmmMediaFilter *filter); /* SmmMedia* */
char **smm_store_list_media_tags (SmmStore *self);
SmmMedia *smm_store_get_library_media (SmmStore *self, const char *sha256);     /* NULL: deleted */
GPtrArray *smm_store_list_uses (SmmStore *self, const char *sha256);            /* SmmChip* */
char *smm_store_find_logo_brand (SmmStore *self, const char *sha256);
/* @name: of a file among the media. */
GPtrArray *smm_store_list_deleted_brands (SmmStore *self);
gboolean smm_store_has_brand (SmmStore *self, const char *id);
GPtrArray *smm_store_list_all_accounts (SmmStore *self, const char *brand_id);
gboolean smm_store_is_busy (SmmStore *self, const char *brand_id, const char *account_id);
gboolean smm_store_is_stray (SmmStore *self, const char *name);
SmmPost *smm_store_get_post (SmmStore *self, const char *id);
SmmPost *smm_store_get_post_to_send (SmmStore *self, SmmTarget *target);
gint64 smm_store_get_updated_at (SmmStore *self, const char *post_id); /* -1: no post */
SmmTarget *smm_store_get_target (SmmStore *self, const char *id);
GPtrArray *smm_store_list_targets (SmmStore *self, const char *post_id); /* without variants */

typedef enum
{
  SMM_SORT_TIME,  /* posts without a time count as the latest */
  SMM_SORT_STATE, /* what needs somebody first */
  SMM_SORT_PLATFORM,
  SMM_SORT_TEXT,
  SMM_SORT_NEAR,           /* what is next and what just was; see smm_store_list_numbers() */
} SmmPostSort;

typedef struct
{
  const char *brand_id;   /* NULL: all */
  const char *account_id; /* posts with a target on this account; NULL: all */
  const char *tag_id;     /* posts with this tag, or of this campaign; NULL: all */
  int state;              /* posts with a target in this SmmTargetState; -1: all */
  guint states;           /* bits (1 << SmmTargetState) of the post's worst state; 0: all */
  guint platforms;        /* bits (1 << SmmPlatformId): on one of these; 0: all */
  gint64 from, to;        /* due time, [from, to); 0: open */
  const char *search; /* NULL: all; else words of the text, the comment or the link: each one, or
                       * how it begins; accents and case don't count */
  SmmPostSort sort;
  gint64 now;              /* of SMM_SORT_NEAR, µs UTC */
  gboolean descending;
  int limit; /* 0: 10,000; of numbers: all */
} SmmPostFilter;
GPtrArray *smm_store_list_posts (SmmStore *self, const SmmPostFilter *filter); /* SmmPost* */
/* Numbers (gint64) of the posts, in order: a list to page through. A number stays the same as long
 * as the library is open. NULL when it was interrupted. */
GArray *smm_store_list_numbers (SmmStore *self, const SmmPostFilter *filter);
/* What a list shows of the posts with these numbers: SmmChip*, NULL where one is gone. */
GPtrArray *smm_store_list_rows (SmmStore *self, const gint64 *numbers, guint n);
guint smm_store_count_posts (SmmStore *self, const char *brand_id); /* NULL: all */
/* Ends what another thread asks of this store just now; the one call that is for any thread. */
void smm_store_interrupt (SmmStore *self);

/* Chips with @from <= due < @to in time order (covering index); SmmChip*. */
GPtrArray *smm_store_list_chips (SmmStore *self, const char *brand_id, gint64 from, gint64 to);
/* Of these the ones that go to one account; NULL: any. */
GPtrArray *smm_store_list_account_chips (SmmStore *self, const char *brand_id,
                                         const char *account_id, gint64 from, gint64 to);
/* Drafts without a time, newest first; SmmChip*. */
GPtrArray *smm_store_list_drafts (SmmStore *self, const char *brand_id, int limit);
/* The next scheduled chip after @now, or NULL. */
SmmChip *smm_store_get_next_chip (SmmStore *self, const char *brand_id, gint64 now);
/* Posts with a target that is held, failed or unconfirmed. */
guint smm_store_count_attention (SmmStore *self, const char *brand_id);

/* Tags and campaigns; SmmTag*. */
GPtrArray *smm_store_list_tags (SmmStore *self, const char *brand_id); /* NULL: all */
SmmTag *smm_store_get_tag (SmmStore *self, const char *id);
SmmTag *smm_store_find_tag (SmmStore *self, const char *brand_id, const char *name);
guint smm_store_count_tagged (SmmStore *self, const char *tag_id);
/* Of the posts that are due in [from, to): post id → GPtrArray of SmmTag*. */
GHashTable *smm_store_list_tags_between (SmmStore *self, const char *brand_id, gint64 from,
                                         gint64 to);

/* Slots of the week, SmmSlot*; smm-slots.h says when they are. */
GPtrArray *smm_store_list_slots (SmmStore *self, const char *brand_id);
GArray *smm_store_list_due_times (SmmStore *self, const char *brand_id, const char *account_id,
                                  gint64 from, gint64 to); /* gint64 */

/* Notes on days of a brand's calendar, from the first day ("2026-12-01") to the last: day → note.
 */
GHashTable *smm_store_list_notes (SmmStore *self, const char *brand_id, const char *first,
                                  const char *last);

#define SMM_HOLIDAYS_MAX_DAYS 5000
#define SMM_HOLIDAYS_MAX_NAME 100 /* characters, of a calendar and of a day */

/* Holidays that a brand took from a calendar file. */
typedef struct
{
  char *id;
  char *brand_id;
  char *name;
  gboolean shown;
  guint n_days;
} SmmHolidaysRecord;
GPtrArray *smm_store_list_holidays (SmmStore *self, const char *brand_id,
                                    const char *id); /* SmmHolidaysRecord */
/* From the first day to the last: day → names, of those that are shown. */
GHashTable *smm_store_list_holiday_names (SmmStore *self, const char *brand_id, const char *first,
                                          const char *last);

/* "DUE\nTEXT" of the posts of a brand that are due in [from, to] or never: what is there already.
 */
GHashTable *smm_store_list_fingerprints (SmmStore *self, const char *brand_id, gint64 from,
                                         gint64 to);

/* Recurring posts. */
GPtrArray *smm_store_list_series (SmmStore *self, const char *brand_id); /* SmmSeries*; NULL: all */
SmmSeries *smm_store_get_series (SmmStore *self, const char *id);
GPtrArray *smm_store_list_occurrences (SmmStore *self, const char *series_id,
                                       const char *from_day); /* SmmOccurrence* */
SmmOccurrence *smm_store_get_occurrence (SmmStore *self, const char *post_id);

GPtrArray *smm_store_list_journal (SmmStore *self, const char *post_id); /* SmmJournalEntry* */
GPtrArray *smm_store_list_ledger (SmmStore *self, int limit);            /* newest first */
char *smm_store_get_setting (SmmStore *self, const char *key);           /* NULL */
/* When all of it is to be erased, µs UTC; 0: it is not. */
#define SMM_STORE_ERASE_AT "workspace.erase-at"
gint64 smm_store_get_erase_at (SmmStore *self);
/* Of those with a target in @state, and with @reason_code if it is given; by time. char* */
GPtrArray *smm_store_list_post_ids (SmmStore *self, SmmTargetState state, const char *reason_code,
                                    int limit);
guint smm_store_count_scheduled_posts (SmmStore *self);
guint smm_store_count_held_posts (SmmStore *self, const char *reason_code);
/* Targets, on any of these: 1 << SmmPlatformId. */
guint smm_store_count_scheduled (SmmStore *self, guint platforms);
/* Whether the library is being written anew because something of it was erased: its owner writes
 * nothing else until then. */
gboolean smm_store_is_erasing (SmmStore *self);

/* --- What people are told: smm-store-notice.c --- */
typedef enum
{
  SMM_NOTICE_DESKTOP,
  SMM_NOTICE_MAIL,
} SmmNoticeChannel;
#define SMM_N_NOTICE_CHANNELS 2
typedef struct
{
  gint64 id;
  int kind;      /* SmmNoticeKind */
  char *subject; /* id of the target or account */
  gint64 at;
} SmmNotice;
void smm_notice_free (SmmNotice *notice);

/* The numbers are stored: never renumber. */
typedef enum
{
  SMM_MAIL_WAITING = 0,
  SMM_MAIL_TAKEN = 1,   /* the mail service took it; its text is gone from here */
  SMM_MAIL_REFUSED = 2, /* certainly not sent; problem says why */
  SMM_MAIL_UNKNOWN = 3, /* perhaps sent: never sent again */
  SMM_MAIL_TOO_OLD = 4, /* certainly not sent, and no news any more */
} SmmMailState;
typedef struct
{
  gint64 id;
  char *key, *sender, *recipients, *subject, *text, *html;
  SmmMailState state;
  gint64 made_at, unclear_at, next_at, ended_at; /* as in *-notices.sql */
  int tries;
  char *remote_id, *problem;
} SmmMail;
void smm_mail_free (SmmMail *mail);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmmMail, smm_mail_free)
GPtrArray *smm_store_list_mails (SmmStore *self, int limit); /* SmmMail* */

/* --- Backups. --- */
/* Online copy, verified by opening and checking it; name like "2026-11-23T090000-migrate.db". */
char *smm_store_backup (SmmStore *self, const char *why, GError **error);
/* Opens and checks it, as a restore would. */
gboolean smm_paths_verify_backup (SmmPaths *paths, const char *name, GError **error);
GPtrArray *smm_paths_list_backups (SmmPaths *paths); /* names, newest first */
/* Sets the present file aside (library.db.broken-TIME) and puts a verified copy of the backup in
 * its place; publishing and past-due rows become unconfirmed (reliability row 27). Needs the lock.
 */
gboolean smm_store_restore (SmmPaths *paths, const char *name, GError **error);

G_END_DECLS

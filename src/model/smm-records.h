/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "smm-types.h"

G_BEGIN_DECLS

/* Who uses this computer (POLICY clause 2, account information). */
#define SMM_TYPE_PROFILE (smm_profile_get_type ())
G_DECLARE_FINAL_TYPE (SmmProfile, smm_profile, SMM, PROFILE, GObject)
struct _SmmProfile
{
  GObject parent_instance;
  char *name;
  char *email;
  char *organization;
};
SmmProfile *smm_profile_new (void);

#define SMM_TYPE_BRAND (smm_brand_get_type ())
G_DECLARE_FINAL_TYPE (SmmBrand, smm_brand, SMM, BRAND, GObject)
struct _SmmBrand
{
  GObject parent_instance;
  char *id;
  char *name;
  char *timezone;      /* IANA name */
  SmmLatePolicy late_policy;
  int late_hours;      /* how late is still fine, 1..168 */
  gint64 created_at;
  /* What it is; see smm-brand.h for what each may hold. NULL: not said. */
  char *logo;          /* sha256 of a picture in the library */
  char *colors;        /* "#rrggbb #rrggbb", the main one first */
  char *website;       /* http(s) */
  char *description;
  char *audience;
  char *topics;        /* a line each, as the next two */
  char *dos;
  char *donts;
  char *hashtags;      /* "#one #two" */
  char *languages;
  int tones[SMM_N_BRAND_TONES];  /* -100..100 */
  SmmBrandEmoji emoji;
  SmmBrandVoice voice;
  int setup_step;      /* the step of the brand assistant to go on with, 1..; 0: it is done */
};
SmmBrand *smm_brand_new (void);

#define SMM_TYPE_ACCOUNT (smm_account_get_type ())
G_DECLARE_FINAL_TYPE (SmmAccount, smm_account, SMM, ACCOUNT, GObject)
struct _SmmAccount
{
  GObject parent_instance;
  char *id;
  char *brand_id;
  SmmPlatformId platform;
  char *remote_id;             /* Page id, Instagram user id, TikTok open id */
  char *parent_remote_id;      /* Instagram: the linked Page's id; else NULL */
  char *name;                  /* what people call it: "Northside Bread" */
  char *username;              /* without @; may be NULL */
  char *person_id;             /* the platform's id of the person who signed in */
  char *app_id;                /* the platform app that made the token; may be NULL */
  char *scopes;                /* granted permissions, space separated */
  char *login;                 /* NULL: the platform's usual sign-in; "instagram": Instagram Login */
  SmmAccountState state;
  char *state_reason;          /* one sentence for the user; NULL when OK */
  gint64 token_expires_at;     /* 0: does not expire or unknown */
  gint64 revoke_until;         /* disconnected, and the platform is still to be told; 0: no */
  gint64 access_expires_at;    /* data-access expiry (api/meta.md section 2.7); 0: none */
  gint64 followers;            /* -1: unknown */
  gint64 connected_at;
  gint64 checked_at;
  gint64 last_published_at;
  SmmWebSpaceUse web_space;    /* may its pictures lie in the user's web space? */
};
SmmAccount *smm_account_new (void);
char *smm_account_dup_handle (SmmAccount *account);

#define SMM_TYPE_MEDIA (smm_media_get_type ())
G_DECLARE_FINAL_TYPE (SmmMedia, smm_media, SMM, MEDIA, GObject)
struct _SmmMedia
{
  GObject parent_instance;
  char *sha256;        /* 64 lower-case hex digits; also the file's name under media/ */
  char *mime;          /* image/jpeg, image/png, video/mp4 … as probed, never as named */
  char *file_name;     /* what the user called it, for display */
  gint64 bytes;
  int width;           /* pixels, after the orientation tag has been applied */
  int height;
  gint64 duration;     /* µs; 0 for images */
  char *container;     /* of a video: "mp4", "mov", "webm" …; NULL for images, as all that follows */
  char *video_codec;   /* "h264", "h265", "vp8", "vp9" …; NULL unknown */
  char *audio_codec;   /* "aac", "opus" …; NULL: silent */
  double frame_rate;   /* frames a second; 0 unknown */
  gint64 bit_rate;     /* bits a second, of the whole file; 0 unknown */
  int audio_rate;      /* Hz; 0 unknown */
  int audio_channels;
  SmmMediaFlags flags;
  char *alt;           /* alternative text on this post, or in the library; NULL or UTF-8 */
  char *tags;          /* in the library: a line each; NULL on a post */
};
SmmMedia *smm_media_new (void);
SmmMedia *smm_media_copy (SmmMedia *self);
gboolean smm_media_is_video (SmmMedia *self);

/* A coloured word on posts of a brand, or the campaign they belong to. */
#define SMM_TYPE_TAG (smm_tag_get_type ())
G_DECLARE_FINAL_TYPE (SmmTag, smm_tag, SMM, TAG, GObject)
struct _SmmTag
{
  GObject parent_instance;
  char *id;
  char *brand_id;
  SmmTagKind kind;
  char *name;               /* one line */
  char *color;              /* "#rrggbb" */
  char *first_day;          /* campaign: "2026-12-01", as the next one; NULL: not said */
  char *last_day;
  gint64 created_at;
};
SmmTag *smm_tag_new (void);
SmmTag *smm_tag_copy (SmmTag *self);
gboolean smm_color_is_valid (const char *color);
gboolean smm_day_is_valid (const char *day);
/* Colours to choose from, "#rrggbb", ends with NULL; they can be told apart on light and dark. */
const char *const *smm_tag_get_palette (void);

/* A time of the week at which a brand, or one of its accounts, likes to post. */
#define SMM_TYPE_SLOT (smm_slot_get_type ())
G_DECLARE_FINAL_TYPE (SmmSlot, smm_slot, SMM, SLOT, GObject)
struct _SmmSlot
{
  GObject parent_instance;
  char *account_id;         /* NULL: of the brand */
  int weekday;              /* 1 (Monday) … 7 */
  int minute;               /* of the day, in the brand's zone: 0 … 1439 */
};
SmmSlot *smm_slot_new (void);
const char *smm_weekday_to_string (int weekday);
int smm_weekday_from_string (const char *name);
int smm_minute_from_string (const char *time);

/* A post that comes again and again. */
#define SMM_TYPE_SERIES (smm_series_get_type ())
G_DECLARE_FINAL_TYPE (SmmSeries, smm_series, SMM, SERIES, GObject)
struct _SmmSeries
{
  GObject parent_instance;
  char *id;
  char *brand_id;
  char *rule;               /* its days: smm-rule.h */
  char *time;               /* "09:30" on the wall in zone */
  char *zone;               /* IANA name */
  GVariant *content;        /* a{sv}: texts (as, in rotation), accounts (as), and as post.add takes
                             * them kind, link, first-comment, options, media, tags, variants */
  char *cursor_day;         /* the last day that was seen to; NULL: none yet */
  int cursor_n;             /* how many days of the rule that makes */
  gint64 top_up_at;         /* when more posts have to be made; 0: never */
  int revision;
  gint64 created_at;
  gint64 stopped_at;        /* 0: goes on */
};
SmmSeries *smm_series_new (void);

#define SMM_TYPE_OCCURRENCE (smm_occurrence_get_type ())
G_DECLARE_FINAL_TYPE (SmmOccurrence, smm_occurrence, SMM, OCCURRENCE, GObject)
struct _SmmOccurrence
{
  GObject parent_instance;
  char *series_id;
  char *day;                /* "2026-12-01" on the wall */
  int n;                    /* 0 is the first of the series */
  char *post_id;
  char *digest;             /* of the post as it was made */
};
SmmOccurrence *smm_occurrence_new (void);

/* What a post is on one account, where that differs. NULL: as the post says. */
#define SMM_TYPE_VARIANT (smm_variant_get_type ())
G_DECLARE_FINAL_TYPE (SmmVariant, smm_variant, SMM, VARIANT, GObject)
struct _SmmVariant
{
  GObject parent_instance;
  char *text;
  char *link;               /* "": none */
  char *first_comment;      /* "": none */
  GHashTable *options;      /* char* → char*, over the post's own; "": takes one away */
  GPtrArray *media;         /* SmmMedia*, in order */
};
SmmVariant *smm_variant_new (void);
SmmVariant *smm_variant_copy (SmmVariant *self);
gboolean smm_variant_is_empty (SmmVariant *self);

#define SMM_TYPE_TARGET (smm_target_get_type ())
G_DECLARE_FINAL_TYPE (SmmTarget, smm_target, SMM, TARGET, GObject)
struct _SmmTarget
{
  GObject parent_instance;
  char *id;
  char *post_id;
  char *account_id;
  SmmPlatformId platform;
  SmmTargetState state;
  int attempt;              /* how often the engine claimed it; 0: never */
  gint64 due_at;            /* copy of the post's; 0: a draft without a time */
  gint64 next_at;           /* when the engine will act on it again; 0: nothing planned */
  char *reason_code;        /* machine readable: "token-revoked", "too-late" …; NULL */
  char *reason;             /* one sentence for the user; NULL */
  char *fix;                /* "reconnect" | "retry" | "edit" | "look-now" | "publish-late" | NULL */
  char *remote_id;          /* id the platform gave it; NULL until known */
  char *permalink;
  gint64 published_at;
  SmmVariant *variant;      /* NULL: nothing differs here. Only read with its post. */
};
SmmTarget *smm_target_new (void);

#define SMM_TYPE_POST (smm_post_get_type ())
G_DECLARE_FINAL_TYPE (SmmPost, smm_post, SMM, POST, GObject)
struct _SmmPost
{
  GObject parent_instance;
  char *id;
  char *brand_id;
  SmmPostKind kind;
  char *text;               /* caption / message; never NULL, may be "" */
  char *link;               /* NULL or http(s) URL */
  char *first_comment;      /* NULL or UTF-8 */
  GHashTable *options;      /* char* → char*: SMM_OPTION_…; never NULL */
  gint64 due_at;            /* µs UTC; 0: no time yet */
  char *wall_time;          /* "2026-12-01T09:00:00" the user meant; NULL without a time */
  char *zone;               /* IANA zone of wall_time; NULL without a time */
  gint64 created_at;
  gint64 updated_at;
  GPtrArray *media;         /* SmmMedia*, in order; never NULL */
  GPtrArray *targets;       /* SmmTarget*; never NULL */
  GPtrArray *tags;          /* SmmTag*, the campaign first, then by name; never NULL */
};
SmmPost *smm_post_new (void);
SmmTargetState smm_post_get_worst_state (SmmPost *self);
SmmTarget *smm_post_find_target (SmmPost *self, const char *target_id);
/* The post as @target's account gets it; @self itself when nothing differs. */
SmmPost *smm_post_for_target (SmmPost *self, SmmTarget *target);
/* SHA-256, hex, of all that people could see of it. */
char *smm_post_get_digest (SmmPost *self);

/* One row of a calendar or list: what a chip needs and nothing more. */
#define SMM_TYPE_CHIP (smm_chip_get_type ())
G_DECLARE_FINAL_TYPE (SmmChip, smm_chip, SMM, CHIP, GObject)
struct _SmmChip
{
  GObject parent_instance;
  char *post_id;
  char *brand_id;
  char *title;              /* first 80 characters of the text, one line */
  gint64 due_at;
  SmmTargetState state;     /* worst of its targets */
  guint platforms;          /* bit (1 << SmmPlatformId) */
  guint handed_over;        /* SmmPlatformId that has the post and publishes it; 0: we do */
  char *thumbnail;          /* sha256 of the first medium; NULL */
  char *color;              /* "#rrggbb" of its campaign, else of its first tag; NULL: none, or not asked for */
  char *tags;               /* their names, for people; NULL as above */
  gboolean repeats;         /* it is one of a series; FALSE, too, where nobody asked */
};
SmmChip *smm_chip_new (void);

/* One line of a target's journal, for people ("details" of a post) and for the engine. */
#define SMM_TYPE_JOURNAL_ENTRY (smm_journal_entry_get_type ())
G_DECLARE_FINAL_TYPE (SmmJournalEntry, smm_journal_entry, SMM, JOURNAL_ENTRY, GObject)
struct _SmmJournalEntry
{
  GObject parent_instance;
  gint64 id;
  char *target_id;
  int attempt;
  char *step;               /* "photo:0", "feed", "container", "publish", "look:1" … */
  char *kind;               /* "prepare" | "commit" | "confirm" | "reconcile" */
  char *state;              /* "intent" | "done" | "refused" | "unclear" */
  gint64 started_at;
  gint64 ended_at;
  int http_status;
  char *error;              /* "190/463" or "" */
  char *note;               /* one sentence; no content, no token */
  char *request_id;         /* the platform's trace id */
  char *content;            /* of a commit: digest of what it was to publish; NULL */
};
SmmJournalEntry *smm_journal_entry_new (void);

/* One line of the network ledger. */
#define SMM_TYPE_LEDGER_ENTRY (smm_ledger_entry_get_type ())
G_DECLARE_FINAL_TYPE (SmmLedgerEntry, smm_ledger_entry, SMM, LEDGER_ENTRY, GObject)
struct _SmmLedgerEntry
{
  GObject parent_instance;
  gint64 at;
  char *host;
  char *purpose;            /* "publish", "sign-in", "check" … */
  char *account_id;         /* may be NULL */
  gint64 bytes_sent;
  gint64 bytes_received;
  char *result;             /* "200", "timed out", "refused: TLS" … */
};
SmmLedgerEntry *smm_ledger_entry_new (void);

G_END_DECLS

/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * DESIGN: the model room.
 *
 * Plain values that every other room speaks in: brands, accounts, posts, targets, media, and the
 * two values that travel between the adapters and the network, SmmRequest and SmmResponse. The room
 * knows nobody: no database, no network, no toolkit.
 *
 * Records (SmmBrand, SmmAccount, SmmMedia, SmmTarget, SmmPost) are GObjects whose fields are public
 * and are written only by the code that creates the record; once handed out a record is constant,
 * so it can be shared freely. A change is a command (library/) and yields new records.
 *
 * Times are int64 microseconds since the epoch, UTC; 0 means "not set". Ids are strings.
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* Version of the Graph API every request names (api/meta.md section 1.1). */
#define SMM_GRAPH_VERSION "v26.0"

typedef enum
{
  SMM_PLATFORM_FACEBOOK = 1,
  SMM_PLATFORM_INSTAGRAM = 2,
  SMM_PLATFORM_TIKTOK = 3,
} SmmPlatformId;

typedef enum
{
  SMM_POST_KIND_FEED = 1,
  SMM_POST_KIND_REEL = 2,
  SMM_POST_KIND_STORY = 3,
} SmmPostKind;

/* State of one post on one account. The numbers are stored: never renumber. */
typedef enum
{
  SMM_TARGET_DRAFT = 0,
  SMM_TARGET_SCHEDULED = 1,
  SMM_TARGET_PUBLISHING = 2,
  SMM_TARGET_PUBLISHED = 3,
  SMM_TARGET_UNCONFIRMED = 4,
  SMM_TARGET_FAILED = 5,
  SMM_TARGET_HELD = 6,
  SMM_TARGET_CANCELLED = 7,
} SmmTargetState;

#define SMM_N_TARGET_STATES 8

typedef enum
{
  SMM_ACCOUNT_OK = 0,           /* connected, the token was good when last used */
  SMM_ACCOUNT_SIGNED_OUT = 1,   /* the platform refused the token: reconnect */
  SMM_ACCOUNT_RESTRICTED = 2,   /* the platform wants the person to act there first */
  SMM_ACCOUNT_DISCONNECTED = 3, /* disconnected by the user; kept for history */
} SmmAccountState;

/* The user's own web space, for pictures that Instagram fetches. */
typedef enum
{
  SMM_WEB_SPACE_USE_NONE = 0,     /* there is none */
  SMM_WEB_SPACE_USE_FALLBACK = 1, /* where no Page can have them */
  SMM_WEB_SPACE_USE_ALWAYS = 2,
} SmmWebSpaceUse;

/* What to do with a post whose time passed while the computer was off. */
typedef enum
{
  SMM_LATE_PUBLISH = 0,
  SMM_LATE_ASK = 1,
  SMM_LATE_SKIP = 2,
} SmmLatePolicy;

/* How a brand sounds: each a scale from -100 (the first word) to 100 (the second). */
typedef enum
{
  SMM_BRAND_TONE_RELAXED = 0, /* formal … relaxed */
  SMM_BRAND_TONE_PLAYFUL,     /* serious … playful */
  SMM_BRAND_TONE_POETIC,      /* plain … poetic */
  SMM_BRAND_TONE_BOLD,        /* modest … bold */
  SMM_BRAND_TONE_LONG,        /* short … storytelling */
} SmmBrandTone;

#define SMM_N_BRAND_TONES 5

typedef enum
{
  SMM_BRAND_EMOJI_NONE = 0,
  SMM_BRAND_EMOJI_FEW = 1,
  SMM_BRAND_EMOJI_MANY = 2,
} SmmBrandEmoji;

/* Who speaks in a caption. */
typedef enum
{
  SMM_BRAND_VOICE_WE = 0,
  SMM_BRAND_VOICE_I = 1,
  SMM_BRAND_VOICE_BRAND = 2,
} SmmBrandVoice;

/* The numbers are stored: never renumber. */
typedef enum
{
  SMM_TAG_KIND_TAG = 1,
  SMM_TAG_KIND_CAMPAIGN = 2,    /* a post belongs to one at most */
} SmmTagKind;

/* What platforms mind about a video file beyond its codecs (api/meta.md section 4.10). */
typedef enum
{
  SMM_MEDIA_MOOV_LATE = 1 << 0,  /* the index stands behind the pictures */
  SMM_MEDIA_EDIT_LIST = 1 << 1,  /* has edit lists that do more than begin at the start */
  SMM_MEDIA_INTERLACED = 1 << 2,
  SMM_MEDIA_NOT_420 = 1 << 3,    /* chroma other than 4:2:0 */
} SmmMediaFlags;

/* Keys of a post's options; values are text, switches "true" or "false". */
#define SMM_OPTION_TITLE "title"                   /* Facebook video and reel */
#define SMM_OPTION_HAND_OVER "hand-over"           /* Facebook publishes at the time, not we */
#define SMM_OPTION_SHARE_TO_FEED "share-to-feed"   /* Instagram reel; default true */
#define SMM_OPTION_COVER_MS "cover-ms"             /* frame of a video, ms from its start */
#define SMM_OPTION_COLLABORATORS "collaborators"   /* Instagram: user names, comma separated, ≤ 3 */
#define SMM_OPTION_USER_TAGS "user-tags"           /* Instagram: "name@x,y;…", x and y 0..1 */
#define SMM_OPTION_PRIVACY "privacy"               /* TikTok: SELF_ONLY …; never a default */
#define SMM_OPTION_COMMENTS "comments"             /* TikTok: allow; default false, as the next two */
#define SMM_OPTION_DUET "duet"
#define SMM_OPTION_STITCH "stitch"
#define SMM_OPTION_YOUR_BRAND "your-brand"         /* TikTok: promotes the poster's own business */
#define SMM_OPTION_BRANDED "branded-content"       /* TikTok: paid partnership */
#define SMM_OPTION_AI_GENERATED "ai-generated"
#define SMM_OPTION_INBOX "inbox"                   /* TikTok: a draft in its inbox, not a post */
gboolean smm_option_is_known (const char *key);

const char *smm_platform_id_to_string (SmmPlatformId id);
gboolean smm_platform_id_from_string (const char *name, SmmPlatformId *id);
const char *smm_platform_id_get_label (SmmPlatformId id);

const char *smm_post_kind_to_string (SmmPostKind kind);
gboolean smm_post_kind_from_string (const char *name, SmmPostKind *kind);

const char *smm_target_state_to_string (SmmTargetState state);
gboolean smm_target_state_from_string (const char *name, SmmTargetState *state);
const char *smm_target_state_get_label (SmmTargetState state);
gboolean smm_target_state_is_final (SmmTargetState state);
gboolean smm_target_state_is_worse (SmmTargetState state, SmmTargetState than);
SmmTargetState smm_target_state_after_recall (const char *reason_code);

const char *smm_account_state_to_string (SmmAccountState state);

const char *smm_late_policy_to_string (SmmLatePolicy policy);
gboolean smm_late_policy_from_string (const char *name, SmmLatePolicy *policy);

const char *smm_brand_tone_to_string (SmmBrandTone tone);
const char *smm_brand_emoji_to_string (SmmBrandEmoji emoji);
gboolean smm_brand_emoji_from_string (const char *name, SmmBrandEmoji *emoji);
const char *smm_brand_voice_to_string (SmmBrandVoice voice);
gboolean smm_brand_voice_from_string (const char *name, SmmBrandVoice *voice);

const char *smm_tag_kind_to_string (SmmTagKind kind);
gboolean smm_tag_kind_from_string (const char *name, SmmTagKind *kind);

char *smm_text_dup_first_line (const char *text, int max);

char *smm_id_new (void);
gboolean smm_id_is_valid (const char *id);

G_END_DECLS

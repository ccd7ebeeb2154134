/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * DESIGN: the platforms room.
 *
 * One adapter per platform: functions over values, no I/O, no clock, no randomness. The engine asks
 * for the next step, sends its request, journals, and gives the answer back to apply(). What an
 * adapter learns on the way ("facts": photo ids, container ids) the engine stores with the target
 * before it asks for the next step, so a publication can be picked up by another process.
 *
 * A publication is a list of steps:
 *   prepare    invisible to the public; may be repeated freely (unpublished photo, container, poll)
 *   commit     the one call that makes it public; its intent is on disk before it is sent, and
 *              after an unclear answer it is never sent again before reconciling said NOT_PUBLISHED
 *   verdict    the platform took the commit and is still working on it: what came of it? May be
 *              asked freely; only its answer makes the post published, or failed
 *   confirm    reads back id and permalink; its failure never undoes a success
 * Facts whose key begins with "secret." (an upload address) are kept in memory only; an adapter must
 * be able to go on without them, by preparing again. What may follow a published post, its first
 * comment and its removal, has functions of its own.
 * May see model/ and json-glib only.
 */

#pragma once

#include <json-glib/json-glib.h>

#include "smm-records.h"
#include "smm-request.h"

G_BEGIN_DECLS

typedef enum
{
  SMM_STEP_PREPARE,
  SMM_STEP_COMMIT,
  SMM_STEP_VERDICT,
  SMM_STEP_CONFIRM,
} SmmStepKind;

/* A file ready for one platform: a picture made by the media program, or the library's own copy of a
 * video. */
typedef struct
{
  char *path;
  char *mime;      /* image/jpeg, video/mp4, video/quicktime, video/webm */
  char *alt;       /* NULL or UTF-8 */
  int width, height;
  gint64 bytes;
  gint64 duration; /* µs; 0: a picture */
} SmmRendition;

/* All an adapter may know about one target. Borrowed by the adapter, owned by the engine. */
typedef struct
{
  SmmAccount *account;
  SmmPost *post;
  GPtrArray *renditions;    /* SmmRendition*, parallel to post->media */
  GHashTable *facts;        /* char* → char*, written by apply() through the outcome only */
  gint64 commit_sent_at;    /* µs UTC when the (last) commit was sent; 0: never */
  gint64 schedule_at;       /* µs UTC: hand the post over, to be published then; 0: publish now */
  const char *app_id;       /* the platform app's id, for matching own posts; may be NULL */
  GHashTable *claimed;      /* set of remote ids that other targets have; NULL none known */
} SmmPublication;

typedef struct
{
  char *name;               /* "photo:0", "container", "poll:container", "feed", "publish" … */
  SmmStepKind kind;
  SmmRequest *request;
  guint wait_ms;            /* do not send before this long after the previous step */
  gboolean place;           /* no request: an address is wanted at which the public can fetch the
                               rendition place_index; it becomes the fact of the step's name */
  guint place_index;
} SmmStep;
void smm_step_free (SmmStep *step);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmmStep, smm_step_free)

/* How an answer is classed; policy numbers in api/meta.md section 7.2. */
typedef enum
{
  SMM_OUTCOME_DONE,         /* facts added, go on with next_step */
  SMM_OUTCOME_WAIT,         /* nothing wrong, not ready: ask next_step again after wait_ms */
  SMM_OUTCOME_RETRY,        /* nothing happened there and it may pass: same step after wait_ms */
  SMM_OUTCOME_RESTART,      /* what was prepared is lost: drop the facts named in drop_prefix */
  SMM_OUTCOME_LIMITED,      /* rate or daily limit: whole account waits wait_ms */
  SMM_OUTCOME_REFUSED,      /* known not to be public, will not work as it is: failed */
  SMM_OUTCOME_SIGNED_OUT,   /* token dead: account signed out, target held */
  SMM_OUTCOME_BLOCKED,      /* the person must act at the platform: target held */
  SMM_OUTCOME_UNCLEAR,      /* may be public: reconcile (only ever from a commit) */
} SmmOutcomeKind;

typedef struct
{
  SmmOutcomeKind kind;
  GHashTable *facts;        /* new facts to store; NULL none. Meant for the engine: "remote_id",
                               "permalink", "published_at" (µs as text), and "accepted", with which
                               a commit says that a verdict is to come */
  char *drop_prefix;        /* RESTART: facts whose key starts with this are forgotten; "" all */
  guint64 wait_ms;
  char *code;               /* machine readable: "token-revoked", "aspect-ratio", "190/463" … */
  char *message;            /* one sentence for the user, translated; NULL when DONE/WAIT */
  char *fix;                /* "reconnect" | "retry" | "edit" | "look-now" | NULL */
  char *request_id;         /* fbtrace_id; NULL */
  char *error;              /* "190/463" for the journal; NULL */
} SmmOutcome;
void smm_outcome_free (SmmOutcome *outcome);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmmOutcome, smm_outcome_free)

typedef enum
{
  SMM_RECONCILE_MORE,          /* facts added, ask next_look again: another request is needed */
  SMM_RECONCILE_PUBLISHED,     /* facts may hold remote_id, permalink, published_at */
  SMM_RECONCILE_ACCEPTED,      /* the commit arrived and the platform is at work: a verdict comes */
  SMM_RECONCILE_REFUSED,       /* the platform says that it failed: certainly not public */
  SMM_RECONCILE_NOT_PUBLISHED, /* this look did not find it (two looks are needed to repeat) */
  SMM_RECONCILE_UNKNOWN,       /* this look failed or was ambiguous */
} SmmReconcileKind;

typedef struct
{
  SmmReconcileKind kind;
  GHashTable *facts;
  char *message;
  char *request_id;
  char *error;
  guint64 wait_ms;             /* UNKNOWN: when to look again; 0: the engine's choice */
  gboolean signed_out;         /* UNKNOWN because the token is dead */
  gboolean weak;               /* PUBLISHED: by its text alone, which another's may have as well */
} SmmReconcile;
void smm_reconcile_free (SmmReconcile *reconcile);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmmReconcile, smm_reconcile_free)

/*
 * A reason why a post cannot go out as it is, found before anything is sent. Codes of Facebook (F)
 * and Instagram (I), with the fix; * marks a warning:
 *   post     empty F choose-media · media-missing FI choose-media · too-many-media FI remove-media ·
 *            mixed-media F remove-media · media-unsupported FI remove-media · link-and-media* F
 *            link-into-text · link-broken FI · link-unsupported* FI link-into-text · hand-over-unsupported F · no-page I ·
 *            needs-web-space I web-space · becomes-reel* I · carousel-ratio* I crop
 *   text     text-broken FI · text-too-long F trim-text · caption-too-long I trim-text ·
 *            caption-ignored* FI trim-text · too-many-hashtags I trim-text · too-many-mentions I
 *            trim-text · alt-too-long FI trim-text · first-comment-unsupported* FI ·
 *            comment-broken FI · comment-too-long I trim-text
 *   people   user-tags-broken I · too-many-tags I · collaborators-broken I ·
 *            too-many-collaborators I · collaborators-unsupported I
 *   picture  too-small I choose-media · aspect-ratio I crop · story-ratio* I pad
 *   video    video-unreadable FI choose-media · video-container, video-codec, audio-codec FI
 *            re-encode · file-too-big, bit-rate I re-encode · too-small F choose-media · too-wide I
 *            re-encode · aspect-ratio FI crop · video-too-short FI choose-media · video-too-long FI
 *            trim-video · frame-rate, audio-rate, audio-channels FI re-encode · moov-late,
 *            edit-list, interlaced, chroma I re-encode · cover-broken, cover-outside I
 */
typedef struct
{
  char *code;                  /* "caption-too-long", "aspect-ratio", "media-missing" … */
  gboolean fatal;              /* FALSE: a warning */
  int media_index;             /* -1: not about a medium */
  char *message;               /* one translated sentence that names the limit and the value */
  char *fix;                   /* "crop" | "pad" | "re-encode" | "trim-text" | "trim-video" |
                                  "remove-media" | "choose-media" | "web-space" |
                                  "link-into-text" | NULL */
} SmmProblem;
void smm_problem_free (SmmProblem *problem);

/* All the tokens of an account. Secrets: wiped by smm_tokens_clear. */
typedef struct
{
  char *account;               /* the account's own: Page token, TikTok's access token; or NULL */
  char *person;                /* the long-lived user token; or NULL */
  char *refresh;               /* buys the next pair; or NULL */
  gint64 expires_at;           /* µs UTC, of @account; 0: does not end */
  gint64 refresh_expires_at;   /* µs UTC; 0: does not end or unknown */
} SmmTokens;
void smm_tokens_clear (SmmTokens *tokens);

/* At most @n steps whose name begins with @step in any @seconds, for one account. */
typedef struct
{
  const char *step;
  guint n;
  guint seconds;
} SmmBudget;

/* What a sign-in brought. Tokens are secrets: wiped by smm_grant_free. */
typedef struct
{
  char *person_id, *person_name;
  char *person_token;          /* long-lived user token */
  gint64 person_token_expires_at;
  char *scopes;                /* granted, space separated */
  GPtrArray *candidates;       /* SmmCandidate* */
} SmmGrant;
typedef struct
{
  SmmPlatformId platform;
  char *remote_id, *parent_remote_id, *name, *username, *picture_url;
  char *token;                 /* the account's own token; NULL: cannot be used, see problem */
  char *refresh_token;         /* TikTok; NULL */
  gint64 token_expires_in;     /* s; 0: does not end or unknown */
  gint64 refresh_expires_in;   /* s; 0: does not end or unknown */
  gint64 followers;            /* -1 unknown */
  char *problem;               /* translated: why it can't be connected; NULL fine */
  char *note;                  /* translated: it can, but something was not granted; NULL */
} SmmCandidate;
void smm_candidate_free (SmmCandidate *candidate);
SmmGrant *smm_grant_new (void);
void smm_grant_free (SmmGrant *grant);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmmGrant, smm_grant_free)

typedef struct _SmmPlatform SmmPlatform;
struct _SmmPlatform
{
  SmmPlatformId id;
  gboolean can_list;           /* own posts can be listed: UNCLEAR can be settled */

  /* Publishing. next_step returns NULL when all is done (remote_id is in the facts). */
  SmmStep *(*next_step) (const SmmPublication *pub);
  SmmOutcome *(*apply) (const SmmPublication *pub, const SmmStep *step, SmmResponse *response);
  /* @look 1, 2, …; facts may carry what earlier requests of this look found. */
  SmmRequest *(*next_look) (const SmmPublication *pub, int look);
  SmmReconcile *(*apply_look) (const SmmPublication *pub, int look, SmmResponse *response);
  /* @post with media facts (width, height, mime, bytes). Returns SmmProblem*, empty when fine. */
  GPtrArray *(*validate) (const SmmPost *post, const SmmAccount *account);

  /* Whether this medium of the post needs a public address: then it is put there ahead of time.
   * NULL: none ever does. */
  gboolean (*needs_place) (const SmmPublication *pub, guint index);

  /* Sign-in: authorize page, then a chain of requests until NULL. */
  SmmRequest *(*authorize) (const char *app_id, const char *redirect_uri, const char *state,
                            const char *challenge, gboolean again);
  SmmRequest *(*next_sign_in) (SmmGrant *grant, GHashTable *progress, const char *app_id,
                               const char *app_secret, const char *redirect_uri, const char *code,
                               const char *verifier);
  /* FALSE with @error when the chain must end (message says why and what to do). */
  gboolean (*apply_sign_in) (SmmGrant *grant, GHashTable *progress, SmmResponse *response,
                             GError **error);
  /* One read that tells whether the account's token works. Outcome DONE, SIGNED_OUT, … */
  SmmRequest *(*check) (const SmmAccount *account);
  SmmOutcome *(*apply_check) (const SmmAccount *account, SmmResponse *response);
  /* Ends the sign-in at the platform; uses the person token. To a form without auth the sender adds
   * "client_secret" and "token", the account's own (TikTok). NULL: not possible by API. */
  SmmRequest *(*revoke) (const SmmAccount *account);
  SmmOutcome *(*apply_revoke) (const SmmAccount *account, SmmResponse *response);

  /* Budget: reads usage headers; returns how long the account must rest, 0 none (api/meta 7.4). */
  guint64 (*usage_wait_ms) (const SmmAccount *account, SmmResponse *response);
  /* Known limits, ended by a zero; NULL none. The engine keeps below them by waiting. */
  const SmmBudget *budgets;

  /* The first comment of a public post (pub->post->first_comment, fact "remote_id"). Not repeatable:
   * after UNCLEAR the comments are searched; PUBLISHED there means that it is there. NULL: the
   * platform has no comments by API. */
  SmmRequest *(*comment) (const SmmPublication *pub);
  SmmOutcome *(*apply_comment) (const SmmPublication *pub, SmmResponse *response);
  SmmRequest *(*find_comment) (const SmmPublication *pub);
  SmmReconcile *(*apply_find_comment) (const SmmPublication *pub, SmmResponse *response);

  /* Takes a public or handed-over post (fact "remote_id") away. Repeatable: what is gone already is
   * DONE. NULL: not possible by API. */
  SmmRequest *(*remove) (const SmmPublication *pub);
  SmmOutcome *(*apply_remove) (const SmmPublication *pub, SmmResponse *response);

  /* Hand-over: how far ahead the platform takes a post (µs; 0: never), and moving one that it has
   * to pub->schedule_at. Repeatable. */
  gint64 hand_over_min, hand_over_max;
  SmmRequest *(*move) (const SmmPublication *pub);
  SmmOutcome *(*apply_move) (const SmmPublication *pub, SmmResponse *response);

  /* Tokens that end: a request for the next ones, NULL when these can't be refreshed. apply writes
   * the new ones into @tokens; else SMM_PLATFORM_ERROR_DENIED: sign in again; ANSWER: unclear, the
   * old ones may still do. @now: µs UTC. */
  SmmRequest *(*refresh) (const SmmAccount *account, const SmmTokens *tokens, const char *app_id,
                          const char *app_secret);
  gboolean (*apply_refresh) (const SmmAccount *account, SmmTokens *tokens, SmmResponse *response,
                             gint64 now, GError **error);
  gboolean refreshes_itself;   /* the token buys its successor, without the app's secret */
  gint64 refresh_ahead;        /* µs before expires_at at which to refresh */
  gboolean hex_challenge;      /* PKCE: the challenge is lower-case hex, not base64url (TikTok) */
  /* Where a sign-in on this computer ends; NULL: "localhost" and "/callback". */
  const char *redirect_host, *redirect_path;
  gboolean only_loopback;      /* no other address is taken (TikTok) */
  /* Where a sign-in without a listener ends: a page of the platform's own. NULL: as above. */
  const char *landing;
  /* Domains a sign-in leads through, and those its pages fetch from; NULL-terminated. */
  const char *const *pages, *const *parts;
};

#define SMM_PLATFORM_ERROR (smm_platform_error_quark ())
typedef enum
{
  SMM_PLATFORM_ERROR_ANSWER,    /* unreadable or unexpected answer */
  SMM_PLATFORM_ERROR_REFUSED,   /* the platform said no; message from it */
  SMM_PLATFORM_ERROR_DENIED,    /* the person did not grant what is needed */
} SmmPlatformError;
GQuark smm_platform_error_quark (void);

/* NULL when the platform has no adapter yet. */
const SmmPlatform *smm_platform_get (SmmPlatformId id);
/* The adapter for the way an account signs in: account->login "instagram" has one of its own. */
const SmmPlatform *smm_platform_get_for (const SmmAccount *account);

/* Text units as the platforms count them. */
glong smm_text_code_points (const char *text);
glong smm_text_utf16_units (const char *text);
guint smm_text_count_hashtags (const char *text);
guint smm_text_count_mentions (const char *text);

/*
 * Parses a reply that may be hostile: at most 1 MiB, nesting at most 64, valid UTF-8, an object.
 * Returns NULL with @error otherwise. Nodes are read with the typed getters below, which return the
 * fallback for a member that is missing or of another type and never warn.
 */
JsonNode *smm_json_parse (GBytes *body, GError **error);
const char *smm_json_get_string (JsonObject *object, const char *member);         /* or NULL */
char *smm_json_dup_id (JsonObject *object, const char *member);  /* string or integer → text */
gint64 smm_json_get_int (JsonObject *object, const char *member, gint64 fallback);
gboolean smm_json_get_bool (JsonObject *object, const char *member, gboolean fallback);
JsonObject *smm_json_get_object (JsonObject *object, const char *member);         /* or NULL */
JsonArray *smm_json_get_array (JsonObject *object, const char *member);           /* or NULL */

G_END_DECLS

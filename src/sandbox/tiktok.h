/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * DESIGN: TikTok in the sandbox. Three hosts below one: /tiktok-www is the consent page, /tiktok
 * the API, /tiktok-upload the one that upload_url names (a client must not build it itself).
 * Written from the API notes alone. Where they say “unconfirmed” the stricter reading is taken, or
 * a setting chooses. Paths end in a slash; without it, or with another method, they do not exist.
 *
 * One creator, one app. The app's key is --tiktok-client-key, else "client_key" in the world's
 * "tiktok" object, else SIM_TIKTOK_KEY; its secret --tiktok-client-secret-file, else
 * "client_secret" there, else SIM_PRACTICE_SECRET. Two redirect addresses are registered:
 * http://127.0.0.1:PORT/callback/ and http://localhost:PORT/callback/ (any port, but a port).
 *
 * A video is public when its last chunk has arrived and its processing time is over; then the file
 * is judged (format, length, picture size). Nothing happens in the background: each request first
 * brings the world up to date (sim_tiktok_tick), with the times things would have had.
 *
 * POST /_sandbox/settings takes, besides what smm-sandbox.h lists (default):
 *   tiktok_private (false)        the account is private: other privacy options, no duet, no stitch
 *   tiktok_audited (true)         the app is audited; if not: private account, SELF_ONLY, 5 people
 *   tiktok_active_users (0)       how many other people posted through the app in 24 h
 *   tiktok_banned (false)         the creator may not post
 *   tiktok_comment_disabled, tiktok_duet_disabled, tiktok_stitch_disabled (false)
 *   tiktok_max_duration_s (600)   longest video of this creator
 *   tiktok_daily_posts (15)       posts through the API in 24 h
 *   tiktok_inits_per_minute (6)   for each of the three init calls
 *   tiktok_token_s (7200)         life of an access token; a refresh token has 180 days
 *   tiktok_oauth_error_http (400) status of the token endpoint's refusals (200 is reported too)
 *   tiktok_app_scopes (all)       what the app was approved for: one more and the page fails
 *   tiktok_decline ([])           scopes the person unticks; "*" is Cancel
 *   tiktok_processing_ms (-1)     -1: as processing_ms
 *   tiktok_moderation_ms (500)    from PUBLISH_COMPLETE to the public id and the video list
 *   tiktok_next_fail ("")         fail_reason of the next upload that becomes complete
 *   tiktok_id_shape ("list")      publicaly_available_post_id: "list", "number" or "absent"
 *   tiktok_short_pages (false)    video/list gives half of what was asked for
 *   tiktok_verified_url ("")      an URL prefix PULL_FROM_URL accepts; the pull itself then fails,
 *                                 after the processing time: nothing is ever fetched
 * POST /_sandbox/revoke {"tiktok":true} ends every TikTok token, {"tiktok":"access"} only the
 * access tokens. POST /_sandbox/post {"tiktok":true,"text":T,"privacy":P} posts by hand;
 * {"tiktok_draft":PUBLISH_ID,"text":T,"privacy":P} posts a draft from the inbox.
 * public.json: posts have platform "tiktok" and privacy, available (moderated), comments, duet,
 * stitch, your_brand, branded, ai_generated, duration_ms, size, sha256, publish_id; the drafts that
 * lie in the inbox are the list "inbox".
 * Faults: path_regex sees /tiktok/v2/… and /tiktok-upload/video/; kind error takes "tiktok_code",
 * "message" and "http" there, and answers in the shape of that path.
 * Effects: tiktok_authorized, tiktok_token, tiktok_refresh, tiktok_refresh_replayed (a refresh
 * token that was exchanged before), tiktok_revoke, tiktok_init, tiktok_inbox_init,
 * tiktok_pull_init, tiktok_chunk, tiktok_publish, tiktok_inbox, tiktok_failed.
 */

#pragma once

#include "smm-sandbox.h"

G_BEGIN_DECLS

#define SIM_TIKTOK_KEY "sbawpractice012345"
#define SIM_TIKTOK_REFRESH_LIFE (15552000 * (gint64)G_USEC_PER_SEC)
#define SIM_TIKTOK_SIZE_LIMIT G_GINT64_CONSTANT (4294967296)

typedef struct
{
  gboolean private_account;
  gboolean audited;
  gboolean banned;
  gboolean comment_disabled;
  gboolean duet_disabled;
  gboolean stitch_disabled;
  gboolean short_pages;
  int active_users;
  int max_duration_s;
  int daily_posts;
  int inits_per_minute;
  int token_s;
  int oauth_error_http;
  int processing_ms;
  int moderation_ms;
  char **app_scopes;
  char **decline;
  char *next_fail;
  char *id_shape;
  char *verified_url;
} SimTiktokSettings;

typedef struct
{
  char *access;
  char *refresh;
  char **scopes;
  gint64 access_ends; /* µs; 0 = dead */
  gint64 refresh_ends;
  gboolean replaced; /* the refresh token was exchanged for another */
} SimTiktokToken;

typedef struct
{
  char *redirect_uri;
  char *challenge;
  char **scopes;
  gint64 made;
  gboolean used;
} SimTiktokCode;

/* What a video is, shared by an upload and the post it becomes (g_rc_box). */
typedef struct
{
  char *text;
  char *privacy; /* NULL for a draft */
  gboolean comments;
  gboolean duet;
  gboolean stitch;
  gboolean your_brand;
  gboolean branded;
  gboolean ai;
  gint64 cover_ms;
  gint64 size;
  gint64 duration_ms;
  int width;
  int height;
  char *sha256;
} SimTiktokVideo;

typedef enum
{
  SIM_TIKTOK_UPLOADING,
  SIM_TIKTOK_DOWNLOADING,
  SIM_TIKTOK_INBOX,
  SIM_TIKTOK_COMPLETE,
  SIM_TIKTOK_FAILED,
} SimTiktokStatus;

typedef struct
{
  char *id;
  char *upload_id;
  char *upload_token;
  SimTiktokStatus status;
  gboolean draft;
  gboolean photo;
  gint64 made;     /* µs */
  gint64 ready_at; /* µs; 0 = waits for chunks */
  gint64 chunk_size;
  gint64 chunk_count;
  gint64 received;
  char *fail_reason; /* shown once it is ready */
  char *post_id;
  SimTiktokVideo *video;
  int spool; /* -1 = not open */
} SimTiktokPublish;

typedef struct
{
  char *id;
  guint64 seq;
  gint64 created; /* µs */
  gint64 available_at;
  char *publish_id; /* NULL: by hand */
  SimTiktokVideo *video;
} SimTiktokPost;

typedef struct
{
  SimTiktokSettings settings;
  char *client_key;
  char *client_secret;
  char *open_id;
  char *union_id;
  char *username;
  char *nickname;
  int followers;
  GHashTable *codes;     /* value → owned SimTiktokCode */
  GPtrArray *tokens;     /* owned SimTiktokToken */
  GHashTable *by_access; /* value → borrowed SimTiktokToken */
  GHashTable *by_refresh;
  GPtrArray *publishes;    /* owned SimTiktokPublish, oldest first */
  GHashTable *publish_ids; /* id → borrowed */
  GHashTable *upload_ids;
  GPtrArray *processing; /* borrowed: those with a time to be ready at */
  GPtrArray *posts;      /* owned SimTiktokPost, oldest first */
  GHashTable *windows;   /* name → owned GQueue of times */
} SimTiktok;

extern SimTiktok *sim_tiktok;

/* tiktok.c: routes, answers, limits */
void sim_tiktok_request (SimRequest *self);
gboolean sim_tiktok_is_path (const char *path);
void sim_tiktok_ok (SimRequest *self, JsonObject *data);
void sim_tiktok_fail (SimRequest *self, const char *code, const char *message);
void sim_tiktok_fault (SimRequest *self, const char *code, const char *message, guint http);
char *sim_tiktok_log_id (void);
gboolean sim_tiktok_limit (SimRequest *self, const char *name, int per_minute);
SimTiktokToken *sim_tiktok_authorize (SimRequest *self, const char *scope);
gboolean sim_tiktok_token_has (SimTiktokToken *token, const char *scope);
JsonObject *sim_tiktok_body (SimRequest *self, const char *code, JsonParser **parser);

/* tiktok-world.c */
void sim_tiktok_load_world (JsonObject *world);
void sim_tiktok_clear (void);
void sim_tiktok_forget_uploads (void);
void sim_tiktok_tick (void);
gboolean sim_tiktok_setting (const char *name, const char *value);
void sim_tiktok_report_settings (JsonObject *root);
void sim_tiktok_revoke (gboolean access_only);
SimTiktokToken *sim_tiktok_add_token (char **scopes, gint64 refresh_ends);
void sim_tiktok_index_token (SimTiktokToken *token);
SimTiktokVideo *sim_tiktok_video_new (void);
void sim_tiktok_video_unref (SimTiktokVideo *video);
SimTiktokPublish *sim_tiktok_publish_new (void);
void sim_tiktok_index_publish (SimTiktokPublish *publish);
SimTiktokPost *sim_tiktok_add_post (SimTiktokVideo *video, const char *publish_id, gint64 created);
void sim_tiktok_fail_publish (SimTiktokPublish *publish, const char *reason);

/* tiktok-state.c */
JsonObject *sim_tiktok_save (void);
void sim_tiktok_load (JsonObject *root);

/* tiktok-oauth.c */
void sim_tiktok_consent (SimRequest *self);
void sim_tiktok_token (SimRequest *self);
void sim_tiktok_revoke_token (SimRequest *self);
void sim_tiktok_code_free (gpointer code);

/* tiktok-display.c */
void sim_tiktok_user_info (SimRequest *self);
void sim_tiktok_video_list (SimRequest *self);
void sim_tiktok_video_query (SimRequest *self);

/* tiktok-publish.c, tiktok-init.c */
void sim_tiktok_creator_info (SimRequest *self);
void sim_tiktok_status (SimRequest *self);
void sim_tiktok_cancel (SimRequest *self);
char **sim_tiktok_privacy_options (void);
const char *sim_tiktok_refusal (gboolean draft, const char **message);
void sim_tiktok_video_init (SimRequest *self);
void sim_tiktok_inbox_init (SimRequest *self);
void sim_tiktok_content_init (SimRequest *self);

/* tiktok-upload.c, tiktok-probe.c */
void sim_tiktok_upload (SimRequest *self);
void sim_tiktok_close_spool (SimTiktokPublish *publish);
const char *sim_tiktok_probe (int fd, SimTiktokVideo *video);

/* tiktok-public.c */
JsonArray *sim_tiktok_merge_public (JsonArray *posts);
JsonArray *sim_tiktok_inbox (void);
gboolean sim_tiktok_append_html (GString *html);
gboolean sim_tiktok_post_by_hand (SimRequest *self);

G_END_DECLS

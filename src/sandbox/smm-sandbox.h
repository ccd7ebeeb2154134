/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * DESIGN: the sandbox, a simulator of Meta's Graph API (v26.0) on 127.0.0.1.
 *
 * It is written from the API notes and fixtures alone and shares no code with the product, else it
 * would share the product's mistakes. It is an adversary: it refuses what the platform refuses, it
 * counts every effect, and it can be told to lie, to break off and to stay silent.
 *
 * One thread, one main loop. A request becomes a SimRequest (parameters of query, form, multipart
 * and JSON bodies in one table); faults.c may act before or after the handler; handlers change
 * the world (world.c), which lives in hash tables: creating a post is O(1).
 *
 * Hosts of Meta that are told apart by a prefix of the path: /graph-video (videos only), /rupload
 * (bytes of films), /instagram-www, /instagram-api and /instagram-graph (Instagram Login). The key
 * file names them; what is sent to the wrong host is refused.
 *
 * Control API, for tests and demos only (the product must never call it). JSON in, JSON out:
 *
 *   POST   /_sandbox/faults    {"match":{"method":"POST","path_regex":"/feed$","nth":1,"times":1,
 *                               "probability":0.01},"fault":{"kind":KIND, …}}  → {"id":1}
 *            path_regex sees the path with its version, without query. nth: the first matching
 *            request that is hit (1), times: how many from there (1; 0 = for ever). probability
 *            replaces nth: each matching request is hit with it (times: 0 unless given).
 *            A JSON array of such objects is a plan; the answer is {"ids":[…]}.
 *          KIND without effect ("before"): close-before, reset-before, hang-before, status-before
 *            {"http":500}, error {"code","subcode","http":400,"message","is_transient"}, 429
 *            {"retry_after": 30 or any text}, redirect {"status":302,"location":URL},
 *            cut-upload {"bytes":1000}: on rupload the first bytes of the body stay, then it closes
 *          KIND after the effect: close-after, reset-after, hang-after, status-after {"http":500},
 *            error-after (as error: the platform lies), malformed, truncated, empty, html,
 *            huge {"bytes":209715200}, deep {"levels":100000}, wrong-types, drip {"interval_ms":1000}
 *            (these answers take the handler's effect; "before":true suppresses it)
 *          delay {"ms":200,"when":"before"|"after"}
 *   GET    /_sandbox/faults    what is planned: id, kind, seen, hits, left
 *   DELETE /_sandbox/faults    forget the plan, drop the connections that hang
 *   GET    /_sandbox/settings, POST /_sandbox/settings, any of
 *            lag_ms, processing_ms, auto_approve, app_mode ("development"|"live"),
 *            duplicate_window_s (0 = off: same text within it is refused with 506),
 *            ig_quota_total (50), ig_container_total (400), clock_offset_s (shifts the sandbox's
 *            clock: ages codes, tokens, photos and containers), decline (array of scopes the person
 *            declines), redirects (array: the addresses listed in Meta's dashboard),
 *            next_container_error (a subcode: the next container ends as ERROR),
 *            next_video_error (a code: the next Facebook film that is complete fails to process),
 *            ig_token_life_s (of the next long-lived token of Instagram Login; 0: 60 days),
 *            ig_page_outage (as in May 2026: Page tokens get 100/33 reading containers and media),
 *            reels_total (30 a day and Page), video_chunk_bytes (1048576, classic video upload),
 *            shapes ("turn"|"docs"|"spec": where the sources spell an answer differently, in turn,
 *            the docs first, or always so), instagram_login (id of the account that signs in with
 *            Instagram Login; default the one without a Page)
 *   POST   /_sandbox/revoke    {"subcode":467} kills all tokens (default 467); 458, 460, 463 …
 *                              {"page":ID,"subcode":492} only that Page's tokens,
 *                              {"instagram":ID} only those of Instagram Login for it
 *   POST   /_sandbox/tasks     {"page":ID,"tasks":"ANALYZE,MODERATE"} what the person may do there
 *   POST   /_sandbox/reset     the world, log and faults as after a first start
 *   POST   /_sandbox/post      {"page":ID|"instagram":ID,"text":T} somebody posts by hand
 *   POST   /_sandbox/comment   {"object":POST or MEDIA id,"text":T,"name":N} somebody comments
 *   GET    /_sandbox/log       {"requests":{"POST /{id}/feed":3},"effects":{"feed":3,"photos":1,
 *                              "media":1,"media_publish":1,…},"faults":2,"total":9}; the hosts
 *            with a prefix have it in the name: POST /graph-video/{id}/videos
 *            Effects of films: video_start, video_chunk, reel_start, video_story_start,
 *            video_upload and ig_upload (all bytes there), videos, video_reels, video_stories
 *            (finish was taken), video_published, reel_published, story_published, video_failed;
 *            comment (of either platform); ig_code_exchange, ig_exchange_token, ig_refresh_token
 *   GET    /_sandbox/public.json  {"posts":[{platform, account, account_name, id, text, link, kind,
 *                              media_count, media:[local URL], media_ids, created_time, created_us,
 *                              permalink, local_url}]} newest first; no lag: what is really public.
 *            kind on Facebook: text, link, photo, photos, video, reel, story-photo, story-video; on
 *            Instagram: image, carousel, reel, story-image, story-video. Where they exist also
 *            alts:[one for each picture], title, cover (local URL), thumb_offset (ms),
 *            share_to_feed, user_tags:[{username, x, y, media: index in a carousel}],
 *            collaborators:[name], location_id, comments:[{text, own}] (not the hidden ones)
 *   GET    /_sandbox/public    the same as a page for people
 *   GET    /_sandbox/openai    what the AI was told, POST how it answers: openai-answers.c says more
 *   GET    /_sandbox/mails     what Resend was given: resend.c says more, also of its settings
 *   GET    /_sandbox/health    {"ok":true}
 *
 * TikTok lives in the tiktok*.c files; tiktok.h lists its settings, effects and controls.
 */

#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>
#include <libsoup/soup.h>

G_BEGIN_DECLS

#define SIM_VERSION "v26.0"
#define SIM_DAY (24 * 60 * 60 * (gint64) G_USEC_PER_SEC)
/* The secret of the practice world's app; worth nothing anywhere else. */
#define SIM_PRACTICE_SECRET "0123456789abcdef0123456789abcdef"

typedef enum
{
  SIM_USER,
  SIM_PAGE,
  SIM_IG,
  SIM_PHOTO,
  SIM_POST,
  SIM_CONTAINER,
  SIM_MEDIA,
  SIM_COMMENT,
  SIM_VIDEO,
} SimKind;

typedef enum
{
  SIM_VIDEO_POST,
  SIM_VIDEO_REEL,
  SIM_VIDEO_STORY,
} SimVideoUse;

/* What mp4.c found in a film; what the file does not say is 0 or empty. */
typedef struct
{
  gboolean mp4;
  gboolean moov_first;
  gboolean edited;
  gint64 duration_ms;
  int width;
  int height;
  double fps;
  char video_codec[5];
  char audio_codec[5];
} SimMp4;

/* A film on its way in (upload.c). Complete when as much is there as was announced. */
typedef struct
{
  GByteArray *data; /* NULL: nothing yet */
  guint64 size; /* 0: not announced yet */
  char *signature; /* of its local address */
} SimUpload;

/* Everything that has an id. Nodes live until the world ends; what is deleted is marked gone. */
typedef struct
{
  SimKind kind;
  char *id;
  gint64 created; /* µs of the sandbox's clock */
  guint64 seq;
  gboolean gone;
  GPtrArray *comments; /* borrowed SimComment, or NULL */
} SimNode;

typedef struct _SimPage SimPage;
typedef struct _SimPost SimPost;

typedef struct
{
  SimNode node;
  char *username;
  char *name;
  int followers;
  SimPage *page; /* NULL: an account without a Page, for Instagram Login only */
  GPtrArray *media; /* borrowed SimMedia, oldest first */
  GQueue containers_made; /* times, as GINT64 pointers */
  GQueue published;
} SimIg;

struct _SimPage
{
  SimNode node;
  char *name;
  char *username;
  char *category;
  char *profile_id;
  int followers;
  char **tasks;
  SimIg *ig;
  GPtrArray *posts; /* borrowed SimPost, by seq */
  GPtrArray *stories; /* borrowed SimPost */
  GPtrArray *videos; /* borrowed SimVideo, by seq */
  GQueue reels; /* times of finished reels, as GINT64 pointers */
  gboolean location; /* has an address, so its id is a place */
  char *last_message;
  gint64 last_message_at;
};

typedef struct
{
  SimNode node;
  SimPage *page; /* NULL: a picture the platform fetched or made for itself */
  GBytes *bytes;
  const char *mime;
  int width;
  int height;
  char *caption;
  char *alt;
  char *signature;
  gboolean published;
  gboolean temporary;
  SimPost *post;
} SimPhoto;

typedef struct
{
  SimNode node;
  SimPage *page;
  SimVideoUse use;
  SimUpload upload;
  SimMp4 mp4;
  char *session; /* upload_session_id of the classic protocol, or NULL */
  char *title;
  char *description;
  SimPhoto *thumb;
  SimPost *post;
  const char *state; /* PUBLISHED, SCHEDULED, DRAFT; NULL: finish has not come yet */
  gint64 scheduled; /* Unix seconds, 0 = not */
  gint64 ready_at; /* µs: end of the processing, 0 = waits for its bytes */
  gint64 due; /* µs: when the state comes about, 0 = it has */
  int error; /* of the processing */
  char *problem; /* the same in words */
} SimVideo;

struct _SimPost
{
  SimNode node;
  SimPage *page;
  char *message;
  char *link;
  GPtrArray *photos; /* borrowed SimPhoto, or NULL */
  SimVideo *video;
  gboolean published;
  gboolean by_app;
  gboolean story;
  gint64 scheduled; /* Unix seconds, 0 = not */
  gint64 updated;
};

typedef struct
{
  SimNode node;
  SimIg *ig;
  char *media_type; /* IMAGE, VIDEO, CAROUSEL, REELS, STORIES */
  char *caption;
  char *alt;
  gboolean carousel_item;
  gboolean resumable;
  gboolean is_video;
  SimUpload upload;
  SimMp4 mp4;
  SimPhoto *photo;
  SimPhoto *cover;
  char *user_tags; /* a JSON list, or NULL */
  char *collaborators; /* a JSON list, or NULL */
  char *location;
  gint64 thumb_offset; /* ms, -1 = none */
  gboolean share_to_feed;
  guint ticket; /* of the fetch under way, 0 = none */
  GPtrArray *children; /* borrowed SimContainer */
  gboolean used; /* as a child, or published */
  gint64 ready_at; /* 0 = waits for its upload */
  int error;
  char *media_id; /* once published */
} SimContainer;

typedef struct
{
  SimNode node;
  SimIg *ig;
  SimContainer *container; /* NULL for what was posted by hand */
  char *caption;
  char *shortcode;
} SimMedia;

typedef struct
{
  SimNode node;
  SimNode *parent;
  char *text;
  char *from_id;
  char *from_name;
  gboolean hidden;
  gboolean own;
} SimComment;

typedef struct
{
  char *value;
  SimPage *page; /* NULL: a user token */
  SimIg *ig; /* a token of Instagram Login; the Facebook hosts do not know it */
  gint64 issued;
  gint64 expires; /* µs, 0 = never */
  char **scopes;
  int dead; /* error subcode, 0 = alive */
  gboolean long_lived;
  GHashTable *page_tokens; /* page id → borrowed SimToken */
} SimToken;

typedef struct
{
  char *redirect_uri;
  char *challenge;
  char **scopes;
  SimIg *ig; /* a code of Instagram Login */
  gint64 made;
  gboolean used;
} SimCode;

typedef struct
{
  int lag_ms;
  int processing_ms;
  gboolean auto_approve;
  gboolean live;
  int duplicate_window_s;
  int ig_quota_total;
  int ig_container_total;
  gint64 clock_offset;
  char **decline;
  int next_container_error;
  int next_video_error;
  gint64 ig_token_life;    /* s; 0: 60 days */
  gboolean ig_page_outage; /* Page tokens do not find containers and media */
  int reels_total; /* 0 = 30 */
  int video_chunk_bytes; /* 0 = 1 MiB */
  int shapes; /* 0 = in turn, 1 = as the docs spell, 2 = as the spec does */
  char *instagram_login; /* id of the account that signs in, NULL: the one without a Page */
} SimSettings;

typedef struct
{
  int port;
  char *endpoints_file;
  char *state_file;
  char *world_file;
  char *log_file;
  char *app_id;
  char *app_secret;
  char *tiktok_client_key;
  char *tiktok_client_secret;
  gboolean exit_with_parent;
  double settle_first;
  double settle_second;
  double container_poll;
  SimSettings settings;
} SimOptions;

typedef struct
{
  SimOptions *options;
  SimSettings settings;
  guint port;
  char *base; /* http://127.0.0.1:PORT */
  char *app_id;
  char *app_secret;
  char *app_name;
  char **redirects;
  SimNode user;
  char *user_name;
  GPtrArray *pages; /* owned through nodes */
  GHashTable *nodes; /* id → owned SimNode */
  GHashTable *tokens; /* value → owned SimToken */
  GHashTable *codes; /* value → owned SimCode (oauth.c) */
  char *ig_app_id; /* of Instagram Login: an app of its own */
  char *ig_app_secret;
  GPtrArray *accounts; /* borrowed SimIg without a Page */
  GPtrArray *videos; /* borrowed SimVideo whose state has not come about yet */
  guint turns;
  GHashTable *granted; /* scope → "granted" | "declined" */
  GPtrArray *scheduled; /* borrowed SimPost */
  gint64 next_due; /* µs, 0 = none */
  guint64 seq;
  GHashTable *request_counts;
  GHashTable *effect_counts;
  guint64 total;
  guint64 fault_hits;
  gboolean dirty;
} SimWorld;

extern SimWorld *sim_world;

typedef struct
{
  char *name;
  char *filename;
  char *type;
  GBytes *bytes;
} SimFile;

typedef struct _SimField SimField;
struct _SimField
{
  char *name;
  GHashTable *arguments; /* "limit" → "0", or NULL */
  GPtrArray *children; /* SimField, or NULL */
};

typedef struct
{
  SoupServerMessage *message;
  char *method;
  char *path; /* as asked */
  const char *host; /* "graph-video", "rupload", "instagram-…"; NULL: any other host of Meta */
  char *version; /* "v26.0" */
  char **segments; /* without the version */
  guint n_segments;
  GHashTable *parameters;
  GPtrArray *files;
  SimToken *token;
  GPtrArray *fields; /* SimField, or NULL */
  gint64 started;
  guint status;
  char *type;
  GBytes *body;
  SimNode *subject; /* whose budget the usage header speaks of */
} SimRequest;

/* request.c */
SimRequest *sim_request_new (SoupServerMessage *message, const char *path, GHashTable *query);
void sim_request_free (SimRequest *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SimRequest, sim_request_free)
const char *sim_get (SimRequest *self, const char *name);
gboolean sim_get_boolean (SimRequest *self, const char *name, gboolean fallback, gboolean *value);
gboolean sim_is (SimRequest *self, const char *method);
void sim_reply_text (SimRequest *self, guint status, const char *type, char *text);
void sim_reply_object (SimRequest *self, JsonObject *object);
void sim_reply_success (SimRequest *self);
void sim_fail (SimRequest *self, int code, int subcode, const char *message);
void sim_fail_full (SimRequest *self, guint http, int code, int subcode, const char *message,
                    const char *title, const char *explanation);
void sim_fail_parameter (SimRequest *self, const char *name);
void sim_fail_missing (SimRequest *self, const char *id);
char *sim_json_to_text (JsonObject *object);

/* openai.c */
void sim_openai (SimRequest *self);

/* openai-answers.c */
gboolean sim_openai_answer (SimRequest *self); /* FALSE: this is not what was asked for */
void sim_openai_control (SimRequest *self);
void sim_openai_reset (void);

/* website.c */
void sim_website (SimRequest *self);

/* resend.c */
void sim_resend (SimRequest *self);
void sim_resend_list (SimRequest *self);
void sim_resend_reset (void);
gboolean sim_resend_setting (const char *name, const char *value);

/* fields.c */
void sim_field_free (SimField *self);
GPtrArray *sim_fields_parse (const char *text);
SimField *sim_fields_find (GPtrArray *fields, const char *name);
gboolean sim_fields_check (SimRequest *self, GPtrArray *fields, const char *const *known,
                           const char *type);
JsonObject *sim_project (JsonObject *full, GPtrArray *fields);

/* lists.c */
typedef gboolean (*SimListFilter) (SimNode *node, gpointer data);
typedef JsonObject *(*SimListRender) (SimNode *node, GPtrArray *fields);
gboolean sim_parse_time (const char *text, gint64 *seconds);
char *sim_time_text (gint64 microseconds);
void sim_reply_list (SimRequest *self, GPtrArray *nodes, int maximum, gboolean lagged,
                     SimListFilter filter, gpointer data, SimListRender render);
JsonObject *sim_comment_list (SimNode *node, SimField *field, const char *text_name);

/* world.c */
SimWorld *sim_world_new (SimOptions *options, GError **error);
void sim_world_free (SimWorld *self);
void sim_world_reset (void);
gint64 sim_now (void);
void sim_world_tick (void);
void sim_world_schedule (SimPost *post);
char *sim_new_id (const char *prefix, int digits);
char *sim_random_text (int length);
void sim_add_node (SimNode *node, SimKind kind, char *id);
SimNode *sim_find (const char *id, SimKind kind);
SimNode *sim_find_any (const char *id);
void sim_effect (const char *name);
SimToken *sim_token_new (SimPage *page, char **scopes, gint64 lifetime, gboolean long_lived);
SimToken *sim_token_for_page (SimToken *user_token, SimPage *page);
void sim_world_revoke (int subcode, SimPage *page, SimIg *ig);
void sim_world_revoke_facebook (int subcode);
gboolean sim_page_has_task (SimPage *page, const char *task);
SimPost *sim_post_new (SimPage *page, const char *message, const char *link);

/* token.c */
gboolean sim_authenticate (SimRequest *self);
gboolean sim_require_token (SimRequest *self);
gboolean sim_has_scope (SimRequest *self, const char *scope);
gboolean sim_require_page_write (SimRequest *self, SimPage *page, const char *scope,
                                 const char *task);
gboolean sim_require_page_read (SimRequest *self, SimPage *page, const char *scope);
gboolean sim_require_ig (SimRequest *self, SimIg *ig, const char *scope);

/* oauth.c */
void sim_oauth_dialog (SimRequest *self);
void sim_oauth_access_token (SimRequest *self);
void sim_oauth_debug_token (SimRequest *self);
void sim_oauth_permissions (SimRequest *self);
void sim_code_free (gpointer code);
void sim_refuse_page (SimRequest *self, const char *title, const char *why);
gboolean sim_redirect_allowed (const char *uri);
void sim_redirect_to (SimRequest *self, const char *redirect_uri, const char *answer);

/* accounts.c */
void sim_user (SimRequest *self);
void sim_accounts (SimRequest *self);
void sim_page (SimRequest *self, SimPage *page);

/* posts.c */
void sim_feed_create (SimRequest *self, SimPage *page);
void sim_feed_list (SimRequest *self, SimPage *page, const char *edge);
void sim_post (SimRequest *self, SimPost *post);
char *sim_post_permalink (SimPost *post);
gboolean sim_read_schedule (SimRequest *self, gboolean published, gint64 maximum, gint64 *seconds);
gboolean sim_schedule_is_fixed (SimRequest *self, gint64 scheduled);
void sim_post_publish (SimPost *post, gint64 time);

/* mp4.c */
void sim_mp4_read (const guint8 *data, gsize size, SimMp4 *mp4);
const char *sim_mp4_facebook_problem (const SimMp4 *mp4, SimVideoUse use);
int sim_mp4_instagram_problem (const SimMp4 *mp4, gboolean story, gint64 thumb_offset);

/* upload.c: the host rupload, and what has arrived of a film */
void sim_upload (SimRequest *self);
void sim_upload_cut (SimRequest *self, gsize bytes);
void sim_upload_watch (SoupServer *server);
void sim_upload_clear (SimUpload *self);
void sim_upload_take (SimUpload *self, const guint8 *data, gsize size);
gsize sim_upload_length (const SimUpload *self);
gboolean sim_upload_is_complete (const SimUpload *self);
SimUpload *sim_upload_of (SimNode *node);
char *sim_film_url (SimNode *node);

/* fetch.c: what the platform fetches by itself, from this computer only */
GBytes *sim_fetch (const char *url, gsize limit);
void sim_fetch_film (SimContainer *container, const char *url);

/* videos.c, video-upload.c, reels.c, stories.c */
SimVideo *sim_video_new (SimPage *page, SimVideoUse use);
void sim_video_uploaded (SimVideo *video);
void sim_video_finish (SimVideo *video, const char *state, gint64 scheduled);
void sim_videos_tick (void);
void sim_video (SimRequest *self, SimVideo *video);
void sim_video_list (SimRequest *self, SimPage *page, SimVideoUse use);
gboolean sim_video_is_expired (SimVideo *video);
gboolean sim_in_docs_shape (void);
void sim_video_create (SimRequest *self, SimPage *page);
void sim_fail_incomplete (SimRequest *self, SimVideo *video, guint64 end);
void sim_reel_create (SimRequest *self, SimPage *page);
void sim_video_story_create (SimRequest *self, SimPage *page);
void sim_stories_list (SimRequest *self, SimPage *page);

/* photos.c */
gboolean sim_image_probe (GBytes *bytes, const char **mime, int *width, int *height);
gboolean sim_photo_is_gone (SimPhoto *photo);
char *sim_photo_url (SimPhoto *photo, int width);
SimPhoto *sim_photo_from_url (const char *url, int *width, int *height);
void sim_photo_create (SimRequest *self, SimPage *page);
void sim_photo (SimRequest *self, SimPhoto *photo);
void sim_photo_story_create (SimRequest *self, SimPage *page);
SimPhoto *sim_photo_keep (GBytes *bytes);
void sim_cdn (SimRequest *self);
void sim_face (SimRequest *self); /* faces.c */

/* instagram.c, instagram-publish.c, instagram-rules.c, instagram-login.c */
void sim_ig (SimRequest *self, SimIg *ig);
void sim_ig_container_create (SimRequest *self, SimIg *ig);
void sim_ig_container (SimRequest *self, SimContainer *container);
void sim_ig_publish (SimRequest *self, SimIg *ig);
void sim_ig_media_list (SimRequest *self, SimIg *ig, gboolean stories);
void sim_ig_media (SimRequest *self, SimMedia *media);
void sim_ig_limit (SimRequest *self, SimIg *ig);
gboolean sim_ig_outage (SimRequest *self, SimNode *node);
void sim_ig_uploaded (SimContainer *container);
void sim_ig_remember (GQueue *times);
void sim_ig_fail_fetch (SimRequest *self, const char *url);
SimPhoto *sim_ig_fetch_image (SimRequest *self, const char *url, gboolean any_shape);
gboolean sim_ig_take_extras (SimRequest *self, SimContainer *container);
void sim_instagram_login (SimRequest *self);
SimMedia *sim_media_new (SimIg *ig, SimContainer *container, const char *caption);
char *sim_media_permalink (SimMedia *media);
const char *sim_container_status (SimContainer *container);
guint sim_ig_recent (GQueue *times);

/* comments.c */
void sim_comments (SimRequest *self, SimNode *node);
void sim_comment (SimRequest *self, SimComment *comment);
SimComment *sim_comment_new (SimNode *parent, const char *text, const char *from_id,
                             const char *from_name, gboolean own);

/* graph.c */
void sim_graph (SimRequest *self);
gboolean sim_graph_prepare (SimRequest *self);
void sim_graph_node (SimRequest *self, SimNode *node);

/* faults.c */
typedef struct _SimFault SimFault;
SimFault *sim_fault_match (SimRequest *self);
gboolean sim_fault_is_before (SimFault *fault);
int sim_fault_delay (SimFault *fault, const char *when);
void sim_fault_apply (SimFault *fault, SimRequest *self);
void sim_fault_release (SimFault *fault);
void sim_faults_control (SimRequest *self);
void sim_faults_clear (void);

/* raw.c: answers no HTTP library would give */
void sim_raw_close (SoupServerMessage *message, gboolean reset);
void sim_raw_hang (SoupServerMessage *message);
void sim_raw_send (SoupServerMessage *message, GBytes *bytes, gsize total, guint interval_ms);
void sim_raw_drop_hanging (void);

/* control.c, public.c */
void sim_control (SimRequest *self);
JsonObject *sim_public_json (void);
void sim_public_page (SimRequest *self);

/* state.c */
gboolean sim_state_load (GError **error);
void sim_state_save (void);

/* server.c */
int sim_server_run (SimOptions *options);

/* options.c */
SimOptions *sim_options_parse (int argc, char **argv, int *status);
void sim_options_free (SimOptions *self);
gboolean sim_write_endpoints (SimOptions *options, const char *base, GError **error);

G_END_DECLS

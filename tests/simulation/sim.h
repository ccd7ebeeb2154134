/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * DESIGN: the simulation. The real engine, library, store and adapters run against a simulated
 * computer (clock, disk, keyring, network) and simulated platforms. Everything that happens comes
 * from one seed, so one seed is one history, to the last bit, and a failing one can be told again.
 *
 *   sim-disk.c       a disk as a SQLite VFS: what was written, what was synced, what is torn
 *   sim-connection.c connections that outlive a killed publisher, to save their making
 *   sim-process.c    the publisher: its life and its deaths, and the engine's host
 *   sim-network.c    requests on their way, answers that get lost or lie
 *   sim-meta.c       what Facebook and Instagram share: tokens, errors, limits
 *   sim-facebook.c   a Page: feed, unpublished photos, photo stories, its own schedule
 *   sim-video.c      a Page's videos, reels and video stories
 *   sim-after.c      comments and deletion, of both
 *   sim-instagram.c  an Instagram account: containers, media_publish, media list
 *   sim-tiktok.c     a TikTok account: uploads in parts, drafts, status
 *   sim-forms.c      which kinds of post there are
 *   sim-plan.c       which disasters and which people come when
 *   sim-oracle.c     what must hold after every event, and at the end
 *   smm-sim.c        seeds, jobs, stories
 *
 * The platforms are written from their documentation, not from our adapters, and where that is
 * silent they are as mean as they may be. A further kind of publication is a function that answers
 * its requests (SimWorld), posts of that kind in sim-plan.c, and what its commit is.
 */

#pragma once

#include "smm-engine.h"
#include "smm-store-write.h"

G_BEGIN_DECLS

#define SECOND ((gint64)G_USEC_PER_SEC)
#define MINUTE (60 * SECOND)
#define HOUR (60 * MINUTE)
/* 2026-11-24T06:00:00Z */
#define START (G_GINT64_CONSTANT (1795500000) * G_USEC_PER_SEC)

#define MAX_POSTS 4
#define N_ACCOUNTS 3
#define N_PHOTOS 3
#define MAX_DOUBTS 10
/* Each post has files of its own, so that what shows no text is known by them: pictures, a video. */
#define N_FILES (N_PHOTOS + 1)

typedef struct _Sim Sim;
typedef struct _SimFlight SimFlight;

/* --- sim-disk.c --- */

typedef enum
{
  SIM_DISK_WELL,
  SIM_DISK_READ_ERROR,
  SIM_DISK_WRITE_ERROR,
  SIM_DISK_SHORT_WRITE,  /* half of it is written, then an error */
  SIM_DISK_SYNC_ERROR,   /* nothing of it is kept, the next one may */
  SIM_DISK_SYNC_FORGETS, /* Linux: what was not synced then never will be, and looks as if it were */
  SIM_DISK_FULL,
  SIM_DISK_BUSY,         /* another program holds the lock */
} SimDiskFault;

/* Whatever comes in pages is cheaper with small ones. */
typedef enum
{
  SIM_PAGES_OF_THE_PRODUCT, /* 4096 */
  SIM_SMALL_PAGES,          /* 1024 */
  SIM_N_PAGE_SIZES,
} SimPageSize;

void sim_disk_init (void);
/* The library as it is now becomes what histories begin with. */
void sim_disk_keep_template (SimPageSize pages);
void sim_disk_clear (void);
void sim_disk_load_template (Sim *sim, SimPageSize pages);
/* After @ops further operations @fault happens, @times times. */
void sim_disk_plan_fault (SimDiskFault fault, guint ops, guint times);
/* At the @ops-th write or sync the process dies. 0: not. */
void sim_disk_plan_kill (guint ops);
/* While the oracle looks the disk does not fail under it. */
void sim_disk_spare (gboolean spared);
/* Nothing a dead process does reaches the disk. */
void sim_disk_freeze (gboolean frozen);
/* Made to be quick (FALSE in each sixteenth history): the publisher's connections outlive it, and
 * the library has small pages. */
gboolean sim_is_quick (Sim *sim);
/* What is read next comes from the disk, as it does from a large library. */
void sim_connection_forget_pages (Sim *sim);
/* Libraries that are made from here on have pages of this size. */
void sim_connection_set_pages (SimPageSize pages);
gboolean sim_disk_is_frozen (void);
gboolean sim_disk_is_sound (void);
void sim_disk_call_sound (void);
void sim_disk_drop_index (void);
gboolean sim_disk_reopen (const char *path);
void sim_disk_lose_power (void);
/* Whether all that SQLite thinks is committed is on the disk, not only in its cache. */
gboolean sim_disk_is_synced (void);

/* --- The world --- */

typedef enum
{
  SIM_FACEBOOK,
  SIM_INSTAGRAM,
  SIM_TIKTOK,
} SimAccountIndex;

/* A post the public sees, or will see without any further doing of ours. */
typedef struct
{
  char *id;
  char *alias;           /* another id that means it: a video's, TikTok's publish_id */
  SmmPostKind kind;
  gboolean pending;      /* the platform publishes it at @publish_at */
  gboolean scheduled;    /* that is a time that was asked for */
  gboolean gone;         /* removed there */
  gint64 gone_at;
  gint64 publish_at;
  gboolean textless;     /* stories, drafts */
  char *text;            /* as the platform shows it */
  SimAccountIndex account;
  int group;             /* posts with the same text are one group; -1: not about one of ours */
  gboolean by_hand;
  gboolean taken;        /* a target is published as this */
  gint64 created_at;     /* true time */
  gint64 listed_at;      /* when lists and reads know it */
  char *photos;          /* ids, comma separated */
  char *link;
} SimVisible;

/* A video of the Page: from its start on it has an id, and finishing it publishes it. */
typedef struct
{
  char *id, *session, *file, *text;
  SmmPostKind kind;
  gint64 size, received;
  gint64 ready_at;       /* when the platform has worked on all of it; 0: bytes are missing */
  const char *end;       /* "ready", "error", "expired" */
  gint64 finished_at;    /* 0: not */
  gint64 shown_at;       /* when its status knows of that */
  gint64 publish_at;     /* 0: as soon as it is ready */
  SimVisible *visible;   /* NULL before the finish */
} SimVideo;

typedef struct
{
  char *id, *on, *text;
  SimAccountIndex account;
  int group;             /* -1: not ours */
  gboolean anonymous;    /* the list does not say who wrote it */
  gint64 created_at, listed_at;
} SimComment;

/* A video on its way to TikTok. */
typedef struct
{
  char *publish_id, *url, *file, *text;
  gint64 size, chunk, received, made_at;
  gint64 shown;          /* bytes that its status tells of until @shown_at */
  gint64 shown_at;
  gboolean inbox, private;
  const char *failed;    /* why; NULL: not */
  gint64 ready_at, id_at;
  SimVisible *visible;
} SimUpload;

typedef struct
{
  char *id;
  gint64 made_at, ready_at;
  const char *end;       /* "FINISHED", "ERROR", "EXPIRED" */
  gboolean item, carousel, published, video;
  const char *type;      /* as the list calls it: "IMAGE", "VIDEO", "CAROUSEL_ALBUM" */
  SmmPostKind kind;
  char *file;            /* NULL: none was uploaded yet */
  gint64 size, received;
  int group;             /* by its file; -1: not known */
  gint64 published_shown_at;
  char *caption, *children;
  int n_children;
} SimContainer;

typedef struct
{
  char *id, *file;
  gint64 made_at;
  gboolean in_story;
} SimPhoto;

/* How often what goes wrong, of 1. */
typedef struct
{
  double no_network, lost_before, lost_after, lie, error_before, html, truncated, odd;
  double limit, usage, refuse, transient, transient_after, missing, blocked_after, blocked,
      duplicate, echo, ragged, consumed, container_error, container_expired, gone, bare_id, slow, timeout, quota;
  double cut, early_published, dropped, delete_refused, anonymous, spam;
  double kill, power;    /* @power: which share of the deaths is one of the whole computer */
  double keyring_locked, keyring_slow, render_fails;
  double doubt;          /* the disk can't be read while a post is being prepared */
  double forgets;        /* the disk forgets what a publisher writes that has just started */
  gboolean no_date;      /* answers do not say when they were made; the clock is right then */
  gboolean double_container; /* a container may be published twice */
  gint64 lag;            /* lists are behind by up to this */
  gint64 processing;     /* containers take up to this */
} SimRates;

/* What a platform does with a request: status and JSON body, headers. */
typedef struct
{
  guint status;
  char *body;
  gint64 usage_minutes;  /* > 0: the usage header says so */
  gboolean committed;    /* something became public by this */
  char *range;           /* Content-Range; NULL: none */
} SimAnswer;
static inline void
sim_answer_clear (SimAnswer *answer)
{
  g_free (answer->body);
  g_free (answer->range);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SimAnswer, sim_answer_clear)
typedef gboolean (*SimWorld) (Sim *sim, SimFlight *flight, SimAnswer *answer);

struct _SimFlight
{
  SmmRequest *request;
  char *token;
  char *target_id;       /* who sends it, for the story only */
  gboolean arrives_after_timeout;
  guint life;
  SmmResponse *response;
  SmmSendFunc callback;
  gpointer user_data;
};

/* What a post is. */
typedef enum
{
  SIM_FORM_FEED,         /* text, link, pictures, a carousel: on Facebook, Instagram or both */
  SIM_FORM_VIDEO,        /* Facebook */
  SIM_FORM_REEL,
  SIM_FORM_PHOTO_STORY,
  SIM_FORM_VIDEO_STORY,
  SIM_FORM_HANDED_OVER,  /* text or pictures that Facebook publishes at their time */
  SIM_FORM_HANDED_OVER_VIDEO,
  SIM_FORM_HANDED_OVER_REEL,
  SIM_FORM_IG_REEL,      /* Instagram */
  SIM_FORM_IG_STORY,
  SIM_FORM_IG_VIDEO_STORY,
  SIM_FORM_IG_CAROUSEL,  /* with a video */
  SIM_FORM_TIKTOK,
  SIM_FORM_TIKTOK_PRIVATE,
  SIM_FORM_TIKTOK_INBOX,
  SIM_N_FORMS
} SimForm;

typedef struct
{
  char id[16], text[96], comment[96]; /* comment "": none */
  SimForm form;
  SmmPostKind kind;
  gboolean video;
  int group;
  gboolean wants[N_ACCOUNTS];
  int n_media;
  gboolean link;
  gint64 due_at;
  gboolean added;        /* the library said so */
  gboolean cancelled;    /* somebody asked for that, or for what may amount to it */
  guint version;         /* of its text */
} SimPost;

typedef struct
{
  const char *id, *remote_id;
  int token_version;     /* the one that works; 0: none does */
  int known_version;     /* the one in the keyring */
  gboolean lost;         /* the keyring has none any more */
  /* TikTok: the access token ends, and is bought anew with one that is good for one time. */
  gint64 expires_at;     /* 0: never */
  gboolean spent;        /* the platform gave the next pair and we did not get it */
  gint64 quota_until;
  gint64 limited_until;
} SimAccount;

/* What happened in all histories together: a run in which nothing does proves nothing. */
typedef struct
{
  guint events, kills, requests;
  guint became[SMM_N_TARGET_STATES]; /* how often a target came into this state */
  guint published[SIM_N_FORMS];
  guint comments, removed, handed_over;
} SimStatistics;

typedef void (*SimFunc) (Sim *sim, gpointer data, gboolean alive);

struct _Sim
{
  guint32 seed;
  GRand *rand;
  gint64 now;            /* true time, µs UTC */
  gint64 skew;           /* the computer's clock shows now + skew */
  gboolean calm;         /* disasters are over */
  guint64 seq;
  GSequence *events;
  SimStatistics statistics;

  /* the publisher */
  SmmPaths *paths;
  guint life;
  gboolean dead;         /* was killed during this event */
  gboolean power_lost;
  gboolean stopping;
  SmmLibraryLocal *library;
  SmmEngine *engine;
  gint64 armed_at;       /* by the computer's clock */
  char *sender;          /* target of the next request */
  gint64 asleep_until;   /* suspended */

  /* the world */
  SimRates rates;
  SimAccount accounts[N_ACCOUNTS];
  GPtrArray *visible;    /* SimVisible* */
  GPtrArray *containers; /* SimContainer* */
  GPtrArray *photos;     /* SimPhoto* */
  GPtrArray *videos;     /* SimVideo* */
  GPtrArray *comments;   /* SimComment* */
  GPtrArray *uploads;    /* SimUpload* */
  GArray *calls[3];      /* gint64: when TikTok was asked to begin, for the creator, for a status */
  guint n_ids;
  guint world_version;   /* changes with what the public sees */

  SimPost posts[MAX_POSTS];
  int n_posts;
  gboolean ambiguous[N_ACCOUNTS][MAX_POSTS]; /* the same text is posted twice, or by hand too */
  gboolean peaceful;     /* no disaster at all was drawn */

  guint64 checked_commits;
  guint checked_world, checked_life;
  SmmTargetState seen[MAX_POSTS][N_ACCOUNTS]; /* as of the last check */
  guint n_doubts;        /* how often the disk failed while a post was being prepared */
  guint n_commands, checked_commands; /* people's: done, and as of the last check */
  guint n_pending;       /* events of the living process */
  char *fault;

  guint64 hash;
  GString *story;        /* NULL: not kept */
};

/* Only posts of this form; -1: of all. */
extern int sim_only_form;
extern const char *const sim_form_names[];

void sim_tell (Sim *sim, const char *format, ...) G_GNUC_PRINTF (2, 3);
void sim_fault (Sim *sim, const char *format, ...) G_GNUC_PRINTF (2, 3);
gboolean sim_chance (Sim *sim, double p);
gint64 sim_between (Sim *sim, gint64 from, gint64 to);
/* @func is called at @at; @alive FALSE: the process that added it is gone, free @data.
 * @life 0: it happens whoever lives. */
void sim_add_event (Sim *sim, gint64 at, guint life, SimFunc func, gpointer data);
gint64 sim_local_now (Sim *sim);
extern Sim *sim_current;
/* Which safety is taken away: "no-reconcile", "no-comment-look", "no-settle"; NULL none. */
extern char *sim_unsafe;

/* --- sim-process.c --- */
void sim_process_start (Sim *sim);
void sim_process_start_soon (Sim *sim, gint64 after);
void sim_process_bury (Sim *sim);
/* Draws whether the process dies here. TRUE: it is dead. */
gboolean sim_maybe_die (Sim *sim, const char *where);
void sim_die (Sim *sim, const char *where);
/* A clean end, as at log-out. */
void sim_process_end (Sim *sim);
void sim_process_second (Sim *sim);
GVariant *sim_apply (Sim *sim, const char *name, GVariant *args, GError **error);

/* --- sim-network.c --- */
void sim_network_send (Sim *sim, SmmRequest *request, const char *token, SmmSendFunc callback,
                       gpointer user_data);
/* Suspend: connections that were open are dead. */
void sim_network_reset (Sim *sim);
gboolean sim_request_is_commit (SmmRequest *request);

/* --- sim-meta.c --- */
extern const SimWorld sim_worlds[];
void sim_world_answer (Sim *sim, SimFlight *flight, SimAnswer *answer);
void sim_answer (SimAnswer *answer, guint status, const char *format, ...) G_GNUC_PRINTF (3, 4);
void sim_answer_error (SimAnswer *answer, int code, int subcode, const char *message);
gboolean sim_answer_commit_trouble (Sim *sim, SimFlight *flight, SimAnswer *answer);
gboolean sim_is_token_dead (Sim *sim, SimFlight *flight, SimAccount *account);
const char *sim_get_header (SmmRequest *request, const char *name);
/* A parameter, wherever it is. */
const char *sim_get (SmmRequest *request, const char *name);
/* Whether the request asks for this field, at the top level or inside. */
gboolean sim_wants (SmmRequest *request, const char *field);
char *sim_make_id (Sim *sim, const char *prefix);
char *sim_json_text (const char *text);
char *sim_meta_time (gint64 at);
int sim_get_group (const char *text, char mark); /* "g3 …" or "c3 …"; -1 */
int sim_get_file_group (const char *path);
SimVisible *sim_show (Sim *sim, SimAccountIndex account, const char *text, gboolean by_hand);
/* What shows no text is known by its file. */
SimVisible *sim_show_file (Sim *sim, SimAccountIndex account, const char *file);
/* What the platform will show at @at, true time; 0: when sim_move() says. */
SimVisible *sim_show_later (Sim *sim, SimAccountIndex account, const char *text, gint64 at);
void sim_move (Sim *sim, SimVisible *visible, gint64 at);
gboolean sim_is_shown (Sim *sim, SimVisible *visible);
SimVisible *sim_find_visible (Sim *sim, const char *id);
SimPhoto *sim_find_photo (Sim *sim, const char *id);
gint64 sim_lag (Sim *sim);
void sim_visible_free (gpointer data);
void sim_container_free (gpointer data);
void sim_photo_free (gpointer data);

/* --- The worlds --- */
gboolean sim_facebook (Sim *sim, SimFlight *flight, SimAnswer *answer);
gboolean sim_video (Sim *sim, SimFlight *flight, SimAnswer *answer);
gboolean sim_after (Sim *sim, SimFlight *flight, SimAnswer *answer);
gboolean sim_instagram (Sim *sim, SimFlight *flight, SimAnswer *answer);
gboolean sim_rupload (Sim *sim, SimFlight *flight, SimAnswer *answer);
SimContainer *sim_find_container (Sim *sim, const char *id);
void sim_container_uploaded (Sim *sim, SimContainer *container);
void sim_tiktok (Sim *sim, SimFlight *flight, SimAnswer *answer);
char *sim_print_video_attachment (Sim *sim, SimVisible *visible);
void sim_video_free (gpointer data);
void sim_comment_free (gpointer data);
void sim_upload_free (gpointer data);
/* TRUE: within the window in which Facebook takes a post ahead. */
gboolean sim_check_schedule (Sim *sim, SmmRequest *request, gint64 *at, SimAnswer *answer);

/* --- sim-forms.c --- */
void sim_add_media (SmmStore *store);
gint64 sim_get_file_size (int n);
gboolean sim_is_video_file (int n);
void sim_draw_form (Sim *sim, SimPost *post);
void sim_describe_form (SimPost *post, GVariantDict *dict);

/* --- sim-plan.c --- */
void sim_plan (Sim *sim);
void sim_plan_template (Sim *sim);
void sim_plan_calm (Sim *sim);
/* Somebody notices, sooner or later. */
void sim_plan_forgetting (Sim *sim);
void sim_plan_doubt (Sim *sim, gint64 at);
void sim_plan_sign_in (Sim *sim, SimAccount *account);

/* --- sim-oracle.c --- */
void sim_check (Sim *sim);
void sim_check_send (Sim *sim, SmmRequest *request, const char *target_id);
void sim_check_end (Sim *sim);
void sim_tell_states (Sim *sim);

/* --- sim-run.c --- */
void sim_prepare (SmmPaths *paths);
/* Returns what went wrong, or NULL. @story NULL: not kept. */
char *sim_run (guint32 seed, SmmPaths *paths, GString *story, guint64 *hash,
               SimStatistics *statistics);

G_END_DECLS

/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "smm-engine.h"
#include "smm-store-write.h"

G_BEGIN_DECLS

#define SECOND ((gint64) G_USEC_PER_SEC)
#define MINUTE (60 * SECOND)
#define HOUR (60 * MINUTE)
/* Between two tries to write to a disk that fails. */
#define MAX_STORE_RETRY (30 * SECOND)

/* A target being worked on. */
typedef struct
{
  SmmEngine *engine;     /* borrowed: the engine outlives its jobs */
  char *target_id;
  char *post_id;
  SmmTargetState state;  /* as last written by us */
  int attempt;
  gint64 due_at;
  gint64 published_at;
  char *reason_code;     /* as on disk: "removing", "recall-cancel" … */

  SmmPost *post;
  SmmAccount *account;
  const SmmPlatform *platform;
  SmmPublication pub;    /* borrows post, account; owns renditions and facts */
  char *app_id;

  char *token;           /* the account's; wiped */
  char *person_token;

  SmmStep *step;         /* being sent */
  gint64 step_started_at;
  gint64 journal_id;     /* of an intent on disk */
  int look;              /* > 0: reconciling */
  guint n_more;          /* requests of this look */
  gboolean claimed;
  gboolean listed;        /* its row is one that the queue still lists as due */
  gboolean leaving;       /* nothing is left but to write what came of it */
  gboolean handed_over;   /* the platform has it and publishes it at its time */
  gboolean doubted;       /* an earlier commit had no clear answer */
} SmmJob;

struct _SmmEngine
{
  GObject parent_instance;

  SmmLibraryLocal *library;
  SmmStore *store;       /* borrowed from the library */
  SmmEngineHost host;
  gpointer host_data;
  SmmPlatformFunc platforms;

  GHashTable *jobs;      /* target id → SmmJob* */
  GHashTable *secrets;   /* target id → facts "secret.…", which never reach the disk */
  GHashTable *spent;     /* "account\nstep" → GArray of gint64: when such steps were sent */
  GPtrArray *batch;      /* SmmOp*: to be written by the next commit */
  GPtrArray *changed;    /* char*: ids to tell about after it */
  guint max_in_flight;
  guint n_listed;        /* jobs that are listed */
  guint n_leaving;       /* jobs that are leaving: their places are free */
  gint64 paused_until;   /* -1: not */
  gint64 store_retry_at; /* > 0: the last commit failed; nothing is sent before it worked */
  guint store_failures;
  gboolean started, stopping;
  guint recovered;       /* generation of the store of which what was left open is settled */
  GHashTable *unsent;    /* target id → attempt whose claim failed: it may be on the disk */
  char *problem;         /* what the disk said last; NULL: well */
  gboolean flush_pending, wake_pending;
  gboolean reopening;    /* the host opens the store anew */
};

/* --- smm-engine-batch.c: what is written together --- */

/* Inside the transaction. FALSE with an error: the database fails, the whole batch is undone; FALSE
 * without: this change lost its race, the others go on. */
typedef gboolean (*SmmOpFunc) (SmmEngine *self, gpointer data, GError **error);
/* After COMMIT: @written FALSE when it failed or lost. */
typedef void (*SmmOpDone) (SmmEngine *self, gpointer data, gboolean written);

/* @keep: an outcome; it is tried again until it is on disk, and @done sees only success or a lost
 * race. Otherwise a failed commit gives @done FALSE at once. */
void smm_engine_write (SmmEngine *self, SmmOpFunc func, SmmOpDone done, gpointer data,
                       gboolean keep);
void smm_engine_flush (SmmEngine *self);
void smm_engine_add_changed (SmmEngine *self, const char *id);
void smm_engine_batch_clear (SmmEngine *self);
gint64 smm_engine_now (SmmEngine *self);

/* --- smm-engine.c --- */

/* Takes up what is due, as far as there are places, and sets the timer for the rest. */
void smm_engine_look_at_queue (SmmEngine *self);

/* --- smm-engine-recover.c: what is on the disk after a death, or after the disk has failed --- */

/* Settles what was left open, if it is not; FALSE: not yet, the timer runs. */
gboolean smm_engine_recover (SmmEngine *self);
/* Nothing leaves otherwise. */
gboolean smm_engine_may_send (SmmEngine *self);
void smm_engine_set_problem (SmmEngine *self, const GError *error);

/* --- smm-engine-job.c: life of a job, its steps --- */

SmmJob *smm_job_new (SmmEngine *engine, SmmTarget *target);
void smm_job_free (SmmJob *job);
void smm_job_end (SmmJob *job);
/* Asks the adapter what comes next and sends it; claims first where that is due. */
void smm_job_next_step (SmmJob *job);
char *smm_job_describe_untold (SmmJob *job);
void smm_job_publish (SmmJob *job, SmmResponse *response, const char *request_id);
void smm_job_send (SmmJob *job, SmmRequest *request, const char *progress, SmmSendFunc callback);
void smm_job_merge_facts (SmmJob *job, GHashTable *facts);
void smm_job_drop_facts (SmmJob *job, const char *prefix);
const char *smm_job_get_fact (SmmJob *job, const char *key);
void smm_job_set_fact (SmmJob *job, const char *key, const char *value);
/* Counts in the facts, so that a restart does not forget: returns 1 the first time. */
int smm_job_count (SmmJob *job, const char *what);
void smm_job_forget_count (SmmJob *job, const char *what);
/* What the platform had, or was to have, is gone: facts about it are dropped. */
void smm_job_forget_there (SmmJob *job);
gint64 smm_job_backoff (SmmJob *job, int tries);

/* --- smm-engine-ready.c: before anything is sent --- */

/* A target whose time has come, or whose work goes on: lateness, account, token, pictures. */
void smm_job_begin (SmmJob *job);
void smm_job_with_tokens (SmmJob *job, void (*then) (SmmJob *job));
void smm_job_hold (SmmJob *job, const char *code, const char *reason, const char *fix);
void smm_job_fail (SmmJob *job, const char *code, const char *reason, const char *fix);

/* --- smm-engine-files.c: files that a platform fetches --- */
void smm_job_place (SmmJob *job);

/* --- smm-engine-answer.c: what an answer to a step means --- */
void smm_job_take_outcome (SmmJob *job, SmmResponse *response, SmmOutcome *outcome);
void smm_job_on_answer (SmmResponse *response, gpointer user_data);

/* --- smm-engine-handover.c: posts that the platform publishes at their time --- */
gboolean smm_job_wants_hand_over (SmmJob *job);
/* Whether the platform takes the post now; else it is parked until it does, or until its time. */
gboolean smm_job_prepare_hand_over (SmmJob *job);
void smm_job_keep_handed_over (SmmJob *job, SmmResponse *response, const char *request_id);
void smm_job_begin_handed_over (SmmJob *job);

/* --- smm-engine-after.c: first comment and removal of what is public --- */
gboolean smm_job_wants_comment (SmmJob *job);
void smm_job_begin_after (SmmJob *job);
void smm_job_remove (SmmJob *job);

/* --- smm-engine-budget.c: known limits are kept, not met --- */

/* When @step may be sent; 0: now. @said: (out): why not now. */
gint64 smm_engine_check_budget (SmmJob *job, const SmmStep *step, char **said);
void smm_engine_spend (SmmJob *job, const SmmStep *step);

/* --- smm-engine-outcome.c: what came of a step --- */
typedef struct
{
  char *target_id, *post_id, *account_id;
  SmmTargetState from;
  int from_attempt;
  SmmTransition to;
  GHashTable *facts;
  gint64 journal_id;
  char *journal_state;
  int http_status;
  char *step, *kind, *error, *note, *request_id;
  gint64 started_at, ended_at;
  gint64 rest_until;
  int account_state; /* -1: as it is */
  char *account_reason;
  gboolean ends;
  gboolean came_to_nothing; /* the last commit: its verdict says so */
  gboolean keeps_facts; /* of a published target there is more to do */
  void (*then) (SmmJob *job);
  SmmJob *job;
} SmmWrite;

/* From the job's present state to @state; copies its facts. */
SmmWrite *smm_write_new (SmmJob *job, SmmTargetState state, int attempt);
void smm_write_fill_journal (SmmJob *job, SmmWrite *write, SmmResponse *response, const char *state,
                             const char *error, const char *note, const char *request_id);
/* Takes @write. It is kept until it is on disk. */
void smm_write_submit (SmmWrite *write);
/* What people asked of a post that the platform has already, and wait for. */
gboolean smm_is_ask (const char *reason_code);
/* Ends the job; the target waits as @state until @next_at. */
void smm_job_park (SmmJob *job, SmmTargetState state, int attempt, gint64 next_at,
                   const char *reason_code, const char *reason, const char *fix);

/* --- smm-engine-look.c: reconciling --- */
void smm_job_begin_look (SmmJob *job);
gint64 smm_engine_settle (SmmEngine *self, int look);
gint64 smm_job_get_rest_by_date (SmmJob *job, SmmResponse *response, const char *since_fact);

G_END_DECLS

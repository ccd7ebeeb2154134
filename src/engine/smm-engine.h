/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * DESIGN: the engine room. It owns the promise: a post goes out exactly once, at its time, or the
 * user is told the truth.
 *
 * The engine decides and journals; it does nothing by itself. Time, requests, tokens, pictures and
 * the moment between two turns of the loop come from its host, so the same code runs in the
 * publisher, and in tests against a simulated world.
 *
 *   due      a scheduled target whose time has come is loaded, its token and pictures are made ready
 *   claim    compare-and-set to publishing, attempt + 1, and for a committing step the intent, in
 *            one durable commit; only when COMMIT returned OK does a byte leave
 *   steps    prepare steps may repeat; the commit step has one row an attempt in the journal
 *   outcome  compare-and-set again, grouped with others of the same loop turn
 *   unclear  the target is unconfirmed; after a settling time the platform is asked, twice; only
 *            two "not there" lead to a new attempt
 *   start    what a dead publisher left as publishing with an open intent is unconfirmed
 *   disk     while the last durable write failed nothing is sent; after an error of the disk the
 *            library is closed, opened and checked, and what is in it is read anew
 */

#pragma once

#include "smm-library-local.h"
#include "smm-platform.h"

G_BEGIN_DECLS

typedef enum
{
  SMM_TOKEN_READY,
  SMM_TOKEN_MISSING,      /* the keyring works and has none: sign in again */
  SMM_TOKEN_LOCKED,       /* the keyring is locked, absent or does not answer: wait for it */
} SmmTokenStatus;

typedef void (*SmmSendFunc) (SmmResponse *response, gpointer user_data);
typedef void (*SmmTokenFunc) (SmmTokenStatus status, const char *token, const char *message,
                              gpointer user_data);
/* @rendition NULL: @code and @message say why ("media-missing", "media-broken" …). Owned by callee. */
typedef void (*SmmRenderFunc) (SmmRendition *rendition, const char *code, const char *message,
                               gpointer user_data);

typedef enum
{
  SMM_PLACE_READY, /* text: the address, seen by a stranger just now */
  SMM_PLACE_WAIT,  /* text: why not at present */
  SMM_PLACE_BAD,   /* text: what the user has to put right */
} SmmPlaceStatus;
/* @error: NULL: it is open and whole */
typedef void (*SmmReopenFunc) (const GError *error, gpointer user_data);
typedef void (*SmmPlaceFunc) (SmmPlaceStatus status, const char *text, gpointer user_data);

typedef struct
{
  gint64 (*now) (gpointer host);                       /* µs UTC */
  void (*arm) (gpointer host, gint64 at);              /* call smm_engine_wake() at @at; 0: never */
  void (*defer) (gpointer host, GSourceFunc func, gpointer data); /* once, after this loop turn */
  void (*send) (gpointer host, SmmRequest *request, const char *token, SmmSendFunc callback,
                gpointer user_data);
  void (*lookup_token) (gpointer host, const char *account_id, SmmTokenKind kind,
                        SmmTokenFunc callback, gpointer user_data);
  void (*render) (gpointer host, SmmMedia *media, SmmPlatformId platform, SmmRenderFunc callback,
                  gpointer user_data);
  /* Puts a file where a platform can fetch it; NULL: there is no such place. */
  void (*place) (gpointer host, const char *target_id, guint index, SmmRendition *rendition,
                 SmmPlaceFunc callback, gpointer user_data);
  void (*progress) (gpointer host, const char *post_id, const char *target_id, double fraction,
                    const char *text);
  /* Why nothing is sent, in words for people; NULL: it is again. */
  void (*tell_problem) (gpointer host, const char *problem);
  /* Opens the store anew, whose disk has failed, without keeping the loop; NULL: here and now. */
  void (*reopen) (gpointer host, SmmReopenFunc callback, gpointer user_data);
  /* Seconds after a commit was sent, before the first and the second look. */
  double settle_first, settle_second;
  double container_poll;                               /* seconds; 0: the adapter's own rhythm */
} SmmEngineHost;

#define SMM_TYPE_ENGINE (smm_engine_get_type ())
G_DECLARE_FINAL_TYPE (SmmEngine, smm_engine, SMM, ENGINE, GObject)

/* @host is copied; @host_data must outlive the engine. */
SmmEngine *smm_engine_new (SmmLibraryLocal *library, const SmmEngineHost *host, gpointer host_data);

/* Recovers what a dead publisher left, then works. */
void smm_engine_start (SmmEngine *self);
/* Looks at the clock and the queue. */
void smm_engine_wake (SmmEngine *self);
/* Sends nothing new; what is in flight ends by itself. */
void smm_engine_stop (SmmEngine *self);
/* µs UTC, 0: until smm_engine_resume(). Looks go on: they only read. */
void smm_engine_pause (SmmEngine *self, gint64 until);
void smm_engine_resume (SmmEngine *self);
gint64 smm_engine_get_paused_until (SmmEngine *self);  /* -1: not paused */
/* Asks the platform about an unconfirmed target now; reads only. */
void smm_engine_retry_keyring (SmmEngine *self);
gboolean smm_engine_look_now (SmmEngine *self, const char *target_id, GError **error);

const char *smm_engine_get_problem (SmmEngine *self);  /* NULL: none */
guint smm_engine_get_n_in_flight (SmmEngine *self);
/* Earliest planned moment; 0: nothing planned. */
gint64 smm_engine_get_next_at (SmmEngine *self);
/* Nothing in flight and nothing due before @until. */
gboolean smm_engine_is_idle (SmmEngine *self, gint64 until);
void smm_engine_set_max_in_flight (SmmEngine *self, guint max);
/* Adds a line to the ledger with the next commit. */
void smm_engine_add_ledger (SmmEngine *self, SmmLedgerEntry *entry);
/* For tests: adapters by account; NULL restores smm_platform_get_for(). */
typedef const SmmPlatform *(*SmmPlatformFunc) (const SmmAccount *account);
void smm_engine_set_platforms (SmmEngine *self, SmmPlatformFunc func);

G_END_DECLS

/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The publisher: how it is started and how it dies, and the engine's host. */

#include "config.h"

#include "sim.h"

#include <string.h>

/* What a killed process was still waiting for: its memory is gone with it. */
static GPtrArray *graves;

static void
leave_to_the_dead (gpointer data)
{
  if (graves == NULL)
    graves = g_ptr_array_new ();
  g_ptr_array_add (graves, data);
}

/* --- Death --- */

void
sim_die (Sim *sim, const char *where)
{
  if (sim->dead)
    return;
  sim->power_lost = sim_chance (sim, sim->rates.power);
  sim_tell (sim, "%s %s", sim->power_lost ? "the power goes" : "the publisher is killed", where);
  sim->dead = TRUE;
  sim->statistics.kills++;
  sim_disk_freeze (TRUE);
}

gboolean
sim_maybe_die (Sim *sim, const char *where)
{
  if (!sim->dead && sim->rates.kill > 0 && sim_chance (sim, sim->rates.kill))
    sim_die (sim, where);
  return sim->dead;
}

/* --- The engine's host --- */

static gint64
host_now (gpointer data)
{
  return sim_local_now (data);
}

static void
host_arm (gpointer data, gint64 at)
{
  Sim *sim = data;

  if (!sim->dead)
    sim->armed_at = at;
}

typedef struct
{
  GSourceFunc func;
  gpointer data;
} Deferred;

static void
run_deferred (Sim *sim, gpointer data, gboolean alive)
{
  Deferred *deferred = data;

  if (alive)
    deferred->func (deferred->data);
  else
    g_object_unref (deferred->data);
  g_free (deferred);
}

static void
host_defer (gpointer data, GSourceFunc func, gpointer func_data)
{
  Sim *sim = data;
  Deferred *deferred = g_new (Deferred, 1);

  deferred->func = func;
  deferred->data = func_data;
  sim_add_event (sim, sim->now, sim->life, run_deferred, deferred);
}

static void
host_send (gpointer data, SmmRequest *request, const char *token, SmmSendFunc callback,
           gpointer user_data)
{
  Sim *sim = data;

  if (sim_maybe_die (sim, "before the bytes leave"))
    return;
  sim_check_send (sim, request, sim->sender);
  sim_network_send (sim, request, token, callback, user_data);
  sim_maybe_die (sim, "after the bytes left");
}

typedef struct
{
  SimAccount *account;
  SmmTokenKind kind;
  SmmTokenFunc callback;
  gpointer user_data;
} Lookup;

/* api/tiktok.md section 2.7: each refresh ends the token it was bought with, also when its answer
 * is lost; one that is used a second time ends the session. FALSE: the person must sign in. */
static gboolean
refresh (Sim *sim, SimAccount *account)
{
  if (account->expires_at == 0 || sim_local_now (sim) < account->expires_at - 5 * MINUTE
      || sim_chance (sim, sim->rates.no_network))
    return TRUE;
  if (account->spent || account->token_version == 0)
    {
      sim_tell (sim, "a refresh token is used twice: the session of %s ends", account->id);
      account->token_version = 0;
      account->lost = TRUE;
      sim_plan_sign_in (sim, account);
      return FALSE;
    }
  account->token_version = account->known_version + 1;
  account->expires_at = sim->now + 2 * HOUR;
  sim_tell (sim, "%s gets new tokens", account->id);
  account->spent = TRUE;
  if (sim_chance (sim, sim->rates.lost_after))
    {
      sim_tell (sim, "  and the answer is lost");
      return TRUE;
    }
  if (sim_maybe_die (sim, "before new tokens are in the keyring"))
    return TRUE;
  account->spent = FALSE;
  account->known_version = account->token_version;
  return TRUE;
}

static void
answer_lookup (Sim *sim, gpointer data, gboolean alive)
{
  g_autofree Lookup *lookup = data;
  g_autofree char *token = NULL;

  if (!alive)
    {
      leave_to_the_dead (lookup->user_data);
      return;
    }
  if (sim_chance (sim, sim->rates.keyring_locked))
    {
      sim_tell (sim, "the keyring is locked");
      lookup->callback (SMM_TOKEN_LOCKED, NULL, "The keyring is locked", lookup->user_data);
      return;
    }
  if (lookup->account->lost
      || (lookup->kind == SMM_TOKEN_ACCOUNT && !refresh (sim, lookup->account)))
    {
      sim_tell (sim, "the keyring has no token of %s", lookup->account->id);
      lookup->callback (SMM_TOKEN_MISSING, NULL, "Sign in again", lookup->user_data);
      return;
    }
  if (sim->dead)
    {
      leave_to_the_dead (lookup->user_data);
      return;
    }
  token = g_strdup_printf ("%s-%s-%d", lookup->kind == SMM_TOKEN_PERSON ? "person" : "account",
                           lookup->account->id, lookup->account->known_version);
  lookup->callback (SMM_TOKEN_READY, token, NULL, lookup->user_data);
}

static void
host_lookup_token (gpointer data, const char *account_id, SmmTokenKind kind, SmmTokenFunc callback,
                   gpointer user_data)
{
  Sim *sim = data;
  Lookup *lookup = g_new0 (Lookup, 1);

  for (guint i = 0; i < N_ACCOUNTS; i++)
    if (strcmp (sim->accounts[i].id, account_id) == 0)
      lookup->account = &sim->accounts[i];
  lookup->kind = kind;
  lookup->callback = callback;
  lookup->user_data = user_data;
  if (sim_chance (sim, sim->rates.keyring_slow))
    sim_add_event (sim, sim->now + sim_between (sim, 1, 20000) * 1000, sim->life, answer_lookup,
                   lookup);
  else
    answer_lookup (sim, lookup, TRUE);
}

typedef struct
{
  SmmRenderFunc callback;
  gpointer user_data;
  int n;
} Render;

static void
answer_render (Sim *sim, gpointer data, gboolean alive)
{
  g_autofree Render *render = data;
  SmmRendition *rendition;
  gboolean video;

  if (!alive)
    return;
  if (sim_chance (sim, sim->rates.render_fails))
    {
      sim_tell (sim, "a picture can't be read");
      render->callback (NULL, "media-broken", "The picture can’t be read", render->user_data);
      return;
    }
  rendition = g_new0 (SmmRendition, 1);
  video = sim_is_video_file (render->n);
  rendition->path = g_strdup_printf ("/media/%d.%s", render->n, video ? "mp4" : "jpg");
  rendition->mime = g_strdup (video ? "video/mp4" : "image/jpeg");
  rendition->width = 1080;
  rendition->height = video ? 1920 : 1080;
  rendition->duration = video ? 10 * SECOND : 0;
  rendition->bytes = sim_get_file_size (render->n);
  render->callback (rendition, NULL, NULL, render->user_data);
}

static void
host_render (gpointer data, SmmMedia *media, SmmPlatformId platform, SmmRenderFunc callback,
             gpointer user_data)
{
  Sim *sim = data;
  Render *render = g_new0 (Render, 1);

  render->callback = callback;
  render->user_data = user_data;
  render->n = atoi (media->sha256 + 60);
  if (sim->n_doubts < MAX_DOUBTS && sim_chance (sim, sim->rates.doubt))
    {
      sim->n_doubts++;
      sim_plan_doubt (sim, sim->now + 10 * 1000);
    }
  sim_add_event (sim, sim->now + 20 * 1000, sim->life, answer_render, render);
}

static void
host_progress (gpointer data, const char *post, const char *target, double fraction,
               const char *text)
{
  Sim *sim = data;

  g_free (sim->sender);
  sim->sender = g_strdup (target);
}

/* --- Life --- */

static gint64
library_now (gpointer data)
{
  return sim_local_now (data);
}

/* --- Taking a safety away: the run must notice --- */

/* What was not clear is sent again as if it had not happened. */
static SmmOutcome *
apply_blindly (const SmmPublication *pub, const SmmStep *step, SmmResponse *response)
{
  SmmOutcome *outcome = smm_platform_get (pub->account->platform)->apply (pub, step, response);

  if (outcome->kind == SMM_OUTCOME_UNCLEAR)
    outcome->kind = SMM_OUTCOME_LIMITED;
  return outcome;
}

static SmmOutcome *
apply_comment_blindly (const SmmPublication *pub, SmmResponse *response)
{
  SmmOutcome *outcome = smm_platform_get (pub->account->platform)->apply_comment (pub, response);

  if (outcome->kind == SMM_OUTCOME_UNCLEAR || response->sent == SMM_SENT_MAYBE)
    outcome->kind = SMM_OUTCOME_LIMITED;
  return outcome;
}

static const SmmPlatform *
get_blind_platform (const SmmAccount *account)
{
  static SmmPlatform blind[8];
  const SmmPlatform *real = smm_platform_get_for (account);

  if (real == NULL)
    return NULL;
  blind[account->platform] = *real;
  if (strcmp (sim_unsafe, "no-reconcile") == 0)
    blind[account->platform].apply = apply_blindly;
  else if (real->apply_comment != NULL)
    blind[account->platform].apply_comment = apply_comment_blindly;
  return &blind[account->platform];
}

static SmmEngine *
make_engine (Sim *sim, const SmmEngineHost *safe)
{
  SmmEngineHost host = *safe;
  SmmEngine *engine;

  if (g_strcmp0 (sim_unsafe, "no-settle") == 0)
    {
      host.settle_first = 0;
      host.settle_second = 0.001;
    }
  engine = smm_engine_new (sim->library, &host, sim);
  if (g_strcmp0 (sim_unsafe, "no-reconcile") == 0 || g_strcmp0 (sim_unsafe, "no-comment-look") == 0)
    smm_engine_set_platforms (engine, get_blind_platform);
  return engine;
}

static void
start_again (Sim *sim, gpointer data, gboolean alive)
{
  if (sim->engine == NULL)
    sim_process_start (sim);
}

void
sim_process_start_soon (Sim *sim, gint64 after)
{
  sim_add_event (sim, sim->now + after, 0, start_again, NULL);
}

/**
 * sim_process_start:
 * @sim: a history without a publisher
 *
 * A publisher that can't open its library is started again by the session a little later.
 */
void
sim_process_start (Sim *sim)
{
  static const SmmEngineHost host = {
    .now = host_now,
    .arm = host_arm,
    .defer = host_defer,
    .send = host_send,
    .lookup_token = host_lookup_token,
    .render = host_render,
    .progress = host_progress,
    .settle_first = 60,
    .settle_second = 300,
  };
  g_autoptr (GError) error = NULL;

  sim->dead = sim->stopping = sim->power_lost = FALSE;
  sim->life++;
  sim->armed_at = 0;
  sim_disk_freeze (FALSE);
  sim->library = smm_library_local_new (sim->paths, &error);
  if (sim->library == NULL)
    {
      sim_tell (sim, "a publisher can't start, error %d", error->code);
      if (!sim->dead && g_error_matches (error, SMM_STORE_ERROR, SMM_STORE_ERROR_OWNED))
        sim_fault (sim, "the lock of a dead publisher is still held");
      if (!sim->dead && g_error_matches (error, SMM_STORE_ERROR, SMM_STORE_ERROR_CORRUPT))
        sim_fault (sim, "the library is damaged: %s", error->message);
      sim_process_start_soon (sim, 5 * SECOND);
      return;
    }
  sim_disk_call_sound ();
  smm_library_local_set_now (sim->library, library_now, sim);
  sim->engine = make_engine (sim, &host);
  sim_tell (sim, "a publisher starts");
  if (sim_chance (sim, sim->rates.forgets))
    sim_plan_forgetting (sim);
  smm_engine_start (sim->engine);
}

/**
 * sim_process_bury:
 * @sim: a history whose publisher was killed
 *
 * What was not on disk is gone. Requests on their way go on.
 */
void
sim_process_bury (Sim *sim)
{
  sim_disk_freeze (TRUE);
  if (sim->engine != NULL)
    g_object_run_dispose (G_OBJECT (sim->engine));
  g_clear_object (&sim->engine);
  g_clear_object (&sim->library);
  sim->life++;
  sim->armed_at = 0;
  sim->dead = FALSE;
  if (sim->power_lost)
    sim_disk_lose_power ();
  sim->power_lost = FALSE;
  sim_process_start_soon (sim, sim_between (sim, 1, sim_chance (sim, 0.1) ? 900000 : 5000) * 1000);
}

/**
 * sim_process_end:
 * @sim: a history whose engine was stopped
 *
 * Closes the library as it should be closed.
 */
void
sim_process_end (Sim *sim)
{
  if (sim->engine == NULL)
    return;
  sim_tell (sim, "the publisher ends");
  g_object_run_dispose (G_OBJECT (sim->engine));
  g_clear_object (&sim->engine);
  g_clear_object (&sim->library);
  sim->life++;
  sim->armed_at = 0;
  sim->stopping = FALSE;
  sim_process_start_soon (sim, sim_between (sim, 1, 60000) * 1000);
}

/**
 * sim_process_second:
 * @sim: a history with a publisher
 *
 * Somebody starts another one: it must not get the library.
 */
void
sim_process_second (Sim *sim)
{
  g_autoptr (GError) error = NULL;
  SmmLibraryLocal *library = smm_library_local_new (sim->paths, &error);

  /* The disk here is made for one connection: the second stays open. */
  if (library != NULL)
    sim_fault (sim, "a second publisher got the library");
  else
    sim_tell (sim, "a second publisher is refused");
}

/**
 * sim_apply:
 * @sim: a history with a publisher
 * @name: of the command
 * @args: floating, a{sv}
 * @error: why not
 *
 * The app's command, applied by the owner.
 */
GVariant *
sim_apply (Sim *sim, const char *name, GVariant *args, GError **error)
{
  g_autoptr (SmmCommand) command = smm_command_new (name, args);

  return smm_library_local_apply (sim->library, command, error);
}

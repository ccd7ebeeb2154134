/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-publisher-host.h"

#include "smm-account-token.h"
#include "smm-crash-point.h"
#include "smm-renderer.h"
#include "smm-timer.h"
#include "smm-token-keeper.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Tokens stay in memory while there is work, not longer. */
#define TOKEN_SECONDS 60
/* So many at once: more would keep each other, and the first post, waiting. */
#define MAX_LOOKUPS 3
/* After a silent keyring everybody waits, instead of each asking it again. */
#define KEYRING_PAUSE (5 * G_USEC_PER_SEC)

struct _SmmPublisherHost
{
  GObject parent_instance;

  SmmHttp *http;
  SmmTokenKeeper *keeper;
  SmmTimer *timer;
  SmmRenderer *renderer;
  SmmVault *vault;
  SmmWebKeeper *web;
  SmmEngine *engine; /* borrowed */
  SmmStore *store;   /* borrowed */
  SmmProgressFunc progress;
  gpointer progress_data;
  SmmProblemFunc problem;
  gpointer problem_data;

  GHashTable *tokens;  /* account id → the keyring item's value, wiped */
  GHashTable *lookups; /* account id → GPtrArray of TokenWaiter */
  GQueue to_look_up;   /* char *account id */
  guint n_lookups;     /* under way */
  guint forget_id;
  char *keyring;
  GError *silence; /* what a silent keyring said last */
  gint64 keyring_silent_at;
};

G_DEFINE_TYPE (SmmPublisherHost, smm_publisher_host, G_TYPE_OBJECT)

/* --- Time --- */

static gint64
host_now (gpointer data)
{
  return g_get_real_time ();
}

static void
on_timer (gpointer data)
{
  SmmPublisherHost *self = data;

  if (self->engine != NULL)
    smm_engine_wake (self->engine);
}

static void
host_arm (gpointer data, gint64 at)
{
  SmmPublisherHost *self = data;

  smm_timer_arm (self->timer, at);
}

/* After what is ready now: one commit takes the outcomes of a whole turn of the loop. */
static void
host_defer (gpointer data, GSourceFunc func, gpointer user_data)
{
  g_idle_add_full (G_PRIORITY_DEFAULT + 1, func, user_data, NULL);
}

/* --- Requests --- */

typedef struct
{
  SmmPublisherHost *self;
  SmmRequest *request;
  char *token; /* that went with it, wiped */
  gboolean renewed;
  SmmResponse *refusal;
  SmmSendFunc callback;
  gpointer user_data;
} Flight;

static void
flight_free (Flight *flight)
{
  smm_vault_secret_free (flight->token);
  smm_request_unref (flight->request);
  g_clear_pointer (&flight->refusal, smm_response_unref);
  g_object_unref (flight->self);
  g_free (flight);
}

static void
land (Flight *flight, SmmResponse *response)
{
  flight->callback (response, flight->user_data);
  flight_free (flight);
}

static void fly (Flight *flight);

static void
on_renewed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Flight *flight = user_data;
  g_autoptr (GError) error = NULL;
  char *value = smm_token_keeper_get_finish (SMM_TOKEN_KEEPER (source), result, &error);
  char *token = value != NULL ? smm_account_token_get (value, flight->request->token) : NULL;
  g_autoptr (SmmResponse) nothing = NULL;

  smm_publisher_host_forget_token (flight->self, flight->request->account_id);
  smm_vault_secret_free (value);
  if (token != NULL && g_strcmp0 (token, flight->token) != 0)
    {
      smm_vault_secret_free (flight->token);
      flight->token = token;
      fly (flight);
      return;
    }
  smm_vault_secret_free (token);
  if (error == NULL || g_error_matches (error, SMM_PLATFORM_ERROR, SMM_PLATFORM_ERROR_DENIED)
      || g_error_matches (error, SMM_VAULT_ERROR, SMM_VAULT_ERROR_NOT_FOUND))
    {
      land (flight, flight->refusal);
      return;
    }
  /* The refused request did nothing, and whether the sign-in has ended is not known yet. */
  nothing = smm_response_new_error (SMM_SENT_NOTHING, "token", error->message);
  land (flight, nothing);
}

/* A token that ended early is renewed, and its request sent once more, unseen by the engine. */
static void
on_sent (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Flight *flight = user_data;
  SmmPublisherHost *self = flight->self;
  g_autoptr (SmmResponse) response = smm_http_send_finish (SMM_HTTP (source), result);
  g_autoptr (SmmAccount) account = NULL;

  if (!flight->renewed && response->status == 401 && flight->request->account_id != NULL
      && self->store != NULL)
    account = smm_store_get_account (self->store, flight->request->account_id);
  if (account == NULL || !smm_token_keeper_is_refusal (account, flight->request, response))
    {
      land (flight, response);
      return;
    }
  flight->renewed = TRUE;
  flight->refusal = g_steal_pointer (&response);
  smm_token_keeper_get_async (self->keeper, account, flight->token, NULL, on_renewed, flight);
}

static void
fly (Flight *flight)
{
  smm_http_send_async (flight->self->http, flight->request, flight->token, NULL, on_sent, flight);
}

#ifdef SMM_CRASH_POINTS
static gboolean
crash_after_bytes (gpointer data)
{
  smm_crash_point ("sent_bytes");
  return G_SOURCE_REMOVE;
}
#endif

static void
host_send (gpointer data, SmmRequest *request, const char *token, SmmSendFunc callback,
           gpointer user_data)
{
  SmmPublisherHost *self = data;
  Flight *flight = g_new0 (Flight, 1);

  flight->self = g_object_ref (self);
  flight->request = smm_request_ref (request);
  flight->token = g_strdup (token);
  flight->callback = callback;
  flight->user_data = user_data;
  fly (flight);
#ifdef SMM_CRASH_POINTS
  /* The bytes have left and the answer, which the test delays, has not come. */
  if (smm_crash_point_is_armed ("sent_bytes") && strcmp (request->method, "POST") == 0)
    g_timeout_add (150, crash_after_bytes, NULL);
#endif
}

static void
on_ledger (SmmLedgerEntry *entry, gpointer user_data)
{
  SmmPublisherHost *self = user_data;

  if (self->engine != NULL)
    smm_engine_add_ledger (self->engine, entry);
}

/* --- Tokens --- */

typedef struct
{
  SmmTokenKind kind;
  SmmTokenFunc callback;
  gpointer user_data;
} TokenWaiter;

typedef struct
{
  SmmPublisherHost *self;
  char *account_id;
} Lookup;

static void
wipe_value (gpointer data)
{
  smm_vault_secret_free (data);
}

static gboolean
forget_all_cb (gpointer data)
{
  SmmPublisherHost *self = data;

  self->forget_id = 0;
  g_hash_table_remove_all (self->tokens);
  return G_SOURCE_REMOVE;
}

static void
keep_for_a_while (SmmPublisherHost *self)
{
  if (self->forget_id == 0)
    self->forget_id = g_timeout_add_seconds (TOKEN_SECONDS, forget_all_cb, self);
}

static void
answer_token (SmmPublisherHost *self, const char *account_id, const TokenWaiter *waiter,
              const char *problem)
{
  const char *value = g_hash_table_lookup (self->tokens, account_id);
  char *token = value != NULL ? smm_account_token_get (value, waiter->kind) : NULL;

  if (token != NULL)
    waiter->callback (SMM_TOKEN_READY, token, NULL, waiter->user_data);
  else
    waiter->callback (SMM_TOKEN_MISSING, NULL,
                      problem != NULL
                          ? problem
                          : _ ("The sign-in of this account is not in the keyring. Sign in again."),
                      waiter->user_data);
  if (token != NULL)
    smm_vault_secret_free (token);
}

static const char *
name_keyring_error (const GError *error)
{
  if (error == NULL)
    return "ok";
  if (g_error_matches (error, SMM_VAULT_ERROR, SMM_VAULT_ERROR_LOCKED))
    return "locked";
  if (g_error_matches (error, SMM_VAULT_ERROR, SMM_VAULT_ERROR_TIMED_OUT))
    return "timed-out";
  return "absent";
}

/* It was changed, or its key does not open it: what says so also says the way out. */
static gboolean
is_unopened (const GError *error)
{
  return g_error_matches (error, SMM_VAULT_ERROR, SMM_VAULT_ERROR_TAMPERED)
         || g_error_matches (error, SMM_VAULT_ERROR, SMM_VAULT_ERROR_KEY);
}

/* The keyring works but what it holds is of no use: it does not help to wait. */
static gboolean
is_lost (const GError *error)
{
  return g_error_matches (error, SMM_VAULT_ERROR, SMM_VAULT_ERROR_NOT_FOUND) || is_unopened (error);
}

/* It may answer later. */
static gboolean
is_silent (const GError *error)
{
  return error->domain != SMM_PLATFORM_ERROR && !is_lost (error);
}

static gboolean
is_not_renewed (const GError *error)
{
  return error != NULL && error->domain == SMM_PLATFORM_ERROR
         && error->code != SMM_PLATFORM_ERROR_DENIED;
}

static void look_up_next (SmmPublisherHost *self);

/* @error: (nullable): why there is none */
static void
answer_all (SmmPublisherHost *self, const char *account_id, const GError *error)
{
  g_autoptr (GPtrArray) waiters = NULL;
  /* It has ended, and can perhaps be renewed later: waited for as for the keyring. */
  gboolean passes = error != NULL && (is_silent (error) || is_not_renewed (error));

  g_hash_table_steal_extended (self->lookups, account_id, NULL, (gpointer *)&waiters);
  for (guint i = 0; i < waiters->len; i++)
    {
      TokenWaiter *waiter = waiters->pdata[i];

      if (passes)
        waiter->callback (SMM_TOKEN_LOCKED, NULL, error->message, waiter->user_data);
      else if (error != NULL && error->domain == SMM_PLATFORM_ERROR)
        waiter->callback (SMM_TOKEN_MISSING, NULL, error->message, waiter->user_data);
      else
        answer_token (self, account_id, waiter, is_unopened (error) ? error->message : NULL);
    }
}

static void
on_looked_up (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Lookup *lookup = user_data;
  g_autoptr (SmmPublisherHost) self = lookup->self;
  g_autofree char *account_id = lookup->account_id;
  g_autoptr (GError) error = NULL;
  char *value = smm_token_keeper_get_finish (SMM_TOKEN_KEEPER (source), result, &error);
  gboolean silent = error != NULL && is_silent (error);

  g_free (lookup);
  self->n_lookups--;
  g_free (self->keyring);
  self->keyring = g_strdup (silent ? name_keyring_error (error) : "ok");
  g_clear_error (&self->silence);
  if (silent)
    self->silence = g_error_copy (error);
  self->keyring_silent_at = silent ? g_get_monotonic_time () : 0;
  if (value != NULL)
    {
      g_hash_table_insert (self->tokens, g_strdup (account_id), value);
      keep_for_a_while (self);
    }
  answer_all (self, account_id, error);
  look_up_next (self);
}

static gboolean
is_left_alone (SmmPublisherHost *self)
{
  return self->keyring_silent_at > 0 && self->silence != NULL
         && g_get_monotonic_time () - self->keyring_silent_at < KEYRING_PAUSE;
}

static void
look_up (SmmPublisherHost *self, const char *account_id)
{
  g_autoptr (SmmAccount) account
      = self->store != NULL ? smm_store_get_account (self->store, account_id) : NULL;
  Lookup *lookup;

  if (account == NULL || is_left_alone (self))
    {
      answer_all (self, account_id, account != NULL ? self->silence : NULL);
      return;
    }
  self->n_lookups++;
  lookup = g_new0 (Lookup, 1);
  lookup->self = g_object_ref (self);
  lookup->account_id = g_strdup (account_id);
  smm_token_keeper_get_async (self->keeper, account, NULL, NULL, on_looked_up, lookup);
}

static void
look_up_next (SmmPublisherHost *self)
{
  while (self->n_lookups < MAX_LOOKUPS && !g_queue_is_empty (&self->to_look_up))
    {
      g_autofree char *account_id = g_queue_pop_head (&self->to_look_up);

      look_up (self, account_id);
    }
}

static void
host_lookup_token (gpointer data, const char *account_id, SmmTokenKind kind, SmmTokenFunc callback,
                   gpointer user_data)
{
  SmmPublisherHost *self = data;
  TokenWaiter waiter = { kind, callback, user_data };
  GPtrArray *waiters = g_hash_table_lookup (self->lookups, account_id);

  if (g_hash_table_contains (self->tokens, account_id))
    {
      answer_token (self, account_id, &waiter, NULL);
      return;
    }
  if (is_left_alone (self))
    {
      callback (SMM_TOKEN_LOCKED, NULL, self->silence->message, user_data);
      return;
    }
  if (waiters != NULL)
    {
      g_ptr_array_add (waiters, g_memdup2 (&waiter, sizeof waiter));
      return;
    }
  waiters = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (waiters, g_memdup2 (&waiter, sizeof waiter));
  g_hash_table_insert (self->lookups, g_strdup (account_id), waiters);
  g_queue_push_tail (&self->to_look_up, g_strdup (account_id));
  look_up_next (self);
}

void
smm_publisher_host_forget_token (SmmPublisherHost *self, const char *account_id)
{
  gboolean forgot = account_id == NULL;

  if (account_id == NULL)
    g_hash_table_remove_all (self->tokens);
  else
    forgot = g_hash_table_remove (self->tokens, account_id);
  /* Not for any id: posts change all the time, and a silent keyring is left alone for a while. */
  if (forgot)
    self->keyring_silent_at = 0;
}

const char *
smm_publisher_host_get_keyring (SmmPublisherHost *self)
{
  return self->keyring != NULL ? self->keyring : "";
}

/* --- Pictures, progress --- */

static void
host_render (gpointer data, SmmMedia *media, SmmPlatformId platform, SmmRenderFunc callback,
             gpointer user_data)
{
  SmmPublisherHost *self = data;

  smm_renderer_render (self->renderer, media, platform, callback, user_data);
}

static void
host_place (gpointer data, const char *target_id, guint index, SmmRendition *rendition,
            SmmPlaceFunc callback, gpointer user_data)
{
  SmmPublisherHost *self = data;

  smm_web_keeper_place (self->web, target_id, index, rendition, callback, user_data);
}

static void
host_progress (gpointer data, const char *post_id, const char *target_id, double fraction,
               const char *text)
{
  SmmPublisherHost *self = data;

  if (self->progress != NULL)
    self->progress (post_id, target_id, fraction, text, self->progress_data);
}

static void
host_tell_problem (gpointer data, const char *problem)
{
  SmmPublisherHost *self = data;

  if (self->problem != NULL)
    self->problem (problem, self->problem_data);
}

/* --- The library --- */

typedef struct
{
  SmmReopenFunc callback;
  gpointer user_data;
} Reopen;

static void
on_reopened (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Reopen *reopen = user_data;
  g_autoptr (GError) error = NULL;

  smm_store_open_finish (SMM_STORE (source), result, &error);
  reopen->callback (error, reopen->user_data);
}

static void
host_reopen (gpointer data, SmmReopenFunc callback, gpointer user_data)
{
  SmmPublisherHost *self = data;
  Reopen *reopen = g_new (Reopen, 1);

  *reopen = (Reopen){ callback, user_data };
  smm_store_open_async (self->store, on_reopened, reopen);
}

/* --- GObject --- */

static void
smm_publisher_host_dispose (GObject *object)
{
  SmmPublisherHost *self = SMM_PUBLISHER_HOST (object);

  if (self->http != NULL)
    smm_http_set_ledger (self->http, NULL, NULL);
  g_clear_handle_id (&self->forget_id, g_source_remove);
  g_clear_object (&self->timer);
  g_clear_object (&self->web);
  g_clear_object (&self->renderer);
  g_clear_object (&self->vault);
  g_clear_object (&self->http);
  g_clear_object (&self->keeper);
  g_clear_pointer (&self->tokens, g_hash_table_unref);
  g_clear_pointer (&self->lookups, g_hash_table_unref);
  g_clear_pointer (&self->keyring, g_free);
  g_queue_clear_full (&self->to_look_up, g_free);
  g_clear_error (&self->silence);

  G_OBJECT_CLASS (smm_publisher_host_parent_class)->dispose (object);
}

static void
smm_publisher_host_class_init (SmmPublisherHostClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = smm_publisher_host_dispose;
}

static void
smm_publisher_host_init (SmmPublisherHost *self)
{
  self->tokens = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, wipe_value);
  g_queue_init (&self->to_look_up);
  self->lookups
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_ptr_array_unref);
}

SmmPublisherHost *
smm_publisher_host_new (SmmPaths *paths, SmmHttp *http, SmmVault *vault, GError **error)
{
  g_autoptr (SmmPublisherHost) self = g_object_new (SMM_TYPE_PUBLISHER_HOST, NULL);

  self->http = g_object_ref (http);
  self->keeper = smm_token_keeper_new (vault, http);
  self->vault = g_object_ref (vault);
  self->renderer = smm_renderer_new (paths);
  self->timer = smm_timer_new (on_timer, self, error);
  if (self->timer == NULL)
    return NULL;
  smm_http_set_ledger (http, on_ledger, self);
  return g_steal_pointer (&self);
}

void
smm_publisher_host_fill (SmmPublisherHost *self, SmmEngineHost *host)
{
  SmmEndpoints *endpoints = smm_http_get_endpoints (self->http);

  host->now = host_now;
  host->arm = host_arm;
  host->defer = host_defer;
  host->send = host_send;
  host->lookup_token = host_lookup_token;
  host->render = host_render;
  host->place = host_place;
  host->progress = host_progress;
  host->tell_problem = host_tell_problem;
  host->reopen = host_reopen;
  host->settle_first = smm_endpoints_get_settle_first (endpoints);
  host->settle_second = smm_endpoints_get_settle_second (endpoints);
  host->container_poll = smm_endpoints_get_container_poll (endpoints);
}

void
smm_publisher_host_set_engine (SmmPublisherHost *self, SmmEngine *engine)
{
  self->engine = engine;
}

/**
 * smm_publisher_host_set_store:
 * @self: the host
 * @store: where accounts and files in the web space are looked up; borrowed
 * @changed: told of posts that the host changed
 * @user_data: for @changed
 * @error: no timer can be had
 */
gboolean
smm_publisher_host_set_store (SmmPublisherHost *self, SmmStore *store, SmmWebChangedFunc changed,
                              gpointer user_data, GError **error)
{
  self->store = store;
  self->web = smm_web_keeper_new (store, self->vault, self->http, self->renderer, changed,
                                  user_data, error);
  return self->web != NULL;
}

SmmWebKeeper *
smm_publisher_host_get_web (SmmPublisherHost *self)
{
  return self->web;
}

void
smm_publisher_host_set_progress (SmmPublisherHost *self, SmmProgressFunc func, gpointer user_data)
{
  self->progress = func;
  self->progress_data = user_data;
}

void
smm_publisher_host_set_problem (SmmPublisherHost *self, SmmProblemFunc func, gpointer user_data)
{
  self->problem = func;
  self->problem_data = user_data;
}

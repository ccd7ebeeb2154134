/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-token-keeper.h"

#include "smm-account-token.h"
#include "smm-crash-point.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#define LOCK_POLL_MS 50
#define LOCK_WAIT (90 * (gint64)G_USEC_PER_SEC)
#define REFRESH_TIMEOUT_MS (30 * 1000)
#define AGAIN_MS 1000
#define STORE_AGAIN_MS 500
#define MAX_STORES 4
/* After a renewal that failed while the old token still holds. */
#define PAUSE (60 * (gint64)G_USEC_PER_SEC)

struct _SmmTokenKeeper
{
  GObject parent_instance;

  SmmTokenKeeperHost host;
  gpointer host_data;
  SmmVault *vault; /* of the real world */
  SmmHttp *http;
  char *lock_dir;

  GHashTable *jobs;    /* account id → Job */
  GHashTable *unsaved; /* account id → Unsaved */
  GHashTable *pauses;  /* account id → gint64*: no renewal before */
};

G_DEFINE_TYPE (SmmTokenKeeper, smm_token_keeper, G_TYPE_OBJECT)

/* What the keyring would not take. It is void when somebody else changed what it replaces. */
typedef struct
{
  char *value;
  char *instead_of;
} Unsaved;

/* One look into the keyring, with a renewal if it needs one. */
typedef struct
{
  SmmTokenKeeper *keeper;
  SmmAccount *account;
  const SmmPlatform *platform;
  char *item;
  char *refused;      /* NULL, or the token that the platform does not take; wiped */
  GPtrArray *waiters; /* GTask*, whose data is what each was refused */
  char *value;        /* as in the keyring, wiped */
  SmmAccountTokens tokens;
  char *secret;      /* the platform app's, wiped */
  int lock;          /* -1: not held */
  gint64 lock_until; /* monotonic */
  gboolean locked_read;
  gboolean lost; /* an answer got lost: this is once more */
  guint n_stores;
  guint timer_id;
} Job;

static void look_up (Job *job);

static void
job_free (Job *job)
{
  g_clear_handle_id (&job->timer_id, g_source_remove);
  if (job->lock >= 0)
    close (job->lock);
  smm_account_tokens_clear (&job->tokens);
  smm_vault_secret_free (job->value);
  smm_vault_secret_free (job->refused);
  smm_vault_secret_free (job->secret);
  g_ptr_array_unref (job->waiters);
  g_object_unref (job->account);
  g_free (job->item);
  g_object_unref (job->keeper);
  g_free (job);
}

static void
wipe (gpointer secret)
{
  smm_vault_secret_free (secret);
}

static void
unsaved_free (gpointer data)
{
  Unsaved *unsaved = data;

  smm_vault_secret_free (unsaved->value);
  smm_vault_secret_free (unsaved->instead_of);
  g_free (unsaved);
}

static void
start (SmmTokenKeeper *self, SmmAccount *account, const char *refused, GPtrArray *waiters)
{
  Job *job = g_new0 (Job, 1);

  job->keeper = g_object_ref (self);
  job->account = g_object_ref (account);
  job->platform = smm_platform_get_for (account);
  job->item = g_strconcat ("account/", account->id, NULL);
  job->refused = g_strdup (refused);
  job->waiters = waiters;
  job->lock = -1;
  g_hash_table_insert (self->jobs, g_strdup (account->id), job);
  look_up (job);
}

/* --- Ends --- */

/* Who was refused a token that this job did not look at asks for another round. */
static GPtrArray *
steal_unserved (Job *job)
{
  g_autoptr (GPtrArray) all = g_steal_pointer (&job->waiters);
  GPtrArray *unserved = g_ptr_array_new_with_free_func (g_object_unref);

  job->waiters = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < all->len; i++)
    {
      GTask *task = all->pdata[i];
      const char *refused = g_task_get_task_data (task);

      g_ptr_array_add (refused != NULL && g_strcmp0 (refused, job->tokens.account) == 0
                               && g_strcmp0 (refused, job->refused) != 0
                           ? unserved
                           : job->waiters,
                       g_object_ref (task));
    }
  return unserved;
}

static void
end (Job *job, const GError *error)
{
  g_autoptr (SmmTokenKeeper) self = g_object_ref (job->keeper);
  g_autoptr (SmmAccount) account = g_object_ref (job->account);
  g_autoptr (GPtrArray) unserved = error == NULL ? steal_unserved (job) : NULL;
  g_autoptr (GPtrArray) waiters = g_ptr_array_ref (job->waiters);
  char *value = g_strdup (job->value);

  g_hash_table_remove (self->jobs, account->id);
  job_free (job);
  if (unserved != NULL && unserved->len > 0)
    {
      const char *refused = g_task_get_task_data (unserved->pdata[0]);

      start (self, account, refused, g_steal_pointer (&unserved));
    }
  for (guint i = 0; i < waiters->len; i++)
    {
      if (error != NULL)
        g_task_return_error (waiters->pdata[i], g_error_copy (error));
      else
        g_task_return_pointer (waiters->pdata[i], g_strdup (value), wipe);
    }
  smm_vault_secret_free (value);
}

static void
end_signed_out (Job *job)
{
  g_autoptr (GError) error
      = g_error_new (SMM_PLATFORM_ERROR, SMM_PLATFORM_ERROR_DENIED,
                     _ ("The sign-in of “%s” has ended. Sign in again."), job->account->name);

  end (job, error);
}

static gboolean
is_refused (Job *job)
{
  return job->refused != NULL && g_strcmp0 (job->refused, job->tokens.account) == 0;
}

/* It could not be renewed now: the old token, as long as it holds. */
static void
end_unrenewed (Job *job, const GError *error)
{
  SmmTokenKeeper *self = job->keeper;
  gint64 now = self->host.now (self->host_data);
  gint64 *until = g_new (gint64, 1);

  *until = now + PAUSE;
  g_hash_table_insert (self->pauses, g_strdup (job->account->id), until);
  if (!is_refused (job) && job->tokens.account != NULL
      && (job->tokens.expires_at == 0 || job->tokens.expires_at > now))
    end (job, NULL);
  else
    end (job, error);
}

/* --- Writing the new pair --- */

static void store_value (Job *job);

static gboolean
store_again_cb (gpointer data)
{
  Job *job = data;

  job->timer_id = 0;
  store_value (job);
  return G_SOURCE_REMOVE;
}

static void
on_stored (const GError *error, gpointer data)
{
  Job *job = data;
  SmmTokenKeeper *self = job->keeper;

  if (error == NULL)
    {
      smm_crash_point ("refresh_stored");
      g_hash_table_remove (self->unsaved, job->account->id);
      end (job, NULL);
      return;
    }
  /* The old pair is dead: as long as this process lives the new one is not given up. */
  if (++job->n_stores < MAX_STORES)
    job->timer_id = g_timeout_add (STORE_AGAIN_MS, store_again_cb, job);
  else
    end (job, error);
}

static void
store_value (Job *job)
{
  SmmTokenKeeper *self = job->keeper;

  self->host.store (self->host_data, job->item, job->value, on_stored, job);
}

static void
keep (Job *job)
{
  SmmTokenKeeper *self = job->keeper;
  Unsaved *unsaved = g_new0 (Unsaved, 1);

  unsaved->instead_of = g_steal_pointer (&job->value);
  job->value = smm_account_tokens_pack (&job->tokens);
  unsaved->value = g_strdup (job->value);
  g_hash_table_insert (self->unsaved, g_strdup (job->account->id), unsaved);
  g_hash_table_remove (self->pauses, job->account->id);
  store_value (job);
}

/* --- Asking the platform --- */

static void refresh (Job *job);

static gboolean
again_cb (gpointer data)
{
  Job *job = data;

  job->timer_id = 0;
  refresh (job);
  return G_SOURCE_REMOVE;
}

static void
on_refreshed (SmmResponse *response, gpointer data)
{
  Job *job = data;
  SmmTokenKeeper *self = job->keeper;
  g_autoptr (GError) error = NULL;
  SmmTokens tokens = { job->tokens.account, job->tokens.person, job->tokens.refresh,
                       job->tokens.expires_at, job->tokens.refresh_expires_at };
  gboolean taken;

  smm_crash_point ("refresh_received");
  taken = job->platform->apply_refresh (job->account, &tokens, response,
                                        self->host.now (self->host_data), &error);
  job->tokens = (SmmAccountTokens){ tokens.account, tokens.person, tokens.refresh,
                                    tokens.expires_at, tokens.refresh_expires_at };
  if (taken && job->tokens.account != NULL)
    keep (job);
  else if (g_error_matches (error, SMM_PLATFORM_ERROR, SMM_PLATFORM_ERROR_DENIED))
    end (job, error);
  else if (response->sent != SMM_SENT_NOTHING && !job->lost
           && g_error_matches (error, SMM_PLATFORM_ERROR, SMM_PLATFORM_ERROR_ANSWER))
    {
      /* It may have been done. If the old token still works, nothing is lost; if not, it is. */
      job->lost = TRUE;
      job->timer_id = g_timeout_add (AGAIN_MS, again_cb, job);
    }
  else
    end_unrenewed (job, error);
}

static void
refresh (Job *job)
{
  SmmTokenKeeper *self = job->keeper;
  const SmmTokens tokens = { job->tokens.account, job->tokens.person, job->tokens.refresh,
                             job->tokens.expires_at, job->tokens.refresh_expires_at };
  g_autoptr (SmmRequest) request
      = job->platform->refresh (job->account, &tokens, job->account->app_id, job->secret);

  if (request == NULL)
    {
      end_signed_out (job);
      return;
    }
  request->timeout_ms = REFRESH_TIMEOUT_MS;
  self->host.send (self->host_data, request, on_refreshed, job);
}

static void
on_secret (char *value, const GError *error, gpointer data)
{
  Job *job = data;

  job->secret = value;
  if (value != NULL)
    refresh (job);
  else if (g_error_matches (error, SMM_VAULT_ERROR, SMM_VAULT_ERROR_NOT_FOUND))
    {
      g_autoptr (GError) missing
          = g_error_new (SMM_PLATFORM_ERROR, SMM_PLATFORM_ERROR_REFUSED,
                         _ ("The secret of your %s app is not in the keyring. Enter the app’s keys "
                            "again."),
                         smm_platform_id_get_label (job->account->platform));

      end_unrenewed (job, missing);
    }
  else if (g_error_matches (error, SMM_VAULT_ERROR, SMM_VAULT_ERROR_TAMPERED))
    {
      g_autoptr (GError) changed
          = g_error_new (SMM_PLATFORM_ERROR, SMM_PLATFORM_ERROR_REFUSED,
                         _ ("The secret of your %s app does not open: it was changed by something "
                            "else. Enter the app’s keys again."),
                         smm_platform_id_get_label (job->account->platform));

      end_unrenewed (job, changed);
    }
  else
    end_unrenewed (job, error);
}

/* --- The lock --- */

static void take_lock (Job *job);

static gboolean
lock_again_cb (gpointer data)
{
  Job *job = data;

  job->timer_id = 0;
  take_lock (job);
  return G_SOURCE_REMOVE;
}

static void
fail_lock (Job *job, const char *why)
{
  g_autoptr (GError) error = g_error_new (SMM_PLATFORM_ERROR, SMM_PLATFORM_ERROR_ANSWER,
                                          _ ("The sign-in of “%s” can’t be renewed at present: %s"),
                                          job->account->name, why);

  end_unrenewed (job, error);
}

static gboolean
open_lock (Job *job)
{
  g_autofree char *safe = g_strdup (job->account->id);
  g_autofree char *name = NULL;
  g_autofree char *path = NULL;

  g_strdelimit (safe, "/.", '_');
  name = g_strconcat ("renew-", safe, ".lock", NULL);
  path = g_build_filename (job->keeper->lock_dir, name, NULL);
  job->lock = open (path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  return job->lock >= 0;
}

/* Another process may hold it as long as a renewal takes; nobody waits in a system call. */
static void
take_lock (Job *job)
{
  gint64 now = g_get_monotonic_time ();

  if (job->lock < 0 && !open_lock (job))
    {
      fail_lock (job, g_strerror (errno));
      return;
    }
  if (job->lock_until == 0)
    job->lock_until = now + LOCK_WAIT;
  if (flock (job->lock, LOCK_EX | LOCK_NB) == 0)
    {
      job->locked_read = TRUE;
      look_up (job);
      return;
    }
  if ((errno == EWOULDBLOCK || errno == EINTR) && now < job->lock_until)
    {
      job->timer_id = g_timeout_add (LOCK_POLL_MS, lock_again_cb, job);
      return;
    }
  fail_lock (job, g_strerror (errno));
}

/* --- The keyring --- */

static gboolean
may_refresh (Job *job)
{
  return job->platform != NULL && job->platform->refresh != NULL
         && (job->tokens.refresh != NULL || job->platform->refreshes_itself);
}

static gboolean
needs_refresh (Job *job)
{
  SmmTokenKeeper *self = job->keeper;
  gint64 now = self->host.now (self->host_data);
  const gint64 *pause = g_hash_table_lookup (self->pauses, job->account->id);
  gint64 left = job->tokens.expires_at - now;

  if (!may_refresh (job))
    return FALSE;
  if (is_refused (job))
    return TRUE;
  if (job->tokens.expires_at == 0 || left >= job->platform->refresh_ahead)
    return FALSE;
  /* A clock that was set back must not make the pause longer. */
  return left <= 0 || pause == NULL || now >= *pause || *pause - now > PAUSE;
}

static void
on_looked_up (char *value, const GError *error, gpointer data)
{
  Job *job = data;
  SmmTokenKeeper *self = job->keeper;
  g_autofree char *secret_item = NULL;
  const Unsaved *unsaved = g_hash_table_lookup (self->unsaved, job->account->id);

  if (value == NULL)
    {
      if (g_error_matches (error, SMM_VAULT_ERROR, SMM_VAULT_ERROR_NOT_FOUND))
        g_hash_table_remove (self->unsaved, job->account->id);
      end (job, error);
      return;
    }
  if (unsaved != NULL && strcmp (unsaved->instead_of, value) != 0)
    {
      g_hash_table_remove (self->unsaved, job->account->id);
      unsaved = NULL;
    }
  smm_vault_secret_free (job->value);
  job->value = unsaved != NULL ? g_strdup (unsaved->value) : value;
  if (unsaved != NULL)
    smm_vault_secret_free (value);
  smm_account_tokens_clear (&job->tokens);
  if (!smm_account_tokens_unpack (job->value, &job->tokens))
    {
      end (job, NULL);
      return;
    }
  if (unsaved != NULL)
    store_value (job);
  else if (!needs_refresh (job))
    end (job, NULL);
  else if (!job->locked_read)
    take_lock (job);
  else if (job->platform->refreshes_itself)
    refresh (job);
  else
    {
      secret_item = g_strconcat ("app/", smm_platform_id_to_string (job->account->platform), NULL);
      self->host.lookup (self->host_data, secret_item, on_secret, job);
    }
}

static void
look_up (Job *job)
{
  SmmTokenKeeper *self = job->keeper;

  self->host.lookup (self->host_data, job->item, on_looked_up, job);
}

/**
 * smm_token_keeper_get_async:
 * @self: a keeper
 * @account: the account
 * @refused: (nullable): the token that the platform does not take any more
 * @cancellable: (nullable): the waiting ends; a renewal that has begun does not
 * @callback: called when there is a value, or none
 * @user_data: for @callback
 */
void
smm_token_keeper_get_async (SmmTokenKeeper *self, SmmAccount *account, const char *refused,
                            GCancellable *cancellable, GAsyncReadyCallback callback,
                            gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Job *job = g_hash_table_lookup (self->jobs, account->id);
  GPtrArray *waiters;

  g_task_set_source_tag (task, smm_token_keeper_get_async);
  g_task_set_task_data (task, g_strdup (refused), wipe);
  if (job != NULL)
    {
      g_ptr_array_add (job->waiters, task);
      return;
    }
  waiters = g_ptr_array_new_with_free_func (g_object_unref);
  g_ptr_array_add (waiters, task);
  start (self, account, refused, waiters);
}

/**
 * smm_token_keeper_get_finish:
 * @self: a keeper
 * @result: from the callback
 * @error: SMM_VAULT_ERROR, SMM_PLATFORM_ERROR
 *
 * Returns: (transfer full) (nullable): the keyring item's value; free with smm_vault_secret_free()
 */
char *
smm_token_keeper_get_finish (SmmTokenKeeper *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * smm_token_keeper_is_refusal:
 * @account: whose token was sent
 * @request: with what
 * @response: what came back
 *
 * Returns: %TRUE when the token is dead and the platform has a way to renew it. What was asked for
 *   was not done, so it may be asked for again.
 */
gboolean
smm_token_keeper_is_refusal (SmmAccount *account, SmmRequest *request, SmmResponse *response)
{
  const SmmPlatform *platform = account != NULL ? smm_platform_get_for (account) : NULL;
  g_autoptr (SmmOutcome) outcome = NULL;

  if (platform == NULL || platform->refresh == NULL || request->auth == SMM_AUTH_NONE
      || response->sent != SMM_SENT_ANSWERED || response->status != 401)
    return FALSE;
  outcome = platform->apply_check (account, response);
  return outcome->kind == SMM_OUTCOME_SIGNED_OUT;
}

/* --- The real world --- */

static gint64
real_now (gpointer host)
{
  return g_get_real_time ();
}

typedef struct
{
  gpointer callback;
  gpointer user_data;
} Call;

static Call *
call_new (gpointer callback, gpointer user_data)
{
  Call *call = g_new (Call, 1);

  *call = (Call){ callback, user_data };
  return call;
}

static void
on_vault_value (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Call *call = user_data;
  g_autoptr (GError) error = NULL;
  char *value = smm_vault_lookup_finish (SMM_VAULT (source), result, &error);

  ((SmmKeeperValueFunc)call->callback) (value, error, call->user_data);
}

static void
real_lookup (gpointer host, const char *name, SmmKeeperValueFunc callback, gpointer user_data)
{
  SmmTokenKeeper *self = host;

  smm_vault_lookup_async (self->vault, name, NULL, on_vault_value, call_new (callback, user_data));
}

static void
on_vault_stored (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Call *call = user_data;
  g_autoptr (GError) error = NULL;

  smm_vault_store_finish (SMM_VAULT (source), result, &error);
  ((SmmKeeperStoredFunc)call->callback) (error, call->user_data);
}

static void
real_store (gpointer host, const char *name, const char *value, SmmKeeperStoredFunc callback,
            gpointer user_data)
{
  SmmTokenKeeper *self = host;

  smm_vault_store_async (self->vault, name, value, NULL, on_vault_stored,
                         call_new (callback, user_data));
}

static void
on_http_sent (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Call *call = user_data;
  g_autoptr (SmmResponse) response = smm_http_send_finish (SMM_HTTP (source), result);

  ((SmmKeeperSentFunc)call->callback) (response, call->user_data);
}

static void
real_send (gpointer host, SmmRequest *request, SmmKeeperSentFunc callback, gpointer user_data)
{
  SmmTokenKeeper *self = host;

  smm_http_send_async (self->http, request, NULL, NULL, on_http_sent,
                       call_new (callback, user_data));
}

/* --- GObject --- */

static void
smm_token_keeper_finalize (GObject *object)
{
  SmmTokenKeeper *self = SMM_TOKEN_KEEPER (object);

  g_clear_object (&self->vault);
  g_clear_object (&self->http);
  g_hash_table_unref (self->jobs);
  g_hash_table_unref (self->unsaved);
  g_hash_table_unref (self->pauses);
  g_free (self->lock_dir);

  G_OBJECT_CLASS (smm_token_keeper_parent_class)->finalize (object);
}

static void
smm_token_keeper_class_init (SmmTokenKeeperClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = smm_token_keeper_finalize;
}

static void
smm_token_keeper_init (SmmTokenKeeper *self)
{
  /* A job holds the keeper, so none is left when it goes. */
  self->jobs = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->unsaved = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, unsaved_free);
  self->pauses = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

SmmTokenKeeper *
smm_token_keeper_new_with (const SmmTokenKeeperHost *host, gpointer data, const char *lock_dir)
{
  SmmTokenKeeper *self = g_object_new (SMM_TYPE_TOKEN_KEEPER, NULL);

  self->host = *host;
  self->host_data = data;
  self->lock_dir = g_strdup (lock_dir);
  return self;
}

/**
 * smm_token_keeper_new:
 * @vault: where the tokens are; its key's folder holds the locks as well
 * @http: the sender
 *
 * Returns: (transfer full): a keeper; one is enough for a process
 */
SmmTokenKeeper *
smm_token_keeper_new (SmmVault *vault, SmmHttp *http)
{
  const SmmTokenKeeperHost host = { real_now, real_lookup, real_store, real_send };
  SmmTokenKeeper *self = smm_token_keeper_new_with (&host, NULL, smm_vault_get_key_dir (vault));

  self->host_data = self;
  self->vault = g_object_ref (vault);
  self->http = g_object_ref (http);
  return self;
}

/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-engine-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define DEFAULT_MAX_IN_FLIGHT 32

G_DEFINE_TYPE (SmmEngine, smm_engine, G_TYPE_OBJECT)

/* --- The queue --- */

/* A job whose outcome waits for the disk has no more to do with the platform. */
static guint
get_n_places (SmmEngine *self)
{
  guint taken = g_hash_table_size (self->jobs) - self->n_leaving;

  return self->max_in_flight - MIN (taken, self->max_in_flight);
}

static void
begin_targets (SmmEngine *self, GPtrArray *targets)
{
  for (guint i = 0; i < targets->len; i++)
    {
      SmmTarget *target = targets->pdata[i];
      SmmJob *job;

      if (get_n_places (self) == 0)
        return;
      if (g_hash_table_contains (self->jobs, target->id))
        continue;
      job = smm_job_new (self, target);
      if (smm_store_is_doubtful (self->store))
        {
          smm_job_free (job);
          return;
        }
      g_hash_table_insert (self->jobs, job->target_id, job);
      if (target->state == SMM_TARGET_UNCONFIRMED)
        smm_job_begin_look (job);
      else if (target->state == SMM_TARGET_PUBLISHED)
        smm_job_begin_after (job);
      else
        smm_job_begin (job);
    }
}

static gboolean
is_paused (SmmEngine *self, gint64 now)
{
  if (self->paused_until < 0)
    return FALSE;
  if (self->paused_until > 0 && self->paused_until <= now)
    {
      self->paused_until = -1;
      return FALSE;
    }
  return TRUE;
}

static void
arm (SmmEngine *self, gint64 now)
{
  gint64 at = smm_store_get_next_wake (self->store);

  if (self->store_retry_at > 0)
    at = self->store_retry_at;
  else if (is_paused (self, now))
    at = self->paused_until > 0 ? self->paused_until : 0;
  else if (g_hash_table_size (self->jobs) > 0 && at <= now)
    at = 0; /* what is due waits for a free place: the end of a job wakes us */
  self->host.arm (self->host_data, at);
}

void
smm_engine_look_at_queue (SmmEngine *self)
{
  gint64 now = smm_engine_now (self);
  guint room;
  g_autoptr (GPtrArray) pending = NULL;
  g_autoptr (GPtrArray) due = NULL;

  if (!self->started || self->stopping)
    return;
  /* The clock may have been set back meanwhile. */
  if (self->store_retry_at > now + MAX_STORE_RETRY)
    self->store_retry_at = now;
  if (!smm_engine_recover (self))
    return;
  if (self->store_retry_at > 0 || (self->batch->len > 0 && !self->flush_pending))
    {
      if (now >= self->store_retry_at && self->batch->len > 0)
        smm_engine_flush (self);
      else if (now >= self->store_retry_at)
        self->store_retry_at = 0;
      if (self->store_retry_at > 0)
        {
          self->host.arm (self->host_data, self->store_retry_at);
          return;
        }
    }
  smm_store_begin_read (self->store);
  if (!is_paused (self, now) && get_n_places (self) > 0)
    {
      /* Those in work that are not claimed yet stand first in both lists: ask for as many more. */
      room = get_n_places (self) + self->n_listed;
      pending = smm_store_list_pending (self->store, now, room);
      begin_targets (self, pending);
      due = smm_store_list_due (self->store, now, room);
      begin_targets (self, due);
    }
  arm (self, now);
  smm_store_end_read (self->store);
  /* What is planned could not be read: the store is opened anew then. */
  if (smm_store_is_doubtful (self->store))
    self->host.arm (self->host_data, now + SECOND);
}

static gboolean
wake_cb (gpointer user_data)
{
  g_autoptr (SmmEngine) self = user_data;

  self->wake_pending = FALSE;
  smm_engine_look_at_queue (self);
  return G_SOURCE_REMOVE;
}

/**
 * smm_engine_wake:
 * @self: the engine
 *
 * Looks at the clock and the queue after this turn of the loop; many calls are one look.
 */
void
smm_engine_wake (SmmEngine *self)
{
  g_return_if_fail (SMM_IS_ENGINE (self));

  if (self->wake_pending || !self->started)
    return;
  self->wake_pending = TRUE;
  self->host.defer (self->host_data, wake_cb, g_object_ref (self));
}

/* --- GObject --- */

static void
on_library_changed (SmmEngine *self)
{
  smm_engine_wake (self);
}

static void
smm_engine_dispose (GObject *object)
{
  SmmEngine *self = SMM_ENGINE (object);

  self->started = FALSE;
  if (self->batch != NULL)
    smm_engine_batch_clear (self);
  if (self->library != NULL)
    g_signal_handlers_disconnect_by_data (self->library, self);
  if (self->jobs != NULL)
    {
      GHashTableIter iter;
      gpointer job;

      g_hash_table_iter_init (&iter, self->jobs);
      while (g_hash_table_iter_next (&iter, NULL, &job))
        {
          g_hash_table_iter_steal (&iter);
          smm_job_free (job);
        }
    }
  g_clear_pointer (&self->jobs, g_hash_table_unref);
  g_clear_pointer (&self->secrets, g_hash_table_unref);
  g_clear_pointer (&self->spent, g_hash_table_unref);
  g_clear_pointer (&self->unsent, g_hash_table_unref);
  g_clear_pointer (&self->problem, g_free);
  g_clear_pointer (&self->changed, g_ptr_array_unref);
  g_clear_object (&self->library);

  G_OBJECT_CLASS (smm_engine_parent_class)->dispose (object);
}

static void
smm_engine_class_init (SmmEngineClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = smm_engine_dispose;
}

static void
smm_engine_init (SmmEngine *self)
{
  self->jobs = g_hash_table_new (g_str_hash, g_str_equal);
  self->secrets
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_hash_table_unref);
  self->spent
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_array_unref);
  self->unsent = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->batch = g_ptr_array_new ();
  self->changed = g_ptr_array_new_with_free_func (g_free);
  self->max_in_flight = DEFAULT_MAX_IN_FLIGHT;
  self->paused_until = -1;
  self->platforms = smm_platform_get_for;
}

/**
 * smm_engine_new:
 * @library: the owner of the library
 * @host: time, network, tokens; copied
 * @host_data: for the host's functions; borrowed
 *
 * Returns: (transfer full): an engine that does nothing before smm_engine_start()
 */
SmmEngine *
smm_engine_new (SmmLibraryLocal *library, const SmmEngineHost *host, gpointer host_data)
{
  SmmEngine *self = g_object_new (SMM_TYPE_ENGINE, NULL);

  self->library = g_object_ref (library);
  self->store = smm_library_get_store (SMM_LIBRARY (library));
  self->host = *host;
  self->host_data = host_data;
  g_signal_connect_swapped (library, "changed", G_CALLBACK (on_library_changed), self);
  /* Whose read or write it was that failed: the engine is the one to open the library anew, and to
   * say so. */
  g_signal_connect_object (self->store, "doubted", G_CALLBACK (smm_engine_wake), self,
                           G_CONNECT_SWAPPED);
  return self;
}

/**
 * smm_engine_start:
 * @self: the engine
 *
 * Settles what a dead publisher left, then works. If the library can't be written it waits.
 */
void
smm_engine_start (SmmEngine *self)
{
  g_return_if_fail (SMM_IS_ENGINE (self));

  self->started = TRUE;
  smm_engine_recover (self);
  smm_engine_wake (self);
}

/**
 * smm_engine_get_problem:
 * @self: the engine
 *
 * Returns: (transfer none) (nullable): why nothing is sent: what the disk said; %NULL: nothing
 */
const char *
smm_engine_get_problem (SmmEngine *self)
{
  return self->problem;
}

void
smm_engine_stop (SmmEngine *self)
{
  g_return_if_fail (SMM_IS_ENGINE (self));

  self->stopping = TRUE;
  self->host.arm (self->host_data, 0);
}

void
smm_engine_pause (SmmEngine *self, gint64 until)
{
  self->paused_until = MAX (until, 0);
  smm_engine_wake (self);
}

void
smm_engine_resume (SmmEngine *self)
{
  self->paused_until = -1;
  smm_engine_wake (self);
}

gint64
smm_engine_get_paused_until (SmmEngine *self)
{
  is_paused (self, smm_engine_now (self));
  return self->paused_until;
}

/**
 * smm_engine_retry_keyring:
 * @self: the engine
 *
 * The keyring may be open now: what waits for it is tried again at once.
 */
void
smm_engine_retry_keyring (SmmEngine *self)
{
  if (!smm_store_begin (self->store, NULL))
    return;
  if (!smm_store_wake_keyring (self->store, smm_engine_now (self), NULL)
      || !smm_store_commit (self->store, NULL))
    smm_store_rollback (self->store);
  smm_engine_wake (self);
}

/**
 * smm_engine_look_now:
 * @self: the engine
 * @target_id: an unconfirmed target
 * @error: SMM_LIBRARY_ERROR
 *
 * Makes the next look happen now. It only reads; an early look is never proof of absence.
 */
gboolean
smm_engine_look_now (SmmEngine *self, const char *target_id, GError **error)
{
  g_autoptr (SmmTarget) target = smm_store_get_target (self->store, target_id);
  SmmTransition to = { 0 };

  if (target == NULL || target->state != SMM_TARGET_UNCONFIRMED)
    {
      g_set_error (error, SMM_LIBRARY_ERROR, SMM_LIBRARY_ERROR_NOT_FOUND,
                   _ ("There is no unconfirmed post “%s”"), target_id);
      return FALSE;
    }
  to.state = target->state;
  to.attempt = target->attempt;
  to.next_at = smm_engine_now (self);
  to.reason_code = target->reason_code;
  to.reason = target->reason;
  to.fix = target->fix;
  if (!smm_store_begin (self->store, error))
    return FALSE;
  if (!smm_store_transition (self->store, target_id, target->state, target->attempt, &to, error))
    {
      smm_store_rollback (self->store);
      return error == NULL || *error == NULL;
    }
  if (!smm_store_commit (self->store, error))
    return FALSE;
  smm_engine_wake (self);
  return TRUE;
}

guint
smm_engine_get_n_in_flight (SmmEngine *self)
{
  return g_hash_table_size (self->jobs);
}

gint64
smm_engine_get_next_at (SmmEngine *self)
{
  return smm_store_get_next_wake (self->store);
}

/**
 * smm_engine_is_idle:
 * @self: the engine
 * @until: µs UTC
 *
 * Returns: whether nothing is in flight, waiting for the disk, or planned before @until
 */
gboolean
smm_engine_is_idle (SmmEngine *self, gint64 until)
{
  gint64 next = smm_store_get_next_wake (self->store);

  return g_hash_table_size (self->jobs) == 0 && self->batch->len == 0 && !self->flush_pending
         && !self->wake_pending && (next == 0 || next > until);
}

void
smm_engine_set_max_in_flight (SmmEngine *self, guint max)
{
  self->max_in_flight = MAX (max, 1);
}

static gboolean
write_ledger (SmmEngine *self, gpointer data, GError **error)
{
  return smm_store_add_ledger (self->store, data, error);
}

static void
ledger_written (SmmEngine *self, gpointer data, gboolean written)
{
  g_object_unref (data);
}

/**
 * smm_engine_add_ledger:
 * @self: the engine
 * @entry: a request that left
 */
void
smm_engine_add_ledger (SmmEngine *self, SmmLedgerEntry *entry)
{
  smm_engine_write (self, write_ledger, ledger_written, g_object_ref (entry), FALSE);
}

void
smm_engine_set_platforms (SmmEngine *self, SmmPlatformFunc func)
{
  self->platforms = func != NULL ? func : smm_platform_get_for;
}

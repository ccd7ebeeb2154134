/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * What is on the disk is read and settled before anything is sent: at the start, when another
 * publisher has died, and each time the disk has failed under this one. A COMMIT that returned an
 * error may be there all the same, so the store is opened anew. Outcomes in memory are tried again:
 * where they are there, their compare-and-set finds that out. A claim of which nothing has left,
 * because its COMMIT failed, is taken back if it is there. An intent of nobody who lives is
 * doubted, like one of a dead publisher.
 */

#include "config.h"

#include "smm-engine-private.h"

#include "smm-crash-point.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* What became of the intent of a dead publisher is not known: it may be public. */
static gboolean
doubt (SmmEngine *self, SmmTarget *target, SmmJournalEntry *commit, GError **error)
{
  SmmTransition to = {
    .state = SMM_TARGET_UNCONFIRMED,
    .attempt = target->attempt,
    .next_at = MAX (smm_engine_now (self), commit->started_at) + smm_engine_settle (self, 1),
    .reason_code = "interrupted",
    .reason = _ ("Publishing was interrupted. It is being found out whether the post is public."),
    .fix = "look-now",
  };

  return smm_store_journal_end (self->store, commit->id, "unclear", smm_engine_now (self), 0, NULL,
                                _ ("The publisher stopped before the answer was kept"), NULL, error)
         && smm_store_transition (self->store, target->id, SMM_TARGET_PUBLISHING, target->attempt,
                                  &to, error);
}

/* Its claim failed and so nothing left; it goes on with an attempt of its own. */
static gboolean
take_back (SmmEngine *self, SmmTarget *target, SmmJournalEntry *commit, GError **error)
{
  SmmTransition to = {
    .state = SMM_TARGET_PUBLISHING,
    .attempt = target->attempt + 1,
    .next_at = smm_engine_now (self),
    .remote_id = target->remote_id,
    .permalink = target->permalink,
  };

  return smm_store_journal_end (self->store, commit->id, "refused", smm_engine_now (self), 0, NULL,
                                _ ("The disk failed, so it was not sent"), NULL, error)
         && smm_store_transition (self->store, target->id, SMM_TARGET_PUBLISHING, target->attempt,
                                  &to, error);
}

static gboolean
is_unsent (SmmEngine *self, SmmTarget *target)
{
  gpointer attempt = NULL;

  return g_hash_table_lookup_extended (self->unsent, target->id, NULL, &attempt)
         && GPOINTER_TO_INT (attempt) == target->attempt;
}

static gboolean
recover_target (SmmEngine *self, SmmTarget *target, GError **error)
{
  g_autoptr (SmmJournalEntry) commit = smm_store_get_last_commit (self->store, target->id);
  SmmTransition to = {
    .state = SMM_TARGET_PUBLISHING,
    .attempt = target->attempt,
    .next_at = smm_engine_now (self),
    .remote_id = target->remote_id,
    .permalink = target->permalink,
  };
  gboolean open
      = commit != NULL && commit->attempt == target->attempt && strcmp (commit->state, "done") != 0;

  if (open && is_unsent (self, target))
    return take_back (self, target, commit, error);
  /* Whose request is on its way, or whose answer waits for the disk. */
  if (g_hash_table_contains (self->jobs, target->id))
    return TRUE;
  if (open)
    return doubt (self, target, commit, error);
  return smm_store_transition (self->store, target->id, SMM_TARGET_PUBLISHING, target->attempt, &to,
                               error);
}

static gboolean
recover (SmmEngine *self, GError **error)
{
  g_autoptr (GPtrArray) targets = NULL;

  smm_crash_point ("recover_begin");
  if (!smm_store_begin (self->store, error))
    return FALSE;
  targets = smm_store_list_in_state (self->store, SMM_TARGET_PUBLISHING, G_MAXINT);
  for (guint i = 0; i < targets->len; i++)
    if (!recover_target (self, targets->pdata[i], error))
      {
        smm_store_rollback (self->store);
        return FALSE;
      }
  if (!smm_store_wake_keyring (self->store, smm_engine_now (self), error))
    {
      smm_store_rollback (self->store);
      return FALSE;
    }
  smm_crash_point ("recover_write");
  if (!smm_store_commit (self->store, error))
    return FALSE;
  smm_crash_point ("recover_done");
  return TRUE;
}

void
smm_engine_set_problem (SmmEngine *self, const GError *error)
{
  g_autofree char *problem = NULL;

  if (error != NULL)
    problem = g_strdup_printf (_ ("Nothing is published until the library can be written: %s"),
                               error->message);
  if (g_strcmp0 (problem, self->problem) == 0)
    return;
  if (problem != NULL)
    g_warning ("%s", problem);
  g_free (self->problem);
  self->problem = g_steal_pointer (&problem);
  if (self->host.tell_problem != NULL)
    self->host.tell_problem (self->host_data, self->problem);
}

/**
 * smm_engine_may_send:
 * @self: the engine
 *
 * Returns: whether the last write is on the disk and what is there was read since the disk failed
 */
gboolean
smm_engine_may_send (SmmEngine *self)
{
  return !self->stopping && self->store_retry_at == 0 && !smm_store_is_doubtful (self->store)
         && self->recovered == smm_store_get_generation (self->store);
}

static gboolean
try_to_recover (SmmEngine *self, GError **error)
{
  if (smm_store_is_doubtful (self->store) && !smm_store_open (self->store, error))
    return FALSE;
  return recover (self, error);
}

static void
retry_later (SmmEngine *self)
{
  self->store_retry_at
      = smm_engine_now (self) + MIN (SECOND << MIN (self->store_failures++, 5), MAX_STORE_RETRY);
}

static void
note_failure (SmmEngine *self, const GError *error)
{
  smm_engine_set_problem (self, error);
  retry_later (self);
}

static void
on_reopened (const GError *error, gpointer user_data)
{
  g_autoptr (SmmEngine) self = user_data;

  self->reopening = FALSE;
  if (error != NULL)
    note_failure (self, error);
  smm_engine_wake (self);
}

/* TRUE: the host does it, or will. */
static gboolean
leave_to_host (SmmEngine *self, gint64 now)
{
  if (self->host.reopen == NULL || !smm_store_is_doubtful (self->store))
    return FALSE;
  if (!self->reopening && self->store_retry_at <= now)
    {
      g_autoptr (GError) checked = g_error_new (SMM_STORE_ERROR, SMM_STORE_ERROR_BUSY,
                                                _ ("its disk failed, and it is being checked"));

      if (self->problem == NULL)
        smm_engine_set_problem (self, checked);
      self->reopening = TRUE;
      self->host.reopen (self->host_data, on_reopened, g_object_ref (self));
    }
  return TRUE;
}

/**
 * smm_engine_recover:
 * @self: the engine
 *
 * Opens the store anew if its disk failed, and settles what was left open, once a generation of the
 * store. Until that works, targets left in "publishing" stay so: nothing is sent twice.
 *
 * Returns: whether it is done
 */
gboolean
smm_engine_recover (SmmEngine *self)
{
  gint64 now = smm_engine_now (self);
  g_autoptr (GError) error = NULL;

  if (!smm_store_is_doubtful (self->store)
      && self->recovered == smm_store_get_generation (self->store))
    return TRUE;
  /* A library that opens and then fails again is not opened again and again. */
  if (smm_store_is_doubtful (self->store) && !self->reopening && self->store_retry_at == 0
      && self->store_failures > 0)
    retry_later (self);
  if (leave_to_host (self, now))
    {
      self->host.arm (self->host_data, self->reopening ? 0 : self->store_retry_at);
      return FALSE;
    }
  if (self->store_retry_at <= now && try_to_recover (self, &error))
    {
      if (self->recovered != 0)
        self->store_failures = MAX (self->store_failures, 1);
      self->recovered = smm_store_get_generation (self->store);
      g_hash_table_remove_all (self->unsent);
      self->store_retry_at = 0;
      smm_engine_set_problem (self, NULL);
      return TRUE;
    }
  if (error != NULL)
    note_failure (self, error);
  self->host.arm (self->host_data, self->store_retry_at);
  return FALSE;
}

/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Group commit: what one turn of the loop wants on disk goes into one transaction. Nobody acts on a
 * change before its COMMIT returned OK.
 */

#include "config.h"

#include "smm-engine-private.h"

#include "smm-crash-point.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <unistd.h>

#define BALLAST_BYTES (1024 * 1024)

typedef struct
{
  SmmOpFunc func;
  SmmOpDone done;
  gpointer data;
  gboolean keep;
  gboolean applied;
} SmmOp;

gint64
smm_engine_now (SmmEngine *self)
{
  return self->host.now (self->host_data);
}

void
smm_engine_add_changed (SmmEngine *self, const char *id)
{
  g_ptr_array_add (self->changed, g_strdup (id));
}

/* Room for outcomes on a full disk: given up when it is needed, taken again when there is room. */
static void
set_ballast (SmmEngine *self, gboolean present)
{
  SmmPaths *paths = smm_store_get_paths (self->store);
  g_autofree char *path = g_build_filename (paths->data_dir, "ballast", NULL);
  int fd;

  if (!present)
    {
      g_unlink (path);
      return;
    }
  if (g_file_test (path, G_FILE_TEST_EXISTS))
    return;
  fd = open (path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
  if (fd < 0)
    return;
  if (posix_fallocate (fd, 0, BALLAST_BYTES) != 0)
    g_unlink (path);
  close (fd);
}

static void
tell_changed (SmmEngine *self)
{
  g_autoptr (GPtrArray) ids = g_steal_pointer (&self->changed);

  self->changed = g_ptr_array_new_with_free_func (g_free);
  if (ids->len == 0)
    return;
  g_ptr_array_add (ids, NULL);
  smm_library_emit_changed (SMM_LIBRARY (self->library), (const char *const *)ids->pdata);
}

static gboolean
apply_all (SmmEngine *self, GPtrArray *batch, GError **error)
{
  for (guint i = 0; i < batch->len; i++)
    {
      SmmOp *op = batch->pdata[i];
      g_autoptr (GError) problem = NULL;

      op->applied = op->func (self, op->data, &problem);
      if (problem != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&problem));
          return FALSE;
        }
    }
  return TRUE;
}

static gboolean
write_batch (SmmEngine *self, GPtrArray *batch, GError **error)
{
  if (!smm_store_begin (self->store, error))
    return FALSE;
  if (!apply_all (self, batch, error))
    {
      smm_store_rollback (self->store);
      return FALSE;
    }
  return smm_store_commit (self->store, error);
}

/* Outcomes wait for the disk; everything else is told that it did not happen. */
static void
after_failure (SmmEngine *self, GPtrArray *batch, const GError *error)
{
  guint n = MIN (self->store_failures, 5);

  smm_engine_set_problem (self, error);
  if (g_error_matches (error, SMM_STORE_ERROR, SMM_STORE_ERROR_FULL))
    set_ballast (self, FALSE);
  self->store_failures++;
  self->store_retry_at = smm_engine_now (self) + MIN (SECOND << n, MAX_STORE_RETRY);
  g_ptr_array_set_size (self->changed, 0);
  for (guint i = 0; i < batch->len; i++)
    {
      SmmOp *op = batch->pdata[i];

      if (op->keep)
        g_ptr_array_add (self->batch, op);
      else
        {
          op->done (self, op->data, FALSE);
          g_free (op);
        }
    }
  self->host.arm (self->host_data, self->store_retry_at);
}

static void
after_success (SmmEngine *self, GPtrArray *batch)
{
  self->store_failures = 0;
  if (self->store_retry_at > 0)
    {
      self->store_retry_at = 0;
      set_ballast (self, TRUE);
      smm_engine_set_problem (self, NULL);
    }
  tell_changed (self);
  for (guint i = 0; i < batch->len; i++)
    {
      SmmOp *op = batch->pdata[i];

      if (op->done != NULL)
        op->done (self, op->data, op->applied);
      g_free (op);
    }
}

/**
 * smm_engine_flush:
 * @self: the engine
 *
 * Writes what is waiting in one durable transaction, then tells those who wait. While the disk
 * fails all of it goes on waiting.
 */
void
smm_engine_flush (SmmEngine *self)
{
  g_autoptr (GPtrArray) batch = NULL;
  g_autoptr (GError) error = NULL;

  if (!smm_engine_recover (self))
    return;
  batch = g_steal_pointer (&self->batch);
  self->batch = g_ptr_array_new ();
  if (batch->len == 0)
    return;
  smm_crash_point ("commit_begin");
  if (write_batch (self, batch, &error))
    {
      smm_crash_point ("commit_done");
      after_success (self, batch);
    }
  else
    after_failure (self, batch, error);
}

static gboolean
flush_cb (gpointer user_data)
{
  g_autoptr (SmmEngine) self = user_data;

  /* What takes the places of those that leave is claimed by the commit that writes their outcome.
   */
  if (self->n_leaving > 0)
    smm_engine_look_at_queue (self);
  self->flush_pending = FALSE;
  smm_engine_flush (self);
  smm_engine_wake (self);
  return G_SOURCE_REMOVE;
}

/**
 * smm_engine_write:
 * @self: the engine
 * @func: writes, inside the transaction
 * @done: (nullable): called after it
 * @data: for both; @done frees it
 * @keep: whether to try again until it is on disk
 */
void
smm_engine_write (SmmEngine *self, SmmOpFunc func, SmmOpDone done, gpointer data, gboolean keep)
{
  SmmOp *op = g_new0 (SmmOp, 1);

  op->func = func;
  op->done = done;
  op->data = data;
  op->keep = keep;
  g_ptr_array_add (self->batch, op);
  if (self->flush_pending)
    return;
  self->flush_pending = TRUE;
  self->host.defer (self->host_data, flush_cb, g_object_ref (self));
}

void
smm_engine_batch_clear (SmmEngine *self)
{
  for (guint i = 0; i < self->batch->len; i++)
    g_free (self->batch->pdata[i]);
  g_clear_pointer (&self->batch, g_ptr_array_unref);
}

/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Applying a change, also when the disk fails under it: then it may be there or not, and the
 * library is opened anew and looked at before anybody is told.
 */

#include "config.h"

#include "smm-library-local-private.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

/* What the store says becomes what the library says; an answer for people either way. */
static void
translate_error (GError **error)
{
  if (error == NULL || *error == NULL || (*error)->domain == SMM_LIBRARY_ERROR)
    return;
  (*error)->domain = SMM_LIBRARY_ERROR;
  (*error)->code = SMM_LIBRARY_ERROR_STORE;
}

/* Becomes another by @command: the newest activity, and where undo and redo stand. %NULL when the
 * disk fails under the reading. */
static char *
get_mark (SmmLibraryLocal *self, SmmCommand *command)
{
  SmmActivity *undo = NULL, *redo = NULL;
  char *mark;

  if (smm_library_local_is_undo (command))
    {
      undo = smm_store_peek_undo (self->store);
      redo = smm_store_peek_redo (self->store);
    }
  mark = g_strdup_printf ("%" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT,
                          smm_store_get_last_activity (self->store), undo != NULL ? undo->seq : 0,
                          redo != NULL ? redo->seq : 0);
  smm_activity_free (undo);
  smm_activity_free (redo);
  if (smm_store_is_doubtful (self->store))
    g_clear_pointer (&mark, g_free);
  return mark;
}

static GVariant *
make_result (SmmChange *change)
{
  g_auto (GVariantDict) result = G_VARIANT_DICT_INIT (NULL);

  if (change->label != NULL)
    g_variant_dict_insert (&result, "label", "s", change->label);
  g_variant_dict_insert (&result, "undoable", "b", change->inverse != NULL);
  if (change->n_skipped > 0)
    {
      g_variant_dict_insert (&result, "skipped", "u", change->n_skipped);
      g_variant_dict_insert (&result, "reason", "s", change->skipped->message);
    }
  if (change->erased != NULL)
    g_variant_dict_insert_value (
        &result, "media",
        g_variant_new_strv ((const char *const *)change->erased->pdata, change->erased->len));
  return g_variant_ref_sink (g_variant_dict_end (&result));
}

/* A change whose transaction failed under it: it may be there all the same. */
typedef struct
{
  SmmCommand *command;
  char *mark;       /* what it was before; NULL: nothing was written after it was not readable */
  GVariant *result; /* what is told when it is there */
} Doubt;

static void
doubt_free (Doubt *doubt)
{
  smm_command_unref (doubt->command);
  g_free (doubt->mark);
  g_variant_unref (doubt->result);
  g_free (doubt);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Doubt, doubt_free)

static void
tell_all (SmmLibraryLocal *self)
{
  smm_library_emit_changed (SMM_LIBRARY (self), (const char *[]){ "*", NULL });
}

static void
set_unknown (GError **error, const char *why)
{
  g_set_error (error, SMM_LIBRARY_ERROR, SMM_LIBRARY_ERROR_STORE,
               _ ("The disk fails, and whether this change was kept is not known. Look again "
                  "when the disk works, before you repeat it. %s"),
               why);
}

static void
remove_media (SmmStore *store, GPtrArray *names)
{
  SmmPaths *paths = smm_store_get_paths (store);

  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *path = smm_paths_get_media (paths, names->pdata[i]);

      g_unlink (path);
    }
}

/* @erased: (out): whether what it erased is left in copies, which are to be looked for
 * Returns: (nullable): the result; %NULL with @doubt: whether it is there is known when the store
 * was opened anew; %NULL with @error: it is not. */
static GVariant *
try (SmmLibraryLocal *self, SmmCommand *command, gboolean *erased, Doubt **doubt, GError **error)
{
  g_auto (SmmChange) change = { 0 };
  g_autoptr (GError) problem = NULL;
  g_autofree char *mark = get_mark (self, command);

  change.store = self->store;
  change.changed = g_ptr_array_new_with_free_func (g_free);
  change.now = self->now (self->now_data);
  if (!smm_library_local_write (self, &change, command, &problem))
    {
      if (smm_store_is_doubtful (self->store))
        {
          *doubt = g_new0 (Doubt, 1);
          (*doubt)->command = smm_command_ref (command);
          (*doubt)->mark = g_steal_pointer (&mark);
          (*doubt)->result = make_result (&change);
          return NULL;
        }
      if (problem == NULL)
        g_set_error (&problem, SMM_LIBRARY_ERROR, SMM_LIBRARY_ERROR_PINNED,
                     _ ("The post changed meanwhile. Try again."));
      translate_error (&problem);
      g_propagate_error (error, g_steal_pointer (&problem));
      return NULL;
    }
  *erased = change.erased != NULL;
  if (*erased)
    remove_media (self->store, change.erased);
  if (change.changed->len > 0)
    {
      g_ptr_array_add (change.changed, NULL);
      smm_library_emit_changed (SMM_LIBRARY (self), (const char *const *)change.changed->pdata);
    }
  return make_result (&change);
}

static GVariant *
try_whole (SmmLibraryLocal *self, SmmCommand *command, Doubt **doubt, GError **error)
{
  gboolean erased = FALSE;
  GVariant *result = try (self, command, &erased, doubt, error);

  if (erased)
    {
      smm_store_finish_erasing (self->store);
      tell_all (self);
    }
  return result;
}

/* What the disk holds is looked at before anybody is told "done" or "not done".
 * @problem: (nullable): why the store could not be opened anew */
static GVariant *
settle (SmmLibraryLocal *self, const Doubt *doubt, const GError *problem, GError **error)
{
  g_autofree char *now = problem == NULL ? get_mark (self, doubt->command) : NULL;
  gboolean kept = now != NULL && doubt->mark != NULL && strcmp (now, doubt->mark) != 0;

  tell_all (self);
  if (kept)
    return g_variant_ref (doubt->result);
  if (problem != NULL || (now == NULL && doubt->mark != NULL))
    set_unknown (error, problem != NULL ? problem->message : "");
  else
    g_set_error (error, SMM_LIBRARY_ERROR, SMM_LIBRARY_ERROR_STORE,
                 _ ("The disk failed. The library was checked, and this change is not in it. "
                    "Try again."));
  return NULL;
}

/**
 * smm_library_local_apply:
 * @self: the owner
 * @command: the change
 * @error: SMM_LIBRARY_ERROR; nothing changed then, as far as a disk that fails can be read
 *
 * After an error of the disk the store is opened anew, see smm_store_get_generation().
 *
 * Returns: (transfer full) (nullable): a{sv}, on disk when this returns
 */
GVariant *
smm_library_local_apply (SmmLibraryLocal *self, SmmCommand *command, GError **error)
{
  g_autoptr (Doubt) doubt = NULL;
  g_autoptr (GError) problem = NULL;
  GVariant *result;

  g_return_val_if_fail (SMM_IS_LIBRARY_LOCAL (self), NULL);

  /* Of a disk that has failed before, nothing is known that could be compared. */
  if (smm_store_is_doubtful (self->store) && !smm_store_open (self->store, &problem))
    {
      translate_error (&problem);
      g_propagate_error (error, g_steal_pointer (&problem));
      return NULL;
    }
  result = try_whole (self, command, &doubt, error);
  if (doubt == NULL)
    return result;
  smm_store_open (self->store, &problem);
  return settle (self, doubt, problem, error);
}

/**
 * smm_library_local_try:
 * @self: the owner
 * @command: the change
 * @error: SMM_LIBRARY_ERROR
 *
 * For changes that nobody waits for.
 *
 * Returns: (transfer full) (nullable): a{sv}, on disk when this returns
 */
GVariant *
smm_library_local_try (SmmLibraryLocal *self, SmmCommand *command, GError **error)
{
  g_autoptr (Doubt) doubt = NULL;
  g_autoptr (GError) problem = NULL;
  GVariant *result = NULL;

  if (!smm_store_is_doubtful (self->store))
    result = try_whole (self, command, &doubt, error);
  else if (!smm_store_begin (self->store, &problem))
    {
      translate_error (&problem);
      g_propagate_error (error, g_steal_pointer (&problem));
    }
  if (doubt != NULL)
    {
      set_unknown (error, "");
      tell_all (self);
    }
  return result;
}

void
smm_library_local_settle_erasing (SmmLibraryLocal *self)
{
  if (!smm_store_is_doubtful (self->store))
    smm_store_settle_erasing (self->store);
}

/* --- Without waiting for the check --- */

typedef struct
{
  SmmCommand *command;
  Doubt *doubt;
  GVariant *result; /* while copies of what was erased are looked for */
} Call;

static void
call_free (gpointer data)
{
  Call *call = data;

  smm_command_unref (call->command);
  g_clear_pointer (&call->doubt, doubt_free);
  g_clear_pointer (&call->result, g_variant_unref);
  g_free (call);
}

static void go_on (GTask *task);

static void
return_result (GTask *task, GVariant *result, GError *error)
{
  if (result != NULL)
    g_task_return_pointer (task, result, (GDestroyNotify)g_variant_unref);
  else
    g_task_return_error (task, error);
}

static void
on_opened (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  SmmLibraryLocal *self = g_task_get_source_object (task);
  Call *call = g_task_get_task_data (task);
  g_autoptr (GError) problem = NULL;
  GError *error = NULL;
  GVariant *value;

  smm_store_open_finish (SMM_STORE (source), result, &problem);
  if (call->doubt != NULL)
    {
      value = settle (self, call->doubt, problem, &error);
      return_result (task, value, error);
    }
  else if (problem != NULL)
    {
      translate_error (&problem);
      g_task_return_error (task, g_steal_pointer (&problem));
    }
  else
    go_on (task);
}

static void
on_erased (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Call *call = g_task_get_task_data (task);

  smm_store_finish_erasing_finish (SMM_STORE (source), result);
  tell_all (g_task_get_source_object (task));
  return_result (task, g_steal_pointer (&call->result), NULL);
}

static void
go_on (GTask *task)
{
  SmmLibraryLocal *self = g_task_get_source_object (task);
  Call *call = g_task_get_task_data (task);
  gboolean erased = FALSE;
  GError *error = NULL;
  GVariant *value = NULL;

  if (!smm_store_is_doubtful (self->store))
    value = try (self, call->command, &erased, &call->doubt, &error);
  if (erased)
    {
      call->result = value;
      smm_store_finish_erasing_async (self->store, on_erased, g_object_ref (task));
    }
  else if (value != NULL || error != NULL)
    return_result (task, value, error);
  else
    smm_store_open_async (self->store, on_opened, g_object_ref (task));
}

static GTask *
new_call (SmmLibraryLocal *self, SmmCommand *command, GCancellable *cancellable,
          GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Call *call = g_new0 (Call, 1);

  call->command = smm_command_ref (command);
  g_task_set_source_tag (task, new_call);
  g_task_set_task_data (task, call, call_free);
  return task;
}

/**
 * smm_library_local_apply_async:
 * @self: the owner
 * @command: the change
 * @callback: called when it is on the disk, or is not
 * @user_data: for @callback
 *
 * As smm_library_local_apply(); a library whose disk failed is checked in a thread meanwhile.
 */
void
smm_library_local_apply_async (SmmLibraryLocal *self, SmmCommand *command,
                               GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = new_call (self, command, NULL, callback, user_data);

  go_on (task);
}

GVariant *
smm_library_local_apply_finish (SmmLibraryLocal *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static gboolean
apply_cb (gpointer user_data)
{
  GTask *task = user_data;

  if (!g_task_return_error_if_cancelled (task))
    go_on (task);
  return G_SOURCE_REMOVE;
}

void
smm_library_local_apply_soon (SmmLibrary *library, SmmCommand *command, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = new_call (SMM_LIBRARY_LOCAL (library), command, cancellable, callback, user_data);

  g_idle_add_full (G_PRIORITY_DEFAULT, apply_cb, task, g_object_unref);
}

GVariant *
smm_library_local_apply_soon_finish (SmmLibrary *library, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

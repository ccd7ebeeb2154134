/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is asked of the publisher over the bus. */

#include "config.h"

#include "smm-publisher-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Nothing is done to a library that is not checked: the call is answered after that. */
static gboolean
has_to_wait (SmmPublisher *self, GDBusMethodInvocation *invocation)
{
  if (self->engine != NULL)
    return FALSE;
  g_ptr_array_add (self->waiting, g_object_ref (invocation));
  return TRUE;
}

typedef struct
{
  SmmPublisher *self;
  GDBusMethodInvocation *invocation;
} Change;

/* Whoever asked for a change knows of it before the answer. */
static void
on_applied (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Change *change = user_data;
  g_autoptr (SmmPublisher) self = change->self;
  GDBusMethodInvocation *invocation = change->invocation;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply
      = smm_library_local_apply_finish (SMM_LIBRARY_LOCAL (source), result, &error);

  if (self->teller != NULL)
    smm_teller_flush (self->teller);
  if (reply == NULL)
    g_dbus_method_invocation_return_gerror (invocation, error);
  else if (strcmp (g_dbus_method_invocation_get_method_name (invocation), "Apply") == 0)
    smm_dbus_publisher1_complete_apply (self->skeleton, invocation, reply);
  else
    smm_dbus_publisher1_complete_publish_now (self->skeleton, invocation);
}

static void
apply (SmmPublisher *self, GDBusMethodInvocation *invocation, SmmCommand *command)
{
  Change *change = g_new (Change, 1);

  *change = (Change){ g_object_ref (self), invocation };
  smm_library_local_apply_async (self->library, command, on_applied, change);
}

static gboolean
on_apply (SmmPublisher *self, GDBusMethodInvocation *invocation, const char *name, GVariant *args)
{
  g_autoptr (SmmCommand) command = NULL;

  if (has_to_wait (self, invocation))
    return TRUE;
  command = smm_command_new (name, args);
  apply (self, invocation, command);
  return TRUE;
}

static gboolean
on_wake (SmmPublisher *self, GDBusMethodInvocation *invocation)
{
  if (has_to_wait (self, invocation))
    return TRUE;

  smm_publisher_host_forget_token (self->host, NULL);
  smm_engine_retry_keyring (self->engine);
  smm_mailer_retry_keyring (self->mailer);
  smm_dbus_publisher1_complete_wake (self->skeleton, invocation);
  return TRUE;
}

static gboolean
on_publish_now (SmmPublisher *self, GDBusMethodInvocation *invocation, const char *post)
{
  g_autoptr (SmmCommand) command = NULL;

  if (has_to_wait (self, invocation))
    return TRUE;
  command = smm_command_new ("post.publish-now", g_variant_new_parsed ("{'id': <%s>}", post));
  apply (self, invocation, command);
  return TRUE;
}

static gboolean
on_look_now (SmmPublisher *self, GDBusMethodInvocation *invocation, const char *target)
{
  g_autoptr (GError) error = NULL;

  if (has_to_wait (self, invocation))
    return TRUE;
  if (smm_engine_look_now (self->engine, target, &error))
    smm_dbus_publisher1_complete_look_now (self->skeleton, invocation);
  else
    g_dbus_method_invocation_return_gerror (invocation, error);
  return TRUE;
}

/* --- Restoring a backup --- */

typedef struct
{
  SmmPublisher *self;
  GDBusMethodInvocation *invocation;
  char *name;
} Restore;

static void
verify_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Restore *restore = data;
  g_autoptr (GError) error = NULL;

  if (smm_paths_verify_backup (restore->self->paths, restore->name, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
on_verified (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Restore *restore = user_data;
  SmmPublisher *self = restore->self;
  g_autoptr (GError) error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    {
      g_free (self->restore);
      self->restore = g_steal_pointer (&restore->name);
      smm_dbus_publisher1_complete_restore (self->skeleton, restore->invocation);
      smm_publisher_end (self);
    }
  else
    g_dbus_method_invocation_return_error_literal (restore->invocation, SMM_LIBRARY_ERROR,
                                                   SMM_LIBRARY_ERROR_INVALID, error->message);
  g_free (restore->name);
  g_free (restore);
}

static gboolean
on_restore (SmmPublisher *self, GDBusMethodInvocation *invocation, const char *name)
{
  g_autoptr (GTask) task = NULL;
  Restore *restore;

  if (self->engine == NULL)
    {
      g_dbus_method_invocation_return_error (
          invocation, SMM_LIBRARY_ERROR, SMM_LIBRARY_ERROR_STORE,
          _ ("The library is being checked. Try again in a moment."));
      return TRUE;
    }
  restore = g_new0 (Restore, 1);
  restore->self = self;
  restore->invocation = invocation;
  restore->name = g_strdup (name);
  task = g_task_new (self, NULL, on_verified, restore);
  g_task_set_task_data (task, restore, NULL);
  g_task_run_in_thread (task, verify_in_thread);
  return TRUE;
}

/* Even a library that can't be opened can be removed. */
static gboolean
on_erase (SmmPublisher *self, GDBusMethodInvocation *invocation, const char *library)
{
  if (strcmp (library, self->paths->data_dir) != 0)
    {
      g_dbus_method_invocation_return_error (
          invocation, SMM_LIBRARY_ERROR, SMM_LIBRARY_ERROR_INVALID,
          _ ("This publisher has the library in “%s”"), self->paths->data_dir);
      return TRUE;
    }
  self->erase = TRUE;
  smm_dbus_publisher1_complete_erase (self->skeleton, invocation);
  smm_publisher_end (self);
  return TRUE;
}

static void
show_pause (SmmPublisher *self)
{
  smm_dbus_publisher1_set_paused_until (self->skeleton, smm_engine_get_paused_until (self->engine));
  if (self->tray != NULL)
    smm_tray_changed (self->tray);
}

void
smm_publisher_show_problem (SmmPublisher *self)
{
  const char *problem = smm_engine_get_problem (self->engine);

  smm_dbus_publisher1_set_problem (self->skeleton, problem != NULL ? problem : "");
}

void
smm_publisher_show_ready (SmmPublisher *self)
{
  if (self->skeleton == NULL || self->engine == NULL)
    return;
  show_pause (self);
  smm_publisher_show_problem (self);
  smm_dbus_publisher1_set_ready (self->skeleton, TRUE);
}

static gboolean
on_pause (SmmPublisher *self, GDBusMethodInvocation *invocation, gint64 until)
{
  if (has_to_wait (self, invocation))
    return TRUE;

  smm_engine_pause (self->engine, until);
  show_pause (self);
  smm_dbus_publisher1_complete_pause (self->skeleton, invocation);
  return TRUE;
}

static gboolean
on_resume (SmmPublisher *self, GDBusMethodInvocation *invocation)
{
  if (has_to_wait (self, invocation))
    return TRUE;

  smm_engine_resume (self->engine);
  show_pause (self);
  smm_dbus_publisher1_complete_resume (self->skeleton, invocation);
  return TRUE;
}

static gboolean
say_checking (SmmPublisher *self, GDBusMethodInvocation *invocation)
{
  g_auto (GVariantDict) dict = G_VARIANT_DICT_INIT (NULL);

  g_variant_dict_insert (&dict, "state", "s", "checking");
  g_variant_dict_insert (&dict, "version", "s", SMM_VERSION);
  g_variant_dict_insert (&dict, "library", "s", self->paths->data_dir);
  smm_dbus_publisher1_complete_status (self->skeleton, invocation, g_variant_dict_end (&dict));
  return TRUE;
}

static gboolean
on_status (SmmPublisher *self, GDBusMethodInvocation *invocation)
{
  if (self->engine == NULL)
    return say_checking (self, invocation);

  SmmStore *store = smm_library_get_store (SMM_LIBRARY (self->library));
  const char *problem = smm_engine_get_problem (self->engine);
  gboolean paused = smm_engine_get_paused_until (self->engine) >= 0;
  g_auto (GVariantDict) dict = G_VARIANT_DICT_INIT (NULL);

  g_variant_dict_insert (&dict, "state", "s",
                         smm_store_is_opening (store) ? "checking"
                         : problem != NULL            ? "failing"
                         : paused                     ? "paused"
                                                      : "running");
  g_variant_dict_insert (&dict, "problem", "s", problem != NULL ? problem : "");
  g_variant_dict_insert (&dict, "paused-until", "x", smm_engine_get_paused_until (self->engine));
  g_variant_dict_insert (&dict, "in-flight", "u", smm_engine_get_n_in_flight (self->engine));
  g_variant_dict_insert (&dict, "next-at", "x", smm_engine_get_next_at (self->engine));
  g_variant_dict_insert (&dict, "attention", "u", smm_store_count_attention (store, NULL));
  g_variant_dict_insert (&dict, "keyring", "s", smm_publisher_host_get_keyring (self->host));
  g_variant_dict_insert (&dict, "version", "s", SMM_VERSION);
  g_variant_dict_insert (&dict, "library", "s", self->paths->data_dir);
  g_variant_dict_insert (&dict, "commits", "t", smm_store_get_n_commits (store));
  smm_dbus_publisher1_complete_status (self->skeleton, invocation, g_variant_dict_end (&dict));
  return TRUE;
}

/* One that waited for the library. */
static void
run_call (SmmPublisher *self, GDBusMethodInvocation *invocation)
{
  const char *method = g_dbus_method_invocation_get_method_name (invocation);
  GVariant *values = g_dbus_method_invocation_get_parameters (invocation);
  g_autoptr (GVariant) args = NULL;
  const char *text = NULL;
  gint64 until = 0;

  if (strcmp (method, "Apply") == 0)
    {
      g_variant_get (values, "(&s@a{sv})", &text, &args);
      on_apply (self, invocation, text, args);
    }
  else if (strcmp (method, "PublishNow") == 0)
    {
      g_variant_get (values, "(&s)", &text);
      on_publish_now (self, invocation, text);
    }
  else if (strcmp (method, "LookNow") == 0)
    {
      g_variant_get (values, "(&s)", &text);
      on_look_now (self, invocation, text);
    }
  else if (strcmp (method, "Pause") == 0)
    {
      g_variant_get (values, "(x)", &until);
      on_pause (self, invocation, until);
    }
  else if (strcmp (method, "Resume") == 0)
    on_resume (self, invocation);
  else
    on_wake (self, invocation);
}

void
smm_publisher_answer_waiting (SmmPublisher *self)
{
  g_autoptr (GPtrArray) waiting = g_steal_pointer (&self->waiting);

  self->waiting = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < waiting->len; i++)
    run_call (self, g_object_ref (waiting->pdata[i]));
}

void
smm_publisher_refuse_waiting (SmmPublisher *self, const char *why)
{
  for (guint i = 0; i < self->waiting->len; i++)
    g_dbus_method_invocation_return_error (g_object_ref (self->waiting->pdata[i]),
                                           SMM_LIBRARY_ERROR, SMM_LIBRARY_ERROR_STORE, "%s", why);
  g_ptr_array_set_size (self->waiting, 0);
}

void
smm_publisher_take_calls (SmmPublisher *self)
{
  g_object_connect (
      self->skeleton, "swapped-signal::handle-apply", on_apply, self, "swapped-signal::handle-wake",
      on_wake, self, "swapped-signal::handle-publish-now", on_publish_now, self,
      "swapped-signal::handle-look-now", on_look_now, self, "swapped-signal::handle-pause",
      on_pause, self, "swapped-signal::handle-resume", on_resume, self,
      "swapped-signal::handle-status", on_status, self, "swapped-signal::handle-restore",
      on_restore, self, "swapped-signal::handle-erase", on_erase, self, NULL);
}

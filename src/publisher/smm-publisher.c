/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-publisher-private.h"

#include "smm-erase.h"
#include "smm-store-write.h"

#include <glib-unix.h>
#include <glib/gi18n-lib.h>
#include <malloc.h>
#include <string.h>

#define OBJECT_PATH "/com/nkonsept/Smm/Publisher"
#define STOP_SECONDS 20
#define LOOK_AHEAD (10 * 60 * (gint64)G_USEC_PER_SEC)
/* A check that takes longer is told about. */
#define CHECK_TOLD_MS 1500
#define EXIT_KEYRING 3
#define EXIT_UNCONFIRMED 4

G_DEFINE_TYPE (SmmPublisher, smm_publisher, G_TYPE_OBJECT)

static void
on_problem (const char *problem, gpointer user_data)
{
  SmmPublisher *self = user_data;

  if (self->skeleton != NULL)
    smm_publisher_show_problem (self);
}

static void
on_progress (const char *post_id, const char *target_id, double fraction, const char *text,
             gpointer user_data)
{
  SmmPublisher *self = user_data;

  if (self->teller != NULL)
    smm_teller_progress (self->teller, post_id, target_id, fraction, text);
}

/* --- Recurring posts --- */

static gboolean
top_up_cb (gpointer user_data)
{
  SmmPublisher *self = user_data;
  SmmStore *store = smm_library_get_store (SMM_LIBRARY (self->library));
  g_autoptr (GError) error = NULL;

  self->top_up_id = 0;
  /* What can't be written now is tried again with the next change: the engine minds the disk. */
  if (!smm_library_local_top_up (self->library, &error))
    g_warning ("Recurring posts: %s", error->message);
  else
    smm_timer_arm (self->series_timer, smm_store_get_next_top_up (store));
  return G_SOURCE_REMOVE;
}

/* Not within a change that is being told about. */
static void
top_up_soon (gpointer user_data)
{
  SmmPublisher *self = user_data;

  if (self->top_up_id == 0)
    self->top_up_id = g_idle_add (top_up_cb, self);
}

static void
on_host_changed (const char *post_id, gpointer user_data)
{
  SmmPublisher *self = user_data;
  const char *const ids[] = { post_id, NULL };

  smm_library_emit_changed (SMM_LIBRARY (self->library), ids);
}

static void
on_changed (SmmPublisher *self, const char *const *ids)
{
  smm_web_keeper_wake (smm_publisher_host_get_web (self->host));
  if (self->probe != NULL)
    smm_probe_wake (self->probe);
  top_up_soon (self);
  for (guint i = 0; ids[i] != NULL; i++)
    smm_publisher_host_forget_token (self->host, strcmp (ids[i], "*") == 0 ? NULL : ids[i]);
  if (self->teller != NULL)
    smm_teller_changed (self->teller, ids);
  if (self->notifier != NULL)
    smm_notifier_changed (self->notifier, ids);
  if (self->mailer != NULL)
    smm_mailer_changed (self->mailer, ids);
  if (self->tray != NULL)
    smm_tray_changed (self->tray);
}

/* Somebody unlocked a collection, or the keyring came (back). */
static void
on_keyring (GDBusConnection *bus, const char *sender, const char *path, const char *interface,
            const char *name, GVariant *args, gpointer user_data)
{
  SmmPublisher *self = user_data;

  if (self->engine != NULL)
    smm_engine_retry_keyring (self->engine);
  if (self->mailer != NULL)
    smm_mailer_retry_keyring (self->mailer);
}

static void
watch_keyring (SmmPublisher *self, GDBusConnection *bus)
{
  if (self->keyring_id != 0)
    return;
  self->bus = g_object_ref (bus);
  self->keyring_id = g_dbus_connection_signal_subscribe (
      bus, "org.freedesktop.secrets", "org.freedesktop.Secret.Service", "CollectionChanged", NULL,
      NULL, G_DBUS_SIGNAL_FLAGS_NONE, on_keyring, self, NULL);
}

static void
on_paused_in_tray (gpointer user_data)
{
  smm_publisher_show_ready (user_data);
}

/* Needs the bus and the engine, whichever comes last. */
static void
start_notifier (SmmPublisher *self)
{
  if (self->notifier != NULL || self->bus == NULL || self->engine == NULL)
    return;
  self->notifier = smm_notifier_new (self->bus, self->library, self->engine);
  if (!self->options.until_idle)
    self->tray = smm_tray_new (self->bus, self->library, self->engine, on_paused_in_tray, self);
}

static void
on_bus (GDBusConnection *bus, const char *name, gpointer user_data)
{
  SmmPublisher *self = user_data;
  g_autoptr (GError) error = NULL;

  self->skeleton = smm_dbus_publisher1_skeleton_new ();
  smm_dbus_publisher1_set_version (self->skeleton, SMM_VERSION);
  smm_dbus_publisher1_set_library (self->skeleton, self->paths->data_dir);
  self->teller = smm_teller_new (self->skeleton);
  smm_publisher_show_ready (self);
  smm_publisher_take_calls (self);
  if (!g_dbus_interface_skeleton_export (G_DBUS_INTERFACE_SKELETON (self->skeleton), bus,
                                         OBJECT_PATH, &error))
    g_warning ("The bus can't be used: %s", error->message);
  watch_keyring (self, bus);
  start_notifier (self);
}

/* The lock is ours, so nobody else sends from this library; only the name is taken. */
static void
on_name_lost (GDBusConnection *bus, const char *name, gpointer user_data)
{
  SmmPublisher *self = user_data;

  if (bus == NULL)
    g_info ("There is no session bus: the app can't reach this publisher");
  else
    {
      g_warning ("Another publisher has the name %s", name);
      if (self->engine != NULL)
        smm_engine_stop (self->engine);
      g_main_loop_quit (self->loop);
    }
}

static void
on_sleep (GDBusConnection *bus, const char *sender, const char *path, const char *interface,
          const char *signal, GVariant *args, gpointer user_data)
{
  SmmPublisher *self = user_data;

  if (self->engine != NULL)
    smm_engine_wake (self->engine);
}

static void
on_system_bus (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SmmPublisher) self = user_data;

  self->system_bus = g_bus_get_finish (result, NULL);
  if (self->system_bus != NULL)
    g_dbus_connection_signal_subscribe (self->system_bus, "org.freedesktop.login1",
                                        "org.freedesktop.login1.Manager", "PrepareForSleep",
                                        "/org/freedesktop/login1", NULL, G_DBUS_SIGNAL_FLAGS_NONE,
                                        on_sleep, self, NULL);
}

/* --- Opening the library --- */

/* Its time was over: the files go when nothing of this process has them any more. */
static void
on_workspace_erased (gpointer user_data)
{
  SmmPublisher *self = user_data;

  self->erase = TRUE;
  smm_publisher_end (self);
}

static gboolean
make_engine (SmmPublisher *self, GError **error)
{
  SmmStore *store = smm_library_get_store (SMM_LIBRARY (self->library));
  SmmEngineHost host = { 0 };

  self->vault = smm_vault_new (self->paths->data_dir, smm_store_get_library_id (store));
  self->host = smm_publisher_host_new (self->paths, self->http, self->vault, error);
  if (self->host == NULL)
    return FALSE;
  if (!smm_publisher_host_set_store (self->host, store, on_host_changed, self, error))
    return FALSE;
  self->series_timer = smm_timer_new (top_up_soon, self, error);
  if (self->series_timer == NULL)
    return FALSE;
  smm_publisher_host_fill (self->host, &host);
  self->engine = smm_engine_new (self->library, &host, self->host);
  if (self->options.max_in_flight > 0)
    smm_engine_set_max_in_flight (self->engine, self->options.max_in_flight);
  smm_publisher_host_set_engine (self->host, self->engine);
  smm_publisher_host_set_progress (self->host, on_progress, self);
  smm_publisher_host_set_problem (self->host, on_problem, self);
  g_signal_connect_swapped (self->library, "changed", G_CALLBACK (on_changed), self);
  self->mailer
      = smm_mailer_new (self->library, self->vault, self->http, self->options.until_idle, error);
  if (self->mailer == NULL)
    return FALSE;
  if (!self->options.until_idle)
    {
      self->housekeeping = smm_housekeeping_new (self->library);
      smm_housekeeping_set_erased (self->housekeeping, on_workspace_erased, self);
    }
  start_notifier (self);
  return TRUE;
}

static gboolean
tell_check_cb (gpointer user_data)
{
  SmmPublisher *self = user_data;

  self->check_id = 0;
  if (self->skeleton != NULL)
    smm_dbus_publisher1_set_problem (self->skeleton, _ ("The library is being checked"));
  return G_SOURCE_REMOVE;
}

static gboolean check_idle_cb (gpointer user_data);

static void
begin_work (SmmPublisher *self)
{
  top_up_cb (self);
  smm_engine_start (self->engine);
  smm_web_keeper_wake (smm_publisher_host_get_web (self->host));
  if (!self->options.until_idle)
    {
      self->probe = smm_probe_new (SMM_LIBRARY (self->library), self->vault,
                                   smm_http_get_endpoints (self->http));
      smm_probe_wake (self->probe);
    }
  smm_publisher_show_ready (self);
  smm_publisher_answer_waiting (self);
  /* It may have been made just now, or have another shape than before. */
  if (self->teller != NULL)
    smm_teller_changed (self->teller, (const char *[]){ "*", NULL });
  if (self->options.until_idle)
    self->idle_check_id = g_timeout_add (50, check_idle_cb, self);
    /* A check of a large library leaves much free memory behind, in the arena of its thread. */
#ifdef __GLIBC__
  malloc_trim (0);
#endif
}

static void
on_opened (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SmmPublisher) self = user_data;

  g_clear_handle_id (&self->check_id, g_source_remove);
  if (g_task_propagate_boolean (G_TASK (result), &self->failure) && !self->stopping
      && make_engine (self, &self->failure))
    {
      begin_work (self);
      return;
    }
  smm_publisher_refuse_waiting (self, self->failure != NULL ? self->failure->message
                                                            : _ ("The publisher ends"));
  g_main_loop_quit (self->loop);
}

static void
open_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;

  if (smm_store_open (source, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* A large library takes seconds to check; whoever calls gets an answer to Status meanwhile. */
static void
open_library (SmmPublisher *self)
{
  SmmStore *store = smm_library_get_store (SMM_LIBRARY (self->library));
  g_autoptr (GTask) task = g_task_new (store, NULL, on_opened, g_object_ref (self));

  g_task_set_source_tag (task, open_library);
  self->check_id = g_timeout_add (CHECK_TOLD_MS, tell_check_cb, self);
  g_task_run_in_thread (task, open_in_thread);
}

/* --- Running --- */

/* Until idle: what is due is sent, and what was begun is followed to its end. */
static gboolean
is_all_done (SmmPublisher *self)
{
  SmmStore *store = smm_library_get_store (SMM_LIBRARY (self->library));
  gint64 now = g_get_real_time ();
  g_autoptr (GPtrArray) due = smm_store_list_due (store, now, 1);
  g_autoptr (GPtrArray) pending = smm_store_list_pending (store, now + LOOK_AHEAD, 1);

  return smm_engine_is_idle (self->engine, now) && due->len == 0 && !smm_store_is_in_thread (store)
         && smm_web_keeper_is_idle (smm_publisher_host_get_web (self->host))
         && smm_mailer_is_idle (self->mailer)
         && (pending->len == 0 || self->status == EXIT_KEYRING);
}

static int
get_exit_status (SmmPublisher *self)
{
  SmmStore *store = smm_library_get_store (SMM_LIBRARY (self->library));
  const char *keyring = smm_publisher_host_get_keyring (self->host);
  g_autoptr (GPtrArray) unclear = smm_store_list_in_state (store, SMM_TARGET_UNCONFIRMED, 1);

  if (*keyring != '\0' && strcmp (keyring, "ok") != 0)
    return EXIT_KEYRING;
  return unclear->len > 0 ? EXIT_UNCONFIRMED : 0;
}

static gboolean
check_idle_cb (gpointer user_data)
{
  SmmPublisher *self = user_data;

  self->status = get_exit_status (self);
  if (!is_all_done (self))
    return G_SOURCE_CONTINUE;
  self->idle_check_id = 0;
  g_main_loop_quit (self->loop);
  return G_SOURCE_REMOVE;
}

static gboolean
check_stopped_cb (gpointer user_data)
{
  SmmPublisher *self = user_data;
  SmmStore *store = smm_library_get_store (SMM_LIBRARY (self->library));
  static int left = STOP_SECONDS * 20;

  if ((smm_engine_get_n_in_flight (self->engine) > 0 || smm_store_is_in_thread (store)
       || !smm_mailer_is_idle (self->mailer))
      && --left > 0)
    return G_SOURCE_CONTINUE;
  self->stop_id = 0;
  g_main_loop_quit (self->loop);
  return G_SOURCE_REMOVE;
}

void
smm_publisher_end (SmmPublisher *self)
{
  self->stopping = TRUE;
  /* The check ends first: it has the library. */
  if (self->engine == NULL)
    return;
  smm_engine_stop (self->engine);
  smm_mailer_stop (self->mailer);
  if (self->stop_id == 0)
    self->stop_id = g_timeout_add (50, check_stopped_cb, self);
}

/* What is in flight ends and is written; nothing new begins. A second signal kills as usual. */
static gboolean
on_signal (gpointer user_data)
{
  smm_publisher_end (user_data);
  return G_SOURCE_CONTINUE;
}

/* Lets go of the library and its lock. */
static void
close_library (SmmPublisher *self)
{
  g_clear_pointer (&self->housekeeping, smm_housekeeping_free);
  if (self->tray != NULL)
    g_object_run_dispose (G_OBJECT (self->tray));
  g_clear_object (&self->tray);
  if (self->notifier != NULL)
    g_object_run_dispose (G_OBJECT (self->notifier));
  g_clear_object (&self->notifier);
  if (self->mailer != NULL)
    g_object_run_dispose (G_OBJECT (self->mailer));
  g_clear_object (&self->mailer);
  if (self->library != NULL)
    g_signal_handlers_disconnect_by_data (self->library, self);
  if (self->host != NULL)
    smm_publisher_host_set_engine (self->host, NULL);
  if (self->engine != NULL)
    g_object_run_dispose (G_OBJECT (self->engine));
  g_clear_object (&self->probe);
  g_clear_object (&self->engine);
  g_clear_object (&self->host);
  g_clear_object (&self->http);
  g_clear_object (&self->vault);
  g_clear_object (&self->library);
}

/* The name is still ours: nobody starts a publisher between the two libraries. */
static void
restore_backup (SmmPublisher *self)
{
  g_autoptr (GError) error = NULL;

  close_library (self);
  if (!smm_store_restore (self->paths, self->restore, &error))
    g_warning ("%s", error->message);
}

static void
erase_library (SmmPublisher *self)
{
  g_autoptr (GError) error = NULL;

  close_library (self);
  if (!smm_erase_files (self->paths, &error))
    g_warning ("%s", error->message);
}

int
smm_publisher_run (SmmPublisher *self)
{
  guint signals[2];

  self->loop = g_main_loop_new (NULL, FALSE);
  signals[0] = g_unix_signal_add (SIGTERM, on_signal, self);
  signals[1] = g_unix_signal_add (SIGINT, on_signal, self);
  self->name_id = g_bus_own_name (G_BUS_TYPE_SESSION, self->paths->bus_name,
                                  G_BUS_NAME_OWNER_FLAGS_DO_NOT_QUEUE, on_bus, NULL, on_name_lost,
                                  self, NULL);
  g_bus_get (G_BUS_TYPE_SYSTEM, NULL, on_system_bus, g_object_ref (self));
  open_library (self);
  g_main_loop_run (self->loop);
  if (self->failure != NULL)
    {
      g_printerr ("%s\n", self->failure->message);
      self->status = 1;
    }
  else
    self->status = self->options.until_idle && self->engine != NULL ? get_exit_status (self) : 0;
  if (self->erase)
    erase_library (self);
  else if (self->restore != NULL)
    restore_backup (self);
  g_clear_handle_id (&self->idle_check_id, g_source_remove);
  g_clear_handle_id (&self->stop_id, g_source_remove);
  g_clear_handle_id (&self->check_id, g_source_remove);
  g_source_remove (signals[0]);
  g_source_remove (signals[1]);
  g_clear_handle_id (&self->name_id, g_bus_unown_name);
  return self->status;
}

static void
smm_publisher_dispose (GObject *object)
{
  SmmPublisher *self = SMM_PUBLISHER (object);

  close_library (self);
  if (self->keyring_id != 0)
    g_dbus_connection_signal_unsubscribe (self->bus, self->keyring_id);
  self->keyring_id = 0;
  g_clear_handle_id (&self->top_up_id, g_source_remove);
  g_clear_object (&self->series_timer);
  g_clear_object (&self->bus);
  g_clear_pointer (&self->teller, smm_teller_free);
  if (self->skeleton != NULL)
    g_dbus_interface_skeleton_unexport (G_DBUS_INTERFACE_SKELETON (self->skeleton));
  g_clear_object (&self->skeleton);
  g_clear_object (&self->system_bus);
  g_clear_pointer (&self->waiting, g_ptr_array_unref);
  g_clear_error (&self->failure);
  g_clear_pointer (&self->restore, g_free);
  g_clear_pointer (&self->loop, g_main_loop_unref);
  g_clear_pointer (&self->paths, smm_paths_free);

  G_OBJECT_CLASS (smm_publisher_parent_class)->dispose (object);
}

static void
smm_publisher_class_init (SmmPublisherClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = smm_publisher_dispose;
}

static void
smm_publisher_init (SmmPublisher *self)
{
  self->waiting = g_ptr_array_new_with_free_func (g_object_unref);
}

SmmPublisher *
smm_publisher_new (const SmmPublisherOptions *options, GError **error)
{
  g_autoptr (SmmPublisher) self = g_object_new (SMM_TYPE_PUBLISHER, NULL);
  g_autoptr (SmmEndpoints) endpoints = smm_endpoints_new_default (error);
  g_autoptr (SmmStore) store = NULL;

  if (endpoints == NULL)
    return NULL;
  self->options = *options;
  self->paths = smm_paths_new (options->practice ? "practice" : NULL);
  store = smm_store_lock_owner (self->paths, error);
  if (store == NULL)
    return NULL;
  self->library = smm_library_local_new_for_store (store);
  self->http = smm_http_new (endpoints);
  return g_steal_pointer (&self);
}

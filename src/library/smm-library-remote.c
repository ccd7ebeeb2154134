/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-library-remote.h"

#include "smm-publisher-dbus.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

#define OBJECT_PATH "/com/nkonsept/Smm/Publisher"
#define CALL_TIMEOUT_MS 25000

struct _SmmLibraryRemote
{
  GObject parent_instance;

  SmmPaths *paths;
  SmmStore *store;
  guint64 inode; /* of the file that is open */

  GDBusConnection *bus;
  guint watch_id;
  guint signal_id, properties_id;
  GQueue waiting; /* GTask*: commands sent before the publisher answered */

  char *status;
  gint64 paused_until;
  gboolean connected;
  GError *problem;  /* why the library can't be opened */
  gboolean erasing; /* the owner leaves with its library, and is not to make another one */
  gboolean asked;   /* activation or spawning was tried since the last owner left */
};

static void smm_library_remote_iface_init (SmmLibraryInterface *iface);

G_DEFINE_TYPE_WITH_CODE (SmmLibraryRemote, smm_library_remote, G_TYPE_OBJECT,
                         G_IMPLEMENT_INTERFACE (SMM_TYPE_LIBRARY, smm_library_remote_iface_init))

enum
{
  PROP_CONNECTED = 1,
  PROP_STATUS,
  PROP_PAUSED_UNTIL,
  N_PROPS
};

enum
{
  PROGRESS,
  N_SIGNALS
};

static GParamSpec *props[N_PROPS];
static guint signals[N_SIGNALS];

typedef struct
{
  char *method;
  GVariant *args;
} Call;

static void
call_free (gpointer data)
{
  Call *call = data;

  g_clear_pointer (&call->args, g_variant_unref);
  g_free (call->method);
  g_free (call);
}

/* --- Calls --- */

static void
on_answer (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  GVariant *answer = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);

  if (answer != NULL)
    {
      g_task_return_pointer (task, answer, (GDestroyNotify)g_variant_unref);
      return;
    }
  SMM_LIBRARY_REMOTE (g_task_get_source_object (task))->erasing = FALSE;
  g_dbus_error_strip_remote_error (error);
  if (error->domain != SMM_LIBRARY_ERROR)
    {
      g_prefix_error (&error, "%s ", _ ("The publisher did not answer:"));
      error->domain = SMM_LIBRARY_ERROR;
      error->code = SMM_LIBRARY_ERROR_NO_OWNER;
    }
  g_task_return_error (task, g_steal_pointer (&error));
}

/* While the library is written anew its owner answers to nothing: that takes as long as it takes.
 */
static int
get_timeout (SmmLibraryRemote *self, Call *call)
{
  const char *name = NULL;

  if (strcmp (call->method, "Apply") == 0)
    g_variant_get_child (call->args, 0, "&s", &name);
  if (name != NULL && g_str_has_suffix (name, ".erase"))
    return G_MAXINT;
  return self->store != NULL && smm_store_is_erasing (self->store) ? G_MAXINT : CALL_TIMEOUT_MS;
}

static void
send_call (SmmLibraryRemote *self, GTask *task)
{
  Call *call = g_task_get_task_data (task);

  if (strcmp (call->method, "Erase") == 0)
    self->erasing = TRUE;
  g_dbus_connection_call (self->bus, self->paths->bus_name, OBJECT_PATH,
                          SMM_APPLICATION_ID ".Publisher1", call->method, call->args, NULL,
                          G_DBUS_CALL_FLAGS_NO_AUTO_START, get_timeout (self, call),
                          g_task_get_cancellable (task), on_answer, task);
}

static void
fail_waiting (SmmLibraryRemote *self, const char *why)
{
  GTask *task;

  while ((task = g_queue_pop_head (&self->waiting)) != NULL)
    {
      g_task_return_new_error (task, SMM_LIBRARY_ERROR, SMM_LIBRARY_ERROR_NO_OWNER, "%s", why);
      g_object_unref (task);
    }
}

static void
set_status (SmmLibraryRemote *self, const char *status)
{
  if (g_strcmp0 (self->status, status) == 0)
    return;
  g_free (self->status);
  self->status = g_strdup (status);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_STATUS]);
}

static void
set_connected (SmmLibraryRemote *self, gboolean connected)
{
  if (self->connected == connected)
    return;
  self->connected = connected;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_CONNECTED]);
}

static void
set_problem (SmmLibraryRemote *self, GError *problem)
{
  g_clear_error (&self->problem);
  self->problem = problem;
  set_status (self, problem != NULL ? problem->message : NULL);
}

/* --- The publisher comes and goes --- */

static guint64
get_inode (SmmLibraryRemote *self)
{
  GStatBuf info;

  return g_stat (self->paths->database, &info) == 0 ? (guint64)info.st_ino : 0;
}

static void
try_open_store (SmmLibraryRemote *self)
{
  g_autoptr (GError) error = NULL;

  if (self->store != NULL)
    return;
  self->store = smm_store_open_reader (self->paths, &error);
  self->inode = get_inode (self);
  if (self->store == NULL && !g_error_matches (error, SMM_STORE_ERROR, SMM_STORE_ERROR_MISSING))
    set_problem (self, g_steal_pointer (&error));
}

/* A backup was put in the library's place: what is open is the old one. */
static void
reopen_if_replaced (SmmLibraryRemote *self)
{
  guint64 inode = get_inode (self);

  if (self->store != NULL && inode != self->inode)
    g_clear_object (&self->store);
}

/* There was a library, and its file is gone: another one is made when somebody asks for it. */
static gboolean
heed_loss (SmmLibraryRemote *self)
{
  g_autoptr (GDir) left = NULL;
  GError *problem;

  if (self->inode == 0 || get_inode (self) != 0)
    return FALSE;
  g_clear_object (&self->store);
  left = g_dir_open (self->paths->data_dir, 0, NULL);
  if (left == NULL || g_dir_read_name (left) == NULL)
    problem = g_error_new (SMM_STORE_ERROR, SMM_STORE_ERROR_ERASED,
                           _ ("All that was in “%s” is gone, with the sign-ins. Nothing new was "
                              "made since."),
                           self->paths->data_dir);
  else
    problem = g_error_new (SMM_STORE_ERROR, SMM_STORE_ERROR_GONE,
                           _ ("Somebody took “%s” away. If you have it, put it back before you "
                              "start again; what is started without it is empty."),
                           self->paths->database);
  set_problem (self, problem);
  fail_waiting (self, problem->message);
  smm_library_emit_changed (SMM_LIBRARY (self), (const char *[]){ "*", NULL });
  return TRUE;
}

static void
on_signal (GDBusConnection *bus, const char *sender, const char *path, const char *interface,
           const char *name, GVariant *args, gpointer user_data)
{
  SmmLibraryRemote *self = user_data;

  if (strcmp (name, "Changed") == 0 && g_variant_is_of_type (args, G_VARIANT_TYPE ("(as)")))
    {
      g_autofree const char **ids = NULL;

      try_open_store (self);
      g_variant_get (args, "(^a&s)", &ids);
      smm_library_emit_changed (SMM_LIBRARY (self), ids);
    }
  else if (strcmp (name, "Progress") == 0 && g_variant_is_of_type (args, G_VARIANT_TYPE ("(ssds)")))
    {
      const char *post, *target, *text;
      double fraction;

      g_variant_get (args, "(&s&sd&s)", &post, &target, &fraction, &text);
      g_signal_emit (self, signals[PROGRESS], 0, post, target, fraction, text);
    }
}

/* Whether the publisher that runs has opened the library, and why it sends nothing. */
static void
show_failing (SmmLibraryRemote *self, GVariant *values)
{
  const char *problem = NULL;
  gboolean ready = FALSE;

  if (g_variant_lookup (values, "Ready", "b", &ready) && ready)
    {
      self->asked = FALSE;
      set_problem (self, NULL);
    }
  if (!g_variant_lookup (values, "Problem", "&s", &problem))
    return;
  set_status (self, *problem != '\0' ? problem : NULL);
}

static void
on_properties (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer
      = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);
  g_autoptr (SmmLibraryRemote) self = user_data;
  g_autoptr (GVariant) values = NULL;
  const char *library = NULL;
  GTask *task;

  if (answer == NULL)
    {
      fail_waiting (self, error->message);
      return;
    }
  values = g_variant_get_child_value (answer, 0);
  if (!g_variant_lookup (values, "Library", "&s", &library)
      || strcmp (library, self->paths->data_dir) != 0)
    {
      set_status (self, _ ("A publisher of another library is running"));
      fail_waiting (self, self->status);
      return;
    }
  g_variant_lookup (values, "PausedUntil", "x", &self->paused_until);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_PAUSED_UNTIL]);
  show_failing (self, values);
  reopen_if_replaced (self);
  try_open_store (self);
  set_connected (self, TRUE);
  while ((task = g_queue_pop_head (&self->waiting)) != NULL)
    send_call (self, task);
  smm_library_emit_changed (SMM_LIBRARY (self), (const char *[]){ "*", NULL });
}

static void
on_properties_changed (GDBusConnection *bus, const char *sender, const char *path,
                       const char *interface, const char *name, GVariant *args, gpointer user_data)
{
  SmmLibraryRemote *self = user_data;
  g_autoptr (GVariant) values = NULL;

  if (!g_variant_is_of_type (args, G_VARIANT_TYPE ("(sa{sv}as)")))
    return;
  values = g_variant_get_child_value (args, 1);
  if (g_variant_lookup (values, "PausedUntil", "x", &self->paused_until))
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_PAUSED_UNTIL]);
  show_failing (self, values);
}

static void
on_appeared (GDBusConnection *bus, const char *name, const char *owner, gpointer user_data)
{
  SmmLibraryRemote *self = user_data;

  g_set_object (&self->bus, bus);
  g_dbus_connection_call (bus, name, OBJECT_PATH, "org.freedesktop.DBus.Properties", "GetAll",
                          g_variant_new ("(s)", SMM_APPLICATION_ID ".Publisher1"),
                          G_VARIANT_TYPE ("(a{sv})"), G_DBUS_CALL_FLAGS_NO_AUTO_START,
                          CALL_TIMEOUT_MS, NULL, on_properties, g_object_ref (self));
}

/* The program beside this one (an uninstalled tree, Practice mode) or the installed one. */
static char *
find_publisher (void)
{
  g_autofree char *self_path = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = self_path != NULL ? g_path_get_dirname (self_path) : NULL;
  const char *const places[] = { folder, SMM_BINDIR };
  const char *const names[] = { "nkonsept-smm-publisher", "../publisher/nkonsept-smm-publisher" };

  for (guint p = 0; p < G_N_ELEMENTS (places); p++)
    for (guint n = 0; n < G_N_ELEMENTS (names) && places[p] != NULL; n++)
      {
        g_autofree char *path = g_build_filename (places[p], names[n], NULL);

        if (g_file_test (path, G_FILE_TEST_IS_EXECUTABLE))
          return g_steal_pointer (&path);
      }
  return g_find_program_in_path ("nkonsept-smm-publisher");
}

static void
tell_stopped (SmmLibraryRemote *self)
{
  GError *problem = smm_store_read_failure (self->paths);

  if (problem != NULL)
    set_problem (self, problem);
  else
    set_status (self, _ ("The publisher stopped"));
  fail_waiting (self, self->status);
}

static void
on_exited (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SmmLibraryRemote) self = user_data;

  /* Success: it left to another one that owns the library, or was told to. */
  if (g_subprocess_wait_check_finish (G_SUBPROCESS (source), result, NULL) || self->connected)
    return;
  tell_stopped (self);
}

static gboolean
spawn_publisher (SmmLibraryRemote *self)
{
  g_autofree char *program = find_publisher ();
  /* Whoever reads what this program says must not wait for the publisher to end. */
  g_autoptr (GSubprocessLauncher) launcher
      = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE);
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;

  if (program == NULL)
    {
      set_status (self, _ ("The publisher program is not installed"));
      return FALSE;
    }
  if (self->paths->profile != NULL)
    process = g_subprocess_launcher_spawn (launcher, &error, program, "--practice", NULL);
  else
    process = g_subprocess_launcher_spawn (launcher, &error, program, NULL);
  if (process != NULL)
    g_subprocess_wait_check_async (process, NULL, on_exited, g_object_ref (self));
  else
    set_status (self, error->message);
  return process != NULL;
}

static void
on_started (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer
      = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);
  g_autoptr (SmmLibraryRemote) self = user_data;

  if (answer == NULL && !self->connected && !spawn_publisher (self))
    fail_waiting (self, self->status);
}

static void
start_publisher (SmmLibraryRemote *self)
{
  self->asked = TRUE;
  /* With endpoints of our own (tests, Practice mode) the bus would start a publisher without them.
   */
  if (g_getenv ("SMM_ENDPOINTS") != NULL || self->paths->profile != NULL)
    {
      if (!spawn_publisher (self))
        fail_waiting (self, self->status);
      return;
    }
  g_dbus_connection_call (
      self->bus, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
      "StartServiceByName", g_variant_new ("(su)", self->paths->bus_name, 0u), NULL,
      G_DBUS_CALL_FLAGS_NONE, CALL_TIMEOUT_MS, NULL, on_started, g_object_ref (self));
}

static void
on_vanished (GDBusConnection *bus, const char *name, gpointer user_data)
{
  SmmLibraryRemote *self = user_data;

  set_connected (self, FALSE);
  if (bus == NULL)
    {
      set_status (self, _ ("There is no session bus"));
      fail_waiting (self, self->status);
      return;
    }
  g_set_object (&self->bus, bus);
  if (self->erasing)
    tell_stopped (self);
  else if (heed_loss (self))
    return;
  else if (self->asked)
    tell_stopped (self);
  else
    start_publisher (self);
}

static void
on_bus (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SmmLibraryRemote) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GDBusConnection) bus = g_bus_get_finish (result, &error);

  if (bus == NULL)
    {
      set_status (self, _ ("There is no session bus"));
      fail_waiting (self, self->status);
      return;
    }
  g_set_object (&self->bus, bus);
  self->signal_id = g_dbus_connection_signal_subscribe (
      bus, self->paths->bus_name, SMM_APPLICATION_ID ".Publisher1", NULL, OBJECT_PATH, NULL,
      G_DBUS_SIGNAL_FLAGS_NONE, on_signal, self, NULL);
  self->properties_id = g_dbus_connection_signal_subscribe (
      bus, self->paths->bus_name, "org.freedesktop.DBus.Properties", "PropertiesChanged",
      OBJECT_PATH, NULL, G_DBUS_SIGNAL_FLAGS_NONE, on_properties_changed, self, NULL);
  self->watch_id
      = g_bus_watch_name_on_connection (bus, self->paths->bus_name, G_BUS_NAME_WATCHER_FLAGS_NONE,
                                        on_appeared, on_vanished, self, NULL);
}

/* --- SmmLibrary --- */

static SmmStore *
smm_library_remote_get_store (SmmLibrary *library)
{
  return SMM_LIBRARY_REMOTE (library)->store;
}

static void
smm_library_remote_apply_async (SmmLibrary *library, SmmCommand *command, GCancellable *cancellable,
                                GAsyncReadyCallback callback, gpointer user_data)
{
  GVariant *args
      = g_variant_new ("(s@a{sv})", smm_command_get_name (command), smm_command_get_args (command));

  smm_library_remote_call_async (SMM_LIBRARY_REMOTE (library), "Apply", args, cancellable, callback,
                                 user_data);
}

static GVariant *
smm_library_remote_apply_finish (SmmLibrary *library, GAsyncResult *result, GError **error)
{
  g_autoptr (GVariant) answer
      = smm_library_remote_call_finish (SMM_LIBRARY_REMOTE (library), result, error);

  if (answer == NULL)
    return NULL;
  if (!g_variant_is_of_type (answer, G_VARIANT_TYPE ("(a{sv})")))
    {
      g_set_error (error, SMM_LIBRARY_ERROR, SMM_LIBRARY_ERROR_NO_OWNER,
                   _ ("The publisher’s answer makes no sense"));
      return NULL;
    }
  return g_variant_get_child_value (answer, 0);
}

static void
smm_library_remote_iface_init (SmmLibraryInterface *iface)
{
  iface->get_store = smm_library_remote_get_store;
  iface->apply_async = smm_library_remote_apply_async;
  iface->apply_finish = smm_library_remote_apply_finish;
}

/* --- GObject --- */

static void
smm_library_remote_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  SmmLibraryRemote *self = SMM_LIBRARY_REMOTE (object);

  switch (id)
    {
    case PROP_CONNECTED:
      g_value_set_boolean (value, self->connected);
      break;
    case PROP_STATUS:
      g_value_set_string (value, self->status);
      break;
    case PROP_PAUSED_UNTIL:
      g_value_set_int64 (value, self->paused_until);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
smm_library_remote_dispose (GObject *object)
{
  SmmLibraryRemote *self = SMM_LIBRARY_REMOTE (object);

  g_clear_handle_id (&self->watch_id, g_bus_unwatch_name);
  if (self->signal_id != 0)
    g_dbus_connection_signal_unsubscribe (self->bus, self->signal_id);
  self->signal_id = 0;
  if (self->properties_id != 0)
    g_dbus_connection_signal_unsubscribe (self->bus, self->properties_id);
  self->properties_id = 0;
  fail_waiting (self, _ ("The program is closing"));
  g_clear_object (&self->bus);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (smm_library_remote_parent_class)->dispose (object);
}

static void
smm_library_remote_finalize (GObject *object)
{
  SmmLibraryRemote *self = SMM_LIBRARY_REMOTE (object);

  g_clear_pointer (&self->paths, smm_paths_free);
  g_free (self->status);
  g_clear_error (&self->problem);

  G_OBJECT_CLASS (smm_library_remote_parent_class)->finalize (object);
}

static void
smm_library_remote_class_init (SmmLibraryRemoteClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  /* Before the first answer, so that what the publisher refuses keeps its name on the bus. */
  smm_library_error_quark ();
  object_class->get_property = smm_library_remote_get_property;
  object_class->dispose = smm_library_remote_dispose;
  object_class->finalize = smm_library_remote_finalize;

  props[PROP_CONNECTED] = g_param_spec_boolean ("connected", NULL, NULL, FALSE,
                                                G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  props[PROP_STATUS]
      = g_param_spec_string ("status", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  props[PROP_PAUSED_UNTIL] = g_param_spec_int64 ("paused-until", NULL, NULL, -1, G_MAXINT64, -1,
                                                 G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  /**
   * SmmLibraryRemote::progress:
   * @self: the library
   * @post: post id
   * @target: target id
   * @fraction: 0..1, or -1
   * @text: what is being done, for people
   */
  signals[PROGRESS]
      = g_signal_new ("progress", SMM_TYPE_LIBRARY_REMOTE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                      G_TYPE_NONE, 4, G_TYPE_STRING, G_TYPE_STRING, G_TYPE_DOUBLE, G_TYPE_STRING);
}

static void
smm_library_remote_init (SmmLibraryRemote *self)
{
  g_queue_init (&self->waiting);
  self->paused_until = -1;
}

/**
 * smm_library_remote_new:
 * @paths: where the library is
 *
 * Returns: (transfer full): the remote end; usable at once for reading if there is a library
 */
SmmLibraryRemote *
smm_library_remote_new (SmmPaths *paths)
{
  SmmLibraryRemote *self = g_object_new (SMM_TYPE_LIBRARY_REMOTE, NULL);

  self->paths = smm_paths_new (paths->profile);
  try_open_store (self);
  g_bus_get (G_BUS_TYPE_SESSION, NULL, on_bus, g_object_ref (self));
  return self;
}

gboolean
smm_library_remote_get_connected (SmmLibraryRemote *self)
{
  g_return_val_if_fail (SMM_IS_LIBRARY_REMOTE (self), FALSE);

  return self->connected;
}

/**
 * smm_library_remote_call_async:
 * @self: the remote end
 * @method: of com.nkonsept.Smm.Publisher1
 * @args: (nullable): a tuple; a floating reference is consumed
 * @cancellable: (nullable): gives up waiting
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Before the publisher answers, calls wait for it in order.
 */
void
smm_library_remote_call_async (SmmLibraryRemote *self, const char *method, GVariant *args,
                               GCancellable *cancellable, GAsyncReadyCallback callback,
                               gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Call *call = g_new0 (Call, 1);

  g_return_if_fail (SMM_IS_LIBRARY_REMOTE (self));

  call->method = g_strdup (method);
  call->args = args != NULL ? g_variant_ref_sink (args) : NULL;
  g_task_set_source_tag (task, smm_library_remote_call_async);
  g_task_set_task_data (task, call, call_free);
  if (!self->connected && heed_loss (self))
    {
      g_task_return_error (task, g_error_copy (self->problem));
      g_object_unref (task);
    }
  else if (self->connected)
    send_call (self, task);
  else if (self->status != NULL && self->asked)
    {
      /* Nobody was there when we last asked: ask again, once, for this call. */
      g_queue_push_tail (&self->waiting, task);
      if (self->bus != NULL && !spawn_publisher (self))
        fail_waiting (self, self->status);
    }
  else
    g_queue_push_tail (&self->waiting, task);
}

/**
 * smm_library_remote_call_finish:
 * @self: the remote end
 * @result: from the callback
 * @error: SMM_LIBRARY_ERROR
 *
 * Returns: (transfer full) (nullable): the answer's tuple
 */
GVariant *
smm_library_remote_call_finish (SmmLibraryRemote *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * smm_library_remote_peek_status:
 * @paths: whose publisher
 * @error: G_DBUS_ERROR_SERVICE_UNKNOWN or _NAME_HAS_NO_OWNER: none runs; G_DBUS_ERROR_NO_REPLY: it
 *   ended over the question
 *
 * Asks a publisher that runs, and starts none. Blocks.
 *
 * Returns: (transfer full) (nullable): (a{sv})
 */
GVariant *
smm_library_remote_peek_status (SmmPaths *paths, GError **error)
{
  g_autoptr (GDBusConnection) bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, error);

  if (bus == NULL)
    return NULL;
  return g_dbus_connection_call_sync (
      bus, paths->bus_name, OBJECT_PATH, SMM_APPLICATION_ID ".Publisher1", "Status", NULL,
      G_VARIANT_TYPE ("(a{sv})"), G_DBUS_CALL_FLAGS_NO_AUTO_START, CALL_TIMEOUT_MS, NULL, error);
}

const GError *
smm_library_remote_get_problem (SmmLibraryRemote *self)
{
  g_return_val_if_fail (SMM_IS_LIBRARY_REMOTE (self), NULL);

  return self->problem;
}

/**
 * smm_library_remote_retry:
 * @self: a library that had a problem
 *
 * Opens the library and starts the publisher again.
 */
void
smm_library_remote_retry (SmmLibraryRemote *self)
{
  g_return_if_fail (SMM_IS_LIBRARY_REMOTE (self));

  set_problem (self, NULL);
  g_clear_object (&self->store);
  try_open_store (self);
  if (!self->connected && self->bus != NULL)
    start_publisher (self);
  smm_library_emit_changed (SMM_LIBRARY (self), (const char *[]){ "*", NULL });
}

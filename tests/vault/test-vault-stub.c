/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The vault where there is no keyring, or one that does not do what it should: on a bus of its own
 * that can start no service.
 */

#include "config.h"

#include "smm-vault.h"

#include <glib/gstdio.h>
#include <libsecret/secret.h>
#include <string.h>

#define COLLECTION "/org/freedesktop/secrets/collection/stub"
#define LIMIT_MS 400
#define PROMPT_LIMIT_MS 1500

/* --- A Secret Service that fails as told --- */

typedef enum
{
  STUB_SILENT, /* owns the name, answers nothing */
  STUB_NO_COLLECTION,
  STUB_LOCKED,  /* and its prompt is never answered */
  STUB_REFUSED, /* locked, and the prompt is dismissed at once */
} StubKind;

typedef struct
{
  StubKind kind;
  GDBusConnection *connection;
  guint n_prompts;
} Stub;

static const char introspection[]
    = "<node><interface name='org.freedesktop.Secret.Service'>"
      "<method name='OpenSession'><arg type='s' direction='in'/><arg type='v' direction='in'/>"
      "<arg type='v' direction='out'/><arg type='o' direction='out'/></method>"
      "<method name='ReadAlias'><arg type='s' direction='in'/><arg type='o' direction='out'/>"
      "</method><method name='Unlock'><arg type='ao' direction='in'/>"
      "<arg type='ao' direction='out'/><arg type='o' direction='out'/></method>"
      "<property name='Collections' type='ao' access='read'/></interface>"
      "<interface name='org.freedesktop.Secret.Collection'>"
      "<property name='Items' type='ao' access='read'/>"
      "<property name='Label' type='s' access='read'/>"
      "<property name='Locked' type='b' access='read'/>"
      "<property name='Created' type='t' access='read'/>"
      "<property name='Modified' type='t' access='read'/></interface>"
      "<interface name='org.freedesktop.Secret.Prompt'>"
      "<method name='Prompt'><arg type='s' direction='in'/></method><method name='Dismiss'/>"
      "<signal name='Completed'><arg type='b'/><arg type='v'/></signal></interface></node>";

static void
on_call (GDBusConnection *connection, const char *sender, const char *path, const char *interface,
         const char *method, GVariant *parameters, GDBusMethodInvocation *invocation,
         gpointer user_data)
{
  Stub *stub = user_data;

  if (strcmp (method, "ReadAlias") == 0)
    g_dbus_method_invocation_return_value (
        invocation, g_variant_new ("(o)", stub->kind == STUB_NO_COLLECTION ? "/" : COLLECTION));
  else if (strcmp (method, "Unlock") == 0)
    g_dbus_method_invocation_return_value (invocation,
                                           g_variant_new_parsed ("(@ao [], objectpath '/prompt')"));
  else if (strcmp (method, "Prompt") == 0 || strcmp (method, "Dismiss") == 0)
    {
      stub->n_prompts += strcmp (method, "Prompt") == 0;
      g_dbus_method_invocation_return_value (invocation, NULL);
      if (stub->kind == STUB_REFUSED || strcmp (method, "Dismiss") == 0)
        g_dbus_connection_emit_signal (connection, NULL, path, interface, "Completed",
                                       g_variant_new_parsed ("(true, <@ao []>)"), NULL);
    }
  else
    g_dbus_method_invocation_return_value (invocation, NULL);
}

static GVariant *
on_get_property (GDBusConnection *connection, const char *sender, const char *path,
                 const char *interface, const char *property, GError **error, gpointer user_data)
{
  if (strcmp (property, "Label") == 0)
    return g_variant_new_string ("stub");
  if (strcmp (property, "Locked") == 0)
    return g_variant_new_boolean (TRUE);
  if (strcmp (property, "Created") == 0 || strcmp (property, "Modified") == 0)
    return g_variant_new_uint64 (0);
  return g_variant_new_objv (NULL, 0);
}

static GDBusMessage *
swallow (GDBusConnection *connection, GDBusMessage *message, gboolean incoming, gpointer user_data)
{
  if (incoming && g_dbus_message_get_message_type (message) == G_DBUS_MESSAGE_TYPE_METHOD_CALL)
    g_clear_object (&message);
  return message;
}

static void
stub_start (Stub *stub, StubKind kind)
{
  static const GDBusInterfaceVTable vtable = { on_call, on_get_property, NULL, { 0 } };
  const char *paths[] = { "/org/freedesktop/secrets", COLLECTION, "/prompt" };
  g_autoptr (GDBusNodeInfo) node = g_dbus_node_info_new_for_xml (introspection, NULL);
  g_autoptr (GVariant) owned = NULL;
  g_autoptr (GError) error = NULL;
  guint32 answer;

  stub->kind = kind;
  stub->n_prompts = 0;
  stub->connection = g_dbus_connection_new_for_address_sync (
      g_getenv ("DBUS_SESSION_BUS_ADDRESS"),
      G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT
          | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
      NULL, NULL, &error);
  g_assert_no_error (error);
  g_dbus_connection_set_exit_on_close (stub->connection, FALSE);
  for (gsize i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_dbus_connection_register_object (stub->connection, paths[i], node->interfaces[i], &vtable,
                                         stub, NULL, &error);
      g_assert_no_error (error);
    }
  if (kind == STUB_SILENT)
    g_dbus_connection_add_filter (stub->connection, swallow, NULL, NULL);
  owned = g_dbus_connection_call_sync (
      stub->connection, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
      "RequestName", g_variant_new ("(su)", "org.freedesktop.secrets", 0u), G_VARIANT_TYPE ("(u)"),
      0, -1, NULL, &error);
  g_assert_no_error (error);
  g_variant_get (owned, "(u)", &answer);
  g_assert_cmpuint (answer, ==, 1);
}

static void
stub_stop (Stub *stub)
{
  gint64 end = g_get_monotonic_time () + 100 * G_TIME_SPAN_MILLISECOND;

  /* What is still asked of it, such as to take a prompt away, is answered. */
  while (g_get_monotonic_time () < end)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (2000);
  g_dbus_connection_close_sync (stub->connection, NULL, NULL);
  g_clear_object (&stub->connection);
  secret_service_disconnect ();
}

/* --- Every call the vault has --- */

typedef enum
{
  CALL_CHECK,
  CALL_LOOKUP,
  CALL_DELETE,
  CALL_STORE,
  CALL_ROTATE,
  N_CALLS
} Call;

static void
on_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GAsyncResult **done = user_data;

  *done = g_object_ref (result);
}

static void
call (SmmVault *vault, Call what, GError **error)
{
  g_autoptr (GAsyncResult) done = NULL;

  if (what == CALL_CHECK)
    smm_vault_check_async (vault, NULL, on_done, &done);
  else if (what == CALL_LOOKUP)
    smm_vault_lookup_async (vault, "account/1", NULL, on_done, &done);
  else if (what == CALL_DELETE)
    smm_vault_delete_async (vault, "account/1", NULL, on_done, &done);
  else if (what == CALL_STORE)
    smm_vault_store_async (vault, "account/1", "EAAB-token-of-nobody", NULL, on_done, &done);
  else
    smm_vault_rotate_async (vault, NULL, on_done, &done);
  while (done == NULL)
    g_main_context_iteration (NULL, TRUE);
  if (what == CALL_CHECK)
    g_assert_false (smm_vault_check_finish (vault, done, error));
  else if (what == CALL_LOOKUP)
    g_assert_null (smm_vault_lookup_finish (vault, done, error));
  else if (what == CALL_DELETE)
    g_assert_false (smm_vault_delete_finish (vault, done, error));
  else if (what == CALL_STORE)
    g_assert_false (smm_vault_store_finish (vault, done, error));
  else
    g_assert_false (smm_vault_rotate_finish (vault, done, error));
}

static SmmVault *
make_vault (void)
{
  g_autofree char *folder = g_build_filename (g_get_user_data_dir (), "keys", NULL);
  SmmVault *vault = smm_vault_new (folder, "library");

  smm_vault_set_limits (vault, LIMIT_MS, PROMPT_LIMIT_MS);
  return vault;
}

static double
seconds_since (gint64 start)
{
  return (g_get_monotonic_time () - start) / 1e6;
}

static gboolean
needs_bus (void)
{
  if (g_getenv ("DBUS_SESSION_BUS_ADDRESS") != NULL)
    return TRUE;
  g_test_skip ("dbus-daemon is not installed");
  return FALSE;
}

/* --- Tests --- */

static void
assert_all_absent (void)
{
  g_autoptr (SmmVault) vault = make_vault ();

  for (Call what = 0; what < N_CALLS; what++)
    {
      g_autoptr (GError) error = NULL;
      gint64 start = g_get_monotonic_time ();

      call (vault, what, &error);
      g_assert_error (error, SMM_VAULT_ERROR, SMM_VAULT_ERROR_ABSENT);
      /* It says how to get one. */
      g_assert_nonnull (strstr (error->message, "GNOME Keyring"));
      g_assert_cmpfloat (seconds_since (start), <, 1);
    }
}

static void
test_no_bus (void)
{
  if (g_test_subprocess ())
    {
      g_setenv ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus", TRUE);
      assert_all_absent ();
      return;
    }
  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_passed ();
}

/* With no keyring nothing is kept in another way. */
static gboolean
holds_token (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *bytes = NULL;
      gsize n;

      if (g_file_test (path, G_FILE_TEST_IS_DIR) ? holds_token (path)
                                                 : g_file_get_contents (path, &bytes, &n, NULL)
                                                       && memmem (bytes, n, "token-of-nobody", 15))
        return TRUE;
    }
  return FALSE;
}

static void
test_no_service (void)
{
  if (!needs_bus ())
    return;
  assert_all_absent ();
  g_assert_false (holds_token (g_get_user_data_dir ()));
  g_assert_false (holds_token (g_get_user_config_dir ()));
}

static void
test_silent (void)
{
  g_autoptr (SmmVault) vault = NULL;
  Stub stub;

  if (!needs_bus ())
    return;
  stub_start (&stub, STUB_SILENT);
  vault = make_vault ();
  for (Call what = 0; what < N_CALLS; what++)
    {
      double limit
          = what == CALL_STORE || what == CALL_ROTATE ? PROMPT_LIMIT_MS / 1e3 : LIMIT_MS / 1e3;
      g_autoptr (GError) error = NULL;
      gint64 start = g_get_monotonic_time ();

      call (vault, what, &error);
      g_assert_error (error, SMM_VAULT_ERROR, SMM_VAULT_ERROR_TIMED_OUT);
      g_assert_cmpfloat (seconds_since (start), >=, limit - 0.05);
      g_assert_cmpfloat (seconds_since (start), <, limit + 0.8);
    }
  stub_stop (&stub);
}

static void
test_no_collection (void)
{
  const Call calls[] = { CALL_CHECK, CALL_LOOKUP, CALL_DELETE, CALL_ROTATE };
  g_autoptr (SmmVault) vault = NULL;
  Stub stub;

  if (!needs_bus ())
    return;
  stub_start (&stub, STUB_NO_COLLECTION);
  vault = make_vault ();
  for (gsize i = 0; i < G_N_ELEMENTS (calls); i++)
    {
      g_autoptr (GError) error = NULL;

      call (vault, calls[i], &error);
      g_assert_error (error, SMM_VAULT_ERROR, SMM_VAULT_ERROR_ABSENT);
      g_assert_nonnull (strstr (error->message, "collection"));
    }
  stub_stop (&stub);
}

/* A person is given time for the password, a look-up never asks for one. */
static void
test_locked (void)
{
  const struct
  {
    StubKind kind;
    Call what;
    int code;
    double at_least, at_most;
    guint n_prompts;
  } cases[] = {
    { STUB_LOCKED, CALL_LOOKUP, SMM_VAULT_ERROR_LOCKED, 0, 0.39, 0 },
    { STUB_LOCKED, CALL_CHECK, SMM_VAULT_ERROR_TIMED_OUT, 1.4, 2.5, 1 },
    { STUB_LOCKED, CALL_DELETE, SMM_VAULT_ERROR_TIMED_OUT, 1.4, 2.5, 1 },
    { STUB_REFUSED, CALL_LOOKUP, SMM_VAULT_ERROR_LOCKED, 0, 0.39, 0 },
    { STUB_REFUSED, CALL_CHECK, SMM_VAULT_ERROR_LOCKED, 0, 1, 1 },
    { STUB_REFUSED, CALL_DELETE, SMM_VAULT_ERROR_LOCKED, 0, 1, 1 },
    { STUB_REFUSED, CALL_ROTATE, SMM_VAULT_ERROR_LOCKED, 0, 1, 1 },
  };

  if (!needs_bus ())
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (SmmVault) vault = make_vault ();
      g_autoptr (GError) error = NULL;
      gint64 start;
      Stub stub;

      stub_start (&stub, cases[i].kind);
      start = g_get_monotonic_time ();
      call (vault, cases[i].what, &error);
      g_test_message ("%d on %d: %.2f s", cases[i].what, cases[i].kind, seconds_since (start));
      g_assert_error (error, SMM_VAULT_ERROR, cases[i].code);
      g_assert_cmpfloat (seconds_since (start), >=, cases[i].at_least);
      g_assert_cmpfloat (seconds_since (start), <=, cases[i].at_most);
      g_assert_cmpuint (stub.n_prompts, ==, cases[i].n_prompts);
      stub_stop (&stub);
    }
}

int
main (int argc, char **argv)
{
  g_autofree char *daemon = g_find_program_in_path ("dbus-daemon");
  GTestDBus *bus = NULL;
  int status;

  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  /* libsecret warns when a service comes and goes faster than it looks: no error of ours. */
  g_log_set_always_fatal (G_LOG_FATAL_MASK | G_LOG_LEVEL_CRITICAL);
  g_test_dbus_unset ();
  if (daemon != NULL && !g_test_subprocess ())
    {
      bus = g_test_dbus_new (G_TEST_DBUS_NONE);
      g_test_dbus_up (bus);
    }
  g_test_add_func ("/vault/no-bus", test_no_bus);
  g_test_add_func ("/vault/no-service", test_no_service);
  g_test_add_func ("/vault/silent", test_silent);
  g_test_add_func ("/vault/no-collection", test_no_collection);
  g_test_add_func ("/vault/locked-stub", test_locked);

  status = g_test_run ();
  /* Not freed: it would wait for the connection, which libsecret keeps for services gone by. */
  if (bus != NULL)
    g_test_dbus_stop (bus);
  return status;
}

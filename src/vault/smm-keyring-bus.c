/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-keyring-bus.h"

#define SECRETS_NAME "org.freedesktop.secrets"

static GVariant *
call_bus (GDBusConnection *bus, const char *method, GVariant *args, const char *type,
          GCancellable *cancellable, GError **error)
{
  return g_dbus_connection_call_sync (bus, "org.freedesktop.DBus", "/org/freedesktop/DBus",
                                      "org.freedesktop.DBus", method, args, G_VARIANT_TYPE (type),
                                      G_DBUS_CALL_FLAGS_NONE, -1, cancellable, error);
}

/**
 * smm_keyring_start:
 * @cancellable: (nullable): ends the waiting
 * @error: as the bus says it
 *
 * Sees to it that somebody owns the keyring's name before libsecret is asked: libsecret makes a
 * proxy of nobody as well, and the thread that makes it races with the watch that takes it away
 * again, which libsecret calls a fault of its own on the standard error. Blocks, for a thread.
 *
 * Returns: %TRUE when there is a keyring
 */
gboolean
smm_keyring_start (GCancellable *cancellable, GError **error)
{
  const char *other = g_getenv ("SECRET_SERVICE_BUS_NAME"); /* as libsecret has it */
  const char *name = other != NULL ? other : SECRETS_NAME;
  g_autoptr (GDBusConnection) bus = g_bus_get_sync (G_BUS_TYPE_SESSION, cancellable, error);
  g_autoptr (GVariant) owned = NULL;
  g_autoptr (GVariant) started = NULL;
  gboolean has_owner;

  if (bus == NULL)
    return FALSE;
  owned = call_bus (bus, "NameHasOwner", g_variant_new ("(s)", name), "(b)", cancellable, error);
  if (owned == NULL)
    return FALSE;
  g_variant_get (owned, "(b)", &has_owner);
  if (has_owner)
    return TRUE;
  started = call_bus (bus, "StartServiceByName", g_variant_new ("(su)", name, 0), "(u)",
                      cancellable, error);
  return started != NULL;
}

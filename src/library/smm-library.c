/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-library.h"

G_DEFINE_INTERFACE (SmmLibrary, smm_library, G_TYPE_OBJECT)

/* On the bus an error keeps its meaning: both ends register the same names. */
static const GDBusErrorEntry error_entries[] = {
  { SMM_LIBRARY_ERROR_INVALID, "com.nkonsept.Smm.Error.Invalid" },
  { SMM_LIBRARY_ERROR_NOT_FOUND, "com.nkonsept.Smm.Error.NotFound" },
  { SMM_LIBRARY_ERROR_PINNED, "com.nkonsept.Smm.Error.Pinned" },
  { SMM_LIBRARY_ERROR_PAST, "com.nkonsept.Smm.Error.Past" },
  { SMM_LIBRARY_ERROR_EMPTY, "com.nkonsept.Smm.Error.Empty" },
  { SMM_LIBRARY_ERROR_STORE, "com.nkonsept.Smm.Error.Store" },
  { SMM_LIBRARY_ERROR_NO_OWNER, "com.nkonsept.Smm.Error.NoOwner" },
  { SMM_LIBRARY_ERROR_LIMIT, "com.nkonsept.Smm.Error.Limit" },
  { SMM_LIBRARY_ERROR_PRICE, "com.nkonsept.Smm.Error.Price" },
  { SMM_LIBRARY_ERROR_POLICY, "com.nkonsept.Smm.Error.Policy" },
  { SMM_LIBRARY_ERROR_OFF, "com.nkonsept.Smm.Error.Off" },
  { SMM_LIBRARY_ERROR_CLOSING, "com.nkonsept.Smm.Error.Closing" },
};

GQuark
smm_library_error_quark (void)
{
  static gsize quark = 0;

  g_dbus_error_register_error_domain ("smm-library-error-quark", &quark, error_entries,
                                      G_N_ELEMENTS (error_entries));
  return (GQuark)quark;
}

static void
smm_library_default_init (SmmLibraryInterface *iface)
{
  /* Before the first answer is read, or its error would lose its meaning. */
  smm_library_error_quark ();

  /**
   * SmmLibrary::changed:
   * @self: a library
   * @ids: (array zero-terminated=1): ids whose rows changed; "*" means any
   */
  g_signal_new ("changed", SMM_TYPE_LIBRARY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                G_TYPE_STRV);
}

/**
 * smm_library_get_store:
 * @self: a library
 *
 * Returns: (transfer none) (nullable): the store to read from
 */
SmmStore *
smm_library_get_store (SmmLibrary *self)
{
  g_return_val_if_fail (SMM_IS_LIBRARY (self), NULL);

  return SMM_LIBRARY_GET_IFACE (self)->get_store (self);
}

/**
 * smm_library_apply_async:
 * @self: a library
 * @command: the change
 * @cancellable: (nullable): gives up waiting; the change may still happen
 * @callback: called when the change is on disk, or was refused
 * @user_data: for @callback
 */
void
smm_library_apply_async (SmmLibrary *self, SmmCommand *command, GCancellable *cancellable,
                         GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (SMM_IS_LIBRARY (self));
  g_return_if_fail (command != NULL);

  SMM_LIBRARY_GET_IFACE (self)->apply_async (self, command, cancellable, callback, user_data);
}

/**
 * smm_library_apply_finish:
 * @self: a library
 * @result: from the callback
 * @error: SMM_LIBRARY_ERROR
 *
 * Returns: (transfer full) (nullable): a{sv}
 */
GVariant *
smm_library_apply_finish (SmmLibrary *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (SMM_IS_LIBRARY (self), NULL);

  return SMM_LIBRARY_GET_IFACE (self)->apply_finish (self, result, error);
}

/**
 * smm_library_emit_changed:
 * @self: a library
 * @ids: (array zero-terminated=1): what changed
 *
 * For the owner's other parts, which change rows without a command (the engine).
 */
void
smm_library_emit_changed (SmmLibrary *self, const char *const *ids)
{
  g_return_if_fail (SMM_IS_LIBRARY (self));

  g_signal_emit_by_name (self, "changed", ids);
}

/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * DESIGN: the library room.
 *
 * One owner writes, everybody reads. SmmLibrary is the interface both ends share: SmmLibraryLocal
 * is the owner itself (the publisher, tests, the command line when nobody owns the library);
 * SmmLibraryRemote sends commands over the bus and reads through a read-only store. Applying a
 * command yields its inverse, kept in the activity table: undo, redo and the log in one.
 */

#pragma once

#include "smm-command.h"
#include "smm-store.h"

G_BEGIN_DECLS

#define SMM_LIBRARY_ERROR (smm_library_error_quark ())
typedef enum
{
  SMM_LIBRARY_ERROR_INVALID,     /* an argument is missing, of the wrong type or out of range */
  SMM_LIBRARY_ERROR_NOT_FOUND,   /* no such brand, account, post … */
  SMM_LIBRARY_ERROR_PINNED,      /* it is published, or being published: it can't change */
  SMM_LIBRARY_ERROR_PAST,        /* the time is in the past */
  SMM_LIBRARY_ERROR_EMPTY,       /* nothing to undo or redo */
  SMM_LIBRARY_ERROR_STORE,       /* the library could not be written; nothing changed */
  SMM_LIBRARY_ERROR_NO_OWNER,    /* the publisher can't be reached */
  SMM_LIBRARY_ERROR_LIMIT,       /* the AI would cost more than the user allows */
  SMM_LIBRARY_ERROR_PRICE,       /* nobody knows what the model costs, and there is a limit */
  SMM_LIBRARY_ERROR_POLICY,      /* what happens with the data was not agreed to */
  SMM_LIBRARY_ERROR_OFF,         /* who would get it was switched off */
  SMM_LIBRARY_ERROR_CLOSING,     /* the workspace is being closed: nothing more is scheduled */
} SmmLibraryError;
GQuark smm_library_error_quark (void);

#define SMM_TYPE_LIBRARY (smm_library_get_type ())
G_DECLARE_INTERFACE (SmmLibrary, smm_library, SMM, LIBRARY, GObject)

struct _SmmLibraryInterface
{
  GTypeInterface parent_iface;
  SmmStore *(*get_store) (SmmLibrary *self);
  void (*apply_async) (SmmLibrary *self, SmmCommand *command, GCancellable *cancellable,
                       GAsyncReadyCallback callback, gpointer user_data);
  GVariant *(*apply_finish) (SmmLibrary *self, GAsyncResult *result, GError **error);
};

/*
 * Signal "changed" (SmmLibrary *self, const char * const *ids): rows with these ids changed ("*" in
 * the list: everything may have). Emitted in both ends, also for the engine's transitions.
 */

/* The store to read from; borrowed. May be NULL in the remote end until the library exists. */
SmmStore *smm_library_get_store (SmmLibrary *self);

/* Result: a{sv} with "label" (s: what undo would say) where there is an inverse; of many posts also
 * "skipped" (u: how many stayed as they were) and "reason" (s: why the first of them did). */
void smm_library_apply_async (SmmLibrary *self, SmmCommand *command, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer user_data);
GVariant *smm_library_apply_finish (SmmLibrary *self, GAsyncResult *result, GError **error);

void smm_library_emit_changed (SmmLibrary *self, const char *const *ids);

/*
 * Works out what a wall time means in a zone (DESIGN section 3, States). In a DST gap the next
 * valid minute is taken, in a fold the first. FALSE: unreadable wall time or unknown zone.
 * @wall: "2026-12-01T09:00", seconds optional. @note: set to "gap", "fold" or NULL.
 */
gboolean smm_wall_time_resolve (const char *wall, const char *zone, gint64 *utc, const char **note,
                                GError **error);
/* NULL when it is no zone this computer knows. */
GTimeZone *smm_zone_new (const char *zone);
char *smm_wall_time_format (gint64 utc, const char *zone);
char *smm_wall_time_express (gint64 utc, const char **zone);
/* @wall @minutes later (or earlier), as clocks on a wall count: no zone changes anything. */
char *smm_wall_time_add (const char *wall, int minutes, GError **error);

G_END_DECLS

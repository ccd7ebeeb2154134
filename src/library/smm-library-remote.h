/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "smm-library.h"

G_BEGIN_DECLS

#define SMM_TYPE_LIBRARY_REMOTE (smm_library_remote_get_type ())
G_DECLARE_FINAL_TYPE (SmmLibraryRemote, smm_library_remote, SMM, LIBRARY_REMOTE, GObject)

/*
 * Never blocks: opens the reader if there is a library, and finds or starts the publisher in the
 * background (bus activation; else by spawning the program beside this one).
 * Properties: "connected" (boolean: the publisher answers), "status" (string, for people:
 * why nothing is published, also while the publisher answers; NULL: it is),
 * "paused-until" (int64). Signal "progress" (post id, target id, fraction 0..1 or -1, text).
 */
SmmLibraryRemote *smm_library_remote_new (SmmPaths *paths);

gboolean smm_library_remote_get_connected (SmmLibraryRemote *self);

/* Why the library can't be opened (SMM_STORE_ERROR), by us or by the publisher; NULL when it can.
 * "notify::status" tells of a change. SMM_STORE_ERROR_ERASED, _GONE: there was one; this end never
 * makes another one in its place. */
const GError *smm_library_remote_get_problem (SmmLibraryRemote *self);
/* Opens the library and starts the publisher again, after a problem was put right. */
void smm_library_remote_retry (SmmLibraryRemote *self);

/* Publisher1 methods; answers come as "changed" and properties. */
void smm_library_remote_call_async (SmmLibraryRemote *self, const char *method, GVariant *args,
                                    GCancellable *cancellable, GAsyncReadyCallback callback,
                                    gpointer user_data);
GVariant *smm_library_remote_call_finish (SmmLibraryRemote *self, GAsyncResult *result,
                                          GError **error);
GVariant *smm_library_remote_peek_status (SmmPaths *paths, GError **error);

G_END_DECLS

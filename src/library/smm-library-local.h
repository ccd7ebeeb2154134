/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "smm-library.h"

G_BEGIN_DECLS

#define SMM_TYPE_LIBRARY_LOCAL (smm_library_local_get_type ())
G_DECLARE_FINAL_TYPE (SmmLibraryLocal, smm_library_local, SMM, LIBRARY_LOCAL, GObject)

/* Takes the lock; SMM_STORE_ERROR_OWNED when somebody has it. */
SmmLibraryLocal *smm_library_local_new (SmmPaths *paths, GError **error);
/* For a store that is open, or will be before the library is used. */
SmmLibraryLocal *smm_library_local_new_for_store (SmmStore *store);

/* Applies at once, in one durable transaction. When the disk fails the library is checked before it
 * returns, which takes a while: whoever has a main loop takes the async call, which begins at once
 * too, and checks in a thread. */
GVariant *smm_library_local_apply (SmmLibraryLocal *self, SmmCommand *command, GError **error);
void smm_library_local_apply_async (SmmLibraryLocal *self, SmmCommand *command,
                                    GAsyncReadyCallback callback, gpointer user_data);
GVariant *smm_library_local_apply_finish (SmmLibraryLocal *self, GAsyncResult *result,
                                          GError **error);
/* Without any check: whether it was kept when the disk failed is not known then, says the error. */
GVariant *smm_library_local_try (SmmLibraryLocal *self, SmmCommand *command, GError **error);
/* Now and then: see smm_store_settle_erasing(). */
void smm_library_local_settle_erasing (SmmLibraryLocal *self);

/* What the clock says, µs UTC; tests and the simulation set their own. */
typedef gint64 (*SmmNowFunc) (gpointer user_data);
void smm_library_local_set_now (SmmLibraryLocal *self, SmmNowFunc now, gpointer user_data);

/* Recurring posts become ordinary ones ahead of time; see smm_store_get_next_top_up(). */
gboolean smm_library_local_top_up (SmmLibraryLocal *self, GError **error);

G_END_DECLS

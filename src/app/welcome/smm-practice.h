/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * DESIGN: Practice mode.
 *
 * A library of its own ("practice"), a publisher of its own, and the sandbox on this computer in
 * the place of every platform. All real code runs; only the endpoints differ. The first time a
 * sample bakery is set up through the same commands and the same sign-in a person would use.
 */

#pragma once

#include "smm-library.h"

G_BEGIN_DECLS

#define SMM_TYPE_PRACTICE (smm_practice_get_type ())
G_DECLARE_FINAL_TYPE (SmmPractice, smm_practice, SMM, PRACTICE, GObject)

/* Points SMM_ENDPOINTS at the file the sandbox will write. Call before any thread exists. */
void smm_practice_prepare_environment (void);

SmmPractice *smm_practice_new (SmmPaths *paths);
/* Starts the sandbox; done when it answers. It ends with this process. */
void smm_practice_start_async (SmmPractice *self, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer user_data);
gboolean smm_practice_start_finish (SmmPractice *self, GAsyncResult *result, GError **error);
/* Whether the library is still empty. */
gboolean smm_practice_needs_seed (SmmPractice *self, SmmLibrary *library);
/* Sets up the sample brand; does nothing in a library that has a brand. */
void smm_practice_seed_async (SmmPractice *self, SmmLibrary *library, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer user_data);
gboolean smm_practice_seed_finish (SmmPractice *self, GAsyncResult *result, GError **error);

G_END_DECLS

/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "smm-connect.h"

G_BEGIN_DECLS

/* Whether an app's id and secret belong together; nothing is kept. @app as in
 * smm_connect_name_app(). An app that can't be asked about passes: its sign-in is the test. Errors:
 * SMM_PLATFORM_ERROR REFUSED: they do not; ANSWER: not known, the platform was not reached. */
void smm_connect_test_app_async (SmmConnect *self, const char *app, const char *app_id,
                                 const char *app_secret, GCancellable *cancellable,
                                 GAsyncReadyCallback callback, gpointer user_data);
gboolean smm_connect_test_app_finish (SmmConnect *self, GAsyncResult *result, GError **error);

G_END_DECLS

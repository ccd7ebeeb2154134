/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "smm-platform.h"

G_BEGIN_DECLS

/* Whether an app's keys belong together, before anybody signs in with them. */
/* @app "meta", "instagram", "tiktok"; sent with the token "ID|SECRET". NULL: the platform has no such
 * question, its sign-in is the test. */
SmmRequest *smm_app_test_request (const char *app, const char *app_id);
/* Errors: SMM_PLATFORM_ERROR REFUSED: they do not, with what to do; ANSWER: it is not known. */
gboolean smm_app_test_apply (SmmResponse *response, GError **error);

G_END_DECLS

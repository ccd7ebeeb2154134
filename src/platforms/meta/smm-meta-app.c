/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A Meta app's id and secret (api/meta.md sections 2.6 and 2.8). */

#include "config.h"

#include "smm-platform-app.h"

#include "smm-meta.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define CODE_APP 101   /* "Error validating application" */
#define CODE_TOKEN 190 /* here: the app access token */

/**
 * smm_app_test_request:
 * @app: whose keys
 * @app_id: the id
 *
 * Asks what an app access token may ask: what is this token? The answer about the token, which is
 * none, does not matter. Neither Instagram Login nor TikTok have a documented question of the kind.
 *
 * Returns: (transfer full) (nullable): the request
 */
SmmRequest *
smm_app_test_request (const char *app, const char *app_id)
{
  SmmRequest *request;

  if (strcmp (app, "meta") != 0)
    return NULL;
  request = smm_meta_request ("GET", NULL, "check", "debug_token");
  smm_request_add_param (request, "input_token", app_id);
  return request;
}

gboolean
smm_app_test_apply (SmmResponse *response, GError **error)
{
  g_auto (SmmMetaAnswer) answer = { 0 };

  smm_meta_answer_read (&answer, response);
  if (answer.object != NULL && !answer.is_error && response->status < 300)
    return TRUE;
  if (answer.is_error && answer.message != NULL && strstr (answer.message, "desktop") != NULL)
    g_set_error (
        error, SMM_PLATFORM_ERROR, SMM_PLATFORM_ERROR_REFUSED,
        _ ("Your Meta app is marked as a desktop app, and so its secret counts for nothing. "
           "Switch “Native or desktop app” off in its Settings, Advanced."));
  else if (answer.is_error
           && (answer.code == CODE_APP || answer.code == CODE_TOKEN || answer.code == 1))
    g_set_error (error, SMM_PLATFORM_ERROR, SMM_PLATFORM_ERROR_REFUSED,
                 _ ("Meta does not know this App ID with this App Secret. Copy both again from "
                    "Settings, Basic, of your app."));
  else
    g_set_error (error, SMM_PLATFORM_ERROR, SMM_PLATFORM_ERROR_ANSWER,
                 _ ("The keys can’t be tested now: %s"),
                 answer.is_error && answer.message != NULL ? answer.message
                 : response->error != NULL                 ? response->error
                                                           : _ ("unreadable answer"));
  return FALSE;
}

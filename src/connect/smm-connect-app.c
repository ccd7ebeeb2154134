/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-connect-app.h"

#include "smm-connect-private.h"
#include "smm-platform-app.h"
#include "smm-secret.h"
#include "smm-workspace.h"

static void
on_answer (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (SmmResponse) response = smm_http_send_finish (SMM_HTTP (source), result);
  g_autoptr (GError) error = NULL;

  if (smm_app_test_apply (response, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

void
smm_connect_test_app_async (SmmConnect *self, const char *app, const char *app_id,
                            const char *app_secret, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr (SmmRequest) request = smm_app_test_request (app, app_id);
  g_autoptr (GError) error = NULL;
  char *token;

  g_task_set_source_tag (task, smm_connect_test_app_async);
  if (!smm_workspace_check_platform (
          smm_library_get_store (self->library),
          g_str_equal (app, "tiktok") ? SMM_PLATFORM_TIKTOK : SMM_PLATFORM_FACEBOOK, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  if (request == NULL)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }
  token = g_strconcat (app_id, "|", app_secret, NULL);
  smm_http_send_async (self->http, request, token, cancellable, on_answer, g_steal_pointer (&task));
  smm_wipe_free (token);
}

gboolean
smm_connect_test_app_finish (SmmConnect *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One read before a post is written: what may this TikTok account post now? Changes nothing. */

#include "config.h"

#include "smm-connect-private.h"

#include "smm-account-token.h"
#include "smm-workspace.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  SmmAccount *account;
  SmmRequest *request;
  char *token;
  gboolean renewed; /* a token that was refused is renewed once */
} Question;

static void
question_free (gpointer data)
{
  Question *question = data;

  g_clear_object (&question->account);
  g_clear_pointer (&question->request, smm_request_unref);
  smm_vault_secret_free (question->token);
  g_free (question);
}

static void on_token (GObject *source, GAsyncResult *result, gpointer user_data);

static void
on_answer (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  SmmConnect *self = g_task_get_source_object (task);
  Question *question = g_task_get_task_data (task);
  g_autoptr (SmmResponse) response = smm_http_send_finish (SMM_HTTP (source), result);
  g_autoptr (GError) error = NULL;
  SmmTiktokCreator *creator;

  if (!question->renewed
      && smm_token_keeper_is_refusal (question->account, question->request, response))
    {
      question->renewed = TRUE;
      smm_token_keeper_get_async (self->keeper, question->account, question->token,
                                  g_task_get_cancellable (task), on_token, task);
      g_steal_pointer (&task);
      return;
    }
  creator = smm_tiktok_creator_parse (question->account, response, &error);
  if (creator != NULL)
    g_task_return_pointer (task, creator, (GDestroyNotify)smm_tiktok_creator_free);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
on_token (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  SmmConnect *self = g_task_get_source_object (task);
  Question *question = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  char *value = smm_token_keeper_get_finish (SMM_TOKEN_KEEPER (source), result, &error);

  if (value == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  g_clear_pointer (&question->request, smm_request_unref);
  question->request = smm_tiktok_creator_request (question->account);
  smm_vault_secret_free (question->token);
  question->token = smm_account_token_get (value, question->request->token);
  smm_vault_secret_free (value);
  smm_http_send_async (self->http, question->request, question->token,
                       g_task_get_cancellable (task), on_answer, task);
  g_steal_pointer (&task);
}

void
smm_connect_creator_async (SmmConnect *self, const char *account_id, GCancellable *cancellable,
                           GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  SmmStore *store = smm_library_get_store (self->library);
  Question *question = g_new0 (Question, 1);
  g_autoptr (GError) error = NULL;

  g_task_set_source_tag (task, smm_connect_creator_async);
  g_task_set_task_data (task, question, question_free);
  question->account = store != NULL ? smm_store_get_account (store, account_id) : NULL;
  if (question->account == NULL || question->account->platform != SMM_PLATFORM_TIKTOK)
    {
      g_task_return_new_error (task, SMM_LIBRARY_ERROR, SMM_LIBRARY_ERROR_NOT_FOUND,
                               _ ("There is no TikTok account “%s”"), account_id);
      return;
    }
  if (!smm_workspace_check_platform (store, SMM_PLATFORM_TIKTOK, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  smm_token_keeper_get_async (self->keeper, question->account, NULL, cancellable, on_token,
                              g_steal_pointer (&task));
}

SmmTiktokCreator *
smm_connect_creator_finish (SmmConnect *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

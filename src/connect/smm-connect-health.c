/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Beside whether a sign-in works: what is granted, what the person may do on each Page, and the
 * pictures. One person's answer is about all of their accounts: it is kept for each of them, so
 * that an agency's hundred Pages are one question a day.
 */

#include "config.h"

#include "smm-connect-private.h"

#include "smm-account-token.h"
#include "smm-workspace.h"
#include "smm-health.h"
#include "smm-media-client.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#define MAX_PICTURE (2 * 1024 * 1024)
#define PICTURE_EDGE 128
#define PICTURE_BYTES (64 * 1024)
/* People change their pictures seldom, and the address of one ends. */
#define PICTURE_DAYS 30

typedef struct
{
  SmmAccount *account;
  SmmHealth *health;
  char *token;         /* the account's or the person's, wiped */
  GPtrArray *accounts; /* SmmAccount*: all that the answer is about */
  guint n;             /* the one that is being kept */
  char *part, *picture;
} Ask;

static void
ask_free (gpointer data)
{
  Ask *ask = data;

  if (ask->part != NULL)
    g_unlink (ask->part);
  g_clear_object (&ask->account);
  g_clear_pointer (&ask->accounts, g_ptr_array_unref);
  smm_health_free (ask->health);
  smm_vault_secret_free (ask->token);
  g_free (ask->part);
  g_free (ask->picture);
  g_free (ask);
}

static void keep_next (GTask *task);

/* --- Keeping --- */

static SmmAccount *
get_kept (Ask *ask)
{
  return ask->accounts->pdata[ask->n];
}

static void
on_kept (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Ask *ask = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) kept = smm_library_apply_finish (SMM_LIBRARY (source), result, &error);

  if (kept == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  ask->n++;
  keep_next (g_steal_pointer (&task));
}

/* Who is no more in a list that is whole may do nothing on that Page. */
static const char *
get_tasks (Ask *ask, SmmAccount *account)
{
  const char *page
      = account->parent_remote_id != NULL ? account->parent_remote_id : account->remote_id;
  SmmHealthFacts *facts;

  if (account->platform == SMM_PLATFORM_TIKTOK || account->login != NULL)
    return NULL;
  facts = g_hash_table_lookup (ask->health->facts, page);
  return facts != NULL && facts->tasks != NULL ? facts->tasks : "";
}

static void
keep (GTask *task)
{
  SmmConnect *self = g_task_get_source_object (task);
  Ask *ask = g_task_get_task_data (task);
  SmmAccount *account = get_kept (ask);
  const char *tasks = get_tasks (ask, account);
  g_auto (GVariantDict) dict = G_VARIANT_DICT_INIT (NULL);
  g_autoptr (SmmCommand) command = NULL;

  g_variant_dict_insert (&dict, "id", "s", account->id);
  if (ask->health->scopes != NULL)
    g_variant_dict_insert (&dict, "scopes", "s", ask->health->scopes);
  if (tasks != NULL)
    g_variant_dict_insert (&dict, "tasks", "s", tasks);
  command = smm_command_new ("account.set-health", g_variant_dict_end (&dict));
  smm_library_apply_async (self->library, command, NULL, on_kept, task);
}

/* --- Pictures: fetched once, made small by the media program, kept in the cache --- */

static gboolean
is_fresh (const char *path)
{
  struct stat info;

  return stat (path, &info) == 0
         && info.st_mtime > g_get_real_time () / G_USEC_PER_SEC - PICTURE_DAYS * 86400;
}

static void
on_rendered (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Ask *ask = g_task_get_task_data (task);
  G_GNUC_UNUSED g_autoptr (SmmMedia) media = smm_media_render_finish (result, NULL);

  /* What is no picture leaves the initials in its place. */
  g_unlink (ask->part);
  keep (task);
}

static void
on_fetched (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Ask *ask = g_task_get_task_data (task);
  g_autoptr (SmmResponse) response = smm_http_send_finish (SMM_HTTP (source), result);
  g_autofree char *folder = g_path_get_dirname (ask->picture);
  gsize n = 0;
  const char *bytes = g_bytes_get_data (response->body, &n);

  if (response->sent == SMM_SENT_ANSWERED && response->status == 200 && n > 0
      && g_mkdir_with_parents (folder, 0700) == 0
      && g_file_set_contents_full (ask->part, bytes, n, G_FILE_SET_CONTENTS_NONE, 0600, NULL))
    smm_media_render_async (ask->part, ask->picture, PICTURE_EDGE, PICTURE_EDGE, PICTURE_BYTES,
                            g_task_get_cancellable (task), on_rendered, task);
  else
    keep (task);
}

static void
keep_next (GTask *task)
{
  SmmConnect *self = g_task_get_source_object (task);
  Ask *ask = g_task_get_task_data (task);
  SmmPaths *paths = smm_store_get_paths (smm_library_get_store (self->library));
  g_autoptr (SmmRequest) request = NULL;
  SmmHealthFacts *facts;

  if (ask->n == ask->accounts->len)
    {
      g_task_return_boolean (task, TRUE);
      g_object_unref (task);
      return;
    }
  facts = g_hash_table_lookup (ask->health->facts, get_kept (ask)->remote_id);
  g_free (ask->picture);
  g_free (ask->part);
  ask->picture = smm_paths_get_avatar (paths, get_kept (ask)->id);
  ask->part = g_strconcat (ask->picture, ".part", NULL);
  if (facts == NULL || facts->picture_url == NULL || is_fresh (ask->picture))
    {
      keep (task);
      return;
    }
  request = smm_request_new ("GET", SMM_ENDPOINT_META_GRAPH, "/");
  request->url = g_strdup (facts->picture_url);
  request->purpose = g_strdup ("picture");
  request->account_id = g_strdup (get_kept (ask)->id);
  request->max_reply = MAX_PICTURE;
  smm_http_send_async (self->http, request, NULL, g_task_get_cancellable (task), on_fetched, task);
}

/* --- Asking --- */

static void ask_next (GTask *task);

static void
on_answer (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Ask *ask = g_task_get_task_data (task);
  g_autoptr (SmmResponse) response = smm_http_send_finish (SMM_HTTP (source), result);

  if (smm_health_apply (ask->health, ask->account, response))
    {
      ask_next (task);
      return;
    }
  g_task_return_new_error (task, SMM_NET_ERROR, SMM_NET_ERROR_ANSWER, "%s",
                           _ ("The platform did not answer"));
  g_object_unref (task);
}

static void
ask_next (GTask *task)
{
  SmmConnect *self = g_task_get_source_object (task);
  Ask *ask = g_task_get_task_data (task);
  g_autoptr (SmmRequest) request = smm_health_next (ask->health, ask->account);

  if (request == NULL)
    keep_next (task);
  else
    smm_http_send_async (self->http, request, ask->token, g_task_get_cancellable (task), on_answer,
                         task);
}

static void
on_token (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Ask *ask = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  char *value = smm_token_keeper_get_finish (SMM_TOKEN_KEEPER (source), result, &error);
  g_autoptr (SmmRequest) request = smm_health_next (ask->health, ask->account);

  if (value == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  ask->token = smm_account_token_get (value, request->token);
  smm_vault_secret_free (value);
  ask_next (g_steal_pointer (&task));
}

/**
 * smm_connect_health_async:
 * @self: a connection
 * @account_id: a connected account
 * @cancellable: (nullable): a cancellable
 * @callback: when it is known and kept
 * @user_data: for @callback
 *
 * Asks what is granted and may be done now, for this account and all of the same sign-in. What is
 * not answered changes nothing that is known.
 */
void
smm_connect_health_async (SmmConnect *self, const char *account_id, GCancellable *cancellable,
                          GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  SmmStore *store = smm_library_get_store (self->library);
  Ask *ask = g_new0 (Ask, 1);
  g_autoptr (GError) error = NULL;

  g_task_set_source_tag (task, smm_connect_health_async);
  g_task_set_task_data (task, ask, ask_free);
  ask->health = smm_health_new ();
  ask->account = store != NULL ? smm_store_get_account (store, account_id) : NULL;
  if (ask->account == NULL || ask->account->state == SMM_ACCOUNT_DISCONNECTED)
    {
      g_task_return_new_error (task, SMM_LIBRARY_ERROR, SMM_LIBRARY_ERROR_NOT_FOUND,
                               _ ("There is no account “%s”"), account_id);
      return;
    }
  if (!smm_workspace_check_platform (store, ask->account->platform, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  ask->accounts = smm_connect_list_siblings (store, ask->account);
  g_ptr_array_insert (ask->accounts, 0, g_object_ref (ask->account));
  smm_token_keeper_get_async (self->keeper, ask->account, NULL, cancellable, on_token,
                              g_steal_pointer (&task));
}

gboolean
smm_connect_health_finish (SmmConnect *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Checking and disconnecting accounts: both begin with account and token. */

#include "config.h"

#include "smm-connect-private.h"

#include "smm-account-token.h"
#include "smm-workspace.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

/* So long the platform is told of a disconnection it could not be told of. */
#define REVOKE_DAYS 30

static char *
make_item_name (const char *account_id)
{
  return g_strconcat ("account/", account_id, NULL);
}

typedef struct
{
  SmmAccount *account;
  const SmmPlatform *platform;
  SmmRequest *request;
  char *token;       /* that was sent, wiped */
  gint64 expires_at; /* µs UTC: what the person has to renew; 0: unknown */
  gboolean renewed;  /* after it was refused */
  gboolean revoke;
  SmmSiblings siblings;
  SmmRevocation revocation;
  gboolean told; /* the platform, just now */
} Visit;

static void
visit_free (gpointer data)
{
  Visit *visit = data;

  g_clear_object (&visit->account);
  g_clear_pointer (&visit->request, smm_request_unref);
  smm_vault_secret_free (visit->token);
  g_free (visit);
}

static void
return_account (GTask *task)
{
  SmmConnect *self = g_task_get_source_object (task);
  Visit *visit = g_task_get_task_data (task);

  g_task_return_pointer (
      task, smm_store_get_account (smm_library_get_store (self->library), visit->account->id),
      g_object_unref);
  g_object_unref (task);
}

static void
on_siblings_asked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  smm_connect_ask_siblings_finish (SMM_CONNECT (source), result);
  return_account (user_data);
}

static void
on_visit_kept (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  SmmConnect *self = g_task_get_source_object (task);
  Visit *visit = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) kept = smm_library_apply_finish (SMM_LIBRARY (source), result, &error);

  if (kept == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else if (visit->told)
    smm_connect_ask_siblings_async (self, visit->account, g_task_get_cancellable (task),
                                    on_siblings_asked, g_object_ref (task));
  else
    return_account (g_steal_pointer (&task));
}

static void
set_state (GTask *task, SmmAccountState state, const char *reason)
{
  SmmConnect *self = g_task_get_source_object (task);
  Visit *visit = g_task_get_task_data (task);
  g_auto (GVariantDict) dict = G_VARIANT_DICT_INIT (NULL);
  g_autoptr (SmmCommand) command = NULL;

  g_variant_dict_insert (&dict, "id", "s", visit->account->id);
  g_variant_dict_insert (&dict, "state", "i", (gint32)state);
  if (reason != NULL)
    g_variant_dict_insert (&dict, "reason", "s", reason);
  if (visit->revocation == SMM_REVOCATION_LATER)
    g_variant_dict_insert (&dict, "revoke-until", "x", visit->account->revoke_until);
  if (state == SMM_ACCOUNT_OK && visit->expires_at > 0)
    g_variant_dict_insert (&dict, "token-expires-at", "x", visit->expires_at);
  command = smm_command_new ("account.set-state", g_variant_dict_end (&dict));
  smm_library_apply_async (self->library, command, NULL, on_visit_kept, task);
}

static void
forget_picture (GTask *task)
{
  SmmConnect *self = g_task_get_source_object (task);
  Visit *visit = g_task_get_task_data (task);
  SmmPaths *paths = smm_store_get_paths (smm_library_get_store (self->library));
  g_autofree char *path = smm_paths_get_avatar (paths, visit->account->id);

  g_unlink (path);
}

static void
on_wiped (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  if (!smm_vault_delete_finish (SMM_VAULT (source), result, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  forget_picture (task);
  set_state (g_steal_pointer (&task), SMM_ACCOUNT_DISCONNECTED, NULL);
}

static void
wipe_token (GTask *task)
{
  SmmConnect *self = g_task_get_source_object (task);
  Visit *visit = g_task_get_task_data (task);
  g_autofree char *name = make_item_name (visit->account->id);

  smm_vault_delete_async (self->vault, name, NULL, on_wiped, task);
}

/* The token stays where it is, sealed, for as long as it takes to tell the platform. */
static void
revoke_later (GTask *task)
{
  Visit *visit = g_task_get_task_data (task);
  gint64 now = g_get_real_time ();

  if (visit->account->revoke_until == 0)
    visit->account->revoke_until = now + REVOKE_DAYS * G_TIME_SPAN_DAY;
  if (now >= visit->account->revoke_until)
    {
      wipe_token (task);
      return;
    }
  visit->revocation = SMM_REVOCATION_LATER;
  set_state (task, SMM_ACCOUNT_DISCONNECTED, NULL);
}

static void send_visit (GTask *task);
static void on_visit_token (GObject *source, GAsyncResult *result, gpointer user_data);

static void
settle_check (GTask *task, const SmmOutcome *outcome)
{
  switch (outcome->kind)
    {
    case SMM_OUTCOME_DONE:
      set_state (task, SMM_ACCOUNT_OK, NULL);
      break;
    case SMM_OUTCOME_SIGNED_OUT:
      set_state (task, SMM_ACCOUNT_SIGNED_OUT, outcome->message);
      break;
    case SMM_OUTCOME_BLOCKED:
      set_state (task, SMM_ACCOUNT_RESTRICTED, outcome->message);
      break;
    default:
      g_task_return_new_error (task, SMM_NET_ERROR, SMM_NET_ERROR_ANSWER, "%s",
                               outcome->message != NULL ? outcome->message
                                                        : _ ("The platform did not answer"));
      g_object_unref (task);
      break;
    }
}

static void
settle_revoke (GTask *task, const SmmOutcome *outcome, SmmResponse *response)
{
  Visit *visit = g_task_get_task_data (task);

  switch (outcome->kind)
    {
    case SMM_OUTCOME_DONE:
    /* A token that is dead already needs no revoking. */
    case SMM_OUTCOME_SIGNED_OUT:
      visit->revocation = SMM_REVOCATION_DONE;
      visit->told = outcome->kind == SMM_OUTCOME_DONE;
      wipe_token (task);
      break;
    case SMM_OUTCOME_REFUSED:
    case SMM_OUTCOME_BLOCKED:
      /* The platform was reached and does not want it: asking again changes nothing. */
      if (response->sent == SMM_SENT_ANSWERED && response->status < 500)
        {
          wipe_token (task);
          break;
        }
      revoke_later (task);
      break;
    default:
      revoke_later (task);
      break;
    }
}

static void
on_visited (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  SmmConnect *self = g_task_get_source_object (task);
  Visit *visit = g_task_get_task_data (task);
  g_autoptr (SmmResponse) response = smm_http_send_finish (SMM_HTTP (source), result);
  g_autoptr (SmmOutcome) outcome = NULL;

  if (!visit->renewed && smm_token_keeper_is_refusal (visit->account, visit->request, response))
    {
      visit->renewed = TRUE;
      smm_token_keeper_get_async (self->keeper, visit->account, visit->token,
                                  g_task_get_cancellable (task), on_visit_token, task);
      return;
    }
  if (!visit->revoke)
    {
      outcome = visit->platform->apply_check (visit->account, response);
      settle_check (task, outcome);
      return;
    }
  outcome = visit->platform->apply_revoke (visit->account, response);
  settle_revoke (task, outcome, response);
}

static void
send_visit (GTask *task)
{
  SmmConnect *self = g_task_get_source_object (task);
  Visit *visit = g_task_get_task_data (task);

  smm_http_send_async (self->http, visit->request, visit->token, g_task_get_cancellable (task),
                       on_visited, task);
}

/* A form takes what an adapter never sees: the app's secret and the token. */
static void
on_revoke_secret (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Visit *visit = g_task_get_task_data (task);
  char *secret = smm_vault_lookup_finish (SMM_VAULT (source), result, NULL);

  if (secret == NULL || visit->token == NULL)
    {
      smm_vault_secret_free (secret);
      wipe_token (task);
      return;
    }
  smm_request_add_secret (visit->request, "client_secret", secret);
  smm_request_add_secret (visit->request, "token", visit->token);
  smm_vault_secret_free (secret);
  send_visit (task);
}

/* %TRUE when there is no token and the visit has ended otherwise. */
static gboolean
is_without_token (GTask *task, const GError *error)
{
  Visit *visit = g_task_get_task_data (task);

  if (error == NULL)
    return FALSE;
  if (g_error_matches (error, SMM_PLATFORM_ERROR, SMM_PLATFORM_ERROR_DENIED))
    {
      /* What is refused for good needs no revoking. */
      visit->revocation = visit->revoke ? SMM_REVOCATION_DONE : SMM_REVOCATION_NEVER;
      if (visit->revoke)
        wipe_token (task);
      else
        set_state (task, SMM_ACCOUNT_SIGNED_OUT, error->message);
    }
  /* It can't be renewed now, and will be. */
  else if (visit->revoke && g_error_matches (error, SMM_PLATFORM_ERROR, SMM_PLATFORM_ERROR_ANSWER))
    revoke_later (task);
  /* A token nobody can open any more, or that is never renewed, can still be wiped. */
  else if (visit->revoke
           && (error->domain == SMM_PLATFORM_ERROR
               || g_error_matches (error, SMM_VAULT_ERROR, SMM_VAULT_ERROR_TAMPERED)
               || g_error_matches (error, SMM_VAULT_ERROR, SMM_VAULT_ERROR_KEY)))
    wipe_token (task);
  else if (g_error_matches (error, SMM_VAULT_ERROR, SMM_VAULT_ERROR_NOT_FOUND))
    set_state (task, visit->revoke ? SMM_ACCOUNT_DISCONNECTED : SMM_ACCOUNT_SIGNED_OUT,
               visit->revoke ? NULL : error->message);
  else
    {
      g_task_return_error (task, g_error_copy (error));
      g_object_unref (task);
    }
  return TRUE;
}

static void
on_visit_token (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  SmmConnect *self = g_task_get_source_object (task);
  Visit *visit = g_task_get_task_data (task);
  g_auto (SmmAccountTokens) tokens = { 0 };
  g_autoptr (GError) error = NULL;
  char *value = smm_token_keeper_get_finish (SMM_TOKEN_KEEPER (source), result, &error);

  if (is_without_token (task, error))
    return;
  g_clear_pointer (&visit->request, smm_request_unref);
  if (visit->revoke && visit->platform->revoke == NULL)
    {
      /* No program can end this sign-in there; the person is told where to. */
      smm_vault_secret_free (value);
      wipe_token (task);
      return;
    }
  visit->request = visit->revoke ? visit->platform->revoke (visit->account)
                                 : visit->platform->check (visit->account);
  smm_vault_secret_free (visit->token);
  visit->token = smm_account_token_get (value, visit->request->token);
  if (smm_account_tokens_unpack (value, &tokens))
    visit->expires_at = tokens.refresh != NULL ? tokens.refresh_expires_at : tokens.expires_at;
  smm_vault_secret_free (value);
  if (visit->revoke && visit->request->auth == SMM_AUTH_NONE
      && visit->request->body == SMM_BODY_FORM)
    {
      g_autofree char *name
          = smm_connect_make_app_item (visit->account->platform, visit->account->login);

      smm_vault_lookup_async (self->vault, name, NULL, on_revoke_secret, task);
      return;
    }
  send_visit (task);
}

static void
visit (SmmConnect *self, const char *account_id, gboolean revoke, SmmSiblings siblings,
       GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  SmmStore *store = smm_library_get_store (self->library);
  Visit *data = g_new0 (Visit, 1);
  g_autoptr (GError) error = NULL;

  g_task_set_source_tag (task, visit);
  g_task_set_task_data (task, data, visit_free);
  data->account = store != NULL ? smm_store_get_account (store, account_id) : NULL;
  data->platform = data->account != NULL ? smm_platform_get_for (data->account) : NULL;
  data->revoke = revoke;
  data->siblings = siblings;
  if (data->platform == NULL)
    {
      g_task_return_new_error (task, SMM_LIBRARY_ERROR, SMM_LIBRARY_ERROR_NOT_FOUND,
                               _ ("There is no account “%s”"), account_id);
      return;
    }
  if (!revoke && data->account->state == SMM_ACCOUNT_DISCONNECTED)
    {
      g_task_return_new_error (task, SMM_LIBRARY_ERROR, SMM_LIBRARY_ERROR_INVALID,
                               _ ("“%s” is disconnected. Connect it again first."),
                               data->account->name);
      return;
    }
  /* An end of a sign-in is told in any case. */
  if (!revoke && !smm_workspace_check_platform (store, data->account->platform, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  if (revoke && siblings == SMM_SIBLINGS_KEEP)
    {
      data->revocation = SMM_REVOCATION_KEPT;
      wipe_token (g_steal_pointer (&task));
      return;
    }
  smm_token_keeper_get_async (self->keeper, data->account, NULL, cancellable, on_visit_token,
                              g_steal_pointer (&task));
}

void
smm_connect_check_async (SmmConnect *self, const char *account_id, GCancellable *cancellable,
                         GAsyncReadyCallback callback, gpointer user_data)
{
  visit (self, account_id, FALSE, SMM_SIBLINGS_KEEP, cancellable, callback, user_data);
}

SmmAccount *
smm_connect_check_finish (SmmConnect *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
smm_connect_disconnect_async (SmmConnect *self, const char *account_id, SmmSiblings siblings,
                              GCancellable *cancellable, GAsyncReadyCallback callback,
                              gpointer user_data)
{
  visit (self, account_id, TRUE, siblings, cancellable, callback, user_data);
}

gboolean
smm_connect_disconnect_finish (SmmConnect *self, GAsyncResult *result, SmmRevocation *revocation,
                               GError **error)
{
  Visit *data = g_task_get_task_data (G_TASK (result));
  g_autoptr (SmmAccount) account = g_task_propagate_pointer (G_TASK (result), error);

  if (revocation != NULL)
    *revocation = data->revocation;
  return account != NULL;
}

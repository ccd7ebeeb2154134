/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Instagram Login, for professional accounts without a Facebook Page (api/meta.md section 2.12):
 * code → token of an hour → token of 60 days → who. There is no person's token beside the
 * account's. The documented forms carry tokens in the address; they are secret parameters, which
 * nothing logs.
 */

#include "config.h"

#include "smm-instagram-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_TOKEN 4096
#define SCOPES                                                                                     \
  "instagram_business_basic,instagram_business_content_publish,"                                   \
  "instagram_business_manage_comments,instagram_business_manage_insights"
#define PUBLISH_SCOPE "instagram_business_content_publish"

static void
wipe (char **secret)
{
  if (*secret != NULL)
    explicit_bzero (*secret, strlen (*secret));
  g_clear_pointer (secret, g_free);
}

SmmRequest *
smm_instagram_login_authorize (const char *app_id, const char *redirect_uri, const char *state,
                               const char *challenge, gboolean again)
{
  SmmRequest *request
      = smm_request_new ("GET", SMM_ENDPOINT_META_INSTAGRAM_DIALOG, "/oauth/authorize");

  /* No proof key is documented here: @challenge is not sent. */
  smm_request_add_query (request, "client_id", app_id);
  smm_request_add_query (request, "redirect_uri", redirect_uri);
  smm_request_add_query (request, "response_type", "code");
  smm_request_add_query (request, "scope", SCOPES);
  smm_request_add_query (request, "state", state);
  smm_request_add_query (request, "enable_fb_login", "0");
  return request;
}

static const char *
get_phase (GHashTable *progress)
{
  const char *phase = g_hash_table_lookup (progress, "phase");

  return phase != NULL ? phase : "code";
}

static void
set_phase (GHashTable *progress, const char *phase)
{
  g_hash_table_insert (progress, g_strdup ("phase"), g_strdup (phase));
}

static SmmRequest *
code_request (const char *app_id, const char *app_secret, const char *redirect_uri,
              const char *code)
{
  SmmRequest *request
      = smm_request_new ("POST", SMM_ENDPOINT_META_INSTAGRAM_API, "/oauth/access_token");
  g_autofree char *clean = g_strdup (code);

  /* Instagram appends "#_", which a browser may hand on. */
  if (g_str_has_suffix (clean, "#_"))
    clean[strlen (clean) - 2] = '\0';
  request->body = SMM_BODY_FORM;
  request->purpose = g_strdup ("sign-in");
  smm_request_add_param (request, "client_id", app_id);
  smm_request_add_secret (request, "client_secret", app_secret);
  smm_request_add_param (request, "grant_type", "authorization_code");
  smm_request_add_param (request, "redirect_uri", redirect_uri);
  smm_request_add_secret (request, "code", clean);
  explicit_bzero (clean, strlen (clean));
  return request;
}

SmmRequest *
smm_instagram_login_next_sign_in (SmmGrant *grant, GHashTable *progress, const char *app_id,
                                  const char *app_secret, const char *redirect_uri,
                                  const char *code, const char *verifier)
{
  const char *phase = get_phase (progress);
  SmmRequest *request;
  char *bearer;

  if (strcmp (phase, "code") == 0)
    return code_request (app_id, app_secret, redirect_uri, code);
  if (strcmp (phase, "long") == 0)
    {
      request = smm_request_new ("GET", SMM_ENDPOINT_META_INSTAGRAM_GRAPH, "/access_token");
      request->purpose = g_strdup ("sign-in");
      smm_request_add_param (request, "grant_type", "ig_exchange_token");
      smm_request_add_secret (request, "client_secret", app_secret);
      smm_request_add_secret (request, "access_token", grant->person_token);
      return request;
    }
  if (strcmp (phase, "me") != 0)
    return NULL;
  request = smm_request_new ("GET", SMM_ENDPOINT_META_INSTAGRAM_GRAPH, "/" SMM_GRAPH_VERSION "/me");
  request->purpose = g_strdup ("sign-in");
  bearer = g_strconcat ("Bearer ", grant->person_token, NULL);
  smm_request_add_header (request, "Authorization", bearer);
  wipe (&bearer);
  smm_request_add_param (request, "fields",
                         "user_id,username,name,profile_picture_url,account_type,followers_count");
  return request;
}

static const char *
get_token (JsonObject *object)
{
  const char *token = smm_json_get_string (object, "access_token");

  return token != NULL && *token != '\0' && strlen (token) <= MAX_TOKEN
                 && strpbrk (token, "\r\n") == NULL
             ? token
             : NULL;
}

static gboolean
take_token (SmmGrant *grant, JsonObject *object, GError **error)
{
  const char *token = get_token (object);

  if (token == NULL)
    {
      g_set_error (error, SMM_PLATFORM_ERROR, SMM_PLATFORM_ERROR_ANSWER,
                   _ ("Instagram’s answer holds no token. Start the sign-in again."));
      return FALSE;
    }
  wipe (&grant->person_token);
  grant->person_token = g_strdup (token);
  return TRUE;
}

/* "permissions" is a list, or one text with commas. */
static char *
read_scopes (JsonObject *object)
{
  const char *text = smm_json_get_string (object, "permissions");
  JsonArray *list = smm_json_get_array (object, "permissions");
  g_autoptr (GString) scopes = g_string_new (NULL);
  g_auto (GStrv) parts = NULL;

  if (text == NULL && list == NULL)
    return NULL;
  if (text != NULL)
    {
      parts = g_strsplit_set (text, ", ", -1);
      for (guint i = 0; parts[i] != NULL; i++)
        if (*parts[i] != '\0')
          g_string_append_printf (scopes, "%s%s", scopes->len > 0 ? " " : "", parts[i]);
    }
  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++)
    {
      JsonNode *node = json_array_get_element (list, i);
      const char *name = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_string (node) : NULL;

      if (name != NULL)
        g_string_append_printf (scopes, "%s%s", scopes->len > 0 ? " " : "", name);
    }
  return g_string_free (g_steal_pointer (&scopes), FALSE);
}

static gboolean
take_code (SmmGrant *grant, JsonObject *object, GError **error)
{
  JsonArray *data = smm_json_get_array (object, "data");
  JsonObject *inner
      = data != NULL && json_array_get_length (data) > 0 ? smm_meta_get_item (data, 0) : NULL;
  g_auto (GStrv) scopes = NULL;

  /* The documentation shows both shapes. */
  if (inner != NULL)
    object = inner;
  if (!take_token (grant, object, error))
    return FALSE;
  g_free (grant->scopes);
  grant->scopes = read_scopes (object);
  if (grant->scopes == NULL)
    return TRUE;
  scopes = g_strsplit (grant->scopes, " ", -1);
  if (g_strv_contains ((const char *const *)scopes, PUBLISH_SCOPE))
    return TRUE;
  g_set_error (
      error, SMM_PLATFORM_ERROR, SMM_PLATFORM_ERROR_DENIED,
      _ ("The permission to publish (%s) was not given. Sign in again and leave everything "
         "ticked."),
      PUBLISH_SCOPE);
  return FALSE;
}

static gboolean
take_account (SmmGrant *grant, GHashTable *progress, JsonObject *object, GError **error)
{
  g_autofree char *id = smm_json_dup_id (object, "user_id");
  const char *expires = g_hash_table_lookup (progress, "expires");
  const char *type = smm_json_get_string (object, "account_type");
  SmmCandidate *candidate;

  if (!smm_meta_is_id (id) || strchr (id, '_') != NULL)
    {
      g_set_error (error, SMM_PLATFORM_ERROR, SMM_PLATFORM_ERROR_ANSWER,
                   _ ("Instagram did not say whose account it is. Start the sign-in again."));
      return FALSE;
    }
  candidate = g_new0 (SmmCandidate, 1);
  candidate->platform = SMM_PLATFORM_INSTAGRAM;
  candidate->username = g_strdup (smm_json_get_string (object, "username"));
  candidate->name = g_strdup (smm_json_get_string (object, "name"));
  if (candidate->name == NULL || *candidate->name == '\0')
    {
      g_free (candidate->name);
      candidate->name = g_strdup (candidate->username != NULL ? candidate->username : "?");
    }
  candidate->picture_url = g_strdup (smm_json_get_string (object, "profile_picture_url"));
  candidate->followers = smm_json_get_int (object, "followers_count", -1);
  candidate->token_expires_in = expires != NULL ? g_ascii_strtoll (expires, NULL, 10) : 0;
  if (g_strcmp0 (type, "PERSONAL") == 0)
    candidate->problem = g_strdup (_ ("Only professional accounts can be posted to. Change the "
                                      "account’s type in the Instagram app."));
  /* From here on the token is the account's; there is no other. */
  candidate->token = g_steal_pointer (&grant->person_token);
  g_free (grant->person_id);
  g_free (grant->person_name);
  grant->person_id = g_strdup (id);
  grant->person_name = g_strdup (candidate->name);
  candidate->remote_id = g_steal_pointer (&id);
  g_ptr_array_add (grant->candidates, candidate);
  return TRUE;
}

gboolean
smm_instagram_login_apply_sign_in (SmmGrant *grant, GHashTable *progress, SmmResponse *response,
                                   GError **error)
{
  g_auto (SmmMetaAnswer) answer = { 0 };
  const char *phase = get_phase (progress);
  const char *said;

  smm_meta_answer_read (&answer, response);
  /* api.instagram.com has a shape of its own for errors. */
  said = answer.message != NULL ? answer.message
                                : smm_json_get_string (answer.object, "error_message");
  if (!smm_meta_answer_is_good (&answer, response))
    {
      if (answer.is_error || said != NULL)
        g_set_error (error, SMM_PLATFORM_ERROR, SMM_PLATFORM_ERROR_REFUSED,
                     _ ("Instagram refused the sign-in: %s Start it again."),
                     said != NULL ? said : "");
      else
        g_set_error (error, SMM_PLATFORM_ERROR, SMM_PLATFORM_ERROR_ANSWER,
                     _ ("Instagram did not answer the sign-in (%s). Start it again."),
                     response->error != NULL ? response->error : _ ("unreadable answer"));
      return FALSE;
    }
  if (strcmp (phase, "code") == 0)
    {
      set_phase (progress, "long");
      return take_code (grant, answer.object, error);
    }
  if (strcmp (phase, "long") == 0)
    {
      gint64 expires = CLAMP (smm_json_get_int (answer.object, "expires_in", 0), 0, G_MAXINT32);

      set_phase (progress, "me");
      g_hash_table_insert (progress, g_strdup ("expires"),
                           g_strdup_printf ("%" G_GINT64_FORMAT, expires));
      return take_token (grant, answer.object, error);
    }
  set_phase (progress, "done");
  return take_account (grant, progress, answer.object, error);
}

/* --- Health --- */

SmmRequest *
smm_instagram_login_check (const SmmAccount *account)
{
  SmmRequest *request = smm_meta_request ("GET", account, "check", "me");

  smm_request_add_param (request, "fields", "user_id,username,followers_count");
  return request;
}

SmmOutcome *
smm_instagram_login_apply_check (const SmmAccount *account, SmmResponse *response)
{
  g_auto (SmmMetaAnswer) answer = { 0 };
  g_autofree char *id = NULL;

  smm_meta_answer_read (&answer, response);
  if (smm_meta_answer_is_good (&answer, response))
    id = smm_json_dup_id (answer.object, "user_id");
  if (g_strcmp0 (id, account->remote_id) == 0)
    return smm_meta_outcome_new (SMM_OUTCOME_DONE);
  return smm_meta_classify (account, SMM_STEP_CONFIRM, &answer, response);
}

/* --- The next token --- */

SmmRequest *
smm_instagram_login_refresh (const SmmAccount *account, const SmmTokens *tokens, const char *app_id,
                             const char *app_secret)
{
  SmmRequest *request;

  if (tokens->account == NULL)
    return NULL;
  request = smm_request_new ("GET", SMM_ENDPOINT_META_INSTAGRAM_GRAPH, "/refresh_access_token");
  request->purpose = g_strdup ("refresh");
  request->account_id = g_strdup (account->id);
  smm_request_add_param (request, "grant_type", "ig_refresh_token");
  smm_request_add_secret (request, "access_token", tokens->account);
  return request;
}

/**
 * smm_instagram_login_apply_refresh:
 * @account: the account
 * @tokens: written on success only
 * @response: the answer
 * @now: µs UTC
 * @error: SMM_PLATFORM_ERROR_DENIED when the token is dead, ANSWER when the old one may still do
 */
gboolean
smm_instagram_login_apply_refresh (const SmmAccount *account, SmmTokens *tokens,
                                   SmmResponse *response, gint64 now, GError **error)
{
  g_auto (SmmMetaAnswer) answer = { 0 };
  const char *token;
  gint64 expires;

  smm_meta_answer_read (&answer, response);
  if (answer.is_error && (answer.code == 190 || answer.code == 102))
    {
      g_set_error (error, SMM_PLATFORM_ERROR, SMM_PLATFORM_ERROR_DENIED,
                   _ ("The sign-in of “%s” has ended. Connect it again."), account->name);
      return FALSE;
    }
  token = smm_meta_answer_is_good (&answer, response) ? get_token (answer.object) : NULL;
  expires = smm_json_get_int (answer.object, "expires_in", 0);
  if (token == NULL || expires <= 0)
    {
      g_set_error (error, SMM_PLATFORM_ERROR, SMM_PLATFORM_ERROR_ANSWER,
                   _ ("Instagram did not renew the sign-in of “%s” (%s)"), account->name,
                   answer.message != NULL    ? answer.message
                   : response->error != NULL ? response->error
                                             : _ ("unreadable answer"));
      return FALSE;
    }
  wipe (&tokens->account);
  tokens->account = g_strdup (token);
  tokens->expires_at = now + MIN (expires, G_MAXINT32) * (gint64)G_USEC_PER_SEC;
  return TRUE;
}

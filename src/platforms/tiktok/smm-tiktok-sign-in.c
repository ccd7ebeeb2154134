/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Login Kit for Desktop (api/tiktok.md section 2): code → tokens → who it is. The access token
 * lives for hours, the refresh token for months, and each refresh replaces both (section 2.7).
 */

#include "config.h"

#include "smm-tiktok.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_TOKEN 4096
#define MAX_SECONDS (10 * 366 * (gint64)86400)
/* No more than what is used: a scope the app was not given makes the whole page fail. */
#define SCOPES "user.info.basic,user.info.profile,video.publish,video.upload"

SmmRequest *
smm_tiktok_authorize (const char *app_id, const char *redirect_uri, const char *state,
                      const char *challenge, gboolean again)
{
  SmmRequest *request
      = smm_request_new ("GET", SMM_ENDPOINT_TIKTOK_AUTHORIZE, "/v2/auth/authorize/");

  smm_request_add_query (request, "client_key", app_id);
  smm_request_add_query (request, "response_type", "code");
  smm_request_add_query (request, "scope", SCOPES);
  smm_request_add_query (request, "redirect_uri", redirect_uri);
  smm_request_add_query (request, "state", state);
  if (challenge != NULL)
    {
      smm_request_add_query (request, "code_challenge", challenge);
      smm_request_add_query (request, "code_challenge_method", "S256");
    }
  /* A second try shows the page, so that what was unticked can be ticked. */
  if (again)
    smm_request_add_query (request, "disable_auto_auth", "1");
  return request;
}

static SmmRequest *
new_oauth (const char *path, const char *purpose, const char *app_id, const char *app_secret)
{
  SmmRequest *request = smm_request_new ("POST", SMM_ENDPOINT_TIKTOK_API, "/v2/oauth/%s", path);

  request->purpose = g_strdup (purpose);
  request->body = SMM_BODY_FORM;
  smm_request_add_param (request, "client_key", app_id != NULL ? app_id : "");
  if (app_secret != NULL)
    smm_request_add_secret (request, "client_secret", app_secret);
  return request;
}

static SmmCandidate *
get_candidate (SmmGrant *grant)
{
  return grant->candidates->len > 0 ? grant->candidates->pdata[0] : NULL;
}

static gboolean
is_granted (const char *scopes, const char *scope)
{
  g_auto (GStrv) list = g_strsplit (scopes != NULL ? scopes : "", " ", -1);

  return g_strv_contains ((const char *const *)list, scope);
}

/* Only what the scopes cover: a field too many may be an error (section 4.1). */
static SmmRequest *
who_request (SmmGrant *grant)
{
  SmmRequest *request = smm_request_new ("GET", SMM_ENDPOINT_TIKTOK_API, "/v2/user/info/");
  char *value = g_strconcat ("Bearer ", get_candidate (grant)->token, NULL);

  smm_request_add_header (request, "Authorization", value);
  explicit_bzero (value, strlen (value));
  g_free (value);
  smm_request_add_param (request, "fields",
                         is_granted (grant->scopes, "user.info.profile")
                             ? "open_id,avatar_url,display_name,username"
                             : "open_id,avatar_url,display_name");
  request->purpose = g_strdup ("sign-in");
  return request;
}

static const char *
get_phase (GHashTable *progress)
{
  const char *phase = g_hash_table_lookup (progress, "phase");

  return phase != NULL ? phase : "code";
}

SmmRequest *
smm_tiktok_next_sign_in (SmmGrant *grant, GHashTable *progress, const char *app_id,
                         const char *app_secret, const char *redirect_uri, const char *code,
                         const char *verifier)
{
  const char *phase = get_phase (progress);
  SmmRequest *request;

  if (strcmp (phase, "code") == 0)
    {
      request = new_oauth ("token/", "sign-in", app_id, app_secret);
      smm_request_add_secret (request, "code", code);
      smm_request_add_param (request, "grant_type", "authorization_code");
      smm_request_add_param (request, "redirect_uri", redirect_uri);
      smm_request_add_secret (request, "code_verifier", verifier);
      return request;
    }
  if (strcmp (phase, "who") == 0 && get_candidate (grant) != NULL)
    return who_request (grant);
  return NULL;
}

/* --- Answers of the OAuth endpoints: flat, and an error is a text (section 1) --- */

typedef struct
{
  JsonNode *root;
  JsonObject *object;
  const char *error; /* NULL: none */
  char *description;
} OauthAnswer;

static void
oauth_clear (OauthAnswer *answer)
{
  g_clear_pointer (&answer->root, json_node_unref);
  g_clear_pointer (&answer->description, g_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (OauthAnswer, oauth_clear)

static void
oauth_read (OauthAnswer *answer, SmmResponse *response)
{
  const char *description;

  if (response->sent == SMM_SENT_ANSWERED)
    answer->root = smm_json_parse (response->body, NULL);
  if (answer->root == NULL)
    return;
  answer->object = json_node_get_object (answer->root);
  answer->error = smm_json_get_string (answer->object, "error");
  if (answer->error != NULL && *answer->error == '\0')
    answer->error = NULL;
  description = smm_json_get_string (answer->object, "error_description");
  if (description == NULL)
    description = answer->error != NULL ? answer->error : "";
  answer->description
      = g_utf8_substring (description, 0, MIN (g_utf8_strlen (description, -1), 300));
}

/* It goes into a header. */
static char *
dup_token (JsonObject *object, const char *member)
{
  const char *token = smm_json_get_string (object, member);

  if (token == NULL || *token == '\0' || strlen (token) > MAX_TOKEN)
    return NULL;
  for (const char *p = token; *p != '\0'; p++)
    if (!g_ascii_isgraph (*p))
      return NULL;
  return g_strdup (token);
}

static gint64
read_seconds (JsonObject *object, const char *member)
{
  return CLAMP (smm_json_get_int (object, member, 0), 0, MAX_SECONDS);
}

static gboolean
is_open_id (const char *id)
{
  gsize n = id != NULL ? strlen (id) : 0;

  if (n == 0 || n > 128)
    return FALSE;
  for (const char *p = id; *p != '\0'; p++)
    if (!g_ascii_isalnum (*p) && *p != '-' && *p != '_' && *p != '.')
      return FALSE;
  return TRUE;
}

static char *
dup_scopes (JsonObject *object)
{
  const char *text = smm_json_get_string (object, "scope");
  g_autoptr (GString) scopes = g_string_new (NULL);
  g_auto (GStrv) list
      = g_strsplit_set (text != NULL && strlen (text) <= 1000 ? text : "", ", ", -1);

  for (guint i = 0; list[i] != NULL; i++)
    if (*list[i] != '\0')
      g_string_append_printf (scopes, "%s%s", scopes->len > 0 ? " " : "", list[i]);
  return g_strdup (scopes->str);
}

/* --- Sign-in --- */

static gboolean
fail_sign_in (GError **error, const char *what)
{
  g_set_error (error, SMM_PLATFORM_ERROR, SMM_PLATFORM_ERROR_ANSWER,
               _ ("TikTok did not answer the sign-in (%s). Start it again."), what);
  return FALSE;
}

/* What was unticked, by what will not work. */
static char *
describe_missing (const char *scopes)
{
  g_autoptr (GString) note = g_string_new (NULL);

  if (!is_granted (scopes, "video.publish"))
    g_string_append (note, _ ("Posting directly was not allowed: videos can only be sent to the "
                              "TikTok inbox, to be finished in the TikTok app."));
  if (!is_granted (scopes, "video.upload"))
    g_string_append (note, _ ("Drafts were not allowed: videos can only be posted directly."));
  if (!is_granted (scopes, "user.info.profile"))
    g_string_append_printf (note, "%s%s", note->len > 0 ? " " : "",
                            _ ("The user name was not shared: links to posts may be missing."));
  return note->len > 0 ? g_strdup (note->str) : NULL;
}

static gboolean
take_tokens (SmmGrant *grant, GHashTable *progress, SmmResponse *response, GError **error)
{
  g_auto (OauthAnswer) answer = { 0 };
  g_autofree char *open_id = NULL;
  SmmCandidate *candidate;
  char *token;

  oauth_read (&answer, response);
  if (answer.error != NULL)
    {
      g_set_error (error, SMM_PLATFORM_ERROR, SMM_PLATFORM_ERROR_REFUSED,
                   _ ("TikTok refused the sign-in: %s Start it again."), answer.description);
      return FALSE;
    }
  open_id = smm_json_dup_id (answer.object, "open_id");
  token = response->status < 300 ? dup_token (answer.object, "access_token") : NULL;
  if (token == NULL || !is_open_id (open_id))
    {
      if (token != NULL)
        explicit_bzero (token, strlen (token));
      g_free (token);
      return fail_sign_in (error,
                           response->error != NULL ? response->error : _ ("unreadable answer"));
    }
  candidate = g_new0 (SmmCandidate, 1);
  candidate->platform = SMM_PLATFORM_TIKTOK;
  candidate->remote_id = g_steal_pointer (&open_id);
  candidate->token = token;
  candidate->refresh_token = dup_token (answer.object, "refresh_token");
  candidate->token_expires_in = read_seconds (answer.object, "expires_in");
  candidate->refresh_expires_in = read_seconds (answer.object, "refresh_expires_in");
  candidate->followers = -1;
  g_ptr_array_set_size (grant->candidates, 0);
  g_ptr_array_add (grant->candidates, candidate);
  g_free (grant->scopes);
  grant->scopes = dup_scopes (answer.object);
  candidate->note = describe_missing (grant->scopes);
  g_free (grant->person_id);
  grant->person_id = g_strdup (candidate->remote_id);
  g_hash_table_insert (progress, g_strdup ("phase"), g_strdup ("who"));
  if (is_granted (grant->scopes, "video.publish") || is_granted (grant->scopes, "video.upload"))
    return TRUE;
  g_set_error (error, SMM_PLATFORM_ERROR, SMM_PLATFORM_ERROR_DENIED,
               _ ("Neither posting nor drafts were allowed, and nothing can be published without: "
                  "video.publish, video.upload. Sign in again and leave everything ticked; your "
                  "TikTok app must have been given them, too."));
  return FALSE;
}

static char *
dup_name (JsonObject *user, const char *member)
{
  const char *name = smm_json_get_string (user, member);

  return name != NULL && *name != '\0' && strlen (name) <= 400 ? g_strdup (name) : NULL;
}

static gboolean
take_person (SmmGrant *grant, GHashTable *progress, SmmResponse *response, GError **error)
{
  g_auto (SmmTiktokAnswer) answer = { 0 };
  SmmCandidate *candidate = get_candidate (grant);
  g_autofree char *open_id = NULL;
  const char *username;
  JsonObject *user;

  smm_tiktok_answer_read (&answer, response);
  user = answer.is_ok ? smm_json_get_object (answer.data, "user") : NULL;
  open_id = smm_json_dup_id (user, "open_id");
  if (candidate == NULL || g_strcmp0 (open_id, candidate->remote_id) != 0)
    {
      if (answer.code == NULL)
        return fail_sign_in (error,
                             response->error != NULL ? response->error : _ ("unreadable answer"));
      g_set_error (error, SMM_PLATFORM_ERROR, SMM_PLATFORM_ERROR_REFUSED,
                   _ ("TikTok refused the sign-in: %s Start it again."),
                   answer.message != NULL ? answer.message : answer.code);
      return FALSE;
    }
  username = smm_json_get_string (user, "username");
  candidate->username = smm_tiktok_is_user_name (username) ? g_strdup (username) : NULL;
  candidate->name = dup_name (user, "display_name");
  if (candidate->name == NULL)
    candidate->name = g_strdup (candidate->username != NULL ? candidate->username : "TikTok");
  candidate->picture_url = dup_name (user, "avatar_url");
  g_free (grant->person_name);
  grant->person_name = g_strdup (candidate->name);
  g_hash_table_insert (progress, g_strdup ("phase"), g_strdup ("done"));
  return TRUE;
}

gboolean
smm_tiktok_apply_sign_in (SmmGrant *grant, GHashTable *progress, SmmResponse *response,
                          GError **error)
{
  if (strcmp (get_phase (progress), "code") == 0)
    return take_tokens (grant, progress, response, error);
  return take_person (grant, progress, response, error);
}

/* --- Health, end --- */

SmmRequest *
smm_tiktok_check (const SmmAccount *account)
{
  SmmRequest *request = smm_request_new ("GET", SMM_ENDPOINT_TIKTOK_API, "/v2/user/info/");

  request->auth = SMM_AUTH_BEARER;
  request->purpose = g_strdup ("check");
  request->account_id = g_strdup (account->id);
  smm_request_add_param (request, "fields", "open_id");
  return request;
}

SmmOutcome *
smm_tiktok_apply_check (const SmmAccount *account, SmmResponse *response)
{
  g_auto (SmmTiktokAnswer) answer = { 0 };
  g_autofree char *open_id = NULL;

  smm_tiktok_answer_read (&answer, response);
  if (answer.is_ok)
    open_id = smm_json_dup_id (smm_json_get_object (answer.data, "user"), "open_id");
  if (open_id == NULL || g_strcmp0 (open_id, account->remote_id) != 0)
    return smm_tiktok_classify (account, TRUE, &answer, response);
  return smm_tiktok_outcome_new (SMM_OUTCOME_DONE);
}

SmmRequest *
smm_tiktok_revoke (const SmmAccount *account)
{
  SmmRequest *request = new_oauth ("revoke/", "revoke", account->app_id, NULL);

  request->account_id = g_strdup (account->id);
  return request;
}

/* Success is an empty body or {} (section 2.8). */
SmmOutcome *
smm_tiktok_apply_revoke (const SmmAccount *account, SmmResponse *response)
{
  g_auto (OauthAnswer) answer = { 0 };
  SmmOutcome *outcome;

  oauth_read (&answer, response);
  if (response->sent == SMM_SENT_ANSWERED && response->status >= 200 && response->status < 300
      && answer.error == NULL
      && (g_bytes_get_size (response->body) == 0
          || (answer.object != NULL
              && (!json_object_has_member (answer.object, "error")
                  || g_strcmp0 (
                         smm_json_get_string (smm_json_get_object (answer.object, "error"), "code"),
                         "ok")
                         == 0))))
    return smm_tiktok_outcome_new (SMM_OUTCOME_DONE);
  outcome = smm_tiktok_outcome_new (SMM_OUTCOME_RETRY);
  smm_tiktok_outcome_say (outcome, "not-revoked", "retry",
                          _ ("TikTok did not confirm that the sign-in has ended"));
  return outcome;
}

/* --- Refresh: the old refresh token dies with the answer (section 2.7) --- */

SmmRequest *
smm_tiktok_refresh (const SmmAccount *account, const SmmTokens *tokens, const char *app_id,
                    const char *app_secret)
{
  SmmRequest *request;

  if (tokens->refresh == NULL || app_id == NULL || app_secret == NULL)
    return NULL;
  request = new_oauth ("token/", "refresh", app_id, app_secret);
  request->account_id = g_strdup (account->id);
  smm_request_add_param (request, "grant_type", "refresh_token");
  smm_request_add_secret (request, "refresh_token", tokens->refresh);
  return request;
}

/* invalid_grant is not on TikTok's own list (section 2.9), invalid_request with a hint at the token
 * is what stands there. */
static gboolean
is_denied (const OauthAnswer *answer)
{
  g_autofree char *description = NULL;

  if (strcmp (answer->error, "invalid_grant") == 0 || strcmp (answer->error, "access_denied") == 0)
    return TRUE;
  description = g_utf8_strdown (answer->description, -1);
  return strcmp (answer->error, "invalid_request") == 0 && strstr (description, "refresh") != NULL
         && strstr (description, "token") != NULL
         && (strstr (description, "invalid") != NULL || strstr (description, "expired") != NULL);
}

static gboolean
fail_refresh (const SmmAccount *account, const OauthAnswer *answer, SmmResponse *response,
              GError **error)
{
  if (answer->error != NULL && is_denied (answer))
    g_set_error (error, SMM_PLATFORM_ERROR, SMM_PLATFORM_ERROR_DENIED,
                 _ ("TikTok no longer accepts the sign-in of “%s”. Sign in again."), account->name);
  else if (answer->error != NULL && response->status < 500
           && strcmp (answer->error, "server_error") != 0)
    g_set_error (error, SMM_PLATFORM_ERROR, SMM_PLATFORM_ERROR_REFUSED,
                 _ ("TikTok did not renew the sign-in of “%s”: %s Check the keys of your TikTok "
                    "app."),
                 account->name, answer->description);
  else
    g_set_error (error, SMM_PLATFORM_ERROR, SMM_PLATFORM_ERROR_ANSWER,
                 _ ("TikTok did not answer when the sign-in of “%s” was renewed (%s)"),
                 account->name,
                 response->error != NULL ? response->error : _ ("unreadable answer"));
  return FALSE;
}

static void
replace_secret (char **secret, char *with)
{
  if (*secret != NULL)
    explicit_bzero (*secret, strlen (*secret));
  g_free (*secret);
  *secret = with;
}

gboolean
smm_tiktok_apply_refresh (const SmmAccount *account, SmmTokens *tokens, SmmResponse *response,
                          gint64 now, GError **error)
{
  g_auto (OauthAnswer) answer = { 0 };
  g_autofree char *open_id = NULL;
  gint64 seconds;
  char *token, *refresh;

  oauth_read (&answer, response);
  token = answer.error == NULL && response->sent == SMM_SENT_ANSWERED && response->status < 300
              ? dup_token (answer.object, "access_token")
              : NULL;
  if (token == NULL)
    return fail_refresh (account, &answer, response, error);
  open_id = smm_json_dup_id (answer.object, "open_id");
  if (open_id != NULL && g_strcmp0 (open_id, account->remote_id) != 0)
    {
      explicit_bzero (token, strlen (token));
      g_free (token);
      g_set_error (error, SMM_PLATFORM_ERROR, SMM_PLATFORM_ERROR_DENIED,
                   _ ("TikTok renewed the sign-in of another account than “%s”. Sign in again."),
                   account->name);
      return FALSE;
    }
  replace_secret (&tokens->account, token);
  /* What the answer leaves out stays as it is. */
  refresh = dup_token (answer.object, "refresh_token");
  if (refresh != NULL)
    replace_secret (&tokens->refresh, refresh);
  seconds = read_seconds (answer.object, "expires_in");
  tokens->expires_at = seconds > 0 ? now + seconds * G_USEC_PER_SEC : 0;
  seconds = read_seconds (answer.object, "refresh_expires_in");
  if (seconds > 0)
    tokens->refresh_expires_at = now + seconds * G_USEC_PER_SEC;
  return TRUE;
}

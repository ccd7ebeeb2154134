/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Facebook Login (api/meta.md section 2): code → user token → long-lived token → who → permissions
 * → Pages. Page tokens made with a long-lived user token do not expire (section 2.5).
 */

#include "config.h"

#include "smm-meta.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_PAGES 50
#define MAX_TOKEN 4096

/* What the dialog leads through, and what its pages are made of. Parts: UNCONFIRMED beyond Meta's
 * own domains for static files. */
const char *const smm_meta_pages[] = { "facebook.com", NULL };
const char *const smm_meta_parts[] = { "fbcdn.net", "facebook.net", "fbsbx.com", NULL };

#define SCOPES                                                                                     \
  "pages_show_list,pages_read_engagement,pages_read_user_content,pages_manage_posts,"              \
  "pages_manage_engagement,read_insights,instagram_basic,instagram_content_publish,"               \
  "instagram_manage_comments,instagram_manage_insights,business_management"

static const char *const needed_for_pages[] = { "pages_show_list", "pages_manage_posts", NULL };
static const char *const needed_for_instagram[]
    = { "pages_show_list", "pages_manage_posts", "instagram_basic", "instagram_content_publish",
        NULL };

SmmRequest *
smm_meta_authorize (const char *app_id, const char *redirect_uri, const char *state,
                    const char *challenge, gboolean again)
{
  SmmRequest *request
      = smm_request_new ("GET", SMM_ENDPOINT_META_DIALOG, "/" SMM_GRAPH_VERSION "/dialog/oauth");

  smm_request_add_query (request, "client_id", app_id);
  smm_request_add_query (request, "redirect_uri", redirect_uri);
  smm_request_add_query (request, "state", state);
  smm_request_add_query (request, "response_type", "code");
  smm_request_add_query (request, "scope", SCOPES);
  if (challenge != NULL)
    {
      smm_request_add_query (request, "code_challenge", challenge);
      smm_request_add_query (request, "code_challenge_method", "S256");
    }
  if (again)
    smm_request_add_query (request, "auth_type", "rerequest");
  return request;
}

/* A token goes as a secret parameter: requests of a sign-in have no account to take it from. */
static SmmRequest *
new_request (const char *method, const char *path)
{
  SmmRequest *request
      = smm_request_new (method, SMM_ENDPOINT_META_GRAPH, "/" SMM_GRAPH_VERSION "/%s", path);

  request->purpose = g_strdup ("sign-in");
  if (strcmp (method, "POST") == 0)
    request->body = SMM_BODY_FORM;
  return request;
}

static SmmRequest *
new_read (SmmGrant *grant, const char *path, const char *fields)
{
  SmmRequest *request = new_request ("GET", path);
  char *value = g_strconcat ("Bearer ", grant->person_token, NULL);

  smm_request_add_header (request, "Authorization", value);
  explicit_bzero (value, strlen (value));
  g_free (value);
  if (fields != NULL)
    smm_request_add_param (request, "fields", fields);
  return request;
}

static const char *
get_phase (GHashTable *progress)
{
  const char *phase = g_hash_table_lookup (progress, "phase");

  return phase != NULL ? phase : "code";
}

SmmRequest *
smm_meta_next_sign_in (SmmGrant *grant, GHashTable *progress, const char *app_id,
                       const char *app_secret, const char *redirect_uri, const char *code,
                       const char *verifier)
{
  const char *phase = get_phase (progress);
  SmmRequest *request;

  if (strcmp (phase, "code") == 0)
    {
      request = new_request ("POST", "oauth/access_token");
      smm_request_add_param (request, "client_id", app_id);
      smm_request_add_param (request, "redirect_uri", redirect_uri);
      smm_request_add_secret (request, "client_secret", app_secret);
      smm_request_add_secret (request, "code", code);
      smm_request_add_secret (request, "code_verifier", verifier);
      return request;
    }
  if (strcmp (phase, "long") == 0)
    {
      request = new_request ("POST", "oauth/access_token");
      smm_request_add_param (request, "grant_type", "fb_exchange_token");
      smm_request_add_param (request, "client_id", app_id);
      smm_request_add_secret (request, "client_secret", app_secret);
      smm_request_add_secret (request, "fb_exchange_token", grant->person_token);
      return request;
    }
  if (strcmp (phase, "me") == 0)
    return new_read (grant, "me", "id,name");
  if (strcmp (phase, "permissions") == 0)
    return new_read (grant, "me/permissions", NULL);
  if (strcmp (phase, "accounts") == 0)
    {
      const char *after = g_hash_table_lookup (progress, "after");

      request = new_read (grant, "me/accounts",
                          "id,name,username,tasks,access_token,followers_count,"
                          "instagram_business_account{id,username,name,followers_count}");
      smm_request_add_param (request, "limit", "100");
      if (after != NULL)
        smm_request_add_param (request, "after", after);
      request->max_reply = 1024 * 1024;
      return request;
    }
  return NULL;
}

static void
set_phase (GHashTable *progress, const char *phase)
{
  g_hash_table_insert (progress, g_strdup ("phase"), g_strdup (phase));
}

static gboolean
take_token (SmmGrant *grant, JsonObject *object, GError **error)
{
  const char *token = smm_json_get_string (object, "access_token");
  gint64 expires_in = smm_json_get_int (object, "expires_in", 0);

  if (token == NULL || *token == '\0' || strlen (token) > MAX_TOKEN
      || strpbrk (token, "\r\n") != NULL)
    {
      g_set_error (error, SMM_PLATFORM_ERROR, SMM_PLATFORM_ERROR_ANSWER,
                   _ ("Facebook’s answer holds no token. Start the sign-in again."));
      return FALSE;
    }
  if (grant->person_token != NULL)
    explicit_bzero (grant->person_token, strlen (grant->person_token));
  g_free (grant->person_token);
  grant->person_token = g_strdup (token);
  /* Seconds from now; who stores it adds the clock. */
  grant->person_token_expires_at = MAX (expires_in, 0);
  return TRUE;
}

static gboolean
is_granted (const char *scopes, const char *scope)
{
  g_auto (GStrv) list = g_strsplit (scopes, " ", -1);

  return g_strv_contains ((const char *const *)list, scope);
}

static gboolean
has_all (const char *scopes, const char *const *needed)
{
  for (; *needed != NULL; needed++)
    if (!is_granted (scopes != NULL ? scopes : "", *needed))
      return FALSE;
  return TRUE;
}

static gboolean
take_permissions (SmmGrant *grant, JsonObject *object, SmmPlatformId platform, GError **error)
{
  JsonArray *list = smm_json_get_array (object, "data");
  g_autoptr (GString) scopes = g_string_new (NULL);
  g_autoptr (GString) missing = g_string_new (NULL);
  const char *const *needed
      = platform == SMM_PLATFORM_INSTAGRAM ? needed_for_instagram : needed_for_pages;

  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++)
    {
      JsonNode *node = json_array_get_element (list, i);
      JsonObject *item = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
      const char *name = smm_json_get_string (item, "permission");

      if (name != NULL && g_strcmp0 (smm_json_get_string (item, "status"), "granted") == 0)
        g_string_append_printf (scopes, "%s%s", scopes->len > 0 ? " " : "", name);
    }
  for (; *needed != NULL; needed++)
    if (!is_granted (scopes->str, *needed))
      g_string_append_printf (missing, "%s%s", missing->len > 0 ? ", " : "", *needed);
  g_free (grant->scopes);
  grant->scopes = g_strdup (scopes->str);
  if (missing->len == 0)
    return TRUE;
  g_set_error (error, SMM_PLATFORM_ERROR, SMM_PLATFORM_ERROR_DENIED,
               _ ("Some permissions were not given, and nothing can be posted without them: %s. "
                  "Sign in again and leave everything ticked."),
               missing->str);
  return FALSE;
}

static gboolean
may_publish (JsonObject *page)
{
  JsonArray *tasks = smm_json_get_array (page, "tasks");

  for (guint i = 0; tasks != NULL && i < json_array_get_length (tasks); i++)
    {
      JsonNode *node = json_array_get_element (tasks, i);
      const char *task = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_string (node) : NULL;

      if (g_strcmp0 (task, "CREATE_CONTENT") == 0 || g_strcmp0 (task, "MANAGE") == 0)
        return TRUE;
    }
  return FALSE;
}

/* Ids go into paths later: only what ids are made of is taken. */
static gboolean
is_id (const char *id)
{
  return id != NULL && *id != '\0' && strlen (id) <= 64 && strspn (id, "0123456789") == strlen (id);
}

static void
add_candidate (SmmGrant *grant, SmmPlatformId platform, JsonObject *page)
{
  JsonObject *instagram = smm_json_get_object (page, "instagram_business_account");
  JsonObject *own = platform == SMM_PLATFORM_INSTAGRAM ? instagram : page;
  const char *token = smm_json_get_string (page, "access_token");
  SmmCandidate *candidate;

  if (own == NULL)
    return;
  candidate = g_new0 (SmmCandidate, 1);
  candidate->platform = platform;
  candidate->remote_id = smm_json_dup_id (own, "id");
  if (platform == SMM_PLATFORM_INSTAGRAM)
    candidate->parent_remote_id = smm_json_dup_id (page, "id");
  candidate->username = g_strdup (smm_json_get_string (own, "username"));
  candidate->name = g_strdup (smm_json_get_string (own, "name"));
  if (candidate->name == NULL)
    candidate->name = g_strdup (candidate->username != NULL ? candidate->username : "?");
  candidate->followers = smm_json_get_int (own, "followers_count", -1);
  if (token != NULL && strlen (token) <= MAX_TOKEN && strpbrk (token, "\r\n") == NULL)
    candidate->token = g_strdup (token);
  if (!is_id (candidate->remote_id)
      || (platform == SMM_PLATFORM_INSTAGRAM && !is_id (candidate->parent_remote_id)))
    {
      smm_candidate_free (candidate);
      return;
    }
  if (candidate->token == NULL)
    candidate->problem = g_strdup (_ ("Facebook gave no access to it. Tick it in the sign-in."));
  else if (!may_publish (page))
    candidate->problem
        = g_strdup (_ ("You may not publish here. Ask its owner for the right to create content."));
  else if (!has_all (grant->scopes,
                     platform == SMM_PLATFORM_INSTAGRAM ? needed_for_instagram : needed_for_pages))
    candidate->problem = g_strdup (_ ("A permission is missing. Sign in again and leave everything "
                                      "ticked."));
  g_ptr_array_add (grant->candidates, candidate);
}

static gboolean
take_accounts (SmmGrant *grant, GHashTable *progress, JsonObject *object, SmmPlatformId platform,
               GError **error)
{
  JsonArray *list = smm_json_get_array (object, "data");
  JsonObject *paging = smm_json_get_object (object, "paging");
  const char *after = smm_json_get_string (smm_json_get_object (paging, "cursors"), "after");
  const char *pages = g_hash_table_lookup (progress, "pages");
  int n = pages != NULL ? atoi (pages) : 0;

  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++)
    {
      JsonNode *node = json_array_get_element (list, i);

      if (!JSON_NODE_HOLDS_OBJECT (node))
        continue;
      add_candidate (grant, platform, json_node_get_object (node));
      /* The Instagram account linked to a Page comes with it. */
      if (platform == SMM_PLATFORM_FACEBOOK)
        add_candidate (grant, SMM_PLATFORM_INSTAGRAM, json_node_get_object (node));
    }
  if (smm_json_get_string (paging, "next") != NULL && after != NULL && n < MAX_PAGES)
    {
      g_hash_table_insert (progress, g_strdup ("after"), g_strdup (after));
      g_hash_table_insert (progress, g_strdup ("pages"), g_strdup_printf ("%d", n + 1));
      return TRUE;
    }
  set_phase (progress, "done");
  if (grant->candidates->len > 0)
    return TRUE;
  g_set_error (error, SMM_PLATFORM_ERROR, SMM_PLATFORM_ERROR_REFUSED,
               platform == SMM_PLATFORM_INSTAGRAM
                   ? _ ("No Instagram account was found. It must be a professional account that is "
                        "linked to a Facebook Page which you ticked in the sign-in.")
                   : _ ("No Page was found. Tick your Page in the sign-in; if it belongs to a "
                        "business, its owner must give you a role on it."));
  return FALSE;
}

gboolean
smm_meta_apply_sign_in (SmmGrant *grant, GHashTable *progress, SmmResponse *response,
                        SmmPlatformId platform, GError **error)
{
  g_auto (SmmMetaAnswer) answer = { 0 };
  const char *phase = get_phase (progress);

  smm_meta_answer_read (&answer, response);
  if (answer.object == NULL || answer.is_error || response->status >= 300)
    {
      if (answer.is_error)
        g_set_error (error, SMM_PLATFORM_ERROR, SMM_PLATFORM_ERROR_REFUSED,
                     _ ("Facebook refused the sign-in: %s Start it again."),
                     answer.message != NULL ? answer.message : "");
      else
        g_set_error (error, SMM_PLATFORM_ERROR, SMM_PLATFORM_ERROR_ANSWER,
                     _ ("Facebook did not answer the sign-in (%s). Start it again."),
                     response->error != NULL ? response->error : _ ("unreadable answer"));
      return FALSE;
    }
  if (strcmp (phase, "code") == 0 || strcmp (phase, "long") == 0)
    {
      if (!take_token (grant, answer.object, error))
        return FALSE;
      set_phase (progress, strcmp (phase, "code") == 0 ? "long" : "me");
      return TRUE;
    }
  if (strcmp (phase, "me") == 0)
    {
      grant->person_id = smm_json_dup_id (answer.object, "id");
      grant->person_name = g_strdup (smm_json_get_string (answer.object, "name"));
      set_phase (progress, "permissions");
      return TRUE;
    }
  if (strcmp (phase, "permissions") == 0)
    {
      set_phase (progress, "accounts");
      return take_permissions (grant, answer.object, platform, error);
    }
  return take_accounts (grant, progress, answer.object, platform, error);
}

/* --- Health, end --- */

SmmRequest *
smm_meta_check (const SmmAccount *account)
{
  SmmRequest *request = smm_meta_request ("GET", account, "check", "%s", account->remote_id);

  smm_request_add_param (request, "fields", "id,followers_count");
  return request;
}

SmmOutcome *
smm_meta_apply_check (const SmmAccount *account, SmmResponse *response)
{
  g_auto (SmmMetaAnswer) answer = { 0 };
  g_autofree char *id = NULL;

  smm_meta_answer_read (&answer, response);
  if (answer.object != NULL && !answer.is_error)
    id = smm_json_dup_id (answer.object, "id");
  if (id == NULL)
    return smm_meta_classify (account, SMM_STEP_CONFIRM, &answer, response);
  return smm_meta_outcome_new (SMM_OUTCOME_DONE);
}

SmmRequest *
smm_meta_revoke (const SmmAccount *account)
{
  SmmRequest *request = smm_meta_request ("DELETE", account, "revoke", "me/permissions");

  request->token = SMM_TOKEN_PERSON;
  return request;
}

/* The documentation says true, the servers say {"success":true} (section 2.10). */
SmmOutcome *
smm_meta_apply_revoke (const SmmAccount *account, SmmResponse *response)
{
  g_auto (SmmMetaAnswer) answer = { 0 };
  gsize n;
  const char *body = g_bytes_get_data (response->body, &n);

  smm_meta_answer_read (&answer, response);
  if (response->sent == SMM_SENT_ANSWERED && response->status == 200
      && ((n == 4 && memcmp (body, "true", 4) == 0)
          || smm_json_get_bool (answer.object, "success", FALSE)))
    return smm_meta_outcome_new (SMM_OUTCOME_DONE);
  return smm_meta_classify (account, SMM_STEP_CONFIRM, &answer, response);
}

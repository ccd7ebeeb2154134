/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Meta: GET me/permissions and me/accounts of the person (api/meta.md sections 2.2, 2.5 and 2.6).
 * The token's own data-access expiry would need debug_token, which wants tokens in an address; it
 * is counted from the sign-in instead (section 2.7). Instagram Login and TikTok tell the picture.
 */

#include "config.h"

#include "smm-health.h"

#include <string.h>

#define MAX_PAGES 50
#define MAX_URL 2048
/* Twice what a card shows. */
#define PICTURE "picture.width(128).height(128){url}"

enum
{
  PHASE_PERMISSIONS,
  PHASE_PAGES,
  PHASE_DONE,
};

static void
facts_free (gpointer data)
{
  SmmHealthFacts *facts = data;

  g_free (facts->tasks);
  g_free (facts->picture_url);
  g_free (facts);
}

SmmHealth *
smm_health_new (void)
{
  SmmHealth *self = g_new0 (SmmHealth, 1);

  self->facts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, facts_free);
  return self;
}

void
smm_health_free (SmmHealth *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->facts);
  g_free (self->scopes);
  g_free (self->after);
  g_free (self);
}

/* --- Questions --- */

static SmmRequest *
new_question (const SmmAccount *account, SmmEndpoint endpoint, SmmTokenKind token, const char *path,
              const char *fields)
{
  SmmRequest *request = smm_request_new ("GET", endpoint, "%s", path);

  request->auth = SMM_AUTH_BEARER;
  request->token = token;
  request->purpose = g_strdup ("check");
  request->account_id = g_strdup (account->id);
  if (fields != NULL)
    smm_request_add_param (request, "fields", fields);
  return request;
}

static SmmRequest *
ask_meta (SmmHealth *self, const SmmAccount *account)
{
  SmmRequest *request;

  if (self->phase == PHASE_PERMISSIONS)
    return new_question (account, SMM_ENDPOINT_META_GRAPH, SMM_TOKEN_PERSON,
                         "/" SMM_GRAPH_VERSION "/me/permissions", NULL);
  request = new_question (
      account, SMM_ENDPOINT_META_GRAPH, SMM_TOKEN_PERSON, "/" SMM_GRAPH_VERSION "/me/accounts",
      "id,tasks," PICTURE ",instagram_business_account{id,profile_picture_url}");
  smm_request_add_param (request, "limit", "100");
  if (self->after != NULL)
    smm_request_add_param (request, "after", self->after);
  return request;
}

SmmRequest *
smm_health_next (SmmHealth *self, const SmmAccount *account)
{
  if (self->phase == PHASE_DONE)
    return NULL;
  if (account->platform == SMM_PLATFORM_TIKTOK)
    return new_question (account, SMM_ENDPOINT_TIKTOK_API, SMM_TOKEN_ACCOUNT, "/v2/user/info/",
                         "open_id,avatar_url");
  if (account->login != NULL)
    return new_question (account, SMM_ENDPOINT_META_INSTAGRAM_GRAPH, SMM_TOKEN_ACCOUNT,
                         "/" SMM_GRAPH_VERSION "/me", "user_id,profile_picture_url");
  return ask_meta (self, account);
}

/* --- Answers --- */

/* Of each account the last word counts: a list may name it twice. */
static void
learn (SmmHealth *self, char *remote_id, char *tasks, const char *picture_url)
{
  SmmHealthFacts *facts = g_new0 (SmmHealthFacts, 1);

  facts->tasks = tasks;
  if (picture_url != NULL && strlen (picture_url) <= MAX_URL)
    facts->picture_url = g_strdup (picture_url);
  g_hash_table_replace (self->facts, remote_id, facts);
}

/* Names are made of capitals: what is not is left out. */
static char *
join_tasks (JsonArray *list)
{
  GString *tasks = g_string_new (NULL);

  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++)
    {
      JsonNode *node = json_array_get_element (list, i);
      const char *task = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_string (node) : NULL;

      if (task != NULL && *task != '\0' && strlen (task) <= 40
          && strspn (task, "ABCDEFGHIJKLMNOPQRSTUVWXYZ_") == strlen (task))
        g_string_append_printf (tasks, "%s%s", tasks->len > 0 ? " " : "", task);
    }
  return g_string_free (tasks, FALSE);
}

static void
take_page (SmmHealth *self, JsonObject *page)
{
  JsonObject *picture = smm_json_get_object (smm_json_get_object (page, "picture"), "data");
  JsonObject *instagram = smm_json_get_object (page, "instagram_business_account");
  char *id = smm_json_dup_id (page, "id");
  char *linked = smm_json_dup_id (instagram, "id");

  if (id != NULL)
    learn (self, id, join_tasks (smm_json_get_array (page, "tasks")),
           smm_json_get_string (picture, "url"));
  if (linked != NULL)
    learn (self, linked, NULL, smm_json_get_string (instagram, "profile_picture_url"));
}

static gboolean
take_pages (SmmHealth *self, JsonObject *object)
{
  JsonArray *list = smm_json_get_array (object, "data");
  JsonObject *paging = smm_json_get_object (object, "paging");
  const char *after = smm_json_get_string (smm_json_get_object (paging, "cursors"), "after");

  if (list == NULL)
    return FALSE;
  for (guint i = 0; i < json_array_get_length (list); i++)
    {
      JsonNode *node = json_array_get_element (list, i);

      if (JSON_NODE_HOLDS_OBJECT (node))
        take_page (self, json_node_get_object (node));
    }
  g_free (self->after);
  self->after = g_strdup (after);
  if (smm_json_get_string (paging, "next") == NULL || after == NULL)
    self->phase = PHASE_DONE;
  /* A list without an end says nothing about who is not in it. */
  else if (++self->n_pages == MAX_PAGES)
    return FALSE;
  return TRUE;
}

static gboolean
take_permissions (SmmHealth *self, JsonObject *object)
{
  JsonArray *list = smm_json_get_array (object, "data");
  g_autoptr (GString) scopes = g_string_new (NULL);

  if (list == NULL)
    return FALSE;
  for (guint i = 0; i < json_array_get_length (list); i++)
    {
      JsonNode *node = json_array_get_element (list, i);
      JsonObject *item = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
      const char *name = smm_json_get_string (item, "permission");

      if (name != NULL && g_strcmp0 (smm_json_get_string (item, "status"), "granted") == 0)
        g_string_append_printf (scopes, "%s%s", scopes->len > 0 ? " " : "", name);
    }
  g_free (self->scopes);
  self->scopes = g_strdup (scopes->str);
  self->phase = PHASE_PAGES;
  return TRUE;
}

static gboolean
take_profile (SmmHealth *self, JsonObject *profile, const char *id_name, const char *picture_name)
{
  char *id = smm_json_dup_id (profile, id_name);

  self->phase = PHASE_DONE;
  if (id == NULL)
    return FALSE;
  learn (self, id, NULL, smm_json_get_string (profile, picture_name));
  return TRUE;
}

gboolean
smm_health_apply (SmmHealth *self, const SmmAccount *account, SmmResponse *response)
{
  g_autoptr (JsonNode) root = NULL;
  JsonObject *object;

  if (response->sent != SMM_SENT_ANSWERED || response->status != 200 || response->body == NULL)
    return FALSE;
  root = smm_json_parse (response->body, NULL);
  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    return FALSE;
  object = json_node_get_object (root);
  if (account->platform == SMM_PLATFORM_TIKTOK)
    return take_profile (self, smm_json_get_object (smm_json_get_object (object, "data"), "user"),
                         "open_id", "avatar_url");
  if (account->login != NULL)
    return take_profile (self, object, "user_id", "profile_picture_url");
  return self->phase == PHASE_PERMISSIONS ? take_permissions (self, object)
                                          : take_pages (self, object);
}

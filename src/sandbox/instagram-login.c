/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "smm-sandbox.h"

#include <string.h>

/*
 * Instagram API with Instagram Login (2.12): www.instagram.com asks the person, api.instagram.com
 * exchanges the code, graph.instagram.com does the rest. An app, tokens and scopes of its own.
 */

#define CODE_LIFETIME (60 * 60 * (gint64)G_USEC_PER_SEC)
#define SHORT_LIFETIME 3600
#define LONG_LIFETIME 5183944

static const char *const known_scopes[]
    = { "instagram_business_basic",           "instagram_business_content_publish",
        "instagram_business_manage_comments", "instagram_business_manage_messages",
        "instagram_business_manage_insights", NULL };
static const char *const me_fields[]
    = { "id",           "user_id",         "username",      "name",        "profile_picture_url",
        "account_type", "followers_count", "follows_count", "media_count", NULL };

/* NULL and *unknown set when a scope does not exist. */
static char **
split_scopes (const char *text, char **unknown)
{
  g_auto (GStrv) words = g_strsplit_set (text ? text : "", ", ", -1);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; words[i] != NULL; i++)
    {
      if (words[i][0] == '\0')
        continue;
      if (!g_strv_contains (known_scopes, words[i]))
        {
          *unknown = g_strdup (words[i]);
          return NULL;
        }
      g_strv_builder_add (builder, words[i]);
    }
  return g_strv_builder_end (builder);
}

/* Who signs in: as set, else the account without a Page. */
static SimIg *
person (void)
{
  SimIg *ig = (SimIg *)sim_find (sim_world->settings.instagram_login, SIM_IG);

  if (ig == NULL && sim_world->accounts->len > 0)
    ig = g_ptr_array_index (sim_world->accounts, 0);
  return ig;
}

static void
approve (SimRequest *self, SimIg *ig, char **scopes)
{
  SimCode *code = g_new0 (SimCode, 1);
  g_autoptr (GStrvBuilder) granted = g_strv_builder_new ();
  g_autofree char *random = sim_random_text (96);
  g_autofree char *value = g_strconcat ("AQ", random, NULL);
  g_autofree char *state = g_uri_escape_string (sim_get (self, "state"), NULL, FALSE);
  g_autofree char *answer = g_strdup_printf ("code=%s&state=%s#_", value, state);

  for (guint i = 0; scopes[i] != NULL; i++)
    {
      gboolean declined
          = sim_world->settings.decline != NULL
            && g_strv_contains ((const char *const *)sim_world->settings.decline, scopes[i]);
      g_hash_table_insert (sim_world->granted, g_strdup (scopes[i]),
                           g_strdup (declined ? "declined" : "granted"));
      if (!declined)
        g_strv_builder_add (granted, scopes[i]);
    }
  code->scopes = g_strv_builder_end (granted);
  code->redirect_uri = g_strdup (sim_get (self, "redirect_uri"));
  code->made = sim_now ();
  code->ig = ig;
  g_hash_table_insert (sim_world->codes, g_strdup (value), code);
  sim_effect ("ig_dialog_approved");
  sim_redirect_to (self, code->redirect_uri, answer);
}

static void
deny (SimRequest *self)
{
  g_autofree char *state = g_uri_escape_string (sim_get (self, "state"), NULL, FALSE);
  g_autofree char *answer
      = g_strdup_printf ("error=access_denied&error_reason=user_denied&error_description="
                         "The+user+denied+your+request&state=%s",
                         state);

  sim_redirect_to (self, sim_get (self, "redirect_uri"), answer);
}

static void
ask (SimRequest *self, SimIg *ig, char **scopes)
{
  static const char *const kept[]
      = { "client_id", "redirect_uri", "state", "scope", "response_type" };
  GString *html = g_string_new (NULL);
  g_autofree char *name = g_markup_escape_text (sim_world->app_name, -1);
  g_autofree char *user = g_markup_escape_text (ig->username, -1);

  g_string_append_printf (
      html,
      "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Practice sign-in"
      "</title><meta name=\"viewport\" content=\"width=device-width\"><link rel=\"stylesheet\" "
      "href=\"/_sandbox/style.css\"></head><body><div class=\"note\">Practice mode: this page is "
      "on your computer, nothing leaves it.</div><main><form class=\"dialog\" method=\"post\">"
      "<h1>Continue as %s?</h1><p><strong>%s</strong> asks for these permissions:</p>"
      "<ul class=\"scopes\">",
      user, name);
  for (guint i = 0; scopes[i] != NULL; i++)
    g_string_append_printf (html, "<li>%s</li>", scopes[i]);
  g_string_append (html, "</ul>");
  for (guint i = 0; i < G_N_ELEMENTS (kept); i++)
    if (sim_get (self, kept[i]) != NULL)
      {
        g_autofree char *value = g_markup_escape_text (sim_get (self, kept[i]), -1);
        g_string_append_printf (html, "<input type=\"hidden\" name=\"%s\" value=\"%s\">", kept[i],
                                value);
      }
  g_string_append (html, "<div class=\"buttons\"><button name=\"decision\" value=\"deny\">Cancel"
                         "</button><button class=\"allow\" name=\"decision\" value=\"allow\" "
                         "autofocus>Allow</button></div></form></main></body></html>");
  sim_reply_text (self, 200, "text/html; charset=utf-8", g_string_free (html, FALSE));
}

/* What the page for the person refuses at once; FALSE and a page that says so. */
static gboolean
check_dialog (SimRequest *self)
{
  const char *redirect_uri = sim_get (self, "redirect_uri");
  const char *state = sim_get (self, "state");

  if (g_strcmp0 (sim_get (self, "client_id"), sim_world->ig_app_id) != 0)
    sim_refuse_page (self, "Invalid platform app",
                     "Invalid Request: Request parameters are "
                     "invalid: Invalid platform app");
  else if (redirect_uri == NULL || !sim_redirect_allowed (redirect_uri))
    sim_refuse_page (self, "Invalid redirect_uri",
                     "Invalid Request: Request parameters are "
                     "invalid: Invalid redirect_uri");
  else if (g_strcmp0 (sim_get (self, "response_type"), "code") != 0)
    sim_refuse_page (self, "Invalid Request", "response_type must be code.");
  else if (state == NULL || state[0] == '\0')
    sim_refuse_page (self, "Invalid Request", "The parameter state is required.");
  else
    return TRUE;
  return FALSE;
}

static void
authorize (SimRequest *self)
{
  g_autofree char *unknown = NULL;
  g_auto (GStrv) scopes = NULL;
  const char *decision = sim_get (self, "decision");
  SimIg *ig = person ();

  if (!check_dialog (self))
    return;
  scopes = split_scopes (sim_get (self, "scope"), &unknown);
  if (scopes == NULL || scopes[0] == NULL)
    {
      g_autofree char *why = g_strdup_printf ("Invalid scopes: %s.", unknown ? unknown : "none");
      sim_refuse_page (self, "Invalid scope", why);
      return;
    }
  if (ig == NULL)
    sim_refuse_page (self, "No account", "This world has no account for Instagram Login.");
  else if (sim_is (self, "POST") && g_strcmp0 (decision, "deny") == 0)
    deny (self);
  else if (sim_world->settings.auto_approve
           || (sim_is (self, "POST") && g_strcmp0 (decision, "allow") == 0))
    approve (self, ig, scopes);
  else
    ask (self, ig, scopes);
}

/* The host api.instagram.com has an error shape of its own. */
static void
fail_api (SimRequest *self, const char *message)
{
  JsonObject *root = json_object_new ();

  json_object_set_string_member (root, "error_type", "OAuthException");
  json_object_set_int_member (root, "code", 400);
  json_object_set_string_member (root, "error_message", message);
  sim_reply_object (self, root);
  self->status = 400;
}

static SimToken *
new_token (SimIg *ig, char **scopes, gint64 lifetime, gboolean long_lived)
{
  SimToken *token = sim_token_new (NULL, scopes, lifetime, long_lived);

  g_hash_table_steal (sim_world->tokens, token->value);
  memcpy (token->value, "IGAA", 4);
  g_hash_table_insert (sim_world->tokens, token->value, token);
  token->ig = ig;
  return token;
}

/* POST /oauth/access_token: a code for a token of one hour. The docs show the answer in two shapes.
 */
static void
exchange_code (SimRequest *self)
{
  const char *value = sim_get (self, "code");
  SimCode *code = value != NULL ? g_hash_table_lookup (sim_world->codes, value) : NULL;
  SimToken *token;
  JsonObject *object;
  JsonArray *permissions;

  if (g_strcmp0 (sim_get (self, "client_id"), sim_world->ig_app_id) != 0)
    fail_api (self, "Invalid platform app");
  else if (g_strcmp0 (sim_get (self, "client_secret"), sim_world->ig_app_secret) != 0)
    fail_api (self, "Invalid client_secret");
  else if (g_strcmp0 (sim_get (self, "grant_type"), "authorization_code") != 0)
    fail_api (self, "Invalid grant_type");
  else if (code == NULL || code->ig == NULL || code->used
           || sim_now () - code->made > CODE_LIFETIME)
    fail_api (self, "Matching code was not found or was already used");
  else if (g_strcmp0 (sim_get (self, "redirect_uri"), code->redirect_uri) != 0)
    fail_api (self, "Invalid redirect_uri: it must be identical to the one of the authorization");
  else
    {
      code->used = TRUE;
      token = new_token (code->ig, code->scopes, SHORT_LIFETIME, FALSE);
      object = json_object_new ();
      permissions = json_array_new ();
      json_object_set_string_member (object, "access_token", token->value);
      json_object_set_int_member (object, "user_id", g_ascii_strtoll (code->ig->node.id, NULL, 10));
      for (guint i = 0; code->scopes[i] != NULL; i++)
        json_array_add_string_element (permissions, code->scopes[i]);
      json_object_set_array_member (object, "permissions", permissions);
      if (!sim_in_docs_shape ())
        {
          JsonObject *root = json_object_new ();
          JsonArray *data = json_array_new ();
          json_array_add_object_element (data, object);
          json_object_set_array_member (root, "data", data);
          object = root;
        }
      sim_effect ("ig_code_exchange");
      sim_reply_object (self, object);
    }
}

static void
reply_long (SimRequest *self, SimToken *from)
{
  gint64 set = sim_world->settings.ig_token_life;
  gint64 life = set > 0 ? set : LONG_LIFETIME;
  SimToken *token = new_token (from->ig, from->scopes, life, TRUE);
  JsonObject *object = json_object_new ();
  g_autofree char *scopes = g_strjoinv (",", token->scopes);

  json_object_set_string_member (object, "access_token", token->value);
  json_object_set_string_member (object, "token_type", "bearer");
  json_object_set_int_member (object, "expires_in", life);
  json_object_set_string_member (object, "permissions", scopes);
  sim_reply_object (self, object);
}

/* GET /access_token: a token of one hour and the secret for one of 60 days */
static void
exchange_token (SimRequest *self)
{
  if (!sim_is (self, "GET") || g_strcmp0 (sim_get (self, "grant_type"), "ig_exchange_token") != 0)
    sim_fail_parameter (self, "grant_type");
  else if (g_strcmp0 (sim_get (self, "client_secret"), sim_world->ig_app_secret) != 0)
    sim_fail (self, 1, 0, "Error validating client secret.");
  else if (!sim_authenticate (self) || !sim_require_token (self))
    return;
  else if (self->token->long_lived)
    sim_fail_parameter (self, "access_token");
  else
    {
      sim_effect ("ig_exchange_token");
      reply_long (self, self->token);
    }
}

/* GET /refresh_access_token: without the secret, but not in a token's first day */
static void
refresh_token (SimRequest *self)
{
  if (!sim_is (self, "GET") || g_strcmp0 (sim_get (self, "grant_type"), "ig_refresh_token") != 0)
    sim_fail_parameter (self, "grant_type");
  else if (!sim_authenticate (self) || !sim_require_token (self))
    return;
  else if (!self->token->long_lived)
    sim_fail_parameter (self, "access_token");
  else if (sim_now () - self->token->issued < SIM_DAY)
    sim_fail (self, 100, 0, "(#100) The access token must be at least 24 hours old.");
  else
    {
      sim_effect ("ig_refresh_token");
      reply_long (self, self->token);
    }
}

/* id is of this app only; what the edges take is user_id. */
static void
me (SimRequest *self)
{
  SimIg *ig = self->token->ig;
  JsonObject *full;
  g_autofree char *id = g_strconcat ("2", ig->node.id + 1, NULL);
  g_autofree char *face = g_strdup_printf ("%s/cdn/face-%s.png", sim_world->base, ig->node.id);

  if (!sim_require_ig (self, ig, "instagram_basic")
      || !sim_fields_check (self, self->fields, me_fields, "IGUser"))
    return;
  full = json_object_new ();
  json_object_set_string_member (full, "id", id);
  json_object_set_string_member (full, "user_id", ig->node.id);
  json_object_set_string_member (full, "username", ig->username);
  json_object_set_string_member (full, "name", ig->name);
  json_object_set_string_member (full, "profile_picture_url", face);
  json_object_set_string_member (full, "account_type", "BUSINESS");
  json_object_set_int_member (full, "followers_count", ig->followers);
  json_object_set_int_member (full, "follows_count", 120);
  json_object_set_int_member (full, "media_count", ig->media->len);
  if (self->fields == NULL)
    self->fields = sim_fields_parse ("id");
  sim_reply_object (self, sim_project (full, self->fields));
}

/* Instagram's own objects only: a Page's do not exist on this host. */
static SimNode *
find_node (SimRequest *self)
{
  SimNode *node = sim_find_any (self->segments[0]);

  if (strcmp (self->segments[0], "me") == 0)
    return &self->token->ig->node;
  while (node != NULL && node->kind == SIM_COMMENT)
    node = ((SimComment *)node)->parent;
  if (node == NULL
      || (node->kind != SIM_IG && node->kind != SIM_CONTAINER && node->kind != SIM_MEDIA))
    return NULL;
  return sim_find_any (self->segments[0]);
}

static void
graph (SimRequest *self)
{
  const char *first = self->n_segments > 0 ? self->segments[0] : "";

  if (!sim_graph_prepare (self))
    return;
  if (self->n_segments == 1 && strcmp (first, "access_token") == 0)
    exchange_token (self);
  else if (self->n_segments == 1 && strcmp (first, "refresh_access_token") == 0)
    refresh_token (self);
  else if (self->n_segments == 0)
    sim_fail_missing (self, "");
  else if (!sim_authenticate (self) || !sim_require_token (self))
    return;
  else if (self->n_segments == 1 && strcmp (first, "me") == 0 && sim_is (self, "GET"))
    me (self);
  else
    sim_graph_node (self, find_node (self));
}

/* Every request to the three hosts. */
void
sim_instagram_login (SimRequest *self)
{
  gboolean oauth = self->n_segments == 2 && strcmp (self->segments[0], "oauth") == 0;

  if (strcmp (self->host, "instagram-graph") == 0)
    graph (self);
  else if (strcmp (self->host, "instagram-www") == 0 && oauth
           && strcmp (self->segments[1], "authorize") == 0)
    authorize (self);
  else if (strcmp (self->host, "instagram-api") == 0 && oauth && sim_is (self, "POST")
           && strcmp (self->segments[1], "access_token") == 0)
    exchange_code (self);
  else
    sim_reply_text (self, 404, "text/html; charset=utf-8", g_strdup ("Page not found"));
}

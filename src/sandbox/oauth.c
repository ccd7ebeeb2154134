/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "smm-sandbox.h"

#include <string.h>

#define CODE_LIFETIME (10 * 60 * (gint64)G_USEC_PER_SEC)
#define SHORT_LIFETIME 5182
#define LONG_LIFETIME 5183944

static const char *const known_scopes[] = {
  "public_profile",
  "email",
  "openid",
  "pages_show_list",
  "pages_read_engagement",
  "pages_read_user_content",
  "pages_manage_posts",
  "pages_manage_engagement",
  "pages_manage_metadata",
  "read_insights",
  "instagram_basic",
  "instagram_content_publish",
  "instagram_manage_comments",
  "instagram_manage_insights",
  "instagram_manage_contents",
  "instagram_manage_engagement",
  "business_management",
  "ads_management",
  "ads_read",
  NULL,
};

void
sim_code_free (gpointer data)
{
  SimCode *code = data;

  g_free (code->redirect_uri);
  g_free (code->challenge);
  g_strfreev (code->scopes);
  g_free (code);
}

/* The dialog's own refusals are pages for people, not redirects: no answer reaches the client. */
void
sim_refuse_page (SimRequest *self, const char *title, const char *why)
{
  g_autofree char *escaped = g_markup_escape_text (why, -1);

  sim_reply_text (self, 400, "text/html; charset=utf-8",
                  g_strdup_printf ("<!doctype html><html lang=\"en\"><head><title>%s</title>"
                                   "<link rel=\"stylesheet\" href=\"/_sandbox/style.css\"></head>"
                                   "<body><main><div class=\"dialog\"><h1>%s</h1><p>%s</p></div>"
                                   "</main></body></html>",
                                   title, title, escaped));
}

gboolean
sim_redirect_allowed (const char *uri)
{
  g_autoptr (GUri) parsed = NULL;

  for (guint i = 0; sim_world->redirects != NULL && sim_world->redirects[i] != NULL; i++)
    if (strcmp (sim_world->redirects[i], uri) == 0)
      return TRUE;
  if (strcmp (uri, "https://www.facebook.com/connect/login_success.html") == 0)
    return TRUE;
  if (sim_world->settings.live)
    return FALSE;
  parsed = g_uri_parse (uri, G_URI_FLAGS_NONE, NULL);
  return parsed != NULL && strcmp (g_uri_get_scheme (parsed), "http") == 0
         && g_uri_get_fragment (parsed) == NULL && g_uri_get_userinfo (parsed) == NULL
         && (g_strcmp0 (g_uri_get_host (parsed), "localhost") == 0
             || g_strcmp0 (g_uri_get_host (parsed), "127.0.0.1") == 0);
}

/* NULL and *unknown set when a scope does not exist. */
static char **
split_scopes (const char *text, char **unknown)
{
  g_auto (GStrv) words = g_strsplit_set (text ? text : "", ", ", -1);
  g_autoptr (GPtrArray) scopes = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_add (scopes, g_strdup ("public_profile"));
  for (guint i = 0; words[i] != NULL; i++)
    {
      if (words[i][0] == '\0' || strcmp (words[i], "public_profile") == 0)
        continue;
      if (!g_strv_contains (known_scopes, words[i]))
        {
          *unknown = g_strdup (words[i]);
          return NULL;
        }
      g_ptr_array_add (scopes, g_strdup (words[i]));
    }
  g_ptr_array_add (scopes, NULL);
  return (char **)g_ptr_array_steal (scopes, NULL);
}

void
sim_redirect_to (SimRequest *self, const char *redirect_uri, const char *answer)
{
  g_autofree char *location
      = g_strconcat (redirect_uri, strchr (redirect_uri, '?') ? "&" : "?", answer, NULL);

  soup_message_headers_replace (soup_server_message_get_response_headers (self->message),
                                "Location", location);
  sim_reply_text (self, 302, "text/html; charset=utf-8", g_strdup (""));
}

static void
approve (SimRequest *self, char **scopes)
{
  const char *redirect_uri = sim_get (self, "redirect_uri");
  SimCode *code = g_new0 (SimCode, 1);
  g_autofree char *value = NULL;
  g_autofree char *random = sim_random_text (96);
  g_autofree char *state = g_uri_escape_string (sim_get (self, "state"), NULL, FALSE);
  g_autofree char *answer = NULL;
  g_autoptr (GPtrArray) granted = g_ptr_array_new ();

  for (guint i = 0; scopes[i] != NULL; i++)
    {
      gboolean declined
          = sim_world->settings.decline != NULL
            && g_strv_contains ((const char *const *)sim_world->settings.decline, scopes[i]);
      g_hash_table_insert (sim_world->granted, g_strdup (scopes[i]),
                           g_strdup (declined ? "declined" : "granted"));
      if (!declined)
        g_ptr_array_add (granted, scopes[i]);
    }
  g_ptr_array_add (granted, NULL);
  code->scopes = g_strdupv ((char **)granted->pdata);
  code->redirect_uri = g_strdup (redirect_uri);
  code->challenge = g_strdup (sim_get (self, "code_challenge"));
  code->made = sim_now ();
  value = g_strconcat ("AQ", random, NULL);
  g_hash_table_insert (sim_world->codes, g_strdup (value), code);
  sim_effect ("dialog_approved");
  answer = g_strdup_printf ("code=%s&state=%s#_=_", value, state);
  sim_redirect_to (self, redirect_uri, answer);
}

static void
deny (SimRequest *self)
{
  g_autofree char *state = g_uri_escape_string (sim_get (self, "state"), NULL, FALSE);
  g_autofree char *answer
      = g_strdup_printf ("error_reason=user_denied&error=access_denied&error_description="
                         "Permissions+error.&state=%s",
                         state);

  sim_redirect_to (self, sim_get (self, "redirect_uri"), answer);
}

static void
ask (SimRequest *self, char **scopes)
{
  GString *html = g_string_new (NULL);
  const char *const kept[]
      = { "client_id",      "redirect_uri",          "state", "scope",    "response_type",
          "code_challenge", "code_challenge_method", "nonce", "auth_type" };
  g_autofree char *name = g_markup_escape_text (sim_world->app_name, -1);
  g_autofree char *user = g_markup_escape_text (sim_world->user_name, -1);

  g_string_append_printf (
      html,
      "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Practice sign-in"
      "</title><meta name=\"viewport\" content=\"width=device-width\"><link rel=\"stylesheet\" "
      "href=\"/_sandbox/style.css\"></head><body><div class=\"note\">Practice mode: this page is "
      "on "
      "your computer, nothing leaves it.</div><main><form class=\"dialog\" method=\"post\">"
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
                         "autofocus>Continue</button></div></form></main></body></html>");
  sim_reply_text (self, 200, "text/html; charset=utf-8", g_string_free (html, FALSE));
}

void
sim_oauth_dialog (SimRequest *self)
{
  const char *redirect_uri = sim_get (self, "redirect_uri");
  const char *response_type = sim_get (self, "response_type");
  const char *method = sim_get (self, "code_challenge_method");
  const char *challenge = sim_get (self, "code_challenge");
  const char *decision = sim_get (self, "decision");
  g_autofree char *unknown = NULL;
  g_auto (GStrv) scopes = NULL;

  if (g_strcmp0 (sim_get (self, "client_id"), sim_world->app_id) != 0)
    {
      sim_refuse_page (self, "Invalid App ID",
                       "The provided app ID does not look like a valid app ID.");
      return;
    }
  if (redirect_uri == NULL || !sim_redirect_allowed (redirect_uri))
    {
      sim_refuse_page (self, "URL Blocked",
                       "This redirect failed because the redirect URI is not allowed in the app's "
                       "client OAuth settings.");
      return;
    }
  if (sim_get (self, "state") == NULL || sim_get (self, "state")[0] == '\0')
    {
      sim_refuse_page (self, "Sorry, something went wrong", "The parameter state is required.");
      return;
    }
  if (response_type != NULL && strcmp (response_type, "code") != 0)
    {
      sim_refuse_page (self, "Sorry, something went wrong",
                       "This app may use response_type=code only.");
      return;
    }
  if ((challenge == NULL) != (method == NULL) || (method != NULL && strcmp (method, "S256") != 0)
      || (challenge != NULL && strlen (challenge) != 43))
    {
      sim_refuse_page (self, "Sorry, something went wrong",
                       "code_challenge needs code_challenge_method=S256 and 43 characters.");
      return;
    }
  scopes = split_scopes (sim_get (self, "scope"), &unknown);
  if (scopes == NULL)
    {
      g_autofree char *why = g_strdup_printf ("Invalid Scopes: %s.", unknown);
      sim_refuse_page (self, "Invalid Scopes", why);
      return;
    }
  if (sim_is (self, "POST") && g_strcmp0 (decision, "deny") == 0)
    deny (self);
  else if (sim_world->settings.auto_approve
           || (sim_is (self, "POST") && g_strcmp0 (decision, "allow") == 0))
    approve (self, scopes);
  else
    ask (self, scopes);
}

static void
reply_token (SimRequest *self, SimToken *token, gint64 lifetime, gboolean with_id_token)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "access_token", token->value);
  json_object_set_string_member (object, "token_type", "bearer");
  json_object_set_int_member (object, "expires_in", lifetime);
  if (with_id_token)
    json_object_set_string_member (object, "id_token", "eyJhbGciOiJSUzI1NiJ9.e30.c2ln");
  sim_reply_object (self, object);
}

static gboolean
check_client (SimRequest *self, gboolean secret_needed)
{
  const char *secret = sim_get (self, "client_secret");

  if (sim_get (self, "client_id") == NULL)
    {
      sim_fail_full (self, 400, 101, 0, "Missing client_id parameter.", NULL, NULL);
      return FALSE;
    }
  if (strcmp (sim_get (self, "client_id"), sim_world->app_id) != 0)
    {
      sim_fail_full (self, 400, 101, 0,
                     "Error validating application. Cannot get application info due to a system "
                     "error.",
                     NULL, NULL);
      return FALSE;
    }
  if (secret == NULL && secret_needed)
    {
      sim_fail_full (self, 400, 1, 0, "Missing client_secret parameter.", NULL, NULL);
      return FALSE;
    }
  if (secret != NULL && strcmp (secret, sim_world->app_secret) != 0)
    {
      sim_fail_full (self, 400, 1, 0, "Error validating client secret.", NULL, NULL);
      return FALSE;
    }
  return TRUE;
}

static gboolean
check_verifier (SimCode *code, const char *verifier)
{
  guint8 digest[32];
  gsize length = sizeof digest;
  g_autoptr (GChecksum) checksum = NULL;
  g_autofree char *encoded = NULL;

  if (verifier == NULL || strlen (verifier) < 43 || strlen (verifier) > 128)
    return FALSE;
  checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_checksum_update (checksum, (const guchar *)verifier, -1);
  g_checksum_get_digest (checksum, digest, &length);
  encoded = g_base64_encode (digest, length);
  g_strdelimit (encoded, "+", '-');
  g_strdelimit (encoded, "/", '_');
  encoded[strcspn (encoded, "=")] = '\0';
  return strcmp (encoded, code->challenge) == 0;
}

static void
exchange_code (SimRequest *self)
{
  SimCode *code = g_hash_table_lookup (sim_world->codes, sim_get (self, "code"));
  gboolean openid = code != NULL && g_strv_contains ((const char *const *)code->scopes, "openid");

  if (!check_client (self, code == NULL || code->challenge == NULL || !openid
                               || sim_get (self, "code_verifier") == NULL))
    return;
  if (code == NULL || code->ig != NULL)
    {
      sim_fail (self, 100, 0, "Invalid verification code format.");
      return;
    }
  if (code->used)
    {
      sim_fail (self, 100, 36009, "This authorization code has been used.");
      return;
    }
  if (sim_now () - code->made > CODE_LIFETIME)
    {
      sim_fail (self, 100, 36007, "This authorization code has expired.");
      return;
    }
  if (g_strcmp0 (sim_get (self, "redirect_uri"), code->redirect_uri) != 0)
    {
      sim_fail (self, 100, 36008,
                "Error validating verification code. Please make sure your redirect_uri is "
                "identical to the one you used in the OAuth dialog request");
      return;
    }
  if (code->challenge != NULL && !check_verifier (code, sim_get (self, "code_verifier")))
    {
      sim_fail (self, 100, 0,
                "Invalid code verifier. Code verifier should be a cryptographic "
                "random string using the allowed characters.");
      return;
    }
  code->used = TRUE;
  sim_effect ("code_exchange");
  reply_token (self, sim_token_new (NULL, code->scopes, SHORT_LIFETIME, FALSE), SHORT_LIFETIME,
               openid);
}

static void
exchange_long_lived (SimRequest *self)
{
  const char *value = sim_get (self, "fb_exchange_token");
  SimToken *token;

  if (!check_client (self, TRUE))
    return;
  token = value != NULL ? g_hash_table_lookup (sim_world->tokens, value) : NULL;
  if (token == NULL || token->ig != NULL)
    {
      sim_fail (self, 190, 0, "Invalid OAuth access token - Cannot parse access token");
      return;
    }
  if (token->dead != 0 || (token->expires != 0 && token->expires <= sim_now ()))
    {
      sim_fail (self, 190, token->dead ? token->dead : 463,
                "Error validating access token: Session has expired.");
      return;
    }
  if (token->page != NULL)
    {
      sim_fail_parameter (self, "fb_exchange_token");
      return;
    }
  sim_effect ("long_lived_exchange");
  reply_token (self, sim_token_new (NULL, token->scopes, LONG_LIFETIME, TRUE), LONG_LIFETIME,
               FALSE);
}

void
sim_oauth_access_token (SimRequest *self)
{
  const char *grant = sim_get (self, "grant_type");

  if (!sim_is (self, "GET") && !sim_is (self, "POST"))
    sim_fail_missing (self, "oauth");
  else if (g_strcmp0 (grant, "fb_exchange_token") == 0)
    exchange_long_lived (self);
  else if (grant != NULL && strcmp (grant, "authorization_code") != 0)
    sim_fail_parameter (self, "grant_type");
  else if (sim_get (self, "code") == NULL)
    sim_fail_full (self, 400, 1, 0, "Missing authorization code", NULL, NULL);
  else if (sim_get (self, "redirect_uri") == NULL)
    sim_fail_full (self, 400, 191, 0, "Missing redirect_uri parameter.", NULL, NULL);
  else
    exchange_code (self);
}

static JsonArray *
scope_array (SimToken *token)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; token->scopes[i] != NULL; i++)
    json_array_add_string_element (array, token->scopes[i]);
  return array;
}

void
sim_oauth_debug_token (SimRequest *self)
{
  const char *input = sim_get (self, "input_token");
  g_autofree char *app_token = g_strconcat (sim_world->app_id, "|", sim_world->app_secret, NULL);
  const char *header = soup_message_headers_get_one (
      soup_server_message_get_request_headers (self->message), "Authorization");
  SimToken *token;
  JsonObject *root;
  JsonObject *data;
  gboolean expired;

  if (g_strcmp0 (sim_get (self, "access_token"), app_token) != 0
      && !(sim_get (self, "access_token") == NULL && header != NULL
           && g_str_has_prefix (header, "Bearer ") && strcmp (header + 7, app_token) == 0))
    if (!sim_authenticate (self) || !sim_require_token (self))
      return;
  if (input == NULL)
    {
      sim_fail (self, 100, 0, "(#100) The parameter input_token is required");
      return;
    }
  token = g_hash_table_lookup (sim_world->tokens, input);
  root = json_object_new ();
  data = json_object_new ();
  json_object_set_object_member (root, "data", data);
  if (token == NULL)
    {
      JsonObject *error = json_object_new ();
      json_object_set_int_member (error, "code", 190);
      json_object_set_string_member (error, "message", "Invalid OAuth access token.");
      json_object_set_object_member (data, "error", error);
      json_object_set_boolean_member (data, "is_valid", FALSE);
      json_object_set_array_member (data, "scopes", json_array_new ());
      sim_reply_object (self, root);
      return;
    }
  expired = token->expires != 0 && token->expires <= sim_now ();
  json_object_set_string_member (data, "app_id", sim_world->app_id);
  json_object_set_string_member (data, "type", token->page ? "PAGE" : "USER");
  json_object_set_string_member (data, "application", sim_world->app_name);
  json_object_set_int_member (data, "data_access_expires_at",
                              token->issued / G_USEC_PER_SEC + 90 * 24 * 3600);
  json_object_set_int_member (data, "expires_at", token->expires / G_USEC_PER_SEC);
  json_object_set_boolean_member (data, "is_valid", token->dead == 0 && !expired);
  json_object_set_int_member (data, "issued_at", token->issued / G_USEC_PER_SEC);
  if (token->page != NULL)
    json_object_set_string_member (data, "profile_id", token->page->node.id);
  if (token->dead != 0 || expired)
    {
      JsonObject *error = json_object_new ();
      json_object_set_int_member (error, "code", 190);
      json_object_set_string_member (error, "message", "Error validating access token");
      json_object_set_int_member (error, "subcode", token->dead ? token->dead : 463);
      json_object_set_object_member (data, "error", error);
    }
  json_object_set_array_member (data, "scopes", scope_array (token));
  json_object_set_string_member (data, "user_id", sim_world->user.id);
  sim_reply_object (self, root);
}

void
sim_oauth_permissions (SimRequest *self)
{
  if (!sim_require_token (self))
    return;
  if (self->token->page != NULL)
    {
      sim_fail (self, 2500, 0, "Unknown path components: /permissions");
      return;
    }
  if (sim_is (self, "DELETE"))
    {
      const char *name = self->n_segments > 2 ? self->segments[2] : sim_get (self, "permission");
      if (name == NULL)
        {
          sim_world_revoke_facebook (458);
          g_hash_table_remove_all (sim_world->granted);
          sim_effect ("permissions_deleted");
        }
      else if (!g_hash_table_contains (sim_world->granted, name))
        {
          sim_fail_parameter (self, "permission");
          return;
        }
      else
        g_hash_table_insert (sim_world->granted, g_strdup (name), g_strdup ("declined"));
      sim_world->dirty = TRUE;
      sim_reply_success (self);
    }
  else if (sim_is (self, "GET"))
    {
      JsonObject *root = json_object_new ();
      JsonArray *data = json_array_new ();
      for (guint i = 0; known_scopes[i] != NULL; i++)
        {
          const char *state = g_hash_table_lookup (sim_world->granted, known_scopes[i]);
          if (state != NULL)
            {
              JsonObject *object = json_object_new ();
              json_object_set_string_member (object, "permission", known_scopes[i]);
              json_object_set_string_member (object, "status", state);
              json_array_add_object_element (data, object);
            }
        }
      json_object_set_array_member (root, "data", data);
      sim_reply_object (self, root);
    }
  else
    sim_fail_missing (self, "me");
}

/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tiktok.h"

#include <string.h>

/* Short and single use; the number is nowhere documented. */
#define CODE_LIFETIME (10 * 60 * (gint64)G_USEC_PER_SEC)
#define URI_LIMIT 512

static const char *const known_scopes[] = { "user.info.basic",
                                            "user.info.profile",
                                            "user.info.stats",
                                            "video.list",
                                            "video.upload",
                                            "video.publish",
                                            NULL };

static const char *const page_head
    = "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Practice sign-in"
      "</title><meta name=\"viewport\" content=\"width=device-width\"><link rel=\"stylesheet\" "
      "href=\"/_sandbox/style.css\"></head><body>";

void
sim_tiktok_code_free (gpointer data)
{
  SimTiktokCode *code = data;

  g_free (code->redirect_uri);
  g_free (code->challenge);
  g_strfreev (code->scopes);
  g_free (code);
}

/* The page's own refusals are for people: no answer reaches the client. */
static void
refuse_page (SimRequest *self, const char *what)
{
  g_autofree char *escaped = g_markup_escape_text (what, -1);

  sim_reply_text (self, 400, "text/html; charset=utf-8",
                  g_strdup_printf ("%s<main><div class=\"dialog\"><h1>Something went wrong</h1>"
                                   "<p>We couldn’t log in with TikTok. This may be due to "
                                   "specific app settings. If you’re a developer, correct the "
                                   "following and try again:</p><p>%s</p></div></main>"
                                   "</body></html>",
                                   page_head, escaped));
}

/* One of the two registered forms: a loopback host, a port of any number, /callback/, no more. */
static gboolean
redirect_allowed (const char *uri)
{
  g_autoptr (GUri) parsed = NULL;
  const char *host;
  g_autofree char *exact = NULL;

  if (strlen (uri) >= URI_LIMIT)
    return FALSE;
  parsed = g_uri_parse (uri, G_URI_FLAGS_ENCODED, NULL);
  if (parsed == NULL || g_uri_get_port (parsed) <= 0)
    return FALSE;
  host = g_uri_get_host (parsed);
  if (g_strcmp0 (host, "127.0.0.1") != 0 && g_strcmp0 (host, "localhost") != 0)
    return FALSE;
  exact = g_strdup_printf ("http://%s:%d/callback/", host, g_uri_get_port (parsed));
  return strcmp (exact, uri) == 0;
}

/* Commas, no spaces, known, and among what the app was approved for; else NULL. */
static char **
split_scopes (const char *text)
{
  g_auto (GStrv) words = NULL;

  if (text == NULL || text[0] == '\0')
    return NULL;
  words = g_strsplit (text, ",", -1);
  for (guint i = 0; words[i] != NULL; i++)
    if (!g_strv_contains (known_scopes, words[i])
        || !g_strv_contains ((const char *const *)sim_tiktok->settings.app_scopes, words[i]))
      return NULL;
  return g_steal_pointer (&words);
}

static void
redirect_to (SimRequest *self, const char *answer)
{
  g_autofree char *state = g_uri_escape_string (sim_get (self, "state"), NULL, FALSE);
  g_autofree char *location
      = g_strdup_printf ("%s?%s&state=%s", sim_get (self, "redirect_uri"), answer, state);

  soup_message_headers_replace (soup_server_message_get_response_headers (self->message),
                                "Location", location);
  sim_reply_text (self, 302, "text/html; charset=utf-8", g_strdup (""));
}

static void
deny (SimRequest *self)
{
  redirect_to (self,
               "error=access_denied&error_description=User%20cancelled%20the%20authorization.");
}

static gboolean
is_ticked (SimRequest *self, const char *scope, gboolean by_person)
{
  g_autofree char *name = NULL;

  /* The basic scope cannot be unticked. */
  if (strcmp (scope, "user.info.basic") == 0)
    return TRUE;
  if (g_strv_contains ((const char *const *)sim_tiktok->settings.decline, scope))
    return FALSE;
  name = g_strconcat ("grant.", scope, NULL);
  return !by_person || sim_get (self, name) != NULL;
}

static void
approve (SimRequest *self, char **scopes, gboolean by_person)
{
  SimTiktokCode *code = g_new0 (SimTiktokCode, 1);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autofree char *random = sim_random_text (48);
  /* Ends as the platform's codes do: a client that decodes twice, or never, is found out. */
  g_autofree char *value = g_strconcat (random, "%2F*0!6410.e1", NULL);
  g_autofree char *escaped = g_uri_escape_string (value, NULL, FALSE);
  g_autofree char *granted = NULL;
  g_autofree char *escaped_granted = NULL;
  g_autofree char *answer = NULL;

  for (guint i = 0; scopes[i] != NULL; i++)
    if (is_ticked (self, scopes[i], by_person))
      g_strv_builder_add (builder, scopes[i]);
  code->scopes = g_strv_builder_end (builder);
  code->redirect_uri = g_strdup (sim_get (self, "redirect_uri"));
  code->challenge = g_strdup (sim_get (self, "code_challenge"));
  code->made = sim_now ();
  granted = g_strjoinv (",", code->scopes);
  escaped_granted = g_uri_escape_string (granted, NULL, FALSE);
  g_hash_table_insert (sim_tiktok->codes, g_strdup (value), code);
  sim_effect ("tiktok_authorized");
  answer = g_strdup_printf ("code=%s&scopes=%s", escaped, escaped_granted);
  redirect_to (self, answer);
}

static void
ask (SimRequest *self, char **scopes)
{
  static const char *const kept[]
      = { "client_key",     "redirect_uri",         "state", "scope", "response_type",
          "code_challenge", "code_challenge_method" };
  GString *html = g_string_new (page_head);
  g_autofree char *name = g_markup_escape_text (sim_world->app_name, -1);
  g_autofree char *user = g_markup_escape_text (sim_tiktok->nickname, -1);

  g_string_append_printf (
      html,
      "<div class=\"note\">Practice mode: this page is on your computer, nothing leaves it.</div>"
      "<main><form class=\"dialog\" method=\"post\"><h1>Continue to TikTok as %s?</h1>"
      "<p><strong>%s</strong> would like to:</p><ul class=\"scopes\">",
      user, name);
  for (guint i = 0; scopes[i] != NULL; i++)
    g_string_append_printf (
        html,
        "<li><label><input type=\"checkbox\" name=\"grant.%s\" checked%s> %s"
        "</label></li>",
        scopes[i], strcmp (scopes[i], "user.info.basic") == 0 ? " disabled" : "", scopes[i]);
  g_string_append (html, "</ul>");
  for (guint i = 0; i < G_N_ELEMENTS (kept); i++)
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

/* The name of the first parameter that is wrong, as the real page shows, or NULL. */
static const char *
wrong_parameter (SimRequest *self)
{
  const char *challenge = sim_get (self, "code_challenge");
  const char *redirect_uri = sim_get (self, "redirect_uri");
  const char *state = sim_get (self, "state");
  const char *auto_auth = sim_get (self, "disable_auto_auth");

  if (g_strcmp0 (sim_get (self, "client_key"), sim_tiktok->client_key) != 0)
    return "client_key";
  if (g_strcmp0 (sim_get (self, "response_type"), "code") != 0)
    return "response_type";
  if (redirect_uri == NULL || !redirect_allowed (redirect_uri))
    return "redirect_uri";
  if (state == NULL || state[0] == '\0' || !g_utf8_validate (state, -1, NULL))
    return "state";
  /* A challenge of the wrong form passes here and is refused with the code, as on the platform. */
  if (challenge == NULL || challenge[0] == '\0' || strlen (challenge) > 128
      || !g_str_is_ascii (challenge))
    return "code_challenge";
  if (g_strcmp0 (sim_get (self, "code_challenge_method"), "S256") != 0)
    return "code_challenge_method";
  if (auto_auth != NULL && strcmp (auto_auth, "0") != 0 && strcmp (auto_auth, "1") != 0)
    return "disable_auto_auth";
  return NULL;
}

void
sim_tiktok_consent (SimRequest *self)
{
  const char *wrong = wrong_parameter (self);
  const char *decision = sim_is (self, "POST") ? sim_get (self, "decision") : NULL;
  g_auto (GStrv) scopes = split_scopes (sim_get (self, "scope"));

  if (wrong == NULL && scopes == NULL)
    wrong = "scope";
  if (wrong != NULL)
    refuse_page (self, wrong);
  else if (g_strcmp0 (decision, "deny") == 0
           || (sim_world->settings.auto_approve
               && g_strv_contains ((const char *const *)sim_tiktok->settings.decline, "*")))
    deny (self);
  else if (sim_world->settings.auto_approve || g_strcmp0 (decision, "allow") == 0)
    approve (self, scopes, decision != NULL);
  else
    ask (self, scopes);
}

static void
fail (SimRequest *self, const char *error, const char *description)
{
  sim_tiktok_fault (self, error, description, sim_tiktok->settings.oauth_error_http);
}

/* The fields of the form; what stands in the address does not count. NULL and the answer. */
static GHashTable *
take_form (SimRequest *self)
{
  const char *type = soup_message_headers_get_content_type (
      soup_server_message_get_request_headers (self->message), NULL);
  g_autoptr (GBytes) body
      = soup_message_body_flatten (soup_server_message_get_request_body (self->message));
  g_autofree char *text = g_strndup (g_bytes_get_data (body, NULL), g_bytes_get_size (body));
  g_autoptr (GHashTable) form = NULL;

  if (g_strcmp0 (type, "application/x-www-form-urlencoded") != 0)
    {
      fail (self, "invalid_request", "Only `application/x-www-form-urlencoded` is supported.");
      return NULL;
    }
  form = soup_form_decode (text);
  if (g_strcmp0 (g_hash_table_lookup (form, "client_key"), sim_tiktok->client_key) != 0)
    {
      fail (self, "invalid_client", "Client key is invalid.");
      return NULL;
    }
  if (g_strcmp0 (g_hash_table_lookup (form, "client_secret"), sim_tiktok->client_secret) != 0)
    {
      fail (self, "invalid_client", "Client secret is missing or invalid.");
      return NULL;
    }
  return g_steal_pointer (&form);
}

static void
reply_token (SimRequest *self, SimTiktokToken *token)
{
  JsonObject *object = json_object_new ();
  g_autofree char *scopes = g_strjoinv (",", token->scopes);

  json_object_set_string_member (object, "access_token", token->access);
  json_object_set_int_member (object, "expires_in", sim_tiktok->settings.token_s);
  json_object_set_string_member (object, "open_id", sim_tiktok->open_id);
  json_object_set_int_member (object, "refresh_expires_in",
                              (token->refresh_ends - sim_now () + G_USEC_PER_SEC - 1)
                                  / G_USEC_PER_SEC);
  json_object_set_string_member (object, "refresh_token", token->refresh);
  json_object_set_string_member (object, "scope", scopes);
  json_object_set_string_member (object, "token_type", "Bearer");
  sim_reply_object (self, object);
}

/* The challenge is the lower-case hexadecimal digest here, not RFC 7636's form (notes, 2.4). */
static gboolean
check_verifier (SimTiktokCode *code, const char *verifier)
{
  static const char allowed[]
      = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
  g_autofree char *digest = NULL;

  if (verifier == NULL || strlen (verifier) < 43 || strlen (verifier) > 128
      || strspn (verifier, allowed) != strlen (verifier))
    return FALSE;
  digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, verifier, -1);
  return strcmp (digest, code->challenge) == 0;
}

static void
exchange_code (SimRequest *self, GHashTable *form)
{
  const char *value = g_hash_table_lookup (form, "code");
  SimTiktokCode *code = value != NULL ? g_hash_table_lookup (sim_tiktok->codes, value) : NULL;

  if (code == NULL || code->used || sim_now () - code->made > CODE_LIFETIME)
    {
      fail (self, "invalid_grant", "Authorization code is expired.");
      return;
    }
  code->used = TRUE;
  if (g_strcmp0 (g_hash_table_lookup (form, "redirect_uri"), code->redirect_uri) != 0)
    {
      fail (self, "invalid_request",
            "Redirect_uri is not matched with the uri when requesting code.");
      return;
    }
  if (!check_verifier (code, g_hash_table_lookup (form, "code_verifier")))
    {
      fail (self, "invalid_request", "Code verifier or code challenge is invalid.");
      return;
    }
  sim_effect ("tiktok_token");
  reply_token (self, sim_tiktok_add_token (code->scopes, sim_now () + SIM_TIKTOK_REFRESH_LIFE));
}

static void
exchange_refresh (SimRequest *self, GHashTable *form)
{
  const char *value = g_hash_table_lookup (form, "refresh_token");
  SimTiktokToken *old = value != NULL ? g_hash_table_lookup (sim_tiktok->by_refresh, value) : NULL;

  if (old != NULL && old->replaced)
    sim_effect ("tiktok_refresh_replayed");
  if (old == NULL || old->replaced || old->refresh_ends <= sim_now ())
    {
      fail (self, "invalid_grant", "Refresh token is invalid or expired.");
      return;
    }
  /* Rotation is definite, and happens whether or not the answer arrives. */
  old->replaced = TRUE;
  sim_effect ("tiktok_refresh");
  reply_token (self, sim_tiktok_add_token (old->scopes, old->refresh_ends));
}

void
sim_tiktok_token (SimRequest *self)
{
  g_autoptr (GHashTable) form = take_form (self);
  const char *grant_type;

  if (form == NULL)
    return;
  grant_type = g_hash_table_lookup (form, "grant_type");
  if (g_strcmp0 (grant_type, "authorization_code") == 0)
    exchange_code (self, form);
  else if (g_strcmp0 (grant_type, "refresh_token") == 0)
    exchange_refresh (self, form);
  else
    fail (self, "invalid_request", "Grant type is missing or not supported.");
}

void
sim_tiktok_revoke_token (SimRequest *self)
{
  g_autoptr (GHashTable) form = take_form (self);
  const char *value;
  SimTiktokToken *token;

  if (form == NULL)
    return;
  value = g_hash_table_lookup (form, "token");
  token = value != NULL ? g_hash_table_lookup (sim_tiktok->by_access, value) : NULL;
  if (token == NULL || token->access_ends <= sim_now ())
    {
      fail (self, "invalid_request", "The access token is invalid.");
      return;
    }
  /* The app leaves the person's list of connected apps: every token goes. */
  sim_tiktok_revoke (FALSE);
  sim_effect ("tiktok_revoke");
  sim_reply_text (self, 200, "application/json; charset=UTF-8", g_strdup ("{}"));
}

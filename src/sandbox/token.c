/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "smm-sandbox.h"

#include <string.h>

static const char *
dead_message (int subcode)
{
  switch (subcode)
    {
    case 458:
      return "Error validating access token: The user has not authorized the application.";
    case 459:
      return "Error validating access token: You cannot access the app till you log in to "
             "www.facebook.com and follow the instructions given.";
    case 460:
      return "Error validating access token: The session has been invalidated because the user "
             "changed their password or Facebook has changed the session for security reasons.";
    case 463:
      return "Error validating access token: Session has expired.";
    case 492:
      return "Error validating access token: the user does not have an appropriate role on the "
             "Page.";
    case 467:
    default:
      return "Error validating access token: The session is invalid because the user logged out.";
    }
}

static gboolean
check_proof (SimRequest *self, const char *token)
{
  const char *proof = sim_get (self, "appsecret_proof");
  const char *time = sim_get (self, "appsecret_time");
  g_autofree char *text = NULL;
  g_autofree char *expected = NULL;

  if (proof == NULL)
    return TRUE;
  if (time != NULL)
    {
      gint64 seconds = g_ascii_strtoll (time, NULL, 10);
      gint64 now = sim_now () / G_USEC_PER_SEC;
      text = g_strconcat (token, "|", time, NULL);
      if (seconds > now + 60 || seconds < now - 300)
        text[0] = '\0';
    }
  else
    text = g_strdup (token);
  expected = g_compute_hmac_for_string (G_CHECKSUM_SHA256, (const guchar *)sim_world->app_secret,
                                        strlen (sim_world->app_secret), text, -1);
  if (strcmp (expected, proof) == 0)
    return TRUE;
  sim_fail (self, 100, 0, "Invalid appsecret_proof provided in the API argument");
  return FALSE;
}

/* Reads the token, if there is one; an error answer when it is there and no good. */
gboolean
sim_authenticate (SimRequest *self)
{
  const char *value = sim_get (self, "access_token");
  const char *header = soup_message_headers_get_one (
      soup_server_message_get_request_headers (self->message), "Authorization");

  if (value == NULL && header != NULL)
    {
      if (g_ascii_strncasecmp (header, "Bearer ", 7) == 0)
        value = header + 7;
      else if (g_ascii_strncasecmp (header, "OAuth ", 6) == 0)
        value = header + 6;
    }
  if (value == NULL || value[0] == '\0')
    return TRUE;
  self->token = g_hash_table_lookup (sim_world->tokens, value);
  /* Instagram Login and Facebook Login do not know each other's tokens. */
  if (self->token != NULL
      && (self->token->ig != NULL) != (g_strcmp0 (self->host, "instagram-graph") == 0))
    self->token = NULL;
  if (self->token == NULL)
    {
      sim_fail (self, 190, 0, "Invalid OAuth access token - Cannot parse access token");
      return FALSE;
    }
  if (self->token->dead == 0 && self->token->expires != 0 && self->token->expires <= sim_now ())
    self->token->dead = 463;
  if (self->token->dead != 0)
    {
      int dead = self->token->dead;
      self->token = NULL;
      sim_fail (self, 190, dead, dead_message (dead));
      return FALSE;
    }
  return check_proof (self, value);
}

gboolean
sim_require_token (SimRequest *self)
{
  if (self->token != NULL)
    return TRUE;
  if (self->n_segments > 0 && strcmp (self->segments[0], "me") == 0)
    sim_fail (self, 2500, 0,
              "An active access token must be used to query information about the current user.");
  else
    sim_fail (self, 104, 0, "An access token is required to request this resource.");
  return FALSE;
}

gboolean
sim_has_scope (SimRequest *self, const char *scope)
{
  const char *state = g_hash_table_lookup (sim_world->granted, scope);

  return self->token != NULL && g_strv_contains ((const char *const *)self->token->scopes, scope)
         && g_strcmp0 (state, "granted") == 0;
}

/* Writing as a Page needs that Page's token, the scopes and the person's task. */
gboolean
sim_require_page_write (SimRequest *self, SimPage *page, const char *scope, const char *task)
{
  self->subject = &page->node;
  if (!sim_require_token (self))
    return FALSE;
  if (self->token->page != page || !sim_has_scope (self, scope)
      || !sim_has_scope (self, "pages_read_engagement") || !sim_page_has_task (page, task))
    {
      sim_fail (self, 200, 0,
                "(#200) If posting to a group, requires app being installed in the group; if "
                "posting to a page, requires both pages_read_engagement and pages_manage_posts as "
                "an admin with sufficient administrative permission");
      return FALSE;
    }
  return TRUE;
}

gboolean
sim_require_page_read (SimRequest *self, SimPage *page, const char *scope)
{
  self->subject = &page->node;
  if (!sim_require_token (self))
    return FALSE;
  if (self->token->page != page || !sim_has_scope (self, scope))
    {
      g_autofree char *message
          = g_strdup_printf ("(#10) This endpoint requires the '%s' permission or the 'Page Public "
                             "Content Access' feature.",
                             scope);
      sim_fail (self, 10, 0, message);
      return FALSE;
    }
  return TRUE;
}

/* The permission of Instagram Login that stands for one of Facebook Login, or NULL (2.12) */
static const char *
login_scope (const char *scope)
{
  static const char *const pairs[][2]
      = { { "instagram_basic", "instagram_business_basic" },
          { "instagram_content_publish", "instagram_business_content_publish" },
          { "instagram_manage_comments", "instagram_business_manage_comments" },
          { "instagram_manage_insights", "instagram_business_manage_insights" } };

  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    if (strcmp (pairs[i][0], scope) == 0)
      return pairs[i][1];
  return NULL;
}

static gboolean
may_act (SimRequest *self, SimIg *ig, const char *scope)
{
  if (self->token->ig != NULL)
    return login_scope (scope) != NULL && sim_has_scope (self, "instagram_business_basic")
           && sim_has_scope (self, login_scope (scope));
  return sim_has_scope (self, "instagram_basic") && sim_has_scope (self, scope)
         && sim_page_has_task (ig->page, "CREATE_CONTENT");
}

/* Instagram takes the user token and the token of the linked Page, not that of another Page. */
gboolean
sim_require_ig (SimRequest *self, SimIg *ig, const char *scope)
{
  self->subject = &ig->node;
  if (!sim_require_token (self))
    return FALSE;
  if (self->token->ig != NULL
          ? self->token->ig != ig
          : (ig->page == NULL || (self->token->page != NULL && self->token->page != ig->page)))
    {
      sim_fail_missing (self, ig->node.id);
      return FALSE;
    }
  if (!may_act (self, ig, scope))
    {
      sim_fail (self, 10, 0, "(#10) Application does not have permission for this action");
      return FALSE;
    }
  return TRUE;
}

/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The ways to sign in (DESIGN section 4; api/meta.md section 2.3, api/tiktok.md section 2.2). */

#include "config.h"

#include "smm-connect-private.h"

#include "smm-signin-client.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_RELAY 512
/* Meta takes any port of this computer from an app in Development mode. Instagram compares the
 * whole address with those its app lists (api/meta.md section 2.12). */
#define LOGIN_PORT 27431
#define LOGIN_REDIRECT "http://localhost:" G_STRINGIFY (LOGIN_PORT) "/callback"

static const char *const names[SMM_N_WAYS] = { "browser", "window", "paste", "relay" };

const char *
smm_sign_in_way_to_string (SmmSignInWay way)
{
  return names[way];
}

gboolean
smm_sign_in_way_from_string (const char *text, SmmSignInWay *way)
{
  for (guint i = 0; text != NULL && i < SMM_N_WAYS; i++)
    if (strcmp (names[i], text) == 0)
      {
        *way = i;
        return TRUE;
      }
  return FALSE;
}

gboolean
smm_connect_can_way (SmmPlatformId platform, const char *login, SmmSignInWay way)
{
  g_autoptr (SmmAccount) account = smm_account_new ();
  g_autofree char *program = NULL;
  const SmmPlatform *adapter;

  account->platform = platform;
  account->login = g_strdup (login);
  adapter = smm_platform_get_for (account);
  switch (way)
    {
    case SMM_WAY_WINDOW:
      program = smm_signin_find_program ();
      return adapter != NULL && adapter->pages != NULL && program != NULL;
    case SMM_WAY_RELAY:
      return adapter != NULL && !adapter->only_loopback;
    default:
      return adapter != NULL;
    }
}

const char *
smm_connect_get_redirect (SmmPlatformId platform, const char *login, SmmSignInWay way)
{
  g_autoptr (SmmAccount) account = smm_account_new ();
  const SmmPlatform *adapter;

  if (way == SMM_WAY_RELAY)
    return NULL;
  if (login != NULL)
    return LOGIN_REDIRECT;
  account->platform = platform;
  adapter = smm_platform_get_for (account);
  return adapter != NULL && way != SMM_WAY_BROWSER ? adapter->landing : NULL;
}

/* The page of the user's own knows the port from the state. */
guint16
smm_connect_get_port (const char *login, SmmSignInWay way)
{
  return login != NULL && way != SMM_WAY_RELAY ? LOGIN_PORT : 0;
}

void
smm_connect_set_way (SmmConnect *self, SmmSignInWay way, const char *relay)
{
  g_return_if_fail (SMM_IS_CONNECT (self));

  self->way = way;
  g_free (self->relay);
  self->relay = g_strdup (relay);
}

/**
 * smm_connect_check_relay:
 * @address: (nullable): the page the user put on the web
 * @error: SMM_LIBRARY_ERROR_INVALID, for people
 *
 * It is entered at the platform letter by letter, so nothing may be added to it.
 *
 * Returns: whether it can be one
 */
gboolean
smm_connect_check_relay (const char *address, GError **error)
{
  g_autoptr (GUri) uri = address != NULL ? g_uri_parse (address, G_URI_FLAGS_ENCODED, NULL) : NULL;

  if (uri != NULL && strcmp (g_uri_get_scheme (uri), "https") == 0 && g_uri_get_host (uri) != NULL
      && strchr (g_uri_get_host (uri), '.') != NULL && g_uri_get_query (uri) == NULL
      && g_uri_get_fragment (uri) == NULL && g_uri_get_userinfo (uri) == NULL
      && strlen (address) < MAX_RELAY)
    return TRUE;
  g_set_error (error, SMM_LIBRARY_ERROR, SMM_LIBRARY_ERROR_INVALID,
               _ ("The address of your page begins with https:// and has neither “?” nor “#”: "
                  "https://example.com/sign-in.html"));
  return FALSE;
}

/**
 * smm_connect_make_relay_page:
 *
 * The port is the last part of the state, which the platform hands back unchanged. Whatever else is
 * in the answer, the page leads nowhere but to this computer.
 *
 * Returns: (transfer full): an HTML page to be put at the address of the way
 */
char *
smm_connect_make_relay_page (void)
{
  return g_strdup_printf (
      "<!doctype html>\n<meta charset=\"utf-8\">\n<meta name=\"referrer\" "
      "content=\"no-referrer\">\n"
      "<title>nkonsept SMM</title>\n<p id=\"text\">%s</p>\n<script>\n"
      "const query = new URLSearchParams(location.search);\n"
      "const port = /\\.([0-9]{1,5})$/.exec(query.get(\"state\") || \"\");\n"
      "if (port)\n"
      "  location.replace(\"http://localhost:\" + port[1] + \"/callback\" + location.search);\n"
      "</script>\n",
      _ ("If nothing happens, copy the address of this page and paste it in nkonsept SMM."));
}

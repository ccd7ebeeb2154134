/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-signin-rules.h"

#include <glib/gi18n.h>
#include <json-glib/json-glib.h>
#include <string.h>

#define MAX_LINE (64 * 1024)
#define MAX_HOSTS 64

void
smm_signin_rules_free (SmmSigninRules *self)
{
  g_free (self->platform);
  if (self->address != NULL)
    explicit_bzero (self->address, strlen (self->address));
  g_free (self->address);
  g_clear_pointer (&self->redirect, g_uri_unref);
  g_strfreev (self->pages);
  g_strfreev (self->parts);
  g_free (self);
}

static gboolean
is_this_computer (const char *host)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (host);

  return g_ascii_strcasecmp (host, "localhost") == 0
         || (address != NULL && g_inet_address_get_is_loopback (address));
}

static int
get_port (GUri *uri)
{
  if (g_uri_get_port (uri) > 0)
    return g_uri_get_port (uri);
  return g_ascii_strcasecmp (g_uri_get_scheme (uri), "https") == 0 ? 443 : 80;
}

/* A domain, or an origin of this computer. */
static gboolean
is_host_rule (const char *text)
{
  g_autoptr (GUri) uri = NULL;

  if (!g_str_has_prefix (text, "http://"))
    return strchr (text, '.') != NULL && *text != '.'
           && strspn (text, "abcdefghijklmnopqrstuvwxyz0123456789.-") == strlen (text);
  uri = g_uri_parse (text, G_URI_FLAGS_NONE, NULL);
  return uri != NULL && g_uri_get_userinfo (uri) == NULL && *g_uri_get_path (uri) == '\0'
         && g_uri_get_query (uri) == NULL && g_uri_get_fragment (uri) == NULL
         && is_this_computer (g_uri_get_host (uri));
}

static gboolean
matches (const char *rule, GUri *uri)
{
  const char *host = g_uri_get_host (uri);
  g_autoptr (GUri) origin = NULL;
  gsize n = strlen (rule), length = strlen (host);

  if (g_str_has_prefix (rule, "http://"))
    {
      origin = g_uri_parse (rule, G_URI_FLAGS_NONE, NULL);
      return g_ascii_strcasecmp (g_uri_get_scheme (uri), "http") == 0
             && g_ascii_strcasecmp (g_uri_get_host (origin), host) == 0
             && get_port (origin) == get_port (uri);
    }
  if (g_ascii_strcasecmp (g_uri_get_scheme (uri), "https") != 0 || get_port (uri) != 443
      || length < n || g_ascii_strcasecmp (host + length - n, rule) != 0)
    return FALSE;
  return length == n || host[length - n - 1] == '.';
}

/* Letter by letter but for what the platform adds: query and fragment. */
static gboolean
is_redirect (SmmSigninRules *self, GUri *uri)
{
  return g_ascii_strcasecmp (g_uri_get_scheme (uri), g_uri_get_scheme (self->redirect)) == 0
         && g_ascii_strcasecmp (g_uri_get_host (uri), g_uri_get_host (self->redirect)) == 0
         && get_port (uri) == get_port (self->redirect)
         && strcmp (g_uri_get_path (uri), g_uri_get_path (self->redirect)) == 0;
}

/* GUri lets a host pass that no host can have, and browsers read "\\" as "/". */
static gboolean
has_odd_host (GUri *uri)
{
  const char *host = g_uri_get_host (uri);

  for (; *host != '\0'; host++)
    if (!g_ascii_isalnum (*host) && strchr (".-:", *host) == NULL)
      return TRUE;
  return FALSE;
}

/* What can be read as an address of the web; else NULL. */
static GUri *
read_address (const char *address)
{
  g_autoptr (GUri) uri = g_uri_parse (address, G_URI_FLAGS_ENCODED | G_URI_FLAGS_NON_DNS, NULL);

  if (uri == NULL || g_uri_get_host (uri) == NULL || *g_uri_get_host (uri) == '\0'
      || g_uri_get_userinfo (uri) != NULL || has_odd_host (uri))
    return NULL;
  if (g_ascii_strcasecmp (g_uri_get_scheme (uri), "https") != 0
      && g_ascii_strcasecmp (g_uri_get_scheme (uri), "http") != 0)
    return NULL;
  return g_steal_pointer (&uri);
}

/**
 * smm_signin_rules_judge:
 * @self: the rules
 * @address: where a page or a redirect leads; hostile
 *
 * Returns: what is to become of it
 */
SmmSigninVerdict
smm_signin_rules_judge (SmmSigninRules *self, const char *address)
{
  g_autoptr (GUri) uri = NULL;

  /* What a page makes of itself: an empty frame. */
  if (strcmp (address, "about:blank") == 0 || strcmp (address, "about:srcdoc") == 0)
    return SMM_SIGNIN_OPEN;
  uri = read_address (address);
  if (uri == NULL)
    return SMM_SIGNIN_REFUSE;
  if (is_redirect (self, uri))
    return SMM_SIGNIN_ANSWER;
  for (guint i = 0; self->pages[i] != NULL; i++)
    if (matches (self->pages[i], uri))
      return SMM_SIGNIN_OPEN;
  return SMM_SIGNIN_REFUSE;
}

static void
add_filter (JsonBuilder *builder, const char *pattern, const char *action)
{
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "trigger");
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "url-filter");
  json_builder_add_string_value (builder, pattern);
  json_builder_end_object (builder);
  json_builder_set_member_name (builder, "action");
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "type");
  json_builder_add_string_value (builder, action);
  json_builder_end_object (builder);
  json_builder_end_object (builder);
}

static void
add_allowed (JsonBuilder *builder, char **rules)
{
  for (guint i = 0; rules[i] != NULL; i++)
    {
      g_autofree char *plain = g_regex_escape_string (rules[i], -1);
      g_autofree char *pattern = g_str_has_prefix (rules[i], "http://")
                                     ? g_strdup_printf ("^%s/", plain)
                                     : g_strdup_printf ("^https://([a-z0-9.-]+\\.)?%s/", plain);

      add_filter (builder, pattern, "ignore-previous-rules");
    }
}

/**
 * smm_signin_rules_make_filter:
 * @self: the rules
 *
 * Pictures and scripts, requests of scripts and sockets: what is not of the platform does not
 * leave.
 *
 * Returns: (transfer full): rules for WebKitUserContentFilterStore
 */
char *
smm_signin_rules_make_filter (SmmSigninRules *self)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;

  json_builder_begin_array (builder);
  add_filter (builder, "^https?://", "block");
  add_filter (builder, "^wss?://", "block");
  add_filter (builder, "^ftp://", "block");
  add_allowed (builder, self->pages);
  add_allowed (builder, self->parts);
  json_builder_end_array (builder);
  root = json_builder_get_root (builder);
  return json_to_string (root, FALSE);
}

/**
 * smm_signin_dup_host:
 * @address: an address; hostile
 *
 * Returns: (transfer full) (nullable): its host, to be shown
 */
char *
smm_signin_dup_host (const char *address)
{
  g_autoptr (GUri) uri = read_address (address);

  return uri != NULL ? g_strdup (g_uri_get_host (uri)) : NULL;
}

static const char *
get_text (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node)
                 && json_node_get_value_type (node) == G_TYPE_STRING
             ? json_node_get_string (node)
             : NULL;
}

static char **
get_hosts (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);
  JsonArray *array
      = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  if (array == NULL || json_array_get_length (array) > MAX_HOSTS)
    return NULL;
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *element = json_array_get_element (array, i);
      const char *text
          = JSON_NODE_HOLDS_VALUE (element) && json_node_get_value_type (element) == G_TYPE_STRING
                ? json_node_get_string (element)
                : NULL;

      if (text == NULL || !is_host_rule (text))
        return NULL;
      g_strv_builder_add (builder, text);
    }
  return g_strv_builder_end (builder);
}

/**
 * smm_signin_rules_parse:
 * @line: what came on the standard input
 * @error: G_IO_ERROR_INVALID_ARGUMENT
 *
 * Returns: (transfer full) (nullable): the rules; its address is one that may be opened
 */
SmmSigninRules *
smm_signin_rules_parse (const char *line, GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autoptr (SmmSigninRules) self = g_new0 (SmmSigninRules, 1);
  JsonNode *root = NULL;
  const char *redirect = NULL;

  if (strlen (line) < MAX_LINE && json_parser_load_from_data (parser, line, -1, NULL))
    root = json_parser_get_root (parser);
  if (root != NULL && JSON_NODE_HOLDS_OBJECT (root))
    {
      JsonObject *object = json_node_get_object (root);

      self->platform = g_strdup (get_text (object, "platform"));
      self->address = g_strdup (get_text (object, "address"));
      self->pages = get_hosts (object, "pages");
      self->parts = get_hosts (object, "parts");
      redirect = get_text (object, "redirect");
      self->redirect = redirect != NULL ? read_address (redirect) : NULL;
    }
  if (self->platform == NULL || self->address == NULL || self->pages == NULL || self->parts == NULL
      || self->redirect == NULL || smm_signin_rules_judge (self, self->address) != SMM_SIGNIN_OPEN)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                   _ ("This program is started by nkonsept SMM when you sign in to a platform."));
      return NULL;
    }
  return g_steal_pointer (&self);
}

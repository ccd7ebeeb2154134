/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-platform.h"

#include <string.h>

#define MAX_BYTES (1024 * 1024)
#define MAX_DEPTH 64

/* The four hex digits at @at; -1 when they are none. */
static int
read_unit (const char *text, gsize n, gsize at)
{
  int unit = 0;

  for (gsize i = at; i < at + 4; i++)
    {
      if (i >= n || !g_ascii_isxdigit (text[i]))
        return -1;
      unit = unit * 16 + g_ascii_xdigit_value (text[i]);
    }
  return unit;
}

/* Goes from the first byte inside a string to its closing quote. */
static gboolean
skip_string (const char *text, gsize n, gsize *at)
{
  for (gsize i = *at; i < n; i++)
    {
      int unit;

      if (text[i] == '"')
        {
          *at = i;
          return TRUE;
        }
      if (text[i] != '\\')
        continue;
      if (++i >= n || strchr ("\"\\/bfnrtu", text[i]) == NULL)
        return FALSE;
      if (text[i] != 'u')
        continue;
      unit = read_unit (text, n, i + 1);
      i += 4;
      if (unit <= 0 || (unit >= 0xdc00 && unit <= 0xdfff))
        return FALSE;
      if (unit < 0xd800 || unit > 0xdfff)
        continue;
      if (i + 2 >= n || text[i + 1] != '\\' || text[i + 2] != 'u')
        return FALSE;
      unit = read_unit (text, n, i + 3);
      i += 6;
      if (unit < 0xdc00 || unit > 0xdfff)
        return FALSE;
    }
  return FALSE;
}

/*
 * json-glib recurses, so what is nested too deep must not reach it; and it reads comments, single
 * quotes and strange escapes in its own way, which could hide the nesting or yield broken UTF-8.
 */
static gboolean
is_plain (const char *text, gsize n)
{
  int depth = 0;

  for (gsize i = 0; i < n; i++)
    switch (text[i])
      {
      case '"':
        i++;
        if (!skip_string (text, n, &i))
          return FALSE;
        break;
      case '{':
      case '[':
        if (++depth > MAX_DEPTH)
          return FALSE;
        break;
      case '}':
      case ']':
        depth--;
        break;
      case '/':
      case '\'':
      case '#':
        return FALSE;
      default:
        break;
      }
  return TRUE;
}

static JsonNode *
fail (GError **error, const char *why)
{
  g_set_error_literal (error, SMM_PLATFORM_ERROR, SMM_PLATFORM_ERROR_ANSWER, why);
  return NULL;
}

/**
 * smm_json_parse:
 * @body: a reply
 * @error: SMM_PLATFORM_ERROR_ANSWER
 *
 * Returns: (transfer full) (nullable): a node that holds an object
 */
JsonNode *
smm_json_parse (GBytes *body, GError **error)
{
  g_autoptr (JsonParser) parser = NULL;
  gsize n;
  const char *text = g_bytes_get_data (body, &n);
  JsonNode *root;

  if (n == 0 || text == NULL)
    return fail (error, "the answer is empty");
  if (n > MAX_BYTES)
    return fail (error, "the answer is too large");
  if (!g_utf8_validate (text, n, NULL))
    return fail (error, "the answer is not UTF-8");
  if (!is_plain (text, n))
    return fail (error, "the answer is nested too deep, or not plain JSON");
  parser = json_parser_new_immutable ();
  if (!json_parser_load_from_data (parser, text, n, NULL))
    return fail (error, "the answer is not JSON");
  root = json_parser_get_root (parser);
  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    return fail (error, "the answer is not an object");
  return json_node_ref (root);
}

static JsonNode *
get_value (JsonObject *object, const char *member)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, member) : NULL;

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) ? node : NULL;
}

const char *
smm_json_get_string (JsonObject *object, const char *member)
{
  JsonNode *node = get_value (object, member);

  return node != NULL && json_node_get_value_type (node) == G_TYPE_STRING
             ? json_node_get_string (node)
             : NULL;
}

char *
smm_json_dup_id (JsonObject *object, const char *member)
{
  JsonNode *node = get_value (object, member);

  if (node == NULL)
    return NULL;
  if (json_node_get_value_type (node) == G_TYPE_INT64)
    return g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (node));
  return g_strdup (smm_json_get_string (object, member));
}

gint64
smm_json_get_int (JsonObject *object, const char *member, gint64 fallback)
{
  JsonNode *node = get_value (object, member);

  return node != NULL && json_node_get_value_type (node) == G_TYPE_INT64 ? json_node_get_int (node)
                                                                         : fallback;
}

gboolean
smm_json_get_bool (JsonObject *object, const char *member, gboolean fallback)
{
  JsonNode *node = get_value (object, member);

  return node != NULL && json_node_get_value_type (node) == G_TYPE_BOOLEAN
             ? json_node_get_boolean (node)
             : fallback;
}

JsonObject *
smm_json_get_object (JsonObject *object, const char *member)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, member) : NULL;

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

JsonArray *
smm_json_get_array (JsonObject *object, const char *member)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, member) : NULL;

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

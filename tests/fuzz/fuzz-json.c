/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A reply's body: smm_json_parse() and the typed getters, times and texts in it. */

#include "config.h"

#include "smm-fuzz.h"

#include "meta/smm-meta.h"

#include <string.h>

#define MAX_DEPTH 64

int
LLVMFuzzerInitialize (int *argc, char ***argv)
{
  smm_fuzz_be_strict ();
  return 0;
}

static void
read_text (const char *text)
{
  gint64 at;

  smm_fuzz_check_text (text);
  if (text == NULL)
    return;
  g_assert (smm_text_code_points (text) <= smm_text_utf16_units (text));
  smm_text_count_hashtags (text);
  smm_text_count_mentions (text);
  at = smm_meta_parse_time (text);
  g_assert (at >= 0);
  g_assert (smm_meta_same_text (text, text));
}

static void walk_array (JsonArray *array, int depth);

static void
walk (JsonObject *object, int depth)
{
  g_autoptr (GList) members = json_object_get_members (object);

  g_assert (depth <= MAX_DEPTH);
  for (GList *l = members; l != NULL; l = l->next)
    {
      const char *name = l->data;
      g_autofree char *id = smm_json_dup_id (object, name);
      JsonObject *inner = smm_json_get_object (object, name);
      JsonArray *array = smm_json_get_array (object, name);

      smm_fuzz_check_text (name);
      smm_fuzz_check_text (id);
      read_text (smm_json_get_string (object, name));
      smm_json_get_int (object, name, -1);
      smm_json_get_bool (object, name, TRUE);
      if (inner != NULL)
        walk (inner, depth + 1);
      if (array != NULL)
        walk_array (array, depth + 1);
    }
}

static void
walk_array (JsonArray *array, int depth)
{
  g_assert (depth <= MAX_DEPTH);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);

      if (JSON_NODE_HOLDS_OBJECT (node))
        walk (json_node_get_object (node), depth + 1);
      else if (JSON_NODE_HOLDS_ARRAY (node))
        walk_array (json_node_get_array (node), depth + 1);
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GBytes) body = g_bytes_new (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) root = smm_json_parse (body, &error);

  g_assert ((root == NULL) == (error != NULL));
  if (error != NULL)
    {
      smm_fuzz_check_text (error->message);
      return 0;
    }
  walk (json_node_get_object (root), 1);
  g_assert (smm_json_get_string (json_node_get_object (root), "no such member") == NULL);
  return 0;
}

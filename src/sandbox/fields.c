/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "smm-sandbox.h"

#include <string.h>

#define MAXIMUM_DEPTH 8

void
sim_field_free (SimField *self)
{
  g_free (self->name);
  g_clear_pointer (&self->arguments, g_hash_table_unref);
  g_clear_pointer (&self->children, g_ptr_array_unref);
  g_free (self);
}

static char *
take_word (const char **p)
{
  const char *start = *p;

  while (g_ascii_isalnum (**p) || **p == '_')
    (*p)++;
  return g_strndup (start, *p - start);
}

/* name[.argument(value)]…[{children}], separated by commas */
static GPtrArray *
parse_list (const char **p, int depth)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify)sim_field_free);

  if (depth > MAXIMUM_DEPTH)
    return NULL;
  while (TRUE)
    {
      SimField *field = g_new0 (SimField, 1);

      g_ptr_array_add (list, field);
      field->name = take_word (p);
      if (field->name[0] == '\0')
        return NULL;
      while (**p == '.')
        {
          char *argument;
          const char *start;

          (*p)++;
          argument = take_word (p);
          if (argument[0] == '\0' || **p != '(')
            {
              g_free (argument);
              return NULL;
            }
          start = ++(*p);
          while (**p != '\0' && **p != ')')
            (*p)++;
          if (field->arguments == NULL)
            field->arguments = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
          g_hash_table_insert (field->arguments, argument, g_strndup (start, *p - start));
          if (**p != ')')
            return NULL;
          (*p)++;
        }
      if (**p == '{')
        {
          (*p)++;
          field->children = parse_list (p, depth + 1);
          if (field->children == NULL || **p != '}')
            return NULL;
          (*p)++;
        }
      if (**p != ',')
        break;
      (*p)++;
    }
  return g_steal_pointer (&list);
}

/* NULL on a syntax error. */
GPtrArray *
sim_fields_parse (const char *text)
{
  g_autofree char *compact = g_strdup (text);
  const char *p = compact;
  char *to = compact;
  GPtrArray *list;

  for (const char *from = compact; *from; from++)
    if (!g_ascii_isspace (*from))
      *to++ = *from;
  *to = '\0';
  if (compact[0] == '\0')
    return NULL;
  list = parse_list (&p, 0);
  if (list != NULL && *p != '\0')
    g_clear_pointer (&list, g_ptr_array_unref);
  return list;
}

SimField *
sim_fields_find (GPtrArray *fields, const char *name)
{
  for (guint i = 0; fields != NULL && i < fields->len; i++)
    {
      SimField *field = g_ptr_array_index (fields, i);
      if (strcmp (field->name, name) == 0)
        return field;
    }
  return NULL;
}

gboolean
sim_fields_check (SimRequest *self, GPtrArray *fields, const char *const *known, const char *type)
{
  for (guint i = 0; fields != NULL && i < fields->len; i++)
    {
      SimField *field = g_ptr_array_index (fields, i);
      if (!g_strv_contains (known, field->name))
        {
          g_autofree char *message = g_strdup_printf (
              "(#100) Tried accessing nonexistent field (%s) on node type (%s)", field->name, type);
          sim_fail (self, 100, 0, message);
          return FALSE;
        }
    }
  return TRUE;
}

static JsonNode *
project_node (JsonNode *node, GPtrArray *fields)
{
  JsonObject *object;
  JsonNode *result;

  if (fields == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return json_node_copy (node);
  object = json_node_get_object (node);
  result = json_node_new (JSON_NODE_OBJECT);
  if (json_object_has_member (object, "data")
      && JSON_NODE_HOLDS_ARRAY (json_object_get_member (object, "data")))
    {
      JsonArray *data = json_object_get_array_member (object, "data");
      JsonArray *projected = json_array_new ();
      JsonObject *edge = json_object_new ();
      JsonObjectIter iter;
      const char *name;
      JsonNode *member;

      for (guint i = 0; i < json_array_get_length (data); i++)
        json_array_add_element (projected, project_node (json_array_get_element (data, i), fields));
      json_object_iter_init (&iter, object);
      while (json_object_iter_next (&iter, &name, &member))
        if (strcmp (name, "data") != 0)
          json_object_set_member (edge, name, json_node_copy (member));
      json_object_set_array_member (edge, "data", projected);
      json_node_take_object (result, edge);
      return result;
    }
  /* A picture is an edge with one thing on it. */
  if (json_object_has_member (object, "data")
      && JSON_NODE_HOLDS_OBJECT (json_object_get_member (object, "data")))
    {
      JsonObject *edge = json_object_new ();

      json_object_set_member (edge, "data",
                              project_node (json_object_get_member (object, "data"), fields));
      json_node_take_object (result, edge);
      return result;
    }
  json_node_take_object (result, sim_project (json_object_ref (object), fields));
  return result;
}

/* Takes @full; what was asked for and is set, and always the id. */
JsonObject *
sim_project (JsonObject *full, GPtrArray *fields)
{
  JsonObject *result;

  if (fields == NULL)
    return full;
  result = json_object_new ();
  for (guint i = 0; i < fields->len; i++)
    {
      SimField *field = g_ptr_array_index (fields, i);
      JsonNode *member = json_object_get_member (full, field->name);
      if (member != NULL)
        json_object_set_member (result, field->name, project_node (member, field->children));
    }
  if (json_object_has_member (full, "id") && !json_object_has_member (result, "id"))
    json_object_set_member (result, "id", json_node_copy (json_object_get_member (full, "id")));
  json_object_unref (full);
  return result;
}

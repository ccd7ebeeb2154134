/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "smm-sandbox.h"

#include <string.h>

/* What a container may carry besides its media and caption, and where (4.2). */

#define COLLABORATOR_LIMIT 3
#define TAG_LIMIT 20
#define NAME_LIMIT 30

static gboolean
is_type (SimContainer *container, const char *type)
{
  return strcmp (container->media_type, type) == 0;
}

static gboolean
refuse (SimRequest *self, const char *name)
{
  sim_fail_parameter (self, name);
  return FALSE;
}

/* People whose name begins with “private.” have closed their account in this world. */
static gboolean
is_public_name (const char *name)
{
  gsize length = strlen (name);

  return length > 0 && length <= NAME_LIMIT && !g_str_has_prefix (name, "private.")
         && strspn (name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._")
                == length;
}

/* The list in the parameter @name, or NULL. */
static JsonArray *
parse_list (SimRequest *self, const char *name, JsonParser *parser)
{
  const char *text = sim_get (self, name);
  JsonNode *root;

  if (!json_parser_load_from_data (parser, text, -1, NULL))
    return NULL;
  root = json_parser_get_root (parser);
  return root != NULL && JSON_NODE_HOLDS_ARRAY (root) ? json_node_get_array (root) : NULL;
}

static const char *
text_in (JsonNode *node)
{
  return node != NULL && JSON_NODE_HOLDS_VALUE (node)
                 && json_node_get_value_type (node) == G_TYPE_STRING
             ? json_node_get_string (node)
             : NULL;
}

static gboolean
is_share (JsonObject *tag, const char *name)
{
  JsonNode *node = json_object_get_member (tag, name);
  double value;

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node)
      || (json_node_get_value_type (node) != G_TYPE_INT64
          && json_node_get_value_type (node) != G_TYPE_DOUBLE))
    return FALSE;
  value = json_node_get_double (node);
  return value >= 0 && value <= 1;
}

/* A picture's tag has a place, a story's may have one, a film's has none. */
static gboolean
tag_fits (SimContainer *container, JsonNode *node)
{
  JsonObject *tag;
  const char *name;
  gboolean placed;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    return FALSE;
  tag = json_node_get_object (node);
  name = text_in (json_object_get_member (tag, "username"));
  placed = json_object_has_member (tag, "x") || json_object_has_member (tag, "y");
  if (name == NULL || !is_public_name (name))
    return FALSE;
  if (placed && !(is_share (tag, "x") && is_share (tag, "y")))
    return FALSE;
  if (is_type (container, "IMAGE"))
    return placed;
  return is_type (container, "STORIES") || !placed;
}

static gboolean
take_user_tags (SimRequest *self, SimContainer *container)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonArray *list;

  if (sim_get (self, "user_tags") == NULL)
    return TRUE;
  list = is_type (container, "CAROUSEL") ? NULL : parse_list (self, "user_tags", parser);
  if (list == NULL)
    return refuse (self, "user_tags");
  if (json_array_get_length (list) > TAG_LIMIT)
    {
      sim_fail_full (self, 400, 100, 2207040, "Invalid parameter", "Too many tags",
                     "A post can have 20 tags at most.");
      return FALSE;
    }
  for (guint i = 0; i < json_array_get_length (list); i++)
    if (!tag_fits (container, json_array_get_element (list, i)))
      return refuse (self, "user_tags");
  container->user_tags = g_strdup (sim_get (self, "user_tags"));
  return TRUE;
}

static gboolean
take_collaborators (SimRequest *self, SimContainer *container)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonArray *list;

  if (sim_get (self, "collaborators") == NULL)
    return TRUE;
  list = container->carousel_item || is_type (container, "STORIES")
             ? NULL
             : parse_list (self, "collaborators", parser);
  if (list == NULL || json_array_get_length (list) > COLLABORATOR_LIMIT)
    return refuse (self, "collaborators");
  for (guint i = 0; i < json_array_get_length (list); i++)
    {
      const char *name = text_in (json_array_get_element (list, i));
      if (name == NULL || !is_public_name (name))
        return refuse (self, "collaborators");
    }
  container->collaborators = g_strdup (sim_get (self, "collaborators"));
  return TRUE;
}

static gboolean
take_location (SimRequest *self, SimContainer *container)
{
  const char *id = sim_get (self, "location_id");
  SimPage *place;

  if (id == NULL)
    return TRUE;
  place = (SimPage *)sim_find (id, SIM_PAGE);
  if (container->carousel_item || place == NULL || !place->location)
    {
      sim_fail_full (self, 400, 100, 0, "(#100) INSTAGRAM_PLATFORM_API__INVALID_LOCATION_ID",
                     "Invalid location", "The location is no Page with an address.");
      return FALSE;
    }
  container->location = g_strdup (id);
  return TRUE;
}

static gboolean
take_cover (SimRequest *self, SimContainer *container)
{
  const char *offset = sim_get (self, "thumb_offset");
  const char *cover = sim_get (self, "cover_url");
  guint64 number;

  container->thumb_offset = -1;
  if (cover != NULL && !is_type (container, "REELS"))
    return refuse (self, "cover_url");
  if (offset != NULL
      && (!(is_type (container, "REELS") || is_type (container, "VIDEO"))
          || !g_ascii_string_to_unsigned (offset, 10, 0, G_MAXINT, &number, NULL)))
    return refuse (self, "thumb_offset");
  if (cover != NULL)
    {
      /* The cover wins; the offset is not even looked at. */
      container->cover = sim_ig_fetch_image (self, cover, TRUE);
      return container->cover != NULL;
    }
  if (offset != NULL)
    container->thumb_offset = (gint64)number;
  return TRUE;
}

/* Parameters that one type alone knows. */
static gboolean
check_where (SimRequest *self, SimContainer *container)
{
  gboolean ai;

  if (!is_type (container, "REELS"))
    {
      static const char *const only_reels[] = { "share_to_feed", "audio_name", "trial_params" };
      for (guint i = 0; i < G_N_ELEMENTS (only_reels); i++)
        if (sim_get (self, only_reels[i]) != NULL)
          return refuse (self, only_reels[i]);
    }
  if (sim_get (self, "trial_params") != NULL)
    {
      sim_fail_full (self, 400, 100, 2207081, "Invalid parameter", "No trial reels",
                     "This account cannot post trial reels.");
      return FALSE;
    }
  if (!sim_get_boolean (self, "is_ai_generated", FALSE, &ai))
    return FALSE;
  return container->carousel_item && sim_get (self, "is_ai_generated") != NULL
             ? refuse (self, "is_ai_generated")
             : TRUE;
}

/* Labels and resumable upload are for Facebook Login only (2.12). */
static gboolean
check_login (SimRequest *self)
{
  static const char *const facebook[]
      = { "upload_type", "branded_content_sponsor_ids", "is_paid_partnership" };

  for (guint i = 0; self->token->ig != NULL && i < G_N_ELEMENTS (facebook); i++)
    if (sim_get (self, facebook[i]) != NULL)
      return refuse (self, facebook[i]);
  return TRUE;
}

/* FALSE and an error answer when a parameter does not fit the type of @container. */
gboolean
sim_ig_take_extras (SimRequest *self, SimContainer *container)
{
  return check_login (self) && check_where (self, container)
         && sim_get_boolean (self, "share_to_feed", TRUE, &container->share_to_feed)
         && take_user_tags (self, container) && take_collaborators (self, container)
         && take_location (self, container) && take_cover (self, container);
}

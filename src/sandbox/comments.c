/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "smm-sandbox.h"

#include <string.h>

static const char *const page_fields[]
    = { "id",         "message",  "created_time", "from",        "like_count", "comment_count",
        "is_hidden",  "can_hide", "can_remove",   "can_comment", "parent",     "permalink_url",
        "attachment", NULL };
static const char *const ig_fields[]
    = { "id",         "text",      "timestamp", "username", "from", "hidden",
        "like_count", "parent_id", "replies",   "media",    "user", NULL };

/* The post or media at the root of a thread */
static SimNode *
root_of (SimNode *node)
{
  while (node->kind == SIM_COMMENT)
    node = ((SimComment *)node)->parent;
  return node;
}

SimComment *
sim_comment_new (SimNode *parent, const char *text, const char *from_id, const char *from_name,
                 gboolean own)
{
  SimComment *comment = g_new0 (SimComment, 1);
  SimNode *root = root_of (parent);
  g_autofree char *number = sim_new_id ("9988", 12);

  comment->parent = parent;
  comment->text = g_strdup (text);
  comment->from_id = g_strdup (from_id);
  comment->from_name = g_strdup (from_name);
  comment->own = own;
  sim_add_node (&comment->node, SIM_COMMENT,
                root->kind == SIM_POST ? g_strconcat (strchr (root->id, '_') + 1, "_", number, NULL)
                                       : g_strconcat ("178", number, NULL));
  if (parent->comments == NULL)
    parent->comments = g_ptr_array_new ();
  g_ptr_array_add (parent->comments, comment);
  return comment;
}

static JsonObject *
render_page_comment (SimNode *node, GPtrArray *fields)
{
  SimComment *comment = (SimComment *)node;
  JsonObject *full = json_object_new ();
  JsonObject *from = json_object_new ();
  g_autofree char *time = sim_time_text (node->created);
  g_autofree char *permalink = g_strdup_printf ("https://www.facebook.com/%s?comment_id=%s",
                                                root_of (node)->id, strchr (node->id, '_') + 1);

  json_object_set_string_member (full, "created_time", time);
  json_object_set_string_member (from, "name", comment->from_name);
  json_object_set_string_member (from, "id", comment->from_id);
  json_object_set_object_member (full, "from", from);
  json_object_set_string_member (full, "message", comment->text);
  json_object_set_string_member (full, "id", node->id);
  if (fields == NULL)
    return full;
  json_object_set_int_member (full, "like_count", 0);
  json_object_set_int_member (full, "comment_count", node->comments ? node->comments->len : 0);
  json_object_set_boolean_member (full, "is_hidden", comment->hidden);
  json_object_set_boolean_member (full, "can_hide", !comment->own);
  json_object_set_boolean_member (full, "can_remove", TRUE);
  json_object_set_boolean_member (full, "can_comment", TRUE);
  json_object_set_string_member (full, "permalink_url", permalink);
  if (comment->parent->kind == SIM_COMMENT)
    {
      JsonObject *parent = json_object_new ();
      json_object_set_string_member (parent, "id", comment->parent->id);
      json_object_set_object_member (full, "parent", parent);
    }
  return sim_project (full, fields);
}

static JsonObject *
render_ig_comment (SimNode *node, GPtrArray *fields)
{
  SimComment *comment = (SimComment *)node;
  JsonObject *full = json_object_new ();
  JsonObject *from = json_object_new ();
  g_autofree char *time = sim_time_text (node->created);
  SimField *replies = sim_fields_find (fields, "replies");

  json_object_set_string_member (full, "timestamp", time);
  json_object_set_string_member (full, "text", comment->text);
  json_object_set_string_member (full, "id", node->id);
  if (fields == NULL)
    {
      json_object_unref (from);
      return full;
    }
  json_object_set_string_member (full, "username", comment->from_name);
  json_object_set_string_member (from, "id", comment->from_id);
  json_object_set_string_member (from, "username", comment->from_name);
  json_object_set_object_member (full, "from", from);
  json_object_set_boolean_member (full, "hidden", comment->hidden);
  json_object_set_int_member (full, "like_count", 0);
  if (comment->parent->kind == SIM_COMMENT)
    json_object_set_string_member (full, "parent_id", comment->parent->id);
  if (replies != NULL)
    json_object_set_object_member (full, "replies", sim_comment_list (node, replies, "text"));
  return sim_project (full, fields);
}

static gboolean
check_message (SimRequest *self, const char *message)
{
  if (message == NULL || message[strspn (message, " \t\r\n")] == '\0'
      || !g_utf8_validate (message, -1, NULL))
    {
      sim_fail (self, 100, 0, "(#100) The parameter message is required");
      return FALSE;
    }
  if (g_utf8_strlen (message, -1) > 8000)
    {
      sim_fail_parameter (self, "message");
      return FALSE;
    }
  return TRUE;
}

/* Answers to a story are private messages, not comments. */
static gboolean
is_story (SimNode *root)
{
  if (root->kind == SIM_POST)
    return ((SimPost *)root)->story;
  return ((SimMedia *)root)->container != NULL
         && strcmp (((SimMedia *)root)->container->media_type, "STORIES") == 0;
}

static void
create_comment (SimRequest *self, SimNode *node, SimNode *root)
{
  const char *message = sim_get (self, "message");
  SimComment *comment;

  if (is_story (root))
    {
      sim_fail_missing (self, node->id);
      return;
    }
  if (root->kind == SIM_POST)
    {
      SimPage *page = ((SimPost *)root)->page;
      if (!sim_require_page_write (self, page, "pages_manage_engagement", "MODERATE")
          || !check_message (self, message))
        return;
      comment = sim_comment_new (node, message, page->node.id, page->name, TRUE);
    }
  else
    {
      SimIg *ig = ((SimMedia *)root)->ig;
      if (!sim_require_ig (self, ig, "instagram_manage_comments") || !check_message (self, message))
        return;
      /* The same words twice under one thing are refused as spam. */
      for (guint i = 0; node->comments != NULL && i < node->comments->len; i++)
        {
          SimComment *other = g_ptr_array_index (node->comments, i);
          if (other->own && !other->node.gone && strcmp (other->text, message) == 0)
            {
              sim_fail_full (self, 400, 4, 2207051, "Application request limit reached",
                             "Action is blocked",
                             "We restrict certain activity to protect our community.");
              return;
            }
        }
      comment = sim_comment_new (node, message, ig->node.id, ig->username, TRUE);
    }
  sim_effect ("comment");
  sim_reply_text (self, 200, "application/json; charset=UTF-8",
                  g_strdup_printf ("{\"id\":\"%s\"}", comment->node.id));
}

void
sim_comments (SimRequest *self, SimNode *node)
{
  SimNode *root = root_of (node);
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  gboolean ig = root->kind == SIM_MEDIA;

  if (sim_is (self, "POST"))
    {
      create_comment (self, node, root);
      return;
    }
  if (!sim_is (self, "GET"))
    {
      sim_fail_missing (self, node->id);
      return;
    }
  if (!sim_fields_check (self, self->fields, ig ? ig_fields : page_fields,
                         ig ? "IGComment" : "Comment"))
    return;
  if (ig)
    {
      if (!sim_require_ig (self, ((SimMedia *)root)->ig, "instagram_manage_comments"))
        return;
    }
  else
    {
      SimPage *page = ((SimPost *)root)->page;
      if (!sim_require_token (self))
        return;
      /* A user token gets an empty list, not an error. */
      if (self->token->page == NULL)
        {
          sim_reply_list (self, none, 100, FALSE, NULL, NULL, render_page_comment);
          return;
        }
      if (!sim_require_page_read (self, page, "pages_read_engagement"))
        return;
    }
  sim_reply_list (self, node->comments ? node->comments : none, 100, TRUE, NULL, NULL,
                  ig ? render_ig_comment : render_page_comment);
}

void
sim_comment (SimRequest *self, SimComment *comment)
{
  SimNode *root = root_of (&comment->node);
  gboolean ig = root->kind == SIM_MEDIA;
  gboolean hide;

  if (ig ? !sim_require_ig (self, ((SimMedia *)root)->ig, "instagram_manage_comments")
         : !sim_require_page_write (self, ((SimPost *)root)->page, "pages_read_engagement",
                                    "MODERATE"))
    return;
  if (sim_is (self, "GET"))
    {
      if (sim_fields_check (self, self->fields, ig ? ig_fields : page_fields,
                            ig ? "IGComment" : "Comment"))
        sim_reply_object (self, ig ? render_ig_comment (&comment->node, self->fields)
                                   : render_page_comment (&comment->node, self->fields));
    }
  else if (sim_is (self, "DELETE"))
    {
      comment->node.gone = TRUE;
      sim_effect ("comment_deleted");
      sim_reply_success (self);
    }
  else if (sim_get (self, ig ? "hide" : "is_hidden") != NULL)
    {
      if (!sim_get_boolean (self, ig ? "hide" : "is_hidden", FALSE, &hide))
        return;
      comment->hidden = hide && !comment->own;
      sim_effect ("comment_hidden");
      sim_reply_success (self);
    }
  else
    sim_fail_missing (self, comment->node.id);
}

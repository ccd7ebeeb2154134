/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "smm-sandbox.h"

#include <string.h>

static const char *const user_fields[]
    = { "id", "name", "first_name", "picture", "accounts", NULL };
static const char *const page_fields[] = { "id",
                                           "name",
                                           "username",
                                           "access_token",
                                           "tasks",
                                           "category",
                                           "category_list",
                                           "followers_count",
                                           "fan_count",
                                           "link",
                                           "picture",
                                           "about",
                                           "instagram_business_account",
                                           "connected_instagram_account",
                                           NULL };
static const char *const page_ig_fields[] = { "id",
                                              "username",
                                              "name",
                                              "profile_picture_url",
                                              "followers_count",
                                              "follows_count",
                                              "media_count",
                                              "biography",
                                              "website",
                                              NULL };

static JsonObject *
picture_of (const char *id)
{
  JsonObject *picture = json_object_new ();
  JsonObject *data = json_object_new ();
  g_autofree char *url = g_strdup_printf ("%s/cdn/face-%s.png", sim_world->base, id);

  json_object_set_int_member (data, "height", 50);
  json_object_set_boolean_member (data, "is_silhouette", FALSE);
  json_object_set_string_member (data, "url", url);
  json_object_set_int_member (data, "width", 50);
  json_object_set_object_member (picture, "data", data);
  return picture;
}

void
sim_user (SimRequest *self)
{
  JsonObject *full;

  if (!sim_require_token (self))
    return;
  if (self->token->page != NULL)
    {
      sim_page (self, self->token->page);
      return;
    }
  if (!sim_is (self, "GET"))
    {
      sim_fail_missing (self, sim_world->user.id);
      return;
    }
  if (!sim_fields_check (self, self->fields, user_fields, "User"))
    return;
  full = json_object_new ();
  json_object_set_string_member (full, "name", sim_world->user_name);
  json_object_set_string_member (full, "id", sim_world->user.id);
  if (self->fields != NULL)
    json_object_set_object_member (full, "picture", picture_of (sim_world->user.id));
  sim_reply_object (self, sim_project (full, self->fields));
}

/* @token: whose reading it is; a Page token goes out only to the person's token, or to itself. */
static JsonObject *
page_object (SimPage *page, SimToken *token, gboolean with_tasks)
{
  JsonObject *full = json_object_new ();
  JsonArray *list;
  JsonObject *category = json_object_new ();
  g_autofree char *link = g_strdup_printf ("https://www.facebook.com/%s", page->profile_id);

  if (token->page == NULL
      && g_strv_contains ((const char *const *)token->scopes, "pages_show_list"))
    json_object_set_string_member (full, "access_token", sim_token_for_page (token, page)->value);
  else if (token->page == page)
    json_object_set_string_member (full, "access_token", token->value);
  json_object_set_string_member (full, "category", page->category);
  list = json_array_new ();
  json_object_set_string_member (category, "id", "164243073639257");
  json_object_set_string_member (category, "name", page->category);
  json_array_add_object_element (list, category);
  json_object_set_array_member (full, "category_list", list);
  json_object_set_string_member (full, "name", page->name);
  json_object_set_string_member (full, "id", page->node.id);
  if (with_tasks)
    {
      list = json_array_new ();
      for (guint i = 0; page->tasks[i] != NULL; i++)
        json_array_add_string_element (list, page->tasks[i]);
      json_object_set_array_member (full, "tasks", list);
    }
  if (page->username != NULL)
    json_object_set_string_member (full, "username", page->username);
  json_object_set_int_member (full, "followers_count", page->followers);
  json_object_set_int_member (full, "fan_count", page->followers);
  json_object_set_string_member (full, "link", link);
  json_object_set_object_member (full, "picture", picture_of (page->node.id));
  if (page->ig != NULL && g_strv_contains ((const char *const *)token->scopes, "instagram_basic"))
    {
      JsonObject *ig = json_object_new ();
      g_autofree char *url
          = g_strdup_printf ("%s/cdn/face-%s.png", sim_world->base, page->ig->node.id);
      json_object_set_string_member (ig, "id", page->ig->node.id);
      json_object_set_string_member (ig, "username", page->ig->username);
      json_object_set_string_member (ig, "name", page->ig->name);
      json_object_set_string_member (ig, "profile_picture_url", url);
      json_object_set_int_member (ig, "followers_count", page->ig->followers);
      json_object_set_int_member (ig, "media_count", page->ig->media->len);
      json_object_set_object_member (full, "instagram_business_account", ig);
    }
  return full;
}

/* Without braces an account comes as its id alone. */
static gboolean
check_page_fields (SimRequest *self)
{
  SimField *ig = sim_fields_find (self->fields, "instagram_business_account");

  if (!sim_fields_check (self, self->fields, page_fields, "Page"))
    return FALSE;
  if (ig == NULL)
    return TRUE;
  if (ig->children == NULL)
    ig->children = sim_fields_parse ("id");
  return sim_fields_check (self, ig->children, page_ig_fields, "IGUser");
}

void
sim_page (SimRequest *self, SimPage *page)
{
  self->subject = &page->node;
  if (!sim_require_token (self))
    return;
  if (!sim_is (self, "GET"))
    {
      sim_fail_missing (self, page->node.id);
      return;
    }
  if (self->token->page != NULL && self->token->page != page)
    {
      sim_fail (self, 10, 0,
                "(#10) This endpoint requires the 'pages_read_engagement' permission or the 'Page "
                "Public Content Access' feature.");
      return;
    }
  if (self->fields == NULL)
    self->fields = sim_fields_parse ("name,id");
  if (!check_page_fields (self))
    return;
  if (sim_fields_find (self->fields, "tasks") != NULL)
    {
      sim_fail (self, 100, 0,
                "(#100) Tried accessing nonexistent field (tasks) on node type (Page)");
      return;
    }
  sim_reply_object (self, sim_project (page_object (page, self->token, FALSE), self->fields));
}

static SimToken *list_token;

static JsonObject *
render_account (SimNode *node, GPtrArray *fields)
{
  return sim_project (page_object ((SimPage *)node, list_token, TRUE), fields);
}

void
sim_accounts (SimRequest *self)
{
  g_autoptr (GPtrArray) reversed = NULL;

  if (!sim_require_token (self))
    return;
  if (self->token->page != NULL || !sim_is (self, "GET"))
    {
      sim_fail (self, 2500, 0, "Unknown path components: /accounts");
      return;
    }
  if (self->fields == NULL)
    self->fields = sim_fields_parse ("access_token,category,category_list,name,id,tasks");
  if (!check_page_fields (self))
    return;
  /* The list machine shows the last first; the pages keep the order of the world. */
  reversed = g_ptr_array_new ();
  if (sim_has_scope (self, "pages_show_list"))
    for (guint i = sim_world->pages->len; i > 0; i--)
      {
        SimPage *page = g_ptr_array_index (sim_world->pages, i - 1);
        page->node.seq = sim_world->pages->len - i + 1;
        g_ptr_array_add (reversed, page);
      }
  list_token = self->token;
  sim_reply_list (self, reversed, 100, FALSE, NULL, NULL, render_account);
}

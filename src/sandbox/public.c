/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "smm-sandbox.h"
#include "tiktok.h"

#include <string.h>

#define HTML_LIMIT 200

static gint
compare_newest (gconstpointer a, gconstpointer b)
{
  const SimNode *one = *(SimNode *const *)a;
  const SimNode *two = *(SimNode *const *)b;

  return one->seq < two->seq ? 1 : one->seq > two->seq ? -1 : 0;
}

static gboolean
is_public (SimNode *node)
{
  if (node->gone)
    return FALSE;
  return node->kind == SIM_MEDIA || ((SimPost *)node)->published;
}

static void
collect (GPtrArray *all, GPtrArray *from)
{
  for (guint i = 0; i < from->len; i++)
    if (is_public (g_ptr_array_index (from, i)))
      g_ptr_array_add (all, g_ptr_array_index (from, i));
}

static GPtrArray *
public_nodes (void)
{
  GPtrArray *all = g_ptr_array_new ();

  for (guint i = 0; i < sim_world->pages->len; i++)
    {
      SimPage *page = g_ptr_array_index (sim_world->pages, i);
      collect (all, page->posts);
      collect (all, page->stories);
      if (page->ig != NULL)
        collect (all, page->ig->media);
    }
  g_ptr_array_sort (all, compare_newest);
  return all;
}

/* Borrowed SimPhoto */
static GPtrArray *
photos_of (SimNode *node)
{
  GPtrArray *photos = g_ptr_array_new ();

  if (node->kind == SIM_POST)
    {
      SimPost *post = (SimPost *)node;
      for (guint i = 0; post->photos != NULL && i < post->photos->len; i++)
        g_ptr_array_add (photos, g_ptr_array_index (post->photos, i));
    }
  else
    {
      SimContainer *container = ((SimMedia *)node)->container;
      if (container != NULL && container->photo != NULL)
        g_ptr_array_add (photos, container->photo);
      for (guint i = 0;
           container != NULL && container->children != NULL && i < container->children->len; i++)
        {
          SimContainer *child = g_ptr_array_index (container->children, i);
          if (child->photo != NULL)
            g_ptr_array_add (photos, child->photo);
        }
    }
  return photos;
}

static const char *
kind_of (SimNode *node)
{
  if (node->kind == SIM_POST)
    return ((SimPost *)node)->story ? "story" : "feed";
  if (((SimMedia *)node)->container == NULL)
    return "feed";
  if (strcmp (((SimMedia *)node)->container->media_type, "REELS") == 0)
    return "reel";
  return strcmp (((SimMedia *)node)->container->media_type, "STORIES") == 0 ? "story" : "feed";
}

static guint
media_count (SimNode *node, GPtrArray *photos)
{
  SimContainer *container = node->kind == SIM_MEDIA ? ((SimMedia *)node)->container : NULL;

  if (container != NULL && container->children != NULL)
    return container->children->len;
  return container != NULL && container->is_video ? 1 : photos->len;
}

static JsonObject *
public_object (SimNode *node)
{
  JsonObject *object = json_object_new ();
  gboolean facebook = node->kind == SIM_POST;
  SimPost *post = facebook ? (SimPost *)node : NULL;
  SimMedia *media = facebook ? NULL : (SimMedia *)node;
  const char *text = facebook ? post->message : media->caption;
  g_autofree char *time = sim_time_text (node->created);
  g_autofree char *permalink = facebook ? sim_post_permalink (post) : sim_media_permalink (media);
  g_autofree char *local = g_strdup_printf ("%s/_sandbox/public#%s", sim_world->base, node->id);
  g_autoptr (GPtrArray) photos = photos_of (node);
  JsonArray *urls = json_array_new ();
  JsonArray *ids = json_array_new ();

  for (guint i = 0; i < photos->len; i++)
    {
      g_autofree char *url = sim_photo_url (g_ptr_array_index (photos, i), 0);
      json_array_add_string_element (urls, url);
      json_array_add_string_element (ids, ((SimNode *)g_ptr_array_index (photos, i))->id);
    }
  json_object_set_string_member (object, "platform", facebook ? "facebook" : "instagram");
  json_object_set_string_member (object, "account",
                                 facebook ? post->page->node.id : media->ig->node.id);
  json_object_set_string_member (object, "account_name",
                                 facebook ? post->page->name : media->ig->username);
  json_object_set_string_member (object, "id", node->id);
  json_object_set_string_member (object, "text", text ? text : "");
  json_object_set_string_member (object, "link", facebook && post->link ? post->link : "");
  json_object_set_string_member (object, "kind", kind_of (node));
  json_object_set_int_member (object, "media_count", media_count (node, photos));
  json_object_set_array_member (object, "media", urls);
  json_object_set_array_member (object, "media_ids", ids);
  json_object_set_string_member (object, "created_time", time);
  json_object_set_int_member (object, "created_us", node->created);
  json_object_set_string_member (object, "permalink", permalink);
  json_object_set_string_member (object, "local_url", local);
  return object;
}

JsonObject *
sim_public_json (void)
{
  JsonObject *root = json_object_new ();
  JsonArray *list = json_array_new ();
  g_autoptr (GPtrArray) nodes = public_nodes ();

  for (guint i = 0; i < nodes->len; i++)
    json_array_add_object_element (list, public_object (g_ptr_array_index (nodes, i)));
  json_object_set_array_member (root, "posts", sim_tiktok_merge_public (list));
  json_object_set_array_member (root, "inbox", sim_tiktok_inbox ());
  return root;
}

static void
append_article (GString *html, SimNode *node)
{
  gboolean facebook = node->kind == SIM_POST;
  const char *name = facebook ? ((SimPost *)node)->page->name : ((SimMedia *)node)->ig->username;
  const char *text = facebook ? ((SimPost *)node)->message : ((SimMedia *)node)->caption;
  const char *link = facebook ? ((SimPost *)node)->link : NULL;
  g_autofree char *escaped_name = g_markup_escape_text (name, -1);
  g_autofree char *initial = g_utf8_substring (name, 0, 1);
  g_autofree char *escaped_initial = g_markup_escape_text (initial, -1);
  g_autofree char *time = sim_time_text (node->created);
  g_autofree char *permalink
      = facebook ? sim_post_permalink ((SimPost *)node) : sim_media_permalink ((SimMedia *)node);
  g_autofree char *shown = g_markup_escape_text (permalink, -1);
  g_autoptr (GPtrArray) photos = photos_of (node);

  g_string_append_printf (html,
                          "<article id=\"%s\"><header><span class=\"face\" aria-hidden=\"true\">%s"
                          "</span><div><div class=\"who\">%s</div><div class=\"when\">%s · %s · "
                          "<time datetime=\"%s\">%s</time></div></div></header>",
                          node->id, escaped_initial, escaped_name,
                          facebook ? "Facebook" : "Instagram", kind_of (node), time, time);
  if (text != NULL)
    {
      g_autofree char *escaped = g_markup_escape_text (text, -1);
      g_string_append_printf (html, "<p class=\"text\">%s</p>", escaped);
    }
  if (link != NULL)
    {
      g_autofree char *escaped = g_markup_escape_text (link, -1);
      g_string_append_printf (html, "<a class=\"link\" rel=\"noreferrer\" href=\"%s\">%s</a>",
                              escaped, escaped);
    }
  if (photos->len > 0)
    {
      g_string_append (html, "<div class=\"media\">");
      for (guint i = 0; i < photos->len; i++)
        {
          SimPhoto *photo = g_ptr_array_index (photos, i);
          g_autofree char *url = sim_photo_url (photo, 0);
          g_autofree char *escaped_url = g_markup_escape_text (url, -1);
          g_autofree char *alt = g_markup_escape_text (photo->alt ? photo->alt : "", -1);
          g_string_append_printf (html, "<img loading=\"lazy\" src=\"%s\" alt=\"%s\">", escaped_url,
                                  alt);
        }
      g_string_append (html, "</div>");
    }
  g_string_append_printf (html, "<footer>%s</footer></article>", shown);
}

void
sim_public_page (SimRequest *self)
{
  GString *html = g_string_new (NULL);
  g_autoptr (GPtrArray) nodes = public_nodes ();

  g_string_append (html,
                   "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>What "
                   "the public sees</title><meta name=\"viewport\" "
                   "content=\"width=device-width\"><link rel=\"stylesheet\" "
                   "href=\"/_sandbox/style.css\"></head><body><div class=\"note\">Practice "
                   "mode: these posts are on your computer only.</div><main><h1>What the "
                   "public sees</h1>");
  for (guint i = 0; i < MIN (nodes->len, HTML_LIMIT); i++)
    append_article (html, g_ptr_array_index (nodes, i));
  if (!sim_tiktok_append_html (html) && nodes->len == 0)
    g_string_append (html, "<p class=\"empty\">Nothing is public yet.</p>");
  g_string_append (html, "</main></body></html>");
  sim_reply_text (self, 200, "text/html; charset=utf-8", g_string_free (html, FALSE));
}

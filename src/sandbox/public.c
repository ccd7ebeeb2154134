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
  for (guint i = 0; i < sim_world->accounts->len; i++)
    collect (all, ((SimIg *)g_ptr_array_index (sim_world->accounts, i))->media);
  g_ptr_array_sort (all, compare_newest);
  return all;
}

/* Pictures and films in their order: borrowed SimPhoto, SimVideo or SimContainer with a film */
static void
collect_container (GPtrArray *media, SimContainer *container)
{
  if (container->photo != NULL)
    g_ptr_array_add (media, container->photo);
  else if (container->is_video)
    g_ptr_array_add (media, container);
  for (guint i = 0; container->children != NULL && i < container->children->len; i++)
    collect_container (media, g_ptr_array_index (container->children, i));
}

static GPtrArray *
media_of (SimNode *node)
{
  GPtrArray *media = g_ptr_array_new ();

  if (node->kind == SIM_POST)
    {
      SimPost *post = (SimPost *)node;
      for (guint i = 0; post->photos != NULL && i < post->photos->len; i++)
        g_ptr_array_add (media, g_ptr_array_index (post->photos, i));
      if (post->video != NULL)
        g_ptr_array_add (media, post->video);
    }
  else if (((SimMedia *)node)->container != NULL)
    collect_container (media, ((SimMedia *)node)->container);
  return media;
}

static char *
media_url (SimNode *node)
{
  return node->kind == SIM_PHOTO ? sim_photo_url ((SimPhoto *)node, 0) : sim_film_url (node);
}

static const char *
facebook_kind (SimPost *post)
{
  if (post->story)
    return post->video != NULL ? "story-video" : "story-photo";
  if (post->video != NULL)
    return post->video->use == SIM_VIDEO_REEL ? "reel" : "video";
  if (post->photos != NULL)
    return post->photos->len > 1 ? "photos" : "photo";
  return post->link != NULL ? "link" : "text";
}

static const char *
kind_of (SimNode *node)
{
  SimContainer *container;

  if (node->kind == SIM_POST)
    return facebook_kind ((SimPost *)node);
  container = ((SimMedia *)node)->container;
  if (container == NULL)
    return "image";
  if (strcmp (container->media_type, "CAROUSEL") == 0)
    return "carousel";
  if (strcmp (container->media_type, "REELS") == 0)
    return "reel";
  if (strcmp (container->media_type, "STORIES") == 0)
    return container->is_video ? "story-video" : "story-image";
  return "image";
}

/* A stored JSON list into the member @name; with @index also where in the carousel it is. */
static void
add_list (JsonObject *object, const char *name, const char *text, int index)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonArray *list;
  JsonArray *to;

  if (text == NULL || !json_parser_load_from_data (parser, text, -1, NULL))
    return;
  if (!json_object_has_member (object, name))
    json_object_set_array_member (object, name, json_array_new ());
  to = json_object_get_array_member (object, name);
  list = json_node_get_array (json_parser_get_root (parser));
  for (guint i = 0; i < json_array_get_length (list); i++)
    {
      JsonNode *node = json_node_copy (json_array_get_element (list, i));
      if (index >= 0 && JSON_NODE_HOLDS_OBJECT (node))
        json_object_set_int_member (json_node_get_object (node), "media", index);
      json_array_add_element (to, node);
    }
}

/* Nothing when no picture has a text; else one for each, empty where there is none. */
static void
set_alts (JsonObject *object, const char **alts, guint length)
{
  JsonArray *list;
  gboolean any = FALSE;

  for (guint i = 0; i < length; i++)
    any = any || alts[i] != NULL;
  if (!any)
    return;
  list = json_array_new ();
  for (guint i = 0; i < length; i++)
    json_array_add_string_element (list, alts[i] != NULL ? alts[i] : "");
  json_object_set_array_member (object, "alts", list);
}

static void
set_cover (JsonObject *object, SimPhoto *cover)
{
  g_autofree char *url = cover != NULL ? sim_photo_url (cover, 0) : NULL;

  if (url != NULL)
    json_object_set_string_member (object, "cover", url);
}

static void
set_facebook_extras (JsonObject *object, SimPost *post)
{
  guint length = post->photos != NULL ? post->photos->len : 0;
  g_autofree const char **alts = g_new0 (const char *, length + 1);

  for (guint i = 0; i < length; i++)
    alts[i] = ((SimPhoto *)g_ptr_array_index (post->photos, i))->alt;
  set_alts (object, alts, length);
  if (post->video == NULL)
    return;
  if (post->video->title != NULL)
    json_object_set_string_member (object, "title", post->video->title);
  set_cover (object, post->video->thumb);
}

static void
set_instagram_extras (JsonObject *object, SimContainer *container)
{
  guint length = container->children != NULL ? container->children->len : 1;
  g_autofree const char **alts = g_new0 (const char *, length + 1);

  alts[0] = container->alt;
  add_list (object, "user_tags", container->user_tags, -1);
  for (guint i = 0; container->children != NULL && i < length; i++)
    {
      SimContainer *child = g_ptr_array_index (container->children, i);
      alts[i] = child->alt;
      add_list (object, "user_tags", child->user_tags, i);
    }
  set_alts (object, alts, length);
  add_list (object, "collaborators", container->collaborators, -1);
  if (container->location != NULL)
    json_object_set_string_member (object, "location_id", container->location);
  if (strcmp (container->media_type, "REELS") == 0)
    json_object_set_boolean_member (object, "share_to_feed", container->share_to_feed);
  if (container->thumb_offset >= 0)
    json_object_set_int_member (object, "thumb_offset", container->thumb_offset);
  set_cover (object, container->cover);
}

/* What stands directly under the post. */
static void
set_comments (JsonObject *object, SimNode *node)
{
  JsonArray *list = json_array_new ();

  for (guint i = 0; node->comments != NULL && i < node->comments->len; i++)
    {
      SimComment *comment = g_ptr_array_index (node->comments, i);
      JsonObject *entry;

      if (comment->node.gone || comment->hidden)
        continue;
      entry = json_object_new ();
      json_object_set_string_member (entry, "text", comment->text);
      json_object_set_boolean_member (entry, "own", comment->own);
      json_array_add_object_element (list, entry);
    }
  if (json_array_get_length (list) > 0)
    json_object_set_array_member (object, "comments", list);
  else
    json_array_unref (list);
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
  g_autoptr (GPtrArray) things = media_of (node);
  JsonArray *urls = json_array_new ();
  JsonArray *ids = json_array_new ();

  for (guint i = 0; i < things->len; i++)
    {
      SimNode *thing = g_ptr_array_index (things, i);
      g_autofree char *url = media_url (thing);
      json_array_add_string_element (urls, url);
      json_array_add_string_element (ids, thing->id);
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
  json_object_set_int_member (object, "media_count", things->len);
  json_object_set_array_member (object, "media", urls);
  json_object_set_array_member (object, "media_ids", ids);
  json_object_set_string_member (object, "created_time", time);
  json_object_set_int_member (object, "created_us", node->created);
  json_object_set_string_member (object, "permalink", permalink);
  json_object_set_string_member (object, "local_url", local);
  if (facebook)
    set_facebook_extras (object, post);
  else if (media->container != NULL)
    set_instagram_extras (object, media->container);
  set_comments (object, node);
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
append_media (GString *html, SimNode *thing)
{
  g_autofree char *url = media_url (thing);
  g_autofree char *escaped_url = g_markup_escape_text (url, -1);

  if (thing->kind == SIM_PHOTO)
    {
      SimPhoto *photo = (SimPhoto *)thing;
      g_autofree char *alt = g_markup_escape_text (photo->alt ? photo->alt : "", -1);
      g_string_append_printf (html, "<img loading=\"lazy\" src=\"%s\" alt=\"%s\">", escaped_url,
                              alt);
    }
  else
    g_string_append_printf (html, "<video controls preload=\"metadata\" src=\"%s\"></video>",
                            escaped_url);
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
  g_autoptr (GPtrArray) things = media_of (node);

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
  if (things->len > 0)
    {
      g_string_append (html, "<div class=\"media\">");
      for (guint i = 0; i < things->len; i++)
        append_media (html, g_ptr_array_index (things, i));
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

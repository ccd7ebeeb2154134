/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tiktok.h"

#include <string.h>

#define HTML_LIMIT 200

static char *
permalink (SimTiktokPost *post)
{
  return g_strdup_printf ("https://www.tiktok.com/@%s/video/%s", sim_tiktok->username, post->id);
}

static void
set_video (JsonObject *object, SimTiktokVideo *video)
{
  json_object_set_int_member (object, "duration_ms", video->duration_ms);
  json_object_set_int_member (object, "size", video->size);
  json_object_set_string_member (object, "sha256", video->sha256 != NULL ? video->sha256 : "");
}

static JsonObject *
public_object (SimTiktokPost *post)
{
  JsonObject *object = json_object_new ();
  SimTiktokVideo *video = post->video;
  g_autofree char *time = sim_time_text (post->created);
  g_autofree char *link = permalink (post);
  g_autofree char *local = g_strdup_printf ("%s/_sandbox/public#%s", sim_world->base, post->id);

  json_object_set_string_member (object, "platform", "tiktok");
  json_object_set_string_member (object, "account", sim_tiktok->open_id);
  json_object_set_string_member (object, "account_name", sim_tiktok->nickname);
  json_object_set_string_member (object, "id", post->id);
  json_object_set_string_member (object, "publish_id",
                                 post->publish_id != NULL ? post->publish_id : "");
  json_object_set_string_member (object, "text", video->text);
  json_object_set_string_member (object, "link", "");
  json_object_set_string_member (object, "kind", "video");
  json_object_set_int_member (object, "media_count", 1);
  json_object_set_array_member (object, "media", json_array_new ());
  json_object_set_array_member (object, "media_ids", json_array_new ());
  json_object_set_string_member (object, "privacy", video->privacy);
  json_object_set_boolean_member (object, "available", post->available_at <= sim_now ());
  json_object_set_boolean_member (object, "comments", video->comments);
  json_object_set_boolean_member (object, "duet", video->duet);
  json_object_set_boolean_member (object, "stitch", video->stitch);
  json_object_set_boolean_member (object, "your_brand", video->your_brand);
  json_object_set_boolean_member (object, "branded", video->branded);
  json_object_set_boolean_member (object, "ai_generated", video->ai);
  json_object_set_int_member (object, "cover_ms", video->cover_ms);
  set_video (object, video);
  json_object_set_string_member (object, "created_time", time);
  json_object_set_int_member (object, "created_us", post->created);
  json_object_set_string_member (object, "permalink", link);
  json_object_set_string_member (object, "local_url", local);
  return object;
}

/* Takes @posts, newest first; returns them with TikTok's among them. */
JsonArray *
sim_tiktok_merge_public (JsonArray *posts)
{
  JsonArray *merged = json_array_new ();
  guint n = json_array_get_length (posts);
  guint at = 0;

  for (guint i = sim_tiktok->posts->len; i-- > 0;)
    {
      SimTiktokPost *post = g_ptr_array_index (sim_tiktok->posts, i);
      while (at < n
             && json_object_get_int_member (json_array_get_object_element (posts, at), "created_us")
                    > post->created)
        json_array_add_element (merged, json_array_dup_element (posts, at++));
      json_array_add_object_element (merged, public_object (post));
    }
  while (at < n)
    json_array_add_element (merged, json_array_dup_element (posts, at++));
  json_array_unref (posts);
  return merged;
}

/* Drafts that wait for the person in the TikTok app, newest first: not public. */
JsonArray *
sim_tiktok_inbox (void)
{
  JsonArray *list = json_array_new ();

  for (guint i = sim_tiktok->publishes->len; i-- > 0;)
    {
      SimTiktokPublish *publish = g_ptr_array_index (sim_tiktok->publishes, i);
      JsonObject *object;

      if (publish->status != SIM_TIKTOK_INBOX)
        continue;
      object = json_object_new ();
      json_object_set_string_member (object, "platform", "tiktok");
      json_object_set_string_member (object, "account", sim_tiktok->open_id);
      json_object_set_string_member (object, "account_name", sim_tiktok->nickname);
      json_object_set_string_member (object, "id", publish->id);
      json_object_set_string_member (object, "kind", "video");
      json_object_set_int_member (object, "created_us", publish->ready_at);
      set_video (object, publish->video);
      json_array_add_object_element (list, object);
    }
  return list;
}

static void
append_article (GString *html, SimTiktokPost *post)
{
  g_autofree char *name = g_markup_escape_text (sim_tiktok->nickname, -1);
  g_autofree char *initial = g_utf8_substring (sim_tiktok->nickname, 0, 1);
  g_autofree char *escaped_initial = g_markup_escape_text (initial, -1);
  g_autofree char *time = sim_time_text (post->created);
  g_autofree char *text = g_markup_escape_text (post->video->text, -1);
  g_autofree char *privacy = g_markup_escape_text (post->video->privacy, -1);
  g_autofree char *link = permalink (post);
  g_autofree char *shown = g_markup_escape_text (link, -1);

  g_string_append_printf (html,
                          "<article id=\"%s\"><header><span class=\"face\" aria-hidden=\"true\">%s"
                          "</span><div><div class=\"who\">%s</div><div class=\"when\">TikTok · "
                          "video, %.1f s · %s · <time datetime=\"%s\">%s</time></div></div>"
                          "</header><p class=\"text\">%s</p><footer>%s</footer></article>",
                          post->id, escaped_initial, name, post->video->duration_ms / 1000.0,
                          privacy, time, time, text, shown);
}

/* The videos and the inbox, for people. FALSE when there is neither. */
gboolean
sim_tiktok_append_html (GString *html)
{
  guint drafts = 0;
  guint shown = 0;

  for (guint i = 0; i < sim_tiktok->publishes->len; i++)
    if (((SimTiktokPublish *)g_ptr_array_index (sim_tiktok->publishes, i))->status
        == SIM_TIKTOK_INBOX)
      drafts++;
  if (sim_tiktok->posts->len > 0)
    g_string_append (html, "<h2>TikTok</h2>");
  for (guint i = sim_tiktok->posts->len; i-- > 0 && shown < HTML_LIMIT; shown++)
    append_article (html, g_ptr_array_index (sim_tiktok->posts, i));
  if (drafts > 0)
    g_string_append_printf (html,
                            "<h2>TikTok inbox</h2><p>Drafts that wait for the person, not "
                            "public: %u</p>",
                            drafts);
  return shown > 0 || drafts > 0;
}

/* The draft of that id becomes a post, as if the person had finished it in the app. */
static SimTiktokPost *
post_draft (SimTiktokPublish *publish, const char *text, const char *privacy)
{
  SimTiktokPost *post;

  g_free (publish->video->text);
  publish->video->text = g_strdup (text);
  g_free (publish->video->privacy);
  publish->video->privacy = g_strdup (privacy);
  publish->video->comments = publish->video->duet = publish->video->stitch = TRUE;
  post = sim_tiktok_add_post (publish->video, publish->id, sim_now ());
  publish->post_id = g_strdup (post->id);
  publish->status = SIM_TIKTOK_COMPLETE;
  return post;
}

/* FALSE when the control request is not about TikTok; else it is answered. */
gboolean
sim_tiktok_post_by_hand (SimRequest *self)
{
  const char *draft = sim_get (self, "tiktok_draft");
  const char *text = sim_get (self, "text") != NULL ? sim_get (self, "text") : "";
  const char *privacy
      = sim_get (self, "privacy") != NULL ? sim_get (self, "privacy") : "PUBLIC_TO_EVERYONE";
  SimTiktokPublish *publish
      = draft != NULL ? g_hash_table_lookup (sim_tiktok->publish_ids, draft) : NULL;
  SimTiktokPost *post;

  if (draft == NULL && sim_get (self, "tiktok") == NULL)
    return FALSE;
  if (draft != NULL && (publish == NULL || publish->status != SIM_TIKTOK_INBOX))
    {
      sim_reply_text (self, 400, "application/json", g_strdup ("{\"error\":\"no such draft\"}"));
      return TRUE;
    }
  if (publish != NULL)
    post = post_draft (publish, text, privacy);
  else
    {
      SimTiktokVideo *video = sim_tiktok_video_new ();
      video->text = g_strdup (text);
      video->privacy = g_strdup (privacy);
      video->comments = video->duet = video->stitch = TRUE;
      video->duration_ms = 12000;
      video->width = 1080;
      video->height = 1920;
      post = sim_tiktok_add_post (video, NULL, sim_now ());
      sim_tiktok_video_unref (video);
    }
  sim_reply_text (self, 200, "application/json", g_strdup_printf ("{\"id\":\"%s\"}", post->id));
  return TRUE;
}

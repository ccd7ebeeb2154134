/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * A Facebook Page (api/meta.md sections 1.5, 3.1, 3.4, 3.9). Unpublished photos are seen by nobody.
 * The feed is behind, comes in small pages, shows the newest first, and honours since.
 */

#include "config.h"

#include "sim.h"

#include <string.h>

#define PHOTO_LIFE (24 * HOUR)
/* 506: a repeat of the last text within this. */
#define DUPLICATE_TIME (10 * MINUTE)

static const char *
path_of (SmmRequest *request)
{
  return request->path + strlen ("/v26.0/");
}

/* --- Photos --- */

static void
add_photo (Sim *sim, SmmRequest *request, SimAnswer *answer)
{
  SimPhoto *photo;

  if (g_strcmp0 (sim_get (request, "published"), "false") != 0 || request->file_path == NULL)
    {
      sim_fault (sim, "a photo that would be public at once");
      return;
    }
  photo = g_new0 (SimPhoto, 1);
  photo->id = sim_make_id (sim, "1221");
  photo->file = g_strdup (request->file_path);
  photo->made_at = sim->now;
  g_ptr_array_add (sim->photos, photo);
  sim_answer (answer, 200, "{\"id\":\"%s\"}", photo->id);
}

static void
read_photo (Sim *sim, SmmRequest *request, SimPhoto *photo, SimAnswer *answer)
{
  g_autofree char *images = g_strdup_printf (
      ",\"images\":[{\"height\":2048,\"width\":2048,\"source\":\"https://fb.test/%s/2048.jpg\"},"
      "{\"height\":1080,\"width\":1080,\"source\":\"https://fb.test/%s/1080.jpg\"},"
      "{\"height\":320,\"width\":320,\"source\":\"https://fb.test/%s/320.jpg\"}]",
      photo->id, photo->id, photo->id);

  sim_answer (answer, 200, "{\"id\":\"%s\"%s}", photo->id,
              sim_wants (request, "images") ? images : "");
}

/* --- The feed --- */

static char *
print_attachments (Sim *sim, SimVisible *visible)
{
  g_autoptr (GString) inner = g_string_new (NULL);
  g_auto (GStrv) ids = NULL;

  if (visible->alias != NULL)
    return g_strdup_printf (",\"attachments\":{\"data\":[{\"media_type\":\"video\",\"target\":"
                            "{\"id\":\"%s\"}}]}",
                            visible->alias);
  if (visible->link != NULL)
    return g_strdup_printf (",\"attachments\":{\"data\":[{\"media_type\":\"link\",\"url\":\"%s\","
                            "\"target\":{\"url\":\"%s\"}}]}",
                            visible->link, visible->link);
  if (visible->photos == NULL)
    return g_strdup ("");
  ids = g_strsplit (visible->photos, ",", -1);
  if (g_strv_length (ids) == 1)
    return g_strdup_printf (
        ",\"attachments\":{\"data\":[{\"media_type\":\"photo\",\"target\":{\"id\":\"%s\"}}]}",
        ids[0]);
  for (guint i = 0; ids[i] != NULL; i++)
    g_string_append_printf (inner, "%s{\"target\":{\"id\":\"%s\"}}", i > 0 ? "," : "", ids[i]);
  return g_strdup_printf (",\"attachments\":{\"data\":[{\"media_type\":\"album\","
                          "\"subattachments\":{\"data\":[%s]}}]}",
                          inner->str);
}

/* Reads know of a publication when lists do. */
static gboolean
is_known_public (Sim *sim, SimVisible *visible)
{
  return !visible->pending && visible->listed_at <= sim->now;
}

static char *
print_post (Sim *sim, SmmRequest *request, SimVisible *visible)
{
  GString *out = g_string_new (NULL);
  g_autofree char *time = sim_meta_time (visible->created_at);
  g_autofree char *text = sim_json_text (visible->text);
  g_autofree char *attachments = print_attachments (sim, visible);

  g_string_append_printf (out, "{\"id\":\"%s\"", visible->id);
  if (sim_wants (request, "message") && *visible->text != '\0')
    g_string_append_printf (out, ",\"message\":%s", text);
  if (sim_wants (request, "created_time"))
    g_string_append_printf (out, ",\"created_time\":\"%s\"", time);
  if (sim_wants (request, "is_published"))
    g_string_append_printf (out, ",\"is_published\":%s",
                            is_known_public (sim, visible) || visible->publish_at == 0 ? "true"
                                                                                       : "false");
  if (sim_wants (request, "scheduled_publish_time") && visible->pending)
    g_string_append_printf (out, ",\"scheduled_publish_time\":%" G_GINT64_FORMAT,
                            visible->publish_at / SECOND);
  if (sim_wants (request, "permalink_url"))
    g_string_append_printf (out, ",\"permalink_url\":\"https://www.facebook.com/%s\"", visible->id);
  if (sim_wants (request, "application") && !visible->by_hand)
    g_string_append (out, ",\"application\":{\"id\":\"4711\",\"name\":\"SMM\"}");
  if (sim_wants (request, "attachments"))
    g_string_append (out, attachments);
  g_string_append_c (out, '}');
  return g_string_free (out, FALSE);
}

/* An unpublished post may appear in the feed, which then says so (section 3.9). */
static gboolean
is_listed (Sim *sim, SimVisible *visible, gboolean scheduled)
{
  if (visible->account != SIM_FACEBOOK || visible->gone || visible->listed_at > sim->now
      || visible->kind == SMM_POST_KIND_STORY)
    return FALSE;
  if (scheduled)
    return visible->pending && visible->alias == NULL;
  return !visible->pending || (visible->alias == NULL && sim->rates.ragged > 0);
}

/* Two to a page, newest first; a page may be empty and not be the last. */
static void
list_feed (Sim *sim, SmmRequest *request, gboolean scheduled, SimAnswer *answer)
{
  const char *since = sim_get (request, "since");
  const char *after = sim_get (request, "after");
  gint64 from = since != NULL ? g_ascii_strtoll (since, NULL, 10) * G_USEC_PER_SEC : 0;
  guint skip = after != NULL ? atoi (after) : 0, n = 0, shown = 0;
  gboolean more = FALSE;
  g_autoptr (GString) data = g_string_new (NULL);
  g_autofree char *next = NULL;

  for (guint i = sim->visible->len; i > 0; i--)
    {
      SimVisible *visible = sim->visible->pdata[i - 1];
      g_autofree char *post = NULL;

      if (!is_listed (sim, visible, scheduled)
          || visible->created_at / G_USEC_PER_SEC * G_USEC_PER_SEC < from || n++ < skip)
        continue;
      if (shown == 2)
        {
          more = TRUE;
          break;
        }
      post = sim_chance (sim, sim->rates.ragged) ? g_strdup ("{\"message\":\"?\"}")
                                                 : print_post (sim, request, visible);
      g_string_append_printf (data, "%s%s", shown > 0 ? "," : "", post);
      shown++;
    }
  next = more ? g_strdup (",\"next\":\"https://graph.facebook.com/v26.0/next\"") : g_strdup ("");
  sim_tell (sim, "  the %s shows %u%s", scheduled ? "schedule" : "feed", shown,
            more ? " and more" : "");
  if (shown == 0)
    sim_answer (answer, 200, "{\"data\":[]}");
  else
    sim_answer (answer, 200,
                "{\"data\":[%s],\"paging\":{\"cursors\":{\"before\":\"%u\",\"after\":\"%u\"}%s}}",
                data->str, skip, skip + shown, next);
}

/* The photos a post attaches must be there and not too old. */
static gboolean
take_photos (Sim *sim, SmmRequest *request, char **photos)
{
  g_autoptr (GString) ids = g_string_new (NULL);

  for (guint i = 0;; i++)
    {
      g_autofree char *name = g_strdup_printf ("attached_media[%u]", i);
      const char *value = sim_get (request, name);
      g_auto (GStrv) parts = value != NULL ? g_strsplit (value, "\"", -1) : NULL;
      SimPhoto *photo;

      if (value == NULL)
        break;
      photo = g_strv_length (parts) == 5 ? sim_find_photo (sim, parts[3]) : NULL;
      if (photo == NULL || photo->made_at + PHOTO_LIFE < sim->now)
        return FALSE;
      g_string_append_printf (ids, "%s%s", i > 0 ? "," : "", photo->id);
    }
  *photos = ids->len > 0 ? g_strdup (ids->str) : NULL;
  return TRUE;
}

static gboolean
is_duplicate (Sim *sim, const char *text)
{
  if (!sim_chance (sim, sim->rates.duplicate))
    return FALSE;
  for (guint i = sim->visible->len; i > 0; i--)
    {
      SimVisible *visible = sim->visible->pdata[i - 1];

      if (visible->account == SIM_FACEBOOK && !visible->gone && !visible->textless
          && visible->created_at + DUPLICATE_TIME > sim->now && strcmp (visible->text, text) == 0)
        return TRUE;
    }
  return FALSE;
}

/* Section 3.2, as the guide has it. */
gboolean
sim_check_schedule (Sim *sim, SmmRequest *request, gint64 *at, SimAnswer *answer)
{
  const char *text = sim_get (request, "scheduled_publish_time");

  *at = text != NULL ? g_ascii_strtoll (text, NULL, 10) * SECOND : 0;
  if (text == NULL || (*at >= sim->now + 10 * MINUTE && *at <= sim->now + 30 * 24 * HOUR))
    return TRUE;
  sim_tell (sim, "  that time can't be");
  sim_answer_error (answer, 100, 1363065, "The specified scheduled publish time is invalid");
  return FALSE;
}

static void
add_post (Sim *sim, SimFlight *flight, SimAnswer *answer)
{
  SmmRequest *request = flight->request;
  gint64 at;
  const char *text = sim_get (request, "message");
  g_autofree char *photos = NULL;
  g_autofree char *trimmed = g_strchomp (g_strdup (text != NULL ? text : ""));
  SimVisible *visible;
  g_autofree char *post = NULL;

  if (sim_answer_commit_trouble (sim, flight, answer)
      || !sim_check_schedule (sim, request, &at, answer))
    return;
  if (at > 0 && g_strcmp0 (sim_get (request, "published"), "false") != 0)
    {
      sim_fault (sim, "a post for later that would be public at once");
      return;
    }
  if (text == NULL && sim_get (request, "link") == NULL
      && sim_get (request, "attached_media[0]") == NULL)
    {
      sim_fault (sim, "an empty post");
      return;
    }
  if (is_duplicate (sim, trimmed))
    {
      sim_tell (sim, "  refused: that was posted before");
      if (sim_chance (sim, 0.5))
        sim_answer_error (answer, 506, 0, "Duplicate status message");
      else
        sim_answer_error (answer, 368, 1404082, "You already posted this");
      return;
    }
  if (!take_photos (sim, request, &photos))
    {
      sim_answer_error (answer, 100, 0, "Invalid photo");
      return;
    }
  visible = at > 0 ? sim_show_later (sim, SIM_FACEBOOK, trimmed, at)
                   : sim_show (sim, SIM_FACEBOOK, trimmed, FALSE);
  visible->id = sim_make_id (sim, "1048576001_122");
  visible->photos = g_steal_pointer (&photos);
  visible->link = g_strdup (sim_get (request, "link"));
  answer->committed = TRUE;
  post = print_post (sim, request, visible);
  if (sim_chance (sim, sim->rates.bare_id))
    sim_answer (answer, 200, "{\"id\":\"%s\"}", visible->id);
  else
    sim_answer (answer, 200, "%s", post);
  /* Something on the way sent it twice, and the second was refused. */
  if (sim_chance (sim, sim->rates.echo))
    {
      sim_tell (sim, "  says 506, it was posted before, although that was this one");
      sim_answer_error (answer, 506, 0, "Duplicate status message");
    }
}

static gboolean
read_node (Sim *sim, SimFlight *flight, SimAnswer *answer)
{
  SmmRequest *request = flight->request;
  SimPhoto *photo = sim_find_photo (sim, path_of (request));

  if (photo != NULL)
    {
      read_photo (sim, request, photo, answer);
      return TRUE;
    }
  for (guint i = 0; i < sim->visible->len; i++)
    {
      SimVisible *visible = sim->visible->pdata[i];
      g_autofree char *post = NULL;

      if (visible->account != SIM_FACEBOOK || g_strcmp0 (visible->id, path_of (request)) != 0)
        continue;
      if (visible->gone)
        {
          sim_answer_error (answer, 100, 33, "Unsupported get request");
          return TRUE;
        }
      post = print_post (sim, request, visible);
      /* Section 0, point 8: for weeks to the Page's token, not to the person's. */
      if ((visible->listed_at > sim->now && visible->publish_at == 0)
          || (sim_chance (sim, sim->rates.missing) && !g_str_has_prefix (flight->token, "person")))
        sim_answer_error (answer, 100, 33, "Unsupported get request");
      else
        sim_answer (answer, 200, "%s", post);
      return TRUE;
    }
  return FALSE;
}

/* --- Photo stories (section 3.7) --- */

static void
add_photo_story (Sim *sim, SimFlight *flight, SimAnswer *answer)
{
  SimPhoto *photo = sim_find_photo (sim, sim_get (flight->request, "photo_id"));
  SimVisible *visible;

  if (sim_answer_commit_trouble (sim, flight, answer))
    return;
  if (photo == NULL || photo->made_at + PHOTO_LIFE < sim->now)
    {
      sim_answer_error (answer, 100, 0, "Invalid photo");
      return;
    }
  /* "Must not have been used in a published post": not said of a story. */
  if (photo->in_story && !(sim->rates.double_container && sim_chance (sim, 0.5)))
    {
      sim_tell (sim, "  that photo is in a story already");
      sim_answer_error (answer, 100, 1366051, "Photo already posted");
      return;
    }
  photo->in_story = TRUE;
  visible = sim_show_file (sim, SIM_FACEBOOK, photo->file);
  visible->kind = SMM_POST_KIND_STORY;
  visible->id = sim_make_id (sim, "1229");
  visible->photos = g_strdup (photo->id);
  answer->committed = TRUE;
  sim_answer (answer, 200, "{\"success\":true,\"post_id\":\"%s\"}", visible->id);
}

static void
list_stories (Sim *sim, SimAnswer *answer)
{
  g_autoptr (GString) data = g_string_new (NULL);

  for (guint i = sim->visible->len; i > 0; i--)
    {
      SimVisible *visible = sim->visible->pdata[i - 1];

      if (visible->account != SIM_FACEBOOK || visible->kind != SMM_POST_KIND_STORY
          || !sim_is_shown (sim, visible) || visible->listed_at > sim->now)
        continue;
      g_string_append_printf (data,
                              "%s{\"post_id\":\"%s\",\"status\":\"PUBLISHED\",\"creation_time\":"
                              "\"%" G_GINT64_FORMAT "\",\"media_type\":\"%s\",\"media_id\":\"%s\","
                              "\"url\":\"https://facebook.com/stories/%s\"}",
                              data->len > 0 ? "," : "", visible->id, visible->created_at / SECOND,
                              visible->alias != NULL ? "video" : "photo",
                              visible->alias != NULL ? visible->alias : visible->photos,
                              visible->id);
    }
  sim_answer (answer, 200, "{\"data\":[%s]}", data->str);
}

/* --- Changing what is scheduled (section 3.8) --- */

static gboolean
change_post (Sim *sim, SimFlight *flight, SimAnswer *answer)
{
  SimVisible *visible = sim_find_visible (sim, path_of (flight->request));
  gint64 at;

  if (visible == NULL || visible->account != SIM_FACEBOOK
      || sim_get (flight->request, "scheduled_publish_time") == NULL)
    return FALSE;
  if (sim_answer_commit_trouble (sim, flight, answer))
    return TRUE;
  if (visible->gone)
    sim_answer_error (answer, 100, 33, "Unsupported post request");
  else if (!visible->pending)
    sim_answer_error (answer, 100, 0, "The post is published already");
  else if (sim_check_schedule (sim, flight->request, &at, answer))
    {
      sim_tell (sim, "  %s is moved", visible->id);
      sim_move (sim, visible, at);
      sim_answer (answer, 200, "{\"success\":true}");
    }
  return TRUE;
}

gboolean
sim_facebook (Sim *sim, SimFlight *flight, SimAnswer *answer)
{
  SmmRequest *request = flight->request;
  const char *path = path_of (request);
  gboolean post = strcmp (request->method, "POST") == 0;
  gboolean get = strcmp (request->method, "GET") == 0;
  gboolean ours = g_str_has_prefix (path, sim->accounts[SIM_FACEBOOK].remote_id);
  const char *edge = ours ? strchr (path, '/') : NULL;

  if (post && g_strcmp0 (edge, "/photos") == 0)
    add_photo (sim, request, answer);
  else if (post && g_strcmp0 (edge, "/feed") == 0)
    add_post (sim, flight, answer);
  else if (post && g_strcmp0 (edge, "/photo_stories") == 0)
    add_photo_story (sim, flight, answer);
  else if (get && g_strcmp0 (edge, "/feed") == 0)
    list_feed (sim, request, FALSE, answer);
  else if (get && g_strcmp0 (edge, "/scheduled_posts") == 0)
    list_feed (sim, request, TRUE, answer);
  else if (get && g_strcmp0 (edge, "/stories") == 0)
    list_stories (sim, answer);
  else if (get && strchr (path, '/') == NULL)
    return read_node (sim, flight, answer);
  else if (post && strchr (path, '/') == NULL)
    return change_post (sim, flight, answer);
  else
    return FALSE;
  return TRUE;
}

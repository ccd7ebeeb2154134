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

static const char *
get (SmmRequest *request, const char *name)
{
  for (guint i = 0; i < request->query->len; i++)
    if (strcmp (((SmmParam *)request->query->pdata[i])->name, name) == 0)
      return ((SmmParam *)request->query->pdata[i])->value;
  return smm_request_get_param (request, name);
}

/* Whether the request asks for this field, at the top level or inside. */
static gboolean
wants (SmmRequest *request, const char *field)
{
  const char *fields = get (request, "fields");

  return fields != NULL && strstr (fields, field) != NULL;
}

/* --- Photos --- */

static void
add_photo (Sim *sim, SmmRequest *request, SimAnswer *answer)
{
  SimPhoto *photo;

  if (g_strcmp0 (get (request, "published"), "false") != 0 || request->file_path == NULL)
    {
      sim_fault (sim, "a photo that would be public at once");
      return;
    }
  photo = g_new0 (SimPhoto, 1);
  photo->id = sim_make_id (sim, "1221");
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

  sim_answer (answer, 200, "{\"id\":\"%s\"%s}", photo->id, wants (request, "images") ? images : "");
}

/* --- The feed --- */

static char *
print_attachments (SimVisible *visible)
{
  g_autoptr (GString) inner = g_string_new (NULL);
  g_auto (GStrv) ids = NULL;

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

static char *
print_post (SmmRequest *request, SimVisible *visible)
{
  GString *out = g_string_new (NULL);
  g_autofree char *time = sim_meta_time (visible->created_at);
  g_autofree char *text = sim_json_text (visible->text);
  g_autofree char *attachments = print_attachments (visible);

  g_string_append_printf (out, "{\"id\":\"%s\"", visible->id);
  if (wants (request, "message") && *visible->text != '\0')
    g_string_append_printf (out, ",\"message\":%s", text);
  if (wants (request, "created_time"))
    g_string_append_printf (out, ",\"created_time\":\"%s\"", time);
  if (wants (request, "is_published"))
    g_string_append (out, ",\"is_published\":true");
  if (wants (request, "permalink_url"))
    g_string_append_printf (out, ",\"permalink_url\":\"https://www.facebook.com/%s\"", visible->id);
  if (wants (request, "application") && !visible->by_hand)
    g_string_append (out, ",\"application\":{\"id\":\"4711\",\"name\":\"SMM\"}");
  if (wants (request, "attachments"))
    g_string_append (out, attachments);
  g_string_append_c (out, '}');
  return g_string_free (out, FALSE);
}

/* Two to a page, newest first; a page may be empty and not be the last. */
static void
list_feed (Sim *sim, SmmRequest *request, SimAnswer *answer)
{
  const char *since = get (request, "since");
  const char *after = get (request, "after");
  gint64 from = since != NULL ? g_ascii_strtoll (since, NULL, 10) * G_USEC_PER_SEC : 0;
  guint skip = after != NULL ? atoi (after) : 0, n = 0, shown = 0;
  gboolean more = FALSE;
  g_autoptr (GString) data = g_string_new (NULL);
  g_autofree char *next = NULL;

  for (guint i = sim->visible->len; i > 0; i--)
    {
      SimVisible *visible = sim->visible->pdata[i - 1];
      g_autofree char *post = NULL;

      if (visible->account != SIM_FACEBOOK || visible->listed_at > sim->now
          || visible->created_at / G_USEC_PER_SEC * G_USEC_PER_SEC < from || n++ < skip)
        continue;
      if (shown == 2)
        {
          more = TRUE;
          break;
        }
      post = sim_chance (sim, sim->rates.ragged) ? g_strdup ("{\"message\":\"?\"}")
                                                 : print_post (request, visible);
      g_string_append_printf (data, "%s%s", shown > 0 ? "," : "", post);
      shown++;
    }
  next = more ? g_strdup (",\"next\":\"https://graph.facebook.com/v26.0/next\"") : g_strdup ("");
  sim_tell (sim, "  the feed shows %u%s", shown, more ? " and more" : "");
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
      const char *value = get (request, name);
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

      if (visible->account == SIM_FACEBOOK && visible->created_at + DUPLICATE_TIME > sim->now
          && strcmp (visible->text, text) == 0)
        return TRUE;
    }
  return FALSE;
}

static void
add_post (Sim *sim, SimFlight *flight, SimAnswer *answer)
{
  SmmRequest *request = flight->request;
  const char *text = get (request, "message");
  g_autofree char *photos = NULL;
  g_autofree char *trimmed = g_strchomp (g_strdup (text != NULL ? text : ""));
  SimVisible *visible;
  g_autofree char *post = NULL;

  if (sim_answer_commit_trouble (sim, flight, answer))
    return;
  if (text == NULL && get (request, "link") == NULL && get (request, "attached_media[0]") == NULL)
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
  visible = sim_show (sim, SIM_FACEBOOK, trimmed, FALSE);
  visible->id = sim_make_id (sim, "1048576001_122");
  visible->photos = g_steal_pointer (&photos);
  visible->link = g_strdup (get (request, "link"));
  answer->committed = TRUE;
  post = print_post (request, visible);
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
read_node (Sim *sim, SmmRequest *request, SimAnswer *answer)
{
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

      if (visible->account != SIM_FACEBOOK || strcmp (visible->id, path_of (request)) != 0)
        continue;
      post = print_post (request, visible);
      if (visible->listed_at > sim->now || sim_chance (sim, sim->rates.missing))
        sim_answer_error (answer, 100, 33, "Unsupported get request");
      else
        sim_answer (answer, 200, "%s", post);
      return TRUE;
    }
  return FALSE;
}

gboolean
sim_facebook (Sim *sim, SimFlight *flight, SimAnswer *answer)
{
  SmmRequest *request = flight->request;
  const char *path = path_of (request);
  gboolean post = strcmp (request->method, "POST") == 0;
  g_autofree char *feed = g_strconcat (sim->accounts[SIM_FACEBOOK].remote_id, "/feed", NULL);
  g_autofree char *photos = g_strconcat (sim->accounts[SIM_FACEBOOK].remote_id, "/photos", NULL);

  if (post && strcmp (path, photos) == 0)
    add_photo (sim, request, answer);
  else if (post && strcmp (path, feed) == 0)
    add_post (sim, flight, answer);
  else if (!post && strcmp (path, feed) == 0)
    list_feed (sim, request, answer);
  else if (!post && strchr (path, '/') == NULL)
    return read_node (sim, request, answer);
  else
    return FALSE;
  return TRUE;
}

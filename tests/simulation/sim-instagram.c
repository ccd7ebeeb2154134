/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * An Instagram account (api/meta.md section 4). Containers are made, are worked on, and die after a
 * day; media_publish makes one public. What happens when it is called twice for one container is
 * not documented, so here it may well post twice.
 */

#include "config.h"

#include "sim.h"

#include <string.h>

#define CONTAINER_LIFE (24 * HOUR)

static const char *
path_of (SmmRequest *request)
{
  return request->path + strlen ("/v26.0/");
}

SimContainer *
sim_find_container (Sim *sim, const char *id)
{
  for (guint i = 0; id != NULL && i < sim->containers->len; i++)
    if (strcmp (((SimContainer *)sim->containers->pdata[i])->id, id) == 0)
      return sim->containers->pdata[i];
  return NULL;
}

static gboolean
is_expired (Sim *sim, SimContainer *container)
{
  return container->made_at + CONTAINER_LIFE < sim->now
         || (container->ready_at > 0 && sim->now >= container->ready_at
             && strcmp (container->end, "EXPIRED") == 0);
}

static const char *
get_status (Sim *sim, SimContainer *container)
{
  if (container->published && sim->now >= container->published_shown_at)
    return "PUBLISHED";
  if (is_expired (sim, container))
    return "EXPIRED";
  return container->ready_at == 0 || sim->now < container->ready_at ? "IN_PROGRESS"
                                                                    : container->end;
}

/* --- Containers --- */

/* All bytes of its video are there: it is worked on. */
void
sim_container_uploaded (Sim *sim, SimContainer *container)
{
  gint64 processing = sim->rates.processing;

  container->group = sim_get_file_group (container->file);
  container->ready_at = sim->now + (processing > 0 ? sim_between (sim, 0, 3 * processing) : 0);
}

/* The picture must be one that can be fetched. */
static gboolean
check_picture (Sim *sim, SmmRequest *request, SimContainer *container, SimAnswer *answer)
{
  const char *url = smm_request_get_param (request, "image_url");
  g_auto (GStrv) parts = url != NULL ? g_strsplit (url, "/", -1) : NULL;

  if (parts != NULL && g_strv_length (parts) == 5 && sim_find_photo (sim, parts[3]) != NULL
      && !sim_chance (sim, sim->rates.container_error))
    {
      container->file = g_strdup (sim_find_photo (sim, parts[3])->file);
      container->group = sim_get_file_group (container->file);
      return TRUE;
    }
  sim_tell (sim, "  the picture can't be fetched");
  sim_answer_error (answer, 9004, 2207052, "Only photo or video can be accepted as media type.");
  return FALSE;
}

static gboolean
check_children (Sim *sim, SmmRequest *request, SimContainer *container, SimAnswer *answer)
{
  const char *list = smm_request_get_param (request, "children");
  g_auto (GStrv) ids = g_strsplit (list != NULL ? list : "", ",", -1);
  guint n = g_strv_length (ids);

  container->carousel = TRUE;
  container->children = g_strdup (list);
  container->n_children = n;
  for (guint i = 0; i < n; i++)
    {
      SimContainer *child = sim_find_container (sim, ids[i]);

      if (child == NULL || !child->item || strcmp (get_status (sim, child), "FINISHED") != 0)
        {
          sim_tell (sim, "  a child is not there or not ready");
          sim_answer_error (answer, child == NULL ? 24 : 9007, child == NULL ? 2207006 : 2207027,
                            "Media ID is not available");
          return FALSE;
        }
    }
  if (n >= 2 && n <= 10)
    return TRUE;
  sim_answer_error (answer, 100, 2207028, "Carousels take 2 to 10 items");
  return FALSE;
}

/* Section 4.2: what the type says. FALSE: there is no such. */
static gboolean
read_type (SmmRequest *request, SimContainer *container)
{
  const char *type = smm_request_get_param (request, "media_type");
  const char *upload = smm_request_get_param (request, "upload_type");

  container->video = g_strcmp0 (upload, "resumable") == 0;
  container->kind = g_strcmp0 (type, "STORIES") == 0 ? SMM_POST_KIND_STORY
                    : g_strcmp0 (type, "REELS") == 0 ? SMM_POST_KIND_REEL
                                                     : SMM_POST_KIND_FEED;
  container->type = g_strcmp0 (type, "CAROUSEL") == 0 ? "CAROUSEL_ALBUM"
                    : container->video                ? "VIDEO"
                                                      : "IMAGE";
  if (container->video && container->kind == SMM_POST_KIND_FEED)
    return container->item && g_strcmp0 (type, "VIDEO") == 0;
  return !container->item || container->kind == SMM_POST_KIND_FEED;
}

static gboolean
check_media (Sim *sim, SmmRequest *request, SimContainer *container, SimAnswer *answer)
{
  if (strcmp (container->type, "CAROUSEL_ALBUM") == 0)
    return check_children (sim, request, container, answer);
  if (!container->video)
    return check_picture (sim, request, container, answer);
  container->ready_at = 0;
  return TRUE;
}

static void
add_container (Sim *sim, SmmRequest *request, SimAnswer *answer)
{
  const char *item = smm_request_get_param (request, "is_carousel_item");
  const char *caption = smm_request_get_param (request, "caption");
  SimContainer *container = g_new0 (SimContainer, 1);
  const SimRates *rates = &sim->rates;
  gboolean fine;

  container->item = g_strcmp0 (item, "true") == 0;
  container->made_at = sim->now;
  container->group = -1;
  container->ready_at
      = sim->now + (rates->processing > 0 ? sim_between (sim, 0, rates->processing) : 0);
  container->end = sim_chance (sim, rates->container_error)     ? "ERROR"
                   : sim_chance (sim, rates->container_expired) ? "EXPIRED"
                                                                : "FINISHED";
  container->caption = g_strdup (caption != NULL ? caption : "");
  if (!read_type (request, container))
    sim_fault (sim, "a container of a type that there is not");
  fine = sim->fault == NULL && check_media (sim, request, container, answer);
  if (!fine)
    {
      sim_container_free (container);
      return;
    }
  container->id = sim_make_id (sim, "17889");
  g_ptr_array_add (sim->containers, container);
  if (container->video)
    sim_answer (answer, 200,
                "{\"id\":\"%s\",\"uri\":\"https://rupload.facebook.com/ig-api-upload/v26.0/%s\"}",
                container->id, container->id);
  else
    sim_answer (answer, 200, "{\"id\":\"%s\"}", container->id);
}

static void
read_container (Sim *sim, SimFlight *flight, SimContainer *container, SimAnswer *answer)
{
  const char *status = get_status (sim, container);

  /* Section 0, point 8: Page tokens got this for weeks, the person's did not. */
  if (sim_chance (sim, sim->rates.missing)
      && (!g_str_has_prefix (flight->token, "person") || sim_chance (sim, 0.2)))
    {
      sim_tell (sim, "  100/33: says that it is not there");
      sim_answer_error (answer, 100, 33, "Unsupported get request");
      return;
    }
  /* Section 4.5: what is read of a container that has done its work is not documented. */
  if (container->published && sim_chance (sim, sim->rates.consumed))
    {
      sim_tell (sim, "  24/2207008: there is no such container");
      sim_answer_error (answer, 24, 2207008, "The container is missing");
      return;
    }
  sim_tell (sim, "  it is %s", status);
  if (sim_wants (flight->request, "video_status"))
    sim_answer (answer, 200,
                "{\"id\":\"%s\",\"status_code\":\"%s\",\"video_status\":{\"uploading_phase\":"
                "{\"status\":\"%s\",\"bytes_transfered\":%" G_GINT64_FORMAT "}}}",
                container->id, status,
                container->received > 0 && container->received == container->size ? "complete"
                                                                                  : "in_progress",
                container->received);
  else if (strcmp (status, "ERROR") == 0)
    sim_answer (answer, 200,
                "{\"id\":\"%s\",\"status_code\":\"ERROR\",\"status\":\"Error: Media upload has "
                "failed with error code 2207052\"}",
                container->id);
  else
    sim_answer (answer, 200, "{\"id\":\"%s\",\"status_code\":\"%s\",\"status\":\"%s\"}",
                container->id, status, status);
}

/* --- Publishing --- */

static gboolean
refuse_publish (Sim *sim, SimContainer *container, SimAnswer *answer)
{
  SimAccount *account = &sim->accounts[SIM_INSTAGRAM];

  if (sim_chance (sim, sim->rates.quota))
    account->quota_until = sim->now + sim_between (sim, 1, 90) * MINUTE;
  if (sim->now < account->quota_until)
    {
      sim_tell (sim, "  the daily quota is used up");
      sim_answer_error (answer, 9, 2207042, "Daily limit");
    }
  else if (container == NULL || is_expired (sim, container) || sim_chance (sim, sim->rates.gone))
    {
      sim_tell (sim, "  the container is gone");
      sim_answer_error (answer, 24, 2207008, "The container is missing");
    }
  else if (container->published && !(sim->rates.double_container && sim_chance (sim, 0.5)))
    {
      sim_tell (sim, "  that container is published already");
      if (sim_chance (sim, 0.5))
        sim_answer_error (answer, 24, 2207008, "The container is missing");
      else
        sim_answer_error (answer, 9007, 2207027, "Media ID is not available");
    }
  else if (container->ready_at == 0 || sim->now < container->ready_at
           || strcmp (container->end, "FINISHED") != 0)
    {
      sim_tell (sim, "  the container is not ready");
      sim_answer_error (answer, 9007, 2207027, "Media ID is not available");
    }
  else
    return FALSE;
  return TRUE;
}

static void
publish (Sim *sim, SimFlight *flight, SimAnswer *answer)
{
  SimContainer *container
      = sim_find_container (sim, smm_request_get_param (flight->request, "creation_id"));
  SimVisible *visible;

  if (sim_answer_commit_trouble (sim, flight, answer) || refuse_publish (sim, container, answer))
    return;
  if (container->item)
    {
      sim_fault (sim, "one picture of a carousel would be published alone");
      return;
    }
  visible = container->kind == SMM_POST_KIND_STORY
                ? sim_show_file (sim, SIM_INSTAGRAM, container->file)
                : sim_show (sim, SIM_INSTAGRAM, container->caption, FALSE);
  visible->id = sim_make_id (sim, "17920");
  visible->kind = container->kind;
  visible->photos = g_strdup (container->type);
  container->published = TRUE;
  container->published_shown_at = visible->listed_at;
  answer->committed = TRUE;
  sim_answer (answer, 200, "{\"id\":\"%s\"}", visible->id);
  if (sim_chance (sim, sim->rates.blocked_after))
    {
      sim_tell (sim, "  says 4/2207051, action is blocked, although it is public");
      sim_answer_error (answer, 4, 2207051, "Application request limit reached");
    }
}

/* --- Reading --- */

static const char *
get_product (SimVisible *visible)
{
  return visible->kind == SMM_POST_KIND_STORY  ? "STORY"
         : visible->kind == SMM_POST_KIND_REEL ? "REELS"
                                               : "FEED";
}

static void
print_medium (GString *out, SimVisible *visible)
{
  g_autofree char *time = sim_meta_time (visible->created_at);
  g_autofree char *text = sim_json_text (visible->text);
  g_autofree char *caption
      = visible->textless ? g_strdup ("") : g_strdup_printf ("\"caption\":%s,", text);

  g_string_append_printf (out,
                          "%s{\"id\":\"%s\",%s\"media_type\":\"%s\","
                          "\"media_product_type\":\"%s\",\"permalink\":"
                          "\"https://www.instagram.com/p/%s/\",\"timestamp\":\"%s\"}",
                          out->len > 0 ? "," : "", visible->id, caption,
                          visible->photos != NULL ? visible->photos : "IMAGE",
                          get_product (visible), visible->id, time);
}

static void
list_media (Sim *sim, gboolean stories, SimAnswer *answer)
{
  g_autoptr (GString) data = g_string_new (NULL);
  guint shown = 0;

  for (guint i = sim->visible->len; i > 0; i--)
    {
      SimVisible *visible = sim->visible->pdata[i - 1];

      if (visible->account != SIM_INSTAGRAM || visible->listed_at > sim->now || visible->gone
          || (visible->kind == SMM_POST_KIND_STORY) != stories)
        continue;
      if (sim_chance (sim, sim->rates.ragged))
        g_string_append_printf (data, "%s{\"caption\":\"?\"}", data->len > 0 ? "," : "");
      else
        print_medium (data, visible);
      shown++;
    }
  sim_tell (sim, "  the list shows %u", shown);
  sim_answer (answer, 200, "{\"data\":[%s]}", data->str);
}

static gboolean
read_node (Sim *sim, SimFlight *flight, SimAnswer *answer)
{
  const char *id = path_of (flight->request);
  SimContainer *container = sim_find_container (sim, id);

  if (container != NULL)
    {
      read_container (sim, flight, container, answer);
      return TRUE;
    }
  for (guint i = 0; i < sim->visible->len; i++)
    {
      SimVisible *visible = sim->visible->pdata[i];
      g_autoptr (GString) data = g_string_new (NULL);

      if (visible->account != SIM_INSTAGRAM || g_strcmp0 (visible->id, id) != 0)
        continue;
      print_medium (data, visible);
      if (visible->gone || visible->listed_at > sim->now || sim_chance (sim, sim->rates.missing))
        sim_answer_error (answer, 100, 33, "Unsupported get request");
      else
        sim_answer (answer, 200, "%s", data->str);
      return TRUE;
    }
  return FALSE;
}

/* Section 4.9. */
static void
read_limit (Sim *sim, SimAnswer *answer)
{
  guint used = sim->now < sim->accounts[SIM_INSTAGRAM].quota_until ? 50 : 2;

  sim_tell (sim, "  %u of the day's 50 are used", used);
  if (sim_chance (sim, sim->rates.missing))
    sim_answer_error (answer, 100, 33, "Unsupported get request");
  else
    sim_answer (answer, 200,
                "{\"data\":[{\"quota_usage\":%u,\"config\":{\"quota_total\":50,"
                "\"quota_duration\":86400}}]}",
                used);
}

gboolean
sim_instagram (Sim *sim, SimFlight *flight, SimAnswer *answer)
{
  SmmRequest *request = flight->request;
  const char *path = path_of (request);
  const char *id = sim->accounts[SIM_INSTAGRAM].remote_id;
  gboolean post = strcmp (request->method, "POST") == 0;
  g_autofree char *media = g_strconcat (id, "/media", NULL);
  g_autofree char *commit = g_strconcat (id, "/media_publish", NULL);
  g_autofree char *stories = g_strconcat (id, "/stories", NULL);
  g_autofree char *limit = g_strconcat (id, "/content_publishing_limit", NULL);

  if (post && strcmp (path, media) == 0)
    add_container (sim, request, answer);
  else if (post && strcmp (path, commit) == 0)
    publish (sim, flight, answer);
  else if (!post && strcmp (path, media) == 0)
    list_media (sim, FALSE, answer);
  else if (!post && strcmp (path, stories) == 0)
    list_media (sim, TRUE, answer);
  else if (!post && strcmp (path, limit) == 0)
    read_limit (sim, answer);
  else if (!post && strchr (path, '/') == NULL)
    return read_node (sim, flight, answer);
  else
    return FALSE;
  return TRUE;
}

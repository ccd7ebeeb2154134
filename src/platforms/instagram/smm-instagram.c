/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Instagram: one image, or a carousel, from files of this computer (api/meta.md section 4). The
 * platform fetches pictures itself, so each is first uploaded as an unpublished photo of the linked
 * Page, whose address it can fetch (section 4.7). Containers are invisible; media_publish commits.
 */

#include "config.h"

#include "../meta/smm-meta.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_CAPTION 2200
#define MAX_HASHTAGS 30
#define MAX_MENTIONS 20
#define MAX_IMAGES 10
#define MIN_RATIO (4.0 / 5.0)
#define MAX_RATIO 1.91
#define MIN_WIDTH 320
#define RENDER_WIDTH 1440
#define CLOCK_SLACK (60 * (gint64)G_USEC_PER_SEC)
/* Section 4.4: images usually take seconds. */
static const guint poll_seconds[] = { 3, 5, 10, 20, 30, 60 };

static gboolean
is_id (const char *id)
{
  return id != NULL && *id != '\0' && strlen (id) <= 64
         && strspn (id, "0123456789_") == strlen (id);
}

static gboolean
is_carousel (const SmmPublication *pub)
{
  return pub->post->media->len > 1;
}

/* --- Steps: photo:N, source:N, container:N, ready:N, then container, ready, publish --- */

static SmmStep *
photo_step (const SmmPublication *pub, guint n)
{
  const SmmRendition *rendition = pub->renditions->pdata[n];
  SmmRequest *request = smm_meta_request ("POST", pub->account, "publish", "%s/photos",
                                          pub->account->parent_remote_id);
  g_autofree char *name = g_strdup_printf ("photo:%u", n);

  smm_request_add_param (request, "published", "false");
  smm_request_set_file (request, rendition->path, "source", "photo.jpg", rendition->mime);
  return smm_meta_step (name, SMM_STEP_PREPARE, request);
}

static SmmStep *
source_step (const SmmPublication *pub, guint n)
{
  SmmRequest *request
      = smm_meta_request ("GET", pub->account, "publish", "%s", smm_meta_fact (pub, "photo:%u", n));
  g_autofree char *name = g_strdup_printf ("source:%u", n);

  smm_request_add_param (request, "fields", "images");
  return smm_meta_step (name, SMM_STEP_PREPARE, request);
}

static SmmStep *
item_container_step (const SmmPublication *pub, guint n)
{
  const SmmRendition *rendition = pub->renditions->pdata[n];
  SmmRequest *request
      = smm_meta_request ("POST", pub->account, "publish", "%s/media", pub->account->remote_id);
  g_autofree char *name = g_strdup_printf ("container:%u", n);

  smm_request_add_param (request, "image_url", smm_meta_fact (pub, "source:%u", n));
  if (is_carousel (pub))
    smm_request_add_param (request, "is_carousel_item", "true");
  else
    smm_request_add_param (request, "caption", pub->post->text);
  if (rendition->alt != NULL)
    smm_request_add_param (request, "alt_text", rendition->alt);
  return smm_meta_step (name, SMM_STEP_PREPARE, request);
}

static SmmStep *
carousel_step (const SmmPublication *pub)
{
  SmmRequest *request
      = smm_meta_request ("POST", pub->account, "publish", "%s/media", pub->account->remote_id);
  g_autoptr (GString) children = g_string_new (NULL);

  for (guint i = 0; i < pub->post->media->len; i++)
    g_string_append_printf (children, "%s%s", i > 0 ? "," : "",
                            smm_meta_fact (pub, "container:%u", i));
  smm_request_add_param (request, "media_type", "CAROUSEL");
  smm_request_add_param (request, "children", children->str);
  smm_request_add_param (request, "caption", pub->post->text);
  return smm_meta_step ("container", SMM_STEP_PREPARE, request);
}

static SmmStep *
poll_step (const SmmPublication *pub, const char *name, const char *container)
{
  SmmRequest *request = smm_meta_request ("GET", pub->account, "publish", "%s", container);

  smm_request_add_param (request, "fields", "id,status_code,status");
  return smm_meta_step (name, SMM_STEP_PREPARE, request);
}

static const char *
final_container (const SmmPublication *pub)
{
  return is_carousel (pub) ? smm_meta_fact (pub, "container")
                           : smm_meta_fact (pub, "container:%u", 0u);
}

static SmmStep *
publish_step (const SmmPublication *pub)
{
  SmmRequest *request = smm_meta_request ("POST", pub->account, "publish", "%s/media_publish",
                                          pub->account->remote_id);

  smm_request_add_param (request, "creation_id", final_container (pub));
  return smm_meta_step ("publish", SMM_STEP_COMMIT, request);
}

static SmmStep *
permalink_step (const SmmPublication *pub)
{
  SmmRequest *request
      = smm_meta_request ("GET", pub->account, "publish", "%s", smm_meta_fact (pub, "remote_id"));

  smm_request_add_param (request, "fields", "permalink,timestamp");
  return smm_meta_step ("permalink", SMM_STEP_CONFIRM, request);
}

static SmmStep *
item_step (const SmmPublication *pub, guint n)
{
  g_autofree char *name = g_strdup_printf ("ready:%u", n);

  if (smm_meta_fact (pub, "photo:%u", n) == NULL)
    return photo_step (pub, n);
  if (smm_meta_fact (pub, "source:%u", n) == NULL)
    return source_step (pub, n);
  if (smm_meta_fact (pub, "container:%u", n) == NULL)
    return item_container_step (pub, n);
  if (smm_meta_fact (pub, "ready:%u", n) == NULL)
    return poll_step (pub, name, smm_meta_fact (pub, "container:%u", n));
  return NULL;
}

static SmmStep *
instagram_next_step (const SmmPublication *pub)
{
  if (smm_meta_fact (pub, "remote_id") != NULL)
    return smm_meta_fact (pub, "permalink") == NULL ? permalink_step (pub) : NULL;
  for (guint i = 0; i < pub->post->media->len; i++)
    {
      SmmStep *step = item_step (pub, i);

      if (step != NULL)
        return step;
    }
  if (is_carousel (pub) && smm_meta_fact (pub, "container") == NULL)
    return carousel_step (pub);
  if (is_carousel (pub) && smm_meta_fact (pub, "ready") == NULL)
    return poll_step (pub, "ready", smm_meta_fact (pub, "container"));
  return publish_step (pub);
}

/* --- Answers --- */

/* The widest copy that Instagram takes. */
static char *
find_source (JsonObject *object)
{
  JsonArray *images = smm_json_get_array (object, "images");
  const char *best = NULL;
  gint64 best_width = 0;

  for (guint i = 0; images != NULL && i < json_array_get_length (images); i++)
    {
      JsonNode *node = json_array_get_element (images, i);
      JsonObject *image = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
      const char *source = smm_json_get_string (image, "source");
      gint64 width = smm_json_get_int (image, "width", 0);

      if (source == NULL || width > RENDER_WIDTH || width <= best_width || strlen (source) > 4096)
        continue;
      best = source;
      best_width = width;
    }
  return g_strdup (best);
}

static gint64
find_subcode (const char *status)
{
  for (const char *p = status; p != NULL && *p != '\0'; p++)
    if (strspn (p, "0123456789") == 7)
      return g_ascii_strtoll (p, NULL, 10);
  return 0;
}

static void
say (SmmOutcome *outcome, const char *code, const char *fix, const char *message)
{
  outcome->code = g_strdup (code);
  outcome->fix = g_strdup (fix);
  outcome->message = g_strdup (message);
}

/* What Instagram found wrong with a picture; a new container helps only where it could not fetch.
 */
static SmmOutcome *
on_container_error (JsonObject *object)
{
  gint64 subcode = find_subcode (smm_json_get_string (object, "status"));
  SmmOutcome *outcome;

  switch (subcode)
    {
    case 2207003:
    case 2207032:
    case 2207052:
    case 2207053:
    case 2207001:
    case 2207020:
    case 0:
      outcome = smm_meta_outcome_new (SMM_OUTCOME_RESTART);
      outcome->drop_prefix = g_strdup ("");
      outcome->wait_ms = 10 * 1000;
      say (outcome, "prepare-again", "retry", _ ("Instagram could not prepare the pictures"));
      break;
    default:
      outcome = smm_meta_outcome_new (SMM_OUTCOME_REFUSED);
      say (outcome, "media-refused", "edit", _ ("Instagram does not take this picture"));
      break;
    }
  outcome->error = g_strdup_printf ("%" G_GINT64_FORMAT, subcode);
  return outcome;
}

static SmmOutcome *
on_poll (const SmmPublication *pub, const SmmStep *step, JsonObject *object)
{
  const char *status = smm_json_get_string (object, "status_code");
  g_autofree char *key = g_strconcat ("polls:", step->name, NULL);
  const char *before = smm_meta_fact (pub, "%s", key);
  int n = before != NULL ? atoi (before) : 0;
  SmmOutcome *outcome;

  if (g_strcmp0 (status, "FINISHED") == 0 || g_strcmp0 (status, "PUBLISHED") == 0)
    {
      outcome = smm_meta_outcome_new (SMM_OUTCOME_DONE);
      smm_meta_outcome_add (outcome, step->name, "1");
      return outcome;
    }
  if (g_strcmp0 (status, "ERROR") == 0)
    return on_container_error (object);
  if (g_strcmp0 (status, "EXPIRED") == 0)
    {
      outcome = smm_meta_outcome_new (SMM_OUTCOME_RESTART);
      outcome->drop_prefix = g_strdup ("");
      say (outcome, "expired", "retry", _ ("The prepared pictures have expired"));
      return outcome;
    }
  outcome = smm_meta_outcome_new (SMM_OUTCOME_WAIT);
  outcome->wait_ms = poll_seconds[MIN ((guint)n, G_N_ELEMENTS (poll_seconds) - 1)] * 1000;
  g_hash_table_insert (outcome->facts, g_steal_pointer (&key), g_strdup_printf ("%d", n + 1));
  return outcome;
}

static void
add_permalink (const SmmPublication *pub, SmmOutcome *outcome, JsonObject *object)
{
  const char *permalink = smm_json_get_string (object, "permalink");
  gint64 at = smm_meta_parse_time (smm_json_get_string (object, "timestamp"));

  if (permalink != NULL && g_str_has_prefix (permalink, "https://"))
    smm_meta_outcome_add (outcome, "permalink", permalink);
  else
    {
      g_autofree char *profile = g_strdup_printf (
          "https://www.instagram.com/%s/", pub->account->username ? pub->account->username : "");

      smm_meta_outcome_add (outcome, "permalink", profile);
    }
  if (at > 0)
    {
      g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, at);

      smm_meta_outcome_add (outcome, "published_at", text);
    }
}

static SmmOutcome *
on_success (const SmmPublication *pub, const SmmStep *step, JsonObject *object)
{
  g_autofree char *id = smm_json_dup_id (object, "id");
  g_autofree char *source = NULL;
  SmmOutcome *outcome = NULL;

  if (g_str_has_prefix (step->name, "ready"))
    return smm_json_get_string (object, "status_code") != NULL ? on_poll (pub, step, object) : NULL;
  if (g_str_has_prefix (step->name, "source:"))
    {
      source = find_source (object);
      if (source == NULL)
        return NULL;
      outcome = smm_meta_outcome_new (SMM_OUTCOME_DONE);
      smm_meta_outcome_add (outcome, step->name, source);
      return outcome;
    }
  if (step->kind == SMM_STEP_CONFIRM)
    {
      outcome = smm_meta_outcome_new (SMM_OUTCOME_DONE);
      add_permalink (pub, outcome, object);
      return outcome;
    }
  if (!is_id (id))
    return NULL;
  outcome = smm_meta_outcome_new (SMM_OUTCOME_DONE);
  smm_meta_outcome_add (outcome, step->kind == SMM_STEP_COMMIT ? "remote_id" : step->name, id);
  return outcome;
}

static SmmOutcome *
instagram_apply (const SmmPublication *pub, const SmmStep *step, SmmResponse *response)
{
  g_auto (SmmMetaAnswer) answer = { 0 };
  SmmOutcome *outcome = NULL;

  smm_meta_answer_read (&answer, response);
  if (answer.object != NULL && !answer.is_error && response->status < 300)
    outcome = on_success (pub, step, answer.object);
  if (outcome == NULL)
    return smm_meta_classify (pub->account, step->kind, &answer, response);
  outcome->request_id = g_strdup (answer.request_id);
  return outcome;
}

/* --- Looking for it: first the container, then the media list --- */

static SmmRequest *
instagram_next_look (const SmmPublication *pub, int look)
{
  SmmRequest *request;

  if (smm_meta_fact (pub, "look.published") == NULL && final_container (pub) != NULL)
    {
      request = smm_meta_request ("GET", pub->account, "look", "%s", final_container (pub));
      smm_request_add_param (request, "fields", "id,status_code,status");
      if (smm_meta_fact (pub, "look.person") != NULL)
        request->token = SMM_TOKEN_PERSON;
      return request;
    }
  request = smm_meta_request ("GET", pub->account, "look", "%s/media", pub->account->remote_id);
  smm_request_add_param (request, "fields",
                         "id,caption,timestamp,media_type,media_product_type,permalink");
  smm_request_add_param (request, "limit", "25");
  return request;
}

static void
add_found (SmmReconcile *found, const char *key, const char *value)
{
  g_hash_table_insert (found->facts, g_strdup (key), g_strdup (value));
}

static SmmReconcile *
on_container_look (const SmmPublication *pub, SmmMetaAnswer *answer, SmmResponse *response)
{
  static const char *const not_published[]
      = { "IN_PROGRESS", "FINISHED", "ERROR", "EXPIRED", NULL };
  const char *status = !answer->is_error && response->status == 200
                           ? smm_json_get_string (answer->object, "status_code")
                           : NULL;
  SmmReconcile *found;

  if (g_strcmp0 (status, "PUBLISHED") == 0)
    {
      found = smm_meta_reconcile_new (SMM_RECONCILE_MORE);
      add_found (found, "look.published", "1");
      return found;
    }
  if (status != NULL && g_strv_contains (not_published, status))
    return smm_meta_reconcile_new (SMM_RECONCILE_NOT_PUBLISHED);
  /* A Page token has been told "missing" of containers that were there: ask as the person. */
  if (answer->is_error && answer->code == 100 && answer->subcode == 33
      && smm_meta_fact (pub, "look.person") == NULL)
    {
      found = smm_meta_reconcile_new (SMM_RECONCILE_MORE);
      add_found (found, "look.person", "1");
      return found;
    }
  return smm_meta_reconcile_failed (pub->account, answer, response);
}

static gboolean
is_ours (const SmmPublication *pub, JsonObject *item)
{
  gint64 at = smm_meta_parse_time (smm_json_get_string (item, "timestamp"));
  const char *type = smm_json_get_string (item, "media_type");
  g_autofree char *id = smm_json_dup_id (item, "id");

  if (!is_id (id) || at < pub->commit_sent_at - CLOCK_SLACK)
    return FALSE;
  if (pub->claimed != NULL && g_hash_table_contains (pub->claimed, id))
    return FALSE;
  if (g_strcmp0 (type, is_carousel (pub) ? "CAROUSEL_ALBUM" : "IMAGE") != 0)
    return FALSE;
  return smm_meta_same_text (smm_json_get_string (item, "caption"), pub->post->text);
}

static void
adopt (const SmmPublication *pub, SmmReconcile *found, JsonObject *item)
{
  g_autofree char *id = smm_json_dup_id (item, "id");
  const char *permalink = smm_json_get_string (item, "permalink");
  g_autofree char *at = g_strdup_printf (
      "%" G_GINT64_FORMAT, smm_meta_parse_time (smm_json_get_string (item, "timestamp")));

  add_found (found, "remote_id", id);
  if (permalink != NULL && g_str_has_prefix (permalink, "https://"))
    add_found (found, "permalink", permalink);
  add_found (found, "published_at", at);
}

/* The container says PUBLISHED: that is settled. The list only tells which one it is. */
static SmmReconcile *
on_list_look (const SmmPublication *pub, SmmMetaAnswer *answer, SmmResponse *response)
{
  JsonArray *list = !answer->is_error && response->status == 200
                        ? smm_json_get_array (answer->object, "data")
                        : NULL;
  JsonObject *paging = smm_json_get_object (answer->object, "paging");
  gboolean settled = smm_meta_fact (pub, "look.published") != NULL;
  gboolean whole = smm_json_get_string (paging, "next") == NULL;
  JsonObject *match = NULL;
  SmmReconcile *found;
  guint n = 0;

  if (list == NULL && !settled)
    return smm_meta_reconcile_failed (pub->account, answer, response);
  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++)
    {
      JsonNode *node = json_array_get_element (list, i);
      JsonObject *item = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
      gint64 at = smm_meta_parse_time (smm_json_get_string (item, "timestamp"));
      g_autofree char *id = item != NULL ? smm_json_dup_id (item, "id") : NULL;

      /* Newest first: what is older than the commit ends the part that matters. */
      whole |= at > 0 && at < pub->commit_sent_at - CLOCK_SLACK;
      /* A list with a post that can't be read, or not read far enough, proves nothing. */
      if ((at == 0 || !is_id (id)) && !settled)
        return smm_meta_reconcile_new (SMM_RECONCILE_UNKNOWN);
      if (!is_ours (pub, item))
        continue;
      match = item;
      n++;
    }
  if (n != 1 && !settled)
    return smm_meta_reconcile_new (n == 0 && whole ? SMM_RECONCILE_NOT_PUBLISHED
                                                   : SMM_RECONCILE_UNKNOWN);
  found = smm_meta_reconcile_new (SMM_RECONCILE_PUBLISHED);
  if (n == 1)
    adopt (pub, found, match);
  if (!g_hash_table_contains (found->facts, "permalink"))
    {
      g_autofree char *profile = g_strdup_printf (
          "https://www.instagram.com/%s/", pub->account->username ? pub->account->username : "");

      add_found (found, "permalink", profile);
    }
  return found;
}

static SmmReconcile *
instagram_apply_look (const SmmPublication *pub, int look, SmmResponse *response)
{
  g_auto (SmmMetaAnswer) answer = { 0 };
  SmmReconcile *found;

  smm_meta_answer_read (&answer, response);
  if (smm_meta_fact (pub, "look.published") == NULL && final_container (pub) != NULL)
    found = on_container_look (pub, &answer, response);
  else
    found = on_list_look (pub, &answer, response);
  if (found->request_id == NULL)
    found->request_id = g_strdup (answer.request_id);
  return found;
}

/* --- Before anything is sent (section 4.10) --- */

static void
validate_picture (SmmMedia *media, guint i, GPtrArray *problems)
{
  double ratio = media->height > 0 ? (double)media->width / media->height : 0;

  if (media->width < MIN_WIDTH)
    smm_meta_add_problem (problems, "too-small", i, "remove-media",
                          _ ("Instagram needs pictures at least %d pixels wide; picture %u has %d"),
                          MIN_WIDTH, i + 1, media->width);
  if (ratio < MIN_RATIO - 0.001 || ratio > MAX_RATIO + 0.001)
    smm_meta_add_problem (problems, "aspect-ratio", i, "remove-media",
                          _ ("Instagram needs 4:5 to 1.91:1; picture %u is %d × %d (%.2f:1)"),
                          i + 1, media->width, media->height, ratio);
}

static GPtrArray *
instagram_validate (const SmmPost *post, const SmmAccount *account)
{
  GPtrArray *problems = g_ptr_array_new_with_free_func ((GDestroyNotify)smm_problem_free);
  gboolean valid = g_utf8_validate (post->text, -1, NULL);
  glong length
      = valid ? MAX (smm_text_code_points (post->text), smm_text_utf16_units (post->text)) : 0;

  smm_meta_validate_common (post, problems);
  if (post->media->len == 0)
    smm_meta_add_problem (problems, "media-missing", -1, "choose-media",
                          _ ("Instagram needs a picture"));
  if (post->media->len > MAX_IMAGES)
    smm_meta_add_problem (problems, "too-many-media", MAX_IMAGES, "remove-media",
                          _ ("A carousel takes %d pictures; this one has %u"), MAX_IMAGES,
                          post->media->len);
  if (length > MAX_CAPTION)
    smm_meta_add_problem (problems, "caption-too-long", -1, "trim-text",
                          _ ("Instagram takes %d characters; this text has %ld"), MAX_CAPTION,
                          length);
  if (valid && smm_text_count_hashtags (post->text) > MAX_HASHTAGS)
    smm_meta_add_problem (problems, "too-many-hashtags", -1, NULL,
                          _ ("Instagram takes %d hashtags; this text has %u"), MAX_HASHTAGS,
                          smm_text_count_hashtags (post->text));
  if (valid && smm_text_count_mentions (post->text) > MAX_MENTIONS)
    smm_meta_add_problem (problems, "too-many-mentions", -1, NULL,
                          _ ("Instagram takes %d mentions; this text has %u"), MAX_MENTIONS,
                          smm_text_count_mentions (post->text));
  if (post->link != NULL)
    smm_meta_add_problem (problems, "link-unsupported", -1, NULL,
                          _ ("Instagram has no link previews. Put the link into the text."));
  if (account != NULL && account->parent_remote_id == NULL)
    smm_meta_add_problem (problems, "no-page", -1, NULL,
                          _ ("“%s” is not linked to a Facebook Page"), account->name);
  for (guint i = 0; i < post->media->len; i++)
    validate_picture (post->media->pdata[i], i, problems);
  return problems;
}

static gboolean
instagram_apply_sign_in (SmmGrant *grant, GHashTable *progress, SmmResponse *response,
                         GError **error)
{
  return smm_meta_apply_sign_in (grant, progress, response, SMM_PLATFORM_INSTAGRAM, error);
}

const SmmPlatform smm_instagram_platform = {
  .id = SMM_PLATFORM_INSTAGRAM,
  .can_list = TRUE,
  .next_step = instagram_next_step,
  .apply = instagram_apply,
  .next_look = instagram_next_look,
  .apply_look = instagram_apply_look,
  .validate = instagram_validate,
  .authorize = smm_meta_authorize,
  .next_sign_in = smm_meta_next_sign_in,
  .apply_sign_in = instagram_apply_sign_in,
  .check = smm_meta_check,
  .apply_check = smm_meta_apply_check,
  .revoke = smm_meta_revoke,
  .apply_revoke = smm_meta_apply_revoke,
  .usage_wait_ms = smm_meta_usage_wait_ms,
};

/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Facebook Pages: text, link, one photo, several photos (api/meta.md section 3). Photos are
 * uploaded unpublished, which nobody sees, and made public by the one post that attaches them.
 */

#include "config.h"

#include "../meta/smm-meta.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_TEXT 63206
#define MAX_PHOTOS 10
#define MAX_PAGES 8
/* The platform's clock and ours may differ: section 3.9. */
#define CLOCK_SLACK (120 * (gint64)G_USEC_PER_SEC)
/* So far our clock may have been wrong when the post was sent: a post like ours in this time proves
 * neither that it is ours nor that ours is not there. */
#define DOUBT_SLACK (26 * 60 * 60 * (gint64)G_USEC_PER_SEC)

/* --- Steps --- */

static SmmStep *
photo_step (const SmmPublication *pub, guint n)
{
  const SmmRendition *rendition = pub->renditions->pdata[n];
  SmmRequest *request
      = smm_meta_request ("POST", pub->account, "publish", "%s/photos", pub->account->remote_id);
  g_autofree char *name = g_strdup_printf ("photo:%u", n);

  smm_request_add_param (request, "published", "false");
  if (rendition->alt != NULL)
    smm_request_add_param (request, "alt_text_custom", rendition->alt);
  smm_request_set_file (request, rendition->path, "source", "photo.jpg", rendition->mime);
  return smm_meta_step (name, SMM_STEP_PREPARE, request);
}

static SmmStep *
feed_step (const SmmPublication *pub)
{
  SmmRequest *request
      = smm_meta_request ("POST", pub->account, "publish", "%s/feed", pub->account->remote_id);

  smm_request_add_query (request, "fields", "id,permalink_url,created_time,is_published");
  if (*pub->post->text != '\0')
    smm_request_add_param (request, "message", pub->post->text);
  if (pub->post->link != NULL && pub->post->media->len == 0)
    smm_request_add_param (request, "link", pub->post->link);
  for (guint i = 0; i < pub->post->media->len; i++)
    {
      g_autofree char *name = g_strdup_printf ("attached_media[%u]", i);
      g_autofree char *value
          = g_strdup_printf ("{\"media_fbid\":\"%s\"}", smm_meta_fact (pub, "photo:%u", i));

      smm_request_add_param (request, name, value);
    }
  return smm_meta_step ("feed", SMM_STEP_COMMIT, request);
}

static SmmStep *
permalink_step (const SmmPublication *pub)
{
  SmmRequest *request
      = smm_meta_request ("GET", pub->account, "publish", "%s", smm_meta_fact (pub, "remote_id"));

  smm_request_add_param (request, "fields", "id,permalink_url,created_time");
  return smm_meta_step ("permalink", SMM_STEP_CONFIRM, request);
}

static SmmStep *
facebook_next_step (const SmmPublication *pub)
{
  if (smm_meta_fact (pub, "remote_id") != NULL)
    return smm_meta_fact (pub, "permalink") == NULL ? permalink_step (pub) : NULL;
  for (guint i = 0; i < pub->post->media->len; i++)
    if (smm_meta_fact (pub, "photo:%u", i) == NULL)
      return photo_step (pub, i);
  return feed_step (pub);
}

/* Ids go into paths later: only what ids are made of is taken. */
static gboolean
is_id (const char *id)
{
  return id != NULL && *id != '\0' && strlen (id) <= 64
         && strspn (id, "0123456789_") == strlen (id);
}

static void
add_post_facts (SmmOutcome *outcome, JsonObject *object, const char *id)
{
  const char *permalink = smm_json_get_string (object, "permalink_url");
  gint64 created = smm_meta_parse_time (smm_json_get_string (object, "created_time"));

  smm_meta_outcome_add (outcome, "remote_id", id);
  if (permalink != NULL && g_str_has_prefix (permalink, "https://"))
    smm_meta_outcome_add (outcome, "permalink", permalink);
  if (created > 0)
    {
      g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, created);

      smm_meta_outcome_add (outcome, "published_at", text);
    }
}

static SmmOutcome *
facebook_apply (const SmmPublication *pub, const SmmStep *step, SmmResponse *response)
{
  g_auto (SmmMetaAnswer) answer = { 0 };
  g_autofree char *id = NULL;
  SmmOutcome *outcome;

  smm_meta_answer_read (&answer, response);
  if (answer.object != NULL && !answer.is_error && response->status < 300)
    id = smm_json_dup_id (answer.object, "id");
  if (is_id (id))
    {
      outcome = smm_meta_outcome_new (SMM_OUTCOME_DONE);
      outcome->request_id = g_strdup (answer.request_id);
      if (step->kind == SMM_STEP_PREPARE)
        smm_meta_outcome_add (outcome, step->name, id);
      else
        add_post_facts (outcome, answer.object,
                        step->kind == SMM_STEP_COMMIT ? id : smm_meta_fact (pub, "remote_id"));
      /* Documented: a post's own address works (section 3.1). */
      if (step->kind == SMM_STEP_CONFIRM && !g_hash_table_contains (outcome->facts, "permalink"))
        {
          g_autofree char *link = g_strconcat ("https://www.facebook.com/", id, NULL);

          smm_meta_outcome_add (outcome, "permalink", link);
        }
      return outcome;
    }
  return smm_meta_classify (pub->account, step->kind, &answer, response);
}

/* --- Looking for it --- */

static SmmRequest *
facebook_next_look (const SmmPublication *pub, int look)
{
  SmmRequest *request
      = smm_meta_request ("GET", pub->account, "look", "%s/feed", pub->account->remote_id);
  g_autofree char *since
      = g_strdup_printf ("%" G_GINT64_FORMAT, (pub->commit_sent_at - DOUBT_SLACK) / G_USEC_PER_SEC);
  const char *after = smm_meta_fact (pub, "look.after");

  smm_request_add_param (request, "fields",
                         "id,message,created_time,is_published,permalink_url,application,"
                         "attachments{url,media_type,target{id,url},subattachments{target{id}}}");
  smm_request_add_param (request, "since", since);
  smm_request_add_param (request, "limit", "50");
  if (after != NULL)
    smm_request_add_param (request, "after", after);
  return request;
}

static gboolean
is_own_photo (const SmmPublication *pub, const char *id)
{
  for (guint i = 0; i < pub->post->media->len; i++)
    if (g_strcmp0 (smm_meta_fact (pub, "photo:%u", i), id) == 0)
      return TRUE;
  return FALSE;
}

/* Whether one of our photos hangs on the post; or our link, when that is all the post has: the same
 * link under another text is another post. */
static gboolean
has_our_attachment (const SmmPublication *pub, JsonObject *holder)
{
  JsonArray *list = smm_json_get_array (holder, "data");

  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++)
    {
      JsonNode *node = json_array_get_element (list, i);
      JsonObject *item = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
      JsonObject *target = smm_json_get_object (item, "target");
      g_autofree char *id = target != NULL ? smm_json_dup_id (target, "id") : NULL;
      JsonObject *inner = smm_json_get_object (item, "subattachments");

      if (id != NULL && is_own_photo (pub, id))
        return TRUE;
      if (pub->post->link != NULL && *pub->post->text == '\0'
          && (g_strcmp0 (smm_json_get_string (item, "url"), pub->post->link) == 0
              || g_strcmp0 (smm_json_get_string (target, "url"), pub->post->link) == 0))
        return TRUE;
      if (inner != NULL && has_our_attachment (pub, inner))
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_ours (const SmmPublication *pub, JsonObject *item)
{
  JsonObject *application = smm_json_get_object (item, "application");
  g_autofree char *app_id = application != NULL ? smm_json_dup_id (application, "id") : NULL;
  g_autofree char *id = smm_json_dup_id (item, "id");
  JsonObject *attachments = smm_json_get_object (item, "attachments");

  if (!is_id (id) || !smm_json_get_bool (item, "is_published", TRUE))
    return FALSE;
  if (pub->claimed != NULL && g_hash_table_contains (pub->claimed, id))
    return FALSE;
  if (app_id != NULL && pub->app_id != NULL && strcmp (app_id, pub->app_id) != 0)
    return FALSE;
  if (attachments != NULL && has_our_attachment (pub, attachments))
    return TRUE;
  return *pub->post->text != '\0'
         && smm_meta_same_text (smm_json_get_string (item, "message"), pub->post->text);
}

/* Made before ours could be, if our clock was right, and with nothing that only ours has: a photo
 * of it, or the mark of our app under its text. */
static gboolean
is_doubtful (const SmmPublication *pub, JsonObject *item)
{
  gint64 created = smm_meta_parse_time (smm_json_get_string (item, "created_time"));
  JsonObject *application = smm_json_get_object (item, "application");
  g_autofree char *app_id = application != NULL ? smm_json_dup_id (application, "id") : NULL;
  JsonObject *attachments = smm_json_get_object (item, "attachments");

  if (created == 0 || created >= pub->commit_sent_at - CLOCK_SLACK)
    return FALSE;
  return !(app_id != NULL && g_strcmp0 (app_id, pub->app_id) == 0)
         && !(attachments != NULL && pub->post->media->len > 0
              && has_our_attachment (pub, attachments));
}

static void
note_match (const SmmPublication *pub, SmmReconcile *found, JsonObject *item)
{
  const char *before = g_hash_table_lookup (found->facts, "look.n");
  g_autofree char *id = smm_json_dup_id (item, "id");
  const char *permalink = smm_json_get_string (item, "permalink_url");
  gint64 created = smm_meta_parse_time (smm_json_get_string (item, "created_time"));

  if (before == NULL)
    before = smm_meta_fact (pub, "look.n");
  g_hash_table_insert (found->facts, g_strdup ("look.n"),
                       g_strdup_printf ("%d", (before != NULL ? atoi (before) : 0) + 1));
  g_hash_table_insert (found->facts, g_strdup ("look.id"), g_strdup (id));
  g_hash_table_insert (found->facts, g_strdup ("look.permalink"),
                       permalink != NULL && g_str_has_prefix (permalink, "https://")
                           ? g_strdup (permalink)
                           : g_strconcat ("https://www.facebook.com/", id, NULL));
  g_hash_table_insert (found->facts, g_strdup ("look.at"),
                       g_strdup_printf ("%" G_GINT64_FORMAT, created));
}

static const char *
get_look (const SmmPublication *pub, SmmReconcile *found, const char *key)
{
  const char *value = g_hash_table_lookup (found->facts, key);

  return value != NULL ? value : smm_meta_fact (pub, "%s", key);
}

static void
decide (const SmmPublication *pub, SmmReconcile *found)
{
  const char *n = get_look (pub, found, "look.n");

  if (n == NULL && get_look (pub, found, "look.older") != NULL)
    {
      found->kind = SMM_RECONCILE_UNKNOWN;
      found->message
          = g_strdup (_ ("The Page shows a post like this one, made earlier. Look there, "
                         "and say whether this one is public."));
    }
  else if (n == NULL)
    found->kind = SMM_RECONCILE_NOT_PUBLISHED;
  else if (strcmp (n, "1") != 0)
    {
      found->kind = SMM_RECONCILE_UNKNOWN;
      found->message = g_strdup (_ ("The Page shows several posts like this one. Look there, and "
                                    "say whether this one is public."));
    }
  else
    {
      g_autofree char *id = g_strdup (get_look (pub, found, "look.id"));
      g_autofree char *link = g_strdup (get_look (pub, found, "look.permalink"));
      g_autofree char *at = g_strdup (get_look (pub, found, "look.at"));

      found->kind = SMM_RECONCILE_PUBLISHED;
      g_hash_table_insert (found->facts, g_strdup ("remote_id"), g_steal_pointer (&id));
      g_hash_table_insert (found->facts, g_strdup ("permalink"), g_steal_pointer (&link));
      g_hash_table_insert (found->facts, g_strdup ("published_at"), g_steal_pointer (&at));
    }
}

static SmmReconcile *
facebook_apply_look (const SmmPublication *pub, int look, SmmResponse *response)
{
  g_auto (SmmMetaAnswer) answer = { 0 };
  const char *pages = smm_meta_fact (pub, "look.pages");
  int n_pages = pages != NULL ? atoi (pages) : 0;
  SmmReconcile *found;
  JsonArray *list;
  JsonObject *paging;
  const char *after;

  smm_meta_answer_read (&answer, response);
  list = !answer.is_error && response->status == 200 ? smm_json_get_array (answer.object, "data")
                                                     : NULL;
  if (list == NULL)
    return smm_meta_reconcile_failed (pub->account, &answer, response);
  found = smm_meta_reconcile_new (SMM_RECONCILE_UNKNOWN);
  found->request_id = g_strdup (answer.request_id);
  for (guint i = 0; i < json_array_get_length (list); i++)
    {
      JsonNode *node = json_array_get_element (list, i);
      JsonObject *item = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
      g_autofree char *id = item != NULL ? smm_json_dup_id (item, "id") : NULL;

      /* A list with a post that can't be read proves nothing. */
      if (!is_id (id))
        return found;
      if (!is_ours (pub, item))
        continue;
      if (is_doubtful (pub, item))
        g_hash_table_insert (found->facts, g_strdup ("look.older"), g_strdup ("1"));
      else
        note_match (pub, found, item);
    }
  paging = smm_json_get_object (answer.object, "paging");
  after = smm_json_get_string (smm_json_get_object (paging, "cursors"), "after");
  if (smm_json_get_string (paging, "next") != NULL)
    {
      /* Neither does one that was not read to its end. */
      if (after == NULL || n_pages >= MAX_PAGES)
        return found;
      found->kind = SMM_RECONCILE_MORE;
      g_hash_table_insert (found->facts, g_strdup ("look.after"), g_strdup (after));
      g_hash_table_insert (found->facts, g_strdup ("look.pages"),
                           g_strdup_printf ("%d", n_pages + 1));
      return found;
    }
  decide (pub, found);
  return found;
}

/* --- Before anything is sent --- */

static GPtrArray *
facebook_validate (const SmmPost *post, const SmmAccount *account)
{
  GPtrArray *problems = g_ptr_array_new_with_free_func ((GDestroyNotify)smm_problem_free);
  g_autofree char *stripped = g_strstrip (g_strdup (post->text));
  glong length = g_utf8_validate (post->text, -1, NULL) ? smm_text_utf16_units (post->text) : 0;

  smm_meta_validate_common (post, problems);
  if (*stripped == '\0' && post->link == NULL && post->media->len == 0)
    smm_meta_add_problem (problems, "empty", -1, NULL,
                          _ ("Facebook needs a text, a link or a picture"));
  if (length > MAX_TEXT)
    smm_meta_add_problem (problems, "text-too-long", -1, "trim-text",
                          _ ("Facebook takes %d characters; this text has %ld"), MAX_TEXT, length);
  if (post->media->len > MAX_PHOTOS)
    smm_meta_add_problem (problems, "too-many-media", MAX_PHOTOS, "remove-media",
                          _ ("A Facebook post takes %d pictures; this one has %u"), MAX_PHOTOS,
                          post->media->len);
  if (post->link != NULL && post->media->len > 0)
    smm_meta_add_problem (problems, "link-and-media", -1, NULL,
                          _ ("Facebook shows either a link preview or pictures. Put the link into "
                             "the text, or remove the pictures."));
  return problems;
}

static gboolean
facebook_apply_sign_in (SmmGrant *grant, GHashTable *progress, SmmResponse *response,
                        GError **error)
{
  return smm_meta_apply_sign_in (grant, progress, response, SMM_PLATFORM_FACEBOOK, error);
}

const SmmPlatform smm_facebook_platform = {
  .id = SMM_PLATFORM_FACEBOOK,
  .can_list = TRUE,
  .next_step = facebook_next_step,
  .apply = facebook_apply,
  .next_look = facebook_next_look,
  .apply_look = facebook_apply_look,
  .validate = facebook_validate,
  .authorize = smm_meta_authorize,
  .next_sign_in = smm_meta_next_sign_in,
  .apply_sign_in = facebook_apply_sign_in,
  .check = smm_meta_check,
  .apply_check = smm_meta_apply_check,
  .revoke = smm_meta_revoke,
  .apply_revoke = smm_meta_apply_revoke,
  .usage_wait_ms = smm_meta_usage_wait_ms,
};

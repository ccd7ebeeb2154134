/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Looking for a post whose commit was not clearly answered (api/meta.md section 3.9). A video, and
 * what was handed over under an id that is known, is asked itself, as the person when the Page's
 * token is told "missing"; else a list is searched: the scheduled posts of what was handed over,
 * then the feed; stories in theirs. What was not read to its end, or can't be read, proves nothing.
 */

#include "config.h"

#include "smm-facebook-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_PAGES 8
/* The platform's clock and ours may differ: section 3.9. */
#define CLOCK_SLACK (120 * (gint64)G_USEC_PER_SEC)
/* So far our clock may have been wrong when the post was sent: a post like ours in this time proves
 * neither that it is ours nor that ours is not there. */
#define DOUBT_SLACK (26 * 60 * 60 * (gint64)G_USEC_PER_SEC)
#define SCHEDULE_SLACK 60
#define MAX_ABSENT 3
#define ATTACHMENTS "attachments{url,media_type,target{id,url},subattachments{target{id}}}"

#define POST_FIELDS "id,message,created_time,is_published,permalink_url,application," ATTACHMENTS

typedef enum
{
  SEARCH_VIDEO, /* not a list: the video's own status */
  SEARCH_OWN,   /* not a list: what was handed over, by its id */
  SEARCH_SCHEDULED,
  SEARCH_FEED,
  SEARCH_STORIES,
  SEARCH_PHOTO, /* not a list either: the post that a photo of ours says it hangs on */
  SEARCH_POST,
} Search;

/* The id of what was handed over. The text may have been edited here since, and the change may not
 * have reached Facebook: then nothing but the id tells which one is ours. NULL: it has none, or it
 * is a video, which lists know by another. */
static const char *
get_own_id (const SmmPublication *pub)
{
  const char *id = smm_meta_fact (pub, "remote_id");

  return smm_meta_fact (pub, "handed_over") != NULL && !smm_facebook_is_video_there (pub) ? id
                                                                                          : NULL;
}

static Search
get_search (const SmmPublication *pub)
{
  gboolean asks = smm_meta_fact_int (pub, "look.missing") < 2;

  if ((smm_facebook_is_video (pub) || smm_facebook_is_video_there (pub))
      && smm_meta_fact (pub, "video") != NULL && asks)
    return SEARCH_VIDEO;
  if (get_own_id (pub) != NULL && asks)
    return SEARCH_OWN;
  if (pub->post->kind == SMM_POST_KIND_STORY && pub->post->media->len > 0)
    return SEARCH_STORIES;
  if (smm_meta_fact (pub, "look.story") != NULL)
    return SEARCH_POST;
  if (smm_meta_fact (pub, "look.photo") != NULL)
    return SEARCH_PHOTO;
  return pub->schedule_at > 0 && smm_meta_fact (pub, "look.feed") == NULL ? SEARCH_SCHEDULED
                                                                          : SEARCH_FEED;
}

static SmmRequest *
make_list_request (const SmmPublication *pub, const char *edge, const char *fields)
{
  SmmRequest *request
      = smm_meta_request ("GET", pub->account, "look", "%s/%s", pub->account->remote_id, edge);
  const char *after = smm_meta_fact (pub, "look.after");

  smm_request_add_param (request, "fields", fields);
  smm_request_add_param (request, "limit", "50");
  if (after != NULL)
    smm_request_add_param (request, "after", after);
  return request;
}

static void
add_since (const SmmPublication *pub, SmmRequest *request)
{
  g_autofree char *since
      = g_strdup_printf ("%" G_GINT64_FORMAT, (pub->commit_sent_at - DOUBT_SLACK) / G_USEC_PER_SEC);

  smm_request_add_param (request, "since", since);
}

/* What is asked itself: the second time as the person. */
static SmmRequest *
make_read_request (const SmmPublication *pub, const char *id, const char *fields)
{
  SmmRequest *request = smm_meta_request ("GET", pub->account, "look", "%s", id);

  smm_request_add_param (request, "fields", fields);
  if (smm_meta_fact_int (pub, "look.missing") == 1)
    request->token = SMM_TOKEN_PERSON;
  return request;
}

SmmRequest *
smm_facebook_next_look (const SmmPublication *pub, int look)
{
  SmmRequest *request;

  switch (get_search (pub))
    {
    case SEARCH_VIDEO:
      return make_read_request (pub, smm_meta_fact (pub, "video"), SMM_FACEBOOK_VIDEO_FIELDS);
    case SEARCH_OWN:
      return make_read_request (pub, get_own_id (pub),
                                "id,created_time,is_published,permalink_url");
    case SEARCH_SCHEDULED:
      return make_list_request (
          pub, "scheduled_posts",
          "id,message,created_time,scheduled_publish_time,application," ATTACHMENTS);
    case SEARCH_STORIES:
      request = make_list_request (pub, "stories",
                                   "post_id,status,creation_time,media_type,media_id,url");
      add_since (pub, request);
      return request;
    case SEARCH_PHOTO:
      request = smm_meta_request ("GET", pub->account, "look", "%s",
                                  smm_meta_fact (pub, "photo:%u", 0u));
      smm_request_add_param (request, "fields", "id,page_story_id");
      return request;
    case SEARCH_POST:
      request
          = smm_meta_request ("GET", pub->account, "look", "%s", smm_meta_fact (pub, "look.story"));
      smm_request_add_param (request, "fields", POST_FIELDS);
      return request;
    case SEARCH_FEED:
    default:
      request = make_list_request (pub, "feed", POST_FIELDS);
      add_since (pub, request);
      return request;
    }
}

/* --- Which one is ours --- */

static gboolean
is_own_medium (const SmmPublication *pub, const char *id)
{
  if (g_strcmp0 (smm_meta_fact (pub, "video"), id) == 0)
    return TRUE;
  for (guint i = 0; i < pub->post->media->len; i++)
    if (g_strcmp0 (smm_meta_fact (pub, "photo:%u", i), id) == 0)
      return TRUE;
  return FALSE;
}

/* Whether one of our photos or our video hangs on the post; or our link, when that is all the post
 * has: the same link under another text is another post. */
static gboolean
has_our_attachment (const SmmPublication *pub, JsonObject *holder)
{
  JsonArray *list = smm_json_get_array (holder, "data");

  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++)
    {
      JsonObject *item = smm_meta_get_item (list, i);
      JsonObject *target = smm_json_get_object (item, "target");
      g_autofree char *id = target != NULL ? smm_json_dup_id (target, "id") : NULL;
      JsonObject *inner = smm_json_get_object (item, "subattachments");

      if (id != NULL && is_own_medium (pub, id))
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

/* Only ISO times and numbers are known (section 1.4); what can't be read does not exclude. */
static gboolean
is_at_our_time (const SmmPublication *pub, JsonObject *item)
{
  gint64 at = smm_meta_get_number (item, "scheduled_publish_time", 0);

  if (at == 0)
    at = smm_meta_parse_time (smm_json_get_string (item, "scheduled_publish_time"))
         / G_USEC_PER_SEC;
  return at == 0
         || (at >= smm_facebook_get_schedule (pub) - SCHEDULE_SLACK
             && at <= smm_facebook_get_schedule (pub) + SCHEDULE_SLACK);
}

static gboolean
is_our_post (const SmmPublication *pub, Search search, JsonObject *item, const char *id)
{
  JsonObject *application = smm_json_get_object (item, "application");
  g_autofree char *app_id = application != NULL ? smm_json_dup_id (application, "id") : NULL;
  JsonObject *attachments = smm_json_get_object (item, "attachments");

  if (search == SEARCH_FEED && !smm_json_get_bool (item, "is_published", TRUE))
    return FALSE;
  if (get_own_id (pub) != NULL)
    return strcmp (id, get_own_id (pub)) == 0;
  if (search == SEARCH_SCHEDULED && !is_at_our_time (pub, item))
    return FALSE;
  if (app_id != NULL && pub->app_id != NULL && strcmp (app_id, pub->app_id) != 0)
    return FALSE;
  if (attachments != NULL && has_our_attachment (pub, attachments))
    return TRUE;
  return *pub->post->text != '\0'
         && smm_meta_same_text (smm_json_get_string (item, "message"), pub->post->text);
}

/* It has what only ours can have: its id, a medium of it, or the mark of our app, which posts made
 * by hand do not bear (section 3.9). */
static gboolean
is_marked (const SmmPublication *pub, JsonObject *item)
{
  JsonObject *application = smm_json_get_object (item, "application");
  g_autofree char *app_id = application != NULL ? smm_json_dup_id (application, "id") : NULL;
  JsonObject *attachments = smm_json_get_object (item, "attachments");

  return get_own_id (pub) != NULL || (app_id != NULL && g_strcmp0 (app_id, pub->app_id) == 0)
         || (attachments != NULL && pub->post->media->len > 0
             && has_our_attachment (pub, attachments));
}

/* Made before ours could be, if our clock was right, and with nothing that only ours has. */
static gboolean
is_doubtful (const SmmPublication *pub, Search search, JsonObject *item)
{
  gint64 created = smm_meta_parse_time (smm_json_get_string (item, "created_time"));

  return search == SEARCH_FEED && created != 0 && created < pub->commit_sent_at - CLOCK_SLACK
         && !is_marked (pub, item);
}

static gboolean
is_ours (const SmmPublication *pub, Search search, JsonObject *item, const char *id)
{
  g_autofree char *medium = NULL;

  if (pub->claimed != NULL && g_hash_table_contains (pub->claimed, id))
    return FALSE;
  if (search != SEARCH_STORIES)
    return is_our_post (pub, search, item, id);
  medium = smm_json_dup_id (item, "media_id");
  return medium != NULL && is_own_medium (pub, medium);
}

/* --- What the lists show --- */

static void
note_match (const SmmPublication *pub, Search search, SmmReconcile *found, JsonObject *item,
            const char *id)
{
  const char *before = g_hash_table_lookup (found->facts, "look.n");
  g_autoptr (GHashTable) link = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  gint64 at
      = search == SEARCH_STORIES
            ? smm_meta_get_number (item, "creation_time", 0)
            : smm_meta_parse_time (smm_json_get_string (item, "created_time")) / G_USEC_PER_SEC;

  if (before == NULL)
    before = smm_meta_fact (pub, "look.n");
  g_hash_table_insert (found->facts, g_strdup ("look.n"),
                       g_strdup_printf ("%d", (before != NULL ? atoi (before) : 0) + 1));
  smm_meta_reconcile_add (found, "look.id", id);
  if (search == SEARCH_STORIES || is_marked (pub, item))
    smm_meta_reconcile_add (found, "look.mark", "1");
  smm_facebook_add_permalink (link, item, search == SEARCH_STORIES ? "url" : "permalink_url", id);
  smm_meta_reconcile_add (found, "look.permalink", g_hash_table_lookup (link, "permalink"));
  if (at < 0 || at > G_MAXINT64 / G_USEC_PER_SEC)
    at = 0;
  g_hash_table_insert (found->facts, g_strdup ("look.at"),
                       g_strdup_printf ("%" G_GINT64_FORMAT, at * G_USEC_PER_SEC));
}

static const char *
get_look (const SmmPublication *pub, SmmReconcile *found, const char *key)
{
  const char *value = g_hash_table_lookup (found->facts, key);

  return value != NULL ? value : smm_meta_fact (pub, "%s", key);
}

static void
copy_look (const SmmPublication *pub, SmmReconcile *found, const char *from, const char *to)
{
  g_autofree char *value = g_strdup (get_look (pub, found, from));

  if (value != NULL)
    smm_meta_reconcile_add (found, to, value);
}

/* Of what was handed over for certain it is another matter, when no list has it either, several
 * times with minutes between: somebody removed it. */
static void
decide_missing (const SmmPublication *pub, SmmReconcile *found)
{
  gint64 n = smm_meta_fact_int (pub, "absent") + 1;

  if (smm_meta_fact (pub, "handed_over") == NULL)
    return;
  g_hash_table_insert (found->facts, g_strdup ("absent"), g_strdup_printf ("%" G_GINT64_FORMAT, n));
  if (n < MAX_ABSENT)
    return;
  found->kind = SMM_RECONCILE_REFUSED;
  found->message = g_strdup (_ ("The post that Facebook was to publish is not there any more. "
                                "Somebody removed it at Facebook."));
}

static void
decide_absent (const SmmPublication *pub, Search search, SmmReconcile *found)
{
  if (search == SEARCH_SCHEDULED)
    {
      /* It may be public already. */
      found->kind = SMM_RECONCILE_MORE;
      smm_meta_reconcile_add (found, "look.feed", "1");
      smm_meta_reconcile_add (found, "look.after", "");
      smm_meta_reconcile_add (found, "look.pages", "");
      return;
    }
  /* The feed may lag; a photo may know its post already. */
  if (search == SEARCH_FEED && smm_meta_fact (pub, "photo:%u", 0u) != NULL)
    {
      found->kind = SMM_RECONCILE_MORE;
      smm_meta_reconcile_add (found, "look.photo", "1");
      return;
    }
  if (smm_meta_fact (pub, "duplicate") != NULL)
    {
      found->message = g_strdup (_ ("Facebook says that this was posted already, but does not show "
                                    "it. Look at the Page, and say whether it is public."));
      return;
    }
  /* Both tokens were told that the video is missing, which proves nothing (section 7.2, 7). */
  if (smm_meta_fact_int (pub, "look.missing") >= 2)
    {
      decide_missing (pub, found);
      return;
    }
  found->kind = SMM_RECONCILE_NOT_PUBLISHED;
  smm_meta_reconcile_add (found, "doubted", "1");
}

static void
decide (const SmmPublication *pub, Search search, SmmReconcile *found)
{
  const char *n = get_look (pub, found, "look.n");
  gboolean older = get_look (pub, found, "look.older") != NULL;

  if (n == NULL && older)
    {
      found->message
          = g_strdup (_ ("The Page shows a post like this one, made earlier. Look there, "
                         "and say whether this one is public."));
      return;
    }
  if (n == NULL)
    {
      decide_absent (pub, search, found);
      return;
    }
  /* By our clock, which may be wrong, the older is not ours: that makes the other ours only if it
   * has what only ours can have. */
  if (strcmp (n, "1") != 0 || (older && get_look (pub, found, "look.mark") == NULL))
    {
      found->message = g_strdup (_ ("The Page shows several posts like this one. Look there, and "
                                    "say whether this one is public."));
      return;
    }
  copy_look (pub, found, "look.id", "remote_id");
  if (search == SEARCH_SCHEDULED)
    {
      /* Facebook has it, which is not public: the verdict comes at its time. */
      found->kind = SMM_RECONCILE_ACCEPTED;
      g_hash_table_insert (found->facts, g_strdup ("handed_over"),
                           g_strdup_printf ("%" G_GINT64_FORMAT, smm_facebook_get_schedule (pub)));
      return;
    }
  found->kind = SMM_RECONCILE_PUBLISHED;
  found->weak = get_look (pub, found, "look.mark") == NULL;
  copy_look (pub, found, "look.permalink", "permalink");
  copy_look (pub, found, "look.at", "published_at");
}

static SmmReconcile *
apply_list (const SmmPublication *pub, Search search, const SmmMetaAnswer *answer, JsonArray *list)
{
  SmmReconcile *found = smm_meta_reconcile_new (SMM_RECONCILE_UNKNOWN);
  gint64 n_pages = smm_meta_fact_int (pub, "look.pages");
  JsonObject *paging = smm_json_get_object (answer->object, "paging");
  const char *after = smm_json_get_string (smm_json_get_object (paging, "cursors"), "after");

  for (guint i = 0; i < json_array_get_length (list); i++)
    {
      JsonObject *item = smm_meta_get_item (list, i);
      g_autofree char *id
          = item != NULL ? smm_json_dup_id (item, search == SEARCH_STORIES ? "post_id" : "id")
                         : NULL;

      /* A list with a post that can't be read proves nothing. */
      if (!smm_meta_is_id (id))
        return found;
      if (!is_ours (pub, search, item, id))
        continue;
      if (is_doubtful (pub, search, item))
        smm_meta_reconcile_add (found, "look.older", "1");
      else
        note_match (pub, search, found, item, id);
    }
  if (smm_json_get_string (paging, "next") == NULL)
    {
      decide (pub, search, found);
      return found;
    }
  /* Neither does one that was not read to its end. */
  if (after == NULL || n_pages >= MAX_PAGES)
    return found;
  found->kind = SMM_RECONCILE_MORE;
  smm_meta_reconcile_add (found, "look.after", after);
  g_hash_table_insert (found->facts, g_strdup ("look.pages"),
                       g_strdup_printf ("%" G_GINT64_FORMAT, n_pages + 1));
  return found;
}

/* --- What a photo says (section 3.9: not confirmed, so it only ever leads to the post) --- */

/* Both tokens need not be asked: the feed was read to its end before. */
static gboolean
is_gone (const SmmMetaAnswer *answer, SmmResponse *response)
{
  return smm_meta_answer_is_missing (answer) && response->status >= 400 && response->status < 500;
}

static SmmReconcile *
apply_photo (const SmmPublication *pub, const SmmMetaAnswer *answer, SmmResponse *response)
{
  gboolean good = smm_meta_answer_is_good (answer, response);
  g_autofree char *story = good ? smm_json_dup_id (answer->object, "page_story_id") : NULL;
  g_autofree char *page = g_strconcat (pub->account->remote_id, "_", NULL);
  SmmReconcile *found;

  if (!good && !is_gone (answer, response))
    return smm_meta_reconcile_failed (pub->account, answer, response);
  if (smm_meta_is_id (story) && g_str_has_prefix (story, page))
    {
      found = smm_meta_reconcile_new (SMM_RECONCILE_MORE);
      smm_meta_reconcile_add (found, "look.story", story);
      return found;
    }
  found = smm_meta_reconcile_new (SMM_RECONCILE_UNKNOWN);
  decide (pub, SEARCH_PHOTO, found);
  return found;
}

static SmmReconcile *
apply_post (const SmmPublication *pub, const SmmMetaAnswer *answer, SmmResponse *response)
{
  const char *id = smm_meta_fact (pub, "look.story");
  gboolean good = smm_meta_answer_is_good (answer, response);
  SmmReconcile *found;

  if (!good && !is_gone (answer, response))
    return smm_meta_reconcile_failed (pub->account, answer, response);
  found = smm_meta_reconcile_new (SMM_RECONCILE_UNKNOWN);
  if (good && smm_json_get_bool (answer->object, "is_published", FALSE)
      && is_ours (pub, SEARCH_FEED, answer->object, id))
    note_match (pub, SEARCH_FEED, found, answer->object, id);
  decide (pub, SEARCH_POST, found);
  return found;
}

/* --- What a video says --- */

static SmmReconcile *
on_stage (const SmmPublication *pub, const SmmMetaVideo *video, JsonObject *object)
{
  SmmReconcile *found = smm_meta_reconcile_new (SMM_RECONCILE_NOT_PUBLISHED);

  switch (video->stage)
    {
    case SMM_META_VIDEO_PUBLISHED:
      found->kind = SMM_RECONCILE_PUBLISHED;
      smm_facebook_add_video_facts (pub, found->facts, video, object);
      return found;
    case SMM_META_VIDEO_SCHEDULED:
      found->kind = SMM_RECONCILE_ACCEPTED;
      if (pub->schedule_at <= 0)
        return found;
      smm_meta_reconcile_add (found, "remote_id", smm_meta_fact (pub, "video"));
      g_hash_table_insert (found->facts, g_strdup ("handed_over"),
                           g_strdup_printf ("%" G_GINT64_FORMAT, smm_facebook_get_schedule (pub)));
      return found;
    case SMM_META_VIDEO_PUBLISHING:
      found->kind = SMM_RECONCILE_ACCEPTED;
      smm_meta_reconcile_add (found, "accepted", "1");
      return found;
    case SMM_META_VIDEO_FAILED:
      found->kind = SMM_RECONCILE_REFUSED;
      found->message
          = g_strdup_printf (_ ("Facebook can’t use this video: %s"),
                             *video->why != '\0' ? video->why : _ ("no reason was given"));
      return found;
    case SMM_META_VIDEO_LOST:
      /* Certainly not public, and what was uploaded can't be finished any more. */
      smm_meta_reconcile_add (found, "lost", "1");
      break;
    case SMM_META_VIDEO_UNREADABLE:
      found->kind = SMM_RECONCILE_UNKNOWN;
      return found;
    case SMM_META_VIDEO_UPLOADING:
    case SMM_META_VIDEO_PROCESSING:
    case SMM_META_VIDEO_READY:
    default:
      /* Nothing tells that the finish arrived. A second one for the same id can't double. */
      break;
    }
  smm_meta_reconcile_add (found, "doubted", "1");
  return found;
}

static SmmReconcile *
ask_again_or_search (const SmmPublication *pub)
{
  SmmReconcile *found = smm_meta_reconcile_new (SMM_RECONCILE_MORE);

  g_hash_table_insert (
      found->facts, g_strdup ("look.missing"),
      g_strdup_printf ("%" G_GINT64_FORMAT, smm_meta_fact_int (pub, "look.missing") + 1));
  return found;
}

static SmmReconcile *
apply_video (const SmmPublication *pub, const SmmMetaAnswer *answer, SmmResponse *response)
{
  SmmMetaVideo video;

  if (smm_meta_answer_is_good (answer, response))
    {
      smm_meta_video_read (&video, answer->object);
      return on_stage (pub, &video, answer->object);
    }
  if (!smm_meta_answer_is_missing (answer))
    return smm_meta_reconcile_failed (pub->account, answer, response);
  return ask_again_or_search (pub);
}

/* --- What was handed over says itself --- */

static SmmReconcile *
apply_own (const SmmPublication *pub, const SmmMetaAnswer *answer, SmmResponse *response)
{
  gint64 created = smm_meta_parse_time (smm_json_get_string (answer->object, "created_time"));
  gint64 planned = smm_meta_fact_int (pub, "handed_over") * (gint64)G_USEC_PER_SEC;
  SmmReconcile *found;

  if (smm_meta_answer_is_missing (answer))
    return ask_again_or_search (pub);
  if (!smm_meta_answer_is_good (answer, response))
    return smm_meta_reconcile_failed (pub->account, answer, response);
  /* Told neither way it proves neither. */
  if (smm_json_get_bool (answer->object, "is_published", TRUE)
      != smm_json_get_bool (answer->object, "is_published", FALSE))
    return smm_meta_reconcile_new (SMM_RECONCILE_UNKNOWN);
  if (!smm_json_get_bool (answer->object, "is_published", FALSE))
    return smm_meta_reconcile_new (SMM_RECONCILE_ACCEPTED);
  found = smm_meta_reconcile_new (SMM_RECONCILE_PUBLISHED);
  smm_facebook_add_permalink (found->facts, answer->object, "permalink_url", get_own_id (pub));
  /* It may have been created long before. */
  g_hash_table_insert (found->facts, g_strdup ("published_at"),
                       g_strdup_printf ("%" G_GINT64_FORMAT, MAX (created, planned)));
  return found;
}

SmmReconcile *
smm_facebook_apply_look (const SmmPublication *pub, int look, SmmResponse *response)
{
  g_auto (SmmMetaAnswer) answer = { 0 };
  Search search = get_search (pub);
  SmmReconcile *found;
  JsonArray *list;

  smm_meta_answer_read (&answer, response);
  list = !answer.is_error && response->status == 200 ? smm_json_get_array (answer.object, "data")
                                                     : NULL;
  if (search == SEARCH_VIDEO)
    found = apply_video (pub, &answer, response);
  else if (search == SEARCH_OWN)
    found = apply_own (pub, &answer, response);
  else if (search == SEARCH_PHOTO)
    found = apply_photo (pub, &answer, response);
  else if (search == SEARCH_POST)
    found = apply_post (pub, &answer, response);
  else if (list != NULL)
    found = apply_list (pub, search, &answer, list);
  else
    found = smm_meta_reconcile_failed (pub->account, &answer, response);
  if (found->request_id == NULL)
    found->request_id = g_strdup (answer.request_id);
  return found;
}

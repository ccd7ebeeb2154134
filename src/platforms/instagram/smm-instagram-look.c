/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Looking for a post whose commit was not clearly answered (api/meta.md sections 4.5, 4.6): the
 * container is asked first, as the person when the Page's token is told "missing"; PUBLISHED
 * settles it, and the list only tells which post it is. Where no container can be asked, the list
 * decides.
 */

#include "config.h"

#include "smm-instagram-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define CLOCK_SLACK (60 * (gint64)G_USEC_PER_SEC)
/* So far our clock may have been wrong when the post was sent: one like ours in this time proves
 * neither that it is ours nor that ours is not there. */
#define DOUBT_SLACK (26 * 60 * 60 * (gint64)G_USEC_PER_SEC)
/* How often a list that lags is read again for the id of what is public already. */
#define MAX_UNLISTED 2
#define UNLISTED_WAIT_MS (60 * 1000)

/* --- The list --- */

SmmRequest *
smm_instagram_list_request (const SmmPublication *pub, const char *purpose)
{
  SmmRequest *request
      = smm_meta_request ("GET", pub->account, purpose, "%s/%s", pub->account->remote_id,
                          smm_instagram_is_story (pub) ? "stories" : "media");

  smm_request_add_param (request, "fields",
                         "id,caption,timestamp,media_type,media_product_type,permalink");
  /* The most there is: an account that posts much has to be read back to before the commit. */
  smm_request_add_param (request, "limit", "100");
  return request;
}

static gboolean
is_our_type (const SmmPublication *pub, JsonObject *item)
{
  const char *type = smm_json_get_string (item, "media_type");
  const char *product = smm_json_get_string (item, "media_product_type");
  gboolean video = smm_meta_is_video (pub, 0);

  if (smm_instagram_is_story (pub))
    return g_strcmp0 (type, video ? "VIDEO" : "IMAGE") == 0
           && (product == NULL || strcmp (product, "STORY") == 0);
  if (smm_instagram_is_carousel (pub))
    return g_strcmp0 (type, "CAROUSEL_ALBUM") == 0;
  if (video)
    return g_strcmp0 (type, "VIDEO") == 0 && (product == NULL || strcmp (product, "REELS") == 0);
  return g_strcmp0 (type, "IMAGE") == 0;
}

/* As far as all but its time says. */
static gboolean
is_like_ours (const SmmPublication *pub, JsonObject *item)
{
  g_autofree char *id = smm_json_dup_id (item, "id");

  if (!smm_meta_is_id (id))
    return FALSE;
  if (pub->claimed != NULL && g_hash_table_contains (pub->claimed, id))
    return FALSE;
  if (!is_our_type (pub, item))
    return FALSE;
  /* A story has no caption: its kind and time must do. */
  return smm_instagram_is_story (pub)
         || smm_meta_same_text (smm_json_get_string (item, "caption"), pub->post->text);
}

void
smm_instagram_match (const SmmPublication *pub, JsonObject *answer, SmmInstagramMatch *match)
{
  JsonArray *list = smm_json_get_array (answer, "data");
  JsonObject *paging = smm_json_get_object (answer, "paging");

  memset (match, 0, sizeof *match);
  match->whole = smm_json_get_string (paging, "next") == NULL;
  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++)
    {
      JsonObject *item = smm_meta_get_item (list, i);
      gint64 at = smm_meta_parse_time (smm_json_get_string (item, "timestamp"));
      g_autofree char *id = item != NULL ? smm_json_dup_id (item, "id") : NULL;

      /* Newest first: what is certainly older than the commit ends the part that matters. */
      match->whole |= at > 0 && at < pub->commit_sent_at - DOUBT_SLACK;
      match->broken |= at == 0 || !smm_meta_is_id (id);
      if (item == NULL || at < pub->commit_sent_at - DOUBT_SLACK || !is_like_ours (pub, item))
        continue;
      if (at < pub->commit_sent_at - CLOCK_SLACK)
        {
          match->older = TRUE;
          continue;
        }
      match->one = item;
      match->n++;
    }
  /* What looks older, what can't be read and what was not read may be ours too: then the one that
   * could be taken can be another's. */
  if (match->n != 1 || match->older || match->broken || !match->whole)
    match->one = NULL;
}

void
smm_instagram_adopt (const SmmPublication *pub, GHashTable *facts, JsonObject *item)
{
  const char *permalink = smm_json_get_string (item, "permalink");

  g_hash_table_insert (facts, g_strdup ("remote_id"), smm_json_dup_id (item, "id"));
  g_hash_table_insert (facts, g_strdup ("permalink"),
                       permalink != NULL && g_str_has_prefix (permalink, "https://")
                           ? g_strdup (permalink)
                           : smm_instagram_dup_profile (pub));
  g_hash_table_insert (
      facts, g_strdup ("published_at"),
      g_strdup_printf ("%" G_GINT64_FORMAT,
                       smm_meta_parse_time (smm_json_get_string (item, "timestamp"))));
}

/* --- Looks --- */

typedef enum
{
  GONE_NOT,
  GONE_MAYBE,     /* both tokens were told "missing", which proves nothing */
  GONE_CERTAINLY, /* Instagram knows no such container (24/2207008) */
} Gone;

static Gone
get_gone (const SmmPublication *pub)
{
  const char *gone = smm_meta_fact (pub, "look.gone");

  return gone == NULL ? GONE_NOT : strcmp (gone, "maybe") == 0 ? GONE_MAYBE : GONE_CERTAINLY;
}

static gboolean
asks_container (const SmmPublication *pub)
{
  return smm_meta_fact (pub, "look.published") == NULL && get_gone (pub) == GONE_NOT
         && smm_instagram_final_container (pub) != NULL;
}

SmmRequest *
smm_instagram_next_look (const SmmPublication *pub, int look)
{
  SmmRequest *request;

  if (!asks_container (pub))
    return smm_instagram_list_request (pub, "look");
  request
      = smm_meta_request ("GET", pub->account, "look", "%s", smm_instagram_final_container (pub));
  smm_request_add_param (request, "fields", "id,status_code,status");
  if (smm_meta_fact (pub, "look.person") != NULL)
    request->token = SMM_TOKEN_PERSON;
  return request;
}

/* The next attempt reads the container's status before it publishes it (section 4.5). */
static SmmReconcile *
not_published (const SmmPublication *pub)
{
  SmmReconcile *found = smm_meta_reconcile_new (SMM_RECONCILE_NOT_PUBLISHED);
  const char *ready = smm_instagram_is_carousel (pub) ? "ready" : "ready:0";

  smm_meta_reconcile_add (found, "doubted", "1");
  if (smm_meta_fact (pub, "%s", ready) != NULL)
    smm_meta_reconcile_add (found, ready, "");
  return found;
}

static SmmReconcile *
go_on (const char *key, const char *value)
{
  SmmReconcile *found = smm_meta_reconcile_new (SMM_RECONCILE_MORE);

  smm_meta_reconcile_add (found, key, value);
  return found;
}

static SmmReconcile *
on_container_look (const SmmPublication *pub, SmmMetaAnswer *answer, SmmResponse *response)
{
  static const char *const absent[] = { "IN_PROGRESS", "FINISHED", "ERROR", "EXPIRED", NULL };
  const char *status = !answer->is_error && response->status == 200
                           ? smm_json_get_string (answer->object, "status_code")
                           : NULL;

  if (g_strcmp0 (status, "PUBLISHED") == 0)
    return go_on ("look.published", "1");
  if (status != NULL && g_strv_contains (absent, status))
    return not_published (pub);
  /* A Page token has been told "missing" of containers that were there: ask as the person. */
  if (smm_meta_answer_is_missing (answer))
    return smm_meta_fact (pub, "look.person") == NULL && !smm_meta_is_login (pub->account)
               ? go_on ("look.person", "1")
               : go_on ("look.gone", "maybe");
  if (answer->is_error && answer->code == 24 && answer->subcode == 2207008
      && response->status >= 400 && response->status < 500)
    return go_on ("look.gone", "certainly");
  return smm_meta_reconcile_failed (pub->account, answer, response);
}

/* Which one it is nobody tells. */
static SmmReconcile *
say_published (const SmmPublication *pub)
{
  SmmReconcile *found = smm_meta_reconcile_new (SMM_RECONCILE_PUBLISHED);
  g_autofree char *profile = smm_instagram_dup_profile (pub);

  smm_meta_reconcile_add (found, "permalink", profile);
  return found;
}

/* Public for certain, but which one? Lists lag. */
static SmmReconcile *
on_unlisted (const SmmPublication *pub)
{
  gint64 n = smm_meta_fact_int (pub, "unlisted");
  SmmReconcile *found;

  if (n < MAX_UNLISTED)
    {
      found = smm_meta_reconcile_new (SMM_RECONCILE_UNKNOWN);
      found->wait_ms = UNLISTED_WAIT_MS;
      found->message = g_strdup (_ ("Instagram says that the post is public. Its list does not "
                                    "show yet which one it is."));
      g_hash_table_insert (found->facts, g_strdup ("unlisted"),
                           g_strdup_printf ("%" G_GINT64_FORMAT, n + 1));
      return found;
    }
  return say_published (pub);
}

static SmmReconcile *
on_list_look (const SmmPublication *pub, SmmMetaAnswer *answer, SmmResponse *response)
{
  gboolean readable = !answer->is_error && response->status == 200
                      && smm_json_get_array (answer->object, "data") != NULL;
  gboolean settled = smm_meta_fact (pub, "look.published") != NULL;
  SmmInstagramMatch match = { 0 };
  SmmReconcile *found;

  if (!readable)
    return settled ? on_unlisted (pub) : smm_meta_reconcile_failed (pub->account, answer, response);
  smm_instagram_match (pub, answer->object, &match);
  /* Stories look alike: one of them at the right time may be another's. */
  if (smm_instagram_is_story (pub) && settled)
    return say_published (pub);
  if (smm_instagram_is_story (pub) && match.n > 0)
    return smm_meta_reconcile_new (SMM_RECONCILE_UNKNOWN);
  if (match.one != NULL)
    {
      found = smm_meta_reconcile_new (SMM_RECONCILE_PUBLISHED);
      found->weak = !settled;
      smm_instagram_adopt (pub, found->facts, match.one);
      return found;
    }
  if (settled)
    return on_unlisted (pub);
  /* A list with a post that can't be read, or not read far enough, proves nothing. */
  if (match.n == 0 && !match.older && match.whole && !match.broken && get_gone (pub) != GONE_MAYBE)
    return not_published (pub);
  return smm_meta_reconcile_new (SMM_RECONCILE_UNKNOWN);
}

SmmReconcile *
smm_instagram_apply_look (const SmmPublication *pub, int look, SmmResponse *response)
{
  g_auto (SmmMetaAnswer) answer = { 0 };
  SmmReconcile *found;

  smm_meta_answer_read (&answer, response);
  found = asks_container (pub) ? on_container_look (pub, &answer, response)
                               : on_list_look (pub, &answer, response);
  if (found->request_id == NULL)
    found->request_id = g_strdup (answer.request_id);
  return found;
}

/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The steps of an Instagram post (api/meta.md section 4): for each medium photo:N, source:N,
 * container:N, upload:N, ready:N as it needs them; of a carousel container and ready; then quota
 * and publish. Instagram fetches pictures itself: each is first uploaded as an unpublished photo of
 * the linked Page, whose address it can fetch (section 4.7), or put into the user's own web space.
 * Videos are uploaded (section 4.3), but where there is no Page they go the same way.
 */

#include "config.h"

#include "smm-instagram-private.h"

#include <string.h>

gboolean
smm_instagram_is_carousel (const SmmPublication *pub)
{
  return pub->post->media->len > 1;
}

gboolean
smm_instagram_is_story (const SmmPublication *pub)
{
  return pub->post->kind == SMM_POST_KIND_STORY;
}

const char *
smm_instagram_final_container (const SmmPublication *pub)
{
  return smm_instagram_is_carousel (pub) ? smm_meta_fact (pub, "container")
                                         : smm_meta_fact (pub, "container:%u", 0u);
}

char *
smm_instagram_dup_profile (const SmmPublication *pub)
{
  return g_strdup_printf ("https://www.instagram.com/%s/",
                          pub->account->username != NULL ? pub->account->username : "");
}

/* --- An address that Instagram can fetch --- */

static gboolean
goes_by_page (const SmmPublication *pub, guint n)
{
  return !smm_meta_is_video (pub, n) && pub->account->parent_remote_id != NULL
         && !smm_meta_is_login (pub->account) && pub->account->web_space != SMM_WEB_SPACE_USE_ALWAYS
         && smm_meta_fact (pub, "route") == NULL;
}

/* Without a Page there is no upload, of videos neither (section 2.12). */
gboolean
smm_instagram_needs_place (const SmmPublication *pub, guint n)
{
  const SmmMedia *media = pub->post->media->pdata[n];

  return pub->account->web_space != SMM_WEB_SPACE_USE_NONE
         && (smm_meta_is_login (pub->account)
             || (!smm_media_is_video ((SmmMedia *)media) && !goes_by_page (pub, n)));
}

static SmmStep *
place_step (guint n)
{
  g_autofree char *name = g_strdup_printf ("source:%u", n);
  SmmStep *step = smm_meta_step (name, SMM_STEP_PREPARE, NULL);

  step->place = TRUE;
  step->place_index = n;
  return step;
}

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

/* --- Containers --- */

static const char *
get_media_type (const SmmPublication *pub, guint n)
{
  if (smm_instagram_is_story (pub))
    return "STORIES";
  if (!smm_meta_is_video (pub, n))
    return NULL;
  /* A video of the feed is a reel: section 4.2. */
  return smm_instagram_is_carousel (pub) ? "VIDEO" : "REELS";
}

static void
add_tags (const SmmPublication *pub, SmmRequest *request, gboolean video)
{
  const char *option = smm_meta_option (pub, SMM_OPTION_USER_TAGS);
  g_autofree char *tags = option != NULL ? smm_instagram_format_tags (option, !video, NULL) : NULL;

  if (tags != NULL)
    smm_request_add_param (request, "user_tags", tags);
}

static void
add_collaborators (const SmmPublication *pub, SmmRequest *request)
{
  const char *option = smm_meta_option (pub, SMM_OPTION_COLLABORATORS);
  g_autofree char *names = option != NULL ? smm_instagram_format_names (option, NULL) : NULL;

  if (names != NULL)
    smm_request_add_param (request, "collaborators", names);
}

static void
add_cover (const SmmPublication *pub, SmmRequest *request)
{
  const char *cover = smm_meta_option (pub, SMM_OPTION_COVER_MS);

  if (cover != NULL)
    smm_request_add_param (request, "thumb_offset", cover);
}

static void
add_reel_options (const SmmPublication *pub, SmmRequest *request)
{
  const char *share = smm_meta_option (pub, SMM_OPTION_SHARE_TO_FEED);

  smm_request_add_param (request, "share_to_feed",
                         g_strcmp0 (share, "false") == 0 ? "false" : "true");
  add_cover (pub, request);
}

/* The tags of a carousel go onto its first picture: the option knows no media. */
static gboolean
is_tagged (const SmmPublication *pub, guint n)
{
  if (!smm_instagram_is_carousel (pub))
    return TRUE;
  for (guint i = 0; i < n; i++)
    if (!smm_meta_is_video (pub, i))
      return FALSE;
  return !smm_meta_is_video (pub, n);
}

static void
add_item_options (const SmmPublication *pub, SmmRequest *request, guint n)
{
  const SmmRendition *rendition = pub->renditions->pdata[n];
  gboolean video = smm_meta_is_video (pub, n);

  if (smm_instagram_is_story (pub))
    {
      add_tags (pub, request, video);
      return;
    }
  if (smm_instagram_is_carousel (pub))
    smm_request_add_param (request, "is_carousel_item", "true");
  else
    {
      smm_request_add_param (request, "caption", pub->post->text);
      add_collaborators (pub, request);
      if (video)
        add_reel_options (pub, request);
    }
  if (smm_instagram_is_carousel (pub) && video)
    add_cover (pub, request);
  if (!video && rendition->alt != NULL)
    smm_request_add_param (request, "alt_text", rendition->alt);
  if (is_tagged (pub, n))
    add_tags (pub, request, video);
}

static SmmStep *
item_container_step (const SmmPublication *pub, guint n)
{
  SmmRequest *request
      = smm_meta_request ("POST", pub->account, "publish", "%s/media", pub->account->remote_id);
  const char *type = get_media_type (pub, n);
  const char *source = smm_meta_fact (pub, "source:%u", n);
  g_autofree char *name = g_strdup_printf ("container:%u", n);

  if (type != NULL)
    smm_request_add_param (request, "media_type", type);
  if (source != NULL)
    smm_request_add_param (request, smm_meta_is_video (pub, n) ? "video_url" : "image_url", source);
  else if (smm_meta_is_video (pub, n))
    smm_request_add_param (request, "upload_type", "resumable");
  add_item_options (pub, request, n);
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
  add_collaborators (pub, request);
  return smm_meta_step ("container", SMM_STEP_PREPARE, request);
}

static SmmStep *
poll_step (const SmmPublication *pub, const char *name, const char *container)
{
  return smm_meta_step (name, SMM_STEP_PREPARE,
                        smm_meta_read_request (pub, container, "id,status_code,status"));
}

static SmmStep *
upload_step (const SmmPublication *pub, guint n)
{
  const char *container = smm_meta_fact (pub, "container:%u", n);
  g_autofree char *key = g_strdup_printf ("upload:%u", n);
  g_autofree char *status = g_strdup_printf ("status:%u", n);

  if (smm_meta_fact (pub, "resume:%s", key) != NULL)
    return smm_meta_step (
        status, SMM_STEP_PREPARE,
        smm_meta_read_request (pub, container, "status_code,status,video_status"));
  return smm_meta_upload_step (pub, key, "ig-api-upload", container, pub->renditions->pdata[n],
                               key);
}

static SmmStep *
item_step (const SmmPublication *pub, guint n)
{
  g_autofree char *name = g_strdup_printf ("ready:%u", n);
  gboolean video = smm_meta_is_video (pub, n);
  gboolean source = smm_meta_fact (pub, "source:%u", n) != NULL;

  if (smm_meta_fact (pub, "container:%u", n) == NULL)
    {
      if (!source && smm_instagram_needs_place (pub, n))
        return place_step (n);
      if (!source && goes_by_page (pub, n))
        return smm_meta_fact (pub, "photo:%u", n) == NULL ? photo_step (pub, n)
                                                          : source_step (pub, n);
      return item_container_step (pub, n);
    }
  if (video && !source && smm_meta_fact (pub, "upload:%u", n) == NULL)
    return upload_step (pub, n);
  if (smm_meta_fact (pub, "ready:%u", n) == NULL)
    return poll_step (pub, name, smm_meta_fact (pub, "container:%u", n));
  return NULL;
}

/* --- Publishing --- */

static SmmStep *
quota_step (const SmmPublication *pub)
{
  SmmRequest *request = smm_meta_request ("GET", pub->account, "publish",
                                          "%s/content_publishing_limit", pub->account->remote_id);

  smm_request_add_param (request, "fields", "quota_usage,config");
  return smm_meta_step ("quota", SMM_STEP_PREPARE, request);
}

static SmmStep *
publish_step (const SmmPublication *pub)
{
  SmmRequest *request = smm_meta_request ("POST", pub->account, "publish", "%s/media_publish",
                                          pub->account->remote_id);

  smm_request_add_param (request, "creation_id", smm_instagram_final_container (pub));
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

SmmStep *
smm_instagram_next_step (const SmmPublication *pub)
{
  if (smm_meta_fact (pub, "remote_id") != NULL)
    return smm_meta_fact (pub, "permalink") == NULL ? permalink_step (pub) : NULL;
  /* A container that is published must not be published again: only its post's id is missing. */
  if (smm_meta_fact (pub, "published") != NULL)
    return smm_meta_fact (pub, "unnamed") == NULL ? smm_meta_step (
               "find", SMM_STEP_PREPARE, smm_instagram_list_request (pub, "publish"))
                                                  : NULL;
  for (guint i = 0; i < pub->post->media->len; i++)
    {
      SmmStep *step = item_step (pub, i);

      if (step != NULL)
        return step;
    }
  if (smm_instagram_is_carousel (pub) && smm_meta_fact (pub, "container") == NULL)
    return carousel_step (pub);
  if (smm_instagram_is_carousel (pub) && smm_meta_fact (pub, "ready") == NULL)
    return poll_step (pub, "ready", smm_meta_fact (pub, "container"));
  if (smm_meta_fact (pub, "quota") == NULL)
    return quota_step (pub);
  return publish_step (pub);
}

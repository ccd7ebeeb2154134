/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Reels, stories, carousels with videos, options, quota and failures: api/meta.md section 4. */

#include "config.h"

#include "smm-test-platform.h"

#include <string.h>

#define MISSING "error-100-33-object-missing-or-no-access"
#define WIDEST                                                                                     \
  "https://scontent-fra5-1.xx.fbcdn.net/v/t39.30808-6/1_n.jpg?_nc_cat=1&oh=00_Af&oe=69300000"
#define PHOTO(n)                                                                                   \
  "prepare photo:" n " POST /v26.0/" PAGE_ID "/photos multipart published=false "                  \
  "file=/r/" n ".jpg as source, photo.jpg, image/jpeg"
#define UPLOADED_PHOTO(n)                                                                          \
  { PHOTO (n), 200, "page-photo-unpublished", "DONE photo:" n "=122109876500000012" },             \
  {                                                                                                \
    "prepare source:" n " GET /v26.0/122109876500000012 none fields=images", 200,                  \
        "photo-images-and-story-id", "DONE source:" n "=" WIDEST                                   \
  }
#define MEDIA "POST /v26.0/" INSTAGRAM_ID "/media form"
#define C "17889455560051455"
#define REEL_CONTAINER                                                                             \
  "prepare container:0 " MEDIA " media_type=REELS upload_type=resumable caption=Rye! "             \
  "share_to_feed=true"
#define STORY_CONTAINER "prepare container:0 " MEDIA " media_type=STORIES upload_type=resumable"
#define UPLOAD(n, id, from, bytes)                                                                 \
  "prepare upload:" n " POST /ig-api-upload/v26.0/" id " file endpoint=2 oauth #offset=" from      \
  " #file_size=2411724 file=/r/" n ".mp4 as (null), (null), application/octet-stream from " from   \
  ", " bytes " bytes"
#define WHOLE(n, id)                                                                               \
  "prepare upload:" n " POST /ig-api-upload/v26.0/" id " file endpoint=2 oauth #offset=0 "         \
  "#file_size=2411724 file=/r/" n ".mp4 as (null), (null), application/octet-stream from 0, "      \
  "2411724 bytes"
#define STATUS "prepare status:0 GET /v26.0/" C " none fields=status_code,status,video_status"
#define POLL(name, id) "prepare " name " GET /v26.0/" id " none fields=id,status_code,status"
#define POLL_PERSON(name, id)                                                                      \
  "prepare " name " GET /v26.0/" id " none person fields=id,status_code,status"
#define QUOTA                                                                                      \
  "prepare quota GET /v26.0/" INSTAGRAM_ID "/content_publishing_limit none "                       \
  "fields=quota_usage,config"
#define PUBLISH(id) "commit publish POST /v26.0/" INSTAGRAM_ID "/media_publish form creation_id=" id
#define PERMALINK "confirm permalink GET /v26.0/17920238422030506 none fields=permalink,timestamp"
#define PERMALINK_DONE "DONE permalink=https://www.instagram.com/p/DRabcDEfgHI/"
#define TO_THE_END(id)                                                                             \
  { QUOTA, 200, "ig-content-publishing-limit", "DONE quota=1" },                                   \
      { PUBLISH (id), 200, "ig-media-published", "DONE remote_id=17920238422030506" },             \
      { PERMALINK, 200, "ig-media-permalink", PERMALINK_DONE },                                    \
  {                                                                                                \
    "end"                                                                                          \
  }
#define FINISHED "ig-container-status-finished"
#define LIST_FIELDS                                                                                \
  "none fields=id,caption,timestamp,media_type,media_product_type,permalink limit=100"
#define FIND "prepare find GET /v26.0/" INSTAGRAM_ID "/media " LIST_FIELDS

typedef struct
{
  const char *name;
  SmmPostKind kind;
  const char *text, *media, *facts;
  TestTurn turns[18];
} Script;

static const Script scripts[] = {
  { "reel",
    SMM_POST_KIND_REEL,
    "Rye!",
    "v",
    "",
    { { REEL_CONTAINER, 200, "ig-container-created-resumable", "DONE container:0=" C },
      { WHOLE ("0", C), 200, "ig-rupload-success", "DONE upload:0=1" },
      { POLL ("ready:0", C), 200, "ig-container-status-in-progress", "WAIT 3000 polls:ready:0=1" },
      { POLL ("ready:0", C), 200, FINISHED, "DONE ready:0=1" },
      TO_THE_END (C) } },
  /* A single video of the feed is a reel there. */
  { "feed-video",
    SMM_POST_KIND_FEED,
    "Rye!",
    "v",
    "",
    { { REEL_CONTAINER, 200, "ig-container-created-resumable", "DONE container:0=" C } } },
  { "reel-cut",
    SMM_POST_KIND_REEL,
    "Rye!",
    "v",
    "container:0=" C,
    { { WHOLE ("0", C), 0, NULL, "RETRY 2000 upload-cut cuts:upload:0=1 resume:upload:0=1" },
      { STATUS, 200,
        "{\"status_code\":\"IN_PROGRESS\",\"video_status\":{\"uploading_phase\":{\"status\":"
        "\"in_progress\",\"bytes_transferred\":1000000}}}",
        "DONE cuts:upload:0= offset:upload:0=1000000 resume:upload:0=" },
      { UPLOAD ("0", C, "1000000", "1411724"), 400, "rupload-video-failure",
        "RETRY 2000 upload-cut cuts:upload:0=1 resume:upload:0=1" },
      { STATUS, 400, MISSING, "WAIT 3000 missing=1" },
      { "prepare status:0 GET /v26.0/" C " none person fields=status_code,status,video_status", 200,
        "{\"status_code\":\"IN_PROGRESS\",\"video_status\":{\"uploading_phase\":{\"status\":"
        "\"complete\"}}}",
        "DONE missing= resume:upload:0= upload:0=1" },
      { POLL ("ready:0", C), 200, FINISHED, "DONE ready:0=1" } } },
  { "reel-upload-refused",
    SMM_POST_KIND_REEL,
    "Rye!",
    "v",
    "container:0=" C,
    { { WHOLE ("0", C), 400, "ig-rupload-failure",
        "RETRY 30000 upload-again container:0= uploads=1" },
      { REEL_CONTAINER, 200, "ig-container-created-resumable", "DONE container:0=" C },
      { WHOLE ("0", C), 500, "<html>", "RETRY 2000 upload-cut cuts:upload:0=1 resume:upload:0=1" },
      { STATUS, 200, "ig-container-status-expired",
        "RETRY 60000 upload-again container:0= cuts:upload:0= resume:upload:0= uploads=2" },
      { REEL_CONTAINER, 200, "ig-container-created-resumable", "DONE container:0=" C },
      { WHOLE ("0", C), 400, "ig-rupload-failure", "REFUSED upload-failed" } } },
  { "reel-format",
    SMM_POST_KIND_REEL,
    "Rye!",
    "v",
    "container:0=" C " upload:0=1",
    { { POLL ("ready:0", C), 200, "ig-container-status-error",
        "REFUSED media-refused 2207026" } } },
  { "reel-unknown-trouble",
    SMM_POST_KIND_REEL,
    "Rye!",
    "v",
    "container:0=" C " upload:0=1",
    { { POLL ("ready:0", C), 200, "{\"status_code\":\"ERROR\",\"status\":\"Error: 2207069\"}",
        "RETRY 10000 prepare-again 2207069 container:0= fetches=1 upload:0=" },
      { REEL_CONTAINER, 200, "ig-container-created-resumable", "DONE container:0=" C },
      { WHOLE ("0", C), 200, "ig-rupload-success", "DONE upload:0=1" },
      { POLL ("ready:0", C), 200, "{\"status_code\":\"ERROR\",\"status\":\"Error: 2207069\"}",
        "REFUSED media-refused 2207069" } } },
  { "story-picture",
    SMM_POST_KIND_STORY,
    "left out",
    "p",
    "",
    { UPLOADED_PHOTO ("0"),
      { "prepare container:0 " MEDIA " media_type=STORIES image_url=" WIDEST, 200,
        "ig-container-created", "DONE container:0=17889455560051444" },
      { POLL ("ready:0", "17889455560051444"), 200, FINISHED, "DONE ready:0=1" },
      TO_THE_END ("17889455560051444") } },
  { "story-video",
    SMM_POST_KIND_STORY,
    "left out",
    "v",
    "",
    { { STORY_CONTAINER, 200, "ig-container-created-resumable", "DONE container:0=" C },
      { WHOLE ("0", C), 200, "ig-rupload-success", "DONE upload:0=1" },
      { POLL ("ready:0", C), 200, FINISHED, "DONE ready:0=1" },
      TO_THE_END (C) } },
  { "mixed-carousel",
    SMM_POST_KIND_FEED,
    "Rye!",
    "vp",
    "",
    { { "prepare container:0 " MEDIA
        " media_type=VIDEO upload_type=resumable is_carousel_item=true",
        200, "{\"id\":\"70\"}", "DONE container:0=70" },
      { WHOLE ("0", "70"), 200, "ig-rupload-success", "DONE upload:0=1" },
      { POLL ("ready:0", "70"), 200, FINISHED, "DONE ready:0=1" },
      UPLOADED_PHOTO ("1"),
      { "prepare container:1 " MEDIA " image_url=" WIDEST " is_carousel_item=true", 200,
        "{\"id\":\"71\"}", "DONE container:1=71" },
      /* A child that says PUBLISHED is not the post. */
      { POLL ("ready:1", "71"), 200, "ig-container-status-published", "DONE ready:1=1" },
      { "prepare container " MEDIA " media_type=CAROUSEL children=70,71 caption=Rye!", 200,
        "{\"id\":\"72\"}", "DONE container=72" },
      { POLL ("ready", "72"), 200, "{\"status_code\":\"ERROR\"}",
        "RETRY 10000 prepare-again 0 container= fetches=1" },
      { "prepare container " MEDIA " media_type=CAROUSEL children=70,71 caption=Rye!", 200,
        "{\"id\":\"73\"}", "DONE container=73" },
      { POLL ("ready", "73"), 200, FINISHED, "DONE ready=1" },
      TO_THE_END ("73") } },
  { "picture-not-fetched",
    SMM_POST_KIND_FEED,
    "Rye!",
    "p",
    "photo:0=1 source:0=https://x",
    { { "prepare container:0 " MEDIA " image_url=https://x caption=Rye! alt_text=A loaf", 400,
        "error-ig-9004-2207052-uri-fetch",
        "RETRY 10000 prepare-again 9004/2207052 fetches=1 photo:0= source:0=" },
      UPLOADED_PHOTO ("0"),
      { "prepare container:0 " MEDIA " image_url=" WIDEST " caption=Rye! alt_text=A loaf", 200,
        "{\"id\":\"70\"}", "DONE container:0=70" },
      { POLL ("ready:0", "70"), 200, "{\"status_code\":\"ERROR\",\"status\":\"Error: 2207052\"}",
        "RETRY 20000 prepare-again 2207052 container:0= fetches=2 photo:0= source:0=" },
      UPLOADED_PHOTO ("0"),
      { "prepare container:0 " MEDIA " image_url=" WIDEST " caption=Rye! alt_text=A loaf", 400,
        "error-ig-9004-2207052-uri-fetch", "REFUSED picture-not-fetched 9004/2207052" } } },
  { "container-refused",
    SMM_POST_KIND_FEED,
    "Rye!",
    "p",
    "photo:0=1 source:0=https://x",
    { { "prepare container:0 " MEDIA " image_url=https://x caption=Rye! alt_text=A loaf", 400,
        "error-ig-36003-2207009-aspect-ratio", "REFUSED refused 36003/2207009" },
      { "prepare container:0 " MEDIA " image_url=https://x caption=Rye! alt_text=A loaf", 400,
        "error-ig-25-2207050-account-restricted", "BLOCKED restricted 25/2207050" },
      { "prepare container:0 " MEDIA " image_url=https://x caption=Rye! alt_text=A loaf", 0, NULL,
        "RETRY no-clear-answer" } } },
  { "poll-with-the-other-token",
    SMM_POST_KIND_REEL,
    "Rye!",
    "v",
    "container:0=" C " upload:0=1",
    { { POLL ("ready:0", C), 400, MISSING, "WAIT 3000 missing=1" },
      { POLL_PERSON ("ready:0", C), 400, MISSING, "WAIT 5000 missing=2" },
      { POLL ("ready:0", C), 400, MISSING, "WAIT 10000 missing=3" },
      { POLL_PERSON ("ready:0", C), 200, FINISHED, "DONE missing= ready:0=1" } } },
  /* The outage of 2026: publishing worked when nothing could be read. */
  { "poll-never-answered",
    SMM_POST_KIND_REEL,
    "Rye!",
    "v",
    "container:0=" C " upload:0=1 missing=14",
    { { POLL ("ready:0", C), 400, MISSING, "DONE missing= ready:0=1" },
      { QUOTA, 400, MISSING, "DONE quota=unknown" },
      { PUBLISH (C) } } },
  { "quota-used-up",
    SMM_POST_KIND_REEL,
    "Rye!",
    "v",
    "container:0=" C " upload:0=1 ready:0=1",
    { { QUOTA, 200,
        "{\"data\":[{\"quota_usage\":50,\"config\":{\"quota_total\":50,\"quota_duration\":86400}}]"
        "}",
        "LIMITED 3600000 daily-limit" },
      { QUOTA, 400, "error-190-463-expired", "SIGNED_OUT signed-out 190/463" },
      { QUOTA, 400, "error-80002-instagram-rate-limit", "LIMITED limited 80002" },
      { QUOTA, 200, "{\"data\":[]}", "DONE quota=unknown" } } },
  /* After a doubt the status is read first; a published container is never published again. */
  { "published-after-all",
    SMM_POST_KIND_REEL,
    "Rye!",
    "v",
    "container:0=" C " upload:0=1 ready:0= quota=1 doubted=1",
    { { POLL ("ready:0", C), 200, "ig-container-status-published", "DONE published=1" },
      { FIND, 200, "{\"data\":[]}", "WAIT 60000 finds=1" },
      /* The one that can't be read may be ours. */
      { FIND, 200,
        "{\"data\":[{\"caption\":\"?\"},{\"id\":\"12\",\"caption\":\"Rye!\","
        "\"media_type\":\"VIDEO\",\"media_product_type\":\"REELS\",\"timestamp\":"
        "\"2026-11-23T09:15:02+0000\"}]}",
        "WAIT 60000 finds=2" },
      { FIND, 200,
        "{\"data\":[{\"id\":\"11\",\"caption\":\"Rye!\",\"media_type\":\"VIDEO\","
        "\"media_product_type\":\"REELS\",\"timestamp\":\"2026-11-23T09:15:02+0000\",\"permalink\":"
        "\"https://www.instagram.com/reel/11/\"}]}",
        "DONE permalink=https://www.instagram.com/reel/11/ published_at=1795425302000000 "
        "remote_id=11" },
      { "end" } } },
  { "published-and-never-listed",
    SMM_POST_KIND_REEL,
    "Rye!",
    "v",
    "container:0=" C " published=1 finds=4",
    { { FIND, 200, "{\"data\":[]}",
        "DONE permalink=https://www.instagram.com/northside.bread/ unnamed=1" },
      { "end" } } },
  { "photo-missing",
    SMM_POST_KIND_FEED,
    "Rye!",
    "p",
    "photo:0=5 missing=6",
    { { "prepare source:0 GET /v26.0/5 none fields=images", 400, MISSING,
        "RETRY 10000 prepare-again fetches=1 missing= photo:0=" },
      { PHOTO ("0") } } },
  { "publish-again-refused",
    SMM_POST_KIND_REEL,
    "Rye!",
    "v",
    "container:0=" C " upload:0=1 ready:0=1 quota=1 doubted=1",
    { { PUBLISH (C), 400, "error-100-invalid-parameter", "UNCLEAR refused 100/1349125" },
      { PUBLISH (C), 400, "error-ig-24-2207008-container-missing",
        "RESTART drop=“” 10000 prepare-again 24/2207008" } } },
  /* An address from elsewhere, as a web space gives it. */
  { "video-by-address",
    SMM_POST_KIND_REEL,
    "Rye!",
    "v",
    "source:0=https://example.com/a.mp4",
    { { "prepare container:0 " MEDIA
        " media_type=REELS video_url=https://example.com/a.mp4 caption=Rye! share_to_feed=true",
        200, "ig-container-created", "DONE container:0=17889455560051444" },
      { POLL ("ready:0", "17889455560051444") } } },
};

static void
test_script (gconstpointer data)
{
  const Script *script = data;
  g_autoptr (TestPub) test
      = test_pub_new_kind (SMM_PLATFORM_INSTAGRAM, script->kind, script->text, NULL, script->media);

  test_pub_set_facts (test, script->facts);
  test_run_turns (test, script->turns);
}

/* --- Options --- */

static const struct
{
  const char *name;
  SmmPostKind kind;
  const char *media, *facts, *key, *value, *param, *sent;
} options[] = {
  { "share", SMM_POST_KIND_REEL, "v", "", SMM_OPTION_SHARE_TO_FEED, "false", "share_to_feed",
    "false" },
  { "cover", SMM_POST_KIND_REEL, "v", "", SMM_OPTION_COVER_MS, "1500", "thumb_offset", "1500" },
  { "collaborators", SMM_POST_KIND_REEL, "v", "", SMM_OPTION_COLLABORATORS, "@ana.r, bob_2",
    "collaborators", "[\"ana.r\",\"bob_2\"]" },
  { "collaborators-carousel", SMM_POST_KIND_FEED, "pp",
    "container:0=1 ready:0=1 container:1=2 ready:1=1", SMM_OPTION_COLLABORATORS, "ana.r",
    "collaborators", "[\"ana.r\"]" },
  { "collaborators-not-of-a-child", SMM_POST_KIND_FEED, "pp", "source:0=https://x",
    SMM_OPTION_COLLABORATORS, "ana.r", "collaborators", NULL },
  { "collaborators-not-of-a-story", SMM_POST_KIND_STORY, "v", "", SMM_OPTION_COLLABORATORS, "ana.r",
    "collaborators", NULL },
  { "collaborators-broken", SMM_POST_KIND_REEL, "v", "", SMM_OPTION_COLLABORATORS, "a\"b",
    "collaborators", NULL },
  { "tags", SMM_POST_KIND_FEED, "p", "source:0=https://x", SMM_OPTION_USER_TAGS,
    "ana.r@0.5,0.25; bob@1,0", "user_tags",
    "[{\"username\":\"ana.r\",\"x\":0.5,\"y\":0.25},{\"username\":\"bob\",\"x\":1,\"y\":0}]" },
  { "tags-of-a-video", SMM_POST_KIND_REEL, "v", "", SMM_OPTION_USER_TAGS, "ana.r@0.5,0.25",
    "user_tags", "[{\"username\":\"ana.r\"}]" },
  { "tags-of-the-first-picture", SMM_POST_KIND_FEED, "vp",
    "container:0=1 upload:0=1 ready:0=1 source:1=https://x", SMM_OPTION_USER_TAGS, "ana.r@0,0",
    "user_tags", "[{\"username\":\"ana.r\",\"x\":0,\"y\":0}]" },
  { "tags-not-of-the-second", SMM_POST_KIND_FEED, "pp",
    "container:0=1 ready:0=1 source:1=https://x", SMM_OPTION_USER_TAGS, "ana.r@0,0", "user_tags",
    NULL },
  { "tags-outside", SMM_POST_KIND_FEED, "p", "source:0=https://x", SMM_OPTION_USER_TAGS,
    "ana.r@1.5,0", "user_tags", NULL },
  { "alt-not-of-a-story", SMM_POST_KIND_STORY, "p", "source:0=https://x", SMM_OPTION_TITLE, "x",
    "alt_text", NULL },
};

static void
test_option (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr (TestPub) test
      = test_pub_new_kind (SMM_PLATFORM_INSTAGRAM, options[i].kind, "Rye!", NULL, options[i].media);
  g_autoptr (SmmStep) step = NULL;

  test_pub_set_option (test, options[i].key, options[i].value);
  test_pub_set_facts (test, options[i].facts);
  step = test->platform->next_step (&test->pub);
  g_assert_true (g_str_has_prefix (step->name, "container"));
  g_assert_cmpstr (smm_request_get_param (step->request, options[i].param), ==, options[i].sent);
}

/* --- Looks --- */

#define LOOK(id) "GET /v26.0/" id " none fields=id,status_code,status"
#define LOOK_PERSON(id) "GET /v26.0/" id " none person fields=id,status_code,status"
#define LOOK_LIST "GET /v26.0/" INSTAGRAM_ID "/media " LIST_FIELDS
#define LOOK_STORIES "GET /v26.0/" INSTAGRAM_ID "/stories " LIST_FIELDS
#define ITEM(id, caption, type, product, time)                                                     \
  "{\"id\":\"" id "\",\"caption\":\"" caption "\",\"media_type\":\"" type                          \
  "\",\"media_product_type\":\"" product "\",\"timestamp\":\"" time                                \
  "\",\"permalink\":\"https://www.instagram.com/p/" id "/\"}"
#define AFTER "2026-11-23T09:15:02+0000"
#define LIST(items) "{\"data\":[" items "]}"
#define FOUND_FACTS                                                                                \
  " permalink=https://www.instagram.com/p/11/ published_at=1795425302000000 remote_id=11"
#define FOUND "PUBLISHED" FOUND_FACTS
/* By its text alone. */
#define FOUND_WEAK "PUBLISHED weak" FOUND_FACTS

typedef struct
{
  const char *name;
  SmmPostKind kind;
  const char *media, *facts;
  TestTurn turns[8];
} Looks;

static const Looks looks[] = {
  { "reel",
    SMM_POST_KIND_REEL,
    "v",
    "container:0=2 ready:0=1",
    { { LOOK ("2"), 200, FINISHED, "NOT_PUBLISHED doubted=1 ready:0=" },
      { LOOK ("2"), 200, "ig-container-status-published", "MORE look.published=1" },
      { LOOK_LIST, 200,
        LIST (ITEM ("13", "Rye!", "IMAGE", "FEED",
                    AFTER) "," ITEM ("12", "Rye!", "VIDEO", "STORY",
                                     AFTER) "," ITEM ("11", "Rye!", "VIDEO", "REELS", AFTER)),
        FOUND } } },
  /* The newest is not taken for ours because it is the newest. */
  { "list-lags",
    SMM_POST_KIND_REEL,
    "v",
    "container:0=2",
    { { LOOK ("2"), 200, "ig-container-status-published", "MORE look.published=1" },
      { LOOK_LIST, 200, LIST (ITEM ("12", "Other", "VIDEO", "REELS", AFTER)),
        "UNKNOWN 60000 unlisted=1" },
      { LOOK ("2"), 200, "ig-container-status-published", "MORE look.published=1" },
      { LOOK_LIST, 500, "<html>", "UNKNOWN 60000 unlisted=2" },
      { LOOK ("2"), 200, "ig-container-status-published", "MORE look.published=1" },
      { LOOK_LIST, 200, LIST (ITEM ("11", "Rye!", "VIDEO", "REELS", AFTER)), FOUND } } },
  { "other-token",
    SMM_POST_KIND_REEL,
    "v",
    "container:0=2",
    { { LOOK ("2"), 400, MISSING, "MORE look.person=1" },
      { LOOK_PERSON ("2"), 200, "ig-container-status-published", "MORE look.published=1" },
      { LOOK_LIST, 200, LIST (ITEM ("11", "Rye!", "VIDEO", "REELS", AFTER)), FOUND } } },
  { "both-missing-and-not-listed",
    SMM_POST_KIND_REEL,
    "v",
    "container:0=2",
    { { LOOK ("2"), 400, MISSING, "MORE look.person=1" },
      { LOOK_PERSON ("2"), 400, MISSING, "MORE look.gone=maybe" },
      { LOOK_LIST, 200, LIST (""), "UNKNOWN" },
      { LOOK ("2"), 400, MISSING, "MORE look.person=1" },
      { LOOK_PERSON ("2"), 400, MISSING, "MORE look.gone=maybe" },
      { LOOK_LIST, 200, LIST (ITEM ("11", "Rye!", "VIDEO", "REELS", AFTER)), FOUND_WEAK } } },
  { "story",
    SMM_POST_KIND_STORY,
    "v",
    "container:0=2",
    { { LOOK ("2"), 200, "ig-container-status-published", "MORE look.published=1" },
      { LOOK_STORIES, 200,
        LIST (ITEM ("12", "", "IMAGE", "STORY", AFTER) "," ITEM (
            "11", "", "VIDEO", "STORY", AFTER) "," ITEM ("10", "", "VIDEO", "STORY",
                                                         "2026-11-23T08:00:00+0000")),
        "PUBLISHED permalink=https://www.instagram.com/northside.bread/" } } },
  /* Nobody but the container can tell: one of that time may be another's. */
  { "story-container-gone",
    SMM_POST_KIND_STORY,
    "v",
    "container:0=2",
    { { LOOK ("2"), 400, MISSING, "MORE look.person=1" },
      { LOOK_PERSON ("2"), 400, MISSING, "MORE look.gone=maybe" },
      { LOOK_STORIES, 200, LIST (ITEM ("11", "", "VIDEO", "STORY", AFTER)), "UNKNOWN" } } },
  { "two-stories-alike",
    SMM_POST_KIND_STORY,
    "p",
    "container:0=2 unlisted=2",
    { { LOOK ("2"), 200, "ig-container-status-published", "MORE look.published=1" },
      { LOOK_STORIES, 200,
        LIST (
            ITEM ("12", "", "IMAGE", "STORY", AFTER) "," ITEM ("11", "", "IMAGE", "STORY", AFTER)),
        "PUBLISHED permalink=https://www.instagram.com/northside.bread/" } } },
  { "carousel",
    SMM_POST_KIND_FEED,
    "vp",
    "container:0=2 container:1=3 container=4 ready:0=1 ready:1=1 ready=1",
    { { LOOK ("4"), 200, "ig-container-status-in-progress", "NOT_PUBLISHED doubted=1 ready=" },
      { LOOK ("4"), 0, NULL, "UNKNOWN" } } },
};

static void
test_looks (gconstpointer data)
{
  const Looks *row = data;
  g_autoptr (TestPub) test
      = test_pub_new_kind (SMM_PLATFORM_INSTAGRAM, row->kind, "Rye!", NULL, row->media);

  test_pub_set_facts (test, row->facts);
  test_run_looks (test, row->turns);
}

/* 400 containers in 24 hours: children count, polls do not. */
static void
test_budget (void)
{
  const SmmBudget *budget = smm_platform_get (SMM_PLATFORM_INSTAGRAM)->budgets;

  g_assert_cmpstr (budget[0].step, ==, "container");
  g_assert_cmpuint (budget[0].n, ==, 400);
  g_assert_cmpuint (budget[0].seconds, ==, 86400);
  g_assert_null (budget[1].step);
}

static void
test_fixes (void)
{
  g_autoptr (TestPub) test = test_pub_new (SMM_PLATFORM_INSTAGRAM, "Hi", NULL, 1);
  g_autofree char *body = test_fixture ("error-ig-9004-2207052-uri-fetch");
  g_autoptr (SmmResponse) response = test_answer (400, body);
  g_autoptr (SmmStep) step = NULL;
  g_autoptr (SmmOutcome) outcome = NULL;

  test_pub_set_facts (test, "source:0=https://x fetches=2");
  step = test->platform->next_step (&test->pub);
  outcome = test->platform->apply (&test->pub, step, response);
  g_assert_cmpint (outcome->kind, ==, SMM_OUTCOME_REFUSED);
  g_assert_cmpstr (outcome->fix, ==, "web-space");
}

#define ADD_TABLE(path, table, function)                                                           \
  for (guint i = 0; i < G_N_ELEMENTS (table); i++)                                                 \
    {                                                                                              \
      g_autofree char *name = g_strconcat (path, table[i].name, NULL);                             \
                                                                                                   \
      g_test_add_data_func (name, &table[i], function);                                            \
    }

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD_TABLE ("/instagram/kinds/publish/", scripts, test_script);
  ADD_TABLE ("/instagram/kinds/look/", looks, test_looks);
  for (gsize i = 0; i < G_N_ELEMENTS (options); i++)
    {
      g_autofree char *name = g_strconcat ("/instagram/kinds/option/", options[i].name, NULL);

      g_test_add_data_func (name, GSIZE_TO_POINTER (i), test_option);
    }
  g_test_add_func ("/instagram/kinds/budget", test_budget);
  g_test_add_func ("/instagram/kinds/web-space", test_fixes);
  return g_test_run ();
}

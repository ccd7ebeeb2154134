/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Videos, reels and stories on Facebook: api/meta.md sections 3.5 to 3.7 and 3.9. */

#include "config.h"

#include "smm-test-platform.h"

#include <string.h>

#define VIDEO "1199887766554433"
#define REEL "1199887766554455"
#define VIDEOS "POST /v26.0/" PAGE_ID "/videos"
#define REELS "POST /v26.0/" PAGE_ID "/video_reels form"
#define FIELDS "none fields=status,published,post_id,permalink_url,created_time"
#define MISSING "error-100-33-object-missing-or-no-access"

#define START "prepare video-start " VIDEOS " form endpoint=1 upload_phase=start file_size=2411724"
#define STARTED "DONE end=1048576 offset:upload=0 session=1199887766554400 video=" VIDEO
#define TRANSFER(from, bytes)                                                                      \
  "prepare video-transfer " VIDEOS " multipart endpoint=1 upload_phase=transfer "                  \
  "upload_session_id=1199887766554400 start_offset=" from                                          \
  " file=/r/0.mp4 as video_file_chunk, video, application/octet-stream from " from ", " bytes      \
  " bytes"
#define MORE(start, end) "{\"start_offset\":\"" start "\",\"end_offset\":\"" end "\"}"
#define STATUS "prepare video-status GET /v26.0/" VIDEO " none fields=status"
#define FINISH                                                                                     \
  "commit video-finish " VIDEOS " form endpoint=1 upload_phase=finish "                            \
  "upload_session_id=1199887766554400 published=true description=Rye!"
#define VERDICT "verdict video-verdict GET /v26.0/" VIDEO " " FIELDS

#define REEL_START "prepare reel-start " REELS " upload_phase=start"
#define RUPLOAD(name, from, bytes)                                                                 \
  "prepare " name " POST /video-upload/v26.0/" REEL " file endpoint=2 oauth #offset=" from         \
  " #file_size=2411724 file=/r/0.mp4 as (null), (null), application/octet-stream from " from       \
  ", " bytes " bytes"
#define WHOLE(name)                                                                                \
  "prepare " name " POST /video-upload/v26.0/" REEL " file endpoint=2 oauth #offset=0 "            \
  "#file_size=2411724 file=/r/0.mp4 as (null), (null), application/octet-stream from 0, "          \
  "2411724 bytes"
#define REEL_STATUS "prepare reel-status GET /v26.0/" REEL " none fields=status"
#define REEL_FINISH                                                                                \
  "commit reel-finish " REELS " upload_phase=finish video_id=" REEL " video_state=PUBLISHED "      \
  "description=Rye!"
#define REEL_VERDICT "verdict reel-verdict GET /v26.0/" REEL " " FIELDS
#define REEL_PUBLIC                                                                                \
  "DONE permalink=https://www.facebook.com/reel/" REEL "/ published_at=1795511702000000 "          \
  "remote_id=" PAGE_ID "_122109876543210987"
#define PHOTO                                                                                      \
  "prepare photo:0 POST /v26.0/" PAGE_ID "/photos multipart published=false "                      \
  "alt_text_custom=A loaf file=/r/0.jpg as source, photo.jpg, image/jpeg"
#define STORY_LIST                                                                                 \
  "confirm permalink GET /v26.0/" PAGE_ID "/stories none "                                         \
  "fields=post_id,creation_time,media_id,url"

typedef struct
{
  const char *name;
  SmmPostKind kind;
  const char *media;
  const char *facts;
  TestTurn turns[14];
} Script;

static const Script scripts[] = {
  { "video",
    SMM_POST_KIND_FEED,
    "v",
    "",
    { { START, 200, "page-video-upload-start", STARTED },
      { TRANSFER ("0", "1048576"), 200, "page-video-upload-transfer-more",
        "DONE end=2097152 offset:upload=1048576" },
      { TRANSFER ("1048576", "1048576"), 200, MORE ("2097152", "2411724"),
        "DONE end=2411724 offset:upload=2097152" },
      { TRANSFER ("2097152", "314572"), 200, "page-video-upload-transfer-done",
        "DONE end=2411724 offset:upload=2411724 upload=1" },
      { FINISH, 200, "page-video-upload-finish", "DONE accepted=1" },
      { VERDICT, 200, "page-video-status-ready-unpublished", "WAIT 3000 polls:verdict=1" },
      { VERDICT, 200,
        "{\"status\":{\"video_status\":\"processing\",\"publishing_phase\":{\"status\":"
        "\"in_progress\"}},\"published\":false}",
        "WAIT 5000 polls:verdict=2" },
      /* It is called published while it is still being worked on. */
      { VERDICT, 200, "{\"status\":{\"video_status\":\"processing\"},\"published\":true}",
        "WAIT 10000 polls:verdict=3" },
      { VERDICT, 200,
        "{\"status\":{\"video_status\":\"ready\",\"processing_phase\":{\"status\":"
        "\"in_progress\"}},\"published\":true}",
        "WAIT 20000 polls:verdict=4" },
      { VERDICT, 200, "{\"status\":{\"video_status\":\"ready\"},\"published\":true}",
        "DONE permalink=https://www.facebook.com/" VIDEO " remote_id=" VIDEO },
      { "end" } } },
  { "video-chunk-lost",
    SMM_POST_KIND_FEED,
    "v",
    "",
    { { START, 200, "page-video-upload-start", STARTED },
      /* No answer: it may have arrived, so it is asked. */
      { TRANSFER ("0", "1048576"), 0, NULL, "RETRY 2000 upload-cut cuts:upload=1 resume:upload=1" },
      { STATUS, 200,
        "{\"status\":{\"video_status\":\"uploading\",\"uploading_phase\":{\"status\":"
        "\"in_progress\",\"bytes_transferred\":1048576}}}",
        "DONE cuts:upload= end=2097152 offset:upload=1048576 resume:upload=" },
      /* The platform says itself from where. */
      { TRANSFER ("1048576", "1048576"), 400, "page-video-upload-transfer-wrong-offset",
        "RETRY 2000 upload-cut cuts:upload=1 end=2097152 offset:upload=1048576" },
      { TRANSFER ("1048576", "1048576"), 400,
        "{\"error\":{\"code\":6000,\"error_subcode\":1363030,\"message\":\"x\"}}",
        "RETRY 4000 upload-cut cuts:upload=2" },
      { TRANSFER ("1048576", "1048576"), 500, "<html>",
        "RETRY 8000 upload-cut cuts:upload=3 resume:upload=1" },
      { STATUS, 400, MISSING, "WAIT 3000 missing=1" },
      { "prepare video-status GET /v26.0/" VIDEO " none person fields=status", 200,
        "{\"status\":{\"video_status\":\"uploading\",\"uploading_phase\":{}}}",
        "DONE end=2097152 missing= offset:upload=1048576 resume:upload=" },
      { TRANSFER ("1048576", "1048576"), 200, MORE ("2411724", "2411724"),
        "DONE cuts:upload= end=2411724 offset:upload=2411724 upload=1" },
      { FINISH } } },
  { "video-error-data-as-text",
    SMM_POST_KIND_FEED,
    "v",
    "video=" VIDEO " session=1199887766554400 offset:upload=0 end=1048576",
    { { TRANSFER ("0", "1048576"), 400,
        "{\"error\":{\"code\":6001,\"error_subcode\":1363037,\"message\":\"x\",\"error_data\":"
        "\"{\\\"start_offset\\\":1048576,\\\"end_offset\\\":2097152}\"}}",
        "RETRY 2000 upload-cut cuts:upload=1 end=2097152 offset:upload=1048576" },
      { TRANSFER ("1048576", "1048576") } } },
  { "video-refused-while-uploading",
    SMM_POST_KIND_FEED,
    "v",
    "video=" VIDEO " session=1199887766554400 offset:upload=0 end=1048576",
    { { TRANSFER ("0", "1048576"), 400,
        "{\"error\":{\"code\":6000,\"error_subcode\":1363022,\"message\":\"x\"}}",
        "REFUSED refused 6000/1363022" } } },
  { "video-nonsense-offsets",
    SMM_POST_KIND_FEED,
    "v",
    "video=" VIDEO " session=1199887766554400 offset:upload=0 end=1048576",
    { { TRANSFER ("0", "1048576"), 200, MORE ("0", "99999999"),
        "RETRY 2000 upload-cut cuts:upload=1 resume:upload=1" },
      { STATUS } } },
  { "reel",
    SMM_POST_KIND_REEL,
    "v",
    "",
    { { REEL_START, 200, "page-reel-start", "DONE video=" REEL },
      { WHOLE ("reel-upload"), 200, "rupload-video-success", "DONE upload=1" },
      { REEL_FINISH, 200, "page-reel-finish-accepted", "DONE accepted=1" },
      { REEL_VERDICT, 200, "page-reel-status-upload-interrupted", "WAIT 3000 polls:verdict=1" },
      { REEL_VERDICT, 400, MISSING, "WAIT 3000 missing=1" },
      { "verdict reel-verdict GET /v26.0/" REEL
        " none person fields=status,published,post_id,permalink_url,created_time",
        200, "page-reel-status-published", REEL_PUBLIC },
      { "end" } } },
  { "reel-cut",
    SMM_POST_KIND_REEL,
    "v",
    "",
    { { REEL_START, 200, "page-reel-start", "DONE video=" REEL },
      { WHOLE ("reel-upload"), 0, NULL, "RETRY 2000 upload-cut cuts:upload=1 resume:upload=1" },
      { REEL_STATUS, 200, "page-reel-status-upload-interrupted",
        "DONE cuts:upload= offset:upload=50002 resume:upload=" },
      { RUPLOAD ("reel-upload", "50002", "2361722"), 400, "rupload-video-failure",
        "RETRY 2000 upload-cut cuts:upload=1 resume:upload=1" },
      { REEL_STATUS, 200,
        "{\"status\":{\"video_status\":\"upload_complete\",\"uploading_phase\":{\"status\":"
        "\"completed\"}}}",
        "DONE resume:upload= upload=1" },
      { REEL_FINISH } } },
  { "reel-upload-not-sent",
    SMM_POST_KIND_REEL,
    "v",
    "video=" REEL,
    { { WHOLE ("reel-upload"), 400, "error-190-463-expired", "SIGNED_OUT signed-out 190/463" },
      { WHOLE ("reel-upload"), 400, "error-80001-page-rate-limit", "LIMITED limited 80001" },
      { WHOLE ("reel-upload"), 400, "ig-rupload-failure",
        "RETRY 30000 upload-again uploads=1 video=" },
      { REEL_START, 200, "page-reel-start", "DONE video=" REEL },
      { WHOLE ("reel-upload"), 400, "ig-rupload-failure",
        "RETRY 60000 upload-again uploads=2 video=" },
      { REEL_START, 200, "page-reel-start", "DONE video=" REEL },
      { WHOLE ("reel-upload"), 400, "ig-rupload-failure", "REFUSED upload-failed" } } },
  { "reel-too-many-cuts",
    SMM_POST_KIND_REEL,
    "v",
    "video=" REEL " cuts:upload=8",
    { { WHOLE ("reel-upload"), 0, NULL, "RETRY 30000 upload-again cuts:upload= uploads=1 video=" },
      { REEL_START } } },
  { "reel-lost-while-uploading",
    SMM_POST_KIND_REEL,
    "v",
    "video=" REEL " resume:upload=1",
    { { REEL_STATUS, 200, "{\"status\":{\"video_status\":\"expired\"}}",
        "RETRY 30000 upload-again resume:upload= uploads=1 video=" },
      { REEL_START } } },
  { "reel-missing-while-uploading",
    SMM_POST_KIND_REEL,
    "v",
    "video=" REEL " resume:upload=1 missing=6",
    { { REEL_STATUS, 400, MISSING,
        "RETRY 30000 upload-again missing= resume:upload= uploads=1 video=" },
      { REEL_START } } },
  { "reel-more-than-the-file",
    SMM_POST_KIND_REEL,
    "v",
    "video=" REEL " resume:upload=1",
    { { REEL_STATUS, 200,
        "{\"status\":{\"video_status\":\"uploading\",\"uploading_phase\":{\"bytes_transfered\":"
        "\"2411725\"}}}",
        "RETRY 30000 upload-again resume:upload= uploads=1 video=" } } },
  { "reel-refused-by-documentation",
    SMM_POST_KIND_REEL,
    "v",
    "video=" REEL " upload=1 accepted=1",
    { { REEL_VERDICT, 200, "page-reel-status-processing-error-docs-shape",
        "REFUSED video-refused" } } },
  { "reel-refused-by-specification",
    SMM_POST_KIND_REEL,
    "v",
    "video=" REEL " upload=1 accepted=1",
    { { REEL_VERDICT, 200, "page-reel-status-processing-error-spec-shape",
        "REFUSED video-refused" } } },
  { "reel-expired",
    SMM_POST_KIND_REEL,
    "v",
    "video=" REEL " upload=1 accepted=1",
    { { REEL_VERDICT, 200, "{\"status\":{\"video_status\":\"upload_failed\"}}",
        "RESTART drop=“” expired" },
      { REEL_START } } },
  { "reel-never-published",
    SMM_POST_KIND_REEL,
    "v",
    "video=" REEL " upload=1 accepted=1 polls:verdict=1500",
    { { REEL_VERDICT, 200, "page-video-status-ready-unpublished", "REFUSED never-published" } } },
  { "reel-verdict-trouble",
    SMM_POST_KIND_REEL,
    "v",
    "video=" REEL " upload=1 accepted=1",
    { { REEL_VERDICT, 500, "<html>", "RETRY no-clear-answer" },
      { REEL_VERDICT, 200, "{}", "RETRY no-clear-answer" },
      { REEL_VERDICT, 0, NULL, "RETRY no-clear-answer" },
      /* That the question is refused says nothing of what was asked about. */
      { REEL_VERDICT, 400, "error-100-invalid-parameter", "RETRY 60000 refused 100/1349125" },
      { REEL_VERDICT, 400, "error-ig-24-2207008-container-missing",
        "RETRY 60000 prepare-again 24/2207008" },
      { REEL_VERDICT, 400, "error-190-463-expired", "SIGNED_OUT signed-out 190/463" },
      { REEL_VERDICT, 400, "error-2-service-transient", "RETRY transient 2" } } },
  { "reel-finish-unclear",
    SMM_POST_KIND_REEL,
    "v",
    "video=" REEL " upload=1",
    { { REEL_FINISH, 0, NULL, "UNCLEAR no-clear-answer" },
      { REEL_FINISH, 500, "page-reel-finish-accepted", "UNCLEAR no-clear-answer" },
      { REEL_FINISH, 200, "{\"success\":false}", "UNCLEAR no-clear-answer" },
      { REEL_FINISH, 200, "{\"id\":\"1\"}", "UNCLEAR no-clear-answer" },
      { REEL_FINISH, 400, MISSING, "UNCLEAR missing 100/33" },
      { REEL_FINISH, 400, "error-100-invalid-parameter", "REFUSED refused 100/1349125" } } },
  /* The one in doubt may be what the second one is refused for. */
  { "reel-finish-again-refused",
    SMM_POST_KIND_REEL,
    "v",
    "video=" REEL " upload=1 doubted=1",
    { { REEL_FINISH, 400, "error-100-invalid-parameter", "UNCLEAR refused 100/1349125" },
      { REEL_FINISH, 400, "error-190-463-expired", "SIGNED_OUT signed-out 190/463" },
      { REEL_FINISH, 200, "page-reel-finish-accepted", "DONE accepted=1" } } },
  { "reel-begins-anew-after-a-look",
    SMM_POST_KIND_REEL,
    "v",
    "video=" REEL " upload=1 doubted=1 lost=1",
    { { REEL_START, 200, "{\"video_id\":77}", "DONE lost= upload= video=77" } } },
  { "photo-story",
    SMM_POST_KIND_STORY,
    "p",
    "",
    { { PHOTO, 200, "page-photo-unpublished", "DONE photo:0=122109876500000012" },
      { "commit photo-story POST /v26.0/" PAGE_ID "/photo_stories form "
        "photo_id=122109876500000012",
        200, "page-photo-story-published", "DONE remote_id=122109876577777777" },
      { STORY_LIST, 500, "<html>", "RETRY no-clear-answer" },
      { STORY_LIST, 200, "page-stories-list",
        "DONE permalink=https://facebook.com/stories/122100000000000001/UzpfSVNDOg== "
        "published_at=1795511702000000" },
      { "end" } } },
  { "photo-story-unclear",
    SMM_POST_KIND_STORY,
    "p",
    "photo:0=5",
    { { "commit photo-story POST /v26.0/" PAGE_ID "/photo_stories form photo_id=5", 200,
        "{\"success\":true}", "UNCLEAR no-clear-answer" },
      { "commit photo-story POST /v26.0/" PAGE_ID "/photo_stories form photo_id=5", 200,
        "{\"success\":true,\"post_id\":\"../me\"}", "UNCLEAR no-clear-answer" },
      { "commit photo-story POST /v26.0/" PAGE_ID "/photo_stories form photo_id=5", 200,
        "{\"success\":false,\"post_id\":\"5\"}", "UNCLEAR no-clear-answer" } } },
  { "photo-story-not-listed",
    SMM_POST_KIND_STORY,
    "p",
    "photo:0=5 remote_id=6",
    { { STORY_LIST, 200, "{\"data\":[]}", "DONE permalink=https://www.facebook.com/6" },
      { "end" } } },
  { "video-story",
    SMM_POST_KIND_STORY,
    "v",
    "",
    { { "prepare story-start POST /v26.0/" PAGE_ID "/video_stories form upload_phase=start", 200,
        "page-reel-start", "DONE video=" REEL },
      { WHOLE ("story-upload"), 200, "rupload-video-success", "DONE upload=1" },
      { "commit story-finish POST /v26.0/" PAGE_ID
        "/video_stories form upload_phase=finish video_id=" REEL,
        200, "page-photo-story-published", "DONE accepted=1 post_id=122109876577777777" },
      { "verdict story-verdict GET /v26.0/" REEL " " FIELDS, 200,
        "{\"status\":{\"video_status\":\"ready\",\"publishing_phase\":{\"status\":\"completed\","
        "\"publish_status\":\"published\"}}}",
        "DONE permalink=https://www.facebook.com/122109876577777777 "
        "remote_id=122109876577777777" },
      { "end" } } },
};

static void
test_script (gconstpointer data)
{
  const Script *script = data;
  g_autoptr (TestPub) test
      = test_pub_new_kind (SMM_PLATFORM_FACEBOOK, script->kind,
                           script->kind == SMM_POST_KIND_STORY ? "" : "Rye!", NULL, script->media);

  test_pub_set_facts (test, script->facts);
  test_run_turns (test, script->turns);
}

static void
test_title (void)
{
  static const SmmPostKind kinds[] = { SMM_POST_KIND_FEED, SMM_POST_KIND_REEL };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr (TestPub) test = test_pub_new_kind (SMM_PLATFORM_FACEBOOK, kinds[i], "", NULL, "v");
      g_autoptr (SmmStep) step = NULL;

      test_pub_set_option (test, SMM_OPTION_TITLE, "Bread");
      test_pub_set_facts (test, "video=1 session=2 upload=1");
      step = test->platform->next_step (&test->pub);
      g_assert_cmpint (step->kind, ==, SMM_STEP_COMMIT);
      g_assert_cmpstr (smm_request_get_param (step->request, "title"), ==, "Bread");
      g_assert_null (smm_request_get_param (step->request, "description"));
    }
}

/* A 300 MB upload must not run into the limit of a small request. */
static void
test_timeout (void)
{
  g_autoptr (TestPub) test
      = test_pub_new_kind (SMM_PLATFORM_FACEBOOK, SMM_POST_KIND_REEL, "", NULL, "v");
  SmmRendition *rendition = test->pub.renditions->pdata[0];
  g_autoptr (SmmStep) step = NULL;

  rendition->bytes = 300 * 1024 * 1024;
  test_pub_set_facts (test, "video=1");
  step = test->platform->next_step (&test->pub);
  g_assert_cmpuint (step->request->timeout_ms, >, 60 * 60 * 1000);
}

/* --- Looks --- */

#define LOOK_VIDEO "GET /v26.0/" REEL " " FIELDS
#define LOOK_PERSON                                                                                \
  "GET /v26.0/" REEL " none person fields=status,published,post_id,permalink_url,created_time"
#define ATTACHMENTS "attachments{url,media_type,target{id,url},subattachments{target{id}}}"
#define LOOK_FEED                                                                                  \
  "GET /v26.0/" PAGE_ID "/feed none fields=id,message,created_time,is_published,permalink_url,"    \
  "application," ATTACHMENTS " limit=50 since=1795331700"
#define LOOK_STORIES                                                                               \
  "GET /v26.0/" PAGE_ID                                                                            \
  "/stories none fields=post_id,status,creation_time,media_type,media_id,url limit=50 "            \
  "since=1795331700"

typedef struct
{
  const char *name;
  SmmPostKind kind;
  const char *media, *facts;
  TestTurn turns[6];
} Looks;

static const Looks looks[] = {
  { "reel-published",
    SMM_POST_KIND_REEL,
    "v",
    "video=" REEL,
    { { LOOK_VIDEO, 200, "page-reel-status-published",
        "PUBLISHED permalink=https://www.facebook.com/reel/" REEL
        "/ published_at=1795511702000000 remote_id=" PAGE_ID "_122109876543210987" } } },
  { "reel-lags",
    SMM_POST_KIND_REEL,
    "v",
    "video=" REEL,
    { { LOOK_VIDEO, 200, "page-video-status-ready-unpublished", "NOT_PUBLISHED doubted=1" },
      { LOOK_VIDEO, 200, "page-reel-status-published",
        "PUBLISHED permalink=https://www.facebook.com/reel/" REEL
        "/ published_at=1795511702000000 remote_id=" PAGE_ID "_122109876543210987" } } },
  { "reel-arrived",
    SMM_POST_KIND_REEL,
    "v",
    "video=" REEL,
    { { LOOK_VIDEO, 200,
        "{\"status\":{\"video_status\":\"processing\",\"publishing_phase\":{\"status\":"
        "\"in_progress\"}}}",
        "ACCEPTED accepted=1" } } },
  { "reel-failed",
    SMM_POST_KIND_REEL,
    "v",
    "video=" REEL,
    { { LOOK_VIDEO, 200, "page-reel-status-processing-error-spec-shape", "REFUSED" } } },
  { "reel-upload-gone",
    SMM_POST_KIND_REEL,
    "v",
    "video=" REEL,
    { { LOOK_VIDEO, 200, "{\"status\":{\"video_status\":\"expired\"}}",
        "NOT_PUBLISHED doubted=1 lost=1" } } },
  { "reel-unreadable",
    SMM_POST_KIND_REEL,
    "v",
    "video=" REEL,
    { { LOOK_VIDEO, 200, "{}", "UNKNOWN" },
      { LOOK_VIDEO, 500, "page-reel-status-published", "UNKNOWN" },
      { LOOK_VIDEO, 0, NULL, "UNKNOWN" },
      { LOOK_VIDEO, 400, "error-190-463-expired", "UNKNOWN signed-out" } } },
  { "reel-other-token",
    SMM_POST_KIND_REEL,
    "v",
    "video=" REEL,
    { { LOOK_VIDEO, 400, MISSING, "MORE look.missing=1" },
      { LOOK_PERSON, 200, "page-video-status-ready-unpublished", "NOT_PUBLISHED doubted=1" } } },
  /* "Missing" from both proves nothing; that the feed shows it does. */
  { "reel-missing-twice",
    SMM_POST_KIND_REEL,
    "v",
    "video=" REEL,
    { { LOOK_VIDEO, 400, MISSING, "MORE look.missing=1" },
      { LOOK_PERSON, 400, MISSING, "MORE look.missing=2" },
      { LOOK_FEED, 200, "{\"data\":[]}", "UNKNOWN" } } },
  { "reel-missing-but-in-the-feed",
    SMM_POST_KIND_REEL,
    "v",
    "video=" REEL " look.missing=2",
    { { LOOK_FEED, 200,
        "{\"data\":[{\"id\":\"1_1\",\"created_time\":\"2026-11-23T09:15:02+0000\",\"attachments\":"
        "{\"data\":[{\"target\":{\"id\":\"" REEL "\"}}]}}]}",
        "PUBLISHED look.at=1795425302000000 look.id=1_1 look.mark=1 look.n=1 "
        "look.permalink="
        "https://www.facebook.com/1_1 permalink=https://www.facebook.com/1_1 "
        "published_at=1795425302000000 remote_id=1_1" } } },
  { "photo-story-found",
    SMM_POST_KIND_STORY,
    "p",
    "photo:0=122109876500000012",
    { { LOOK_STORIES, 200, "{\"data\":[]}", "NOT_PUBLISHED doubted=1" },
      { LOOK_STORIES, 200, "page-stories-list",
        "PUBLISHED look.at=1795511702000000 look.id=122109876577777777 look.mark=1 look.n=1 "
        "look.permalink="
        "https://facebook.com/stories/122100000000000001/UzpfSVNDOg== permalink="
        "https://facebook.com/stories/122100000000000001/UzpfSVNDOg== "
        "published_at=1795511702000000 remote_id=122109876577777777" } } },
  { "photo-story-others",
    SMM_POST_KIND_STORY,
    "p",
    "photo:0=5",
    { { LOOK_STORIES, 200, "page-stories-list", "NOT_PUBLISHED doubted=1" },
      { LOOK_STORIES, 200, "{\"data\":[{\"media_id\":\"5\"}]}", "UNKNOWN" } } },
  { "video-story-missing-but-listed",
    SMM_POST_KIND_STORY,
    "v",
    "video=1199887766554433 look.missing=2",
    { { LOOK_STORIES, 200, "page-stories-list",
        "PUBLISHED look.at=1795400000000000 look.id=122109876566666666 look.mark=1 look.n=1 "
        "look.permalink="
        "https://facebook.com/stories/122100000000000001/UzpfSVNDOh== permalink="
        "https://facebook.com/stories/122100000000000001/UzpfSVNDOh== "
        "published_at=1795400000000000 remote_id=122109876566666666" } } },
};

static void
test_looks (gconstpointer data)
{
  const Looks *row = data;
  g_autoptr (TestPub) test
      = test_pub_new_kind (SMM_PLATFORM_FACEBOOK, row->kind, "", NULL, row->media);

  test_pub_set_facts (test, row->facts);
  test_run_looks (test, row->turns);
}

/* 30 reels in 24 hours: the step that counts must carry the name of the budget. */
static void
test_budget (void)
{
  const SmmBudget *budget = smm_platform_get (SMM_PLATFORM_FACEBOOK)->budgets;
  g_autoptr (TestPub) test
      = test_pub_new_kind (SMM_PLATFORM_FACEBOOK, SMM_POST_KIND_REEL, "", NULL, "v");
  g_autoptr (SmmStep) step = NULL;

  test_pub_set_facts (test, "video=1 upload=1");
  step = test->platform->next_step (&test->pub);
  g_assert_cmpuint (budget[0].n, ==, 30);
  g_assert_cmpuint (budget[0].seconds, ==, 86400);
  g_assert_true (g_str_has_prefix (step->name, budget[0].step));
  g_assert_null (budget[1].step);
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
  ADD_TABLE ("/facebook/video/publish/", scripts, test_script);
  ADD_TABLE ("/facebook/video/look/", looks, test_looks);
  g_test_add_func ("/facebook/video/title", test_title);
  g_test_add_func ("/facebook/video/timeout", test_timeout);
  g_test_add_func ("/facebook/video/budget", test_budget);
  return g_test_run ();
}

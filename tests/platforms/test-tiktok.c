/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* TikTok: the way of a video, every answer on it, looks, validation, sign-in (api/tiktok.md). */

#include "config.h"

#include "smm-test-platform.h"
#include "tiktok/smm-tiktok.h"

#include <string.h>

#define OPEN_ID "-000Fq2rT9vXwYkLm3NpQs7uAbCdEfGhIjK"
#define PUBLISH_ID "v_pub_file~v2-1.7575800000000000001"
#define ADDRESS                                                                                    \
  "https://open-upload.tiktokapis.com/video/"                                                      \
  "?upload_id=7575800000000000001&upload_token=mockUploadToken0001"
#define JSON "#Content-Type=application/json; charset=UTF-8"
#define POST_ID "7575812345678901234"

/* --- A video --- */

static void
set_option (SmmPost *post, const char *key, const char *value)
{
  g_hash_table_insert (post->options, g_strdup (key), g_strdup (value));
}

/* @options: "privacy=SELF_ONLY inbox=true". */
static void
set_options (SmmPost *post, const char *options)
{
  g_auto (GStrv) words = g_strsplit (options, " ", -1);

  for (guint i = 0; words[i] != NULL; i++)
    {
      g_auto (GStrv) pair = g_strsplit (words[i], "=", 2);

      if (pair[0] != NULL && pair[1] != NULL)
        set_option (post, pair[0], pair[1]);
    }
}

static void
make_video (SmmMedia *media, gint64 bytes)
{
  g_free (media->mime);
  media->mime = g_strdup ("video/mp4");
  media->container = g_strdup ("mp4");
  media->video_codec = g_strdup ("h264");
  media->frame_rate = 30;
  media->duration = 20 * G_USEC_PER_SEC;
  media->bytes = bytes;
}

static TestPub *
video_new (gint64 bytes, const char *options)
{
  TestPub *test = test_pub_new (SMM_PLATFORM_TIKTOK, "Rye is back #bread", NULL, 1);
  SmmRendition *rendition = test->pub.renditions->pdata[0];

  make_video (test->pub.post->media->pdata[0], bytes);
  g_free (rendition->path);
  g_free (rendition->mime);
  g_clear_pointer (&rendition->alt, g_free);
  rendition->path = g_strdup ("/r/0.mp4");
  rendition->mime = g_strdup ("video/mp4");
  rendition->bytes = bytes;
  rendition->duration = 20 * G_USEC_PER_SEC;
  g_free (test->pub.account->remote_id);
  test->pub.account->remote_id = g_strdup (OPEN_ID);
  test->pub.account->username = g_strdup ("bakkerijlinde");
  set_options (test->pub.post, options);
  return test;
}

/* --- The chunk plan: section 6.5 --- */

static const struct
{
  gint64 size, chunk_size, count, last_first;
} plans[] = {
  { 1, 1, 1, 0 },
  { 4194304, 4194304, 1, 0 },
  { 50000123, 50000123, 1, 0 },
  { 64000000, 64000000, 1, 0 },
  { 64000001, 32000000, 2, 32000000 },
  { 95999999, 32000000, 2, 32000000 },
  { 96000000, 32000000, 3, 64000000 },
  { 150000000, 32000000, 4, 96000000 },
  { G_GINT64_CONSTANT (4294967296), 32000000, 134, G_GINT64_CONSTANT (4256000000) },
};

static void
test_plan (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (plans); i++)
    {
      g_autoptr (TestPub) test = video_new (plans[i].size, "");
      gint64 chunk_size, count, at = 0, n = 0;

      smm_tiktok_plan (plans[i].size, &chunk_size, &count);
      g_assert_cmpint (chunk_size, ==, plans[i].chunk_size);
      g_assert_cmpint (count, ==, plans[i].count);
      test_pub_set_facts (test, "publish_id=p secret.upload_url=" ADDRESS);
      /* The parts follow each other without a gap, and the last one alone is the commit. */
      while (at < plans[i].size)
        {
          g_autofree char *offset = g_strdup_printf ("offset=%" G_GINT64_FORMAT, at);
          g_autoptr (SmmStep) step = NULL;
          gint64 end;

          test_pub_set_facts (test, offset);
          step = test->platform->next_step (&test->pub);
          g_assert_cmpint (step->request->file_offset, ==, at);
          end = at + step->request->file_length;
          g_assert_cmpint (step->kind, ==,
                           end == plans[i].size ? SMM_STEP_COMMIT : SMM_STEP_PREPARE);
          if (end == plans[i].size)
            g_assert_cmpint (at, ==, plans[i].last_first);
          g_assert_cmpint (step->request->file_length, <=, 128000000);
          at = end;
          n++;
        }
      g_assert_cmpint (n, ==, count);
    }
}

/* --- Whole ways --- */

#define CREATOR "prepare creator POST /v2/post/publish/creator_info/query/ none " JSON
#define BODY(fields) " json " JSON " " fields
#define SOURCE(size, chunk, count)                                                                 \
  "\"source_info\":{\"source\":\"FILE_UPLOAD\",\"video_size\":" size ",\"chunk_size\":" chunk      \
  ",\"total_chunk_count\":" count "}}"
#define INIT "prepare init POST /v2/post/publish/video/init/ json " JSON
#define INBOX_INIT "prepare init POST /v2/post/publish/inbox/video/init/ json " JSON
#define FETCH(what) what " POST /v2/post/publish/status/fetch/ json " JSON
#define PART(kind, n, range)                                                                       \
  kind " chunk:" n " PUT " ADDRESS " file #Content-Range=bytes " range                             \
       " file=/r/0.mp4 as (null), (null), video/mp4"
#define BEGUN(id, url)                                                                             \
  "DONE ask=0 misfits=0 offset=0 polls=0 publish_id=" id " secret.upload_url=" url
#define LINK "permalink=https://www.tiktok.com/@bakkerijlinde/video/" POST_ID
#define PROFILE "permalink=https://www.tiktok.com/@bakkerijlinde"

typedef struct
{
  const char *name;
  gint64 bytes;
  const char *options;
  TestTurn turns[16];
} Script;

static const Script scripts[] = {
  { "one-part",
    50000123,
    "privacy=PUBLIC_TO_EVERYONE comments=true",
    { { CREATOR, 200, "tiktok-creator-info-public",
        "DONE secret.creator=1 username=bakkerijlinde" },
      { INIT, 200, "tiktok-video-init-file", BEGUN (PUBLISH_ID, ADDRESS) },
      { PART ("commit", "0", "0-50000122/50000123"), 201, "<>", "DONE accepted=" PUBLISH_ID },
      { FETCH ("verdict status"), 200,
        "{\"data\":{\"status\":\"PROCESSING_UPLOAD\","
        "\"uploaded_bytes\":50000123},\"error\":{\"code\":\"ok\"}}",
        "WAIT 5000 polls=1" },
      { FETCH ("verdict status"), 200, "tiktok-status-downloading", "WAIT 10000 polls=2" },
      { FETCH ("verdict status"), 200, "{\"data\":{\"status\":\"SOMETHING_NEW\"}}",
        "WAIT 15000 polls=3" },
      { FETCH ("verdict status"), 500, "tiktok-error-internal", "RETRY transient internal_error" },
      { FETCH ("verdict status"), 200, "tiktok-status-complete",
        "DONE " LINK " remote_id=" POST_ID },
      { "end" } } },
  { "four-parts-private",
    150000000,
    "privacy=SELF_ONLY",
    { { CREATOR, 200, "tiktok-creator-info-private", "DONE secret.creator=1 username=lindetest" },
      { INIT, 200, "tiktok-video-init-file", BEGUN (PUBLISH_ID, ADDRESS) },
      { PART ("prepare", "0", "0-31999999/150000000"), 206, "<>", "DONE offset=32000000" },
      { PART ("prepare", "1", "32000000-63999999/150000000"), 502, "<>", "RETRY no-clear-answer" },
      { PART ("prepare", "1", "32000000-63999999/150000000"), 206, "<>", "DONE offset=64000000" },
      { PART ("prepare", "2", "64000000-95999999/150000000"), 206, "<>", "DONE offset=96000000" },
      { PART ("commit", "3", "96000000-149999999/150000000"), 201, "<>",
        "DONE accepted=" PUBLISH_ID },
      /* Only its owner sees it: there is no id, and none will come. */
      { FETCH ("verdict status"), 200, "tiktok-status-complete-private",
        "DONE permalink=https://www.tiktok.com/@lindetest remote_id=" PUBLISH_ID },
      { "end" } } },
  { "link-comes-later",
    1000,
    "privacy=PUBLIC_TO_EVERYONE",
    { { CREATOR, 200, "tiktok-creator-info-public",
        "DONE secret.creator=1 username=bakkerijlinde" },
      { INIT, 200, "tiktok-video-init-file", BEGUN (PUBLISH_ID, ADDRESS) },
      { PART ("commit", "0", "0-999/1000"), 201, "<>", "DONE accepted=" PUBLISH_ID },
      { FETCH ("verdict status"), 200, "tiktok-status-complete-private",
        "DONE remote_id=" PUBLISH_ID },
      { FETCH ("confirm status:link"), 200, "tiktok-status-complete-private",
        "WAIT 10000 link.polls=1" },
      { FETCH ("confirm status:link"), 500, "<>", "WAIT 20000 link.polls=2" },
      { FETCH ("confirm status:link"), 200, "tiktok-status-complete",
        "DONE link.polls=3 " LINK " remote_id=" POST_ID },
      { "end" } } },
  { "link-never-comes",
    1000,
    "privacy=PUBLIC_TO_EVERYONE",
    { { CREATOR, 200, "tiktok-creator-info-public",
        "DONE secret.creator=1 username=bakkerijlinde" },
      { INIT, 200, "tiktok-video-init-file", BEGUN (PUBLISH_ID, ADDRESS) },
      { PART ("commit", "0", "0-999/1000"), 200, "<>", "DONE accepted=" PUBLISH_ID },
      { FETCH ("verdict status"), 200, "tiktok-status-complete-private",
        "DONE remote_id=" PUBLISH_ID },
      { FETCH ("confirm status:link"), 400, "tiktok-status-unknown-id", "WAIT 10000 link.polls=1" },
      { FETCH ("confirm status:link"), 400, "tiktok-status-unknown-id", "WAIT 20000 link.polls=2" },
      { FETCH ("confirm status:link"), 400, "tiktok-status-unknown-id", "WAIT 30000 link.polls=3" },
      { FETCH ("confirm status:link"), 400, "tiktok-status-unknown-id", "WAIT 60000 link.polls=4" },
      { FETCH ("confirm status:link"), 400, "tiktok-status-unknown-id",
        "DONE link.polls=5 " PROFILE },
      { "end" } } },
  { "inbox",
    1000,
    "inbox=true",
    { { INBOX_INIT, 403, "tiktok-inbox-init-pending",
        "REFUSED too-many-drafts spam_risk_too_many_pending_share" },
      { INBOX_INIT, 200, "tiktok-inbox-init",
        BEGUN ("v_inbox_file~v2.7575800000000000003",
               "https://upload.us.tiktokapis.com/video/"
               "?upload_id=7575800000000000003&upload_token=mockUploadToken0003") },
      { "commit chunk:0 PUT https://upload.us.tiktokapis.com/video/?upload_id=7575800000000000003"
        "&upload_token=mockUploadToken0003 file #Content-Range=bytes 0-999/1000 "
        "file=/r/0.mp4 as (null), (null), video/mp4",
        201, "<>", "DONE accepted=v_inbox_file~v2.7575800000000000003" },
      { FETCH ("verdict status"), 200, "tiktok-status-inbox",
        "DONE finish-in-app " PROFILE " remote_id=v_inbox_file~v2.7575800000000000003" },
      { "end" } } },
  { "failed-for-good-then-tried-again",
    1000,
    "privacy=SELF_ONLY",
    { { CREATOR, 200, "tiktok-creator-info-public",
        "DONE secret.creator=1 username=bakkerijlinde" },
      { INIT, 200, "tiktok-video-init-file", BEGUN (PUBLISH_ID, ADDRESS) },
      { PART ("commit", "0", "0-999/1000"), 201, "<>", "DONE accepted=" PUBLISH_ID },
      { FETCH ("verdict status"), 200, "tiktok-status-failed",
        "REFUSED frame-rate-check-failed frame_rate_check_failed failed=" PUBLISH_ID },
      { INIT, 200, "tiktok-inbox-init",
        BEGUN ("v_inbox_file~v2.7575800000000000003",
               "https://upload.us.tiktokapis.com/video/"
               "?upload_id=7575800000000000003&upload_token=mockUploadToken0003") },
      { "commit chunk:0 PUT https://upload.us.tiktokapis.com/video/?upload_id=7575800000000000003"
        "&upload_token=mockUploadToken0003 file #Content-Range=bytes 0-999/1000 "
        "file=/r/0.mp4 as (null), (null), video/mp4" } } },
  { "init-unclear",
    1000,
    "privacy=SELF_ONLY",
    { { CREATOR, 200, "tiktok-creator-info-public",
        "DONE secret.creator=1 username=bakkerijlinde" },
      { INIT, 500, "tiktok-error-internal",
        "RETRY 90000 init-unclear internal_error init.unclear=1" },
      { INIT, 200, "tiktok-video-init-url", "RETRY 90000 init-unclear init.unclear=2" },
      { INIT, 504, "<html>", "REFUSED init-unclear init.unclear=3" } } },
};

static void
test_script (gconstpointer data)
{
  const Script *script = data;
  g_autoptr (TestPub) test = video_new (script->bytes, script->options);

  test_run_turns (test, script->turns);
}

/* The init says all that was chosen, and nothing of an inbox draft but its size. */
static void
test_init_body (void)
{
  static const char expected[]
      = "{\"post_info\":{\"title\":\"Rye is back #bread\",\"privacy_level\":\"SELF_ONLY\","
        "\"disable_comment\":false,\"disable_duet\":true,\"disable_stitch\":true,"
        "\"video_cover_timestamp_ms\":1500,\"brand_content_toggle\":false,"
        "\"brand_organic_toggle\":true,\"is_aigc\":true}," SOURCE ("150000000", "32000000", "4");
  g_autoptr (TestPub) test
      = video_new (150000000, "privacy=SELF_ONLY comments=true your-brand=true ai-generated=true "
                              "cover-ms=1500");
  g_autoptr (TestPub) inbox = video_new (1000, "inbox=true comments=true");
  g_autoptr (SmmStep) step = NULL;
  g_autoptr (SmmStep) draft = inbox->platform->next_step (&inbox->pub);
  g_autoptr (SmmStep) status = NULL;

  test_pub_set_facts (test, "secret.creator=1");
  step = test->platform->next_step (&test->pub);
  g_assert_cmpstr (step->request->body_json, ==, expected);
  g_assert_cmpstr (draft->request->body_json, ==, "{" SOURCE ("1000", "1000", "1"));
  test_pub_set_facts (test, "publish_id=p~1 accepted=p~1");
  status = test->platform->next_step (&test->pub);
  g_assert_cmpstr (status->request->body_json, ==, "{\"publish_id\":\"p~1\"}");
  g_assert_cmpuint (status->wait_ms, ==, 3000);
}

/* An address kept in memory is gone after a restart: the upload begins anew, unless it has ended.
 */
static void
test_lost_address (void)
{
  g_autoptr (TestPub) test = video_new (150000000, "privacy=SELF_ONLY");
  g_autoptr (SmmStep) step = NULL;
  g_autoptr (SmmStep) verdict = NULL;

  test_pub_set_facts (test, "publish_id=p offset=64000000");
  step = test->platform->next_step (&test->pub);
  g_assert_cmpstr (step->name, ==, "creator");
  test_pub_set_facts (test, "accepted=p");
  verdict = test->platform->next_step (&test->pub);
  g_assert_cmpint (verdict->kind, ==, SMM_STEP_VERDICT);
}

/* --- Every answer --- */

typedef struct
{
  const char *name, *options, *facts, *step;
  SmmSent sent;
  guint status;
  const char *range; /* Content-Range */
  const char *body;
  const char *outcome;
} Answer;

#define OFFERED(privacy, rest)                                                                     \
  "{\"data\":{\"privacy_level_options\":[" privacy "]" rest "},\"error\":{\"code\":\"ok\"}}"
#define UP "publish_id=p secret.upload_url=" ADDRESS
#define MID UP " offset=32000000"
#define LAST UP " offset=96000000"
#define DONE_UP "publish_id=p accepted=p"
#define PUBLIC "privacy=PUBLIC_TO_EVERYONE"
#define ANSWERED SMM_SENT_ANSWERED
#define AGAIN "RESTART drop=“” 10000 upload-lost"
#define STATUS(fields) "{\"data\":{" fields "},\"error\":{\"code\":\"ok\"}}"
#define FAILED(reason) STATUS ("\"status\":\"FAILED\",\"fail_reason\":\"" reason "\"")
#define ERROR(code) "{\"data\":{},\"error\":{\"code\":\"" code "\",\"message\":\"m\"}}"

static const Answer answers[] = {
  /* Who may post what. */
  { "not-offered", "privacy=FOLLOWER_OF_CREATOR", "", "creator", ANSWERED, 200, NULL,
    "tiktok-creator-info-public", "REFUSED privacy-not-offered" },
  { "only-self", PUBLIC, "", "creator", ANSWERED, 200, NULL, OFFERED ("\"SELF_ONLY\"", ""),
    "REFUSED unaudited-app" },
  { "nothing-offered", PUBLIC, "", "creator", ANSWERED, 200, NULL, OFFERED ("1,null,{}", ""),
    "REFUSED privacy-not-offered" },
  { "no-options", PUBLIC, "", "creator", ANSWERED, 200, NULL, STATUS (""),
    "RETRY no-clear-answer" },
  { "no-stitch", PUBLIC " stitch=true", "", "creator", ANSWERED, 200, NULL,
    "tiktok-creator-info-public", "REFUSED stitch-not-allowed" },
  { "no-duet", "privacy=SELF_ONLY duet=true", "", "creator", ANSWERED, 200, NULL,
    "tiktok-creator-info-private", "REFUSED duet-not-allowed" },
  { "no-comments", "privacy=SELF_ONLY comments=true", "", "creator", ANSWERED, 200, NULL,
    OFFERED ("\"SELF_ONLY\"", ",\"comment_disabled\":true"), "REFUSED comments-not-allowed" },
  { "too-long", "privacy=SELF_ONLY", "", "creator", ANSWERED, 200, NULL,
    OFFERED ("\"SELF_ONLY\"", ",\"max_video_post_duration_sec\":19"), "REFUSED too-long" },
  { "just-short-enough", "privacy=SELF_ONLY", "", "creator", ANSWERED, 200, NULL,
    OFFERED ("\"SELF_ONLY\"", ",\"max_video_post_duration_sec\":20"), "DONE secret.creator=1" },
  { "user-name-is-a-path", "privacy=SELF_ONLY", "", "creator", ANSWERED, 200, NULL,
    OFFERED ("\"SELF_ONLY\"", ",\"creator_username\":\"../x\""), "DONE secret.creator=1" },
  /* Status 200, and all the same no. */
  { "capped", PUBLIC, "", "creator", ANSWERED, 200, NULL, "tiktok-creator-info-capped",
    "LIMITED 3600000 too-many-posts spam_risk_too_many_posts" },
  { "banned", PUBLIC, "", "creator", ANSWERED, 200, NULL,
    ERROR ("spam_risk_user_banned_from_posting"),
    "BLOCKED banned spam_risk_user_banned_from_posting" },
  { "user-cap", PUBLIC, "", "creator", ANSWERED, 200, NULL, "tiktok-video-init-usercap",
    "LIMITED 3600000 user-cap reached_active_user_cap" },
  { "error-is-a-text", PUBLIC, "", "creator", ANSWERED, 200, NULL,
    "{\"data\":{\"privacy_level_options\":[\"PUBLIC_TO_EVERYONE\"]},\"error\":\"ok\"}",
    "RETRY no-clear-answer" },
  { "no-error-at-all", PUBLIC, "", "creator", ANSWERED, 200, NULL,
    "{\"data\":{\"privacy_level_options\":[\"PUBLIC_TO_EVERYONE\"]}}", "DONE secret.creator=1" },
  /* Section 5. */
  { "token", PUBLIC, "", "creator", ANSWERED, 401, NULL, "tiktok-error-token",
    "SIGNED_OUT token-invalid access_token_invalid" },
  { "scope", PUBLIC, "", "creator", ANSWERED, 401, NULL, "tiktok-error-scope",
    "BLOCKED permission scope_not_authorized" },
  { "scope-missed", PUBLIC, "", "creator", ANSWERED, 400, NULL, ERROR ("scope_permission_missed"),
    "BLOCKED permission scope_permission_missed" },
  { "rate", PUBLIC, "", "creator", ANSWERED, 429, NULL, "tiktok-error-rate-limit",
    "LIMITED 60000 limited rate_limit_exceeded" },
  { "rate-without-words", PUBLIC, "", "creator", ANSWERED, 429, NULL, "<>",
    "LIMITED 60000 limited" },
  { "params", PUBLIC, "", "creator", ANSWERED, 400, NULL, "tiktok-error-params",
    "REFUSED refused invalid_params" },
  { "internal", PUBLIC, "", "creator", ANSWERED, 500, NULL, "tiktok-error-internal",
    "RETRY transient internal_error" },
  { "no-way", PUBLIC, "", "creator", SMM_SENT_NOTHING, 0, NULL, "<>", "RETRY no-connection" },
  { "creator-lost", PUBLIC, "", "creator", SMM_SENT_MAYBE, 0, NULL, "<>", "RETRY no-clear-answer" },
  /* Init. */
  { "unaudited", PUBLIC, "secret.creator=1", "init", ANSWERED, 403, NULL,
    "tiktok-video-init-unaudited",
    "REFUSED unaudited-app unaudited_client_can_only_post_to_private_accounts" },
  { "mismatch", PUBLIC, "secret.creator=1", "init", ANSWERED, 403, NULL,
    "tiktok-video-init-privacy", "REFUSED privacy-not-offered privacy_level_option_mismatch" },
  { "param", PUBLIC, "secret.creator=1", "init", ANSWERED, 400, NULL, "tiktok-video-init-param",
    "REFUSED refused invalid_param" },
  { "init-no-way", PUBLIC, "secret.creator=1 init.unclear=2", "init", SMM_SENT_NOTHING, 0, NULL,
    "<>", "RETRY no-connection" },
  { "init-lost", PUBLIC, "secret.creator=1", "init", SMM_SENT_MAYBE, 0, NULL, "<>",
    "RETRY 90000 init-unclear init.unclear=1" },
  { "init-lost-twice", PUBLIC, "secret.creator=1 init.unclear=2", "init", SMM_SENT_MAYBE, 0, NULL,
    "<>", "REFUSED init-unclear init.unclear=3" },
  { "init-id-is-a-path", PUBLIC, "secret.creator=1", "init", ANSWERED, 200, NULL,
    STATUS ("\"publish_id\":\"../x\",\"upload_url\":\"https://a\""),
    "RETRY 90000 init-unclear init.unclear=1" },
  { "init-address-is-a-file", PUBLIC, "secret.creator=1", "init", ANSWERED, 200, NULL,
    STATUS ("\"publish_id\":\"x\",\"upload_url\":\"file:///etc/passwd\""),
    "RETRY 90000 init-unclear init.unclear=1" },
  { "init-address-has-lines", PUBLIC, "secret.creator=1", "init", ANSWERED, 200, NULL,
    STATUS ("\"publish_id\":\"x\",\"upload_url\":\"https://a/\\r\\nX: y\""),
    "RETRY 90000 init-unclear init.unclear=1" },
  /* A part that may be repeated. */
  { "part-expired", PUBLIC, MID, "chunk:1", ANSWERED, 403, NULL, "<>", AGAIN },
  { "part-unknown", PUBLIC, MID, "chunk:1", ANSWERED, 404, NULL, "<>", AGAIN },
  { "part-malformed", PUBLIC, MID, "chunk:1", ANSWERED, 400, NULL, "<>",
    "REFUSED upload-refused 400" },
  { "part-range", PUBLIC, MID, "chunk:1", ANSWERED, 416, "bytes 0-63999999/150000000", "<>",
    "RETRY 2000 range misfits=1 offset=64000000" },
  { "part-range-middle", PUBLIC, MID, "chunk:1", ANSWERED, 416, "bytes 0-9/150000000", "<>",
    "RETRY 2000 range misfits=1 offset=10" },
  { "part-range-of-another", PUBLIC, MID, "chunk:1", ANSWERED, 416, "bytes 0-9/10", "<>",
    "RETRY 2000 range ask=1 misfits=1" },
  { "part-range-nonsense", PUBLIC, MID, "chunk:1", ANSWERED, 416, "bytes 0--1/150000000", "<>",
    "RETRY 2000 range ask=1 misfits=1" },
  { "part-range-none", PUBLIC, MID, "chunk:1", ANSWERED, 416, NULL, "<>",
    "RETRY 2000 range ask=1 misfits=1" },
  { "part-range-forever", PUBLIC, MID " misfits=6", "chunk:1", ANSWERED, 416,
    "bytes 0-31999999/150000000", "<>", AGAIN },
  { "part-500", PUBLIC, MID, "chunk:1", ANSWERED, 500, NULL, "<>", "RETRY no-clear-answer" },
  { "part-lost", PUBLIC, MID, "chunk:1", SMM_SENT_MAYBE, 0, NULL, "<>", "RETRY no-clear-answer" },
  { "part-no-way", PUBLIC, MID, "chunk:1", SMM_SENT_NOTHING, 0, NULL, "<>", "RETRY no-connection" },
  { "part-redirect", PUBLIC, MID, "chunk:1", ANSWERED, 302, NULL, "<>", "RETRY no-clear-answer" },
  /* How far it came. */
  { "asked-middle", PUBLIC, MID " ask=1", "status:upload", ANSWERED, 200, NULL,
    "tiktok-status-uploading", "DONE ask=0 offset=20000000" },
  { "asked-all", PUBLIC, MID " ask=1", "status:upload", ANSWERED, 200, NULL,
    STATUS ("\"status\":\"PROCESSING_UPLOAD\",\"uploaded_bytes\":150000000"),
    "DONE accepted=p ask=0" },
  { "asked-failed", PUBLIC, MID " ask=1", "status:upload", ANSWERED, 200, NULL, FAILED ("internal"),
    "RESTART drop=“” 60000 internal internal" },
  { "asked-in-vain", PUBLIC, MID " ask=1", "status:upload", ANSWERED, 400, NULL,
    "tiktok-status-unknown-id", "RETRY transient invalid_publish_id" },
  /* The last part: the commit. */
  { "commit-not-sent", PUBLIC, LAST, "chunk:3", SMM_SENT_NOTHING, 0, NULL, "<>",
    "RETRY no-connection" },
  { "commit-lost", PUBLIC, LAST, "chunk:3", SMM_SENT_MAYBE, 0, NULL, "<>",
    "UNCLEAR no-clear-answer" },
  { "commit-500", PUBLIC, LAST, "chunk:3", ANSWERED, 500, NULL, "<>", "UNCLEAR no-clear-answer" },
  { "commit-302", PUBLIC, LAST, "chunk:3", ANSWERED, 302, NULL, "<>", "UNCLEAR no-clear-answer" },
  { "commit-400", PUBLIC, LAST, "chunk:3", ANSWERED, 400, NULL, "<>", "UNCLEAR no-clear-answer" },
  { "commit-expired", PUBLIC, LAST, "chunk:3", ANSWERED, 403, NULL, "<>", AGAIN },
  { "commit-unknown", PUBLIC, LAST, "chunk:3", ANSWERED, 404, NULL, "<>", AGAIN },
  { "commit-not-all", PUBLIC, LAST, "chunk:3", ANSWERED, 206, "bytes 0-95999999/150000000", "<>",
    "RETRY 2000 range misfits=1 offset=96000000" },
  { "commit-206-without-words", PUBLIC, LAST, "chunk:3", ANSWERED, 206, NULL, "<>",
    "UNCLEAR no-clear-answer" },
  { "commit-was-there", PUBLIC, LAST, "chunk:3", ANSWERED, 416, "bytes 0-149999999/150000000", "<>",
    "DONE accepted=p" },
  { "commit-range", PUBLIC, LAST, "chunk:3", ANSWERED, 416, "bytes 0-31999999/150000000", "<>",
    "RETRY 2000 range misfits=1 offset=32000000" },
  { "commit-range-none", PUBLIC, LAST, "chunk:3", ANSWERED, 416, NULL, "<>",
    "UNCLEAR no-clear-answer" },
  /* The verdict. */
  { "inbox-unasked", PUBLIC, DONE_UP, "status", ANSWERED, 200, NULL, "tiktok-status-inbox",
    "REFUSED sent-to-inbox" },
  { "bare-number", PUBLIC, DONE_UP, "status", ANSWERED, 200, NULL,
    STATUS ("\"status\":\"PUBLISH_COMPLETE\",\"publicaly_available_post_id\":7575812345678901235"),
    "DONE permalink=https://www.tiktok.com/@bakkerijlinde/video/7575812345678901235 "
    "remote_id=7575812345678901235" },
  { "text-in-a-list", PUBLIC, DONE_UP, "status", ANSWERED, 200, NULL,
    STATUS ("\"status\":\"PUBLISH_COMPLETE\",\"publicaly_available_post_id\":[\"" POST_ID "\"]"),
    "DONE " LINK " remote_id=" POST_ID },
  { "bare-text", PUBLIC, DONE_UP, "status", ANSWERED, 200, NULL,
    STATUS ("\"status\":\"PUBLISH_COMPLETE\",\"publicaly_available_post_id\":\"" POST_ID "\""),
    "DONE " LINK " remote_id=" POST_ID },
  { "id-is-a-path", PUBLIC, DONE_UP, "status", ANSWERED, 200, NULL,
    STATUS ("\"status\":\"PUBLISH_COMPLETE\",\"publicaly_available_post_id\":[\"1/../2\"]"),
    "DONE remote_id=p" },
  { "id-is-a-fraction", PUBLIC, DONE_UP, "status", ANSWERED, 200, NULL,
    STATUS ("\"status\":\"PUBLISH_COMPLETE\",\"publicaly_available_post_id\":[7.5e18]"),
    "DONE remote_id=p" },
  { "internal-verdict", PUBLIC, DONE_UP, "status", ANSWERED, 200, NULL, FAILED ("internal"),
    "RESTART drop=“” 60000 internal internal" },
  { "auth-removed", PUBLIC, DONE_UP, "status", ANSWERED, 200, NULL, FAILED ("auth_removed"),
    "REFUSED auth-removed auth_removed failed=p" },
  { "tomorrow", PUBLIC, DONE_UP, "status", ANSWERED, 200, NULL, FAILED ("spam_risk_too_many_posts"),
    "REFUSED spam-risk-too-many-posts spam_risk_too_many_posts failed=p" },
  { "new-reason", PUBLIC, DONE_UP, "status", ANSWERED, 200, NULL, FAILED ("moon_phase"),
    "REFUSED moon-phase moon_phase failed=p" },
  { "no-reason", PUBLIC, DONE_UP, "status", ANSWERED, 200, NULL, STATUS ("\"status\":\"FAILED\""),
    "REFUSED unknown unknown failed=p" },
  /* What is refused here says nothing about the post. */
  { "verdict-unknown-id", PUBLIC, DONE_UP, "status", ANSWERED, 400, NULL,
    "tiktok-status-unknown-id", "RETRY transient invalid_publish_id" },
  { "verdict-no-status", PUBLIC, DONE_UP, "status", ANSWERED, 200, NULL, STATUS (""),
    "RETRY no-clear-answer" },
  { "verdict-token", PUBLIC, DONE_UP, "status", ANSWERED, 401, NULL, "tiktok-error-token",
    "SIGNED_OUT token-invalid access_token_invalid" },
  { "verdict-lost", PUBLIC, DONE_UP, "status", SMM_SENT_MAYBE, 0, NULL, "<>",
    "RETRY no-clear-answer" },
  { "verdict-status-of-an-error", PUBLIC, DONE_UP, "status", ANSWERED, 500, NULL,
    "tiktok-status-failed", "RETRY no-clear-answer" },
  { "verdict-long", PUBLIC, DONE_UP " polls=119", "status", ANSWERED, 200, NULL,
    "tiktok-status-downloading", "WAIT 15000 polls=120" },
  { "verdict-longer", PUBLIC, DONE_UP " polls=120", "status", ANSWERED, 200, NULL,
    "tiktok-status-downloading", "WAIT 60000 polls=121" },
  { "verdict-bytes-missing", PUBLIC, DONE_UP " polls=179", "status", ANSWERED, 200, NULL,
    "tiktok-status-uploading", "WAIT 60000 polls=180" },
  { "verdict-bytes-lost", PUBLIC, DONE_UP " polls=180", "status", ANSWERED, 200, NULL,
    "tiktok-status-uploading", "RESTART drop=“” upload-lost" },
};

static void
test_answer_row (gconstpointer data)
{
  const Answer *row = data;
  g_autoptr (TestPub) test = video_new (150000000, row->options);
  g_autofree char *text = test_answer_body (row->body);
  g_autoptr (GBytes) body = g_bytes_new (text, strlen (text));
  g_autoptr (SmmResponse) response = smm_response_new (row->sent, row->status, body);
  g_autoptr (SmmStep) step = NULL;
  g_autoptr (SmmOutcome) outcome = NULL;
  g_autofree char *made = NULL;

  test_pub_set_facts (test, row->facts);
  if (row->range != NULL)
    g_hash_table_insert (response->headers, g_strdup ("content-range"), g_strdup (row->range));
  step = test->platform->next_step (&test->pub);
  g_assert_cmpstr (step->name, ==, row->step);
  outcome = test->platform->apply (&test->pub, step, response);
  made = test_describe_outcome (outcome);
  g_assert_cmpstr (made, ==, row->outcome);
  if (outcome->kind != SMM_OUTCOME_DONE && outcome->kind != SMM_OUTCOME_WAIT)
    g_assert_true (outcome->message != NULL && *outcome->message != '\0');
}

/* --- Looks: was the last part taken? --- */

static const struct
{
  const char *name, *options;
  guint status;
  const char *body, *found;
} looks[] = {
  { "bytes-missing", PUBLIC, 200, "tiktok-status-uploading", "NOT_PUBLISHED offset=20000000" },
  { "all-bytes", PUBLIC, 200,
    STATUS ("\"status\":\"PROCESSING_UPLOAD\",\"uploaded_bytes\":150000000"),
    "ACCEPTED accepted=p" },
  { "no-count", PUBLIC, 200, STATUS ("\"status\":\"PROCESSING_UPLOAD\""), "UNKNOWN" },
  { "processing", PUBLIC, 200, "tiktok-status-downloading", "ACCEPTED accepted=p" },
  { "new-word", PUBLIC, 200, STATUS ("\"status\":\"X\""), "ACCEPTED accepted=p" },
  { "complete", PUBLIC, 200, "tiktok-status-complete", "PUBLISHED " LINK " remote_id=" POST_ID },
  { "complete-private", "privacy=SELF_ONLY", 200, "tiktok-status-complete-private",
    "PUBLISHED " PROFILE " remote_id=p" },
  { "inbox", "inbox=true", 200, "tiktok-status-inbox", "PUBLISHED " PROFILE " remote_id=p" },
  { "inbox-unasked", PUBLIC, 200, "tiktok-status-inbox", "REFUSED" },
  { "failed", PUBLIC, 200, "tiktok-status-failed", "REFUSED failed=p" },
  { "failed-internal", PUBLIC, 200, FAILED ("internal"), "ACCEPTED accepted=p" },
  { "unknown-id", PUBLIC, 400, "tiktok-status-unknown-id", "UNKNOWN" },
  { "token", PUBLIC, 401, "tiktok-error-token", "UNKNOWN signed-out" },
  { "rate", PUBLIC, 429, "tiktok-error-rate-limit", "UNKNOWN 60000" },
  { "error", PUBLIC, 500, "tiktok-status-complete", "UNKNOWN" },
};

static void
test_looks (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (looks); i++)
    {
      g_autoptr (TestPub) test = video_new (150000000, looks[i].options);
      g_autofree char *text = test_answer_body (looks[i].body);
      g_autoptr (SmmResponse) response = test_answer (looks[i].status, text);
      g_autoptr (SmmRequest) request = NULL;
      g_autoptr (SmmReconcile) found = NULL;
      g_autofree char *made = NULL;

      test_pub_set_facts (test, LAST);
      g_hash_table_insert (test->pub.facts, g_strdup ("publish_id"), g_strdup ("p"));
      /* A look needs no pictures. */
      if (i % 2 == 0)
        {
          g_ptr_array_set_size (test->pub.renditions, 0);
        }
      request = test->platform->next_look (&test->pub, 1);
      g_assert_cmpstr (request->body_json, ==, "{\"publish_id\":\"p\"}");
      found = test->platform->apply_look (&test->pub, 1, response);
      made = test_describe_reconcile (found);
      g_assert_cmpstr (made, ==, looks[i].found);
    }
}

static void
test_look_without_id (void)
{
  g_autoptr (TestPub) test = video_new (1000, PUBLIC);
  g_autoptr (SmmRequest) request = test->platform->next_look (&test->pub, 1);
  g_autofree char *body = test_fixture ("tiktok-user-info");
  g_autoptr (SmmResponse) response = test_answer (200, body);
  g_autoptr (SmmReconcile) found = test->platform->apply_look (&test->pub, 1, response);

  g_assert_nonnull (request);
  g_assert_cmpint (found->kind, ==, SMM_RECONCILE_UNKNOWN);
}

/* --- Before anything is sent --- */

static const struct
{
  const char *name, *options, *problems; /* codes; in brackets: a warning */
  SmmPostKind kind;
  const char *text, *mime, *container, *codec;
  int width, height;
  double rate;
  gint64 seconds, bytes;
  guint n_media;
} posts[] = {
  { "fine", "privacy=SELF_ONLY", "", 0, "", "", "", "", 0, 0, 0, 0, 0, 0 },
  { "reel", "privacy=SELF_ONLY", "", SMM_POST_KIND_REEL, "", "", "", "", 0, 0, 0, 0, 0, 0 },
  { "story", "privacy=SELF_ONLY", "kind-unsupported ", SMM_POST_KIND_STORY, "", "", "", "", 0, 0, 0,
    0, 0, 0 },
  { "no-privacy", "", "privacy-missing ", 0, "", "", "", "", 0, 0, 0, 0, 0, 0 },
  { "odd-privacy", "privacy=PUBLIC", "privacy-unknown ", 0, "", "", "", "", 0, 0, 0, 0, 0, 0 },
  { "branded-private", "privacy=SELF_ONLY branded-content=true",
    "branded-private (commercial-label) ", 0, "", "", "", "", 0, 0, 0, 0, 0, 0 },
  { "branded-public", "privacy=PUBLIC_TO_EVERYONE branded-content=true your-brand=true",
    "(commercial-label) ", 0, "", "", "", "", 0, 0, 0, 0, 0, 0 },
  { "own-brand-private", "privacy=SELF_ONLY your-brand=true", "(commercial-label) ", 0, "", "", "",
    "", 0, 0, 0, 0, 0, 0 },
  { "switch-says-neither", "privacy=SELF_ONLY branded-content=yes", "option-value ", 0, "", "", "",
    "", 0, 0, 0, 0, 0, 0 },
  { "inbox", "inbox=true", "(inbox-without-text) ", 0, "", "", "", "", 0, 0, 0, 0, 0, 0 },
  { "picture", "privacy=SELF_ONLY", "photos-need-web-address ", 0, "", "image/jpeg", "", "", 0, 0,
    0, 0, 0, 0 },
  { "nothing", "privacy=SELF_ONLY", "media-missing ", 0, "", "", "", "", 0, 0, 0, 0, 0, -1 },
  { "two", "privacy=SELF_ONLY", "too-many-media ", 0, "", "", "", "", 0, 0, 0, 0, 0, 2 },
  { "matroska", "privacy=SELF_ONLY", "container-unsupported ", 0, "", "video/x-matroska",
    "matroska", "", 0, 0, 0, 0, 0, 0 },
  { "av1", "privacy=SELF_ONLY", "codec-unsupported ", 0, "", "", "", "av1", 0, 0, 0, 0, 0, 0 },
  { "ten-minutes", "privacy=SELF_ONLY", "", 0, "", "", "", "", 0, 0, 0, 600, 0, 0 },
  { "longer", "privacy=SELF_ONLY", "too-long ", 0, "", "", "", "", 0, 0, 0, 601, 0, 0 },
  { "narrow", "privacy=SELF_ONLY", "picture-size ", 0, "", "", "", "", 359, 640, 0, 0, 0, 0 },
  { "small-enough", "privacy=SELF_ONLY", "", 0, "", "", "", "", 360, 4096, 0, 0, 0, 0 },
  { "wide", "privacy=SELF_ONLY", "picture-size ", 0, "", "", "", "", 4097, 640, 0, 0, 0, 0 },
  { "slow", "privacy=SELF_ONLY", "frame-rate ", 0, "", "", "", "", 0, 0, 22.9, 0, 0, 0 },
  { "film", "privacy=SELF_ONLY", "", 0, "", "", "", "", 0, 0, 23.976, 0, 0, 0 },
  { "sixty", "privacy=SELF_ONLY", "", 0, "", "", "", "", 0, 0, 60, 0, 0, 0 },
  { "fast", "privacy=SELF_ONLY", "frame-rate ", 0, "", "", "", "", 0, 0, 61, 0, 0, 0 },
  { "four-gigabytes", "privacy=SELF_ONLY", "", 0, "", "", "", "", 0, 0, 0, 0,
    G_GINT64_CONSTANT (4294967296), 0 },
  { "more", "privacy=SELF_ONLY", "file-too-large ", 0, "", "", "", "", 0, 0, 0, 0,
    G_GINT64_CONSTANT (4294967297), 0 },
  { "cover", "privacy=SELF_ONLY cover-ms=20000", "", 0, "", "", "", "", 0, 0, 0, 0, 0, 0 },
  { "cover-late", "privacy=SELF_ONLY cover-ms=20001", "cover-outside ", 0, "", "", "", "", 0, 0, 0,
    0, 0, 0 },
  { "cover-word", "privacy=SELF_ONLY cover-ms=-1", "cover-outside ", 0, "", "", "", "", 0, 0, 0, 0,
    0, 0 },
};

static char *
list_problems (const SmmPlatform *platform, SmmPost *post, SmmAccount *account)
{
  g_autoptr (GPtrArray) problems = platform->validate (post, account);
  GString *codes = g_string_new (NULL);

  for (guint i = 0; i < problems->len; i++)
    {
      SmmProblem *problem = problems->pdata[i];

      g_assert_nonnull (problem->message);
      g_string_append_printf (codes, problem->fatal ? "%s " : "(%s) ", problem->code);
    }
  return g_string_free (codes, FALSE);
}

static void
replace_text (char **text, const char *with)
{
  if (*with == '\0')
    return;
  g_free (*text);
  *text = g_strdup (with);
}

static void
test_validate (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (posts); i++)
    {
      g_autoptr (TestPub) test = video_new (1000, posts[i].options);
      SmmPost *post = test->pub.post;
      SmmMedia *media = post->media->pdata[0];
      g_autofree char *made = NULL;

      if (posts[i].kind != 0)
        post->kind = posts[i].kind;
      replace_text (&media->mime, posts[i].mime);
      replace_text (&media->container, posts[i].container);
      replace_text (&media->video_codec, posts[i].codec);
      media->width = posts[i].width > 0 ? posts[i].width : media->width;
      media->height = posts[i].height > 0 ? posts[i].height : media->height;
      media->frame_rate = posts[i].rate > 0 ? posts[i].rate : media->frame_rate;
      media->bytes = posts[i].bytes > 0 ? posts[i].bytes : media->bytes;
      if (posts[i].seconds > 0)
        media->duration = posts[i].seconds * G_USEC_PER_SEC;
      if (posts[i].n_media == 2)
        g_ptr_array_add (post->media, g_object_ref (media));
      else if (posts[i].n_media == (guint)-1)
        g_ptr_array_set_size (post->media, 0);
      made = list_problems (test->platform, post, test->pub.account);
      g_assert_cmpstr (made, ==, posts[i].problems);
    }
}

/* UTF-16 units: a loaf outside the basic plane counts twice. */
static void
test_caption (void)
{
  for (guint n = 1099; n <= 1101; n++)
    {
      g_autoptr (TestPub) test = video_new (1000, "privacy=SELF_ONLY");
      g_autoptr (GString) text = g_string_new (NULL);
      g_autofree char *made = NULL;

      for (guint i = 0; i < n; i++)
        g_string_append (text, "🥖");
      replace_text (&test->pub.post->text, text->str);
      made = list_problems (test->platform, test->pub.post, NULL);
      g_assert_cmpstr (made, ==, n > 1100 ? "caption-too-long " : "");
    }
}

/* What was unticked in the sign-in is said before, not by a failed post. */
static void
test_scopes (void)
{
  static const char *const scopes[]
      = { "user.info.basic video.upload", "user.info.basic video.publish", NULL };

  for (guint i = 0; scopes[i] != NULL; i++)
    {
      g_autoptr (TestPub) direct = video_new (1000, "privacy=SELF_ONLY");
      g_autoptr (TestPub) inbox = video_new (1000, "inbox=true");
      g_autofree char *made_direct = NULL;
      g_autofree char *made_inbox = NULL;

      direct->pub.account->scopes = g_strdup (scopes[i]);
      inbox->pub.account->scopes = g_strdup (scopes[i]);
      made_direct = list_problems (direct->platform, direct->pub.post, direct->pub.account);
      made_inbox = list_problems (inbox->platform, inbox->pub.post, inbox->pub.account);
      g_assert_cmpstr (made_direct, ==, i == 0 ? "permission-missing " : "");
      g_assert_cmpstr (made_inbox, ==,
                       i == 0 ? "(inbox-without-text) "
                              : "(inbox-without-text) permission-missing ");
    }
}

/* --- Sign-in --- */

static void
test_authorize (void)
{
  const SmmPlatform *platform = smm_platform_get (SMM_PLATFORM_TIKTOK);
  g_autoptr (SmmRequest) request
      = platform->authorize ("key", "http://127.0.0.1:1/callback/", "st", "ch", FALSE);
  g_autofree char *made = test_describe_request (request);

  g_assert_cmpint (request->endpoint, ==, SMM_ENDPOINT_TIKTOK_AUTHORIZE);
  g_assert_nonnull (strstr (made, "/v2/auth/authorize/ none"));
  g_assert_nonnull (
      strstr (made, " ?client_key=key ?response_type=code "
                    "?scope=user.info.basic,user.info.profile,video.publish,video.upload "
                    "?redirect_uri=http://127.0.0.1:1/callback/ ?state=st ?code_challenge=ch "
                    "?code_challenge_method=S256"));
  g_assert_true (platform->hex_challenge);
  g_assert_cmpstr (platform->redirect_host, ==, "127.0.0.1");
  g_assert_cmpstr (platform->redirect_path, ==, "/callback/");
}

typedef struct
{
  SmmGrant *grant;
  GHashTable *progress;
} SignIn;

static void
sign_in_clear (SignIn *self)
{
  smm_grant_free (self->grant);
  g_hash_table_unref (self->progress);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SignIn, sign_in_clear)

static SignIn
sign_in_new (void)
{
  return (SignIn){ smm_grant_new (),
                   g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free) };
}

/* What is asked next, or "end". */
static char *
ask (SignIn *self)
{
  g_autoptr (SmmRequest) request
      = smm_platform_get (SMM_PLATFORM_TIKTOK)
            ->next_sign_in (self->grant, self->progress, "key", "s3cret",
                            "http://127.0.0.1:1/callback/", "c*0!1", "ver");

  return request != NULL ? test_describe_request (request) : g_strdup ("end");
}

/* The error's code, or -1. */
static int
tell (SignIn *self, guint status, const char *fixture)
{
  g_autofree char *body = test_answer_body (fixture);
  g_autoptr (SmmResponse) response = test_answer (status, body);
  g_autoptr (GError) error = NULL;
  gboolean taken = smm_platform_get (SMM_PLATFORM_TIKTOK)
                       ->apply_sign_in (self->grant, self->progress, response, &error);

  g_assert_true (taken == (error == NULL));
  return error != NULL ? error->code : -1;
}

static void
test_sign_in (void)
{
  g_auto (SignIn) self = sign_in_new ();
  g_autofree char *first = ask (&self);
  g_autofree char *second = NULL;
  g_autofree char *end = NULL;
  SmmCandidate *candidate;

  g_assert_cmpstr (first, ==,
                   "POST /v2/oauth/token/ form client_key=key client_secret=s3cret (secret) "
                   "code=c*0!1 (secret) grant_type=authorization_code "
                   "redirect_uri=http://127.0.0.1:1/callback/ code_verifier=ver (secret)");
  g_assert_cmpint (tell (&self, 200, "tiktok-token"), ==, -1);
  second = ask (&self);
  g_assert_cmpstr (second, ==,
                   "GET /v2/user/info/ none fields=open_id,avatar_url,display_name,username "
                   "#Authorization=Bearer act.Zk3vMockAccessToken0001!4812.e1 (secret)");
  g_assert_cmpint (tell (&self, 200, "tiktok-user-info"), ==, -1);
  end = ask (&self);
  g_assert_cmpstr (end, ==, "end");
  g_assert_cmpuint (self.grant->candidates->len, ==, 1);
  candidate = self.grant->candidates->pdata[0];
  g_assert_cmpstr (candidate->remote_id, ==, OPEN_ID);
  g_assert_cmpstr (candidate->name, ==, "Bakkerij Linde");
  g_assert_cmpstr (candidate->username, ==, "bakkerijlinde");
  g_assert_cmpstr (candidate->refresh_token, ==, "rft.Qw8nMockRefreshToken0001!5211.e1");
  g_assert_cmpint (candidate->token_expires_in, ==, 7200);
  g_assert_cmpint (candidate->refresh_expires_in, ==, 15552000);
  g_assert_null (candidate->problem);
  g_assert_null (candidate->note);
  g_assert_cmpstr (self.grant->person_id, ==, OPEN_ID);
  g_assert_null (self.grant->person_token);
  g_assert_true (g_str_has_suffix (self.grant->scopes, "video.upload video.publish"));
}

/* Without the scope the user name is not asked for: a field too many may be an error. */
static void
test_partial_grant (void)
{
  static const char token[] = "{\"access_token\":\"act.1\",\"open_id\":\"" OPEN_ID
                              "\",\"scope\":\"user.info.basic,video.upload\"}";
  g_auto (SignIn) self = sign_in_new ();
  g_autofree char *second = NULL;
  SmmCandidate *candidate;

  g_assert_cmpint (tell (&self, 200, token), ==, -1);
  second = ask (&self);
  g_assert_nonnull (strstr (second, "fields=open_id,avatar_url,display_name #"));
  g_assert_cmpint (tell (&self, 200, "tiktok-user-info-basic"), ==, -1);
  candidate = self.grant->candidates->pdata[0];
  g_assert_null (candidate->username);
  g_assert_null (candidate->problem);
  g_assert_nonnull (strstr (candidate->note, "inbox"));
  g_assert_nonnull (strstr (candidate->note, "user name"));
}

static const struct
{
  const char *before; /* NULL: the code's turn */
  guint status;
  const char *body;
  SmmPlatformError error;
} broken[] = {
  { NULL, 400, "tiktok-token-error-code", SMM_PLATFORM_ERROR_REFUSED },
  { NULL, 200, "tiktok-token-error-pkce", SMM_PLATFORM_ERROR_REFUSED },
  { NULL, 200, "tiktok-token-24h", SMM_PLATFORM_ERROR_DENIED },
  { NULL, 200, "<html>", SMM_PLATFORM_ERROR_ANSWER },
  { NULL, 200, "{}", SMM_PLATFORM_ERROR_ANSWER },
  { NULL, 500, "tiktok-token", SMM_PLATFORM_ERROR_ANSWER },
  { NULL, 200, "{\"access_token\":\"a\\r\\nb\",\"open_id\":\"x\",\"scope\":\"video.publish\"}",
    SMM_PLATFORM_ERROR_ANSWER },
  { NULL, 200, "{\"access_token\":\"a\",\"open_id\":\"../x\",\"scope\":\"video.publish\"}",
    SMM_PLATFORM_ERROR_ANSWER },
  { "tiktok-token", 401, "tiktok-error-scope", SMM_PLATFORM_ERROR_REFUSED },
  { "tiktok-token", 200, "{\"data\":{\"user\":{\"open_id\":\"another\"}}}",
    SMM_PLATFORM_ERROR_ANSWER },
  { "tiktok-token", 200, "{}", SMM_PLATFORM_ERROR_ANSWER },
};

static void
test_broken_sign_in (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (broken); i++)
    {
      g_auto (SignIn) self = sign_in_new ();

      if (broken[i].before != NULL)
        g_assert_cmpint (tell (&self, 200, broken[i].before), ==, -1);
      g_assert_cmpint (tell (&self, broken[i].status, broken[i].body), ==, broken[i].error);
    }
}

/* --- Refresh --- */

#define NOW (G_GINT64_CONSTANT (1795425300) * G_USEC_PER_SEC)

static const struct
{
  const char *name;
  guint status;
  const char *body;
  int error; /* -1: taken */
  const char *tokens;
} refreshes[] = {
  { "rotated", 200, "tiktok-token-refreshed", -1,
    "act.Zk3vMockAccessToken0003!4812.e1 rft.Qw8nMockRefreshToken0003!5211.e1 7200 15540113" },
  { "keeps-what-is-missing", 200, "{\"access_token\":\"act.2\",\"expires_in\":60}", -1,
    "act.2 rft.1 60 9" },
  { "no-expiry", 200, "{\"access_token\":\"act.2\"}", -1, "act.2 rft.1 0 9" },
  /* "error":{"code":"ok"} is no error: the type decides. */
  { "error-is-an-object", 200, "{\"access_token\":\"act.2\",\"error\":{\"code\":\"ok\"}}", -1,
    "act.2 rft.1 0 9" },
  { "denied", 400, "tiktok-token-error-refresh", SMM_PLATFORM_ERROR_DENIED, "act.1 rft.1 5 9" },
  { "denied-with-200", 200, "tiktok-token-error-refresh", SMM_PLATFORM_ERROR_DENIED,
    "act.1 rft.1 5 9" },
  { "denied-in-other-words", 400,
    "{\"error\":\"invalid_request\",\"error_description\":\"Refresh token is invalid.\"}",
    SMM_PLATFORM_ERROR_DENIED, "act.1 rft.1 5 9" },
  { "app-keys", 401, "{\"error\":\"invalid_client\",\"error_description\":\"x\"}",
    SMM_PLATFORM_ERROR_REFUSED, "act.1 rft.1 5 9" },
  { "server", 500, "{\"error\":\"server_error\"}", SMM_PLATFORM_ERROR_ANSWER, "act.1 rft.1 5 9" },
  { "cut", 200, "{\"access_token\":\"act.2\"", SMM_PLATFORM_ERROR_ANSWER, "act.1 rft.1 5 9" },
  { "lying-500", 500, "tiktok-token-refreshed", SMM_PLATFORM_ERROR_ANSWER, "act.1 rft.1 5 9" },
  { "another-account", 200, "{\"access_token\":\"act.2\",\"open_id\":\"x\"}",
    SMM_PLATFORM_ERROR_DENIED, "act.1 rft.1 5 9" },
};

static void
test_refresh (void)
{
  const SmmPlatform *platform = smm_platform_get (SMM_PLATFORM_TIKTOK);

  for (guint i = 0; i < G_N_ELEMENTS (refreshes); i++)
    {
      g_autoptr (TestPub) test = video_new (1000, "");
      SmmTokens tokens = { .account = g_strdup ("act.1"),
                           .refresh = g_strdup ("rft.1"),
                           .expires_at = NOW + 5 * G_USEC_PER_SEC,
                           .refresh_expires_at = NOW + 9 * G_USEC_PER_SEC };
      g_autoptr (SmmRequest) request
          = platform->refresh (test->pub.account, &tokens, "key", "s3cret");
      g_autofree char *asked = test_describe_request (request);
      g_autofree char *body = test_answer_body (refreshes[i].body);
      g_autoptr (SmmResponse) response = test_answer (refreshes[i].status, body);
      g_autoptr (GError) error = NULL;
      g_autofree char *made = NULL;

      g_assert_cmpstr (asked, ==,
                       "POST /v2/oauth/token/ form client_key=key client_secret=s3cret (secret) "
                       "grant_type=refresh_token refresh_token=rft.1 (secret)");
      platform->apply_refresh (test->pub.account, &tokens, response, NOW, &error);
      g_assert_cmpint (error != NULL ? error->code : -1, ==, refreshes[i].error);
      made = g_strdup_printf (
          "%s %s %" G_GINT64_FORMAT " %" G_GINT64_FORMAT, tokens.account, tokens.refresh,
          tokens.expires_at > 0 ? (tokens.expires_at - NOW) / G_USEC_PER_SEC : 0,
          (tokens.refresh_expires_at - NOW) / G_USEC_PER_SEC);
      g_assert_cmpstr (made, ==, refreshes[i].tokens);
      smm_tokens_clear (&tokens);
    }
}

static void
test_check_and_revoke (void)
{
  static const struct
  {
    gboolean revoke;
    guint status;
    const char *body, *outcome;
  } rows[] = {
    { FALSE, 200, "tiktok-user-info-basic", "DONE" },
    { FALSE, 401, "tiktok-error-token", "SIGNED_OUT token-invalid access_token_invalid" },
    { FALSE, 401, "tiktok-error-scope", "BLOCKED permission scope_not_authorized" },
    { FALSE, 200, "{\"data\":{\"user\":{\"open_id\":\"x\"}}}", "RETRY no-clear-answer" },
    { TRUE, 200, "tiktok-revoke-ok", "DONE" },
    { TRUE, 200, "", "DONE" },
    { TRUE, 200, "{\"error\":{\"code\":\"ok\"}}", "DONE" },
    { TRUE, 200, "{\"error\":\"invalid_request\"}", "RETRY not-revoked" },
    { TRUE, 500, "{}", "RETRY not-revoked" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (TestPub) test = video_new (1000, "");
      g_autofree char *body
          = *rows[i].body != '\0' ? test_answer_body (rows[i].body) : g_strdup ("");
      g_autoptr (SmmResponse) response = test_answer (rows[i].status, body);
      g_autoptr (SmmOutcome) outcome
          = rows[i].revoke ? test->platform->apply_revoke (test->pub.account, response)
                           : test->platform->apply_check (test->pub.account, response);
      g_autofree char *made = test_describe_outcome (outcome);

      g_assert_cmpstr (made, ==, rows[i].outcome);
    }
}

static void
test_budgets (void)
{
  const SmmBudget *budgets = smm_platform_get (SMM_PLATFORM_TIKTOK)->budgets;
  g_autoptr (GString) made = g_string_new (NULL);

  for (; budgets->step != NULL; budgets++)
    g_string_append_printf (made, "%s %u/%u ", budgets->step, budgets->n, budgets->seconds);
  g_assert_cmpstr (made->str, ==, "init 6/60 init 15/86400 creator 20/60 status 30/60 ");
  g_assert_cmpuint (budgets->n, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/tiktok/plan", test_plan);
  for (guint i = 0; i < G_N_ELEMENTS (scripts); i++)
    {
      g_autofree char *name = g_strconcat ("/tiktok/way/", scripts[i].name, NULL);

      g_test_add_data_func (name, &scripts[i], test_script);
    }
  g_test_add_func ("/tiktok/init-body", test_init_body);
  g_test_add_func ("/tiktok/lost-address", test_lost_address);
  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_autofree char *name = g_strconcat ("/tiktok/answer/", answers[i].name, NULL);

      g_test_add_data_func (name, &answers[i], test_answer_row);
    }
  g_test_add_func ("/tiktok/looks", test_looks);
  g_test_add_func ("/tiktok/look-without-id", test_look_without_id);
  g_test_add_func ("/tiktok/validate", test_validate);
  g_test_add_func ("/tiktok/caption", test_caption);
  g_test_add_func ("/tiktok/scopes", test_scopes);
  g_test_add_func ("/tiktok/authorize", test_authorize);
  g_test_add_func ("/tiktok/sign-in", test_sign_in);
  g_test_add_func ("/tiktok/partial-grant", test_partial_grant);
  g_test_add_func ("/tiktok/broken-sign-in", test_broken_sign_in);
  g_test_add_func ("/tiktok/refresh", test_refresh);
  g_test_add_func ("/tiktok/check-and-revoke", test_check_and_revoke);
  g_test_add_func ("/tiktok/budgets", test_budgets);
  return g_test_run ();
}

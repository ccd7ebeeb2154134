/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What Facebook publishes at a time, "you posted that already", first comments, and removal. */

#include "config.h"

#include "smm-test-platform.h"

#include <string.h>

#define POST_ID PAGE_ID "_122109876543210987"
#define MISSING "error-100-33-object-missing-or-no-access"
/* 2026-12-01T08:00:00Z */
#define SCHEDULE G_GINT64_CONSTANT (1796112000)
#define FEED "POST /v26.0/" PAGE_ID "/feed form ?fields=id,permalink_url,created_time,is_published"
#define LATER "published=false scheduled_publish_time=1796112000 unpublished_content_type=SCHEDULED"
#define SCHEDULED                                                                                  \
  "verdict scheduled GET /v26.0/" POST_ID " none "                                                 \
  "fields=id,is_published,permalink_url,created_time"
#define SCHEDULED_PERSON                                                                           \
  "verdict scheduled GET /v26.0/" POST_ID                                                          \
  " none person fields=id,is_published,permalink_url,created_time"
#define SCHEDULED_VIDEO                                                                            \
  "verdict scheduled GET /v26.0/77 none "                                                          \
  "fields=status,published,post_id,permalink_url,created_time"
#define HANDED "remote_id=" POST_ID " handed_over=1796112000"

typedef struct
{
  const char *name;
  SmmPostKind kind;
  const char *media, *facts;
  TestTurn turns[8];
} Script;

static const Script scripts[] = {
  { "text",
    SMM_POST_KIND_FEED,
    "",
    "",
    { { "commit feed " FEED " message=Rye! " LATER, 200,
        "{\"id\":\"" POST_ID "\",\"is_published\":false,\"permalink_url\":\"https://f/1\","
        "\"created_time\":\"2026-11-23T09:15:02+0000\"}",
        "DONE handed_over=1796112000 remote_id=" POST_ID },
      { SCHEDULED, 200, "page-post-node-scheduled", "WAIT 60000" },
      { SCHEDULED, 200,
        "{\"id\":\"" POST_ID "\",\"is_published\":true,\"permalink_url\":\"https://f/1\","
        "\"created_time\":\"2026-11-23T09:15:02+0000\"}",
        "DONE permalink=https://f/1 public=1 published_at=1796112000000000" },
      { "end" } } },
  /* One developer's posts went public at once, in spite of published=false. */
  { "public-at-once",
    SMM_POST_KIND_FEED,
    "",
    "",
    { { "commit feed " FEED " message=Rye! " LATER, 200, "page-feed-post-created-read-after-write",
        "DONE permalink=https://www.facebook.com/122100000000000001/posts/122109876543210987 "
        "published_at=1795425302000000 remote_id=" POST_ID },
      { "end" } } },
  { "photo",
    SMM_POST_KIND_FEED,
    "p",
    "",
    { { "prepare photo:0 POST /v26.0/" PAGE_ID "/photos multipart published=false temporary=true "
        "alt_text_custom=A loaf file=/r/0.jpg as source, photo.jpg, image/jpeg",
        200, "page-photo-unpublished", "DONE photo:0=122109876500000012" },
      { "commit feed " FEED
        " message=Rye! attached_media[0]={\"media_fbid\":\"122109876500000012\"} " LATER,
        200, "page-feed-post-created", "DONE handed_over=1796112000 remote_id=" POST_ID } } },
  { "video",
    SMM_POST_KIND_FEED,
    "v",
    "video=77 session=78 upload=1",
    { { "commit video-finish POST /v26.0/" PAGE_ID "/videos form endpoint=1 upload_phase=finish "
        "upload_session_id=78 " LATER " description=Rye!",
        200, "page-video-upload-finish", "DONE handed_over=1796112000 remote_id=77" },
      { SCHEDULED_VIDEO, 200, "page-video-status-ready-unpublished", "WAIT 60000 polls:verdict=1" },
      { SCHEDULED_VIDEO, 200,
        "{\"status\":{\"video_status\":\"ready\",\"publishing_phase\":{\"publish_status\":"
        "\"published\"}},\"post_id\":\"5\",\"permalink_url\":\"/watch/?v=77\"}",
        "DONE permalink=https://www.facebook.com/watch/?v=77 public=1 remote_id=" PAGE_ID "_5" },
      { "end" } } },
  { "reel",
    SMM_POST_KIND_REEL,
    "v",
    "video=77 upload=1",
    { { "commit reel-finish POST /v26.0/" PAGE_ID "/video_reels form upload_phase=finish "
        "video_id=77 video_state=SCHEDULED scheduled_publish_time=1796112000 description=Rye!",
        200, "page-reel-finish-accepted", "DONE handed_over=1796112000 remote_id=77" },
      { SCHEDULED_VIDEO, 200, "page-reel-status-processing-error-spec-shape",
        "REFUSED video-refused" },
      { SCHEDULED_VIDEO, 200, "{\"status\":{\"video_status\":\"expired\"}}",
        "REFUSED expired" } } },
  /* A story can't be handed over: it would be public at once. */
  { "story",
    SMM_POST_KIND_STORY,
    "v",
    "video=77 upload=1",
    { { "prepare unsupported GET /v26.0/" PAGE_ID " none fields=id", 200, "{\"id\":\"1\"}",
        "REFUSED hand-over-unsupported" } } },
  /* One token's "missing" is no proof, and reads lag: it takes minutes of both. */
  { "missing-there",
    SMM_POST_KIND_FEED,
    "",
    HANDED,
    { { SCHEDULED, 400, MISSING, "WAIT 3000 missing=1" },
      { SCHEDULED_PERSON, 400, MISSING, "WAIT 5000 missing=2" },
      { SCHEDULED, 400, MISSING, "WAIT 10000 missing=3" },
      { SCHEDULED_PERSON, 400, MISSING, "WAIT 20000 missing=4" } } },
  { "removed-there",
    SMM_POST_KIND_FEED,
    "",
    HANDED " missing=7",
    { { SCHEDULED_PERSON, 400, MISSING, "WAIT 60000 missing=8" },
      { SCHEDULED, 400, MISSING, "REFUSED removed-there 100/33" } } },
  { "other-token",
    SMM_POST_KIND_FEED,
    "",
    HANDED,
    { { SCHEDULED, 400, MISSING, "WAIT 3000 missing=1" },
      { SCHEDULED_PERSON, 200, "page-post-node-scheduled", "WAIT 60000 missing=" },
      { SCHEDULED, 400, MISSING, "WAIT 3000 missing=1" } } },
  { "trouble",
    SMM_POST_KIND_FEED,
    "",
    HANDED,
    { { SCHEDULED, 500, "<html>", "RETRY no-clear-answer" },
      { SCHEDULED, 200, "{\"id\":\"1\"}", "RETRY no-clear-answer" },
      { SCHEDULED, 200, "{\"id\":\"1\",\"is_published\":\"true\"}", "RETRY no-clear-answer" },
      { SCHEDULED, 400, "error-190-463-expired", "SIGNED_OUT signed-out 190/463" } } },
};

static void
test_script (gconstpointer data)
{
  const Script *script = data;
  g_autoptr (TestPub) test
      = test_pub_new_kind (SMM_PLATFORM_FACEBOOK, script->kind, "Rye!", NULL, script->media);

  test->pub.schedule_at = SCHEDULE * G_USEC_PER_SEC;
  test_pub_set_facts (test, script->facts);
  test_run_turns (test, script->turns);
}

/* --- Looks for what was handed over, and after "you posted that already" --- */

#define ATTACHMENTS "attachments{url,media_type,target{id,url},subattachments{target{id}}}"
#define LOOK_SCHEDULED                                                                             \
  "GET /v26.0/" PAGE_ID "/scheduled_posts none fields=id,message,created_time,"                    \
  "scheduled_publish_time,application," ATTACHMENTS " limit=50"
#define LOOK_FEED                                                                                  \
  "GET /v26.0/" PAGE_ID "/feed none fields=id,message,created_time,is_published,permalink_url,"    \
  "application," ATTACHMENTS " limit=50 since=1795331700"
#define WAITING(id, at)                                                                            \
  "{\"id\":\"" id "\",\"message\":\"Rye!\",\"created_time\":\"2026-11-23T09:15:02+0000\","         \
  "\"scheduled_publish_time\":" at "}"
#define LIST(items) "{\"data\":[" items "]}"
#define TO_THE_FEED "MORE look.after= look.feed=1 look.pages="
#define PUBLIC                                                                                     \
  LIST ("{\"id\":\"1_1\",\"message\":\"Rye!\",\"created_time\":\"2026-11-23T09:15:02+0000\"}")
#define FOUND                                                                                      \
  "PUBLISHED weak look.at=1795425302000000 look.id=1_1 look.n=1 look.permalink="                   \
  "https://www.facebook.com/1_1 permalink=https://www.facebook.com/1_1 "                           \
  "published_at=1795425302000000 remote_id=1_1"
#define ACCEPTED_AS(mark)                                                                          \
  "ACCEPTED handed_over=1796112000 look.at=1795425302000000 look.id=1_1" mark " look.n=1 "         \
  "look.permalink=https://www.facebook.com/1_1 remote_id=1_1"
#define ACCEPTED ACCEPTED_AS ("")

typedef struct
{
  const char *name;
  SmmPostKind kind;
  const char *media, *facts;
  gint64 schedule;
  TestTurn turns[6];
} Looks;

static const Looks looks[] = {
  { "waiting-there",
    SMM_POST_KIND_FEED,
    "",
    "",
    SCHEDULE,
    { { LOOK_SCHEDULED, 200, LIST (WAITING ("1_1", "1796112000")), ACCEPTED } } },
  { "waiting-there-as-text",
    SMM_POST_KIND_FEED,
    "",
    "",
    SCHEDULE,
    { { LOOK_SCHEDULED, 200, LIST (WAITING ("1_1", "\"1796112000\"")), ACCEPTED } } },
  { "another-time",
    SMM_POST_KIND_FEED,
    "",
    "",
    SCHEDULE,
    { { LOOK_SCHEDULED, 200, LIST (WAITING ("1_1", "1796115600")), TO_THE_FEED },
      { LOOK_FEED, 200, LIST (""), "NOT_PUBLISHED doubted=1" } } },
  { "two-alike",
    SMM_POST_KIND_FEED,
    "",
    "",
    SCHEDULE,
    { { LOOK_SCHEDULED, 200, LIST (WAITING ("1_1", "1796112000") "," WAITING ("1_2", "1796112000")),
        "UNKNOWN look.at=1795425302000000 look.id=1_2 look.n=2 "
        "look.permalink=https://www.facebook.com/1_2" } } },
  { "public-already",
    SMM_POST_KIND_FEED,
    "",
    "",
    SCHEDULE,
    { { LOOK_SCHEDULED, 200, "page-scheduled-posts-empty", TO_THE_FEED },
      { LOOK_FEED, 200, PUBLIC, FOUND } } },
  { "lags",
    SMM_POST_KIND_FEED,
    "",
    "",
    SCHEDULE,
    { { LOOK_SCHEDULED, 200, LIST (""), TO_THE_FEED },
      { LOOK_FEED, 200, LIST (""), "NOT_PUBLISHED doubted=1" },
      { LOOK_SCHEDULED, 200, LIST (WAITING ("1_1", "1796112000")), ACCEPTED } } },
  { "by-photo",
    SMM_POST_KIND_FEED,
    "p",
    "photo:0=55",
    SCHEDULE,
    { { LOOK_SCHEDULED, 200,
        LIST ("{\"id\":\"1_1\",\"message\":\"edited\",\"created_time\":"
              "\"2026-11-23T09:15:02+0000\",\"attachments\":{\"data\":[{\"target\":{\"id\":"
              "\"55\"}}]}}"),
        ACCEPTED_AS (" look.mark=1") } } },
  { "scheduled-list-fails",
    SMM_POST_KIND_FEED,
    "",
    "",
    SCHEDULE,
    { { LOOK_SCHEDULED, 500, "<html>", "UNKNOWN" } } },
  { "video",
    SMM_POST_KIND_FEED,
    "v",
    "video=77",
    SCHEDULE,
    { { "GET /v26.0/77 none fields=status,published,post_id,permalink_url,created_time", 200,
        "{\"status\":{\"video_status\":\"ready\",\"publishing_phase\":{\"status\":\"complete\","
        "\"publish_status\":\"scheduled\"}},\"published\":false}",
        "ACCEPTED handed_over=1796112000 remote_id=77" } } },
  /* A refused repetition is evidence: no list may now say that it is not there. */
  { "posted-already-and-listed",
    SMM_POST_KIND_FEED,
    "",
    "doubted=1 duplicate=1",
    0,
    { { LOOK_FEED, 200, PUBLIC, FOUND } } },
  { "posted-already-and-not-listed",
    SMM_POST_KIND_FEED,
    "",
    "doubted=1 duplicate=1",
    0,
    { { LOOK_FEED, 200, LIST (""), "UNKNOWN" } } },
};

static void
test_looks (gconstpointer data)
{
  const Looks *row = data;
  g_autoptr (TestPub) test
      = test_pub_new_kind (SMM_PLATFORM_FACEBOOK, row->kind, "Rye!", NULL, row->media);

  test->pub.schedule_at = row->schedule * G_USEC_PER_SEC;
  test_pub_set_facts (test, row->facts);
  test_run_looks (test, row->turns);
}

static void
test_duplicate (void)
{
  static const struct
  {
    const char *facts, *fixture, *outcome;
  } rows[] = {
    { "", "error-506-duplicate-post", "UNCLEAR duplicate 506" },
    { "", "error-368-1404082-already-posted", "UNCLEAR duplicate 368/1404082" },
    { "", "{\"error\":{\"code\":324,\"error_subcode\":1366051,\"message\":\"x\"}}",
      "UNCLEAR duplicate 324/1366051" },
    { "doubted=1", "error-506-duplicate-post", "UNCLEAR duplicate 506 duplicate=1" },
    { "doubted=1", "error-368-1404082-already-posted",
      "UNCLEAR duplicate 368/1404082 duplicate=1" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (TestPub) test = test_pub_new (SMM_PLATFORM_FACEBOOK, "Rye!", NULL, 0);
      g_autofree char *body = test_answer_body (rows[i].fixture);
      g_autoptr (SmmResponse) response = test_answer (400, body);
      g_autoptr (SmmStep) step = NULL;
      g_autoptr (SmmOutcome) outcome = NULL;
      g_autofree char *made = NULL;

      test_pub_set_facts (test, rows[i].facts);
      step = test->platform->next_step (&test->pub);
      outcome = test->platform->apply (&test->pub, step, response);
      made = test_describe_outcome (outcome);
      g_assert_cmpstr (made, ==, rows[i].outcome);
    }
}

static void
test_move (void)
{
  static const struct
  {
    guint status;
    const char *body, *outcome;
  } rows[] = {
    { 200, "{\"success\":true}", "DONE handed_over=1796112000" },
    { 200, "{\"success\":false}", "RETRY no-clear-answer" },
    { 500, "{\"success\":true}", "RETRY no-clear-answer" },
    { 400, MISSING, "RETRY missing 100/33" },
    { 400, "error-100-invalid-parameter", "REFUSED refused 100/1349125" },
    { 400, "error-190-463-expired", "SIGNED_OUT signed-out 190/463" },
  };
  g_autoptr (TestPub) test = test_pub_new (SMM_PLATFORM_FACEBOOK, "Rye!", NULL, 0);
  g_autoptr (SmmRequest) request = NULL;
  g_autofree char *asked = NULL;

  test->pub.schedule_at = SCHEDULE * G_USEC_PER_SEC;
  test_pub_set_facts (test, "remote_id=" POST_ID " handed_over=1");
  request = test->platform->move (&test->pub);
  asked = test_describe_request (request);
  g_assert_cmpstr (asked, ==, "POST /v26.0/" POST_ID " form scheduled_publish_time=1796112000");
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *body = test_answer_body (rows[i].body);
      g_autoptr (SmmResponse) response = test_answer (rows[i].status, body);
      g_autoptr (SmmOutcome) outcome = test->platform->apply_move (&test->pub, response);
      g_autofree char *made = test_describe_outcome (outcome);

      g_assert_cmpstr (made, ==, rows[i].outcome);
    }
  g_assert_cmpint (test->platform->hand_over_min, ==, 15 * 60 * (gint64)G_USEC_PER_SEC);
  g_assert_cmpint (test->platform->hand_over_max, ==, 29 * 24 * 3600 * (gint64)G_USEC_PER_SEC);
  g_assert_cmpint (smm_platform_get (SMM_PLATFORM_INSTAGRAM)->hand_over_max, ==, 0);
}

/* --- First comment --- */

static TestPub *
commented (SmmPlatformId id)
{
  TestPub *test = test_pub_new (id, "Rye!", NULL, 1);

  test->pub.post->first_comment = g_strdup ("Open till 6");
  test_pub_set_facts (test, "remote_id=9_9");
  return test;
}

static void
test_comment (void)
{
  static const struct
  {
    SmmSent sent;
    guint status;
    const char *body, *outcome;
  } rows[] = {
    { SMM_SENT_ANSWERED, 200, "page-comment-created",
      "DONE comment_id=122109876543210987_998877665544401" },
    { SMM_SENT_ANSWERED, 200, "ig-comment-created", "DONE comment_id=17873440459141022" },
    { SMM_SENT_ANSWERED, 200, "{\"id\":\"../me\"}", "UNCLEAR no-clear-answer" },
    { SMM_SENT_ANSWERED, 500, "page-comment-created", "UNCLEAR no-clear-answer" },
    { SMM_SENT_MAYBE, 0, "{", "UNCLEAR no-clear-answer" },
    { SMM_SENT_NOTHING, 0, "{", "RETRY no-connection" },
    { SMM_SENT_ANSWERED, 400, "error-506-duplicate-post", "UNCLEAR duplicate 506" },
    { SMM_SENT_ANSWERED, 400, MISSING, "UNCLEAR missing 100/33" },
    { SMM_SENT_ANSWERED, 400, "error-80001-page-rate-limit", "LIMITED limited 80001" },
    /* The post is out: the account goes on without comments. */
    { SMM_SENT_ANSWERED, 400, "error-200-permission", "REFUSED permission 200" },
    { SMM_SENT_ANSWERED, 400, "error-190-463-expired", "SIGNED_OUT signed-out 190/463" },
  };
  static const SmmPlatformId ids[] = { SMM_PLATFORM_FACEBOOK, SMM_PLATFORM_INSTAGRAM };

  for (guint p = 0; p < G_N_ELEMENTS (ids); p++)
    for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
      {
        g_autoptr (TestPub) test = commented (ids[p]);
        g_autoptr (SmmRequest) request = test->platform->comment (&test->pub);
        g_autofree char *asked = test_describe_request (request);
        g_autofree char *text = test_answer_body (rows[i].body);
        g_autoptr (GBytes) body = g_bytes_new (text, strlen (text));
        g_autoptr (SmmResponse) response = smm_response_new (rows[i].sent, rows[i].status, body);
        g_autoptr (SmmOutcome) outcome = test->platform->apply_comment (&test->pub, response);
        g_autofree char *made = test_describe_outcome (outcome);

        g_assert_cmpstr (asked, ==, "POST /v26.0/9_9/comments form message=Open till 6");
        g_assert_cmpstr (made, ==, rows[i].outcome);
      }
}

#define COMMENT(id, text, from) "{\"id\":\"" id "\",\"message\":\"" text "\"" from "}"
#define BY(id) ",\"from\":{\"id\":\"" id "\"}"
#define IG_COMMENT(id, text, user)                                                                 \
  "{\"id\":\"" id "\",\"text\":\"" text "\",\"username\":\"" user "\"}"

static void
test_find_comment (void)
{
  static const struct
  {
    SmmPlatformId id;
    guint status;
    const char *body, *found;
  } rows[] = {
    { SMM_PLATFORM_FACEBOOK, 200,
      LIST (COMMENT ("1", "Hi", BY ("5")) "," COMMENT ("2", "Open  till 6 ", BY (PAGE_ID))),
      "PUBLISHED comment_id=2" },
    { SMM_PLATFORM_FACEBOOK, 200, LIST (COMMENT ("2", "Open till 6", BY ("5"))), "NOT_PUBLISHED" },
    /* Its author is not told: it may be ours. */
    { SMM_PLATFORM_FACEBOOK, 200, LIST (COMMENT ("2", "Open till 6", "")), "UNKNOWN" },
    { SMM_PLATFORM_FACEBOOK, 200,
      LIST (COMMENT ("1", "Open till 6", BY (PAGE_ID)) "," COMMENT ("2", "Open till 6",
                                                                    BY (PAGE_ID))),
      "UNKNOWN" },
    { SMM_PLATFORM_FACEBOOK, 200, "page-post-comments", "NOT_PUBLISHED" },
    { SMM_PLATFORM_FACEBOOK, 200, "{\"data\":[],\"paging\":{\"next\":\"https://x\"}}", "UNKNOWN" },
    { SMM_PLATFORM_FACEBOOK, 200, "{\"data\":[null]}", "UNKNOWN" },
    { SMM_PLATFORM_FACEBOOK, 500, "{\"data\":[]}", "UNKNOWN" },
    { SMM_PLATFORM_FACEBOOK, 400, "error-190-463-expired", "UNKNOWN signed-out" },
    { SMM_PLATFORM_INSTAGRAM, 200, LIST (IG_COMMENT ("2", "Open till 6", "northside.bread")),
      "PUBLISHED comment_id=2" },
    { SMM_PLATFORM_INSTAGRAM, 200, LIST (IG_COMMENT ("2", "Open till 6", "ana.r")),
      "NOT_PUBLISHED" },
    { SMM_PLATFORM_INSTAGRAM, 200, "ig-media-comments", "NOT_PUBLISHED" },
    { SMM_PLATFORM_INSTAGRAM, 200, LIST (""), "NOT_PUBLISHED" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (TestPub) test = commented (rows[i].id);
      g_autoptr (SmmRequest) request = test->platform->find_comment (&test->pub);
      g_autofree char *asked = test_describe_request (request);
      g_autofree char *body = test_answer_body (rows[i].body);
      g_autoptr (SmmResponse) response = test_answer (rows[i].status, body);
      g_autoptr (SmmReconcile) found = test->platform->apply_find_comment (&test->pub, response);
      g_autofree char *made = test_describe_reconcile (found);

      g_assert_cmpstr (asked, ==,
                       rows[i].id == SMM_PLATFORM_FACEBOOK
                           ? "GET /v26.0/9_9/comments none fields=id,message,created_time,from{id} "
                             "filter=toplevel order=reverse_chronological limit=50"
                           : "GET /v26.0/9_9/comments none "
                             "fields=id,text,timestamp,username,from limit=50");
      g_assert_cmpstr (made, ==, rows[i].found);
    }
}

/* --- Removal --- */

static void
test_remove (void)
{
  static const struct
  {
    guint status;
    const char *body, *outcome;
  } rows[] = {
    { 200, "graph-write-success", "DONE" },
    { 400, MISSING, "DONE" },
    { 200, "{\"success\":false}", "RETRY no-clear-answer" },
    { 500, "graph-write-success", "RETRY no-clear-answer" },
    { 500, MISSING, "RETRY missing 100/33" },
    { 400, "error-2-service-transient", "RETRY transient 2" },
    { 400, "error-200-permission", "REFUSED permission 200" },
    { 400, "error-190-463-expired", "SIGNED_OUT signed-out 190/463" },
    { 400, "{\"error\":{\"code\":-1,\"error_subcode\":2207085,\"message\":\"Fatal\"}}",
      "RETRY transient -1/2207085" },
  };
  static const struct
  {
    SmmPlatformId id;
    const char *facts, *request;
  } requests[] = {
    { SMM_PLATFORM_FACEBOOK, "remote_id=1_2", "DELETE /v26.0/1_2 none" },
    { SMM_PLATFORM_FACEBOOK, "remote_id=1_2 video=5", "DELETE /v26.0/5 none" },
    { SMM_PLATFORM_INSTAGRAM, "remote_id=12", "DELETE /v26.0/12 none" },
  };

  for (guint r = 0; r < G_N_ELEMENTS (requests); r++)
    for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
      {
        g_autoptr (TestPub) test = test_pub_new (requests[r].id, "Hi", NULL, 1);
        g_autoptr (SmmRequest) request = NULL;
        g_autofree char *asked = NULL;
        g_autofree char *body = test_answer_body (rows[i].body);
        g_autoptr (SmmResponse) response = test_answer (rows[i].status, body);
        g_autoptr (SmmOutcome) outcome = NULL;
        g_autofree char *made = NULL;

        test_pub_set_facts (test, requests[r].facts);
        request = test->platform->remove (&test->pub);
        asked = test_describe_request (request);
        g_assert_cmpstr (asked, ==, requests[r].request);
        outcome = test->platform->apply_remove (&test->pub, response);
        made = test_describe_outcome (outcome);
        g_assert_cmpstr (made, ==, rows[i].outcome);
      }
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
  ADD_TABLE ("/after/hand-over/", scripts, test_script);
  ADD_TABLE ("/after/look/", looks, test_looks);
  g_test_add_func ("/after/duplicate", test_duplicate);
  g_test_add_func ("/after/move", test_move);
  g_test_add_func ("/after/comment", test_comment);
  g_test_add_func ("/after/find-comment", test_find_comment);
  g_test_add_func ("/after/remove", test_remove);
  return g_test_run ();
}

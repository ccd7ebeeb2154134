/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-test-platform.h"

#include <string.h>

#define FEED "POST /v26.0/" PAGE_ID "/feed form ?fields=id,permalink_url,created_time,is_published"
#define POST_ID PAGE_ID "_122109876543210987"

typedef struct
{
  const char *name, *text, *link;
  guint n_media;
  TestTurn turns[12];
} Script;

#define PUBLISHED_FACTS                                                                            \
  "DONE permalink=https://www.facebook.com/122100000000000001/posts/122109876543210987 "           \
  "published_at=1795425302000000 remote_id=" POST_ID

static const Script scripts[] = {
  { "text",
    "Rye is back on Friday.",
    NULL,
    0,
    { { "commit feed " FEED " message=Rye is back on Friday.", 200,
        "page-feed-post-created-read-after-write", PUBLISHED_FACTS },
      { "end" } } },
  { "link",
    "Read this",
    "https://example.com/a?b=1&c",
    0,
    { { "commit feed " FEED " message=Read this link=https://example.com/a?b=1&c", 200,
        "page-feed-post-created-read-after-write", PUBLISHED_FACTS },
      { "end" } } },
  { "link-alone",
    "",
    "https://example.com/",
    0,
    { { "commit feed " FEED " link=https://example.com/", 200,
        "page-feed-post-created-read-after-write", PUBLISHED_FACTS },
      { "end" } } },
  { "without-read-after-write",
    "Hi",
    NULL,
    0,
    { { "commit feed " FEED " message=Hi", 200, "page-feed-post-created",
        "DONE remote_id=" POST_ID },
      { "confirm permalink GET /v26.0/" POST_ID " none fields=id,permalink_url,created_time", 500,
        "error-2-service-transient", "RETRY transient 2" },
      { "confirm permalink GET /v26.0/" POST_ID " none fields=id,permalink_url,created_time", 200,
        "page-feed-post-created-read-after-write", PUBLISHED_FACTS },
      { "end" } } },
  { "one-photo",
    "Look",
    NULL,
    1,
    { { "prepare photo:0 POST /v26.0/" PAGE_ID "/photos multipart published=false "
        "alt_text_custom=A loaf file=/r/0.jpg as source, photo.jpg, image/jpeg",
        200, "page-photo-unpublished", "DONE photo:0=122109876500000012" },
      { "commit feed " FEED
        " message=Look attached_media[0]={\"media_fbid\":\"122109876500000012\"}",
        200, "page-feed-post-created-read-after-write", PUBLISHED_FACTS },
      { "end" } } },
  { "several-photos",
    "",
    NULL,
    3,
    { { "prepare photo:0 POST /v26.0/" PAGE_ID "/photos multipart published=false "
        "alt_text_custom=A loaf file=/r/0.jpg as source, photo.jpg, image/jpeg",
        200, "page-photo-unpublished", "DONE photo:0=122109876500000012" },
      { "prepare photo:1 POST /v26.0/" PAGE_ID "/photos multipart published=false "
        "file=/r/1.jpg as source, photo.jpg, image/jpeg",
        500, "<html>", "RETRY no-clear-answer" },
      { "prepare photo:1 POST /v26.0/" PAGE_ID "/photos multipart published=false "
        "file=/r/1.jpg as source, photo.jpg, image/jpeg",
        200, "{\"id\":122109876500000013}", "DONE photo:1=122109876500000013" },
      { "prepare photo:2 POST /v26.0/" PAGE_ID "/photos multipart published=false "
        "file=/r/2.jpg as source, photo.jpg, image/jpeg",
        200, "{\"id\":\"14\"}", "DONE photo:2=14" },
      { "commit feed " FEED " attached_media[0]={\"media_fbid\":\"122109876500000012\"} "
        "attached_media[1]={\"media_fbid\":\"122109876500000013\"} "
        "attached_media[2]={\"media_fbid\":\"14\"}",
        200, "page-feed-post-created-read-after-write", PUBLISHED_FACTS },
      { "end" } } },
};

static void
test_script (gconstpointer data)
{
  const Script *script = data;
  g_autoptr (TestPub) test
      = test_pub_new (SMM_PLATFORM_FACEBOOK, script->text, script->link, script->n_media);

  test_run_turns (test, script->turns);
}

/* What a commit's answer may and may not be taken for. */
typedef struct
{
  const char *name;
  SmmSent sent;
  guint status;
  const char *body;
  const char *outcome;
} Commit;

static const Commit commits[] = {
  { "not-sent", SMM_SENT_NOTHING, 0, "", "RETRY no-connection" },
  { "timed-out", SMM_SENT_MAYBE, 0, "", "UNCLEAR no-clear-answer" },
  { "empty", SMM_SENT_ANSWERED, 200, "", "UNCLEAR no-clear-answer" },
  { "html", SMM_SENT_ANSWERED, 200, "<html>", "UNCLEAR no-clear-answer" },
  { "not-an-object", SMM_SENT_ANSWERED, 200, "[]", "UNCLEAR no-clear-answer" },
  { "no-id", SMM_SENT_ANSWERED, 200, "{\"success\":true}", "UNCLEAR no-clear-answer" },
  { "empty-id", SMM_SENT_ANSWERED, 200, "{\"id\":\"\"}", "UNCLEAR no-clear-answer" },
  { "id-null", SMM_SENT_ANSWERED, 200, "{\"id\":null}", "UNCLEAR no-clear-answer" },
  { "id-is-a-path", SMM_SENT_ANSWERED, 200, "{\"id\":\"../me\"}", "UNCLEAR no-clear-answer" },
  { "id-fraction", SMM_SENT_ANSWERED, 200, "{\"id\":1.5}", "UNCLEAR no-clear-answer" },
  { "lying-500", SMM_SENT_ANSWERED, 500, "{\"id\":\"1_2\"}", "UNCLEAR no-clear-answer" },
  { "moved", SMM_SENT_ANSWERED, 302, "{\"id\":\"1_2\"}", "UNCLEAR no-clear-answer" },
  { "error-in-500", SMM_SENT_ANSWERED, 500, "{\"error\":{\"code\":100,\"message\":\"x\"}}",
    "UNCLEAR no-clear-answer 100" },
  { "error-in-200", SMM_SENT_ANSWERED, 200, "{\"error\":{\"code\":100,\"message\":\"x\"}}",
    "UNCLEAR no-clear-answer 100" },
  { "error-without-code", SMM_SENT_ANSWERED, 400, "{\"error\":{\"message\":\"x\"}}",
    "UNCLEAR no-clear-answer 0" },
  { "error-and-id", SMM_SENT_ANSWERED, 200, "{\"id\":\"1_2\",\"error\":{\"code\":100}}",
    "UNCLEAR no-clear-answer 100" },
  { "plain-400", SMM_SENT_ANSWERED, 400, "Bad request", "UNCLEAR no-clear-answer" },
  { "plain-429", SMM_SENT_ANSWERED, 429, "slow down", "LIMITED limited" },
  { "known-refusal", SMM_SENT_ANSWERED, 400, "{\"error\":{\"code\":100,\"message\":\"x\"}}",
    "REFUSED refused 100" },
  { "number-id", SMM_SENT_ANSWERED, 200, "{\"id\":12}", "DONE remote_id=12" },
  { "permalink-elsewhere", SMM_SENT_ANSWERED, 200,
    "{\"id\":\"1_2\",\"permalink_url\":\"javascript:alert(1)\",\"created_time\":\"soon\"}",
    "DONE remote_id=1_2" },
};

static void
test_commit (gconstpointer data)
{
  const Commit *row = data;
  g_autoptr (TestPub) test = test_pub_new (SMM_PLATFORM_FACEBOOK, "Hi", NULL, 0);
  g_autoptr (SmmStep) step = test->platform->next_step (&test->pub);
  g_autoptr (GBytes) body = g_bytes_new (row->body, strlen (row->body));
  g_autoptr (SmmResponse) response = smm_response_new (row->sent, row->status, body);
  g_autoptr (SmmOutcome) outcome = test->platform->apply (&test->pub, step, response);
  g_autofree char *made = test_describe_outcome (outcome);

  g_assert_cmpstr (made, ==, row->outcome);
  if (outcome->kind != SMM_OUTCOME_DONE)
    g_assert_nonnull (outcome->message);
}

/* --- Looks --- */

#define ITEM(id, rest)                                                                             \
  "{\"id\":\"" id "\",\"created_time\":\"2026-11-23T09:15:02+0000\",\"is_published\":true," rest "}"
#define OURS ITEM ("1_1", "\"message\":\"Rye is back on Friday.\"")
#define OTHER ITEM ("1_9", "\"message\":\"Thank you all!\"")
#define LIST(items) "{\"data\":[" items "]}"

typedef struct
{
  const char *name;
  guint n_media;
  const char *facts, *claimed;
  guint status;
  const char *body;
  const char *found;
} Look;

#define FOUND_AS(weak, mark)                                                                       \
  "PUBLISHED" weak " look.at=1795425302000000 look.id=1_1" mark " look.n=1 look.permalink="        \
  "https://www.facebook.com/1_1 permalink=https://www.facebook.com/1_1 "                           \
  "published_at=1795425302000000 remote_id=1_1"
/* By its text alone, or by what only ours has. */
#define FOUND FOUND_AS (" weak", "")
#define FOUND_MARKED FOUND_AS ("", " look.mark=1")

#define HANDED_OVER "handed_over=1795425600 remote_id=1_1"
#define OTHER_TEXT(is_published)                                                                   \
  "{\"id\":\"1_1\",\"message\":\"Before the edit\",\"is_published\":" is_published                 \
  ",\"created_time\":\"2026-11-23T09:15:02+0000\"}"

static const Look looks[] = {
  { "found-by-text", 0, "", NULL, 200, LIST (OTHER "," OURS), FOUND },
  { "white-space-joined", 0, "", NULL, 200,
    LIST (ITEM ("1_1", "\"message\":\" Rye is  back\\non Friday. \"")), FOUND },
  { "empty-list", 0, "", NULL, 200, "{\"data\":[]}", "NOT_PUBLISHED doubted=1" },
  { "others-only", 0, "", NULL, 200, LIST (OTHER), "NOT_PUBLISHED doubted=1" },
  { "claimed-by-another", 0, "", "1_1", 200, LIST (OURS), "NOT_PUBLISHED doubted=1" },
  { "unpublished", 0, "", NULL, 200,
    LIST ("{\"id\":\"1_1\",\"created_time\":\"2026-11-23T09:15:02+0000\",\"is_published\":false,"
          "\"message\":\"Rye is back on Friday.\"}"),
    "NOT_PUBLISHED doubted=1" },
  { "too-old", 0, "", NULL, 200,
    LIST ("{\"id\":\"1_1\",\"created_time\":\"2026-11-23T09:12:59+0000\",\"is_published\":true,"
          "\"message\":\"Rye is back on Friday.\"}"),
    "UNKNOWN look.older=1" },
  { "one-and-a-too-old", 0, "look.older=1", NULL, 200, LIST (OURS),
    "UNKNOWN look.at=1795425302000000 look.id=1_1 look.n=1 "
    "look.permalink=https://www.facebook.com/1_1" },
  { "our-app-and-a-too-old", 0, "look.older=1", NULL, 200,
    LIST (ITEM ("1_1",
                "\"message\":\"Rye is back on Friday.\",\"application\":{\"id\":\"" APP_ID "\"}")),
    FOUND_MARKED },
  { "our-app", 0, "", NULL, 200,
    LIST (ITEM ("1_1",
                "\"message\":\"Rye is back on Friday.\",\"application\":{\"id\":\"" APP_ID "\"}")),
    FOUND_MARKED },
  { "another-app", 0, "", NULL, 200,
    LIST (ITEM ("1_1", "\"message\":\"Rye is back on Friday.\",\"application\":{\"id\":\"5\"}")),
    "NOT_PUBLISHED doubted=1" },
  { "by-photo", 2, "photo:0=77 photo:1=78", NULL, 200,
    LIST (ITEM ("1_1", "\"message\":\"edited\",\"attachments\":{\"data\":[{\"target\":{\"id\":"
                       "\"5\"},\"subattachments\":{\"data\":[{\"target\":{\"id\":\"78\"}}]}}]}")),
    FOUND_MARKED },
  { "fixture-with-unpublished-photos", 2, "photo:0=122109876500000012 photo:1=122109876500000013",
    NULL, 200, "page-feed-mixed-published-and-unpublished", "MORE look.photo=1" },
  /* What a photo says leads to its post, which must be public and hold it. */
  { "photo-knows-its-post", 1, "photo:0=77 look.photo=1", NULL, 200,
    "{\"id\":\"77\",\"page_story_id\":\"" POST_ID "\"}", "MORE look.story=" POST_ID },
  { "photo-knows-nothing", 1, "photo:0=77 look.photo=1", NULL, 200, "{\"id\":\"77\"}",
    "NOT_PUBLISHED doubted=1" },
  { "photo-of-another-page", 1, "photo:0=77 look.photo=1", NULL, 200,
    "{\"id\":\"77\",\"page_story_id\":\"5_5\"}", "NOT_PUBLISHED doubted=1" },
  { "photo-gone", 1, "photo:0=77 look.photo=1", NULL, 400,
    "error-100-33-object-missing-or-no-access", "NOT_PUBLISHED doubted=1" },
  { "photo-unreadable", 1, "photo:0=77 look.photo=1", NULL, 500, "<html>", "UNKNOWN" },
  { "post-of-the-photo", 1, "photo:0=77 look.photo=1 look.story=1_1", NULL, 200,
    ITEM ("1_1", "\"attachments\":{\"data\":[{\"target\":{\"id\":\"77\"}}]}"), FOUND_MARKED },
  { "post-of-the-photo-not-public", 1, "photo:0=77 look.photo=1 look.story=1_1", NULL, 200,
    "{\"id\":\"1_1\",\"is_published\":false,\"message\":\"Rye is back on Friday.\"}",
    "NOT_PUBLISHED doubted=1" },
  { "post-of-the-photo-is-another", 1, "photo:0=77 look.photo=1 look.story=1_1", NULL, 200,
    ITEM ("1_1", "\"message\":\"Other\""), "NOT_PUBLISHED doubted=1" },
  { "post-of-the-photo-unreadable", 1, "photo:0=77 look.photo=1 look.story=1_1", NULL, 503,
    "<html>", "UNKNOWN" },
  /* What was handed over is known by its id, whatever its text is here by now. */
  { "own-public", 0, HANDED_OVER, NULL, 200, OTHER_TEXT ("true"),
    "PUBLISHED permalink=https://www.facebook.com/1_1 published_at=1795425600000000" },
  { "own-not-public-yet", 0, HANDED_OVER, NULL, 200, OTHER_TEXT ("false"), "ACCEPTED" },
  { "own-says-neither", 0, HANDED_OVER, NULL, 200, "{\"id\":\"1_1\"}", "UNKNOWN" },
  { "own-signed-out", 0, HANDED_OVER, NULL, 400, "error-190-463-expired", "UNKNOWN signed-out" },
  { "own-missing", 0, HANDED_OVER, NULL, 400, "error-100-33-object-missing-or-no-access",
    "MORE look.missing=1" },
  { "own-missing-for-the-person", 0, HANDED_OVER " look.missing=1", NULL, 400,
    "error-100-33-object-missing-or-no-access", "MORE look.missing=2" },
  { "own-in-the-feed", 0, HANDED_OVER " look.missing=2", NULL, 200,
    LIST (ITEM ("1_1", "\"message\":\"Before the edit\"")), FOUND_MARKED },
  { "own-is-not-that-text", 0, HANDED_OVER " look.missing=2", NULL, 200,
    LIST (ITEM ("1_2", "\"message\":\"Rye is back on Friday.\"")), "UNKNOWN absent=1" },
  { "own-gone", 0, HANDED_OVER " look.missing=2 absent=2", NULL, 200, LIST (OTHER),
    "REFUSED absent=3" },
  { "next-page", 0, "", NULL, 200,
    "{\"data\":[],\"paging\":{\"cursors\":{\"after\":\"QQ\"},\"next\":\"https://x\"}}",
    "MORE look.after=QQ look.pages=1" },
  { "found-and-next-page", 0, "", NULL, 200,
    "{\"data\":[" OURS "],\"paging\":{\"cursors\":{\"after\":\"QQ\"},\"next\":\"https://x\"}}",
    "MORE look.after=QQ look.at=1795425302000000 look.id=1_1 look.n=1 look.pages=1 "
    "look.permalink=https://www.facebook.com/1_1" },
  { "second-page-empty", 0, "look.n=1 look.id=1_1 look.at=5 look.permalink=https://x look.pages=1",
    NULL, 200, "{\"data\":[]}", "PUBLISHED weak permalink=https://x published_at=5 remote_id=1_1" },
  { "cursor-without-next", 0, "", NULL, 200,
    "{\"data\":[],\"paging\":{\"cursors\":{\"after\":\"QQ\"}}}", "NOT_PUBLISHED doubted=1" },
  /* What was not read to its end proves nothing. */
  { "next-without-cursor", 0, "", NULL, 200, "{\"data\":[],\"paging\":{\"next\":\"https://x\"}}",
    "UNKNOWN" },
  { "too-many-pages", 0, "look.pages=8", NULL, 200,
    "{\"data\":[],\"paging\":{\"cursors\":{\"after\":\"QQ\"},\"next\":\"https://x\"}}", "UNKNOWN" },
  { "item-is-no-object", 0, "", NULL, 200, "{\"data\":[null]}", "UNKNOWN" },
  { "item-without-id", 0, "", NULL, 200, "{\"data\":[{\"message\":\"x\"}]}", "UNKNOWN" },
  { "no-list", 0, "", NULL, 200, "{\"data\":{}}", "UNKNOWN" },
  { "html", 0, "", NULL, 200, "<html>", "UNKNOWN" },
  { "server-error", 0, "", NULL, 500, "{\"data\":[]}", "UNKNOWN" },
  { "transient", 0, "", NULL, 500, "error-2-service-transient", "UNKNOWN" },
  { "missing", 0, "", NULL, 400, "error-100-33-object-missing-or-no-access", "UNKNOWN" },
  { "signed-out", 0, "", NULL, 400, "error-190-463-expired", "UNKNOWN signed-out" },
  { "error-in-200", 0, "", NULL, 200, "{\"data\":[],\"error\":{\"code\":2}}", "UNKNOWN" },
};

static void
test_look (gconstpointer data)
{
  const Look *row = data;
  g_autoptr (TestPub) test
      = test_pub_new (SMM_PLATFORM_FACEBOOK, "Rye is back on Friday.", NULL, row->n_media);
  g_autofree char *body = test_answer_body (row->body);
  g_autoptr (SmmResponse) response = test_answer (row->status, body);
  g_autoptr (SmmReconcile) found = NULL;
  g_autofree char *made = NULL;

  test_pub_set_facts (test, row->facts);
  if (row->claimed != NULL)
    test_pub_claim (test, row->claimed);
  found = test->platform->apply_look (&test->pub, 1, response);
  made = test_describe_reconcile (found);
  g_assert_cmpstr (made, ==, row->found);
}

static void
test_look_link (void)
{
  g_autoptr (TestPub) test = test_pub_new (SMM_PLATFORM_FACEBOOK, "", "https://example.com/a", 0);
  g_autoptr (SmmResponse) ours = test_answer (
      200, LIST (ITEM ("1_1", "\"attachments\":{\"data\":[{\"url\":\"https://example.com/a\"}]}")));
  g_autoptr (SmmResponse) other = test_answer (
      200, LIST (ITEM ("1_1", "\"attachments\":{\"data\":[{\"url\":\"https://example.com/b\"}]}")));
  g_autoptr (SmmResponse) bare = test_answer (200, LIST (ITEM ("1_1", "\"message\":\"\"")));
  g_autoptr (SmmReconcile) a = test->platform->apply_look (&test->pub, 1, ours);
  g_autoptr (SmmReconcile) b = test->platform->apply_look (&test->pub, 1, other);
  g_autoptr (SmmReconcile) c = test->platform->apply_look (&test->pub, 1, bare);

  g_assert_cmpint (a->kind, ==, SMM_RECONCILE_PUBLISHED);
  g_assert_cmpint (b->kind, ==, SMM_RECONCILE_NOT_PUBLISHED);
  /* A post without a text matches nothing by its missing text. */
  g_assert_cmpint (c->kind, ==, SMM_RECONCILE_NOT_PUBLISHED);
}

static void
test_look_twice (void)
{
  g_autoptr (TestPub) test
      = test_pub_new (SMM_PLATFORM_FACEBOOK, "Rye is back on Friday.", NULL, 0);
  g_autoptr (SmmResponse) response
      = test_answer (200, LIST (OURS "," ITEM ("1_2", "\"message\":\"Rye is back on Friday.\"")));
  g_autoptr (SmmReconcile) found = test->platform->apply_look (&test->pub, 1, response);

  g_assert_cmpint (found->kind, ==, SMM_RECONCILE_UNKNOWN);
  g_assert_null (g_hash_table_lookup (found->facts, "remote_id"));
  g_assert_nonnull (found->message);
}

static void
test_look_request (void)
{
  g_autoptr (TestPub) test = test_pub_new (SMM_PLATFORM_FACEBOOK, "Hi", NULL, 0);
  g_autoptr (SmmRequest) first = test->platform->next_look (&test->pub, 1);
  g_autoptr (SmmRequest) second = NULL;

  g_assert_cmpstr (first->method, ==, "GET");
  g_assert_cmpstr (first->path, ==, "/v26.0/" PAGE_ID "/feed");
  /* A day and two hours before the commit: our clock may have been wrong. */
  g_assert_cmpstr (smm_request_get_param (first, "since"), ==, "1795331700");
  g_assert_null (smm_request_get_param (first, "after"));
  g_assert_nonnull (strstr (smm_request_get_param (first, "fields"), "subattachments"));
  test_pub_set_facts (test, "look.after=QQ");
  second = test->platform->next_look (&test->pub, 1);
  g_assert_cmpstr (smm_request_get_param (second, "after"), ==, "QQ");
}

static void
test_look_own_request (void)
{
  g_autoptr (TestPub) test = test_pub_new (SMM_PLATFORM_FACEBOOK, "Hi", NULL, 0);
  g_autoptr (SmmRequest) page = NULL;
  g_autoptr (SmmRequest) person = NULL;

  test_pub_set_facts (test, HANDED_OVER);
  page = test->platform->next_look (&test->pub, 1);
  g_assert_cmpstr (page->method, ==, "GET");
  g_assert_cmpstr (page->path, ==, "/v26.0/1_1");
  g_assert_cmpint (page->token, !=, SMM_TOKEN_PERSON);
  test_pub_set_facts (test, HANDED_OVER " look.missing=1");
  person = test->platform->next_look (&test->pub, 1);
  g_assert_cmpstr (person->path, ==, "/v26.0/1_1");
  g_assert_cmpint (person->token, ==, SMM_TOKEN_PERSON);
}

/* --- Validation --- */

static char *
problems_of (SmmPost *post)
{
  g_autoptr (SmmAccount) account = test_account (SMM_PLATFORM_FACEBOOK);
  g_autoptr (GPtrArray) problems
      = smm_platform_get (SMM_PLATFORM_FACEBOOK)->validate (post, account);
  GString *codes = g_string_new (NULL);

  for (guint i = 0; i < problems->len; i++)
    {
      SmmProblem *problem = problems->pdata[i];

      g_assert_nonnull (problem->message);
      g_assert_true (problem->fatal == (strcmp (problem->code, "link-and-media") != 0));
      g_string_append_printf (codes, "%s%s", i > 0 ? " " : "", problem->code);
      if (problem->media_index >= 0)
        g_string_append_printf (codes, "@%d", problem->media_index);
    }
  return g_string_free (codes, FALSE);
}

static void
test_validate (void)
{
  static const struct
  {
    const char *text, *link;
    guint fill, n_media;
    SmmPostKind kind;
    const char *problems;
  } rows[] = {
    { "Hi", NULL, 0, 0, SMM_POST_KIND_FEED, "" },
    { "", NULL, 0, 0, SMM_POST_KIND_FEED, "empty" },
    { " \n\t", NULL, 0, 0, SMM_POST_KIND_FEED, "empty" },
    { "", "https://example.com", 0, 0, SMM_POST_KIND_FEED, "" },
    { "", NULL, 0, 1, SMM_POST_KIND_FEED, "" },
    { "", NULL, 0, 10, SMM_POST_KIND_FEED, "" },
    { "", NULL, 0, 11, SMM_POST_KIND_FEED, "too-many-media@10" },
    { "Hi", "https://example.com", 0, 1, SMM_POST_KIND_FEED, "link-and-media" },
    { "Hi", "ftp://example.com", 0, 0, SMM_POST_KIND_FEED, "link-broken" },
    { "Hi", "example.com", 0, 0, SMM_POST_KIND_FEED, "link-broken" },
    { "Hi", "https:///x", 0, 0, SMM_POST_KIND_FEED, "link-broken" },
    { "Hi", "javascript:alert(1)", 0, 0, SMM_POST_KIND_FEED, "link-broken" },
    { "Hi", NULL, 0, 0, SMM_POST_KIND_REEL, "media-missing" },
    { "", NULL, 0, 0, SMM_POST_KIND_STORY, "media-missing" },
    { "\xff", NULL, 0, 0, SMM_POST_KIND_FEED, "text-broken" },
    { NULL, NULL, 63206, 0, SMM_POST_KIND_FEED, "" },
    { NULL, NULL, 63207, 0, SMM_POST_KIND_FEED, "text-too-long" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (SmmPost) post = smm_post_new ();
      g_autofree char *problems = NULL;

      g_free (post->text);
      post->text = rows[i].text != NULL ? g_strdup (rows[i].text) : g_strnfill (rows[i].fill, 'x');
      post->link = g_strdup (rows[i].link);
      post->kind = rows[i].kind;
      for (guint m = 0; m < rows[i].n_media; m++)
        g_ptr_array_add (post->media, test_media (1080, 1080, "image/jpeg"));
      problems = problems_of (post);
      g_assert_cmpstr (problems, ==, rows[i].problems);
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
  ADD_TABLE ("/facebook/publish/", scripts, test_script);
  ADD_TABLE ("/facebook/commit/", commits, test_commit);
  ADD_TABLE ("/facebook/look/", looks, test_look);
  g_test_add_func ("/facebook/look/by-link", test_look_link);
  g_test_add_func ("/facebook/look/two-alike", test_look_twice);
  g_test_add_func ("/facebook/look/request", test_look_request);
  g_test_add_func ("/facebook/look/own-request", test_look_own_request);
  g_test_add_func ("/facebook/validate/limits", test_validate);
  return g_test_run ();
}

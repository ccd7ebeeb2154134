/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-test-platform.h"

#include <string.h>

#define PHOTO(n)                                                                                   \
  "prepare photo:" n " POST /v26.0/" PAGE_ID "/photos multipart published=false "                  \
  "file=/r/" n ".jpg as source, photo.jpg, image/jpeg"
#define SOURCE(n) "prepare source:" n " GET /v26.0/122109876500000012 none fields=images"
#define WIDEST                                                                                     \
  "https://scontent-fra5-1.xx.fbcdn.net/v/t39.30808-6/1_n.jpg?_nc_cat=1&oh=00_Af&oe=69300000"
#define MEDIA "POST /v26.0/" INSTAGRAM_ID "/media form"
#define POLL(name) "prepare " name " GET /v26.0/17889455560051444 none fields=id,status_code,status"
#define PUBLISH                                                                                    \
  "commit publish POST /v26.0/" INSTAGRAM_ID "/media_publish form creation_id=17889455560051444"
#define QUOTA                                                                                      \
  "prepare quota GET /v26.0/" INSTAGRAM_ID "/content_publishing_limit none "                       \
  "fields=quota_usage,config"
#define PERMALINK "confirm permalink GET /v26.0/17920238422030506 none fields=permalink,timestamp"

typedef struct
{
  const char *name, *text;
  guint n_media;
  TestTurn turns[20];
} Script;

#define UPLOAD(n)                                                                                  \
  { PHOTO (n), 200, "page-photo-unpublished", "DONE photo:" n "=122109876500000012" },             \
  {                                                                                                \
    SOURCE (n), 200, "photo-images-and-story-id", "DONE source:" n "=" WIDEST                      \
  }

static const Script scripts[] = {
  { "one-image",
    "Rye is back on Friday. #bread",
    1,
    { UPLOAD ("0"),
      { "prepare container:0 " MEDIA " image_url=" WIDEST
        " caption=Rye is back on Friday. #bread alt_text=A loaf",
        200, "ig-container-created", "DONE container:0=17889455560051444" },
      { POLL ("ready:0"), 200, "ig-container-status-in-progress", "WAIT 3000 polls:ready:0=1" },
      { POLL ("ready:0"), 200, "ig-container-status-in-progress", "WAIT 5000 polls:ready:0=2" },
      { POLL ("ready:0"), 200, "ig-container-status-finished", "DONE ready:0=1" },
      { QUOTA, 200, "ig-content-publishing-limit", "DONE quota=1" },
      /* Not ready after all: its status is read before it is published again. */
      { PUBLISH, 400, "error-ig-9007-2207027-not-ready",
        "RETRY 10000 not-ready 9007/2207027 ready:0=" },
      { POLL ("ready:0"), 200, "ig-container-status-finished", "DONE ready:0=1" },
      { PUBLISH, 200, "ig-media-published", "DONE remote_id=17920238422030506" },
      { PERMALINK, 500, "<html>", "RETRY no-clear-answer" },
      { PERMALINK, 200, "ig-media-permalink",
        "DONE permalink=https://www.instagram.com/p/DRabcDEfgHI/" },
      { "end" } } },
  { "carousel",
    "Two loaves",
    2,
    { UPLOAD ("0"),
      { "prepare container:0 " MEDIA " image_url=" WIDEST " is_carousel_item=true alt_text=A loaf",
        200, "{\"id\":\"17889455560051444\"}", "DONE container:0=17889455560051444" },
      { POLL ("ready:0"), 200, "ig-container-status-finished", "DONE ready:0=1" },
      UPLOAD ("1"),
      { "prepare container:1 " MEDIA " image_url=" WIDEST " is_carousel_item=true", 200,
        "{\"id\":\"17889455560051444\"}", "DONE container:1=17889455560051444" },
      { POLL ("ready:1"), 200, "ig-container-status-finished", "DONE ready:1=1" },
      { "prepare container " MEDIA
        " media_type=CAROUSEL children=17889455560051444,17889455560051444 caption=Two loaves",
        200, "ig-container-created", "DONE container=17889455560051444" },
      { POLL ("ready"), 200, "ig-container-status-finished", "DONE ready=1" },
      { QUOTA, 500, "<html>", "DONE quota=unknown" },
      { PUBLISH, 200, "ig-media-published", "DONE remote_id=17920238422030506" },
      { PERMALINK, 200,
        "{\"permalink\":\"http://evil\",\"timestamp\":\"2026-11-23T09:15:02+0000\"}",
        "DONE permalink=https://www.instagram.com/northside.bread/ "
        "published_at=1795425302000000" },
      { "end" } } },
};

static void
test_script (gconstpointer data)
{
  const Script *script = data;
  g_autoptr (TestPub) test
      = test_pub_new (SMM_PLATFORM_INSTAGRAM, script->text, NULL, script->n_media);

  test_run_turns (test, script->turns);
}

/* What each step makes of an answer. */
typedef struct
{
  const char *name, *facts, *step;
  SmmSent sent;
  guint status;
  const char *body;
  const char *outcome;
} Answer;

#define UP_TO_SOURCE "photo:0=1"
#define UP_TO_POLL "photo:0=1 source:0=https://x container:0=2"
#define UP_TO_PUBLISH "photo:0=1 source:0=https://x container:0=2 ready:0=1 quota=1"
#define PREPARE_AGAIN "RETRY 10000 prepare-again "
#define FROM_SCRATCH " container:0= fetches=1 photo:0= source:0="

static const Answer answers[] = {
  { "photo-id-is-a-path", "", "photo:0", SMM_SENT_ANSWERED, 200, "{\"id\":\"1/../2\"}",
    "RETRY no-clear-answer" },
  { "photo-lost", "", "photo:0", SMM_SENT_MAYBE, 0, "", "RETRY no-clear-answer" },
  { "no-images", UP_TO_SOURCE, "source:0", SMM_SENT_ANSWERED, 200, "{\"id\":\"1\"}",
    "RETRY no-clear-answer" },
  { "images-too-wide", UP_TO_SOURCE, "source:0", SMM_SENT_ANSWERED, 200,
    "{\"images\":[{\"width\":2000,\"source\":\"https://a\"},{\"width\":960,\"source\":"
    "\"https://b\"},{\"width\":1440,\"source\":\"https://c\"},{\"width\":1200,\"source\":"
    "\"https://d\"}]}",
    "DONE source:0=https://c" },
  { "images-of-numbers", UP_TO_SOURCE, "source:0", SMM_SENT_ANSWERED, 200,
    "{\"images\":[1,{\"width\":\"9\",\"source\":7}]}", "RETRY no-clear-answer" },
  { "poll-error-format", UP_TO_POLL, "ready:0", SMM_SENT_ANSWERED, 200, "ig-container-status-error",
    "REFUSED media-refused 2207026" },
  { "poll-error-fetch", UP_TO_POLL, "ready:0", SMM_SENT_ANSWERED, 200,
    "{\"status_code\":\"ERROR\",\"status\":\"Error: code 2207052\"}",
    PREPARE_AGAIN "2207052" FROM_SCRATCH },
  { "poll-error-unnamed", UP_TO_POLL, "ready:0", SMM_SENT_ANSWERED, 200,
    "{\"status_code\":\"ERROR\"}", PREPARE_AGAIN "0" FROM_SCRATCH },
  { "poll-expired", UP_TO_POLL, "ready:0", SMM_SENT_ANSWERED, 200, "ig-container-status-expired",
    "RESTART drop=“” expired" },
  { "poll-waits-longer", UP_TO_POLL " polls:ready:0=50", "ready:0", SMM_SENT_ANSWERED, 200,
    "ig-container-status-in-progress", "WAIT 60000 polls:ready:0=51" },
  { "poll-missing", UP_TO_POLL, "ready:0", SMM_SENT_ANSWERED, 400,
    "error-100-33-object-missing-or-no-access", "WAIT 3000 missing=1" },
  { "poll-no-status", UP_TO_POLL, "ready:0", SMM_SENT_ANSWERED, 200, "{\"id\":\"2\"}",
    "RETRY no-clear-answer" },
  { "publish-not-sent", UP_TO_PUBLISH, "publish", SMM_SENT_NOTHING, 0, "", "RETRY no-connection" },
  { "publish-timed-out", UP_TO_PUBLISH, "publish", SMM_SENT_MAYBE, 0, "",
    "UNCLEAR no-clear-answer" },
  { "publish-500", UP_TO_PUBLISH, "publish", SMM_SENT_ANSWERED, 500, "<html>",
    "UNCLEAR no-clear-answer" },
  { "publish-lying-500", UP_TO_PUBLISH, "publish", SMM_SENT_ANSWERED, 503, "ig-media-published",
    "UNCLEAR no-clear-answer" },
  { "publish-no-id", UP_TO_PUBLISH, "publish", SMM_SENT_ANSWERED, 200, "{}",
    "UNCLEAR no-clear-answer" },
  { "publish-blocked-maybe-live", UP_TO_PUBLISH, "publish", SMM_SENT_ANSWERED, 400,
    "error-ig-4-2207051-action-blocked", "UNCLEAR action-blocked 4/2207051" },
  { "publish-transient", UP_TO_PUBLISH, "publish", SMM_SENT_ANSWERED, 400,
    "error-2-service-transient", "UNCLEAR transient 2" },
  { "publish-daily-limit", UP_TO_PUBLISH, "publish", SMM_SENT_ANSWERED, 400,
    "error-ig-9-2207042-daily-publish-limit", "LIMITED 3600000 daily-limit 9/2207042" },
};

static void
test_answer_row (gconstpointer data)
{
  const Answer *row = data;
  g_autoptr (TestPub) test = test_pub_new (SMM_PLATFORM_INSTAGRAM, "Hi", NULL, 1);
  g_autofree char *text = *row->body != '\0' ? test_answer_body (row->body) : g_strdup ("");
  g_autoptr (GBytes) body = g_bytes_new (text, strlen (text));
  g_autoptr (SmmResponse) response = smm_response_new (row->sent, row->status, body);
  g_autoptr (SmmStep) step = NULL;
  g_autoptr (SmmOutcome) outcome = NULL;
  g_autofree char *made = NULL;

  test_pub_set_facts (test, row->facts);
  step = test->platform->next_step (&test->pub);
  g_assert_cmpstr (step->name, ==, row->step);
  outcome = test->platform->apply (&test->pub, step, response);
  made = test_describe_outcome (outcome);
  g_assert_cmpstr (made, ==, row->outcome);
}

/* --- Looks --- */

#define ITEM(id, caption, type, time)                                                              \
  "{\"id\":\"" id "\",\"caption\":\"" caption "\",\"media_type\":\"" type "\",\"timestamp\":"      \
  "\"" time "\",\"permalink\":\"https://www.instagram.com/p/" id "/\"}"
#define AFTER "2026-11-23T09:15:02+0000"
#define BEFORE "2026-11-23T09:13:59+0000"
#define LONG_BEFORE "2026-11-22T07:14:59+0000"
#define LIST(items) "{\"data\":[" items "]}"
#define PROFILE "permalink=https://www.instagram.com/northside.bread/"
#define FOUND_FACTS                                                                                \
  " permalink=https://www.instagram.com/p/11/ published_at=1795425302000000 remote_id=11"
#define FOUND "PUBLISHED" FOUND_FACTS
/* By its text alone. */
#define FOUND_WEAK "PUBLISHED weak" FOUND_FACTS

typedef struct
{
  const char *name;
  guint n_media;
  const char *facts, *claimed;
  guint status;
  const char *body;
  const char *found;
} Look;

static const Look looks[] = {
  { "container-finished", 1, "container:0=2", NULL, 200, "ig-container-status-finished",
    "NOT_PUBLISHED doubted=1" },
  { "container-in-progress", 1, "container:0=2", NULL, 200, "ig-container-status-in-progress",
    "NOT_PUBLISHED doubted=1" },
  { "container-expired", 1, "container:0=2", NULL, 200, "ig-container-status-expired",
    "NOT_PUBLISHED doubted=1" },
  { "container-error", 1, "container:0=2", NULL, 200, "ig-container-status-error",
    "NOT_PUBLISHED doubted=1" },
  { "container-published", 1, "container:0=2", NULL, 200, "ig-container-status-published",
    "MORE look.published=1" },
  { "carousel-published", 2, "container:0=2 container:1=3 container=4", NULL, 200,
    "ig-container-status-published", "MORE look.published=1" },
  { "container-new-word", 1, "container:0=2", NULL, 200, "{\"status_code\":\"PUBLISHXD\"}",
    "UNKNOWN" },
  { "container-no-status", 1, "container:0=2", NULL, 200, "{\"id\":\"2\"}", "UNKNOWN" },
  { "container-lying-500", 1, "container:0=2", NULL, 500, "ig-container-status-finished",
    "UNKNOWN" },
  { "container-html", 1, "container:0=2", NULL, 200, "<html>", "UNKNOWN" },
  { "container-missing", 1, "container:0=2", NULL, 400, "error-100-33-object-missing-or-no-access",
    "MORE look.person=1" },
  { "container-missing-twice", 1, "container:0=2 look.person=1", NULL, 400,
    "error-100-33-object-missing-or-no-access", "MORE look.gone=maybe" },
  { "container-unknown-there", 1, "container:0=2", NULL, 400,
    "error-ig-24-2207008-container-missing", "MORE look.gone=certainly" },
  { "missing-but-listed", 1, "container:0=2 look.gone=maybe", NULL, 200,
    LIST (ITEM ("11", "Rye!", "IMAGE", AFTER)), FOUND_WEAK },
  { "missing-and-not-listed", 1, "container:0=2 look.gone=maybe", NULL, 200, LIST (""), "UNKNOWN" },
  { "gone-and-not-listed", 1, "container:0=2 ready:0=1 look.gone=certainly", NULL, 200, LIST (""),
    "NOT_PUBLISHED doubted=1 ready:0=" },
  { "container-signed-out", 1, "container:0=2", NULL, 400, "error-190-460-password-changed",
    "UNKNOWN signed-out" },
  { "settled-and-found", 1, "container:0=2 look.published=1", NULL, 200,
    LIST (ITEM ("12", "Other", "IMAGE", AFTER) "," ITEM ("11", "Rye!", "IMAGE", AFTER)), FOUND },
  { "settled-not-listed-yet", 1, "container:0=2 look.published=1", NULL, 200, LIST (""),
    "UNKNOWN 60000 unlisted=1" },
  { "settled-not-listed", 1, "container:0=2 look.published=1 unlisted=2", NULL, 200, LIST (""),
    "PUBLISHED " PROFILE },
  /* The one that can't be read may be ours. */
  { "settled-and-one-unreadable", 1, "container:0=2 look.published=1", NULL, 200,
    LIST (ITEM ("12", "Rye!", "IMAGE", AFTER) ",{\"caption\":\"?\"}"), "UNKNOWN 60000 unlisted=1" },
  { "settled-two-alike", 1, "container:0=2 look.published=1 unlisted=2", NULL, 200,
    LIST (ITEM ("12", "Rye!", "IMAGE", AFTER) "," ITEM ("11", "Rye!", "IMAGE", AFTER)),
    "PUBLISHED " PROFILE },
  /* By a clock that was wrong the one that looks older is ours, and the other made by hand. */
  { "settled-and-an-older-one", 1, "container:0=2 look.published=1", NULL, 200,
    LIST (ITEM ("12", "Rye!", "IMAGE", AFTER) "," ITEM ("11", "Rye!", "IMAGE", BEFORE)),
    "UNKNOWN 60000 unlisted=1" },
  { "settled-and-not-read-far-enough", 1, "container:0=2 look.published=1", NULL, 200,
    "{\"data\":[" ITEM ("12", "Rye!", "IMAGE", AFTER) "],\"paging\":{\"next\":\"https://x\"}}",
    "UNKNOWN 60000 unlisted=1" },
  { "list-found-and-an-older-one", 1, "", NULL, 200,
    LIST (ITEM ("12", "Rye!", "IMAGE", AFTER) "," ITEM ("11", "Rye!", "IMAGE", BEFORE)),
    "UNKNOWN" },
  { "list-found", 1, "", NULL, 200,
    LIST (ITEM ("11", " Rye! ", "IMAGE", AFTER) "," ITEM ("9", "Old", "IMAGE", BEFORE)),
    FOUND_WEAK },
  { "list-carousel", 2, "", NULL, 200,
    LIST (ITEM ("12", "Rye!", "IMAGE", AFTER) "," ITEM ("11", "Rye!", "CAROUSEL_ALBUM", AFTER)),
    FOUND_WEAK },
  { "list-empty", 1, "", NULL, 200, LIST (""), "NOT_PUBLISHED doubted=1" },
  /* Our clock may have been wrong: it is not ours, and does not say that ours is not there. */
  { "list-older-one", 1, "", NULL, 200, LIST (ITEM ("11", "Rye!", "IMAGE", BEFORE)), "UNKNOWN" },
  { "list-old-one", 1, "", NULL, 200, LIST (ITEM ("11", "Rye!", "IMAGE", LONG_BEFORE)),
    "NOT_PUBLISHED doubted=1" },
  { "list-other-kind", 1, "", NULL, 200, LIST (ITEM ("11", "Rye!", "VIDEO", AFTER)),
    "NOT_PUBLISHED doubted=1" },
  { "list-claimed", 1, "", "11", 200, LIST (ITEM ("11", "Rye!", "IMAGE", AFTER)),
    "NOT_PUBLISHED doubted=1" },
  { "list-two-alike", 1, "", NULL, 200,
    LIST (ITEM ("12", "Rye!", "IMAGE", AFTER) "," ITEM ("11", "Rye!", "IMAGE", AFTER)), "UNKNOWN" },
  /* What was not read back to the commit proves nothing. */
  { "list-goes-on", 1, "", NULL, 200,
    "{\"data\":[" ITEM ("11", "Other", "IMAGE", AFTER) "],\"paging\":{\"next\":\"https://x\"}}",
    "UNKNOWN" },
  { "list-goes-on-before-the-commit", 1, "", NULL, 200,
    "{\"data\":[" ITEM ("11", "Other", "IMAGE",
                        LONG_BEFORE) "],\"paging\":{\"next\":\"https://x\"}}",
    "NOT_PUBLISHED doubted=1" },
  { "list-of-nothing-readable", 1, "", NULL, 200, "{\"data\":[null,1]}", "UNKNOWN" },
  { "list-item-without-id", 1, "", NULL, 200, "{\"data\":[{\"timestamp\":\"" AFTER "\"}]}",
    "UNKNOWN" },
  { "list-item-without-time", 1, "", NULL, 200, "{\"data\":[{\"id\":\"11\"}]}", "UNKNOWN" },
  { "list-is-no-list", 1, "", NULL, 200, "{\"data\":\"\"}", "UNKNOWN" },
  { "list-lying-500", 1, "", NULL, 500, "{\"data\":[]}", "UNKNOWN" },
};

static void
test_look (gconstpointer data)
{
  const Look *row = data;
  g_autoptr (TestPub) test = test_pub_new (SMM_PLATFORM_INSTAGRAM, "Rye!", NULL, row->n_media);
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

/* The fixture's carousel is found by its caption; the reel beside it is not taken. */
static void
test_look_fixture (void)
{
  g_autoptr (TestPub) test
      = test_pub_new (SMM_PLATFORM_INSTAGRAM, "Rye is back on Friday. #bread", NULL, 2);
  g_autofree char *body = test_fixture ("ig-media-list-page1");
  g_autoptr (SmmResponse) response = test_answer (200, body);
  g_autoptr (SmmReconcile) found = test->platform->apply_look (&test->pub, 1, response);

  g_assert_cmpint (found->kind, ==, SMM_RECONCILE_PUBLISHED);
  g_assert_cmpstr (g_hash_table_lookup (found->facts, "remote_id"), ==, "17920238422030506");
  g_assert_cmpstr (g_hash_table_lookup (found->facts, "permalink"), ==,
                   "https://www.instagram.com/p/DRabcDEfgHI/");
}

static void
test_look_requests (void)
{
  static const struct
  {
    guint n_media;
    const char *facts, *request;
  } rows[] = {
    { 1, "container:0=2", "GET /v26.0/2 none fields=id,status_code,status" },
    { 2, "container:0=2 container:1=3 container=4",
      "GET /v26.0/4 none fields=id,status_code,status" },
    { 1, "container:0=2 look.person=1", "GET /v26.0/2 none person fields=id,status_code,status" },
    { 1, "container:0=2 look.published=1",
      "GET /v26.0/" INSTAGRAM_ID "/media none "
      "fields=id,caption,timestamp,media_type,media_product_type,permalink limit=100" },
    { 1, "",
      "GET /v26.0/" INSTAGRAM_ID "/media none "
      "fields=id,caption,timestamp,media_type,media_product_type,permalink limit=100" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (TestPub) test = test_pub_new (SMM_PLATFORM_INSTAGRAM, "Hi", NULL, rows[i].n_media);
      g_autoptr (SmmRequest) request = NULL;
      g_autofree char *text = NULL;

      test_pub_set_facts (test, rows[i].facts);
      request = test->platform->next_look (&test->pub, 1);
      text = test_describe_request (request);
      g_assert_cmpstr (text, ==, rows[i].request);
    }
}

/* --- Validation: api/meta.md section 4.10 --- */

static char *
problems_of (SmmPost *post, SmmAccount *account)
{
  g_autoptr (GPtrArray) problems
      = smm_platform_get (SMM_PLATFORM_INSTAGRAM)->validate (post, account);
  GString *codes = g_string_new (NULL);

  for (guint i = 0; i < problems->len; i++)
    {
      SmmProblem *problem = problems->pdata[i];

      g_assert_nonnull (problem->message);
      g_string_append_printf (codes, "%s%s", i > 0 ? " " : "", problem->code);
      if (problem->media_index >= 0)
        g_string_append_printf (codes, "@%d", problem->media_index);
    }
  return g_string_free (codes, FALSE);
}

static char *
repeat (const char *text, guint n)
{
  GString *out = g_string_new (NULL);

  while (n-- > 0)
    g_string_append (out, text);
  return g_string_free (out, FALSE);
}

static void
test_validate_text (void)
{
  static const struct
  {
    const char *text;
    guint n;
    const char *problems;
  } rows[] = {
    { "x", 1, "" },
    { "", 0, "" },
    { "x", 2200, "" },
    { "x", 2201, "caption-too-long" },
    { "é", 2200, "" },
    { "é", 2201, "caption-too-long" },
    /* Two UTF-16 units each: the stricter count holds. */
    { "🍞", 1100, "" },
    { "🍞", 1101, "caption-too-long" },
    { "#bread ", 30, "" },
    { "#bread ", 31, "too-many-hashtags" },
    { "@baker ", 20, "" },
    { "@baker ", 21, "too-many-mentions" },
    { "a@b.de ", 50, "" },
    { "# ", 50, "" },
    { "\xff", 1, "text-broken" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (SmmPost) post = smm_post_new ();
      g_autofree char *problems = NULL;

      g_free (post->text);
      post->text = repeat (rows[i].text, rows[i].n);
      g_ptr_array_add (post->media, test_media (1080, 1080, "image/jpeg"));
      problems = problems_of (post, NULL);
      g_assert_cmpstr (problems, ==, rows[i].problems);
    }
}

static void
test_validate_pictures (void)
{
  static const struct
  {
    int width, height;
    const char *problems;
  } rows[] = {
    { 1080, 1080, "" },
    { 1080, 1350, "" },
    { 1080, 1351, "" },
    { 1080, 1360, "aspect-ratio@0" },
    { 1910, 1000, "" },
    { 1920, 1000, "aspect-ratio@0" },
    { 1080, 1440, "aspect-ratio@0" },
    { 320, 320, "" },
    { 319, 319, "too-small@0" },
    { 0, 0, "too-small@0 aspect-ratio@0" },
    { 20000, 20000, "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (SmmPost) post = smm_post_new ();
      g_autofree char *problems = NULL;

      g_ptr_array_add (post->media, test_media (rows[i].width, rows[i].height, "image/jpeg"));
      problems = problems_of (post, NULL);
      g_assert_cmpstr (problems, ==, rows[i].problems);
    }
}

static void
test_validate_post (void)
{
  static const struct
  {
    guint n_media;
    const char *mime, *link;
    gboolean linked;
    SmmPostKind kind;
    const char *problems;
  } rows[] = {
    { 1, "image/png", NULL, TRUE, SMM_POST_KIND_FEED, "" },
    { 0, NULL, NULL, TRUE, SMM_POST_KIND_FEED, "media-missing" },
    { 10, "image/jpeg", NULL, TRUE, SMM_POST_KIND_FEED, "" },
    { 11, "image/jpeg", NULL, TRUE, SMM_POST_KIND_FEED, "too-many-media@10" },
    { 1, "audio/mpeg", NULL, TRUE, SMM_POST_KIND_FEED, "media-unsupported@0" },
    { 1, "image/jpeg", "https://example.com", TRUE, SMM_POST_KIND_FEED, "link-unsupported" },
    { 1, "image/jpeg", NULL, FALSE, SMM_POST_KIND_FEED, "no-page" },
    { 1, "image/jpeg", NULL, TRUE, SMM_POST_KIND_REEL, "media-unsupported@0" },
    { 1, "image/jpeg", NULL, TRUE, SMM_POST_KIND_STORY, "story-ratio@0" },
    { 2, "image/jpeg", NULL, TRUE, SMM_POST_KIND_STORY,
      "too-many-media@1 story-ratio@0 story-ratio@1" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (SmmPost) post = smm_post_new ();
      g_autoptr (SmmAccount) account = test_account (SMM_PLATFORM_INSTAGRAM);
      g_autofree char *problems = NULL;

      post->kind = rows[i].kind;
      post->link = g_strdup (rows[i].link);
      if (!rows[i].linked)
        g_clear_pointer (&account->parent_remote_id, g_free);
      for (guint m = 0; m < rows[i].n_media; m++)
        g_ptr_array_add (post->media, test_media (1080, 1080, rows[i].mime));
      problems = problems_of (post, account);
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
  ADD_TABLE ("/instagram/publish/", scripts, test_script);
  ADD_TABLE ("/instagram/answer/", answers, test_answer_row);
  ADD_TABLE ("/instagram/look/", looks, test_look);
  g_test_add_func ("/instagram/look/fixture", test_look_fixture);
  g_test_add_func ("/instagram/look/requests", test_look_requests);
  g_test_add_func ("/instagram/validate/text", test_validate_text);
  g_test_add_func ("/instagram/validate/pictures", test_validate_pictures);
  g_test_add_func ("/instagram/validate/post", test_validate_post);
  return g_test_run ();
}

/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Accounts without a Page: api/meta.md section 2.12. */

#include "config.h"

#include "smm-test-platform.h"

#include <string.h>

#define CODE                                                                                       \
  "POST /oauth/access_token form endpoint=5 client_id=" APP_ID                                     \
  " client_secret=s3cret (secret) grant_type=authorization_code "                                  \
  "redirect_uri=http://localhost:1/cb code=c0de (secret)"
#define LONG                                                                                       \
  "GET /access_token none endpoint=4 grant_type=ig_exchange_token client_secret=s3cret (secret) "  \
  "access_token=IGAAshortliveduser (secret)"
#define ME                                                                                         \
  "GET /v26.0/me none endpoint=4 "                                                                 \
  "fields=user_id,username,name,profile_picture_url,account_type,followers_count "                 \
  "#Authorization=Bearer IGAAlongliveduser (secret)"
#define WHO                                                                                        \
  "{\"user_id\":17841400123456789,\"username\":\"northside.bread\",\"name\":\"Northside Bread\","  \
  "\"account_type\":\"BUSINESS\",\"followers_count\":951,\"id\":\"5\"}"

static SmmAccount *
login_account (void)
{
  SmmAccount *account = test_account (SMM_PLATFORM_INSTAGRAM);

  account->login = g_strdup ("instagram");
  g_clear_pointer (&account->parent_remote_id, g_free);
  return account;
}

static void
test_table (void)
{
  g_autoptr (SmmAccount) login = login_account ();
  g_autoptr (SmmAccount) page = test_account (SMM_PLATFORM_FACEBOOK);
  g_autoptr (SmmAccount) linked = test_account (SMM_PLATFORM_INSTAGRAM);
  const SmmPlatform *platform = smm_platform_get_for (login);

  g_assert_true (smm_platform_get_for (page) == smm_platform_get (SMM_PLATFORM_FACEBOOK));
  g_assert_true (smm_platform_get_for (linked) == smm_platform_get (SMM_PLATFORM_INSTAGRAM));
  g_assert_true (platform != smm_platform_get (SMM_PLATFORM_INSTAGRAM));
  g_assert_cmpint (platform->id, ==, SMM_PLATFORM_INSTAGRAM);
  g_assert_null (platform->revoke);
  g_assert_cmpint (platform->refresh_ahead, ==, 53 * 86400 * (gint64)G_USEC_PER_SEC);
  /* "instagram" means nothing on a Page. */
  page->login = g_strdup ("instagram");
  g_assert_true (smm_platform_get_for (page) == smm_platform_get (SMM_PLATFORM_FACEBOOK));
}

static void
test_authorize (void)
{
  g_autoptr (SmmAccount) account = login_account ();
  g_autoptr (SmmRequest) request = smm_platform_get_for (account)->authorize (
      APP_ID, "http://localhost:1/cb", "state", "ch", FALSE);

  g_assert_cmpint (request->endpoint, ==, SMM_ENDPOINT_META_INSTAGRAM_DIALOG);
  g_assert_cmpstr (request->path, ==, "/oauth/authorize");
  g_assert_cmpstr (smm_request_get_param (request, "client_id"), ==, APP_ID);
  g_assert_cmpstr (smm_request_get_param (request, "redirect_uri"), ==, "http://localhost:1/cb");
  g_assert_cmpstr (smm_request_get_param (request, "response_type"), ==, "code");
  g_assert_cmpstr (smm_request_get_param (request, "state"), ==, "state");
  g_assert_nonnull (
      strstr (smm_request_get_param (request, "scope"), "instagram_business_content_publish"));
}

typedef struct
{
  const SmmPlatform *platform;
  SmmGrant *grant;
  GHashTable *progress;
} SignIn;

static SignIn *
sign_in_new (void)
{
  SignIn *self = g_new0 (SignIn, 1);
  g_autoptr (SmmAccount) account = login_account ();

  self->platform = smm_platform_get_for (account);
  self->grant = smm_grant_new ();
  self->progress = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return self;
}

static void
sign_in_free (SignIn *self)
{
  smm_grant_free (self->grant);
  g_hash_table_unref (self->progress);
  g_free (self);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SignIn, sign_in_free)

static char *
ask (SignIn *self)
{
  g_autoptr (SmmRequest) request = self->platform->next_sign_in (
      self->grant, self->progress, APP_ID, "s3cret", "http://localhost:1/cb", "c0de#_", "verif1er");

  return request != NULL ? test_describe_request (request) : g_strdup ("end");
}

/* "" when it was taken. */
static const char *
tell (SignIn *self, guint status, const char *fixture)
{
  g_autofree char *body = test_answer_body (fixture);
  g_autoptr (SmmResponse) response = test_answer (status, body);
  g_autoptr (GError) error = NULL;

  if (self->platform->apply_sign_in (self->grant, self->progress, response, &error))
    {
      g_assert_no_error (error);
      return "";
    }
  g_assert_true (error->domain == SMM_PLATFORM_ERROR);
  return error->code == SMM_PLATFORM_ERROR_ANSWER    ? "answer"
         : error->code == SMM_PLATFORM_ERROR_REFUSED ? "refused"
                                                     : "denied";
}

static void
test_sign_in (void)
{
  static const struct
  {
    const char *request, *answer;
  } turns[] = {
    { CODE, "ig-login-code-exchange" },
    { LONG, "ig-login-long-lived-or-refresh" },
    { ME, WHO },
  };
  g_autoptr (SignIn) self = sign_in_new ();
  g_autofree char *end = NULL;
  SmmCandidate *candidate;

  for (guint i = 0; i < G_N_ELEMENTS (turns); i++)
    {
      g_autofree char *asked = ask (self);

      g_assert_cmpstr (asked, ==, turns[i].request);
      g_assert_cmpstr (tell (self, 200, turns[i].answer), ==, "");
    }
  end = ask (self);
  g_assert_cmpstr (end, ==, "end");
  g_assert_cmpuint (self->grant->candidates->len, ==, 1);
  candidate = self->grant->candidates->pdata[0];
  g_assert_cmpint (candidate->platform, ==, SMM_PLATFORM_INSTAGRAM);
  g_assert_cmpstr (candidate->remote_id, ==, INSTAGRAM_ID);
  g_assert_null (candidate->parent_remote_id);
  g_assert_cmpstr (candidate->username, ==, "northside.bread");
  g_assert_cmpstr (candidate->token, ==, "IGAAlongliveduser");
  g_assert_cmpint (candidate->token_expires_in, ==, 5183944);
  g_assert_cmpint (candidate->followers, ==, 951);
  g_assert_null (candidate->problem);
  g_assert_cmpstr (self->grant->scopes, ==,
                   "instagram_business_basic instagram_business_content_publish");
  /* There is no second token to keep. */
  g_assert_null (self->grant->person_token);
}

static const struct
{
  const char *name, *phase;
  guint status;
  const char *body, *result;
} sign_in_rows[] = {
  { "wrapped", "code", 200, "{\"data\":[{\"access_token\":\"a\",\"user_id\":\"1\"}]}", "" },
  { "permissions-as-text", "code", 200,
    "{\"access_token\":\"a\",\"permissions\":\"instagram_business_basic,"
    "instagram_business_content_publish\"}",
    "" },
  { "may-not-publish", "code", 200,
    "{\"access_token\":\"a\",\"permissions\":[\"instagram_business_basic\"]}", "denied" },
  { "own-error-shape", "code", 400,
    "{\"error_type\":\"OAuthException\",\"code\":400,\"error_message\":\"Invalid code\"}",
    "refused" },
  { "graph-error", "long", 400, "error-190-463-expired", "refused" },
  { "html", "code", 200, "<html>", "answer" },
  { "no-token", "long", 200, "{}", "answer" },
  { "token-splits-header", "long", 200, "{\"access_token\":\"a\\r\\nX: y\"}", "answer" },
  { "server-error", "code", 500, "ig-login-code-exchange", "answer" },
  { "no-id", "me", 200, "{\"username\":\"x\"}", "answer" },
  { "id-is-a-path", "me", 200, "{\"user_id\":\"../1\"}", "answer" },
};

static void
test_sign_in_row (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr (SignIn) self = sign_in_new ();

  self->grant->person_token = g_strdup ("t");
  g_hash_table_insert (self->progress, g_strdup ("phase"), g_strdup (sign_in_rows[i].phase));
  g_assert_cmpstr (tell (self, sign_in_rows[i].status, sign_in_rows[i].body), ==,
                   sign_in_rows[i].result);
}

static void
test_personal (void)
{
  g_autoptr (SignIn) self = sign_in_new ();
  SmmCandidate *candidate;

  self->grant->person_token = g_strdup ("t");
  g_hash_table_insert (self->progress, g_strdup ("phase"), g_strdup ("me"));
  g_assert_cmpstr (tell (self, 200, "{\"user_id\":\"1\",\"account_type\":\"PERSONAL\"}"), ==, "");
  candidate = self->grant->candidates->pdata[0];
  g_assert_nonnull (candidate->problem);
  g_assert_cmpstr (candidate->name, ==, "?");
}

/* --- The next token --- */

#define NOW (G_GINT64_CONSTANT (1795425300) * G_USEC_PER_SEC)

static void
test_refresh (void)
{
  static const struct
  {
    guint status;
    const char *body;
    int error; /* -1: taken */
  } rows[] = {
    { 200, "ig-login-long-lived-or-refresh", -1 },
    { 400, "error-190-463-expired", SMM_PLATFORM_ERROR_DENIED },
    { 400, "error-190-no-subcode", SMM_PLATFORM_ERROR_DENIED },
    { 400, "error-2-service-transient", SMM_PLATFORM_ERROR_ANSWER },
    { 400, "error-4-app-rate-limit", SMM_PLATFORM_ERROR_ANSWER },
    { 500, "ig-login-long-lived-or-refresh", SMM_PLATFORM_ERROR_ANSWER },
    { 200, "<html>", SMM_PLATFORM_ERROR_ANSWER },
    { 200, "{\"access_token\":\"a\"}", SMM_PLATFORM_ERROR_ANSWER },
    { 200, "{\"access_token\":\"a\\nb\",\"expires_in\":5}", SMM_PLATFORM_ERROR_ANSWER },
    { 200, "{\"access_token\":\"a\",\"expires_in\":-5}", SMM_PLATFORM_ERROR_ANSWER },
  };
  g_autoptr (SmmAccount) account = login_account ();
  const SmmPlatform *platform = smm_platform_get_for (account);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      SmmTokens tokens = { .account = g_strdup ("old"), .expires_at = 7 };
      g_autoptr (SmmRequest) request = platform->refresh (account, &tokens, APP_ID, "s3cret");
      g_autofree char *asked = test_describe_request (request);
      g_autofree char *body = test_answer_body (rows[i].body);
      g_autoptr (SmmResponse) response = test_answer (rows[i].status, body);
      g_autoptr (GError) error = NULL;
      gboolean taken = platform->apply_refresh (account, &tokens, response, NOW, &error);

      /* The secret of the app is not needed, and so not sent. */
      g_assert_cmpstr (asked, ==,
                       "GET /refresh_access_token none endpoint=4 grant_type=ig_refresh_token "
                       "access_token=old (secret)");
      g_assert_true (taken == (rows[i].error < 0));
      g_assert_cmpint (error != NULL ? error->code : -1, ==, rows[i].error);
      g_assert_cmpstr (tokens.account, ==, taken ? "IGAAlongliveduser" : "old");
      g_assert_cmpint (tokens.expires_at, ==, taken ? NOW + 5183944 * (gint64)G_USEC_PER_SEC : 7);
      smm_tokens_clear (&tokens);
    }
}

static void
test_refresh_nothing (void)
{
  g_autoptr (SmmAccount) account = login_account ();
  SmmTokens none = { 0 };

  g_assert_null (smm_platform_get_for (account)->refresh (account, &none, APP_ID, NULL));
}

static void
test_check (void)
{
  static const struct
  {
    guint status;
    const char *body, *outcome;
  } rows[] = {
    { 200, "{\"user_id\":17841400123456789}", "DONE" },
    { 200, "{\"user_id\":\"5\"}", "RETRY no-clear-answer" },
    { 400, "error-190-463-expired", "SIGNED_OUT signed-out 190/463" },
    { 500, "{\"user_id\":17841400123456789}", "RETRY no-clear-answer" },
  };
  g_autoptr (SmmAccount) account = login_account ();
  const SmmPlatform *platform = smm_platform_get_for (account);
  g_autoptr (SmmRequest) request = platform->check (account);
  g_autofree char *asked = test_describe_request (request);

  g_assert_cmpstr (asked, ==,
                   "GET /v26.0/me none endpoint=4 fields=user_id,username,followers_count");
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *body = test_answer_body (rows[i].body);
      g_autoptr (SmmResponse) response = test_answer (rows[i].status, body);
      g_autoptr (SmmOutcome) outcome = platform->apply_check (account, response);
      g_autofree char *made = test_describe_outcome (outcome);

      g_assert_cmpstr (made, ==, rows[i].outcome);
    }
}

/* --- Publishing: the same steps at another host, with addresses from elsewhere --- */

static void
test_publish (void)
{
  static const TestTurn turns[] = {
    { "prepare container:0 POST /v26.0/" INSTAGRAM_ID
      "/media form endpoint=4 image_url=https://example.com/a.jpg caption=Rye! alt_text=A loaf",
      200, "{\"id\":\"70\"}", "DONE container:0=70" },
    { "prepare ready:0 GET /v26.0/70 none endpoint=4 fields=id,status_code,status", 200,
      "ig-container-status-finished", "DONE ready:0=1" },
    { "prepare quota GET /v26.0/" INSTAGRAM_ID
      "/content_publishing_limit none endpoint=4 fields=quota_usage,config",
      200, "ig-content-publishing-limit", "DONE quota=1" },
    { "commit publish POST /v26.0/" INSTAGRAM_ID "/media_publish form endpoint=4 creation_id=70",
      200, "ig-media-published", "DONE remote_id=17920238422030506" },
    { "confirm permalink GET /v26.0/17920238422030506 none endpoint=4 fields=permalink,timestamp" },
    { NULL },
  };
  g_autoptr (TestPub) test = test_pub_new (SMM_PLATFORM_INSTAGRAM, "Rye!", NULL, 1);

  g_object_unref (test->pub.account);
  test->pub.account = login_account ();
  test->platform = smm_platform_get_for (test->pub.account);
  test_pub_set_facts (test, "source:0=https://example.com/a.jpg");
  test_run_turns (test, turns);
}

/* There is no person's token to ask with: the list is next. */
static void
test_look (void)
{
  static const TestTurn turns[] = {
    { "GET /v26.0/70 none endpoint=4 fields=id,status_code,status", 400,
      "error-100-33-object-missing-or-no-access", "MORE look.gone=maybe" },
    { "GET /v26.0/" INSTAGRAM_ID "/media none endpoint=4 "
      "fields=id,caption,timestamp,media_type,media_product_type,permalink limit=100",
      200, "{\"data\":[]}", "UNKNOWN" },
    { NULL },
  };
  g_autoptr (TestPub) test = test_pub_new (SMM_PLATFORM_INSTAGRAM, "Rye!", NULL, 1);

  g_object_unref (test->pub.account);
  test->pub.account = login_account ();
  test_pub_set_facts (test, "container:0=70");
  test_run_looks (test, turns);
}

static void
test_validate (void)
{
  g_autoptr (SmmAccount) account = login_account ();
  g_autoptr (SmmPost) post = smm_post_new ();
  g_autoptr (GPtrArray) problems = NULL;
  SmmProblem *problem;

  g_ptr_array_add (post->media, test_media (1080, 1080, "image/jpeg"));
  problems = smm_platform_get_for (account)->validate (post, account);
  g_assert_cmpuint (problems->len, ==, 1);
  problem = problems->pdata[0];
  g_assert_cmpstr (problem->code, ==, "needs-web-space");
  g_assert_cmpstr (problem->fix, ==, "web-space");
  g_assert_true (problem->fatal);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/instagram-login/table", test_table);
  g_test_add_func ("/instagram-login/authorize", test_authorize);
  g_test_add_func ("/instagram-login/sign-in", test_sign_in);
  for (gsize i = 0; i < G_N_ELEMENTS (sign_in_rows); i++)
    {
      g_autofree char *name = g_strconcat ("/instagram-login/sign-in/", sign_in_rows[i].name, NULL);

      g_test_add_data_func (name, GSIZE_TO_POINTER (i), test_sign_in_row);
    }
  g_test_add_func ("/instagram-login/personal", test_personal);
  g_test_add_func ("/instagram-login/refresh", test_refresh);
  g_test_add_func ("/instagram-login/refresh-nothing", test_refresh_nothing);
  g_test_add_func ("/instagram-login/check", test_check);
  g_test_add_func ("/instagram-login/publish", test_publish);
  g_test_add_func ("/instagram-login/look", test_look);
  g_test_add_func ("/instagram-login/validate", test_validate);
  return g_test_run ();
}

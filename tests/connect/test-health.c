/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a platform tells of a sign-in: learnt when it is whole, and else nothing. */

#include "config.h"

#include "smm-health.h"

#include <string.h>

#define PERMISSIONS                                                                                \
  "{\"data\":[{\"permission\":\"pages_show_list\",\"status\":\"granted\"},"                        \
  "{\"permission\":\"read_insights\",\"status\":\"declined\"},"                                    \
  "{\"permission\":\"pages_manage_posts\",\"status\":\"granted\"}]}"
#define PAGES_1                                                                                    \
  "{\"data\":[{\"id\":\"1\",\"tasks\":[\"ANALYZE\",\"MODERATE\"],\"picture\":{\"data\":{"          \
  "\"url\":\"https://a.fbcdn.net/1\"}},\"instagram_business_account\":{\"id\":\"17\","             \
  "\"profile_picture_url\":\"https://a.fbcdn.net/17\"}}],"                                         \
  "\"paging\":{\"cursors\":{\"after\":\"NEXT\"},\"next\":\"https://graph.facebook.com/x\"}}"
#define PAGES_2 "{\"data\":[{\"id\":2,\"tasks\":[]}],\"paging\":{\"cursors\":{\"after\":\"END\"}}}"

static SmmAccount *
make_account (SmmPlatformId platform, const char *login)
{
  SmmAccount *account = smm_account_new ();

  account->id = g_strdup ("an-account");
  account->platform = platform;
  account->remote_id = g_strdup ("1");
  account->login = g_strdup (login);
  return account;
}

static gboolean
answer (SmmHealth *health, SmmAccount *account, guint status, const char *text)
{
  g_autoptr (GBytes) body = g_bytes_new (text, strlen (text));
  g_autoptr (SmmResponse) response = smm_response_new (SMM_SENT_ANSWERED, status, body);

  return smm_health_apply (health, account, response);
}

static const SmmHealthFacts *
find (SmmHealth *health, const char *id)
{
  return g_hash_table_lookup (health->facts, id);
}

static void
test_meta (void)
{
  g_autoptr (SmmAccount) account = make_account (SMM_PLATFORM_FACEBOOK, NULL);
  g_autoptr (SmmHealth) health = smm_health_new ();
  g_autoptr (SmmRequest) first = smm_health_next (health, account);
  g_autoptr (SmmRequest) second = NULL;
  g_autoptr (SmmRequest) third = NULL;

  g_assert_cmpstr (first->path, ==, "/v26.0/me/permissions");
  g_assert_cmpint (first->token, ==, SMM_TOKEN_PERSON);
  g_assert_true (answer (health, account, 200, PERMISSIONS));
  g_assert_cmpstr (health->scopes, ==, "pages_show_list pages_manage_posts");
  second = smm_health_next (health, account);
  g_assert_cmpstr (second->path, ==, "/v26.0/me/accounts");
  g_assert_null (smm_request_get_param (second, "after"));
  g_assert_true (answer (health, account, 200, PAGES_1));
  third = smm_health_next (health, account);
  g_assert_cmpstr (smm_request_get_param (third, "after"), ==, "NEXT");
  g_assert_true (answer (health, account, 200, PAGES_2));
  g_assert_null (smm_health_next (health, account));
  g_assert_cmpstr (find (health, "1")->tasks, ==, "ANALYZE MODERATE");
  g_assert_cmpstr (find (health, "1")->picture_url, ==, "https://a.fbcdn.net/1");
  g_assert_null (find (health, "17")->tasks);
  g_assert_cmpstr (find (health, "17")->picture_url, ==, "https://a.fbcdn.net/17");
  g_assert_cmpstr (find (health, "2")->tasks, ==, "");
}

static void
test_profiles (void)
{
  g_autoptr (SmmAccount) login = make_account (SMM_PLATFORM_INSTAGRAM, "instagram");
  g_autoptr (SmmAccount) tiktok = make_account (SMM_PLATFORM_TIKTOK, NULL);
  g_autoptr (SmmHealth) of_login = smm_health_new ();
  g_autoptr (SmmHealth) of_tiktok = smm_health_new ();
  g_autoptr (SmmRequest) me = smm_health_next (of_login, login);
  g_autoptr (SmmRequest) info = smm_health_next (of_tiktok, tiktok);

  g_assert_cmpint (me->endpoint, ==, SMM_ENDPOINT_META_INSTAGRAM_GRAPH);
  g_assert_cmpint (me->token, ==, SMM_TOKEN_ACCOUNT);
  g_assert_true (
      answer (of_login, login, 200,
              "{\"user_id\":1,\"profile_picture_url\":\"https://a.cdninstagram.com/1\"}"));
  g_assert_cmpstr (find (of_login, "1")->picture_url, ==, "https://a.cdninstagram.com/1");
  g_assert_null (smm_health_next (of_login, login));
  g_assert_cmpstr (info->path, ==, "/v2/user/info/");
  g_assert_true (answer (of_tiktok, tiktok, 200,
                         "{\"data\":{\"user\":{\"open_id\":\"1\",\"avatar_url\":\"https://x\"}},"
                         "\"error\":{\"code\":\"ok\"}}"));
  g_assert_cmpstr (find (of_tiktok, "1")->picture_url, ==, "https://x");
  g_assert_null (of_tiktok->scopes);
}

/* None of these says anything: what was known before counts on. */
static void
test_nothing (void)
{
  static const struct
  {
    guint status;
    const char *text;
  } rows[] = {
    { 200, "" },
    { 200, "[]" },
    { 200, "null" },
    { 200, "{}" },
    { 200, "{\"data\":{}}" },
    { 200, "{\"data\":\"pages_show_list\"}" },
    { 200, "<html>" },
    { 400, PERMISSIONS },
    { 500, PERMISSIONS },
    { 302, PERMISSIONS },
    { 200, "{\"error\":{\"code\":190,\"message\":\"Invalid\"}}" },
  };
  const SmmPlatformId platforms[]
      = { SMM_PLATFORM_FACEBOOK, SMM_PLATFORM_INSTAGRAM, SMM_PLATFORM_TIKTOK };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    for (guint p = 0; p < G_N_ELEMENTS (platforms); p++)
      {
        g_autoptr (SmmAccount) account = make_account (platforms[p], NULL);
        g_autoptr (SmmHealth) health = smm_health_new ();

        g_assert_false (answer (health, account, rows[i].status, rows[i].text));
        g_assert_null (health->scopes);
        g_assert_cmpuint (g_hash_table_size (health->facts), ==, 0);
      }
}

/* What is odd in a good answer is left out. */
static void
test_odd (void)
{
  g_autoptr (SmmAccount) account = make_account (SMM_PLATFORM_FACEBOOK, NULL);
  g_autoptr (SmmHealth) health = smm_health_new ();
  g_autofree char *long_url = g_strnfill (5000, 'a');
  g_autofree char *pages = g_strdup_printf (
      "{\"data\":[7,null,{\"tasks\":[\"MANAGE\"]},{\"id\":\"1\",\"tasks\":[1,null,\"lower\","
      "\"A B\",\"MANAGE\",{}],\"picture\":{\"data\":[]}},{\"id\":\"3\",\"tasks\":\"MANAGE\","
      "\"picture\":{\"data\":{\"url\":\"%s\"}}}]}",
      long_url);

  g_assert_true (answer (health, account, 200,
                         "{\"data\":[1,null,{},{\"permission\":5,\"status\":\"granted\"},"
                         "{\"permission\":\"a\",\"status\":true}]}"));
  g_assert_cmpstr (health->scopes, ==, "");
  g_assert_true (answer (health, account, 200, pages));
  g_assert_cmpuint (g_hash_table_size (health->facts), ==, 2);
  g_assert_cmpstr (find (health, "1")->tasks, ==, "MANAGE");
  g_assert_null (find (health, "1")->picture_url);
  g_assert_cmpstr (find (health, "3")->tasks, ==, "");
  g_assert_null (find (health, "3")->picture_url);
}

/* A list that does not end is not followed for ever, and says nothing. */
static void
test_endless (void)
{
  g_autoptr (SmmAccount) account = make_account (SMM_PLATFORM_FACEBOOK, NULL);
  g_autoptr (SmmHealth) health = smm_health_new ();
  guint n = 0;

  g_assert_true (answer (health, account, 200, PERMISSIONS));
  while (answer (health, account, 200, PAGES_1))
    n++;
  g_assert_cmpuint (n, <, 100);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/health/meta", test_meta);
  g_test_add_func ("/health/profiles", test_profiles);
  g_test_add_func ("/health/nothing", test_nothing);
  g_test_add_func ("/health/odd", test_odd);
  g_test_add_func ("/health/endless", test_endless);
  return g_test_run ();
}

/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the form of a TikTok post may offer, from answers good, stopping and hostile. */

#include "config.h"

#include "smm-tiktok-creator.h"

#include <string.h>

static SmmAccount *
make_account (void)
{
  SmmAccount *account = smm_account_new ();

  account->id = g_strdup ("account");
  account->platform = SMM_PLATFORM_TIKTOK;
  account->name = g_strdup ("Northside Bread");
  return account;
}

static SmmTiktokCreator *
parse (const char *body, guint status, GError **error)
{
  g_autoptr (SmmAccount) account = make_account ();
  g_autoptr (GBytes) bytes = g_bytes_new (body, strlen (body));
  g_autoptr (SmmResponse) response = smm_response_new (SMM_SENT_ANSWERED, status, bytes);

  return smm_tiktok_creator_parse (account, response, error);
}

#define OK "\"error\":{\"code\":\"ok\",\"message\":\"\",\"log_id\":\"1\"}}"

static void
test_request (void)
{
  g_autoptr (SmmAccount) account = make_account ();
  g_autoptr (SmmRequest) request = smm_tiktok_creator_request (account);

  g_assert_cmpstr (request->method, ==, "POST");
  g_assert_cmpint (request->endpoint, ==, SMM_ENDPOINT_TIKTOK_API);
  g_assert_cmpstr (request->path, ==, "/v2/post/publish/creator_info/query/");
  g_assert_cmpint (request->auth, ==, SMM_AUTH_BEARER);
  g_assert_cmpstr (request->account_id, ==, "account");
}

static void
test_creator (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SmmTiktokCreator) creator = parse (
      "{\"data\":{\"creator_nickname\":\"Bread & Co\",\"creator_username\":\"northsidebread\","
      "\"creator_avatar_url\":\"https://p16.tiktokcdn.com/a.jpeg\",\"privacy_level_options\":"
      "[\"FOLLOWER_OF_CREATOR\",\"MUTUAL_FOLLOW_FRIENDS\",\"SELF_ONLY\"],\"comment_disabled\":true,"
      "\"duet_disabled\":false,\"stitch_disabled\":true,\"max_video_post_duration_sec\":300}," OK,
      200, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (creator->nickname, ==, "Bread & Co");
  g_assert_cmpstr (creator->username, ==, "northsidebread");
  g_assert_cmpuint (g_strv_length (creator->privacy), ==, 3);
  g_assert_cmpstr (creator->privacy[0], ==, "FOLLOWER_OF_CREATOR");
  g_assert_true (creator->comment_disabled);
  g_assert_false (creator->duet_disabled);
  g_assert_true (creator->stitch_disabled);
  g_assert_cmpint (creator->max_duration, ==, 300);
  g_assert_null (creator->stopped);
}

static void
test_stopped (void)
{
  static const char *const codes[] = { "spam_risk_too_many_posts", "reached_active_user_cap",
                                       "spam_risk_user_banned_from_posting" };

  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      g_autofree char *body = g_strdup_printf (
          "{\"data\":{},\"error\":{\"code\":\"%s\",\"message\":\"no\",\"log_id\":\"1\"}}",
          codes[i]);
      g_autoptr (GError) error = NULL;
      g_autoptr (SmmTiktokCreator) creator = parse (body, 200, &error);

      g_assert_no_error (error);
      g_assert_nonnull (creator->stopped);
      g_assert_null (strstr (creator->stopped, "no reason"));
      g_assert_cmpstr (creator->nickname, ==, "Northside Bread");
      g_assert_cmpuint (g_strv_length (creator->privacy), ==, 0);
    }
}

static void
test_refused (void)
{
  static const struct
  {
    const char *body;
    guint status;
    int code;
  } answers[] = {
    { "{\"data\":{},\"error\":{\"code\":\"access_token_invalid\",\"message\":\"\",\"log_id\":\"1\"}"
      "}",
      401, SMM_PLATFORM_ERROR_DENIED },
    { "{\"data\":{},\"error\":{\"code\":\"internal_error\",\"message\":\"\",\"log_id\":\"1\"}}",
      500, SMM_PLATFORM_ERROR_ANSWER },
    { "{\"data\":{\"creator_nickname\":\"x\"}," OK, 200, SMM_PLATFORM_ERROR_ANSWER },
    { "{\"data\":{\"privacy_level_options\":\"SELF_ONLY\"}," OK, 200, SMM_PLATFORM_ERROR_ANSWER },
    { "[]", 200, SMM_PLATFORM_ERROR_ANSWER },
    { "", 200, SMM_PLATFORM_ERROR_ANSWER },
    { "<html>", 502, SMM_PLATFORM_ERROR_ANSWER },
  };

  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (parse (answers[i].body, answers[i].status, &error));
      g_assert_error (error, SMM_PLATFORM_ERROR, answers[i].code);
    }
}

/* Members of other types and sizes change nothing but themselves. */
static void
test_hostile (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SmmTiktokCreator) creator = parse (
      "{\"data\":{\"creator_nickname\":7,\"creator_username\":\"../../"
      "etc\",\"creator_avatar_url\":[],"
      "\"privacy_level_options\":[1,null,{},[],\"\",\"SELF_ONLY\"],\"comment_disabled\":\"yes\","
      "\"max_video_post_duration_sec\":99999999999999}," OK,
      200, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (creator->nickname, ==, "Northside Bread");
  g_assert_null (creator->username);
  g_assert_null (creator->avatar_url);
  g_assert_cmpuint (g_strv_length (creator->privacy), ==, 1);
  g_assert_cmpstr (creator->privacy[0], ==, "SELF_ONLY");
  g_assert_false (creator->comment_disabled);
  g_assert_cmpint (creator->max_duration, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/tiktok-creator/request", test_request);
  g_test_add_func ("/tiktok-creator/creator", test_creator);
  g_test_add_func ("/tiktok-creator/stopped", test_stopped);
  g_test_add_func ("/tiktok-creator/refused", test_refused);
  g_test_add_func ("/tiktok-creator/hostile", test_hostile);
  return g_test_run ();
}

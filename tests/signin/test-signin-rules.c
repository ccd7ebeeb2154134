/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the sign-in window opens, takes for the answer, and refuses. */

#include <string.h>

#include "smm-signin-rules.h"

static const char *const line
    = "{\"platform\":\"Facebook\",\"address\":\"https://www.facebook.com/v26.0/dialog/oauth?a=b\","
      "\"redirect\":\"https://www.facebook.com/connect/login_success.html\","
      "\"pages\":[\"facebook.com\",\"http://127.0.0.1:4000\"],\"parts\":[\"fbcdn.net\"]}";

static void
test_judge (void)
{
  static const struct
  {
    const char *address;
    SmmSigninVerdict verdict;
  } cases[] = {
    { "https://facebook.com/", SMM_SIGNIN_OPEN },
    { "https://m.facebook.com/login?next=x#y", SMM_SIGNIN_OPEN },
    { "https://M.FaceBook.com:443/", SMM_SIGNIN_OPEN },
    { "http://127.0.0.1:4000/x", SMM_SIGNIN_OPEN },
    { "about:blank", SMM_SIGNIN_OPEN },
    { "https://www.facebook.com/connect/login_success.html?code=1&state=2#_=_", SMM_SIGNIN_ANSWER },
    { "https://WWW.facebook.com/connect/login_success.html", SMM_SIGNIN_ANSWER },
    { "https://www.facebook.com/connect/login_success.htmlx", SMM_SIGNIN_OPEN },
    { "http://www.facebook.com/connect/login_success.html?code=1", SMM_SIGNIN_REFUSE },
    { "https://www.facebook.com:444/connect/login_success.html", SMM_SIGNIN_REFUSE },
    { "http://facebook.com/", SMM_SIGNIN_REFUSE },
    { "https://facebook.com:8443/", SMM_SIGNIN_REFUSE },
    { "https://notfacebook.com/", SMM_SIGNIN_REFUSE },
    { "https://facebook.com.evil.example/", SMM_SIGNIN_REFUSE },
    { "https://facebook.com@evil.example/", SMM_SIGNIN_REFUSE },
    { "https://evil.example/facebook.com", SMM_SIGNIN_REFUSE },
    { "https://evil.example\\.facebook.com/", SMM_SIGNIN_REFUSE },
    { "https://facebook.com./", SMM_SIGNIN_REFUSE },
    { "https://static.fbcdn.net/", SMM_SIGNIN_REFUSE },
    { "http://127.0.0.1:4001/", SMM_SIGNIN_REFUSE },
    { "http://127.0.0.1/", SMM_SIGNIN_REFUSE },
    { "http://localhost:4000/", SMM_SIGNIN_REFUSE },
    { "file:///etc/passwd", SMM_SIGNIN_REFUSE },
    { "data:text/html,x", SMM_SIGNIN_REFUSE },
    { "javascript:alert(1)", SMM_SIGNIN_REFUSE },
    { "intent://facebook.com/", SMM_SIGNIN_REFUSE },
    { "fb://facebook.com/", SMM_SIGNIN_REFUSE },
    { "https:///", SMM_SIGNIN_REFUSE },
    { "", SMM_SIGNIN_REFUSE },
    { "\xff\xfe", SMM_SIGNIN_REFUSE },
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (SmmSigninRules) rules = smm_signin_rules_parse (line, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s", cases[i].address);
      g_assert_cmpint (smm_signin_rules_judge (rules, cases[i].address), ==, cases[i].verdict);
    }
}

static void
test_parse (void)
{
  static const struct
  {
    const char *from, *to;
  } breaks[] = {
    { "\"Facebook\"", "7" },
    { "https://www.facebook.com/v26.0/dialog", "https://evil.example/v26.0/dialog" },
    { "https://www.facebook.com/v26.0/dialog", "http://www.facebook.com/v26.0/dialog" },
    { "https://www.facebook.com/connect", "file:///connect" },
    { "http://127.0.0.1:4000", "http://evil.example" },
    { "http://127.0.0.1:4000", "http://127.0.0.1:4000/path" },
    { "\"facebook.com\"", "\"com\"" },
    { "\"facebook.com\"", "\"\"" },
    { "\"facebook.com\"", "\"*.facebook.com\"" },
    { "\"facebook.com\"", "{}" },
    { "[\"fbcdn.net\"]", "\"fbcdn.net\"" },
    { "\"parts\"", "\"party\"" },
    { "}", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (breaks); i++)
    {
      g_auto (GStrv) parts = g_strsplit (line, breaks[i].from, 2);
      g_autofree char *broken = g_strjoinv (breaks[i].to, parts);
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", broken);
      g_assert_cmpuint (g_strv_length (parts), ==, 2);
      g_assert_null (smm_signin_rules_parse (broken, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
    }
}

/* Blocked first, then what may pass: the order is what makes it a list of the allowed. */
static void
test_filter (void)
{
  g_autoptr (SmmSigninRules) rules = smm_signin_rules_parse (line, NULL);
  g_autofree char *filter = smm_signin_rules_make_filter (rules);
  const char *block = strstr (filter, "\"block\"");
  const char *allow = strstr (filter, "ignore-previous-rules");

  g_assert_nonnull (block);
  g_assert_nonnull (allow);
  g_assert_true (block < allow);
  g_assert_null (strstr (allow, "\"block\""));
  g_assert_nonnull (strstr (filter, "^https://([a-z0-9.-]+\\\\.)?fbcdn\\\\.net/"));
  g_assert_nonnull (strstr (filter, "127\\\\.0\\\\.0\\\\.1:4000/"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/signin/judge", test_judge);
  g_test_add_func ("/signin/parse", test_parse);
  g_test_add_func ("/signin/filter", test_filter);
  return g_test_run ();
}

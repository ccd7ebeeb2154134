/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The value of a keyring item: read as it was written, now and before. */

#include "config.h"

#include "smm-account-token.h"
#include "smm-vault.h"

static void
test_round (void)
{
  static const SmmAccountTokens cases[] = {
    { (char *)"act.1", NULL, (char *)"rft.1", 1795425300000000, 1795425300000001 },
    { (char *)"EAAB", (char *)"EAAC", NULL, 0, 0 },
    { NULL, (char *)"EAAC", NULL, 0, 0 },
    { NULL, NULL, NULL, 0, 0 },
    { (char *)"a", (char *)"b", (char *)"c", G_MAXINT64, 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *value = smm_account_tokens_pack (&cases[i]);
      g_auto (SmmAccountTokens) tokens = { 0 };
      g_autofree char *account = smm_account_token_get (value, SMM_TOKEN_ACCOUNT);
      g_autofree char *person = smm_account_token_get (value, SMM_TOKEN_PERSON);

      g_assert_true (g_str_has_prefix (value, "2\n"));
      g_assert_true (smm_account_tokens_unpack (value, &tokens));
      g_assert_cmpstr (tokens.account, ==, cases[i].account);
      g_assert_cmpstr (tokens.person, ==, cases[i].person);
      g_assert_cmpstr (tokens.refresh, ==, cases[i].refresh);
      g_assert_cmpint (tokens.expires_at, ==, cases[i].expires_at);
      g_assert_cmpint (tokens.refresh_expires_at, ==, cases[i].refresh_expires_at);
      g_assert_cmpstr (account, ==, cases[i].account);
      g_assert_cmpstr (person, ==, cases[i].person);
    }
}

/* What an earlier version stored is still a sign-in. */
static void
test_first_format (void)
{
  g_auto (SmmAccountTokens) tokens = { 0 };
  g_autofree char *person = smm_account_token_get ("1\nEAAB\nEAAC", SMM_TOKEN_PERSON);
  g_autofree char *none = smm_account_token_get ("1\nEAAB\n", SMM_TOKEN_PERSON);

  g_assert_true (smm_account_tokens_unpack ("1\nEAAB\nEAAC", &tokens));
  g_assert_cmpstr (tokens.account, ==, "EAAB");
  g_assert_cmpstr (tokens.person, ==, "EAAC");
  g_assert_null (tokens.refresh);
  g_assert_cmpint (tokens.expires_at, ==, 0);
  g_assert_cmpstr (person, ==, "EAAC");
  g_assert_null (none);
}

static void
test_other (void)
{
  static const char *const values[] = { "",
                                        "1",
                                        "2",
                                        "1\n",
                                        "1\na\nb\nc",
                                        "2\na\nb\nc\n1",
                                        "3\na\nb",
                                        "2\na\nb\nc",
                                        "12\na\nb",
                                        "\n\n\n\n\n",
                                        "2\na\nb\nc\n1\n2\n",
                                        "2\na\nb\nc\nx\n2",
                                        "2\na\nb\nc\n\n",
                                        "2\na\nb\nc\n-1\n2",
                                        "2\na\nb\nc\n1x\n2" };

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    {
      g_auto (SmmAccountTokens) tokens = { 0 };

      g_assert_false (smm_account_tokens_unpack (values[i], &tokens));
      g_assert_null (tokens.account);
      g_assert_null (tokens.refresh);
      g_assert_null (smm_account_token_get (values[i], SMM_TOKEN_ACCOUNT));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/account-token/round", test_round);
  g_test_add_func ("/account-token/first-format", test_first_format);
  g_test_add_func ("/account-token/other", test_other);
  return g_test_run ();
}

/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-library-local.h"
#include "smm-mail-address.h"
#include "smm-notices.h"
#include "smm-settings.h"
#include "smm-test-store.h"

static void
move_target (SmmStore *store, const char *id, SmmTargetState state, int attempt, const char *code)
{
  g_autoptr (SmmTarget) target = smm_store_get_target (store, id);
  const SmmTransition to = { .state = state, .attempt = attempt, .reason_code = code };

  g_assert_true (smm_store_begin (store, NULL));
  g_assert_true (smm_store_transition (store, id, target->state, target->attempt, &to, NULL));
  g_assert_true (smm_store_commit (store, NULL));
}

static void
put_target (SmmStore *store, const char *id, SmmTargetState state)
{
  g_autoptr (SmmTarget) target = smm_store_get_target (store, id);

  target->state = state;
  g_assert_true (smm_store_begin (store, NULL));
  g_assert_true (smm_store_put_target (store, target, NULL));
  g_assert_true (smm_store_commit (store, NULL));
}

static GPtrArray *
list (SmmStore *store)
{
  return smm_store_list_notices (store, SMM_NOTICE_DESKTOP, 100);
}

static void
assert_kinds (SmmStore *store, const char *expected)
{
  g_autoptr (GPtrArray) notices = list (store);
  g_autoptr (GString) kinds = g_string_new (NULL);

  for (guint i = 0; i < notices->len; i++)
    g_string_append_printf (kinds, "%d ", ((SmmNotice *)notices->pdata[i])->kind);
  g_assert_cmpstr (kinds->str, ==, expected);
}

static void
test_noted (void)
{
  g_autoptr (SmmStore) store = test_open_owner ();
  g_autoptr (GPtrArray) notices = NULL;
  gint64 now = g_get_real_time ();

  test_fill_accounts (store);
  test_fill_posts (store, 0, 5, SMM_TARGET_SCHEDULED);
  assert_kinds (store, "");
  move_target (store, "target-0", SMM_TARGET_PUBLISHING, 1, NULL);
  move_target (store, "target-0", SMM_TARGET_UNCONFIRMED, 1, NULL);
  move_target (store, "target-0", SMM_TARGET_PUBLISHED, 1, NULL);
  move_target (store, "target-1", SMM_TARGET_HELD, 0, "too-late");
  move_target (store, "target-2", SMM_TARGET_HELD, 0, "signed-out");
  move_target (store, "target-3", SMM_TARGET_CANCELLED, 0, NULL);
  move_target (store, "target-4", SMM_TARGET_CANCELLED, 0, "too-late");
  assert_kinds (store, "3 1 5 4 5 ");
  /* The same once more is no news; another attempt is. */
  move_target (store, "target-2", SMM_TARGET_SCHEDULED, 0, NULL);
  move_target (store, "target-2", SMM_TARGET_HELD, 0, "signed-out");
  assert_kinds (store, "3 1 5 4 5 ");
  move_target (store, "target-2", SMM_TARGET_PUBLISHING, 1, NULL);
  move_target (store, "target-2", SMM_TARGET_FAILED, 1, NULL);
  assert_kinds (store, "3 1 5 4 5 2 ");
  /* What people stopped themselves a moment ago is none. */
  move_target (store, "target-0", SMM_TARGET_HELD, 2, "closing");
  move_target (store, "target-1", SMM_TARGET_HELD, 2, "switched-off");
  assert_kinds (store, "3 1 5 4 5 2 ");
  /* Also when a command does it, which writes the whole target. */
  put_target (store, "target-3", SMM_TARGET_PUBLISHED);
  put_target (store, "target-3", SMM_TARGET_PUBLISHED);
  assert_kinds (store, "3 1 5 4 5 2 1 ");
  notices = list (store);
  g_assert_cmpint (ABS (((SmmNotice *)notices->pdata[0])->at - now), <, 60 * G_USEC_PER_SEC);
  g_assert_cmpstr (((SmmNotice *)notices->pdata[0])->subject, ==, "target-0");
}

/* What a channel does not tell is dealt with there, and there only; what happens after it was asked
 * for is told again. */
static void
test_told_nowhere (void)
{
  g_autoptr (SmmStore) store = test_open_owner ();
  g_autoptr (GPtrArray) mails = NULL;

  test_fill_accounts (store);
  test_fill_posts (store, 0, 4, SMM_TARGET_SCHEDULED);
  smm_store_want_notices (store, SMM_NOTICE_DESKTOP, 1u << SMM_NOTICE_FAILED);
  smm_store_want_notices (store, SMM_NOTICE_MAIL, 1u << SMM_NOTICE_PUBLISHED);
  move_target (store, "target-0", SMM_TARGET_PUBLISHED, 1, NULL);
  move_target (store, "target-1", SMM_TARGET_FAILED, 1, NULL);
  assert_kinds (store, "2 ");
  mails = smm_store_list_notices (store, SMM_NOTICE_MAIL, 100);
  g_assert_cmpuint (mails->len, ==, 1);
  g_assert_cmpint (((SmmNotice *)mails->pdata[0])->kind, ==, SMM_NOTICE_PUBLISHED);
  smm_store_want_notices (store, SMM_NOTICE_DESKTOP, 1u << SMM_NOTICE_PUBLISHED);
  move_target (store, "target-2", SMM_TARGET_PUBLISHED, 1, NULL);
  assert_kinds (store, "2 1 ");
}

static void
test_handed_over (void)
{
  g_autoptr (SmmStore) store = test_open_owner ();

  test_fill_accounts (store);
  test_fill_posts (store, 0, 1, SMM_TARGET_SCHEDULED);
  move_target (store, "target-0", SMM_TARGET_SCHEDULED, 1, "handed-over");
  move_target (store, "target-0", SMM_TARGET_SCHEDULED, 1, "handed-over");
  assert_kinds (store, "6 ");
}

static void
set_account (SmmStore *store, SmmAccountState state)
{
  g_autoptr (SmmAccount) account = smm_store_get_account (store, TEST_FACEBOOK);

  account->state = state;
  g_assert_true (smm_store_begin (store, NULL));
  g_assert_true (smm_store_put_account (store, account, NULL));
  g_assert_true (smm_store_commit (store, NULL));
}

/* Also through "insert or update", whose way of dealing with conflicts a trigger inherits. */
static void
test_account (void)
{
  g_autoptr (SmmStore) store = test_open_owner ();

  test_fill_accounts (store);
  for (guint i = 0; i < 3; i++)
    {
      set_account (store, SMM_ACCOUNT_SIGNED_OUT);
      set_account (store, SMM_ACCOUNT_OK);
    }
  set_account (store, SMM_ACCOUNT_DISCONNECTED);
  assert_kinds (store, "7 ");
}

static void
test_expiring (void)
{
  g_autoptr (SmmStore) store = test_open_owner ();
  g_autoptr (SmmAccount) account = NULL;
  gint64 now = TEST_DUE;
  guint n = 9;

  test_fill_accounts (store);
  g_assert_true (smm_notices_note_expiring (store, now, &n, NULL));
  g_assert_cmpuint (n, ==, 0);
  account = smm_store_get_account (store, TEST_FACEBOOK);
  account->token_expires_at = 0;
  account->access_expires_at = now + 8 * G_TIME_SPAN_DAY;
  g_assert_true (smm_store_begin (store, NULL));
  g_assert_true (smm_store_put_account (store, account, NULL));
  g_assert_true (smm_store_commit (store, NULL));
  g_assert_true (smm_notices_note_expiring (store, now, &n, NULL));
  g_assert_cmpuint (n, ==, 0);
  for (guint i = 0; i < 3; i++)
    {
      g_assert_true (smm_notices_note_expiring (store, now + (2 + i) * G_TIME_SPAN_DAY, &n, NULL));
      g_assert_cmpuint (n, ==, i == 0 ? 1 : 0);
    }
  assert_kinds (store, "8 ");
  /* What has ended is told otherwise. */
  account->access_expires_at = now - 1;
  g_assert_true (smm_store_begin (store, NULL));
  g_assert_true (smm_store_put_account (store, account, NULL));
  g_assert_true (smm_store_commit (store, NULL));
  g_assert_true (smm_notices_note_expiring (store, now, &n, NULL));
  g_assert_cmpuint (n, ==, 0);
}

/* What is told is what is so when it is told. */
static void
test_facts (void)
{
  g_autoptr (SmmStore) store = test_open_owner ();
  g_autoptr (GPtrArray) notices = NULL;
  g_autoptr (SmmNoticeFacts) unclear = NULL, published = NULL, gone = NULL;
  g_autofree char *summary = NULL, *caption = NULL;

  test_fill_accounts (store);
  test_fill_posts (store, 0, 2, SMM_TARGET_PUBLISHING);
  move_target (store, "target-0", SMM_TARGET_UNCONFIRMED, 0, NULL);
  move_target (store, "target-0", SMM_TARGET_PUBLISHED, 0, NULL);
  move_target (store, "target-1", SMM_TARGET_FAILED, 0, NULL);
  notices = list (store);
  unclear = smm_notice_facts_load (store, notices->pdata[0]);
  g_assert_null (unclear);
  published = smm_notice_facts_load (store, notices->pdata[1]);
  summary = smm_notice_make_summary (published);
  g_assert_cmpstr (summary, ==, "Published on Facebook");
  caption = smm_notice_make_caption (published);
  g_assert_true (g_str_has_prefix (caption, "“"));
  g_assert_true (smm_store_begin (store, NULL));
  g_assert_true (smm_store_set_post_deleted (store, "post-1", 5, NULL));
  g_assert_true (smm_store_commit (store, NULL));
  gone = smm_notice_facts_load (store, notices->pdata[2]);
  g_assert_null (gone);
}

/* Neither what was told since is told again, nor is a mail that may have gone sent again. */
static void
test_restored (void)
{
  g_autoptr (SmmPaths) paths = smm_paths_new (NULL);
  g_autoptr (SmmStore) store = test_open_owner ();
  g_autofree char *name = NULL;
  g_autoptr (SmmMail) waits = NULL, next = NULL;
  g_autoptr (GPtrArray) mails = NULL;
  g_autoptr (GError) error = NULL;

  test_fill_accounts (store);
  test_fill_posts (store, 0, 2, SMM_TARGET_PUBLISHING);
  move_target (store, "target-0", SMM_TARGET_FAILED, 0, NULL);
  waits = g_new0 (SmmMail, 1);
  waits->key = g_strdup ("notice/1");
  waits->sender = g_strdup ("a@example.org");
  waits->recipients = g_strdup ("b@example.org");
  waits->subject = g_strdup ("s");
  waits->text = g_strdup ("t");
  waits->html = g_strdup ("h");
  waits->made_at = 7;
  g_assert_true (smm_store_begin (store, NULL));
  g_assert_true (smm_store_put_mail (store, waits, NULL));
  g_assert_cmpint (waits->id, >, 0);
  g_assert_true (smm_store_commit (store, NULL));
  next = smm_store_get_next_mail (store);
  g_assert_cmpstr (next->key, ==, "notice/1");
  name = smm_store_backup (store, "manual", &error);
  g_assert_no_error (error);
  g_clear_object (&store);
  g_assert_true (smm_store_restore (paths, name, &error));
  store = test_open_owner ();
  /* Who was told is not told again; that the other one is doubted now is new. */
  assert_kinds (store, "3 ");
  g_assert_null (smm_store_get_next_mail (store));
  mails = smm_store_list_mails (store, 5);
  g_assert_cmpuint (mails->len, ==, 1);
  g_assert_cmpint (((SmmMail *)mails->pdata[0])->state, ==, SMM_MAIL_UNKNOWN);
}

static void
put_setting (SmmStore *store, const char *key, const char *value)
{
  g_assert_true (smm_setting_check (key, value, NULL));
  g_assert_true (smm_store_begin (store, NULL));
  g_assert_true (smm_store_put_setting (store, key, value, NULL));
  g_assert_true (smm_store_commit (store, NULL));
}

static void
test_wanted (void)
{
  g_autoptr (SmmStore) store = test_open_owner ();

  /* Nothing is mailed before somebody asks for it, and then not each published post. */
  g_assert_cmpuint (smm_notices_get_wanted (store, SMM_NOTICE_MAIL), ==, 0);
  put_setting (store, SMM_SETTING_MAIL_ENABLED, "true");
  g_assert_cmpuint (smm_notices_get_wanted (store, SMM_NOTICE_MAIL) & 1u << SMM_NOTICE_FAILED, >,
                    0);
  g_assert_cmpuint (smm_notices_get_wanted (store, SMM_NOTICE_MAIL) & 1u << SMM_NOTICE_PUBLISHED,
                    ==, 0);
  put_setting (store, SMM_SETTING_NOTIFY_LATE, "false");
  g_assert_cmpuint (smm_notices_get_wanted (store, SMM_NOTICE_DESKTOP) & 1u << SMM_NOTICE_LATE, ==,
                    0);
  for (const SmmNoticeInfo *info = smm_notices_get_all (); info->name != NULL; info++)
    for (guint i = 0; i < SMM_N_NOTICE_CHANNELS; i++)
      g_assert_nonnull (smm_settings_find (info->keys[i]));
}

static void
test_addresses (void)
{
  static const char *const good[]
      = { "a@b.org", "first.last+tag@mail.example.co.uk", "x_1@xn--bcher-kva.example" };
  static const char *const bad[]
      = { "",          "a",         "a@b",        "@b.org",   "a@.org",     "a@b..org", "a b@c.org",
          "a@b.org,c", "a@b.org\n", "a@b.org>",   "<a@b.org", "a..b@c.org", ".a@c.org", "a.@c.org",
          "ä@b.org",   "a@b.org ",  "a\"b@c.org", "a@-b.org", "a@b_c.org" };
  static const char *const senders[] = { "a@b.org", "The Shop <a@b.org>", "Zoë's Café <a@b.org>" };
  static const char *const no_senders[]
      = { "<a@b.org>",           "A <a@b.org",          "A <a@b.org> B",  "A, B <a@b.org>",
          "A\r\nBcc: <a@b.org>", "A <a@b.org,c@d.org>", "\xff <a@b.org>", "" };
  g_auto (GStrv) two = smm_mail_split_recipients (" a@b.org , c@d.org");
  g_autoptr (GString) many = g_string_new ("a@b.org");

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    g_assert_true (smm_mail_address_is_valid (good[i]));
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_false (smm_mail_address_is_valid (bad[i]));
  for (guint i = 0; i < G_N_ELEMENTS (senders); i++)
    g_assert_true (smm_setting_check (SMM_SETTING_MAIL_FROM, senders[i], NULL));
  for (guint i = 0; i < G_N_ELEMENTS (no_senders); i++)
    g_assert_false (smm_mail_sender_is_valid (no_senders[i]));
  g_assert_cmpuint (g_strv_length (two), ==, 2);
  g_assert_cmpstr (two[1], ==, "c@d.org");
  g_assert_null (smm_mail_split_recipients ("a@b.org,"));
  for (guint i = 0; i < SMM_MAIL_MAX_RECIPIENTS; i++)
    g_string_append (many, ",a@b.org");
  g_assert_false (smm_setting_check (SMM_SETTING_MAIL_TO, many->str, NULL));
  g_assert_true (smm_setting_check (SMM_SETTING_MAIL_TO, "", NULL));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/notices/noted", test_noted);
  g_test_add_func ("/notices/told-nowhere", test_told_nowhere);
  g_test_add_func ("/notices/handed-over", test_handed_over);
  g_test_add_func ("/notices/account", test_account);
  g_test_add_func ("/notices/expiring", test_expiring);
  g_test_add_func ("/notices/facts", test_facts);
  g_test_add_func ("/notices/restored", test_restored);
  g_test_add_func ("/notices/wanted", test_wanted);
  g_test_add_func ("/notices/addresses", test_addresses);
  return g_test_run ();
}

/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-notices.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "smm-settings.h"
#include "smm-store-write.h"

#define MAX_CAPTION 120
#define SOON (7 * (gint64)G_TIME_SPAN_DAY)

#define KEYS(name)                                                                                 \
  {                                                                                                \
    SMM_SETTING_NOTIFY_##name, SMM_SETTING_MAIL_##name                                             \
  }

static const SmmNoticeInfo infos[] = {
  { SMM_NOTICE_FAILED, "failed", N_ ("A post failed"), KEYS (FAILED) },
  { SMM_NOTICE_UNCONFIRMED, "unconfirmed", N_ ("A platform does not say whether a post is public"),
    KEYS (UNCONFIRMED) },
  { SMM_NOTICE_HELD, "held", N_ ("A post needs you"), KEYS (HELD) },
  { SMM_NOTICE_LATE, "late", N_ ("A post was too late"), KEYS (LATE) },
  { SMM_NOTICE_ACCOUNT, "account", N_ ("An account needs you"), KEYS (ACCOUNT) },
  { SMM_NOTICE_EXPIRING, "expiring", N_ ("A sign-in ends within a week"), KEYS (EXPIRING) },
  { SMM_NOTICE_PUBLISHED, "published", N_ ("A post is published"), KEYS (PUBLISHED) },
  { SMM_NOTICE_HANDED_OVER, "handed-over", N_ ("Facebook took a post over"), KEYS (HANDED_OVER) },
  { 0, NULL, NULL, { NULL, NULL } },
};

const SmmNoticeInfo *
smm_notices_get_all (void)
{
  return infos;
}

/**
 * smm_notices_find:
 * @name: "failed", "published" …
 *
 * Returns: (transfer none) (nullable): the kind
 */
const SmmNoticeInfo *
smm_notices_find (const char *name)
{
  for (const SmmNoticeInfo *info = infos; info->name != NULL; info++)
    if (strcmp (info->name, name) == 0)
      return info;
  return NULL;
}

/**
 * smm_notices_get_wanted:
 * @store: the library
 * @channel: a channel
 *
 * Returns: bits (1 << SmmNoticeKind) of what is to be told there
 */
guint
smm_notices_get_wanted (SmmStore *store, SmmNoticeChannel channel)
{
  guint wanted = 0;

  if (channel == SMM_NOTICE_MAIL && !smm_settings_get_boolean (store, SMM_SETTING_MAIL_ENABLED))
    return 0;
  for (const SmmNoticeInfo *info = infos; info->name != NULL; info++)
    if (smm_settings_get_boolean (store, info->keys[channel]))
      wanted |= 1u << info->kind;
  return wanted;
}

/* --- Sign-ins that end --- */

/* What ends first of what only its user can renew, µs UTC; 0: nothing does. */
static gint64
get_end (const SmmAccount *account)
{
  gint64 token = account->token_expires_at;
  gint64 access = account->access_expires_at;

  return token == 0 || (access > 0 && access < token) ? access : token;
}

/**
 * smm_notices_note_expiring:
 * @store: the owner's
 * @now: µs UTC
 * @n: (out): how many are new
 * @error: the library can't be written
 */
gboolean
smm_notices_note_expiring (SmmStore *store, gint64 now, guint *n, GError **error)
{
  g_autoptr (GPtrArray) accounts = smm_store_list_accounts (store, NULL);
  gboolean good = TRUE;

  *n = 0;
  for (guint i = 0; i < accounts->len && good; i++)
    {
      const SmmAccount *account = accounts->pdata[i];
      gint64 end = get_end (account);
      g_autofree char *occasion = g_strdup_printf ("%" G_GINT64_FORMAT, end);

      if (account->state != SMM_ACCOUNT_OK || end <= now || end > now + SOON
          || smm_store_has_notice (store, SMM_NOTICE_EXPIRING, account->id, occasion))
        continue;
      good
          = (*n > 0 || smm_store_begin (store, error))
            && smm_store_add_notice (store, SMM_NOTICE_EXPIRING, account->id, occasion, now, error);
      (*n)++;
    }
  if (!good)
    smm_store_rollback (store);
  return good && (*n == 0 || smm_store_commit (store, error));
}

/* --- What it is about --- */

void
smm_notice_facts_free (SmmNoticeFacts *facts)
{
  g_clear_object (&facts->target);
  g_clear_object (&facts->post);
  g_clear_object (&facts->account);
  g_free (facts);
}

/* What has changed since is told by a notice of its own, or is nothing to be told. */
static gboolean
is_so_still (const SmmNoticeFacts *facts)
{
  const SmmTarget *target = facts->target;

  switch (facts->kind)
    {
    case SMM_NOTICE_PUBLISHED:
      return target->state == SMM_TARGET_PUBLISHED;
    case SMM_NOTICE_FAILED:
      return target->state == SMM_TARGET_FAILED;
    case SMM_NOTICE_UNCONFIRMED:
      return target->state == SMM_TARGET_UNCONFIRMED;
    case SMM_NOTICE_HELD:
      return target->state == SMM_TARGET_HELD;
    case SMM_NOTICE_LATE:
      return (target->state == SMM_TARGET_HELD || target->state == SMM_TARGET_CANCELLED)
             && g_strcmp0 (target->reason_code, "too-late") == 0;
    case SMM_NOTICE_HANDED_OVER:
      return target->state == SMM_TARGET_SCHEDULED && target->remote_id != NULL;
    case SMM_NOTICE_ACCOUNT:
      return facts->account->state == SMM_ACCOUNT_SIGNED_OUT
             || facts->account->state == SMM_ACCOUNT_RESTRICTED;
    case SMM_NOTICE_EXPIRING:
      return facts->account->state == SMM_ACCOUNT_OK;
    default:
      return FALSE;
    }
}

/**
 * smm_notice_facts_load:
 * @store: the library
 * @notice: what was noted
 *
 * Returns: (transfer full) (nullable): what it is about; %NULL when it is no longer so
 */
SmmNoticeFacts *
smm_notice_facts_load (SmmStore *store, const SmmNotice *notice)
{
  g_autoptr (SmmNoticeFacts) facts = g_new0 (SmmNoticeFacts, 1);
  gboolean of_account = notice->kind == SMM_NOTICE_ACCOUNT || notice->kind == SMM_NOTICE_EXPIRING;

  facts->kind = notice->kind;
  facts->at = notice->at;
  if (of_account)
    facts->account = smm_store_get_account (store, notice->subject);
  else
    facts->target = smm_store_get_target (store, notice->subject);
  if (facts->target != NULL)
    {
      facts->post = smm_store_get_post (store, facts->target->post_id);
      facts->account = smm_store_get_account (store, facts->target->account_id);
    }
  if (of_account ? facts->account == NULL : facts->post == NULL)
    return NULL;
  return is_so_still (facts) ? g_steal_pointer (&facts) : NULL;
}

/* --- Saying it --- */

/**
 * smm_notice_make_summary:
 * @facts: what happened
 *
 * Returns: (transfer full): one sentence, without anything of the post's text
 */
char *
smm_notice_make_summary (const SmmNoticeFacts *facts)
{
  const char *platform = smm_platform_id_get_label (
      facts->target != NULL ? facts->target->platform : facts->account->platform);

  switch (facts->kind)
    {
    case SMM_NOTICE_PUBLISHED:
      /* Translators: %s is a platform: Published on Facebook */
      return g_strdup_printf (_ ("Published on %s"), platform);
    case SMM_NOTICE_FAILED:
      return g_strdup_printf (_ ("Not published on %s"), platform);
    case SMM_NOTICE_UNCONFIRMED:
      return g_strdup_printf (_ ("%s does not say whether a post is public"), platform);
    case SMM_NOTICE_LATE:
      return facts->target->state == SMM_TARGET_CANCELLED
                 ? g_strdup_printf (_ ("A post for %s was too late and is skipped"), platform)
                 : g_strdup_printf (_ ("A post for %s was too late and waits for you"), platform);
    case SMM_NOTICE_HANDED_OVER:
      return g_strdup_printf (_ ("%s has the post and publishes it at its time"), platform);
    case SMM_NOTICE_ACCOUNT:
      return facts->account->state == SMM_ACCOUNT_SIGNED_OUT
                 /* Translators: a platform and an account: Sign in to Facebook again: A Shop */
                 ? g_strdup_printf (_ ("Sign in to %s again: %s"), platform, facts->account->name)
                 : g_strdup_printf (_ ("%s wants something done for %s"), platform,
                                    facts->account->name);
    case SMM_NOTICE_EXPIRING:
      return g_strdup_printf (_ ("The sign-in to %s ends soon: %s"), platform,
                              facts->account->name);
    default:
      return g_strdup_printf (_ ("A post for %s needs you"), platform);
    }
}

/**
 * smm_notice_make_caption:
 * @facts: what happened
 *
 * Returns: (transfer full): how the post begins, in quotes, so that it is known; "" without text
 */
char *
smm_notice_make_caption (const SmmNoticeFacts *facts)
{
  const char *text = facts->post != NULL ? facts->post->text : "";
  g_autofree char *line = smm_text_dup_first_line (text, MAX_CAPTION);

  return *line != '\0' ? g_strdup_printf ("“%s”", line) : g_strdup ("");
}

/**
 * smm_notice_get_reason:
 * @facts: what happened
 *
 * Returns: (transfer none) (nullable): why
 */
const char *
smm_notice_get_reason (const SmmNoticeFacts *facts)
{
  if (facts->kind == SMM_NOTICE_PUBLISHED)
    return NULL;
  return facts->target != NULL ? facts->target->reason : facts->account->state_reason;
}

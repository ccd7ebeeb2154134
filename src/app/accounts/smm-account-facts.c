/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-account-facts.h"

#include <glib/gi18n.h>
#include <string.h>

#include "smm-app-time.h"
#include "smm-connect-guide.h"
#include "smm-platform.h"

/* A sign-in that ends sooner than this is worth a word. */
#define SOON_DAYS 14
#define DAY_SECONDS (24 * 60 * 60)
/* Of a budget: from here on it is worth a word. */
#define NEARLY 0.8

static void
fact_free (gpointer data)
{
  SmmAccountFact *fact = data;

  g_free (fact->name);
  g_free (fact->value);
  g_free (fact);
}

static void
add (GPtrArray *facts, const char *icon, const char *name, char *value, gboolean warn)
{
  SmmAccountFact *fact = g_new0 (SmmAccountFact, 1);

  *fact = (SmmAccountFact){ icon, g_strdup (name), value, warn };
  g_ptr_array_add (facts, fact);
}

gboolean
smm_account_needs_sign_in (SmmAccount *account)
{
  return account->state == SMM_ACCOUNT_SIGNED_OUT || account->state == SMM_ACCOUNT_DISCONNECTED;
}

/* --- What is granted, and what the person may do --- */

static void
append_missing (GString *lines, const char *label, const char *without)
{
  g_string_append_printf (lines, "%s%s: %s", lines->len > 0 ? "\n" : "", label, without);
}

static void
add_permissions (GPtrArray *facts, SmmAccount *account)
{
  const SmmPermission *permission = smm_permissions_get (account->platform, account->login);
  /* Only Facebook's can be asked for later (api/meta.md section 2.6). */
  gboolean asked_later = account->login == NULL && account->platform != SMM_PLATFORM_TIKTOK;
  guint have = 0, all = 0;

  for (; permission->scope != NULL && account->scopes != NULL; permission++, all++)
    have += smm_permission_is_granted (permission, account->scopes);
  add (facts, "dialog-password-symbolic",
       asked_later ? _ ("Permissions") : _ ("Permissions at sign-in"),
       account->scopes != NULL ? g_strdup_printf (_ ("%u of %u"), have, all)
                               : g_strdup (_ ("Unknown")),
       have < all);
}

static void
add_tasks (GPtrArray *facts, const SmmAccountUse *use)
{
  guint have = 0, all = 0;

  if (use->health == NULL || use->health->tasks == NULL)
    return;
  for (const SmmPermission *task = smm_page_tasks_get (); task->scope != NULL; task++, all++)
    have += smm_page_task_is_given (task, use->health->tasks);
  add (facts, "system-users-symbolic", _ ("Rights on the Page"),
       g_strdup_printf (_ ("%u of %u"), have, all), have < all);
}

/**
 * smm_account_describe_missing:
 * @account: an account
 * @use: what is known of it
 * @allow: (out): whether signing in again and allowing it is the way out; a right on a Page is its
 *   owner's to give
 *
 * Returns: (transfer full) (nullable): what is not granted and what does not go without it, a line
 *   each; %NULL: nothing is missing
 */
char *
smm_account_describe_missing (SmmAccount *account, const SmmAccountUse *use, gboolean *allow)
{
  g_autoptr (GString) lines = g_string_new (NULL);
  const char *tasks = use->health != NULL ? use->health->tasks : NULL;

  for (const SmmPermission *permission = smm_permissions_get (account->platform, account->login);
       permission->scope != NULL && account->scopes != NULL; permission++)
    if (!smm_permission_is_granted (permission, account->scopes))
      append_missing (lines, _ (permission->label), _ (permission->without));
  *allow = lines->len > 0;
  if (tasks != NULL && *tasks == '\0')
    append_missing (lines, _ ("You have no role on the Page any more"),
                    _ ("Nothing can be published. Ask its owner for one."));
  else if (tasks != NULL)
    for (const SmmPermission *task = smm_page_tasks_get (); task->scope != NULL; task++)
      if (!smm_page_task_is_given (task, tasks))
        append_missing (lines, _ (task->label), _ (task->without));
  return lines->len > 0 ? g_string_free (g_steal_pointer (&lines), FALSE) : NULL;
}

/* --- How long it holds --- */

/* @end: µs UTC; 0: never. */
static char *
describe_end (SmmAccount *account, gint64 end, gboolean *soon)
{
  gint64 now = g_get_real_time ();
  int days;

  *soon = FALSE;
  if (smm_account_needs_sign_in (account))
    {
      *soon = TRUE;
      return g_strdup (_ ("Signed out"));
    }
  if (end == 0)
    return g_strdup (_ ("No end date"));
  *soon = end < now + SOON_DAYS * G_TIME_SPAN_DAY;
  if (end <= now)
    return g_strdup (_ ("Ended"));
  days = (int)((end - now) / G_TIME_SPAN_DAY);
  if (days == 0)
    return g_strdup (_ ("Ends today"));
  return g_strdup_printf (g_dngettext (NULL, "%d day", "%d days", days), days);
}

static void
add_end (GPtrArray *facts, SmmAccount *account, const char *icon, const char *name, gint64 end)
{
  gboolean soon;
  char *value = describe_end (account, end, &soon);

  add (facts, icon, name, value, soon);
}

/* --- What the platform's limits leave --- */

static const char *
name_budget (const char *step)
{
  if (strcmp (step, "reel-finish") == 0)
    return _ ("Reels in 24 hours");
  if (strcmp (step, "container") == 0)
    return _ ("Uploads in 24 hours");
  return _ ("Posts in 24 hours");
}

static guint
count_steps (GHashTable *steps, const char *prefix)
{
  GHashTableIter iter;
  gpointer name, n;
  guint sum = 0;

  if (steps == NULL)
    return 0;
  g_hash_table_iter_init (&iter, steps);
  while (g_hash_table_iter_next (&iter, &name, &n))
    if (g_str_has_prefix (name, prefix))
      sum += GPOINTER_TO_UINT (n);
  return sum;
}

/* Those of a minute are kept by waiting a minute: nobody needs to know. */
static void
add_budgets (GPtrArray *facts, SmmAccount *account, const SmmAccountUse *use, GTimeZone *zone)
{
  const SmmPlatform *platform = smm_platform_get_for (account);

  if (use->rest_until > g_get_real_time ())
    add (facts, "appointment-soon-symbolic", _ ("Asked to wait until"),
         smm_time_format_relative (use->rest_until, zone), TRUE);
  for (const SmmBudget *budget = platform->budgets; budget != NULL && budget->n > 0; budget++)
    {
      guint used = budget->seconds == DAY_SECONDS ? count_steps (use->steps, budget->step) : 0;

      if (budget->seconds == DAY_SECONDS)
        add (facts, "view-sort-descending-symbolic", name_budget (budget->step),
             g_strdup_printf (_ ("%u of %u"), used, budget->n), used >= NEARLY * budget->n);
    }
}

/**
 * smm_account_list_facts:
 * @account: an account
 * @use: what else is known of it
 * @zone: the zone times are shown in
 *
 * Returns: (transfer full) (element-type SmmAccountFact): the lines of its card
 */
GPtrArray *
smm_account_list_facts (SmmAccount *account, const SmmAccountUse *use, GTimeZone *zone)
{
  GPtrArray *facts = g_ptr_array_new_with_free_func (fact_free);

  /* What was allowed before the end says nothing. */
  if (account->state != SMM_ACCOUNT_DISCONNECTED)
    {
      add_permissions (facts, account);
      add_tasks (facts, use);
    }
  if (account->login != NULL)
    add (facts, "network-server-symbolic", _ ("Web space"),
         g_strdup (account->web_space != SMM_WEB_SPACE_USE_NONE ? _ ("Set up") : _ ("None yet")),
         account->web_space == SMM_WEB_SPACE_USE_NONE);
  add (facts, "document-open-recent-symbolic", _ ("Last publish"),
       account->last_published_at != 0 ? smm_time_format_relative (account->last_published_at, zone)
                                       : g_strdup (_ ("never")),
       FALSE);
  add_end (facts, account, "channel-secure-symbolic", _ ("Sign-in valid"),
           account->token_expires_at);
  if (smm_account_needs_sign_in (account))
    return facts;
  /* The token still works then, and gives nothing any more (api/meta.md section 2.7). */
  if (account->access_expires_at != 0)
    add_end (facts, account, "x-office-calendar-symbolic", _ ("Data access"),
             account->access_expires_at);
  add_budgets (facts, account, use, zone);
  return facts;
}

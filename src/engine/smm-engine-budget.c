/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Limits that are known beforehand: so many steps of a kind in so many seconds for one account. A
 * batch that is larger spreads itself instead of running into the platform's refusal, which would
 * cost the account more. What was sent is remembered, and read from the journal after a restart.
 */

#include "config.h"

#include "smm-engine-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const SmmBudget *
find_budget (SmmJob *job, const SmmStep *step, const SmmBudget *after)
{
  const SmmBudget *budget = after != NULL ? after + 1 : job->platform->budgets;

  for (; budget != NULL && budget->n > 0; budget++)
    if (g_str_has_prefix (step->name, budget->step))
      return budget;
  return NULL;
}

static char *
make_key (SmmJob *job, const SmmBudget *budget)
{
  return g_strdup_printf ("%s\n%s\n%u", job->account->id, budget->step, budget->seconds);
}

/* Times of the steps within the budget's window, oldest first. */
static GArray *
get_spent (SmmJob *job, const SmmBudget *budget)
{
  SmmEngine *engine = job->engine;
  g_autofree char *key = make_key (job, budget);
  gint64 since = smm_engine_now (engine) - budget->seconds * SECOND;
  GArray *times = g_hash_table_lookup (engine->spent, key);
  guint n = 0;

  if (times == NULL)
    {
      times = smm_store_list_step_times (engine->store, job->account->id, budget->step, since);
      g_hash_table_insert (engine->spent, g_steal_pointer (&key), times);
    }
  while (n < times->len && g_array_index (times, gint64, n) <= since)
    n++;
  if (n > 0)
    g_array_remove_range (times, 0, n);
  return times;
}

gint64
smm_engine_check_budget (SmmJob *job, const SmmStep *step, char **said)
{
  gint64 until = 0;

  for (const SmmBudget *budget = find_budget (job, step, NULL); budget != NULL;
       budget = find_budget (job, step, budget))
    {
      GArray *times = get_spent (job, budget);
      gint64 free_at;

      if (times->len < budget->n)
        continue;
      free_at
          = g_array_index (times, gint64, times->len - budget->n) + budget->seconds * SECOND + 1;
      if (free_at <= until)
        continue;
      until = free_at;
      g_free (*said);
      if (budget->seconds >= 3600)
        *said = g_strdup_printf (
            _ ("%s takes %u of these from one account in %u hours. This one waits for its turn."),
            smm_platform_id_get_label (job->platform->id), budget->n, budget->seconds / 3600);
      else
        *said = g_strdup_printf (
            _ ("%s takes %u of these from one account in %u seconds. This one waits for its turn."),
            smm_platform_id_get_label (job->platform->id), budget->n, budget->seconds);
    }
  return until;
}

void
smm_engine_spend (SmmJob *job, const SmmStep *step)
{
  gint64 now = smm_engine_now (job->engine);

  for (const SmmBudget *budget = find_budget (job, step, NULL); budget != NULL;
       budget = find_budget (job, step, budget))
    g_array_append_val (get_spent (job, budget), now);
}

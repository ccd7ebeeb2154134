/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-rule-words.h"

#include <glib/gi18n.h>

#include "smm-app-time.h"

/* "Monday, Thursday", the week's first day first. */
static char *
list_weekdays (const SmmRule *rule)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (int i = 0; i < 7; i++)
    {
      int weekday = (smm_locale_first_weekday () - 1 + i) % 7 + 1;
      g_autofree char *name = smm_weekday_format (weekday, "%A");

      if ((rule->weekdays & (1u << weekday)) != 0)
        g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", name);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
describe_days (const SmmRule *rule)
{
  g_autofree char *weekdays = list_weekdays (rule);

  switch (rule->unit)
    {
    case SMM_RULE_DAILY:
      return g_strdup_printf (g_dngettext (NULL, "Every day", "Every %d days", rule->every),
                              rule->every);
    case SMM_RULE_WEEKLY:
      {
        g_autofree char *often = g_strdup_printf (
            g_dngettext (NULL, "Every week", "Every %d weeks", rule->every), rule->every);

        /* Translators: how often, days of the week: Every week on Monday, Thursday */
        return g_strdup_printf (_ ("%s on %s"), often, weekdays);
      }
    case SMM_RULE_MONTHLY_BY_DAY:
    case SMM_RULE_MONTHLY_BY_WEEKDAY:
    default:
      {
        g_autofree char *often = g_strdup_printf (
            g_dngettext (NULL, "Every month", "Every %d months", rule->every), rule->every);

        if (rule->unit == SMM_RULE_MONTHLY_BY_DAY && rule->month_day < 0)
          return g_strdup_printf (_ ("%s on the last day"), often);
        if (rule->unit == SMM_RULE_MONTHLY_BY_DAY)
          return g_strdup_printf (_ ("%s on day %d"), often, rule->month_day);
        if (rule->nth < 0)
          /* Translators: how often, a day of the week: Every month on the last Friday */
          return g_strdup_printf (_ ("%s on the last %s"), often, weekdays);
        /* Translators: how often, a number, a day of the week: Every month on Tuesday no. 2 */
        return g_strdup_printf (_ ("%s on %s no. %d"), often, weekdays, rule->nth);
      }
    }
}

/**
 * smm_rule_describe:
 * @rule: days
 * @time: "09:30", told as times are told
 *
 * Returns: (transfer full): the rule in words
 */
char *
smm_rule_describe (const SmmRule *rule, const char *time)
{
  g_autofree char *days = describe_days (rule);
  int minute = smm_clock_parse (time);
  g_autofree char *clock = minute >= 0 ? smm_clock_format (minute) : g_strdup (time);
  /* Translators: on which days, at what time */
  g_autofree char *text = g_strdup_printf (_ ("%s at %s"), days, clock);

  if (g_date_valid (&rule->until))
    {
      g_autofree char *last = smm_day_format (g_date_get_julian (&rule->until), _ ("%-e %b %Y"));

      return g_strdup_printf (_ ("%s, until %s"), text, last);
    }
  if (rule->count > 0)
    {
      g_autofree char *times
          = g_strdup_printf (g_dngettext (NULL, "%d time", "%d times", rule->count), rule->count);

      return g_strdup_printf ("%s, %s", text, times);
    }
  return g_steal_pointer (&text);
}

/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-rule.h"

#include "smm-records.h"

#include <string.h>

#define MAX_EVERY 99
#define MAX_COUNT 9999
/* A rule that has no day for so long (the 30th of every 12th month from February on) has ended. */
#define MAX_GAP_DAYS (366 * 30)

static const char *const day_names[] = { "", "MO", "TU", "WE", "TH", "FR", "SA", "SU" };

gboolean
smm_day_parse (const char *text, GDate *day)
{
  g_date_clear (day, 1);
  if (!smm_day_is_valid (text))
    return FALSE;
  g_date_set_dmy (day, (GDateDay)atoi (text + 8), (GDateMonth)atoi (text + 5),
                  (GDateYear)atoi (text));
  return TRUE;
}

char *
smm_day_print (const GDate *day)
{
  return g_strdup_printf ("%04d-%02d-%02d", g_date_get_year (day), g_date_get_month (day),
                          g_date_get_day (day));
}

/* --- Text --- */

static int
find_day_name (const char *name, gsize length)
{
  for (int i = 1; i <= 7; i++)
    if (length == 2 && strncmp (name, day_names[i], 2) == 0)
      return i;
  return 0;
}

static gboolean
read_number (const char *text, int low, int high, int *value)
{
  gint64 number;

  if (!g_ascii_string_to_signed (text, 10, low, high, &number, NULL) || number == 0)
    return FALSE;
  *value = (int)number;
  return TRUE;
}

static gboolean
read_weekdays (const char *text, SmmRule *rule)
{
  g_auto (GStrv) names = g_strsplit (text, ",", 8);

  for (guint i = 0; names[i] != NULL; i++)
    {
      int day = find_day_name (names[i], strlen (names[i]));

      if (day == 0)
        return FALSE;
      rule->weekdays |= 1u << day;
    }
  return rule->weekdays != 0;
}

/* "2TU", "-1FR" */
static gboolean
read_nth_weekday (const char *text, SmmRule *rule)
{
  gsize length = strlen (text);
  g_autofree char *number = length > 2 ? g_strndup (text, length - 2) : NULL;
  int day = number != NULL ? find_day_name (text + length - 2, 2) : 0;

  if (day == 0 || !read_number (number, -1, 4, &rule->nth))
    return FALSE;
  rule->weekdays = 1u << day;
  return TRUE;
}

static gboolean
read_until (const char *text, SmmRule *rule)
{
  g_autofree char *day = NULL;

  if (strlen (text) != 8 || strspn (text, "0123456789") != 8)
    return FALSE;
  day = g_strdup_printf ("%.4s-%.2s-%.2s", text, text + 4, text + 6);
  return smm_day_parse (day, &rule->until);
}

static gboolean
read_by_day (const char *value, SmmRule *rule)
{
  if (rule->unit == SMM_RULE_WEEKLY)
    return read_weekdays (value, rule);
  if (rule->unit != SMM_RULE_MONTHLY_BY_DAY)
    return FALSE;
  rule->unit = SMM_RULE_MONTHLY_BY_WEEKDAY;
  return read_nth_weekday (value, rule);
}

static gboolean
read_part (const char *key, const char *value, SmmRule *rule)
{
  if (strcmp (key, "INTERVAL") == 0)
    return read_number (value, 1, MAX_EVERY, &rule->every);
  if (strcmp (key, "COUNT") == 0)
    return read_number (value, 1, MAX_COUNT, &rule->count);
  if (strcmp (key, "UNTIL") == 0)
    return read_until (value, rule);
  if (strcmp (key, "BYMONTHDAY") == 0)
    return rule->unit == SMM_RULE_MONTHLY_BY_DAY && read_number (value, -1, 31, &rule->month_day);
  if (strcmp (key, "BYDAY") == 0)
    return read_by_day (value, rule);
  return FALSE;
}

static gboolean
read_frequency (const char *part, SmmRule *rule)
{
  if (strcmp (part, "FREQ=DAILY") == 0)
    rule->unit = SMM_RULE_DAILY;
  else if (strcmp (part, "FREQ=WEEKLY") == 0)
    rule->unit = SMM_RULE_WEEKLY;
  else if (strcmp (part, "FREQ=MONTHLY") == 0)
    rule->unit = SMM_RULE_MONTHLY_BY_DAY;
  else
    return FALSE;
  return TRUE;
}

/* What the text leaves open is as on the first day. */
static void
fill_in (SmmRule *rule)
{
  if (rule->unit == SMM_RULE_WEEKLY && rule->weekdays == 0)
    rule->weekdays = 1u << g_date_get_weekday (&rule->first);
  if (rule->unit == SMM_RULE_MONTHLY_BY_DAY && rule->month_day == 0)
    rule->month_day = g_date_get_day (&rule->first);
}

/**
 * smm_rule_parse:
 * @text: (nullable): any text
 * @rule: (out): what it says
 *
 * Returns: whether it is a rule
 */
gboolean
smm_rule_parse (const char *text, SmmRule *rule)
{
  g_auto (GStrv) parts = NULL;
  g_autofree char *first = NULL;

  memset (rule, 0, sizeof *rule);
  rule->every = 1;
  if (text == NULL || strlen (text) < 12 || strlen (text) > 200 || text[10] != ' ')
    return FALSE;
  first = g_strndup (text, 10);
  parts = g_strsplit (text + 11, ";", 8);
  if (!smm_day_parse (first, &rule->first) || !read_frequency (parts[0], rule))
    return FALSE;
  for (guint i = 1; parts[i] != NULL; i++)
    {
      char *equals = strchr (parts[i], '=');

      if (equals == NULL)
        return FALSE;
      *equals = '\0';
      if (!read_part (parts[i], equals + 1, rule))
        return FALSE;
    }
  if (rule->count > 0 && g_date_valid (&rule->until))
    return FALSE;
  fill_in (rule);
  return TRUE;
}

/**
 * smm_rule_print:
 * @rule: a rule
 *
 * Returns: (transfer full): the text that smm_rule_parse() reads
 */
char *
smm_rule_print (const SmmRule *rule)
{
  static const char *const frequencies[] = { "DAILY", "WEEKLY", "MONTHLY", "MONTHLY" };
  g_autofree char *first = smm_day_print (&rule->first);
  GString *text = g_string_new (NULL);

  g_string_printf (text, "%s FREQ=%s", first, frequencies[rule->unit]);
  if (rule->every > 1)
    g_string_append_printf (text, ";INTERVAL=%d", rule->every);
  if (rule->unit == SMM_RULE_MONTHLY_BY_DAY)
    g_string_append_printf (text, ";BYMONTHDAY=%d", rule->month_day);
  else if (rule->unit != SMM_RULE_DAILY)
    for (int day = 1, n = 0; day <= 7; day++)
      if (rule->weekdays & (1u << day))
        {
          g_string_append (text, n++ == 0 ? ";BYDAY=" : ",");
          if (rule->unit == SMM_RULE_MONTHLY_BY_WEEKDAY)
            g_string_append_printf (text, "%d", rule->nth);
          g_string_append (text, day_names[day]);
        }
  if (g_date_valid (&rule->until))
    g_string_append_printf (text, ";UNTIL=%04d%02d%02d", g_date_get_year (&rule->until),
                            g_date_get_month (&rule->until), g_date_get_day (&rule->until));
  if (rule->count > 0)
    g_string_append_printf (text, ";COUNT=%d", rule->count);
  return g_string_free (text, FALSE);
}

/* --- Days --- */

static int
count_months (const GDate *day)
{
  return g_date_get_year (day) * 12 + g_date_get_month (day);
}

static gboolean
matches_month (const SmmRule *rule, const GDate *day)
{
  int length = g_date_get_days_in_month (g_date_get_month (day), g_date_get_year (day));
  int number = g_date_get_day (day);

  if ((count_months (day) - count_months (&rule->first)) % rule->every != 0)
    return FALSE;
  if (rule->unit == SMM_RULE_MONTHLY_BY_DAY)
    return number == (rule->month_day < 0 ? length : rule->month_day);
  if ((rule->weekdays & (1u << g_date_get_weekday (day))) == 0)
    return FALSE;
  return rule->nth < 0 ? number + 7 > length : (number - 1) / 7 + 1 == rule->nth;
}

static gboolean
matches (const SmmRule *rule, const GDate *day)
{
  int days = g_date_days_between (&rule->first, day);

  switch (rule->unit)
    {
    case SMM_RULE_DAILY:
      return days % rule->every == 0;
    case SMM_RULE_WEEKLY:
      /* Weeks begin on Monday, as RFC 5545 has it without WKST. */
      return (rule->weekdays & (1u << g_date_get_weekday (day))) != 0
             && ((days + (int)g_date_get_weekday (&rule->first) - 1) / 7) % rule->every == 0;
    default:
      return matches_month (rule, day);
    }
}

/**
 * smm_rule_next:
 * @rule: a rule
 * @after: (nullable): a day
 * @day: (out): the first day (may be @after) of the rule that comes later
 *
 * Returns: %FALSE when the rule has ended by then
 */
gboolean
smm_rule_next (const SmmRule *rule, const GDate *after, GDate *day)
{
  GDate start = rule->first;

  if (after != NULL && g_date_compare (after, &start) >= 0)
    {
      start = *after;
      g_date_add_days (&start, 1);
    }
  *day = start;
  for (int i = 0; i < MAX_GAP_DAYS; i++, g_date_add_days (day, 1))
    {
      if (g_date_valid (&rule->until) && g_date_compare (day, &rule->until) > 0)
        return FALSE;
      if (g_date_get_year (day) > 9998)
        return FALSE;
      if (matches (rule, day))
        return TRUE;
    }
  return FALSE;
}

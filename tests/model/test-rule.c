/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Rules: which days they mean, their text, and what is none. */

#include "config.h"

#include "smm-rule.h"

#include <string.h>

static const struct
{
  const char *rule;
  const char *days; /* the first ones; ends with "." when the rule ends there */
} rows[] = {
  { "2026-12-01 FREQ=DAILY", "12-01 12-02 12-03 12-04" },
  { "2026-12-30 FREQ=DAILY;INTERVAL=2;UNTIL=20270103", "12-30 01-01 01-03 ." },
  { "2026-12-01 FREQ=WEEKLY", "12-01 12-08 12-15" },
  { "2026-12-03 FREQ=WEEKLY;BYDAY=MO,TH", "12-03 12-07 12-10 12-14" },
  /* Every other week, counted from the week of the first day: its Monday is before it. */
  { "2026-12-03 FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH", "12-03 12-14 12-17 12-28 12-31 01-11" },
  { "2027-01-31 FREQ=MONTHLY", "01-31 03-31 05-31 07-31 08-31" },
  { "2027-01-31 FREQ=MONTHLY;BYMONTHDAY=-1", "01-31 02-28 03-31 04-30" },
  { "2028-02-29 FREQ=MONTHLY;INTERVAL=12;BYMONTHDAY=29", "02-29 02-29" },
  { "2026-12-01 FREQ=MONTHLY;BYDAY=1TU", "12-01 01-05 02-02 03-02" },
  { "2026-12-01 FREQ=MONTHLY;BYDAY=-1FR", "12-25 01-29 02-26 03-26" },
  { "2026-12-01 FREQ=MONTHLY;INTERVAL=3;BYDAY=2WE", "12-09 03-10 06-09" },
  { "2026-12-02 FREQ=MONTHLY;BYMONTHDAY=1;UNTIL=20261231", "." },
};

static void
test_days (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_auto (GStrv) days = g_strsplit (rows[i].days, " ", -1);
      SmmRule rule;
      GDate day;
      gboolean more;

      g_assert_true (smm_rule_parse (rows[i].rule, &rule));
      more = smm_rule_next (&rule, NULL, &day);
      for (guint d = 0; days[d] != NULL; d++)
        {
          g_autofree char *name = more ? smm_day_print (&day) : NULL;

          g_test_message ("%s: %s", rows[i].rule, days[d]);
          g_assert_cmpstr (more ? name + 5 : ".", ==, days[d]);
          if (more)
            more = smm_rule_next (&rule, &day, &day);
        }
    }
}

static void
test_text (void)
{
  static const char *const same[] = {
    "2026-12-01 FREQ=DAILY",
    "2026-12-01 FREQ=DAILY;INTERVAL=99;COUNT=3",
    "2026-12-01 FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE,SU;UNTIL=20270101",
    "2026-12-01 FREQ=MONTHLY;BYMONTHDAY=-1",
    "2026-12-01 FREQ=MONTHLY;INTERVAL=2;BYDAY=-1SU",
  };
  static const char *const none[] = {
    "",
    "2026-12-01",
    "2026-02-30 FREQ=DAILY",
    "2026-12-01 FREQ=HOURLY",
    "2026-12-01 FREQ=YEARLY",
    "2026-12-01 FREQ=DAILY;INTERVAL=0",
    "2026-12-01 FREQ=DAILY;INTERVAL=100",
    "2026-12-01 FREQ=DAILY;BYDAY=MO",
    "2026-12-01 FREQ=WEEKLY;BYDAY=",
    "2026-12-01 FREQ=WEEKLY;BYDAY=XX",
    "2026-12-01 FREQ=MONTHLY;BYDAY=5MO",
    "2026-12-01 FREQ=MONTHLY;BYDAY=0MO",
    "2026-12-01 FREQ=MONTHLY;BYDAY=MO",
    "2026-12-01 FREQ=MONTHLY;BYMONTHDAY=32",
    "2026-12-01 FREQ=DAILY;UNTIL=20261232",
    "2026-12-01 FREQ=DAILY;COUNT=2;UNTIL=20261231",
    "2026-12-01 FREQ=DAILY;WKST=MO",
    "2026-12-01 FREQ=DAILY;COUNT",
    "2026-12-01 FREQ=DAILY;COUNT=-1",
  };
  SmmRule rule;

  for (guint i = 0; i < G_N_ELEMENTS (same); i++)
    {
      g_autofree char *text = NULL;

      g_assert_true (smm_rule_parse (same[i], &rule));
      text = smm_rule_print (&rule);
      g_assert_cmpstr (text, ==, same[i]);
    }
  g_assert_false (smm_rule_parse (NULL, &rule));
  for (guint i = 0; i < G_N_ELEMENTS (none); i++)
    {
      g_test_message ("%s", none[i]);
      g_assert_false (smm_rule_parse (none[i], &rule));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rule/days", test_days);
  g_test_add_func ("/rule/text", test_text);
  return g_test_run ();
}

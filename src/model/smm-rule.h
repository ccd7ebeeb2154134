/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Which days a recurring post goes out on: plain arithmetic of the calendar, no clock and no zone. As
 * text a rule is a part of RFC 5545's RRULE (section 3.3.10), with the day it begins on in front:
 *
 *   2026-12-01 FREQ=DAILY;INTERVAL=2
 *   2026-12-01 FREQ=WEEKLY;BYDAY=MO,TH;UNTIL=20270331
 *   2026-12-01 FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=12      (-1: the last day; a month without a 31st
 *   2026-12-01 FREQ=MONTHLY;BYDAY=2TU                    has none)
 *
 * UNTIL is the last day, included. What else RFC 5545 knows is refused.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  SMM_RULE_DAILY,
  SMM_RULE_WEEKLY,
  SMM_RULE_MONTHLY_BY_DAY,
  SMM_RULE_MONTHLY_BY_WEEKDAY,
} SmmRuleUnit;

typedef struct
{
  SmmRuleUnit unit;
  int every;           /* 1 … 99 days, weeks or months */
  guint weekdays;      /* bits (1 << 1 for Monday … 1 << 7); by weekday of the month: one */
  int nth;             /* by weekday of the month: 1 … 4, -1 the last */
  int month_day;       /* by day of the month: 1 … 31, -1 the last */
  GDate first;
  GDate until;         /* the last day that counts; not valid: none */
  int count;           /* 0: no end by count */
} SmmRule;

gboolean smm_rule_parse (const char *text, SmmRule *rule);
char *smm_rule_print (const SmmRule *rule);
/* The first day of the rule after @after; no @after: the very first. Not looking at the count. */
gboolean smm_rule_next (const SmmRule *rule, const GDate *after, GDate *day);
gboolean smm_day_parse (const char *text, GDate *day);
char *smm_day_print (const GDate *day);

G_END_DECLS

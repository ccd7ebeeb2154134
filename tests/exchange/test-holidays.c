/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Named days of calendar files, as other programs write them, and files that mean no good. */

#include "config.h"

#include "smm-holidays.h"

#include <string.h>

#define CALENDAR "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"
#define EVENT "BEGIN:VEVENT\r\nSUMMARY:X\r\n"
#define END "END:VEVENT\r\n"

/* "NAME: DAY X, DAY Y -1": of 2026 to 2028; or the code of the error. */
static char *
show (const char *data, gsize size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SmmHolidays) found = smm_holidays_parse (data, size, 2026, 2028, &error);
  GString *text;

  if (found == NULL)
    return g_strdup (smm_holidays_error_get_name (error));
  text = g_string_new (found->name);
  for (guint i = 0; i < found->days->len; i++)
    {
      SmmHoliday *holiday = found->days->pdata[i];

      g_string_append_printf (text, "%s%s %s", text->len > 0 ? "," : "", holiday->day,
                              holiday->name);
    }
  if (found->n_left_out > 0)
    g_string_append_printf (text, " -%u", found->n_left_out);
  return g_string_free (text, FALSE);
}

static const struct
{
  const char *data, *expected;
} rows[] = {
  /* One day, several, and how long they last. */
  { EVENT "DTSTART;VALUE=DATE:20261225\r\n" END, "2026-12-25 X" },
  { EVENT "dtstart;value=date:20261225\nDTEND;VALUE=DATE:20261227\n" END,
    "2026-12-25 X,2026-12-26 X" },
  { EVENT "DTSTART;VALUE=DATE:20261231\r\nDURATION:P2D\r\n" END, "2026-12-31 X,2027-01-01 X" },
  { EVENT "DTSTART;VALUE=DATE:20281225\r\nDURATION:P2W\r\n" END,
    "2028-12-25 X,2028-12-26 X,2028-12-27 X,2028-12-28 X,2028-12-29 X,2028-12-30 X,2028-12-31 X" },
  { EVENT "DTSTART;VALUE=DATE:20261225\r\nDTEND;VALUE=DATE:20261225\r\n" END, "2026-12-25 X" },
  /* What it is called. */
  { "X-WR-CALNAME:Hes\r\n sen\r\n" EVENT "DTSTART:20261225\r\n" END, "Hessen,2026-12-25 X" },
  { "BEGIN:VEVENT\r\nSUMMARY;LANGUAGE=de;X-A=\"a:b;c\":Tag\\, Nacht\\; \\n und\\\\ \r\n\tmehr  "
    ".\r\n"
    "DTSTART:20261225\r\n" END,
    "2026-12-25 Tag, Nacht; und\\ mehr ." },
  { "BEGIN:VEVENT\r\nSUMMARY:Dreik\xc3\r\n \xb6nig\r\nDTSTART:20270106\r\n" END,
    "2027-01-06 Dreikönig" },
  { EVENT "BEGIN:VALARM\r\nSUMMARY:Not this\r\nDTSTART:20260101\r\nEND:VALARM\r\n"
          "DTSTART:20261225\r\n" END,
    "2026-12-25 X" },
  { EVENT "DTSTART:20261225\r\n" END EVENT "DTSTART:20261225\r\n" END EVENT
          "DTSTART:20260101\r\n" END,
    "2026-01-01 X,2026-12-25 X" },
  /* Every year. */
  { EVENT "DTSTART:20001225\r\nRRULE:FREQ=YEARLY\r\n" END,
    "2026-12-25 X,2027-12-25 X,2028-12-25 X" },
  { EVENT "DTSTART:20261225\r\nRRULE:FREQ=YEARLY;INTERVAL=2\r\n" END, "2026-12-25 X,2028-12-25 X" },
  { EVENT "DTSTART:20251225\r\nRRULE:FREQ=YEARLY;COUNT=2\r\n" END, "2026-12-25 X" },
  { EVENT "DTSTART:20251225\r\nRRULE:FREQ=YEARLY;UNTIL=20271225T000000Z\r\n" END,
    "2026-12-25 X,2027-12-25 X" },
  { EVENT "DTSTART:20240229\r\nRRULE:FREQ=YEARLY\r\n" END, "2028-02-29 X" },
  { EVENT "DTSTART:20001126\r\nRRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=4TH;WKST=SU\r\n" END,
    "2026-11-26 X,2027-11-25 X,2028-11-23 X" },
  { EVENT "DTSTART:20000529\r\nRRULE:FREQ=YEARLY;BYMONTH=5;BYDAY=-1MO\r\n" END,
    "2026-05-25 X,2027-05-31 X,2028-05-29 X" },
  { EVENT "DTSTART:20000229\r\nRRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1\r\n" END,
    "2026-02-28 X,2027-02-28 X,2028-02-29 X" },
  { EVENT "DTSTART:20251225\r\nRRULE:FREQ=YEARLY\r\nEXDATE;VALUE=DATE:20261225,20281225\r\n" END,
    "2027-12-25 X" },
  /* What is left out, and said so. */
  { EVENT "DTSTART:20261224T100000Z\r\n" END EVENT "DTSTART:20261225\r\n" END, "2026-12-25 X -1" },
  { EVENT "DTSTART:20261201\r\nRRULE:FREQ=WEEKLY\r\n" END EVENT "DTSTART:20261225\r\n" END,
    "2026-12-25 X -1" },
  { EVENT "DTSTART:20261201\r\nRRULE:FREQ=YEARLY;BYSETPOS=1\r\n" END EVENT
          "DTSTART:20261201\r\nRRULE:FREQ=YEARLY;BYDAY=20MO\r\n" END EVENT
          "DTSTART:20261201\r\nRRULE:FREQ=YEARLY;BYMONTH=1,2\r\n" END EVENT
          "DTSTART:20261201\r\nRRULE:INTERVAL=1\r\n" END EVENT
          "DTSTART:20261201\r\nDURATION:P3\r\n" END EVENT
          "DTSTART:20260101\r\nDTEND:20261231\r\n" END EVENT "RDATE:20260101\r\n"
          "DTSTART:20261201\r\n" END EVENT "DTSTART:20261225\r\n" END,
    "2026-12-25 X -7" },
  { "BEGIN:VEVENT\r\nSUMMARY: \\n\r\nDTSTART:20261224\r\n" END EVENT "DTSTART:20261225\r\n" END,
    "2026-12-25 X -1" },
  { EVENT "STATUS:CANCELLED\r\nDTSTART:20261224\r\n" END EVENT "DTSTART:20261225\r\n" END,
    "2026-12-25 X" },
  { EVENT "DTSTART:20250101\r\n" END EVENT "DTSTART:20300101\r\n" END, "ics-empty" },
  { EVENT "DTSTART:20260230\r\n" END, "ics-empty" },
  { EVENT "DTSTART:20261225\r\n", "ics-empty" },
  { "BEGIN:A\r\n" EVENT "DTSTART:20261225\r\n" END, "ics-empty" },
  { "", "ics-empty" },
};

static void
test_rows (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *data = g_strconcat (CALENDAR, rows[i].data, "END:VCALENDAR\r\n", NULL);
      g_autofree char *found = show (data, strlen (data));

      g_assert_cmpstr (found, ==, rows[i].expected);
    }
}

static void
expect (const char *data, gsize size, const char *expected)
{
  g_autofree char *found = show (data, size);

  g_assert_cmpstr (found, ==, expected);
}

static void
test_hostile (void)
{
  g_autoptr (GString) data = g_string_new (CALENDAR);
  g_autofree char *large = g_strnfill (SMM_HOLIDAYS_MAX_BYTES + 1, 'x');
  g_autofree char *found = NULL;
  static const char zero[] = CALENDAR "SUMMARY:\0X\r\n", latin[] = CALENDAR "SUMMARY:\xe4\r\n";

  expect (large, SMM_HOLIDAYS_MAX_BYTES + 1, "ics-too-large");
  expect (zero, sizeof zero - 1, "ics-not-calendar");
  expect (latin, sizeof latin - 1, "ics-not-calendar");
  expect ("\r\n ", 3, "ics-not-calendar");
  expect ("", 0, "ics-not-calendar");
  /* Deep, and a name without an end. */
  for (guint i = 0; i < 100000; i++)
    g_string_append (data, "BEGIN:VEVENT\r\n");
  for (guint i = 0; i < 100000; i++)
    g_string_append (data, "END:VEVENT\r\n");
  g_string_append (data, "BEGIN:VEVENT\r\nSUMMARY:");
  for (guint i = 0; i < 100000; i++)
    g_string_append (data, "\xc3\xa4\r\n ");
  g_string_append (data, "\r\nDTSTART:20261225\r\n" END);
  found = show (data->str, data->len);
  g_assert_true (g_str_has_prefix (found, "2026-12-25 ää") && g_str_has_suffix (found, "ä -1"));
  g_assert_cmpint (g_utf8_strlen (found, -1), ==, 11 + 100 + 3);
  /* More days than anybody looks at. */
  g_string_assign (data, CALENDAR);
  for (guint i = 0; i < SMM_HOLIDAYS_MAX_DAYS + 1; i++)
    g_string_append_printf (data, "BEGIN:VEVENT\r\nSUMMARY:%u\r\nDTSTART:20261225\r\n" END, i);
  expect (data->str, data->len, "ics-too-large");
  /* The same few of them, said without an end. */
  g_string_assign (data, CALENDAR);
  for (guint i = 0; i < SMM_HOLIDAYS_MAX_DAYS / 10 + 1; i++)
    g_string_append (data, EVENT "DTSTART:20261225\r\nDURATION:P100D\r\n" END);
  expect (data->str, data->len, "ics-too-large");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/holidays/rows", test_rows);
  g_test_add_func ("/holidays/hostile", test_hostile);
  return g_test_run ();
}

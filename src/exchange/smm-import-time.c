/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Times as people and other programs write them. */

#include "config.h"

#include "smm-import-private.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* "9:00 PM" is 21:00; 12 AM is midnight. What follows is moved behind it. */
static gboolean
read_half (const char **rest, int *hour)
{
  const char *p = *rest + strspn (*rest, " ");
  gboolean after_noon = g_ascii_strncasecmp (p, "pm", 2) == 0;

  if (!after_noon && g_ascii_strncasecmp (p, "am", 2) != 0)
    return TRUE;
  if (*hour < 1 || *hour > 12)
    return FALSE;
  *hour = *hour % 12 + (after_noon ? 12 : 0);
  *rest = p + 2;
  return TRUE;
}

/* "09:00", "9:00", "09:00:30", "9:00 AM"; then what follows. */
static gboolean
read_clock (const char *text, int *hour, int *minute, int *second, const char **rest)
{
  int n = 0;

  *second = 0;
  if (sscanf (text, "%2d:%2d%n", hour, minute, &n) != 2 || n == 0)
    return FALSE;
  *rest = text + n;
  if (**rest == ':')
    {
      int more = 0;

      if (sscanf (*rest, ":%2d%n", second, &more) != 1 || more == 0)
        return FALSE;
      *rest += more;
    }
  return *hour >= 0 && *hour < 24 && *minute >= 0 && *minute < 60 && *second >= 0 && *second < 60
         && read_half (rest, hour);
}

/* Three numbers with the same sign between, which are @length of the text. Programs for tables
 * write "12/1/26": two digits at the end of what does not begin with a year are one of this
 * century. */
static gboolean
read_numbers (const char *text, int *a, int *b, int *c, char *sign, gsize *length)
{
  char second, last[5];
  int n = 0;

  if (sscanf (text, "%4d%c%2d%c%4[0-9]%n", a, sign, b, &second, last, &n) != 5 || *sign != second)
    return FALSE;
  *c = atoi (last) + (*a < 1000 && strlen (last) == 2 ? 2000 : 0);
  *length = (gsize)n;
  return TRUE;
}

/* "2026-12-01", "2026/12/01", "01.12.2026", or "01/12/2026" when @dates tells; 1: read, 0: not, -1:
 * nobody can tell. */
static int
read_date (const char *text, SmmImportDates dates, int *year, int *month, int *day,
           const char **rest)
{
  char first;
  int a, b, c;
  gsize n;

  if (!read_numbers (text, &a, &b, &c, &first, &n))
    return 0;
  *rest = text + n;
  if (a >= 1000 && (first == '-' || first == '/'))
    {
      *year = a;
      *month = b;
      *day = c;
    }
  else if (c >= 1000 && first == '/' && dates == SMM_IMPORT_DATES_MONTH_FIRST)
    {
      *year = c;
      *month = a;
      *day = b;
    }
  else if (c >= 1000 && (first == '.' || (first == '/' && dates == SMM_IMPORT_DATES_DAY_FIRST)))
    {
      *year = c;
      *month = b;
      *day = a;
    }
  else
    return first == '/' && dates == SMM_IMPORT_DATES_UNKNOWN ? -1 : 0;
  return *year <= 9999 && *month > 0 && *day > 0
         && g_date_valid_dmy ((GDateDay)*day, (GDateMonth)*month, (GDateYear)*year);
}

SmmImportTime
smm_import_read_time (const char *text, SmmImportDates dates, char **wall, gint64 *utc)
{
  g_autofree char *stripped = g_strstrip (g_strdup (text));
  g_autofree char *iso = NULL;
  g_autoptr (GDateTime) time = NULL;
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  const char *rest;
  int year, month, day, hour, minute, second, found;

  found = read_date (stripped, dates, &year, &month, &day, &rest);
  if (found <= 0)
    return found < 0 ? SMM_IMPORT_TIME_AMBIGUOUS : SMM_IMPORT_TIME_UNREADABLE;
  if (*rest != 'T' && *rest != ' ')
    return SMM_IMPORT_TIME_UNREADABLE;
  rest += strspn (rest, "T ");
  if (!read_clock (rest, &hour, &minute, &second, &rest))
    return SMM_IMPORT_TIME_UNREADABLE;
  iso = g_strdup_printf ("%04d-%02d-%02dT%02d:%02d:%02d", year, month, day, hour, minute, second);
  if (*rest == '\0')
    {
      *wall = g_steal_pointer (&iso);
      return SMM_IMPORT_TIME_WALL;
    }
  if (strcmp (rest, "Z") != 0 && *rest != '+' && *rest != '-')
    return SMM_IMPORT_TIME_UNREADABLE;
  {
    g_autofree char *whole = g_strconcat (iso, rest, NULL);

    time = g_date_time_new_from_iso8601 (whole, zone);
  }
  if (time == NULL)
    return SMM_IMPORT_TIME_UNREADABLE;
  *utc = g_date_time_to_unix (time) * G_USEC_PER_SEC;
  return SMM_IMPORT_TIME_UTC;
}

/* What one cell tells: a day above 12 stands where days stand. */
static SmmImportDates
look_at_cell (const char *text)
{
  int a, b, c;
  char sign;
  gsize n;

  if (!read_numbers (text + strspn (text, " "), &a, &b, &c, &sign, &n) || sign != '/' || c < 1000)
    return SMM_IMPORT_DATES_UNKNOWN;
  if (a > 12 && a <= 31 && b >= 1 && b <= 12)
    return SMM_IMPORT_DATES_DAY_FIRST;
  if (b > 12 && b <= 31 && a >= 1 && a <= 12)
    return SMM_IMPORT_DATES_MONTH_FIRST;
  return SMM_IMPORT_DATES_UNKNOWN;
}

/* Unknown also when two cells contradict each other. */
SmmImportDates
smm_import_find_dates (SmmImport *self)
{
  SmmImportDates found = SMM_IMPORT_DATES_UNKNOWN;

  for (guint column = 0; column < self->csv->names->len; column++)
    {
      if (strcmp (self->fields[column], "when") != 0 && strcmp (self->fields[column], "date") != 0)
        continue;
      for (guint row = 0; row < self->csv->rows->len; row++)
        {
          SmmImportDates told = look_at_cell (smm_csv_get (self->csv, row, (int)column));

          if (told == SMM_IMPORT_DATES_UNKNOWN || told == found)
            continue;
          if (found != SMM_IMPORT_DATES_UNKNOWN)
            return SMM_IMPORT_DATES_UNKNOWN;
          found = told;
        }
    }
  return found;
}

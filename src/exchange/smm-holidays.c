/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-holidays.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "smm-file.h"
#include "smm-rule.h"

/* Longer than the longest school holidays. */
#define MAX_SPAN 100
/* Days, also those that are named so already: a small file may say millions. */
#define MAX_SAID (10 * SMM_HOLIDAYS_MAX_DAYS)
#define YEARS_BACK 1
#define YEARS_AHEAD 10

G_DEFINE_QUARK (smm - holidays - error - quark, smm_holidays_error)

/* A line of the file: NAME;PARAMETERS:VALUE, in one buffer. */
typedef struct
{
  char *name;
  char *value;
} Line;

typedef struct
{
  guint32 start, end; /* julian days; end: not included; 0: not said */
  int span;           /* of a DURATION, days; 0: not said */
  char *name;
  char *rule;
  GArray *except; /* guint32 */
  gboolean cancelled;
  gboolean unknown; /* it says what is not understood here */
} Event;

/* A RRULE of every year. */
typedef struct
{
  int every, count, month, month_day, nth;
  GDateWeekday weekday; /* G_DATE_BAD_WEEKDAY: by day of the month */
  guint32 until;        /* 0: no end */
} Rule;

typedef struct
{
  SmmHolidays *found;
  GHashTable *seen; /* "2026-12-25 Christmas" */
  guint32 first, last;
  guint depth; /* components that are open */
  guint n_said;
  Event *event;
  gboolean too_many;
} Parser;

const char *
smm_holidays_error_get_name (const GError *error)
{
  static const char *const names[] = { "ics-not-calendar", "ics-too-large", "ics-empty" };

  return error->domain == SMM_HOLIDAYS_ERROR ? names[error->code] : "failed";
}

static void
holiday_free (gpointer data)
{
  SmmHoliday *holiday = data;

  g_free (holiday->day);
  g_free (holiday->name);
  g_free (holiday);
}

void
smm_holidays_free (SmmHolidays *self)
{
  g_free (self->name);
  g_ptr_array_unref (self->days);
  g_free (self);
}

static void
event_free (Event *event)
{
  g_free (event->name);
  g_free (event->rule);
  g_array_unref (event->except);
  g_free (event);
}

/* --- Lines --- */

/* Lines that were folded are one again, whatever their ends; a letter may have been cut in two. */
static char *
unfold (const char *data, gsize size)
{
  GString *text = g_string_sized_new (size);

  for (gsize i = 0; i < size; i++)
    {
      gsize next = data[i] == '\r' && i + 1 < size && data[i + 1] == '\n' ? i + 1 : i;

      if (data[next] != '\n')
        g_string_append_c (text, data[i]);
      else if (next + 1 < size && (data[next + 1] == ' ' || data[next + 1] == '\t'))
        i = next + 1;
      else
        {
          g_string_append_c (text, '\n');
          i = next;
        }
    }
  return g_string_free (text, FALSE);
}

/* Cuts @text where its name and its value end; a colon in quotes belongs to a parameter. */
static gboolean
split_line (char *text, Line *line)
{
  gboolean quoted = FALSE;
  char *colon = text;

  for (; *colon != '\0' && (quoted || *colon != ':'); colon++)
    if (*colon == '"')
      quoted = !quoted;
  if (*colon == '\0')
    return FALSE;
  *colon = '\0';
  line->name = text;
  line->value = colon + 1;
  text[strcspn (text, ";")] = '\0';
  return TRUE;
}

static gboolean
is_word (const char *text, const char *word)
{
  return g_ascii_strcasecmp (text, word) == 0;
}

/* One line without what is escaped, and not longer than a name may be; NULL: there is nothing. */
static char *
read_name (const char *value)
{
  g_autoptr (GString) name = g_string_new (NULL);
  glong n = 0;

  for (const char *p = value; *p != '\0' && n < SMM_HOLIDAYS_MAX_NAME; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c == '\\' && p[1] != '\0')
        {
          p++;
          c = *p == 'n' || *p == 'N' ? ' ' : g_utf8_get_char (p);
        }
      c = g_unichar_iscntrl (c) || g_unichar_isspace (c) ? ' ' : c;
      if (c == ' ' && (name->len == 0 || name->str[name->len - 1] == ' '))
        continue;
      g_string_append_unichar (name, c);
      n++;
    }
  g_strchomp (name->str);
  return *name->str != '\0' ? g_strdup (name->str) : NULL;
}

/* --- Days --- */

/* "20261225", also in front of a time; 0: no day. */
static guint32
read_day (const char *value, gboolean whole)
{
  int number = 0;
  GDate date;

  for (int i = 0; i < 8; i++)
    {
      if (!g_ascii_isdigit (value[i]))
        return 0;
      number = number * 10 + (value[i] - '0');
    }
  if (whole && value[8] != '\0')
    return 0;
  if (number / 10000 < 1900
      || !g_date_valid_dmy ((GDateDay)(number % 100), (GDateMonth)(number / 100 % 100),
                            (GDateYear)(number / 10000)))
    return 0;
  g_date_clear (&date, 1);
  g_date_set_dmy (&date, (GDateDay)(number % 100), (GDateMonth)(number / 100 % 100),
                  (GDateYear)(number / 10000));
  return g_date_get_julian (&date);
}

/* "P3D", "P2W"; 0: anything else. */
static int
read_span (const char *value)
{
  char *end = NULL;
  guint64 n
      = *value == 'P' && g_ascii_isdigit (value[1]) ? g_ascii_strtoull (value + 1, &end, 10) : 0;

  if (n == 0 || n > MAX_SPAN || *end == '\0' || end[1] != '\0')
    return 0;
  return *end == 'D' ? (int)n : *end == 'W' ? (int)n * 7 : 0;
}

static void
read_exceptions (Event *event, const char *value)
{
  g_auto (GStrv) days = g_strsplit (value, ",", -1);

  for (guint i = 0; days[i] != NULL; i++)
    {
      guint32 day = read_day (days[i], FALSE);

      if (day != 0)
        g_array_append_val (event->except, day);
    }
}

static gboolean
is_except (Event *event, guint32 day)
{
  for (guint i = 0; i < event->except->len; i++)
    if (g_array_index (event->except, guint32, i) == day)
      return TRUE;
  return FALSE;
}

/* --- Every year --- */

static gboolean
read_number (const char *value, int least, int most, int *number)
{
  gint64 n;

  if (!g_ascii_string_to_signed (value, 10, least, most, &n, NULL) || n == 0)
    return FALSE;
  *number = (int)n;
  return TRUE;
}

/* "4TH", "-1MO": of the month. */
static gboolean
read_weekday (const char *value, Rule *rule)
{
  static const char *const days[] = { "MO", "TU", "WE", "TH", "FR", "SA", "SU" };
  gsize n = strlen (value);
  g_autofree char *nth = n > 2 ? g_strndup (value, n - 2) : NULL;

  if (nth == NULL || !read_number (*nth == '+' ? nth + 1 : nth, -5, 5, &rule->nth))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (days); i++)
    if (is_word (value + n - 2, days[i]))
      rule->weekday = (GDateWeekday)(G_DATE_MONDAY + i);
  return rule->weekday != G_DATE_BAD_WEEKDAY;
}

static gboolean
read_part (Rule *rule, const char *name, const char *value)
{
  if (is_word (name, "FREQ"))
    return is_word (value, "YEARLY");
  if (is_word (name, "INTERVAL"))
    return read_number (value, 1, 1000, &rule->every);
  if (is_word (name, "COUNT"))
    return read_number (value, 1, 100000, &rule->count);
  if (is_word (name, "UNTIL"))
    return (rule->until = read_day (value, FALSE)) != 0;
  if (is_word (name, "BYMONTH"))
    return read_number (value, 1, 12, &rule->month);
  if (is_word (name, "BYMONTHDAY"))
    return read_number (value, -31, 31, &rule->month_day);
  if (is_word (name, "BYDAY"))
    return read_weekday (value, rule);
  return is_word (name, "WKST");
}

static gboolean
read_rule (const char *text, Rule *rule)
{
  g_auto (GStrv) parts = g_strsplit (text, ";", -1);
  gboolean yearly = FALSE;

  *rule = (Rule){ .every = 1 };
  for (guint i = 0; parts[i] != NULL; i++)
    {
      char *equals = strchr (parts[i], '=');

      if (equals == NULL)
        return FALSE;
      *equals = '\0';
      if (!read_part (rule, parts[i], equals + 1))
        return FALSE;
      yearly = yearly || is_word (parts[i], "FREQ");
    }
  /* A weekday of the year, or one that is also a day of the month, is left to others. */
  return yearly
         && (rule->weekday == G_DATE_BAD_WEEKDAY || (rule->month != 0 && rule->month_day == 0));
}

/* The day of the rule in a year; 0: that year has none. */
static guint32
find_in_year (const Rule *rule, GDateYear year, GDateMonth month, int day)
{
  int n_days = g_date_get_days_in_month (month, year);
  GDate date;

  if (rule->weekday != G_DATE_BAD_WEEKDAY)
    {
      int weekday;

      g_date_clear (&date, 1);
      g_date_set_dmy (&date, 1, month, year);
      weekday = (int)g_date_get_weekday (&date);
      day = 1 + ((int)rule->weekday - weekday + 7) % 7;
      if (rule->nth > 0)
        day += (rule->nth - 1) * 7;
      else
        day += ((n_days - day) / 7 + 1 + rule->nth) * 7;
    }
  else if (day < 0)
    day += n_days + 1;
  if (day < 1 || day > n_days)
    return 0;
  g_date_clear (&date, 1);
  g_date_set_dmy (&date, (GDateDay)day, month, year);
  return g_date_get_julian (&date);
}

/* --- Events --- */

static void
add_days (Parser *self, Event *event, guint32 start, int span)
{
  for (guint32 day = MAX (start, self->first); day < start + (guint)span && day <= self->last;
       day++)
    {
      g_autofree char *text = NULL;
      SmmHoliday *holiday;
      gboolean is_new;
      GDate date;

      g_date_clear (&date, 1);
      g_date_set_julian (&date, day);
      text = smm_day_print (&date);
      is_new = g_hash_table_add (self->seen, g_strdup_printf ("%s %s", text, event->name));
      if (g_hash_table_size (self->seen) > SMM_HOLIDAYS_MAX_DAYS || ++self->n_said > MAX_SAID)
        {
          self->too_many = TRUE;
          return;
        }
      if (!is_new)
        continue;
      holiday = g_new0 (SmmHoliday, 1);
      holiday->day = g_steal_pointer (&text);
      holiday->name = g_strdup (event->name);
      g_ptr_array_add (self->found->days, holiday);
    }
}

static void
add_years (Parser *self, Event *event, const Rule *rule, int span)
{
  GDate start, last;
  GDateMonth month;
  int day, n = 0;

  g_date_clear (&start, 1);
  g_date_set_julian (&start, event->start);
  g_date_clear (&last, 1);
  g_date_set_julian (&last, self->last);
  month = rule->month != 0 ? (GDateMonth)rule->month : g_date_get_month (&start);
  day = rule->month_day != 0 ? rule->month_day : g_date_get_day (&start);
  for (int year = g_date_get_year (&start); year <= g_date_get_year (&last) && !self->too_many;
       year += rule->every)
    {
      guint32 at = find_in_year (rule, (GDateYear)year, month, day);

      if (at == 0 || at < event->start)
        continue;
      if ((rule->until != 0 && at > rule->until) || (rule->count != 0 && n++ == rule->count))
        return;
      if (!is_except (event, at))
        add_days (self, event, at, span);
    }
}

static void
end_event (Parser *self)
{
  Event *event = self->event;
  int span = event->end > event->start ? (int)MIN (event->end - event->start, MAX_SPAN + 1)
                                       : MAX (event->span, 1);
  Rule rule;

  if (event->cancelled)
    ;
  else if (event->unknown || event->start == 0 || event->name == NULL || span > MAX_SPAN
           || (event->rule != NULL && !read_rule (event->rule, &rule)))
    self->found->n_left_out++;
  else if (event->rule != NULL)
    add_years (self, event, &rule, span);
  else if (!is_except (event, event->start))
    add_days (self, event, event->start, span);
  g_clear_pointer (&self->event, event_free);
}

static void
read_property (Event *event, const Line *line)
{
  if (is_word (line->name, "DTSTART"))
    event->start = read_day (line->value, TRUE);
  else if (is_word (line->name, "DTEND"))
    event->end = read_day (line->value, TRUE);
  else if (is_word (line->name, "DURATION"))
    {
      event->span = read_span (line->value);
      event->unknown = event->unknown || event->span == 0;
    }
  else if (is_word (line->name, "SUMMARY"))
    {
      g_free (event->name);
      event->name = read_name (line->value);
    }
  else if (is_word (line->name, "RRULE"))
    {
      event->unknown = event->unknown || event->rule != NULL;
      g_free (event->rule);
      event->rule = g_strdup (line->value);
    }
  else if (is_word (line->name, "EXDATE"))
    read_exceptions (event, line->value);
  else if (is_word (line->name, "STATUS"))
    event->cancelled = is_word (line->value, "CANCELLED");
  else if (is_word (line->name, "RDATE") || is_word (line->name, "RECURRENCE-ID"))
    event->unknown = TRUE;
}

static void
begin_component (Parser *self, const char *name)
{
  self->depth++;
  if (self->depth != 2 || !is_word (name, "VEVENT"))
    return;
  g_clear_pointer (&self->event, event_free);
  self->event = g_new0 (Event, 1);
  self->event->except = g_array_new (FALSE, FALSE, sizeof (guint32));
}

static void
read_line (Parser *self, const Line *line)
{
  if (is_word (line->name, "BEGIN"))
    begin_component (self, line->value);
  else if (is_word (line->name, "END"))
    {
      if (self->depth == 2 && self->event != NULL && is_word (line->value, "VEVENT"))
        end_event (self);
      if (self->depth > 0)
        self->depth--;
    }
  /* What a reminder within an event says is not the event's. */
  else if (self->depth == 2 && self->event != NULL)
    read_property (self->event, line);
  else if (self->depth == 1 && self->found->name == NULL && is_word (line->name, "X-WR-CALNAME"))
    self->found->name = read_name (line->value);
}

/* --- Files --- */

static int
compare_days (gconstpointer a, gconstpointer b)
{
  const SmmHoliday *one = *(SmmHoliday *const *)a, *other = *(SmmHoliday *const *)b;
  int order = strcmp (one->day, other->day);

  return order != 0 ? order : strcmp (one->name, other->name);
}

static guint32
first_of_year (int year)
{
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_dmy (&date, 1, G_DATE_JANUARY, (GDateYear)year);
  return g_date_get_julian (&date);
}

static gboolean
check (Parser *self, int first_year, int last_year, GError **error)
{
  if (self->too_many)
    g_set_error (error, SMM_HOLIDAYS_ERROR, SMM_HOLIDAYS_ERROR_TOO_LARGE,
                 _ ("The calendar has more than %d days. Choose one that has holidays only."),
                 SMM_HOLIDAYS_MAX_DAYS);
  else if (self->found->days->len == 0)
    g_set_error (error, SMM_HOLIDAYS_ERROR, SMM_HOLIDAYS_ERROR_EMPTY,
                 _ ("The calendar has no whole day with a name in %d to %d."), first_year,
                 last_year);
  else
    return TRUE;
  return FALSE;
}

/**
 * smm_holidays_parse:
 * @data: (array length=size): a file
 * @size: bytes
 * @first_year: days before it are left out
 * @last_year: days after it, too
 * @error: SMM_HOLIDAYS_ERROR
 *
 * RFC 5545, sections 3.1 (lines), 3.6.1 (events) and 3.3.10 (rules), as far as a whole day needs
 * them. Pure: reads no file and no clock.
 *
 * Returns: (transfer full) (nullable): the days
 */
SmmHolidays *
smm_holidays_parse (const char *data, gsize size, int first_year, int last_year, GError **error)
{
  g_autoptr (SmmHolidays) found = g_new0 (SmmHolidays, 1);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Parser parser = { found, seen, first_of_year (first_year), first_of_year (last_year + 1) - 1 };
  g_autofree char *text = NULL;
  char *next;
  Line line;

  found->days = g_ptr_array_new_with_free_func (holiday_free);
  if (size > SMM_HOLIDAYS_MAX_BYTES)
    {
      g_set_error (error, SMM_HOLIDAYS_ERROR, SMM_HOLIDAYS_ERROR_TOO_LARGE,
                   _ ("The calendar has more than %d MB. Choose one that has holidays only."),
                   SMM_HOLIDAYS_MAX_BYTES / 1024 / 1024);
      return NULL;
    }
  if (size >= 3 && memcmp (data, "\xef\xbb\xbf", 3) == 0)
    {
      data += 3;
      size -= 3;
    }
  text = memchr (data, '\0', size) == NULL ? unfold (data, size) : NULL;
  if (text == NULL || !g_utf8_validate (text, -1, NULL)
      || g_ascii_strncasecmp (text, "BEGIN:VCALENDAR\n", 16) != 0)
    {
      g_set_error_literal (error, SMM_HOLIDAYS_ERROR, SMM_HOLIDAYS_ERROR_NOT_CALENDAR,
                           _ ("This is no calendar file (.ics)."));
      return NULL;
    }
  for (char *at = text; at != NULL && !parser.too_many; at = next)
    {
      next = strchr (at, '\n');
      if (next != NULL)
        *next++ = '\0';
      if (split_line (at, &line))
        read_line (&parser, &line);
    }
  g_clear_pointer (&parser.event, event_free);
  if (!check (&parser, first_year, last_year, error))
    return NULL;
  g_ptr_array_sort (found->days, compare_days);
  return g_steal_pointer (&found);
}

/* "Germany" of “Germany.ics”. */
static char *
name_of_file (GFile *file)
{
  g_autofree char *base = g_file_get_basename (file);
  g_autofree char *name = base != NULL ? g_utf8_make_valid (base, -1) : NULL;
  char *dot = name != NULL ? strrchr (name, '.') : NULL;
  char *read;

  if (dot != NULL && dot > name)
    *dot = '\0';
  read = name != NULL ? read_name (name) : NULL;
  return read != NULL ? read : g_strdup (_ ("Holidays"));
}

/**
 * smm_holidays_read:
 * @file: a calendar file
 * @cancellable: (nullable): to stop
 * @error: SMM_HOLIDAYS_ERROR, G_IO_ERROR
 *
 * Returns: (transfer full) (nullable): the days from last year on, for ten years, named after the
 *   file where it says nothing itself
 */
SmmHolidays *
smm_holidays_read (GFile *file, GCancellable *cancellable, GError **error)
{
  g_autoptr (GByteArray) all = smm_file_read (file, SMM_HOLIDAYS_MAX_BYTES, cancellable, error);
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  SmmHolidays *found;

  if (all == NULL)
    return NULL;
  found = smm_holidays_parse ((const char *)all->data, all->len,
                              g_date_time_get_year (now) - YEARS_BACK,
                              g_date_time_get_year (now) + YEARS_AHEAD, error);
  if (found != NULL && found->name == NULL)
    found->name = name_of_file (file);
  return found;
}

/**
 * smm_holidays_to_args:
 * @self: days of a file
 * @id: of the new calendar
 * @brand_id: whose it is
 *
 * Returns: (transfer floating): arguments of "holidays.add"
 */
GVariant *
smm_holidays_to_args (SmmHolidays *self, const char *id, const char *brand_id)
{
  g_auto (GVariantBuilder) days = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a(ss)"));

  for (guint i = 0; i < self->days->len; i++)
    {
      SmmHoliday *holiday = self->days->pdata[i];

      g_variant_builder_add (&days, "(ss)", holiday->day, holiday->name);
    }
  return g_variant_new_parsed ("{'id': <%s>, 'brand': <%s>, 'name': <%s>, 'days': <%@a(ss)>}", id,
                               brand_id, self->name, g_variant_builder_end (&days));
}

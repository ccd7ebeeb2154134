/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-platform.h"

glong
smm_text_code_points (const char *text)
{
  return g_utf8_strlen (text, -1);
}

glong
smm_text_utf16_units (const char *text)
{
  glong n = 0;

  for (; *text != '\0'; text = g_utf8_next_char (text))
    n += g_utf8_get_char (text) > 0xffff ? 2 : 1;
  return n;
}

/* Words that begin with @mark and go on with something to read. */
static guint
count_marked (const char *text, gunichar mark)
{
  gunichar before = ' ';
  guint n = 0;

  for (; *text != '\0'; text = g_utf8_next_char (text))
    {
      gunichar c = g_utf8_get_char (text);
      gunichar next = c == mark ? g_utf8_get_char (g_utf8_next_char (text)) : 0;

      if (c == mark && !g_unichar_isalnum (before) && before != mark
          && (g_unichar_isalnum (next) || next == '_'))
        n++;
      before = c;
    }
  return n;
}

guint
smm_text_count_hashtags (const char *text)
{
  return count_marked (text, '#');
}

guint
smm_text_count_mentions (const char *text)
{
  return count_marked (text, '@');
}

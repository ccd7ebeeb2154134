/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-web-text.h"

/* What turns text around, or is not seen: it shows people something else than an AI reads. */
static gboolean
is_hidden_letter (gunichar c)
{
  return c == 0xfeff || c == 0x00ad || c == 0x200b || c == 0x2060 || (c >= 0x200e && c <= 0x200f)
         || (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x206f)
         || (c >= 0xe0000 && c <= 0xe007f) || (c >= 0xfff9 && c <= 0xfffb);
}

char *
smm_web_text_clean_line (const char *text, glong max)
{
  GString *clean = g_string_new (NULL);
  gboolean space = FALSE;
  glong n = 0;

  for (const char *p = text; *p != '\0' && n < max; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_isspace (c) || g_unichar_iscntrl (c))
        {
          space = TRUE;
          continue;
        }
      if (is_hidden_letter (c))
        continue;
      if (space && clean->len > 0)
        {
          g_string_append_c (clean, ' ');
          n++;
        }
      space = FALSE;
      g_string_append_unichar (clean, c);
      n++;
    }
  return g_string_free (clean, FALSE);
}

char *
smm_web_text_clean_lines (const char *text, glong max)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  GString *clean = g_string_new (NULL);
  glong left = max;

  for (guint i = 0; lines[i] != NULL && left > 0; i++)
    {
      g_autofree char *line = smm_web_text_clean_line (lines[i], left);

      if (*line == '\0' && (clean->len == 0 || g_str_has_suffix (clean->str, "\n\n")))
        continue;
      g_string_append_printf (clean, "%s\n", line);
      left -= g_utf8_strlen (line, -1) + 1;
    }
  while (clean->len > 0 && clean->str[clean->len - 1] == '\n')
    g_string_truncate (clean, clean->len - 1);
  return g_string_free (clean, FALSE);
}

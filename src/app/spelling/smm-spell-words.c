/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-spell-words.h"

#include <string.h>

#include "smm-script.h"

#define APOSTROPHE 0x2019

static gboolean
is_letter (gunichar c)
{
  return g_unichar_isalpha (c) || g_unichar_ismark (c);
}

static gboolean
is_in_name (gunichar c)
{
  return is_letter (c) || g_unichar_isdigit (c) || c == '_';
}

/* "https://a.de", "www.a.de", "a.de/x", "me@a.de"; "@a.b" is a mention, which is no word either. */
static gboolean
is_address (const char *token, const char *end)
{
  gunichar before = 0;

  if (g_strstr_len (token, end - token, "://") != NULL)
    return TRUE;
  for (const char *at = token; at < end; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if ((c == '.' || c == '@') && is_in_name (before) && at + 1 < end
          && is_in_name (g_utf8_get_char (at + 1)))
        return TRUE;
      before = c;
    }
  return FALSE;
}

/* Goes past letters, digits and the apostrophe within; FALSE: no dictionary knows the like. */
static gboolean
skip_name (const char **at, const char *end)
{
  gboolean word = TRUE;
  glong n = 0;

  while (*at < end)
    {
      gunichar c = g_utf8_get_char (*at);
      const char *next = g_utf8_next_char (*at);

      if (c == '\'' || c == APOSTROPHE)
        {
          if (n == 0 || next >= end || !is_letter (g_utf8_get_char (next)))
            break;
        }
      else if (!is_in_name (c))
        break;
      else if (!is_letter (c) || smm_script_is_unspaced (c))
        word = FALSE;
      *at = next;
      n++;
    }
  return word && n > 1;
}

static void
add_words (GArray *words, const char *text, const char *at, const char *end)
{
  gunichar before = ' ';

  while (at < end)
    {
      gunichar c = g_utf8_get_char (at);
      const char *from = at;

      if (c == '{' && memchr (at, '}', end - at) != NULL)
        at = (const char *)memchr (at, '}', end - at) + 1;
      else if ((c == '#' || c == '@') && !is_in_name (before))
        {
          at++;
          skip_name (&at, end);
        }
      else if (!is_in_name (c))
        at = g_utf8_next_char (at);
      else if (skip_name (&at, end))
        {
          SmmSpellWord word = { from - text, at - text };

          g_array_append_val (words, word);
        }
      before = g_utf8_get_char (g_utf8_prev_char (at));
    }
}

/**
 * smm_spell_find_words:
 * @text: UTF-8
 *
 * Returns: (transfer full) (element-type SmmSpellWord): what is to be checked of it
 */
GArray *
smm_spell_find_words (const char *text)
{
  GArray *words = g_array_new (FALSE, FALSE, sizeof (SmmSpellWord));
  const char *at = text;

  while (*at != '\0')
    {
      const char *end = at;

      while (*end != '\0' && !g_unichar_isspace (g_utf8_get_char (end)))
        end = g_utf8_next_char (end);
      if (end == at)
        {
          at = g_utf8_next_char (at);
          continue;
        }
      if (!is_address (at, end))
        add_words (words, text, at, end);
      at = end;
    }
  return words;
}

/**
 * smm_spell_get_word:
 * @text: UTF-8
 * @word: where in it
 *
 * Returns: (transfer full): the word
 */
char *
smm_spell_get_word (const char *text, const SmmSpellWord *word)
{
  g_autoptr (GString) plain = g_string_new_len (text + word->start, word->end - word->start);

  g_string_replace (plain, "’", "'", 0);
  return g_string_free (g_steal_pointer (&plain), FALSE);
}

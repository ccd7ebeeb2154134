/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-text-tools.h"

#include <gio/gio.h>
#include <string.h>

/* A word that is cut is cut before its beginning when that is no farther. */
#define NEAR 24

/* --- As a platform shows it --- */

/**
 * smm_text_cut:
 * @text: UTF-8
 * @max_characters: how many code points may be seen
 * @max_lines: how many lines, counted by their breaks
 * @cut: (out): whether something is missing
 *
 * Returns: (transfer full): the beginning, without space at its end
 */
char *
smm_text_cut (const char *text, glong max_characters, guint max_lines, gboolean *cut)
{
  const char *end = text, *space = NULL;
  g_autofree char *shown = NULL;
  glong n = 0, at_space = 0;
  guint lines = 1;

  for (; *end != '\0' && n < max_characters; end = g_utf8_next_char (end), n++)
    {
      if (*end == '\n' && ++lines > max_lines)
        break;
      if (g_unichar_isspace (g_utf8_get_char (end)))
        {
          space = end;
          at_space = n;
        }
    }
  *cut = *end != '\0';
  if (*cut && *end != '\n' && !g_unichar_isspace (g_utf8_get_char (end)) && space != NULL
      && n - at_space <= NEAR)
    end = space;
  shown = g_strndup (text, end - text);
  return g_strdup (g_strchomp (shown));
}

/* --- Hashtags, mentions, addresses --- */

static gboolean
is_word (gunichar c)
{
  return g_unichar_isalnum (c) || c == '_' || g_unichar_ismark (c);
}

/* Bytes of the hashtag, mention or address that begins here; 0: none does. */
static gsize
measure_marked (const char *text, gunichar before)
{
  const char *end = text;

  if (is_word (before))
    return 0;
  if (*text == '#' || *text == '@')
    {
      for (end = text + 1; is_word (g_utf8_get_char (end)) || (*text == '@' && *end == '.');)
        end = g_utf8_next_char (end);
      while (end > text + 1 && end[-1] == '.')
        end--;
      return end > text + 1 ? (gsize)(end - text) : 0;
    }
  if (!g_str_has_prefix (text, "https://") && !g_str_has_prefix (text, "http://"))
    return 0;
  while (*end != '\0' && !g_unichar_isspace (g_utf8_get_char (end)))
    end = g_utf8_next_char (end);
  /* The full stop ends the sentence, not the address. */
  while (end > text && strchr (".,;:!?)", end[-1]) != NULL)
    end--;
  return (gsize)(end - text);
}

/**
 * smm_text_to_markup:
 * @text: UTF-8
 *
 * Returns: (transfer full): Pango markup
 */
char *
smm_text_to_markup (const char *text)
{
  GString *markup = g_string_new (NULL);
  gunichar before = ' ';

  while (*text != '\0')
    {
      gsize n = measure_marked (text, before);
      const char *next = n > 0 ? text + n : g_utf8_next_char (text);
      g_autofree char *part = g_markup_escape_text (text, next - text);

      if (n > 0)
        g_string_append_printf (markup, "<a href=\"%s\">%s</a>", part, part);
      else
        g_string_append (markup, part);
      before = g_utf8_get_char (g_utf8_prev_char (next));
      text = next;
    }
  return g_string_free (markup, FALSE);
}

/**
 * smm_text_find_link:
 * @text: UTF-8
 *
 * Returns: (transfer full) (nullable): the first address that begins with http:// or https://
 */
char *
smm_text_find_link (const char *text)
{
  gunichar before = ' ';

  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      gsize n = *at == 'h' ? measure_marked (at, before) : 0;

      if (n > 0)
        return g_strndup (at, n);
      before = g_utf8_get_char (at);
    }
  return NULL;
}

/**
 * smm_text_pick_hashtags:
 * @text: UTF-8
 * @known: UTF-8
 *
 * Returns: (transfer full): what @text has and @known has not
 */
char *
smm_text_pick_hashtags (const char *text, const char *known)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GString *picked = g_string_new (NULL);
  const char *const both[] = { known, text };

  for (guint i = 0; i < G_N_ELEMENTS (both); i++)
    {
      gunichar before = ' ';

      for (const char *at = both[i]; *at != '\0'; at = g_utf8_next_char (at))
        {
          gsize n = *at == '#' ? measure_marked (at, before) : 0;
          g_autofree char *tag = g_strndup (at, n);
          char *folded = g_utf8_casefold (tag, -1);

          before = g_utf8_get_char (at);
          if (n == 0 || !g_hash_table_add (seen, folded))
            {
              if (n == 0)
                g_free (folded);
              continue;
            }
          if (i > 0)
            g_string_append_printf (picked, "%s%s", picked->len > 0 ? " " : "", tag);
        }
    }
  return g_string_free (picked, FALSE);
}

/* --- Variables --- */

static const char *const variables[] = { "{brand}", "{date}", "{link}" };

gboolean
smm_text_has_variables (const char *text)
{
  for (guint i = 0; i < G_N_ELEMENTS (variables); i++)
    if (strstr (text, variables[i]) != NULL)
      return TRUE;
  return FALSE;
}

/**
 * smm_text_fill_in:
 * @text: UTF-8
 * @brand: (nullable): for {brand}
 * @date: (nullable): for {date}
 * @link: (nullable): for {link}
 *
 * Returns: (transfer full): the text with values; what a value has in braces is no variable
 */
char *
smm_text_fill_in (const char *text, const char *brand, const char *date, const char *link)
{
  const char *const values[] = { brand, date, link };
  GString *filled = g_string_new (NULL);

  while (*text != '\0')
    {
      guint i = 0;

      while (i < G_N_ELEMENTS (variables)
             && (values[i] == NULL || !g_str_has_prefix (text, variables[i])))
        i++;
      if (i < G_N_ELEMENTS (variables))
        {
          g_string_append (filled, values[i]);
          text += strlen (variables[i]);
        }
      else
        g_string_append_c (filled, *text++);
    }
  return g_string_free (filled, FALSE);
}

/* --- Links --- */

static GUri *
parse_link (const char *link)
{
  g_autoptr (GUri) uri = g_uri_parse (link, G_URI_FLAGS_ENCODED | G_URI_FLAGS_PARSE_RELAXED, NULL);

  if (uri == NULL || g_uri_get_host (uri) == NULL || *g_uri_get_host (uri) == '\0'
      || (g_strcmp0 (g_uri_get_scheme (uri), "http") != 0
          && g_strcmp0 (g_uri_get_scheme (uri), "https") != 0))
    return NULL;
  return g_steal_pointer (&uri);
}

static void
append_parameter (GString *query, const char *key, const char *value)
{
  g_autofree char *escaped = NULL;

  if (value == NULL || *value == '\0')
    return;
  escaped = g_uri_escape_string (value, NULL, FALSE);
  g_string_append_printf (query, "%s%s=%s", query->len > 0 ? "&" : "", key, escaped);
}

/* The query without what measures; everything else as it was written. */
static GString *
keep_query (GUri *uri)
{
  g_auto (GStrv) parts
      = g_strsplit (g_uri_get_query (uri) != NULL ? g_uri_get_query (uri) : "", "&", -1);
  GString *query = g_string_new (NULL);

  for (guint i = 0; parts[i] != NULL; i++)
    if (*parts[i] != '\0' && !g_str_has_prefix (parts[i], "utm_"))
      g_string_append_printf (query, "%s%s", query->len > 0 ? "&" : "", parts[i]);
  return query;
}

static char *
with_query (GUri *uri, GString *query)
{
  return g_uri_join_with_user (G_URI_FLAGS_ENCODED, g_uri_get_scheme (uri),
                               g_uri_get_userinfo (uri), NULL, NULL, g_uri_get_host (uri),
                               g_uri_get_port (uri), g_uri_get_path (uri),
                               query->len > 0 ? query->str : NULL, g_uri_get_fragment (uri));
}

/**
 * smm_link_add_utm:
 * @link: an address
 * @source: (nullable): utm_source
 * @medium: (nullable): utm_medium
 * @campaign: (nullable): utm_campaign
 *
 * Returns: (transfer full) (nullable): the address with them
 */
char *
smm_link_add_utm (const char *link, const char *source, const char *medium, const char *campaign)
{
  g_autoptr (GUri) uri = parse_link (link);
  g_autoptr (GString) query = NULL;

  if (uri == NULL)
    return NULL;
  query = keep_query (uri);
  append_parameter (query, "utm_source", source);
  append_parameter (query, "utm_medium", medium);
  append_parameter (query, "utm_campaign", campaign);
  return with_query (uri, query);
}

char *
smm_link_remove_utm (const char *link)
{
  return smm_link_add_utm (link, NULL, NULL, NULL);
}

/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-brand.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define TEXT(key, field, kind, max)                                                                \
  {                                                                                                \
    key, G_STRUCT_OFFSET (SmmBrand, field), SMM_BRAND_TEXT_##kind, max                             \
  }

static const SmmBrandText texts[] = {
  TEXT ("logo", logo, MEDIUM, 64),
  TEXT ("colors", colors, COLORS, 64),
  TEXT ("website", website, WEBSITE, 2000),
  TEXT ("description", description, LINES, 2000),
  TEXT ("audience", audience, LINES, 2000),
  TEXT ("topics", topics, LINES, 2000),
  TEXT ("dos", dos, LINES, 2000),
  TEXT ("donts", donts, LINES, 2000),
  TEXT ("hashtags", hashtags, HASHTAGS, 1000),
  TEXT ("languages", languages, PLAIN, 200),
  { NULL, 0, SMM_BRAND_TEXT_PLAIN, 0 },
};

/**
 * smm_brand_get_texts:
 *
 * Returns: (transfer none): every text a brand has besides its name and zone
 */
const SmmBrandText *
smm_brand_get_texts (void)
{
  return texts;
}

/**
 * smm_brand_get_text:
 * @brand: a brand
 * @text: one of smm_brand_get_texts()
 *
 * Returns: (transfer none): where the brand keeps it
 */
char **
smm_brand_get_text (SmmBrand *brand, const SmmBrandText *text)
{
  return G_STRUCT_MEMBER_P (brand, text->offset);
}

/* --- What may stand in a text --- */

static char *
clean_lines (const char *value, gboolean one)
{
  g_auto (GStrv) lines = g_strsplit_set (value, "\r\n", -1);
  GString *clean = g_string_new (NULL);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      const char *line = g_strstrip (lines[i]);

      if (*line == '\0')
        continue;
      if (clean->len > 0)
        g_string_append_c (clean, one ? ' ' : '\n');
      g_string_append (clean, line);
    }
  return g_string_free (clean, FALSE);
}

static gboolean
is_color (const char *word)
{
  if (*word != '#' || strlen (word) != 7)
    return FALSE;
  for (const char *c = word + 1; *c != '\0'; c++)
    if (!g_ascii_isxdigit (*c))
      return FALSE;
  return TRUE;
}

static char *
clean_colors (const char *value, char **problem)
{
  g_auto (GStrv) words = g_strsplit_set (value, " ,;\t\r\n", -1);
  GString *clean = g_string_new (NULL);
  guint n = 0;

  for (guint i = 0; words[i] != NULL && *problem == NULL; i++)
    {
      g_autofree char *lower = g_ascii_strdown (words[i], -1);

      if (*lower == '\0')
        continue;
      if (!is_color (lower))
        *problem = g_strdup_printf (_ ("“%s” is not a color like #1c71d8"), words[i]);
      else if (++n > SMM_BRAND_MAX_COLORS)
        *problem = g_strdup_printf (_ ("A brand has at most %d colors"), SMM_BRAND_MAX_COLORS);
      g_string_append_printf (clean, "%s%s", clean->len > 0 ? " " : "", lower);
    }
  return g_string_free (clean, FALSE);
}

/* People write "bread", "#bread" and "bread, rye"; kept is "#bread #rye". */
static char *
clean_hashtags (const char *value, char **problem)
{
  g_auto (GStrv) words = g_strsplit_set (value, " ,;\t\r\n", -1);
  GString *clean = g_string_new (NULL);

  for (guint i = 0; words[i] != NULL && *problem == NULL; i++)
    {
      const char *word = words[i] + strspn (words[i], "#");

      if (*word == '\0')
        continue;
      for (const char *c = word; *c != '\0' && *problem == NULL; c = g_utf8_next_char (c))
        if (!g_unichar_isalnum (g_utf8_get_char (c)) && !g_unichar_ismark (g_utf8_get_char (c))
            && *c != '_')
          *problem = g_strdup_printf (
              _ ("“%s” is not a hashtag: only letters, digits and _ can stand in one"), words[i]);
      g_string_append_printf (clean, "%s#%s", clean->len > 0 ? " " : "", word);
    }
  return g_string_free (clean, FALSE);
}

static char *
clean_website (const char *value, char **problem)
{
  g_autofree char *stripped = g_strstrip (g_strdup (value));
  g_autofree char *address = *stripped == '\0' || strstr (stripped, "://") != NULL
                                 ? g_strdup (stripped)
                                 : g_strconcat ("https://", stripped, NULL);
  g_autoptr (GUri) uri = g_uri_parse (address, G_URI_FLAGS_NONE, NULL);
  const char *scheme = uri != NULL ? g_uri_get_scheme (uri) : "";
  const char *host = uri != NULL ? g_uri_get_host (uri) : NULL;

  if (*address != '\0'
      && ((strcmp (scheme, "https") != 0 && strcmp (scheme, "http") != 0) || host == NULL
          || *host == '\0' || g_uri_get_userinfo (uri) != NULL))
    *problem = g_strdup_printf (_ ("“%s” is not a web address like https://example.com"), value);
  return g_steal_pointer (&address);
}

static char *
clean_medium (const char *value, char **problem)
{
  if (*value != '\0'
      && (strlen (value) != 64 || strspn (value, "0123456789abcdef") != strlen (value)))
    *problem = g_strdup_printf (_ ("“%s” is not the SHA-256 of a picture"), value);
  return g_strdup (value);
}

/**
 * smm_brand_text_clean:
 * @text: which text
 * @value: what somebody entered, UTF-8
 * @problem: (out) (transfer full): %NULL, or why it can't stand there, for people
 *
 * Returns: (transfer full) (nullable): how it is kept; %NULL: not said, or there is a problem
 */
char *
smm_brand_text_clean (const SmmBrandText *text, const char *value, char **problem)
{
  g_autofree char *clean = NULL;

  *problem = NULL;
  switch (text->kind)
    {
    case SMM_BRAND_TEXT_LINES:
    case SMM_BRAND_TEXT_PLAIN:
      clean = clean_lines (value, text->kind == SMM_BRAND_TEXT_PLAIN);
      break;
    case SMM_BRAND_TEXT_WEBSITE:
      clean = clean_website (value, problem);
      break;
    case SMM_BRAND_TEXT_COLORS:
      clean = clean_colors (value, problem);
      break;
    case SMM_BRAND_TEXT_HASHTAGS:
      clean = clean_hashtags (value, problem);
      break;
    case SMM_BRAND_TEXT_MEDIUM:
      clean = clean_medium (value, problem);
      break;
    }
  if (*problem == NULL && g_utf8_strlen (clean, -1) > text->max_length)
    *problem
        = g_strdup_printf (_ ("“%.40s…” is longer than %d characters"), clean, text->max_length);
  return *problem == NULL && *clean != '\0' ? g_steal_pointer (&clean) : NULL;
}

/**
 * smm_brand_copy:
 * @brand: a brand
 *
 * Returns: (transfer full): another of the same
 */
SmmBrand *
smm_brand_copy (SmmBrand *brand)
{
  SmmBrand *copy = smm_brand_new ();

  copy->id = g_strdup (brand->id);
  copy->name = g_strdup (brand->name);
  copy->timezone = g_strdup (brand->timezone);
  copy->late_policy = brand->late_policy;
  copy->late_hours = brand->late_hours;
  copy->created_at = brand->created_at;
  for (const SmmBrandText *text = texts; text->key != NULL; text++)
    *smm_brand_get_text (copy, text) = g_strdup (*smm_brand_get_text (brand, text));
  memcpy (copy->tones, brand->tones, sizeof copy->tones);
  copy->emoji = brand->emoji;
  copy->voice = brand->voice;
  copy->setup_step = brand->setup_step;
  return copy;
}

/* --- What an assistant will be told --- */

static void
add_list (GString *said, const char *title, const char *lines)
{
  g_auto (GStrv) list = NULL;

  if (lines == NULL)
    return;
  list = g_strsplit (lines, "\n", -1);
  g_string_append_printf (said, "%s:\n", title);
  for (guint i = 0; list[i] != NULL; i++)
    g_string_append_printf (said, "- %s\n", list[i]);
}

static void
add_line (GString *said, const char *title, const char *value)
{
  if (value != NULL)
    g_string_append_printf (said, "%s: %s\n", title, value);
}

static void
add_tones (GString *said, SmmBrand *brand)
{
  static const char *const ends[SMM_N_BRAND_TONES][2] = {
    [SMM_BRAND_TONE_RELAXED] = { "formal", "relaxed" },
    [SMM_BRAND_TONE_PLAYFUL] = { "serious", "playful" },
    [SMM_BRAND_TONE_POETIC] = { "plain", "poetic" },
    [SMM_BRAND_TONE_BOLD] = { "modest", "bold" },
    [SMM_BRAND_TONE_LONG] = { "short", "storytelling" },
  };
  guint n = 0;

  for (guint i = 0; i < SMM_N_BRAND_TONES; i++)
    {
      int much = ABS (brand->tones[i]);
      const char *grade = much >= 67 ? "very " : much >= 34 ? "" : "a little ";

      if (much >= 10)
        g_string_append_printf (said, "%s%s%s", n++ == 0 ? "Tone: " : ", ", grade,
                                ends[i][brand->tones[i] > 0]);
    }
  g_string_append (said, n > 0 ? "\n" : "Tone: balanced\n");
}

/**
 * smm_brand_describe:
 * @brand: a brand
 *
 * Returns: (transfer full): what an AI is told about the brand, word for word; in English, with
 *   what the user wrote as it was written. A brand without texts is described by its name and tone.
 */
char *
smm_brand_describe (SmmBrand *brand)
{
  static const char *const emoji[] = { "none", "a few", "many" };
  GString *said = g_string_new (NULL);

  add_line (said, "Brand", brand->name);
  add_line (said, "Website", brand->website);
  add_list (said, "What it does", brand->description);
  add_list (said, "Audience", brand->audience);
  add_tones (said, brand);
  add_line (said, "Emoji", emoji[brand->emoji]);
  if (brand->voice == SMM_BRAND_VOICE_BRAND)
    g_string_append_printf (said, "Speaks as: %s, in the third person\n", brand->name);
  else
    add_line (said, "Speaks as", brand->voice == SMM_BRAND_VOICE_I ? "I" : "we");
  add_line (said, "Languages", brand->languages);
  add_list (said, "Topics", brand->topics);
  add_list (said, "Do", brand->dos);
  add_list (said, "Never", brand->donts);
  add_line (said, "Hashtags to choose from", brand->hashtags);
  return g_string_free (said, FALSE);
}

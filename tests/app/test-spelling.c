/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which words are checked, and in which language; what the dictionary says is its own matter. */

#include "config.h"

#include <string.h>

#include "smm-languages.h"
#include "smm-spell-words.h"

static void
test_words (void)
{
  static const struct
  {
    const char *text, *words;
  } rows[] = {
    { "", "" },
    { "Fresh bread, every day!", "Fresh bread every day" },
    { "#bread @ana.r and (#rye) @you", "and" },
    { "see https://a.de/some?x=word or www.bread.fi/page", "see or" },
    { "northside.example/bread me@bread.fi z.B. end", "end" },
    { "{brand} bakes {date} for{link}you", "bakes for you" },
    { "a I o' 3rd 24h B2B under_score x", "" },
    { "don't don’t 'quoted' rock’n’roll dogs'", "don't don't quoted rock'n'roll dogs" },
    { "E-Mail-Adresse and/or well—said", "Mail Adresse and or well said" },
    { "Brötchen naïve ångström Ελληνικά Хлеб", "Brötchen naïve ångström Ελληνικά Хлеб" },
    { "パンを焼く 面包 ขนมปัง bread", "bread" },
    { "🍞bread🍞 one\ntwo\ttwo\u00a0three", "bread one two two three" },
    { "word#tag {open brace } #", "word tag open brace" },
    { "e\u0301te\u0301 \xef\xbf\xbc", "e\u0301te\u0301" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GArray) words = smm_spell_find_words (rows[i].text);
      g_autoptr (GString) found = g_string_new (NULL);
      gsize last = 0;

      for (guint k = 0; k < words->len; k++)
        {
          SmmSpellWord *word = &g_array_index (words, SmmSpellWord, k);
          g_autofree char *text = smm_spell_get_word (rows[i].text, word);

          g_assert_cmpuint (word->start, >=, last);
          g_assert_cmpuint (word->end, >, word->start);
          last = word->end;
          g_string_append_printf (found, "%s%s", k > 0 ? " " : "", text);
        }
      g_assert_cmpuint (last, <=, strlen (rows[i].text));
      g_assert_cmpstr (found->str, ==, rows[i].words);
    }
}

static void
test_languages (void)
{
  const char *tags[] = { "de_AT", "de_DE", "en_GB", "en_US", "fi_FI", "xx_XX", NULL };
  g_autoptr (GPtrArray) languages = smm_languages_describe (tags);
  static const struct
  {
    const char *wanted, *locale[4];
    const char *tag, *missing;
  } rows[] = {
    { "English, Finnish", { "de_DE.UTF-8", "de_DE", "de" }, "en_US" },
    { "English", { "en_GB.UTF-8", "en_GB", "en" }, "en_GB" },
    { "en_GB", { "en_US", "en" }, "en_GB" },
    { " finnish ", { "C" }, "fi_FI" },
    { "de", { "C" }, "de_DE" },
    { "German", { "de_AT", "de" }, "de_AT" },
    { "Klingon; German", { "C" }, "de_DE" },
    { "Klingon", { "en_US", "en" }, NULL, "Klingon" },
    { "", { "fi_FI.UTF-8", "fi_FI", "fi", "C" }, "fi_FI" },
    { NULL, { "C" }, "en_US" },
    { NULL, { "sv_SE", "sv" }, NULL },
    { NULL, { "sv_SE", "sv", "C" }, "en_US" },
  };

  g_assert_cmpuint (languages->len, ==, 6);
  g_assert_cmpstr (((SmmLanguage *)languages->pdata[0])->name, ==, "English (en_GB)");
  g_assert_cmpstr (((SmmLanguage *)languages->pdata[2])->name, ==, "Finnish (Finland)");
  g_assert_cmpstr (((SmmLanguage *)languages->pdata[5])->name, ==, "xx_XX");
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const char *locale[]
          = { rows[i].locale[0], rows[i].locale[1], rows[i].locale[2], rows[i].locale[3], NULL };
      g_autofree char *missing = NULL;
      const SmmLanguage *language
          = smm_languages_pick (languages, rows[i].wanted, locale, &missing);

      g_assert_cmpstr (language != NULL ? language->tag : NULL, ==, rows[i].tag);
      g_assert_cmpstr (missing, ==, rows[i].missing);
    }
}

/* The system's lists of names, of a system that has just these. */
static char *
write_lists (void)
{
  char *folder = g_dir_make_tmp ("smm-spelling-XXXXXX", NULL);
  g_autofree char *lists = g_build_filename (folder, "iso-codes", "json", NULL);
  g_autofree char *languages = g_build_filename (lists, "iso_639-2.json", NULL);
  g_autofree char *countries = g_build_filename (lists, "iso_3166-1.json", NULL);

  g_assert_cmpint (g_mkdir_with_parents (lists, 0700), ==, 0);
  g_assert_true (g_file_set_contents (
      languages,
      "{\"639-2\": [{\"alpha_2\": \"de\", \"alpha_3\": \"deu\", \"name\": \"German\"},"
      "{\"alpha_2\": \"en\", \"alpha_3\": \"eng\", \"name\": \"English; British\"}, 5, {},"
      "{\"alpha_2\": \"fi\", \"alpha_3\": \"fin\", \"name\": \"Finnish\"}]}",
      -1, NULL));
  g_assert_true (g_file_set_contents (
      countries, "{\"3166-1\": [{\"alpha_2\": \"FI\", \"name\": \"Finland\"}]}", -1, NULL));
  return folder;
}

int
main (int argc, char **argv)
{
  g_autofree char *folder = write_lists ();
  g_autofree char *remove = g_strconcat ("rm -rf '", folder, "'", NULL);
  int status;

  g_setenv ("XDG_DATA_DIRS", folder, TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/spelling/words", test_words);
  g_test_add_func ("/spelling/languages", test_languages);
  status = g_test_run ();
  g_spawn_command_line_sync (remove, NULL, NULL, NULL, NULL);
  return status;
}

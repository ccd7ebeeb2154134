/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-languages.h"

#include <glib/gi18n.h>
#include <json-glib/json-glib.h>
#include <string.h>

#define ISO_MO "/usr/share/locale"

static void
language_free (gpointer data)
{
  SmmLanguage *language = data;

  g_free (language->tag);
  g_free (language->name);
  g_free (language->english);
  g_free (language->local);
  g_free (language);
}

/* --- Names --- */

/* Code → English name, from a list as iso-codes has it: {"639-2": [{"alpha_2", "name"}…]}. */
static GHashTable *
read_list (const char *number)
{
  GHashTable *names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autofree char *file = g_strdup_printf ("iso_%s.json", number);
  JsonNode *root = NULL;
  JsonArray *list = NULL;

  for (const char *const *dirs = g_get_system_data_dirs (); *dirs != NULL && root == NULL; dirs++)
    {
      g_autofree char *path = g_build_filename (*dirs, "iso-codes", "json", file, NULL);

      if (json_parser_load_from_file (parser, path, NULL))
        root = json_parser_get_root (parser);
    }
  if (root != NULL && JSON_NODE_HOLDS_OBJECT (root)
      && json_object_has_member (json_node_get_object (root), number))
    {
      JsonNode *node = json_object_get_member (json_node_get_object (root), number);

      list = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
    }
  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++)
    {
      JsonNode *node = json_array_get_element (list, i);
      JsonObject *entry = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
      const char *name = NULL, *short_code = NULL, *long_code = NULL;

      if (entry == NULL)
        continue;
      name = json_object_get_string_member_with_default (entry, "name", NULL);
      short_code = json_object_get_string_member_with_default (entry, "alpha_2", NULL);
      long_code = json_object_get_string_member_with_default (entry, "alpha_3", NULL);
      if (name != NULL && short_code != NULL)
        g_hash_table_insert (names, g_strdup (short_code), g_strdup (name));
      if (name != NULL && long_code != NULL)
        g_hash_table_insert (names, g_strdup (long_code), g_strdup (name));
    }
  return names;
}

/* "Spanish; Castilian" → "Spanish" */
static char *
dup_first (const char *name)
{
  return g_strstrip (g_strndup (name, strcspn (name, ";(")));
}

static char *
translate (const char *number, const char *name)
{
  g_autofree char *domain = g_strconcat ("iso_", number, NULL);

  bindtextdomain (domain, ISO_MO);
  bind_textdomain_codeset (domain, "UTF-8");
  return dup_first (dgettext (domain, name));
}

static SmmLanguage *
describe (const char *tag, GHashTable *languages, GHashTable *countries)
{
  SmmLanguage *language = g_new0 (SmmLanguage, 1);
  g_auto (GStrv) parts = g_strsplit_set (tag, "_-", -1);
  const char *name = parts[0] != NULL ? g_hash_table_lookup (languages, parts[0]) : NULL;
  const char *country = NULL;

  language->tag = g_strdup (tag);
  if (name == NULL)
    {
      language->name = g_strdup (tag);
      language->english = g_strdup (tag);
      language->local = g_strdup (tag);
      return language;
    }
  language->english = dup_first (name);
  language->local = translate ("639-2", name);
  if (parts[1] != NULL)
    country = g_hash_table_lookup (countries, parts[1]);
  if (country != NULL && parts[2] == NULL)
    {
      g_autofree char *place = translate ("3166-1", country);

      language->name = g_strdup_printf ("%s (%s)", language->local, place);
    }
  else if (parts[1] != NULL)
    language->name = g_strdup_printf ("%s (%s)", language->local, tag);
  else
    language->name = g_strdup (language->local);
  return language;
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  const SmmLanguage *one = *(SmmLanguage *const *)a, *other = *(SmmLanguage *const *)b;

  return g_utf8_collate (one->name, other->name);
}

/**
 * smm_languages_describe:
 * @tags: what there are dictionaries for
 *
 * Returns: (transfer full) (element-type SmmLanguage): the same for people
 */
GPtrArray *
smm_languages_describe (const char *const *tags)
{
  GPtrArray *all = g_ptr_array_new_with_free_func (language_free);
  g_autoptr (GHashTable) languages = read_list ("639-2");
  g_autoptr (GHashTable) countries = read_list ("3166-1");

  for (; *tags != NULL; tags++)
    g_ptr_array_add (all, describe (*tags, languages, countries));
  g_ptr_array_sort (all, compare_names);
  return all;
}

/* --- Which --- */

static gboolean
is_same (const char *one, const char *other)
{
  g_autofree char *a = g_utf8_casefold (one, -1);
  g_autofree char *b = g_utf8_casefold (other, -1);

  return strcmp (a, b) == 0;
}

static gsize
get_code_length (const char *tag)
{
  return strcspn (tag, "_-.@");
}

/* Of several for one language: that of the user's country, else that of the country named like the
 * language ("de_DE"), else the first. */
static int
rate (const SmmLanguage *language, const char *const *locale)
{
  gsize length = get_code_length (language->tag);
  g_autofree char *code = g_strndup (language->tag, length);
  g_autofree char *country = g_ascii_strup (code, -1);
  g_autofree char *home = g_strconcat (code, "_", country, NULL);

  for (; *locale != NULL; locale++)
    if (is_same (*locale, language->tag))
      return 4;
  if (strcmp (language->tag, home) == 0)
    return 3;
  return strcmp (language->tag, "en_US") == 0 ? 2 : 1;
}

static const SmmLanguage *
find (GPtrArray *languages, const char *wanted, const char *const *locale)
{
  const SmmLanguage *best = NULL;
  int best_rate = 0;

  for (guint i = 0; i < languages->len; i++)
    {
      const SmmLanguage *language = languages->pdata[i];
      g_autofree char *code = g_strndup (language->tag, get_code_length (language->tag));
      int now = rate (language, locale);

      if (is_same (wanted, language->tag) || is_same (wanted, language->name))
        return language;
      if ((is_same (wanted, language->english) || is_same (wanted, language->local)
           || is_same (wanted, code))
          && now > best_rate)
        {
          best = language;
          best_rate = now;
        }
    }
  return best;
}

/**
 * smm_languages_pick:
 * @languages: (element-type SmmLanguage): what there are dictionaries for
 * @wanted: (nullable): names or codes of languages, the first first
 * @locale: what the user reads, see g_get_language_names()
 * @missing: (out) (optional): what was wanted and is not there
 *
 * Returns: (nullable): the one to check with
 */
const SmmLanguage *
smm_languages_pick (GPtrArray *languages, const char *wanted, const char *const *locale,
                    char **missing)
{
  g_auto (GStrv) names = g_strsplit_set (wanted != NULL ? wanted : "", ",;/\n", -1);
  const SmmLanguage *found = NULL;
  gboolean asked = FALSE;

  *missing = NULL;
  for (guint i = 0; names[i] != NULL && found == NULL; i++)
    {
      if (*g_strstrip (names[i]) == '\0')
        continue;
      found = find (languages, names[i], locale);
      if (found == NULL && !asked)
        *missing = g_strdup (names[i]);
      asked = TRUE;
    }
  if (found != NULL)
    g_clear_pointer (missing, g_free);
  if (found != NULL || asked)
    return found;
  for (guint i = 0; locale[i] != NULL && found == NULL; i++)
    {
      g_autofree char *code = g_strndup (locale[i], get_code_length (locale[i]));

      found = find (languages, strcmp (code, "C") == 0 ? "en" : code, locale);
    }
  return found;
}

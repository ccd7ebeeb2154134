/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-options.h"

/* "key=value key=value" */
static GHashTable *
read_table (const char *text)
{
  GHashTable *options = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_auto (GStrv) each = g_strsplit (text, " ", -1);

  for (guint i = 0; each[i] != NULL; i++)
    {
      g_auto (GStrv) pair = g_strsplit (each[i], "=", 2);

      if (*each[i] != '\0')
        g_hash_table_insert (options, g_strdup (pair[0]), g_strdup (pair[1]));
    }
  return options;
}

static char *
print_table (GHashTable *options)
{
  g_autoptr (GList) keys = g_list_sort (g_hash_table_get_keys (options), (GCompareFunc)g_strcmp0);
  g_autoptr (GString) text = g_string_new (NULL);

  for (GList *l = keys; l != NULL; l = l->next)
    g_string_append_printf (text, "%s%s=%s", text->len > 0 ? " " : "", (char *)l->data,
                            (char *)g_hash_table_lookup (options, l->data));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
test_differ (void)
{
  static const struct
  {
    const char *shown, *common, *own;
  } rows[] = {
    { "", "", NULL },
    { "a=1 b=2", "a=1 b=2", NULL },
    { "a=1 b=3", "a=1 b=2", "b=3" },
    { "a=1", "", "a=1" },
    /* What all have and one has not is taken away there. */
    { "b=2", "a=1 b=2", "a=" },
    { "a=2 c=3", "a=1 b=2", "a=2 b= c=3" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GHashTable) shown = read_table (rows[i].shown);
      g_autoptr (GHashTable) common = read_table (rows[i].common);
      g_autoptr (GHashTable) own = smm_options_differ (shown, common);
      g_autoptr (GHashTable) again = smm_options_merge (common, own);
      g_autofree char *told = own != NULL ? print_table (own) : NULL;
      g_autofree char *back = print_table (again);

      g_assert_cmpstr (told, ==, rows[i].own);
      g_assert_cmpstr (back, ==, rows[i].shown);
    }
}

static void
test_describe (void)
{
  static const struct
  {
    const char *own, *text;
  } rows[] = {
    { "privacy=SELF_ONLY", "Own options: audience" },
    { "cover-ms=0 title=", "Own options: title, cover" },
    { "your-brand=true branded-content=true", "Own options: disclosure" },
    { "something-else=1", "Own options" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GHashTable) own = read_table (rows[i].own);
      g_autofree char *text = smm_options_describe (own);

      g_assert_cmpstr (text, ==, rows[i].text);
    }
}

static void
test_names (void)
{
  static const struct
  {
    const char *written, *kept, *shown;
  } rows[] = {
    { "", "", "" },
    { " , @", "", "" },
    { "@anna", "anna", "anna" },
    { "@anna , ben;@@carl", "anna,ben,carl", "anna, ben, carl" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *kept = smm_names_read (rows[i].written);
      g_autofree char *shown = smm_names_show (kept);
      g_autofree char *again = smm_names_show (shown);

      g_assert_cmpstr (kept, ==, rows[i].kept);
      g_assert_cmpstr (shown, ==, rows[i].shown);
      g_assert_cmpstr (again, ==, rows[i].shown);
    }
}

static void
test_user_tags (void)
{
  static const struct
  {
    const char *tags, *names, *written, *after;
  } rows[] = {
    { "", "", "", "" },
    { "", "", "@anna", "anna@0.50,0.80" },
    { "", "", "anna, @ben", "anna@0.33,0.80;ben@0.66,0.80" },
    /* Who was tagged stays where that was, also when the name begins as another one. */
    { "anna@0.1,0.2;an@0.3,0.4", "anna, an", "an anna", "an@0.3,0.4;anna@0.1,0.2" },
    { "anna@0.1,0.2", "anna", "anna, ben", "anna@0.1,0.2;ben@0.66,0.80" },
    { "anna@0.1,0.2", "anna", " , ", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *names = smm_user_tags_list_names (rows[i].tags);
      g_autofree char *after = smm_user_tags_from_names (rows[i].written, rows[i].tags);

      g_assert_cmpstr (names, ==, rows[i].names);
      g_assert_cmpstr (after, ==, rows[i].after);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/options/differ", test_differ);
  g_test_add_func ("/options/describe", test_describe);
  g_test_add_func ("/options/names", test_names);
  g_test_add_func ("/options/user-tags", test_user_tags);
  return g_test_run ();
}

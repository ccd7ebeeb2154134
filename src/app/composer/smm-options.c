/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-options.h"

#include <glib/gi18n.h>
#include <string.h>

/* Where on a picture people are tagged who are only named: in a row above its lower edge. */
#define TAG_HEIGHT 80

void
smm_options_set (GHashTable *options, const char *key, const char *value)
{
  if (value != NULL && *value != '\0')
    g_hash_table_insert (options, g_strdup (key), g_strdup (value));
  else
    g_hash_table_remove (options, key);
}

static GHashTable *
options_new (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

static void
put_all (GHashTable *to, GHashTable *from)
{
  GHashTableIter iter;
  gpointer key, value;

  if (from == NULL)
    return;
  g_hash_table_iter_init (&iter, from);
  while (g_hash_table_iter_next (&iter, &key, &value))
    smm_options_set (to, key, value);
}

void
smm_options_copy (GHashTable *to, GHashTable *from)
{
  if (to == from)
    return;
  g_hash_table_remove_all (to);
  put_all (to, from);
}

/**
 * smm_options_merge:
 * @common: (nullable): what all accounts have
 * @own: (nullable): what one has of its own
 *
 * Returns: (transfer full): what that one gets
 */
GHashTable *
smm_options_merge (GHashTable *common, GHashTable *own)
{
  GHashTable *options = options_new ();

  put_all (options, common);
  put_all (options, own);
  return options;
}

/**
 * smm_options_differ:
 * @shown: what one account shall get
 * @common: what all have
 *
 * Returns: (transfer full) (nullable): what that one has of its own; %NULL: it gets what all have
 */
GHashTable *
smm_options_differ (GHashTable *shown, GHashTable *common)
{
  g_autoptr (GHashTable) own = options_new ();
  GHashTableIter iter;
  gpointer key, value;

  g_hash_table_iter_init (&iter, shown);
  while (g_hash_table_iter_next (&iter, &key, &value))
    if (g_strcmp0 (value, g_hash_table_lookup (common, key)) != 0)
      g_hash_table_insert (own, g_strdup (key), g_strdup (value));
  g_hash_table_iter_init (&iter, common);
  while (g_hash_table_iter_next (&iter, &key, &value))
    if (!g_hash_table_contains (shown, key))
      g_hash_table_insert (own, g_strdup (key), g_strdup (""));
  return g_hash_table_size (own) > 0 ? g_steal_pointer (&own) : NULL;
}

/* In the order of the rows. */
static const struct
{
  const char *key;
  const char *label;
} labels[] = {
  { SMM_OPTION_HAND_OVER, N_ ("who publishes") },
  { SMM_OPTION_TITLE, N_ ("title") },
  { SMM_OPTION_SHARE_TO_FEED, N_ ("feed") },
  { SMM_OPTION_COLLABORATORS, N_ ("collaborators") },
  { SMM_OPTION_USER_TAGS, N_ ("tagged people") },
  { SMM_OPTION_COVER_MS, N_ ("cover") },
  { SMM_OPTION_PRIVACY, N_ ("audience") },
  { SMM_OPTION_COMMENTS, N_ ("comments") },
  { SMM_OPTION_DUET, N_ ("duets") },
  { SMM_OPTION_STITCH, N_ ("stitches") },
  { SMM_OPTION_YOUR_BRAND, N_ ("disclosure") },
  { SMM_OPTION_BRANDED, N_ ("disclosure") },
  { SMM_OPTION_AI_GENERATED, N_ ("AI label") },
  { SMM_OPTION_INBOX, N_ ("inbox") },
};

/**
 * smm_options_describe:
 * @own: what an account has of its own, at least one
 *
 * Returns: (transfer full): which they are, for people
 */
char *
smm_options_describe (GHashTable *own)
{
  g_autoptr (GString) list = g_string_new (NULL);
  const char *last = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (labels); i++)
    {
      if (!g_hash_table_contains (own, labels[i].key) || g_strcmp0 (last, labels[i].label) == 0)
        continue;
      last = labels[i].label;
      g_string_append_printf (list, "%s%s", list->len > 0 ? ", " : "", _ (last));
    }
  if (list->len == 0)
    return g_strdup (_ ("Own options"));
  /* Translators: %s is a list like "audience, cover" */
  return g_strdup_printf (_ ("Own options: %s"), list->str);
}

/* --- Names --- */

/**
 * smm_names_read:
 * @text: user names as people write them, "@anna , ben"
 *
 * Returns: (transfer full): "anna,ben"
 */
char *
smm_names_read (const char *text)
{
  g_auto (GStrv) names = g_strsplit_set (text, ", ;", -1);
  g_autoptr (GString) clean = g_string_new (NULL);

  for (guint i = 0; names[i] != NULL; i++)
    {
      const char *name = g_strstrip (names[i]);

      while (*name == '@')
        name++;
      if (*name != '\0')
        g_string_append_printf (clean, "%s%s", clean->len > 0 ? "," : "", name);
    }
  return g_string_free (g_steal_pointer (&clean), FALSE);
}

/**
 * smm_names_show:
 * @names: "anna,ben"
 *
 * Returns: (transfer full): "anna, ben"
 */
char *
smm_names_show (const char *names)
{
  g_autofree char *clean = smm_names_read (names);
  g_auto (GStrv) each = g_strsplit (clean, ",", -1);

  return g_strjoinv (", ", each);
}

/* --- Tagged people --- */

char *
smm_user_tags_list_names (const char *tags)
{
  g_auto (GStrv) each = g_strsplit (tags, ";", -1);
  g_autoptr (GString) list = g_string_new (NULL);

  for (guint i = 0; each[i] != NULL; i++)
    {
      char *at = strchr (each[i], '@');

      if (at != NULL)
        *at = '\0';
      g_strstrip (each[i]);
      if (*each[i] != '\0')
        g_string_append_printf (list, "%s%s", list->len > 0 ? ", " : "", each[i]);
    }
  return g_string_free (g_steal_pointer (&list), FALSE);
}

/* "anna@0.2,0.3" of @tags; NULL: not among them. */
static char *
find_tag (const char *tags, const char *name)
{
  g_auto (GStrv) each = g_strsplit (tags, ";", -1);

  for (guint i = 0; each[i] != NULL; i++)
    {
      const char *tag = g_strstrip (each[i]);

      if (g_str_has_prefix (tag, name) && tag[strlen (name)] == '@')
        return g_strdup (tag);
    }
  return NULL;
}

/**
 * smm_user_tags_from_names:
 * @names: as people write them, "@anna, ben"
 * @tags: the tags so far, "anna\@0.2,0.3;…"
 *
 * Returns: (transfer full): the tags of those names
 */
char *
smm_user_tags_from_names (const char *names, const char *tags)
{
  g_autofree char *clean = smm_names_read (names);
  g_auto (GStrv) each = g_strsplit (clean, ",", -1);
  guint n = g_strv_length (each);
  g_autoptr (GString) list = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *tag = find_tag (tags, each[i]);
      guint across = 100 * (i + 1) / (n + 1);

      if (tag == NULL)
        tag = g_strdup_printf ("%s@0.%02u,0.%02u", each[i], across, TAG_HEIGHT);
      g_string_append_printf (list, "%s%s", list->len > 0 ? ";" : "", tag);
    }
  return g_string_free (g_steal_pointer (&list), FALSE);
}

/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-own-cells.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define ON " on "
#define NONE "(none)"
#define SHA256 "sha256:"

/* In the order of their columns; options come last. */
static const char *const fields[] = { "text", "link", "first comment", "media", "alt" };

/* --- Names of columns --- */

static const char *
find_known (const char *name)
{
  static const struct
  {
    const char *name, *field;
  } names[] = { { "text", "text" },   { "caption", "text" },
                { "link", "link" },   { "first comment", "first-comment" },
                { "media", "media" }, { "first-comment", "first-comment" },
                { "alt", "alt" } };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_ascii_strcasecmp (names[i].name, name) == 0)
      return names[i].field;
  return g_str_has_prefix (name, "set:") && smm_option_is_known (name + 4) ? name : NULL;
}

char *
smm_own_find_field (const char *name)
{
  const char *on = strstr (name, ON);
  g_autofree char *what = on != NULL ? g_strstrip (g_strndup (name, on - name)) : NULL;
  g_autofree char *account = on != NULL ? g_strstrip (g_strdup (on + strlen (ON))) : NULL;
  const char *field = what != NULL && *account != '\0' ? find_known (what) : NULL;

  return field != NULL ? g_strconcat (field, ON, account, NULL) : NULL;
}

/* --- Cells --- */

/* A text that is just the word for nothing, perhaps with such signs before it. */
static gboolean
looks_like_none (const char *text)
{
  return strcmp (text + strspn (text, "\\"), NONE) == 0;
}

char *
smm_own_write (const char *text)
{
  if (*text == '\0')
    return g_strdup (NONE);
  return looks_like_none (text) ? g_strconcat ("\\", text, NULL) : g_strdup (text);
}

static char *
read_text (const char *cell)
{
  if (strcmp (cell, NONE) == 0)
    return g_strdup ("");
  return g_strdup (*cell == '\\' && looks_like_none (cell) ? cell + 1 : cell);
}

/* --- Reading --- */

static GPtrArray *
read_media (SmmImport *self, SmmImportRow *row, const char *cell)
{
  g_auto (GStrv) names = smm_import_split (strcmp (cell, NONE) == 0 ? "" : cell, ";\n", FALSE);
  g_autoptr (GPtrArray) media = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; names[i] != NULL; i++)
    {
      SmmMedia *known = g_str_has_prefix (names[i], SHA256)
                            ? smm_store_get_library_media (self->store, names[i] + strlen (SHA256))
                            : NULL;

      if (known == NULL)
        smm_import_add_problem (row, "own-media-missing", TRUE,
                                _ ("The library has no “%s”. For one account alone, pictures and "
                                   "videos are named by sha256: and have to be there already."),
                                names[i]);
      else
        g_ptr_array_add (media, known);
    }
  return g_steal_pointer (&media);
}

static void
set_alts (SmmVariant *variant, const char *cell)
{
  g_auto (GStrv) alts = smm_import_split (cell, "|", TRUE);
  guint n = g_strv_length (alts);

  for (guint i = 0; variant->media != NULL && i < variant->media->len && i < n; i++)
    {
      SmmMedia *media = variant->media->pdata[i];

      g_free (media->alt);
      media->alt = *alts[i] != '\0' ? g_strdup (alts[i]) : NULL;
    }
}

static void
set_own (SmmImport *self, SmmImportRow *row, SmmTarget *target, const char *field, const char *cell)
{
  g_autofree char *text = read_text (cell);
  SmmVariant *variant;

  if (target->variant == NULL)
    target->variant = smm_variant_new ();
  variant = target->variant;
  if (strcmp (field, "text") == 0)
    {
      g_free (variant->text);
      variant->text = g_steal_pointer (&text);
    }
  else if (strcmp (field, "link") == 0)
    {
      g_free (variant->link);
      variant->link = g_steal_pointer (&text);
    }
  else if (strcmp (field, "first-comment") == 0)
    {
      g_free (variant->first_comment);
      variant->first_comment = g_steal_pointer (&text);
    }
  else if (strcmp (field, "media") == 0)
    {
      g_clear_pointer (&variant->media, g_ptr_array_unref);
      variant->media = read_media (self, row, cell);
    }
  else if (strcmp (field, "alt") == 0)
    set_alts (variant, cell);
  else
    {
      if (variant->options == NULL)
        variant->options = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
      g_hash_table_insert (variant->options, g_strdup (field + strlen ("set:")),
                           *text != '\0' ? smm_import_read_option (text) : g_strdup (""));
    }
}

/* One cell, for each account of the row that is meant; a platform's name means all on it. */
static void
read_cell (SmmImport *self, SmmImportRow *row, const char *field, const char *name,
           const char *cell)
{
  gboolean known = FALSE, used = FALSE;

  for (guint i = 0; i < self->accounts->len; i++)
    {
      SmmAccount *account = self->accounts->pdata[i];

      if (!smm_import_is_meant (account, name)
          && g_ascii_strcasecmp (name, smm_platform_id_to_string (account->platform)) != 0)
        continue;
      known = TRUE;
      for (guint t = 0; t < row->post->targets->len; t++)
        if (strcmp (((SmmTarget *)row->post->targets->pdata[t])->account_id, account->id) == 0)
          {
            set_own (self, row, row->post->targets->pdata[t], field, cell);
            used = TRUE;
          }
    }
  if (!known)
    smm_import_add_problem (row, "account-unknown", TRUE, _ ("The brand has no account “%s”"),
                            name);
  else if (!used)
    smm_import_add_problem (row, "own-unused", FALSE,
                            _ ("It does not go to “%s”: what is said for that is left out"), name);
}

void
smm_own_read (SmmImport *self, SmmImportRow *row, guint n)
{
  /* Descriptions last: they are of media, whose column may stand behind theirs. */
  for (int alts = 0; alts <= 1; alts++)
    for (guint i = 0; i < self->csv->names->len; i++)
      {
        const char *on = strstr (self->fields[i], ON);
        const char *cell = smm_import_unprotect (smm_csv_get (self->csv, n, (int)i));
        g_autofree char *field
            = on != NULL ? g_strndup (self->fields[i], on - self->fields[i]) : NULL;

        if (field != NULL && (strcmp (field, "alt") == 0) == (alts == 1)
            && strspn (cell, " \t\n") < strlen (cell))
          read_cell (self, row, field, on + strlen (ON), cell);
      }
}

/* --- Writing --- */

static char *
join_media (GPtrArray *media, gboolean alts)
{
  g_autoptr (GString) text = g_string_new (NULL);
  gboolean any = FALSE;

  for (guint i = 0; i < media->len; i++)
    {
      SmmMedia *medium = media->pdata[i];

      if (alts)
        g_string_append_printf (text, "%s%s", i > 0 ? " | " : "", medium->alt ? medium->alt : "");
      else
        g_string_append_printf (text, "%s" SHA256 "%s", i > 0 ? "; " : "", medium->sha256);
      any = any || !alts || medium->alt != NULL;
    }
  if (alts)
    return any ? g_strdup (text->str) : NULL;
  return g_strdup (any ? text->str : NONE);
}

static char *
get_value (SmmVariant *variant, const char *field)
{
  const char *text = NULL;

  if (strcmp (field, "media") == 0 || strcmp (field, "alt") == 0)
    return variant->media != NULL ? join_media (variant->media, *field == 'a') : NULL;
  if (strcmp (field, "text") == 0)
    text = variant->text;
  else if (strcmp (field, "link") == 0)
    text = variant->link;
  else if (strcmp (field, "first comment") == 0)
    text = variant->first_comment;
  else if (variant->options != NULL)
    text = g_hash_table_lookup (variant->options, field + strlen ("set:"));
  return text != NULL ? smm_own_write (text) : NULL;
}

char *
smm_own_get_cell (SmmPost *post, const SmmOwnColumn *column)
{
  for (guint i = 0; i < post->targets->len; i++)
    {
      SmmTarget *target = post->targets->pdata[i];

      if (target->variant != NULL && strcmp (target->account_id, column->account_id) == 0)
        return get_value (target->variant, column->field);
    }
  return NULL;
}

static void
column_free (gpointer data)
{
  SmmOwnColumn *column = data;

  g_free (column->account_id);
  g_free (column->field);
  g_free (column);
}

static int
get_order (const char *field)
{
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    if (strcmp (fields[i], field) == 0)
      return (int)i;
  return G_N_ELEMENTS (fields);
}

static int
compare_columns (gconstpointer a, gconstpointer b)
{
  const SmmOwnColumn *one = *(SmmOwnColumn *const *)a, *other = *(SmmOwnColumn *const *)b;
  int order = strcmp (one->account_id, other->account_id);

  if (order == 0)
    order = get_order (one->field) - get_order (other->field);
  return order != 0 ? order : strcmp (one->field, other->field);
}

static void
add_column (GPtrArray *columns, GHashTable *seen, SmmTarget *target, const char *field)
{
  g_autofree char *value = get_value (target->variant, field);
  g_autofree char *key = g_strconcat (target->account_id, ON, field, NULL);
  SmmOwnColumn *column;

  if (value == NULL || !g_hash_table_add (seen, g_steal_pointer (&key)))
    return;
  column = g_new0 (SmmOwnColumn, 1);
  column->account_id = g_strdup (target->account_id);
  column->field = g_strdup (field);
  g_ptr_array_add (columns, column);
}

GPtrArray *
smm_own_list_columns (GPtrArray *posts)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GPtrArray *columns = g_ptr_array_new_with_free_func (column_free);

  for (guint i = 0; i < posts->len; i++)
    {
      SmmPost *post = posts->pdata[i];

      for (guint t = 0; t < post->targets->len; t++)
        {
          SmmTarget *target = post->targets->pdata[t];
          GHashTableIter iter;
          gpointer key;

          if (target->variant == NULL)
            continue;
          for (guint f = 0; f < G_N_ELEMENTS (fields); f++)
            add_column (columns, seen, target, fields[f]);
          if (target->variant->options == NULL)
            continue;
          g_hash_table_iter_init (&iter, target->variant->options);
          while (g_hash_table_iter_next (&iter, &key, NULL))
            {
              g_autofree char *field = g_strconcat ("set:", key, NULL);

              add_column (columns, seen, target, field);
            }
        }
    }
  g_ptr_array_sort (columns, compare_columns);
  return columns;
}

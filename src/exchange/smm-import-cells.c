/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What single cells of a table hold: lists, yes and no, files. */

#include "config.h"

#include "smm-import-private.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

/* As smm_csv_append() protects what looks like a formula. */
const char *
smm_import_unprotect (const char *cell)
{
  return cell[0] == '\'' && cell[1] != '\0' && strchr ("=+-@\t\r'", cell[1]) != NULL ? cell + 1
                                                                                     : cell;
}

/* Parts between any of @separators, stripped; empty ones are left out unless @keep. */
char **
smm_import_split (const char *cell, const char *separators, gboolean keep)
{
  g_auto (GStrv) parts = g_strsplit_set (cell, separators, -1);
  GPtrArray *all = g_ptr_array_new ();

  for (guint i = 0; parts[i] != NULL; i++)
    {
      char *part = g_strstrip (parts[i]);

      if (keep || *part != '\0')
        g_ptr_array_add (all, g_strdup (part));
    }
  g_ptr_array_add (all, NULL);
  return (char **)g_ptr_array_free (all, FALSE);
}

void
smm_import_add_parts (GPtrArray *list, const char *cell, const char *separators, gboolean keep)
{
  g_auto (GStrv) parts = smm_import_split (cell, separators, keep);

  for (guint i = 0; parts[i] != NULL; i++)
    g_ptr_array_add (list, g_strdup (parts[i]));
}

static gboolean
is_one_of (const char *cell, const char *const *words)
{
  g_autofree char *stripped = g_strstrip (g_strdup (cell));

  for (; *words != NULL; words++)
    if (g_ascii_strcasecmp (stripped, *words) == 0)
      return TRUE;
  return FALSE;
}

gboolean
smm_import_says_yes (const char *cell)
{
  static const char *const words[] = { "yes", "true", "1", "x", "draft", NULL };

  return is_one_of (cell, words);
}

/* An option of a platform, as --set takes it. Programs for tables write "true" in capitals. */
char *
smm_import_read_option (const char *cell)
{
  static const char *const yes[] = { "true", "yes", NULL };
  static const char *const no[] = { "false", "no", NULL };

  return g_strdup (is_one_of (cell, yes) ? "true" : is_one_of (cell, no) ? "false" : cell);
}

void
smm_import_read_kind (SmmImportRow *row, const char *cell, gboolean *said)
{
  static const struct
  {
    const char *word;
    SmmPostKind kind;
  } kinds[] = {
    { "feed", SMM_POST_KIND_FEED },  { "post", SMM_POST_KIND_FEED },
    { "photo", SMM_POST_KIND_FEED }, { "carousel", SMM_POST_KIND_FEED },
    { "reel", SMM_POST_KIND_REEL },  { "story", SMM_POST_KIND_STORY },
  };

  if (*said)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_ascii_strcasecmp (cell, kinds[i].word) == 0)
      {
        row->post->kind = kinds[i].kind;
        *said = TRUE;
        return;
      }
  smm_import_add_problem (row, "kind-unknown", TRUE, _ ("“%s” is none of feed, reel, story"), cell);
}

/* Publer has "||" between descriptions and between comments, others a single one. */
static char **
split_at_bars (SmmImport *self, const char *cell)
{
  g_auto (GStrv) parts = NULL;

  if (strcmp (self->format, "publer") != 0)
    return smm_import_split (cell, "|", TRUE);
  parts = g_strsplit (cell, "||", -1);
  for (guint i = 0; parts[i] != NULL; i++)
    g_strstrip (parts[i]);
  return g_steal_pointer (&parts);
}

void
smm_import_read_alts (SmmImport *self, SmmImportRow *row, const char *cell)
{
  g_auto (GStrv) parts = split_at_bars (self, cell);

  for (guint i = 0; parts[i] != NULL; i++)
    g_ptr_array_add (row->alts, g_strdup (parts[i]));
}

/* Of several, which only Publer's tables have, the first one. */
char *
smm_import_read_comment (SmmImport *self, SmmImportRow *row, const char *cell)
{
  g_auto (GStrv) parts = NULL;

  if (strcmp (self->format, "publer") != 0)
    return g_strdup (cell);
  parts = split_at_bars (self, cell);
  if (parts[0] != NULL && parts[1] != NULL)
    smm_import_add_problem (row, "more-comments", FALSE,
                            _ ("There are more comments: only the first one is taken"));
  return g_strdup (parts[0]);
}

/* --- Files --- */

/* What an address ends in, "photo.jpg" of "https://example.com/photo.jpg?s=1"; NULL: in nothing. */
static char *
name_of_address (const char *address)
{
  g_autofree char *path = g_strndup (address, strcspn (address, "?#"));
  const char *slash = strrchr (path, '/');
  g_autofree char *name = slash != NULL ? g_uri_unescape_string (slash + 1, "/") : NULL;

  return name != NULL && *name != '\0' && *name != '.' ? g_steal_pointer (&name) : NULL;
}

static char *
resolve (SmmImport *self, const char *name)
{
  g_autofree char *path = g_canonicalize_filename (name, self->folder != NULL ? self->folder : "/");

  return realpath (path, NULL);
}

/*
 * A table may come from somebody else, and could name any picture of this computer to have it
 * published: files must lie in the table's folder or below, links followed.
 */
static gboolean
is_inside (SmmImport *self, const char *real)
{
  g_autofree char *inside = g_strconcat (self->folder != NULL ? self->folder : "", "/", NULL);

  return self->folder != NULL
         && (strcmp (self->folder, "/") == 0 || g_str_has_prefix (real, inside));
}

/* Other programs name pictures by addresses on the web, from which nothing is fetched here: the
 * file may have been put beside the table. */
static void
read_address (SmmImport *self, SmmImportRow *row, const char *address)
{
  g_autofree char *name = name_of_address (address);
  char *real = name != NULL ? resolve (self, name) : NULL;

  if (real != NULL && is_inside (self, real))
    g_ptr_array_add (row->files, g_strdup (real));
  else if (name != NULL)
    smm_import_add_problem (row, "media-remote", TRUE,
                            _ ("“%s” is an address on the web. Download the file, and put “%s” "
                               "beside the table."),
                            address, name);
  else
    smm_import_add_problem (row, "media-remote", TRUE,
                            _ ("“%s” is an address on the web. Download the file and name it."),
                            address);
  free (real);
}

static void
read_file (SmmImport *self, SmmImportRow *row, const char *name)
{
  char *real;

  /* As smm_export_csv() names what the library has. */
  if (g_str_has_prefix (name, "sha256:"))
    {
      g_ptr_array_add (row->files, g_strdup (name));
      return;
    }
  if (strstr (name, "://") != NULL)
    {
      read_address (self, row, name);
      return;
    }
  real = resolve (self, name);
  if (real == NULL)
    smm_import_add_problem (row, "media-missing", TRUE, _ ("There is no file “%s”"), name);
  else if (!is_inside (self, real))
    smm_import_add_problem (row, "media-outside", TRUE,
                            _ ("“%s” is outside the folder of the table. Files must be in it."),
                            name);
  else
    g_ptr_array_add (row->files, g_strdup (real));
  free (real);
}

/* A comma is between files, too, unless there is one of that name. */
static gboolean
has_commas_between (SmmImport *self, const char *names)
{
  char *real = strchr (names, ',') != NULL ? resolve (self, names) : NULL;
  gboolean between = strchr (names, ',') != NULL && real == NULL;

  free (real);
  return between;
}

void
smm_import_read_files (SmmImport *self, SmmImportRow *row, const char *cell)
{
  g_auto (GStrv) names = smm_import_split (cell, ";\n", FALSE);

  for (guint i = 0; names[i] != NULL; i++)
    {
      g_auto (GStrv) parts
          = smm_import_split (names[i], has_commas_between (self, names[i]) ? "," : "", FALSE);

      for (guint p = 0; parts[p] != NULL; p++)
        read_file (self, row, parts[p]);
    }
}

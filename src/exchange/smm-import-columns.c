/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the columns of a table are, by their names. */

#include "config.h"

#include "smm-import-private.h"

#include "smm-own-cells.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const char *const fields[]
    = { "text",  "when",          "date",   "time",      "zone", "accounts", "kind",
        "link",  "first-comment", "media",  "alt",       "tags", "campaign", "draft",
        "state", "facebook",      "tiktok", "instagram", NULL };

/* The name that the first column of a table of Hootsuite gets. */
#define HOOTSUITE_DATE "hootsuitedate"

/* Names as normalize() leaves them. */
static const struct
{
  const char *name, *field;
} known[] = {
  { "text", "text" },
  { "message", "text" },
  { "content", "text" },
  { "caption", "text" },
  { "posttext", "text" },
  { "when", "when" },
  { "postingtime", "when" },
  { HOOTSUITE_DATE, "when" },
  { "dateintlformatorprompt", "when" },
  { "datetime", "when" },
  { "scheduledtime", "when" },
  { "scheduledat", "when" },
  { "scheduledate", "date" },
  { "scheduleddate", "date" },
  { "date", "date" },
  { "time", "time" },
  { "zone", "zone" },
  { "timezone", "zone" },
  { "accounts", "accounts" },
  { "account", "accounts" },
  { "platform", "accounts" },
  { "platforms", "accounts" },
  { "channel", "accounts" },
  { "channels", "accounts" },
  { "kind", "kind" },
  { "instagramposttype", "kind" },
  { "facebookposttype", "kind" },
  { "posttype", "kind" },
  { "link", "link" },
  { "url", "link" },
  { "linksseparatedbycommaforfbcarousels", "link" },
  { "firstcomment", "first-comment" },
  { "firstcommenttext", "first-comment" },
  { "commentsseparatedby", "first-comment" },
  { "media", "media" },
  { "imageurl", "media" },
  { "imageurls", "media" },
  { "videourl", "media" },
  { "mediaurl", "media" },
  { "mediaurls", "media" },
  { "image", "media" },
  { "images", "media" },
  { "video", "media" },
  { "mediaurlsseparatedbycomma", "media" },
  { "alt", "alt" },
  { "alttext", "alt" },
  { "alttextsseparatedby", "alt" },
  { "tags", "tags" },
  { "labelsseparatedbycomma", "tags" },
  { "campaign", "campaign" },
  { "draft", "draft" },
  { "state", "state" },
  { "status", "state" },
  { "facebook", "facebook" },
  { "instagram", "instagram" },
  { "tiktok", "tiktok" },
  { "facebooktitle", "set:" SMM_OPTION_TITLE },
  { "instagramshowreelonfeed", "set:" SMM_OPTION_SHARE_TO_FEED },
  { "tiktokpostprivacy", "set:" SMM_OPTION_PRIVACY },
  { "tiktokbrandedcontent", "set:" SMM_OPTION_BRANDED },
  { "tiktokyourbrand", "set:" SMM_OPTION_YOUR_BRAND },
  { "tiktokisaigeneratedcontent", "set:" SMM_OPTION_AI_GENERATED },
};

/* Letters and digits only, in lower case. */
static char *
normalize (const char *name)
{
  g_autofree char *low = g_utf8_strdown (name, -1);
  GString *text = g_string_new (NULL);

  for (const char *p = low; *p != '\0'; p = g_utf8_next_char (p))
    if (g_unichar_isalnum (g_utf8_get_char (p)))
      g_string_append_unichar (text, g_utf8_get_char (p));
  return g_string_free (text, FALSE);
}

static gboolean
is_numbered (const char *name, const char *prefix)
{
  return g_str_has_prefix (name, prefix) && strlen (name) > strlen (prefix)
         && strspn (name + strlen (prefix), "0123456789") == strlen (name) - strlen (prefix);
}

static char *
find_field (const char *name)
{
  g_autofree char *plain = normalize (name);
  g_autofree char *stripped = g_strstrip (g_strdup (name));
  char *own = smm_own_find_field (stripped);

  if (own != NULL)
    return own;
  if (g_str_has_prefix (stripped, "set:") && smm_option_is_known (stripped + 4))
    return g_strdup (stripped);
  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    if (strcmp (known[i].name, plain) == 0)
      return g_strdup (known[i].field);
  if (is_numbered (plain, "pictureurl"))
    return g_strdup ("media");
  if (is_numbered (plain, "alttextpicture"))
    return g_strdup ("alt");
  /* Of Publer, with examples behind. */
  if (g_str_has_prefix (plain, "postsubtype"))
    return g_strdup ("kind");
  return g_strdup ("");
}

static gboolean
has_column (SmmCsv *csv, const char *plain)
{
  for (guint i = 0; i < csv->names->len; i++)
    {
      g_autofree char *name = normalize (csv->names->pdata[i]);

      if (strcmp (name, plain) == 0)
        return TRUE;
    }
  return FALSE;
}

/* Which program's table it is. */
const char *
smm_import_find_format (SmmCsv *csv)
{
  if (has_column (csv, "dateintlformatorprompt"))
    return "publer";
  if (has_column (csv, "postingtime") && has_column (csv, "imageurl"))
    return "buffer";
  if (has_column (csv, "pictureurl1") && has_column (csv, "draft"))
    return "metricool";
  if (has_column (csv, HOOTSUITE_DATE))
    return "hootsuite";
  return "own";
}

/* Hootsuite's tables have no names: a time, a text, sometimes a link and pictures. */
static void
name_columns (SmmCsv *csv)
{
  static const char *const names[] = { HOOTSUITE_DATE, "message", "link", "media" };
  guint first = 1;

  g_ptr_array_insert (csv->rows, 0, csv->names);
  g_array_prepend_val (csv->lines, first);
  csv->names = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < ((GPtrArray *)csv->rows->pdata[0])->len; i++)
    g_ptr_array_add (csv->names, i < G_N_ELEMENTS (names) ? g_strdup (names[i])
                                                          : g_strdup_printf ("%u", i + 1));
}

/* Gives a table names that has none. Whoever reads it does this before anybody else has it. */
void
smm_import_fit (SmmCsv *csv)
{
  g_autofree char *wall = NULL;
  gint64 utc;

  if (csv->names->len >= 2
      && smm_import_read_time (csv->names->pdata[0], SMM_IMPORT_DATES_MONTH_FIRST, &wall, &utc)
             == SMM_IMPORT_TIME_WALL)
    name_columns (csv);
  else if (csv->names->len >= 2
           && smm_import_read_time (csv->names->pdata[0], SMM_IMPORT_DATES_DAY_FIRST, &wall, &utc)
                  == SMM_IMPORT_TIME_WALL)
    name_columns (csv);
}

const char *const *
smm_import_list_fields (void)
{
  return fields;
}

char **
smm_import_find_fields (SmmCsv *csv)
{
  char **found = g_new0 (char *, csv->names->len + 1);

  for (guint i = 0; i < csv->names->len; i++)
    found[i] = find_field (csv->names->pdata[i]);
  return found;
}

gboolean
smm_import_map (SmmImport *self, const char *name, const char *field, GError **error)
{
  g_autofree char *own = NULL;
  gboolean is_field
      = *field == '\0' || (g_str_has_prefix (field, "set:") && smm_option_is_known (field + 4));

  is_field |= g_strv_contains (fields, field);
  own = smm_own_find_field (field);
  is_field |= own != NULL;
  if (!is_field)
    {
      g_set_error (error, SMM_LIBRARY_ERROR, SMM_LIBRARY_ERROR_INVALID,
                   _ ("A post has no field “%s”"), field);
      return FALSE;
    }
  for (guint i = 0; i < self->csv->names->len; i++)
    if (strcmp (self->csv->names->pdata[i], name) == 0)
      {
        g_free (self->fields[i]);
        self->fields[i] = own != NULL ? g_steal_pointer (&own) : g_strdup (field);
        return TRUE;
      }
  g_set_error (error, SMM_LIBRARY_ERROR, SMM_LIBRARY_ERROR_NOT_FOUND,
               _ ("The file has no column “%s”"), name);
  return FALSE;
}

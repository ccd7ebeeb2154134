/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Posts from a table, and into files. */

#include "config.h"

#include "smm-ctl.h"

#include "smm-export.h"
#include "smm-import.h"
#include "smm-media-client.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>

#define MAX_POSTS 100000

/* --- Import --- */

static gboolean
map_columns (SmmCtl *ctl, SmmImport *import, GError **error)
{
  GPtrArray *maps = g_hash_table_lookup (ctl->options, "map");

  for (guint i = 0; maps != NULL && i < maps->len; i++)
    {
      const char *equals = strrchr (maps->pdata[i], '=');
      g_autofree char *name
          = equals != NULL ? g_strndup (maps->pdata[i], equals - (char *)maps->pdata[i]) : NULL;

      if (name == NULL)
        {
          g_set_error (error, SMM_LIBRARY_ERROR, SMM_LIBRARY_ERROR_INVALID,
                       _ ("--map needs COLUMN=FIELD, not “%s”"), (char *)maps->pdata[i]);
          return FALSE;
        }
      if (!smm_import_map (import, name, equals + 1, error))
        return FALSE;
    }
  return TRUE;
}

/* What the file is; in @folder it is only looked at, NULL: into the library with it. */
static SmmMedia *
take_file (SmmCtl *ctl, const char *path, const char *folder, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  if (folder == NULL || g_str_has_prefix (path, SMM_CTL_SHA256))
    return smm_ctl_find_or_import (ctl, path, error);
  smm_media_import_async (path, folder, NULL, smm_ctl_callback (), ctl);
  result = smm_ctl_wait (ctl);
  return smm_media_import_finish (result, error);
}

static void
take_files (SmmCtl *ctl, SmmImportRow *row, const char *folder)
{
  g_ptr_array_set_size (row->post->media, 0);
  for (guint i = 0; i < row->files->len; i++)
    {
      g_autoptr (GError) error = NULL;
      SmmMedia *media = take_file (ctl, row->files->pdata[i], folder, &error);

      if (media == NULL)
        {
          smm_import_add_problem (
              row,
              error->domain == SMM_MEDIA_ERROR ? smm_media_error_get_name (error) : "media-missing",
              TRUE, "%s", error->message);
          continue;
        }
      g_free (media->alt);
      media->alt = i < row->alts->len && *(char *)row->alts->pdata[i] != '\0'
                       ? g_strdup (row->alts->pdata[i])
                       : NULL;
      g_ptr_array_add (row->post->media, media);
      if (folder != NULL)
        {
          g_autofree char *copy = g_build_filename (folder, media->sha256, NULL);

          g_unlink (copy);
        }
    }
}

static void
print_row (SmmCtl *ctl, SmmImportRow *row)
{
  JsonBuilder *builder = smm_ctl_begin ("row");
  g_autoptr (GString) text = g_string_new (NULL);

  smm_json_int (builder, "line", row->line);
  smm_json_string (builder, "text", row->post->text);
  smm_json_string (builder, "wall_time", row->post->wall_time);
  smm_json_string (builder, "zone", row->post->zone);
  json_builder_set_member_name (builder, "good");
  json_builder_add_boolean_value (builder, smm_import_row_is_good (row));
  json_builder_set_member_name (builder, "problems");
  json_builder_begin_array (builder);
  g_string_append_printf (text, "%u: %.60s", row->line, row->post->text);
  for (guint i = 0; i < row->problems->len; i++)
    {
      SmmImportProblem *problem = row->problems->pdata[i];

      json_builder_begin_object (builder);
      smm_json_string (builder, "code", problem->code);
      smm_json_string (builder, "message", problem->message);
      json_builder_set_member_name (builder, "fatal");
      json_builder_add_boolean_value (builder, problem->fatal);
      json_builder_end_object (builder);
      g_string_append_printf (text, "\n    %s%s", problem->fatal ? "" : "(!) ", problem->message);
    }
  json_builder_end_array (builder);
  smm_ctl_end (ctl, builder, text->str);
}

static int
finish_import (SmmCtl *ctl, SmmImport *import, guint n_good)
{
  guint n_bad = import->rows->len - n_good;
  g_autoptr (GVariant) result = NULL;
  g_autoptr (GError) error = NULL;
  const char *label = NULL;
  JsonBuilder *builder;

  if (smm_ctl_has (ctl, "dry-run"))
    label = _ ("Nothing was imported: this was only a look");
  else if (n_bad > 0 && !smm_ctl_has (ctl, "only-good"))
    return smm_ctl_fail_with (ctl, "rows-with-problems",
                              _ ("Nothing was imported: rows have problems. Put them right, or "
                                 "import the others with --only-good."),
                              "--only-good");
  else
    {
      result = smm_ctl_apply (ctl, "posts.import", smm_import_to_args (import), &error);
      if (result == NULL)
        return smm_ctl_fail (ctl, error);
      g_variant_lookup (result, "label", "&s", &label);
    }
  builder = smm_ctl_begin ("import");
  smm_json_string (builder, "format", import->format);
  smm_json_int (builder, "rows", import->rows->len);
  smm_json_int (builder, "good", n_good);
  smm_json_int (builder, "imported", result != NULL ? n_good : 0);
  smm_ctl_end (ctl, builder, label);
  return n_bad > 0 && smm_ctl_has (ctl, "dry-run") ? SMM_CTL_FAILED : SMM_CTL_DONE;
}

static SmmImport *
open_import (SmmCtl *ctl, GError **error)
{
  const char *path = smm_ctl_word (ctl, 0);
  g_autofree char *whole = g_canonicalize_filename (path, NULL);
  g_autofree char *folder = g_path_get_dirname (whole);
  g_autoptr (GPtrArray) accounts = smm_ctl_get_all (ctl, "account");
  g_autoptr (SmmImport) import = NULL;
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (path);
  SmmCsv *csv;

  if (!smm_ctl_open (ctl, error) || !smm_ctl_open_reader (ctl, error))
    return NULL;
  csv = smm_csv_read (file, NULL, error);
  if (csv == NULL)
    return NULL;
  import = smm_import_new (ctl->reader, csv, smm_ctl_get (ctl, "brand"), folder, error);
  if (import == NULL || !map_columns (ctl, import, error))
    return NULL;
  if (smm_ctl_has (ctl, "dates"))
    import->dates = strcmp (smm_ctl_get (ctl, "dates"), "day-first") == 0
                        ? SMM_IMPORT_DATES_DAY_FIRST
                        : SMM_IMPORT_DATES_MONTH_FIRST;
  g_ptr_array_add (accounts, NULL);
  smm_import_plan (import, (const char *const *)accounts->pdata, g_get_real_time ());
  return g_steal_pointer (&import);
}

static int
post_import (SmmCtl *ctl)
{
  g_autofree char *folder = NULL;
  g_autoptr (SmmImport) import = NULL;
  g_autoptr (GError) error = NULL;
  guint n_good = 0;
  int status;

  if (smm_ctl_word (ctl, 0) == NULL || !smm_ctl_has (ctl, "brand"))
    return smm_ctl_usage (ctl, _ ("post import needs a file and --brand"));
  if (smm_ctl_has (ctl, "dates") && strcmp (smm_ctl_get (ctl, "dates"), "day-first") != 0
      && strcmp (smm_ctl_get (ctl, "dates"), "month-first") != 0)
    return smm_ctl_usage (ctl, _ ("--dates is day-first or month-first"));
  import = open_import (ctl, &error);
  if (import == NULL)
    return error->domain == SMM_CSV_ERROR
               ? smm_ctl_fail_with (ctl, smm_csv_error_get_name (error), error->message, NULL)
               : smm_ctl_fail (ctl, error);
  /* Looked at outside the library first: what is refused leaves nothing behind. */
  folder = g_dir_make_tmp ("nkonsept-smm-XXXXXX", &error);
  if (folder == NULL)
    return smm_ctl_fail (ctl, error);
  for (guint i = 0; i < import->rows->len; i++)
    {
      SmmImportRow *row = import->rows->pdata[i];

      take_files (ctl, row, folder);
      smm_import_check (import, row);
      n_good += smm_import_row_is_good (row);
      if (row->problems->len > 0 || smm_ctl_has (ctl, "dry-run"))
        print_row (ctl, row);
    }
  g_rmdir (folder);
  if (!smm_ctl_has (ctl, "dry-run")
      && (n_good == import->rows->len || smm_ctl_has (ctl, "only-good")))
    for (guint i = 0; i < import->rows->len; i++)
      if (smm_import_row_is_good (import->rows->pdata[i]))
        take_files (ctl, import->rows->pdata[i], NULL);
  status = finish_import (ctl, import, n_good);
  return status;
}

/* --- Export --- */

static gboolean
read_bound (SmmCtl *ctl, const char *option, gint64 *utc)
{
  g_autofree char *day = NULL;

  if (!smm_ctl_has (ctl, option))
    return TRUE;
  day = g_strconcat (smm_ctl_get (ctl, option), "T00:00", NULL);
  return smm_wall_time_resolve (day, "UTC", utc, NULL, NULL);
}

static int
write_out (SmmCtl *ctl, const char *text)
{
  const char *path = smm_ctl_get (ctl, "output");
  g_autoptr (GError) error = NULL;

  if (path == NULL)
    {
      fputs (text, stdout);
      return fflush (stdout) == 0 ? SMM_CTL_DONE : SMM_CTL_FAILED;
    }
  return g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, &error)
             ? SMM_CTL_DONE
             : smm_ctl_fail (ctl, error);
}

static int
post_export (SmmCtl *ctl)
{
  const char *format = smm_ctl_get (ctl, "format");
  SmmPostFilter filter
      = { .brand_id = smm_ctl_get (ctl, "brand"), .state = -1, .limit = MAX_POSTS };
  g_autoptr (GPtrArray) posts = NULL;
  g_autoptr (SmmTag) tag = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  if (format == NULL
      || (strcmp (format, "csv") != 0 && strcmp (format, "ics") != 0
          && strcmp (format, "json") != 0))
    return smm_ctl_usage (ctl, _ ("post export needs --format csv, ics or json"));
  if (!read_bound (ctl, "from", &filter.from) || !read_bound (ctl, "to", &filter.to))
    return smm_ctl_usage (ctl, _ ("--from and --to are days like 2026-12-01"));
  if (!smm_ctl_open_reader (ctl, &error))
    return smm_ctl_fail (ctl, error);
  if (smm_ctl_has (ctl, "tag"))
    {
      tag = smm_ctl_find_tag (ctl, filter.brand_id, smm_ctl_get (ctl, "tag"), &error);
      if (tag == NULL)
        return smm_ctl_fail (ctl, error);
      filter.tag_id = tag->id;
    }
  posts = smm_store_list_posts (ctl->reader, &filter);
  if (strcmp (format, "csv") == 0)
    text = smm_export_csv (posts);
  else
    text = strcmp (format, "ics") == 0 ? smm_export_ics (posts) : smm_export_json (posts);
  return write_out (ctl, text);
}

const SmmCtlCommand smm_ctl_exchange_commands[] = {
  { "post import",
    "FILE.csv --brand ID [--account ID]… [--map COLUMN=FIELD]… [--dates day-first|month-first] "
    "[--dry-run] [--only-good]\n"
    "      columns: text, when (or date, time), zone, accounts, kind, link, first comment, media, "
    "alt,\n"
    "      tags, campaign, draft, set:KEY; also as Buffer, Hootsuite, Publer and Metricool have "
    "them",
    post_import },
  { "post export",
    "--format csv|ics|json [--output FILE] [--brand ID] [--tag TAG] [--from DAY] [--to DAY]",
    post_export },
  { NULL, NULL, NULL },
};

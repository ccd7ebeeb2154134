/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-archive.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "smm-csv.h"

#define CHUNK (256 * 1024)

typedef struct
{
  struct archive *archive;
  SmmPaths *paths;
  SmmStore *reader;
  SmmArchiveFacts facts;
  GCancellable *cancellable;
  time_t now;
} Writer;

static gboolean
fail (Writer *self, GError **error)
{
  if (!g_cancellable_set_error_if_cancelled (self->cancellable, error))
    g_set_error (error, G_IO_ERROR, g_io_error_from_errno (archive_errno (self->archive)),
                 _ ("The archive can’t be written: %s"), archive_error_string (self->archive));
  return FALSE;
}

static gboolean
begin (Writer *self, const char *name, gint64 size, GError **error)
{
  struct archive_entry *entry = archive_entry_new ();
  gboolean done;

  archive_entry_set_pathname_utf8 (entry, name);
  archive_entry_set_filetype (entry, AE_IFREG);
  archive_entry_set_perm (entry, 0600);
  archive_entry_set_mtime (entry, self->now, 0);
  if (size >= 0)
    archive_entry_set_size (entry, size);
  done = archive_write_header (self->archive, entry) == ARCHIVE_OK;
  archive_entry_free (entry);
  return done || fail (self, error);
}

static gboolean
put (Writer *self, const void *bytes, gsize size)
{
  return !g_cancellable_is_cancelled (self->cancellable)
         && archive_write_data (self->archive, bytes, size) == (la_ssize_t)size;
}

static gboolean
add_text (Writer *self, const char *name, const char *text, GError **error)
{
  return begin (self, name, strlen (text), error)
         && (put (self, text, strlen (text)) || fail (self, error));
}

/* --- Tables --- */

/* What changed is kept as a value of D-Bus: its text can be read. */
static char *
dup_bytes (const SmmValue *value)
{
  g_autoptr (GBytes) bytes = g_bytes_new (value->text, value->size);
  g_autoptr (GVariant) variant
      = g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE ("(sa{sv})"), bytes, FALSE));

  return g_variant_is_normal_form (variant)
             ? g_variant_print (variant, FALSE)
             : g_base64_encode ((const guchar *)value->text, value->size);
}

static void
add_member (JsonBuilder *builder, const SmmValue *value)
{
  g_autofree char *bytes = value->kind == SMM_VALUE_BYTES ? dup_bytes (value) : NULL;

  json_builder_set_member_name (builder, value->name);
  if (value->kind == SMM_VALUE_NULL)
    json_builder_add_null_value (builder);
  else if (value->kind == SMM_VALUE_NUMBER)
    json_builder_add_int_value (builder, value->number);
  else
    json_builder_add_string_value (builder, bytes != NULL ? bytes : value->text);
}

typedef struct
{
  Writer *writer;
  guint n;
} Rows;

static gboolean
put_json (const SmmValue *row, int n_columns, gpointer user_data)
{
  Rows *rows = user_data;
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *object = NULL, *text = NULL;

  json_builder_begin_object (builder);
  for (int i = 0; i < n_columns; i++)
    add_member (builder, &row[i]);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  object = json_to_string (root, FALSE);
  text = g_strconcat (rows->n++ > 0 ? ",\n" : "", object, NULL);
  return put (rows->writer, text, strlen (text));
}

static gboolean
put_csv (const SmmValue *row, int n_columns, gpointer user_data)
{
  Rows *rows = user_data;
  g_autoptr (GString) line = g_string_new (NULL);

  for (int i = 0; rows->n == 0 && i < n_columns; i++)
    smm_csv_append (line, row[i].name, i == n_columns - 1);
  rows->n++;
  for (int i = 0; i < n_columns; i++)
    {
      g_autofree char *number = row[i].kind == SMM_VALUE_NUMBER
                                    ? g_strdup_printf ("%" G_GINT64_FORMAT, row[i].number)
                                : row[i].kind == SMM_VALUE_BYTES ? dup_bytes (&row[i])
                                                                 : NULL;
      const char *cell = number != NULL ? number : row[i].kind == SMM_VALUE_TEXT ? row[i].text : "";

      smm_csv_append (line, cell, i == n_columns - 1);
    }
  return put (rows->writer, line->str, line->len);
}

static gboolean
dump (Writer *self, const char *table, SmmDumpFunc func, Rows *rows, GError **error)
{
  g_autoptr (GError) problem = NULL;

  if (smm_store_dump (self->reader, table, func, rows, &problem))
    return TRUE;
  if (problem == NULL)
    return fail (self, error);
  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

static gboolean
add_table (Writer *self, const char *table, GError **error)
{
  g_autofree char *json = g_strconcat ("tables/", table, ".json", NULL);
  g_autofree char *csv = g_strconcat ("tables/", table, ".csv", NULL);
  Rows rows = { self, 0 }, lines = { self, 0 };

  if (!begin (self, json, -1, error) || !(put (self, "[", 1) || fail (self, error))
      || !dump (self, table, put_json, &rows, error)
      || !(put (self, "]\n", 2) || fail (self, error)))
    return FALSE;
  self->facts.n_rows += rows.n;
  self->facts.n_tables++;
  return begin (self, csv, -1, error) && dump (self, table, put_csv, &lines, error);
}

/* --- Media --- */

static gboolean
copy_file (Writer *self, const char *path, const char *name, GError **error)
{
  int fd = open (path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
  g_autofree char *chunk = g_malloc (CHUNK);
  struct stat info;
  gboolean done;
  ssize_t n = 0;

  /* What is missing is missing here as well: the table of media says which those are. */
  if (fd < 0)
    return TRUE;
  done = fstat (fd, &info) == 0 && begin (self, name, info.st_size, error);
  while (done && (n = read (fd, chunk, CHUNK)) > 0)
    done = put (self, chunk, n) || fail (self, error);
  if (done && n < 0)
    {
      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), _ ("“%s” can’t be read: %s"),
                   path, g_strerror (errno));
      done = FALSE;
    }
  close (fd);
  self->facts.n_media += done;
  return done;
}

/* "media/0a1b2c3d4e5f-bread.jpg": what it was called, and nothing that leads elsewhere. */
static char *
make_media_name (SmmMedia *media)
{
  g_autofree char *base = g_path_get_basename (media->file_name);
  g_autofree char *start = g_strndup (media->sha256, 12);

  return g_strdup_printf ("media/%s-%s", start, g_strdelimit (base, "/\\:*?\"<>|", '_'));
}

static gboolean
add_media (Writer *self, GError **error)
{
  SmmMediaFilter filter = { .kind = SMM_MEDIA_KIND_ANY, .limit = G_MAXINT };
  g_autoptr (GPtrArray) all = smm_store_find_media (self->reader, &filter);

  /* They are packed already. */
  archive_write_zip_set_compression_store (self->archive);
  for (guint i = 0; i < all->len; i++)
    {
      SmmMedia *media = all->pdata[i];
      g_autofree char *path = smm_paths_get_media (self->paths, media->sha256);
      g_autofree char *name = make_media_name (media);

      if (!copy_file (self, path, name, error))
        return FALSE;
    }
  return TRUE;
}

static char *
make_readme (void)
{
  return g_strconcat (
      _ ("This archive has everything nkonsept SMM keeps, except what is secret.\n\n"
         "tables/  each table of the library, as JSON and as CSV: brand, post, target (a post on "
         "one "
         "account), account, media and so on. Times are microseconds since 1970, UTC; 0 means not "
         "set.\n"
         "schema.sql  how the tables are made, with comments\n"
         "media/  pictures and videos; the first letters are those of sha256 in the table media\n\n"
         "Sign-ins and keys are not in it: they never leave the keyring.\n"),
      NULL);
}

static gboolean
add_all (Writer *self, GError **error)
{
  g_autoptr (GPtrArray) tables = smm_store_list_tables (self->reader);
  g_autofree char *schema = smm_store_describe_tables (self->reader);
  g_autofree char *readme = make_readme ();

  if (!add_text (self, "README.txt", readme, error)
      || !add_text (self, "schema.sql", schema, error))
    return FALSE;
  for (guint i = 0; i < tables->len; i++)
    if (!add_table (self, tables->pdata[i], error))
      return FALSE;
  return add_media (self, error);
}

static gboolean
write_to (Writer *self, int fd, GError **error)
{
  gboolean done;

  self->archive = archive_write_new ();
  archive_write_set_format_zip (self->archive);
  done = archive_write_open_fd (self->archive, fd) == ARCHIVE_OK ? add_all (self, error)
                                                                 : fail (self, error);
  if (done && archive_write_close (self->archive) != ARCHIVE_OK)
    done = fail (self, error);
  archive_write_free (self->archive);
  return done;
}

/**
 * smm_archive_write:
 * @paths: whose library
 * @file: where it goes; what is there is replaced, once the archive is whole
 * @facts: (out) (optional): what is in it
 * @cancellable: (nullable): ends it
 * @error: SMM_STORE_ERROR; G_IO_ERROR
 *
 * The library may be in use: all tables are of one moment.
 */
gboolean
smm_archive_write (SmmPaths *paths, const char *file, SmmArchiveFacts *facts,
                   GCancellable *cancellable, GError **error)
{
  g_autoptr (SmmStore) reader = smm_store_open_reader (paths, error);
  Writer self = { .paths = paths, .reader = reader, .cancellable = cancellable };
  g_autofree char *part = g_strconcat (file, ".part", NULL);
  struct stat info = { 0 };
  gboolean done;
  int fd;

  if (reader == NULL)
    return FALSE;
  self.now = g_get_real_time () / G_USEC_PER_SEC;
  g_unlink (part);
  fd = open (part, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (fd < 0)
    {
      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno),
                   _ ("“%s” can’t be written: %s"), file, g_strerror (errno));
      return FALSE;
    }
  smm_store_begin_read (reader);
  done = write_to (&self, fd, error);
  smm_store_end_read (reader);
  if (done && (fsync (fd) != 0 || fstat (fd, &info) != 0 || g_rename (part, file) != 0))
    {
      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno),
                   _ ("“%s” can’t be written: %s"), file, g_strerror (errno));
      done = FALSE;
    }
  close (fd);
  if (!done)
    g_unlink (part);
  self.facts.bytes = info.st_size;
  if (facts != NULL)
    *facts = self.facts;
  return done;
}

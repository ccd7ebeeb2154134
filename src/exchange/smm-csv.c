/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* RFC 4180 as spreadsheets write it: other separators, other line ends, other encodings. */

#include "config.h"

#include "smm-csv.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "smm-file.h"

G_DEFINE_QUARK (smm - csv - error - quark, smm_csv_error)

const char *
smm_csv_error_get_name (const GError *error)
{
  static const char *const names[] = { "csv-empty", "csv-too-large", "csv-encoding", "csv-quote" };

  return error->code >= 0 && error->code < (int)G_N_ELEMENTS (names) ? names[error->code] : "csv";
}

SmmCsv *
smm_csv_ref (SmmCsv *self)
{
  g_atomic_int_inc (&self->ref_count);
  return self;
}

void
smm_csv_unref (SmmCsv *self)
{
  if (!g_atomic_int_dec_and_test (&self->ref_count))
    return;
  g_clear_pointer (&self->names, g_ptr_array_unref);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->lines, g_array_unref);
  g_free (self);
}

const char *
smm_csv_get (SmmCsv *self, guint row, int column)
{
  GPtrArray *cells = self->rows->pdata[row];

  return column >= 0 && column < (int)cells->len ? cells->pdata[column] : "";
}

/* --- Encoding --- */

static const char *
find_utf16 (const guint8 *data, gsize n)
{
  if (n >= 2 && data[0] == 0xff && data[1] == 0xfe)
    return "UTF-16LE";
  if (n >= 2 && data[0] == 0xfe && data[1] == 0xff)
    return "UTF-16BE";
  /* Without a mark: a table begins with a name in Latin letters. */
  if (n >= 4 && data[0] != 0 && data[1] == 0 && data[2] != 0 && data[3] == 0)
    return "UTF-16LE";
  if (n >= 4 && data[0] == 0 && data[1] != 0 && data[2] == 0 && data[3] != 0)
    return "UTF-16BE";
  return NULL;
}

static guint
count_lines (const char *text, const char *end)
{
  guint n = 1;

  for (; text < end; text++)
    n += *text == '\n';
  return n;
}

/* The text without its mark; NULL with @error. */
static char *
decode (GBytes *bytes, GError **error)
{
  gsize n;
  const char *data = g_bytes_get_data (bytes, &n);
  const char *encoding = find_utf16 ((const guint8 *)data, n);
  g_autofree char *text = NULL;
  const char *end, *start;
  gsize length = n;

  if (n > SMM_CSV_MAX_BYTES)
    {
      g_set_error (error, SMM_CSV_ERROR, SMM_CSV_ERROR_TOO_LARGE,
                   _ ("The file is larger than %d MiB. Split it."), SMM_CSV_MAX_BYTES >> 20);
      return NULL;
    }
  if (encoding != NULL)
    text = g_convert (data, (gssize)n, "UTF-8", encoding, NULL, &length, NULL);
  else
    text = g_strndup (data != NULL ? data : "", n);
  if (text == NULL)
    {
      g_set_error (error, SMM_CSV_ERROR, SMM_CSV_ERROR_ENCODING,
                   _ ("The file is not text. Save it as CSV in UTF-8."));
      return NULL;
    }
  /* A NUL is valid nowhere. */
  if (!g_utf8_validate (text, (gssize)length, &end))
    {
      g_set_error (error, SMM_CSV_ERROR, SMM_CSV_ERROR_ENCODING,
                   _ ("Line %u is not text in UTF-8. Save the file as CSV in UTF-8."),
                   count_lines (text, end));
      return NULL;
    }
  start = g_str_has_prefix (text, "\xef\xbb\xbf") ? text + 3 : text;
  return g_strdup (start);
}

/* --- Cells --- */

/* What stands most often between the names of the columns, outside quotes. */
static char
find_separator (const char *text)
{
  static const char candidates[] = { ',', ';', '\t' };
  guint counts[G_N_ELEMENTS (candidates)] = { 0 };
  gboolean quoted = FALSE;
  guint best = 0;

  for (; *text != '\0' && (quoted || (*text != '\n' && *text != '\r')); text++)
    {
      if (*text == '"')
        quoted = !quoted;
      for (guint i = 0; !quoted && i < G_N_ELEMENTS (candidates); i++)
        counts[i] += *text == candidates[i];
    }
  for (guint i = 1; i < G_N_ELEMENTS (candidates); i++)
    if (counts[i] > counts[best])
      best = i;
  return candidates[best];
}

typedef struct
{
  const char *p;
  char separator;
  guint line;
  GString *cell;
} Reader;

/* Within quotes, up to the one that closes them. */
static gboolean
read_quoted (Reader *reader, GError **error)
{
  guint begun = reader->line;

  for (reader->p++; *reader->p != '\0'; reader->p++)
    {
      if (*reader->p == '"' && reader->p[1] == '"')
        reader->p++;
      else if (*reader->p == '"')
        {
          reader->p++;
          return TRUE;
        }
      if (*reader->p == '\r' && reader->p[1] == '\n')
        continue;
      reader->line += *reader->p == '\n' || *reader->p == '\r';
      g_string_append_c (reader->cell, *reader->p == '\r' ? '\n' : *reader->p);
    }
  g_set_error (error, SMM_CSV_ERROR, SMM_CSV_ERROR_QUOTE,
               _ ("The quote that begins on line %u is never closed"), begun);
  return FALSE;
}

/* One cell; the reader then stands on what ended it. */
static gboolean
read_cell (Reader *reader, GError **error)
{
  g_string_truncate (reader->cell, 0);
  if (*reader->p == '"' && !read_quoted (reader, error))
    return FALSE;
  /* A quote within a cell is one like any other letter. */
  for (; *reader->p != '\0' && *reader->p != reader->separator && *reader->p != '\n'
         && *reader->p != '\r';
       reader->p++)
    g_string_append_c (reader->cell, *reader->p);
  if (reader->cell->len <= SMM_CSV_MAX_CELL)
    return TRUE;
  g_set_error (error, SMM_CSV_ERROR, SMM_CSV_ERROR_TOO_LARGE,
               _ ("A cell on line %u is larger than %d KiB"), reader->line, SMM_CSV_MAX_CELL >> 10);
  return FALSE;
}

/* A row; NULL with @error. @filled: something stands in it. */
static GPtrArray *
read_row (Reader *reader, gboolean *filled, GError **error)
{
  g_autoptr (GPtrArray) cells = g_ptr_array_new_with_free_func (g_free);

  *filled = FALSE;
  for (;;)
    {
      if (!read_cell (reader, error))
        return NULL;
      *filled |= strspn (reader->cell->str, " \t") < reader->cell->len;
      g_ptr_array_add (cells, g_strndup (reader->cell->str, reader->cell->len));
      if (cells->len > SMM_CSV_MAX_COLUMNS)
        {
          g_set_error (error, SMM_CSV_ERROR, SMM_CSV_ERROR_TOO_LARGE,
                       _ ("Line %u has more than %d columns"), reader->line, SMM_CSV_MAX_COLUMNS);
          return NULL;
        }
      if (*reader->p != reader->separator)
        break;
      reader->p++;
    }
  if (*reader->p == '\r' && reader->p[1] == '\n')
    reader->p++;
  if (*reader->p != '\0')
    {
      reader->p++;
      reader->line++;
    }
  return g_steal_pointer (&cells);
}

static gboolean
read_rows (SmmCsv *self, Reader *reader, GError **error)
{
  while (*reader->p != '\0')
    {
      guint line = reader->line;
      gboolean filled;
      g_autoptr (GPtrArray) cells = read_row (reader, &filled, error);

      if (cells == NULL)
        return FALSE;
      if (!filled)
        continue;
      if (self->names == NULL)
        {
          self->names = g_steal_pointer (&cells);
          continue;
        }
      if (self->rows->len == SMM_CSV_MAX_ROWS)
        {
          g_set_error (error, SMM_CSV_ERROR, SMM_CSV_ERROR_TOO_LARGE,
                       _ ("The file has more than %d rows. Split it."), SMM_CSV_MAX_ROWS);
          return FALSE;
        }
      g_ptr_array_add (self->rows, g_steal_pointer (&cells));
      g_array_append_val (self->lines, line);
    }
  if (self->rows->len > 0)
    return TRUE;
  g_set_error (error, SMM_CSV_ERROR, SMM_CSV_ERROR_EMPTY,
               _ ("There is nothing in the file below the names of the columns"));
  return FALSE;
}

/**
 * smm_csv_parse:
 * @bytes: a file
 * @error: SMM_CSV_ERROR
 *
 * Takes UTF-8, UTF-16 (with a mark, or when it begins with two Latin letters), commas, semicolons
 * or tabs, any line end, quotes with line ends in them, and the line "sep=;" that some spreadsheets
 * write. The first row that is not empty names the columns.
 *
 * Returns: (transfer full) (nullable): the table
 */
SmmCsv *
smm_csv_parse (GBytes *bytes, GError **error)
{
  g_autofree char *text = decode (bytes, error);
  g_autoptr (SmmCsv) self = NULL;
  Reader reader = { .p = text, .line = 1 };
  gboolean done;

  if (text == NULL)
    return NULL;
  self = g_new0 (SmmCsv, 1);
  self->ref_count = 1;
  self->rows = g_ptr_array_new_with_free_func ((GDestroyNotify)g_ptr_array_unref);
  self->lines = g_array_new (FALSE, FALSE, sizeof (guint));
  if (g_ascii_strncasecmp (text, "sep=", 4) == 0 && strchr (",;\t", text[4]) != NULL
      && text[4] != '\0' && (text[5] == '\r' || text[5] == '\n'))
    {
      reader.separator = text[4];
      reader.p += text[5] == '\r' && text[6] == '\n' ? 7 : 6;
      reader.line++;
    }
  else
    reader.separator = find_separator (text + strspn (text, "\r\n"));
  self->separator = reader.separator;
  reader.cell = g_string_new (NULL);
  done = read_rows (self, &reader, error);
  g_string_free (reader.cell, TRUE);
  return done ? g_steal_pointer (&self) : NULL;
}

/**
 * smm_csv_read:
 * @file: a table
 * @cancellable: (nullable): to stop
 * @error: SMM_CSV_ERROR, G_IO_ERROR
 *
 * What is too large is not read to its end.
 *
 * Returns: (transfer full) (nullable): the table
 */
SmmCsv *
smm_csv_read (GFile *file, GCancellable *cancellable, GError **error)
{
  GByteArray *all = smm_file_read (file, SMM_CSV_MAX_BYTES, cancellable, error);
  g_autoptr (GBytes) bytes = all != NULL ? g_byte_array_free_to_bytes (all) : NULL;

  if (bytes == NULL)
    return NULL;
  return smm_csv_parse (bytes, error);
}

/**
 * smm_csv_append:
 * @out: where to
 * @cell: (nullable): text
 * @last: it ends the row
 *
 * What a spreadsheet would work out as a formula gets an apostrophe in front; smm_import takes it
 * away again.
 */
void
smm_csv_append (GString *out, const char *cell, gboolean last)
{
  gboolean formula;

  if (cell == NULL)
    cell = "";
  formula = *cell != '\0' && strchr ("=+-@\t\r", *cell) != NULL;
  if (formula || g_ascii_strncasecmp (cell, "sep=", 4) == 0
      || strpbrk (cell, ",;\t\"\r\n'") != NULL)
    {
      g_string_append_c (out, '"');
      if (formula || *cell == '\'')
        g_string_append_c (out, '\'');
      for (; *cell != '\0'; cell++)
        {
          if (*cell == '"')
            g_string_append_c (out, '"');
          g_string_append_c (out, *cell);
        }
      g_string_append_c (out, '"');
    }
  else
    g_string_append (out, cell);
  g_string_append (out, last ? "\r\n" : ",");
}

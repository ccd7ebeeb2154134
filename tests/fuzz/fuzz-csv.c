/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Tables as people bring them along; what was read is written and read again, and is the same. */

#include "config.h"

#include "smm-fuzz.h"

#include "smm-csv.h"

#include <string.h>

int
LLVMFuzzerInitialize (int *argc, char ***argv)
{
  smm_fuzz_be_strict ();
  return 0;
}

static void
append_row (GString *out, GPtrArray *cells)
{
  for (guint i = 0; i < cells->len; i++)
    {
      smm_fuzz_check_text (cells->pdata[i]);
      smm_csv_append (out, cells->pdata[i], i + 1 == cells->len);
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (GBytes) written = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (SmmCsv) csv = smm_csv_parse (bytes, &error);
  g_autoptr (SmmCsv) again = NULL;
  g_autoptr (GString) out = g_string_new (NULL);

  g_assert ((csv == NULL) == (error != NULL));
  if (csv == NULL)
    {
      smm_fuzz_check_text (error->message);
      return 0;
    }
  g_assert (csv->rows->len > 0 && csv->rows->len == csv->lines->len);
  append_row (out, csv->names);
  for (guint i = 0; i < csv->rows->len; i++)
    append_row (out, csv->rows->pdata[i]);
  written = g_bytes_new (out->str, out->len);
  /* Commas may be rarer in it than what stands within quotes, never than outside. A byte order mark
   * that stood below empty lines is a letter, and the mark of what is written. */
  again = smm_csv_parse (written, NULL);
  if (again == NULL || csv->names->len < 2 || g_str_has_prefix (out->str, "\xef\xbb\xbf"))
    return 0;
  g_assert (again->rows->len == csv->rows->len);
  for (guint i = 0; i < csv->rows->len; i++)
    g_assert (((GPtrArray *)again->rows->pdata[i])->len == ((GPtrArray *)csv->rows->pdata[i])->len);
  return 0;
}

/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Tables as spreadsheets write them, and files that are none. */

#include "config.h"

#include "smm-csv.h"

#include <string.h>

#define BOM "\xef\xbb\xbf"

/* "a|b/c|d": cells and rows, the names first; or the code of the error. */
static char *
show (const char *data, gsize n)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, n);
  g_autoptr (GError) error = NULL;
  g_autoptr (SmmCsv) csv = smm_csv_parse (bytes, &error);
  GString *text = g_string_new (NULL);

  if (csv == NULL)
    {
      g_string_assign (text, smm_csv_error_get_name (error));
      return g_string_free (text, FALSE);
    }
  for (guint i = 0; i < csv->names->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "|" : "", (char *)csv->names->pdata[i]);
  for (guint r = 0; r < csv->rows->len; r++)
    for (guint c = 0; c < ((GPtrArray *)csv->rows->pdata[r])->len; c++)
      g_string_append_printf (text, "%s%s", c > 0 ? "|" : "/", smm_csv_get (csv, r, (int)c));
  return g_string_free (text, FALSE);
}

static const struct
{
  const char *data, *expected;
} rows[] = {
  { "a,b\nc,d\n", "a|b/c|d" },
  { "a,b\r\nc,d", "a|b/c|d" },
  { "a,b\rc,d\r", "a|b/c|d" },
  { BOM "a,b\nc,d\n", "a|b/c|d" },
  { "a;b\n1,5;d\n", "a|b/1,5|d" },
  { "a\tb\nc\td\n", "a|b/c|d" },
  { "sep=;\r\na;b,x\r\nc;d\r\n", "a|b,x/c|d" },
  { "\"a,x\",b\n\"c\nd\",\"say \"\"hi\"\"\"\n", "a,x|b/c\nd|say \"hi\"" },
  { "a,b\n\"c\r\nd\",e\n", "a|b/c\nd|e" },
  { "a,b\n5\" pipe,d\n", "a|b/5\" pipe|d" },
  { "a,b\n\"c\"d,e\n", "a|b/cd|e" },
  { "\n\na,b\n\n,\n  ,\nc,d\n\n", "a|b/c|d" },
  { "a,b\nc\nd,e,f\n", "a|b/c/d|e|f" },
  { "a\nb\n", "a/b" },
  { "", "csv-empty" },
  { "\n\n", "csv-empty" },
  { "a,b\n", "csv-empty" },
  { BOM, "csv-empty" },
  { "a,b\n\"c,d\n", "csv-quote" },
  { "a,b\nc\xff,d\n", "csv-encoding" },
  { "a,b\n\xc3(,d\n", "csv-encoding" },
};

static void
test_rows (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *found = show (rows[i].data, strlen (rows[i].data));

      g_test_message ("%u", i);
      g_assert_cmpstr (found, ==, rows[i].expected);
    }
}

static void
test_utf16 (void)
{
  static const char text[] = "text,wänn\nGrüße 🍞,\"a\nb\"\n";
  static const char *const encodings[] = { "UTF-16LE", "UTF-16BE" };
  static const char *const marks[] = { "\xff\xfe", "\xfe\xff" };

  for (guint i = 0; i < 2; i++)
    {
      gsize n;
      g_autofree char *plain = g_convert (text, -1, encodings[i], "UTF-8", NULL, &n, NULL);
      g_autofree char *marked = g_malloc (n + 2);
      g_autofree char *one = show (plain, n), *two = NULL, *odd = NULL;

      memcpy (marked, marks[i], 2);
      memcpy (marked + 2, plain, n);
      two = show (marked, n + 2);
      g_assert_cmpstr (one, ==, "text|wänn/Grüße 🍞|a\nb");
      g_assert_cmpstr (two, ==, "text|wänn/Grüße 🍞|a\nb");
      /* Half a letter at the end. */
      odd = show (marked, n + 1);
      g_assert_cmpstr (odd, ==, "csv-encoding");
    }
}

static void
test_hostile (void)
{
  g_autoptr (GString) many = g_string_new ("a\n");
  g_autoptr (GString) wide = g_string_new ("a");
  g_autofree char *large = g_strnfill (SMM_CSV_MAX_CELL + 1, 'x');
  g_autofree char *cell = g_strconcat ("a\n", large, "\n", NULL);
  g_autofree char *huge = g_strnfill (SMM_CSV_MAX_BYTES + 1, 'x');
  g_autofree char *found = NULL;

  for (int i = 0; i < SMM_CSV_MAX_ROWS; i++)
    g_string_append (many, "x\n");
  found = show (many->str, many->len);
  g_assert_true (g_str_has_prefix (found, "a/x"));
  g_string_append (many, "x\n");
  g_free (found);
  found = show (many->str, many->len);
  g_assert_cmpstr (found, ==, "csv-too-large");
  for (int i = 0; i < SMM_CSV_MAX_COLUMNS; i++)
    g_string_append (wide, ",b");
  g_string_append (wide, "\nx\n");
  g_free (found);
  found = show (wide->str, wide->len);
  g_assert_cmpstr (found, ==, "csv-too-large");
  g_free (found);
  found = show (cell, strlen (cell));
  g_assert_cmpstr (found, ==, "csv-too-large");
  g_free (found);
  found = show (huge, SMM_CSV_MAX_BYTES + 1);
  g_assert_cmpstr (found, ==, "csv-too-large");
  g_free (found);
  found = show ("a,b\nc\0d,e\n", 10);
  g_assert_cmpstr (found, ==, "csv-encoding");
}

/* What was written is read again, and nothing of it is a formula. */
static void
test_written (void)
{
  static const char *const cells[] = { "plain", "a,b",  "a;b",    "say \"hi\"", "two\nlines",
                                       "",      "=1+1", "@north", "'quoted",    "-5" };
  g_autoptr (GString) out = g_string_new ("n\r\n");
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (SmmCsv) csv = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (cells); i++)
    {
      smm_csv_append (out, cells[i], FALSE);
      smm_csv_append (out, "x", TRUE);
    }
  g_assert_null (strstr (out->str, "\n="));
  g_assert_null (strstr (out->str, "\"="));
  bytes = g_bytes_new (out->str, out->len);
  csv = smm_csv_parse (bytes, NULL);
  g_assert_cmpuint (csv->rows->len, ==, G_N_ELEMENTS (cells));
  for (guint i = 0; i < G_N_ELEMENTS (cells); i++)
    g_assert_true (g_str_has_suffix (smm_csv_get (csv, i, 0), cells[i]));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/csv/rows", test_rows);
  g_test_add_func ("/csv/utf16", test_utf16);
  g_test_add_func ("/csv/hostile", test_hostile);
  g_test_add_func ("/csv/written", test_written);
  return g_test_run ();
}

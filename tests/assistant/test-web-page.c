/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is read on web pages, those that mean harm among them. */

#include "config.h"

#include "smm-web-page.h"

#include <string.h>

static SmmWebPage *
parse_as (const char *html, const char *charset)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (html, strlen (html));

  return smm_web_page_parse (bytes, charset);
}

static void
assert_text (const char *html, const char *text)
{
  g_autoptr (SmmWebPage) page = parse_as (html, NULL);

  g_assert_cmpstr (page->text, ==, text);
}

static void
test_page (void)
{
  g_autoptr (SmmWebPage) page = parse_as (
      "<!DOCTYPE html><html lang=fi><head><title>  Leipä &amp;\n kahvi </title>"
      "<meta name=Description content='Hyvää'><meta property='og:description' content='Second'>"
      "<meta property='og:site_name' content='Leipomo'><meta name=theme-color content=' #A1B '>"
      "<style>:root{--x:1;--brand-color : rgb(1, 2,3);--primary:#a1b;--accent:red}</style></head>"
      "<body><h1>Tuore<br>leipä</h1><p>Joka <b>aamu</b>.</p><p>Joka aamu.</p><ul><li>Ruis"
      "<li>Kaura</ul></body></html>",
      "UTF-8");
  g_autofree char *described = smm_web_page_describe (page);

  g_assert_cmpstr (page->title, ==, "Leipä & kahvi");
  g_assert_cmpstr (page->site, ==, "Leipomo");
  g_assert_cmpstr (page->description, ==, "Hyvää");
  g_assert_cmpstr (page->language, ==, "fi");
  g_assert_cmpstr (page->colors, ==, "#aa11bb #010203");
  g_assert_cmpstr (page->text, ==, "# Tuore\nleipä\nJoka aamu.\nRuis\nKaura");
  g_assert_false (page->cut);
  g_assert_nonnull (strstr (described, "Title: Leipä & kahvi\n"));
}

/* What visitors don't see is not read, nor what turns letters around. */
static void
test_unseen (void)
{
  assert_text (
      "<p>a</p><script>b</script><style>c</style><noscript>d</noscript><p hidden>e<i>f</i>"
      "</p><div style='color:red; display:none'><p>g</p></div><template><p>h</p></template>"
      "<svg><text>i</text></svg><p>j</p>",
      "a\nj");
  assert_text ("<!-- a --><p>b<!-- c --></p>", "b");
  assert_text ("<p>a\xe2\x80\xae"
               "b\xe2\x81\xa6"
               "c\xe2\x80\x8b"
               "d\xf3\xa0\x81\x81&#x202e;&#7;e",
               "abcde");
  assert_text ("<p>a &lt;b&gt; c", "a <b> c");
}

static void
test_encodings (void)
{
  g_autoptr (SmmWebPage) header = parse_as ("<p>Br\xf6tchen", "iso-8859-1");
  g_autoptr (SmmWebPage) meta = parse_as ("<meta charset=windows-1252><p>\x80 5", NULL);
  g_autoptr (SmmWebPage) old = parse_as (
      "<meta http-equiv=content-type content=\"text/html; charset=iso-8859-1\"><p>\xe4", NULL);
  g_autoptr (SmmWebPage) lie = parse_as ("<meta charset=utf-16><p>\xe4", NULL);
  g_autoptr (SmmWebPage) unknown = parse_as ("<p>\xe4", "x-none; rm -rf");
  g_autoptr (GBytes) zeros = g_bytes_new_static ("<p>a\0b\0</p><p>c", 15);
  g_autoptr (SmmWebPage) page = smm_web_page_parse (zeros, NULL);

  g_assert_cmpstr (header->text, ==, "Brötchen");
  g_assert_cmpstr (meta->text, ==, "€ 5");
  g_assert_cmpstr (old->text, ==, "ä");
  g_assert_true (g_utf8_validate (lie->text, -1, NULL));
  g_assert_cmpstr (unknown->text, ==, "\xef\xbf\xbd");
  g_assert_nonnull (strchr (page->text, 'c'));
}

static GBytes *
repeat (const char *what, guint n, const char *end)
{
  GString *text = g_string_new ("<p>first</p>");

  for (guint i = 0; i < n; i++)
    g_string_append (text, what);
  g_string_append (text, end);
  return g_string_free_to_bytes (text);
}

static void
test_hostile (void)
{
  static const struct
  {
    const char *what;
    guint n;
    const char *end;
  } cases[] = {
    { "<div>", 200000, "deep" },      { "<b><i>", 150000, "</p></p></p>" },
    { "<p>same</p>", 90000, "" },     { "<table><tr><td>", 60000, "" },
    { "&amp;", 200000, "" },          { "&#x110000;&#0;&bogus;&", 40000, "" },
    { "<a b=c ", 100000, "" },        { "<!--", 200000, "" },
    { "</div>", 150000, "<p>after" }, { "<<<>>>", 150000, "" },
    { "<style>--brand-", 60000, "" }, { "<meta name=theme-color content=#12345", 20000, "" },
    { "word ", 200000, "" },          { "<select><option>", 60000, "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes) html = repeat (cases[i].what, cases[i].n, cases[i].end);
      g_autoptr (SmmWebPage) page = smm_web_page_parse (html, NULL);

      g_test_message ("%s", cases[i].what);
      g_assert_true (g_utf8_validate (page->text, -1, NULL));
      g_assert_true (g_str_has_prefix (page->text, "first"));
      g_assert_cmpint (g_utf8_strlen (page->text, -1), <=, SMM_WEB_PAGE_MAX_TEXT + 4);
    }
}

static void
test_cut (void)
{
  GString *html = g_string_new (NULL);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (SmmWebPage) page = NULL;

  for (guint i = 0; i < 5000; i++)
    g_string_append_printf (html, "<p>Paragraph %u</p>", i);
  bytes = g_string_free_to_bytes (html);
  page = smm_web_page_parse (bytes, NULL);
  g_assert_true (page->cut);
  g_assert_cmpint (g_utf8_strlen (page->text, -1), <=, SMM_WEB_PAGE_MAX_TEXT + 4);
  g_assert_cmpint (g_utf8_strlen (page->text, -1), >, SMM_WEB_PAGE_MAX_TEXT / 2);
}

static void
test_colors (void)
{
  static const char *const values[] = { "red",         "#12",          "#12345",    "rgb(1,2)",
                                        "rgb(-1,2,3)", "rgb(256,0,0)", "url(#abc)", "",
                                        NULL };

  for (guint i = 0; values[i] != NULL; i++)
    {
      g_autofree char *html = g_strdup_printf ("<meta name=theme-color content='%s'>", values[i]);
      g_autoptr (SmmWebPage) page = parse_as (html, NULL);

      g_assert_null (page->colors);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/web-page/page", test_page);
  g_test_add_func ("/web-page/unseen", test_unseen);
  g_test_add_func ("/web-page/encodings", test_encodings);
  g_test_add_func ("/web-page/hostile", test_hostile);
  g_test_add_func ("/web-page/cut", test_cut);
  g_test_add_func ("/web-page/colors", test_colors);
  return g_test_run ();
}

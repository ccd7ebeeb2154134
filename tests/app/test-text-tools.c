/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-text-tools.h"

static void
test_cut (void)
{
  static const struct
  {
    const char *text;
    glong characters;
    guint lines;
    const char *shown;
    gboolean cut;
  } rows[] = {
    { "", 10, 3, "", FALSE },
    { "Bread", 10, 3, "Bread", FALSE },
    { "Bread", 5, 1, "Bread", FALSE },
    { "Fresh bread", 9, 3, "Fresh", TRUE },
    { "Fresh bread", 5, 3, "Fresh", TRUE },
    { "Fresh bread", 6, 3, "Fresh", TRUE },
    /* A word longer than the limit is cut in the middle, between characters. */
    { "Brötchenbäckereienverband-und-mehr-davon", 30, 3, "Brötchenbäckereienverband-und-", TRUE },
    { "🍞🍞🍞🍞", 2, 3, "🍞🍞", TRUE },
    { "a\nb\nc\nd", 100, 3, "a\nb\nc", TRUE },
    { "a\nb\nc", 100, 3, "a\nb\nc", FALSE },
    { "a\n\n\nb", 100, 2, "a", TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      gboolean cut;
      g_autofree char *shown = smm_text_cut (rows[i].text, rows[i].characters, rows[i].lines, &cut);

      g_assert_cmpstr (shown, ==, rows[i].shown);
      g_assert_cmpint (cut, ==, rows[i].cut);
    }
}

static void
test_markup (void)
{
  static const struct
  {
    const char *text, *markup;
  } rows[] = {
    { "a < b & c", "a &lt; b &amp; c" },
    { "#bread", "<a href=\"#bread\">#bread</a>" },
    { "so #bröt_2, yes", "so <a href=\"#bröt_2\">#bröt_2</a>, yes" },
    { "C# # a#b", "C# # a#b" },
    { "@ana.r. And", "<a href=\"@ana.r\">@ana.r</a>. And" },
    { "me@example.com", "me@example.com" },
    { "see https://a.de/?x=1&y=2.",
      "see <a href=\"https://a.de/?x=1&amp;y=2\">https://a.de/?x=1&amp;"
      "y=2</a>." },
    { "(http://a.de)", "(<a href=\"http://a.de\">http://a.de</a>)" },
    { "#a#b", "<a href=\"#a\">#a</a>#b" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *markup = smm_text_to_markup (rows[i].text);

      g_assert_cmpstr (markup, ==, rows[i].markup);
    }
}

static void
test_fill_in (void)
{
  static const struct
  {
    const char *text, *brand, *date, *link, *filled;
  } rows[] = {
    { "{brand} on {date}: {link}", "N", "1 May", "https://a.de", "N on 1 May: https://a.de" },
    { "{brand}{brand}", "N", NULL, NULL, "NN" },
    { "{link}", "N", "d", NULL, "{link}" },
    { "{Brand} {other} {", "N", "d", "l", "{Brand} {other} {" },
    /* A value is not looked into. */
    { "{brand}", "{date}", "d", NULL, "{date}" },
    { "ü{date}ö", NULL, "ä", NULL, "üäö" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *filled
          = smm_text_fill_in (rows[i].text, rows[i].brand, rows[i].date, rows[i].link);

      g_assert_cmpstr (filled, ==, rows[i].filled);
    }
  g_assert_true (smm_text_has_variables ("a {date}"));
  g_assert_false (smm_text_has_variables ("a {datum} b}"));
}

static void
test_utm (void)
{
  static const struct
  {
    const char *link, *source, *medium, *campaign, *tagged;
  } rows[] = {
    { "https://a.de", "facebook", "social", "bread day",
      "https://a.de?utm_source=facebook&utm_medium=social&utm_campaign=bread%20day" },
    { "https://a.de/b?x=%201#top", "f", "s", "",
      "https://a.de/b?x=%201&utm_source=f&utm_medium=s#top" },
    { "https://a.de/?utm_source=old&y=2&utm_id=3", "f", NULL, NULL,
      "https://a.de/?y=2&utm_source=f" },
    { "https://a.de:8080/", "ä&b", NULL, NULL, "https://a.de:8080/?utm_source=%C3%A4%26b" },
    { "https://a.de/?utm_source=old#x", NULL, NULL, NULL, "https://a.de/#x" },
    { "ftp://a.de", "f", NULL, NULL, NULL },
    { "a.de", "f", NULL, NULL, NULL },
    { "", "f", NULL, NULL, NULL },
    { "https://", "f", NULL, NULL, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *tagged
          = smm_link_add_utm (rows[i].link, rows[i].source, rows[i].medium, rows[i].campaign);
      g_autofree char *again = tagged != NULL ? smm_link_add_utm (tagged, rows[i].source,
                                                                  rows[i].medium, rows[i].campaign)
                                              : NULL;

      g_assert_cmpstr (tagged, ==, rows[i].tagged);
      g_assert_cmpstr (again, ==, rows[i].tagged);
    }
}

static void
test_hashtags (void)
{
  static const struct
  {
    const char *text, *known, *picked;
  } rows[] = {
    { "#a #b", "", "#a #b" }, { "#a #b", "text #A", "#b" }, { "#a #a b #c", "", "#a #c" },
    { "none", "#a", "" },     { "#Bäcker", "#BÄCKER", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *picked = smm_text_pick_hashtags (rows[i].text, rows[i].known);

      g_assert_cmpstr (picked, ==, rows[i].picked);
    }
}

static void
test_find_link (void)
{
  static const char *const rows[][2] = {
    { "", NULL },
    { "www.bread.fi or me@bread.fi", NULL },
    { "xhttps://a.de", NULL },
    { "Read https://a.de/x?y=1. Then http://b.de", "https://a.de/x?y=1" },
    { "(http://b.de)", "http://b.de" },
    { "brød\nhttps://a.de/ø", "https://a.de/ø" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *link = smm_text_find_link (rows[i][0]);

      g_assert_cmpstr (link, ==, rows[i][1]);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/text-tools/cut", test_cut);
  g_test_add_func ("/text-tools/markup", test_markup);
  g_test_add_func ("/text-tools/fill-in", test_fill_in);
  g_test_add_func ("/text-tools/utm", test_utm);
  g_test_add_func ("/text-tools/hashtags", test_hashtags);
  g_test_add_func ("/text/find-link", test_find_link);
  return g_test_run ();
}

/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Rows as posts: what each column means, what is wrong with it, and the one command. */

#include "config.h"

#include "smm-test-library.h"

#include "smm-export.h"
#include "smm-import.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

static SmmImport *
plan (SmmLibraryLocal *library, const char *text, const char *folder)
{
  static const char *const accounts[] = { TEST_FACEBOOK, NULL };
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;
  SmmCsv *csv = smm_csv_parse (bytes, &error);
  SmmImport *import;

  g_assert_no_error (error);
  import = smm_import_new (test_store (library), csv, TEST_BRAND, folder, &error);
  g_assert_no_error (error);
  smm_import_plan (import, accounts, TEST_NOW);
  return import;
}

/* Codes of the problems of a row, "!" after those that keep it out. */
static char *
list_problems (SmmImportRow *row)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < row->problems->len; i++)
    {
      SmmImportProblem *problem = row->problems->pdata[i];

      g_string_append_printf (text, "%s%s%s", i > 0 ? " " : "", problem->code,
                              problem->fatal ? "!" : "");
      g_assert_true (g_utf8_validate (problem->message, -1, NULL));
    }
  return g_string_free (text, FALSE);
}

static const struct
{
  const char *names, *cells, *problems;
  const char *wall, *zone;
  guint n_targets;
} rows[] = {
  { "text,when", "Hi,2026-12-05 09:00", "", "2026-12-05T09:00:00", "Europe/Berlin", 1 },
  { "Message,Date,Time", "Hi,2026-12-05,9:00", "", "2026-12-05T09:00:00", "Europe/Berlin", 1 },
  { "text,when", "Hi,2026-12-05T09:00:00Z", "", "2026-12-05T10:00:00", "Europe/Berlin", 1 },
  /* Clocks in Berlin show it twice; this is the second. */
  { "text,when", "Hi,2027-10-31T01:30:00Z", "", "2027-10-31T01:30:00", "UTC", 1 },
  { "text,when", "Hi,2027-10-31T00:30:00Z", "", "2027-10-31T02:30:00", "Europe/Berlin", 1 },
  { "text,when", "Hi,2026/12/05 09:00", "", "2026-12-05T09:00:00", "Europe/Berlin", 1 },
  { "text,when", "Hi,05.12.2026 09:00", "", "2026-12-05T09:00:00", "Europe/Berlin", 1 },
  { "text,when,zone", "Hi,2026-12-05 09:00,Asia/Tokyo", "", "2026-12-05T09:00:00", "Asia/Tokyo",
    1 },
  { "text,when", "Hi,05/12/2026 09:00", "time-ambiguous!", NULL, NULL, 1 },
  { "text,when", "Hi,12/31/26 9:05 PM", "", "2026-12-31T21:05:00", "Europe/Berlin", 1 },
  { "text,when", "Hi,12/31/2026 12:30am", "", "2026-12-31T00:30:00", "Europe/Berlin", 1 },
  { "text,when", "Hi,31.12.26 09:00", "", "2026-12-31T09:00:00", "Europe/Berlin", 1 },
  { "text,when", "Hi,12/31/2026 13:00 PM", "time-unreadable!", NULL, NULL, 1 },
  { "text,when", "Hi,12/31/26 0:30 AM", "time-unreadable!", NULL, NULL, 1 },
  { "text,when", "Hi,tomorrow", "time-unreadable!", NULL, NULL, 1 },
  { "text,when", "Hi,2026-12-05", "time-unreadable!", NULL, NULL, 1 },
  { "text,when", "Hi,2026-13-05 09:00", "time-unreadable!", NULL, NULL, 1 },
  { "text,when", "Hi,2026-12-05 25:00", "time-unreadable!", NULL, NULL, 1 },
  { "text,when,zone", "Hi,2026-12-05 09:00,Mars", "zone-unknown!", NULL, NULL, 1 },
  { "text,when", "Hi,2026-11-05 09:00", "past!", "2026-11-05T09:00:00", "Europe/Berlin", 1 },
  { "text,when,draft", "Hi,2026-11-05 09:00,yes", "", "2026-11-05T09:00:00", "Europe/Berlin", 1 },
  { "text", "Hi", "", NULL, NULL, 1 },
  { "text,when,accounts", "Hi,2026-12-05 09:00,all", "", "2026-12-05T09:00:00", "Europe/Berlin",
    2 },
  { "text,when,accounts", "Hi,2026-12-05 09:00,instagram", "", "2026-12-05T09:00:00",
    "Europe/Berlin", 1 },
  { "text,accounts", "Hi,facebook; instagram", "", NULL, NULL, 2 },
  { "text,accounts", "Hi," TEST_INSTAGRAM, "", NULL, NULL, 1 },
  { "text,accounts", "Hi,nobody", "account-unknown!", NULL, NULL, 0 },
  { "text,kind", "Hi,reel", "", NULL, NULL, 1 },
  { "text,kind", "Hi,poem", "kind-unknown!", NULL, NULL, 1 },
  { "text,media", "Hi,https://example.com/a.jpg", "media-remote!", NULL, NULL, 1 },
  { "text,media", "Hi,missing.jpg", "media-missing!", NULL, NULL, 1 },
  { "text,link", ",https://example.com", "empty!", NULL, NULL, 1 },
  { "text,when", "Text of scheduled,2026-12-01 10:00", "duplicate", "2026-12-01T10:00:00",
    "Europe/Berlin", 1 },
  { "text", "Text of draft", "duplicate", NULL, NULL, 1 },
  /* Of other programs. */
  { "Text,Image URL,Tags,Posting Time", "Hi,,news,2026-12-05 09:00", "", "2026-12-05T09:00:00",
    "Europe/Berlin", 1 },
  { "Date - Intl. format or prompt,Text,Link(s) - Separated by comma for FB carousels,"
    "Media URL(s) - Separated by comma,Label(s) - Separated by comma",
    "2026-12-05 09:00,Hi,,,", "", "2026-12-05T09:00:00", "Europe/Berlin", 1 },
  { "Text,Date,Time,Draft,Facebook,Instagram,TikTok,Picture Url 1,Alt text picture 1",
    "Hi,2026-12-05,09:00:00,FALSE,TRUE,TRUE,FALSE,,", "", "2026-12-05T09:00:00", "Europe/Berlin",
    2 },
  /* For none of the platforms that are here: not for those of rows that name none. */
  { "Text,Date,Time,Draft,Facebook,Instagram,TikTok,LinkedIn,Picture Url 1",
    "Hi,2026-12-05,09:00:00,FALSE,FALSE,FALSE,FALSE,TRUE,", "account-missing!",
    "2026-12-05T09:00:00", "Europe/Berlin", 0 },
  { "Date,Time,Platform,Caption,Status", "2026-12-05,09:00,Instagram,Hi,scheduled", "",
    "2026-12-05T09:00:00", "Europe/Berlin", 1 },
};

static void
test_rows (void)
{
  g_autoptr (SmmLibraryLocal) library = test_library_new ();

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = g_strconcat (rows[i].names, "\n", rows[i].cells, "\n", NULL);
      g_autoptr (SmmImport) import = plan (library, text, "/tmp");
      SmmImportRow *row = import->rows->pdata[0];
      g_autofree char *problems = list_problems (row);

      g_test_message ("%s", text);
      g_assert_cmpstr (problems, ==, rows[i].problems);
      g_assert_cmpstr (row->post->wall_time, ==, rows[i].wall);
      g_assert_cmpstr (row->post->zone, ==, rows[i].zone);
      g_assert_cmpuint (row->post->targets->len, ==, rows[i].n_targets);
    }
}

/* Files must be in the folder: a table from a stranger must not publish other pictures. */
static void
test_files (void)
{
  g_autoptr (SmmLibraryLocal) library = test_library_new ();
  g_autofree char *folder = g_dir_make_tmp (NULL, NULL);
  g_autofree char *inner = g_build_filename (folder, "inner", NULL);
  g_autofree char *good = g_build_filename (inner, "a.jpg", NULL);
  g_autofree char *secret = g_build_filename (folder, "secret.jpg", NULL);
  g_autofree char *link = g_build_filename (inner, "link.jpg", NULL);
  g_autofree char *text = g_strdup_printf ("text,media,alt\n"
                                           "a,a.jpg; ./a.jpg,One | Two\n"
                                           "b,../secret.jpg,\nc,link.jpg,\nd,%s,\ne,%s,\n",
                                           secret, good);
  static const char *const expected[]
      = { "", "media-outside!", "media-outside!", "media-outside!", "" };
  g_autoptr (SmmImport) import = NULL;
  SmmImportRow *first;

  g_assert_cmpint (g_mkdir (inner, 0700), ==, 0);
  g_assert_true (g_file_set_contents (good, "x", 1, NULL));
  g_assert_true (g_file_set_contents (secret, "x", 1, NULL));
  g_assert_cmpint (symlink (secret, link), ==, 0);
  import = plan (library, text, inner);
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      g_autofree char *problems = list_problems (import->rows->pdata[i]);

      g_assert_cmpstr (problems, ==, expected[i]);
    }
  first = import->rows->pdata[0];
  g_assert_cmpuint (first->files->len, ==, 2);
  g_assert_cmpstr (first->files->pdata[1], ==, good);
  g_assert_cmpstr (first->alts->pdata[1], ==, "Two");
}

/* Addresses on the web, as other programs have them, whose files lie beside the table. */
static void
test_addresses (void)
{
  g_autoptr (SmmLibraryLocal) library = test_library_new ();
  g_autofree char *folder = g_dir_make_tmp (NULL, NULL);
  g_autofree char *file = g_build_filename (folder, "a loaf.jpg", NULL);
  g_autofree char *other = g_build_filename (folder, "rye, dark.jpg", NULL);
  g_autoptr (SmmImport) import = NULL;
  static const char *const expected[]
      = { "", "", "media-remote!", "media-remote!", "media-remote!", "" };
  SmmImportRow *row;

  g_assert_true (g_file_set_contents (file, "x", 1, NULL));
  g_assert_true (g_file_set_contents (other, "x", 1, NULL));
  import = plan (library,
                 "text,media\na,https://example.com/x/a%20loaf.jpg?size=1\n"
                 "b,\"a loaf.jpg, https://example.com/a%20loaf.jpg\"\n"
                 "c,https://example.com/other.jpg\nd,https://example.com/..%2Fa\n"
                 "e,https://example.com/\nf,\"rye, dark.jpg\"\n",
                 folder);
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      g_autofree char *problems = list_problems (import->rows->pdata[i]);

      g_assert_cmpstr (problems, ==, expected[i]);
    }
  row = import->rows->pdata[0];
  g_assert_cmpstr (row->files->pdata[0], ==, file);
  row = import->rows->pdata[1];
  g_assert_cmpuint (row->files->len, ==, 2);
  row = import->rows->pdata[5];
  g_assert_cmpuint (row->files->len, ==, 1);
  g_assert_cmpstr (row->files->pdata[0], ==, other);
}

/* What Publer and Metricool have beside the text and the time. */
static void
test_other_programs (void)
{
  g_autoptr (SmmLibraryLocal) library = test_library_new ();
  g_autofree char *folder = g_dir_make_tmp (NULL, NULL);
  g_autofree char *a = g_build_filename (folder, "a.jpg", NULL);
  g_autofree char *b = g_build_filename (folder, "b.jpg", NULL);
  g_autofree char *problems = NULL;
  g_autoptr (SmmImport) publer = NULL, metricool = NULL;
  SmmImportRow *row;

  g_assert_true (g_file_set_contents (a, "x", 1, NULL));
  g_assert_true (g_file_set_contents (b, "x", 1, NULL));
  publer = plan (library,
                 "Date - Intl. format or prompt,Text,Link(s) - Separated by comma for FB carousels,"
                 "Media URL(s) - Separated by comma,\"Title - For the video, pin, PDF ..\","
                 "Label(s) - Separated by comma,Alt text(s) - Separated by ||,"
                 "Comment(s) - Separated by ||,\"Pin board, FB album, or Google category\","
                 "\"Post subtype - I.e. story, reel, PDF ..\",CTA - For Facebook links or Google,"
                 "\"Reminder - For stories, reels, shorts, and TikToks\"\n"
                 "2026-12-05 09:00,Hi,,\"https://x.com/a.jpg,https://x.com/b.jpg\",,\"rye,oats\","
                 "One loaf||Two | three,#bread||More,,Reel,,\n",
                 folder);
  row = publer->rows->pdata[0];
  problems = list_problems (row);
  g_assert_cmpstr (publer->format, ==, "publer");
  g_assert_cmpstr (problems, ==, "more-comments");
  g_assert_cmpuint (row->files->len, ==, 2);
  g_assert_cmpuint (row->alts->len, ==, 2);
  g_assert_cmpstr (row->alts->pdata[1], ==, "Two | three");
  g_assert_cmpstr (row->post->first_comment, ==, "#bread");
  g_assert_cmpint (row->post->kind, ==, SMM_POST_KIND_REEL);
  g_assert_cmpuint (row->tags->len, ==, 2);
  metricool = plan (library,
                    "Text,Date,Time,Draft,Facebook,Twitter/X,Instagram,TikTok,Picture Url 1,"
                    "Picture Url 2,Alt text picture 1,Alt text picture 2,Instagram Post Type,"
                    "Instagram Show Reel On Feed,Facebook Post Type,Facebook Title,"
                    "First Comment Text,TikTok Post Privacy,TikTok Your Brand\n"
                    "Hi,2026-12-05,09:00:00,FALSE,TRUE,TRUE,FALSE,FALSE,https://x.com/a.jpg,b.jpg,"
                    "One,Two,REEL,FALSE,REEL,Loaves,#bread,SELF_ONLY,TRUE\n",
                    folder);
  row = metricool->rows->pdata[0];
  g_assert_cmpstr (metricool->format, ==, "metricool");
  g_assert_true (smm_import_row_is_good (row));
  g_assert_cmpuint (row->post->targets->len, ==, 1);
  g_assert_cmpuint (row->files->len, ==, 2);
  g_assert_cmpint (row->post->kind, ==, SMM_POST_KIND_REEL);
  g_assert_cmpstr (row->post->first_comment, ==, "#bread");
  g_assert_cmpstr (g_hash_table_lookup (row->post->options, "title"), ==, "Loaves");
  g_assert_cmpstr (g_hash_table_lookup (row->post->options, "share-to-feed"), ==, "false");
  g_assert_cmpstr (g_hash_table_lookup (row->post->options, "privacy"), ==, "SELF_ONLY");
  g_assert_cmpstr (g_hash_table_lookup (row->post->options, "your-brand"), ==, "true");
}

static void
test_map (void)
{
  g_autoptr (SmmLibraryLocal) library = test_library_new ();
  g_autoptr (SmmImport) import
      = plan (library, "Beitrag,Wann,Sicht\nHallo,2026-12-05 09:00,SELF_ONLY\n", "/tmp");
  g_autoptr (GError) error = NULL;
  SmmImportRow *row;

  g_assert_false (smm_import_row_is_good (import->rows->pdata[0]));
  g_assert_false (smm_import_map (import, "None", "text", &error));
  g_assert_error (error, SMM_LIBRARY_ERROR, SMM_LIBRARY_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (smm_import_map (import, "Beitrag", "body", &error));
  g_assert_error (error, SMM_LIBRARY_ERROR, SMM_LIBRARY_ERROR_INVALID);
  g_assert_true (smm_import_map (import, "Beitrag", "text", NULL));
  g_assert_true (smm_import_map (import, "Wann", "when", NULL));
  g_assert_true (smm_import_map (import, "Sicht", "set:privacy", NULL));
  smm_import_plan (import, NULL, TEST_NOW);
  row = import->rows->pdata[0];
  g_assert_cmpstr (row->post->text, ==, "Hallo");
  g_assert_cmpstr (row->post->wall_time, ==, "2026-12-05T09:00:00");
  g_assert_cmpstr (g_hash_table_lookup (row->post->options, "privacy"), ==, "SELF_ONLY");
}

/* What a table tells of its dates with slashes, and what somebody says of them. */
static void
test_dates (void)
{
  static const struct
  {
    const char *cells;
    SmmImportDates said;
    const char *wall, *problems;
  } tables[] = {
    { "One,05/12/2026 09:00\nTwo,13/12/2026 09:00", 0, "2026-12-05T09:00:00", "" },
    { "One,12/05/2026 09:00\nTwo,12/13/2026 09:00", 0, "2026-12-05T09:00:00", "" },
    { "One,12/05/2026 09:00\nTwo,12/06/2026 09:00", 0, NULL, "time-ambiguous!" },
    { "One,12/05/2026 09:00\nTwo,13/12/2026 09:00\nThree,12/13/2026 09:00", 0, NULL,
      "time-ambiguous!" },
    { "One,12/05/2026 09:00\n", SMM_IMPORT_DATES_MONTH_FIRST, "2026-12-05T09:00:00", "" },
    { "One,12/05/2027 09:00\n", SMM_IMPORT_DATES_DAY_FIRST, "2027-05-12T09:00:00", "" },
    { "One,13/05/2027 09:00\n", SMM_IMPORT_DATES_MONTH_FIRST, NULL, "time-unreadable!" },
  };
  g_autoptr (SmmLibraryLocal) library = test_library_new ();

  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      static const char *const accounts[] = { TEST_FACEBOOK, NULL };
      g_autofree char *text = g_strconcat ("text,when\n", tables[i].cells, "\n", NULL);
      g_autoptr (SmmImport) import = plan (library, text, "/tmp");
      g_autofree char *problems = NULL;

      if (tables[i].said != SMM_IMPORT_DATES_UNKNOWN)
        {
          import->dates = tables[i].said;
          smm_import_plan (import, accounts, TEST_NOW);
        }
      problems = list_problems (import->rows->pdata[0]);
      g_assert_cmpstr (problems, ==, tables[i].problems);
      g_assert_cmpstr (((SmmImportRow *)import->rows->pdata[0])->post->wall_time, ==,
                       tables[i].wall);
    }
}

/* Hootsuite's tables begin with the first post. */
static void
test_hootsuite (void)
{
  g_autoptr (SmmLibraryLocal) library = test_library_new ();
  g_autoptr (SmmImport) import = plan (
      library, "12/31/2026 09:00,Fresh bread,https://example.org/\n01/02/2027 10:30,More,\n",
      "/tmp");
  SmmImportRow *first = import->rows->pdata[0], *second = import->rows->pdata[1];

  g_assert_cmpstr (import->format, ==, "hootsuite");
  g_assert_cmpuint (import->rows->len, ==, 2);
  g_assert_cmpuint (first->line, ==, 1);
  g_assert_cmpuint (second->line, ==, 2);
  g_assert_cmpstr (first->post->text, ==, "Fresh bread");
  g_assert_cmpstr (first->post->link, ==, "https://example.org/");
  g_assert_cmpstr (first->post->wall_time, ==, "2026-12-31T09:00:00");
  g_assert_cmpstr (second->post->wall_time, ==, "2027-01-02T10:30:00");
}

/* One command, one step of undo; tags are made, and a second time all is known. */
static void
test_import (void)
{
  g_autoptr (SmmLibraryLocal) library = test_library_new ();
  static const char text[] = "text,when,tags,campaign\n"
                             "One,2026-12-05 09:00,\"rye, oats\",spring\n"
                             "Two,2026-12-06 09:00,Oats,\nBad,soon,,\n";
  g_autoptr (SmmImport) import = plan (library, text, "/tmp");
  g_autoptr (SmmImport) again = NULL;
  g_autoptr (SmmCommand) command = smm_command_new ("posts.import", smm_import_to_args (import));
  g_autofree char *before = test_dump (library), *after = NULL, *problems = NULL;
  g_autoptr (GVariant) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (SmmTag) oats = NULL;
  const char *label;

  result = smm_library_local_apply (library, command, &error);
  g_assert_no_error (error);
  g_assert_true (g_variant_lookup (result, "label", "&s", &label));
  g_assert_cmpstr (label, ==, "2 posts imported");
  oats = smm_store_find_tag (test_store (library), TEST_BRAND, "oats");
  g_assert_nonnull (oats);
  g_assert_cmpuint (smm_store_count_tagged (test_store (library), oats->id), ==, 2);
  g_assert_cmpuint (smm_store_count_tagged (test_store (library), "spring"), ==, 1);
  again = plan (library, text, "/tmp");
  problems = list_problems (again->rows->pdata[0]);
  g_assert_cmpstr (problems, ==, "duplicate");
  g_variant_unref (test_apply (library, "undo", "{}", NULL));
  after = test_dump (library);
  g_assert_cmpstr (before, ==, after);
  g_variant_unref (test_apply (library, "redo", "{}", NULL));
  g_assert_cmpuint (smm_store_count_tagged (test_store (library), oats->id), ==, 2);
}

/* One that is refused, and none of it is there. */
static void
test_all_or_none (void)
{
  g_autoptr (SmmLibraryLocal) library = test_library_new ();
  g_autoptr (SmmImport) import
      = plan (library, "text,when,tags\nOne,2026-12-05 09:00,new\nTwo,2026-12-06 09:00,\n", "/tmp");
  g_autoptr (SmmCommand) command = smm_command_new ("posts.import", smm_import_to_args (import));
  g_autofree char *before = test_dump (library), *after = NULL;
  g_autoptr (GError) error = NULL;

  test_now = TEST_NOW + G_GINT64_CONSTANT (5) * 86400 * G_USEC_PER_SEC;
  g_assert_null (smm_library_local_apply (library, command, &error));
  g_assert_error (error, SMM_LIBRARY_ERROR, SMM_LIBRARY_ERROR_PAST);
  after = test_dump (library);
  g_assert_cmpstr (before, ==, after);
}

/* What is exported can be imported again, and is the same. */
static void
test_round (void)
{
  g_autoptr (SmmLibraryLocal) library = test_library_new ();
  SmmPostFilter filter = { .brand_id = TEST_BRAND, .state = SMM_TARGET_SCHEDULED };
  g_autoptr (GPtrArray) posts = NULL;
  g_autoptr (SmmImport) import = NULL;
  g_autofree char *text = NULL, *problems = NULL;
  SmmImportRow *row;
  SmmPost *post;

  g_variant_unref (test_apply (
      library, "post.edit",
      "{'id': <'scheduled'>, 'text': <'=Tricky, \"text\"\\nwith; all'>, 'kind': <'reel'>, "
      "'link': <'https://x.de'>, 'first-comment': <'-first'>, 'options': <{'privacy': "
      "'SELF_ONLY'}>, "
      "'media': <[('" TEST_SHA "', 'A loaf')]>, 'tags': <['rye', 'spring']>}",
      NULL));
  posts = smm_store_list_posts (test_store (library), &filter);
  post = posts->pdata[0];
  text = smm_export_csv (posts);
  import = plan (library, text, "/tmp");
  row = import->rows->pdata[0];
  problems = list_problems (row);
  g_assert_cmpstr (problems, ==, "duplicate");
  g_assert_cmpstr (row->post->text, ==, post->text);
  g_assert_cmpint (row->post->kind, ==, post->kind);
  g_assert_cmpint (row->post->due_at, ==, post->due_at);
  g_assert_cmpstr (row->post->link, ==, post->link);
  g_assert_cmpstr (row->post->first_comment, ==, post->first_comment);
  g_assert_cmpstr (row->post->zone, ==, post->zone);
  g_assert_cmpstr (g_hash_table_lookup (row->post->options, "privacy"), ==, "SELF_ONLY");
  g_assert_cmpstr (row->files->pdata[0], ==, "sha256:" TEST_SHA);
  g_assert_cmpstr (row->alts->pdata[0], ==, "A loaf");
  g_assert_cmpstr (row->campaign, ==, "spring");
  g_assert_cmpstr (row->tags->pdata[0], ==, "rye");
  g_assert_cmpstr (((SmmTarget *)row->post->targets->pdata[0])->account_id, ==, TEST_FACEBOOK);
}

static SmmVariant *
find_variant (SmmPost *post, const char *account_id)
{
  for (guint i = 0; i < post->targets->len; i++)
    if (strcmp (((SmmTarget *)post->targets->pdata[i])->account_id, account_id) == 0)
      return ((SmmTarget *)post->targets->pdata[i])->variant;
  return NULL;
}

/* What differs on one account comes back on it, also that there is nothing, and what looks like the
 * word for that. */
static void
test_own_round (void)
{
  static const char *const texts[]
      = { "Own, \"text\"\n;", "=1+1", "(none)", "\\(none)", "", "(None)" };
  g_autoptr (SmmLibraryLocal) library = test_library_new ();

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *id = g_strdup_printf ("own-%u", i);
      g_autoptr (SmmPost) post = NULL;
      g_autoptr (SmmPost) back = NULL;
      g_autoptr (GPtrArray) posts = g_ptr_array_new ();
      g_autoptr (SmmImport) import = NULL;
      g_autoptr (GVariant) before = NULL;
      g_autoptr (GVariant) after = NULL;
      g_autoptr (SmmCommand) command = NULL;
      g_autoptr (GVariant) result = NULL;
      g_autoptr (GError) error = NULL;
      g_autofree char *table = NULL;
      g_autofree char *args = NULL;
      g_autofree char *escaped = g_strescape (texts[i], NULL);

      args = g_strdup_printf (
          "{'id': <'%s'>, 'brand': <'" TEST_BRAND "'>, 'text': <'On both'>, 'draft': <true>, "
          "'link': <'https://x.de'>, 'targets': <[('%s-1', '" TEST_FACEBOOK
          "'), ('%s-2', '" TEST_INSTAGRAM "')]>, 'variants': <[('" TEST_INSTAGRAM
          "', {'text': <\"%s\">, 'link': <''>, "
          "'options': <{'share-to-feed': 'false', 'title': ''}>, 'media': <[('" TEST_SHA
          "', 'A loaf')]>}), ('" TEST_FACEBOOK
          "', {'first-comment': <'-first'>, 'media': <@a(ss) []>})]>}",
          id, id, id, escaped);
      g_variant_unref (test_apply (library, "post.add", args, NULL));
      post = smm_store_get_post (test_store (library), id);
      g_ptr_array_add (posts, post);
      table = smm_export_csv (posts);
      import = plan (library, table, "/tmp");
      g_assert_true (smm_import_row_is_good (import->rows->pdata[0]));
      command = smm_command_new ("posts.import", smm_import_to_args (import));
      result = smm_library_local_apply (library, command, &error);
      g_assert_no_error (error);
      back = smm_store_get_post (test_store (library),
                                 ((SmmImportRow *)import->rows->pdata[0])->post->id);
      g_assert_cmpstr (find_variant (back, TEST_INSTAGRAM)->text, ==, texts[i]);
      before = g_variant_ref_sink (smm_variants_to_variant (post));
      after = g_variant_ref_sink (smm_variants_to_variant (back));
      g_assert_cmpvariant (before, after);
    }
}

/* Written by hand: a platform, a user name, an account the row does not go to, and none at all. */
static void
test_own (void)
{
  static const struct
  {
    const char *names, *cells, *problems, *text;
  } tables[] = {
    { "text,accounts,text on instagram", "Hi,all,Hello", "", "Hello" },
    { "text,accounts,Caption on " TEST_INSTAGRAM, "Hi,all,Hello", "", "Hello" },
    { "text,accounts,text on instagram", "Hi,all,", "", NULL },
    { "text,accounts,text on instagram", "Hi,facebook,Hello", "own-unused", NULL },
    { "text,accounts,text on nobody", "Hi,all,Hello", "account-unknown!", NULL },
    { "text,accounts,text on nobody", "Hi,all,", "", NULL },
    { "text,accounts,media on instagram", "Hi,all,loaf.jpg", "own-media-missing!", NULL },
    { "text,accounts,mood on instagram", "Hi,all,merry", "", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      g_autoptr (SmmLibraryLocal) library = test_library_new ();
      g_autofree char *text = g_strconcat (tables[i].names, "\n", tables[i].cells, "\n", NULL);
      g_autoptr (SmmImport) import = plan (library, text, "/tmp");
      SmmImportRow *row = import->rows->pdata[0];
      g_autofree char *problems = list_problems (row);
      SmmVariant *variant = find_variant (row->post, TEST_INSTAGRAM);

      g_test_message ("%s", text);
      g_assert_cmpstr (problems, ==, tables[i].problems);
      g_assert_cmpstr (variant != NULL ? variant->text : NULL, ==, tables[i].text);
      g_assert_null (find_variant (row->post, TEST_FACEBOOK));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/import/rows", test_rows);
  g_test_add_func ("/import/files", test_files);
  g_test_add_func ("/import/addresses", test_addresses);
  g_test_add_func ("/import/other-programs", test_other_programs);
  g_test_add_func ("/import/map", test_map);
  g_test_add_func ("/import/dates", test_dates);
  g_test_add_func ("/import/hootsuite", test_hootsuite);
  g_test_add_func ("/import/import", test_import);
  g_test_add_func ("/import/all-or-none", test_all_or_none);
  g_test_add_func ("/import/round", test_round);
  g_test_add_func ("/import/own", test_own);
  g_test_add_func ("/import/own-round", test_own_round);
  return g_test_run ();
}

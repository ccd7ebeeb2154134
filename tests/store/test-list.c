/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Lists of posts: what a search finds, what filters let through, in which order. */

#include "config.h"

#include "smm-search.h"
#include "smm-test-store.h"

#include <string.h>

#define DAY (G_GINT64_CONSTANT (86400) * G_USEC_PER_SEC)

static void
put (SmmStore *store, const char *id, const char *text, gint64 due, SmmTargetState state,
     gboolean instagram)
{
  g_autoptr (SmmPost) post = smm_post_new ();
  g_autoptr (SmmTarget) target = smm_target_new ();

  post->id = g_strdup (id);
  post->brand_id = g_strdup (TEST_BRAND);
  g_free (post->text);
  post->text = g_strdup (text);
  post->due_at = due;
  g_assert_true (smm_store_put_post (store, post, NULL));
  target->id = g_strconcat ("t-", id, NULL);
  target->post_id = g_strdup (id);
  target->account_id = g_strdup (instagram ? TEST_INSTAGRAM : TEST_FACEBOOK);
  target->platform = instagram ? SMM_PLATFORM_INSTAGRAM : SMM_PLATFORM_FACEBOOK;
  target->state = state;
  target->due_at = due;
  g_assert_true (smm_store_put_target (store, target, NULL));
}

/* The ids of what @filter lists, with spaces between. */
static char *
list_ids (SmmStore *store, const SmmPostFilter *filter)
{
  g_autoptr (GArray) numbers = smm_store_list_numbers (store, filter);
  g_autoptr (GPtrArray) rows
      = smm_store_list_rows (store, (const gint64 *)numbers->data, numbers->len);
  g_autoptr (GString) ids = g_string_new (NULL);

  for (guint i = 0; i < rows->len; i++)
    g_string_append_printf (ids, "%s%s", i > 0 ? " " : "", ((SmmChip *)rows->pdata[i])->post_id);
  return g_string_free (g_steal_pointer (&ids), FALSE);
}

static void
assert_found (SmmStore *store, const char *search, const char *expected)
{
  SmmPostFilter filter = { .state = -1, .search = search };
  g_autofree char *ids = list_ids (store, &filter);

  if (strcmp (ids, expected) != 0)
    g_error ("“%s” found “%s”, not “%s”", search, ids, expected);
}

static void
test_words (void)
{
  static const struct
  {
    const char *search, *ids;
  } rows[] = {
    { "bread", "rye roll" },
    { "BREAD rye", "rye" },
    { "bre", "rye roll" },
    { "read", "" }, /* not the middle of a word */
    { "#ryebread", "rye" },
    { "ruisleipa", "rye" }, /* written ruisleipä */
    { "Crème", "creme" },
    { "creme brulee", "creme" },
    { "cre\xcc\x80me", "creme" }, /* a combining accent */
    { "strasse", "" },
    { "Straße", "street" },
    { "MÜLLER", "street" },
    { "パン", "japan" },
    { "焼きたて", "japan" }, /* in the middle: no spaces are written */
    { "🎉", "roll" },
    { "50%", "roll" },
    { "%", "roll" },
    { "_", "" },
    { "\"", "quote" },
    { "*", "" },
    { "NEAR(", "" },
    { "NEAR(bread rye)", "" }, /* words like any others */
    { "bread AND rye", "" },
    { "bread OR rolls", "" },
    { "NOT bread", "" },
    { "text:bread", "" },
    { "text : bread", "" },
    { "\"bread", "rye roll" },
    { "bread\" OR \"x", "" },
    { "-bread", "rye roll" },
    { "^bread", "rye roll" },
    { "bread*", "rye roll" },
    { "(bread", "rye roll" },
    { "'; DROP TABLE post; --", "" },
    { "\\", "" },
    { "\xff\xfe", "rye roll creme street japan quote" }, /* no text at all: no search */
    { "   ", "rye roll creme street japan quote" },
    { "said", "quote" },
  };
  g_autoptr (SmmStore) store = test_open_owner ();

  test_fill_accounts (store);
  put (store, "rye", "Rye bread #ryebread, ruisleipä", 1, SMM_TARGET_DRAFT, FALSE);
  put (store, "roll", "Rolls and bread at 50% off 🎉", 2, SMM_TARGET_DRAFT, FALSE);
  put (store, "creme", "Crème brûlée", 3, SMM_TARGET_DRAFT, FALSE);
  put (store, "street", "Straße der Müller", 4, SMM_TARGET_DRAFT, FALSE);
  put (store, "japan", "毎日焼きたてのパン", 5, SMM_TARGET_DRAFT, FALSE);
  put (store, "quote", "She said \"yes\"", 6, SMM_TARGET_DRAFT, FALSE);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    assert_found (store, rows[i].search, rows[i].ids);
}

/* The index follows what is written. */
static void
test_index_follows (void)
{
  g_autoptr (SmmStore) store = test_open_owner ();
  g_autoptr (SmmPost) post = NULL;
  g_autofree char *database = g_strdup (smm_store_get_paths (store)->database);

  test_fill_accounts (store);
  put (store, "one", "Bread", 1, SMM_TARGET_DRAFT, FALSE);
  put (store, "two", "Bread too", 2, SMM_TARGET_DRAFT, FALSE);
  assert_found (store, "bread", "one two");
  post = smm_store_get_post (store, "one");
  g_free (post->text);
  post->text = g_strdup ("Rolls");
  post->first_comment = g_strdup ("Recipe: sourdough");
  g_assert_true (smm_store_put_post (store, post, NULL));
  assert_found (store, "bread", "two");
  assert_found (store, "rolls", "one");
  assert_found (store, "sour", "one");
  g_assert_true (smm_store_set_post_deleted (store, "two", 5, NULL));
  assert_found (store, "bread", "");
  g_assert_true (smm_store_set_post_deleted (store, "two", 0, NULL));
  assert_found (store, "bread", "two");
  g_clear_object (&store);
  /* Behind the store's back, and compacted: numbers stay. */
  test_exec (database, "DELETE FROM post WHERE id = 'one'");
  test_exec (database, "INSERT INTO post (id, brand_id, kind, text, created_at, updated_at) "
                       "VALUES ('three', '" TEST_BRAND "', 1, 'Sourdough', 1, 1)");
  test_exec (database, "VACUUM");
  test_exec (database, "INSERT INTO post_search (post_search) VALUES ('integrity-check')");
  store = test_open_owner ();
  assert_found (store, "sour", "three");
  assert_found (store, "rolls", "");
  assert_found (store, "bread", "two");
}

/* Ten of what is to come and ten of what was, before anything far. */
static void
test_near (void)
{
  g_autoptr (SmmStore) store = test_open_owner ();
  SmmPostFilter filter = { .state = -1, .sort = SMM_SORT_NEAR, .now = TEST_DUE };
  g_autofree char *ids = NULL;

  test_fill_accounts (store);
  put (store, "idea", "idea", 0, SMM_TARGET_DRAFT, FALSE);
  for (int i = 1; i <= 12; i++)
    {
      g_autofree char *later = g_strdup_printf ("l%d", i);
      g_autofree char *before = g_strdup_printf ("b%d", i);

      put (store, later, "later", TEST_DUE + i * DAY, SMM_TARGET_SCHEDULED, FALSE);
      put (store, before, "before", TEST_DUE - i * DAY, SMM_TARGET_PUBLISHED, FALSE);
    }
  ids = list_ids (store, &filter);
  g_assert_cmpstr (ids, ==,
                   "l1 l2 l3 l4 l5 l6 l7 l8 l9 l10 b1 b2 b3 b4 b5 b6 b7 b8 b9 b10 idea "
                   "l11 l12 b11 b12");
}

static void
test_filters (void)
{
  static const struct
  {
    SmmPostFilter filter;
    const char *ids;
  } rows[] = {
    { { .state = -1 }, "late soon past none" },
    { { .state = -1, .descending = TRUE }, "none past soon late" },
    { { .state = -1, .states = 1 << SMM_TARGET_FAILED }, "past" },
    { { .state = -1, .states = (1 << SMM_TARGET_FAILED) | (1 << SMM_TARGET_DRAFT) }, "past none" },
    { { .state = SMM_TARGET_SCHEDULED }, "late soon" },
    { { .state = -1, .platforms = 1 << SMM_PLATFORM_INSTAGRAM }, "soon none" },
    { { .state = -1, .platforms = 1 << SMM_PLATFORM_TIKTOK }, "" },
    { { .state = -1, .account_id = TEST_FACEBOOK }, "late past" },
    { { .state = -1, .from = TEST_DUE, .to = TEST_DUE + DAY }, "soon" },
    { { .state = -1, .from = TEST_DUE }, "soon past" },
    { { .state = -1, .brand_id = "other" }, "" },
    { { .state = -1, .sort = SMM_SORT_STATE }, "past soon late none" },
    { { .state = -1, .sort = SMM_SORT_STATE, .descending = TRUE }, "none soon late past" },
    { { .state = -1, .sort = SMM_SORT_TEXT }, "none late past soon" },
    { { .state = -1, .sort = SMM_SORT_TEXT, .descending = TRUE }, "soon past late none" },
    { { .state = -1, .sort = SMM_SORT_PLATFORM }, "past late soon none" },
    { { .state = -1, .sort = SMM_SORT_NEAR, .now = TEST_DUE }, "past soon late none" },
    { { .state = -1, .sort = SMM_SORT_NEAR, .now = TEST_DUE - 1 }, "soon past late none" },
    { { .state = -1, .limit = 2 }, "none late" },
    { { .state = -1, .search = "same", .platforms = 1 << SMM_PLATFORM_FACEBOOK }, "late past" },
  };
  g_autoptr (SmmStore) store = test_open_owner ();

  test_fill_accounts (store);
  put (store, "none", "A same", 0, SMM_TARGET_DRAFT, TRUE);
  put (store, "late", "b same", TEST_DUE - DAY, SMM_TARGET_SCHEDULED, FALSE);
  put (store, "soon", "D same", TEST_DUE, SMM_TARGET_SCHEDULED, TRUE);
  put (store, "past", "c same", TEST_DUE + DAY, SMM_TARGET_FAILED, FALSE);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *ids = list_ids (store, &rows[i].filter);

      if (rows[i].filter.limit > 0 && rows[i].filter.sort == SMM_SORT_TIME)
        continue;
      if (strcmp (ids, rows[i].ids) != 0)
        g_error ("Row %u: “%s”, not “%s”", i, ids, rows[i].ids);
    }
  g_assert_cmpuint (smm_store_count_posts (store, NULL), ==, 4);
  g_assert_cmpuint (smm_store_count_posts (store, "other"), ==, 0);
  g_assert_true (smm_store_set_post_deleted (store, "late", 5, NULL));
  g_assert_cmpuint (smm_store_count_posts (store, TEST_BRAND), ==, 3);
}

static void
on_found (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GAsyncResult **answer = user_data;

  *answer = g_object_ref (result);
}

static SmmFound *
wait_for (SmmSearch *search, GAsyncResult **answer, GError **error)
{
  SmmFound *found;

  while (*answer == NULL)
    g_main_context_iteration (NULL, TRUE);
  found = smm_search_run_finish (search, *answer, error);
  g_clear_object (answer);
  return found;
}

/* The last of many searches answers; those before it need not. */
static void
test_thread (void)
{
  g_autoptr (SmmStore) store = test_open_owner ();
  g_autoptr (SmmSearch) search = smm_search_new (smm_store_get_paths (store));
  GAsyncResult *answers[20] = { NULL };
  g_autoptr (GError) error = NULL;

  test_fill_accounts (store);
  test_fill_posts (store, 0, 50, SMM_TARGET_SCHEDULED);
  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      SmmPostFilter filter = { .state = -1, .limit = (int)i + 1 };

      smm_search_run_async (search, &filter, NULL, on_found, &answers[i]);
    }
  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_autoptr (SmmFound) found = wait_for (search, &answers[i], &error);

      if (i + 1 == G_N_ELEMENTS (answers))
        {
          g_assert_no_error (error);
          g_assert_cmpuint (found->numbers->len, ==, G_N_ELEMENTS (answers));
          g_assert_cmpuint (found->total, ==, 50);
        }
      else if (found == NULL)
        g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      else
        g_assert_cmpuint (found->numbers->len, ==, i + 1);
      g_clear_error (&error);
    }
}

static void
test_thread_without_library (void)
{
  g_autoptr (SmmPaths) paths = smm_paths_new (NULL);
  g_autoptr (SmmSearch) search = smm_search_new (paths);
  SmmPostFilter filter = { .state = -1 };
  g_autoptr (GError) error = NULL;
  GAsyncResult *answer = NULL;

  smm_search_run_async (search, &filter, NULL, on_found, &answer);
  g_assert_null (wait_for (search, &answer, &error));
  g_assert_error (error, SMM_STORE_ERROR, SMM_STORE_ERROR_MISSING);
}

/* A row of the table says its tags, the campaign first, whose colour it has. */
static void
test_row_tags (void)
{
  static const struct
  {
    const char *id, *name, *color;
    SmmTagKind kind;
  } tags[] = { { "t1", "rye", "#26a269", SMM_TAG_KIND_TAG },
               { "t2", "Advent", "#e62d42", SMM_TAG_KIND_CAMPAIGN } };
  g_autoptr (SmmStore) store = test_open_owner ();
  g_autoptr (GArray) numbers = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (SmmPost) post = NULL;
  SmmPostFilter filter = { .brand_id = TEST_BRAND, .state = -1 };
  SmmChip *chip;

  test_fill_accounts (store);
  test_fill_posts (store, 0, 2, SMM_TARGET_SCHEDULED);
  post = smm_store_get_post (store, "post-0");
  for (guint i = 0; i < G_N_ELEMENTS (tags); i++)
    {
      SmmTag *tag = smm_tag_new ();

      tag->id = g_strdup (tags[i].id);
      tag->brand_id = g_strdup (TEST_BRAND);
      tag->name = g_strdup (tags[i].name);
      tag->color = g_strdup (tags[i].color);
      tag->kind = tags[i].kind;
      g_assert_true (smm_store_put_tag (store, tag, NULL));
      g_ptr_array_add (post->tags, tag);
    }
  g_assert_true (smm_store_put_post_tags (store, post, NULL));
  numbers = smm_store_list_numbers (store, &filter);
  rows = smm_store_list_rows (store, (const gint64 *)numbers->data, numbers->len);
  chip = rows->pdata[0];
  g_assert_cmpstr (chip->tags, ==, "Advent, rye");
  g_assert_cmpstr (chip->color, ==, "#e62d42");
  g_assert_null (((SmmChip *)rows->pdata[1])->tags);
  g_assert_true (smm_store_set_tag_deleted (store, "t2", 1, NULL));
  g_ptr_array_unref (rows);
  rows = smm_store_list_rows (store, (const gint64 *)numbers->data, numbers->len);
  chip = rows->pdata[0];
  g_assert_cmpstr (chip->tags, ==, "rye");
}

/* --- Media --- */

static void
add_medium (SmmStore *store, char digit, const char *name, const char *alt, const char *tags)
{
  g_autoptr (SmmMedia) media = smm_media_new ();

  media->sha256 = g_strnfill (64, digit);
  media->mime = g_strdup ("image/png");
  media->file_name = g_strdup (name);
  media->bytes = 1;
  g_assert_true (smm_store_put_media (store, media, NULL));
  g_assert_true (smm_store_describe_media (store, media->sha256, name, alt, tags, NULL));
}

static void
assert_media (SmmStore *store, const char *search, const char *tag, const char *expected)
{
  SmmMediaFilter filter = { .search = search, .tag = tag };
  g_autoptr (GPtrArray) found = smm_store_find_media (store, &filter);
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < found->len; i++)
    g_string_append_printf (names, "%s ", ((SmmMedia *)found->pdata[i])->file_name);
  g_assert_cmpstr (names->str, ==, expected);
}

/* Each word somewhere, in any order, whatever their case and accents. */
static void
test_media (void)
{
  g_autoptr (SmmStore) store = test_open_owner ();
  g_auto (GStrv) none = smm_store_list_media_tags (store), tags = NULL;
  SmmMediaFilter first = { .search = "png", .limit = 1 };
  g_autoptr (GPtrArray) limited = NULL;

  g_assert_cmpuint (g_strv_length (none), ==, 0);
  add_medium (store, 'a', "crème.png", "A bun of the morning", "warm\ninside");
  add_medium (store, 'b', "loaf.png", NULL, "warm\n100%");
  add_medium (store, 'c', "パン屋.png", NULL, NULL);
  assert_media (store, NULL, NULL, "パン屋.png loaf.png crème.png ");
  assert_media (store, "  ", NULL, "パン屋.png loaf.png crème.png ");
  assert_media (store, "Creme", NULL, "crème.png ");
  assert_media (store, "CRÈME", NULL, "crème.png ");
  assert_media (store, "warm morn", NULL, "crème.png ");
  assert_media (store, "warm loaf morn", NULL, "");
  assert_media (store, "%", NULL, "loaf.png ");
  assert_media (store, "パン", NULL, "パン屋.png ");
  assert_media (store, NULL, "warm", "loaf.png crème.png ");
  assert_media (store, "bun", "warm", "crème.png ");
  assert_media (store, NULL, "war", "");
  limited = smm_store_find_media (store, &first);
  g_assert_cmpuint (limited->len, ==, 1);
  tags = smm_store_list_media_tags (store);
  g_assert_cmpuint (g_strv_length (tags), ==, 3);
  g_assert_true (g_strv_contains ((const char *const *)tags, "100%"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/list/words", test_words);
  g_test_add_func ("/list/index-follows", test_index_follows);
  g_test_add_func ("/list/filters", test_filters);
  g_test_add_func ("/list/near", test_near);
  g_test_add_func ("/list/thread", test_thread);
  g_test_add_func ("/list/thread-without-library", test_thread_without_library);
  g_test_add_func ("/list/row-tags", test_row_tags);
  g_test_add_func ("/list/media", test_media);
  return g_test_run ();
}

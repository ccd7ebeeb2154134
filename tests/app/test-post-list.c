/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The model behind the table of posts: what a table that listens to it has, while lists come and
 * go, is what was found, row by row. */

#include "config.h"

#include "smm-post-list.h"
#include "smm-test-store.h"

#define N_POSTS 500
#define MOST_STEPS 60

/* A library that is only read. */
#define TEST_TYPE_LIBRARY (test_library_get_type ())
G_DECLARE_FINAL_TYPE (TestLibrary, test_library, TEST, LIBRARY, GObject)

struct _TestLibrary
{
  GObject parent_instance;
  SmmStore *store;
};

static SmmStore *
test_library_get_store (SmmLibrary *library)
{
  return TEST_LIBRARY (library)->store;
}

static void
test_library_iface_init (SmmLibraryInterface *iface)
{
  iface->get_store = test_library_get_store;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (TestLibrary, test_library, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (SMM_TYPE_LIBRARY, test_library_iface_init))

static void
test_library_finalize (GObject *object)
{
  g_clear_object (&TEST_LIBRARY (object)->store);
  G_OBJECT_CLASS (test_library_parent_class)->finalize (object);
}

static void
test_library_class_init (TestLibraryClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = test_library_finalize;
}

static void
test_library_init (TestLibrary *self)
{
}

typedef struct
{
  TestLibrary *library;
  SmmPostList *list;
  GPtrArray *rows;  /* SmmPostRow: those that a table would have */
  GPtrArray *shown; /* id of the post that each of them was last seen to show, or NULL */
  guint n_changed, n_made;
  gboolean found;
} Fixture;

static void
put (SmmStore *store, guint i)
{
  g_autoptr (SmmPost) post = smm_post_new ();

  post->id = g_strdup_printf ("post-%03u", i);
  post->brand_id = g_strdup (TEST_BRAND);
  g_free (post->text);
  post->text = g_strdup_printf ("bread %s %s", i % 2 == 0 ? "even" : "odd",
                                i % 100 == 7 ? "seventh" : "other");
  post->due_at = TEST_DUE + i * G_USEC_PER_SEC;
  g_assert_true (smm_store_put_post (store, post, NULL));
}

static void
see (Fixture *fixture, guint i)
{
  SmmChip *chip = smm_post_row_get_chip (fixture->rows->pdata[i]);

  g_free (fixture->shown->pdata[i]);
  fixture->shown->pdata[i] = chip != NULL ? g_strdup (chip->post_id) : NULL;
}

static void
on_row_changed (SmmPostRow *row, Fixture *fixture)
{
  guint i;

  g_assert_true (g_ptr_array_find (fixture->rows, row, &i));
  fixture->n_changed++;
  see (fixture, i);
}

static void
drop_row (gpointer row, Fixture *fixture)
{
  g_signal_handlers_disconnect_by_data (row, fixture);
  g_object_unref (row);
}

/* As a table does: lets rows go, and asks for those that came. */
static void
on_items_changed (GListModel *model, guint position, guint removed, guint added, Fixture *fixture)
{
  for (guint i = 0; i < removed; i++)
    {
      drop_row (g_ptr_array_remove_index (fixture->rows, position), fixture);
      g_free (g_ptr_array_remove_index (fixture->shown, position));
    }
  for (guint i = 0; i < added; i++)
    {
      gpointer row = g_list_model_get_item (model, position + i);

      g_assert_nonnull (row);
      g_ptr_array_insert (fixture->rows, position + i, row);
      g_ptr_array_insert (fixture->shown, position + i, NULL);
      g_signal_connect (row, "changed", G_CALLBACK (on_row_changed), fixture);
      see (fixture, position + i);
    }
  fixture->n_made += added;
  g_assert_cmpuint (fixture->rows->len, ==, g_list_model_get_n_items (model));
}

static void
on_found (SmmPostList *list, Fixture *fixture)
{
  fixture->found = TRUE;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  SmmStore *store = test_open_owner ();

  test_fill_accounts (store);
  g_assert_true (smm_store_begin (store, NULL));
  for (guint i = 0; i < N_POSTS; i++)
    put (store, i);
  g_assert_true (smm_store_commit (store, NULL));
  fixture->library = g_object_new (TEST_TYPE_LIBRARY, NULL);
  fixture->library->store = store;
  fixture->rows = g_ptr_array_new ();
  fixture->shown = g_ptr_array_new ();
  fixture->list = smm_post_list_new (SMM_LIBRARY (fixture->library));
  g_signal_connect (fixture->list, "items-changed", G_CALLBACK (on_items_changed), fixture);
  g_signal_connect (fixture->list, "found", G_CALLBACK (on_found), fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < fixture->rows->len; i++)
    {
      drop_row (fixture->rows->pdata[i], fixture);
      g_free (fixture->shown->pdata[i]);
    }
  g_ptr_array_unref (fixture->rows);
  g_ptr_array_unref (fixture->shown);
  g_signal_handlers_disconnect_by_data (fixture->list, fixture);
  g_object_unref (fixture->list);
  g_object_unref (fixture->library);
}

static void
wait_for_found (Fixture *fixture)
{
  fixture->n_changed = fixture->n_made = 0;
  fixture->found = FALSE;
  while (!fixture->found)
    g_main_context_iteration (NULL, TRUE);
}

static void
ask (Fixture *fixture, const char *search, gboolean descending)
{
  SmmPostFilter filter
      = { .state = -1, .brand_id = TEST_BRAND, .search = search, .descending = descending };

  smm_post_list_set_filter (fixture->list, &filter);
  wait_for_found (fixture);
}

/* The rows from @from on show what the store lists now; those beyond it nothing. */
static void
assert_shown (Fixture *fixture, guint n)
{
  g_autoptr (GArray) numbers
      = smm_store_list_numbers (fixture->library->store, smm_post_list_get_filter (fixture->list));
  g_autoptr (GPtrArray) chips
      = smm_store_list_rows (fixture->library->store, (const gint64 *)numbers->data, numbers->len);

  g_assert_cmpuint (smm_post_list_get_n_found (fixture->list), ==, numbers->len);
  for (guint i = 0; i < MIN (n, fixture->rows->len); i++)
    g_assert_cmpstr (fixture->shown->pdata[i], ==,
                     i < chips->len ? ((SmmChip *)chips->pdata[i])->post_id : NULL);
}

static void
settle (Fixture *fixture)
{
  guint steps = 0;

  while (smm_post_list_step (fixture->list))
    g_assert_cmpuint (++steps, <, MOST_STEPS);
  g_assert_cmpuint (fixture->rows->len, ==, smm_post_list_get_n_found (fixture->list));
  assert_shown (fixture, G_MAXUINT);
}

/* What is on screen is right at once, whatever comes after what; the rest when it has settled. */
static void
test_lists (Fixture *fixture, gconstpointer data)
{
  static const char *const searches[]
      = { "",        "seventh", "even", "nothing", "", "odd", "seventh odd",
          "nothing", "even",    "even", "seventh", "" };

  for (guint i = 0; i < G_N_ELEMENTS (searches); i++)
    {
      ask (fixture, searches[i], i % 3 == 0);
      assert_shown (fixture, 20);
      settle (fixture);
    }
}

/* The next list comes while the last one is still getting its rows. */
static void
test_in_between (Fixture *fixture, gconstpointer data)
{
  static const char *const searches[]
      = { "", "even", "", "nothing", "seventh", "", "seventh", "odd", "nothing", "even", "" };

  for (guint steps = 0; steps < 5; steps++)
    {
      for (guint i = 0; i < G_N_ELEMENTS (searches); i++)
        {
          ask (fixture, searches[i], i % 2 == 0);
          assert_shown (fixture, 20);
          for (guint k = 0; k < steps; k++)
            smm_post_list_step (fixture->list);
          assert_shown (fixture, 20);
        }
      settle (fixture);
    }
}

/* Rows are made once: another list takes the ones there are. */
static void
test_rows_stay (Fixture *fixture, gconstpointer data)
{
  ask (fixture, "", FALSE);
  settle (fixture);
  ask (fixture, "", TRUE);
  settle (fixture);
  g_assert_cmpuint (fixture->n_made, ==, 0);
  g_assert_cmpuint (fixture->n_changed, ==, N_POSTS);
  ask (fixture, "", TRUE);
  settle (fixture);
  g_assert_cmpuint (fixture->n_changed, ==, 0);
  smm_post_list_show_again (fixture->list);
  ask (fixture, "", TRUE);
  settle (fixture);
  g_assert_cmpuint (fixture->n_changed, ==, N_POSTS);
}

/* One post less, one more: the rows around it stay on their posts. */
static void
test_one (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SmmPostRow) after = NULL;

  ask (fixture, "", FALSE);
  settle (fixture);
  after = g_object_ref (fixture->rows->pdata[50]);
  g_assert_true (smm_store_set_post_deleted (fixture->library->store, "post-040", 1, NULL));
  smm_post_list_refresh (fixture->list);
  wait_for_found (fixture);
  settle (fixture);
  g_assert_true (fixture->rows->pdata[49] == after);
  g_assert_cmpuint (fixture->n_made, ==, 0);
  g_assert_cmpuint (fixture->n_changed, ==, 0);
  g_assert_true (smm_store_set_post_deleted (fixture->library->store, "post-040", 0, NULL));
  smm_post_list_refresh (fixture->list);
  wait_for_found (fixture);
  settle (fixture);
  g_assert_true (fixture->rows->pdata[50] == after);
  g_assert_cmpuint (fixture->n_made, ==, 1);
}

/* What is chosen stays chosen wherever it is, also before its row is there. */
static void
test_chosen (Fixture *fixture, gconstpointer data)
{
  GtkSelectionModel *model = GTK_SELECTION_MODEL (fixture->list);
  g_auto (GStrv) ids = NULL;

  ask (fixture, "", FALSE);
  gtk_selection_model_select_all (model);
  g_assert_cmpuint (smm_post_list_get_n_selected (fixture->list), ==, N_POSTS);
  gtk_selection_model_unselect_all (model);
  settle (fixture);
  gtk_selection_model_select_item (model, 107, FALSE);
  ask (fixture, "seventh", FALSE);
  g_assert_true (gtk_selection_model_is_selected (model, 1));
  /* Rows that are about to go can't be chosen. */
  g_assert_cmpuint (fixture->rows->len, >, 5);
  gtk_selection_model_select_item (model, 5, FALSE);
  ids = smm_post_list_dup_selected (fixture->list);
  g_assert_cmpuint (g_strv_length (ids), ==, 1);
  g_assert_cmpstr (ids[0], ==, "post-107");
  settle (fixture);
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*func) (Fixture *, gconstpointer);
  } tests[] = {
    { "/post-list/lists", test_lists },         { "/post-list/in-between", test_in_between },
    { "/post-list/rows-stay", test_rows_stay }, { "/post-list/one", test_one },
    { "/post-list/chosen", test_chosen },
  };

  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].func, tear_down);
  return g_test_run ();
}

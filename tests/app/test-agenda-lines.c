/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The places of an agenda: each has the line that is to be there, while places come and go. */

#include "config.h"

#include "smm-agenda-lines.h"

#define N_LISTS 300
#define MOST_STEPS 60

static gboolean
is_same (SmmAgendaItem *a, SmmAgendaItem *b)
{
  return a->day == b->day;
}

static GPtrArray *
make_lines (guint32 first, guint n)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (lines, smm_agenda_item_new (SMM_AGENDA_DAY, first + i, NULL));
  return lines;
}

static guint
count (SmmAgendaLines *lines)
{
  return g_list_model_get_n_items (smm_agenda_lines_get_model (lines));
}

static void
assert_places (SmmAgendaLines *lines, GPtrArray *wanted)
{
  for (guint i = 0; i < count (lines); i++)
    {
      SmmAgendaItem *item = smm_agenda_lines_get_item (lines, i);

      if (i >= wanted->len)
        g_assert_null (item);
      else
        g_assert_true (is_same (item, wanted->pdata[i]));
    }
}

static void
settle (SmmAgendaLines *lines, GPtrArray *wanted)
{
  guint steps = 0;

  while (smm_agenda_lines_step (lines))
    {
      g_assert_cmpuint (++steps, <, MOST_STEPS);
      assert_places (lines, wanted);
    }
  g_assert_cmpuint (count (lines), ==, wanted->len);
}

/* Long, short and empty ones in any order; some come while the last one is not settled. */
static void
test_lists (void)
{
  static const guint lengths[] = { 0, 1, 5, 23, 24, 25, 60, 199, 200, 201, 800 };
  g_autoptr (SmmAgendaLines) lines = smm_agenda_lines_new (is_same);

  for (guint i = 0; i < N_LISTS; i++)
    {
      g_autoptr (GPtrArray) wanted
          = make_lines (g_test_rand_int_range (1, 40),
                        lengths[g_test_rand_int_range (0, G_N_ELEMENTS (lengths))]);

      smm_agenda_lines_show (lines, wanted);
      assert_places (lines, wanted);
      for (int k = g_test_rand_int_range (0, 6); k > 0; k--)
        smm_agenda_lines_step (lines);
      assert_places (lines, wanted);
      if (i % 3 == 0)
        settle (lines, wanted);
    }
}

static void
on_items_changed (GListModel *model, guint position, guint removed, guint added, guint *told)
{
  told[0] = position;
  told[1] = removed;
  told[2] = added;
  told[3]++;
}

/* One line less in the middle: that is all the list is told. */
static void
test_one (void)
{
  g_autoptr (SmmAgendaLines) lines = smm_agenda_lines_new (is_same);
  g_autoptr (GPtrArray) all = make_lines (1, 100);
  g_autoptr (GPtrArray) fewer = make_lines (1, 100);
  g_autoptr (GPtrArray) others = make_lines (1000, 100);
  guint told[4] = { 0 };

  smm_agenda_lines_show (lines, all);
  settle (lines, all);
  g_signal_connect (smm_agenda_lines_get_model (lines), "items-changed",
                    G_CALLBACK (on_items_changed), told);
  g_ptr_array_remove_index (fewer, 40);
  smm_agenda_lines_show (lines, fewer);
  settle (lines, fewer);
  g_assert_cmpuint (told[0], ==, 40);
  g_assert_cmpuint (told[1], ==, 1);
  g_assert_cmpuint (told[2], ==, 0);
  smm_agenda_lines_show (lines, all);
  settle (lines, all);
  g_assert_cmpuint (told[0], ==, 40);
  g_assert_cmpuint (told[2], ==, 1);
  /* As many others: the places stay. */
  smm_agenda_lines_show (lines, others);
  settle (lines, others);
  assert_places (lines, others);
  g_assert_cmpuint (told[3], ==, 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/agenda-lines/lists", test_lists);
  g_test_add_func ("/agenda-lines/one", test_one);
  return g_test_run ();
}

/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How chips share the width of a day. */

#include "config.h"

#include "smm-lanes.h"

#define LENGTH 46

static const struct
{
  const char *name;
  int starts[8]; /* -1 ends */
  int max_lanes;
  const char *expected; /* lane/lanes, "-" for hidden */
} rows[] = {
  { "alone", { 10, -1 }, 2, "0/1" },
  { "apart", { 10, 56, 200, -1 }, 2, "0/1 0/1 0/1" },
  { "together", { 10, 10, -1 }, 2, "0/2 1/2" },
  { "chain", { 0, 30, 60, -1 }, 2, "0/2 1/2 0/2" },
  { "chain-then-alone", { 0, 30, 60, 200, -1 }, 2, "0/2 1/2 0/2 0/1" },
  { "three-of-three", { 5, 5, 5, -1 }, 3, "0/3 1/3 2/3" },
  { "three-of-two", { 5, 5, 5, -1 }, 2, "0/2 -/2 -/2" },
  { "one-lane", { 5, 20, -1 }, 1, "0/2 -/2" },
  { "touching", { 0, LENGTH, -1 }, 2, "0/1 0/1" },
};

static void
test_lanes (gconstpointer data)
{
  const int index = GPOINTER_TO_INT (data);
  SmmLane lanes[8] = { 0 };
  g_autoptr (GString) told = g_string_new (NULL);
  guint n = 0;

  while (rows[index].starts[n] >= 0)
    {
      lanes[n].start = rows[index].starts[n];
      n++;
    }
  smm_lanes_assign (lanes, n, LENGTH, rows[index].max_lanes);
  for (guint i = 0; i < n; i++)
    {
      if (i > 0)
        g_string_append_c (told, ' ');
      if (lanes[i].hidden)
        g_string_append_printf (told, "-/%d", lanes[i].n_lanes);
      else
        g_string_append_printf (told, "%d/%d", lanes[i].lane, lanes[i].n_lanes);
    }
  g_assert_cmpstr (told->str, ==, rows[index].expected);
}

/* However many there are: what is shown never lies on anything else that is shown. */
static void
test_no_overlap (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (7);

  for (int round = 0; round < 200; round++)
    {
      SmmLane lanes[100] = { 0 };
      int start = 0, max_lanes = g_rand_int_range (random, 1, 8);

      for (guint i = 0; i < G_N_ELEMENTS (lanes); i++)
        lanes[i].start = start += g_rand_int_range (random, 0, 40);
      smm_lanes_assign (lanes, G_N_ELEMENTS (lanes), LENGTH, max_lanes);
      for (guint i = 0; i < G_N_ELEMENTS (lanes); i++)
        for (guint j = i + 1; j < G_N_ELEMENTS (lanes); j++)
          {
            g_assert_cmpint (lanes[i].lane, <, lanes[i].n_lanes);
            g_assert_true (lanes[i].hidden || lanes[j].hidden
                           || lanes[j].start >= lanes[i].start + LENGTH
                           || lanes[i].lane != lanes[j].lane);
          }
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strdup_printf ("/lanes/%s", rows[i].name);

      g_test_add_data_func (path, GINT_TO_POINTER (i), test_lanes);
    }
  g_test_add_func ("/lanes/no-overlap", test_no_overlap);
  return g_test_run ();
}

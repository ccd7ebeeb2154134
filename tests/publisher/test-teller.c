/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is told of changes: by name, or that anything may have changed. */

#include "config.h"

#include "smm-teller.h"

static void
on_changed (SmmDBusPublisher1 *skeleton, const char *const *ids, GString *told)
{
  g_autofree char *line = g_strjoinv (" ", (char **)ids);

  g_string_append_printf (told, "%s\n", line);
}

static void
tell (SmmTeller *teller, guint n)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (ids, g_strdup_printf ("post-%u", i));
  g_ptr_array_add (ids, NULL);
  smm_teller_changed (teller, (const char *const *)ids->pdata);
  smm_teller_flush (teller);
}

static void
test_named (void)
{
  g_autoptr (SmmDBusPublisher1) skeleton = smm_dbus_publisher1_skeleton_new ();
  g_autoptr (GString) told = g_string_new (NULL);
  SmmTeller *teller = smm_teller_new (skeleton);

  g_signal_connect (skeleton, "changed", G_CALLBACK (on_changed), told);
  tell (teller, 1);
  g_assert_cmpstr (told->str, ==, "post-0\n");
  g_string_truncate (told, 0);
  tell (teller, 100);
  g_assert_nonnull (strstr (told->str, "post-99"));
  g_assert_null (strchr (told->str, '*'));
  /* Nobody follows so many: and none of them is told for the others. */
  g_string_truncate (told, 0);
  tell (teller, 1000);
  g_assert_cmpstr (told->str, ==, "*\n");
  g_string_truncate (told, 0);
  tell (teller, 1);
  g_assert_cmpstr (told->str, ==, "post-0\n");
  smm_teller_free (teller);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/teller/named", test_named);
  return g_test_run ();
}

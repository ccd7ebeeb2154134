/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-timer.h"

#include <errno.h>
#include <gio/gio.h>
#include <string.h>
#include <sys/timex.h>

#define HOUR (G_GINT64_CONSTANT (3600) * G_USEC_PER_SEC)
#define AT_MOST (20 * G_USEC_PER_SEC)

static void
on_time (gpointer data)
{
  guint *calls = data;

  (*calls)++;
}

static gboolean
wait_for_calls (guint *calls, guint wanted)
{
  gint64 until = g_get_monotonic_time () + AT_MOST;

  while (*calls < wanted && g_get_monotonic_time () < until)
    {
      if (!g_main_context_iteration (NULL, FALSE))
        g_usleep (1000);
    }
  return *calls >= wanted;
}

static void
test_due (void)
{
  guint calls = 0;
  g_autoptr (GError) error = NULL;
  g_autoptr (SmmTimer) timer = smm_timer_new (on_time, &calls, &error);
  gint64 at = g_get_real_time () + 30000;

  g_assert_no_error (error);
  smm_timer_arm (timer, at);
  g_assert_true (wait_for_calls (&calls, 1));
  g_assert_cmpint (g_get_real_time (), >=, at);
  /* What is past already comes at once. */
  smm_timer_arm (timer, at - HOUR);
  g_assert_true (wait_for_calls (&calls, 2));
}

/* By a billionth of a second, which nobody else feels. */
static gboolean
set_clock (void)
{
  struct timex change = { .modes = ADJ_SETOFFSET | ADJ_NANO };

  change.time.tv_usec = 1;
  return adjtimex (&change) >= 0;
}

/* Whoever waits for a time of day must look again when the day's time is another. */
static void
test_clock_is_set (void)
{
  guint calls = 0;
  g_autoptr (GError) error = NULL;
  g_autoptr (SmmTimer) timer = smm_timer_new (on_time, &calls, &error);

  g_assert_no_error (error);
  smm_timer_arm (timer, g_get_real_time () + HOUR);
  g_assert_false (g_main_context_iteration (NULL, FALSE));
  if (!set_clock ())
    {
      g_test_skip_printf ("The clock can’t be set here: %s", g_strerror (errno));
      return;
    }
  g_assert_true (wait_for_calls (&calls, 1));
  /* It stays armed for the next time, also while it waits for nothing. */
  g_assert_true (set_clock ());
  g_assert_true (wait_for_calls (&calls, 2));
  smm_timer_arm (timer, 0);
  g_assert_true (set_clock ());
  g_assert_true (wait_for_calls (&calls, 3));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/timer/due", test_due);
  g_test_add_func ("/timer/clock-is-set", test_clock_is_set);
  return g_test_run ();
}

/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 *   bench-calendar POSTS PER-DAY
 * A library with POSTS posts, PER-DAY of them on each day around today, in a calendar on a screen.
 * Prints as JSON how long the main loop is busy (its thread's own time: other programs on the same
 * cores do not count) when a month, a week or a day is switched (reading and changing the widgets),
 * and in the longest stretch of laying it out and drawing it.
 */

#include "config.h"

#include <stdlib.h>
#include <time.h>

#include "smm-calendar-page.h"
#include "smm-store-write.h"

#define DAY (G_GINT64_CONSTANT (86400) * G_USEC_PER_SEC)
#define N_SWITCHES 40

/* A library that is only read: what the calendar needs to show it. */
#define BENCH_TYPE_LIBRARY (bench_library_get_type ())
G_DECLARE_FINAL_TYPE (BenchLibrary, bench_library, BENCH, LIBRARY, GObject)

struct _BenchLibrary
{
  GObject parent_instance;
  SmmStore *store;
};

static SmmStore *
bench_library_get_store (SmmLibrary *library)
{
  return BENCH_LIBRARY (library)->store;
}

static void
bench_library_iface_init (SmmLibraryInterface *iface)
{
  iface->get_store = bench_library_get_store;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (BenchLibrary, bench_library, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (SMM_TYPE_LIBRARY, bench_library_iface_init))

static void
bench_library_class_init (BenchLibraryClass *klass)
{
}

static void
bench_library_init (BenchLibrary *self)
{
}

static void
put_post (SmmStore *store, guint i, gint64 due)
{
  g_autoptr (SmmPost) post = smm_post_new ();
  g_autoptr (SmmTarget) target = smm_target_new ();
  g_autoptr (GError) error = NULL;

  post->id = g_strdup_printf ("post-%u", i);
  post->brand_id = g_strdup ("brand-1");
  g_free (post->text);
  post->text = g_strdup_printf ("Bread of the day, number %u", i);
  post->kind = SMM_POST_KIND_FEED;
  post->due_at = due;
  post->wall_time = g_strdup ("2026-12-01T10:00:00");
  post->zone = g_strdup ("UTC");
  post->created_at = post->updated_at = 1;
  smm_store_put_post (store, post, &error);
  g_assert_no_error (error);
  target->id = g_strdup_printf ("target-%u", i);
  target->post_id = g_strdup (post->id);
  target->account_id = g_strdup ("account-1");
  target->platform = SMM_PLATFORM_FACEBOOK;
  target->state = due < g_get_real_time () ? SMM_TARGET_PUBLISHED : SMM_TARGET_SCHEDULED;
  target->due_at = target->next_at = due;
  smm_store_put_target (store, target, &error);
  g_assert_no_error (error);
}

static SmmBrand *
fill (SmmStore *store, guint n_posts, guint per_day)
{
  SmmBrand *brand = smm_brand_new ();
  g_autoptr (SmmAccount) account = smm_account_new ();
  g_autoptr (GError) error = NULL;
  gint64 first = g_get_real_time () - n_posts / per_day / 2 * DAY;

  brand->id = g_strdup ("brand-1");
  brand->name = g_strdup ("Bench");
  brand->timezone = g_strdup ("Europe/Helsinki");
  brand->late_hours = 24;
  brand->created_at = 1;
  account->id = g_strdup ("account-1");
  account->brand_id = g_strdup ("brand-1");
  account->platform = SMM_PLATFORM_FACEBOOK;
  account->remote_id = g_strdup ("1");
  account->name = g_strdup ("Page");
  g_assert (smm_store_begin (store, NULL));
  smm_store_put_brand (store, brand, &error);
  smm_store_put_account (store, account, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < n_posts; i++)
    put_post (store, i, first + i * (DAY / per_day));
  g_assert (smm_store_commit (store, NULL));
  return brand;
}

static double
busy_ms (void)
{
  struct timespec spent;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &spent);
  return spent.tv_sec * 1000.0 + spent.tv_nsec / 1e6;
}

/* Lets the loop run until nothing is left to lay out or draw; returns the longest stretch, ms. */
static double
settle (void)
{
  gint64 end = g_get_monotonic_time () + 400 * 1000;
  double longest = 0;

  while (g_get_monotonic_time () < end)
    {
      double begin = busy_ms ();

      if (!g_main_context_iteration (NULL, FALSE))
        g_usleep (500);
      longest = MAX (longest, busy_ms () - begin);
    }
  return longest;
}

static int
compare (gconstpointer a, gconstpointer b)
{
  const double *one = a, *other = b;

  return (*one > *other) - (*one < *other);
}

static void
measure (GtkWidget *page, const char *view)
{
  double switches[N_SWITCHES], frames[N_SWITCHES];

  g_object_set (page, "view", view, NULL);
  settle ();
  for (guint i = 0; i < N_SWITCHES; i++)
    {
      double begin = busy_ms ();

      gtk_widget_activate_action (page, i % 8 < 4 ? "calendar.next" : "calendar.previous", NULL);
      switches[i] = busy_ms () - begin;
      frames[i] = settle ();
    }
  qsort (switches, N_SWITCHES, sizeof *switches, compare);
  qsort (frames, N_SWITCHES, sizeof *frames, compare);
  g_print ("{\"view\":\"%s\",\"switch_p50_ms\":%.2f,\"switch_max_ms\":%.2f,\"frame_p50_ms\":%.2f,"
           "\"frame_max_ms\":%.2f}\n",
           view, switches[N_SWITCHES / 2], switches[N_SWITCHES - 1], frames[N_SWITCHES / 2],
           frames[N_SWITCHES - 1]);
}

/* As AdwApplication does it. */
static void
style (void)
{
  g_autoptr (GtkCssProvider) provider = gtk_css_provider_new ();

  gtk_css_provider_load_from_resource (provider, "/com/nkonsept/Smm/style.css");
  gtk_style_context_add_provider_for_display (gdk_display_get_default (),
                                              GTK_STYLE_PROVIDER (provider),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
}

int
main (int argc, char **argv)
{
  static const char *const views[] = { "month", "week", "day", "agenda" };
  g_autoptr (SmmPaths) paths = smm_paths_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (BenchLibrary) library = g_object_new (BENCH_TYPE_LIBRARY, NULL);
  g_autoptr (SmmStore) store = smm_store_open_owner (paths, &error);
  g_autoptr (SmmBrand) brand = NULL;
  GtkWidget *window, *page;

  if (argc != 3)
    return 2;
  g_assert_no_error (error);
  library->store = store;
  brand = fill (store, atoi (argv[1]), MAX (atoi (argv[2]), 1));
  adw_init ();
  style ();
  window = adw_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (window), 1072, 820);
  page = smm_calendar_page_new (SMM_LIBRARY (library), NULL);
  smm_calendar_page_set_brand (SMM_CALENDAR_PAGE (page), brand);
  smm_calendar_page_set_narrow (SMM_CALENDAR_PAGE (page), FALSE);
  smm_calendar_page_reload (SMM_CALENDAR_PAGE (page));
  adw_window_set_content (ADW_WINDOW (window), page);
  gtk_window_present (GTK_WINDOW (window));
  settle ();
  for (guint i = 0; i < G_N_ELEMENTS (views); i++)
    measure (page, views[i]);
  gtk_window_destroy (GTK_WINDOW (window));
  return 0;
}

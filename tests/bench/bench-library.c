/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 *   bench-library fill POSTS ACCOUNTS DUE GAP
 * A library with a brand, ACCOUNTS Pages with a token each in the keyring, and POSTS scheduled text
 * posts "bench 0" …, the first at DUE (µs UTC), each GAP µs after the one before.
 *   bench-library query FROM
 * Times of the queries behind the month view and the queue, as JSON; FROM: µs UTC.
 */

#include "config.h"

#include "smm-account-token.h"
#include "smm-store-write.h"
#include "smm-vault.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#define MONTH (G_GINT64_CONSTANT (31) * 86400 * G_USEC_PER_SEC)
#define N_QUERIES 200

typedef struct
{
  guint left;
  GError *error;
} Storing;

static void
on_stored (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Storing *storing = user_data;

  storing->left--;
  if (storing->error == NULL)
    smm_vault_store_finish (SMM_VAULT (source), result, &storing->error);
  else
    smm_vault_store_finish (SMM_VAULT (source), result, NULL);
}

static void
store_tokens (SmmStore *store, guint n)
{
  g_autoptr (SmmVault) vault
      = smm_vault_new (smm_store_get_paths (store)->data_dir, smm_store_get_library_id (store));
  Storing storing = { 0 };

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = g_strdup_printf ("account/account-%u", i);
      char *value = smm_account_token_pack ("bench-page-token", "bench-person-token");

      storing.left++;
      smm_vault_store_async (vault, name, value, NULL, on_stored, &storing);
      smm_vault_secret_free (value);
      /* One after the other: a keyring is not made for more. */
      while (storing.left > 0)
        g_main_context_iteration (NULL, TRUE);
    }
  g_assert_no_error (storing.error);
}

static void
put_accounts (SmmStore *store, guint n)
{
  g_autoptr (SmmBrand) brand = smm_brand_new ();
  g_autoptr (GError) error = NULL;

  brand->id = g_strdup ("brand-1");
  brand->name = g_strdup ("Bench");
  brand->timezone = g_strdup ("UTC");
  brand->late_hours = 24;
  brand->created_at = 1;
  smm_store_put_brand (store, brand, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (SmmAccount) account = smm_account_new ();

      account->id = g_strdup_printf ("account-%u", i);
      account->brand_id = g_strdup ("brand-1");
      account->platform = SMM_PLATFORM_FACEBOOK;
      account->remote_id = g_strdup_printf ("%u", 100000 + i);
      account->name = g_strdup_printf ("Page %u", i);
      account->app_id = g_strdup ("42");
      smm_store_put_account (store, account, &error);
      g_assert_no_error (error);
    }
}

static void
put_post (SmmStore *store, guint i, guint n_accounts, gint64 due)
{
  g_autoptr (SmmPost) post = smm_post_new ();
  g_autoptr (SmmTarget) target = smm_target_new ();
  g_autoptr (GError) error = NULL;

  post->id = g_strdup_printf ("post-%u", i);
  post->brand_id = g_strdup ("brand-1");
  g_free (post->text);
  post->text = g_strdup_printf ("bench %u", i);
  post->kind = SMM_POST_KIND_FEED;
  post->due_at = due;
  post->wall_time = g_strdup ("2026-12-01T10:00:00");
  post->zone = g_strdup ("UTC");
  post->created_at = post->updated_at = 1;
  smm_store_put_post (store, post, &error);
  g_assert_no_error (error);
  target->id = g_strdup_printf ("target-%u", i);
  target->post_id = g_strdup (post->id);
  target->account_id = g_strdup_printf ("account-%u", i % n_accounts);
  target->platform = SMM_PLATFORM_FACEBOOK;
  target->state = SMM_TARGET_SCHEDULED;
  target->due_at = target->next_at = due;
  smm_store_put_target (store, target, &error);
  g_assert_no_error (error);
}

static void
fill (guint n_posts, guint n_accounts, gint64 due, gint64 gap)
{
  g_autoptr (SmmPaths) paths = smm_paths_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (SmmStore) store = smm_store_open_owner (paths, &error);
  gint64 begin;

  g_assert_no_error (error);
  begin = g_get_monotonic_time ();
  g_assert (smm_store_begin (store, NULL));
  put_accounts (store, n_accounts);
  for (guint i = 0; i < n_posts; i++)
    put_post (store, i, n_accounts, due + i * gap);
  g_assert (smm_store_commit (store, NULL));
  g_print ("{\"fill_ms\":%.1f}\n", (g_get_monotonic_time () - begin) / 1000.0);
  store_tokens (store, n_accounts);
}

static int
compare (gconstpointer a, gconstpointer b)
{
  const double *one = a, *other = b;

  return (*one > *other) - (*one < *other);
}

static void
print_times (const char *name, double *times, guint rows)
{
  qsort (times, N_QUERIES, sizeof *times, compare);
  g_print ("{\"query\":\"%s\",\"rows\":%u,\"p50_ms\":%.3f,\"p99_ms\":%.3f}\n", name, rows,
           times[N_QUERIES / 2], times[N_QUERIES * 99 / 100]);
}

/* What the thread itself has used: other programs on the same cores do not count. */
static double
get_used_ms (void)
{
  struct timespec used;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &used);
  return used.tv_sec * 1000.0 + used.tv_nsec / 1e6;
}

static void
query (gint64 from)
{
  g_autoptr (SmmPaths) paths = smm_paths_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (SmmStore) store = smm_store_open_reader (paths, &error);
  double month[N_QUERIES], used[N_QUERIES], due[N_QUERIES], next[N_QUERIES];
  guint n_month = 0, n_due = 0;

  g_assert_no_error (error);
  for (guint i = 0; i < N_QUERIES; i++)
    {
      double before = get_used_ms ();
      gint64 begin = g_get_monotonic_time ();
      gint64 at = from + (i % 100) * MONTH;
      g_autoptr (GPtrArray) chips = smm_store_list_chips (store, "brand-1", at, at + MONTH);
      double after = get_used_ms ();
      gint64 one = g_get_monotonic_time ();
      g_autoptr (GPtrArray) targets = smm_store_list_due (store, at, 50);
      gint64 two = g_get_monotonic_time ();

      smm_store_get_next_wake (store);
      next[i] = (g_get_monotonic_time () - two) / 1000.0;
      due[i] = (two - one) / 1000.0;
      month[i] = (one - begin) / 1000.0;
      used[i] = after - before;
      n_month = chips->len;
      n_due = targets->len;
    }
  print_times ("month", month, n_month);
  print_times ("month, of the processor", used, n_month);
  print_times ("next 50 due", due, n_due);
  print_times ("next wake", next, 1);
}

int
main (int argc, char **argv)
{
  if (argc == 6 && strcmp (argv[1], "fill") == 0)
    fill (atoi (argv[2]), MAX (atoi (argv[3]), 1), g_ascii_strtoll (argv[4], NULL, 10),
          g_ascii_strtoll (argv[5], NULL, 10));
  else if (argc == 3 && strcmp (argv[1], "query") == 0)
    query (g_ascii_strtoll (argv[2], NULL, 10));
  else
    return 2;
  return 0;
}

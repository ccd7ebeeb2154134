/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Making ordinary posts of recurring ones, ahead of time. All of it happens in the owner's
 * transaction: a day has its post and the cursor has passed it, or neither. The ids of the posts
 * follow from series, day and revision, and (series, day) is unique in the database, so nothing can
 * be made twice. A wall time is resolved in the zone day by day: nine stays nine.
 *
 * There are always posts for the next eight weeks and at least ten of them; more is made, so that
 * this has to be looked at only now and then, and the moment for the next look is kept.
 */

#include "config.h"

#include "smm-series-private.h"

#include <string.h>

#define WEEK (7 * 24 * 3600 * (gint64)G_USEC_PER_SEC)
#define MIN_AHEAD 10
#define MAKE_AHEAD 12
#define MIN_WINDOW (8 * WEEK)
#define MAKE_WINDOW (10 * WEEK)
/* A rule for every day needs 70. */
#define MAX_AT_ONCE 200

static char *
make_id (const char *first, const char *second)
{
  g_autofree char *both = g_strconcat (first, "/", second, NULL);
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, both, -1);

  return g_strndup (digest, 32);
}

/**
 * smm_series_resolve:
 * @series: a recurring post
 * @day: "2026-12-01"
 *
 * Returns: when it goes out on this day, µs UTC; 0 when the zone is not known here any more
 */
gint64
smm_series_resolve (SmmSeries *series, const char *day)
{
  g_autofree char *wall = g_strdup_printf ("%sT%s:00", day, series->time);
  gint64 due;

  return smm_wall_time_resolve (wall, series->zone, &due, NULL, NULL) ? due : 0;
}

static gint
compare_targets (gconstpointer a, gconstpointer b)
{
  return strcmp ((*(SmmTarget *const *)a)->account_id, (*(SmmTarget *const *)b)->account_id);
}

/* What of a post a series decides; when it differs later, somebody changed the post. */
static char *
digest_post (SmmPost *post)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autoptr (GPtrArray) targets = g_ptr_array_new ();
  g_autofree char *digest = smm_post_get_digest (post);
  g_autoptr (GString) text = g_string_new (digest);

  g_string_append_printf (text, "\n%s\n%s\n", post->wall_time, post->zone);
  for (guint i = 0; i < post->targets->len; i++)
    g_ptr_array_add (targets, post->targets->pdata[i]);
  g_ptr_array_sort (targets, compare_targets);
  for (guint i = 0; i < targets->len; i++)
    {
      SmmTarget *target = targets->pdata[i];
      g_autoptr (SmmPost) sent = smm_post_for_target (post, target);
      g_autofree char *own = smm_post_get_digest (sent);

      g_string_append_printf (text, "%s %s\n", target->account_id, own);
    }
  g_checksum_update (checksum, (const guchar *)text->str, text->len);
  return g_strdup (g_checksum_get_string (checksum));
}

/* Whether nobody has changed what the post says and when. */
gboolean
smm_series_is_as_made (SmmOccurrence *occurrence, SmmPost *post)
{
  g_autofree char *digest = post != NULL ? digest_post (post) : NULL;

  return digest != NULL && strcmp (digest, occurrence->digest) == 0;
}

/**
 * smm_series_is_untouched:
 * @occurrence: a day of a series
 * @post: (nullable): its post
 *
 * Returns: whether the post still is what the series made and waits for its time
 */
gboolean
smm_series_is_untouched (SmmOccurrence *occurrence, SmmPost *post)
{
  if (!smm_series_is_as_made (occurrence, post))
    return FALSE;
  for (guint i = 0; i < post->targets->len; i++)
    {
      SmmTarget *target = post->targets->pdata[i];

      if (target->state != SMM_TARGET_SCHEDULED || smm_target_is_handed_over (target))
        return FALSE;
    }
  return TRUE;
}

/**
 * smm_series_is_paused:
 * @series: a recurring post
 *
 * Returns: whether it stands still until it is resumed
 */
gboolean
smm_series_is_paused (SmmSeries *series)
{
  g_autoptr (GVariant) paused
      = g_variant_lookup_value (series->content, SMM_SERIES_PAUSED, G_VARIANT_TYPE ("as"));

  return series->stopped_at > 0 && paused != NULL;
}

/* --- One post --- */

static void
copy_value (GVariantDict *dict, GVariant *content, const char *key)
{
  g_autoptr (GVariant) value = g_variant_lookup_value (content, key, NULL);

  if (value != NULL)
    g_variant_dict_insert_value (dict, key, value);
}

/* Accounts that are still connected; where none is left the post becomes a draft that can be seen.
 */
static guint
add_targets (SmmChange *change, SmmSeries *series, const char *post_id, GVariantDict *dict)
{
  g_autoptr (GVariant) accounts
      = g_variant_lookup_value (series->content, "accounts", G_VARIANT_TYPE ("as"));
  g_autoptr (GVariant) variants
      = g_variant_lookup_value (series->content, "variants", G_VARIANT_TYPE ("a(sa{sv})"));
  g_auto (GVariantBuilder) targets = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a(ss)"));
  g_auto (GVariantBuilder) kept = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a(sa{sv})"));
  guint n = 0;

  for (gsize i = 0; accounts != NULL && i < g_variant_n_children (accounts); i++)
    {
      const char *account_id;
      g_autoptr (SmmAccount) account = NULL;
      g_autofree char *target_id = NULL;

      g_variant_get_child (accounts, i, "&s", &account_id);
      account = smm_store_get_account (change->store, account_id);
      if (account == NULL || account->state == SMM_ACCOUNT_DISCONNECTED)
        continue;
      target_id = make_id (post_id, account_id);
      g_variant_builder_add (&targets, "(ss)", target_id, account_id);
      n++;
      for (gsize v = 0; variants != NULL && v < g_variant_n_children (variants); v++)
        {
          g_autoptr (GVariant) variant = g_variant_get_child_value (variants, v);
          const char *whose;

          g_variant_get (variant, "(&s@a{sv})", &whose, NULL);
          if (strcmp (whose, account_id) == 0)
            g_variant_builder_add_value (&kept, variant);
        }
    }
  g_variant_dict_insert_value (dict, "targets", g_variant_builder_end (&targets));
  g_variant_dict_insert_value (dict, "variants", g_variant_builder_end (&kept));
  return n;
}

static void
add_tags (SmmChange *change, SmmSeries *series, GVariantDict *dict)
{
  g_autoptr (GVariant) tags
      = g_variant_lookup_value (series->content, "tags", G_VARIANT_TYPE ("as"));
  g_auto (GVariantBuilder) kept = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("as"));

  for (gsize i = 0; tags != NULL && i < g_variant_n_children (tags); i++)
    {
      const char *id;
      g_autoptr (SmmTag) tag = NULL;

      g_variant_get_child (tags, i, "&s", &id);
      tag = smm_store_get_tag (change->store, id);
      if (tag != NULL)
        g_variant_builder_add (&kept, "s", id);
    }
  g_variant_dict_insert_value (dict, "tags", g_variant_builder_end (&kept));
}

static gboolean
make_post (SmmChange *change, SmmSeries *series, const char *day, int n, GError **error)
{
  static const char *const keys[] = { "kind", "link", "first-comment", "options", "media" };
  g_autofree char *dated = g_strdup_printf ("%s/%d", day, series->revision);
  g_autofree char *post_id = make_id (series->id, dated);
  g_autofree char *wall = g_strdup_printf ("%sT%s:00", day, series->time);
  g_autoptr (GVariant) texts
      = g_variant_lookup_value (series->content, "texts", G_VARIANT_TYPE ("as"));
  g_autoptr (SmmOccurrence) occurrence = smm_occurrence_new ();
  g_autoptr (SmmCommand) add = NULL;
  g_autoptr (SmmPost) post = NULL;
  SmmCommand *whole = change->command;
  const char *text = "";
  GVariantDict dict;
  gboolean done;

  g_variant_dict_init (&dict, NULL);
  if (texts != NULL && g_variant_n_children (texts) > 0)
    g_variant_get_child (texts, n % g_variant_n_children (texts), "&s", &text);
  g_variant_dict_insert (&dict, "id", "s", post_id);
  g_variant_dict_insert (&dict, "brand", "s", series->brand_id);
  g_variant_dict_insert (&dict, "text", "s", text);
  g_variant_dict_insert (&dict, "wall", "s", wall);
  g_variant_dict_insert (&dict, "zone", "s", series->zone);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    copy_value (&dict, series->content, keys[i]);
  add_tags (change, series, &dict);
  if (add_targets (change, series, post_id, &dict) == 0)
    g_variant_dict_insert (&dict, "draft", "b", TRUE);
  add = smm_command_new ("post.add", g_variant_dict_end (&dict));
  done = smm_change_run (change, add, error);
  change->command = whole;
  post = done ? smm_store_get_post (change->store, post_id) : NULL;
  if (post == NULL)
    return FALSE;
  occurrence->series_id = g_strdup (series->id);
  occurrence->day = g_strdup (day);
  occurrence->n = n;
  occurrence->post_id = g_strdup (post_id);
  occurrence->digest = digest_post (post);
  return smm_store_add_occurrence (change->store, occurrence, error);
}

/* --- Ahead of time --- */

/* When what is made already goes out, later than now; gint64 in order. */
static GArray *
list_ahead (SmmChange *change, SmmSeries *series, GHashTable *days)
{
  GArray *ahead = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GPtrArray) occurrences = smm_store_list_occurrences (change->store, series->id, NULL);

  for (guint i = 0; i < occurrences->len; i++)
    {
      SmmOccurrence *occurrence = occurrences->pdata[i];
      gint64 due = smm_series_resolve (series, occurrence->day);

      g_hash_table_add (days, g_strdup (occurrence->day));
      if (due > change->now)
        g_array_append_val (ahead, due);
    }
  return ahead;
}

static gboolean
is_far_enough (SmmChange *change, GArray *ahead)
{
  return ahead->len >= MAKE_AHEAD
         && g_array_index (ahead, gint64, ahead->len - 1) >= change->now + MAKE_WINDOW;
}

/* The moment at which fewer than ten are ahead, or less than eight weeks. */
static gint64
find_next_look (SmmChange *change, GArray *ahead)
{
  gint64 at;

  if (ahead->len < MIN_AHEAD)
    return change->now + WEEK;
  at = MIN (g_array_index (ahead, gint64, ahead->len - MIN_AHEAD),
            g_array_index (ahead, gint64, ahead->len - 1) - MIN_WINDOW);
  return MAX (at, change->now + 1);
}

/**
 * smm_series_top_up:
 * @change: the change that is going on
 * @series: a recurring post; its cursor moves
 * @error: SMM_LIBRARY_ERROR, SMM_STORE_ERROR
 *
 * Makes the posts that are missing. Days whose time has passed are left out: what nobody saw to is
 * not sent late by surprise.
 *
 * Returns: %FALSE when it could not be written
 */
gboolean
smm_series_top_up (SmmChange *change, SmmSeries *series, GError **error)
{
  g_autoptr (GHashTable) days = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GArray) ahead = list_ahead (change, series, days);
  gboolean ended = series->stopped_at > 0;
  SmmRule rule;
  GDate cursor, day;
  int made = 0;

  if (!smm_rule_parse (series->rule, &rule))
    ended = TRUE;
  while (!ended && !is_far_enough (change, ahead) && made < MAX_AT_ONCE)
    {
      gboolean begun = smm_day_parse (series->cursor_day, &cursor);
      g_autofree char *name = NULL;
      gint64 due;

      if ((rule.count > 0 && series->cursor_n >= rule.count)
          || !smm_rule_next (&rule, begun ? &cursor : NULL, &day))
        {
          ended = TRUE;
          break;
        }
      name = smm_day_print (&day);
      due = smm_series_resolve (series, name);
      if (due > change->now && !g_hash_table_contains (days, name))
        {
          if (!make_post (change, series, name, series->cursor_n, error))
            return FALSE;
          g_array_append_val (ahead, due);
          made++;
        }
      g_free (series->cursor_day);
      series->cursor_day = g_steal_pointer (&name);
      series->cursor_n++;
    }
  series->top_up_at = ended ? 0 : find_next_look (change, ahead);
  return smm_store_put_series (change->store, series, error);
}

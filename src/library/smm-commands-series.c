/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Recurring posts. One post of a series is changed as any other; it then keeps what it is when the
 * series changes. The inverse is "series.put", the series as it was with its days and their posts.
 */

#include "config.h"

#include "smm-series-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_TEXTS 100

#define CONTENT_ARGS                                                                               \
  "texts:as accounts:as kind:s link:s first-comment:s options:a{ss} media:a(ss) tags:as "          \
  "variants:a(sa{sv})"

static const char *const content_keys[] = { "texts", "accounts",      "kind",
                                            "link",  "first-comment", "options",
                                            "media", "tags",          "variants" };

/* --- Snapshots --- */

static GVariant *
series_to_variant (SmmSeries *series)
{
  return g_variant_new_parsed (
      "{'id': <%s>, 'brand': <%s>, 'rule': <%s>, 'time': <%s>, 'zone': <%s>, "
      "'content': <%@a{sv}>, 'cursor-day': <%s>, 'cursor-n': <%i>, 'top-up-at': <%x>, "
      "'created-at': <%x>, 'stopped-at': <%x>}",
      series->id, series->brand_id, series->rule, series->time, series->zone, series->content,
      series->cursor_day != NULL ? series->cursor_day : "", series->cursor_n, series->top_up_at,
      series->created_at, series->stopped_at);
}

/* The series with all that hangs on it now, as arguments of series.put. @other: one that goes. */
static GVariant *
snapshot (SmmChange *change, SmmSeries *series, const char *other)
{
  g_autoptr (GPtrArray) occurrences = smm_store_list_occurrences (change->store, series->id, NULL);
  g_auto (GVariantBuilder) days = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a(siss)"));
  g_auto (GVariantBuilder) posts = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("aa{sv}"));

  for (guint i = 0; i < occurrences->len; i++)
    {
      SmmOccurrence *occurrence = occurrences->pdata[i];
      g_autoptr (SmmPost) post = smm_store_get_post (change->store, occurrence->post_id);

      g_variant_builder_add (&days, "(siss)", occurrence->day, (gint32)occurrence->n,
                             occurrence->post_id, occurrence->digest);
      if (post != NULL && smm_series_is_untouched (occurrence, post))
        g_variant_builder_add_value (&posts, smm_post_snapshot (post));
    }
  return g_variant_new_parsed (
      "{'id': <%s>, 'series': <%@a{sv}>, 'days': <%@a(siss)>, 'posts': <%@aa{sv}>, 'other': <%s>}",
      series->id, series_to_variant (series), g_variant_builder_end (&days),
      g_variant_builder_end (&posts), other != NULL ? other : "");
}

/* --- Parts --- */

static gboolean
run (SmmChange *change, const char *name, GVariant *args, GError **error)
{
  g_autoptr (SmmCommand) command = smm_command_new (name, args);
  SmmCommand *whole = change->command;
  gboolean done = smm_change_run (change, command, error);

  change->command = whole;
  return done;
}

/* Takes away what the series made for @from_day and later and nobody has touched; @n: how many. */
static gboolean
clear_counted (SmmChange *change, SmmSeries *series, const char *from_day, guint *n, GError **error)
{
  g_autoptr (GPtrArray) occurrences
      = smm_store_list_occurrences (change->store, series->id, from_day);

  for (guint i = 0; i < occurrences->len; i++)
    {
      SmmOccurrence *occurrence = occurrences->pdata[i];
      g_autoptr (SmmPost) post = smm_store_get_post (change->store, occurrence->post_id);

      if (!smm_series_is_untouched (occurrence, post) || post->due_at <= change->now)
        continue;
      if (!run (change, "post.delete", g_variant_new_parsed ("{'id': <%s>}", post->id), error)
          || !smm_store_delete_occurrence (change->store, post->id, error))
        return FALSE;
      *n += 1;
    }
  return TRUE;
}

static gboolean
clear_ahead (SmmChange *change, SmmSeries *series, const char *from_day, GError **error)
{
  guint n = 0;

  return clear_counted (change, series, from_day, &n, error);
}

/* Puts the cursor before the first day that is still to come, as the rule now says. */
static gboolean
rewind_cursor (SmmChange *change, SmmSeries *series, GError **error)
{
  SmmRule rule;
  GDate day;
  g_autofree char *name = NULL;

  if (!smm_rule_parse (series->rule, &rule))
    return smm_change_fail (error, SMM_LIBRARY_ERROR_INVALID, _ ("“%s” is no rule for days"),
                            series->rule);
  g_clear_pointer (&series->cursor_day, g_free);
  series->cursor_n = 0;
  while ((rule.count == 0 || series->cursor_n < rule.count)
         && smm_rule_next (&rule, series->cursor_day != NULL ? &day : NULL, &day))
    {
      name = smm_day_print (&day);
      if (smm_series_resolve (series, name) > change->now)
        break;
      g_free (series->cursor_day);
      series->cursor_day = g_steal_pointer (&name);
      series->cursor_n++;
    }
  return TRUE;
}

/* --- Reading arguments --- */

static gboolean
set_content (SmmChange *change, SmmSeries *series, GError **error)
{
  GVariant *args = smm_command_get_args (change->command);
  g_autoptr (GVariant) texts = NULL;
  g_autoptr (GVariant) accounts = NULL;
  GVariantDict dict;

  g_variant_dict_init (&dict, series->content);
  for (guint i = 0; i < G_N_ELEMENTS (content_keys); i++)
    {
      g_autoptr (GVariant) value = g_variant_lookup_value (args, content_keys[i], NULL);

      if (value != NULL)
        g_variant_dict_insert_value (&dict, content_keys[i], value);
    }
  g_clear_pointer (&series->content, g_variant_unref);
  series->content = g_variant_ref_sink (g_variant_dict_end (&dict));
  texts = g_variant_lookup_value (series->content, "texts", G_VARIANT_TYPE ("as"));
  accounts = g_variant_lookup_value (series->content, "accounts", G_VARIANT_TYPE ("as"));
  if (texts == NULL || g_variant_n_children (texts) == 0
      || g_variant_n_children (texts) > MAX_TEXTS)
    return smm_change_fail (error, SMM_LIBRARY_ERROR_INVALID,
                            _ ("A recurring post has 1 to %d texts"), MAX_TEXTS);
  if (accounts == NULL || g_variant_n_children (accounts) == 0)
    return smm_change_fail (error, SMM_LIBRARY_ERROR_INVALID, _ ("Choose an account to post to"));
  return TRUE;
}

static gboolean
check_accounts (SmmChange *change, SmmSeries *series, GError **error)
{
  g_autoptr (GVariant) accounts
      = g_variant_lookup_value (series->content, "accounts", G_VARIANT_TYPE ("as"));
  GVariantIter iter;
  const char *id;

  g_variant_iter_init (&iter, accounts);
  while (g_variant_iter_next (&iter, "&s", &id))
    {
      g_autoptr (SmmAccount) account = smm_store_get_account (change->store, id);

      if (account == NULL || strcmp (account->brand_id, series->brand_id) != 0)
        return smm_change_fail (error, SMM_LIBRARY_ERROR_NOT_FOUND,
                                _ ("The brand has no account “%s”"), id);
    }
  return TRUE;
}

static void
replace (char **member, const char *value)
{
  if (value == NULL)
    return;
  g_free (*member);
  *member = g_strdup (value);
}

static gboolean
set_series (SmmChange *change, SmmSeries *series, GError **error)
{
  g_autoptr (GTimeZone) zone = NULL;
  SmmRule rule;

  replace (&series->rule, smm_command_get_string (change->command, "rule"));
  replace (&series->time, smm_command_get_string (change->command, "time"));
  replace (&series->zone, smm_command_get_string (change->command, "zone"));
  if (!smm_rule_parse (series->rule, &rule))
    return smm_change_fail (error, SMM_LIBRARY_ERROR_INVALID, _ ("“%s” is no rule for days"),
                            series->rule);
  if (smm_minute_from_string (series->time) < 0)
    return smm_change_fail (error, SMM_LIBRARY_ERROR_INVALID,
                            _ ("“%s” is no time of a day like 09:30"), series->time);
  zone = smm_zone_new (series->zone);
  if (zone == NULL)
    return smm_change_fail (error, SMM_LIBRARY_ERROR_INVALID,
                            _ ("“%s” is not a time zone this computer knows, like Europe/Helsinki"),
                            series->zone);
  return set_content (change, series, error) && check_accounts (change, series, error);
}

static SmmSeries *
get_series (SmmChange *change, GError **error)
{
  const char *id = smm_command_get_string (change->command, "id");
  SmmSeries *series = smm_store_get_series (change->store, id);

  if (series == NULL)
    smm_change_fail (error, SMM_LIBRARY_ERROR_NOT_FOUND, _ ("There is no recurring post “%s”"), id);
  return series;
}

/* What the parts said last stands for the whole only here. */
static void
say (SmmChange *change, const char *label, const char *inverse, GVariant *args)
{
  change->label = label;
  smm_change_set_inverse (change, inverse, args);
}

/* --- The commands --- */

/* The draft that the series was written as goes where the series comes; @draft: what it was. */
static gboolean
take_draft (SmmChange *change, GVariant **draft, GError **error)
{
  const char *id = smm_command_get_string (change->command, "from-post");
  g_autoptr (SmmPost) post = id != NULL ? smm_store_get_post (change->store, id) : NULL;

  if (post == NULL)
    return TRUE;
  if (smm_post_get_worst_state (post) != SMM_TARGET_DRAFT)
    return smm_change_fail (error, SMM_LIBRARY_ERROR_INVALID,
                            _ ("Only a draft becomes a recurring post"));
  *draft = g_variant_ref_sink (smm_post_snapshot (post));
  return run (change, "post.delete", g_variant_new_parsed ("{'id': <%s>}", id), error);
}

static gboolean
series_add (SmmChange *change, GError **error)
{
  const char *id = smm_command_get_string (change->command, "id");
  const char *brand_id = smm_command_get_string (change->command, "brand");
  g_autoptr (SmmSeries) known = smm_store_get_series (change->store, id);
  g_autoptr (SmmBrand) brand = smm_store_get_brand (change->store, brand_id);
  g_autoptr (SmmSeries) series = smm_series_new ();
  g_autoptr (GVariant) draft = NULL;

  if (known != NULL)
    return TRUE;
  if (brand == NULL)
    return smm_change_fail (error, SMM_LIBRARY_ERROR_NOT_FOUND, _ ("There is no brand “%s”"),
                            brand_id);
  series->id = g_strdup (id);
  series->brand_id = g_strdup (brand_id);
  series->zone = g_strdup (brand->timezone);
  series->created_at = change->now;
  /* The posts refer to it: first it, then they. */
  if (!set_series (change, series, error) || !smm_store_put_series (change->store, series, error)
      || !smm_series_top_up (change, series, error) || !take_draft (change, &draft, error))
    return FALSE;
  if (draft != NULL)
    say (change, _ ("Recurring post added"), "series.remove",
         g_variant_new_parsed ("{'id': <%s>, 'post': <%@a{sv}>}", id, draft));
  else
    say (change, _ ("Recurring post added"), "series.remove",
         g_variant_new_parsed ("{'id': <%s>}", id));
  smm_change_add (change, id);
  return TRUE;
}

/* This one and all that follow: the old series ends the day before, another begins. */
static gboolean
split (SmmChange *change, SmmSeries *old, const char *from_day, const char *new_id, GError **error)
{
  g_autoptr (SmmSeries) known = smm_store_get_series (change->store, new_id);
  g_autoptr (SmmSeries) series = smm_series_new ();
  g_autofree char *ended = NULL;
  g_autofree char *begun = NULL;
  SmmRule rule;
  GDate day;

  if (!smm_id_is_valid (new_id) || known != NULL)
    return smm_change_fail (error, SMM_LIBRARY_ERROR_INVALID, _ ("“%s” is not an id"), new_id);
  if (!smm_day_parse (from_day, &day) || !smm_rule_parse (old->rule, &rule)
      || g_date_compare (&day, &rule.first) < 0)
    return smm_change_fail (error, SMM_LIBRARY_ERROR_INVALID, _ ("“%s” is no day of this series"),
                            from_day);
  series->id = g_strdup (new_id);
  series->brand_id = g_strdup (old->brand_id);
  series->time = g_strdup (old->time);
  series->zone = g_strdup (old->zone);
  series->content = g_variant_ref (old->content);
  series->created_at = change->now;
  if (rule.count > 0)
    {
      SmmRule before = rule;
      GDate seen;
      gboolean more;

      for (more = smm_rule_next (&before, NULL, &seen);
           more && rule.count > 1 && g_date_compare (&seen, &day) < 0;
           more = smm_rule_next (&before, &seen, &seen))
        rule.count--;
    }
  rule.first = day;
  begun = smm_rule_print (&rule);
  series->rule = g_strdup (begun);
  if (!set_series (change, series, error) || !clear_ahead (change, old, from_day, error))
    return FALSE;
  smm_rule_parse (old->rule, &rule);
  g_date_subtract_days (&day, 1);
  rule.until = day;
  rule.count = 0;
  ended = smm_rule_print (&rule);
  replace (&old->rule, ended);
  return smm_store_put_series (change->store, series, error)
         && smm_series_top_up (change, series, error) && smm_series_top_up (change, old, error);
}

static gboolean
series_edit (SmmChange *change, GError **error)
{
  const char *from_day = smm_command_get_string (change->command, "from-day");
  const char *new_id = smm_command_get_string (change->command, "new-id");
  g_autoptr (SmmSeries) series = get_series (change, error);
  g_autoptr (GVariant) before = NULL;

  if (series == NULL)
    return FALSE;
  if ((from_day == NULL) != (new_id == NULL))
    return smm_change_fail (error, SMM_LIBRARY_ERROR_INVALID,
                            _ ("“from-day” and “new-id” go together"));
  before = g_variant_ref_sink (snapshot (change, series, new_id));
  if (from_day != NULL)
    {
      if (!split (change, series, from_day, new_id, error))
        return FALSE;
    }
  else
    {
      series->revision++;
      if (!set_series (change, series, error) || !clear_ahead (change, series, NULL, error)
          || !rewind_cursor (change, series, error) || !smm_series_top_up (change, series, error))
        return FALSE;
    }
  say (change, _ ("Recurring post changed"), "series.put", before);
  smm_change_add (change, series->id);
  return TRUE;
}

/* What a platform has already would go out although the series has ended: it is called back, and
 * @called is told of it. What can't be any more is a post like any other. */
static gboolean
call_back (SmmChange *change, SmmSeries *series, GVariantBuilder *called, GError **error)
{
  g_autoptr (GPtrArray) occurrences = smm_store_list_occurrences (change->store, series->id, NULL);

  for (guint i = 0; i < occurrences->len; i++)
    {
      SmmOccurrence *occurrence = occurrences->pdata[i];
      g_autoptr (SmmPost) post = smm_store_get_post (change->store, occurrence->post_id);
      g_autoptr (GError) problem = NULL;
      gboolean done;

      if (!smm_series_is_as_made (occurrence, post) || post->due_at <= change->now)
        continue;
      if (!smm_store_begin_part (change->store, error))
        return FALSE;
      done = run (change, "post.cancel", g_variant_new_parsed ("{'id': <%s>}", post->id), &problem);
      if (!smm_store_end_part (change->store, done, error))
        return FALSE;
      if (done)
        g_variant_builder_add (called, "s", post->id);
      if (!done && problem != NULL && problem->domain != SMM_LIBRARY_ERROR)
        {
          g_propagate_error (error, g_steal_pointer (&problem));
          return FALSE;
        }
    }
  return TRUE;
}

/* @called: (nullable): floating as, the posts that were called back for a pause; %NULL: no pause.
 */
static void
set_paused (SmmSeries *series, GVariant *called)
{
  GVariantDict dict;

  g_variant_dict_init (&dict, series->content);
  if (called != NULL)
    g_variant_dict_insert_value (&dict, SMM_SERIES_PAUSED, called);
  else
    g_variant_dict_remove (&dict, SMM_SERIES_PAUSED);
  g_variant_unref (series->content);
  series->content = g_variant_ref_sink (g_variant_dict_end (&dict));
}

/* Nothing more comes of it, for good or until it is resumed. */
static gboolean
halt (SmmChange *change, SmmSeries *series, gboolean pause, guint *n, GError **error)
{
  g_auto (GVariantBuilder) called = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("as"));

  series->revision++;
  series->stopped_at = change->now;
  series->top_up_at = 0;
  if (!clear_counted (change, series, NULL, n, error)
      || !call_back (change, series, &called, error))
    return FALSE;
  set_paused (series, pause ? g_variant_builder_end (&called) : NULL);
  smm_change_add (change, series->id);
  return smm_store_put_series (change->store, series, error);
}

static gboolean
series_stop (SmmChange *change, GError **error)
{
  g_autoptr (SmmSeries) series = get_series (change, error);
  g_autoptr (GVariant) before = NULL;
  guint n = 0;

  if (series == NULL)
    return FALSE;
  if (series->stopped_at > 0 && !smm_series_is_paused (series))
    return smm_change_fail (error, SMM_LIBRARY_ERROR_EMPTY, _ ("It was stopped already"));
  before = g_variant_ref_sink (snapshot (change, series, NULL));
  if (!halt (change, series, FALSE, &n, error))
    return FALSE;
  say (change, _ ("Recurring post stopped"), "series.put", before);
  return TRUE;
}

static gboolean
series_pause (SmmChange *change, GError **error)
{
  g_autoptr (SmmSeries) series = get_series (change, error);
  g_autoptr (GVariant) before = NULL;
  guint n = 0;

  if (series == NULL)
    return FALSE;
  if (series->stopped_at > 0)
    return smm_change_fail (error, SMM_LIBRARY_ERROR_EMPTY,
                            smm_series_is_paused (series) ? _ ("It is paused already")
                                                          : _ ("It was stopped already"));
  before = g_variant_ref_sink (snapshot (change, series, NULL));
  if (!halt (change, series, TRUE, &n, error))
    return FALSE;
  say (change, _ ("Recurring post paused"), "series.put", before);
  if (n == 0)
    return TRUE;
  change->own_label = g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE, "Recurring post paused: %u planned post is off the calendar",
                   "Recurring post paused: %u planned posts are off the calendar", n),
      n);
  change->label = change->own_label;
  return TRUE;
}

/* The days whose posts a platform gave back for the pause are to be made again; the posts stay
 * cancelled. What is still being called back is not: it could go out after all, and then twice. */
static gboolean
free_called_back (SmmChange *change, SmmSeries *series, GError **error)
{
  g_autoptr (GVariant) called
      = g_variant_lookup_value (series->content, SMM_SERIES_PAUSED, G_VARIANT_TYPE ("as"));
  GVariantIter iter;
  const char *post_id;

  g_variant_iter_init (&iter, called);
  while (g_variant_iter_next (&iter, "&s", &post_id))
    {
      g_autoptr (SmmPost) post = smm_store_get_post (change->store, post_id);
      gboolean back = post != NULL;

      for (guint i = 0; post != NULL && i < post->targets->len; i++)
        back = back && ((SmmTarget *)post->targets->pdata[i])->state == SMM_TARGET_CANCELLED;
      if (back && !smm_store_delete_occurrence (change->store, post_id, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
series_resume (SmmChange *change, GError **error)
{
  g_autoptr (SmmSeries) series = get_series (change, error);
  g_autoptr (GVariant) before = NULL;

  if (series == NULL)
    return FALSE;
  if (!smm_series_is_paused (series))
    return smm_change_fail (error, SMM_LIBRARY_ERROR_EMPTY,
                            series->stopped_at > 0 ? _ ("It was stopped already")
                                                   : _ ("It is not paused"));
  before = g_variant_ref_sink (snapshot (change, series, NULL));
  if (!free_called_back (change, series, error))
    return FALSE;
  set_paused (series, NULL);
  series->revision++;
  series->stopped_at = 0;
  if (!rewind_cursor (change, series, error) || !smm_series_top_up (change, series, error))
    return FALSE;
  say (change, _ ("Recurring post goes on"), "series.put", before);
  smm_change_add (change, series->id);
  return TRUE;
}

/* Internal: as if it had never been added; what went out or was touched stays a post. */
static gboolean
series_remove (SmmChange *change, GError **error)
{
  g_autoptr (SmmSeries) series = get_series (change, error);
  g_autoptr (GVariant) draft = NULL;
  g_autoptr (GVariant) before = NULL;

  if (series == NULL)
    return FALSE;
  draft = g_variant_lookup_value (smm_command_get_args (change->command), "post",
                                  G_VARIANT_TYPE ("a{sv}"));
  before = g_variant_ref_sink (snapshot (change, series, NULL));
  if (!clear_ahead (change, series, NULL, error)
      || !smm_store_set_series_deleted (change->store, series->id, change->now, error)
      || (draft != NULL && !run (change, "post.put", draft, error)))
    return FALSE;
  say (change, _ ("Recurring post removed"), "series.put", before);
  smm_change_add (change, series->id);
  return TRUE;
}

/* A post that went out, or whose time has come meanwhile, does not come back; the others do. */
static gboolean
put_posts_back (SmmChange *change, GVariant *posts, GError **error)
{
  GVariantIter iter;
  GVariant *args;

  g_variant_iter_init (&iter, posts);
  while (g_variant_iter_next (&iter, "@a{sv}", &args))
    {
      g_autoptr (GVariant) owned = args;
      g_autoptr (GError) problem = NULL;
      gboolean done;

      if (!smm_store_begin_part (change->store, error))
        return FALSE;
      done = run (change, "post.put", owned, &problem);
      if (!smm_store_end_part (change->store, done, done ? error : NULL))
        return FALSE;
      if (!done && problem != NULL && problem->domain != SMM_LIBRARY_ERROR)
        {
          g_propagate_error (error, g_steal_pointer (&problem));
          return FALSE;
        }
    }
  return TRUE;
}

static gboolean
put_days_back (SmmChange *change, SmmSeries *series, GVariant *days, GError **error)
{
  g_autoptr (GPtrArray) now = smm_store_list_occurrences (change->store, series->id, NULL);
  GVariantIter iter;
  const char *day, *post_id, *digest;
  gint32 n;

  for (guint i = 0; i < now->len; i++)
    if (!smm_store_delete_occurrence (change->store, ((SmmOccurrence *)now->pdata[i])->post_id,
                                      error))
      return FALSE;
  g_variant_iter_init (&iter, days);
  while (g_variant_iter_next (&iter, "(&si&s&s)", &day, &n, &post_id, &digest))
    {
      g_autoptr (SmmOccurrence) occurrence = smm_occurrence_new ();

      occurrence->series_id = g_strdup (series->id);
      occurrence->day = g_strdup (day);
      occurrence->n = n;
      occurrence->post_id = g_strdup (post_id);
      occurrence->digest = g_strdup (digest);
      if (!smm_store_add_occurrence (change->store, occurrence, error))
        return FALSE;
    }
  return TRUE;
}

static SmmSeries *
series_from_variant (GVariant *value)
{
  SmmSeries *series = smm_series_new ();
  const char *cursor = "";

  g_variant_lookup (value, "id", "s", &series->id);
  g_variant_lookup (value, "brand", "s", &series->brand_id);
  g_variant_lookup (value, "rule", "s", &series->rule);
  g_variant_lookup (value, "time", "s", &series->time);
  g_variant_lookup (value, "zone", "s", &series->zone);
  g_variant_lookup (value, "content", "@a{sv}", &series->content);
  g_variant_lookup (value, "cursor-day", "&s", &cursor);
  g_variant_lookup (value, "cursor-n", "i", &series->cursor_n);
  g_variant_lookup (value, "top-up-at", "x", &series->top_up_at);
  g_variant_lookup (value, "created-at", "x", &series->created_at);
  g_variant_lookup (value, "stopped-at", "x", &series->stopped_at);
  series->cursor_day = *cursor != '\0' ? g_strdup (cursor) : NULL;
  if (series->id == NULL || series->brand_id == NULL || series->rule == NULL || series->time == NULL
      || series->zone == NULL || series->content == NULL)
    g_clear_object (&series);
  return series;
}

/* What there was before this is taken back: of the series itself, or that it was removed. */
static gboolean
clear_present (SmmChange *change, const char *id, const char *other, GError **error)
{
  g_autoptr (SmmSeries) present = smm_store_get_series (change->store, id);
  g_autoptr (SmmSeries) second
      = *other != '\0' ? smm_store_get_series (change->store, other) : NULL;

  if (present == NULL)
    smm_change_set_inverse (change, "series.remove", g_variant_new_parsed ("{'id': <%s>}", id));
  else
    smm_change_set_inverse (change, "series.put", snapshot (change, present, NULL));
  return (present == NULL || clear_ahead (change, present, NULL, error))
         && (second == NULL
             || (clear_ahead (change, second, NULL, error)
                 && smm_store_set_series_deleted (change->store, second->id, change->now, error)));
}

/* Internal: the series as a snapshot says. */
static gboolean
series_put (SmmChange *change, GError **error)
{
  GVariant *args = smm_command_get_args (change->command);
  const char *id = smm_command_get_string (change->command, "id");
  g_autoptr (GVariant) value = g_variant_lookup_value (args, "series", G_VARIANT_TYPE_VARDICT);
  g_autoptr (GVariant) days = g_variant_lookup_value (args, "days", G_VARIANT_TYPE ("a(siss)"));
  g_autoptr (GVariant) posts = g_variant_lookup_value (args, "posts", G_VARIANT_TYPE ("aa{sv}"));
  g_autoptr (SmmSeries) series = series_from_variant (value);
  g_autoptr (GVariant) inverse = NULL;

  if (series == NULL || strcmp (series->id, id) != 0)
    return smm_change_fail (error, SMM_LIBRARY_ERROR_INVALID,
                            _ ("The recurring post is incomplete"));
  if (!clear_present (change, id, smm_command_get_string (change->command, "other"), error))
    return FALSE;
  inverse = g_steal_pointer (&change->inverse);
  if (!smm_store_put_series (change->store, series, error)
      || !put_days_back (change, series, days, error) || !put_posts_back (change, posts, error))
    return FALSE;
  g_clear_pointer (&change->inverse, g_variant_unref);
  change->inverse = g_steal_pointer (&inverse);
  change->label = _ ("Recurring post put back");
  smm_change_add (change, id);
  return TRUE;
}

const SmmCommandSpec smm_series_commands[] = {
  { "series.add", "id:s! brand:s! rule:s! time:s! zone:s from-post:s " CONTENT_ARGS, series_add },
  { "series.edit", "id:s! rule:s time:s zone:s from-day:s new-id:s " CONTENT_ARGS, series_edit },
  { "series.stop", "id:s!", series_stop },
  { "series.pause", "id:s!", series_pause },
  { "series.resume", "id:s!", series_resume },
  { "series.remove", "id:s! post:a{sv}", series_remove },
  { "series.put", "id:s! series:a{sv}! days:a(siss)! posts:aa{sv}! other:s!", series_put },
  { NULL, NULL, NULL },
};

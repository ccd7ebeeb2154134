/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Commands on many posts: one step that is taken back at once. Each post is changed by the command
 * for one post, in a part of its own: what can't change (it is public, it is on its way) is left as
 * it was and counted. Only when nothing could be changed is the command refused, with the reason of
 * the first post. The inverse is "posts.put-back": the
 * inverses, newest first; what went out meanwhile stays what it is.
 */

#include "config.h"

#include "smm-commands-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_POSTS 5000
/* Times that are worked out are even ones. */
#define SPREAD_STEP (5 * 60 * (gint64)G_USEC_PER_SEC)

typedef struct
{
  SmmChange *change;
  GPtrArray *inverses; /* GVariant*: (sa{sv}) */
  guint n_done;
  guint n_asked;
} SmmBulk;

static void
bulk_init (SmmBulk *bulk, SmmChange *change)
{
  bulk->change = change;
  bulk->inverses = g_ptr_array_new_with_free_func ((GDestroyNotify)g_variant_unref);
  bulk->n_done = bulk->n_asked = 0;
}

static void
bulk_clear (SmmBulk *bulk)
{
  g_clear_pointer (&bulk->inverses, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SmmBulk, bulk_clear)

static void
note_skipped (SmmBulk *bulk, GError *reason)
{
  bulk->change->n_skipped++;
  if (bulk->change->skipped == NULL)
    bulk->change->skipped = reason;
  else
    g_error_free (reason);
}

static void
skip (SmmBulk *bulk, SmmLibraryError code, const char *reason)
{
  bulk->n_asked++;
  note_skipped (bulk, g_error_new_literal (SMM_LIBRARY_ERROR, code, reason));
}

/* FALSE only when the library can't be written: then nothing of it shall be. */
static gboolean
run_one (SmmBulk *bulk, const char *name, GVariant *args, GError **error)
{
  SmmChange *change = bulk->change;
  g_autoptr (SmmCommand) command = smm_command_new (name, args);
  g_autoptr (GError) problem = NULL;
  SmmChange part = { .store = change->store, .changed = change->changed, .now = change->now };
  guint n_before = change->changed->len;
  gboolean done;

  bulk->n_asked++;
  if (!smm_store_begin_part (change->store, error))
    return FALSE;
  done = smm_change_run (&part, command, &problem);
  if (!smm_store_end_part (change->store, done, done ? error : NULL))
    {
      g_clear_pointer (&part.inverse, g_variant_unref);
      return FALSE;
    }
  if (done && part.inverse != NULL)
    g_ptr_array_add (bulk->inverses, g_steal_pointer (&part.inverse));
  g_clear_pointer (&part.inverse, g_variant_unref);
  g_clear_pointer (&part.own_label, g_free);
  if (done)
    {
      bulk->n_done++;
      return TRUE;
    }
  g_ptr_array_set_size (change->changed, (int)n_before);
  if (problem == NULL || problem->domain != SMM_LIBRARY_ERROR)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  note_skipped (bulk, g_steal_pointer (&problem));
  return TRUE;
}

/* @done: (transfer full): what was done, with the number: "12 posts moved". */
static gboolean
finish (SmmBulk *bulk, char *done, GError **error)
{
  SmmChange *change = bulk->change;
  g_autofree char *text = done;

  if (bulk->n_done == 0 && change->skipped != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&change->skipped));
      return FALSE;
    }
  if (bulk->n_done == 0)
    return smm_change_fail (error, SMM_LIBRARY_ERROR_EMPTY, _ ("No post was chosen"));
  if (change->n_skipped > 0)
    /* Translators: %s is what was done: "12 posts moved" */
    change->own_label
        = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s; %u was left as it is",
                                        "%s; %u were left as they are", change->n_skipped),
                           text, change->n_skipped);
  else
    change->own_label = g_steal_pointer (&text);
  change->label = change->own_label;
  if (bulk->inverses->len > 0)
    {
      g_auto (GVariantBuilder) list = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a(sa{sv})"));

      for (guint i = bulk->inverses->len; i > 0; i--)
        g_variant_builder_add_value (&list, bulk->inverses->pdata[i - 1]);
      smm_change_set_inverse (
          change, "posts.put-back",
          g_variant_new_parsed ("{'commands': <%@a(sa{sv})>}", g_variant_builder_end (&list)));
    }
  return TRUE;
}

static gboolean
check_number (gsize n, GError **error)
{
  if (n <= MAX_POSTS)
    return TRUE;
  return smm_change_fail (error, SMM_LIBRARY_ERROR_INVALID,
                          _ ("At most %d posts can be changed at once. Choose fewer."), MAX_POSTS);
}

/* The posts the command names; NULL with @error. */
static char **
read_ids (SmmChange *change, GError **error)
{
  g_autoptr (GVariant) list = g_variant_lookup_value (smm_command_get_args (change->command), "ids",
                                                      G_VARIANT_TYPE ("as"));

  if (!check_number (g_variant_n_children (list), error))
    return NULL;
  return g_variant_dup_strv (list, NULL);
}

/* The same command for each of the posts. */
static gboolean
run_each (SmmBulk *bulk, const char *name, GError **error)
{
  g_auto (GStrv) ids = read_ids (bulk->change, error);

  if (ids == NULL)
    return FALSE;
  for (guint i = 0; ids[i] != NULL; i++)
    if (!run_one (bulk, name, g_variant_new_parsed ("{'id': <%s>}", ids[i]), error))
      return FALSE;
  return TRUE;
}

static gboolean
posts_cancel (SmmChange *change, GError **error)
{
  g_auto (SmmBulk) bulk = { 0 };

  bulk_init (&bulk, change);
  return run_each (&bulk, "post.cancel", error)
         && finish (&bulk,
                    g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u post cancelled",
                                                  "%u posts cancelled", bulk.n_done),
                                     bulk.n_done),
                    error);
}

static gboolean
posts_unschedule (SmmChange *change, GError **error)
{
  g_auto (SmmBulk) bulk = { 0 };

  bulk_init (&bulk, change);
  return run_each (&bulk, "post.unschedule", error)
         && finish (&bulk,
                    g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u post taken off the calendar",
                                                  "%u posts taken off the calendar", bulk.n_done),
                                     bulk.n_done),
                    error);
}

static gboolean
posts_retry (SmmChange *change, GError **error)
{
  g_auto (SmmBulk) bulk = { 0 };

  bulk_init (&bulk, change);
  return run_each (&bulk, "post.retry", error)
         && finish (&bulk,
                    g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u post retried",
                                                  "%u posts retried", bulk.n_done),
                                     bulk.n_done),
                    error);
}

static gboolean
posts_delete (SmmChange *change, GError **error)
{
  g_auto (SmmBulk) bulk = { 0 };

  bulk_init (&bulk, change);
  return run_each (&bulk, "post.delete", error)
         && finish (&bulk,
                    g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u post deleted",
                                                  "%u posts deleted", bulk.n_done),
                                     bulk.n_done),
                    error);
}

/* --- Moving --- */

static gboolean
move (SmmBulk *bulk, const char *id, const char *wall, const char *zone, GError **error)
{
  return run_one (bulk, "post.reschedule",
                  g_variant_new_parsed ("{'id': <%s>, 'wall': <%s>, 'zone': <%s>}", id, wall, zone),
                  error);
}

static gboolean
finish_moving (SmmBulk *bulk, GError **error)
{
  return finish (bulk,
                 g_strdup_printf (
                     g_dngettext (GETTEXT_PACKAGE, "%u post moved", "%u posts moved", bulk->n_done),
                     bulk->n_done),
                 error);
}

static gboolean
posts_reschedule (SmmChange *change, GError **error)
{
  g_autoptr (GVariant) moves = g_variant_lookup_value (smm_command_get_args (change->command),
                                                       "moves", G_VARIANT_TYPE ("a(sss)"));
  g_auto (SmmBulk) bulk = { 0 };
  GVariantIter iter;
  const char *id, *wall, *zone;

  bulk_init (&bulk, change);
  if (!check_number (g_variant_n_children (moves), error))
    return FALSE;
  g_variant_iter_init (&iter, moves);
  while (g_variant_iter_next (&iter, "(&s&s&s)", &id, &wall, &zone))
    if (!move (&bulk, id, wall, zone, error))
      return FALSE;
  return finish_moving (&bulk, error);
}

/* By clocks on the wall: what goes out at nine does so too on the other side of a change of them.
 */
static gboolean
posts_shift (SmmChange *change, GError **error)
{
  int minutes = smm_command_get_int (change->command, "minutes", 0);
  g_auto (GStrv) ids = read_ids (change, error);
  g_auto (SmmBulk) bulk = { 0 };

  bulk_init (&bulk, change);
  if (ids == NULL)
    return FALSE;
  for (guint i = 0; ids[i] != NULL; i++)
    {
      g_autoptr (SmmPost) post = smm_store_get_post (change->store, ids[i]);
      g_autofree char *wall = NULL;

      if (post == NULL)
        skip (&bulk, SMM_LIBRARY_ERROR_NOT_FOUND, _ ("The post is no longer there"));
      else if (post->wall_time == NULL)
        skip (&bulk, SMM_LIBRARY_ERROR_INVALID, _ ("This post has no time that could be moved"));
      else
        {
          wall = smm_wall_time_add (post->wall_time, minutes, error);
          if (wall == NULL || !move (&bulk, ids[i], wall, post->zone, error))
            return FALSE;
        }
    }
  return finish_moving (&bulk, error);
}

/* Evenly from the first time to the last, in the order in which they are named. */
static gboolean
posts_spread (SmmChange *change, GError **error)
{
  const char *zone = smm_command_get_string (change->command, "zone");
  g_auto (GStrv) ids = read_ids (change, error);
  g_auto (SmmBulk) bulk = { 0 };
  gint64 from, to;
  guint n;

  bulk_init (&bulk, change);
  if (ids == NULL
      || !smm_wall_time_resolve (smm_command_get_string (change->command, "from"), zone, &from,
                                 NULL, error)
      || !smm_wall_time_resolve (smm_command_get_string (change->command, "to"), zone, &to, NULL,
                                 error))
    return FALSE;
  if (to < from)
    return smm_change_fail (error, SMM_LIBRARY_ERROR_INVALID,
                            _ ("The last time comes before the first"));
  n = g_strv_length (ids);
  for (guint i = 0; i < n; i++)
    {
      gint64 at = n > 1 ? from + (gint64)((double)(to - from) * i / (n - 1)) : from;
      g_autofree char *wall = NULL;
      const char *there = zone;

      if (i > 0 && i + 1 < n)
        at -= at % SPREAD_STEP;
      wall = smm_wall_time_express (MAX (at, from), &there);
      if (!move (&bulk, ids[i], wall, there, error))
        return FALSE;
    }
  return finish_moving (&bulk, error);
}

/* --- Duplicating --- */

/* What the post was is taken over, also what differs on single accounts; what became of it is not.
 * @account: one that is gone or disconnected is left out, and this says which; %NULL else. */
static SmmPost *
make_copy (SmmChange *change, SmmPost *post, const char *id, char **account)
{
  SmmPost *copy = smm_store_get_post (change->store, post->id);

  g_free (copy->id);
  copy->id = g_strdup (id);
  copy->created_at = change->now;
  smm_post_set_time (copy, 0, NULL, NULL);
  g_ptr_array_set_size (copy->targets, 0);
  for (guint i = 0; i < post->targets->len; i++)
    {
      SmmTarget *target = post->targets->pdata[i];
      g_autoptr (SmmAccount) owner = smm_store_get_account (change->store, target->account_id);
      g_autofree char *both = g_strconcat (id, "/", target->account_id, NULL);
      g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, both, -1);
      SmmTarget *fresh;

      if (owner == NULL || owner->state == SMM_ACCOUNT_DISCONNECTED)
        {
          g_free (*account);
          *account = g_strdup (owner != NULL ? owner->name : target->account_id);
          continue;
        }
      fresh = smm_target_new ();
      fresh->id = g_strndup (digest, 32);
      fresh->post_id = g_strdup (id);
      fresh->account_id = g_strdup (target->account_id);
      fresh->platform = target->platform;
      fresh->variant = target->variant != NULL ? smm_variant_copy (target->variant) : NULL;
      g_ptr_array_add (copy->targets, fresh);
    }
  return copy;
}

static gboolean
schedule_copy (SmmPost *copy, const char *wall, const char *zone, GError **error)
{
  gint64 due;

  if (!smm_wall_time_resolve (wall, zone, &due, NULL, error))
    return FALSE;
  smm_post_set_time (copy, due, wall, zone);
  for (guint i = 0; i < copy->targets->len; i++)
    {
      SmmTarget *target = copy->targets->pdata[i];

      target->state = SMM_TARGET_SCHEDULED;
      target->due_at = due;
    }
  return TRUE;
}

/* @wall: (nullable): when it goes out; a draft without a time else. FALSE as run_one(). */
static gboolean
duplicate (SmmBulk *bulk, const char *id, const char *new_id, const char *wall, const char *zone,
           GError **error)
{
  SmmChange *change = bulk->change;
  g_autoptr (SmmPost) post = smm_store_get_post (change->store, id);
  g_autoptr (SmmPost) known = smm_store_get_post (change->store, new_id);
  g_autoptr (SmmPost) copy = NULL;
  g_autofree char *missing = NULL;

  if (post == NULL)
    skip (bulk, SMM_LIBRARY_ERROR_NOT_FOUND, _ ("The post is no longer there"));
  else if (known != NULL)
    skip (bulk, SMM_LIBRARY_ERROR_INVALID, _ ("There is a post with this id already"));
  if (post == NULL || known != NULL)
    return TRUE;
  copy = make_copy (change, post, new_id, &missing);
  if (wall != NULL && missing != NULL)
    {
      /* A draft shows who is missing; what goes out by itself must not go to fewer unsaid. */
      g_autofree char *why
          = g_strdup_printf (_ ("“%s” is disconnected. Connect it again first."), missing);

      skip (bulk, SMM_LIBRARY_ERROR_INVALID, why);
      return TRUE;
    }
  if (wall != NULL && !schedule_copy (copy, wall, zone, error))
    return FALSE;
  return run_one (bulk, "post.put", smm_post_snapshot (copy), error);
}

static gboolean
posts_duplicate (SmmChange *change, GError **error)
{
  GVariant *copies = smm_command_lookup (change->command, "copies", "a(ss)");
  GVariant *times = smm_command_lookup (change->command, "times", "a(ss)");
  g_auto (SmmBulk) bulk = { 0 };
  gsize n = g_variant_n_children (copies);

  bulk_init (&bulk, change);
  if (!check_number (n, error))
    return FALSE;
  if (times != NULL && g_variant_n_children (times) != n)
    return smm_change_fail (error, SMM_LIBRARY_ERROR_INVALID,
                            _ ("There must be a time for each copy"));
  for (gsize i = 0; i < n; i++)
    {
      const char *id, *new_id, *wall = NULL, *zone = NULL;

      g_variant_get_child (copies, i, "(&s&s)", &id, &new_id);
      if (times != NULL)
        g_variant_get_child (times, i, "(&s&s)", &wall, &zone);
      if (!duplicate (&bulk, id, new_id, wall, zone, error))
        return FALSE;
    }
  return finish (&bulk,
                 g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u post duplicated",
                                               "%u posts duplicated", bulk.n_done),
                                  bulk.n_done),
                 error);
}

/* --- Tags --- */

/* The tags of @post with @add and without @remove; a campaign goes where another comes. */
static GVariant *
merge_tags (SmmChange *change, SmmPost *post, char **add, char **remove)
{
  g_auto (GVariantBuilder) tags = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("as"));
  gboolean campaign = FALSE;

  for (guint i = 0; add[i] != NULL; i++)
    {
      g_autoptr (SmmTag) tag = smm_store_get_tag (change->store, add[i]);

      campaign |= tag != NULL && tag->kind == SMM_TAG_KIND_CAMPAIGN;
      g_variant_builder_add (&tags, "s", add[i]);
    }
  for (guint i = 0; i < post->tags->len; i++)
    {
      SmmTag *tag = post->tags->pdata[i];

      if (!g_strv_contains ((const char *const *)add, tag->id)
          && !g_strv_contains ((const char *const *)remove, tag->id)
          && !(campaign && tag->kind == SMM_TAG_KIND_CAMPAIGN))
        g_variant_builder_add (&tags, "s", tag->id);
    }
  return g_variant_builder_end (&tags);
}

static char **
read_tags (SmmChange *change, const char *key)
{
  g_autoptr (GVariant) list
      = g_variant_lookup_value (smm_command_get_args (change->command), key, G_VARIANT_TYPE ("as"));

  return list != NULL ? g_variant_dup_strv (list, NULL) : g_new0 (char *, 1);
}

static gboolean
posts_tag (SmmChange *change, GError **error)
{
  g_auto (GStrv) ids = read_ids (change, error);
  g_auto (GStrv) add = read_tags (change, "add");
  g_auto (GStrv) remove = read_tags (change, "remove");
  g_auto (SmmBulk) bulk = { 0 };

  bulk_init (&bulk, change);
  if (ids == NULL)
    return FALSE;
  for (guint i = 0; ids[i] != NULL; i++)
    {
      g_autoptr (SmmPost) post = smm_store_get_post (change->store, ids[i]);

      if (post == NULL)
        skip (&bulk, SMM_LIBRARY_ERROR_NOT_FOUND, _ ("The post is no longer there"));
      else if (!run_one (&bulk, "post.set-tags",
                         g_variant_new_parsed ("{'id': <%s>, 'tags': <%@as>}", ids[i],
                                               merge_tags (change, post, add, remove)),
                         error))
        return FALSE;
    }
  return finish (&bulk,
                 g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Tags of %u post changed",
                                               "Tags of %u posts changed", bulk.n_done),
                                  bulk.n_done),
                 error);
}

/* --- Going back --- */

/* Internal: commands for one post each, of which each may be refused. */
static gboolean
posts_put_back (SmmChange *change, GError **error)
{
  g_autoptr (GVariant) commands = g_variant_lookup_value (smm_command_get_args (change->command),
                                                          "commands", G_VARIANT_TYPE ("a(sa{sv})"));
  g_auto (SmmBulk) bulk = { 0 };
  GVariantIter iter;
  const char *name;
  GVariant *args;

  bulk_init (&bulk, change);
  if (!check_number (g_variant_n_children (commands), error))
    return FALSE;
  g_variant_iter_init (&iter, commands);
  while (g_variant_iter_next (&iter, "(&s@a{sv})", &name, &args))
    {
      g_autoptr (GVariant) owned = args;

      if (!g_str_has_prefix (name, "post."))
        return smm_change_fail (error, SMM_LIBRARY_ERROR_INVALID,
                                _ ("“%s” is no command for one post"), name);
      if (!run_one (&bulk, name, owned, error))
        return FALSE;
    }
  return finish (&bulk,
                 g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u post put back",
                                               "%u posts put back", bulk.n_done),
                                  bulk.n_done),
                 error);
}

const SmmCommandSpec smm_bulk_commands[] = {
  { "posts.reschedule", "moves:a(sss)!", posts_reschedule },
  { "posts.shift", "ids:as! minutes:i!", posts_shift },
  { "posts.spread", "ids:as! from:s! to:s! zone:s!", posts_spread },
  { "posts.cancel", "ids:as!", posts_cancel },
  { "posts.unschedule", "ids:as!", posts_unschedule },
  { "posts.retry", "ids:as!", posts_retry },
  { "posts.delete", "ids:as!", posts_delete },
  { "posts.duplicate", "copies:a(ss)! times:a(ss)", posts_duplicate },
  { "posts.tag", "ids:as! add:as remove:as", posts_tag },
  { "posts.put-back", "commands:a(sa{sv})!", posts_put_back },
  { NULL, NULL, NULL },
};

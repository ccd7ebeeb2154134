/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Many new posts at once, with the tags they need: all of them or none, one step of undo. Undoing
 * takes away what has not gone out meanwhile.
 */

#include "config.h"

#include "smm-commands-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_POSTS 10000

static gboolean
run (SmmChange *change, const char *name, GVariant *args, GError **error)
{
  g_autoptr (SmmCommand) command = smm_command_new (name, args);
  SmmCommand *whole = change->command;
  gboolean done = smm_change_run (change, command, error);

  change->command = whole;
  return done;
}

static gboolean
add_tags (SmmChange *change, GVariantBuilder *added, GError **error)
{
  const char *brand_id = smm_command_get_string (change->command, "brand");
  GVariant *tags = smm_command_lookup (change->command, "new-tags", "a(sss)");
  GVariantIter iter;
  const char *id, *name, *kind;

  if (tags == NULL)
    return TRUE;
  g_variant_iter_init (&iter, tags);
  while (g_variant_iter_next (&iter, "(&s&s&s)", &id, &name, &kind))
    {
      if (!run (change, "tag.add",
                g_variant_new_parsed ("{'id': <%s>, 'brand': <%s>, 'name': <%s>, 'kind': <%s>}", id,
                                      brand_id, name, kind),
                error))
        return FALSE;
      g_variant_builder_add (added, "s", id);
    }
  return TRUE;
}

/* Their files are in the folder of media already. What the library has, it has. */
static gboolean
add_media (SmmChange *change, GVariantBuilder *added, GError **error)
{
  GVariant *media = smm_command_lookup (change->command, "new-media", "aa{sv}");

  for (gsize i = 0; media != NULL && i < g_variant_n_children (media); i++)
    {
      g_autoptr (GVariant) record = g_variant_get_child_value (media, i);
      const char *sha256 = "";
      g_autoptr (SmmMedia) known = NULL;

      g_variant_lookup (record, "sha256", "&s", &sha256);
      known = smm_store_get_library_media (change->store, sha256);
      if (known != NULL)
        continue;
      if (!run (change, "media.add", g_variant_new_parsed ("{'media': <%@a{sv}>}", record), error))
        return FALSE;
      g_variant_builder_add (added, "s", sha256);
    }
  return TRUE;
}

/* Each as "post.add" does; their ids go to @ids. */
static gboolean
add_posts (SmmChange *change, GVariant *posts, GVariantBuilder *ids, GError **error)
{
  SmmCommand *whole = change->command;
  gsize n = g_variant_n_children (posts);
  gboolean done = TRUE;

  for (gsize i = 0; done && i < n; i++)
    {
      g_autoptr (GVariant) args = g_variant_get_child_value (posts, i);
      g_autoptr (SmmCommand) command = smm_command_new ("post.add", args);

      done = smm_change_run (change, command, error);
      if (done)
        g_variant_builder_add_value (ids,
                                     g_variant_new_string (smm_command_get_string (command, "id")));
      else
        g_prefix_error (error, _ ("Post %u: "), (guint)i + 1);
    }
  change->command = whole;
  return done;
}

static gboolean
posts_import (SmmChange *change, GError **error)
{
  GVariant *posts = smm_command_lookup (change->command, "posts", "aa{sv}");
  g_auto (GVariantBuilder) ids = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("as"));
  g_auto (GVariantBuilder) tags = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("as"));
  g_auto (GVariantBuilder) media = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("as"));
  gsize n = g_variant_n_children (posts);

  if (n == 0)
    return smm_change_fail (error, SMM_LIBRARY_ERROR_EMPTY, _ ("There is nothing to import"));
  if (n > MAX_POSTS)
    return smm_change_fail (error, SMM_LIBRARY_ERROR_INVALID,
                            _ ("At most %d posts can be imported at once"), MAX_POSTS);
  if (!add_tags (change, &tags, error) || !add_media (change, &media, error))
    return FALSE;
  change->shared = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  if (!add_posts (change, posts, &ids, error))
    return FALSE;
  g_clear_pointer (&change->shared, g_hash_table_unref);
  change->own_label = g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE, "%u post imported", "%u posts imported", n), (guint)n);
  change->label = change->own_label;
  smm_change_set_inverse (change, "posts.take-back",
                          g_variant_new_parsed ("{'ids': <%@as>, 'tags': <%@as>, 'media': <%@as>}",
                                                g_variant_builder_end (&ids),
                                                g_variant_builder_end (&tags),
                                                g_variant_builder_end (&media)));
  return TRUE;
}

/* What came with the import and nothing uses. */
static gboolean
take_media_back (SmmChange *change, GError **error)
{
  GVariant *media = smm_command_lookup (change->command, "media", "as");
  GVariantIter iter;
  const char *sha256;

  if (media == NULL)
    return TRUE;
  g_variant_iter_init (&iter, media);
  while (g_variant_iter_next (&iter, "&s", &sha256))
    {
      g_autoptr (GPtrArray) uses = smm_store_list_uses (change->store, sha256);
      g_autofree char *brand = smm_store_find_logo_brand (change->store, sha256);

      if (uses->len == 0 && brand == NULL
          && !smm_store_set_media_deleted (change->store, sha256, change->now, error))
        return FALSE;
    }
  return TRUE;
}

/* Internal: undoing an import. What is public, or on its way, stays, with the tags it has. */
static gboolean
posts_take_back (SmmChange *change, GError **error)
{
  GVariant *ids = smm_command_lookup (change->command, "ids", "as");
  GVariant *tags = smm_command_lookup (change->command, "tags", "as");
  GVariantIter iter;
  const char *id;
  guint n_done = 0;

  g_variant_iter_init (&iter, ids);
  while (g_variant_iter_next (&iter, "&s", &id))
    {
      g_autoptr (GError) problem = NULL;
      gboolean done;

      if (!smm_store_begin_part (change->store, error))
        return FALSE;
      done = run (change, "post.delete", g_variant_new_parsed ("{'id': <%s>}", id), &problem);
      if (!smm_store_end_part (change->store, done, done ? error : NULL))
        return FALSE;
      if (!done && problem != NULL && problem->domain != SMM_LIBRARY_ERROR)
        {
          g_propagate_error (error, g_steal_pointer (&problem));
          return FALSE;
        }
      n_done += done;
    }
  g_variant_iter_init (&iter, tags);
  while (g_variant_iter_next (&iter, "&s", &id))
    if (smm_store_count_tagged (change->store, id) == 0
        && !smm_store_set_tag_deleted (change->store, id, change->now, error))
      return FALSE;
  if (!take_media_back (change, error))
    return FALSE;
  if (n_done == 0)
    return smm_change_fail (error, SMM_LIBRARY_ERROR_PINNED,
                            _ ("Everything of this import went out meanwhile"));
  g_clear_pointer (&change->inverse, g_variant_unref);
  change->label = _ ("Import taken back");
  smm_change_add (change, "*");
  return TRUE;
}

const SmmCommandSpec smm_import_commands[] = {
  { "posts.import", "brand:s! posts:aa{sv}! new-tags:a(sss) new-media:aa{sv}", posts_import },
  { "posts.take-back", "ids:as! tags:as! media:as", posts_take_back },
  { NULL, NULL, NULL },
};

/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a post is on one account, where it is not what it is on all of them. */

#include "config.h"

#include "smm-records.h"

#include <string.h>

G_DEFINE_TYPE (SmmVariant, smm_variant, G_TYPE_OBJECT)

static void
smm_variant_finalize (GObject *object)
{
  SmmVariant *self = SMM_VARIANT (object);

  g_free (self->text);
  g_free (self->link);
  g_free (self->first_comment);
  g_clear_pointer (&self->options, g_hash_table_unref);
  g_clear_pointer (&self->media, g_ptr_array_unref);

  G_OBJECT_CLASS (smm_variant_parent_class)->finalize (object);
}

static void
smm_variant_class_init (SmmVariantClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = smm_variant_finalize;
}

static void
smm_variant_init (SmmVariant *self)
{
}

SmmVariant *
smm_variant_new (void)
{
  return g_object_new (SMM_TYPE_VARIANT, NULL);
}

static GPtrArray *
copy_records (GPtrArray *records)
{
  GPtrArray *copy = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < records->len; i++)
    g_ptr_array_add (copy, g_object_ref (records->pdata[i]));
  return copy;
}

static void
merge_options (GHashTable *options, GHashTable *own)
{
  GHashTableIter iter;
  gpointer key, value;

  g_hash_table_iter_init (&iter, own);
  while (g_hash_table_iter_next (&iter, &key, &value))
    if (*(const char *)value != '\0')
      g_hash_table_insert (options, g_strdup (key), g_strdup (value));
    else
      g_hash_table_remove (options, key);
}

/**
 * smm_variant_is_empty:
 * @self: (nullable): a variant
 *
 * Returns: %TRUE when nothing differs
 */
gboolean
smm_variant_is_empty (SmmVariant *self)
{
  return self == NULL
         || (self->text == NULL && self->link == NULL && self->first_comment == NULL
             && (self->options == NULL || g_hash_table_size (self->options) == 0)
             && self->media == NULL);
}

/**
 * smm_variant_copy:
 * @self: a variant
 *
 * Returns: (transfer full): the same, with lists of its own; media are shared
 */
SmmVariant *
smm_variant_copy (SmmVariant *self)
{
  SmmVariant *copy = smm_variant_new ();

  copy->text = g_strdup (self->text);
  copy->link = g_strdup (self->link);
  copy->first_comment = g_strdup (self->first_comment);
  if (self->options != NULL)
    {
      GHashTableIter iter;
      gpointer key, value;

      copy->options = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
      g_hash_table_iter_init (&iter, self->options);
      while (g_hash_table_iter_next (&iter, &key, &value))
        g_hash_table_insert (copy->options, g_strdup (key), g_strdup (value));
    }
  if (self->media != NULL)
    copy->media = copy_records (self->media);
  return copy;
}

static char *
none_if_empty (const char *text)
{
  return text != NULL && *text != '\0' ? g_strdup (text) : NULL;
}

static SmmPost *
copy_post (SmmPost *post)
{
  SmmPost *copy = smm_post_new ();

  copy->id = g_strdup (post->id);
  copy->brand_id = g_strdup (post->brand_id);
  copy->kind = post->kind;
  g_free (copy->text);
  copy->text = g_strdup (post->text);
  copy->link = g_strdup (post->link);
  copy->first_comment = g_strdup (post->first_comment);
  merge_options (copy->options, post->options);
  copy->due_at = post->due_at;
  copy->wall_time = g_strdup (post->wall_time);
  copy->zone = g_strdup (post->zone);
  copy->created_at = post->created_at;
  copy->updated_at = post->updated_at;
  g_ptr_array_unref (copy->media);
  copy->media = copy_records (post->media);
  g_ptr_array_unref (copy->targets);
  copy->targets = copy_records (post->targets);
  return copy;
}

/**
 * smm_post_for_target:
 * @self: a post
 * @target: (nullable): one of its targets
 *
 * What one account gets: the post with everything of the target's variant in the place of what all
 * have in common. It is what is validated, shown and sent.
 *
 * Returns: (transfer full): @self when nothing differs, else a copy
 */
SmmPost *
smm_post_for_target (SmmPost *self, SmmTarget *target)
{
  SmmVariant *variant = target != NULL ? target->variant : NULL;
  SmmPost *post;

  g_return_val_if_fail (SMM_IS_POST (self), NULL);

  if (smm_variant_is_empty (variant))
    return g_object_ref (self);
  post = copy_post (self);
  if (variant->text != NULL)
    {
      g_free (post->text);
      post->text = g_strdup (variant->text);
    }
  if (variant->link != NULL)
    {
      g_free (post->link);
      post->link = none_if_empty (variant->link);
    }
  if (variant->first_comment != NULL)
    {
      g_free (post->first_comment);
      post->first_comment = none_if_empty (variant->first_comment);
    }
  if (variant->options != NULL)
    merge_options (post->options, variant->options);
  if (variant->media != NULL)
    {
      g_ptr_array_unref (post->media);
      post->media = copy_records (variant->media);
    }
  return post;
}

static void
hash_text (GChecksum *checksum, const char *text)
{
  /* With its end, so that no two lists of texts look alike. */
  if (text != NULL)
    g_checksum_update (checksum, (const guchar *)text, (gssize)strlen (text) + 1);
  else
    g_checksum_update (checksum, (const guchar *)"\xff", 2);
}

/**
 * smm_post_get_digest:
 * @self: a post, as smm_post_for_target() gives it
 *
 * Returns: (transfer full): SHA-256 in 64 hex digits of all that people could see of it: two posts
 *   with the same digest are the same to them
 */
char *
smm_post_get_digest (SmmPost *self)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autoptr (GList) keys = NULL;

  g_return_val_if_fail (SMM_IS_POST (self), NULL);

  keys = g_list_sort (g_hash_table_get_keys (self->options), (GCompareFunc)strcmp);
  hash_text (checksum, smm_post_kind_to_string (self->kind));
  hash_text (checksum, self->text);
  hash_text (checksum, self->link);
  hash_text (checksum, self->first_comment);
  for (GList *l = keys; l != NULL; l = l->next)
    {
      hash_text (checksum, l->data);
      hash_text (checksum, g_hash_table_lookup (self->options, l->data));
    }
  for (guint i = 0; i < self->media->len; i++)
    {
      SmmMedia *media = self->media->pdata[i];

      hash_text (checksum, media->sha256);
      hash_text (checksum, media->alt);
    }
  return g_strdup (g_checksum_get_string (checksum));
}

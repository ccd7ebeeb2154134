/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Posts with their media and targets. */

#include "config.h"

#include "smm-store-private.h"

#include <string.h>

SmmMedia *
smm_store_read_medium (sqlite3_stmt *stmt)
{
  SmmMedia *media = smm_media_new ();

  media->sha256 = smm_store_dup_text (stmt, 0);
  media->mime = smm_store_dup_text (stmt, 1);
  media->file_name = smm_store_dup_text (stmt, 2);
  media->bytes = sqlite3_column_int64 (stmt, 3);
  media->width = sqlite3_column_int (stmt, 4);
  media->height = sqlite3_column_int (stmt, 5);
  media->duration = sqlite3_column_int64 (stmt, 6);
  media->container = smm_store_dup_text (stmt, 7);
  media->video_codec = smm_store_dup_text (stmt, 8);
  media->audio_codec = smm_store_dup_text (stmt, 9);
  media->frame_rate = sqlite3_column_double (stmt, 10);
  media->bit_rate = sqlite3_column_int64 (stmt, 11);
  media->audio_rate = sqlite3_column_int (stmt, 12);
  media->audio_channels = sqlite3_column_int (stmt, 13);
  media->flags = sqlite3_column_int (stmt, 14);
  return media;
}

SmmMedia *
smm_store_get_media (SmmStore *self, const char *sha256)
{
  sqlite3_stmt *stmt
      = smm_store_prepare (self, "SELECT " SMM_STORE_MEDIA_COLUMNS " FROM media WHERE sha256 = ?1");
  SmmMedia *media = NULL;

  smm_store_bind (stmt, "s", sha256);
  while (smm_store_next_row (stmt))
    media = smm_store_read_medium (stmt);
  return media;
}

/* Rows of SMM_STORE_TARGET_COLUMNS. */
GPtrArray *
smm_store_read_targets (sqlite3_stmt *stmt)
{
  GPtrArray *targets = smm_store_new_records ();

  while (smm_store_next_row (stmt))
    {
      SmmTarget *target = smm_target_new ();

      target->id = smm_store_dup_text (stmt, 0);
      target->post_id = smm_store_dup_text (stmt, 1);
      target->account_id = smm_store_dup_text (stmt, 2);
      target->platform = sqlite3_column_int (stmt, 3);
      target->state = sqlite3_column_int (stmt, 4);
      target->attempt = sqlite3_column_int (stmt, 5);
      target->due_at = sqlite3_column_int64 (stmt, 6);
      target->next_at = sqlite3_column_int64 (stmt, 7);
      target->reason_code = smm_store_dup_text (stmt, 8);
      target->reason = smm_store_dup_text (stmt, 9);
      target->fix = smm_store_dup_text (stmt, 10);
      target->remote_id = smm_store_dup_text (stmt, 11);
      target->permalink = smm_store_dup_text (stmt, 12);
      target->published_at = sqlite3_column_int64 (stmt, 13);
      g_ptr_array_add (targets, target);
    }
  return targets;
}

SmmTarget *
smm_store_get_target (SmmStore *self, const char *id)
{
  sqlite3_stmt *stmt
      = smm_store_prepare (self, "SELECT " SMM_STORE_TARGET_COLUMNS " FROM target WHERE id = ?1");

  smm_store_bind (stmt, "s", id);
  return smm_store_take_first (smm_store_read_targets (stmt));
}

GPtrArray *
smm_store_list_targets (SmmStore *self, const char *post_id)
{
  sqlite3_stmt *stmt = smm_store_prepare (self, "SELECT " SMM_STORE_TARGET_COLUMNS
                                                " FROM target WHERE post_id = ?1");

  smm_store_bind (stmt, "s", post_id);
  return smm_store_read_targets (stmt);
}

GHashTable *
smm_store_read_options (const char *text)
{
  g_autoptr (GVariant) variant = NULL;
  GHashTable *options;
  GVariantIter iter;
  const char *key, *value;

  if (text == NULL)
    return NULL;
  variant = g_variant_parse (G_VARIANT_TYPE ("a{ss}"), text, NULL, NULL, NULL);
  if (variant == NULL)
    return NULL;
  options = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_variant_iter_init (&iter, variant);
  while (g_variant_iter_next (&iter, "{&s&s}", &key, &value))
    g_hash_table_insert (options, g_strdup (key), g_strdup (value));
  return options;
}

/* Rows of SMM_STORE_MEDIA_COLUMNS and the alternative text. */
GPtrArray *
smm_store_read_media_with_alt (sqlite3_stmt *stmt)
{
  GPtrArray *all = smm_store_new_records ();

  while (smm_store_next_row (stmt))
    {
      SmmMedia *media = smm_store_read_medium (stmt);

      media->alt = smm_store_dup_text (stmt, 15);
      g_ptr_array_add (all, media);
    }
  return all;
}

static void
load_media (SmmStore *self, SmmPost *post)
{
  sqlite3_stmt *stmt = smm_store_prepare (
      self, "SELECT " SMM_STORE_MEDIA_COLUMNS ", alt "
            "FROM post_media JOIN media USING (sha256) WHERE post_id = ?1 ORDER BY position");

  smm_store_bind (stmt, "s", post->id);
  g_ptr_array_unref (post->media);
  post->media = smm_store_read_media_with_alt (stmt);
}

void
smm_store_load_parts (SmmStore *self, SmmPost *post)
{
  sqlite3_stmt *stmt
      = smm_store_prepare (self, "SELECT " SMM_STORE_TARGET_COLUMNS
                                 " FROM target WHERE post_id = ?1 ORDER BY platform, id");

  load_media (self, post);
  smm_store_bind (stmt, "s", post->id);
  g_ptr_array_unref (post->targets);
  post->targets = smm_store_read_targets (stmt);
  smm_store_load_variants (self, post);
  smm_store_load_tags (self, post);
}

/* A row of SMM_STORE_POST_COLUMNS. */
SmmPost *
smm_store_read_post (sqlite3_stmt *stmt)
{
  SmmPost *post = smm_post_new ();
  GHashTable *options = smm_store_read_options ((const char *)sqlite3_column_text (stmt, 6));

  post->id = smm_store_dup_text (stmt, 0);
  post->brand_id = smm_store_dup_text (stmt, 1);
  post->kind = sqlite3_column_int (stmt, 2);
  g_free (post->text);
  post->text = smm_store_dup_text (stmt, 3);
  post->link = smm_store_dup_text (stmt, 4);
  post->first_comment = smm_store_dup_text (stmt, 5);
  if (options != NULL)
    {
      g_hash_table_unref (post->options);
      post->options = options;
    }
  post->due_at = sqlite3_column_int64 (stmt, 7);
  post->wall_time = smm_store_dup_text (stmt, 8);
  post->zone = smm_store_dup_text (stmt, 9);
  post->created_at = sqlite3_column_int64 (stmt, 10);
  post->updated_at = sqlite3_column_int64 (stmt, 11);
  return post;
}

static SmmPost *
get_bare_post (SmmStore *self, const char *id)
{
  sqlite3_stmt *stmt = smm_store_prepare (self, "SELECT " SMM_STORE_POST_COLUMNS
                                                " FROM post WHERE id = ?1 AND deleted_at = 0");
  SmmPost *post = NULL;

  smm_store_bind (stmt, "s", id);
  while (smm_store_next_row (stmt))
    post = smm_store_read_post (stmt);
  return post;
}

/**
 * smm_store_get_post:
 * @self: a store
 * @id: its id
 *
 * Returns: (transfer full) (nullable): the post with media and targets; %NULL when there is none or
 *   it was deleted
 */
SmmPost *
smm_store_get_post (SmmStore *self, const char *id)
{
  SmmPost *post = get_bare_post (self, id);

  if (post != NULL)
    smm_store_load_parts (self, post);
  return post;
}

/**
 * smm_store_get_post_to_send:
 * @self: a store
 * @target: of whom; its variant is filled in
 *
 * Returns: (transfer full) (nullable): what this account gets, without the post's targets and tags,
 *   see smm_post_for_target(); %NULL when the post was deleted
 */
SmmPost *
smm_store_get_post_to_send (SmmStore *self, SmmTarget *target)
{
  g_autoptr (SmmPost) post = get_bare_post (self, target->post_id);

  if (post == NULL)
    return NULL;
  load_media (self, post);
  smm_store_load_variant (self, target);
  return smm_post_for_target (post, target);
}

/**
 * smm_store_get_updated_at:
 * @self: a store
 * @post_id: a post
 *
 * Returns: when it was last edited, µs UTC; -1 when there is none or it was deleted
 */
gint64
smm_store_get_updated_at (SmmStore *self, const char *post_id)
{
  sqlite3_stmt *stmt
      = smm_store_prepare (self, "SELECT updated_at FROM post WHERE id = ?1 AND deleted_at = 0");
  gint64 at = -1;

  smm_store_bind (stmt, "s", post_id);
  while (smm_store_next_row (stmt))
    at = sqlite3_column_int64 (stmt, 0);
  return at;
}

/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What posts are on single accounts. NULL in a column: as the post says; "" nothing of the kind. */

#include "config.h"

#include "smm-store-private.h"

#define VARIANT_COLUMNS                                                                            \
  "target_id, variant.text, variant.link, variant.first_comment, variant.options, "                \
  "variant.own_media"

/* A row of VARIANT_COLUMNS. Returns whether it has media of its own. */
static gboolean
read_variant (sqlite3_stmt *stmt, SmmTarget *target)
{
  SmmVariant *variant = smm_variant_new ();

  g_clear_object (&target->variant);
  target->variant = variant;
  variant->text = smm_store_dup_text (stmt, 1);
  variant->link = smm_store_dup_text (stmt, 2);
  variant->first_comment = smm_store_dup_text (stmt, 3);
  variant->options = smm_store_read_options ((const char *)sqlite3_column_text (stmt, 4));
  return sqlite3_column_int (stmt, 5) != 0;
}

static void
load_media (SmmStore *self, SmmTarget *target)
{
  sqlite3_stmt *stmt = smm_store_prepare (
      self, "SELECT " SMM_STORE_MEDIA_COLUMNS ", alt FROM variant_media "
            "JOIN media USING (sha256) WHERE target_id = ?1 ORDER BY position");

  smm_store_bind (stmt, "s", target->id);
  target->variant->media = smm_store_read_media_with_alt (stmt);
}

/* Fills in the variants of a post's targets. */
void
smm_store_load_variants (SmmStore *self, SmmPost *post)
{
  sqlite3_stmt *stmt
      = smm_store_prepare (self, "SELECT " VARIANT_COLUMNS " FROM target JOIN variant "
                                 "ON variant.target_id = target.id WHERE target.post_id = ?1");
  g_autoptr (GPtrArray) with_media = g_ptr_array_new ();

  smm_store_bind (stmt, "s", post->id);
  while (smm_store_next_row (stmt))
    {
      g_autofree char *id = smm_store_dup_text (stmt, 0);
      SmmTarget *target = smm_post_find_target (post, id);

      if (target != NULL && read_variant (stmt, target))
        g_ptr_array_add (with_media, target);
    }
  for (guint i = 0; i < with_media->len; i++)
    load_media (self, with_media->pdata[i]);
}

/* Fills in the variant of one. */
void
smm_store_load_variant (SmmStore *self, SmmTarget *target)
{
  sqlite3_stmt *stmt
      = smm_store_prepare (self, "SELECT " VARIANT_COLUMNS " FROM variant WHERE target_id = ?1");
  gboolean own_media = FALSE;

  smm_store_bind (stmt, "s", target->id);
  while (smm_store_next_row (stmt))
    own_media = read_variant (stmt, target);
  if (own_media)
    load_media (self, target);
}

static gboolean
put_media (SmmStore *self, SmmTarget *target, GError **error)
{
  for (guint i = 0; i < target->variant->media->len; i++)
    {
      SmmMedia *media = target->variant->media->pdata[i];
      sqlite3_stmt *stmt
          = smm_store_prepare (self, "INSERT INTO variant_media (target_id, position, sha256, alt) "
                                     "VALUES (?1, ?2, ?3, ?4)");

      smm_store_bind (stmt, "siss", target->id, (int)i, media->sha256, media->alt);
      if (!smm_store_run (self, stmt, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * smm_store_put_variant:
 * @self: the owner's store, inside a transaction
 * @target: stored already; its variant takes the place of what was stored, %NULL: nothing differs
 * @error: where to say what went wrong
 *
 * Returns: %TRUE when done
 */
gboolean
smm_store_put_variant (SmmStore *self, SmmTarget *target, GError **error)
{
  SmmVariant *variant = target->variant;
  g_autofree char *options = NULL;
  sqlite3_stmt *stmt = smm_store_prepare (self, "DELETE FROM variant WHERE target_id = ?1");

  smm_store_bind (stmt, "s", target->id);
  if (!smm_store_run (self, stmt, error))
    return FALSE;
  if (smm_variant_is_empty (variant))
    return TRUE;
  options = variant->options != NULL ? smm_store_print_options (variant->options) : NULL;
  stmt = smm_store_prepare (self, "INSERT INTO variant (target_id, text, link, first_comment, "
                                  "options, own_media) VALUES (?1, ?2, ?3, ?4, ?5, ?6)");
  smm_store_bind (stmt, "sssssi", target->id, variant->text, variant->link, variant->first_comment,
                  options, variant->media != NULL);
  return smm_store_run (self, stmt, error)
         && (variant->media == NULL || put_media (self, target, error));
}

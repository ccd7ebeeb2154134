/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-store-private.h"

#include "smm-brand.h"

/* The texts in the order of smm_brand_get_texts(), then the tones in theirs. */
#define BRAND_COLUMNS                                                                              \
  "id, name, timezone, late_policy, late_hours, created_at, emoji, voice, setup_step, logo, "      \
  "colors, website, description, audience, topics, dos, donts, hashtags, languages, "              \
  "tone_relaxed, tone_playful, tone_poetic, tone_bold, tone_long"
#define FIRST_TEXT 9

static SmmBrand *
read_brand (sqlite3_stmt *stmt)
{
  SmmBrand *brand = smm_brand_new ();
  int column = FIRST_TEXT;

  brand->id = smm_store_dup_text (stmt, 0);
  brand->name = smm_store_dup_text (stmt, 1);
  brand->timezone = smm_store_dup_text (stmt, 2);
  brand->late_policy = sqlite3_column_int (stmt, 3);
  brand->late_hours = sqlite3_column_int (stmt, 4);
  brand->created_at = sqlite3_column_int64 (stmt, 5);
  brand->emoji = CLAMP (sqlite3_column_int (stmt, 6), 0, SMM_BRAND_EMOJI_MANY);
  brand->voice = CLAMP (sqlite3_column_int (stmt, 7), 0, SMM_BRAND_VOICE_BRAND);
  brand->setup_step = sqlite3_column_int (stmt, 8);
  for (const SmmBrandText *text = smm_brand_get_texts (); text->key != NULL; text++)
    *smm_brand_get_text (brand, text) = smm_store_dup_text (stmt, column++);
  for (guint i = 0; i < SMM_N_BRAND_TONES; i++)
    brand->tones[i] = sqlite3_column_int (stmt, column++);
  return brand;
}

/**
 * smm_store_list_brands:
 * @self: a store
 *
 * Returns: (transfer full) (element-type SmmBrand): brands by name
 */
GPtrArray *
smm_store_list_brands (SmmStore *self)
{
  GPtrArray *brands = smm_store_new_records ();
  sqlite3_stmt *stmt = smm_store_prepare (
      self,
      "SELECT " BRAND_COLUMNS " FROM brand WHERE deleted_at = 0 ORDER BY name COLLATE NOCASE, id");

  while (smm_store_next_row (stmt))
    g_ptr_array_add (brands, read_brand (stmt));
  return brands;
}

/**
 * smm_store_list_deleted_brands:
 * @self: a store
 *
 * Returns: (transfer full) (element-type SmmBrand): brands that were deleted and can come back, by
 *   name
 */
GPtrArray *
smm_store_list_deleted_brands (SmmStore *self)
{
  GPtrArray *brands = smm_store_new_records ();
  sqlite3_stmt *stmt = smm_store_prepare (
      self,
      "SELECT " BRAND_COLUMNS " FROM brand WHERE deleted_at > 0 ORDER BY name COLLATE NOCASE, id");

  while (smm_store_next_row (stmt))
    g_ptr_array_add (brands, read_brand (stmt));
  return brands;
}

/**
 * smm_store_get_brand:
 * @self: a store
 * @id: a brand's id
 *
 * Returns: (transfer full) (nullable): the brand; %NULL when there is none or it was deleted
 */
SmmBrand *
smm_store_get_brand (SmmStore *self, const char *id)
{
  sqlite3_stmt *stmt = smm_store_prepare (self, "SELECT " BRAND_COLUMNS
                                                " FROM brand WHERE id = ?1 AND deleted_at = 0");
  SmmBrand *brand = NULL;

  smm_store_bind (stmt, "s", id);
  while (smm_store_next_row (stmt))
    brand = read_brand (stmt);
  return brand;
}

gboolean
smm_store_put_brand (SmmStore *self, SmmBrand *brand, GError **error)
{
  sqlite3_stmt *stmt = smm_store_prepare (
      self,
      "INSERT INTO brand (" BRAND_COLUMNS ") "
      "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, "
      "?19, ?20, ?21, ?22, ?23, ?24) ON CONFLICT (id) DO UPDATE SET name = excluded.name, "
      "timezone = excluded.timezone, late_policy = excluded.late_policy, "
      "late_hours = excluded.late_hours, emoji = excluded.emoji, voice = excluded.voice, "
      "setup_step = excluded.setup_step, logo = excluded.logo, colors = excluded.colors, "
      "website = excluded.website, description = excluded.description, "
      "audience = excluded.audience, topics = excluded.topics, dos = excluded.dos, "
      "donts = excluded.donts, hashtags = excluded.hashtags, languages = excluded.languages, "
      "tone_relaxed = excluded.tone_relaxed, tone_playful = excluded.tone_playful, "
      "tone_poetic = excluded.tone_poetic, tone_bold = excluded.tone_bold, "
      "tone_long = excluded.tone_long");
  int column = FIRST_TEXT + 1;

  smm_store_bind (stmt, "sssiiliii", brand->id, brand->name, brand->timezone,
                  (int)brand->late_policy, brand->late_hours, brand->created_at, (int)brand->emoji,
                  (int)brand->voice, brand->setup_step);
  for (const SmmBrandText *text = smm_brand_get_texts (); stmt != NULL && text->key != NULL; text++)
    smm_store_bind_text (stmt, column++, *smm_brand_get_text (brand, text));
  for (guint i = 0; stmt != NULL && i < SMM_N_BRAND_TONES; i++)
    sqlite3_bind_int (stmt, column++, brand->tones[i]);
  return smm_store_run (self, stmt, error);
}

/**
 * smm_store_has_brand:
 * @self: a store
 * @id: a brand's id
 *
 * Returns: whether there is one, also of those that were deleted and can come back
 */
gboolean
smm_store_has_brand (SmmStore *self, const char *id)
{
  sqlite3_stmt *stmt = smm_store_prepare (self, "SELECT 1 FROM brand WHERE id = ?1");
  gboolean found = FALSE;

  smm_store_bind (stmt, "s", id);
  while (smm_store_next_row (stmt))
    found = TRUE;
  return found;
}

gboolean
smm_store_set_brand_deleted (SmmStore *self, const char *id, gint64 at, GError **error)
{
  sqlite3_stmt *stmt = smm_store_prepare (self, "UPDATE brand SET deleted_at = ?2 WHERE id = ?1");

  smm_store_bind (stmt, "sl", id, at);
  return smm_store_run (self, stmt, error);
}

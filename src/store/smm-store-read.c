/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-store-private.h"

#include <string.h>

#define DEFAULT_LIMIT 10000

static gboolean
next_row (sqlite3_stmt *stmt)
{
  int code;

  if (stmt == NULL)
    return FALSE;
  code = sqlite3_step (stmt);
  if (code == SQLITE_ROW)
    return TRUE;
  if (code != SQLITE_DONE)
    g_warning ("Reading the library failed: %s", sqlite3_errmsg (sqlite3_db_handle (stmt)));
  sqlite3_reset (stmt);
  return FALSE;
}

static GPtrArray *
new_records (void)
{
  return g_ptr_array_new_with_free_func (g_object_unref);
}

/* The first record of @records, which it consumes. */
static gpointer
take_first (GPtrArray *records)
{
  gpointer first = records->len > 0 ? g_object_ref (records->pdata[0]) : NULL;

  g_ptr_array_unref (records);
  return first;
}

/**
 * smm_store_get_setting:
 * @self: a store
 * @key: name
 *
 * Returns: (transfer full) (nullable): its value
 */
char *
smm_store_get_setting (SmmStore *self, const char *key)
{
  sqlite3_stmt *stmt = smm_store_prepare (self, "SELECT value FROM setting WHERE key = ?1");
  char *value = NULL;

  smm_store_bind (stmt, "s", key);
  while (next_row (stmt))
    value = smm_store_dup_text (stmt, 0);
  return value;
}

/**
 * smm_store_get_profile:
 * @self: a store
 *
 * Returns: (transfer full) (nullable): who uses this computer, or %NULL before that was said
 */
SmmProfile *
smm_store_get_profile (SmmStore *self)
{
  sqlite3_stmt *stmt = smm_store_prepare (self, "SELECT name, email, organization FROM profile");
  SmmProfile *profile = NULL;

  while (next_row (stmt))
    {
      profile = smm_profile_new ();
      profile->name = smm_store_dup_text (stmt, 0);
      profile->email = smm_store_dup_text (stmt, 1);
      profile->organization = smm_store_dup_text (stmt, 2);
    }
  return profile;
}

/* --- Brands --- */

#define BRAND_COLUMNS "id, name, timezone, late_policy, late_hours, created_at"

static GPtrArray *
read_brands (sqlite3_stmt *stmt)
{
  GPtrArray *brands = new_records ();

  while (next_row (stmt))
    {
      SmmBrand *brand = smm_brand_new ();

      brand->id = smm_store_dup_text (stmt, 0);
      brand->name = smm_store_dup_text (stmt, 1);
      brand->timezone = smm_store_dup_text (stmt, 2);
      brand->late_policy = sqlite3_column_int (stmt, 3);
      brand->late_hours = sqlite3_column_int (stmt, 4);
      brand->created_at = sqlite3_column_int64 (stmt, 5);
      g_ptr_array_add (brands, brand);
    }
  return brands;
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
  return read_brands (smm_store_prepare (
      self,
      "SELECT " BRAND_COLUMNS " FROM brand WHERE deleted_at = 0 ORDER BY name COLLATE NOCASE, id"));
}

/**
 * smm_store_get_brand:
 * @self: a store
 * @id: its id
 *
 * Returns: (transfer full) (nullable): the brand; %NULL when there is none or it was deleted
 */
SmmBrand *
smm_store_get_brand (SmmStore *self, const char *id)
{
  sqlite3_stmt *stmt = smm_store_prepare (self, "SELECT " BRAND_COLUMNS
                                                " FROM brand WHERE id = ?1 AND deleted_at = 0");

  smm_store_bind (stmt, "s", id);
  return take_first (read_brands (stmt));
}

/* --- Accounts --- */

#define ACCOUNT_COLUMNS                                                                            \
  "id, brand_id, platform, remote_id, parent_remote_id, name, username, person_id, app_id, "       \
  "scopes, state, state_reason, token_expires_at, access_expires_at, followers, connected_at, "    \
  "checked_at, last_published_at, login"

static GPtrArray *
read_accounts (sqlite3_stmt *stmt)
{
  GPtrArray *accounts = new_records ();

  while (next_row (stmt))
    {
      SmmAccount *account = smm_account_new ();

      account->id = smm_store_dup_text (stmt, 0);
      account->brand_id = smm_store_dup_text (stmt, 1);
      account->platform = sqlite3_column_int (stmt, 2);
      account->remote_id = smm_store_dup_text (stmt, 3);
      account->parent_remote_id = smm_store_dup_text (stmt, 4);
      account->name = smm_store_dup_text (stmt, 5);
      account->username = smm_store_dup_text (stmt, 6);
      account->person_id = smm_store_dup_text (stmt, 7);
      account->app_id = smm_store_dup_text (stmt, 8);
      account->scopes = smm_store_dup_text (stmt, 9);
      account->state = sqlite3_column_int (stmt, 10);
      account->state_reason = smm_store_dup_text (stmt, 11);
      account->token_expires_at = sqlite3_column_int64 (stmt, 12);
      account->access_expires_at = sqlite3_column_int64 (stmt, 13);
      account->followers = sqlite3_column_int64 (stmt, 14);
      account->connected_at = sqlite3_column_int64 (stmt, 15);
      account->checked_at = sqlite3_column_int64 (stmt, 16);
      account->last_published_at = sqlite3_column_int64 (stmt, 17);
      account->login = smm_store_dup_text (stmt, 18);
      g_ptr_array_add (accounts, account);
    }
  return accounts;
}

/**
 * smm_store_list_accounts:
 * @self: a store
 * @brand_id: (nullable): only of this brand
 *
 * Returns: (transfer full) (element-type SmmAccount): accounts by name, disconnected ones too
 */
GPtrArray *
smm_store_list_accounts (SmmStore *self, const char *brand_id)
{
  sqlite3_stmt *stmt = smm_store_prepare (
      self, "SELECT " ACCOUNT_COLUMNS " FROM account WHERE (?1 IS NULL OR brand_id = ?1) "
            "AND brand_id IN (SELECT id FROM brand WHERE deleted_at = 0) "
            "ORDER BY name COLLATE NOCASE, platform, id");

  smm_store_bind (stmt, "s", brand_id);
  return read_accounts (stmt);
}

SmmAccount *
smm_store_get_account (SmmStore *self, const char *id)
{
  sqlite3_stmt *stmt
      = smm_store_prepare (self, "SELECT " ACCOUNT_COLUMNS " FROM account WHERE id = ?1");

  smm_store_bind (stmt, "s", id);
  return take_first (read_accounts (stmt));
}

/**
 * smm_store_find_account:
 * @self: a store
 * @brand_id: the brand
 * @platform: the platform
 * @remote_id: id at the platform
 *
 * Returns: (transfer full) (nullable): the account a reconnect would renew
 */
SmmAccount *
smm_store_find_account (SmmStore *self, const char *brand_id, SmmPlatformId platform,
                        const char *remote_id)
{
  sqlite3_stmt *stmt = smm_store_prepare (
      self, "SELECT " ACCOUNT_COLUMNS
            " FROM account WHERE brand_id = ?1 AND platform = ?2 AND remote_id = ?3");

  smm_store_bind (stmt, "sis", brand_id, (int)platform, remote_id);
  return take_first (read_accounts (stmt));
}

/**
 * smm_store_get_app_id:
 * @self: a store
 * @platform: "meta", "tiktok" …
 *
 * Returns: (transfer full) (nullable): the app id the user entered; its secret is in the keyring
 */
char *
smm_store_get_app_id (SmmStore *self, const char *platform)
{
  sqlite3_stmt *stmt
      = smm_store_prepare (self, "SELECT app_id FROM platform_app WHERE platform = ?1");
  char *app_id = NULL;

  smm_store_bind (stmt, "s", platform);
  while (next_row (stmt))
    app_id = smm_store_dup_text (stmt, 0);
  return app_id;
}

/* --- Media, targets, posts --- */

#define MEDIA_COLUMNS                                                                              \
  "media.sha256, mime, file_name, bytes, width, height, duration, container, video_codec, "        \
  "audio_codec, frame_rate, bit_rate, audio_rate, audio_channels, flags"

static SmmMedia *
read_medium (sqlite3_stmt *stmt)
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
      = smm_store_prepare (self, "SELECT " MEDIA_COLUMNS " FROM media WHERE sha256 = ?1");
  SmmMedia *media = NULL;

  smm_store_bind (stmt, "s", sha256);
  while (next_row (stmt))
    media = read_medium (stmt);
  return media;
}

GPtrArray *
smm_store_list_media (SmmStore *self, int limit)
{
  sqlite3_stmt *stmt = smm_store_prepare (self, "SELECT " MEDIA_COLUMNS " FROM media "
                                                "ORDER BY created_at DESC, sha256 LIMIT ?1");
  GPtrArray *media = new_records ();

  smm_store_bind (stmt, "i", limit);
  while (next_row (stmt))
    g_ptr_array_add (media, read_medium (stmt));
  return media;
}

#define TARGET_COLUMNS                                                                             \
  "target.id, target.post_id, target.account_id, target.platform, target.state, target.attempt, "  \
  "target.due_at, target.next_at, target.reason_code, target.reason, target.fix, "                 \
  "target.remote_id, target.permalink, target.published_at"

static GPtrArray *
read_targets (sqlite3_stmt *stmt)
{
  GPtrArray *targets = new_records ();

  while (next_row (stmt))
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
      = smm_store_prepare (self, "SELECT " TARGET_COLUMNS " FROM target WHERE id = ?1");

  smm_store_bind (stmt, "s", id);
  return take_first (read_targets (stmt));
}

static void
read_options (SmmPost *post, const char *text)
{
  g_autoptr (GVariant) options = NULL;
  GVariantIter iter;
  const char *key, *value;

  if (text == NULL)
    return;
  options = g_variant_parse (G_VARIANT_TYPE ("a{ss}"), text, NULL, NULL, NULL);
  if (options == NULL)
    return;
  g_variant_iter_init (&iter, options);
  while (g_variant_iter_next (&iter, "{&s&s}", &key, &value))
    g_hash_table_insert (post->options, g_strdup (key), g_strdup (value));
}

static void
load_parts (SmmStore *self, SmmPost *post)
{
  sqlite3_stmt *stmt = smm_store_prepare (
      self, "SELECT " MEDIA_COLUMNS ", alt "
            "FROM post_media JOIN media USING (sha256) WHERE post_id = ?1 ORDER BY position");

  smm_store_bind (stmt, "s", post->id);
  while (next_row (stmt))
    {
      SmmMedia *media = read_medium (stmt);

      media->alt = smm_store_dup_text (stmt, 15);
      g_ptr_array_add (post->media, media);
    }
  stmt = smm_store_prepare (self, "SELECT " TARGET_COLUMNS
                                  " FROM target WHERE post_id = ?1 ORDER BY platform, id");
  smm_store_bind (stmt, "s", post->id);
  g_ptr_array_unref (post->targets);
  post->targets = read_targets (stmt);
}

#define POST_COLUMNS                                                                               \
  "id, brand_id, kind, text, link, first_comment, options, due_at, wall_time, zone, created_at, "  \
  "updated_at"

static SmmPost *
read_post (sqlite3_stmt *stmt)
{
  SmmPost *post = smm_post_new ();

  post->id = smm_store_dup_text (stmt, 0);
  post->brand_id = smm_store_dup_text (stmt, 1);
  post->kind = sqlite3_column_int (stmt, 2);
  g_free (post->text);
  post->text = smm_store_dup_text (stmt, 3);
  post->link = smm_store_dup_text (stmt, 4);
  post->first_comment = smm_store_dup_text (stmt, 5);
  read_options (post, (const char *)sqlite3_column_text (stmt, 6));
  post->due_at = sqlite3_column_int64 (stmt, 7);
  post->wall_time = smm_store_dup_text (stmt, 8);
  post->zone = smm_store_dup_text (stmt, 9);
  post->created_at = sqlite3_column_int64 (stmt, 10);
  post->updated_at = sqlite3_column_int64 (stmt, 11);
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
  sqlite3_stmt *stmt = smm_store_prepare (self, "SELECT " POST_COLUMNS
                                                " FROM post WHERE id = ?1 AND deleted_at = 0");
  SmmPost *post = NULL;

  smm_store_bind (stmt, "s", id);
  while (next_row (stmt))
    post = read_post (stmt);
  if (post != NULL)
    load_parts (self, post);
  return post;
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
  while (next_row (stmt))
    at = sqlite3_column_int64 (stmt, 0);
  return at;
}

/* Turns what the user typed into a LIKE pattern in which nothing is special. */
static char *
make_pattern (const char *search)
{
  g_autoptr (GString) pattern = g_string_new ("%");

  for (; *search != '\0'; search++)
    {
      if (strchr ("%_\\", *search) != NULL)
        g_string_append_c (pattern, '\\');
      g_string_append_c (pattern, *search);
    }
  g_string_append_c (pattern, '%');
  return g_string_free (g_steal_pointer (&pattern), FALSE);
}

/**
 * smm_store_list_posts:
 * @self: a store
 * @filter: (nullable): what to list
 *
 * Returns: (transfer full) (element-type SmmPost): posts by due time, drafts without one first
 */
GPtrArray *
smm_store_list_posts (SmmStore *self, const SmmPostFilter *filter)
{
  static const SmmPostFilter everything = { .state = -1 };
  sqlite3_stmt *stmt = smm_store_prepare (
      self, "SELECT " POST_COLUMNS " FROM post WHERE deleted_at = 0 "
            "AND brand_id IN (SELECT id FROM brand WHERE deleted_at = 0) "
            "AND (?1 IS NULL OR brand_id = ?1) AND due_at >= ?2 AND due_at < ?3 "
            "AND (?4 < 0 OR EXISTS (SELECT 1 FROM target WHERE post_id = post.id "
            "                       AND target.state = ?4)) "
            "AND (?5 IS NULL OR text LIKE ?5 ESCAPE '\\') ORDER BY due_at, created_at LIMIT ?6");
  GPtrArray *posts = new_records ();
  g_autofree char *pattern = NULL;

  if (filter == NULL)
    filter = &everything;
  if (filter->search != NULL && *filter->search != '\0')
    pattern = make_pattern (filter->search);
  smm_store_bind (stmt, "sllisi", filter->brand_id, filter->from,
                  filter->to > 0 ? filter->to : G_MAXINT64, filter->state, pattern,
                  filter->limit > 0 ? filter->limit : DEFAULT_LIMIT);
  while (next_row (stmt))
    g_ptr_array_add (posts, read_post (stmt));
  for (guint i = 0; i < posts->len; i++)
    load_parts (self, posts->pdata[i]);
  return posts;
}

/* --- Chips --- */

/* Only of what is scheduled the targets are looked at, by their index. A platform is told when no
 * part of the post waits for this computer. */
/* From bit 8 on, "platforms" says who has all that is scheduled of the post and publishes it. */
#define HANDED_OVER_SHIFT 8
#define CHIP_COLUMNS "id, brand_id, title, due_at, state, platforms, thumbnail"
#define BRAND_LIVES "AND brand_id NOT IN (SELECT id FROM brand WHERE deleted_at > 0) "

static GPtrArray *
read_chips (sqlite3_stmt *stmt)
{
  GPtrArray *chips = new_records ();

  while (next_row (stmt))
    {
      SmmChip *chip = smm_chip_new ();

      chip->post_id = smm_store_dup_text (stmt, 0);
      chip->brand_id = smm_store_dup_text (stmt, 1);
      chip->title = smm_store_dup_text (stmt, 2);
      chip->due_at = sqlite3_column_int64 (stmt, 3);
      chip->state = sqlite3_column_int (stmt, 4);
      chip->platforms = sqlite3_column_int (stmt, 5) & ((1 << HANDED_OVER_SHIFT) - 1);
      chip->thumbnail = smm_store_dup_text (stmt, 6);
      chip->handed_over = sqlite3_column_int (stmt, 5) >> HANDED_OVER_SHIFT;
      g_ptr_array_add (chips, chip);
    }
  return chips;
}

/**
 * smm_store_list_chips:
 * @self: a store
 * @brand_id: (nullable): only of this brand
 * @from: µs UTC, included
 * @to: µs UTC, not included
 *
 * One scan of a covering index: the text of the posts is not touched.
 *
 * Returns: (transfer full) (element-type SmmChip): in time order
 */
GPtrArray *
smm_store_list_chips (SmmStore *self, const char *brand_id, gint64 from, gint64 to)
{
  sqlite3_stmt *stmt = smm_store_prepare (
      self, "SELECT " CHIP_COLUMNS " FROM post INDEXED BY post_calendar "
            "WHERE deleted_at = 0 AND due_at >= ?2 AND due_at < ?3 " BRAND_LIVES
            "AND (?1 IS NULL OR brand_id = ?1) ORDER BY due_at");

  smm_store_bind (stmt, "sll", brand_id, MAX (from, 1), to);
  return read_chips (stmt);
}

/**
 * smm_store_list_drafts:
 * @self: a store
 * @brand_id: (nullable): only of this brand
 * @limit: how many at most
 *
 * Returns: (transfer full) (element-type SmmChip): posts without a time, newest first
 */
GPtrArray *
smm_store_list_drafts (SmmStore *self, const char *brand_id, int limit)
{
  sqlite3_stmt *stmt = smm_store_prepare (
      self, "SELECT " CHIP_COLUMNS
            " FROM post WHERE deleted_at = 0 AND due_at = 0 AND state = 0 " BRAND_LIVES
            "AND (?1 IS NULL OR brand_id = ?1) ORDER BY updated_at DESC LIMIT ?2");

  smm_store_bind (stmt, "si", brand_id, limit);
  return read_chips (stmt);
}

/**
 * smm_store_get_next_chip:
 * @self: a store
 * @brand_id: (nullable): only of this brand
 * @now: µs UTC
 *
 * Returns: (transfer full) (nullable): the next post that will go out
 */
SmmChip *
smm_store_get_next_chip (SmmStore *self, const char *brand_id, gint64 now)
{
  sqlite3_stmt *stmt
      = smm_store_prepare (self, "SELECT " CHIP_COLUMNS " FROM post INDEXED BY post_calendar "
                                 "WHERE deleted_at = 0 AND due_at >= ?2 AND state = 1 " BRAND_LIVES
                                 "AND (?1 IS NULL OR brand_id = ?1) ORDER BY due_at LIMIT 1");

  smm_store_bind (stmt, "sl", brand_id, now);
  return take_first (read_chips (stmt));
}

/**
 * smm_store_count_attention:
 * @self: a store
 * @brand_id: (nullable): only of this brand
 *
 * Returns: how many posts are unconfirmed, failed or need the user
 */
guint
smm_store_count_attention (SmmStore *self, const char *brand_id)
{
  sqlite3_stmt *stmt = smm_store_prepare (
      self, "SELECT count (*) FROM post WHERE deleted_at = 0 AND state IN (4, 5, 6) " BRAND_LIVES
            "AND (?1 IS NULL OR brand_id = ?1)");
  guint count = 0;

  smm_store_bind (stmt, "s", brand_id);
  while (next_row (stmt))
    count = sqlite3_column_int (stmt, 0);
  return count;
}

/* --- Journal and ledger --- */

#define JOURNAL_COLUMNS                                                                            \
  "journal.id, target_id, journal.attempt, step, kind, journal.state, started_at, ended_at, "      \
  "http_status, error, note, request_id"

static GPtrArray *
read_journal (sqlite3_stmt *stmt)
{
  GPtrArray *entries = new_records ();

  while (next_row (stmt))
    {
      SmmJournalEntry *entry = smm_journal_entry_new ();

      entry->id = sqlite3_column_int64 (stmt, 0);
      entry->target_id = smm_store_dup_text (stmt, 1);
      entry->attempt = sqlite3_column_int (stmt, 2);
      entry->step = smm_store_dup_text (stmt, 3);
      entry->kind = smm_store_dup_text (stmt, 4);
      entry->state = smm_store_dup_text (stmt, 5);
      entry->started_at = sqlite3_column_int64 (stmt, 6);
      entry->ended_at = sqlite3_column_int64 (stmt, 7);
      entry->http_status = sqlite3_column_int (stmt, 8);
      entry->error = smm_store_dup_text (stmt, 9);
      entry->note = smm_store_dup_text (stmt, 10);
      entry->request_id = smm_store_dup_text (stmt, 11);
      g_ptr_array_add (entries, entry);
    }
  return entries;
}

/**
 * smm_store_list_journal:
 * @self: a store
 * @post_id: a post
 *
 * Returns: (transfer full) (element-type SmmJournalEntry): every step of its targets, in order
 */
GPtrArray *
smm_store_list_journal (SmmStore *self, const char *post_id)
{
  sqlite3_stmt *stmt = smm_store_prepare (
      self, "SELECT " JOURNAL_COLUMNS " FROM journal JOIN target ON target.id = target_id "
            "WHERE post_id = ?1 ORDER BY journal.id");

  smm_store_bind (stmt, "s", post_id);
  return read_journal (stmt);
}

SmmJournalEntry *
smm_store_get_last_commit (SmmStore *self, const char *target_id)
{
  sqlite3_stmt *stmt = smm_store_prepare (
      self, "SELECT " JOURNAL_COLUMNS " FROM journal WHERE target_id = ?1 AND kind = 'commit' "
            "AND state <> 'refused' ORDER BY id DESC LIMIT 1");

  smm_store_bind (stmt, "s", target_id);
  return take_first (read_journal (stmt));
}

guint
smm_store_count_looks (SmmStore *self, const char *target_id, int attempt)
{
  sqlite3_stmt *stmt = smm_store_prepare (
      self, "SELECT count (*) FROM journal WHERE target_id = ?1 AND attempt = ?2 "
            "AND kind = 'reconcile' AND state = 'done'");
  guint count = 0;

  smm_store_bind (stmt, "si", target_id, attempt);
  while (next_row (stmt))
    count = sqlite3_column_int (stmt, 0);
  return count;
}

/**
 * smm_store_list_ledger:
 * @self: a store
 * @limit: how many at most
 *
 * Returns: (transfer full) (element-type SmmLedgerEntry): requests that left, newest first
 */
GPtrArray *
smm_store_list_ledger (SmmStore *self, int limit)
{
  sqlite3_stmt *stmt = smm_store_prepare (
      self, "SELECT at, host, purpose, account_id, bytes_sent, bytes_received, result FROM ledger "
            "ORDER BY id DESC LIMIT ?1");
  GPtrArray *entries = new_records ();

  smm_store_bind (stmt, "i", limit);
  while (next_row (stmt))
    {
      SmmLedgerEntry *entry = smm_ledger_entry_new ();

      entry->at = sqlite3_column_int64 (stmt, 0);
      entry->host = smm_store_dup_text (stmt, 1);
      entry->purpose = smm_store_dup_text (stmt, 2);
      entry->account_id = smm_store_dup_text (stmt, 3);
      entry->bytes_sent = sqlite3_column_int64 (stmt, 4);
      entry->bytes_received = sqlite3_column_int64 (stmt, 5);
      entry->result = smm_store_dup_text (stmt, 6);
      g_ptr_array_add (entries, entry);
    }
  return entries;
}

/* --- The engine's lists --- */

static GPtrArray *
list_next (SmmStore *self, const char *sql, gint64 now, int limit)
{
  sqlite3_stmt *stmt = smm_store_prepare (self, sql);

  smm_store_bind (stmt, "li", now, limit);
  return read_targets (stmt);
}

GPtrArray *
smm_store_list_due (SmmStore *self, gint64 now, int limit)
{
  return list_next (self,
                    "SELECT " TARGET_COLUMNS " FROM target INDEXED BY target_next "
                    "WHERE next_at > 0 AND next_at <= ?1 AND state = 1 "
                    "ORDER BY next_at LIMIT ?2",
                    now, limit);
}

GPtrArray *
smm_store_list_pending (SmmStore *self, gint64 now, int limit)
{
  return list_next (self,
                    "SELECT " TARGET_COLUMNS " FROM target INDEXED BY target_pending "
                    "WHERE next_at > 0 AND next_at <= ?1 AND state <> 1 "
                    "ORDER BY next_at LIMIT ?2",
                    now, limit);
}

GPtrArray *
smm_store_list_in_state (SmmStore *self, SmmTargetState state, int limit)
{
  sqlite3_stmt *stmt = smm_store_prepare (
      self, "SELECT " TARGET_COLUMNS " FROM target WHERE state = ?1 ORDER BY due_at LIMIT ?2");

  smm_store_bind (stmt, "ii", (int)state, limit);
  return read_targets (stmt);
}

gint64
smm_store_get_next_wake (SmmStore *self)
{
  sqlite3_stmt *stmt = smm_store_prepare (
      self, "SELECT next_at FROM target INDEXED BY target_next WHERE next_at > 0 "
            "ORDER BY next_at LIMIT 1");
  gint64 next = 0;

  while (next_row (stmt))
    next = sqlite3_column_int64 (stmt, 0);
  return next;
}

GHashTable *
smm_store_get_facts (SmmStore *self, const char *target_id)
{
  sqlite3_stmt *stmt = smm_store_prepare (self, "SELECT key, value FROM fact WHERE target_id = ?1");
  GHashTable *facts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  smm_store_bind (stmt, "s", target_id);
  while (next_row (stmt))
    g_hash_table_insert (facts, smm_store_dup_text (stmt, 0), smm_store_dup_text (stmt, 1));
  return facts;
}

GHashTable *
smm_store_get_claimed (SmmStore *self, const char *account_id, const char *target_id)
{
  sqlite3_stmt *stmt
      = smm_store_prepare (self, "SELECT remote_id FROM target WHERE account_id = ?1 AND id <> ?2 "
                                 "AND remote_id IS NOT NULL ORDER BY published_at DESC LIMIT 1000");
  GHashTable *claimed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  smm_store_bind (stmt, "ss", account_id, target_id);
  while (next_row (stmt))
    g_hash_table_add (claimed, smm_store_dup_text (stmt, 0));
  return claimed;
}

/**
 * smm_store_list_step_times:
 * @self: a store
 * @account_id: an account
 * @step: how the names of the steps begin
 * @since: µs UTC
 *
 * Returns: (transfer full) (element-type gint64): when such steps were sent after @since, oldest
 *   first
 */
GArray *
smm_store_list_step_times (SmmStore *self, const char *account_id, const char *step, gint64 since)
{
  /* Rows are written in time order: from the newest back to the first one that is too old. */
  sqlite3_stmt *stmt = smm_store_prepare (
      self, "SELECT started_at, step, account_id FROM journal "
            "JOIN target ON target.id = journal.target_id ORDER BY journal.id DESC");
  GArray *times = g_array_new (FALSE, FALSE, sizeof (gint64));

  while (next_row (stmt))
    {
      gint64 at = sqlite3_column_int64 (stmt, 0);

      if (at <= since)
        break;
      if (g_strcmp0 ((const char *)sqlite3_column_text (stmt, 2), account_id) == 0
          && g_str_has_prefix ((const char *)sqlite3_column_text (stmt, 1), step))
        g_array_prepend_val (times, at);
    }
  if (stmt != NULL)
    sqlite3_reset (stmt);
  return times;
}

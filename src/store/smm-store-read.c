/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who there is (profile, brands, accounts), and what the library wrote down (journal, ledger). */

#include "config.h"

#include "smm-store-private.h"

GPtrArray *
smm_store_new_records (void)
{
  return g_ptr_array_new_with_free_func (g_object_unref);
}

/* The first record of @records, which it consumes. */
gpointer
smm_store_take_first (GPtrArray *records)
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
  while (smm_store_next_row (stmt))
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

  while (smm_store_next_row (stmt))
    {
      profile = smm_profile_new ();
      profile->name = smm_store_dup_text (stmt, 0);
      profile->email = smm_store_dup_text (stmt, 1);
      profile->organization = smm_store_dup_text (stmt, 2);
    }
  return profile;
}

/* --- Accounts --- */

#define ACCOUNT_COLUMNS                                                                            \
  "id, brand_id, platform, remote_id, parent_remote_id, name, username, person_id, app_id, "       \
  "scopes, state, state_reason, token_expires_at, access_expires_at, followers, connected_at, "    \
  "checked_at, last_published_at, login, revoke_until, "                                           \
  "(EXISTS (SELECT 1 FROM setting WHERE key = 'web-space' AND value <> '') "                       \
  "+ EXISTS (SELECT 1 FROM setting WHERE key = 'web-space.use' AND value = 'always'))"

static GPtrArray *
read_accounts (sqlite3_stmt *stmt)
{
  GPtrArray *accounts = smm_store_new_records ();

  while (smm_store_next_row (stmt))
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
      account->revoke_until = sqlite3_column_int64 (stmt, 19);
      account->web_space = sqlite3_column_int (stmt, 20);
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

/**
 * smm_store_list_all_accounts:
 * @self: a store
 * @brand_id: (nullable): only of this one
 *
 * Returns: (transfer full) (element-type SmmAccount): also of brands that were deleted and can come
 *   back
 */
GPtrArray *
smm_store_list_all_accounts (SmmStore *self, const char *brand_id)
{
  sqlite3_stmt *stmt = smm_store_prepare (self, "SELECT " ACCOUNT_COLUMNS
                                                " FROM account WHERE ?1 IS NULL OR brand_id = ?1");

  smm_store_bind (stmt, "s", brand_id);
  return read_accounts (stmt);
}

SmmAccount *
smm_store_get_account (SmmStore *self, const char *id)
{
  sqlite3_stmt *stmt
      = smm_store_prepare (self, "SELECT " ACCOUNT_COLUMNS " FROM account WHERE id = ?1");

  smm_store_bind (stmt, "s", id);
  return smm_store_take_first (read_accounts (stmt));
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
  return smm_store_take_first (read_accounts (stmt));
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
  while (smm_store_next_row (stmt))
    app_id = smm_store_dup_text (stmt, 0);
  return app_id;
}

/* --- Journal and ledger --- */

#define JOURNAL_COLUMNS                                                                            \
  "journal.id, target_id, journal.attempt, step, kind, journal.state, started_at, ended_at, "      \
  "http_status, error, note, request_id, content"

static GPtrArray *
read_journal (sqlite3_stmt *stmt)
{
  GPtrArray *entries = smm_store_new_records ();

  while (smm_store_next_row (stmt))
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
      entry->content = smm_store_dup_text (stmt, 12);
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
  return smm_store_take_first (read_journal (stmt));
}

guint
smm_store_count_looks (SmmStore *self, const char *target_id, int attempt)
{
  sqlite3_stmt *stmt = smm_store_prepare (
      self, "SELECT count (*) FROM journal WHERE target_id = ?1 AND (?2 = 0 OR attempt = ?2) "
            "AND kind = 'reconcile' AND state = 'done'");
  guint count = 0;

  smm_store_bind (stmt, "si", target_id, attempt);
  while (smm_store_next_row (stmt))
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
  GPtrArray *entries = smm_store_new_records ();

  smm_store_bind (stmt, "i", limit);
  while (smm_store_next_row (stmt))
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

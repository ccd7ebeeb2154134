/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-store-private.h"

/**
 * smm_store_transition:
 * @self: the owner's store, inside a transaction
 * @target_id: the target
 * @from_state: the state it must be in
 * @from_attempt: the attempt it must be at
 * @to: what it becomes
 * @error: only for a database that fails, not for having lost the race
 *
 * The compare-and-set every change of state goes through.
 *
 * Returns: %TRUE when exactly this row changed
 */
gboolean
smm_store_transition (SmmStore *self, const char *target_id, SmmTargetState from_state,
                      int from_attempt, const SmmTransition *to, GError **error)
{
  sqlite3_stmt *stmt = smm_store_prepare (
      self, "UPDATE target SET state = ?4, attempt = ?5, next_at = ?6, reason_code = ?7, "
            "reason = ?8, fix = ?9, remote_id = ?10, permalink = ?11, published_at = ?12 "
            "WHERE id = ?1 AND state = ?2 AND attempt = ?3");
  gboolean news = smm_store_is_news (self, target_id, (int)from_state, to->state, to->reason_code);

  smm_store_bind (stmt, "siiiilsssssl", target_id, (int)from_state, from_attempt, (int)to->state,
                  to->attempt, to->next_at, to->reason_code, to->reason, to->fix, to->remote_id,
                  to->permalink, to->published_at);
  if (!smm_store_run (self, stmt, error) || sqlite3_changes (self->db) != 1)
    return FALSE;
  if (news && !smm_store_note_target (self, target_id, to->state, to->reason_code, error))
    return FALSE;
  /* Of what is scheduled the summary also says who publishes it. */
  if (from_state == to->state && to->state != SMM_TARGET_SCHEDULED)
    return TRUE;
  return smm_store_update_summary_of (self, target_id, error);
}

/**
 * smm_store_journal_start:
 * @self: the owner's store, inside a transaction
 * @target_id: the target
 * @attempt: its attempt
 * @step: the step's name
 * @kind: "prepare", "commit", "confirm" or "reconcile"
 * @at: µs UTC
 * @error: also when this attempt has its committing row already
 *
 * Returns: the row's id; 0 on error
 */
gint64
smm_store_journal_start (SmmStore *self, const char *target_id, int attempt, const char *step,
                         const char *kind, gint64 at, GError **error)
{
  sqlite3_stmt *stmt = smm_store_prepare (
      self, "INSERT INTO journal (target_id, attempt, step, kind, state, started_at) "
            "VALUES (?1, ?2, ?3, ?4, 'intent', ?5)");

  smm_store_bind (stmt, "sissl", target_id, attempt, step, kind, at);
  return smm_store_run (self, stmt, error) ? sqlite3_last_insert_rowid (self->db) : 0;
}

/**
 * smm_store_journal_start_commit:
 * @self: the owner's store, inside a transaction
 * @target_id: the target
 * @attempt: its attempt
 * @step: the step's name
 * @at: µs UTC
 * @digest: of what it is to make public
 * @error: also when this attempt has its committing row already
 *
 * The intent, which is on the disk before the first byte leaves.
 *
 * Returns: the row's id; 0 on error
 */
gint64
smm_store_journal_start_commit (SmmStore *self, const char *target_id, int attempt,
                                const char *step, gint64 at, const char *digest, GError **error)
{
  sqlite3_stmt *stmt = smm_store_prepare (
      self, "INSERT INTO journal (target_id, attempt, step, kind, state, started_at, content) "
            "VALUES (?1, ?2, ?3, 'commit', 'intent', ?4, ?5)");

  smm_store_bind (stmt, "sisls", target_id, attempt, step, at, digest);
  return smm_store_run (self, stmt, error) ? sqlite3_last_insert_rowid (self->db) : 0;
}

gboolean
smm_store_journal_end (SmmStore *self, gint64 id, const char *state, gint64 at, int http_status,
                       const char *error_code, const char *note, const char *request_id,
                       GError **error)
{
  sqlite3_stmt *stmt = smm_store_prepare (
      self,
      "UPDATE journal SET state = ?2, ended_at = ?3, http_status = ?4, error = ?5, note = ?6, "
      "request_id = ?7 WHERE id = ?1");

  smm_store_bind (stmt, "lslisss", id, state, at, http_status, error_code, note, request_id);
  return smm_store_run (self, stmt, error);
}

/**
 * smm_store_put_facts:
 * @self: the owner's store, inside a transaction
 * @target_id: the target
 * @facts: (element-type utf8 utf8): all its facts; those not in here are forgotten. What begins
 *   with "secret." is not written: it never reaches the disk
 * @error: where to say what went wrong
 */
gboolean
smm_store_put_facts (SmmStore *self, const char *target_id, GHashTable *facts, GError **error)
{
  sqlite3_stmt *stmt = smm_store_prepare (self, "DELETE FROM fact WHERE target_id = ?1");
  GHashTableIter iter;
  gpointer key, value;

  smm_store_bind (stmt, "s", target_id);
  if (!smm_store_run (self, stmt, error))
    return FALSE;
  g_hash_table_iter_init (&iter, facts);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      if (g_str_has_prefix (key, "secret."))
        continue;
      stmt = smm_store_prepare (self,
                                "INSERT INTO fact (target_id, key, value) VALUES (?1, ?2, ?3)");
      smm_store_bind (stmt, "sss", target_id, key, value);
      if (!smm_store_run (self, stmt, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
smm_store_add_ledger (SmmStore *self, SmmLedgerEntry *entry, GError **error)
{
  sqlite3_stmt *stmt = smm_store_prepare (
      self,
      "INSERT INTO ledger (at, host, purpose, account_id, bytes_sent, bytes_received, result) "
      "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)");

  smm_store_bind (stmt, "lssslls", entry->at, entry->host, entry->purpose, entry->account_id,
                  entry->bytes_sent, entry->bytes_received, entry->result);
  return smm_store_run (self, stmt, error);
}

/**
 * smm_store_wake_keyring:
 * @self: the owner's store
 * @now: µs UTC
 * @error: FAILED, FULL …
 *
 * What waits for the keyring is due now.
 */
gboolean
smm_store_wake_keyring (SmmStore *self, gint64 now, GError **error)
{
  sqlite3_stmt *stmt
      = smm_store_prepare (self, "UPDATE target INDEXED BY target_locked SET next_at = ?1 "
                                 "WHERE fix = 'unlock' AND next_at > 0 AND next_at > ?1");

  smm_store_bind (stmt, "l", now);
  return smm_store_run (self, stmt, error);
}

GPtrArray *
smm_store_release_held (SmmStore *self, const char *account_id, const char *reason_code,
                        GError **error)
{
  sqlite3_stmt *stmt = smm_store_prepare (
      self, "UPDATE target INDEXED BY target_unsettled SET state = 1, next_at = due_at, "
            "reason_code = NULL, reason = NULL, fix = NULL "
            "WHERE state = 6 AND state > 1 AND state <> 3 AND state < 7 "
            "AND (?1 IS NULL OR account_id = ?1) AND reason_code = ?2 AND due_at > 0 "
            "RETURNING post_id");
  g_autoptr (GPtrArray) posts = g_ptr_array_new_with_free_func (g_free);
  int code = SQLITE_ERROR;

  smm_store_bind (stmt, "ss", account_id, reason_code);
  /* See smm_store_run(). */
  while (stmt != NULL && !self->doubtful && (code = sqlite3_step (stmt)) == SQLITE_ROW)
    g_ptr_array_add (posts, smm_store_dup_text (stmt, 0));
  if (code != SQLITE_DONE)
    {
      smm_store_note_result (self, code);
      smm_store_set_error (self, error, "Writing a state");
      if (stmt != NULL)
        sqlite3_reset (stmt);
      return NULL;
    }
  sqlite3_reset (stmt);
  for (guint i = 0; i < posts->len; i++)
    if (!smm_store_update_summary (self, posts->pdata[i], error))
      return NULL;
  return g_steal_pointer (&posts);
}

gboolean
smm_store_has_rival (SmmStore *self, const char *account_id, const char *target_id,
                     const char *remote_id)
{
  sqlite3_stmt *stmt = smm_store_prepare (
      self, "SELECT 1 FROM target WHERE account_id = ?1 AND id <> ?2 "
            "AND (remote_id = ?3 OR (state = 2 AND (SELECT text FROM post WHERE id = post_id) = "
            "(SELECT p.text FROM post p JOIN target t ON t.post_id = p.id WHERE t.id = ?2)))");
  gboolean found;

  smm_store_bind (stmt, "sss", account_id, target_id, remote_id);
  found = smm_store_next_row (stmt);
  if (stmt != NULL)
    sqlite3_reset (stmt);
  return found;
}

gint64
smm_store_get_rest (SmmStore *self, const char *account_id)
{
  sqlite3_stmt *stmt = smm_store_prepare (self, "SELECT rest_until FROM account WHERE id = ?1");
  gint64 until = 0;

  smm_store_bind (stmt, "s", account_id);
  if (smm_store_next_row (stmt))
    until = sqlite3_column_int64 (stmt, 0);
  if (stmt != NULL)
    sqlite3_reset (stmt);
  return until;
}

gboolean
smm_store_put_rest (SmmStore *self, const char *account_id, gint64 until, GError **error)
{
  sqlite3_stmt *stmt = smm_store_prepare (self, "UPDATE account SET rest_until = ?2 WHERE id = ?1");

  smm_store_bind (stmt, "sl", account_id, until);
  return smm_store_run (self, stmt, error);
}

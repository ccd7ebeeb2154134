/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What people are to be told, and the mails that tell it: see *-notices.sql. */

#include "config.h"

#include "smm-store-private.h"

#define MAIL_COLUMNS                                                                               \
  "id, key, state, sender, recipients, subject, text, html, made_at, unclear_at, next_at, tries, " \
  "ended_at, remote_id, problem"

/* --- Notices --- */

void
smm_notice_free (SmmNotice *notice)
{
  g_free (notice->subject);
  g_free (notice);
}

/**
 * smm_store_list_notices:
 * @self: a store
 * @channel: which channel has not dealt with them
 * @limit: at most so many
 *
 * Returns: (transfer full) (element-type SmmNotice): oldest first
 */
GPtrArray *
smm_store_list_notices (SmmStore *self, SmmNoticeChannel channel, int limit)
{
  GPtrArray *notices = g_ptr_array_new_with_free_func ((GDestroyNotify)smm_notice_free);
  sqlite3_stmt *stmt = channel == SMM_NOTICE_DESKTOP
                           ? smm_store_prepare (self, "SELECT id, kind, subject, at FROM notice "
                                                      "WHERE desktop = 0 ORDER BY id LIMIT ?1")
                           : smm_store_prepare (self, "SELECT id, kind, subject, at FROM notice "
                                                      "WHERE mail = 0 ORDER BY id LIMIT ?1");

  smm_store_bind (stmt, "i", limit);
  while (smm_store_next_row (stmt))
    {
      SmmNotice *notice = g_new0 (SmmNotice, 1);

      notice->id = sqlite3_column_int64 (stmt, 0);
      notice->kind = sqlite3_column_int (stmt, 1);
      notice->subject = smm_store_dup_text (stmt, 2);
      notice->at = sqlite3_column_int64 (stmt, 3);
      g_ptr_array_add (notices, notice);
    }
  return notices;
}

/**
 * smm_store_want_notices:
 * @self: the owner's store
 * @channel: a channel
 * @kinds: bits (1 << SmmNoticeKind) of what is told there; all of it until this is called
 *
 * What becomes of targets from now on and is not told there is noted as dealt with.
 */
void
smm_store_want_notices (SmmStore *self, SmmNoticeChannel channel, guint kinds)
{
  self->not_told[channel] = ~kinds;
}

/**
 * smm_store_add_notice:
 * @self: the owner's store, in a transaction
 * @kind: an SmmNoticeKind
 * @subject: id of a target or account
 * @occasion: of one occasion it is told once: then nothing is added
 * @at: µs UTC
 * @error: return location
 */
gboolean
smm_store_add_notice (SmmStore *self, int kind, const char *subject, const char *occasion,
                      gint64 at, GError **error)
{
  sqlite3_stmt *stmt = smm_store_prepare (
      self, "INSERT INTO notice (kind, subject, occasion, at) VALUES (?1, ?2, ?3, ?4) "
            "ON CONFLICT DO NOTHING");

  smm_store_bind (stmt, "issl", kind, subject, occasion, at);
  return smm_store_run (self, stmt, error);
}

/* Of what comes to @state; 0: nobody is told. Numbered as in smm-notices.h. */
static int
get_kind (SmmTargetState state, const char *reason_code)
{
  if (state > SMM_TARGET_FAILED && g_strcmp0 (reason_code, "too-late") == 0)
    return 5;
  switch (state)
    {
    case SMM_TARGET_SCHEDULED:
      return g_strcmp0 (reason_code, "handed-over") == 0 ? 6 : 0;
    case SMM_TARGET_PUBLISHED:
      return 1;
    case SMM_TARGET_UNCONFIRMED:
      return 3;
    case SMM_TARGET_FAILED:
      return 2;
    case SMM_TARGET_HELD:
      /* By the user's own word a moment ago, all at once: smm-workspace.h. */
      return g_strcmp0 (reason_code, "closing") == 0 || g_strcmp0 (reason_code, "switched-off") == 0
                 ? 0
                 : 4;
    default:
      return 0;
    }
}

/* Whether the change makes something of the target that people are to be told. Asked before it is
 * made; @from_state: -1 when it is not known. */
gboolean
smm_store_is_news (SmmStore *self, const char *target_id, int from_state, SmmTargetState state,
                   const char *reason_code)
{
  sqlite3_stmt *stmt;
  gboolean news = FALSE;

  if (get_kind (state, reason_code) == 0)
    return FALSE;
  if (from_state >= 0 && (from_state != (int)state || state != SMM_TARGET_SCHEDULED))
    return from_state != (int)state;
  stmt = smm_store_prepare (self, "SELECT 1 FROM target WHERE id = ?1 AND iif (?2 = 1, "
                                  "reason_code IS NOT 'handed-over', state <> ?2)");
  smm_store_bind (stmt, "si", target_id, (int)state);
  while (smm_store_next_row (stmt))
    news = TRUE;
  return news;
}

/* Tells what the target became, in the transaction that makes it so; once of each attempt. */
gboolean
smm_store_note_target (SmmStore *self, const char *target_id, SmmTargetState state,
                       const char *reason_code, GError **error)
{
  sqlite3_stmt *stmt
      = smm_store_prepare (self, SMM_STORE_NOTE_TARGETS ("?2", "?3", "?4", "?5", "id = ?1"));
  int kind = get_kind (state, reason_code);

  smm_store_bind (stmt, "silii", target_id, kind, g_get_real_time (),
                  self->not_told[SMM_NOTICE_DESKTOP] >> kind & 1,
                  -(int)(self->not_told[SMM_NOTICE_MAIL] >> kind & 1));
  return smm_store_run (self, stmt, error);
}

gboolean
smm_store_has_notice (SmmStore *self, int kind, const char *subject, const char *occasion)
{
  sqlite3_stmt *stmt = smm_store_prepare (
      self, "SELECT 1 FROM notice WHERE kind = ?1 AND subject = ?2 AND occasion = ?3");
  gboolean found = FALSE;

  smm_store_bind (stmt, "iss", kind, subject, occasion);
  while (smm_store_next_row (stmt))
    found = TRUE;
  return found;
}

/* The desktop was told, or is not to be. */
gboolean
smm_store_end_notice (SmmStore *self, gint64 id, GError **error)
{
  sqlite3_stmt *stmt = smm_store_prepare (self, "UPDATE notice SET desktop = 1 WHERE id = ?1");

  smm_store_bind (stmt, "l", id);
  return smm_store_run (self, stmt, error);
}

/* @mail: the mail that tells it; -1: none does. */
gboolean
smm_store_set_notice_mail (SmmStore *self, gint64 id, gint64 mail, GError **error)
{
  sqlite3_stmt *stmt = smm_store_prepare (self, "UPDATE notice SET mail = ?2 WHERE id = ?1");

  smm_store_bind (stmt, "ll", id, mail);
  return smm_store_run (self, stmt, error);
}

/* --- Mails --- */

void
smm_mail_free (SmmMail *mail)
{
  if (mail == NULL)
    return;
  g_free (mail->key);
  g_free (mail->sender);
  g_free (mail->recipients);
  g_free (mail->subject);
  g_free (mail->text);
  g_free (mail->html);
  g_free (mail->remote_id);
  g_free (mail->problem);
  g_free (mail);
}

static SmmMail *
read_mail (sqlite3_stmt *stmt)
{
  SmmMail *mail = g_new0 (SmmMail, 1);

  mail->id = sqlite3_column_int64 (stmt, 0);
  mail->key = smm_store_dup_text (stmt, 1);
  mail->state = sqlite3_column_int (stmt, 2);
  mail->sender = smm_store_dup_text (stmt, 3);
  mail->recipients = smm_store_dup_text (stmt, 4);
  mail->subject = smm_store_dup_text (stmt, 5);
  mail->text = smm_store_dup_text (stmt, 6);
  mail->html = smm_store_dup_text (stmt, 7);
  mail->made_at = sqlite3_column_int64 (stmt, 8);
  mail->unclear_at = sqlite3_column_int64 (stmt, 9);
  mail->next_at = sqlite3_column_int64 (stmt, 10);
  mail->tries = sqlite3_column_int (stmt, 11);
  mail->ended_at = sqlite3_column_int64 (stmt, 12);
  mail->remote_id = smm_store_dup_text (stmt, 13);
  mail->problem = smm_store_dup_text (stmt, 14);
  return mail;
}

/**
 * smm_store_put_mail:
 * @self: the owner's store, in a transaction
 * @mail: id 0: a new one, which gets its id
 * @error: return location
 */
gboolean
smm_store_put_mail (SmmStore *self, SmmMail *mail, GError **error)
{
  sqlite3_stmt *stmt = smm_store_prepare (
      self, "INSERT INTO mail (" MAIL_COLUMNS ") VALUES (nullif (?1, 0), ?2, ?3, ?4, ?5, ?6, ?7, "
            "?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15) ON CONFLICT (id) DO UPDATE SET "
            "key = excluded.key, state = excluded.state, sender = excluded.sender, "
            "recipients = excluded.recipients, subject = excluded.subject, text = excluded.text, "
            "html = excluded.html, made_at = excluded.made_at, "
            "unclear_at = excluded.unclear_at, next_at = excluded.next_at, "
            "tries = excluded.tries, ended_at = excluded.ended_at, remote_id = excluded.remote_id, "
            "problem = excluded.problem");

  smm_store_bind (stmt, "lsissssslllilss", mail->id, mail->key, (int)mail->state, mail->sender,
                  mail->recipients, mail->subject, mail->text, mail->html, mail->made_at,
                  mail->unclear_at, mail->next_at, mail->tries, mail->ended_at, mail->remote_id,
                  mail->problem);
  if (!smm_store_run (self, stmt, error))
    return FALSE;
  if (mail->id == 0)
    mail->id = sqlite3_last_insert_rowid (self->db);
  return TRUE;
}

static GPtrArray *
read_mails (sqlite3_stmt *stmt)
{
  GPtrArray *mails = g_ptr_array_new_with_free_func ((GDestroyNotify)smm_mail_free);

  while (smm_store_next_row (stmt))
    g_ptr_array_add (mails, read_mail (stmt));
  return mails;
}

/**
 * smm_store_list_mails:
 * @self: a store
 * @limit: at most so many
 *
 * Returns: (transfer full) (element-type SmmMail): newest first
 */
GPtrArray *
smm_store_list_mails (SmmStore *self, int limit)
{
  sqlite3_stmt *stmt
      = smm_store_prepare (self, "SELECT " MAIL_COLUMNS " FROM mail ORDER BY id DESC LIMIT ?1");

  smm_store_bind (stmt, "i", limit);
  return read_mails (stmt);
}

/**
 * smm_store_get_next_mail:
 * @self: a store
 *
 * Returns: (transfer full) (nullable): the waiting mail that is sent next, at its next_at
 */
SmmMail *
smm_store_get_next_mail (SmmStore *self)
{
  sqlite3_stmt *stmt = smm_store_prepare (
      self, "SELECT " MAIL_COLUMNS " FROM mail WHERE state = 0 ORDER BY next_at, id LIMIT 1");
  g_autoptr (GPtrArray) mails = read_mails (stmt);

  return mails->len > 0 ? g_ptr_array_steal_index (mails, 0) : NULL;
}

/* Those that were refused: nobody got them, and they can be sent again. */
GPtrArray *
smm_store_list_refused_mails (SmmStore *self)
{
  return read_mails (
      smm_store_prepare (self, "SELECT " MAIL_COLUMNS " FROM mail WHERE state = 2 ORDER BY id"));
}

/* When the newest mail was made, µs UTC; 0: never. */
gint64
smm_store_get_last_mail_at (SmmStore *self)
{
  sqlite3_stmt *stmt = smm_store_prepare (self, "SELECT ifnull (max (made_at), 0) FROM mail");
  gint64 at = 0;

  while (smm_store_next_row (stmt))
    at = sqlite3_column_int64 (stmt, 0);
  return at;
}

/* Forgets what every channel dealt with, and mails whose end is known, from before @before. */
gboolean
smm_store_sweep_notices (SmmStore *self, gint64 before, GError **error)
{
  sqlite3_stmt *notices
      = smm_store_prepare (self, "DELETE FROM notice WHERE at < ?1 AND desktop <> 0 AND mail <> 0");
  sqlite3_stmt *mails
      = smm_store_prepare (self, "DELETE FROM mail WHERE ended_at < ?1 AND state <> 0");

  smm_store_bind (notices, "l", before);
  smm_store_bind (mails, "l", before);
  return smm_store_run (self, notices, error) && smm_store_run (self, mails, error);
}

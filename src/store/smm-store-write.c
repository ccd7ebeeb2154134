/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-store-private.h"

#include <glib/gi18n-lib.h>

/* What a chip shows of the text: its first line, at most this many characters. */
#define TITLE_CHARACTERS 80

gboolean
smm_store_put_setting (SmmStore *self, const char *key, const char *value, GError **error)
{
  sqlite3_stmt *stmt
      = smm_store_prepare (self, "INSERT INTO setting (key, value) VALUES (?1, ?2) "
                                 "ON CONFLICT (key) DO UPDATE SET value = excluded.value");

  smm_store_bind (stmt, "ss", key, value);
  return smm_store_run (self, stmt, error);
}

gboolean
smm_store_put_profile (SmmStore *self, SmmProfile *profile, GError **error)
{
  sqlite3_stmt *stmt = smm_store_prepare (
      self, "INSERT INTO profile (id, name, email, organization) VALUES (1, ?1, ?2, ?3) "
            "ON CONFLICT (id) DO UPDATE SET name = excluded.name, email = excluded.email, "
            "organization = excluded.organization");

  smm_store_bind (stmt, "sss", profile->name, profile->email, profile->organization);
  return smm_store_run (self, stmt, error);
}

gboolean
smm_store_put_account (SmmStore *self, SmmAccount *account, GError **error)
{
  sqlite3_stmt *stmt = smm_store_prepare (
      self,
      "INSERT INTO account (id, brand_id, platform, remote_id, parent_remote_id, name, username, "
      "person_id, app_id, scopes, state, state_reason, token_expires_at, access_expires_at, "
      "followers, connected_at, checked_at, last_published_at, login, revoke_until) VALUES (?1, "
      "?2, ?3, ?4, ?5, "
      "?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20) "
      "ON CONFLICT (id) DO UPDATE SET parent_remote_id = excluded.parent_remote_id, "
      "name = excluded.name, username = excluded.username, person_id = excluded.person_id, "
      "app_id = excluded.app_id, scopes = excluded.scopes, state = excluded.state, "
      "state_reason = excluded.state_reason, token_expires_at = excluded.token_expires_at, "
      "access_expires_at = excluded.access_expires_at, followers = excluded.followers, "
      "connected_at = excluded.connected_at, checked_at = excluded.checked_at, "
      "login = excluded.login, revoke_until = excluded.revoke_until, "
      "last_published_at = max (last_published_at, excluded.last_published_at)");

  smm_store_bind (stmt, "ssisssssssisllllllsl", account->id, account->brand_id,
                  (int)account->platform, account->remote_id, account->parent_remote_id,
                  account->name, account->username, account->person_id, account->app_id,
                  account->scopes, (int)account->state, account->state_reason,
                  account->token_expires_at, account->access_expires_at, account->followers,
                  account->connected_at, account->checked_at, account->last_published_at,
                  account->login, account->revoke_until);
  return smm_store_run (self, stmt, error);
}

/* To the second: many posts of one account at once change its row once. */
gboolean
smm_store_set_account_published (SmmStore *self, const char *account_id, gint64 at, GError **error)
{
  sqlite3_stmt *stmt = smm_store_prepare (
      self, "UPDATE account SET last_published_at = ?2 WHERE id = ?1 "
            "AND (last_published_at = 0 OR last_published_at <= ?2 - 1000000)");

  smm_store_bind (stmt, "sl", account_id, at);
  return smm_store_run (self, stmt, error);
}

gboolean
smm_store_put_app_id (SmmStore *self, const char *platform, const char *app_id, GError **error)
{
  sqlite3_stmt *stmt
      = smm_store_prepare (self, "INSERT INTO platform_app (platform, app_id) VALUES (?1, ?2) "
                                 "ON CONFLICT (platform) DO UPDATE SET app_id = excluded.app_id");

  smm_store_bind (stmt, "ss", platform, app_id);
  return smm_store_run (self, stmt, error);
}

gboolean
smm_store_put_media (SmmStore *self, SmmMedia *media, GError **error)
{
  sqlite3_stmt *stmt = smm_store_prepare (
      self,
      "INSERT INTO media (sha256, mime, file_name, bytes, width, height, duration, created_at, "
      "container, video_codec, audio_codec, frame_rate, bit_rate, audio_rate, audio_channels, "
      "flags) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16) "
      "ON CONFLICT (sha256) DO UPDATE SET deleted_at = 0");

  smm_store_bind (stmt, "sssliillsssdliii", media->sha256, media->mime, media->file_name,
                  media->bytes, media->width, media->height, media->duration, g_get_real_time (),
                  media->container, media->video_codec, media->audio_codec, media->frame_rate,
                  media->bit_rate, media->audio_rate, media->audio_channels, (int)media->flags);
  return smm_store_run (self, stmt, error);
}

/* --- Posts --- */

char *
smm_store_print_options (GHashTable *options)
{
  g_auto (GVariantBuilder) builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a{ss}"));
  g_autoptr (GVariant) variant = NULL;
  g_autoptr (GList) keys = NULL;

  if (g_hash_table_size (options) == 0)
    return NULL;
  keys = g_list_sort (g_hash_table_get_keys (options), (GCompareFunc)strcmp);
  for (GList *l = keys; l != NULL; l = l->next)
    g_variant_builder_add (&builder, "{ss}", l->data,
                           (const char *)g_hash_table_lookup (options, l->data));
  variant = g_variant_ref_sink (g_variant_builder_end (&builder));
  return g_variant_print (variant, FALSE);
}

static gboolean
delete_parts (SmmStore *self, SmmPost *post, GError **error)
{
  sqlite3_stmt *stmt = smm_store_prepare (self, "DELETE FROM post_media WHERE post_id = ?1");

  smm_store_bind (stmt, "s", post->id);
  return smm_store_run (self, stmt, error) && smm_store_delete_post_tags (self, post, error);
}

static gboolean
add_media (SmmStore *self, SmmPost *post, GError **error)
{
  sqlite3_stmt *stmt;

  for (guint i = 0; i < post->media->len; i++)
    {
      SmmMedia *media = post->media->pdata[i];

      stmt = smm_store_prepare (self, "INSERT INTO post_media (post_id, position, sha256, alt) "
                                      "VALUES (?1, ?2, ?3, ?4)");
      smm_store_bind (stmt, "siss", post->id, (int)i, media->sha256, media->alt);
      if (!smm_store_run (self, stmt, error))
        return FALSE;
    }
  return TRUE;
}

/* Brings the index of words up to date with what triggers noted: see 0005-search.sql. */
gboolean
smm_store_index_words (SmmStore *self, GError **error)
{
  sqlite3_stmt *stmt = smm_store_prepare (self, "SELECT 1 FROM post_search_todo LIMIT 1");
  int code = stmt != NULL ? sqlite3_step (stmt) : SQLITE_ERROR;

  if (code != SQLITE_ROW && code != SQLITE_DONE)
    {
      smm_store_note_result (self, code);
      smm_store_set_error (self, error, _ ("Writing"));
    }
  sqlite3_reset (stmt);
  if (code != SQLITE_ROW)
    return code == SQLITE_DONE;
  return smm_store_run (
             self,
             smm_store_prepare (
                 self, "INSERT INTO post_search (post_search, rowid, text, first_comment, link) "
                       "SELECT 'delete', number, text, first_comment, link "
                       "FROM post_search_todo WHERE known = 1"),
             error)
         && smm_store_run (
             self,
             smm_store_prepare (self, "INSERT INTO post_search (rowid, text, first_comment, link) "
                                      "SELECT number, text, first_comment, link FROM post "
                                      "WHERE number IN (SELECT number FROM post_search_todo)"),
             error)
         && smm_store_run (self, smm_store_prepare (self, "DELETE FROM post_search_todo"), error);
}

static gboolean
put_post (SmmStore *self, SmmPost *post, gboolean *fresh, GError **error)
{
  sqlite3_stmt *stmt = smm_store_prepare (
      self,
      "INSERT INTO post (id, brand_id, kind, text, link, first_comment, options, due_at, "
      "wall_time, "
      "zone, created_at, updated_at, title, thumbnail, state, platforms, number) "
      "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, "
      "(SELECT coalesce (max (number), 0) + 1 FROM post)) "
      "ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, text = excluded.text, "
      "link = excluded.link, first_comment = excluded.first_comment, options = excluded.options, "
      "due_at = excluded.due_at, wall_time = excluded.wall_time, zone = excluded.zone, "
      "updated_at = excluded.updated_at, title = excluded.title, thumbnail = excluded.thumbnail, "
      "deleted_at = 0");
  g_autofree char *title = smm_text_dup_first_line (post->text, TITLE_CHARACTERS);
  g_autofree char *options = smm_store_print_options (post->options);
  SmmMedia *first = post->media->len > 0 ? post->media->pdata[0] : NULL;
  guint platforms = 0;

  /* A new row has the summary that its targets are going to give it. */
  for (guint i = 0; i < post->targets->len; i++)
    platforms |= 1u << ((SmmTarget *)post->targets->pdata[i])->platform;
  smm_store_bind (stmt, "ssisssslssllssii", post->id, post->brand_id, (int)post->kind, post->text,
                  post->link, post->first_comment, options, post->due_at, post->wall_time,
                  post->zone, post->created_at, post->updated_at, title,
                  first != NULL ? first->sha256 : NULL, (int)smm_post_get_worst_state (post),
                  (int)platforms);
  /* Within a transaction the index of words is brought up to date once, by its commit: word for
   * word that costs more than the posts. */
  sqlite3_set_last_insert_rowid (self->db, 0);
  if (!smm_store_run (self, stmt, error))
    return FALSE;
  /* Only a new row sets it; it has no parts yet that would have to go. */
  *fresh = sqlite3_last_insert_rowid (self->db) != 0;
  return (*fresh || delete_parts (self, post, error)) && add_media (self, post, error)
         && smm_store_add_post_tags (self, post, error)
         && (sqlite3_get_autocommit (self->db) == 0 || smm_store_index_words (self, error));
}

gboolean
smm_store_put_post (SmmStore *self, SmmPost *post, GError **error)
{
  gboolean fresh;

  return put_post (self, post, &fresh, error);
}

/* The chip's columns follow the targets: the state that most asks for attention, the platforms, and
 * of what is scheduled whether a platform publishes it. @stmt: rows of SUMMARY_COLUMNS. Counted
 * here, as SQLite takes five times as long for it. A row that is right already is not written: its
 * indexes would be as well. */
#define SUMMARY_COLUMNS "state, platform, reason_code IS 'handed-over', post_id"

static gboolean
sum_up (SmmStore *self, sqlite3_stmt *stmt, const char *id, GError **error)
{
  SmmTargetState worst = SMM_TARGET_DRAFT;
  int platforms = 0, handed_to = 0;
  guint n = 0, n_scheduled = 0, n_handed_over = 0;
  g_autofree char *post_id = NULL;
  int code = SQLITE_ERROR;

  smm_store_bind (stmt, "s", id);
  while (stmt != NULL && (code = sqlite3_step (stmt)) == SQLITE_ROW)
    {
      SmmTargetState state = sqlite3_column_int (stmt, 0);
      int platform = sqlite3_column_int (stmt, 1);

      if (n++ == 0 || smm_target_state_is_worse (state, worst))
        worst = state;
      platforms |= 1 << (platform & 7);
      if (state == SMM_TARGET_SCHEDULED)
        {
          n_scheduled++;
          n_handed_over += sqlite3_column_int (stmt, 2);
          handed_to = MAX (handed_to, platform & 7);
        }
      if (post_id == NULL)
        post_id = smm_store_dup_text (stmt, 3);
    }
  if (code != SQLITE_DONE)
    {
      smm_store_note_result (self, code);
      smm_store_set_error (self, error, _ ("Writing"));
      sqlite3_reset (stmt);
      return FALSE;
    }
  sqlite3_reset (stmt);
  if (n_scheduled > 0 && n_scheduled == n_handed_over)
    platforms |= handed_to << 8;
  stmt = smm_store_prepare (self, "UPDATE post SET state = ?2, platforms = ?3 "
                                  "WHERE id = ?1 AND (state <> ?2 OR platforms <> ?3)");
  smm_store_bind (stmt, "sii", post_id != NULL ? post_id : id, (int)worst, platforms);
  return smm_store_run (self, stmt, error);
}

gboolean
smm_store_update_summary (SmmStore *self, const char *post_id, GError **error)
{
  return sum_up (
      self, smm_store_prepare (self, "SELECT " SUMMARY_COLUMNS " FROM target WHERE post_id = ?1"),
      post_id, error);
}

/* Of the post of this target. */
gboolean
smm_store_update_summary_of (SmmStore *self, const char *target_id, GError **error)
{
  return sum_up (self,
                 smm_store_prepare (self, "SELECT " SUMMARY_COLUMNS " FROM target WHERE post_id = "
                                          "(SELECT post_id FROM target WHERE id = ?1)"),
                 target_id, error);
}

gboolean
smm_store_set_post_deleted (SmmStore *self, const char *id, gint64 at, GError **error)
{
  sqlite3_stmt *stmt = smm_store_prepare (self, "UPDATE post SET deleted_at = ?2 WHERE id = ?1");

  smm_store_bind (stmt, "sl", id, at);
  return smm_store_run (self, stmt, error);
}

static gboolean
put_target (SmmStore *self, SmmTarget *target, GError **error)
{
  sqlite3_stmt *stmt = smm_store_prepare (
      self,
      "INSERT INTO target (id, post_id, account_id, platform, state, attempt, due_at, next_at, "
      "reason_code, reason, fix, remote_id, permalink, published_at) "
      "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14) "
      "ON CONFLICT (id) DO UPDATE SET state = excluded.state, due_at = excluded.due_at, "
      "next_at = excluded.next_at, reason_code = excluded.reason_code, reason = excluded.reason, "
      "fix = excluded.fix, attempt = max (attempt, excluded.attempt)");
  gboolean news = smm_store_is_news (self, target->id, -1, target->state, target->reason_code);

  smm_store_bind (stmt, "sssiiillsssssl", target->id, target->post_id, target->account_id,
                  (int)target->platform, (int)target->state, target->attempt, target->due_at,
                  target->next_at, target->reason_code, target->reason, target->fix,
                  target->remote_id, target->permalink, target->published_at);
  return smm_store_run (self, stmt, error)
         && (!news
             || smm_store_note_target (self, target->id, target->state, target->reason_code,
                                       error));
}

gboolean
smm_store_put_target (SmmStore *self, SmmTarget *target, GError **error)
{
  return put_target (self, target, error)
         && smm_store_update_summary (self, target->post_id, error);
}

gboolean
smm_store_put_post_with_targets (SmmStore *self, SmmPost *post, GError **error)
{
  gboolean summed_up;

  /* A new row had its summary from the start, but for what a reason adds to it. */
  if (!put_post (self, post, &summed_up, error))
    return FALSE;
  summed_up |= post->targets->len == 0;
  for (guint i = 0; i < post->targets->len; i++)
    {
      SmmTarget *target = post->targets->pdata[i];

      if (!put_target (self, target, error))
        return FALSE;
      summed_up &= target->reason_code == NULL;
    }
  return summed_up || smm_store_update_summary (self, post->id, error);
}

gboolean
smm_store_delete_target (SmmStore *self, const char *id, GError **error)
{
  g_autoptr (SmmTarget) target = smm_store_get_target (self, id);
  sqlite3_stmt *stmt;

  if (target == NULL)
    return TRUE;
  stmt = smm_store_prepare (self, "DELETE FROM target WHERE id = ?1");
  smm_store_bind (stmt, "s", id);
  return smm_store_run (self, stmt, error)
         && smm_store_update_summary (self, target->post_id, error);
}

/* --- Activity --- */

void
smm_activity_free (SmmActivity *activity)
{
  if (activity == NULL)
    return;
  g_free (activity->label);
  g_clear_pointer (&activity->command, g_variant_unref);
  g_clear_pointer (&activity->inverse, g_variant_unref);
  g_free (activity);
}

static void
bind_variant (sqlite3_stmt *stmt, int index, GVariant *variant)
{
  if (variant != NULL)
    sqlite3_bind_blob64 (stmt, index, g_variant_get_data (variant), g_variant_get_size (variant),
                         SQLITE_TRANSIENT);
  else
    sqlite3_bind_null (stmt, index);
}

static GVariant *
dup_variant (sqlite3_stmt *stmt, int column)
{
  const void *data = sqlite3_column_blob (stmt, column);
  gsize size = sqlite3_column_bytes (stmt, column);
  g_autoptr (GVariant) loose = NULL;
  g_autoptr (GBytes) bytes = NULL;

  if (data == NULL)
    return NULL;
  bytes = g_bytes_new (data, size);
  loose = g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE ("(sa{sv})"), bytes, FALSE));
  return g_variant_get_normal_form (loose);
}

/**
 * smm_store_add_activity:
 * @self: the owner's store
 * @client_id: (nullable): id of the call; a second one with the same is refused by the database
 * @label: what happened, for people
 * @command: (sa{sv})
 * @inverse: (nullable): (sa{sv})
 * @error: where to say what went wrong
 *
 * A new change ends what could be redone.
 */
gboolean
smm_store_add_activity (SmmStore *self, const char *client_id, const char *label, GVariant *command,
                        GVariant *inverse, GError **error)
{
  sqlite3_stmt *stmt;

  if (inverse != NULL
      && !smm_store_run (self,
                         smm_store_prepare (self, "UPDATE activity SET inverse = NULL, undone = 0 "
                                                  "WHERE undone = 1"),
                         error))
    return FALSE;
  stmt = smm_store_prepare (self, "INSERT INTO activity (at, client_id, label, command, inverse) "
                                  "VALUES (?1, ?2, ?3, ?4, ?5)");
  smm_store_bind (stmt, "lss", g_get_real_time (), client_id, label);
  bind_variant (stmt, 4, command);
  bind_variant (stmt, 5, inverse);
  return smm_store_run (self, stmt, error);
}

static SmmActivity *
read_activity (sqlite3_stmt *stmt)
{
  SmmActivity *activity = NULL;

  if (smm_store_next_row (stmt))
    {
      activity = g_new0 (SmmActivity, 1);
      activity->seq = sqlite3_column_int64 (stmt, 0);
      activity->label = smm_store_dup_text (stmt, 1);
      activity->command = dup_variant (stmt, 2);
      activity->inverse = dup_variant (stmt, 3);
    }
  if (stmt != NULL)
    sqlite3_reset (stmt);
  return activity;
}

SmmActivity *
smm_store_peek_undo (SmmStore *self)
{
  return read_activity (smm_store_prepare (
      self, "SELECT seq, label, command, inverse FROM activity "
            "WHERE undone = 0 AND inverse IS NOT NULL ORDER BY seq DESC LIMIT 1"));
}

SmmActivity *
smm_store_peek_redo (SmmStore *self)
{
  return read_activity (smm_store_prepare (self,
                                           "SELECT seq, label, command, inverse FROM activity "
                                           "WHERE undone = 1 ORDER BY seq ASC LIMIT 1"));
}

gboolean
smm_store_set_undone (SmmStore *self, gint64 seq, gboolean undone, GVariant *inverse,
                      GError **error)
{
  sqlite3_stmt *stmt = smm_store_prepare (
      self, "UPDATE activity SET undone = ?2, inverse = coalesce (?3, inverse) WHERE seq = ?1");

  smm_store_bind (stmt, "li", seq, (int)undone);
  bind_variant (stmt, 3, inverse);
  return smm_store_run (self, stmt, error);
}

/* Keeps the entry (its client id must stay known), but nobody can undo or redo it any more. */
gboolean
smm_store_drop_activity (SmmStore *self, gint64 seq, GError **error)
{
  sqlite3_stmt *stmt
      = smm_store_prepare (self, "UPDATE activity SET undone = 0, inverse = NULL WHERE seq = ?1");

  smm_store_bind (stmt, "l", seq);
  return smm_store_run (self, stmt, error);
}

gint64
smm_store_get_last_activity (SmmStore *self)
{
  sqlite3_stmt *stmt
      = smm_store_prepare (self, "SELECT seq FROM activity ORDER BY seq DESC LIMIT 1");
  gint64 seq = 0;

  while (smm_store_next_row (stmt))
    seq = sqlite3_column_int64 (stmt, 0);
  return seq;
}

gboolean
smm_store_has_client_id (SmmStore *self, const char *client_id)
{
  sqlite3_stmt *stmt = smm_store_prepare (self, "SELECT 1 FROM activity WHERE client_id = ?1");
  gboolean found;

  smm_store_bind (stmt, "s", client_id);
  found = smm_store_next_row (stmt);
  if (stmt != NULL)
    sqlite3_reset (stmt);
  return found;
}

gboolean
smm_store_sweep (SmmStore *self, gint64 ledger_before, gint64 activity_before, GError **error)
{
  sqlite3_stmt *ledger = smm_store_prepare (self, "DELETE FROM ledger WHERE at < ?1");
  sqlite3_stmt *activity = smm_store_prepare (self, "DELETE FROM activity WHERE at < ?1");

  smm_store_bind (ledger, "l", ledger_before);
  smm_store_bind (activity, "l", activity_before);
  return smm_store_run (self, ledger, error) && smm_store_run (self, activity, error)
         && smm_store_sweep_notices (self, activity_before, error);
}

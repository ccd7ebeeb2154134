/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * What may be shown to strangers of what happened here: times, and words that the program itself
 * chose. Whatever could be somebody's does not come out of here, whoever asks.
 */

#include "config.h"

#include "smm-store-private.h"

#include "smm-store.h"

#define MAX_WORD 40
/* Where a name of a step goes on with more digits than that, it is an id. */
#define MAX_DIGITS 4

/* The program's own words are of this kind; what somebody wrote or a platform sent need not be. */
static const char *
as_word (const char *text)
{
  guint digits = 0, length = 0;

  if (text == NULL || *text == '\0')
    return "-";
  for (const char *at = text; *at != '\0'; at++, length++)
    {
      digits = g_ascii_isdigit (*at) ? digits + 1 : 0;
      if (!(g_ascii_islower (*at) || g_ascii_isdigit (*at) || *at == '-' || *at == '_'
            || *at == '.')
          || digits > MAX_DIGITS || length >= MAX_WORD)
        return "?";
    }
  return text;
}

static char *
format_time (gint64 at)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (at / G_USEC_PER_SEC);

  return time != NULL ? g_date_time_format (time, "%Y-%m-%dT%H:%M:%SZ") : g_strdup ("?");
}

static const char *
get_word (sqlite3_stmt *stmt, int column)
{
  return as_word ((const char *)sqlite3_column_text (stmt, column));
}

/**
 * smm_store_list_report_troubles:
 * @self: a store
 * @limit: the most recent so many
 *
 * Reads all targets: not for the main loop.
 *
 * Returns: (transfer full) (element-type utf8): newest first: time, platform, state, code, and of
 *   the last step its name, its state and the status of HTTP
 */
GPtrArray *
smm_store_list_report_troubles (SmmStore *self, int limit)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func (g_free);
  sqlite3_stmt *stmt = smm_store_prepare (
      self, "SELECT coalesce (journal.started_at, target.due_at) AS at, platform, target.state, "
            "reason_code, step, journal.state, http_status FROM target "
            "LEFT JOIN journal ON journal.id = (SELECT max (id) FROM journal WHERE target_id = "
            "target.id) WHERE reason_code <> '' ORDER BY at DESC LIMIT ?1");

  smm_store_bind (stmt, "i", limit);
  while (smm_store_next_row (stmt))
    {
      g_autofree char *at = format_time (sqlite3_column_int64 (stmt, 0));

      g_ptr_array_add (lines,
                       g_strdup_printf ("%s %s %s %s step=%s/%s http=%d", at,
                                        smm_platform_id_to_string (sqlite3_column_int (stmt, 1)),
                                        smm_target_state_to_string (sqlite3_column_int (stmt, 2)),
                                        get_word (stmt, 3), get_word (stmt, 4), get_word (stmt, 5),
                                        sqlite3_column_int (stmt, 6)));
    }
  return lines;
}

/* (sa{sv}): its name comes first. */
static char *
dup_command_name (sqlite3_stmt *stmt, int column)
{
  g_autoptr (GBytes) bytes
      = g_bytes_new (sqlite3_column_blob (stmt, column), sqlite3_column_bytes (stmt, column));
  g_autoptr (GVariant) command
      = g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE ("(sa{sv})"), bytes, FALSE));
  const char *name;

  g_variant_get_child (command, 0, "&s", &name);
  return g_strdup (as_word (name));
}

/**
 * smm_store_list_report_activity:
 * @self: a store
 * @limit: the most recent so many
 *
 * Returns: (transfer full) (element-type utf8): newest first: time, the command's name, and whether
 *   it was undone
 */
GPtrArray *
smm_store_list_report_activity (SmmStore *self, int limit)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func (g_free);
  sqlite3_stmt *stmt = smm_store_prepare (
      self, "SELECT at, command, undone FROM activity ORDER BY seq DESC LIMIT ?1");

  smm_store_bind (stmt, "i", limit);
  while (smm_store_next_row (stmt))
    {
      g_autofree char *at = format_time (sqlite3_column_int64 (stmt, 0));
      g_autofree char *name = dup_command_name (stmt, 1);

      g_ptr_array_add (lines, g_strdup_printf ("%s %s%s", at, name,
                                               sqlite3_column_int (stmt, 2) ? " (undone)" : ""));
    }
  return lines;
}

/**
 * smm_store_list_report_requests:
 * @self: a store
 * @limit: the most recent so many
 *
 * Returns: (transfer full) (element-type utf8): newest first: time, why, how it ended and how much;
 *   not to whom, which may be somebody's own server
 */
GPtrArray *
smm_store_list_report_requests (SmmStore *self, int limit)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func (g_free);
  sqlite3_stmt *stmt = smm_store_prepare (
      self, "SELECT at, purpose, result, bytes_sent, bytes_received FROM ledger "
            "ORDER BY at DESC LIMIT ?1");

  smm_store_bind (stmt, "i", limit);
  while (smm_store_next_row (stmt))
    {
      g_autofree char *at = format_time (sqlite3_column_int64 (stmt, 0));

      g_ptr_array_add (lines,
                       g_strdup_printf ("%s %s %s sent=%d received=%d", at, get_word (stmt, 1),
                                        get_word (stmt, 2), sqlite3_column_int (stmt, 3),
                                        sqlite3_column_int (stmt, 4)));
    }
  return lines;
}

int
smm_store_get_schema (SmmStore *self)
{
  return smm_store_read_version (self->db);
}

const char *
smm_store_get_engine_version (void)
{
  return sqlite3_libversion ();
}

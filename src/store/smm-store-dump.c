/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* All there is, table by table: whoever takes it away gets what a later version adds, too. */

#include "config.h"

#include "smm-store-private.h"

#define TABLES                                                                                     \
  "FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' "            \
  "AND name NOT LIKE 'post\\_search%' ESCAPE '\\' ORDER BY name"

/**
 * smm_store_list_tables:
 * @self: a store
 *
 * Returns: (transfer full) (element-type utf8): names; what is only made of others is left out
 */
GPtrArray *
smm_store_list_tables (SmmStore *self)
{
  sqlite3_stmt *stmt = smm_store_prepare (self, "SELECT name " TABLES);
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);

  while (smm_store_next_row (stmt))
    g_ptr_array_add (names, smm_store_dup_text (stmt, 0));
  return names;
}

/**
 * smm_store_describe_tables:
 * @self: a store
 *
 * Returns: (transfer full): how the tables are made, in SQL with its comments
 */
char *
smm_store_describe_tables (SmmStore *self)
{
  sqlite3_stmt *stmt = smm_store_prepare (self, "SELECT sql " TABLES);
  GString *text = g_string_new (NULL);

  while (smm_store_next_row (stmt))
    g_string_append_printf (text, "%s;\n\n", (const char *)sqlite3_column_text (stmt, 0));
  return g_string_free (text, FALSE);
}

static void
read_value (sqlite3_stmt *stmt, int column, SmmValue *value)
{
  *value = (SmmValue){ .name = sqlite3_column_name (stmt, column) };
  switch (sqlite3_column_type (stmt, column))
    {
    case SQLITE_INTEGER:
      value->kind = SMM_VALUE_NUMBER;
      value->number = sqlite3_column_int64 (stmt, column);
      break;
    case SQLITE_FLOAT:
    case SQLITE_TEXT:
      value->kind = SMM_VALUE_TEXT;
      value->text = (const char *)sqlite3_column_text (stmt, column);
      break;
    case SQLITE_BLOB:
      value->kind = SMM_VALUE_BYTES;
      value->text = sqlite3_column_blob (stmt, column);
      value->size = sqlite3_column_bytes (stmt, column);
      break;
    default:
      value->kind = SMM_VALUE_NULL;
    }
}

/**
 * smm_store_dump:
 * @self: a store
 * @table: of smm_store_list_tables()
 * @func: gets each row; FALSE ends it
 * @user_data: for @func
 * @error: SMM_STORE_ERROR
 *
 * Returns: FALSE: it could not be read, with @error, or @func ended it
 */
gboolean
smm_store_dump (SmmStore *self, const char *table, SmmDumpFunc func, gpointer user_data,
                GError **error)
{
  char *sql = sqlite3_mprintf ("SELECT * FROM \"%w\"", table);
  sqlite3_stmt *stmt = NULL;
  int n_columns, code = sqlite3_prepare_v2 (self->db, sql, -1, &stmt, NULL);
  gboolean going_on = TRUE;
  g_autofree SmmValue *row = NULL;

  sqlite3_free (sql);
  n_columns = code == SQLITE_OK ? sqlite3_column_count (stmt) : 0;
  row = g_new0 (SmmValue, n_columns + 1);
  while (going_on && code == SQLITE_OK && (code = sqlite3_step (stmt)) == SQLITE_ROW)
    {
      for (int i = 0; i < n_columns; i++)
        read_value (stmt, i, &row[i]);
      going_on = func (row, n_columns, user_data);
      code = SQLITE_OK;
    }
  if (code != SQLITE_OK && code != SQLITE_DONE)
    {
      smm_store_set_error (self, error, table);
      going_on = FALSE;
    }
  sqlite3_finalize (stmt);
  return going_on;
}

/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-report.h"

#include <archive.h>
#include <curl/curl.h>
#include <libsoup/soup.h>
#include <locale.h>
#include <string.h>

#include "smm-library-remote.h"

#define MAX_LINES 40
#define MAX_VALUE 60

#define WORD "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.:;_-+ ()"

/* Of the environment, which anybody may have set to anything. */
static const char *
as_value (const char *text, const char *allowed)
{
  if (text == NULL || *text == '\0')
    return "-";
  return strlen (text) <= MAX_VALUE && strspn (text, allowed) == strlen (text) ? text : "?";
}

static void
add_programs (GString *text, const char *programs)
{
  const curl_version_info_data *curl = curl_version_info (CURLVERSION_NOW);
  g_autofree char *system = g_get_os_info (G_OS_INFO_KEY_PRETTY_NAME);

  g_string_append_printf (text, "nkonsept SMM %s\n", SMM_VERSION);
  if (programs != NULL)
    g_string_append_printf (text, "%s\n", programs);
  g_string_append_printf (text, "GLib %u.%u.%u, libsoup %u.%u.%u, libcurl %s (%s), SQLite %s, %s\n",
                          glib_major_version, glib_minor_version, glib_micro_version,
                          soup_get_major_version (), soup_get_minor_version (),
                          soup_get_micro_version (), curl->version, curl->ssl_version,
                          smm_store_get_engine_version (), archive_version_string ());
  g_string_append_printf (text, "System: %s%s\n", as_value (system, WORD "/"),
                          g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS) ? " (Flatpak)" : "");
  g_string_append_printf (text, "Desktop: %s, %s\n",
                          as_value (g_getenv ("XDG_CURRENT_DESKTOP"), WORD),
                          as_value (g_getenv ("XDG_SESSION_TYPE"), WORD));
  g_string_append_printf (text, "Locale: %s\n", as_value (setlocale (LC_MESSAGES, NULL), WORD));
}

/* Where it is says something only when it is not where it usually is, and then too much. */
static void
add_place (GString *text, SmmPaths *paths)
{
  const char *home = g_get_home_dir ();
  gboolean inside
      = g_str_has_prefix (paths->data_dir, home) && paths->data_dir[strlen (home)] == '/';
  g_autoptr (GError) failure = smm_store_read_failure (paths);

  g_string_append_printf (text, "Library: %s%s\n", inside ? "~" : "not in the home folder",
                          inside ? paths->data_dir + strlen (home) : "");
  if (failure != NULL)
    g_string_append_printf (text, "It could not be opened: code %d\n", failure->code);
}

static void
add_publisher (GString *text, SmmPaths *paths)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = smm_library_remote_peek_status (paths, &error);
  g_autoptr (GVariant) status = answer != NULL ? g_variant_get_child_value (answer, 0) : NULL;
  const char *state = NULL, *version = NULL, *keyring = NULL;
  guint attention = 0;

  if (status == NULL)
    {
      g_string_append_printf (text, "Publisher: does not answer (%s %d)\n",
                              g_quark_to_string (error->domain), error->code);
      return;
    }
  g_variant_lookup (status, "state", "&s", &state);
  g_variant_lookup (status, "version", "&s", &version);
  g_variant_lookup (status, "keyring", "&s", &keyring);
  g_variant_lookup (status, "attention", "u", &attention);
  g_string_append_printf (text, "Publisher: %s, %s, keyring %s, %u posts need somebody\n",
                          as_value (version, WORD), as_value (state, WORD),
                          as_value (keyring, WORD), attention);
}

static gboolean
count_row (const SmmValue *row, int n_columns, gpointer user_data)
{
  (*(gint64 *)user_data)++;
  return TRUE;
}

static void
add_sizes (GString *text, SmmStore *reader)
{
  static const char *const tables[] = { "brand", "account", "post", "target", "media", "series" };

  g_string_append_printf (text, "Schema: %d\nRows:", smm_store_get_schema (reader));
  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      gint64 rows = 0;

      smm_store_dump (reader, tables[i], count_row, &rows, NULL);
      g_string_append_printf (text, " %s %" G_GINT64_FORMAT, tables[i], rows);
    }
  g_string_append_c (text, '\n');
}

static void
add_accounts (GString *text, SmmStore *reader)
{
  g_autoptr (GPtrArray) accounts = smm_store_list_all_accounts (reader, NULL);

  g_string_append (text, "\nAccounts\n");
  for (guint i = 0; i < accounts->len; i++)
    {
      SmmAccount *account = accounts->pdata[i];

      g_string_append_printf (text, "  %s%s: %s\n", smm_platform_id_to_string (account->platform),
                              account->login != NULL ? " (its own sign-in)" : "",
                              smm_account_state_to_string (account->state));
    }
  if (accounts->len == 0)
    g_string_append (text, "  none\n");
}

static void
add_lines (GString *text, const char *title, GPtrArray *lines)
{
  g_autoptr (GPtrArray) owned = lines;

  g_string_append_printf (text, "\n%s\n", title);
  for (guint i = 0; i < owned->len; i++)
    g_string_append_printf (text, "  %s\n", (char *)owned->pdata[i]);
  if (owned->len == 0)
    g_string_append (text, "  none\n");
}

char *
smm_report_write (SmmPaths *paths, const char *programs)
{
  GString *text = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (SmmStore) reader = smm_store_open_reader (paths, &error);

  add_programs (text, programs);
  add_place (text, paths);
  add_publisher (text, paths);
  if (reader == NULL)
    {
      g_string_append_printf (text, "The library can't be read: code %d\n", error->code);
      return g_string_free (text, FALSE);
    }
  add_sizes (text, reader);
  add_accounts (text, reader);
  add_lines (text, "Last problems of posts", smm_store_list_report_troubles (reader, MAX_LINES));
  add_lines (text, "Last changes", smm_store_list_report_activity (reader, MAX_LINES));
  add_lines (text, "Last requests", smm_store_list_report_requests (reader, MAX_LINES));
  return g_string_free (text, FALSE);
}

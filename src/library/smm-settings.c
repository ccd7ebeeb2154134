/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-settings.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

#include "smm-quiet-hours.h"

#define MAX_KEY 64
#define MAX_VALUE 4000

static const SmmSetting settings[] = {
  { SMM_SETTING_NOTIFY_PUBLISHED, SMM_SETTING_BOOLEAN, "true", 0, 0 },
  { SMM_SETTING_NOTIFY_FAILED, SMM_SETTING_BOOLEAN, "true", 0, 0 },
  { SMM_SETTING_NOTIFY_UNCONFIRMED, SMM_SETTING_BOOLEAN, "true", 0, 0 },
  { SMM_SETTING_NOTIFY_HELD, SMM_SETTING_BOOLEAN, "true", 0, 0 },
  { SMM_SETTING_QUIET_ON, SMM_SETTING_BOOLEAN, "false", 0, 0 },
  { SMM_SETTING_QUIET_FROM, SMM_SETTING_TIME, "22:00", 0, 0 },
  { SMM_SETTING_QUIET_UNTIL, SMM_SETTING_TIME, "07:00", 0, 0 },
  { SMM_SETTING_BACKUP_WEEKLY, SMM_SETTING_BOOLEAN, "true", 0, 0 },
  { SMM_SETTING_BACKUP_DAYS, SMM_SETTING_INTEGER, "28", 7, 3650 },
  { SMM_SETTING_LEDGER_DAYS, SMM_SETTING_INTEGER, "30", 1, 3650 },
  { SMM_SETTING_ACTIVITY_DAYS, SMM_SETTING_INTEGER, "30", 1, 3650 },
  { NULL, SMM_SETTING_BOOLEAN, NULL, 0, 0 },
};

const SmmSetting *
smm_settings_get_all (void)
{
  return settings;
}

/**
 * smm_settings_find:
 * @key: a key
 *
 * Returns: (transfer none) (nullable): the setting
 */
const SmmSetting *
smm_settings_find (const char *key)
{
  for (const SmmSetting *setting = settings; setting->key != NULL; setting++)
    if (strcmp (setting->key, key) == 0)
      return setting;
  return NULL;
}

static gboolean
fail (GError **error, const char *why, const char *key)
{
  g_set_error (error, SMM_LIBRARY_ERROR, SMM_LIBRARY_ERROR_INVALID, "%s: %s", key, why);
  return FALSE;
}

/**
 * smm_setting_check:
 * @key: a key; what the table does not know may hold any short text
 * @value: its new value
 * @error: SMM_LIBRARY_ERROR_INVALID, for people
 *
 * Returns: whether it can be set
 */
gboolean
smm_setting_check (const char *key, const char *value, GError **error)
{
  const SmmSetting *setting = smm_settings_find (key);
  gint64 number;

  if (*key == '\0' || strlen (key) > MAX_KEY
      || strspn (key, "abcdefghijklmnopqrstuvwxyz0123456789.-") != strlen (key))
    return fail (error, _ ("There is no such setting"), key);
  if (strlen (value) > MAX_VALUE)
    return fail (error, _ ("The value is too long"), key);
  if (setting == NULL)
    return TRUE;
  if (setting->kind == SMM_SETTING_BOOLEAN)
    return strcmp (value, "true") == 0 || strcmp (value, "false") == 0
           || fail (error, _ ("It is true or false"), key);
  if (setting->kind == SMM_SETTING_TIME)
    return smm_time_of_day_parse (value) >= 0
           || fail (error, _ ("It is a time of the day, such as 07:30"), key);
  if (g_ascii_string_to_signed (value, 10, setting->min, setting->max, &number, NULL))
    return TRUE;
  g_set_error (error, SMM_LIBRARY_ERROR, SMM_LIBRARY_ERROR_INVALID,
               _ ("%s: It is a number from %d to %d"), key, setting->min, setting->max);
  return FALSE;
}

/**
 * smm_settings_dup:
 * @store: (nullable): the library
 * @key: a key
 *
 * Returns: (transfer full) (nullable): its value, else what it is when nobody said; %NULL for what
 *   is neither set nor known
 */
char *
smm_settings_dup (SmmStore *store, const char *key)
{
  char *value = store != NULL ? smm_store_get_setting (store, key) : NULL;
  const SmmSetting *setting = smm_settings_find (key);

  /* A value that an older version allowed, or that was put there by hand, counts as not set. */
  if (value != NULL && !smm_setting_check (key, value, NULL))
    g_clear_pointer (&value, g_free);
  return value != NULL || setting == NULL ? value : g_strdup (setting->fallback);
}

gboolean
smm_settings_get_boolean (SmmStore *store, const char *key)
{
  g_autofree char *value = smm_settings_dup (store, key);

  return g_strcmp0 (value, "true") == 0;
}

int
smm_settings_get_int (SmmStore *store, const char *key)
{
  g_autofree char *value = smm_settings_dup (store, key);

  return value != NULL ? atoi (value) : 0;
}

/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-settings.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

#include "smm-mail-address.h"
#include "smm-quiet-hours.h"

#define MAX_KEY 64
#define MAX_VALUE 4000

static const char *const ai_providers[] = { "none", "openai", "openai-eu", "server", NULL };

static const SmmSetting settings[] = {
  { SMM_SETTING_NOTIFY_PUBLISHED, SMM_SETTING_BOOLEAN, "true", 0, 0, NULL },
  { SMM_SETTING_NOTIFY_FAILED, SMM_SETTING_BOOLEAN, "true", 0, 0, NULL },
  { SMM_SETTING_NOTIFY_UNCONFIRMED, SMM_SETTING_BOOLEAN, "true", 0, 0, NULL },
  { SMM_SETTING_NOTIFY_HELD, SMM_SETTING_BOOLEAN, "true", 0, 0, NULL },
  { SMM_SETTING_NOTIFY_LATE, SMM_SETTING_BOOLEAN, "true", 0, 0, NULL },
  { SMM_SETTING_NOTIFY_HANDED_OVER, SMM_SETTING_BOOLEAN, "false", 0, 0, NULL },
  { SMM_SETTING_NOTIFY_ACCOUNT, SMM_SETTING_BOOLEAN, "true", 0, 0, NULL },
  { SMM_SETTING_NOTIFY_EXPIRING, SMM_SETTING_BOOLEAN, "true", 0, 0, NULL },
  { SMM_SETTING_MAIL_PUBLISHED, SMM_SETTING_BOOLEAN, "false", 0, 0, NULL },
  { SMM_SETTING_MAIL_FAILED, SMM_SETTING_BOOLEAN, "true", 0, 0, NULL },
  { SMM_SETTING_MAIL_UNCONFIRMED, SMM_SETTING_BOOLEAN, "true", 0, 0, NULL },
  { SMM_SETTING_MAIL_HELD, SMM_SETTING_BOOLEAN, "true", 0, 0, NULL },
  { SMM_SETTING_MAIL_LATE, SMM_SETTING_BOOLEAN, "true", 0, 0, NULL },
  { SMM_SETTING_MAIL_HANDED_OVER, SMM_SETTING_BOOLEAN, "false", 0, 0, NULL },
  { SMM_SETTING_MAIL_ACCOUNT, SMM_SETTING_BOOLEAN, "true", 0, 0, NULL },
  { SMM_SETTING_MAIL_EXPIRING, SMM_SETTING_BOOLEAN, "true", 0, 0, NULL },
  { SMM_SETTING_MAIL_ENABLED, SMM_SETTING_BOOLEAN, "false", 0, 0, NULL },
  { SMM_SETTING_MAIL_FROM, SMM_SETTING_SENDER, "", 0, 400, NULL },
  { SMM_SETTING_MAIL_TO, SMM_SETTING_RECIPIENTS, "", 0, 1000, NULL },
  { SMM_SETTING_MAIL_CAPTIONS, SMM_SETTING_BOOLEAN, "false", 0, 0, NULL },
  { SMM_SETTING_AI_PROVIDER, SMM_SETTING_CHOICE, "none", 0, 0, ai_providers },
  { SMM_SETTING_AI_SERVER, SMM_SETTING_ADDRESS, "", 0, 500, NULL },
  { SMM_SETTING_AI_MODEL, SMM_SETTING_TEXT, "", 0, 200, NULL },
  { SMM_SETTING_AI_LIMITED, SMM_SETTING_BOOLEAN, "true", 0, 0, NULL },
  { SMM_SETTING_AI_LIMIT, SMM_SETTING_INTEGER, "1000", 0, 10000000, NULL },
  { SMM_SETTING_TRAY, SMM_SETTING_BOOLEAN, "true", 0, 0, NULL },
  { SMM_SETTING_QUIET_ON, SMM_SETTING_BOOLEAN, "false", 0, 0, NULL },
  { SMM_SETTING_QUIET_FROM, SMM_SETTING_TIME, "22:00", 0, 0, NULL },
  { SMM_SETTING_QUIET_UNTIL, SMM_SETTING_TIME, "07:00", 0, 0, NULL },
  { SMM_SETTING_BACKUP_WEEKLY, SMM_SETTING_BOOLEAN, "true", 0, 0, NULL },
  { SMM_SETTING_BACKUP_DAYS, SMM_SETTING_INTEGER, "28", 7, 3650, NULL },
  { SMM_SETTING_LEDGER_DAYS, SMM_SETTING_INTEGER, "30", 1, 3650, NULL },
  { SMM_SETTING_ACTIVITY_DAYS, SMM_SETTING_INTEGER, "30", 1, 3650, NULL },
  { SMM_SETTING_TRASH_DAYS, SMM_SETTING_INTEGER, "30", 1, 3650, NULL },
  { SMM_SETTING_DAILY_CHECK, SMM_SETTING_BOOLEAN, "true", 0, 0, NULL },
  { SMM_SETTING_THUMBNAILS, SMM_SETTING_BOOLEAN, "true", 0, 0, NULL },
  { SMM_SETTING_USE_META, SMM_SETTING_BOOLEAN, "true", 0, 0, NULL },
  { SMM_SETTING_USE_TIKTOK, SMM_SETTING_BOOLEAN, "true", 0, 0, NULL },
  { NULL, SMM_SETTING_BOOLEAN, NULL, 0, 0, NULL },
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

static gboolean
check_choice (const SmmSetting *setting, const char *value, GError **error)
{
  g_autofree char *choices = NULL;

  if (g_strv_contains (setting->choices, value))
    return TRUE;
  choices = g_strjoinv (", ", (char **)setting->choices);
  g_set_error (error, SMM_LIBRARY_ERROR, SMM_LIBRARY_ERROR_INVALID, _ ("%s: It is one of %s"),
               setting->key, choices);
  return FALSE;
}

static gboolean
check_text (const SmmSetting *setting, const char *value, GError **error)
{
  gboolean one_line = g_utf8_validate (value, -1, NULL);

  for (const char *at = value; one_line && *at != '\0'; at = g_utf8_next_char (at))
    one_line = g_unichar_isprint (g_utf8_get_char (at));
  if (strlen (value) > (gsize)setting->max)
    return fail (error, _ ("The value is too long"), setting->key);
  return one_line || fail (error, _ ("It is one line of text"), setting->key);
}

gboolean
smm_host_is_this_computer (const char *host)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (host);

  return g_ascii_strcasecmp (host, "localhost") == 0
         || (address != NULL && g_inet_address_get_is_loopback (address));
}

/* What is sent there is nobody else's to read. */
static gboolean
check_address (const SmmSetting *setting, const char *value, GError **error)
{
  g_autoptr (GUri) uri = g_uri_parse (value, G_URI_FLAGS_ENCODED, NULL);
  const char *host = uri != NULL ? g_uri_get_host (uri) : NULL;

  if (*value == '\0')
    return TRUE;
  if (!check_text (setting, value, error))
    return FALSE;
  if (host == NULL || *host == '\0' || g_uri_get_userinfo (uri) != NULL
      || g_uri_get_query (uri) != NULL || g_uri_get_fragment (uri) != NULL)
    return fail (error, _ ("It is an address such as https://ai.example.org/v1"), setting->key);
  return strcmp (g_uri_get_scheme (uri), "https") == 0
         || (strcmp (g_uri_get_scheme (uri), "http") == 0 && smm_host_is_this_computer (host))
         || fail (error, _ ("It begins with https; http is only for this computer itself"),
                  setting->key);
}

static gboolean
check_mail_addresses (const SmmSetting *setting, const char *value, GError **error)
{
  gboolean sender = setting->kind == SMM_SETTING_SENDER;
  g_auto (GStrv) addresses = NULL;

  if (*value == '\0')
    return TRUE;
  if (!check_text (setting, value, error))
    return FALSE;
  if (sender)
    return smm_mail_sender_is_valid (value)
           || fail (error,
                    _ ("It is an e-mail address such as name@example.org, or "
                       "Name <name@example.org>"),
                    setting->key);
  addresses = smm_mail_split_recipients (value);
  if (addresses != NULL)
    return TRUE;
  g_set_error (error, SMM_LIBRARY_ERROR, SMM_LIBRARY_ERROR_INVALID,
               _ ("%s: These are up to %d e-mail addresses with commas between them"), setting->key,
               SMM_MAIL_MAX_RECIPIENTS);
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
  if (setting->kind == SMM_SETTING_CHOICE)
    return check_choice (setting, value, error);
  if (setting->kind == SMM_SETTING_TEXT)
    return check_text (setting, value, error);
  if (setting->kind == SMM_SETTING_ADDRESS)
    return check_address (setting, value, error);
  if (setting->kind == SMM_SETTING_SENDER || setting->kind == SMM_SETTING_RECIPIENTS)
    return check_mail_addresses (setting, value, error);
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

/**
 * smm_settings_are_among:
 * @ids: (array zero-terminated=1): what changed, as a library tells it
 *
 * Returns: whether a setting may be among it
 */
gboolean
smm_settings_are_among (const char *const *ids)
{
  for (guint i = 0; ids[i] != NULL; i++)
    if (strcmp (ids[i], "*") == 0
        || (strchr (ids[i], '.') != NULL && smm_settings_find (ids[i]) != NULL))
      return TRUE;
  return FALSE;
}

/* Who confirmed an age before there was a text was shown what is kept where: the first version. */
int
smm_policy_get_accepted (SmmStore *store)
{
  g_autofree char *version
      = store != NULL ? smm_store_get_setting (store, SMM_SETTING_POLICY) : NULL;
  g_autofree char *age = store != NULL ? smm_store_get_setting (store, SMM_SETTING_AGE) : NULL;

  if (version != NULL)
    return atoi (version);
  return age != NULL ? 1 : 0;
}

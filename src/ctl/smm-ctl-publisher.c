/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-ctl.h"

#include "smm-library-remote.h"
#include "smm-settings.h"

#include <glib/gi18n.h>
#include <string.h>

#define LEDGER_LINES 1000

static int
say_stopped (SmmCtl *ctl)
{
  JsonBuilder *builder = smm_ctl_begin ("publisher");

  smm_json_string (builder, "state", "stopped");
  smm_ctl_end (ctl, builder, _ ("The publisher is not running"));
  return SMM_CTL_DONE;
}

static int
publisher_status (SmmCtl *ctl)
{
  g_autoptr (GVariant) answer = NULL;
  g_autoptr (GVariant) values = NULL;
  g_autoptr (GError) error = NULL;
  JsonBuilder *builder;
  GVariantIter iter;
  const char *key;
  GVariant *value;

  if (!smm_ctl_is_publisher_running (ctl))
    return say_stopped (ctl);
  answer = smm_library_remote_peek_status (ctl->paths, &error);
  /* It may have ended between the two questions. */
  if (answer == NULL && !smm_ctl_is_publisher_running (ctl))
    return say_stopped (ctl);
  if (answer == NULL)
    return smm_ctl_fail (ctl, error);
  builder = smm_ctl_begin ("publisher");
  values = g_variant_get_child_value (answer, 0);
  g_variant_iter_init (&iter, values);
  while (g_variant_iter_next (&iter, "{&sv}", &key, &value))
    {
      g_autofree char *text = g_variant_print (value, FALSE);

      if (g_variant_is_of_type (value, G_VARIANT_TYPE_STRING))
        smm_json_string (builder, key, g_variant_get_string (value, NULL));
      else
        smm_json_int (builder, key, g_ascii_strtoll (text, NULL, 10));
      if (!ctl->json)
        g_print ("%s: %s\n", key, text);
      g_variant_unref (value);
    }
  smm_ctl_end (ctl, builder, NULL);
  return SMM_CTL_DONE;
}

static int
call_and_say (SmmCtl *ctl, const char *method, GVariant *args, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = smm_ctl_call_publisher (ctl, method, args, &error);
  JsonBuilder *builder;

  if (answer == NULL)
    return smm_ctl_fail (ctl, error);
  builder = smm_ctl_begin ("done");
  smm_json_string (builder, "command", method);
  smm_ctl_end (ctl, builder, text);
  return SMM_CTL_DONE;
}

static int
publisher_pause (SmmCtl *ctl)
{
  const char *minutes = smm_ctl_get (ctl, "for");
  gint64 until = 0;

  if (minutes != NULL)
    until = g_get_real_time () + g_ascii_strtoll (minutes, NULL, 10) * 60 * G_USEC_PER_SEC;
  return call_and_say (ctl, "Pause", g_variant_new ("(x)", until), _ ("Publishing is paused"));
}

static int
publisher_resume (SmmCtl *ctl)
{
  return call_and_say (ctl, "Resume", NULL, _ ("Publishing goes on"));
}

static int
publisher_wake (SmmCtl *ctl)
{
  return call_and_say (ctl, "Wake", NULL, _ ("The publisher looks at its queue"));
}

static int
undo (SmmCtl *ctl)
{
  return smm_ctl_apply_and_say (ctl, "undo", NULL);
}

static int
redo (SmmCtl *ctl)
{
  return smm_ctl_apply_and_say (ctl, "redo", NULL);
}

/* --- Settings --- */

static void
print_setting (SmmCtl *ctl, const char *key, const char *value)
{
  JsonBuilder *builder = smm_ctl_begin ("setting");
  g_autofree char *text = g_strdup_printf ("%s = %s", key, value);

  smm_json_string (builder, "key", key);
  smm_json_string (builder, "value", value);
  smm_ctl_end (ctl, builder, text);
}

/* A library that does not exist yet has the settings nobody changed. */
static gboolean
open_settings (SmmCtl *ctl, GError **error)
{
  g_autoptr (GError) problem = NULL;

  if (smm_ctl_open_reader (ctl, &problem)
      || g_error_matches (problem, SMM_STORE_ERROR, SMM_STORE_ERROR_MISSING))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

static int
settings_list (SmmCtl *ctl)
{
  g_autoptr (GError) error = NULL;

  if (!open_settings (ctl, &error))
    return smm_ctl_fail (ctl, error);
  for (const SmmSetting *setting = smm_settings_get_all (); setting->key != NULL; setting++)
    {
      g_autofree char *value = smm_settings_dup (ctl->reader, setting->key);

      print_setting (ctl, setting->key, value);
    }
  return SMM_CTL_DONE;
}

static int
settings_get (SmmCtl *ctl)
{
  const char *key = smm_ctl_word (ctl, 0);
  g_autoptr (GError) error = NULL;
  g_autofree char *value = NULL;

  if (key == NULL)
    return smm_ctl_usage (ctl, _ ("settings get needs a key; see settings list"));
  if (!open_settings (ctl, &error))
    return smm_ctl_fail (ctl, error);
  value = smm_settings_dup (ctl->reader, key);
  if (value == NULL)
    return smm_ctl_fail_with (ctl, "not-found", _ ("There is no such setting"), "settings list");
  print_setting (ctl, key, value);
  return SMM_CTL_DONE;
}

static int
settings_set (SmmCtl *ctl)
{
  const char *key = smm_ctl_word (ctl, 0), *value = smm_ctl_word (ctl, 1);

  if (key == NULL || value == NULL || !g_utf8_validate (value, -1, NULL))
    return smm_ctl_usage (ctl, _ ("settings set needs a key and a value; see settings list"));
  if (smm_settings_find (key) == NULL)
    return smm_ctl_fail_with (ctl, "not-found", _ ("There is no such setting"), "settings list");
  return smm_ctl_apply_and_say (ctl, "setting.set",
                                g_variant_new_parsed ("{'key': <%s>, 'value': <%s>}", key, value));
}

/* --- Backups --- */

static void
print_backup (SmmCtl *ctl, const char *name)
{
  JsonBuilder *builder = smm_ctl_begin ("backup");

  smm_json_string (builder, "name", name);
  smm_ctl_end (ctl, builder, name);
}

static int
backup_create (SmmCtl *ctl)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *name = NULL;

  if (!smm_ctl_open_reader (ctl, &error))
    return smm_ctl_fail (ctl, error);
  name = smm_store_backup (ctl->reader, "manual", &error);
  if (name == NULL)
    return smm_ctl_fail (ctl, error);
  print_backup (ctl, name);
  return SMM_CTL_DONE;
}

static int
backup_list (SmmCtl *ctl)
{
  g_autoptr (GPtrArray) names = smm_paths_list_backups (ctl->paths);

  for (guint i = 0; i < names->len; i++)
    print_backup (ctl, names->pdata[i]);
  return SMM_CTL_DONE;
}

static int
backup_verify (SmmCtl *ctl)
{
  const char *name = smm_ctl_word (ctl, 0);
  g_autoptr (GError) error = NULL;

  if (name == NULL)
    return smm_ctl_usage (ctl, _ ("backup verify needs a name; see backup list"));
  if (!smm_paths_verify_backup (ctl->paths, name, &error))
    return smm_ctl_fail (ctl, error);
  print_backup (ctl, name);
  return SMM_CTL_DONE;
}

static int
backup_restore (SmmCtl *ctl)
{
  const char *name = smm_ctl_word (ctl, 0);
  g_autoptr (GError) error = NULL;

  if (name == NULL)
    return smm_ctl_usage (ctl, _ ("backup restore needs a name; see backup list"));
  if (!smm_ctl_has (ctl, "yes"))
    return smm_ctl_usage (ctl, _ ("This replaces the library. Say --yes if you mean it."));
  if (!smm_store_restore (ctl->paths, name, &error))
    return smm_ctl_fail (ctl, error);
  print_backup (ctl, name);
  return SMM_CTL_DONE;
}

static int
privacy_ledger (SmmCtl *ctl)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) entries = NULL;

  if (!smm_ctl_open_reader (ctl, &error))
    return smm_ctl_fail (ctl, error);
  entries = smm_store_list_ledger (ctl->reader, LEDGER_LINES);
  for (guint i = 0; i < entries->len; i++)
    {
      SmmLedgerEntry *entry = entries->pdata[i];
      JsonBuilder *builder = smm_ctl_begin ("request");
      g_autofree char *at = smm_ctl_format_time (entry->at);
      g_autofree char *text = g_strdup_printf (
          "%s  %s  %s  %s  %" G_GINT64_FORMAT "/%" G_GINT64_FORMAT, at, entry->host, entry->purpose,
          entry->result, entry->bytes_sent, entry->bytes_received);

      smm_json_time (builder, "at", entry->at);
      smm_json_string (builder, "host", entry->host);
      smm_json_string (builder, "purpose", entry->purpose);
      smm_json_string (builder, "account", entry->account_id);
      smm_json_int (builder, "sent", entry->bytes_sent);
      smm_json_int (builder, "received", entry->bytes_received);
      smm_json_string (builder, "result", entry->result);
      smm_ctl_end (ctl, builder, text);
    }
  return SMM_CTL_DONE;
}

const SmmCtlCommand smm_ctl_publisher_commands[] = {
  { "publisher status", "", publisher_status },
  { "publisher pause", "[--for MINUTES]", publisher_pause },
  { "publisher resume", "", publisher_resume },
  { "publisher wake", "", publisher_wake },
  { "settings list", "", settings_list },
  { "settings get", "KEY", settings_get },
  { "settings set", "KEY VALUE", settings_set },
  { "backup create", "", backup_create },
  { "backup list", "", backup_list },
  { "backup verify", "NAME", backup_verify },
  { "backup restore", "NAME --yes", backup_restore },
  { "privacy ledger", "", privacy_ledger },
  { "undo", "", undo },
  { "redo", "", redo },
  { NULL, NULL, NULL },
};

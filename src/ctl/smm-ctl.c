/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-ctl.h"

#include "smm-library-local.h"
#include "smm-library-remote.h"

#include <glib/gi18n.h>
#include <string.h>

#define MAX_COMMAND_WORDS 2
#define CONNECT_SECONDS 10

static const char *const flags[] = { "json",        "draft",        "unused",  "yes",
                                     "no-browser",  "secret-stdin", "told",    "without-website",
                                     "practice",    "help",         "version", "dry-run",
                                     "transcode",   "blur",         "queue",   "only-good",
                                     "keep-others", "all",          NULL };

/* --- Arguments --- */

const char *
smm_ctl_get (SmmCtl *ctl, const char *name)
{
  GPtrArray *values = g_hash_table_lookup (ctl->options, name);

  return values != NULL ? values->pdata[values->len - 1] : NULL;
}

gboolean
smm_ctl_has (SmmCtl *ctl, const char *name)
{
  return g_hash_table_contains (ctl->options, name);
}

GPtrArray *
smm_ctl_get_all (SmmCtl *ctl, const char *name)
{
  GPtrArray *values = g_hash_table_lookup (ctl->options, name);
  GPtrArray *all = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; values != NULL && i < values->len; i++)
    {
      g_auto (GStrv) parts = g_strsplit (values->pdata[i], ",", -1);

      for (guint p = 0; parts[p] != NULL; p++)
        if (*parts[p] != '\0')
          g_ptr_array_add (all, g_strdup (parts[p]));
    }
  return all;
}

const char *
smm_ctl_word (SmmCtl *ctl, guint n)
{
  return MAX_COMMAND_WORDS + n < ctl->words->len ? ctl->words->pdata[MAX_COMMAND_WORDS + n] : NULL;
}

int
smm_ctl_usage (SmmCtl *ctl, const char *message)
{
  smm_ctl_fail_with (ctl, "usage", message, "--help");
  return SMM_CTL_USAGE;
}

static void
add_option (SmmCtl *ctl, const char *name, const char *value)
{
  GPtrArray *values = g_hash_table_lookup (ctl->options, name);

  if (values == NULL)
    {
      values = g_ptr_array_new_with_free_func (g_free);
      g_hash_table_insert (ctl->options, g_strdup (name), values);
    }
  g_ptr_array_add (values, g_strdup (value));
}

static gboolean
parse (SmmCtl *ctl, int argc, char **argv)
{
  for (int i = 1; i < argc; i++)
    {
      const char *name = argv[i] + 2;
      const char *equals = strchr (argv[i], '=');
      g_autofree char *before = NULL;

      if (!g_str_has_prefix (argv[i], "--") || argv[i][2] == '\0')
        {
          g_ptr_array_add (ctl->words, g_strdup (argv[i]));
          continue;
        }
      if (equals != NULL)
        {
          before = g_strndup (name, equals - name);
          add_option (ctl, before, equals + 1);
        }
      else if (g_strv_contains (flags, name))
        add_option (ctl, name, "");
      else if (i + 1 < argc)
        add_option (ctl, name, argv[++i]);
      else
        {
          smm_ctl_fail_with (ctl, "usage", _ ("An option at the end has no value"), "--help");
          return FALSE;
        }
    }
  return TRUE;
}

/* --- Waiting --- */

static void
on_result (GObject *source, GAsyncResult *result, gpointer user_data)
{
  SmmCtl *ctl = user_data;

  ctl->result = g_object_ref (result);
}

GAsyncReadyCallback
smm_ctl_callback (void)
{
  return on_result;
}

GAsyncResult *
smm_ctl_wait (SmmCtl *ctl)
{
  while (ctl->result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return g_steal_pointer (&ctl->result);
}

/* --- The library --- */

static gboolean
is_name_owned (SmmCtl *ctl)
{
  g_autoptr (GDBusConnection) bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  g_autoptr (GVariant) answer = NULL;
  gboolean owned = FALSE;

  if (bus == NULL)
    return FALSE;
  answer = g_dbus_connection_call_sync (
      bus, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "NameHasOwner",
      g_variant_new ("(s)", ctl->paths->bus_name), G_VARIANT_TYPE ("(b)"), G_DBUS_CALL_FLAGS_NONE,
      -1, NULL, NULL);
  if (answer != NULL)
    g_variant_get (answer, "(b)", &owned);
  return owned;
}

gboolean
smm_ctl_is_publisher_running (SmmCtl *ctl)
{
  return is_name_owned (ctl);
}

static gboolean
connect_remote (SmmCtl *ctl, GError **error)
{
  SmmLibraryRemote *remote = smm_library_remote_new (ctl->paths);
  gint64 until = g_get_monotonic_time () + CONNECT_SECONDS * G_USEC_PER_SEC;
  g_autofree char *status = NULL;

  while (!smm_library_remote_get_connected (remote) && g_get_monotonic_time () < until)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (2000);
  if (smm_library_remote_get_connected (remote))
    {
      ctl->library = SMM_LIBRARY (remote);
      return TRUE;
    }
  g_object_get (remote, "status", &status, NULL);
  g_set_error (error, SMM_LIBRARY_ERROR, SMM_LIBRARY_ERROR_NO_OWNER, "%s",
               status != NULL ? status : _ ("The publisher does not answer"));
  g_object_unref (remote);
  return FALSE;
}

/* A publisher that runs is asked; else this program is the owner for a moment. */
gboolean
smm_ctl_open (SmmCtl *ctl, GError **error)
{
  SmmLibraryLocal *local;

  if (ctl->library != NULL)
    return TRUE;
  if (is_name_owned (ctl))
    return connect_remote (ctl, error);
  local = smm_library_local_new (ctl->paths, error);
  if (local == NULL)
    return FALSE;
  ctl->library = SMM_LIBRARY (local);
  return TRUE;
}

gboolean
smm_ctl_open_reader (SmmCtl *ctl, GError **error)
{
  if (ctl->reader == NULL && ctl->library != NULL && smm_library_get_store (ctl->library) != NULL)
    ctl->reader = g_object_ref (smm_library_get_store (ctl->library));
  if (ctl->reader == NULL)
    ctl->reader = smm_store_open_reader (ctl->paths, error);
  return ctl->reader != NULL;
}

gboolean
smm_ctl_open_connect (SmmCtl *ctl, GError **error)
{
  g_autoptr (SmmEndpoints) endpoints = NULL;
  SmmStore *store;

  if (!smm_ctl_open (ctl, error))
    return FALSE;
  endpoints = smm_endpoints_new_default (error);
  if (endpoints == NULL)
    return FALSE;
  store = smm_library_get_store (ctl->library);
  ctl->http = smm_http_new (endpoints);
  ctl->vault = smm_vault_new (ctl->paths->data_dir,
                              store != NULL ? smm_store_get_library_id (store) : NULL);
  ctl->connect = smm_connect_new (ctl->library, ctl->vault, ctl->http);
  return TRUE;
}

GVariant *
smm_ctl_apply (SmmCtl *ctl, const char *name, GVariant *args, GError **error)
{
  g_autoptr (SmmCommand) command = smm_command_new (name, args);
  g_autoptr (GAsyncResult) result = NULL;

  if (!smm_ctl_open (ctl, error))
    return NULL;
  smm_library_apply_async (ctl->library, command, NULL, on_result, ctl);
  result = smm_ctl_wait (ctl);
  return smm_library_apply_finish (ctl->library, result, error);
}

int
smm_ctl_apply_and_say (SmmCtl *ctl, const char *name, GVariant *args)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) result = smm_ctl_apply (ctl, name, args, &error);
  const char *label = NULL;
  JsonBuilder *builder;

  if (result == NULL)
    return smm_ctl_fail (ctl, error);
  g_variant_lookup (result, "label", "&s", &label);
  builder = smm_ctl_begin ("done");
  smm_json_string (builder, "command", name);
  smm_json_string (builder, "message", label);
  smm_ctl_end (ctl, builder, label);
  return SMM_CTL_DONE;
}

GVariant *
smm_ctl_call_publisher (SmmCtl *ctl, const char *method, GVariant *args, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  if (!smm_ctl_open (ctl, error))
    return NULL;
  if (!SMM_IS_LIBRARY_REMOTE (ctl->library))
    {
      if (args != NULL)
        g_variant_unref (g_variant_ref_sink (args));
      g_set_error (error, SMM_LIBRARY_ERROR, SMM_LIBRARY_ERROR_NO_OWNER,
                   _ ("The publisher is not running"));
      return NULL;
    }
  smm_library_remote_call_async (SMM_LIBRARY_REMOTE (ctl->library), method, args, NULL, on_result,
                                 ctl);
  result = smm_ctl_wait (ctl);
  return smm_library_remote_call_finish (SMM_LIBRARY_REMOTE (ctl->library), result, error);
}

/* --- Running --- */

static const SmmCtlCommand *
find_command (SmmCtl *ctl)
{
  const SmmCtlCommand *tables[]
      = { smm_ctl_brand_commands,   smm_ctl_website_commands,  smm_ctl_account_commands,
          smm_ctl_ai_commands,      smm_ctl_web_commands,      smm_ctl_post_commands,
          smm_ctl_posts_commands,   smm_ctl_media_commands,    smm_ctl_tag_commands,
          smm_ctl_slot_commands,    smm_ctl_note_commands,     smm_ctl_holidays_commands,
          smm_ctl_series_commands,  smm_ctl_exchange_commands, smm_ctl_publisher_commands,
          smm_ctl_privacy_commands, smm_ctl_mail_commands,     smm_ctl_workspace_commands };
  const char *first = ctl->words->len > 0 ? ctl->words->pdata[0] : "";
  const char *second = ctl->words->len > 1 ? ctl->words->pdata[1] : "";
  g_autofree char *name = g_strdup_printf ("%s %s", first, second);

  for (guint t = 0; t < G_N_ELEMENTS (tables); t++)
    for (const SmmCtlCommand *command = tables[t]; command->name != NULL; command++)
      {
        if (strcmp (command->name, name) == 0)
          return command;
        if (strcmp (command->name, first) == 0)
          {
            g_ptr_array_insert (ctl->words, 1, g_strdup (""));
            return command;
          }
      }
  return NULL;
}

/* An option that would be ignored is an answer that would be a lie: only what the command's help
 * names is taken. */
static gboolean
check_options (SmmCtl *ctl, const SmmCtlCommand *command)
{
  static const char *const everywhere[] = { "json", "practice", "yes", NULL };
  GHashTableIter iter;
  gpointer name;

  g_hash_table_iter_init (&iter, ctl->options);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    {
      g_autofree char *dashed = g_strconcat ("--", name, NULL);
      const char *found = strstr (command->usage, dashed);
      gboolean known = g_strv_contains (everywhere, name);

      for (; found != NULL && !known; found = strstr (found + 2, dashed))
        known = !g_ascii_isalnum (found[strlen (dashed)]) && found[strlen (dashed)] != '-';
      if (!known)
        {
          g_autofree char *text
              = g_strdup_printf (_ ("“%s” has no option %s; see --help"), command->name, dashed);

          smm_ctl_usage (ctl, text);
          return FALSE;
        }
    }
  return TRUE;
}

static int
print_help (void)
{
  const SmmCtlCommand *tables[]
      = { smm_ctl_brand_commands,   smm_ctl_website_commands,  smm_ctl_account_commands,
          smm_ctl_ai_commands,      smm_ctl_web_commands,      smm_ctl_post_commands,
          smm_ctl_posts_commands,   smm_ctl_media_commands,    smm_ctl_tag_commands,
          smm_ctl_slot_commands,    smm_ctl_note_commands,     smm_ctl_holidays_commands,
          smm_ctl_series_commands,  smm_ctl_exchange_commands, smm_ctl_publisher_commands,
          smm_ctl_privacy_commands, smm_ctl_mail_commands,     smm_ctl_workspace_commands };

  g_print ("%s\n\n", _ ("nkonsept-smmctl COMMAND [--json] [--practice]"));
  for (guint t = 0; t < G_N_ELEMENTS (tables); t++)
    for (const SmmCtlCommand *command = tables[t]; command->name != NULL; command++)
      g_print ("  %s %s\n", command->name, command->usage);
  return SMM_CTL_DONE;
}

static void
clear (SmmCtl *ctl)
{
  g_clear_object (&ctl->connect);
  if (ctl->http != NULL)
    smm_http_set_ledger (ctl->http, NULL, NULL);
  g_clear_object (&ctl->http);
  g_clear_object (&ctl->vault);
  g_clear_object (&ctl->reader);
  g_clear_object (&ctl->library);
  g_clear_pointer (&ctl->paths, smm_paths_free);
  g_ptr_array_unref (ctl->words);
  g_hash_table_unref (ctl->options);
}

int
smm_ctl_run (int argc, char **argv)
{
  SmmCtl ctl = { 0 };
  const SmmCtlCommand *command;
  int status;

  ctl.words = g_ptr_array_new_with_free_func (g_free);
  ctl.options
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_ptr_array_unref);
  for (int i = 1; i < argc; i++)
    ctl.json |= strcmp (argv[i], "--json") == 0;
  if (!parse (&ctl, argc, argv))
    {
      clear (&ctl);
      return SMM_CTL_USAGE;
    }
  ctl.paths = smm_paths_new (smm_ctl_has (&ctl, "practice") ? "practice" : NULL);
  command = find_command (&ctl);
  if (smm_ctl_has (&ctl, "version"))
    {
      g_print ("nkonsept-smmctl %s\n", SMM_VERSION);
      status = SMM_CTL_DONE;
    }
  else if (smm_ctl_has (&ctl, "help") || ctl.words->len == 0)
    status = print_help ();
  else if (command == NULL)
    status = smm_ctl_usage (&ctl, _ ("There is no such command; see --help"));
  else if (!check_options (&ctl, command))
    status = SMM_CTL_USAGE;
  else
    status = command->func (&ctl);
  /* Ledger lines of a sign-in may still be on their way. */
  while (g_main_context_iteration (NULL, FALSE))
    ;
  clear (&ctl);
  return status;
}

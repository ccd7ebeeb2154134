/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What happens with data: the text and whether it was accepted; all there is, to see, to take away
 * and to delete. */

#include "config.h"

#include "smm-ctl.h"

#include <glib/gi18n.h>
#include <stdlib.h>
#include <string.h>

#include "smm-archive.h"
#include "smm-erase.h"
#include "smm-library-remote.h"
#include "smm-policy.h"
#include "smm-report.h"
#include "smm-settings.h"

static int
policy_show (SmmCtl *ctl)
{
  g_autoptr (SmmPolicy) policy = smm_policy_new ();
  g_autofree char *text = smm_policy_to_text (policy);
  JsonBuilder *builder = smm_ctl_begin ("policy");

  smm_json_int (builder, "version", policy->version);
  smm_json_string (builder, "date", policy->date);
  smm_json_string (builder, "text", text);
  smm_ctl_end (ctl, builder, text);
  return SMM_CTL_DONE;
}

static int
policy_status (SmmCtl *ctl)
{
  g_autoptr (SmmPolicy) policy = smm_policy_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *at = NULL, *changes = NULL;
  JsonBuilder *builder;
  int accepted;

  if (!smm_ctl_open_reader (ctl, &error)
      && !g_error_matches (error, SMM_STORE_ERROR, SMM_STORE_ERROR_MISSING))
    return smm_ctl_fail (ctl, error);
  accepted = smm_policy_get_accepted (ctl->reader);
  at = ctl->reader != NULL ? smm_store_get_setting (ctl->reader, SMM_SETTING_POLICY_AT) : NULL;
  changes = smm_policy_describe_changes (policy, accepted);
  builder = smm_ctl_begin ("policy");
  smm_json_int (builder, "version", policy->version);
  smm_json_int (builder, "accepted", accepted);
  smm_json_time (builder, "accepted_at", at != NULL ? g_ascii_strtoll (at, NULL, 10) : 0);
  smm_json_string (builder, "changes", changes);
  smm_ctl_end (ctl, builder,
               accepted == policy->version ? _ ("You accepted what happens with your data")
               : accepted > 0              ? changes
                              : _ ("You did not accept yet what happens with your data"));
  return SMM_CTL_DONE;
}

/* --read: the one that was read, so that nobody accepts by a script what came later. */
static int
policy_accept (SmmCtl *ctl)
{
  const char *version = smm_ctl_get (ctl, "read");

  return smm_ctl_apply_and_say (
      ctl, "policy.accept",
      g_variant_new_parsed ("{'version': <%i>}",
                            version != NULL ? atoi (version) : SMM_POLICY_VERSION));
}

/* --- All there is --- */

static gboolean
count_row (const SmmValue *row, int n_columns, gpointer user_data)
{
  (*(gint64 *)user_data)++;
  return TRUE;
}

static gint64
measure (const char *folder)
{
  g_autoptr (GFile) file = g_file_new_for_path (folder);
  guint64 bytes = 0;

  g_file_measure_disk_usage (file, G_FILE_MEASURE_APPARENT_SIZE, NULL, NULL, NULL, &bytes, NULL,
                             NULL, NULL);
  return bytes;
}

static void
print_place (SmmCtl *ctl, const char *what, const char *path)
{
  JsonBuilder *builder = smm_ctl_begin ("place");
  gint64 bytes = measure (path);
  g_autofree char *size = g_format_size (bytes);
  g_autofree char *text = g_strdup_printf ("%s  %s  %s", what, path, size);

  smm_json_string (builder, "name", what);
  smm_json_string (builder, "path", path);
  smm_json_int (builder, "bytes", bytes);
  smm_ctl_end (ctl, builder, text);
}

static int
privacy_inventory (SmmCtl *ctl)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) tables = NULL;

  if (!smm_ctl_open_reader (ctl, &error))
    return smm_ctl_fail (ctl, error);
  tables = smm_store_list_tables (ctl->reader);
  for (guint i = 0; i < tables->len; i++)
    {
      gint64 rows = 0;
      JsonBuilder *builder;
      g_autofree char *text = NULL;

      if (!smm_store_dump (ctl->reader, tables->pdata[i], count_row, &rows, &error))
        return smm_ctl_fail (ctl, error);
      text = g_strdup_printf ("%s  %" G_GINT64_FORMAT, (char *)tables->pdata[i], rows);
      builder = smm_ctl_begin ("table");
      smm_json_string (builder, "name", tables->pdata[i]);
      smm_json_int (builder, "rows", rows);
      smm_ctl_end (ctl, builder, text);
    }
  print_place (ctl, "library", ctl->paths->data_dir);
  print_place (ctl, "media", ctl->paths->media_dir);
  print_place (ctl, "backups", ctl->paths->backup_dir);
  print_place (ctl, "cache", ctl->paths->cache_dir);
  print_place (ctl, "state", ctl->paths->state_dir);
  return SMM_CTL_DONE;
}

static int
privacy_export (SmmCtl *ctl)
{
  const char *output = smm_ctl_get (ctl, "output");
  SmmArchiveFacts facts;
  g_autoptr (GError) error = NULL;
  JsonBuilder *builder;

  if (output == NULL)
    return smm_ctl_usage (ctl, _ ("privacy export needs --output FILE.zip"));
  if (!smm_archive_write (ctl->paths, output, &facts, NULL, &error))
    return smm_ctl_fail (ctl, error);
  builder = smm_ctl_begin ("archive");
  smm_json_string (builder, "file", output);
  smm_json_int (builder, "tables", facts.n_tables);
  smm_json_int (builder, "rows", facts.n_rows);
  smm_json_int (builder, "media", facts.n_media);
  smm_json_int (builder, "bytes", facts.bytes);
  smm_ctl_end (ctl, builder, output);
  return SMM_CTL_DONE;
}

/* --- Deleting --- */

/* Who still had the library at hand would start another publisher, and that a new library. */
static gboolean
finish_erasing (SmmCtl *ctl, GError **error)
{
  gboolean remote = SMM_IS_LIBRARY_REMOTE (ctl->library);

  g_clear_object (&ctl->connect);
  smm_http_set_ledger (ctl->http, NULL, NULL);
  g_clear_object (&ctl->reader);
  g_clear_object (&ctl->library);
  if (!remote)
    return smm_erase_files (ctl->paths, error);
  while (smm_ctl_is_publisher_running (ctl))
    g_usleep (20000);
  return TRUE;
}

static int
say_erased (SmmCtl *ctl, const SmmEraseFacts *facts, const char *text)
{
  JsonBuilder *builder = smm_ctl_begin ("erased");

  smm_json_int (builder, "ended", facts->n_ended);
  smm_json_int (builder, "untold", facts->n_untold);
  smm_ctl_end (ctl, builder, text);
  if (facts->n_untold > 0)
    smm_ctl_say (ctl, "%s",
                 _ ("Not every platform could be told. Remove the app in your account’s settings "
                    "there."));
  return SMM_CTL_DONE;
}

static int
erase_part (SmmCtl *ctl, const char *brand_id, const char *account_id)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  SmmEraseFacts facts;

  if (!smm_ctl_has (ctl, "yes"))
    return smm_ctl_usage (
        ctl, brand_id != NULL
                 ? _ ("This deletes the brand with its posts, accounts, results and the media "
                      "nothing else uses, all backups and what can be undone. It can’t be brought "
                      "back. Say --yes if you mean it.")
                 : _ ("This ends the sign-in and deletes the account with what became of posts "
                      "there, posts that went there alone, all backups and what can be undone. It "
                      "can’t be brought back; “account disconnect” keeps all of it. Say --yes if "
                      "you mean it."));
  if (!smm_ctl_open_connect (ctl, &error))
    return smm_ctl_fail (ctl, error);
  if (brand_id != NULL)
    smm_erase_brand_async (ctl->library, ctl->connect, ctl->vault, brand_id, smm_ctl_callback (),
                           ctl);
  else
    smm_erase_account_async (ctl->library, ctl->connect, ctl->vault, account_id,
                             smm_ctl_callback (), ctl);
  result = smm_ctl_wait (ctl);
  if (!smm_erase_part_finish (ctl->library, result, &facts, &error))
    return smm_ctl_fail (ctl, error);
  return say_erased (ctl, &facts,
                     brand_id != NULL ? _ ("Brand deleted for good")
                                      : _ ("Account deleted for good"));
}

static int
erase_all (SmmCtl *ctl)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  SmmEraseFacts facts;

  if (!smm_ctl_has (ctl, "yes"))
    return smm_ctl_usage (ctl, _ ("This deletes the library, its media and backups, and every "
                                  "sign-in. Say --yes if you mean it."));
  if (!smm_ctl_open_connect (ctl, &error))
    return smm_ctl_fail (ctl, error);
  smm_erase_all_async (ctl->library, ctl->connect, ctl->vault, smm_ctl_callback (), ctl);
  result = smm_ctl_wait (ctl);
  if (!smm_erase_all_finish (ctl->library, result, &facts, &error))
    return smm_ctl_fail (ctl, error);
  g_clear_object (&result);
  if (!finish_erasing (ctl, &error))
    return smm_ctl_fail (ctl, error);
  return say_erased (ctl, &facts, _ ("Everything here is deleted"));
}

static int
privacy_erase (SmmCtl *ctl)
{
  const char *brand_id = smm_ctl_get (ctl, "brand");
  const char *account_id = smm_ctl_get (ctl, "account");

  if (smm_ctl_has (ctl, "all") + (brand_id != NULL) + (account_id != NULL) != 1)
    return smm_ctl_usage (ctl, _ ("privacy erase needs --all, --brand ID or --account ID"));
  return brand_id != NULL || account_id != NULL ? erase_part (ctl, brand_id, account_id)
                                                : erase_all (ctl);
}

/* --- For others to see what is wrong --- */

static int
report_show (SmmCtl *ctl)
{
  const char *path = smm_ctl_get (ctl, "output");
  g_autofree char *text = smm_report_write (ctl->paths, NULL);
  g_autoptr (GError) error = NULL;
  JsonBuilder *builder;

  if (path != NULL
      && !g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, &error))
    return smm_ctl_fail (ctl, error);
  builder = smm_ctl_begin ("report");
  smm_json_string (builder, path != NULL ? "file" : "text", path != NULL ? path : text);
  smm_ctl_end (ctl, builder, path != NULL ? path : text);
  return SMM_CTL_DONE;
}

const SmmCtlCommand smm_ctl_privacy_commands[] = {
  { "policy show", "", policy_show },
  { "policy status", "", policy_status },
  { "policy accept", "[--read VERSION]", policy_accept },
  { "report show", "[--output FILE]", report_show },
  { "privacy inventory", "", privacy_inventory },
  { "privacy export", "--output FILE", privacy_export },
  { "privacy erase", "--all|--brand ID|--account ID --yes", privacy_erase },
  { NULL, NULL, NULL },
};

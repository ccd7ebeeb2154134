/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The user's own web space, for pictures that Instagram fetches. */

#include "config.h"

#include "smm-ctl.h"

#include <glib/gi18n.h>
#include <string.h>

static void
print_space (SmmCtl *ctl, SmmWebSpace *space)
{
  JsonBuilder *builder = smm_ctl_begin ("webspace");
  g_autofree char *use = smm_store_get_setting (ctl->reader, "web-space.use");
  g_autofree char *tested = smm_store_get_setting (ctl->reader, "web-space.tested-at");
  g_autofree char *problem = smm_store_get_setting (ctl->reader, "web-space.problem");
  g_autofree char *text = g_strdup_printf ("%s  %s  %s", smm_web_space_kind_to_string (space->kind),
                                           space->url, space->public_url);

  smm_json_string (builder, "kind", smm_web_space_kind_to_string (space->kind));
  smm_json_string (builder, "url", space->url);
  smm_json_string (builder, "bucket", space->bucket);
  smm_json_string (builder, "region", space->region);
  smm_json_string (builder, "folder", space->folder);
  smm_json_string (builder, "user", space->user);
  smm_json_string (builder, "public_url", space->public_url);
  smm_json_string (builder, "use", use);
  smm_json_time (builder, "tested_at", tested != NULL ? g_ascii_strtoll (tested, NULL, 10) : 0);
  smm_json_string (builder, "problem", problem != NULL && *problem != '\0' ? problem : NULL);
  smm_ctl_end (ctl, builder, text);
}

static void
take_field (SmmCtl *ctl, GHashTable *fields, const char *name)
{
  const char *value = smm_ctl_get (ctl, name);

  if (value != NULL)
    g_hash_table_insert (fields, (gpointer)name, (gpointer)value);
}

static int
webspace_set (SmmCtl *ctl)
{
  static const char *const names[] = { "url", "bucket", "region", "folder", "user", "public-url" };
  g_autoptr (GHashTable) fields = g_hash_table_new (g_str_hash, g_str_equal);
  const char *use = smm_ctl_get (ctl, "use");
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (SmmWebSpace) space = NULL;
  g_autoptr (GError) error = NULL;
  char *secret;

  if (smm_ctl_word (ctl, 0) == NULL)
    return smm_ctl_usage (ctl, _ ("webspace set needs one of s3, webdav"));
  if (!smm_ctl_has (ctl, "secret-stdin"))
    return smm_ctl_usage (ctl, _ ("Give the secret on standard input, with --secret-stdin"));
  g_hash_table_insert (fields, (gpointer) "kind", (gpointer)smm_ctl_word (ctl, 0));
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    take_field (ctl, fields, names[i]);
  if (!smm_ctl_open_connect (ctl, &error) || !smm_ctl_open_reader (ctl, &error))
    return smm_ctl_fail (ctl, error);
  space = smm_web_space_new (fields, smm_endpoints_is_loopback (smm_http_get_endpoints (ctl->http)),
                             &error);
  if (space == NULL)
    return smm_ctl_fail (ctl, error);
  secret = smm_ctl_read_secret ();
  if (*secret == '\0')
    {
      smm_vault_secret_free (secret);
      return smm_ctl_usage (ctl, _ ("Standard input held no secret"));
    }
  smm_connect_set_web_space_async (ctl->connect, space, secret, use != NULL ? use : "fallback",
                                   smm_ctl_callback (), ctl);
  smm_vault_secret_free (secret);
  result = smm_ctl_wait (ctl);
  if (!smm_connect_set_web_space_finish (ctl->connect, result, &error))
    return smm_ctl_fail (ctl, error);
  print_space (ctl, space);
  return SMM_CTL_DONE;
}

static int
webspace_show (SmmCtl *ctl)
{
  g_autoptr (SmmWebSpace) space = NULL;
  g_autoptr (GError) error = NULL;

  if (!smm_ctl_open_connect (ctl, &error) || !smm_ctl_open_reader (ctl, &error))
    return smm_ctl_fail (ctl, error);
  space = smm_connect_get_web_space (ctl->connect, &error);
  if (space == NULL)
    return smm_ctl_fail (ctl, error);
  print_space (ctl, space);
  return SMM_CTL_DONE;
}

static void
on_step (SmmWebSpaceStep step, SmmWebSpaceStepState state, const char *message, gpointer user_data)
{
  static const char *const states[] = { "begun", "good", "doubtful", "bad" };
  SmmCtl *ctl = user_data;
  JsonBuilder *builder;
  g_autofree char *text = NULL;

  if (state == SMM_WEB_SPACE_STEP_BEGUN)
    return;
  builder = smm_ctl_begin ("step");
  text = g_strdup_printf ("%s %s%s%s", state == SMM_WEB_SPACE_STEP_BAD ? "✗" : "✓",
                          smm_web_space_step_get_label (step), message != NULL ? ": " : "",
                          message != NULL ? message : "");
  smm_json_string (builder, "name", smm_web_space_step_to_string (step));
  smm_json_string (builder, "state", states[state]);
  smm_json_string (builder, "message", message);
  smm_ctl_end (ctl, builder, text);
}

static int
webspace_test (SmmCtl *ctl)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  if (!smm_ctl_open_connect (ctl, &error))
    return smm_ctl_fail (ctl, error);
  smm_connect_test_web_space_async (ctl->connect, NULL, NULL, on_step, ctl, NULL,
                                    smm_ctl_callback (), ctl);
  result = smm_ctl_wait (ctl);
  if (!smm_connect_test_web_space_finish (ctl->connect, result, &error))
    return smm_ctl_fail (ctl, error);
  return SMM_CTL_DONE;
}

static int
webspace_clear (SmmCtl *ctl)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  JsonBuilder *builder;

  if (!smm_ctl_has (ctl, "yes"))
    return smm_ctl_usage (ctl, _ ("This removes the web space and its secret. Say --yes if you "
                                  "mean it."));
  if (!smm_ctl_open_connect (ctl, &error))
    return smm_ctl_fail (ctl, error);
  smm_connect_clear_web_space_async (ctl->connect, smm_ctl_callback (), ctl);
  result = smm_ctl_wait (ctl);
  if (!smm_connect_clear_web_space_finish (ctl->connect, result, &error))
    return smm_ctl_fail (ctl, error);
  builder = smm_ctl_begin ("done");
  smm_json_string (builder, "command", "web-space.clear");
  smm_ctl_end (ctl, builder, _ ("The web space is removed, and its secret wiped"));
  return SMM_CTL_DONE;
}

const SmmCtlCommand smm_ctl_web_commands[] = {
  { "webspace set",
    "s3|webdav --url U [--bucket B] [--region R] [--folder F] --user NAME [--public-url U] "
    "[--use fallback|always] --secret-stdin",
    webspace_set },
  { "webspace show", "", webspace_show },
  { "webspace test", "", webspace_test },
  { "webspace clear", "--yes", webspace_clear },
  { NULL, NULL, NULL },
};

/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-ctl.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static void
print_account (SmmCtl *ctl, SmmAccount *account)
{
  JsonBuilder *builder = smm_ctl_begin ("account");
  g_autoptr (SmmAccountHealth) health
      = ctl->reader != NULL ? smm_store_get_account_health (ctl->reader, account->id) : NULL;
  g_autofree char *text = g_strdup_printf (
      "%s  %s  %s  %s", account->id, smm_platform_id_get_label (account->platform), account->name,
      smm_account_state_to_string (account->state));

  smm_json_string (builder, "id", account->id);
  smm_json_string (builder, "brand", account->brand_id);
  smm_json_string (builder, "platform", smm_platform_id_to_string (account->platform));
  smm_json_string (builder, "remote_id", account->remote_id);
  smm_json_string (builder, "name", account->name);
  smm_json_string (builder, "username", account->username);
  smm_json_string (builder, "login", account->login);
  smm_json_string (builder, "state", smm_account_state_to_string (account->state));
  smm_json_string (builder, "reason", account->state_reason);
  smm_json_time (builder, "last_published_at", account->last_published_at);
  smm_json_time (builder, "checked_at", account->checked_at);
  smm_json_time (builder, "access_expires_at", account->access_expires_at);
  smm_json_string (builder, "scopes", account->scopes);
  smm_json_time (builder, "token_expires_at", account->token_expires_at);
  smm_json_time (builder, "revoke_until", account->revoke_until);
  if (health != NULL)
    {
      smm_json_string (builder, "tasks", health->tasks);
      smm_json_time (builder, "health_checked_at", health->asked_at);
    }
  smm_ctl_end (ctl, builder, text);
}

/* The ids to connect: all that can be, or those named; unknown ones are told. */
static GPtrArray *
choose (SmmCtl *ctl, SmmGrant *grant, SmmPlatformId platform)
{
  const char *select = smm_ctl_get (ctl, "select");
  g_autoptr (GPtrArray) named = smm_ctl_get_all (ctl, "select");
  gboolean all = select == NULL || strcmp (select, "all") == 0;
  GPtrArray *chosen = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < grant->candidates->len; i++)
    {
      SmmCandidate *candidate = grant->candidates->pdata[i];
      gboolean wanted = all;

      /* One sign-in shows Pages and Instagram accounts: only what was asked for is taken. */
      if (candidate->platform != platform)
        continue;
      for (guint n = 0; n < named->len && !all; n++)
        wanted |= strcmp (named->pdata[n], candidate->remote_id) == 0
                  || g_strcmp0 (named->pdata[n], candidate->username) == 0;
      if (wanted && candidate->problem != NULL)
        smm_ctl_say (ctl, "%s: %s", candidate->name, candidate->problem);
      else if (wanted)
        g_ptr_array_add (chosen, g_strdup (candidate->remote_id));
      if (wanted && candidate->note != NULL)
        smm_ctl_say (ctl, "%s: %s", candidate->name, candidate->note);
    }
  g_ptr_array_add (chosen, NULL);
  return chosen;
}

static void
print_url (SmmCtl *ctl, const char *url)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *line = NULL;

  json_builder_begin_object (builder);
  smm_json_string (builder, "authorize_url", url);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  line = json_to_string (root, FALSE);
  g_print ("%s\n", line);
  fflush (stdout);
}

static int
keep_accounts (SmmCtl *ctl, SmmGrant *grant, SmmPlatformId platform, const char *brand_id)
{
  g_autoptr (GPtrArray) chosen = choose (ctl, grant, platform);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) accounts = NULL;
  g_autoptr (GError) error = NULL;

  if (chosen->len == 1)
    return smm_ctl_fail_with (ctl, "not-found",
                              _ ("None of the accounts that were found can be connected"),
                              "account connect");
  smm_connect_commit_async (ctl->connect, grant, brand_id, (const char *const *)chosen->pdata, NULL,
                            smm_ctl_callback (), ctl);
  result = smm_ctl_wait (ctl);
  accounts = smm_connect_commit_finish (ctl->connect, result, &error);
  if (accounts == NULL)
    return smm_ctl_fail (ctl, error);
  for (guint i = 0; i < accounts->len; i++)
    print_account (ctl, accounts->pdata[i]);
  return SMM_CTL_DONE;
}

/* --way and --relay; FALSE: such a way there is not. */
static gboolean
set_way (SmmCtl *ctl, SmmSignInWay *chosen)
{
  const char *relay = smm_ctl_get (ctl, "relay");
  SmmSignInWay way = relay != NULL ? SMM_WAY_RELAY : SMM_WAY_BROWSER;
  const char *name = smm_ctl_get (ctl, "way");

  if (name != NULL && !smm_sign_in_way_from_string (name, &way))
    return FALSE;
  *chosen = way;
  smm_connect_set_way (ctl->connect, way, relay);
  return TRUE;
}

/* With --way paste: the address the browser ended at, on the standard input. */
static gboolean
read_address (GIOChannel *channel, GIOCondition condition, gpointer user_data)
{
  SmmCtl *ctl = user_data;
  g_autofree char *line = NULL;
  g_autoptr (GError) error = NULL;

  if (g_io_channel_read_line (channel, &line, NULL, NULL, NULL) != G_IO_STATUS_NORMAL)
    return G_SOURCE_REMOVE;
  if (smm_connect_paste_address (ctl->connect, line, &error))
    return G_SOURCE_REMOVE;
  smm_ctl_say (ctl, "%s", error->message);
  return G_SOURCE_CONTINUE;
}

static guint
watch_input (SmmCtl *ctl)
{
  g_autoptr (GIOChannel) channel = g_io_channel_unix_new (STDIN_FILENO);

  smm_ctl_say (ctl, _ ("Paste the address that the browser ended at, and press Enter."));
  return g_io_add_watch (channel, G_IO_IN | G_IO_HUP, read_address, ctl);
}

static int
account_connect (SmmCtl *ctl)
{
  const char *brand_id = smm_ctl_get (ctl, "brand");
  const char *port = smm_ctl_get (ctl, "port");
  const char *login = smm_ctl_get (ctl, "login");
  g_autoptr (GAsyncResult) begun = NULL;
  g_autoptr (GAsyncResult) waited = NULL;
  g_autoptr (SmmBrand) brand = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *url = NULL;
  const char *listed;
  SmmPlatformId platform;
  SmmSignInWay way;
  SmmGrant *grant;
  guint input_id = 0;
  int status;

  if (!smm_platform_id_from_string (smm_ctl_word (ctl, 0), &platform) || brand_id == NULL)
    return smm_ctl_usage (ctl, _ ("account connect needs a platform and --brand"));
  if (login != NULL && (strcmp (login, "instagram") != 0 || platform != SMM_PLATFORM_INSTAGRAM))
    return smm_ctl_usage (ctl, _ ("The only other sign-in is “instagram --login instagram”"));
  if (!smm_ctl_open_connect (ctl, &error) || !smm_ctl_open_reader (ctl, &error))
    return smm_ctl_fail (ctl, error);
  brand = smm_store_get_brand (ctl->reader, brand_id);
  if (brand == NULL)
    return smm_ctl_fail_with (ctl, "not-found", _ ("There is no such brand"), "brand list");
  if (!set_way (ctl, &way))
    return smm_ctl_usage (ctl, _ ("--way is browser, window, paste or relay"));
  smm_connect_begin_async (ctl->connect, platform, login, FALSE, port != NULL ? atoi (port) : 0,
                           NULL, smm_ctl_callback (), ctl);
  begun = smm_ctl_wait (ctl);
  url = smm_connect_begin_finish (ctl->connect, begun, &error);
  if (url == NULL)
    return smm_ctl_fail (ctl, error);
  listed = smm_connect_get_redirect (platform, login, way);
  if (listed != NULL && port == NULL)
    smm_ctl_say (ctl, _ ("Your app at the platform has to list this redirect address: %s"), listed);
  if (smm_ctl_has (ctl, "no-browser"))
    print_url (ctl, url);
  else if (way != SMM_WAY_WINDOW && !g_app_info_launch_default_for_uri (url, NULL, NULL))
    smm_ctl_say (ctl, _ ("Open this address in your browser:\n%s"), url);
  if (way == SMM_WAY_PASTE)
    input_id = watch_input (ctl);
  smm_connect_wait_async (ctl->connect, NULL, smm_ctl_callback (), ctl);
  waited = smm_ctl_wait (ctl);
  if (input_id != 0 && g_main_context_find_source_by_id (NULL, input_id) != NULL)
    g_source_remove (input_id);
  grant = smm_connect_wait_finish (ctl->connect, waited, &error);
  if (grant == NULL)
    return smm_ctl_fail (ctl, error);
  status = keep_accounts (ctl, grant, platform, brand_id);
  smm_grant_free (grant);
  return status;
}

static int
account_list (SmmCtl *ctl)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) accounts = NULL;

  if (!smm_ctl_open_reader (ctl, &error))
    {
      if (g_error_matches (error, SMM_STORE_ERROR, SMM_STORE_ERROR_MISSING))
        return SMM_CTL_DONE;
      return smm_ctl_fail (ctl, error);
    }
  accounts = smm_store_list_accounts (ctl->reader, smm_ctl_get (ctl, "brand"));
  for (guint i = 0; i < accounts->len; i++)
    print_account (ctl, accounts->pdata[i]);
  return SMM_CTL_DONE;
}

static int
check_one (SmmCtl *ctl, const char *id)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (SmmAccount) account = NULL;
  g_autoptr (GError) error = NULL;

  smm_connect_check_async (ctl->connect, id, NULL, smm_ctl_callback (), ctl);
  result = smm_ctl_wait (ctl);
  account = smm_connect_check_finish (ctl->connect, result, &error);
  if (account == NULL)
    return smm_ctl_fail (ctl, error);
  if (account->state == SMM_ACCOUNT_OK)
    {
      g_autoptr (GAsyncResult) told = NULL;

      /* What is not told now is known from before. */
      smm_connect_health_async (ctl->connect, id, NULL, smm_ctl_callback (), ctl);
      told = smm_ctl_wait (ctl);
      smm_connect_health_finish (ctl->connect, told, NULL);
      g_object_unref (account);
      account = smm_store_get_account (ctl->reader, id);
    }
  print_account (ctl, account);
  return account->state == SMM_ACCOUNT_OK ? SMM_CTL_DONE : SMM_CTL_FAILED;
}

static int
account_check (SmmCtl *ctl)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) accounts = NULL;
  int status = SMM_CTL_DONE;

  if (!smm_ctl_open_connect (ctl, &error) || !smm_ctl_open_reader (ctl, &error))
    return smm_ctl_fail (ctl, error);
  if (smm_ctl_word (ctl, 0) != NULL)
    return check_one (ctl, smm_ctl_word (ctl, 0));
  accounts = smm_store_list_accounts (ctl->reader, NULL);
  for (guint i = 0; i < accounts->len; i++)
    {
      SmmAccount *account = accounts->pdata[i];

      if (account->state != SMM_ACCOUNT_DISCONNECTED)
        status = MAX (status, check_one (ctl, account->id));
    }
  return status;
}

/* The accounts that end with it, in words; NULL none. */
static char *
describe_siblings (GPtrArray *siblings)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < siblings->len; i++)
    {
      SmmAccount *other = siblings->pdata[i];
      g_autofree char *handle = smm_account_dup_handle (other);

      g_string_append_printf (names, "%s%s (%s)", i > 0 ? ", " : "", handle,
                              smm_platform_id_get_label (other->platform));
    }
  return siblings->len > 0 ? g_string_free (g_steal_pointer (&names), FALSE) : NULL;
}

static const char *
describe_revocation (SmmRevocation revocation)
{
  switch (revocation)
    {
    case SMM_REVOCATION_DONE:
      return _ ("Disconnected; the platform ended the sign-in");
    case SMM_REVOCATION_LATER:
      return _ ("Disconnected here. The platform can’t be reached now and is told as soon as it "
                "can.");
    case SMM_REVOCATION_KEPT:
      return _ ("Disconnected here. The sign-in stays at the platform, for the accounts that are "
                "kept.");
    default:
      return _ ("Disconnected here; the platform could not be told. Remove the app in your "
                "account’s settings there.");
    }
}

static void
print_disconnected (SmmCtl *ctl, const char *id, SmmRevocation revocation, GPtrArray *siblings)
{
  JsonBuilder *builder = smm_ctl_begin ("disconnected");

  smm_json_string (builder, "id", id);
  json_builder_set_member_name (builder, "revoked");
  json_builder_add_boolean_value (builder, revocation == SMM_REVOCATION_DONE);
  if (revocation == SMM_REVOCATION_LATER)
    {
      json_builder_set_member_name (builder, "retrying");
      json_builder_add_boolean_value (builder, TRUE);
    }
  if (siblings->len > 0)
    {
      json_builder_set_member_name (builder,
                                    revocation == SMM_REVOCATION_KEPT ? "kept" : "ended_too");
      json_builder_begin_array (builder);
      for (guint i = 0; i < siblings->len; i++)
        json_builder_add_string_value (builder, ((SmmAccount *)siblings->pdata[i])->id);
      json_builder_end_array (builder);
    }
  smm_ctl_end (ctl, builder, describe_revocation (revocation));
}

static int
account_disconnect (SmmCtl *ctl)
{
  const char *id = smm_ctl_word (ctl, 0);
  gboolean keep = smm_ctl_has (ctl, "keep-others");
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) siblings = NULL;
  g_autoptr (SmmAccount) account = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *others = NULL;
  SmmRevocation revocation = SMM_REVOCATION_NEVER;

  if (id == NULL)
    return smm_ctl_usage (ctl, _ ("account disconnect needs an id"));
  if (!smm_ctl_open_connect (ctl, &error) || !smm_ctl_open_reader (ctl, &error))
    return smm_ctl_fail (ctl, error);
  account = smm_store_get_account (ctl->reader, id);
  if (account == NULL)
    return smm_ctl_fail_with (ctl, "not-found", _ ("There is no such account"), "account list");
  siblings = smm_connect_list_siblings (ctl->reader, account);
  others = describe_siblings (siblings);
  if (!smm_ctl_has (ctl, "yes"))
    {
      g_autofree char *text
          = others != NULL && !keep
                ? g_strdup_printf (_ ("This ends the sign-in, and with it: %s. Say --yes if you "
                                      "mean it, and --keep-others to keep them."),
                                   others)
                : g_strdup (_ ("This ends the sign-in. Say --yes if you mean it."));

      return smm_ctl_usage (ctl, text);
    }
  smm_connect_disconnect_async (ctl->connect, id,
                                keep && others != NULL ? SMM_SIBLINGS_KEEP : SMM_SIBLINGS_END, NULL,
                                smm_ctl_callback (), ctl);
  result = smm_ctl_wait (ctl);
  if (!smm_connect_disconnect_finish (ctl->connect, result, &revocation, &error))
    return smm_ctl_fail (ctl, error);
  print_disconnected (ctl, id, revocation, siblings);
  return SMM_CTL_DONE;
}

static int
account_relay_page (SmmCtl *ctl)
{
  g_autofree char *page = smm_connect_make_relay_page ();
  JsonBuilder *builder = smm_ctl_begin ("relay_page");

  smm_json_string (builder, "html", page);
  smm_ctl_end (ctl, builder, page);
  return SMM_CTL_DONE;
}

const SmmCtlCommand smm_ctl_account_commands[] = {
  { "account connect",
    "facebook|instagram|tiktok --brand ID [--login instagram] [--no-browser] "
    "[--select all|ID,…] [--port N] [--way browser|window|paste|relay] [--relay URL]",
    account_connect },
  { "account relay-page", "", account_relay_page },
  { "account list", "[--brand ID]", account_list },
  { "account check", "[ID]", account_check },
  { "account disconnect", "ID --yes [--keep-others]", account_disconnect },
  { NULL, NULL, NULL },
};

/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What people are told of, and how; mails, and the key they are sent with. From whom and to whom
 * they go, settings say (mail.…). */

#include "config.h"

#include "smm-ctl.h"

#include <glib/gi18n.h>
#include <string.h>

#include "smm-mail-client.h"
#include "smm-notices.h"
#include "smm-settings.h"

#define DEFAULT_LIMIT 50
#define MAX_LIMIT 10000

/* --- What is told --- */

static int
notify_list (SmmCtl *ctl)
{
  g_autoptr (GError) error = NULL;

  if (!smm_ctl_open_reader (ctl, &error))
    return smm_ctl_fail (ctl, error);
  for (const SmmNoticeInfo *info = smm_notices_get_all (); info->name != NULL; info++)
    {
      gboolean desktop = smm_settings_get_boolean (ctl->reader, info->keys[SMM_NOTICE_DESKTOP]);
      gboolean mail = smm_settings_get_boolean (ctl->reader, info->keys[SMM_NOTICE_MAIL]);
      JsonBuilder *builder = smm_ctl_begin ("notice");
      g_autofree char *text
          = g_strdup_printf ("%-12s %-8s %-6s %s", info->name, desktop ? "desktop" : "-",
                             mail ? "mail" : "-", _ (info->label));

      smm_json_string (builder, "kind", info->name);
      json_builder_set_member_name (builder, "desktop");
      json_builder_add_boolean_value (builder, desktop);
      json_builder_set_member_name (builder, "mail");
      json_builder_add_boolean_value (builder, mail);
      smm_ctl_end (ctl, builder, text);
    }
  return SMM_CTL_DONE;
}

/* %NULL: neither on nor off. */
static const char *
read_switch (const char *text)
{
  if (strcmp (text, "on") == 0 || strcmp (text, "true") == 0)
    return "true";
  return strcmp (text, "off") == 0 || strcmp (text, "false") == 0 ? "false" : NULL;
}

static int
notify_set (SmmCtl *ctl)
{
  static const char *const options[SMM_N_NOTICE_CHANNELS] = { "desktop", "mail" };
  const char *name = smm_ctl_word (ctl, 0);
  const SmmNoticeInfo *info = name != NULL ? smm_notices_find (name) : NULL;
  int status = SMM_CTL_DONE;
  gboolean any = FALSE;

  if (info == NULL)
    return smm_ctl_usage (ctl, _ ("notify set needs a kind that “notify list” lists"));
  for (guint i = 0; i < SMM_N_NOTICE_CHANNELS; i++)
    {
      const char *given = smm_ctl_get (ctl, options[i]);

      any |= given != NULL;
      if (given != NULL && read_switch (given) == NULL)
        return smm_ctl_usage (ctl, _ ("It is on or off"));
    }
  if (!any)
    return smm_ctl_usage (ctl, _ ("Say where: --desktop on|off, --mail on|off"));
  for (guint i = 0; i < SMM_N_NOTICE_CHANNELS && status == SMM_CTL_DONE; i++)
    if (smm_ctl_has (ctl, options[i]))
      status = smm_ctl_apply_and_say (
          ctl, "setting.set",
          g_variant_new_parsed ("{'key': <%s>, 'value': <%s>}", info->keys[i],
                                read_switch (smm_ctl_get (ctl, options[i]))));
  return status;
}

/* --- Mails --- */

static const char *
name_state (SmmMailState state)
{
  static const char *const names[] = { "waiting", "taken", "refused", "unknown", "too-old" };

  return state < G_N_ELEMENTS (names) ? names[state] : "unknown";
}

static void
say_mail (SmmCtl *ctl, const SmmMail *mail)
{
  JsonBuilder *builder = smm_ctl_begin ("mail");
  g_autofree char *made = smm_ctl_format_time (mail->made_at);
  g_autofree char *text = g_strdup_printf ("%s  %-8s %s%s%s", made, name_state (mail->state),
                                           mail->subject, mail->problem != NULL ? "\n    " : "",
                                           mail->problem != NULL ? mail->problem : "");

  smm_json_int (builder, "id", mail->id);
  smm_json_string (builder, "state", name_state (mail->state));
  smm_json_string (builder, "subject", mail->subject);
  smm_json_string (builder, "to", mail->recipients);
  smm_json_time (builder, "made_at", mail->made_at);
  smm_json_int (builder, "tries", mail->tries);
  smm_json_string (builder, "problem", mail->problem);
  smm_ctl_end (ctl, builder, text);
}

static int
mail_list (SmmCtl *ctl)
{
  const char *limit = smm_ctl_get (ctl, "limit");
  gint64 n = DEFAULT_LIMIT;
  g_autoptr (GPtrArray) mails = NULL;
  g_autoptr (GError) error = NULL;

  if (limit != NULL && !g_ascii_string_to_signed (limit, 10, 1, MAX_LIMIT, &n, NULL))
    return smm_ctl_usage (ctl, _ ("--limit takes a number from 1 to 10000"));
  if (!smm_ctl_open_reader (ctl, &error))
    return smm_ctl_fail (ctl, error);
  mails = smm_store_list_mails (ctl->reader, n);
  for (guint i = 0; i < mails->len; i++)
    say_mail (ctl, mails->pdata[i]);
  return SMM_CTL_DONE;
}

static SmmMailClient *
open_client (SmmCtl *ctl, GError **error)
{
  if (!smm_ctl_open_connect (ctl, error))
    return NULL;
  return smm_mail_client_new (ctl->vault, ctl->http);
}

static int
mail_set_key (SmmCtl *ctl)
{
  g_autoptr (SmmMailClient) client = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  JsonBuilder *builder;
  gboolean empty;
  char *key;

  if (!smm_ctl_has (ctl, "secret-stdin"))
    return smm_ctl_usage (ctl, _ ("Give the secret on standard input, with --secret-stdin"));
  client = open_client (ctl, &error);
  if (client == NULL)
    return smm_ctl_fail (ctl, error);
  key = smm_ctl_read_secret ();
  empty = *key == '\0';
  smm_mail_client_set_key_async (client, key, smm_ctl_callback (), ctl);
  smm_vault_secret_free (key);
  result = smm_ctl_wait (ctl);
  if (!smm_mail_client_set_key_finish (client, result, &error))
    return smm_ctl_fail (ctl, error);
  builder = smm_ctl_begin ("done");
  smm_json_string (builder, "command", "mail.set-key");
  smm_ctl_end (ctl, builder,
               empty ? _ ("The key is taken out of the keyring") : _ ("The key is in the keyring"));
  return SMM_CTL_DONE;
}

static int
mail_test (SmmCtl *ctl)
{
  g_autoptr (SmmMailClient) client = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  JsonBuilder *builder;

  client = open_client (ctl, &error);
  if (client == NULL)
    return smm_ctl_fail (ctl, error);
  smm_mail_client_test_async (client, smm_library_get_store (ctl->library), NULL,
                              smm_ctl_callback (), ctl);
  result = smm_ctl_wait (ctl);
  if (!smm_mail_client_test_finish (client, result, &error))
    return smm_ctl_fail (ctl, error);
  builder = smm_ctl_begin ("done");
  smm_json_string (builder, "command", "mail.test");
  smm_ctl_end (ctl, builder, _ ("Resend took the mail. Look whether it arrived."));
  return SMM_CTL_DONE;
}

/* Of the last one that was taken, or of that whose number is said. */
static int
mail_status (SmmCtl *ctl)
{
  const char *word = smm_ctl_word (ctl, 0);
  gint64 id = 0;
  g_autoptr (SmmMailClient) client = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) mails = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *event = NULL;
  const SmmMail *mail = NULL;
  const char *text;
  JsonBuilder *builder;

  if (word != NULL && !g_ascii_string_to_signed (word, 10, 1, G_MAXINT64, &id, NULL))
    return smm_ctl_usage (ctl, _ ("mail status takes a number that “mail list” lists"));
  client = open_client (ctl, &error);
  if (client == NULL)
    return smm_ctl_fail (ctl, error);
  mails = smm_store_list_mails (smm_library_get_store (ctl->library), MAX_LIMIT);
  for (guint i = 0; i < mails->len && mail == NULL; i++)
    {
      const SmmMail *each = mails->pdata[i];

      if (each->state == SMM_MAIL_TAKEN && each->remote_id != NULL && (id == 0 || each->id == id))
        mail = each;
    }
  if (mail == NULL)
    return smm_ctl_fail_with (ctl, "not-found", _ ("There is no such mail that Resend took"),
                              "mail list");
  smm_mail_client_look_async (client, mail->remote_id, NULL, smm_ctl_callback (), ctl);
  result = smm_ctl_wait (ctl);
  event = smm_mail_client_look_finish (client, result, &error);
  if (event == NULL)
    return smm_ctl_fail (ctl, error);
  text = smm_mail_describe_event (event);
  builder = smm_ctl_begin ("mail");
  smm_json_int (builder, "id", mail->id);
  smm_json_string (builder, "subject", mail->subject);
  smm_json_string (builder, "event", event);
  smm_ctl_end (ctl, builder, text != NULL ? text : event);
  return SMM_CTL_DONE;
}

static int
mail_retry (SmmCtl *ctl)
{
  return smm_ctl_apply_and_say (ctl, "mail.retry", NULL);
}

const SmmCtlCommand smm_ctl_mail_commands[] = {
  { "notify list", "", notify_list },
  { "notify set", "KIND [--desktop on|off] [--mail on|off]", notify_set },
  { "mail set-key", "--secret-stdin", mail_set_key },
  { "mail test", "", mail_test },
  { "mail list", "[--limit N]", mail_list },
  { "mail status", "[ID]", mail_status },
  { "mail retry", "", mail_retry },
  { NULL, NULL, NULL },
};

/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-ctl.h"

#include "smm-ai-provider.h"
#include "smm-mail-message.h"
#include "smm-media-client.h"
#include "smm-website.h"

#include <stdio.h>

void
smm_ctl_say (SmmCtl *ctl, const char *format, ...)
{
  va_list args;
  g_autofree char *text = NULL;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  g_printerr ("%s\n", text);
}

static void
print_line (JsonBuilder *builder)
{
  g_autoptr (JsonNode) root = json_builder_get_root (builder);
  g_autofree char *text = json_to_string (root, FALSE);

  fputs (text, stdout);
  fputc ('\n', stdout);
  fflush (stdout);
}

JsonBuilder *
smm_ctl_begin (const char *member)
{
  JsonBuilder *builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, member);
  json_builder_begin_object (builder);
  return builder;
}

void
smm_ctl_end (SmmCtl *ctl, JsonBuilder *builder, const char *text)
{
  json_builder_end_object (builder);
  json_builder_end_object (builder);
  if (ctl->json)
    print_line (builder);
  else if (text != NULL)
    {
      fputs (text, stdout);
      fputc ('\n', stdout);
      fflush (stdout);
    }
  g_object_unref (builder);
}

void
smm_json_string (JsonBuilder *builder, const char *member, const char *value)
{
  json_builder_set_member_name (builder, member);
  if (value != NULL)
    json_builder_add_string_value (builder, value);
  else
    json_builder_add_null_value (builder);
}

void
smm_json_int (JsonBuilder *builder, const char *member, gint64 value)
{
  json_builder_set_member_name (builder, member);
  json_builder_add_int_value (builder, value);
}

char *
smm_ctl_format_time (gint64 utc)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (utc / G_USEC_PER_SEC);

  return g_date_time_format (time, "%Y-%m-%dT%H:%M:%SZ");
}

void
smm_json_time (JsonBuilder *builder, const char *member, gint64 utc)
{
  g_autofree char *text = utc > 0 ? smm_ctl_format_time (utc) : NULL;

  smm_json_string (builder, member, text);
}

/* --- Errors: names that scripts can rely on --- */

static const char *
name_library_error (int code)
{
  switch (code)
    {
    case SMM_LIBRARY_ERROR_INVALID:
      return "invalid-argument";
    case SMM_LIBRARY_ERROR_NOT_FOUND:
      return "not-found";
    case SMM_LIBRARY_ERROR_PINNED:
      return "pinned";
    case SMM_LIBRARY_ERROR_PAST:
      return "past";
    case SMM_LIBRARY_ERROR_EMPTY:
      return "empty";
    case SMM_LIBRARY_ERROR_NO_OWNER:
      return "publisher-unreachable";
    case SMM_LIBRARY_ERROR_LIMIT:
      return "ai-limit";
    case SMM_LIBRARY_ERROR_PRICE:
      return "ai-price-unknown";
    case SMM_LIBRARY_ERROR_POLICY:
      return "policy-not-accepted";
    case SMM_LIBRARY_ERROR_OFF:
      return "switched-off";
    case SMM_LIBRARY_ERROR_CLOSING:
      return "workspace-closing";
    default:
      return "library";
    }
}

static const char *
name_store_error (int code)
{
  switch (code)
    {
    case SMM_STORE_ERROR_MISSING:
      return "library-missing";
    case SMM_STORE_ERROR_NEWER:
      return "library-newer";
    case SMM_STORE_ERROR_CORRUPT:
      return "library-corrupt";
    case SMM_STORE_ERROR_OWNED:
      return "library-owned";
    case SMM_STORE_ERROR_ERASED:
      return "erased";
    case SMM_STORE_ERROR_GONE:
      return "library-gone";
    case SMM_STORE_ERROR_FULL:
      return "disk-full";
    case SMM_STORE_ERROR_READ_ONLY:
      return "read-only";
    default:
      return "library";
    }
}

static const char *
name_net_error (int code)
{
  switch (code)
    {
    case SMM_NET_ERROR_ENDPOINTS:
      return "endpoints";
    case SMM_NET_ERROR_LISTEN:
      return "port-in-use";
    case SMM_NET_ERROR_TIMED_OUT:
      return "timed-out";
    case SMM_NET_ERROR_DENIED:
      return "denied";
    case SMM_NET_ERROR_CLOSED:
      return "closed";
    case SMM_NET_ERROR_STATE:
      return "state-mismatch";
    default:
      return "answer";
    }
}

static const char *
name_vault_error (int code)
{
  switch (code)
    {
    case SMM_VAULT_ERROR_ABSENT:
      return "keyring-absent";
    case SMM_VAULT_ERROR_LOCKED:
      return "keyring-locked";
    case SMM_VAULT_ERROR_TIMED_OUT:
      return "keyring-timed-out";
    case SMM_VAULT_ERROR_NOT_FOUND:
      return "not-in-keyring";
    case SMM_VAULT_ERROR_TAMPERED:
      return "keyring-tampered";
    case SMM_VAULT_ERROR_KEY:
      return "keyring-key";
    default:
      return "keyring";
    }
}

static const char *
name_ai_error (int code)
{
  static const char *const names[]
      = { [SMM_AI_ERROR_NOT_SET] = "ai-not-set", [SMM_AI_ERROR_KEY] = "ai-key",
          [SMM_AI_ERROR_DENIED] = "ai-denied",   [SMM_AI_ERROR_QUOTA] = "ai-quota",
          [SMM_AI_ERROR_BUSY] = "ai-busy",       [SMM_AI_ERROR_UNREACHABLE] = "ai-unreachable",
          [SMM_AI_ERROR_ANSWER] = "ai-answer",   [SMM_AI_ERROR_MODEL] = "ai-model" };

  return names[code];
}

static const char *
name_mail_error (int code)
{
  static const char *const names[]
      = { "mail-not-set", "mail-key",     "mail-denied",      "mail-sender", "mail-quota",
          "mail-busy",    "mail-offline", "mail-unconfirmed", "mail-answer" };

  return names[MIN ((guint)code, G_N_ELEMENTS (names) - 1)];
}

static const char *
name_website_error (int code)
{
  static const char *const names[] = { [SMM_WEBSITE_ERROR_ADDRESS] = "website-address",
                                       [SMM_WEBSITE_ERROR_UNREACHABLE] = "website-unreachable",
                                       [SMM_WEBSITE_ERROR_PRIVATE] = "website-private",
                                       [SMM_WEBSITE_ERROR_ELSEWHERE] = "website-elsewhere",
                                       [SMM_WEBSITE_ERROR_REFUSED] = "website-refused",
                                       [SMM_WEBSITE_ERROR_TOO_LARGE] = "website-too-large",
                                       [SMM_WEBSITE_ERROR_NO_PAGE] = "website-no-page" };

  return names[code];
}

static const char *
name_fix (const char *code)
{
  static const struct
  {
    const char *code, *fix;
  } fixes[] = {
    { "keyring-absent", "install-keyring" },
    { "keyring-locked", "unlock-keyring" },
    { "library-corrupt", "backup restore" },
    { "library-newer", "update" },
    { "past", "choose-later-time" },
    { "denied", "account connect" },
    { "closed", "account connect" },
    { "state-mismatch", "account connect" },
    { "timed-out", "account connect" },
    { "publisher-unreachable", "start-publisher" },
    { "media-no-decoder", "install-codecs" },
    { "media-no-encoder", "install-codecs" },
    { "ai-not-set", "settings set" },
    { "ai-key", "ai set-key" },
    { "ai-denied", "ai set-key" },
    { "ai-quota", "billing" },
    { "ai-busy", "try-again" },
    { "ai-unreachable", "settings set" },
    { "ai-answer", "settings set" },
    { "ai-model", "ai models" },
    { "ai-limit", "settings set" },
    { "ai-price-unknown", "ai set-price" },
    { "policy-not-accepted", "policy accept" },
    { "workspace-closing", "workspace reopen" },
    { "switched-off", "settings set" },
    { "website-address", "brand edit" },
    { "website-elsewhere", "brand edit" },
    { "website-unreachable", "try-again" },
    { "mail-key", "mail set-key" },
    { "mail-denied", "mail set-key" },
    { "mail-not-set", "settings set mail.from" },
    { "mail-sender", "settings set mail.from" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (fixes); i++)
    if (g_str_equal (fixes[i].code, code))
      return fixes[i].fix;
  return NULL;
}

int
smm_ctl_fail_with (SmmCtl *ctl, const char *code, const char *message, const char *fix)
{
  JsonBuilder *builder = smm_ctl_begin ("error");

  smm_json_string (builder, "code", code);
  smm_json_string (builder, "message", message);
  smm_json_string (builder, "fix", fix);
  smm_ctl_end (ctl, builder, NULL);
  smm_ctl_say (ctl, "%s", message);
  return g_str_has_prefix (code, "keyring") ? SMM_CTL_KEYRING : SMM_CTL_FAILED;
}

int
smm_ctl_fail (SmmCtl *ctl, const GError *error)
{
  const char *code = "failed";

  if (error->domain == SMM_LIBRARY_ERROR)
    code = name_library_error (error->code);
  else if (error->domain == SMM_STORE_ERROR)
    code = name_store_error (error->code);
  else if (error->domain == SMM_NET_ERROR)
    code = name_net_error (error->code);
  else if (error->domain == SMM_VAULT_ERROR)
    code = name_vault_error (error->code);
  else if (error->domain == SMM_AI_ERROR)
    code = name_ai_error (error->code);
  else if (error->domain == SMM_WEBSITE_ERROR)
    code = name_website_error (error->code);
  else if (error->domain == SMM_MAIL_ERROR)
    code = name_mail_error (error->code);
  else if (error->domain == SMM_MEDIA_ERROR)
    code = smm_media_error_get_name (error);
  else if (error->domain == SMM_PLATFORM_ERROR)
    code = error->code == SMM_PLATFORM_ERROR_DENIED ? "denied" : "platform";
  return smm_ctl_fail_with (ctl, code, error->message, name_fix (code));
}

/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Commands on everything but posts: profile, brands, accounts, app ids, media, settings. */

#include "config.h"

#include "smm-commands-private.h"

#include "smm-brand.h"
#include "smm-settings.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_NAME 200
#define MAX_LATE_HOURS 168
#define MAX_SETUP_STEP 20

#define BRAND_ARGS                                                                                 \
  "timezone:s late-policy:s late-hours:i logo:s colors:s website:s description:s audience:s "      \
  "topics:s dos:s donts:s hashtags:s languages:s tone-relaxed:i tone-playful:i tone-poetic:i "     \
  "tone-bold:i tone-long:i emoji:s voice:s setup-step:i"

static gboolean
check_name (const char *name, GError **error)
{
  g_autofree char *stripped = g_strstrip (g_strdup (name));

  if (*stripped == '\0')
    return smm_change_fail (error, SMM_LIBRARY_ERROR_INVALID, _ ("A name is needed"));
  if (g_utf8_strlen (name, -1) > MAX_NAME)
    return smm_change_fail (error, SMM_LIBRARY_ERROR_INVALID,
                            _ ("The name is longer than %d characters"), MAX_NAME);
  return TRUE;
}

static gboolean
check_zone (const char *zone, GError **error)
{
  g_autoptr (GTimeZone) tz = smm_zone_new (zone);

  if (tz != NULL)
    return TRUE;
  return smm_change_fail (error, SMM_LIBRARY_ERROR_INVALID,
                          _ ("“%s” is not a time zone this computer knows, like Europe/Helsinki"),
                          zone);
}

static gboolean
profile_set (SmmChange *change, GError **error)
{
  g_autoptr (SmmProfile) old = smm_store_get_profile (change->store);
  g_autoptr (SmmProfile) profile = smm_profile_new ();

  profile->name = g_strdup (smm_command_get_string (change->command, "name"));
  profile->email = g_strdup (smm_command_get_string (change->command, "email"));
  profile->organization = g_strdup (smm_command_get_string (change->command, "organization"));
  if (!check_name (profile->name, error))
    return FALSE;
  if (*profile->email != '\0'
      && (strchr (profile->email, '@') == NULL || strpbrk (profile->email, " \t\r\n") != NULL))
    return smm_change_fail (error, SMM_LIBRARY_ERROR_INVALID, _ ("“%s” is not an e-mail address"),
                            profile->email);
  if (old != NULL)
    smm_change_set_inverse (change, "profile.set",
                            g_variant_new_parsed ("{'name': <%s>, 'email': <%s>, "
                                                  "'organization': <%s>}",
                                                  old->name, old->email, old->organization));
  change->label = _ ("Profile changed");
  smm_change_add (change, "profile");
  return smm_store_put_profile (change->store, profile, error);
}

static char *
get_local_zone (void)
{
  g_autoptr (GTimeZone) local = g_time_zone_new_local ();
  const char *id = g_time_zone_get_identifier (local);
  g_autoptr (GTimeZone) known = smm_zone_new (id);

  return g_strdup (known != NULL ? id : "UTC");
}

static void
replace (char **member, const char *value)
{
  if (value == NULL)
    return;
  g_free (*member);
  *member = g_strdup (value);
}

static gboolean
set_text (SmmChange *change, SmmBrand *brand, const SmmBrandText *text, GError **error)
{
  const char *value = smm_command_get_string (change->command, text->key);
  char **member = smm_brand_get_text (brand, text);
  g_autofree char *problem = NULL;
  g_autofree char *clean = NULL;
  g_autoptr (SmmMedia) medium = NULL;

  if (value == NULL)
    return TRUE;
  clean = smm_brand_text_clean (text, value, &problem);
  if (problem != NULL)
    return smm_change_fail (error, SMM_LIBRARY_ERROR_INVALID, "%s", problem);
  if (text->kind == SMM_BRAND_TEXT_MEDIUM && clean != NULL)
    {
      medium = smm_store_get_media (change->store, clean);
      if (medium == NULL || smm_media_is_video (medium))
        return smm_change_fail (error, SMM_LIBRARY_ERROR_NOT_FOUND,
                                _ ("The logo is not a picture in the library"));
    }
  g_free (*member);
  *member = g_steal_pointer (&clean);
  return TRUE;
}

static gboolean
set_tones (SmmChange *change, SmmBrand *brand, GError **error)
{
  for (guint i = 0; i < SMM_N_BRAND_TONES; i++)
    {
      g_autofree char *key = g_strconcat ("tone-", smm_brand_tone_to_string (i), NULL);
      int value = smm_command_get_int (change->command, key, brand->tones[i]);

      if (value < -100 || value > 100)
        return smm_change_fail (error, SMM_LIBRARY_ERROR_INVALID,
                                _ ("A tone goes from -100 to 100, not to %d"), value);
      brand->tones[i] = value;
    }
  return TRUE;
}

/* What the command says of the brand goes into @brand; what it is silent about stays. */
static gboolean
set_brand (SmmChange *change, SmmBrand *brand, GError **error)
{
  SmmCommand *command = change->command;
  const char *name = smm_command_get_string (command, "name");
  const char *zone = smm_command_get_string (command, "timezone");
  const char *policy = smm_command_get_string (command, "late-policy");
  const char *emoji = smm_command_get_string (command, "emoji");
  const char *voice = smm_command_get_string (command, "voice");

  if ((name != NULL && !check_name (name, error)) || (zone != NULL && !check_zone (zone, error)))
    return FALSE;
  replace (&brand->name, name);
  replace (&brand->timezone, zone);
  if (policy != NULL && !smm_late_policy_from_string (policy, &brand->late_policy))
    return smm_change_fail (error, SMM_LIBRARY_ERROR_INVALID,
                            _ ("“%s” is none of publish, ask, skip"), policy);
  brand->late_hours = smm_command_get_int (command, "late-hours", brand->late_hours);
  if (brand->late_hours < 1 || brand->late_hours > MAX_LATE_HOURS)
    return smm_change_fail (error, SMM_LIBRARY_ERROR_INVALID,
                            _ ("A post can be late by 1 to %d hours, not %d"), MAX_LATE_HOURS,
                            brand->late_hours);
  if (emoji != NULL && !smm_brand_emoji_from_string (emoji, &brand->emoji))
    return smm_change_fail (error, SMM_LIBRARY_ERROR_INVALID, _ ("“%s” is none of none, few, many"),
                            emoji);
  if (voice != NULL && !smm_brand_voice_from_string (voice, &brand->voice))
    return smm_change_fail (error, SMM_LIBRARY_ERROR_INVALID, _ ("“%s” is none of we, i, brand"),
                            voice);
  brand->setup_step = smm_command_get_int (command, "setup-step", brand->setup_step);
  if (brand->setup_step < 0 || brand->setup_step > MAX_SETUP_STEP)
    return smm_change_fail (error, SMM_LIBRARY_ERROR_INVALID, _ ("There is no step %d"),
                            brand->setup_step);
  for (const SmmBrandText *text = smm_brand_get_texts (); text->key != NULL; text++)
    if (!set_text (change, brand, text, error))
      return FALSE;
  return set_tones (change, brand, error);
}

/* Everything a brand is, as arguments of brand.edit. */
static GVariant *
brand_to_args (SmmBrand *brand)
{
  g_auto (GVariantDict) dict = G_VARIANT_DICT_INIT (NULL);

  g_variant_dict_insert (&dict, "id", "s", brand->id);
  g_variant_dict_insert (&dict, "name", "s", brand->name);
  g_variant_dict_insert (&dict, "timezone", "s", brand->timezone);
  g_variant_dict_insert (&dict, "late-policy", "s", smm_late_policy_to_string (brand->late_policy));
  g_variant_dict_insert (&dict, "late-hours", "i", brand->late_hours);
  g_variant_dict_insert (&dict, "emoji", "s", smm_brand_emoji_to_string (brand->emoji));
  g_variant_dict_insert (&dict, "voice", "s", smm_brand_voice_to_string (brand->voice));
  g_variant_dict_insert (&dict, "setup-step", "i", brand->setup_step);
  for (const SmmBrandText *text = smm_brand_get_texts (); text->key != NULL; text++)
    {
      const char *value = *smm_brand_get_text (brand, text);

      g_variant_dict_insert (&dict, text->key, "s", value != NULL ? value : "");
    }
  for (guint i = 0; i < SMM_N_BRAND_TONES; i++)
    {
      g_autofree char *key = g_strconcat ("tone-", smm_brand_tone_to_string (i), NULL);

      g_variant_dict_insert (&dict, key, "i", brand->tones[i]);
    }
  return g_variant_dict_end (&dict);
}

static gboolean
brand_add (SmmChange *change, GError **error)
{
  const char *id = smm_command_get_string (change->command, "id");
  g_autoptr (SmmBrand) known = smm_store_get_brand (change->store, id);
  g_autoptr (SmmBrand) brand = NULL;

  if (known != NULL)
    return TRUE;
  brand = smm_brand_new ();
  brand->id = g_strdup (id);
  brand->timezone = get_local_zone ();
  brand->created_at = change->now;
  if (!set_brand (change, brand, error))
    return FALSE;
  change->label = _ ("Brand added");
  smm_change_set_inverse (change, "brand.delete", g_variant_new_parsed ("{'id': <%s>}", id));
  smm_change_add (change, id);
  return smm_store_put_brand (change->store, brand, error)
         && smm_store_set_brand_deleted (change->store, id, 0, error);
}

static SmmBrand *
get_brand (SmmChange *change, GError **error)
{
  const char *id = smm_command_get_string (change->command, "id");
  SmmBrand *brand = smm_store_get_brand (change->store, id);

  if (brand == NULL)
    smm_change_fail (error, SMM_LIBRARY_ERROR_NOT_FOUND, _ ("There is no brand “%s”"), id);
  return brand;
}

static gboolean
brand_edit (SmmChange *change, GError **error)
{
  g_autoptr (SmmBrand) old = get_brand (change, error);
  g_autoptr (SmmBrand) brand = NULL;

  if (old == NULL)
    return FALSE;
  brand = smm_brand_copy (old);
  if (!set_brand (change, brand, error))
    return FALSE;
  change->label = _ ("Brand changed");
  smm_change_set_inverse (change, "brand.edit", brand_to_args (old));
  smm_change_add (change, brand->id);
  return smm_store_put_brand (change->store, brand, error);
}

/* A brand whose posts will still go out can't vanish from sight. */
static gboolean
check_brand_is_quiet (SmmChange *change, SmmBrand *brand, GError **error)
{
  static const SmmTargetState busy[]
      = { SMM_TARGET_SCHEDULED, SMM_TARGET_PUBLISHING, SMM_TARGET_UNCONFIRMED };

  for (guint i = 0; i < G_N_ELEMENTS (busy); i++)
    {
      SmmPostFilter filter = { .brand_id = brand->id, .state = busy[i], .limit = 1 };
      g_autoptr (GPtrArray) posts = smm_store_list_posts (change->store, &filter);

      if (posts->len > 0)
        return smm_change_fail (error, SMM_LIBRARY_ERROR_PINNED,
                                _ ("“%s” still has posts on their way. Cancel them first."),
                                brand->name);
    }
  return TRUE;
}

static gboolean
brand_delete (SmmChange *change, GError **error)
{
  g_autoptr (SmmBrand) brand = get_brand (change, error);

  if (brand == NULL || !check_brand_is_quiet (change, brand, error))
    return FALSE;
  change->label = _ ("Brand deleted");
  smm_change_set_inverse (change, "brand.restore",
                          g_variant_new_parsed ("{'id': <%s>}", brand->id));
  smm_change_add (change, "*");
  return smm_store_set_brand_deleted (change->store, brand->id, change->now, error);
}

static gboolean
brand_restore (SmmChange *change, GError **error)
{
  const char *id = smm_command_get_string (change->command, "id");
  g_autoptr (SmmBrand) brand = smm_store_get_brand (change->store, id);

  /* Undoing that would delete one that was there all the time. */
  if (brand != NULL)
    return TRUE;
  if (!smm_store_set_brand_deleted (change->store, id, 0, error))
    return FALSE;
  brand = get_brand (change, error);
  if (brand == NULL)
    return FALSE;
  change->label = _ ("Brand restored");
  smm_change_set_inverse (change, "brand.delete", g_variant_new_parsed ("{'id': <%s>}", id));
  smm_change_add (change, "*");
  return TRUE;
}

static gboolean
app_set (SmmChange *change, GError **error)
{
  const char *platform = smm_command_get_string (change->command, "platform");
  const char *app_id = smm_command_get_string (change->command, "app-id");

  change->label = _ ("App keys changed");
  smm_change_add (change, "apps");
  return smm_store_put_app_id (change->store, platform, app_id, error);
}

static gboolean
release (SmmChange *change, const char *account_id, const char *reason_code, GError **error)
{
  g_autoptr (GPtrArray) posts
      = smm_store_release_held (change->store, account_id, reason_code, error);

  if (posts == NULL)
    return FALSE;
  for (guint i = 0; i < posts->len; i++)
    smm_change_add (change, posts->pdata[i]);
  return TRUE;
}

/* A sign-in that works again frees what waited for it; a late post is asked about as always. */
static gboolean
release_after_sign_in (SmmChange *change, const char *account_id, GError **error)
{
  return release (change, account_id, "signed-out", error)
         && release (change, account_id, "disconnected", error)
         && release (change, account_id, "restricted", error);
}

static gboolean
account_put (SmmChange *change, GError **error)
{
  g_autoptr (GVariant) value = g_variant_lookup_value (smm_command_get_args (change->command),
                                                       "account", G_VARIANT_TYPE_VARDICT);
  g_autoptr (SmmAccount) account = smm_account_from_variant (value);
  g_autoptr (SmmBrand) brand = NULL;
  g_autoptr (SmmAccount) known = NULL;

  if (account == NULL)
    return smm_change_fail (error, SMM_LIBRARY_ERROR_INVALID, _ ("The account is incomplete"));
  brand = smm_store_get_brand (change->store, account->brand_id);
  if (brand == NULL)
    return smm_change_fail (error, SMM_LIBRARY_ERROR_NOT_FOUND, _ ("There is no brand “%s”"),
                            account->brand_id);
  known = smm_store_find_account (change->store, account->brand_id, account->platform,
                                  account->remote_id);
  if (known != NULL && strcmp (known->id, account->id) != 0)
    return smm_change_fail (error, SMM_LIBRARY_ERROR_INVALID,
                            _ ("“%s” is connected to this brand already"), known->name);
  change->label = _ ("Account connected");
  smm_change_add (change, account->id);
  return smm_store_put_account (change->store, account, error)
         && (account->state != SMM_ACCOUNT_OK
             || release_after_sign_in (change, account->id, error));
}

static gboolean
account_set_state (SmmChange *change, GError **error)
{
  const char *id = smm_command_get_string (change->command, "id");
  int state = smm_command_get_int (change->command, "state", -1);
  g_autoptr (SmmAccount) account = smm_store_get_account (change->store, id);

  if (account == NULL)
    return smm_change_fail (error, SMM_LIBRARY_ERROR_NOT_FOUND, _ ("There is no account “%s”"), id);
  if (state < SMM_ACCOUNT_OK || state > SMM_ACCOUNT_DISCONNECTED)
    return smm_change_fail (error, SMM_LIBRARY_ERROR_INVALID, _ ("There is no such state"));
  account->state = state;
  g_free (account->state_reason);
  account->state_reason = g_strdup (smm_command_get_string (change->command, "reason"));
  g_variant_lookup (smm_command_get_args (change->command), "token-expires-at", "x",
                    &account->token_expires_at);
  account->revoke_until = 0;
  if (state == SMM_ACCOUNT_DISCONNECTED)
    g_variant_lookup (smm_command_get_args (change->command), "revoke-until", "x",
                      &account->revoke_until);
  account->checked_at = change->now;
  change->label = _ ("Account changed");
  smm_change_add (change, id);
  return smm_store_put_account (change->store, account, error)
         && (state != SMM_ACCOUNT_OK || release_after_sign_in (change, id, error));
}

/* What the platform says: a finding, not a change that could be undone. */
static gboolean
account_set_health (SmmChange *change, GError **error)
{
  const char *id = smm_command_get_string (change->command, "id");
  const char *scopes = smm_command_get_string (change->command, "scopes");
  g_autoptr (SmmAccount) account = smm_store_get_account (change->store, id);
  SmmAccountHealth health
      = { change->now, (char *)smm_command_get_string (change->command, "tasks") };

  if (account == NULL)
    return smm_change_fail (error, SMM_LIBRARY_ERROR_NOT_FOUND, _ ("There is no account “%s”"), id);
  if (scopes != NULL)
    {
      g_free (account->scopes);
      account->scopes = g_strdup (scopes);
    }
  change->label = _ ("Account changed");
  smm_change_add (change, id);
  return smm_store_put_account (change->store, account, error)
         && smm_store_put_account_health (change->store, id, &health, error);
}

static gboolean
media_add (SmmChange *change, GError **error)
{
  g_autoptr (GVariant) value = g_variant_lookup_value (smm_command_get_args (change->command),
                                                       "media", G_VARIANT_TYPE_VARDICT);
  g_autoptr (SmmMedia) media = smm_media_from_variant (value);
  g_autofree char *path = NULL;

  if (media == NULL)
    return smm_change_fail (error, SMM_LIBRARY_ERROR_INVALID, _ ("The medium is incomplete"));
  path = smm_paths_get_media (smm_store_get_paths (change->store), media->sha256);
  if (!g_file_test (path, G_FILE_TEST_IS_REGULAR))
    return smm_change_fail (error, SMM_LIBRARY_ERROR_NOT_FOUND,
                            _ ("The file of “%s” is not in the library"), media->file_name);
  change->label = _ ("Medium added");
  smm_change_add (change, media->sha256);
  return smm_store_put_media (change->store, media, error);
}

static gboolean
setting_set (SmmChange *change, GError **error)
{
  const char *key = smm_command_get_string (change->command, "key");
  const char *value = smm_command_get_string (change->command, "value");
  g_autofree char *old = smm_settings_dup (change->store, key);

  if (g_str_has_prefix (key, "library.") || g_str_has_prefix (key, "web-space")
      || g_str_has_prefix (key, "policy.") || g_str_has_prefix (key, "workspace.")
      || g_str_has_prefix (key, "erase."))
    return smm_change_fail (error, SMM_LIBRARY_ERROR_INVALID, _ ("“%s” can’t be set"), key);
  if (!smm_setting_check (key, value, error))
    return FALSE;
  if (old != NULL)
    smm_change_set_inverse (change, "setting.set",
                            g_variant_new_parsed ("{'key': <%s>, 'value': <%s>}", key, old));
  change->label = _ ("Setting changed");
  smm_change_add (change, key);
  return smm_store_put_setting (change->store, key, value, error)
         && (!g_str_has_prefix (key, "use.") || smm_change_settle_bans (change, error));
}

/* --- The web space for pictures that Instagram fetches --- */

static gboolean
put_web_space (SmmChange *change, const char *space, const char *use, GError **error)
{
  g_autofree char *old = smm_store_get_setting (change->store, "web-space");
  g_autofree char *old_use = smm_store_get_setting (change->store, "web-space.use");

  if (old != NULL && *old != '\0')
    {
      g_autoptr (GVariant) old_space
          = g_variant_parse (G_VARIANT_TYPE ("a{ss}"), old, NULL, NULL, NULL);

      if (old_space != NULL)
        smm_change_set_inverse (change, "web-space.set",
                                g_variant_new_parsed ("{'space': <%@a{ss}>, 'use': <%s>}",
                                                      old_space,
                                                      old_use != NULL ? old_use : "fallback"));
    }
  else if (*space != '\0')
    smm_change_set_inverse (change, "web-space.clear", g_variant_new ("a{sv}", NULL));
  smm_change_add (change, "web-space");
  smm_change_add (change, "*");
  return smm_store_put_setting (change->store, "web-space", space, error)
         && smm_store_put_setting (change->store, "web-space.use", use, error);
}

static gboolean
web_space_set (SmmChange *change, GError **error)
{
  g_autoptr (GVariant) space = g_variant_lookup_value (smm_command_get_args (change->command),
                                                       "space", G_VARIANT_TYPE ("a{ss}"));
  const char *use = smm_command_get_string (change->command, "use");
  const char *kind = NULL;
  g_autofree char *text = NULL;

  if (space == NULL || !g_variant_lookup (space, "kind", "&s", &kind))
    return smm_change_fail (error, SMM_LIBRARY_ERROR_INVALID, _ ("The web space is incomplete"));
  if (use != NULL && strcmp (use, "fallback") != 0 && strcmp (use, "always") != 0)
    return smm_change_fail (error, SMM_LIBRARY_ERROR_INVALID,
                            _ ("“%s” is neither fallback nor always"), use);
  text = g_variant_print (space, FALSE);
  change->label = _ ("Web space changed");
  /* What waited for one goes on. */
  return put_web_space (change, text, use != NULL ? use : "fallback", error)
         && release (change, NULL, "web-space", error);
}

/* A finding, not a change: it is not undone. */
static gboolean
web_space_tested (SmmChange *change, GError **error)
{
  const char *problem = smm_command_get_string (change->command, "problem");
  g_autofree char *at = g_strdup_printf ("%" G_GINT64_FORMAT, change->now);

  change->label = _ ("Web space tested");
  smm_change_add (change, "web-space");
  return smm_store_put_setting (change->store, "web-space.tested-at", at, error)
         && smm_store_put_setting (change->store, "web-space.problem", problem, error)
         && (*problem != '\0' || release (change, NULL, "web-space", error));
}

static gboolean
web_space_clear (SmmChange *change, GError **error)
{
  if (smm_store_count_web_files (change->store) > 0)
    return smm_change_fail (error, SMM_LIBRARY_ERROR_PINNED,
                            _ ("Pictures of posts still lie in the web space. They are deleted "
                               "there when their posts are settled; remove it after that."));
  change->label = _ ("Web space removed");
  return put_web_space (change, "", "", error);
}

/* Takes away what is older than the settings keep; told to nobody, as nothing shown changes. */
static gboolean
library_sweep (SmmChange *change, GError **error)
{
  gint64 ledger = smm_settings_get_int (change->store, SMM_SETTING_LEDGER_DAYS);
  gint64 activity = smm_settings_get_int (change->store, SMM_SETTING_ACTIVITY_DAYS);
  gint64 trash = change->now
                 - smm_settings_get_int (change->store, SMM_SETTING_TRASH_DAYS) * G_TIME_SPAN_DAY;

  return smm_store_sweep (change->store, change->now - ledger * G_TIME_SPAN_DAY,
                          change->now - activity * G_TIME_SPAN_DAY, error)
         && smm_store_purge_posts (change->store, trash, error)
         && smm_store_purge_media (change->store, trash, error)
         && smm_change_assume_old_ai_use (change, error);
}

/* Not a change of the user's: it is neither undone nor told to readers. */
static gboolean
ledger_add (SmmChange *change, GError **error)
{
  GVariant *args = smm_command_get_args (change->command);
  g_autoptr (SmmLedgerEntry) entry = smm_ledger_entry_new ();

  g_variant_lookup (args, "at", "x", &entry->at);
  g_variant_lookup (args, "sent", "x", &entry->bytes_sent);
  g_variant_lookup (args, "received", "x", &entry->bytes_received);
  entry->host = g_strdup (smm_command_get_string (change->command, "host"));
  entry->purpose = g_strdup (smm_command_get_string (change->command, "purpose"));
  entry->account_id = g_strdup (smm_command_get_string (change->command, "account"));
  entry->result = g_strdup (smm_command_get_string (change->command, "result"));
  return smm_store_add_ledger (change->store, entry, error);
}

const SmmCommandSpec smm_brand_commands[] = {
  { "profile.set", "name:s! email:s! organization:s!", profile_set },
  { "brand.add", "id:s! name:s! " BRAND_ARGS, brand_add },
  { "brand.edit", "id:s! name:s " BRAND_ARGS, brand_edit },
  { "brand.delete", "id:s!", brand_delete },
  { "brand.restore", "id:s!", brand_restore },
  { "app.set", "platform:s! app-id:s!", app_set },
  { "account.put", "account:a{sv}!", account_put },
  { "account.set-state", "id:s! state:i! reason:s token-expires-at:x revoke-until:x",
    account_set_state },
  { "account.set-health", "id:s! scopes:s tasks:s", account_set_health },
  { "media.add", "media:a{sv}!", media_add },
  { "web-space.set", "space:a{ss}! use:s", web_space_set },
  { "web-space.clear", "", web_space_clear },
  { "web-space.tested", "problem:s!", web_space_tested },
  { "setting.set", "key:s! value:s!", setting_set },
  { "library.sweep", "", library_sweep },
  { "ledger.add", "at:x! host:s! purpose:s! account:s sent:x! received:x! result:s!", ledger_add },
  { NULL, NULL, NULL },
};

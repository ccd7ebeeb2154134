/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-connect-app.h"
#include "smm-ctl-website.h"

#include "smm-brand.h"
#include "smm-settings.h"

#include <glib/gi18n.h>
#include <string.h>
#include <unistd.h>

#define MAX_SECRET (64 * 1024)
#define BRAND_OPTIONS                                                                              \
  "[--timezone ZONE] [--late-policy publish|ask|skip] [--late-hours H] [--logo FILE|sha256:…] "  \
  "[--colors \"#rrggbb …\"] [--website URL] [--description T] [--audience T] [--topics LINES] "  \
  "[--dos LINES] [--donts LINES] [--hashtags \"#a #b\"] [--languages T] [--emoji none|few|many] "  \
  "[--voice we|i|brand] and from -100 to 100 [--tone-relaxed N] [--tone-playful N] "               \
  "[--tone-poetic N] [--tone-bold N] [--tone-long N]"

static void
add_given (SmmCtl *ctl, GVariantDict *dict, const char *option)
{
  const char *value = smm_ctl_get (ctl, option);

  if (value != NULL)
    g_variant_dict_insert (dict, option, "s", value);
}

static int
profile_set (SmmCtl *ctl)
{
  const char *name = smm_ctl_get (ctl, "name");
  const char *email = smm_ctl_get (ctl, "email");
  const char *organization = smm_ctl_get (ctl, "organization");

  if (name == NULL)
    return smm_ctl_usage (ctl, _ ("profile set needs --name"));
  return smm_ctl_apply_and_say (
      ctl, "profile.set",
      g_variant_new_parsed ("{'name': <%s>, 'email': <%s>, 'organization': <%s>}", name,
                            email != NULL ? email : "", organization != NULL ? organization : ""));
}

static int
profile_show (SmmCtl *ctl)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SmmProfile) profile = NULL;
  g_autofree char *text = NULL;
  JsonBuilder *builder;

  if (!smm_ctl_open_reader (ctl, &error))
    return smm_ctl_fail (ctl, error);
  profile = smm_store_get_profile (ctl->reader);
  if (profile == NULL)
    return smm_ctl_fail_with (ctl, "not-found", _ ("There is no profile yet"), "profile set");
  builder = smm_ctl_begin ("profile");
  smm_json_string (builder, "name", profile->name);
  smm_json_string (builder, "email", profile->email);
  smm_json_string (builder, "organization", profile->organization);
  text = g_strdup_printf ("%s\n%s\n%s", profile->name, profile->email, profile->organization);
  smm_ctl_end (ctl, builder, text);
  return SMM_CTL_DONE;
}

/* As the first page of the window asks. */
static int
profile_confirm_age (SmmCtl *ctl)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *at = g_date_time_format_iso8601 (now);

  if (!smm_ctl_has (ctl, "yes"))
    return smm_ctl_usage (ctl, _ ("nkonsept SMM is for people of 16 years or older. Say --yes if "
                                  "you are."));
  return smm_ctl_apply_and_say (
      ctl, "setting.set",
      g_variant_new_parsed ("{'key': <%s>, 'value': <%s>}", SMM_SETTING_AGE, at));
}

static void
print_brand (SmmCtl *ctl, SmmBrand *brand)
{
  JsonBuilder *builder = smm_ctl_begin ("brand");
  g_autofree char *text = g_strdup_printf ("%s  %s  %s", brand->id, brand->name, brand->timezone);

  smm_json_string (builder, "id", brand->id);
  smm_json_string (builder, "name", brand->name);
  smm_json_string (builder, "timezone", brand->timezone);
  smm_json_string (builder, "late-policy", smm_late_policy_to_string (brand->late_policy));
  smm_json_int (builder, "late-hours", brand->late_hours);
  for (const SmmBrandText *each = smm_brand_get_texts (); each->key != NULL; each++)
    smm_json_string (builder, each->key, *smm_brand_get_text (brand, each));
  for (guint i = 0; i < SMM_N_BRAND_TONES; i++)
    {
      g_autofree char *key = g_strconcat ("tone-", smm_brand_tone_to_string (i), NULL);

      smm_json_int (builder, key, brand->tones[i]);
    }
  smm_json_string (builder, "emoji", smm_brand_emoji_to_string (brand->emoji));
  smm_json_string (builder, "voice", smm_brand_voice_to_string (brand->voice));
  smm_ctl_end (ctl, builder, text);
}

/* --logo FILE: the picture goes into the library first. */
static gboolean
add_logo (SmmCtl *ctl, GVariantDict *dict, GError **error)
{
  const char *name = smm_ctl_get (ctl, "logo");
  g_autoptr (SmmMedia) media = NULL;

  if (name == NULL)
    return TRUE;
  if (*name == '\0' || g_str_has_prefix (name, SMM_CTL_SHA256))
    {
      g_variant_dict_insert (dict, "logo", "s",
                             *name == '\0' ? "" : name + strlen (SMM_CTL_SHA256));
      return TRUE;
    }
  media = smm_ctl_open (ctl, error) ? smm_ctl_import_media (ctl, name, error) : NULL;
  if (media == NULL)
    return FALSE;
  g_variant_dict_insert (dict, "logo", "s", media->sha256);
  return TRUE;
}

static gboolean
add_number (SmmCtl *ctl, GVariantDict *dict, const char *option, GError **error)
{
  const char *text = smm_ctl_get (ctl, option);
  gint64 number = 0;

  if (text == NULL)
    return TRUE;
  if (!g_ascii_string_to_signed (text, 10, G_MININT32, G_MAXINT32, &number, NULL))
    {
      g_set_error (error, SMM_LIBRARY_ERROR, SMM_LIBRARY_ERROR_INVALID,
                   _ ("“%s” is not a number, as --%s needs it"), text, option);
      return FALSE;
    }
  g_variant_dict_insert (dict, option, "i", (gint32)number);
  return TRUE;
}

/* Everything a brand is but its name. */
static gboolean
add_brand_options (SmmCtl *ctl, GVariantDict *dict, GError **error)
{
  add_given (ctl, dict, "timezone");
  add_given (ctl, dict, "late-policy");
  if (!add_number (ctl, dict, "late-hours", error))
    return FALSE;
  for (const SmmBrandText *text = smm_brand_get_texts (); text->key != NULL; text++)
    if (text->kind != SMM_BRAND_TEXT_MEDIUM)
      add_given (ctl, dict, text->key);
  for (guint i = 0; i < SMM_N_BRAND_TONES; i++)
    {
      g_autofree char *key = g_strconcat ("tone-", smm_brand_tone_to_string (i), NULL);

      if (!add_number (ctl, dict, key, error))
        return FALSE;
    }
  add_given (ctl, dict, "emoji");
  add_given (ctl, dict, "voice");
  return add_logo (ctl, dict, error);
}

static int
brand_add (SmmCtl *ctl)
{
  const char *name = smm_ctl_word (ctl, 0);
  g_autofree char *id = smm_id_new ();
  g_auto (GVariantDict) dict = G_VARIANT_DICT_INIT (NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) result = NULL;
  g_autoptr (SmmBrand) brand = NULL;

  if (name == NULL || !g_utf8_validate (name, -1, NULL))
    return smm_ctl_usage (ctl, _ ("brand add needs a name"));
  g_variant_dict_insert (&dict, "id", "s", id);
  g_variant_dict_insert (&dict, "name", "s", name);
  if (!add_brand_options (ctl, &dict, &error))
    return smm_ctl_fail (ctl, error);
  result = smm_ctl_apply (ctl, "brand.add", g_variant_dict_end (&dict), &error);
  if (result == NULL || !smm_ctl_open_reader (ctl, &error))
    return smm_ctl_fail (ctl, error);
  brand = smm_store_get_brand (ctl->reader, id);
  print_brand (ctl, brand);
  return SMM_CTL_DONE;
}

static int
brand_list (SmmCtl *ctl)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) brands = NULL;

  if (!smm_ctl_open_reader (ctl, &error))
    {
      if (g_error_matches (error, SMM_STORE_ERROR, SMM_STORE_ERROR_MISSING))
        return SMM_CTL_DONE;
      return smm_ctl_fail (ctl, error);
    }
  brands = smm_store_list_brands (ctl->reader);
  for (guint i = 0; i < brands->len; i++)
    print_brand (ctl, brands->pdata[i]);
  return SMM_CTL_DONE;
}

static int
brand_show (SmmCtl *ctl)
{
  int status = SMM_CTL_DONE;
  g_autoptr (SmmBrand) brand = smm_ctl_find_brand (ctl, &status);

  if (brand != NULL)
    print_brand (ctl, brand);
  return status;
}

/* What an AI would be told, word for word. */
static int
brand_describe (SmmCtl *ctl)
{
  int status = SMM_CTL_DONE;
  g_autoptr (SmmBrand) brand = smm_ctl_find_brand (ctl, &status);
  g_autofree char *text = brand != NULL ? smm_brand_describe (brand) : NULL;
  JsonBuilder *builder;

  if (brand == NULL)
    return status;
  builder = smm_ctl_begin ("description");
  smm_json_string (builder, "brand", brand->id);
  smm_json_string (builder, "text", text);
  smm_ctl_end (ctl, builder, text);
  return SMM_CTL_DONE;
}

static int
brand_edit (SmmCtl *ctl)
{
  g_auto (GVariantDict) dict = G_VARIANT_DICT_INIT (NULL);
  g_autoptr (GError) error = NULL;

  if (smm_ctl_word (ctl, 0) == NULL)
    return smm_ctl_usage (ctl, _ ("This command needs the id of a brand"));
  g_variant_dict_insert (&dict, "id", "s", smm_ctl_word (ctl, 0));
  add_given (ctl, &dict, "name");
  if (!add_brand_options (ctl, &dict, &error))
    return smm_ctl_fail (ctl, error);
  return smm_ctl_apply_and_say (ctl, "brand.edit", g_variant_dict_end (&dict));
}

static int
brand_delete (SmmCtl *ctl)
{
  const char *id = smm_ctl_word (ctl, 0);

  if (id == NULL)
    return smm_ctl_usage (ctl, _ ("This command needs the id of a brand"));
  if (!smm_ctl_has (ctl, "yes"))
    return smm_ctl_usage (ctl, _ ("This deletes the brand. Say --yes if you mean it."));
  return smm_ctl_apply_and_say (ctl, "brand.delete", g_variant_new_parsed ("{'id': <%s>}", id));
}

/* The secret comes by standard input only: arguments and environments can be read by others. */
char *
smm_ctl_read_secret (void)
{
  char *secret = g_malloc0 (MAX_SECRET + 1);
  gsize n = 0;
  ssize_t got;

  while (n < MAX_SECRET && (got = read (STDIN_FILENO, secret + n, MAX_SECRET - n)) > 0)
    n += got;
  secret[strcspn (secret, "\r\n")] = '\0';
  return secret;
}

static int
platform_set (SmmCtl *ctl)
{
  static const char *const platforms[]
      = { "meta", "instagram", "tiktok", "openai", "resend", NULL };
  const char *platform = smm_ctl_word (ctl, 0);
  const char *app_id = smm_ctl_get (ctl, "app-id");
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  JsonBuilder *builder;
  char *secret;

  if (platform == NULL || !g_strv_contains (platforms, platform))
    return smm_ctl_usage (ctl,
                          _ ("platform set needs one of meta, instagram, tiktok, openai, resend"));
  if (!smm_ctl_has (ctl, "secret-stdin"))
    return smm_ctl_usage (ctl, _ ("Give the secret on standard input, with --secret-stdin"));
  if (!smm_ctl_open_connect (ctl, &error))
    return smm_ctl_fail (ctl, error);
  secret = smm_ctl_read_secret ();
  if (*secret == '\0')
    {
      smm_vault_secret_free (secret);
      return smm_ctl_usage (ctl, _ ("Standard input held no secret"));
    }
  smm_connect_set_app_async (ctl->connect, platform, app_id != NULL ? app_id : "", secret, NULL,
                             smm_ctl_callback (), ctl);
  explicit_bzero (secret, MAX_SECRET);
  g_free (secret);
  result = smm_ctl_wait (ctl);
  if (!smm_connect_set_app_finish (ctl->connect, result, &error))
    return smm_ctl_fail (ctl, error);
  builder = smm_ctl_begin ("platform");
  smm_json_string (builder, "id", platform);
  smm_json_string (builder, "app_id", app_id);
  smm_ctl_end (ctl, builder, _ ("The keys are in the keyring"));
  return SMM_CTL_DONE;
}

/* The keys that are kept. */
static int
platform_test (SmmCtl *ctl)
{
  const char *app = smm_ctl_word (ctl, 0);
  g_autoptr (GAsyncResult) found = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *item = g_strconcat ("app/", app, NULL);
  g_autofree char *id = NULL;
  JsonBuilder *builder;
  char *secret;

  if (app == NULL || strcmp (app, "meta") != 0)
    return smm_ctl_usage (ctl, _ ("platform test needs meta: others are tested by signing in"));
  if (!smm_ctl_open_connect (ctl, &error) || !smm_ctl_open_reader (ctl, &error))
    return smm_ctl_fail (ctl, error);
  smm_vault_lookup_async (ctl->vault, item, NULL, smm_ctl_callback (), ctl);
  found = smm_ctl_wait (ctl);
  secret = smm_vault_lookup_finish (ctl->vault, found, &error);
  if (secret == NULL)
    return smm_ctl_fail (ctl, error);
  id = smm_store_get_app_id (ctl->reader, app);
  smm_connect_test_app_async (ctl->connect, app, id != NULL ? id : "", secret, NULL,
                              smm_ctl_callback (), ctl);
  smm_vault_secret_free (secret);
  result = smm_ctl_wait (ctl);
  if (!smm_connect_test_app_finish (ctl->connect, result, &error))
    return smm_ctl_fail (ctl, error);
  builder = smm_ctl_begin ("platform");
  smm_json_string (builder, "id", app);
  smm_json_string (builder, "app_id", id);
  smm_ctl_end (ctl, builder, _ ("The keys belong together"));
  return SMM_CTL_DONE;
}

const SmmCtlCommand smm_ctl_brand_commands[] = {
  { "profile set", "--name N [--email E] [--organization O]", profile_set },
  { "profile show", "", profile_show },
  { "profile confirm-age", "--yes", profile_confirm_age },
  { "brand add", "NAME " BRAND_OPTIONS, brand_add },
  { "brand list", "", brand_list },
  { "brand show", "ID", brand_show },
  { "brand describe", "ID", brand_describe },
  { "brand edit", "ID [--name N] " BRAND_OPTIONS, brand_edit },
  { "brand delete", "ID --yes", brand_delete },
  { "platform set", "meta|instagram|tiktok|openai|resend --app-id ID --secret-stdin",
    platform_set },
  { "platform test", "meta", platform_test },
  { NULL, NULL, NULL },
};

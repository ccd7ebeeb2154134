/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-ctl.h"

#include <glib/gi18n.h>
#include <string.h>
#include <unistd.h>

#define MAX_SECRET (64 * 1024)

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
  smm_ctl_end (ctl, builder, text);
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
  add_given (ctl, &dict, "timezone");
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
  g_autoptr (GError) error = NULL;
  g_autoptr (SmmBrand) brand = NULL;

  if (smm_ctl_word (ctl, 0) == NULL)
    return smm_ctl_usage (ctl, _ ("brand show needs an id"));
  if (!smm_ctl_open_reader (ctl, &error))
    return smm_ctl_fail (ctl, error);
  brand = smm_store_get_brand (ctl->reader, smm_ctl_word (ctl, 0));
  if (brand == NULL)
    return smm_ctl_fail_with (ctl, "not-found", _ ("There is no such brand"), "brand list");
  print_brand (ctl, brand);
  return SMM_CTL_DONE;
}

static int
brand_edit (SmmCtl *ctl)
{
  g_auto (GVariantDict) dict = G_VARIANT_DICT_INIT (NULL);
  const char *hours = smm_ctl_get (ctl, "late-hours");

  if (smm_ctl_word (ctl, 0) == NULL)
    return smm_ctl_usage (ctl, _ ("brand edit needs an id"));
  g_variant_dict_insert (&dict, "id", "s", smm_ctl_word (ctl, 0));
  add_given (ctl, &dict, "name");
  add_given (ctl, &dict, "timezone");
  add_given (ctl, &dict, "late-policy");
  if (hours != NULL)
    g_variant_dict_insert (&dict, "late-hours", "i", (gint32)atoi (hours));
  return smm_ctl_apply_and_say (ctl, "brand.edit", g_variant_dict_end (&dict));
}

static int
brand_delete (SmmCtl *ctl)
{
  const char *id = smm_ctl_word (ctl, 0);

  if (id == NULL)
    return smm_ctl_usage (ctl, _ ("brand delete needs an id"));
  if (!smm_ctl_has (ctl, "yes"))
    return smm_ctl_usage (ctl, _ ("This deletes the brand. Say --yes if you mean it."));
  return smm_ctl_apply_and_say (ctl, "brand.delete", g_variant_new_parsed ("{'id': <%s>}", id));
}

/* The secret comes by standard input only: arguments and environments can be read by others. */
static char *
read_secret (void)
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
  static const char *const platforms[] = { "meta", "tiktok", "openai", "resend", NULL };
  const char *platform = smm_ctl_word (ctl, 0);
  const char *app_id = smm_ctl_get (ctl, "app-id");
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  JsonBuilder *builder;
  char *secret;

  if (platform == NULL || !g_strv_contains (platforms, platform))
    return smm_ctl_usage (ctl, _ ("platform set needs one of meta, tiktok, openai, resend"));
  if (!smm_ctl_has (ctl, "secret-stdin"))
    return smm_ctl_usage (ctl, _ ("Give the secret on standard input, with --secret-stdin"));
  if (!smm_ctl_open_connect (ctl, &error))
    return smm_ctl_fail (ctl, error);
  secret = read_secret ();
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

const SmmCtlCommand smm_ctl_brand_commands[] = {
  { "profile set", "--name N [--email E] [--organization O]", profile_set },
  { "profile show", "", profile_show },
  { "brand add", "NAME [--timezone ZONE]", brand_add },
  { "brand list", "", brand_list },
  { "brand show", "ID", brand_show },
  { "brand edit", "ID [--name N] [--timezone Z] [--late-policy publish|ask|skip] [--late-hours H]",
    brand_edit },
  { "brand delete", "ID --yes", brand_delete },
  { "platform set", "meta|tiktok|openai|resend --app-id ID --secret-stdin", platform_set },
  { NULL, NULL, NULL },
};

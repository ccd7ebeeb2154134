/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* --variant ACCOUNT:KEY=VALUE: what differs on one of a post's accounts. */

#include "config.h"

#include "smm-ctl.h"

#include <glib/gi18n.h>
#include <string.h>

static SmmTarget *
find_target (SmmPost *post, const char *account_id, GError **error)
{
  for (guint i = 0; i < post->targets->len; i++)
    if (strcmp (((SmmTarget *)post->targets->pdata[i])->account_id, account_id) == 0)
      return post->targets->pdata[i];
  g_set_error (error, SMM_LIBRARY_ERROR, SMM_LIBRARY_ERROR_NOT_FOUND,
               _ ("The post does not go to the account “%s”"), account_id);
  return NULL;
}

static gboolean
add_file (SmmCtl *ctl, SmmVariant *variant, const char *name, GError **error)
{
  SmmMedia *media;

  if (variant->media == NULL)
    variant->media = g_ptr_array_new_with_free_func (g_object_unref);
  /* "media=" alone: none. */
  if (*name == '\0')
    return TRUE;
  media = smm_ctl_find_or_import (ctl, name, error);
  if (media == NULL)
    return FALSE;
  g_ptr_array_add (variant->media, media);
  return TRUE;
}

static gboolean
describe_file (SmmVariant *variant, const char *alt, GError **error)
{
  SmmMedia *last;

  if (variant->media == NULL || variant->media->len == 0)
    {
      g_set_error (error, SMM_LIBRARY_ERROR, SMM_LIBRARY_ERROR_INVALID,
                   _ ("--variant …:alt= follows the media= that it describes"));
      return FALSE;
    }
  last = variant->media->pdata[variant->media->len - 1];
  g_free (last->alt);
  last->alt = g_strdup (alt);
  return TRUE;
}

static gboolean
set_option (SmmVariant *variant, const char *key, const char *value, GError **error)
{
  if (!smm_option_is_known (key))
    {
      g_set_error (error, SMM_LIBRARY_ERROR, SMM_LIBRARY_ERROR_INVALID,
                   _ ("A post has no option “%s”"), key);
      return FALSE;
    }
  if (variant->options == NULL)
    variant->options = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_hash_table_insert (variant->options, g_strdup (key), g_strdup (value));
  return TRUE;
}

static void
set_text (char **field, const char *value)
{
  g_free (*field);
  *field = g_strdup (value);
}

static gboolean
read_one (SmmCtl *ctl, SmmPost *post, const char *given, GError **error)
{
  const char *colon = strchr (given, ':');
  const char *equals = colon != NULL ? strchr (colon, '=') : NULL;
  g_autofree char *account_id = NULL;
  g_autofree char *key = NULL;
  SmmTarget *target;
  SmmVariant *variant;

  if (equals == NULL)
    {
      g_set_error (error, SMM_LIBRARY_ERROR, SMM_LIBRARY_ERROR_INVALID,
                   _ ("--variant needs ACCOUNT:KEY=VALUE, not “%s”"), given);
      return FALSE;
    }
  account_id = g_strndup (given, colon - given);
  key = g_strndup (colon + 1, equals - colon - 1);
  target = find_target (post, account_id, error);
  if (target == NULL)
    return FALSE;
  if (target->variant == NULL)
    target->variant = smm_variant_new ();
  variant = target->variant;
  if (!g_utf8_validate (equals, -1, NULL))
    {
      g_set_error (error, SMM_LIBRARY_ERROR, SMM_LIBRARY_ERROR_INVALID,
                   _ ("The text is not valid UTF-8"));
      return FALSE;
    }
  if (strcmp (key, "text") == 0)
    set_text (&variant->text, equals + 1);
  else if (strcmp (key, "link") == 0)
    set_text (&variant->link, equals + 1);
  else if (strcmp (key, "first-comment") == 0)
    set_text (&variant->first_comment, equals + 1);
  else if (strcmp (key, "media") == 0)
    return add_file (ctl, variant, equals + 1, error);
  else if (strcmp (key, "alt") == 0)
    return describe_file (variant, equals + 1, error);
  else
    return set_option (variant, key, equals + 1, error);
  return TRUE;
}

/**
 * smm_ctl_read_variants:
 * @ctl: the call
 * @post: with a target for each account; gets their variants
 * @error: what can't be understood
 *
 * Returns: %FALSE on error
 */
gboolean
smm_ctl_read_variants (SmmCtl *ctl, SmmPost *post, GError **error)
{
  GPtrArray *given = g_hash_table_lookup (ctl->options, "variant");

  for (guint i = 0; given != NULL && i < given->len; i++)
    if (!read_one (ctl, post, given->pdata[i], error))
      return FALSE;
  return TRUE;
}

/**
 * smm_ctl_show_variant:
 * @builder: in the object of a target
 * @variant: (nullable): what differs there
 *
 * Adds "variant": only what differs, null when nothing does.
 */
void
smm_ctl_show_variant (JsonBuilder *builder, SmmVariant *variant)
{
  json_builder_set_member_name (builder, "variant");
  if (smm_variant_is_empty (variant))
    {
      json_builder_add_null_value (builder);
      return;
    }
  json_builder_begin_object (builder);
  if (variant->text != NULL)
    smm_json_string (builder, "text", variant->text);
  if (variant->link != NULL)
    smm_json_string (builder, "link", variant->link);
  if (variant->first_comment != NULL)
    smm_json_string (builder, "first_comment", variant->first_comment);
  if (variant->options != NULL)
    smm_ctl_show_options (builder, variant->options);
  if (variant->media != NULL)
    {
      json_builder_set_member_name (builder, "media");
      json_builder_begin_array (builder);
      for (guint i = 0; i < variant->media->len; i++)
        json_builder_add_string_value (builder, ((SmmMedia *)variant->media->pdata[i])->sha256);
      json_builder_end_array (builder);
    }
  json_builder_end_object (builder);
}

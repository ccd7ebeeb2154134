/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The "variants" of post.add, post.edit and post.put: a(sa{sv}), account id → what differs there.
 * Keys: text, link, first-comment (s; "" none), options (a{ss}; "" takes one away), media (a(ss):
 * sha256, alt). A key that is missing is as the post says.
 */

#include "config.h"

#include "smm-commands-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const struct
{
  const char *key, *type;
} known_keys[] = {
  { "text", "s" },        { "link", "s" },      { "first-comment", "s" },
  { "options", "a{ss}" }, { "media", "a(ss)" },
};

static gboolean
check_keys (GVariant *values, GError **error)
{
  GVariantIter iter;
  const char *key;
  GVariant *value;

  g_variant_iter_init (&iter, values);
  while (g_variant_iter_next (&iter, "{&sv}", &key, &value))
    {
      g_autoptr (GVariant) owned = value;
      gboolean known = FALSE;

      for (guint i = 0; i < G_N_ELEMENTS (known_keys); i++)
        known = known
                || (strcmp (key, known_keys[i].key) == 0
                    && g_variant_is_of_type (owned, G_VARIANT_TYPE (known_keys[i].type)));
      if (!known)
        return smm_change_fail (error, SMM_LIBRARY_ERROR_INVALID,
                                _ ("A variant takes no “%s” of this type"), key);
    }
  return TRUE;
}

static GHashTable *
read_options (GVariant *list)
{
  GHashTable *options = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  GVariantIter iter;
  const char *key, *value;

  g_variant_iter_init (&iter, list);
  while (g_variant_iter_next (&iter, "{&s&s}", &key, &value))
    g_hash_table_insert (options, g_strdup (key), g_strdup (value));
  return options;
}

static SmmVariant *
read_variant (SmmChange *change, GVariant *values, GError **error)
{
  g_autoptr (SmmVariant) variant = smm_variant_new ();
  g_autoptr (GVariant) options = NULL;
  g_autoptr (GVariant) media = NULL;

  if (!check_keys (values, error))
    return NULL;
  g_variant_lookup (values, "text", "s", &variant->text);
  g_variant_lookup (values, "link", "s", &variant->link);
  g_variant_lookup (values, "first-comment", "s", &variant->first_comment);
  if (variant->text != NULL && strlen (variant->text) > SMM_MAX_TEXT)
    {
      smm_change_fail (error, SMM_LIBRARY_ERROR_INVALID, _ ("The text is too long"));
      return NULL;
    }
  options = g_variant_lookup_value (values, "options", G_VARIANT_TYPE ("a{ss}"));
  if (options != NULL)
    variant->options = read_options (options);
  media = g_variant_lookup_value (values, "media", G_VARIANT_TYPE ("a(ss)"));
  if (media != NULL)
    {
      variant->media = smm_change_read_media (change, media, error);
      if (variant->media == NULL)
        return NULL;
    }
  return g_steal_pointer (&variant);
}

static SmmTarget *
find_target (SmmPost *post, const char *account_id)
{
  for (guint i = 0; i < post->targets->len; i++)
    {
      SmmTarget *target = post->targets->pdata[i];

      if (strcmp (target->account_id, account_id) == 0)
        return target;
    }
  return NULL;
}

/* What the command says of single accounts; without "variants" all stays as it is. */
gboolean
smm_change_set_variants (SmmChange *change, SmmPost *post, GError **error)
{
  GVariant *list = smm_command_lookup (change->command, "variants", "a(sa{sv})");
  GVariantIter iter;
  const char *account_id;
  GVariant *values;

  if (list == NULL)
    return TRUE;
  for (guint i = 0; i < post->targets->len; i++)
    g_clear_object (&((SmmTarget *)post->targets->pdata[i])->variant);
  g_variant_iter_init (&iter, list);
  while (g_variant_iter_next (&iter, "(&s@a{sv})", &account_id, &values))
    {
      g_autoptr (GVariant) owned = values;
      SmmTarget *target = find_target (post, account_id);

      if (target == NULL)
        return smm_change_fail (error, SMM_LIBRARY_ERROR_NOT_FOUND,
                                _ ("The post does not go to the account “%s”"), account_id);
      g_clear_object (&target->variant);
      target->variant = read_variant (change, owned, error);
      if (target->variant == NULL)
        return FALSE;
      if (smm_variant_is_empty (target->variant))
        g_clear_object (&target->variant);
    }
  return TRUE;
}

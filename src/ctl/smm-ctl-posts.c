/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is done to many posts at once: one command, one step of undo. */

#include "config.h"

#include "smm-ctl.h"

#include <glib/gi18n.h>
#include <string.h>

/**
 * smm_ctl_change_posts:
 * @ctl: the words are ids of posts
 * @command: "posts.cancel" …
 * @dict: what it takes besides the ids; consumed
 *
 * Says what was done, and what could not be.
 *
 * Returns: the exit status
 */
int
smm_ctl_change_posts (SmmCtl *ctl, const char *command, GVariantDict *dict)
{
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();
  g_auto (GStrv) list = NULL;
  g_autoptr (GVariant) result = NULL;
  g_autoptr (GError) error = NULL;
  JsonBuilder *builder;
  const char *label = "", *reason = NULL;
  guint32 n_skipped = 0;

  for (guint i = 0; smm_ctl_word (ctl, i) != NULL; i++)
    g_strv_builder_add (ids, smm_ctl_word (ctl, i));
  list = g_strv_builder_end (ids);
  if (list[0] == NULL)
    return smm_ctl_usage (ctl, _ ("This command needs the id of a post"));
  if (!g_variant_dict_contains (dict, "copies"))
    g_variant_dict_insert_value (dict, "ids", g_variant_new_strv ((const char *const *)list, -1));
  result = smm_ctl_apply (ctl, command, g_variant_dict_end (dict), &error);
  if (result == NULL)
    return smm_ctl_fail (ctl, error);
  g_variant_lookup (result, "label", "&s", &label);
  g_variant_lookup (result, "skipped", "u", &n_skipped);
  g_variant_lookup (result, "reason", "&s", &reason);
  builder = smm_ctl_begin ("changed");
  smm_json_string (builder, "label", label);
  smm_json_int (builder, "skipped", n_skipped);
  smm_json_string (builder, "reason", reason);
  smm_ctl_end (ctl, builder, label);
  if (reason != NULL)
    smm_ctl_say (ctl, "%s", reason);
  return SMM_CTL_DONE;
}

static int
post_unschedule (SmmCtl *ctl)
{
  g_auto (GVariantDict) dict = G_VARIANT_DICT_INIT (NULL);

  return smm_ctl_change_posts (ctl, "posts.unschedule", &dict);
}

static int
post_duplicate (SmmCtl *ctl)
{
  g_auto (GVariantDict) dict = G_VARIANT_DICT_INIT (NULL);
  g_auto (GVariantBuilder) copies = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a(ss)"));
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  int status;

  for (guint i = 0; smm_ctl_word (ctl, i) != NULL; i++)
    {
      char *id = smm_id_new ();

      g_ptr_array_add (ids, id);
      g_variant_builder_add (&copies, "(ss)", smm_ctl_word (ctl, i), id);
    }
  g_variant_dict_insert_value (&dict, "copies", g_variant_builder_end (&copies));
  status = smm_ctl_change_posts (ctl, "posts.duplicate", &dict);
  for (guint i = 0; status == SMM_CTL_DONE && i < ids->len; i++)
    {
      g_autoptr (SmmPost) post = NULL;
      JsonBuilder *builder;

      if (!smm_ctl_open_reader (ctl, NULL))
        break;
      post = smm_store_get_post (ctl->reader, ids->pdata[i]);
      if (post == NULL)
        continue;
      builder = smm_ctl_begin ("copy");
      smm_json_string (builder, "id", post->id);
      smm_json_string (builder, "of", smm_ctl_word (ctl, i));
      smm_ctl_end (ctl, builder, post->id);
    }
  return status;
}

/* "90m", "-3h", "2d": minutes. */
static gboolean
parse_span (const char *text, int *minutes)
{
  char *end = NULL;
  gint64 number = text != NULL ? g_ascii_strtoll (text, &end, 10) : 0;
  gint64 unit = end == NULL || end == text ? 0
                : strcmp (end, "m") == 0   ? 1
                : strcmp (end, "h") == 0   ? 60
                : strcmp (end, "d") == 0   ? 24 * 60
                                           : 0;

  if (unit == 0 || number == 0 || number > 100000 || number < -100000)
    return FALSE;
  *minutes = (int)(number * unit);
  return TRUE;
}

static int
post_shift (SmmCtl *ctl)
{
  g_auto (GVariantDict) dict = G_VARIANT_DICT_INIT (NULL);
  int minutes;

  if (!parse_span (smm_ctl_get (ctl, "by"), &minutes))
    return smm_ctl_usage (ctl,
                          _ ("post shift needs --by with minutes, hours or days: 90m, -3h, 2d"));
  g_variant_dict_insert (&dict, "minutes", "i", minutes);
  return smm_ctl_change_posts (ctl, "posts.shift", &dict);
}

static int
post_spread (SmmCtl *ctl)
{
  const char *from = smm_ctl_get (ctl, "from"), *to = smm_ctl_get (ctl, "to");
  const char *zone = smm_ctl_get (ctl, "tz");
  g_auto (GVariantDict) dict = G_VARIANT_DICT_INIT (NULL);
  g_autoptr (SmmPost) post = NULL;
  g_autoptr (SmmBrand) brand = NULL;
  g_autoptr (GError) error = NULL;

  if (smm_ctl_word (ctl, 0) == NULL || from == NULL || to == NULL)
    return smm_ctl_usage (ctl, _ ("post spread needs ids, --from and --to"));
  if (!smm_ctl_open (ctl, &error) || !smm_ctl_open_reader (ctl, &error))
    return smm_ctl_fail (ctl, error);
  post = smm_store_get_post (ctl->reader, smm_ctl_word (ctl, 0));
  brand = post != NULL ? smm_store_get_brand (ctl->reader, post->brand_id) : NULL;
  if (brand == NULL)
    return smm_ctl_fail_with (ctl, "not-found", _ ("There is no such post"), "post list");
  g_variant_dict_insert (&dict, "from", "s", from);
  g_variant_dict_insert (&dict, "to", "s", to);
  g_variant_dict_insert (&dict, "zone", "s", zone != NULL ? zone : brand->timezone);
  return smm_ctl_change_posts (ctl, "posts.spread", &dict);
}

const SmmCtlCommand smm_ctl_posts_commands[] = {
  { "post unschedule", "ID…", post_unschedule },
  { "post duplicate", "ID…", post_duplicate },
  { "post shift", "ID… --by 90m|-3h|2d", post_shift },
  { "post spread", "ID… --from 2026-12-01T09:00 --to 2026-12-07T18:00 [--tz ZONE]", post_spread },
  { NULL, NULL, NULL },
};

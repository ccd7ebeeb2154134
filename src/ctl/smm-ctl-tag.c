/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Tags and campaigns. Where one is named, its id or its name will do. */

#include "config.h"

#include "smm-ctl.h"

#include <glib/gi18n.h>
#include <string.h>

/* By id or name, of the brand or, when that is %NULL, of any. */
SmmTag *
smm_ctl_find_tag (SmmCtl *ctl, const char *brand_id, const char *name, GError **error)
{
  SmmTag *tag = smm_store_get_tag (ctl->reader, name);

  if (tag == NULL && brand_id != NULL)
    tag = smm_store_find_tag (ctl->reader, brand_id, name);
  if (tag == NULL && brand_id == NULL)
    {
      g_autoptr (GPtrArray) brands = smm_store_list_brands (ctl->reader);

      for (guint i = 0; tag == NULL && i < brands->len; i++)
        tag = smm_store_find_tag (ctl->reader, ((SmmBrand *)brands->pdata[i])->id, name);
    }
  if (tag == NULL)
    g_set_error (error, SMM_LIBRARY_ERROR, SMM_LIBRARY_ERROR_NOT_FOUND,
                 _ ("There is no tag “%s”. See “tag list”."), name);
  return tag;
}

/**
 * smm_ctl_read_tags:
 * @ctl: the call, with a reader
 * @option: "tag" …: ids or names, commas between them
 * @brand_id: (nullable): whose tags are meant
 * @error: a tag that is not there
 *
 * Returns: (transfer floating) (nullable): ids, as
 */
GVariant *
smm_ctl_read_tags (SmmCtl *ctl, const char *option, const char *brand_id, GError **error)
{
  g_autoptr (GPtrArray) names = smm_ctl_get_all (ctl, option);
  g_auto (GVariantBuilder) ids = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("as"));

  for (guint i = 0; i < names->len; i++)
    {
      g_autoptr (SmmTag) tag = smm_ctl_find_tag (ctl, brand_id, names->pdata[i], error);

      if (tag == NULL)
        return NULL;
      g_variant_builder_add (&ids, "s", tag->id);
    }
  return g_variant_builder_end (&ids);
}

/* Adds "tags" and "campaign", by name. */
void
smm_ctl_show_tags (JsonBuilder *builder, SmmPost *post)
{
  const char *campaign = NULL;

  json_builder_set_member_name (builder, "tags");
  json_builder_begin_array (builder);
  for (guint i = 0; i < post->tags->len; i++)
    {
      SmmTag *tag = post->tags->pdata[i];

      if (tag->kind == SMM_TAG_KIND_CAMPAIGN)
        campaign = tag->name;
      else
        json_builder_add_string_value (builder, tag->name);
    }
  json_builder_end_array (builder);
  smm_json_string (builder, "campaign", campaign);
}

static void
print_tag (SmmCtl *ctl, SmmTag *tag)
{
  JsonBuilder *builder = smm_ctl_begin ("tag");
  guint n_posts = smm_store_count_tagged (ctl->reader, tag->id);
  g_autofree char *text
      = g_strdup_printf ("%s  %s  %s  %s  %u", tag->id, smm_tag_kind_to_string (tag->kind),
                         tag->color, tag->name, n_posts);

  smm_json_string (builder, "id", tag->id);
  smm_json_string (builder, "brand", tag->brand_id);
  smm_json_string (builder, "kind", smm_tag_kind_to_string (tag->kind));
  smm_json_string (builder, "name", tag->name);
  smm_json_string (builder, "color", tag->color);
  smm_json_string (builder, "first_day", tag->first_day);
  smm_json_string (builder, "last_day", tag->last_day);
  smm_json_int (builder, "posts", n_posts);
  smm_ctl_end (ctl, builder, text);
}

static int
tag_list (SmmCtl *ctl)
{
  g_autoptr (GPtrArray) tags = NULL;
  g_autoptr (GError) error = NULL;

  if (!smm_ctl_open_reader (ctl, &error))
    return g_error_matches (error, SMM_STORE_ERROR, SMM_STORE_ERROR_MISSING)
               ? SMM_CTL_DONE
               : smm_ctl_fail (ctl, error);
  tags = smm_store_list_tags (ctl->reader, smm_ctl_get (ctl, "brand"));
  for (guint i = 0; i < tags->len; i++)
    print_tag (ctl, tags->pdata[i]);
  return SMM_CTL_DONE;
}

static void
add_given (SmmCtl *ctl, GVariantDict *dict)
{
  static const char *const keys[] = { "color", "first-day", "last-day", "name" };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    if (smm_ctl_has (ctl, keys[i]))
      g_variant_dict_insert (dict, keys[i], "s", smm_ctl_get (ctl, keys[i]));
}

static int
apply_and_print (SmmCtl *ctl, const char *command, const char *id, GVariantDict *dict)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) result = NULL;
  g_autoptr (SmmTag) tag = NULL;

  g_variant_dict_insert (dict, "id", "s", id);
  result = smm_ctl_apply (ctl, command, g_variant_dict_end (dict), &error);
  if (result == NULL || !smm_ctl_open_reader (ctl, &error))
    return smm_ctl_fail (ctl, error);
  tag = smm_store_get_tag (ctl->reader, id);
  if (tag != NULL)
    print_tag (ctl, tag);
  return SMM_CTL_DONE;
}

static int
add (SmmCtl *ctl, SmmTagKind kind)
{
  g_auto (GVariantDict) dict = G_VARIANT_DICT_INIT (NULL);
  g_autofree char *id = smm_id_new ();

  if (smm_ctl_word (ctl, 0) == NULL || !smm_ctl_has (ctl, "brand"))
    return smm_ctl_usage (ctl, _ ("This command needs a name and --brand"));
  add_given (ctl, &dict);
  g_variant_dict_insert (&dict, "brand", "s", smm_ctl_get (ctl, "brand"));
  g_variant_dict_insert (&dict, "name", "s", smm_ctl_word (ctl, 0));
  g_variant_dict_insert (&dict, "kind", "s", smm_tag_kind_to_string (kind));
  return apply_and_print (ctl, "tag.add", id, &dict);
}

static int
tag_add (SmmCtl *ctl)
{
  return add (ctl, SMM_TAG_KIND_TAG);
}

static int
campaign_add (SmmCtl *ctl)
{
  return add (ctl, SMM_TAG_KIND_CAMPAIGN);
}

static int
change (SmmCtl *ctl, const char *command)
{
  g_auto (GVariantDict) dict = G_VARIANT_DICT_INIT (NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (SmmTag) tag = NULL;

  if (smm_ctl_word (ctl, 0) == NULL)
    return smm_ctl_usage (ctl, _ ("This command needs a tag, by its id or its name"));
  if (!smm_ctl_open (ctl, &error) || !smm_ctl_open_reader (ctl, &error))
    return smm_ctl_fail (ctl, error);
  tag = smm_ctl_find_tag (ctl, NULL, smm_ctl_word (ctl, 0), &error);
  if (tag == NULL)
    return smm_ctl_fail (ctl, error);
  if (strcmp (command, "tag.edit") == 0)
    add_given (ctl, &dict);
  return apply_and_print (ctl, command, tag->id, &dict);
}

static int
tag_edit (SmmCtl *ctl)
{
  return change (ctl, "tag.edit");
}

static int
tag_delete (SmmCtl *ctl)
{
  if (!smm_ctl_has (ctl, "yes"))
    return smm_ctl_usage (ctl, _ ("This takes the tag off its posts. Say --yes if you mean it."));
  return change (ctl, "tag.delete");
}

const SmmCtlCommand smm_ctl_tag_commands[] = {
  { "tag add", "NAME --brand ID [--color #rrggbb]", tag_add },
  { "tag list", "[--brand ID]", tag_list },
  { "tag edit", "TAG [--name N] [--color #rrggbb] [--first-day DAY] [--last-day DAY]", tag_edit },
  { "tag delete", "TAG --yes", tag_delete },
  { "campaign add",
    "NAME --brand ID [--color #rrggbb] [--first-day 2026-12-01] [--last-day 2026-12-24]",
    campaign_add },
  { NULL, NULL, NULL },
};

/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Tags and campaigns. They are for the user's own eyes: a post that is public can be tagged as any
 * other. Deleting one keeps what it was on, so that it comes back as it was.
 */

#include "config.h"

#include "smm-commands-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_NAME 60
#define MAX_TAGS 20

static gboolean
set_name (SmmChange *change, SmmTag *tag, GError **error)
{
  const char *name = smm_command_get_string (change->command, "name");
  g_autofree char *clean = NULL;
  g_autoptr (SmmTag) other = NULL;

  if (name == NULL)
    return TRUE;
  clean = g_strstrip (g_strdup (name));
  if (*clean == '\0' || g_utf8_strlen (clean, -1) > MAX_NAME || strpbrk (clean, "\r\n\t,;") != NULL)
    return smm_change_fail (
        error, SMM_LIBRARY_ERROR_INVALID,
        _ ("A name has 1 to %d characters, and no comma, semicolon or new line"), MAX_NAME);
  other = smm_store_find_tag (change->store, tag->brand_id, clean);
  if (other != NULL && strcmp (other->id, tag->id) != 0)
    return smm_change_fail (error, SMM_LIBRARY_ERROR_INVALID,
                            other->kind == SMM_TAG_KIND_CAMPAIGN
                                ? _ ("There is a campaign “%s” already")
                                : _ ("There is a tag “%s” already"),
                            other->name);
  g_free (tag->name);
  tag->name = g_steal_pointer (&clean);
  return TRUE;
}

static gboolean
set_color (SmmChange *change, SmmTag *tag, GError **error)
{
  const char *color = smm_command_get_string (change->command, "color");
  g_autofree char *low = color != NULL ? g_ascii_strdown (color, -1) : NULL;

  if (low == NULL)
    return TRUE;
  if (!smm_color_is_valid (low))
    return smm_change_fail (error, SMM_LIBRARY_ERROR_INVALID, _ ("“%s” is no colour like #3584e4"),
                            color);
  g_free (tag->color);
  tag->color = g_steal_pointer (&low);
  return TRUE;
}

static gboolean
set_day (SmmChange *change, const char *key, char **day, GError **error)
{
  const char *value = smm_command_get_string (change->command, key);

  if (value == NULL)
    return TRUE;
  if (*value != '\0' && !smm_day_is_valid (value))
    return smm_change_fail (error, SMM_LIBRARY_ERROR_INVALID, _ ("“%s” is no day like 2026-12-01"),
                            value);
  g_free (*day);
  *day = *value != '\0' ? g_strdup (value) : NULL;
  return TRUE;
}

static gboolean
set_tag (SmmChange *change, SmmTag *tag, GError **error)
{
  if (!set_name (change, tag, error) || !set_color (change, tag, error)
      || !set_day (change, "first-day", &tag->first_day, error)
      || !set_day (change, "last-day", &tag->last_day, error))
    return FALSE;
  if (tag->kind != SMM_TAG_KIND_CAMPAIGN && (tag->first_day != NULL || tag->last_day != NULL))
    return smm_change_fail (error, SMM_LIBRARY_ERROR_INVALID, _ ("Only a campaign has days"));
  if (tag->first_day != NULL && tag->last_day != NULL && strcmp (tag->first_day, tag->last_day) > 0)
    return smm_change_fail (error, SMM_LIBRARY_ERROR_INVALID,
                            _ ("The campaign would end before it begins"));
  return TRUE;
}

/* The colour that the fewest of the brand's tags have. */
static char *
choose_color (SmmChange *change, const char *brand_id)
{
  g_autoptr (GPtrArray) tags = smm_store_list_tags (change->store, brand_id);
  const char *best = NULL;
  guint fewest = G_MAXUINT;

  for (const char *const *color = smm_tag_get_palette (); *color != NULL; color++)
    {
      guint n = 0;

      for (guint i = 0; i < tags->len; i++)
        n += strcmp (((SmmTag *)tags->pdata[i])->color, *color) == 0;
      if (n < fewest)
        {
          best = *color;
          fewest = n;
        }
    }
  return g_strdup (best);
}

static gboolean
tag_add (SmmChange *change, GError **error)
{
  const char *id = smm_command_get_string (change->command, "id");
  const char *brand_id = smm_command_get_string (change->command, "brand");
  const char *kind = smm_command_get_string (change->command, "kind");
  g_autoptr (SmmTag) known = smm_store_get_tag (change->store, id);
  g_autoptr (SmmBrand) brand = smm_store_get_brand (change->store, brand_id);
  g_autoptr (SmmTag) tag = smm_tag_new ();

  if (known != NULL)
    return TRUE;
  if (brand == NULL)
    return smm_change_fail (error, SMM_LIBRARY_ERROR_NOT_FOUND, _ ("There is no brand “%s”"),
                            brand_id);
  if (kind != NULL && !smm_tag_kind_from_string (kind, &tag->kind))
    return smm_change_fail (error, SMM_LIBRARY_ERROR_INVALID, _ ("“%s” is none of tag, campaign"),
                            kind);
  tag->id = g_strdup (id);
  tag->brand_id = g_strdup (brand_id);
  tag->created_at = change->now;
  if (!set_tag (change, tag, error))
    return FALSE;
  if (tag->color == NULL)
    tag->color = choose_color (change, brand_id);
  change->label = tag->kind == SMM_TAG_KIND_CAMPAIGN ? _ ("Campaign added") : _ ("Tag added");
  smm_change_set_inverse (change, "tag.delete", g_variant_new_parsed ("{'id': <%s>}", id));
  smm_change_add (change, id);
  return smm_store_put_tag (change->store, tag, error);
}

static SmmTag *
get_tag (SmmChange *change, GError **error)
{
  const char *id = smm_command_get_string (change->command, "id");
  SmmTag *tag = smm_store_get_tag (change->store, id);

  if (tag == NULL)
    smm_change_fail (error, SMM_LIBRARY_ERROR_NOT_FOUND, _ ("There is no tag “%s”"), id);
  return tag;
}

static gboolean
tag_edit (SmmChange *change, GError **error)
{
  g_autoptr (SmmTag) old = get_tag (change, error);
  g_autoptr (SmmTag) tag = NULL;

  if (old == NULL)
    return FALSE;
  tag = smm_tag_copy (old);
  if (!set_tag (change, tag, error))
    return FALSE;
  change->label = tag->kind == SMM_TAG_KIND_CAMPAIGN ? _ ("Campaign changed") : _ ("Tag changed");
  smm_change_set_inverse (change, "tag.edit",
                          g_variant_new_parsed ("{'id': <%s>, 'name': <%s>, 'color': <%s>, "
                                                "'first-day': <%s>, 'last-day': <%s>}",
                                                old->id, old->name, old->color,
                                                old->first_day ? old->first_day : "",
                                                old->last_day ? old->last_day : ""));
  smm_change_add (change, "*");
  return smm_store_put_tag (change->store, tag, error);
}

static gboolean
tag_delete (SmmChange *change, GError **error)
{
  g_autoptr (SmmTag) tag = get_tag (change, error);

  if (tag == NULL)
    return FALSE;
  change->label = tag->kind == SMM_TAG_KIND_CAMPAIGN ? _ ("Campaign deleted") : _ ("Tag deleted");
  smm_change_set_inverse (change, "tag.restore", g_variant_new_parsed ("{'id': <%s>}", tag->id));
  smm_change_add (change, "*");
  return smm_store_set_tag_deleted (change->store, tag->id, change->now, error);
}

static gboolean
tag_restore (SmmChange *change, GError **error)
{
  const char *id = smm_command_get_string (change->command, "id");
  g_autoptr (SmmTag) tag = smm_store_get_tag (change->store, id);

  /* Undoing that would delete one that was there all the time. */
  if (tag != NULL)
    return TRUE;
  if (!smm_store_set_tag_deleted (change->store, id, 0, error))
    return FALSE;
  tag = get_tag (change, error);
  if (tag == NULL)
    return FALSE;
  change->label = tag->kind == SMM_TAG_KIND_CAMPAIGN ? _ ("Campaign restored") : _ ("Tag restored");
  smm_change_set_inverse (change, "tag.delete", g_variant_new_parsed ("{'id': <%s>}", id));
  smm_change_add (change, "*");
  return TRUE;
}

/* --- Tags of posts --- */

GVariant *
smm_post_list_tag_ids (SmmPost *post)
{
  g_auto (GVariantBuilder) ids = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("as"));

  for (guint i = 0; i < post->tags->len; i++)
    g_variant_builder_add (&ids, "s", ((SmmTag *)post->tags->pdata[i])->id);
  return g_variant_builder_end (&ids);
}

gboolean
smm_change_set_tags (SmmChange *change, SmmPost *post, gboolean lenient, GError **error)
{
  GVariant *list = smm_command_lookup (change->command, "tags", "as");
  g_autoptr (GPtrArray) tags = g_ptr_array_new_with_free_func (g_object_unref);
  GVariantIter iter;
  const char *id;
  guint n_campaigns = 0;

  if (list == NULL)
    return TRUE;
  if (g_variant_n_children (list) > MAX_TAGS)
    return smm_change_fail (error, SMM_LIBRARY_ERROR_INVALID, _ ("A post has at most %d tags"),
                            MAX_TAGS);
  g_variant_iter_init (&iter, list);
  while (g_variant_iter_next (&iter, "&s", &id))
    {
      g_autoptr (SmmTag) tag = smm_change_get_tag (change, id);

      if (tag == NULL && lenient)
        continue;
      if (tag == NULL || strcmp (tag->brand_id, post->brand_id) != 0)
        return smm_change_fail (error, SMM_LIBRARY_ERROR_NOT_FOUND, _ ("The brand has no tag “%s”"),
                                id);
      if (tag->kind == SMM_TAG_KIND_CAMPAIGN && n_campaigns++ > 0 && !lenient)
        return smm_change_fail (error, SMM_LIBRARY_ERROR_INVALID,
                                _ ("A post belongs to one campaign at most"));
      g_ptr_array_add (tags, g_steal_pointer (&tag));
    }
  g_ptr_array_unref (post->tags);
  post->tags = g_steal_pointer (&tags);
  return TRUE;
}

static gboolean
post_set_tags (SmmChange *change, GError **error)
{
  g_autoptr (SmmPost) post = smm_change_get_post (change, error);

  if (post == NULL)
    return FALSE;
  smm_change_set_inverse (change, "post.set-tags",
                          g_variant_new_parsed ("{'id': <%s>, 'tags': <%@as>}", post->id,
                                                smm_post_list_tag_ids (post)));
  if (!smm_change_set_tags (change, post, FALSE, error))
    return FALSE;
  change->label = _ ("Tags changed");
  smm_change_add (change, post->id);
  return smm_store_put_post_tags (change->store, post, error);
}

const SmmCommandSpec smm_tag_commands[] = {
  { "tag.add", "id:s! brand:s! name:s! kind:s color:s first-day:s last-day:s", tag_add },
  { "tag.edit", "id:s! name:s color:s first-day:s last-day:s", tag_edit },
  { "tag.delete", "id:s!", tag_delete },
  { "tag.restore", "id:s!", tag_restore },
  { "post.set-tags", "id:s! tags:as!", post_set_tags },
  { NULL, NULL, NULL },
};

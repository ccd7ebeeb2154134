/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Commands on posts. The inverse of each is "post.put", the post as it was before; adding a post is
 * undone by deleting it. What is public, or may be, is pinned: nothing here changes it. A scheduled
 * target that the platform has already (it has a remote id) changes by telling the platform first:
 * the engine does that, see smm-engine-handover.c.
 */

#include "config.h"

#include "smm-commands-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_MEDIA 20
#define MAX_TARGETS 200
/* "Now" typed by a person is a little in the past when it arrives. */
#define NOW_TOLERANCE (60 * G_USEC_PER_SEC)

gboolean
smm_target_is_pinned (SmmTargetState state)
{
  return state == SMM_TARGET_PUBLISHING || state == SMM_TARGET_PUBLISHED
         || state == SMM_TARGET_UNCONFIRMED;
}

gboolean
smm_target_is_handed_over (SmmTarget *target)
{
  return target->state == SMM_TARGET_SCHEDULED && target->remote_id != NULL;
}

/* What people want it to be: the platform that has it may not have been told yet. */
static SmmTargetState
get_wanted_state (SmmTarget *target)
{
  return smm_target_is_handed_over (target) ? smm_target_state_after_recall (target->reason_code)
                                            : target->state;
}

gboolean
smm_change_check_not_pinned (SmmChange *change, SmmPost *post, GError **error)
{
  for (guint i = 0; i < post->targets->len; i++)
    {
      SmmTarget *target = post->targets->pdata[i];

      if (smm_target_is_handed_over (target) && target->due_at - HAND_OVER_PINNED < change->now)
        return smm_change_fail (error, SMM_LIBRARY_ERROR_PINNED,
                                _ ("%s publishes this post right now: it can’t change any more"),
                                smm_platform_id_get_label (target->platform));

      if (target->state == SMM_TARGET_PUBLISHED)
        return smm_change_fail (error, SMM_LIBRARY_ERROR_PINNED,
                                _ ("This post is public and can’t change. Duplicate it instead."));
      if (smm_target_is_pinned (target->state))
        return smm_change_fail (error, SMM_LIBRARY_ERROR_PINNED,
                                _ ("This post is on its way to %s right now and can’t change"),
                                smm_platform_id_get_label (target->platform));
    }
  return TRUE;
}

SmmPost *
smm_change_get_post (SmmChange *change, GError **error)
{
  const char *id = smm_command_get_string (change->command, "id");
  SmmPost *post = smm_store_get_post (change->store, id);

  if (post == NULL)
    smm_change_fail (error, SMM_LIBRARY_ERROR_NOT_FOUND, _ ("There is no post “%s”"), id);
  return post;
}

/* --- What a post refers to --- */

static gpointer
get_shared (SmmChange *change, const char *id, GType type)
{
  GObject *record = change->shared != NULL ? g_hash_table_lookup (change->shared, id) : NULL;

  return record != NULL && G_TYPE_CHECK_INSTANCE_TYPE (record, type) ? g_object_ref (record) : NULL;
}

static gpointer
share (SmmChange *change, const char *id, gpointer record)
{
  if (change->shared != NULL && record != NULL)
    g_hash_table_replace (change->shared, g_strdup (id), g_object_ref (record));
  return record;
}

SmmBrand *
smm_change_get_brand (SmmChange *change, const char *id)
{
  SmmBrand *brand = get_shared (change, id, SMM_TYPE_BRAND);

  return brand != NULL ? brand : share (change, id, smm_store_get_brand (change->store, id));
}

SmmAccount *
smm_change_get_account (SmmChange *change, const char *id)
{
  SmmAccount *account = get_shared (change, id, SMM_TYPE_ACCOUNT);

  return account != NULL ? account : share (change, id, smm_store_get_account (change->store, id));
}

SmmTag *
smm_change_get_tag (SmmChange *change, const char *id)
{
  SmmTag *tag = get_shared (change, id, SMM_TYPE_TAG);

  return tag != NULL ? tag : share (change, id, smm_store_get_tag (change->store, id));
}

/* --- Snapshots: a post as a{sv} --- */

GVariant *
smm_post_snapshot (SmmPost *post)
{
  g_auto (GVariantDict) dict = G_VARIANT_DICT_INIT (NULL);
  g_auto (GVariantBuilder) media = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a(ss)"));
  g_auto (GVariantBuilder) targets = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a(ssix)"));
  g_auto (GVariantBuilder) reasons = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a(ssss)"));
  g_auto (GVariantBuilder) options = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a{ss}"));
  GHashTableIter iter;
  gpointer key, value;

  for (guint i = 0; i < post->media->len; i++)
    {
      SmmMedia *medium = post->media->pdata[i];

      g_variant_builder_add (&media, "(ss)", medium->sha256, medium->alt ? medium->alt : "");
    }
  for (guint i = 0; i < post->targets->len; i++)
    {
      SmmTarget *target = post->targets->pdata[i];

      g_variant_builder_add (&targets, "(ssix)", target->id, target->account_id,
                             (gint32)get_wanted_state (target), target->due_at);
      if (target->reason_code != NULL)
        g_variant_builder_add (&reasons, "(ssss)", target->id, target->reason_code,
                               target->reason ? target->reason : "",
                               target->fix ? target->fix : "");
    }
  g_hash_table_iter_init (&iter, post->options);
  while (g_hash_table_iter_next (&iter, &key, &value))
    g_variant_builder_add (&options, "{ss}", key, value);
  g_variant_dict_insert (&dict, "id", "s", post->id);
  g_variant_dict_insert (&dict, "brand", "s", post->brand_id);
  g_variant_dict_insert (&dict, "kind", "s", smm_post_kind_to_string (post->kind));
  g_variant_dict_insert (&dict, "text", "s", post->text);
  g_variant_dict_insert (&dict, "link", "s", post->link ? post->link : "");
  g_variant_dict_insert (&dict, "first-comment", "s",
                         post->first_comment ? post->first_comment : "");
  g_variant_dict_insert (&dict, "wall", "s", post->wall_time ? post->wall_time : "");
  g_variant_dict_insert (&dict, "zone", "s", post->zone ? post->zone : "");
  g_variant_dict_insert (&dict, "due-at", "x", post->due_at);
  g_variant_dict_insert (&dict, "created-at", "x", post->created_at);
  g_variant_dict_insert_value (&dict, "options", g_variant_builder_end (&options));
  g_variant_dict_insert_value (&dict, "media", g_variant_builder_end (&media));
  g_variant_dict_insert_value (&dict, "states", g_variant_builder_end (&targets));
  g_variant_dict_insert_value (&dict, "variants", smm_variants_to_variant (post));
  g_variant_dict_insert_value (&dict, "tags", smm_post_list_tag_ids (post));
  g_variant_dict_insert_value (&dict, "reasons", g_variant_builder_end (&reasons));
  return g_variant_dict_end (&dict);
}

/* --- Reading arguments into a post --- */

static char *
empty_to_null (const char *text)
{
  return text != NULL && *text != '\0' ? g_strdup (text) : NULL;
}

static gboolean
set_texts (SmmChange *change, SmmPost *post, GError **error)
{
  const char *kind = smm_command_get_string (change->command, "kind");
  const char *text = smm_command_get_string (change->command, "text");
  const char *link = smm_command_get_string (change->command, "link");
  const char *comment = smm_command_get_string (change->command, "first-comment");

  if (kind != NULL && !smm_post_kind_from_string (kind, &post->kind))
    return smm_change_fail (error, SMM_LIBRARY_ERROR_INVALID,
                            _ ("“%s” is none of feed, reel, story"), kind);
  if (text != NULL)
    {
      if (strlen (text) > SMM_MAX_TEXT)
        return smm_change_fail (error, SMM_LIBRARY_ERROR_INVALID, _ ("The text is too long"));
      g_free (post->text);
      post->text = g_strdup (text);
    }
  if (link != NULL)
    {
      g_free (post->link);
      post->link = empty_to_null (link);
    }
  if (comment != NULL)
    {
      g_free (post->first_comment);
      post->first_comment = empty_to_null (comment);
    }
  return TRUE;
}

static gboolean
set_options (SmmChange *change, SmmPost *post, GError **error)
{
  GVariant *options = smm_command_lookup (change->command, "options", "a{ss}");
  GVariantIter iter;
  const char *key, *value;

  if (options == NULL)
    return TRUE;
  g_hash_table_remove_all (post->options);
  g_variant_iter_init (&iter, options);
  while (g_variant_iter_next (&iter, "{&s&s}", &key, &value))
    g_hash_table_insert (post->options, g_strdup (key), g_strdup (value));
  return TRUE;
}

/* a(ss) as SmmMedia*; NULL with @error. */
GPtrArray *
smm_change_read_media (SmmChange *change, GVariant *list, GError **error)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (g_object_unref);
  GVariantIter iter;
  const char *sha256, *alt;

  if (g_variant_n_children (list) > MAX_MEDIA)
    {
      smm_change_fail (error, SMM_LIBRARY_ERROR_INVALID, _ ("A post takes at most %d pictures"),
                       MAX_MEDIA);
      return NULL;
    }
  g_variant_iter_init (&iter, list);
  while (g_variant_iter_next (&iter, "(&s&s)", &sha256, &alt))
    {
      SmmMedia *media = smm_store_get_media (change->store, sha256);

      if (media == NULL)
        {
          smm_change_fail (error, SMM_LIBRARY_ERROR_NOT_FOUND,
                           _ ("There is no medium “%s” in the library"), sha256);
          return NULL;
        }
      media->alt = empty_to_null (alt);
      g_ptr_array_add (all, media);
    }
  return g_steal_pointer (&all);
}

static gboolean
set_media (SmmChange *change, SmmPost *post, GError **error)
{
  GVariant *list = smm_command_lookup (change->command, "media", "a(ss)");
  GPtrArray *media;

  if (list == NULL)
    return TRUE;
  media = smm_change_read_media (change, list, error);
  if (media == NULL)
    return FALSE;
  g_ptr_array_unref (post->media);
  post->media = media;
  return TRUE;
}

/* Replaces the list of targets; those that stay keep their id and state. */
static gboolean
set_targets (SmmChange *change, SmmPost *post, GError **error)
{
  GVariant *list = smm_command_lookup (change->command, "targets", "a(ss)");
  g_autoptr (GPtrArray) targets = g_ptr_array_new_with_free_func (g_object_unref);
  GVariantIter iter;
  const char *id, *account_id;

  if (list == NULL)
    return TRUE;
  if (g_variant_n_children (list) > MAX_TARGETS)
    return smm_change_fail (error, SMM_LIBRARY_ERROR_INVALID, _ ("These are too many accounts"));
  g_variant_iter_init (&iter, list);
  while (g_variant_iter_next (&iter, "(&s&s)", &id, &account_id))
    {
      g_autoptr (SmmAccount) account = smm_change_get_account (change, account_id);
      SmmTarget *target = NULL;

      if (account == NULL || strcmp (account->brand_id, post->brand_id) != 0)
        return smm_change_fail (error, SMM_LIBRARY_ERROR_NOT_FOUND,
                                _ ("The brand has no account “%s”"), account_id);
      if (account->state == SMM_ACCOUNT_DISCONNECTED)
        return smm_change_fail (error, SMM_LIBRARY_ERROR_INVALID,
                                _ ("“%s” is disconnected. Connect it again first."), account->name);
      for (guint i = 0; i < targets->len; i++)
        if (strcmp (((SmmTarget *)targets->pdata[i])->account_id, account_id) == 0)
          return smm_change_fail (error, SMM_LIBRARY_ERROR_INVALID, _ ("“%s” is named twice"),
                                  account->name);
      for (guint i = 0; i < post->targets->len; i++)
        {
          SmmTarget *known = post->targets->pdata[i];

          if (strcmp (known->account_id, account_id) == 0)
            target = g_object_ref (known);
        }
      if (target == NULL)
        {
          if (!smm_id_is_valid (id))
            return smm_change_fail (error, SMM_LIBRARY_ERROR_INVALID, _ ("“%s” is not an id"), id);
          target = smm_target_new ();
          target->id = g_strdup (id);
          target->post_id = g_strdup (post->id);
          target->account_id = g_strdup (account_id);
          target->platform = account->platform;
        }
      g_ptr_array_add (targets, target);
    }
  g_ptr_array_unref (post->targets);
  post->targets = g_steal_pointer (&targets);
  return TRUE;
}

void
smm_target_clear_reason (SmmTarget *target)
{
  g_clear_pointer (&target->reason_code, g_free);
  g_clear_pointer (&target->reason, g_free);
  g_clear_pointer (&target->fix, g_free);
}

/* When the engine has to look at a scheduled target: at its time, or now when the platform is to
 * get it ahead. */
static gint64
get_next_at (SmmChange *change, SmmPost *post, gint64 due_at)
{
  const char *hand_over = g_hash_table_lookup (post->options, SMM_OPTION_HAND_OVER);

  return g_strcmp0 (hand_over, "true") == 0 ? MIN (change->now, due_at) : due_at;
}

/* The platform has it: what is wanted is noted, the engine tells the platform and then it is so. A
 * new time alone is not enough when the platform has yet to be told of something else. */
void
smm_change_recall (SmmChange *change, SmmTarget *target, const char *code, gint64 due_at)
{
  if (strcmp (code, "moving") == 0 && target->reason_code != NULL
      && g_str_has_prefix (target->reason_code, "recall"))
    code = "recall-edit";
  smm_target_clear_reason (target);
  target->reason_code = g_strdup (code);
  target->reason = g_strdup_printf (_ ("%s has this post and is being told"),
                                    smm_platform_id_get_label (target->platform));
  target->due_at = due_at;
  target->next_at = change->now;
}

void
smm_change_put_into_state (SmmChange *change, SmmPost *post, SmmTarget *target,
                           SmmTargetState state, gint64 due_at)
{
  if (smm_target_is_handed_over (target))
    {
      if (state == SMM_TARGET_CANCELLED)
        smm_change_recall (change, target, "recall-cancel", target->due_at);
      else if (state == SMM_TARGET_DRAFT)
        smm_change_recall (change, target, "recall-draft", target->due_at);
      else
        smm_change_recall (change, target, "recall-edit", due_at);
      return;
    }
  smm_target_clear_reason (target);
  target->state = state;
  target->due_at = due_at;
  target->next_at = state == SMM_TARGET_SCHEDULED ? get_next_at (change, post, due_at) : 0;
}

void
smm_post_set_time (SmmPost *post, gint64 due_at, const char *wall, const char *zone)
{
  post->due_at = due_at;
  g_free (post->wall_time);
  post->wall_time = g_strdup (wall);
  g_free (post->zone);
  post->zone = g_strdup (zone);
}

/* Reads wall and zone. %TRUE with *due 0 when the command names no time. */
gboolean
smm_change_read_time (SmmChange *change, gint64 *due, GError **error)
{
  const char *wall = smm_command_get_string (change->command, "wall");
  const char *zone = smm_command_get_string (change->command, "zone");

  *due = 0;
  if (wall == NULL && zone == NULL)
    return TRUE;
  if (wall == NULL || zone == NULL)
    return smm_change_fail (error, SMM_LIBRARY_ERROR_INVALID,
                            _ ("A time needs its time zone, and a zone its time"));
  return smm_wall_time_resolve (wall, zone, due, NULL, error);
}

gboolean
smm_change_check_not_past (SmmChange *change, gint64 due, GError **error)
{
  if (due >= change->now - NOW_TOLERANCE)
    return TRUE;
  return smm_change_fail (error, SMM_LIBRARY_ERROR_PAST,
                          _ ("This time is in the past. Choose a later one, or publish now."));
}

/* What was prepared and counted for an earlier try belongs to what the post was then. What the
 * platform has must stay known. */
static gboolean
forget_preparations (SmmChange *change, SmmTarget *target, GError **error)
{
  g_autoptr (GHashTable) none = NULL;

  if (target->attempt == 0 || smm_target_is_pinned (target->state)
      || smm_target_is_handed_over (target))
    return TRUE;
  none = g_hash_table_new (g_str_hash, g_str_equal);
  return smm_store_put_facts (change->store, target->id, none, error);
}

gboolean
smm_change_save_post (SmmChange *change, SmmPost *post, GError **error)
{
  post->updated_at = change->now;
  if (!smm_store_put_post_with_targets (change->store, post, error))
    return FALSE;
  for (guint i = 0; i < post->targets->len; i++)
    if (!smm_store_put_variant (change->store, post->targets->pdata[i], error)
        || !forget_preparations (change, post->targets->pdata[i], error))
      return FALSE;
  smm_change_add (change, post->id);
  return TRUE;
}

/* What the platform has must not be forgotten here: it would go out all the same. */
gboolean
smm_target_check_not_there (SmmTarget *target, GError **error)
{
  if (!smm_target_is_handed_over (target))
    return TRUE;
  return smm_change_fail (error, SMM_LIBRARY_ERROR_PINNED,
                          _ ("%s has this post already and would publish it. Cancel it first."),
                          smm_platform_id_get_label (target->platform));
}

static gboolean
drop_missing_targets (SmmChange *change, SmmPost *before, SmmPost *after, GError **error)
{
  for (guint i = 0; i < before->targets->len; i++)
    {
      SmmTarget *target = before->targets->pdata[i];

      if (smm_post_find_target (after, target->id) != NULL)
        continue;
      if (!smm_target_check_not_there (target, error)
          || !smm_store_delete_target (change->store, target->id, error))
        return FALSE;
    }
  return TRUE;
}

void
smm_change_can_go_back_to (SmmChange *change, SmmPost *before)
{
  smm_change_set_inverse (change, "post.put", smm_post_snapshot (before));
}

/* --- The commands --- */

static gboolean
post_add (SmmChange *change, GError **error)
{
  const char *id = smm_command_get_string (change->command, "id");
  const char *brand_id = smm_command_get_string (change->command, "brand");
  gboolean draft = smm_command_get_boolean (change->command, "draft", FALSE);
  gboolean queue = smm_command_get_boolean (change->command, "queue", FALSE);
  const char *wall = smm_command_get_string (change->command, "wall");
  const char *zone = smm_command_get_string (change->command, "zone");
  g_autoptr (SmmPost) known = smm_store_get_post (change->store, id);
  g_autoptr (SmmBrand) brand = smm_change_get_brand (change, brand_id);
  g_autoptr (SmmPost) post = NULL;
  g_autoptr (SmmSlotTime) slot = NULL;
  gint64 due;

  if (known != NULL)
    return TRUE;
  if (brand == NULL)
    return smm_change_fail (error, SMM_LIBRARY_ERROR_NOT_FOUND, _ ("There is no brand “%s”"),
                            brand_id);
  post = smm_post_new ();
  post->id = g_strdup (id);
  post->brand_id = g_strdup (brand_id);
  post->created_at = change->now;
  if (!set_texts (change, post, error) || !set_options (change, post, error)
      || !set_media (change, post, error) || !set_targets (change, post, error)
      || !smm_change_set_variants (change, post, error)
      || !smm_change_set_tags (change, post, FALSE, error)
      || !smm_change_read_time (change, &due, error))
    return FALSE;
  if (queue && due == 0)
    {
      slot = smm_change_find_slot (change, post, error);
      if (slot == NULL)
        return FALSE;
      due = slot->at;
      wall = slot->wall;
      zone = brand->timezone;
    }
  if (due == 0)
    draft = TRUE;
  if (!draft && !smm_change_check_not_past (change, due, error))
    return FALSE;
  if (!draft && post->targets->len == 0)
    return smm_change_fail (error, SMM_LIBRARY_ERROR_INVALID, _ ("Choose an account to post to"));
  smm_post_set_time (post, due, wall, zone);
  for (guint i = 0; i < post->targets->len; i++)
    smm_change_put_into_state (change, post, post->targets->pdata[i],
                               draft ? SMM_TARGET_DRAFT : SMM_TARGET_SCHEDULED, due);
  change->label = draft ? _ ("Draft saved") : _ ("Post scheduled");
  if (change->shared == NULL)
    smm_change_set_inverse (change, "post.delete", g_variant_new_parsed ("{'id': <%s>}", id));
  return smm_change_save_post (change, post, error);
}

static gboolean
post_edit (SmmChange *change, GError **error)
{
  g_autoptr (SmmPost) before = smm_change_get_post (change, error);
  g_autoptr (SmmPost) post = NULL;
  gint64 due;

  if (before == NULL || !smm_change_check_not_pinned (change, before, error))
    return FALSE;
  post = smm_store_get_post (change->store, before->id);
  if (!set_texts (change, post, error) || !set_options (change, post, error)
      || !set_media (change, post, error) || !set_targets (change, post, error)
      || !smm_change_set_variants (change, post, error)
      || !smm_change_set_tags (change, post, FALSE, error)
      || !smm_change_read_time (change, &due, error))
    return FALSE;
  if (due != 0)
    smm_post_set_time (post, due, smm_command_get_string (change->command, "wall"),
                       smm_command_get_string (change->command, "zone"));
  for (guint i = 0; i < post->targets->len; i++)
    {
      SmmTarget *target = post->targets->pdata[i];
      gboolean fresh = smm_post_find_target (before, target->id) == NULL;
      gboolean scheduled = smm_post_get_worst_state (before) == SMM_TARGET_SCHEDULED;

      if (fresh)
        smm_change_put_into_state (change, post, target,
                                   scheduled ? SMM_TARGET_SCHEDULED : SMM_TARGET_DRAFT,
                                   post->due_at);
      else if (due != 0 || target->state == SMM_TARGET_SCHEDULED)
        smm_change_put_into_state (change, post, target,
                                   due != 0 ? target->state : get_wanted_state (target),
                                   post->due_at);
      if (target->state == SMM_TARGET_SCHEDULED && due != 0
          && !smm_change_check_not_past (change, due, error))
        return FALSE;
    }
  change->label = _ ("Post changed");
  smm_change_can_go_back_to (change, before);
  return drop_missing_targets (change, before, post, error)
         && smm_change_save_post (change, post, error);
}

/* Why a target is held or failed belongs to its state; of one that is scheduled the engine says. */
static void
put_reason_back (SmmTarget *target, GVariant *args)
{
  g_autoptr (GVariant) reasons
      = g_variant_lookup_value (args, "reasons", G_VARIANT_TYPE ("a(ssss)"));
  GVariantIter iter;
  const char *id, *code, *reason, *fix;

  if (reasons == NULL || target->state == SMM_TARGET_SCHEDULED)
    return;
  g_variant_iter_init (&iter, reasons);
  while (g_variant_iter_next (&iter, "(&s&s&s&s)", &id, &code, &reason, &fix))
    if (strcmp (id, target->id) == 0)
      {
        smm_target_clear_reason (target);
        target->reason_code = g_strdup (code);
        target->reason = empty_to_null (reason);
        target->fix = empty_to_null (fix);
      }
}

/* Internal: the post as a snapshot says, unless something of it went out meanwhile. */
static gboolean
post_put (SmmChange *change, GError **error)
{
  GVariant *args = smm_command_get_args (change->command);
  const char *id = smm_command_get_string (change->command, "id");
  g_autoptr (SmmPost) before = smm_store_get_post (change->store, id);
  g_autoptr (SmmPost) post = smm_post_new ();
  g_autoptr (GVariant) states = g_variant_lookup_value (args, "states", G_VARIANT_TYPE ("a(ssix)"));
  GVariantIter iter;
  const char *target_id, *account_id, *wall, *zone;
  gint32 state;
  gint64 due = 0;

  post->id = g_strdup (id);
  post->brand_id = g_strdup (smm_command_get_string (change->command, "brand"));
  g_variant_lookup (args, "due-at", "x", &post->due_at);
  g_variant_lookup (args, "created-at", "x", &post->created_at);
  wall = smm_command_get_string (change->command, "wall");
  zone = smm_command_get_string (change->command, "zone");
  smm_post_set_time (post, post->due_at, wall && *wall ? wall : NULL, zone && *zone ? zone : NULL);
  if (!set_texts (change, post, error) || !set_options (change, post, error)
      || !set_media (change, post, error) || !smm_change_set_tags (change, post, TRUE, error))
    return FALSE;
  g_variant_iter_init (&iter, states);
  while (g_variant_iter_next (&iter, "(&s&six)", &target_id, &account_id, &state, &due))
    {
      g_autoptr (SmmTarget) known = smm_store_get_target (change->store, target_id);
      g_autoptr (SmmAccount) account = smm_store_get_account (change->store, account_id);
      SmmTarget *target;

      if (account == NULL)
        return smm_change_fail (error, SMM_LIBRARY_ERROR_NOT_FOUND, _ ("The account is gone"));
      if (known != NULL && smm_target_is_pinned (known->state) && known->state != state)
        return smm_change_fail (error, SMM_LIBRARY_ERROR_PINNED,
                                _ ("This post went out meanwhile and can’t change back"));
      if (state == SMM_TARGET_SCHEDULED && !smm_change_check_not_past (change, due, error))
        return FALSE;
      target = known != NULL ? g_object_ref (known) : smm_target_new ();
      if (known == NULL)
        {
          target->id = g_strdup (target_id);
          target->post_id = g_strdup (id);
          target->account_id = g_strdup (account_id);
          target->platform = account->platform;
        }
      /* What was under way then has ended since: how it ended is the truth. */
      if (known == NULL || !(smm_target_is_pinned (known->state) || smm_target_is_pinned (state)))
        {
          smm_change_put_into_state (change, post, target,
                                     smm_target_is_pinned (state) ? SMM_TARGET_DRAFT : state, due);
          put_reason_back (target, args);
        }
      g_ptr_array_add (post->targets, target);
    }
  if (!smm_change_set_variants (change, post, error))
    return FALSE;
  change->label = _ ("Post put back");
  if (before != NULL)
    smm_change_can_go_back_to (change, before);
  else
    smm_change_set_inverse (change, "post.delete", g_variant_new_parsed ("{'id': <%s>}", id));
  return (before == NULL || drop_missing_targets (change, before, post, error))
         && smm_change_save_post (change, post, error);
}

#define POST_ARGS                                                                                  \
  "kind:s link:s first-comment:s options:a{ss} media:a(ss) wall:s zone:s draft:b "                 \
  "variants:a(sa{sv}) tags:as"

const SmmCommandSpec smm_post_commands[] = {
  { "post.add", "id:s! brand:s! text:s! targets:a(ss)! queue:b " POST_ARGS, post_add },
  { "post.edit", "id:s! text:s targets:a(ss) stretch:s " POST_ARGS, post_edit },
  { "post.put",
    "id:s! brand:s! text:s! states:a(ssix)! reasons:a(ssss) due-at:x! created-at:x! " POST_ARGS,
    post_put },
  { NULL, NULL, NULL },
};

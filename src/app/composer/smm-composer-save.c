/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>

#include "smm-app-time.h"
#include "smm-composer-private.h"
#include "smm-media-strip.h"
#include "smm-time-row.h"

/* After the last key; and who types on and on is kept up with: never more than a second is lost. */
#define SAVE_DELAY_MS 300
#define SAVE_AT_LATEST_MS 700

static void go_on (SmmComposer *self);

/* One command on its way; remembers which post it was about. */
typedef struct
{
  SmmComposer *self;
  guint generation;
  SmmAfterSave after;
} Change;

static Change *
change_new (SmmComposer *self, SmmAfterSave after)
{
  Change *change = g_new0 (Change, 1);

  change->self = g_object_ref (self);
  change->generation = self->generation;
  change->after = after;
  return change;
}

static void
change_free (Change *change)
{
  g_object_unref (change->self);
  g_free (change);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Change, change_free)

static SmmCommand *
build_command (SmmComposer *self)
{
  g_autoptr (SmmPost) post = smm_composer_build_post (self);
  g_auto (GVariantBuilder) media = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a(ss)"));
  g_auto (GVariantBuilder) targets = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a(ss)"));
  g_auto (GVariantBuilder) tags = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("as"));
  g_auto (GVariantBuilder) options = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a{ss}"));
  GHashTableIter iter;
  gpointer key, value;
  GVariantDict args;

  for (guint i = 0; i < post->media->len; i++)
    {
      SmmMedia *medium = post->media->pdata[i];

      g_variant_builder_add (&media, "(ss)", medium->sha256, medium->alt ? medium->alt : "");
    }
  for (guint i = 0; i < post->targets->len; i++)
    {
      SmmTarget *target = post->targets->pdata[i];

      g_variant_builder_add (&targets, "(ss)", target->id, target->account_id);
    }
  for (guint i = 0; i < post->tags->len; i++)
    g_variant_builder_add (&tags, "s", ((SmmTag *)post->tags->pdata[i])->id);
  g_hash_table_iter_init (&iter, post->options);
  while (g_hash_table_iter_next (&iter, &key, &value))
    g_variant_builder_add (&options, "{ss}", key, value);
  g_variant_dict_init (&args, NULL);
  g_variant_dict_insert (&args, "id", "s", self->post_id);
  g_variant_dict_insert (&args, "kind", "s", smm_post_kind_to_string (post->kind));
  g_variant_dict_insert (&args, "first-comment", "s",
                         post->first_comment != NULL ? post->first_comment : "");
  g_variant_dict_insert_value (&args, "options", g_variant_builder_end (&options));
  g_variant_dict_insert (&args, "text", "s", post->text);
  g_variant_dict_insert (&args, "link", "s", post->link != NULL ? post->link : "");
  g_variant_dict_insert_value (&args, "media", g_variant_builder_end (&media));
  g_variant_dict_insert_value (&args, "tags", g_variant_builder_end (&tags));
  g_variant_dict_insert_value (&args, "targets", g_variant_builder_end (&targets));
  g_variant_dict_insert_value (&args, "variants", smm_variants_to_variant (post));
  /* A time in the past stays on screen until it is corrected or the post is published at once. */
  if (post->wall_time != NULL && post->due_at > g_get_real_time ())
    {
      g_variant_dict_insert (&args, "wall", "s", post->wall_time);
      g_variant_dict_insert (&args, "zone", "s", post->zone);
    }
  if (!self->stored)
    {
      g_variant_dict_insert (&args, "brand", "s", self->brand->id);
      g_variant_dict_insert (&args, "draft", "b", TRUE);
    }
  else
    g_variant_dict_insert (&args, "stretch", "s", self->stretch);
  return smm_command_new (self->stored ? "post.edit" : "post.add", g_variant_dict_end (&args));
}

static void
on_saved (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Change) change = user_data;
  g_autoptr (GError) error = NULL;
  G_GNUC_UNUSED g_autoptr (GVariant) reply
      = smm_library_apply_finish (SMM_LIBRARY (source), result, &error);
  SmmComposer *self = change->self;

  if (change->generation != self->generation)
    {
      if (error != NULL)
        smm_composer_toast (self, error->message, FALSE);
      return;
    }
  self->saving = FALSE;
  if (error != NULL)
    {
      g_autofree char *text = g_strdup_printf (_ ("Not saved. %s"), error->message);

      self->dirty = TRUE;
      self->after = SMM_AFTER_NOTHING;
      smm_composer_show_error (self, text);
      smm_composer_update_header (self);
      return;
    }
  self->stored = TRUE;
  smm_composer_show_error (self, NULL);
  go_on (self);
}

static void
on_finished (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Change) change = user_data;
  g_autoptr (GError) error = NULL;
  G_GNUC_UNUSED g_autoptr (GVariant) reply
      = smm_library_apply_finish (SMM_LIBRARY (source), result, &error);
  SmmComposer *self = change->self;
  g_autofree char *when = NULL;
  g_autofree char *text = NULL;

  if (change->generation != self->generation)
    return;
  self->saving = FALSE;
  if (error != NULL)
    {
      smm_composer_show_error (self, error->message);
      smm_composer_update_header (self);
      return;
    }
  switch (change->after)
    {
    case SMM_AFTER_SCHEDULE:
      when
          = smm_time_format_relative (smm_time_row_get_due (SMM_TIME_ROW (self->time)), self->zone);
      text = g_strdup_printf (_ ("Scheduled for %s"), when);
      break;
    case SMM_AFTER_PUBLISH:
      text = g_strdup (_ ("Publishing now"));
      break;
    case SMM_AFTER_DRAFT:
      text = g_strdup (_ ("Back to the drafts"));
      break;
    default:
      text = g_strdup (_ ("Post deleted"));
      break;
    }
  smm_composer_toast (self, text, change->after != SMM_AFTER_PUBLISH);
  smm_composer_leave (self);
}

static void
finish_with (SmmComposer *self, const char *name, gboolean with_time)
{
  g_autoptr (SmmCommand) command = NULL;
  GVariantDict args;

  g_variant_dict_init (&args, NULL);
  g_variant_dict_insert (&args, "id", "s", self->post_id);
  if (with_time)
    {
      g_variant_dict_insert (&args, "wall", "s", smm_time_row_get_wall (SMM_TIME_ROW (self->time)));
      g_variant_dict_insert (&args, "zone", "s", smm_time_row_get_zone (SMM_TIME_ROW (self->time)));
    }
  command = smm_command_new (name, g_variant_dict_end (&args));
  self->saving = TRUE;
  smm_library_apply_async (self->library, command, NULL, on_finished,
                           change_new (self, self->after));
  smm_composer_update_header (self);
}

/* Everything typed so far is in the library, or nothing had to be: what was asked for comes now. */
static void
go_on (SmmComposer *self)
{
  if (self->dirty)
    {
      smm_composer_save (self, self->after);
      return;
    }
  switch (self->after)
    {
    case SMM_AFTER_CLOSE:
      smm_composer_leave (self);
      return;
    case SMM_AFTER_SCHEDULE:
      finish_with (self, "post.reschedule", TRUE);
      break;
    case SMM_AFTER_PUBLISH:
      finish_with (self, "post.publish-now", FALSE);
      break;
    case SMM_AFTER_DRAFT:
      if (self->state == SMM_TARGET_DRAFT || !self->stored)
        {
          smm_composer_toast (self, _ ("Draft saved"), FALSE);
          smm_composer_leave (self);
          return;
        }
      finish_with (self, "post.unschedule", FALSE);
      break;
    case SMM_AFTER_NOTHING:
      break;
    }
  self->after = SMM_AFTER_NOTHING;
  smm_composer_update_header (self);
}

/* Saves what is on screen if it changed, then does @after. */
void
smm_composer_save (SmmComposer *self, SmmAfterSave after)
{
  g_autoptr (SmmCommand) command = NULL;

  g_clear_handle_id (&self->save_source, g_source_remove);
  if (after != SMM_AFTER_NOTHING)
    self->after = after;
  if (self->saving)
    return;
  if (!self->dirty || self->read_only || (!self->stored && smm_composer_is_empty (self)))
    {
      self->dirty = FALSE;
      go_on (self);
      return;
    }
  command = build_command (self);
  self->dirty = FALSE;
  self->saving = TRUE;
  smm_composer_update_header (self);
  smm_library_apply_async (self->library, command, NULL, on_saved,
                           change_new (self, SMM_AFTER_NOTHING));
}

void
smm_composer_send (SmmComposer *self)
{
  g_autoptr (SmmCommand) command = NULL;

  if (self->read_only || (!self->stored && smm_composer_is_empty (self)))
    return;
  command = build_command (self);
  smm_library_apply_async (self->library, command, NULL, NULL, NULL);
}

static gboolean
on_save_time (gpointer data)
{
  SmmComposer *self = data;

  self->save_source = 0;
  smm_composer_save (self, SMM_AFTER_NOTHING);
  return G_SOURCE_REMOVE;
}

/* Something changed: save it soon. */
void
smm_composer_touch (SmmComposer *self)
{
  gint64 now = g_get_monotonic_time ();
  gint64 wait;

  if (self->loading || self->read_only)
    return;
  if (!self->dirty)
    self->dirty_since = now;
  self->dirty = TRUE;
  wait = CLAMP (SAVE_AT_LATEST_MS - (now - self->dirty_since) / 1000, 0, SAVE_DELAY_MS);
  g_clear_handle_id (&self->save_source, g_source_remove);
  self->save_source = g_timeout_add ((guint)wait, on_save_time, self);
}

/* Deletes the post; undo brings it back. */
void
smm_composer_delete (SmmComposer *self)
{
  g_clear_handle_id (&self->save_source, g_source_remove);
  self->dirty = FALSE;
  self->after = SMM_AFTER_NOTHING;
  if (!self->stored)
    {
      smm_composer_leave (self);
      return;
    }
  finish_with (self, "post.delete", FALSE);
}

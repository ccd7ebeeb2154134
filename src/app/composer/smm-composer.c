/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-composer-private.h"

#include <glib/gi18n.h>

#include "smm-account-chips.h"
#include "smm-app-time.h"
#include "smm-media-strip.h"
#include "smm-platform-marks.h"
#include "smm-preview.h"
#include "smm-problem-list.h"
#include "smm-spell-button.h"
#include "smm-state-icon.h"
#include "smm-tiktok-panel.h"
#include "smm-time-row.h"
#include "smm-wrap.h"

enum
{
  CLOSED,
  TOAST,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SmmComposer, smm_composer, ADW_TYPE_BIN)

const SmmPlatformId smm_composer_previewed[SMM_COMPOSER_N_PREVIEWS]
    = { SMM_PLATFORM_FACEBOOK, SMM_PLATFORM_INSTAGRAM, SMM_PLATFORM_TIKTOK };

/* --- Reading the widgets --- */

SmmTarget *
smm_composer_find_target (SmmPost *post, const char *account_id)
{
  for (guint i = 0; i < post->targets->len; i++)
    {
      SmmTarget *target = post->targets->pdata[i];

      if (g_strcmp0 (target->account_id, account_id) == 0)
        return target;
    }
  return NULL;
}

/* The post as it is on screen. */
SmmPost *
smm_composer_build_post (SmmComposer *self)
{
  SmmPost *post = smm_post_new ();
  g_autoptr (GPtrArray) chosen
      = smm_account_chips_get_chosen (SMM_ACCOUNT_CHIPS (self->account_box));
  const char *wall = smm_time_row_get_wall (SMM_TIME_ROW (self->time));

  post->id = g_strdup (self->post_id);
  post->brand_id = g_strdup (self->brand->id);
  if (wall != NULL)
    {
      post->wall_time = g_strdup (wall);
      post->zone = g_strdup (smm_time_row_get_zone (SMM_TIME_ROW (self->time)));
      post->due_at = smm_time_row_get_due (SMM_TIME_ROW (self->time));
    }
  for (guint i = 0; i < chosen->len; i++)
    {
      SmmAccount *account = chosen->pdata[i];
      SmmTarget *target = smm_target_new ();
      const char *id = g_hash_table_lookup (self->targets, account->id);

      if (id == NULL)
        {
          char *fresh = smm_id_new ();

          g_hash_table_insert (self->targets, g_strdup (account->id), fresh);
          id = fresh;
        }
      target->id = g_strdup (id);
      target->post_id = g_strdup (self->post_id);
      target->account_id = g_strdup (account->id);
      target->platform = account->platform;
      g_ptr_array_add (post->targets, target);
    }
  smm_composer_read_variants (self, post);
  smm_composer_read_options (self, post);
  smm_composer_read_tags (self, post);
  return post;
}

/* Options alone are not yet worth keeping. */
static gboolean
has_content (SmmVariant *own)
{
  return own->text != NULL || own->link != NULL || own->first_comment != NULL || own->media != NULL;
}

/* Whether nothing worth keeping is on screen. */
gboolean
smm_composer_is_empty (SmmComposer *self)
{
  SmmVariant *common = self->common;
  g_autofree char *text = g_strstrip (g_strdup (common->text));
  GHashTableIter iter;
  gpointer own;

  g_hash_table_iter_init (&iter, self->variants);
  while (g_hash_table_iter_next (&iter, NULL, &own))
    if (has_content (own))
      return FALSE;
  return *text == '\0' && *common->link == '\0' && *common->first_comment == '\0'
         && common->media->len == 0;
}

/* --- Showing --- */

void
smm_composer_show_error (SmmComposer *self, const char *text)
{
  gtk_label_set_label (GTK_LABEL (self->status_label), text != NULL ? text : "");
  gtk_revealer_set_reveal_child (GTK_REVEALER (self->status), text != NULL);
}

void
smm_composer_toast (SmmComposer *self, const char *text, gboolean undoable)
{
  g_signal_emit (self, signals[TOAST], 0, text, undoable);
}

void
smm_composer_leave (SmmComposer *self)
{
  self->generation++;
  self->saving = FALSE;
  self->after = SMM_AFTER_NOTHING;
  smm_composer_load_variants (self, NULL);
  g_signal_emit (self, signals[CLOSED], 0);
}

void
smm_composer_update_header (SmmComposer *self)
{
  gint64 due = smm_time_row_get_due (SMM_TIME_ROW (self->time));
  g_autofree char *label = NULL;
  const char *state;

  gtk_label_set_label (GTK_LABEL (self->title), self->stored ? _ ("Post") : _ ("New Post"));
  if (self->read_only)
    state = smm_target_state_get_label (self->state);
  else if (self->saving)
    state = _ ("Saving…");
  else if (gtk_revealer_get_reveal_child (GTK_REVEALER (self->status)) && self->dirty)
    state = _ ("Not saved");
  else if (self->dirty)
    state = _ ("Changed");
  else
    state = self->stored ? _ ("Saved") : "";
  gtk_label_set_label (GTK_LABEL (self->subtitle), state);
  gtk_widget_set_visible (self->subtitle, *state != '\0');
  if (due == 0)
    label = g_strdup (_ ("Schedule…"));
  else
    {
      g_autofree char *when = smm_time_format_relative (due, self->zone);

      label = self->state == SMM_TARGET_SCHEDULED ? g_strdup_printf (_ ("Done, %s"), when)
                                                  : g_strdup_printf (_ ("Schedule, %s"), when);
    }
  if (self->tiktok_stopped)
    {
      g_free (label);
      label = g_strdup (_ ("TikTok Takes No Posts Now"));
    }
  gtk_button_set_label (GTK_BUTTON (self->schedule), label);
  gtk_widget_set_tooltip_text (self->schedule,
                               self->tiktok_obstacle != NULL ? self->tiktok_obstacle : label);
  gtk_widget_set_visible (self->schedule, !self->read_only);
  gtk_widget_set_visible (self->menu, !self->read_only);
  gtk_widget_set_visible (self->duplicate, self->read_only);
}

static void
update_counters (SmmComposer *self, SmmPost *post)
{
  guint seen = 0;

  smm_wrap_clear (SMM_WRAP (self->counters));
  for (guint i = 0; i < post->targets->len; i++)
    {
      SmmTarget *target = post->targets->pdata[i];
      SmmPlatformId platform = target->platform;
      g_autoptr (SmmPost) sent = smm_post_for_target (post, target);
      GtkWidget *box, *mark, *label;
      g_autofree char *text = NULL;
      g_autofree char *name = NULL;
      glong count, limit;

      if (seen & (1u << platform))
        continue;
      seen |= 1u << platform;
      count = smm_problem_count_text (platform, sent->text, &limit);
      /* The count stands before the limit, whatever is read from right to left. */
      text = g_strdup_printf ("\u2066%'ld / %'ld\u2069", count, limit);
      name = g_strdup_printf (_ ("%s: %ld of %ld characters"), smm_platform_id_get_label (platform),
                              count, limit);
      box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
      mark = smm_platform_marks_new ();
      label = gtk_label_new (text);
      smm_platform_marks_set (SMM_PLATFORM_MARKS (mark), 1u << platform);
      gtk_widget_add_css_class (label, "caption");
      gtk_widget_add_css_class (label, count > limit ? "state-failed" : "dim-label");
      smm_widget_set_label (label, name);
      gtk_box_append (GTK_BOX (box), mark);
      gtk_box_append (GTK_BOX (box), label);
      smm_wrap_append (SMM_WRAP (self->counters), box);
    }
}

void
smm_composer_update (SmmComposer *self)
{
  g_autoptr (SmmPost) post = NULL;
  g_autoptr (GPtrArray) chosen = NULL;

  if (self->brand == NULL || self->loading)
    return;
  chosen = smm_account_chips_get_chosen (SMM_ACCOUNT_CHIPS (self->account_box));
  smm_composer_check_shown (self, chosen);
  post = smm_composer_build_post (self);
  smm_composer_update_variants (self, post, chosen);
  update_counters (self, post);
  smm_composer_update_options (self, post);
  smm_composer_update_tiktok (self, post, chosen);
  if (self->read_only || smm_composer_is_empty (self))
    {
      /* A blank page has no faults yet. */
      gtk_widget_set_visible (self->problems, FALSE);
      self->fatal = FALSE;
    }
  else
    self->fatal = smm_problem_list_update (SMM_PROBLEM_LIST (self->problems), post, chosen,
                                           self->obstacles);
  for (guint i = 0; i < SMM_COMPOSER_N_PREVIEWS; i++)
    {
      SmmAccount *account = NULL;

      for (guint k = 0; k < chosen->len && account == NULL; k++)
        if (((SmmAccount *)chosen->pdata[k])->platform == smm_composer_previewed[i])
          account = chosen->pdata[k];
      /* Of several accounts on a platform, the one that is written for. */
      for (guint k = 0; k < chosen->len && self->shown != NULL; k++)
        if (((SmmAccount *)chosen->pdata[k])->platform == smm_composer_previewed[i]
            && g_str_equal (((SmmAccount *)chosen->pdata[k])->id, self->shown))
          account = chosen->pdata[k];
      gtk_widget_set_visible (self->preview[i], account != NULL);
      if (account != NULL)
        {
          g_autoptr (SmmPost) sent
              = smm_post_for_target (post, smm_composer_find_target (post, account->id));

          smm_preview_set (SMM_PREVIEW (self->preview[i]), sent, account, self->zone,
                           smm_problem_find_worst (sent, account));
        }
    }
  smm_composer_arrange_previews (self);
  smm_composer_update_header (self);
}

void
smm_composer_changed (SmmComposer *self)
{
  if (self->loading || self->brand == NULL)
    return;
  smm_composer_take (self);
  smm_composer_touch (self);
  smm_composer_update (self);
}

static void
on_changed (SmmComposer *self)
{
  smm_composer_changed (self);
}

GtkTextBuffer *
smm_composer_create_buffer (SmmComposer *self)
{
  GtkTextBuffer *buffer = gtk_text_buffer_new (NULL);

  g_signal_connect_object (buffer, "changed", G_CALLBACK (on_changed), self, G_CONNECT_SWAPPED);
  return buffer;
}

static void
on_link_changed (SmmComposer *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->link));

  if (*text != '\0' && !g_str_has_prefix (text, "http://") && !g_str_has_prefix (text, "https://"))
    gtk_widget_add_css_class (self->link, "error");
  else
    gtk_widget_remove_css_class (self->link, "error");
  on_changed (self);
}

/* --- What people ask for --- */

/* Whether the post may go out; if not the reason is said. */
gboolean
smm_composer_check_ready (SmmComposer *self)
{
  g_autoptr (GPtrArray) chosen
      = smm_account_chips_get_chosen (SMM_ACCOUNT_CHIPS (self->account_box));
  const char *text = NULL;

  if (smm_media_strip_is_busy (SMM_MEDIA_STRIP (self->media)))
    text = _ ("A file is still being added. Try again in a moment.");
  else if (chosen->len == 0)
    text = _ ("Choose an account to post to");
  else if (smm_composer_is_empty (self))
    text = _ ("Write something, or add a picture or a video first");
  else if (self->tiktok_obstacle != NULL)
    text = self->tiktok_obstacle;
  else if (self->fatal)
    text = _ ("This can’t go out yet. Look at what is marked below; your text is kept.");
  smm_composer_show_error (self, text);
  return text == NULL;
}

static void
schedule (SmmComposer *self)
{
  SmmTimeRow *row = SMM_TIME_ROW (self->time);

  if (self->read_only || self->brand == NULL || !smm_composer_check_ready (self))
    return;
  if (smm_time_row_get_wall (row) == NULL)
    {
      smm_composer_show_error (self, _ ("Choose a day and a time first"));
      smm_time_row_ask (row);
      return;
    }
  if (smm_time_row_is_past (row))
    {
      smm_composer_show_error (self, _ ("This time is in the past. Choose a later one, or publish "
                                        "now."));
      smm_time_row_ask (row);
      return;
    }
  smm_composer_save (self,
                     self->state == SMM_TARGET_SCHEDULED ? SMM_AFTER_CLOSE : SMM_AFTER_SCHEDULE);
}

static void
close_composer (SmmComposer *self)
{
  if (self->brand == NULL || self->read_only)
    smm_composer_leave (self);
  else
    smm_composer_save (self, SMM_AFTER_CLOSE);
}

static void
schedule_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  schedule (SMM_COMPOSER (widget));
}

static void
close_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  close_composer (SMM_COMPOSER (widget));
}

static void
publish_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  SmmComposer *self = SMM_COMPOSER (widget);

  if (!self->read_only && self->brand != NULL && smm_composer_check_ready (self))
    smm_composer_save (self, SMM_AFTER_PUBLISH);
}

static void
draft_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  if (SMM_COMPOSER (widget)->brand != NULL)
    smm_composer_save (SMM_COMPOSER (widget), SMM_AFTER_DRAFT);
}

static void
delete_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  smm_composer_delete (SMM_COMPOSER (widget));
}

static gboolean
is_option (SmmComposer *self, GtkWidget *widget)
{
  return gtk_widget_is_ancestor (widget, self->tiktok)
         || gtk_widget_is_ancestor (widget, self->more) || widget == self->more
         || gtk_widget_is_ancestor (widget, self->hand_over_row) || widget == self->hand_over_row;
}

static gboolean
is_text (GtkWidget *widget)
{
  return GTK_IS_TEXT (widget) || GTK_IS_TEXT_VIEW (widget);
}

/* In the media and among the options: of what was done to them. Elsewhere: of what was written,
 * where the cursor is. */
static void
step_back (SmmComposer *self, gboolean undo)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))));

  if (focus != NULL && gtk_widget_is_ancestor (focus, self->media) && !is_text (focus))
    {
      if (undo)
        smm_media_strip_undo (SMM_MEDIA_STRIP (self->media));
      return;
    }
  if (focus != NULL && !is_text (focus) && is_option (self, focus))
    {
      smm_composer_step (self, undo);
      return;
    }
  if (focus == NULL || !is_text (focus))
    focus = self->text;
  gtk_widget_activate_action (focus, undo ? "text.undo" : "text.redo", NULL);
}

static void
undo_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  step_back (SMM_COMPOSER (widget), TRUE);
}

static void
redo_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  step_back (SMM_COMPOSER (widget), FALSE);
}

static void
duplicate_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  SmmComposer *self = SMM_COMPOSER (widget);
  g_autoptr (SmmPost) post = NULL;

  if (self->brand == NULL)
    return;
  post = smm_composer_build_post (self);
  smm_composer_begin (self, NULL, 0);
  smm_composer_load_variants (self, post);
  smm_composer_load_options (self, post);
  smm_composer_load_tags (self, post);
  on_changed (self);
}

static void
on_fix (SmmProblemList *list, const char *fix, SmmAccount *account, int index, SmmComposer *self)
{
  smm_composer_fix (self, fix, account, index);
}

static void
on_media_failed (SmmMediaStrip *strip, const char *text, SmmComposer *self)
{
  smm_composer_show_error (self, text);
}

/* Instagram and TikTok take it as a moment of the video. */
static void
on_cover (SmmMediaStrip *strip, gint64 cover, SmmComposer *self)
{
  if (cover > 0)
    g_hash_table_insert (self->options, g_strdup (SMM_OPTION_COVER_MS),
                         g_strdup_printf ("%" G_GINT64_FORMAT, cover / 1000));
  else
    g_hash_table_remove (self->options, SMM_OPTION_COVER_MS);
  smm_composer_changed (self);
}

static gboolean
on_files_dropped (GtkDropTarget *target, const GValue *value, double x, double y, SmmComposer *self)
{
  if (self->read_only || !G_VALUE_HOLDS (value, GDK_TYPE_FILE_LIST))
    return FALSE;
  for (GSList *l = g_value_get_boxed (value); l != NULL; l = l->next)
    {
      g_autofree char *uri = g_file_get_uri (l->data);

      /* What a browser gives is no file, and belongs to the text. */
      if (g_file_has_uri_scheme (l->data, "http") || g_file_has_uri_scheme (l->data, "https"))
        gtk_text_buffer_insert_at_cursor (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->text)),
                                          uri, -1);
      else
        smm_media_strip_add_file (SMM_MEDIA_STRIP (self->media), l->data);
    }
  return TRUE;
}

static void
connect_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gtk_widget_activate_action (widget, "win.show-view", "s", "accounts");
  close_composer (SMM_COMPOSER (widget));
}

static void
connect_widgets (SmmComposer *self)
{
  GtkDropTarget *drop = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  g_signal_connect_swapped (self->account_box, "changed", G_CALLBACK (on_changed), self);
  g_signal_connect_swapped (self->media, "changed", G_CALLBACK (on_changed), self);
  g_signal_connect_swapped (self->time, "changed", G_CALLBACK (on_changed), self);
  g_signal_connect_object (smm_clock_get_default (), "changed", G_CALLBACK (smm_composer_update),
                           self, G_CONNECT_SWAPPED);
  smm_composer_connect_slots (self);
  g_signal_connect_swapped (self->link, "changed", G_CALLBACK (on_link_changed), self);
  g_signal_connect_swapped (self->kind, "changed", G_CALLBACK (on_changed), self);
  g_signal_connect_swapped (self->tiktok, "changed", G_CALLBACK (smm_composer_option_changed),
                            self);
  g_signal_connect_swapped (self->comment, "changed", G_CALLBACK (on_changed), self);
  g_signal_connect_swapped (self->hand_over, "notify::active",
                            G_CALLBACK (smm_composer_option_changed), self);
  g_signal_connect_swapped (self->reel_title, "changed", G_CALLBACK (on_changed), self);
  g_signal_connect_swapped (self->share, "notify::active", G_CALLBACK (smm_composer_option_changed),
                            self);
  g_signal_connect_swapped (self->collaborators, "changed", G_CALLBACK (on_changed), self);
  g_signal_connect_swapped (self->people, "changed", G_CALLBACK (on_changed), self);
  g_signal_connect (self->problems, "fix", G_CALLBACK (on_fix), self);
  g_signal_connect (self->media, "cover", G_CALLBACK (on_cover), self);
  g_signal_connect (self->media, "failed", G_CALLBACK (on_media_failed), self);
  g_signal_connect_swapped (self->media, "writes", G_CALLBACK (smm_spell_button_add_view),
                            self->spelling);
  g_signal_connect (drop, "drop", G_CALLBACK (on_files_dropped), self);
  /* Before the text, which would take the name of a file. */
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (drop), GTK_PHASE_CAPTURE);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drop));
}

static void
smm_composer_dispose (GObject *object)
{
  SmmComposer *self = SMM_COMPOSER (object);

  g_clear_handle_id (&self->save_source, g_source_remove);
  g_clear_handle_id (&self->narrow_source, g_source_remove);
  self->generation++;
  /* The window goes away while something is not saved yet: send it now, there is nobody to tell. */
  if (self->dirty && self->library != NULL)
    smm_composer_send (self);
  self->dirty = FALSE;
  g_clear_object (&self->library);
  g_clear_object (&self->connect);
  G_OBJECT_CLASS (smm_composer_parent_class)->dispose (object);
}

static void
smm_composer_finalize (GObject *object)
{
  SmmComposer *self = SMM_COMPOSER (object);

  g_clear_object (&self->brand);
  g_clear_object (&self->common);
  g_clear_object (&self->common_buffer);
  g_clear_pointer (&self->variants, g_hash_table_unref);
  g_clear_pointer (&self->buffers, g_hash_table_unref);
  g_free (self->shown);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  g_clear_pointer (&self->targets, g_hash_table_unref);
  g_clear_pointer (&self->options, g_hash_table_unref);
  g_clear_pointer (&self->accounts, g_ptr_array_unref);
  g_free (self->post_id);
  g_clear_object (&self->series);
  g_free (self->series_day);
  g_free (self->stretch);
  g_free (self->tiktok_account);
  g_clear_pointer (&self->creators, g_hash_table_unref);
  g_clear_pointer (&self->obstacles, g_hash_table_unref);
  g_clear_pointer (&self->steps, g_ptr_array_unref);
  g_clear_object (&self->former);
  g_free (self->tiktok_obstacle);
  G_OBJECT_CLASS (smm_composer_parent_class)->finalize (object);
}

static void
smm_composer_class_init (SmmComposerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = smm_composer_dispose;
  object_class->finalize = smm_composer_finalize;
  signals[CLOSED] = g_signal_new ("closed", SMM_TYPE_COMPOSER, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 0);
  signals[TOAST] = g_signal_new ("toast", SMM_TYPE_COMPOSER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_BOOLEAN);
  gtk_widget_class_install_action (widget_class, "composer.schedule", NULL, schedule_action);
  gtk_widget_class_install_action (widget_class, "composer.close", NULL, close_action);
  gtk_widget_class_install_action (widget_class, "composer.publish", NULL, publish_action);
  gtk_widget_class_install_action (widget_class, "composer.undo", NULL, undo_action);
  gtk_widget_class_install_action (widget_class, "composer.redo", NULL, redo_action);
  gtk_widget_class_install_action (widget_class, "composer.queue", NULL, smm_composer_queue);
  gtk_widget_class_install_action (widget_class, "composer.draft", NULL, draft_action);
  gtk_widget_class_install_action (widget_class, "composer.delete", NULL, delete_action);
  gtk_widget_class_install_action (widget_class, "composer.duplicate", NULL, duplicate_action);
  gtk_widget_class_install_action (widget_class, "composer.connect", NULL, connect_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "composer.close", NULL);
}

static void
smm_composer_init (SmmComposer *self)
{
  self->targets = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->options = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->variants = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->buffers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->common_buffer = smm_composer_create_buffer (self);
  smm_composer_clear_steps (self);
}

/**
 * smm_composer_new:
 * @library: where posts are kept
 *
 * Returns: (transfer full): a composer without a post
 */
SmmComposer *
smm_composer_new (SmmLibrary *library)
{
  SmmComposer *self = g_object_new (SMM_TYPE_COMPOSER, NULL);

  self->library = g_object_ref (library);
  smm_composer_lay_out (self);
  connect_widgets (self);
  return self;
}

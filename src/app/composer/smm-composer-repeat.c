/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A draft that is to come again and again, and what a post of a series says about it. */

#include "config.h"

#include "smm-composer-private.h"

#include <glib/gi18n.h>

#include "smm-app-time.h"
#include "smm-repeat-dialog.h"
#include "smm-rule-words.h"
#include "smm-state-icon.h"
#include "smm-time-row.h"

#define MORNING "09:00"

/* --- Starting a series --- */

typedef struct
{
  SmmComposer *self;
  guint generation;
} Change;

static void
on_applied (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Change *change = user_data;
  SmmComposer *self = change->self;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = smm_library_apply_finish (SMM_LIBRARY (source), result, &error);
  const char *label = NULL;

  if (reply != NULL)
    g_variant_lookup (reply, "label", "&s", &label);
  if (reply == NULL && change->generation == self->generation)
    smm_composer_show_error (self, error->message);
  else
    smm_composer_toast (self, reply == NULL ? error->message : label, reply != NULL);
  if (reply != NULL && change->generation == self->generation)
    smm_composer_leave (self);
  g_object_unref (self);
  g_free (change);
}

static void
apply (SmmComposer *self, const char *name, GVariant *args)
{
  g_autoptr (SmmCommand) command = smm_command_new (name, args);
  Change *change = g_new0 (Change, 1);

  change->self = g_object_ref (self);
  change->generation = self->generation;
  /* What is on its way is in the library before: commands keep their order. */
  g_clear_handle_id (&self->save_source, g_source_remove);
  self->dirty = FALSE;
  smm_library_apply_async (self->library, command, NULL, on_applied, change);
}

static void
add_content (SmmComposer *self, SmmPost *post, GVariantDict *args)
{
  g_auto (GVariantBuilder) media = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a(ss)"));
  g_auto (GVariantBuilder) accounts = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("as"));
  g_auto (GVariantBuilder) tags = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("as"));
  g_auto (GVariantBuilder) options = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a{ss}"));
  GHashTableIter iter;
  gpointer key, value;

  for (guint i = 0; i < post->media->len; i++)
    {
      SmmMedia *medium = post->media->pdata[i];

      g_variant_builder_add (&media, "(ss)", medium->sha256, medium->alt ? medium->alt : "");
    }
  for (guint i = 0; i < post->targets->len; i++)
    g_variant_builder_add (&accounts, "s", ((SmmTarget *)post->targets->pdata[i])->account_id);
  for (guint i = 0; i < post->tags->len; i++)
    g_variant_builder_add (&tags, "s", ((SmmTag *)post->tags->pdata[i])->id);
  g_hash_table_iter_init (&iter, post->options);
  while (g_hash_table_iter_next (&iter, &key, &value))
    g_variant_builder_add (&options, "{ss}", key, value);
  g_variant_dict_insert (args, "kind", "s", smm_post_kind_to_string (post->kind));
  g_variant_dict_insert (args, "link", "s", post->link != NULL ? post->link : "");
  g_variant_dict_insert (args, "first-comment", "s",
                         post->first_comment != NULL ? post->first_comment : "");
  g_variant_dict_insert_value (args, "accounts", g_variant_builder_end (&accounts));
  g_variant_dict_insert_value (args, "options", g_variant_builder_end (&options));
  g_variant_dict_insert_value (args, "media", g_variant_builder_end (&media));
  g_variant_dict_insert_value (args, "tags", g_variant_builder_end (&tags));
  g_variant_dict_insert_value (args, "variants", smm_variants_to_variant (post));
}

static void
on_chosen (SmmRepeatDialog *dialog, const char *rule, const char *time, GStrv texts,
           SmmComposer *self)
{
  g_autoptr (SmmPost) post = NULL;
  g_autofree char *id = smm_id_new ();
  GVariantDict args;

  if (self->brand == NULL || self->read_only)
    return;
  post = smm_composer_build_post (self);
  g_variant_dict_init (&args, NULL);
  add_content (self, post, &args);
  g_variant_dict_insert (&args, "rule", "s", rule);
  g_variant_dict_insert (&args, "time", "s", time);
  g_variant_dict_insert (&args, "zone", "s", smm_time_row_get_zone (SMM_TIME_ROW (self->time)));
  g_variant_dict_insert_value (&args, "texts", g_variant_new_strv ((const char *const *)texts, -1));
  if (self->series != NULL)
    {
      /* This one and all that follow. */
      g_variant_dict_insert (&args, "id", "s", self->series->id);
      g_variant_dict_insert (&args, "from-day", "s", self->series_day);
      g_variant_dict_insert (&args, "new-id", "s", id);
      apply (self, "series.edit", g_variant_dict_end (&args));
      return;
    }
  g_variant_dict_insert (&args, "id", "s", id);
  g_variant_dict_insert (&args, "brand", "s", self->brand->id);
  g_variant_dict_insert (&args, "from-post", "s", self->post_id);
  apply (self, "series.add", g_variant_dict_end (&args));
}

/* The rule to begin with: the series' own from here on, or weekly from the day that is chosen. */
static void
propose (SmmComposer *self, SmmRule *rule, char **time)
{
  const char *wall = smm_time_row_get_wall (SMM_TIME_ROW (self->time));
  g_autofree char *day = wall != NULL ? g_strndup (wall, 10) : NULL;

  *rule = (SmmRule){ .unit = SMM_RULE_WEEKLY, .every = 1 };
  if (self->series == NULL || !smm_rule_parse (self->series->rule, rule))
    {
      if (day == NULL || !smm_day_parse (day, &rule->first))
        g_date_set_julian (&rule->first, smm_day_today (self->zone) + 1);
      rule->weekdays = 1u << g_date_get_weekday (&rule->first);
      rule->month_day = g_date_get_day (&rule->first);
    }
  else
    smm_day_parse (self->series_day, &rule->first);
  *time = wall != NULL ? g_strndup (wall + 11, 5) : g_strdup (MORNING);
}

/* The texts of the series; one that was written here is the first. */
static GStrv
list_texts (SmmComposer *self, const char *text)
{
  g_autoptr (GStrvBuilder) texts = g_strv_builder_new ();
  g_autoptr (GVariant) known
      = self->series != NULL
            ? g_variant_lookup_value (self->series->content, "texts", G_VARIANT_TYPE ("as"))
            : NULL;
  g_autofree const char **list = known != NULL ? g_variant_get_strv (known, NULL) : NULL;

  if (list == NULL || !g_strv_contains (list, text))
    g_strv_builder_add (texts, text);
  if (list != NULL)
    g_strv_builder_addv (texts, list);
  return g_strv_builder_end (texts);
}

static void
on_repeat (SmmComposer *self)
{
  g_autoptr (SmmPost) post = NULL;
  g_autofree char *time = NULL;
  g_auto (GStrv) texts = NULL;
  GtkWidget *dialog;
  SmmRule rule;

  if (self->brand == NULL || self->read_only || !smm_composer_check_ready (self))
    return;
  post = smm_composer_build_post (self);
  propose (self, &rule, &time);
  texts = list_texts (self, post->text);
  dialog = smm_repeat_dialog_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), &rule, time,
                                  (const char *const *)texts);
  g_signal_connect_object (dialog, "chosen", G_CALLBACK (on_chosen), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* --- The row --- */

GtkWidget *
smm_composer_create_repeat (SmmComposer *self)
{
  self->repeat_row = adw_action_row_new ();
  self->repeat = gtk_button_new ();
  gtk_widget_set_valign (self->repeat, GTK_ALIGN_CENTER);
  gtk_widget_set_focusable (self->repeat_row, FALSE);
  g_signal_connect_swapped (self->repeat, "clicked", G_CALLBACK (on_repeat), self);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->repeat_row), _ ("Repeats"));
  adw_action_row_add_suffix (ADW_ACTION_ROW (self->repeat_row), self->repeat);
  return self->repeat_row;
}

/* @post: NULL: a new one. */
void
smm_composer_load_repeat (SmmComposer *self, SmmPost *post)
{
  SmmStore *store = smm_library_get_store (self->library);
  g_autoptr (SmmOccurrence) occurrence
      = post != NULL ? smm_store_get_occurrence (store, post->id) : NULL;
  g_autofree char *words = NULL;
  SmmRule rule;

  g_clear_object (&self->series);
  g_clear_pointer (&self->series_day, g_free);
  if (occurrence != NULL)
    self->series = smm_store_get_series (store, occurrence->series_id);
  if (self->series != NULL)
    {
      self->series_day = g_strdup (occurrence->day);
      if (smm_rule_parse (self->series->rule, &rule))
        words = smm_rule_describe (&rule, self->series->time);
    }
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->repeat_row), words != NULL ? words
                                                                  : self->series != NULL
                                                                      ? self->series->rule
                                                                      : _ ("Never"));
  gtk_button_set_label (GTK_BUTTON (self->repeat),
                        self->series != NULL ? _ ("Change This and Later…") : _ ("Repeat…"));
  /* What is changed here is changed for this one only. */
  gtk_widget_set_tooltip_text (self->repeat,
                               self->series != NULL
                                   ? _ ("What you change here without it is for this post only")
                                   : _ ("Make it a recurring post"));
  gtk_widget_set_visible (self->repeat_row,
                          self->series != NULL
                              || (!self->read_only && self->state == SMM_TARGET_DRAFT));
  gtk_widget_set_visible (
      self->repeat, !self->read_only && (self->series == NULL || self->series->stopped_at == 0));
}

/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-series-panel.h"

#include <glib/gi18n.h>

#include "smm-app-time.h"
#include "smm-repeat-dialog.h"
#include "smm-rule-words.h"
#include "smm-series-pause.h"
#include "smm-state-icon.h"

struct _SmmSeriesPanel
{
  AdwBin parent_instance;

  GtkListBox *list;
  GtkWidget *empty;

  SmmLibrary *library;
  char *brand_id;
  char *shown; /* what the list says */
};

enum
{
  TOAST,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SmmSeriesPanel, smm_series_panel, ADW_TYPE_BIN)

/* --- Changes --- */

static void
on_applied (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SmmSeriesPanel) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = smm_library_apply_finish (SMM_LIBRARY (source), result, &error);
  const char *label = NULL;

  if (reply != NULL)
    g_variant_lookup (reply, "label", "&s", &label);
  g_signal_emit (self, signals[TOAST], 0,
                 reply == NULL   ? error->message
                 : label != NULL ? label
                                 : _ ("Recurring post changed"),
                 reply != NULL);
}

static void
apply (SmmSeriesPanel *self, const char *name, GVariant *args)
{
  g_autoptr (SmmCommand) command = smm_command_new (name, args);

  smm_library_apply_async (self->library, command, NULL, on_applied, g_object_ref (self));
}

static void
on_stop (GtkWidget *button, SmmSeriesPanel *self)
{
  apply (self, "series.stop",
         g_variant_new_parsed ("{'id': <%s>}", g_object_get_data (G_OBJECT (button), "id")));
}

static void
on_pause (GtkWidget *button, SmmSeriesPanel *self)
{
  apply (self, g_object_get_data (G_OBJECT (button), "command"),
         g_variant_new_parsed ("{'id': <%s>}", g_object_get_data (G_OBJECT (button), "id")));
}

static void
on_chosen (SmmRepeatDialog *dialog, const char *rule, const char *time, GStrv texts,
           SmmSeriesPanel *self)
{
  GVariantDict args;

  g_variant_dict_init (&args, NULL);
  g_variant_dict_insert (&args, "id", "s", g_object_get_data (G_OBJECT (dialog), "id"));
  g_variant_dict_insert (&args, "rule", "s", rule);
  g_variant_dict_insert (&args, "time", "s", time);
  g_variant_dict_insert_value (&args, "texts", g_variant_new_strv ((const char *const *)texts, -1));
  apply (self, "series.edit", g_variant_dict_end (&args));
}

static GStrv
dup_texts (SmmSeries *series)
{
  g_autoptr (GVariant) texts
      = g_variant_lookup_value (series->content, "texts", G_VARIANT_TYPE ("as"));

  return texts != NULL ? g_variant_dup_strv (texts, NULL) : g_new0 (char *, 1);
}

static void
on_row_activated (GtkWidget *row, SmmSeriesPanel *self)
{
  SmmStore *store = smm_library_get_store (self->library);
  const char *id = g_object_get_data (G_OBJECT (row), "id");
  g_autoptr (SmmSeries) series = store != NULL ? smm_store_get_series (store, id) : NULL;
  g_auto (GStrv) texts = series != NULL ? dup_texts (series) : NULL;
  GtkWidget *dialog;
  SmmRule rule;

  if (series == NULL || series->stopped_at > 0 || !smm_rule_parse (series->rule, &rule))
    return;
  dialog = smm_repeat_dialog_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), &rule,
                                  series->time, (const char *const *)texts);
  g_object_set_data_full (G_OBJECT (dialog), "id", g_strdup (id), g_free);
  g_signal_connect_object (dialog, "chosen", G_CALLBACK (on_chosen), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* --- What is shown --- */

/* When the next post of the series goes out, in words; NULL: none is made. */
static char *
describe_next (SmmStore *store, SmmSeries *series)
{
  g_autoptr (GPtrArray) days = smm_store_list_occurrences (store, series->id, NULL);
  g_autoptr (GTimeZone) zone = smm_app_zone_new (series->zone);
  gint64 now = g_get_real_time (), next = 0;
  g_autofree char *when = NULL;

  for (guint i = 0; i < days->len; i++)
    {
      g_autoptr (SmmPost) post
          = smm_store_get_post (store, ((SmmOccurrence *)days->pdata[i])->post_id);

      if (post != NULL && post->due_at > now && (next == 0 || post->due_at < next))
        next = post->due_at;
    }
  if (next == 0)
    return NULL;
  when = smm_time_format_relative (next, zone);
  /* Translators: %s is a time: next: tomorrow 09:00 */
  return g_strdup_printf (_ ("next: %s"), when);
}

static char *
describe (SmmStore *store, SmmSeries *series)
{
  g_autofree char *words = NULL;
  g_autofree char *next = NULL;
  g_auto (GStrv) texts = dup_texts (series);
  g_autoptr (GString) text = NULL;
  guint n = g_strv_length (texts);
  SmmRule rule;

  words = smm_rule_parse (series->rule, &rule) ? smm_rule_describe (&rule, series->time)
                                               : g_strdup (series->rule);
  text = g_string_new (words);
  if (n > 1)
    g_string_append_printf (text,
                            g_dngettext (NULL, " · %u text in turn", " · %u texts in turn", n), n);
  if (smm_series_is_paused (series))
    g_string_append_printf (text, " · %s", _ ("paused, nothing of it is planned"));
  else if (series->stopped_at > 0)
    g_string_append_printf (text, " · %s", _ ("ended"));
  else
    next = describe_next (store, series);
  if (next != NULL)
    g_string_append_printf (text, " · %s", next);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
dup_title (SmmSeries *series)
{
  g_auto (GStrv) texts = dup_texts (series);
  char *line = smm_text_dup_first_line (texts[0] != NULL ? texts[0] : "", -1);

  if (*line != '\0')
    return line;
  g_free (line);
  return g_strdup (_ ("No text"));
}

static GtkWidget *
make_pause (SmmSeriesPanel *self, SmmSeries *series, const char *title)
{
  gboolean paused = smm_series_is_paused (series);
  GtkWidget *button = gtk_button_new_from_icon_name (paused ? "media-playback-start-symbolic"
                                                            : "media-playback-pause-symbolic");
  /* Translators: %s is the text of a recurring post */
  g_autofree char *name = g_strdup_printf (paused ? _ ("Resume “%s”") : _ ("Pause “%s”"), title);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (
      button, paused ? _ ("Posts are made again from now on; days that passed are left out")
                     : _ ("Those to come are taken off the calendar until you resume it; what you "
                          "changed by hand stays"));
  smm_widget_set_label (button, name);
  g_object_set_data_full (G_OBJECT (button), "id", g_strdup (series->id), g_free);
  g_object_set_data (G_OBJECT (button), "command",
                     (gpointer)(paused ? "series.resume" : "series.pause"));
  g_signal_connect (button, "clicked", G_CALLBACK (on_pause), self);
  return button;
}

static GtkWidget *
make_row (SmmSeriesPanel *self, SmmSeries *series, const char *detail)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *stop = gtk_button_new_with_label (_ ("End"));
  g_autofree char *title = dup_title (series);
  g_autofree char *escaped = g_markup_escape_text (title, -1);
  g_autofree char *about = g_markup_escape_text (detail, -1);
  /* Translators: %s is the text of a recurring post */
  g_autofree char *name = g_strdup_printf (_ ("End “%s”"), title);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), escaped);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 1);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), about);
  g_object_set_data_full (G_OBJECT (row), "id", g_strdup (series->id), g_free);
  gtk_widget_set_valign (stop, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (stop, _ ("No more posts of it are made; those to come are taken "
                                        "off the calendar"));
  smm_widget_set_label (stop, name);
  g_object_set_data_full (G_OBJECT (stop), "id", g_strdup (series->id), g_free);
  g_signal_connect (stop, "clicked", G_CALLBACK (on_stop), self);
  if (series->stopped_at == 0 || smm_series_is_paused (series))
    adw_action_row_add_suffix (ADW_ACTION_ROW (row), make_pause (self, series, title));
  gtk_widget_set_visible (stop, series->stopped_at == 0 || smm_series_is_paused (series));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), stop);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), series->stopped_at == 0);
  g_signal_connect (row, "activated", G_CALLBACK (on_row_activated), self);
  return row;
}

static void
reload (SmmSeriesPanel *self)
{
  SmmStore *store = self->library != NULL ? smm_library_get_store (self->library) : NULL;
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (GPtrArray) details = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GString) text = NULL;
  GtkListBoxRow *row;

  if (store == NULL || self->brand_id == NULL)
    return;
  all = smm_store_list_series (store, self->brand_id);
  text = g_string_new (self->brand_id);
  for (guint i = 0; i < all->len; i++)
    {
      SmmSeries *series = all->pdata[i];
      g_autofree char *title = dup_title (series);

      g_ptr_array_add (details, describe (store, series));
      g_string_append_printf (text, "\n%s %s %s", series->id, title, (char *)details->pdata[i]);
    }
  /* Only when something of it has changed, so that the keyboard keeps its row. */
  if (g_strcmp0 (text->str, self->shown) == 0)
    return;
  g_free (self->shown);
  self->shown = g_strdup (text->str);
  while ((row = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
  for (guint i = 0; i < all->len; i++)
    gtk_list_box_append (self->list, make_row (self, all->pdata[i], details->pdata[i]));
  gtk_widget_set_visible (GTK_WIDGET (self->list), all->len > 0);
  gtk_widget_set_visible (self->empty, all->len == 0);
}

static void
on_changed (SmmLibrary *library, const char *const *ids, SmmSeriesPanel *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    reload (self);
}

/* --- The widget --- */

static void
smm_series_panel_map (GtkWidget *widget)
{
  reload (SMM_SERIES_PANEL (widget));
  GTK_WIDGET_CLASS (smm_series_panel_parent_class)->map (widget);
}

static void
smm_series_panel_dispose (GObject *object)
{
  SmmSeriesPanel *self = SMM_SERIES_PANEL (object);

  g_clear_object (&self->library);
  g_clear_pointer (&self->brand_id, g_free);
  g_clear_pointer (&self->shown, g_free);
  G_OBJECT_CLASS (smm_series_panel_parent_class)->dispose (object);
}

static void
smm_series_panel_class_init (SmmSeriesPanelClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = smm_series_panel_dispose;
  widget_class->map = smm_series_panel_map;
  signals[TOAST] = g_signal_new ("toast", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_BOOLEAN);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/nkonsept/Smm/ui/plan/smm-series-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, SmmSeriesPanel, list);
  gtk_widget_class_bind_template_child (widget_class, SmmSeriesPanel, empty);
}

static void
smm_series_panel_init (SmmSeriesPanel *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * smm_series_panel_set_library:
 * @self: a panel
 * @library: where series are; can be set once
 */
void
smm_series_panel_set_library (SmmSeriesPanel *self, SmmLibrary *library)
{
  g_return_if_fail (SMM_IS_SERIES_PANEL (self));
  g_return_if_fail (self->library == NULL);

  self->library = g_object_ref (library);
  g_signal_connect_object (library, "changed", G_CALLBACK (on_changed), self, 0);
}

/**
 * smm_series_panel_set_brand:
 * @self: a panel
 * @brand_id: whose series
 */
void
smm_series_panel_set_brand (SmmSeriesPanel *self, const char *brand_id)
{
  char *copy = g_strdup (brand_id);

  g_return_if_fail (SMM_IS_SERIES_PANEL (self));

  g_free (self->brand_id);
  self->brand_id = copy;
  reload (self);
}

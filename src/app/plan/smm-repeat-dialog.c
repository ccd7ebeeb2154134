/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-repeat-dialog.h"

#include <glib/gi18n.h>
#include <string.h>

#include "smm-app-time.h"
#include "smm-day-button.h"
#include "smm-rule-words.h"
#include "smm-state-icon.h"
#include "smm-text-area.h"

#define N_SHOWN 3
/* Between two texts, on a line of its own. */
#define DIVIDER "\n---\n"

enum
{
  DAYS,
  WEEKS,
  MONTHS
};

enum
{
  BY_DAY,
  BY_WEEKDAY,
  LAST_DAY
};

enum
{
  NEVER,
  ON_DAY,
  AFTER
};

struct _SmmRepeatDialog
{
  AdwWindow parent_instance;

  GtkWidget *save;
  GtkSpinButton *every;
  AdwComboRow *unit;
  AdwActionRow *days_row;
  GtkWidget *days_box;
  AdwComboRow *month;
  AdwEntryRow *clock;
  AdwActionRow *first_row;
  AdwComboRow *end;
  AdwActionRow *until_row;
  AdwActionRow *count_row;
  GtkSpinButton *count;
  GtkWidget *texts;
  GtkLabel *words;
  GtkLabel *dates;
  GtkWidget *days[8];
  GtkWidget *first;
  GtkWidget *until;

  gboolean filling;
};

enum
{
  CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SmmRepeatDialog, smm_repeat_dialog, ADW_TYPE_WINDOW)

static guint
get_weekdays (SmmRepeatDialog *self)
{
  guint weekdays = 0;

  for (int weekday = 1; weekday <= 7; weekday++)
    if (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->days[weekday])))
      weekdays |= 1u << weekday;
  return weekdays;
}

/* The rule of the widgets; FALSE: it says no day. */
static gboolean
read_rule (SmmRepeatDialog *self, SmmRule *rule)
{
  guint month = adw_combo_row_get_selected (self->month);
  g_autofree char *text = NULL;

  memset (rule, 0, sizeof *rule);
  if (!smm_day_parse (smm_day_button_get (SMM_DAY_BUTTON (self->first)), &rule->first))
    return FALSE;
  rule->every = gtk_spin_button_get_value_as_int (self->every);
  switch (adw_combo_row_get_selected (self->unit))
    {
    case DAYS:
      rule->unit = SMM_RULE_DAILY;
      break;
    case WEEKS:
      rule->unit = SMM_RULE_WEEKLY;
      rule->weekdays = get_weekdays (self);
      break;
    default:
      rule->unit = month == BY_WEEKDAY ? SMM_RULE_MONTHLY_BY_WEEKDAY : SMM_RULE_MONTHLY_BY_DAY;
      rule->month_day = month == LAST_DAY ? -1 : g_date_get_day (&rule->first);
      rule->weekdays = 1u << g_date_get_weekday (&rule->first);
      rule->nth = (g_date_get_day (&rule->first) - 1) / 7 + 1;
      if (rule->nth > 4)
        rule->nth = -1;
    }
  if (adw_combo_row_get_selected (self->end) == ON_DAY
      && !smm_day_parse (smm_day_button_get (SMM_DAY_BUTTON (self->until)), &rule->until))
    return FALSE;
  if (adw_combo_row_get_selected (self->end) == AFTER)
    rule->count = gtk_spin_button_get_value_as_int (self->count);
  text = smm_rule_print (rule);
  return smm_rule_parse (text, rule);
}

/* The first days, so that it is seen before it is so. */
static char *
list_dates (const SmmRule *rule)
{
  g_autoptr (GString) text = g_string_new (NULL);
  gboolean any = FALSE;
  GDate day;

  for (int n = 0; n < N_SHOWN && (rule->count == 0 || n < rule->count); n++)
    {
      g_autofree char *word = NULL;

      if (!smm_rule_next (rule, any ? &day : NULL, &day))
        break;
      any = TRUE;
      word = smm_day_format (g_date_get_julian (&day), _ ("%a %-e %b %Y"));
      g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", word);
    }
  if (!any)
    return NULL;
  /* Translators: %s are the first days of a recurring post */
  return g_strdup_printf (_ ("First on %s"), text->str);
}

static void
update (SmmRepeatDialog *self)
{
  int minute = smm_clock_parse (gtk_editable_get_text (GTK_EDITABLE (self->clock)));
  guint unit = adw_combo_row_get_selected (self->unit);
  guint end = adw_combo_row_get_selected (self->end);
  g_autofree char *time = g_strdup_printf ("%02d:%02d", minute / 60, minute % 60);
  g_autofree char *words = NULL;
  g_autofree char *dates = NULL;
  SmmRule rule;

  if (self->filling)
    return;
  gtk_widget_set_visible (GTK_WIDGET (self->days_row), unit == WEEKS);
  gtk_widget_set_visible (GTK_WIDGET (self->month), unit == MONTHS);
  gtk_widget_set_visible (GTK_WIDGET (self->until_row), end == ON_DAY);
  gtk_widget_set_visible (GTK_WIDGET (self->count_row), end == AFTER);
  if (minute < 0)
    gtk_widget_add_css_class (GTK_WIDGET (self->clock), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->clock), "error");
  if (minute >= 0 && read_rule (self, &rule))
    {
      words = smm_rule_describe (&rule, time);
      dates = list_dates (&rule);
    }
  gtk_label_set_label (self->words, words != NULL ? words : _ ("Choose days and a time"));
  gtk_label_set_label (self->dates, dates != NULL ? dates : "");
  gtk_widget_set_sensitive (self->save, dates != NULL);
}

static void
on_changed (SmmRepeatDialog *self)
{
  update (self);
}

static gchar **
read_texts (SmmRepeatDialog *self)
{
  g_autofree char *text = smm_text_area_dup_text (SMM_TEXT_AREA (self->texts));
  g_auto (GStrv) parts = g_strsplit (text, DIVIDER, -1);
  g_autoptr (GStrvBuilder) texts = g_strv_builder_new ();

  for (guint i = 0; parts[i] != NULL; i++)
    {
      g_strstrip (parts[i]);
      if (*parts[i] != '\0' || parts[1] == NULL)
        g_strv_builder_add (texts, parts[i]);
    }
  return g_strv_builder_end (texts);
}

static void
on_save (SmmRepeatDialog *self)
{
  int minute = smm_clock_parse (gtk_editable_get_text (GTK_EDITABLE (self->clock)));
  g_auto (GStrv) texts = read_texts (self);
  g_autofree char *time = g_strdup_printf ("%02d:%02d", minute / 60, minute % 60);
  g_autofree char *text = NULL;
  SmmRule rule;

  if (!gtk_widget_get_sensitive (self->save) || !read_rule (self, &rule))
    return;
  text = smm_rule_print (&rule);
  g_signal_emit (self, signals[CHOSEN], 0, text, time, texts);
  gtk_window_close (GTK_WINDOW (self));
}

/* In a window with a default button, Return on a row would press that instead. */
static void
open_on_return (GtkWidget *row)
{
  static const guint keys[] = { GDK_KEY_Return, GDK_KEY_ISO_Enter, GDK_KEY_KP_Enter };
  GtkEventController *controller = gtk_shortcut_controller_new ();

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_shortcut_controller_add_shortcut (
        GTK_SHORTCUT_CONTROLLER (controller),
        gtk_shortcut_new (gtk_keyval_trigger_new (keys[i], 0),
                          g_object_ref (gtk_activate_action_get ())));
  gtk_widget_add_controller (row, controller);
}

static void
smm_repeat_dialog_class_init (SmmRepeatDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  signals[CHOSEN]
      = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                      G_TYPE_NONE, 3, G_TYPE_STRING, G_TYPE_STRING, G_TYPE_STRV);
  g_type_ensure (SMM_TYPE_TEXT_AREA);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/nkonsept/Smm/ui/plan/smm-repeat-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, SmmRepeatDialog, save);
  gtk_widget_class_bind_template_child (widget_class, SmmRepeatDialog, every);
  gtk_widget_class_bind_template_child (widget_class, SmmRepeatDialog, unit);
  gtk_widget_class_bind_template_child (widget_class, SmmRepeatDialog, days_row);
  gtk_widget_class_bind_template_child (widget_class, SmmRepeatDialog, days_box);
  gtk_widget_class_bind_template_child (widget_class, SmmRepeatDialog, month);
  gtk_widget_class_bind_template_child (widget_class, SmmRepeatDialog, clock);
  gtk_widget_class_bind_template_child (widget_class, SmmRepeatDialog, first_row);
  gtk_widget_class_bind_template_child (widget_class, SmmRepeatDialog, end);
  gtk_widget_class_bind_template_child (widget_class, SmmRepeatDialog, until_row);
  gtk_widget_class_bind_template_child (widget_class, SmmRepeatDialog, count_row);
  gtk_widget_class_bind_template_child (widget_class, SmmRepeatDialog, count);
  gtk_widget_class_bind_template_child (widget_class, SmmRepeatDialog, texts);
  gtk_widget_class_bind_template_child (widget_class, SmmRepeatDialog, words);
  gtk_widget_class_bind_template_child (widget_class, SmmRepeatDialog, dates);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_save);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
smm_repeat_dialog_init (SmmRepeatDialog *self)
{
  self->filling = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  for (int i = 0; i < 7; i++)
    {
      int weekday = (smm_locale_first_weekday () - 1 + i) % 7 + 1;
      g_autofree char *word = smm_weekday_format (weekday, "%a");
      g_autofree char *name = smm_weekday_format (weekday, "%A");

      self->days[weekday] = gtk_toggle_button_new_with_label (word);
      gtk_widget_add_css_class (self->days[weekday], "day-toggle");
      smm_widget_set_label (self->days[weekday], name);
      g_signal_connect_swapped (self->days[weekday], "toggled", G_CALLBACK (update), self);
      gtk_box_append (GTK_BOX (self->days_box), self->days[weekday]);
    }
  open_on_return (GTK_WIDGET (self->unit));
  open_on_return (GTK_WIDGET (self->month));
  open_on_return (GTK_WIDGET (self->end));
  /* The row's own label does not reach assistive tools. */
  smm_widget_set_label (GTK_WIDGET (gtk_editable_get_delegate (GTK_EDITABLE (self->clock))),
                        adw_preferences_row_get_title (ADW_PREFERENCES_ROW (self->clock)));
  self->first = smm_day_button_new (_ ("First Day"), NULL);
  self->until = smm_day_button_new (_ ("Last Day"), NULL);
  g_signal_connect_swapped (self->first, "changed", G_CALLBACK (update), self);
  g_signal_connect_swapped (self->until, "changed", G_CALLBACK (update), self);
  adw_action_row_add_suffix (self->first_row, self->first);
  adw_action_row_add_suffix (self->until_row, self->until);
}

/**
 * smm_repeat_dialog_new:
 * @parent: over this window
 * @rule: what to begin with; its first day is set
 * @time: "09:30"
 * @texts: (array zero-terminated=1): the texts, in turn
 *
 * Returns: (transfer none): a dialog, to be presented
 */
GtkWidget *
smm_repeat_dialog_new (GtkWindow *parent, const SmmRule *rule, const char *time,
                       const char *const *texts)
{
  SmmRepeatDialog *self = g_object_new (SMM_TYPE_REPEAT_DIALOG, "transient-for", parent, NULL);
  g_autofree char *clock = smm_clock_format (MAX (smm_clock_parse (time), 0));
  g_autofree char *first = smm_day_print (&rule->first);
  g_autofree char *joined = g_strjoinv (DIVIDER, (char **)texts);
  GDate until = g_date_valid (&rule->until) ? rule->until : rule->first;
  g_autofree char *last = NULL;

  if (!g_date_valid (&rule->until))
    g_date_add_months (&until, 3);
  last = smm_day_print (&until);
  adw_combo_row_set_selected (self->unit, rule->unit == SMM_RULE_DAILY    ? DAYS
                                          : rule->unit == SMM_RULE_WEEKLY ? WEEKS
                                                                          : MONTHS);
  gtk_spin_button_set_value (self->every, rule->every);
  for (int weekday = 1; weekday <= 7; weekday++)
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->days[weekday]),
                                  rule->unit == SMM_RULE_WEEKLY
                                      ? (rule->weekdays & (1u << weekday)) != 0
                                      : weekday == (int)g_date_get_weekday (&rule->first));
  adw_combo_row_set_selected (self->month, rule->unit == SMM_RULE_MONTHLY_BY_WEEKDAY ? BY_WEEKDAY
                                           : rule->month_day < 0                     ? LAST_DAY
                                                                                     : BY_DAY);
  gtk_editable_set_text (GTK_EDITABLE (self->clock), clock);
  smm_day_button_set (SMM_DAY_BUTTON (self->first), first);
  smm_day_button_set (SMM_DAY_BUTTON (self->until), last);
  adw_combo_row_set_selected (self->end, g_date_valid (&rule->until) ? ON_DAY
                                         : rule->count > 0           ? AFTER
                                                                     : NEVER);
  gtk_spin_button_set_value (self->count, rule->count > 0 ? rule->count : 10);
  smm_text_area_set_text (SMM_TEXT_AREA (self->texts), joined);
  self->filling = FALSE;
  update (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->every));
  return GTK_WIDGET (self);
}

/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-day-button.h"

#include <glib/gi18n.h>

#include "smm-app-time.h"
#include "smm-rule.h"
#include "smm-day-clicks.h"
#include "smm-state-icon.h"

struct _SmmDayButton
{
  GtkWidget parent_instance;

  GtkWidget *button;
  GtkWidget *calendar;

  char *name;
  char *none;
  char *day;
  gboolean setting;
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SmmDayButton, smm_day_button, GTK_TYPE_WIDGET)

static void
show (SmmDayButton *self)
{
  g_autofree char *text = NULL;
  g_autofree char *name = NULL;
  GDate date;

  if (self->day != NULL && smm_day_parse (self->day, &date))
    /* Translators: a day, short: 1 Dec 2026 */
    text = smm_day_format (g_date_get_julian (&date), _ ("%-e %b %Y"));
  else
    text = g_strdup (self->none != NULL ? self->none : _ ("Choose a Day"));
  name = g_strdup_printf ("%s, %s", self->name, text);
  gtk_menu_button_set_label (GTK_MENU_BUTTON (self->button), text);
  smm_widget_set_label (self->button, name);
  /* What has the keyboard is the button inside. */
  smm_widget_set_label (gtk_widget_get_first_child (self->button), name);
}

static void
take (SmmDayButton *self, const char *day)
{
  gtk_menu_button_popdown (GTK_MENU_BUTTON (self->button));
  smm_day_button_set (self, day);
  g_signal_emit (self, signals[CHANGED], 0);
}

static gboolean
take_day_cb (gpointer user_data)
{
  g_autoptr (SmmDayButton) self = user_data;
  g_autoptr (GDateTime) date = gtk_calendar_get_date (GTK_CALENDAR (self->calendar));
  g_autofree char *day = g_date_time_format (date, "%Y-%m-%d");

  if (gtk_widget_get_mapped (self->calendar))
    take (self, day);
  return G_SOURCE_REMOVE;
}

static void
on_day_selected (GtkCalendar *calendar, SmmDayButton *self)
{
  if (!self->setting && gtk_widget_get_mapped (self->calendar))
    g_idle_add (take_day_cb, g_object_ref (self));
}

static void
on_none (SmmDayButton *self)
{
  take (self, NULL);
}

static void
smm_day_button_dispose (GObject *object)
{
  SmmDayButton *self = SMM_DAY_BUTTON (object);

  g_clear_pointer (&self->button, gtk_widget_unparent);
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->none, g_free);
  g_clear_pointer (&self->day, g_free);
  G_OBJECT_CLASS (smm_day_button_parent_class)->dispose (object);
}

static void
smm_day_button_class_init (SmmDayButtonClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = smm_day_button_dispose;
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
smm_day_button_init (SmmDayButton *self)
{

  self->calendar = gtk_calendar_new ();
  g_signal_connect (self->calendar, "day-selected", G_CALLBACK (on_day_selected), self);
  smm_calendar_watch_days (self->calendar, take_day_cb, G_OBJECT (self));
  self->button = gtk_menu_button_new ();
  gtk_widget_set_parent (self->button, GTK_WIDGET (self));
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
}

/**
 * smm_day_button_new:
 * @name: what day it is about, for assistive tools
 * @none: (nullable): what no day is called
 *
 * Returns: (transfer full): a button without a day
 */
GtkWidget *
smm_day_button_new (const char *name, const char *none)
{
  SmmDayButton *self = g_object_new (SMM_TYPE_DAY_BUTTON, NULL);
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  self->name = g_strdup (name);
  self->none = g_strdup (none);
  smm_widget_set_label (GTK_WIDGET (self), name);
  smm_widget_set_label (self->calendar, name);
  gtk_box_append (GTK_BOX (box), self->calendar);
  if (none != NULL)
    {
      GtkWidget *clear = gtk_button_new_with_label (none);

      g_signal_connect_swapped (clear, "clicked", G_CALLBACK (on_none), self);
      gtk_box_append (GTK_BOX (box), clear);
    }
  gtk_popover_set_child (GTK_POPOVER (popover), box);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (self->button), popover);
  show (self);
  return GTK_WIDGET (self);
}

/**
 * smm_day_button_set:
 * @self: a button
 * @day: (nullable): "2026-12-01"
 */
void
smm_day_button_set (SmmDayButton *self, const char *day)
{
  char *copy = g_strdup (day);
  GDate date;

  g_free (self->day);
  self->day = copy;
  if (day != NULL && smm_day_parse (day, &date))
    {
      g_autoptr (GDateTime) shown = g_date_time_new_utc (
          g_date_get_year (&date), g_date_get_month (&date), g_date_get_day (&date), 12, 0, 0);

      self->setting = TRUE;
      gtk_calendar_select_day (GTK_CALENDAR (self->calendar), shown);
      self->setting = FALSE;
    }
  show (self);
}

const char *
smm_day_button_get (SmmDayButton *self)
{
  return self->day;
}

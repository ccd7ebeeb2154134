/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-day-panel.h"

#include <glib/gi18n.h>

#include "smm-app-time.h"
#include "smm-state-icon.h"

struct _SmmDayPanel
{
  GtkBox parent_instance;

  GtkWidget *list;
  GPtrArray *views;

  SmmCalendarModel *model;
  guint32 day;
};

enum
{
  CHIP_ACTIVATED,
  CLOSED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SmmDayPanel, smm_day_panel, GTK_TYPE_BOX)

static void
on_chip_activated (SmmChipView *view, SmmDayPanel *self)
{
  g_signal_emit (self, signals[CHIP_ACTIVATED], 0, smm_chip_view_get_chip (view), view);
}

static void
on_close (GtkButton *button, SmmDayPanel *self)
{
  g_signal_emit (self, signals[CLOSED], 0);
}

static void
on_selection_changed (SmmCalendarModel *model, SmmDayPanel *self)
{
  for (guint i = 0; i < self->views->len; i++)
    smm_calendar_view_dress (self->views->pdata[i], model);
}

static void
smm_day_panel_dispose (GObject *object)
{
  SmmDayPanel *self = SMM_DAY_PANEL (object);

  g_clear_pointer (&self->views, g_ptr_array_unref);
  g_clear_object (&self->model);
  G_OBJECT_CLASS (smm_day_panel_parent_class)->dispose (object);
}

static void
smm_day_panel_class_init (SmmDayPanelClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = smm_day_panel_dispose;
  signals[CHIP_ACTIVATED] = g_signal_new ("chip-activated", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                          NULL, G_TYPE_NONE, 2, SMM_TYPE_CHIP, GTK_TYPE_WIDGET);
  signals[CLOSED]
      = g_signal_new ("closed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
smm_day_panel_init (SmmDayPanel *self)
{
  self->views = g_ptr_array_new ();
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_widget_add_css_class (GTK_WIDGET (self), "day-panel");
}

/**
 * smm_day_panel_new:
 * @model: what is shown
 * @day: a julian day
 *
 * Returns: (transfer full): the panel
 */
GtkWidget *
smm_day_panel_new (SmmCalendarModel *model, guint32 day)
{
  SmmDayPanel *self = g_object_new (SMM_TYPE_DAY_PANEL, NULL);
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *close = gtk_button_new_from_icon_name ("window-close-symbolic");
  /* Translators: heading over a day's posts: Friday 16 October */
  g_autofree char *text = smm_day_format (day, _ ("%A %-e %B"));
  GtkWidget *title = gtk_label_new (text);

  self->model = g_object_ref (model);
  self->day = day;
  gtk_widget_add_css_class (title, "heading");
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_widget_set_hexpand (title, TRUE);
  gtk_box_append (GTK_BOX (head), title);
  gtk_widget_add_css_class (close, "flat");
  gtk_widget_add_css_class (close, "circular");
  smm_widget_set_label (close, _ ("Close"));
  gtk_widget_set_tooltip_text (close, _ ("Close"));
  g_signal_connect (close, "clicked", G_CALLBACK (on_close), self);
  gtk_box_append (GTK_BOX (head), close);
  gtk_box_append (GTK_BOX (self), head);
  self->list = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  g_object_set (scroller, "hscrollbar-policy", GTK_POLICY_NEVER, "max-content-height", 420,
                "propagate-natural-height", TRUE, "child", self->list, NULL);
  smm_widget_set_label (scroller, text);
  gtk_box_append (GTK_BOX (self), scroller);
  smm_widget_set_label (GTK_WIDGET (self), text);
  g_signal_connect_object (model, "selection-changed", G_CALLBACK (on_selection_changed), self, 0);
  smm_day_panel_reload (self);
  return GTK_WIDGET (self);
}

void
smm_day_panel_reload (SmmDayPanel *self)
{
  g_autoptr (GPtrArray) chips = smm_calendar_model_list (self->model, self->day, 1);

  while (self->views->len > chips->len)
    {
      gtk_box_remove (GTK_BOX (self->list), self->views->pdata[self->views->len - 1]);
      g_ptr_array_set_size (self->views, self->views->len - 1);
    }
  while (self->views->len < chips->len)
    {
      GtkWidget *view = smm_chip_view_new (SMM_CHIP_ROW);

      gtk_widget_set_focusable (view, TRUE);
      g_signal_connect (view, "activated", G_CALLBACK (on_chip_activated), self);
      gtk_box_append (GTK_BOX (self->list), view);
      g_ptr_array_add (self->views, view);
    }
  for (guint i = 0; i < chips->len; i++)
    {
      smm_chip_view_set_chip (self->views->pdata[i], chips->pdata[i],
                              smm_calendar_model_get_zone (self->model));
      smm_calendar_view_dress (self->views->pdata[i], self->model);
    }
}

void
smm_day_panel_focus (SmmDayPanel *self)
{
  if (self->views->len > 0)
    gtk_widget_grab_focus (self->views->pdata[0]);
}

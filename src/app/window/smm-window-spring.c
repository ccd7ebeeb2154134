/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A view opens when something that is being dragged rests on its name: from the library onto a day.
 */

#include "config.h"

#include "smm-window-private.h"

/* How long it rests there. */
#define REST_MS 500

static void
stop (SmmWindow *self)
{
  g_clear_handle_id (&self->spring_source, g_source_remove);
}

static gboolean
on_rested (gpointer user_data)
{
  SmmWindow *self = user_data;

  self->spring_source = 0;
  smm_window_show_view (self, self->spring_view);
  return G_SOURCE_REMOVE;
}

static void
on_enter (GtkDropControllerMotion *motion, double x, double y, SmmWindow *self)
{
  GtkWidget *row = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (motion));

  stop (self);
  self->spring_view = gtk_widget_get_name (row);
  self->spring_source = g_timeout_add (REST_MS, on_rested, self);
}

static void
on_leave (GtkDropControllerMotion *motion, SmmWindow *self)
{
  stop (self);
}

/**
 * smm_window_set_up_spring:
 * @self: a window with the names of its views
 */
void
smm_window_set_up_spring (SmmWindow *self)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->nav, i)) != NULL; i++)
    {
      GtkEventController *motion = gtk_drop_controller_motion_new ();

      g_signal_connect (motion, "enter", G_CALLBACK (on_enter), self);
      g_signal_connect (motion, "leave", G_CALLBACK (on_leave), self);
      gtk_widget_add_controller (GTK_WIDGET (row), motion);
    }
}

void
smm_window_stop_spring (SmmWindow *self)
{
  stop (self);
}

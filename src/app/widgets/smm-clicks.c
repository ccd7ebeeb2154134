/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * After each new layout GTK makes up a motion of the pointer, so that what now lies under it is
 * told. What buttons are down it asks the display server, which may be ahead: a tap on a touchpad
 * or a quick click has let go there while its release still waits to be read here. Every gesture
 * takes a motion without its button for one whose end it missed, and gives the click up: the press
 * is drawn (that is the layout), and nothing happens.
 *
 * So such a motion is kept from the gestures of a window between a press and its release. It is
 * known by its time, which nothing from a real pointer has, and by the button it lacks.
 */

#include "config.h"

#include "smm-clicks.h"

#define PRESSED "smm-pressed"

static GdkModifierType
get_mask (guint button)
{
  return button >= 1 && button <= 5 ? GDK_BUTTON1_MASK << (button - 1) : 0;
}

static gboolean
on_event (GtkEventControllerLegacy *controller, GdkEvent *event, gpointer user_data)
{
  GdkModifierType pressed = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (controller), PRESSED));

  switch (gdk_event_get_event_type (event))
    {
    case GDK_BUTTON_PRESS:
      pressed = get_mask (gdk_button_event_get_button (event));
      break;
    case GDK_BUTTON_RELEASE:
      pressed = 0;
      break;
    case GDK_MOTION_NOTIFY:
      if ((gdk_event_get_modifier_state (event) & pressed) == pressed)
        return GDK_EVENT_PROPAGATE;
      if (gdk_event_get_time (event) == GDK_CURRENT_TIME)
        return GDK_EVENT_STOP;
      pressed = 0;
      break;
    default:
      return GDK_EVENT_PROPAGATE;
    }
  g_object_set_data (G_OBJECT (controller), PRESSED, GUINT_TO_POINTER (pressed));
  return GDK_EVENT_PROPAGATE;
}

static void
on_toplevels (GListModel *windows, guint position, guint removed, guint added, gpointer user_data)
{
  for (guint i = position; i < position + added; i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);
      GtkEventController *controller = gtk_event_controller_legacy_new ();

      gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
      g_signal_connect (controller, "event", G_CALLBACK (on_event), NULL);
      gtk_widget_add_controller (window, controller);
    }
}

void
smm_clicks_keep (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  g_signal_connect (windows, "items-changed", G_CALLBACK (on_toplevels), NULL);
  on_toplevels (windows, 0, 0, g_list_model_get_n_items (windows), NULL);
}

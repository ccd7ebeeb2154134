/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-day-clicks.h"

typedef struct
{
  GtkWidget *calendar;
  GSourceFunc clicked;
  GObject *owner;
} Watch;

static gboolean
on_event (GtkEventControllerLegacy *controller, GdkEvent *event, Watch *watch)
{
  double x, y, root_x, root_y;
  GtkNative *native = gtk_widget_get_native (watch->calendar);
  GtkWidget *at;

  if (gdk_event_get_event_type (event) != GDK_BUTTON_RELEASE
      || !gdk_event_get_position (event, &x, &y))
    return GDK_EVENT_PROPAGATE;
  gtk_native_get_surface_transform (native, &root_x, &root_y);
  gtk_widget_translate_coordinates (GTK_WIDGET (native), watch->calendar, x - root_x, y - root_y,
                                    &x, &y);
  at = gtk_widget_pick (watch->calendar, x, y, GTK_PICK_DEFAULT);
  if (at != NULL && gtk_widget_has_css_class (at, "day-number"))
    g_idle_add (watch->clicked, g_object_ref (watch->owner));
  return GDK_EVENT_PROPAGATE;
}

/* What the calendar itself does with the key comes first. */
static gboolean
on_key (GtkEventControllerKey *controller, guint keyval, guint keycode, GdkModifierType state,
        Watch *watch)
{
  if (keyval == GDK_KEY_space || keyval == GDK_KEY_KP_Space)
    g_idle_add (watch->clicked, g_object_ref (watch->owner));
  return GDK_EVENT_PROPAGATE;
}

static void
watch_free (gpointer data, GClosure *closure)
{
  g_free (data);
}

/**
 * smm_calendar_watch_days:
 * @calendar: a #GtkCalendar
 * @clicked: called after each click on a day and each press of Space, with a reference to @owner
 * that it has to release
 * @owner: holds @calendar
 *
 * A calendar itself tells of another day only: the day it shows as selected, today at first, could
 * never be chosen.
 */
void
smm_calendar_watch_days (GtkWidget *calendar, GSourceFunc clicked, GObject *owner)
{
  GtkEventController *clicks = gtk_event_controller_legacy_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();
  Watch *watch = g_new0 (Watch, 1);

  watch->calendar = calendar;
  watch->clicked = clicked;
  watch->owner = owner;
  g_signal_connect_data (clicks, "event", G_CALLBACK (on_event), watch, watch_free, 0);
  gtk_event_controller_set_propagation_phase (clicks, GTK_PHASE_CAPTURE);
  gtk_widget_add_controller (calendar, clicks);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key), watch);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  gtk_widget_add_controller (calendar, keys);
}

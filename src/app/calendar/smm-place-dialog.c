/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-place-dialog.h"

#include <glib/gi18n.h>
#include <stdlib.h>

#include "smm-app-time.h"
#include "smm-calendar-changes.h"
#include "smm-state-icon.h"

#define MORNING (9 * 60)

struct _SmmPlaceDialog
{
  AdwWindow parent_instance;

  GtkCalendar *calendar;
  GtkSpinButton *hour;
  GtkSpinButton *minute;
  GtkButton *half; /* of the day, where a clock has 12 hours */
  GtkLabel *landing;
  GtkWidget *move;

  GPtrArray *chips;
  GTimeZone *zone;
};

enum
{
  CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SmmPlaceDialog, smm_place_dialog, ADW_TYPE_WINDOW)

static guint32
get_day (SmmPlaceDialog *self)
{
  g_autoptr (GDateTime) chosen = gtk_calendar_get_date (self->calendar);
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_dmy (&date, g_date_time_get_day_of_month (chosen), g_date_time_get_month (chosen),
                  g_date_time_get_year (chosen));
  return g_date_get_julian (&date);
}

static int
get_minute (SmmPlaceDialog *self)
{
  return gtk_spin_button_get_value_as_int (self->hour) * 60
         + gtk_spin_button_get_value_as_int (self->minute);
}

static void
update (SmmPlaceDialog *self)
{
  g_autoptr (GArray) at = smm_calendar_plan_landings (
      self->chips, self->chips->pdata[0], get_day (self), get_minute (self), self->zone);
  const char *why = smm_calendar_why_not (self->chips, at, FALSE);
  g_autofree char *text = smm_time_format_long (g_array_index (at, gint64, 0), self->zone);

  gtk_label_set_label (self->landing, why != NULL ? why : text);
  if (why != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self->landing), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->landing), "error");
  gtk_widget_set_sensitive (self->move, why == NULL);
}

static void
on_changed (SmmPlaceDialog *self)
{
  if (self->chips != NULL)
    update (self);
}

static gboolean
has_12_hours (void)
{
  return smm_clock_has_12_hours (smm_clock_get_default ());
}

static gboolean
on_output (GtkSpinButton *spin, SmmPlaceDialog *self)
{
  int value = gtk_spin_button_get_value_as_int (spin);
  g_autofree char *text = NULL;

  if (spin == self->hour && has_12_hours ())
    {
      g_autofree char *half = smm_clock_print (value * 60, "%p");

      text = g_strdup_printf ("%d", (value + 11) % 12 + 1);
      gtk_button_set_label (self->half, half);
    }
  else
    text = g_strdup_printf ("%02d", value);
  gtk_editable_set_text (GTK_EDITABLE (spin), text);
  return TRUE;
}

/* By 12 hours a number is meant in the half that is chosen; 13 and more say it themselves. */
static int
on_hour_input (GtkSpinButton *spin, double *value, SmmPlaceDialog *self)
{
  int hour = atoi (gtk_editable_get_text (GTK_EDITABLE (spin)));

  if (has_12_hours () && hour >= 1 && hour <= 12)
    hour = hour % 12
           + (gtk_adjustment_get_value (gtk_spin_button_get_adjustment (spin)) < 12 ? 0 : 12);
  *value = hour;
  return TRUE;
}

static void
on_half (SmmPlaceDialog *self)
{
  gtk_spin_button_update (self->hour);
  gtk_spin_button_set_value (self->hour, (gtk_spin_button_get_value_as_int (self->hour) + 12) % 24);
}

static void
on_move (SmmPlaceDialog *self)
{
  gtk_spin_button_update (self->hour);
  gtk_spin_button_update (self->minute);
  if (!gtk_widget_get_sensitive (self->move))
    return;
  g_signal_emit (self, signals[CHOSEN], 0, get_day (self), get_minute (self));
  gtk_window_close (GTK_WINDOW (self));
}

/* A spin button of this version of the toolkit keeps Return to itself. */
static gboolean
on_key_pressed (GtkEventControllerKey *controller, guint keyval, guint keycode,
                GdkModifierType state, SmmPlaceDialog *self)
{
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (self));

  if ((keyval != GDK_KEY_Return && keyval != GDK_KEY_KP_Enter) || focus == NULL
      || gtk_widget_get_ancestor (focus, GTK_TYPE_SPIN_BUTTON) == NULL)
    return GDK_EVENT_PROPAGATE;
  on_move (self);
  return GDK_EVENT_STOP;
}

static void
smm_place_dialog_dispose (GObject *object)
{
  SmmPlaceDialog *self = SMM_PLACE_DIALOG (object);

  g_clear_pointer (&self->chips, g_ptr_array_unref);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  G_OBJECT_CLASS (smm_place_dialog_parent_class)->dispose (object);
}

static void
smm_place_dialog_class_init (SmmPlaceDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = smm_place_dialog_dispose;
  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_INT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/nkonsept/Smm/ui/calendar/smm-place-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, SmmPlaceDialog, calendar);
  gtk_widget_class_bind_template_child (widget_class, SmmPlaceDialog, hour);
  gtk_widget_class_bind_template_child (widget_class, SmmPlaceDialog, minute);
  gtk_widget_class_bind_template_child (widget_class, SmmPlaceDialog, half);
  gtk_widget_class_bind_template_child (widget_class, SmmPlaceDialog, landing);
  gtk_widget_class_bind_template_child (widget_class, SmmPlaceDialog, move);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_output);
  gtk_widget_class_bind_template_callback (widget_class, on_hour_input);
  gtk_widget_class_bind_template_callback (widget_class, on_half);
  gtk_widget_class_bind_template_callback (widget_class, on_move);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
smm_place_dialog_init (SmmPlaceDialog *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key_pressed), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  gtk_widget_set_visible (GTK_WIDGET (self->half), has_12_hours ());
  gtk_widget_grab_focus (GTK_WIDGET (self->hour));
}

/**
 * smm_place_dialog_new:
 * @parent: the window it stands before
 * @chips: (element-type SmmChip): posts, at least one
 * @day: the julian day for a post without a time
 * @zone: (nullable): IANA name of the zone that is meant
 *
 * Returns: (transfer none): to be presented
 */
GtkWidget *
smm_place_dialog_new (GtkWindow *parent, GPtrArray *chips, guint32 day, const char *zone)
{
  SmmPlaceDialog *self = g_object_new (SMM_TYPE_PLACE_DIALOG, "transient-for", parent, NULL);
  SmmChip *first = chips->pdata[0];
  g_autofree char *title = NULL;
  g_autoptr (GDateTime) date = NULL;
  GDate shown;
  int minute;

  self->zone = smm_app_zone_new (zone);
  title = chips->len == 1
              ? g_strdup (_ ("Move Post"))
              : g_strdup_printf (g_dngettext (NULL, "Move %u Post", "Move %u Posts", chips->len),
                                 chips->len);
  gtk_window_set_title (GTK_WINDOW (self), title);
  minute = first->due_at != 0 ? smm_time_get_minute (first->due_at, self->zone) : MORNING;
  g_date_clear (&shown, 1);
  g_date_set_julian (&shown, first->due_at != 0 ? smm_time_get_day (first->due_at, self->zone)
                                                : MAX (day, smm_day_today (self->zone)));
  date = g_date_time_new_utc (g_date_get_year (&shown), g_date_get_month (&shown),
                              g_date_get_day (&shown), 12, 0, 0);
  gtk_calendar_select_day (self->calendar, date);
  gtk_spin_button_set_value (self->hour, minute / 60);
  gtk_spin_button_set_value (self->minute, minute % 60);
  self->chips = g_ptr_array_ref (chips);
  update (self);
  return GTK_WIDGET (self);
}

GPtrArray *
smm_place_dialog_get_chips (SmmPlaceDialog *self)
{
  return self->chips;
}

/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-time-row.h"

#include <glib/gi18n.h>
#include <stdio.h>

#include "smm-app-time.h"
#include "smm-library.h"
#include "smm-day-clicks.h"
#include "smm-state-icon.h"
#include "smm-wrap.h"
#include "smm-zone-chooser.h"

#define MORNING (9 * 60)
#define EXAMPLE (9 * 60 + 30)
#define LAST_MINUTE (24 * 60 - 1)

struct _SmmTimeRow
{
  GtkBox parent_instance;

  GtkWidget *title;
  GtkWidget *day_button;
  GtkWidget *calendar;
  GtkWidget *free_slot;
  GtkWidget *clock;
  GtkWidget *zone_chooser;
  GtkWidget *note;

  GDate day; /* invalid: no day chosen */
  char *zone;
  char *wall;
  gint64 due_at;
  gboolean setting;
};

enum
{
  CHANGED,
  FREE_SLOT,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SmmTimeRow, smm_time_row, GTK_TYPE_BOX)

static void
show_note (SmmTimeRow *self, const char *text, gboolean problem)
{
  gtk_label_set_label (GTK_LABEL (self->note), text != NULL ? text : "");
  if (problem)
    gtk_widget_add_css_class (self->note, "state-failed");
  else
    gtk_widget_remove_css_class (self->note, "state-failed");
}

/* A menu button has no name of its own from its label. */
static void
show_day (SmmTimeRow *self, const char *label)
{
  gtk_menu_button_set_label (GTK_MENU_BUTTON (self->day_button), label);
  smm_widget_set_label (self->day_button, label);
}

/* Works out the time from the widgets and says in words what is wrong with it. */
static void
update (SmmTimeRow *self)
{
  g_autoptr (GTimeZone) zone = smm_app_zone_new (self->zone);
  g_autofree char *city = smm_zone_get_city (self->zone);
  g_autofree char *text = NULL;
  const char *note = NULL;
  int minute = smm_clock_parse (gtk_editable_get_text (GTK_EDITABLE (self->clock)));

  g_clear_pointer (&self->wall, g_free);
  self->due_at = 0;
  gtk_widget_remove_css_class (self->clock, "error");
  if (!g_date_valid (&self->day))
    {
      gtk_label_set_label (GTK_LABEL (self->title), _ ("No time yet"));
      show_day (self, _ ("Choose a Day"));
      text = g_strdup_printf (_ ("Times are in %s"), city);
      show_note (self, text, FALSE);
      return;
    }
  {
    char label[64];

    g_date_strftime (label, sizeof label, "%a %-d %b %Y", &self->day);
    show_day (self, label);
  }
  if (minute < 0)
    {
      gtk_label_set_label (GTK_LABEL (self->title), _ ("No time yet"));
      gtk_widget_add_css_class (self->clock, "error");
      g_autofree char *example = smm_clock_format (EXAMPLE);

      /* Translators: %s is a time, like 09:30 */
      text = g_strdup_printf (_ ("Write the time as hours and minutes, for example %s"), example);
      show_note (self, text, TRUE);
      return;
    }
  self->wall = g_strdup_printf ("%04d-%02d-%02dT%02d:%02d:00", g_date_get_year (&self->day),
                                g_date_get_month (&self->day), g_date_get_day (&self->day),
                                minute / 60, minute % 60);
  if (!smm_wall_time_resolve (self->wall, self->zone, &self->due_at, &note, NULL))
    {
      g_clear_pointer (&self->wall, g_free);
      self->due_at = 0;
      show_note (self, _ ("This time can’t be read"), TRUE);
      return;
    }
  text = smm_time_format_long (self->due_at, zone);
  gtk_label_set_label (GTK_LABEL (self->title), text);
  if (smm_time_row_is_past (self))
    {
      gtk_widget_add_css_class (self->clock, "error");
      show_note (self, _ ("This time is in the past. Choose a later one, or publish now."), TRUE);
    }
  else if (g_strcmp0 (note, "gap") == 0)
    {
      g_autofree char *clock = smm_time_format_clock (self->due_at, zone);
      g_autofree char *meant = smm_clock_format (minute);
      g_autofree char *words = g_strdup_printf (_ ("The clocks go forward then: %s does not "
                                                   "exist, it goes out at %s"),
                                                meant, clock);

      show_note (self, words, FALSE);
    }
  else if (g_strcmp0 (note, "fold") == 0)
    show_note (self, _ ("The clocks go back then and this hour comes twice: the first one is used"),
               FALSE);
  else
    {
      g_autofree char *words = g_strdup_printf (_ ("Time in %s"), city);

      show_note (self, words, FALSE);
    }
}

/* What is no time is left as it is. */
static void
write_clock (SmmTimeRow *self, int minute)
{
  g_autofree char *text = minute >= 0 ? smm_clock_format (minute) : NULL;

  gtk_editable_set_width_chars (GTK_EDITABLE (self->clock), smm_clock_get_width ());
  gtk_editable_set_max_width_chars (GTK_EDITABLE (self->clock), smm_clock_get_width ());
  if (text != NULL)
    gtk_editable_set_text (GTK_EDITABLE (self->clock), text);
}

static void
changed (SmmTimeRow *self)
{
  if (self->setting)
    return;
  update (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_day_selected (GtkCalendar *calendar, SmmTimeRow *self)
{
  g_autoptr (GDateTime) date = NULL;

  if (self->setting)
    return;
  date = gtk_calendar_get_date (calendar);
  g_date_set_dmy (&self->day, g_date_time_get_day_of_month (date), g_date_time_get_month (date),
                  g_date_time_get_year (date));
  changed (self);
  gtk_menu_button_popdown (GTK_MENU_BUTTON (self->day_button));
}

static gboolean
take_day_cb (gpointer user_data)
{
  g_autoptr (SmmTimeRow) self = user_data;

  if (gtk_widget_get_mapped (self->calendar))
    on_day_selected (GTK_CALENDAR (self->calendar), self);
  return G_SOURCE_REMOVE;
}

static void
on_free_slot_clicked (SmmTimeRow *self)
{
  gtk_menu_button_popdown (GTK_MENU_BUTTON (self->day_button));
  g_signal_emit (self, signals[FREE_SLOT], 0);
}

static void
on_clock_changed (GtkEditable *editable, SmmTimeRow *self)
{
  changed (self);
}

/* The time on the clock stays, and means another moment. */
static void
on_zone_changed (SmmTimeRow *self)
{
  const char *zone = smm_zone_chooser_get (SMM_ZONE_CHOOSER (self->zone_chooser));

  if (zone == NULL || g_strcmp0 (zone, self->zone) == 0)
    return;
  g_free (self->zone);
  self->zone = g_strdup (zone);
  changed (self);
}

/* The same time, written the other way. */
static void
on_clock_told (SmmClock *clock, SmmTimeRow *self)
{
  int minute = smm_clock_parse (gtk_editable_get_text (GTK_EDITABLE (self->clock)));
  gboolean setting = self->setting;

  self->setting = TRUE;
  write_clock (self, minute);
  self->setting = setting;
  update (self);
}

static void
smm_time_row_finalize (GObject *object)
{
  SmmTimeRow *self = SMM_TIME_ROW (object);

  g_free (self->zone);
  g_free (self->wall);
  G_OBJECT_CLASS (smm_time_row_parent_class)->finalize (object);
}

static void
smm_time_row_class_init (SmmTimeRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = smm_time_row_finalize;
  signals[CHANGED] = g_signal_new ("changed", SMM_TYPE_TIME_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
  signals[FREE_SLOT] = g_signal_new ("free-slot", SMM_TYPE_TIME_ROW, G_SIGNAL_RUN_LAST, 0, NULL,
                                     NULL, NULL, G_TYPE_NONE, 0);
}

static GtkWidget *
create_day_chooser (SmmTimeRow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  self->calendar = gtk_calendar_new ();
  g_signal_connect (self->calendar, "day-selected", G_CALLBACK (on_day_selected), self);
  smm_calendar_watch_days (self->calendar, take_day_cb, G_OBJECT (self));
  self->free_slot = gtk_button_new_with_label (_ ("Next Free Slot"));
  gtk_widget_set_visible (self->free_slot, FALSE);
  g_signal_connect_swapped (self->free_slot, "clicked", G_CALLBACK (on_free_slot_clicked), self);
  gtk_box_append (GTK_BOX (box), self->calendar);
  gtk_box_append (GTK_BOX (box), self->free_slot);
  return box;
}

static void
smm_time_row_init (SmmTimeRow *self)
{
  GtkWidget *icon = gtk_image_new_from_icon_name (smm_state_icon_name (SMM_TARGET_SCHEDULED));
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *about = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *choice = smm_wrap_new (6);
  GtkWidget *popover = gtk_popover_new ();

  g_date_clear (&self->day, 1);
  gtk_box_set_spacing (GTK_BOX (self), 12);
  self->title = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->title), 0);
  gtk_label_set_ellipsize (GTK_LABEL (self->title), PANGO_ELLIPSIZE_END);
  self->note = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->note), 0);
  gtk_label_set_wrap (GTK_LABEL (self->note), TRUE);
  gtk_widget_add_css_class (self->note, "caption");
  gtk_widget_add_css_class (self->note, "dim-label");
  gtk_box_append (GTK_BOX (words), self->title);
  gtk_box_append (GTK_BOX (words), self->note);
  gtk_widget_set_hexpand (words, TRUE);
  gtk_widget_set_valign (words, GTK_ALIGN_CENTER);

  gtk_popover_set_child (GTK_POPOVER (popover), create_day_chooser (self));
  self->day_button = gtk_menu_button_new ();
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (self->day_button), popover);
  gtk_widget_set_valign (self->day_button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (self->day_button, _ ("Day"));

  self->clock = gtk_entry_new ();
  write_clock (self, MORNING);
  gtk_widget_set_valign (self->clock, GTK_ALIGN_CENTER);
  smm_widget_set_label (self->clock, _ ("Time, hours and minutes"));
  g_signal_connect (self->clock, "changed", G_CALLBACK (on_clock_changed), self);
  g_signal_connect_object (smm_clock_get_default (), "changed", G_CALLBACK (on_clock_told), self,
                           0);

  gtk_box_append (GTK_BOX (about), icon);
  gtk_box_append (GTK_BOX (about), words);
  self->zone_chooser = smm_zone_chooser_new ();
  gtk_widget_set_valign (self->zone_chooser, GTK_ALIGN_CENTER);
  g_signal_connect_swapped (self->zone_chooser, "changed", G_CALLBACK (on_zone_changed), self);
  gtk_widget_set_valign (choice, GTK_ALIGN_CENTER);
  smm_wrap_append (SMM_WRAP (choice), self->day_button);
  smm_wrap_append (SMM_WRAP (choice), self->clock);
  smm_wrap_append (SMM_WRAP (choice), self->zone_chooser);
  gtk_box_append (GTK_BOX (self), about);
  gtk_box_append (GTK_BOX (self), choice);
}

/**
 * smm_time_row_new:
 *
 * Returns: (transfer full): a row without a time
 */
GtkWidget *
smm_time_row_new (void)
{
  return g_object_new (SMM_TYPE_TIME_ROW, NULL);
}

/**
 * smm_time_row_set_narrow:
 * @self: a row
 * @narrow: whether day and time stand below the words
 */
void
smm_time_row_set_narrow (SmmTimeRow *self, gboolean narrow)
{
  g_return_if_fail (SMM_IS_TIME_ROW (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self),
                                  narrow ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
}

/**
 * smm_time_row_set:
 * @self: a row
 * @wall: (nullable): a wall time
 * @zone: the zone it is meant in
 */
void
smm_time_row_set (SmmTimeRow *self, const char *wall, const char *zone)
{
  int year, month, day, hour, minute;

  g_return_if_fail (SMM_IS_TIME_ROW (self));

  self->setting = TRUE;
  g_free (self->zone);
  self->zone = g_strdup (zone != NULL ? zone : "UTC");
  smm_zone_chooser_set (SMM_ZONE_CHOOSER (self->zone_chooser), self->zone);
  g_date_clear (&self->day, 1);
  if (wall != NULL && sscanf (wall, "%4d-%2d-%2dT%2d:%2d", &year, &month, &day, &hour, &minute) == 5
      && g_date_valid_dmy (day, month, year))
    {
      g_autoptr (GDateTime) date = g_date_time_new_utc (year, month, day, 12, 0, 0);

      g_date_set_dmy (&self->day, day, month, year);
      gtk_calendar_select_day (GTK_CALENDAR (self->calendar), date);
      write_clock (self, CLAMP (hour * 60 + minute, 0, LAST_MINUTE));
    }
  self->setting = FALSE;
  update (self);
}

/**
 * smm_time_row_choose:
 * @self: a row
 * @wall: a wall time
 * @zone: the zone it is meant in
 */
void
smm_time_row_choose (SmmTimeRow *self, const char *wall, const char *zone)
{
  g_return_if_fail (SMM_IS_TIME_ROW (self));

  smm_time_row_set (self, wall, zone);
  g_signal_emit (self, signals[CHANGED], 0);
}

/**
 * smm_time_row_offer_slots:
 * @self: a row
 * @offered: whether the brand has slots
 */
void
smm_time_row_offer_slots (SmmTimeRow *self, gboolean offered)
{
  g_return_if_fail (SMM_IS_TIME_ROW (self));

  gtk_widget_set_visible (self->free_slot, offered);
}

/**
 * smm_time_row_get_wall:
 * @self: a row
 *
 * Returns: (transfer none) (nullable): the wall time
 */
const char *
smm_time_row_get_wall (SmmTimeRow *self)
{
  return self->wall;
}

/**
 * smm_time_row_get_zone:
 * @self: a row
 *
 * Returns: (transfer none) (nullable): the zone's name
 */
const char *
smm_time_row_get_zone (SmmTimeRow *self)
{
  return self->zone;
}

/**
 * smm_time_row_get_due:
 * @self: a row
 *
 * Returns: the time, µs UTC; 0 without one
 */
gint64
smm_time_row_get_due (SmmTimeRow *self)
{
  return self->due_at;
}

/**
 * smm_time_row_is_past:
 * @self: a row
 *
 * Returns: %TRUE when the time has passed
 */
gboolean
smm_time_row_is_past (SmmTimeRow *self)
{
  return self->due_at != 0 && self->due_at < g_get_real_time ();
}

/**
 * smm_time_row_ask:
 * @self: a row
 */
void
smm_time_row_ask (SmmTimeRow *self)
{
  if (g_date_valid (&self->day))
    gtk_widget_grab_focus (self->clock);
  else
    gtk_menu_button_popup (GTK_MENU_BUTTON (self->day_button));
}

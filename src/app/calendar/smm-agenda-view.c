/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-agenda-view.h"

#include <glib/gi18n.h>

#include "smm-app-time.h"
#include "smm-chip-view.h"
#include "smm-platform-marks.h"
#include "smm-state-icon.h"
#include "smm-thumbnail.h"

#define DAYS 42
#define MAX_DOTS 4

struct _SmmAgendaView
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkWidget *strip[7]; /* GtkButton */
  GtkWidget *scroller;
  GtkWidget *groups;
  GtkWidget *empty;
  GtkWidget *stack;

  GTimeZone *zone;
  guint32 first; /* first day of the week shown */
};

enum
{
  LOAD,
  CHIP_ACTIVATED,
  WEEK_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SmmAgendaView, smm_agenda_view, GTK_TYPE_WIDGET)

static guint32
week_of (guint32 day)
{
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_julian (&date, day);
  return day - ((int)g_date_get_weekday (&date) - smm_locale_first_weekday () + 7) % 7;
}

static void
on_row_activated (GtkListBox *list, GtkListBoxRow *row, SmmAgendaView *self)
{
  g_signal_emit (self, signals[CHIP_ACTIVATED], 0, g_object_get_data (G_OBJECT (row), "chip"), row);
}

static GtkWidget *
create_row (SmmAgendaView *self, SmmChip *chip)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *second = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  g_autofree char *clock = smm_time_format_clock (chip->due_at, self->zone);
  g_autofree char *name = smm_chip_describe (chip, self->zone);
  GtkWidget *time = gtk_label_new (clock);
  GtkWidget *picture = smm_thumbnail_new (40);
  GtkWidget *title = gtk_label_new (chip->title);
  GtkWidget *marks = smm_platform_marks_new ();
  GtkWidget *icon = gtk_image_new ();
  g_autofree char *state = smm_state_dup_word (chip->state, chip->handed_over);
  GtkWidget *word = gtk_label_new (state);

  gtk_widget_add_css_class (box, "agenda-row");
  gtk_widget_add_css_class (time, "agenda-time");
  gtk_label_set_width_chars (GTK_LABEL (time), 5);
  gtk_box_append (GTK_BOX (box), time);
  smm_thumbnail_set_sha256 (SMM_THUMBNAIL (picture), chip->thumbnail);
  gtk_widget_set_valign (picture, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), picture);
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_ellipsize (GTK_LABEL (title), PANGO_ELLIPSIZE_END);
  gtk_box_append (GTK_BOX (column), title);
  smm_platform_marks_set (SMM_PLATFORM_MARKS (marks), chip->platforms);
  gtk_box_append (GTK_BOX (second), marks);
  gtk_image_set_pixel_size (GTK_IMAGE (icon), 14);
  smm_state_image_set (GTK_IMAGE (icon), chip->state);
  gtk_box_append (GTK_BOX (second), icon);
  smm_state_style (word, chip->state);
  gtk_widget_add_css_class (word, "state-word");
  gtk_label_set_ellipsize (GTK_LABEL (word), PANGO_ELLIPSIZE_END);
  gtk_box_append (GTK_BOX (second), word);
  gtk_box_append (GTK_BOX (column), second);
  gtk_widget_set_valign (column, GTK_ALIGN_CENTER);
  gtk_widget_set_hexpand (column, TRUE);
  gtk_box_append (GTK_BOX (box), column);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  g_object_set_data_full (G_OBJECT (row), "chip", g_object_ref (chip), g_object_unref);
  smm_widget_set_label (row, name);
  return row;
}

static GtkWidget *
append_group (SmmAgendaView *self, guint32 day)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *list = gtk_list_box_new ();
  guint32 today = smm_day_today (self->zone);
  g_autofree char *weekday = smm_day_format (day, "%A");
  g_autofree char *date = NULL;
  g_autofree char *name = smm_day_format (day, _ ("%A %-e %B"));
  const char *word = day == today ? _ ("Today") : day == today + 1 ? _ ("Tomorrow") : weekday;
  GtkWidget *title, *note;

  /* Translators: beside “Today”: Wednesday 14; beside the weekday: 16 October */
  date = smm_day_format (day, word == weekday ? _ ("%-e %B") : _ ("%A %-e"));
  title = gtk_label_new (word);
  note = gtk_label_new (date);
  gtk_widget_add_css_class (head, "agenda-day");
  gtk_widget_add_css_class (title, "heading");
  gtk_widget_add_css_class (note, "caption");
  gtk_widget_add_css_class (note, "dim-label");
  gtk_box_append (GTK_BOX (head), title);
  gtk_box_append (GTK_BOX (head), note);
  g_object_set_data (G_OBJECT (head), "day", GUINT_TO_POINTER (day));
  gtk_box_append (GTK_BOX (self->groups), head);
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  smm_widget_set_label (list, name);
  g_signal_connect (list, "row-activated", G_CALLBACK (on_row_activated), self);
  gtk_box_append (GTK_BOX (self->groups), list);
  return list;
}

static void
fill_strip (SmmAgendaView *self, GPtrArray *chips)
{
  guint32 today = smm_day_today (self->zone);

  for (int i = 0; i < 7; i++)
    {
      GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
      GtkWidget *dots = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 3);
      g_autofree char *weekday = smm_day_format (self->first + i, "%a");
      g_autofree char *number = smm_day_format (self->first + i, "%-e");
      g_autofree char *day = smm_day_format (self->first + i, _ ("%A %-e %B"));
      GtkWidget *name = gtk_label_new (weekday);
      GtkWidget *disc = gtk_label_new (number);
      int n = 0;

      gtk_widget_add_css_class (name, "caption-heading");
      gtk_widget_add_css_class (name, "dim-label");
      gtk_widget_add_css_class (disc, "disc");
      gtk_widget_set_halign (disc, GTK_ALIGN_CENTER);
      gtk_widget_set_halign (dots, GTK_ALIGN_CENTER);
      gtk_widget_set_size_request (dots, -1, 5);
      if (self->first + i == today)
        gtk_widget_add_css_class (disc, "today");
      for (guint j = 0; j < chips->len && n < MAX_DOTS; j++)
        {
          SmmChip *chip = chips->pdata[j];

          if (smm_time_get_day (chip->due_at, self->zone) == self->first + i)
            {
              GtkWidget *dot = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

              gtk_widget_add_css_class (dot, "dot");
              smm_state_style (dot, chip->state);
              gtk_box_append (GTK_BOX (dots), dot);
              n++;
            }
        }
      gtk_box_append (GTK_BOX (box), name);
      gtk_box_append (GTK_BOX (box), disc);
      gtk_box_append (GTK_BOX (box), dots);
      gtk_button_set_child (GTK_BUTTON (self->strip[i]), box);
      smm_widget_set_label (self->strip[i], day);
    }
}

static void
on_strip_clicked (GtkButton *button, SmmAgendaView *self)
{
  guint32 day = self->first;

  for (int i = 0; i < 7; i++)
    if (self->strip[i] == GTK_WIDGET (button))
      day += i;
  smm_agenda_view_show_day (self, day);
}

static void
smm_agenda_view_dispose (GObject *object)
{
  SmmAgendaView *self = SMM_AGENDA_VIEW (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  G_OBJECT_CLASS (smm_agenda_view_parent_class)->dispose (object);
}

static void
smm_agenda_view_class_init (SmmAgendaViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = smm_agenda_view_dispose;
  signals[LOAD] = g_signal_new ("load", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_PTR_ARRAY, 2, G_TYPE_INT64, G_TYPE_INT64);
  signals[CHIP_ACTIVATED] = g_signal_new ("chip-activated", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                          NULL, G_TYPE_NONE, 2, SMM_TYPE_CHIP, GTK_TYPE_WIDGET);
  signals[WEEK_CHANGED]
      = g_signal_new ("week-changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "agenda");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
smm_agenda_view_init (SmmAgendaView *self)
{
  GtkWidget *week = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  self->zone = g_time_zone_new_local ();
  self->first = week_of (smm_day_today (self->zone));
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));

  gtk_box_set_homogeneous (GTK_BOX (week), TRUE);
  gtk_widget_add_css_class (week, "week-strip");
  for (int i = 0; i < 7; i++)
    {
      self->strip[i] = gtk_button_new ();
      gtk_widget_add_css_class (self->strip[i], "flat");
      g_signal_connect (self->strip[i], "clicked", G_CALLBACK (on_strip_clicked), self);
      gtk_box_append (GTK_BOX (week), self->strip[i]);
    }
  gtk_box_append (GTK_BOX (self->box), week);

  self->groups = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_add_css_class (self->groups, "agenda-groups");
  self->scroller = gtk_scrolled_window_new ();
  g_object_set (self->scroller, "hscrollbar-policy", GTK_POLICY_NEVER, "child", self->groups,
                "vexpand", TRUE, NULL);
  smm_widget_set_label (self->scroller, _ ("Agenda"));
  self->empty = gtk_label_new (_ ("Nothing planned in these weeks."));
  gtk_label_set_wrap (GTK_LABEL (self->empty), TRUE);
  gtk_widget_add_css_class (self->empty, "dim-label");
  self->stack = gtk_stack_new ();
  gtk_widget_set_vexpand (self->stack, TRUE);
  gtk_stack_add_named (GTK_STACK (self->stack), self->scroller, "days");
  gtk_stack_add_named (GTK_STACK (self->stack), self->empty, "empty");
  gtk_box_append (GTK_BOX (self->box), self->stack);
  smm_widget_set_label (GTK_WIDGET (self), _ ("Agenda"));
}

/**
 * smm_agenda_view_new:
 *
 * Returns: (transfer full): the agenda of this week
 */
GtkWidget *
smm_agenda_view_new (void)
{
  return g_object_new (SMM_TYPE_AGENDA_VIEW, NULL);
}

/**
 * smm_agenda_view_set_zone:
 * @self: an agenda
 * @zone: the zone days are meant in
 */
void
smm_agenda_view_set_zone (SmmAgendaView *self, GTimeZone *zone)
{
  g_return_if_fail (SMM_IS_AGENDA_VIEW (self));
  g_return_if_fail (zone != NULL);

  g_time_zone_ref (zone);
  g_time_zone_unref (self->zone);
  self->zone = zone;
}

/**
 * smm_agenda_view_reload:
 * @self: an agenda
 */
void
smm_agenda_view_reload (SmmAgendaView *self)
{
  g_autoptr (GPtrArray) chips = NULL;
  GtkWidget *child, *list = NULL;
  guint32 last = 0, today;
  guint shown = 0;

  g_return_if_fail (SMM_IS_AGENDA_VIEW (self));

  g_signal_emit (self, signals[LOAD], 0, smm_day_get_start (self->first, self->zone),
                 smm_day_get_start (self->first + DAYS, self->zone), &chips);
  if (chips == NULL)
    chips = g_ptr_array_new ();
  while ((child = gtk_widget_get_first_child (self->groups)) != NULL)
    gtk_box_remove (GTK_BOX (self->groups), child);
  fill_strip (self, chips);
  today = smm_day_today (self->zone);
  for (guint i = 0; i < chips->len && shown < 300; i++)
    {
      guint32 day = smm_time_get_day (((SmmChip *)chips->pdata[i])->due_at, self->zone);

      /* This week begins with today; what was before is in the month and one week back. */
      if (week_of (today) == self->first && day < today)
        continue;
      if (day != last)
        list = append_group (self, day);
      last = day;
      gtk_list_box_append (GTK_LIST_BOX (list), create_row (self, chips->pdata[i]));
      shown++;
    }
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), shown > 0 ? "days" : "empty");
}

/**
 * smm_agenda_view_move:
 * @self: an agenda
 * @weeks: weeks to go, negative: back
 */
void
smm_agenda_view_move (SmmAgendaView *self, int weeks)
{
  g_return_if_fail (SMM_IS_AGENDA_VIEW (self));

  self->first += weeks * 7;
  smm_agenda_view_reload (self);
  g_signal_emit (self, signals[WEEK_CHANGED], 0);
}

/**
 * smm_agenda_view_show_day:
 * @self: an agenda
 * @day: a julian day; the list begins there
 */
void
smm_agenda_view_show_day (SmmAgendaView *self, guint32 day)
{
  GtkAdjustment *adjustment;

  g_return_if_fail (SMM_IS_AGENDA_VIEW (self));

  if (week_of (day) != self->first)
    {
      self->first = week_of (day);
      smm_agenda_view_reload (self);
      g_signal_emit (self, signals[WEEK_CHANGED], 0);
    }
  adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroller));
  for (GtkWidget *child = gtk_widget_get_first_child (self->groups); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      guint32 shown = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (child), "day"));
      double y;

      if (shown >= day && shown != 0
          && gtk_widget_translate_coordinates (child, self->groups, 0, 0, NULL, &y))
        {
          gtk_adjustment_set_value (adjustment, y);
          return;
        }
    }
}

/**
 * smm_agenda_view_get_title:
 * @self: an agenda
 *
 * Returns: (transfer full): month and year
 */
char *
smm_agenda_view_get_title (SmmAgendaView *self)
{
  g_return_val_if_fail (SMM_IS_AGENDA_VIEW (self), NULL);

  /* Translators: month and year: October 2026 */
  return smm_day_format (self->first + 3, _ ("%OB %Y"));
}

/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-time-board.h"

#include <glib/gi18n.h>

#include "smm-app-time.h"
#include "smm-state-icon.h"

#define MAX_DAYS 7
#define HOUR_HEIGHT 43
#define CHIP_HEIGHT 46

struct _SmmTimeBoard
{
  GtkWidget parent_instance;

  GtkWidget *lines[24];
  GtkWidget *hours[24];
  GtkWidget *columns[MAX_DAYS];
  GtkWidget *now_line; /* thin, over all days */
  GtkWidget *now_bar;  /* thick, over today */
  GtkWidget *now_clock;

  SmmCalendarModel *model;
  int n_days;
  int hour_height, chip_height;
  int gutter;
  int now;       /* minute of the day */
  int now_index; /* which column; -1: today is not shown */
  guint timer;
};

G_DEFINE_FINAL_TYPE (SmmTimeBoard, smm_time_board, GTK_TYPE_WIDGET)

/* --- The present moment --- */

static gboolean on_minute (gpointer user_data);

static void
arm (SmmTimeBoard *self)
{
  gint64 now = g_get_real_time ();
  gint64 next = 60 * G_USEC_PER_SEC - now % (60 * G_USEC_PER_SEC);

  g_clear_handle_id (&self->timer, g_source_remove);
  self->timer = g_timeout_add (next / 1000 + 20, on_minute, self);
}

static gboolean
on_minute (gpointer user_data)
{
  SmmTimeBoard *self = user_data;

  self->timer = 0;
  smm_time_board_update_now (self);
  arm (self);
  return G_SOURCE_REMOVE;
}

void
smm_time_board_update_now (SmmTimeBoard *self)
{
  GTimeZone *zone = smm_calendar_model_get_zone (self->model);
  guint32 today = smm_day_today (zone);
  g_autofree char *clock = smm_time_format_clock (g_get_real_time (), zone);
  /* Translators: the present moment, %s is a time */
  g_autofree char *name = g_strdup_printf (_ ("Now, %s"), clock);

  self->now = smm_time_get_minute (g_get_real_time (), zone);
  self->now_index = -1;
  for (int i = 0; i < self->n_days; i++)
    if (smm_day_column_get_day (SMM_DAY_COLUMN (self->columns[i])) == today)
      self->now_index = i;
  gtk_label_set_label (GTK_LABEL (self->now_clock), clock);
  smm_widget_set_label (self->now_clock, name);
  gtk_widget_set_visible (self->now_line, self->now_index >= 0);
  gtk_widget_set_visible (self->now_bar, self->now_index >= 0);
  gtk_widget_set_visible (self->now_clock, self->now_index >= 0);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

static void
smm_time_board_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (smm_time_board_parent_class)->map (widget);
  smm_time_board_update_now (SMM_TIME_BOARD (widget));
  arm (SMM_TIME_BOARD (widget));
}

static void
smm_time_board_unmap (GtkWidget *widget)
{
  g_clear_handle_id (&SMM_TIME_BOARD (widget)->timer, g_source_remove);
  GTK_WIDGET_CLASS (smm_time_board_parent_class)->unmap (widget);
}

/* --- Sizes --- */

/* An hour is as high as a chip of two lines, nearly: both grow with the letters. */
static void
update_scale (SmmTimeBoard *self)
{
  int line, clock, hour;

  gtk_widget_measure (self->hours[12], GTK_ORIENTATION_VERTICAL, -1, NULL, &line, NULL, NULL);
  gtk_widget_measure (self->hours[12], GTK_ORIENTATION_HORIZONTAL, -1, NULL, &hour, NULL, NULL);
  gtk_widget_measure (self->now_clock, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &clock, NULL, NULL);
  self->chip_height = MAX (CHIP_HEIGHT, 2 * line + 14);
  self->hour_height = self->chip_height - (CHIP_HEIGHT - HOUR_HEIGHT);
  self->gutter = MAX (MAX (hour, clock) + 6, 52);
  for (int i = 0; i < self->n_days; i++)
    smm_day_column_set_scale (SMM_DAY_COLUMN (self->columns[i]), self->hour_height,
                              self->chip_height);
}

static void
smm_time_board_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                        int *natural, int *minimum_baseline, int *natural_baseline)
{
  SmmTimeBoard *self = SMM_TIME_BOARD (widget);

  *minimum_baseline = *natural_baseline = -1;
  update_scale (self);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = self->gutter + self->n_days * 30;
      *natural = self->gutter + self->n_days * 140;
    }
  else
    *minimum = *natural = 24 * self->hour_height + self->chip_height;
}

static void
put (SmmTimeBoard *self, GtkWidget *child, int x, int y, int child_width, int child_height,
     int width)
{
  int min_width, min_height;

  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &min_width, NULL, NULL, NULL);
  gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, -1, &min_height, NULL, NULL, NULL);
  child_width = MAX (child_width, min_width);
  if (gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL)
    x = width - x - child_width;
  gtk_widget_allocate (child, child_width, MAX (child_height, min_height), -1,
                       gsk_transform_translate (NULL, &GRAPHENE_POINT_INIT (x, y)));
}

static int
height_of (GtkWidget *child)
{
  int natural;

  gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, -1, NULL, &natural, NULL, NULL);
  return natural;
}

static void
allocate_now (SmmTimeBoard *self, int width)
{
  int y = self->now * self->hour_height / 60;
  int clock_height = height_of (self->now_clock);
  int column = (width - self->gutter) / self->n_days;

  if (self->now_index < 0)
    return;
  put (self, self->now_line, self->gutter, y, width - self->gutter, 1, width);
  put (self, self->now_bar, self->gutter + self->now_index * column, y - 1, column, 2, width);
  put (self, self->now_clock, 3, MAX (y - clock_height / 2, 0), self->gutter - 6, clock_height,
       width);
}

static void
smm_time_board_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  SmmTimeBoard *self = SMM_TIME_BOARD (widget);
  int column = (width - self->gutter) / self->n_days;

  for (int i = 0; i < 24; i++)
    {
      int label = height_of (self->hours[i]), y = i * self->hour_height;

      put (self, self->lines[i], self->gutter, y, width - self->gutter, 1, width);
      put (self, self->hours[i], 0, y - label / 2, self->gutter, label, width);
      /* The line says what time it is where the two would lie on each other. */
      gtk_widget_set_child_visible (
          self->hours[i], i > 0 && (self->now_index < 0 || ABS (self->now - i * 60) > 20));
    }
  for (int i = 0; i < self->n_days; i++)
    put (self, self->columns[i], self->gutter + i * column, 0,
         i == self->n_days - 1 ? width - self->gutter - i * column : column, height, width);
  allocate_now (self, width);
}

/* --- The widget --- */

static void
smm_time_board_dispose (GObject *object)
{
  SmmTimeBoard *self = SMM_TIME_BOARD (object);
  GtkWidget *child;

  g_clear_handle_id (&self->timer, g_source_remove);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->model);
  G_OBJECT_CLASS (smm_time_board_parent_class)->dispose (object);
}

static void
smm_time_board_class_init (SmmTimeBoardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = smm_time_board_dispose;
  widget_class->measure = smm_time_board_measure;
  widget_class->size_allocate = smm_time_board_size_allocate;
  widget_class->map = smm_time_board_map;
  widget_class->unmap = smm_time_board_unmap;
  gtk_widget_class_set_css_name (widget_class, "timeboard");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static GtkWidget *
add_box (SmmTimeBoard *self, const char *class_name)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_widget_add_css_class (box, class_name);
  gtk_widget_set_can_target (box, FALSE);
  gtk_widget_set_parent (box, GTK_WIDGET (self));
  return box;
}

static void
smm_time_board_init (SmmTimeBoard *self)
{
  self->hour_height = HOUR_HEIGHT;
  self->chip_height = CHIP_HEIGHT;
  self->gutter = 52;
  self->now_index = -1;
  smm_widget_set_label (GTK_WIDGET (self), _ ("Hours"));
  for (int i = 0; i < 24; i++)
    {
      g_autofree char *text = smm_clock_format_hour (i);

      self->lines[i] = add_box (self, "hour-line");
      self->hours[i] = gtk_label_new (text);
      gtk_label_set_xalign (GTK_LABEL (self->hours[i]), 1);
      gtk_widget_add_css_class (self->hours[i], "hour");
      gtk_widget_set_parent (self->hours[i], GTK_WIDGET (self));
    }
}

/**
 * smm_time_board_new:
 * @model: what is shown
 * @n_days: 1 or 7
 *
 * Returns: (transfer full): a board of no days yet
 */
GtkWidget *
smm_time_board_new (SmmCalendarModel *model, int n_days)
{
  SmmTimeBoard *self = g_object_new (SMM_TYPE_TIME_BOARD, NULL);

  self->model = g_object_ref (model);
  self->n_days = n_days;
  for (int i = 0; i < n_days; i++)
    {
      self->columns[i] = smm_day_column_new (model, n_days == 1 ? 130 : 60);
      gtk_widget_set_parent (self->columns[i], GTK_WIDGET (self));
      if (i == n_days - 1)
        gtk_widget_add_css_class (self->columns[i], "last");
    }
  self->now_line = add_box (self, "now-line");
  self->now_bar = add_box (self, "now-bar");
  self->now_clock = gtk_label_new ("00:00");
  gtk_widget_add_css_class (self->now_clock, "now-clock");
  gtk_widget_set_can_target (self->now_clock, FALSE);
  gtk_widget_set_parent (self->now_clock, GTK_WIDGET (self));
  return GTK_WIDGET (self);
}

SmmDayColumn *
smm_time_board_get_column (SmmTimeBoard *self, int i)
{
  return SMM_DAY_COLUMN (self->columns[i]);
}

int
smm_time_board_get_gutter (SmmTimeBoard *self)
{
  return self->gutter;
}

int
smm_time_board_get_hour_height (SmmTimeBoard *self)
{
  return self->hour_height;
}

/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-day-column.h"

#include <glib/gi18n.h>
#include <stdlib.h>

#include "smm-app-time.h"
#include "smm-free-slots.h"
#include "smm-lanes.h"
#include "smm-state-icon.h"

#define INSET 3
#define LANE_GAP 2
#define MAX_CHIP_WIDTH 420

struct _SmmDayColumn
{
  GtkWidget parent_instance;

  GPtrArray *views;    /* SmmChipView, children: what has a lane */
  GPtrArray *folds;    /* GtkButton, children: "+N" */
  GPtrArray *outlines; /* GtkButton, children below the chips: free slots */
  GtkWidget *cursor;
  GtkWidget *mark; /* where something would land */

  SmmCalendarModel *model;
  GPtrArray *chips;
  SmmLane *lanes; /* of the chips */
  GArray *free;   /* minutes of free slots */
  GTimeZone *zone;
  guint32 day;
  guint32 named_day; /* the one that the free slots are named after */
  SmmDayFlags flags;
  int hour_height, chip_height;
  int min_lane;
  int max_lanes;
  guint fit_tick;
  int landing;
  int hour;
  gboolean current;
};

enum
{
  CHIP_ACTIVATED,
  NEW_POST,
  SHOW_POSTS,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SmmDayColumn, smm_day_column, GTK_TYPE_WIDGET)

/* --- What is shown --- */

static int
minute_to_y (SmmDayColumn *self, int minute)
{
  return minute * self->hour_height / 60;
}

static void
on_chip_activated (SmmChipView *view, SmmDayColumn *self)
{
  g_signal_emit (self, signals[CHIP_ACTIVATED], 0, smm_chip_view_get_chip (view), view);
}

static void
on_fold_clicked (GtkButton *button, SmmDayColumn *self)
{
  g_signal_emit (self, signals[SHOW_POSTS], 0, button);
}

static void
set_length (SmmDayColumn *self, GPtrArray *children, guint n, GtkWidget *(*create) (SmmDayColumn *))
{
  while (children->len > n)
    {
      gtk_widget_unparent (children->pdata[children->len - 1]);
      g_ptr_array_set_size (children, children->len - 1);
    }
  while (children->len < n)
    {
      GtkWidget *child = create (self);

      gtk_widget_insert_before (child, GTK_WIDGET (self), self->mark);
      gtk_widget_set_focusable (child, self->current);
      g_ptr_array_add (children, child);
    }
}

static GtkWidget *
create_view (SmmDayColumn *self)
{
  GtkWidget *view = smm_chip_view_new (SMM_CHIP_BLOCK);

  g_signal_connect (view, "activated", G_CALLBACK (on_chip_activated), self);
  return view;
}

static void
on_outline_clicked (GtkButton *button, SmmDayColumn *self)
{
  g_signal_emit (self, signals[NEW_POST], 0, smm_free_slots_get_minute (GTK_WIDGET (button)));
}

static GtkWidget *
create_fold (SmmDayColumn *self)
{
  GtkWidget *button = gtk_button_new ();

  gtk_widget_add_css_class (button, "fold");
  gtk_widget_add_css_class (button, "flat");
  g_signal_connect (button, "clicked", G_CALLBACK (on_fold_clicked), self);
  return button;
}

/* Calls @func with the first of each heap of hidden chips and how many lie there. */
static guint
walk_folds (SmmDayColumn *self, void (*func) (SmmDayColumn *, guint, guint, guint))
{
  guint n = 0;

  for (guint i = 0; i < self->chips->len; i++)
    {
      guint heap = 0, j = i;

      if (!self->lanes[i].hidden)
        continue;
      for (;
           j < self->chips->len && self->lanes[j].start < self->lanes[i].start + self->chip_height;
           j++)
        heap += self->lanes[j].hidden;
      if (func != NULL)
        func (self, n, i, heap);
      n++;
      i = j - 1;
    }
  return n;
}

static void
label_fold (SmmDayColumn *self, guint n, guint first, guint heap)
{
  guint hidden = 0;
  g_autofree char *text = g_strdup_printf ("+%u", heap);
  g_autofree char *name
      = g_strdup_printf (g_dngettext (NULL, "%u more post", "%u more posts", heap), heap);

  gtk_button_set_label (self->folds->pdata[n], text);
  gtk_widget_remove_css_class (self->folds->pdata[n], "trouble");
  for (guint i = first; i < self->chips->len && hidden < heap; i++)
    {
      SmmTargetState state = ((SmmChip *)self->chips->pdata[i])->state;

      if (!self->lanes[i].hidden)
        continue;
      hidden++;
      /* What needs the user is not folded away unseen. */
      if (state == SMM_TARGET_HELD || state == SMM_TARGET_FAILED || state == SMM_TARGET_UNCONFIRMED)
        gtk_widget_add_css_class (self->folds->pdata[n], "trouble");
    }
  smm_widget_set_label (self->folds->pdata[n], name);
}

static void
update_views (SmmDayColumn *self)
{
  guint n = 0, shown = 0;

  g_free (self->lanes);
  self->lanes = g_new0 (SmmLane, self->chips->len + 1);
  for (guint i = 0; i < self->chips->len; i++)
    self->lanes[i].start = minute_to_y (
        self, smm_time_get_minute (((SmmChip *)self->chips->pdata[i])->due_at, self->zone));
  smm_lanes_assign (self->lanes, self->chips->len, self->chip_height, self->max_lanes);
  for (guint i = 0; i < self->chips->len; i++)
    shown += !self->lanes[i].hidden;
  set_length (self, self->views, shown, create_view);
  for (guint i = 0; i < self->chips->len; i++)
    if (!self->lanes[i].hidden)
      {
        SmmChipView *view = self->views->pdata[n++];

        if (smm_chip_view_get_chip (view) != self->chips->pdata[i])
          smm_chip_view_set_chip (view, self->chips->pdata[i], self->zone);
        smm_calendar_view_dress (view, self->model);
      }
  set_length (self, self->folds, walk_folds (self, NULL), create_fold);
  walk_folds (self, label_fold);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

static gboolean
on_fit_tick (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  SmmDayColumn *self = SMM_DAY_COLUMN (widget);

  self->fit_tick = 0;
  update_views (self);
  return G_SOURCE_REMOVE;
}

/* --- Sizes --- */

static void
smm_day_column_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                        int *natural, int *minimum_baseline, int *natural_baseline)
{
  SmmDayColumn *self = SMM_DAY_COLUMN (widget);

  *minimum_baseline = *natural_baseline = -1;
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = 30;
      *natural = 140;
    }
  else
    *minimum = *natural = 24 * self->hour_height + self->chip_height;
}

static void
put (SmmDayColumn *self, GtkWidget *child, int x, int y, int child_width, int child_height,
     int width)
{
  if (gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL)
    x = width - x - child_width;
  gtk_widget_allocate (child, MAX (child_width, 1), MAX (child_height, 1), -1,
                       gsk_transform_translate (NULL, &GRAPHENE_POINT_INIT (x, y)));
}

static void
put_in_lane (SmmDayColumn *self, GtkWidget *child, const SmmLane *lane, int width)
{
  int room = width - 2 * INSET, each = (room + LANE_GAP) / lane->n_lanes;
  int child_width = MIN (each - LANE_GAP, MAX_CHIP_WIDTH), minimum;

  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  put (self, child, INSET + lane->lane * MIN (each, MAX_CHIP_WIDTH + LANE_GAP), lane->start,
       MAX (child_width, minimum), self->chip_height - 1, width);
}

static void
smm_day_column_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  SmmDayColumn *self = SMM_DAY_COLUMN (widget);
  int max_lanes = MAX (1, width / self->min_lane);
  guint n = 0, n_folds = 0;

  if (max_lanes != self->max_lanes)
    {
      self->max_lanes = max_lanes;
      if (self->fit_tick == 0 && self->chips->len > 1)
        self->fit_tick = gtk_widget_add_tick_callback (widget, on_fit_tick, NULL, NULL);
    }
  for (guint i = 0; i < self->outlines->len; i++)
    put (self, self->outlines->pdata[i], INSET,
         minute_to_y (self, smm_free_slots_get_minute (self->outlines->pdata[i])),
         MIN (width - 2 * INSET, MAX_CHIP_WIDTH), self->chip_height - 1, width);
  put (self, self->cursor, 0, minute_to_y (self, self->hour * 60), width, self->hour_height, width);
  for (guint i = 0; i < self->chips->len && self->lanes != NULL; i++)
    {
      guint j = i;

      if (!self->lanes[i].hidden)
        {
          put_in_lane (self, self->views->pdata[n++], &self->lanes[i], width);
          continue;
        }
      if (n_folds < self->folds->len)
        put_in_lane (self, self->folds->pdata[n_folds++], &self->lanes[i], width);
      /* The rest of the heap. */
      for (;
           j < self->chips->len && self->lanes[j].start < self->lanes[i].start + self->chip_height;
           j++)
        if (!self->lanes[j].hidden)
          put_in_lane (self, self->views->pdata[n++], &self->lanes[j], width);
      i = j - 1;
    }
  if (self->landing >= 0)
    put (self, self->mark, INSET, minute_to_y (self, self->landing), width - 2 * INSET,
         self->chip_height - 1, width);
}

void
smm_day_column_set_scale (SmmDayColumn *self, int hour, int chip)
{
  if (self->hour_height == hour && self->chip_height == chip)
    return;
  self->hour_height = hour;
  self->chip_height = chip;
  if (self->zone != NULL)
    update_views (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

/* --- Input --- */

static void
on_released (GtkGestureClick *gesture, int n_press, double x, double y, SmmDayColumn *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self));
  if (n_press == 2 && (self->flags & SMM_DAY_PAST) == 0)
    g_signal_emit (self, signals[NEW_POST], 0, (int)(y * 60 / self->hour_height) / 15 * 15);
}

/* --- The widget --- */

static void
smm_day_column_dispose (GObject *object)
{
  SmmDayColumn *self = SMM_DAY_COLUMN (object);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_pointer (&self->views, g_ptr_array_unref);
  g_clear_pointer (&self->folds, g_ptr_array_unref);
  g_clear_pointer (&self->outlines, g_ptr_array_unref);
  g_clear_pointer (&self->free, g_array_unref);
  g_clear_pointer (&self->chips, g_ptr_array_unref);
  g_clear_pointer (&self->lanes, g_free);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  g_clear_object (&self->model);
  G_OBJECT_CLASS (smm_day_column_parent_class)->dispose (object);
}

static void
smm_day_column_class_init (SmmDayColumnClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  object_class->dispose = smm_day_column_dispose;
  widget_class->measure = smm_day_column_measure;
  widget_class->size_allocate = smm_day_column_size_allocate;

  signals[CHIP_ACTIVATED] = g_signal_new ("chip-activated", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                          NULL, G_TYPE_NONE, 2, SMM_TYPE_CHIP, GTK_TYPE_WIDGET);
  signals[NEW_POST] = g_signal_new ("new-post", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 1, G_TYPE_INT);
  signals[SHOW_POSTS] = g_signal_new ("show-posts", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                      G_TYPE_NONE, 1, GTK_TYPE_WIDGET);
  gtk_widget_class_set_css_name (widget_class, "daycolumn");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GRID_CELL);
}

static void
smm_day_column_init (SmmDayColumn *self)
{
  GtkGesture *click = gtk_gesture_click_new ();

  self->views = g_ptr_array_new ();
  self->folds = g_ptr_array_new ();
  self->outlines = g_ptr_array_new ();
  self->free = g_array_new (FALSE, FALSE, sizeof (int));
  self->chips = g_ptr_array_new_with_free_func (g_object_unref);
  self->landing = -1;
  self->max_lanes = 2;
  self->hour_height = 43;
  self->chip_height = 46;
  self->hour = 9;
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  self->cursor = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_add_css_class (self->cursor, "hour-cursor");
  gtk_widget_set_can_target (self->cursor, FALSE);
  gtk_widget_set_parent (self->cursor, GTK_WIDGET (self));
  self->mark = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->mark), 0);
  gtk_label_set_yalign (GTK_LABEL (self->mark), 0);
  gtk_widget_add_css_class (self->mark, "landing-mark");
  gtk_widget_set_can_target (self->mark, FALSE);
  gtk_widget_set_child_visible (self->mark, FALSE);
  gtk_widget_set_parent (self->mark, GTK_WIDGET (self));
  g_signal_connect (click, "released", G_CALLBACK (on_released), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
}

/**
 * smm_day_column_new:
 * @model: knows what is selected
 * @min_lane: narrower than that no chip gets beside others, pixels
 *
 * Returns: (transfer full): a column of no day yet
 */
GtkWidget *
smm_day_column_new (SmmCalendarModel *model, int min_lane)
{
  SmmDayColumn *self = g_object_new (SMM_TYPE_DAY_COLUMN, NULL);

  self->model = g_object_ref (model);
  self->min_lane = min_lane;
  return GTK_WIDGET (self);
}

static void
set_class (SmmDayColumn *self, SmmDayFlags flag, const char *name)
{
  if (self->flags & flag)
    gtk_widget_add_css_class (GTK_WIDGET (self), name);
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), name);
}

static void
update_name (SmmDayColumn *self)
{
  g_autofree char *day = smm_day_format (self->day, _ ("%A %-e %B"));
  g_autofree char *posts = g_strdup_printf (
      g_dngettext (NULL, "%u post", "%u posts", self->chips->len), self->chips->len);
  g_autofree char *name = NULL;

  if (self->current)
    {
      g_autofree char *hour = smm_clock_format (self->hour * 60);

      /* Translators: day, hour the keyboard is on, number of posts */
      name = g_strdup_printf (_ ("%s, %s, %s"), day, hour, posts);
    }
  else
    name = g_strdup_printf (_ ("%s, %s"), day, posts);
  smm_widget_set_label (GTK_WIDGET (self), name);
}

/**
 * smm_day_column_set_day:
 * @self: a column
 * @day: the julian day it shows
 * @flags: how the day stands to today
 * @chips: (element-type SmmChip): the day's posts in time order
 * @zone: the brand's zone
 */
void
smm_day_column_set_day (SmmDayColumn *self, guint32 day, SmmDayFlags flags, GPtrArray *chips,
                        GTimeZone *zone)
{
  if (self->day == day && self->flags == flags && self->zone == zone
      && smm_chips_equal (self->chips, chips))
    return;
  self->day = day;
  self->flags = flags;
  g_time_zone_ref (zone);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  self->zone = zone;
  g_ptr_array_set_size (self->chips, 0);
  for (guint i = 0; i < chips->len; i++)
    g_ptr_array_add (self->chips, g_object_ref (chips->pdata[i]));
  set_class (self, SMM_DAY_PAST, "past");
  set_class (self, SMM_DAY_TODAY, "today");
  update_name (self);
  update_views (self);
}

/**
 * smm_day_column_set_free:
 * @self: a column
 * @minutes: (element-type int): when slots of the day are free, in order
 */
void
smm_day_column_set_free (SmmDayColumn *self, GArray *minutes)
{
  if (self->named_day == self->day && smm_free_slots_equal (self->free, minutes))
    return;
  g_array_set_size (self->free, 0);
  g_array_append_vals (self->free, minutes->data, minutes->len);
  self->named_day = self->day;
  smm_free_slots_show (self->outlines, self->free, self->free->len, GTK_WIDGET (self),
                       gtk_widget_get_next_sibling (self->cursor), self->day,
                       G_CALLBACK (on_outline_clicked), self);
  for (guint i = 0; i < self->outlines->len; i++)
    gtk_widget_set_focusable (self->outlines->pdata[i], self->current);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

/**
 * smm_day_column_find_free:
 * @self: a column
 * @minute: of the day
 * @before: how many minutes before it are near enough
 * @after: how many after it
 *
 * Returns: the minute of the free slot that is nearest; -1: there is none
 */
int
smm_day_column_find_free (SmmDayColumn *self, int minute, int before, int after)
{
  int best = -1;

  for (guint i = 0; i < self->free->len; i++)
    {
      int free_at = g_array_index (self->free, int, i);

      if (free_at >= minute - before && free_at <= minute + after
          && (best < 0 || abs (free_at - minute) < abs (best - minute)))
        best = free_at;
    }
  return best;
}

guint32
smm_day_column_get_day (SmmDayColumn *self)
{
  return self->day;
}

/**
 * smm_day_column_set_current:
 * @self: a column
 * @current: whether the keyboard is on this day
 * @hour: and on which hour, 0–23
 *
 * Only the current day and its posts are stops of the Tab key.
 */
void
smm_day_column_set_current (SmmDayColumn *self, gboolean current, int hour)
{
  if (self->current != current)
    {
      gtk_widget_set_focusable (GTK_WIDGET (self), current);
      for (guint i = 0; i < self->views->len; i++)
        gtk_widget_set_focusable (self->views->pdata[i], current);
      for (guint i = 0; i < self->folds->len; i++)
        gtk_widget_set_focusable (self->folds->pdata[i], current);
      for (guint i = 0; i < self->outlines->len; i++)
        gtk_widget_set_focusable (self->outlines->pdata[i], current);
    }
  self->current = current;
  self->hour = hour;
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_SELECTED, current, -1);
  if (self->zone != NULL)
    update_name (self);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

void
smm_day_column_for_each_chip (SmmDayColumn *self, SmmChipViewFunc func, gpointer user_data)
{
  for (guint i = 0; i < self->views->len; i++)
    func (self->views->pdata[i], user_data);
}

GtkWidget *
smm_day_column_get_neighbour (SmmDayColumn *self, GtkWidget *view, int step)
{
  guint index;

  if (!g_ptr_array_find (self->views, view, &index) || (int)index + step < 0
      || index + step >= self->views->len)
    return NULL;
  return self->views->pdata[index + step];
}

GtkWidget *
smm_day_column_get_nearest (SmmDayColumn *self, int minute, int within)
{
  GtkWidget *nearest = NULL;
  int best = within + 1;

  for (guint i = 0; i < self->views->len; i++)
    {
      SmmChip *chip = smm_chip_view_get_chip (self->views->pdata[i]);
      int distance = abs (smm_time_get_minute (chip->due_at, self->zone) - minute);

      if (distance < best)
        {
          best = distance;
          nearest = self->views->pdata[i];
        }
    }
  return nearest;
}

void
smm_day_column_show_landing (SmmDayColumn *self, int minute, gboolean refused)
{
  GtkWidget *widget = GTK_WIDGET (self);

  gtk_widget_remove_css_class (widget, "drop");
  gtk_widget_remove_css_class (widget, "refuse");
  if (minute >= 0)
    {
      g_autofree char *clock = smm_clock_format (minute);

      gtk_label_set_label (GTK_LABEL (self->mark), clock);
      gtk_widget_add_css_class (widget, refused ? "refuse" : "drop");
    }
  self->landing = minute;
  gtk_widget_set_child_visible (self->mark, minute >= 0);
  gtk_widget_queue_allocate (widget);
}

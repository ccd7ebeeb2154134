/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-day-cell.h"

#include <glib/gi18n.h>

#include "smm-app-time.h"
#include "smm-free-slots.h"
#include "smm-state-icon.h"

#define CHIP_GAP 2
/* What a cell makes room for before it has been given any. */
#define USUAL_ROOM 3
#define MAX_ROOM 40

/* The hours that a cell is wide, and what catches the pointer within so many pixels. */
#define FIRST_MINUTE (6 * 60)
#define LAST_MINUTE (22 * 60)
#define STEP 15
#define MAGNET 6
#define RULER_HEIGHT 14
#define N_HOURS 4

struct _SmmDayCell
{
  GtkWidget parent_instance;

  GtkWidget *header;
  GtkWidget *number;
  GtkWidget *note;
  GtkWidget *add;
  GtkWidget *more;
  GPtrArray *views;    /* SmmChipView, children: the posts in sight */
  GPtrArray *outlines; /* GtkButton, children: free slots where there is room */
  GtkWidget *ruler;    /* these as soon as something was dragged here */
  GtkWidget *hours[N_HOURS];
  GtkWidget *needle;
  GtkWidget *clock;

  SmmCalendarModel *model;
  GPtrArray *chips;
  GArray *free; /* minutes of free slots */
  GTimeZone *zone;
  char *month; /* its name, on the day it begins with; else NULL */
  char *own_note;
  guint32 day;
  guint32 named_day; /* the one that the free slots are named after */
  SmmDayFlags flags;
  guint room;      /* chips that fit */
  int height;      /* what it has, or is going to have, for its day; 0: not known yet */
  int head_height; /* these as they were when last given out */
  int chip_height; /* with the gap below it */
  int more_height;
  guint fit_tick;
  gboolean narrow; /* too narrow for words beside a number */
  int landing;     /* minute; -1: nothing is dragged here */
  gboolean refused;
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

G_DEFINE_FINAL_TYPE (SmmDayCell, smm_day_cell, GTK_TYPE_WIDGET)

/* --- What is in sight --- */

/* What stays in sight when there is no room for all: problems first, what is over last. */
static int
weight (SmmChip *chip)
{
  switch (chip->state)
    {
    case SMM_TARGET_HELD:
    case SMM_TARGET_FAILED:
    case SMM_TARGET_UNCONFIRMED:
      return 0;
    case SMM_TARGET_PUBLISHING:
      return 1;
    case SMM_TARGET_PUBLISHED:
    case SMM_TARGET_CANCELLED:
      return 3;
    default:
      return 2;
    }
}

/* SmmChip*, not owned, in time order. */
static GPtrArray *
choose (SmmDayCell *self)
{
  GPtrArray *chosen = g_ptr_array_new ();
  g_autofree gboolean *takes = g_new0 (gboolean, self->chips->len + 1);
  guint left = self->room;

  for (int wanted = 0; wanted <= 3 && left > 0; wanted++)
    for (guint i = 0; i < self->chips->len && left > 0; i++)
      if (weight (self->chips->pdata[i]) == wanted)
        {
          takes[i] = TRUE;
          left--;
        }
  for (guint i = 0; i < self->chips->len; i++)
    if (takes[i])
      g_ptr_array_add (chosen, self->chips->pdata[i]);
  return chosen;
}

static void
on_chip_activated (SmmChipView *view, SmmDayCell *self)
{
  g_signal_emit (self, signals[CHIP_ACTIVATED], 0, smm_chip_view_get_chip (view), view);
}

static void
on_outline_clicked (GtkButton *button, SmmDayCell *self)
{
  g_signal_emit (self, signals[NEW_POST], 0, smm_free_slots_get_minute (GTK_WIDGET (button)));
}

static guint
count_outlines (SmmDayCell *self, guint room)
{
  return room > self->chips->len ? MIN (room - self->chips->len, self->free->len) : 0;
}

static void
update_outlines (SmmDayCell *self)
{
  smm_free_slots_show (self->outlines, self->free, count_outlines (self, self->room),
                       GTK_WIDGET (self), self->more, self->day, G_CALLBACK (on_outline_clicked),
                       self);
  for (guint i = 0; i < self->outlines->len; i++)
    gtk_widget_set_focusable (self->outlines->pdata[i], self->current);
}

static void
update_views (SmmDayCell *self)
{
  g_autoptr (GPtrArray) chosen = choose (self);
  guint hidden = self->chips->len - chosen->len;

  while (self->views->len > chosen->len)
    {
      gtk_widget_unparent (self->views->pdata[self->views->len - 1]);
      g_ptr_array_set_size (self->views, self->views->len - 1);
    }
  while (self->views->len < chosen->len)
    {
      GtkWidget *view = smm_chip_view_new (SMM_CHIP_ROW);

      g_signal_connect (view, "activated", G_CALLBACK (on_chip_activated), self);
      gtk_widget_insert_before (view, GTK_WIDGET (self), self->more);
      gtk_widget_set_focusable (view, self->current);
      g_ptr_array_add (self->views, view);
    }
  for (guint i = 0; i < chosen->len; i++)
    {
      SmmChipView *view = self->views->pdata[i];

      if (smm_chip_view_get_chip (view) != chosen->pdata[i])
        smm_chip_view_set_chip (view, chosen->pdata[i], self->zone);
      smm_calendar_view_dress (view, self->model);
    }
  gtk_widget_set_visible (self->more, hidden > 0);
  if (hidden > 0)
    {
      /* Translators: posts of a day that there is no room for; opens a list */
      g_autofree char *text = g_strdup_printf (_ ("+%u more"), hidden);
      g_autofree char *number = g_strdup_printf ("+%u", hidden);

      gtk_label_set_label (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (self->more))),
                           self->narrow ? number : text);
      smm_widget_set_label (self->more, text);
    }
  update_outlines (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

static gboolean
on_fit_tick (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  SmmDayCell *self = SMM_DAY_CELL (widget);

  self->fit_tick = 0;
  update_views (self);
  return G_SOURCE_REMOVE;
}

static int
height_of (GtkWidget *child)
{
  int natural = 0;

  gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, -1, NULL, &natural, NULL, NULL);
  return natural;
}

static void
measure_parts (SmmDayCell *self)
{
  self->head_height = height_of (self->header);
  self->chip_height = (self->views->len > 0 ? height_of (self->views->pdata[0]) : 26) + CHIP_GAP;
  if (gtk_widget_get_visible (self->more))
    self->more_height = height_of (self->more);
}

/* How many chips there is room for, beside the "more" for those that have none. */
static guint
find_room (SmmDayCell *self)
{
  int left = self->height - self->head_height;
  guint room = CLAMP ((left + CHIP_GAP) / self->chip_height, 0, MAX_ROOM);

  if (room < self->chips->len)
    room = CLAMP ((left - self->more_height) / self->chip_height, 0, MAX_ROOM);
  return room;
}

/* Widgets can't be made while sizes are given out: with the next frame. */
static void
set_room (SmmDayCell *self, guint room, gboolean narrow)
{
  gboolean other = narrow != self->narrow
                   || MIN (room, self->chips->len) != MIN (self->room, self->chips->len)
                   || count_outlines (self, room) != count_outlines (self, self->room);

  self->room = room;
  self->narrow = narrow;
  if (other && self->fit_tick == 0)
    self->fit_tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), on_fit_tick, NULL, NULL);
}

/* --- Sizes --- */

static void
smm_day_cell_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                      int *natural, int *minimum_baseline, int *natural_baseline)
{
  SmmDayCell *self = SMM_DAY_CELL (widget);

  *minimum_baseline = *natural_baseline = -1;
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = 32;
      *natural = 140;
    }
  else
    {
      int head = height_of (self->header);
      int chip = self->views->len > 0 ? height_of (self->views->pdata[0]) + CHIP_GAP : 28;

      *minimum = head + chip;
      *natural = head + 4 * chip;
    }
}

static void
allocate_row (GtkWidget *child, int y, int width, int height)
{
  gtk_widget_allocate (child, width, height, -1,
                       gsk_transform_translate (NULL, &GRAPHENE_POINT_INIT (0, y)));
}

/* --- The ruler of hours --- */

static double
minute_to_x (SmmDayCell *self, int minute, double width)
{
  double x = width * (CLAMP (minute, FIRST_MINUTE, LAST_MINUTE) - FIRST_MINUTE)
             / (LAST_MINUTE - FIRST_MINUTE);

  return gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL ? width - x : x;
}

static GtkWidget *
add_part (SmmDayCell *self, const char *class_name, const char *text)
{
  GtkWidget *part = text != NULL ? gtk_label_new (text) : gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_widget_add_css_class (part, class_name);
  gtk_widget_set_can_target (part, FALSE);
  gtk_widget_set_parent (part, GTK_WIDGET (self));
  return part;
}

/* Only a day that something was ever dragged over has one. */
static void
make_ruler (SmmDayCell *self)
{
  if (self->ruler != NULL)
    return;
  self->ruler = add_part (self, "ruler", NULL);
  for (int i = 0; i < N_HOURS; i++)
    {
      g_autofree char *text = g_strdup_printf ("%d", 8 + 4 * i);

      self->hours[i] = add_part (self, "ruler-hour", text);
    }
  self->needle = add_part (self, "ruler-needle", NULL);
  self->clock = add_part (self, "ruler-clock", "");
}

static void
put_centred (GtkWidget *child, double x, double y, int width)
{
  int natural, height;

  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL, NULL);
  height = height_of (child);
  gtk_widget_allocate (
      child, natural, height, -1,
      gsk_transform_translate (
          NULL, &GRAPHENE_POINT_INIT (CLAMP (x - natural / 2.0, 0, MAX (width - natural, 0)), y)));
}

static void
allocate_ruler (SmmDayCell *self, int width, int height)
{
  double x = minute_to_x (self, self->landing, width);
  int text = height_of (self->clock), y = height - RULER_HEIGHT - text;

  gtk_widget_allocate (self->ruler, width, RULER_HEIGHT + text, -1,
                       gsk_transform_translate (NULL, &GRAPHENE_POINT_INIT (0, y)));
  gtk_widget_allocate (self->needle, 2, RULER_HEIGHT + 6, -1,
                       gsk_transform_translate (NULL, &GRAPHENE_POINT_INIT (x - 1, y - 6)));
  put_centred (self->clock, x, y + RULER_HEIGHT, width);
  for (int i = 0; i < N_HOURS; i++)
    {
      double at = minute_to_x (self, (8 + 4 * i) * 60, width);

      gtk_widget_set_child_visible (self->hours[i], ABS (at - x) > 28);
      if (ABS (at - x) > 28)
        put_centred (self->hours[i], at, y + RULER_HEIGHT, width);
    }
}

static void
show_ruler (SmmDayCell *self, gboolean shown)
{
  gtk_widget_set_child_visible (self->ruler, shown);
  gtk_widget_set_child_visible (self->needle, shown);
  gtk_widget_set_child_visible (self->clock, shown);
  for (int i = 0; i < N_HOURS; i++)
    gtk_widget_set_child_visible (self->hours[i], shown);
}

static void
smm_day_cell_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  SmmDayCell *self = SMM_DAY_CELL (widget);
  gboolean narrow;
  guint room;
  int y, chip, least;

  measure_parts (self);
  y = self->head_height;
  chip = self->chip_height;
  narrow = width < 3 * y;
  self->height = height;
  room = find_room (self);
  gtk_widget_set_child_visible (self->note, !narrow);
  /* Beside a month's name there may be no room for the button; a double click does the same. */
  gtk_widget_measure (self->header, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
  gtk_widget_set_child_visible (self->add, least <= width);
  allocate_row (self->header, 0, width, y);
  set_room (self, room, narrow);
  for (guint i = 0; i < self->views->len; i++)
    {
      gtk_widget_set_child_visible (self->views->pdata[i], i < room);
      if (i >= room)
        continue;
      allocate_row (self->views->pdata[i], y, width, chip - CHIP_GAP);
      y += chip;
    }
  for (guint i = 0; i < self->outlines->len; i++)
    {
      gboolean fits = self->views->len + i < room;

      gtk_widget_set_child_visible (self->outlines->pdata[i], fits);
      if (!fits)
        continue;
      allocate_row (self->outlines->pdata[i], y, width,
                    MAX (chip - CHIP_GAP, height_of (self->outlines->pdata[i])));
      y += chip;
    }
  if (gtk_widget_get_visible (self->more))
    allocate_row (self->more, y, width, MAX (self->more_height, 1));
  if (self->landing >= 0)
    allocate_ruler (self, width, height);
}

/* --- Landings --- */

/**
 * smm_day_cell_get_minute:
 * @self: a cell
 * @x: pixels from its left edge
 * @grip: what is held
 *
 * From side to side the cell is the day from 6 to 22 o'clock, as people read. It snaps to quarters
 * of an hour, and to the time the post has now, so that it is easy to change only the day.
 *
 * Returns: 0–1439
 */
int
smm_day_cell_get_minute (SmmDayCell *self, double x, const SmmGrip *grip)
{
  double width = MAX (gtk_widget_get_width (GTK_WIDGET (self)), 1), place;
  int minute;

  if (!grip->free && grip->minute >= 0
      && ABS (minute_to_x (self, grip->minute, width) - x) <= MAGNET)
    return grip->minute;
  place = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL ? width - x : x;
  minute = FIRST_MINUTE + CLAMP (place / width, 0, 1) * (LAST_MINUTE - FIRST_MINUTE);
  return grip->free ? minute : (minute + STEP / 2) / STEP * STEP;
}

void
smm_day_cell_show_landing (SmmDayCell *self, int minute, gboolean refused)
{
  GtkWidget *widget = GTK_WIDGET (self);

  if (self->landing == minute && self->refused == refused)
    return;
  self->landing = minute;
  self->refused = refused;
  if (minute >= 0)
    {
      g_autofree char *clock = smm_clock_format (minute);

      make_ruler (self);
      gtk_label_set_label (GTK_LABEL (self->clock), clock);
    }
  if (self->ruler != NULL)
    show_ruler (self, minute >= 0);
  gtk_widget_remove_css_class (widget, "drop");
  gtk_widget_remove_css_class (widget, "refuse");
  if (minute >= 0)
    gtk_widget_add_css_class (widget, refused ? "refuse" : "drop");
  gtk_widget_queue_allocate (widget);
}

/* --- Input --- */

static void
on_more_clicked (GtkButton *button, SmmDayCell *self)
{
  g_signal_emit (self, signals[SHOW_POSTS], 0, button);
}

static void
on_add_clicked (GtkButton *button, SmmDayCell *self)
{
  g_signal_emit (self, signals[NEW_POST], 0, -1);
}

static void
on_released (GtkGestureClick *gesture, int n_press, double x, double y, SmmDayCell *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self));
  if (n_press == 2 && (self->flags & SMM_DAY_PAST) == 0)
    g_signal_emit (self, signals[NEW_POST], 0, -1);
}

/* --- The widget --- */

static void
smm_day_cell_dispose (GObject *object)
{
  SmmDayCell *self = SMM_DAY_CELL (object);

  if (self->views != NULL)
    for (guint i = 0; i < self->views->len; i++)
      gtk_widget_unparent (self->views->pdata[i]);
  g_clear_pointer (&self->views, g_ptr_array_unref);
  if (self->outlines != NULL)
    for (guint i = 0; i < self->outlines->len; i++)
      gtk_widget_unparent (self->outlines->pdata[i]);
  g_clear_pointer (&self->outlines, g_ptr_array_unref);
  g_clear_pointer (&self->free, g_array_unref);
  g_clear_pointer (&self->header, gtk_widget_unparent);
  g_clear_pointer (&self->more, gtk_widget_unparent);
  g_clear_pointer (&self->ruler, gtk_widget_unparent);
  g_clear_pointer (&self->needle, gtk_widget_unparent);
  g_clear_pointer (&self->clock, gtk_widget_unparent);
  for (int i = 0; i < N_HOURS; i++)
    g_clear_pointer (&self->hours[i], gtk_widget_unparent);
  g_clear_pointer (&self->chips, g_ptr_array_unref);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  g_clear_pointer (&self->month, g_free);
  g_clear_pointer (&self->own_note, g_free);
  g_clear_object (&self->model);
  G_OBJECT_CLASS (smm_day_cell_parent_class)->dispose (object);
}

static void
smm_day_cell_class_init (SmmDayCellClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  object_class->dispose = smm_day_cell_dispose;
  widget_class->measure = smm_day_cell_measure;
  widget_class->size_allocate = smm_day_cell_size_allocate;

  signals[CHIP_ACTIVATED] = g_signal_new ("chip-activated", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                          NULL, G_TYPE_NONE, 2, SMM_TYPE_CHIP, GTK_TYPE_WIDGET);
  signals[NEW_POST] = g_signal_new ("new-post", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 1, G_TYPE_INT);
  signals[SHOW_POSTS] = g_signal_new ("show-posts", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                      G_TYPE_NONE, 1, GTK_TYPE_WIDGET);
  gtk_widget_class_set_css_name (widget_class, "day");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GRID_CELL);
}

static void
make_header (SmmDayCell *self)
{
  self->header = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  gtk_widget_add_css_class (self->header, "day-header");
  self->number = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->number, "number");
  gtk_box_append (GTK_BOX (self->header), self->number);
  self->note = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->note, "note");
  gtk_label_set_ellipsize (GTK_LABEL (self->note), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (self->note), 0);
  gtk_widget_set_hexpand (self->note, TRUE);
  gtk_box_append (GTK_BOX (self->header), self->note);
  self->add = gtk_button_new_from_icon_name ("list-add-symbolic");
  gtk_widget_add_css_class (self->add, "flat");
  gtk_widget_add_css_class (self->add, "add");
  gtk_widget_set_focusable (self->add, FALSE);
  g_signal_connect (self->add, "clicked", G_CALLBACK (on_add_clicked), self);
  gtk_box_append (GTK_BOX (self->header), self->add);
  gtk_widget_set_parent (self->header, GTK_WIDGET (self));
}

static void
smm_day_cell_init (SmmDayCell *self)
{
  GtkGesture *click = gtk_gesture_click_new ();
  GtkWidget *label;

  self->views = g_ptr_array_new ();
  self->outlines = g_ptr_array_new ();
  self->free = g_array_new (FALSE, FALSE, sizeof (int));
  self->chips = g_ptr_array_new_with_free_func (g_object_unref);
  self->room = USUAL_ROOM;
  self->more_height = 18;
  self->landing = -1;
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  make_header (self);

  label = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  self->more = gtk_button_new ();
  gtk_button_set_child (GTK_BUTTON (self->more), label);
  gtk_widget_set_visible (self->more, FALSE);
  gtk_widget_set_focusable (self->more, FALSE);
  gtk_widget_add_css_class (self->more, "more");
  gtk_widget_add_css_class (self->more, "flat");
  g_signal_connect (self->more, "clicked", G_CALLBACK (on_more_clicked), self);
  gtk_widget_set_parent (self->more, GTK_WIDGET (self));

  g_signal_connect (click, "released", G_CALLBACK (on_released), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_SELECTED, FALSE, -1);
}

/**
 * smm_day_cell_new:
 * @model: knows what is selected
 *
 * Returns: (transfer full): a cell of no day yet
 */
GtkWidget *
smm_day_cell_new (SmmCalendarModel *model)
{
  SmmDayCell *self = g_object_new (SMM_TYPE_DAY_CELL, NULL);

  self->model = g_object_ref (model);
  return GTK_WIDGET (self);
}

static void
set_class (SmmDayCell *self, SmmDayFlags flag, const char *name)
{
  if (self->flags & flag)
    gtk_widget_add_css_class (GTK_WIDGET (self), name);
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), name);
}

static void
name_day (SmmDayCell *self)
{
  g_autofree char *number = smm_day_format (self->day, "%-e");
  g_autofree char *long_day = smm_day_format (self->day, _ ("%A %-e %B"));
  g_autofree char *posts = g_strdup_printf (
      g_dngettext (NULL, "%u post", "%u posts", self->chips->len), self->chips->len);
  const char *note = self->own_note, *month = self->month;
  g_autofree char *both
      = note != NULL && month != NULL ? g_strconcat (month, " · ", note, NULL) : NULL;
  g_autofree char *name = NULL;
  g_autofree char *noted = NULL;
  g_autofree char *add = NULL;

  gtk_label_set_label (GTK_LABEL (self->number), number);
  gtk_label_set_label (GTK_LABEL (self->note), both != NULL    ? both
                                               : note != NULL  ? note
                                               : month != NULL ? month
                                                               : "");
  smm_widget_set_tip (self->note, note);
  /* Translators: a day and how many posts it has, read aloud */
  name = g_strdup_printf (self->flags & SMM_DAY_TODAY ? _ ("Today, %s, %s") : _ ("%s, %s"),
                          long_day, posts);
  if (note != NULL)
    noted = g_strdup_printf ("%s, %s", name, note);
  smm_widget_set_label (GTK_WIDGET (self), noted != NULL ? noted : name);
  /* Translators: %s is a day: New post on Friday 16 October */
  add = g_strdup_printf (_ ("New post on %s"), long_day);
  smm_widget_set_label (self->add, add);
}

/**
 * smm_day_cell_set_day:
 * @self: a cell
 * @day: the julian day it shows
 * @flags: how the day stands to today and to the month
 * @chips: (element-type SmmChip): the day's posts in time order
 * @zone: the brand's zone
 *
 * Does nothing where nothing changed, so a whole month can be set again for one changed post.
 */
void
smm_day_cell_set_day (SmmDayCell *self, guint32 day, SmmDayFlags flags, GPtrArray *chips,
                      GTimeZone *zone)
{
  g_return_if_fail (SMM_IS_DAY_CELL (self));
  g_return_if_fail (chips != NULL && zone != NULL);

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
  g_free (self->month);
  self->month = flags & SMM_DAY_FIRST ? smm_day_format (day, "%OB") : NULL;
  set_class (self, SMM_DAY_OTHER_MONTH, "other-month");
  set_class (self, SMM_DAY_PAST, "past");
  set_class (self, SMM_DAY_TODAY, "today");
  gtk_widget_set_visible (self->add, (flags & SMM_DAY_PAST) == 0);
  name_day (self);
  if (self->height > 0)
    self->room = find_room (self);
  update_views (self);
}

/**
 * smm_day_cell_expect_height:
 * @self: a cell
 * @height: what it will have for its day with the next frame, pixels; see gtk_widget_get_height()
 *
 * What it shows from now on fits in at once, not only after that frame.
 */
void
smm_day_cell_expect_height (SmmDayCell *self, int height)
{
  g_return_if_fail (SMM_IS_DAY_CELL (self));

  if (self->height > 0)
    self->height = height;
}

/**
 * smm_day_cell_set_note:
 * @self: a cell
 * @note: (nullable): what is noted on the day
 */
void
smm_day_cell_set_note (SmmDayCell *self, const char *note)
{
  g_return_if_fail (SMM_IS_DAY_CELL (self));

  if (g_strcmp0 (self->own_note, note) == 0)
    return;
  g_free (self->own_note);
  self->own_note = g_strdup (note);
  name_day (self);
}

/**
 * smm_day_cell_set_free:
 * @self: a cell
 * @minutes: (element-type int): when slots of the day are free, in order; shown below the posts as
 * far as there is room
 */
void
smm_day_cell_set_free (SmmDayCell *self, GArray *minutes)
{
  if (self->named_day == self->day && smm_free_slots_equal (self->free, minutes))
    return;
  self->named_day = self->day;
  g_array_set_size (self->free, 0);
  g_array_append_vals (self->free, minutes->data, minutes->len);
  update_outlines (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

/**
 * smm_day_cell_get_day:
 * @self: a cell
 *
 * Returns: the julian day it shows
 */
guint32
smm_day_cell_get_day (SmmDayCell *self)
{
  g_return_val_if_fail (SMM_IS_DAY_CELL (self), 0);

  return self->day;
}

/**
 * smm_day_cell_set_current:
 * @self: a cell
 * @current: whether the keyboard is on this day
 *
 * Only the current day and its posts are stops of the Tab key.
 */
void
smm_day_cell_set_current (SmmDayCell *self, gboolean current)
{
  g_return_if_fail (SMM_IS_DAY_CELL (self));

  if (self->current == current)
    return;
  self->current = current;
  gtk_widget_set_focusable (GTK_WIDGET (self), current);
  gtk_widget_set_focusable (self->more, current);
  for (guint i = 0; i < self->views->len; i++)
    gtk_widget_set_focusable (self->views->pdata[i], current);
  for (guint i = 0; i < self->outlines->len; i++)
    gtk_widget_set_focusable (self->outlines->pdata[i], current);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_SELECTED, current, -1);
}

void
smm_day_cell_for_each_chip (SmmDayCell *self, SmmChipViewFunc func, gpointer user_data)
{
  for (guint i = 0; i < self->views->len; i++)
    func (self->views->pdata[i], user_data);
}

GtkWidget *
smm_day_cell_get_neighbour (SmmDayCell *self, GtkWidget *view, int step)
{
  guint index;

  if (!g_ptr_array_find (self->views, view, &index) || (int)index + step < 0
      || index + step >= self->views->len)
    return NULL;
  return self->views->pdata[index + step];
}

GtkWidget *
smm_day_cell_get_nth (SmmDayCell *self, int index)
{
  if (self->views->len == 0)
    return NULL;
  return self->views->pdata[MIN (index, (int)self->views->len - 1)];
}

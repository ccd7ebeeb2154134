/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-month-view.h"

#include <glib/gi18n.h>

#include "smm-app-time.h"
#include "smm-chip-view.h"
#include "smm-day-cell.h"
#include "smm-state-icon.h"

#define MAX_WEEKS 6

struct _SmmMonthView
{
  GtkWidget parent_instance;

  GtkWidget *weekdays;
  GtkWidget *grid;
  GtkWidget *names[7];
  GtkWidget *cells[MAX_WEEKS * 7];

  GTimeZone *zone;
  guint32 first; /* julian day of the first cell */
  guint32 selected;
  int year, month;
  int weeks;
  gboolean short_names;
};

enum
{
  LOAD,
  CHIP_ACTIVATED,
  CHIP_MOVED,
  FILES_DROPPED,
  NEW_POST,
  MONTH_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SmmMonthView, smm_month_view, GTK_TYPE_WIDGET)

static void
name_weekdays (SmmMonthView *self)
{
  for (int i = 0; i < 7; i++)
    {
      g_autofree char *name = smm_day_format (self->first + i, self->short_names ? "%a" : "%A");

      gtk_label_set_label (GTK_LABEL (self->names[i]), name);
    }
}

static GPtrArray *
load_chips (SmmMonthView *self)
{
  GPtrArray *chips = NULL;

  g_signal_emit (self, signals[LOAD], 0, smm_day_get_start (self->first, self->zone),
                 smm_day_get_start (self->first + self->weeks * 7, self->zone), &chips);
  return chips != NULL ? chips : g_ptr_array_new ();
}

static void
fill (SmmMonthView *self)
{
  g_autoptr (GPtrArray) chips = load_chips (self);
  g_autoptr (GPtrArray) day_chips = g_ptr_array_new ();
  guint32 today = smm_day_today (self->zone);
  guint next = 0;

  for (int i = 0; i < MAX_WEEKS * 7; i++)
    {
      guint32 day = self->first + i;
      SmmDayFlags flags = 0;
      GDate date;

      gtk_widget_set_visible (self->cells[i], i < self->weeks * 7);
      if (i >= self->weeks * 7)
        continue;
      g_date_clear (&date, 1);
      g_date_set_julian (&date, day);
      if ((int)g_date_get_month (&date) != self->month)
        {
          flags |= SMM_DAY_OTHER_MONTH;
          if (i == 0 || g_date_get_day (&date) == 1)
            flags |= SMM_DAY_FIRST;
        }
      if (day < today)
        flags |= SMM_DAY_PAST;
      if (day == today)
        flags |= SMM_DAY_TODAY;
      g_ptr_array_set_size (day_chips, 0);
      while (next < chips->len
             && smm_time_get_day (((SmmChip *)chips->pdata[next])->due_at, self->zone) <= day)
        g_ptr_array_add (day_chips, chips->pdata[next++]);
      smm_day_cell_set_day (SMM_DAY_CELL (self->cells[i]), day, flags, day_chips, self->zone);
    }
}

static void
select_day (SmmMonthView *self, guint32 day)
{
  self->selected = day;
  for (int i = 0; i < MAX_WEEKS * 7; i++)
    smm_day_cell_set_selected (SMM_DAY_CELL (self->cells[i]), self->first + i == day);
}

/* Shows the month @day is in and selects it. */
static void
show_day (SmmMonthView *self, guint32 day)
{
  GDate date, first;
  int lead, old_year = self->year, old_month = self->month;

  g_date_clear (&date, 1);
  g_date_set_julian (&date, day);
  self->year = g_date_get_year (&date);
  self->month = g_date_get_month (&date);
  g_date_clear (&first, 1);
  g_date_set_dmy (&first, 1, self->month, self->year);
  lead = ((int)g_date_get_weekday (&first) - smm_locale_first_weekday () + 7) % 7;
  self->first = g_date_get_julian (&first) - lead;
  self->weeks = (lead + g_date_get_days_in_month (self->month, self->year) + 6) / 7;
  name_weekdays (self);
  fill (self);
  select_day (self, day);
  if (old_year != self->year || old_month != self->month)
    g_signal_emit (self, signals[MONTH_CHANGED], 0);
}

static void
focus_selected (SmmMonthView *self)
{
  for (int i = 0; i < self->weeks * 7; i++)
    if (self->first + i == self->selected)
      gtk_widget_grab_focus (self->cells[i]);
}

static void
go (SmmMonthView *self, int days)
{
  guint32 day = self->selected + days;

  if (day < self->first || day >= self->first + self->weeks * 7)
    show_day (self, day);
  else
    select_day (self, day);
  focus_selected (self);
}

/* The chip the keyboard is on, if any. */
static SmmChipView *
focused_chip (SmmMonthView *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL && SMM_IS_CHIP_VIEW (focus) ? SMM_CHIP_VIEW (focus) : NULL;
}

static void
open_day (SmmMonthView *self)
{
  for (int i = 0; i < self->weeks * 7; i++)
    if (self->first + i == self->selected)
      {
        /* The day's first post, or a new one where there is none. */
        if (gtk_widget_child_focus (self->cells[i], GTK_DIR_TAB_FORWARD)
            && focused_chip (self) != NULL)
          return;
        gtk_widget_grab_focus (self->cells[i]);
      }
  if (self->selected >= smm_day_today (self->zone))
    g_signal_emit (self, signals[NEW_POST], 0, self->selected);
}

static gboolean
move_chip (SmmMonthView *self, int days)
{
  SmmChipView *view = focused_chip (self);
  g_autoptr (SmmChip) chip = NULL;

  if (view == NULL)
    return FALSE;
  chip = g_object_ref (smm_chip_view_get_chip (view));
  self->selected += days;
  g_signal_emit (self, signals[CHIP_MOVED], 0, chip, self->selected);
  go (self, 0);
  return TRUE;
}

static gboolean
on_key_pressed (GtkEventControllerKey *controller, guint keyval, guint keycode,
                GdkModifierType state, SmmMonthView *self)
{
  int forward = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL ? -1 : 1;
  GdkModifierType modifiers = state & gtk_accelerator_get_default_mod_mask ();
  int days;

  switch (keyval)
    {
    case GDK_KEY_Left:
      days = -forward;
      break;
    case GDK_KEY_Right:
      days = forward;
      break;
    case GDK_KEY_Up:
      days = -7;
      break;
    case GDK_KEY_Down:
      days = 7;
      break;
    default:
      days = 0;
    }
  if (days != 0)
    {
      if (modifiers == GDK_ALT_MASK)
        return move_chip (self, days);
      if (modifiers != 0)
        return GDK_EVENT_PROPAGATE;
      go (self, days);
      return GDK_EVENT_STOP;
    }
  if (modifiers != 0)
    return GDK_EVENT_PROPAGATE;
  switch (keyval)
    {
    case GDK_KEY_Page_Up:
      smm_month_view_move (self, -1);
      focus_selected (self);
      return GDK_EVENT_STOP;
    case GDK_KEY_Page_Down:
      smm_month_view_move (self, 1);
      focus_selected (self);
      return GDK_EVENT_STOP;
    case GDK_KEY_Home:
      go (self, -(int)((self->selected - self->first) % 7));
      return GDK_EVENT_STOP;
    case GDK_KEY_End:
      go (self, 6 - (int)((self->selected - self->first) % 7));
      return GDK_EVENT_STOP;
    case GDK_KEY_t:
    case GDK_KEY_T:
      smm_month_view_show_today (self);
      focus_selected (self);
      return GDK_EVENT_STOP;
    case GDK_KEY_n:
    case GDK_KEY_N:
      if (self->selected >= smm_day_today (self->zone))
        g_signal_emit (self, signals[NEW_POST], 0, self->selected);
      else
        gtk_widget_error_bell (GTK_WIDGET (self));
      return GDK_EVENT_STOP;
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
    case GDK_KEY_space:
      open_day (self);
      return GDK_EVENT_STOP;
    default:
      return GDK_EVENT_PROPAGATE;
    }
}

static gboolean
on_scroll (GtkEventControllerScroll *controller, double dx, double dy, SmmMonthView *self)
{
  if (dy == 0)
    return GDK_EVENT_PROPAGATE;
  smm_month_view_move (self, dy > 0 ? 1 : -1);
  return GDK_EVENT_STOP;
}

static void
on_chip_activated (SmmDayCell *cell, SmmChip *chip, GtkWidget *beside, SmmMonthView *self)
{
  select_day (self, smm_day_cell_get_day (cell));
  g_signal_emit (self, signals[CHIP_ACTIVATED], 0, chip, beside);
}

static void
on_chip_dropped (SmmDayCell *cell, SmmChip *chip, SmmMonthView *self)
{
  select_day (self, smm_day_cell_get_day (cell));
  g_signal_emit (self, signals[CHIP_MOVED], 0, chip, smm_day_cell_get_day (cell));
}

static void
on_files_dropped (SmmDayCell *cell, GListModel *files, SmmMonthView *self)
{
  g_signal_emit (self, signals[FILES_DROPPED], 0, files, smm_day_cell_get_day (cell));
}

static void
on_new_post (SmmDayCell *cell, SmmMonthView *self)
{
  g_signal_emit (self, signals[NEW_POST], 0, smm_day_cell_get_day (cell));
}

static void
on_cell_pressed (GtkGestureClick *gesture, int n_press, double x, double y, SmmMonthView *self)
{
  GtkWidget *cell = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (gesture));

  select_day (self, smm_day_cell_get_day (SMM_DAY_CELL (cell)));
}

static void
smm_month_view_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                        int *natural, int *minimum_baseline, int *natural_baseline)
{
  SmmMonthView *self = SMM_MONTH_VIEW (widget);
  int head_min, head_nat, grid_min, grid_nat;

  *minimum_baseline = *natural_baseline = -1;
  gtk_widget_measure (self->weekdays, orientation, -1, &head_min, &head_nat, NULL, NULL);
  gtk_widget_measure (self->grid, orientation, -1, &grid_min, &grid_nat, NULL, NULL);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = MAX (head_min, grid_min);
      *natural = MAX (head_nat, grid_nat);
    }
  else
    {
      *minimum = head_min + grid_min;
      *natural = head_nat + grid_nat;
    }
}

static void
smm_month_view_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  SmmMonthView *self = SMM_MONTH_VIEW (widget);
  gboolean short_names = width < 7 * 100;
  int head;

  if (short_names != self->short_names)
    {
      self->short_names = short_names;
      name_weekdays (self);
    }
  gtk_widget_measure (self->weekdays, GTK_ORIENTATION_VERTICAL, -1, NULL, &head, NULL, NULL);
  gtk_widget_allocate (self->weekdays, width, head, -1, NULL);
  gtk_widget_allocate (self->grid, width, height - head, -1,
                       gsk_transform_translate (NULL, &GRAPHENE_POINT_INIT (0, head)));
}

static void
smm_month_view_dispose (GObject *object)
{
  SmmMonthView *self = SMM_MONTH_VIEW (object);

  g_clear_pointer (&self->weekdays, gtk_widget_unparent);
  g_clear_pointer (&self->grid, gtk_widget_unparent);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  G_OBJECT_CLASS (smm_month_view_parent_class)->dispose (object);
}

static void
smm_month_view_class_init (SmmMonthViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  object_class->dispose = smm_month_view_dispose;
  widget_class->measure = smm_month_view_measure;
  widget_class->size_allocate = smm_month_view_size_allocate;

  signals[LOAD] = g_signal_new ("load", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_PTR_ARRAY, 2, G_TYPE_INT64, G_TYPE_INT64);
  signals[CHIP_ACTIVATED] = g_signal_new ("chip-activated", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                          NULL, G_TYPE_NONE, 2, SMM_TYPE_CHIP, GTK_TYPE_WIDGET);
  signals[CHIP_MOVED] = g_signal_new ("chip-moved", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                      G_TYPE_NONE, 2, SMM_TYPE_CHIP, G_TYPE_UINT);
  signals[FILES_DROPPED] = g_signal_new ("files-dropped", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                         NULL, G_TYPE_NONE, 2, G_TYPE_LIST_MODEL, G_TYPE_UINT);
  signals[NEW_POST] = g_signal_new ("new-post", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[MONTH_CHANGED] = g_signal_new ("month-changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                         NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_css_name (widget_class, "month");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GRID);
}

static void
smm_month_view_init (SmmMonthView *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *scroll = gtk_event_controller_scroll_new (
      GTK_EVENT_CONTROLLER_SCROLL_VERTICAL | GTK_EVENT_CONTROLLER_SCROLL_DISCRETE);

  self->zone = g_time_zone_new_local ();
  self->weekdays = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_box_set_homogeneous (GTK_BOX (self->weekdays), TRUE);
  gtk_widget_add_css_class (self->weekdays, "weekdays");
  for (int i = 0; i < 7; i++)
    {
      self->names[i] = gtk_label_new (NULL);
      gtk_label_set_xalign (GTK_LABEL (self->names[i]), 0);
      gtk_label_set_ellipsize (GTK_LABEL (self->names[i]), PANGO_ELLIPSIZE_END);
      gtk_box_append (GTK_BOX (self->weekdays), self->names[i]);
    }
  gtk_widget_set_parent (self->weekdays, GTK_WIDGET (self));

  self->grid = gtk_grid_new ();
  gtk_grid_set_column_homogeneous (GTK_GRID (self->grid), TRUE);
  gtk_grid_set_row_homogeneous (GTK_GRID (self->grid), TRUE);
  gtk_widget_set_vexpand (self->grid, TRUE);
  for (int i = 0; i < MAX_WEEKS * 7; i++)
    {
      GtkWidget *cell = smm_day_cell_new ();
      GtkGesture *press = gtk_gesture_click_new ();

      gtk_widget_set_hexpand (cell, TRUE);
      gtk_widget_set_vexpand (cell, TRUE);
      g_signal_connect (cell, "chip-activated", G_CALLBACK (on_chip_activated), self);
      g_signal_connect (cell, "chip-dropped", G_CALLBACK (on_chip_dropped), self);
      g_signal_connect (cell, "files-dropped", G_CALLBACK (on_files_dropped), self);
      g_signal_connect (cell, "new-post", G_CALLBACK (on_new_post), self);
      /* The day must be a stop of the Tab key before the press moves the focus there. */
      gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (press), GTK_PHASE_CAPTURE);
      g_signal_connect (press, "pressed", G_CALLBACK (on_cell_pressed), self);
      gtk_widget_add_controller (cell, GTK_EVENT_CONTROLLER (press));
      if (i % 7 == 6)
        gtk_widget_add_css_class (cell, "last");
      gtk_grid_attach (GTK_GRID (self->grid), cell, i % 7, i / 7, 1, 1);
      self->cells[i] = cell;
    }
  gtk_widget_set_parent (self->grid, GTK_WIDGET (self));

  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key_pressed), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  g_signal_connect (scroll, "scroll", G_CALLBACK (on_scroll), self);
  gtk_widget_add_controller (GTK_WIDGET (self), scroll);
  smm_widget_set_label (GTK_WIDGET (self), _ ("Month"));
  show_day (self, smm_day_today (self->zone));
}

/**
 * smm_month_view_new:
 *
 * Returns: (transfer full): the month of today
 */
GtkWidget *
smm_month_view_new (void)
{
  return g_object_new (SMM_TYPE_MONTH_VIEW, NULL);
}

/**
 * smm_month_view_set_zone:
 * @self: a month
 * @zone: the zone days are meant in
 */
void
smm_month_view_set_zone (SmmMonthView *self, GTimeZone *zone)
{
  g_return_if_fail (SMM_IS_MONTH_VIEW (self));
  g_return_if_fail (zone != NULL);

  g_time_zone_ref (zone);
  g_time_zone_unref (self->zone);
  self->zone = zone;
}

/**
 * smm_month_view_reload:
 * @self: a month
 */
void
smm_month_view_reload (SmmMonthView *self)
{
  g_return_if_fail (SMM_IS_MONTH_VIEW (self));

  fill (self);
  select_day (self, self->selected);
}

/**
 * smm_month_view_move:
 * @self: a month
 * @delta: months to go, negative: back
 */
void
smm_month_view_move (SmmMonthView *self, int delta)
{
  GDate date;

  g_return_if_fail (SMM_IS_MONTH_VIEW (self));

  g_date_clear (&date, 1);
  g_date_set_julian (&date, self->selected);
  if (delta > 0)
    g_date_add_months (&date, delta);
  else
    g_date_subtract_months (&date, -delta);
  show_day (self, g_date_get_julian (&date));
}

/**
 * smm_month_view_show_today:
 * @self: a month
 */
void
smm_month_view_show_today (SmmMonthView *self)
{
  g_return_if_fail (SMM_IS_MONTH_VIEW (self));

  show_day (self, smm_day_today (self->zone));
}

/**
 * smm_month_view_get_title:
 * @self: a month
 *
 * Returns: (transfer full): month and year, for people
 */
char *
smm_month_view_get_title (SmmMonthView *self)
{
  GDate date;

  g_return_val_if_fail (SMM_IS_MONTH_VIEW (self), NULL);

  g_date_clear (&date, 1);
  g_date_set_dmy (&date, 1, self->month, self->year);
  /* Translators: month and year: October 2026 */
  return smm_day_format (g_date_get_julian (&date), _ ("%OB %Y"));
}

/**
 * smm_month_view_get_selected_day:
 * @self: a month
 *
 * Returns: the julian day the keyboard is on
 */
guint32
smm_month_view_get_selected_day (SmmMonthView *self)
{
  g_return_val_if_fail (SMM_IS_MONTH_VIEW (self), 0);

  return self->selected;
}

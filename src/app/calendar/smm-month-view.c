/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-month-view.h"

#include <glib/gi18n.h>

#include "smm-app-time.h"
#include "smm-free-slots.h"
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

  SmmCalendarModel *model;
  guint32 first; /* julian day of the first cell */
  guint32 selected;
  int year, month;
  int weeks;
  gboolean short_names;
};

static void smm_month_view_iface_init (SmmCalendarViewInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (SmmMonthView, smm_month_view, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (SMM_TYPE_CALENDAR_VIEW,
                                                      smm_month_view_iface_init))

static GTimeZone *
zone_of (SmmMonthView *self)
{
  return smm_calendar_model_get_zone (self->model);
}

static void
name_weekdays (SmmMonthView *self)
{
  for (int i = 0; i < 7; i++)
    {
      g_autofree char *name = smm_day_format (self->first + i, self->short_names ? "%a" : "%A");

      gtk_label_set_label (GTK_LABEL (self->names[i]), name);
    }
}

static void
fill (SmmMonthView *self)
{
  g_autoptr (GPtrArray) chips = smm_calendar_model_list (self->model, self->first, self->weeks * 7);
  g_autoptr (GArray) slots = smm_free_slots_list (self->model, self->first, self->weeks * 7);
  g_autoptr (GHashTable) notes
      = smm_calendar_model_list_words (self->model, self->first, self->weeks * 7);
  g_autoptr (GPtrArray) day_chips = g_ptr_array_new ();
  g_autoptr (GArray) minutes = g_array_new (FALSE, FALSE, sizeof (int));
  GTimeZone *zone = zone_of (self);
  guint32 today = smm_day_today (zone);
  gint64 end;
  guint next = 0, next_slot = 0;

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
      end = smm_day_get_start (day + 1, zone);
      while (next < chips->len && ((SmmChip *)chips->pdata[next])->due_at < end)
        g_ptr_array_add (day_chips, chips->pdata[next++]);
      smm_day_cell_set_day (SMM_DAY_CELL (self->cells[i]), day, flags, day_chips, zone);
      smm_day_cell_set_note (SMM_DAY_CELL (self->cells[i]),
                             g_hash_table_lookup (notes, GUINT_TO_POINTER (day)));
      smm_free_slots_take (slots, &next_slot, day, minutes);
      smm_day_cell_set_free (SMM_DAY_CELL (self->cells[i]), minutes);
    }
}

static void
select_day (SmmMonthView *self, guint32 day)
{
  self->selected = day;
  for (int i = 0; i < MAX_WEEKS * 7; i++)
    smm_day_cell_set_current (SMM_DAY_CELL (self->cells[i]), self->first + i == day);
}

/* What the grid gives to a week: the first ones get the pixels that are left over. */
static int
week_height (SmmMonthView *self, int weeks, int week)
{
  int height = gtk_widget_get_height (self->grid);

  return height / weeks + (week < height % weeks);
}

/* Days of six weeks are lower than those of five: what they show is to fit with the first frame. */
static void
expect_weeks (SmmMonthView *self, int weeks)
{
  int around;

  if (self->weeks > 0 && self->weeks != weeks)
    {
      around = week_height (self, self->weeks, 0) - gtk_widget_get_height (self->cells[0]);
      for (int i = 0; i < MAX_WEEKS * 7; i++)
        smm_day_cell_expect_height (SMM_DAY_CELL (self->cells[i]),
                                    week_height (self, weeks, i / 7) - around);
    }
  self->weeks = weeks;
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
  expect_weeks (self, (lead + g_date_get_days_in_month (self->month, self->year) + 6) / 7);
  name_weekdays (self);
  fill (self);
  select_day (self, day);
  if (old_year != self->year || old_month != self->month)
    smm_calendar_view_emit_moved (SMM_CALENDAR_VIEW (self));
}

static SmmDayCell *
current_cell (SmmMonthView *self)
{
  for (int i = 0; i < self->weeks * 7; i++)
    if (self->first + i == self->selected)
      return SMM_DAY_CELL (self->cells[i]);
  return NULL;
}

static void
smm_month_view_focus (SmmCalendarView *view)
{
  SmmDayCell *cell = current_cell (SMM_MONTH_VIEW (view));

  if (cell != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (cell));
}

static void
go (SmmMonthView *self, int days)
{
  guint32 day = self->selected + days;

  if (day < self->first || day >= self->first + self->weeks * 7)
    show_day (self, day);
  else
    select_day (self, day);
  smm_month_view_focus (SMM_CALENDAR_VIEW (self));
}

/* From a post up and down through its day, sideways to the neighbouring day's posts. */
static void
go_from_chip (SmmMonthView *self, SmmChipView *view, int days)
{
  SmmDayCell *cell = current_cell (self);
  GtkWidget *next;
  int index = 0;

  if (cell == NULL)
    return;
  if (ABS (days) == 7)
    {
      next = smm_day_cell_get_neighbour (cell, GTK_WIDGET (view), days > 0 ? 1 : -1);
      if (next != NULL)
        gtk_widget_grab_focus (next);
      else if (days < 0)
        gtk_widget_grab_focus (GTK_WIDGET (cell));
      else
        go (self, days);
      return;
    }
  while (smm_day_cell_get_nth (cell, index) != GTK_WIDGET (view)
         && smm_day_cell_get_neighbour (cell, smm_day_cell_get_nth (cell, index), 1) != NULL)
    index++;
  go (self, days);
  cell = current_cell (self);
  next = cell != NULL ? smm_day_cell_get_nth (cell, index) : NULL;
  if (next != NULL)
    gtk_widget_grab_focus (next);
}

/* The day's first post, or a new one where there is none. */
static void
open_day (SmmMonthView *self)
{
  SmmDayCell *cell = current_cell (self);
  GtkWidget *chip = cell != NULL ? smm_day_cell_get_nth (cell, 0) : NULL;

  if (chip != NULL)
    gtk_widget_grab_focus (chip);
  else if (self->selected >= smm_day_today (zone_of (self)))
    smm_calendar_view_emit_new_post (SMM_CALENDAR_VIEW (self), self->selected, -1);
}

static int
get_step (SmmMonthView *self, guint keyval)
{
  int forward = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL ? -1 : 1;

  switch (keyval)
    {
    case GDK_KEY_Left:
      return -forward;
    case GDK_KEY_Right:
      return forward;
    case GDK_KEY_Up:
      return -7;
    case GDK_KEY_Down:
      return 7;
    default:
      return 0;
    }
}

static gboolean
on_key_pressed (GtkEventControllerKey *controller, guint keyval, guint keycode,
                GdkModifierType state, SmmMonthView *self)
{
  SmmChipView *chip = smm_calendar_get_focused_chip (GTK_WIDGET (self));
  int step = get_step (self, keyval);

  if ((state & gtk_accelerator_get_default_mod_mask ()) != 0)
    return GDK_EVENT_PROPAGATE;
  if (step != 0)
    {
      if (chip != NULL)
        go_from_chip (self, chip, step);
      else
        go (self, step);
      return GDK_EVENT_STOP;
    }
  switch (keyval)
    {
    case GDK_KEY_Home:
      go (self, -(int)((self->selected - self->first) % 7));
      return GDK_EVENT_STOP;
    case GDK_KEY_End:
      go (self, 6 - (int)((self->selected - self->first) % 7));
      return GDK_EVENT_STOP;
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
    case GDK_KEY_space:
      if (chip == NULL)
        open_day (self);
      return GDK_EVENT_STOP;
    case GDK_KEY_Escape:
      if (chip == NULL)
        return GDK_EVENT_PROPAGATE;
      smm_month_view_focus (SMM_CALENDAR_VIEW (self));
      return GDK_EVENT_STOP;
    default:
      return GDK_EVENT_PROPAGATE;
    }
}

static void
smm_month_view_page (SmmCalendarView *view, int pages)
{
  SmmMonthView *self = SMM_MONTH_VIEW (view);
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_julian (&date, self->selected);
  if (pages > 0)
    g_date_add_months (&date, pages);
  else
    g_date_subtract_months (&date, -pages);
  show_day (self, g_date_get_julian (&date));
}

static gboolean
on_scroll (GtkEventControllerScroll *controller, double dx, double dy, SmmMonthView *self)
{
  if (dy == 0)
    return GDK_EVENT_PROPAGATE;
  smm_calendar_view_page (SMM_CALENDAR_VIEW (self), dy > 0 ? 1 : -1);
  return GDK_EVENT_STOP;
}

static void
on_chip_activated (SmmDayCell *cell, SmmChip *chip, GtkWidget *beside, SmmMonthView *self)
{
  select_day (self, smm_day_cell_get_day (cell));
  smm_calendar_view_emit_chip_activated (SMM_CALENDAR_VIEW (self), chip, beside);
}

static void
on_show_posts (SmmDayCell *cell, GtkWidget *beside, SmmMonthView *self)
{
  select_day (self, smm_day_cell_get_day (cell));
  smm_calendar_view_emit_day_posts (SMM_CALENDAR_VIEW (self), smm_day_cell_get_day (cell), beside);
}

static void
on_new_post (SmmDayCell *cell, int minute, SmmMonthView *self)
{
  smm_calendar_view_emit_new_post (SMM_CALENDAR_VIEW (self), smm_day_cell_get_day (cell), minute);
}

static void
on_cell_pressed (GtkGestureClick *gesture, int n_press, double x, double y, SmmMonthView *self)
{
  GtkWidget *cell = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (gesture));

  select_day (self, smm_day_cell_get_day (SMM_DAY_CELL (cell)));
}

static void
on_cell_entered (GtkEventControllerFocus *controller, SmmMonthView *self)
{
  GtkWidget *cell = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (controller));

  if (smm_day_cell_get_day (SMM_DAY_CELL (cell)) != self->selected)
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
  g_clear_object (&self->model);
  G_OBJECT_CLASS (smm_month_view_parent_class)->dispose (object);
}

static void
smm_month_view_class_init (SmmMonthViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = smm_month_view_dispose;
  widget_class->measure = smm_month_view_measure;
  widget_class->size_allocate = smm_month_view_size_allocate;

  gtk_widget_class_set_css_name (widget_class, "month");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GRID);
}

static void
make_cell (SmmMonthView *self, int i)
{
  GtkWidget *cell = smm_day_cell_new (self->model);
  GtkGesture *press = gtk_gesture_click_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();

  gtk_widget_set_hexpand (cell, TRUE);
  gtk_widget_set_vexpand (cell, TRUE);
  g_signal_connect (cell, "chip-activated", G_CALLBACK (on_chip_activated), self);
  g_signal_connect (cell, "show-posts", G_CALLBACK (on_show_posts), self);
  g_signal_connect (cell, "new-post", G_CALLBACK (on_new_post), self);
  /* The day must be a stop of the Tab key before the press moves the focus there. */
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (press), GTK_PHASE_CAPTURE);
  g_signal_connect (press, "pressed", G_CALLBACK (on_cell_pressed), self);
  gtk_widget_add_controller (cell, GTK_EVENT_CONTROLLER (press));
  g_signal_connect (focus, "enter", G_CALLBACK (on_cell_entered), self);
  gtk_widget_add_controller (cell, focus);
  if (i % 7 == 6)
    gtk_widget_add_css_class (cell, "last");
  gtk_grid_attach (GTK_GRID (self->grid), cell, i % 7, i / 7, 1, 1);
  self->cells[i] = cell;
}

static void
smm_month_view_init (SmmMonthView *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *scroll = gtk_event_controller_scroll_new (
      GTK_EVENT_CONTROLLER_SCROLL_VERTICAL | GTK_EVENT_CONTROLLER_SCROLL_DISCRETE);

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
  gtk_widget_set_parent (self->grid, GTK_WIDGET (self));

  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key_pressed), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  g_signal_connect (scroll, "scroll", G_CALLBACK (on_scroll), self);
  gtk_widget_add_controller (GTK_WIDGET (self), scroll);
  smm_widget_set_label (GTK_WIDGET (self), _ ("Month"));
}

/* --- SmmCalendarView --- */

static void
smm_month_view_reload (SmmCalendarView *view)
{
  SmmMonthView *self = SMM_MONTH_VIEW (view);

  fill (self);
  select_day (self, self->selected);
}

static void
smm_month_view_show_day (SmmCalendarView *view, guint32 day)
{
  show_day (SMM_MONTH_VIEW (view), day);
}

static guint32
smm_month_view_get_day (SmmCalendarView *view)
{
  return SMM_MONTH_VIEW (view)->selected;
}

static char *
smm_month_view_get_title (SmmCalendarView *view)
{
  SmmMonthView *self = SMM_MONTH_VIEW (view);
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_dmy (&date, 1, self->month, self->year);
  /* Translators: month and year: October 2026 */
  return smm_day_format (g_date_get_julian (&date), _ ("%OB %Y"));
}

static void
smm_month_view_for_each_chip (SmmCalendarView *view, SmmChipViewFunc func, gpointer user_data)
{
  SmmMonthView *self = SMM_MONTH_VIEW (view);

  for (int i = 0; i < self->weeks * 7; i++)
    smm_day_cell_for_each_chip (SMM_DAY_CELL (self->cells[i]), func, user_data);
}

static gboolean
smm_month_view_probe (SmmCalendarView *view, double x, double y, const SmmGrip *grip,
                      SmmLanding *landing)
{
  SmmMonthView *self = SMM_MONTH_VIEW (view);

  for (int i = 0; i < self->weeks * 7; i++)
    {
      double cell_x, cell_y;

      if (!gtk_widget_translate_coordinates (GTK_WIDGET (self), self->cells[i], x, y, &cell_x,
                                             &cell_y)
          || !gtk_widget_contains (self->cells[i], cell_x, cell_y))
        continue;
      landing->day = self->first + i;
      landing->minute = smm_day_cell_get_minute (SMM_DAY_CELL (self->cells[i]), cell_x, grip);
      landing->past = FALSE;
      return TRUE;
    }
  return FALSE;
}

static void
smm_month_view_show_landing (SmmCalendarView *view, const SmmLanding *landing)
{
  SmmMonthView *self = SMM_MONTH_VIEW (view);

  for (int i = 0; i < self->weeks * 7; i++)
    smm_day_cell_show_landing (SMM_DAY_CELL (self->cells[i]),
                               landing != NULL && landing->day == self->first + i ? landing->minute
                                                                                  : -1,
                               landing != NULL && landing->past);
}

static void
smm_month_view_iface_init (SmmCalendarViewInterface *iface)
{
  iface->reload = smm_month_view_reload;
  iface->page = smm_month_view_page;
  iface->show_day = smm_month_view_show_day;
  iface->get_day = smm_month_view_get_day;
  iface->get_title = smm_month_view_get_title;
  iface->for_each_chip = smm_month_view_for_each_chip;
  iface->focus = smm_month_view_focus;
  iface->probe = smm_month_view_probe;
  iface->show_landing = smm_month_view_show_landing;
}

static void
on_selection_changed (SmmCalendarModel *model, SmmMonthView *self)
{
  /* Also the weeks that this month does not have: they keep their chips for one that has them. */
  for (guint i = 0; i < G_N_ELEMENTS (self->cells) && self->cells[i] != NULL; i++)
    smm_day_cell_for_each_chip (SMM_DAY_CELL (self->cells[i]),
                                (SmmChipViewFunc)smm_calendar_view_dress, model);
}

/**
 * smm_month_view_new:
 * @model: what is shown
 *
 * Returns: (transfer full): the month of today
 */
GtkWidget *
smm_month_view_new (SmmCalendarModel *model)
{
  SmmMonthView *self = g_object_new (SMM_TYPE_MONTH_VIEW, NULL);

  self->model = g_object_ref (model);
  for (int i = 0; i < MAX_WEEKS * 7; i++)
    make_cell (self, i);
  g_signal_connect_object (model, "selection-changed", G_CALLBACK (on_selection_changed), self, 0);
  show_day (self, smm_day_today (zone_of (self)));
  return GTK_WIDGET (self);
}

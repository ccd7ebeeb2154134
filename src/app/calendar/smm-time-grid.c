/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-time-grid.h"

#include <glib/gi18n.h>

#include "smm-app-time.h"
#include "smm-free-slots.h"
#include "smm-state-icon.h"
#include "smm-time-board.h"

#define MAX_DAYS 7
#define STEP 15
/* A post dropped so near a free slot, minutes, takes it. */
#define MAGNET 12
#define MORNING 9
/* The hour that is on top when nothing says otherwise. */
#define TOP_HOUR 6.6

struct _SmmTimeGrid
{
  GtkWidget parent_instance;

  GtkWidget *heads[MAX_DAYS]; /* GtkBox: number, weekday */
  GtkWidget *numbers[MAX_DAYS];
  GtkWidget *weekdays[MAX_DAYS];
  GtkWidget *notes[MAX_DAYS];
  GtkWidget *corner;
  GtkWidget *scroller;
  SmmTimeBoard *board;

  SmmCalendarModel *model;
  int n_days;
  guint32 first;
  guint32 day; /* the keyboard's */
  int hour;
  gboolean scrolled;
  gboolean stacked; /* the heads: a weekday under its number */
  guint stack_tick;
};

static void smm_time_grid_iface_init (SmmCalendarViewInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (SmmTimeGrid, smm_time_grid, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (SMM_TYPE_CALENDAR_VIEW,
                                                      smm_time_grid_iface_init))

static GTimeZone *
zone_of (SmmTimeGrid *self)
{
  return smm_calendar_model_get_zone (self->model);
}

static SmmDayColumn *
current_column (SmmTimeGrid *self)
{
  return smm_time_board_get_column (self->board, self->day - self->first);
}

/* --- What is shown --- */

static void
fill_head (SmmTimeGrid *self, int i, guint32 today, const char *note)
{
  g_autofree char *number = smm_day_format (self->first + i, "%-e");
  g_autofree char *weekday = smm_day_format (self->first + i, self->n_days == 1 ? "%A" : "%a");

  gtk_label_set_label (GTK_LABEL (self->numbers[i]), number);
  gtk_label_set_label (GTK_LABEL (self->weekdays[i]), weekday);
  gtk_label_set_label (GTK_LABEL (self->notes[i]), note != NULL ? note : "");
  smm_widget_set_tip (self->notes[i], note);
  gtk_widget_set_visible (self->notes[i], note != NULL);
  if (self->first + i == today)
    gtk_widget_add_css_class (self->heads[i], "today");
  else
    gtk_widget_remove_css_class (self->heads[i], "today");
}

static void
fill_free (SmmTimeGrid *self)
{
  g_autoptr (GArray) slots = smm_free_slots_list (self->model, self->first, self->n_days);
  g_autoptr (GArray) minutes = g_array_new (FALSE, FALSE, sizeof (int));
  guint next = 0;

  for (int i = 0; i < self->n_days; i++)
    {
      smm_free_slots_take (slots, &next, self->first + i, minutes);
      smm_day_column_set_free (smm_time_board_get_column (self->board, i), minutes);
    }
}

static void
fill (SmmTimeGrid *self)
{
  g_autoptr (GPtrArray) chips = smm_calendar_model_list (self->model, self->first, self->n_days);
  g_autoptr (GHashTable) notes
      = smm_calendar_model_list_words (self->model, self->first, self->n_days);
  g_autoptr (GPtrArray) day_chips = g_ptr_array_new ();
  GTimeZone *zone = zone_of (self);
  guint32 today = smm_day_today (zone);
  guint next = 0;

  for (int i = 0; i < self->n_days; i++)
    {
      guint32 day = self->first + i;
      gint64 end = smm_day_get_start (day + 1, zone);
      SmmDayFlags flags = day < today ? SMM_DAY_PAST : day == today ? SMM_DAY_TODAY : 0;

      g_ptr_array_set_size (day_chips, 0);
      while (next < chips->len && ((SmmChip *)chips->pdata[next])->due_at < end)
        g_ptr_array_add (day_chips, chips->pdata[next++]);
      smm_day_column_set_day (smm_time_board_get_column (self->board, i), day, flags, day_chips,
                              zone);
      fill_head (self, i, today, g_hash_table_lookup (notes, GUINT_TO_POINTER (day)));
    }
  fill_free (self);
  smm_time_board_update_now (self->board);
}

static void
update_current (SmmTimeGrid *self)
{
  for (int i = 0; i < self->n_days; i++)
    smm_day_column_set_current (smm_time_board_get_column (self->board, i),
                                self->first + i == self->day, self->hour);
}

static guint32
first_of (SmmTimeGrid *self, guint32 day)
{
  GDate date;

  if (self->n_days == 1)
    return day;
  g_date_clear (&date, 1);
  g_date_set_julian (&date, day);
  return day - ((int)g_date_get_weekday (&date) - smm_locale_first_weekday () + 7) % 7;
}

static void
show_day (SmmTimeGrid *self, guint32 day)
{
  guint32 first = first_of (self, day);
  gboolean other = first != self->first;

  self->day = day;
  self->first = first;
  if (other)
    fill (self);
  update_current (self);
  if (other)
    smm_calendar_view_emit_moved (SMM_CALENDAR_VIEW (self));
}

static GtkAdjustment *
adjustment_of (SmmTimeGrid *self)
{
  return gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroller));
}

static void
show_hour (SmmTimeGrid *self)
{
  GtkAdjustment *adjustment = adjustment_of (self);
  int height = smm_time_board_get_hour_height (self->board);

  gtk_adjustment_clamp_page (adjustment, self->hour * height, (self->hour + 1) * height);
}

/* --- Keyboard --- */

static void
smm_time_grid_focus (SmmCalendarView *view)
{
  gtk_widget_grab_focus (GTK_WIDGET (current_column (SMM_TIME_GRID (view))));
}

static void
go (SmmTimeGrid *self, int days, int hours)
{
  self->hour = CLAMP (self->hour + hours, 0, 23);
  show_day (self, self->day + days);
  smm_time_grid_focus (SMM_CALENDAR_VIEW (self));
  show_hour (self);
}

static void
go_from_chip (SmmTimeGrid *self, SmmChipView *view, int days, int step)
{
  int minute = smm_time_get_minute (smm_chip_view_get_chip (view)->due_at, zone_of (self));
  GtkWidget *next;

  self->hour = minute / 60;
  if (days != 0)
    {
      show_day (self, self->day + days);
      next = smm_day_column_get_nearest (current_column (self), minute, 24 * 60);
    }
  else
    next = smm_day_column_get_neighbour (current_column (self), GTK_WIDGET (view), step);
  if (next != NULL)
    gtk_widget_grab_focus (next);
  else
    go (self, 0, days == 0 ? step : 0);
}

static void
open_hour (SmmTimeGrid *self)
{
  GtkWidget *chip = smm_day_column_get_nearest (current_column (self), self->hour * 60 + 30, 30);

  if (chip != NULL)
    gtk_widget_grab_focus (chip);
  else
    {
      int slot = smm_day_column_find_free (current_column (self), self->hour * 60, 0, 59);

      smm_calendar_view_emit_new_post (SMM_CALENDAR_VIEW (self), self->day,
                                       slot >= 0 ? slot : self->hour * 60);
    }
}

static gboolean
on_arrow (SmmTimeGrid *self, guint keyval)
{
  SmmChipView *chip = smm_calendar_get_focused_chip (GTK_WIDGET (self));
  int forward = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL ? -1 : 1;
  int days = keyval == GDK_KEY_Right ? forward : keyval == GDK_KEY_Left ? -forward : 0;
  int step = keyval == GDK_KEY_Down ? 1 : keyval == GDK_KEY_Up ? -1 : 0;

  if (days == 0 && step == 0)
    return GDK_EVENT_PROPAGATE;
  if (chip != NULL)
    go_from_chip (self, chip, days, step);
  else
    go (self, days, step);
  return GDK_EVENT_STOP;
}

static gboolean
on_key_pressed (GtkEventControllerKey *controller, guint keyval, guint keycode,
                GdkModifierType state, SmmTimeGrid *self)
{
  SmmChipView *chip = smm_calendar_get_focused_chip (GTK_WIDGET (self));

  if ((state & gtk_accelerator_get_default_mod_mask ()) != 0)
    return GDK_EVENT_PROPAGATE;
  if (on_arrow (self, keyval))
    return GDK_EVENT_STOP;
  switch (keyval)
    {
    case GDK_KEY_Page_Up:
    case GDK_KEY_Page_Down:
      smm_calendar_view_page (SMM_CALENDAR_VIEW (self), keyval == GDK_KEY_Page_Up ? -1 : 1);
      smm_time_grid_focus (SMM_CALENDAR_VIEW (self));
      return GDK_EVENT_STOP;
    case GDK_KEY_Home:
      go (self, self->first - self->day, 0);
      return GDK_EVENT_STOP;
    case GDK_KEY_End:
      go (self, self->first + self->n_days - 1 - self->day, 0);
      return GDK_EVENT_STOP;
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
    case GDK_KEY_space:
      if (chip == NULL)
        open_hour (self);
      return GDK_EVENT_STOP;
    case GDK_KEY_Escape:
      if (chip == NULL)
        return GDK_EVENT_PROPAGATE;
      smm_time_grid_focus (SMM_CALENDAR_VIEW (self));
      return GDK_EVENT_STOP;
    default:
      return GDK_EVENT_PROPAGATE;
    }
}

/* --- Pointer --- */

static void
on_chip_activated (SmmDayColumn *column, SmmChip *chip, GtkWidget *beside, SmmTimeGrid *self)
{
  smm_calendar_view_emit_chip_activated (SMM_CALENDAR_VIEW (self), chip, beside);
}

static void
on_show_posts (SmmDayColumn *column, GtkWidget *beside, SmmTimeGrid *self)
{
  smm_calendar_view_emit_day_posts (SMM_CALENDAR_VIEW (self), smm_day_column_get_day (column),
                                    beside);
}

static void
on_new_post (SmmDayColumn *column, int minute, SmmTimeGrid *self)
{
  smm_calendar_view_emit_new_post (SMM_CALENDAR_VIEW (self), smm_day_column_get_day (column),
                                   minute);
}

static void
on_column_pressed (GtkGestureClick *gesture, int n_press, double x, double y, SmmTimeGrid *self)
{
  GtkWidget *column = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (gesture));

  self->hour = CLAMP (y / smm_time_board_get_hour_height (self->board), 0, 23);
  show_day (self, smm_day_column_get_day (SMM_DAY_COLUMN (column)));
}

static void
on_column_entered (GtkEventControllerFocus *controller, SmmTimeGrid *self)
{
  GtkWidget *column = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (controller));

  if (smm_day_column_get_day (SMM_DAY_COLUMN (column)) != self->day)
    show_day (self, smm_day_column_get_day (SMM_DAY_COLUMN (column)));
}

/* --- Sizes --- */

static int
head_height (SmmTimeGrid *self)
{
  int highest = 0;

  for (int i = 0; i < self->n_days; i++)
    {
      int natural;

      gtk_widget_measure (self->heads[i], GTK_ORIENTATION_VERTICAL, -1, NULL, &natural, NULL, NULL);
      highest = MAX (highest, natural);
    }
  return highest;
}

static void
smm_time_grid_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                       int *natural, int *minimum_baseline, int *natural_baseline)
{
  SmmTimeGrid *self = SMM_TIME_GRID (widget);

  *minimum_baseline = *natural_baseline = -1;
  gtk_widget_measure (self->scroller, orientation, -1, minimum, natural, NULL, NULL);
  if (orientation == GTK_ORIENTATION_VERTICAL)
    {
      *minimum += head_height (self);
      *natural += head_height (self);
    }
}

/* Not while sizes are given out. */
static gboolean
on_scroll_tick (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  SmmTimeGrid *self = SMM_TIME_GRID (widget);

  gtk_adjustment_set_value (adjustment_of (self),
                            TOP_HOUR * smm_time_board_get_hour_height (self->board));
  return G_SOURCE_REMOVE;
}

/* What a head needs for both on one line. */
static int
head_width_of (SmmTimeGrid *self, int i)
{
  int number, weekday;

  gtk_widget_measure (self->numbers[i], GTK_ORIENTATION_HORIZONTAL, -1, NULL, &number, NULL, NULL);
  gtk_widget_measure (self->weekdays[i], GTK_ORIENTATION_HORIZONTAL, -1, NULL, &weekday, NULL,
                      NULL);
  return number + weekday + 22;
}

static gboolean
on_stack_tick (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  SmmTimeGrid *self = SMM_TIME_GRID (widget);

  GtkAlign align = self->stacked ? GTK_ALIGN_CENTER : GTK_ALIGN_FILL;

  self->stack_tick = 0;
  for (int i = 0; i < self->n_days; i++)
    {
      gtk_orientable_set_orientation (GTK_ORIENTABLE (self->heads[i]),
                                      self->stacked ? GTK_ORIENTATION_VERTICAL
                                                    : GTK_ORIENTATION_HORIZONTAL);
      gtk_box_set_spacing (GTK_BOX (self->heads[i]), self->stacked ? 0 : 6);
      gtk_widget_set_halign (self->numbers[i], align);
      gtk_widget_set_halign (self->weekdays[i], align);
    }
  if (self->stacked)
    gtk_widget_add_css_class (widget, "stacked");
  else
    gtk_widget_remove_css_class (widget, "stacked");
  return G_SOURCE_REMOVE;
}

/* Not while sizes are given out, either. */
static void
check_stacked (SmmTimeGrid *self, int column)
{
  gboolean stacked = FALSE;

  for (int i = 0; i < self->n_days; i++)
    stacked = stacked || head_width_of (self, i) > column;
  if (stacked == self->stacked)
    return;
  self->stacked = stacked;
  if (self->stack_tick == 0)
    self->stack_tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), on_stack_tick, NULL, NULL);
}

static void
smm_time_grid_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  SmmTimeGrid *self = SMM_TIME_GRID (widget);
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int head = head_height (self), gutter = smm_time_board_get_gutter (self->board);
  int column = (width - gutter) / self->n_days;

  check_stacked (self, column);
  gtk_widget_allocate (self->scroller, width, MAX (height - head, 1), -1,
                       gsk_transform_translate (NULL, &GRAPHENE_POINT_INIT (0, head)));
  for (int i = 0; i < self->n_days; i++)
    {
      int x = gutter + i * column, minimum;
      int head_width = i == self->n_days - 1 ? width - x : column;

      gtk_widget_measure (self->heads[i], GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL,
                          NULL);
      head_width = MAX (head_width, minimum);
      gtk_widget_allocate (self->heads[i], head_width, head, -1,
                           gsk_transform_translate (
                               NULL, &GRAPHENE_POINT_INIT (rtl ? width - x - head_width : x, 0)));
    }
  gtk_widget_allocate (
      self->corner, gutter, head, -1,
      gsk_transform_translate (NULL, &GRAPHENE_POINT_INIT (rtl ? width - gutter : 0, 0)));
  if (!self->scrolled)
    {
      self->scrolled = TRUE;
      gtk_widget_add_tick_callback (widget, on_scroll_tick, NULL, NULL);
    }
}

/* The toolkit would show all of a day, which is higher than there is room for, and jump to its
 * beginning or end with every click on it. */
static void
on_focus_moved (GtkRoot *root, GParamSpec *pspec, SmmTimeGrid *self)
{
  GtkWidget *focus = gtk_root_get_focus (root), *board = GTK_WIDGET (self->board);
  graphene_rect_t bounds;

  if (focus == NULL || !gtk_widget_is_ancestor (focus, board))
    return;
  if (SMM_IS_DAY_COLUMN (focus))
    show_hour (self);
  else if (gtk_widget_compute_bounds (focus, board, &bounds))
    gtk_adjustment_clamp_page (adjustment_of (self), bounds.origin.y,
                               bounds.origin.y + bounds.size.height);
}

static void
smm_time_grid_root (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (smm_time_grid_parent_class)->root (widget);
  g_signal_connect_object (gtk_widget_get_root (widget), "notify::focus-widget",
                           G_CALLBACK (on_focus_moved), widget, 0);
}

static void
smm_time_grid_unroot (GtkWidget *widget)
{
  g_signal_handlers_disconnect_by_func (gtk_widget_get_root (widget), on_focus_moved, widget);
  GTK_WIDGET_CLASS (smm_time_grid_parent_class)->unroot (widget);
}

/* --- The widget --- */

static void
smm_time_grid_dispose (GObject *object)
{
  SmmTimeGrid *self = SMM_TIME_GRID (object);

  for (int i = 0; i < MAX_DAYS; i++)
    g_clear_pointer (&self->heads[i], gtk_widget_unparent);
  g_clear_pointer (&self->corner, gtk_widget_unparent);
  g_clear_pointer (&self->scroller, gtk_widget_unparent);
  g_clear_object (&self->model);
  G_OBJECT_CLASS (smm_time_grid_parent_class)->dispose (object);
}

static void
smm_time_grid_class_init (SmmTimeGridClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = smm_time_grid_dispose;
  widget_class->root = smm_time_grid_root;
  widget_class->unroot = smm_time_grid_unroot;
  widget_class->measure = smm_time_grid_measure;
  widget_class->size_allocate = smm_time_grid_size_allocate;
  gtk_widget_class_set_css_name (widget_class, "timegrid");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GRID);
}

static void
smm_time_grid_init (SmmTimeGrid *self)
{
  self->hour = MORNING;
}

static void
make_head (SmmTimeGrid *self, int i)
{
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->heads[i] = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  gtk_widget_add_css_class (self->heads[i], "head");
  self->numbers[i] = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->numbers[i], "number");
  gtk_widget_set_valign (self->numbers[i], GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (self->heads[i]), self->numbers[i]);
  self->weekdays[i] = gtk_label_new (NULL);
  gtk_label_set_ellipsize (GTK_LABEL (self->weekdays[i]), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (self->weekdays[i], "weekday");
  gtk_label_set_xalign (GTK_LABEL (self->weekdays[i]), 0);
  self->notes[i] = gtk_label_new (NULL);
  gtk_label_set_ellipsize (GTK_LABEL (self->notes[i]), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (self->notes[i]), 0);
  gtk_widget_add_css_class (self->notes[i], "note");
  gtk_widget_set_valign (words, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (words), self->weekdays[i]);
  gtk_box_append (GTK_BOX (words), self->notes[i]);
  gtk_box_append (GTK_BOX (self->heads[i]), words);
  gtk_widget_set_parent (self->heads[i], GTK_WIDGET (self));
}

static void
connect_column (SmmTimeGrid *self, GtkWidget *column)
{
  GtkGesture *press = gtk_gesture_click_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();

  g_signal_connect (column, "chip-activated", G_CALLBACK (on_chip_activated), self);
  g_signal_connect (column, "show-posts", G_CALLBACK (on_show_posts), self);
  g_signal_connect (column, "new-post", G_CALLBACK (on_new_post), self);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (press), GTK_PHASE_CAPTURE);
  g_signal_connect (press, "pressed", G_CALLBACK (on_column_pressed), self);
  gtk_widget_add_controller (column, GTK_EVENT_CONTROLLER (press));
  g_signal_connect (focus, "enter", G_CALLBACK (on_column_entered), self);
  gtk_widget_add_controller (column, focus);
}

static void
on_selection_changed (SmmCalendarModel *model, SmmTimeGrid *self)
{
  smm_calendar_view_for_each_chip (SMM_CALENDAR_VIEW (self),
                                   (SmmChipViewFunc)smm_calendar_view_dress, model);
}

/**
 * smm_time_grid_new:
 * @model: what is shown
 * @n_days: 7: a week, 1: a day
 *
 * Returns: (transfer full): this week, or today
 */
GtkWidget *
smm_time_grid_new (SmmCalendarModel *model, int n_days)
{
  SmmTimeGrid *self = g_object_new (SMM_TYPE_TIME_GRID, NULL);
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->model = g_object_ref (model);
  self->n_days = n_days;
  if (n_days == 1)
    gtk_widget_add_css_class (GTK_WIDGET (self), "single");
  self->corner = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_add_css_class (self->corner, "head");
  gtk_widget_set_parent (self->corner, GTK_WIDGET (self));
  for (int i = 0; i < n_days; i++)
    make_head (self, i);
  self->board = SMM_TIME_BOARD (smm_time_board_new (model, n_days));
  for (int i = 0; i < n_days; i++)
    connect_column (self, GTK_WIDGET (smm_time_board_get_column (self->board, i)));
  /* Inside the scrolled window, which would take the page keys. */
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key_pressed), self);
  gtk_widget_add_controller (GTK_WIDGET (self->board), keys);
  self->scroller = gtk_scrolled_window_new ();
  g_object_set (self->scroller, "hscrollbar-policy", GTK_POLICY_NEVER, "child", self->board, NULL);
  gtk_viewport_set_scroll_to_focus (
      GTK_VIEWPORT (gtk_scrolled_window_get_child (GTK_SCROLLED_WINDOW (self->scroller))), FALSE);
  smm_widget_set_label (self->scroller, _ ("Hours"));
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));
  smm_widget_set_label (GTK_WIDGET (self), n_days == 1 ? _ ("Day") : _ ("Week"));
  g_signal_connect_object (model, "selection-changed", G_CALLBACK (on_selection_changed), self, 0);
  show_day (self, smm_day_today (zone_of (self)));
  return GTK_WIDGET (self);
}

/* --- SmmCalendarView --- */

static void
smm_time_grid_reload (SmmCalendarView *view)
{
  SmmTimeGrid *self = SMM_TIME_GRID (view);

  fill (self);
  update_current (self);
}

static void
smm_time_grid_page (SmmCalendarView *view, int pages)
{
  SmmTimeGrid *self = SMM_TIME_GRID (view);

  show_day (self, self->day + pages * self->n_days);
}

static void
smm_time_grid_show_day (SmmCalendarView *view, guint32 day)
{
  show_day (SMM_TIME_GRID (view), day);
}

static guint32
smm_time_grid_get_day (SmmCalendarView *view)
{
  return SMM_TIME_GRID (view)->day;
}

/* "12–18 October 2026", "28 September – 4 October 2026"; of a day all of it. */
static char *
smm_time_grid_get_title (SmmCalendarView *view)
{
  SmmTimeGrid *self = SMM_TIME_GRID (view);
  guint32 last = self->first + self->n_days - 1;
  g_autofree char *from = NULL;
  g_autofree char *to = NULL;
  GDate a, b;

  if (self->n_days == 1)
    /* Translators: Wednesday 14 October 2026 */
    return smm_day_format (self->first, _ ("%A %-e %B %Y"));
  g_date_clear (&a, 1);
  g_date_clear (&b, 1);
  g_date_set_julian (&a, self->first);
  g_date_set_julian (&b, last);
  /* Translators: the last day of a week: 18 October 2026 */
  to = smm_day_format (last, _ ("%-e %B %Y"));
  if (g_date_get_month (&a) == g_date_get_month (&b))
    {
      /* Translators: the first day of a week, in front of the last one of the same month: 12 */
      from = smm_day_format (self->first, _ ("%-e"));
      return g_strdup_printf ("%s–%s", from, to);
    }
  from = smm_day_format (self->first, _ ("%-e %B"));
  return g_strdup_printf ("%s – %s", from, to);
}

static void
smm_time_grid_for_each_chip (SmmCalendarView *view, SmmChipViewFunc func, gpointer user_data)
{
  SmmTimeGrid *self = SMM_TIME_GRID (view);

  for (int i = 0; i < self->n_days; i++)
    smm_day_column_for_each_chip (smm_time_board_get_column (self->board, i), func, user_data);
}

/* The top of what is held says when; it snaps to quarters of an hour. */
static gboolean
smm_time_grid_probe (SmmCalendarView *view, double x, double y, const SmmGrip *grip,
                     SmmLanding *landing)
{
  SmmTimeGrid *self = SMM_TIME_GRID (view);
  int height = smm_time_board_get_hour_height (self->board);

  if (y < head_height (self))
    return FALSE;
  for (int i = 0; i < self->n_days; i++)
    {
      GtkWidget *column = GTK_WIDGET (smm_time_board_get_column (self->board, i));
      double column_x, column_y;
      int minute;

      if (!gtk_widget_translate_coordinates (GTK_WIDGET (self), column, x, y, &column_x, &column_y)
          || column_x < 0 || column_x >= gtk_widget_get_width (column))
        continue;
      minute = (column_y - grip->grip_y) * 60 / height;
      if (!grip->free)
        minute = MIN ((minute + STEP / 2) / STEP * STEP, 24 * 60 - STEP);
      if (!grip->free)
        {
          int slot = smm_day_column_find_free (SMM_DAY_COLUMN (column), minute, MAGNET, MAGNET);

          minute = slot >= 0 ? slot : minute;
        }
      landing->day = self->first + i;
      landing->minute = CLAMP (minute, 0, 24 * 60 - 1);
      landing->past = FALSE;
      return TRUE;
    }
  return FALSE;
}

static void
smm_time_grid_show_landing (SmmCalendarView *view, const SmmLanding *landing)
{
  SmmTimeGrid *self = SMM_TIME_GRID (view);

  for (int i = 0; i < self->n_days; i++)
    smm_day_column_show_landing (
        smm_time_board_get_column (self->board, i),
        landing != NULL && landing->day == self->first + i ? landing->minute : -1,
        landing != NULL && landing->past);
}

static void
smm_time_grid_iface_init (SmmCalendarViewInterface *iface)
{
  iface->reload = smm_time_grid_reload;
  iface->page = smm_time_grid_page;
  iface->show_day = smm_time_grid_show_day;
  iface->get_day = smm_time_grid_get_day;
  iface->get_title = smm_time_grid_get_title;
  iface->for_each_chip = smm_time_grid_for_each_chip;
  iface->focus = smm_time_grid_focus;
  iface->probe = smm_time_grid_probe;
  iface->show_landing = smm_time_grid_show_landing;
}

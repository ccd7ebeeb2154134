/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-calendar-page-private.h"

#include <glib/gi18n.h>

#include "smm-agenda-view.h"
#include "smm-app-time.h"
#include "smm-calendar-filter.h"
#include "smm-day-panel.h"
#include "smm-month-view.h"
#include "smm-popover.h"
#include "smm-state-icon.h"
#include "smm-time-grid.h"

/* Where the page is not so many times as wide as the row of views, they are chosen from a menu. */
#define ROOM_FOR_VIEWS 3.7

static const char *const view_names[] = { "month", "week", "day", "agenda" };

enum
{
  PROP_0,
  PROP_VIEW,
  N_PROPS
};

enum
{
  TOAST,
  FILES_DROPPED,
  N_SIGNALS
};

static GParamSpec *props[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SmmCalendarPage, smm_calendar_page, GTK_TYPE_BOX)

static GTimeZone *
zone_of (SmmCalendarPage *self)
{
  return smm_calendar_model_get_zone (self->model);
}

SmmCalendarView *
smm_calendar_page_get_view (SmmCalendarPage *self)
{
  return self->views[self->shown];
}

void
smm_calendar_page_toast (SmmCalendarPage *self, const char *text, gboolean undoable)
{
  g_signal_emit (self, signals[TOAST], 0, text, undoable);
}

/* --- Title --- */

/* Whether clocks of the brand's zone and of this computer show different times now. */
static gboolean
is_elsewhere (SmmCalendarPage *self)
{
  g_autoptr (GTimeZone) here = g_time_zone_new_local ();
  gint64 now = g_get_real_time ();
  g_autoptr (GDateTime) ours = smm_time_to_date_time (now, here);
  g_autoptr (GDateTime) theirs = smm_time_to_date_time (now, zone_of (self));

  return g_date_time_get_utc_offset (ours) != g_date_time_get_utc_offset (theirs);
}

/* ISO 8601 numbers a week by its Thursday, also where weeks begin on another day than Monday. */
static char *
format_week (guint32 day)
{
  int first = smm_locale_first_weekday ();
  GDate date;
  int lead;

  g_date_clear (&date, 1);
  g_date_set_julian (&date, day);
  lead = ((int)g_date_get_weekday (&date) - first + 7) % 7;
  return smm_day_format (day - lead + (G_DATE_THURSDAY - first + 7) % 7, "%-V");
}

static char *
make_subtitle (SmmCalendarPage *self)
{
  SmmBrand *brand = smm_calendar_model_get_brand (self->model);
  g_autofree char *city = smm_zone_get_city (brand != NULL ? brand->timezone : NULL);
  g_autofree char *week = NULL;

  if (self->narrow)
    return g_strdup (brand != NULL ? brand->name : "");
  if (self->shown == SMM_CALENDAR_WEEK)
    week = format_week (smm_calendar_view_get_day (smm_calendar_page_get_view (self)));
  if (week != NULL && is_elsewhere (self))
    /* Translators: number of the week, a city: Week 42, times in Helsinki */
    return g_strdup_printf (_ ("Week %s, times in %s"), week, city);
  if (week != NULL)
    return g_strdup_printf (_ ("Week %s"), week);
  if (is_elsewhere (self))
    /* Translators: %s is a city: Times in Helsinki */
    return g_strdup_printf (_ ("Times in %s"), city);
  return g_strdup ("");
}

static void
update_title (SmmCalendarPage *self)
{
  g_autofree char *title = smm_calendar_view_get_title (smm_calendar_page_get_view (self));
  g_autofree char *subtitle = make_subtitle (self);

  adw_window_title_set_title (ADW_WINDOW_TITLE (self->title), title);
  adw_window_title_set_subtitle (ADW_WINDOW_TITLE (self->title), subtitle);
}

/* --- Starting a post --- */

static gint64
get_default_time (SmmCalendarPage *self, guint32 day)
{
  return smm_day_get_time (day, smm_calendar_get_default_minute (day, zone_of (self)),
                           zone_of (self));
}

/**
 * smm_calendar_page_start_post:
 * @self: a calendar
 * @day: a julian day
 * @minute: of that day; -1: any
 */
void
smm_calendar_page_start_post (SmmCalendarPage *self, guint32 day, int minute)
{
  gint64 at
      = minute >= 0 ? smm_day_get_time (day, minute, zone_of (self)) : get_default_time (self, day);

  if (at <= g_get_real_time ())
    {
      smm_calendar_page_toast (self, _ ("That time is in the past."), FALSE);
      return;
    }
  gtk_widget_activate_action (GTK_WIDGET (self), "win.new-post-at", "x", at);
}

static void
on_new_post (SmmCalendarView *view, guint day, int minute, SmmCalendarPage *self)
{
  smm_calendar_page_start_post (self, day, minute);
}

/* --- What the pointer did --- */

/* One post was selected only because it was taken hold of. */
static void
deselect_single (SmmCalendarPage *self)
{
  if (smm_calendar_model_get_n_selected (self->model) == 1)
    smm_calendar_model_select_only (self->model, NULL);
}

static void
on_chips_dropped (SmmCalendarDrag *drag, GPtrArray *chips, SmmChip *held, guint day, int minute,
                  gboolean copy, SmmCalendarPage *self)
{
  g_autoptr (GArray) at = smm_calendar_plan_landings (chips, held, day, minute, zone_of (self));

  if (!smm_calendar_changes_move (self->changes, chips, at, copy))
    smm_calendar_model_set_carried (self->model, NULL);
  deselect_single (self);
}

static void
on_chips_unscheduled (SmmCalendarDrag *drag, GPtrArray *chips, SmmCalendarPage *self)
{
  if (!smm_calendar_changes_unschedule (self->changes, chips))
    smm_calendar_model_set_carried (self->model, NULL);
  deselect_single (self);
}

static void
on_files_dropped (SmmCalendarDrag *drag, GListModel *files, guint day, int minute,
                  SmmCalendarPage *self)
{
  g_signal_emit (self, signals[FILES_DROPPED], 0, files,
                 smm_day_get_time (day, minute, zone_of (self)));
}

static void
on_refused (SmmCalendarDrag *drag, const char *why, SmmCalendarPage *self)
{
  deselect_single (self);
  smm_calendar_page_toast (self, why, FALSE);
}

/* All posts between two, in time. */
static void
on_range (SmmCalendarDrag *drag, SmmChip *from, SmmChip *to, SmmCalendarPage *self)
{
  GTimeZone *zone = zone_of (self);
  gint64 first = MIN (from->due_at, to->due_at), last = MAX (from->due_at, to->due_at);
  guint32 day = smm_time_get_day (first, zone);
  g_autoptr (GPtrArray) chips = NULL;
  g_autoptr (GPtrArray) chosen = g_ptr_array_new ();

  if (first == 0)
    {
      smm_calendar_model_toggle (self->model, to);
      return;
    }
  chips = smm_calendar_model_list (self->model, day, smm_time_get_day (last, zone) - day + 1);
  for (guint i = 0; i < chips->len; i++)
    {
      SmmChip *chip = chips->pdata[i];

      if (chip->due_at >= first && chip->due_at <= last)
        g_ptr_array_add (chosen, chip);
    }
  smm_calendar_model_select_many (self->model, chosen);
}

static void
on_changes_toast (SmmCalendarChanges *changes, const char *text, gboolean undoable,
                  SmmCalendarPage *self)
{
  smm_calendar_page_toast (self, text, undoable);
}

/* --- Selection and filter --- */

/* It takes its room from the calendar: while the pointer drags there, nothing may move under it. */
static void
update_selection_bar (SmmCalendarPage *self)
{
  guint n = smm_calendar_model_get_n_selected (self->model);
  g_autofree char *text
      = g_strdup_printf (g_dngettext (NULL, "%u post selected", "%u posts selected", n), n);

  if (smm_calendar_drag_is_active (self->drag))
    return;
  gtk_label_set_label (self->selection_label, text);
  gtk_revealer_set_reveal_child (GTK_REVEALER (self->selection_bar), n > 1);
}

static void
on_selection_changed (SmmCalendarModel *model, SmmCalendarPage *self)
{
  update_selection_bar (self);
  if (self->day_panel != NULL && smm_calendar_drag_is_active (self->drag))
    {
      /* It would cover where to go; what is dragged does not need it. */
      gtk_widget_set_can_target (self->day_panel, FALSE);
      gtk_widget_set_opacity (self->day_panel, 0);
    }
}

static void
on_drag_ended (SmmCalendarDrag *drag, SmmCalendarPage *self)
{
  update_selection_bar (self);
  if (self->day_panel != NULL)
    {
      gtk_widget_set_can_target (self->day_panel, TRUE);
      gtk_widget_set_opacity (self->day_panel, 1);
    }
}

static void
on_filter_changed (SmmCalendarModel *model, SmmCalendarPage *self)
{
  g_autofree char *text = smm_calendar_filter_describe (model);

  gtk_label_set_label (self->filter_label, text != NULL ? text : "");
  gtk_revealer_set_reveal_child (GTK_REVEALER (self->filter_bar), text != NULL);
  if (text != NULL)
    gtk_widget_add_css_class (self->filter_button, "accent");
  else
    gtk_widget_remove_css_class (self->filter_button, "accent");
  smm_calendar_page_reload (self);
}

static void
add_filter (GtkMenuButton *button, gpointer user_data)
{
  SmmCalendarPage *self = user_data;

  if (gtk_menu_button_get_popover (button) == NULL)
    gtk_menu_button_set_popover (button, smm_calendar_filter_new (self->model));
}

static void
on_clear_filter (GtkWidget *widget, const char *name, GVariant *parameter)
{
  smm_calendar_model_set_filter (SMM_CALENDAR_PAGE (widget)->model, &(SmmCalendarFilter){ 0 });
}

/* --- Views --- */

static SmmCalendarView *
make_view (SmmCalendarPage *self, SmmCalendarViewId id)
{
  GtkWidget *view;

  if (self->views[id] != NULL)
    return self->views[id];
  if (id == SMM_CALENDAR_MONTH)
    view = smm_month_view_new (self->model);
  else if (id == SMM_CALENDAR_AGENDA)
    view = smm_agenda_view_new (self->model);
  else
    view = smm_time_grid_new (self->model, id == SMM_CALENDAR_WEEK ? 7 : 1);
  self->views[id] = SMM_CALENDAR_VIEW (view);
  gtk_stack_add_named (self->stack, view, view_names[id]);
  g_signal_connect (view, "chip-activated", G_CALLBACK (smm_calendar_page_look), self);
  g_signal_connect (view, "new-post", G_CALLBACK (on_new_post), self);
  g_signal_connect (view, "show-day-posts", G_CALLBACK (smm_calendar_page_show_day_posts), self);
  g_signal_connect_swapped (view, "moved", G_CALLBACK (update_title), self);
  return self->views[id];
}

static void
show_view (SmmCalendarPage *self, SmmCalendarViewId id)
{
  SmmCalendarView *before = self->views[self->shown];
  SmmCalendarView *view = make_view (self, id);
  const char *label;

  smm_calendar_page_close_day (self);
  if (before != NULL && before != view)
    smm_calendar_view_show_day (view, smm_calendar_view_get_day (before));
  self->shown = id;
  smm_calendar_drag_set_view (self->drag, view);
  gtk_stack_set_visible_child (self->stack, GTK_WIDGET (view));
  label = id == SMM_CALENDAR_MONTH  ? _ ("Month")
          : id == SMM_CALENDAR_WEEK ? _ ("Week")
          : id == SMM_CALENDAR_DAY  ? _ ("Day")
                                    : _ ("Agenda");
  gtk_menu_button_set_label (GTK_MENU_BUTTON (self->view_button), label);
  smm_widget_set_label (self->view_button, label);
  smm_calendar_page_reload (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_VIEW]);
}

/**
 * smm_calendar_page_show:
 * @self: a calendar
 * @id: a view; it shows the day that is the current one now
 */
void
smm_calendar_page_show (SmmCalendarPage *self, SmmCalendarViewId id)
{
  if (!self->narrow)
    self->wide = id;
  if (self->shown == id && self->views[id] != NULL)
    return;
  show_view (self, id);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    smm_calendar_view_focus (smm_calendar_page_get_view (self));
}

/* Nearly every text of a view has a time in it. */
static void
on_clock_changed (SmmClock *clock, SmmCalendarPage *self)
{
  guint32 day = smm_calendar_view_get_day (smm_calendar_page_get_view (self));

  smm_calendar_drag_cancel (self->drag);
  smm_calendar_page_close_day (self);
  smm_calendar_drag_set_view (self->drag, NULL);
  for (int i = 0; i < SMM_N_CALENDAR_VIEWS; i++)
    if (self->views[i] != NULL)
      {
        gtk_stack_remove (self->stack, GTK_WIDGET (self->views[i]));
        self->views[i] = NULL;
      }
  smm_calendar_view_show_day (make_view (self, self->shown), day);
  show_view (self, self->shown);
}

static void
on_previous (GtkWidget *widget, const char *name, GVariant *parameter)
{
  smm_calendar_view_page (smm_calendar_page_get_view (SMM_CALENDAR_PAGE (widget)), -1);
}

static void
on_next (GtkWidget *widget, const char *name, GVariant *parameter)
{
  smm_calendar_view_page (smm_calendar_page_get_view (SMM_CALENDAR_PAGE (widget)), 1);
}

static void
on_today (GtkWidget *widget, const char *name, GVariant *parameter)
{
  SmmCalendarPage *self = SMM_CALENDAR_PAGE (widget);

  smm_calendar_view_show_day (smm_calendar_page_get_view (self), smm_day_today (zone_of (self)));
  smm_calendar_view_focus (smm_calendar_page_get_view (self));
}

static void
on_selection_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  SmmCalendarPage *self = SMM_CALENDAR_PAGE (widget);

  if (g_str_equal (name, "calendar.move-to"))
    smm_calendar_page_move_to (self);
  else if (g_str_equal (name, "calendar.unschedule"))
    smm_calendar_page_unschedule (self);
  else if (g_str_equal (name, "calendar.remove"))
    smm_calendar_page_remove (self);
  else
    smm_calendar_model_select_only (self->model, NULL);
}

static void
on_swiped (GtkGestureSwipe *gesture, double velocity_x, double velocity_y, SmmCalendarPage *self)
{
  if (ABS (velocity_x) < 400 || ABS (velocity_x) < 2 * ABS (velocity_y))
    return;
  if ((velocity_x < 0) == (gtk_widget_get_direction (GTK_WIDGET (self)) != GTK_TEXT_DIR_RTL))
    on_next (GTK_WIDGET (self), NULL, NULL);
  else
    on_previous (GTK_WIDGET (self), NULL, NULL);
}

/* --- Sizes --- */

static void
arrange_header (SmmCalendarPage *self)
{
  gboolean small = self->narrow || self->compact;

  gtk_widget_set_visible (self->new_wide, !small);
  gtk_widget_set_visible (self->new_narrow, small);
  gtk_widget_set_visible (self->undo, !small);
  gtk_widget_set_visible (self->moves, !self->narrow);
  gtk_widget_set_visible (self->search, !self->narrow);
  gtk_widget_set_visible (self->menu, !self->narrow);
  gtk_widget_set_visible (self->sidebar_toggle, self->narrow);
  gtk_widget_set_visible (self->switcher, !small);
  gtk_widget_set_visible (self->view_button, small && !self->narrow);
  gtk_widget_set_visible (self->filter_button, !self->narrow);
  gtk_widget_set_visible (self->shelf, !self->narrow);
  gtk_widget_set_visible (self->unschedule, !self->narrow);
}

static gboolean
on_compact_tick (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  SmmCalendarPage *self = SMM_CALENDAR_PAGE (widget);

  self->compact_tick = 0;
  arrange_header (self);
  return G_SOURCE_REMOVE;
}

/* A box leaves its own size to its layout manager; what lies across it tells. */
static void
on_resize (GtkDrawingArea *across, int width, int height, SmmCalendarPage *self)
{
  gboolean compact;

  if (gtk_widget_get_visible (self->switcher))
    gtk_widget_measure (self->switcher, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &self->switcher_width,
                        NULL, NULL);
  compact = width < ROOM_FOR_VIEWS * self->switcher_width;
  if (self->compact != compact)
    {
      self->compact = compact;
      if (self->compact_tick == 0)
        self->compact_tick
            = gtk_widget_add_tick_callback (GTK_WIDGET (self), on_compact_tick, NULL, NULL);
    }
  if (self->popover != NULL)
    gtk_popover_present (GTK_POPOVER (self->popover));
}

/* The keyboard starts in the calendar, not on the first button of the window. */
static void
smm_calendar_page_map (GtkWidget *widget)
{
  GtkRoot *root = gtk_widget_get_root (widget);

  GTK_WIDGET_CLASS (smm_calendar_page_parent_class)->map (widget);
  if (root != NULL && gtk_root_get_focus (root) == NULL)
    smm_calendar_view_focus (smm_calendar_page_get_view (SMM_CALENDAR_PAGE (widget)));
}

/* --- The widget --- */

/* The view of a name; @other if there is none. */
static SmmCalendarViewId
find_view (const char *name, SmmCalendarViewId other)
{
  for (int i = 0; i < SMM_N_CALENDAR_VIEWS; i++)
    if (g_strcmp0 (name, view_names[i]) == 0)
      return i;
  return other;
}

static void
smm_calendar_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  SmmCalendarPage *self = SMM_CALENDAR_PAGE (object);

  if (id == PROP_VIEW)
    g_value_set_string (value, view_names[self->shown]);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
smm_calendar_page_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  SmmCalendarPage *self = SMM_CALENDAR_PAGE (object);

  if (id != PROP_VIEW)
    {
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
      return;
    }
  smm_calendar_page_show (self, find_view (g_value_get_string (value), self->shown));
}

static void
smm_calendar_page_dispose (GObject *object)
{
  SmmCalendarPage *self = SMM_CALENDAR_PAGE (object);

  g_clear_handle_id (&self->leaving, g_source_remove);
  g_clear_pointer (&self->popover, smm_popover_drop);
  g_clear_pointer (&self->day_menu, gtk_widget_unparent);
  g_clear_object (&self->drag);
  g_clear_object (&self->changes);
  g_clear_object (&self->model);
  g_clear_object (&self->library);
  g_clear_pointer (&self->follow, g_free);
  g_clear_pointer (&self->looked_at, g_free);
  G_OBJECT_CLASS (smm_calendar_page_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, SmmCalendarPage, title);
  gtk_widget_class_bind_template_child (widget_class, SmmCalendarPage, new_wide);
  gtk_widget_class_bind_template_child (widget_class, SmmCalendarPage, new_narrow);
  gtk_widget_class_bind_template_child (widget_class, SmmCalendarPage, undo);
  gtk_widget_class_bind_template_child (widget_class, SmmCalendarPage, moves);
  gtk_widget_class_bind_template_child (widget_class, SmmCalendarPage, search);
  gtk_widget_class_bind_template_child (widget_class, SmmCalendarPage, menu);
  gtk_widget_class_bind_template_child (widget_class, SmmCalendarPage, sidebar_toggle);
  gtk_widget_class_bind_template_child (widget_class, SmmCalendarPage, switcher);
  gtk_widget_class_bind_template_child (widget_class, SmmCalendarPage, view_button);
  gtk_widget_class_bind_template_child (widget_class, SmmCalendarPage, filter_button);
  gtk_widget_class_bind_template_child (widget_class, SmmCalendarPage, filter_bar);
  gtk_widget_class_bind_template_child (widget_class, SmmCalendarPage, filter_label);
  gtk_widget_class_bind_template_child (widget_class, SmmCalendarPage, stage);
  gtk_widget_class_bind_template_child (widget_class, SmmCalendarPage, stack);
  gtk_widget_class_bind_template_child (widget_class, SmmCalendarPage, selection_bar);
  gtk_widget_class_bind_template_child (widget_class, SmmCalendarPage, unschedule);
  gtk_widget_class_bind_template_child (widget_class, SmmCalendarPage, selection_label);
  gtk_widget_class_bind_template_child (widget_class, SmmCalendarPage, shelf);
  gtk_widget_class_bind_template_callback_full (widget_class, "on_chip_activated",
                                                G_CALLBACK (smm_calendar_page_look));
}

static void
smm_calendar_page_class_init (SmmCalendarPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  object_class->dispose = smm_calendar_page_dispose;
  object_class->get_property = smm_calendar_page_get_property;
  object_class->set_property = smm_calendar_page_set_property;
  widget_class->map = smm_calendar_page_map;
  props[PROP_VIEW]
      = g_param_spec_string ("view", NULL, NULL, "month",
                             G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, props);
  signals[TOAST] = g_signal_new ("toast", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                 2, G_TYPE_STRING, G_TYPE_BOOLEAN);
  signals[FILES_DROPPED] = g_signal_new ("files-dropped", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                         NULL, G_TYPE_NONE, 2, G_TYPE_LIST_MODEL, G_TYPE_INT64);
  g_type_ensure (SMM_TYPE_DRAFTS_SHELF);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/com/nkonsept/Smm/ui/calendar/smm-calendar-page.ui");
  bind_children (widget_class);
  gtk_widget_class_install_property_action (widget_class, "calendar.view", "view");
  smm_calendar_page_install_notes (widget_class);
  gtk_widget_class_install_action (widget_class, "calendar.previous", NULL, on_previous);
  gtk_widget_class_install_action (widget_class, "calendar.next", NULL, on_next);
  gtk_widget_class_install_action (widget_class, "calendar.today", NULL, on_today);
  gtk_widget_class_install_action (widget_class, "calendar.clear-filter", NULL, on_clear_filter);
  gtk_widget_class_install_action (widget_class, "calendar.move-to", NULL, on_selection_action);
  gtk_widget_class_install_action (widget_class, "calendar.unschedule", NULL, on_selection_action);
  gtk_widget_class_install_action (widget_class, "calendar.remove", NULL, on_selection_action);
  gtk_widget_class_install_action (widget_class, "calendar.select-none", NULL, on_selection_action);
}

static void
connect_parts (SmmCalendarPage *self)
{
  GtkGesture *swipe = gtk_gesture_swipe_new ();
  GtkGesture *press = gtk_gesture_click_new ();
  GtkWidget *across = gtk_drawing_area_new ();

  gtk_widget_set_can_target (across, FALSE);
  g_signal_connect (across, "resize", G_CALLBACK (on_resize), self);
  gtk_box_prepend (GTK_BOX (self), across);
  g_signal_connect (self->drag, "chips-dropped", G_CALLBACK (on_chips_dropped), self);
  g_signal_connect (self->drag, "chips-unscheduled", G_CALLBACK (on_chips_unscheduled), self);
  g_signal_connect (self->drag, "files-dropped", G_CALLBACK (on_files_dropped), self);
  g_signal_connect (self->drag, "refused", G_CALLBACK (on_refused), self);
  g_signal_connect (self->drag, "range", G_CALLBACK (on_range), self);
  g_signal_connect (self->drag, "ended", G_CALLBACK (on_drag_ended), self);
  g_signal_connect_object (self->changes, "toast", G_CALLBACK (on_changes_toast), self, 0);
  g_signal_connect_object (self->changes, "applied", G_CALLBACK (smm_calendar_page_reload), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->model, "selection-changed", G_CALLBACK (on_selection_changed),
                           self, 0);
  g_signal_connect_object (smm_clock_get_default (), "changed", G_CALLBACK (on_clock_changed), self,
                           0);
  g_signal_connect_object (self->model, "filter-changed", G_CALLBACK (on_filter_changed), self, 0);
  g_signal_connect (self->stage, "get-child-position",
                    G_CALLBACK (smm_calendar_page_position_child), self);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (press), GTK_PHASE_CAPTURE);
  g_signal_connect (press, "pressed", G_CALLBACK (smm_calendar_page_stage_pressed), self);
  gtk_widget_add_controller (GTK_WIDGET (self->stage), GTK_EVENT_CONTROLLER (press));
  gtk_gesture_single_set_touch_only (GTK_GESTURE_SINGLE (swipe), TRUE);
  g_signal_connect (swipe, "swipe", G_CALLBACK (on_swiped), self);
  gtk_widget_add_controller (GTK_WIDGET (self->stack), GTK_EVENT_CONTROLLER (swipe));
}

static void
smm_calendar_page_init (SmmCalendarPage *self)
{
  self->model = smm_calendar_model_new ();
  self->changes = smm_calendar_changes_new (self->model);
  gtk_widget_init_template (GTK_WIDGET (self));
  self->drag = smm_calendar_drag_new (self->stage, self->model);
  smm_calendar_drag_set_shelf (self->drag, self->shelf);
  smm_drafts_shelf_set_model (SMM_DRAFTS_SHELF (self->shelf), self->model);
  gtk_menu_button_set_create_popup_func (GTK_MENU_BUTTON (self->filter_button), add_filter, self,
                                         NULL);
  gtk_menu_button_set_menu_model (
      GTK_MENU_BUTTON (self->menu),
      G_MENU_MODEL (gtk_application_get_menu_by_id (GTK_APPLICATION (g_application_get_default ()),
                                                    "main-menu")));
  connect_parts (self);
  smm_calendar_page_add_keys (self);
  smm_calendar_page_add_day_menu (self);
}

/**
 * smm_calendar_page_new:
 * @library: the library
 * @view: (nullable): name of the view it begins with; %NULL: a month
 *
 * Returns: (transfer full): a calendar; it shows nothing until it has a brand
 */
GtkWidget *
smm_calendar_page_new (SmmLibrary *library, const char *view)
{
  SmmCalendarPage *self = g_object_new (SMM_TYPE_CALENDAR_PAGE, NULL);

  self->library = g_object_ref (library);
  smm_calendar_model_set_library (self->model, library);
  smm_calendar_page_show (self, find_view (view, SMM_CALENDAR_MONTH));
  return GTK_WIDGET (self);
}

/**
 * smm_calendar_page_set_brand:
 * @self: a calendar
 * @brand: (nullable): whose posts to show
 *
 * While it is not on screen they are left to the smm_calendar_page_reload() that will show it.
 */
void
smm_calendar_page_set_brand (SmmCalendarPage *self, SmmBrand *brand)
{
  SmmCalendarView *view = smm_calendar_page_get_view (self);
  guint32 before, today;

  g_return_if_fail (SMM_IS_CALENDAR_PAGE (self));

  before = smm_day_today (zone_of (self));
  smm_calendar_model_set_brand (self->model, brand);
  today = smm_day_today (zone_of (self));
  /* Who has not looked elsewhere sees the day that it is where the brand is at home. */
  if (today != before && smm_calendar_view_get_day (view) == before)
    smm_calendar_view_show_day (view, today);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    smm_calendar_page_reload (self);
}

/**
 * smm_calendar_page_set_narrow:
 * @self: a calendar
 * @narrow: whether the window is too narrow for a month: then it is an agenda
 */
void
smm_calendar_page_set_narrow (SmmCalendarPage *self, gboolean narrow)
{
  g_return_if_fail (SMM_IS_CALENDAR_PAGE (self));

  if (self->narrow != narrow)
    {
      self->narrow = narrow;
      show_view (self, narrow ? SMM_CALENDAR_AGENDA : self->wide);
    }
  arrange_header (self);
}

/* Where the keyboard's post went, the keyboard goes as soon as the post is there. */
static void
follow_post (SmmCalendarPage *self)
{
  SmmStore *store = smm_library_get_store (self->library);
  SmmCalendarView *view = smm_calendar_page_get_view (self);
  g_autoptr (SmmPost) post = NULL;

  if (self->follow == NULL || store == NULL)
    return;
  post = smm_store_get_post (store, self->follow);
  if (post != NULL && post->due_at != self->follow_at)
    return;
  if (post != NULL)
    {
      smm_calendar_view_show_day (view, smm_time_get_day (post->due_at, zone_of (self)));
      smm_calendar_view_focus_post (view, post->id);
    }
  g_clear_pointer (&self->follow, g_free);
}

/**
 * smm_calendar_page_reload:
 * @self: a calendar
 *
 * Reads what is on screen again.
 */
void
smm_calendar_page_reload (SmmCalendarPage *self)
{
  g_return_if_fail (SMM_IS_CALENDAR_PAGE (self));

  update_title (self);
  if (!smm_calendar_drag_is_active (self->drag))
    smm_calendar_model_set_carried (self->model, NULL);
  smm_calendar_view_reload (smm_calendar_page_get_view (self));
  follow_post (self);
  if (self->day_panel != NULL)
    smm_day_panel_reload (SMM_DAY_PANEL (self->day_panel));
  if (!self->narrow)
    smm_drafts_shelf_reload (SMM_DRAFTS_SHELF (self->shelf));
}

/**
 * smm_calendar_page_get_new_post_time:
 * @self: a calendar
 *
 * Returns: when a post that is started now should be due, µs UTC; 0: no time
 */
gint64
smm_calendar_page_get_new_post_time (SmmCalendarPage *self)
{
  guint32 day;

  g_return_val_if_fail (SMM_IS_CALENDAR_PAGE (self), 0);

  day = smm_calendar_view_get_day (smm_calendar_page_get_view (self));
  if (self->narrow || day <= smm_day_today (zone_of (self)))
    return 0;
  return get_default_time (self, day);
}

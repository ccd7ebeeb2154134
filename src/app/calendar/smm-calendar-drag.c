/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-calendar-drag.h"

#include <glib/gi18n.h>

#include "smm-agenda-row.h"
#include "smm-app-time.h"
#include "smm-calendar-changes.h"
#include "smm-drag-layer.h"

#define GHOST_WIDTH 170
/* A row of the agenda is higher than the chip it is carried as. */
#define GHOST_MIDDLE 13
/* Near an edge of what scrolls, so much of a page a second. */
#define EDGE 32
#define EDGE_SPEED 0.8
/* How long a chip is held over "next" before the calendar turns the page. */
#define DWELL_MS 650

typedef enum
{
  IDLE,
  PRESSED_CHIP,
  PRESSED_SPACE,
  CARRYING,
  BANDING,
  OVER, /* files from elsewhere */
} Phase;

struct _SmmCalendarDrag
{
  GObject parent_instance;

  GtkWidget *stage; /* a GtkOverlay; owns the controllers and the layer */
  SmmDragLayer *layer;
  SmmCalendarModel *model;
  SmmCalendarView *view;
  GtkWidget *shelf;
  GtkGesture *gesture;
  GtkEventController *keys; /* on the window, only while something is dragged */

  Phase phase;
  SmmChip *held;
  GPtrArray *chips;  /* what is carried; of a band that adds: what was selected before it */
  GPtrArray *before; /* what was selected when it began */
  SmmChipShape shape;
  double grip_x, grip_y;
  double x, y; /* of the pointer, in the stage */
  double start_x, start_y;
  GdkModifierType modifiers;
  gboolean has_landing, over_shelf;
  SmmLanding landing;
  const char *refusal;
  guint tick;
  gint64 last_frame;
  guint dwell;
  GtkWidget *dwelling; /* compared only */
};

enum
{
  CHIPS_DROPPED,
  CHIPS_UNSCHEDULED,
  FILES_DROPPED,
  REFUSED,
  RANGE,
  ENDED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SmmCalendarDrag, smm_calendar_drag, G_TYPE_OBJECT)

static void update (SmmCalendarDrag *self);

/* --- What lies where --- */

static GtkWidget *
pick (SmmCalendarDrag *self, double x, double y)
{
  return gtk_widget_pick (self->stage, x, y, GTK_PICK_DEFAULT);
}

static GtkWidget *
ancestor (GtkWidget *widget, GType type)
{
  return widget != NULL ? gtk_widget_get_ancestor (widget, type) : NULL;
}

static gboolean
is_in (GtkWidget *widget, gpointer container)
{
  return widget != NULL && container != NULL
         && (widget == container || gtk_widget_is_ancestor (widget, container));
}

static gboolean
probe (SmmCalendarDrag *self, const SmmGrip *grip, SmmLanding *landing)
{
  double x, y;

  return self->view != NULL
         && gtk_widget_translate_coordinates (self->stage, GTK_WIDGET (self->view), self->x,
                                              self->y, &x, &y)
         && smm_calendar_view_probe (self->view, x, y, grip, landing);
}

/* --- Carrying --- */

static gboolean
is_copying (SmmCalendarDrag *self)
{
  return (self->modifiers & GDK_CONTROL_MASK) != 0;
}

static char *
format_landing (SmmCalendarDrag *self, gint64 at)
{
  /* Translators: where something lands: Thu 22 Oct, 17:30 */
  return smm_time_format (at, smm_calendar_model_get_zone (self->model), _ ("%a %-e %b, %H:%M"));
}

static void
show_nothing (SmmCalendarDrag *self)
{
  self->has_landing = FALSE;
  self->refusal = NULL;
  if (self->view != NULL)
    smm_calendar_view_show_landing (self->view, NULL);
  smm_drag_layer_tell (self->layer, NULL, NULL, FALSE);
}

static void
carry (SmmCalendarDrag *self, gint64 at)
{
  g_autoptr (SmmChip) shown = smm_chip_new ();
  int width = self->shape == SMM_CHIP_CARD ? 174 : GHOST_WIDTH;

  shown->post_id = g_strdup (self->held->post_id);
  shown->title = g_strdup (self->held->title);
  shown->thumbnail = g_strdup (self->held->thumbnail);
  shown->platforms = self->held->platforms;
  shown->state = self->held->state;
  shown->due_at = at;
  smm_drag_layer_carry (self->layer, shown, smm_calendar_model_get_zone (self->model), self->shape,
                        width, MIN (self->grip_x, width - 12), self->grip_y, self->chips->len);
}

static void
update_over_shelf (SmmCalendarDrag *self)
{
  gboolean has_time = FALSE;

  for (guint i = 0; i < self->chips->len; i++)
    has_time |= ((SmmChip *)self->chips->pdata[i])->due_at != 0;
  self->over_shelf = TRUE;
  if (!has_time)
    return;
  gtk_widget_add_css_class (self->shelf, "drop");
  self->refusal = smm_calendar_why_not (self->chips, NULL, FALSE);
  smm_drag_layer_tell (self->layer,
                       self->refusal != NULL ? self->refusal : _ ("Back among the drafts"), NULL,
                       self->refusal != NULL);
}

static void
update_landing (SmmCalendarDrag *self)
{
  SmmGrip grip = { -1, 0, (self->modifiers & GDK_SHIFT_MASK) != 0 };
  g_autoptr (GArray) at = NULL;
  g_autofree char *text = NULL;
  g_autofree char *count = NULL;
  GTimeZone *zone = smm_calendar_model_get_zone (self->model);
  gint64 landing;
  guint n = self->chips != NULL ? self->chips->len : 1;

  if (self->held != NULL)
    {
      grip.minute = smm_time_get_minute (self->held->due_at, zone);
      grip.grip_y = self->grip_y;
    }
  if (!probe (self, &grip, &self->landing))
    {
      show_nothing (self);
      return;
    }
  self->has_landing = TRUE;
  landing = smm_day_get_time (self->landing.day, self->landing.minute, zone);
  if (self->held != NULL)
    {
      at = smm_calendar_plan_landings (self->chips, self->held, self->landing.day,
                                       self->landing.minute, zone);
      self->refusal = smm_calendar_why_not (self->chips, at, is_copying (self));
      carry (self, landing);
    }
  else
    self->refusal = landing <= g_get_real_time () ? _ ("In the past") : NULL;
  self->landing.past = self->refusal != NULL;
  smm_calendar_view_show_landing (self->view, &self->landing);
  text = format_landing (self, landing);
  if (n > 1)
    count = g_strdup_printf (g_dngettext (NULL, "%u post", "%u posts", n), n);
  smm_drag_layer_tell (self->layer, self->refusal != NULL ? self->refusal : text,
                       self->refusal != NULL ? NULL
                       : is_copying (self)   ? _ ("copy")
                       : self->phase == OVER ? _ ("new post")
                                             : count,
                       self->refusal != NULL);
}

/* --- Turning pages while something is held --- */

static const char *
get_paging_action (SmmCalendarDrag *self)
{
  GtkWidget *root = GTK_WIDGET (gtk_widget_get_root (self->stage));
  GtkWidget *under;
  double x, y;

  if (!gtk_widget_translate_coordinates (self->stage, root, self->x, self->y, &x, &y))
    return NULL;
  under = ancestor (gtk_widget_pick (root, x, y, GTK_PICK_DEFAULT), GTK_TYPE_BUTTON);
  self->dwelling = under;
  if (under == NULL || !GTK_IS_ACTIONABLE (under))
    return NULL;
  return gtk_actionable_get_action_name (GTK_ACTIONABLE (under));
}

static gboolean
on_dwelled (gpointer user_data)
{
  SmmCalendarDrag *self = user_data;
  const char *action = get_paging_action (self);

  if (action == NULL || !g_str_has_prefix (action, "calendar."))
    {
      self->dwell = 0;
      return G_SOURCE_REMOVE;
    }
  gtk_widget_activate_action_variant (
      self->dwelling, action,
      gtk_actionable_get_action_target_value (GTK_ACTIONABLE (self->dwelling)));
  update (self);
  return G_SOURCE_CONTINUE;
}

static void
update_dwell (SmmCalendarDrag *self)
{
  GtkWidget *before = self->dwelling;
  const char *action = get_paging_action (self);
  gboolean turns = action != NULL && g_str_has_prefix (action, "calendar.");

  if (self->dwell != 0 && (!turns || before != self->dwelling))
    g_clear_handle_id (&self->dwell, g_source_remove);
  if (turns && self->dwell == 0)
    self->dwell = g_timeout_add (DWELL_MS, on_dwelled, self);
}

static void
scroll_at_edge (SmmCalendarDrag *self, double seconds)
{
  GtkWidget *scroller = ancestor (pick (self, self->x, self->y), GTK_TYPE_SCROLLED_WINDOW);
  GtkAdjustment *adjustment;
  double x, y, height, step;

  if (scroller == NULL || !is_in (scroller, self->view))
    return;
  height = gtk_widget_get_height (scroller);
  gtk_widget_translate_coordinates (self->stage, scroller, self->x, self->y, &x, &y);
  if (y > EDGE && y < height - EDGE)
    return;
  adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller));
  step = seconds * EDGE_SPEED * gtk_adjustment_get_page_size (adjustment);
  gtk_adjustment_set_value (adjustment,
                            gtk_adjustment_get_value (adjustment) + (y <= EDGE ? -step : step));
  update (self);
}

static gboolean
on_tick (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  SmmCalendarDrag *self = user_data;
  gint64 now = gdk_frame_clock_get_frame_time (clock);

  if (self->last_frame != 0)
    scroll_at_edge (self, MIN (now - self->last_frame, 100000) / 1e6);
  self->last_frame = now;
  return G_SOURCE_CONTINUE;
}

/* --- The band --- */

typedef struct
{
  SmmCalendarDrag *self;
  graphene_rect_t area;
  GPtrArray *chips;
} Band;

static void
collect_in_band (SmmChipView *view, gpointer user_data)
{
  Band *band = user_data;
  graphene_rect_t bounds;

  if (gtk_widget_get_child_visible (GTK_WIDGET (view))
      && gtk_widget_compute_bounds (GTK_WIDGET (view), band->self->stage, &bounds)
      && graphene_rect_intersection (&bounds, &band->area, NULL))
    g_ptr_array_add (band->chips, smm_chip_view_get_chip (view));
}

/* What the band has left again is as it was before. */
static void
update_band (SmmCalendarDrag *self)
{
  g_autoptr (GPtrArray) chips = g_ptr_array_new ();
  Band band = { self, GRAPHENE_RECT_INIT_ZERO, chips };

  for (guint i = 0; self->chips != NULL && i < self->chips->len; i++)
    g_ptr_array_add (chips, self->chips->pdata[i]);
  graphene_rect_init (&band.area, MIN (self->start_x, self->x), MIN (self->start_y, self->y),
                      ABS (self->x - self->start_x), ABS (self->y - self->start_y));
  smm_drag_layer_set_band (self->layer, &band.area);
  smm_calendar_view_for_each_chip (self->view, collect_in_band, &band);
  smm_calendar_model_select_many (self->model, chips);
}

/* --- The course of a drag --- */

static void
update (SmmCalendarDrag *self)
{
  GtkWidget *under;

  if (self->phase == BANDING)
    {
      update_band (self);
      return;
    }
  if (self->phase != CARRYING && self->phase != OVER)
    return;
  smm_drag_layer_move (self->layer, self->x, self->y);
  under = pick (self, self->x, self->y);
  self->over_shelf = FALSE;
  if (self->shelf != NULL)
    gtk_widget_remove_css_class (self->shelf, "drop");
  if (self->phase == CARRYING && is_in (under, self->shelf))
    {
      show_nothing (self);
      update_over_shelf (self);
    }
  else if (is_in (under, self->view))
    update_landing (self);
  else
    show_nothing (self);
  if (self->phase == CARRYING)
    update_dwell (self);
}

static void
stop (SmmCalendarDrag *self)
{
  GtkWidget *root = GTK_WIDGET (gtk_widget_get_root (self->stage));
  gboolean was_active = self->phase == CARRYING || self->phase == BANDING || self->phase == OVER;

  g_clear_handle_id (&self->dwell, g_source_remove);
  if (self->tick != 0)
    gtk_widget_remove_tick_callback (self->stage, self->tick);
  self->tick = 0;
  if (self->keys != NULL && root != NULL)
    gtk_widget_remove_controller (root, self->keys);
  self->keys = NULL;
  self->phase = IDLE;
  if (was_active)
    {
      show_nothing (self);
      if (self->shelf != NULL)
        gtk_widget_remove_css_class (self->shelf, "drop");
      smm_drag_layer_clear (self->layer);
      gtk_widget_set_cursor (self->stage, NULL);
    }
  g_clear_object (&self->held);
  g_clear_pointer (&self->chips, g_ptr_array_unref);
  g_clear_pointer (&self->before, g_ptr_array_unref);
  if (was_active)
    g_signal_emit (self, signals[ENDED], 0);
}

static gboolean
on_key_pressed (GtkEventControllerKey *controller, guint keyval, guint keycode,
                GdkModifierType state, SmmCalendarDrag *self)
{
  switch (keyval)
    {
    case GDK_KEY_Escape:
      smm_calendar_drag_cancel (self);
      return GDK_EVENT_STOP;
    case GDK_KEY_Page_Up:
    case GDK_KEY_Page_Down:
      smm_calendar_view_page (self->view, keyval == GDK_KEY_Page_Up ? -1 : 1);
      update (self);
      return GDK_EVENT_STOP;
    default:
      /* What a key would do to the posts has to wait until they are let go. */
      return self->phase == CARRYING ? GDK_EVENT_STOP : GDK_EVENT_PROPAGATE;
    }
}

static gboolean
on_modifiers (GtkEventControllerKey *controller, GdkModifierType state, SmmCalendarDrag *self)
{
  self->modifiers = state;
  update (self);
  return GDK_EVENT_PROPAGATE;
}

static void
start (SmmCalendarDrag *self)
{
  GtkWidget *root = GTK_WIDGET (gtk_widget_get_root (self->stage));

  self->keys = gtk_event_controller_key_new ();
  gtk_event_controller_set_propagation_phase (self->keys, GTK_PHASE_CAPTURE);
  g_signal_connect (self->keys, "key-pressed", G_CALLBACK (on_key_pressed), self);
  g_signal_connect (self->keys, "modifiers", G_CALLBACK (on_modifiers), self);
  gtk_widget_add_controller (root, self->keys);
  self->before = smm_calendar_model_get_selected (self->model);
  if (self->phase == PRESSED_SPACE)
    {
      self->phase = BANDING;
      if (self->modifiers & (GDK_CONTROL_MASK | GDK_SHIFT_MASK))
        self->chips = g_ptr_array_ref (self->before);
      return;
    }
  self->phase = CARRYING;
  if (!smm_calendar_model_is_selected (self->model, self->held->post_id))
    smm_calendar_model_select_only (self->model, self->held);
  self->chips = smm_calendar_model_get_selected (self->model);
  smm_calendar_model_set_carried (self->model, self->chips);
  carry (self, self->held->due_at);
  gtk_widget_set_cursor_from_name (self->stage, "grabbing");
  self->last_frame = 0;
  self->tick = gtk_widget_add_tick_callback (self->stage, on_tick, self, NULL);
}

/* Takes hold of the chip, or of the agenda's row, that @under belongs to; FALSE: it is neither. */
static gboolean
take_hold (SmmCalendarDrag *self, GtkWidget *under, double x, double y)
{
  GtkWidget *view = ancestor (under, SMM_TYPE_CHIP_VIEW);
  GtkWidget *row = ancestor (under, SMM_TYPE_AGENDA_ROW);
  SmmAgendaItem *item = row != NULL ? smm_agenda_row_get_item (SMM_AGENDA_ROW (row)) : NULL;
  SmmChip *chip = view != NULL   ? smm_chip_view_get_chip (SMM_CHIP_VIEW (view))
                  : item != NULL ? item->chip
                                 : NULL;

  if (chip == NULL)
    return FALSE;
  self->held = g_object_ref (chip);
  self->shape = view != NULL ? smm_chip_view_get_shape (SMM_CHIP_VIEW (view)) : SMM_CHIP_ROW;
  gtk_widget_translate_coordinates (self->stage, view != NULL ? view : row, x, y, &self->grip_x,
                                    &self->grip_y);
  if (view == NULL)
    self->grip_y = GHOST_MIDDLE;
  return TRUE;
}

static void
on_drag_begin (GtkGestureDrag *gesture, double x, double y, SmmCalendarDrag *self)
{
  GtkWidget *under = pick (self, x, y);
  GdkEvent *event = gtk_event_controller_get_current_event (GTK_EVENT_CONTROLLER (gesture));

  stop (self);
  self->start_x = x;
  self->start_y = y;
  /* A finger scrolls. */
  if (event != NULL && gdk_event_get_event_type (event) == GDK_TOUCH_BEGIN)
    {
      gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_DENIED);
      return;
    }
  if (take_hold (self, under, x, y))
    self->phase = PRESSED_CHIP;
  else if (is_in (under, self->view) && ancestor (under, GTK_TYPE_BUTTON) == NULL
           && ancestor (under, GTK_TYPE_SCROLLBAR) == NULL
           && ancestor (under, GTK_TYPE_LIST_VIEW) == NULL)
    self->phase = PRESSED_SPACE;
  else
    gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_DENIED);
}

static void
on_drag_update (GtkGestureDrag *gesture, double dx, double dy, SmmCalendarDrag *self)
{
  self->x = self->start_x + dx;
  self->y = self->start_y + dy;
  self->modifiers = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture));
  if (self->phase == PRESSED_CHIP || self->phase == PRESSED_SPACE)
    {
      if (!gtk_drag_check_threshold (self->stage, self->start_x, self->start_y, self->x, self->y))
        return;
      gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
      start (self);
    }
  update (self);
}

static void
drop (SmmCalendarDrag *self)
{
  g_autoptr (GPtrArray) chips = g_ptr_array_ref (self->chips);
  g_autoptr (SmmChip) held = g_object_ref (self->held);
  SmmLanding landing = self->landing;
  gboolean lands = self->has_landing, shelved = self->over_shelf, copy = is_copying (self);
  const char *refusal = self->refusal;

  stop (self);
  if (refusal != NULL || (!lands && !shelved))
    {
      smm_calendar_model_set_carried (self->model, NULL);
      if (refusal != NULL)
        g_signal_emit (self, signals[REFUSED], 0, refusal);
    }
  else if (lands)
    g_signal_emit (self, signals[CHIPS_DROPPED], 0, chips, held, landing.day, landing.minute, copy);
  else
    g_signal_emit (self, signals[CHIPS_UNSCHEDULED], 0, chips);
}

static void
on_drag_end (GtkGestureDrag *gesture, double dx, double dy, SmmCalendarDrag *self)
{
  self->modifiers = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture));
  if (self->phase == CARRYING)
    drop (self);
  else
    stop (self);
}

/* Nothing has come of it: what is selected is what was so before. */
static void
give_up (SmmCalendarDrag *self)
{
  g_autoptr (GPtrArray) before = g_steal_pointer (&self->before);

  if (self->phase == CARRYING)
    smm_calendar_model_set_carried (self->model, NULL);
  stop (self);
  if (before != NULL)
    smm_calendar_model_select_many (self->model, before);
}

static void
on_gesture_cancelled (GtkGesture *gesture, GdkEventSequence *sequence, SmmCalendarDrag *self)
{
  give_up (self);
}

/* --- Clicks --- */

static void
on_released (GtkGestureClick *gesture, int n_press, double x, double y, SmmCalendarDrag *self)
{
  GtkWidget *under = pick (self, x, y);
  GtkWidget *chip_view = ancestor (under, SMM_TYPE_CHIP_VIEW);
  GdkModifierType state
      = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture));
  SmmChip *chip;

  if (chip_view == NULL)
    {
      if (is_in (under, self->view) && (state & (GDK_CONTROL_MASK | GDK_SHIFT_MASK)) == 0)
        smm_calendar_model_select_only (self->model, NULL);
      return;
    }
  chip = smm_chip_view_get_chip (SMM_CHIP_VIEW (chip_view));
  gtk_widget_set_focusable (chip_view, TRUE);
  gtk_widget_grab_focus (chip_view);
  if (state & GDK_CONTROL_MASK)
    smm_calendar_model_toggle (self->model, chip);
  else if ((state & GDK_SHIFT_MASK) && smm_calendar_model_get_anchor (self->model) != NULL)
    g_signal_emit (self, signals[RANGE], 0, smm_calendar_model_get_anchor (self->model), chip);
  else
    {
      smm_calendar_model_select_only (self->model, chip);
      return;
    }
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
}

/* --- Files of other programs --- */

static GdkDragAction
on_files_motion (GtkDropTarget *target, double x, double y, SmmCalendarDrag *self)
{
  if (self->phase == IDLE)
    self->phase = OVER;
  if (self->phase != OVER)
    return 0;
  self->x = x;
  self->y = y;
  self->modifiers = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (target));
  update (self);
  return self->has_landing && self->refusal == NULL ? GDK_ACTION_COPY : 0;
}

static void
on_files_leave (GtkDropTarget *target, SmmCalendarDrag *self)
{
  if (self->phase == OVER)
    stop (self);
}

static gboolean
on_files_drop (GtkDropTarget *target, const GValue *value, double x, double y,
               SmmCalendarDrag *self)
{
  g_autoptr (GListStore) files = g_list_store_new (G_TYPE_FILE);
  SmmLanding landing;

  on_files_motion (target, x, y, self);
  landing = self->landing;
  if (!self->has_landing || self->refusal != NULL || !G_VALUE_HOLDS (value, GDK_TYPE_FILE_LIST))
    {
      const char *refusal = self->refusal;

      stop (self);
      if (refusal != NULL)
        g_signal_emit (self, signals[REFUSED], 0, refusal);
      return FALSE;
    }
  stop (self);
  for (GSList *l = g_value_get_boxed (value); l != NULL; l = l->next)
    g_list_store_append (files, l->data);
  g_signal_emit (self, signals[FILES_DROPPED], 0, files, landing.day, landing.minute);
  return TRUE;
}

/* --- The object --- */

static void
smm_calendar_drag_dispose (GObject *object)
{
  SmmCalendarDrag *self = SMM_CALENDAR_DRAG (object);

  g_clear_handle_id (&self->dwell, g_source_remove);
  g_clear_object (&self->held);
  g_clear_pointer (&self->chips, g_ptr_array_unref);
  g_clear_pointer (&self->before, g_ptr_array_unref);
  g_clear_object (&self->model);
  G_OBJECT_CLASS (smm_calendar_drag_parent_class)->dispose (object);
}

static void
smm_calendar_drag_class_init (SmmCalendarDragClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = smm_calendar_drag_dispose;
  signals[CHIPS_DROPPED]
      = g_signal_new ("chips-dropped", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 5,
                      G_TYPE_PTR_ARRAY, SMM_TYPE_CHIP, G_TYPE_UINT, G_TYPE_INT, G_TYPE_BOOLEAN);
  signals[CHIPS_UNSCHEDULED] = g_signal_new ("chips-unscheduled", type, G_SIGNAL_RUN_LAST, 0, NULL,
                                             NULL, NULL, G_TYPE_NONE, 1, G_TYPE_PTR_ARRAY);
  signals[FILES_DROPPED]
      = g_signal_new ("files-dropped", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 3,
                      G_TYPE_LIST_MODEL, G_TYPE_UINT, G_TYPE_INT);
  signals[REFUSED] = g_signal_new ("refused", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[RANGE] = g_signal_new ("range", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                 2, SMM_TYPE_CHIP, SMM_TYPE_CHIP);
  signals[ENDED]
      = g_signal_new ("ended", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
smm_calendar_drag_init (SmmCalendarDrag *self)
{
}

/**
 * smm_calendar_drag_new:
 * @stage: what holds the views and the shelf; the layer is laid over it
 * @model: what is selected
 *
 * Returns: (transfer full): lives no longer than @stage
 */
SmmCalendarDrag *
smm_calendar_drag_new (GtkOverlay *stage, SmmCalendarModel *model)
{
  SmmCalendarDrag *self = g_object_new (SMM_TYPE_CALENDAR_DRAG, NULL);
  GtkGesture *click = gtk_gesture_click_new ();
  GtkDropTarget *drop = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  self->stage = GTK_WIDGET (stage);
  self->model = g_object_ref (model);
  self->layer = SMM_DRAG_LAYER (smm_drag_layer_new ());
  gtk_overlay_add_overlay (stage, GTK_WIDGET (self->layer));

  self->gesture = gtk_gesture_drag_new ();
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (self->gesture),
                                              GTK_PHASE_CAPTURE);
  g_signal_connect (self->gesture, "drag-begin", G_CALLBACK (on_drag_begin), self);
  g_signal_connect (self->gesture, "drag-update", G_CALLBACK (on_drag_update), self);
  g_signal_connect (self->gesture, "drag-end", G_CALLBACK (on_drag_end), self);
  g_signal_connect (self->gesture, "cancel", G_CALLBACK (on_gesture_cancelled), self);
  gtk_widget_add_controller (self->stage, GTK_EVENT_CONTROLLER (self->gesture));

  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (click), GTK_PHASE_CAPTURE);
  g_signal_connect (click, "released", G_CALLBACK (on_released), self);
  gtk_widget_add_controller (self->stage, GTK_EVENT_CONTROLLER (click));

  g_signal_connect (drop, "enter", G_CALLBACK (on_files_motion), self);
  g_signal_connect (drop, "motion", G_CALLBACK (on_files_motion), self);
  g_signal_connect (drop, "leave", G_CALLBACK (on_files_leave), self);
  g_signal_connect (drop, "drop", G_CALLBACK (on_files_drop), self);
  gtk_widget_add_controller (self->stage, GTK_EVENT_CONTROLLER (drop));
  return self;
}

void
smm_calendar_drag_set_view (SmmCalendarDrag *self, SmmCalendarView *view)
{
  if (self->view != NULL && self->view != view)
    smm_calendar_view_show_landing (self->view, NULL);
  self->view = view;
}

void
smm_calendar_drag_set_shelf (SmmCalendarDrag *self, GtkWidget *shelf)
{
  self->shelf = shelf;
}

gboolean
smm_calendar_drag_is_active (SmmCalendarDrag *self)
{
  return self->phase == CARRYING || self->phase == BANDING;
}

/**
 * smm_calendar_drag_cancel:
 * @self: a drag
 *
 * Whatever is held goes back to where it was; nothing changes.
 */
void
smm_calendar_drag_cancel (SmmCalendarDrag *self)
{
  gboolean active = smm_calendar_drag_is_active (self);

  give_up (self);
  if (active)
    gtk_gesture_set_state (self->gesture, GTK_EVENT_SEQUENCE_DENIED);
}

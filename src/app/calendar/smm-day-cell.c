/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-day-cell.h"

#include <glib/gi18n.h>

#include "smm-app-time.h"
#include "smm-chip-view.h"
#include "smm-library.h"
#include "smm-state-icon.h"

#define CHIP_GAP 2
#define MAX_VIEWS 24
#define MORNING 9

struct _SmmDayCell
{
  GtkWidget parent_instance;

  GtkWidget *header;
  GtkWidget *number;
  GtkWidget *note;
  GtkWidget *more;
  GtkWidget *popover; /* lists all chips; only while open */
  GPtrArray *views;   /* SmmChipView, children */
  GtkDropTarget *drop;

  GPtrArray *chips;
  GTimeZone *zone;
  char *note_text;
  guint32 day;
  SmmDayFlags flags;
  gboolean selected;
};

enum
{
  CHIP_ACTIVATED,
  CHIP_DROPPED,
  FILES_DROPPED,
  NEW_POST,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SmmDayCell, smm_day_cell, GTK_TYPE_WIDGET)

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

static void
choose_visible (SmmDayCell *self, guint room, gboolean *visible)
{
  guint left = room;

  for (int wanted = 0; wanted <= 3; wanted++)
    for (guint i = 0; i < self->views->len && left > 0; i++)
      {
        SmmChip *chip = smm_chip_view_get_chip (self->views->pdata[i]);

        if (weight (chip) == wanted)
          {
            visible[i] = TRUE;
            left--;
          }
      }
}

static int
height_of (GtkWidget *child)
{
  int natural = 0;

  gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, -1, NULL, &natural, NULL, NULL);
  return natural;
}

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
      int head = height_of (self->header), more = height_of (self->more);
      int chip = self->views->len > 0 ? height_of (self->views->pdata[0]) + CHIP_GAP : 28;

      *minimum = head + chip + more;
      *natural = head + 3 * chip + more;
    }
}

static void
allocate_row (GtkWidget *child, int y, int width, int height)
{
  gtk_widget_allocate (child, width, height, -1,
                       gsk_transform_translate (NULL, &GRAPHENE_POINT_INIT (0, y)));
}

static void
smm_day_cell_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  SmmDayCell *self = SMM_DAY_CELL (widget);
  int y = height_of (self->header), more_height = height_of (self->more);
  int chip_height = 0;
  guint room = 0, shown = 0;
  gboolean visible[MAX_VIEWS] = { FALSE };

  allocate_row (self->header, 0, width, y);
  if (self->views->len > 0)
    {
      chip_height = height_of (self->views->pdata[0]) + CHIP_GAP;
      room = MAX (0, (height - y + CHIP_GAP) / chip_height);
      if (room < self->chips->len)
        room = MAX (0, (height - y - more_height) / chip_height);
    }
  choose_visible (self, room, visible);
  for (guint i = 0; i < self->views->len; i++)
    {
      GtkWidget *view = self->views->pdata[i];

      gtk_widget_set_child_visible (view, visible[i]);
      if (!visible[i])
        continue;
      allocate_row (view, y, width, chip_height - CHIP_GAP);
      y += chip_height;
      shown++;
    }
  gtk_widget_set_child_visible (self->more, shown < self->chips->len);
  if (shown < self->chips->len)
    {
      /* Translators: posts of a day that there is no room for; opens a list */
      g_autofree char *text = g_strdup_printf (_ ("+%u more"), self->chips->len - shown);
      GtkWidget *label = gtk_button_get_child (GTK_BUTTON (self->more));

      if (g_strcmp0 (gtk_label_get_label (GTK_LABEL (label)), text) != 0)
        gtk_label_set_label (GTK_LABEL (label), text);
      allocate_row (self->more, y, width, MIN (more_height, MAX (height - y, 1)));
    }
  if (self->popover != NULL)
    gtk_popover_present (GTK_POPOVER (self->popover));
}

static void
on_chip_activated (SmmChipView *view, SmmDayCell *self)
{
  /* A chip inside the "+N more" list goes away with it: the post then opens beside the day. */
  gboolean listed = gtk_widget_get_parent (GTK_WIDGET (view)) != GTK_WIDGET (self);
  g_autoptr (SmmChip) chip = g_object_ref (smm_chip_view_get_chip (view));

  if (listed && self->popover != NULL)
    gtk_popover_popdown (GTK_POPOVER (self->popover));
  g_signal_emit (self, signals[CHIP_ACTIVATED], 0, chip, listed ? (gpointer)self : (gpointer)view);
}

static GtkWidget *
create_view (SmmDayCell *self)
{
  GtkWidget *view = smm_chip_view_new ();

  g_signal_connect (view, "activated", G_CALLBACK (on_chip_activated), self);
  return view;
}

static void
on_popover_closed (GtkPopover *popover, SmmDayCell *self)
{
  g_clear_pointer (&self->popover, gtk_widget_unparent);
}

static void
on_more_clicked (GtkButton *button, SmmDayCell *self)
{
  GtkWidget *box, *title, *scroller;
  g_autofree char *text = NULL;
  graphene_rect_t bounds;

  if (self->popover != NULL)
    return;
  box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  gtk_widget_add_css_class (box, "day-list");
  /* Translators: heading over a day's posts: Friday 16 October */
  text = smm_day_format (self->day, _ ("%A %-e %B"));
  title = gtk_label_new (text);
  gtk_widget_add_css_class (title, "heading");
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_box_append (GTK_BOX (box), title);
  for (guint i = 0; i < self->chips->len; i++)
    {
      GtkWidget *view = create_view (self);

      smm_chip_view_set_chip (SMM_CHIP_VIEW (view), self->chips->pdata[i], self->zone);
      gtk_box_append (GTK_BOX (box), view);
    }
  scroller = gtk_scrolled_window_new ();
  g_object_set (scroller, "hscrollbar-policy", GTK_POLICY_NEVER, "max-content-height", 420,
                "propagate-natural-height", TRUE, "child", box, NULL);
  gtk_widget_set_size_request (scroller, 260, -1);
  smm_widget_set_label (scroller, text);
  self->popover = gtk_popover_new ();
  smm_widget_set_label (self->popover, text);
  gtk_popover_set_child (GTK_POPOVER (self->popover), scroller);
  gtk_widget_set_parent (self->popover, GTK_WIDGET (self));
  if (gtk_widget_compute_bounds (self->more, GTK_WIDGET (self), &bounds))
    gtk_popover_set_pointing_to (
        GTK_POPOVER (self->popover),
        &(GdkRectangle){ bounds.origin.x, bounds.origin.y, bounds.size.width, bounds.size.height });
  g_signal_connect (self->popover, "closed", G_CALLBACK (on_popover_closed), self);
  gtk_popover_popup (GTK_POPOVER (self->popover));
}

/**
 * smm_day_get_landing:
 * @day: a julian day
 * @chip: (nullable): the post that moves there
 * @zone: the brand's zone
 * @wall: (out) (optional): its wall time, in the form commands take
 *
 * Returns: where it lands, µs UTC
 */
gint64
smm_day_get_landing (guint32 day, SmmChip *chip, GTimeZone *zone, char **wall)
{
  g_autoptr (GDateTime) time = NULL;
  g_autoptr (GDateTime) landing = NULL;
  GDate date;
  int hour = MORNING, minute = 0, second = 0;

  if (chip != NULL && chip->due_at != 0)
    {
      time = smm_time_to_date_time (chip->due_at, zone);
      hour = g_date_time_get_hour (time);
      minute = g_date_time_get_minute (time);
      second = g_date_time_get_second (time);
    }
  else if (day == smm_day_today (zone))
    {
      /* The next full hour that leaves some minutes to write in. */
      time = smm_time_to_date_time (g_get_real_time () + 75 * G_TIME_SPAN_MINUTE, zone);
      if (smm_time_get_day (g_get_real_time () + 75 * G_TIME_SPAN_MINUTE, zone) == day)
        hour = MAX (MORNING, g_date_time_get_hour (time));
      else
        {
          hour = 23;
          minute = 59;
        }
    }
  g_date_clear (&date, 1);
  g_date_set_julian (&date, day);
  landing = g_date_time_new (zone, g_date_get_year (&date), g_date_get_month (&date),
                             g_date_get_day (&date), hour, minute, second);
  if (wall != NULL)
    *wall = smm_day_get_wall (day, hour, minute, second);
  return g_date_time_to_unix (landing) * G_USEC_PER_SEC;
}

static void
show_note (SmmDayCell *self, const char *text)
{
  gtk_label_set_label (GTK_LABEL (self->note), text != NULL ? text : "");
  gtk_widget_set_visible (self->note, text != NULL && *text != '\0');
}

static gboolean
takes (SmmDayCell *self, const GValue *value)
{
  if (value == NULL)
    return (self->flags & SMM_DAY_PAST) == 0;
  if (G_VALUE_HOLDS (value, SMM_TYPE_CHIP))
    return smm_day_get_landing (self->day, g_value_get_object (value), self->zone, NULL)
           > g_get_real_time ();
  return (self->flags & SMM_DAY_PAST) == 0;
}

static GdkDragAction
on_drop_motion (GtkDropTarget *target, double x, double y, SmmDayCell *self)
{
  const GValue *value = gtk_drop_target_get_value (target);
  GdkDragAction offered;

  if (!takes (self, value))
    {
      gtk_widget_remove_css_class (GTK_WIDGET (self), "drop");
      gtk_widget_add_css_class (GTK_WIDGET (self), "refuse");
      show_note (self, _ ("in the past"));
      return 0;
    }
  gtk_widget_remove_css_class (GTK_WIDGET (self), "refuse");
  gtk_widget_add_css_class (GTK_WIDGET (self), "drop");
  if (value != NULL && G_VALUE_HOLDS (value, SMM_TYPE_CHIP))
    {
      g_autofree char *text = NULL;
      gint64 at = smm_day_get_landing (self->day, g_value_get_object (value), self->zone, NULL);

      text = smm_time_format_relative (at, self->zone);
      show_note (self, text);
    }
  offered = gdk_drop_get_actions (gtk_drop_target_get_current_drop (target));
  return offered & GDK_ACTION_MOVE ? GDK_ACTION_MOVE : GDK_ACTION_COPY;
}

static void
end_drop (SmmDayCell *self)
{
  gtk_widget_remove_css_class (GTK_WIDGET (self), "drop");
  gtk_widget_remove_css_class (GTK_WIDGET (self), "refuse");
  show_note (self, self->note_text);
}

static void
on_drop_leave (GtkDropTarget *target, SmmDayCell *self)
{
  end_drop (self);
}

static gboolean
on_drop (GtkDropTarget *target, const GValue *value, double x, double y, SmmDayCell *self)
{
  end_drop (self);
  if (!takes (self, value))
    return FALSE;
  if (G_VALUE_HOLDS (value, SMM_TYPE_CHIP))
    {
      g_signal_emit (self, signals[CHIP_DROPPED], 0, g_value_get_object (value));
      return TRUE;
    }
  if (G_VALUE_HOLDS (value, GDK_TYPE_FILE_LIST))
    {
      g_autoptr (GListStore) files = g_list_store_new (G_TYPE_FILE);

      for (GSList *l = g_value_get_boxed (value); l != NULL; l = l->next)
        g_list_store_append (files, l->data);
      g_signal_emit (self, signals[FILES_DROPPED], 0, files);
      return TRUE;
    }
  return FALSE;
}

static void
on_released (GtkGestureClick *gesture, int n_press, double x, double y, SmmDayCell *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self));
  if ((self->flags & SMM_DAY_PAST) == 0)
    g_signal_emit (self, signals[NEW_POST], 0);
}

static void
smm_day_cell_dispose (GObject *object)
{
  SmmDayCell *self = SMM_DAY_CELL (object);

  if (self->views != NULL)
    for (guint i = 0; i < self->views->len; i++)
      gtk_widget_unparent (self->views->pdata[i]);
  g_clear_pointer (&self->views, g_ptr_array_unref);
  g_clear_pointer (&self->popover, gtk_widget_unparent);
  g_clear_pointer (&self->header, gtk_widget_unparent);
  g_clear_pointer (&self->more, gtk_widget_unparent);
  g_clear_pointer (&self->chips, g_ptr_array_unref);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  g_clear_pointer (&self->note_text, g_free);
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
  signals[CHIP_DROPPED] = g_signal_new ("chip-dropped", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                        NULL, G_TYPE_NONE, 1, SMM_TYPE_CHIP);
  signals[FILES_DROPPED] = g_signal_new ("files-dropped", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                         NULL, G_TYPE_NONE, 1, G_TYPE_LIST_MODEL);
  signals[NEW_POST]
      = g_signal_new ("new-post", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_css_name (widget_class, "day");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GRID_CELL);
}

static void
smm_day_cell_init (SmmDayCell *self)
{
  GtkGesture *click = gtk_gesture_click_new ();
  GtkWidget *label;
  GType types[] = { SMM_TYPE_CHIP, GDK_TYPE_FILE_LIST };

  self->views = g_ptr_array_new ();
  self->chips = g_ptr_array_new_with_free_func (g_object_unref);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);

  self->header = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  gtk_widget_add_css_class (self->header, "day-header");
  self->number = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->number, "number");
  gtk_box_append (GTK_BOX (self->header), self->number);
  self->note = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->note, "note");
  gtk_label_set_ellipsize (GTK_LABEL (self->note), PANGO_ELLIPSIZE_END);
  gtk_box_append (GTK_BOX (self->header), self->note);
  gtk_widget_set_parent (self->header, GTK_WIDGET (self));

  label = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  self->more = gtk_button_new ();
  gtk_button_set_child (GTK_BUTTON (self->more), label);
  gtk_widget_add_css_class (self->more, "more");
  gtk_widget_add_css_class (self->more, "flat");
  g_signal_connect (self->more, "clicked", G_CALLBACK (on_more_clicked), self);
  gtk_widget_set_parent (self->more, GTK_WIDGET (self));

  g_signal_connect (click, "released", G_CALLBACK (on_released), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));

  self->drop = gtk_drop_target_new (G_TYPE_INVALID, GDK_ACTION_MOVE | GDK_ACTION_COPY);
  gtk_drop_target_set_gtypes (self->drop, types, G_N_ELEMENTS (types));
  gtk_drop_target_set_preload (self->drop, TRUE);
  g_signal_connect (self->drop, "enter", G_CALLBACK (on_drop_motion), self);
  g_signal_connect (self->drop, "motion", G_CALLBACK (on_drop_motion), self);
  g_signal_connect (self->drop, "leave", G_CALLBACK (on_drop_leave), self);
  g_signal_connect (self->drop, "drop", G_CALLBACK (on_drop), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (self->drop));
}

/**
 * smm_day_cell_new:
 *
 * Returns: (transfer full): a cell of no day yet
 */
GtkWidget *
smm_day_cell_new (void)
{
  return g_object_new (SMM_TYPE_DAY_CELL, NULL);
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
update_views (SmmDayCell *self)
{
  guint n = MIN (self->chips->len, MAX_VIEWS);

  while (self->views->len > n)
    {
      gtk_widget_unparent (self->views->pdata[self->views->len - 1]);
      g_ptr_array_set_size (self->views, self->views->len - 1);
    }
  while (self->views->len < n)
    {
      GtkWidget *view = create_view (self);

      gtk_widget_insert_before (view, GTK_WIDGET (self), self->more);
      gtk_widget_set_focusable (view, self->selected);
      g_ptr_array_add (self->views, view);
    }
  for (guint i = 0; i < n; i++)
    smm_chip_view_set_chip (self->views->pdata[i], self->chips->pdata[i], self->zone);
}

static gboolean
same_chips (GPtrArray *a, GPtrArray *b)
{
  if (a->len != b->len)
    return FALSE;
  for (guint i = 0; i < a->len; i++)
    {
      SmmChip *x = a->pdata[i], *y = b->pdata[i];

      if (g_strcmp0 (x->post_id, y->post_id) != 0 || x->due_at != y->due_at || x->state != y->state
          || x->platforms != y->platforms || g_strcmp0 (x->title, y->title) != 0
          || g_strcmp0 (x->thumbnail, y->thumbnail) != 0)
        return FALSE;
    }
  return TRUE;
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
  g_autofree char *number = NULL;
  g_autofree char *long_day = NULL;
  g_autofree char *posts = NULL;
  g_autofree char *name = NULL;

  g_return_if_fail (SMM_IS_DAY_CELL (self));
  g_return_if_fail (chips != NULL && zone != NULL);

  if (self->day == day && self->flags == flags && self->zone == zone
      && same_chips (self->chips, chips))
    return;
  self->day = day;
  self->flags = flags;
  g_clear_pointer (&self->zone, g_time_zone_unref);
  self->zone = g_time_zone_ref (zone);
  g_ptr_array_set_size (self->chips, 0);
  for (guint i = 0; i < chips->len; i++)
    g_ptr_array_add (self->chips, g_object_ref (chips->pdata[i]));

  number = smm_day_format (day, "%-e");
  gtk_label_set_label (GTK_LABEL (self->number), number);
  g_free (self->note_text);
  self->note_text = flags & SMM_DAY_FIRST ? smm_day_format (day, "%OB") : NULL;
  show_note (self, self->note_text);
  set_class (self, SMM_DAY_OTHER_MONTH, "other-month");
  set_class (self, SMM_DAY_PAST, "past");
  set_class (self, SMM_DAY_TODAY, "today");
  update_views (self);

  long_day = smm_day_format (day, _ ("%A %-e %B"));
  posts = g_strdup_printf (g_dngettext (NULL, "%u post", "%u posts", chips->len), chips->len);
  /* Translators: a day and how many posts it has, read aloud */
  name = g_strdup_printf (flags & SMM_DAY_TODAY ? _ ("Today, %s, %s") : _ ("%s, %s"), long_day,
                          posts);
  smm_widget_set_label (GTK_WIDGET (self), name);
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
 * smm_day_cell_set_selected:
 * @self: a cell
 * @selected: whether the keyboard is on this day
 */
void
smm_day_cell_set_selected (SmmDayCell *self, gboolean selected)
{
  g_return_if_fail (SMM_IS_DAY_CELL (self));

  self->selected = selected;
  gtk_widget_set_focusable (GTK_WIDGET (self), selected);
  gtk_widget_set_focusable (self->more, selected);
  for (guint i = 0; i < self->views->len; i++)
    gtk_widget_set_focusable (self->views->pdata[i], selected);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_SELECTED, selected, -1);
}

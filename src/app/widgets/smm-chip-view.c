/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-chip-view.h"

#include <glib/gi18n.h>

#include "smm-app-time.h"
#include "smm-platform-marks.h"
#include "smm-state-icon.h"
#include "smm-thumbnail.h"

#define GAP 4
#define ICON_SIZE 14
#define PICTURE_SIZE 20
/* Below this a title is dropped, not cut: about six letters. */
#define MIN_TITLE 48

struct _SmmChipView
{
  GtkWidget parent_instance;

  GtkWidget *icon;
  GtkWidget *time;
  GtkWidget *marks;
  GtkWidget *title;
  GtkWidget *picture;

  SmmChip *chip;
};

enum
{
  ACTIVATED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SmmChipView, smm_chip_view, GTK_TYPE_WIDGET)

static int
natural_width (GtkWidget *child)
{
  int natural = 0;

  if (gtk_widget_get_visible (child))
    gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL, NULL);
  return natural;
}

static void
smm_chip_view_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                       int *natural, int *minimum_baseline, int *natural_baseline)
{
  SmmChipView *self = SMM_CHIP_VIEW (widget);

  *minimum_baseline = *natural_baseline = -1;
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = ICON_SIZE;
      *natural = ICON_SIZE + natural_width (self->time) + natural_width (self->marks) + MIN_TITLE
                 + PICTURE_SIZE + 4 * GAP;
    }
  else
    {
      int time, marks;

      gtk_widget_measure (self->time, orientation, -1, NULL, &time, NULL, NULL);
      gtk_widget_measure (self->marks, orientation, -1, NULL, &marks, NULL, NULL);
      *minimum = *natural = MAX (MAX (time, marks), PICTURE_SIZE);
    }
}

static void
place (SmmChipView *self, GtkWidget *child, int x, int width, int total, int height)
{
  int natural = 0, y;

  gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, -1, NULL, &natural, NULL, NULL);
  natural = MIN (natural, height);
  y = (height - natural) / 2;
  if (gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL)
    x = total - x - width;
  gtk_widget_set_child_visible (child, TRUE);
  gtk_widget_allocate (child, width, natural, -1,
                       gsk_transform_translate (NULL, &GRAPHENE_POINT_INIT (x, y)));
}

static void
smm_chip_view_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  SmmChipView *self = SMM_CHIP_VIEW (widget);
  int icon = natural_width (self->icon), time = natural_width (self->time);
  int marks = natural_width (self->marks), picture = natural_width (self->picture);
  int x = 0, rest = width;

  place (self, self->icon, 0, icon, width, height);
  x = icon + GAP;
  rest = width - x;
  if (rest >= time)
    {
      place (self, self->time, x, time, width, height);
      x += time + GAP;
      rest = width - x;
    }
  else
    gtk_widget_set_child_visible (self->time, FALSE);

  if (picture > 0 && rest >= picture + (rest >= marks + GAP + picture ? marks + GAP : 0))
    {
      place (self, self->picture, width - picture, picture, width, height);
      rest -= picture + GAP;
    }
  else
    gtk_widget_set_child_visible (self->picture, FALSE);

  if (marks > 0 && rest >= marks)
    {
      place (self, self->marks, x, marks, width, height);
      x += marks + GAP;
      rest -= marks + GAP;
    }
  else
    gtk_widget_set_child_visible (self->marks, FALSE);

  if (gtk_widget_get_visible (self->title) && rest >= MIN (MIN_TITLE, natural_width (self->title))
      && rest > 0)
    place (self, self->title, x, rest, width, height);
  else
    gtk_widget_set_child_visible (self->title, FALSE);
}

static void
activate_chip (SmmChipView *self)
{
  if (self->chip != NULL)
    g_signal_emit (self, signals[ACTIVATED], 0);
}

static void
on_released (GtkGestureClick *gesture, int n_press, double x, double y, SmmChipView *self)
{
  if (gtk_widget_contains (GTK_WIDGET (self), x, y))
    {
      gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
      activate_chip (self);
    }
}

static gboolean
on_activate_shortcut (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  activate_chip (SMM_CHIP_VIEW (widget));
  return TRUE;
}

static GdkContentProvider *
on_drag_prepare (GtkDragSource *source, double x, double y, SmmChipView *self)
{
  if (self->chip == NULL || smm_state_is_pinned (self->chip->state))
    return NULL;
  return gdk_content_provider_new_typed (SMM_TYPE_CHIP, self->chip);
}

static void
on_drag_begin (GtkDragSource *source, GdkDrag *drag, SmmChipView *self)
{
  GtkWidget *copy = smm_chip_view_new ();
  GtkWidget *icon;
  SmmChipView *shown = SMM_CHIP_VIEW (copy);

  g_set_object (&shown->chip, self->chip);
  gtk_label_set_label (GTK_LABEL (shown->time), gtk_label_get_label (GTK_LABEL (self->time)));
  gtk_label_set_label (GTK_LABEL (shown->title), self->chip->title);
  smm_platform_marks_set (SMM_PLATFORM_MARKS (shown->marks), self->chip->platforms);
  smm_thumbnail_set_sha256 (SMM_THUMBNAIL (shown->picture), self->chip->thumbnail);
  smm_state_image_set (GTK_IMAGE (shown->icon), self->chip->state);
  smm_state_style (copy, self->chip->state);
  gtk_widget_add_css_class (copy, "dragging");
  gtk_widget_set_size_request (copy, MAX (gtk_widget_get_width (GTK_WIDGET (self)), 120), -1);
  icon = gtk_drag_icon_get_for_drag (drag);
  gtk_drag_icon_set_child (GTK_DRAG_ICON (icon), copy);
  gtk_widget_add_css_class (GTK_WIDGET (self), "hole");
}

static void
on_drag_end (GtkDragSource *source, GdkDrag *drag, gboolean delete_data, SmmChipView *self)
{
  gtk_widget_remove_css_class (GTK_WIDGET (self), "hole");
}

static void
smm_chip_view_dispose (GObject *object)
{
  SmmChipView *self = SMM_CHIP_VIEW (object);

  g_clear_pointer (&self->icon, gtk_widget_unparent);
  g_clear_pointer (&self->time, gtk_widget_unparent);
  g_clear_pointer (&self->marks, gtk_widget_unparent);
  g_clear_pointer (&self->title, gtk_widget_unparent);
  g_clear_pointer (&self->picture, gtk_widget_unparent);
  g_clear_object (&self->chip);
  G_OBJECT_CLASS (smm_chip_view_parent_class)->dispose (object);
}

static void
smm_chip_view_class_init (SmmChipViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  static const guint keys[] = { GDK_KEY_Return, GDK_KEY_KP_Enter, GDK_KEY_space };

  object_class->dispose = smm_chip_view_dispose;
  widget_class->measure = smm_chip_view_measure;
  widget_class->size_allocate = smm_chip_view_size_allocate;

  signals[ACTIVATED] = g_signal_new ("activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                     NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_activate_signal (widget_class, signals[ACTIVATED]);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_widget_class_add_binding (widget_class, keys[i], 0, on_activate_shortcut, NULL);
  gtk_widget_class_set_css_name (widget_class, "chip");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_BUTTON);
}

static void
smm_chip_view_init (SmmChipView *self)
{
  GtkGesture *click = gtk_gesture_click_new ();
  GtkDragSource *drag = gtk_drag_source_new ();
  GtkWidget *widget = GTK_WIDGET (self);

  self->icon = gtk_image_new ();
  gtk_image_set_pixel_size (GTK_IMAGE (self->icon), ICON_SIZE);
  self->time = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->time, "time");
  self->marks = smm_platform_marks_new ();
  self->title = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->title, "title");
  gtk_label_set_ellipsize (GTK_LABEL (self->title), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (self->title), 0);
  self->picture = smm_thumbnail_new (PICTURE_SIZE);

  gtk_widget_set_parent (self->icon, widget);
  gtk_widget_set_parent (self->time, widget);
  gtk_widget_set_parent (self->marks, widget);
  gtk_widget_set_parent (self->title, widget);
  gtk_widget_set_parent (self->picture, widget);
  gtk_widget_set_focusable (widget, TRUE);
  gtk_widget_set_overflow (widget, GTK_OVERFLOW_HIDDEN);

  g_signal_connect (click, "released", G_CALLBACK (on_released), self);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (click));
  gtk_drag_source_set_actions (drag, GDK_ACTION_MOVE | GDK_ACTION_COPY);
  g_signal_connect (drag, "prepare", G_CALLBACK (on_drag_prepare), self);
  g_signal_connect (drag, "drag-begin", G_CALLBACK (on_drag_begin), self);
  g_signal_connect (drag, "drag-end", G_CALLBACK (on_drag_end), self);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (drag));
}

/**
 * smm_chip_view_new:
 *
 * Returns: (transfer full): a chip that shows no post yet
 */
GtkWidget *
smm_chip_view_new (void)
{
  return g_object_new (SMM_TYPE_CHIP_VIEW, NULL);
}

/**
 * smm_chip_view_set_chip:
 * @self: a chip
 * @chip: the post to show
 * @zone: zone of its time
 */
void
smm_chip_view_set_chip (SmmChipView *self, SmmChip *chip, GTimeZone *zone)
{
  g_autofree char *clock = NULL;
  g_autofree char *description = NULL;

  g_return_if_fail (SMM_IS_CHIP_VIEW (self));
  g_return_if_fail (SMM_IS_CHIP (chip));

  g_set_object (&self->chip, chip);
  clock = chip->due_at != 0 ? smm_time_format_clock (chip->due_at, zone) : g_strdup ("");
  gtk_label_set_label (GTK_LABEL (self->time), clock);
  gtk_widget_set_visible (self->time, *clock != '\0');
  gtk_label_set_label (GTK_LABEL (self->title), chip->title);
  gtk_widget_set_visible (self->title, chip->title != NULL && *chip->title != '\0');
  smm_platform_marks_set (SMM_PLATFORM_MARKS (self->marks), chip->platforms);
  smm_thumbnail_set_sha256 (SMM_THUMBNAIL (self->picture), chip->thumbnail);
  smm_state_image_set (GTK_IMAGE (self->icon), chip->state);
  smm_state_style (GTK_WIDGET (self), chip->state);
  description = smm_chip_describe (chip, zone);
  smm_widget_set_label (GTK_WIDGET (self), description);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), description);
}

/**
 * smm_chip_view_get_chip:
 * @self: a chip
 *
 * Returns: (transfer none) (nullable): the post it shows
 */
SmmChip *
smm_chip_view_get_chip (SmmChipView *self)
{
  g_return_val_if_fail (SMM_IS_CHIP_VIEW (self), NULL);

  return self->chip;
}

/**
 * smm_chip_describe:
 * @chip: a post
 * @zone: zone of its time
 *
 * Returns: (transfer full): state, time, platforms and title in one line
 */
char *
smm_chip_describe (SmmChip *chip, GTimeZone *zone)
{
  g_autofree char *platforms = smm_platforms_to_text (chip->platforms);
  g_autofree char *state = smm_state_dup_word (chip->state, chip->handed_over);
  g_autofree char *clock = NULL;
  const char *title = chip->title != NULL && *chip->title != '\0' ? chip->title : _ ("no text");

  if (chip->due_at == 0)
    /* Translators: state, platforms, title of a post without a time */
    return g_strdup_printf (_ ("%s, %s: %s"), state, platforms, title);
  clock = smm_time_format_clock (chip->due_at, zone);
  /* Translators: time, state, platforms, title of a post */
  return g_strdup_printf (_ ("%s, %s, %s: %s"), clock, state, platforms, title);
}

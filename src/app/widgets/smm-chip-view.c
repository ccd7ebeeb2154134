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
/* The strip of its tag's colour. */
#define STRIP 3
/* Below this a title is dropped, not cut: about six letters. */
#define MIN_TITLE 48
/* A longer one is not narrower than that; to measure a text is most of the work of a chip. */
#define SHORT_TITLE 8

static const struct
{
  int picture_width, picture_height;
  int natural_width;
} shapes[] = {
  [SMM_CHIP_ROW] = { 20, 20, 120 },
  [SMM_CHIP_BLOCK] = { 28, 38, 140 },
  [SMM_CHIP_CARD] = { 40, 40, 174 },
};

struct _SmmChipView
{
  GtkWidget parent_instance;

  GtkWidget *icon;
  GtkWidget *time;
  GtkWidget *marks;
  GtkWidget *title;
  GtkWidget *picture;

  SmmChip *chip;
  GTimeZone *zone;
  SmmChipShape shape;
  gboolean selected;
  gboolean hole;
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

static int
natural_height (GtkWidget *child)
{
  int natural = 0;

  if (gtk_widget_get_visible (child))
    gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, -1, NULL, &natural, NULL, NULL);
  return natural;
}

static void
smm_chip_view_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                       int *natural, int *minimum_baseline, int *natural_baseline)
{
  SmmChipView *self = SMM_CHIP_VIEW (widget);
  int line;

  *minimum_baseline = *natural_baseline = -1;
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = ICON_SIZE;
      *natural = shapes[self->shape].natural_width;
      return;
    }
  line = MAX (MAX (natural_height (self->time), natural_height (self->marks)), ICON_SIZE);
  if (self->shape != SMM_CHIP_ROW)
    line += MAX (natural_height (self->title), ICON_SIZE);
  *minimum = *natural = MAX (line, shapes[self->shape].picture_height);
}

/* The child in the middle of a line, from @x on as people read. */
static void
place (SmmChipView *self, GtkWidget *child, int x, int y, int width, int total, int line)
{
  int natural = 0;

  gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, -1, NULL, &natural, NULL, NULL);
  natural = MIN (natural, line);
  y += (line - natural) / 2;
  if (gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL)
    x = total - x - width;
  gtk_widget_set_child_visible (child, TRUE);
  gtk_widget_allocate (child, width, natural, -1,
                       gsk_transform_translate (NULL, &GRAPHENE_POINT_INIT (x, y)));
}

static void
place_picture (SmmChipView *self, int x, int total, int height)
{
  int width = shapes[self->shape].picture_width;
  int tall = MIN (shapes[self->shape].picture_height, height);

  if (gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL)
    x = total - x - width;
  gtk_widget_set_child_visible (self->picture, TRUE);
  gtk_widget_allocate (
      self->picture, width, MAX (tall, width), -1,
      gsk_transform_translate (NULL, &GRAPHENE_POINT_INIT (x, (height - tall) / 2)));
}

static void
hide (GtkWidget *child)
{
  gtk_widget_set_child_visible (child, FALSE);
}

static gboolean
title_fits (SmmChipView *self, int rest)
{
  if (rest <= 0 || !gtk_widget_get_visible (self->title))
    return FALSE;
  if (rest >= MIN_TITLE)
    return TRUE;
  return g_utf8_strlen (gtk_label_get_label (GTK_LABEL (self->title)), SHORT_TITLE * 6)
             <= SHORT_TITLE
         && rest >= natural_width (self->title);
}

static void
allocate_row (SmmChipView *self, int width, int height)
{
  int icon = natural_width (self->icon), time = natural_width (self->time);
  int marks = natural_width (self->marks), picture = natural_width (self->picture);
  int x = icon + GAP, rest = width - x;

  place (self, self->icon, 0, 0, icon, width, height);
  if (rest >= time)
    {
      place (self, self->time, x, 0, time, width, height);
      x += time + GAP;
      rest = width - x;
    }
  else
    hide (self->time);

  if (picture > 0 && rest >= picture + (rest >= marks + GAP + picture ? marks + GAP : 0))
    {
      place_picture (self, width - picture, width, height);
      rest -= picture + GAP;
    }
  else
    hide (self->picture);

  if (marks > 0 && rest >= marks)
    {
      place (self, self->marks, x, 0, marks, width, height);
      x += marks + GAP;
      rest -= marks + GAP;
    }
  else
    hide (self->marks);

  if (title_fits (self, rest))
    place (self, self->title, x, 0, rest, width, height);
  else
    hide (self->title);
}

/* Two lines: what and when above, the title below; where it is tight the marks go below. */
static void
allocate_block (SmmChipView *self, int width, int height)
{
  int icon = natural_width (self->icon), time = natural_width (self->time);
  int marks = natural_width (self->marks), picture = natural_width (self->picture);
  int line = height / 2, rest = width, x = icon + GAP;
  gboolean wide;

  if (picture > 0 && width >= icon + GAP + time + GAP + picture)
    {
      place_picture (self, width - picture, width, height);
      rest -= picture + GAP;
    }
  else
    hide (self->picture);
  place (self, self->icon, 0, 0, MIN (icon, width), width, line);
  if (rest - x >= time)
    {
      place (self, self->time, x, 0, time, width, line);
      x += time + GAP;
    }
  else
    {
      hide (self->time);
      x = width;
    }
  wide = marks > 0 && rest - x >= marks;
  if (wide)
    place (self, self->marks, x, 0, marks, width, line);
  if (title_fits (self, rest) && (wide || rest >= 2 * MIN_TITLE))
    {
      place (self, self->title, 0, line, rest, width, height - line);
      if (!wide)
        hide (self->marks);
      return;
    }
  hide (self->title);
  if (wide)
    return;
  if (marks > 0 && rest >= marks)
    place (self, self->marks, 0, line, marks, width, height - line);
  else
    hide (self->marks);
}

static void
allocate_card (SmmChipView *self, int width, int height)
{
  int picture = natural_width (self->picture), x = 0, line = height / 2;
  int marks = natural_width (self->marks);

  hide (self->icon);
  hide (self->time);
  if (picture > 0)
    {
      place_picture (self, 0, width, height);
      x = picture + 2 * GAP;
    }
  else
    hide (self->picture);
  place (self, self->title, x, 0, MAX (width - x, 1), width, marks > 0 ? line : height);
  if (marks > 0 && width - x >= marks)
    place (self, self->marks, x, line, marks, width, height - line);
  else
    hide (self->marks);
}

static void
smm_chip_view_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  SmmChipView *self = SMM_CHIP_VIEW (widget);

  if (self->shape == SMM_CHIP_ROW)
    allocate_row (self, width, height);
  else if (self->shape == SMM_CHIP_BLOCK)
    allocate_block (self, width, height);
  else
    allocate_card (self, width, height);
}

static void
smm_chip_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  SmmChipView *self = SMM_CHIP_VIEW (widget);
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  graphene_rect_t bounds;
  GdkRGBA color;

  if (self->chip != NULL && self->chip->color != NULL && gdk_rgba_parse (&color, self->chip->color)
      && gtk_widget_compute_bounds (widget, widget, &bounds))
    gtk_snapshot_append_color (
        snapshot, &color,
        &GRAPHENE_RECT_INIT (rtl ? bounds.origin.x + bounds.size.width - STRIP : bounds.origin.x,
                             bounds.origin.y, STRIP, bounds.size.height));
  GTK_WIDGET_CLASS (smm_chip_view_parent_class)->snapshot (widget, snapshot);
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

/* Only the chip under the pointer needs the words. */
static gboolean
smm_chip_view_query_tooltip (GtkWidget *widget, int x, int y, gboolean keyboard,
                             GtkTooltip *tooltip)
{
  SmmChipView *self = SMM_CHIP_VIEW (widget);
  g_autofree char *text = NULL;

  if (self->chip == NULL)
    return FALSE;
  text = smm_chip_describe (self->chip, self->zone);
  gtk_tooltip_set_text (tooltip, text);
  return TRUE;
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
  g_clear_pointer (&self->zone, g_time_zone_unref);
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
  widget_class->snapshot = smm_chip_view_snapshot;
  widget_class->query_tooltip = smm_chip_view_query_tooltip;

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
  self->picture = smm_thumbnail_new (shapes[SMM_CHIP_ROW].picture_width);

  gtk_widget_set_parent (self->icon, widget);
  gtk_widget_set_parent (self->time, widget);
  gtk_widget_set_parent (self->marks, widget);
  gtk_widget_set_parent (self->title, widget);
  gtk_widget_set_parent (self->picture, widget);
  gtk_widget_set_focusable (widget, TRUE);
  gtk_widget_set_has_tooltip (widget, TRUE);

  g_signal_connect (click, "released", G_CALLBACK (on_released), self);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (click));
}

/**
 * smm_chip_view_new:
 * @shape: how it shows a post
 *
 * Returns: (transfer full): a chip that shows no post yet
 */
GtkWidget *
smm_chip_view_new (SmmChipShape shape)
{
  static const char *classes[] = { "row", "block", "card" };
  SmmChipView *self = g_object_new (SMM_TYPE_CHIP_VIEW, NULL);

  self->shape = shape;
  smm_thumbnail_set_size (SMM_THUMBNAIL (self->picture), shapes[shape].picture_width);
  gtk_widget_add_css_class (GTK_WIDGET (self), classes[shape]);
  return GTK_WIDGET (self);
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
  gboolean untitled;

  g_return_if_fail (SMM_IS_CHIP_VIEW (self));
  g_return_if_fail (SMM_IS_CHIP (chip));

  g_set_object (&self->chip, chip);
  g_time_zone_ref (zone);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  self->zone = zone;
  untitled = chip->title == NULL || *chip->title == '\0';
  clock = chip->due_at != 0 ? smm_time_format_clock (chip->due_at, zone) : g_strdup ("");
  if (chip->repeats)
    {
      g_autofree char *marked = g_strdup_printf ("%s ↻", clock);

      gtk_label_set_label (GTK_LABEL (self->time), marked);
    }
  else
    gtk_label_set_label (GTK_LABEL (self->time), clock);
  gtk_widget_set_visible (self->time, *clock != '\0');
  gtk_label_set_label (GTK_LABEL (self->title),
                       untitled && self->shape == SMM_CHIP_CARD ? _ ("Empty draft") : chip->title);
  gtk_widget_set_visible (self->title, !untitled || self->shape == SMM_CHIP_CARD);
  smm_platform_marks_set (SMM_PLATFORM_MARKS (self->marks), chip->platforms);
  smm_thumbnail_set_sha256 (SMM_THUMBNAIL (self->picture), chip->thumbnail);
  smm_state_image_set (GTK_IMAGE (self->icon), chip->state);
  smm_state_style (GTK_WIDGET (self), chip->state);
  /* Only the strip of a tag's colour reaches into the round corners: to clip everything of every
   * chip to them takes longer than to draw it. */
  gtk_widget_set_overflow (GTK_WIDGET (self),
                           chip->color != NULL ? GTK_OVERFLOW_HIDDEN : GTK_OVERFLOW_VISIBLE);
  description = smm_chip_describe (chip, zone);
  smm_widget_set_label (GTK_WIDGET (self), description);
  gtk_widget_queue_draw (GTK_WIDGET (self));
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

SmmChipShape
smm_chip_view_get_shape (SmmChipView *self)
{
  g_return_val_if_fail (SMM_IS_CHIP_VIEW (self), SMM_CHIP_ROW);

  return self->shape;
}

static void
set_class (GtkWidget *widget, const char *name, gboolean on)
{
  if (on)
    gtk_widget_add_css_class (widget, name);
  else
    gtk_widget_remove_css_class (widget, name);
}

void
smm_chip_view_set_selected (SmmChipView *self, gboolean selected)
{
  g_return_if_fail (SMM_IS_CHIP_VIEW (self));

  if (self->selected == selected)
    return;
  self->selected = selected;
  set_class (GTK_WIDGET (self), "selected", selected);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_SELECTED, selected, -1);
}

void
smm_chip_view_set_hole (SmmChipView *self, gboolean hole)
{
  g_return_if_fail (SMM_IS_CHIP_VIEW (self));

  if (self->hole == hole)
    return;
  self->hole = hole;
  set_class (GTK_WIDGET (self), "hole", hole);
}

/**
 * smm_chip_describe:
 * @chip: a post
 * @zone: zone of its time
 *
 * Returns: (transfer full): state, time, platforms, title and tags in one line
 */
char *
smm_chip_describe (SmmChip *chip, GTimeZone *zone)
{
  g_autofree char *platforms = smm_platforms_to_text (chip->platforms);
  g_autofree char *state = smm_state_dup_word (chip->state, chip->handed_over);
  g_autofree char *clock = NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  const char *title = chip->title != NULL && *chip->title != '\0' ? chip->title : _ ("no text");

  if (chip->due_at == 0)
    /* Translators: state, platforms, title of a post without a time */
    g_string_printf (text, _ ("%s, %s: %s"), state, platforms, title);
  else
    {
      clock = smm_time_format_clock (chip->due_at, zone);
      /* Translators: state, time, platforms, title of a post */
      g_string_printf (text, _ ("%s, %s, %s: %s"), state, clock, platforms, title);
    }
  if (chip->tags != NULL)
    {
      g_string_append (text, " · ");
      g_string_append (text, chip->tags);
    }
  if (chip->repeats)
    {
      g_string_append (text, " · ");
      g_string_append (text, _ ("repeats"));
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

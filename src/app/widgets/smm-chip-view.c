/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * A month has some 150 chips and is set anew with each turn of the wheel: a chip is one widget that
 * draws its icon, words and marks by itself. As widgets of their own each of them would have a
 * style, a size and an object for assistive tools, which hear it all from the chip.
 */

#include "config.h"

#include "smm-chip-view.h"

#include <glib/gi18n.h>
#include <math.h>

#include "smm-app-time.h"
#include "smm-icon-paint.h"
#include "smm-line-text.h"
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
/* How clear the words of a cancelled post are. */
#define CANCELLED 0.75

static const struct
{
  int picture_width, picture_height;
  int natural_width;
} shapes[] = {
  [SMM_CHIP_ROW] = { 20, 20, 120 },
  [SMM_CHIP_BLOCK] = { 28, 38, 140 },
  [SMM_CHIP_CARD] = { 40, 40, 174 },
};

/* What a chip draws, and where it was given room. */
typedef struct
{
  int x, y, width; /* of the chip's content, from the left */
  gboolean shown;
} Part;

struct _SmmChipView
{
  GtkWidget parent_instance;

  SmmLineText *time;
  SmmLineText *title;
  Part time_part;
  Part title_part;
  Part icon;
  Part marks;
  GtkWidget *picture; /* child; only of a post that has one */

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

/* --- Sizes --- */

static guint
platforms_of (SmmChipView *self)
{
  return self->chip != NULL ? self->chip->platforms : 0;
}

static int
picture_width (SmmChipView *self)
{
  return self->picture != NULL && gtk_widget_get_visible (self->picture)
             ? shapes[self->shape].picture_width
             : 0;
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
  line = MAX (smm_line_text_get_height (self->time), ICON_SIZE);
  /* Both lines of a block are of the same letters. */
  if (self->shape == SMM_CHIP_BLOCK)
    line *= 2;
  else if (self->shape == SMM_CHIP_CARD)
    line += MAX (smm_line_text_get_height (self->title), ICON_SIZE);
  *minimum = *natural = MAX (line, shapes[self->shape].picture_height);
}

/* In the middle of a line, from @x on as people read. */
static void
place (SmmChipView *self, Part *part, int height, int x, int y, int width, int total, int line)
{
  part->shown = TRUE;
  part->x
      = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL ? total - x - width : x;
  part->y = y + floor ((line - height) / 2.0);
  part->width = width;
}

static void
place_time (SmmChipView *self, int x, int width, int total, int line)
{
  /* All the room it needs: nothing is cut off a clock. */
  place (self, &self->time_part, smm_line_text_get_height (self->time), x, 0, width, total, line);
  self->time_part.shown = width > 0;
}

static void
place_title (SmmChipView *self, int x, int y, int width, int total, int line)
{
  smm_line_text_cut (self->title, width);
  place (self, &self->title_part, smm_line_text_get_height (self->title), x, y, width, total, line);
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
hide_picture (SmmChipView *self)
{
  if (self->picture != NULL)
    gtk_widget_set_child_visible (self->picture, FALSE);
}

static gboolean
title_fits (SmmChipView *self, int rest)
{
  if (rest <= 0 || smm_line_text_get_words (self->title) == NULL)
    return FALSE;
  if (rest >= MIN_TITLE)
    return TRUE;
  return g_utf8_strlen (smm_line_text_get_words (self->title), SHORT_TITLE * 6) <= SHORT_TITLE
         && rest >= smm_line_text_get_width (self->title);
}

static void
allocate_row (SmmChipView *self, int width, int height)
{
  int time = smm_line_text_get_width (self->time);
  int marks = smm_platform_marks_get_width (platforms_of (self)), picture = picture_width (self);
  int x = ICON_SIZE + GAP, rest = width - x;

  place (self, &self->icon, ICON_SIZE, 0, 0, ICON_SIZE, width, height);
  if (rest >= time)
    {
      place_time (self, x, time, width, height);
      x += time + GAP;
      rest = width - x;
    }
  if (picture > 0 && rest >= picture + (rest >= marks + GAP + picture ? marks + GAP : 0))
    {
      place_picture (self, width - picture, width, height);
      rest -= picture + GAP;
    }
  else
    hide_picture (self);
  if (marks > 0 && rest >= marks)
    {
      place (self, &self->marks, SMM_PLATFORM_MARK, x, 0, marks, width, height);
      x += marks + GAP;
      rest -= marks + GAP;
    }
  if (title_fits (self, rest))
    place_title (self, x, 0, rest, width, height);
}

/* Two lines: what and when above, the title below; where it is tight the marks go below. */
static void
allocate_block (SmmChipView *self, int width, int height)
{
  int time = smm_line_text_get_width (self->time);
  int marks = smm_platform_marks_get_width (platforms_of (self)), picture = picture_width (self);
  int line = height / 2, rest = width, x = ICON_SIZE + GAP;
  gboolean wide;

  if (picture > 0 && width >= x + time + GAP + picture)
    {
      place_picture (self, width - picture, width, height);
      rest -= picture + GAP;
    }
  else
    hide_picture (self);
  place (self, &self->icon, ICON_SIZE, 0, 0, MIN (ICON_SIZE, width), width, line);
  if (rest - x >= time)
    {
      place_time (self, x, time, width, line);
      x += time + GAP;
    }
  else
    x = width;
  wide = marks > 0 && rest - x >= marks;
  if (wide)
    place (self, &self->marks, SMM_PLATFORM_MARK, x, 0, marks, width, line);
  if (title_fits (self, rest) && (wide || rest >= 2 * MIN_TITLE))
    place_title (self, 0, line, rest, width, height - line);
  else if (!wide && marks > 0 && rest >= marks)
    place (self, &self->marks, SMM_PLATFORM_MARK, 0, line, marks, width, height - line);
}

static void
allocate_card (SmmChipView *self, int width, int height)
{
  int picture = picture_width (self), x = 0, line = height / 2;
  int marks = smm_platform_marks_get_width (platforms_of (self));

  if (picture > 0)
    {
      place_picture (self, 0, width, height);
      x = picture + 2 * GAP;
    }
  place_title (self, x, 0, MAX (width - x, 1), width, marks > 0 ? line : height);
  if (marks > 0 && width - x >= marks)
    place (self, &self->marks, SMM_PLATFORM_MARK, x, line, marks, width, height - line);
}

static void
smm_chip_view_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  SmmChipView *self = SMM_CHIP_VIEW (widget);

  self->icon.shown = self->marks.shown = FALSE;
  self->time_part.shown = self->title_part.shown = FALSE;
  if (self->shape == SMM_CHIP_ROW)
    allocate_row (self, width, height);
  else if (self->shape == SMM_CHIP_BLOCK)
    allocate_block (self, width, height);
  else
    allocate_card (self, width, height);
}

/* --- Drawing --- */

static void
draw_strip (SmmChipView *self, GtkSnapshot *snapshot)
{
  GtkWidget *widget = GTK_WIDGET (self);
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  graphene_rect_t bounds;
  GdkRGBA color;

  if (self->chip->color != NULL && gdk_rgba_parse (&color, self->chip->color)
      && gtk_widget_compute_bounds (widget, widget, &bounds))
    gtk_snapshot_append_color (
        snapshot, &color,
        &GRAPHENE_RECT_INIT (rtl ? bounds.origin.x + bounds.size.width - STRIP : bounds.origin.x,
                             bounds.origin.y, STRIP, bounds.size.height));
}

/* Of the style sheet. All widgets of a display know the same ones: that of the window will do. */
static GdkRGBA
find_color (SmmChipView *self, const char *name)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GdkRGBA color = { 0, 0, 0, 1 };

  gtk_style_context_lookup_color (gtk_widget_get_style_context (GTK_WIDGET (root)), name, &color);
  return color;
}

static void
draw_icon (SmmChipView *self, GtkSnapshot *snapshot)
{
  SmmTargetState state = self->chip->state;
  GdkRGBA color;

  if (!self->icon.shown)
    return;
  color = find_color (self, smm_state_color_name (state));
  smm_icon_paint (GTK_WIDGET (self), snapshot, smm_state_icon_name (state), self->icon.x,
                  self->icon.y, ICON_SIZE, &color);
}

static void
draw_marks (SmmChipView *self, GtkSnapshot *snapshot)
{
  GdkRGBA color;

  if (!self->marks.shown)
    return;
  color = find_color (self, "mark_bg");
  smm_platform_marks_paint (GTK_WIDGET (self), snapshot, self->chip->platforms, self->marks.x,
                            self->marks.y, &color);
}

static void
draw_words (SmmLineText *text, const Part *part, GtkSnapshot *snapshot, const GdkRGBA *color)
{
  if (part->shown)
    smm_line_text_draw (text, snapshot, part->x, part->y, part->width, color);
}

static void
smm_chip_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  SmmChipView *self = SMM_CHIP_VIEW (widget);
  GdkRGBA words;

  if (self->chip == NULL)
    return;
  draw_strip (self, snapshot);
  draw_icon (self, snapshot);
  words = find_color (self, "view_fg_color");
  if (self->chip->state == SMM_TARGET_CANCELLED)
    words.alpha *= CANCELLED;
  draw_words (self->time, &self->time_part, snapshot, &words);
  draw_words (self->title, &self->title_part, snapshot, &words);
  draw_marks (self, snapshot);
  if (self->picture != NULL)
    gtk_widget_snapshot_child (widget, self->picture, snapshot);
}

/* Its letters are other ones. */
static void
forget_layouts (SmmChipView *self)
{
  smm_line_text_forget (self->time);
  smm_line_text_forget (self->title);
}

static void
smm_chip_view_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  forget_layouts (SMM_CHIP_VIEW (widget));
  GTK_WIDGET_CLASS (smm_chip_view_parent_class)->css_changed (widget, change);
}

static void
smm_chip_view_direction_changed (GtkWidget *widget, GtkTextDirection previous)
{
  forget_layouts (SMM_CHIP_VIEW (widget));
  GTK_WIDGET_CLASS (smm_chip_view_parent_class)->direction_changed (widget, previous);
}

static void
smm_chip_view_system_setting_changed (GtkWidget *widget, GtkSystemSetting setting)
{
  forget_layouts (SMM_CHIP_VIEW (widget));
  gtk_widget_queue_resize (widget);
  GTK_WIDGET_CLASS (smm_chip_view_parent_class)->system_setting_changed (widget, setting);
}

/* --- Input --- */

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

  g_clear_pointer (&self->picture, gtk_widget_unparent);
  g_clear_object (&self->chip);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  G_OBJECT_CLASS (smm_chip_view_parent_class)->dispose (object);
}

static void
smm_chip_view_finalize (GObject *object)
{
  SmmChipView *self = SMM_CHIP_VIEW (object);

  smm_line_text_free (self->time);
  smm_line_text_free (self->title);
  G_OBJECT_CLASS (smm_chip_view_parent_class)->finalize (object);
}

static void
smm_chip_view_class_init (SmmChipViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  static const guint keys[] = { GDK_KEY_Return, GDK_KEY_KP_Enter, GDK_KEY_space };

  object_class->dispose = smm_chip_view_dispose;
  object_class->finalize = smm_chip_view_finalize;
  widget_class->measure = smm_chip_view_measure;
  widget_class->size_allocate = smm_chip_view_size_allocate;
  widget_class->snapshot = smm_chip_view_snapshot;
  widget_class->css_changed = smm_chip_view_css_changed;
  widget_class->direction_changed = smm_chip_view_direction_changed;
  widget_class->system_setting_changed = smm_chip_view_system_setting_changed;
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

  self->time = smm_line_text_new (widget);
  smm_line_text_set_bold (self->time, TRUE);
  self->title = smm_line_text_new (widget);
  gtk_widget_set_has_tooltip (widget, TRUE);

  g_signal_connect (click, "released", G_CALLBACK (on_released), self);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (click));
}

/**
 * smm_chip_view_new:
 * @shape: how it shows a post
 *
 * Returns: (transfer full): a chip that shows no post yet and takes no keyboard focus
 */
GtkWidget *
smm_chip_view_new (SmmChipShape shape)
{
  static const char *classes[] = { "row", "block", "card" };
  SmmChipView *self = g_object_new (SMM_TYPE_CHIP_VIEW, NULL);

  self->shape = shape;
  smm_line_text_set_bold (self->title, shape == SMM_CHIP_CARD);
  gtk_widget_add_css_class (GTK_WIDGET (self), classes[shape]);
  return GTK_WIDGET (self);
}

static void
set_picture (SmmChipView *self, const char *sha256)
{
  if (self->picture == NULL && sha256 == NULL)
    return;
  if (self->picture == NULL)
    {
      self->picture = smm_thumbnail_new (shapes[self->shape].picture_width);
      gtk_widget_set_parent (self->picture, GTK_WIDGET (self));
    }
  smm_thumbnail_set_sha256 (SMM_THUMBNAIL (self->picture), sha256);
}

static void
set_time (SmmChipView *self, SmmChip *chip)
{
  g_autofree char *clock = NULL;
  g_autofree char *marked = NULL;

  if (chip->due_at != 0)
    clock = smm_time_format_clock (chip->due_at, self->zone);
  if (clock != NULL && chip->repeats)
    marked = g_strdup_printf ("%s ↻", clock);
  smm_line_text_set_words (self->time, marked != NULL ? marked : clock);
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
  g_autofree char *description = NULL;
  gboolean untitled;

  g_return_if_fail (SMM_IS_CHIP_VIEW (self));
  g_return_if_fail (SMM_IS_CHIP (chip));

  g_set_object (&self->chip, chip);
  g_time_zone_ref (zone);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  self->zone = zone;
  untitled = chip->title == NULL || *chip->title == '\0';
  smm_line_text_set_struck (self->time, chip->state == SMM_TARGET_CANCELLED);
  smm_line_text_set_struck (self->title, chip->state == SMM_TARGET_CANCELLED);
  set_time (self, chip);
  smm_line_text_set_words (self->title, untitled && self->shape == SMM_CHIP_CARD ? _ ("Empty draft")
                                                                                 : chip->title);
  set_picture (self, chip->thumbnail);
  smm_state_style (GTK_WIDGET (self), chip->state);
  /* Only the strip of a tag's colour reaches into the round corners: to clip everything of every
   * chip to them takes longer than to draw it. */
  gtk_widget_set_overflow (GTK_WIDGET (self),
                           chip->color != NULL ? GTK_OVERFLOW_HIDDEN : GTK_OVERFLOW_VISIBLE);
  description = smm_chip_describe (chip, zone);
  smm_widget_set_label (GTK_WIDGET (self), description);
  gtk_widget_queue_resize (GTK_WIDGET (self));
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

/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-crop-area.h"

#include <glib/gi18n.h>
#include <math.h>

#include "smm-media-picture.h"
#include "smm-state-icon.h"

#define LEAST_WIDTH 240
#define LEAST_HEIGHT 200
#define NATURAL 440
/* Room for the handles at the picture's edge, and what a finger hits. */
#define MARGIN 10
#define REACH 22
/* Fractions. */
#define SMALLEST 0.05
#define STEP 0.01
#define FAR 0.05

typedef enum
{
  DRAG_NOTHING,
  DRAG_MOVE,
  DRAG_SIZE,
} Drag;

struct _SmmCropArea
{
  GtkWidget parent_instance;

  GtkWidget *picture;

  SmmMedia *media;
  double ratio;
  graphene_rect_t frame; /* fractions of the picture */
  graphene_rect_t shown; /* where the picture is, pixels */

  Drag drag;
  gboolean at_left, at_top; /* which corner is dragged */
  graphene_rect_t before;
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SmmCropArea, smm_crop_area, GTK_TYPE_WIDGET)

static double
get_picture_ratio (SmmCropArea *self)
{
  return self->media != NULL && self->media->height > 0
             ? (double)self->media->width / self->media->height
             : 1;
}

void
smm_crop_fit (graphene_rect_t *frame, double picture, double ratio)
{
  double x = frame->origin.x + frame->size.width / 2;
  double y = frame->origin.y + frame->size.height / 2;
  double width = 1, height = 1;

  if (ratio > picture)
    height = picture / ratio;
  else
    width = ratio / picture;
  graphene_rect_init (frame, (float)CLAMP (x - width / 2, 0, 1 - width),
                      (float)CLAMP (y - height / 2, 0, 1 - height), (float)width, (float)height);
}

static void
tell (SmmCropArea *self)
{
  g_autofree char *text = g_strdup_printf (
      /* Translators: the frame of a picture that is being cropped, in percent */
      _ ("From %d %% of the width and %d %% of the height, %d %% wide and %d %% high"),
      (int)lround (self->frame.origin.x * 100), (int)lround (self->frame.origin.y * 100),
      (int)lround (self->frame.size.width * 100), (int)lround (self->frame.size.height * 100));

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text,
                                  -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_signal_emit (self, signals[CHANGED], 0);
}

/* --- Changing the frame --- */

static void
move_to (SmmCropArea *self, double x, double y)
{
  self->frame.origin.x = (float)CLAMP (x, 0, 1 - self->frame.size.width);
  self->frame.origin.y = (float)CLAMP (y, 0, 1 - self->frame.size.height);
  tell (self);
}

/* Height that goes with a width, fractions. */
static double
get_height (SmmCropArea *self, double width)
{
  return width * get_picture_ratio (self) / self->ratio;
}

/* The corner opposite to the one that is dragged stays where it is. */
static void
size_to (SmmCropArea *self, double width, double height)
{
  const graphene_rect_t *before = &self->before;
  double right = before->origin.x + before->size.width;
  double bottom = before->origin.y + before->size.height;
  double most_width = self->at_left ? right : 1 - before->origin.x;
  double most_height = self->at_top ? bottom : 1 - before->origin.y;

  width = CLAMP (width, SMALLEST, most_width);
  height = CLAMP (height, SMALLEST, most_height);
  if (self->ratio > 0)
    {
      width = MIN (width, most_height / get_height (self, 1));
      height = get_height (self, width);
    }
  graphene_rect_init (&self->frame, (float)(self->at_left ? right - width : before->origin.x),
                      (float)(self->at_top ? bottom - height : before->origin.y), (float)width,
                      (float)height);
  tell (self);
}

/* Around its middle. */
static void
scale (SmmCropArea *self, double factor)
{
  double width = CLAMP (self->frame.size.width * factor, SMALLEST, 1);
  double height = CLAMP (self->frame.size.height * factor, SMALLEST, 1);
  double x = self->frame.origin.x + self->frame.size.width / 2;
  double y = self->frame.origin.y + self->frame.size.height / 2;

  if (self->ratio > 0)
    {
      width = MIN (width, 1 / get_height (self, 1));
      height = get_height (self, width);
    }
  self->frame.size.width = (float)width;
  self->frame.size.height = (float)height;
  move_to (self, x - width / 2, y - height / 2);
}

static gboolean
on_key_pressed (GtkEventControllerKey *keys, guint keyval, guint code, GdkModifierType state,
                SmmCropArea *self)
{
  double step = (state & GDK_SHIFT_MASK) != 0 ? FAR : STEP;
  double x = self->frame.origin.x, y = self->frame.origin.y;

  switch (keyval)
    {
    case GDK_KEY_Left:
      move_to (self, x - step, y);
      return GDK_EVENT_STOP;
    case GDK_KEY_Right:
      move_to (self, x + step, y);
      return GDK_EVENT_STOP;
    case GDK_KEY_Up:
      move_to (self, x, y - step);
      return GDK_EVENT_STOP;
    case GDK_KEY_Down:
      move_to (self, x, y + step);
      return GDK_EVENT_STOP;
    case GDK_KEY_plus:
    case GDK_KEY_KP_Add:
      scale (self, 1 + FAR);
      return GDK_EVENT_STOP;
    case GDK_KEY_minus:
    case GDK_KEY_KP_Subtract:
      scale (self, 1 - FAR);
      return GDK_EVENT_STOP;
    default:
      return GDK_EVENT_PROPAGATE;
    }
}

/* --- Pointer --- */

static void
get_frame_on_screen (SmmCropArea *self, graphene_rect_t *rect)
{
  graphene_rect_init (rect, self->shown.origin.x + self->frame.origin.x * self->shown.size.width,
                      self->shown.origin.y + self->frame.origin.y * self->shown.size.height,
                      self->frame.size.width * self->shown.size.width,
                      self->frame.size.height * self->shown.size.height);
}

/* What a press at this point would drag. */
static Drag
hit (SmmCropArea *self, double x, double y)
{
  graphene_rect_t rect;
  double left, top, right, bottom;

  get_frame_on_screen (self, &rect);
  left = fabs (x - rect.origin.x);
  top = fabs (y - rect.origin.y);
  right = fabs (x - rect.origin.x - rect.size.width);
  bottom = fabs (y - rect.origin.y - rect.size.height);
  self->at_left = left < right;
  self->at_top = top < bottom;
  if (MIN (left, right) < REACH && MIN (top, bottom) < REACH)
    return DRAG_SIZE;
  return graphene_rect_contains_point (&rect, &GRAPHENE_POINT_INIT ((float)x, (float)y))
             ? DRAG_MOVE
             : DRAG_NOTHING;
}

static void
on_drag_begin (GtkGestureDrag *gesture, double x, double y, SmmCropArea *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self));
  self->before = self->frame;
  self->drag = hit (self, x, y);
}

static void
on_drag_update (GtkGestureDrag *gesture, double dx, double dy, SmmCropArea *self)
{
  double x = dx / self->shown.size.width, y = dy / self->shown.size.height;

  if (self->drag == DRAG_MOVE)
    move_to (self, self->before.origin.x + x, self->before.origin.y + y);
  else if (self->drag == DRAG_SIZE)
    size_to (self, self->before.size.width + (self->at_left ? -x : x),
             self->before.size.height + (self->at_top ? -y : y));
}

static void
on_motion (GtkEventControllerMotion *motion, double x, double y, SmmCropArea *self)
{
  Drag drag = hit (self, x, y);
  const char *corner = self->at_left == self->at_top ? "nwse-resize" : "nesw-resize";

  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), drag == DRAG_SIZE   ? corner
                                                      : drag == DRAG_MOVE ? "move"
                                                                          : NULL);
}

/* --- The widget --- */

static void
smm_crop_area_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                       int *natural, int *minimum_baseline, int *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? LEAST_WIDTH : LEAST_HEIGHT;
  *natural = NATURAL;
  *minimum_baseline = *natural_baseline = -1;
}

static void
smm_crop_area_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  SmmCropArea *self = SMM_CROP_AREA (widget);
  double ratio = get_picture_ratio (self);
  double room_width = width - 2 * MARGIN, room_height = height - 2 * MARGIN;
  double shown_width = MIN (room_width, room_height * ratio);
  double shown_height = shown_width / ratio;
  GtkAllocation at = { (int)((width - shown_width) / 2), (int)((height - shown_height) / 2),
                       MAX (1, (int)shown_width), MAX (1, (int)shown_height) };

  graphene_rect_init (&self->shown, (float)at.x, (float)at.y, (float)at.width, (float)at.height);
  /* A picture wants the height that goes with its own width; here it gets what there is. */
  smm_media_picture_set_width (SMM_MEDIA_PICTURE (self->picture), 1);
  gtk_widget_measure (self->picture, GTK_ORIENTATION_HORIZONTAL, -1, NULL, NULL, NULL, NULL);
  gtk_widget_size_allocate (self->picture, &at, -1);
}

static void
shade (GtkSnapshot *snapshot, float x, float y, float width, float height)
{
  if (width > 0 && height > 0)
    gtk_snapshot_append_color (snapshot, &(GdkRGBA){ 0, 0, 0, 0.6f },
                               &GRAPHENE_RECT_INIT (x, y, width, height));
}

static void
draw_handles (GtkSnapshot *snapshot, const graphene_rect_t *f)
{
  for (int i = 0; i < 4; i++)
    {
      float x = f->origin.x + (i % 2 == 1 ? f->size.width : 0);
      float y = f->origin.y + (i > 1 ? f->size.height : 0);
      GskRoundedRect disc;

      /* A dark rim: white corners are lost on white. */
      gsk_rounded_rect_init_from_rect (&disc, &GRAPHENE_RECT_INIT (x - 9, y - 9, 18, 18), 9);
      gtk_snapshot_push_rounded_clip (snapshot, &disc);
      gtk_snapshot_append_color (snapshot, &(GdkRGBA){ 0, 0, 0, 0.45f }, &disc.bounds);
      gtk_snapshot_pop (snapshot);
      gsk_rounded_rect_init_from_rect (&disc, &GRAPHENE_RECT_INIT (x - 7, y - 7, 14, 14), 7);
      gtk_snapshot_push_rounded_clip (snapshot, &disc);
      gtk_snapshot_append_color (snapshot, &(GdkRGBA){ 1, 1, 1, 1 }, &disc.bounds);
      gtk_snapshot_pop (snapshot);
    }
}

static void
draw_frame (SmmCropArea *self, GtkSnapshot *snapshot)
{
  static const GdkRGBA white = { 1, 1, 1, 1 }, faint = { 1, 1, 1, 0.4f };
  const graphene_rect_t *s = &self->shown;
  graphene_rect_t f;
  GskRoundedRect outline;
  float right, bottom;

  get_frame_on_screen (self, &f);
  right = f.origin.x + f.size.width;
  bottom = f.origin.y + f.size.height;
  shade (snapshot, s->origin.x, s->origin.y, s->size.width, f.origin.y - s->origin.y);
  shade (snapshot, s->origin.x, bottom, s->size.width, s->origin.y + s->size.height - bottom);
  shade (snapshot, s->origin.x, f.origin.y, f.origin.x - s->origin.x, f.size.height);
  shade (snapshot, right, f.origin.y, s->origin.x + s->size.width - right, f.size.height);
  for (int i = 1; i < 3; i++)
    {
      gtk_snapshot_append_color (
          snapshot, &faint,
          &GRAPHENE_RECT_INIT (f.origin.x + f.size.width * i / 3, f.origin.y, 1, f.size.height));
      gtk_snapshot_append_color (
          snapshot, &faint,
          &GRAPHENE_RECT_INIT (f.origin.x, f.origin.y + f.size.height * i / 3, f.size.width, 1));
    }
  gsk_rounded_rect_init_from_rect (&outline, &f, 0);
  gtk_snapshot_append_border (snapshot, &outline, (float[4]){ 2, 2, 2, 2 },
                              (GdkRGBA[4]){ white, white, white, white });
  draw_handles (snapshot, &f);
}

static void
smm_crop_area_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  SmmCropArea *self = SMM_CROP_AREA (widget);

  gtk_widget_snapshot_child (widget, self->picture, snapshot);
  draw_frame (self, snapshot);
}

static void
smm_crop_area_dispose (GObject *object)
{
  SmmCropArea *self = SMM_CROP_AREA (object);

  g_clear_pointer (&self->picture, gtk_widget_unparent);
  g_clear_object (&self->media);
  G_OBJECT_CLASS (smm_crop_area_parent_class)->dispose (object);
}

static void
smm_crop_area_class_init (SmmCropAreaClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = smm_crop_area_dispose;
  widget_class->measure = smm_crop_area_measure;
  widget_class->size_allocate = smm_crop_area_size_allocate;
  widget_class->snapshot = smm_crop_area_snapshot;
  gtk_widget_class_set_css_name (widget_class, "croparea");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
  signals[CHANGED] = g_signal_new ("changed", SMM_TYPE_CROP_AREA, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
}

static void
smm_crop_area_init (SmmCropArea *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkGesture *drag = gtk_gesture_drag_new ();

  graphene_rect_init (&self->frame, 0, 0, 1, 1);
  graphene_rect_init (&self->shown, 0, 0, 1, 1);
  self->picture = smm_media_picture_new ();
  gtk_widget_set_parent (self->picture, GTK_WIDGET (self));
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  smm_widget_set_label (GTK_WIDGET (self), _ ("Frame: what is kept. Arrows move it, plus and minus "
                                              "size it."));
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key_pressed), self);
  g_signal_connect (motion, "motion", G_CALLBACK (on_motion), self);
  g_signal_connect (drag, "drag-begin", G_CALLBACK (on_drag_begin), self);
  g_signal_connect (drag, "drag-update", G_CALLBACK (on_drag_update), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
}

GtkWidget *
smm_crop_area_new (void)
{
  return g_object_new (SMM_TYPE_CROP_AREA, NULL);
}

/**
 * smm_crop_area_set_media:
 * @self: an area
 * @media: a picture, or a video of which a frame is shown
 */
void
smm_crop_area_set_media (SmmCropArea *self, SmmMedia *media)
{
  g_return_if_fail (SMM_IS_CROP_AREA (self));

  g_set_object (&self->media, media);
  smm_media_picture_set (SMM_MEDIA_PICTURE (self->picture), media, -1, 0);
  graphene_rect_init (&self->frame, 0, 0, 1, 1);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

/**
 * smm_crop_area_set_ratio:
 * @self: an area
 * @ratio: width / height; 0: any
 */
void
smm_crop_area_set_ratio (SmmCropArea *self, double ratio)
{
  g_return_if_fail (SMM_IS_CROP_AREA (self));

  self->ratio = ratio;
  if (ratio > 0)
    smm_crop_fit (&self->frame, get_picture_ratio (self), ratio);
  tell (self);
}

/**
 * smm_crop_area_get:
 * @self: an area
 * @frame: (out): fractions of the whole
 */
void
smm_crop_area_get (SmmCropArea *self, graphene_rect_t *frame)
{
  g_return_if_fail (SMM_IS_CROP_AREA (self));

  *frame = self->frame;
}

/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-film-strip.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <math.h>

#include "smm-media-picture.h"
#include "smm-state-icon.h"

#define N_FRAMES 8
#define HEIGHT 72
#define MARGIN 12
#define REACH 14
#define LEAST (G_USEC_PER_SEC / 10)

typedef enum
{
  MARK_NONE,
  MARK_FROM,
  MARK_TO,
  MARK_COVER,
} Mark;

struct _SmmFilmStrip
{
  GtkWidget parent_instance;

  GtkWidget *frames[N_FRAMES];

  SmmMedia *media;
  gint64 from, to, cover;
  Mark dragged;
  double drag_x;
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SmmFilmStrip, smm_film_strip, GTK_TYPE_WIDGET)

static gint64
get_duration (SmmFilmStrip *self)
{
  return self->media != NULL ? MAX (self->media->duration, LEAST) : LEAST;
}

/* A film runs from left to right, whatever is read from right to left. */
static double
get_x (SmmFilmStrip *self, gint64 at)
{
  double room = gtk_widget_get_width (GTK_WIDGET (self)) - 2 * MARGIN;

  return MARGIN + room * at / get_duration (self);
}

static gint64
get_time (SmmFilmStrip *self, double x)
{
  double room = MAX (1, gtk_widget_get_width (GTK_WIDGET (self)) - 2 * MARGIN);

  return (gint64)(CLAMP ((x - MARGIN) / room, 0, 1) * get_duration (self));
}

static void
drag_to (SmmFilmStrip *self, double x)
{
  gint64 at = get_time (self, x);

  if (self->dragged == MARK_FROM)
    self->from = MIN (at, self->to - LEAST);
  else if (self->dragged == MARK_TO)
    self->to = MAX (at, self->from + LEAST);
  else
    self->cover = at;
  self->cover = CLAMP (self->cover, self->from, self->to);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_signal_emit (self, signals[CHANGED], 0);
}

/* The ends are taken only near them; anywhere else it is the cover. */
static void
on_drag_begin (GtkGestureDrag *gesture, double x, double y, SmmFilmStrip *self)
{
  double from = fabs (x - get_x (self, self->from)), to = fabs (x - get_x (self, self->to));

  self->drag_x = x;
  self->dragged = MIN (from, to) > REACH ? MARK_COVER : from < to ? MARK_FROM : MARK_TO;
  drag_to (self, x);
}

static void
on_drag_update (GtkGestureDrag *gesture, double dx, double dy, SmmFilmStrip *self)
{
  drag_to (self, self->drag_x + dx);
}

static void
smm_film_strip_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                        int *natural, int *minimum_baseline, int *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 240 : HEIGHT;
  *minimum_baseline = *natural_baseline = -1;
}

static void
smm_film_strip_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  SmmFilmStrip *self = SMM_FILM_STRIP (widget);
  double each = (double)(width - 2 * MARGIN) / N_FRAMES;

  for (int i = 0; i < N_FRAMES; i++)
    {
      GtkAllocation at = { MARGIN + (int)(each * i), 4, (int)ceil (each), height - 8 };

      gtk_widget_measure (self->frames[i], GTK_ORIENTATION_HORIZONTAL, -1, NULL, NULL, NULL, NULL);
      gtk_widget_size_allocate (self->frames[i], &at, -1);
    }
}

static void
draw_box (GtkSnapshot *snapshot, const GdkRGBA *color, double x, double y, double width,
          double height, float radius)
{
  GskRoundedRect box;

  if (width <= 0)
    return;
  gsk_rounded_rect_init_from_rect (
      &box, &GRAPHENE_RECT_INIT ((float)x, (float)y, (float)width, (float)height), radius);
  gtk_snapshot_push_rounded_clip (snapshot, &box);
  gtk_snapshot_append_color (snapshot, color, &box.bounds);
  gtk_snapshot_pop (snapshot);
}

static void
smm_film_strip_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  static const GdkRGBA shade = { 0, 0, 0, 0.6f }, white = { 1, 1, 1, 1 }, dark = { 0, 0, 0, 0.7f };
  /* The accent of GNOME's light style: visible on any film. */
  static const GdkRGBA range = { 0.21f, 0.52f, 0.89f, 1 };
  SmmFilmStrip *self = SMM_FILM_STRIP (widget);
  double height = gtk_widget_get_height (widget);
  double from = get_x (self, self->from), to = get_x (self, self->to);
  double cover = get_x (self, self->cover), end = get_x (self, get_duration (self));

  for (int i = 0; i < N_FRAMES; i++)
    gtk_widget_snapshot_child (widget, self->frames[i], snapshot);
  draw_box (snapshot, &shade, MARGIN, 4, from - MARGIN, height - 8, 0);
  draw_box (snapshot, &shade, to, 4, end - to, height - 8, 0);
  draw_box (snapshot, &range, from, 2, to - from, 3, 0);
  draw_box (snapshot, &range, from, height - 5, to - from, 3, 0);
  draw_box (snapshot, &range, from - 8, 2, 10, height - 4, 4);
  draw_box (snapshot, &range, to - 2, 2, 10, height - 4, 4);
  draw_box (snapshot, &white, from - 4, height / 2 - 8, 2, 16, 1);
  draw_box (snapshot, &white, to + 2, height / 2 - 8, 2, 16, 1);
  draw_box (snapshot, &dark, cover - 3, 0, 6, height, 3);
  draw_box (snapshot, &white, cover - 2, 1, 4, height - 2, 2);
}

static void
smm_film_strip_dispose (GObject *object)
{
  SmmFilmStrip *self = SMM_FILM_STRIP (object);

  for (int i = 0; i < N_FRAMES; i++)
    g_clear_pointer (&self->frames[i], gtk_widget_unparent);
  g_clear_object (&self->media);
  G_OBJECT_CLASS (smm_film_strip_parent_class)->dispose (object);
}

static void
smm_film_strip_class_init (SmmFilmStripClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = smm_film_strip_dispose;
  widget_class->measure = smm_film_strip_measure;
  widget_class->size_allocate = smm_film_strip_size_allocate;
  widget_class->snapshot = smm_film_strip_snapshot;
  gtk_widget_class_set_css_name (widget_class, "filmstrip");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
  signals[CHANGED] = g_signal_new ("changed", SMM_TYPE_FILM_STRIP, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
}

static void
smm_film_strip_init (SmmFilmStrip *self)
{
  GtkGesture *drag = gtk_gesture_drag_new ();

  smm_widget_set_label (GTK_WIDGET (self), _ ("Frames of the video"));
  for (int i = 0; i < N_FRAMES; i++)
    {
      self->frames[i] = smm_media_picture_new ();
      smm_media_picture_set_width (SMM_MEDIA_PICTURE (self->frames[i]), 1);
      gtk_widget_set_parent (self->frames[i], GTK_WIDGET (self));
    }
  g_signal_connect (drag, "drag-begin", G_CALLBACK (on_drag_begin), self);
  g_signal_connect (drag, "drag-update", G_CALLBACK (on_drag_update), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
}

GtkWidget *
smm_film_strip_new (void)
{
  return g_object_new (SMM_TYPE_FILM_STRIP, NULL);
}

/**
 * smm_film_strip_set_media:
 * @self: a strip
 * @media: a video
 */
void
smm_film_strip_set_media (SmmFilmStrip *self, SmmMedia *media)
{
  g_return_if_fail (SMM_IS_FILM_STRIP (self));

  g_set_object (&self->media, media);
  for (int i = 0; i < N_FRAMES; i++)
    smm_media_picture_set (SMM_MEDIA_PICTURE (self->frames[i]), media,
                           media->duration * (2 * i + 1) / (2 * N_FRAMES), 0);
  smm_film_strip_set (self, 0, media->duration, 0);
}

void
smm_film_strip_set (SmmFilmStrip *self, gint64 from, gint64 to, gint64 cover)
{
  g_return_if_fail (SMM_IS_FILM_STRIP (self));

  self->from = from;
  self->to = to;
  self->cover = cover;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
smm_film_strip_get (SmmFilmStrip *self, gint64 *from, gint64 *to, gint64 *cover)
{
  g_return_if_fail (SMM_IS_FILM_STRIP (self));

  *from = self->from;
  *to = self->to;
  *cover = self->cover;
}
